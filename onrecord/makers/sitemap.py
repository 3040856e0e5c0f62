"""The sitemap (sitemaps.org 0.9): every page of the site, in several files with an index beyond 50,000 addresses or 50 MB.

Of a release's page it says when the record was last changed (`lastmod`), as far as that is known, and of a page in several languages where
the others are (`xhtml:link`, https://developers.google.com/search/docs/specialty/international/localized-versions). A text that has
translations says in the head of its own page which page is meant for whom, and the sitemap does not speak against it.

It is made from the list of all outputs, which is why it is no maker of that list but works on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from onrecord import routes
from onrecord.digests import digest, encoded
from onrecord.makers.xml import attribute, text
from onrecord.model import Card
from onrecord.reader import Reader, interface_languages

MOST_URLS = 50_000
MOST_BYTES = 50_000_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_NAMESPACE}">\n'
_HEAD_OF_SEVERAL = _HEAD.replace(">\n<urlset ", '>\n<urlset xmlns:xhtml="http://www.w3.org/1999/xhtml" ')
_END = "</urlset>\n"


class Known(Struct, frozen=True):
    """What a sitemap says of pages beside their addresses: the languages of the interface, the main one first; by path below an edition
    when what a page shows was last changed (ISO 8601); and the paths whose own heads say which pages are their translations."""

    base_url: str
    languages: tuple[str, ...] = ("en",)
    changed: Mapping[str, str] = field(default_factory=dict)
    translated: frozenset[str] = frozenset()

    @property
    def digest(self) -> bytes:
        """What changes when any of it does."""
        return digest(encoded((self.base_url, self.languages, sorted(self.changed.items()), sorted(self.translated))))


def known(ask: Reader) -> Known:
    """What is known of an archive's pages."""
    settings = ask.settings()
    if not settings.base_url:
        return Known("")
    changed, translated = {}, []
    for listed in ask.listed():
        path = routes.release(listed.slug)
        days = [listed.changed, listed.added] if isinstance(listed, Card) else [listed.changed]
        moment = max(days) or ask.moment(listed.path)
        if moment:
            changed[path] = moment
        if ask.relations(listed.slug).translations:
            translated.append(path)
    return Known(settings.base_url, interface_languages(settings), changed, frozenset(translated))


def files(of_site: Known, paths: Sequence[str]) -> list[tuple[str, bytes]]:
    """`sitemap.xml` of the HTML pages among `paths`, as (path, bytes). A sitemap holds whole addresses only, so without a base URL it is
    empty but for its frame."""
    base_url = of_site.base_url
    pages = sorted(path for path in paths if path.endswith(".html") and path != routes.NOT_FOUND) if base_url else []
    head = _HEAD_OF_SEVERAL if len(of_site.languages) > 1 else _HEAD
    parts = list(_divided(_urls(of_site, pages), MOST_BYTES - len(head) - len(_END)))
    urlsets = [(head + "".join(part) + _END).encode() for part in parts]
    if len(urlsets) == 1:
        return [(routes.SITEMAP, urlsets[0])]
    names = [routes.sitemap_part(number) for number in range(1, len(parts) + 1)]
    rows = "".join(f"<sitemap><loc>{text(routes.absolute(base_url, name))}</loc></sitemap>\n" for name in names)
    index = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{_NAMESPACE}">\n{rows}</sitemapindex>\n'
    return [(routes.SITEMAP, index.encode()), *zip(names, urlsets, strict=True)]


def _urls(of_site: Known, pages: Sequence[str]) -> Iterator[str]:
    """The element of each page."""
    base_url, main = of_site.base_url, of_site.languages[0]
    prefixes = {language: routes.prefix(language, main) for language in of_site.languages}
    others = tuple(prefix for prefix in prefixes.values() if prefix)
    of_site_paths = frozenset(pages) if others else frozenset()
    for page in pages:
        prefix = next((other for other in others if page.startswith(other)), "") if others else ""
        path = page.removeprefix(prefix)
        row = f"<url><loc>{text(routes.absolute(base_url, page))}</loc>"
        if path in of_site.changed:
            row += f"<lastmod>{text(of_site.changed[path])}</lastmod>"
        if others and path not in of_site.translated:
            editions = [(language, own + path) for language, own in prefixes.items() if own + path in of_site_paths]
            for language, other in editions if len(editions) > 1 else ():
                address = attribute(routes.absolute(base_url, other))
                row += f'<xhtml:link rel="alternate" hreflang={attribute(language)} href={address}/>'
        yield f"{row}</url>\n"


def _divided(rows: Iterator[str], most: int) -> Iterator[list[str]]:
    """Rows in parts that hold no more than a sitemap may; one part at least. An address is ASCII, so a letter is a byte."""
    part: list[str] = []
    size = 0
    for row in rows:
        if len(part) == MOST_URLS or size + len(row) > most:
            yield part
            part, size = [], 0
        part.append(row)
        size += len(row)
    yield part
