"""`export`: copies of a site for other programs. Each is made of the site alone, is whole or not there, and is what its own program reads;
the same site gives the same bytes where the format says so."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import bagit
import pytest
from msgspec import structs

from onrecord import languages, publish
from onrecord.exports import FORMATS, tables, zim_file
from onrecord.exports.crate import METADATA
from onrecord.exports.published_site import NotPublished, published
from onrecord.model import Settings
from onrecord.schema import FIELDS
from tests.conftest import Ran, run_here
from tests.trust.archives import Archive, release, small_archive

Run = Callable[..., Any]
SAME = [name for name in FORMATS if name != "zim"]
needs_zim_tools = pytest.mark.skipif(
    shutil.which("zimwriterfs") is None or shutil.which("zimcheck") is None,
    reason="zimwriterfs and zimcheck are not on this machine (Debian: zim-tools)",
)

FULL = """places: [Holm]
names: [Ada Example]
topics: [Safety]
reference: HW 1/2012
date_as_written: Early in March
quotations:
  - speaker: Ada Example
    text: the pier is dark
figures:
  - value: more than 7
    low: 7
    counts: lamps
    by: Harbour Watch
    as_of: 2012-03
    place: Holm
    paragraph: 2
follows: [2012-02-01-lamps-0]
corrects: [2012-04-01-gone]
source:
  url: https://example.org/buoys
notes: |
  First note.

  Second note.
"""
GONE = """---
title: Gone
date: 2012-04-01
publisher: Harbour Watch
language: en
extent: full
status: withdrawn
reason: A person is at risk.
---
Qvanished.
"""
DRAFT = release("A draft", "2012-05-01", "Qdrafted words.", "status: draft\n")


SETTINGS = Settings("Häfen & “Lichter”", rights="CC BY 4.0")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # 2026-09-21
        archive = small_archive(tmp_path_factory.mktemp("exported"))
        settings = archive.content / "archive.toml"
        more = 'title = "Häfen & “Lichter”"\nscope = "Lamps, and who asked for them."\npublisher = "Harbour Watch"\n'
        settings.write_text(
            settings.read_text("utf-8").replace('title = "Harbour"\n', more + 'rights = "CC BY 4.0"\n'),
            encoding="utf-8",
        )
        archive.write("places.toml", '[[place]]\nlabel = "Holm"\nlat = 54.5\nlon = 9.5\n')
        archive.write(
            "names.toml",
            '[[name]]\nlabel = "Ada Example"\nsame_as = ["https://www.wikidata.org/wiki/Q42"]\n',
        )
        body = "The harbour asked for *buoys*.\n\nIt counted more than 7 lamps; “the pier is dark”, said Ada Example in Zürich."
        body += "\n\n- Rails\n- Ladders"
        archive.write("releases/2012/2012-03-buoys.md", release("=Buoys, “lit”", "2012-03", body, FULL))
        archive.write("releases/2012/2012-04-01-gone.md", GONE)
        archive.write("releases/2012/2012-05-01-draft.md", DRAFT)
        arabic = release("منارة", "2011/2012", "طلب المرفأ ضوءًا للرصيف.").replace("language: en", "language: ar")
        archive.write("releases/2011/2011-منارة.md", arabic)
        ran = archive.build()
        assert ran.code == 0, ran.out + ran.err
        yield archive


def export(archive: Archive, what: str, out: Path) -> Ran:
    return run_here(["export", what, "--content", str(archive.content), "--site", str(archive.site), "--out", str(out)])


def bytes_of(copy: Path) -> dict[str, bytes]:
    """A copy, a file or a folder, by paths."""
    if copy.is_file():
        return {"": copy.read_bytes()}
    return {file.relative_to(copy).as_posix(): file.read_bytes() for file in copy.rglob("*") if file.is_file()}


# ---- what all have in common -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", SAME)
def test_the_same_site_gives_the_same_bytes(what: str, archive: Archive, tmp_path: Path) -> None:
    first, second = tmp_path / "one" / "copy", tmp_path / "two" / "copy"
    first.parent.mkdir()
    second.parent.mkdir()
    assert export(archive, what, first).code == 0
    shutil.copytree(archive.site, tmp_path / "site")
    for file in (tmp_path / "site").rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
        file.chmod(0o700)
    (tmp_path / "site" / "notes-of-mine.txt").write_text("not for others", encoding="utf-8")
    done = run_here(
        [
            *("export", what, "--content", str(archive.content)),
            *("--site", str(tmp_path / "site"), "--out", str(second)),
        ]
    )
    assert done.code == 0
    assert "Left out, because no build has written it: notes-of-mine.txt." in done.err
    assert bytes_of(first.parent) == bytes_of(second.parent)
    assert FORMATS[what].sameness in done.err


@pytest.fixture(scope="module")
def other_sites(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site that somebody has changed, and one that shows drafts."""
    folder = tmp_path_factory.mktemp("others")
    shutil.copytree(archive.site, folder / "changed")
    (folder / "changed" / "index.html").write_text("somebody else's words", encoding="utf-8")
    assert archive.build("--drafts", "--no-search", out=folder / "drafts").code == 0
    return folder


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("changed", "is not as its build wrote it (0 missing, 1 changed"),
        ("drafts", "shows drafts (releases/2012-05-01-draft.json), which are not to leave"),
    ],
)
@pytest.mark.parametrize("what", FORMATS)
def test_a_site_that_is_changed_or_shows_drafts_is_refused(
    what: str, which: str, words: str, archive: Archive, other_sites: Path, tmp_path: Path
) -> None:
    where = ["--content", str(archive.content), "--site", str(other_sites / which)]
    done = run_here(["export", what, *where, "--out", str(tmp_path / "copy")])
    assert done.code == 2
    assert words in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "stated", [structs.replace(SETTINGS, title="Another"), structs.replace(SETTINGS, rights="All rights reserved")]
)
def test_no_copy_states_the_name_or_the_licence_of_another_archive(stated: Settings, archive: Archive) -> None:
    with pytest.raises(NotPublished, match="Name the content that it was built from"):
        published(archive.site, stated, "harbour")


def test_a_copy_has_the_address_that_its_site_was_built_for(archive: Archive) -> None:
    settings = structs.replace(SETTINGS, base_url="https://elsewhere.example/")
    assert published(archive.site, settings, "harbour").settings.base_url == "https://archive.example/"


@pytest.mark.parametrize(
    ("where", "words"),
    [("site/in.zip", "lies in the site itself"), ("none/in.zip", "There is no folder"), ("taken", "is there already")],
)
@pytest.mark.parametrize("what", FORMATS)
def test_a_place_that_cannot_be_written_is_said_in_one_line(
    what: str, archive: Archive, tmp_path: Path, where: str, words: str
) -> None:
    copy = Archive(tmp_path)
    shutil.copytree(archive.site, copy.site)
    shutil.copytree(archive.content, copy.content)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    done = export(copy, what, tmp_path / where)
    assert done.code == 2
    assert words in done.err
    assert done.err.count("\n") == 1
    assert (tmp_path / "taken" / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("what", ["zip", "sqlite"])
def test_an_earlier_file_is_replaced_and_stays_where_a_copy_fails(
    what: str, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "copy"
    out.write_bytes(b"earlier")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("onrecord.durability.force", full)
        done = export(archive, what, out)
    assert (done.code, out.read_bytes()) == (2, b"earlier")
    assert "No space left on device" in done.err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert export(archive, what, out).code == 0
    assert out.stat().st_size > 1000


def test_a_file_that_changes_while_it_is_read_is_refused_and_one_that_is_not_listed_is_not_there(
    archive: Archive, tmp_path: Path
) -> None:
    shutil.copytree(archive.site, tmp_path / "site")
    (tmp_path / "site" / "stray.json").write_text("{}")
    site = published(tmp_path / "site", SETTINGS, "harbour")
    assert site.strays == ["stray.json"]
    with pytest.raises(KeyError):
        site.read("stray.json")
    (tmp_path / "site" / site.records[0]).write_text("{}")
    with pytest.raises(NotPublished, match="was changed while it was read"):
        site.read(site.records[0])
    with pytest.raises(NotPublished, match="was changed while it was read"):
        site.pack(tmp_path / "copy.zip", "harbour")
    (tmp_path / "to").mkdir()
    with pytest.raises(publish.PublishFailed):
        site.copy(site.records, tmp_path / "to")


# ---- zip ---------------------------------------------------------------------------------------------------------------------------


def test_a_zip_file_unpacks_into_one_folder_that_is_the_site(archive: Archive, tmp_path: Path) -> None:
    export(archive, "zip", tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as packed:
        assert packed.testzip() is None
        packed.extractall(tmp_path / "there")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["häfen-lichter"]
    unpacked = tmp_path / "there" / "häfen-lichter"
    assert run_here(["verify", str(unpacked)]).code == 0
    assert bytes_of(unpacked) == bytes_of(archive.site)


# ---- sqlite ------------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def database(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    file = tmp_path_factory.mktemp("database") / "harbour.db"
    ran = export(archive, "sqlite", file)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines() == [str(file), str(file.with_name("harbour.metadata.json"))]
    with closing(sqlite3.connect(file)) as database:
        database.row_factory = sqlite3.Row
        yield database


def rows(database: sqlite3.Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in database.execute(query, values)]


def test_a_database_is_sound_and_every_reference_leads_somewhere(database: sqlite3.Connection) -> None:
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database, "PRAGMA foreign_key_check") == []
    for name in ("paragraphs", "releases"):
        database.execute(f"INSERT INTO {name}_fts({name}_fts, rank) VALUES ('integrity-check', 1)")  # noqa: S608


def test_a_database_says_what_the_records_say(database: sqlite3.Connection) -> None:
    record = dict(database.execute("SELECT * FROM releases WHERE slug = '2012-03-buoys'").fetchone())
    stated = {key: value for key, value in record.items() if value is not None}
    assert stated == {
        "slug": "2012-03-buoys",
        "address": "https://archive.example/releases/2012-03-buoys.html",
        "title": "=Buoys, “lit”",
        "date": "2012-03",
        "date_earliest": "2012-03-01",
        "date_latest": "2012-03-31",
        "date_as_written": "Early in March",
        "publisher": "Harbour Watch",
        "reference": "HW 1/2012",
        "language": "en",
        "extent": "full",
        "status": "published",
        "notes": "First note.\n\nSecond note.",
        "source_url": "https://example.org/buoys",
    }
    assert rows(database, "SELECT release, number, address, text FROM paragraphs WHERE text LIKE '%buoys%'") == [
        (
            "2012-03-buoys",
            1,
            "https://archive.example/releases/2012-03-buoys.html#p1",
            "The harbour asked for buoys.",
        )
    ]
    figure = rows(
        database, 'SELECT value, low, high, "by", as_of, as_of_latest, place, paragraph, address FROM figures'
    )
    page = "https://archive.example/releases/2012-03-buoys.html#p2"
    assert figure == [("more than 7", 7, None, "Harbour Watch", "2012-03", "2012-03-31", "holm", 2, page)]
    assert rows(database, "SELECT speaker, text, paragraph FROM quotations") == [("Ada Example", "the pier is dark", 2)]
    assert rows(database, "SELECT slug, label, lat, lon FROM places") == [("holm", "Holm", 54.5, 9.5)]
    assert rows(database, "SELECT same_as FROM names") == [('["https://www.wikidata.org/wiki/Q42"]',)]
    assert rows(database, "SELECT release, topic FROM release_topics") == [("2012-03-buoys", "safety")]
    assert rows(database, "SELECT release, relation, slug, other FROM relations ORDER BY relation") == [
        ("2012-03-buoys", "corrects", "2012-04-01-gone", None),
        ("2012-03-buoys", "follows", "2012-02-01-lamps-0", "2012-02-01-lamps-0"),
    ]
    assert rows(database, "SELECT slug FROM withdrawn") == [("2012-04-01-gone",)]
    assert dict(rows(database, "SELECT key, value FROM archive"))["built"] == "2026-09-21"


def test_a_database_has_the_items_of_a_list_behind_the_paragraph_before_them(database: sqlite3.Connection) -> None:
    query = "SELECT number, part, text, address FROM paragraphs WHERE release = '2012-03-buoys' AND number = 2 ORDER BY part"
    page = "https://archive.example/releases/2012-03-buoys.html#p2"
    found = rows(database, query)
    places = [(2, 0, page), (2, 1, f"{page}.1"), (2, 2, f"{page}.2")]
    assert [(number, part, address) for number, part, _, address in found] == places
    assert [text for _, _, text, _ in found][1:] == ["Rails", "Ladders"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbour", ["2012-03-buoys"]),
        ("ladders", ["2012-03-buoys"]),
        ("zurich", ["2012-03-buoys"]),
        ('"pier is dark"', ["2012-03-buoys"]),
        ("المرفأ", ["2011-منارة"]),
        ("ضوءًا", ["2011-منارة"]),
        ("qvanished OR qdrafted", []),
    ],
)
def test_a_search_goes_through_every_paragraph(words: str, found: list[str], database: sqlite3.Connection) -> None:
    query = "SELECT DISTINCT release FROM paragraphs WHERE id IN (SELECT rowid FROM paragraphs_fts WHERE paragraphs_fts MATCH ?)"
    assert [slug for (slug,) in rows(database, query, words)] == found


def test_what_datasette_is_told_is_about_the_tables_that_are_there(
    archive: Archive, database: sqlite3.Connection, tmp_path: Path
) -> None:
    export(archive, "sqlite", tmp_path / "harbour.db")
    told = json.loads((tmp_path / "harbour.metadata.json").read_text("utf-8"))
    assert (told["title"], told["license"], told["source_url"]) == (
        "Häfen & “Lichter”",
        "CC BY 4.0",
        "https://archive.example/",
    )
    about = told["databases"]["harbour"]["tables"]
    names = rows(
        database, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
    )
    assert about.keys() == {name for (name,) in names}
    for name, table in about.items():
        columns = [row[1] for row in rows(database, f'PRAGMA table_info("{name}")')]
        assert list(table["columns"]) == columns
        assert all(table["columns"].values())
        assert set(table.get("facets", ())) <= set(columns)
    assert "no source says it" in about["releases"]["columns"]["date_earliest"]


def test_every_field_of_the_schema_has_a_place_in_the_tables() -> None:
    columns = {column.name for column in tables.RELEASES.columns}
    for field in FIELDS:
        named = [name for name in (field.key, f"release_{field.key}") if name in tables.BY_NAME]
        own = {column.name for name in named for column in tables.BY_NAME[name].columns}
        parts = {part.key for part in field.fields}
        if field.type == "origin":
            assert {f"{field.key}_{part}" for part in parts} <= columns
        elif field.many:
            assert field.key in (*tables.RELATED, "review") or parts <= own
            assert field.key in (*tables.RELATED, "review") or own, field.key
        else:
            assert field.key in columns or field.key in tables.RELATED


# ---- bagit -------------------------------------------------------------------------------------------------------------------------


def test_a_bag_is_valid_and_its_payload_is_the_site(archive: Archive, tmp_path: Path) -> None:
    assert export(archive, "bagit", tmp_path / "bag").code == 0
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert bag.info["Source-Organization"] == "Harbour Watch"
    assert bag.info["Bagging-Date"] == "2026-09-21"
    assert bytes_of(tmp_path / "bag" / "data") == bytes_of(archive.site)
    assert run_here(["verify", str(tmp_path / "bag")]).code == 0
    assert export(archive, "bagit", tmp_path / "bag.zip").code == 0
    with zipfile.ZipFile(tmp_path / "bag.zip") as packed:
        packed.extractall(tmp_path / "there")
    assert bytes_of(tmp_path / "there" / "häfen-lichter-bag") == bytes_of(tmp_path / "bag")


# ---- ro-crate ----------------------------------------------------------------------------------------------------------------------


def test_a_crate_is_the_site_with_its_description_at_the_top(archive: Archive, tmp_path: Path) -> None:
    """Section “Root Data Entity” of RO-Crate 1.2: what it must say; and what it names is there, as large as it says."""
    assert export(archive, "ro-crate", tmp_path / "crate").code == 0
    crate = tmp_path / "crate"
    described = json.loads((crate / METADATA).read_text("utf-8"))
    assert described["@context"] == "https://w3id.org/ro/crate/1.2/context"
    entities = {entity["@id"]: entity for entity in described["@graph"]}
    assert len(entities) == len(described["@graph"])
    assert entities[METADATA]["about"] == {"@id": "./"}
    root = entities["./"]
    assert root["@type"] == "Dataset"
    assert (root["name"], root["datePublished"]) == ("Häfen & “Lichter”", "2026-09-21")
    assert root["description"] == "Lamps, and who asked for them."
    assert entities[root["license"]["@id"]]["name"] == "CC BY 4.0"
    assert entities[root["publisher"]["@id"]]["name"] == "Harbour Watch"
    assert {part["@id"] for part in root["hasPart"]} <= entities.keys()
    for entity in entities.values():
        if entity["@type"] == "File":
            data = (crate / entity["@id"]).read_bytes()
            assert (entity["contentSize"], entity["sha256"]) == (
                str(len(data)),
                publish.digest(str(crate / entity["@id"])),
            )
            assert entity["encodingFormat"] != "application/octet-stream", entity["@id"]
        elif entity["@type"] == "Dataset":
            assert (crate / entity["@id"]).is_dir()
    assert bytes_of(crate).keys() - bytes_of(archive.site).keys() == {METADATA}
    assert run_here(["verify", str(crate)]).code == 0
    assert export(archive, "ro-crate", tmp_path / "crate.zip").code == 0
    with zipfile.ZipFile(tmp_path / "crate.zip") as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == bytes_of(crate)


def test_a_crate_needs_a_day_and_says_so(archive: Archive, tmp_path: Path) -> None:
    undated = replace(published(archive.site, SETTINGS, "harbour"), built="")
    with pytest.raises(NotPublished, match="this site does not say when it was built"):
        FORMATS["ro-crate"].make(undated, tmp_path / "crate")
    FORMATS["bagit"].make(undated, tmp_path / "bag")
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert "Bagging-Date" not in bag.info


# ---- zim ---------------------------------------------------------------------------------------------------------------------------


@needs_zim_tools
def test_a_zim_file_passes_its_checker_and_holds_the_site(archive: Archive, tmp_path: Path) -> None:
    done = export(archive, "zim", tmp_path / "harbour.zim")
    assert done.code == 0, done.err
    checked = subprocess.run(["zimcheck", "-A", tmp_path / "harbour.zim"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert "Overall Test Status: Pass" in checked.stdout
    subprocess.run(
        ["zimdump", "dump", "--dir", tmp_path / "there", tmp_path / "harbour.zim"], check=True, capture_output=True
    )
    site, there = bytes_of(archive.site), bytes_of(tmp_path / "there")
    assert site.keys() - there.keys() == {".nojekyll", "CNAME", "404.html"}
    for path in (
        "index.html",
        "releases/2011-منارة.html",
        "releases/2012-03-buoys.json",
        "search.html",
        "manifest.json",
    ):
        assert there[path] == site[path], path


def test_where_the_program_is_missing_it_is_said_what_to_install(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = export(archive, "zim", tmp_path / "harbour.zim")
    assert done.code == 2
    assert "zimwriterfs is not on this machine" in done.err
    assert "sudo apt install zim-tools" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="a program written here is a shell script")
def test_a_program_that_fails_leaves_nothing_and_its_words_are_shown(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "zimwriterfs"
    program.write_text("#!/bin/sh\necho no room for a cluster\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    done = export(archive, "zim", tmp_path / "harbour.zim")
    assert done.code == 2
    assert "zimwriterfs has failed: no room for a cluster" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["zimwriterfs"]


def test_a_zim_file_states_the_languages_of_the_interface() -> None:
    assert zim_file._LANGUAGES.keys() == set(languages.INTERFACE)


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("Harbour", 10, "Harbour"),
        ("Harbour\n papers", 30, "Harbour papers"),
        ("Lamps and buoys, lit", 16, "Lamps and buoys…"),
        ("Lamps and buoys, lit", 17, "Lamps and buoys…"),
        ("Hafenbeleuchtung", 8, "Hafenbe…"),
    ],
)
def test_a_long_title_is_cut_between_words(text: str, most: int, shown: str) -> None:
    assert zim_file.shortened(text, most) == shown
    assert len(shown) <= most
