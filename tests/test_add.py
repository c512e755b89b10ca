"""`pressmark add`: what a source says becomes seeds and metadata, to the letter, and nothing that is there is overwritten."""

from __future__ import annotations

import json
import sys
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CHECKOUT, annotate, example, project_of, tree
from pressmark.project.adding.columns import Choice, ColumnError, columns
from pressmark.project.adding.days import day
from pressmark.project.adding.reanchor import moved, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

TEXT = "“We are ready,” Ann Lee said.\r\n\r\n  It rained. \n"


DATED = "The dam fails in the hills\n\nTuesday, May 3, 2011\n\nThe dam failed on Monday, Ann Lee said. Nobody was hurt there.\n"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    (tmp_path / "news/seeds").mkdir(parents=True)
    return tmp_path / "news"


def lines(project: Path) -> dict[str, dict[str, Any]]:
    """What is known of each seed, without what is not known."""
    found = map(json.loads, (project / "seeds/metadata.jsonl").read_text(encoding="utf-8").splitlines())
    return {line.pop("file_name"): {key: value for key, value in line.items() if value} for line in found}


def seeds(project: Path) -> dict[str, str]:
    return {
        path.relative_to(project / "seeds").as_posix(): path.read_bytes().decode()
        for path in (project / "seeds").rglob("*.txt")
    }


def table(path: Path, *rows: str, encoding: str = "utf-8") -> Path:
    path.write_text("".join(rows), encoding=encoding, newline="")
    return path


def records(path: Path, *rows: dict[str, Any]) -> Path:
    return table(path, *(json.dumps(row) + "\n" for row in rows))


def test_a_date_line_is_the_day_of_publication_if_nothing_else_says_it(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    table(tmp_path / "dated.txt", DATED)
    records(tmp_path / "known.jsonl", {"id": "known", "text": f"{DATED}!", "published": "2011-05-04"})

    done = pressmark("add", tmp_path / "dated.txt", tmp_path / "known.jsonl", "--project", new)

    assert {"published": "2011-05-03", "inferred": ["published"]} == lines(new)["dated.txt"]
    assert {"published": "2011-05-04"} == lines(new)["known.txt"]
    assert "dated.txt: published: 2011-05-03 is read from the date line" in done.err


@pytest.mark.parametrize("line", ["KIEL, May 3 (Reuters) -", "3/5/2011\n\n", "Dienstag, 3. Mai 2011\n\n"])
def test_a_date_line_that_names_no_sure_day_is_left(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran], line: str
) -> None:
    table(tmp_path / "a.txt", f"The dam fails in the hills\n\n{line} The dam failed on Monday, Ann Lee said.\n")

    pressmark("add", tmp_path / "a.txt", "--project", new)

    assert {} == lines(new)["a.txt"]


# Tables


def test_a_row_of_csv_becomes_a_seed_and_a_line_of_metadata(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    source = table(
        tmp_path / "a.csv",
        "ID,Headline,Body,Date,Outlet,Page\n",
        f'n1,Ready,"{TEXT}",2023-01-11T23:30:00-05:00,The Courier,7\n',
    )

    code, out, err = pressmark("add", source, "--project", new, "--set", "language=en")

    assert (0, f"{new / 'seeds/n1.txt'}\n") == (code, out)
    assert {"n1.txt": TEXT} == seeds(new)
    known = {"language": "en", "title": "Ready", "publisher": "The Courier", "published": "2023-01-11"}
    assert {"n1.txt": known} == lines(new)
    shown = "text from 'Body', id from 'ID', title from 'Headline', published from 'Date', publisher from 'Outlet'"
    assert f"{source}: {shown}; not used: 'Page'\n" == err.splitlines(keepends=True)[0]
    assert 0 == pressmark("build", new).code


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1).filter(str.strip))
def test_the_text_of_a_cell_is_kept_to_the_letter(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    import csv

    from pressmark.project.adding import into_project
    from pressmark.project.adding.sources import articles

    folder = tmp_path_factory.mktemp("news")
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text"], [text]])
    with into_project.opened(folder, {}) as adding:
        (result,) = map(adding.add, articles(folder / "a.csv", Choice()))

    assert text.startswith("\ufeff") == (result.kind == "unread")
    assert result.path is None or result.path.read_bytes() == text.encode()


@pytest.mark.parametrize("delimiter", ",;\t|")
def test_the_delimiter_is_found(new: Path, tmp_path: Path, pressmark: Callable[..., Ran], delimiter: str) -> None:
    source = table(
        tmp_path / "a.csv", "id,text\n".replace(",", delimiter), f'n1{delimiter}"It rained, and rained; and|rained."\n'
    )

    assert 0 == pressmark("add", source, "--project", new).code
    assert {"n1.txt": "It rained, and rained; and|rained."} == seeds(new)


def test_json_lines_parquet_and_tsv_are_tables_too(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    one = records(tmp_path / "a.jsonl", {"id": 7, "text": "Seven."}, {"id": 7.0, "text": "Seven."}, {"text": "No id."})
    two = tmp_path / "b.parquet"
    day_ = date(2023, 1, 11)
    pq.write_table(pa.table({"id": ["p"], "article": ["In Parquet."], "date": [day_], "authors": [["Ann", "Bob"]]}), two)
    three = table(tmp_path / "c.tsv", "doc_id\tcontent\n", "t\tIn TSV.\n")

    assert 0 == pressmark("add", one, two, three, "--project", new).code
    assert {"7.txt": "Seven.", "a-3.txt": "No id.", "p.txt": "In Parquet.", "t.txt": "In TSV."} == seeds(new)
    assert {"author": "Ann, Bob", "published": "2023-01-11"} == lines(new)["p.txt"]


def test_a_page_that_trafilatura_saved_keeps_its_address_and_publisher(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    page = {"title": "Ready", "author": "Mary Poe", "hostname": "courier.example", "date": "2023-01-11", "id": None}
    page |= {"raw_text": "raw", "text": "It rained.", "source": "https://courier.example/a", "source-hostname": "The Courier"}
    (tmp_path / "page one.json").write_text(json.dumps(page))

    assert 0 == pressmark("add", tmp_path / "page one.json", "--project", new).code
    assert {"page-one.txt": "It rained."} == seeds(new)
    known = {"title": "Ready", "author": "Mary Poe", "publisher": "The Courier", "url": "https://courier.example/a"}
    assert known | {"published": "2023-01-11"} == lines(new)["page-one.txt"]


def test_a_dataset_that_datasets_saved_keeps_its_splits(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    from datasets import Dataset, DatasetDict

    parts = {name: Dataset.from_dict({"id": [name], "text": [f"This is {name}."]}) for name in ("train", "test", "validation")}
    DatasetDict(parts).save_to_disk(tmp_path / "all")
    parts["test"].map(lambda _: {"id": "alone", "text": "Alone."}).save_to_disk(tmp_path / "one")

    assert 0 == pressmark("add", tmp_path / "all", tmp_path / "one", "--project", new).code
    found = {"train/train.txt", "test/test.txt", "validation/validation.txt", "alone.txt"}
    assert found == seeds(new).keys()


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["body", "headline", "x"], {"text": "body", "title": "headline"}),
        (["Full Text", "Pub-Date"], {"text": "Full Text", "published": "Pub-Date"}),
        (["text", "body"], {"text": "text"}),
        (["content", "source"], {"text": "content", "publisher": "source"}),
    ],
)
def test_usual_names_of_columns_are_known(names: list[str], found: dict[str, str]) -> None:
    assert found == columns(names, Choice())


def test_a_source_that_is_an_address_is_the_url() -> None:
    found = columns(["text", "source"], Choice(), {"source": "https://courier.example/a"})

    assert {"text": "text", "url": "source"} == found


def test_a_named_column_goes_before_a_usual_name() -> None:
    assert {"text": "lead", "title": "text"} == columns(["text", "lead"], Choice({"text": "lead", "title": "text"}))


@pytest.mark.parametrize(("choice", "said"), [(Choice({"title": "c"}), "no column 'c'.*a, b"), (Choice(), "--text: a, b")])
def test_a_missing_column_names_those_that_there_are(choice: Choice, said: str) -> None:
    with pytest.raises(ColumnError, match=said):
        columns(["a", "b"], choice)


def test_a_missing_column_is_wrong_usage_and_nothing_is_written(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    good, wrong = table(tmp_path / "a.csv", "text\n", "It rained.\n"), table(tmp_path / "b.csv", "a,b\n", "1,2\n")

    code, out, err = pressmark("add", good, wrong, "--project", new)

    assert (2, "") == (code, out)
    assert f"pressmark: {wrong}: no column looks like the text of an article; name it with --text: a, b\n" in err
    assert [new / "seeds"] == list(new.rglob("*"))


def test_what_cannot_be_read_is_named_with_its_line_and_costs_only_itself(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    source = table(tmp_path / "a.csv", "id,text\n", 'a,"two\nlines"\n', "b,\n", "c\n", "d,Right.\n", 'e,"open\n')

    code, _, err = pressmark("add", source, "--project", new)

    assert 1 == code
    assert {"a.txt", "d.txt"} == seeds(new).keys()
    for said in (":4: has no text in 'text'", ":5: has 1 fields, but the first line names 2", ":7: the rest is not CSV: "):
        assert f"{source}{said}" in err
    assert ["5", "2", "3"] == err.splitlines()[-3].split()[1:]


@pytest.mark.parametrize(
    "row", ['{"text": "x\\u0000"}', '{"text": "\\ud800"}', '{"text": 1}', "[]", "{", '{"text": " "}', '{"text": "\\ufeffx"}']
)
def test_a_record_without_a_usable_text_is_named(new: Path, tmp_path: Path, pressmark: Callable[..., Ran], row: str) -> None:
    source = table(tmp_path / "a.jsonl", '{"text": "Right."}\n', f"{row}\n")

    code, _, err = pressmark("add", source, "--project", new)

    assert (1, {"a-1.txt"}) == (code, set(seeds(new)))
    assert f"{source}:2: " in err


def test_another_encoding_is_named_and_can_be_given(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    source = table(tmp_path / "a.csv", "text\n", "“Naïve”\n", encoding="cp1252")

    assert (2, "", f"pressmark: {source}: is not utf-8: 0x93 does not fit; name its encoding, such as --encoding cp1252\n") == (
        pressmark("add", source, "--project", new)
    )
    assert 0 == pressmark("add", source, "--project", new, "--encoding", "cp1252").code
    assert {"a.txt": "“Naïve”"} == seeds(new)


def test_a_table_with_a_byte_order_mark_is_read_as_the_mark_says(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    source = table(tmp_path / "a.csv", "text\tid\n", "“Naïve”\tone\n", encoding="utf-16")

    assert 0 == pressmark("add", source, "--project", new).code
    assert {"one.txt": "“Naïve”"} == seeds(new)


def test_a_table_with_an_open_quotation_mark_is_told_with_its_line(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    source = table(tmp_path / "a.csv", "id,text\n", 'a,"open\n')

    code, _, err = pressmark("add", source, "--project", new)

    assert 2 == code
    assert f"{source}: line 2: the rest is not CSV: " in err
    assert "every field that a quotation mark opens must be closed" in err


@pytest.mark.parametrize("options", [[], ["--replace"]])
def test_an_id_that_a_table_has_twice_is_never_a_corrected_version(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran], options: list[str]
) -> None:
    source = table(tmp_path / "a.csv", "id,text\n", "a,One.\n", "a,Two.\n")
    for _ in range(2):
        code, _, err = pressmark("add", source, "--project", new, *options)

        assert (1, {"a.txt": "One."}) == (code, seeds(new))
        assert f"{source}:3: the id a occurs twice with different texts; give each article an id of its own" in err


def test_one_of_two_articles_with_the_same_text_can_be_corrected(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    head = "id,text,publisher\n"
    pressmark("add", table(tmp_path / "a.csv", head, "a,Same.,A\n", "b,Same.,B\n"), "--project", new)
    source = table(tmp_path / "a.csv", head, "a,Same.,A\n", "b,Corrected.,B\n")

    assert 0 == pressmark("add", source, "--project", new, "--replace").code
    assert {"a.txt": "Same.", "b.txt": "Corrected."} == seeds(new)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--split", "tset"], "--split tset: the splits are train, validation and test"),
        (["--encoding", "utf8x"], "--encoding utf8x: there is no such encoding"),
        (["--date-format", "%q"], "--date-format %q: is not a form of a day; write one such as %d/%m/%Y"),
        (["--date-format", "%d/%m"], "--date-format %d/%m: is not a form of a day"),
        (["--set", "language"], "--set language: write FIELD=VALUE"),
        (["--set", "colour=red"], "--set colour=red: write FIELD=VALUE"),
        (["--set", "published=today"], '--set: published "today" must be a day'),
    ],
)
def test_wrong_options_are_wrong_usage(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran], options: list[str], said: str
) -> None:
    code, out, err = pressmark("add", table(tmp_path / "a.csv", "text\n", "x\n"), "--project", new, *options)

    assert (2, "") == (code, out)
    assert err.startswith(f"pressmark: {said}")


def test_control_characters_of_a_source_never_reach_the_terminal(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    source = table(tmp_path / "\x1b[2Ja.csv", "text,\x1b[31m,date\n", "x,y,\x1b[0m\n", "\n", ",,\n")

    ran = pressmark("add", source, "--project", new)

    assert "\\x1b[31m" in ran.err
    assert "\x1b" not in ran.out + ran.err


def test_a_folder_that_is_no_project_stays_as_it_is(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    source = table(tmp_path / "a.csv", "text\n", "x\n")
    said = f"pressmark: {tmp_path}: has no seeds/, so it is not a project; name one with --project, or run pressmark init\n"

    assert (2, "", said) == pressmark("add", source, "--project", tmp_path)
    assert [source] == list(tmp_path.iterdir())


# Texts and folders


def test_a_folder_of_texts_keeps_their_bytes(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    folder = tmp_path / "texts"
    project_of(
        folder, {"../Head line (1).txt": TEXT.encode(), "../in/b.TXT": b"\xef\xbb\xbfMarked.", "../test/c.txt": b"Test."}
    )
    project_of(
        folder, {"../metadata.jsonl": b'{"file_name": "in/b.TXT", "title": "B", "colour": "red"}\n', "../.git/x.txt": b"x"}
    )

    assert 0 == pressmark("add", folder, "--project", new).code
    assert {"Head-line-1.txt": TEXT, "b.txt": "Marked.", "test/c.txt": "Test."} == seeds(new)
    assert {"title": "B"} == lines(new)["b.txt"]


def test_other_files_of_a_folder_are_named_with_what_to_do(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    folder = tmp_path / "mixed"
    project_of(folder, {f"../{name}": b"x" for name in ("a.pdf", "b.doc", "c.png", "d.csv", "e.txt")})

    code, _, err = pressmark("add", folder, "--project", new)

    assert (1, {"e.txt"}) == (code, set(seeds(new)))
    assert f"{folder / 'a.pdf'}: a PDF has lines, not paragraphs; convert it with `ebook-convert" in err
    assert f"{folder / 'b.doc'}: convert it with `soffice --headless --convert-to docx FILE.doc`" in err
    assert f"{folder / 'c.png'}: is of no kind that can be read: text (.txt), CSV, " in err
    assert f"{folder / 'd.csv'}: has no rows" in err


def test_a_folder_without_files_is_said_to_be_empty(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    (tmp_path / "empty").mkdir()

    ran = pressmark("add", tmp_path / "empty", "--project", new)

    assert 1 == ran.code
    assert f"{tmp_path / 'empty'}: has no files\n" in ran.err


@pytest.mark.parametrize(("file", "package"), [("a.html", "trafilatura"), ("a.html", "lxml_html_clean"), ("a.docx", "docx")])
def test_a_missing_extra_is_named(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, file: str, package: str
) -> None:
    (tmp_path / file).write_bytes(b"<p>It rained.</p>")
    if package == "lxml_html_clean":
        if find_spec("justext") is None:
            pytest.skip("needs the extra web")
        for name in [name for name in sys.modules if name.partition(".")[0] in {"trafilatura", "justext", "lxml"}]:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)

    code, _, err = pressmark("add", tmp_path / file, "--project", new)

    assert 3 == code
    assert f"the package {package}, which is not installed; run: pip install 'pressmark[web]'" in err


_PAGE = """<html lang="en"><head><title>Bridge | The Courier</title><meta property="og:title" content="Bridge to open">
<meta property="og:site_name" content="The Courier"><meta name="author" content="Mary Poe">
<meta property="article:published_time" content="2023-01-11T22:30:00+00:00">
<link rel="canonical" href="https://courier.example/bridge"></head><body><nav><a href="/">Home</a></nav><article><h1>Bridge</h1>
<p>“We are <em>ready</em>,” Ann Lee, the mayor, said on Wednesday. The bridge was closed after an inspection found cracks.</p>
<p>The council voted to pay for the work, and added that the money had been set aside two years ago for this purpose.</p>
</article><footer>All rights reserved.</footer></body></html>"""


def test_a_web_page_gives_its_readable_text_and_what_it_says_of_itself(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    pytest.importorskip("lxml_html_clean")
    pytest.importorskip("trafilatura")
    (tmp_path / "page.html").write_text(_PAGE, encoding="utf-8")
    (tmp_path / "empty.html").write_text("<html><body></body></html>")

    code, _, err = pressmark("add", tmp_path / "page.html", tmp_path / "empty.html", "--project", new)

    text = seeds(new)["page.txt"]
    assert (1, {"page.txt"}) == (code, set(seeds(new)))
    assert "“We are ready,” Ann Lee, the mayor, said on Wednesday." in text
    assert "Home" not in text
    assert "rights reserved" not in text
    known = {"title": "Bridge to open", "author": "Mary Poe", "publisher": "The Courier", "published": "2023-01-11"}
    assert known | {"url": "https://courier.example/bridge"} == lines(new)["page.txt"]
    assert f"{tmp_path / 'empty.html'}: no readable text was found in the page" in err


def test_a_word_file_gives_its_paragraphs_line_breaks_and_cells(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Bridge")
    document.add_paragraph("“We are ready,”\nAnn Lee ").add_run("said.").bold = True
    document.add_table(1, 2).cell(0, 1).text = "A cell."
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "b.docx").write_bytes(b"PK no Word file")

    code, _, err = pressmark("add", tmp_path / "a.docx", tmp_path / "b.docx", "--project", new)

    assert 1 == code
    assert {"a.txt": "Bridge\n\n“We are ready,”\nAnn Lee said.\n\nA cell."} == seeds(new)
    assert f"{tmp_path / 'b.docx'}: is not a complete Word file: " in err


# Ids and metadata


@pytest.mark.parametrize(
    ("called", "name"),
    [("2023/01/a b", "2023-01-a-b"), ("https://x.example/a", "https-x.example-a"), ("", "a"), ("新", "a"), ("v1.2", "v1.2")],
)
def test_an_id_follows_the_rule_of_file_names(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran], called: str, name: str
) -> None:
    assert 0 == pressmark("add", records(tmp_path / "a.jsonl", {"id": called, "text": "x"}), "--project", new).code
    assert {f"{name}.txt"} == seeds(new).keys()


@pytest.mark.parametrize(
    "written",
    [
        "2023-01-11", "2023-01-11T23:59:59Z", "2023-01-11 10:00", "2023/01/11", "20230111", "11 January 2023",
        "January 11, 2023", "Jan 11, 2023 at 10:00 am", "11 Jan 2023", "Wed, 11 Jan 2023 10:00:00 GMT",
    ],
)  # fmt: skip
def test_a_day_that_is_sure_is_read(written: str) -> None:
    assert "2023-01-11" == day(written)


@pytest.mark.parametrize("written", ["1/2/2023", "11.1.2023", "2023-13-01", "yesterday", "1673395200", "2023", ""])
def test_a_day_that_is_not_sure_is_not_read(written: str) -> None:
    assert day(written) is None


def test_the_form_of_days_can_be_given() -> None:
    assert "2023-02-01" == day("1/2/2023", "%d/%m/%Y")
    assert "2023-01-11" == day("2023-01-11", "%d/%m/%Y")


def test_metadata_that_the_schema_refuses_are_left_out_and_named(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    row = {"text": "x", "title": "\x1b[31m", "language": "the English language", "date": "1/2/2023", "author": float("nan")}
    source = table(tmp_path / "a.csv", ",".join(row) + "\n", ",".join(map(str, row.values())) + "\n")

    code, _, err = pressmark("add", source, "--project", new)

    assert (0, {"author": "nan"}) == (code, lines(new)["a.txt"])
    assert f"{source}:2: published: '1/2/2023' can be more than one day" in err
    assert f"{source}:2: language 'the English language' is left out; it " in err
    assert f"{source}:2: title '\\x1b[31m' is left out; it " in err
    assert 0 == pressmark("build", new).code


# Again, and beside what is there


def test_a_second_run_changes_nothing(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    source = records(tmp_path / "a.jsonl", {"id": "a", "text": "x", "title": "A"}, {"id": "b", "text": "y"})
    pressmark("add", source, "--project", new)
    before = tree(new)

    code, out, _ = pressmark("add", source, "--project", new)

    assert (0, "") == (code, out)
    assert before == tree(new)


def test_a_dry_run_writes_nothing_and_says_the_same(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    source = records(tmp_path / "a.jsonl", {"id": "a", "text": "x"}, {"id": "b", "text": "x"})

    dry = pressmark("add", source, "--project", new, "--dry-run")

    assert [new / "seeds"] == list(new.rglob("*"))
    wet = pressmark("add", source, "--project", new)
    assert (dry.code, dry.out.replace(" (not written)", "")) == (wet.code, wet.out)
    assert dry.err.splitlines()[:-1] == wet.err.splitlines()[:-1]


def test_another_text_under_an_id_is_a_conflict_and_overwrites_nothing(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    project_of(new, {"in/A.txt": b"mine"})
    before = tree(new)

    code, _, err = pressmark("add", records(tmp_path / "a.jsonl", {"id": "a", "text": "theirs"}), "--project", new)

    assert 1 == code
    assert f"{tmp_path / 'a.jsonl'}:1: the id A has another text; --replace takes this one" in err
    assert before == tree(new)


def test_a_text_that_is_there_under_another_id_is_skipped(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    project_of(new, {"a.txt": b"same"})

    code, _, err = pressmark("add", records(tmp_path / "a.jsonl", {"id": "b", "text": "same"}), "--project", new)

    assert (0, {"a.txt"}) == (code, set(seeds(new)))
    assert f"{tmp_path / 'a.jsonl'}:1: has the text of a\n" in err


def test_wire_copy_is_added_and_marked_and_counted(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    rows = [{"id": name, "text": "It rained in Rome.", "publisher": name} for name in ("AP", "AFP")]
    third = {"id": "third", "text": "It rained in Rome.", "url": "https://x.example/a"}

    ran = pressmark("add", records(tmp_path / "a.jsonl", *rows, third), "--project", new)

    assert {"AP.txt": {"publisher": "AP"}, "AFP.txt": {"publisher": "AFP", "duplicate_of": "AP"}} == lines(new)
    assert "a.jsonl:2: has the text of AP, from another publisher; marked as duplicate_of\n" in ran.err
    pressmark("annotate", new)
    assert (0, "pressmark: 2 files, 2 records: no issues\n") == pressmark("validate", new)[::2]
    assert "| articles that repeat another | 1 |" in _built(new, pressmark)


def test_a_copy_of_a_copy_names_the_original(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    for name in ("b", "a", "c"):  # in the order of ids, the copy comes first
        pressmark("add", records(tmp_path / f"{name}.jsonl", {"text": "It rained.", "publisher": name}), "--project", new)

    assert ["b", "b"] == [lines(new)[f"{name}.txt"]["duplicate_of"] for name in "ac"]
    _built(new, pressmark)


def _built(project: Path, pressmark: Callable[..., Ran]) -> str:
    ran = pressmark("build", project)
    assert (0, "") == (ran.code, ran.err)
    return (project / "data/README.md").read_text(encoding="utf-8")


def test_what_a_killed_run_left_is_completed(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    source = records(tmp_path / "a.jsonl", {"id": "a", "text": "x", "title": "A"}, {"id": "b", "text": "y", "title": "B"})
    project_of(new, {"a.txt": b"x"})

    assert 0 == pressmark("add", source, "--project", new).code
    assert {"a.txt": {"title": "A"}, "b.txt": {"title": "B"}} == lines(new)


def test_an_error_in_the_middle_keeps_the_metadata_of_what_was_added(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    source = records(tmp_path / "a.jsonl", {"id": "a", "text": "x", "title": "A"}, {"id": "b", "text": "y"})
    (new / "seeds/b.txt").mkdir(parents=True)

    ran = pressmark("add", source, "--project", new)

    assert 3 == ran.code
    assert {"a.txt": {"title": "A"}} == lines(new)


def test_lines_that_are_there_keep_their_bytes(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    mine = b'{ "title" : "Mine",  "file_name" : "a.txt" }'
    project_of(new, {"metadata.jsonl": mine})
    source = records(tmp_path / "a.jsonl", {"id": "a", "text": "x", "title": "A"}, {"id": "b", "text": "y"})

    assert 0 == pressmark("add", source, "--project", new).code
    assert mine + b"\n" == (new / "seeds/metadata.jsonl").read_bytes().splitlines(keepends=True)[0]
    assert ["a.txt", "b.txt"] == list(lines(new))


def test_wrong_metadata_of_the_project_are_named_and_nothing_is_added(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    project_of(new, {"metadata.jsonl": b"{\n"})

    ran = pressmark("add", records(tmp_path / "a.jsonl", {"text": "x"}), "--project", new)

    assert (1, {}) == (ran.code, seeds(new))
    assert f"{new / 'seeds/metadata.jsonl'}:1" in ran.err


# A corrected version


def replaced(project: Path, tmp_path: Path, pressmark: Callable[..., Ran], text: str) -> Ran:
    source = records(tmp_path / "new.jsonl", {"id": "example", "text": text})
    return pressmark("add", source, "--project", project, "--replace")


def test_the_annotation_of_a_corrected_text_moves_along(small: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    old = example()["text"]

    ran = replaced(small, tmp_path, pressmark, f"Rome, Monday. {old}")

    assert 0 == ran.code
    moved_ = json.loads((small / "annotations/example.json").read_text(encoding="utf-8"))
    assert [14 + span["start"] for span in example()["quotes"][0]["content"]] == [
        span["start"] for span in moved_["quotes"][0]["content"]
    ]
    assert 0 == pressmark("validate", small).code
    assert [old] == [path.read_text(encoding="utf-8") for path in (small / ".pressmark/replaced").iterdir()]
    before = tree(small)
    assert 0 == replaced(small, tmp_path, pressmark, f"Rome, Monday. {old}").code
    assert before == tree(small)


def test_spans_without_a_sure_place_wait_in_a_draft(small: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    before = (small / "annotations/example.json").read_bytes()
    project_of(small, {"../annotations/drafts/example.json": b"my own draft"})

    ran = replaced(small, tmp_path, pressmark, example()["text"].replace("ready", "steady"))

    draft = small / "annotations/drafts/example-2.json"
    assert 1 == ran.code
    assert "$.quotes[0].content[0]: '“We are ready,”' has no sure place in the new text" in ran.err
    assert f"then run `pressmark anchor {draft} --project {small}`" in ran.err
    assert before == (small / "annotations/example.json").read_bytes()
    assert b"my own draft" == (draft.parent / "example.json").read_bytes()
    again = replaced(small, tmp_path, pressmark, example()["text"].replace("ready", "steady"))
    assert (1, "its annotation is still that of the old text" in again.err) == (again.code, True)
    draft.write_text(draft.read_text(encoding="utf-8").replace("ready", "steady"), encoding="utf-8")
    assert 0 == pressmark("anchor", draft, "--project", small).code
    assert 0 == pressmark("validate", small).code
    assert 0 == replaced(small, tmp_path, pressmark, example()["text"].replace("ready", "steady")).code


def test_an_annotation_that_does_not_fit_stops_the_replacement(
    small: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    annotate(small, "example", text_sha256="0" * 64)
    before = tree(small)

    ran = replaced(small, tmp_path, pressmark, "Another text.")

    assert 1 == ran.code
    assert "example is not replaced, because its annotation does not fit it: " in ran.err
    assert before == tree(small)


def test_proposals_stay_proposals_and_deleted_ones_stay_deleted(
    new: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    text = "“We are ready,” Ann Lee said. Bob Ray said that it would rain in Rome.\n"
    project_of(new, {"example.txt": text.encode()})
    pressmark("annotate", new)
    path = new / "annotations/example.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    assert 2 == len(record["quotes"])
    record["quotes"], record["claims"] = record["quotes"][1:], []
    path.write_text(json.dumps(record), encoding="utf-8")

    assert 0 == replaced(new, tmp_path, pressmark, f"ROME. {text}").code
    pressmark("annotate", "--overwrite", new)

    quotes = json.loads(path.read_text(encoding="utf-8"))["quotes"]
    assert ["that it would rain in Rome"] == [quote["content"][0]["text"] for quote in quotes]


def test_a_text_of_another_article_replaces_nothing(small: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    before = tree(small)

    ran = replaced(small, tmp_path, pressmark, (small / "seeds/plain.txt").read_text(encoding="utf-8"))

    assert 1 == ran.code
    assert "has the text of plain, so example is not replaced" in ran.err
    assert before == tree(small)


def test_a_dry_run_replaces_nothing(small: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    source = records(tmp_path / "new.jsonl", {"id": "example", "text": "Another text."})
    before = tree(small)

    assert 0 == pressmark("add", source, "--project", small, "--replace", "--dry-run").code
    assert before == tree(small)


@given(st.text("ab c", max_size=30), st.text("ab c", max_size=30), st.data())
def test_a_span_only_moves_to_its_own_words(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))

    found = place(start, end, old, new)

    assert found is None or new[found : found + end - start] == old[start:end]


@given(st.text(min_size=1), st.text(), st.data())
def test_a_text_with_something_before_it_moves_every_span_by_that(text: str, before: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    found = place(start, len(text), text, before + text)

    assert found in {None, len(before) + start}


def test_words_that_occur_twice_move_with_the_words_around_them() -> None:
    old, new = "Lee said. Ray said.", "Ann Lee said. Bob Ray said."
    record = {"quotes": [{"cue": [{"start": start, "end": start + 4, "text": "said"}]} for start in (4, 14)]}

    found = moved(record, old, new, "f")

    assert () == found.issues
    assert [8, 22] == [quote["cue"][0]["start"] for quote in found.record["quotes"]]


# Splits


def test_splits_are_folders_and_load_as_splits(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    from datasets import load_dataset

    words = "In {} it rained all day, and Ann Lee said that the river would rise by {} metres."
    rows = [{"id": f"a{i}", "text": words.format(i, i * 7), "split": split} for i, split in enumerate(("train", "dev", "test"))]

    assert 0 == pressmark("add", records(tmp_path / "a.jsonl", *rows), "--project", new).code
    assert {"train/a0.txt", "validation/a1.txt", "test/a2.txt"} == seeds(new).keys()
    pressmark("annotate", new)
    ran = pressmark("build", new)
    assert 0 == ran.code
    for view in ("articles", "quotes"):
        found = load_dataset(str(new / "data"), view)
        assert {"train": 1, "validation": 1, "test": 1} == found.num_rows
    assert (0, f"pressmark: {new / 'data'}: no faults\n") == pressmark("verify", new / "data")[::2]
    assert 0 == pressmark("build", "--check", new).code


def test_an_option_puts_all_articles_into_a_split(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("add", records(tmp_path / "a.jsonl", {"text": "x", "split": "train"}), "--project", new, "--split", "valid")

    assert {"validation/a.txt"} == seeds(new).keys()


def test_an_unknown_split_is_named(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    ran = pressmark("add", records(tmp_path / "a.jsonl", {"text": "x", "split": "sport"}), "--project", new)

    assert (0, {"a.txt"}) == (ran.code, set(seeds(new)))
    assert "the split 'sport' is left out; the splits are train, validation and test" in ran.err


def test_build_warns_of_near_duplicates_across_splits_only(new: Path, pressmark: Callable[..., Ran]) -> None:
    text = " ".join(f"word{i}" for i in range(200))
    project_of(new, {"a.txt": text.encode(), "b.txt": f"{text} more".encode(), "test/c.txt": f"{text} other".encode()})

    ran = pressmark("build", new)

    assert 0 == ran.code
    (said,) = ran.err.splitlines()
    assert "text-near: warning: " in said
    assert said.startswith(str(new / "seeds/test/c.txt"))


def test_the_same_text_in_two_splits_is_an_error(new: Path, pressmark: Callable[..., Ran]) -> None:
    project_of(new, {"a.txt": b"It rained.", "test/in/b.txt": b"It rained."})

    ran = pressmark("build", new)

    assert 1 == ran.code
    assert "text-split: its text is also the text of 'a'" in ran.err


def test_a_name_that_begins_like_a_split_is_none(new: Path, pressmark: Callable[..., Ran]) -> None:
    project_of(new, {"test-match.txt": b"It rained.", "2023/dev.txt": b"It snowed."})

    assert 0 == pressmark("build", new).code
    assert ["train-00000-of-00001.parquet"] == [path.name for path in (new / "data/articles").iterdir()]


def test_a_split_in_the_metadata_is_told_where_it_belongs(new: Path, pressmark: Callable[..., Ran]) -> None:
    project_of(new, {"a.txt": b"It rained.", "metadata.jsonl": b'{"file_name": "a.txt", "split": "test"}\n'})

    ran = pressmark("build", new)

    assert 1 == ran.code
    assert "metadata-split: a seed's folder says its split: move 'a.txt' to seeds/test/" in ran.err


def test_the_edition_without_text_restores_the_splits(new: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    project_of(new, {"a.txt": b"It rained in Rome on Monday.", "test/b.txt": b"Ann Lee said that it was late."})
    pressmark("build", new)
    pressmark("build", "--without-text", new)
    (tmp_path / "mine").mkdir()
    for path in (new / "seeds").rglob("*.txt"):
        (tmp_path / "mine" / path.name).write_bytes(path.read_bytes())

    assert 0 == pressmark("hydrate", new / "edition", "--seeds", tmp_path / "mine", "-o", tmp_path / "whole").code
    assert tree(new / "data") == tree(tmp_path / "whole")


def test_this_project_is_added_to_itself_without_a_change(project: Path, pressmark: Callable[..., Ran]) -> None:
    before = tree(project)

    ran = pressmark("add", CHECKOUT / "seeds", "--project", project)

    assert (0, "") == (ran.code, ran.out)
    assert before == tree(project)
