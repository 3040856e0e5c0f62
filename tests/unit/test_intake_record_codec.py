"""What the process that reads strangers' documents sends is values: a record comes back as it was, and nothing else comes in."""

from __future__ import annotations

import json
import pickle
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake import workers
from onrecord.intake.document import Record, Version
from onrecord.intake.record_codec import NoRecord, packed, sound, unpacked
from onrecord.model import Question, Quotation, Vocabularies

TEXT = st.text(alphabet=st.characters(exclude_categories=[]), max_size=30).filter(
    # A whole surrogate pair is one character in JSON; no decoder gives the two halves.
    lambda text: text == json.loads(json.dumps(text))
)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
RECORD = st.builds(
    Record,
    source=TEXT,
    sha256=st.sampled_from(["", "0" * 64]),
    title=TEXT,
    body=TEXT,
    topics=TEXTS,
    quotations=st.lists(st.builds(Quotation, TEXT, TEXT, paragraph=st.none() | st.integers(0, 10**6)), max_size=2).map(
        tuple
    ),
    versions=st.lists(st.builds(Version, TEXT, st.floats(0, 1)), max_size=2).map(tuple),
    review=st.lists(st.builds(Question, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    readings=TEXTS,
    refused=TEXT,
)


@given(RECORD)
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    data = packed((record, record))
    assert unpacked(data) == (record, record)
    assert b"\n" not in data


class Calls:
    """An object that, unpickled, calls a function of the sender's choice."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> Any:
        return Path.touch, (self.file,)


def changed(field: str, value: object) -> bytes:
    """A packed record with another value in one field."""
    return json.dumps(asdict(Record("a.txt", "0" * 64)) | {field: value}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'["a.txt"]',
        b'{"title": "Without a source"}',
        changed("source", None),
        changed("sha256", "../" * 20),
        changed("topics", "words"),
        changed("topics", [1]),
        changed("quotations", [{"speaker": "Ines", "text": "Words.", "paragraph": True}]),
        changed("versions", [{"source": "a", "containment": float("nan")}]),
        changed("review", [{"field": "date"}]),
    ],
)
def test_other_bytes_are_no_record(data: bytes) -> None:
    with pytest.raises(NoRecord):
        unpacked(data)


class Answers:
    """Something that reads documents and gives one answer to everything."""

    width = 1

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def answer(self, name: str, data: bytes) -> bytes:
        return self._answer

    def close(self) -> None:
        pass


def read_by(answer: bytes, folder: Path) -> Record:
    file = folder / "a.txt"
    file.write_text("Words.")
    ((_, (record,)),) = workers.records([("a.txt", file)], Vocabularies(), reading=Answers(answer))
    return record


def test_what_a_reader_sends_is_never_run(tmp_path: Path) -> None:
    honest = Record("a.txt", title="Words")
    assert read_by(packed((honest,)), tmp_path) == honest
    assert "broke the program" in read_by(pickle.dumps(Calls(tmp_path / "touched")), tmp_path).refused
    assert not (tmp_path / "touched").exists()


def test_a_reader_answers_for_the_document_it_was_given_only(tmp_path: Path) -> None:
    assert "broke the program" in read_by(packed((Record("b.txt"),)), tmp_path).refused
    assert "broke the program" in read_by(packed(()), tmp_path).refused


def test_half_a_character_becomes_a_mark_and_two_halves_a_character() -> None:
    record = Record(
        "a\udcff.pdf", title="\ud835\udc49 and \ud835", body="\udc49", review=(Question("body", "\ud800?"),)
    )
    whole = sound(record)
    assert (whole.source, whole.title, whole.body) == ("a\udcff.pdf", "𝑉 and \ufffd", "\ufffd")
    assert whole.review == (Question("body", "\ufffd?"),)
    assert sound(whole) == whole
