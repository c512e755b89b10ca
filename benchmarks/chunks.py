"""How much of each view a Hub client uploads again after three articles were added: ``python benchmarks/chunks.py FOLDER``.

The Hub's storage cuts files into chunks by their content and stores each chunk once:
https://huggingface.co/docs/xet/chunking. This is that chunker: a gear hash, 64 KiB in the mean, 8 to 128 KiB. Only the table
of random numbers is another, which moves the cuts and changes no mean.

A project of 10,000 synthetic articles (`synthetic`, of the ``.txt`` in FOLDER) is built, gets three more articles, one each in
its first quarter, middle and last quarter, and is built again. Printed for each view: the size of its files, and the bytes of
the second build in chunks that the first one did not have.
"""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from synthetic import Copies, real

from pressmark.publish.build import build

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALLEST, LARGEST = 8 << 10, 128 << 10  # bytes of a chunk
MASK = np.uint64(0xFFFF_0000_0000_0000)  # 16 bits are zero at one byte in 65,536
WINDOW = 64  # bytes that the hash sees, since each is shifted out of its 64 bits in time
TABLE = np.array([int.from_bytes(sha256(bytes([byte])).digest()[:8], "big") for byte in range(256)], np.uint64)
BLOCK = 16 << 20  # bytes hashed at once


def main() -> None:
    """Build twice and print the table."""
    parser = argparse.ArgumentParser(description="Measure how much of a rebuilt dataset is new to the Hub.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="pressmark-") as folder:
        project = Path(folder) / "project"
        copies = Copies(real(arguments.folder, Path(folder) / "real"))
        copies.fill(project, range(arguments.articles))
        build(project)
        before = stored(project / "data")
        for number, part in enumerate((0.2, 0.5, 0.8), start=arguments.articles):
            copies.write(project, f"{round(arguments.articles * part):06}-added", number)
        build(project)
        print(f"{arguments.articles:,} synthetic articles, then 3 more\n")
        print_table(before, stored(project / "data"))


Stored = dict[str, list[tuple[bytes, int]]]


def stored(data: Path) -> Stored:
    """For each view, and for the records as JSON Lines, the hash and the bytes of each chunk."""
    found: Stored = {}
    for path in sorted(data.rglob("*")):
        if path.suffix in {".parquet", ".jsonl"}:
            name = path.parent.name if path.suffix == ".parquet" else path.name
            found.setdefault(name, []).extend((sha256(chunk).digest(), len(chunk)) for chunk in chunks(path.read_bytes()))
    return found


def print_table(before: Stored, after: Stored) -> None:
    """Prints how many bytes of each view are new."""
    print("| view | MB | new MB | new |\n| --- | ---: | ---: | ---: |")
    for name, found in after.items():
        size = sum(length for _, length in found)
        new = sum(dict(set(found) - set(before.get(name, ()))).values())
        print(f"| {name} | {size / 1e6:.2f} | {new / 1e6:.2f} | {new / size:.0%} |")


def chunks(data: bytes) -> Iterator[bytes]:
    """Cuts a file where its content says so."""
    start = 0
    for candidate in [*_candidates(data), len(data)]:
        while candidate - start >= LARGEST:
            yield data[start : start + LARGEST]
            start += LARGEST
        if candidate - start >= SMALLEST:
            yield data[start:candidate]
            start = candidate
    if start < len(data):
        yield data[start:]


def _candidates(data: bytes) -> list[int]:
    """The places after which the hash of the last 64 bytes has the mask's bits at zero."""
    found: list[int] = []
    for start in range(0, len(data), BLOCK):
        before = max(0, start - WINDOW + 1)
        hashes = TABLE[np.frombuffer(data[before : start + BLOCK], np.uint8)]
        width = 1
        while width < WINDOW:  # the hash of twice the bytes is that of the later ones and the shifted one of the earlier
            hashes[width:] += hashes[:-width] << np.uint64(width)
            width *= 2
        places = np.flatnonzero((hashes & MASK) == 0) + before + 1
        found += places[places > start].tolist()
    return found


if __name__ == "__main__":
    main()
