"""Sentences of the daily news: words that are passed on, rough numbers, when and where something was said."""

from __future__ import annotations

import pytest

from news import an_article
from pressmark.annotators.quotes import quotes
from test_quote_structures import read


@pytest.mark.parametrize(
    ("report", "source"),
    [
        ("Ruth Lind remembers the producer telling her", "the producer"),
        ("Ruth Lind recalled her boss shouting", "her boss"),
        ("the nurse recalls Kwame Mensah saying on Monday", "Kwame Mensah"),
        ("Ruth Lind said Tom Ray told her", "Tom Ray"),
        ("the mayor said Tom Ray had told her on Monday", "Tom Ray"),
        ("prosecutors allege the driver said", "the driver"),
        ("police said he told them", "he"),
        ("the court heard Tom Ray had said", "Tom Ray"),
        ("he was heard telling a friend", "he"),
        ("Ruth Lind recalled, telling the council of the flood", "Ruth Lind"),
        ("Ruth Lind said when Tom Ray told her", "Ruth Lind"),
        ("Ruth Lind told Tom Ray", "Ruth Lind"),
    ],
)
def test_words_are_of_whom_somebody_remembers_or_says_to_have_said_them(report: str, source: str) -> None:
    assert [(source, "“You saw nothing,”")] == read(f"“You saw nothing,” {report}.")[:1]


def test_who_is_remembered_told_whom() -> None:
    (quote,) = quotes(an_article("“You saw nothing,” Ruth Lind remembers the producer telling her.")).quotes

    assert ["her"] == [told.text for told in quote.addressees]
    assert ["remembers", "telling"] == [cue.text for cue in quote.cue]


@pytest.mark.parametrize("when", ["can still hear", "would later recall", "has since recalled"])
def test_what_one_can_still_hear_was_said(when: str) -> None:
    assert [("her boss", "“You saw nothing,”")] == read(f"“You saw nothing,” Ruth Lind {when} her boss saying.")


@pytest.mark.parametrize(
    "text",
    [
        "Ruth Lind does not remember her boss saying that it fell.",
        "Ruth Lind may recall her boss saying that it fell.",
        "Others could be heard calling friends to say it fell.",
        "Who has heard Ruth Lind saying that it fell?",
    ],
)
def test_what_nobody_remembers_said_is_no_quote(text: str) -> None:
    assert [] == [quote for quote in quotes(an_article(text)).quotes if quote.status == "made"]


@pytest.mark.parametrize(
    "said",
    [
        "up to 30cm of snow could fall",
        "at least 30 people died",
        "at least a dozen boats sank",
        "up to £3m was stolen",
        "up to two thirds of the crop was lost",
        "as many as 30 people died",
        "close to 30 people died",
        "between 20 and 30 people died",
        "between $3m and $5m of debt was lost",
        "20 to 30 people died",
        "just under 30 people died",
        "some 30 people died",
        "no fewer than 30 people died",
        "nearly 30 people died",
        "30 people died",
    ],
)
def test_what_is_said_begins_with_all_of_a_rough_number(said: str) -> None:
    for report in ("Officials say", "Officials told reporters"):
        assert [("Officials", said)] == read(f"{report} {said}.")
    assert [("Ana Lind", said.capitalize())] == read(f"{said.capitalize()}, Ana Lind said.")


@pytest.mark.parametrize("who", ["At least 30 voters", "Up to a third of voters", "As many as thirty voters"])
def test_a_source_begins_with_all_of_a_rough_number(who: str) -> None:
    assert [(who, "it fell")] == read(f"{who} said it fell.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lee said at least it was dry.", "it was dry"),
        ("Lee said at 30 he was rich.", "he was rich"),
        ("Lee said in at least two letters that it fell.", "that it fell"),
        ("Lee promised to 30 voters that it would end.", "that it would end"),
    ],
)
def test_what_makes_no_number_rough_is_no_part_of_what_is_said(text: str, said: str) -> None:
    assert [("Lee", said)] == read(text)


@pytest.mark.parametrize(
    "who", ["fire officials", "fire crews", "fire service spokesman Ola Berg", "her family", "the royal family", "a close ally"]
)
def test_a_noun_that_looks_like_another_word_is_part_of_the_source(who: str) -> None:
    assert [(who, "The barn was old")] == read(f"The barn was old, {who} said.")
    assert [(who, "“It was old,”")] == read(f"“It was old,” {who} said.")
    assert [(who.capitalize(), "it was old")] == read(f"{who.capitalize()} said it was old.")


@pytest.mark.parametrize("who", ["Kieran’s family", "Her family", "Friends of the family"])
def test_a_family_describes(who: str) -> None:
    assert [(who, "him | “a gentle giant.”")] == read(f"{who} described him as “a gentle giant.”")


def test_officials_still_fire_back() -> None:
    assert [("officials", "“Never,”")] == read("“Never,” officials fire back.")


@pytest.mark.parametrize(
    "said",
    ["that demand in Norland remained weak", "that demand remained weak", "that support for it fell", "that they demand a dam"],
)
@pytest.mark.parametrize("told", ["told analysts", "told investors in Oslo", "told the council", "warned two of her aides"])
def test_what_is_told_may_begin_with_a_noun_that_is_a_verb_as_well(told: str, said: str) -> None:
    assert ("She", said) in read(f"She {told} {said}.")


def test_those_that_demand_something_are_told_nothing_by_that() -> None:
    assert ("She", "that demand in Norland fell") not in read("She met farmers that demand a new dam.")


@pytest.mark.parametrize("where", ["In Kiel,", "In the north of Norland,", "Throughout the night,"])
@pytest.mark.parametrize("who", ["Lee, Cho and Ray", "his family, friends and aides", "her aides and her deputy"])
def test_a_list_of_sources_begins_behind_where_and_when(where: str, who: str) -> None:
    assert [(who, "it fell")] == read(f"{where} {who} said it fell.")


@pytest.mark.parametrize("when", ["on Sunday", "in Kiel", "last week", "at the hearing in Kiel on Monday", "during the debate"])
@pytest.mark.parametrize("question", ["whether it fell", "if it fell", "why it fell", "how it fell"])
@pytest.mark.parametrize(("asks", "source"), [("She was asked", ""), ("Lee asked", "Lee"), ("Lee asked Ray", "Lee")])
def test_what_is_asked_stands_behind_when_and_where(when: str, question: str, asks: str, source: str) -> None:
    assert [(source, question)] == read(f"{asks} {when} {question}.")


def test_she_who_was_asked_is_the_addressee() -> None:
    (quote,) = quotes(an_article("She was asked on Sunday whether it fell.")).quotes

    assert ["She"] == [told.text for told in quote.addressees]


@pytest.mark.parametrize("text", ["She was asked on Monday when it rained.", "She was told in court whether it fell."])
def test_what_tells_when_is_not_asked(text: str) -> None:
    assert [] == read(text)


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        ("did not hesitate to say", "made"),
        ("never failed to say", "made"),
        ("didn’t forget to say", "made"),
        ("did not shy away from saying", "made"),
        ("will not hesitate to say", "expected"),
        ("hesitated to say", "not_made"),
        ("shied away from saying", "not_made"),
        ("failed to say", "not_made"),
    ],
)
def test_who_does_not_hesitate_to_say_it_says_it(verb: str, status: str) -> None:
    (quote,) = quotes(an_article(f"Lee {verb} that it fell.")).quotes

    assert (quote.status, [cue.text for cue in quote.cue]) == (status, [verb])


def test_what_one_did_not_decline_to_say_is_open() -> None:
    assert [] == read("Lee did not decline to say that it fell.")


def test_one_thing_is_not_said_and_another_is() -> None:
    text = "He stopped short of saying it was an attack, but did not hesitate to call it “no accident.”"
    found = [(quote.status, quote.content[-1].text) for quote in quotes(an_article(text)).quotes]

    assert [("not_made", "it was an attack"), ("made", "it “no accident.”")] == found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("What he said was that it fell.", "he"),
        ("What he did say, according to a transcript, was that it fell.", "he"),
        ("What the mayor told them was that it fell.", "the mayor"),
        ("What Lee wrote, on Monday, was that it fell.", "Lee"),
        ("What they are saying is that it fell.", "they"),
    ],
)
def test_what_somebody_said_was_that(text: str, source: str) -> None:
    assert [(source, "that it fell")] == read(text)


@pytest.mark.parametrize("text", ["What he said was wrong, and that was bad.", "What she never said was that it fell."])
def test_what_is_said_of_what_was_said_is_no_quote(text: str) -> None:
    assert [] == read(text)


def test_what_matters_is_said_by_whom_it_is_according_to() -> None:
    assert [("Lee", "What matters | is that it fell")] == read("What matters, according to Lee, is that it fell.")


@pytest.mark.parametrize(
    ("report", "content"),
    [
        ("reported a 12% fall in quarterly profit", "a 12% fall in quarterly profit"),
        ("announced 300 job cuts", "300 job cuts"),
        ("will announce a new dam", "a new dam"),
        ("denied the claims", "the claims"),
    ],
)
@pytest.mark.parametrize("day", ["on Thursday", "late on Tuesday", "Monday", "last week", "yesterday"])
def test_the_day_of_a_report_is_no_part_of_what_is_reported(report: str, content: str, day: str) -> None:
    assert [("The firm", content)] == read(f"The firm {report} {day}.")
    assert [("The firm", content)] == read(f"The firm {report} {day}, and its shares fell.")


@pytest.mark.parametrize(
    ("report", "content"),
    [
        ("announced a strike for Monday", "a strike for Monday"),
        ("announced plans for a vote on Monday", "plans for a vote on Monday"),
        ("predicted rain on Monday", "rain on Monday"),
        ("promised a vote on Monday", "a vote on Monday"),
        ("announced that the dam fell on Monday", "that the dam fell on Monday"),
        ("announced the dam fell on Monday", "the dam fell on Monday"),
    ],
)
def test_a_day_that_may_be_of_what_is_reported_stays(report: str, content: str) -> None:
    assert [("The firm", content)] == read(f"The firm {report}.")


@pytest.mark.parametrize(
    ("report", "content"),
    [
        ("told me himself he slipped", "he slipped"),
        ("told me himself that he slipped", "that he slipped"),
        ("said himself that he slipped", "that he slipped"),
        ("said himself he slipped", "he slipped"),
        ("told himself he slipped", "he slipped"),
    ],
)
def test_a_stressed_subject_is_no_part_of_what_is_said(report: str, content: str) -> None:
    assert [("He", content)] == read(f"He {report}.")


@pytest.mark.parametrize(
    ("told", "content"),
    [
        ("analysts", "demand was weak"),
        ("the analysts", "demand was weak"),
        ("reporters", "talks were near"),
        ("union leaders", "late talks were near"),
        ("investors", "sales fell in May"),
        ("lawmakers", "inflation is down"),
    ],
)
def test_who_is_told_ends_before_what_is_told(told: str, content: str) -> None:
    (quote,) = quotes(an_article(f"They told {told} {content}.")).quotes

    assert ([told], [content]) == ([one.text for one in quote.addressees], [part.text for part in quote.content])


def test_police_officers_may_be_one_noun() -> None:
    assert [("They", "police officers were late")] == read("They told police officers were late.")


@pytest.mark.parametrize("verb", ["asked", "met", "spoke with"])
@pytest.mark.parametrize("who", ["the host, Benny Lo", "Benny Lo, the host", "her lawyer, Ana Lind"])
def test_who_stands_for_the_name_and_who_that_is(verb: str, who: str) -> None:
    assert [(who, "that it fell")] == read(f"Lee {verb} {who}, who had claimed that it fell.")


@pytest.mark.parametrize(
    "when", ["published on Wednesday in the journal Apidology Reports", "released Monday", "issued in May"]
)
def test_when_and_where_a_document_came_out_says_which_one_it_is(when: str) -> None:
    assert [(f"a study {when}", "It fell")] == read(f"It fell, a study {when} found.")
    assert [(f"a study {when}", "It fell")] == read(f"It fell, according to a study {when}.")
    assert [(f"a study {when}", "“It fell,”")] == read(f"“It fell,” said a study {when}.")
    assert [(f"a study {when}", "it fell")] == read(f"According to a study {when}, it fell.")


def test_who_published_it_speaks() -> None:
    assert [("the council", "It fell")] == read("It fell, according to a report released on Monday by the council.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lee says next year’s event will be bigger.", [("Lee", "next year’s event will be bigger")]),
        ("Lee says next year the event will be bigger.", [("Lee", "the event will be bigger")]),
        (
            "It denied that it fell, but chief operating officer Ana Cruz promised them it stood.",
            [("It", "that it fell"), ("chief operating officer Ana Cruz", "it stood")],
        ),
        ("It does not say that it fell, nor does it leave.", [("It", "that it fell")]),
        ("Lee admitted fraud at an earlier hearing.", [("Lee", "fraud")]),
        ("The couple deny the charges.", [("The couple", "the charges")]),
        ("Planning officer Ann Lee said it fell.", [("Planning officer Ann Lee", "it fell")]),
        ("Lee announced the cuts last Thursday.", [("Lee", "the cuts")]),
        ("It tells the story of a boy who fell.", []),
        (
            "Lee denied that the dam leaks, but her deputy, Tom Hill, said it did.",
            [("Lee", "that the dam leaks"), ("her deputy, Tom Hill", "it did")],
        ),
        (
            "Lee said that the dam, and the road, a new one, are safe.",
            [("Lee", "that the dam, and the road, a new one, are safe")],
        ),
        ("Cho beat Lee, but the mayor, Tom Hill, said it fell.", [("the mayor, Tom Hill", "it fell")]),
        ("Lee never failed to say that it fell.", [("Lee", "that it fell")]),
        ("Lee denies conspiracy to defraud.", [("Lee", "conspiracy to defraud")]),
        ("Lee denied entry to Bob Ray.", []),
        ("The firm forecast sales of two boats.", [("The firm", "sales of two boats")]),
        ("A weather forecast shows rain.", []),
    ],
)
def test_a_year_an_office_and_a_hearing_are_told_from_what_is_said(text: str, expected: list[tuple[str, str]]) -> None:
    assert expected == read(text)
