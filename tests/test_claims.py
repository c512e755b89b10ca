"""Claims by rules: which clauses, what kind, how sure, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from news import TEXTS, article, quoting
from pressmark.annotators.claims import claims, explain
from pressmark.annotators.entities import entities
from pressmark.annotators.pipeline import Plan, propose
from pressmark.annotators.quotes import quotes
from pressmark.record.encode import json_line
from pressmark.validation import errors, parse

if TYPE_CHECKING:
    from pressmark.record.model import Claim


def claimed(text: str) -> list[str]:
    return [claim.content[0].text for claim in claims(entities(article(text))).claims]


def only(text: str) -> Claim:
    (claim,) = claims(entities(article(text))).claims
    return claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained in Rome.", ["It rained in Rome"]),
        ("It rained, and the streets were wet.", ["It rained", "the streets were wet"]),
        ("They signed a treaty that will allow it.", ["They signed a treaty", "that will allow it"]),
        ("They left because it was late.", ["They left", "it was late"]),
        ("He met Ann Lee, who has won twice.", ["He met Ann Lee", "who has won twice"]),
        ("If it rains, the match will be off because it is wet.", ["If it rains, the match will be off because it is wet"]),
        ("The country in which it is made is far.", ["The country in which it is made is far"]),
        ("Kim came after a family quarrel and was lost.", ["Kim came after a family quarrel", "was lost"]),
        ("They bought apples and pears.", ["They bought apples and pears"]),
        ("“It rained,” and that was all.", ["It rained", "that was all"]),
        ("The court met in May and opened the case.", ["The court met in May", "opened the case"]),
        ("The fire killed 12 people and injured 40.", ["The fire killed 12 people", "injured 40"]),
        ("The firm sold a mill, but its rival stayed.", ["The firm sold a mill", "its rival stayed"]),
        ("Ann Lee, the coach, criticised the club.", ["Ann Lee, the coach, criticised the club"]),
        ("Kim died in May.", ["Kim died in May"]),
        ("Ann Lee and Bob Ray run a shop.", ["Ann Lee and Bob Ray run a shop"]),
        ("Because it rained, the dam fell.", ["it rained", "the dam fell"]),
        ("While Kim was away, thieves stole the car.", ["Kim was away", "thieves stole the car"]),
        ("After the talks failed, the union called a strike.", ["the talks failed", "the union called a strike"]),
        ("After the roof fell in, the school moved to a gym.", ["the roof fell in", "the school moved to a gym"]),
        ("The board met and sold the park.", ["The board met", "sold the park"]),
        ("It cut the budget but raised fees.", ["It cut the budget", "raised fees"]),
        ("The ship sank, and divers will search it.", ["The ship sank", "divers will search it"]),
        ("Rents rose, and 1,200 families left.", ["Rents rose", "1,200 families left"]),
        ("The law forbids smoking.", ["The law forbids smoking"]),
        ("The firm makes boats and sells them.", ["The firm makes boats", "sells them"]),
        ("It has not paid since June, and two men have sued.", ["It has not paid since June", "two men have sued"]),
        ("The dam burst, killing 12 people.", ["The dam burst, killing 12 people"]),
        ("Ann Lee chairs the board.", ["Ann Lee chairs the board"]),
        ("Kim left even though it was late.", ["Kim left", "it was late"]),
        ("• Fares rise by 10%.", ["Fares rise by 10%"]),
        ("The two sides accused each other.", []),
        ("Who will pay?", []),
        ("Ann Lee, Minister of Trade.", []),
        ("No.", []),
    ],
)
def test_each_finite_clause_is_a_claim(text: str, expected: list[str]) -> None:
    assert expected == claimed(f"Rome is far from here, they say.\n{text}\n")[1:]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The law will allow it.", ("rule",)),
        ("Cars are not allowed in the park.", ("rule",)),
        ("The speech was boring.", ("position_statement",)),
        ("Japan bans it.", ("rule",)),
        ("He lets it be.", ("event_property",)),
        ("It will rain.", ("prediction",)),
        ("They’ll win.", ("prediction",)),
        ("They are to meet soon.", ("prediction",)),
        ("It is a grave threat.", ("position_statement",)),
        ("The plan is a disgrace.", ("position_statement",)),
        ("Ann Lee loves the plan.", ("position_statement",)),
        ("The council ought to act.", ("position_statement",)),
        ("The mayor should resign.", ("position_statement",)),
        ("Hope Hicks left.", ("event_property",)),
        ("It was a think tank.", ("event_property",)),
        ("Voters want it.", ("position_statement",)),
        ("They met George Will.", ("event_property",)),
        ("Japan Will Strengthen Ties.", ("prediction",)),
        ("Majority Leader Ann Lee left.", ("event_property",)),
        ("The track record of Kim is long.", ("event_property",)),
        ("A majority left.", ("event_property", "numerical")),
        ("Sales hit a record high.", ("event_property", "numerical")),
        ("One of them left.", ("event_property",)),
        ("It rained.", ("event_property",)),
        ("Two men left.", ("event_property", "numerical")),
        ("Sales doubled.", ("event_property", "numerical")),
        ("The two men left.", ("event_property",)),
        ("It cost $5.", ("event_property", "numerical")),
        ("They worked for more than seven decades.", ("event_property", "numerical")),
        ("They worked since 1945.", ("event_property",)),
        ("He left because of it.", ("event_property", "causal")),
        ("It will cost half because of them.", ("prediction", "numerical", "causal")),
    ],
)
def test_types(text: str, types: tuple[str, ...]) -> None:
    assert types == only(text).types


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is a great success.", "non_factual"),
        ("Joe Biden met Olaf Scholz.", "unimportant_factual"),
        ("They are working together in Rome.", "unimportant_factual"),
        ("It was like that.", "unimportant_factual"),
        ("Japan signed a treaty.", "check_worthy"),
        ("The law allows it.", "check_worthy"),
        ("The road was closed.", "check_worthy"),
        ("There was no danger.", "check_worthy"),
        ("It was closed.", "unimportant_factual"),
    ],
)
def test_checkworthiness(text: str, expected: str) -> None:
    assert expected == only(text).checkworthiness


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained.", "CT+"),
        ("It will rain.", "CT+"),
        ("It did not rain.", "CT+"),
        ("It didn’t rain.", "CT+"),
        ("It not only rained, but also snowed.", "CT+"),
        ("It may rain.", "PS+"),
        ("It may not rain.", "PS-"),
        ("It might not only rain.", "PS+"),
        ("It may not have rained.", "PS+"),
        ("The law may allow it.", "CT+"),
        ("It rained on 14 May.", "CT+"),
        ("It should rain.", "CT+"),
        ("It cost money that may be spent.", "CT+"),
        ("It is unlikely to rain.", "PR+"),
    ],
)
def test_factuality(text: str, expected: str) -> None:
    assert expected == only(text).factuality


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("believes", "that it rained", "PR+"),
        ("denies", "that it rained", "CT-"),
        ("doubts", "that it rained", "PR-"),
        ("says", "that it rained", "CT+"),
        ("does not think", "that it rained", "PR-"),
        ("denies", "that it did not rain", "CT-"),
        ("says", "that it did not rain", "CT+"),
        ("says", "if it rains, they will leave", "CT+"),
        ("expects", "to leave Rome", "PR+"),
    ],
)
def test_the_cue_of_the_quote_counts_too(cue: str, content: str, expected: str) -> None:
    (claim,) = claims(quoting(f"Joe Biden {cue} {content}.", content, cue, "Joe Biden")).claims

    assert ("q1", expected) == (claim.quote, claim.factuality)


def test_what_is_quoted_is_the_claim_and_not_that_it_was_said() -> None:
    (claim,) = claims(
        quoting("“It rained in Rome,” Joe Biden said on Monday.", "“It rained in Rome,”", "said", "Joe Biden", "direct")
    ).claims

    assert ("It rained in Rome", "It rained in Rome.", "q1") == (claim.content[0].text, claim.proposition, claim.quote)
    assert [] != list(claim.about)


def stated(text: str, *, thought: bool = False) -> list[tuple[str | None, str, str]]:
    """The claims that the rules make of a text with its quotes: quote, proposition and factuality."""
    made = claims(quotes(entities(article(text)), thought=thought))
    return [(claim.quote, claim.proposition, claim.factuality) for claim in made.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Joe Biden said that it will not fall.", [("q1", "It will not fall.", "CT+")]),
        ("Joe Biden denied that it will fall.", [("q1", "It will fall.", "CT-")]),
        ("Joe Biden denied claims that it will fall.", [("q1", "It will fall.", "CT-")]),
        ("Joe Biden denied the notion that it will fall.", [("q1", "It will fall.", "CT-")]),
        ("“Stop it,” Joe Biden said. “It is wrong.”", [("q1", "It is wrong.", "CT+")]),
    ],
)
def test_what_was_asserted_is_a_claim(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert expected == stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "Joe Biden never claimed that it fell.",
        "Joe Biden may say that it fell because it was old.",
        "Joe Biden will tell the council that it fell.",
        "Joe Biden asked whether it fell.",
        "Joe Biden asked whether Kim had promised to leave.",
        "If Joe Biden says that it fell, they will leave.",
        "“Why is it safe?” Joe Biden asked.",
        "“Thank you,” Joe Biden said.",
        "Joe Biden mentioned the deal.",
        "Joe Biden explained why it fell.",
        "Joe Biden and Kim accused each other of lying.",
        "“Thank you, Rome!” Joe Biden said.",
        "“Who knew it?!” Joe Biden asked.",
        "“Suppose it falls,” Joe Biden said.",
        "Imagine it falls in Rome.",
        "“Good luck to all who try,” Joe Biden said.",
    ],
)
def test_what_was_not_asserted_is_no_claim(text: str) -> None:
    assert [] == stated(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Joe Biden promised not to raise it.", [(None, "Joe Biden promised not to raise it.")]),
        ("Joe Biden agreed to leave Rome.", [(None, "Joe Biden agreed to leave Rome.")]),
        ("Joe Biden announced plans to leave.", [(None, "Joe Biden announced plans to leave.")]),
        ("Joe Biden urged Kim not to leave.", [(None, "Joe Biden urged Kim not to leave.")]),
        ("Joe Biden said she had promised to leave.", [("q1", "She had promised to leave.")]),
        ("Joe Biden promised to tell Kim that it fell.", [(None, "Joe Biden promised to tell Kim that it fell.")]),
        ("The minister was told not to leave.", [(None, "The minister was told not to leave.")]),
        ("They met Kim, who promised to leave.", [(None, "Kim promised to leave.")]),
        ("Joe Biden said it fell and vowed to leave.", [("q1", "It fell."), (None, "Joe Biden vowed to leave.")]),
        ("Joe Biden, who said it fell, vowed to leave.", [("q1", "It fell."), (None, "Joe Biden vowed to leave.")]),
        ("“Stop it,” Joe Biden said.", [(None, "Joe Biden said to stop it.")]),
        ("“Do not trust him,” Joe Biden told Kim.", [(None, "Joe Biden told Kim not to trust him.")]),
        ("“Please close the door,” said Joe Biden.", [(None, "Joe Biden said to close the door.")]),
        ("“We will go,” Joe Biden said.", [(None, "We will go, Joe Biden said.")]),
        ("“Close it. Now,” Joe Biden said.", [(None, "Close it. Now, Joe Biden said.")]),
    ],
)
def test_a_promise_or_an_order_is_one_claim_of_who_tells_of_it(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(*one, "CT+") for one in expected] == stated(text)


def test_the_claim_of_an_act_covers_its_cue_and_foretells_nothing() -> None:
    made = claims(quotes(entities(article("Joe Biden promised to leave Rome in May."))))

    (claim,), (quote,) = made.claims, made.quotes
    assert claim.content[0].holds(quote.cue[0])
    assert claim.content[0].holds(quote.content[0])
    assert ("event_property",) == claim.types


@pytest.mark.parametrize(
    "text",
    [
        "Joe Biden denied that, according to Kim, it was closed.",
    ],
)
def test_an_attribution_inside_a_quote_is_no_claim(text: str) -> None:
    assert [] == stated(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Joe Biden said that Kim never claimed it fell because it was old.",
            ("q1", "Kim never claimed it fell because it was old.", "CT+"),
        ),
        ("Joe Biden denied that Kim had said it was closed.", ("q1", "Kim had said it was closed.", "CT-")),
        ("“Kim never said that it fell,” Joe Biden said.", ("q1", "Kim never said that it fell.", "CT+")),
    ],
)
def test_that_something_was_not_said_is_a_claim_where_it_is_all_that_is_said(text: str, expected: tuple[str, str, str]) -> None:
    assert [expected] == stated(text)


def test_what_stands_beside_an_attribution_in_a_quote_is_a_claim() -> None:
    text = "“It rained in Rome. Kim never said that it fell. The dam is old,” Joe Biden said."

    assert [("q1", "It rained in Rome.", "CT+"), ("q1", "The dam is old.", "CT+")] == stated(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Joe Biden spoke. Later he left.", "Later Joe Biden left."),
        ("Joe Biden spoke. His wife left.", "Joe Biden’s wife left."),
        ("It is said so. They met today.", "They met on Thursday, 12 January 2023."),
        ("It is said so. They met on Wednesday.", "They met on Wednesday, 11 January 2023."),
        ("It is said so. They met on Monday in Rome.", "They met on Monday, 9 January 2023, in Rome."),
        ("It is said so. They met on 9 January 2023.", "They met on 9 January 2023."),
        ("It is said so. He hurt himself.", "He hurt himself."),
        ("The dam may fall.", "The dam will fall."),
        ("The dam probably fell.", "The dam fell."),
        ("It seems that the dam fell.", "The dam fell."),
        ("The dam might not fall.", "The dam will fall."),
        ("The dam may have fallen.", "The dam may have fallen."),
        ("The dam may not have fallen.", "The dam may not have fallen."),
        ("They met Kim, who may fall.", "Kim will fall."),
        ("Firms found it may fall.", "Firms found it may fall."),
    ],
)
def test_a_proposition_stands_alone(text: str, expected: str) -> None:
    assert expected == claims(entities(article(text))).claims[-1].proposition


@pytest.mark.parametrize(
    ("text", "content", "proposition"),
    [
        ("The bridge, which opened in 1999, will close.", ["The bridge", "will close"], "The bridge opened in 1999."),
        ("Ann Lee, who won twice, lost.", ["Ann Lee", "lost"], "Ann Lee won twice."),
        ("The law, which is new, forbids it.", ["The law", "forbids it"], "The law is new."),
        ("The owner, who lives in Rome, has sold it.", ["The owner", "has sold it"], "The owner lives in Rome."),
    ],
)
def test_an_inserted_relative_clause_is_cut_out(text: str, content: list[str], proposition: str) -> None:
    main, relative = claims(entities(article(text))).claims

    assert content == [span.text for span in main.content]
    assert proposition == relative.proposition


@pytest.mark.parametrize(
    "text",
    [
        "If the dam, which is old, falls, the town will flood.",
        "Ann Lee denied that the dam, which was old, fell.",
        "Kim never said that Ann Lee, who won twice, lost.",
        "Has the dam, which is old, held?",
    ],
)
def test_a_relative_clause_stays_where_it_is_not_told_as_true(text: str) -> None:
    assert "relative-clause" not in {rule for _, _, rule in explain(quotes(entities(article(text))))}


def test_a_relative_clause_is_about_the_one_whom_it_tells_of() -> None:
    made = claims(entities(article("Ann Lee, who won twice, lost.")))

    assert [("e1",), ("e1",)] == [claim.about for claim in made.claims]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Norland to build bridge across the canal", [("Norland will build bridge across the canal.", ("prediction",))]),
        ("A short guide to the new tax rules of Rome", []),
        ("How to vote in the mayor’s race in Rome", []),
    ],
)
def test_what_a_headline_says_will_happen_is_a_claim(headline: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    made = claims(entities(article(f"{headline}\nBy Ann Lee\nThe town, where it rained on Monday, lies far from here.\n")))

    assert expected == [(claim.proposition, claim.types) for claim in made.claims if claim.content[0].start == 0]


def test_who_promises_in_marks_is_named_for_i() -> None:
    made = propose(article("“I’ll go,” Joe Biden said."), Plan(), lambda _: None)

    assert ["Joe Biden said that Joe Biden will go."] == [claim.proposition for claim in made.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee denied taking bribes.", ("q1", "Ann Lee took bribes.", "CT-")),
        ("Ann Lee admitted carrying it to Rome.", ("q1", "Ann Lee carried it to Rome.", "CT+")),
        ("Ann Lee denied planning the theft.", ("q1", "Ann Lee planned the theft.", "CT-")),
        ("Their chief, Ann Lee, denied paying Kim.", ("q1", "Ann Lee paid Kim.", "CT-")),
    ],
)
def test_what_somebody_denies_having_done_is_a_claim(text: str, expected: tuple[str, str, str]) -> None:
    assert [expected] == stated(text)


def test_somebody_without_a_name_keeps_the_determiner() -> None:
    made = propose(article("The mayor promised to leave. He said he was late."), Plan(), lambda _: None)

    assert "The mayor promised to leave." == made.claims[0].proposition


def test_a_condition_before_the_cue_is_no_claim() -> None:
    quoted = quoting("“If it rains,” Joe Biden said, “we stay.”", "“If it rains,”", "said", "Joe Biden", "direct")

    assert () == claims(quoted).claims


@pytest.mark.parametrize(
    ("text", "content", "cue", "expected"),
    [
        ("Joe Biden called the plan “a lie.”", ["the plan “a lie.”"], ["called"], "The plan is a lie."),
        ("Joe Biden called the leaks a “lie.”", ["the leaks a “lie.”"], ["called"], "The leaks are a lie."),
        ("Joe Biden called them thieves.", ["them thieves"], ["called"], "They are thieves."),
        ("Joe Biden described it as wet.", ["it", "wet"], ["described", "as"], "It is wet."),
        ("Joe Biden accused Kim of lying.", ["Kim", "lying"], ["accused", "of"], "Kim lied."),
        ("Joe Biden accused Kim of fraud.", ["Kim", "fraud"], ["accused", "of"], "Kim is guilty of fraud."),
        ("Joe Biden blamed rain for it.", ["rain", "it"], ["blamed", "for"], "Rain is to blame for it."),
    ],
)
def test_a_judgement_is_a_claim(text: str, content: list[str], cue: list[str], expected: str) -> None:
    made = quotes(entities(article(text)))

    (claim,) = claims(made).claims

    assert ("CT+", "of" in cue or "for" in cue) == (claim.factuality, claim.types[0] != "position_statement")
    assert (content, cue) == ([span.text for span in made.quotes[0].content], [span.text for span in made.quotes[0].cue])
    assert (content, expected) == ([span.text for span in claim.content], claim.proposition)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The firm is said to owe $3.", "The firm owes $3."),
        ("Kim is reported to have left.", "Kim has left."),
        ("The dams are said to be old.", "The dams are old."),
    ],
)
def test_what_somebody_is_said_to_do_is_a_claim(text: str, expected: str) -> None:
    assert [("q1", expected, "CT+")] == stated(text)


def test_a_noun_like_a_verb_belongs_to_the_subject() -> None:
    made = claims(article("The new plans will not solve it, but are steps ahead."))

    assert "The new plans are steps ahead." == made.claims[-1].proposition


def test_the_source_of_an_act_keeps_its_determiner() -> None:
    made = propose(article("Some voters said it fell and threatened to leave."), Plan(), pytest.fail)

    assert "Some voters threatened to leave." == made.claims[-1].proposition


def test_a_second_verb_has_the_subject_of_the_first() -> None:
    made = claims(entities(article("Joe Biden spoke. He met her and will soon leave Rome.")))

    assert ["Joe Biden met her.", "Joe Biden will soon leave Rome."] == [claim.proposition for claim in made.claims[1:]]


def test_a_relative_clause_may_be_about_a_name() -> None:
    made = claims(entities(article("They met Joe Biden, who has won twice.")))

    assert "Joe Biden has won twice." == made.claims[-1].proposition


def test_a_relative_clause_gets_its_noun() -> None:
    made = claims(entities(article("They signed a treaty that will allow it.")))

    assert "A treaty will allow it." == made.claims[1].proposition


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“The mud,” Ann Lee said, “is everywhere.”", ["The mud", "is everywhere"], "The mud is everywhere."),
        ("“The dam,” said Ann Lee, who lives near it, “held.”", ["The dam", "held"], "The dam held."),
        ("“We never,” Ann Lee said, “promised that.”", ["We never", "promised that"], "We never promised that."),
        ("“Not one house,” Ann Lee said, “was lost.”", ["Not one house", "was lost"], "Not one house was lost."),
        ("“It rained,” Ann Lee said, “Rome was wet.”", ["It rained,", "Rome was wet"], "It rained, Rome was wet."),
        ("“If it rains,” Ann Lee said, “the dam breaks.”", ["If it rains,", "the dam breaks"], "If it rains, the dam breaks."),
        ("The dam, Ann Lee said, will fall in Rome.", ["The dam", "will fall in Rome"], "The dam will fall in Rome."),
    ],
)
def test_an_interrupted_quote_is_one_text(text: str, content: list[str], expected: str) -> None:
    (claim,) = claims(quotes(entities(article(text)))).claims

    assert (content, expected) == ([span.text for span in claim.content], claim.proposition)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It rained,” Ann Lee said, but the dam held.", [("q1", "It rained."), (None, "The dam held.")]),
        ("It rained in Rome, Ann Lee said, while the dam held.", [("q1", "It rained in Rome."), (None, "The dam held.")]),
        ("Ann Lee said it rained in Rome, but the dam held.", [("q1", "It rained in Rome.")]),
    ],
)
def test_what_the_article_adds_behind_the_speaker_is_its_own(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert expected == [(quote, proposition) for quote, proposition, _ in stated(text)]


def test_an_interrupted_quote_is_labelled_as_one_text() -> None:
    made = propose(article("“It is,” Ann Lee said, “a very bad idea to sell it.”"), Plan(), lambda _: None)

    assert [("position_statement",)] == [claim.types for claim in made.claims]


def test_an_interrupted_quote_may_be_two_claims() -> None:
    expected = [("q1", "It rained in Rome.", "CT+"), ("q1", "The dam broke.", "CT+")]

    assert expected == stated("“It rained in Rome,” Ann Lee said, “and the dam broke.”")
    assert expected == stated("“It rained in Rome,” Ann Lee said. “The dam broke.”")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee never lied or stole.",
        "Ann Lee never lied and stole.",
        "Ann Lee did not leave because she was guilty.",
        "Ann Lee left, not because it rained.",
        "There was no treaty that was signed by Japan.",
        "Ann Lee is hardly a woman who will win.",
        "Ann Lee wants to be a person who is loved.",
        "The firm will leave when it stops.",
        "They must act before it falls.",
        "Either it fell or it rained.",
        "Ann Lee was arrested and held in Rome.",
        "It was Ann Lee who left.",
        "Ann Lee spoke as if it was late.",
        "They met a man in Rome, who was late.",
        "It is an advance into Asia that is slow.",
        "They found that a test, in which Kim was asked a lot, was good.",
        "They came after Kim had left.",
        "So far it was not late.",
        "They made it weak, to the point where Kim left.",
        "Kim left, in part because it was late.",
        "It was like the acts of Kim, who was mad.",
        "They need a man that is honest.",
        "It left the race more or less where it was.",
        "They met Kim (D-N.J.).",
        "They left, and as you know, it was late.",
        "That result was late.",
        "The firm has sold a mill and closed the port.",
        "The men arrested in May and charged the next day are poor.",
        "They met the mayor and the man accused of theft.",
        "The crane, built in Rome, fell.",
        "Ann Lee earned fame as a leader who was calm.",
    ],
)
def test_a_sentence_is_not_divided_where_a_part_would_say_more(text: str) -> None:
    assert [text] == [claim.content[0].text + "." for claim in claims(article(text)).claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee denied that it fell because it was old.", ["It fell because it was old."]),
        ("Ann Lee denied that the dam, which was old, fell.", ["The dam, which was old, fell."]),
        ("Ann Lee denied that the dam fell and that it was old.", ["The dam fell.", "It was old."]),
    ],
)
def test_what_is_denied_together_is_one_claim(text: str, expected: list[str]) -> None:
    assert [("q1", one, "CT-") for one in expected] == stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "“A disaster!” Ann Lee said.",
        "“Destruction of 34,000 emails,” Ann Lee said.",
        "“Is it everywhere,” Ann Lee said.",
        "The permit, Ann Lee said.",
        "And took it home.",
        "What was her reason for it.",
        "So did the firm of Ann Lee.",
        "Ann Lee talked about the candidate's plan for Rome.",
    ],
)
def test_what_has_no_subject_and_verb_is_no_claim(text: str) -> None:
    assert [] == stated(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was the ACLU of Oregon, which had sued.", "The ACLU of Oregon had sued."),
        ("She runs firms that have moved jobs.", "Firms have moved jobs."),
        ("It cost $5, a sum that was lost.", "A sum was lost."),
        ("They met Kim, an actor who came to Rome and was late.", "An actor came to Rome and was late."),
        ("They met Ann Lee, whose wife left in May.", "Ann Lee’s wife left in May."),
        ("They went to Rome, where Kim met Ann Lee.", "Kim met Ann Lee."),
        ("They signed the pact, with which the war was over.", "The war was over."),
        (
            "It rained in Rome, where Kim never slept at a place where he was ill.",
            "Kim never slept at a place where he was ill.",
        ),
    ],
)
def test_a_relative_clause_becomes_a_sentence(text: str, expected: str) -> None:
    assert expected == claims(entities(article(text))).claims[-1].proposition


@pytest.mark.parametrize(
    "text", ["He invested in what that was.", "They saw a bill that Kim signed.", "It is the kind of law that has failed."]
)
def test_a_relative_clause_without_its_noun_stays_where_it_is(text: str) -> None:
    assert "relative-clause" not in {rule for _, _, rule in explain(article(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As a statement by a mayor, it was odd.", "As a statement by a mayor, it was odd."),
        ("Since the vote, Ann Lee has won.", "Since the vote, Ann Lee has won."),
        ("Because of the rain, the dam fell.", "Because of the rain, the dam fell."),
        ("Before it falls, they must act.", "Before it falls, they must act."),
        ("And because it rained.", "It rained."),
        ("That’s down from last year.", "That’s down from last year."),
    ],
)
def test_a_claim_begins_and_ends_where_its_clause_does(text: str, expected: str) -> None:
    assert expected == only(text).proposition


@pytest.mark.parametrize("text", ["''It was wrong.''", "“It was wrong. The dam fell.”", "The dam is “gone”. “It was wrong.”"])
def test_what_stands_in_marks_is_no_claim_of_the_article(text: str) -> None:
    assert not [one for one in claimed(text) if "wrong" in one]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("I think it holds", "Joe Biden thinks it holds."),
        ("I am not a crook", "Joe Biden is not a crook."),
        ("I don’t believe it", "Joe Biden does not believe it."),
        ("I’ve never lied", "Joe Biden has never lied."),
        ("I’ll win", "Joe Biden will win."),
        ("The house is mine", "The house is Joe Biden’s."),
        ("I was told that I’d win", "I was told that I’d win."),
        ("I bet they cut it", "I bet they cut it."),
    ],
)
def test_a_named_speaker_takes_the_place_of_i(said: str, expected: str) -> None:
    made = propose(article(f"“{said},” Joe Biden said on Monday."), Plan(), pytest.fail)

    assert [expected] == [claim.proposition for claim in made.claims if claim.quote]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Joe Biden came.", "Joe Biden is late."),
        ("Joe Biden met Tom Cole.", "I am late."),
    ],
)
def test_i_stays_where_nobody_or_more_than_one_may_be_he_who_says_so(before: str, expected: str) -> None:
    made = propose(article(f"{before} “I am late,” he said."), Plan(), pytest.fail)

    assert [expected] == [claim.proposition for claim in made.claims if claim.quote]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Joe Biden spoke. The car was his.", "The car was Joe Biden’s."),
        ("Joe Biden spoke. He’s late.", "Joe Biden is late."),
        ("Joe Biden spoke. He’s moved.", "He’s moved."),
        ("Joe Biden spoke. He’s been late.", "Joe Biden has been late."),
        ("Joe Biden spoke. He’ll win.", "Joe Biden will win."),
        ("Joe Biden spoke. He’d win.", "He’d win."),
        ("Joe Biden spoke. He’s gotten a prize.", "Joe Biden has gotten a prize."),
        ("Kamala Harris won. They view her unfavorably.", "They view Kamala Harris unfavorably."),
        ("Joe Biden sold his car.", "Joe Biden sold his car."),
        ("Joe Biden spoke. His wife sold his car.", "Joe Biden’s wife sold his car."),
    ],
)
def test_a_name_takes_the_place_of_a_pronoun_with_its_verb(text: str, expected: str) -> None:
    assert expected == claims(entities(article(text))).claims[-1].proposition


@pytest.mark.parametrize(
    ("unclear", "clear"),
    [
        ("They left in May.", "Kim left in May."),
        ("It was signed by Kim.", "The law was signed by Kim."),
        ("We met Kim.", "Ann Lee met Kim."),
        ("Kim met us.", "Kim met Ann Lee."),
    ],
)
def test_a_claim_about_nobody_knows_whom_keeps_its_words_and_is_less_sure(unclear: str, clear: str) -> None:
    doubtful, sure = only(unclear), only(clear)

    assert unclear == doubtful.proposition
    assert (doubtful.confidence or 0) < 0.5 < (sure.confidence or 0)


def test_a_claim_is_no_surer_than_its_quote() -> None:
    made = claims(quotes(entities(article("It was said that the dam fell."))))

    assert made.claims[0].confidence == min(0.9, made.quotes[0].confidence or 0)


def test_what_a_claim_is_about_are_its_entities_without_values() -> None:
    made = claims(entities(article("It is said that Japan paid $5 to China.")))

    names = {entity.id: entity.name for entity in made.entities}
    assert ["Japan", "China"] == [names[entity] for entity in made.claims[-1].about]


def test_every_rule_says_its_name() -> None:
    text = "They signed a treaty that will allow it."

    assert [("They signed a treaty", "clause"), ("that will allow it", "relative-clause")] == [
        (text[start:end], rule) for start, end, rule in explain(article(text))
    ]


@settings(max_examples=200, suppress_health_check=[HealthCheck.filter_too_much])
@given(TEXTS, st.data())
def test_any_text_and_any_quote_give_a_valid_record(text: str, data: st.DataObject) -> None:
    if not text:
        return
    made = entities(article(text))
    words = text.split()
    if words:
        cue, content = data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))
        made = quoting(text, content, cue, data.draw(st.sampled_from(words)))
    assume(not list(errors(parse(json_line(made)))))
    assert [] == list(map(str, errors(parse(json_line(claims(made))))))


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee regrets that Cole said the dam fell in Rome.",
        "Ann Lee was glad, and hopes that Cole said “the dam fell in Rome.”",
        "Ann Lee wants Cole to promise to say that the dam fell in Rome.",
    ],
)
def test_what_stands_in_a_quote_that_asserts_nothing_is_no_claim(text: str) -> None:
    made = claims(quotes(entities(article(text)), thought=True))

    assert [] == list(errors(parse(json_line(made))))
    assert not any(claim.quote for claim in made.claims)


@pytest.mark.parametrize(
    "text",
    [
        "Kim counts himself among those voters who want a change.",
        "There are many women who want a change.",
        "This was the place where Kim met Ann Lee.",
        "Kim was the only candidate who came to Rome.",
        "Such sums were rarer when Kim paid for it.",
        "It sounded as though Kim had won.",
        "Kim was as polite as he was slow.",
        "The terms for the men who won in May have ended.",
        "It angered the editors of The Post, who had won.",
        "It is one of many firms that have failed.",
        "Kim said that the men who built the house, whom Ann Lee praised, were paid.",
    ],
)
def test_a_sentence_is_not_divided_where_a_part_says_something_else(text: str) -> None:
    assert [] == [rule for _, _, rule in explain(entities(article(text))) if rule == "relative-clause"]
    assert 1 == len(claimed(text))


@pytest.mark.parametrize(
    "text",
    [
        "The dam fell in May, campaign officials said.",
        "The dam fell in May, records that were compiled by the council of Rome show.",
        "Kim, said Sunshine, who had seen it, was late.",
    ],
)
def test_words_of_somebody_whom_no_quote_names_are_no_claim_of_the_article(text: str) -> None:
    assert () == claims(entities(article(text))).claims


@pytest.mark.parametrize(
    "text",
    [
        "“The story of how Kim and Ann Lee met,” Bo Roe said.",
        "The approach that was tried.",
        "A mother who had to go.",
        "Kim stressed the need for an approach that will help the town.",
    ],
)
def test_a_phrase_whose_only_verbs_are_inside_it_is_no_claim(text: str) -> None:
    assert [] == stated(text)


def test_a_verb_behind_a_relative_clause_may_be_the_sentences_own() -> None:
    assert ["The people who are supporting Kim represent the town"] == claimed(
        "The people who are supporting Kim represent the town."
    )


def test_a_part_of_a_group_is_what_a_relative_clause_tells_of() -> None:
    assert (
        "Some of his plans have failed."
        == claims(entities(article("Kim saw some of his plans that have failed."))).claims[-1].proposition
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Likely voters were polled.", "CT+"),
        ("Kim is likely to win.", "PR+"),
        ("Kim got a notice to appear.", "CT+"),
        ("Kim appears tired.", "PR+"),
    ],
)
def test_what_is_likely_is_told_from_likely_voters(text: str, expected: str) -> None:
    assert expected == only(text).factuality


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I saw it on Friday.", "unimportant_factual"),
        ("We saw Ann Lee on Friday.", "check_worthy"),
        ("Visits fell by 38 percent.", "check_worthy"),
        ("She’s crazy.", "non_factual"),
        ("She's crazy.", "non_factual"),
    ],
)
def test_what_concerns_only_the_speaker_is_not_worth_a_check(text: str, expected: str) -> None:
    assert expected == only(text).checkworthiness


def test_i_need_becomes_a_name_that_needs() -> None:
    made = propose(article("“I need a plan,” Ann Lee said."), Plan(), lambda _: None)

    assert ["Ann Lee needs a plan."] == [claim.proposition for claim in made.claims]
