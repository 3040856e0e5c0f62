"""Whether a heading in the markup is the headline. Each check gives the doubt in words, or an empty text."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.intake.layout import line_signs
from onrecord.intake.layout.candidates import letters
from onrecord.intake.layout.headline_signs import LEAST_SHARE, WHOLE_SHARE, Signs, unheard

_MARK = re.compile(r"(?<!\s)\s+[|–—•·‹›«»-]\s+")
_SENTENCE_WITHIN = re.compile(r"(?<![^\W\d_A-Z])[^\W\d_A-Z]{4,}+\.\s+[^\W\d_]")


def other_title(signs: Signs) -> str:
    """The page calls itself something else."""
    words = set(_content(signs.text))
    text = signs.echo.text.casefold()
    # A title that the text says as a whole is the name of the body that issued it.
    stated = [title.value for title in signs.context.document.metadata.titles]
    titles = [set(_content(title)) for title in stated if title.casefold() not in text or len(title.split()) > 4]
    titles = [title for title in titles if title]
    other_script = not re.search("[a-z]", signs.text.casefold())
    if not titles or not words or (other_script and all("".join(title).isascii() for title in titles)):
        return ""
    heading = letters(signs.text)
    shorter = [letters(name) for name in _names(signs)]
    if any(heading != name and heading.startswith(name) for name in shorter):
        return "the page’s own title is shorter"
    shared = max(len(words & title) / min(len(words), len(title)) for title in titles)
    return "" if shared >= WHOLE_SHARE else "the page’s own title is another"


def _names(signs: Signs) -> list[str]:
    """The page's own titles without what stands behind a mark in them, of three words and more."""
    titles = [_MARK.split(title.value)[0] for title in signs.context.document.metadata.titles]
    return [title for title in titles if line_signs.word_count(title) >= 3]


def _content(text: str) -> list[str]:
    if line_signs.is_unspaced(text):
        signs = letters(text)
        return [signs[at : at + 2] for at in range(len(signs) - 1)]
    return [word[:5] for word in re.findall(r"[^\W_]{3,}", text.casefold())]


def _one_of_many(signs: Signs) -> str:
    """Other headings of its rank stand in the text: it heads a part, not the whole."""
    if signs.context.document.metadata.titles:
        return ""
    level = signs.chosen[0].block.level
    below = signs.assignment.lines[signs.chosen[-1].line + 1 :]
    equal = any(line.block.kind == "heading" and line.block.level <= level for line in below)
    return "other headings of its rank stand below it" if equal and unheard(signs, WHOLE_SHARE) else ""


def _silent(signs: Signs) -> str:
    block = signs.chosen[0].block
    ranks = [line.block.level for line in signs.assignment.lines if line.block.kind == "heading"]
    only = block.level <= 1 and sum(level <= 1 for level in ranks) == len(signs.chosen)
    if signs.context.document.metadata.titles or only:
        return ""
    echo = signs.echo_of(signs.text)
    return "" if echo.share >= LEAST_SHARE else "the text does not speak of it"


def _overfull(signs: Signs) -> str:
    """Lines of one size that are more than the headline: a sentence that ended, a label."""
    lexicon = signs.context.lexicon
    labels = [lexicon.pattern(name, "start") for name in ("label_other", "label_date", "label_reference")]
    behind = [candidate.text for candidate in signs.chosen[1:]]
    words = signs.text.split()
    if len(words) >= 4 and any(map(str.isdigit, words[-1])):
        # "… Version 1.2"
        behind.append(" ".join(words[-2:]) if words[-2][:1].isupper() else "")
    labelled = any(label.match(text) for label in labels for text in behind)
    return "other lines are joined to it" if labelled or _SENTENCE_WITHIN.search(signs.text) else ""


def _goes_on(signs: Signs) -> str:
    """The text right below it goes on in a small letter: they are one sentence."""
    opening = signs.assignment.opening
    lines = signs.assignment.lines
    if opening == len(lines) or signs.chosen[-1].line != opening - 1 or line_signs.ends_sentence(signs.text):
        return ""
    text = lines[opening].text.lstrip()
    # "iPhone …", "e-mail …": a small letter may begin a name.
    return "it may go on in the text" if text[:2].islower() and text[:2].isalpha() else ""


CHECKS: tuple[Callable[[Signs], str], ...] = (
    other_title,
    _one_of_many,
    _silent,
    _overfull,
    _goes_on,
)
