"""Any bytes, as any kind of file: ``python fuzz/fuzz_validate.py -atheris_runs=2000 $(mktemp -d) tests/cases/valid``.

What must not happen: an exception, a record that the fast path accepts and the judge does not, an issue that cannot be printed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pressmark"]):
    from pressmark.look import issues as report
    from pressmark.record.issue import Issue  # noqa: TC001 - instrumented with the rest
    from pressmark.record.model import Article
    from pressmark.validation import accept, article_issues, convert, file_issues, glance, parse, schema_issues

FOLDER = Path(tempfile.mkdtemp(prefix="pressmark-fuzz-"))


def one(data: bytes) -> None:
    """Judge the bytes as each kind of file, and hold the fast path to the judge."""
    for suffix in (".json", ".jsonl", ".parquet"):
        path = FOLDER / f"any{suffix}"
        path.write_bytes(data)
        for issue in file_issues(path):
            printed(issue)
    article = accept.decoded(data)
    if article is not None and glance.clean(article):
        record = parse(data)
        found = [*schema_issues("article", record), *article_issues(convert(record, Article))]
        if found:
            raise AssertionError(found)


def printed(issue: Issue) -> None:
    """Print an issue in every format of a line."""
    lines = [*report.text(issue), report.jsonl(issue), report.github(issue)]
    if not all(line.isprintable() for line in lines):
        raise AssertionError(lines)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
