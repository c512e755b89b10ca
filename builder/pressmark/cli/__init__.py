"""The command line, one module per command. `console` holds what the commands share, such as the exit codes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from pressmark.cli import (  # noqa: F401 - each adds its command
    add,
    anchor,
    annotate,
    build,
    compare,
    export,
    hydrate,
    import_,
    init,
    link,
    merge,
    publish,
    remove,
    score,
    show,
    streams,
    validate,
    verify,
    view,
)
from pressmark.cli.console import DATA, ENVIRONMENT, USAGE, app, talk
from pressmark.record.extras import advice
from pressmark.record.issue import InvalidError
from pressmark.record.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable


def main() -> None:
    """Run the command line. A failure prints one line per issue and sets the exit code; it never shows a traceback."""
    streams.prepare()
    if "" in sys.argv[1:]:
        before = sys.argv[sys.argv.index("", 1) - 1]
        what = before if before.startswith("--") else "an argument"
        _end(USAGE, [f"pressmark: {visible(what)} is empty; is a variable of your shell not set?"])
    try:
        app()
    except InvalidError as invalid:
        from pressmark.validation.level1_file.places import located

        _end(DATA, map(str, located(invalid.issues)))
    except ModuleNotFoundError as error:
        if (message := advice(error)) is None:
            raise
        _end(ENVIRONMENT, [f"pressmark: {message}"])
    except OSError as error:
        place = error.filename or streams.failed()
        _end(ENVIRONMENT, [f"pressmark: {visible(f'{place}: ' if place else '')}{error.strerror or error}"])


def _end(code: int, lines: Iterable[str]) -> NoReturn:
    try:
        for line in lines:
            talk(line)
    except OSError:
        code = ENVIRONMENT
    streams.failed()
    sys.exit(code)
