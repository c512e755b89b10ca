"""What a seam to other people's models says when the model is not there."""

from __future__ import annotations


class UnavailableError(Exception):
    """A model, or the package that runs it, cannot be had; the message is one line and says what to do."""
