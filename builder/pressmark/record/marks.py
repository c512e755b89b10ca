"""What the rules for zones and those for sentences both look for."""

from __future__ import annotations

CAPITAL = "A-ZÀ-ÖØ-ÞŠŽ"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|tember|ember|ober)?\.?"
DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[.,]? )"
OPENERS = "\"'“‘«‹„‚‟([{「『（【《〈¿¡”’»"
CLOSERS = "\"'”’»›)]}」』）】》〉"
FINAL = ".!?…。！？｡؟۔।"
