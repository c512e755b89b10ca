"""The command line, one module per command. `console` holds what the commands share, such as the exit codes."""

from __future__ import annotations

import io
import sys

from pressmark.cli import (  # noqa: F401 - each adds its command
    anchor,
    annotate,
    build,
    export,
    hydrate,
    import_,
    score,
    show,
    validate,
)
from pressmark.cli.console import DATA, ENVIRONMENT, app, talk
from pressmark.record.issue import InvalidError
from pressmark.record.text import visible


def main() -> None:
    """Run the command line. A failure prints one line per issue and sets the exit code; it never shows a traceback."""
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
