from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from conftest import CHECKOUT
from news import WORDS, an_article
from pressmark.annotators.quotes import quotes
from pressmark.formats import brat, polnear
from pressmark.record.issue import InvalidError
from pressmark.validation import issues

if TYPE_CHECKING:
    from pathlib import Path

    from pressmark.record.model import Article

TEXT = "“It rains,” Ann Lee said. “It pours. It is wet.”\n"
STANDOFF = """\
T1\tContent 0 11\t“It rains,”
T2\tCue 20 24\tsaid
T3\tSource 12 19\tAnn Lee
T4\tAttribution 20 24\tsaid
T6\tContent 26 36\t“It pours.
T7\tContent 37 48\tIt is wet.”
E1\tAttribution:T4 Content:T1 Content2:T6 Content3:T7 Cue:T2 Source:T3
#1\tAnnotatorNotes T1\ta note
"""


def a_file(folder: Path, standoff: str, text: str = TEXT) -> Path:
    (folder / "a.txt").write_bytes(text.encode())
    (folder / "a.ann").write_bytes(standoff.encode())
    return folder / "a.ann"


def test_an_event_is_a_quote(tmp_path: Path) -> None:
    article = polnear.read(a_file(tmp_path, STANDOFF))

    (quote,) = article.quotes
    assert ["“It rains,”", "“It pours. It is wet.”"] == [span.text for span in quote.content]
    assert (["said"], ["Ann Lee"]) == ([span.text for span in quote.cue], [source.text for source in quote.sources])
    assert ("direct", "silver") == (quote.type, article.layers.quotes)
    assert [] == list(issues(json.loads(json.dumps(asdict(article)))))


def test_a_span_in_parts_and_a_copy_over_lines_are_read(tmp_path: Path) -> None:
    standoff = "T1\tContent 0 11;26 36\t“It rains,”\n“It pours.\nE1\tAttribution-no-source:T1 Content:T1\n"

    (quote,) = polnear.read(a_file(tmp_path, standoff)).quotes

    assert ["“It rains,”", "“It pours."] == [span.text for span in quote.content]
    assert () == quote.sources == quote.cue


@pytest.mark.parametrize(
    ("standoff", "line", "message"),
    [
        ("T1\tContent 12 9\tx\n", 1, 'span 12 9 ends before it starts; brat writes "start end"'),
        ("T1\tContent 0 900\tx\n", 1, "span 0 900 runs past the text, which has 49 code points"),
        ("\nT1 Content 0 9\nT2\tContent\n", 3, "'T2\\tContent' is not a span; brat writes \"T1<tab>Label start end<tab>text\""),
        ("T1\tCue 0 9\tx\nE1\tAttribution:T1 Content:T9\n", 2, "E1 refers to 'T9', but no line defines it"),
    ],
)
def test_what_is_no_standoff_is_named_with_its_line(tmp_path: Path, standoff: str, line: int, message: str) -> None:
    path = a_file(tmp_path, standoff)

    with pytest.raises(InvalidError) as raised:
        polnear.read(path)

    (issue,) = raised.value.issues
    assert (str(path), line, message) == (issue.file, issue.line, issue.message)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = a_file(tmp_path, STANDOFF)
    path.with_suffix(".txt").write_bytes(b"a\xff")

    with pytest.raises(InvalidError, match="byte 1 is not UTF-8"):
        polnear.read(path)


@settings(max_examples=50)
@given(WORDS)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    article = quotes(an_article(text))
    folder = tmp_path_factory.mktemp("brat")
    for name, data in brat.write([article]):
        (folder / name).write_bytes(data)

    again = polnear.read(folder / "a.ann")

    assert article.text == again.text
    if "\n" not in text:
        assert kept(article) == kept(again)


def kept(article: Article) -> list[object]:
    return [(quote.content, quote.cue, [source.text for source in quote.sources]) for quote in article.quotes]


def test_the_benchmark_measures_a_folder_and_skips_a_missing_one(tmp_path: Path) -> None:
    a_file(tmp_path, STANDOFF)

    measured, missing = benchmark(tmp_path), benchmark(tmp_path / "nowhere")

    assert "direct quotes: 1 gold, 1 proposed" in measured.stdout
    assert (0, "") == (missing.returncode, missing.stdout)
    assert "nothing is measured" in missing.stderr


def test_the_benchmark_measures_factappeal(tmp_path: Path) -> None:
    source, fact = "Source:Named:Official", "Fact_Appeal:Indirect_Quote"
    tagged = [
        f"<{source}>Mayor Lee</{source}> said <{fact}>it fell.</{fact}>",
        f"<{source}>Lee</{source}>, <Source_Attribute>the mayor</Source_Attribute>, said <{fact}>it fell.</{fact}>",
        f"<{fact}>It fell</{fact}> when it rained.",
    ]
    (tmp_path / "val.csv").write_text("\n".join(["annotation", *(f'"{row}"' for row in tagged)]), encoding="utf-8")

    lines = benchmark(tmp_path, "--format", "factappeal").stdout.splitlines()

    rates = {name: float(line.split("recall ")[1]) for line in lines if (name := line[2:35].strip()) and ", recall" in line}
    assert (
        {"content F1": 0.667, "content F1, made assertions": 0.667, "sentence has one F1": 0.667, "source overlap F1": 1}
        | {"source exact F1": 0.5, "source exact F1, with attributes": 1}
    ) == rates


def benchmark(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = CHECKOUT / "benchmarks/annotate.py"
    return subprocess.run([sys.executable, script, folder, *options], capture_output=True, text=True, check=False)
