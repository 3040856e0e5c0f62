"""The records of an edition as a list, and what distinguishes two of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from msgspec import Struct

from onrecord.model import EditionChanges
from onrecord.schema import quoted

WITHDRAWN = "withdrawn"
_LINE = re.compile(r"([^\t\n]+)\t(?:(published|corrected)\t([0-9a-f]{64})|withdrawn\t-)")
_HEAD = "# What changed since the previous edition, by the names in the addresses of the records.\n"
_KINDS = EditionChanges.__struct_fields__


class ListedRecord(Struct, frozen=True):
    """A record of an edition: published, corrected or withdrawn, and the SHA-256 of its file. Of what is withdrawn there is none: from a
    hash, words that were taken out could be guessed."""

    state: str
    sha256: str = ""


def written(records: Mapping[str, ListedRecord]) -> bytes:
    """The bytes of `records.tsv`: slug, state, SHA-256 a line, sorted."""
    lines = (f"{slug}\t{record.state}\t{record.sha256 or '-'}\n" for slug, record in sorted(records.items()))
    return "".join(lines).encode()


def parsed(data: bytes) -> dict[str, ListedRecord] | None:
    """The records of these bytes by slug; None where `written` would not write the same ones."""
    records = {}
    try:
        for line in data.decode("utf-8").splitlines():
            found = _LINE.fullmatch(line)
            if not found:
                return None
            records[found[1]] = ListedRecord(found[2] or WITHDRAWN, found[3] or "")
    except UnicodeDecodeError:
        return None
    return records if written(records) == data else None


def changes(before: Mapping[str, ListedRecord], now: Mapping[str, ListedRecord]) -> tuple[EditionChanges, int]:
    """What changed from one list to the next, and how many records are in the archive no more, not even as withdrawn."""
    kinds: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for slug, record in sorted(now.items()):
        earlier = before.get(slug)
        if record.state == WITHDRAWN:
            if earlier is None or earlier.state != WITHDRAWN:
                kinds["withdrawn"].append(slug)
        elif earlier is None:
            kinds["added"].append(slug)
        elif earlier.sha256 != record.sha256:
            kinds["corrected" if record.state == "corrected" else "changed"].append(slug)
    return EditionChanges(**{kind: tuple(slugs) for kind, slugs in kinds.items()}), len(before.keys() - now.keys())


def changes_written(of_edition: EditionChanges) -> bytes:
    """The bytes of `changes.toml`."""
    parts = [_HEAD]
    for kind in _KINDS:
        slugs = "".join(f"  {quoted(slug)},\n" for slug in getattr(of_edition, kind))
        parts.append(f"{kind} = [\n{slugs}]\n" if slugs else f"{kind} = []\n")
    return "".join(parts).encode()


def changes_parsed(data: bytes) -> EditionChanges | None:
    """The changes of these bytes; None where `changes_written` would not write the same ones."""
    try:
        values = tomllib.loads(data.decode("utf-8"))
        found = EditionChanges(**{kind: tuple(values[kind]) for kind in _KINDS})
        return found if changes_written(found) == data else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
