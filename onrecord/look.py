"""What an archive's own look adds to every page: a stylesheet, a logo, words and links in the footer. Which of them, `theme/` says."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord import writing

Words = tuple[tuple[str, str], ...]
"""The same words in several languages, as (BCP 47 tag, words). An empty tag is that of the archive's own language."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the masthead: its address below the site, another for dark pages (or empty), the size at which it is shown in pixels,
    its text for those who do not see it, and whether the archive's title stands beside it."""

    href: str
    dark: str
    width: int
    height: int
    alt: Words
    with_title: bool


@dataclass(frozen=True, slots=True)
class FooterLink:
    """A link of the footer. `href` is a whole address, or a page of the archive."""

    href: str
    label: Words


@dataclass(frozen=True, slots=True)
class Look:
    """What every page shows of a theme. `stylesheet` is its address below the site; all of it is empty where there is no theme."""

    stylesheet: str = ""
    logo: Logo | None = None
    footer: Words = ()
    footer_links: tuple[FooterLink, ...] = ()


NO_LOOK = Look()


def in_language(words: Words, language: str, own: str) -> tuple[str, str]:
    """The words for a page in `language`, and the language that they are in: those written for it or for it without its country,
    else the archive's own (`own` is its language), else the first."""
    unmarked = dict(words).get("", "")
    for tag, text in (writing.chosen(words, language), (own, unmarked), writing.chosen(words, own)):
        if text:
            return text, tag
    return (words[0][1], words[0][0] or own) if words else ("", own)
