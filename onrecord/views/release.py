"""The page of one release, and the tombstone of a withdrawn one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord import cite, languages
from onrecord.cite import Citation
from onrecord.help import said
from onrecord.model import Quotation, Release
from onrecord.views import comparing
from onrecord.views.edition import Edition, encoded
from onrecord.views.frame import Day, Entry, PageInfo, PageLink, Site


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """Something said in the release."""

    speaker: str = said("who said it, as the release names them")
    href: str = said("the speaker's page of quotations; empty where there is none")
    text: str = said("the words, verbatim; empty where there is only a summary")
    summary: str = said("what was said in the archive's own words; empty where the words themselves are given")
    paragraph: int = said("number of the paragraph the words stand in (anchor `p3`); 0 where it is not known")


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something the source does not settle."""

    field: str = said("the field it is about")
    question: str = said("the question")
    evidence: str = said("what speaks for an answer; may be empty")


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another publication of the same text."""

    entry: Entry = said("the other publication")
    compare: str = said("the page that sets both side by side; empty where there is none")


@dataclass(frozen=True, slots=True)
class File:
    """The release in another format."""

    href: str = said("address, relative to the top of the site (`page.top`)")
    label: str = said("name of the format")
    type: str = said("media type")


@dataclass(frozen=True, slots=True)
class Meta:
    """A `<meta>` element for reference managers (Highwire, Dublin Core)."""

    name: str = said("its name: citation_title, DC.date …")
    content: str = said("its content")


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """One release."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    title: str = said("the title as the publisher printed it")
    subtitle: str = said("the second headline; may be empty")
    lang: str = said("the release's own language")
    dir: str = said("the release's own direction")
    language: str = said("the name of its language, in the interface's language")
    date: Day = said("its date")
    date_href: str = said("the page of the index by date it stands on")
    date_as_written: str = said("the date in the source's own words; may be empty")
    date_basis: str = said(
        "where the date stands in the source: header, dateline, metadata, body, inferred, contributor; may be empty"
    )
    publisher: PageLink | None = said("who published it; none when the source does not say")
    reference: str = said("the publisher's own number; may be empty")
    kind: str = said("press release, statement …; may be empty")
    extent: str = said("full, excerpt or abstract (the archive's own summary)")
    status: str = said("draft, published or corrected")
    reason: str = said("how it was corrected; may be empty")
    dateline: str = said("the place and date line at the head of the text; may be empty")
    body: str = said("the body as safe HTML, its paragraphs numbered; print it with the filter `safe`")
    omissions: int = said("how many omissions the body marks")
    notes: str = said("notes to editors as safe HTML; may be empty")
    topics: tuple[PageLink, ...] = said("its topics")
    places: tuple[PageLink, ...] = said("its places")
    names: tuple[PageLink, ...] = said("people and organizations named")
    quotations: tuple[QuotedWords, ...] = said("who is quoted with which words")
    same_text: tuple[Sibling, ...] = said("other publications of the same text")
    citations: tuple[Citation, ...] = said("the release as a citation, in several styles")
    same_topic: tuple[Entry, ...] = said(
        "releases about the same topics, the most topics shared first, nearest in time"
    )
    earlier: Entry | None = said("the release before it in time")
    later: Entry | None = said("the release after it in time")
    url: str = said("where it was published; may be empty")
    archived: str = said("a web archive's copy; may be empty")
    source_file: str = said("the name of the file it was taken from; may be empty")
    sha256: str = said("SHA-256 of that file, hexadecimal; may be empty")
    rights: str = said("who holds the rights; may be empty")
    review: tuple[OpenQuestion, ...] = said("questions that are still open (drafts)")
    files: tuple[File, ...] = said("the release in other formats")
    metas: tuple[Meta, ...] = said("elements for reference managers")
    json_ld: dict[str, object] = said("schema.org description; print it with the filter `tojson`")
    description: str = said("the first words of the text, for previews")


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """The tombstone of a withdrawn release: what it was and why it is gone, nothing of its text."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    title: str = said("the title")
    lang: str = said("the release's own language")
    dir: str = said("the release's own direction")
    date: Day = said("its date")
    date_href: str = said("the page of the index by date it stands on")
    publisher: PageLink | None = said("who published it; none when the source does not say")
    reference: str = said("the publisher's own number; may be empty")
    reason: str = said("why it was withdrawn; may be empty")


FORMATS = (
    ("md", "Markdown", "text/markdown"),
    ("json", "JSON", "application/json"),
    ("bib", "BibTeX", "application/x-bibtex"),
    ("ris", "RIS", "application/x-research-info-systems"),
    ("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json"),
)
_PARAGRAPH = re.compile(r'<p id="p([0-9]+)">')
_NUMBERED = r'<p id="p\1"><a class="pn" href="#p\1" data-pagefind-ignore>\1</a>'


def view(edition: Edition, release: Release) -> ReleaseView:
    """The page of a release that stands."""
    archive = edition.archive
    path = f"releases/{release.slug}.html"
    description = first_words(release.body.paragraphs)
    page = edition.page(path, "releases", edit=edition.edit_href(release.path), description=description)
    return ReleaseView(
        site=edition.site,
        page=page,
        title=release.title,
        subtitle=release.subtitle,
        lang=release.language,
        dir=release.direction,
        language=languages.name(release.language, edition.language),
        date=edition.day(release.date),
        date_href=edition.date_href(release.date),
        date_as_written=release.date_as_written,
        date_basis=release.date_basis,
        publisher=edition.publisher_link(release.publisher) if release.publisher else None,
        reference=release.reference,
        kind=release.kind,
        extent=release.extent,
        status=release.status,
        reason=release.reason,
        dateline=release.dateline,
        body=laid_out(release.body.html),
        omissions=release.body.omissions,
        notes=laid_out(release.notes.html) if release.notes else "",
        topics=tuple(map(edition.term_link, release.topics)),
        places=tuple(map(edition.term_link, release.places)),
        names=tuple(map(edition.term_link, release.names)),
        quotations=tuple(_quoted(edition, quotation) for quotation in release.quotations),
        same_text=_siblings(edition, release),
        citations=cite.texts(release, page.canonical, archive.settings.title),
        same_topic=edition.entries(edition.same_topic(release)),
        earlier=_entry(edition, archive.earlier.get(release.slug)),
        later=_entry(edition, archive.later.get(release.slug)),
        url=release.origin.url,
        archived=release.origin.archived,
        source_file=release.origin.file,
        sha256=release.origin.sha256,
        rights=release.rights,
        review=tuple(OpenQuestion(q.field, q.question, q.evidence) for q in release.review),
        files=tuple(
            File(encoded(f"releases/{release.slug}.{ending}"), label, type_) for ending, label, type_ in FORMATS
        ),
        metas=tuple(Meta(name, content) for name, content in cite.highwire(release, page.canonical)),
        json_ld=cite.json_ld(release, page.canonical, archive.settings),
        description=description,
    )


def withdrawn(edition: Edition, release: Release) -> WithdrawnView:
    """The tombstone of a withdrawn release."""
    return WithdrawnView(
        site=edition.site,
        page=edition.page(f"releases/{release.slug}.html", "releases"),
        title=release.title,
        lang=release.language,
        dir=release.direction,
        date=edition.day(release.date),
        date_href=edition.date_href(release.date),
        publisher=edition.publisher_link(release.publisher) if release.publisher else None,
        reference=release.reference,
        reason=release.reason,
    )


def laid_out(html: str) -> str:
    """Safe HTML made ready for a page: each paragraph gets a link to itself, and a wide table can be scrolled alone."""
    html = _PARAGRAPH.sub(_NUMBERED, html)
    if "<table>" in html:
        html = html.replace("<table>", '<div class="scroll" role="group" tabindex="0"><table>').replace(
            "</table>", "</table></div>"
        )
    return html


def first_words(paragraphs: tuple[str, ...], length: int = 200) -> str:
    """The beginning of a text, cut between words."""
    for text in paragraphs:
        text = " ".join(text.split())
        if text:
            return text if len(text) <= length else text[: length + 1].rsplit(" ", 1)[0].rstrip(",;:–-") + " …"
    return ""


def _siblings(edition: Edition, release: Release) -> tuple[Sibling, ...]:
    family = edition.archive.families.get(release.slug, ())
    if not family:
        return ()
    compared = {other.slug for other in comparing.partners(edition, release)}
    return tuple(Sibling(edition.entry(o), comparing.href(release, o) if o.slug in compared else "") for o in family)


def _entry(edition: Edition, release: Release | None) -> Entry | None:
    return edition.entry(release) if release else None


def _quoted(edition: Edition, quotation: Quotation) -> QuotedWords:
    href = edition.speaker_href(quotation.name) if quotation.name else ""
    return QuotedWords(quotation.speaker, href, quotation.text, quotation.summary, quotation.paragraph or 0)
