"""Rules for what somebody calls or describes something as: Lee called the plan “a lie”, Lee described it as a lie."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.content_extents import clause_end
from pressmark.annotators.quotes.passives import described_by
from pressmark.annotators.quotes.surroundings import bounds_of, source_of

if TYPE_CHECKING:
    from pressmark.annotators.quotes.frames import Frame, Report
    from pressmark.annotators.quotes.tagged_words import Words

_NAMED = re.compile(
    r"(?:P[Dnag#]{0,3}|h|[DsNnB#aopc](?:[DsNnB#aopc]|[gv](?=n)|(?<=[Ds])[vV]){0,9}?)Q|P(?:D[nag#]*[nN]|n)"
)  # whom or what, and the name
_JUDGED = re.compile(r"[DNnPw][^;:.Qbut-]{1,18}?Q(?=[.,;:uTbc-]|p|\Z)")
_MARKS = ("as", "accused-of", "blamed-for")
_OBJECT = re.compile(r"[^xVvQ;:.,hbw]{1,12}")


def named(r: Report, found: list[Frame]) -> Frame | None:
    """Ann Lee called the plan “a lie.” / Ann Lee called him a liar. / … a plan that Ann Lee called “a lie.”"""  # noqa: D415
    w = r.words
    source = source_of(r, found) if "name" in r.sense.takes and not r.passive else None
    if source is None or (w.tags[source[0]] == "w" and (w.lower[source[0]] != "who" or r.after == "Q")):
        return None
    content = [(r.end, clause_end(w, r.end, bounds_of(r, source, None)))]
    before = w.lower[source[0] - 1] if source[0] else ""
    if w.tags[source[0]] == "w" and "Q" not in w.tags[slice(*content[0])]:
        return None
    if r.after == "Q":
        if before not in {"which", "that"}:  # "what he called" is no judgement of his, but a name
            return None
        content.insert(0, (source[0] - 1, source[0]))
    elif before == "what" or not (_NAMED.match(w.tags, r.end) or _judged(w, r.end)):
        return None
    elif w.tags.startswith("DQ", r.end) and before not in {"which", "that", "whom", "who"}:
        return None  # a group called the “Friends of Kiel”
    else:
        content = [(r.end, max(content[0][1], _judged(w, r.end)))]
    return r.frame("named", content, source)


def described_as(r: Report, found: list[Frame]) -> Frame | None:
    """Ann Lee described the plan as a lie. / Ann Lee accused the city of lying."""
    if r.sense.takes.isdisjoint(_MARKS):
        return None
    w = r.words
    mark = next(word for word in _MARKS if word in r.sense.takes).rpartition("-")[2]
    if r.passive:
        return described_by(r, mark)
    match = _OBJECT.match(w.tags, r.end)
    near = w.lower[r.end : match.end()] if match else []
    mark = "on" if mark == "for" and mark not in near else mark  # blamed it on
    k = r.end + near.index(mark) if mark in near else 0
    source = source_of(r, found) if k > r.end and w.tags[k + 1 : k + 2] not in {"", "."} else None
    if source is None:
        return None
    end = clause_end(w, k + 1, bounds_of(r, source, None))
    frame = r.frame("described-as", [(r.end, k), (k + 1, end)], source)
    frame.cue.append((k, k + 1))
    return frame


def _judged(w: Words, start: int) -> int:
    """Where a long phrase ends and what it is called, “called the idea that it is old a “joke””; 0 where there is none."""
    match = _JUDGED.match(w.tags, start)
    is_other = match is None or any(w.cues[i].reports_clauses for i in range(start, match.end()) if i in w.cues)
    return match.end() if match and not is_other else 0
