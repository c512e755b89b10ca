"""Zones and sentences: laws over any text, both seeds to the character, and a golden table a kind."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import a, bare
from pressmark.record.model import Entity, Layers, Mention, Span, Zone
from pressmark.segment import segment, sentences, zones

SEEDS = Path(__file__).parents[1] / "seeds"
TRICKY = (
    *("loading…", "PHOTO/Reuters", "WASHINGTON – ", "PARIS, Jan 11 (Reuters) - ", "(esn)", "By Jane Doe", "Baca: ", "Related:"),
    *(
        "Japan signs historic treaty",
        "The minister left",
        "he said",
        "Photo: ",
        "FILE PHOTO: ",
        "Source: AFP",
        "Correction: ",
        "5",
    ),
    *(".", "!", "?", "…", "...", ". . .", "。", "？", "।", "U.S.", "Mr.", "No.", "J.", "a.m.", "Jan.", "(R-Ariz.)", "[1]"),
    *(
        "“",
        "”",
        "‘",
        "’",
        '"',
        "'",
        "(",
        ")",
        "「",
        "」",
        "»",
        "«",
        "—",
        " ",
        "  ",
        "\xa0",
        "\u3000",
        "\t",
        "\x1f",
        "\x00",
        "\ud800",
    ),
    *("\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "e\u0301", "😀"),
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(st.sampled_from(TRICKY), max_size=30).map("".join),
    st.lists(st.sampled_from(TRICKY), max_size=30).map(" ".join),
)


def a_zone(text: str) -> Zone:
    return Zone(0, len(text), text, "body")


def visible(text: str) -> list[int]:
    return [i for i, char in enumerate(text) if not char.isspace()]


def assert_spans(text: str, spans: tuple[Span, ...]) -> None:
    assert all(span.text == text[span.start : span.end] for span in spans)
    assert all(span.text and span.text == span.text.strip() for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(TEXTS)
def test_zones_cut_the_text_in_order_and_cover_all_that_is_visible(text: str) -> None:
    found = zones(text)

    assert_spans(text, found)
    assert visible(text) == [i for zone in found for i in range(zone.start, zone.end) if not text[i].isspace()]


@given(TEXTS)
def test_a_zone_stays_inside_one_paragraph(text: str) -> None:
    assert all(line.strip() for zone in zones(text) for line in zone.text.splitlines())


@given(TEXTS)
def test_sentences_cut_the_text_in_order_and_cover_the_zones_that_have_them(text: str) -> None:
    spoken = [zone for zone in zones(text) if zone.type in {"body", "headline", "subheadline", "caption"}]
    found = sentences(text, zones(text))

    assert_spans(text, found)
    assert all(any(zone.holds(span) for zone in spoken) for span in found)
    inside = [i for zone in spoken for i in range(zone.start, zone.end) if not text[i].isspace()]
    assert inside == [i for span in found for i in range(span.start, span.end) if not text[i].isspace()]


@given(TEXTS, st.data())
def test_sentences_keep_to_whatever_zones_they_are_given(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    given_zones = tuple(Zone(a, b, text[a:b], "body") for a, b in pairwise(cuts))
    found = sentences(text, given_zones)

    assert_spans(text, found)
    assert all(any(zone.holds(span) for zone in given_zones) for span in found)
    inside = [i for zone in given_zones for i in range(zone.start, zone.end) if not text[i].isspace()]
    assert inside == [i for span in found for i in range(span.start, span.end) if not text[i].isspace()]


@given(TEXTS)
def test_segment_adds_zones_and_sentences_and_changes_nothing_else(text: str) -> None:
    article = bare(text)
    found = segment(article)

    assert zones(text) == found.zones
    assert sentences(text, found.zones) == found.sentences
    assert replace(article, zones=found.zones, sentences=found.sentences, layers=found.layers) == found
    assert replace(article.layers, zones="silver") == found.layers


@given(TEXTS)
def test_segmenting_twice_is_segmenting_once(text: str) -> None:
    assert segment(bare(text)) == segment(segment(bare(text)))


def test_curated_zones_stay_with_their_layer() -> None:
    text = "One. Two.\n(esn)"
    curated = (Zone(0, 9, "One. Two.", "headline"), Zone(10, 15, "(esn)", "boilerplate"))
    article = replace(bare(text), zones=curated, layers=a(Layers, zones="gold"))
    found = segment(article)

    assert curated == found.zones
    assert found.layers.zones == "gold"
    assert found.sentences == (Span(0, 4, "One."), Span(5, 9, "Two."))


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\u2028", "\x1f\u3000\x85"])
def test_a_text_without_visible_characters_has_no_zones(text: str) -> None:
    assert zones(text) == ()
    assert sentences(text, ()) == ()


def test_lines_end_wherever_splitlines_ends_them() -> None:
    ends = ("\r\n", "\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
    text = "".join(f"the line {i}.{end}" for i, end in enumerate(ends))

    assert [f"the line {i}." for i in range(len(ends))] == [zone.text for zone in zones(text)]


# --- The seeds ---------------------------------------------------------------------------------------------------------


def read_seed(name: str) -> str:
    return next(SEEDS.glob(f"{name}_*.txt")).read_bytes().decode()


def test_every_zone_of_seed_000() -> None:
    text = read_seed("000")
    lines = text.split("\n")

    assert [
        ("boilerplate", "loading…"),
        ("headline", "US-Japan Will Strengthen Alliance to Face North Korea and China’s Threats."),
        ("photo_credit", "PHOTO/Reuters"),
        ("dateline", "WASHINGTON –"),
        ("body", lines[2].removeprefix("WASHINGTON – ")),
        ("body", lines[3]),
        ("related_link", "Baca: Strengthening Alliances, Britain and Japan Sign Large-Scale Defense Pact"),
        *(("body", line) for line in lines[5:9]),
        ("related_link", "Baca: Revenge, China Blocks Visas for South Korea and Japan"),
        *(("body", line) for line in lines[10:13]),
        ("byline", "(esn)"),
    ] == [(zone.type, zone.text) for zone in zones(text)]


def test_every_sentence_of_seed_000() -> None:
    text = read_seed("000")
    lines = text.split("\n")
    prior = lines[8].index("Prior to the meeting")

    assert [
        "US-Japan Will Strengthen Alliance to Face North Korea and China’s Threats.",
        lines[2].removeprefix("WASHINGTON – "),
        lines[3],
        *lines[5:8],
        lines[8][: prior - 1],
        lines[8][prior:],
        *lines[10:13],
    ] == [span.text for span in segment(bare(text)).sentences]


def test_every_zone_of_seed_004() -> None:
    text = read_seed("004")
    lines = text.split("\n")

    assert [("subheadline" if line == "Japan signs historic treaty with the UK" else "body", line) for line in lines] == [
        (zone.type, zone.text) for zone in zones(text)
    ]
    assert lines[7] == "Japan signs historic treaty with the UK"


def test_every_sentence_of_seed_004() -> None:
    text = read_seed("004")
    starts = {
        0: ["The Asian country and"],
        1: ["This has been confirmed"],
        2: ["And the United States and", "So we couldn’t"],
        3: ["For the first time"],
        4: ["China’s foreign policy", "Yoshimasa Hayashi, Minister"],
        6: ["And for the United States"],
    }
    expected = []
    for i, line in enumerate(text.split("\n")):
        cuts = [0, *(line.index(start) for start in starts.get(i, [])), len(line)]
        expected += [line[a:b].strip() for a, b in pairwise(cuts)]

    found = [span.text for span in segment(bare(text)).sentences]
    assert expected == found
    assert (
        "So we couldn’t be more pleased. with the work we’re doing together,” Blinken said at a joint press conference."
        in found
    )


# --- Sentences: "|" marks where one ends and the next begins --------------------------------------------------------

GOLDEN_SENTENCES = (
    # plain
    "The talks ended.| Both sides smiled.",
    "Is it over?| Nobody knows!| Time will tell.",
    "What?!| He was stunned.",
    "Never!!!| We refuse.",
    "no capital. then lower case, so it is one sentence.",
    "The new phone came.| iPhone sales rose.",
    "It fell 3.5 percent to 1,204.75 points.| Markets closed.",
    "They met on Wednesday (11/1/2023).| Talks continue.",
    "In 2021 it fell.| 300 people left.",
    "It cost a lot.| $5 million was paid.",
    "It ended.| @mofa_japan wrote about it.",
    # titles
    "Gov. Lee met Sen. Park and Rep. Kim.| They agreed.",
    "Dr. Ito, Gen. Mori and Lt. Col. Abe spoke.",
    "Mr. and Mrs. Sato left with Ms. Kato.| Prof. Ono stayed.",
    "Sens. Roe and Poe, and Reps. Doe and Moe, voted.",
    "GOV. LEE MET DR. ITO.| THEY AGREED.",
    "He lives near St. Mary church on Elm St. Louis Park is far.",
    "He lives on Elm St.| The street is quiet.",
    "They fought Roe v. Wade and Lee vs. Park in court.",
    # letters and initials
    "J. K. Rowling and C.S. Lewis wrote it.| George W. Bush read it.",
    "So do I.| She agreed.",
    "After World War I.| Germany was poor.",
    "I. M. Pei built it.",
    "1. Reform the law.| It was voted.",
    # countries and places
    "Troops left the U.S.| The minister agreed.",
    "The U.S. Navy and the U.K. Treasury disagreed.",
    "He flew to the U.S.| In March he came back.",
    "She went to Washington, D.C.| But nobody was there.",
    "The U.N. Security Council met.",
    "Rep. Ann Roe (R-Ariz.) Friday left Flagstaff, Ariz. Police were there.",
    "“We will stay in the U.S.”| Lee shook his head.",
    "He was at Mass.| People sang.",
    # firms, degrees, numbers
    "Acme Inc. Chief Executive Bob Low met Foo Corp. and Bar Co. Ltd. lawyers.",
    "He works for Acme Inc.| The firm is old.",
    "Bob Low Jr. and Tim Low Sr. came.",
    "She has a Ph.D. from Rome.| He has an M.A. in law.",
    "He holds a Ph.D.| It took years.",
    "Use fruit, e.g. Apples, i.e. Things that grow.",
    "He lives at No. 5 Elm Rd. with Nos. 7 and 8 close by.",
    "He said no.| They left.",
    "See Fig. 3 and Art. 9 of the law.| It is old.",
    "See the Museum of Art.| Entry is free.",
    # dates and times
    "They met on Jan. 11 in Kyoto.| Then on Feb. 3 in Nara.",
    "It opens at 9 a.m. Monday and ends at 5 p.m. GMT.",
    "It opens at 9 a.m.| Visitors should book.",
    "It starts at 7 p.m. Eastern time.",
    "By 5 p.m. on Friday it was over.",
    # ellipses
    "Well ... we shall see.| Nobody knows...| Everyone waits.",
    "Well… I think so.",
    "He paused. . . and left.",
    "It is good. ...| I think so.",
    "It was long…| The end came.",
    # quotations and brackets
    "“We work together.”| He left.",
    "“We work together,” he said.| “It helps.”",
    "“Is it so?” he asked.",
    "“Is it so?” Blinken asked.| Nobody answered.",
    "“Go!” President Joe Biden said.",
    "“Why?”| The minister did not say.",
    "“It helps.| It is good.| We go on,” she said.",
    '"We work together."| He left.',
    "'We work together.'| He left.",
    'He left.| "We work together," she said.',
    "He left.| ‘So be it,’ she said.",
    "(He left.)| (She stayed.)",
    "He left (with her.)| [All of it is known.]",
    "He said “yes.”| Then he left.",
    "He said “it’s a ‘no.’”| Then he left.",
    "« Oui. »| Il part.",
    "„Ja.“| Dann ging er.",
    "He knew.[1]| She did not.",
    # lost spaces
    "It was said here.|The minister left.",
    "“It was said here.”|The minister left.",
    "Read it on Kompas.com and in ASP.Net files.",
    # a title or words in marks, words in brackets
    'The choir sang "Wait! Wait! Wait!" at the gala in 2016.| Then it snowed.',
    'The choir closed with "Wait! Wait! Wait!"| Then it snowed.',
    "Her novel “Run! Run! Run! (A Fox After Dark)” sold well.| It is short.",
    'The play "Ah! What a Lovely Day" closed.| It was old.',
    "Posters with “No. More. Cuts.” were torn down.| Nobody paid.",
    "She heard it (Was it thunder? Nobody knew.) from the pier.| Then it stopped.",
    "The clerk said: “It is shut.| Come back on Monday.”| We left.",
    "“It is shut.| Come back on Monday,” the clerk said.",
    # who speaks, with an age or an office between commas
    "“We lost!” Marsh, 41, told a reporter.| He left.",
    "“Who pays?” the mayor, Ann Lee, asked.| Nobody answered.",
    # abbreviations before a word that begins a sentence
    "It opened in Sept.| Nobody came.",
    "Tel. 0431 5550 is free.| Call it.",
    "It is on p. 12, fig. 3.| It is small.",
    "The tide rose.²| It fell.",
    # other scripts
    "会談は終わった。|両国は合意した。",
    "本当か？|分からない！|以上。",
    "「行く。」と彼は言った。|彼は去った。",
    "「行く。」|「来る。」",
    "वह गया।| वह आया।",
    "هل انتهى؟| نعم.",
    "Он ушёл.| Она осталась.",
    "Ο υπουργός έφυγε.| Η συνάντηση τελείωσε.",
)


@pytest.mark.parametrize("marked", GOLDEN_SENTENCES)
def test_a_sentence_ends_where_a_reader_ends_it(marked: str) -> None:
    text = marked.replace("|", "")

    assert [part.strip() for part in marked.split("|")] == [span.text for span in sentences(text, (a_zone(text),))]


# --- Zones: a row is the type and the text of each zone in turn ---------------------------------------------------

LEAD = "The ministers agreed on Monday to meet again in the spring, after a day of talks that both called useful."
NEXT = "Neither side would say what was discussed, but the mood was said to be better than at any time this year."
ALONE = {
    "boilerplate": (
        "loading…",
        "Loading...",
        "Video player is loading...",
        "Advertisement",
        "ADVERTISEMENT",
        "Continue reading below",
        "Article continues after advertisement",
        "Share this article",
        "Sign up for our newsletter",
        "Subscribe to our morning newsletter today.",
        "Follow us on Twitter",
        "Click here to read the full report",
        "Copyright 2023 The Daily Example. All rights reserved.",
        "Copyright Example Press",
        "© 2023 Example Press",
        "All rights reserved.",
        "Published: 11 January 2023",
        "Last updated on Jan. 12, 2023 at 5 p.m.",
        "Thursday, 12 January 2023 | 10:31 WIB",
        "3 min read",
        "Tags: Japan, defense",
        "12 comments",
        "* * *",
        "___",
    ),
    "related_link": (
        "Baca: Two Ministers Meet in Rome",
        "Baca juga: Two Ministers Meet in Rome",
        "Read also: Two ministers meet in Rome",
        "Read more: Two ministers meet in Rome.",
        "Also read: What the ministers said",
        "READ ALSO | What the ministers said",
        "See also: What the ministers said",
        "Related: What the ministers said",
        "RELATED: What the ministers said",
        "Related stories",
        "Lire aussi : Deux ministres se rencontrent",
        "Lea también: Dos ministros se reúnen",
        "Siehe auch: Zwei Minister treffen sich",
        "関連記事：二人の大臣が会談",
    ),
    "photo_credit": (
        "PHOTO/Reuters",
        "Photo: Reuters",
        "Photo: Jane Doe/Reuters",
        "FOTO/Antara",
        "(AP Photo/Jane Doe)",
        "Image credit: Jane Doe",
        "Photo by Jane Doe",
        "Getty Images",
        "Jane Doe via Getty Images.",
        "Jane Doe / Reuters",
        "REUTERS/Jane Doe",
    ),
    "caption": (
        "FILE PHOTO: The two ministers in Rome in May.",
        "Caption: the two ministers",
        "FILE - The ministers in Rome, May 3.",
    ),
    "source_credit": (
        "(Reuters)",
        "Reuters",
        "Source: Reuters",
        "Sumber: Antara",
        "Fuente: EFE",
        "AP/AFP",
        "(With inputs from agencies)",
    ),
    "correction": (
        "Correction: The talks were on Monday, not on Tuesday as first said.",
        "Editor’s note: The talks were on Monday.",
        "Editor's Note: The talks were on Monday.",
        "Clarification: The talks were on Monday.",
        "CORRECTION APPENDED.",
        "This story has been corrected to say that the talks were on Monday.",
        "An earlier version of this article misstated the day of the talks.",
    ),
    "byline": (
        "Reporting by Jane Doe; Editing by John Roe",
        "(Reporting by Jane Doe and Ann Poe in Rome; Additional reporting by Al Moe; Editing by John Roe.)",
        "Written by Jane Doe",
        "Editor: Jane Doe",
    ),
    "body": (
        "By the end of the day, nobody would speak of it.",
        "Loading the ship took all day, a port worker said.",
        "Share prices fell in Tokyo and Seoul on Monday.",
        "Copyright law is the matter, the minister said.",
        "Source after source told the paper the same story.",
        "Photo shops are closing all over the country, said Lee.",
        "Related parties must register by May, the law says.",
        "This story has been told before, in 1945 and in 1971.",
        "Read the report and weep, he told the ministers.",
        "Correction of the maps took years, the office said.",
        "(He did not say who.)",
        "Reuters reported the talks first.",
        "Written by a committee, the text pleased nobody.",
        "“We are ready,” Lee said.",
        "Advertisement revenue fell, the firm said.",
        "Editors of the paper met on Monday.",
        "5.",
        "The minister, by John Roe’s account, left early.",
    ),
}
DATELINES = (
    "WASHINGTON –",
    "WASHINGTON (AP) —",
    "PARIS, Jan 11 (Reuters) -",
    "SANTO DOMINGO, Dominican Republic (AP) –",
    "LONDON —",
    "NEW YORK --",
    "ST. LOUIS —",
    "MANCHESTER, N.H. -",
    "DES MOINES, Iowa, Aug. 10 (UPI) —",
    "KUALA LUMPUR, Jan 11 —",
    "Mexico City (AFP) –",
    "Tokyo, Jan 11 (EFE).-",
    "Tokyo, Japan –",
    "(Reuters) -",
    "JAKARTA, KOMPAS.com -",
    "OSLO (XNA) 12 June 2020 --",
    "OSLO 12 June 2020 –",
)
NO_DATELINES = (
    "NATO – The alliance met in Rome.",
    "UPDATE – The talks are over.",
    "US – Japan talks go on.",
    "WASHINGTON – the film – opens today.",
    "Blinken – The minister – left.",
    "Washington is far away – The ministers know it.",
    "GOP front-runner Lee – In Rome – spoke.",
)


@pytest.mark.parametrize(("type_", "line"), [(type_, line) for type_, lines in ALONE.items() for line in lines])
def test_a_line_between_paragraphs_shows_its_type(type_: str, line: str) -> None:
    found = zones(f"{LEAD}\n{line}\n{NEXT}\n")

    assert [("body", LEAD), (type_, line), ("body", NEXT)] == [(zone.type, zone.text) for zone in found]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_ends_before_the_first_word(dateline: str) -> None:
    found = zones(f"{dateline} {LEAD}\n{NEXT}")

    assert [("dateline", dateline), ("body", LEAD), ("body", NEXT)] == [(zone.type, zone.text) for zone in found]


@pytest.mark.parametrize("line", NO_DATELINES)
def test_a_dash_alone_makes_no_dateline(line: str) -> None:
    assert [("body", f"{line} {LEAD}")] == [(zone.type, zone.text) for zone in zones(f"{line} {LEAD}")]


def test_a_dateline_stands_in_the_first_paragraphs_only() -> None:
    found = zones("\n".join([LEAD, LEAD, LEAD, f"ROME – {NEXT}"]))

    assert ["body"] * 4 == [zone.type for zone in found]


@pytest.mark.parametrize(
    "headline",
    [
        "Ministers Agree to Meet Again in the Spring",
        "Ministers Agree to Meet Again in the Spring.",
        "MINISTERS AGREE TO MEET AGAIN",
        "Ministers agree to meet again in the spring",
        "‘We are ready’: Ministers agree to meet again",
        "KIEL — Ministers Agree to Meet Again in the Spring",
        "Will the ministers meet again?",
        "U.S. and Japan to Hold Talks With Allies From the North.",
        "日米の大臣が会談へ",
    ],
)
@pytest.mark.parametrize("before", ["", "loading…\n\n", "Advertisement\nPhoto: Reuters\n"])
def test_a_heading_on_top_is_the_headline(before: str, headline: str) -> None:
    found = zones(f"{before}{headline}\n{LEAD}\n{NEXT}")

    assert [("headline", headline), ("body", LEAD), ("body", NEXT)] == [(zone.type, zone.text) for zone in found][-3:]


@pytest.mark.parametrize(
    "line",
    [
        "The ministers met.",
        LEAD,
        "ministers agree to meet",
        "- Ministers agree to meet",
        "What was said:",
        "“We are ready,” Lee said.",
    ],
)
def test_a_paragraph_on_top_is_no_headline(line: str) -> None:
    assert ["body", "body"] == [zone.type for zone in zones(f"{line}\n{NEXT}")]


@pytest.mark.parametrize("text", ["The ministers met", "“Yes”", "\ufeff", ".", "(", "0"])
def test_a_short_text_of_one_line_is_body(text: str) -> None:
    assert [("body", text)] == [(zone.type, zone.text) for zone in zones(text)]


def test_a_line_above_a_dateline_is_the_headline() -> None:
    found = zones(f"Ministers agree to meet again, to the relief of many.\nROME (AP) — {LEAD}")

    assert ["headline", "dateline", "body"] == [zone.type for zone in found]


@pytest.mark.parametrize(
    "credit", ["PHOTO/Reuters", "(AP Photo/Jane Doe)", "Photo: Reuters", "Jane Doe/Getty Images", "REUTERS/Jane Doe"]
)
def test_a_photo_credit_ends_a_headline_or_a_caption(credit: str) -> None:
    headline, caption = "Ministers Agree to Meet Again in Rome.", "The two ministers shake hands in Rome on Monday."
    found = zones(f"{headline} {credit}\n{LEAD}\n{caption} {credit}\n{NEXT}")

    assert [
        *(("headline", headline), ("photo_credit", credit), ("body", LEAD)),
        *(("caption", caption), ("photo_credit", credit), ("body", NEXT)),
    ] == [(zone.type, zone.text) for zone in found]


def test_a_file_photo_on_top_is_a_caption() -> None:
    found = zones(
        f"FILE PHOTO: Two Ministers Meet President Lee in Rome. REUTERS/Jane Doe\nMinisters Agree to Meet Again\n{LEAD}"
    )

    assert ["caption", "photo_credit", "headline", "body"] == [zone.type for zone in found]


@pytest.mark.parametrize(
    "line",
    ["Japan signs a new treaty", "What the ministers said", "A DAY OF TALKS IN ROME.", "Why Rome matters", "A look back"],
)
def test_a_heading_between_paragraphs_is_a_subheadline(line: str) -> None:
    found = zones(f"{LEAD}\n\n{line}\n\nBaca: Other News\n{NEXT}")

    assert [("body", LEAD), ("subheadline", line)] == [(zone.type, zone.text) for zone in found][:2]


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD}\nJapan signs a new treaty",
        f"{LEAD}\nNorth Korea\nSouth Korea\nThe big islands\n{NEXT}",
        f"{LEAD}\nThe list follows:\nJapan signs a new treaty\n{NEXT}",
        f"{LEAD}\nJane Doe\n{NEXT}",
        f"{LEAD}\n“We are not ready”\n{NEXT}",
        f"{LEAD}\n– a look back\n{NEXT}",
        f"{LEAD}\nThe ministers met in the old town and\nAnn Lee came too\n{NEXT}",
        f"{LEAD}\nAnn Lee of the North, 62\n{NEXT}",
    ],
)
def test_a_short_line_elsewhere_is_body(text: str) -> None:
    assert {"body"} == {zone.type for zone in zones(text)}


@pytest.mark.parametrize(
    "line",
    ["By Jane Doe", "By JANE DOE, Associated Press", "BY JANE DOE AND JOHN ROE", "By Reuters", "By Jane Doe, political editor"],
)
def test_a_byline_stands_near_the_top_or_at_the_bottom(line: str) -> None:
    assert ["headline", "byline", "body"] == [zone.type for zone in zones(f"Ministers Agree to Meet\n{line}\n{LEAD}")]
    assert ["body", "body", "byline"] == [zone.type for zone in zones(f"{LEAD}\n{NEXT}\n{line}")]
    assert ["body"] * 5 == [zone.type for zone in zones(f"{LEAD}\n{NEXT}\n{LEAD}\n{line}\n{NEXT}")]


@pytest.mark.parametrize("line", ["(esn)", "(esn/abc)", "[gas]", "(ab/cde/fg)"])
def test_initials_sign_at_the_bottom_only(line: str) -> None:
    assert ["body", "byline"] == [zone.type for zone in zones(f"{LEAD}\n{line}\n")]
    assert ["body", "byline", "related_link"] == [zone.type for zone in zones(f"{LEAD}\n{line}\nBaca: Other News")]
    assert ["body", "body", "body"] == [zone.type for zone in zones(f"{LEAD}\n{line}\n{NEXT}")]


def test_a_name_with_a_full_stop_inside_is_never_split() -> None:
    text = "She joined Yahoo! Inc. in May. Then Yahoo! The end."
    plain = segment(bare(text))
    assert "She joined Yahoo!" in [sentence.text for sentence in plain.sentences]
    name = Mention(11, 22, "Yahoo! Inc.", "name")
    company = a(Entity, id="e1", label="ORG", name="Yahoo! Inc.", mentions=(name,), annotator="a")

    joined = segment(replace(plain, entities=(company,)))

    assert ["She joined Yahoo! Inc. in May.", "Then Yahoo!", "The end."] == [sentence.text for sentence in joined.sentences]


BROKEN = [
    "The crane over the old harbour\nfell at noon on Monday.",
    "“Nobody came to help us, and the\nMayor was away,” Bob Ray said.",
    "Ann Lee said the crane would be\nmended by the Rain Office.",
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_paragraph_with_lines_broken_at_a_width_is_one_zone(end: str) -> None:
    paragraphs = [paragraph.replace("\n", end) for paragraph in BROKEN]

    text = f"{end}{end}".join(paragraphs)

    assert [("body", paragraph) for paragraph in paragraphs] == [(zone.type, zone.text) for zone in zones(text)]


def test_a_dateline_stands_before_a_paragraph_of_broken_lines() -> None:
    found = zones(f"KIEL (AP) — {BROKEN[0]}\n\n{BROKEN[1]}")

    assert [("dateline", "KIEL (AP) —"), ("body", BROKEN[0]), ("body", BROKEN[1])] == [(z.type, z.text) for z in found]


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD}\n{NEXT}",
        "Salt\nwater from the well\nsugar",
        "The shopping list of the old crew:\nsalt and water from the well",
        "The crane over the old harbour fell.\n\nnobody came",
    ],
)
def test_lines_that_are_paragraphs_stay_apart(text: str) -> None:
    assert [line for line in text.splitlines() if line] == [zone.text for zone in zones(text)]


@pytest.mark.parametrize(
    ("lead", "dateline"),
    [
        ("KIEL, May 3 — President Ann Lee Met Prime Minister Bob Ray", "KIEL, May 3 —"),
        ("Kiel, May 3 (DPA) - A crane fell in the old harbour", "Kiel, May 3 (DPA) -"),
        ("KIEL — Norland will sell its boats to the state", "KIEL —"),
        ("KIEL, May 3 /PRNewswire/ -- Norland Boats announces a crane", "KIEL, May 3 /PRNewswire/ --"),
    ],
)
def test_a_wire_lead_on_top_is_no_headline(lead: str, dateline: str) -> None:
    found = zones(f"{lead}\n{NEXT}")

    assert [("dateline", dateline), ("body", lead.removeprefix(dateline).strip())] == [(z.type, z.text) for z in found[:2]]
