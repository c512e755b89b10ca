"""Scores: laws, the papers' worked examples, other people's programs, and the command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Any, get_args

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nervaluate import Evaluator

from conftest import CHECKOUT, project_of
from news import a
from pressmark.record import contract
from pressmark.record.encode import json_line
from pressmark.record.model import (
    Act,
    Addressee,
    Article,
    Checkworthiness,
    Claim,
    ClaimType,
    Entity,
    EntityLabel,
    Factuality,
    Layers,
    Medium,
    Mention,
    MentionLevel,
    Quote,
    QuoteType,
    Source,
    SourceRole,
    SourceType,
    Span,
    Status,
)
from pressmark.record.relation import ClaimReference, Difference, Relation, RelationType
from pressmark.record.text import tokens
from pressmark.scoring import Pair, Score, agreement, as_json, coreference_metrics, disagreements, paired, score, table
from pressmark.scoring.claim_relations import Related
from pressmark.scoring.entities import Labelled, schemes
from pressmark.scoring.matching import matched, optimal
from pressmark.scoring.quotes import PEOPLE, sides
from pressmark.scoring.tally import PRF, SCHEME, Figure, Tally, figures
from pressmark.validation import convert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conftest import Ran

CASE = convert(json.loads((CHECKOUT / "tests/cases/valid/article.json").read_text(encoding="utf-8")), Article)
WORDS = list(tokens(CASE.text))
NAMES = ["one", "two"]
SECTIONS = ["entities", "entity_fields", "coreference", "agreement", "quotes", "claims", "relations"]
SCHEMES = ("strict", "exact", "partial", "ent_type")


def span(first: int, last: int) -> tuple[int, int, str]:
    """The words from the first to the last as the fields of a span."""
    start, end = WORDS[first][0], WORDS[last][1]
    return start, end, CASE.text[start:end]


def figure(found: Score, section: str, path: str) -> Figure:
    figures_of = found.sections[section]
    assert figures_of is not None
    return figures_of[path]


def compared(gold: Article, pred: Article) -> Score:
    return score(paired([gold], [pred])[0])


# Articles: any annotation of the case's text in which references resolve; spans begin and end with words.

INDEX = st.integers(0, len(WORDS) - 1)
PLACE = st.tuples(INDEX, INDEX).map(lambda ends: span(min(ends), max(ends)))
SHORT = st.tuples(INDEX, st.integers(0, 2)).map(lambda at: span(at[0], min(at[0] + at[1], len(WORDS) - 1)))


@st.composite
def flat_places(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    """Spans of which none meets another."""
    cuts = sorted(draw(st.sets(st.integers(0, len(WORDS)), max_size=12)))
    return [span(a, b - 1) for a, b in pairwise(cuts) if draw(st.booleans())]


@st.composite
def entities(draw: st.DrawFn) -> tuple[Entity, ...]:
    mentions = [Mention(*place, "name") for place in draw(flat_places())]
    levels: st.SearchStrategy[MentionLevel] = st.sampled_from(("nominal", "pronoun"))
    mentions += [Mention(*place, draw(levels)) for place in draw(st.lists(SHORT, max_size=4))]
    groups: dict[int, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(draw(st.integers(0, 4)), []).append(mention)
    return tuple(
        a(
            Entity,
            id=f"e{i}",
            label=draw(st.sampled_from(["PERSON", "ORG", "GPE", "DATE"])),
            name=draw(st.sampled_from(["Ann", "Bob", "Bob Ray"])),
            kb_id=draw(st.sampled_from([None, "local:ann", "local:bob", "wikidata:Q1"])),
            value=draw(st.sampled_from([None, "5", "2023-01-09"])),
            members=tuple(f"e{j}" for j in draw(st.sets(st.sampled_from([*groups]), max_size=2)) if j != i),
            mentions=tuple(group),
            annotator="a",
        )
        for i, group in groups.items()
    )


@st.composite
def articles(draw: st.DrawFn) -> Article:
    found = draw(entities())
    ids = st.sampled_from([None, *(entity.id for entity in found)])
    roles = st.sampled_from(get_args(SourceRole))
    types = st.sampled_from([None, *get_args(SourceType)])
    sources = st.builds(lambda place, *fields: Source(*place, *fields), SHORT, ids, roles, types)
    addressees = st.builds(lambda place, entity: Addressee(place[0], place[1], place[2], entity), SHORT, ids)
    parts = st.one_of(st.lists(PLACE, min_size=1, max_size=1), flat_places().filter(bool))
    some = parts.map(lambda places: tuple(Span(*place) for place in places))
    cue = st.lists(SHORT, max_size=1).map(lambda places: tuple(Span(*place) for place in places))
    quote = st.builds(
        a,
        st.just(Quote),
        id=st.just(""),
        type=st.sampled_from(get_args(QuoteType)),
        medium=st.sampled_from(get_args(Medium)),
        content=some,
        act=st.sampled_from(get_args(Act)),
        status=st.sampled_from(get_args(Status)),
        verbatim=cue,
        cue=cue,
        sources=st.lists(sources, max_size=2).map(tuple),
        addressees=st.lists(addressees, max_size=2).map(tuple),
        parent=st.none(),
        annotator=st.just("a"),
        confidence=st.none(),
    )
    quotes = tuple(
        replace(one, id=f"q{i}", parent=draw(st.sampled_from([None, *(f"q{j}" for j in range(i))])))
        for i, one in enumerate(draw(st.lists(quote, max_size=4)))
    )
    claim = st.builds(
        a,
        st.just(Claim),
        id=st.just(""),
        content=some,
        proposition=st.sampled_from(["It is dry.", "Ann is ready."]),
        types=st.lists(st.sampled_from(get_args(ClaimType)), min_size=1, max_size=3, unique=True).map(tuple),
        checkworthiness=st.sampled_from(get_args(Checkworthiness)),
        factuality=st.sampled_from(get_args(Factuality)),
        quote=st.sampled_from([None, *(one.id for one in quotes)]),
        about=st.sets(st.sampled_from([entity.id for entity in found]), max_size=3).map(tuple) if found else st.just(()),
        annotator=st.just("a"),
        confidence=st.none(),
    )
    claims = tuple(replace(one, id=f"c{i}") for i, one in enumerate(draw(st.lists(claim, max_size=5))))
    return replace(CASE, entities=found, quotes=quotes, claims=claims)


Draw = Callable[[st.SearchStrategy[Any]], Any]


def relations(article: Article) -> st.SearchStrategy[list[Relation]]:
    """Relations between claims of an article, or claims that it does not have."""
    names = st.sampled_from([*(claim.id for claim in article.claims), "c99"])
    side = st.builds(ClaimReference, st.just(article.id), names)
    differs = st.lists(st.sampled_from(get_args(Difference)), max_size=2, unique=True).map(tuple)
    kinds = st.sampled_from(get_args(RelationType))
    one = st.builds(
        Relation, st.just("r1"), kinds, side, side, differs, note=st.none(), annotator=st.just("a"), confidence=st.none()
    )
    return st.lists(one, max_size=4)


def renamed(article: Article, draw: Draw) -> Article:
    """The same annotation with other ids, in another order."""

    def entity(one: Entity) -> Entity:
        members = tuple(f"x{member}" for member in one.members[::-1])
        return replace(one, id=f"x{one.id}", members=members, mentions=tuple(draw(st.permutations(one.mentions))))

    def quote(one: Quote) -> Quote:
        sources = tuple(replace(source, entity=source.entity and f"x{source.entity}") for source in one.sources[::-1])
        addressees = tuple(replace(one, entity=one.entity and f"x{one.entity}") for one in one.addressees)
        parent = one.parent and f"x{one.parent}"
        return replace(one, id=f"x{one.id}", sources=sources, addressees=addressees, parent=parent)

    def claim(one: Claim) -> Claim:
        about = tuple(f"x{name}" for name in one.about[::-1])
        return replace(one, id=f"x{one.id}", types=one.types[::-1], quote=one.quote and f"x{one.quote}", about=about)

    return replace(
        article,
        entities=tuple(map(entity, draw(st.permutations(article.entities)))),
        quotes=tuple(map(quote, draw(st.permutations(article.quotes)))),
        claims=tuple(map(claim, draw(st.permutations(article.claims)))),
    )


# Laws


@given(articles())
def test_an_annotation_agrees_with_itself(article: Article) -> None:
    found = compared(article, article)

    for figures_of in found.sections.values():
        for one in (figures_of or {}).values():
            assert {1.0, None} >= set(one.values.values()), one
    assert [] == list(disagreements(paired([article], [article])[0]))


@given(articles())
def test_nothing_against_something_is_zero(article: Article) -> None:
    empty = replace(article, entities=(), quotes=(), claims=())

    for gold, pred in ((article, empty), (empty, article)):
        for figures_of in compared(gold, pred).sections.values():
            for path, one in (figures_of or {}).items():
                assert {0.0, None} >= set(one.values.values()) or (path == "alpha" and (one.main or 0) <= 0)


@given(articles(), articles())
def test_exchanged_sides_exchange_precision_and_recall(one: Article, other: Article) -> None:
    there, back = compared(one, other), compared(other, one)

    for section, figures_of in there.sections.items():
        for path, found in (figures_of or {}).items():
            if path.endswith(("ent_type", "attribution_complete", "claimer", "about", *PEOPLE)):
                continue  # the first is nervaluate's, the others ask which gold entity a predicted one is
            values = figure(back, section, path).values
            turned = {
                "precision": "recall",
                "recall": "precision",
                "gold_in_pred": "pred_in_gold",
                "pred_in_gold": "gold_in_pred",
            }
            for name, value in found.values.items():
                assert value == pytest.approx(values[turned.get(name, name)]), (section, path)


@given(articles(), articles(), st.data())
def test_neither_order_nor_ids_matter(gold: Article, pred: Article, data: st.DataObject) -> None:
    same = renamed(gold, data.draw), renamed(pred, data.draw)

    assert as_json(compared(gold, pred)) == as_json(compared(*same))
    assert list(disagreements([Pair(gold, pred)])) == list(disagreements([Pair(*same)]))


@given(articles(), st.data())
def test_relations_agree_with_themselves_whatever_their_order_and_the_ids(article: Article, data: st.DataObject) -> None:
    mine = data.draw(relations(article))
    other = renamed(article, data.draw)

    def reference(one: ClaimReference) -> ClaimReference:
        return replace(one, claim=f"x{one.claim}")

    theirs = [replace(one, a=reference(one.a), b=reference(one.b)) for one in data.draw(st.permutations(mine))]
    same = score([Pair(article, article)], related=Related(mine, mine)).sections["relations"]
    again = score([Pair(article, article)], related=Related(mine, mine[::-1])).sections["relations"]
    known = {claim.id for claim in article.claims}

    assert same == again
    found = score([Pair(article, other)], related=Related(mine, theirs)).sections["relations"]
    alike = len({(claim.content, claim.proposition) for claim in article.claims}) == len(article.claims)
    if alike and all({one.a.claim, one.b.claim} <= known for one in mine):
        assert found == same
        assert all({1.0, None} >= set(figure.values.values()) for figure in (same or {}).values())


@given(articles(), articles(), st.data())
def test_totals_are_those_of_the_sides(gold: Article, pred: Article, data: st.DataObject) -> None:
    related = Related(data.draw(relations(gold)), data.draw(relations(pred)))
    found = score([Pair(gold, pred)], related=related)

    assert list(table(found))
    mentions, both = figure(found, "entities", "mentions/strict").counts, figure(found, "relations", "relation").counts
    number = [sum(len(entity.mentions) for entity in side.entities) for side in (gold, pred)]
    assert number == [mentions["gold"], mentions["pred"]]
    assert [len(side) for side in related] == [both["gold"], both["pred"]]


@given(articles(), articles())
def test_the_matching_is_one_to_one_and_shares_words(gold: Article, pred: Article) -> None:
    pairs = matched(*sides(Pair(gold, pred)))

    for side in zip(*pairs, strict=True):
        assert len({item.quote.id for item in side}) == len(pairs)
    assert all(one.content.overlaps(other.content) for one, other in pairs)


@given(articles(), articles())
def test_disagreements_are_printable_lines_and_explain_the_score(gold: Article, pred: Article) -> None:
    pairs = paired([gold], [pred])[0]
    errors = list(disagreements(pairs))

    assert all(str(error).isprintable() for error in errors)
    strict = figure(score(pairs), "entities", "mentions/strict").counts
    count = {what: sum(error.layer == "entities" and error.what == what for error in errors) for what in ("missed", "extra")}
    assert (strict["missed"], strict["spurious"]) == (count["missed"], count["extra"])


# Other people's programs

FLAT = flat_places().flatmap(
    lambda places: st.lists(st.sampled_from(["PERSON", "ORG", "GPE"]), min_size=len(places), max_size=len(places)).map(
        lambda labels: [Labelled(*place[:2], label) for place, label in zip(places, labels, strict=True)]
    )
)


@given(st.lists(st.tuples(FLAT, FLAT), min_size=1, max_size=3))
def test_mentions_that_do_not_overlap_score_as_in_nervaluate(documents: list[tuple[list[Labelled], list[Labelled]]]) -> None:
    found = figures([schemes(gold, pred) for gold, pred in documents])
    golds, preds = ([[_inclusive(m) for m in side] for side in both] for both in zip(*documents, strict=True))
    assume(any(golds) or any(preds))
    theirs = Evaluator(golds, preds, tags=["PERSON", "ORG", "GPE"], loader="dict").evaluate()

    for name in SCHEMES:
        _same_as_nervaluate(found[name], theirs["overall"][name])
    for label, of_label in theirs["entities"].items():
        own = [[[m for m in side if m.label == label] for side in both] for both in documents]
        _same_as_nervaluate(figures([schemes(gold, pred) for gold, pred in own])["strict"], of_label["strict"])


def _inclusive(mention: Labelled) -> dict[str, Any]:
    return {"label": mention.label, "start": mention.start, "end": mention.end - 1}


def _same_as_nervaluate(ours: Figure, theirs: Any) -> None:
    assert [ours.values[name] for name in ("precision", "recall", "f1")] == pytest.approx(
        [theirs.precision, theirs.recall, theirs.f1]
    )
    for name in ("correct", "incorrect", "partial", "missed", "spurious"):
        assert ours.counts[name] == getattr(theirs, name)


@given(st.lists(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1), min_size=1, max_size=3))
def test_alpha_is_that_of_krippendorff(documents: list[list[tuple[str, str]]]) -> None:
    units = [unit for document in documents for unit in document]
    assume(len({label for unit in units for label in unit}) > 1)
    tallies = [
        {"alpha": agreement.alpha([one for one, _ in document], [other for _, other in document])} for document in documents
    ]

    codes = np.array([["abcd".index(label) for label in coder] for coder in zip(*units, strict=True)])
    expected = krippendorff.alpha(reliability_data=codes, level_of_measurement="nominal")
    assert figures(tallies)["alpha"].main == pytest.approx(expected)


# Worked examples


def entities_of(*groups: str) -> list[frozenset[Any]]:
    return [frozenset(group) for group in groups]


def rates(key: Sequence[frozenset[Any]], response: Sequence[frozenset[Any]], name: str) -> list[float | None]:
    return list(figures([coreference_metrics.metrics(key, response)])[name].values.values())


@pytest.mark.parametrize(
    ("name", "precision", "recall", "f1"),
    [
        ("muc", 0.40, 0.40, 0.40),
        ("b3", 0.50, 0.4167, 0.4545),  # the paper rounds to 0.42 and 0.46
        ("ceaf_e", 0.4333, 0.65, 0.52),
        ("lea", 0.3333, 0.2381, 0.2778),  # Moosavi and Strube 2016, section 4: 0.33 and 0.24
    ],
)
def test_the_example_of_the_reference_scorer(name: str, precision: float, recall: float, f1: float) -> None:
    """Pradhan et al. 2014, figure 1: the response splits, merges, misses and invents."""
    key, response = entities_of("abc", "defg"), entities_of("ab", "cd", "fghi")

    assert rates(key, response, name) == pytest.approx([precision, recall, f1], abs=1e-4)


@pytest.mark.parametrize(
    ("response", "muc", "b3", "ceaf_e"),
    [
        (("12345", "6789ABC"), 0.947, 0.865, 0.733),
        (("1234589ABC", "67"), 0.947, 0.737, 0.667),
        (("123456789ABC",), 0.900, 0.545, 0.294),
        (tuple("123456789ABC"), 0.0, 0.400, 0.178),
    ],
)
def test_the_examples_of_luo_2005(response: tuple[str, ...], muc: float, b3: float, ceaf_e: float) -> None:
    """Luo 2005, table 1, on the key of Bagga and Baldwin 1998."""
    key = entities_of("12345", "67", "89ABC")
    found = [rates(key, entities_of(*response), name)[-1] for name in ("muc", "b3", "ceaf_e", "conll")]

    assert found == pytest.approx([muc, b3, ceaf_e, (muc + b3 + ceaf_e) / 3], abs=6e-4)


def test_the_precisions_of_bagga_and_baldwin() -> None:
    key = entities_of("12345", "67", "89ABC")

    assert [pytest.approx(0.762, abs=1e-3), 1.0] == rates(key, entities_of("12345", "6789ABC"), "b3")[:2]
    assert [pytest.approx(0.583, abs=1e-3), 1.0] == rates(key, entities_of("1234589ABC", "67"), "b3")[:2]


def test_the_schemes_tell_boundary_from_label() -> None:
    gold = [Labelled(0, 4, "PERSON"), Labelled(5, 9, "ORG"), Labelled(10, 14, "GPE")]
    pred = [Labelled(0, 4, "PERSON"), Labelled(5, 9, "GPE"), Labelled(10, 12, "GPE"), Labelled(20, 22, "ORG")]

    correct = {name: one.values["precision"] for name, one in figures([schemes(gold, pred)]).items()}

    assert {"strict": 1 / 4, "exact": 2 / 4, "partial": 2.5 / 4, "ent_type": 2 / 4} == correct


ORIGINATOR = replace(CASE.quotes[0].sources[0], type="official")
INTERMEDIARY = Source(54, 61, "Bob Ray", "e2", "intermediary", "media")
QUOTE = replace(CASE.quotes[0], sources=(ORIGINATOR, INTERMEDIARY), addressees=(Addressee(54, 61, "Bob Ray", "e2"),))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"cue": ()}, {"attribution_complete", "cue"}),
        ({"type": "mixed"}, {"attribution_complete", "type"}),
        ({"medium": "thought"}, {"medium"}),
        ({"act": "question"}, {"act"}),
        ({"status": "not_made"}, {"status"}),
        ({"addressees": ()}, {"addressee", "addressed"}),
        ({"addressees": (replace(QUOTE.addressees[0], entity="e1"),)}, {"addressed"}),
        ({"sources": (replace(ORIGINATOR, entity="e2"), INTERMEDIARY)}, {"attribution_complete", "speaker"}),
        (
            {"sources": (replace(ORIGINATOR, role="intermediary"), INTERMEDIARY)},
            {"attribution_complete", "speaker", "intermediary", "source_role"},
        ),
        ({"sources": (ORIGINATOR, replace(INTERMEDIARY, entity="e1"))}, {"intermediary"}),
        ({"sources": (ORIGINATOR, replace(INTERMEDIARY, type=None))}, {"source_type"}),
        ({"sources": (ORIGINATOR,)}, {"source", "intermediary"}),
        ({"verbatim": QUOTE.verbatim[:1]}, {"verbatim"}),
        ({"content": QUOTE.content[:1]}, {"content", "attribution"}),
        ({"content": (Span(44, 68, CASE.text[44:68]),)}, {"content", "attribution"}),
    ],
)
def test_one_wrong_part_of_a_quote_moves_its_own_figures(changes: dict[str, Any], wrong: set[str]) -> None:
    gold = replace(CASE, quotes=(QUOTE, CASE.quotes[1]))
    changed = replace(CASE, quotes=(replace(QUOTE, **changes), CASE.quotes[1]))
    found = compared(gold, changed).sections["quotes"] or {}

    assert wrong == {path.split("/")[0] for path, one in found.items() if one.main not in {1.0, None}}
    fields = {error.field for error in disagreements([Pair(gold, changed)]) if error.layer == "quotes"}
    assert wrong - {"attribution", "attribution_complete"} == fields


def test_a_wrong_parent_moves_its_own_figure() -> None:
    gold = replace(CASE, quotes=(QUOTE, CASE.quotes[1]))
    changed = replace(CASE, quotes=(QUOTE, replace(CASE.quotes[1], parent=None)))

    found = compared(gold, changed).sections["quotes"] or {}

    assert {"parent"} == {path for path, one in found.items() if one.main != 1.0}
    assert ["parent"] == [error.field for error in disagreements([Pair(gold, changed)])]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"types": ("rule", "position_statement")}, {"types", "types_micro"}),
        ({"checkworthiness": "check_worthy"}, {"checkworthiness"}),
        ({"factuality": "PS-"}, {"factuality"}),
        ({"quote": None}, {"claimer", "quote"}),
        ({"quote": "q2"}, {"claimer", "quote"}),
        ({"proposition": "Ann Lee is here."}, {"proposition/exact", "proposition/tokens"}),
        ({"proposition": "ann lee is ready."}, {"proposition/exact"}),
        ({"about": ("e2",)}, {"about"}),
        ({"about": ()}, {"about"}),
    ],
)
def test_one_wrong_part_of_a_claim_moves_its_own_figure(changes: dict[str, Any], wrong: set[str]) -> None:
    changed = replace(CASE, claims=(replace(CASE.claims[0], **changes), CASE.claims[1]))
    found = compared(CASE, changed).sections["claims"] or {}

    assert wrong == {path for path, one in found.items() if one.main != 1.0}
    fields = {error.field for error in disagreements([Pair(CASE, changed)])}
    assert {path.split("/")[0] for path in wrong} - {"types_micro"} == fields


VALUE = Mention(79, 82, "abc", "value")
PRONOUN = Mention(45, 47, "It", "pronoun")
PERCENT = a(Entity, id="e3", label="PERCENT", name="abc", value="5", mentions=(VALUE,), annotator="a")
GROUP = a(Entity, id="e4", label="PERSON", name="It", members=("e1", "e2"), mentions=(PRONOUN,), annotator="a")
FULL = replace(CASE, entities=(*CASE.entities, PERCENT, GROUP))


@pytest.mark.parametrize(
    ("place", "changes", "wrong"),
    [
        (0, {"name": "Ann"}, {"name"}),
        (0, {"kb_id": "local:ann"}, {"kb_id"}),
        (0, {"kb_id": None}, {"kb_id"}),
        (1, {"kb_id": "local:ann-lee"}, {"kb_id"}),
        (2, {"value": "6"}, {"value"}),
        (2, {"value": None}, {"value"}),
        (3, {"members": ("e1",)}, {"members"}),
        (3, {"members": ("e1", "e3")}, {"members"}),
        (3, {"mentions": (Mention(45, 47, "It", "nominal"),)}, {"level"}),
    ],
)
def test_one_wrong_field_of_an_entity_moves_its_own_figure(place: int, changes: dict[str, Any], wrong: set[str]) -> None:
    entities_ = [replace(entity, **changes) if i == place else entity for i, entity in enumerate(FULL.entities)]
    changed = replace(FULL, entities=tuple(entities_))

    found = compared(FULL, changed).sections

    assert all(one.main == 1.0 for one in (compared(FULL, FULL).sections["entity_fields"] or {}).values())
    assert wrong == {path for path, one in (found["entity_fields"] or {}).items() if one.main != 1.0}
    assert wrong == {error.field for error in disagreements([Pair(FULL, changed)])}


def test_agr_counts_what_the_other_has_too() -> None:
    """The second quote lies in the second part of the first."""
    outer, inner = replace(CASE, quotes=CASE.quotes[:1], claims=()), replace(CASE, claims=())
    assert [1.0, 1.0, 1.0] == agr(outer, inner)

    part = replace(outer.quotes[0], content=outer.quotes[0].content[:1])
    assert [1.0, 0.5, 0.75] == agr(replace(inner, quotes=(part, inner.quotes[1])), replace(outer, quotes=(part,)))


def agr(gold: Article, pred: Article) -> list[float | None]:
    return list(figure(compared(gold, pred), "agreement/quotes", "agr").values.values())


def test_quotes_without_entities_have_no_speakers_to_compare() -> None:
    bare = replace(CASE, entities=(), layers=replace(CASE.layers, entities="none"))
    found = compared(bare, CASE)

    assert found.sections["entities"] is None
    assert found.sections["agreement/entities"] is None
    for path in ("attribution_complete", *PEOPLE):
        assert figure(found, "quotes", path).main is None
    assert figure(found, "claims", "claimer").main is None
    assert figure(found, "claims", "about").main is None
    assert 1.0 == figure(found, "quotes", "attribution").main


# Intervals


def test_intervals_need_ten_articles_and_enclose_the_figure() -> None:
    half = replace(CASE, quotes=CASE.quotes[:1], claims=())
    golds = [replace(CASE, id=f"a{i}") for i in range(12)]
    preds = [replace(CASE if i % 3 else half, id=f"a{i}") for i in range(12)]

    few = score(paired(golds[:9], preds[:9])[0])
    many = score(paired(golds, preds)[0])

    assert figure(few, "quotes", "attribution").interval is None
    assert "no confidence interval where fewer than 10 articles count" in list(table(few))
    found = figure(many, "quotes", "attribution")
    assert found.interval is not None
    assert found.interval[0] < (found.main or 0) < found.interval[1] <= 1
    assert as_json(many) == as_json(score(paired(golds[::-1], preds[::-1])[0]))
    assert any("–1.000" in line for line in table(many))


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from([0.25, 0.5, 0.75, 1.0]), max_size=25))
def test_the_matching_is_the_best_of_all_one_to_one_pairings(weights: dict[tuple[int, int], float]) -> None:
    best = max(sum(weights.get(pair, 0) for pair in zip(range(5), columns, strict=True)) for columns in permutations(range(5)))

    found = optimal(weights)

    assert best == sum(weights[pair] for pair in found)
    assert len(found) == len({row for row, _ in found}) == len({column for _, column in found})


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    random, covered = np.random.default_rng(1), 0
    for _ in range(200):
        right = random.binomial(20, 0.8, size=40)
        found = figures([{"f": Tally(PRF, (hits, 20, hits, 20))} for hits in right])["f"]
        assert found.interval is not None
        covered += found.interval[0] <= 0.8 <= found.interval[1]

    assert 0.88 <= covered / 200 <= 0.99


def test_a_figure_of_nothing_is_none() -> None:
    found = figures([{"f": Tally(SCHEME, (0, 0, 0, 0, 0))}] * 10)["f"]

    assert {None} == set(found.values.values())
    assert found.interval is None


# The command


@pytest.fixture
def passes(tmp_path: Path) -> Path:
    """A project of two articles and two passes over them; `b` misses a quote of each and has another label for an entity."""
    project = project_of(tmp_path, {f"{name}.txt": CASE.text.encode() for name in NAMES})
    for name in NAMES:
        record = json.loads((CHECKOUT / "tests/cases/valid/article.json").read_text(encoding="utf-8"))
        record = {key: record[key] for key in contract.columns("annotation")} | {"id": name, "zones": [], "claims": []}
        record["layers"]["zones"] = "none"
        for side in ("a", "b"):
            path = project / "annotations/passes" / side / f"{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(record), encoding="utf-8")
        record["entities"][0]["label"] = "ORG"
        edit(path, quotes=record["quotes"][:1], entities=record["entities"])
    return project / "annotations/passes"


def edit(path: Path, **changes: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def test_two_passes_are_a_table(passes: Path, pressmark: Callable[..., Ran]) -> None:
    run = pressmark("score", passes / "a", passes / "b")

    assert (0, "") == (run.code, run.err)
    assert run.out.startswith("2 articles\nno confidence interval where fewer than 10 articles count\n")
    for line in ("  mentions strict ", "  conll ", "  attribution_complete ", "  alpha "):
        assert f"\n{line}" in run.out


def test_json_has_the_same_keys_whatever_is_scored(passes: Path, pressmark: Callable[..., Ran]) -> None:
    run = pressmark("score", "--format", "json", passes / "a", passes / "b")
    found = json.loads(run.out)

    assert 0 == run.code
    assert ["articles", "left_out", "skipped", "not_compared", "bootstrap", *SECTIONS] == list(found)
    assert list(get_args(EntityLabel)) == list(found["entities"]["labels"])
    assert ["precision", "recall", "f1", "interval", "gold", "pred"] == list(found["quotes"]["cue"]["tokens"])
    assert found["quotes"]["attribution"]["gold"] == found["quotes"]["attribution"]["pred"] + 2
    page = (CHECKOUT / "docs/scoring.md").read_text(encoding="utf-8")
    for key in _keys(found):
        assert f"`{key}`" in page or key in get_args(EntityLabel), f"docs/scoring.md does not explain {key}"


def _keys(tree: Any) -> set[str]:
    return {key for name, child in tree.items() for key in {name, *_keys(child)}} if isinstance(tree, dict) else set()


def test_errors_are_lines_with_both_sides(passes: Path, pressmark: Callable[..., Ran]) -> None:
    lines = pressmark("score", "--errors", passes / "a", passes / "b").out.splitlines()
    errors = lines[len(lines) - lines[::-1].index("") :]

    assert all(error.startswith(tuple(NAMES)) for error in errors)
    assert 2 == sum(": quotes: missed: " in error for error in errors)
    assert "one:30:37: entities: different label: 'Ann Lee': gold PERSON, pred ORG" in errors
    found = json.loads(pressmark("score", "--errors", "--format", "json", passes / "a", passes / "b").out)["errors"]
    assert len(errors) == len(found)
    assert ["article", "layer", "start", "end", "text", "what", "field", "gold", "pred"] == list(found[0])


def test_an_annotation_and_its_record_are_the_same(passes: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    from pressmark.scoring import articles_in

    records = tmp_path / "records.jsonl"
    records.write_bytes(b"".join(json_line(article) for article in articles_in(passes / "a")))

    found = json.loads(pressmark("score", "--format", "json", "--errors", records, passes / "a").out)

    assert [] == found["errors"]
    assert 1.0 == found["quotes"]["attribution_complete"]["f1"]


def test_a_layer_that_a_side_lacks_is_skipped_and_named(passes: Path, pressmark: Callable[..., Ran]) -> None:
    for path in (passes / "b").iterdir():
        edit(path, claims=[], layers={"zones": "none", "entities": "silver", "quotes": "silver", "claims": "none"})

    run = pressmark("score", passes / "a", passes / "b")
    found = json.loads(pressmark("score", "--format", "json", passes / "a", passes / "b").out)

    assert "\nnot compared, because a side has none: claims, relations\n" in run.out
    assert (None, None) == (found["claims"], found["agreement"]["claims"])
    assert NAMES == found["skipped"]["claims"]


def test_articles_of_one_side_are_named_unless_only_common_ones_are_wanted(passes: Path, pressmark: Callable[..., Ran]) -> None:
    (passes / "b" / f"{NAMES[1]}.json").unlink()

    run = pressmark("score", passes / "a", passes / "b")
    assert (1, "") == (run.code, run.out)
    assert f"{NAMES[1]}: score-article: is in the gold, but not in the prediction" in run.err

    run = pressmark("score", "--common", passes / "a", passes / "b")
    assert (0, "left out 1 of 2 articles, because only one side has them\n") == (run.code, run.err)
    assert run.out.startswith("1 article\n")

    (passes / "a" / f"{NAMES[0]}.json").unlink()
    run = pressmark("score", "--common", passes / "a", passes / "b")
    assert 1 == run.code
    assert "score-nothing" in run.err


def test_two_texts_are_an_error(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    text = CASE.text.replace("dry", "wet")
    other = replace(
        CASE,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        zones=tuple(replace(zone, text=text[zone.start : zone.end]) for zone in CASE.zones),
        sentences=(),
        entities=(),
        quotes=(),
        claims=(),
        layers=a(Layers, zones="silver"),
    )
    (tmp_path / "one.json").write_bytes(json_line(CASE))
    (tmp_path / "other.json").write_bytes(json_line(other))

    run = pressmark("score", tmp_path / "one.json", tmp_path / "other.json")

    assert 1 == run.code
    message = "the two annotate different texts: at 71, the gold has 'dry’.”\\n(abc)', and the prediction has 'wet’.”\\n(abc)'"
    assert f"case: $.text: score-text: {message}\n" == run.err


def test_an_article_twice_on_one_side_is_an_error(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    (tmp_path / "twice.jsonl").write_bytes(json_line(CASE) * 2)

    run = pressmark("score", tmp_path / "twice.jsonl", tmp_path / "twice.jsonl")

    assert 1 == run.code
    assert "case: score-twice: occurs twice in the gold" in run.err


def wrong_hash(passes: Path) -> None:
    edit(passes / "b" / f"{NAMES[0]}.json", text_sha256="0" * 64)


def no_seed(passes: Path) -> None:
    edit(passes / "b" / f"{NAMES[0]}.json", id="stranger")


def no_seeds(passes: Path) -> None:
    shutil.rmtree(passes.parents[1] / "seeds")


def shifted(passes: Path) -> None:
    path = passes / "b" / f"{NAMES[0]}.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["quotes"][0]["cue"][0]["start"] += 1
    edit(path, quotes=found["quotes"])


def empty(passes: Path) -> None:
    shutil.rmtree(passes / "b")
    (passes / "b").mkdir()


def broken(passes: Path) -> None:
    (passes / "b" / f"{NAMES[0]}.json").write_bytes(b"{\x1b")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (wrong_hash, "text-hash"),
        (no_seed, "annotation-seed"),
        (no_seeds, "annotation-seed"),
        (shifted, "span-text"),
        (empty, "score-nothing"),
        (broken, "file-json"),
    ],
)
def test_wrong_data_are_named_and_exit_1(
    spoil: Callable[[Path], None], code: str, passes: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(passes)
    spoil(passes)

    run = pressmark("score", "a", "b")

    assert (1, "") == (run.code, run.out)
    assert f": {code}: " in run.err
    assert all(line.isprintable() for line in run.err.splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ["a"],
        ["a", "no-such-folder"],
        ["a", "b", "--project", "no-such-folder"],
        ["a", "b", "--format", "xml"],
    ],
)
def test_wrong_usage_is_exit_2(
    arguments: list[str], passes: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(passes)

    assert 2 == pressmark("score", *arguments).code


def test_a_project_can_be_named(passes: Path, tmp_path_factory: pytest.TempPathFactory, pressmark: Callable[..., Ran]) -> None:
    away = tmp_path_factory.mktemp("away") / "a"
    (passes / "a").rename(away)

    assert 0 == pressmark("score", away, away, "--project", passes.parents[1]).code


def test_control_characters_of_a_text_do_not_reach_the_terminal(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    name = "Ann\x1b[31m"
    gold = replace(CASE, entities=(replace(CASE.entities[0], name=name), replace(CASE.entities[1], name="Bob\x07")))
    pred = replace(gold, quotes=(replace(QUOTE, sources=(replace(QUOTE.sources[0], entity="e2"),)), CASE.quotes[1]))
    for stem, article in (("gold", gold), ("pred", pred)):
        (tmp_path / f"{stem}.json").write_bytes(json_line(article))

    run = pressmark("score", "--errors", tmp_path / "gold.json", tmp_path / "pred.json")

    shown = run.out + run.err
    assert "Ann" in shown
    assert "Bob" in shown
    assert all(line.isprintable() for line in shown.splitlines())
