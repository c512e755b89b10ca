"""Zones and sentences by rule: standard ``re`` only, line by line, in time linear in the text.

A wrong special zone costs more than a missed one, so every rule asks for a clear sign and the rest is body. No pattern
can run back over unbounded text: repetitions are possessive, bounded, or end where the next part cannot begin.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, cast

from pressmark.model import Span, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.model import Article, ZoneType

_CAPITAL = "A-ZÀ-ÖØ-ÞŠŽ"
_AGENCY = (
    r"(?:(?:The )?Associated Press|AP|AFP|UPI|DPA|dpa|EFE|ANSA|PTI|ANI|AAP|CNN|BBC|VOA|TASS|Reuters|REUTERS|Antara|ANTARA"
    r"|Xinhua|Kyodo(?: News)?|Jiji(?: Press)?|Yonhap|Bloomberg|Bernama|Anadolu|Interfax|Europa Press)"
)
_PICTURES = rf"(?:{_AGENCY}|Getty(?: Images)?|Shutterstock|iStock(?:photo)?|Alamy|EPA(?:-EFE)?|Zuma Press)"
_PICTURE = r"(?:Photo(?:graph)?|PHOTO|Foto|FOTO|Image|IMAGE|Picture|PICTURE)"
_WORD = rf"[{_CAPITAL}0-9@©][\w.’'@-]{{0,30}}+"
_MORE = rf"[ /,|&;]{{1,3}}+(?:(?:of|for|and|the|de|la|von|van|bin|al|in) )?{_WORD}"
_NAMES = rf"{_WORD}(?:{_MORE}){{0,7}}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|tember|ember|ober)?\.?"
_DATE = rf"(?:{_MONTH} \d{{1,2}}(?:, ?\d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?)"
_DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[.,]? )"
_BY = r"(?:[Rr]eport(?:ing|ed)|[Ww]riting|[Ww]ritten|[Ee]dit(?:ing|ed)|[Cc]ompiled|[Tt]ranslat(?:ion|ed)) by"
_CREDIT = (
    rf"(?:(?:{_AGENCY} )?{_PICTURE} ?/ ?{_NAMES}|(?:{_PICTURE}(?: [Cc]redit| [Ss]ource)?|Credit) ?[:：] ?{_NAMES}"
    rf"|{_PICTURE} (?:courtesy of|by|via) {_NAMES}|(?:REUTERS|AFP|AP) ?/ ?{_NAMES}"
    rf"|{_NAMES}(?: ?/ ?| via ){_PICTURES}|Getty(?: Images)?)"
)

# A line that shows its type by itself: one pattern a row, the first that matches at the line's start wins.
_ALONE: dict[ZoneType, str] = {
    "boilerplate": rf"""
        (?i:(?:video (?:player )?(?:is )?)?loading ?(?:…|\.{{2,5}})\Z)
        (?i:(?:advertisements?|sponsored(?: content)?|promoted|iklan|publicidad|publicité|werbung|anzeige)\W{{0,3}}\Z)
        (?i:(?:story|article) continues (?:below|after)|(?:continue|keep) reading(?: below)?\W{{0,3}}\Z)
        (?i:share (?:this|on|via)\b[\w /,]{{0,40}}+\W?\Z|share\W?\Z|bagikan ?:)
        (?i:(?:sign up|subscribe|register)\b.{{0,80}}\b(?:newsletters?|alerts?|e-?mails?|inbox|today|now|here)\W?\Z)
        (?i:(?:follow|like|find) us (?:on|at)\b|click here (?:to|for)\b|scroll (?:down )?to continue)
        (?i:(?:copyright ?)?(?:©|\(c\)) ?\d{{0,4}}|copyright ?(?::|by\b|\d{{4}}))|Copyright {_NAMES}\Z
        (?i:.{{0,120}}\ball rights reserved\W{{0,3}}\Z|this material may not be published)
        (?i:(?:published|(?:last )?updated|posted)(?: on| at)?:? {_DAY}?(?:{_DATE}|\d{{1,4}}[-/:.]\d).{{0,40}}\Z)
        (?i:{_DAY}?(?:{_DATE}|\d\d?[-/]\d\d?[-/]\d{{4}}|\d{{4}}-\d\d-\d\d)(?:[ ,|•·–-]{{1,4}}\d\d?[:.]\d\d.{{0,12}})?\Z)
        (?i:\d\d? (?:min(?:ute)?s?[- ]read|(?:minutes?|hours?|days?) ago)\Z|(?:tags?|keywords|topics) ?: )
        (?i:(?:\d+ |leave a |post a |view )comments?\Z|(?:print|copy link|back to top)\Z|\((?:ends?|more)\)\Z|-30-\Z)
        (?:[_*=~#•·–—-] ?){{3,40}}+\.?\Z""",
    "correction": r"""
        (?i:(?:corrections?|clarifications?|corrected|koreksi|ralat|editors?[’']?s?[’']? note) ?(?::|[–—-] ))
        (?i:(?:correction|clarification)(?: appended)?\.?\Z)
        (?i:(?:this|an earlier version of this) (?:story|article|post)\b.{0,60}\b(?:corrected|updated|clarified|amended)\b)
        (?i:an earlier version of this (?:story|article|post)\b.{0,60}\b(?:mis[a-z]{3,12}ed|incorrectly|erroneously)\b)""",
    "related_link": r"""
        (?i:(?:(?:baca|lihat|simak)(?: juga| pula)?|(?:also )?read(?: also| more| next)?|see (?:also|more)|also see) ?[:|»])
        (?i:(?:more on this|must[- ]read|watch(?: also)?|don[’']t miss|you may also like|recommended) ?[:|»])
        (?i:(?:also read|read (?:also|more)|see also|you may also like)\W{0,3}\Z)
        (?i:related(?: (?:articles?|stor(?:y|ies)|coverage|content|posts?|news|links?|topics?))?(?: ?[:|]|\Z))
        (?i:(?:(?:à )?lire (?:aussi|également)|voir aussi|le[ae] también|leer más|ver también|leia (?:também|mais)) ?[:|])
        (?i:(?:veja também|siehe auch|lesen sie auch|leggi anche|lees ook|läs också|ayrıca oku|читайте также) ?[:|])
        (?:関連記事|あわせて読みたい|相关阅读|相关新闻|延伸閱讀|اقرأ أيضا|اقرأ أيضًا) ?[:：|]""",
    "source_credit": rf"""
        [(\[]?{_AGENCY}(?:(?:[/,]| and | & ) ?{_AGENCY}){{0,3}}[)\]]?\.?\Z
        (?i:(?:sources?|sumber|fuentes?|fonte|quelle|bron|источник) ?[:：] ?)(?:{_NAMES}|[^\Wa-zA-Z].{{0,30}})\Z
        \(?(?i:with (?:additional )?(?:reporting|inputs?|files) (?:from|by) )(?:{_NAMES}|agencies)\)?\.?\Z""",
    "photo_credit": rf"(?:{_CREDIT}|[(\[]{_CREDIT}[)\]])\.?\Z",
    "caption": r"(?i:(?:file photo|caption) ?[:–—-] ?\S)|(?:FILE|File) [–—-]{1,2} \S",
    "byline": rf"""
        \(?(?:Additional )?{_BY} {_NAMES}(?:[;.,]? ?(?:[Aa]dditional )?{_BY} {_NAMES}){{0,4}}\.?\)?\Z
        (?i:(?:editors?|reporters?|authors?|penulis) ?: ?){_NAMES}\Z""",
}
_ROWS = {type_: re.sub(r"\n\s*", "|", rows.strip()) for type_, rows in _ALONE.items()}
_LINE = re.compile("|".join(f"(?P<{type_}>{rows})" for type_, rows in _ROWS.items()))
_FILE_PHOTO = re.compile(_ALONE["caption"])
_CREDIT_AT_END = re.compile(
    rf"(?:(?<=\s)(?:[(\[]{_CREDIT}[)\]]|(?:PHOTO|FOTO) ?/ ?{_NAMES}|{_PICTURE} ?[/:] ?{_PICTURES})"
    rf"|(?<=[.!?…”\"’')]\s){_CREDIT})\.?\Z"
)
_PERSON = rf"(?!\d){_WORD}(?:{_MORE}){{1,7}}(?:, [a-z ]{{3,40}})?"
_BY_NAME = re.compile(rf"(?:By|BY|by):? (?:{_PERSON}|{_AGENCY}(?: [Ss]taff)?)\Z")
_INITIALS = re.compile(r"[(\[][a-z]{2,4}(?: ?[/,-] ?[a-z]{2,4}){0,3}[)\]]\Z")

# Datelines, as AP, Reuters, AFP, EFE and the Indonesian press write them (AP Stylebook, "datelines").
_LABELS = r"(?:NATO|NASA|OPEC|ASEAN|BRICS|UPDATED?|EXCLUSIVE|BREAKING|WATCH|LIVE|OPINION|ANALYSIS|VIDEO|PHOTOS?|NOTE|FILE)\b"
_COUNTRY = "(?:Australia|Brazil|Canada|China|France|Germany|India|Indonesia|Israel|Italy|Japan|Russia|South Korea|Spain)"
_PLACE = (
    r"(?:NATO|NASA|OPEC|ASEAN|BRICS|UNESCO|UNICEF|FIFA|UPDATED?|EXCLUSIVE|BREAKING|WATCH|LIVE|OPINION|ANALYSIS|VIDEO|PHOTOS?"
    r"|NOTE|WARNING|FILE|READ|EDITORIAL|COMMENTARY|INTERVIEW)\b"
)
_COUNTRY = "(?:Australia|Brazil|Canada|China|France|Germany|India|Indonesia|Israel|Italy|Japan|Russia|South Korea|Spain|Taiwan|Ukraine)"
_PLACE = rf"[{_CAPITAL}][\w.’'-]{{1,20}}+(?: [{_CAPITAL}][\w.’'-]{{0,20}}+){{0,2}}"
_CAPS = rf"[{_CAPITAL}][{_CAPITAL}.’'/-]{{1,20}}+(?: [{_CAPITAL}][{_CAPITAL}.’'/-]{{0,20}}+){{0,3}}"
_CAPS_PLACE = rf"(?!{_LABELS})(?=[{_CAPITAL}]{{3}}|[{_CAPITAL}]{{2}}\.? [{_CAPITAL}]){_CAPS}"
_REGION = rf"(?:, (?![{_CAPITAL}]{{3,}} [{_CAPITAL}]{{2}})\w[\w.’'-]{{0,20}}+(?: [\w.’'-]{{1,20}}+){{0,3}})"
_DASH = r"(?:\s*+(?:–|—|―|--)\s*+|\s++-\s++|\s?\.-\s++)"
_DATELINE = re.compile(
    rf"(?:{_CAPS_PLACE}{_REGION}?(?:, ?{_DATE},?)?(?: ?\([{_CAPITAL}][\w .&/’'-]{{0,30}}\))?{_DASH}"
    rf"|{_CAPS_PLACE}{_REGION}?(?:, ?{_DATE})? ?\({_AGENCY}\):?\s+|{_PLACE}, {_COUNTRY}{_DASH}|{_PLACE}, ?{_DATE},?{_DASH}"
    rf"|{_PLACE}{_REGION}??(?:, ?{_DATE},?)? ?\({_AGENCY}\){_DASH}|\({_AGENCY}\){_DASH}|\(CNN\)\s*"
    rf"|\w{{3,20}}\.(?:com|co\.id|co|id|net){_REGION}{_DASH})(?=[\"“‘'(\[]{{0,2}}[{_CAPITAL}0-9$€£])"
)

_MINOR = {"with", "from", "into", "over", "upon", "than", "that", "amid", "after", "about", "under", "their"}
_OPENERS = "\"'“‘«‹„‚‟([{「『（【《〈¿¡”’»"
_CLOSERS = "\"'”’»›)]}」』）】》〉"
_FINAL = ".!?…。！？｡؟۔।"
_BEHIND = rf"[{re.escape(_CLOSERS)}]|“(?=\s)|\[\d{{1,3}}\]|[ \xa0\u202f]»(?=\s)"
_END = re.compile(rf"(\.(?:[ \xa0]\.){{2,9}}+|[{_FINAL}‼⁇⁈⁉॥։።]++)((?:{_BEHIND})*+)")
_NEXT = re.compile(rf"(\s*+)([{re.escape(_OPENERS)}]*+)(\w[\w’']{{0,30}}+|.)", re.DOTALL)
_SAYS = re.compile(
    rf"(?:[{_CAPITAL}][\w.’'-]{{0,30}}+\s{{1,2}}){{1,4}}(?:[a-z]{{1,15}}ly )?(?:said|says|ask(?:ed|s)|add(?:ed|s)|told|wrote"
    r"|tweeted|replie[ds]|answered|continued|exclaimed|wondered|cried|yelled|shouted|declared|demanded|responded|joked)\b"
)
_LISTED = re.compile(r"[\W_]*(?:\d{1,2}|[^\W\d_]|[ivxIVX]{1,4})?\Z")
_CLOCK = re.compile(rf"\d|[A-Z]{{1,4}}T\b|GMT|UTC|WIB|(?:Eastern|Central|Mountain|Pacific|{_MONTH})\b|{_DAY}")
# Abbreviations: those that never end a sentence, those that do not before a number, and those that do only before a
# clear starter; state names (AP Stylebook, "state names") count only behind a comma, a bracket or a hyphen.
_TOKEN = re.compile(r"[^\W_]++(?:\.[^\W_]++)*\Z")
_NEVER = re.compile(
    r"(?:Govs?|Sens?|Reps?|Drs?|Gen|Lts?|Col|Maj|Capt|Cpl|Sgt|Cmdr|Adm|Brig|Pvt|Pfc|M[rsx]|Mrs|Messrs|Mm?e|Mlle|Ms?gr|Profs?"
    r"|Rev|Fr|Hon|Pres|Supt|Insp|Det|Atty|Amb|Sec|Sra|vs?|cf|viz|e\.g|i\.e)\Z"
)
_NUMBERED = re.compile(r"(?:[Nn]os?|Art|Fig|Vol|Ch|Para|Rs|Op|pp?|approx)\Z")
_SOMETIMES = re.compile(
    r"(?:Inc|Corp|Cos?|Ltd|Bros|Plc|[JS]r|Ste?|Mt|Ft|Ave|Blvd|Rd|Dept|Univ|Assn|Ret|al|Jan|Feb|Mar|Apr|Ju[nl]|Aug|Sept?|Oct|Nov"
    r"|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|[A-HJ-Z]|(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2})\Z"
)
_STATES = (
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn "
    "Tex Va Vt Wash Wis Wisc Wyo "
)
_STARTER = re.compile(
    r"(?:The|An?|Th(?:is|at|ese|ose|ey|en|ere|eir)|S?[Hh]e|I[tnf]?|We|You|His|Her|Its|Our|My|But|And|Or|So|Yet|On|At|As|For"
    r"|From|By|With|To|Of|W(?:hen|hile|hat|ho|hy|here)|After|Before|Since|Until|Because|Al(?:though|so)|Though|Despite|During"
    r"|According|However|Meanwhile|Moreover|Here|Now|How|Some|Many|Most|Several|Both|Earlier|Later|Last|Not|Mr|Mrs|Ms)\b"
)
_SPEAKER = re.compile(r"(?:I|We|Mr|Mrs|Ms)\b")


def zones(text: str) -> tuple[Zone, ...]:
    """What part of the page each stretch of the text is; offsets count Unicode code points.

    The zones are trimmed, disjoint and in order, and together hold every character that is not white space. A line ends
    where `str.splitlines` ends it, and a body zone is one line.
    """
    pieces = list(_pieces(text))
    lines = [line for _, line, _ in pieces]
    types = [type_ for _, _, type_ in pieces]
    for rule in (_signatures, _headline, _subheadlines):
        for i, type_ in list(rule(lines, types)):
            types[i] = type_
    cuts = dict(_datelines(lines, types))
    found = []
    for i, (start, line, _) in enumerate(pieces):
        cut = cuts.get(i, 0)
        if dateline := line[:cut].rstrip():
            found.append(Zone(start, start + len(dateline), dateline, "dateline"))
        found.append(Zone(start + cut, start + len(line), line[cut:], types[i]))
    return tuple(found)


def sentences(text: str, zones: tuple[Zone, ...]) -> tuple[Span, ...]:
    """The sentences of the body, headline, subheadline and caption zones; offsets count Unicode code points.

    They are trimmed, disjoint and in order, hold every character of those zones that is not white space, and cross no zone.
    A sentence keeps the quotation marks and brackets that close behind its full stop, and does not end before a
    lower-case word (Unicode UAX #29, rules SB9 and SB8).
    """
    spoken = (zone for zone in zones if zone.type in {"body", "headline", "subheadline", "caption"})
    return tuple(span for zone in spoken for span in _sentences(text, zone))


def segment(article: Article) -> Article:
    """Add zones and sentences. Zones that the article already has stay, with their layer; so does the text."""
    if article.zones:
        return replace(article, sentences=sentences(article.text, article.zones))
    found = zones(article.text)
    layers = replace(article.layers, zones="silver")
    return replace(article, zones=found, sentences=sentences(article.text, found), layers=layers)


def _pieces(text: str) -> Iterator[tuple[int, str, ZoneType]]:
    """The lines, trimmed, with their start and the type that each shows by itself; a photo credit is cut off its end."""
    offset = 0
    for whole in text.splitlines(keepends=True):
        start, line = offset + len(whole) - len(whole.lstrip()), whole.strip()
        offset += len(whole)
        shown = _LINE.match(line, 0, 300)
        is_shown = shown and (len(line) <= 300 or shown.lastgroup == "correction")
        type_ = cast("ZoneType", shown.lastgroup if shown and is_shown else "body")
        credit = _CREDIT_AT_END.search(line, max(0, len(line) - 120)) if len(line) <= 600 else None
        if credit and type_ in {"body", "caption"}:
            yield start, line[: credit.start()].rstrip(), "caption"
            yield start + credit.start(), credit[0], "photo_credit"
        elif line:
            yield start, line, type_


def _fresh(line: str) -> bool:
    """Whether it may begin a paragraph: not with a lower-case letter, a bullet or a dash."""
    first = line.lstrip("\"'“‘«„([「『¿¡")[:1]
    return not first.islower() and (first.isalnum() or first in "$€£¥")


def _heading(line: str, most: int) -> bool:
    """Whether it is short and has no final punctuation, or is in capitals throughout."""
    if len(line) > 160 or not _fresh(line) or "http" in line or (line[-1] in _CLOSERS and line[0] in _OPENERS):
        return False
    words = len(line.split())
    if line.rstrip(_CLOSERS)[-1:] in _FINAL + ",:、，：-–—" or re.search(r", \d+\Z", line):
        return line.isupper() and 4 <= words <= most and line[-1] == "."
    return 2 <= words <= most or (not line[0].isascii() and not line[0].isupper() and 5 <= len(line) <= 60)


def _titled(line: str) -> bool:
    """Whether nearly all its longer words begin with a capital (AP Stylebook, "titles")."""
    long = [word for word in re.findall(r"[^\W\d_][\w’'-]{3,}", line) if word not in _MINOR]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.85 * len(long)


def _signatures(lines: list[str], types: list[ZoneType]) -> Iterator[tuple[int, ZoneType]]:
    """Bylines near the top and at the bottom, where initials may sign too."""
    bodies = [i for i, type_ in enumerate(types) if type_ == "body"]
    yield from ((i, "byline") for i in bodies[:3] if _BY_NAME.match(lines[i]))
    for i in reversed(bodies):
        if not (_INITIALS.match(lines[i]) or _BY_NAME.match(lines[i])):
            break
        yield i, "byline"


def _headline(lines: list[str], types: list[ZoneType]) -> Iterator[tuple[int, ZoneType]]:
    able = [type_ == "body" or (type_ == "caption" and not _FILE_PHOTO.match(lines[i])) for i, type_ in enumerate(types)]
    texts = list(islice((i for i, is_able in enumerate(able) if is_able), 2))
    if not texts or len(line := lines[texts[0]]) > 160 or not _fresh(line):
        return
    after = lines[texts[1]] if len(texts) > 1 else ""
    words = len(line.split())
    asks = line.endswith("?") and words <= 15 and not re.search(r"[.!?] ", line)
    if _titled(line) or (_fresh(after) and (_heading(line, 20) or asks)) or (words <= 25 and _DATELINE.match(after)):
        yield texts[0], "headline"


def _subheadlines(lines: list[str], types: list[ZoneType]) -> Iterator[tuple[int, ZoneType]]:
    """A heading alone between two paragraphs, or between the headline and the first one."""
    rows = [i for i, type_ in enumerate(types) if type_ in {"headline", "body"}]
    for before, i, after in zip(rows, rows[1:], rows[2:], strict=False):
        line, follower, under = lines[i], lines[after], types[before] == "headline"
        is_apart = under or lines[before].rstrip(_CLOSERS)[-1:] in _FINAL
        if not (is_apart and _heading(line, 25 if under else 12) and _fresh(follower)):
            continue
        is_name = line.istitle() and len(line.split()) <= 3
        if not is_name and len(follower) > len(line) and follower.rstrip(_CLOSERS)[-1:] in _FINAL:
            yield i, "subheadline"


def _datelines(lines: list[str], types: list[ZoneType]) -> Iterator[tuple[int, int]]:
    """Of the first three paragraphs, those with a dateline: their index and where their first sentence begins."""
    for i in islice((i for i, type_ in enumerate(types) if type_ == "body"), 3):
        if match := _DATELINE.match(lines[i]):
            yield i, match.end()


def _sentences(text: str, zone: Zone) -> Iterator[Span]:
    begin = zone.start
    ends = _END.finditer(text, begin, zone.end)
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
    if run[-1] in "。！？｡":
        return bool(gap or opened or not closers)
    if (word[0].islower() and not word[1:2].isupper()) or word[0] in ",;:%/=+-–—_*‐" + _FINAL + _CLOSERS:
        return False
    if run == "." or not gap:
        return not _is_abbreviation(text, begin, match, after) if gap else _is_glued(text, match, after)
    if any(mark in closers for mark in "\"'”’»") and (not _STARTER.match(word) or _SPEAKER.match(word)):
        return not _SAYS.match(text, after.start(3), end)
    return not re.match(r"I\b", word) or run.strip(".… \xa0") != ""


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
    if _NEVER.match(name) or _NUMBERED.match(name):
        return not _NUMBERED.match(name) or word[0].isdigit()
    if any(mark in match[2] for mark in "\"'”’»"):
        return False
    if name.lower() in {"a.m", "p.m"}:
        return _CLOCK.match(text, after.start(3)) is not None
    is_state = f"{name} " in _STATES and chunk[: token.start()].rstrip()[-1:] in {",", "-", "–", "("}
    starts_initial = len(word) == 1 and text[after.end() : after.end() + 1] == "."
    if is_state or _SOMETIMES.match(name):
        return starts_initial or not _STARTER.match(word)
    return name == "I" and starts_initial
