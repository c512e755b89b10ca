"""Finds noun phrases that name a source or an addressee: before a verb, behind it, or behind a preposition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes.broken_asides import named_before, relative_before
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.phrase_words import belongs
from pressmark.annotators.quotes.tails import tail
from pressmark.segment.quotations import is_title

if TYPE_CHECKING:
    from pressmark.annotators.quotes.tagged_words import Words

Range = tuple[int, int]

_WIDE = 60  # words that a subject may take
# A noun phrase from its start: determiner or name, with what stands before a noun, then its complements.
_HEAD = r"(?:P|D(?=[o,.]|\Z)|(?:[DasB#n]|v(?=[nN])|g(?=[nN])|T(?=[nNs])|N|s)*(?:[Nn#TB]|(?<=[DsnN])Q))"
_PHRASE = re.compile(rf"{_HEAD}(?:[oc]{_HEAD}|p(?={_HEAD}){_HEAD}|B)*")
_RELATIVES = {"who", "which", "that", "whom"}
_OBJECT = re.compile("(?:[ot]|[NnP]c|wx?a?[vV])P\\Z")  # one of them said, a source close to him said, Lee and he said
_ACCUSATIVE = {"me", "him", "her", "us", "them"}  # never a subject
ABOUT = {"about", "around", "over", "under"}  # about three in ten
_REFLEXIVE = {"himself", "herself", "itself", "themselves", "myself", "ourselves", "yourself"}
_ARTICLES = (["a"], ["an"], ["the"])
_SPEAKS = (["he"], ["she"], ["they"], ["we"], ["i"])  # promised he would: nobody is told
_NOT_SUBJECT = {"there", "however", "meanwhile", "still", "instead", "then", "now", "also", "so", "but", "and", "or"}
_ASIDE = re.compile(r",(?:w|[gV](?![nN])|v(?![nN]))")  # it does not say who it is: “Ann Lee, who left, said”
_QUOTING = re.compile(r"(?<=[NnB]),w(?:[DNn]{1,4}|P)?[xa]*[vV][^,;:.Q-]*Q\Z")
_SOMEBODY = {"participant", "witness", "expert"}
_PERSONAL = {"i", "you", "he", "she", "we", "me", "him", "her", "us"}
_BY_WHOM = 8  # words that may stand between “known” and the name: “known to everyone in town as “Ace””
_CALLED = {"known", "nicknamed", "called", "named", "dubbed"}
# “Ann Lee, the mayor, and | her son”: a name, then phrases without a verb
_LISTED = re.compile(r"(?:(?<=[,^cpTa])|^)(?:[Dn]{0,3}N+|D[na]*n)(?:[op]D?[Nn]+)?(?:,(?:D[na]*|N)?[Nn]+(?:[op]D?[Nn]+)*)*,c\Z")
# What is no part of a noun phrase but a verb or an adjective before it: “to keep | an eye”, “was absent | from”
_VERB_AND_OBJECT = re.compile(r"[nvg][nvga]*(?=D[^xvVPw]*\Z)")
_JOINED = re.compile("(,[cb]|;)(?=(?:P|[DNn#as]{0,4}[Nn])a?[xvV])")
_BELOW = frozenset("whuQ:;")
_ADVERTS = {"loading", "advertisement", "advertisements", "sponsored", "promoted"}
_ADDRESSEE = re.compile(
    r"P|(?:D[a#]?)?[Nn]*n[Nn]*N(?=,?[:hQ])|N+(?:,N+)*,?cN+(?=a?t)"
    r"|(?:D{1,2}[a#]?)?(?:N(?:[No]|s(?=[Nn]))*(?:,N+,)?n{0,2}|n{1,3})(?:s[nN]+)?(?:c(?:D?n+|N+))?(?:[po](?:D?[Nn]+|P)(?=[hTQ,]|a?t))?"
)


def subject(w: Words, end: int) -> Range | None:
    """The noun phrase that ends right before the verb group which begins at ``end``."""
    last = w.tags[end - 1] if end > 0 else ""
    if last == "P" and w.lower[end - 1] in _REFLEXIVE and end > 1:
        found = subject(w, end - 1)  # Ann Lee herself said
        return (found[0], end) if found and found[1] == end - 1 else None
    is_object = last == "P" and (w.lower[end - 1] in _ACCUSATIVE or _OBJECT.search(w.tags, max(0, end - 5), end))
    if (last == "P" and not is_object) or (last and last in "wh" and w.lower[end - 1] in _RELATIVES):
        return end - 1, end
    if last in {"c", "b"}:
        return None
    if last in {",", "-"}:
        return _before_comma(w, end) if last == "," else _before_dash(w, end)
    if last == "Q" and (before := _before_quotation(w, end)):
        return before
    start = phrase_start(w, end) if last else end
    is_alone = is_object and start == end - 1  # those who have seen it said
    start = _listed_before(w, start) if start < end and not is_alone else end
    return _whole(w, start, tail(w, start, end)) if start < end else None


def _before_quotation(w: Words, end: int) -> Range | None:
    """The noun phrase that a quotation ends: a title, a nickname, the last words of a clause."""
    is_closed = w.last_character(end - 1) == ","
    if is_closed and is_title(w.text, w.quotations[end - 1]):
        found = _before_comma(w, end)  # Ann Lee, the host of “The Rain,” said
        return (found[0], end) if found else None
    if is_closed and (clause := _QUOTING.search(w.tags, max(0, end - _WIDE), end)):
        start = phrase_start(w, clause.start())  # Ann Lee, who calls it a “lie,” said
        return (start, clause.start()) if start < clause.start() else None
    named = _before_nickname(w, end - 1)
    return (named, end) if named < end else None


def _whole(w: Words, start: int, end: int) -> Range | None:
    """The phrase, or whom it belongs to as a clause or an apposition that no second comma closes; None: to nobody."""
    if which := relative_before(w, start, end):
        comma = which - (w.tags[which - 1] == ",")
        head = phrase_start(w, comma)
        return _whole(w, head, comma if comma < which else end) if head < comma else None
    if start > 1 and w.tags[start - 1] == ",":
        head = phrase_start(w, start - 1)
        if head < start - 1 and named_before(w, head, (start, end)):
            return head, end
    return None if _VERB_AND_OBJECT.match(w.tags, start, end) else (start, end)


def _listed_before(w: Words, start: int) -> int:
    """Where the list begins whose last part follows ", and": “Ann Lee, the mayor, and | her son”; else ``start``."""
    if start < 4 or w.tags[start - 2 : start] != ",c":
        return start
    low = 1 + max(w.tags.rfind(mark, 0, start) for mark in "Q;:.-bu")
    match = _LISTED.search(w.tags, low, start)
    return match.start() if match else start


def _before_nickname(w: Words, q: int) -> int:
    """Where a phrase begins that ends in a nickname: “a diver known as “Ace””; behind it where none does."""
    k = next((i for i in range(q - 1, max(0, q - _BY_WHOM), -1) if w.lower[i] in _CALLED), 0)
    start = phrase_start(w, k) if k and _nickname_behind(w, k) == q + 1 else k
    return start if start < k else q + 1


def _nickname_behind(w: Words, k: int) -> int:
    """Where a nickname ends that begins with “known as”, “called” …; 0 where none does."""
    q = w.tags.find("Q", k + 1, k + _BY_WHOM)
    is_called = q > 0 and w.lower[k] in _CALLED and (q == k + 1 or w.lower[q - 1] == "as")
    return q + 1 if is_called and is_nickname(w, q) else 0


def _participle_behind(w: Words, k: int) -> int:
    """Where “known as “Ace””, “held by two men” ends, which begins at ``k`` and says who or what that is; 0: it does not."""
    if named := _nickname_behind(w, k):
        return named
    is_made = w.tags[k] in "vV" and w.tags[k - 1] == "n" and w.lower[k + 1 : k + 2] == ["by"]
    by = _PHRASE.match(w.tags, k + 2) if is_made else None
    return by.end() if by else 0


def is_nickname(w: Words, q: int) -> bool:
    """Whether a quotation is short and begins with a capital, as a name does."""
    inner = w.text[w.quotations[q].inner_start : w.quotations[q].inner_end]
    return inner[:1].isupper() and inner.count(" ") < 2


def _before_comma(w: Words, end: int) -> Range | None:
    """“Ann Lee, a lawyer who advises them, said”: the phrase from its head to the last comma."""
    tags = w.tags
    if tags[end - 2 : end - 1] == "w":
        return None  # who, | asked
    low = max(0, end - _WIDE)
    low = max(low, 1 + max(tags.rfind(mark, low, end - 1) for mark in "Q;:.-"))
    start = low
    commas = [i for i in range(low, end - 1) if tags[i] == ","]
    for comma in commas:
        head = phrase_start(w, comma)
        if head < comma and head >= start and _nominal(w, head, comma) and not _adverbial(w, start, head):
            stop = len(tags[: end - 1].rstrip("a"))
            stop = stop - 1 if tags[stop - 1] == "," else end - 1  # “Ann Lee, however, said”
            whose = next((i - 1 for i in range(comma + 1, stop) if w.lower[i] == "whose" and tags[i - 1] == ","), stop)
            clause = _ASIDE.search(tags, comma, whose)
            return head, clause.start() if clause else whose
        start = comma + 1
    return None


def _before_dash(w: Words, end: int) -> Range | None:
    """“Ann Lee — a lawyer in town — said”: the phrase from its head to the last dash."""
    dash = w.tags.rfind("-", max(0, end - _WIDE), end - 1)
    if dash <= 0:
        return None
    start = phrase_start(w, dash)
    return (start, end - 1) if start < dash else None


def _adverbial(w: Words, start: int, head: int) -> bool:
    """Whether verbs stand before the head, so that it is no subject but the end of a clause."""
    return any(tag in "xVv" for tag in w.tags[start:head]) and w.tags[head - 1] not in "hbu,"


def _nominal(w: Words, start: int, end: int) -> bool:
    tags = w.tags[start:end]
    return tags[-1] in "NnP#TB" and tags[0] not in "po" and not ("T" in tags and "N" not in tags and "n" not in tags)


def phrase_start(w: Words, end: int) -> int:
    """Where the noun phrase begins that ends at ``end``; ``end`` itself where there is none."""
    i, low = end, max(0, end - _WIDE)
    while i > low and belongs(w, i - 1, end, low):
        i -= 1
    return _trimmed(w, i, end)


def _trimmed(w: Words, start: int, end: int) -> int:
    """Without what only leads to the phrase: “But on Monday Lee” → “Lee”."""
    tags = w.tags
    if w.lower[end - 1] == "worth":
        return end
    while start + 1 < end and w.lower[start] in _ADVERTS:
        start += 1
    while start < end and tags[start] in "abcTsu-," and not _is_day_of_name(w, start, end):
        start += 1
    start = _past_verb(w, start, end)
    is_quantity = start < end and w.lower[start] in ABOUT and tags[start + 1 : start + 2] in {"D", "#"}
    if start < end and tags[start] in "pogt" and not is_quantity:
        return _past_preposition(tags, start, end)
    is_nobody = end - start == 1 and w.lower[start] in _NOT_SUBJECT
    return start if re.search("[NnP#DsBTV]", tags[start:end]) and not is_nobody else end


def _past_verb(w: Words, start: int, end: int) -> int:
    """Without the verb whose object the phrase is, or the adjective that it completes: “he kept | an eye on it”.

    With the phrase whose infinitive that verb is, if the phrase is a subject: “aides asked to keep an eye on it said”.
    """
    before = w.tags[start - 1 : start]
    is_infinitive = before == "t" and w.lower[start - 2 : start - 1] != ["according"] and w.tags[start] != "p"
    if is_infinitive and _is_finite(w, end):
        head = phrase_start(w, start - 1)
        return head if head < start - 1 else end
    if before != "w" and (match := _VERB_AND_OBJECT.match(w.tags, start, end)):
        return match.end()
    is_one = (
        w.tags[start : start + 2] == "np" and not w.lower[start].endswith("s") and "there" not in w.lower[start - 2 : start]
    )
    is_adjective = is_one and before == "x" and w.is_be(start - 1)
    return start + 2 if is_adjective else start


def _is_finite(w: Words, at: int) -> bool:
    """Whether a finite verb group begins there."""
    while w.tags[at : at + 1] == "a":
        at += 1
    return w.tags[at : at + 1] == "x" or (w.tags[at : at + 1] == "V" and bool(w.cues[at].forms & {"past", "third", "base"}))


def _is_day_of_name(w: Words, start: int, end: int) -> bool:
    """Whether a day or month belongs to the phrase: “the Sunday Times”, “Sunday’s”, but not “last night Ann Lee”."""
    is_period = w.lower[start] in sets()["periods"] and w.tags[start - 1 : start] == "T"
    return w.tags[start] == "T" and w.tags[start + 1 : end][:1] in {*"Nns"} and not is_period


def _past_preposition(tags: str, start: int, end: int) -> int:
    """Where the noun phrase begins that stands behind a prepositional one: “In the north | Ann Lee”; ``end``: nowhere."""
    starts = [match.start() for match in re.finditer("(?<=[nNT#])(?=[DNP])(?<!N(?=N))", tags[start:end])]
    if starts:
        return start + starts[-1]
    tail = re.search(r"(?:D[a#nNvgs]*|N[Ns#BocnD]*|n|#n+|P)\Z", tags[start:end])
    return start + tail.start() if tail and tail.start() > 1 else end


def phrase(w: Words, start: int) -> Range | None:
    """The noun phrase that begins at ``start``, with “of …”, appositions and a clause that identifies."""
    tags = w.tags
    match = _PHRASE.match(tags, start)
    if not match or match.end() == start:
        return None
    end = match.end()
    if (cut := tail(w, start, end)) < end:
        return start, cut
    while end < len(tags) and end - start < _WIDE:
        if tags[end] == "s" and end + 1 < len(tags) and (more := _PHRASE.match(tags, end + 1)):
            end = more.end()
        elif tags[end] == "w" and w.lower[end] in {"who", "which", "whose"}:
            end = _until(w, end + 1)
            end += tags[end : end + 1] == "Q" and is_nickname(w, end) and tags[end - 1] in "nVvo"  # by the name “Lucky”
        elif behind := _participle_behind(w, end):
            end = behind
        elif tags[end - 1] == "Q" and tags[end] == "D" and w.last_character(end - 1) == ",":  # “Rain,” a book
            end = _until(w, end)
        elif (cut := _apposition(w, end)) > end:
            end = cut
            if tags[end - 1] != "Q" and tags[end : end + 1] not in {"", *",;:.Q-"}:
                break
        else:
            break
    return start, end


def _apposition(w: Words, comma: int) -> int:
    """Where the apposition ends that begins behind a comma: “Ann Lee | , the mayor”; ``comma`` where there is none."""
    tags = w.tags
    is_name = tags[comma + 1 : comma + 2] == "N" and w.lower[comma - 1] in lexicon().documents  # a report, Ann Lee left
    opens = re.match(r",(?:[DnN]|#(?!#)|a[#D])", tags[comma : comma + 3]) or w.lower[comma : comma + 2] == [",", "from"]
    if is_name or not opens:
        return comma
    stop = _until(w, comma + 1)
    if tags[stop : stop + 1] == "Q" and tags[stop - 1] != "o":
        return comma  # nothing closes it
    stop += tags[stop : stop + 1] == "Q"  # the author of “Rain”
    cut = tail(w, comma + 1, stop)
    is_clause = w.lower[comma + 1] == "whose" or ("w" not in tags[comma + 1 : cut] and _has_verb(w, comma + 1, cut))
    return comma if is_clause else cut


def _has_verb(w: Words, start: int, end: int) -> bool:
    past = sets()["past"]
    is_past = any(w.tags[i - 1 : i + 1] in {"nv", "Nv"} and w.lower[i] in past for i in range(start + 1, end))
    return is_past or re.search("[xV]|v(?![nN])", w.tags[start:end]) is not None


def _until(w: Words, start: int) -> int:
    found = re.compile(r"[,;:.Q-]").search(w.tags, start, min(len(w.tags), start + _WIDE))
    return found.start() if found else min(len(w.tags), start + _WIDE)


def subject_of_sentence(w: Words, before: int) -> Range | None:
    """The subject of the first verb before a word, in the last clause that "and" begins, rather of a main than a lower one."""
    if w.tags[0] in "uVvp" and (comma := w.tags.find(",", 0, before)) > 0:
        found = _main_subject(w, comma, before)
        if found or (w.tags[0] != "p" and w.lower[0] != "as"):  # else “As Ann Lee, a vet, put it: “…””
            return found
    below: Range | None = None
    for i in range(_clause_start(w, before), before):
        if w.tags[i] not in "xvV" or (
            "-" in w.lower[i] and w.tags[i + 1 : i + 2] in {"n", "N"}
        ):  # a second and third-ranked bank
            continue
        start = i
        while start and w.tags[start - 1] == "a":
            start -= 1
        found = subject(w, start) if w.lower[start - 1 : start] not in _ARTICLES else None
        if found and (not found[0] or w.tags[found[0] - 1] != "u"):
            return None if _is_expletive(w, found, i) else found
        below = below or found
    return below


def _clause_start(w: Words, before: int) -> int:
    """Where the last clause begins that has a subject of its own, and none below it: “I left, and | Lee came and (said)”."""
    starts = [match.end(1) for match in _JOINED.finditer(w.tags, 0, before) if _BELOW.isdisjoint(w.tags[match.end(1) : before])]
    return starts[-1] if starts else 0


def _is_expletive(w: Words, found: Range, verb: int) -> bool:
    """Whether nobody is meant: “there is an art to snapping”, “it is worth noting”."""
    word, complement = w.lower[found[0]], w.tags[verb + 1 : verb + 3].removeprefix("a")[:1]
    is_be = w.is_be(verb) or w.lower[verb] in {"’s", "'s"}
    return word == "there" or (word == "it" and is_be and complement in {"n", "D"})


def _main_subject(w: Words, comma: int, before: int) -> Range | None:
    """The noun phrase behind a comma that a verb follows."""
    while 0 <= comma < before:
        found = phrase(w, comma + 1)
        if found and found[1] <= before and w.tags[found[1] : found[1] + 1] in {*"axvV"}:
            return found
        comma = w.tags.find(",", comma + 1, before)
    return None


def is_person(w: Words, part: Range) -> bool:
    """Whether a phrase is somebody: a personal pronoun, nothing but a name, or a noun for people."""
    start, end = part
    known = gazetteer()
    stop = next((i for i in range(start + 1, end) if w.tags[i] in "pow,"), end)
    word = w.lower[stop - 1]
    if w.tags[start:end].strip("N") == "" or word in _PERSONAL:
        return True
    is_one = word in known.people or word.removesuffix("s") in known.people or lexicon().source_types.get(word) in _SOMEBODY
    return w.tags[stop - 1] == "n" and is_one


def addressee(w: Words, k: int) -> int:
    """Where the noun phrase ends to whom something is told: “told [the paper’s editors] on Monday that”; ``k`` without one."""
    match = _ADDRESSEE.match(w.tags, k) if w.lower[k : k + 1] not in _SPEAKS else None
    end = match.end() if match else k
    end -= w.tags[end - 1 : end] == "o"  # notified the United States | of it
    whole = phrase(w, k) if w.tags[end : end + 1] in {*"nNgop"} else None
    is_whole = whole is not None and w.tags[whole[1] : whole[1] + 1] in {*"hTQ"} and whole[1] > end
    return whole[1] if whole and is_whole else end
