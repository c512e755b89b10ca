"""Level 6, dataset: what no single record shows. All files of one command line, or of one build, are one dataset.

The same records in another format (JSON Lines and Parquet) are the same dataset again, and so no duplicates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from pressmark.record.issue import Issue
from pressmark.record.text import quoted
from pressmark.validation.level6_dataset.algebra import contradictions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Annotation, Article, Relation

SPLITS = {"train": "train", "validation": "validation", "valid": "validation", "dev": "validation", "test": "test"}
_SIMILAR = 0.8  # share of five-word sequences from which on two texts are one


class Where(NamedTuple):
    """Where a record stands: the file, its line, and the JSON Pointer inside the line or file."""

    file: str
    line: int | None
    pointer: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file + self.pointer

    def issue(self, code: str, message: str, pointer: str, article: str | None = None, expected: str | None = None) -> Issue:
        """An issue of this record."""
        return Issue(code, message, self.pointer + pointer, self.file, self.line, article, expected=expected)


class Card(NamedTuple):
    """What the dataset's rules need to know of one article."""

    id: str
    text_sha256: bytes | None
    labels: tuple[tuple[str, str, int], ...]  # kb_id, label, number of the entity
    claims: str
    annotators: str
    shingles: frozenset[int]


def card(article: Article | Annotation, *, shingled: bool = False) -> Card:
    """The card of an article or annotation; ``shingled`` where texts will be compared."""
    text = getattr(article, "text", None)
    return Card(
        article.id,
        bytes.fromhex(article.text_sha256) if text is not None else None,
        tuple((entity.kb_id, entity.label, e) for e, entity in enumerate(article.entities) if entity.kb_id is not None),
        " ".join(claim.id for claim in article.claims),
        " ".join(annotator.id for annotator in article.annotators),
        _shingles(text) if shingled and text is not None else frozenset(),
    )


def _shingles(text: str, size: int = 5) -> frozenset[int]:
    """Hashes of all sequences of five words, which small edits leave mostly as they were."""
    from zlib import crc32

    words = text.casefold().split()
    runs = (" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))
    return frozenset(crc32(run.encode("utf-8", "surrogatepass")) for run in runs)


def split_of(file: str) -> str | None:
    """The split that a file's name says it is, as the Hugging Face Hub reads names: ``test-00000-of-00001.parquet``."""
    path = PurePath(file)
    for name in (path.stem, path.parent.name):
        for word in name.replace("_", "-").replace(".", "-").split("-"):
            if word.lower() in SPLITS:
                return SPLITS[word.lower()]
    return None


@dataclass
class Corpus:
    """All records of one format, as far as the rules of a dataset need them."""

    articles: dict[str, Where] = field(default_factory=dict)
    texts: dict[bytes, tuple[str, Where]] = field(default_factory=dict)
    labels: dict[str, tuple[str, Where, str, int]] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    annotators: dict[str, str] = field(default_factory=dict)
    relations: list[tuple[Relation, Where]] = field(default_factory=list)
    shingles: list[tuple[frozenset[int], str, Where]] = field(default_factory=list)
    twice: list[tuple[str, Where, Where]] = field(default_factory=list)
    texts_twice: list[tuple[str, Where, str, Where]] = field(default_factory=list)
    relabelled: list[tuple[str, str, Where, str, int]] = field(default_factory=list)

    def add(self, found: Card, where: Where) -> None:
        """Take note of an article that has no error of its own."""
        if (first := self.articles.setdefault(found.id, where)) is not where:
            self.twice.append((found.id, where, first))
        if found.text_sha256 is not None:
            name, place = self.texts.setdefault(found.text_sha256, (found.id, where))
            if place is not where:
                self.texts_twice.append((found.id, where, name, place))
            elif found.shingles:
                self.shingles.append((found.shingles, found.id, where))
        for kb_id, label, entity in found.labels:
            if self.labels.setdefault(kb_id, (label, where, found.id, entity))[0] != label:
                self.relabelled.append((kb_id, label, where, found.id, entity))
        self.claims.setdefault(found.id, intern(found.claims))  # the same in most articles, as are annotators
        self.annotators.setdefault(found.id, intern(found.annotators))

    def relate(self, relation: Relation, where: Where) -> None:
        """Take note of a relation."""
        self.relations.append((relation, where))


def article_unique(corpus: Corpus) -> Iterator[Issue]:
    """No two articles of a dataset have one id."""
    for name, where, first in corpus.twice:
        yield where.issue("article-unique", f"{quoted(name)} is the id of {first}, too", "/id", name, expected="a free id")


def text_unique(corpus: Corpus) -> Iterator[Issue]:
    """No text stands in a dataset twice; across splits, a model would be tested on what it was trained with."""
    for name, where, other, first in corpus.texts_twice:
        yield where.issue("text-unique", f"its text is that of {quoted(other)} ({first}), too", "/text", name)


def text_near(corpus: Corpus) -> Iterator[Issue]:
    """No text stands on two sides of a split in nearly the same words, as wire copy does.

    Four fifths of all sequences of five words are the same (Jaccard index). The split is read from the name of the file or
    its folder: train, validation (valid, dev) or test.
    """
    splits = {split_of(where.file) for _, _, where in corpus.shingles} - {None}
    if len(splits) < 2:
        return
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_SIMILAR - 0.1, num_perm=64)
    blank = MinHash(num_perm=64, hashfunc=int)  # shingles are hashes already
    for i, (shingles, name, where) in enumerate(corpus.shingles):
        sketch = blank.copy()
        sketch.update_batch(shingles)
        for j in sorted(index.query(sketch)):
            others, other, first = corpus.shingles[j]
            share = len(shingles & others) / len(shingles | others)
            if share >= _SIMILAR and split_of(first.file) != split_of(where.file):
                message = f"{share:.0%} of it is in {quoted(other)} ({first}), on another side of the split"
                yield where.issue("text-near", message, "/text", name, expected="both in one split, or one of them")
                break
        index.insert(i, sketch, check_duplication=False)


def kb_label(corpus: Corpus) -> Iterator[Issue]:
    """Equal ``kb_id``s are the same thing in every article, so they have one label."""
    for kb_id, label, where, name, entity in corpus.relabelled:
        other, first, article, number = corpus.labels[kb_id]
        message = f"{quoted(kb_id)} is a {label} here, but a {other} as entity {number} of {quoted(article)} ({first})"
        yield where.issue("kb-label", message, f"/entities/{entity}/label", name, expected="one label for one kb_id")


def relation_unique(corpus: Corpus) -> Iterator[Issue]:
    """No id of a relation stands twice, and no two relations join the same claims in the same way."""
    ids: dict[str, Where] = {}
    joined: dict[tuple[object, ...], str] = {}
    for relation, where in corpus.relations:
        first = ids.setdefault(relation.id, where)
        if first is not where:
            message = f"{relation.id!r} is taken by an earlier relation"
            yield where.issue("relation-unique", message, "/id", expected="a free id")
        pair = (relation.a, relation.b)
        if relation.type != "supporting":  # the others are symmetric
            pair = min(pair, pair[::-1], key=str)
        other = joined.setdefault((relation.type, *pair), relation.id)
        if other != relation.id:
            yield where.issue("relation-unique", f"{other} says already that these two are {relation.type}", "")


def reference(corpus: Corpus) -> Iterator[Issue]:
    """The articles, claims and annotators that a relation names are there.

    Looked for only where the dataset's articles, or annotations, are validated together with its relations.
    """
    if not corpus.claims:
        return
    claims = {name: frozenset(ids.split()) for name, ids in corpus.claims.items()} if corpus.relations else {}
    for relation, where in corpus.relations:
        for side, claim in (("a", relation.a), ("b", relation.b)):
            if claim.article not in claims:
                message = f"there is no article {quoted(claim.article)} in this dataset"
                yield where.issue("reference", message, f"/{side}/article", expected="the id of an article")
            elif claim.claim not in claims[claim.article]:
                message = f"article {quoted(claim.article)} has no claim {claim.claim!r}"
                yield where.issue("reference", message, f"/{side}/claim", expected="the id of a claim of it")
        known = corpus.annotators.get(relation.a.article)
        if known is not None and relation.annotator not in known.split():
            message = f"article {quoted(relation.a.article)} has no annotator {relation.annotator!r}"
            yield where.issue("reference", message, "/annotator", expected=f"one of {', '.join(known.split())}")


def relation_self(corpus: Corpus) -> Iterator[Issue]:
    """A relation joins two claims, not one to itself."""
    for relation, where in corpus.relations:
        if relation.a == relation.b:
            yield where.issue("relation-self", f"{relation.id} relates a claim to itself", "/b", expected="another claim")


def relation_algebra(corpus: Corpus) -> Iterator[Issue]:
    """Relations do not contradict each other.

    Identical is an equivalence: it joins claims to classes. Inside a class nothing supports, refutes or merely is related;
    and no claim of one class both supports and refutes one of another.
    """
    relations = [relation for relation, _ in corpus.relations]
    for i, message in contradictions(relations):
        yield corpus.relations[i][1].issue("relation-algebra", message, "/type")


def dataset_issues(corpus: Corpus) -> list[Issue]:
    """What is wrong with the dataset as a whole, in the order of files and lines."""
    from pressmark.validation.registry import DATASET, RELATIONS

    issues = [issue for rule in DATASET for issue in rule(corpus)]
    if not any(issue.code in {"reference", "relation-self"} for issue in issues):
        issues += [issue for rule in RELATIONS for issue in rule(corpus)]
    by_file: dict[str | None, int] = {}
    return sorted(issues, key=lambda issue: (by_file.setdefault(issue.file, len(by_file)), issue.line or 0))
