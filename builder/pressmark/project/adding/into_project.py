"""Writes articles into a project as seeds, each with a line in ``seeds/metadata.jsonl``. No seed is overwritten."""

from __future__ import annotations

import shlex
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from pressmark.project import metadata_file, write_file
from pressmark.project.adding.columns import Incoming, Unread
from pressmark.project.adding.corrected import DRAFTS, Replaced, replace_text, waits
from pressmark.project.proposals import alone
from pressmark.project.seeds import RESERVED, SUFFIX, file_name, id_of, listed, metadata, metadata_issues, text_of
from pressmark.record.bare_article import bare_article
from pressmark.record.issue import InvalidError, json_path
from pressmark.record.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Result(NamedTuple):
    """What became of an article of a source.

    ``kind`` is *added*, *replaced*, *there* (it was added before), *copy* (the project has its text), *conflict* (the project
    has another text under its id), *open* (it was replaced, and a part of its annotation waits for a person) or *unread*.
    ``why`` says more, and ``notes`` what of its metadata was left out.
    """

    kind: str
    place: str
    why: str = ""
    path: Path | None = None
    notes: tuple[str, ...] = ()


class _Seed(NamedTuple):
    path: Path
    digest: str


@dataclass
class Adding:
    """Adds articles to a project, and knows what it has. ``values`` are for articles of which a source does not say them."""

    project: Path
    values: Mapping[str, Any] = field(default_factory=dict)
    split: str | None = None
    replace: bool = False
    dry_run: bool = False
    seeds: dict[str, _Seed] = field(default_factory=dict)  # by the id in small letters, as file systems may compare names
    texts: dict[str, str] = field(default_factory=dict)  # ids by the hash of the text
    known: dict[str, dict[str, Any]] = field(default_factory=dict)  # metadata by id
    lines: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)  # that have a line
    without_language: int = 0
    met: set[str] = field(default_factory=set)  # ids, in small letters, that got or have the text of a source of this run

    def add(self, one: Incoming | Unread) -> Result:
        """Adds an article, unless the project has its id or its text.

        Raises:
            OSError: the seed cannot be written.
        """
        if isinstance(one, Unread):
            return Result("unread", one.place, one.why)
        try:
            data = one.text.encode()
            text_of(Path(one.name), data)
        except UnicodeEncodeError:
            return Result("unread", one.place, "has half a surrogate pair, which is no character")
        except InvalidError as invalid:
            return Result("unread", one.place, "; ".join(issue.message for issue in invalid.issues))
        digest = sha256(data).hexdigest()
        if one.name.casefold() in RESERVED:
            return Result("conflict", one.place, f"{quoted(one.name)} is a reserved id; give it another one")
        if there := self.seeds.get(one.name.casefold()):
            return self._met(one, there, data, digest)
        return self._new(one, data, digest)

    def _met(self, one: Incoming, there: _Seed, data: bytes, digest: str) -> Result:
        if there.digest != digest:
            return self._other_text(one, there, data, digest)
        self.met.add(one.name.casefold())
        name = file_name(self.project, there.path)
        known, notes = self._described(one)
        if known and one.name not in self.known:
            self._note(one.name, name, known)
            notes = (*notes, f"its metadata were added for {name}")
        if self.replace and waits(self.project, id_of(there.path), digest):
            drafts = self.project / DRAFTS
            why = (
                f"its annotation is still that of the old text; correct the draft in {drafts}, then run pressmark anchor on it"
            )
            return Result("open", one.place, why, there.path, notes)
        return Result("there", one.place, path=there.path, notes=notes if known else ())

    def _other_text(self, one: Incoming, there: _Seed, data: bytes, digest: str) -> Result:
        """Replaces the text of a seed, if that is wanted and no other seed has the new text."""
        name = id_of(there.path)
        if name.casefold() in self.met:
            why = f"the id {name} occurs twice with different texts; give each article an id of its own"
            return Result("conflict", one.place, why, there.path)
        if not self.replace:
            why = f"the id {name} has another text; --replace takes this one for a corrected version"
            return Result("conflict", one.place, why, there.path)
        if (other := self.texts.get(digest, name)) != name:
            return Result("conflict", one.place, f"has the text of {other}, so {name} is not replaced", there.path)
        try:
            done = Replaced() if self.dry_run else replace_text(self.project, there.path, data)
        except InvalidError as invalid:
            why = "; ".join(map(str, invalid.issues))
            return Result("conflict", one.place, f"{name} is not replaced, because its annotation does not fit it: {why}")
        self.seeds[name.casefold()] = _Seed(there.path, digest)
        self.texts.pop(there.digest, None)
        self.met.add(name.casefold())
        self.texts.setdefault(digest, name)
        if done.draft is None:
            return Result("replaced", one.place, path=there.path)
        notes = tuple(f"{json_path(issue.pointer)}: {issue.message}" for issue in done.issues)
        command = shlex.join(["pressmark", "anchor", str(done.draft), "--project", str(self.project)])
        why = f"{len(notes)} spans of {name} have no sure place; correct them in {done.draft}, then run `{command}`"
        return Result("open", one.place, why, there.path, notes)

    def _new(self, one: Incoming, data: bytes, digest: str) -> Result:
        known, notes = self._described(one)
        if original := self.texts.get(digest):
            if not _is_elsewhere(known, self.known.get(original, {})):
                return Result("copy", one.place, f"has the text of {original}")
            notes = (*notes, f"has the text of {original}, from another publisher; marked as duplicate_of")
            known = known | {"duplicate_of": self.known.get(original, {}).get("duplicate_of") or original}
        split = self.split or one.split
        path = self.project / "seeds" / (split or "") / f"{one.name}{SUFFIX}"
        if not self.dry_run:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file.write(path, data)
        self.seeds[one.name.casefold()] = _Seed(path, digest)
        self.met.add(one.name.casefold())
        self.texts.setdefault(digest, one.name)
        self._note(one.name, file_name(self.project, path), known)
        return Result("added", one.place, path=path, notes=notes)

    def _note(self, name: str, file: str, known: Mapping[str, Any]) -> None:
        """Adds a line about a seed, unless somebody wrote one before."""
        if file not in self.files:
            self.files.add(file)
            self.known[name] = dict(known)
            self.lines.append(metadata_file.line(file, known))
            self.without_language += known.get("language") is None

    def _described(self, one: Incoming) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The metadata of an article that the schema allows, and what is wrong with the others."""
        known = {**self.values, **one.known}
        notes = one.notes
        for issue in metadata_issues(bare_article("a", "a", known.get("language"), known)):
            label = issue.pointer.removeprefix("/metadata").split("/")[1]
            if label in known:
                notes = (*notes, f"{label} {quoted(str(known.pop(label)))} is left out; it {issue.message}")
        return known, notes

    def close(self) -> None:
        """Writes the lines of the metadata.

        Raises:
            OSError: the file cannot be written.
        """
        if self.lines and not self.dry_run:
            metadata_file.append(self.project, self.lines)


def _is_elsewhere(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two articles with the same text are of two publishers, as wire copy is."""
    for this, that in ((one.get("publisher"), other.get("publisher")), (_host(one), _host(other))):
        if this and that:
            return bool(this != that)
    return False


def _host(known: Mapping[str, Any]) -> str | None:
    try:
        return urlsplit(known.get("url") or "").hostname
    except ValueError:
        return None


@contextmanager
def opened(
    project: Path, values: Mapping[str, Any], *, split: str | None = None, replace: bool = False, dry_run: bool = False
) -> Iterator[Adding]:
    """Yields what adds to a project, for one process at a time. The metadata are written at the end, also after an error.

    Raises:
        InvalidError: the project's seeds or metadata are wrong.
        OSError: they cannot be read or written; `BlockingIOError` if another process is at work in the project.
    """
    with alone(project):
        found, _, issues = listed(project)
        if wrong := [issue for issue in issues if issue.code != "seed-none"]:
            raise InvalidError(wrong)
        lines = metadata(project)
        adding = Adding(project, values, split, replace, dry_run, files=set(lines))
        for path in found:
            digest = sha256(path.read_bytes()).hexdigest()
            adding.seeds[id_of(path).casefold()] = _Seed(path, digest)
            adding.texts.setdefault(digest, id_of(path))
            if (line := lines.get(file_name(project, path))) is not None:
                adding.known[id_of(path)] = line
        try:
            yield adding
        finally:
            adding.close()
