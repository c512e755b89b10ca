"""Writes what surrounds the articles: search, filters, switches, and the lists of speakers and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.look.page_people import OWN, item
from pressmark.look.page_strings import written
from pressmark.record import contract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pressmark.look.page_article import Shown
    from pressmark.look.page_people import Speaker
    from pressmark.record.model import Article
    from pressmark.record.relation import Relation

_SWITCHES = {  # id → name and whether it is on
    "m-q": ("quotes", True),
    "m-e": ("names", True),
    "m-v": ("values", False),
    "m-a": ("claims", False),
}

_COUNTS = "<p class=meta>Their quotes + those of their group, or passed on</p>"
_HELP = "https://github.com/pressmark/pressmark/blob/main/docs/view.md"
_LEGEND = " ".join(
    f'<i class="{style}"{note}>{title}</i>'
    for style, title, note in (
        ("s", "source", ""),
        ("k", "cue", ""),
        ("d", "addressee", ""),
        ("cd", "verbatim", ""),
        ("ci", "indirect", ""),
        ("ct", "thought", ""),
        ("cd un", "denied, not said, or not yet", ' data-s="did not say"'),
        ("p", "person", ""),
        ("g", "group", ""),
        ("l", "place", ""),
        ("o", "other name", ""),
    )
)


def controls(articles: Sequence[Article], who: Sequence[Speaker], *, has_differences: bool) -> str:
    """Writes the top of the page. What needs the script is hidden without it."""
    labels = {entity.label for article in articles for entity in article.entities}
    switches = "".join(
        f"<label><input type=checkbox id={name}{' checked' * is_on}> {title}</label>"
        for name, (title, is_on) in _SWITCHES.items()
    )
    selects = "".join(
        [
            _select("speaker", "Speaker", ((speaker.address, speaker.name) for speaker in who)),
            _select("act", "Act", _labels("quotes/act")),
            _select("status", "Status", _labels("quotes/status")),
            _select("label", "Label", (pair for pair in _labels("entities/label") if pair[0] in labels)),
        ]
    )
    steps = (
        "<span class=steps><button type=button id=before>Previous difference</button> "
        "<button type=button id=after>Next difference</button></span>"
    )
    return (
        "<a class=skip href=#main>Skip to the articles</a>\n<header class=top><h1>Who said what</h1>"
        "<form role=search><label class=find><span>Search</span> <input type=search id=find placeholder=Search></label>"
        "<a class=contents href=#contents>Contents</a>"
        f"{steps if has_differences else ''}<details class=options><summary>Filters and marks</summary><div>"
        f"<fieldset class=scripted><legend>Show only</legend>{selects}<button type=reset>Show all</button></fieldset>"
        f"<fieldset><legend>Mark</legend>{switches}"
        "<label class=scripted><input type=checkbox id=bounds> boundaries, spaces and offsets</label></fieldset>"
        f"<p class=legend>{_LEGEND}</p></div></details>"
        f'<output id=found></output></form><a class=help href="{_HELP}" rel=noreferrer>Help</a></header>'
    )


def navigation(shown: Sequence[Shown], who: Sequence[Speaker], relations: Sequence[Relation], beside: str) -> str:
    """Writes the lists of speakers and of articles, and the links to what else there is."""
    numbers = {one.side.article.id: n for n, one in enumerate(shown, start=1)} if len(shown) > 1 else {}
    named = [_speaker(speaker, numbers) for speaker in who if speaker.named]
    unnamed = [_speaker(speaker, numbers) for speaker in who if not speaker.named]
    open_ended = [
        f'<a href="#{written(item(one.side.article, quote.id), "token")}">{quote.id}</a>'
        for one in shown
        for quote in one.side.article.quotes
        if not any(source.role == "originator" for source in quote.sources)
    ]
    if open_ended:
        unnamed.append(f'<li id="s=none">no source given <small>{len(open_ended)}</small> {" ".join(open_ended)}')
    titles = [f'<li><a href="#a={written(one.side.article.id, "token")}">{written(one.title)}</a>' for one in shown]
    lists = (("Speakers", named, _COUNTS), ("Unnamed sources", unnamed, ""), ("Articles", titles, ""))
    return (
        "<nav id=contents aria-label=Contents>"
        + "".join(
            f"<details open><summary>{title} <small>{len(items)}</small></summary>{note}<ol>{''.join(items)}</ol></details>\n"
            for title, items, note in lists
            if items
        )
        + (f"<p><a href=#relations>Relations between claims</a> <small>{len(relations)}</small></p>" if relations else "")
        + f"{beside}</nav>"
    )


def _speaker(speaker: Speaker, numbers: Mapping[str, int]) -> str:
    """A speaker with the number of the speaker's own words; the places are for readers without the script.

    One without a ``kb_id`` gets the number of the article: others may have the same name.
    """
    address = written(speaker.address, "token")
    members = ", ".join(
        f'<a href="#{written(where, "token")}">{written(name)}</a>' for where, name in sorted(speaker.members.items())
    )
    group = f" <span>members: {members}</span>" if members else ""
    places = " ".join(
        f'<a href="#a={article}&amp;s={quote}">{quote}{"*" * (how != OWN)}</a>'
        for (article, quote), how in speaker.words.items()
    )
    own = sum(how == OWN for how in speaker.words.values())
    count = " ".join([str(own)] * (own > 0) + [f"+{len(speaker.words) - own}"] * (len(speaker.words) > own))
    local = next(numbers[article] for article, _ in speaker.words) if address.startswith("a=") and numbers else None
    where = f" <span class=no>{local}</span>" if local else ""
    ident = f' id="{address}"' if address.startswith("s=") else ""
    return (
        f'<li{ident}><a href="#{address}">{written(speaker.name)}</a> <small>{count}</small>{where}'
        f"<span class=refs>{group} {places}</span>\n"
    )


def _select(name: str, title: str, options: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f'<option value="{written(value, "token")}">{written(shown, "attribute")}' for value, shown in options)
    return f"<label>{title} <select id={name}><option value=''>all{lines}</select></label>"


def _labels(path: str) -> Iterator[tuple[str, str]]:
    for label in contract.labels(contract.at("article", path)):
        yield label, label.replace("_", " ").lower()
