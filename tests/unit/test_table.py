"""Records as a table and back: what was changed in it is written, and nothing else; what cannot be is told with row and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from onrecord import record_table
from onrecord.commands import bulk_review
from onrecord.intake.formats import workbook
from tests.conftest import Ran, Run

RECORD = """---
# Kept as it is.
title: "{title}"   # as printed
date: {date}
publisher: Harbour Watch
reference: {reference}
language: en
extent: full
topics: [Water]
places:
  - Port Elm
  - Northland  # spelled so
source:
  url: "https://harbour.example/1"
  file: one.txt
status: published
---

The quay has water again, {title}.
"""
PATHS = tuple(f"releases/2012/2012-02-0{number}-quay.md" for number in (1, 2, 3))
Edit = Callable[[list[dict[str, str]]], None]


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bulk_review, "JOURNALS", tmp_path / "journals")
    folder = tmp_path / "content"
    (folder / "releases" / "2012").mkdir(parents=True)
    (folder / "archive.toml").write_text('title = "Harbour"\nlanguage = "en"\n', "utf-8")
    (folder / "topics.toml").write_text('[[topic]]\nlabel = "Water"\n[[topic]]\nlabel = "A | B"\n', "utf-8")
    (folder / "places.toml").write_text('[[place]]\nlabel = "Port Elm"\n[[place]]\nlabel = "Northland"\n', "utf-8")
    (folder / "names.toml").write_text("", "utf-8")
    for number, path in enumerate(PATHS, 1):
        text = RECORD.format(title=f"Quay {number}", date=f"2012-02-0{number}", reference=f"'00{number}'")
        (folder / path).write_bytes(text.replace("\n", "\r\n" if number == 2 else "\n").encode())
    return folder


def exported(run: Run, content: Path, *columns: str) -> list[dict[str, str]]:
    ran = run("table", "--content", content, *(("--columns", *columns) if columns else ()))
    assert ran.code == 0, ran.err
    return list(csv.DictReader(io.StringIO(ran.out, newline="")))


def applied(run: Run, content: Path, rows: list[dict[str, str]], *options: str, encoding: str = "utf-8") -> Ran:
    table = content.parent / "t.csv"
    with table.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return run("table", "--content", content, "--apply", table, *options)


def texts(content: Path) -> dict[str, bytes]:
    return {path: (content / path).read_bytes() for path in PATHS}


def test_a_table_has_every_record_and_every_key_that_one_cell_can_hold(run: Run, content: Path) -> None:
    rows = exported(run, content)
    assert [row["file"] for row in rows] == list(PATHS)
    assert list(rows[0]) == ["file", *record_table.COLUMNS, "hash"]
    assert rows[0]["title"] == "Quay 1"
    assert rows[0]["reference"] == "001"
    assert rows[0]["places"] == "Port Elm | Northland"
    assert rows[0]["source.url"] == "https://harbour.example/1"
    assert list(exported(run, content, "title,date", "topics")[0]) == ["file", "title", "date", "topics", "hash"]


def test_a_table_that_was_not_changed_changes_nothing(run: Run, content: Path) -> None:
    before = texts(content)
    ran = applied(run, content, exported(run, content))
    assert (ran.code, texts(content)) == (0, before)
    assert "Nothing to write: 3 rows" in ran.err


def test_changed_cells_are_written_and_nothing_else_and_it_can_be_taken_back(run: Run, content: Path) -> None:
    before = texts(content)
    rows = exported(run, content)
    rows[0] |= {
        "title": "'=A quay, “one”",
        "places": "Northland",
        "kind": "statement",
        "source.archived": "https://a.example/",
    }
    rows[1] |= {"date": "2012-02-02~", "topics": r"Water | A \| B", "source.url": ""}
    assert applied(run, content, rows, "--dry-run").code == 0
    assert texts(content) == before
    ran = applied(run, content, rows)
    assert ran.code == 0, ran.out
    assert "7 cells of 2 records written" in ran.err
    first = before[PATHS[0]].decode()
    for was, now in (
        ('title: "Quay 1"   #', 'title: "=A quay, “one”"   #'),
        ("language: en", 'kind: "statement"\nlanguage: en'),
        ("  - Port Elm\n", ""),
        ("  file: one", '  archived: "https://a.example/"\n  file: one'),
    ):
        first = first.replace(was, now)
    assert (content / PATHS[0]).read_bytes().decode() == first
    second = before[PATHS[1]].decode()
    for was, now in (
        ("date: 2012-02-02", "date: 2012-02-02~"),
        ("[Water]", '[Water, "A | B"]'),
        (' "https://harbour.example/1"', ""),
    ):
        second = second.replace(was, now)
    assert (content / PATHS[1]).read_bytes().decode() == second
    assert (content / PATHS[2]).read_bytes() == before[PATHS[2]]
    assert run("table", "--content", content, "--undo").code == 0
    assert texts(content) == before


def test_every_mistake_is_told_with_row_and_column_and_nothing_is_written(run: Run, content: Path) -> None:
    before = texts(content)
    rows = exported(run, content, "title", "date", "places", "kind")
    rows[0] |= {"title": "A good change"}
    rows[1] |= {"date": "2012-13-45", "places": "Port Elm | Port Elk"}
    rows[2] |= {"title": "", "kind": "statment"}
    ran = applied(run, content, rows)
    assert ran.code == 1
    found = [line.split(": ", 1)[0].rpartition("/")[2] + " " + line.split()[1] for line in ran.out.splitlines()]
    assert found == [
        "t.csv:3:3 bad-date",
        "t.csv:3:4 unknown-place",
        "t.csv:4:2 missing",
        "t.csv:4:5 bad-choice",
    ]
    assert "Did you mean “Port Elm”" in ran.out
    assert "Nothing was written" in ran.err
    assert texts(content) == before


def test_what_records_say_of_each_other_is_checked_too(run: Run, content: Path) -> None:
    rows = exported(run, content, "reference", "corrects")
    rows[0] |= {"reference": "003", "corrects": "2012-02-09-nobody"}
    ran = applied(run, content, rows)
    assert ran.code == 1
    assert "t.csv:2:3: bad-relation corrects: " in ran.out
    assert "duplicate-reference" in ran.out


def test_a_problem_that_was_there_is_no_obstacle(run: Run, content: Path) -> None:
    path = content / PATHS[2]
    path.write_text(path.read_text("utf-8").replace("language: en", "language: no language"), "utf-8")
    rows = exported(run, content)
    rows[2] |= {"title": "Quay three"}
    rows[2] |= {"kind": "statement"}
    ran = applied(run, content, rows)
    assert ran.code == 0, ran.out
    assert 'title: "Quay three"' in path.read_text("utf-8")


def test_a_row_whose_record_was_changed_meanwhile_is_refused_with_both_values(run: Run, content: Path) -> None:
    rows = exported(run, content)
    path = content / PATHS[0]
    path.write_text(path.read_text("utf-8").replace("Quay 1", "Quay one"), "utf-8")
    before = texts(content)
    rows[0] |= {"title": "Quay I"}
    rows[1] |= {"title": "Quay II"}
    ran = applied(run, content, rows)
    assert ran.code == 1
    assert "t.csv:2:2: changed-meanwhile" in ran.out
    assert "“Quay I” in the table and “Quay one” in the record" in ran.out
    assert texts(content) == before


def test_a_row_that_nobody_changed_leaves_its_changed_record_as_it_is(run: Run, content: Path) -> None:
    rows = exported(run, content)
    path = content / PATHS[0]
    path.write_text(path.read_text("utf-8").replace("Quay 1", "Quay one"), "utf-8")
    rows[1] |= {"title": "Quay II"}
    ran = applied(run, content, rows)
    assert ran.code == 0
    assert "row 2: “title” is “Quay 1” in the table and “Quay one” in the record" in ran.err
    assert "Quay one" in path.read_text("utf-8")
    assert "Quay II" in (content / PATHS[1]).read_text("utf-8")


@pytest.mark.parametrize(
    ("edit", "place", "said"),
    [
        (
            lambda rows: [row.update(titel="x") for row in rows],
            "1:5",
            "unknown-column “titel” is not a column. Did you mean",
        ),
        (lambda rows: [row.update(quotations="x") for row in rows], "1:5", "is in no table"),
        (lambda rows: [row.pop("hash") for row in rows], "1:1", "missing-column"),
        (lambda rows: rows[0].update(file="releases/2012/2012-02-01-kay.md"), "2:1", "unknown-record"),
        (lambda rows: rows[0].update(file=rows[1]["file"]), "3:1", "duplicate-record"),
        (lambda rows: rows[0].update(hash="12"), "2:4", "bad-hash"),
        (lambda rows: rows.clear() or rows.append({"file": "", "hash": ""}), "1:1", "empty-table"),
    ],
)
def test_a_table_that_is_none_of_records_is_refused(run: Run, content: Path, edit: Edit, place: str, said: str) -> None:
    before = texts(content)
    rows = exported(run, content, "title", "reference")
    rows[2]["title"] = "Changed"
    edit(rows)
    ran = applied(run, content, rows)
    assert ran.code == 1
    assert f"t.csv:{place}: " in ran.out
    assert said in ran.out
    assert texts(content) == before


def test_what_a_spreadsheet_has_rewritten_is_refused_or_left(run: Run, content: Path) -> None:
    rows = exported(run, content)
    rows[0] |= {"reference": "1", "title": "Quay one"}
    ran = applied(run, content, rows)
    assert ran.code == 1
    assert "t.csv:2:8: rewritten-cell “reference” is “001” in the record and “1” here" in ran.out
    ran = applied(run, content, rows, "--leave-rewritten")
    assert ran.code == 0, ran.out
    assert "row 2: “reference”" in ran.err
    text = (content / PATHS[0]).read_text("utf-8")
    assert "reference: '001'" in text
    assert 'title: "Quay one"' in text


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Windows-1252"), ("cp1256", "Windows-1256"), ("mac_roman", "Mac Roman")]
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_that_was_read_in_another_encoding_and_saved_is_refused_cell_by_cell(
    encoding: str, name: str, ending: str, run: Run, content: Path
) -> None:
    arabic = content / "releases/2012/2012-02-09-رصيف.md"
    text = RECORD.format(title="أهالي الرصيف ينتظرون الماء", date="2012-02-09", reference="'009'")
    arabic.write_text(text.replace("language: en", "language: ar"), "utf-8")
    before = {path: path.read_bytes() for path in content.rglob("*.md")}
    rows = exported(run, content)
    garbled = [{key: cell.encode().decode(encoding, "replace") for key, cell in row.items()} for row in rows]
    path = next(row["file"] for row in garbled if not row["file"].isascii())
    ran = applied_as(run, content, garbled, ending)
    assert ran.code == 1
    said = f"There is no record “{path}”. It is “releases/2012/2012-02-09-رصيف.md”: its letters were read as {name}"
    assert said in ran.out
    for row in garbled:
        row["file"] = next(each["file"] for each in rows if each["hash"] == row["hash"])
    garbled[0]["title"] = "Quay one"
    ran = applied_as(run, content, garbled, ending)
    assert (ran.code, ran.out.count("rewritten-cell")) == (1, 1)
    title = next(row["title"] for row in garbled if "رصيف" in row["file"])
    said = f"rewritten-cell “title” is “أهالي الرصيف ينتظرون الماء” in the record and “{title}” here, as a spreadsheet makes it on its own"
    assert said in ran.out
    assert f"its letters were read as {name}, and the table is in UTF-8" in ran.out
    assert {path: path.read_bytes() for path in content.rglob("*.md")} == before
    assert applied_as(run, content, garbled, ending, "--leave-rewritten").code == 0
    changed = [path for path, data in before.items() if path.read_bytes() != data]
    assert [path.name for path in changed] == ["2012-02-01-quay.md"]


def applied_as(run: Run, content: Path, rows: list[dict[str, str]], ending: str, *options: str) -> Ran:
    if ending == "csv":
        return applied(run, content, rows, *options)
    table = content.parent / "t.xlsx"
    table.write_bytes(workbook.written([list(rows[0]), *(list(row.values()) for row in rows)], "records"))
    return run("table", "--content", content, "--apply", table, *options)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("head", ["", "sep="])
def test_the_dialects_of_spreadsheets_are_read(
    run: Run, content: Path, encoding: str, divider: str, end: str, head: str
) -> None:
    rows = exported(run, content, "title", "notes")
    rows[0] |= {"title": "حمص, “one”; two\tthree", "notes": 'One "line".\n\nTwo.'}
    stream = io.StringIO(newline="")
    if head:
        stream.write(f"{head}{divider}{end}")
    writer = csv.writer(stream, delimiter=divider, lineterminator=end)
    writer.writerows([list(rows[0]), *(list(row.values()) for row in rows)])
    (content.parent / "t.csv").write_bytes(stream.getvalue().encode(encoding))
    ran = run("table", "--content", content, "--apply", content.parent / "t.csv")
    assert ran.code == 0, ran.out
    assert "2 cells of 1 record written" in ran.err
    written = exported(run, content, "title", "notes")[0]
    assert (written["title"], written["notes"]) == ("حمص, “one”; two\tthree", 'One "line".\n\nTwo.')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"file;title\r\nreleases/1.md;caf\xe9\r\n", "The byte 0xe9 in line 2 is not UTF-8"),
        (b'file,title\r\n"releases/1.md,one\r\n', "Row 2 (line 2 of the file) cannot be read"),
        (b"file,title\r\n" + b"," * 2000 + b"x\r\n", "2,001 columns"),
        (b"file\0\r\n" * 3, "U+0000"),
    ],
)
def test_what_is_no_table_is_refused_in_words(run: Run, content: Path, data: bytes, said: str) -> None:
    (content.parent / "t.csv").write_bytes(data)
    ran = run("table", "--content", content, "--apply", content.parent / "t.csv")
    assert ran.code == 1
    assert "bad-table" in ran.out
    assert said in ran.out


def test_of_a_table_of_another_archive_no_more_is_told_than_a_person_can_read(run: Run, content: Path) -> None:
    (row, *_) = exported(run, content)
    rows = [row | {"file": f"releases/2013/2013-01-01-pier-{number}.md"} for number in range(3000)]
    ran = applied(run, content, rows)
    assert ran.code == 1
    assert ran.out.count("unknown-record") == 1000
    assert ran.out.count("Did you mean") == 20
    assert "t.csv: 2,000 more cells and rows are wrong. The first 1,000 are told.\n" in ran.out
    assert "3,000 errors in 1 file. Nothing was written." in ran.err


def test_a_record_that_cannot_be_read_makes_no_table(run: Run, content: Path) -> None:
    (content / PATHS[1]).write_text("---\ntitle: [\n---\n", "utf-8")
    ran = run("table", "--content", content)
    assert (ran.code, ran.out) == (1, "")
    assert f"{PATHS[1]}:" in ran.err


def test_wrong_use_is_one_line(run: Run, content: Path) -> None:
    for arguments, said in (
        (("--columns", "titel"), "Did you mean “title”"),
        (("--columns", "body"), "is in no table"),
        (("--apply", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("--apply", "t.csv", "--columns", "title"), "has its own columns"),
        (("--undo",), "nothing"),
    ):
        ran = run("table", "--content", content, *arguments)
        assert ran.code == 2
        assert said in ran.err
    assert run("table", "--content", content / "no").code == 2


def test_a_date_that_the_name_of_a_file_contradicts_is_told_where_it_stands(run: Run, content: Path) -> None:
    rows = exported(run, content, "title", "date")
    rows[0]["date"] = "2012-03-01"
    ran = applied(run, content, rows)
    assert ran.code == 1
    assert "t.csv:2:3: file-date date: The file's name says 2012-02-01" in ran.out


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_table_can_be_a_file_that_keeps_every_cell_as_text(run: Run, content: Path, ending: str) -> None:
    table = content.parent / f"t.{ending}"
    assert run("table", "--content", content, "--out", table).code == 0
    ran = run("table", "--content", content, "--apply", table)
    assert (ran.code, "Nothing to write" in ran.err) == (0, True)
    if ending == "csv":
        assert table.read_bytes().startswith(b"\xef\xbb\xbffile,")
        return
    book = load_workbook(table)
    page = book["records"]
    assert {cell.number_format for row in page.iter_rows() for cell in row} == {"@"}
    page["B2"] = "Quay one"
    page["D3"] = dt.date(2012, 2, 2)
    page["D4"] = "2012-02-31"
    book.save(table)
    ran = run("table", "--content", content, "--apply", table)
    assert ran.code == 1
    assert f"{table.name}:4:4: bad-date date: " in ran.out
    page["D4"] = "2012-02-03~"
    page["H4"] = 3
    book.save(table)
    ran = run("table", "--content", content, "--apply", table)
    assert ran.code == 0, ran.out
    assert "3 cells of 2 records written" in ran.err
    assert 'reference: "3"' in (content / PATHS[2]).read_text("utf-8")


def test_a_table_is_written_as_what_its_name_says(run: Run, content: Path) -> None:
    ran = run("table", "--content", content, "--out", content.parent / "t.ods")
    assert (ran.code, "written as .xlsx or .csv" in ran.err) == (2, True)


def test_a_draft_is_called_after_its_new_date_and_what_names_it_follows(run: Run, content: Path) -> None:
    draft = content / "releases" / "undated" / "undated-quay.md"
    draft.parent.mkdir()
    text = RECORD.format(title="Pier", date="", reference="'7'").replace("published", "draft")
    draft.write_text(
        f"{text[:-1]}\n".replace("source:", "review:\n  - field: date\n    question: When?\nsource:"), "utf-8"
    )
    naming = content / PATHS[2]
    naming.write_text(naming.read_text("utf-8").replace("source:", "follows: [undated-quay]\nsource:"), "utf-8")
    before = {path: path.read_bytes() for path in content.rglob("*.md")}
    rows = exported(run, content, "title", "date")
    row = next(row for row in rows if "undated" in row["file"])
    row |= {"date": "2012-02-03", "title": "Pier “1”"}
    ran = applied(run, content, rows)
    assert ran.code == 0, ran.out
    new = content / "releases" / "2012" / "2012-02-03-quay-2.md"
    assert "releases/undated/undated-quay.md is releases/2012/2012-02-03-quay-2.md then" in ran.out
    assert not draft.exists()
    assert "date: 2012-02-03" in new.read_text("utf-8")
    assert "follows: [2012-02-03-quay-2]" in naming.read_text("utf-8")
    assert run("check", "--content", content).code == 0
    assert run("table", "--content", content, "--undo").code == 0
    assert {path: path.read_bytes() for path in content.rglob("*.md")} == before


def test_a_draft_that_is_renamed_is_whole_wherever_it_is_stopped(tmp_path: Path) -> None:
    old, new, journal = tmp_path / "undated" / "a.md", tmp_path / "2012" / "a.md", tmp_path / "journal.json"
    old.parent.mkdir()

    def begin() -> None:
        new.unlink(missing_ok=True)
        old.write_text("before", "utf-8")
        bulk_review.apply([bulk_review.Change(old, "before", "after", new)], "a table", journal)
        assert (old.exists(), new.read_text("utf-8")) == (False, "after")
        journal.rename(tmp_path / "journal.begun.json")

    for stopped in ("before", "between", "behind"):
        for way in ("again", "undo"):
            begin()
            if stopped != "behind":
                old.write_text("before", "utf-8")
            if stopped == "before":
                new.unlink()
            if way == "again":
                noted = bulk_review._read(tmp_path / "journal.begun.json")
                bulk_review._make(noted, tmp_path / "journal.begun.json", journal)
                assert (old.exists(), new.read_text("utf-8")) == (False, "after")
            else:
                bulk_review.undo(journal)
                assert (old.read_text("utf-8"), new.exists()) == ("before", False)
