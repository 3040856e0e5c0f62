"""The page of one release, and the tombstone of a withdrawn one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from onrecord import cite, languages, routes
from onrecord.cite import Citation
from onrecord.faces import ShownText
from onrecord.model import Card, Tombstone
from onrecord.routes import href
from onrecord.views import comparing, corrections, dated_editions, documents, relations
from onrecord.views.corrections import CorrectedRow
from onrecord.views.documents import DocumentEntry
from onrecord.views.edition import Edition
from onrecord.views.frame import Day, Entry, FigureEntry, FormatLink, PageInfo, PageKind, PageLink, QuotationEntry, Site
from onrecord.views.numbered_text import laid_out
from onrecord.views.relations import RelationsOfRelease
from onrecord.views.suggesting import Suggesting, suggesting


class OpenQuestion(msgspec.Struct, frozen=True):
    """Something the source does not settle."""

    field: Annotated[str, "the field it is about"]
    question: Annotated[str, "the question"]
    evidence: Annotated[str, "what speaks for an answer; may be empty"]


class Sibling(msgspec.Struct, frozen=True):
    """Another publication of the same text."""

    entry: Annotated[Entry, "the other publication"]
    compare: Annotated[str, "the page that sets both side by side; empty where there is none"]


class Meta(msgspec.Struct, frozen=True):
    """A `<meta>` element for reference managers (Highwire, Dublin Core)."""

    name: Annotated[str, "its name: citation_title, DC.date …"]
    content: Annotated[str, "its content"]


class ReleaseView(msgspec.Struct, frozen=True):
    """One release."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    title: Annotated[str, "the title as the publisher printed it"]
    subtitle: Annotated[str, "the second headline; may be empty"]
    lang: Annotated[str, "the release's own language"]
    dir: Annotated[str, "the release's own direction"]
    language: Annotated[str, "the name of its language, in the interface's language"]
    date: Annotated[Day, "its date"]
    date_href: Annotated[str, "the page of the index by date it is on"]
    date_as_written: Annotated[str, "the date in the source's own words; may be empty"]
    date_basis: Annotated[
        str,
        "where the date is in the source: header, dateline, metadata, body, inferred, contributor; may be empty",
    ]
    publisher: Annotated[PageLink | None, "who published it; none when the source does not say"]
    reference: Annotated[str, "the publisher's own number; may be empty"]
    kind: Annotated[str, "press release, statement …; may be empty"]
    extent: Annotated[str, "full, excerpt or abstract (the archive's own summary)"]
    status: Annotated[str, "draft, published or corrected"]
    reason: Annotated[str, "how it was corrected; may be empty"]
    dateline: Annotated[str, "the place and date line at the head of the text; may be empty"]
    body: Annotated[str, "the body as safe HTML, its paragraphs numbered; print it with the filter `safe`"]
    omissions: Annotated[int, "how many omissions the body marks"]
    notes: Annotated[str, "notes to editors as safe HTML; may be empty"]
    topics: Annotated[tuple[PageLink, ...], "its topics"]
    places: Annotated[tuple[PageLink, ...], "its places"]
    names: Annotated[tuple[PageLink, ...], "people and organizations named"]
    quotations: Annotated[tuple[QuotationEntry, ...], "who is quoted with which words"]
    relations: Annotated[
        RelationsOfRelease | None,
        "its translations, what it corrects and follows, what corrects and follows it; none without",
    ]
    figures: Annotated[tuple[FigureEntry, ...], "the numbers that it reports"]
    documents: Annotated[tuple[DocumentEntry, ...], "originals and attachments"]
    same_text: Annotated[tuple[Sibling, ...], "other publications of the same text"]
    citations: Annotated[
        tuple[Citation, ...],
        "the release as a citation, in several styles; of an abstract first the summary, then the release",
    ]
    same_topic: Annotated[
        tuple[Entry, ...], "releases about the same topics, the most topics shared first, nearest in time"
    ]
    earlier: Annotated[Entry | None, "the release before it in time"]
    later: Annotated[Entry | None, "the release after it in time"]
    url: Annotated[str, "where it was published; may be empty"]
    archived: Annotated[str, "a web archive's copy; may be empty"]
    source_file: Annotated[str, "the name of the file it was taken from; may be empty"]
    sha256: Annotated[str, "SHA-256 of that file, hexadecimal; may be empty"]
    rights: Annotated[str, "who holds the rights; may be empty"]
    history: Annotated[tuple[CorrectedRow, ...], "what was corrected in it, newest first"]
    added: Annotated[str, "the day on which it came into the archive, in words; empty where that is not known"]
    added_iso: Annotated[str, "that day as ISO 8601"]
    suggest: Annotated[Suggesting, "how a correction is suggested"]
    review: Annotated[tuple[OpenQuestion, ...], "questions that are still open (drafts)"]
    files: Annotated[tuple[FormatLink, ...], "the release in other formats"]
    edition: Annotated[PageLink | None, "the newest dated edition, where it holds this record as it stands"]
    metas: Annotated[tuple[Meta, ...], "elements for reference managers"]
    json_ld: Annotated[
        dict[str, object] | None,
        "schema.org description; print it with the filter `tojson`. None but in the archive’s first language: it says the same in each",
    ]


class WithdrawnView(msgspec.Struct, frozen=True):
    """The tombstone of a withdrawn release: what it was and why it is gone, nothing of its text."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    title: Annotated[str, "the title"]
    lang: Annotated[str, "the release's own language"]
    dir: Annotated[str, "the release's own direction"]
    date: Annotated[Day, "its date"]
    date_href: Annotated[str, "the page of the index by date it is on"]
    publisher: Annotated[PageLink | None, "who published it; none when the source does not say"]
    reference: Annotated[str, "the publisher's own number; may be empty"]
    reason: Annotated[str, "why it was withdrawn; may be empty"]
    changed: Annotated[str, "the day on which it was withdrawn, in words; empty where the record does not say"]
    changed_iso: Annotated[str, "that day as ISO 8601"]


FORMATS = (
    ("md", "Markdown", "text/markdown"),
    ("json", "JSON", "application/json"),
    ("bib", "BibTeX", "application/x-bibtex"),
    ("ris", "RIS", "application/x-research-info-systems"),
    ("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json"),
)


def release_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The pages of the releases that stand."""
    for subject in edition.ask.subjects():
        yield routes.release(subject[0]), subject


def withdrawn_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The pages of what was withdrawn."""
    for listed in edition.ask.listed():
        if isinstance(listed, Tombstone):
            yield routes.release(listed.slug), (listed.slug,)


def view(edition: Edition, slug: str) -> ReleaseView:
    """The page of a release that stands."""
    release = edition.ask.release(slug)
    assert release is not None, slug
    card, text = release.card, release.text
    of_text = edition.site.own_lang if card.extent == "abstract" else card.language
    description = first_words(text.body.paragraphs)
    shown = (
        ShownText(of_text, text.body.html, card.extent != "abstract"),
        *((ShownText(of_text, text.notes.html, card.extent != "abstract"),) if text.notes else ()),
    )
    page = edition.page(
        routes.release(slug), "releases", edit=edition.edit_href(card.path), description=description, texts=shown
    )
    host = cite.Host.of(edition.settings.in_language(edition.language))
    added = edition.ask.addition(slug)[:10]
    earlier, later = edition.entries_or_none(edition.ask.neighbours(slug))
    return ReleaseView(
        site=edition.site,
        page=relations.with_alternates(edition, page, card),
        title=card.title,
        subtitle=text.subtitle,
        lang=card.language,
        dir=card.direction,
        language=languages.name(card.language, edition.language),
        date=edition.day(card.date),
        date_href=edition.date_href(card.date),
        date_as_written=text.date_as_written,
        date_basis=text.date_basis,
        publisher=edition.publisher_link(card.publisher) if card.publisher else None,
        reference=card.reference,
        kind=card.kind,
        extent=card.extent,
        status=card.status,
        reason=text.reason,
        dateline=text.dateline,
        body=laid_out(edition, documents.pictured(edition, release, text.body.html, page.top), of_text),
        omissions=text.body.omissions,
        notes=laid_out(edition, documents.pictured(edition, release, text.notes.html, page.top), of_text)
        if text.notes
        else "",
        topics=tuple(edition.term_link("topic", term) for term in card.topics),
        places=tuple(edition.term_link("place", term) for term in card.places),
        names=tuple(edition.term_link("name", term) for term in card.names),
        quotations=tuple(edition.quotation(card, quotation) for quotation in text.quotations),
        relations=relations.of_release(edition, card),
        figures=edition.figures(card),
        documents=documents.entries(edition, release),
        same_text=_siblings(edition, card),
        citations=cite.texts(release, page.canonical, host),
        same_topic=edition.entries_of(edition.ask.same_topic(slug)),
        earlier=earlier,
        later=later,
        url=text.origin.url,
        archived=text.origin.archived,
        source_file=text.origin.file,
        sha256=text.origin.sha256,
        rights=text.rights,
        history=corrections.history(edition, card, text),
        added=edition.date_in_words(added) if added else "",
        added_iso=added,
        suggest=suggesting(edition, card),
        review=tuple(OpenQuestion(q.field, q.question, q.evidence) for q in text.review),
        files=tuple(
            FormatLink(href(routes.release_file(slug, ending)), label, type_) for ending, label, type_ in FORMATS
        ),
        edition=dated_editions.link(edition.ask.edition_of(slug)),
        metas=tuple(Meta(name, content) for name, content in cite.highwire(release, page.canonical, host)),
        json_ld=None
        if edition.prefix
        else cite.json_ld(
            release,
            page.canonical,
            host,
            relations.related_works(edition, card),
            documents.media_objects(edition, release),
        ),
    )


def withdrawn(edition: Edition, slug: str) -> WithdrawnView:
    """The tombstone of a withdrawn release."""
    tombstone = edition.ask.card(slug)
    assert isinstance(tombstone, Tombstone), slug
    return WithdrawnView(
        site=edition.site,
        page=edition.page(routes.release(slug), "releases"),
        title=tombstone.title,
        lang=tombstone.language,
        dir=tombstone.direction,
        date=edition.day(tombstone.date),
        date_href=edition.date_href(tombstone.date),
        publisher=edition.publisher_link(tombstone.publisher) if tombstone.publisher else None,
        reference=tombstone.reference,
        reason=tombstone.reason,
        changed=edition.date_in_words(tombstone.changed) if tombstone.changed else "",
        changed_iso=tombstone.changed,
    )


PAGES = (
    PageKind("release", release_pages, view),
    PageKind("withdrawn", withdrawn_pages, withdrawn),
)


def first_words(paragraphs: tuple[str, ...], length: int = 200) -> str:
    """The beginning of a text, cut between words."""
    for text in paragraphs:
        text = " ".join(text.split())
        if text:
            return text if len(text) <= length else text[: length + 1].rsplit(" ", 1)[0].rstrip(",;:–-") + " …"
    return ""


def _siblings(edition: Edition, card: Card) -> tuple[Sibling, ...]:
    family = edition.ask.family(card.slug)
    if not family:
        return ()
    compared = {sibling.slug for sibling in comparing.partners(edition.ask, card)}
    return tuple(
        Sibling(edition.entry(sibling), href(routes.comparison(card.slug, slug)) if slug in compared else "")
        for slug in family
        if (sibling := edition.ask.card(slug))
    )
