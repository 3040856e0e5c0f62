"""A table of releases: one draft a row, each cell where its column says, and every cell that does not fit a question."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import check, read, record_table
from onrecord.intake import draft_file, row_record
from onrecord.intake.document import Record
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import sniff, table_rows
from onrecord.model import Source, Term, Vocabularies
from onrecord.tabular import value, write
from tests.conftest import Run
from tests.unit.test_intake_sheets import xlsx, zipped
from tests.unit.warm_readers import warm_reader

__all__ = ["warm_reader"]

VOCABULARIES = Vocabularies(
    topics=(Term("topic", "Water", "water"), Term("topic", "Land", "land")),
    places=(Term("place", "Port Elm", "port-elm"), Term("place", "Elm, Port of", "elm")),
    names=(Term("name", "Ada Example", "ada-example", ("A. Example",)),),
)
TERMS = terms(VOCABULARIES)


def records(*rows: list[str], name: str = "list.csv") -> list[Record]:
    return of_data(write(rows), name)


def of_data(data: bytes, name: str) -> list[Record]:
    return [
        row_record.record(part.source, part.row, TERMS) if part.row else Record(part.source, refused=part.refused)
        for part in sniff.parts(name, data)
    ]


def asked(record: Record) -> dict[str, str]:
    return {question.field: f"{question.question} {question.evidence}" for question in record.review}


def test_each_cell_goes_where_its_column_says() -> None:
    cells = {
        "Headline": "=Quay",
        "Published on": "8 February 2012",
        "Publisher": "Harbour Watch",
        "Subjects": "Water; Land",
        "Places": "Elm, Port of",
        "People": "A. Example",
        "Lang": "en",
        "Full text": "One *two*.\n\nThree four.",
        "URL": "https://a.example/1",
        "Type": "Statement",
        "Extent": "full",
        "Notes to editors": "A note.",
        "ref. no.": "0012",
    }
    head, row = list(cells), list(cells.values())
    (record,) = records(head, row)
    assert record.review == ()
    assert (record.source, record.title, record.date, record.date_as_written, record.date_basis) == (
        "list.csv # row 2", "=Quay", "2012-02-08", "8 February 2012", "contributor",
    )  # fmt: skip
    assert (record.topics, record.places, record.names) == (("Water", "Land"), ("Elm, Port of",), ("Ada Example",))
    assert (record.language, record.kind, record.extent, record.reference) == ("en", "statement", "full", "0012")
    assert (record.url, record.publisher) == ("https://a.example/1", "Harbour Watch")
    assert record.body == "One \\*two\\*.\n\nThree four.\n"
    assert record.notes == "A note."


@pytest.mark.parametrize(
    "language", ["العنوان,النص", "Titre,Texte", "Título,Texto", "Titel,Volltext", "Заголовок,Текст"]
)
def test_columns_are_known_in_several_languages(language: str) -> None:
    (record,) = records(language.split(","), ["Quay", "Words."])
    assert (record.title, record.body) == ("Quay", "Words.\n")


def test_every_cell_that_does_not_fit_is_asked_about() -> None:
    head = [
        "title",
        "date",
        "topics",
        "kind",
        "language",
        "source.url",
        "rights",
        "status",
        "Titlle",
        "Remark",
        "corrects",
        "text",
    ]
    row = [
        "Quay",
        "03/04/2012",
        "Water | Fire",
        "leaflet",
        "Elvish",
        "a.example",
        "© us",
        "published",
        "Key",
        "by X",
        "2012-a",
        "Words.",
    ]
    (record,) = records(head, row)
    found = asked(record)
    assert "It could be 2012-04-03, 2012-03-04" in found["date"]
    assert "“Fire” is not in topics.toml" in found["topics"]
    assert record.topics == ("Water",)
    for field, words in {
        "kind": "“leaflet”",
        "language": "“Elvish”",
        "source.url": "a.example",
        "rights": "“© us”",
        "status": "“published”",
        "title": "“Key” in the column “Titlle”",
        "notes": "“by X” in the column “Remark”",
        "corrects": "“2012-a”",
        "extent": "The table does not say",
        "publisher": "The table does not say",
    }.items():
        assert words in found[field], field
    assert (record.date, record.kind, record.language, record.url) == ("", "", "", "")


def test_what_a_line_break_is_is_asked_and_an_empty_line_is_not() -> None:
    head = ["title", "publisher", "text", "notes", "topics"]
    verse = "Harbour House\r\nPort Elm 7\n"
    (record,) = records(head, ["Quay\nPier", "Harbour Watch", verse, "One\ntwo.\n\nThree\nfour.", "Water\nLand"])
    found = asked(record)
    assert record.body == "Harbour House\n\nPort Elm 7\n"
    assert "has 1 line break and no empty line, and each line became a paragraph" in found["body"]
    assert found["body"].endswith("“Harbour House ⏎ Port Elm 7” in the column “text”")
    assert record.notes == "One two.\n\nThree four."
    assert "has 2 line breaks beside which no empty line stands, and blanks became of them" in found["notes"]
    assert record.title == "Quay Pier"
    assert "“Quay ⏎ Pier” in the column “title”" in found["title"]
    assert record.topics == ("Water", "Land")
    assert "topics" not in found
    (record,) = records(["title", "publisher", "text"], ["Quay", "Harbour Watch", "One.\n \nTwo.\n\n\nThree.\n"])
    assert record.body == "One.\n\nTwo.\n\nThree.\n"
    assert not {"body", "title"} & asked(record).keys()


def test_what_two_columns_say_of_one_field_is_asked() -> None:
    (record,) = records(["title", "Headline", "topic", "Subject", "text"], ["One", "Two", "Water", "Land", "Words."])
    assert record.title == "One"
    assert "“Two” in the column “Headline”" in asked(record)["title"]
    assert record.topics == ("Water", "Land")


def test_the_text_that_a_row_lacks_is_asked_for_and_nothing_stands_in_its_place() -> None:
    (record,) = records(["title", "date"], ["Quay", "2012-02"])
    assert record.body == ""
    assert "What is its text" in asked(record)["body"]


def test_what_a_spreadsheet_holds_in_another_form_is_asked() -> None:
    data = xlsx(
        ["title", "date", "ref", "text"],
        ["Quay", dt.datetime(2012, 2, 1), 12, "Words."],
        ["Pier", dt.datetime(2012, 2, 3), True, "Words."],
        formats={"B2": "mmm-yy", "C2": "0000"},
    )
    one, two = of_data(data, "list.xlsx")
    assert (one.date, one.reference) == ("2012-02", "")
    assert "“12”" in asked(one)["reference"]
    assert two.date == "2012-02-03"
    assert "a yes or no" in asked(two)["reference"]


def test_a_table_in_a_folder_is_read_too() -> None:
    data = zipped(
        {
            "lists/a.csv": write([["title", "text"], ["Quay", "Words."]]),
            "lists/b.xlsx": xlsx(["title", "text"], ["Pier", "Words."]),
        }
    )
    assert [(record.source, record.title) for record in of_data(data, "folder.zip")] == [
        ("folder.zip # lists/a.csv # row 2", "Quay"),
        ("folder.zip # lists/b.xlsx # row 2", "Pier"),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (write([["a", "b"], ["1", "2"]]), "No column holds a title or a text"),
        (write([["title", "text"]]), "no row below"),
        (b"title;text\r\ncaf\xe9;x\r\n", "0xe9"),
        (b'title,text\r\n"x', "cannot be read"),
    ],
)
def test_a_table_without_releases_is_refused_in_words(data: bytes, said: str) -> None:
    (record,) = of_data(data, "list.csv")
    assert said in record.refused


def test_more_rows_than_are_imported_are_refused_with_the_first_that_is_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table_rows, "MOST_ROWS", 2)
    rows = [["title", "text"], ["Quay", "One."], ["", ""], ["Pier", "Two."], ["Mole", "Three."], ["Ferry", "Four."]]
    assert [record.title for record in records(*rows[:4])] == ["Quay", "Pier"]
    for data, name in ((write(rows), "list.csv"), (xlsx(*rows), "list.xlsx")):
        (record,) = of_data(data, name)
        assert record.source == name
        assert "4 rows below its first; at most 2 are imported" in record.refused
        assert "Row 5 is the first" in record.refused


@pytest.mark.usefixtures("warm_reader")
def test_rows_become_drafts_that_check_takes_and_are_known_again(run: Run, tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "releases").mkdir(parents=True)
    (content / "archive.toml").write_text('title = "Harbour"\nlanguage = "en"\n', "utf-8")
    for name in ("topics", "names", "places"):
        (content / f"{name}.toml").write_text("", "utf-8")
    (tmp_path / "list.csv").write_bytes(
        write([["title", "date", "text", "Remark"], ["Quay", "2012-02", "Words.", "x" * 9000], ["", "", "More.", "y"]])
    )
    (tmp_path / "list.xlsx").write_bytes(xlsx(["title", "text"], ["Pier", "Words."]))
    given_to = ("--to", content / "releases", "--cache", tmp_path / "cache", "--no-setup", "--jobs", "1")
    ran = run("import", tmp_path / "list.csv", tmp_path / "list.xlsx", *given_to)
    assert ran.code == 0, ran.err
    assert "list.csv # row 2 → " in ran.out
    assert "list.xlsx # row 2 → " in ran.out
    assert len(list((content / "releases").rglob("*.md"))) == 3
    assert run("check", "--content", content, "--cache", tmp_path / "build").code == 0
    assert "3 already there" in run("import", tmp_path / "list.csv", tmp_path / "list.xlsx", *given_to).err


CELLS = st.text(max_size=60) | st.sampled_from(
    ["=1", "a | b", "2012-02-08", "x" * 5000, "[[redacted: x]]", "# a", "\u202ex", "a\n\nb"]
)


@given(
    st.dictionaries(
        st.sampled_from(["title", "date", "text", "kind", "topics", "Notes", "url", "odd", "file", "rights"]),
        CELLS,
        min_size=1,
    )
)
def test_no_cell_is_lost_and_every_draft_can_be_read(row: dict[str, str]) -> None:
    row = {"title": "", **row}
    for record in records(list(row), list(row.values())):
        if record.refused:
            continue
        text = draft_file.text(record)
        source = read.source(read.FileData("releases/2012/a.md", text.encode()))
        assert isinstance(source, Source)
        verdict = check.release(source, check.rules(VOCABULARIES, dt.date(2026, 1, 1)))
        assert [
            problem for problem in verdict.problems if problem.level == "error" and problem.code != "file-date"
        ] == []
        held = draft_file.clean(" ".join(question.evidence for question in record.review))
        for column in ("odd", "file"):
            assert draft_file.clean(value(row.get(column, "")).strip())[:20].strip() in held


def test_a_row_is_known_by_its_own_words_alone() -> None:
    head, first, second = ["title", "text"], ["Quay", "Words."], ["Pier", "More."]
    alone, both = (list(table_rows.pieces("a.csv", write([head, *rows]))) for rows in ([first], [first, second]))
    assert alone[0].data == both[0].data
    assert list(csv.reader(io.StringIO(alone[0].data.decode(), newline=""))) == [head, first]


def test_every_name_of_a_column_stands_once_and_for_a_field() -> None:
    names = tomllib.loads(Path(table_rows.__file__).with_name("column_names.toml").read_text("utf-8"))
    assert names.keys() <= {*record_table.COLUMNS, "body"}
    every = [name for of_field in names.values() for name in of_field]
    assert len(set(every)) == len(every)
    for field in (*record_table.COLUMNS, *names):
        assert [cell.field for cell in table_rows.cells(write([[field], ["x"]]))] == [field]
