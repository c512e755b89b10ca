"""What the text says of an attribution: its act, its status, its cue, and whom it tells."""

from __future__ import annotations

import pytest

from news import an_article
from pressmark.annotators.entities import entities
from pressmark.annotators.quotes import Attribution, attributions, quotes
from pressmark.annotators.quotes.content_act import spoken
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.source_types import source_type


def found(text: str, *, thought: bool = False) -> list[Attribution]:
    return list(attributions(an_article(text), thought=thought))


def only(text: str, *, thought: bool = False) -> tuple[str, str, list[str], list[str]]:
    """The one attribution of the text: act, status, cue and content."""
    (one,) = found(text, thought=thought)
    return one.act, one.status, [text[slice(*part)] for part in one.cue], [text[slice(*part)] for part in one.content]


def stances(text: str, *, thought: bool = False) -> list[tuple[str, str, str]]:
    """Cue, act and status of each attribution, the outer ones first."""
    return [(text[slice(*one.cue[-1])], one.act, one.status) for one in found(text, thought=thought)]


@pytest.mark.parametrize(
    ("text", "act", "status", "cue", "content"),
    [
        # not made: the negation belongs to the cue
        ("Brook never claimed that it fell.", "assertion", "not_made", "never claimed", "that it fell"),
        ("Brook has never claimed that it fell.", "assertion", "not_made", "has never claimed", "that it fell"),
        ("“It fell,” Brook never said.", "assertion", "not_made", "never said", "“It fell,”"),
        ("Brook did not say that it fell.", "assertion", "not_made", "did not say", "that it fell"),
        ("Brook didn’t say whether it fell.", "assertion", "not_made", "didn’t say", "whether it fell"),
        ("Brook won’t say that it fell.", "assertion", "not_made", "won’t say", "that it fell"),
        ("Brook may not say that it fell.", "assertion", "not_made", "may not say", "that it fell"),
        ("The town has yet to confirm that it fell.", "assertion", "not_made", "has yet to confirm", "that it fell"),
        ("The town had yet to announce the sale.", "assertion", "not_made", "had yet to announce", "the sale"),
        ("The town could not confirm that it fell.", "assertion", "not_made", "could not confirm", "that it fell"),
        (
            "The town couldn’t immediately confirm the fall.",
            "assertion",
            "not_made",
            "couldn’t immediately confirm",
            "the fall",
        ),
        ("The town was unable to confirm that it fell.", "assertion", "not_made", "was unable to confirm", "that it fell"),
        ("The town declined to confirm that it fell.", "assertion", "not_made", "declined to confirm", "that it fell"),
        ("The town has declined to say whether it fell.", "assertion", "not_made", "has declined to say", "whether it fell"),
        ("Brook refused to say that it fell.", "assertion", "not_made", "refused to say", "that it fell"),
        ("Brook refuses to admit that it fell.", "assertion", "not_made", "refuses to admit", "that it fell"),
        ("Brook failed to mention that it fell.", "assertion", "not_made", "failed to mention", "that it fell"),
        ("Brook stopped short of saying that it fell.", "assertion", "not_made", "stopped short of saying", "that it fell"),
        ("Without saying that it fell, Brook left.", "assertion", "not_made", "Without saying", "that it fell"),
        ("Brook is not expected to announce the sale.", "assertion", "not_made", "is not expected to announce", "the sale"),
        ("It was not announced that it fell.", "assertion", "not_made", "was not announced", "that it fell"),
        ("The sale was never confirmed by the town.", "assertion", "not_made", "was never confirmed by", "The sale"),
        ("No one has claimed that it fell.", "assertion", "not_made", "No one has claimed", "that it fell"),
        ("No one said that it fell.", "assertion", "not_made", "No one said", "that it fell"),
        ("Nobody said that it fell.", "assertion", "not_made", "Nobody said", "that it fell"),
        ("“It fell,” nobody said.", "assertion", "not_made", "nobody said", "“It fell,”"),
        ("No official has said that it fell.", "assertion", "not_made", "No official has said", "that it fell"),
        ("No ministers confirmed that it fell.", "assertion", "not_made", "No ministers confirmed", "that it fell"),
        ("No official will say that it fell.", "assertion", "not_made", "No official will say", "that it fell"),
        ("None of the towns said it fell.", "assertion", "not_made", "None of the towns said", "it fell"),
        ("Not one official said it fell.", "assertion", "not_made", "Not one official said", "it fell"),
        ("Neither said that it fell.", "assertion", "not_made", "Neither said", "that it fell"),
        ("Neither minister said it fell.", "assertion", "not_made", "Neither minister said", "it fell"),
        ("Neither of them has said it fell.", "assertion", "not_made", "Neither of them has said", "it fell"),
        ("Brook has not said when it fell.", "assertion", "not_made", "has not said", "when it fell"),
        ("Brook declined to say when the dam fell.", "assertion", "not_made", "declined to say", "when the dam fell"),
        ("The town did not say why it fell.", "assertion", "not_made", "did not say", "why it fell"),
        ("The town has yet to say whether it fell.", "assertion", "not_made", "has yet to say", "whether it fell"),
        ("Brook did not confirm or deny that it fell.", "assertion", "not_made", "did not confirm or deny", "that it fell"),
        ("Brook would not confirm or deny it fell.", "assertion", "not_made", "would not confirm or deny", "it fell"),
        ("Brook hasn’t claimed or said that it fell.", "assertion", "not_made", "hasn’t claimed or said", "that it fell"),
        ("Instead of saying that it fell, Brook left.", "assertion", "not_made", "Instead of saying", "that it fell"),
        ("Brook denied saying that it fell.", "assertion", "not_made", "denied saying", "that it fell"),
        ("Brook denied having said that it fell.", "assertion", "not_made", "denied having said", "that it fell"),
        ("Brook denies ever having said it.", "assertion", "not_made", "denies ever having said", "it"),
        (
            "Brook neither confirmed nor denied that it fell.",
            "assertion",
            "not_made",
            "neither confirmed nor denied",
            "that it fell",
        ),
        # made, although something is denied
        ("Brook denied that it fell.", "assertion", "made", "denied", "that it fell"),
        ("Brook has denied it will fall.", "assertion", "made", "has denied", "it will fall"),
        ("Brook said she had not left.", "assertion", "made", "said", "she had not left"),
        ("Brook did not only say that it fell.", "assertion", "made", "did not only say", "that it fell"),
        ("Brook would only say that it fell.", "assertion", "made", "would only say", "that it fell"),
        ("Brook could only say that it fell.", "assertion", "made", "could only say", "that it fell"),
        ("Brook would like to announce that it fell.", "assertion", "made", "would like to announce", "that it fell"),
        ("Brook continued to insist that it fell.", "assertion", "made", "insist", "that it fell"),
        # expected
        ("Brook will tell the council that it fell.", "assertion", "expected", "will tell", "that it fell"),
        ("Brook is to announce that it fell.", "assertion", "expected", "is to announce", "that it fell"),
        ("Brook is expected to announce the sale.", "assertion", "expected", "is expected to announce", "the sale"),
        ("Brook is expected to argue that it fell.", "assertion", "expected", "is expected to argue", "that it fell"),
        ("Brook was widely expected to say it fell.", "assertion", "expected", "was widely expected to say", "it fell"),
        ("Brook is set to tell them that it fell.", "assertion", "expected", "is set to tell", "that it fell"),
        ("Brook plans to tell the council that it fell.", "assertion", "expected", "tell", "that it fell"),
        # possible
        ("Brook may say that it fell.", "assertion", "possible", "may say", "that it fell"),
        ("Brook might tell them that it fell.", "assertion", "possible", "might tell", "that it fell"),
        ("Brook should say that it fell.", "assertion", "possible", "should say", "that it fell"),
        ("If she says that it fell, we cross.", "assertion", "possible", "says", "that it fell"),
        ("We wait unless Brook says it fell.", "assertion", "possible", "says", "it fell"),
        ("Did Brook say that it fell?", "assertion", "possible", "say", "that it fell"),
        ("Brook doubts that she said it fell.", "assertion", "possible", "said", "it fell"),
        # questions, directives, commitments
        ("Brook asked whether it fell.", "question", "made", "asked", "whether it fell"),
        ("Brook asked why it fell.", "question", "made", "asked", "why it fell"),
        ("Brook wondered if it fell.", "question", "made", "wondered", "if it fell"),
        ("Brook asked the town to sell.", "directive", "made", "asked", "to sell"),
        ("Brook urged the town to sell.", "directive", "made", "urged", "to sell"),
        ("Brook urged the town not to sell.", "directive", "made", "urged", "not to sell"),
        ("Brook told him to sell.", "directive", "made", "told", "to sell"),
        ("Brook warned the town to sell.", "directive", "made", "warned", "to sell"),
        ("Brook warned that the town will sell.", "assertion", "made", "warned", "that the town will sell"),
        ("Brook warned the town that it fell.", "assertion", "made", "warned", "that it fell"),
        ("Brook called for a sale.", "directive", "made", "called for", "a sale"),
        ("Brook called for Cole to resign.", "directive", "made", "called for", "Cole to resign"),
        ("Brook has called for the town not to sell.", "directive", "made", "has called for", "the town not to sell"),
        ("Brook called on Cole to resign.", "directive", "made", "called on", "to resign"),
        ("Brook called on all of the council to sell.", "directive", "made", "called on", "to sell"),
        ("Brook calls on them not to sell.", "directive", "made", "calls on", "not to sell"),
        ("Brook advised against a sale.", "directive", "made", "advised against", "a sale"),
        ("Brook warned against selling it.", "directive", "made", "warned against", "selling it"),
        ("Brook insisted that the town be sold.", "directive", "made", "insisted", "that the town be sold"),
        ("Brook insisted that Cole not sell it.", "directive", "made", "insisted", "that Cole not sell it"),
        ("Brook insisted that she resign.", "directive", "made", "insisted", "that she resign"),
        ("Brook suggested that the town sell it.", "directive", "made", "suggested", "that the town sell it"),
        ("Brook suggested Cole step down.", "directive", "made", "suggested", "Cole step down"),
        ("Brook insisted that the town must sell.", "assertion", "made", "insisted", "that the town must sell"),
        ("Brook insisted that he left.", "assertion", "made", "insisted", "that he left"),
        ("Brook insisted that voters stay home.", "assertion", "made", "insisted", "that voters stay home"),
        ("Brook insisted that the city vote was wrong.", "assertion", "made", "insisted", "that the city vote was wrong"),
        ("Brook demanded that it not be sold.", "directive", "made", "demanded", "that it not be sold"),
        ("Brook demanded that Cole be heard.", "directive", "made", "demanded", "that Cole be heard"),
        ("Brook proposed not selling it.", "directive", "made", "proposed", "not selling it"),
        ("Brook said not a stone fell.", "assertion", "made", "said", "not a stone fell"),
        ("Brook proposed that it be sold.", "directive", "made", "proposed", "that it be sold"),
        ("Brook demanded that the town sell.", "directive", "made", "demanded", "that the town sell"),
        ("Brook demanded to see the town.", "directive", "made", "demanded", "to see the town"),
        ("Brook promised to raise the toll.", "commitment", "made", "promised", "to raise the toll"),
        ("Brook promised not to raise the toll.", "commitment", "made", "promised", "not to raise the toll"),
        ("Brook vowed never to raise the toll.", "commitment", "made", "vowed", "never to raise the toll"),
        ("Brook vowed never again to sell.", "commitment", "made", "vowed", "never again to sell"),
        ("Brook promised the town not to sell.", "commitment", "made", "promised", "not to sell"),
        ("Brook urged voters never to sell.", "directive", "made", "urged", "never to sell"),
        ("Brook asked not to be named.", "directive", "made", "asked", "not to be named"),
        ("Brook asked that she not be named.", "directive", "made", "asked", "that she not be named"),
        ("Brook agreed to sell.", "commitment", "made", "agreed", "to sell"),
        ("Brook agreed that it fell.", "assertion", "made", "agreed", "that it fell"),
        ("Brook offered to sell.", "commitment", "made", "offered", "to sell"),
        ("Brook announced plans to sell.", "commitment", "made", "announced plans", "to sell"),
        ("Brook announced a new plan to sell.", "commitment", "made", "announced", "a new plan to sell"),
        ("Brook said he plans to sell.", "commitment", "made", "said", "he plans to sell"),
        ("Brook said Cole’s plan would help to sell.", "assertion", "made", "said", "Cole’s plan would help to sell"),
        ("Brook swears they love it.", "assertion", "made", "swears", "they love it"),
        ("Brook swore that it had fallen.", "assertion", "made", "swore", "that it had fallen"),
        ("Brook swore that the town would pay.", "commitment", "made", "swore", "that the town would pay"),
        ("She said she would resign.", "commitment", "made", "said", "she would resign"),
        ("Brook told the town that she will not sell.", "commitment", "made", "told", "that she will not sell"),
        ("The ministry said it would close the road.", "commitment", "made", "said", "it would close the road"),
        ("She said it will rain.", "assertion", "made", "said", "it will rain"),
        ("Brook said it will rain.", "assertion", "made", "said", "it will rain"),
        ("She said she would win.", "assertion", "made", "said", "she would win"),
        ("She said the party will win.", "assertion", "made", "said", "the party will win"),
    ],
)
def test_a_frame(text: str, act: str, status: str, cue: str, content: str) -> None:
    assert (act, status, [cue], [content]) == only(text)


@pytest.mark.parametrize(
    ("text", "act", "status", "cue"),
    [
        ("Brook does not think that it fell.", "assertion", "made", "does not think"),
        ("Brook no longer believes that it fell.", "assertion", "made", "no longer believes"),
        ("Brook refuses to believe that it fell.", "assertion", "made", "refuses to believe"),
        ("Brook believes that it fell.", "assertion", "made", "believes"),
        ("Brook doubts that it fell.", "assertion", "made", "doubts"),
        ("The court ruled that it fell.", "assertion", "made", "ruled"),
        ("Brook hopes that it fell.", "expressive", "made", "hopes"),
        ("Brook fears that it fell.", "expressive", "made", "fears"),
        ("Brook regretted that it fell.", "expressive", "made", "regretted"),
        ("Brook wants to sell.", "commitment", "made", "wants"),
        ("Brook wants the town to sell.", "directive", "made", "wants"),
        ("Brook expects the town to sell.", "assertion", "made", "expects"),
        ("Brook refused to sell.", "commitment", "made", "refused"),
        ("Brook refused to confirm that it fell.", "assertion", "not_made", "refused to confirm"),
        ("Brook declined to confirm that it fell.", "assertion", "not_made", "declined to confirm"),
        ("Brook is expected to argue that it fell.", "assertion", "expected", "is expected to argue"),
    ],
)
def test_a_frame_of_thought(text: str, act: str, status: str, cue: str) -> None:
    assert (act, status, [cue]) == only(text, thought=True)[:3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The town asked whether Cole had claimed that it fell.",
            [("asked", "question", "made"), ("had claimed", "assertion", "possible")],
        ),
        (
            "The town denied that Brandt had said it fell.",
            [("denied", "assertion", "made"), ("had said", "assertion", "not_made")],
        ),
        (
            "The town did not say that Brandt had claimed it fell.",
            [("did not say", "assertion", "not_made"), ("had claimed", "assertion", "not_made")],
        ),
        (
            "The town wants Cole to say that it fell.",
            [("wants", "directive", "made"), ("say", "assertion", "possible")],
        ),
        ("Brook asked him to say that it fell.", [("asked", "directive", "made"), ("say", "assertion", "possible")]),
        ("Brook plans to tell them that it fell.", [("plans", "commitment", "made"), ("tell", "assertion", "expected")]),
        ("Brook promised to tell them that it fell.", [("promised", "commitment", "made"), ("tell", "assertion", "expected")]),
        ("Brook doubts that she said it fell.", [("doubts", "assertion", "made"), ("said", "assertion", "possible")]),
        ("Brook hopes that she said it fell.", [("hopes", "expressive", "made"), ("said", "assertion", "possible")]),
        (
            "Brook will say that Cole had claimed it fell.",
            [("will say", "assertion", "expected"), ("had claimed", "assertion", "expected")],
        ),
        ("Brook said that Cole had claimed it fell.", [("said", "assertion", "made"), ("had claimed", "assertion", "made")]),
        (
            "Brook said that she had never claimed it fell.",
            [("said", "assertion", "made"), ("had never claimed", "assertion", "not_made")],
        ),
        ("“Did she say that it fell?” Brook asked.", [("asked", "question", "made"), ("say", "assertion", "possible")]),
    ],
)
def test_an_inner_quote_is_judged_as_the_outer_one_presents_it(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert expected == stances(text, thought=True)


@pytest.mark.parametrize(
    "text",
    [
        "The council wants the minister to say that it fell.",  # who would say it is not the council
        "There is no evidence that Brook said it fell.",
        "It is not true that Brook claimed it fell.",
        "Few have claimed that it fell.",
        "Brook said nothing about the fall.",
        "Brook said little.",
        "Brook did not say that it fell but that it rose.",
        "Few ministers said that it fell.",
        "Hardly anyone said that it fell.",
        "Not everyone said that it fell.",
        "Brook rarely says that it fell.",
        "Brook has seldom said that it fell.",
        "No official denied or never said that it fell.",
        "Brook did not confirm until Monday that it fell.",
        "Why did Brook say that it fell?",
        "Brook did not agree that it fell.",
        "The tradition of saying that it fell is old.",
    ],
)
def test_what_may_not_have_been_said_is_not_marked(text: str) -> None:
    assert [] == found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Brook voted to sell the dam.",
        "Brook voted that it be sold.",
        "The town voted against the sale.",
        "Brook called on Cole.",
    ],
)
def test_an_act_is_no_attribution(text: str) -> None:
    assert [] == found(text, thought=True)


@pytest.mark.parametrize("text", ["Neither Brook nor Cole said it fell.", "Neither Brook nor Cole has said it fell."])
def test_who_is_denied_to_have_said_it_is_still_the_source(text: str) -> None:
    (one,) = found(text)

    assert ("not_made", ["Brook nor Cole"]) == (one.status, [text[slice(*place)] for place, _ in one.sources])
    assert "Neither" == text[slice(*one.cue[0])]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("At no point did Brook say that it fell.", ["At no point did", "say"]),
        ("At no time has Brook claimed that it fell.", ["At no time has", "claimed"]),
        ("Never did Brook claim that it fell.", ["Never did", "claim"]),
    ],
)
def test_a_denial_may_stand_first(text: str, cue: list[str]) -> None:
    assert ("assertion", "not_made", cue, ["that it fell"]) == only(text)


@pytest.mark.parametrize(
    ("text", "cue"), [("advised Cole", "advised"), ("warned them", "warned"), ("cautioned the town", "cautioned")]
)
def test_against_denies_and_is_in_the_cue(text: str, cue: str) -> None:
    assert ("directive", "made", [cue, "against"], ["selling it"]) == only(f"Brook {text} against selling it.")


@pytest.mark.parametrize(
    "who",
    [
        "A man who asked not to be named",
        "A man who asked not to be identified",
        "An official who requested anonymity",
        "Officials who asked for help",
        "An official who declined to be named",
    ],
)
def test_what_a_source_asked_for_ends_before_what_it_said(who: str) -> None:
    text = f"{who} said that it fell."
    *asked, said = found(text)

    assert (["that it fell"], who) == ([text[slice(*part)] for part in said.content], text[slice(*said.sources[0][0])])
    assert all("said" not in text[slice(*part)] for one in asked for part in one.content)


def test_a_denial_in_front_of_its_subject_is_in_the_cue() -> None:
    assert ("assertion", "not_made", ["Nor did", "claim"], ["that it fell"]) == only("Nor did she claim that it fell.")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("“Stop it,” Brook said.", "directive"),
        ("“Please stop,” Brook said.", "directive"),
        ("“Don’t sell it!” Brook said.", "directive"),
        ("“Let’s sell it,” Brook said.", "directive"),
        ("“Repeal the tax,” Brook urged.", "directive"),
        ("“Why?” Brook asked.", "question"),
        ("“Is it safe?” said Brook.", "question"),
        ("“Thank you,” Brook said.", "expressive"),
        ("“We’re sorry,” Brook said.", "expressive"),
        ("“I hope it falls,” Brook said.", "expressive"),
        ("“I will sell it,” Brook said.", "commitment"),
        ("“We’ll never sell it,” Brook said.", "commitment"),
        ("“We will win,” Brook said.", "assertion"),
        ("“It fell,” Brook said.", "assertion"),
        ("“I believe it fell,” Brook said.", "assertion"),
        ("“Trust is everything,” Brook said.", "assertion"),
        ("“Will it rain?” said Brook. “It must.”", "assertion"),
        ("“Stop it,” said Brook. “It is wrong.”", "assertion"),
        ("“Stop it,” said Brook. “Why not?”", "directive"),
        ("“Why?” said Brook. “Stop it.”", "question"),
        ("Brook asked: “Is it safe?”", "question"),
        ("Brook warned:\n“Stop it!”\n", "directive"),
    ],
)
def test_quoted_words_decide(text: str, act: str) -> None:
    assert [(act, "made")] == [(one.act, one.status) for one in found(text)]


@pytest.mark.parametrize("words", ["", "…", "“”", "?!", "and", "I", "Please"])
def test_any_words_have_an_act(words: str) -> None:
    assert spoken(words, None) in {"assertion", "directive", "question"}


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        ("Brook told Reuters that it fell.", ["Reuters"]),
        ("Brook warned the council that it fell.", ["the council"]),
        ("“It fell,” she told the council.", ["the council"]),
        ("Brook asked him why it fell.", ["him"]),
        ("Brook promised the town to sell.", ["the town"]),
        ("Brook said that it fell.", []),
        ("Brook announced the sale.", []),
        ("Brook called on the town to sell.", ["the town"]),
        ("Brook called on Cole not to sell.", ["Cole"]),
    ],
)
def test_an_addressee_is_who_is_told(text: str, addressees: list[str]) -> None:
    assert [addressees] == [[text[slice(*part)] for part in one.addressees] for one in found(text)]


@pytest.mark.parametrize(
    ("source", "type_"),
    [
        ("Foreign Minister Ann Lee", "official"),
        ("A spokesman for the Courier newspaper", "official"),
        ("The ministry", "official"),
        ("Ann Lee, the mayor of Sway", "official"),
        ("Sen. Ann Lee", "official"),
        ("Two professors of law", "expert"),
        ("Ann Lee, an economist who advises the ministry", "expert"),
        ("Three witnesses", "witness"),
        ("A farmer who saw the flood", "witness"),
        ("Residents of the state", "participant"),
        ("The victim’s family", "participant"),
        ("The ministry’s report", "document"),
        ("A study by the university", "document"),
        ("Reuters", "media"),
        ("The Sunday Times", "media"),
        ("KIL-TV", "media"),
        ("WKIL", "media"),
        ("Her attorney", "participant"),
        ("The district attorney", "official"),
        ("Dr. Lee", "expert"),
        ("Two volcanologists", "expert"),
        ("A person familiar with the plan", "witness"),
        ("The company’s founder", "participant"),
        ("The latest census data", "document"),
        ("Ann Lee", None),
        ("They", None),
        ("Members of the court", None),
    ],
)
def test_the_words_of_a_source_tell_its_type(source: str, type_: str | None) -> None:
    assert type_ == source_type(source)


def test_a_source_keeps_the_type_that_it_was_introduced_with() -> None:
    text = "Minister Ann Lee said it fell. “It is old,” Lee said."

    made = quotes(entities(an_article(text))).quotes

    assert [["official"], ["official"]] == [[source.type for source in quote.sources] for quote in made]


def test_every_verb_has_an_act_or_leaves_it_to_the_content() -> None:
    acts = {"assertion", "question", "directive", "commitment", "expressive", None}
    senses = [sense for cue in lexicon().cues.values() for sense in cue.senses]

    assert all("" in sense.acts and set(sense.acts.values()) <= acts for sense in senses)
    assert {"not_made", "possible", None} == {sense.presents for sense in senses}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("If Lee is told by Cho to leave, we go.", "possible"),
        ("If Lee is told to leave, we go.", "possible"),
        ("Lee was not asked by Cho to leave.", "not_made"),
        ("The council was never told that it fell.", "not_made"),
        ("Lee has yet to be told by police that it fell.", "not_made"),
        ("Lee will be asked by the court to leave.", "expected"),
        ("Was Lee told by Cho that it fell?", "possible"),
    ],
)
def test_a_passive_is_judged_from_its_subject_on(text: str, status: str) -> None:
    assert [status] == [quote.status for quote in quotes(an_article(text)).quotes]


@pytest.mark.parametrize("text", ["Nobody was told by the mayor that it fell.", "No one was asked to leave."])
def test_who_told_nobody_is_not_said_to_have_told(text: str) -> None:
    assert () == quotes(an_article(text)).quotes


@pytest.mark.parametrize("form", ["did not issue a statement", "never sent an email", "will issue a statement"])
def test_a_statement_that_was_not_sent_says_nothing(form: str) -> None:
    assert () == quotes(an_article(f"The mayor {form} saying it fell.")).quotes


@pytest.mark.parametrize(
    ("text", "status", "cue"),
    [
        ("My father used to say that it fell.", "made", "used to say"),
        ("Brook never used to say that it fell.", "not_made", "never used to say"),
        ("Brook used not to say that it fell.", "not_made", "used not to say"),
        ("Brook never managed to say that it fell.", "not_made", "never managed to say"),
        ("Brook did not go on to say that it fell.", "not_made", "did not go on to say"),
        ("Brook went on to say that it fell.", "made", "say"),
        ("She was used to say that it fell.", "made", "say"),
    ],
)
def test_what_leads_to_a_verb_of_saying_may_be_denied(text: str, status: str, cue: str) -> None:
    assert only(text) == ("assertion", status, [cue], ["that it fell"])


def test_what_somebody_used_to_say_may_be_quoted_by_somebody() -> None:
    text = "“It is sad. My father used to say, ‘Never sell the land,’” Brook said."

    assert stances(text) == [("said", "assertion", "made"), ("used to say", "directive", "made")]
    assert found("What she used to say was false.") == []


@pytest.mark.parametrize("what", ["who paid for it", "why it fell", "what went wrong", "whether it fell"])
def test_what_is_promised_or_urged_to_be_said_may_be_a_question(what: str) -> None:
    assert stances(f"Brook promised to tell the council {what}.")[1:] == [("tell", "assertion", "expected")]
    assert stances(f"Brook urged the council to say {what}.")[1:] == [("say", "assertion", "possible")]


def test_who_may_say_who_is_told() -> None:
    assert found("Brook told the man who paid for it.") == []
    assert only("Brook told the man who paid for it that it fell.")[3] == ["that it fell"]
    assert only("Brook asked the mayor who paid for it.")[3] == ["who paid for it"]
    assert only("Brook told the court who paid for it.")[3] == ["who paid for it"]
