"""How fast `pressmark validate` is beside what it could be built with: ``python benchmarks/validate.py [RECORDS]``.

Records per CPU second over one corpus in memory, parsing included; medians of interleaved runs. The slow judge sees fewer
records, since it needs a minute for what the others do in a second.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

import jsonschema_rs
import msgspec
import orjson
from corpus import record
from jsonschema import Draft202012Validator
from pressmark.validation.attributions import AFTER, BEFORE

from pressmark.record import contract
from pressmark.record.model import Article
from pressmark.validation import Settings, accept, article_issues, convert, parse
from pressmark.validation.run.files import judged

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonschema.protocols import Validator

ROUNDS = 5
BATCH = 60  # lines, about the mebibyte that `validate` reads at once
SLOW = 50  # the judge gets one record of so many

Lines = list[bytes]


def ours(lines: Lines) -> int:
    """Everything that `validate` does with a record: parse, schema, all rules of levels 1 to 5, notes for level 6."""
    batches = (list(enumerate(lines[i : i + BATCH], start=i + 1)) for i in range(0, len(lines), BATCH))
    return sum(bool(found.issues) for batch in batches for found in judged(batch, Settings()))


def judge(lines: Lines) -> int:
    """`jsonschema` on the schema without references, and the same rules."""
    return _judged(lines, contract.validator("article"))


def published(lines: Lines) -> int:
    """`jsonschema` on the schema as it is published, and the same rules."""
    return _judged(lines, Draft202012Validator(contract.schema("article"), registry=contract.registry()))


def _judged(lines: Lines, validator: Validator) -> int:
    count = 0
    for line in lines:
        value = parse(line)
        count += not validator.is_valid(value) or any(True for _ in article_issues(convert(value, Article)))
    return count


def spans(lines: Lines) -> int:
    """Decoding, and each span compared with the text and looked at on both sides: any rules in Python do more than that."""
    decode = accept.decoder().decode
    wrong = edges = 0
    for line in lines:
        article = decode(line)
        text = article.text
        padded = f"{text} "
        lists = [article.zones, article.sentences, *(entity.mentions for entity in article.entities)]
        for quote in article.quotes:
            lists += quote.content, quote.verbatim, quote.cue, quote.sources
        lists += [claim.content for claim in article.claims]
        for found in lists:
            for span in found:
                start, end, said = span.start, span.end, span.text
                wrong += text[start:end] != said or said.strip() != said
                edges += padded[start - 1] in BEFORE and padded[end] in AFTER
    return wrong if edges else len(lines)


def compiled(lines: Lines) -> int:
    """`jsonschema-rs` on what `orjson` parsed: no rules."""
    validator = jsonschema_rs.Draft202012Validator(contract.record("article"))
    return sum(not validator.is_valid(orjson.loads(line)) for line in lines)


def parsing(lines: Lines) -> int:
    """`orjson.loads` alone: no check at all."""
    return sum(orjson.loads(line) is None for line in lines)


CONTENDERS: tuple[Callable[[Lines], int], ...] = (ours, published, judge, spans, compiled, parsing)


def main(count: int) -> None:
    """Print the table."""
    lines = [msgspec.json.encode(record(number)) + b"\n" for number in range(count)]  # as `build` writes them
    seconds: dict[str, list[float]] = {run.__name__: [] for run in CONTENDERS}
    for _ in range(ROUNDS):
        for run in CONTENDERS:
            share = lines[::SLOW] if run in {judge, published} else lines
            start = time.process_time()
            wrong = run(share)
            seconds[run.__name__].append((time.process_time() - start) / len(share))
            if wrong:
                sys.exit(f"{run.__name__} finds something in {wrong} records")
    medians = {name: statistics.median(found) for name, found in seconds.items()}
    size = sum(map(len, lines)) / len(lines)
    print(f"{count:,} records of {size / 1000:.1f} kB; medians of {ROUNDS} interleaved runs, in CPU seconds; Python", end=" ")
    print(f"{sys.version.split()[0]}, orjson {orjson.__version__}, msgspec {msgspec.__version__}\n")
    print("| | records per CPU second | beside `orjson.loads` | beside `jsonschema` |\n| --- | ---: | ---: | ---: |")
    names = {
        "ours": "`pressmark validate`, levels 1 to 5",
        "published": "`jsonschema`, and the same rules",
        "judge": "`jsonschema` on the schema without references, and the same rules",
        "spans": "`msgspec`, and each span compared with the text, no rules",
        "compiled": "`orjson` and `jsonschema-rs`, no rules",
        "parsing": "`orjson.loads`, no check",
    }
    for name, one in medians.items():
        print(f"| {names[name]} | {1 / one:,.0f} | {medians['parsing'] / one:.2f} | {medians['published'] / one:,.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
