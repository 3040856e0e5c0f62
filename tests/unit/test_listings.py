"""The releases of a page as files: all of them, in its order, and made anew only where one of them has changed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pybtex.database
import pytest

from onrecord import bibliography, cite, list_formats, tabular
from onrecord.makers import listings
from onrecord.model import Settings
from tests.conftest import ROOT, run_here
from tests.invented import SETTINGS, archive, files, harbour, listed, reader, release

ENDINGS = ("bib", "ris", "csv")


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return files(archive(*harbour()))


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a list, its cells as the texts that they stand for."""
    table = csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True)
    return [{name: tabular.value(cell) for name, cell in row.items()} for row in table]


def slug_of(row: dict[str, str]) -> str:
    """Which release a row is about."""
    return row["address"].removesuffix(".html").rpartition("/")[2]


def test_a_page_has_its_releases_as_files_in_the_order_of_the_page(site: dict[str, bytes]) -> None:
    page = site["topics/water.html"].decode()
    slugs = [slug_of(row) for row in rows(site["topics/water.csv"])]
    assert slugs == ["2014-01-02-arabic", "2012-02-08-ferry", "2012-02-ferry-again"]
    shown = page[page.index("<h1>") :]
    assert sorted(slugs, key=lambda slug: shown.index(f"releases/{slug}.html")) == slugs
    assert re.findall(r"^@\w+{(.+),$", site["topics/water.bib"].decode(), re.M) == slugs
    assert re.findall("^ID  - (.+)\r$", site["topics/water.ris"].decode(), re.M) == slugs


@pytest.mark.parametrize(
    "page", ["places/port-elm", "names/ada-example", "publishers/example-press", "dates/2012", "dates/undated"]
)
def test_places_names_publishers_and_years_have_them_as_topics_do(site: dict[str, bytes], page: str) -> None:
    for ending in (*ENDINGS, "atom"):
        assert site[f"{page}.{ending}"], ending
        assert f'href="../{page}.{ending}"' in site[f"{page}.html"].decode()


def test_each_citation_is_that_of_its_release_and_in_a_page_s_list_a_short_one(site: dict[str, bytes]) -> None:
    for listing in listings.listings(reader(archive(*harbour()))):
        for ending in {"bib", "ris"} & {*listing.endings}:
            for slug in listing.slugs:
                entry = site[f"releases/{slug}.{ending}"]
                brief = bibliography.brief(ending, entry, SETTINGS.title)
                assert (brief if listing.page else entry) in site[listing.path(ending)]
                assert len(brief) < len(entry)


def test_the_files_of_a_long_list_are_packed_each_in_its_format(
    site: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_formats, "MOST_PLAIN", 2)
    packed = files(archive(*harbour()))
    page = packed["topics/water.html"].decode()
    for ending in ENDINGS:
        data = packed[f"topics/water.{ending}.zip"]
        with zipfile.ZipFile(io.BytesIO(data)) as archived:
            (member,) = archived.infolist()
            assert (member.filename, member.date_time) == (f"water.{ending}", (1980, 1, 1, 0, 0, 0))
            assert archived.read(member) == site[f"topics/water.{ending}"]
        assert f"topics/water.{ending}" not in packed
        assert f'<a href="../topics/water.{ending}.zip" type="application/zip" download>' in page
    assert ">BibTeX, ZIP</a>" in page
    assert "topics/water.atom" in packed
    assert packed == files(archive(*harbour())), "the same bytes again"

    # Years count what stands: the page leads to what is there, whatever is withdrawn.
    for path, data in packed.items():
        for to in re.findall(rb'<a href="([^"]+\.(?:bib|ris|csv)(?:\.zip)?)" type="[^"]+" download>', data):
            assert re.sub(r"^(\.\./)+", "", unquote(to.decode())) in packed, path

    # Those of the whole archive stay as reference managers open them.
    assert packed["data/archive.bib"] == site["data/archive.bib"]


def test_all_citations_of_a_long_archive_are_packed_and_described_so(
    site: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_formats, "MOST_IN_ARCHIVE", 3)
    made = files(archive(*harbour()))
    resources = {each["name"]: each for each in json.loads(made["data/datapackage.json"])["resources"]}
    for ending in ("bib", "ris", "csl.json"):
        data = made[f"data/archive.{ending}.zip"]
        with zipfile.ZipFile(io.BytesIO(data)) as archived:
            (member,) = archived.infolist()
            assert (member.filename, archived.read(member)) == (f"archive.{ending}", site[f"data/archive.{ending}"])
        assert f"data/archive.{ending}" not in made
        resource = resources[f"archive-{ending}".replace(".", "-")]
        assert (resource["path"], resource["mediatype"]) == (f"archive.{ending}.zip", "application/zip")
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert f'href="data/archive.{ending}.zip" type="application/zip" download' in made["data.html"].decode()
    assert b"data/archive.csl.json.zip" in made["llms.txt"]


def test_a_short_citation_says_all_that_a_citation_says(site: dict[str, bytes]) -> None:
    entries = [site[path] for path in sorted(site) if re.fullmatch(r"releases/.*\.bib", path)]
    assert any(entry.count(b"\n}\n") == 2 for entry in entries), "an abstract, which has two"
    whole = pybtex.database.parse_bytes(b"\n".join(entries), "bibtex").entries
    brief = [bibliography.brief("bib", entry, SETTINGS.title) for entry in entries]
    of_list = pybtex.database.parse_bytes(b"\n".join(brief), "bibtex").entries
    assert list(of_list) == list(whole)
    for key, entry in whole.items():
        assert of_list[key].type == entry.type
        lost = {field: value for field, value in entry.fields.items() if of_list[key].fields.get(field) != value}
        assert lost in ({}, {"note": SETTINGS.title}), key
        assert of_list[key].persons == entry.persons
    for path in sorted(site):
        if re.fullmatch(r"releases/.*\.ris", path):
            lines = site[path].decode().split("\r\n")
            kept = bibliography.brief("ris", site[path], SETTINGS.title).decode().split("\r\n")
            assert kept == [each for each in lines if not each.startswith(("KW  - ", f"DB  - {SETTINGS.title}"))]


def test_a_note_that_names_the_archive_and_more_stays_in_a_short_citation() -> None:
    # What an archive is called may be anything, also what TeX would take for a command.
    host = cite.Host("50% of “it” & more")
    for one, stays in ((release("a", "2012"), False), (release("b", "2012~", "extent: excerpt"), True)):
        entry = cite.bibtex(one, "", host).encode()
        assert b"note = " in entry
        assert (b"note=" in bibliography.brief("bib", entry, host.title)) == stays
        assert b"DB  - " not in bibliography.brief("ris", cite.ris(one, "", host).encode(), host.title)


def test_the_files_of_all_releases_have_the_whole_citations(site: dict[str, bytes]) -> None:
    items = json.loads(site["data/archive.csl.json"])
    single = [json.loads(data) for path, data in site.items() if re.fullmatch(r"releases/.*\.csl\.json", path)]
    assert sorted(item["id"] for item in items) == sorted(item["id"] for of_release in single for item in of_release)
    assert len({item["id"] for item in items}) == len(items)


def test_a_row_says_what_the_record_does_and_nothing_more(site: dict[str, bytes]) -> None:
    of_slug = {slug_of(row): row for path in ("dates/2012.csv", "dates/undated.csv") for row in rows(site[path])}
    ferry = of_slug["2012-02-08-ferry"]
    assert ferry["title"] == 'Ferry crews: "Light the <quay>"'
    assert ferry["address"] == "releases/2012-02-08-ferry.html"
    assert ferry["reference"] == "FU 01/069/2012"
    whole = {row["slug"]: row for row in rows(site["data/releases.csv"])}
    for slug, row in of_slug.items():
        assert row == {name: whole[slug][name] for name in listings.COLUMNS}, slug
    assert of_slug["2012-bare"]["date"] == "2012"
    assert of_slug["undated-nothing"] | {"publisher": "", "date": "XXXX"} == of_slug["undated-nothing"]
    with_base = files(archive(*harbour(), settings=Settings("Papers", base_url="https://example.org/r/")))
    assert rows(with_base["dates/2012.csv"])[0]["address"].startswith("https://example.org/r/releases/")


def test_a_title_that_a_spreadsheet_would_run_is_guarded() -> None:
    site = files(archive(release("a", "2012", 'title: "=HYPERLINK(1)"')))
    assert b",'=HYPERLINK(1)," in site["dates/2012.csv"]
    assert rows(site["dates/2012.csv"])[0]["title"] == "=HYPERLINK(1)"


def test_what_is_withdrawn_is_in_no_list_and_a_page_of_it_alone_has_none() -> None:
    gone = listed("2015-gone", "2015", "status: withdrawn", "reason: False.", 'title: "UNSAID"')
    site = files(archive(gone, release("2012-a", "2012")))
    assert "dates/2015.html" in site
    for path, data in site.items():
        if path.startswith(("dates/", "data/", "publishers/")) and not path.endswith(".html"):
            assert b"UNSAID" not in data, path
            assert "2015" not in path
    assert b"as files" not in site["dates/2015.html"]
    assert b"as files" in site["dates/2012.html"]


def test_an_archive_without_releases_has_empty_files() -> None:
    site = files(archive())
    assert site["data/archive.bib"] == site["data/archive.ris"] == b""
    assert json.loads(site["data/archive.csl.json"]) == []


def test_many_releases_are_one_file_in_every_format() -> None:
    releases = [release("a", "2012"), release("b", "2013", "extent: abstract")]
    host = cite.Host.of(SETTINGS)
    of_two = {
        ending: bibliography.of_releases(ending, [(each, "") for each in releases], host)
        for ending in bibliography.FORMATS
    }
    assert [item["id"] for item in json.loads(of_two["csl.json"])] == ["a", "summary:b", "b"]
    assert of_two["bib"].decode() == cite.bibtex(releases[0], "", host) + "\n" + cite.bibtex(releases[1], "", host)
    assert of_two["ris"].decode().split("\r\n").count("ER  - ") == 3
    assert b"\n" not in of_two["ris"].replace(b"\r\n", b"")
    with pytest.raises(ValueError, match="list of CSL-JSON"):
        bibliography.joined("csl.json", [b"{}"])
    with pytest.raises(KeyError):
        bibliography.joined("doc", [])


def test_the_files_that_a_list_was_joined_of_are_among_its_parts() -> None:
    host = cite.Host.of(SETTINGS)
    extents = ("full", "abstract", "abstract", "excerpt", "full")
    releases = [release(f"r{n}", "2012", f"extent: {extent}") for n, extent in enumerate(extents)]
    for ending, format_ in bibliography.FORMATS.items():
        for count in (1, 2, 5):
            entries = [format_.entry(each, "", host).encode() for each in releases[:count]]
            parts = set(bibliography.parts(ending, bibliography.joined(ending, entries)))
            assert set(entries) <= parts, (ending, count)
        for damaged in (b"", b"mine", b"[]\n", b"[\n", b"\xff\n\n}"):
            assert set(bibliography.parts(ending, damaged)).isdisjoint(entries)


# ---- over builds ---------------------------------------------------------------------------------------------------------------


class Built:
    """A small generated archive, its site, and the lists that a build wrote anew."""

    def __init__(self, folder: Path) -> None:
        self.content, self.site = folder / "content", folder / "site"
        self.files: dict[str, tuple[int, int]] = {}
        corpus = [
            sys.executable,
            str(ROOT / "benchmarks" / "corpus.py"),
            str(self.content),
            "--n",
            "60",
            "--interface",
            "en",
        ]
        subprocess.run(corpus, check=True, capture_output=True)
        texts = {file: file.read_text("utf-8") for file in sorted(self.content.glob("releases/*/*.md"))}
        # One that no other names, so that it may go.
        self.release = next(file for file in texts if sum(file.stem in text for text in texts.values()) == 0)

    def build(self) -> set[str]:
        """The lists whose files are others than after the last build."""
        before = self.files
        ran = run_here(["--content", str(self.content), "--out", str(self.site), "--no-search"])
        assert ran.code == 0, ran.err
        lists = [
            path
            for ending in (*ENDINGS, "csl.json")
            for path in self.site.glob(f"*/*.{ending}")
            # The tables of `data/` are no lists: they are put together from pieces of their own.
            if path.parent.name != "releases" and (ending != "csv" or path.parent.name != "data")
        ]
        self.files = {
            path.relative_to(self.site).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in lists
        }
        return {path for path in before.keys() | self.files.keys() if before.get(path) != self.files.get(path)}

    def change(self, old: str, new: str) -> None:
        """Puts the one release otherwise."""
        text = self.release.read_text("utf-8")
        assert old in text
        self.release.write_text(text.replace(old, new, 1), "utf-8")


def test_a_list_is_made_anew_only_where_what_it_says_of_a_release_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    built = Built(tmp_path)
    assert len(built.build()) > 100
    assert built.build() == set()

    # A word of the text stands in no list.
    built.release.write_text(built.release.read_text("utf-8").rstrip() + " Changed.\n", "utf-8")
    assert built.build() == set()

    # A title stands in those of its topics, places, names, publisher and year, and in no other.
    slug = built.release.stem
    built.change('\ntitle: "', '\ntitle: "Again: ')
    changed = built.build()
    holding = {path for path in built.files if slug.encode() in (built.site / path).read_bytes()}
    assert changed == holding
    assert {f"data/archive.{ending}" for ending in ("bib", "ris", "csl.json")} < changed
    assert len(changed) < len(built.files) / 2

    # Where the release is gone, so is its entry, and a list of it alone.
    built.release.unlink()
    built.build()
    for path in built.files:
        assert slug.encode() not in (built.site / path).read_bytes(), path
    fresh = run_here(["--content", str(built.content), "--out", str(tmp_path / "fresh"), "--no-search", "--fresh"])
    assert fresh.code == 0, fresh.err
    for path in built.files:
        assert (built.site / path).read_bytes() == (tmp_path / "fresh" / path).read_bytes(), path
    assert {file.name for file in (tmp_path / "fresh" / "topics").iterdir()} == {
        file.name for file in (built.site / "topics").iterdir()
    }


def test_a_list_that_was_changed_or_deleted_by_hand_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    built = Built(tmp_path)
    built.build()
    deleted, edited = built.site / "data/archive.ris", sorted(built.site.glob("topics/*.csv"))[0]
    before = deleted.read_bytes(), edited.read_bytes()
    deleted.unlink()
    edited.write_bytes(b"mine")
    built.build()
    assert (deleted.read_bytes(), edited.read_bytes()) == before
