"""Makes the page that shows who said what: one HTML file that needs nothing else, and reads and prints without JavaScript."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from pressmark.look import page_data, plain_words
from pressmark.look.page_article import Shown, article_html
from pressmark.look.page_cards import relation
from pressmark.look.page_controls import controls, navigation
from pressmark.look.page_data import Side
from pressmark.look.page_people import speakers
from pressmark.look.page_strings import as_data, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressmark.record.issue import Issue
    from pressmark.record.model import Article
    from pressmark.record.relation import Relation

GENERATOR = '<meta name=generator content="pressmark view">'
_BUILD = re.compile("(?<=<b id=build>)[0-9a-f]{16}(?=</b>)")  # no string of a record can hold these brackets
_UNKNOWN = "0" * 16


@cache
def _asset(name: str) -> str:
    return files("pressmark.look").joinpath(name).read_text(encoding="utf-8")


def page(
    shown: Sequence[Shown],
    relations: Sequence[Relation] = (),
    *,
    left_out: Sequence[Issue] = (),
    licences: Sequence[str] = (),
    beside: str = "",
) -> bytes:
    """Makes the page of some articles and of the relations between their claims. The same input gives the same bytes.

    Args:
        shown: The articles, in the order in which they stand on the page.
        relations: Relations between claims of these articles.
        left_out: Why something is not on the page.
        licences: What the project says about its licences.
        beside: HTML that leads to other pages, if this is one of a folder.
    """
    articles = [one.side.article for one in shown]
    numbers = {article.id: n for n, article in enumerate(articles)}
    who = speakers(articles)
    data = {
        "articles": [one.data() for one in shown],
        "people": page_data.people(who, numbers),
        "relations": page_data.relations(relations, numbers),
    }
    by = plain_words.annotated_by(articles)
    body = [
        controls(articles, who, has_differences=any(one.differences for one in shown)),
        "<div class=page>",
        navigation(shown, who, relations, beside),
        "<main id=main tabindex=-1>",
        notices(left_out),
        *(article_html(one, relations, n) for n, one in enumerate(shown, start=1)),
        _relations(relations, numbers),
        "</main></div>",
        footer(shown, by, licences),
        '<aside id=sheet aria-label="Selection" hidden></aside>',
        f"<script type=application/json id=data>{as_data(data)}</script>",
    ]
    return document(f"Who said what: {len(shown)} article{'s' * (len(shown) > 1)}", by, "\n".join(body), _asset("page.js"))


def article_page(article: Article, messages: Sequence[Issue] = ()) -> str:
    """Makes a whole HTML page of one article, as text. ``messages`` of `validate` about it are shown at their place."""
    named = [(f"m{n}", issue) for n, issue in enumerate(messages, start=1)]
    return page([Shown(Side(article, named))]).decode()


def document(title: str, by: str, body: str, script: str = "") -> bytes:
    """Makes an HTML file in which only this style and this script can run. ``by`` is printed on every sheet of paper."""
    style = _asset("page.css") + f'@page{{@bottom-left{{content:"{by}"}}}}\n'
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return _signed(
        "<!doctype html>\n<html lang=en><head><meta charset=utf-8>"
        f'<meta http-equiv=Content-Security-Policy content="{policy}">'
        '<meta name=viewport content="width=device-width,initial-scale=1"><meta name=color-scheme content="light dark">'
        f'{GENERATOR}<link rel=icon href="data:,"><title>{title}</title><style>{style}</style></head>\n'
        f"<body>\n{body}\n<script>{script}</script>\n</body></html>\n"
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _signed(html: str) -> bytes:
    """Puts the digest of the page into the page, so that a page tells whether somebody changed it."""
    return _BUILD.sub(sha256(html.encode()).hexdigest()[:16], html).encode()


def is_unchanged_page(data: bytes) -> bool:
    """Whether `page` made these bytes and nobody changed them since."""
    html = data.decode(errors="replace")
    return GENERATOR in html and _signed(_BUILD.sub(_UNKNOWN, html)) == data


def notices(left_out: Sequence[Issue]) -> str:
    """Writes what is not on the page and why."""
    if not left_out:
        return ""
    lines = "".join(f"<li>{written(str(issue))}" for issue in left_out)
    return f"<section class=notices><h2>Not shown, or wrong beside other articles</h2><ul>{lines}</ul></section>"


def _relations(found: Sequence[Relation], numbers: dict[str, int]) -> str:
    if not found:
        return ""
    items = "\n".join(relation(one, numbers) for one in found)
    return f"<section id=relations><h2>Relations between claims <small>{len(found)}</small></h2><ol>\n{items}\n</ol></section>"


def footer(shown: Sequence[Shown], by: str, licences: Sequence[str]) -> str:
    """Writes the end of a page: who annotated it, the licences, the build."""
    of_texts: dict[str, int] = {}
    for one in shown:
        licence = one.side.article.metadata.license or "not stated"
        of_texts[licence] = of_texts.get(licence, 0) + 1
    texts = "; ".join(f"{written(name)} ({count})" for name, count in sorted(of_texts.items()))
    lines = [
        f"<b>{by}.</b> A quote or claim here is an annotation of the text, not proof that somebody said it.",
        f"Licence of the texts, as their publishers state it: {texts}.",
        *(written(line) for line in licences),
        f"Build <b id=build>{_UNKNOWN}</b> · made with pressmark {version('pressmark')}",
    ]
    return f"<footer>{''.join(f'<p>{line}</p>' for line in lines)}</footer>"
