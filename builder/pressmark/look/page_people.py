"""Gathers who speaks: every speaker of all articles with that speaker's words, also those said as one of a group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote as percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.record.model import Article, Entity, Quote

How = Literal[0, 1, 2]  # own words; words of a group that the speaker is in; words that the speaker passed on
OWN: How = 0
IN_GROUP: How = 1
PASSED_ON: How = 2


@dataclass(slots=True)
class Speaker:
    """Somebody who speaks. ``words`` are (article, quote, how); ``members`` the addresses and names of who is in a group."""

    address: str
    names: Counter[str] = field(default_factory=Counter)
    named: bool = False
    words: dict[tuple[str, str], How] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The most frequent name; of several, the first in the alphabet."""
        return min(self.names, key=lambda name: (-self.names[name], name))

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """Whoever is quoted most often comes first; those without any words of their own come last."""
        own = sum(how == OWN for how in self.words.values())
        return -own, -len(self.words), self.name.casefold(), self.address


def item(article: Article, name: str) -> str:
    """The address of a quote, claim, entity or message of an article, as the page's fragment: ``a=ID&s=q3``."""
    return f"a={article.id}&s={name}"


def address(article: Article, entity: Entity) -> str:
    """The address of an entity: the same in all articles if it has a ``kb_id``, else that in its article."""
    return f"s={percent(entity.kb_id, safe=':/,()')}" if entity.kb_id else item(article, entity.id)


def is_named(entity: Entity) -> bool:
    """Whether a reader learns who it is: by a name in the text, by a link, or by the members of the group."""
    linked = entity.kb_id is not None and not entity.kb_id.startswith("local:")
    return linked or bool(entity.members) or any(mention.level == "name" for mention in entity.mentions)


def speakers(articles: Iterable[Article]) -> list[Speaker]:
    """Everybody who is a source of a quote or a member of a group that is one, whoever speaks most first."""
    found: dict[str, Speaker] = {}
    for article in articles:
        entities = {entity.id: entity for entity in article.entities}
        for quote in article.quotes:
            for entity, how in _heard(quote, entities):
                _add(found, article, entity, entities).words.setdefault((article.id, quote.id), how)
    return sorted(found.values(), key=lambda speaker: speaker.rank)


def _heard(quote: Quote, entities: dict[str, Entity]) -> Iterator[tuple[Entity, How]]:
    sources = [(entities[source.entity], source.role) for source in quote.sources if source.entity in entities]
    originators = [entity for entity, role in sources if role == "originator"]
    yield from ((entity, OWN) for entity in originators)
    for entity in originators:
        yield from ((member, IN_GROUP) for member in _members(entity, entities))
    yield from ((entity, PASSED_ON) for entity, role in sources if role == "intermediary")


def _members(entity: Entity, entities: dict[str, Entity]) -> list[Entity]:
    """Who is in a group, also through groups in it. A record that breaks a rule may hold a circle."""
    found: dict[str, Entity] = {}
    waiting = list(entity.members)
    while waiting:
        name = waiting.pop(0)
        if name in entities and name not in found and name != entity.id:
            found[name] = entities[name]
            waiting += entities[name].members
    return list(found.values())


def _add(found: dict[str, Speaker], article: Article, entity: Entity, entities: dict[str, Entity]) -> Speaker:
    speaker = found.setdefault(address(article, entity), Speaker(address(article, entity)))
    speaker.names[entity.name] += 1
    speaker.named = speaker.named or is_named(entity)
    for name in entity.members:
        if name in entities:
            speaker.members[address(article, entities[name])] = entities[name].name
    return speaker
