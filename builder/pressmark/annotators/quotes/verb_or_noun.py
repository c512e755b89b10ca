"""Tells whether a form of a cue, "report", "claims", "alleged", is a verb in its sentence, or a noun or an adjective."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes import grammar
from pressmark.annotators.quotes.lexicon import lexicon

if TYPE_CHECKING:
    from pressmark.annotators.quotes.lexicon import Cue

_COMPLETES = frozenset("hQ:,DPNaTtwpu#n.xg")  # what may follow a verb in the present
_REPORTS = frozenset("hQ:,P")  # what follows a verb that reports, and no noun
_OPENS_CLAUSE = list(map(list, "hQ:,PDN"))
_ALONE = {"one", "another", "neither"}  # determiners that stand for somebody: “another said that”
SINGULAR = {"a", "an", "another", "this", "that", "each", "every"}


def is_verb(cue: Cue, at: int, tags: list[str], lower: list[str], *, titled: bool) -> bool:
    """Whether a form that may be a noun as well ("report", "claims") or an adjective ("alleged") is a verb here."""
    k = at
    while k and tags[k - 1] == "a":
        k -= 1
    if _is_other(cue, (k, at), tags, lower):
        return False
    before, word, forms = tags[k - 1] if k else "^", lower[k - 1] if k else "", cue.forms
    completed = tags[at + 1 : at + 2] == [] or tags[at + 1] in _COMPLETES or _ends_sentence(tags, at)
    is_led = "third" in forms or not _is_noun(lower[at]) or (k == 1 and _is_plural(word))
    completed = completed or (is_led and _is_plural_noun(lower, at + 1))  # ministers deny | claims
    if forms & {"past", "participle", "ing"}:
        is_compound = before == "#" or (before in {"n", "N"} and "ing" in forms)  # a court hearing
        return not is_compound or not _is_noun(lower[at])
    if before == "t" or (before == "x" and "base" in forms):
        return "base" in forms
    if before in "n#":
        agrees = before == "n" and (_is_plural(word) == ("base" in forms) or (completed and _head_agrees(cue, k, tags, lower)))
        is_clear = tags[at + 1 : at + 2] in (["h"], ["P"]) and not _is_noun(lower[at])
        is_done = completed and (not _is_noun(lower[at]) or tags[at + 1 : at + 2] != ["p"])  # harbor protests in Kiel
        return is_clear or (agrees and (is_done or "third" not in forms))
    if before in "gv" and not titled:  # another ranking says
        return "third" in forms and not _is_noun(lower[at]) and tags[at + 1 : at + 2] in _OPENS_CLAUSE
    is_object = before == "V" and _is_plural_noun(lower, at)  # Experts Question Claims That Dam Leaks
    return completed if before in "NBT," or (titled and not is_object) else before in "DPw^hcQb-;:u."


def _head_agrees(cue: Cue, end: int, tags: list[str], lower: list[str]) -> bool:
    """Whether the verb is that of the head of the phrase that ends there: “sources close to the board | say”.

    Also “people who saw the plan | say” and “a review of the books | says”.
    """
    i = end
    while i and tags[i - 1] in "Dn#NsaT":
        i -= 1
    if 0 < i < end and tags[i - 1] in "vVx" and "w" in tags[max(0, i - 3) : i]:
        i = tags.index("w", max(0, i - 3)) + 1  # who had seen
    if i < 2 or i == end or tags[i - 1] not in "tpow":
        return False
    heads = lower[i - 2 : i - 1] if "third" in cue.forms or tags[i - 2] not in "nvV" else lower[max(0, i - 3) : i - 1]
    is_base = "base" in cue.forms
    return not _is_noun(lower[end]) and any(map(_is_plural, heads)) == is_base and tags[i - 2] in "nNvV"


def _is_other(cue: Cue, place: tuple[int, int], tags: list[str], lower: list[str]) -> bool:
    """Whether the words beside a form make it a noun or an adjective; ``place`` is where it stands, from its adverbs on."""
    k, at = place
    before, word, forms, after = tags[k - 1] if k else "^", lower[k - 1] if k else "", cue.forms, tags[at + 1 : at + 2]
    may_be_noun = _is_noun(lower[at])
    is_sure = after and (after[0] in _REPORTS or (after[0] in "DN" and not may_be_noun))
    is_alone = word in _ALONE and forms & {"past", "third"} and is_sure
    is_behind = _noun_place(before, word, lower[k - 2 : k - 1]) and not (before in "po" and "ing" in forms) and not is_alone
    is_many = word in grammar.sets()["quantifiers"] and forms == {"third"}  # many reasons
    is_document = lower[at] in lexicon().documents and _is_plural_noun(lower, at + 1)  # a news | report claims
    is_document |= lower[at] == "forecast" and _is_third(lower, at + 1)  # a weather | forecast shows
    is_like = before in {"n", "N"} and lower[at] == "like"  # people like her
    is_adjective = before == "D" and after == ["n"] and "participle" in forms and lower[at] != "said"  # five proposed bills
    is_part = before == "n" and (word.endswith("ous") or _is_accorded(tags, lower, k))
    is_planning = not at and "ing" in forms and _is_office_first(cue, tags, lower)
    is_other = is_behind or is_many or is_document or is_like or is_adjective or is_part or is_planning
    return bool(is_other or (may_be_noun and _is_own_noun(cue, place, tags, lower)) or _is_base_noun(cue, place, tags, lower))


def _is_own_noun(cue: Cue, place: tuple[int, int], tags: list[str], lower: list[str]) -> bool:
    """Whether the words beside a form that is a noun as well show that it is one."""
    k, at = place
    before, forms, after = tags[k - 1] if k else "^", cue.forms, tags[at + 1 : at + 2]
    if not forms & {"past", "ing"} and _is_related(tags, lower, at):
        return True
    if "base" not in forms:
        return forms == {"third"} and _is_object(tags, lower, k)
    is_named = before == "N" and _is_one(tags, lower, k)  # the GOP debate
    is_title = before == "N" and after == ["N"] and forms == {"base"}  # Olympic champion Ann Lee
    is_start = before in ",^Q" and tags[at + 1 : at + 3] in (["n", "V"], ["n", "x"])
    return is_named or is_title or is_start or _is_topic(tags, lower, place)


def _is_base_noun(cue: Cue, place: tuple[int, int], tags: list[str], lower: list[str]) -> bool:
    """Whether a base form begins who somebody is: “judge Lee”, “…,” fire chief Ann Lee said; but “…,” say officials."""
    if "base" not in cue.forms:
        return False
    k, at = place
    before, after = tags[k - 1] if k else "^", tags[at + 1 : at + 2]
    is_office = before in ",Q;:-cbh" and after == ["N"] and lower[at] in gazetteer().people
    return is_office or (before in {"Q", ","} and cue.forms == {"base"} and after == ["n"] and not _is_plural(lower[at + 1]))


def _is_office_first(cue: Cue, tags: list[str], lower: list[str]) -> bool:
    """Whether the sentence begins with an office: “Planning officer Ann Lee”."""
    is_person = tags[1:3] == ["n", "N"] and lower[1] in gazetteer().people
    return is_person and not any("whom" in sense.takes for sense in cue.senses)


def _is_related(tags: list[str], lower: list[str], at: int) -> bool:
    """Whether a relative clause with "that" follows: “reports that were wrong”, not “reports that used cars are cheap”."""
    return (
        tags[at + 1 : at + 2] == ["h"] and tags[at + 2 : at + 3] in (["x"], ["V"], ["v"]) and not lower[at + 2].endswith("ed")
    )


def _is_third(lower: list[str], at: int) -> bool:
    """Whether the word may be a verb of reporting in the third person: “shows”."""
    cue = lexicon().cues.get(lower[at]) if at < len(lower) else None
    return cue is not None and "third" in cue.forms


def _is_plural_noun(lower: list[str], at: int) -> bool:
    """Whether the word may be a plural as well as a verb: “deny | claims that”."""
    cue = lexicon().cues.get(lower[at]) if at < len(lower) else None
    return cue is not None and cue.forms == {"third"} and _is_noun(lower[at])


def _is_object(tags: list[str], lower: list[str], end: int) -> bool:
    """Whether a plural follows: “fresh | claims”, “bosses face | claims”, “dismissed as pure nonsense | claims”."""
    word, i = lower[end - 1] if end else "", end
    if word in grammar.sets()["fresh"]:
        return True
    if word in grammar.sets()["faces"]:
        return _is_base(tags, lower, end - 1)
    while i and tags[i - 1] in {"n", "a"}:
        i -= 1
    return 1 < i < end and lower[i - 1] == "as" and tags[i - 2] in {"v", "V"} and word not in gazetteer().people


def _is_base(tags: list[str], lower: list[str], k: int) -> bool:
    """Whether a verb in its base form can stand there: behind “to”, an auxiliary, a pronoun, a plural or two names."""
    while k and tags[k - 1] == "a":
        k -= 1
    return k > 0 and (tags[k - 1] in {*"txPw"} or _is_plural(lower[k - 1]) or tags[k - 2 : k - 1] == ["c"])


def _is_topic(tags: list[str], lower: list[str], place: tuple[int, int]) -> bool:
    """Whether what is told is of it: “told analysts that | demand for boats fell”, “told analysts | demand was weak”."""
    k, at = place
    if tags[k - 1 : k] == ["h"]:
        return "h" not in tags[at:] and _is_told(tags, lower, k - 1)
    return tags[k - 1 : k] == ["n"] and tags[at + 1 : at + 2] == ["x"] and _is_told(tags, lower, k)


def _is_told(tags: list[str], lower: list[str], that: int) -> bool:
    """Whether "that" begins what is told: a verb of telling and whom it tells stand before it."""
    i = that
    while i and tags[i - 1] in "DNnas#po":
        i -= 1
    cue = lexicon().cues.get(lower[i - 1]) if i else None
    return cue is not None and (i == that or any("whom" in sense.takes for sense in cue.senses))


def _ends_sentence(tags: list[str], at: int) -> bool:
    """Whether the sentence ends behind the word, whose subject stands behind a comma or a quotation: “…,” the report notes."""
    return tags[at + 1 : at + 2] == ["."] and tags[at - 2 : at] == ["D", "n"] and tags[at - 3 : at - 2] in ([","], ["Q"])


def _is_accorded(tags: list[str], lower: list[str], end: int) -> bool:
    """Whether “according to” stands before the noun that ends there: “according to police reports”."""
    while end and tags[end - 1] in "nD":
        end -= 1
    return lower[max(0, end - 2) : end] == ["according", "to"]


def _is_one(tags: list[str], lower: list[str], end: int) -> bool:
    """Whether the name that ends there has a singular determiner, or is a single one behind a preposition."""
    i = end
    while i and tags[i - 1] in "NnsT#":
        i -= 1
    before = lower[i - 1] if i else ""
    return before in SINGULAR or (i > 0 and tags[i - 1] in "poD" and not lower[end - 1].endswith("s"))


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith(("ss", "us", "is"))) or word in grammar.sets()["plural"]


def _is_noun(word: str) -> bool:
    nouns = grammar.sets()["nouns"]
    return word in nouns or word.removesuffix("s") in nouns


def _noun_place(before: str, word: str, second: list[str]) -> bool:
    """Whether only a noun can stand behind these words: the, a number, a possessive, a preposition."""
    is_determiner = before == "D" and word not in grammar.sets()["quantifiers"]
    return is_determiner or before in "spo" or (before == "t" and second == ["according"])
