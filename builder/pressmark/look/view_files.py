"""Makes the files of a view: one page, or a folder of pages for many articles. Replaces only pages that nobody changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.look.page import is_unchanged_page, page
from pressmark.look.page_article import Shown
from pressmark.look.page_data import Side
from pressmark.look.page_index import index_pages
from pressmark.look.view_input import Found, found_in
from pressmark.project.write_file import write
from pressmark.record.issue import InvalidError, Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pressmark.record.model import Article
    from pressmark.scoring import Disagreement

MOST = 1000  # articles on one page
PER_PAGE = 200  # articles on a page of a folder: such a page opens in a second
_LICENCE = re.compile(r"^(?:license|license_name|license_link): *(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class View:
    """What was written, and what was read for it."""

    found: Found
    path: Path
    size: int

    def __str__(self) -> str:
        articles = list(self.found.articles.values())
        quotes = sum(len(article.quotes) for article in articles)
        return f"{self.path}: {_number(len(articles), 'article')}, {_number(quotes, 'quote')}, {self.size / 1000:,.0f} kB"


def _number(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def write_view(output: Path, paths: Sequence[Path], against: Path | None = None) -> View:
    """Writes the page of what is in ``paths``, or the pages.

    Raises:
        InvalidError: there is nothing to show, or a file is in the way that is not an unchanged page of pressmark's.
        OSError: a file cannot be read or written.
    """
    found = found_in(paths)
    shown = list(_shown(found, found_in([against]) if against else None))
    licences = [line for path in paths for line in _licences(path)]
    if len(shown) <= MOST:
        files = {output: page(shown, list(found.relations.values()), left_out=found.left_out, licences=licences)}
        where = output
    else:
        where = output.with_suffix("") if output.suffix in {".html", ".htm"} else output
        files = {where / name: data for name, data in _pages(shown, found, licences)}
    old = sorted(where.glob("*.html")) if where != output or where.is_dir() else []
    _refuse(where, [*files, *old], is_folder=where not in files)
    for path, data in files.items():
        path.parent.mkdir(exist_ok=True)
        write(path, data)
    for path in old:
        if path not in files:
            path.unlink()
    return View(found, where, sum(map(len, files.values())))


def _refuse(where: Path, files: Sequence[Path], *, is_folder: bool) -> None:
    if where.exists() and where.is_dir() != is_folder:
        what = "is a folder; name a file" if where.is_dir() else "is a file, but so many articles need a folder; name another"
        raise InvalidError([Issue("user-file", f"{what} with -o", file=str(where))])
    for path in files:
        if path.exists() and not is_unchanged_page(path.read_bytes()):
            message = "pressmark did not make this page, or it was changed since; remove it, or name another file with -o"
            raise InvalidError([Issue("user-file", message, file=str(path))])


def _shown(found: Found, other: Found | None) -> Iterator[Shown]:
    """Every article with its messages and, if there is another annotation of the same text, with the differences."""
    for name, article in found.articles.items():
        side = _side(name, found)
        if other is None:
            yield Shown(side)
            continue
        twin = other.articles.get(name)
        if twin is None:
            found.left_out.append(
                Issue("view-against", "the other side does not have this article", article=name, severity="warning")
            )
            yield Shown(side)
        elif twin.text_sha256 != article.text_sha256:
            raise InvalidError([Issue("score-text", "the two annotate different texts", "/text_sha256", article=name)])
        else:
            yield Shown(side, Side(twin, []), tuple(_differences(article, twin)))


def _side(name: str, found: Found) -> Side:
    return Side(found.articles[name], [(f"m{n}", issue) for n, issue in enumerate(found.issues[name], start=1)])


def _differences(one: Article, other: Article) -> Iterator[tuple[str, Disagreement]]:
    from pressmark.scoring import Pair, disagreements

    for n, found in enumerate(disagreements([Pair(one, other)]), start=1):
        yield f"d{n}", found


def _pages(shown: Sequence[Shown], found: Found, licences: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The pages of a folder: 200 articles each, and the index of all articles and speakers."""
    parts = {f"articles-{n // PER_PAGE + 1:04}.html": shown[n : n + PER_PAGE] for n in range(0, len(shown), PER_PAGE)}
    page_of = {one.side.article.id: name for name, part in parts.items() for one in part}
    for name, part in parts.items():
        here = [one for one in found.relations.values() if page_of[one.a.article] == page_of[one.b.article] == name]
        beside = '<p><a href="index.html">All articles and speakers</a></p>'
        yield name, page(part, here, licences=licences, beside=beside)
    apart = [one for one in found.relations.values() if page_of[one.a.article] != page_of[one.b.article]]
    yield from index_pages(shown, page_of, apart, left_out=found.left_out, licences=licences)


def _licences(path: Path) -> Iterator[str]:
    """What the card of a project's dataset, or of a dataset, says about its licence."""
    card = next((card for card in (path / "data" / "README.md", path / "README.md") if card.is_file()), None)
    text = card.read_text(encoding="utf-8", errors="replace") if card else ""
    front = text.split("\n---", 1)[0] if text.startswith("---") else ""
    if stated := _LICENCE.findall(front):
        yield f"Licence of the dataset, as its card states it: {', '.join(stated)}."
