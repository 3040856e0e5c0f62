"""Corrections in public: the list of the archive, its feed, the history of a record, and the ways to suggest one."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest

from onrecord import corrected
from onrecord.corrected import CorrectedEntry
from tests.trust.archives import Archive, release, small_archive

CORRECTED = """status: corrected
added: 2026-01-05
corrections:
  - date: 2026-03-02
    field: date
    was: 2012-02
    now: 2012-03-01
    found_by: A reader compared it with the printed bulletin.
  - date: 2026-02
    field: body.1
    was: six buoys
    now: five buoys
"""
PAGE = "releases/2012-03-01-buoys.html"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    archive = small_archive(tmp_path)
    archive.write(
        "releases/2012/2012-03-01-buoys.md",
        release("Buoys", "2012-03-01", "The harbour asked for five buoys.", CORRECTED),
    )
    return archive


def built(archive: Archive, *more: str) -> Path:
    ran = archive.build("--no-search", *more)
    assert ran.code == 0, ran.out + ran.err
    return archive.site


def plain(page: Path) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page.read_text("utf-8")).split()).replace(" :", ":").replace(" .", ".")


def test_a_record_tells_its_history_in_words(archive: Archive) -> None:
    words = plain(built(archive) / PAGE)
    assert "2 March 2026: Date: changed from February 2012 to 1 March 2012. Found by: A reader compared it" in words
    assert "February 2026: Paragraph 1: changed from six buoys to five buoys." in words
    assert "5 January 2026: added to the archive." in words


def test_the_list_has_what_was_corrected_or_withdrawn_newest_first(archive: Archive) -> None:
    archive.write(
        "releases/2012/2012-04-01-ropes.md",
        release(
            "Ropes",
            "2012-04-01",
            "Qzorble.",
            "status: withdrawn\nreason: At risk.\nchanged: 2026-02-10\n"
            "corrections:\n  - date: 2026-01\n    field: title\n    was: Qvornia\n    now: Ropes\n",
        ),
    )
    archive.write(
        "releases/2012/2012-05-01-nets.md",
        release("Nets", "2012-05-01", "Nets.", "status: corrected\nreason: A slip of ours.\n"),
    )
    site = built(archive)
    page = (site / "corrections.html").read_text("utf-8")
    titles = re.findall(r'href="releases/[^"]+#([^"]+)"', page)
    assert titles == ["correction-2", "withdrawn", "correction-1", "corrected"]
    words = plain(site / "corrections.html")
    assert "10 February 2026 Ropes withdrawn At risk." in words
    assert "Day not known 1 Nets corrected A slip of ours." in words
    assert "day not known" not in words
    for path in site.rglob("*"):
        if path.is_file():
            assert b"Qvornia" not in path.read_bytes(), path
    for anchor, name in (("correction-2", "2012-03-01-buoys"), ("withdrawn", "2012-04-01-ropes")):
        assert f'id="{anchor}"' in (site / f"releases/{name}.html").read_text("utf-8")


def test_an_archive_without_corrections_says_so(tmp_path: Path) -> None:
    archive = small_archive(tmp_path)
    assert "Nothing has been corrected or withdrawn so far." in plain(built(archive) / "corrections.html")
    feed = feedparser.parse((archive.site / "corrections.atom").read_bytes())
    assert (feed.bozo, len(feed.entries)) == (0, 0)


def test_the_feed_says_the_same(archive: Archive) -> None:
    feed = feedparser.parse((built(archive) / "corrections.atom").read_bytes())
    assert feed.bozo == 0
    first, second = feed.entries
    assert first.link == "https://archive.example/releases/2012-03-01-buoys.html#correction-2"
    assert first.updated == "2026-03-02T00:00:00Z"
    assert "changed from “2012-02” to “2012-03-01”. Found by: A reader" in first.summary
    # A month is not given as its first day.
    assert second.updated == feed.feed.updated
    assert second.summary.startswith("February 2026: body.1:")
    assert first.id != second.id


def test_words_that_were_taken_out_are_in_no_former_value(archive: Archive) -> None:
    text = CORRECTED.replace("six buoys", "'[[redacted: a name]] of Qzorble'").replace(
        "of Qzorble", "[[redacted: a place]]"
    )
    archive.write(
        "releases/2012/2012-03-01-buoys.md", release("Buoys", "2012-03-01", "The harbour asked for five buoys.", text)
    )
    site = built(archive)
    for path in (PAGE, "corrections.html", "corrections.atom", PAGE.replace(".html", ".json")):
        assert "redacted: a" not in (site / path).read_text("utf-8").replace("[redacted: a", "")
        assert "Qzorble" not in (site / path).read_text("utf-8")


def test_the_record_as_json_has_them_too(archive: Archive) -> None:
    record = json.loads((built(archive) / PAGE.replace(".html", ".json")).read_bytes())
    assert record["added"] == "2026-01-05"
    assert record["corrections"][1] == {"date": "2026-02", "field": "body.1", "was": "six buoys", "now": "five buoys"}


def entry(number: int, date: str) -> CorrectedEntry:
    return CorrectedEntry(f"r{number:05}", "corrected", date, "corrected")


def test_a_long_list_is_divided_by_years_and_months() -> None:
    entries = corrected.newest_first(
        [
            *(entry(number, f"2025-0{number % 9 + 1}-11") for number in range(corrected.LIMIT + 50)),
            *(entry(number, "2024-05") for number in range(20)),
            *(entry(number, "") for number in range(7)),
        ]
    )
    parts = corrected.divided(entries)
    assert sum(map(len, parts.values())) == len(entries)
    assert all(len(part) <= corrected.LIMIT for part in parts.values())
    assert list(parts) == [*(f"2025-0{month}" for month in range(9, 0, -1)), "2024", "undated"]
    assert corrected.divided(entries[:5]) == {}


def test_a_long_list_has_pages(archive: Archive) -> None:
    rows = "".join(
        f"  - date: {2020 + number % 3}-01-02\n    field: body\n    was: a{number}\n    now: b{number}\n"
        for number in range(corrected.LIMIT + 10)
    )
    archive.write(
        "releases/2012/2012-03-01-buoys.md",
        release("Buoys", "2012-03-01", "Five.", f"status: corrected\ncorrections:\n{rows}"),
    )
    site = built(archive)
    assert (site / "corrections.html").read_text("utf-8").count("changed from") == corrected.NEWEST
    counted = [
        (site / f"corrections/{year}.html").read_text("utf-8").count("changed from") for year in (2022, 2021, 2020)
    ]
    assert sum(counted) == corrected.LIMIT + 10


# ---- ways to suggest one ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "forms", "mails"),
    [
        ("", 0, 0),
        ('repository = "https://github.com/friends/harbour"\n', 1, 0),
        ('contact = "hello@harbour.example"\n', 0, 1),
        ('repository = "https://github.com/friends/harbour"\ncontact = "mailto:hello@harbour.example"\n', 1, 1),
        ('contact = "https://harbour.example/contact"\n', 0, 0),
    ],
)
def test_a_correction_is_suggested_where_the_archive_can_be_reached(
    archive: Archive, settings: str, forms: int, mails: int
) -> None:
    toml = archive.content / "archive.toml"
    toml.write_text(toml.read_text() + settings)
    page = (built(archive) / PAGE).read_text("utf-8").replace("&amp;", "&")
    addresses = re.findall(r'class="way" href="([^"]+)"', page)
    asked = [
        parse_qs(urlsplit(address).query, keep_blank_values=True) for address in addresses if "github.com" in address
    ]
    assert len(asked) == forms
    assert sum(address.startswith("mailto:") for address in addresses) == mails
    assert "correct.js" in page
    assert 'class="own-form" href="../suggest.html#page=releases%2F2012-03-01-buoys.html"' in page
    assert ("(account needed)" in page) == bool(forms)
    if forms:
        assert asked[0]["page"] == ["https://archive.example/releases/2012-03-01-buoys.html"]
        assert "which sees your visit" in page
        assert all(address.endswith("&words=") for address in addresses if "github.com" in address)
    for address in addresses:
        if address.startswith("mailto:"):
            assert "%0D%0APage%3A%20https%3A%2F%2Farchive.example%2Freleases%2F2012-03-01-buoys.html" in address


def test_a_title_cannot_add_to_the_address(archive: Archive) -> None:
    toml = archive.content / "archive.toml"
    toml.write_text(
        toml.read_text() + 'repository = "https://github.com/friends/harbour"\ncontact = "hello@harbour.example"\n'
    )
    archive.write(
        "releases/2012/2012-06-01-odd.md", release("'A&page=x#y?z=\"<b>%0D%0Abcc:a@b.c'", "2012-06-01", "Words.")
    )
    page = (built(archive) / "releases/2012-06-01-odd.html").read_text("utf-8")
    for address in re.findall(r'class="way" href="([^"]+)"', page):
        asked = parse_qs(urlsplit(address.replace("&amp;", "&")).query, keep_blank_values=True)
        assert set(asked) in ({"template", "title", "page", "part", "words"}, {"subject", "body"})


# ---- what came when --------------------------------------------------------------------------------------------------------------------


def commit(folder: Path, when: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "PATH": "/usr/bin:/bin"}
    subprocess.run(["git", "-C", str(folder), "add", "."], check=True, env=dates)
    subprocess.run(["git", *who, "-C", str(folder), "commit", "-qm", "x"], check=True, env=dates)


def test_an_old_document_that_is_added_now_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    archive = small_archive(tmp_path / "a", 12)
    subprocess.run(["git", "init", "-q", str(archive.folder)], check=True)
    (archive.folder / ".gitignore").write_text("/site\n/cache\n")
    commit(archive.folder, "2026-01-01T10:00:00Z")
    assert "Recently added" not in plain(built(archive) / "index.html")
    archive.write("releases/1987/1987-01-01-old.md", release("An old paper", "1987-01-01", "Old words."))
    commit(archive.folder, "2026-02-03T10:00:00Z")
    site = built(archive)
    assert "Recently added 3 February 2026 An old paper" in plain(site / "index.html")
    assert "3 February 2026: added to the archive." in plain(site / "releases/1987-01-01-old.html")
    first = feedparser.parse((site / "feed.atom").read_bytes()).entries[0]
    assert (first.title, first.updated) == ("An old paper", "2026-02-03T10:00:00Z")
    # Of a history that was cut off nobody can tell what came when.
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{archive.folder}", str(tmp_path / "b")], check=True)
    shallow = Archive(tmp_path / "b")
    assert "added to the archive" not in plain(built(shallow) / "releases/1987-01-01-old.html")


def test_what_the_record_says_goes_before_git(archive: Archive) -> None:
    archive.write(
        "releases/1987/1987-01-01-old.md", release("An old paper", "1987-01-01", "Old words.", "added: 2026-08-09\n")
    )
    site = built(archive)
    assert "9 August 2026: added to the archive." in plain(site / "releases/1987-01-01-old.html")
    first = feedparser.parse((site / "feed.atom").read_bytes()).entries[0]
    assert (first.title, first.updated) == ("An old paper", "2026-08-09T00:00:00Z")
