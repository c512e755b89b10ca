from __future__ import annotations

import os
import re
import signal
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CHECKOUT, annotate, example, project_of, tree, write_json
from pressmark.project.seeds import metadata, read, seeds
from pressmark.publish.build import build
from pressmark.record.issue import InvalidError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran


def test_the_seeds_of_the_checkout_are_those_that_their_readme_names() -> None:
    listed = dict(re.findall(r"^\W*([0-9a-f]{64})\W+(\S+\.txt)", (CHECKOUT / "seeds/README.md").read_text(), re.MULTILINE))
    found, _ = seeds(CHECKOUT)

    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in found} == {
        name: digest for digest, name in listed.items()
    }


@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_a_text_is_kept_to_the_letter(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = ("x" + text).encode()
    project = project_of(tmp_path_factory.mktemp("project"), {"a.txt": data})

    article = read(project, project / "seeds/a.txt", {})

    assert data == article.text.encode()
    assert sha256(data).hexdigest() == article.text_sha256


def test_line_ends_reach_the_dataset(tmp_path: Path) -> None:
    text = "One line.\r\nAnother.\rA third.\n\n\u2028A fourth.\x85 "
    project = project_of(tmp_path, {"ends.txt": text.encode()})

    build(project)

    assert text.encode() == (project / "seeds/ends.txt").read_bytes()
    assert r'"text":"One line.\r\nAnother.\rA third.\n\n' in (project / "data/articles.jsonl").read_text()


def test_seeds_come_in_the_order_of_their_ids_and_other_files_are_named(tmp_path: Path) -> None:
    names = ["b.txt", "z/a.txt", "c.TXT", "d.doc", ".hidden.txt", "README.md", "metadata.jsonl", "LICENSE"]
    project = project_of(tmp_path, dict.fromkeys(names, b"Text."))

    found, besides = seeds(project)

    assert ["a.txt", "b.txt", "c.TXT"] == [path.name for path in found]
    assert ["d.doc"] == [path.name for path in besides]


def test_metadata_are_found_by_the_path_below_the_seeds(tmp_path: Path) -> None:
    project = project_of(
        tmp_path, {"2023/a.txt": b"Text.", "metadata.jsonl": b'{"file_name": "2023/a.txt", "language": "id", "title": "T"}\n'}
    )

    article = read(project, project / "seeds/2023/a.txt", metadata(project)["2023/a.txt"])

    assert ("a", "id", "T", "seeds/2023/a.txt") == (
        article.id,
        article.language,
        article.metadata.title,
        article.metadata.source_file,
    )


def test_links_inside_the_project_are_followed(small: Path) -> None:
    (small / "drafts").mkdir()
    for name in ("seeds/plain.txt", "annotations/example.json"):
        path = small / name
        path.rename(small / "drafts" / path.name)
        path.symlink_to(f"../drafts/{path.name}")
    before = (small / "data/articles.jsonl").read_bytes()

    build(small)

    assert before == (small / "data/articles.jsonl").read_bytes()


def _seed(name: str, data: bytes = b"Text.") -> Callable[[Path], object]:
    return lambda project: project_of(project, {name: data})


def _metadata(line: str) -> Callable[[Path], object]:
    return lambda project: (project / "seeds/metadata.jsonl").write_text(line + "\n")


def _moved_out(name: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        outside = project.with_name("outside")
        (project / name).rename(outside)
        (project / name).symlink_to(outside)

    return change


def _annotation(stem: str = "example", **changes: object) -> Callable[[Path], object]:
    return lambda project: annotate(project, stem, **changes)


def _fifo(name: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        (project / name).unlink(missing_ok=True)
        os.mkfifo(project / name)

    return change


def _link(name: str, target: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        (project / name).unlink(missing_ok=True)
        (project / name).symlink_to(target)

    return change


# What is done to a good project, then the code and the file (from the project) of the issue, and a part of its message.
WORST: dict[str, tuple[Callable[[Path], object], str, str, str]] = {
    "an undecodable byte": (_seed("x.txt", b"Caf\xe9"), "seed-encoding", "seeds/x.txt", "byte 3 (0xe9)"),
    "a cut-off letter": (_seed("x.txt", "Café".encode()[:-1]), "seed-encoding", "seeds/x.txt", "byte 3"),
    "UTF-16": (_seed("x.txt", "Text.".encode("utf-16")), "seed-encoding", "seeds/x.txt", "byte 0"),
    "an encoded surrogate": (_seed("x.txt", b"x\xed\xa0\x80"), "seed-encoding", "seeds/x.txt", "byte 1"),
    "a byte order mark": (_seed("x.txt", b"\xef\xbb\xbfText."), "seed-bom", "seeds/x.txt", "byte 0"),
    "nothing": (_seed("x.txt", b""), "seed-empty", "seeds/x.txt", "no text"),
    "white space": (_seed("x.txt", " \r\n\t\u3000\n".encode()), "seed-empty", "seeds/x.txt", "no text"),
    "a NUL": (_seed("x.txt", "é\0".encode()), "seed-nul", "seeds/x.txt", "byte 2"),
    "one stem in two folders": (_seed("sub/plain.txt"), "seed-stem", "seeds/sub/plain.txt", "seeds/plain.txt"),
    "one stem but for the case": (_seed("sub/PLAIN.txt"), "seed-stem", "seeds/plain.txt", "seeds/sub/PLAIN.txt"),
    "one stem, other case of the suffix": (_seed("plain.TXT"), "seed-stem", "seeds/plain.txt", "seeds/plain.TXT"),
    "one stem, another suffix": (_seed("plain.html"), "seed-stem", "seeds/plain.html", "seeds/plain.txt"),
    "two stems that give one id": (_seed("plain (.txt"), "seed-stem", "seeds/plain.txt", "gets the id plain, as does"),
    "a stem with a line end": (_seed("x\n.txt"), "", "seeds/x\n.txt", ""),
    "a stem that is no text": (_seed(os.fsdecode(b"\xff.txt")), "", os.fsdecode(b"seeds/\xff.txt"), ""),
    "a folder that is no text": (_seed(os.fsdecode(b"\xff/x.txt")), "", os.fsdecode(b"seeds/\xff/x.txt"), ""),
    "the reserved stem": (_seed("relations.txt"), "seed-id", "seeds/relations.txt", "reserved"),
    "a FIFO for a seed": (_fifo("seeds/x.txt"), "", "seeds/x.txt", ""),
    "a FIFO for an annotation": (_fifo("annotations/example.json"), "", "annotations/example.json", ""),
    "a FIFO for the relations": (_fifo("annotations/relations.json"), "", "annotations/relations.json", ""),
    "a dangling link for a seed": (_link("seeds/x.txt", "y.txt"), "", "seeds/x.txt", ""),
    "a link to itself": (_link("seeds/x.txt", "x.txt"), "", "seeds/x.txt", ""),
    "a dangling link for an annotation": (_link("annotations/example.json", "y"), "", "annotations/example.json", ""),
    "a dangling link for the relations": (_link("annotations/relations.json", "y"), "", "annotations/relations.json", ""),
    "a seed from outside": (_moved_out("seeds/plain.txt"), "link-out", "seeds/plain.txt", "out of the project"),
    "a folder from outside": (_link("seeds/more", "/usr"), "link-out", "seeds/more", "out of the project"),
    "an annotation from outside": (
        _moved_out("annotations/example.json"),
        "link-out",
        "annotations/example.json",
        "out of the project",
    ),
    "all annotations from outside": (_moved_out("annotations"), "link-out", "annotations/example.json", ""),
    "relations from outside": (_moved_out("annotations/relations.json"), "link-out", "annotations/relations.json", ""),
    "metadata from outside": (_moved_out("seeds/metadata.jsonl"), "link-out", "seeds/metadata.jsonl", ""),
    "metadata of no seed": (_metadata('{"file_name": "y.txt"}'), "metadata-file-name", "seeds/metadata.jsonl", "y.txt"),
    "metadata of no name": (_metadata('{"language": "en"}'), "metadata-file-name", "seeds/metadata.jsonl", "file_name"),
    "metadata twice": (
        _metadata('{"file_name": "plain.txt"}\n{"file_name": "plain.txt"}'),
        "metadata-file-name",
        "seeds/metadata.jsonl",
        "occurs twice",
    ),
    "metadata with an unknown key": (
        _metadata('{"file_name": "plain.txt", "langauge": "en"}'),
        "metadata-key",
        "seeds/metadata.jsonl",
        "langauge",
    ),
    "metadata that are no JSON": (_metadata("{file_name: plain.txt}"), "file-json", "seeds/metadata.jsonl", ""),
    "metadata that are no object": (_metadata('["plain.txt"]'), "metadata-file-name", "seeds/metadata.jsonl", ""),
    "no date": (
        _metadata('{"file_name": "plain.txt", "published": "yesterday"}'),
        "schema-pattern",
        "seeds/metadata.jsonl",
        "yesterday",
    ),
    "a date and a line end": (
        _metadata(r'{"file_name": "plain.txt", "published": "2023-01-11\n"}'),
        "schema-pattern",
        "seeds/metadata.jsonl",
        "2023-01-11",
    ),
    "no language": (_metadata('{"file_name": "plain.txt", "language": "?"}'), "schema-", "seeds/metadata.jsonl", "?"),
    "a number for a title": (_metadata('{"file_name": "plain.txt", "title": 5}'), "schema-type", "seeds/metadata.jsonl", "5"),
    "the annotation of another text": (
        _annotation(text_sha256="0" * 64),
        "text-hash",
        "annotations/example.json",
        "seeds/example.txt",
    ),
    "an annotation with another id": (
        _annotation(id="plain"),
        "annotation-id",
        "annotations/example.json",
        "plain",
    ),
    "an annotation without a seed": (_annotation("y"), "annotation-seed", "annotations/y.json", "no seed"),
    "no annotation": (
        lambda project: (project / "annotations/example.json").write_text(""),
        "file-empty",
        "annotations/example.json",
        "empty",
    ),
    "two annotations": (
        lambda project: write_json(project / "annotations/example.json", []),
        "annotation-one",
        "annotations/example.json",
        "has 0",
    ),
}


@pytest.fixture
def _no_waiting() -> Iterator[None]:
    """To open a FIFO can take for ever; here, three seconds at most."""

    def stop(*_: object) -> None:
        raise AssertionError("still waiting")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(3)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("_no_waiting")
@pytest.mark.parametrize(("change", "code", "file", "part"), WORST.values(), ids=WORST)
def test_input_at_its_worst_is_one_clear_line_and_nothing_is_written(
    small: Path, change: Callable[[Path], object], code: str, file: str, part: str
) -> None:
    change(small)
    before = tree(small)

    with pytest.raises(InvalidError) as invalid:
        build(small)

    (issue,) = invalid.value.issues
    assert str(small / file) == issue.file
    assert issue.code.startswith(code)
    assert part in issue.message
    assert 1 == len(str(issue).splitlines())
    assert before == tree(small)


def test_a_folder_of_seeds_from_outside_is_refused(small: Path) -> None:
    _moved_out("seeds")(small)
    before = tree(small)

    with pytest.raises(InvalidError) as invalid:
        build(small)

    assert {"link-out"} == {issue.code for issue in invalid.value.issues}
    assert before == tree(small)


def test_no_seeds_at_all(tmp_path: Path) -> None:
    with pytest.raises(InvalidError) as invalid:
        build(tmp_path)

    assert ["seed-none"] == [issue.code for issue in invalid.value.issues]
    assert {} == tree(tmp_path)


def test_every_bad_seed_is_named_at_once(small: Path, pressmark: Callable[..., Ran]) -> None:
    project_of(small, {"bad.txt": b"\xff", "nul.txt": b"a\0", "void.txt": b""})
    annotate(small, "example", text_sha256="0" * 64)

    code, out, err = pressmark("build", small)

    assert (1, "") == (code, out)
    assert ["seed-encoding", "text-hash", "seed-nul", "seed-empty"] == re.findall(r": ((?:seed|text)-\w+): ", err)


def test_metadata_line_numbers(small: Path) -> None:
    (small / "seeds/metadata.jsonl").write_text('{"file_name": "plain.txt"}\n\n{"file_name": "plain.txt", "x": 1}\n')

    with pytest.raises(InvalidError) as invalid:
        build(small)

    assert {3} == {issue.line for issue in invalid.value.issues}


def test_the_longest_id_is_one(tmp_path: Path) -> None:
    assert "x" * 128 == seeds(project_of(tmp_path, {"x" * 128 + ".txt": b"Text."}))[0][0].stem


def test_a_link_has_the_id_of_its_own_name(tmp_path: Path) -> None:
    project = project_of(tmp_path, {"a.txt": example()["text"].encode()})
    (project / "seeds/b.txt").symlink_to("a.txt")

    assert ["a", "b"] == [read(project, path, {}).id for path in seeds(project)[0]]
