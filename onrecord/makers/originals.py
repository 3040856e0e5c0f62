"""Originals, attachments and their previews: which files of the site are copies of files of the content."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from onrecord.model import PublishedFile
from onrecord.reader import Reader


class Originals(Struct, frozen=True):
    """`files/…`: a copy of each file that a record publishes, and of its preview."""

    name: str = "originals"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for each file, in the order of their paths."""
        for path in ask.files():
            yield path, (path,)

    def file(self, ask: Reader, *subject: str) -> PublishedFile:
        """What is to be copied to the place of a subject. Its bytes are not read here."""
        file = ask.file(subject[0])
        assert file is not None, subject
        return file
