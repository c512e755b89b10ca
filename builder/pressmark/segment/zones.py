"""Divides a text into zones (headline, byline, body …), line by line, by rules.

A wrong special zone does more harm than a missed one, so each rule needs a clear sign; everything else is body. The time is
linear in the text: repetitions in patterns are possessive or bounded, or end where the next part cannot begin.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING, cast

from pressmark.record.marks import FINAL, LEADING, TRAILING
from pressmark.record.model import Zone
from pressmark.segment.lines import lines
from pressmark.segment.word_patterns import CAPITAL, DAY, MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import ZoneType

_AGENCY = (
    r"(?:(?:The )?Associated Press|AP|AFP|UPI|DPA|dpa|EFE|ANSA|PTI|ANI|AAP|CNN|BBC|VOA|TASS|Reuters|REUTERS|Antara|ANTARA"
    r"|Xinhua|Kyodo(?: News)?|Jiji(?: Press)?|Yonhap|Bloomberg|Bernama|Anadolu|Interfax|Europa Press)"
)
_PICTURES = rf"(?:{_AGENCY}|Getty(?: Images)?|Shutterstock|iStock(?:photo)?|Alamy|EPA(?:-EFE)?|Zuma Press)"
_PICTURE = r"(?:Photo(?:graph)?|PHOTO|Foto|FOTO|Image|IMAGE|Picture|PICTURE)"
_WORD = rf"[{CAPITAL}0-9@©][\w.’'@-]{{0,30}}+"
_MORE = rf"[ /,|&;]{{1,3}}+(?:(?:of|for|and|the|de|la|von|van|bin|al|in) )?{_WORD}"
_NAMES = rf"{_WORD}(?:{_MORE}){{0,7}}"
_DATE = rf"(?:{MONTH} \d{{1,2}}(?:, ?\d{{4}})?|\d{{1,2}} {MONTH}(?:,? \d{{4}})?)"
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
        (?i:.{{3,123}} (?<=\ball )rights reserved\W{{0,3}}\Z|this material may not be published)
        (?i:(?:published|(?:last )?updated|posted)(?: on| at)?:? {DAY}?(?:{_DATE}|\d{{1,4}}[-/:.]\d).{{0,40}}\Z)
        (?i:{DAY}?(?:{_DATE}|\d\d?[-/]\d\d?[-/]\d{{4}}|\d{{4}}-\d\d-\d\d)(?:[ ,|•·–-]{{1,4}}\d\d?[:.]\d\d.{{0,12}})?\Z)
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
_CREDITED = re.compile(r"/|:|：|via|Getty|Photo|PHOTO|Foto|FOTO|Image|IMAGE|Picture|PICTURE")  # one is in every credit
_CREDIT_AT_END = re.compile(
    rf"\s((?:[(\[]{_CREDIT}[)\]]|(?:PHOTO|FOTO) ?/ ?{_NAMES}|{_PICTURE} ?[/:] ?{_PICTURES}"
    rf"|(?<=[{FINAL}{re.escape(TRAILING)}]\s){_CREDIT})\.?)\Z"
)
_BY_NAME = re.compile(rf"(?:By|BY|by):? (?:(?!\d){_WORD}(?:{_MORE}){{1,7}}(?:, [a-z ]{{3,40}})?|{_AGENCY}(?: [Ss]taff)?)\Z")
_INITIALS = re.compile(r"[(\[][a-z]{2,4}(?: ?[/,-] ?[a-z]{2,4}){0,3}[)\]]\Z")
# Datelines, as AP, Reuters, AFP, EFE and the Indonesian press write them (AP Stylebook, "datelines").
_LABELS = r"(?:NATO|NASA|OPEC|ASEAN|BRICS|UPDATED?|EXCLUSIVE|BREAKING|WATCH|LIVE|OPINION|ANALYSIS|VIDEO|PHOTOS?|NOTE|FILE)\b"
_COUNTRY = "(?:Australia|Brazil|Canada|China|France|Germany|India|Indonesia|Israel|Italy|Japan|Russia|South Korea|Spain)"
_PLACE = rf"[{CAPITAL}][\w.’'-]{{1,20}}+(?: [{CAPITAL}][\w.’'-]{{0,20}}+){{0,2}}"
_UPPER = rf"[{CAPITAL}.’'/-]"
_CAPS_PLACE = rf"(?!{_LABELS})(?=[{CAPITAL}]{{2}}(?:[{CAPITAL}]|\.? [{CAPITAL}])){_UPPER}{{2,21}}+(?: {_UPPER}{{1,21}}+){{0,3}}"
_REGION = rf"(?:, (?![{CAPITAL}]{{3,}} [{CAPITAL}]{{2}})\w[\w.’'-]{{0,20}}+(?: [\w.’'-]{{1,20}}+){{0,3}})"
_DASH = r"(?:\s*+(?:–|—|―|--)\s*+|\s++-\s++|\s?\.-\s++)"
_DATELINE = re.compile(
    rf"(?:{_CAPS_PLACE}{_REGION}?(?:, ?{_DATE},?)?(?: ?\([{CAPITAL}][\w .&/’'-]{{0,30}}\))?{_DASH}"
    rf"|{_CAPS_PLACE}{_REGION}?(?:, ?{_DATE})? ?\({_AGENCY}\):?\s+|{_PLACE}, {_COUNTRY}{_DASH}|{_PLACE}, ?{_DATE},?{_DASH}"
    rf"|{_CAPS_PLACE}{_REGION}? ?\([{CAPITAL}][\w .&/’'-]{{0,30}}\),? {_DATE}{_DASH}|{_CAPS_PLACE}{_REGION}? {_DATE}{_DASH}"
    rf"|{_PLACE}{_REGION}?, ?{_DATE},? ?/[A-Z][\w ]{{2,20}}/{_DASH}"
    rf"|{_PLACE}{_REGION}??(?:, ?{_DATE},?)? ?\({_AGENCY}\){_DASH}|\({_AGENCY}\){_DASH}|\(CNN\)\s*"
    rf"|\w{{3,20}}\.(?:com|co\.id|co|id|net){_REGION}{_DASH})(?=[{re.escape(LEADING)}]{{0,2}}[{CAPITAL}0-9$€£])"
)
_MINOR = {"with", "from", "into", "over", "upon", "than", "that", "amid", "after", "about", "under", "their"}


def zones(text: str) -> tuple[Zone, ...]:
    """Divide the text into zones; offsets are Unicode code points.

    The zones are trimmed, disjoint and in order. Together they contain every character except white space. Lines are those of
    `str.splitlines`. A body zone is one line, or the lines of one paragraph where a text has its lines broken at a width.
    """
    pieces = list(_pieces(text))
    texts, types = [line for _, line, _ in pieces], [type_ for _, _, type_ in pieces]
    for rule in (_signatures, _headline, _subheadlines):
        for i, type_ in list(rule(texts, types)):
            types[i] = type_
    cuts = dict(_datelines(texts, types))
    found = []
    for i, (start, line, _) in enumerate(pieces):
        cut = cuts.get(i, 0)
        if dateline := line[:cut].rstrip():
            found.append(Zone(start, start + len(dateline), dateline, "dateline"))
        found.append(Zone(start + cut, start + len(line), line[cut:], types[i]))
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, str, ZoneType]]:
    """The lines, trimmed, with their start and the type that each shows by itself; a photo credit is cut off its end."""
    for start, line in lines(text):
        shown = _LINE.match(line, 0, 300)
        type_ = cast("ZoneType", shown.lastgroup if shown and (len(line) <= 300 or shown.lastgroup == "correction") else "body")
        tail = max(0, len(line) - 121)
        credit = _CREDIT_AT_END.search(line, tail) if len(line) <= 600 and _CREDITED.search(line, tail) else None
        if credit and type_ in {"body", "caption"}:
            yield start, line[: credit.start()].rstrip(), "caption"
            yield start + credit.start(1), credit[1], "photo_credit"
        elif line:
            yield start, line, type_


def _fresh(line: str) -> bool:
    """Whether it may begin a paragraph: not with a lower-case letter, a bullet or a dash."""
    first = line.lstrip(LEADING)[:1]
    return not first.islower() and (first.isalnum() or first in {"$", "€", "£", "¥"})


def _heading(line: str, most: int) -> bool:
    """Whether it is short and has no final punctuation, or is in capitals throughout."""
    is_quoted = line[-1] in TRAILING and line[0] in LEADING
    if len(line) > 160 or is_quoted or "http" in line or not _fresh(line) or _BY_NAME.match(line):
        return False
    words = len(line.split())
    if line.rstrip(TRAILING)[-1:] in FINAL + ",:、，：-–—" or re.search(r", \d+\Z", line):
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
    signed = takewhile(lambda i: _INITIALS.match(lines[i]) or _BY_NAME.match(lines[i]), reversed(bodies))
    yield from ((i, "byline") for i in signed)


def _headline(lines: list[str], types: list[ZoneType]) -> Iterator[tuple[int, ZoneType]]:
    texts = [i for i, type_ in enumerate(types) if type_ in {"body", "caption"} and not _FILE_PHOTO.match(lines[i])]
    if not texts or len(line := lines[texts[0]]) > 160 or not _fresh(line) or "\n" in line or _leads(line):
        return
    after = lines[texts[1]] if len(texts) > 1 else ""
    words = len(line.split())
    asks = line.endswith("?") and words <= 15 and not re.search(r"[.!?] ", line)
    if _titled(line) or (_fresh(after) and (_heading(line, 20) or asks)) or (words <= 25 and _DATELINE.match(after)):
        yield texts[0], "headline"


def _leads(line: str) -> bool:
    """Whether it is the first paragraph of a report, with its dateline, and no headline that begins with a place."""
    match = _DATELINE.match(line)
    if not match or line.isupper():
        return False
    return re.search(rf"\d|{_AGENCY}", match[0]) is not None or not _titled(line[match.end() :])


def _subheadlines(lines: list[str], types: list[ZoneType]) -> Iterator[tuple[int, ZoneType]]:
    """A heading alone between two paragraphs, or between the headline and the first one."""
    rows = [i for i, type_ in enumerate(types) if type_ in {"headline", "body"}]
    for before, i, after in zip(rows, rows[1:], rows[2:], strict=False):
        line, follower, under = lines[i], lines[after], types[before] == "headline"
        is_apart = under or lines[before].rstrip(TRAILING)[-1:] in FINAL
        is_followed = len(follower) > len(line) and _fresh(follower) and follower.rstrip(TRAILING)[-1:] in FINAL
        is_name = line.count(" ") < 3 and line.istitle()
        if is_apart and is_followed and not is_name and _heading(line, 25 if under else 12):
            yield i, "subheadline"


def _datelines(lines: list[str], types: list[ZoneType]) -> Iterator[tuple[int, int]]:
    """Of the first three paragraphs, those with a dateline: their index and where their first sentence begins."""
    for i in islice((i for i, type_ in enumerate(types) if type_ == "body"), 3):
        if match := _DATELINE.match(lines[i]):
            yield i, match.end()
