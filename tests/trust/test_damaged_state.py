"""Whatever stands in the files that a build keeps for itself, their readers end in what was written, in nothing, or in an error of ours."""

from __future__ import annotations

import contextlib
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import strategies as st

from onrecord import ledger, publish, version
from onrecord.command import WrongUse
from onrecord.commands import bulk_review, proposal
from onrecord.intake import record_codec
from onrecord.intake.document import Record
from onrecord.intake.finished_records import FinishedRecords
from onrecord.publish import PublishFailed, integrity, journal, listing
from onrecord.render import Renderer, TemplateProblem
from onrecord.search.pieces import Pieces
from onrecord.store import Store, StoreDamaged
from tests.conftest import ROOT
from tests.fuzzing import examine
from tests.trust.archives import Archive, contents, release, small_archive

PROGRAM = b"any program"
# Where something is done to the bytes (share of their length), what is done, and with which bytes.
DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1), st.sampled_from(["cut", "flip", "insert", "repeat", "zero", "replace"]), st.binary(max_size=40)
    ),
    min_size=1,
    max_size=4,
)


def damaged(data: bytes, steps: list[tuple[float, str, bytes]]) -> bytes:
    for share, what, more in steps:
        at = int(share * len(data))
        if what == "cut":
            data = data[:at]
        elif what == "flip" and at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << len(more) % 8)]) + data[at + 1 :]
        elif what == "insert":
            data = data[:at] + more + data[at:]
        elif what == "repeat":
            data = data[:at] + data[max(0, at - 200) :]
        elif what == "zero":
            data = data[:at] + bytes(len(data) - at)
        elif what == "replace":
            data = more if at == 0 else data[:at] + more + data[at + len(more) :]
    return data


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = small_archive(tmp_path_factory.mktemp("damaged"))
    settings_file = archive.content / "archive.toml"
    settings_file.write_text(settings_file.read_text() + 'languages = ["en", "fr"]\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1735689600")
        assert archive.build().code == 0
    return archive


def on_damaged(kind: str, file: Path, read: Callable[[Path], None], examples: int = 100) -> None:
    """Lets a reader look at a copy of a file in many damaged states."""
    whole, copy = file.read_bytes(), file.with_name(f"damaged-{file.name}")

    def look(steps: list[tuple[float, str, bytes]]) -> None:
        copy.write_bytes(damaged(whole, steps))
        read(copy)

    try:
        examine(kind, look, DAMAGE, examples=examples)
    finally:
        copy.unlink(missing_ok=True)


@pytest.mark.fuzz
def test_a_ledger(archive: Archive) -> None:
    (file,) = archive.cache.glob("*.ledger")

    def read(copy: Path) -> None:
        noted, notice = ledger.read(copy, version.program())
        assert bool(noted) != bool(notice)
        assert ledger.read(copy, PROGRAM)[1]
        assert not ledger.read(copy, PROGRAM)[0]
        ledger.summary(copy, PROGRAM)
        ledger.stamps(copy)

    on_damaged("ledger", file, read)


@pytest.mark.fuzz
def test_a_manifest(archive: Archive) -> None:
    def read(copy: Path) -> None:
        data = copy.read_bytes()
        files = listing.parsed(data)
        assert files is None or all(isinstance(path, str) for path in files)
        listing.is_ours(data)
        for path in ("index.html", "a", "zzz"):
            listing.lists(data, path)
            edited = listing.edited(data, {path: "0" * 64}, "2026-01-01")
            assert edited is None or f'"{path}": "{"0" * 64}"'.encode() in edited
        with contextlib.suppress(PublishFailed):
            integrity.examined(archive.site, copy)

    on_damaged("manifest", archive.site / "manifest.json", read)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"generator": "Onrecord", "files": ' + "{" * 100_000, '{"a":' * 50_000]
)
def test_a_manifest_or_a_journal_that_is_nested_without_end(text: str, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert publish.manifest(tmp_path) is None
    (tmp_path / ".site.onrecord-journal").write_text(text)
    assert journal.resume(tmp_path / ".site.onrecord-journal", tmp_path / "new", tmp_path)


@pytest.mark.parametrize("byte", [b"\x80", b"\xff"])
def test_a_store_whose_fault_sqlite_cannot_put_into_words(byte: bytes, archive: Archive, tmp_path: Path) -> None:
    """SQLite quotes what it finds in its tables' description, and bytes of it that are no text end in another exception than its own."""
    (file,) = archive.cache.glob("content-*.sqlite")
    data = file.read_bytes()
    copy = tmp_path / file.name
    for at in range(data.index(b"CREATE TABLE"), data.rindex(b"CREATE TABLE") + 60):
        copy.write_bytes(data[:at] + byte + data[at + 1 :])
        store = Store(copy, PROGRAM)
        try:
            list(store.rows())
        except StoreDamaged:
            pass
        finally:
            store.close()


@pytest.mark.fuzz
def test_a_store(archive: Archive) -> None:
    (file,) = archive.cache.glob("content-*.sqlite")

    def read(copy: Path) -> None:
        store = Store(copy, PROGRAM)
        try:
            for _ in store.rows():
                pass
            for key in ("tables", "words", "today"):
                store.fact(key)
            store.aside("releases/2012/2012-02-01-lamps-0.md")
            store.naming(frozenset([("topic", "Safety")]))
            store.keep([], [])
            store.tidy([])
            store.commit()
        except (StoreDamaged, OSError):
            pass
        finally:
            store.close()

    on_damaged("store", file, read)


@pytest.mark.fuzz
def test_pieces_of_the_index(archive: Archive) -> None:
    (file,) = archive.cache.glob("*.search/*")
    whole = file.read_bytes()
    shard, _, key = file.name.rpartition(".")

    def read(copy: Path) -> None:
        moved = copy.parent / "folder" / file.name
        moved.parent.mkdir(exist_ok=True)
        copy.rename(moved)
        assert Pieces(moved.parent, shard, key).is_whole() == (moved.read_bytes() == whole)
        moved.unlink()

    try:
        on_damaged("pieces of the index", file, read)
    finally:
        shutil.rmtree(file.parent / "folder", ignore_errors=True)


@pytest.mark.fuzz
def test_a_journal_of_a_publication(archive: Archive) -> None:
    stage, file = archive.folder / "stage", archive.folder / "journal"
    change = journal.Change(
        "0" * 64, "1" * 64, (journal.Rename("a.html", "2" * 64, False),), (journal.Removal("b.html", "3" * 64),)
    )
    stage.mkdir()
    (stage / "a.html").write_bytes(b"page")
    journal.write(file, stage, change)

    def read(copy: Path) -> None:
        with contextlib.suppress(journal._Damaged):
            journal.read(copy)

    on_damaged("journal of a publication", file, read)


@pytest.mark.fuzz
def test_what_an_import_has_read(archive: Archive) -> None:
    file = archive.folder / "records.sqlite"
    kept = FinishedRecords(file)
    kept.add(b"key", record_codec.packed([Record("a.txt", "0" * 64, title="Lamps", body="Lit.\n")]))
    kept.will_write(b"run", "2012/2012-02-08-lamps.md", "0" * 64)
    kept.close()

    def read(copy: Path) -> None:
        for log in copy.parent.glob(f"{copy.name}-*"):
            log.unlink()
        try:
            found = FinishedRecords(copy)
        except OSError:
            return
        try:
            data = found.get(b"key")
            if data is not None:
                with contextlib.suppress(record_codec.NoRecord):
                    record_codec.unpacked(data)
            for run in found.runs():
                found.written(run)
            found.add(b"other", b"[]")
            found.clear()
        except OSError:
            pass
        finally:
            found.close()

    on_damaged("records that an import keeps", file, read)


@pytest.mark.fuzz
def test_records_that_a_reader_sends(archive: Archive) -> None:
    file = archive.folder / "packed"
    file.write_bytes(record_codec.packed([Record("a.txt", "0" * 64, title="Lamps", body="Lit.\n")]))

    def read(copy: Path) -> None:
        with contextlib.suppress(record_codec.NoRecord):
            record_codec.unpacked(copy.read_bytes())

    on_damaged("records that a reader sends", file, read)


@pytest.mark.fuzz
def test_a_proposal(archive: Archive) -> None:
    folder = archive.folder / "proposal"
    draft = b'---\ntitle: "Lamps"\nstatus: "draft"\n---\nLit.\n'
    proposal.write(folder, proposal.Proposal(7, (("2012/2012-02-08-lamps.md", draft),), "One draft."))

    def read(copy: Path) -> None:
        broken = folder / "broken"
        broken.mkdir(exist_ok=True)
        shutil.copy(folder / "draft-1.md", broken)
        shutil.copy(copy, broken / "proposal.json")
        with contextlib.suppress(WrongUse):
            proposal.read(broken)

    on_damaged("proposal", folder / "proposal.json", read)


@pytest.mark.fuzz
def test_the_journal_of_an_answer(archive: Archive) -> None:
    file = archive.folder / "answer.json"
    draft = archive.write("draft.txt", "before")
    bulk_review.apply([bulk_review.Change(draft, "before", "after")], "an answer", file)

    def read(copy: Path) -> None:
        with contextlib.suppress(WrongUse, FileNotFoundError):
            bulk_review._read(copy)

    on_damaged("journal of an answer", file, read)
    draft.unlink()


def some_phrases() -> str:
    """The first entries of a catalogue, and that of a word by itself."""
    entries = (ROOT / "templates" / "locale" / "fr.po").read_text(encoding="utf-8").split("\n\n")
    word = next(entry for entry in entries if 'msgid "Home"' in entry)
    return "\n\n".join([*entries[:20], word, ""])


@pytest.mark.fuzz
def test_a_catalogue_of_phrases(archive: Archive) -> None:
    """Of `templates/locale`, which translators write by hand."""
    templates = archive.folder / "templates"
    (templates / "locale").mkdir(parents=True)
    file = templates / "locale" / "fr.po"
    file.write_text(some_phrases(), encoding="utf-8")
    shutil.copy(file, templates / "locale" / "de.po")
    assert Renderer(templates, None).translation("de")("Home") == "Accueil"

    def read(copy: Path) -> None:
        copy.rename(templates / "locale" / "de.po")
        with contextlib.suppress(TemplateProblem):
            assert Renderer(templates, None).translation("de")("Home")

    on_damaged("catalogue of phrases (.po)", file, read)


@pytest.mark.parametrize("kept", ["*.mo", "*.cache"])
def test_compiled_templates_and_phrases_that_lie_are_made_again(kept: str, archive: Archive) -> None:
    """A changed letter in them would be a changed word on a page, or code that nobody wrote."""
    site = contents(archive.site)
    files = [file for file in (archive.cache / "templates").rglob(kept) if file.is_file()]
    assert files
    for file in files:
        data = file.read_bytes()
        for at in range(len(data) // 3, len(data), max(1, len(data) // 40)):
            data = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        file.write_bytes(data)
    for file in archive.cache.glob("*.ledger"):
        file.unlink()
    ran = archive.build()
    assert ran.code == 0, ran.err
    assert contents(archive.site) == site


@pytest.fixture
def rendered(archive: Archive) -> Iterator[tuple[Path, Callable[[], tuple[bytes, str]]]]:
    """A cache of a compiled template and of phrases, and what gives the page and a phrase out of it."""
    folder = archive.folder / "rendering"
    (folder / "locale").mkdir(parents=True)
    (folder / "page.html").write_text(
        "<p>{% trans %}Home{% endtrans %}</p>{% for word in words %}{{ word }}{% endfor %}\n"
    )
    (folder / "locale" / "fr.po").write_text(some_phrases(), encoding="utf-8")

    class View(msgspec.Struct):
        words: tuple[str, ...] = ("Lamps", "<b>")

    def render() -> tuple[bytes, str]:
        renderer = Renderer(folder, folder / "cache")
        return renderer.page("page.html", "fr", View()), renderer.translation("fr")("Home")

    yield folder / "cache", render
    shutil.rmtree(folder)


@pytest.mark.fuzz
@pytest.mark.parametrize(("kind", "kept"), [("compiled templates", "*.cache"), ("compiled phrases", "*.mo")])
def test_what_is_compiled(kind: str, kept: str, rendered: tuple[Path, Callable[[], tuple[bytes, str]]]) -> None:
    cache, render = rendered
    right = render()
    (file,) = cache.rglob(kept)

    def read(copy: Path) -> None:
        copy.rename(file)
        assert render() == right

    on_damaged(kind, file, read, examples=40)


@pytest.mark.fuzz
def test_a_copy_in_a_zip_file(archive: Archive) -> None:
    file = archive.folder / "copy.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in ("index.html", "manifest.json", "feed.xml"):
            if (archive.site / path).exists():
                packed.write(archive.site / path, f"site/{path}")

    def read(copy: Path) -> None:
        with contextlib.suppress(PublishFailed, OSError):
            integrity.examined(copy)

    on_damaged("copy in a zip file", file, read)


@pytest.mark.fuzz
def test_a_build_beside_a_damaged_cache(archive: Archive) -> None:
    """Whichever of the files that are kept between builds is damaged, the next build ends with the site that a whole cache gives, with a
    change of the content and without."""
    kept = {path: path.read_bytes() for path in sorted(archive.cache.rglob("*")) if path.is_file()}
    texts = [
        release(title, "2012-02-01", "The crews asked for light.") for title in ("Lamps for quay 0", "Lamps again")
    ]
    right = []
    for text in texts:
        archive.write("releases/2012/2012-02-01-lamps-0.md", text)
        assert archive.build().code == 0
        right.append(contents(archive.site))

    def build(which: int, edited: bool, steps: list[tuple[float, str, bytes]]) -> None:
        shutil.rmtree(archive.cache)
        for number, (path, data) in enumerate(kept.items()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(damaged(data, steps) if number == which else data)
        archive.write("releases/2012/2012-02-01-lamps-0.md", texts[edited])
        ran = archive.build()
        assert ran.code == 0, ran.err
        assert "Traceback" not in ran.err
        assert contents(archive.site) == right[edited]

    examine("cache of a build", build, st.integers(0, len(kept) - 1), st.booleans(), DAMAGE, examples=6, seconds=10)
