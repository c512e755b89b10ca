"""What a build makes of one article: its rows in each view, and what the dataset needs to know of it. A cache keeps it.

The cache is a folder with a file per article. The file's name is the SHA-256 of all that its content depends on, so an entry is
never wrong, only unused; its first bytes are the SHA-256 of the others, so a damaged one counts as missing.
"""

from __future__ import annotations

import errno
import os
import secrets
from array import array
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from pressmark.publish.card import Figures
from pressmark.publish.parquet import lines
from pressmark.publish.views import BY_NAME, rows
from pressmark.publish.views.relations import Proposed, propositions
from pressmark.validation.level6_dataset.corpus import Card
from pressmark.validation.level6_dataset.near_texts import CELL

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from pressmark.record.model import Article

CACHE = Path(".pressmark/cache")
_TAG = b"Signature: 8a477f597d28d172789f06886806bc55\n# Written by `pressmark build`; safe to delete.\n"  # bford.info/cachedir
_SHARDS = "shards.json"
_DIGEST = sha256().digest_size


class Prepared(msgspec.Struct, frozen=True):
    """An article of a dataset.

    ``digest`` covers all its rows. ``sizes`` has, for each view, the bytes of its rows as lines of JSON, and of the same lines
    in the cache. ``found`` is its card for the rules of the dataset, without the type of the sketch.
    """

    id: str
    source_file: str | None
    digest: bytes
    figures: dict[str, dict[str, int]]
    propositions: dict[str, Proposed]
    sizes: dict[str, tuple[int, int]]
    found: tuple[Any, ...]

    @property
    def card(self) -> Card:
        """What the rules of the dataset need to know of it."""
        made = Card(*self.found)
        return made._replace(sketch=array(CELL, made.sketch))


class Made(NamedTuple):
    """A file that a build wrote: its path in the dataset, its rows and its SHA-256."""

    path: str
    rows: int
    sha256: str


class Cache:
    """A folder of prepared articles, each under a key: 64 hexadecimal digits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self) -> None:
        """Makes the folder. Git and programs for backups leave it alone.

        Raises:
            OSError: it cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "CACHEDIR.TAG").write_bytes(_TAG)
        (self.folder / ".gitignore").write_bytes(b"*\n")

    def get(self, key: str) -> Prepared | None:
        """What is there under a key, if it is whole."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        if sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        size = int.from_bytes(data[_DIGEST : _DIGEST + 4])
        return msgspec.msgpack.decode(data[_DIGEST + 4 : _DIGEST + 4 + size], type=Prepared)

    def put(self, key: str, article: Article, card: Card) -> Prepared:
        """Keeps what a build makes of an article.

        Raises:
            OSError: it cannot be written.
        """
        made = {name: lines(BY_NAME[name], found) for name, found in rows(article).items()}
        packed = {name: _codec().compress(data, asbytes=True) for name, data in made.items()}
        figures = Figures()
        figures.add(article)
        prepared = Prepared(
            article.id,
            article.metadata.source_file,
            sha256(b"".join(made.values())).digest(),
            figures.counts,
            propositions(article),
            {name: (len(made[name]), len(packed[name])) for name in made},
            (*card._replace(sketch=card.sketch.tobytes()),),  # type: ignore[arg-type]
        )
        head = msgspec.msgpack.encode(prepared)
        body = b"".join([len(head).to_bytes(4), head, *packed.values()])
        _write(self._path(key), sha256(body).digest() + body)
        return prepared

    def lines(self, key: str, view: str) -> bytes:
        """The rows of an article in a view, as lines of JSON.

        Raises:
            OSError: there is no such entry.
        """
        with self._path(key).open("rb") as file:
            file.seek(_DIGEST)
            size = int.from_bytes(file.read(4))
            sizes = msgspec.msgpack.decode(file.read(size), type=_Sizes).sizes
            names = list(sizes)
            file.seek(sum(sizes[name][1] for name in names[: names.index(view)]), os.SEEK_CUR)
            length, packed = sizes[view]
            return bytes(_codec().decompress(file.read(packed), length, asbytes=True)) if length else b""

    def propositions(self, key: str) -> dict[str, Proposed]:
        """What the claims of an article propose, by their ids.

        Raises:
            FileNotFoundError: there is no such entry.
        """
        if (found := self.get(key)) is None:
            raise FileNotFoundError(errno.ENOENT, "was removed while a build ran", str(self._path(key)))
        return found.propositions

    def shards(self) -> dict[str, Made]:
        """The shards that the last build wrote, by their keys."""
        try:
            return msgspec.json.decode((self.folder / _SHARDS).read_bytes(), type=dict[str, Made])
        except (OSError, msgspec.DecodeError):
            return {}

    def remember(self, shards: dict[str, Made]) -> None:
        """Takes note of the shards that this build wrote.

        Raises:
            OSError: it cannot be written.
        """
        _write(self.folder / _SHARDS, msgspec.json.encode(shards))

    def prune(self, used: AbstractSet[str]) -> None:
        """Removes the entries that the last build did not use."""
        for path in self.folder.glob("??/*"):
            if f"{path.parent.name}{path.name}" not in used:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def _write(path: Path, data: bytes) -> None:
    """Writes a file whole, but not to the disk at once: what a power failure damages is noticed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{secrets.token_hex(8)}")
    beside.write_bytes(data)
    beside.replace(path)


class _Sizes(msgspec.Struct):
    sizes: dict[str, tuple[int, int]]


@cache
def _codec() -> Any:
    from pyarrow import Codec

    return Codec("zstd", 1)
