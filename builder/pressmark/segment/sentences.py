"""Splits zones into sentences by rules for English, in time linear in the text."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from pressmark.record.marks import FINAL, FULLWIDTH_FINAL, LEADING, TRAILING
from pressmark.record.model import Span
from pressmark.segment.word_patterns import CAPITAL, DAY, MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Zone

_BEHIND = rf"[{re.escape(TRAILING)}¹²³⁰⁴-⁹]|“(?=\s)|\[\d{{1,3}}\]|[ \xa0\u202f]»(?=\s)"
# It begins with a class and then looks back, since that is what `re` looks for fast.
_END = re.compile(rf"([{FINAL}](?:(?<=\.)(?:[ \xa0]\.){{2,9}}+|[{FINAL}]*+))((?:{_BEHIND})*+)")
_NEXT = re.compile(rf"(\s*+)([{re.escape(LEADING)}]*+)(\w[\w’']{{0,30}}+|.)", re.DOTALL)
_SAYS = re.compile(
    rf"(?:[{CAPITAL}][\w.’'-]{{0,30}}+\s{{1,2}}){{0,3}}[{CAPITAL}][\w.’'-]{{0,30}}+(?:,[^,.;:!?“”\"]{{1,60}}+,)?\s{{1,2}}"
    r"(?:[a-z]{1,15}ly )?(?:said|says|ask(?:ed|s)|add(?:ed|s)|told|wrote"
    r"|tweeted|replie[ds]|answered|continued|exclaimed|wondered|cried|yelled|shouted|declared|demanded|responded|joked)\b"
)
# What a sentence goes on behind: a title or a word in marks, and words in brackets; no speech, which a comma or a colon opens.
_INSET = re.compile(
    r"[“\"(](?<=\w .)(?:(?:(?<=“)[^“”]{1,80}”|(?<=\")[^\"]{1,80}\"|(?<=\()[^()]{1,120}\))(?=[,;:]|\s[a-z])"
    r"|(?=(\w+)[!?] \1[!?])(?:(?<=“)[^“”]{1,80}”|(?<=\")[^\"]{1,80}\"))"
)
_LISTED = re.compile(r"[\W_]*(?:\d{1,2}|[^\W\d_]|[ivxIVX]{1,4})?\Z")
_CLOCK = re.compile(rf"\d|[A-Z]{{1,4}}T\b|GMT|UTC|WIB|(?:Eastern|Central|Mountain|Pacific|{MONTH})\b|{DAY}")
# Abbreviations: those that never end a sentence, those that do not before a number, and those that do only before a
# clear starter; state names (AP Stylebook, "state names") count only behind a comma, a bracket or a hyphen.
_TOKEN = re.compile(r"[^\W_]++(?:\.[^\W_]++)*\Z")
_ABBREVIATIONS = r"""
Govs? Sens? Reps? Drs? Gen Lts? Col Maj Capt Cpl Sgt Cmdr Adm Brig Pvt Pfc M[rsx] Mrs Messrs Mm?e Mlle Ms?gr Profs? Rev Fr Hon
Pres Supt Insp Det Atty Amb Sec Sra vs? cf viz e\.g i\.e;
[Nn]os? Tel Art [Ff]igs? [Vv]ol [Cc]h [Pp]ara Rs Op pp? approx;
Inc Corp Cos? Ltd Bros Plc [JS]r Ste? Mt Ft Ave Blvd Rd Dept Univ Assn Ret al Jan Feb Mar Apr Ju[nl] Aug Sept? Oct Nov Dec Mon
Tues? Wed Thurs? Fri Sat [A-HJ-Z] (?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2};
Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Ne[bv] Okla Ore Pa Penn
Tenn Tex V[at] Wash Wisc? Wyo;
The An? This That These Those He She It They We You I His Her Its Their Our My But And Or So Yet In On At As For From By With
To Of If When While After Before Since Until Because Although Though Despite During According However Meanwhile Also Then There
Here Now What Who Why How Where Some Many Most Several Both Earlier Later Last Not M[rs] Mrs
No Nobody None Everyone Everybody Someone Each Every Another Such Only Even Still Instead"""
_NEVER, _NUMBERED, _SOMETIMES, _STATE, _STARTER = (
    re.compile(rf"(?:{'|'.join(words.split())})(?![\w.])") for words in _ABBREVIATIONS.split(";")
)


def sentences(text: str, zones: tuple[Zone, ...]) -> tuple[Span, ...]:
    """Split the body, headline, subheadline and caption zones into sentences; offsets are Unicode code points.

    The sentences are trimmed, disjoint and in order. They contain every character of those zones except white space, and none
    crosses a zone. Closing marks after a full stop belong to the sentence before (Unicode UAX #29, rule SB9); a word in lower
    case continues it (SB8).
    """
    return tuple(span for zone in zones if zone.prose for span in _sentences(text, zone))


def _sentences(text: str, zone: Zone) -> Iterator[Span]:
    begin = zone.start
    inside = {i for inset in _INSET.finditer(text, begin, zone.end) for i in range(inset.start(), inset.end() - 1)}
    ends = (match for match in _END.finditer(text, begin, zone.end) if match.end() - 1 not in inside)
    for end in chain((match.end() for match in ends if _ends(text, begin, match, zone.end)), (zone.end,)):
        chunk = text[begin:end]
        if inner := chunk.strip():
            start = begin + len(chunk) - len(chunk.lstrip())
            yield Span(start, start + len(inner), inner)
        begin = end


def _ends(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """Whether the sentence from ``begin`` ends with this run of final marks."""
    after = _NEXT.match(text, match.end(), end)
    if not after or (match.start() - begin <= 8 and _LISTED.match(text, begin, match.start())):
        return False
    (run, closers), (gap, opened, word) = match.groups(), after.groups()
    if run[-1] in FULLWIDTH_FINAL:
        return bool(gap or opened or not closers)
    if (word[0].islower() and not word[1:2].isupper()) or word[0] in ",;:%/=+-–—_*‐" + FINAL + TRAILING:
        return False
    if run == "." or not gap:
        return not _is_abbreviation(text, begin, match, after) if gap else _is_glued(text, match, after)
    if not set(closers).isdisjoint("\"'”’»") and (not _STARTER.match(word) or word in {"I", "We", "Mr", "Mrs", "Ms"}):
        return not _SAYS.match(text, after.start(3), end)
    is_pause = not run.strip(".… \xa0") and not _END.fullmatch(text[max(begin, match.start() - 2) : match.start()].rstrip())
    return not (is_pause and re.match(r"I\b", word))


def _is_glued(text: str, match: re.Match[str], after: re.Match[str]) -> bool:
    """Whether only the space between two sentences was lost: "here.The minister", "here.”The minister"."""
    word, before = after[3], text[max(0, match.start() - 3) : match.start()]
    is_word = len(before) == 3 and before.isalpha() and before.islower() and text[after.end() : after.end() + 1] in set(" ,’'")
    is_free = "”" in match[2] or (not match[2] and is_word and word not in {"Com", "Net", "Org", "Co"})
    return is_free and after[2] in {"", "“"} and word[0].isupper() and word[1:2].islower()


def _is_abbreviation(text: str, begin: int, match: re.Match[str], after: re.Match[str]) -> bool:
    chunk, word = text[max(begin, match.start() - 24) : match.start()], after[3]
    if not (token := _TOKEN.search(chunk)):
        return False
    name = token[0].capitalize() if len(token[0]) > 1 and token[0].isalpha() and token[0].isupper() else token[0]
    if _NEVER.match(name) or (_NUMBERED.match(name) and word[0].isdigit()):
        return True
    if name.lower() in {"a.m", "p.m"}:
        return _CLOCK.match(text, after.start(3)) is not None
    is_state = _STATE.match(name) and chunk[: token.start()].rstrip()[-1:] in {",", "-", "–", "("}
    starts_initial = len(word) == 1 and text[after.end() : after.end() + 1] == "."
    may_end = (is_state or _SOMETIMES.match(name)) and set(match[2]).isdisjoint("\"'”’»")
    return bool((may_end and not _STARTER.match(word)) or ((may_end or name == "I") and starts_initial))
