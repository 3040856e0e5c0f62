"""Archive → Atom feeds (RFC 4287) and the sitemap (sitemaps.org 0.9)."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from onrecord.model import Archive, Page, Release
from onrecord.slugs import slug

MOST_ENTRIES = 50
MOST_URLS = 50_000
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def pages(archive: Archive, updated: str, changed: Mapping[str, str] = MappingProxyType({})) -> Iterator[Page]:
    """The feed of the whole archive and one for each topic, newest first, at most MOST_ENTRIES entries each.

    `updated` is the day of the build (ISO 8601) or empty; `changed` says by a release's path at which moment (ISO 8601) its record was
    last changed. An Atom entry must say when it was last changed (RFC 4287 section 4.2.15). Where that is not known it carries the day
    the release was published if that is a day, and else the feed's own; a day of publication is never made up.
    """
    yield Page(
        "feed.atom",
        _feed(archive, archive.settings.title, "feed.atom", "index.html", archive.releases, updated, changed),
    )
    for topic in archive.topics:
        path = f"topics/{topic.slug}.atom"
        title = f"{topic.label}: {archive.settings.title}"
        yield Page(path, _feed(archive, title, path, f"topics/{topic.slug}.html", topic.releases, updated, changed))


def _feed(
    archive: Archive,
    title: str,
    path: str,
    page: str,
    releases: Sequence[Release],
    updated: str,
    changed: Mapping[str, str],
) -> bytes:
    shown = [found for found in releases if found.status != "withdrawn"][:MOST_ENTRIES]
    moments = [changed.get(found.path) or f"{_day(found) or '1970-01-01'}T00:00:00Z" for found in shown]
    last = max([f"{updated or '1970-01-01'}T00:00:00Z", *moments])
    base = archive.settings.base_url
    up = "../" * path.count("/")
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(archive.settings.language)}>',
        f"<title>{_text(title)}</title>",
        f"<id>{_text(_id(archive, path))}</id>",
        f"<updated>{last}</updated>",
        f'<link rel="alternate" type="text/html" href={quoteattr(_address(base, up, page))}/>',
    ]
    if base:
        rows.append(f'<link rel="self" type="application/atom+xml" href={quoteattr(_address(base, up, path))}/>')
    rows.append(f"<author><name>{_text(archive.settings.publisher or archive.settings.title)}</name></author>")
    if archive.settings.rights:
        rows.append(f"<rights>{_text(archive.settings.rights)}</rights>")
    rows += [row for found in shown for row in _entry(archive, found, up, changed.get(found.path, ""), last)]
    return ("\n".join(rows) + "\n</feed>\n").encode()


def _day(found: Release) -> str:
    """The very day of publication (ISO 8601), or empty where the source states less, or is not sure."""
    return found.date.sort_text if found.date.dated and found.date.day and found.date.certain else ""


def _entry(archive: Archive, found: Release, up: str, changed: str, last: str) -> Iterator[str]:
    base = archive.settings.base_url
    path = f"releases/{found.slug}.html"
    day = _day(found)
    yield "<entry>"
    yield f"<title>{_text(found.title)}</title>"
    yield f"<id>{_text(_id(archive, path))}</id>"
    yield f"<updated>{changed or (f'{day}T00:00:00Z' if day else last)}</updated>"
    if day:
        yield f"<published>{day}T00:00:00Z</published>"
    yield f'<link rel="alternate" type="text/html" href={quoteattr(_address(base, up, path))}/>'
    if found.publisher:
        yield f"<author><name>{_text(found.publisher)}</name></author>"
    for term in found.topics:
        yield f"<category term={quoteattr(term.slug)} label={quoteattr(_clean(term.label))}/>"
    if found.rights:
        yield f"<rights>{_text(found.rights)}</rights>"
    yield f"<summary xml:lang={quoteattr(found.language)}>{_text(_summary(found))}</summary>"
    yield "</entry>"


def _summary(found: Release) -> str:
    """What is known of the date, and the first paragraph."""
    words = found.date.words()
    first = found.body.paragraphs[0] if found.body.paragraphs else ""
    whose = " Summary by the archive:" if found.extent == "abstract" else ""
    return f"{words[:1].upper()}{words[1:]}.{whose} {first}".strip()


def _id(archive: Archive, path: str) -> str:
    """An address where the archive has one, else a tag that stays the same as long as its title does (RFC 4151; the domain is one that
    is reserved for names that lead nowhere, RFC 6761)."""
    base = archive.settings.base_url
    own = urllib.parse.quote(slug(archive.settings.title))
    return _address(base, "", path) if base else f"tag:onrecord.invalid,2000:{own}/{urllib.parse.quote(path)}"


def _address(base: str, up: str, path: str) -> str:
    return (base or up) + urllib.parse.quote(path)


def _clean(text: str) -> str:
    """Text without the characters that XML 1.0 forbids (section 2.2)."""
    return _NOT_XML.sub("", text)


def _text(text: str) -> str:
    return escape(_clean(text))


def sitemap(base_url: str, paths: Iterable[str]) -> list[Page]:
    """`sitemap.xml` of the HTML pages at `paths`; several files with an index beyond 50,000 addresses. A sitemap holds whole addresses
    only, so without a base URL it is empty but for its frame."""
    places = sorted(path for path in paths if path.endswith(".html") and path != "404.html") if base_url else []
    parts = [places[at : at + MOST_URLS] for at in range(0, len(places), MOST_URLS)] or [[]]
    if len(parts) == 1:
        return [Page("sitemap.xml", _urlset(base_url, parts[0]))]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    rows = "".join(f"<sitemap><loc>{escape(base_url + name)}</loc></sitemap>\n" for name in names)
    index = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{_SITEMAP}">\n{rows}</sitemapindex>\n'
    return [
        Page("sitemap.xml", index.encode()),
        *(Page(name, _urlset(base_url, part)) for name, part in zip(names, parts, strict=True)),
    ]


_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _urlset(base_url: str, paths: Iterable[str]) -> bytes:
    rows = "".join(f"<url><loc>{escape(base_url + urllib.parse.quote(path))}</loc></url>\n" for path in paths)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_SITEMAP}">\n{rows}</urlset>\n'.encode()
