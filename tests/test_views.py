"""What the views say follows from the records: held on the gold, as built, and on an article of every act and status."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from pyarrow import parquet as pq

from conftest import CHECKOUT, VIEWS
from news import a
from pressmark.publish import views
from pressmark.publish.build import make
from pressmark.publish.views.claims import claimers
from pressmark.publish.views.relations import SAMPLE, Proposed
from pressmark.record import contract
from pressmark.record.model import Article, Factuality, Source, Span
from pressmark.record.relation import ClaimReference, Relation
from pressmark.validation import convert

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]
ACTS = convert(json.loads((Path(__file__).parent / "cases/valid/acts.json").read_text(encoding="utf-8")), Article)
ROLES = {"source": "sources", "cue": "cue", "content": "content", "addressee": "addressees"}
WORTH = ("none", *contract.labels(contract.at("article", "claims/checkworthiness")))


@dataclass(frozen=True)
class Tables:
    """The rows of each view, and the records that they are made of."""

    rows: dict[str, list[Row]]

    def of(self, view: str) -> Iterator[tuple[Row, Row]]:
        """Each row with the record of its article."""
        records = {record["id"]: record for record in self.rows["articles"]}
        for row in self.rows[view]:
            yield row, records[row.get("article") or row["id"]]


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("built")
    make(CHECKOUT, folder)
    return Tables({view: pq.ParquetFile(next((folder / "data" / view).glob("*.parquet"))).read().to_pylist() for view in VIEWS})


@pytest.fixture(scope="module", params=["gold", "acts"])
def tables(request: pytest.FixtureRequest, gold: Tables) -> Tables:
    if request.param == "gold":
        return gold
    return Tables(json.loads(json.dumps({name: list(rows) for name, rows in views.rows(ACTS).items()})))


def test_attribution_and_claim_detection_have_every_sentence(tables: Tables) -> None:
    sentences = [(record["id"], one["start"], one["end"]) for record in tables.rows["articles"] for one in record["sentences"]]

    for view in ("attribution", "claim_detection"):
        assert sentences == [(row["article"], row["start"], row["end"]) for row in tables.rows[view]]
    assert {True, False} == {bool(row["quotes"]) for row in tables.rows["attribution"]}
    assert {"claim", "no_claim"} == {row["label_name"] for row in tables.rows["claim_detection"]}


def test_the_ranges_of_a_quote_cut_its_spans(tables: Tables) -> None:
    for row, record in tables.of("attribution"):
        quotes = {quote["id"]: quote for quote in record["quotes"]}
        assert {id_ for id_, quote in quotes.items() if any(parts(row, record, quote).values())} == {
            found["quote"] for found in row["quotes"]
        }
        for found in row["quotes"]:
            quote = quotes[found["quote"]]
            cut = {role: [record["text"][slice(*edges(row, one))] for one in found[role]] for role in ROLES}
            assert parts(row, record, quote) == cut
            assert [quote[key] for key in ("type", "act", "status")] == [found[key] for key in ("type", "act", "status")]
            assert len(list(ancestors(quote, quotes))) == found["depth"]


def parts(row: Row, record: Row, quote: Row) -> dict[str, list[str]]:
    """The text of each role of a quote inside the row's sentence."""
    return {
        role: [
            record["text"][max(span["start"], row["start"]) : min(span["end"], row["end"])].strip()
            for span in quote[key]
            if overlap(span, row)
        ]
        for role, key in ROLES.items()
    }


def overlap(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def edges(row: Row, found: Row) -> tuple[int, int]:
    return row["starts"][found["first"]], row["ends"][found["end"] - 1]


def ancestors(quote: Row, quotes: dict[str, Row]) -> Iterator[Row]:
    while quote["parent"] is not None:
        quote = quotes[quote["parent"]]
        yield quote


@pytest.mark.parametrize(("view", "column"), [("ner", "ner_tags_names"), ("attribution", "tags_names")])
def test_tags_are_iob2(tables: Tables, view: str, column: str) -> None:
    for row in tables.rows[view]:
        assert len(row["tokens"]) == len(row[column])
        for before, tag in zip(["O", *row[column]], row[column], strict=False):
            assert tag[:2] != "I-" or before in {f"B-{tag[2:]}", tag}


def test_tags_of_attribution_are_the_roles_of_the_outermost_quotes(tables: Tables) -> None:
    for row in tables.rows["attribution"]:
        outer = [
            (role.upper(), place)
            for quote in row["quotes"]
            if not quote["depth"]
            for role in ROLES
            for one in quote[role]
            for place in range(one["first"], one["end"])
        ]
        marked = {(tag[2:], place) for place, tag in enumerate(row["tags_names"]) if tag != "O"}
        assert marked <= set(outer)
        assert {place for _, place in outer} == {place for _, place in marked}


def test_a_sentence_makes_a_claim_where_the_content_of_one_stands(tables: Tables) -> None:
    for row, record in tables.of("claim_detection"):
        here = [claim for claim in record["claims"] if any(overlap(span, row) for span in claim["content"])]

        assert [claim["id"] for claim in here] == row["claims"]
        assert row["label_name"] == ("claim" if here else "no_claim")
        assert row["checkworthiness_name"] == WORTH[max((WORTH.index(claim["checkworthiness"]) for claim in here), default=0)]


def test_a_claim_over_two_sentences_is_in_both() -> None:
    claim = replace(ACTS.claims[2], content=(Span(113, 136, ACTS.text[113:136]),))
    found = views.rows(replace(ACTS, claims=(claim,)))["claim_detection"]

    assert [[], ["c3"], ["c3"], [], []] == [row["claims"] for row in found]


def test_the_ranges_of_a_cluster_cover_the_mentions(tables: Tables) -> None:
    for row, record in tables.of("coref"):
        entities = {entity["id"]: entity for entity in record["entities"] if len(entity["mentions"]) > 1}
        assert row["tokens"] == [record["text"][s:e] for s, e in zip(row["starts"], row["ends"], strict=True)]
        assert {0, *row["sentence_starts"]} <= set(range(len(row["tokens"])))
        assert list(entities) == [cluster["entity"] for cluster in row["clusters"]]
        for cluster in row["clusters"]:
            mentions = sorted(entities[cluster["entity"]]["mentions"], key=lambda mention: (mention["start"], mention["end"]))
            assert [mention["text"] for mention in mentions] == [
                record["text"][slice(*edges(row, found))] for found in cluster["mentions"]
            ]


def test_members_are_entities_of_the_article(tables: Tables) -> None:
    rows = {(row["article"], row["id"]): row for row in tables.rows["entities"]}
    assert any(row["members"] for row in rows.values())
    for row, record in tables.of("entities"):
        (entity,) = (entity for entity in record["entities"] if entity["id"] == row["id"])
        assert entity["members"] == [member["entity"] for member in row["members"]]
        for member in row["members"]:
            found = rows[row["article"], member["entity"]]
            assert (found["name"], found["kb_id"]) == (member["name"], member["kb_id"])


@pytest.mark.parametrize(("view", "column"), [("mentions", "sentence"), ("quotes", "context"), ("claims", "context")])
def test_text_around_has_its_place(tables: Tables, view: str, column: str) -> None:
    assert any(row[column] for row in tables.rows[view])
    for row, record in tables.of(view):
        if row[column] is not None:
            start = row[f"{column}_start"]
            assert row[column] == record["text"][start : start + len(row[column])]


def test_nobody_claims_a_thing_twice_and_groups_show_their_members(tables: Tables) -> None:
    for row, record in tables.of("claims"):
        members = {entity["id"]: entity["members"] for entity in record["entities"]}
        sources = [one for quote in record["quotes"] if quote["id"] == row["quote"] for one in quote["sources"]]
        originators = {one["entity"] or one["text"] for one in sources if one["role"] == "originator"}
        found = [one["entity"] or one["text"] for one in row["claimers"]]

        assert len(found) == len(set(found))
        assert originators | {member for one in originators for member in members.get(one, [])} == set(found)
        for claimer in row["claimers"]:
            group = claimer["member_of"]
            assert claimer["entity"] in members[group] if group else (claimer["entity"] or claimer["text"]) in originators


def test_the_members_follow_their_group_and_who_is_named_herself_stays_a_claimer() -> None:
    entities = {entity.id: entity for entity in ACTS.entities}
    quote = ACTS.quotes[5]
    ann = a(Source, start=91, end=94, text="she", entity="e1", role="originator")
    reuters = a(Source, start=100, end=107, text="Reuters", entity="e4", role="intermediary")

    def who(*sources: Source) -> list[tuple[str, str | None]]:
        return [(one["entity"], one["member_of"]) for one in claimers(replace(quote, sources=sources), entities)]

    (both,) = quote.sources
    assert [("e3", None), ("e1", "e3"), ("e2", "e3")] == who(both) == who(both, both) == who(reuters, both)
    assert [("e1", None), ("e3", None), ("e2", "e3")] == who(ann, both, ann)
    assert [("e3", None), ("e2", "e3"), ("e1", None)] == who(both, ann)
    assert [] == list(claimers(None, entities))


@pytest.mark.parametrize("factuality", get_args(Factuality))
def test_a_denied_proposition_is_shown_as_one(factuality: Factuality) -> None:
    article = replace(ACTS, claims=tuple(replace(claim, factuality=factuality) for claim in ACTS.claims))
    first, second = (ClaimReference(article.id, claim.id) for claim in article.claims[:2])
    known = {article.id: views.relations.propositions(article)}
    pairs = {name: list(rows) for name, rows in views.pair_rows((relation(first, second),), known).items()}
    shown = [*views.rows(article)["claims"], *(row[side] for rows in pairs.values() for row in rows for side in "ab")]

    assert len(shown) == 3 + 2 + 6
    sign = {"-": "denies: ", "+": "", "u": "leaves open: "}[factuality[-1]]
    assert [sign + row["proposition"] for row in shown] == [row["signed"] for row in shown]


def test_the_sign_of_the_gold_is_that_of_its_factuality(gold: Tables) -> None:
    sides = [row[side] for view in ("claim_pairs", "relations") for row in gold.rows[view] for side in "ab"]
    for row in [*gold.rows["claims"], *sides]:
        assert row["signed"].endswith(row["proposition"])
        assert row["signed"].startswith("denies: ") == row["factuality"].endswith("-")


def relation(one: ClaimReference, other: ClaimReference) -> Relation:
    return Relation("r1", "identical", one, other, differs_in=(), note=None, annotator="a", confidence=None)


def test_claim_pairs_are_every_relation_and_every_other_pair_of_the_event(gold: Tables) -> None:
    rows = gold.rows["claim_pairs"]
    events = {row[side]["article"] for row in gold.rows["relations"] for side in "ab"}
    claims = [(row["article"], row["id"]) for row in gold.rows["claims"] if row["article"] in events]
    pairs = [frozenset((row[side]["article"], row[side]["claim"]) for side in "ab") for row in rows]

    assert [(*both(row), row["type"]) for row in gold.rows["relations"]] == [
        (*both(row), row["label_name"]) for row in rows if row["label_name"] != "none"
    ]
    assert len(pairs) == len(set(pairs))
    assert set(map(frozenset, combinations(claims, 2))) == set(pairs)


def both(row: Row) -> tuple[Row, Row]:
    return row["a"], row["b"]


def test_events_stay_apart_and_a_large_one_is_sampled_always_alike() -> None:
    many = {str(claim): Proposed("x", "CT+") for claim in range(150)}
    known = {"a": many, "b": {"1": many["1"]}, "c": {claim: many[claim] for claim in "123"}, "d": {"1": many["1"]}}
    related = tuple(
        relation(ClaimReference(*one), ClaimReference(*other))
        for one, other in ((("a", "1"), ("b", "1")), (("c", "1"), ("c", "2")))
    )
    found = list(views.pair_rows(related, known)["claim_pairs"])
    pairs = [frozenset((row[side]["article"], row[side]["claim"]) for side in "ab") for row in found]

    assert len(pairs) == len(set(pairs)) == 2 + SAMPLE + 2
    assert {frozenset("ab"), frozenset("a"), frozenset("c")} == {frozenset(one for one, _ in pair) for pair in pairs}
    assert found[2:] == list(views.pair_rows(related[::-1], known)["claim_pairs"])[2:]
