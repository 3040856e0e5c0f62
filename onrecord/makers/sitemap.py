"""The sitemap (sitemaps.org 0.9): every page of the site, in several files with an index beyond 50,000 addresses.

It is made from the list of all outputs, which is why it is no maker of that list but works on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord import routes
from onrecord.makers.xml import text

MOST_URLS = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def files(base_url: str, paths: Sequence[str]) -> list[tuple[str, bytes]]:
    """`sitemap.xml` of the HTML pages among `paths`, as (path, bytes). A sitemap holds whole addresses only, so without a base URL it is
    empty but for its frame."""
    pages = sorted(path for path in paths if path.endswith(".html") and path != routes.NOT_FOUND) if base_url else []
    parts = [pages[start : start + MOST_URLS] for start in range(0, len(pages), MOST_URLS)] or [[]]
    if len(parts) == 1:
        return [(routes.SITEMAP, _urlset(base_url, parts[0]))]
    names = [routes.sitemap_part(number) for number in range(1, len(parts) + 1)]
    rows = "".join(f"<sitemap><loc>{text(routes.absolute(base_url, name))}</loc></sitemap>\n" for name in names)
    index = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{_NAMESPACE}">\n{rows}</sitemapindex>\n'
    return [
        (routes.SITEMAP, index.encode()),
        *((name, _urlset(base_url, part)) for name, part in zip(names, parts, strict=True)),
    ]


def _urlset(base_url: str, paths: Sequence[str]) -> bytes:
    rows = "".join(f"<url><loc>{text(routes.absolute(base_url, path))}</loc></url>\n" for path in paths)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_NAMESPACE}">\n{rows}</urlset>\n'.encode()
