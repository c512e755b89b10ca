"""pressmark: who said what in the news, as records with proven offsets. The functions are loaded when they are used first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pressmark.api import (
        Article,
        InvalidError,
        Issue,
        annotate,
        article,
        dump,
        html,
        load,
        score,
        to_spacy,
        validate,
    )

__all__ = [
    "Article",
    "InvalidError",
    "Issue",
    "annotate",
    "article",
    "dump",
    "html",
    "load",
    "score",
    "to_spacy",
    "validate",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'pressmark' has no attribute {name!r}")
    from pressmark import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
