"""Patterns of words that rules in several modules look for: capital letters, months and days of the week."""

from __future__ import annotations

CAPITAL = "A-ZÀ-ÖØ-ÞŠŽ"  # the inside of a character class
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|tember|ember|ober)?\.?"
DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[.,]? )"
