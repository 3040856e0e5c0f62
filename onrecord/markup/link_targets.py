"""What the links of a text lead to, and the addresses they get on their page."""

from __future__ import annotations

import ipaddress
import posixpath
import re
import unicodedata
import urllib.parse

from msgspec import Struct

from onrecord.model import Target
from onrecord.redaction import Location

ALLOWED = (
    "Write a whole address (https://…), the file of another release (2012-02-08-title.md), a page of the site (../topics/index.html) "
    "or a paragraph (#p3)."
)
_CONTROL = re.compile(r"[\x00-\x1f]")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*)\s*:")
_RELEASE = re.compile(r"(?P<folder>(?:[^#?]*/)?)(?P<stem>[^/#?]+)\.md")
_FILE = re.compile(r"(?:\.\./)+files/(?P<path>[^?#\\]+)")
_RELEASE_PAGE = re.compile(r"releases/(?P<stem>[^/]+)\.html")
_INDEX = re.compile(r"index|undated|-?[0-9]+", re.IGNORECASE)  # the pages below releases/ that are no release's
_NO_HOST = re.compile(r"[\x00-\x20\x7f<>|^\\%\"`{}#/?@]")
_SAFE = "/-._~!$&'()*+,;=:@"


_TOP = Location()


class Context(Struct, frozen=True):
    """Where a text will stand: `anchor` begins its paragraphs' ids, `article` is true on the archive's own pages, which stand at the
    top of the site (a release's page stands in `releases/`), `location` says where the text stands in its file."""

    anchor: str = "p"
    article: bool = False
    location: Location = _TOP

    @property
    def root(self) -> str:
        """The way from the text's page to the top of the site."""
        return "" if self.article else "../"


def resolve(written: str, context: Context) -> Target | None:
    """What a link of a text leads to, or None where it may not be followed.

    Whole http, https and mailto addresses may; so may `x.md` (a release, on the archive's own pages a page like them), `pages/x.md`
    (one of the archive's own pages), `x.html` below the page the text stands on, and `#p3`.
    """
    if not written or _CONTROL.search(written) or written[0] in " /\\":
        return None
    if _SCHEME.match(written):
        return Target("elsewhere", written) if is_address(written) else None
    path, _, fragment = written.partition("#")
    fragment = urllib.parse.unquote(fragment)
    if not path:
        return Target("self", "", fragment) if fragment else None
    release = _RELEASE.fullmatch(urllib.parse.unquote(path))
    if release:
        own = release["folder"].endswith("pages/") or (context.article and release["folder"] in ("", "./"))
        stem = unicodedata.normalize("NFC", release["stem"])
        return Target("article" if own else "release", stem, fragment)
    path = path.partition("?")[0]
    if not path.endswith(".html"):
        return None
    page = posixpath.normpath(posixpath.join("" if context.article else "releases", urllib.parse.unquote(path)))
    of = _RELEASE_PAGE.fullmatch(page)
    if of and not _INDEX.fullmatch(of["stem"]):
        return Target("release", unicodedata.normalize("NFC", of["stem"]), fragment)
    return Target("page", page, fragment)


def file_of(written: str) -> str | None:
    """The path below `content/files/` that the address of an image leads to (`../files/x.png`, from whichever folder of releases); None for
    any other address."""
    file = _FILE.fullmatch(written)
    path = unicodedata.normalize("NFC", urllib.parse.unquote(file["path"])) if file else ""
    parts = path.split("/")
    return path if path and not any(part in ("", ".", "..") for part in parts) else None


def address(target: Target, written: str, context: Context) -> str:
    """The address a link gets on its page."""
    if target.kind not in ("release", "article"):
        return written
    folder = "releases/" if target.kind == "release" else ""
    page = urllib.parse.quote(f"{folder}{target.slug}.html", safe=_SAFE)
    fragment = f"#{urllib.parse.quote(target.fragment, safe=_SAFE)}" if target.fragment else ""
    return f"{context.root}{page}{fragment}"


def is_address(written: str) -> bool:
    """Whether a text is a whole http, https or mailto address that a browser can open (https://url.spec.whatwg.org/#host-parsing)."""
    try:
        parts = urllib.parse.urlsplit(written)
        if parts.scheme == "mailto":
            return "@" in parts.path and not re.search(r"\s", parts.path)
        if parts.scheme not in ("http", "https") or not (host := parts.hostname) or re.search(r"\s", written):
            return False
        # A port out of range raises ValueError.
        return (port := parts.port) is None or bool(port) if _is_host(host) else False
    except ValueError:
        return False


def _is_host(host: str) -> bool:
    if ":" in host or not host.rpartition(".")[2].isdecimal():
        return not _NO_HOST.search(host)
    ipaddress.IPv4Address(host)
    return True
