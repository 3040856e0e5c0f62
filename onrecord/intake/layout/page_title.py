"""The title that a page has beside its text, and the name of the site in it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Sequence

from onrecord.intake.document import Claim, Document
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.candidates import Candidate, letters
from onrecord.intake.layout.headline_signs import WHOLE_SHARE
from onrecord.intake.layout.text_echo import TextEcho
from onrecord.intake.layout.title_forms import ASSERTED, TitleForm

# What parts a headline from the name of its site in the title of a page.
_MARK = re.compile(r"\W{0,3}?\s*(?:[|•·‹›«»–—(（【]|\s-\s|::|[-_](?=[\u3040-\u9fff]))")
_MARK_WITHIN = re.compile(r"(?<!\s)\s+(?:[|•·‹›«»–—-]|::)\s+")
# Nothing but the name of its site stands behind this sign in the title of a page.
_SITE_BEHIND_ANGLE = re.compile(r"(?<=\S)\s+‹\s+[^‹]{2,80}$")
# "Keld News : Details : Boats": between the parts of a site, from the whole to its part.
_PARTED, _LEAST_PARTS = re.compile(r"\s:\s"), 2
_REPLY = re.compile(r"^(?:(?:fwd?|re|tr|wg|rv|aw|enc)\s*:\s*)+", re.IGNORECASE)
_FIRST_LINES = 3
# So much of the visible text is looked through for the words of a page's title, in characters.
_LONGEST_SEEN = 100_000
# A heading that begins a longer title, no mark between, has so many words.
_LEAST_BEGINNING = 3
# The name of a site or of a part of it ("News", "Harbour Watch") has no more words; a headline has so many more.
_LONGEST_SITE, _MORE = 3, 2
# A headline behind a mark in the title of a page has so many words.
_LEAST_BEHIND = 5
# A mark between two words, with no blank at one side or both: "Boats are back|Keld Portal".
_MARK_INSIDE = re.compile(r"\S[|｜]|[|｜]\S")
_FIRST_PAGE = re.compile(r"(?:https?://[^/]{1,200}/?)?")
SUBJECT = "Subject"
OTHER_THAN_STATED = "the front matter has another title, which may be the name of a site or of a part of it"


def is_title(text: str, title: str, *, marked: bool) -> bool:
    """True where the document's own title is that text, or the text and, behind a mark that parts them, the name of a site. Of a heading
    (`marked`) of three words it is enough that the title begins with it."""
    words = letters(text)
    if not words or not letters(title).startswith(words):
        return False
    if words == letters(title):
        return True
    if line_signs.word_count(text) < 2:
        return False
    at = count = 0
    while count < len(words):
        count += len(letters(title[at]))
        at += 1
    # "Keld Browser" on the page "Keld Browser 3.0 Release Notes" is no more than what all pages have above them, and so is "Keld Legal
    # News" on "Keld Legal News : Details : Ungo Mowing : Ada Quill".
    long = line_signs.word_count(text) >= _LEAST_BEGINNING
    is_first_of_many = len(_PARTED.findall(title[at:])) >= _LEAST_PARTS
    return (marked and long and not is_first_of_many) or _MARK.match(title[at:]) is not None


def is_stated(text: str, document: Document, *, marked: bool) -> bool:
    """True where one of the document's own titles is that text (see `is_title`); of a message's subject, what leads on to more is no more
    than its beginning."""
    if document.form == "mail" and text.endswith((":", "：", ",")):
        return False
    return any(is_title(text, title.value, marked=marked) for title in document.metadata.titles)


def heads(candidate: Candidate, document: Document) -> bool:
    """True for a heading of the first level that is most of a title of its page, with a mark and something else behind it."""
    words = letters(candidate.text)
    return (
        candidate.block.kind == "heading"
        and candidate.block.level <= 1
        and any(
            is_title(candidate.text, title.value, marked=False) and len(words) * 2 > len(letters(title.value))
            for title in document.metadata.titles
        )
    )


def rival_heading(given: str, found: Sequence[Candidate]) -> Candidate | None:
    """The heading of the first level above a text that says more than the few words of its front matter's title, and other ones."""
    if not found or line_signs.word_count(given) > _LONGEST_SITE:
        return None
    first = found[0]
    others = set(first.text.casefold().split()) - set(given.casefold().split())
    says_more = line_signs.word_count(first.text) >= line_signs.word_count(given) + _MORE
    is_other = len(others) == len(set(first.text.casefold().split()))
    is_first = first.block.kind == "heading" and first.block.level <= 1 and not first.line
    return first if is_first and says_more and is_other else None


def copied(found: Sequence[Candidate], most_lines: int) -> tuple[int, int] | None:
    """The first and last of the lines that are the headline of a page which was copied as text with its own title: that is its first line,
    the headline and the name of the site behind a mark. None where no lines agree with it."""
    for at, candidate in enumerate(found[:_FIRST_LINES]):
        for mark in reversed(list(_MARK_WITHIN.finditer(candidate.text))):
            before = candidate.text[: mark.start()]
            if line_signs.word_count(before) < 4:
                continue
            lines = _lines_of(letters(before), found, at + 1, most_lines)
            is_heading = candidate.block.kind == "heading"
            if lines and (not is_heading or found[lines[0]].block.kind == "heading"):
                return lines
    return None


def _lines_of(words: str, found: Sequence[Candidate], after: int, most_lines: int) -> tuple[int, int] | None:
    for first in range(after, len(found)):
        joined = ""
        if not letters(found[first].text):
            continue
        for last in range(first, min(first + most_lines, len(found))):
            joined += letters(found[last].text)
            if joined == words:
                return first, last
            if not words.startswith(joined):
                break
    return None


def own_title(document: Document) -> Claim:
    """The title that a document has beside its text, without the name of its site: of a message its subject, of a page the title that two
    of its places state, or one of them and a line that a reader sees. No value where nothing confirms it."""
    stated = document.metadata.titles
    if not stated or line_signs.is_unfilled(stated[0].value):
        return Claim()
    title = without_site(stated[0].value, document)
    if stated[0].origin == SUBJECT or document.form == "mail":
        return _claim(title, stated[0].value, TitleForm.SUBJECT)
    if line_signs.word_count(title) < 2 or title.endswith(("…", "...")) or _MARK_INSIDE.search(title):
        return Claim()
    if _FIRST_PAGE.fullmatch(document.metadata.url) and any(
        letters(title) == letters(name.value) for name in document.metadata.publishers
    ):
        # The first page of a site is called as the site is, whatever text stands on it.
        return Claim()
    mark = next(_MARK_WITHIN.finditer(title), None)
    sides = (title[: mark.start()], title[mark.end() :]) if mark else ()
    # "HB - New rules for boats", "New rules - HB - News - Boats": which of them is the name of the site, only the text says.
    clear = mark is None and _is_of_text(title, document)
    if clear and len({each.origin for each in stated if is_title(title, each.value, marked=False)}) >= 2:
        return _claim(title, stated[0].value, TitleForm.STATED_TWICE)
    # Below the first sentence it may be the name that signs the text.
    above = itertools.takewhile(lambda line: not line_signs.is_short_sentence(line), document.visible)
    seen = {letters(line) for line in above if len(line) < len(title) + 20}
    named = [title, *(title[: mark.start()] for mark in reversed(list(_MARK_WITHIN.finditer(title))))]
    if sides and not _is_in_one(sides, seen):
        return Claim()
    if sides and len(letters(sides[1])) > len(letters(sides[0])):
        # "HB - New rules for boats"; behind "New rules for boats" stands a part of the site ("Boat news").
        if line_signs.word_count(sides[1]) >= _LEAST_BEHIND:
            # "Diary | Keld Wakes Up": of fewer words, it is the name of the site as often.
            named.append(sides[1])
        if letters(sides[1]) in map(letters, document.visible):
            named.remove(sides[0])
    confirmed = next((name for name in named if line_signs.word_count(name) >= 2 and letters(name) in seen), "")
    confirmed = _most_stated(confirmed, seen, document) if confirmed else ""
    if confirmed and _is_before_seen(confirmed, title, seen):
        return Claim()
    if confirmed and any("©" in line and confirmed.casefold() in line.casefold() for line in document.visible):
        # Who has the rights: the name of the site.
        return Claim()
    span = next((each.value for each in stated if is_title(confirmed, each.value, marked=False)), stated[0].value)
    return _claim(confirmed, span, TitleForm.STATED_AND_SEEN)


def _is_in_one(sides: Sequence[str], seen: Container[str]) -> bool:
    """True unless a reader sees a short part of a title and a longer one behind it, each on a line of its own: "Harbour fair › Old locks of
    Keld" names what is shown and whose site it is, in either order."""
    first, second = map(letters, sides)
    return not (first in seen and second in seen and len(second) > len(first))


def _is_before_seen(name: str, title: str, seen: Container[str]) -> bool:
    """True for the first part of a title behind which a longer one stands that a reader sees too: "Keld » Diary » The locks are open"."""
    if not title.startswith(name):
        return False
    rests = (letters(title[mark.end() :]) for mark in _MARK_WITHIN.finditer(title, len(name)))
    return any(len(rest) > len(letters(name)) and rest in seen for rest in rests)


def _most_stated(name: str, seen: Container[str], document: Document) -> str:
    """Of a title and the others that a page has and a reader sees too (its headline, and the line over it), the one that most of its places
    state; empty where two are stated as often."""
    stated = document.metadata.titles
    own = letters(name)
    names = {own: name}
    for each in stated:
        other = without_site(each.value, document)
        words = letters(other)
        if (
            words in seen
            and line_signs.word_count(other) >= 2
            and not own.startswith(words)
            and not words.startswith(own)
        ):
            names.setdefault(words, other)
    places = {
        other: len({each.origin for each in stated if is_title(other, each.value, marked=False)})
        for other in names.values()
    }
    most = [other for other, count in places.items() if count == max(places.values())]
    return most[0] if len(most) == 1 else ""


def _is_of_text(title: str, document: Document) -> bool:
    """True where half of a title's words stand in the text that a reader sees: the title of a page may be in another language."""
    echo = TextEcho("\n".join(document.visible)[:_LONGEST_SEEN]).of(title)
    return not echo.words or echo.share >= WHOLE_SHARE


def _claim(title: str, stated: str, form: TitleForm) -> Claim:
    return Claim(title, span=stated, why=form) if title and form in ASSERTED else Claim()


def without_reply(subject: str) -> str:
    """The subject of a message without the marks of a reply ("Re:", "Fwd:")."""
    return _REPLY.sub("", subject.strip())


def without_site(title: str, document: Document) -> str:
    """The title of a page without the name of its site and the marks of a reply."""
    for stated in document.metadata.publishers:
        title = re.sub(
            rf"\s*(?:[|–—:•·-]|(?<=\s)[‹›«»])\s*{re.escape(stated.value)}\s*$", "", title, flags=re.IGNORECASE
        )
    return _REPLY.sub("", _SITE_BEHIND_ANGLE.sub("", title)).strip()
