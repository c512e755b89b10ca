"""Every format gives back what it says that it keeps, and an import changes nothing that nobody changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from pressmark.formats import registry
from pressmark.formats.fields import LAYERS, SHAPES, fields, losses
from pressmark.formats.reconcile import is_same_text, reconciled
from pressmark.project import records
from pressmark.record.model import Annotator, Article, Layers
from pressmark.validation import Document, convert, documents, kind_of

if TYPE_CHECKING:
    from pressmark.formats.reconcile import Foreign
    from pressmark.formats.registry import Format

ROOT = Path(__file__).parents[1]
ME = Annotator(id="me", kind="human", role="reviewer", name="Ann Lee", version=None)
CASES = sorted((ROOT / "tests/cases/valid").glob("*.json*"))


def articles() -> dict[str, Article]:
    """The articles of the gold and of the valid cases: emoji, CRLF, combining characters, nested and discontinuous spans."""
    found = {f"gold {article.id}": article for article in records.articles(ROOT / "data/articles.jsonl")}
    for path in CASES:
        read = [document.record for document in documents(path) if isinstance(document, Document)]
        texts = [convert(record, Article) for record in read if kind_of(record) == "article"]
        found |= {f"{path.stem} {article.id}": article for article in texts}
    return found


ARTICLES = articles()


def exchanged(module: Format, article: Article, folder: Path) -> Foreign:
    """What the format's reader says of the article that its writer wrote."""
    for name, data in module.write([article]):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (path,) = (path for path in sorted(folder.rglob("*")) if path.name.endswith(module.SUFFIXES))
    (foreign,) = module.read(path)
    return foreign


def kept(article: Article, keeps: frozenset[str]) -> Any:
    """The items of an article with the fields that a format keeps."""

    def of(item: dict[str, Any], path: str) -> dict[str, Any]:
        found = {}
        for key, value in item.items():
            here = f"{path}.{key}"
            if key in {"start", "end", "text"}:
                found[key] = value
            elif here in keeps:
                is_parts = isinstance(value, list | tuple) and value and isinstance(value[0], dict)
                found[key] = sorted((of(part, f"{here}[]") for part in value), key=str) if is_parts else value
        return found

    return {layer: [of(msgspec.to_builtins(item), f"{layer}[]") for item in getattr(article, layer)] for layer in LAYERS}


@pytest.mark.parametrize("name", registry.BOTH_WAYS)
@pytest.mark.parametrize("case", ARTICLES)
def test_an_import_of_an_unchanged_export_changes_nothing(name: str, case: str, tmp_path: Path) -> None:
    module, article = registry.named(name), ARTICLES[case]

    foreign = exchanged(module, article, tmp_path)

    assert is_same_text(foreign, article)
    assert (article, []) == reconciled(foreign, article, module.KEEPS, ME)


@pytest.mark.parametrize("name", registry.BOTH_WAYS)
@pytest.mark.parametrize("case", ARTICLES)
def test_a_format_gives_back_what_it_says_that_it_keeps(name: str, case: str, tmp_path: Path) -> None:
    module, article = registry.named(name), ARTICLES[case]
    if not module.KEEPS >= losses(article, frozenset(SHAPES) & module.KEEPS).keys() & set(SHAPES):
        pytest.skip("the article has a shape that the format cannot hold")
    nothing = replace(article, entities=(), quotes=(), claims=(), annotators=(), layers=Layers("none", "none", "none", "none"))

    made, problems = reconciled(exchanged(module, article, tmp_path), nothing, module.KEEPS, ME)

    assert [] == problems
    assert kept(article, module.KEEPS) == kept(made, module.KEEPS)


def test_losses_are_counted_by_field() -> None:
    article = ARTICLES["gold 000_3b584eadf7b65c4a"]

    lost = losses(article, fields(*LAYERS) - {"quotes[].status", "entities[].kb_id"})

    assert len(article.quotes) == lost["quotes[].status"]
    assert sum(entity.kb_id is not None for entity in article.entities) == lost["entities[].kb_id"]
    assert {"quotes[].status", "entities[].kb_id", *SHAPES} == lost.keys()
