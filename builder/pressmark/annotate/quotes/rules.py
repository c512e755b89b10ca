"""The rules: each takes a cue in its sentence and returns the attribution that it sees there, or None."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotate.quotes.frames import (
    Frame,
    Group,
    clause_end,
    complement,
    group,
    senses,
    sentence_like,
    source_of_sentence,
)
from pressmark.annotate.quotes.sources import Range, phrase, subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotate.quotes.lexicon import Sense
    from pressmark.annotate.quotes.words import Words

_END = frozenset(".,;-bucpTatgwvQ:B")
_CLAUSE = re.compile(r"(?:P|[DNn#asgBTQpo,]|c(?=[DNn#Pg]))+?a?[xvV]|[gpu]")
_MODAL = frozenset("will would shall should can could may might must cannot ’ll 'll ’d 'd".split())


def frames(w: Words, *, thought: bool) -> list[Frame]:
    """Every attribution of one sentence, in the order of the cues."""
    found: list[Frame] = []
    cues = list(w.cues)
    taken: list[Range] = []
    for at in reversed(cues):  # what comes last may hold all before it
        if any(a <= at < b for a, b in taken):
            continue
        for sense in senses(w.cues[at], w, at, thought=thought):
            if frame := _postposed(w, at, sense):
                found.append(frame)
                taken += frame.content
                break
    if "according" in w.lower:
        for frame in _according(w):
            if not any(a <= frame.cue[0] < b for a, b in taken):
                found = [f for f in found if not any(a <= f.cue[0] < b for a, b in frame.content)]
                found.append(frame)
                taken += frame.content
    done = {i for frame in found for i in range(*frame.cue)}
    for at in cues:
        if at in done or any(a <= at < b for a, b in taken):
            continue
        for sense in senses(w.cues[at], w, at, thought=thought):
            if frame := _forward(w, at, sense, found):
                found.append(frame)
                taken += frame.content
                break
    if not found and "Q" in w.tags:
        found += _bare(w)
    return sorted(found, key=lambda frame: frame.cue)


def _cue(w: Words, g: Group, sense: Sense) -> Range:
    return g.start, g.end + (1 if sense.particle else 0)


def _left_content(w: Words, end: int) -> tuple[list[Range], str] | None:
    """The clause or quotation that ends right before ``end``, a comma or the marks themselves."""
    tags = w.tags
    k = end
    if k and tags[k - 1] in ",-":
        k -= 1
    if not k:
        return None
    is_lower = tags[k - 1] == "Q" and w.text[w.quotations[k - 1].inner_start].islower()
    if tags[k - 1] == "Q" and (k == 1 or (tags[k - 2] in ".:;bcQ-," and not (is_lower and tags[k - 2] in "bc,"))):
        start = k - 1
        while start and tags[start - 1] == "Q":
            start -= 1
        return [(start, k)], "quote"
    start = tags.rfind(";", 0, k) + 1
    while start < k and tags[start] in "bc,-." and not (is_lower and start == k - 2):
        start += 1
    if k - start < 1:
        return None
    return [(start, k)], "mixed" if tags[k - 1] == "Q" else "clause"


def _ends(w: Words, k: int) -> bool:
    return k >= len(w.tags) or w.tags[k] in _END


def _postposed(w: Words, at: int, sense: Sense) -> Frame | None:
    """“…,” Lee said. / “…,” said Lee, a lawyer. / It will rain, Lee said. With a second part: “…,” Lee said, “…”"""
    g = group(w, at)
    if not g.finite or g.infinitive or not sense.takes & {"quote", "clause", "whom"}:
        return None
    if any(word in _MODAL for word in w.lower[g.start : at]):
        return None
    tags = w.tags
    end = g.end + (1 if sense.particle else 0)
    before = tags[g.start - 1] if g.start else "^"
    if before == "Q" or (before in ",-" and g.start >= 2 and tags[g.start - 2] not in "wh"):
        if g.start == at and (found := _inverted(w, g, end, sense)):
            return found
    if g.passive:
        return None
    source = subject(w, g.start)
    if source is None or source[0] == 0 or tags[source[0]] in "wh":
        return None
    if tags[source[0] - 1] not in ",Q-":
        return None
    left = _left_content(w, source[0])
    if left is None:
        if tags[end : end + 1] != ",":
            return None
        left = [], "clause"
    content, kind = left
    if kind == "clause":
        if not sense.takes & {"clause", "whom"}:
            return None
        right = complement(w, g, sense)
        if not content:
            frame = Frame("clause-subject-verb", [], _cue(w, g, sense), source, sense.medium)
            _second_part(w, end, frame, kind)
            return frame if frame.content else None
        if right and right[0] == "quote" and tags[end : end + 1] == "," and (tags[content[0][0]] in "uagpvV" or not _clausal(w, *content[0])):
            if not w.text[w.quotations[right[1]].inner_start].islower():
                return None
            frame = Frame("clause-subject-verb", content, _cue(w, g, sense), source, sense.medium)
            _second_part(w, end, frame, kind)
            return frame
        bare = tags[end : end + 1] in (",", ".", "-", "")
        if right is not None and not (right[0] == "zero" and tags[end : end + 1] == "T") and not bare:
            return None
        parenthetical = bare and tags[end : end + 1] == "," and tags[source[0] - 1] == ","
        if not parenthetical and not _clausal(w, *content[0]):
            return None
        if parenthetical and tags[content[0][0]] in "puagvV":
            frame = Frame("clause-subject-verb", content, _cue(w, g, sense), source, sense.medium)
            _second_part(w, end, frame, kind)
            return frame if len(frame.content) > 1 or _clausal(w, *content[0]) else None
    elif "quote" not in sense.takes:
        return None
    elif kind == "mixed" and (right := complement(w, g, sense)) and right[0] in {"zero", "that"} and not _clausal(w, *content[0]):
        return None
    frame = Frame(f"{kind}-subject-verb", content, _cue(w, g, sense), source, sense.medium)
    _second_part(w, end, frame, kind)
    return frame


def _clausal(w: Words, a: int, b: int) -> bool:
    """Whether the words are a clause rather than an adverbial: a finite verb, and no preposition or conjunction first."""
    tags = w.tags[a:b]
    if tags[0] in "pogutvV":
        return "," in tags and any(t in "xVv" for t in tags[tags.index(",") :])
    return any(tag in "xVv" for tag in tags) or "n" in tags[1:]


def _second_part(w: Words, end: int, frame: Frame, kind: str) -> None:
    """Adds what goes on behind the cue: “…,” Lee said, “…”"""
    tags, n = w.tags, len(w.tags)
    if kind == "clause":
        if end < n - 1 and tags[end] == ",":
            stop = clause_end(w, end + 1)
            rest = tags[end + 1 : stop]
            if rest and ("Q" in rest or (rest[0] not in "gcubwV" and any(t in "xv" for t in rest))):
                frame.content.append((end + 1, stop))
        return
    q = tags.find("Q", end)
    if q > 0 and tags[q - 1] in ",:-bc." and not _reported_between(w, end, q):
        stop = q + 1
        while stop < n and tags[stop] == "Q":
            stop += 1
        if stop < n and tags[stop] not in ".,;:-":
            stop = clause_end(w, q)
        frame.content.append((q, stop))


def _reported_between(w: Words, start: int, end: int) -> bool:
    """Whether another verb of speaking, finite, stands there, to which the next quotation belongs."""
    if end - 2 >= start and w.tags[end - 1] in ",:" and w.tags[end - 2] == "V" and "quote" in _takes(w, end - 2):
        return True
    return any(w.tags[i] == "V" and i in w.cues and group(w, i).finite and "quote" in _takes(w, i) for i in range(start, end))


def _takes(w: Words, i: int) -> set[str]:
    return {take for sense in (w.cues[i].senses if i in w.cues else ()) if sense.kind == "reporting" for take in sense.takes}


def _inverted(w: Words, g: Group, end: int, sense: Sense) -> Frame | None:
    """“…,” said Lee, a lawyer."""
    source = phrase(w, end)
    tags = w.tags
    if source is None:
        return None
    if not _ends(w, source[1]) and tags[source[1]] not in "V":
        return None
    if tags[source[0]] == "P" and w.lower[source[0]] in {"it", "him", "them", "us", "me", "himself", "herself"}:
        return None
    left = _left_content(w, g.start)
    if left is None:
        return None
    content, kind = left
    if kind == "clause":
        if tags[g.start - 1] == "Q" or not _clausal(w, *content[0]) or tags[end] not in "NDn#":
            return None
        if complement_like(w, source[1]) or w.lower[g.at] not in {"said", "says", "wrote", "reported", "reports", "writes", "added", "adds"}:
            return None
        if tags[end] != "N" and w.lower[g.at] not in {"said", "says"}:
            return None
        if tags[end] == "n" and any(t in "xv" for t in tags[source[1] : source[1] + 8]):
            return None
    elif "quote" not in sense.takes:
        return None
    frame = Frame(f"{kind}-verb-subject", content, _cue(w, g, sense), source, sense.medium)
    _second_part(w, source[1], frame, kind)
    return frame


def complement_like(w: Words, k: int) -> bool:
    """Whether a verb follows the would-be inverted subject, which then is the subject of a clause."""
    return k < len(w.tags) and w.tags[k] in "xVvh"


def _bare(w: Words) -> Iterator[Frame]:
    """A quotation with no verb of speaking beside it: behind a colon or a comma, or before a subject and any verb."""
    tags = w.tags
    whole = tags.rstrip(".")
    q = len(whole) - 1
    if q > 1 and whole[q] == "Q" and tags[q - 1] in ":," and (tags[q - 1] == ":" or _sentence_like(w, q)):
        source = source_of_sentence(w, q) or (phrase(w, 0) if tags[q - 1] == ":" else None)
        if source is not None:
            cue = _first_verb(w, source[1], q - 1) or (q - 1, q)
            yield Frame("quote-behind-colon", [(q, q + 1)], cue, source, "speech")
    elif q > 1 and whole[0] == "Q" and _text_before_close(w, 0) in ",?!":
        match = re.compile(r"Q(?:[DNn#asBo]*[NnP]a?[vV]|[vV][DNn#as]*[NnP])(?=[.,paTu]|\Z)").match(tags)
        if match:
            verb = max(tags.find("v", 0, match.end()), tags.find("V", 0, match.end()))
            source = (verb + 1, match.end()) if verb == 1 else (1, verb)
            yield Frame("quote-with-any-verb", [(0, 1)], (verb, verb + 1), source, "speech")


def _sentence_like(w: Words, q: int) -> bool:
    quotation = w.quotations[q]
    return quotation.inner_end - quotation.inner_start > 12 and _text_before_close(w, q) in ".?!" and w.text[quotation.inner_start].isupper()


def _text_before_close(w: Words, q: int) -> str:
    return w.text[w.quotations[q].inner_end - 1]


def _first_verb(w: Words, start: int, end: int) -> Range | None:
    for i in range(start, end):
        if w.tags[i] in "xvV":
            stop = i + 1
            while stop < end and w.tags[stop] in "xvVa":
                stop += 1
            return i, stop
    return None


def _according(w: Words) -> Iterator[Frame]:
    """According to Lee, it will rain. / It will rain, according to Lee."""
    tags, n = w.tags, len(w.tags)
    for k, word in enumerate(w.lower):
        if word != "according" or k + 2 >= n or tags[k + 1] != "t":
            continue
        source = phrase(w, k + 2)
        if source is None:
            continue
        stop = source[1]
        if k == 0 or tags[k - 1] in "cb" and k < 3:
            comma = tags.find(",", k + 2)
            if 0 < comma < stop and re.match(r",[DnNP#]", tags[comma:]):
                source, stop = _short(w, source, comma)
            if stop < n and tags[stop] == ",":
                stop += 1
            end = clause_end(w, stop)
            if end > stop:
                yield Frame("according-to-first", [(stop, end)], (k, k + 2), source, "speech")
            continue
        a, b = 0, k
        while b and tags[b - 1] in ",-":
            b -= 1
        a = tags.rfind(";", 0, b) + 1
        while a < b and tags[a] in "bc,.":
            a += 1
        if b > a:
            content = [(a, b)]
            comma = tags.find(",", k + 2, stop + 1)
            if tags[k - 1] == "," and 0 < comma:
                source, stop = _short(w, source, comma) if comma < stop else (source, stop)
            if stop < n and tags[stop] == "," and tags[k - 1] in ",u" and stop + 1 < n and tags[stop + 1] not in "cbguw":
                content.append((stop + 1, clause_end(w, stop + 1)))
                if tags[k - 1] == "u":
                    del content[0]
            yield Frame("according-to-last", content, (k, k + 2), source, "speech")


def _short(w: Words, source: Range, comma: int) -> tuple[Range, int]:
    """Before a clause, an apposition is one only if a second comma closes it and a verb is behind that."""
    tags = w.tags
    second = tags.find(",", comma + 1)
    if second > 0 and not re.search(r"[xVv]", tags[comma:second]) and re.search(r"[xVv]", tags[second:]):
        return (source[0], second), second
    if not re.search(r"[xVv]", tags[comma:]):
        return source, source[1]
    return (source[0], comma), comma


def _forward(w: Words, at: int, sense: Sense, found: list[Frame]) -> Frame | None:
    g = group(w, at)
    tags = w.tags
    if g.passive:
        return _passive(w, g, sense)
    if g.start == 0 and at == 0 and w.cues[at].forms & {"past", "third"} and "quote" in sense.takes:
        named = phrase(w, 1)
        if named and tags[named[1] : named[1] + 2] in {",Q", ":Q"}:
            end = clause_end(w, named[1] + 1)
            return Frame("verb-subject-quote", [(named[1] + 1, end)], (0, 1), named, sense.medium)
    if extracted := _extracted(w, g, sense):
        return extracted
    if comment := _comment(w, g, sense):
        return comment
    right = complement(w, g, sense)
    if right is None:
        return None
    kind, start = right
    if kind == "colon":
        rest = clause_end(w, start)
        source = _source(w, g, found)
        return Frame("subject-verb-colon", [(start, rest)] if rest > start else [], _cue(w, g, sense), source, sense.medium, awaits=rest <= start)
    source = _source(w, g, found)
    end = clause_end(w, start, within=_within(w, g, source))
    if g.start == 0 and "ing" in w.cues[at].forms:
        return _leading(w, g, sense, start, end)
    if end <= start:
        return None
    if kind in {"zero", "object"} and not _plausible(w, start, end, sense):
        return None
    if source is None and kind in {"zero", "object", "about", "to", "whom-to"} and not (w.lower[at] == "asked" and kind == "about"):
        return None
    if g.infinitive and sense.kind != "reporting" and kind not in {"that", "wh", "quote"}:
        return None
    if w.lower[at] in {"asked", "pressed"} and source is None and kind != "quote":
        return Frame("asked", [(start, end)], _cue(w, g, sense), None, sense.medium)
    return Frame(f"{'infinitive' if g.infinitive else 'subject'}-verb-{kind}", [(start, end)], _cue(w, g, sense), source, sense.medium)


def _extracted(w: Words, g: Group, sense: Sense) -> Frame | None:
    """…, which Lee said was a mistake: the content is interrupted by its report."""
    tags = w.tags
    if not g.finite or "clause" not in sense.takes or tags[g.end : g.end + 1] not in ("x", "v"):
        return None
    source = subject(w, g.start)
    if not source or not source[0] or tags[source[0] - 1] not in "wh" or tags[source[0]] in "wh":
        return None
    which = source[0] - 1
    return Frame("relative", [(which, which + 1), (g.end, clause_end(w, g.end))], _cue(w, g, sense), source, sense.medium)


def _comment(w: Words, g: Group, sense: Sense) -> Frame | None:
    """As Lee reported, it will rain."""
    k = g.end
    while k < len(w.tags) and w.tags[k] in "aT":
        k += 1
    if w.tags[k : k + 1] != "," or not g.finite or not sense.takes & {"clause", "whom"}:
        return None
    source = subject(w, g.start)
    if not source or not source[0] or w.lower[source[0] - 1] != "as" or w.tags[: source[0] - 1].strip("cba,"):
        return None
    return Frame("comment-first", [(k + 1, clause_end(w, k + 1))], _cue(w, g, sense), source, sense.medium)


def _within(w: Words, g: Group, source: Range | None) -> bool:
    """Whether the report stands in a clause before the main one: "When Lee said …, they …", "Asked whether …, he …"."""
    if source is None:
        return w.tags[: g.start] in {"", "u", "a"}
    before = w.tags[source[0] - 1 : source[0]]
    return before == "u" or w.lower[source[0] - 1] in {"as"} or (w.tags[source[0]] == "w" and before == ",")


def _leading(w: Words, g: Group, sense: Sense, start: int, end: int) -> Frame | None:
    """Noting that it rained, Lee left."""
    for comma in range(start + 1, end):
        if w.tags[comma] == "," and (match := re.compile(r",([DNnP#as]*[NnP])a?[xvV]").match(w.tags, comma)):
            return Frame("participle-first", [(start, comma)], _cue(w, g, sense), match.span(1), sense.medium)
    return None


def _plausible(w: Words, start: int, end: int, sense: Sense) -> bool:
    return "object" in sense.takes or _CLAUSE.match(w.tags, start, end) is not None


def _source(w: Words, g: Group, found: list[Frame]) -> Range | None:
    """The subject of the verb; of a participle or a verb behind "and", that of the clause before."""
    tags = w.tags
    start = g.start
    before = tags[start - 1] if start else "^"
    participle = "ing" in w.cues[g.at].forms and not g.finite
    if participle or before in "cb" or g.infinitive:
        last = [frame for frame in found if frame.cue[1] <= g.start and frame.source]
        return last[-1].source if last and not g.infinitive else source_of_sentence(w, g.start)
    if before in ",":
        direct = subject(w, start)
        return direct or source_of_sentence(w, g.start)
    return subject(w, start)


def _passive(w: Words, g: Group, sense: Sense) -> Frame | None:
    """It was announced that … / Lee was told that … / Lee is said to … / The plan was confirmed by Lee."""
    tags, n = w.tags, len(w.tags)
    k = g.end
    while k < n and tags[k] in "aT":
        k += 1
    if k >= n:
        return None
    topic = subject(w, g.start)
    if w.lower[k] == "by" and (agent := phrase(w, k + 1)):
        if topic and "object" in sense.takes:
            return Frame("passive-by", [topic], (g.start, k + 1), agent, sense.medium)
        return None
    if tags[k] == "h" and sense.takes & {"clause", "whom"}:
        return Frame("passive-that", [(k, clause_end(w, k))], (g.start, g.end), None, sense.medium)
    if tags[k] == "t" and topic and sense.takes & {"clause", "whom-to"}:
        return Frame("passive-to", [topic, (k, clause_end(w, k))], (g.start, g.end), None, sense.medium)
    if tags[k] in ",:Q" and "whom" in sense.takes:
        q = k if tags[k] == "Q" else k + 1
        if q < n and tags[q] == "Q":
            return Frame("passive-quote", [(q, clause_end(w, q))], (g.start, g.end), None, sense.medium)
    return None
