"""What the process that reads strangers' documents sends is values: a record comes back as it was, and nothing else comes in."""

from __future__ import annotations

import json
import pickle
from dataclasses import asdict
from multiprocessing import Pipe, get_context
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake import workers
from onrecord.intake.document import Record, Version
from onrecord.intake.record_codec import NoRecord, packed, unpacked
from onrecord.model import Question, Quotation

UNSTARTED = get_context("spawn").Process()
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


@pytest.mark.parametrize("honest", [False, True])
def test_what_a_reader_sends_is_never_run(tmp_path: Path, honest: bool) -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        child = workers._Child(UNSTARTED, ours, task=0, busy=("a.txt", tmp_path / "a.txt"))
        theirs.send_bytes(packed((Record("a.txt"),)) if honest else pickle.dumps(Calls(tmp_path / "touched")))
        if honest:
            assert workers._received(child) == (Record("a.txt"),)
        else:
            with pytest.raises(NoRecord):
                workers._received(child)
    assert not (tmp_path / "touched").exists()


def test_a_reader_answers_for_the_document_it_was_given_only(tmp_path: Path) -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        theirs.send_bytes(packed((Record("b.txt"),)))
        with pytest.raises(NoRecord):
            workers._received(workers._Child(UNSTARTED, ours, task=0, busy=("a.txt", tmp_path / "a.txt")))
