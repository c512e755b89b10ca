"""Annotators propose layers. Each is a function that takes an article and returns it with one more layer."""
