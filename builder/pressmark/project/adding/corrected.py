"""Replaces the text of a seed by a corrected version, and moves its annotation along. No work of a person is lost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressmark.project import annotation_files, write_file
from pressmark.project.adding.reanchor import moved, place
from pressmark.project.drafts import anchor
from pressmark.project.proposals import LAYERS, NOTHING, Proposals, deleted, is_proposal
from pressmark.project.seeds import read, there
from pressmark.record.bare_article import bare_article
from pressmark.record.issue import InvalidError, Issue
from pressmark.validation import parse

if TYPE_CHECKING:
    from pressmark.record.model import Annotation, Article

OLD_TEXTS = Path(".pressmark/replaced")
DRAFTS = annotation_files.FOLDER / "drafts"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of an annotation: its ``draft``, if spans have no sure place in the new text, and an issue for each."""

    draft: Path | None = None
    issues: tuple[Issue, ...] = ()


def replace_text(project: Path, seed: Path, data: bytes) -> Replaced:
    """Replaces a seed. The old text is kept in ``.pressmark/replaced/``.

    If all spans of the annotation have a sure place, the annotation is written anew. Else the whole annotation becomes a
    draft in ``annotations/drafts/``, in which the other spans wait for a correction, and the annotation's file stays as it is.

    Raises:
        InvalidError: the annotation is not one of the old text; nothing is written.
        OSError: a file cannot be read or written.
    """
    old = read(project, seed, {})
    new = bare_article(old.id, data.decode())
    path = project / annotation_files.path_of(old.id)
    replaced = Replaced()
    if there(project, path) and annotation_files.says_hash(path) != new.text_sha256:  # else a run was stopped here
        replaced = _annotation(project, path, old, new)
    _keep(project / OLD_TEXTS / f"{old.id}-{old.text_sha256[:16]}.txt", old.text.encode())
    write_file.write(seed, data)
    return replaced


def waits(project: Path, article: str, digest: str) -> bool:
    """Whether the annotation of an article is of another text than the one with this hash, as while its draft is corrected."""
    path = project / annotation_files.path_of(article)
    return there(project, path) and annotation_files.says_hash(path) not in {digest, None}


def _annotation(project: Path, path: Path, old: Article, new: Article) -> Replaced:
    before = path.read_bytes()
    annotation = annotation_files.annotation(path, old)
    found = moved(parse(before), old.text, new.text, new.text_sha256)
    issues = found.issues
    if not issues:
        try:
            made = anchor(found.record, new)
        except InvalidError as invalid:
            issues = invalid.issues
        else:
            _write(project, path, before, (annotation, old), (made, new))
            return Replaced()
    return Replaced(_keep(project / DRAFTS / f"{old.id}.json", _draft(found.record)), issues)


def _draft(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _write(project: Path, path: Path, before: bytes, old: tuple[Annotation, Article], new: tuple[Annotation, Article]) -> None:
    """Writes an annotation that moved. What pressmark proposed in it stays a proposal, and what was deleted stays deleted."""
    proposals = Proposals(project)
    line = proposals.of(old[0].id, before)
    data = annotation_files.as_file(new[0], before)
    if line == NOTHING:
        write_file.write(path, data)
        return
    ids = {layer: {item.id for item in getattr(old[0], layer) if is_proposal(line, layer, item)} for layer in LAYERS}
    gone = deleted(line, annotation_files.curate(old[1], old[0]))
    shifted = {layer: {to for one in gone[layer] if (to := _shifted(one, old[1].text, new[1].text))} for layer in LAYERS}
    proposals.write(path, data, new[0], ids, shifted)
    proposals.close()


def _shifted(where: str, old: str, new: str) -> str | None:
    """The place of an item (`proposals.place_of`) in the new text."""
    start, end, *cue = map(int, where.split(":"))
    starts = [place(start, end, old, new), *(place(one, one + 1, old, new) for one in cue)]
    if any(found is None for found in starts):
        return None
    first, *rest = starts
    return ":".join(map(str, (first, (first or 0) + end - start, *rest)))


def _keep(path: Path, data: bytes) -> Path:
    """Writes a file beside those that are there, unless one of them has these bytes; returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number = 1
    kept = path
    while kept.exists() or kept.is_symlink():
        if kept.is_file() and sha256(kept.read_bytes()).digest() == sha256(data).digest():
            return kept
        number += 1
        kept = path.with_stem(f"{path.stem}-{number}")
    write_file.write(kept, data)
    return kept
