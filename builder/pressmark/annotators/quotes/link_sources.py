"""Links sources to the entities of the article, if it has some."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from itertools import zip_longest
from typing import TYPE_CHECKING

from pressmark.annotators.entities.coreference import ASKER
from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.entities.pronouns import to_another
from pressmark.annotators.entities.unmarked_names import UnmarkedNames
from pressmark.annotators.quotes.one_person import head, may_be_of, may_be_one_person
from pressmark.annotators.quotes.source_types import source_type
from pressmark.record.marks import DOUBLE_MARKS
from pressmark.record.model import Addressee, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pressmark.annotators.quotes.attribution import Attribution
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.record.model import Article, Entity, Mention, SourceRole, SourceType

    Named = tuple[Mention, Entity]

_SPEAKERS = ("PERSON", "ORG", "GPE", "NORP")
_ANTECEDENTS = {
    **dict.fromkeys(("he", "she", "him", "her"), ("PERSON",)),
    **dict.fromkeys(("it", "its"), ("ORG", "GPE")),
    **dict.fromkeys(("they", "them"), ("ORG",)),
    **dict.fromkeys(("who", "whom"), _SPEAKERS),
    **dict.fromkeys(("which", "that"), ("ORG", "GPE", "NORP")),
}
_HE_OR_SHE = {"he", "she", "him", "her"}
_MALE = {"he", "him"}
_SOMEBODY = re.compile(r"(?<!as )(?<!is )(?<!was )\b(?:[Aa]n?|[Oo]ne|[Aa]nother)[ \xa0]([\w-]+)(?:[ \xa0]([\w-]+))?")
_APPOSITION = re.compile(r"\A,[^,.;]*,?")
_SELF = {"i", "we", "me", "us"}
_LEADING = 6  # words before the subject of a sentence
_REACH = 40  # mentions to look back over
_PLURAL = {"they", "them"}  # they stand for nobody further back than the last one who is named
_BELOW = re.compile(
    r"(?<!\bcity )(?<!\btown )(?<!\bstate )(?<!\bisland )(?<!\brepublic )"
    r"\b(?:of|for|in|at|from|with|to|by|on|near|against|behind|among|under|between)[ \xa0][^,]*\Z"
    r"|\b(?:who|whom|whose|which|that|where)\b",
    re.IGNORECASE,
)  # "the chairman of the Senate": what stands behind a preposition is not who speaks
_OWNER = re.compile(r"[’'](?:s\b)?[ \xa0]\w")  # "China’s ministry"
_SMALL = r"(?:who|whom|whose|which|that|and|n?or|of|for|in|at|from|with|to|by|on|as|himself|herself|itself|aged)\b"
_NOUN = re.compile(
    rf"[ \xa0](?!{_SMALL})(?:[A-Z]|(?:[a-z][\w-]*[ \xa0])*?(?P<common>[a-z][\w-]*)"
    rf"(?=\Z|,|[ \xa0](?:[A-Z{DOUBLE_MARKS}(]|{_SMALL})))"
)  # "US officials": the noun that a name stands before
_AND = re.compile(r"\b(?:and|nor)\b|&")
_OR = re.compile(r"\bor\b")
# Somebody else who is not named, joined to who is: “Lee and his lawyer”, “the mayor and Lee”.
_AND_OTHERS = re.compile(
    r"(?:,[^,]*,)?[ \xa0](?:and|n?or|&)[ \xa0]"
    r"(?:the|an?|his|her|its|their|two|three|four|five|six|\d+|several|many|some|others?)\b",
    re.IGNORECASE,
)
_OTHERS_AND = re.compile(r"\w,?[ \xa0](?:and|n?or|&)[ \xa0](?:the[ \xa0])?\Z")
_TITLE = re.compile(r"\b([A-Z]\w+)[ \xa0](?:of|for)[ \xa0](?:the[ \xa0])?(?:(?:[A-Z][\w-]+|and)[ \xa0])*([A-Z][\w-]+)[ \xa0]\Z")
_NEXT = re.compile(r"[^,;:]*\b(?:and|&)\b[^,;:]*\Z")


def heads(text: str, mentions: Iterable[Named], start: int, end: int) -> list[Named]:
    """The mentions in ``text[start:end]`` that name who speaks, and not what they belong to: "US officials", "head of Nato"."""
    found: list[Named] = []
    last: Named | None = None
    rows = list(mentions)
    for (mention, entity), follows in zip_longest(rows, rows[1:]):
        is_behind_head = (
            last is not None and found and (found[-1][0] is last[0] or _is_next(text, found[-1], last, (mention, entity)))
        )
        begin = last[0].end if last and is_behind_head else start
        before, after = text[begin : mention.start], text[mention.end : end]
        is_joined = follows is not None and follows[1].label == "NORP" and text[mention.end : follows[0].start] == " and "
        is_adjective = is_joined or (entity.label == "NORP" and after[1:5] == "and ")  # "US and Flemish officials"
        is_titled = entity.label == "PERSON" and _has_title(before)
        is_below = is_adjective or (_BELOW.search(before) and not is_titled) or _OWNER.match(after)
        last = (mention, entity)
        if start <= mention.start and mention.end <= end and not is_below:
            noun = _NOUN.match(after)
            body = entity.label == "ORG" and noun and noun["common"] and noun["common"] not in gazetteer().people
            if not noun or body:  # "the Xinhua news agency"
                found.append((mention, entity))
    return found


def is_compound(text: str, speakers: list[Named]) -> bool:
    """Whether several speak as one: "Ann Lee and Bob Ray"."""
    between = text[speakers[0][0].end : speakers[-1][0].start] if speakers else ""
    return len({entity.id for _, entity in speakers}) > 1 and bool(_AND.search(between))


def _has_title(before: str) -> bool:
    """Whether an office with "of" stands before a name: “Secretary of Defense”, but not “a friend of President”."""
    office = _TITLE.search(before)
    known = gazetteer()
    return office is not None and office[1] in known.title_words and office[2] not in known.titles


def _is_next(text: str, head: Named, last: Named, here: Named) -> bool:
    """Whether a person is joined to the one before the last name: “Ann Lee of Ohio and Bob Ray”."""
    is_other = head[1].label == here[1].label == "PERSON" != last[1].label
    return is_other and _NEXT.match(text, last[0].end, here[0].start) is not None


def is_one(text: str, speakers: list[Named], start: int, end: int) -> bool:
    """Whether all speakers in ``text[start:end]`` are one, with nobody beside who is not named: not "Ann Lee and her son"."""
    first, last = speakers[0][0], speakers[-1][0]
    if len(speakers) > 1 and _OR.search(text, first.end, last.start):
        return False
    return not _AND_OTHERS.match(text, last.end, end) and not _OTHERS_AND.search(text[start : first.start])


class Links:
    """The mentions of those who can speak, in the order of the text."""

    def __init__(self, article: Article, attributions: Sequence[Attribution]) -> None:
        self._text = article.text
        self._said = sorted((content, one.sources) for one in attributions for content in one.content)
        self._hearers = sorted(place for one in attributions for place in one.addressees)
        self._who: dict[Range, str | None] = {}  # the sources that were linked
        found = [
            (mention, entity)
            for entity in article.entities
            for mention in entity.mentions
            if entity.label in _SPEAKERS and mention.level in {"name", "nominal"}
        ]
        self._mentions: list[Named] = sorted(found, key=lambda pair: pair[0].range)
        self._sentences = [sentence.start for sentence in article.sentences]
        self._starts = [mention.start for mention, _ in self._mentions]
        self._people = {entity.id: entity.name for entity in article.entities if entity.label == "PERSON"}
        self._states = {entity.id for entity in article.entities if entity.label == "GPE"}
        self._types: dict[str, SourceType] = {}  # by entity
        self._unnamed: list[int] = []  # where sources stand that are no entity, and may be who "he" is
        self._spoke: list[tuple[int, str]] = []  # where sources stand, and which entities they are
        self._genders = {
            entity.id: mention.text.lower() in _MALE
            for entity in article.entities
            for mention in entity.mentions
            if mention.level == "pronoun" and mention.text.lower() in _HE_OR_SHE
        }
        self._exact = {mention.range: entity.id for entity in article.entities for mention in entity.mentions}
        self._unmarked = UnmarkedNames(article.text, [sentence.range for sentence in article.sentences], self._exact)

    def sources(self, attribution: Attribution) -> tuple[Source, ...]:
        """The sources of an attribution; none where it is implicit."""
        return tuple(self._source(place, self._entity(place, attribution), role) for place, role in attribution.sources)

    def _source(self, place: Range, entity: str | None, role: SourceRole) -> Source:
        """A source with its type, by its own words or as the article said when it named the same one before."""
        text = self._text[slice(*place)]
        self._who[place] = entity
        if entity:
            insort(self._spoke, (place[0], entity))
        elif text.lower() not in _ANTECEDENTS:
            insort(self._unnamed, place[0])
        found = source_type(text) or self._types.get(entity or "") or ("official" if entity in self._states else None)
        if entity and found:
            self._types.setdefault(entity, found)
        return Source(*place, text, entity, role, found)

    def addressees(self, attribution: Attribution) -> tuple[Addressee, ...]:
        """Whom the source of an attribution tells."""
        return tuple(
            Addressee(start, end, self._text[start:end], self._entity((start, end), attribution))
            for start, end in attribution.addressees
        )

    def _entity(self, source: Range, attribution: Attribution) -> str | None:
        """The entity whose mention the source is, whose name it holds, or that its pronoun stands for."""
        word = self._text[slice(*source)].lower()
        if source in self._exact and not (word in _HE_OR_SHE and self._is_topic(self._exact[source], source[0], word)):
            return self._exact[source]
        if word in _SELF:
            parent = attribution.parent
            return self._entity(parent.sources[0][0], parent) if parent and parent.sources else None
        if word in _ANTECEDENTS:
            return self._before(source[0], word, attribution.content)
        first, last = bisect_left(self._starts, source[0]), bisect_left(self._starts, source[1])
        speakers = heads(self._text, self._mentions[first:last], *source)
        if not speakers or is_compound(self._text, speakers) or not is_one(self._text, speakers, *source):
            return None
        if speakers[0][1].label == "NORP" and "-year-old" in word:
            return None  # the 23-year-old Czech
        found = sorted((entity for _, entity in speakers), key=lambda entity: _SPEAKERS.index(entity.label))
        return found[0].id

    def _before(self, place: int, word: str, content: Sequence[Range]) -> str | None:
        """The nearest mention before a pronoun that fits it, outside what is attributed."""
        labels, others = _ANTECEDENTS[word], self._other_gender(word)
        stop = bisect_right(self._starts, place)
        speakers: set[str | None] = set()  # of words that others are only spoken of in
        for mention, entity in reversed(self._mentions[max(0, stop - _REACH) : stop]):
            if mention.end > place or any(start <= mention.start < end for start, end in content):
                continue
            if word in _HE_OR_SHE and (told := self._told(mention.start, place, word)):
                speakers |= told
                continue
            if entity.label not in labels:
                if word in _PLURAL:
                    return None
            elif entity.name.partition(" ")[0] not in others and not self._asks(mention):
                if word not in _HE_OR_SHE:
                    return entity.id
                is_other = self._genders.get(entity.id, word in _MALE) != (word in _MALE)
                is_open = self._is_one_of_two(mention, entity, others) or self._is_unnamed(mention.end, place, content)
                is_open |= not speakers <= {entity.id} or 0 < to_another(self._text, mention.end) < place
                is_open |= self._has_hearer(mention.end, entity.id, place, word)
                is_open |= self._unmarked.among(self._sentence(mention), place)
                return None if is_other or is_open or not self._goes_on(mention, entity, place) else entity.id
        return None

    def _is_topic(self, entity: str, place: int, word: str) -> bool:
        """Whether who is named last before a pronoun is only spoken of there: “Lee said Ray was ill. He added …”."""
        stop = bisect_left(self._starts, place)
        last = next((m for m, other in reversed(self._mentions[max(0, stop - _REACH) : stop]) if other.id == entity), None)
        speakers = self._told(last.start, place, word) if last else set()
        is_told = last is not None and self._has_hearer(last.end, entity, place, word)
        return is_told or (bool(speakers) and speakers != {entity})

    def _told(self, mention: int, place: int, word: str) -> set[str | None]:
        """The sources of words that hold a mention and not the pronoun behind it, so far as it may stand for them."""
        i = bisect_left(self._said, ((mention + 1, 0), []))
        found: set[str | None] = set()
        for (_, end), sources in self._said[max(0, i - _REACH) : i]:
            if mention < end <= place:
                found |= {self._who.get(source) for source, _ in sources if self._may_be(source, word)}
        return found

    def _has_hearer(self, start: int, speaker: str, place: int, word: str) -> bool:
        """Whether a pronoun behind a speaker may mean who was told something: "Lee told a guard …. He …"."""
        i = bisect_left(self._hearers, (start, 0))
        j = bisect_left(self._hearers, (place, 0))
        people = gazetteer().people
        told = (one for one in self._hearers[i:j] if one in self._exact or head(self._text[slice(*one)]) in people)
        return any(self._exact.get(one) != speaker and self._may_be(one, word) for one in told)

    def _may_be(self, source: Range, word: str) -> bool:
        """Whether *he* or *she* may stand for a source."""
        entity, is_male = self._who.get(source) or self._exact.get(source), word in _MALE
        name = self._people.get(entity or "", self._text[slice(*source)])
        is_person = entity in self._people or (entity is None and may_be_one_person(name))
        is_shown = self._genders.get(entity or "", is_male) == is_male
        return is_person and is_shown and may_be_of("male" if is_male else "female", name)

    def _goes_on(self, mention: Mention, entity: Entity, place: int) -> bool:
        """Whether it spoke last, or begins its sentence. A pronoun needs that if others are mentions and it was left open."""
        before = bisect_left(self._spoke, (place,))
        i = bisect_right(self._sentences, mention.start) - 1
        is_first = i >= 0 and self._text.count(" ", self._sentences[i], mention.start) < _LEADING
        return not self._genders or is_first or (before > 0 and self._spoke[before - 1][1] == entity.id)

    def _is_unnamed(self, start: int, end: int, content: Sequence[Range]) -> bool:
        """Whether somebody who is no entity speaks or is spoken of there, outside what is said: “a nurse”."""
        if bisect_left(self._unnamed, start) < bisect_left(self._unnamed, end):
            return True
        people = gazetteer().people - {"crowd"}
        said = next((begin for begin, stop in content if start <= begin < end), end)
        between = _APPOSITION.sub("", self._text[start:said], count=1)
        return any(not people.isdisjoint(words) for words in _SOMEBODY.findall(between))

    def _sentence(self, mention: Mention) -> int:
        """Where the mention's sentence begins."""
        i = bisect_right(self._sentences, mention.start) - 1
        return self._sentences[i] if i >= 0 else 0

    def _is_one_of_two(self, mention: Mention, entity: Entity, others: frozenset[str]) -> bool:
        """Whether the sentence names somebody else before who may be "he": “Lee said the mayor, Ray, was wrong. He added …”."""
        first = bisect_left(self._starts, self._sentence(mention))
        return any(
            other.label == "PERSON" and other.id != entity.id and other.name.partition(" ")[0] not in others
            for _, other in self._mentions[first : bisect_left(self._starts, mention.start)]
        )

    @staticmethod
    def _other_gender(word: str) -> frozenset[str]:
        known = gazetteer()
        return known.female if word in {"he", "him"} else known.male if word in {"she", "her"} else frozenset()

    def _asks(self, mention: Mention) -> bool:
        """Whether the mention is who asks in "Asked by Ann Lee why …, she said"; "she" is somebody else."""
        i = bisect_right(self._sentences, mention.start) - 1
        return i >= 0 and ASKER.fullmatch(self._text, self._sentences[i], mention.start) is not None
