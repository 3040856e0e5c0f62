"""`table`: the front matter of all records as one table, for a spreadsheet; --apply writes the cells that were changed there."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from onrecord import problems, read, record_table, tabular, whole_file
from onrecord.command import Progress, WrongUse
from onrecord.commands import bulk_review, installation, loading, table_applying, table_renaming
from onrecord.commands.table_applying import Reading
from onrecord.commands.table_renaming import Renaming
from onrecord.intake import sheets
from onrecord.intake.sheets import BadTable, Sheet
from onrecord.model import Problem
from onrecord.plural import counted

MOST_BYTES = 64 * 1024 * 1024
_MOST_SHOWN = 20
_MOST_TOLD = 1000
"""The most problems of one table that are printed; none of it is written whatever their number."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""By which spreadsheets know UTF-8; in a pipe it would be part of the first name."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `table`."""
    parser.add_argument(
        "--columns",
        nargs="+",
        default=[],
        metavar="COLUMN",
        help=f"only these, by commas or blanks (default: all): {', '.join(record_table.COLUMNS)}",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="write the table to this file: a workbook that keeps every cell as text (.xlsx), or CSV with a byte order mark",
    )
    parser.add_argument(
        "--apply", type=Path, metavar="TABLE", help="write the changed cells of this table (.csv, .xlsx, .ods)"
    )
    parser.add_argument("--dry-run", action="store_true", help="with --apply: say what would change, and write nothing")
    parser.add_argument(
        "--leave-rewritten",
        action="store_true",
        help="with --apply: leave cells that a spreadsheet has rewritten on its own as the records have them",
    )
    parser.add_argument("--undo", action="store_true", help="take the last table that was applied back")
    loading.add_arguments(parser)
    installation.add_arguments(parser)


def run(args: argparse.Namespace, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Prints the table, or applies one. Returns 0, or 1 where there are problems, of which none is half applied. Raises WrongUse."""
    if not (args.content / "releases").is_dir():
        raise WrongUse(
            f"There is no folder “{(args.content / 'releases').as_posix()}”. Name the content folder: --content FOLDER."
        )
    if args.apply and (args.columns or args.out):
        raise WrongUse(
            "A table that is applied has its own columns, and is not written. Leave --columns and --out out."
        )
    if args.undo:
        what, count, stays = bulk_review.undo(bulk_review.last_journal(args.content))
        out.write(f"Taken back in {counted(count, 'file')}: {what}\n{''.join(stays)}")
        return 1 if stays else 0
    err.write(bulk_review.finish(args.content))
    if args.apply:
        return _applied(args, out, err)
    return _printed(args, _columns(args.columns), out, err)


def _columns(names: Sequence[str]) -> tuple[str, ...]:
    """The columns that are asked for, in the order in which they are. Raises WrongUse."""
    chosen = dict.fromkeys(filter(None, (part.strip() for name in names for part in name.split(","))))
    for name in chosen:
        if name not in record_table.COLUMNS and not table_applying.is_column(name):
            raise WrongUse(table_applying.unknown_column(name))
    return tuple(name for name in chosen if name in record_table.COLUMNS) or record_table.COLUMNS


def _printed(args: argparse.Namespace, columns: Sequence[str], out: TextIO, err: TextIO) -> int:
    files, found = read.entries(read.scan(args.content))
    rows: list[list[str]] = [record_table.header(columns)]
    for entry in files:
        file = read.file(entry)
        try:
            cells = record_table.values(read.split(read.text_of(file.data))[0], columns)
        except (read.Unreadable, record_table.NotInATable) as error:
            found.append(error.problem.in_file(entry.path))
            continue
        rows.append([entry.path, *cells.values(), record_table.hash_of(file.data, cells)])
    if found:
        err.write(problems.formatted(sorted(found), "text", args.content.as_posix()))
        err.write("No table was made: it would lack these records. Correct them first.\n")
        return 1
    if args.out:
        _write_file(args, rows, err)
    else:
        _write_bytes(out, tabular.write(rows))
    err.write(f"{counted(len(rows) - 1, 'record')}. After your changes: python build.py table --apply TABLE\n")
    return 0


def _write_file(args: argparse.Namespace, rows: Sequence[Sequence[str]], err: TextIO) -> None:
    """Writes the table whole or not at all. Raises WrongUse, OSError."""
    ending = args.out.suffix.lower()
    if ending == ".xlsx":
        installation.require_importing(args, err)
        from onrecord.intake.formats import workbook

        data = workbook.written([[tabular.cell(text) for text in row] for row in rows], "records")
    elif ending == ".csv":
        data = _BYTE_ORDER_MARK + tabular.write(rows)
    else:
        raise WrongUse(f"A table is written as .xlsx or .csv. Give {args.out.name} one of these endings.")
    whole_file.write(args.out, data)


def _write_bytes(out: TextIO, data: bytes) -> None:
    """Line ends of a table are CRLF on every system."""
    out.flush()
    out.buffer.write(data)
    out.buffer.flush()


# ---- applying ---------------------------------------------------------------------------------------------------------------------


def _applied(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    name = args.apply.as_posix()
    try:
        sheet = _sheet(args, err)
        if not sheet.rows:
            raise BadTable("The table is empty.")
    except BadTable as error:
        out.write(problems.formatted([Problem(error.row or 1, 1, "bad-table", str(error), path=name)], "text", ""))
        return 1
    scan = read.scan(args.content)
    files = {entry.path: entry for entry in read.entries(scan)[0]}
    found = table_applying.reading(sheet, args.content, files, args.leave_rewritten)
    err.write("".join(found.notices[:_MOST_SHOWN]) + _more(found.notices))
    renaming = table_renaming.renamed(found.edits, args.content, [*files.values(), *read.entries(scan, "pages")[0]])
    found.edits[:] = renaming.edits
    of_cells = [problem.in_file(name) for problem in found.problems]
    elsewhere: list[Problem] = []
    for is_cell, problem in _checked(args, err, scan, found, renaming):
        (of_cells if is_cell else elsewhere).append(problem.in_file(name) if is_cell else problem)
    out.write(problems.formatted(sorted(of_cells)[:_MOST_TOLD], "text", ""))
    if len(of_cells) > _MOST_TOLD:
        out.write(
            f"{name}: {len(of_cells) - _MOST_TOLD:,} more cells and rows are wrong. The first {_MOST_TOLD:,} are told.\n"
        )
    out.write(problems.formatted(sorted(elsewhere), "text", args.content.as_posix()))
    every = [*of_cells, *elsewhere]
    if problems.any_error(every):
        err.write(f"{problems.summary(every)}. Nothing was written.\n{_advice(every)}")
        return 1
    return _written(args, found, renaming, out, err)


def _sheet(args: argparse.Namespace, err: TextIO) -> Sheet:
    """The table of the file that is to be applied. Raises BadTable, WrongUse."""
    try:
        size = args.apply.stat().st_size
        data = args.apply.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise WrongUse(f"{args.apply} cannot be read: {error.strerror}.") from error
    if size > MOST_BYTES:
        raise BadTable(f"It has {size:,} bytes; at most {MOST_BYTES:,} are read. Divide the table.")
    if sheets.is_packed(data):
        installation.require_importing(args, err)
    try:
        return sheets.sheet(data, table_applying.is_column)
    except sheets.NotStarted as error:
        raise WrongUse(str(error)) from error


def _checked(
    args: argparse.Namespace, err: TextIO, scan: read.Scan, found: Reading, renaming: Renaming
) -> list[tuple[bool, Problem]]:
    """The problems that the content has with the edits and has not without them."""
    if not found.edits:
        return []
    progress = Progress(err)
    with loading.loaded(args, err, progress=progress) as content:
        before = content.problems
    with tempfile.TemporaryDirectory(prefix="onrecord-table-") as folder:
        edited = table_renaming.with_changes(scan, renaming, args.content, Path(folder))
        with loading.loaded(args, err, progress=progress, scan=edited) as content:
            after = content.problems
            hashes = {file.path: file.sha256 for file in content.checked}
    if any(hashes.get(edit.target) != read.fixity(read.FileData(edit.path, edit.data)) for edit in found.edits):
        raise WrongUse("Files were changed while they were read. Nothing was written; run it again.")
    return list(table_applying.new_problems(before, after, found))


def _written(args: argparse.Namespace, found: Reading, renaming: Renaming, out: TextIO, err: TextIO) -> int:
    made = found.changes(args.content)
    count = f"{counted(found.cell_count(), 'cell')} of {counted(len(made), 'record')}"
    if not made:
        err.write(f"Nothing to write: {counted(found.same, 'row')} as the records are.\n")
        return 0
    lines = [
        f"{edit.path}: {name}: “{before}” → “{after}”\n"
        for edit in found.edits
        for name, (before, after) in edit.values.items()
    ]
    shown = lines if args.dry_run else lines[:_MOST_SHOWN]
    out.write("".join(line.replace("\r", " ").rstrip("\n").replace("\n", "⏎") + "\n" for line in shown))
    out.write("" if args.dry_run else _more(lines))
    out.write("".join(f"{edit.path} is {edit.new_path} then\n" for edit in found.edits if edit.new_path))
    out.write("".join(f"{other.path.as_posix()} names it so, too\n" for other in renaming.others))
    out.write("".join(renaming.notices))
    if args.dry_run:
        err.write(f"{count} would be written. Nothing was changed.\n")
        return 0
    bulk_review.apply(
        [*made, *renaming.others], f"{count} from {args.apply.name}", bulk_review.journal_path(args.content)
    )
    err.write(f"{count} written. To take it back: python build.py table --undo\n")
    return 0


def _more(lines: Sequence[str]) -> str:
    return f"  and {len(lines) - _MOST_SHOWN:,} more\n" if len(lines) > _MOST_SHOWN else ""


def _advice(found: Sequence[Problem]) -> str:
    """What helps where a spreadsheet is to blame; empty where it is not."""
    if any(problem.code in ("bad-date", "rewritten-cell") for problem in found):
        return (
            "Spreadsheets rewrite cells of a CSV file when they open it. Say there that it is UTF-8 and all columns are text; in Excel: "
            "Data → From Text/CSV. Cells that were rewritten by themselves can be left as the records have them: --leave-rewritten\n"
        )
    return ""
