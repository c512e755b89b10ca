"""The standard streams where they are closed (``>&-``), full, or not made for every letter."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from typing import TextIO


class _Closed(io.RawIOBase):
    """Stands in for a closed standard input. To read it is an error that names it."""

    def readable(self) -> bool:
        return True

    def readinto(self, _: object) -> NoReturn:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard input")


def prepare() -> None:
    """Make the standard streams usable: each open, and none of them strict about letters that it cannot hold.

    What is meant for a closed standard output is an error; messages to a closed standard error are lost, as is usual. No file
    that is opened later gets the number of a closed stream, and with it what a library prints.
    """
    for number, mode in enumerate((os.O_RDWR, os.O_RDONLY, os.O_WRONLY)):  # to write to what is read-only is an error
        try:
            os.fstat(number)
        except OSError:
            found = os.open(os.devnull, mode)
            os.dup2(found, number)
            if found != number:
                os.close(found)
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(_Closed()))
    if sys.stdout is None:
        sys.stdout = _opened(1)
    if sys.stderr is None:
        sys.stderr = _opened(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _opened(number: int) -> TextIO:
    return open(number, "w", encoding="utf-8", closefd=False)  # open until the end


def failed() -> str | None:
    """The name of the output stream that cannot be written, if one cannot; what was meant for it is then dropped."""
    found = None
    for name, stream in (("standard output", sys.stdout), ("standard error", sys.stderr)):
        try:
            stream.write("")  # tries again to write what waits, also where nothing is buffered
            stream.flush()
        except OSError:
            found = found or name
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())  # so that the interpreter's last flush is no error
            os.close(nowhere)
    return found
