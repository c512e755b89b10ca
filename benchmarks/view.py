"""How fast a browser opens the page of `pressmark view`: 200 articles, and one paragraph of 10,000 words with 3,000 mentions.

    python benchmarks/view.py [PROJECT]

Needs chromium and the extra `browser`. Prints the time from the request to the first paint, to the end of loading, and to the
next frame after an item was selected, and the size of the project's own page with its relations. Times depend on what else the
machine does, so the load average is printed too.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pressmark.look.page import page
from pressmark.look.page_article import Shown
from pressmark.look.page_data import Side
from pressmark.look.view_input import found_in
from pressmark.record.bare_article import bare_article
from pressmark.record.model import Article, Entity, Mention, Zone

FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--no-first-run"]
TIMES = """() => [performance.getEntriesByName('first-contentful-paint')[0].startTime,
  performance.getEntriesByType('navigation')[0].loadEventEnd, document.querySelectorAll('*').length]"""
SELECT = """() => new Promise(done => {
  const begin = performance.now();
  location.hash = document.querySelector('article').id + '&s=e5';
  addEventListener('hashchange', () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin))));
})"""


def many(project: Path) -> list[Article]:
    """Repeats the articles of a project until there are 200."""
    found = list(found_in([project]).articles.values())
    return [replace(found[n % len(found)], id=f"article-{n:04}") for n in range(200)]


def long() -> list[Article]:
    """Makes one paragraph of 10,000 words, 3,000 of them names."""
    text = " ".join(f"Word{n % 97}" for n in range(10_000))
    ends = [i for i, char in enumerate(text + " ") if char == " "]
    places = list(zip([0, *(end + 1 for end in ends)], ends, strict=False))
    entities = [
        Entity(f"e{n + 1}", "PERSON", f"Name {n}", None, None, (), _mentions(text, places[n * 3 : 9000 : 900]), "x", None)
        for n in range(300)
    ]
    article = bare_article("long", text, "en")
    return [replace(article, entities=tuple(entities), zones=(Zone(0, len(text), text, "body"),))]


def _mentions(text: str, places: list[tuple[int, int]]) -> tuple[Mention, ...]:
    return tuple(Mention(start, end, text[start:end], "name") for start, end in places)


def measure(browser: Browser, name: str, articles: list[Article], folder: Path) -> None:
    """Opens the page five times and prints the median times."""
    begin = time.perf_counter()
    data = page([Shown(Side(article, [])) for article in articles])
    made = time.perf_counter() - begin
    path = folder / f"{name}.html"
    path.write_bytes(data)
    runs = []
    for _ in range(5):
        tab = browser.new_page(viewport={"width": 1400, "height": 900})
        tab.goto(path.as_uri())
        paint, load, elements = tab.evaluate(TIMES)
        runs.append((load, paint, tab.evaluate(SELECT), elements))
        tab.close()
    load, paint, select, elements = sorted(runs)[2]
    size = f"{len(data) / 1000 / len(articles):.1f} kB per article"
    print(f"{name}: made in {made:.2f} s, {size}, {elements:,} elements")
    print(f"  first paint {paint / 1000:.2f} s, loaded {load / 1000:.2f} s, an item selected {select / 1000:.2f} s")


def weigh(project: Path) -> None:
    """Prints what an article of the project takes with its relations, and what every page takes."""
    found = found_in([project])
    sides = [Shown(Side(article, [])) for article in found.articles.values()]
    alone = len(page([Shown(Side(bare_article("none", "", "en"), []))]))
    both = [len(page(sides, related)) - alone for related in ((), list(found.relations.values()))]
    each = [f"{size / 1000 / len(sides):.1f} kB" for size in both]
    print(f"{project.resolve().name}: {each[0]} per article, {each[1]} with {len(found.relations)} relations", end="")
    print(f"; an empty page takes {alone / 1000:.1f} kB")


def main() -> None:
    """Measures the pages."""
    project = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    weigh(project)
    print(f"load average of the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        measure(browser, "200 articles", many(project), Path(folder))
        measure(browser, "one paragraph of 10,000 words", long(), Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
