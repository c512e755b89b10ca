from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news import MARKS, WORDS, a, an_article
from pressmark.annotators.quotes import attributions, quotes
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.sentence_attributions import RULES
from pressmark.record.model import Entity, Mention
from pressmark.segment.quotations import quotations
from pressmark.validation import errors

if TYPE_CHECKING:
    from pressmark.record.model import Quote

# rule: text → the content, the cue and the sources of the attribution that the rule finds in it
EXAMPLES: list[tuple[str, str, list[str], list[str], list[str]]] = [
    ("quote-subject-verb", "“It will rain,” Ann Lee said on Monday.", ["“It will rain,”"], ["said"], ["Ann Lee"]),
    (
        "quote-subject-verb",
        "“It will rain,” she told the council. “We are not ready.”",
        ["“It will rain,”", "“We are not ready.”"],
        ["told"],
        ["she"],
    ),
    (
        "quote-subject-verb",
        "“It will rain,” Ann Lee, a farmer in the north, added, “and we are not ready.”",
        ["“It will rain,”", "“and we are not ready.”"],
        ["added"],
        ["Ann Lee, a farmer in the north"],
    ),
    (
        "quote-subject-verb",
        "The harvest is “as good as lost,” the farmers’ union says.",
        ["The harvest is “as good as lost,”"],
        ["says"],
        ["the farmers’ union"],
    ),
    (
        "quote-verb-subject",
        "“It will rain,” said Ann Lee, a farmer who lives by the river. “It must.”",
        ["“It will rain,”", "“It must.”"],
        ["said"],
        ["Ann Lee, a farmer who lives by the river"],
    ),
    ("passive-behind", "The harvest is lost, the council was told on Monday.", ["The harvest is lost"], ["was told"], []),
    (
        "passive-behind",
        "“It will rain,” it was announced by the office.",
        ["“It will rain,”"],
        ["was announced by"],
        ["the office"],
    ),
    ("quote-verb-subject", "“Why?” asked one of the farmers.", ["“Why?”"], ["asked"], ["one of the farmers"]),
    (
        "clause-subject-verb",
        "The harvest is lost, the ministry said on Tuesday.",
        ["The harvest is lost"],
        ["said"],
        ["the ministry"],
    ),
    (
        "clause-subject-verb",
        "The harvest, Ann Lee said, is lost.",
        ["The harvest", "is lost"],
        ["said"],
        ["Ann Lee"],
    ),
    (
        "clause-verb-subject",
        "The harvest is lost, said Ann Lee, a farmer.",
        ["The harvest is lost"],
        ["said"],
        ["Ann Lee, a farmer"],
    ),
    (
        "according-to",
        "According to Ann Lee, the harvest is lost.",
        ["the harvest is lost"],
        ["According to"],
        ["Ann Lee"],
    ),
    (
        "according-to",
        "The harvest is lost, according to a report by the ministry.",
        ["The harvest is lost"],
        ["according to"],
        ["the ministry"],
    ),
    (
        "as-quoted-by",
        "The harvest is lost, as reported by the agency.",
        ["The harvest is lost"],
        ["as reported by"],
        ["the agency"],
    ),
    (
        "passive-by",
        "The loss was confirmed by Ann Lee, the minister.",
        ["The loss"],
        ["was confirmed by"],
        ["Ann Lee, the minister"],
    ),
    ("passive", "It was announced that the harvest is lost.", ["that the harvest is lost"], ["was announced"], []),
    ("passive", "The minister was told to leave.", ["to leave"], ["was told"], []),
    ("passive", "The minister was asked, “Is it lost?”", ["“Is it lost?”"], ["was asked"], []),
    (
        "verb-subject-quote",
        "Said Ann Lee: “The harvest is lost.”",
        ["“The harvest is lost.”"],
        ["Said"],
        ["Ann Lee"],
    ),
    (
        "relative",
        "They sold the barn, which Ann Lee said was empty.",
        ["which", "was empty"],
        ["said"],
        ["Ann Lee"],
    ),
    (
        "according-to",
        "According to a report published in May by the ministry, the harvest is lost.",
        ["the harvest is lost"],
        ["According to"],
        ["the ministry"],
    ),
    ("quoted-as-saying", "“It rains,” Ann Lee was quoted as saying.", ["“It rains,”"], ["was quoted as saying"], ["Ann Lee"]),
    (
        "quoted-as-saying",
        "Ann Lee is quoted as saying it rains.",
        ["it rains"],
        ["is quoted as saying"],
        ["Ann Lee"],
    ),
    ("quoted-as-saying", "She was quoted as saying that it rains.", ["that it rains"], ["was quoted as saying"], ["She"]),
    ("named", "Ann Lee called the plan “a lie.”", ["the plan “a lie.”"], ["called"], ["Ann Lee"]),
    ("named", "He walked out, calling them thieves.", ["them thieves"], ["calling"], ["He"]),
    ("named", "They built a bridge that Ann Lee called “a wreck.”", ["that", "“a wreck.”"], ["called"], ["Ann Lee"]),
    ("described-as", "One of them described it as “wet.”", ["it", "“wet.”"], ["described", "as"], ["One of them"]),
    ("described-as", "She accused the mayor of hiding them.", ["the mayor", "hiding them"], ["accused", "of"], ["She"]),
    ("described-as", "Ann Lee blamed rain for the flood.", ["rain", "the flood"], ["blamed", "for"], ["Ann Lee"]),
    ("subject-verb-that", "Ann Lee told the Sunday Courier that it rains.", ["that it rains"], ["told"], ["Ann Lee"]),
    ("described-as", "The ministry described her as a friend.", ["her", "a friend"], ["described", "as"], ["The ministry"]),
    ("hearsay", "The crane has reportedly fallen.", ["The crane has", "fallen"], ["reportedly"], []),
    ("according-to", "In the words of Ann Lee, it fell.", ["it fell"], ["In the words of"], ["Ann Lee"]),
    ("line-before-quote", "From engineer Bob Ray:\n“It fell.”", ["“It fell.”"], [":"], ["engineer Bob Ray"]),
    ("signed-quotation", "“It fell.” - Bob Ray, a diver", ["“It fell.”"], [], ["Bob Ray, a diver"]),
    ("headline-colon", "Port official: Crane will fall\n\nIt rained.", ["Crane will fall"], [":"], ["Port official"]),
    ("headline-signed", "Crane will fall – port official\n\nIt rained.", ["Crane will fall"], [], ["port official"]),
    ("headline-signed", "“It will fall”: port official\n\nIt rained.", ["“It will fall”"], [":"], ["port official"]),
    ("what-was-said", "What Ann Lee did say was that it fell.", ["that it fell"], ["did say"], ["Ann Lee"]),
    (
        "comment-first",
        "As the ministry noted, the harvest is lost.",
        ["the harvest is lost"],
        ["noted"],
        ["the ministry"],
    ),
    (
        "participle-first",
        "Noting that it rained, Ann Lee went home.",
        ["that it rained"],
        ["Noting"],
        ["Ann Lee"],
    ),
    ("asked", "Asked whether it would rain, Ann Lee laughed.", ["whether it would rain"], ["Asked"], []),
    ("asked", "Ann Lee, asked whether it would rain, laughed.", ["whether it would rain"], ["asked"], []),
    (
        "subject-verb-colon",
        "The ministry warned: the harvest is lost.",
        ["the harvest is lost"],
        ["warned"],
        ["The ministry"],
    ),
    (
        "subject-verb-that",
        "The ministry did not say on Monday that the harvest is lost.",
        ["that the harvest is lost"],
        ["did not say"],
        ["The ministry"],
    ),
    (
        "subject-verb-that",
        "Ann Lee — a farmer in the north — has told the council that it rained, but nobody listened.",
        ["that it rained"],
        ["has told"],
        ["Ann Lee — a farmer in the north"],
    ),
    (
        "subject-verb-zero",
        "After Ann Lee said the harvest was lost, the council met.",
        ["the harvest was lost"],
        ["said"],
        ["Ann Lee"],
    ),
    (
        "subject-verb-zero",
        "Officials from the north and the south announced a plan to share the water.",
        ["a plan to share the water"],
        ["announced"],
        ["Officials from the north and the south"],
    ),
    ("subject-verb-that", "Ann Lee, however, said that it rains.", ["that it rains"], ["said"], ["Ann Lee"]),
    (
        "subject-verb-zero",
        "The union said in a statement it would “wait and see.”",
        ["it would “wait and see.”"],
        ["said"],
        ["The union"],
    ),
    ("subject-verb-wh", "Ann Lee explained why it rained.", ["why it rained"], ["explained"], ["Ann Lee"]),
    (
        "subject-verb-quote",
        "Ann Lee said in an interview with a paper: “The harvest is lost.”",
        ["“The harvest is lost.”"],
        ["said"],
        ["Ann Lee"],
    ),
    ("subject-verb-to", "The farmers vowed to sell the barn.", ["to sell the barn"], ["vowed"], ["The farmers"]),
    (
        "subject-verb-whom-to",
        "The farmers urged the ministry to buy the barn.",
        ["to buy the barn"],
        ["urged"],
        ["The farmers"],
    ),
    (
        "subject-verb-about",
        "The farmers called for a new dam.",
        ["a new dam"],
        ["called for"],
        ["The farmers"],
    ),
    (
        "quote-behind-colon",
        "Ann Lee was clear: “The harvest is lost.”",
        ["“The harvest is lost.”"],
        ["was"],
        ["Ann Lee"],
    ),
    (
        "quote-with-any-verb",
        "“The harvest is lost,” Ann Lee thumped.",
        ["“The harvest is lost,”"],
        ["thumped"],
        ["Ann Lee"],
    ),
]


def found(text: str, *, thought: bool = False) -> list[Quote]:
    return list(quotes(an_article(text), thought=thought).quotes)


def content(quote: Quote) -> list[str]:
    return [span.text for span in quote.content]


def sources(quote: Quote) -> list[tuple[str, str]]:
    return [(source.text, source.role) for source in quote.sources]


@pytest.mark.parametrize(("rule", "text", "contents", "cue", "named"), EXAMPLES)
def test_a_rule_finds_its_example(rule: str, text: str, contents: list[str], cue: list[str], named: list[str]) -> None:
    first = next(attribution for attribution in attributions(an_article(text)))

    assert rule == first.rule
    assert contents == [text[start:end] for start, end in first.content]
    assert cue == [text[start:end] for start, end in first.cue]
    assert named == [text[start:end] for (start, end), _ in first.sources]


def test_every_rule_has_an_example_and_a_docstring() -> None:
    assert RULES.keys() == {rule for rule, *_ in EXAMPLES}
    assert all(RULES.values())


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("She said it rains, adding that it pours.", [["it rains"], ["that it pours"]]),
        ("She said it rains and added that it pours.", [["it rains"], ["that it pours"]]),
        ("She said it rains, and others said it pours.", [["it rains"], ["it pours"]]),
        ("She said it rains; nobody listened.", [["it rains"]]),
        ("She said it rains, although nobody listened.", [["it rains"]]),
        ("She said it rains, which was true.", [["it rains"]]),
        ("She said it rains here, but not in the north.", [["it rains here, but not in the north"]]),
        ("She said it rains — and then she left.", [["it rains"]]),
        ("Ann Lee, who said that it rains, left the barn.", [["that it rains"]]),
        ("She announced the new dam and left the barn.", [["the new dam"]]),
        (
            "She said the dam is “as good as new,” adding that it is dry.",
            [["the dam is “as good as new,”"], ["that it is dry"]],
        ),
        ("It rains, according to the office, in the north.", [["It rains", "in the north"]]),
        ("The dam, according to her, is dry.", [["The dam", "is dry"]]),
        ("Asked about the dam on “The Rain,” she said it is dry.", [["the dam on “The Rain,”"], ["it is dry"]]),
        ("“It rains” is what she said, Ann Lee, 44, told them.", [["“It rains” is what she said"]]),
        ("“It rains,” she said, “and it pours” in the north.", [["“It rains,”", "“and it pours” in the north"]]),
        ("“It rains,” she said. “It pours and it” floods the north.", [["“It rains,”", "“It pours and it” floods the north"]]),
        ("She warned:\n“It rains in the north.”\n", [["“It rains in the north.”"]]),
        ("They reminded the council of the flood.", [["the flood"]]),
        ("Ann Lee left, saying that Cho, now the mayor, would mend it.", [["that Cho, now the mayor, would mend it"]]),
        ("Ann Lee, saying that Cho, now the mayor, would quit, left.", [["that Cho, now the mayor, would quit"]]),
        ("Ann Lee, who said that Cho, the mayor, was a liar, left.", [["that Cho, the mayor, was a liar"]]),
        ("On top of that, she told the paper, the dam is dry.", [["On top of that", "the dam is dry"]]),
        ("Instead, she said, her boss told her he had left.", [["Instead", "her boss told her he had left"]]),
        ("The dam is old, Ann Lee said, and it has leaked twice.", [["The dam is old"]]),
        ("It was late, she noted, so the crew left.", [["It was late", "so the crew left"]]),
        ("The dam is old, Ann Lee said, and left.", [["The dam is old"]]),
        ("She said the dam is safe, compared with the old one.", [["the dam is safe"]]),
        ("She said the dam is safe, even as others left.", [["the dam is safe"]]),
        ("She denied the charge through her lawyer.", [["the charge"]]),
        ("She confirmed the sale on condition of anonymity.", [["the sale"]]),
        ("She announced the sale in a letter to the staff.", [["the sale"]]),
        ("She urged the town to act but refused help.", [["to act"]]),
        ("She called the dam “a joke,” a dig at its builder.", [["the dam “a joke,”"]]),
        ("She called the ensuing flood “a lesson.”", [["the ensuing flood “a lesson.”"]]),
        ("She called that “a joke.”", [["that “a joke.”"]]),
        ("The town backed a plan she said was weak.", [["a plan", "was weak"]]),
        ("The town backed a plan the mayor said is weak.", [["a plan", "is weak"]]),
        ("The plan she promised is too late.", []),
        ("The dam, which she said was safe, left.", [["which", "was safe"]]),
        ("The dam, which she said was safe, and left.", [["which", "was safe"]]),
        ("The yard asked for nearly $2 million.", [["nearly $2 million"]]),
        ("The yard proposed nearly 40 new jobs.", [["nearly 40 new jobs"]]),
        ("She said about 400 people left.", [["about 400 people left"]]),
        ("A group called the “Friends of Kiel” left.", []),
        ("They spend much time talking about the dam.", []),
        ("The fact that she said the dam was safe is odd.", [["the dam was safe"]]),
        ("The diver who said the dam was safe was fired.", [["the dam was safe"]]),
        ("A man can be fined, jailed or denied a lawyer.", []),
        ("It is the dam that she has called for over the past year.", []),
        ("The town left what is now Norland, she said..", [["The town left what is now Norland"]]),
        ("The test, which she said has “some value,” came back late.", [["which", "has “some value,”"]]),
        ("The rule -- which she said helps some -- is late.", [["which", "helps some"]]),
        ("She said the dam -- the old one -- leaks.", [["the dam -- the old one -- leaks"]]),
        ("She said during a court hearing Friday that digging is hard.", [["that digging is hard"]]),
        ("She said retired diver Bob Ray is ill.", [["retired diver Bob Ray is ill"]]),
    ],
)
def test_a_content_ends_where_the_report_does(text: str, contents: list[list[str]]) -> None:
    assert contents == [content(quote) for quote in found(text) if quote.parent is None]


@pytest.mark.parametrize(
    "said",
    [
        "when it rained, the dam was full",
        "if the town pays, it will help",
        "although it rained, a crane is at work",
        "despite the rain, she will stay",
    ],
)
def test_what_is_said_may_begin_with_a_condition(said: str) -> None:
    assert [[said]] == [content(quote) for quote in found(f"Ann Lee says {said}.")]


def test_a_condition_in_commas_is_part_of_what_is_said() -> None:
    assert [["if elected, she will stay"]] == [content(quote) for quote in found("Ann Lee said, if elected, she will stay.")]


@pytest.mark.parametrize(
    "text",
    [
        "A diver saw a bridge in a dry harbor, town officials said.",
        "The crew was held on a minor charge, police said.",
        "The crew will mend a worn crane, sources said.",
    ],
)
def test_a_bare_plural_behind_a_comma_is_the_source(text: str) -> None:
    said, _, source = text.removesuffix(" said.").rpartition(", ")

    assert [([said], [source])] == [(content(quote), [one.text for one in quote.sources]) for quote in found(text)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The survey found that the dam leaks.", "The survey"),
        ("The dam leaks, a study published on Monday found.", "a study published on Monday"),
        ("The dam has leaked, records show.", "records"),
        ("Researchers found that the dam leaks.", "Researchers"),
        ("The dam will leak, the Rain Office estimates.", "the Rain Office"),
    ],
)
def test_a_study_and_who_makes_it_report_what_they_find(text: str, source: str) -> None:
    assert [[source]] == [[one.text for one in quote.sources] for quote in found(text)]


@pytest.mark.parametrize(
    "text", ["Divers found that it leaks.", "She found a leak.", "The survey shows a leak.", "It shows that the dam leaks."]
)
def test_who_finds_something_reports_nothing(text: str) -> None:
    assert [] == found(text)


@pytest.mark.parametrize(
    "told", ["the mayors who met in Kiel,", "cheering divers that", "a town hall in Salem, Norland, on Monday that", "her that"]
)
def test_whom_one_tells_is_no_part_of_what_is_said(told: str) -> None:
    (quote,) = found(f"She told {told} “nobody in the town should stay at home.”")

    assert content(quote)[0].removeprefix("that ").startswith("“nobody")


@pytest.mark.parametrize("text", ["(Ann Lee said it fell.)", "(Ann Lee said it fell)", "(On Monday Ann Lee said it fell.)"])
def test_a_sentence_in_brackets_is_read(text: str) -> None:
    assert [["it fell"]] == [content(quote) for quote in found(text)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("But on Monday Ann Lee said it rains.", "Ann Lee"),
        ("In the north, the old, tired farmers said it rains.", "the old, tired farmers"),
        ("A farmer who had left the barn said it rains.", "A farmer who had left the barn"),
        ("A farmer (and a good one) said it rains.", "A farmer (and a good one)"),
        ("Lee, Cho and Diaz said it rains.", "Lee, Cho and Diaz"),
        ("Ann Lee, the host of “The Rain,” said it rains.", "Ann Lee, the host of “The Rain,”"),
        ("Sen. Ann Lee (R-Calif.) said last week that it rains.", "Sen. Ann Lee (R-Calif.)"),
        ("The office in St. Mary, Calif., said it rains.", "The office in St. Mary, Calif."),
        ("About three in 10 said it rains.", "About three in 10"),
        ("Nobody knew that Ann Lee said it rains.", "Ann Lee"),
        ("She left and Ann Lee said it rains.", "Ann Lee"),
        ("The dam’s owner, now 81, said it rains.", "The dam’s owner, now 81"),
        ("The farmers, tired of the rain, left, saying it pours.", "The farmers"),
        ("Ann Lee, who built the dam, said it rains.", "Ann Lee"),
        ("Ann Lee, speaking in Kiel, said it rains.", "Ann Lee"),
        ("Ann Lee on Monday said it rains.", "Ann Lee"),
        ("The two officials yesterday said it rains.", "The two officials"),
        ("The order released in Kiel says it rains.", "The order released in Kiel"),
        ("Ann Lee Says It Rains In The North", "Ann Lee"),
        ("She and other farmers said it rains.", "She and other farmers"),
        ("A farmer close to her said it rains.", "A farmer close to her"),
        ("Lee earlier said it rains.", "Lee"),
        ("It rains, according to a Rain Office report on Monday.", "a Rain Office report"),
        ("It rains, according to an April survey in the north.", "an April survey in the north"),
        ("It rains, according to another Kiel Times report.", "another Kiel Times report"),
        ("It rains, according to records, $3 million in all.", "records"),
        ("Another survey says it rains.", "Another survey"),
        ("At the dam debate last week Ann Lee said it rains.", "Ann Lee"),
    ],
)
def test_a_source_is_the_whole_noun_phrase(text: str, source: str) -> None:
    assert source == found(text)[0].sources[0].text


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“Yes,” she said.", ["Yes,"]),
        ('"Yes," she said.', ["Yes,"]),
        ("''Yes,'' she said.", ["Yes,"]),
        ("``Yes,'' she said.", ["Yes,"]),
        ("« Oui », dit-elle.", ["Oui"]),
        ("„Ja“, sagte sie.", ["Ja"]),
        ("»Ja«, sagte sie.", ["Ja"]),
        ("‘Yes,’ she said.", ["Yes,"]),
        ("'Yes,' she said of the '90s and the workers' pay.", ["Yes,"]),
        ("「はい」と言った。", ["はい"]),
        ("“He said ‘no’ to us,” she said.", ["He said ‘no’ to us,", "no"]),
        ("“It’s the farmers’ barn,” she said.", ["It’s the farmers’ barn,"]),
        ("Rock ’n’ roll isn’t dead.", []),
        ("She left “and never came back.", []),
        ("She” left.", []),
    ],
)
def test_marks_of_every_style_are_paired(text: str, inside: list[str]) -> None:
    assert inside == [text[q.inner_start : q.inner_end] for q in quotations(text, [(0, len(text))])]


def test_a_quotation_over_paragraphs_is_one_quote() -> None:
    text = "“It will rain,” said Ann Lee. “The barn is empty.\n“We must leave.”\nThe council met.\n"

    (quote,) = found(text)

    assert ["“It will rain,”", "“The barn is empty.", "“We must leave.”"] == content(quote)
    assert "direct" == quote.type
    assert ["It will rain,", "The barn is empty.", "We must leave."] == [span.text for span in quote.verbatim]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Bob Ray said: ‘It fell.\n‘Nobody came.\n‘We went home.’", ["‘It fell.", "‘Nobody came.", "‘We went home.’"]),
        ("‘It fell,’ Bob Ray said. ‘Nobody came.\n‘We went home.’", ["‘It fell,’", "‘Nobody came.", "‘We went home.’"]),
        ("Bob Ray told them: 'It fell.\n'Nobody came.'", ["'It fell.", "'Nobody came.'"]),
    ],
)
def test_single_marks_reopen_a_quotation_too(text: str, contents: list[str]) -> None:
    (quote,) = found(text)

    assert (contents, "direct") == (content(quote), quote.type)


def test_a_single_mark_that_is_not_reopened_is_no_quotation() -> None:
    assert [] == quotations("She said: ‘It fell.\nIt rained.", [(0, 19), (20, 30)])


@pytest.mark.parametrize(
    "said", ['"It is 4" deep,"', '"He is 5\'10" tall,"', '"A 12" pipe and a 6" board broke,"', '"I am 6,"']
)
def test_a_mark_behind_a_number_may_tell_inches(said: str) -> None:
    (quote,) = found(f"{said} said Ann Lee.")

    assert ([said], [("Ann Lee", "originator")]) == (content(quote), sources(quote))


def test_broken_lines_cut_no_quote() -> None:
    text = "“It fell,” Bob Ray said on Monday before\nthe council. “We saw that the whole of\nit was gone.”\n\nIt rained."
    (quote,) = found(text)

    assert ["“It fell,”", "“We saw that the whole of\nit was gone.”"] == content(quote)


def test_a_paragraph_of_nothing_but_marks_goes_on_with_the_last_speaker() -> None:
    (quote,) = found("“It will rain,” said Ann Lee.\n“Nobody knows what the river does next.”\nThe council met.\n")

    assert ["“It will rain,”", "“Nobody knows what the river does next.”"] == content(quote)
    assert [("Ann Lee", "originator")] == sources(quote)


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “rain tax” was paid.",
        "She read “The Rain and the River” in the barn.",
        "The report lay on the table.",
        "The Post has a new state editor.",
        "A previously announced visit was held.",
    ],
)
def test_scare_quotes_titles_and_nouns_report_nothing(text: str) -> None:
    assert [] == found(text)


def test_type_follows_the_marks() -> None:
    text = "“It rains,” she said. She said it was “wet” there. She said it was dry."

    assert ["direct", "mixed", "indirect"] == [quote.type for quote in found(text)]


def test_medium_is_writing_in_a_document_and_thought_in_the_mind() -> None:
    text = "Ann Lee said in a statement that it rains. She wrote that it rains. She agreed to leave. She said it rains."

    assert ["writing", "writing", "thought", "speech"] == [quote.medium for quote in found(text)]


def test_an_intermediary_passes_on() -> None:
    text = "“It rains,” Ann Lee said, as quoted by the agency. Bob Cho told Reuters that it rains."

    first, second = found(text)

    assert [("Ann Lee", "originator"), ("the agency", "intermediary")] == sources(first)
    assert ["said", "as quoted by"] == [span.text for span in first.cue]
    assert [("Bob Cho", "originator")] == sources(second)


@pytest.mark.parametrize(
    ("text", "content", "cue", "named"),
    [
        ("The agency quoted Ann Lee as saying: “It fell.”", "“It fell.”", ["quoted", "as saying"], ["Ann Lee", "The agency"]),
        ("State media cited her as saying that it fell.", "that it fell", ["cited", "as saying"], ["her", "State media"]),
        ("“It fell,” Reuters quoted Ann Lee as saying.", "“It fell,”", ["quoted", "as saying"], ["Ann Lee", "Reuters"]),
        ("“It fell,” Ann Lee was quoted by AP as saying.", "“It fell,”", ["was quoted by", "as saying"], ["Ann Lee", "AP"]),
        ("Ann Lee was quoted by AP as telling us it fell.", "it fell", ["was quoted by", "as telling"], ["Ann Lee", "AP"]),
        ("Ann Lee was quoted in the Post as saying it fell.", "it fell", ["was quoted", "as saying"], ["Ann Lee"]),
        ("Ann Lee was quoted saying that it fell.", "that it fell", ["was quoted saying"], ["Ann Lee"]),
        ("“It fell,” he was quoted by the agency saying.", "“It fell,”", ["was quoted by", "saying"], ["he", "the agency"]),
    ],
)
def test_who_is_quoted_is_the_source_and_who_quotes_passes_it_on(
    text: str, content: str, cue: list[str], named: list[str]
) -> None:
    (quote,) = found(text)

    assert ([content], cue) == ([part.text for part in quote.content], [part.text for part in quote.cue])
    assert list(zip(named, ["originator", "intermediary"], strict=False)) == sources(quote)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Reuters did not quote Ann Lee as saying that it fell.", "not_made"),
        ("Ann Lee was never quoted as saying that it fell.", "not_made"),
        ("Reuters quoted nobody as saying that it fell.", "not_made"),
        ("If Reuters quotes Ann Lee as saying that it fell, we go.", "possible"),
    ],
)
def test_words_that_were_not_passed_on_are_not_made(text: str, status: str) -> None:
    assert [status] == [quote.status for quote in found(text)]


@pytest.mark.parametrize(
    ("text", "contents", "named"),
    [
        ("The dam was described by Ann Lee as a danger.", ["The dam", "a danger"], ["Ann Lee"]),
        ("Ann Lee was described by the mayor as “a friend.”", ["Ann Lee", "“a friend.”"], ["the mayor"]),
        ("The town was accused by Ann Lee of lying.", ["The town", "lying"], ["Ann Lee"]),
    ],
)
def test_who_describes_stands_behind_by(text: str, contents: list[str], named: list[str]) -> None:
    (quote,) = found(text)

    assert (contents, named) == ([part.text for part in quote.content], [source.text for source in quote.sources])


@pytest.mark.parametrize(
    ("text", "content", "told"),
    [
        ("Ann Lee told the council he “lied to nobody”.", "he “lied to nobody”", "the council"),
        ("Ann Lee told Reuters she “saw nothing.”", "she “saw nothing.”", "Reuters"),
        ("Ann Lee told reporters the dam “will hold.”", "the dam “will hold.”", "reporters"),
    ],
)
def test_a_clause_may_be_quoted_from_its_verb_on(text: str, content: str, told: str) -> None:
    (quote,) = found(text)

    assert ([content], [told]) == ([part.text for part in quote.content], [one.text for one in quote.addressees])


@pytest.mark.parametrize(
    "told",
    [
        "a town hall in Kiel on Monday",
        "conservative radio host Bob Ray on Monday",
        "the Courier newspaper of Kiel on Monday",
    ],
)
def test_whom_one_tells_may_be_long(told: str) -> None:
    (quote,) = found(f"Ann Lee told {told} that the dam fell.")

    assert (["that the dam fell"], [("Ann Lee", "originator")]) == (content(quote), sources(quote))


def test_who_retweets_passes_on() -> None:
    (quote,) = found("Ann Lee retweeted: “It fell.”")

    assert [("Ann Lee", "intermediary")] == sources(quote)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a survey", "40% rent, and 9% own a boat"),
        ("the poll", "40 percent walk, 30 percent drive and 9 percent swim"),
        ("the report", "boats sank, roads closed and nobody came"),
        ("police", "three men, two women and a child left"),
        ("the mayor", "the harbour, the bridge and the dam will close"),
        ("Ann Lee, 40", "it rains"),
        ("Ann Lee, the mayor", "it rains, and the road is closed"),
        ("Ann Lee of Kiel, Norland", "it rains"),
        ("Bob Ray, chief engineer of the port", "boats sank and roads closed"),
        ("the mayor, Ann Lee", "it rains"),
    ],
)
def test_what_follows_according_to_is_its_source_and_then_all_that_is_said(source: str, said: str) -> None:
    (quote,) = found(f"According to {source}, {said}.")

    assert ([said], [(source, "originator")]) == (content(quote), sources(quote))


@pytest.mark.parametrize(
    ("text", "contents", "named", "told"),
    [
        ("Ann Lee was asked by Bob Ray to leave.", ["to leave"], ["Bob Ray"], ["Ann Lee"]),
        ("Residents were urged by the mayor not to fish.", ["not to fish"], ["the mayor"], ["Residents"]),
        ("The council was told that it rains.", ["that it rains"], [], ["The council"]),
        ("She was asked by reporters whether it rains.", ["whether it rains"], ["reporters"], ["She"]),
        ("It was reported by the agency that it fell.", ["that it fell"], ["the agency"], []),
        ("The crane was said by Ann Lee to be safe.", ["The crane", "to be safe"], ["Ann Lee"], []),
        ("The crane is reported to own a motor.", ["The crane", "to own a motor"], [], []),
    ],
)
def test_a_passive_says_what_was_said_by_whom_and_to_whom(
    text: str, contents: list[str], named: list[str], told: list[str]
) -> None:
    (quote,) = found(text)

    assert (contents, named) == (content(quote), [source for source, _ in sources(quote)])
    assert told == [one.text for one in quote.addressees]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The mayor issued a statement saying it fell.", "The mayor"),
        ("The Rain Office has released a joint statement saying that it fell.", "The Rain Office"),
        ("Bob Ray sent an email saying it fell.", "Bob Ray"),
        ("Bob Ray received an email saying it fell.", "an email"),
        ("A statement issued by the mayor said it fell.", "the mayor"),
        ("A letter from the mayor on the dam said it fell.", "the mayor"),
        ("The letter to the mayor said it fell.", "The letter to the mayor"),
        ("The envoy to Norland said it fell.", "The envoy to Norland"),
        ("A man driving along the Old Mill told police that it fell.", "A man driving along the Old Mill"),
        ("The man who called Lee said it fell.", "The man who called Lee"),
        ("A diver who praised Lee said it fell.", "A diver who praised Lee"),
        ("The aide who told Lee said it fell.", "The aide who told Lee"),
        ("“It fell!” beamed Bob Ray of Kiel, a diver.", "Bob Ray of Kiel, a diver"),
        ("The diver who warned the mayor said it fell.", "The diver who warned the mayor"),
        ("A nurse who asked her said it fell.", "A nurse who asked her"),
        ("Ann Lee, a lawyer in Kiel said it fell.", "Ann Lee, a lawyer in Kiel"),
        ("Bob Ray, spokesman for the mayor told the paper it fell.", "Bob Ray, spokesman for the mayor"),
        ("But Ray, the town’s engineer said it fell.", "Ray, the town’s engineer"),
        ("In Salem, New Hampshire, a lawyer said it fell.", "a lawyer"),
        ("Unfortunately, a lawyer said it fell.", "a lawyer"),
        ("Dr. Ray, who is from Kiel said it fell.", "Dr. Ray"),
        ("Ann Lee, who runs the yard, which has land at the lake said it fell.", "Ann Lee"),
        ("Bob Ray, a diver from Kiel, Norland, said the fall of the dam was late.", "Bob Ray, a diver from Kiel, Norland"),
        ("Ann Lee, head of the yard, which owns it, said the dam has leaked.", "Ann Lee, head of the yard"),
        ("Ann Lee, the mayor, and her son said it fell.", "Ann Lee, the mayor, and her son"),
        ("The crane broke, and her son said it fell.", "her son"),
        ("After the flood in Kiel, the mayor said it fell.", "the mayor"),
        ("Ann Lee, who said it fell, left.", "Ann Lee"),
        ("They met a diver who said that it fell.", "a diver"),
        ("Those that said it fell were right.", "Those"),
        ("Advertisement TMZ said it fell.", "TMZ"),
        ("Bob “Ace” Ray said it fell.", "Bob “Ace” Ray"),
        ("“It fell,” said Bob “Big Ace” Ray, a diver.", "Bob “Big Ace” Ray, a diver"),
        ("The diver known as “Ace” said it fell.", "The diver known as “Ace”"),
        ("1. Bob Ray said it fell.", "Bob Ray"),
        ("2) “It fell,” Bob Ray said.", "Bob Ray"),
        ("▪ Bob Ray said: “It fell.”", "Bob Ray"),
        ("- “It fell,” Bob Ray said.", "Bob Ray"),
        ("Two aides sent to keep an eye on the dam said it fell.", "Two aides sent to keep an eye on the dam"),
        (
            "A lawyer linked to the town’s former engineer Bob Ray said it fell.",
            "A lawyer linked to the town’s former engineer Bob Ray",
        ),
        ("Those who named a builder said it fell.", "Those who named a builder"),
        ("Anyone who saw the flood said it fell.", "Anyone who saw the flood"),
        ("When the flood was done the mayor said it fell.", "the mayor"),
        ("The town was forced to enter a pact saying it fell.", "a pact"),
        ("The year was hard for Bob Ray, who said it fell.", "Bob Ray"),
        ("The bank, which entered the year predicting that it fell, left.", "The bank"),
        ("Clearly the mayor said it fell.", "the mayor"),
        ("According to a police report, it fell.", "a police report"),
        ("It fell, according to campaign documents.", "campaign documents"),
        ("It fell, according to town records, Lee’s crew made fun of it.", "town records"),
        ("“It fell,” said Bob Ray, author of “Rain,” a book on dams.", "Bob Ray, author of “Rain,” a book on dams"),
        ("“It fell,” said Bob Ray, a former lead diver of the town.", "Bob Ray, a former lead diver of the town"),
        ("A study of the dam shows it fell.", "A study of the dam"),
        ("Nurse Ann Lee, her voice shaking, said it fell.", "Nurse Ann Lee"),
        ("When she was ill, the mayor put on his hat, pleading with her that it fell.", "the mayor"),
        ("The talk was late, with Ann Lee saying it fell.", "Ann Lee"),
        ("There are reports like this from Kiel that tell us it fell.", "reports like this from Kiel"),
        ("People like Bob Ray said it fell.", "People like Bob Ray"),
        ("Bob Ray was sent home by Lee and said that it fell.", "Bob Ray"),
        ("At her wish no rites will be held, Bob Ray said.", "Bob Ray"),
        ("About 15 percent of the sales come from parties, Bob Ray said.", "Bob Ray"),
        ("He had left for Kiel, Bob Ray reported the following month.", "Bob Ray"),
        ("“The dam fell,” the report notes.", "the report"),
        ("According to a report, Ann Lee, who is a diver, was late.", "a report"),
        ("It fell, the town showed ten photos, Lee and Cho said.", "Lee and Cho"),
        ("Lee spoke to residents who said it fell.", "residents"),
        ("Loading Ms Lee said it fell.", "Ms Lee"),
        ("It fell in May, a week after the flood, town records show.", "town records"),
        ("It fell, the Tribune found.", "the Tribune"),
        ("Ray indicated on Monday that it fell.", "Ray"),
        ("I left, and a neighbour came in and told me it fell.", "a neighbour"),
        ("A second and third-ranked bank has left, stressing that it fell.", "A second and third-ranked bank"),
        ("After failing to reach Lee, his sister, Cho, reported him missing, Det. Ray told the paper.", "Det. Ray"),
        ("The aide of the minister, Bob Ray said Tuesday the dam has leaked.", "Bob Ray"),
        ("\u200f“It fell,” Bob Ray said.", "Bob Ray"),
        ("\u202a“It fell,”\u202c \u202aBob Ray\u202c said.", "Bob Ray"),
        ("“It fell,”\ufeff said \u2068Bob Ray\u2069.", "Bob Ray"),
    ],
)
def test_a_source_is_who_spoke_and_nobody_beside(text: str, source: str) -> None:
    assert [[source]] == [[one.text for one in quote.sources] for quote in found(text)]


@pytest.mark.parametrize("text", ["The son of the mayor, who said it fell, left.", "$5 million worth said it fell."])
def test_where_two_or_none_can_have_spoken_the_source_is_open(text: str) -> None:
    assert [] == [one.text for quote in found(text) for one in quote.sources]


@pytest.mark.parametrize(
    "text",
    [
        "Salt is added to soup.",
        "Salt was added to give it taste.",
        "The theft was reported to police.",
        "The woman was admitted to hospital.",
        "The team added two players.",
        "The firm recalled 300 cars.",
        "The car was recalled by the maker.",
        "Lee was confirmed by the Senate.",
        "The Senate confirmed Lee.",
        "The hospital admitted three patients.",
        "The man was charged and denied bail.",
        "The court denied Lee a visa.",
        "The court denied him entry.",
        "The judge denied bail to Bob Ray.",
        "The court denied the request.",
        "Lee called on an old friend at home.",
        "Lee reported for duty.",
        "The talk starts at the 15:20 mark.",
    ],
)
def test_verbs_with_another_meaning_report_nothing(text: str) -> None:
    assert [] == found(text)


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Reportedly, the crane fell at noon.", ["the crane fell at noon"]),
        ("Lee allegedly took the money.", ["Lee", "took the money"]),
        ("Lee, the mayor, is reportedly planning to quit.", ["Lee, the mayor, is", "planning to quit"]),
        ("Lee reportedly did not leave.", ["Lee", "did not leave"]),
    ],
)
def test_hearsay_is_a_quote_of_nobody(text: str, contents: list[str]) -> None:
    (quote,) = found(text)

    assert (contents, []) == (content(quote), sources(quote))


@pytest.mark.parametrize(
    "text",
    ["The allegedly stolen car was found.", "It fell, reportedly because of ice.", "If Lee reportedly left, we go."],
)
def test_hearsay_beside_an_adjective_or_a_condition_is_no_quote(text: str) -> None:
    assert [] == found(text)


@pytest.mark.parametrize(
    ("text", "contents", "source"),
    [
        ("It rained.\n“It fell at noon.”\n— Bob Ray\nIt rained.", ["“It fell at noon.”"], "Bob Ray"),
        ("It rained.\n“It fell.\n“Nobody came.”\n– Bob Ray, a diver from Kiel", ["“It fell.", "“Nobody came.”"], None),
        ("“It fell,” Ann Lee said.\n“We want to go home at last.”\n- Bob Ray", ["“We want to go home at last.”"], "Bob Ray"),
        ("And from Mayor Ann Lee: “It fell.”", ["“It fell.”"], "Mayor Ann Lee"),
        ("Study: Cats like small boxes\n\nIt rained all day.", ["Cats like small boxes"], "Study"),
        ("Ray: I will quit in May\n\nIt rained all day.", ["I will quit in May"], "Ray"),
        ("Mayor on dam: “It fell.”\n\nIt rained all day.", ["“It fell.”"], "Mayor"),
        ("“It fell”: engineer tells court of shock\n\nIt rained all day.", ["“It fell”"], "engineer"),
    ],
)
def test_the_layout_shows_who_speaks(text: str, contents: list[str], source: str | None) -> None:
    last = found(text)[-1]

    assert (contents, source or "Bob Ray, a diver from Kiel") == (content(last), last.sources[0].text)


@pytest.mark.parametrize(
    "text",
    [
        "“The Rain” – a film by Ann Lee",
        "From the archive:\n“It fell at noon.”",
        "Quote of the day:\n“It fell at noon.”",
        "Review: A film that will make you cry\n\nIt rained all day.",
        "Dam collapse: mayor\n\nIt rained all day.",
        "Dam bursts in Kiel – live\n\nIt rained all day.",
        "“The Winter King”: author\n\nIt rained all day.",
        "Kiel: Crane will fall in May\n\nIt rained all day.",
        "Police: Who saw the crane fall?\n\nIt rained all day.",
        "Climate change: what we know so far\n\nIt rained all day.",
    ],
)
def test_a_dash_or_a_colon_alone_names_nobody(text: str) -> None:
    assert [] == found(text)


def test_a_broken_sentence_names_the_speaker_again() -> None:
    (quote,) = found("“It rains,” he said. Bob Cho, Minister of Rain.")

    assert [("he", "originator"), ("Bob Cho, Minister of Rain", "originator")] == sources(quote)


def test_this_stands_for_the_sentence_before() -> None:
    (quote,) = found("The barn is empty. This was confirmed by Ann Lee.")

    assert ["The barn is empty"] == content(quote)


def test_quotes_nest() -> None:
    text = "“Bob told me that it rains,” Ann Lee said. The ministry said that experts had warned that it rains."

    outer, inner, statement, warning = found(text)

    assert [None, outer.id, None, statement.id] == [outer.parent, inner.parent, statement.parent, warning.parent]
    assert ["that it rains"] == content(inner)
    assert [("experts", "originator")] == sources(warning)


def test_thought_takes_in_beliefs_and_wishes() -> None:
    text = "Ann Lee hopes to leave. She believes that it rains. She praised the dam."

    assert [] == found(text)
    assert [["to leave"], ["that it rains"], ["the dam"]] == [content(quote) for quote in found(text, thought=True)]


def an_entity(number: int, label: str, text: str, *names: str) -> Entity:
    mentions = [Mention(text.index(name), text.index(name) + len(name), name, "name") for name in names]
    return a(Entity, id=f"e{number}", label=label, name=names[0], mentions=tuple(mentions), annotator="x")


def test_sources_are_linked_to_entities() -> None:
    text = (
        "Minister Ann Lee of Norland said it rains. She said it was wet. The Rain Office met. It said it was dry. "
        "“I know nothing,” said Bob Cho, who said he had asked the office."
    )
    people = [
        an_entity(1, "PERSON", text, "Ann Lee"),
        an_entity(2, "GPE", text, "Norland"),
        an_entity(3, "ORG", text, "Rain Office"),
        an_entity(4, "PERSON", text, "Bob Cho"),
    ]

    marked = quotes(an_article(text, people)).quotes

    assert ["e1", "e1", "e3", "e4"] == [quote.sources[0].entity for quote in marked[:4]]


_OF_PERSONS = ["during the hearing", "on Twitter", "with a smile", "via video link", "about the dam"]
_OF_ALL = [
    "in an interview with the Kiel Post",
    "in a statement",
    "through an interpreter",
    "at a press conference",
    "on Monday",
    "yesterday",
    "Monday",
    "last week",
    "as she left",
]
_TAILS = [("Ann Lee", tail) for tail in _OF_PERSONS + _OF_ALL]
_TAILS += [(source, tail) for source in ("The minister", "Ann Lee, the mayor", "Dr. Ann Lee of Kiel") for tail in _OF_ALL]


@pytest.mark.parametrize(("source", "tail"), _TAILS)
def test_what_follows_a_source_behind_its_verb_is_outside(source: str, tail: str) -> None:
    (found,) = quotes(an_article(f"“It rains,” said {source} {tail}.")).quotes

    assert [source] == [one.text for one in found.sources]


def test_a_clause_behind_a_comma_is_no_part_of_a_source() -> None:
    (found,) = quotes(an_article("“It rains,” said Ann Lee, who built the dam.")).quotes

    assert ["Ann Lee"] == [one.text for one in found.sources]


@pytest.mark.parametrize(
    "source",
    [
        "Ann Lee, a retired welder",
        "Ann Lee, a trained engineer from Kiel",
        "Ann Lee of the Rain Office",
        "a farmer in Kiel",
        "an official with knowledge of the talks",
        "a man who saw the flood",
        "a night porter who goes by the name “Lucky.”",
        "Democrats in Congress",
    ],
)
def test_what_says_who_a_source_is_belongs_to_it(source: str) -> None:
    (found,) = quotes(an_article(f"“It rains,” said {source}.")).quotes

    assert [source] == [one.text for one in found.sources]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“It rained,”* said Ann Lee.", "Ann Lee"),
        ("*“It rained,”* Ann Lee said.", "Ann Lee"),
        ('“It rained” " said Ann Lee.', "Ann Lee"),
        ("“It rained,”” said Ann Lee.", "Ann Lee"),
        ("“It rained,”) said Ann Lee.", "Ann Lee"),
        ("“It rained,” | said Ann Lee.", "Ann Lee"),
        ("Home | Ann Lee said it rained.", "Ann Lee"),
        ("• Ann Lee said it rained.", "Ann Lee"),
        ('"It is 4" deep," said Ann Lee.', "Ann Lee"),
        ('Ships wait, " the minister said.', "the minister"),
    ],
)
def test_a_mark_is_no_source(text: str, source: str) -> None:
    assert [[source]] == [[one.text for one in quote.sources] for quote in quotes(an_article(text)).quotes]


@pytest.mark.parametrize(
    "name",
    [
        "Prime Minister Theresa May",
        "Mrs. May",
        "Will Adler",
        "April Jones",
        "June Moss",
        "Can Dündar",
        "Jan Marsh",
        "Mark Will",
    ],
)
@pytest.mark.parametrize("form", ["“It was late,” {} said.", "“It was late,” said {}.", "{} said it was late."])
def test_a_name_may_be_a_month_or_an_auxiliary(name: str, form: str) -> None:
    (found,) = quotes(an_article(form.format(name))).quotes

    assert ([name], "made") == ([one.text for one in found.sources], found.status)


@pytest.mark.parametrize(
    ("text", "source", "status"),
    [
        ("Will Ann Lee say that it was late?", "Ann Lee", "possible"),
        ("May Ann Lee say that it was late?", "Ann Lee", "possible"),
        ("Ann Lee may say that it was late.", "Ann Lee", "possible"),
        ("In May Ann Lee said it was late.", "Ann Lee", "made"),
        ("On May 3 Ann Lee said it was late.", "Ann Lee", "made"),
        ("So Ann Lee said it was late.", "Ann Lee", "made"),
        ("Lee Will Say That It Was Late", "Lee", "expected"),
    ],
)
def test_a_month_or_an_auxiliary_is_no_name(text: str, source: str, status: str) -> None:
    (found,) = quotes(an_article(text)).quotes

    assert ([source], status) == ([one.text for one in found.sources], found.status)


@pytest.mark.parametrize(
    "text", [") said that it rained.", "“ said it rained.", "* says: “It rained.”", "58 % said it rained."]
)
def test_a_source_has_a_letter(text: str) -> None:
    assert [] == [one.text for quote in quotes(an_article(text)).quotes for one in quote.sources]


@pytest.mark.parametrize("text", ["As Ann Lee said,", "As Ann Lee said, .", "As she said,\n\nIt rained.", "As she wrote,\n"])
def test_a_comment_without_what_it_is_about_is_no_quote(text: str) -> None:
    assert () == quotes(an_article(text)).quotes


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_comment_awaits_the_quotation_of_the_next_paragraph(gap: str) -> None:
    (found,) = quotes(an_article(f"As the mayor said,{gap}“The dam will hold.”")).quotes

    assert ("“The dam will hold.”", "the mayor", "said") == (found.content[0].text, found.sources[0].text, found.cue[0].text)


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("The head of Norland’s Rain Office", None),
        ("Norland’s ministry", None),
        ("Norland officials", None),
        ("Norish and Borish officials", None),
        ("The Norland Chamber", None),
        ("Members of the Rain Office", None),
        ("Ann Lee’s lawyer", None),
        ("Ann Lee of the Rain Office", "Ann Lee"),
        ("A spokesman for the Rain Office, Ann Lee", "Ann Lee"),
        ("Rain Office spokeswoman Ann Lee", "Ann Lee"),
        ("The state-run Rain Office agency", "Rain Office"),
        ("The city of Norland", "Norland"),
        ("Secretary of Defense Ann Lee", "Ann Lee"),
        ("Norland and Norish officials", None),
        ("A friend of President Ann Lee", None),
        ("The old country and Norland", None),
        ("Ann Lee and the Rain Office", None),
    ],
)
def test_a_source_is_who_heads_its_noun_phrase(source: str, head: str | None) -> None:
    text = f"“It rains,” said {source}."
    labels = {"Norish": "NORP", "Ann Lee": "PERSON", "Rain Office": "ORG", "Norland": "GPE"}
    entities = [an_entity(number, labels[name], text, name) for number, name in enumerate(labels, 1) if name in text]
    ids = {entity.name: entity.id for entity in entities}

    marked = quotes(an_article(text, entities)).quotes

    assert [(source, ids.get(head or ""))] == [(one.text, one.entity) for one in marked[0].sources]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lee met Bob Ray. “It rains,” she said.", "Ann Lee"),
        ("Ann Lee met Bob Ray. “It rains,” he said.", "Bob Ray"),
        ("Bob Ray came. “Tom Cho’s a good man,” he said.", "Bob Ray"),
        ("Ann Lee sued. Asked by Judge Jane Cho why, she said that it rains.", "Ann Lee"),
    ],
)
def test_a_pronoun_is_the_last_one_named_who_fits(text: str, speaker: str) -> None:
    names = [name for name in ("Ann Lee", "Bob Ray", "Tom Cho", "Jane Cho") if name in text]
    people = [an_entity(number, "PERSON", text, name) for number, name in enumerate(names, 1)]
    ids = {entity.name: entity.id for entity in people}

    assert [ids[speaker]] == [quote.sources[0].entity for quote in quotes(an_article(text, people)).quotes]


@pytest.mark.parametrize(
    "text",
    [
        "Bob Ray came. A nurse from Kiel wept. “It rains,” he said.",
        "Bob Ray came. A nurse, Xy Zed, called it “late.” “It rains,” he said.",
        "Ann Lee came, and she left. “It rains,” he said.",
        "Ann Lee came, and she left. The talk was about the old plans of Ann Lee. “It rains,” he said.",
    ],
)
def test_a_pronoun_is_open_where_somebody_else_may_be_meant(text: str) -> None:
    people = [an_entity(1, "PERSON", text, text[:7])]
    if "she" in text:
        she = Mention(text.index("she"), text.index("she") + 3, "she", "pronoun")
        people = [replace(people[0], mentions=(*people[0].mentions, she))]

    assert [None] == [
        quote.sources[0].entity for quote in quotes(an_article(text, people)).quotes if quote.sources[0].text == "he"
    ]


def test_they_are_nobody_who_is_one() -> None:
    text = "Ann Lee left. They said it rains. The Rain Office met. They said it was dry."
    people = [an_entity(1, "PERSON", text, "Ann Lee"), an_entity(2, "ORG", text, "Rain Office")]

    assert [None, "e2"] == [quote.sources[0].entity for quote in quotes(an_article(text, people)).quotes]


def test_gold_stays_and_silver_is_replaced() -> None:
    article = an_article("“It rains,” Ann Lee said.")
    silver = quotes(article)
    gold = replace(silver, layers=replace(silver.layers, quotes="gold"), quotes=())

    assert gold == quotes(gold)
    assert silver == quotes(silver)
    assert ["pressmark-quotes"] == [annotator.id for annotator in silver.annotators]
    assert "silver" == silver.layers.quotes


def test_the_lexicon_knows_the_forms_of_its_verbs() -> None:
    cues = lexicon().cues

    assert {"said", "says", "saying", "denies", "denied", "arguing", "wrote", "written", "planned", "teases"} <= cues.keys()
    assert "post" not in cues  # a noun as often
    assert not {"sayed", "denyed", "argueing", "planed"} & cues.keys()


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=80), MARKS, WORDS), st.booleans())
def test_no_text_fails_or_gives_an_invalid_record(text: str, thought: bool) -> None:  # noqa: FBT001
    article = quotes(an_article(text), thought=thought)

    if text and not any("\ud800" <= character <= "\udfff" for character in text):
        assert [] == list(map(str, errors(json.loads(json.dumps(asdict(article))))))


@pytest.mark.parametrize(
    "text",
    [
        "When asked by a reporter on Monday how the plan would work, Lee said, “You tell me,” twice.",
        "Asked by Cho whether the dam leaks, Lee said “I have not heard that.”",
        "When asked by the council, Lee said: “You tell me.”",
    ],
)
def test_what_is_answered_was_not_asked(text: str) -> None:
    answers = [quote for quote in quotes(an_article(text)).quotes if "“" in quote.content[0].text]

    assert [["said"]] == [[span.text for span in quote.cue] for quote in answers]
