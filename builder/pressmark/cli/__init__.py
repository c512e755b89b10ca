"""Arguments in, exit code out: 0 clean, 1 issues in the data, 2 usage, 3 environment, 130 interrupted."""

from __future__ import annotations

import io
import sys

from pressmark.cli import anchor, annotate, build, hydrate, score, show, validate  # noqa: F401 - each adds its command
from pressmark.cli.console import DATA, ENVIRONMENT, app, talk
from pressmark.record.issue import InvalidError
from pressmark.record.text import visible


def main() -> None:
    """Run the command line; every way out is a line and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except InvalidError as invalid:
        for issue in invalid.issues:
            talk(str(issue))
        sys.exit(DATA)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        talk(f"pressmark: {visible(place)}{error.strerror or error}")
        sys.exit(ENVIRONMENT)
