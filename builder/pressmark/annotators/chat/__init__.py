"""Proposals by a chat model behind an OpenAI-compatible endpoint."""
