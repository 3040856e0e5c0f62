"""Reading content: only what has changed is read and checked again, and what files say of each other is told at its place."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord import arrange, budget, check, load, read
from onrecord.commands import loading
from onrecord.load import Loaded, NoContent
from onrecord.model import Card, Problem
from onrecord.moments import Moment
from onrecord.store import Store, StoreDamaged
from tests import invented

TODAY = dt.date(2026, 1, 1)
DAY = 86_400 * 10**9
PROGRAM = b"program 1"


class Content:
    """A content folder, and the store in which what was read of it is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "content"
        self.store = folder / "cache" / "store.sqlite"
        self.write("archive.toml", 'title = "Papers"\n')
        self.write("topics.toml", '[[topic]]\nlabel = "Water"\n\n[[topic]]\nlabel = "Land"\n')
        self.write("names.toml", '[[name]]\nlabel = "Ada Example"\n')

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def release(self, slug: str, *lines: str, body: str = "Words.", date: str = "2012-02-08") -> Path:
        front = [
            f"title: About {slug}",
            f"date: {date}",
            "publisher: Example Press",
            "language: en",
            "extent: full",
            *lines,
        ]
        return self.write(f"releases/{slug}.md", "\n".join(["---", *front, "---", body, ""]))

    def load(self, after: int = DAY, today: dt.date = TODAY, program: bytes = PROGRAM, jobs: int = 1) -> Loaded:
        """Loads the content, `after` so many nanoseconds after its last change."""
        latest = max(max(os.stat(path).st_mtime_ns, os.stat(path).st_ctime_ns) for path in self.folder.rglob("*"))
        store = Store(self.store, program)
        try:
            return load.load(self.folder, store, Moment(today, latest + after), loading.pages, jobs)
        finally:
            store.close()

    def codes(self, **options: Any) -> list[tuple[str, str]]:
        return [(problem.path, problem.code) for problem in self.load(**options).problems]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return Content(tmp_path)


@pytest.fixture
def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []
    plain = read.file

    def noted(entry: read.FileStatus) -> read.FileData:
        names.append(entry.path.rpartition("/")[2])
        return plain(entry)

    monkeypatch.setattr(read, "file", noted)
    return names


@pytest.fixture
def files_checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the release files that are checked from now on."""
    names: list[str] = []
    plain = check.release

    def noted(source: Any, rules: check.Rules) -> check.Verdict:
        names.append(source.path.rpartition("/")[2])
        return plain(source, rules)

    monkeypatch.setattr(check, "release", noted)
    return names


# ---- kept between runs -----------------------------------------------------------------------------------------------------------


def test_a_file_that_has_not_changed_is_not_read_again(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    content.release("a", "topics: [Water]")
    content.release("b", "status: withdrawn", "reason: False.")
    content.release("c", "status: draft")
    first = content.load()

    def refuse(entry: read.FileStatus) -> read.FileData:
        raise AssertionError(f"{entry.path} is read again")

    monkeypatch.setattr(read, "file", refuse)
    again = content.load()
    assert (again.checked, again.settings, again.vocabularies) == (first.checked, first.settings, first.vocabularies)
    assert [again.text(checked) for checked in again.checked if checked.text] == [
        first.text(checked) for checked in first.checked if checked.text
    ]


def test_only_what_was_written_since_is_read(content: Content, files_read: list[str], files_checked: list[str]) -> None:
    for slug in "abc":
        content.release(slug)
    content.load()
    assert (sorted(files_read), sorted(files_checked)) == (["a.md", "b.md", "c.md"],) * 2
    files_read.clear()
    files_checked.clear()
    content.release("b", body="Other words.")
    loaded = content.load()
    assert (files_read, files_checked) == (["b.md"], ["b.md"])
    assert [loaded.text(checked).markdown for checked in loaded.checked] == ["Words.", "Other words.", "Words."]


def test_a_file_with_other_times_and_the_same_bytes_is_read_and_not_checked(
    content: Content, files_read: list[str], files_checked: list[str]
) -> None:
    path = content.release("a")
    content.load()
    os.utime(path, ns=(5 * DAY, 5 * DAY))
    content.load()
    assert (files_read, files_checked) == (["a.md", "a.md"], ["a.md"])
    content.load()
    assert files_read == ["a.md", "a.md"]


def test_a_file_written_a_moment_before_is_read_once_more(content: Content, files_read: list[str]) -> None:
    """The disk's clock may give the same time to what is written next."""
    content.release("a")
    content.load(after=1_000_000)
    content.load()
    assert files_read == ["a.md", "a.md"]
    content.load()
    assert files_read == ["a.md", "a.md"]


def test_a_file_that_is_gone_is_forgotten_and_one_that_moved_is_the_same(content: Content) -> None:
    path = content.release("a")
    content.release("b")
    content.load()
    path.unlink()
    assert [checked.path for checked in content.load().checked] == ["releases/b.md"]
    (content.folder / "releases" / "b.md").rename(content.folder / "releases" / "c.md")
    (checked,) = content.load().checked
    assert isinstance(checked.listed, Card)
    assert (checked.path, checked.listed.slug, checked.listed.path) == ("releases/c.md", "c", "releases/c.md")


def test_another_word_of_a_vocabulary_is_looked_up_again_where_it_was(
    content: Content, files_checked: list[str]
) -> None:
    content.release("a", "topics: [Water]")
    content.release("b", "topics: [Land]")
    content.release("c", "names: [Ada Example]")
    content.load()
    files_checked.clear()
    content.write("topics.toml", '[[topic]]\nlabel = "Water"\nslug = "all-water"\n\n[[topic]]\nlabel = "Land"\n')
    loaded = content.load()
    assert files_checked == ["a.md"]
    assert [checked.listed.topics for checked in loaded.checked if isinstance(checked.listed, Card)] == [
        ("all-water",),
        ("land",),
        (),
    ]
    files_checked.clear()
    content.write("topics.toml", '[[topic]]\nlabel = "Water"\nslug = "all-water"\n')
    assert content.codes() == [("releases/b.md", "unknown-topic")]
    assert files_checked == ["b.md"]
    # What has a problem is looked at each time: the word may be there again.
    content.write("topics.toml", '[[topic]]\nlabel = "Water"\nslug = "all-water"\n\n[[topic]]\nlabel = "Land"\n')
    assert content.codes() == []


def test_a_speaker_gets_the_page_of_a_name_that_is_added(content: Content) -> None:
    content.release("a", 'quotations: [{speaker: Omar, text: "Words"}]', body="“Words,” Omar said.")
    (checked,) = content.load().checked
    assert isinstance(checked.listed, Card)
    assert checked.listed.speakers == (("", "Omar"),)
    content.write("names.toml", '[[name]]\nlabel = "Omar Beispiel"\naliases = ["Omar"]\n')
    (checked,) = content.load().checked
    assert isinstance(checked.listed, Card)
    assert checked.listed.speakers == (("omar-beispiel", "Omar"),)


def test_what_lay_in_the_future_stands_when_its_day_has_come(content: Content) -> None:
    content.release("a")
    assert content.codes(today=dt.date(2012, 2, 7)) == [("releases/a.md", "future-date")]
    assert content.codes(today=dt.date(2012, 2, 8)) == []
    # And a clock that was put back is believed.
    assert content.codes(today=dt.date(2012, 2, 7)) == [("releases/a.md", "future-date")]


def test_problems_are_told_each_time(content: Content) -> None:
    content.release("a", "topics: [Wather]")
    content.release("b", "reference: R 1")
    content.release("c", "reference: R 1")
    first = content.load().problems
    assert [problem.code for problem in first] == ["unknown-topic", "duplicate-reference"]
    assert content.load().problems == first


def test_what_releases_say_of_each_other_is_told_as_long_as_it_is_so(content: Content) -> None:
    content.release("2012-02-08-a", "reference: PR 1")
    content.release("2012-02-08-b", "reference: PR 2")
    assert content.codes() == content.codes() == []
    content.release("2012-02-08-b", "reference: PR 1")
    told = [("releases/2012-02-08-b.md", "duplicate-reference")]
    assert content.codes() == content.codes() == told
    content.release("2012-02-08-b", "reference: PR 2")
    assert content.codes() == []
    (content.folder / "releases" / "2012-02-08-a.md").rename(content.folder / "releases" / "2012-02-08-c.md")
    content.release("2012-02-08-d", "reference: PR 1", "same_text_as: [2012-02-08-a]")
    assert {code for _, code in content.codes()} == {"duplicate-reference", "bad-same-text"}
    assert {code for _, code in content.codes()} == {"duplicate-reference", "bad-same-text"}


def test_another_program_checks_everything_again(content: Content, files_checked: list[str]) -> None:
    content.release("a")
    content.load()
    content.load(program=b"program 2")
    assert files_checked == ["a.md", "a.md"]


def test_two_processes_find_what_one_finds(content: Content, tmp_path: Path) -> None:
    for number in range(250):
        content.release(
            f"r{number:03}", "topics: [Water]" if number % 5 else "topics: [Wather]", body=f"Words {number}."
        )
    alone = content.load()
    content.store = tmp_path / "other" / "store.sqlite"
    both = content.load(jobs=2)
    assert (both.checked, both.problems) == (alone.checked, alone.problems)
    assert len(both.problems) == 50
    assert [both.text(checked) for checked in both.checked if checked.text] == [
        alone.text(checked) for checked in alone.checked if checked.text
    ]


def test_without_a_folder_it_is_named(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite", PROGRAM)
    with pytest.raises(NoContent, match="nowhere"):
        load.load(tmp_path / "nowhere", store, Moment(TODAY, 0), loading.pages)
    store.close()


# ---- links -----------------------------------------------------------------------------------------------------------------------


def broken(loaded: Loaded) -> list[Problem]:
    assert all(problem.code == "broken-link" for problem in loaded.problems), loaded.problems
    return list(loaded.problems)


@pytest.mark.parametrize("body", ["", " \n\n"])
def test_a_draft_may_lack_the_text_that_it_asks_for_and_nothing_else_may(content: Content, body: str) -> None:
    asked = ("review:", "  - field: body", "    question: What is its text?")
    content.release("a", "status: draft", *asked, body=body)
    loaded = content.load()
    assert loaded.problems == ()
    assert [card.slug for card in loaded.listed] == ["a"]
    content.release("a", "status: draft", body=body)
    (problem,) = content.load().problems
    assert problem.code == "empty-body"
    assert "Write it below the second line “---”." in problem.message
    content.release("a", body=body)
    assert [problem.code for problem in content.load().problems] == ["empty-body"]
    content.release("a", *asked, body=body)
    assert {problem.code for problem in content.load().problems} == {"empty-body", "open-question"}


def test_a_link_to_a_page_that_only_a_draft_makes_is_broken(content: Content) -> None:
    content.release("a", body="See [water](../topics/water.html).")
    content.release("b", "topics: [Water]", "status: draft")
    (problem,) = broken(content.load())
    assert (problem.path, problem.line, problem.column) == ("releases/a.md", 8, 13)
    assert "no page topics/water.html" in problem.message
    # A draft may link there, since it is shown only together with the other.
    content.release("a", "status: draft", body="See [water](../topics/water.html).")
    assert broken(content.load()) == []
    content.release("a", body="See [water](../topics/water.html).")
    content.release("b", "topics: [Water]")
    assert broken(content.load()) == []


def test_a_link_to_a_page_that_only_a_withdrawn_release_had_is_broken(content: Content) -> None:
    content.release("a", body="See [water](../topics/water.html) and [that](b.md).")
    content.release("b", "topics: [Water]", "status: withdrawn", "reason: False.")
    (problem,) = broken(content.load())
    assert "topics/water.html" in problem.message


@pytest.mark.parametrize("link", ["../releases/b.md", "releases/b.html"])
def test_a_page_of_the_archives_own_that_links_a_draft_is_told(content: Content, link: str) -> None:
    content.release("b", "status: draft")
    content.write("pages/about.md", f"---\ntitle: About\n---\nFirst [b]({link}).\n")
    (problem,) = broken(content.load())
    assert (problem.path, problem.line) == ("pages/about.md", 4)
    assert "a draft and not on the site" in problem.message
    content.release("b")
    assert broken(content.load()) == []


def test_two_links_to_one_wrong_address_are_two_problems_at_their_places(content: Content) -> None:
    content.release("a", body="See [one](nowhere.md).\n\nAnd [two](nowhere.md), [three](nowhere.md).")
    problems = broken(content.load())
    assert [(problem.line, problem.column) for problem in problems] == [(8, 11), (10, 11), (10, 32)]


def test_links_on_one_line_have_columns_of_their_own_though_one_begins_like_the_other(content: Content) -> None:
    content.release("a", body="See [ten](#p10), [one](#p1), [two](#p2) and [two again](#p2).")
    problems = broken(content.load())
    assert [(problem.line, problem.column, problem.message.split(";")[0]) for problem in problems] == [
        (8, 11, "The link leads to paragraph 10"),
        (8, 36, "The link leads to paragraph 2"),
        (8, 57, "The link leads to paragraph 2"),
    ]


def test_a_file_that_takes_too_long_is_one_problem_with_its_name(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = check.release

    def endless(source: Any, rules: check.Rules) -> check.Verdict:
        while source.path.endswith("slow.md"):
            pass
        return plain(source, rules)

    monkeypatch.setattr(check, "release", endless)
    monkeypatch.setattr(budget, "MOST_SECONDS", 1.0)
    content.release("slow")
    content.release("b", body="See [slow](slow.md).")
    loaded = content.load()
    assert [(problem.path, problem.code) for problem in loaded.problems] == [("releases/slow.md", "too-complex")]
    assert [card.slug for card in load.cards(loaded)] == ["b"]


def test_speakers_whose_names_would_be_one_address_are_all_built(content: Content) -> None:
    speakers = ("Ada Example", "ada example", "Ada Example as named")
    for slug, speaker in zip("abc", speakers, strict=True):
        content.release(slug, f'quotations: [{{speaker: {speaker}, text: "Words"}}]', body="“Words.”")
    loaded = content.load()
    assert [problem.code for problem in loaded.problems] == ["speaker-spelling"]
    assert "“Ada Example” in releases/a.md:7" in loaded.problems[0].message
    archive = arrange.archive(loaded.listed, loaded.settings, loaded.vocabularies)
    pages = [path for path in invented.outputs(archive) if path.startswith("quotations/") and "index" not in path]
    assert len(pages) == 3
    assert "quotations/ada-example.html" in pages


# ---- what was kept is damaged ----------------------------------------------------------------------------------------------------


def garbage(path: Path) -> None:
    path.write_bytes(b"no database, " * 1000)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def statement(sql: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute(sql)
        connection.commit()
        connection.close()

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        garbage,
        half,
        statement("UPDATE files SET data = x'00'"),
        statement("UPDATE files SET stamp = x'c1'"),
        statement("UPDATE facts SET value = x'c1' WHERE key = 'words'"),
        statement("UPDATE facts SET value = x'c1' WHERE key = 'tables'"),
        statement("DROP TABLE files"),
    ],
    ids=["no database", "cut off", "a row", "a stamp", "the words", "the vocabularies", "no table"],
)
def test_a_damaged_store_is_thrown_away_and_told(
    content: Content, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    content.release("a", "topics: [Water]")
    args = argparse.Namespace(content=content.folder, cache=tmp_path / "cache", jobs=1)

    def loaded() -> tuple[tuple[str, ...], list[str], str]:
        err = io.StringIO()
        with loading.loaded(args, err) as content:
            return (
                tuple(checked.path for checked in content.checked),
                [content.text(checked).markdown for checked in content.checked],
                err.getvalue(),
            )

    first = loaded()
    assert first == (("releases/a.md",), ["Words."], "")
    damage(loading.store_path(args))
    *content_read, notice = loaded()
    assert content_read == [*first[:2]]
    assert f"What was kept in {loading.store_path(args)} is damaged. It is made again." in notice
    assert loaded() == first


def test_a_text_that_is_not_what_it_was_is_never_given(content: Content) -> None:
    content.release("a")
    loaded = content.load()
    connection = sqlite3.connect(content.store)
    ((data,),) = connection.execute("SELECT data FROM texts")
    assert b"Words" in data
    connection.execute("UPDATE texts SET data = ?", (data.replace(b"Words", b"Other"),))
    connection.commit()
    connection.close()
    with pytest.raises(StoreDamaged):
        loaded.text(loaded.checked[0])
    statement("DELETE FROM texts")(content.store)
    with pytest.raises(StoreDamaged):
        loaded.text(loaded.checked[0])
