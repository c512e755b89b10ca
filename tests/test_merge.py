"""`pressmark compare` and `merge`: what several annotators agree on, where they do not, and what a person makes of it."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import krippendorff
import pytest

from news import a, an_article
from pressmark import scoring
from pressmark.__main__ import main
from pressmark.project.annotation_files import annotation_of
from pressmark.record.encode import json_text
from pressmark.record.model import Annotator, Claim, Entity, Mention, Quote, Source, Span
from pressmark.scoring import agreement, tally
from pressmark.scoring.conflicts import conflicts
from pressmark.scoring.side_by_side import side_by_side
from pressmark.validation import errors

if TYPE_CHECKING:
    from pressmark.record.model import Article

TEXT = "Ann Lee told Reuters that taxes will fall 🙂. She denied that wages fell.\n"


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def mention(words: str, level: Any = "name") -> Mention:
    return Mention(*span(words).range, words, level)


def annotated(who: str = "ann") -> Article:
    """Two entities, a quote and its claim, all by one person."""
    lee = a(
        Entity, id="e1", label="PERSON", name="Ann Lee", mentions=(mention("Ann Lee"), mention("She", "pronoun")), annotator=who
    )
    agency = a(Entity, id="e2", label="ORG", name="Reuters", mentions=(mention("Reuters"),), annotator=who)
    content = (span("taxes will fall"),)
    source = a(Source, start=0, end=7, text="Ann Lee", entity="e1", role="originator")
    quote = a(Quote, id="q1", type="indirect", content=content, cue=(span("told"),), sources=(source,), annotator=who)
    claim = a(Claim, id="c1", content=content, proposition="Taxes will fall.", types=("prediction",), quote="q1", annotator=who)
    article = an_article(TEXT, [lee, agency])
    person = a(Annotator, id=who, kind="human", name=who.title())
    layers = replace(article.layers, quotes="silver", claims="silver")
    return replace(article, quotes=(quote,), claims=(claim,), annotators=(person,), layers=layers)


def renumbered(article: Article) -> Article:
    """The same annotation with other ids, in another order."""
    first, second = article.entities
    (quote,), (claim,) = article.quotes, article.claims
    source = replace(quote.sources[0], entity="e2")
    return replace(
        article,
        entities=(replace(second, id="e1"), replace(first, id="e2")),
        quotes=(replace(quote, id="q7", sources=(source,)),),
        claims=(replace(claim, id="c7", quote="q7"),),
    )


def changed(article: Article, **fields: Any) -> Article:
    """The article with other values of its one quote."""
    return replace(article, quotes=(replace(article.quotes[0], **fields),))


@pytest.fixture
def sides(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_bytes(TEXT.encode())
    return tmp_path


def save(project: Path, **articles: Article) -> list[str]:
    """Save an annotation of each annotator below the project, and return the folders."""
    for who, article in articles.items():
        folder = project / "passes" / who
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "a.json").write_bytes(json_text(annotation_of(article)))
    return [str(project / "passes" / who) for who in articles]


def run(*arguments: object) -> int:
    import sys

    old, sys.argv = sys.argv, ["pressmark", *map(str, arguments)]
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        sys.argv = old
    return 0


def result(project: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((project / "annotations/a.json").read_text("utf-8"))
    return found


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fill(table: Path, *choices: str, delimiter: str = ",") -> None:
    filled = [row | {"choose": choice} for row, choice in zip(rows(table), choices, strict=True)]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(filled[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(filled)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_ids_and_order_are_no_conflict() -> None:
    group = side_by_side(["ann", "bea"], [annotated(), renumbered(annotated("bea"))])

    assert [] == list(conflicts(group))
    assert group.articles["bea"].entities[0].id == "e2"
    assert (group.articles["bea"].quotes[0].sources[0].entity, group.articles["bea"].claims[0].quote) == ("e1", "q1")


def test_an_item_that_one_has_is_a_conflict_with_nothing() -> None:
    group = side_by_side(["ann", "bea"], [annotated(), replace(annotated("bea"), claims=())])

    (one,) = conflicts(group)

    assert ("claims", "c1", "claim") == one.key
    assert {"ann": "'Taxes will fall.' (CT+)", "bea": "nothing"} == one.readings


def test_who_has_not_annotated_a_layer_has_no_reading_of_it() -> None:
    bea = replace(annotated("bea"), claims=(), layers=replace(annotated().layers, claims="none"))

    assert [] == list(conflicts(side_by_side(["ann", "bea"], [annotated(), bea])))


def test_a_proposition_is_never_parted_from_its_factuality() -> None:
    bea = annotated("bea")
    bea = replace(bea, claims=(replace(bea.claims[0], factuality="CT-"),))

    (one,) = conflicts(side_by_side(["ann", "bea"], [annotated(), bea]))

    assert ("proposition", "'Taxes will fall.' (CT-)") == (one.field, one.readings["bea"])


def test_another_edge_of_the_only_mention_is_one_conflict() -> None:
    bea = annotated("bea")
    lee, agency = bea.entities
    bea = replace(bea, entities=(replace(lee, mentions=(mention("Lee"),)), agency))
    ann = annotated()
    ann = replace(ann, entities=(replace(ann.entities[0], mentions=(mention("Ann Lee"),)), ann.entities[1]))

    (one,) = conflicts(side_by_side(["ann", "bea"], [ann, bea]))

    assert {"ann": "'Ann Lee': name of 'Ann Lee'", "bea": "'Lee': name of 'Ann Lee'"} == one.readings


def test_a_mention_of_two_entities_is_one_conflict() -> None:
    bea = annotated("bea")
    lee, agency = bea.entities
    she = lee.mentions[1]
    bea = replace(bea, entities=(replace(lee, mentions=lee.mentions[:1]), replace(agency, mentions=(*agency.mentions, she))))

    (one,) = conflicts(side_by_side(["ann", "bea"], [annotated(), bea]))

    assert {"ann": "'She': pronoun of 'Ann Lee'", "bea": "'She': pronoun of 'Reuters'"} == one.readings


def test_alpha_of_several_annotators_is_that_of_krippendorff() -> None:
    chance = random.Random(7)
    sides = [[chance.choice(["x", "y", "z", None]) for _ in range(200)] for _ in range(4)]

    found = tally.figures([{"alpha": agreement.alpha(*sides)}])["alpha"].main

    codes = [[float("nan") if label is None else "xyz".index(label) for label in side] for side in sides]
    assert krippendorff.alpha(reliability_data=codes, level_of_measurement="nominal") == pytest.approx(found)


def test_f1_of_two_is_that_of_score() -> None:
    ann, bea = annotated(), replace(annotated("bea"), entities=annotated("bea").entities[:1])

    found = scoring.compare(["ann", "bea"], [[ann, bea]])

    section = scoring.score(scoring.paired([ann], [bea])[0]).sections["entities"]
    assert section
    assert section["mentions/strict"].values["f1"] == found.f1["ann", "bea"]["entities"] == found.each["bea"]["entities"]


def test_compare_prints_figures_and_who_reads_what(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), status="expected"), cy=annotated("cy"))

    assert 0 == run("compare", *folders)

    out = capsys.readouterr().out
    assert "1 article, 3 annotators: ann, bea, cy\n" in out
    assert (
        "quotes q1 status: …n Lee told Reuters that [taxes will fall] 🙂. She denied that wage…: ann, cy: made; bea: expected\n"
        in out
    )
    assert all(" – ".join(pair) in out for pair in combinations(("ann", "bea", "cy"), 2))


def test_compare_as_json_has_every_conflict(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), status="expected"))

    assert 0 == run("compare", *folders, "--format", "json")

    found = json.loads(capsys.readouterr().out)
    assert [{"ann": "made", "bea": "expected"}] == [one["readings"] for one in found["conflicts"]]
    assert 1.0 == found["alpha"]["entities"]


def test_articles_that_not_all_have_are_named(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = save(sides, ann=annotated(), bea=annotated("bea"), cy=annotated("cy"))
    (sides / "seeds/b.txt").write_bytes(TEXT.encode())
    (sides / "passes/ann/b.json").write_bytes(json_text(annotation_of(replace(annotated(), id="b"))))

    assert 1 == run("compare", *folders)
    assert "b: score-article: is in ann, but not in bea and cy" in capsys.readouterr().err
    assert 0 == run("compare", *folders, "--common")


def test_what_all_agree_on_is_taken_and_keeps_its_annotator(sides: Path) -> None:
    assert 0 == run("merge", *save(sides, ann=annotated(), bea=renumbered(annotated("bea"))), "--into", sides)

    assert json.loads(json_text(annotation_of(annotated())))["quotes"] == result(sides)["quotes"]
    assert ["ann", "bea"] == [one["id"] for one in result(sides)["annotators"]]
    assert not (sides / "conflicts.csv").exists()


def test_what_is_undecided_is_left_out_until_somebody_chooses(sides: Path) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), medium="writing"))

    assert 1 == run("merge", *folders, "--into", sides)
    assert ([], []) == (result(sides)["quotes"], result(sides)["claims"])

    fill(sides / "conflicts.csv", "bea")
    assert 0 == run("merge", *folders, "--into", sides, "--annotator", "Zoë")
    quote = result(sides)["quotes"][0]
    assert ("writing", "Zoe") == (quote["medium"], quote["annotator"])
    assert "ann" == result(sides)["claims"][0]["annotator"]
    assert {"id": "Zoe", "kind": "human", "role": "adjudicator", "name": "Zoë", "version": None} in result(sides)["annotators"]
    assert ("silver", "gold") == (result(sides)["layers"]["entities"], result(sides)["layers"]["quotes"])


def test_an_ai_system_that_decides_is_declared_as_that(sides: Path) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), medium="writing"))
    run("merge", *folders, "--into", sides)
    fill(sides / "conflicts.csv", "bea")

    assert 0 == run("merge", *folders, "--into", sides, "--annotator", "Judge", "--by-model")
    assert ["model"] == [one["kind"] for one in result(sides)["annotators"] if one["role"] == "adjudicator"]


def test_the_log_says_who_decided_what(sides: Path) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), medium="writing"))
    run("merge", *folders, "--into", sides)
    fill(sides / "conflicts.csv", "Bea")

    run("merge", *folders, "--into", sides, "--annotator", "Zoë")

    (line,) = map(json.loads, (sides / "merge-log.jsonl").read_text("utf-8").splitlines())
    (one,) = line["conflicts"]
    assert ("q1", "medium", "bea", "writing", "Zoë") == tuple(one[key] for key in ("item", "field", "chosen", "reading", "by"))


def test_merging_twice_gives_the_same_bytes(sides: Path) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), medium="writing"))
    run("merge", *folders, "--into", sides)
    before = contents(sides)

    run("merge", *folders, "--into", sides)

    assert before == contents(sides)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_filled_table_is_never_overwritten(sides: Path, delimiter: str) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), medium="writing"))
    run("merge", *folders, "--into", sides)
    fill(sides / "conflicts.csv", "ann", delimiter=delimiter)
    filled = (sides / "conflicts.csv").read_bytes()
    save(sides, bea=changed(annotated("bea"), medium="writing", cue=()))  # one more conflict

    assert 1 == run("merge", *folders, "--into", sides, "--annotator", "Zoë")

    assert filled == (sides / "conflicts.csv").read_bytes()
    assert ["cue"] == [row["field"] for row in rows(sides / "conflicts-2.csv")]


def test_prefer_decides_what_nobody_chose(sides: Path) -> None:
    folders = save(sides, ann=annotated(), bea=replace(changed(annotated("bea"), medium="writing"), claims=()))

    assert 0 == run("merge", *folders, "--into", sides, "--prefer", "bea")

    assert ("writing", "bea", []) == (
        *(result(sides)["quotes"][0][key] for key in ("medium", "annotator")),
        result(sides)["claims"],
    )
    assert not (sides / "conflicts.csv").exists()


def test_a_choice_of_nobody_is_named_with_its_line(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), medium="writing"))
    run("merge", *folders, "--into", sides)
    fill(sides / "conflicts.csv", "\x1b[31mbob")

    assert 1 == run("merge", *folders, "--into", sides, "--annotator", "Zoë")

    err = capsys.readouterr().err
    assert "conflicts.csv:2: a: merge-choice: choose is '\\x1b[31mbob'; write one of ann, bea, or leave it empty" in err


def test_choices_need_somebody_who_made_them(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), medium="writing"))
    run("merge", *folders, "--into", sides)
    fill(sides / "conflicts.csv", "ann")

    assert 1 == run("merge", *folders, "--into", sides)
    assert "say who with --annotator NAME" in capsys.readouterr().err


def test_a_file_that_merge_did_not_write_is_never_replaced(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = save(sides, ann=annotated(), bea=annotated("bea"))
    (sides / "annotations").mkdir()
    (sides / "annotations/a.json").write_text("mine", "utf-8")

    assert 1 == run("merge", *folders, "--into", sides)

    assert "a: merge-changed: is not what merge wrote there" in capsys.readouterr().err
    assert "mine" == (sides / "annotations/a.json").read_text("utf-8")


@pytest.mark.parametrize("is_touched", [False, True])
def test_proposals_are_replaced_unless_somebody_touched_them(sides: Path, *, is_touched: bool) -> None:
    run("annotate", sides)
    path = sides / "annotations/a.json"
    if is_touched:
        path.write_bytes(path.read_bytes().replace(b'"pronoun"', b'"nominal"').replace(b'"speech"', b'"writing"'))
    proposed = path.read_bytes()

    code = run("merge", *save(sides, ann=annotated(), bea=annotated("bea")), "--into", sides)

    assert is_touched == bool(code) == (proposed == path.read_bytes())


def test_what_somebody_changed_after_the_merge_stays(sides: Path) -> None:
    folders = save(sides, ann=annotated(), bea=annotated("bea"))
    run("merge", *folders, "--into", sides)
    mine = (sides / "annotations/a.json").read_bytes().replace(b'"made"', b'"expected"')
    (sides / "annotations/a.json").write_bytes(mine)
    save(sides, ann=changed(annotated(), act="directive"), bea=changed(annotated("bea"), act="directive"))

    assert 1 == run("merge", *folders, "--into", sides)
    assert mine == (sides / "annotations/a.json").read_bytes()


def test_a_choice_that_breaks_a_rule_is_named_and_the_rest_is_valid(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bea = annotated("bea")
    bea = replace(changed(bea, cue=(span("told Reuters that"),), content=(span("will fall"),)), claims=())
    ann = changed(annotated(), cue=(span("told"),), content=(span("that taxes will fall"),))
    folders = save(sides, ann=replace(ann, claims=()), bea=bea)
    run("merge", *folders, "--into", sides)
    picks = {"cue": "bea", "content": "ann"}
    fill(sides / "conflicts.csv", *(picks[row["field"]] for row in rows(sides / "conflicts.csv")))

    assert 1 == run("merge", *folders, "--into", sides, "--annotator", "Zoë")

    assert "dropped: " in capsys.readouterr().err
    assert [] == result(sides)["quotes"]
    assert 2 == len(result(sides)["entities"])


def test_outside_a_project_the_result_is_a_valid_record(sides: Path, tmp_path: Path) -> None:
    folders = save(sides, ann=annotated(), bea=annotated("bea"))

    assert 0 == run("merge", *folders, "--into", tmp_path / "new")

    record = json.loads((tmp_path / "new/a.json").read_text("utf-8"))
    assert TEXT == record["text"]
    assert [] == errors(record)


def test_two_people_with_one_id_stay_two(sides: Path) -> None:
    bea = annotated()
    bea = replace(bea, annotators=(replace(bea.annotators[0], name="Bea"),), claims=())
    folders = save(sides, ann=replace(annotated(), claims=()), bea=replace(bea, quotes=bea.quotes))

    assert 0 == run("merge", *folders, "--into", sides)
    assert [("ann", "Ann"), ("ann-2", "Bea")] == [(one["id"], one["name"]) for one in result(sides)["annotators"]]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (b"\xff\n", "conflicts.csv: merge-table: is not UTF-8; save it as CSV UTF-8"),
        (b"conflict,who\nk1,ann\n", "conflicts.csv: merge-table: has no column choose; keep the first line as it was"),
        (b"conflict,choose\n" + b"k" * 200_000 + b",ann\n", "conflicts.csv:2: merge-table: is not CSV: field larger than"),
    ],
)
def test_a_damaged_table_is_named_and_stays(
    sides: Path, table: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), medium="writing"))
    (sides / "conflicts.csv").write_bytes(table)

    assert 1 == run("merge", *folders, "--into", sides, "--annotator", "Zoë")

    assert message in capsys.readouterr().err
    assert table == (sides / "conflicts.csv").read_bytes()
    assert not (sides / "annotations").exists()


def test_an_annotator_whose_name_looks_like_a_formula_can_be_chosen(sides: Path) -> None:
    folders = save(sides, **{"=cmd": annotated(), "bea": changed(annotated("bea"), medium="writing")})
    assert 1 == run("merge", *folders, "--into", sides)
    table = sides / "conflicts.csv"
    head, *rows = table.read_text("utf-8-sig").splitlines()
    assert ",'=cmd," in head
    table.write_text("\n".join([head, *(f"{row}'=cmd" for row in rows), ""]), "utf-8")

    assert 0 == run("merge", *folders, "--into", sides, "--annotator", "Zoë")
    assert {"speech"} == {quote["medium"] for quote in result(sides)["quotes"]}


def test_an_invalid_annotation_costs_its_article_alone(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sides / "seeds/b.txt").write_bytes(TEXT.encode())
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), cue=(span("Reuters that taxes"),)))
    for folder in folders:
        Path(folder, "b.json").write_bytes(json_text(annotation_of(replace(annotated(), id="b"))))

    assert 1 == run("merge", *folders, "--into", sides)

    assert "(annotated by bea)" in capsys.readouterr().err
    assert ["b.json"] == [path.name for path in (sides / "annotations").iterdir()]


def test_plain_spans_have_nothing_to_merge(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder,) = save(sides, ann=annotated())
    (sides / "spans.jsonl").write_text('{"id": "a", "start": 0, "end": 7, "label": "PERSON"}\n', "utf-8")

    assert 2 == run("compare", folder, sides / "spans.jsonl")
    assert "spans: has no records or annotations" in capsys.readouterr().err


def test_one_annotator_is_not_enough(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder,) = save(sides, ann=annotated())

    assert 2 == run("compare", folder)
    assert 2 == run("merge", folder, folder, "--into", sides)
    assert 2 == capsys.readouterr().err.count("name two or more annotators, each once")


def test_a_choice_of_a_conflict_that_is_gone_is_named(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = save(sides, ann=annotated(), bea=changed(annotated("bea"), medium="writing"))
    run("merge", *folders, "--into", sides)
    fill(sides / "conflicts.csv", "bea")
    save(sides, bea=changed(annotated("bea"), medium="thought"))

    run("merge", *folders, "--into", sides, "--annotator", "Zoë")

    err = capsys.readouterr().err
    assert "conflicts.csv:2: merge-unused: the annotations have no such conflict any more; this choice is not used" in err


def test_an_annotator_called_like_a_column_has_the_name_of_their_path(sides: Path) -> None:
    folders = save(sides, text=annotated(), choose=changed(annotated("bea"), medium="writing"))

    run("merge", *folders, "--into", sides)

    assert {str(Path(folder).resolve()) for folder in folders} < rows(sides / "conflicts.csv")[0].keys()


@pytest.mark.parametrize(("name", "text"), [("other", TEXT), ("a", "Another text.\n")])
def test_a_project_without_the_text_takes_nothing(
    sides: Path, tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = save(sides, ann=annotated(), bea=annotated("bea"))
    (tmp_path / "new/seeds").mkdir(parents=True)
    (tmp_path / f"new/seeds/{name}.txt").write_bytes(text.encode())

    assert 1 == run("merge", *folders, "--into", tmp_path / "new")

    assert "a: merge-seed: the project has" in capsys.readouterr().err
    assert [] == [*(tmp_path / "new/annotations").iterdir()]
