"""Whatever stands in the files that a build keeps for itself, their readers end in what was written, in nothing, or in an error of ours.
ONRECORD_EXAMPLES looks further."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import ledger, publish, version
from onrecord.publish import PublishFailed, integrity, journal, listing
from onrecord.search.pieces import Pieces
from onrecord.store import Store, StoreDamaged
from tests.trust.archives import Archive, small_archive

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
    assert archive.build().code == 0
    return archive


def on_damaged(file: Path, read: Callable[[Path], None]) -> None:
    """Lets a reader look at a copy of a file in many damaged states."""
    whole, copy = file.read_bytes(), file.with_name(f"damaged-{file.name}")

    @given(DAMAGE)
    def looked_at(steps: list[tuple[float, str, bytes]]) -> None:
        copy.write_bytes(damaged(whole, steps))
        read(copy)

    try:
        looked_at()
    finally:
        copy.unlink(missing_ok=True)


def test_a_ledger(archive: Archive) -> None:
    (file,) = archive.cache.glob("*.ledger")

    def read(copy: Path) -> None:
        noted, notice = ledger.read(copy, version.program())
        assert bool(noted) != bool(notice)
        assert ledger.read(copy, PROGRAM)[1]
        assert not ledger.read(copy, PROGRAM)[0]
        ledger.summary(copy, PROGRAM)
        ledger.stamps(copy)

    on_damaged(file, read)


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

    on_damaged(archive.site / "manifest.json", read)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"generator": "Onrecord", "files": ' + "{" * 100_000, '{"a":' * 50_000]
)
def test_a_manifest_or_a_journal_that_is_nested_without_end(text: str, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert publish.manifest(tmp_path) is None
    (tmp_path / ".site.onrecord-journal").write_text(text)
    assert journal.resume(tmp_path / ".site.onrecord-journal", tmp_path / "new", tmp_path)


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

    on_damaged(file, read)


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

    on_damaged(file, read)
    (file.parent / "folder").rmdir()
