"""Resolves ambiguous words by their neighbours: verb or noun, name or common word, *is* or possessive."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes import grammar
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.rough_numbers import FIRST, joins_number

if TYPE_CHECKING:
    from pressmark.annotators.quotes.lexicon import Cue

_COMPLETES = frozenset("hQ:,DPNaTtwpu#n.xg")  # what may follow a verb in the present
_REPORTS = frozenset("hQ:,P")  # what follows a verb that reports, and no noun
_OPENS_CLAUSE = list(map(list, "hQ:,PDN"))
_ALONE = {"one", "another", "neither"}  # determiners that stand for somebody: “another said that”
_SINGULAR = {"a", "an", "another", "this", "that", "each", "every"}
_LEADS = {"the", "his", "her", "its", "their", "my", "our", "your"}
_BASES = {"lead", "win", "run", "work", "help", "use", "turn", "fight", "cut", "fall", "rise", "need"}  # nouns as often
_OFFICES = {
    "operating",
    "managing",
    "acting",
    "commanding",
    "presiding",
    "founding",
    "sitting",
    "outgoing",
    "incoming",
    "governing",
}
_LATE = {"late", "early", "earlier"}
_ENDS_PHRASE = ([], *map(list, "PhQtpxwucb.,:;-T"))  # none of these stands inside a noun phrase behind its determiner


def resolved(tags: list[str], lower: list[str], capital: list[bool]) -> tuple[str, dict[int, Cue]]:
    """The tags of a sentence in its context, and the cues in it that are verbs, by their place."""
    titled, cues = _titled(lower, capital), {}
    known, several = lexicon().cues, _several()
    for i in [i for i, word in enumerate(lower) if word in several]:
        cue = known.get(lower[i])
        if capital[i] and not titled and lower[i].capitalize() in gazetteer().ambiguous and _is_name(tags, lower, capital, i):
            tags[i] = "N"
        elif not cue:
            if not joins_number(tags, lower, i):
                tags[i] = _in_context(tags, lower, capital, i)
        elif titled or not capital[i] or ((not i or tags[i - 1] == "Q") and cue.forms & {"past", "participle", "ing"}):
            cues[i] = cue
            tags[i] = "V"
        else:
            tags[i] = "N"
    for i in list(cues):
        if not _is_verb(cues[i], i, tags, lower, titled=titled):
            tag = "n" if cues.pop(i).forms & {"base", "third", "ing"} else "v"
            tags[i] = grammar.closed().get(lower[i], tag)
    return "".join(tags), cues


@cache
def _several() -> frozenset[str]:
    """The words that can be read in several ways."""
    names = frozenset(map(str.lower, gazetteer().ambiguous))
    return (
        grammar.sets()["periods"]
        | lexicon().cues.keys()
        | names
        | {"’s", "'s", "may", "march", "sunday", "her", "since", *_LATE, *_BASES, *_OFFICES, *FIRST}
    )


def _titled(lower: list[str], capital: list[bool]) -> bool:
    """Whether every longer word has a capital but those that headlines write small (AP Stylebook, "titles")."""
    small = grammar.closed()
    capitals = 0
    for word, is_capital in zip(lower, capital, strict=True):
        if len(word) > 3 and word[0].isalpha():
            if is_capital:
                capitals += 1
            elif word not in small:
                return False
    return capitals >= 3


def _is_name(tags: list[str], lower: list[str], capital: list[bool], i: int) -> bool:
    """Whether a capitalised word that has another meaning is somebody’s name: “Theresa May said”, “said Will Adler”."""
    before, after = tags[i - 1] if i else "^", tags[i + 1] if i + 1 < len(tags) else ""
    is_month = grammar.closed().get(lower[i]) == "T" or lower[i] == "may"
    if after in {"#", "T"} or before in {"#", "T"} or (is_month and before in {"p", "D"}):
        return False
    cue = lexicon().cues.get(lower[i + 1]) if i + 1 < len(lower) and not capital[i + 1] else None
    is_subject = after == "N" or bool(cue and cue.forms & {"past", "third"})
    if before in "^.:;-":
        return is_subject and lower[i] != "so" and "?" not in lower[-2:]
    is_inverted = lower[i - 1] in lexicon().cues and i > 1 and tags[i - 2] in "Q,-"
    return is_subject or before == "N" or is_inverted or not is_month


def _in_context(tags: list[str], lower: list[str], capital: list[bool], i: int) -> str:
    """The tag of a word that is no cue."""
    word, before = lower[i], lower[i - 1] if i else ""
    if word in {"’s", "'s"}:
        return "x" if before in grammar.sets()["clitic"] else "s"
    tag = tags[i]
    if word == "her" and (tags[i + 1 : i + 2] in _ENDS_PHRASE or _is_past(tags, lower, i + 1)):
        tag = "P"  # told her that, asked her to, a man close to her said
    elif word in {"earlier", "since"} and _is_between(tags, lower, i):
        tag = "a"  # Lee earlier said, Lee has since said
    elif word in _LATE and (tags[i + 1 : i + 2] == ["T"] or lower[i + 1 : i + 2] in (["this"], ["last"], ["next"])):
        tag = "T"
    elif (
        word in grammar.sets()["periods"]
        and i
        and tags[i + 1 : i + 2] != ["s"]
        and (before in grammar.sets()["which"] or tags[i - 1] == "T")
    ):
        if before in grammar.sets()["which"]:
            first = i - 1 - (lower[max(0, i - 2) : i - 1] == ["this"])  # this past week
            tags[first:i] = "T" * (i - first)
        tag = "T"
    elif word == "sunday" and before == "the" and any(capital[i + 1 : i + 2]):
        tag = "N"  # the Sunday Times
    elif word == "may" and capital[i] and i:
        tag = "T"
    elif (
        (word == "march" and not capital[i])
        or (word in _BASES and _is_singular(tags, lower, i))
        or (word in _OFFICES and tags[i : i + 2] == ["g", "n"])  # chief operating officer
    ):
        tag = "n"
    return tag


def _is_singular(tags: list[str], lower: list[str], end: int) -> bool:
    """Whether words stand before it that call for a noun, and no verb in its base form: “a large | lead”."""
    i = end
    while i and tags[i - 1] in {"n", "a"}:
        i -= 1
    is_led = 0 < i < end and (tags[i - 1] == "s" or lower[i - 1] in _SINGULAR | _LEADS)
    return (
        is_led and tags[end - 1] == "n" and not lower[end - 1].endswith("s") and lower[end - 1] not in grammar.sets()["plural"]
    )


def _is_related(tags: list[str], lower: list[str], at: int) -> bool:
    """Whether a relative clause with "that" follows: “reports that were wrong”, not “reports that used cars are cheap”."""
    return (
        tags[at + 1 : at + 2] == ["h"] and tags[at + 2 : at + 3] in (["x"], ["V"], ["v"]) and not lower[at + 2].endswith("ed")
    )


def _is_between(tags: list[str], lower: list[str], i: int) -> bool:
    """Whether a cue follows, and before "since" an auxiliary stands."""
    return i + 1 < len(lower) and lower[i + 1] in lexicon().cues and (lower[i] == "earlier" or (i > 0 and tags[i - 1] == "x"))


def _is_verb(cue: Cue, at: int, tags: list[str], lower: list[str], *, titled: bool) -> bool:
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
    is_object = forms == {"third"} and may_be_noun and _is_object(tags, lower, k)
    is_document = lower[at] in lexicon().documents and _is_plural_noun(lower, at + 1)  # a news | report claims
    is_document |= lower[at] == "forecast" and _is_third(lower, at + 1)  # a weather | forecast shows
    is_named = before == "N" and "base" in forms and may_be_noun and _is_one(tags, lower, k)  # the GOP debate
    is_title = before == "N" and after == ["N"] and forms == {"base"} and may_be_noun  # Olympic champion Ann Lee
    is_office = before in ",Q;:-cbh" and after == ["N"] and "base" in forms and lower[at] in gazetteer().people  # judge Lee
    # “…,” fire chief Ann Lee said; but “…,” say officials
    is_first = before in {"Q", ","} and forms == {"base"} and after == ["n"] and not _is_plural(lower[at + 1])
    is_start = "base" in forms and may_be_noun and before in ",^Q" and tags[at + 1 : at + 3] in (["n", "V"], ["n", "x"])
    is_head = may_be_noun and not forms & {"past", "ing"} and _is_related(tags, lower, at)
    is_topic = may_be_noun and "base" in forms and _is_topic(tags, lower, (k, at))
    is_like = before in {"n", "N"} and lower[at] == "like"  # people like her
    is_adjective = before == "D" and after == ["n"] and "participle" in forms and lower[at] != "said"  # five proposed bills
    is_part = before == "n" and (word.endswith("ous") or _is_accorded(tags, lower, k))
    takes_whom = any("whom" in sense.takes for sense in cue.senses)
    is_office |= not at and "ing" in forms and not takes_whom and tags[1:3] == ["n", "N"] and lower[1] in gazetteer().people
    is_title = is_title or is_office or is_document  # and: planning officer Ann Lee
    is_noun = is_behind or is_many or is_object or is_named or is_title or is_first or is_start or is_head or is_topic
    return bool(is_noun or is_like or is_adjective or is_part)


def _is_plural_noun(lower: list[str], at: int) -> bool:
    """Whether the word may be a plural as well as a verb: “deny | claims that”."""
    cue = lexicon().cues.get(lower[at]) if at < len(lower) else None
    return cue is not None and cue.forms == {"third"} and _is_noun(lower[at])


def _is_third(lower: list[str], at: int) -> bool:
    """Whether the word may be a verb of reporting in the third person: “shows”."""
    cue = lexicon().cues.get(lower[at]) if at < len(lower) else None
    return cue is not None and "third" in cue.forms


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


def _is_past(tags: list[str], lower: list[str], i: int) -> bool:
    """Whether a cue in the past stands there that no noun follows: not “her promised visit”."""
    cue = lexicon().cues.get(lower[i]) if i < len(lower) else None
    return cue is not None and "past" in cue.forms and tags[i + 1 : i + 2] not in (["n"], ["N"], ["g"])


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
    return before in _SINGULAR or (i > 0 and tags[i - 1] in "poD" and not lower[end - 1].endswith("s"))


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith(("ss", "us", "is"))) or word in grammar.sets()["plural"]


def _is_noun(word: str) -> bool:
    nouns = grammar.sets()["nouns"]
    return word in nouns or word.removesuffix("s") in nouns


def _noun_place(before: str, word: str, second: list[str]) -> bool:
    """Whether only a noun can stand behind these words: the, a number, a possessive, a preposition."""
    is_determiner = before == "D" and word not in grammar.sets()["quantifiers"]
    return is_determiner or before in "spo" or (before == "t" and second == ["according"])
