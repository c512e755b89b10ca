"""Claims are whole and true to the text: garbled words make none."""

from __future__ import annotations

import pytest

from news import article
from pressmark.annotators.claims import claims
from pressmark.annotators.entities import entities
from pressmark.annotators.quotes import quotes


def stated(text: str, *, thought: bool = False) -> list[tuple[str | None, str, str]]:
    """The claims that the rules make of a text with its quotes: quote, proposition and factuality."""
    made = claims(quotes(entities(article(text)), thought=thought))
    return [(claim.quote, claim.proposition, claim.factuality) for claim in made.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He called the mine a grave.", "The mine is a grave."),
        ("Ann Lee called Tom Cole a liar.", "Tom Cole is a liar."),
        ("Ann Lee called James Hughes a thief.", "James Hughes is a thief."),
        ("Ann Lee called the mayor of the town a crook.", "The mayor of the town is a crook."),
        ("Ann Lee called the leaks in the north a trap for the poor.", "The leaks in the north are a trap for the poor."),
        ("Ann Lee called this plan a mistake.", "This plan is a mistake."),
        ("Ann Lee called the plan dangerous.", "The plan is dangerous."),
        ("Ann Lee called a paper naming donors a fake.", "A paper naming donors is a fake."),
    ],
)
def test_what_something_is_called_is_told_from_the_thing(text: str, expected: str) -> None:
    assert [("q1", expected, "CT+")] == stated(text, thought=True)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee called it quits.",
        "Ann Lee called Tom Cole, the mayor, a town “fool.”",
        "Ann Lee called the dog Rex.",
        "Ann Lee called the man who stole a boat a thief.",
        "Ann Lee called the decision to close the mine a mistake.",
    ],
)
def test_where_nobody_can_tell_the_thing_from_its_name_there_is_no_claim(text: str) -> None:
    assert [] == stated(text, thought=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Open the gate!” shouted a guard.", [(None, "A guard shouted to open the gate.", "CT+")]),
        ("“Do not open the gate!” Ann Lee yelled.", [(None, "Ann Lee yelled not to open the gate.", "CT+")]),
        ("“Open the gate!” cried a guard.", []),
        ("“Out! Leave the boat!” shouted a guard.", []),
        ("“We will close the mine!” Ann Lee yelled.", []),
        ("“Close the gate,” said a guard.", [(None, "A guard said to close the gate.", "CT+")]),
    ],
)
def test_a_cry_is_no_claim_in_its_own_words(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert expected == stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "“If they ban me, I will quit,” he wrote.",
        "“Unless the rent falls, we will leave Rome,” Ann Lee said.",
        "“When the gate opens, then I’ll run,” Ann Lee said.",
        "“If you see the dog, call the police,” Ann Lee said.",
    ],
)
def test_a_promise_or_an_order_behind_a_condition_asserts_nothing(text: str) -> None:
    assert [] == stated(text)


def test_what_nobody_does_by_will_is_asserted_behind_a_condition() -> None:
    assert [("q1", "If it rains, we will lose.", "CT+")] == stated("“If it rains, we will lose,” Ann Lee said.")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("the town would pay unless the court stopped it", "The town would pay unless the court stopped it."),
        ("if the court stopped it, the town would pay", "If the court stopped it, the town would pay."),
        ("the dam would hold as long as it was dry", "The dam would hold as long as it was dry."),
        ("the town would pay", "The town will pay."),
        ("the dam would have fallen", "The dam would have fallen."),
        ("the town would have a dam", "The town will have a dam."),
        ("the town would pay once the case is closed", "The town will pay once the case is closed."),
        ("if elected, the mayor would pay", "If elected, the mayor will pay."),
        ("the town would pay after the vote", "The town will pay after the vote."),
    ],
)
def test_would_stays_beside_another_past_tense_of_what_may_be(said: str, expected: str) -> None:
    assert [("q1", expected, "CT+")] == stated(f"The mayor said {said}.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee denied the dam had cracked or that anyone was hurt.", ["The dam had cracked.", "Anyone was hurt."]),
        ("The firm denied it had lied or that it knew of the leak.", ["It had lied.", "It knew of the leak."]),
        ("Ann Lee denied that the boat was stolen or was hers.", ["The boat was stolen or was Ann Lee’s."]),
        ("Ann Lee denied stealing the boat and lying to police.", ["Ann Lee stole the boat and lied to police."]),
        ("Ann Lee denied selling the boat or hiding the money.", ["Ann Lee sold the boat or hid the money."]),
        ("Ann Lee denied taking food and clothing.", ["Ann Lee took food and clothing."]),
        ("Ann Lee denied not paying tax.", ["Ann Lee did not pay tax."]),
        ("Ann Lee denied stealing the boat and escaping.", []),
        ("Ann Lee denied lying, stealing and hiding it.", []),
    ],
)
def test_each_part_of_a_denial_is_whole(text: str, expected: list[str]) -> None:
    assert [("q1", one, "CT-") for one in expected] == stated(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police accused Ann Lee of not paying tax.", "Ann Lee did not pay tax."),
        ("Police accused Ann Lee of never stopping the boat.", "Ann Lee never stopped the boat."),
        ("Police accused Ann Lee of planning and carrying out the theft.", "Ann Lee planned and carried out the theft."),
        ("Police accused the men of being thieves.", "The men were thieves."),
        ("Police accused Ann Lee of failing to pay and of hiding it.", "Ann Lee failed to pay and hid it."),
        ("Police accused Ann Lee of having not stopped.", "Ann Lee had not stopped."),
    ],
)
def test_what_somebody_is_accused_of_is_told_in_the_past(text: str, expected: str) -> None:
    assert [("q1", expected, "CT+")] == stated(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The bridge, which Bola Adeniran designed, opened late.",
            ["The bridge opened late.", "Bola Adeniran designed the bridge."],
        ),
        ("The boat, which the council had paid for, sank.", ["The boat sank.", "The council had paid for the boat."]),
        ("The trainer, whom Ann Lee hired in Rome, left.", ["The trainer left.", "Ann Lee hired the trainer in Rome."]),
        ("The well, whose depth nobody measured, was dug.", ["The well was dug.", "Nobody measured the well’s depth."]),
        ("The tower, whose owner left Rome, will close.", ["The tower will close.", "The tower’s owner left Rome."]),
        ("Nobody was hurt when a crane fell.", ["Nobody was hurt.", "A crane fell."]),
        ("No one was injured after a roof collapsed.", ["No one was injured.", "A roof collapsed."]),
        ("Ann Lee did not leave when a crane fell.", ["Ann Lee did not leave when a crane fell."]),
        (
            "The bridge, which Ann Lee was set to open, fell.",
            ["The bridge, which Ann Lee was set to open, fell."],
        ),
        ("The men, who Ann Lee thought had left, stayed.", ["The men, who Ann Lee thought had left, stayed."]),
    ],
)
def test_a_clause_with_a_subject_of_its_own_is_a_claim(text: str, expected: list[str]) -> None:
    assert expected == [proposition for _, proposition, _ in stated(text)]


def test_a_relative_clause_is_about_its_object_too() -> None:
    made = claims(entities(article("Rome, which Ann Lee left, is far.")))

    ids = {entity.name: entity.id for entity in made.entities}
    assert ("Ann Lee left Rome.", {ids["Rome"], ids["Ann Lee"]}) == (made.claims[1].proposition, set(made.claims[1].about))


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee does not think the dam will hold.",
        "He hopes that the roof will last.",
        "Farmers hope the rain will last.",
        "The bank expects growth to slow.",
        "Rain is expected to fall in the north.",
        "Ann Lee doubts that wages will follow.",
        "The union rejected claims that pilots were drunk.",
        "The union rejected claims that pilots were drunk because no test was made.",
        "The ministry dismissed reports of a leak.",
        "Ann Lee denies Tom Cole lied.",
        "He called the mine a grave.",
        "The mine was called a grave.",
        "Few believe that the roof will last.",
        "Ann Lee sees the deal as a trap.",
        "Ann Lee was accused of not stopping at the gate.",
        "They think that it fell and that it was old.",
        "They think it fell and it was old.",
        "Kim thinks it fell because it was old.",
    ],
)
def test_what_somebody_thinks_denies_or_calls_something_is_no_claim_of_the_article(text: str) -> None:
    assert [] == stated(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam burst, and he fears that more will fall.", ["The dam burst."]),
        ("He fears that more will fall, and the town paid for it.", ["The town paid for it."]),
        ("The mayor, who hopes that it will last, left.", ["The mayor left."]),
        ("The court rejected the appeal.", ["The court rejected the appeal."]),
        ("Ann Lee called the police a week ago.", ["Ann Lee called the police a week ago."]),
        ("The boat is called the Rose.", ["The boat is called the Rose."]),
        ("Ann Lee wants to leave Rome.", ["Ann Lee wants to leave Rome."]),
        ("The only hope they have is rain.", ["The only hope they have is rain."]),
        ("The port was supposed to open in May.", ["The port was supposed to open in May."]),
        ("The post she hopes to win was cut.", ["The post she hopes to win was cut."]),
        ("The man feared dead was found.", ["The man feared dead was found."]),
        ("His hopes that the dam would hold were gone.", ["His hopes that the dam would hold were gone."]),
    ],
)
def test_what_an_article_tells_beside_a_thought_is_its_claim(text: str, expected: list[str]) -> None:
    assert expected == [proposition for _, proposition, _ in stated(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The roof leaks.",
        "Whenever it rains, the square floods.",
        "The old dog barks at night.",
        "The ferry sails daily.",
        "The roof leaks when it rains.",
    ],
)
def test_a_present_tense_may_end_a_clause(text: str) -> None:
    assert [(None, text, "CT+")] == stated(text)


@pytest.mark.parametrize("text", ["A fire after the gas leaks.", "Two dog barks.", "Gas leaks in Rome."])
def test_a_plural_that_looks_like_a_verb_makes_no_claim(text: str) -> None:
    assert [] == stated(text)


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Mayor quits after leak", ["Mayor quit after leak."]),
        ("Mayor Ann Lee resigns", ["Mayor Ann Lee resigned."]),
        ("Police find stolen boat", ["Police found stolen boat."]),
        ("Tunnel collapses, killing three", ["Tunnel collapsed, killing three."]),
        ("Snow to close passes, forecaster says", ["Snow will close passes."]),
        ("Ferry to reopen in May, mayor says", ["Ferry will reopen in May."]),
        ("Mayor is to resign, aide says", ["Mayor is to resign."]),
        ("Mayor quits?", []),
        ("Rain to end drought: forecaster", []),
        ("Norland to build bridge?", []),
        ("Police report on riots", []),
    ],
)
def test_what_a_headline_says_happened_or_will_is_a_claim(headline: str, expected: list[str]) -> None:
    made = stated(f"{headline}\n\nThe town is small.\n")

    assert [*expected, "The town is small."] == [proposition for _, proposition, _ in made]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee said it was unclear whether the pilot had slept.", ("q1", "The pilot had slept.", "Uu")),
        ("Ann Lee said it was not clear if the dam would hold.", ("q1", "The dam will hold.", "Uu")),
        ("“It is unclear whether the dam is safe,” Ann Lee said.", ("q1", "The dam is safe.", "Uu")),
        ("It was not immediately clear if a man was hurt.", (None, "A man was hurt.", "Uu")),
        ("It was unclear why the dam fell.", (None, "It was unclear why the dam fell.", "CT+")),
        (
            "It was unclear whether it fell because it was old.",
            (None, "It was unclear whether it fell because it was old.", "CT+"),
        ),
    ],
)
def test_what_is_unclear_is_what_nobody_commits_to(text: str, expected: tuple[str | None, str, str]) -> None:
    assert [expected] == stated(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee said the study could not prove it.", "CT+"),
        ("Ann Lee said the word appears 41 times.", "CT+"),
        ("Ann Lee said the word appears to be old.", "PR+"),
        ("Ann Lee said the dam could leak.", "PS+"),
    ],
)
def test_what_could_not_be_done_was_not_done(text: str, expected: str) -> None:
    assert expected == stated(text)[0][2]


def test_words_in_marks_in_a_headline_are_somebodys_and_no_claim_of_the_article() -> None:
    assert ["Ann Lee left."] == [said for _, said, _ in stated("Mayor 'lied to the town about a deal'\n\nAnn Lee left.")]


def test_what_comes_before_something_else_may_never_happen() -> None:
    assert ["A trial is needed before anyone leaves."] == [
        said for _, said, _ in stated("Ann Lee said a trial is needed before anyone leaves.")
    ]


def test_who_is_let_do_something_owns_nothing() -> None:
    assert ["Tom Cole let Ann Lee go."] == [said for _, said, _ in stated("Ann Lee said Tom Cole let her go.")]
