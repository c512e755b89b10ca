"""Scores which mentions are of one entity: MUC, B³, CEAF-e, LEA and the CoNLL average. A mention is its exact span.

Counts are summed over articles before the division, as in the reference scorer (Pradhan et al. 2014). Entities with one
mention count, except for MUC, which counts links.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pressmark.scoring.matching import optimal
from pressmark.scoring.tally import MEAN, PRF, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from pressmark.record.model import Article
    from pressmark.scoring.pair import Pair

    Clusters = Sequence[frozenset[Hashable]]


def tallies(pair: Pair) -> dict[str, Tally]:
    """The figures over all entities of the article."""
    return metrics(clusters(pair.gold), clusters(pair.pred))


def clusters(article: Article) -> list[frozenset[Hashable]]:
    """The spans of each entity, as a partition: a span of two entities belongs to the one whose spans sort first."""
    taken: set[tuple[int, int]] = set()
    found: list[frozenset[Hashable]] = []
    for spans in sorted(sorted({mention.range for mention in entity.mentions}) for entity in article.entities):
        if free := set(spans) - taken:
            found.append(frozenset(free))
        taken |= free
    return found


def metrics(key: Clusters, response: Clusters) -> dict[str, Tally]:
    """All five metrics. ``conll`` is the mean of the F1 of MUC, B³ and CEAF-e (Pradhan et al. 2012)."""
    muc, b3, ceaf_e = _both(_muc, key, response), _both(_b_cubed, key, response), _ceaf_e(key, response)
    counts = {"muc": muc, "b3": b3, "ceaf_e": ceaf_e, "lea": _both(_lea, key, response)}
    return {name: Tally(PRF, of_metric) for name, of_metric in counts.items()} | {"conll": Tally(MEAN, muc + b3 + ceaf_e)}


def _both(recall: Callable[[Clusters, Clusters], tuple[float, float]], key: Clusters, response: Clusters) -> tuple[float, ...]:
    """Recall and precision. Precision is recall with the sides exchanged."""
    return recall(key, response) + recall(response, key)


def _home(found: Iterable[frozenset[Hashable]]) -> dict[Hashable, int]:
    return {mention: i for i, cluster in enumerate(found) for mention in cluster}


def _parts(cluster: frozenset[Hashable], home: dict[Hashable, int]) -> Counter[int]:
    """How many mentions of the cluster are in each entity of the other side."""
    return Counter(home[mention] for mention in cluster if mention in home)


def _muc(key: Clusters, response: Clusters) -> tuple[float, float]:
    """Links found: the size of an entity minus the number of parts that the other side splits it into (Vilain et al. 1995)."""
    home, found = _home(response), 0
    for cluster in key:
        parts = _parts(cluster, home)
        found += parts.total() - len(parts)
    return found, sum(len(cluster) - 1 for cluster in key)


def _b_cubed(key: Clusters, response: Clusters) -> tuple[float, float]:
    """For each mention the share of its entity that the other side puts with it (Bagga and Baldwin 1998)."""
    home = _home(response)
    found = sum(sum(part**2 for part in _parts(cluster, home).values()) / len(cluster) for cluster in key)
    return found, sum(map(len, key))


def _lea(key: Clusters, response: Clusters) -> tuple[float, float]:
    """For each entity, weighted by its size, the share of its links that are found (Moosavi and Strube 2016).

    An entity with one mention has one link, to itself. The link is found if the other side has the same entity.
    """
    home, found = _home(response), 0.0
    for cluster in key:
        parts = _parts(cluster, home)
        if len(cluster) == 1:
            found += sum(len(response[i]) == 1 for i in parts)
        else:
            links = sum(part * (part - 1) for part in parts.values()) / (len(cluster) * (len(cluster) - 1))
            found += len(cluster) * links
    return found, sum(map(len, key))


def _ceaf_e(key: Clusters, response: Clusters) -> tuple[float, ...]:
    """Entities aligned one to one, so that the sum of φ₄ = 2 |K ∩ R| / (|K| + |R|) is greatest (Luo 2005)."""
    home = _home(response)
    likeness = {
        (i, j): 2 * part / (len(cluster) + len(response[j]))
        for i, cluster in enumerate(key)
        for j, part in _parts(cluster, home).items()
    }
    total = sum(likeness[place] for place in optimal(likeness))
    return total, len(key), total, len(response)
