"""A release as a citation: in four styles, as BibTeX, RIS and CSL-JSON, and as the metadata that reference managers and search engines
read from a page.

Only what the record states is written. A date goes into a machine field as far as it is known and beyond doubt; what cannot be said there
("1 August, year not stated") stands in a note, in words (`cited_dates`). What each kind of release is in each form says `cited_kinds`.

Whose words a page holds decides what is cited. The text of a release, whole or in part, is its publisher's, and the archive is the place
where it was read. An abstract (`extent: abstract`) is the archive's own work about a release: two things, each cited as itself. The
*summary* is by the archive, at the archive's address, and has no date, because no record states one. The *release* is its publisher's
and was not read in the archive, so the archive's title and address are no part of its citation.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import msgspec

from onrecord import cited_dates, wikitext
from onrecord.cited_kinds import SPOKEN, SUMMARY, cited_as, named
from onrecord.model import Release, Settings, Term
from onrecord.tex import LANGIDS, line, tex
from onrecord.tex import url as tex_url

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Host(msgspec.Struct, frozen=True):
    """The archive a release is read in: its title, who publishes it (empty where it does not say), the BCP 47 language of its own
    words and the rights in them (empty where it does not say)."""

    title: str
    publisher: str = ""
    language: str = "en"
    rights: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Host:
        """The host that an archive's settings describe."""
        return cls(settings.title, settings.publisher, settings.language, settings.rights)

    @property
    def author(self) -> str:
        """Who wrote the archive's own words: its publisher, or the archive itself where no publisher is named."""
        return self.publisher or self.title

    @property
    def container(self) -> str:
        """The archive's title as the place of its own words; empty where it is their author already (APA 7 section 9.29)."""
        return "" if self.title == self.author else self.title


class Citation(msgspec.Struct, frozen=True):
    """A release, or the archive's summary of it, as a citation in one style, in three pieces so that a title in another script can be
    kept apart."""

    style: Annotated[str, "name of the style: Chicago, APA, MLA, Wikipedia"]
    before: Annotated[str, "what is before the title"]
    title: Annotated[str, "the release's title as printed"]
    italic: Annotated[bool, "true where the style sets the title in italics"]
    after: Annotated[str, "what is after the title"]
    of: Annotated[str, "what is cited: `release`, or `summary` for the archive's own words about it"]
    source: Annotated[bool, "true for words that are put into a page's source (wikitext), not into a text"] = False


_PLAIN_SLUG = re.compile("[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")


def key(release: Release) -> str:
    """A citation key that every program accepts: the slug, where that is ASCII letters and digits joined by single hyphens; else what is
    left of it in ASCII and, behind an underscore, a digest of it.

    It follows from the slug alone, so it stays whatever else the archive gets. No two slugs have the same: a slug that is a key itself has
    no underscore, and slugs differ in more than letter case (`check.relations`), as keys must (BibTeX does not tell cases apart).
    """
    slug = release.slug
    if _PLAIN_SLUG.fullmatch(slug):
        return slug
    plain = unicodedata.normalize("NFKD", slug).encode("ascii", "ignore").decode()
    name = re.sub(r"[^0-9A-Za-z]+", "-", plain).strip("-") or "release"
    return f"{name}_{hashlib.sha256(slug.encode()).hexdigest()[:8]}"


def summary_key(release: Release) -> str:
    """The citation key of the archive's summary of a release. No key of a release has a colon, so it is no other's."""
    return f"summary:{key(release)}"


def keys(release: Release) -> list[str]:
    """The keys of the entries of a release in every file, in their order: of an abstract first that of its summary."""
    return [summary_key(release), key(release)] if _is_abstract(release) else [key(release)]


def summary_title(release: Release) -> str:
    """What an archive's summary is called: a description, as styles call a review that has no title of its own (Chicago 14.202,
    APA 7 section 10.7; MLA 9: a description in place of a title)."""
    before, title, after = _summary_words(release)
    return f"{before}{title}{after}"


# ---- in the words of a style ----------------------------------------------------------------------------------------------------


def texts(release: Release, address: str, host: Host) -> tuple[Citation, ...]:
    """The bibliography entries: Chicago (notes and bibliography), APA (7th edition) and MLA (9th), in English, and the citation template
    of Wikipedia.

    As the styles' CSL files make them, except where those would change what the publisher wrote (a title's capitals) or drop what is
    known (a date in words); a test holds every word against a CSL processor. `address` is the page's absolute address or empty. Of an
    abstract those of the summary, then those of the release.
    """
    if not _is_abstract(release):
        return _release_texts(release, address, host.title)
    return (*_summary_texts(release, address, host), *_release_texts(release, "", ""))


def _release_texts(release: Release, address: str, archive: str) -> tuple[Citation, ...]:
    """The release in each style; `address` and `archive` are the place it was read at, empty for what was not read in the archive."""
    return (
        _chicago(release, address, archive),
        _apa(release, address, archive),
        _mla(release, address, archive),
        _wikipedia(release, address, archive),
    )


def _chicago(release: Release, address: str, archive: str) -> Citation:
    date = _sentence(cited_dates.chicago(release.date))
    after = _sentences(_kind_and_number(release), date, release.origin.url, archive, address)
    end = f"{_stopped(release.title)}” {after}"
    return Citation("Chicago", f"{_full_stop(release.publisher)}“", _inner(release.title), False, end, "release")


def _apa(release: Release, address: str, archive: str) -> Citation:
    date = f"({cited_dates.apa(release.date)})."
    number = f" ({release.reference})" if release.reference else ""
    kind = f" [{_sentence(named(release.kind))}]" if named(release.kind) else ""
    stop = "." if number or kind else _stopped(release.title)
    # Without an author the title moves to the front and the date follows it (APA Publication Manual, 7th edition, section 9.12).
    before, after = (f"{_full_stop(release.publisher)}{date} ", "") if release.publisher else ("", f" {date}")
    # No full stop after an address: it could be taken for a part of it (section 9.35).
    origin = release.origin.url
    source = f"{address} (from {origin})" if address and origin else address or origin
    end = " ".join(part for part in (_sentences(archive), source) if part)
    return Citation("APA", before, release.title, True, f"{number}{kind}{stop}{after} {end}".rstrip(), "release")


def _mla(release: Release, address: str, archive: str) -> Citation:
    # A kind alone is a sentence; with a number it begins the container's own.
    what = _kind_and_number(release)
    alone, what = ("", what) if release.reference else (what, "")
    origin = release.origin.url
    first = [part for part in (what, _sentence(cited_dates.mla(release.date)), origin) if part]
    second = [part for part in (archive, address) if part]
    # What was published elsewhere stands in two containers, each a sentence (MLA Handbook, 9th edition, section 5.31 and after).
    containers = (first, second) if origin else (first + second,)
    after = _sentences(alone, *(", ".join(parts) for parts in containers))
    end = f"{_stopped(release.title)}” {after}".rstrip()
    return Citation("MLA", f"{_full_stop(release.publisher)}“", _inner(release.title), False, end, "release")


def _wikipedia(release: Release, address: str, archive: str) -> Citation:
    kind, form, origin = named(release.kind), cited_as(release.kind), release.origin
    date, date_in_words = cited_dates.wikipedia(release.date)
    captured = wikitext.captured(origin.archived)
    # Without `type` the template of press releases says "Press release" of whatever it cites.
    type_ = (
        ("" if kind == "press release" else _sentence(kind) or "none") if form.template == "cite press release" else ""
    )
    url = origin.url or origin.archived or address
    before, title, after = wikitext.template(
        form.template,
        (release.title, release.language),
        [
            ("type", wikitext.text(type_)),
            ("publisher", wikitext.text(release.publisher or "")),
            ("date", date),
            ("orig-date", wikitext.text(date_in_words)),
            ("id", wikitext.text(release.reference)),
            ("url", wikitext.url(url)),
            # The template refuses a copy whose day is not given.
            ("archive-url", wikitext.url(origin.archived) if origin.url and captured else ""),
            ("archive-date", captured if origin.url else ""),
            ("via", wikitext.text(archive) if url and url == address else ""),
            ("language", release.language),
        ],
    )
    return Citation("Wikipedia", before, title, False, after, "release", True)


def _summary_texts(release: Release, address: str, host: Host) -> tuple[Citation, ...]:
    """The archive's summary in each style. A description in place of a title is neither quoted nor italic, and APA brackets it."""
    author = _full_stop(host.author)
    before, title, after = _summary_words(release)
    # A full stop stands inside the marks of a quotation (Chicago 6.9, MLA 2.6) but behind a name.
    sentence = _full_stop(after).rstrip() if release.publisher else f"{_stopped(release.title)}{after}"
    # Of a page without a date only APA says so.
    chicago = _sentences(host.container, address)
    mla = _sentences(", ".join(part for part in (host.container, address) if part))
    apa = " ".join(part for part in (_sentences(host.container), address) if part)
    return (
        Citation("Chicago", f"{author}{before}", title, False, f"{sentence} {chicago}".rstrip(), "summary"),
        Citation("APA", f"{author}(n.d.). [{before}", title, False, f"{after}]. {apa}".rstrip(), "summary"),
        Citation("MLA", f"{author}{before}", title, False, f"{sentence} {mla}".rstrip(), "summary"),
        _wikipedia_summary(release, address, host),
    )


def _wikipedia_summary(release: Release, address: str, host: Host) -> Citation:
    before, title, after = wikitext.template(
        SUMMARY.template,
        (summary_title(release), host.language),
        [
            ("website", wikitext.text(host.container)),
            ("publisher", wikitext.text(host.author)),
            ("url", wikitext.url(address)),
            ("language", host.language),
        ],
    )
    return Citation("Wikipedia", before, title, False, after, "summary", True)


def _summary_words(release: Release) -> tuple[str, str, str]:
    """The description of a summary in three pieces, the middle one the release's title."""
    title = _inner(release.title)
    if not release.publisher:
        return "Summary of “", title, "”"
    comma = "," if _stopped(release.title) else ""
    return "Summary of “", title, f"{comma}” by {release.publisher}"


def _kind_and_number(release: Release) -> str:
    return _sentence(" ".join(part for part in (named(release.kind), release.reference) if part))


def _sentences(*parts: str) -> str:
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


def _full_stop(text: str | None) -> str:
    return "" if not text else f"{text} " if text.endswith(".") else f"{text}. "


def _stopped(title: str) -> str:
    """The full stop after a title that does not end in a mark of its own."""
    return "" if title.rstrip("”’\"'»")[-1:] in ("?", "!", ".", "…", "؟") else "."


def _inner(title: str) -> str:
    """A title as it stands inside quotation marks: its own double ones become single ones."""
    title = title.replace("“", "‘").replace("”", "’")
    return re.sub(r'"([^"]*)"', r"‘\1’", title) if '"' in title else title


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


# ---- files for reference managers -----------------------------------------------------------------------------------------------


def bibtex(release: Release, address: str, host: Host) -> str:
    """The BibTeX entry of a release (`@techreport`, or `@misc`), with biblatex's `date` beside BibTeX's year and month.

    `address` is the page's absolute address or empty. Of an abstract two entries: the summary, whose `related` (biblatex's field for an
    entry that belongs to this one) names the key of the release, then the release. Ends with a newline.
    """
    if not _is_abstract(release):
        return _release_bibtex(release, address, host.title)
    author = tex(host.author)
    fields = [f"title = {{{{{tex(summary_title(release))}}}}}", f"author = {{{{{author}}}}}"]
    fields.append(f"organization = {{{author}}}")
    if host.container:
        fields.append(f"howpublished = {{{tex(host.container)}}}")
    fields.append(_bibtex_language(host.language))
    if address:
        fields.append(f"url = {{{tex_url(address)}}}")
    fields.append(f"note = {{{tex('; '.join(_summary_notes(release)))}}}")
    fields.append(f"related = {{{key(release)}}}")
    return f"{_bibtex_entry(SUMMARY.bibtex, summary_key(release), fields)}\n{_release_bibtex(release, '', '')}"


def _release_bibtex(release: Release, address: str, archive: str) -> str:
    # A report needs an institution.
    entry_type = cited_as(release.kind).bibtex if release.publisher else "misc"
    report = entry_type == "techreport"
    fields = [f"title = {{{{{tex(release.title)}}}}}"]
    if release.publisher:
        publisher = tex(release.publisher)
        fields.append(f"author = {{{{{publisher}}}}}")
        fields.append(f"{'institution' if report else 'organization'} = {{{publisher}}}")
    fields += cited_dates.bibtex(release.date)
    kind = tex(_sentence(named(release.kind)))
    if report and kind:
        fields.append(f"type = {{{kind}}}")
    elif not report and (kind or release.reference):
        # Styles print the number of a report, not that of anything else.
        fields.append(f"howpublished = {{{tex(_kind_and_number(release))}}}")
    if release.reference:
        fields.append(f"number = {{{tex(release.reference)}}}")
    fields.append(_bibtex_language(release.language))
    origin = release.origin.url
    if origin or address:
        fields.append(f"url = {{{tex_url(origin or address)}}}")
    notes = _notes(release)
    if archive:
        notes.append(f"{archive}, {address}" if address and origin else archive)
    if notes:
        fields.append(f"note = {{{tex('; '.join(notes))}}}")
    return _bibtex_entry(entry_type, key(release), fields)


def _bibtex_entry(entry_type: str, name: str, fields: list[str]) -> str:
    return f"@{entry_type}{{{name},\n  " + ",\n  ".join(fields) + "\n}\n"


def _bibtex_language(language: str) -> str:
    """The language by the name that TeX knows it under; one that it does not know, by its tag (BCP 47) as a text."""
    known = LANGIDS.get(language) or LANGIDS.get(language.partition("-")[0])
    return f"langid = {{{known}}}" if known else f"language = {{{language}}}"


def ris(release: Release, address: str, host: Host) -> str:
    """The RIS record of a release (Research Information Systems tags, CRLF line ends as the format asks); `DA` holds only the parts of
    the date that are known. `address` is the page's absolute address or empty. Of an abstract two records: the summary, which names the
    release in a note, then the release."""
    if not _is_abstract(release):
        return _release_ris(release, address, host.title)
    lines = [
        ("TY", SUMMARY.ris),
        ("ID", summary_key(release)),
        ("TI", summary_title(release)),
        ("AU", host.author),
        ("PB", host.author),
        ("M3", "Summary"),
        ("LA", host.language),
    ]
    lines += [("KW", label) for label in _labels((*release.topics, *release.places))]
    if address:
        lines.append(("UR", address))
    lines.append(("DB", host.title))
    lines += [("N1", note) for note in _summary_notes(release)]
    return _ris_record(lines) + _release_ris(release, "", "")


def _release_ris(release: Release, address: str, archive: str) -> str:
    type_ = cited_as(release.kind).ris
    lines = [("TY", type_), ("ID", key(release)), ("TI", release.title)]
    if release.publisher:
        # The author of some types is who speaks.
        lines += [("AU", release.publisher)] if type_ not in SPOKEN else []
        lines.append(("PB", release.publisher))
    lines += cited_dates.ris(release.date)
    if named(release.kind):
        lines.append(("M3", _sentence(release.kind)))
    if release.reference:
        # The tag of a report's number; of other types it is one of ISSN and ISBN.
        lines.append(("SN" if type_ == "RPRT" else "M1", release.reference))
    lines.append(("LA", release.language))
    lines += [("KW", label) for label in _labels((*release.topics, *release.places))]
    lines += [("UR", url) for url in dict.fromkeys((release.origin.url, release.origin.archived, address)) if url]
    if archive:
        lines.append(("DB", archive))
    # `T2` is the title of what something stands in, not a second headline.
    lines += [("N1", f"subtitle: {release.subtitle}")] if release.subtitle else []
    lines += [("N1", note) for note in _notes(release)]
    return _ris_record(lines)


def _ris_record(lines: list[tuple[str, str]]) -> str:
    return "".join([f"{tag}  - {line(text)}\r\n" for tag, text in lines]) + "ER  - \r\n"


def csl(release: Release, address: str, host: Host) -> list[dict[str, Any]]:
    """The CSL-JSON items (Citation Style Language 1.0.2). `issued` says what is known of the date; without a year it is left out.

    `address` is the page's absolute address or empty. Of an abstract two items: the summary, whose `custom` names the id of the release
    under `about`, then the release.
    """
    if not _is_abstract(release):
        return [_release_csl(release, address, host.title)]
    summary: dict[str, Any] = {
        "id": summary_key(release),
        "type": SUMMARY.csl,
        "title": summary_title(release),
        "language": host.language,
        "author": [{"literal": host.author}],
        "publisher": host.author,
    }
    if host.container:
        summary["container-title"] = host.container
    if address:
        summary["URL"] = address
    summary["note"] = "; ".join(_summary_notes(release))
    summary["custom"] = {"about": key(release)}
    return [summary, _release_csl(release, "", "")]


def _release_csl(release: Release, address: str, archive: str) -> dict[str, Any]:
    type_ = cited_as(release.kind).csl
    item: dict[str, Any] = {"id": key(release), "type": type_, "title": release.title, "language": release.language}
    if named(release.kind):
        item["genre"] = _sentence(release.kind)
    if release.publisher:
        # The author of some types is who speaks.
        if type_ not in SPOKEN:
            item["author"] = [{"literal": release.publisher}]
        item["publisher"] = release.publisher
    issued = cited_dates.csl(release.date)
    if issued:
        item["issued"] = issued
    if release.reference:
        item["number"] = release.reference
    url = release.origin.url or address
    if url:
        item["URL"] = url
    if archive:
        item["archive"] = archive
        item["archive_location"] = address or release.slug
    notes = _notes(release)
    if notes:
        item["note"] = "; ".join(notes)
    return item


def csl_json(release: Release, address: str, host: Host) -> str:
    """The CSL-JSON items as a file: a list, as reference managers import it, an item a line. Ends with a newline."""
    return "[\n" + ",\n".join(map(_COMPACT.encode, csl(release, address, host))) + "\n]\n"


def _notes(release: Release) -> list[str]:
    """What the fields of a release's entry cannot say."""
    notes = []
    if not release.publisher:
        notes.append("publisher not stated")
    date = cited_dates.in_note(release.date)
    if date:
        notes.append(date)
    if release.extent == "excerpt":
        notes.append("excerpt")
    if release.status == "draft":
        notes.append("draft record")
    return notes


def _summary_notes(release: Release) -> list[str]:
    notes = [f"the archive's own summary of a release: {_described(release)}"]
    if release.status == "draft":
        notes.append("draft record")
    return notes


def _described(release: Release) -> str:
    """Which release it is, in words: its publisher, kind, number and date."""
    what = " ".join(part for part in (named(release.kind), release.reference) if part)
    parts = (release.publisher or "publisher not stated", what, release.date.in_words())
    return ", ".join(part for part in parts if part)


# ---- in a page's head -----------------------------------------------------------------------------------------------------------


def highwire(release: Release, address: str, host: Host) -> list[tuple[str, str]]:
    """`<meta>` names and contents for what the page holds: Highwire Press tags, Dublin Core (RFC 5013), and what Zotero's reader of such
    metadata ("Embedded Metadata") knows besides, the type of the item.

    A page says a thing once: title, publisher, language and day as Highwire tags, which every reader of such metadata prefers, the rest as
    Dublin Core. Most releases are reports (institution, number) by their publisher; in a speech or an interview the author is who speaks,
    and none is given. An abstract's page describes the summary: its creator is the archive, and the release is its `DC.source`, its number
    a `DC.relation`. `address` is the page's absolute address or empty.
    """
    tags = _summary_tags(release, address, host) if _is_abstract(release) else _release_tags(release, address)
    tags += [("DC.subject", label) for label in _labels(release.topics)]
    tags += [("DC.coverage", label) for label in _labels(release.places)]
    # What the record does not say has no tag.
    return [tag for tag in tags if tag[1]]


def _release_tags(release: Release, address: str) -> list[tuple[str, str]]:
    publisher = release.publisher or ""
    zotero = cited_as(release.kind).zotero
    report = zotero == "report"
    return [
        ("citation_title", release.title),
        ("citation_author", "" if zotero in SPOKEN else publisher),
        ("citation_technical_report_institution" if report else "citation_publisher", publisher),
        ("citation_publication_date", release.date.exact.replace("-", "/")),
        ("citation_technical_report_number", release.reference if report else ""),
        ("citation_language", release.language),
        ("citation_public_url", address),
        ("z:itemType", zotero),
        # An exact date is `citation_publication_date`'s; what is approximate or an interval only Dublin Core can say.
        ("DC.date", release.date.edtf if release.date.stated and not release.date.exact else ""),
        ("DC.identifier", release.reference),
        ("DC.type", release.kind),
        # Zotero takes `DC.source` for the title of a newspaper.
        ("DC.source" if report else "DCTERMS.isVersionOf", release.origin.url),
        ("DC.rights", release.rights),
    ]


def _summary_tags(release: Release, address: str, host: Host) -> list[tuple[str, str]]:
    title = summary_title(release)
    return [
        ("citation_title", title),
        ("citation_author", host.author),
        ("citation_language", host.language),
        ("citation_public_url", address),
        ("z:itemType", SUMMARY.zotero),
        # Where this is not given Zotero takes `DC.source` for the title of the site.
        ("prism.publicationName", host.title),
        ("DC.title", title),
        ("DC.creator", host.author),
        ("DC.publisher", host.author),
        ("DC.language", host.language),
        ("DC.identifier", address),
        ("DC.type", "abstract"),
        ("DC.source", f"{release.title}, {_described(release)}"),
        ("DC.source", release.origin.url),
        ("DC.relation", release.reference),
        ("DC.rights", host.rights),
    ]


class Work(NamedTuple):
    """A release as another names it: its title, its language, and the address of its text in the archive, or empty."""

    title: str
    language: str
    address: str


class Related(NamedTuple):
    """What a release has to do with others: what it is a translation of, its translations, the addresses of what corrects it."""

    original: Work | None = None
    translations: tuple[Work, ...] = ()
    corrections: tuple[str, ...] = ()


def json_ld(
    release: Release,
    address: str,
    host: Host,
    related: Related | None = None,
    media: Sequence[Mapping[str, object]] = (),
) -> dict[str, object]:
    """What the page holds, as schema.org has it, for search engines.

    A release is a NewsArticle, or a Report, with its verbatim words as Quotation parts. A summary is a CreativeWork of the genre
    `abstract` by the archive, `about` the release; the release has no address of the archive there, and nothing that the archive wrote.
    `address` is the page's absolute address or empty. Of `related` there is what schema.org has a word for: `translationOfWork`,
    `workTranslation` and `correction` belong to the release, not to a summary of it. `media` are the release's originals and attachments,
    as MediaObjects.
    """
    out: dict[str, object] = {"@context": "https://schema.org"}
    of_release = _related_nodes(related or Related()) | ({"associatedMedia": list(media)} if media else {})
    if not _is_abstract(release):
        out |= _release_node(release, address) | of_release
        if release.origin.url:
            out["isBasedOn"] = release.origin.url
    else:
        author = {"@type": "Organization", "name": host.author}
        out |= {"@type": "CreativeWork", "genre": "abstract", "name": summary_title(release)}
        if address:
            out["url"] = address
        out |= {"inLanguage": host.language, "author": author, "publisher": author}
        if host.rights:
            out["copyrightNotice"] = host.rights
        out["about"] = _release_node(release, release.origin.url) | of_release
    out["isPartOf"] = {"@type": "Collection", "name": host.title}
    return out


def _related_nodes(related: Related) -> dict[str, object]:
    def node(work: Work) -> dict[str, object]:
        named: dict[str, object] = {"@type": "CreativeWork", "name": work.title, "inLanguage": work.language}
        return named | ({"url": work.address} if work.address else {})

    out: dict[str, object] = {}
    if related.original:
        out["translationOfWork"] = node(related.original)
    if related.translations:
        out["workTranslation"] = [node(work) for work in related.translations]
    if related.corrections:
        out["correction"] = list(related.corrections)
    return out


def _release_node(release: Release, url: str) -> dict[str, object]:
    """The release, with the address of its text or empty. Its quotations are named where its text is not on the page: there they are the
    only words of it."""
    node: dict[str, object] = {
        "@type": "Report" if cited_as(release.kind).csl == "report" else "NewsArticle",
        "headline": release.title,
    }
    if release.subtitle:
        node["alternativeHeadline"] = release.subtitle
    if url:
        node["url"] = url
    iso = release.date.exact
    if iso:
        node["datePublished"] = iso
    node["inLanguage"] = release.language
    if release.publisher:
        node["publisher"] = {"@type": "Organization", "name": release.publisher}
    if release.reference:
        node["identifier"] = release.reference
    if release.kind:
        node["genre"] = release.kind
    if release.rights:
        node["copyrightNotice"] = release.rights
    if release.origin.archived:
        node["archivedAt"] = release.origin.archived
    if release.topics:
        node["about"] = [_node("DefinedTerm", term) for term in release.topics]
    if release.places:
        node["contentLocation"] = [_place_json_ld(term) for term in release.places]
    if release.names:
        node["mentions"] = [_mention(term) for term in release.names]
    speakers = {term.slug: term for term in release.speakers}
    quotations = (
        []
        if not _is_abstract(release)
        else [
            {
                "@type": "Quotation",
                "text": quotation.text,
                **(
                    {"creator": _speaker_json_ld(quotation.speaker, speakers.get(quotation.name))}
                    if quotation.speaker
                    else {}
                ),
            }
            for quotation in release.quotations
            if quotation.text
        ]
    )
    if quotations:
        node["hasPart"] = quotations
    return node


def _is_abstract(release: Release) -> bool:
    """Whether the words on the page are the archive's own."""
    return release.extent == "abstract"


# ---- what the vocabularies say of a release's terms -------------------------------------------------------------------------------

_AGENTS = {"person": "Person", "organization": "Organization"}


def _labels(terms: Iterable[Term]) -> list[str]:
    return [term.label for term in terms]


def _place_json_ld(term: Term) -> dict[str, object]:
    # Where it lies stands in the record's JSON: here it would stand on the page of every release that names it.
    return _node("Place", term)


def _mention(term: Term) -> dict[str, object]:
    return _node(_AGENTS.get(term.type, "Thing"), term)


def _node(type_: str, term: Term) -> dict[str, object]:
    """An entry of a vocabulary: what it is called, and the same thing at authorities."""
    node: dict[str, object] = {"@type": type_, "name": term.label}
    return node | ({"sameAs": list(term.same_as)} if term.same_as else {})


def _speaker_json_ld(name: str, term: Term | None) -> object:
    """Who is quoted: a person or an organization where the vocabulary says which, else a name and no more."""
    agent = _AGENTS.get(term.type) if term else None
    return {"@type": agent, "name": name} if agent else name
