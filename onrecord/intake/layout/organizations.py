"""Whether a line is the name of an organization, by a vocabulary, its legal form, its words, and what the text says of it."""

from __future__ import annotations

import itertools
import re

from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.layout.header_lines import has_clause
from onrecord.intake.lexicon import lexicon_of

_LEGAL_FORM = re.compile(r"(?:,|(?<!\s))\s+(?:e\.\s?V\.|Inc\.?|Ltd\.?|gGmbH|a\.\s?s\.b\.l\.|A\.C\.)$")
_ARABIC = re.compile("[\u0600-\u06ff]")
_MOST_WORDS, _LONGEST = 10, 300
_MOST_MENTIONS = 40
_MOST_OFFICE_WORDS = 24


def is_organization(text: str, terms: Terms, full_text: str, times: int = 2, language: str = "") -> bool:
    """True where a line is the name of an organization: known, or named like one and heard of in the text, where it stands at least
    `times` times."""
    lexicon = lexicon_of(language)
    given = text.strip()
    text = _LEGAL_FORM.sub("", given)
    words = text.split()
    # Of the letters of a text without blanks a pattern would be made.
    if (
        len(text) > _LONGEST
        or not words
        or len(words) > _MOST_WORDS
        or text.rstrip().endswith((".", "?", "!", ":", ";", ","))
        or ":" in text
    ):
        return False
    term = terms.names.term(text)
    if term is not None:
        return term.type != "person"
    if has_clause(text, lexicon):
        return False
    if text != given:
        # Only an organization has a legal form.
        return True
    named_terms = terms.names.find(text)
    if named_terms:
        start, end, first = named_terms[0]
        if start == 0 and first.type != "person" and len(text[end:].split()) <= 3:
            return True
    named = is_named_organization(text, lexicon)
    if not named and not (text[:1].isupper() or text[:1].lower() == text[:1].upper()):
        return False
    speaks = lexicon.pattern("organization_speaks", "start")
    found = re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", full_text, re.IGNORECASE)
    mentions = list(itertools.islice(found, _MOST_MENTIONS))
    # What begins the next block says nothing of the name that ends this one: "… of the harbour" / "A lock was closed".
    behind = (full_text[match.end() : match.end() + 80].split("\n", 1)[0] for match in mentions)
    if any(speaks.match(_behind_short_name(words)) for words in behind):
        return True
    again = len(mentions) >= times
    if _ARABIC.search(text):
        return named and again
    return named and (again or (len(words) <= 6 and (text.istitle() or text.isupper() or _is_title_case(text))))


def _behind_short_name(text: str) -> str:
    """The words behind a name, a bracket with its short form passed over: " (HW) said today" → " said today"."""
    return re.sub(r"^[ ,]{1,3}\([^()]{2,12}\)", " ", text).lstrip(" ,")


def is_letterhead(text: str, language: str = "") -> bool:
    """True for a short line with an organization's word and nothing of a sentence, which header lines part from the headline."""
    lexicon = lexicon_of(language)
    return (
        len(text.split()) <= 7
        and is_named_organization(text, lexicon)
        and not has_clause(text, lexicon)
        and not re.search(r"[.:?!]\s*$|:", text)
    )


def is_office(text: str, language: str = "") -> bool:
    """True for the line of a person or office in a letterhead or by-line: "The Hon Asha Bright MP", "Shadow Minister for Harbours"."""
    lexicon = lexicon_of(language)
    if len(text.split()) > _MOST_OFFICE_WORDS or text.rstrip().endswith(("?", "!", ":")) or has_clause(text, lexicon):
        return False
    if not (text.isupper() or _is_title_case(text)):
        return False
    article = lexicon.pattern("articles", "start").match(text)
    begins = text[article.end() :].lstrip() if article else text
    titles = lexicon.pattern("person_titles", "start").match(begins) or lexicon.pattern("person_titles", "end").search(
        text.rstrip(" .")
    )
    if titles is not None:
        return True
    named = lexicon.pattern("person_titles", "within").findall(text)
    if len(text.split()) > _MOST_WORDS:
        return len(named) >= 2
    return bool(named) or lexicon.pattern("desk", "within").search(text) is not None


def _is_title_case(text: str) -> bool:
    """True where every word but the small ones begins with a capital."""
    words = [word for word in text.split() if len(word) > 3]
    return bool(words) and all(not word[:1].islower() for word in words)
