"""Any bytes, as any kind of file: ``python fuzz/fuzz_validate.py -atheris_runs=2000 $(mktemp -d) tests/cases/valid``.

What must not happen: an exception, a record on which the decoder and the schema disagree, an issue that cannot be printed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pressmark"]):
    from pressmark.look import issues as report
    from pressmark.record import contract
    from pressmark.record.issue import Issue  # noqa: TC001 - instrumented with the rest
    from pressmark.validation import decoder, file_issues, kind_of, parse

FOLDER = Path(tempfile.mkdtemp(prefix="pressmark-fuzz-"))


def one(data: bytes) -> None:
    """Check the bytes as each kind of file, and compare the decoder with the strict reader and the schema."""
    for suffix in (".json", ".jsonl", ".parquet"):
        path = FOLDER / f"any{suffix}"
        path.write_bytes(data)
        for issue in file_issues(path):
            printed(issue)
    try:
        record = parse(data)
    except ValueError:
        if decoder.decoded(data) is not None:
            raise AssertionError(data) from None
        return
    kind = kind_of(record)
    if contract.validator(kind).is_valid(record) != (decoder.converted(kind, record) is not None):
        raise AssertionError(record)


def printed(issue: Issue) -> None:
    """Print an issue in every format of a line."""
    lines = [*report.text(issue), report.jsonl(issue), report.github(issue)]
    if not all(line.isprintable() for line in lines):
        raise AssertionError(lines)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
