"""Documents in which no release stands: empty forms, walls before a page, lists of search results, menus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.intake.document import Document, Refusal
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.lines import Line
from onrecord.intake.lexicon import Lexicon

_TITLE_PARTS = re.compile(r"(?:(?<!\s)\s+)?[|–—:•·»]\s*|\s-\s")
# A notice before a page is no longer.
_LONGEST_WALL = 1_000
# The words of a page that is not there are no more; its number (RFC 9110, section 15) stands in a heading that is no longer.
_LONGEST_MISSING = 500
_FAILED = re.compile(r"(?<![\w.,])(?:403|404|410|50[0-4])(?![\w.,])")
_LONGEST_FAILED = 40
_ERROR = "The page is an error message; no release is in it. Save the release's own page."
_SEARCHED = "The file is a page of search results, no release."

_LISTED = "The file is a list of releases, each with its first words and a link. Save the page of each release."
_FEWEST_LISTED = 3
# What a place of a form stands in, and how many words are a phrase that nobody writes.
_OPENING = ("[", "<", "{")
_WORDS_OF_PHRASE = 3
_LONGEST_LINK = 3
# A line of a date has no more words.
_MOST_DATED_WORDS = 12


def refuse_no_release(document: Document, lines: Sequence[Line], lexicon: Lexicon) -> None:
    """Raises Refusal for a document that is plainly no release."""
    text = "\n".join(line.text for line in lines)
    if _is_blank_form(text, lexicon):
        raise Refusal("The file is an empty form for a release: its places are not filled in.")
    prose = [line for line in lines if line.is_prose and not line.is_navigation]
    if not prose:
        prose = [
            line for line in lines if line.block.kind == "paragraph" and line.ends_sentence and line.word_count >= 4
        ]
    if document.form == "html" and (_is_list(lines) or _is_of_teasers(document, lines, lexicon)):
        raise Refusal(_LISTED)
    if _is_wall(prose, lexicon):
        raise Refusal(why_nothing(document, lexicon))
    titles = [piece for title in document.metadata.titles for piece in _TITLE_PARTS.split(title.value)]
    if document.form == "html" and _is_missing(titles, document, lines, prose, lexicon):
        raise Refusal(_ERROR)
    head = [line.text for line in lines if len(line.text) < 120 and not line.is_navigation][:5]
    searched = lexicon.pattern("search_results", "start")
    if any(searched.match(text) for text in (*titles, *head)):
        raise Refusal(_SEARCHED)


def _is_wall(prose: Sequence[Line], lexicon: Lexicon) -> bool:
    """True where every paragraph speaks of cookies, of a log-in, of a page that is not there. A release may speak of consent, too."""
    wall = lexicon.pattern("wall", "within")
    phrases: set[str] = set()
    for line in prose:
        found = wall.findall(line.text) if len(line.text) < _LONGEST_WALL else []
        if not found:
            return False
        phrases.update(match[0].lower() for match in wall.finditer(line.text))
    return len(phrases) > 1 or any(" " in phrase or not phrase.isascii() for phrase in phrases)


def _is_missing(
    titles: Sequence[str], document: Document, lines: Sequence[Line], prose: Sequence[Line], lexicon: Lexicon
) -> bool:
    """True for a page of a few short sentences whose own title says that it is not there ("Page not found"), or that has the number of a
    failed request in a short heading, and no day."""
    if sum(len(line.text) for line in prose) >= _LONGEST_MISSING:
        return False
    wall = lexicon.pattern("wall", "start")
    if any(" " in match[0].strip() for title in titles if (match := wall.match(title.strip()))):
        return True
    heads = [
        *(title.value for title in document.metadata.titles),
        *(line.text for line in lines if line.block.kind == "heading"),
    ]
    numbered = any(len(head) <= _LONGEST_FAILED and _FAILED.search(head) for head in heads)
    return numbered and not document.metadata.published and not any(line.header.dates for line in lines)


def _is_list(lines: Sequence[Line]) -> bool:
    """True for a page of three dated teasers and more, each of which ends behind its last sentence in the same words, set apart from it as
    a link is ("Read on"), and that has no other sentence."""
    sentences = [line for line in lines if line.block.kind in ("paragraph", "item") and _has_sentence(line)]
    days = {date.written for line in lines if line.word_count <= _MOST_DATED_WORDS for date in line.header.dates}
    links = {_link_behind(line).casefold() for line in sentences}
    return len(sentences) >= _FEWEST_LISTED and len(days) >= _FEWEST_LISTED and len(links) == 1 and "" not in links


def _is_of_teasers(document: Document, lines: Sequence[Line], lexicon: Lexicon) -> bool:
    """True for a page from which three links and more of the same words were taken ("Continue reading »"), with a dated line that stays for
    each of them."""
    read_more = lexicon.pattern("read_more", "whole")
    links = Counter(" ".join(left.text.split()).casefold() for left in document.left_out)
    most = max((times for text, times in links.items() if read_more.match(text.strip(" »›→…>"))), default=0)
    days = {date.written for line in lines if line.word_count <= _MOST_DATED_WORDS for date in line.header.dates}
    return most >= _FEWEST_LISTED and len(days) >= most


def _has_sentence(line: Line) -> bool:
    return line.is_prose or (line.word_count >= 4 and (line.ends_sentence or bool(_link_behind(line))))


def _link_behind(line: Line) -> str:
    """The few words behind the last sentence of a line that are set apart from it; an empty text where there are none."""
    runs = [run.text for run in line.block.runs if run.text.strip()]
    behind = runs[-1].strip() if len(runs) > 1 else ""
    short = 0 < len(behind.split()) <= _LONGEST_LINK and any(map(str.isalpha, behind))
    return behind if short and line_signs.ends_sentence("".join(runs[:-1])) else ""


def _is_blank_form(text: str, lexicon: Lexicon) -> bool:
    """True where words stand that nobody writes, or three places that nobody filled in."""
    places = set()
    if not any(sign in text for sign in _OPENING) and not _may_have_phrase(text.lower(), lexicon):
        return False
    for match in lexicon.pattern("blank_form", "within").finditer(text):
        before = text[: match.start()].rstrip()[-1:]
        if match[0].startswith("["):
            places.add(match[0].lower())
        elif before in _OPENING or len(match[0].split()) >= _WORDS_OF_PHRASE:
            return True
    return len(places) >= 3


def _may_have_phrase(text: str, lexicon: Lexicon) -> bool:
    """False where a text in lower case lacks words of each phrase that needs no bracket before it: all of it is not looked through then."""
    phrases = (phrase.lower().split() for phrase in lexicon.phrases("blank_form"))
    return any(
        all(word in text for word in words if word.isascii() and word.isalpha())
        for words in phrases
        if len(words) >= _WORDS_OF_PHRASE
    )


def why_nothing(document: Document, lexicon: Lexicon) -> str:
    """Why there is no release in the document, as a sentence."""
    text = " ".join(block.text for block in document.blocks)
    if "cookie" in text.lower() and len(text) < 3000:
        return "Only a cookie notice is in the file, no release. Save the page again after answering it."
    if any(lexicon.pattern("search_results", "start").match(block.text) for block in document.blocks):
        return _SEARCHED
    if not text.strip() and not any(block.rows for block in document.blocks):
        return "No text was found in the file."
    return "No release was found in the file: it holds no paragraph of running text."
