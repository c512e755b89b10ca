"""The errors of annotators. Each message is one line and says what to do."""

from __future__ import annotations


class UnknownError(Exception):
    """There is no annotator of that name for that layer; the message lists those that there are."""


class UnavailableError(Exception):
    """A model is missing, or the package that runs it."""


class UnansweredError(UnavailableError):
    """A chat model gave no usable answer about one article. The next article may fare better."""
