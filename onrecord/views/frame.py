"""What every page receives, and the small pieces the pages are made of.

Addresses in views are percent-encoded and relative to the top of their edition (`releases/x.html`); a template puts `page.root` in
front of them. So one entry of a list serves pages at every depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated

import msgspec

if TYPE_CHECKING:
    from onrecord.views.edition import Edition


class PageKind(msgspec.Struct, frozen=True):
    """One kind of page: which pages of it an edition has, and what is on each.

    `pages` gives (path below the edition, subject) pairs; `view` is given the edition and the parts of a subject. The template is the one
    the view is registered for.
    """

    name: str
    pages: Callable[[Edition], Iterable[tuple[str, tuple[str, ...]]]]
    view: Callable[..., object]


class PageLink(msgspec.Struct, frozen=True):
    """A link to a page of this site."""

    href: Annotated[str, "address, relative to the top of this edition"]
    label: Annotated[str, "the words to click"]
    lang: Annotated[str, "language of the label where it is not the page's own, else empty"]
    dir: Annotated[str, "direction of the label where `lang` is set: ltr or rtl, else empty"]


class FormatLink(msgspec.Struct, frozen=True):
    """A release, or a list of releases, as a file in another format."""

    href: Annotated[str, "address, relative to the top of the site (`page.top`)"]
    label: Annotated[str, "name of the format"]
    type: Annotated[str, "media type"]


class Tally(msgspec.Struct, frozen=True):
    """A link with the number of releases behind it."""

    href: Annotated[str, "address, relative to the top of this edition; empty where there is no page"]
    label: Annotated[str, "the words to click"]
    count: Annotated[int, "how many releases"]


class Translation(msgspec.Struct, frozen=True):
    """The same page in another interface language."""

    href: Annotated[str, "address, relative to the top of the site (`page.top`)"]
    label: Annotated[str, "the language's own name for itself"]
    lang: Annotated[str, "BCP 47 tag"]
    url: Annotated[str, "absolute address for search engines, empty without a base_url"]


class Alternate(msgspec.Struct, frozen=True):
    """A page in another language that a search engine is told of."""

    lang: Annotated[str, "BCP 47 tag"]
    url: Annotated[str, "absolute address"]


class LogoImage(msgspec.Struct, frozen=True):
    """The logo of a theme."""

    href: Annotated[str, "address, relative to the top of the site (`page.top`)"]
    dark: Annotated[str, "the same for another picture that is shown on dark pages; empty when there is none"]
    width: Annotated[int, "its width in pixels"]
    height: Annotated[int, "its height in pixels"]
    alt: Annotated[str, "what it says to those who do not see it; may be empty where the title is beside it"]
    lang: Annotated[str, "language of `alt` where it is not the page's own, else empty"]
    with_title: Annotated[bool, "true when the archive's title is beside it"]


class FooterLink(msgspec.Struct, frozen=True):
    """A link that a theme adds to the footer."""

    href: Annotated[str, "a whole address, or one relative to the top of this edition"]
    is_outside: Annotated[bool, "true when it leads to another site"]
    label: Annotated[str, "the words to click"]
    lang: Annotated[str, "language of the label where it is not the page's own, else empty"]
    dir: Annotated[str, "direction of the label where `lang` is set: ltr or rtl, else empty"]


class Footer(msgspec.Struct, frozen=True):
    """What a theme adds to the footer."""

    text: Annotated[str, "words; may be empty"]
    lang: Annotated[str, "language of the words where it is not the page's own, else empty"]
    dir: Annotated[str, "direction of the words where `lang` is set: ltr or rtl, else empty"]
    links: Annotated[tuple[FooterLink, ...], "links"]


class Site(msgspec.Struct, frozen=True):
    """The archive itself and the edition (interface language) the page belongs to."""

    title: Annotated[str, "the archive's title, in the interface's language where the archive says it"]
    title_lang: Annotated[str, "language of the title where it is not the page's own, else empty"]
    title_dir: Annotated[str, "direction of the title where `title_lang` is set, else empty"]
    scope: Annotated[str, "what the archive covers, in a sentence; may be empty"]
    scope_lang: Annotated[str, "language of the scope where it is not the page's own, else empty"]
    scope_dir: Annotated[str, "direction of the scope where `scope_lang` is set, else empty"]
    publisher: Annotated[str, "who publishes the site; may be empty"]
    rights: Annotated[str, "rights in the archive's own texts; may be empty"]
    rights_lang: Annotated[str, "language of the rights where it is not the page's own, else empty"]
    rights_dir: Annotated[str, "direction of the rights where `rights_lang` is set, else empty"]
    contact: Annotated[str, "how to reach the maintainers: an address or a URL; may be empty"]
    contact_href: Annotated[str, "the contact as a link (mailto: or https:); empty where it is neither"]
    repository: Annotated[str, "address of the repository, without a slash at the end; may be empty"]
    lang: Annotated[str, "interface language, BCP 47"]
    dir: Annotated[str, "direction of the interface: ltr or rtl"]
    own_lang: Annotated[
        str, "the language the archive itself writes in: its summaries, reasons, and what it has not said in others"
    ]
    own_dir: Annotated[str, "direction of that language"]
    version: Annotated[str, "version of Onrecord"]
    search: Annotated[bool, "true when the site has a search"]
    drafts: Annotated[bool, "true when drafts are shown, for proofreading only"]
    about: Annotated[str, "address of the about page, empty when there is none"]
    articles: Annotated[tuple[PageLink, ...], "the archive's own pages (about first)"]
    figures: Annotated[str, "address of the index of figures; empty when no release has any"]
    sections: Annotated[
        tuple[str, ...],
        "the indexes that have something on them: releases, dates, topics, places, names, publishers, quotations, references; the pages "
        "of the others stand, but nothing leads there",
    ]
    editions: Annotated[bool, "true when there are dated editions"]
    stylesheet: Annotated[str, "the stylesheet of the theme, relative to the top of the site; empty when there is none"]
    logo: Annotated[LogoImage | None, "the logo of the theme, or none"]
    footer: Annotated[Footer | None, "what the theme adds to the footer, or none"]
    offline_copy: Annotated[str, "the file that holds the whole site, at the top of the site; empty when there is none"]


class PageInfo(msgspec.Struct, frozen=True):
    """Where the page stands."""

    path: Annotated[str, "path of the page's file below the site"]
    root: Annotated[str, "prefix from this page to the top of its edition: empty, `../` …; goes before every `href`"]
    top: Annotated[str, "prefix from this page to the top of the site: goes before `assets/`, feeds and release files"]
    section: Annotated[str, "the part of the navigation it belongs to (home, releases, topics, …)"]
    canonical: Annotated[str, "absolute address of this page, empty without a base_url"]
    translations: Annotated[tuple[Translation, ...], "this page in the other interface languages"]
    alternates: Annotated[
        tuple[Alternate, ...],
        "for search engines: this page in the other interface languages, or its text in them; empty without a base_url",
    ]
    feeds: Annotated[
        tuple[PageLink, ...], "Atom feeds that fit this page; relative to the top of the site (`page.top`)"
    ]
    edit: Annotated[str, "address where the page's source can be edited, or empty"]
    description: Annotated[
        str,
        "a sentence on the page for previews; where it has none, that of the archive on the front page, else the title of the archive",
    ]
    faces: Annotated[
        tuple[str, ...],
        "the style sheets below `assets/faces/` with the letters that its main text needs, without `.css`",
    ]


class Day(msgspec.Struct, frozen=True):
    """A date with exactly the precision that is known."""

    words: Annotated[str, "the date in words, saying what is not stated"]
    iso: Annotated[str, "as far as known: 2012-02-08, 2012-02 or 2012; empty when the year is not known"]


class Entry(msgspec.Struct, frozen=True):
    """A release as one line of a list."""

    href: Annotated[str, "address of the release"]
    title: Annotated[str, "its title"]
    lang: Annotated[str, "its language where it is not the page's own, else empty"]
    dir: Annotated[str, "its direction where `lang` is set, else empty"]
    date: Annotated[Day, "its date"]
    publisher: Annotated[str, "who published it; empty when not stated"]
    reference: Annotated[str, "the publisher's number; may be empty"]
    extent: Annotated[str, "full, excerpt or abstract"]
    status: Annotated[str, "draft, published, corrected or withdrawn"]
    is_by_group: Annotated[bool, "true in a list of its publisher's releases, where that need not be named again"] = (
        False
    )
    inner_places: Annotated[
        tuple[str, ...], "in a list of what names places within a place: the labels of those that it names; else empty"
    ] = ()


class Reprint(msgspec.Struct, frozen=True):
    """Another publication of a text in which a quotation stands as well."""

    href: Annotated[str, "the paragraph there, or the release"]
    title: Annotated[str, "its title; empty where it is that of the quotation's own release"]
    lang: Annotated[str, "language of the title where it is not the page's own, else empty"]
    dir: Annotated[str, "direction of the title where `lang` is set, else empty"]
    apart: Annotated[
        str, "publisher and date in words, where a title does not tell these publications from each other; else empty"
    ]


class QuotationEntry(msgspec.Struct, frozen=True):
    """A quotation, and the release it is in."""

    speaker: Annotated[str, "who is quoted, as the release names them"]
    speaker_href: Annotated[str, "the page of what the speaker is quoted with; empty where there is none"]
    text: Annotated[str, "the words, verbatim; empty where there is only a summary"]
    summary: Annotated[str, "what was said in the archive's own words; empty where the words themselves are given"]
    lang: Annotated[str, "language of the words where it is not the page's own, else empty"]
    dir: Annotated[str, "direction where `lang` is set"]
    paragraph: Annotated[int, "number of the paragraph the words are in (anchor `p3`); 0 where it is not known"]
    passage: Annotated[
        str, "where it is: `3`, or `3.1` for an item or a row behind that paragraph; empty where it is not known"
    ]
    passage_shown: Annotated[str, "the same in the digits of the edition"]
    href: Annotated[str, "that paragraph, item or row, or the release"]
    entry: Annotated[Entry, "the release"]
    also_in: Annotated[
        tuple[Reprint, ...],
        "other publications of the same text in which the same words stand, oldest first; in lists of quotations alone",
    ]


class FigureEntry(msgspec.Struct, frozen=True):
    """A number that is reported, and the release that it is in."""

    number: Annotated[int, "its place among the figures of the release, from 1 (anchor `f1` on its page)"]
    value: Annotated[str, "the number as printed, with its words"]
    counts: Annotated[str, "what is counted"]
    counts_href: Annotated[str, "the page of what is counted; empty where there is none"]
    lang: Annotated[str, "language of the number where it is not the page's own, else empty"]
    dir: Annotated[str, "direction where `lang` is set"]
    counts_lang: Annotated[str, "language of what is counted where it is not the page's own, else empty"]
    counts_dir: Annotated[str, "direction where `counts_lang` is set"]
    by: Annotated[str, "who reports it, as the release names them; empty where the source does not say"]
    by_href: Annotated[str, "the page of this name; empty where there is none"]
    as_of: Annotated[Day | None, "what day the number is of; none where the source does not say"]
    place: Annotated[PageLink | None, "where; none where it is not stated"]
    paragraph: Annotated[int, "number of the paragraph that reports it (anchor `p3`); 0 where none is given"]
    passage: Annotated[
        str, "where it is: `3`, or `3.1` for an item or a row behind that paragraph; empty where it is not known"
    ]
    passage_shown: Annotated[str, "the same in the digits of the edition"]
    href: Annotated[str, "that paragraph, or its row on the page of the release"]
    entry: Annotated[Entry, "the release"]


class Section(msgspec.Struct, frozen=True):
    """A part of a list: its releases, or the page they stand on when there are too many for one page."""

    label: Annotated[str, "a year, a month, a day or a letter; empty when the part is what is left (see `missing`)"]
    missing: Annotated[
        str,
        "empty, or why these releases are listed apart: what they do not state (a year, month, day), or what they span (years, months, "
        "days)",
    ]
    anchor: Annotated[str, "fragment of the heading"]
    href: Annotated[str, "address of the page with these releases; empty when they are here"]
    count: Annotated[int, "how many releases"]
    entries: Annotated[tuple[Entry, ...], "the releases, newest first; empty when `href` is set"]
