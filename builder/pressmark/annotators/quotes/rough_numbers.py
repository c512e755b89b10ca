"""Tags the words that belong to a number: up to 30, as many as thirty, between 20 and 30."""

from __future__ import annotations

from pressmark.annotators.quotes.grammar import sets

# Before a number these words belong to it. They are not prepositions there: “said up to 30 people left”.
_ROUGH = {
    "up": (["up", "to"],),
    "at": (["at", "least"], ["at", "most"]),
    "close": (["close", "to"],),
    "as": tuple(["as", word, "as"] for word in ("many", "much", "few")),
}
FIRST = {"between", "to"} | _ROUGH.keys()


def join_number(tags: list[str], lower: list[str], i: int) -> None:
    """Tag a word of `FIRST` that belongs to a number, with the words up to it: “up to 30”, “between 20 and 30”."""
    word = lower[i]
    if word in _ROUGH and (rough := _rough(tags, lower, i)):
        tags[i : i + rough] = "D" * rough
    elif word == "between" and (joint := _joint(tags, lower, i + 1)):
        tags[i], tags[joint] = "D", "#"
    elif word == "to" and tags[i - 1 : i] == ["#"] and _joint(tags, lower, i - 1):
        tags[i] = "#"  # 20 to 30 people


def _rough(tags: list[str], lower: list[str], i: int) -> int:
    """How many words stand there that make the number behind them a rough one."""
    return next(
        (len(row) for row in _ROUGH[lower[i]] if lower[i : i + len(row)] == row and _is_number(tags, lower, i + len(row))), 0
    )


def _is_number(tags: list[str], lower: list[str], i: int) -> bool:
    if tags[i : i + 1] == ["#"] or lower[i : i + 1] in (["£"], ["€"]):
        return True
    first, second = (*lower[i : i + 2], "", "")[:2]
    return first in sets()["numbers"] or (first == "a" and second in sets()["fractions"])


def _joint(tags: list[str], lower: list[str], i: int) -> int:
    """Where "and" or "to" joins two numbers before a noun, of which the first begins there: “20 and 30 boats”; 0: nowhere."""
    joint = i
    while tags[joint : joint + 1] == ["#"]:
        joint += 1
    end = joint + 1
    while tags[end : end + 1] == ["#"]:
        end += 1
    is_joint = i < joint and end > joint + 1 and lower[joint] in {"and", "to"} and tags[end : end + 1] in (["n"], ["o"])
    return joint if is_joint else 0
