"""The files that a page of releases has beside its feed: which formats, and when they are packed. For whoever makes them and whoever links
to them."""

OF_PAGE = (
    ("bib", "BibTeX", "application/x-bibtex"),
    ("ris", "RIS", "application/x-research-info-systems"),
    ("csv", "CSV", "text/csv"),
)
"""Ending, name, media type of each."""

MOST_PLAIN = 200
"""How many releases a list may have whose files stand as they are. A longer one is packed, each format alone, with `.zip` behind its
address: a release stands in ten lists and more, and long lists are nearly all of what lists weigh (ten thousand releases: 120 MB as they
are, 22 MB so)."""
PACKED = "zip"
PACKED_MEDIA = "application/zip"


MOST_IN_ARCHIVE = 2_000
"""How many releases the archive may have whose citations, all of them in one file, stand as they are: about a megabyte in each format."""


def is_packed(releases: int) -> bool:
    """Whether the files of a list of so many releases are packed."""
    return releases > MOST_PLAIN


def archive_ending(ending: str, releases: int) -> str:
    """What the address of the citations of a whole archive of so many releases ends with."""
    return f"{ending}.{PACKED}" if releases > MOST_IN_ARCHIVE else ending


def ending_of(ending: str, releases: int) -> str:
    """What the address of the file of so many releases ends with: "bib", or "bib.zip"."""
    return f"{ending}.{PACKED}" if is_packed(releases) else ending
