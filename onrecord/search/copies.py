"""The reduced copy of a release page that Pagefind is given: the words of the release, and the entry's facts as attributes.

Published pages so need no hidden text and no attributes for Pagefind but `data-pagefind-body`. The copy's `<html lang>` is the
language of the release, from which Pagefind takes its stemmer (the page's own is that of the interface). Each paragraph's anchor moves
into an empty element before it: Pagefind stores the whole text of an element with an id a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from onrecord.search import spelling
from onrecord.search.entries import SearchEntry

_START = re.compile(r"<([a-z][a-z0-9]*)\b[^>]*?\sdata-pagefind-body\b[^>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<(p|li|blockquote|h[2-6]|td|dd|figcaption)\b[^>]*?\sid=\"([^\"]+)\"[^>]*>", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]")
_TAG = re.compile(r"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


class NotIndexable(Exception):
    """A release page has not what the index needs. The message names the page."""


def words_of(page: str, path: str) -> str:
    """The HTML inside the one element of a release page that carries `data-pagefind-body`. Raises NotIndexable."""
    starts = list(_START.finditer(page))
    if len(starts) != 1:
        raise NotIndexable(f"{path}: one element with data-pagefind-body is needed, {len(starts)} are there.")
    start = starts[0]
    depth = 1
    for tag in re.finditer(rf"<(/?){start[1]}\b[^>]*>", page[start.end() :], re.IGNORECASE):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return page[start.end() : start.end() + tag.start()]
    raise NotIndexable(f"{path}: the <{start[1]}> with data-pagefind-body is not closed.")


def text_of(html: str) -> str:
    """The text of a piece of HTML, tags as white space."""
    return unescape(_TAG.sub(" ", html))


def copy(entry: SearchEntry, words: str, text: str) -> str:
    """The page Pagefind indexes for `entry`, whose words are the HTML `words`, or `text` without its tags."""
    facts: list[str] = [_fact("meta", "title", entry.title)]
    if entry.reference:
        facts.append(_fact("meta", "reference", entry.reference))
        facts.append(_fact("meta", "numbers", " ".join(spelling.reference_words(entry.reference))))
    facts.extend(_fact("meta", field, text) for field, text in entry.shown)
    also = also_found_by(entry, text)
    if also:
        facts.append(_fact("meta", "also", also))
    facts.extend(_fact("filter", facet, f"{value}|{label}") for facet, value, label in entry.filters)
    body = _PARAGRAPH.sub(r'<a id="\2"></a><\1>', words)
    if not _WORD.search(text):
        # Pagefind leaves out a page without words; its title stands in for them, or its address.
        body = escape(entry.title if _WORD.search(entry.title) else entry.path)
    language = escape(primary(entry.language), quote=True)
    return f'<!doctype html><html lang="{language}"><body data-pagefind-body>{"".join(facts)}<div>{body}</div></body></html>'


def also_found_by(entry: SearchEntry, text: str) -> str:
    """Words that find the release beside its own: aliases that its vocabularies declare, and spellings that Pagefind does not fold."""
    shown = " ".join((entry.title, entry.reference, *(value for _, value in entry.shown)))
    everything = f"{text} {shown} {' '.join(entry.aliases)}"
    return " ".join((*entry.aliases, *spelling.aliases(everything, entry.language)))


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 language tag, in lower case."""
    return language.split("-")[0].lower()


def _fact(kind: str, key: str, value: str) -> str:
    text = escape(" ".join(value.split()), quote=True)
    return f'<i data-pagefind-{kind}="{key}[data-v]" data-v="{text}"></i>'


def scripts(texts: Iterable[str]) -> list[str]:
    """Which of the scripts that a query can be told by stand in `texts`: Arab, Cyrl, Grek, Hebr (ISO 15924)."""
    found = set()
    for text in texts:
        found |= {name for name, letters in _SCRIPTS.items() if name not in found and letters.search(text)}
    return sorted(found)


_SCRIPTS = {
    "Arab": re.compile(r"[\u0620-\u06ff\u0750-\u077f]"),
    "Cyrl": re.compile(r"[\u0400-\u04ff]"),
    "Grek": re.compile(r"[\u0370-\u03ff]"),
    "Hebr": re.compile(r"[\u05d0-\u05ea]"),
}
