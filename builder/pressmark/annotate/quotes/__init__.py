"""Quotes by rule: who is reported to say, write or think what."""

from __future__ import annotations

from pressmark.annotate.quotes.layer import Attribution, attributions
from pressmark.annotate.quotes.record import quotes

__all__ = ["Attribution", "attributions", "quotes"]
