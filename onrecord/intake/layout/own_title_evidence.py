"""Whether a document's own titles, beside its text, speak against a heading. Each check gives the doubt in words, or an empty text."""

from __future__ import annotations

import re

from onrecord.intake.layout import line_signs
from onrecord.intake.layout.candidates import letters
from onrecord.intake.layout.headline_signs import OTHER_TITLE, WHOLE_SHARE, Signs
from onrecord.intake.layout.page_title import is_title, without_site

_MARK = re.compile(r"(?<!\s)\s+[|–—•·‹›«»-]\s+")
_MARK_OR_COLON = re.compile(r"(?<!\s)(?:\s+[|–—•·‹›«»-]|\s*:)\s+")
# Of so few words, all must stand in the page's own title.
_LEAST_SHARED = 3


def other_title(signs: Signs) -> str:
    """The page calls itself something else."""
    words = set(_content(signs.text))
    text = signs.echo.text.casefold()
    # A title that the text says as a whole is the name of the body that issued it.
    stated = [without_site(title.value, signs.context.document) for title in signs.context.document.metadata.titles]
    titles = [set(_content(title)) for title in stated if title.casefold() not in text or len(title.split()) > 4]
    titles = [title for title in titles if title]
    other_script = not re.search("[a-z]", signs.text.casefold())
    if not titles or not words or (other_script and all("".join(title).isascii() for title in titles)):
        return ""
    heading = letters(signs.text)
    if _is_rival_stated(signs):
        # "Locked out" between "Boats in films" and "Can a lock stop a boat?", on a page called "Boats in films: Locked out".
        return "another line is the page’s own title"
    if line_signs.word_count(signs.text) < _LEAST_SHARED and any(
        letters(title.value).startswith(heading) and not is_title(signs.text, title.value, marked=True)
        for title in signs.context.document.metadata.titles
    ):
        # "Keld Browser", of "Keld Browser 3.0 Release Notes"
        return "the page’s own title says more"
    shorter = [letters(name) for name in _names(signs)]
    if any(heading != name and (heading.startswith(name) or heading.endswith(name)) for name in shorter):
        # A kicker before it ("Protest Three villages …"), or more behind it.
        return "the page’s own title is shorter"
    shared = max(len(words & title) / min(len(words), len(title)) for title in titles)
    if len(words) < _LEAST_SHARED and shared < 1:
        return OTHER_TITLE
    return "" if shared >= WHOLE_SHARE else OTHER_TITLE


def _is_rival_stated(signs: Signs) -> bool:
    """True where another line above the text is the page's own title, that has not the words of the chosen one."""
    own = letters(signs.text)
    titles = [t.value for t in signs.context.document.metadata.titles if own not in letters(t.value)]
    others = [each.text for each in signs.found if each not in signs.chosen and line_signs.word_count(each.text) > 1]
    return any(
        is_title(text, title, marked=False) and not _is_publisher(text, signs) for text in others for title in titles
    )


def larger_in_title(signs: Signs) -> str:
    """A doubt where the document's own title has the words of a larger heading, too: nobody can say which of them is the headline."""
    if not signs.marked:
        return ""
    titles = [letters(title.value) for title in signs.context.document.metadata.titles]
    own = letters(signs.text)
    for line in signs.assignment.lines:
        words = letters(line.text)
        larger = line.block.kind == "heading" and line.block.level < signs.chosen[0].block.level
        if (
            larger
            and words
            and words not in own
            and any(words in title and own in title and own != title for title in titles)
        ):
            return "" if _is_publisher(line.text, signs) else "a larger heading has words of the page’s own title"
    return ""


def before_heading_in_title(signs: Signs) -> str:
    """A doubt where the document's own title goes on, behind a mark, with more words than these, which are a heading of the text too: these
    are the name of the site, or of a diary."""
    own = letters(signs.text)
    below = {
        letters(line.text)
        for line in signs.assignment.lines[signs.chosen[-1].line + 1 :]
        if line.block.kind == "heading"
    }
    for title in signs.context.document.metadata.titles:
        marks = list(_MARK_OR_COLON.finditer(title.value))
        if all(letters(title.value[: mark.start()]) != own for mark in marks):
            continue
        # "Keld Post » Diary » The locks are open again"
        if any(len(own) < len(rest) and rest in below for rest in (letters(title.value[at.end() :]) for at in marks)):
            return "the page’s own title goes on with another heading"
    return ""


def _is_publisher(text: str, signs: Signs) -> bool:
    return any(letters(stated.value) == letters(text) for stated in signs.context.document.metadata.publishers)


def _names(signs: Signs) -> list[str]:
    """The page's own titles without what stands behind a mark in them, of three words and more."""
    titles = [_MARK.split(title.value)[0] for title in signs.context.document.metadata.titles]
    return [title for title in titles if line_signs.word_count(title) >= 3]


def _content(text: str) -> list[str]:
    if line_signs.is_unspaced(text):
        signs = letters(text)
        return [signs[at : at + 2] for at in range(len(signs) - 1)]
    return [word[:5] for word in re.findall(r"[^\W_]{3,}", text.casefold())]
