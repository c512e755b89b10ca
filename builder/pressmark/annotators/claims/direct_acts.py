"""Tells of a promise or an order in quotation marks in one sentence: “Stop it,” Lee told Cho. → Lee told Cho to stop it.

Convention: schema/GUIDELINES.md, section 6.1, C5, and 6.4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.claims.claim_words import words
from pressmark.annotators.claims.propositions import is_open, resolved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressmark.annotators.claims.acts import Act
    from pressmark.record.model import Entity, Mention

_EDGES = " ,.!;:"
_SEVERAL = re.compile(r"[.!?;:…]\s")  # sentences; they are not put into one
_REFUSED = re.compile(r"(?P<never>never |(?:do not|don[’']t) (?:ever )?)", re.IGNORECASE)
_POLITE = re.compile(r"please,? ", re.IGNORECASE)
_VERBS = {"be", "come", "close", "do", "get", "go", "have", "put", "save", "tear", "throw", "wake", "wash", "wear"}
_TOLD = {"said", "says", "told", "tells", "asked", "asks", "warned", "warns", "urged", "urges", "ordered", "orders"}
_TOLD |= {"shouted", "shouts", "yelled", "yells"}


def is_exclaimed(text: str, act: Act) -> bool:
    """Whether its words are a cry that cannot be turned round, and make no sentence with its cue: “Out! Out!” cried a guard."""
    is_cry = act.quote.type == "direct" and any("!" in one.text or "?" in one.text for one in act.quote.verbatim)
    return is_cry and direct_act(text, act, ()) is None


def direct_act(text: str, act: Act, near: Sequence[tuple[Mention, Entity]]) -> str | None:
    """The sentence, without a full stop; None where more is told of the act, or its words cannot be turned round.

    ``near`` are the mentions inside the act, in order.
    """
    quote = act.quote
    if quote.type != "direct" or len(quote.verbatim) != 1 or len(quote.cue) != 1 or len(quote.sources) != 1:
        return None
    content, cue, source = quote.content[0], quote.cue[0], quote.sources[0]
    parts = sorted((cue, source, *quote.addressees), key=lambda part: part.range)
    between = [text[one.end : other.start] for one, other in zip((content, *parts), parts, strict=False)]
    if (
        cue.text.lower() not in _TOLD
        or parts[0].start < content.end
        or parts[-1].end != act.end
        or any(map(str.strip, between))
    ):
        return None
    said = _reported(text, act, near)
    if said is None:
        return None
    speaker = resolved(text, *source.range, near)
    whom = "".join(f" {resolved(text, *one.range, near)}" for one in quote.addressees)
    return f"{speaker[:1].upper()}{speaker[1:]} {cue.text}{whom} {said}"


def _reported(text: str, act: Act, near: Sequence[tuple[Mention, Entity]]) -> str | None:
    """The quoted words as they stand behind "said": "that Lee will go", "not to go"."""
    inner = act.quote.verbatim[0]
    start, end = inner.start, inner.start + len(inner.text.rstrip(_EDGES))
    if _SEVERAL.search(text, start, end):
        return None
    if act.quote.act == "commitment":
        said = resolved(text, start, end, near, is_named=True)
        return None if is_open(said) else f"that {said}"
    said = _POLITE.sub("", resolved(text, start, end, near), count=1)
    refused = _REFUSED.match(said)
    order = said[refused.end() :] if refused else said
    first = order.partition(" ")[0].lower()
    if first not in words().present | words().attitude | _VERBS:
        return None
    negation = "" if not refused else "never " if refused["never"].lower() == "never " else "not "
    return f"{negation}to {first}{order[len(first) :]}"
