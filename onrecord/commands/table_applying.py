"""A table of records that came back from a spreadsheet → what it changes: all rows are looked at before anything is written.

A cell that says what its record says changes nothing. A row is refused where its record was changed since the table was made, by its hash;
a row in which nothing was changed leaves its record as it is, whatever that says by now. What a changed record would be is checked as every
record is, by the same rules, between all the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord import encoding_damage, nearest, read, record_table, schema, spreadsheet_damage
from onrecord.commands import bulk_review
from onrecord.commands.bulk_review import Change
from onrecord.intake import field_lines
from onrecord.intake.formats.sheet import DATE, Row, Sheet
from onrecord.model import Problem, Table
from onrecord.record_table import FILE, HASH

_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Edit:
    """What a row changes in its record: the path below the content folder, the values before and after by column, the texts of the file,
    and the path that it gets, where that is another."""

    path: str
    row: int
    values: Mapping[str, tuple[str, str]]
    before: str
    after: str
    new_path: str = ""

    @property
    def target(self) -> str:
        """The path that the record has then."""
        return self.new_path or self.path

    @property
    def data(self) -> bytes:
        """The bytes that the record's file will have."""
        return self.after.encode()


@dataclass(slots=True)
class Reading:
    """What a table says. `columns` are the places of its columns, from 1, in their order; `notices` are lines about rows that change
    nothing although their record is another than it was; `same` counts the rows that say what their record says; `leave_rewritten` is as in
    `reading`."""

    columns: Mapping[str, int]
    edits: list[Edit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    same: int = 0
    leave_rewritten: bool = False

    def changes(self, content: Path) -> list[Change]:
        """The edits as whatever writes them takes them."""
        return [
            Change(content / edit.path, edit.before, edit.after, content / edit.new_path if edit.new_path else None)
            for edit in self.edits
        ]

    def cell_count(self) -> int:
        """How many cells of records change."""
        return sum(len(edit.values) for edit in self.edits)


def is_column(name: str) -> bool:
    """Whether a table of records has such a column."""
    return name in (FILE, HASH) or name in record_table.COLUMNS


def reading(
    sheet: Sheet, content: Path, files: Mapping[str, read.FileStatus], leave_rewritten: bool = False
) -> Reading:
    """What a table says of the records in `files` (by their paths below the content folder). Its problems have rows and columns for lines
    and columns, and no path. A cell that a spreadsheet has rewritten by itself is one, or, with `leave_rewritten`, a notice."""
    head, *rows = sheet.rows
    found = Reading(*_columns(head), leave_rewritten=leave_rewritten)
    if found.problems:
        return found
    if not rows:
        found.problems.append(Problem(head.number, 1, "empty-table", "The table has no row below its first."))
    rows_of: dict[str, int] = {}
    unknown = 0
    for row in rows:
        path = _cell(row, found.columns[FILE])
        if len(row.cells) > len(head.cells):
            message = (
                f"“{_short(row.cells[-1])}” is in a column without a name. Take it out, or write it where it belongs."
            )
            found.problems.append(Problem(row.number, len(row.cells), "unknown-column", message))
        elif path not in files:
            hint = _nearest_record(path, files) if path and unknown < nearest.MOST_HINTS else ""
            unknown += 1
            found.problems.append(Problem(row.number, found.columns[FILE], "unknown-record", _no_record(path, hint)))
        elif path in rows_of:
            message = f"“{path}” is in row {rows_of[path]}, too. Keep one row for each record."
            found.problems.append(Problem(row.number, found.columns[FILE], "duplicate-record", message))
        else:
            rows_of[path] = row.number
            _add(found, row, path, content, files[path], sheet.is_typed)
    return found


def _columns(head: Row) -> tuple[dict[str, int], list[Edit], list[Problem]]:
    """The places of the columns by their names, no edits, and what is wrong with the first row."""
    places: dict[str, int] = {}
    problems = []
    for number, cell in enumerate(head.cells, 1):
        name = cell.strip()
        if name in places:
            message = f"“{name}” is in column {places[name]}, too. Keep one column of each name."
            problems.append(Problem(head.number, number, "duplicate-column", message))
        elif is_column(name):
            places[name] = number
        else:
            problems.append(Problem(head.number, number, "unknown-column", unknown_column(name)))
    for name in (FILE, HASH):
        if name not in places:
            message = (
                f"The table has no column “{name}”, by which its rows are known. Make it with: python build.py table > t.csv. "
                "To add new records from a table: python build.py import TABLE"
            )
            problems.append(Problem(head.number, 1, "missing-column", message))
    return places, [], problems


def unknown_column(name: str) -> str:
    """What is wrong with a name that is no column's."""
    if name == "body" or name.partition(".")[0] in schema.BY_KEY:
        return f"“{name}” is in no table: it is not one text, or a long one. Change it in the record's file, and take the column out."
    allowed = [FILE, *record_table.COLUMNS, HASH]
    return f"“{name}” is not a column.{nearest.hint(name, allowed)} Columns are: {', '.join(allowed)}."


def _no_record(path: str, hint: str) -> str:
    if not path:
        return (
            "The row names no record. A row can change a record that is there; to add one: python build.py import TABLE"
        )
    return f"There is no record “{path}”.{hint} A row can change a record that is there; it can neither add nor rename one."


def _nearest_record(path: str, files: Iterable[str]) -> str:
    """Which record may be meant: one whose letters a spreadsheet has damaged, or the nearest."""
    garbled = ((each, encoding_damage.damage(each, path)) for each in files if not each.isascii())
    return next((f" It is “{each}”: {what}." for each, what in garbled if what), "") or nearest.hint(path, files)


def _cell(row: Row, column: int) -> str:
    return row.cells[column - 1].strip() if column <= len(row.cells) else ""


# ---- a row ------------------------------------------------------------------------------------------------------------------------


def _add(found: Reading, row: Row, path: str, content: Path, file: read.FileStatus, is_typed: bool) -> None:
    """Adds what a row says of its record."""
    hashes = record_table.hashes(_cell(row, found.columns[HASH]))
    if hashes is None:
        message = (
            "The row has no hash, or one that was changed. Copy the row from a new table: python build.py table > t.csv"
        )
        found.problems.append(Problem(row.number, found.columns[HASH], "bad-hash", message))
        return
    columns = [name for name in found.columns if name not in (FILE, HASH)]
    data = read.file(file)
    try:
        now = record_table.values(read.split(read.text_of(data.data))[0], columns)
        before = bulk_review.whole_text(content / path)
    except (read.Unreadable, record_table.NotInATable) as error:
        found.problems.append(Problem(row.number, found.columns[FILE], error.problem.code, f"{path}: {error}"))
        return
    given = {
        name: record_table.given(
            name, row.cells[found.columns[name] - 1] if found.columns[name] <= len(row.cells) else ""
        )
        for name in columns
    }
    differing = {name: (now[name], given[name]) for name in columns if now[name] != given[name]}
    if not differing:
        found.same += 1
    elif record_table.file_hash(data.data) != hashes[0]:
        _changed_meanwhile(found, row, path, differing, is_edited=record_table.cells_hash(given) != hashes[1])
    else:
        _write(found, row, path, before, _meant(found, row, differing, is_typed))


def _changed_meanwhile(
    found: Reading, row: Row, path: str, differing: Mapping[str, tuple[str, str]], *, is_edited: bool
) -> None:
    for name, (now, given) in differing.items():
        values = f"“{name}” is “{_short(given)}” in the table and “{_short(now)}” in the record"
        if is_edited:
            message = (
                f"{values}, and {path} was changed since the table was made. Make the change in a new table (python build.py table), or "
                "take the row out."
            )
            found.problems.append(Problem(row.number, found.columns[name], "changed-meanwhile", message))
        else:
            found.notices.append(
                f"row {row.number}: {values}, which was changed since the table was made. The row was not; the record stays as it is.\n"
            )
    if not is_edited:
        found.same += 1


def _meant(
    found: Reading, row: Row, differing: Mapping[str, tuple[str, str]], is_typed: bool
) -> dict[str, tuple[str, str]]:
    """The changes of a row that a person may have made; each of the others is a problem, or a notice."""
    meant = {}
    for name, (now, given) in differing.items():
        column = found.columns[name]
        what = row.doubts.get(column - 1, "")
        if record_table.is_date(name):
            what = "" if what == DATE else what
        elif not what:
            what = spreadsheet_damage.damage(now, given, is_typed=is_typed)
        if not what:
            meant[name] = now, given
            continue
        values = f"“{name}” is “{_short(now)}” in the record and “{_short(given)}” here"
        if found.leave_rewritten:
            found.notices.append(f"row {row.number}: {values} ({what}). The record stays as it is.\n")
            continue
        message = (
            f"{values}, as a spreadsheet makes it on its own: {what}. Write the cell as text, work in a table that keeps texts "
            "(python build.py table --out t.xlsx), or change the record's file."
        )
        found.problems.append(Problem(row.number, column, "rewritten-cell", message))
    return meant


def _write(found: Reading, row: Row, path: str, before: str, differing: Mapping[str, tuple[str, str]]) -> None:
    after = before
    problems = []
    for name, (_, given) in differing.items():
        try:
            after = field_lines.changed(after, name, record_table.divided(name, given))
        except (field_lines.NotAnAnswer, read.Unreadable) as error:
            problems.append(Problem(row.number, found.columns[name], "not-written", f"{path}: {error}"))
    if problems:
        found.problems += problems
    elif differing:
        found.edits.append(Edit(path, row.number, differing, before, after))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


# ---- what the records would be ----------------------------------------------------------------------------------------------------


def new_problems(before: Iterable[Problem], after: Iterable[Problem], found: Reading) -> Iterator[tuple[bool, Problem]]:
    """The problems that the edits make, those that were there left out: whether it stands in a cell of the table, and the problem, with the
    row and column of the cell for line and column, or as it is where no cell is to blame alone."""
    known = Counter((problem.path, problem.code, problem.message) for problem in before)
    edits = {edit.target: edit for edit in found.edits}
    lines: dict[str, Callable[[int], str]] = {}
    for problem in after:
        key = problem.path, problem.code, problem.message
        if known[key] > 0:
            known[key] -= 1
            continue
        edit = edits.get(problem.path)
        if edit is None:
            yield False, problem
            continue
        if problem.path not in lines:
            lines[problem.path] = _column_of(read.split(read.text_of(edit.data))[0])
        # What is told of a file's name is about the date that it was given.
        name = "date" if problem.code == "file-date" else lines[problem.path](problem.line)
        column = found.columns.get(name, found.columns[FILE])
        about = f"{name}: " if name in found.columns else f"{problem.path}: "
        yield True, Problem(edit.row, column, problem.code, about + problem.message, problem.level)


def _column_of(fields: Table) -> Callable[[int], str]:
    """Which column a line of front matter belongs to; none for a line that is in no column."""
    starts: list[tuple[int, str]] = []
    for key, node in fields.entries:
        starts.append((key.line, key.text))
        if isinstance(node, Table):
            starts += [(inner.line, f"{key.text}.{inner.text}") for inner, _ in node.entries]

    def column(line: int) -> str:
        return max((start for start in starts if start[0] <= line), default=(0, ""))[1] if line > 1 else ""

    return column
