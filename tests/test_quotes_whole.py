"""Each text gives one quote: its content, cue, sources, addressees, act and status, all of them as the manual has it."""

from __future__ import annotations

import pytest

from news import an_article
from pressmark.annotators.quotes import quotes

Whole = tuple[list[str], list[str], list[str], list[str], str, str]


def whole(text: str) -> list[Whole]:
    return [
        (
            [span.text for span in quote.content],
            [span.text for span in quote.cue],
            [source.text for source in quote.sources],
            [addressee.text for addressee in quote.addressees],
            quote.act,
            quote.status,
        )
        for quote in quotes(an_article(text)).quotes
    ]


@pytest.mark.parametrize(
    ("text", "content", "cue", "told"),
    [
        ("Nurses urged visitors not to smoke.", "not to smoke", "urged", "visitors"),
        ("Nurses urged all the visitors from Kiel to stay away.", "to stay away", "urged", "all the visitors from Kiel"),
        ("Nurses told them to leave the ward.", "to leave the ward", "told", "them"),
        ("Nurses called on the town to pay.", "to pay", "called on", "the town"),
        ("Nurses called on the town not to pay.", "not to pay", "called on", "the town"),
    ],
)
def test_who_shall_act_is_told_and_no_part_of_what_is_asked(text: str, content: str, cue: str, told: str) -> None:
    assert whole(text) == [([content], [cue], ["Nurses"], [told], "directive", "made")]


@pytest.mark.parametrize("occasion", ["on a call", "in an email", "at a briefing in Kiel", "on Monday"])
def test_when_and_where_somebody_is_told_is_no_part_of_who_is(occasion: str) -> None:
    assert whole(f"Moss told analysts {occasion} that profits fell.") == [
        (["that profits fell"], ["told"], ["Moss"], ["analysts"], "assertion", "made")
    ]


def test_who_speaks_behind_the_verb_is_not_told() -> None:
    assert whole("“Don’t wait,” urged Dr Ada Moss.") == [
        (["“Don’t wait,”"], ["urged"], ["Dr Ada Moss"], [], "directive", "made")
    ]


def test_a_paragraph_of_a_lone_mark_is_no_signature() -> None:
    assert whole("“0\r‘") == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It was odd to meet Cole, who said it fell.", "Cole"),
        ("They want to appoint Ann Lee, who said it fell.", "Ann Lee"),
        ("They listened to Ann Lee, the mayor, who said it fell.", "Ann Lee, the mayor"),
        ("She was the first woman to beat Cole, who said it fell.", None),  # the woman, or Cole
    ],
)
def test_who_is_the_name_before_it_and_not_what_leads_to_that(text: str, source: str | None) -> None:
    assert whole(text) == [(["it fell"], ["said"], [source] if source else [], [], "assertion", "made")]


@pytest.mark.parametrize("rest", ["because the pipes were old", "if nobody acts", "unless the town pays"])
def test_a_reason_behind_the_report_goes_on_with_what_is_said(rest: str) -> None:
    for first in ("The dam will burst", "The fire spread"):
        assert whole(f"{first}, officials said, {rest}.") == [([first, rest], ["said"], ["officials"], [], "assertion", "made")]


@pytest.mark.parametrize("rest", ["and two roads are closed", "but two roads are open", "as talks went on"])
def test_a_clause_that_is_added_behind_the_report_is_not_attributed(rest: str) -> None:
    assert whole(f"It fell, Moss said, {rest}.") == [(["It fell"], ["said"], ["Moss"], [], "assertion", "made")]


@pytest.mark.parametrize(
    ("text", "content", "audience"),
    [
        ("The court heard that Dunn had lied.", "that Dunn had lied", "The court"),
        ("An inquest in Leeds heard Dunn had lied.", "Dunn had lied", "An inquest in Leeds"),
        ("Dunn had lied, the tribunal heard.", "Dunn had lied", "the tribunal"),
        ("“Dunn lied,” the jury heard.", "“Dunn lied,”", "the jury"),
    ],
)
def test_who_hears_is_told_and_says_nothing(text: str, content: str, audience: str) -> None:
    assert whole(text) == [([content], ["heard"], [], [audience], "assertion", "made")]


@pytest.mark.parametrize("text", ["Moss heard that it fell.", "She left and heard a shot.", "The court heard the case."])
def test_who_hears_elsewhere_is_told_by_nobody(text: str) -> None:
    assert whole(text) == []


@pytest.mark.parametrize(
    ("text", "contents", "cue"),
    [
        ("Moss blamed the delay on the town.", ["the delay", "the town"], ["blamed", "on"]),
        ("Moss blamed the man on the dam for the delay.", ["the man on the dam", "the delay"], ["blamed", "for"]),
        ("Moss dismissed the plan as “a joke”.", ["the plan", "“a joke”"], ["dismissed", "as"]),
        ("Moss ruled on Monday that the dam was safe.", ["that the dam was safe"], ["ruled"]),
    ],
)
def test_who_judges_says_so(text: str, contents: list[str], cue: list[str]) -> None:
    assert whole(text) == [(contents, cue, ["Moss"], [], "assertion", "made")]


def test_plans_that_are_announced_belong_to_the_cue() -> None:
    assert whole("The two towns announced plans to mend the dam.") == [
        (["to mend the dam"], ["announced plans"], ["The two towns"], [], "commitment", "made")
    ]
    assert whole("The two towns have not announced plans to mend it.")[0][-1] == "not_made"


@pytest.mark.parametrize(
    "name", ["known as “Ace”", "known to police as “Ace”", "known to everyone in town as “Ace”", "named “Ace”"]
)
@pytest.mark.parametrize("order", ["“It fell,” said {}.", "“It fell,” {} said.", "{} said: “It fell,”"])
def test_a_nickname_is_part_of_the_source(name: str, order: str) -> None:
    source = f"a man {name}"
    assert whole(order.format(source)) == [(["“It fell,”"], ["said"], [source], [], "assertion", "made")]


@pytest.mark.parametrize("place", ["from the dock", "from her hospital bed", "from the steps"])
def test_where_somebody_speaks_from_is_outside(place: str) -> None:
    assert whole(f"“It fell!” shouted Ada Moss {place}.")[0][2] == ["Ada Moss"]


@pytest.mark.parametrize("who", ["she", "the mayor of Kiel", "Ann Lee"])
def test_who_answers_was_asked(who: str) -> None:
    assert whole(f"Asked whether it fell, {who} laughed.") == [(["whether it fell"], ["Asked"], [], [who], "question", "made")]
    assert whole(f"Asked by reporters whether it fell, {who} laughed.") == [
        (["whether it fell"], ["Asked by"], ["reporters"], [who], "question", "made")
    ]


@pytest.mark.parametrize("verdict", ["accused the town of lying", "blamed the town for lying", "dismissed the town as a liar"])
def test_who_says_and_judges_is_one(verdict: str) -> None:
    said, judged = whole(f"Moss said his crew was safe and {verdict}.")

    assert said[0] == ["his crew was safe"]
    assert judged[2] == ["Moss"]


def test_nobody_of_a_group_says_nothing() -> None:
    assert whole("Nobody from the town said it fell.") == [
        (["it fell"], ["Nobody from the town said"], [], [], "assertion", "not_made")
    ]


@pytest.mark.parametrize(
    ("text", "contents", "source"),
    [
        ("There is no proof, say critics, that it works.", ["There is no proof", "that it works"], "critics"),
        ("The dam, said Ada Moss, is old.", ["The dam", "is old"], "Ada Moss"),
        ("It is old, says Ada Moss, a diver who lives there.", ["It is old"], "Ada Moss, a diver who lives there"),
    ],
)
def test_what_is_said_may_go_on_behind_who_says_it(text: str, contents: list[str], source: str) -> None:
    ((content, _, sources, *_),) = whole(text)

    assert (content, sources) == (contents, [source])


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“It fell,” Ada Moss, whose barn stood there, said.", "Ada Moss"),
        ("“The Rain” star Ada Moss said it fell.", "“The Rain” star Ada Moss"),
        ("The “Rain” singer said it fell.", "The “Rain” singer"),
    ],
)
def test_a_clause_of_the_speaker_is_outside_and_a_title_inside(text: str, source: str) -> None:
    assert whole(text)[0][2] == [source]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Moss said it fell, as reported by Interfax.", ["said", "as reported by"]),
        ("Moss was quoted as saying by Interfax that it fell.", ["was quoted as saying", "by"]),
    ],
)
def test_who_passes_it_on_is_no_part_of_what_is_said(text: str, cue: list[str]) -> None:
    ((content, cues, sources, *_),) = whole(text)

    assert [content[0].removeprefix("that "), cues, sources] == ["it fell", cue, ["Moss", "Interfax"]]


@pytest.mark.parametrize("sign", ["• ", "| ", "1. ", "2) ", "- ", "* "])
@pytest.mark.parametrize("said", ["“It is old,” Ada Moss said.", "Ada Moss: “It is old,”"])
def test_the_sign_of_a_list_is_no_part_of_a_quote(sign: str, said: str) -> None:
    ((content, _, sources, *_),) = whole(sign + said)

    assert (content, sources) == (["“It is old,”"], ["Ada Moss"])


def test_a_desk_speaks_for_nobody() -> None:
    assert whole("From the desk of Ada Moss, chief engineer:\n\n“The dam is old and it leaks.”") == [
        (["“The dam is old and it leaks.”"], [":"], ["Ada Moss, chief engineer"], [], "assertion", "made")
    ]


@pytest.mark.parametrize(
    "source", ["A letter attributed to the rebels", "A man linked to the band", "A bill proposed to the town"]
)
def test_a_participle_with_to_says_who_a_source_is(source: str) -> None:
    assert whole(f"{source} said it fell.")[0][2] == [source]


def test_short_paragraphs_in_single_marks_go_on() -> None:
    ((content, *_),) = whole("‘It was late,’ said Ada Moss.\n\n‘Nobody came.\n\n‘We left.’")

    assert content == ["‘It was late,’", "‘Nobody came.", "‘We left.’"]


@pytest.mark.parametrize(
    "source", ["Dutch prosecutors", "The lawyers for Ann Lee", "Ten percent of them", "The farmers in Kiel"]
)
def test_many_say_what_they_will_do(source: str) -> None:
    assert whole(f"{source} said they would appeal.") == [(["they would appeal"], ["said"], [source], [], "commitment", "made")]


@pytest.mark.parametrize("said", ["will say on Monday", "will say in a letter on Monday"])
@pytest.mark.parametrize("what", ["that fares fall", "that talks have failed", "that rail fares must fall"])
def test_a_clause_with_that_may_stand_behind_when_and_where(said: str, what: str) -> None:
    ((content, cue, *_, status),) = whole(f"Moss {said} {what}.")

    assert (content, cue, status) == ([what], ["will say"], "expected")


@pytest.mark.parametrize("aside", ["speaking in Kiel", "speaking after the match", "talking to Reuters on Monday"])
def test_who_speaks_and_says_is_quoted_once(aside: str) -> None:
    assert [cue for _, cue, *_ in whole(f"Moss, {aside}, said: “It is old.”")] == [["said"]]


@pytest.mark.parametrize("text", ["“No comment,” Moss said.", "No comment, said Moss.", "Moss replied: “No comment.”"])
def test_no_comment_is_no_quote(text: str) -> None:
    assert whole(text) == []


def test_who_tells_or_is_told_may_be_who_asks() -> None:
    assert whole("Two divers told Reuters, who asked not to be named.")[-1][2] == []


def test_who_describes_may_stand_last() -> None:
    assert whole("The plan was described as “a joke” by Ada Moss.") == [
        (["The plan", "“a joke”"], ["was described as", "by"], ["Ada Moss"], [], "assertion", "made")
    ]


def test_a_title_that_is_also_a_verb_belongs_to_the_name() -> None:
    assert whole("“It is old,” wrote Olympic champion Ada Moss.")[0][2] == ["Olympic champion Ada Moss"]


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("Moss warned of a flood.", "a flood", ["warned of"]),
        ("Moss complained about the noise.", "the noise", ["complained about"]),
        ("Moss reminded the town of the flood.", "the flood", ["reminded", "of"]),
    ],
)
def test_the_preposition_that_a_verb_asks_for_belongs_to_the_cue(text: str, content: str, cue: list[str]) -> None:
    ((contents, cues, sources, *_),) = whole(text)

    assert (contents, cues, sources) == ([content], cue, ["Moss"])


def test_a_clause_with_but_leaves_a_denial_and_a_quotation_alone() -> None:
    assert whole("She didn’t say “perhaps never,” but each of them thought it.") == [
        (["“perhaps never,”"], ["didn’t say"], ["She"], [], "assertion", "not_made")
    ]
    assert whole("Moss told me I “shouldn‘t pay” but I will.") == [
        (["I “shouldn‘t pay”"], ["told"], ["Moss"], ["me"], "assertion", "made")
    ]
    assert whole("Moss did not say that it fell but that it sank.") == []  # what was said instead


@pytest.mark.parametrize("time", ["Last night", "This week", "Late last night"])
def test_when_is_no_part_of_who(time: str) -> None:
    assert whole(f"{time} Ada Moss, a vet, said it fell.")[0][2] == ["Ada Moss, a vet"]


def test_who_lies_there_is_described_by_a_clause() -> None:
    assert whole("“It is late,” grumbled Ada, lying on the rug.")[0][2] == ["Ada"]


def test_marks_may_stand_apart_from_their_words() -> None:
    assert whole('It was late. " What is it? " asked Beth.') == [
        (['" What is it? "'], ["asked"], ["Beth"], [], "question", "made")
    ]


def test_a_line_from_a_desk_may_end_in_a_full_stop() -> None:
    assert whole("From the desk of Ada Moss, chief engineer, Kiel.\n\n“Anyone can see that the dam leaks.”") == [
        (["“Anyone can see that the dam leaks.”"], [], ["Ada Moss, chief engineer, Kiel"], [], "assertion", "made")
    ]


@pytest.mark.parametrize("text", ["It is late, of course, a man doesn’t shout.", "It is late, a man did not say."])
def test_what_is_denied_is_not_reported_behind_its_content(text: str) -> None:
    assert whole(text) == []


@pytest.mark.parametrize("paper", ["in a letter to staff", "in an email to staff on Monday", "in a note to staff"])
def test_whom_a_document_goes_to_is_told(paper: str) -> None:
    assert whole(f"Moss wrote {paper} that it fell.")[0][3] == ["staff"]
    assert whole(f"“It fell,” Moss said {paper}.")[0][3] == ["staff"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“It burnt,” fire chief Ada Moss said.", "fire chief Ada Moss"),
        ("“It burnt,” say officials.", "officials"),
        ("The brigade has so far declined to say why it burnt.", "The brigade"),
        ("The storm, forecasters say, could reach the coast.", "forecasters"),
        ("It will burn, cautions Ada Moss.", "Ada Moss"),
        ("Ada Moss vowed on Friday to mend it.", "Ada Moss"),
        ("“It burnt,” said Ada Moss, 19, from Hull.", "Ada Moss, 19, from Hull"),
    ],
)
def test_a_source_is_neither_cut_nor_missed(text: str, source: str) -> None:
    ((_, _, sources, *_),) = whole(text)

    assert sources == [source]


@pytest.mark.parametrize("read", ["seen", "obtained", "reviewed", "leaked"])
def test_who_reads_a_document_did_not_write_it(read: str) -> None:
    source = f"a letter {read} by Reuters"
    assert [whole(f"{source.capitalize()[0]}{source[1:]} said it fell.")[0][2]] == [[f"A{source[1:]}"]]
    assert whole(f"It fell, according to {source}.")[0][2] == [source]


def test_who_made_a_document_did() -> None:
    assert whole("A report by the ministry said it fell.")[0][2] == ["the ministry"]
    assert whole("It fell, according to a survey conducted by Gallup.")[0][2] == ["Gallup"]


@pytest.mark.parametrize("told", ["ESPN", "me", "the mayor", "Ann Lee"])
def test_who_stands_behind_to_is_told(told: str) -> None:
    assert whole(f"“It fell,” Moss admitted to {told}.")[0][3] == [told]
    assert whole(f"Moss explained to {told} that it fell.")[0][3] == [told]


def test_what_one_adds_to_is_not_told() -> None:
    assert whole("“It fell,” Moss added to the report.")[0][3] == []


def test_days_stand_between_a_passive_and_its_clause() -> None:
    assert whole("It was announced on Friday that the dam would close.") == [
        (["that the dam would close"], ["was announced"], [], [], "assertion", "made")
    ]


def test_who_holds_a_banner_says_what_the_banner_is() -> None:
    assert whole("“It is our home,” read a banner held by two men.")[0][2] == ["a banner held by two men"]


@pytest.mark.parametrize("who", ["people in Kiel", "local officials", "the mayor", "Ann Lee"])
def test_who_stands_behind_to_is_no_verb(who: str) -> None:
    assert whole(f"He spoke to {who} who said it fell.")[-1][2] == [who]


def test_a_name_with_of_is_not_cut_by_what_the_verb_asks_for() -> None:
    assert whole("Kiel has not notified the United States of any plan, but the Department of Roads is at work.") == [
        (["any plan"], ["has not notified", "of"], ["Kiel"], ["the United States"], "assertion", "not_made")
    ]


@pytest.mark.parametrize("text", ["The duke ruled the county.", "The worst thing about it, she is told."])
def test_who_rules_a_land_or_is_told_a_thing_reports_nothing(text: str) -> None:
    assert whole(text) == []


@pytest.mark.parametrize("aside", ["quoted by the paper", "asked by the paper", "speaking to the paper"])
def test_a_participle_behind_who_speaks_does_not_turn_the_report_round(aside: str) -> None:
    ((content, cue, sources, *_),) = [
        one for one in whole(f"A neighbour, {aside}, said the man “kept quiet”.") if one[1] == ["said"]
    ]

    assert (content, cue, sources) == (["the man “kept quiet”"], ["said"], ["A neighbour"])


def test_a_denial_stands_where_a_report_follows_with_but() -> None:
    assert [(cue, status) for _, cue, *_, status in whole("Moss refused to say that it fell but admitted that it leaks.")] == [
        (["refused to say"], "not_made"),
        (["admitted"], "made"),
    ]


def test_neither_of_two_would_confirm_it() -> None:
    assert whole("Neither Kiel nor Leeds would confirm that it fell.") == [
        (["that it fell"], ["Neither", "would confirm"], ["Kiel nor Leeds"], [], "assertion", "not_made")
    ]


def test_who_promises_is_not_told() -> None:
    assert whole("Moss has promised he won’t shoot them.")[0][3] == []


@pytest.mark.parametrize(
    "first",
    [
        "Asked whether Mr. Cole would go",
        "As word of the flood spread",
        "Before the attacks in Kiel",
        "If she wins",
        "In a letter to Cole",
        "Speaking in Kiel",
    ],
)
@pytest.mark.parametrize("said", ["saying that it fell", "and said that it fell"])
def test_who_goes_on_to_say_is_the_subject_of_the_main_clause(first: str, said: str) -> None:
    last = whole(f"{first}, Mrs. Moss left the town{',' if said.startswith('saying') else ''} {said}.")[-1]

    assert (last[0], last[2]) == (["that it fell"], ["Mrs. Moss"])


def test_as_somebody_puts_it_is_no_clause_before_another() -> None:
    assert whole("As Ann Lee, a vet, put it: “It is late for all of us.”")[0][2] == ["Ann Lee, a vet"]


def test_who_says_it_behind_with_is_the_speaker() -> None:
    assert whole("They left early, with Moss saying it fell.")[0][2] == ["Moss"]


def test_a_sign_speaks_for_itself() -> None:
    assert whole("Moss held up a sign saying the dam leaks.")[0][2] == ["a sign"]


@pytest.mark.parametrize(
    "denied",
    [
        "but did not say",
        "but would not say",
        "but has yet to say",
        "but declined to say",
        "and declined to say",
        "and refused to say",
        "but has so far declined to say",
    ],
)
@pytest.mark.parametrize("said", ["said", "concluded that", "told the council that"])
def test_what_was_not_said_is_no_part_of_what_was(said: str, denied: str) -> None:
    first, second = whole(f"Moss {said} Cole was careless, {denied} why it fell.")

    assert (first[0][0].removeprefix("that "), first[-1]) == ("Cole was careless", "made")
    assert (second[0], second[1], second[2], second[-1]) == (["why it fell"], [denied.partition(" ")[2]], ["Moss"], "not_made")


def test_what_somebody_is_said_not_to_have_said_is_part_of_it() -> None:
    assert whole("Moss said the firm had lied but that it did not say so.")[0][0] == [
        "the firm had lied but that it did not say so"
    ]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Moss and Cole have both argued that it fell.", [["Moss and Cole"]]),
        ("Moss conceded that Cole had seen it but implied that it fell.", [["Moss"], ["Moss"]]),
        ("Moss said Cole had seen it but called it “a joke.”", [["Moss"], ["Moss"]]),
        ("He wrote a letter to Moss asking that it be sold.", [["He"]]),
        ("A letter to Moss saying it fell was lost.", [["A letter to Moss"]]),
    ],
)
def test_who_speaks_is_neither_a_quantifier_nor_whom_it_is_about(text: str, sources: list[list[str]]) -> None:
    assert [one[2] for one in whole(text)] == sources


def test_a_full_stop_behind_this_month_is_no_part_of_a_quote() -> None:
    assert whole("This month Moss said it fell.")[0][0] == ["it fell"]


def test_nobody_behind_a_clause_is_part_of_what_is_said() -> None:
    assert whole("Moss said that, despite the noise, nobody complained.") == [
        (["that, despite the noise, nobody complained"], ["said"], ["Moss"], [], "assertion", "made")
    ]


@pytest.mark.parametrize("source", ["Moss and Cole", "They", "Apple, Google and Meta"])
@pytest.mark.parametrize("cue", ["said", "declined to say"])
def test_a_quantifier_behind_who_speaks_is_no_part_of_it(source: str, cue: str) -> None:
    ((_, cues, sources, *_),) = whole(f"{source} all {cue} whether it fell.")

    assert (cues, sources) == ([cue], [source])


def test_it_is_nobody_who_speaks_where_it_is_what_they_saw() -> None:
    assert ["it"] not in [one[2] for one in whole("It failed, two people who have seen it said.")]


def test_a_name_behind_a_comma_begins_no_new_sentence() -> None:
    assert whole("“Thank you, Turin,” she posted.")[0][-2] == "expressive"


@pytest.mark.parametrize(
    ("text", "source", "status"),
    [
        ("It was not Moss who said it fell.", "Moss", "not_made"),
        ("It was never the mayor who said it fell.", "the mayor", "not_made"),
        ("It wasn’t the mayor who said it fell.", "the mayor", "not_made"),
        ("Moss is not the one who said it fell.", "the one", "not_made"),
        ("It was Moss who said it fell.", "Moss", "made"),
        ("It was the diver, not the mayor, who said it fell.", "the diver", "made"),
        ("Through his lawyer, Ann Lee, the mayor said it fell.", "the mayor", "made"),
        ("The mother of two said it fell.", "The mother of two", "made"),
        ("One of the two said it fell.", "One of the two", "made"),
        ("Moss left the hall without saying it fell.", "Moss", "not_made"),
        ("Moss sent parents an email saying it fell.", "Moss", "made"),
    ],
)
def test_who_said_it_and_who_did_not(text: str, source: str, status: str) -> None:
    ((content, _, sources, _, _, found),) = whole(text)

    assert (["it fell"], [source], status) == (content, sources, found)


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("Lind did not, Moss noted, say it fell.", ["Lind did not", "say it fell"], "Moss"),
        ("The bank agreed to pay, builder Ann Lee told a crowd of 200.", ["The bank agreed to pay"], "builder Ann Lee"),
        ("It cannot fall, wrote columnist Ann Lee.", ["It cannot fall"], "columnist Ann Lee"),
        ("“It fell,” said a small girl through tears.", ["“It fell,”"], "a small girl"),
        ("Moss said it fell and later left.", ["it fell"], "Moss"),
        ("Moss tweeted that it was “great!” and quickly deleted it.", ["that it was “great!”"], "Moss"),
    ],
)
def test_the_outer_report_has_its_own_source_and_content(text: str, content: list[str], source: str) -> None:
    outer = next(quote for quote in quotes(an_article(text)).quotes if quote.parent is None)

    assert (content, [source]) == ([span.text for span in outer.content], [one.text for one in outer.sources])


@pytest.mark.parametrize("text", ["Moss did not, as papers wrote, say it fell.", "The dam is not old, as Moss said."])
def test_what_may_have_been_said_or_its_opposite_is_no_report(text: str) -> None:
    assert [] == whole(text)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“It fell at noon,” as Moss reported.", ["“It fell at noon,”"]),
        ("The dam is old, as Moss said.", ["The dam is old"]),
        ("The dam, as Moss said, is old.", ["The dam", "is old"]),
        ("The dam fell – according to Moss, it was old.", ["it was old"]),
    ],
)
def test_a_comment_may_stand_behind_what_it_is_about(text: str, content: list[str]) -> None:
    assert [(content, ["Moss"])] == [(said, source) for said, _, source, *_ in whole(text)]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("before", ["", "Lind left.\n\n", "Lind said it fell.\n\n"])
def test_paragraphs_that_a_quotation_leaves_open_are_of_who_closes_it(before: str, gap: str) -> None:
    text = f"{before}“The river rose.{gap}“By noon it fell.{gap}“Nobody was hurt,” Moss said."

    found = next(quote for quote in quotes(an_article(text)).quotes if quote.sources[0].text == "Moss")

    assert ["“The river rose.", "“By noon it fell.", "“Nobody was hurt,”"] == [span.text for span in found.content]


@pytest.mark.parametrize(
    "thing", ["The numbers", "The figures", "The clock in the hall", "The map", "The screens", "His face", "Ann’s eyes"]
)
@pytest.mark.parametrize(
    "said", ["{} say that it leaks.", "{} told them it leaks.", "{} said: “It leaks.”", "It leaks, {} said."]
)
def test_a_thing_that_nobody_wrote_says_nothing(thing: str, said: str) -> None:
    assert whole(said.format(thing)) == []


@pytest.mark.parametrize(
    "source",
    ["Party figures", "Some figures", "Significant numbers of farmers", "The face of the firm", "The report", "The law"],
)
def test_who_has_a_word_in_common_with_a_thing_may_speak(source: str) -> None:
    assert whole(f"{source} said that it leaks.") == [(["that it leaks"], ["said"], [source], [], "assertion", "made")]


@pytest.mark.parametrize("who", ["judge Ann Lee", "builder Ann Lee", "judge Lee", "Lee"])
@pytest.mark.parametrize("denied", ["never claimed", "never said", "did not say", "has never said"])
def test_who_tells_what_was_never_said_is_no_part_of_it(denied: str, who: str) -> None:
    denial = f"The court {denied} that he wrote it"

    assert whole(f"{denial}, {who} noted.") == [
        ([denial], ["noted"], [who], [], "assertion", "made"),
        (["that he wrote it"], [denied], ["The court"], [], "assertion", "not_made"),
    ]


def test_what_was_never_said_may_be_interrupted() -> None:
    outer = whole("Moss never claimed that, a judge noted, he wrote it.")[0]

    assert outer == (["Moss never claimed that", "he wrote it"], ["noted"], ["a judge"], [], "assertion", "made")


@pytest.mark.parametrize(
    "text",
    [
        "A claim that Lee said the dam leaks is false.",
        "Lind rejected allegations that Lee had said the dam leaks.",
        "The notion that Lee wrote that it leaks is absurd.",
        "A fake post had Lee saying the dam leaks.",
        "They had her saying that it leaks.",
        "A doctored clip showed Lee telling farmers that it leaks.",
        "A satirical site quoted Lee as saying that it leaks.",
    ],
)
def test_what_somebody_is_only_alleged_to_have_said_is_not_made(text: str) -> None:
    assert "Lee" not in [source for _, _, sources, _, _, status in whole(text) if status == "made" for source in sources]
    assert "that it leaks" not in [part for contents, *_ in whole(text) for part in contents]


def test_what_is_shown_or_claimed_in_earnest_is_made() -> None:
    assert whole("A video shows Lee saying that it leaks.") == [
        (["that it leaks"], ["saying"], ["Lee"], [], "assertion", "made")
    ]
    assert whole("A fake post said that it leaks.")[0][2] == ["A fake post"]


@pytest.mark.parametrize(
    "day", ["Monday", "May", "March", "Tuesday night", "today", "last week", "June and July", "this year", "Jan. 9"]
)
@pytest.mark.parametrize("rest", ["would be wet", "had been the wettest since 1950", "was a holiday"])
def test_what_is_said_may_be_of_a_day(day: str, rest: str) -> None:
    for told in ("said", "claimed"):
        assert whole(f"Rose {told} {day} {rest}.") == [([f"{day} {rest}"], [told], ["Rose"], [], "assertion", "made")]


@pytest.mark.parametrize(
    "text",
    [
        "The plan Lee announced Monday would cost the town.",
        "What Lee said Monday was odd.",
        "The words Lee said Monday were odd.",
        "The mayor, who Lee said Monday was ill, left.",
    ],
)
def test_the_day_of_a_relative_clause_is_when(text: str) -> None:
    assert whole(text) == []


@pytest.mark.parametrize(
    "source",
    ["sources close to the board", "people familiar with the matter", "two people who saw the plan", "voters in the state"],
)
def test_a_verb_agrees_with_the_head_of_its_subject(source: str) -> None:
    assert whole(f"Both mines, {source} say, have been sold.") == [
        (["Both mines", "have been sold"], ["say"], [source], [], "assertion", "made")
    ]
    assert whole(f"Both mines have been sold, and, {source} say, a third will follow.") == [
        (["a third will follow"], ["say"], [source], [], "assertion", "made")
    ]
    assert whole(f"In May {source} say the dam leaks.")[0][2] == [source]


@pytest.mark.parametrize("source", ["sources close to the board say", "Lee said"])
def test_hearsay_ends_where_somebody_tells_more(source: str) -> None:
    found = whole(f"The firm has reportedly sold both mines, and, {source}, a third will follow.")

    assert [contents for contents, *_ in found] == [["The firm has", "sold both mines"], ["a third will follow"]]


def test_one_who_heads_a_subject_says_so() -> None:
    assert whole("A review of the books says the dam leaks.")[0][2] == ["A review of the books"]


@pytest.mark.parametrize("text", ["In court lawyers for the firm said it fell.", "In Ohio voters in the state said it fell."])
def test_who_stands_last_in_a_phrase_of_place_is_not_who_speaks(text: str) -> None:
    assert whole(text) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Lee retweeted a message from a local blogger that said it fell.", "a local blogger"),
        ("Lee read a letter by the mayor of Kiel that said it fell.", "the mayor of Kiel"),
        ("Lee saw a memo from Bo Berg, who said it fell.", "Bo Berg"),
        ("Lee received a letter from the mayor saying it fell.", "the mayor"),
        ("Lee retweeted a message that said it fell.", "a message"),
        ("Lee left the hall saying it fell.", "Lee"),
        ("The mayor opened the meeting saying it fell.", "The mayor"),
        ("Lee shared a video of Cho saying it fell.", "Cho"),
    ],
)
def test_who_made_what_somebody_passes_on_is_who_speaks(text: str, source: str) -> None:
    ((content, _, sources, *_),) = whole(text)

    assert (["it fell"], [source]) == (content, sources)


@pytest.mark.parametrize("text", ["Lee shared a clip from Cho saying it fell.", "Lee met a man in town saying it fell."])
def test_where_either_of_two_may_have_said_it_nobody_is_named(text: str) -> None:
    assert all(not sources for _, _, sources, *_ in whole(text))
