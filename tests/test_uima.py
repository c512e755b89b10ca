"""UIMA for INCEpTION: files that cassis reads, UTF-16 on disk, corrections that come back."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cassis
import pytest

from news import bare
from pressmark.formats import uima, uima_json, uima_xmi
from pressmark.formats.reconcile import reconciled
from pressmark.record.issue import InvalidError
from test_formats import ARTICLES, ME

if TYPE_CHECKING:
    from pathlib import Path

    from pressmark.formats.reconcile import Foreign

GOLD = ARTICLES["gold 000_3b584eadf7b65c4a"]
LAYER = "webanno.custom."


def loaded() -> Any:
    (_, types), (_, data) = uima_xmi.write([GOLD])
    return cassis.load_cas_from_xmi(data.decode(), typesystem=cassis.load_typesystem(types.decode()))


def back(cas: Any, folder: Path) -> Foreign:
    path = folder / "out.xmi"
    path.write_text(cas.to_xmi(), "utf-8")
    (foreign,) = uima_xmi.read(path)
    return foreign


def test_offsets_on_disk_count_utf_16_units() -> None:
    wide = [article for article in ARTICLES.values() if article.entities and any(char > "\uffff" for char in article.text)]
    assert wide
    for article in wide:
        _, (_, data) = uima_json.write([article])
        units = article.text.encode("utf-16-le")
        found = [one for one in json.loads(data)["%FEATURE_STRUCTURES"] if one["%TYPE"] == LAYER + "EntityMention"]
        cut = sorted(units[2 * one["begin"] : 2 * one["end"]].decode("utf-16-le") for one in found)
        assert sorted(mention.text for entity in article.entities for mention in entity.mentions) == cut


def test_cassis_reads_both_files_alike() -> None:
    (_, types), (_, data) = uima_json.write([GOLD])
    from_json = cassis.load_cas_from_json(data.decode(), typesystem=cassis.load_typesystem(types.decode()))

    for layer in ("EntityMention", "QuoteContent", "QuoteSource", "Claim", "Extension"):
        one, other = ([span.get_covered_text() for span in cas.select(LAYER + layer)] for cas in (from_json, loaded()))
        assert one
        assert one == other


def test_links_go_to_own_layers_only_and_an_empty_one_is_unset() -> None:
    # INCEpTION cannot import links to built-in types; cassis 0.12 cannot read an empty list of links from JSON.
    types = {one.name: one for one in uima.type_system().get_types() if one.name.endswith("Link")}
    assert all(one.get_feature("target").rangeType.name.startswith(LAYER) for one in types.values())
    _, (_, data) = uima_json.write([GOLD])
    assert all(one["%ELEMENTS"] for one in json.loads(data)["%FEATURE_STRUCTURES"] if "%ELEMENTS" in one)


def test_a_corrected_status_is_signed_by_the_person(tmp_path: Path) -> None:
    cas = loaded()
    (quote,) = (one for one in cas.select(LAYER + "QuoteContent") if one.quote == "q3")
    quote.status = "possible"

    made, problems = reconciled(back(cas, tmp_path), GOLD, uima.KEEPS, ME)

    assert [] == problems
    assert [one if one.id != "q3" else replace(one, status="possible", annotator="me") for one in GOLD.quotes] == list(
        made.quotes
    )
    assert GOLD.entities == made.entities


def test_a_new_annotation_without_its_features_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    cas = loaded()
    for layer in ("EntityMention", "QuoteContent", "Claim"):
        cas.add(cas.typesystem.get_type(LAYER + layer)(begin=0, end=5))

    foreign = back(cas, tmp_path)
    made, problems = reconciled(foreign, GOLD, uima.KEEPS, ME)

    assert GOLD == made
    assert ["has no level", "has no medium, act, status", "has no types, proposition, checkworthiness, factuality"] == [
        issue.message.partition("at 0 ")[2].partition(";")[0] for issue in problems
    ]


def test_a_control_character_is_kept_in_json(tmp_path: Path) -> None:
    article = bare("One\u000btwo")

    _, (_, data) = uima_json.write([article])
    (tmp_path / "a.json").write_bytes(data)

    assert [article.text] == [foreign.text for foreign in uima_json.read(tmp_path / "a.json")]


def test_an_article_with_a_character_that_xml_lacks_is_named_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for name, text in (("bad", "One\u000btwo.\n"), ("good", "Three.\n")):
        (tmp_path / f"seeds/{name}.txt").write_text(text, "utf-8")
    command = [sys.executable, "-m", "pressmark", "export", ".", "--to", "uima-xmi", "-o", "out"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 1 == done.returncode
    assert "bad: left out: the text has U+000B at 3, which XML cannot hold; use --to uima-json\n" == done.stderr
    assert ["TypeSystem.xml", "good.xmi"] == sorted(path.name for path in (tmp_path / "out").iterdir())


def test_xml_lacks_a_character_of_a_proposition() -> None:
    claim = replace(GOLD.claims[0], proposition="It is \ufffe.")

    assert "the proposition of c1 has U+FFFE at 6" in str(uima_xmi.unfit(replace(GOLD, claims=(claim,))))
    assert uima_xmi.unfit(GOLD) is None


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b"<a/>", b"<a><b><c><d/></c></b></a>", b"\xff", b'{"%TYPES": {}, "%FEATURE_STRUCTURES": 3}']
)
@pytest.mark.parametrize("module", [uima_json, uima_xmi])
def test_what_is_no_cas_is_named(module: Any, data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(data)

    with pytest.raises(InvalidError, match=r"/x: uima: is not"):
        list(module.read(tmp_path / "x"))
