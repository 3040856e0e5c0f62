"""What a single line shows by itself: that it is prose, navigation, a contact, an end mark, a heading of notes, a copyright line.

Every sign is asked with the lexicon of the document's language; nothing here knows a word of any language.
"""

from __future__ import annotations

import re
import string
import unicodedata

from onrecord.intake.document import BlockKind
from onrecord.intake.lexicon import Lexicon

# The end of a sentence: its mark, closing quotation marks and brackets, the number of a note.
# Each begins with one of a set of signs, which is looked for faster than one of several patterns.
_SENTENCE_END = re.compile(
    r"[.!?؟…。！？．።։।:：(](?:(?<!\()(?:[\"”»’')\]」』】]|\(\d+\))*\s*$"
    r"|(?<=[.!?؟…。！？])[\"”»’')\]」』】]|(?<=\()…\)\s*$)"
)
# A full stop alone, closing quotation marks and brackets behind it or before it.
_FULL_STOP = re.compile(r"(?:[.。．।։።។][\"”»’'״)\]」』】]*|[^\s.][\"”»’'״)\]」』】][.。．।])\s*$")
# A full stop behind these is theirs: "Arno Quill Jr.", "Harbour Boats Ltd."
_ABBREVIATION = re.compile(r"(?<!\w)(?:Jr|Sr|Inc|Ltd|Co|Corp|Nr|No|St|Dr|Prof|[^\W\d_])\.$")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
_WITHOUT_STOPS = re.compile("[\u0e00-\u0eff]")
_OMISSION = re.compile(r"\s*[(\[]\s*(?:…|\.\s?\.\s?\.)\s*[)\]]\s*")
_SYMBOL_END = re.compile(r"[-–—\s]*30[-–—\s]*|(?:#\s*)+|(?:\*\s*){3,}|(?:[-–—/]{1,3}\s*)?xxx", re.IGNORECASE)
_END_FRAME = " \t#*=/\\|<>~_–—.!-•[]()"
_PARTS = re.compile(r"\s*[|•·›»>/]\s*|\s{3,}")
_ADDRESS_LINE = re.compile(r"(?:https?://\S+|www\.\S+)(?:\s+\d+/\d+)?", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w/.,])(?:(?:\+|00)\s?\d[\d\s().\-/]{6,20}\d|\(?0\d{1,4}\)?[\s\-]\d[\d\s\-/]{4,14}\d"
    r"|(?:\(\d{3}\)|\d{3})[\s.\-/]{1,2}\d{3}[\s.\-]\d{4})(?![\w/])"
)
_DATE_IN_NUMBER = re.compile(r"\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b")
_LABELLED_NUMBER = re.compile(r"\s*[:：][^\d]{0,60}(?!(?:1[89]|20)\d\d\b)\d(?:[ -]?\d){5,14}\s*$")
_COPYRIGHT_YEAR = re.compile(r"\(c\)\s*(?:copyright\s*)?(?:19|20)\d\d|copyright\s*(?:©|\(c\))", re.IGNORECASE)
# A form for comments on one line has no more characters.
_LONGEST_FORM = 600
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FRAME = "*_#|•·»«›‹→←▶►▼▲[](){}<>=~+–—-"
_WITHOUT_LETTERS = dict.fromkeys(map(ord, string.ascii_letters))
# What a program should have put words for.
_UNFILLED = re.compile(r"\{\{|\{%|<%|\$\{")


def bare(line: str) -> str:
    """A line without its outer marks, for matching."""
    return line.strip().strip(_FRAME).strip().rstrip(":：.…!").strip()


def ends_sentence(text: str) -> bool:
    """True where a text ends as a sentence ends; an abbreviation ("Jr.") is no end."""
    return _SENTENCE_END.search(text) is not None and not _ABBREVIATION.search(text.rstrip())


def is_unspaced(text: str) -> bool:
    """True for text in a script whose words stand without blanks: Chinese, Japanese, Thai, Lao, Khmer, Burmese."""
    sample = text[:300]
    if sample.isascii():
        return False
    return len(_UNSPACED.findall(sample)) * 3 > sum(map(str.isalpha, sample))


def word_count(text: str) -> int:
    """How many words a text has; two characters of a script without blanks count as one."""
    if text.isascii() or not _UNSPACED.search(text):
        return len(text.split())
    return len(_UNSPACED.findall(text)) // 2 + len(_UNSPACED.sub(" ", text).split())


def reads(text: str) -> bool:
    """True for text that says something: mostly letters, and not the same few words again and again."""
    sample = text[:600]
    letters = _letter_count(sample)
    if letters * 2 < len(sample.replace(" ", "")):
        return False
    if is_unspaced(text):
        # A short sentence has few characters; a line of menu words has the same ones again and again.
        return len(set(sample)) >= min(10, max(5, len(sample) * 2 // 3))
    spaced = sample.count(" ") * 12 > letters
    return not spaced or len(set(sample.lower().split())) >= 7


def _letter_count(text: str) -> int:
    """How many letters a text has, the signs of vowels of Indic scripts among them."""
    if text.isascii():
        return len(text) - len(text.translate(_WITHOUT_LETTERS))
    return sum(unicodedata.category(char)[0] in "LM" for char in text)


def is_short_sentence(text: str) -> bool:
    """True for a sentence that is too short for running text: three words or more, or six characters of a script without blanks, and a
    full stop. A headline may end with the other marks."""
    text = text.strip()
    if not _FULL_STOP.search(text) or _ABBREVIATION.search(text):
        return False
    letters = _letter_count(text)
    if letters * 2 < len(text.replace(" ", "")) or _ADDRESS_LINE.fullmatch(text):
        return False
    if is_unspaced(text):
        return letters >= 6
    return len(text.split()) >= 3 and letters >= 10


def is_unpunctuated(text: str) -> bool:
    """True for words in a script that has no full stop (Thai, Lao), long enough for a sentence."""
    return len(_WITHOUT_STOPS.findall(text)) >= 20 and reads(text)


def is_prose(kind: BlockKind, text: str, lexicon: Lexicon) -> bool:
    """True for a paragraph, quotation or list item of running text, and for a heading as long as one that ends as a sentence."""
    if kind not in ("paragraph", "quote", "item", "heading") or not reads(text):
        return False
    text = text.strip()
    if kind == "heading":
        # Whole pages are set in headings.
        return len(text) >= 110 and len(text.split()) >= 16 and ends_sentence(text)
    if opens_contacts(text, lexicon) or text.startswith("©") or lexicon.pattern("embargo", "start").match(text):
        return False
    if len(text) >= 220 or (len(text) >= 110 and is_unspaced(text)):
        return True
    ended = ends_sentence(text) and not text.endswith((":", "："))
    if is_unspaced(text):
        return len(text) >= 28 and ended
    words = len(text.split())
    return (len(text) >= 60 and words >= 9 and ended) or (words >= 25 and len(text) >= 160)


def is_navigation(line: str, lexicon: Lexicon) -> bool:
    """True for a line that belongs to the page, not to the release."""
    text = bare(line)
    if not text:
        # "[…]" alone is the text's own mark that something was left out.
        return not any(char.isalnum() for char in line) and not _OMISSION.fullmatch(line)
    whole = lexicon.pattern("navigation", "whole")
    if whole.match(text) or _ADDRESS_LINE.fullmatch(text):
        return True
    if len(text) >= 160:
        return False
    parts = [part for part in _PARTS.split(text) if part]
    return len(parts) >= 2 and all(whole.match(part) for part in parts)


def is_address(line: str) -> bool:
    """True for a line that is nothing but the address of a page, as browsers print it."""
    return _ADDRESS_LINE.fullmatch(line.strip()) is not None


def ends_page(line: str, lexicon: Lexicon) -> bool:
    """True for the heading of what follows a release on a page: comments, related stories."""
    if len(line) < 90 and lexicon.pattern("after_page", "whole").match(bare(line)):
        return True
    # Of a copied page, the heading, the notice and the names of the fields stand on one line.
    return len(line) < _LONGEST_FORM and lexicon.pattern("comment_form", "within").search(line) is not None


def is_end_mark(line: str, lexicon: Lexicon) -> bool:
    """True for a mark that a release is over: ENDS, ###, -30-."""
    if len(line) >= 50:
        return False
    text = line.strip()
    if _SYMBOL_END.fullmatch(text):
        return True
    inner = text.strip(_END_FRAME)
    return bool(inner) and lexicon.pattern("end_marks", "whole").match(inner) is not None


def opens_notes(line: str, lexicon: Lexicon) -> bool:
    """True for a line that heads the notes to editors."""
    return len(line) < 90 and lexicon.pattern("notes_heading", "whole").match(bare(line)) is not None


def opens_contacts(line: str, lexicon: Lexicon) -> bool:
    """True for a line that heads or is a contact: who to ring or write to."""
    text = bare(line)
    if len(text) < 90 and lexicon.pattern("contacts_heading", "whole").match(text):
        return True
    return lexicon.pattern("contacts_heading", "start").match(text) is not None and has_contact(text, lexicon)


def is_about(line: str, lexicon: Lexicon) -> bool:
    """True for a heading of the paragraph in which an organization says what it is: "About Harbour Watch"."""
    return (
        len(line.split()) <= 9
        and not ends_sentence(line.rstrip(" :："))
        and lexicon.pattern("about_heading", "whole").match(bare(line)) is not None
    )


def has_contact(text: str, lexicon: Lexicon) -> bool:
    """True where a telephone number or an e-mail address stands in the text."""
    if ("@" in text or "(at)" in text or "[at]" in text) and _EMAIL.search(text):
        return True
    digits = sum(map(str.isdigit, text))
    if digits < 6:
        return False
    if any(_is_phone(number[0]) for number in _PHONE.finditer(text)) or lexicon.pattern("telephone", "within").search(
        text
    ):
        return True
    # A short number counts behind its label: "Media contact: Ada Quill 5550-1234".
    heading = lexicon.pattern("contacts_heading", "start").match(bare(text))
    return heading is not None and len(text) < 120 and _LABELLED_NUMBER.match(bare(text)[heading.end() :]) is not None


def _is_phone(number: str) -> bool:
    return sum(map(str.isdigit, number)) >= 8 and not _DATE_IN_NUMBER.search(number)


def is_copyright(text: str, lexicon: Lexicon) -> bool:
    """True for a line that states a copyright: with its sign, or with its word and a year or nothing else. "(c)" is the mark of a list's
    third item unless a year follows it."""
    if len(text) > 400:
        return False
    if "©" in text or _COPYRIGHT_YEAR.search(text):
        return True
    found = lexicon.pattern("copyright", "within").search(text)
    return (
        found is not None
        and found[0].strip().lower() != "(c)"
        and (len(text) < 60 or _YEAR.search(text) is not None)
        and not (ends_sentence(text) and len(text.split()) > 12)
    )


def is_unfilled(text: str) -> bool:
    """True for the place of a title in a template that no title was put into: "{{ post.title }}"."""
    return _UNFILLED.search(text) is not None
