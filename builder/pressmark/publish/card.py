"""Writes the dataset card and its figures, which are counted from the data."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from pressmark.publish.views import VIEWS
from pressmark.record import contract
from pressmark.record.issue import InvalidError, Issue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.publish.views.columns import View
    from pressmark.record.model import Article
    from pressmark.record.relation import Relation

BEGIN, END = "<!-- figures: written by `pressmark build` -->", "<!-- /figures -->"
AGREEMENT_BEGIN, AGREEMENT_END = "<!-- agreement: written by `pressmark build` -->", "<!-- /agreement -->"
FIELDS_BEGIN, FIELDS_END = "<!-- fields: written by `pressmark build` -->", "<!-- /fields -->"
SUMS_KEY = "sha256sums"  # of the front matter: the SHA-256 of SHA256SUMS without the card's own line
_CHECKOUT = b"# Written by `pressmark build`, so that load_dataset(<this folder>) works. SHA-256 of the lines below:\n# %s\n"
_BUILT = re.compile(rf"^(?:configs|{SUMS_KEY}):.*\n(?:[ \t-].*\n|\r?\n)*", re.MULTILINE)  # the keys that a build writes
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)^---[ \t]*\r?\n", re.DOTALL | re.MULTILINE)
_NEW_CARD = f"\n# Dataset card\n\nWho said what in the news. Built with pressmark.\n\n## Figures\n\n{BEGIN}\n{END}\n"


class Figures:
    """Counts a dataset, one article at a time."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in _SECTIONS}

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """The counts of each section."""
        return {name: dict(counts) for name, counts in self._counts.items()}

    def add_counts(self, counts: dict[str, dict[str, int]]) -> None:
        """Adds what was counted elsewhere."""
        for section, found in counts.items():
            self._counts[section].update(found)

    def add(self, article: Article) -> None:
        """Counts an article."""
        total = self._counts["records"]
        total["articles"] += 1
        total["articles that repeat another"] += article.metadata.duplicate_of is not None
        total["UTF-8 bytes"] += len(article.text.encode())
        total["code points"] += len(article.text)
        total["zones"] += len(article.zones)
        total["sentences"] += len(article.sentences)
        total["entities"] += len(article.entities)
        total["mentions"] += sum(len(entity.mentions) for entity in article.entities)
        total["quotes"] += len(article.quotes)
        total["claims"] += len(article.claims)
        self._count("entities by label", (entity.label for entity in article.entities))
        self._count("mentions by level", (mention.level for entity in article.entities for mention in entity.mentions))
        self._count("quotes by type", (quote.type for quote in article.quotes))
        self._count("quotes by medium", (quote.medium for quote in article.quotes))
        self._count("claims by type", (kind for claim in article.claims for kind in claim.types))
        self._count("claims by check-worthiness", (claim.checkworthiness for claim in article.claims))
        self._count("claims by factuality", (claim.factuality for claim in article.claims))
        layers = contract.at("article", "layers")["properties"]
        self._count("layers", (f"{name}: {getattr(article.layers, name)}" for name in layers))

    def add_relation(self, relation: Relation) -> None:
        """Counts a relation."""
        self._counts["records"]["relations"] += 1
        self._count("relations by type", [relation.type])

    def _count(self, section: str, values: Iterable[str]) -> None:
        self._counts[section].update(values)

    def table(self) -> str:
        """Returns all counts that are not 0 as Markdown tables, with labels in the order of the schema."""
        tables = []
        for section, order in _SECTIONS.items():
            counts = self._counts[section]
            keys = [key for key in (contract.labels(contract.at(*order)) if order else counts) if counts[key]]
            if keys:
                lines = [f"| {key} | {counts[key]} |" for key in keys]
                tables.append("\n".join([f"| {section} | |", "| --- | ---: |", *lines]))
        return "\n\n".join(tables)


# The sections of the figures, each with the node of the contract whose labels give its order.
_SECTIONS: dict[str, tuple[contract.Kind, str] | None] = {
    "records": None,
    "entities by label": ("article", "entities/label"),
    "mentions by level": ("article", "entities/mentions/level"),
    "quotes by type": ("article", "quotes/type"),
    "quotes by medium": ("article", "quotes/medium"),
    "claims by type": ("article", "claims/types"),
    "claims by check-worthiness": ("article", "claims/checkworthiness"),
    "claims by factuality": ("article", "claims/factuality"),
    "relations by type": ("relation", "type"),
    "layers": None,
}


def with_figures(text: str, figures: Figures, agreement: str | None = None) -> str:
    """Puts figures, fields and the agreement of passes between their markers. A text without markers stays as it is."""
    text = _between(text, BEGIN, END, figures.table())
    text = _between(text, FIELDS_BEGIN, FIELDS_END, _fields()) if FIELDS_BEGIN in text else text
    return text if agreement is None else _between(text, AGREEMENT_BEGIN, AGREEMENT_END, agreement)


def _fields() -> str:
    """Returns the columns of every view, with what they mean, as one folded Markdown table per view."""
    tables = []
    for view in VIEWS:
        rows = (f"| `{name}` | {_said(node)} |" for name, node in view.columns().items())
        head = f"<details><summary><code>{view.name}</code>: {view.about}</summary>"
        tables.append("\n".join([head, "", "| field | meaning |", "| --- | --- |", *rows, "", "</details>"]))
    return "\n\n".join(tables)


def _said(node: contract.Node) -> str:
    parts = node.get("items", node).get("properties", {})
    inner = f" Keys: {', '.join(f'`{name}`' for name in parts)}." if parts else ""
    return " ".join(str(node.get("description", "")).split()).replace("|", "\\|") + inner


def _between(text: str, begin: str, end: str, content: str) -> str:
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    return pattern.sub(lambda _: f"{begin}\n\n{content}\n\n{end}", text)


class Table(NamedTuple):
    """A table of a dataset: a split of a view, the number of its rows, and its files, from the dataset folder."""

    view: View
    split: str
    rows: int
    paths: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its file, or a pattern for its files."""
        return self.paths[0] if len(self.paths) == 1 else f"{self.view.name}/{self.split}-*.parquet"


def configs(digest: str, tables: Iterable[Table], prefix: str = "") -> dict[str, Any]:
    """Returns the ``configs`` block in which `datasets` finds the views. Tables without rows are left out: it cannot load them.

    The block has the digest because `datasets` 5.2 caches a local folder by this block alone: with the same block, changed
    Parquet files would silently load as the old rows.
    """
    files: dict[str, list[dict[str, str]]] = {}
    for table in tables:
        if table.rows:
            there = {"split": table.split, "path": f"{prefix}{table.path}"}
            files.setdefault(table.view.name, []).append(there)
    block: list[dict[str, Any]] = []
    for view in (view for view in VIEWS if view.name in files):
        config: dict[str, Any] = {"config_name": view.name, "description": f"{view.about} (build {digest[:16]})"}
        config |= {} if block else {"default": True}
        block.append(config | {"data_files": files[view.name]})
    return {"configs": block}


def checkout_yaml(digest: str, tables: Iterable[Table]) -> bytes:
    """Returns ``.huggingface.yaml``, which lets `datasets` load the checkout itself."""
    return _signed(_yaml(configs(digest, tables, "data/")))


def is_checkout_yaml(data: bytes) -> bool:
    """Whether pressmark wrote that ``.huggingface.yaml`` and nobody changed it since, except its line ends."""
    lines = data.replace(b"\r\n", b"\n").split(b"\n", 2)
    return len(lines) == 3 and _signed(lines[2]) == b"\n".join(lines)


def _signed(yaml: bytes) -> bytes:
    return _CHECKOUT % sha256(yaml).hexdigest().encode() + yaml


def card(old: str | None, built: dict[str, Any], figures: Figures) -> bytes:
    """Returns ``data/README.md``: the old card, or a short new one, with what this build says of its files."""
    return with_figures(with_front(_NEW_CARD if old is None else old, built), figures).encode()


def with_front(text: str, built: dict[str, Any]) -> str:
    """Puts what a build writes into the front matter of a card. The rest of it stays as it is, comments too."""
    front, prose = split(text)
    match = _FRONT_MATTER.match(text)
    header = (_BUILT.sub("", match[1]) if match else "") + (_yaml(built).decode() if built else "")
    try:
        is_right = (yaml.safe_load(header) or {}) == front | built
    except (yaml.YAMLError, ValueError):
        is_right = False
    if not is_right:  # a form of YAML that is more than lines with keys
        header = _yaml(front | built).decode()
    return f"---\n{header}---\n{prose}" if header else prose


def split(text: str | None) -> tuple[dict[str, Any], str]:
    """Splits a card into its front matter and its prose, without what a build writes there; or returns a short new card.

    Raises:
        InvalidError: the front matter is not a YAML mapping.
    """
    if text is None:
        return {}, _NEW_CARD
    front, prose = _parts(text)
    return {key: value for key, value in front.items() if key not in {"configs", SUMS_KEY}}, prose


def carried(text: str | None) -> tuple[dict[str, Any], str]:
    """Returns what a build carries over from an old card or datasheet: front matter, and prose without figures."""
    front, prose = split(text)
    for begin, end in ((BEGIN, END), (FIELDS_BEGIN, FIELDS_END), (AGREEMENT_BEGIN, AGREEMENT_END)):
        prose = _between(prose, begin, end, "")
    return front, prose


def stated_sums(text: str) -> Any:
    """Returns what a card says is the SHA-256 of `SHA256SUMS` without the card's own line, or None."""
    return _parts(text)[0].get(SUMS_KEY)


def _parts(text: str) -> tuple[dict[str, Any], str]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        front = yaml.safe_load(match[1]) or {}
    except (yaml.YAMLError, ValueError) as error:  # ValueError: an impossible date
        message = f"the front matter is not YAML: {' '.join(str(error).split())}"
        raise InvalidError([Issue("card-yaml", message, file="data/README.md")]) from None
    if not isinstance(front, dict):
        raise InvalidError([Issue("card-yaml", "the front matter is not a YAML mapping", file="data/README.md")])
    return front, text[match.end() :]


def _yaml(data: dict[str, Any]) -> bytes:
    text: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)
    return text.encode()
