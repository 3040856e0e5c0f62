"""What a kind of release is called in each form of citation.

A release is a work that an institution distributes: that is what BibTeX (`@techreport`), RIS (`RPRT`), Zotero (`report`) and APA 7
(section 10.4, "Reports and gray literature", which has the press release) file it under, with its kind as the type of the work. Three
things are otherwise, each because a program would else say what the record does not:

- In CSL it is a `document`: the styles for Chicago and APA print of a `report` the year alone.
- RIS has a type for everything else (`GEN`), which Zotero reads as a journal article: it is not used.
- Who speaks in a speech or an interview is its author in CSL and Zotero (`presenter`, `interviewee`). A record names who published it, so
  there no author is given.
"""

from __future__ import annotations

from typing import NamedTuple


class CitedAs(NamedTuple):
    """The names of a kind: BibTeX entry type, RIS type, CSL type, Zotero item type of its page, Wikipedia's citation
    template."""

    bibtex: str
    ris: str
    csl: str
    zotero: str
    template: str


_DISTRIBUTED = CitedAs("techreport", "RPRT", "document", "report", "cite press release")
_REPORT = CitedAs("techreport", "RPRT", "report", "report", "cite report")
_KINDS = {
    "report": _REPORT,
    "briefing": _REPORT,
    # Zotero would take the archive that a page belongs to for the newspaper.
    "news story": CitedAs("misc", "NEWS", "article-newspaper", "webpage", "cite news"),
    "speech": CitedAs("misc", "SLIDE", "speech", "presentation", "cite press release"),
    # RIS has no interview; Zotero reads the type that it writes for one (PCOMM) as a letter.
    "interview": CitedAs("misc", "RPRT", "interview", "interview", "cite press release"),
}
# Without a type of its own BibTeX would print "Technical report".
_NOT_STATED = CitedAs("misc", "RPRT", "document", "report", "cite press release")

SUMMARY = CitedAs("misc", "ELEC", "webpage", "webpage", "cite web")
"""The archive's own summary of a release: a page of its site."""

SPOKEN = frozenset(("speech", "interview", "SLIDE", "presentation"))
"""Types of CSL, RIS and Zotero whose author is who speaks."""


def cited_as(kind: str) -> CitedAs:
    """The names of a kind of schema.KINDS, or of one that is not stated (empty)."""
    return _KINDS.get(kind, _DISTRIBUTED) if named(kind) else _NOT_STATED


def named(kind: str) -> str:
    """A kind as a citation names it: empty for `other`, which says nothing."""
    return "" if kind == "other" else kind
