"""Writes one article: where it comes from, who annotated it, its text with all marks, and the lists beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.look import plain_words
from pressmark.look.page_cards import Cards
from pressmark.look.page_strings import written
from pressmark.look.page_text import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressmark.look.page_data import Side
    from pressmark.record.model import Article
    from pressmark.record.relation import Relation
    from pressmark.scoring import Disagreement

_LINKED = ("https://", "http://")  # any other address could be a program


@dataclass(frozen=True, slots=True)
class Shown:
    """An article to show; with ``other``, a second annotation of it, and in what the two differ."""

    side: Side
    other: Side | None = None
    differences: tuple[tuple[str, Disagreement], ...] = ()

    @property
    def title(self) -> str:
        """Its title, else its id."""
        return self.side.article.metadata.title or self.side.article.id

    def origin(self) -> str:
        """What a citation says of the article, besides its title, as HTML."""
        return ", ".join(_origin(self.side.article))

    def data(self) -> list[object]:
        """What the script needs: the id, and the places of all items on each side."""
        sides = [self.side] + ([self.other] if self.other else [])
        return [self.side.article.id, *(side.items(self.differences) for side in sides)]


def article_html(shown: Shown, relations: Sequence[Relation], number: int) -> str:
    """Writes an article with its lists. ``number`` is its place on the page, by which the list of relations names it."""
    article = shown.side.article
    lanes = _text(shown.side, shown)
    if shown.other:
        lanes = (
            f"<div class=lanes><div><h3>This annotation</h3>{lanes}</div>"
            f"<div><h3>The other annotation</h3>{_text(shown.other, shown)}</div></div>"
        )
    plain = "" if any(zone.type == "headline" for zone in article.zones) else " class=title"
    return (
        f'<article id="a={written(article.id, "token")}"><header><h2{plain}>{written(shown.title)}</h2>'
        f"<p class=cite><span class=no>{number}</span> <span class=origin>{shown.origin()}</span> · "
        f"{' · '.join(_state(article))}</p>{_by(article)}</header>\n"
        f"{lanes}\n<section class=notes>{''.join(_lists(shown, relations))}</section></article>"
    )


def _text(side: Side, shown: Shown) -> str:
    differing = [(one.start, one.end) for _, one in shown.differences]
    words = text(side.article, (place for _, place in side.places()), differing)
    return f'<div class=text lang="{written(side.article.language, "token")}" dir=auto>{words}</div>'


def _origin(article: Article) -> Iterator[str]:
    known = article.metadata
    yield written(known.published) if known.published else "date unknown"
    yield written(known.publisher) if known.publisher else "publisher unknown"
    if known.author:
        yield written(known.author)
    if known.url and known.url.startswith(_LINKED):
        yield f'<a href="{written(known.url, "token")}" rel=noreferrer>{written(known.url)}</a>'
    elif known.url:
        yield written(known.url)


def _state(article: Article) -> Iterator[str]:
    known = article.metadata
    if known.translated_from:
        yield f"translated from {written(known.translated_from)}"
    yield f"licence {written(known.license)}" if known.license else "licence not stated"
    if known.title:
        yield f"<span class=id>{written(article.id)}</span>"


def _by(article: Article) -> str:
    """Who annotated it. Behind that are the names, so that the passes of a machine do not fill the page."""
    names = dict.fromkeys(f"{one.name} {one.version or ''}".strip() for one in article.annotators)
    by = f"<b>{plain_words.annotated_by([article])}</b>"
    if not names:
        return f"<p class=by>{by}</p>"
    lines = "".join(f"<li>{written(name)}" for name in names)
    count = f"<small>{len(names)} annotator{'s' * (len(names) > 1)}</small>"
    return f"<details class=by><summary>{by} {count}</summary><ul>{lines}</ul></details>"


def _lists(shown: Shown, relations: Sequence[Relation]) -> Iterator[str]:
    cards = Cards(shown.side.article, relations)
    yield _list("Differences", _differences(shown.differences))
    yield _list("Messages", cards.messages(shown.side.messages))
    yield _list("Who says what", cards.quotes())
    yield _list("What is claimed", cards.claims())
    names = list(cards.entities())
    if names:
        yield f"<details><summary>Names and values <small>{len(names)}</small></summary><ol>{''.join(names)}</ol></details>"


def _list(title: str, items: Iterable[str]) -> str:
    found = list(items)
    lines = "\n".join(found)
    return f"<h3>{title} <small>{len(found)}</small></h3><ol>{lines}</ol>" if found else ""


def _differences(found: Sequence[tuple[str, Disagreement]]) -> Iterator[str]:
    for name, one in found:
        sides = (("this", one.gold), ("other", one.pred))
        said = "".join(f"<p>{side}: {written(value) if value is not None else 'not marked'}</p>" for side, value in sides)
        what = {"missed": "only this one marks", "extra": "only the other one marks"}.get(one.what, f"different {one.field}")
        address = written(f"a={one.article}&s={name}", "token")
        yield f'<li class=x><a class=n id="{address}">{name}</a> <b>{one.layer}: {what}</b> “{written(one.text)}”{said}'
