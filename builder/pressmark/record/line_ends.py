"""Tells a file whose line ends were changed from one that somebody edited."""

from __future__ import annotations

from hashlib import sha256

_ADVICE = "check the file out again with `git config core.autocrlf false`, and write `* -text` into .gitattributes"


def line_ends(data: bytes, digest: str) -> tuple[str, str] | None:
    """Returns the line ends that bytes had when they had this SHA-256, and those that they have, if nothing else differs."""
    unix = data.replace(b"\r\n", b"\n")
    for before, was, now in ((unix, "LF", "CRLF"), (unix.replace(b"\n", b"\r\n"), "CRLF", "LF")):
        if before != data and sha256(before).hexdigest() == digest:
            return was, now
    return None


def changed_line_ends(data: bytes, digest: str) -> str | None:
    """Says so if line ends alone explain why bytes do not have a SHA-256; Git's ``core.autocrlf`` changes them."""
    ends = line_ends(data, digest)
    return f"its line ends are {ends[1]} and were {ends[0]}; {_ADVICE}" if ends else None
