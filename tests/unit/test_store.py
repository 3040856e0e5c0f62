"""What is kept of the content: it comes back as it was, from the program that wrote it, and never stands in the way of a run."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from pathlib import Path

import pytest

from onrecord.digests import digest, encoded
from onrecord.model import Aside, Body, Card, Checked, Counting, Link, Outline, Problem, Target, Text, Tombstone
from onrecord.store import Store, StoreDamaged, decoded_checked

CARD = Card("a", "releases/a.md", "حمص", "2012-02", None, "ar", "full", topics=("water",), speakers=(("", "A"),))
GONE = Tombstone("b", "releases/b.md", "B", "2012", "Press", "en", reason="False.")
OUTLINE = Outline(2, (Link(Target("release", "b", "p1"), "b.md#p1", 9, 3),))
ASIDE = Aside((("reference", "", 4, 2),), (("topic", "Water"),))
TEXT = Text(Body("<p>Words.</p>", ("Words.",)), "Words.")


def test_a_card_comes_back_with_every_field() -> None:
    """Words that cards have in common are kept once, by a list of the fields: none is forgotten there."""
    odd = {name: f"the {name}" for name in Card.__struct_fields__}
    lists = {
        name: ((f"the {name}", "x"),) if name == "speakers" else (f"the {name}",)
        for name in ("topics", "places", "names", "speakers", "same_text_as", "corrects", "follows", "corrected")
    } | {"utterances": (7,), "verbatim": (True,), "countings": (Counting("lamps", "port-elm", "", "A keeper", "2012"),)}
    card = Card(**(odd | lists | {"extent": "excerpt", "status": "corrected"}))  # type: ignore[arg-type]
    checked = Checked("the path", "ab" * 32, card, b"d" * 16, b"t" * 16, Outline())
    assert decoded_checked(encoded(checked)).listed == card


@pytest.mark.parametrize(
    "checked",
    [
        Checked(
            "releases/a.md",
            "ab" * 32,
            CARD,
            b"d" * 16,
            b"t" * 16,
            OUTLINE,
            (Problem(1, 1, "x", "X", "warning", path="releases/a.md"),),
        ),
        Checked("releases/b.md", "cd" * 32, GONE, b"d" * 16, b"", OUTLINE),
        Checked(
            "releases/c.md", "ef" * 32, None, b"", b"", Outline(), (Problem(2, 3, "y", "Y", path="releases/c.md"),)
        ),
    ],
    ids=["a release", "a tombstone", "a file with an error"],
)
def test_what_became_of_a_file_comes_back_as_it_was(tmp_path: Path, checked: Checked) -> None:
    assert decoded_checked(encoded(checked)) == checked
    store = Store(tmp_path / "store.sqlite", b"1")
    store.keep([(checked.path, (1, 2, 3, 4), encoded(checked), encoded(ASIDE))], [(b"k" * 16, encoded(TEXT))])
    store.commit()
    store.close()
    again = Store(tmp_path / "store.sqlite", b"1")
    ((path, row),) = again.rows()
    assert (path, row.stamp, row.checked) == (checked.path, (1, 2, 3, 4), checked)
    assert again.aside(checked.path) == ASIDE
    assert again.naming(frozenset({("topic", "Water"), ("name", "Nobody")})) == {checked.path}
    assert again.naming(frozenset({("place", "Water")})) == again.naming(frozenset()) == frozenset()
    again.close()


def test_texts_are_read_by_other_processes_too(tmp_path: Path) -> None:
    store = Store(tmp_path / "a folder ? #" / "store.sqlite", b"1")
    data = encoded(TEXT)
    store.keep([], [(digest(data), data)])
    store.commit()
    sent = pickle.loads(pickle.dumps(store.texts()))  # noqa: S301
    assert sent.get(digest(data)) == TEXT
    store.close()


def test_what_was_not_committed_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite", b"1")
    store.note("today", b"2012-02-08")
    store.commit()
    store.note("today", b"2012-02-09")
    store.close()
    again = Store(tmp_path / "store.sqlite", b"1")
    assert (again.fact("today"), again.fact("words")) == (b"2012-02-08", b"")
    again.close()


def test_the_store_of_another_version_is_emptied(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite", b"1")
    gone = Checked("releases/b.md", "", GONE, b"d" * 16, b"", OUTLINE)
    store.keep([(gone.path, (), encoded(gone), encoded(ASIDE))], [])
    store.note("today", b"2012-02-08")
    store.commit()
    store.close()
    other = Store(tmp_path / "store.sqlite", b"2")
    assert (list(other.rows()), other.fact("today"), other.notice) == ([], b"", "")
    other.close()


def test_a_store_that_another_run_uses_does_not_stop_this_one(tmp_path: Path) -> None:
    first = Store(tmp_path / "store.sqlite", b"1")
    second = Store(tmp_path / "store.sqlite", b"1")
    assert (second.notice, second.path == first.path) == ("", False)
    second.note("today", b"2012-02-08")
    second.commit()
    second.close()
    assert not second.path.exists()
    first.close()


def test_a_run_that_only_reads_any_more_lets_others_write(tmp_path: Path) -> None:
    """As a preview does: it asks for what is kept of a withdrawn release, and stays open."""
    first = Store(tmp_path / "store.sqlite", b"1")
    gone = Checked("releases/b.md", "", GONE, b"d" * 16, b"", OUTLINE)
    first.keep([(gone.path, (), encoded(gone), encoded(ASIDE))], [])
    first.commit()
    assert first.aside(gone.path) == ASIDE
    second = Store(tmp_path / "store.sqlite", b"1")
    assert second.path == first.path
    second.note("today", b"2012-02-08")
    second.commit()
    second.commit()
    second.close()
    assert (first.fact("today"), first.aside(gone.path)) == (b"2012-02-08", ASIDE)
    first.close()


def test_texts_that_nothing_refers_to_are_dropped_in_time(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite", b"1")
    texts = [encoded(Text(Body(f"<p>{number}</p>"), str(number))) for number in range(300)]
    store.keep([], [(digest(data), data) for data in texts])
    live = [digest(data) for data in texts[:50]]
    store.tidy(live)
    store.commit()
    assert all(store.texts().get(key) for key in live)
    with pytest.raises(StoreDamaged):
        store.texts().get(digest(texts[50]))
    store.close()


def test_a_store_without_room_anywhere_is_an_error_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_store: Store, _version: bytes) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Store, "_open", full)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(OSError, match="No space left on device"):
        Store(tmp_path / "cache" / "store.sqlite", b"1")
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
