"""What the last build noted: it comes back as it was written, or not at all, and finds exactly what has to be made again."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec import structs

from onrecord import ledger, make
from onrecord.ledger import Ledger, MakerList, Products, Stamp, WrittenFile, WrittenFolder
from onrecord.make import Makers
from onrecord.model import Archive, Release, Tombstone
from onrecord.plan import Output
from tests.invented import BUILD, archive, harbour, listed, makers_of, release

PROGRAM = b"program 1"


LEFT_OUT = ("assets", make.DATA)
"""Makers whose outputs are copies of files, or pieces of files."""


class Site:
    """A site that is built in a folder, without search and without assets, with its ledger beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "site.ledger"
        self.builds = 0
        self.read: list[tuple[str, bytes]] = []

    def build(
        self,
        archive: Archive,
        differing: Mapping[str, Stamp | None] | None = None,
        version: bytes = b"",
        same: bool = False,
    ) -> list[str]:
        """Makes what has to be made, notes it, and gives the paths of what was made. Where only a file's time differs it is read, and has
        the bytes that were written if it is the `same`."""
        book, notice = ledger.read(self.path, PROGRAM)
        assert notice == ""

        def same_bytes(path: str, sha256: bytes) -> bool:
            self.read.append((path, sha256))
            return same

        makers = self.makers(archive)
        lists = [
            structs.replace(maker, version=maker.version + version)
            for maker in makers.lists()
            if maker.name not in LEFT_OUT
        ]
        planned = [Output(*output) for output in book.plan(lists, makers.reader, differing or {}, same_bytes)]
        stage = self.folder / f"stage-{self.builds}"
        stage.mkdir()
        self.builds += 1
        assert list(make.produce(makers, planned, str(stage), 1, book))[-1:] == ([len(planned)] if planned else [])
        book.write(self.path, PROGRAM)
        return [output.path for output in planned]

    @staticmethod
    def makers(archive: Archive) -> Makers:
        return makers_of(archive, structs.replace(BUILD, search=False))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def data(archive: Archive) -> dict[str, bytes]:
    makers = Site.makers(archive)
    return {output.path: makers.data(output) for output in makers.outputs() if output.maker not in LEFT_OUT}


def harbour_and(*others: Release | Tombstone) -> Archive:
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
    before, after = harbour_and(release("lamps", "2013", "topics: [Water]")), harbour_and(edit)
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
    site.build(harbour_and(release("lamps", "2013", "topics: [Water]", body="First.\n\nSecond.")))
    again = site.build(harbour_and(release("lamps", "2013", "topics: [Water]", body="First.\n\nThird.")))
    assert {path.partition(".")[0] for path in again} == {"releases/lamps"}
    assert {"releases/lamps.html", "releases/lamps.json", "releases/lamps.md"} <= set(again)


def test_what_was_made_by_another_version_is_made_again(site: Site) -> None:
    everything = site.build(archive(*harbour()))
    assert site.build(archive(*harbour()), version=b"other") == everything
    assert site.build(archive(*harbour()), version=b"other") == []


def test_a_file_that_is_gone_or_has_other_bytes_is_made_again(site: Site) -> None:
    site.build(archive(*harbour()))
    path = "index.html"
    file = dict(ledger.read(site.path, PROGRAM)[0].files())[path]
    assert site.build(archive(*harbour()), {path: None}) == [path]
    assert site.build(archive(*harbour()), {path: (file.size + 1, file.mtime_ns)}, same=True) == [path]
    assert site.read == []
    assert site.build(archive(*harbour()), {path: (file.size, 1)}) == [path]
    # A site that was unpacked has other times and the same bytes; the next time nobody reads them.
    assert site.build(archive(*harbour()), {path: (file.size, 2)}, same=True) == []
    assert site.read == [(path, file.sha256)] * 2
    assert ledger.stamps(site.path)[1][path] == (file.size, 2)


def test_what_is_no_output_any_more_is_named_with_its_bytes(site: Site) -> None:
    site.build(harbour_and(release("lamps", "2013", "topics: [Water]")))
    before = dict(ledger.read(site.path, PROGRAM)[0].files())
    book, _ = ledger.read(site.path, PROGRAM)
    makers = Site.makers(archive(*harbour()))
    book.plan([maker for maker in makers.lists() if maker.name != "assets"], makers.reader, {}, lambda *_: False)
    assert book.relisted
    after = {*book.paths()}
    gone = {path: sha256 for path, sha256 in book.gone().items() if path not in after}
    assert gone == {path: file.sha256.hex() for path, file in before.items() if path not in after}
    assert "releases/lamps.html" in gone


# ---- kept between runs -----------------------------------------------------------------------------------------------------------


def makers() -> list[MakerList]:
    """A maker of a page, and one of a folder that holds two files."""
    return [
        MakerList("page", b"version a", b"", lambda ask: [("a.html", ("subject",))]),
        MakerList("folder", b"version b", b"", lambda ask: [("pagefind/en", ())]),
    ]


ENTRIES = {
    "a.html": (("a.html", WrittenFile(b"a" * 32, 2**40, 1)),),
    "pagefind/en": (("pagefind/en/1", WrittenFile(b"1" * 32, 1, 2)), ("pagefind/en/2", WrittenFile(b"2" * 32, 3, 4))),
}


def noted() -> Ledger:
    """A ledger of these outputs, all of them made."""
    reader = Site.makers(archive(*harbour())).reader
    reader.card("2012-bare")
    reader.group_facts("topics", "water")
    book = Ledger()
    numbers = array("I")
    trace = reader.trace(0)
    assert book.plan(makers(), reader, {}, lambda *_: False) == [
        ("a.html", "page", ("subject",)),
        ("pagefind/en", "folder", ()),
    ]
    book.merged(trace, numbers)
    book.inputs, book.summary = b"inputs", (1, 2, 3)
    book.others = {"manifest.json": WrittenFile(b"m" * 32, 7, -5)}
    products = Products()
    ((_, file),) = ENTRIES["a.html"]
    products.add_file(
        "a.html", array("I", [trace.questions.index(("group_facts", "topics", "water"))]), *structs.astuple(file)
    )
    products.add_folder("pagefind/en", WrittenFolder(array("I"), ENTRIES["pagefind/en"], b"result"))
    book.add(products, numbers)
    return book


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    book = noted()
    path = tmp_path / "cache" / "site.ledger"
    written = {path: WrittenFile(bytes.fromhex(sha256), size, time) for path, sha256, size, time in book.new_files()}
    book.write(path, PROGRAM)
    again, notice = ledger.read(path, PROGRAM)
    assert notice == ""
    assert again
    assert (again.inputs, again.summary, again.others) == (book.inputs, book.summary, book.others)
    assert written == dict([*ENTRIES["a.html"], *ENTRIES["pagefind/en"]])
    assert dict(again.files()) == {**book.others, **written}
    mark, stamps = ledger.stamps(path)
    assert stamps == {name: (file.size, file.mtime_ns) for name, file in again.files()}
    assert ledger.summary(path, PROGRAM) == ledger.Summary(b"inputs", (1, 2, 3), mark)
    assert mark == again.mark != b""
    assert dict(again.files_of("folder")) == dict(ENTRIES["pagefind/en"])
    assert (list(again.outputs_of("folder")), list(again.outputs_of("page"))) == (
        [("pagefind/en", b"result")],
        [("a.html", b"")],
    )
    assert again.kept() == {name: file.sha256.hex() for name, file in written.items()}
    reader = Site.makers(archive(*harbour())).reader
    assert again.changed(reader) == frozenset()
    assert again.plan(makers(), reader, {}, lambda *_: False) == []
    assert [file.name for file in path.parent.iterdir()] == ["site.ledger"]
    # What no build has made since is written as it was read.
    again.write(path, PROGRAM)
    assert dict(ledger.read(path, PROGRAM)[0].files()) == dict(again.files())


def test_files_that_a_folder_of_another_subject_has_no_more_are_named(tmp_path: Path) -> None:
    path = tmp_path / "site.ledger"
    noted().write(path, PROGRAM)
    book, _ = ledger.read(path, PROGRAM)
    reader = Site.makers(archive(*harbour())).reader
    page, _ = makers()
    folder = MakerList("folder", b"version b", b"another list", lambda ask: [("pagefind/en", ("one release less",))])
    assert book.plan([page, folder], reader, {}, lambda *_: True) == [("pagefind/en", "folder", ("one release less",))]
    products = Products()
    kept, _ = ENTRIES["pagefind/en"]
    products.add_folder("pagefind/en", WrittenFolder(array("I"), (kept,), b"result"))
    book.add(products, array("I"))
    assert book.gone() == {"pagefind/en/2": (b"2" * 32).hex()}


def test_a_folder_of_which_a_file_is_gone_is_made_again(tmp_path: Path) -> None:
    noted().write(tmp_path / "l", PROGRAM)
    reader = Site.makers(archive(*harbour())).reader
    for differing in ({"pagefind/en/2": None}, {"pagefind/en/1": (7, 2)}):
        again, _ = ledger.read(tmp_path / "l", PROGRAM)
        assert again.plan(makers(), reader, differing, lambda *_: True) == [("pagefind/en", "folder", ())]
        assert again.kept() == {"a.html": (b"a" * 32).hex()}
    again, _ = ledger.read(tmp_path / "l", PROGRAM)
    assert again.plan(makers(), reader, {"pagefind/en/2": (3, 9)}, lambda *_: True) == []


def test_questions_that_nothing_asks_any_more_are_forgotten(tmp_path: Path) -> None:
    book = noted()
    book.write(tmp_path / "l", PROGRAM)
    book, _ = ledger.read(tmp_path / "l", PROGRAM)
    reader = Site.makers(archive(*harbour())).reader
    assert book.plan(makers(), reader, {}, lambda *_: False) == []
    for kind in ("topic", "place"):
        reader.terms(kind)
    book.merged(reader.trace(0), array("I"))
    assert ("card", "2012-bare") in book.questions
    book.write(tmp_path / "l", PROGRAM)
    again, _ = ledger.read(tmp_path / "l", PROGRAM)
    # What an answer follows from is still needed to tell whether it can have changed.
    assert sorted(again.questions) == [("group", "topics", "water"), ("group_facts", "topics", "water")]
    assert len(again.changed(Site.makers(archive()).reader)) == 2


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
    noted().write(path, PROGRAM)
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    book, notice = ledger.read(path, PROGRAM)
    assert not book
    assert (list(book.files()), list(book.questions)) == ([], [])
    assert str(path) in notice
    assert "made again" in notice


def test_a_ledger_that_is_cut_gives_neither_a_summary_nor_sizes_and_times(tmp_path: Path) -> None:
    path = tmp_path / "site.ledger"
    assert (ledger.summary(path, PROGRAM), ledger.stamps(path)) == (ledger.Summary(), (b"", {}))
    noted().write(path, PROGRAM)
    assert ledger.summary(path, b"program 2") == ledger.Summary()
    path.write_bytes(path.read_bytes()[:-1])
    assert (ledger.summary(path, PROGRAM), ledger.stamps(path)) == (ledger.Summary(), (b"", {}))


def test_the_ledger_of_another_program_and_a_file_that_is_none_count_as_none(tmp_path: Path) -> None:
    path = tmp_path / "site.ledger"
    assert (bool(ledger.read(path, PROGRAM)[0]), ledger.read(path, PROGRAM)[1]) == (False, "")
    noted().write(path, PROGRAM)
    other, notice = ledger.read(path, b"program 2")
    assert not other
    assert notice == "The program is another than that of the last build. Everything is made again."
    path.write_bytes(b"onrecord ledger 0\n" + b"x" * 100)
    none, notice = ledger.read(path, PROGRAM)
    assert not none
    assert notice == f"What was kept in {path} is damaged, or of another version. Everything is made again."
