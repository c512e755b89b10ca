"""Rules for a report behind its content: “…,” Lee said. “…,” said Lee. It will rain, Lee said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.quotes.completions import completion
from pressmark.annotators.quotes.content_extents import clause_start
from pressmark.annotators.quotes.continuations import add_clause, add_quotations
from pressmark.annotators.quotes.frames import reports
from pressmark.annotators.quotes.governors import is_negation
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.noun_phrases import ABOUT, addressee, is_person, phrase
from pressmark.annotators.quotes.passed_on import passer
from pressmark.annotators.quotes.passives import past_adverbs
from pressmark.segment.quotations import is_title

if TYPE_CHECKING:
    from pressmark.annotators.quotes.frames import Frame, Report
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_ENDS = frozenset(".,;-bucpTatgwvQ:BV")  # what may stand behind the subject of "said Lee"
_BEFORE_NAMES = {"wrote", "writes", "reported", "reports", "added", "adds"}  # “wrote Ann Lee”, but not “reported a man”
_NOBODY = {"nobody", "none", "neither", "no"}
_OBJECTS = {"no", "yes", "nothing", "it", "him", "them", "us", "me", "himself", "herself"}
_GOES_ON = re.compile(r",(?:x|(?:P|N+)a?[xvV]|[Dn#a]{1,5}x)")  # “…, said Lee, is lost”, where no apposition stands
_TIME = re.compile(
    r"(?:[\w-]+ ){1,2}(?:minute|hour|day|week|month|year|decade)s? (?:after|before|later|ago|earlier)\b", re.IGNORECASE
)
_VERB = re.compile("[xvV]")
_TITLED = re.compile("n{1,4}N{1,3}(?:c(?:n{1,3})?N{1,3})?(?:,.*)?")
_ENDS_SENTENCE = re.compile(r"D?T+\.?")
_CLAUSE = re.compile("[DNnP#as]{1,5}a?[xvV]")
_LAST = re.compile(r"(?:p?[DT#]+)?(?:[.,]|\Z)")  # behind a verb that nothing completes
_ADVERBIAL_CLAUSE = re.compile("a?[pu]")  # On Monday, even as it rained, Lee wrote
_ADJUNCT = re.compile(r"(?:[aT]|p[DNnT#s]{1,5})+(?=,)")
_NEAR = 4  # words between a verb and the quotation that completes it
_ENDS_CONTENT = frozenset(",-Q")
_ADVERBIAL = frozenset("puagvV")


class _Left(NamedTuple):
    content: list[Range]
    quoted: bool


def quote_verb_subject(r: Report) -> Frame | None:
    """“It will rain,” said Ann Lee, a farmer. “It must.”"""  # noqa: D415
    source = _inverted_subject(r) if "quote" in r.sense.takes else None
    left = _left(r.words, r.start) if source else None
    if not source or not left or not left.quoted:
        return None
    frame = r.frame("quote-verb-subject", left.content, source)
    add_quotations(r, source[1], frame)
    return frame


def clause_verb_subject(r: Report) -> Frame | None:
    """The harvest is lost, said Ann Lee, a farmer."""
    w, word = r.words, r.words.lower[r.at]
    known, is_third = sets()["inverted"], "third" in w.cues[r.at].forms  # cautions Ann Lee
    source = _inverted_subject(r) if (word in known or is_third) and r.before != "Q" else None
    left = _left(w, r.start) if source else None
    if not source or not left or left.quoted or not _clausal(w, left.content[0]):
        return None
    first, follow = w.tags[source[0]], w.tags[source[1] : source[1] + 8]
    is_last = word in known or follow[:1] in {"", ".", ","}
    is_titled = _TITLED.fullmatch(w.tags, *source) is not None and follow[:1] in {"", ".", ","}  # wrote columnist Ann Lee.
    is_joined = follow[:2] in {",c", ",b"}  # said police, and a school is shut
    if _has_subject(r, source) or (is_joined and not _VERB.search(w.tags, *left.content[0])):
        return None  # also: The mill, said Ann Lee, and two farms were sold
    is_name = first == "N" or is_titled or (word in known - _BEFORE_NAMES and first in "Dn#")
    if (
        not is_last
        or not is_name
        or follow[:1] in tuple("xVvh")
        or (first == "n" and not (is_titled or is_joined or follow[:2] == ",h") and re.search("[xv]", follow))
    ):
        return None
    frame = r.frame("clause-verb-subject", left.content, source)
    add_quotations(r, source[1], frame)
    goes_on = _GOES_ON.match(w.tags, source[1]) and w.lower[source[1] + 1] != "whose"
    if goes_on or w.tags[source[1] + 1 : source[1] + 2] in {*"hxvVu"}:  # what else stands there may say who Lee is
        add_clause(r, frame, source[1])
    return frame


def quote_subject_verb(r: Report) -> Frame | None:
    """“It will rain,” Ann Lee said on Monday. “It must.”"""  # noqa: D415
    source = _subject_behind(r) if "quote" in r.sense.takes else None
    left = _left(r.words, _opening(r, source)) if source else None
    if not source or not left or not left.quoted:
        return None
    start, end = left.content[0]
    if end - start > 1:
        right = None if _clausal(r.words, left.content[0]) else completion(r)
        if right or _is_completed(r.words, start, end - 1):
            return None  # Walking past “the Pit,” she said it was deep. / When he said “No,” I laughed.
    frame = _frame(r, "quote-subject-verb", left.content, source)
    add_quotations(r, r.end, frame)
    return frame


def clause_subject_verb(r: Report) -> Frame | None:
    """The harvest, Ann Lee said, is lost."""
    w, source = r.words, _subject_behind(r) if r.sense.takes & {"clause", "whom"} else None
    if not source or any(map(is_negation, w.lower[r.start : r.at])) or w.lower[source[0]] in _NOBODY:
        return None  # It fell, a man did not say; It fell, nobody complained
    if w.lower[r.end : r.end + 1] == ["it"]:
        return None  # The firm never claimed that, a judge noted, he wrote it
    opening = _opening(r, source)
    left = _left(w, opening)
    if (left and left.quoted) or not _reads_on(r, left):
        return None
    frame = _frame(r, "clause-subject-verb", list(left.content) if left else [], source)
    if left and (right := completion(r)) and right.kind == "quote" and _after(r) == "," and _introduces(w, left.content[0]):
        add_quotations(r, r.end, frame)
        return frame if w.starts_small(right.start) else None
    if left and (w.tags[left.content[0][1] - 1] == "c" or w.lower[left.content[0][1] - 1] == "including"):
        frame.content.clear()  # he met some of them, including, Lee said, the mayor
    add_clause(r, frame, _behind(r))
    is_parenthesis = _after(r) == "," and w.tags[opening - 1] == ","
    is_last = _after(r) in {".", ""} or _ENDS_SENTENCE.fullmatch(w.tags, r.end)
    if left is None or _clausal(w, left.content[0]) or (is_last and _VERB.search(w.tags, *left.content[0])):
        return frame if frame.content else None
    is_adverbial = w.tags[left.content[0][0]] in _ADVERBIAL
    return frame if is_parenthesis and (len(frame.content) > 1 or not is_adverbial) else None


def passive_behind(r: Report) -> Frame | None:
    """The harvest is lost, the court was told. / The harvest is lost, it was claimed by Ann Lee."""
    w, topic = r.words, r.subject() if r.passive and r.sense.takes & {"clause", "whom"} else None
    if not topic or not topic[0] or w.tags[topic[0] - 1] not in ",Q-":
        return None
    k, left = past_adverbs(r), _left(w, topic[0])
    told = topic if w.lower[slice(*topic)] != ["it"] else None
    by = phrase(w, k + 1) if w.lower[k : k + 1] == ["by"] else None
    is_last = _LAST.match(w.tags, by[1] if by else k) and w.tags[topic[0]] not in "wh"
    is_fit = told is None or "whom" in r.sense.takes
    is_said = left and (left.quoted or (r.sense.lemma != "ask" and re.search("[xvV]", w.tags[slice(*left.content[0])])))
    if not is_last or not is_fit or not left or not is_said:
        return None
    frame = r.frame("passive-behind", left.content, by)
    frame.cue, frame.addressee = [(frame.cue[0][0], k + 1 if by else r.end)], told
    add_quotations(r, by[1] if by else r.end, frame)
    return frame


BEHIND = (quote_verb_subject, clause_verb_subject, quote_subject_verb, clause_subject_verb, passive_behind)


def _frame(r: Report, rule: str, content: list[Range], source: Range) -> Frame:
    """An attribution, whose cue has the verb too by which somebody passes the words on."""
    frame = r.frame(rule, content, source)
    if passer(r.words, source):
        frame.cue.insert(0, (source[0] - 1, source[0]))
    return frame


def _after(r: Report) -> str:
    """The tag behind the verb, whom it is told, and when and where."""
    return r.words.tags[_behind(r) : _behind(r) + 1]


def _behind(r: Report) -> int:
    """The word behind the verb, whom it is told, and when and where: “the dam, Lee told them in an interview, is old”."""
    k = addressee(r.words, r.end) if "whom" in r.sense.takes else r.end
    adjunct = _ADJUNCT.match(r.words.tags, k)
    return adjunct.end() if adjunct else k


def _reads_on(r: Report, left: _Left | None) -> bool:
    """Whether nothing stands behind the verb that would be its content instead."""
    if left is None:
        return _after(r) == ","
    right = completion(r)
    if right is None or _after(r) in {",", ".", "-", ""}:
        return True
    is_clause = not _VERB.search(r.words.tags, *left.content[0]) and _CLAUSE.match(r.words.tags, right.start)
    return right.kind == "zero" and r.after == "T" and not is_clause


def _is_completed(w: Words, start: int, q: int) -> bool:
    """Whether the quotation ``q`` already completes a verb right before it."""
    near = (i for i in range(max(start, q - _NEAR), q) if i in w.cues)
    return any(
        (right := completion(r)) is not None and right == ("quote", q) for i in near for r in reports(w, i, thought=False)
    )


def may_follow(r: Report) -> bool:
    """Whether the verb can report what stands before it: it is finite, and a comma, a dash or a quotation comes first."""
    is_open = r.finite and not r.infinitive and bool(r.sense.takes & {"quote", "clause", "whom"})
    return is_open and not _ENDS_CONTENT.isdisjoint(r.words.tags[: r.start]) and not r.modal


def _inverted_subject(r: Report) -> Range | None:
    """The phrase behind the verb, if it can be its subject."""
    w, tags = r.words, r.words.tags
    is_clause = r.start >= 2 and tags[r.start - 2] in "wh" and tags[r.start - 3 : r.start - 2] not in {"p", "o"}  # than that
    is_behind = r.before == "Q" or (r.before in ",-" and r.start >= 2 and not is_clause)
    if r.start != r.at or not is_behind:
        return None
    found = phrase(w, r.end)
    if not found or w.lower[found[0]] in _OBJECTS or (found[1] < len(tags) and tags[found[1]] not in _ENDS):
        return None
    return found


def _subject_behind(r: Report) -> Range | None:
    """The subject of the verb, if a comma, a dash or a quotation stands before it."""
    if r.passive:
        return None
    source = r.subject()
    opening = _opening(r, source) if source else 0
    return source if source and opening and r.words.tags[source[0]] not in "wh" and _parts(r.words, opening - 1) else None


def _opening(r: Report, source: Range) -> int:
    """Where the report begins: at its source, or at "as" before it if nothing follows: “It fell,” | as Ann Lee reported."""
    w, opening = r.words, source[0] - 1
    if outer := passer(w, source):
        return outer[0]
    if w.lower[opening : source[0]] != ["as"] or r.after not in {"", ".", ","} or "w" in w.tags[opening - 2 : opening]:
        return source[0]
    is_open = any(map(is_negation, w.lower)) or any(cue.forms & {"past"} for i, cue in w.cues.items() if i < opening)
    return source[0] if is_open else opening  # else Ann Lee may have reported the opposite, or only a part


def _parts(w: Words, mark: int) -> bool:
    """Whether the words before end here: at a comma, a dash or a quotation, or at the colon of “It rains”: Lee tells court."""
    return w.tags[mark] in ",Q-" or (mark == 1 and w.tags[:2] == "Q:")


def _left(w: Words, end: int) -> _Left | None:
    """The clause or quotation that ends right before ``end``, at a comma or at the quotation marks themselves."""
    tags, k = w.tags, end - (tags_before(w, end) in {",", "-"} or (end == 2 and w.tags[:2] == "Q:"))
    if k <= 0 or (k == end and _is_word(w, k - 1)):
        return None
    is_small = tags[k - 1] == "Q" and w.starts_small(k - 1)
    before = tags[k - 2] if k > 1 else "^"
    if tags[k - 1] == "Q" and (before in "^.:;Q-" or (before in "bc," and not is_small)):
        if k == end and w.last_character(k - 1).isalnum() and is_title(w.text, w.quotations[k - 1]):
            return None  # “The Rain” star said
        start = k - 1
        while start and tags[start - 1] == "Q":
            start -= 1
        return _Left([(start, k)], quoted=True)
    start = clause_start(w, k)
    while start < k and tags[start] in "bc,-." and not (is_small and start == k - 2):
        start += 1
    quoted = tags[k - 1] == "Q" and not is_title(w.text, w.quotations[k - 1])
    return _Left([(start, k)], quoted=quoted) if start < k else None


def _is_word(w: Words, q: int) -> bool:
    """Whether a quotation is a word of a sentence that goes on: the “broken” campaign system."""
    if w.tags[q] != "Q" or not w.starts_small(q):
        return False
    quotation = w.quotations[q]
    return w.text[quotation.inner_start : quotation.inner_end].isalpha()


def tags_before(w: Words, place: int) -> str:
    """The tag right before a word, "" at the start."""
    return w.tags[place - 1] if place else ""


def _clausal(w: Words, part: Range) -> bool:
    """Whether the words are a clause rather than an adverbial: a finite verb, and no preposition or conjunction first."""
    tags = w.tags[part[0] : part[1]]
    is_quantity = w.lower[part[0]] in ABOUT and re.match("p#[^,]*[xvV]", tags)  # about 40 boats left
    if tags[0] in "pogutvV" and not is_quantity:
        _, *rest = tags.split(",")
        return any(re.search("[xVv]", more) and not _ADVERBIAL_CLAUSE.match(more) for more in rest)
    if re.search("[xVv]", tags) is not None:
        return True
    return tags[0] != "a" and "n" in tags[1:] and not _TIME.match(w.text, w.starts[part[0]])


def _introduces(w: Words, part: Range) -> bool:
    """Whether the words only lead to the report: “Later in the day, Lee wrote, “…””."""
    return w.tags[part[0]] in _ADVERBIAL or not _clausal(w, part)


def _has_subject(r: Report, behind: Range) -> bool:
    """Whether what stands before the verb is its own subject, and not ``behind``: “Ann Lee, who ran it, said it was lost”."""
    own = r.subject()
    name, comma, aside = r.words.tags[own[0] : r.start - 1].partition(",") if own else ("", "", "")
    is_made = own is not None and aside[:1] in {*"gvV"} and is_person(r.words, (own[0], own[0] + len(name)))
    if not name or not comma or not (is_made or re.match("[vV]?[^xvV]*(?:w.*)?$", aside)):
        return False  # a neighbour, quoted by the paper, said
    is_completed = re.search("[xvVQ]", r.words.tags[r.end :]) is not None
    if not is_completed and "N" in r.words.tags[slice(*behind)]:
        return False  # “the town, forcing it to sell boats, said Ann Lee”
    return "," not in aside or (is_completed and own is not None and own[0] == 0)
