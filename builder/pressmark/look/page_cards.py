"""Writes what is marked in an article as lists: who says what, what is claimed, who and what is named, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.look import plain_words
from pressmark.look.page_people import address, is_named, item
from pressmark.look.page_strings import written
from pressmark.record.proposition import signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressmark.record.issue import Issue
    from pressmark.record.model import Addressee, Article, Claim, Entity, Quote, Source, Span
    from pressmark.record.relation import ClaimReference, Relation


class Cards:
    """The lists of one article. ``relations`` are those of the page; the links go to ``page``, if that is another one."""

    def __init__(self, article: Article, relations: Sequence[Relation] = (), page: str = "") -> None:
        self._article, self._page = article, page
        self._entities = {entity.id: entity for entity in article.entities}
        self._quotes = {quote.id: quote for quote in article.quotes}
        self._relations: dict[str, list[tuple[Relation, bool]]] = {}
        for relation in relations:
            for side, mirrored in ((relation.a, False), (relation.b, True)):
                if side.article == article.id:
                    self._relations.setdefault(side.claim, []).append((relation, mirrored))

    def quotes(self) -> Iterator[str]:
        """One item per quote: who, what they did, the words, and how the article reports them."""
        denied = plain_words.denied(self._article)
        for quote in self._article.quotes:
            who = " and ".join(self._who(quote)) or "<span class=un>no source given</span>"
            words = " … ".join(span.text for span in quote.content)
            verb = f"<em>{plain_words.deed(quote, is_denied=quote.id in denied)}</em>"
            styles = f"q {quote.act} {quote.status} {_kind(quote)}{' denied' * (quote.id in denied)}"
            yield (
                f'<li class="{styles}">{self._number(quote.id)} '
                f"<b>{who}</b> {verb}<p class=words>{written(words)}</p><small>{' · '.join(self._facts(quote))}</small>"
            )

    def claims(self) -> Iterator[str]:
        """One item per claim: the proposition with its sign, whose it is, how sure, and its relations."""
        for claim in self._article.claims:
            facts = [
                ", ".join(kind.replace("_", " ") for kind in claim.types),
                plain_words.WORTH[claim.checkworthiness],
                plain_words.certainty(claim),
            ]
            related = f"<p class=rel>{' '.join(self._related(claim))}" if claim.id in self._relations else ""
            yield (
                f"<li class=c>{self._number(claim.id, linked=claim.id in self._relations)} {self._claimer(claim)} "
                f"<p>{written(signed(claim.proposition, claim.factuality))}</p><small>{' · '.join(facts)}</small>{related}"
            )

    def entities(self) -> Iterator[str]:
        """One item per entity: its name, what it is, where it is known, and how often it is mentioned."""
        for entity in self._article.entities:
            facts = [entity.label.replace("_", " ").lower()]
            facts += [written(known) for known in (entity.kb_id, entity.value) if known]
            facts += [f"{len(entity.mentions)}×"] if len(entity.mentions) > 1 else []
            members = ", ".join(self._link(self._entities[name]) for name in entity.members if name in self._entities)
            group = f" <span>members: {members}</span>" if members else ""
            yield (
                f'<li class="e {entity.label}">{self._number(entity.id, linked=False)} '
                f"<b>{written(entity.name)}</b> <small>{' · '.join(facts)}{group}</small>"
            )

    def messages(self, issues: Iterable[tuple[str, Issue]]) -> Iterator[str]:
        """One item per message of `validate`."""
        for name, issue in issues:
            advice = [f"expected: {issue.expected}" if issue.expected else "", issue.hint or ""]
            more = "".join(f"<p>{written(line)}</p>" for line in advice if line)
            yield (
                f'<li class="m {issue.severity}">{self._number(name)} '
                f"<b>{issue.severity}: {written(issue.code)}</b><p>{written(issue.message)}</p>{more}"
            )

    def _number(self, name: str, *, linked: bool = True) -> str:
        """The id of an item and, if something without the script links to it, its address. The script makes it a link."""
        if not linked:
            return f"<a class=n>{written(name)}</a>"
        if self._page:
            return f'<a class=n href="{self._page}#{_token(self._article, name)}">{written(name)}</a>'
        return f'<a class=n id="{_token(self._article, name)}">{written(name)}</a>'

    def _who(self, quote: Quote) -> Iterator[str]:
        """The originators of a quote, each once; a source that nobody names is shown as such."""
        seen = set()
        for source in quote.sources:
            if source.role == "originator" and source.entity not in seen:
                seen.add(source.entity)
                yield self._named(source)

    def _named(self, span: Source | Addressee) -> str:
        entity = self._entities.get(span.entity or "")
        if entity is None:
            return f"{written(span.text)} <span class=un>unnamed</span>"
        return self._link(entity) + ("" if is_named(entity) else " <span class=un>unnamed</span>")

    def _link(self, entity: Entity) -> str:
        return f'<a href="{self._page}#{written(address(self._article, entity), "token")}">{written(entity.name)}</a>'

    def _facts(self, quote: Quote) -> Iterator[str]:
        yield f"{plain_words.EXTENT[quote.type]} {quote.medium}"
        if quote.cue:
            yield f"cue {_words(quote.cue)}"
        if kinds := dict.fromkeys(source.type for source in quote.sources if source.type and source.role == "originator"):
            yield ", ".join(kinds)
        if through := [self._named(source) for source in quote.sources if source.role == "intermediary"]:
            yield f"passed on by {' and '.join(through)}"
        if heard := [self._named(addressee) for addressee in quote.addressees]:
            yield f"to {' and '.join(heard)}"
        if quote.parent:
            yield f'in <a href="{self._page}#{_token(self._article, quote.parent)}">{written(quote.parent)}</a>'
        yield plain_words.act_and_status(quote)

    def _claimer(self, claim: Claim) -> str:
        quote = self._quotes.get(claim.quote or "")
        if quote is None:
            return "the article"
        who = " and ".join(self._who(quote)) or "<span class=un>no source given</span>"
        return f"{who}, <a class=to>{written(quote.id)}</a>"

    def _related(self, claim: Claim) -> Iterator[str]:
        for relation, mirrored in self._relations.get(claim.id, ()):
            other = relation.a if mirrored else relation.b
            words = ("is supported by" if mirrored else "supports") if relation.type == "supporting" else None
            said = f"{words or plain_words.RELATION[relation.type]} {other.claim}"
            yield f'<a href="{self._page}#s={relation.id}">{said}</a>'


def relation(found: Relation, numbers: dict[str, int]) -> str:
    """One relation: two claims, how they stand to each other, why, and in what they differ."""
    differs = f"<small>differs in: {', '.join(found.differs_in)}</small>" if found.differs_in else ""
    note = f"<p>{written(found.note)}</p>" if found.note else ""
    words = f"<em>{plain_words.RELATION[found.type]}</em>"
    return (
        f'<li class=r><a class=n id="s={found.id}">{found.id}</a> {_claim(found.a, numbers)} {words} '
        f"{_claim(found.b, numbers)}{note}{differs}"
    )


def _claim(side: ClaimReference, numbers: dict[str, int]) -> str:
    address = written(f"a={side.article}&s={side.claim}", "token")
    return f'<a href="#{address}">{side.claim}</a> of article {numbers[side.article] + 1}'


def _token(article: Article, name: str) -> str:
    return written(item(article, name), "token")


def _words(spans: Sequence[Span]) -> str:
    return f"“{written(' … '.join(span.text for span in spans))}”"


def _kind(quote: Quote) -> str:
    """Under which of three titles a speaker's words stand: thought, indirect, or in the speaker's own words."""
    return "thought" if quote.medium == "thought" else "indirect" if quote.type == "indirect" else "own"
