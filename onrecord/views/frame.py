"""What every page receives, and the small pieces the pages are made of.

Addresses in views are percent-encoded and relative to the top of their edition (`releases/x.html`); a template puts `page.root` in
front of them. So one entry of a list serves pages at every depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.help import said

if TYPE_CHECKING:
    from onrecord.views.edition import Edition


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page: which pages of it an edition has, and what is on each.

    `pages` gives (path below the edition, subject) pairs; `view` is given the edition and the parts of a subject. The template is the one
    the view is registered for.
    """

    name: str
    pages: Callable[[Edition], Iterable[tuple[str, tuple[str, ...]]]]
    view: Callable[..., object]


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of this site."""

    href: str = said("address, relative to the top of this edition")
    label: str = said("the words to click")
    lang: str = said("language of the label where it is not the page's own, else empty")
    dir: str = said("direction of the label where `lang` is set: ltr or rtl, else empty")


@dataclass(frozen=True, slots=True)
class Tally:
    """A link with the number of releases behind it."""

    href: str = said("address, relative to the top of this edition; empty where there is no page")
    label: str = said("the words to click")
    count: int = said("how many releases")


@dataclass(frozen=True, slots=True)
class Translation:
    """The same page in another interface language."""

    href: str = said("address, relative to the top of the site (`page.top`)")
    label: str = said("the language's own name for itself")
    lang: str = said("BCP 47 tag")
    url: str = said("absolute address for search engines, empty without a base_url")


@dataclass(frozen=True, slots=True)
class Site:
    """The archive itself and the edition (interface language) the page belongs to."""

    title: str = said("the archive's title")
    scope: str = said("what the archive covers, in a sentence; may be empty")
    publisher: str = said("who publishes the site; may be empty")
    rights: str = said("rights in the archive's own texts; may be empty")
    contact: str = said("how to reach the maintainers: an address or a URL; may be empty")
    contact_href: str = said("the contact as a link (mailto: or https:); empty where it is neither")
    repository: str = said("address of the repository, without a slash at the end; may be empty")
    lang: str = said("interface language, BCP 47")
    dir: str = said("direction of the interface: ltr or rtl")
    own_lang: str = said("the language the archive itself writes in: its title, scope, summaries, reasons, definitions")
    own_dir: str = said("direction of that language")
    version: str = said("version of Onrecord")
    search: bool = said("true when the site has a search")
    drafts: bool = said("true when drafts are shown, for proofreading only")
    about: str = said("address of the about page, empty when there is none")
    articles: tuple[PageLink, ...] = said("the archive's own pages (about first)")
    offline_copy: str = said("the file that holds the whole site, at the top of the site; empty when there is none")


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where the page stands."""

    path: str = said("path of the page's file below the site")
    root: str = said("prefix from this page to the top of its edition: empty, `../` …; stands before every `href`")
    top: str = said("prefix from this page to the top of the site: stands before `assets/`, feeds and release files")
    section: str = said("the part of the navigation it belongs to (home, releases, topics, …)")
    canonical: str = said("absolute address of this page, empty without a base_url")
    translations: tuple[Translation, ...] = said("this page in the other interface languages")
    feeds: tuple[PageLink, ...] = said("Atom feeds that fit this page; relative to the top of the site (`page.top`)")
    edit: str = said("address where the page's source can be edited, or empty")
    description: str = said("a sentence on the page for previews; the archive's own where the page has none")


@dataclass(frozen=True, slots=True)
class Day:
    """A date with exactly the precision that is known."""

    words: str = said("the date in words, saying what is not stated")
    iso: str = said("as far as known: 2012-02-08, 2012-02 or 2012; empty when the year is not known")


@dataclass(frozen=True, slots=True)
class Entry:
    """A release as one line of a list."""

    href: str = said("address of the release")
    title: str = said("its title")
    lang: str = said("its language where it is not the page's own, else empty")
    dir: str = said("its direction where `lang` is set, else empty")
    date: Day = said("its date")
    publisher: str = said("who published it; empty when not stated")
    reference: str = said("the publisher's number; may be empty")
    extent: str = said("full, excerpt or abstract")
    status: str = said("draft, published, corrected or withdrawn")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a list: its releases, or the page they stand on when there are too many for one page."""

    label: str = said("a year, a month, a day or a letter; empty when the part is what is left (see `rest`)")
    rest: str = said(
        "empty, or why these releases stand apart: what they do not state (year, month, day), or what their dates span (years, months, "
        "days)"
    )
    anchor: str = said("fragment of the heading")
    href: str = said("address of the page with these releases; empty when they stand here")
    count: int = said("how many releases")
    entries: tuple[Entry, ...] = said("the releases, newest first; empty when `href` is set")
