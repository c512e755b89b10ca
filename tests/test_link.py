"""`pressmark link`: who is who across articles. A person decides, and nobody is merged by name alone."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

MAYOR = "Mayor Ada Brook of Norland said on Monday that the bridge will open. She promised to pay.\n"
SINGER = "The singer Ada Brook said that she would tour. Tor Lind praised her.\n"
SHORT = "“We are ready,” Mayor Brook said in Norland.\n"
PEOPLE = "id,names,description,wikidata,wikipedia\nada-brook,Ada Brook; A. Brook,mayor of Norland,,\n"


@pytest.fixture
def town(tmp_path: Path, pressmark: Callable[..., Ran]) -> Path:
    """A project of three articles with proposals, and a list with one person."""
    (tmp_path / "seeds").mkdir()
    for name, text in (("mayor", MAYOR), ("singer", SINGER), ("short", SHORT)):
        (tmp_path / f"seeds/{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    assert pressmark("annotate", tmp_path).code == 0
    return tmp_path


def rows(project: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((project / "links.csv").read_text(encoding="utf-8-sig"))))


def decide(project: Path, decisions: dict[tuple[str, str], str]) -> None:
    """Fill in the column ``choose``, by article and name."""
    found = rows(project)
    with (project / "links.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, found[0].keys(), lineterminator="\n")
        table.writeheader()
        table.writerows(row | {"choose": decisions.get((row["article"], row["name"]), row["choose"])} for row in found)


def linked(project: Path) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for path in (project / "annotations").glob("*.json"):
        entities: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["entities"]
        found |= {(path.stem, one["name"]): one["kb_id"] for one in entities if one["label"] == "PERSON" and one["kb_id"]}
    return found


def test_the_table_shows_whom_it_may_be_and_why(town: Path, pressmark: Callable[..., Ran]) -> None:
    ran = pressmark("link", town)

    assert (ran.code, "4 wait for a decision" in ran.out) == (0, True)
    candidates = {(row["article"], row["name"]): row["candidates"] for row in rows(town)}
    assert candidates == {
        ("mayor", "Ada Brook"): "ada-brook (name, described: mayor Norland)",
        ("singer", "Ada Brook"): "ada-brook (name)",
        ("short", "Brook"): "ada-brook (last name, described: mayor Norland)",
        ("singer", "Tor Lind"): "",
    }
    assert not linked(town)


def test_only_what_was_decided_is_linked(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    decide(town, {("mayor", "Ada Brook"): "ada-brook", ("short", "Brook"): "ada-brook", ("singer", "Ada Brook"): "none"})

    ran = pressmark("link", town)

    assert (ran.code, "linked 2; 1 wait" in ran.out) == (0, True)
    assert linked(town) == {("mayor", "Ada Brook"): "local:ada-brook", ("short", "Brook"): "local:ada-brook"}
    assert pressmark("validate", town).code == 0


def test_a_new_person_is_added_to_the_list(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    decide(town, {("singer", "Tor Lind"): "new"})

    ran = pressmark("link", town)

    assert (ran.code, "1 new" in ran.out) == (0, True)
    assert (town / "people.csv").read_text(encoding="utf-8") == PEOPLE + "tor-lind,Tor Lind,,,\n"
    assert linked(town) == {("singer", "Tor Lind"): "local:tor-lind"}


def test_running_it_twice_changes_no_byte(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    decide(town, {("mayor", "Ada Brook"): "ada-brook", ("singer", "Ada Brook"): "none"})
    pressmark("link", town)
    before = {path: path.read_bytes() for path in town.rglob("*") if path.is_file()}

    pressmark("link", town)

    assert before == {path: path.read_bytes() for path in town.rglob("*") if path.is_file()}


def test_what_was_linked_stays_when_proposals_are_made_anew(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    decide(town, {("mayor", "Ada Brook"): "ada-brook"})
    pressmark("link", town)

    pressmark("annotate", town, "--overwrite")

    assert linked(town) == {("mayor", "Ada Brook"): "local:ada-brook"}


def test_namesakes_are_not_added_as_one(town: Path, pressmark: Callable[..., Ran]) -> None:
    (town / "people.csv").unlink()
    pressmark("link", town)
    decide(town, {("mayor", "Ada Brook"): "new", ("singer", "Ada Brook"): "new"})

    ran = pressmark("link", town)

    assert ran.code == 1
    assert "links.csv:3: links: somebody else is 'ada-brook' already" in ran.err
    assert not linked(town)
    assert not (town / "people.csv").exists()


@pytest.mark.parametrize(("extra", "kb_id"), [("Q7259,", "wikidata:Q7259"), (",en:Ada_Brook", "wikipedia:en:Ada_Brook")])
def test_a_link_to_the_world_is_used(town: Path, pressmark: Callable[..., Ran], extra: str, kb_id: str) -> None:
    (town / "people.csv").write_text(PEOPLE.replace("mayor of Norland,,", f"mayor of Norland,{extra}"), encoding="utf-8")
    pressmark("link", town)
    decide(town, {("mayor", "Ada Brook"): "ada-brook"})
    pressmark("link", town)

    assert linked(town) == {("mayor", "Ada Brook"): kb_id}


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("name\nAnn\n", "people.csv:1: people: has no column id"),
        ("id,names\nAnn Lee,Ann\n", "people.csv:2: people: the id 'Ann Lee' must be"),
        ("id,names\nann,\n", "people.csv:2: people: has no names"),
        ("id,names\nann,Ann\nann,Anne\n", "people.csv:3: people: 'ann' stands in line 2 already"),
        ("id,names,wikidata\nann,Ann,7747\n", "people.csv:2: people: wikidata: '7747' must be"),
        ("id,names,wikipedia\nann,Ann,Ann Lee\n", "people.csv:2: people: wikipedia: 'Ann Lee' must be"),
        ('id,names\nann,"Ann\n', "people.csv:2: people: is not CSV"),
    ],
)
def test_a_wrong_list_is_told_with_its_line(town: Path, pressmark: Callable[..., Ran], people: str, said: str) -> None:
    (town / "people.csv").write_text(people, encoding="utf-8")

    ran = pressmark("link", town)

    assert (ran.code, said in ran.err) == (1, True), ran.err
    assert not (town / "links.csv").exists()


def test_a_wrong_decision_changes_nothing(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    decide(town, {("mayor", "Ada Brook"): "ada-brook", ("short", "Brook"): "yes"})
    before = (town / "links.csv").read_bytes()

    ran = pressmark("link", town)

    assert (ran.code, "choose 'yes': write the id of a person of people.csv, new or none" in ran.err) == (1, True)
    assert (before, {}) == ((town / "links.csv").read_bytes(), linked(town))


def test_a_choice_that_is_nearly_somebody_is_told_whom_it_may_mean(town: Path, pressmark: Callable[..., Ran]) -> None:
    (town / "people.csv").write_text(PEOPLE, encoding="utf-8")
    pressmark("link", town)
    decide(town, {("mayor", "Ada Brook"): "ada-brok"})

    ran = pressmark("link", town)

    assert (1, True) == (ran.code, "choose 'ada-brok': did you mean ada-brook?" in ran.err)


def test_tables_that_are_links_stay_links(town: Path, pressmark: Callable[..., Ran]) -> None:
    (town / "people.csv").write_text(PEOPLE, encoding="utf-8")
    pressmark("link", town)
    decide(town, {("mayor", "Ada Brook"): "ada-brook", ("short", "Brook"): "new"})
    (town / "kept").mkdir()
    for name in ("people.csv", "links.csv"):
        (town / name).rename(town / "kept" / name)
        (town / name).symlink_to(town / "kept" / name)

    assert 0 == pressmark("link", town).code
    assert (town / "people.csv").is_symlink()
    assert (town / "links.csv").is_symlink()
    assert "\nbrook,Brook," in (town / "kept/people.csv").read_text(encoding="utf-8")


def test_a_table_that_excel_saved_is_read(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    decide(town, {("mayor", "Ada Brook"): "ada-brook"})
    path = town / "links.csv"
    path.write_bytes("\ufeff".encode() + path.read_bytes().replace(b"\n", b"\r\n"))

    assert pressmark("link", town).code == 0
    assert linked(town) == {("mayor", "Ada Brook"): "local:ada-brook"}


def test_a_new_person_is_added_once(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    decide(town, {("singer", "Tor Lind"): "new"})
    pressmark("link", town)
    before = {path: path.read_bytes() for path in town.rglob("*") if path.is_file()}

    ran = pressmark("link", town)

    assert (ran.code, ran.err.count("already")) == (0, 0)
    assert before == {path: path.read_bytes() for path in town.rglob("*") if path.is_file()}
    assert "tor-lind" in {row["choose"] for row in rows(town)}


def test_none_takes_a_wrong_link_away(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    decide(town, {("singer", "Ada Brook"): "ada-brook"})
    pressmark("link", town)
    decide(town, {("singer", "Ada Brook"): "none"})

    assert pressmark("link", town).code == 0
    assert not linked(town)


def test_columns_of_ones_own_are_kept(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    path = town / "links.csv"
    head, first, *rest = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([head + ",note", first + ",ask Ann", *rest]) + "\n", encoding="utf-8")

    assert pressmark("link", town).code == 0
    assert [row["note"] for row in rows(town)] == ["ask Ann", "", "", ""]


def test_a_table_with_semicolons_is_read_and_stays_one(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    found = rows(town)
    with (town / "links.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, found[0].keys(), delimiter=";")
        table.writeheader()
        table.writerows(row | {"choose": "ada-brook" if row["article"] == "mayor" else ""} for row in found)

    assert pressmark("link", town).code == 0
    assert linked(town) == {("mayor", "Ada Brook"): "local:ada-brook"}
    assert (town / "links.csv").read_text(encoding="utf-8-sig").startswith("choose;article;")


def test_two_choices_for_one_entity_are_told(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    decide(town, {("mayor", "Ada Brook"): "ada-brook"})
    path = town / "links.csv"
    path.write_text(path.read_text(encoding="utf-8") + "none,mayor,e1,Ada Brook,,\n", encoding="utf-8")
    entity = next(row["entity"] for row in rows(town) if row["article"] == "mayor")
    path.write_text(path.read_text(encoding="utf-8").replace("none,mayor,e1", f"none,mayor,{entity}"), encoding="utf-8")

    ran = pressmark("link", town)

    assert (ran.code, "chooses 'ada-brook' for the same entity" in ran.err) == (1, True)
    assert not linked(town)


def test_a_choice_for_an_entity_that_is_gone_is_told(town: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("link", town)
    path = town / "links.csv"
    path.write_text(path.read_text(encoding="utf-8") + "new,mayor,e99,Nobody,,\n", encoding="utf-8")

    ran = pressmark("link", town)

    assert "links.csv:6: the article has no such entity any more; this choice is not used" in ran.err
    assert (town / "people.csv").read_text(encoding="utf-8") == PEOPLE


def test_no_cell_is_a_formula(town: Path, pressmark: Callable[..., Ran]) -> None:
    (town / "seeds/sum.txt").write_text('=HYPERLINK("https://example.org")! Tor Lind said yes.\n', encoding="utf-8")
    pressmark("annotate", town)

    pressmark("link", town)

    (context,) = {row["context"] for row in rows(town) if row["article"] == "sum"}
    assert context.startswith("'=HYPERLINK")
