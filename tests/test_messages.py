"""What a message says: the line and column, the id, what is wrong, and what to do."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import SHIFTED_LINE, annotate, write_json
from pressmark.project import write_file
from pressmark.record.issue import Issue
from pressmark.validation import file_issues, issues, row_issues
from pressmark.validation.level1_file.places import placed

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

CASES = Path(__file__).parent / "cases"


def record() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASES / "valid/article.json").read_text(encoding="utf-8"))
    return loaded


def at(text: str, line: int, column: int) -> str:
    """The text from a line and column on."""
    return text.split("\n")[line - 1][column - 1 :]


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_an_issue_is_at_the_line_and_column_of_its_value(tmp_path: Path, indent: int | None) -> None:
    wrong = record()
    wrong["quotes"][1]["medium"] = "smoke"
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps([record(), wrong], indent=indent, ensure_ascii=False), encoding="utf-8")

    (issue,) = file_issues(path)

    assert issue.line
    assert issue.column
    assert at(path.read_text(encoding="utf-8"), issue.line, issue.column).startswith('"smoke"')
    assert ("/1/quotes/1/medium", "q2") == (issue.pointer, issue.item)


def test_of_json_lines_the_line_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "wrong.jsonl"
    good, wrong = json.dumps(record()), json.dumps(record() | {"id": "é", "language": 5}, ensure_ascii=False)
    path.write_text(f"{good}\n\n  {wrong}\n", encoding="utf-8")

    for issue in file_issues(path):
        assert 3 == issue.line
        assert at(path.read_text(encoding="utf-8"), 3, issue.column or 0).startswith(('"é"', "5"))


@given(
    st.recursive(st.none() | st.text(max_size=3), lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=2), inner))
)
def test_every_value_is_found_where_it_is(value: Any) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)

    def pointers(value: Any, path: str) -> list[tuple[str, Any]]:
        pairs = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
        found = [(path, value)]
        for key, child in pairs:
            found += pointers(child, f"{path}/{str(key).replace('~', '~0').replace('/', '~1')}")
        return found

    for pointer, part in pointers(value, ""):
        (issue,) = placed([Issue("x", "y", pointer)], text.encode("utf-8", "surrogatepass"))
        assert issue.line
        assert issue.column
        before = text.split("\n")[: issue.line - 1]
        assert part == json.JSONDecoder().raw_decode(text, sum(len(line) + 1 for line in before) + issue.column - 1)[0]


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        ('{"a": 1,\n "b": {"c": [],\n "c": 2}}', "file-duplicate-key", 3, 2),
        ('{"a": 1,\n "b": [{"c": 1}, {"c": 1}], "a": 2}', "file-duplicate-key", 2, 29),
        ('{"é": "[{",\n "\\u00e9": 2}', "file-duplicate-key", 2, 2),
        ("[0,\n -NaN]", "file-json", 2, 2),
        ("[0,\n NaN]", "file-number", 2, 2),
        ('["1e999", 12,\n -1e999]', "file-number", 2, 2),
        ("[12345678901234567890123]", "file-number", 1, 2),
        ('["\\ud83d\\ude00",\n"x\\ud83d"]', "file-surrogate", 2, 1),
        ('{"a": {"\\ude00": 1}}', "file-surrogate", 1, 8),
        ('{"a": "b",\n  "c": "\\u0000"}', "file-nul", 2, 8),
        ('{"a": 1,\n}', "file-json", 2, 1),
        ('{\n "é" 1}', "file-json", 2, 6),
        ("[" * 65, "file-depth", 1, 65),
        ('["[[",\n"\xff"]', "file-encoding", 2, 2),
        ("\ufeff{}", "file-bom", 1, 1),
    ],
)
def test_a_file_that_cannot_be_read_says_where(tmp_path: Path, data: str, code: str, line: int, column: int) -> None:
    encoding = "latin-1" if code == "file-encoding" else "utf-8"
    for name, first in (("bad.json", line), ("bad.jsonl", 2)):
        path = tmp_path / name
        before = b"\n" if path.suffix == ".jsonl" else b""
        path.write_bytes(before + data.replace("\n", "\n" if not before else " ").encode(encoding))
        (issue,) = file_issues(path)

        assert (code, first) == (issue.code, issue.line)
        assert column == issue.column or path.suffix == ".jsonl"
        assert issue.column


def test_no_scan_happens_where_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("pressmark.validation.run.record.placed", None)
    path = write_json(tmp_path / "a.json", record())

    assert [] == list(file_issues(path))


def test_every_format_has_line_column_and_id(pressmark: Callable[..., Ran]) -> None:
    path = CASES / "invalid/span-text.json"

    assert f"{path}:{SHIFTED_LINE}:5: case: $.quotes[0].cue[0] (q1): span-text" in pressmark("validate", path).out
    assert (
        f",line={SHIFTED_LINE},col=5,title=span-text $.quotes[0].cue[0] (q1)::"
        in pressmark("validate", "--format", "github", path).out
    )
    shown = json.loads(pressmark("validate", "--format", "jsonl", path).out)
    assert (SHIFTED_LINE, 5, "q1") == (shown["line"], shown["column"], shown["item"])
    (result,) = json.loads(pressmark("validate", "--format", "sarif", path).out)["runs"][0]["results"]
    (place,) = result["locations"]
    assert {"startLine": SHIFTED_LINE, "startColumn": 5} == place["physicalLocation"]["region"]
    assert "q1" == place["logicalLocations"][0]["name"]


def test_the_issues_of_a_dataset_are_placed_too(tmp_path: Path) -> None:
    path = write_json(tmp_path / "two.json", [record(), record()])

    lines = path.read_text(encoding="utf-8").split("\n")
    for issue in file_issues(path):
        assert issue.line
        assert ('"id"' if issue.code == "article-unique" else '"text"') in lines[issue.line - 1]


@pytest.mark.parametrize("name", ["two.json", "two.jsonl"])
def test_the_issues_of_standard_input_as_a_dataset_have_the_places_of_a_file(
    tmp_path: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / name
    path.write_text(json.dumps([record(), record()], indent=1) if path.suffix == ".json" else f"{json.dumps(record())}\n" * 2)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))

    found = pressmark("validate", "-", "--format", "jsonl").out.splitlines()

    there = pressmark("validate", path, "--format", "jsonl").out.replace(str(path), "-").splitlines()
    assert there == found
    assert all(json.loads(line)["column"] for line in there)


def test_a_relation_is_named_by_its_id() -> None:
    relation = json.loads((CASES / "valid/relations.json").read_text(encoding="utf-8"))[0]

    (issue,) = row_issues([relation | {"type": "refutes"}])

    assert str(issue).startswith(f"1: $.type ({relation['id']}): schema-enum")


def test_a_project_that_cannot_be_built_says_where(small: Path, pressmark: Callable[..., Ran]) -> None:
    path = annotate(small, "example", text_sha256="0" * 64)

    _, _, err = pressmark("build", small)

    line, column = (int(part) for part in re.findall(r"json:(\d+):(\d+): example: \$.text_sha256", err)[0])
    assert at(path.read_text(encoding="utf-8"), line, column).startswith('"' + "0" * 64)


def test_a_file_that_was_cut_off_in_the_meantime_leaves_an_issue_as_it_is() -> None:
    issue = Issue("x", "y", "/a/b")

    assert [issue] == placed([issue], b'{"a": ')


def of_lines(text: str, counted: str, *, copied: str | None = None) -> dict[str, Any]:
    """An article of one body zone a line; the offsets are those of ``counted``, the copies of ``copied`` or of the text."""
    zones, place = [], 0
    for line, copy in zip(counted.split("\n"), (copied or text).replace("\r", "").split("\n"), strict=True):
        end = place + len(line.rstrip("\r"))
        if copy:
            zones.append({"start": place, "end": end, "text": copy, "type": "body"})
        place += len(line) + 1
    digest = sha256(text.encode()).hexdigest()
    return record() | {
        "text": text,
        "text_sha256": digest,
        "zones": zones,
        "sentences": [],
        "entities": [],
        "quotes": [],
        "claims": [],
    }


COMPOSED = "Émile “left” the café.\nThe rosé was late.\n"
APART = unicodedata.normalize("NFD", COMPOSED)


@pytest.mark.parametrize(
    ("article", "hint"),
    [
        (
            of_lines("Ann left.\r\nThe gate\r\nwas shut.\r\n", "Ann left.\nThe gate\nwas shut.\n"),
            "if CRLF counts as one character",
        ),
        (
            of_lines("Ann left.\nThe gate\nwas shut.\n", "Ann left.\r\nThe gate\r\nwas shut.\r\n"),
            "if each line end counts as two",
        ),
        (
            of_lines(COMPOSED, APART),
            "if offsets count NFD, where a letter and its accent are two characters; in this text they are one",
        ),
        (
            of_lines(APART, COMPOSED),
            "if offsets count NFC, where a letter and its accent are one character; in this text they are two",
        ),
        (of_lines(COMPOSED, COMPOSED, copied=APART), "if NFC counts as equal to NFD"),
    ],
    ids=["CRLF as one", "LF as two", "NFD", "NFC", "copies"],
)
def test_one_hint_explains_spans_that_end_at_line_ends_and_fix_mends_all(
    pressmark: Callable[..., Ran], tmp_path: Path, article: dict[str, Any], hint: str
) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps(article) + "\n", encoding="utf-8", newline="")
    before = pressmark("validate", path)
    assert 1 == before.code
    assert f"hint: all spans fit {hint}" in before.out

    assert "no issues" in pressmark("validate", "--fix", path).err
    again = path.read_bytes()
    pressmark("validate", "--fix", path)
    assert again == path.read_bytes()


def test_texts_that_look_the_same_are_told_apart(pressmark: Callable[..., Ran], tmp_path: Path) -> None:
    path = write_json(tmp_path / "copies.json", of_lines(COMPOSED, COMPOSED, copied=APART))

    shown = pressmark("validate", path).out

    assert f"says '{APART.split(chr(10))[0]}' in NFD, but 0:22 is 'Émile “left” the café.' in NFC" in shown


@pytest.mark.parametrize(("then", "now"), [("\n", "\r\n"), ("\r\n", "\n")])
def test_a_hash_that_other_line_ends_explain_says_so(
    pressmark: Callable[..., Ran], tmp_path: Path, small: Path, then: str, now: str
) -> None:
    names = {"\n": "LF", "\r\n": "CRLF"}
    lines = of_lines(f"A gate.{now}B gate.{now}", f"A gate.{now}B gate.{now}")
    old = sha256(f"A gate.{then}B gate.{then}".encode()).hexdigest()
    path = write_json(tmp_path / "a.json", lines | {"text_sha256": old})
    shown = pressmark("validate", path).out
    assert f"it is the hash of the same text with {names[then]} line ends" in shown
    assert f"hint: this text has {names[now]} line ends; Git (core.autocrlf)" in shown
    assert 0 == pressmark("validate", "--fix", path).code

    (small / "seeds/plain.txt").write_bytes(f"A gate.{now}B gate.{now}".encode())
    annotate(small, "plain", text_sha256=old, entities=[], quotes=[], claims=[])
    assert f"its line ends are {names[now]} and were {names[then]}; check the file out again" in pressmark("build", small).err


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("kb_id", "Ann Lee", '"Ann Lee" must be wikipedia:LANGUAGE:Title_of_page, wikidata:Q and a number, or local:'),
        ("kb_id", "wikipedia:en:\x1b[31m", "must be wikipedia:LANGUAGE:Title_of_page"),
        ("kb_id", "wikipedia:en:\x9b31m", "must be wikipedia:LANGUAGE:Title_of_page"),
        ("name", "Ann\x1b[31mLee", '"Ann\\u001b[31mLee" must not have control characters, such as ESC or a line break'),
        ("name", "Ann\nLee", "must not have control characters"),
        ("value", "\x9b", "must not have control characters"),
        ("id", "x1", '"x1" must be e and a number from 1, such as e1'),
    ],
)
def test_what_a_value_must_be_is_said_in_words(where: str, value: str, said: str) -> None:
    wrong = record()
    wrong["entities"][0][where] = value

    issue = next(issue for issue in issues(wrong) if issue.code == "schema-pattern")

    assert said in issue.message
    assert "^" not in str(issue)
    assert str(issue).isprintable()


def test_a_title_may_have_tabs_but_no_escapes() -> None:
    for title, count in (("A\tgate\nin Kyiv", 0), ("A\x1bgate", 1), ("A\x93gate\x94", 1)):
        wrong = record()
        wrong["metadata"]["title"] = title
        assert count == len(list(issues(wrong)))


def test_missing_keys_are_one_line() -> None:
    wrong = record()
    for key in ("kb_id", "value", "members"):
        del wrong["entities"][0][key]

    (issue,) = issues(wrong)

    assert "missing 'kb_id', 'value', 'members'" == issue.message


def test_a_name_inside_a_source_is_no_hint() -> None:
    wrong = record()
    source = wrong["quotes"][0]["sources"][0]
    other = wrong["entities"][1]
    wrong["quotes"][0]["sources"][0] = source | {"entity": other["id"]}
    (issue,) = [issue for issue in issues(wrong) if issue.code == "source-entity"]
    assert issue.hint == "e1 is mentioned there, 'Ann Lee'"

    wrong["quotes"][0]["sources"][0] |= {"end": source["end"] - 4, "text": source["text"][:-4]}
    (issue,) = [issue for issue in issues(wrong) if issue.code == "source-entity"]
    assert issue.hint is None


def test_import_of_a_folder_says_to_name_its_files(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    ran = pressmark("import", tmp_path, "--from", "brat", "--annotator", "Ann", "--project", tmp_path)

    assert (ran.code, "is a folder; name the files in it" in ran.err) == (2, True)


def test_a_file_that_cannot_be_written_has_its_own_name(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as caught:
        write_file.write(tmp_path / "none/links.csv", b"")

    assert caught.value.filename == str(tmp_path / "none/links.csv")


@pytest.mark.parametrize("command", [("init",), ("export", "--to", "brat", ".", "-o"), ("merge", ".", "..", "--into")])
def test_a_file_where_a_folder_will_be_is_wrong_usage(
    command: tuple[str, ...], tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")

    ran = pressmark(*command, tmp_path / "mine")

    assert (ran.code, "mine: is a file; name a folder" in ran.err) == (2, True)
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"
