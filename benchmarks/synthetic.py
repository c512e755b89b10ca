"""Makes a project of any size: ``python benchmarks/synthetic.py FOLDER PROJECT --articles 10000``, of the ``.txt`` in FOLDER.

The articles are synthetic. Each is a copy of a real one that `pressmark annotate` annotated. In a copy, about a quarter of the
longer words in lower case are replaced by others of the same length that real articles use, so every offset stays. Copies
differ, except that two of a very short article may not: 4 of 30,000 were such, and a build warns of them. Spans, labels and
sizes are as in the real ones, but what a copy says makes no sense, and the order of its words compresses a little worse.
Measure size and growth on them, never quality.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
from collections import deque
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from pressmark.annotators.pipeline import Plan
from pressmark.annotators.run import annotate
from pressmark.project.articles import finished
from pressmark.record.issue import InvalidError

WORD = re.compile(r"[a-z]{5,}")
KEPT = ("mentions", "cue", "sources", "addressees")  # their words decide what rules expect, so no copy changes them
REWRITTEN = ("name", "proposition")  # texts of a record that are no spans


def main() -> None:
    """Make the project."""
    parser = argparse.ArgumentParser(description="Make a project of synthetic articles.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("project", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="pressmark-") as folder:
        copies = Copies(real(arguments.folder, Path(folder)))
        copies.fill(arguments.project, range(arguments.articles))


def real(folder: Path, project: Path, count: int | None = None) -> Path:
    """Makes a project of the texts in a folder, annotated by rules. What is invalid is left out."""
    (project / "seeds").mkdir(parents=True)
    for path in islice(sorted(folder.glob("*.txt")), count):
        shutil.copy(path, project / "seeds")
    deque(annotate([project], Plan()), maxlen=0)
    for seed in (project / "seeds").glob("*.txt"):
        try:
            finished(project, seed, {})
        except InvalidError:
            seed.unlink()
            (project / "annotations" / f"{seed.stem}.json").unlink(missing_ok=True)
    return project


class Copies:
    """Any number of copies of the articles of a project; the same number always gives the same copy."""

    def __init__(self, project: Path) -> None:
        texts = {path: (project / "seeds" / f"{path.stem}.txt").read_bytes().decode() for path in _annotations(project)}
        self._real = [(text, path.read_bytes()) for path, text in texts.items()]
        self._words: dict[int, list[str]] = {}
        for text in texts.values():
            for word in WORD.findall(text):
                self._words.setdefault(len(word), []).append(word)

    def fill(self, project: Path, numbers: range) -> None:
        """Adds the copies with these numbers to a project."""
        for number in numbers:
            self.write(project, f"{number:06}", number)

    def write(self, project: Path, name: str, number: int) -> None:
        """Writes the seed and the annotation of one copy under a name."""
        chance = random.Random(number)
        text, data = chance.choice(self._real)
        annotation = orjson.loads(data)
        swaps = self._swaps(text, annotation, chance)
        text = _swapped(text, swaps)
        _rewrite(annotation, text, swaps)
        annotation |= {"id": name, "text_sha256": sha256(text.encode()).hexdigest()}
        for folder, ending, made in (
            ("seeds", "txt", text.encode()),
            ("annotations", "json", orjson.dumps(annotation, option=orjson.OPT_INDENT_2)),
        ):
            (project / folder).mkdir(parents=True, exist_ok=True)
            (project / folder / f"{name}.{ending}").write_bytes(made)

    def _swaps(self, text: str, annotation: dict[str, Any], chance: random.Random) -> dict[str, str]:
        parts = [part for layer in ("entities", "quotes") for part in annotation[layer]]
        kept = {word for part in parts for key in KEPT for span in part.get(key, ()) for word in WORD.findall(span["text"])}
        words = sorted({*WORD.findall(text)} - kept)
        return {word: chance.choice(self._words[len(word)]) for word in chance.sample(words, len(words) // 4)}


def _annotations(project: Path) -> list[Path]:
    return sorted((project / "annotations").glob("*.json"))


def _swapped(text: str, swaps: dict[str, str]) -> str:
    return WORD.sub(lambda match: swaps.get(match[0], match[0]), text)


def _rewrite(node: Any, text: str, swaps: dict[str, str]) -> None:
    """Gives every span of an annotation its text anew, and swaps the words of names and propositions."""
    if isinstance(node, list):
        for child in node:
            _rewrite(child, text, swaps)
    elif isinstance(node, dict):
        if "start" in node:
            node["text"] = text[node["start"] : node["end"]]
        for key, child in node.items():
            if key in REWRITTEN:
                node[key] = _swapped(child, swaps)
            elif isinstance(child, list):
                _rewrite(child, text, swaps)


if __name__ == "__main__":
    main()
