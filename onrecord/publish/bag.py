"""A site as a bag (BagIt 1.0, RFC 8493): which tag files stand beside its payload, all of them computed from the manifest.

Whoever checks a bag computes them again and compares: a tag file that somebody has edited is seen, whatever is in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from onrecord.publish.listing import MANIFEST

PAYLOAD = "data/"
TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
"""The tag files of every bag: what has one of them is a bag, even if the others were taken away."""
_LONGEST = 79
"""Characters of a line of bag-info.txt: section 2.2.2 recommends to fold what is longer."""


def tag_files(payload: Mapping[str, str], size: int, information: Sequence[tuple[str, str]]) -> list[tuple[str, bytes]]:
    """The tag files of a bag, as (path, bytes). `payload` is path → SHA-256 of the files below `data/`, `size` their bytes together,
    `information` what bag-info.txt says beside that, as (label, value)."""
    oxum = f"{size}.{len(payload)}"
    tags = [
        (TAGS[0], b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        (TAGS[1], "".join(_elements((*information, ("Payload-Oxum", oxum)))).encode()),
        (TAGS[2], "".join(_lines(payload)).encode()),
    ]
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in tags}
    return [
        *tags,
        (TAGS[3], "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()),
    ]


def of_site(
    listed: Mapping[str, str],
    manifest: str,
    size: int,
    *,
    publisher: str,
    description: str,
    date: str,
    identifier: str = "",
) -> list[tuple[str, bytes]]:
    """The tag files of a bag with a whole site: `listed` are the files of its manifest, `manifest` is the SHA-256 of that, `size` the bytes
    of all. What is empty is left out."""
    information = (
        ("Source-Organization", publisher),
        ("External-Description", description),
        ("External-Identifier", identifier),
        ("Bagging-Date", date),
        ("Onrecord-Manifest-SHA256", manifest),
    )
    return tag_files({**listed, MANIFEST: manifest}, size, [(label, value) for label, value in information if value])


def _lines(payload: Mapping[str, str]) -> Iterator[str]:
    """The lines of the payload manifest (section 2.1.3): line breaks and percent signs of a path are percent-encoded."""
    for path in sorted(payload):
        encoded = path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        yield f"{payload[path]}  {PAYLOAD}{encoded}\n"


def _elements(information: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The lines of bag-info.txt (section 2.2.2), folded between words, each further line behind a blank."""
    for label, value in information:
        line = f"{label}:"
        for word in value.split():
            if len(line) + 1 + len(word) > _LONGEST and line not in ("", f"{label}:"):
                yield f"{line}\n"
                line = ""
            line += f" {word}"
        yield f"{line}\n"
