"""Who makes each file of the site. A new format is a class here, in the `MAKERS` of its module, which `plan.makers` puts together.

A maker is given a subject and the Reader through which it asks the archive, and nothing else. `outputs` names its files without making
any; `make` gives the bytes of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from onrecord.reader import Reader


class Maker(Protocol):
    """What makes one kind of file."""

    @property
    def name(self) -> str:
        """The maker's own name, which the ledger keeps."""

    def outputs(self, ask: Reader) -> Iterable[tuple[str, tuple[str, ...]]]:
        """The files it makes, in a fixed order: (path below the top of the site, subject)."""

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The bytes of the file of a subject."""
