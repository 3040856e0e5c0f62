"""Of a document that is four times as long no function runs more than about four times as many lines, in every format."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from benchmarks.intake import growth
from onrecord.intake import record
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import containers
from onrecord.model import Vocabularies
from tests import counted_work

TERMS = terms(Vocabularies())
SHAPES = {name: (suffix, shape) for name, suffix, shape in growth.shapes()}
# One or two of each format, those whose parts refer to each other.
KINDS = [
    "txt quotation-lines", "txt date-lines", "md notes", "md tables", "html notes", "html rows", "html links", "html headings",
    "eml quoted-mail", "eml parts", "mbox messages", "docx notes", "docx same-note", "docx links", "docx rows", "docx items",
    "odt notes", "odt items", "odt rows", "rtf notes", "rtf cells", "rtf fields", "epub chapters", "pdf letters",
    "msg files", "msg text", "zip files", "warc pages", "tar files",
]  # fmt: skip


def work(suffix: str, data: bytes) -> Callable[[], object]:
    def read() -> None:
        if containers.is_container(data[: containers.HEAD]):
            for piece in containers.pieces(f"a{suffix}", io.BytesIO(data)):
                assert not piece.refused
                record.of(piece.name, piece.data, TERMS)
        else:
            assert not record.of(f"a{suffix}", data, TERMS)[0].refused

    return read


@pytest.mark.parametrize("kind", KINDS)
def test_no_function_does_more_than_in_proportion(kind: str) -> None:
    suffix, shape = SHAPES[kind]
    work(suffix, shape(500))()
    fewer, more = (counted_work.lines(work(suffix, shape(size))) for size in (2_500, 10_000))
    assert counted_work.steep(fewer, more, 4) == []


def test_what_takes_the_square_of_its_input_is_found() -> None:
    def square(size: int) -> int:
        total = 0
        for _ in range(size):
            for _ in range(size):
                total += 1
        return total

    fewer, more = (counted_work.lines(lambda size=size: square(size)) for size in (50, 200))  # type: ignore[misc]
    (found,) = counted_work.steep(fewer, more, 4)
    assert found.startswith("test_what_takes_the_square")
