"""Many releases → one file for a reference manager: BibTeX, RIS, CSL-JSON.

What each release says is `cite`'s; here its entries are put together, in the order in which they are given. An entry is the file of a
single release as it was written, or what is left of that in a list of many (`brief`), so a list need not know a release again to have it:
the same entries give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from onrecord import cite
from onrecord.model import Release
from onrecord.tex import line, tex


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
_RIS_KEYWORD = b"KW  - "
_BIBTEX_FIELD = re.compile(rb"^ *(\w+) = ")
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


def brief(ending: str, entry: bytes, archive: str) -> bytes:
    """The file of a single release as it stands in the list of a page, in BibTeX or RIS: with its key and all that a citation says, without
    keywords, without the title of the archive it comes from, and without blanks that mean nothing. A release stands in ten lists and more;
    its own file and those of the whole archive have all of it. Raises KeyError for another ending."""
    return _BRIEF[ending](entry, archive)


def _brief_bibtex(file: bytes, archive: str) -> bytes:
    # `cite` writes a field a line, and no value holds the end of one.
    own = f"note={{{tex(archive)}}}".encode()
    entries = []
    for entry in file.removesuffix(b"\n}\n").split(b"\n}\n\n"):
        head, *fields = entry.split(b",\n")
        kept = [short for field in fields if (short := _BIBTEX_FIELD.sub(rb"\1=", field)) != own]
        entries.append(b",\n".join((head, *kept)) + b"\n}\n")
    return b"\n".join(entries)


def _brief_ris(file: bytes, archive: str) -> bytes:
    own = f"DB  - {line(archive)}".encode()
    lines = file.split(b"\r\n")
    return b"\r\n".join([each for each in lines if each != own and not each.startswith(_RIS_KEYWORD)])


_BRIEF: Mapping[str, Callable[[bytes, str], bytes]] = {"bib": _brief_bibtex, "ris": _brief_ris}


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
