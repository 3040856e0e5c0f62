"""A table goes through the dialects of spreadsheets with any edits: exactly the cells that were edited change."""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import corpus
from onrecord import read, record_table, tabular
from onrecord.commands import bulk_review
from onrecord.intake import field_lines
from onrecord.intake.formats import csv_text
from onrecord.model import Items, Table
from tests.conftest import Run

Dialect = Callable[[list[list[str]]], bytes]
# `make audit-incremental` takes a thousand.
RECORDS, EDITS = (1000, 500) if "ONRECORD_HISTORIES" in os.environ else (300, 150)
WORDS = (
    "=SUM(1;2)",
    "+962 6 555",
    "-",
    "@here",
    "'",
    "'=x",
    'says “no”, "yes"',
    "a;b,c\td",
    "حمص: المياه",
    "Ünïcode",
    "0012",
    "5 #",
)


def libreoffice(rows: list[list[str]]) -> bytes:
    """Commas, quotation marks where they are needed, LF."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def excel(rows: list[list[str]]) -> bytes:
    """“CSV UTF-8” where a comma is the decimal sign."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def unicode_text(rows: list[list[str]]) -> bytes:
    """Excel's “Unicode text”."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter="\t", lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode("utf-16")


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "content"
    corpus.main([str(folder), "--n", str(RECORDS)])
    return folder


def edited(rows: list[list[str]], chance: random.Random) -> dict[tuple[str, str], str]:
    """Edits cells of the table and gives what each stands for now, by path and column."""
    head = rows[0]
    values = {name: sorted({row[at] for row in rows[1:]} - {""}) for at, name in enumerate(head)}
    changed: dict[tuple[str, str], str] = {}
    while len(changed) < EDITS:
        row = chance.choice(rows[1:])
        name = chance.choice(
            [
                "title",
                "subtitle",
                "reference",
                "rights",
                "kind",
                "topics",
                "names",
                "date_as_written",
                "notes",
                "source.url",
                "dateline",
            ]
        )
        at = head.index(name)
        if (row[0], name) in changed:
            continue
        if name in ("kind", "source.url"):
            new = chance.choice(values[name])
        elif name in ("topics", "names"):
            new = tabular.joined(
                chance.sample(
                    sorted({part for cell in values[name] for part in tabular.divided(cell)}), chance.randrange(4)
                )
            )
        else:
            new = f"{chance.choice(WORDS)} {len(changed)}{chance.choice(('', '!', ' =1'))}"
        if tabular.cell(new) != row[at]:
            row[at] = tabular.cell(new)
            changed[row[0], name] = new
    return changed


def records(content: Path) -> dict[str, tuple[dict[str, str], str]]:
    """The cells and the rest of every record, by its path."""
    out = {}
    for path in sorted((content / "releases").rglob("*.md")):
        table, body, _ = read.split(read.text_of(path.read_bytes()))
        cells = record_table.values(table, record_table.COLUMNS)
        rest = repr(
            [
                (key.text, _plain(node))
                for key, node in table.entries
                if key.text not in {name.partition(".")[0] for name in record_table.COLUMNS}
            ]
        )
        out[path.relative_to(content).as_posix()] = cells, rest + body
    return out


def _plain(node: object) -> object:
    if isinstance(node, Items):
        return [_plain(item) for item in node.nodes]
    if isinstance(node, Table):
        return [(key.text, _plain(inner)) for key, inner in node.entries]
    return node.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("dialect", [libreoffice, excel])
def test_of_many_records_exactly_the_edited_cells_change(
    dialect: Dialect,
    invented: Path,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bulk_review, "JOURNALS", tmp_path)
    before = records(invented)
    bytes_before = {path: (invented / path).read_bytes() for path in before}
    made = run("table", "--content", invented)
    rows = list(csv.reader(io.StringIO(made.out, newline="")))
    assert len(rows) == RECORDS + 1
    changed = edited(rows, random.Random(dialect.__name__))  # noqa: S311
    (tmp_path / "t.csv").write_bytes(dialect(rows))
    ran = run("table", "--content", invented, "--apply", tmp_path / "t.csv")
    assert ran.code == 0, ran.out
    assert f"{EDITS} cells of {len({path for path, _ in changed})} records written" in ran.err
    after = records(invented)
    for path, (cells, rest) in before.items():
        mine = {name: new for (of, name), new in changed.items() if of == path}
        assert after[path] == (cells | mine, rest)
        if not mine:
            assert (invented / path).read_bytes() == bytes_before[path]
    assert run("table", "--content", invented, "--undo").code == 0
    assert {path: (invented / path).read_bytes() for path in before} == bytes_before


PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"], exclude_characters="\ufffe\uffff"), max_size=30
).map(str.strip)
CELLS = st.dictionaries(
    st.sampled_from(record_table.COLUMNS),
    PLAIN | st.lists(PLAIN.filter(bool), max_size=3, unique=True).map(tabular.joined),
)


@given(CELLS, st.sampled_from([libreoffice, excel, unicode_text]))
def test_every_record_comes_back_from_its_row(cells: dict[str, str], dialect: Dialect) -> None:
    text = "---\ntitle: Quay   # a comment\nplaces:\n  - Portmere\n---\n\nBody.\n"
    wanted = {name: record_table.given(name, tabular.cell(cell)) for name, cell in cells.items()}
    for name, value in wanted.items():
        text = field_lines.changed(text, name, record_table.divided(name, value))
    columns = list(record_table.COLUMNS)
    now = record_table.values(read.split(text)[0], columns)
    assert {name: now[name] for name in wanted} == wanted
    assert set(filter(now.get, columns)) <= {*filter(wanted.get, wanted), "title", "places"}
    sheet = csv_text.sheet(
        dialect([columns, [*map(tabular.cell, now.values()), "end"]]), record_table.COLUMNS.__contains__
    )
    row = sheet.rows[1].cells
    assert {name: record_table.given(name, row[at]) for at, name in enumerate(columns)} == now
