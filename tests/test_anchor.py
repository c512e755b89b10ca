"""Drafts become annotations: never by a guess, never at the first place of several."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.project.anchor_file import anchor_draft
from pressmark.project.drafts import anchor
from pressmark.project.near_miss import near_miss
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Annotation, Article
from pressmark.record.text import occurrences
from pressmark.validation import convert

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

ROOT = Path(__file__).parents[1]
RECORD = json.loads((ROOT / "tests/cases/valid/article.json").read_text(encoding="utf-8"))
TEXT = "Japan and US-Japan ties. Japanese ships, Japan’s ships; ‘Japan’."


def article(text: str = TEXT) -> Article:
    return convert(RECORD | {"text": text}, Article)


def draft(*mentions: Any, **others: Any) -> dict[str, Any]:
    entity = {"id": "e1", "label": "GPE", "name": "Japan", "mentions": list(mentions)}
    layers = {"zones": "none", "entities": "silver", "quotes": "none", "claims": "none"}
    annotators = [{"id": "a", "kind": "model", "role": "annotator", "name": "A", "version": None}]
    return {"id": "case", "annotators": annotators, "layers": layers, "entities": [entity] if mentions else []} | others


def mention_of(given: dict[str, Any]) -> tuple[int, str]:
    (mention,) = anchor(draft(given), article()).entities[0].mentions
    return mention.start, mention.text


def issues_of(given: Any, text: str = TEXT) -> tuple[Issue, ...]:
    with pytest.raises(InvalidError) as caught:
        anchor(given, article(text))
    return caught.value.issues


@pytest.mark.parametrize(
    ("given", "start"),
    [
        ({"text": "US"}, 10),
        ({"text": "Japan", "occurrence": 1}, 0),
        ({"text": "Japan", "occurrence": 2}, 13),
        ({"text": "Japan", "occurrence": 3}, 41),
        ({"text": "Japan", "context": "Japan’s ships"}, 41),
        ({"text": "Japan", "context": "‘Japan’"}, 57),
        ({"text": "Japan", "context": "Japan and US-Japan", "occurrence": 2}, 13),
        ({"text": "Japan", "start": 41, "end": 46}, 41),
    ],
)
def test_a_place_is_told_by_occurrence_or_context(given: dict[str, Any], start: int) -> None:
    assert (start, given["text"]) == mention_of(given | {"level": "name"})


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"text": "Japan"}, "anchor-ambiguous", "in 4 place(s)"),
        ({"text": "China"}, "anchor-absent", "is not in the article as whole words"),
        ({"text": "Japane"}, "anchor-absent", "US-Japan ties. [Japane]se ships"),
        ({"text": ""}, "anchor-absent", "is not in the article as whole words"),
        ({"text": "Japan", "occurrence": 5}, "anchor-occurrence", "no occurrence 5"),
        ({"text": "Japan", "occurrence": 0}, "anchor-occurrence", "no occurrence 0"),
        ({"text": "Japan", "occurrence": True}, "anchor-occurrence", "no occurrence True"),
        ({"text": "Japan", "context": "ships"}, "anchor-context", "occurs more than once in"),
        ({"text": "Japan", "context": "no such words"}, "anchor-context", "does not occur in"),
        ({"text": "Japan", "context": 5}, "anchor-context", "does not occur in"),
        ({"text": "Japan", "context": "Japan and US-Japan"}, "anchor-ambiguous", "in 2 place(s)"),
        ({"text": "US", "context": "ties"}, "anchor-absent", "the context 'ties' does not have 'US'; it is here: 1: …Japan"),
        (
            {"text": "Japan", "context": "Japanese"},
            "anchor-absent",
            "is not in the context 'Japanese' as whole words; it is inside",
        ),
        ({"text": "Japan", "start": 40}, "anchor-absent", "'Japan' is not at 40, but here: 1: …[Japan]"),
        ({"text": 5}, "anchor-span", "is not a span"),
        ([], "anchor-span", "is not a span"),
    ],
)
def test_what_is_not_sure_is_an_issue(given: Any, code: str, words: str) -> None:
    (issue,) = issues_of(draft(given | {"level": "name"} if isinstance(given, dict) else given))

    assert (code, "/entities/0/mentions/0", "case") == (issue.code, issue.pointer, issue.article)
    assert words in issue.message
    assert str(issue).isprintable()


def test_an_ambiguous_text_lists_its_candidates_with_their_context() -> None:
    (issue,) = issues_of(draft({"text": "Japan", "level": "name"}))

    assert "1: …[Japan] and US-Japan ties. Japa…; 2: …Japan and US-[Japan] ties. Japanese" in issue.message
    assert "4: …" in issue.message


def test_a_draft_made_on_an_older_text_is_anchored_on_the_new_one() -> None:
    assert RECORD["text_sha256"] == anchor(draft(text_sha256="0" * 64), article()).text_sha256


def test_all_issues_are_named_in_one_run() -> None:
    found = issues_of(draft({"text": "Japan", "level": "name"}, {"text": "China", "level": "name"}))

    assert ["/entities/0/mentions/0", "/entities/0/mentions/1"] == [issue.pointer for issue in found]


def test_what_is_left_out_is_null_or_empty_and_the_only_annotator_signs() -> None:
    made = anchor(draft({"text": "US", "level": "name"}), article())

    entity = made.entities[0]
    assert (None, None, None, "a") == (entity.kb_id, entity.value, entity.confidence, entity.annotator)
    assert ((), (), ()) == (made.zones, made.quotes, made.claims)
    assert RECORD["text_sha256"] == made.text_sha256


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (draft(), None),
        (draft(annotators=[]), None),
        (draft({"text": "US", "level": "name"}, annotators=[]), "schema-required"),
        (draft({"text": "US"}), "schema-required"),
        (draft({"text": "US", "level": "name", "speaker": "x"}), "schema-additional-properties"),
        (draft(entitys=[]), "schema-additional-properties"),
        (draft({"text": "US", "level": "name"}, quotes=5), "schema-type"),
        ([], "schema-type"),
        (None, "schema-type"),
    ],
)
def test_the_shape_is_judged_too(given: Any, code: str | None) -> None:
    if code is None:
        assert isinstance(anchor(given, article()), Annotation)
    else:
        assert {code} == {issue.code for issue in issues_of(given)}


@given(st.lists(st.sampled_from(["Japan", "US", "ship", " ", " ", "-", "’s", ", "]), min_size=1, max_size=25).map("".join))
def test_every_occurrence_of_every_word_is_anchored_where_it_stands(text: str) -> None:
    for word in ("Japan", "US", "ship"):
        for number, place in enumerate(occurrences(text, word), start=1):
            made = anchor(draft({"text": word, "occurrence": number, "level": "name"}), article(text))
            assert place == made.entities[0].mentions[0].start


NAMES = [path.stem for path in sorted((ROOT / "seeds").glob("*.txt"))]


@pytest.mark.parametrize("name", NAMES)
def test_the_drafts_are_what_the_annotations_were_made_from(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")

    made = anchor_draft(ROOT / f"annotations/drafts/{name}.json", tmp_path)

    assert (ROOT / f"annotations/{name}.json").read_bytes() == made.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_anchoring_an_annotation_again_changes_nothing(name: str) -> None:
    record = json.loads((ROOT / f"annotations/{name}.json").read_text(encoding="utf-8"))
    text = (ROOT / f"seeds/{name}.txt").read_bytes().decode()
    seed = convert(RECORD | {"id": name, "text": text, "text_sha256": record["text_sha256"]}, Article)

    assert record == json.loads(msgspec.json.encode(anchor(record, seed)))


NEWS = "“The gate\nwas stuck,” Élodie said. The harbour – the old one – is shut… Mayor Lee’s cafe\u0301 is shut."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            '"The gate was stuck,"',
            'other quotation marks and a line break: …[“The gate\\nwas stuck,”] Élodie said. The harbou…; write "“',
        ),
        ("the gate", 'other capitals: …“[The gate]\\nwas stuck,” Élodie said…; write "The gate"'),
        ("The harbour - the old one -", "another dash: …"),
        ("is shut...", "another ellipsis: …"),
        ("Lee's", "other quotation marks: …"),
        ("café", "accents in another Unicode form (NFC, NFD): …"),
        ("E\u0301lodie", "accents in another Unicode form (NFC, NFD): …"),
        ("The  harbour", "other white space: …"),
    ],
)
def test_a_near_miss_says_what_differs_and_what_to_write(words: str, said: str) -> None:
    (issue,) = issues_of(draft({"text": words, "level": "name"}), NEWS)
    assert f"; the article has it with {said}" in issue.message
    exact = json.loads(issue.message.rpartition("write ")[2])
    assert exact in NEWS
    assert exact == anchor(draft({"text": exact, "occurrence": 1, "level": "name"}), article(NEWS)).entities[0].mentions[0].text

    (issue,) = issues_of(draft({"text": "is", "context": words, "level": "name"}), NEWS)
    assert "does not occur in the article; the article has it with " in issue.message


@given(st.text(alphabet="“\"'’aA \n–-.…é\u0301", max_size=12), st.text(alphabet="“\"'’aA \n–-.…é\u0301", max_size=40))
def test_a_near_miss_is_in_the_text_and_differs(words: str, text: str) -> None:
    near = near_miss(text, words)

    if near and text[near.start : near.end] != words:
        assert near.differs
    assert near is None or words.strip()
    if words.strip() and words in text:
        assert near


def test_the_place_that_a_context_names_is_looked_at_first() -> None:
    (issue,) = issues_of(draft({"text": "japan", "context": "Japan’s ships", "level": "name"}))

    near = "the context 'Japan’s ships' does not have 'japan'; the article has it with other capitals: "
    assert issue.message.startswith(f"{near}…n ties. Japanese ships, [Japan]")


def many(**others: Any) -> dict[str, Any]:
    entities = [
        {"id": f"e{i}", "label": "GPE", "name": "Japan", "mentions": [{"text": "Japan", "occurrence": i, "level": "name"}]}
        for i in (1, 2, 3)
    ]
    return draft(**({"entities": entities} | others))


def test_missing_annotators_are_one_line() -> None:
    without = many()
    del without["annotators"]
    for unsigned in (without, many(annotators=[])):
        (issue,) = issues_of(unsigned)
        assert (
            'there are no "annotators", so nobody signs 3 items; add who made this draft: "annotators": [{"id"' in issue.message
        )
    signed = json.loads("{" + issue.message.rpartition("draft: ")[2] + "}")
    assert "me" == anchor(many(**signed), article()).entities[0].annotator


def test_several_annotators_and_no_signature_are_one_line() -> None:
    one = {"kind": "human", "role": "annotator", "name": "A", "version": None}

    (issue,) = issues_of(many(annotators=[one | {"id": "a"}, one | {"id": "b"}]))

    assert '3 items without "annotator"' in issue.message
    assert issue.message.endswith("each item names one of them: a or b")


def test_what_cannot_be_anchored_hides_no_other_error() -> None:
    found = issues_of(draft({"text": "China", "level": "name"}, {"text": "US", "level": "nam"}, layers=5))

    assert ["anchor-absent", "schema-enum", "schema-type"] == sorted(issue.code for issue in found)


def test_one_bad_draft_does_not_stop_the_others(small: Path, pressmark: Callable[..., Ran]) -> None:
    text = (small / "seeds/plain.txt").read_text(encoding="utf-8")
    good = draft({"text": text.split()[0], "level": "name"}) | {"id": "plain"}
    bad = draft({"text": "China", "level": "name"}) | {"id": "example"}
    for name, value in (("bad", bad), ("good", good)):
        (small / f"{name}.json").write_text(json.dumps(value, indent=1), encoding="utf-8")

    code, out, err = pressmark("anchor", small / "bad.json", small / "good.json", "--project", small)

    assert (1, f"{small}/annotations/plain.json\n") == (code, out)
    assert re.match(rf"{small}/bad.json:\d+:\d+: example: \$.entities\[0\].mentions\[0\]: anchor-absent", err)


@pytest.mark.parametrize(
    ("old", "kept"),
    [
        (b'{"$schema": "../schema/annotation.schema.json", "id": "example"}', "../schema/annotation.schema.json"),
        (b'{"$schema": 5}', None),
        (b'["$schema"]', None),
        (b'{"$schema": "x",', None),
        (b"\xff", None),
        (b"", None),
    ],
)
def test_the_key_for_editors_stays_and_a_broken_annotation_is_replaced(
    small: Path, pressmark: Callable[..., Ran], old: bytes, kept: str | None
) -> None:
    path = small / "annotations/example.json"
    draft = small / "draft.json"
    draft.write_bytes(path.read_bytes())
    path.write_bytes(old)

    assert 0 == pressmark("anchor", draft, "--project", small).code
    assert kept == json.loads(path.read_text(encoding="utf-8")).get("$schema")
