"""How issues are printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from conftest import SHIFTED_LINE
from pressmark.look import issues as report
from pressmark.record.issue import Issue
from pressmark.record.text import excerpt
from pressmark.validation import meanings

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

CASES = Path(__file__).parent / "cases"
INVALID = sorted(path for path in (CASES / "invalid").iterdir() if path.is_file())
SHIFTED = CASES / "invalid/span-text.json"
NASTY = Issue("x-code", "a,b: 100 %\n::error::\x1b[0m", "/a~1b/0", "é,:.json", None, "x", "warning", "this", "that")


def lines(issue: Issue, *, colour: bool = False) -> list[str]:
    return list(report.text(issue, colour=colour))


@pytest.mark.parametrize(("start", "end"), [(0, 4), (5, 8), (9, 13)])
def test_the_span_is_underlined_even_where_letters_are_wide_or_combine(start: int, end: int) -> None:
    text = "漢字漢字 e\u0301é said."
    _, shown, under, *_ = lines(Issue("a", "b", excerpt=excerpt(text, start, end)))

    assert report._columns(shown[: 4 + 1]) <= len(under)
    assert report._columns(text[start:end]) == under.count("^")
    assert report._columns("    …" + text[:start]) == under.index("^")


def test_colour_marks_the_span_and_says_the_same() -> None:
    issue = Issue("a", "b", excerpt=excerpt("Ann Lee said.", 8, 12), expected="c", hint="d")
    coloured = "\n".join(lines(issue, colour=True))
    for escape in ("\x1b[1m", "\x1b[31m", "\x1b[2m", "\x1b[0m"):
        assert escape in coloured
        coloured = coloured.replace(escape, "")

    assert "\n".join(lines(issue)) == coloured


def test_a_warning_says_so() -> None:
    assert ": x-code: warning: a,b" in lines(NASTY)[0]


def test_github_commands_are_escaped_as_its_toolkit_does() -> None:
    assert (
        "::warning file=é%2C%3A.json,line=1,title=x-code $['a/b'][0]::a,b: 100 %25%0A::error::\\x1b[0m · expected: this · that"
        == report.github(NASTY)
    )


def test_github_is_the_format_under_github_actions(pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")

    assert pressmark("validate", SHIFTED).out.startswith(
        f"::error file={SHIFTED},line={SHIFTED_LINE},col=5,title=span-text $.quotes[0].cue[0] (q1)::"
    )
    assert pressmark("validate", "--format", "text", SHIFTED).out.startswith(str(SHIFTED))


def test_sarif_follows_its_schema(pressmark: Callable[..., Ran]) -> None:
    schema: dict[str, Any] = json.loads((Path(__file__).parent / "sarif.schema.json").read_text(encoding="utf-8"))
    code, out, _ = pressmark("validate", "--format", "sarif", *INVALID)
    log = json.loads(out)

    assert 1 == code
    assert [] == list(Draft202012Validator(schema).iter_errors(log))
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) > 50
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]


def test_sarif_of_nothing_and_of_odd_names_follows_its_schema() -> None:
    schema: dict[str, Any] = json.loads((Path(__file__).parent / "sarif.schema.json").read_text(encoding="utf-8"))
    for issues in ([], [NASTY], [Issue("a", "\udc80", file="\udcff\ud800.json")]):
        Draft202012Validator(schema).validate(json.loads(report.sarif(issues, meanings(), "1.0.0")))


@pytest.mark.parametrize("name", ["text", "jsonl", "github", "sarif"])
def test_every_issue_can_be_printed_in_every_format_and_the_order_is_stable(pressmark: Callable[..., Ran], name: str) -> None:
    first = pressmark("validate", "--format", name, *INVALID)

    assert 1 == first.code
    assert first == pressmark("validate", "--format", name, *INVALID)


def test_levels_and_codes_can_be_left_out(pressmark: Callable[..., Ran]) -> None:
    assert 0 == pressmark("validate", "--level", "2", SHIFTED).code
    assert 1 == pressmark("validate", "--level", "3", SHIFTED).code
    assert 0 == pressmark("validate", "--ignore", "span-text", SHIFTED).code
    code, _, err = pressmark("validate", "--ignore", "span-txt", SHIFTED)
    assert (2, "pressmark: there is no code 'span-txt'; did you mean span-text" in err) == (code, True)


def test_a_warning_fails_only_where_it_should(pressmark: Callable[..., Ran]) -> None:
    path = CASES / "invalid/zone-page.json"

    assert (0, True) == ((ran := pressmark("validate", path)).code, "zone-page: warning" in ran.out)
    assert ran.err.endswith(": 1 warning\n")
    assert 1 == pressmark("validate", "--warnings-as-errors", path).code


def test_explain_prints_the_page_of_a_code(pressmark: Callable[..., Ran]) -> None:
    code, out, _ = pressmark("validate", "--explain", "quote-type")

    assert 0 == code
    assert out.startswith("quote-type: error of level 5, guidelines\n\nThe type says")
    assert 2 == pressmark("validate", "--explain", "no-such-code").code


def test_relations_of_a_project_may_refer_to_annotations_that_are_not_named(
    pressmark: Callable[..., Ran], project: Path
) -> None:
    relations = project / "annotations/relations.json"

    assert 0 == pressmark("validate", relations).code
    assert 0 == pressmark("validate", relations, project / "annotations/004_a77e34100e659021.json").code
    (project / "annotations/004_a77e34100e659021.json").unlink()
    assert "reference: there is no article '004_a77e34100e659021'" in pressmark("validate", relations).out
