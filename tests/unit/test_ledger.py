"""What the last build noted: it comes back as it was written, or not at all, and finds exactly what has to be made again."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Mapping
from pathlib import Path

import pytest

from onrecord import ledger, make
from onrecord.ledger import Entry, File, Ledger
from onrecord.make import Workshop
from onrecord.model import Archive, Release, Tombstone
from onrecord.plan import Output
from tests.invented import BUILD, archive, harbour, listed, release, workshop

PROGRAM = b"program 1"


class Site:
    """A site that is built in a folder, without search and without assets, with its ledger beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "site.ledger"
        self.builds = 0

    def build(self, made: Archive) -> list[str]:
        """Makes what has to be made, notes it, and gives the paths of what was made."""
        shop = self.shop(made)
        outputs = [output for output in shop.outputs() if output.maker != "assets"]
        book, notice = ledger.read(self.path, PROGRAM)
        assert notice == ""
        choice = make.choose(shop, outputs, book, self.present(book), lambda path, sha256: False)
        stage = self.folder / f"stage-{self.builds}"
        stage.mkdir()
        self.builds += 1
        for output, entry in make.produce(shop, choice.wanted, str(stage), 1, book):
            book.add(output.path, entry)
        book.write(self.path, PROGRAM, [output.path for output in outputs])
        return [output.path for output in choice.wanted]

    @staticmethod
    def shop(made: Archive) -> Workshop:
        return workshop(made, dataclasses.replace(BUILD, search=False))

    @staticmethod
    def present(book: Ledger) -> Mapping[str, tuple[int, int]]:
        return {path: (file.size, file.mtime_ns) for path, file in book.files()}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def data(made: Archive) -> dict[str, bytes]:
    shop = Site.shop(made)
    return {output.path: shop.data(output) for output in shop.outputs() if output.maker != "assets"}


def with_one(*others: Release | Tombstone) -> Archive:
    return archive(*harbour(), *others)


# ---- what has changed ------------------------------------------------------------------------------------------------------------


def test_a_build_of_the_same_archive_makes_nothing(site: Site) -> None:
    assert len(site.build(archive(*harbour()))) > 80
    assert site.build(archive(*reversed(harbour()))) == []


EDITS = {
    "another title": release("lamps", "2013", 'title: "Lamps again"', "topics: [Water]"),
    "another text": release("lamps", "2013", "topics: [Water]", body="Other words."),
    "another paragraph": release("lamps", "2013", "topics: [Water]", body="First words.\n\nOther words."),
    "another year": release("lamps", "2012", "topics: [Water]"),
    "another topic": release("lamps", "2013", "topics: [Éclairage]"),
    "another publisher": release("lamps", "2013", "topics: [Water]", "publisher: Quay Press"),
    "a quotation": release(
        "lamps",
        "2013",
        "topics: [Water]",
        'quotations: [{speaker: Ada Example, text: "First words"}]',
        body="“First words.”",
    ),
    "withdrawn": listed("lamps", "2013", "status: withdrawn", "reason: False."),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_an_edit_changes_is_made_again_and_little_else(site: Site, edit: Release | Tombstone) -> None:
    before, after = with_one(release("lamps", "2013", "topics: [Water]")), with_one(edit)
    site.build(before)
    again = set(site.build(after))
    old, new = data(before), data(after)
    differing = {path for path, bytes_ in new.items() if bytes_ != old.get(path)}
    assert differing <= again
    # What was made again for nothing is a page whose answer changed in a way it does not show.
    assert len(again - differing) <= len(new) // 5
    assert site.build(after) == []
    assert set(site.build(before)) >= {path for path, bytes_ in old.items() if bytes_ != new.get(path)}


def test_another_second_paragraph_touches_the_release_alone(site: Site) -> None:
    site.build(with_one(release("lamps", "2013", "topics: [Water]", body="First.\n\nSecond.")))
    again = site.build(with_one(release("lamps", "2013", "topics: [Water]", body="First.\n\nThird.")))
    assert {path.partition(".")[0] for path in again} == {"releases/lamps"}
    assert {"releases/lamps.html", "releases/lamps.json", "releases/lamps.md"} <= set(again)


def test_what_was_made_by_another_version_is_made_again(site: Site) -> None:
    site.build(archive(*harbour()))
    book, _ = ledger.read(site.path, PROGRAM)
    present = site.present(book)
    path = "topics/water.html"
    (file,) = book.files_of(path)
    shop = Site.shop(archive(*harbour()))
    output = next(one for one in shop.outputs() if one.path == path)
    assert book.keeps(path, shop.version(output), frozenset(), present, lambda *_: False)
    assert not book.keeps(path, b"other", frozenset(), present, lambda *_: False)
    assert not book.keeps("topics/new.html", shop.version(output), frozenset(), present, lambda *_: False)
    assert file[0] == path


def test_a_file_that_is_gone_or_has_other_bytes_is_made_again(site: Site) -> None:
    site.build(archive(*harbour()))
    book, _ = ledger.read(site.path, PROGRAM)
    path, (size, time) = "index.html", site.present(book)["index.html"]
    shop = Site.shop(archive(*harbour()))
    version = shop.version(Output(path, "home/en", ()))
    asked: list[tuple[str, bytes]] = []

    def keeps(present: Mapping[str, tuple[int, int]], same: bool = False) -> bool:
        def same_bytes(path: str, sha256: bytes) -> bool:
            asked.append((path, sha256))
            return same

        return book.keeps(path, version, frozenset(), present, same_bytes)

    assert not keeps({})
    assert not keeps({path: (size + 1, time)}, same=True)
    assert keeps({path: (size, time)})
    assert asked == []
    assert not keeps({path: (size, time + 1)}, same=False)
    # A site that was unpacked has other times and the same bytes; the next time nobody reads them.
    assert keeps({path: (size, time + 1)}, same=True)
    assert asked == [(path, book.files_of(path)[0][1].sha256)] * 2
    assert keeps({path: (size, time + 1)}, same=False)


# ---- kept between runs -----------------------------------------------------------------------------------------------------------


def noted() -> Ledger:
    """A ledger of a page, and of a folder that holds two files."""
    reader = Site.shop(archive(*harbour())).reader
    reader.card("2012-bare")
    reader.group_facts("topics", "water")
    book = Ledger()
    numbers = array("I")
    trace = reader.trace(0)
    book.merged(trace, numbers)
    asked = array("I", [numbers[trace.questions.index(("group_facts", "topics", "water"))]])
    book.inputs, book.summary = b"inputs", (1, 2, 3)
    book.others = {"manifest.json": File(b"m" * 32, 7, -5)}
    entries = {
        "a.html": Entry(b"version a", asked, (("a.html", File(b"a" * 32, 2**40, 1)),)),
        "pagefind/en": Entry(
            b"version b",
            array("I"),
            (("pagefind/en/1", File(b"1" * 32, 1, 2)), ("pagefind/en/2", File(b"2" * 32, 3, 4))),
            b"result",
        ),
    }
    for path, entry in entries.items():
        book.add(path, entry)
    return book


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    book = noted()
    path = tmp_path / "cache" / "site.ledger"
    book.write(path, PROGRAM, ["a.html", "pagefind/en"])
    again, notice = ledger.read(path, PROGRAM)
    assert notice == ""
    assert again
    assert (again.inputs, again.summary, again.others) == (book.inputs, book.summary, book.others)
    written = dict(book.made())
    assert dict(again.files_of("a.html")) == {"a.html": written["a.html"]}
    assert dict(again.files_of("pagefind/en")) == {at: written[at] for at in ("pagefind/en/1", "pagefind/en/2")}
    assert (again.result_of("pagefind/en"), again.result_of("a.html")) == (b"result", b"")
    assert dict(again.files()) == {**book.others, **written}
    assert again.changed(Site.shop(archive(*harbour())).reader) == frozenset()
    assert [file.name for file in path.parent.iterdir()] == ["site.ledger"]
    head = ledger.stamps(path, PROGRAM)
    assert head is not None
    assert (head.inputs, head.summary) == (book.inputs, book.summary)
    assert head.files == {name: (file.size, file.mtime_ns) for name, file in again.files()}
    # What no build has made since is written as it was read.
    again.write(path, PROGRAM, ["pagefind/en", "a.html"])
    assert dict(ledger.read(path, PROGRAM)[0].files()) == dict(again.files())


def test_questions_that_nothing_asks_any_more_are_forgotten(tmp_path: Path) -> None:
    book = noted()
    assert ("card", "2012-bare") in book.questions
    book.write(tmp_path / "l", PROGRAM, ["a.html"])
    again, _ = ledger.read(tmp_path / "l", PROGRAM)
    # What an answer follows from is still needed to tell whether it can have changed.
    assert sorted(again.questions) == [("group", "topics", "water"), ("group_facts", "topics", "water")]
    assert len(again.changed(Site.shop(archive()).reader)) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data[: len(data) // 2],
        lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
        lambda data: data[: len(ledger.FORMAT)],
    ],
    ids=["one byte short", "one byte more", "cut off", "a bit", "nothing behind its head"],
)
def test_a_damaged_ledger_is_told_and_counts_as_none(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "site.ledger"
    noted().write(path, PROGRAM, ["a.html", "pagefind/en"])
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    book, notice = ledger.read(path, PROGRAM)
    assert not book
    assert (list(book.files()), book.questions) == ([], [])
    assert str(path) in notice
    assert "made again" in notice
    assert ledger.stamps(path, PROGRAM) is None


def test_the_ledger_of_another_program_and_a_file_that_is_none_count_as_none(tmp_path: Path) -> None:
    path = tmp_path / "site.ledger"
    assert (bool(ledger.read(path, PROGRAM)[0]), ledger.read(path, PROGRAM)[1]) == (False, "")
    noted().write(path, PROGRAM, ["a.html", "pagefind/en"])
    assert (bool(ledger.read(path, b"program 2")[0]), ledger.read(path, b"program 2")[1]) == (False, "")
    assert ledger.stamps(path, b"program 2") is None
    path.write_bytes(b"onrecord ledger 0\n" + b"x" * 100)
    assert (bool(ledger.read(path, PROGRAM)[0]), ledger.read(path, PROGRAM)[1]) == (False, "")
