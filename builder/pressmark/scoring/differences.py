"""Finds the fields in which two matched entities, quotes or claims differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pressmark.record.proposition import signed
from pressmark.record.text import quoted
from pressmark.scoring import claims, entity_fields, quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.record.model import Article, Claim, Entity
    from pressmark.scoring.claims import Statement
    from pressmark.scoring.entity_fields import Known
    from pressmark.scoring.pair import Marked, Pair
    from pressmark.scoring.quotes import Attribution


class Difference(NamedTuple):
    """A field of a pair, whether it is the same, and its value on either side."""

    field: str
    same: bool
    gold: str
    pred: str


def of_entities(pair: Pair, gold: Known, pred: Known) -> Iterator[Difference]:
    """The fields of two entities."""
    for field in entity_fields.FIELDS:
        one, other = getattr(gold.entity, field), getattr(pred.entity, field)
        yield Difference(field, one == other, quoted(one or ""), quoted(other or ""))
    known = {p.entity.id: g.entity.id for g, p in entity_fields.matches(pair)}
    same = set(gold.entity.members) == {known.get(member) for member in pred.entity.members}
    yield Difference("members", same, _named(pair.gold, gold.entity.members), _named(pair.pred, pred.entity.members))


def of_quotes(pair: Pair, gold: Attribution, pred: Attribution) -> Iterator[Difference]:
    """The fields of two quotes, content first."""
    for role in ("content", *(role for role in quotes.ROLES if role != "content"), "verbatim"):
        yield _spans(pair, role, getattr(gold, role), getattr(pred, role))
    for label, one, other in zip(quotes.LABELS, gold.labels, pred.labels, strict=True):
        yield Difference(label, one == other, one, other)
    for who in quotes.PEOPLE:
        same = gold.people[who] == pred.people[who] or not pair.annotated("entities")
        sides = (_named(article, quotes.people(item.quote)[who]) for article, item in ((pair.gold, gold), (pair.pred, pred)))
        yield Difference(who, same, *sides)
    for field in ("role", "type"):
        unlike = [labels for labels in quotes.labels_of_sources((gold, pred), field) if labels[0] != labels[1]]
        sides = (", ".join(labels[side] or "none" for labels in unlike) for side in (0, 1))
        yield Difference(f"source_{field}", not unlike, *sides)
    same = all(quotes.same_parents(quotes.matches(pair), [(gold, pred)]))
    yield Difference("parent", same, *(_content(pair, item.quote.parent, i) for i, item in enumerate((gold, pred))))


def of_claims(pair: Pair, gold: Statement, pred: Statement) -> Iterator[Difference]:
    """The fields of two claims, content first."""
    one, other = gold.claim, pred.claim
    yield _spans(pair, "content", gold.content, pred.content)
    propositions = (quoted(signed(claim.proposition, claim.factuality)) for claim in (one, other))
    yield Difference("proposition", one.proposition == other.proposition, *propositions)
    same = gold.claimers == pred.claimers or not pair.annotated("entities", "quotes")
    yield Difference("claimer", same, _claimer(pair.gold, one), _claimer(pair.pred, other))
    same = not pair.annotated("quotes") or all(claims.same_quotes(pair, [(gold, pred)]))
    yield Difference("quote", same, *(_content(pair, claim.quote, i) for i, claim in enumerate((one, other))))
    same = gold.about == pred.about or not pair.annotated("entities")
    yield Difference("about", same, _named(pair.gold, one.about), _named(pair.pred, other.about))
    types = [", ".join(sorted(claim.types)) for claim in (one, other)]
    yield Difference("types", types[0] == types[1], *types)
    for label in claims.LABELS:
        values = getattr(one, label), getattr(other, label)
        yield Difference(label, values[0] == values[1], *values)


def _spans(pair: Pair, field: str, gold: Marked, pred: Marked) -> Difference:
    return Difference(field, gold.spans == pred.spans, words(pair, gold), words(pair, pred))


def words(pair: Pair, marked: Marked) -> str:
    """What the text says at some spans, quoted."""
    return quoted(" … ".join(pair.gold.text[start:end] for start, end in marked.spans)) if marked.spans else "none"


def names(entities: Iterable[Entity]) -> str:
    """The names of entities, sorted and quoted."""
    return "; ".join(sorted({quoted(entity.name) for entity in entities})) or "nobody"


def _named(article: Article, ids: Iterable[str]) -> str:
    wanted = frozenset(ids)
    return names(entity for entity in article.entities if entity.id in wanted)


def _content(pair: Pair, quote_id: str | None, side: int) -> str:
    """The content of a quote of one side, 0 or 1."""
    contents = {item.quote.id: item.content for item in quotes.sides(pair)[side]}
    return words(pair, contents[quote_id]) if quote_id in contents else "none"


def _claimer(article: Article, claim: Claim) -> str:
    if claim.quote is None:
        return "the article"
    quote = next((quote for quote in article.quotes if quote.id == claim.quote), None)
    return _named(article, quotes.people(quote)["speaker"]) if quote else "nobody"
