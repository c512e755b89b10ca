"""Merges the annotations of several annotators into a folder, with a table of conflicts and a log of decisions.

In a project the results are its annotations, in any other folder they are records. A file that this did not write, or that
somebody changed since, is never replaced: the log has the hash of each result.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pressmark.project import annotation_files, write_file
from pressmark.project.proposals import LAYERS, Proposals, is_proposal
from pressmark.project.record_files import is_project
from pressmark.project.seeds import by_id, text_of
from pressmark.record.encode import json_text
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Annotation
from pressmark.scoring import conflict_table
from pressmark.scoring.conflicts import conflicts
from pressmark.scoring.merge import merged
from pressmark.scoring.side_by_side import side_by_side
from pressmark.validation import convert, errors, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pressmark.record.model import Annotator, Article
    from pressmark.scoring.conflict_table import Choice
    from pressmark.scoring.conflicts import Conflict, Key

LOG = "merge-log.jsonl"


@dataclass(slots=True)
class Merge:
    """A merge of these annotators into a folder. ``prefer`` decides what the table leaves open; ``adjudicator`` filled it in.

    ``mend`` makes a merged article valid. After `run`, ``undecided`` has the conflicts that nobody decided, and ``table`` the
    path of a new table, if there is one.
    """

    folder: Path
    annotators: Sequence[str]
    prefer: str | None
    adjudicator: Annotator | None
    mend: Callable[[Article], Article]
    undecided: list[Conflict] = field(init=False, default_factory=list)
    table: Path | None = field(init=False, default=None)
    _choices: dict[str, Choice] = field(init=False, default_factory=dict)
    _log: dict[str, dict[str, Any]] = field(init=False, default_factory=dict)
    _seen: set[str] = field(init=False, default_factory=set)  # the ids of all conflicts

    def run(self, groups: Iterable[Sequence[Article]]) -> Iterator[Path | Issue]:
        """Merge each group of articles, and return the paths that were written and what is wrong. An article may fail alone.

        Raises:
            InvalidError: a table or the folder's seeds cannot be used.
            OSError: a file cannot be read or written.
        """
        self._choices = conflict_table.choices(self.folder)
        self._log = _read_log(self.folder / LOG)
        if self.adjudicator is None and (made := next((one for one in self._choices.values() if one.value), None)):
            message = "somebody filled in the table; say who with --annotator NAME"
            raise InvalidError([Issue("merge-choice", message, file=str(made.file), line=made.line)])
        home = self.folder / annotation_files.FOLDER if is_project(self.folder) else self.folder
        home.mkdir(parents=True, exist_ok=True)
        write_file.clear(home)
        try:
            for articles in groups:
                try:
                    yield from self._one(articles)
                except InvalidError as invalid:
                    yield from (issue.within("", article=articles[0].id) for issue in invalid.issues)
        finally:
            lines = (json.dumps(self._log[name], ensure_ascii=False) + "\n" for name in sorted(self._log))
            write_file.write(self.folder / LOG, "".join(lines).encode())
        if new := [one for one in self.undecided if one.id not in self._choices]:
            self.table = conflict_table.new_table(self.folder)
            write_file.write(self.table, conflict_table.table(new, self.annotators))
        for name, choice in self._choices.items():
            if choice.value and name not in self._seen:
                message = "the annotations have no such conflict any more; this choice is not used"
                yield Issue("merge-unused", message, file=str(choice.file), line=choice.line, severity="warning")

    def _one(self, articles: Sequence[Article]) -> Iterator[Path | Issue]:
        for who, article in zip(self.annotators, articles, strict=True):
            if wrong := errors(article):
                raise InvalidError(replace(issue, message=f"{issue.message} (annotated by {who})") for issue in wrong)
        group = side_by_side(self.annotators, articles)
        found = list(conflicts(group))
        self._seen |= {one.id for one in found}
        decisions = {one.key: self._decision(one) for one in found}
        decided = {key: who for key, (who, _) in decisions.items()}
        by_hand = {key for key, (_, by) in decisions.items() if by == "choice"}
        article = self.mend(merged(group, decided, by_hand, self.adjudicator if by_hand else None))
        path, data = self._file(article)
        self.undecided += [one for one in found if decided[one.key] is None]
        before = path.read_bytes() if path.exists() else None
        if before not in {None, data} and not self._is_ours(article.id, before or b""):
            message = "is not what merge wrote there; move it away, or merge into another folder"
            raise InvalidError([Issue("merge-changed", message, file=str(path))])
        if before != data:
            write_file.write(path, data)
            yield path
        self._log[article.id] = self._line(article, data, found, decisions)

    def _is_ours(self, name: str, data: bytes) -> bool:
        """Whether a file is as merge wrote it, or an annotation of proposals that nobody touched."""
        digest = sha256(data).hexdigest()
        if digest == self._log.get(name, {}).get("sha256"):
            return True
        line = Proposals(self.folder).of(name, data)
        if digest != line.annotation:
            return False
        found = convert(parse(data), Annotation)
        return all(is_proposal(line, layer, item) for layer in LAYERS for item in getattr(found, layer))

    def _decision(self, conflict: Conflict) -> tuple[str | None, str | None]:
        """Whose reading is taken, and why: by a choice in the table, or by preference."""
        if (choice := self._choices.get(conflict.id)) and (who := conflict_table.chosen(conflict, choice)):
            return who, "choice"
        return (self.prefer, "prefer") if self.prefer in conflict.readings else (None, None)

    def _file(self, article: Article) -> tuple[Path, bytes]:
        """The file of a merged article: its annotation in a project, or else its record."""
        if not is_project(self.folder):
            return self.folder / f"{article.id}.json", json_text(article)
        seed = by_id(self.folder).get(article.id)
        if seed is None or text_of(seed, seed.read_bytes()) != article.text:
            message = "the project has another text for it" if seed else "the project has no seed of it"
            raise InvalidError([Issue("merge-seed", message, file=str(seed or self.folder / "seeds"))])
        return self.folder / annotation_files.path_of(article.id), json_text(annotation_files.annotation_of(article))

    def _line(
        self, article: Article, data: bytes, found: Sequence[Conflict], decisions: Mapping[Key, tuple[str | None, str | None]]
    ) -> dict[str, Any]:
        """What the log says of an article: who annotated it, and how each conflict was decided."""
        judge = self.adjudicator.name if self.adjudicator else None
        rows: list[dict[str, Any]] = []
        for one in found:
            who, why = decisions[one.key]
            by: dict[str, Any] = (
                {"by": judge if why == "choice" else why, "chosen": who, "reading": one.readings[who]} if who else {}
            )
            rows.append({"conflict": one.id, "layer": one.layer, "item": one.item, "field": one.field} | by)
        people = [asdict(annotator) for annotator in article.annotators]
        digest = sha256(data).hexdigest()
        return {"article": article.id, "sha256": digest, "sides": [*self.annotators], "annotators": people, "conflicts": rows}


def _read_log(path: Path) -> dict[str, dict[str, Any]]:
    """The lines of a log by article. Lines that cannot be read are passed over: what they were about counts as a person's."""
    found = {}
    for line in path.read_bytes().split(b"\n") if path.is_file() else ():
        with suppress(ValueError, TypeError, KeyError):
            one = json.loads(line)
            found[one["article"]] = one
    return found
