"""Many releases → one file for a reference manager: BibTeX, RIS, CSL-JSON.

What each release says is `cite`'s; here its entries are put together, in the order in which they are given. An entry is the file of a
single release as it was written, so a list need not know a release again to have it: the same entries give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from onrecord import cite
from onrecord.model import Release


class Format(Struct, frozen=True):
    """A format of citations: how its files end, its name, its media type, and the file of one release (release, whole address of its page
    or empty, host)."""

    ending: str
    label: str
    media: str
    entry: Callable[[Release, str, cite.Host], str]


FORMATS: Mapping[str, Format] = {
    each.ending: each
    for each in (
        Format("bib", "BibTeX", "application/x-bibtex", cite.bibtex),
        Format("ris", "RIS", "application/x-research-info-systems", cite.ris),
        Format("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", cite.csl_json),
    )
}
"""By their endings."""

_RIS_END = b"ER  - \r\n"
_OPENED, _CLOSED = b"[\n", b"\n]\n"


def joined(ending: str, entries: Iterable[bytes]) -> bytes:
    """The files of single releases as one, in the order given; nothing at all, or an empty list of JSON, where there is none. Raises
    KeyError for an ending that is none of FORMATS, ValueError for a CSL-JSON file that `cite` has not written."""
    FORMATS[ending]
    if ending != "csl.json":
        # An empty line between entries, which both formats pass over: BibTeX ends lines with LF, RIS with CRLF.
        return (b"\r\n" if ending == "ris" else b"\n").join(entries)
    items = [_items(entry) for entry in entries]
    return _OPENED + b",\n".join(items) + _CLOSED if items else b"[]\n"


def _is_list(file: bytes) -> bool:
    return file.startswith(_OPENED) and file.endswith(_CLOSED)


def _items(file: bytes) -> bytes:
    """What stands in a list of CSL-JSON."""
    if not _is_list(file):
        raise ValueError("This is not a list of CSL-JSON with one item a line.")
    return file[len(_OPENED) : -len(_CLOSED)]


def parts(ending: str, data: bytes) -> Iterator[bytes]:
    """What may be the files of single releases that a list was joined of, without opening them: each entry alone, and each two that stand
    one behind the other, for an abstract has two. Which of these are such files is known by their hashes. Of bytes that are no such list
    there is nothing to be had, or nothing that has the hash of a file. Raises KeyError."""
    FORMATS[ending]
    if ending == "ris":
        # The records of an abstract have no empty line between them.
        yield from (record + _RIS_END for record in data.removesuffix(_RIS_END).split(_RIS_END + b"\r\n"))
        return
    csl = ending == "csl.json"
    if csl and not _is_list(data):
        return
    whole = _items(data).split(b",\n") if csl else data.removesuffix(b"\n").split(b"\n\n")
    between, before, after = (b",\n", _OPENED, _CLOSED) if csl else (b"\n\n", b"", b"\n")
    for place, entry in enumerate(whole):
        yield before + entry + after
        if place:
            yield before + whole[place - 1] + between + entry + after


def of_releases(ending: str, releases: Iterable[tuple[Release, str]], host: cite.Host) -> bytes:
    """The same of releases, each with the whole address of its page or empty."""
    entry = FORMATS[ending].entry
    return joined(ending, (entry(release, address, host).encode() for release, address in releases))
