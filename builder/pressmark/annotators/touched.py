"""Says which items stay when layers are proposed anew: what a person touched, and all that refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.project.proposals import LAYERS, NOTHING, Line, deleted, is_proposal
from pressmark.project.references import references

if TYPE_CHECKING:
    from pressmark.project.proposals import Ids, Item
    from pressmark.record.model import Article

_MACHINES = {"rules", "model"}


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of an article's items: the proposals of its project, and the claims that relations refer to.

    Outside a project nothing is remembered. There the signature counts: an item of rules or of a model is a proposal.
    """

    proposals: Line | None = None
    related: frozenset[str] = frozenset()

    def is_proposal(self, article: Article, layer: str, item: Item) -> bool:
        """Whether an item may be replaced, as far as it alone is concerned."""
        if getattr(article.layers, layer) == "gold" or (layer == "claims" and item.id in self.related):
            return False
        if self.proposals is not None:
            return is_proposal(self.proposals, layer, item)
        return any(one.id == item.annotator and one.kind in _MACHINES for one in article.annotators)

    def deleted(self, article: Article) -> dict[str, set[str]]:
        """The places of the proposals that a person deleted, by layer."""
        return deleted(self.proposals or NOTHING, article)


def touched(article: Article, past: Past) -> Ids:
    """The ids of the items that stay, by layer."""
    found: Ids = {layer: set() for layer in LAYERS}
    items = {(layer, item.id): item for layer in LAYERS for item in getattr(article, layer)}
    todo = [key for key, item in items.items() if not past.is_proposal(article, key[0], item)]
    while todo:
        layer, name = todo.pop()
        if (layer, name) in items and name not in found[layer]:
            found[layer].add(name)
            todo += references(items[layer, name])
    return found
