"""Finds noun phrases from their start: who stands behind a verb or a preposition, and who is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.tails import tail

if TYPE_CHECKING:
    from pressmark.annotators.quotes.tagged_words import Words

Range = tuple[int, int]

WIDE = 60  # words that a subject may take
# A noun phrase from its start: determiner or name, with what stands before a noun, then its complements.
_HEAD = r"(?:P|D(?=[o,.]|\Z)|(?:[DasB#n]|v(?=[nN])|g(?=[nN])|T(?=[nNs])|N|s)*(?:[Nn#TB]|(?<=[DsnN])Q))"
_PHRASE = re.compile(rf"{_HEAD}(?:[oc]{_HEAD}|p(?={_HEAD}){_HEAD}|B)*")
# What tells of the noun before it: “, Ana Cruz, ”, “ – Ana Cruz – ”, “, who built it, ”, “ (53) ”; but not “, she said, ”
TOLD = r"(?:(?:,(?:[Dn#NaoscTpvB]{1,12}|w[^,;:Q]{1,12})){1,2},|-[Dn#NaoscTpvB,]{1,12}-|B)"
ABOUT = {"about", "around", "over", "under"}  # about three in ten
_SPEAKS = (["he"], ["she"], ["they"], ["we"], ["i"])  # promised he would: nobody is told
_SOMEBODY = {"participant", "witness", "expert"}
_POSSESSIVES = {"my", "your", "his", "her", "its", "our", "their"}
_PERSONAL = {"i", "you", "he", "she", "we", "me", "him", "her", "us"}
BY_WHOM = 8  # words that may stand between “known” and the name: “known to everyone in town as “Ace””
CALLED = {"known", "nicknamed", "called", "named", "dubbed"}
_WHEN_WHERE = re.compile(rf"(?:T+#?|p{_HEAD}(?:o{_HEAD})?)+")
_ADDRESSEE = re.compile(
    r"P|(?:D[a#]?)?[Nn]*n[Nn]*N(?=,?[:hQ])|N+(?:,N+)*,?cN+(?=a?t)"
    r"|(?:D{1,2}[a#]?)?(?:N(?:[No]|s(?=[Nn]))*(?:,N+,)?n{0,2}|n{1,3})(?:s[nN]+)?(?:c(?:D?n+|N+))?(?:[po](?:#|(?:D?[Nn]+|P)(?=[hTQ,]|a?t)))?"
)


def phrase(w: Words, start: int) -> Range | None:
    """The noun phrase that begins at ``start``, with “of …”, appositions and a clause that identifies."""
    tags = w.tags
    match = _PHRASE.match(tags, start)
    if not match or match.end() == start:
        return None
    end = match.end()
    if (cut := tail(w, start, end)) < end:
        return start, cut
    while end < len(tags) and end - start < WIDE:
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
    found = re.compile(r"[,;:.Q-]").search(w.tags, start, min(len(w.tags), start + WIDE))
    return found.start() if found else min(len(w.tags), start + WIDE)


def _participle_behind(w: Words, k: int) -> int:
    """Where “known as “Ace””, “held by two men”, “published on Monday” ends, if it begins at ``k``; 0: it does not."""
    if named := nickname_behind(w, k):
        return named
    is_published = w.lower[k] in sets()["published"] and w.lower[k - 1] in lexicon().documents
    if is_published and w.lower[k + 1 : k + 2] != ["by"]:
        when = _WHEN_WHERE.match(w.tags, k + 1)
        return when.end() if when else 0
    is_made = w.tags[k] in "vV" and w.tags[k - 1] == "n" and w.lower[k + 1 : k + 2] == ["by"]
    by = _PHRASE.match(w.tags, k + 2) if is_made else None
    return by.end() if by else 0


def nickname_behind(w: Words, k: int) -> int:
    """Where a nickname ends that begins with “known as”, “called” …; 0 where none does."""
    q = w.tags.find("Q", k + 1, k + BY_WHOM)
    is_called = q > 0 and w.lower[k] in CALLED and (q == k + 1 or w.lower[q - 1] == "as")
    return q + 1 if is_called and is_nickname(w, q) else 0


def is_nickname(w: Words, q: int) -> bool:
    """Whether a quotation is short and begins with a capital, as a name does."""
    inner = w.text[w.quotations[q].inner_start : w.quotations[q].inner_end]
    return inner[:1].isupper() and inner.count(" ") < 2


def is_person(w: Words, part: Range) -> bool:
    """Whether a phrase is somebody: a personal pronoun, nothing but a name, or a noun for people."""
    start, end = part
    known = gazetteer()
    stop = next((i for i in range(start + 1, end) if w.tags[i] in "pow,"), end)
    word = w.lower[stop - 1]
    if w.tags[start:end].strip("N") == "" or word in _PERSONAL:
        return True
    is_one = word in known.people or word.removesuffix("s") in known.people or lexicon().source_types.get(word) in _SOMEBODY
    if w.tags[stop - 1] == "N":  # police chief Ann Lee
        title = start + len(w.tags[start:stop].rstrip("N")) - 1
        return title >= start and w.lower[title] in known.people
    return w.tags[stop - 1] == "n" and is_one


def is_thing(w: Words, part: Range) -> bool:
    """Whether a phrase is something that cannot speak and that nobody wrote: “the clock in the hall”, “his face”."""
    start, end = part
    head = next((i for i in range(start + 1, end) if w.tags[i] in "pow,"), end) - 1
    is_own = w.lower[start] in _POSSESSIVES or (w.tags[start] == "N" and w.tags[start + 1 : start + 2] == "s")
    if w.tags[head] == "n" and w.lower[head] in sets()["features"]:
        return is_own and head == end - 1
    if w.lower[head : head + 2] == ["numbers", "of"]:
        return False
    is_amount = w.lower[head] == "figures" and w.lower[start] in {"the", "these", "those"} and head == start + 1
    return is_amount or (w.tags[head] == "n" and w.lower[head] in sets()["things"])


def addressee(w: Words, k: int) -> int:
    """Where the noun phrase ends to whom something is told: “told [the paper’s editors] on Monday that”; ``k`` without one."""
    match = _ADDRESSEE.match(w.tags, k) if w.lower[k : k + 1] not in _SPEAKS else None
    end = match.end() if match else k
    end -= w.tags[end - 1 : end] == "o"  # notified the United States | of it
    whole = phrase(w, k) if w.tags[end : end + 1] in {*"nNgop"} else None
    is_whole = whole is not None and w.tags[whole[1] : whole[1] + 1] in {*"hTQ"} and whole[1] > end
    return whole[1] if whole and is_whole else _without_subject(w, k, end)


def _without_subject(w: Words, start: int, end: int) -> int:
    """Where the nouns end that are told, if a subject stands behind them: “told two reporters | talks were near”."""
    if end == start or w.tags[end : end + 1] not in {*"xvV"}:
        return end
    told = range(start + 1, end)
    return next(
        (i for i in told if w.tags[i - 1 : i + 1] == "nn" and w.lower[i - 1].endswith("s") and is_person(w, (start, i))), end
    )
