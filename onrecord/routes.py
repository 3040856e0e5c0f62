"""Every address of the site, one function each: for whoever links and for whoever writes.

A path is relative to the top of an edition (the folder of one interface language), or, where it says so, to the top of the site, which
is the top of the main edition. `href` makes the address of a path; nothing else in the program puts one together.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from urllib.parse import quote

_UNSAFE = frozenset(" \"#%?<>\\^`{|}!$&'()*+,;=:@[]")

# The pages that stand alone.
HOME = "index.html"
RELEASES = "releases/index.html"
DATES = "dates/index.html"
UNDATED = "dates/undated.html"
TIMELINE = "timeline.html"
MAP = "map.html"
REFERENCES = "references/index.html"
QUOTATIONS = "quotations/index.html"
FIGURES = "figures/index.html"
CONTRIBUTE = "contribute.html"
COLOPHON = "colophon.html"
SUGGEST = "suggest.html"
CORRECTIONS = "corrections.html"
SEARCH = "search.html"
PHRASES = "assets/phrases.js"
NOT_FOUND = "404.html"
EDITIONS = "editions/index.html"
DATA = "data.html"
# Files at the top of the site.
FEED = "feed.atom"
CORRECTIONS_FEED = "corrections.atom"
FEED_JSON = "feed.json"
FEEDS = "feeds.opml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
FOR_MODELS = "llms.txt"
VOCABULARIES = "data/vocabularies.ttl"
MANIFEST = "manifest.json"
NO_JEKYLL = ".nojekyll"
CNAME = "CNAME"
TERMS = "assets/contribute-terms.js"
DATA_PACKAGE = "data/datapackage.json"
PAGEFIND = "pagefind"
ENGINE = "pagefind/engine.js"

LONGEST = 200
"""The most bytes of the name of a page that compares two releases, its ending left out: a file's name may have 255 bytes."""


@lru_cache(maxsize=1 << 13)
def href(path: str) -> str:
    """A path as an `href`: everything beyond ASCII letters, digits and `-._~/` percent-encoded (RFC 3986 section 2.1)."""
    return path if path.isascii() and not set(path) & _UNSAFE else quote(path, safe="/")


def prefix(language: str, main: str) -> str:
    """The folder of the edition in an interface language, below the top of the site; empty for the main one. A country that the language
    is named with is not in it, so that addresses stay when one is added: a site has one edition in a language."""
    return "" if language == main else f"{language.partition('-')[0].lower()}/"


def original(sha256: str, ending: str) -> str:
    """A file that a record publishes, by the SHA-256 of its bytes; at the top of the site. Its address says no name, and is another one as
    soon as a byte is."""
    return f"files/{sha256}.{ending}"


def is_original(path: str) -> bool:
    """Whether a path is one that `original` gives."""
    return path.startswith("files/") and path.count("/") == 1


def preview(sha256: str, ending: str) -> str:
    """The small picture of such a file; at the top of the site."""
    return f"files/previews/{sha256}.{ending}"


def release(slug: str) -> str:
    """The page of a release, or its tombstone."""
    return f"releases/{slug}.html"


def release_file(slug: str, ending: str) -> str:
    """A release in another format ("bib", "csl.json"); at the top of the site."""
    return f"releases/{slug}.{ending}"


def article(slug: str) -> str:
    """A page of the archive's own."""
    return f"{slug}.html"


def groups(folder: str, letters: str = "") -> str:
    """The index of topics, places, names, publishers or speakers, or the part of it that begins with some letters."""
    return f"{folder}/index/{letters}.html" if letters else f"{folder}/index.html"


def group(folder: str, slug: str) -> str:
    """The page of a topic, place, name or publisher."""
    return f"{folder}/{slug}.html"


def within(slug: str) -> str:
    """The folder with the parts of the list of releases that name places within a place."""
    return f"places/{slug}/within"


def part(folder: str, stem: str) -> str:
    """A part of a long list on a page of its own: ("topics/water", "2012-02"), ("dates", "2012-02-08")."""
    return f"{folder}/{stem}.html"


def period(label: str) -> str:
    """The page of a year or a month: "2012", "2012-02"."""
    return f"dates/{label}.html"


def speaker(slug: str, stem: str = "") -> str:
    """What a speaker is quoted with, or a part of it by year or month."""
    return f"quotations/{slug}/{stem}.html" if stem else f"quotations/{slug}.html"


def quotations(stem: str) -> str:
    """A part of all quotations, by year or month. No speaker has the slug of the folder: `vocabulary` and `slugs` refuse it."""
    return f"quotations/index/{stem}.html"


def counted(slug: str, stem: str = "") -> str:
    """The figures that count one thing, or a part of them."""
    return f"figures/{slug}/{stem}.html" if stem else f"figures/{slug}.html"


def countings(letters: str) -> str:
    """A part of the index of what figures count, by the first letters of their slugs."""
    return f"figures/index/{letters}.html"


def references(slug: str, stem: str = "") -> str:
    """The reference numbers of a publisher, or a part of them."""
    return f"references/{slug}/{stem}.html" if stem else f"references/{slug}.html"


def comparison(first: str, second: str) -> str:
    """The page that compares two releases, the same from either side. Two long slugs are cut, and told apart by their SHA-256."""
    slugs = sorted((first, second))
    stem = "--".join(slugs)
    if len(stem.encode()) > LONGEST:
        mark = hashlib.sha256(stem.encode()).hexdigest()[:12]
        stem = "--".join([*(slug.encode()[: LONGEST // 2 - 10].decode(errors="ignore") for slug in slugs), mark])
    return f"compare/{stem}.html"


def corrections(stem: str) -> str:
    """A part of the list of corrections: a year or a month."""
    return f"corrections/{stem}.html"


def dated_edition(name: str) -> str:
    """The page of a dated edition."""
    return f"editions/{name}.html"


def edition_statement(name: str) -> str:
    """The statement of a dated edition, whose SHA-256 is the edition's hash; at the top of the site."""
    return f"editions/{name}.toml"


def edition_token(name: str, token: str) -> str:
    """An authority's time stamp of a dated edition; at the top of the site."""
    return f"editions/{name}.{token}"


def list_file(page: str, ending: str) -> str:
    """The releases of a page ("topics/water.html") as a file ("bib", "csv", "atom"); at the top of the site."""
    return f"{page.removesuffix('.html')}.{ending}"


def archive_list(ending: str) -> str:
    """All releases as a file of citations ("bib", "csl.json"); at the top of the site."""
    return f"data/archive.{ending}"


def data_file(stem: str, ending: str, part: str = "") -> str:
    """A file of the whole archive for other programs ("releases", "csv"), or the part of a long one that is of some years; at the top of
    the site."""
    return f"data/{stem}-{part}.{ending}" if part else f"data/{stem}.{ending}"


def data_pieces(name: str) -> str:
    """What a bundle of releases gives to these files, as an output: none of it stands on the site by itself."""
    return f"data/pieces/{name}"


def sitemap_part(number: int) -> str:
    """A part of a sitemap that is too long for one file; at the top of the site."""
    return f"sitemap-{number}.xml"


def shard(name: str) -> str:
    """The folder of a part of the search index; at the top of the site."""
    return f"{PAGEFIND}/texts/{name}"


def asset(path: str) -> str:
    """A file of `templates/assets/`; at the top of the site."""
    return f"assets/{path}"


def offline_copy(name: str) -> str:
    """The file that holds the whole site; at its top."""
    return f"{name}.zip"


def address(base_url: str, path: str) -> str:
    """The address of a path below the top of the site for whoever has it outside of the site: whole where there is a base URL, else from
    the top of the site."""
    return absolute(base_url, path) or href(path)


def absolute(base_url: str, path: str) -> str:
    """The whole address of a path below the top of the site; empty without a base URL."""
    return f"{base_url.rstrip('/')}/{href(path)}" if base_url else ""
