"""Writes every string that a page shows. Nothing else may put a string of a record into HTML."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Literal

Place = Literal["text", "words", "attribute", "token"]
_TAGS = "\U000e0020-\U000e007f"  # they end the flags of England, Scotland and Wales; elsewhere they hide words
# Characters that nobody sees but programs act on: C0 and C1, marks of direction, invisible separators and joiners, tags. A
# joiner after a letter of another script or after an emoji belongs to the spelling.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0001]|(?<![\u0600-\uffff\U00010000-\U0010ffff])[\u200c\u200d]"
    rf"|(?<![\U0001f3f4{_TAGS}])[{_TAGS}]+"
)
_LINE_END = re.compile("\n+")
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")  # what no HTML file can hold
_JSON = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def written(text: str, place: Place = "words") -> str:
    r"""Writes a string as HTML: it cannot become markup, turn the direction of what stands around it, or hide a character.

    ``text`` keeps every character, so that the text of the element is the string; what is hidden gets a badge by style.
    ``words`` and ``attribute`` write the badge itself: ``U+202E``. ``token`` is for what programs compare and nobody reads.
    """
    if place == "token":
        return escape(text)
    if place == "attribute":
        return "\u2068" + escape(_HIDDEN.sub(_named, text)) + "\u2069"
    pieces, end = [], 0
    for match in _HIDDEN.finditer(text):
        pieces += [escape(text[end : match.start()], quote=False), *(_badge(char, place) for char in match[0])]
        end = match.end()
    whole = "".join(pieces) + escape(text[end:], quote=False)
    if place == "text":
        return _LINE_END.sub(_line_ends, whole)
    return whole if text.isascii() else f"<bdi>{whole}</bdi>"  # ASCII runs from left to right, as the page does


def _named(match: re.Match[str]) -> str:
    return "".join(f"[U+{ord(char):04X}]" for char in match[0])


def _badge(char: str, place: Place) -> str:
    code = f"U+{ord(char):04X}"
    if place == "words":
        return f"<u class=x>{code}</u>"
    kept = "&#13;" if char == "\r" else _UNREADABLE.sub("\ufffd", char)
    return f"<u class=x data-c={code}>{kept}</u>"


def _line_ends(match: re.Match[str]) -> str:
    """A single line end also parts paragraphs; where there is an empty line, that parts them."""
    return "<b class=nl>\n</b>" if len(match[0]) == 1 else match[0]


def as_data(value: object) -> str:
    """Writes data as JSON that nothing in an HTML file can mistake for markup or for the end of a line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_JSON)
