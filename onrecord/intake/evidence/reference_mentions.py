"""A publisher's own number for a release, as it stands in a header or foot line."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.intake.document import Claim, Document, Evidence, Layout
from onrecord.intake.evidence.claims import open_claim, quoted
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.lexicon import Lexicon, lexicon_of

_VALUE = (
    r"(?P<value>(?![ºª°])(?=[^|;]*\d)[^\W_]\w*"
    r"(?:(?:[ ]?/[ ]?|[.\-–:])\w+|[ ](?=[\w/-]*\d)(?!\d{1,2}[ ][^\W\d])\w+)*)"
)
_BARE = re.compile(
    r"[A-ZА-Я]{2,6}[ /-]?\d{1,4}(?:[/-]\w{1,6}){1,4}|[A-ZА-Я]{2,6}(?:[/-][A-ZА-Я]{1,6})*(?:[/-]\d{1,6}){1,4}"
)
# Symbol of a document of the United Nations (ST/AI/189/Add.14): its body, then numbers, then what it adds.
_SYMBOL = re.compile(
    r"(?<![\w/.-])(?=[A-Z.\d]+/[A-Z.\d]+/)[A-Z]{1,5}(?:/[A-Z]{1,5}(?:\.\d{1,2})?){0,3}(?:/\d{1,4}){1,3}(?:/[A-Z][a-z]{2,4}\.\d{1,3}(?:/Rev\.\d)?)?(?![\w/.-]*\w)"
)
# Numbers that others give: of serials and books (ISO 3297, 2108), standards, vulnerabilities; what a program makes; a month of printing
# ("IX/92"); a span of years behind a word ("BUDGET 2004-05").
_STANDARD = re.compile(r"(?:ISSN|ISBN|ISMN|ISO|IEC|DIN|RFC|CVE|ORCID)[\s:/-]?.*|urn:.*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.).*|(?<![\w.-])[\w-]++(?:\.[\w-]++)*\.[a-z]{2,}", re.IGNORECASE)
_MONTH_OR_YEARS = re.compile(
    r"[IVX1]{1,4}\s?/\s?(?:\d\d){1,2}|(?<![A-ZА-Я])[A-ZА-Я]{3,}+ (?:19|20)\d\d-(?:\d\d){1,2}"
    r"|(?<![A-ZА-Я])[A-ZА-Я]++ (?:19|20)\d\d-(?:19|20)\d\d"
    # Two names of one thing: "SARS-2/COVID-19".
    r"|(?<![A-ZА-Я])[A-ZА-Я]{3,}+-\d{1,2}/[A-ZА-Я]{3,}+-\d{1,2}",
    re.IGNORECASE,
)
# What a program calls a page: many letters and figures in a row.
_OF_PROGRAM = re.compile(r"[A-Za-z0-9_]{16,}|[0-9a-fA-F-]{32,}|\d{6,}")
_LONG_NUMBER = re.compile(r"\d[/.-]|[/-]\d|\d{3}")
_PIECES = re.compile(r"\s*[|•·;]\s*|\s{2,}|\s[–—]\s")
_OF_WHAT = "Is this the publisher's number for this release? No label says what it numbers."
_DIGIT = re.compile(r"\d")
_MOST_DIGITS = 14
# No reference and its label are longer.
_LONGEST_LINE = 160


@lru_cache(maxsize=64)
def _labelled(language: str) -> re.Pattern[str]:
    """A label of the language before a value. A bare "No." counts only where its number has two parts (12/2013)."""
    label = lexicon_of(language).pattern("label_reference", "within").pattern
    kind = lexicon_of(language).pattern("kinds", "within").pattern
    # Says nothing alone: what it numbers must stand before it.
    number = lexicon_of(language).pattern("number_words", "within").pattern
    return re.compile(
        rf"(?:(?P<label>{label}|(?:{kind})\s*(?:{number})|(?:{kind})(?=\s+\d{{1,4}}/\d{{2,4}}(?![\d/])))"
        rf"(?:\s*(?:{number}))?|(?P<number>{number})(?=\s*\d+\s?[/-]\s?\d))"
        rf"\s*[:：#.–-]?\s*{_VALUE}",
        re.IGNORECASE,
    )


def find(line: str, language: str = "") -> list[Evidence]:
    """The references that a header line states, in order, each with all the words that name it. The labels are those of `language`
    (BCP 47) and English."""
    if not _DIGIT.search(line):
        return []
    lexicon = lexicon_of(language)
    matches = list(_labelled(language).finditer(line))
    dates = [(date.start, date.end) for date in dates_in(line, language)] if matches else []
    out = []
    for match in matches:
        start, end = match.span("value")
        # "NO. 6 January 1972" is a number without its label and a date.
        if any(start < date_end and date_start < end for date_start, date_end in dates):
            continue
        if match["number"] and not _numbers_release(line[: match.start()], lexicon):
            continue
        if _is_number(match["value"]):
            out.append(Evidence(re.sub(r"(?:(?<!\s)\s+)?/\s*", "/", match["value"]).strip(), match[0]))
    symbol = symbol_in(line) if not out else ""
    out += [Evidence(symbol, symbol)] if symbol else []
    if not out:
        for piece in _PIECES.split(line):
            kind = lexicon.pattern("kinds", "start").match(piece)
            # "PRESS RELEASE EC/PR/14/05"
            value = piece[kind.end() if kind else 0 :].strip(" :,–—-")
            if is_code(value) and not _is_of_others(value):
                out.append(Evidence(value, value))
    return out


def symbol_in(line: str) -> str:
    """The symbol of a document of the United Nations in a header line; empty where there is none, or where a label before it says that it
    is another document's ("Source: ST/AI/189")."""
    match = next(_SYMBOL.finditer(line), None)
    return match[0] if match and not re.search(r"[:：]\s", line[: match.start()]) else ""


def _is_of_others(value: str) -> bool:
    """True for a number that others give to serials, books and standards, a program's, an address, a month of printing, a span of years."""
    return any(pattern.fullmatch(value) for pattern in (_STANDARD, _ADDRESS, _MONTH_OR_YEARS))


def is_code(text: str) -> bool:
    """True for text that is nothing but letters, digits and strokes put together to a number: no name of anybody. "COVID-19" is none:
    a number that follows a stroke needs a second one, or a year."""
    text = text.strip()
    return (
        _BARE.fullmatch(text) is not None
        and not _is_of_others(text)
        and (len(re.findall(r"[/-]", text)) >= 2 or re.search(r"\d[/-]\d|/\d|(?:19|20)\d\d", text) is not None)
    )


def is_reference_line(line: str, language: str = "") -> bool:
    """True for a line that is nothing but a reference with its label."""
    references = find(line, language) if len(line) <= _LONGEST_LINE else []
    return len(references) == 1 and len(line.strip(" .|-–—()[]")) <= len(references[0].origin) + 2


def reference_of(layout: Layout, document: Document, language: str = "") -> Claim:
    """The publisher's own number: of the header, or of a line of its own at the foot, or of the metadata."""
    lexicon = lexicon_of(language)
    header = [(stated, line) for line in layout.header for stated in find(line.strip("*_#| "), language)]
    footer = [
        (stated, line)
        for line in layout.footer
        if is_reference_line(line, language)
        for stated in find(line, language)
        # A code alone at the foot is a cell of a table as often.
        if stated.origin != stated.value and _LONG_NUMBER.search(stated.value)
    ]
    metadata = [
        (stated, f"{stated.origin}: {stated.value}")
        for stated in document.metadata.references
        if _is_own_number(stated.value.strip(), document.metadata.url)
    ]
    stated_somewhere = header or footer or metadata
    lines = {stated.value: line for stated, line in reversed(stated_somewhere)}
    if len(lines) > 1:
        values = dict.fromkeys(stated.value for stated, _ in stated_somewhere)
        return open_claim("reference", "Which is the publisher's number for this release?", values)
    if not lines:
        return Claim()
    ((value, line),) = lines.items()
    if not metadata and not any(_says_of_what(stated, line, layout, lexicon) for stated, line in stated_somewhere):
        return open_claim("reference", _OF_WHAT, [quoted(line)])
    return Claim(value, span=line, why="header" if header else "foot" if footer else "metadata")


def _says_of_what(stated: Evidence, line: str, layout: Layout, lexicon: Lexicon) -> bool:
    """True where a number's label says whose it is: words for a reference, the kind of document, or the form of a symbol. A word for a
    number alone needs the kind of document on a line beside it; without any, it may be that of the issue of a newsletter."""
    label = stated.origin.removesuffix(stated.value).strip(" :：#.–-")
    bare = any(lexicon.pattern(category, "whole").match(label) for category in ("number_words", "issue_words"))
    if (label and not bare) or symbol_in(line) == stated.value:
        return True
    lines = [line]
    if label and line in layout.header:
        at = layout.header.index(line)
        lines = [*layout.header[max(at - 1, 0) : at + 2]]
    return any((kind := lexicon.kind(each)) and kind != "newsletter" for each in lines)


def _is_own_number(value: str, url: str) -> bool:
    """True for a number in metadata that a publisher may have given: no program's, no key without a figure, no part of the address."""
    by_others = _is_of_others(value) or _OF_PROGRAM.fullmatch(value) is not None
    return _DIGIT.search(value) is not None and not by_others and f"/{value.lower()}/" not in f"{url.lower()}/"


def _numbers_release(before: str, lexicon: Lexicon) -> bool:
    """True where a bare "No." numbers the release: nothing stands before it, or what it calls itself; not "Law No. 4/2012"."""
    word = re.split(r"[|•·;,–—]", before)[-1].strip(" (:.")
    return (
        not word
        or lexicon.pattern("kinds", "end").search(word) is not None
        or dates_in(word, lexicon.document_language) != []
    )


def _is_number(value: str) -> bool:
    """A number has a digit and is short; a bare year, a date, a telephone number and an illness are no references."""
    digits = sum(map(str.isdigit, value))
    return (
        len(value) <= 40
        and 1 <= digits <= _MOST_DIGITS
        and not _is_of_others(value)
        and not re.fullmatch(r"(?:19|20)\d\d", value)
        and not re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d", value)
        and not re.fullmatch(r"[A-Z]{3,6}-\d{1,2}", value)
        and not re.fullmatch(r"0\d[\d ./-]{6,}|\d{3}[ .-]\d{3}[ .-]\d{4}", value)
        and len(value.split()) <= 4
    )
