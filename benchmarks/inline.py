"""Prints how long the annotations of the seeds are as inline drafts, next to their texts and their JSON drafts.

    python benchmarks/inline.py

Lengths are code points. "Marks" counts the inline draft up to its line ``---``: the head, and the text with its mentions.
"""

from __future__ import annotations

from pathlib import Path

from pressmark.annotators.inputs import articles_in
from pressmark.formats import inline

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Prints one row an article."""
    print(
        f"{'article':24}{'text':>8}{'inline':>8}{'marks':>8}{'JSON':>8}{'inline/text':>13}{'JSON/text':>11}{'inline/JSON':>13}"
    )
    for article in articles_in(ROOT):
        ((_, data),) = inline.write([article])
        written = data.decode()
        marks = written.rindex("\n---\n")
        text, whole = len(article.text), len(written)
        json = len((ROOT / f"annotations/drafts/{article.id}.json").read_text(encoding="utf-8"))
        print(f"{article.id:24}{text:8}{whole:8}{marks:8}{json:8}{whole / text:13.1f}{json / text:11.1f}{whole / json:13.2f}")


if __name__ == "__main__":
    main()
