"""Says which extra of pressmark brings a package that is not installed."""

from __future__ import annotations

_EXTRAS = {
    "cassis": "inception",
    "datasets": "build",
    "distributed": "dask",
    "docx": "web",
    "httpx2": "llm",
    "huggingface_hub": "build",
    "lxml_html_clean": "web",
    "pyarrow": "build",
    "spacy": "spacy",
    "torch": "hf",
    "trafilatura": "web",
    "transformers": "hf",
}


def advice(error: ImportError, what: str = "this") -> str | None:
    """The message for a package that ``what`` needs; None if no extra brings it, which is a mistake of pressmark's own."""
    package = (error.name or "").partition(".")[0]
    if package not in _EXTRAS:
        return None
    return f"{what} needs the package {package}, which is not installed; run: pip install 'pressmark[{_EXTRAS[package]}]'"
