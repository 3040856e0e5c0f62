"""The archive as files: what stands in the tables, what does not, how they are described, and what a change makes anew."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from onrecord import columns, dataset, tabular
from onrecord.columns import Column, Table
from onrecord.dataset import FILES, package
from onrecord.makers.data_pieces import DataPieces
from onrecord.model import Card, Release, Settings, Tombstone
from onrecord.publish.unpacking import layers
from onrecord.reader import Reader
from onrecord.schema import FIELDS
from tests.invented import (
    SETTINGS,
    archive,
    data_files,
    files,
    harbour,
    listed,
    makers_of,
    quick,
    reader,
    release,
    site,
)
from tests.trust.archives import Archive, small_archive

BASE = "https://example.org/papers/"
WHOLE = Settings("Papers", base_url=BASE, rights="CC BY 4.0", publisher="Friends of the Quay")
TABLES = {table.name: table for table in columns.TABLES}


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a table, as a program reads them."""
    text = data.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert re.search(r"(?<!\r)\n", re.sub(r'"(?:[^"]|"")*"', "", text)) is None, "a line end that is not CRLF"
    head, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [dict(zip(head, map(tabular.value, line), strict=True)) for line in lines]


def tables(
    *releases: Release | Tombstone, settings: Settings = SETTINGS, drafts: bool = False
) -> dict[str, list[dict[str, str]]]:
    """The rows of every table of an archive, by the table's name."""
    makers = makers_of(archive(*releases, settings=settings, drafts=drafts))
    return {
        file.name.removesuffix(".csv"): rows(data) for file, data in data_files(makers) if file.name.endswith(".csv")
    }


def of_slug(slug: str, *releases: Release | Tombstone, **given: Any) -> dict[str, str]:
    """The row of a release."""
    return next(row for row in tables(*releases, **given)["releases"] if row["slug"] == slug)


def fits(column: Column, text: str) -> bool:
    """Whether a cell is what its column says."""
    if not text:
        return not column.needed
    if column.type == "whole number":
        return text.isdecimal()
    if column.type == "number":
        return Decimal(text).is_finite()
    if column.type == "day":
        return dt.date.fromisoformat(text).isoformat() == text
    values = tabular.divided(text) if column.many else [text]
    return all(
        (not column.choices or value in column.choices) and re.fullmatch(column.pattern or ".*", value, re.DOTALL)
        for value in values
    )


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_what_its_column_says(name: str) -> None:
    of_all = tables(*harbour(), figures())
    table = TABLES[name]
    assert of_all[name], "a table without rows shows nothing"
    for row in of_all[name]:
        assert list(row) == [column.name for column in table.columns]
        for column in table.columns:
            assert fits(column, row[column.name]), (column.name, row[column.name])
    keys = [tuple(row[key] for key in table.key) for row in of_all[name]]
    assert len(keys) == len(set(keys))
    for own, other, key in table.references:
        known = {row[key] for row in of_all[other or name]}
        assert {row[own] for row in of_all[name] if row[own]} <= known, own


def figures() -> Release:
    """A release that reports numbers."""
    return release(
        "2012-03-01-lamps",
        "2012-03-01",
        "places: [Port Elm]",
        "names: [Ada Example]",
        "figures:",
        '  - value: "more than 200"',
        "    low: 200",
        '    counts: "lamps that are out"',
        "    by: Ada Example",
        "    as_of: 2012-02",
        "    place: Port Elm",
        '  - value: "1,250"',
        "    low: 1250",
        "    high: 1250",
        '    counts: "boats"',
        body="Ada Example says that more than 200 lamps are out, and 1,250 boats wait.",
    )


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2012-02-08", "2012-02-08", "2012-02-08"), ("2012-02", "2012-02-01", "2012-02-29"), ("2012", "2012-01-01", "2012-12-31"),
        ("2012~", "2012-01-01", "2012-12-31"), ("201X", "2010-01-01", "2019-12-31"), ("XXXX-08-01", "", ""), ("XXXX", "", ""),
        ("2012-01/2012-03-15", "2012-01-01", "2012-03-15"), ("2012-01/..", "2012-01-01", ""), ("/2012", "", "2012-12-31"),
        ("-0044", "", ""), ("2012-21", "2012-01-01", "2012-12-31"),
    ],
)  # fmt: skip
def test_a_date_stays_as_it_was_written_and_has_beside_it_what_it_can_mean(edtf: str, first: str, last: str) -> None:
    row = of_slug("a", quick("a", edtf))
    assert (row["date"], row["date_earliest"], row["date_latest"]) == (edtf, first, last)


def test_a_figure_stays_as_printed_and_nothing_is_filled_in() -> None:
    first, second = tables(figures())["figures"]
    assert (first["value"], first["low"], first["high"]) == ("more than 200", "200", "")
    assert (first["by"], first["name"], first["place"]) == ("Ada Example", "ada-example", "Port Elm")
    assert (first["as_of"], first["as_of_earliest"], first["as_of_latest"]) == ("2012-02", "2012-02-01", "2012-02-29")
    assert (second["value"], second["low"], second["high"]) == ("1,250", "1250", "1250")
    assert (second["by"], second["as_of"], second["as_of_earliest"], second["place"]) == ("", "", "", "")


def test_what_is_not_stated_is_an_empty_cell() -> None:
    row = of_slug("2012-02-ferry-again", *harbour())
    assert row["publisher"] == ""
    assert row["topics"] == "Water"
    assert {key for key, text in row.items() if not text} >= {"reference", "subtitle", "source_url", "rights", "kind"}


def test_lists_and_texts_come_back_whole() -> None:
    row = of_slug("2012-02-08-ferry", *harbour())
    assert tabular.divided(row["topics"]) == ["Water", "Land & roads"]
    assert row["title"] == 'Ferry crews: "Light the <quay>"'
    assert row["notes"] == "The lamps went out in 2009."
    assert (row["quotations"], row["figures"], row["files"], row["corrections"]) == ("2", "0", "0", "0")
    paragraphs = [row for row in tables(*harbour())["paragraphs"] if row["slug"] == "2012-02-08-ferry"]
    ferry = harbour()[0]
    assert isinstance(ferry, Release)
    whole = [each for each in paragraphs if each["part"] == "0"]
    assert [each["text"] for each in whole] == list(ferry.text.body.paragraphs)
    assert [each["paragraph"] for each in whole] == [str(number) for number in range(1, len(whole) + 1)]
    assert [f"{each['paragraph']}.{each['part']}" for each in paragraphs if each["part"] != "0"] == [
        part.number for part in ferry.text.body.parts
    ]
    assert ferry.text.body.parts


@pytest.mark.parametrize("drafts", [False, True])
def test_no_draft_and_nothing_withdrawn_is_in_any_file(drafts: bool) -> None:
    makers = makers_of(archive(*harbour(), drafts=drafts))
    for file, data in data_files(makers):
        for hidden in (b"unfinished", b"2015-05-05-gone", b"SECRET", b"at risk"):
            assert hidden not in data, file.name


def test_a_record_as_a_line_is_the_record_as_a_file_and_both_name_where_its_text_is() -> None:
    content = archive(*harbour(), settings=WHOLE)
    of_site = files(content)
    lines = [json.loads(line) for line in of_site["data/releases.jsonl"].splitlines()]
    assert {line["slug"] for line in lines} == {row["slug"] for row in rows(of_site["data/releases.csv"])}
    texts = [(row["slug"], row["part"], row["text"]) for row in rows(of_site["data/paragraphs.csv"])]
    for line in lines:
        record = json.loads(of_site[f"releases/{line['slug']}.json"])
        text = record.pop("text")
        assert line == record
        markdown = of_site[f"releases/{text['address']}"]
        assert text["sha256"] == hashlib.sha256(markdown).hexdigest()
        of_release = [words for slug, part, words in texts if slug == line["slug"] and part == "0"]
        assert text["paragraphs"] == len(of_release)
        assert not any(
            words.encode() in of_site[f"releases/{line['slug']}.json"] for words in of_release if len(words) > 200
        )


def test_addresses_are_whole_where_the_site_has_one() -> None:
    whole, paths = (tables(*harbour(), figures(), settings=settings) for settings in (WHOLE, SETTINGS))
    for name, of_table in whole.items():
        for row, path in zip(of_table, paths[name], strict=True):
            assert row["address"] == (f"{BASE}{path['address']}" if path["address"] else ""), name
    assert whole["paragraphs"][0]["address"].startswith(f"{BASE}releases/")
    assert whole["figures"][0]["address"] == f"{BASE}releases/2012-03-01-lamps.html#p1"


def test_every_address_leads_to_a_place_on_a_page() -> None:
    content = archive(*harbour(), figures())
    pages = site(content)
    for name, of_table in tables(*harbour(), figures()).items():
        for row in of_table:
            path, _, fragment = unquote(row["address"]).partition("#")
            if path:
                assert not fragment or f'id="{fragment}"' in pages[path], (name, row["address"])
                assert path in pages, (name, path)


def test_a_spreadsheet_runs_no_cell() -> None:
    makers = makers_of(archive(release("2012-02-08-sum", "2012-02-08", 'title: "=1+1"', body="-1 is cold.\n\n@here.")))
    for file, data in data_files(makers):
        if file.name.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(data.decode(), newline="")) for cell in row]
            assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")], file.name
    assert of_slug("2012-02-08-sum", release("2012-02-08-sum", "2012-02-08", 'title: "=1+1"'))["title"] == "=1+1"


def test_an_empty_archive_has_tables_of_a_header_row() -> None:
    of_site = files(archive())
    for table in columns.TABLES:
        data = of_site[f"data/{table.name}.csv"]
        assert rows(data) == []
        assert data == tabular.write([[column.name for column in table.columns]])
    assert of_site["data/releases.jsonl"] == b""
    assert "data/releases.csv" in of_site["data.html"].decode()


def test_what_no_release_names_is_in_no_vocabulary() -> None:
    of_all = tables(*harbour(), figures())
    assert {row["slug"] for row in of_all["topics"]} == {"water", "land-roads", "éclairage"}
    few = tables(release("2012-a", "2012", "topics: [Water]"), figures())
    assert [row["slug"] for row in few["topics"]] == ["water"]
    assert [row["slug"] for row in few["names"]] == ["ada-example"]
    assert [row["releases"] for row in few["places"]] == ["1"]


def test_every_key_of_a_record_is_a_column_or_in_a_table_of_its_own() -> None:
    names = {
        column.name.partition("_")[0] if column.name.startswith("source_") else column.name
        for column in columns.RELEASES.columns
    }
    assert {field.key for field in FIELDS} - names == {"review"}


# ---- what describes the files ------------------------------------------------------------------------------------------------------


def test_the_description_names_every_file_with_its_size_and_hash() -> None:
    of_site = files(archive(*harbour(), figures(), settings=WHOLE))
    described = json.loads(of_site["data/datapackage.json"])
    assert {f"data/{resource['path']}" for resource in described["resources"]} | {"data/datapackage.json"} == {
        path for path in of_site if path.startswith("data/")
    }
    for resource in described["resources"]:
        data = of_site[f"data/{resource['path']}"]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if resource["type"] == "table":
            of_table = rows(data)
            assert resource["rows"] == len(of_table)
            for field in resource["schema"]["fields"]:
                assert field["missing"] == sum(not row[field["name"]] for row in of_table)
                assert field["description"]


def test_the_page_says_what_each_column_means_and_in_how_many_rows_it_stands() -> None:
    content = archive(*harbour(), settings=WHOLE)
    page = files(content)["data.html"].decode()
    for table in columns.TABLES:
        assert f'<h3 id="{table.name}">' in page
        for column in table.columns:
            assert f'<code dir="ltr">{column.name}</code>' in page
    publisher = re.search(r">publisher</code>.*?(?=<tr|</t)", page, re.DOTALL)
    assert publisher is not None
    stated = sum(bool(row["publisher"]) for row in tables(*harbour())["releases"])
    assert re.search(rf'<td class="figure" data-label="[^"]+">{stated}[<\s]', publisher[0])
    assert "CC BY 4.0" in page


def test_the_page_is_a_data_set_to_machines() -> None:
    of_site = files(archive(*harbour(), settings=WHOLE))
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', of_site["data.html"].decode())
    assert found is not None
    node = json.loads(found[1])
    assert (node["@type"], node["name"], node["url"]) == ("Dataset", "Papers", f"{BASE}data.html")
    assert 50 <= len(node["description"]) <= 5000
    assert node["copyrightNotice"] == "CC BY 4.0"
    assert node["temporalCoverage"] == "2012/2014"
    assert "license" not in node, "rights in words are not address of a licence"
    for download in node["distribution"]:
        data = of_site[download["contentUrl"].removeprefix(BASE)]
        assert download["sha256"] == hashlib.sha256(data).hexdigest()
        assert download["contentSize"] == f"{len(data)} B"


def test_every_page_leads_to_the_data() -> None:
    for path, page in site(archive(*harbour())).items():
        if path != "404.html":
            assert f'href="{"../" * path.count("/")}data.html"' in page, path


# ---- parts, and what a change makes anew ---------------------------------------------------------------------------------------------


def many() -> list[Release]:
    """Releases of several years, with as many of some as a part does not hold."""
    dates = [f"{year}-0{1 + number % 9}-11" for year in (1989, 2004, 2005, 2012) for number in range(40)]
    return [quick(f"{date}-{number}", date) for number, date in enumerate([*dates, *["XXXX"] * 40])]


def test_a_long_file_is_in_parts_that_are_the_whole_together() -> None:
    makers = makers_of(archive(*many()))
    whole = {file.name: data for file, data in data_files(makers)}
    limit = 6000
    in_parts = data_files(makers, limit)
    for table in columns.TABLES:
        parts = [(file, data) for file, data in in_parts if file.name == f"{table.name}.csv"]
        assert all(data.startswith(table.head) for _, data in parts)
        assert table.head + b"".join(data[len(table.head) :] for _, data in parts) == whole[f"{table.name}.csv"]
        assert sum(file.rows for file, _ in parts) == len(rows(whole[f"{table.name}.csv"]))
    paths = [file.path for file, _ in in_parts if file.name == "releases.csv"]
    assert len(paths) == len(set(paths)) > 3
    assert paths[-1].startswith("data/releases-undated")
    described = json.loads(package(SETTINGS, [file for file, _ in in_parts]))
    resource = next(each for each in described["resources"] if each["name"] == "releases")
    assert [f"data/{path}" for path in resource["path"]] == paths
    assert [part["path"] for part in resource["parts"]] == resource["path"]
    assert "hash" not in resource


def test_a_file_that_would_be_long_is_packed_and_unpacks_to_the_plain_one() -> None:
    makers = makers_of(archive(*many()))
    whole = {file.name: data for file, data in data_files(makers)}
    files = data_files(makers, most_plain=12_000)
    packed = [(file, data) for file, data in files if file.path.endswith(".gz")]
    assert {file.name for file, _ in packed} >= {"releases.csv", "releases.jsonl", "paragraphs.csv"}
    for file, data in files:
        plain = gzip.decompress(data) if file.unpacked else data
        assert plain == whole[file.name]
        assert bool(file.unpacked) == file.path.endswith(".gz") == (len(whole[file.name]) > 12_000)
        assert file.unpacked in (0, len(plain))
    assert data_files(makers, most_plain=12_000) == files, "the same bytes again"

    # What looks through a site for withheld words sees all of it, not the first of the pieces alone.
    for file, data in packed:
        assert whole[file.name] in set(layers(data))

    described = {each["name"]: each for each in json.loads(package(SETTINGS, [file for file, _ in files]))["resources"]}
    for name in ("releases", "paragraphs"):
        assert described[name]["path"] == f"{name}.csv.gz"
        assert (described[name]["compression"], described[name]["format"]) == ("gz", "csv")
    assert "compression" not in described["topics"]

    page = dict(makers.data_pages([file for file, _ in files]))["data.html"].decode()
    assert 'href="data/paragraphs.csv.gz" type="application/gzip"' in page
    assert "Packed with gzip; " in page
    assert (
        "Packed with gzip"
        not in dict(makers.data_pages([file for file, _ in data_files(makers)]))["data.html"].decode()
    )


def test_a_long_file_in_parts_is_packed_part_by_part() -> None:
    makers = makers_of(archive(*many()))
    (whole,) = [data for file, data in data_files(makers) if file.name == "releases.jsonl"]
    parts = [(file, data) for file, data in data_files(makers, 12_000, 6_000) if file.name == "releases.jsonl"]
    assert len(parts) > 3
    assert all(re.fullmatch(r"data/releases-[\w-]+\.jsonl\.gz", file.path) for file, _ in parts)
    assert b"".join(gzip.decompress(data) for _, data in parts) == whole


def test_a_release_that_comes_moves_no_other_part() -> None:
    before, after = (
        {file.path: data for file, data in data_files(makers_of(archive(*releases)), 6000) if "releases" in file.path}
        for releases in (many(), [*many(), quick("2004-06-01-new", "2004-06-01")])
    )
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed
    assert all("2004" in path for path in changed), changed


def test_a_release_that_comes_or_goes_changes_one_bundle() -> None:
    cards: list[Card] = [quick(f"2012-02-08-{number:04}", "2012-02-08").card for number in range(600)]
    before = set(dataset.bundles(cards))
    assert 5 <= len(before) <= 30
    for number in (0, 17, 300, 599):
        after = set(dataset.bundles(cards[:number] + cards[number + 1 :]))
        assert len(before - after) <= 2
        assert {slug for *_, slugs in after for slug in slugs} == {card.slug for card in cards} - {cards[number].slug}


@pytest.fixture
def built(tmp_path: Path) -> Archive:
    """A small archive, built."""
    given = small_archive(tmp_path)
    assert given.build().code == 0
    return given


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_changed_word_renders_the_bundle_that_it_stands_in(built: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    pieces = DataPieces.pieces

    def noted(self: DataPieces, ask: Reader, *subject: str) -> object:
        rendered.append(" ".join(subject))
        return pieces(self, ask, *subject)

    monkeypatch.setattr(DataPieces, "pieces", noted)
    file = sorted(built.content.rglob("releases/**/*.md"))[0]
    file.write_text(file.read_text(encoding="utf-8").rstrip() + " Unheard-of.\n", encoding="utf-8")
    before = {path: (built.site / path).stat().st_mtime_ns for path in ("data/topics.csv", "data/quotations.csv")}
    assert built.build().code == 0
    assert len(rendered) == 1
    assert file.stem in rendered[0]
    assert b"Unheard-of." in (built.site / "data/paragraphs.csv").read_bytes()
    assert before == {path: (built.site / path).stat().st_mtime_ns for path in before}


@pytest.mark.parametrize("damage", ["lost", "cut", "changed"])
def test_damaged_pieces_are_made_again(built: Archive, damage: str) -> None:
    expected = tree(built.site)
    kept = [path for path in built.cache.rglob("*") if path.parent.suffix == ".data"]
    assert kept
    for path in kept:
        if damage == "lost":
            path.unlink()
        elif damage == "cut":
            path.write_bytes(path.read_bytes()[:-1])
        else:
            path.write_bytes(path.read_bytes().replace(b"harbour", b"herbour").replace(b"Harbour", b"Herbour"))
    (built.site / "data" / "releases.csv").unlink()
    (built.site / "data" / "publishers.csv").unlink()
    ran = built.build()
    assert ran.code == 0, ran.err
    assert tree(built.site) == expected


def test_what_is_kept_of_a_release_that_goes_goes_too(built: Archive) -> None:
    file = sorted(built.content.rglob("releases/**/*.md"))[0]
    kept = [path for path in built.cache.rglob("*") if path.parent.suffix == ".data"]
    assert any(file.stem.encode() in path.read_bytes() for path in kept)
    file.unlink()
    assert built.build().code == 0
    kept = [path for path in built.cache.rglob("*") if path.parent.suffix == ".data"]
    assert not any(file.stem.encode() in path.read_bytes() for path in kept)


def test_the_list_of_files_names_each_once() -> None:
    assert len({file.name for file in FILES}) == len(FILES)
    assert {file.table for file in FILES if file.table} == set(columns.TABLES)
    assert all(isinstance(file.table, Table | None) for file in FILES)


def test_withdrawn_releases_are_counted_on_the_page() -> None:
    assert isinstance(listed("2015-05-05-gone", "2015-05-05", "status: withdrawn", "reason: Why."), Tombstone)
    page = files(archive(*harbour()))["data.html"].decode()
    assert "(1 withdrawn)" in page
    assert reader(archive(*harbour())).facts().count == len(reader(archive(*harbour())).subjects()) + 1
