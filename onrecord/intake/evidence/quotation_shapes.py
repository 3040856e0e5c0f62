"""What the words in quotation marks and those right before them show: speech, or the name of a thing, a heading, a term."""

from __future__ import annotations

import re

from onrecord.intake.evidence.quotation_marks import word_count
from onrecord.intake.lexicon import Lexicon

STOPS = ".!?。！？"
LEAST_SPEECH = 3
"""Fewer words are a term as often as speech."""
# The number of a note between a quotation and its verb: « … » [2] explique Ada Quill
_MARKS = r"(?:\s?(?:[*\[(^][\d⁰¹²³⁴-⁹]{1,3}[*\])^]?|[⁰¹²³⁴-⁹]{1,3})){1,4}"
NOTE_MARK = re.compile(rf"^{_MARKS}(?=\s?[,a-zß-öø-ÿ])")
# Behind a whole sentence it ends the citation, and the next sentence is of something else: “….”[2] Ada Quill said that …
NOTE_AND_SENTENCE = re.compile(rf"^(?:{_MARKS}|\s?\d{{1,3}}(?=\s))\s*[^\W\d_a-zß-öø-ÿ]")
NOTE_WITHIN = re.compile(rf"\[\^?\d{{1,3}}\]|[⁰¹²³⁴-⁹]|{NOTE_AND_SENTENCE.pattern}")
"""The number of a note among the words between two quotations."""
SIGNED = re.compile(r"(?:[—–―]|--?\s|~\s)\s*(?P<who>[^\W\d_].{2,90})$")
"""The line of a name below a quotation: — Ada Quill, director of Harbour Watch"""
_SIGNED_WITHIN = re.compile(r"(?<=[.!?…”])\s+[—–―]\s*(?P<who>[^\W\d_].{2,80})$")
_WITH_ARTICLES = frozenset({"de", "en", "es", "fr", "it", "nl", "pt"})
# Languages that write titles with capitals, and other nouns without.
_WITH_TITLE_CASE = frozenset({"en"})
_WITH_CAPITAL_NOUNS = frozenset({"de"})
_WORD = re.compile(r"\w{2}")
_OPENED_AGAIN = {"“": re.compile(r"[.!?…]\s*“"), '"': re.compile(r'[.!?…]\s+"(?=\w)')}
_NEVER = re.compile(r"(?!)")
_LONGEST_THING, _MOST_OF_MEDIUM, _FEW_WORDS, _LONGEST_SMALL = 8, 4, 6, 3


def is_introduction(text: str) -> bool:
    """True for words that end in a colon: what stands behind it is introduced anew."""
    return text.rstrip().endswith((":", "：")) and _WORD.search(text) is not None


def is_title(words: str) -> bool:
    """True for words like those of a song's name: capitals, and no full stop."""
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > _LONGEST_SMALL]
    return not words.endswith(tuple(STOPS)) and bool(long) and all(word[:1].isupper() for word in long)


def is_name_in_sentence(before: str, words: str) -> bool:
    """True for words with a capital that no mark parts from the word before them: "in an interview on Keld's “Meet the Keeper”", 'of the
    group “Lamps for All”'."""
    edge = before.rstrip(" *_([")[-1:]
    return words[:1].isupper() and (edge.isalnum() or edge in "'’")


def is_in_title_case(words: str, lexicon: Lexicon) -> bool:
    """True for three long words or more that all have capitals, where a language writes only names with them: the name of a film."""
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > _LONGEST_SMALL]
    capitals = all(word[:1].isupper() for word in long)
    return lexicon.language not in _WITH_CAPITAL_NOUNS and len(long) >= LEAST_SPEECH and capitals


def is_in_capitals(words: str) -> bool:
    """True for words all in capitals: a heading in quotation marks."""
    return word_count(words) >= LEAST_SPEECH and words.isupper()


def is_part_of_sentence(before: str, words: str, lexicon: Lexicon) -> bool:
    """True for a few words behind an article that do not end as speech does: 'through the "account of the family"'."""
    article = lexicon.pattern("articles", "end").search(before.rstrip())
    few = word_count(words) <= _FEW_WORDS and words[:1].islower()
    return article is not None and few and not words.endswith((".", "!", "?"))


def least_words(side: str, before: str, *, ended: bool, words: str) -> int:
    """How many words are speech and no term: few behind a colon, or before a verb of speech; a whole sentence two."""
    enough = 3 if side == "after" or before.rstrip().endswith((":", "：")) else 4 if side == "before" else 6
    return min(enough, 2) if ended and words[:1].isupper() else enough


def is_not_speech(before: str, lexicon: Lexicon) -> bool:
    """True behind words that say that quotation marks hold no speech, an article between or not: 'known as the "house of lamps"'."""
    edge = before.rstrip(" ,:")
    article = lexicon.pattern("articles", "end").search(edge)
    pattern = lexicon.pattern("not_speech", "end")
    return any(pattern.search(words) for words in (edge, edge[: article.start()].rstrip() if article else edge))


def is_named_thing(before: str, words: str, lexicon: Lexicon) -> bool:
    """True for a name in quotation marks behind an article: 'as the "Harbour Review" reports'."""
    edge = before.rstrip()
    if lexicon.pattern("function_words", "end").search(edge) and is_title(words):
        # 'told by Ada Quill to "Keld News"', 'in "Ein Buch der Lampen und Häfen"'
        long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > _LONGEST_SMALL]
        return word_count(words) <= _MOST_OF_MEDIUM or len(long) >= LEAST_SPEECH
    own = lexicon.language in _WITH_ARTICLES and lexicon.pattern("articles", "end").search(before.rstrip())
    begins_as_title = lexicon.language in _WITH_TITLE_CASE and is_title(
        " ".join(words.split()[: _LONGEST_THING // 2]).rstrip(".")
    )
    named = word_count(words) <= _LONGEST_THING or is_title(words.rstrip(".")) or begins_as_title
    return bool(own) and words[:1].isupper() and named


def are_perhaps_another_s(mark: str, before: str, words: str, lexicon: Lexicon, *, behind: bool) -> bool:
    """True for words beside which somebody is named, `behind` them or before, whose they may not be, or not all; `mark` opens them."""
    if behind and is_part_of_sentence(before, words, lexicon):
        # 'Through the "account of the family", X wrote': words of the sentence, and not X's as often.
        return True
    if not behind and is_title(words) and word_count(words) >= LEAST_SPEECH:
        # 'X wrote in a paper, "On the Safety of LAMPS"'
        return True
    edge = (before.split() or [""])[-1]
    if not behind and words[:1].isupper() and lexicon.pattern("possessives", "whole").match(edge):
        # 'X said in her "Lamps for All" that …'
        return True
    # A mark that nothing closed, and the next one: '"We wait, said X. "We go home", said Y'.
    return _OPENED_AGAIN.get(mark, _NEVER).search(words) is not None


def ends_as_speech(words: str, behind: str) -> bool:
    """True for words with a capital that end as speech does before its verb: with a comma or the mark of a sentence in the quotation marks,
    or a comma behind them; `behind` begins with the last character in the marks."""
    ended = words[:1].isupper() and not is_title(words)
    return ended and (behind[:1] in (*STOPS, ",") or behind[2:].lstrip()[:1] in (",", "،"))


def runs_into_sentence(words: str, behind: str) -> bool:
    """True for a sentence in quotation marks that another goes on from in lower case: in any language, the words of somebody. `behind`
    begins with the last character in the marks."""
    return ends_as_speech(words, behind) and behind[2:].lstrip(" ,،*_").lstrip("—–-").lstrip()[:1].islower()


def signed_block(text: str) -> tuple[str, re.Match[str] | None]:
    """The words of a block quotation without marks, and the signature below them or at their end, with `who`; None where there is none."""
    lines = text.rsplit("\n", 1)
    signed = SIGNED.match(lines[-1].strip()) if len(lines) == 2 else _SIGNED_WITHIN.search(text)
    return (lines[0] if len(lines) == 2 else text[: signed.start()] if signed else text), signed
