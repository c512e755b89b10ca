"""Makes the pages that lead to the other pages of a folder: an index, and every speaker's words in all articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.look import plain_words
from pressmark.look.page import document, footer, notices
from pressmark.look.page_cards import Cards
from pressmark.look.page_people import IN_GROUP, OWN, speakers
from pressmark.look.page_strings import written
from pressmark.record.proposition import signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pressmark.look.page_article import Shown
    from pressmark.look.page_people import Speaker
    from pressmark.record.issue import Issue
    from pressmark.record.relation import Relation

_PER_PAGE = 5000  # quotes on a page of speakers
_HOW = {OWN: "", IN_GROUP: " · said as one of a group"}


def index_pages(
    shown: Sequence[Shown],
    page_of: Mapping[str, str],
    relations: Sequence[Relation],
    *,
    left_out: Sequence[Issue] = (),
    licences: Sequence[str] = (),
) -> Iterator[tuple[str, bytes]]:
    """Makes the index and the pages of speakers, each with its name. ``page_of`` says on which page an article stands."""
    articles = [one.side.article for one in shown]
    by = plain_words.annotated_by(articles)
    end = footer(shown, by, licences)
    cards = {one.side.article.id: _cards(one, page_of) for one in shown}
    links = []
    for name, part in _parts(speakers(articles)):
        people = "\n".join(_speaker(speaker, cards) for speaker in part)
        links += [_entry(name, speaker) for speaker in part]
        yield (
            name,
            document("Who said what: speakers", by, f"{_TOP}<h1>Speakers</h1><ol class=people>{people}</ol></main>{end}"),
        )
    titles = "".join(
        f'<li><a href="{page_of[one.side.article.id]}#a={one.side.article.id}">{written(one.title)}</a>' for one in shown
    )
    body = (
        f"<main class=index id=main><h1>Who said what</h1><p class=by><b>{by}</b></p>{notices(left_out)}"
        f"<h2>Speakers <small>{len(links)}</small></h2><ol>{''.join(links)}</ol>"
        f"<h2>Articles <small>{len(shown)}</small></h2><ol>{titles}</ol>{_apart(shown, page_of, relations)}</main>{end}"
    )
    yield "index.html", document(f"Who said what: {len(shown)} articles", by, body)


_TOP = '<main class=index id=main><p><a href="index.html">All articles and speakers</a></p>'


def _parts(who: Sequence[Speaker]) -> Iterator[tuple[str, list[Speaker]]]:
    """The speakers in pages of about as many quotes."""
    part: list[Speaker] = []
    number, size = 1, 0
    for i, speaker in enumerate(who):
        part.append(speaker)
        size += len(speaker.words)
        if size >= _PER_PAGE or i == len(who) - 1:
            yield f"speakers-{number:04}.html", part
            part, number, size = [], number + 1, 0


def _cards(one: Shown, page_of: Mapping[str, str]) -> dict[str, str]:
    """The cards of an article's quotes by their ids, with links that lead to its page."""
    article = one.side.article
    cards = zip(article.quotes, Cards(article, page=page_of[article.id]).quotes(), strict=True)
    return {
        quote.id: f"{card}<p class=cite>{_link(page_of, article.id, quote.id, one.title)}, {one.origin()}</p>"
        for quote, card in cards
    }


def _link(page_of: Mapping[str, str], article: str, name: str, words: str) -> str:
    return f'<a href="{page_of[article]}#a={article}&amp;s={name}">{written(words)}</a>'


def _entry(name: str, speaker: Speaker) -> str:
    unnamed = "" if speaker.named else " <span class=un>unnamed</span>"
    address = written(speaker.address, "token")
    return f'<li><a href="{name}#{address}">{written(speaker.name)}</a>{unnamed} <small>{len(speaker.words)}</small>'


def _speaker(speaker: Speaker, cards: Mapping[str, Mapping[str, str]]) -> str:
    said = [
        f"{cards[article][quote]}<p class=how>{_HOW.get(how, ' · passed on')}</p>" if how != OWN else cards[article][quote]
        for (article, quote), how in speaker.words.items()
    ]
    unnamed = "" if speaker.named else " <span class=un>unnamed</span>"
    heading = f"<h2>{written(speaker.name)}{unnamed} <small>{len(said)}</small></h2>"
    return f'<li id="{written(speaker.address, "token")}">{heading}<ol>{"".join(said)}</ol>'


def _apart(shown: Sequence[Shown], page_of: Mapping[str, str], relations: Sequence[Relation]) -> str:
    """The relations between claims on two pages."""
    claims = {
        (one.side.article.id, claim.id): signed(claim.proposition, claim.factuality)
        for one in shown
        for claim in one.side.article.claims
    }
    lines = []
    for found in relations:
        sides = [_link(page_of, side.article, side.claim, claims[side.article, side.claim]) for side in (found.a, found.b)]
        note = f" {written(found.note)}" if found.note else ""
        lines.append(f"<li>{sides[0]} <em>{plain_words.RELATION[found.type]}</em> {sides[1]}{note}")
    return f"<h2>Relations <small>{len(lines)}</small></h2><ol>{''.join(lines)}</ol>" if lines else ""
