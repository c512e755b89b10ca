"""The page in a real browser: what is marked, what stays text, what cannot run, who can use it.

Needs Debian's `chromium` and the extra `browser`. Without them the tests are skipped or, with PRESSMARK_BROWSER set, fail.
With PRESSMARK_PICTURES set, the pictures in docs/ are written anew.
"""

from __future__ import annotations

import os
import re
import shutil
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from page_records import HIDDEN, hostile, random_article, shown
from pressmark.look import page_data, page_strings, page_text
from pressmark.look.page import page as made
from pressmark.look.view_files import write_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from pressmark.record.model import Article, Span

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
FIRST, SECOND = "000_3b584eadf7b65c4a", "004_a77e34100e659021"
WIDTHS = (320, 360, 390, 480, 640, 768, 1024, 1180, 1312, 1400, 1920)
# The code points that the page highlights of an item, by role.
HIGHLIGHTED = """([id, name]) => {
  history.replaceState(null, '', '#a=' + id + '&s=' + name);
  dispatchEvent(new HashChangeEvent('hashchange'));
  const found = {}, text = document.getElementById('a=' + id).querySelector('.text');
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = 0;
  while (walker.nextNode()) for (const _ of walker.currentNode.data) {
    const piece = walker.currentNode.parentNode.closest('i.on');
    if (piece) for (const role of 'mcskd') if (piece.classList.contains('r' + role)) (found[role] ||= []).push(at);
    at++;
  }
  return found;
}"""
MARKED = """([id, style]) => {
  const text = document.getElementById('a=' + id).querySelector('.text'), found = [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = 0;
  while (walker.nextNode()) for (const _ of walker.currentNode.data) {
    if (walker.currentNode.parentNode.closest(style)) found.push(at);
    at++;
  }
  return found;
}"""
BADGES = """id => [...document.getElementById('a=' + id).querySelectorAll('.text u.x')].map(badge =>
  [badge.textContent.codePointAt(0), getComputedStyle(badge, '::before').content.replaceAll('"', '')])"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        _unavailable("chromium is not installed; apt-get install chromium")
    with _imported("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _imported(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        _unavailable(f"{name} is not installed; pip install -e '.[browser]'")


def _unavailable(why: str) -> NoReturn:
    if "PRESSMARK_BROWSER" in os.environ:
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    yield context
    context.close()


@pytest.fixture
def opened(context: BrowserContext, tmp_path: Path) -> Callable[..., Page]:
    """``opened(data, "#a=x", width=390)``: a page of these bytes. The test fails where the page logs or requests anything."""

    def go(data: bytes, fragment: str = "", width: int = 1400, height: int = 900) -> Page:
        path = tmp_path / "page.html"
        path.write_bytes(data)
        tab = context.new_page()
        tab.set_viewport_size({"width": width, "height": height})
        tab.on("console", lambda message: pytest.fail(f"the console says {message.text}"))
        tab.on("pageerror", lambda error: pytest.fail(f"the script fails: {error}"))
        tab.goto(path.as_uri() + fragment)
        return tab

    return go


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("view") / "page.html"
    write_view(path, [ROOT])
    return path.read_bytes()


def _offsets(spans: Iterable[Span]) -> list[int]:
    return sorted({at for span in spans for at in range(*span.range)})


def _wrong(tab: Page, articles: list[Article]) -> list[str]:
    """Every item of which the page highlights other code points than the record has, and every badge that is missing."""
    wrong = []
    for article in articles:
        items: dict[str, dict[str, tuple[Span, ...]]] = {
            **{one.id: {"m": one.mentions} for one in article.entities},
            **{one.id: {"c": one.content} for one in article.claims},
            **{one.id: {"c": one.content, "k": one.cue, "s": one.sources, "d": one.addressees} for one in article.quotes},
        }
        for name, roles in items.items():
            expected = {role: _offsets(spans) for role, spans in roles.items() if spans}
            if tab.evaluate(HIGHLIGHTED, [article.id, name]) != expected:
                wrong.append(f"{article.id} {name}")
        hidden = [[ord(char), f"U+{ord(char):04X}"] for char in article.text if char in HIDDEN]
        shown_as = [badge for badge in tab.evaluate(BADGES, article.id) if chr(badge[0]) in HIDDEN]
        if hidden != shown_as:
            wrong.append(f"{article.id} badges")
    return wrong


def test_highlighted_code_points_equal_the_record(opened: Callable[..., Page]) -> None:
    articles = [random_article(seed) for seed in range(60)]
    assert {"😀", "\u202e", "\u0308"} <= set("".join(one.text for one in articles))

    tab = opened(made(shown(*articles)))

    assert [] == _wrong(tab, articles)


def test_marks_without_a_selection_equal_the_record(opened: Callable[..., Page]) -> None:
    articles = [random_article(seed) for seed in range(60, 80)]

    tab = opened(made(shown(*articles)))

    for article in articles:
        roles: dict[str, list[Span]] = {
            ".s": [span for quote in article.quotes for span in quote.sources],
            ".k": [span for quote in article.quotes for span in quote.cue],
            ".d": [span for quote in article.quotes for span in quote.addressees],
            ":is(.cd, .ci, .ct)": [span for quote in article.quotes for span in quote.content],
            ":is(.p, .g, .l, .o, .v)": [span for entity in article.entities for span in entity.mentions],
        }
        for style, spans in roles.items():
            assert _offsets(spans) == tab.evaluate(MARKED, [article.id, f"i{style}"]), (article.id, style)


def _utf16(monkeypatch: pytest.MonkeyPatch) -> None:
    from pressmark.look import page

    whole = page._asset

    def units(name: str) -> str:
        assert "[...node.data].length" in whole("page.js")
        return whole(name).replace("[...node.data].length", "node.data.length")

    monkeypatch.setattr(page, "_asset", units)


def _off_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def flat(spans: Any) -> list[int]:
        return [offset for span in sorted({one.range for one in spans}) for offset in (span[0], span[1] - 1)]

    monkeypatch.setattr(page_data, "_flat", flat)


def _ends_off_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def each(spans: Any, style: str) -> Iterator[page_text.Mark]:
        return (page_text.Mark(span.start, span.end - 1, style) for span in spans)

    monkeypatch.setattr(page_text, "_each", each)


def _no_badge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_strings, "_HIDDEN", re.compile(r"(?!)"))


@pytest.mark.parametrize("mutant", [_utf16, _off_by_one, _ends_off_by_one, _no_badge])
def test_a_wrong_page_is_caught(
    mutant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch, opened: Callable[..., Page]
) -> None:
    articles = [random_article(seed) for seed in range(12)]
    mutant(monkeypatch)

    tab = opened(made(shown(*articles)))

    assert [] != _wrong(tab, articles)


def test_the_text_is_the_same_as_content_as_selection_and_in_print(opened: Callable[..., Page]) -> None:
    articles = [random_article(seed) for seed in range(60)]
    tab = opened(made(shown(*articles)))
    selected = """id => {
      const text = document.getElementById('a=' + id).querySelector('.text');
      getSelection().selectAllChildren(text);
      return [text.textContent, getSelection().toString(), text.innerText];
    }"""

    on_screen = [tab.evaluate(selected, article.id) for article in articles]
    tab.emulate_media(media="print")
    printed = [tab.evaluate(selected, article.id) for article in articles]

    assert [[article.text] * 3 for article in articles] == on_screen == printed
    assert tab.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"


PAYLOAD = (
    "\"'><img src=x onerror=window.ran=1><script>window.ran=1</script></script></style></title></textarea>"
    "<svg/onload=window.ran=1>javascript:window.ran=1//{{7*7}}\u2028\u202e&lt;"
)


def _every_view(tab: Page) -> None:
    for fragment in ("a=a&s=q1", "a=a&s=c1", "a=a&s=e1", "s=r1", "s=none", ""):
        tab.evaluate("fragment => { location.hash = fragment }", fragment)
        tab.wait_for_timeout(20)
    tab.evaluate("for (const link of document.querySelectorAll('nav a')) link.click()")
    tab.evaluate("document.querySelector('#bounds').click()")
    tab.fill("#find", "said")
    tab.wait_for_timeout(200)


def test_a_payload_in_every_string_does_nothing(opened: Callable[..., Page]) -> None:
    article, relation = hostile(PAYLOAD)

    tab = opened(made(shown(article), [relation], licences=[PAYLOAD], left_out=[_issue()]))
    _every_view(tab)

    assert tab.evaluate("window.ran === undefined")
    assert 0 == tab.evaluate("document.querySelectorAll('img, svg, script:not([type]):not(:last-of-type), iframe').length")
    assert article.text == tab.text_content(".text")
    assert {"file:", "https:"} == set(tab.evaluate("[...document.links].map(link => link.protocol)"))
    assert 1 == tab.locator("a[href^=http]").count()  # the link to the manual


def _issue() -> Any:
    from pressmark.record.issue import Issue

    return Issue("code", PAYLOAD, file=PAYLOAD, article=PAYLOAD, hint=PAYLOAD)


def test_the_same_payload_runs_without_escaping_and_policy(
    monkeypatch: pytest.MonkeyPatch, context: BrowserContext, tmp_path: Path
) -> None:
    article, relation = hostile(PAYLOAD)
    monkeypatch.setattr(page_strings, "escape", lambda text, quote=True: text)  # noqa: ARG005 - as html.escape
    monkeypatch.setattr(page_strings, "_JSON", {})
    bare = made(shown(article), [relation])
    open_page = re.sub(rb"<meta http-equiv=[^>]*>", b"", bare)
    assert bare != open_page

    ran = []
    for name, data in (("with.html", bare), ("without.html", open_page)):
        (tmp_path / name).write_bytes(data)
        tab = context.new_page()
        tab.goto((tmp_path / name).as_uri())
        ran.append(tab.evaluate("window.ran"))

    assert [None, 1] == ran  # the policy alone is enough, too


def test_the_page_makes_one_request(context: BrowserContext, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "page.html").write_bytes(data)
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    tab = context.new_page()
    tab.goto((tmp_path / "page.html").as_uri())
    tab.evaluate("for (const link of document.querySelectorAll('nav a')) link.click()")

    assert [(tmp_path / "page.html").as_uri()] == [url for url in requests if not url.startswith("data:")]


STATES = {
    "as it opens": "",
    "a quote": f"#a={FIRST}&s=q9",
    "a speaker": "#s=wikipedia:en:Antony_Blinken",
    "a relation": "#s=r5",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing(scheme: Any, width: int, opened: Callable[..., Page], data: bytes) -> None:
    axe = _imported("axe_playwright_python.sync_playwright")
    for state, fragment in STATES.items():
        tab = opened(data, fragment, width=width)
        tab.emulate_media(color_scheme=scheme)
        tab.evaluate("document.querySelector('.options').open = true; document.querySelector('#bounds').click()")
        tab.evaluate("for (const each of document.querySelectorAll('article')) each.style.contentVisibility = 'visible'")
        found = axe.Axe().run(tab).response["violations"]

        assert [] == [(state, one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found]
        tab.close()


@pytest.mark.parametrize("forced", ["none", "active"])
def test_source_cue_and_content_differ_by_more_than_colour(forced: Any, opened: Callable[..., Page], data: bytes) -> None:
    tab = opened(data)
    tab.emulate_media(forced_colors=forced)
    styles = """['s', 'k', 'cd', 'ci', 'ct', 'd'].map(name => {
      const piece = Object.assign(document.createElement('i'), {className: name}), text = document.querySelector('.text');
      text.append(piece);
      const style = getComputedStyle(piece);
      return [style.fontWeight,
                 style.fontStyle, style.textDecorationLine, style.textDecorationStyle, style.fontVariantCaps].join();
    })"""

    assert 6 == len(set(tab.evaluate(styles)))


def _focused(tab: Page) -> str:
    return str(tab.evaluate("document.activeElement.textContent.trim().slice(0, 30)"))


def test_the_keyboard_is_enough(opened: Callable[..., Page], data: bytes) -> None:
    tab = opened(data)
    tab.keyboard.press("Tab")
    assert "Skip to the articles" == _focused(tab)
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert _focused(tab).startswith("Annotated by machine")
    tab.keyboard.press("Tab")
    assert "q1" == _focused(tab)

    tab.keyboard.press("ArrowDown")
    assert "q2" == _focused(tab)
    assert tab.evaluate("location.hash").endswith("s=q2")
    assert tab.evaluate("document.querySelectorAll('i.on.rc').length") > 0
    tab.keyboard.press("Tab")
    assert "Top national security officia" == _focused(tab)[:29]
    tab.keyboard.press("Enter")
    assert tab.is_visible("#sheet h3")
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#sheet")
    assert "Top national security officia" == _focused(tab)[:29]  # where it was before


def test_a_list_is_one_tab_stop(opened: Callable[..., Page], data: bytes) -> None:
    tab = opened(data)
    stops = []
    for _ in range(40):
        tab.keyboard.press("Tab")
        stops.append(tab.evaluate("document.activeElement.closest('.notes') !== null"))
        if stops[-1]:
            break

    assert stops[-1]
    assert len(stops) <= 13  # skip link, search, filters, help, three lists with their headings, relations, annotators


def test_it_reads_without_javascript(browser: Browser, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "page.html").write_bytes(data)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    tab.goto((tmp_path / "page.html").as_uri() + f"#a={FIRST}&s=q9")

    card = tab.locator(f'[id="a={FIRST}&s=q9"]').bounding_box()
    assert card is not None
    assert 0 <= card["y"] < 900
    assert tab.get_by_text("expected to say").first.is_visible()
    assert not tab.locator("#find").is_visible()
    assert tab.locator("nav .refs").first.is_visible()
    assert tab.get_by_text("Annotated by machine").first.is_visible()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_width_scrolls_sideways(width: int, opened: Callable[..., Page], data: bytes) -> None:
    for fragment in STATES.values():
        tab = opened(data, fragment, width=width)
        for action in ("", "document.querySelector('.options').open = true", "document.querySelector('#bounds').click()"):
            tab.evaluate(action)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (fragment, action)
        assert tab.is_visible(".options summary")
        assert tab.is_visible("#bounds")
        if width >= 1024 and "r5" not in fragment:
            rem = tab.evaluate("document.querySelector('.text').getBoundingClientRect().width") / 16
            assert 40 <= rem <= 44
        tab.close()


@pytest.mark.parametrize("width", [320, 390, 1024, 1400])
def test_the_controls_stay_in_sight_and_cover_no_selected_words(width: int, opened: Callable[..., Page], data: bytes) -> None:
    tab = opened(data, f"#a={SECOND}&s=q7", width=width)

    places = [tab.locator(each).first.bounding_box() for each in ("#find", ".options summary", "i.on")]

    assert all(place and place["y"] >= 0 for place in places)
    assert tab.evaluate("scrollY") > 900
    bottom = tab.evaluate("document.querySelector('.top').getBoundingClientRect().bottom")
    assert bottom <= min(place["y"] for place in places[2:] if place)


def test_an_address_leads_to_its_place(opened: Callable[..., Page], data: bytes) -> None:
    tab = opened(data, f"#a={SECOND}&s=q7")
    place = tab.locator("i.on.rc").first.bounding_box()
    assert place is not None
    assert 0 < place["y"] < 900
    assert "q7" == tab.text_content("li.cur .n")

    tab.evaluate("location.hash = '#s=wikipedia:en:Antony_Blinken'")
    tab.wait_for_selector("#sheet h3")
    assert "Antony Blinken" == tab.text_content("#sheet h2")
    assert ["In their own words (4)", "Reported (1)", "Thought (3)"] == tab.locator("#sheet h3").all_text_contents()

    tab.evaluate("location.hash = '#s=r5'")
    tab.wait_for_selector(".pair")
    assert ["c3", "c9"] == tab.locator("article li.cur .n").all_text_contents()
    assert "Both judge China" in str(tab.text_content("#relations li.cur"))

    for nothing in ("#a=nobody&s=q1", f"#a={FIRST}&s=q99", "#s=%E0%A4", "#%"):
        tab.evaluate("fragment => { location.hash = fragment }", nothing)
    tab.wait_for_timeout(50)
    assert 0 == tab.locator("li.cur").count()


def test_a_citation_is_copied(context: BrowserContext, opened: Callable[..., Page], data: bytes) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = opened(data, f"#a={FIRST}&s=q9")
    tab.click("li.cur .copy")
    tab.wait_for_function("() => document.querySelector('#found').textContent")

    copied = tab.evaluate("navigator.clipboard.readText()")

    assert copied.startswith("Fumio Kishida and Joe Biden expected to say the importance of the relationship")
    assert "2023-01-12, publisher unknown" in copied
    text = (ROOT / f"seeds/{FIRST}.txt").read_bytes().decode()
    start = text.index("the importance of the relationship")
    assert f"{FIRST}, q9, code points {start}–{start + 34}. Annotated by machine." in copied
    assert copied.endswith(f"#a={FIRST}&s=q9")


def test_filters_and_search_keep_what_fits(opened: Callable[..., Page], data: bytes) -> None:
    tab = opened(data)
    tab.click(".options summary")
    tab.select_option("#status", "expected")
    tab.wait_for_function("() => document.querySelector('#found').textContent")
    assert "quotes: 1, articles: 1" == tab.text_content("#found")
    assert ["q9"] == tab.locator("article li.q:not([hidden]) .n").all_text_contents()
    tab.select_option("#status", "")
    tab.select_option("#act", "commitment")
    tab.select_option("#speaker", "s=wikipedia:en:Antony_Blinken")
    tab.wait_for_function("() => document.querySelector('#found').textContent.startsWith('quotes: 2')")
    assert ["q7", "q10"] == tab.locator("article li.q:not([hidden]) .n").all_text_contents()
    tab.click("button[type=reset]")
    tab.fill("#find", "alliance")
    tab.wait_for_function("() => document.querySelector('#found').textContent.includes('places')")
    assert "quotes: 5, articles: 2, places: 6" == tab.text_content("#found")
    tab.fill("#find", "")
    tab.select_option("#label", "EVENT")
    tab.wait_for_function("() => document.querySelectorAll('article[hidden]').length === 1")
    assert 0 < tab.locator("i.hit").count()


def test_boundaries_show_ids_offsets_and_spaces(opened: Callable[..., Page], data: bytes) -> None:
    tab = opened(data)
    tab.evaluate("document.querySelector('#bounds').click()")
    pieces = f"[...document.getElementById('a={FIRST}').querySelectorAll('.text i')]"

    shown_before, shown_after = tab.evaluate(
        f"['o', 'x'].map(side => {pieces}.map(each => each.dataset[side]).filter(Boolean))"
    )

    assert {"9[c1[e1 ", "111[c2[q1 source[e7 ", "204[q1 "} <= set(shown_before)
    assert {"]e1 11", "]e2 ]q1 source ]e7 187", "]q1 cue 203"} <= set(shown_after)
    assert '"9[c1[e1 "' == tab.evaluate(f"getComputedStyle({pieces}[0], '::before').content")
    spaces = tab.evaluate("[...CSS.highlights.get('spaces')].map(each => each.toString())")
    texts = [(ROOT / f"seeds/{name}.txt").read_bytes().decode() for name in (FIRST, SECOND)]
    assert len(re.findall(r"[^\S\n]", "".join(texts))) == len(spaces)
    assert not any(each.strip() for each in spaces)


def test_a_phone_shows_what_was_chosen_and_a_click_goes_outwards(opened: Callable[..., Page], data: bytes) -> None:
    tab = opened(data, width=390, height=844)
    tab.locator(f'[id="a={FIRST}"] i.k').first.click()
    tab.wait_for_selector("#sheet")
    assert "q1" == tab.text_content("#sheet .n")
    tab.locator(f'[id="a={FIRST}"] i.k').first.click()
    tab.wait_for_function("() => document.querySelector('#sheet .n').textContent === 'c2'")


def test_differences_are_shown_one_by_one(opened: Callable[..., Page], tmp_path: Path) -> None:
    import json

    lines = (ROOT / "data/articles.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    records[0]["entities"][0]["mentions"] = records[0]["entities"][0]["mentions"][1:]
    records[1]["quotes"][-1]["act"] = "expressive"
    (tmp_path / "other.jsonl").write_text("\n".join(json.dumps(record) for record in records))
    write_view(tmp_path / "two.html", [ROOT / "data"], tmp_path / "other.jsonl")

    tab = opened((tmp_path / "two.html").read_bytes())

    assert 4 == tab.locator(".lanes .text").count()
    steps = []
    for _ in range(3):
        tab.click("#after")
        tab.wait_for_function("() => document.querySelector('#sheet:not([hidden]) li')")
        steps.append((tab.text_content("#found"), tab.locator("i.on.rw").count() > 1, tab.text_content("#sheet b")))
    assert "difference 1 of 2" == steps[0][0]
    assert "entities: only this one marks" == steps[0][2]
    assert ("difference 2 of 2", True, "quotes: different act") == steps[1]
    assert steps[0] == steps[2]


@pytest.mark.parametrize(("width", "height", "item"), [(1400, 900, "q2"), (390, 844, "q9")])
def test_pictures_for_the_docs(
    width: int, height: int, item: str, opened: Callable[..., Page], data: bytes, tmp_path: Path
) -> None:
    image = _imported("PIL.Image")
    kept = ROOT / f"docs/view-{width}.png"
    tab = opened(data, f"#a={FIRST}&s={item}", width=width, height=height)
    tab.screenshot(path=tmp_path / "whole.png")
    with image.open(tmp_path / "whole.png") as whole:
        whole.convert("RGB").quantize(256, dither=image.Dither.NONE).save(tmp_path / "small.png", optimize=True)
    if "PRESSMARK_PICTURES" in os.environ:
        shutil.copy(tmp_path / "small.png", kept)

    for path in (tmp_path / "small.png", kept):
        with image.open(path) as picture:
            assert (width, height) == picture.size
        assert path.stat().st_size < 200_000
