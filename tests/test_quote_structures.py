"""Sentences in which a report is easily read wrongly: two reports side by side, interruptions, clauses between the words."""

from __future__ import annotations

import pytest

from news import an_article
from pressmark.annotators.quotes import quotes

Read = list[tuple[str, str]]


def read(text: str) -> Read:
    """Source and content of each quote that stands in no other one."""
    found = [quote for quote in quotes(an_article(text)).quotes if quote.parent is None]
    return [(" + ".join(s.text for s in q.sources), " | ".join(s.text for s in q.content)) for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Of the aides who claim to like Cho, Lee said, “They do not know the old dam.”",
            [("Lee", "“They do not know the old dam.”")],
        ),
        ("Lee e-mailed the paper, arguing, “The dam was never dry.”", [("Lee", "“The dam was never dry.”")]),
        ("One says the dam is old, another says it is new.", [("One", "the dam is old"), ("another", "it is new")]),
        (
            "Two in 10 said they like the dam, but six in 10 said they hate it.",
            [("Two in 10", "they like the dam"), ("six in 10", "they hate it")],
        ),
        (
            "One in 10 said “maybe” and nine in 10 said “never.”",
            [("One in 10", "“maybe”"), ("nine in 10", "“never.”")],
        ),
        (
            "She said the crew was too late to help: “I was asleep in the barn,” she wrote.",
            [("She", "the crew was too late to help"), ("she", "“I was asleep in the barn,”")],
        ),
        (
            "She conceded that it rained but implied that the dam was dry.",
            [("She", "that it rained"), ("She", "that the dam was dry")],
        ),
        (
            "In discussing the old dam, Lee told the radio host Tor Cho, “It was never dry.”",
            [("Lee", "“It was never dry.”")],
        ),
        (
            "After Lee called the plan “a lie,” Cho told the council that it was true.",
            [("Lee", "the plan “a lie,”"), ("Cho", "that it was true")],
        ),
        (
            "When asked by a farmer whether the dam was dry, Lee said it was.",
            [("a farmer", "whether the dam was dry"), ("Lee", "it was")],
        ),
        (
            "Asked last month about the flood, the mayor who built it said it was small.",
            [("", "the flood"), ("the mayor who built it", "it was small")],
        ),
        ("Asked which dam was dry, only two farmers named it.", [("", "which dam was dry")]),
        (
            "On Tuesday, even as it rained, Lee wrote to the council, telling it the dam was dry.",
            [("Lee", "the dam was dry")],
        ),
        (
            "Cho, whom Lee called a “liar,” said the dam is dry.",
            [("Lee", "a “liar,”"), ("Cho", "the dam is dry")],
        ),
        ("Tor Lind, asked by Cho about it, said no.", [("Cho", "it"), ("Tor Lind", "no")]),
        (
            "After Lee said it rained, Cho, who had seen it, said it was dry.",
            [("Lee", "it rained"), ("Cho", "it was dry")],
        ),
        ("Asked why, Lee said it rained.", [("Lee", "it rained")]),
        (
            "Miners said it was dry, owners said it was wet, and the inspector said both were right.",
            [("Miners", "it was dry"), ("owners", "it was wet"), ("the inspector", "both were right")],
        ),
        ("Lee said the wall fell, Cho said it stood.", [("Lee", "the wall fell"), ("Cho", "it stood")]),
        (
            "The mayor said that it fell, her deputy told the court that it stood.",
            [("The mayor", "that it fell"), ("her deputy", "that it stood")],
        ),
        (
            "Lee argued the wall fell, Cho says it stood, Ada Moss denied it.",
            [("Lee", "the wall fell"), ("Cho", "it stood"), ("Ada Moss", "it")],
        ),
        ("Noting that it fell, Lee said it was old.", [("Lee", "that it fell"), ("Lee", "it was old")]),
        ("Lee said that in May, the owners said it fell.", [("Lee", "that in May, the owners said it fell")]),
        ("Lee said when it rained, the owners said it fell.", [("Lee", "when it rained, the owners said it fell")]),
    ],
)
def test_each_of_two_speakers_has_only_what_that_one_said(text: str, expected: Read) -> None:
    assert expected == read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The beauty of it, says Tor Lind, head of the port, is that it lasts.", ("The beauty of it", "is that it lasts")),
        ("The dam, according to a man close to the council, is dry.", ("The dam", "is dry")),
        ("She met some of them, including, she said, “the mayor of the north.”", ("“the mayor of the north.”",)),
        ("The crowd chanted back at her, “Mend it,” and “Build it.”", ("“Mend it,” and “Build it.”",)),
        ("She wrote, “Good night, north! #dam” on Friday afternoon.", ("“Good night, north! #dam”",)),
        ("Tor Lind said, “We have to mend the dam” - the first to say so.", ("“We have to mend the dam”",)),
        (
            "Conceding that it rained “for days” he warned: “The dam is still too low for it.”",
            ("“The dam is still too low for it.”",),
        ),
        ("On the radio show “Morning,” Tor Lind said if the dam fell it would be bad.", ("if the dam fell it would be bad",)),
        ("The firm, which spent May predicting that it would grow, has yet to grow.", ("that it would grow",)),
        ("She said they like it, remarks that were read in Kiel.", ("they like it",)),
        ("The dam, although the council says it is new, is old.", ("it is new",)),
        ("The dam is old, she said in an interview on Monday, and it has leaked.", ("The dam is old",)),
        ("She said the dam is old, which, in the end, was true.", ("the dam is old",)),
        (
            "She said he has until noon, which, if true, would make it a “very long” day.",
            ("he has until noon, which, if true, would make it a “very long” day",),
        ),
        ("One thing is new: the dam is dry, she said.", ("the dam is dry",)),
        ("One thing is new: the dam is dry, according to Ann Lee.", ("the dam is dry",)),
        ("She called the mayor, who was in town, a “liar.”", ("the mayor, who was in town, a “liar.”",)),
        ("The dam is old, she said, because it was built in May.", ("The dam is old | because it was built in May",)),
        ("He left, saying that as mayor, Lind would mend it.", ("that as mayor, Lind would mend it",)),
        ("She was asked about the flood.", ("the flood",)),
        ("She spoke on Monday about the flood.", ("the flood",)),
        ("She said yes, compared with two years ago.", ("yes",)),
        ("She proposed a new dam and has left the council.", ("a new dam",)),
        ("She said the plan, while old, is good.", ("the plan, while old, is good",)),
        ("She said it was late - and that she would leave.", ("it was late - and that she would leave",)),
        ("She said he met Lee and Cho, both of whom left.", ("he met Lee and Cho",)),
        ("She called the idea that the dam is old a “joke.”", ("the idea that the dam is old a “joke.”",)),
        ("She called the use of the dam “unwise.”", ("the use of the dam “unwise.”",)),
        ("She urged the town last year not to close the dam.", ("not to close the dam",)),
        ("The council called on the state Monday to mend it.", ("to mend it",)),
        ("She asked Berg, Cho and Holm to leave the barn.", ("to leave the barn",)),
        ("One suggested she sell the barn.", ("she sell the barn",)),
        ("She promised a land of plenty.", ("a land of plenty",)),
        ("She had been told just before the flood that the dam was safe.", ("that the dam was safe",)),
        ("Lee said Monday’s rain was bad.", ("Monday’s rain was bad",)),
        ("“The dam is old,” said Lind, whose friends like rivers and “deep” lakes.", ("“The dam is old,”",)),
    ],
)
def test_a_content_has_all_that_was_said_and_no_more(text: str, expected: tuple[str, ...]) -> None:
    contents = [content for _, content in read(text)]

    assert [" | ".join(expected)] == contents[-1:]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Ann Lee herself said it rains.", "Ann Lee herself"),
        ("Others who saw it said it rains.", "Others who saw it"),
        ("A man who found him said it rains.", "A man who found him"),
        ("A woman who has accused Tor Lind of theft said it rains.", "A woman who has accused Tor Lind of theft"),
        ("Tor Lind, who calls Berg a “fraud,” said it rains.", "Tor Lind"),
        ("It rains more than that, said Tor Lind, a farmer in the north.", "Tor Lind, a farmer in the north"),
        ("It would hurt the town, forcing it to sell boats, said Tor Lind, a farmer.", "Tor Lind, a farmer"),
        ("The council asked Berg and her aides, current and former officials said.", "current and former officials"),
        ("He got more help from those who said it rains.", "those"),
        ("As reported by the Kiel Times, the dam is dry.", "the Kiel Times"),
        ("But, of course, as Ann Lee noted, the dam is dry.", "Ann Lee"),
        ("After saying that it rained, Ann Lee left.", "Ann Lee"),
        ("By admitting that it rained, the council lost.", "the council"),
        ("Ann Lee has since said it rains.", "Ann Lee"),
        ("Ann Lee questioned whether it rains.", "Ann Lee"),
        ("“It rains,” Ann Lee echoed.", "Ann Lee"),
        ("In all, the north has sold a lot of boats, campaign officials said.", "campaign officials"),
        ("It rains, said Tor Lind, a former aide of the Berg campaign.", "Tor Lind, a former aide of the Berg campaign"),
        ("She left, after being warned by the council that it rains.", "the council"),
        ("As for the town, both the mayor and her aides say it rains.", "both the mayor and her aides"),
        ("About 40 boats of the town left, Ann Lee said.", "Ann Lee"),
        ("As the farmers of Kiel left, Ann Lee stayed, saying that it rains.", "Ann Lee"),
    ],
)
def test_who_said_it_is_the_whole_phrase_and_nobody_beside(text: str, source: str) -> None:
    assert source in [named for named, _ in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "There are many reasons why farmers left.",
        "The town saw harbor protests in the north.",
        "The old barn boasts a small shop, guarded by two dogs.",
        "They want to list promising farms in the north.",
        "The mayor maintained a large lead over her rival.",
        "The town filed reports that were wrong.",
        "Lind, the founder, wrote a book that inspired them.",
        "The mayor hinted at that in a letter to them.",
    ],
)
def test_nouns_and_participles_report_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["Without saying that it rained, Ann Lee left.", "Rather than claiming that it rained, Lee left."]
)
def test_what_was_left_unsaid_is_not_made(text: str) -> None:
    assert [quote.status for quote in quotes(an_article(text)).quotes] == ["not_made"]


@pytest.mark.parametrize(
    "aside",
    [
        "in a letter to the mayor",
        "on Monday",
        "through a spokesman",
        "for her part",
        "along with Bob Ray",
        "not Bob Ray",
        "under oath",
    ],
)
def test_words_in_commas_that_do_not_say_who_it_is_are_no_part_of_the_source(aside: str) -> None:
    assert [("Ann Lee, the mayor", "it fell")] == read(f"Ann Lee, the mayor, {aside}, said it fell.")


@pytest.mark.parametrize("town", ["Kiel", "Kiel, Norland"])
def test_a_town_before_the_speaker_says_nothing(town: str) -> None:
    ((source, _),) = read(f"In {town}, after a vote, Mayor Ann Lee said: “It fell.”")

    assert source.endswith("Ann Lee")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("State TV quoted Ann Lee as having said it fell.", ("Ann Lee + State TV", "it fell")),
        ("Ann Lee was quoted as having told Bob Ray that it fell.", ("Ann Lee", "that it fell")),
        ("In the words of Ann Lee: “It fell.”", ("Ann Lee", "“It fell.”")),
        ("As Ann Lee put it, “it fell.”", ("Ann Lee", "“it fell.”")),
        ("The dam is “safe,” as she puts it.", ("she", "The dam is “safe,”")),
        ("The dam is a trap, as Ann Lee puts it.", ("Ann Lee", "The dam is a trap")),
        ("The dam, as Ann Lee put it, is a trap.", ("Ann Lee", "The dam | is a trap")),
        ("Ann Lee vows to “end it,” as she put it there.", ("Ann Lee", "to “end it,” as she put it there")),
        ("The ad then cuts to footage of Ann Lee: “It is late for all of us.”", ("Ann Lee", "“It is late for all of us.”")),
    ],
)
def test_words_that_are_passed_on_are_of_who_spoke_them(text: str, expected: tuple[str, str]) -> None:
    assert [expected] == read(text)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("The lake rose two metres in a night", "hydrologist Tor Lind"),
        ("Ann Lee sold the mill in May", "lawyer Lind"),
        ("The roads are closed", "former police chief Tor Lind"),
        ("Two farms were cut off", "police"),
        ("The mill was sold", "hydrologists Tor Lind and Bo Berg"),
    ],
)
@pytest.mark.parametrize("rest", ["and two farms were cut off", "and left the country", "but nobody was hurt"])
def test_who_stands_behind_the_verb_said_what_stands_before_it(said: str, who: str, rest: str) -> None:
    assert read(f"{said}, said {who}, {rest}.") == [(who, said)]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor, who runs the mill, said lawyer Tor Lind, and his wife were ill.",
        "The mayor, a lawyer, said police chief Tor Lind, and her deputy, left.",
        "The mill, said lawyer Tor Lind, and two farms were sold.",
    ],
)
def test_a_name_is_not_what_somebody_said(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("who", ["said the widow, Ann Lee,", "Lee said,", "she told the court,"])
@pytest.mark.parametrize("pause", ["and here she paused,", "she sat down,", "then she wept a little,"])
def test_a_quotation_goes_on_behind_a_pause(who: str, pause: str) -> None:
    ((_, content),) = read(f"“The truth,” {who} “is that,” {pause} “we were poor.”")

    assert content == "“The truth,” | “is that,” | “we were poor.”"


@pytest.mark.parametrize("rest", ["and her son wrote “Cold Days.”", "she read “Cold Days,” a book."])
def test_what_is_no_pause_ends_a_quotation(rest: str) -> None:
    assert "“The truth,” | “is that,”" in [content for _, content in read(f"“The truth,” Lee said, “is that,” {rest}")]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee, whose husband said it fell, left.",
        "Bob Ray, to whom Ann Lee said it fell, left.",
        "Once Ann Lee said it fell, Bob Ray left.",
        "Ann Lee, who said it fell, left.",
    ],
)
def test_what_is_said_in_a_clause_inside_ends_at_its_comma(text: str) -> None:
    assert ["it fell"] == [content for _, content in read(text)]


def test_a_dam_that_is_put_to_the_test_is_no_report() -> None:
    assert [] == read("They built it as Ann Lee put it to “the test.”")


@pytest.mark.parametrize("told", ["", ", Ana Cruz,", ", who built it,", ", Ana Cruz, 52,", " – Ana Cruz –", " (a vet)"])
@pytest.mark.parametrize("conjunction", [", and", ", but", " and"])
def test_a_next_speaker_may_be_told_of_before_the_verb(told: str, conjunction: str) -> None:
    found = read(f"Lee denied that it fell{conjunction} the mayor{told} said it stood.")

    assert [("Lee", "that it fell"), "it stood"] == [found[0], found[1][1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The bank said profits rose, and Nguyễn Văn Minh, its head, told reporters that rates would fall.",
            [("The bank", "profits rose"), ("Nguyễn Văn Minh, its head", "that rates would fall")],
        ),
        ("Lee said it was closed, and the mayor, who was ill, left.", [("Lee", "it was closed")]),
        ("Lee said the plan is good, but the cost, at $4 million, is high.", [("Lee", "the plan is good")]),
        ("After Lee said it fell, the mayor, Ana Cruz, left.", [("Lee", "it fell")]),
        ("Lee said the dam, the road, and the bridge are old.", [("Lee", "the dam, the road, and the bridge are old")]),
        ("Lee said that Ana, 9, and Bo, 11, were safe.", [("Lee", "that Ana, 9, and Bo, 11, were safe")]),
        (
            "Lee said his client, Bo Diaz, and his wife, Ana Cruz, said nothing to police.",
            [("Lee", "his client, Bo Diaz, and his wife, Ana Cruz, said nothing to police")],
        ),
        (
            "Lee said it was old, and that the road, built in May, was new.",
            [("Lee", "it was old, and that the road, built in May, was new")],
        ),
        (
            "According to Lee, it rained, and the dam, built in May, broke.",
            [("Lee", "it rained, and the dam, built in May, broke")],
        ),
    ],
)
def test_words_between_commas_do_not_hide_the_next_clause(text: str, expected: Read) -> None:
    assert expected == read(text)


@pytest.mark.parametrize("refuses", ["did not say", "declined to say"])
def test_what_another_tells_corrects_no_refusal(refuses: str) -> None:
    (first, second) = quotes(an_article(f"The firm {refuses} when it began, but its head, Ali Reza, said it was over.")).quotes

    assert ("not_made", ["when it began"]) == (first.status, [span.text for span in first.content])
    assert ("made", ["it was over"]) == (second.status, [span.text for span in second.content])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministers deny claims that the plan has failed.", [("Ministers", "claims that the plan has failed")]),
        ("Officials deny reports that the dam leaks.", [("Officials", "reports that the dam leaks")]),
        ("The minister denies claims that it failed.", [("The minister", "claims that it failed")]),
        ("Mr Okafor denies claims he lied.", [("Mr Okafor", "claims he lied")]),
        ("Ministers Deny Claims That Plan Failed", [("Ministers", "Claims That Plan Failed")]),
        ("Ministers say claims that it leaks are false.", [("Ministers", "claims that it leaks are false")]),
        ("The man says calls were made.", [("The man", "calls were made")]),
        ("The firm claims that it is safe.", [("The firm", "that it is safe")]),
        ("Lee now claims it fell.", [("Lee", "it fell")]),
        ("The new study claims that it fell.", [("The new study", "that it fell")]),
        ("A news report claims that it fell.", [("A news report", "that it fell")]),
        ("The Texas press claims that it fell.", [("The Texas press", "that it fell")]),
        ("The probe claims that it fell.", [("The probe", "that it fell")]),
        ("Fresh reports claim that it fell.", [("Fresh reports", "that it fell")]),
    ],
)
def test_claims_and_reports_are_nouns_behind_another_verb(text: str, expected: Read) -> None:
    assert expected == read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Scientists debunk claims that coffee causes cancer.",
        "Bosses face fresh claims that they hid the leak.",
        "Bosses still face claims they hid the leak.",
        "Lee could face claims that he lied.",
        "The firm faces new claims that it lied.",
        "The minister dismissed as false claims that he had lied.",
        "Lee rejected as pure nonsense reports that he had lied.",
        "The paper printed false reports that he had lied.",
        "Experts question claims that the dam is safe.",
        "Experts Question Claims That Dam Is Safe",
    ],
)
def test_claims_that_somebody_faces_or_doubts_report_nothing(text: str) -> None:
    assert not read(text)
