"""Proposes quotes by rules: who is reported to say, write or think what."""

from __future__ import annotations

from pressmark.annotators.quotes.article_attributions import attributions
from pressmark.annotators.quotes.attribution import Attribution
from pressmark.annotators.quotes.attributions_to_quotes import quotes, with_quotes
from pressmark.annotators.quotes.finders import Finder

__all__ = ["Attribution", "Finder", "attributions", "quotes", "with_quotes"]
