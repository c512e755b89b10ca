"""Proposes quotes by rules: who is reported to say, write or think what."""

from __future__ import annotations

from pressmark.annotators.quotes.layer import Attribution, attributions
from pressmark.annotators.quotes.to_record import quotes

__all__ = ["Attribution", "attributions", "quotes"]
