"""Proposes annotations with a large language model behind an OpenAI-compatible endpoint."""
