"""The page without a browser: its bytes, its text, its words, and what the command refuses."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import write_json
from news import TEXTS, a, bare
from page_records import hostile, random_article, shown
from pressmark.look import page as pages
from pressmark.look import plain_words
from pressmark.look.page import article_page, is_unchanged_page
from pressmark.look.page import page as made
from pressmark.look.page_people import speakers
from pressmark.look.page_strings import as_data, written
from pressmark.look.page_text import Mark, pieces, text
from pressmark.look.view_files import PER_PAGE, write_view
from pressmark.look.view_input import found_in
from pressmark.record import contract
from pressmark.record.issue import Issue
from pressmark.record.model import Annotator, Article, Claim, Entity, Mention, Quote, Source, Span, Zone

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran
    from pressmark.record.model import Factuality

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "builder/pressmark/look"
BROKEN = ROOT / "tests/cases/invalid/span-text.json"
VALID = ROOT / "tests/cases/valid/article.json"


class _Text(HTMLParser):
    """Collects the text of an HTML fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data


@given(TEXTS)
def test_the_text_of_the_page_is_the_text_of_the_article(words: str) -> None:
    article = replace(bare(words), zones=(Zone(0, len(words), words, "body"),) if words else ())

    assert words == _Text(text(article)).text


@given(st.integers(0, 10_000))
def test_the_text_is_the_same_with_any_marks(seed: int) -> None:
    article = random_article(seed)

    assert article.text == _Text(text(article)).text


@given(st.text(min_size=1, max_size=40), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=12))
def test_pieces_cover_the_text_once_and_know_their_marks(words: str, ranges: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, "s") for start, end in ranges]

    found = list(pieces(words, marks))

    assert words == "".join(words[start:end] for start, end, _ in found)
    for start, end, active in found:
        inside = {mark for mark in ranges if any(mark[0] <= at < mark[1] for at in range(start, end))}
        assert inside == {(mark.start, mark.end) for mark in active}
        assert all(mark.start <= start and end <= mark.end for mark in active)


@given(st.text())
def test_a_string_is_never_markup(words: str) -> None:
    assert re.fullmatch(r"[^<>]*", re.sub(r"</?bdi>|<u class=x>|</u>|<u class=x data-c=U\+[0-9A-F]+>", "", written(words)))
    assert not set('<>"') & set(written(words, "attribute"))
    assert not set('<>"') & set(written(words, "token"))
    assert not set("<>&\u2028\u2029") & set(as_data({"key": words}))
    assert {"key": words} == json.loads(as_data({"key": words}))


def test_hidden_characters_are_shown_and_spelling_is_left_alone() -> None:
    assert "<bdi>a<u class=x>U+202E</u>b</bdi>" == written("a\u202eb")
    assert "\u2068a[U+001B]b\u2069" == written("a\x1bb", "attribute")
    for spelling in ("می\u200cخواهم", "👨\u200d👩\u200d👧", "\U0001f3f4\U000e0067\U000e0062\U000e007f"):
        assert f"<bdi>{spelling}</bdi>" == written(spelling)
    assert "U+200D" in written("pay\u200dpal")
    assert "U+E0041" in written("a\U000e0041")


def test_the_same_input_gives_the_same_bytes() -> None:
    articles = [random_article(seed) for seed in range(5)]

    assert made(shown(*articles)) == made(shown(*articles))


def test_the_policy_allows_this_style_and_this_script_alone() -> None:
    html = made(shown(random_article(1))).decode()
    policy = re.search('Content-Security-Policy content="([^"]*)"', html)
    assert policy

    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert f"{tag}-src 'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'" in policy[1]
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    assert not re.search(r" (style|on\w+)=", html)


def test_script_and_style_are_small_and_fetch_nothing() -> None:
    script, style = ((ASSETS / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))

    assert len(script.encode()) <= 15_000
    assert not re.search(r"https?:|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|import", script)
    assert not re.search(r"url\(|@import", style)


def test_an_article_takes_at_most_30_kilobytes() -> None:
    gold = found_in([ROOT])
    one = next(iter(gold.articles.values()))
    many = [replace(one, id=f"{one.id}-{n}") for n in range(20)]

    assert (len(made(shown(*many))) - len(made(shown(many[0])))) / 19 <= 30_000


def test_what_was_not_said_never_reads_as_said() -> None:
    known = [contract.labels(contract.at("article", f"quotes/{name}")) for name in ("medium", "act", "status")]
    deeds = {}
    for medium, act, status in product(*known):
        quote = a(Quote, id="q1", content=(), annotator="x", medium=medium, act=act, status=status)
        deeds[medium, act, status] = plain_words.deed(quote)
    begins = {"not_made": "did not ", "expected": "expected to ", "possible": "might "}

    assert "denied" == plain_words.deed(a(Quote, id="q1", content=(), annotator="x"), is_denied=True)
    for (_, _, status), words in deeds.items():
        assert words.startswith(begins.get(status, "")), words
        assert (status == "made") != words.startswith(tuple(begins.values()))
    assert {"said", "did not say", "promised or planned", "expected to ask", "might think"} <= set(deeds.values())


def _reported(cue: str, *factuality: Factuality, **known: Any) -> Article:
    words = f"Lee {cue} that it fell."
    span = Span(4, 4 + len(cue), cue)
    content = Span(len(words) - 8, len(words) - 1, "it fell")
    quote = a(Quote, id="q1", content=(content,), cue=(span,), annotator="x", **{"type": "indirect"} | known)
    claims = tuple(
        a(Claim, id=f"c{n}", content=(content,), proposition="It fell.", quote="q1", factuality=sure, annotator="x")
        for n, sure in enumerate(factuality)
    )
    return replace(bare(words), quotes=(quote,), claims=claims)


@pytest.mark.parametrize(
    ("article", "words"),
    [
        (_reported("denied", "CT-"), "denied"),
        (_reported("denied"), "denied"),
        (_reported("scoffed", "CT-", "PR-"), "denied"),
        (_reported("doubts", medium="thought"), "doubted or denied"),
        (_reported("did not deny", status="not_made"), "did not deny"),
        (_reported("denied", "CT+"), "denied"),
        (_reported("does not doubt", medium="thought"), "thought"),
        (_reported("said", "CT+", "CT-"), "said"),
        (_reported("denied", type="direct"), "said"),
        (_reported("rejected", act="commitment"), "promised or planned"),
    ],
)
def test_who_denied_something_is_never_shown_as_having_said_it(article: Article, words: str) -> None:
    html = made(shown(article)).decode()

    assert f"<em>{words}</em>" in html
    assert (f' data-s="\u2068{words}\u2069"' in html) == (words not in {"said", "thought", "promised or planned"})


def test_one_article_is_a_page_of_its_own() -> None:
    html = article_page(_reported("said"), [Issue("code", "wrong", "/quotes/0")])

    assert html == article_page(_reported("said"), [Issue("code", "wrong", "/quotes/0")])
    assert is_unchanged_page(html.encode())
    assert "<b>error: code</b><p>wrong</p>" in html
    assert '"m1":{"w":' in html


@pytest.mark.parametrize(
    ("annotators", "words"),
    [
        ([], "Nobody has annotated this text"),
        ([("model", "annotator"), ("rules", "annotator")], "Annotated by machine"),
        ([("model", "annotator"), ("human", "reviewer")], "Annotated by machine, reviewed by people"),
        ([("model", "annotator"), ("human", "annotator")], "Annotated by people and machine"),
        ([("human", "annotator")], "Annotated by people"),
        ([("import", "annotator")], "Imported annotation: the record does not say who made it"),
    ],
)
def test_the_page_says_who_annotated_it_from_the_record(annotators: list[tuple[str, str]], words: str) -> None:
    by = tuple(a(Annotator, id=f"x{n}", kind=kind, role=role, name="X") for n, (kind, role) in enumerate(annotators))
    html = made(shown(replace(bare("Rain."), annotators=by))).decode()

    assert f"<b>{words}</b>" in html.partition("<article ")[2].partition("<div class=text")[0]
    assert f'@bottom-left{{content:"{words}"}}' in html  # every sheet of paper
    assert f"<footer><p><b>{words}.</b>" in html


def _mentioned(name: str, who: str, span: Span, *members: str, **known: Any) -> Entity:
    level: Any = "name" if known else "nominal"
    mentions = (Mention(*span.range, span.text, level),)
    return a(Entity, id=name, label="PERSON", name=who, members=members, annotator="x", mentions=mentions, **known)


def _three_sources(name: str) -> Article:
    words = "They said it. Some said so. Nobody said no."

    def span(part: str) -> Span:
        return Span(words.index(part), words.index(part) + len(part), part)

    def quote(number: int, said: str, *entities: str) -> Quote:
        sources = tuple(Source(0, 4, "They", entity, "originator", None) for entity in entities)
        return a(Quote, id=f"q{number}", content=(span(said),), annotator="x", sources=sources)

    entities = (
        _mentioned("e1", "Ann Lee", span("They"), kb_id="local:ann"),
        _mentioned("e2", "Ann Lee and Bob Ray", span("They"), "e1", "e2"),  # a circle, as in a record that breaks a rule
        _mentioned("e3", "some", span("Some")),
    )
    return replace(bare(words), id=name, entities=entities, quotes=(quote(1, "it", "e2"), quote(2, "so", "e3"), quote(3, "no")))


def test_a_member_has_the_words_of_the_group_and_one_address_in_all_articles() -> None:
    found = {speaker.name: speaker for speaker in speakers([_three_sources("one"), _three_sources("two")])}

    assert {("one", "q1"): 1, ("two", "q1"): 1} == found["Ann Lee"].words
    assert "s=local:ann" == found["Ann Lee"].address
    assert {"s=local:ann": "Ann Lee"}.items() <= found["Ann Lee and Bob Ray"].members.items()
    assert not found["some"].named


def test_unnamed_and_missing_sources_are_shown_as_such() -> None:
    html = made(shown(_three_sources("one"))).decode()

    assert "Unnamed sources <small>2</small>" in html
    assert '<li id="s=none">no source given <small>1</small> <a href="#a=one&amp;s=q3">q3</a>' in html
    assert ">some</a> <span class=un>unnamed</span>" in html


def test_a_page_tells_whether_somebody_changed_it() -> None:
    article, relation = hostile("<b id=build>0123456789abcdef</b>")
    data = made(shown(article), [relation])

    assert is_unchanged_page(data)
    assert not is_unchanged_page(data.replace(b"said", b"sang"))
    assert not is_unchanged_page(b"<html>")


def test_view_writes_a_page_and_says_so(pressmark: Callable[..., Ran], small: Path) -> None:
    ran = pressmark("view", small, "-o", small / "page.html")

    assert (0, "") == (ran.code, ran.err)
    assert ran.out.startswith(f"{small}/page.html: 2 articles, ")
    assert is_unchanged_page((small / "page.html").read_bytes())


def test_view_twice_gives_the_same_bytes(small: Path) -> None:
    write_view(small / "page.html", [small])
    first = (small / "page.html").read_bytes()
    write_view(small / "page.html", [small])

    assert first == (small / "page.html").read_bytes()


def test_project_dataset_records_annotation_and_text_show_the_same_article(small: Path) -> None:
    ways = [
        small,
        small / "data",
        small / "data/articles.jsonl",
        small / "annotations/example.json",
        small / "seeds/example.txt",
    ]

    found = [found_in([way]).articles["example"] for way in ways]

    assert all(replace(one, metadata=found[0].metadata) == found[0] for one in found)


def test_nothing_of_the_users_is_overwritten(pressmark: Callable[..., Ran], small: Path) -> None:
    for name in ("data/articles.jsonl", "seeds/plain.txt"):
        before = (small / name).read_bytes()
        ran = pressmark("view", small, "-o", small / name)

        assert 1 == ran.code
        assert f"{small / name}: user-file: pressmark did not make this page, or it was changed since" in ran.err
        assert before == (small / name).read_bytes()
    write_view(small / "page.html", [small])
    (small / "page.html").write_bytes((small / "page.html").read_bytes() + b"<!-- mine -->")
    assert 1 == pressmark("view", small, "-o", small / "page.html").code
    assert (small / "page.html").read_bytes().endswith(b"mine -->")


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"{", "is not JSON"), (b"\xff\xfe", "UTF-8"), (b'{"id": "x"}', "schema"), (b"", "empty"), (b"[1]", "schema")],
)
def test_unreadable_input_is_one_clear_line(pressmark: Callable[..., Ran], tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "in.json").write_bytes(data)

    ran = pressmark("view", tmp_path / "in.json", "-o", tmp_path / "page.html")

    assert 1 == ran.code
    assert ran.err.startswith(f"{tmp_path}/in.json")
    assert words in ran.err or "schema" in ran.err or "file-" in ran.err
    assert not (tmp_path / "page.html").exists()


def test_a_missing_file_is_wrong_usage(pressmark: Callable[..., Ran], tmp_path: Path) -> None:
    assert 2 == pressmark("view", tmp_path / "nothing", "-o", tmp_path / "page.html").code
    assert 1 == pressmark("view", tmp_path, "-o", tmp_path / "page.html").code


def test_one_bad_article_costs_one_article(pressmark: Callable[..., Ran], small: Path) -> None:
    (small / "annotations/plain.json").write_text("{")

    ran = pressmark("view", small, "-o", small / "page.html")

    assert 1 == ran.code
    assert "plain.json" in ran.err
    assert "1 article," in ran.out
    assert b"Not shown, or wrong beside other articles" in (small / "page.html").read_bytes()


def test_messages_are_at_their_place(pressmark: Callable[..., Ran], tmp_path: Path) -> None:
    ran = pressmark("view", BROKEN, "-o", tmp_path / "page.html")
    html = (tmp_path / "page.html").read_text()

    assert 1 == ran.code
    assert "pressmark: 1 error; the page shows it\n" == ran.err
    assert "<b>error: span-text</b>" in html
    assert re.search(r"<i class=(\"[^\"]*\bw\b[^\"]*\"|w)>aid\.</i>", html)
    assert '"m1":{"w":[39,43]}' in html


def test_two_annotations_stand_in_two_lanes(small: Path, tmp_path: Path) -> None:
    record = json.loads((small / "data/articles.jsonl").read_text().splitlines()[0])
    record["quotes"][0]["act"] = "question"
    record["claims"] = []
    write_json(tmp_path / "other.json", record)

    view = write_view(tmp_path / "page.html", [small / "annotations/example.json"], tmp_path / "other.json")
    html = (tmp_path / "page.html").read_text()

    assert 2 == html.count("<div class=text ")
    assert "quotes: different act" in html
    assert "claims: only this one marks" in html
    assert view.found.left_out == []


def test_many_articles_become_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from pressmark.look import view_files

    monkeypatch.setattr(view_files, "MOST", 3)
    monkeypatch.setattr(view_files, "PER_PAGE", 2)
    gold = json.loads((ROOT / "data/articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    lines = [json.dumps({**gold, "id": f"n{n}"}) for n in range(5)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))

    view = write_view(tmp_path / "view.html", [tmp_path / "many.jsonl"])

    folder = tmp_path / "view"
    names = ["articles-0001.html", "articles-0002.html", "articles-0003.html", "index.html", "speakers-0001.html"]
    assert (folder, names) == (view.path, sorted(path.name for path in folder.iterdir()))
    speaker = (folder / "speakers-0001.html").read_text()
    assert all(f'href="articles-000{n // 2 + 1}.html#a=n{n}&amp;s=q3"' in speaker for n in range(5))
    assert 'href="speakers-0001.html#s=wikipedia:en:Antony_Blinken"' in (folder / "index.html").read_text()
    assert all(is_unchanged_page(path.read_bytes()) for path in folder.iterdir())
    (tmp_path / "many.jsonl").write_text("\n".join(lines[:4]))
    write_view(tmp_path / "view.html", [tmp_path / "many.jsonl"])
    assert not (folder / "articles-0003.html").exists()
    (folder / "notes.html").write_text("mine")
    assert PER_PAGE == 200
    with pytest.raises(Exception, match="pressmark did not make this page"):
        write_view(tmp_path / "view.html", [tmp_path / "many.jsonl"])


def test_licences_and_build_are_at_the_end(tmp_path: Path) -> None:
    write_view(tmp_path / "page.html", [ROOT])
    html = (tmp_path / "page.html").read_text()

    assert "Licence of the texts, as their publishers state it: not stated (2)." in html
    assert "cc-by-4.0-for-the-annotations-only" in html
    assert re.search("Build <b id=build>[0-9a-f]{16}</b>", html)


def test_only_addresses_of_the_web_become_links() -> None:
    one = bare("Rain.", url="javascript:alert(1)", title="Rain")
    two = replace(bare("Rain.", url='https://example.org/?a=1&b="2'), id="b")
    html = made(shown(one, two)).decode()

    assert 'href="javascript' not in html
    assert 'href="https://example.org/?a=1&amp;b=&quot;2"' in html


def test_the_assets_are_in_the_package() -> None:
    assert pages._asset("page.js").startswith("'use strict';")
    assert ":root" in pages._asset("page.css")
