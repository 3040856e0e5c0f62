"""A release as a citation: BibTeX, RIS, CSL-JSON, and the metadata reference managers read from a page.

Only what the record states is written. A date goes into a machine field as far as it is known and beyond doubt; what cannot be said there
("1 August, year not stated") stands in a note, in words.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.dates import MONTHS, Date
from onrecord.help import said
from onrecord.model import Release, Settings

_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_REPORTS = frozenset(("report", "briefing"))
_BIBTEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def exact(date: Date) -> str:
    """The date as ISO 8601 as far as it is known beyond doubt: 2012-02-08, 2012-02, 2012, or empty.

    Empty for what is approximate, uncertain, an interval or without a year: a machine would take it for certain.
    """
    return "" if date.mark or date.start or date.end or (date.year is not None and date.year < 1) else date.sort_text


@dataclass(frozen=True, slots=True)
class Citation:
    """A release as a citation in one style, in three pieces so that a title in another script can be kept apart."""

    style: str = said("name of the style: Chicago, APA, MLA")
    before: str = said("what stands before the title")
    title: str = said("the title as printed")
    italic: bool = said("true where the style sets the title in italics")
    after: str = said("what stands after the title")


def texts(release: Release, address: str, archive: str) -> tuple[Citation, ...]:
    """The release as a bibliography entry: Chicago (notes and bibliography), APA (7th edition) and MLA (9th), in English.

    As the styles' CSL files make them, except where those would change what the publisher wrote (a title's capitals) or drop what is
    known (a date in words); a test holds every word against a CSL processor. `address` is the page's absolute address or empty,
    `archive` the archive's title.
    """
    return (_chicago(release, address, archive), _apa(release, address, archive), _mla(release, address, archive))


def _chicago(release: Release, address: str, archive: str) -> Citation:
    what = " ".join(part for part in (release.kind, release.reference) if part)
    after = _sentences(_sentence(what), _sentence(_american(release.date)), release.origin.url, archive, address)
    return Citation(
        "Chicago",
        f"{_full_stop(release.publisher)}“",
        _inner(release.title),
        False,
        f"{_stopped(release.title)}” {after}",
    )


def _apa(release: Release, address: str, archive: str) -> Citation:
    date = f"({_apa_date(release.date)})."
    number = f" ({release.reference})" if release.reference else ""
    kind = f" [{_sentence(release.kind)}]" if release.kind else ""
    stop = "." if number or kind else _stopped(release.title)
    # Without an author the title moves to the front and the date follows it (APA Publication Manual, 7th edition, section 9.12).
    before, after = (f"{_full_stop(release.publisher)}{date} ", "") if release.publisher else ("", f" {date}")
    # No full stop after an address: it could be taken for a part of it (section 9.35).
    origin = release.origin.url
    where = f"{address} (from {origin})" if address and origin else address or origin
    end = " ".join(part for part in (_sentences(archive), where) if part)
    return Citation("APA", before, release.title, True, f"{number}{kind}{stop}{after} {end}")


def _mla(release: Release, address: str, archive: str) -> Citation:
    # A kind alone is a sentence; with a number it begins the container's own.
    alone = _sentence(release.kind) if not release.reference else ""
    what = "" if alone else " ".join(part for part in (release.kind, release.reference) if part)
    first = [part for part in (_sentence(what), _sentence(_british_short(release.date)), release.origin.url) if part]
    second = [part for part in (archive, address) if part]
    # What was published elsewhere stands in two containers, each a sentence (MLA Handbook, 9th edition, section 5.31 and after).
    containers = (first, second) if release.origin.url else (first + second,)
    after = _sentences(alone, *(", ".join(parts) for parts in containers))
    return Citation(
        "MLA", f"{_full_stop(release.publisher)}“", _inner(release.title), False, f"{_stopped(release.title)}” {after}"
    )


def _sentences(*parts: str) -> str:
    return " ".join(_full_stop(part).strip() for part in parts if part)


def _american(date: Date) -> str:
    iso = exact(date)
    if not iso:
        return (
            f"n.d. ({date.words()})" if date.stated and date.year is None else date.words() if date.stated else "n.d."
        )
    if len(iso) == 10:
        return f"{MONTHS[int(iso[5:7])]} {int(iso[8:])}, {iso[:4]}"
    return date.words()


def _apa_date(date: Date) -> str:
    iso = exact(date)
    if not iso:
        if date.mark and date.year is not None:
            return f"ca. {date.year}"
        return f"n.d.; {date.words()}" if date.stated else "n.d."
    month = f", {MONTHS[int(iso[5:7])]}" if len(iso) >= 7 else ""
    return f"{iso[:4]}{month}{f' {int(iso[8:])}' if len(iso) == 10 else ''}"


def _british_short(date: Date) -> str:
    iso = exact(date)
    if not iso:
        return date.words() if date.stated else ""
    name = MONTHS[int(iso[5:7])] if len(iso) >= 7 else ""
    month = f"{'Sept' if name == 'September' else name[:3]}." if len(name) > 4 else name
    return " ".join(part for part in (str(int(iso[8:])) if len(iso) == 10 else "", month, iso[:4]) if part)


def _full_stop(text: str | None) -> str:
    return "" if not text else f"{text} " if text.endswith(".") else f"{text}. "


def _stopped(title: str) -> str:
    """The full stop after a title that does not end in a mark of its own."""
    return "" if title.rstrip("”’\"'»")[-1:] in ("?", "!", ".", "…", "؟") else "."


def _inner(title: str) -> str:
    """A title as it stands inside quotation marks: its own double ones become single ones."""
    title = title.replace("“", "‘").replace("”", "’")
    return re.sub(r'"([^"]*)"', r"‘\1’", title)


def key(release: Release) -> str:
    """A citation key that every program accepts: the slug in ASCII, or a name made from its bytes where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", release.slug).encode("ascii", "ignore").decode()
    made = re.sub(r"[^0-9A-Za-z]+", "-", plain).strip("-")
    if plain == release.slug and made:
        return made
    mark = hashlib.sha256(release.slug.encode()).hexdigest()[:8]
    return f"{made}-{mark}" if made else f"release-{mark}"


def bibtex(release: Release, address: str, archive: str) -> str:
    """One BibTeX entry (`@misc`, or `@techreport` for a report), with biblatex's `date` beside BibTeX's year and month.

    `address` is the page's absolute address or empty, `archive` the archive's title. Ends with a newline.
    """
    iso = exact(release.date)
    report = release.kind in _REPORTS
    fields: list[tuple[str, str]] = [("title", f"{{{{{_tex(release.title)}}}}}")]
    if release.publisher:
        fields.append(("author", f"{{{{{_tex(release.publisher)}}}}}"))
        fields.append(("institution" if report else "organization", f"{{{_tex(release.publisher)}}}"))
    if iso:
        fields.append(("year", f"{{{iso[:4]}}}"))
        if len(iso) >= 7:
            fields.append(("month", _MONTHS[int(iso[5:7])]))
        fields.append(("date", f"{{{iso}}}"))
    if release.kind:
        fields.append(("type" if report else "howpublished", f"{{{_tex(_sentence(release.kind))}}}"))
    if release.reference:
        fields.append(("number", f"{{{_tex(release.reference)}}}"))
    fields.append(
        (
            "langid" if release.language == "en" else "language",
            "{english}" if release.language == "en" else f"{{{release.language}}}",
        )
    )
    url = release.origin.url or address
    if url:
        fields.append(("url", f"{{{url}}}"))
    note = "; ".join(_notes(release, address, archive))
    if note:
        fields.append(("note", f"{{{_tex(note)}}}"))
    body = ",\n".join(f"  {name} = {value}" for name, value in fields)
    return f"@{'techreport' if report else 'misc'}{{{key(release)},\n{body}\n}}\n"


def ris(release: Release, address: str, archive: str) -> str:
    """One RIS record (Research Information Systems tags, CRLF line ends as the format asks). `DA` holds only the parts that are known."""
    iso = exact(release.date)
    lines = [
        ("TY", "RPRT" if release.kind in _REPORTS else "NEWS" if release.kind == "news story" else "GEN"),
        ("ID", key(release)),
    ]
    lines.append(("TI", release.title))
    if release.subtitle:
        lines.append(("T2", release.subtitle))
    if release.publisher:
        lines += [("AU", release.publisher), ("PB", release.publisher)]
    if iso:
        year, month, day = (*iso.split("-"), "", "")[:3]
        lines += [("PY", year), ("DA", f"{year}/{month}/{day}/")]
    if release.kind:
        lines.append(("M3", _sentence(release.kind)))
    if release.reference:
        lines.append(("M1", release.reference))
    lines.append(("LA", release.language))
    lines += [("KW", term.label) for term in (*release.topics, *release.places)]
    lines += [("UR", url) for url in dict.fromkeys((release.origin.url, release.origin.archived, address)) if url]
    if archive:
        lines.append(("DB", archive))
    lines += [("N1", note) for note in _notes(release, "", "")]
    lines.append(("ER", ""))
    return "".join(f"{tag}  - {_line(text)}\r\n" for tag, text in lines)


def csl(release: Release, address: str, archive: str) -> dict[str, Any]:
    """A CSL-JSON item (Citation Style Language 1.0.2). `issued` has only the parts that are known; without a year it is left out."""
    item: dict[str, Any] = {
        "id": key(release),
        "type": "report"
        if release.kind in _REPORTS
        else "article-newspaper"
        if release.kind == "news story"
        else "document",
        "title": release.title,
        "language": release.language,
    }
    if release.kind:
        item["genre"] = _sentence(release.kind)
    if release.publisher:
        item["author"] = [{"literal": release.publisher}]
        item["publisher"] = release.publisher
    issued = _issued(release.date)
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
    notes = _notes(release, "", "")
    if notes:
        item["note"] = "; ".join(notes)
    return item


def csl_json(release: Release, address: str, archive: str) -> str:
    """The CSL-JSON item as a file: a list of one, as reference managers import it. Ends with a newline."""
    return json.dumps([csl(release, address, archive)], ensure_ascii=False, indent=2) + "\n"


def highwire(release: Release, address: str) -> Iterator[tuple[str, str]]:
    """`<meta>` names and contents: Highwire Press tags for a report (institution, number) and Dublin Core (RFC 5013)."""
    iso = exact(release.date)
    yield "citation_title", release.title
    if release.publisher:
        yield "citation_author", release.publisher
        yield "citation_technical_report_institution", release.publisher
    if iso:
        yield "citation_publication_date", iso.replace("-", "/")
    if release.reference:
        yield "citation_technical_report_number", release.reference
    yield "citation_language", release.language
    if address:
        yield "citation_public_url", address
    yield "DC.title", release.title
    if release.publisher:
        yield "DC.publisher", release.publisher
    if release.date.stated:
        yield "DC.date", release.date.edtf
    yield "DC.language", release.language
    if release.reference:
        yield "DC.identifier", release.reference
    if release.kind:
        yield "DC.type", release.kind
    if release.origin.url:
        yield "DC.source", release.origin.url
    if release.rights:
        yield "DC.rights", release.rights
    for term in release.topics:
        yield "DC.subject", term.label
    for term in release.places:
        yield "DC.coverage", term.label


def json_ld(release: Release, address: str, settings: Settings) -> dict[str, object]:
    """The release for search engines as schema.org/NewsArticle with its verbatim schema.org/Quotation parts."""
    out: dict[str, object] = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": release.title}
    if release.subtitle:
        out["alternativeHeadline"] = release.subtitle
    if address:
        out["url"] = address
    iso = exact(release.date)
    if iso:
        out["datePublished"] = iso
    out["inLanguage"] = release.language
    if release.publisher:
        out["publisher"] = {"@type": "Organization", "name": release.publisher}
    if release.reference:
        out["identifier"] = release.reference
    if release.kind:
        out["genre"] = release.kind
    if release.rights:
        out["copyrightNotice"] = release.rights
    if release.origin.url:
        out["isBasedOn"] = release.origin.url
    if release.origin.archived:
        out["archivedAt"] = release.origin.archived
    if release.topics:
        out["about"] = [{"@type": "DefinedTerm", "name": term.label} for term in release.topics]
    if release.places:
        out["contentLocation"] = [_place(term.label, term.lat, term.lon) for term in release.places]
    if release.names:
        kinds = {"person": "Person", "organization": "Organization"}
        out["mentions"] = [{"@type": kinds.get(term.sort, "Thing"), "name": term.label} for term in release.names]
    quoted = [q for q in release.quotations if q.text]
    if quoted:
        out["hasPart"] = [
            {"@type": "Quotation", "text": q.text, "creator": {"@type": "Person", "name": q.speaker}} for q in quoted
        ]
    out["isPartOf"] = {"@type": "Collection", "name": settings.title}
    return out


def _place(label: str, lat: float | None, lon: float | None) -> dict[str, object]:
    place: dict[str, object] = {"@type": "Place", "name": label}
    if lat is not None and lon is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
    return place


def _issued(date: Date) -> dict[str, Any]:
    """A CSL date. Season, doubt and intervals are said as CSL 1.0.2 can say them; what it cannot say is left out."""
    ends = [date.start, date.end] if date.start and date.end else [date]
    parts = [[int(part) for part in end.sort_text.split("-")] for end in ends if end.sort_text]
    if (
        len(parts) != len(ends)
        or (date.start is not None and date.end is None)
        or (date.end is not None and date.start is None)
    ):
        return {}
    issued: dict[str, Any] = {"date-parts": parts}
    if date.season:
        issued["season"] = date.season - 20
    if date.mark or any(end.mark for end in ends):
        issued["circa"] = True
    return issued


def _notes(release: Release, address: str, archive: str) -> list[str]:
    notes = []
    if not release.publisher:
        notes.append("publisher not stated")
    if not exact(release.date):
        notes.append(release.date.words())
    if release.extent == "abstract":
        notes.append("summary by the archive")
    if release.extent == "excerpt":
        notes.append("excerpt")
    if release.status == "draft":
        notes.append("draft record")
    if archive:
        notes.append(f"{archive}, {address}" if address and release.origin.url else archive)
    return notes


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(char, char) for char in _line(text))


def _line(text: str) -> str:
    return " ".join(text.split())


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
