"""The page Pagefind is given for a release: its words, and what it is found by besides as attributes.

`<html lang>` is the language of the release, from which Pagefind takes its stemmer. Each paragraph's anchor moves into an empty
element before it: Pagefind stores the whole text of an element with an id a second time. Facets are not among the attributes: they
are kept in files of their own (shard_files.py), and so not once more in what is stored of each release.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from onrecord.search import spelling
from onrecord.search.entry import SearchEntry
from onrecord.search.shard_plan import primary

_PARAGRAPH = re.compile(r"<(p|li|blockquote|h[2-6]|td|dd|figcaption)\b[^>]*?\sid=\"([^\"]+)\"[^>]*>", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]")
_TAG = re.compile(r"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def text_of(html: str) -> str:
    """The text of a piece of HTML, tags as white space."""
    return unescape(_TAG.sub(" ", html))


def indexed_page(entry: SearchEntry, html: str, text: str) -> str:
    """The page Pagefind indexes for `entry`, whose words are the HTML `html`, or `text` without its tags."""
    facts: list[str] = [_fact("title", entry.title)]
    if entry.reference:
        facts.append(_fact("reference", entry.reference))
        facts.append(_fact("numbers", " ".join(spelling.reference_words(entry.reference))))
    facts.extend(_fact(field, value) for field, value in entry.facts)
    also = further_words(entry, text)
    if also:
        facts.append(_fact("also", also))
    body = _PARAGRAPH.sub(r'<a id="\2"></a><\1>', html)
    if not _WORD.search(text):
        # Pagefind leaves out a page without words; its title stands in for them, or its address.
        body = escape(entry.title if _WORD.search(entry.title) else entry.path)
    language = escape(primary(entry.language), quote=True)
    return f'<!doctype html><html lang="{language}"><body data-pagefind-body>{"".join(facts)}<div>{body}</div></body></html>'


def further_words(entry: SearchEntry, text: str) -> str:
    """Words that find the release beside its own: aliases that its vocabularies declare, and spellings that Pagefind does not fold."""
    facts = " ".join((entry.title, entry.reference, *(value for _, value in entry.facts)))
    everything = f"{text} {facts} {' '.join(entry.aliases)}"
    return " ".join((*entry.aliases, *spelling.aliases(everything, entry.language)))


def _fact(field: str, value: str) -> str:
    text = escape(" ".join(value.split()), quote=True)
    return f'<i data-pagefind-meta="{field}[data-v]" data-v="{text}"></i>'


def writing_systems(texts: Iterable[str]) -> list[str]:
    """Which of the scripts that a query can be told by stand in `texts`: Arab, Cyrl, Grek, Hebr (ISO 15924)."""
    letters = "".join(set().union(*texts))
    return [name for name, of_script in _SCRIPTS if of_script.search(letters)]


_SCRIPTS = (
    ("Arab", re.compile(r"[\u0620-\u06ff\u0750-\u077f]")),
    ("Cyrl", re.compile(r"[\u0400-\u04ff]")),
    ("Grek", re.compile(r"[\u0370-\u03ff]")),
    ("Hebr", re.compile(r"[\u05d0-\u05ea]")),
)
