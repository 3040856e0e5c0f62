"""The bytes of a file → the same file without what it need not carry.

What was taken out is what `traces` finds before and not after: no list of it is kept beside the work.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.disclosure import (
    file_signs,
    finding,
    office_cleaning,
    office_traces,
    opendocument_cleaning,
    opendocument_traces,
    packed,
    pdf_cleaning,
    rich_text_traces,
)
from onrecord.disclosure.trace import Broken, Locked, Trace
from onrecord.disclosure.wishes import Impossible, Wishes

_MOST_DEPTH = 3
_NOT_CLEANED = (
    "It is not cleaned either: make a copy in a format that is (JPEG, PNG, PDF, .docx, .odt), and clean that."
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned copy: its bytes, what the file carried before, and what the copy still carries."""

    data: bytes
    before: tuple[Trace, ...]
    after: tuple[Trace, ...]

    @property
    def removed(self) -> tuple[Trace, ...]:
        """What was taken out."""
        left = {(trace.kind, trace.value) for trace in self.after}
        return tuple(trace for trace in self.before if (trace.kind, trace.value) not in left)

    @property
    def left(self) -> tuple[Trace, ...]:
        """What stays though it must go, or though nobody could look at it."""
        return tuple(trace for trace in self.after if trace.level != "noted")


def cleaned(data: bytes, wishes: Wishes) -> Cleaned:
    """The cleaned copy of a file. Raises Impossible, with a sentence, where there is none."""
    before = finding.traces(data)
    for trace in before:
        if trace.level == "broken":
            raise Impossible(trace.value)
    try:
        copy = _cleaned(data, wishes, 0)
    except Locked as error:
        raise Impossible(finding.LOCKED) from error
    except Broken as error:
        raise Impossible(f"The file cannot be written anew: {error}.") from error
    except finding.FAULTS as error:
        raise Impossible("The file cannot be written anew: its structure cannot be followed.") from error
    return Cleaned(copy, before, finding.traces(copy))


def _cleaned(data: bytes, wishes: Wishes, depth: int) -> bytes:
    """The cleaned bytes; those of a kind that is not known as they are, where they stand in another file (depth above 0)."""

    def again(inner: bytes) -> bytes:
        return _cleaned(inner, wishes, depth + 1)

    if depth > _MOST_DEPTH:
        return data
    name = file_signs.picture(data)
    if name:
        return finding.PICTURES[name][1](data)
    if b"%PDF-" in data[:1024]:
        return pdf_cleaning.cleaned(data, wishes, again)
    if rich_text_traces.is_rich_text(data):
        return rich_text_traces.cleaned(data, wishes, again)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        entries = packed.entries(data)
        if office_traces.is_office(entries):
            return office_cleaning.cleaned(entries, wishes, again)
        if opendocument_traces.is_opendocument(entries):
            return opendocument_cleaning.cleaned(entries, wishes, again)
        if not any(name.endswith((".warc", ".warc.gz")) for name in entries) and "mimetype" not in entries:
            return packed.packed(
                (name, again(content)) for name, content in entries.items() if not packed.is_of_the_system(name)
            )
    if depth or not finding.unchecked(data[:65536]):
        return data
    raise Impossible(f"{finding.unchecked(data[:65536])} {_NOT_CLEANED}")
