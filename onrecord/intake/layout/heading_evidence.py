"""Whether a heading in the markup is the headline. Each check gives the doubt in words, or an empty text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from onrecord.intake.evidence.organization_names import has_legal_form
from onrecord.intake.layout import headline_checks, line_signs, own_title_evidence
from onrecord.intake.layout.assignment import LETTERHEAD
from onrecord.intake.layout.candidates import letters
from onrecord.intake.layout.headline_signs import LEAST_SHARE, WHOLE_SHARE, Signs, is_name, unheard
from onrecord.intake.layout.lines import Line
from onrecord.intake.layout.title_forms import PRINTED

_NUMBERED_PART = re.compile(r"(?P<word>[^\W\d_]{2,20})\s(?P<number>\d{1,3}|[IVX]{1,5})(?!\w)")
_SENTENCE_WITHIN = re.compile(r"(?<![^\W\d_A-Z])[^\W\d_A-Z]{4,}+\.\s+[^\W\d_]")
# Formats whose headings were marked as such by whoever wrote them; in the others they are lines in a larger or bold type.
_MARKED_FORMS = frozenset({"markdown", "html"})
_NUMBER_ALONE = re.compile(r"\d[\d/.-]{2,20}")
# Every headline of a chapter is written for its text; of so many of one rank the first is seldom the whole's.
_MOST_EQUAL = 3
# A text of so few characters need not have its headline's words again.
_SHORT_TEXT, _LEAST_HEARD = 300, 2
# A line of the head with fewer words is a name, a kind, a date.
_LEAST_RIVAL = 6
_LEAST_FIRST = 3
# Beside a day or a kind on its line, so many words may be a headline.
_LEAST_BESIDE = 4
# A headline that ends with its verb, and the rest of it, have as many words.
_LEAST_WITH_VERB = 3
_VERBS = ("organization_speaks", "clause_words", "speech_verbs")
_LONGEST_INITIALS = 5
# So many words in capitals are a line of their own, and so many others behind them another.
_LEAST_CAPITALS, _LEAST_BEHIND = 3, 5
# A name has no more words; its words in a text are none of an address.
_MOST_NAMED = 4
_WORD_OF_TEXT = re.compile(r"(?<![\w.@/-])[^\W\d_]{4,}(?![\w@/-]|\.\w)")
# Alone below its kind, a headline has so many words.
_LEAST_ALONE = 4


def _one_of_many(signs: Signs) -> str:
    """Other headings of its rank stand in the text: it heads a part, not the whole."""
    if signs.context.document.metadata.titles:
        return ""
    level = signs.chosen[0].block.level
    below = signs.assignment.lines[signs.chosen[-1].line + 1 :]
    equal = sum(line.block.kind == "heading" and line.block.level <= level for line in below)
    form = signs.context.document.form
    part = _NUMBERED_PART.match(signs.text)
    if part and any(
        other["word"].casefold() == part["word"].casefold() and other["number"] != part["number"]
        for line in below
        if line.block.kind == "heading" and (other := _NUMBERED_PART.match(line.text))
    ):
        # "Chapter 1: The locks", above "Chapter 2: The boats"
        return "other headings of its rank are below it"
    if equal and level > 1 and (form == "markdown" or signs.echo_of(signs.text).found <= _MOST_EQUAL <= equal):
        # In Markdown a headline of the second level has no other headings of it.
        return "other headings of its rank are below it"
    return "other headings of its rank are below it" if equal and unheard(signs, WHOLE_SHARE) else ""


def _silent(signs: Signs) -> str:
    block = signs.chosen[0].block
    ranks = [line.block.level for line in signs.assignment.lines if line.block.kind == "heading"]
    only = block.level <= 1 and sum(level <= 1 for level in ranks) == len(signs.chosen)
    if signs.context.document.metadata.titles or only or signs.is_over_day:
        return ""
    echo = signs.echo_of(signs.text)
    return "" if echo.share >= LEAST_SHARE else "the text does not speak of it"


def _initials(signs: Signs) -> str:
    """A few capital letters: the sign of a company or a body, which no title of the document confirms."""
    short = len(signs.text) <= _LONGEST_INITIALS and signs.text.isupper() and signs.text.isalpha()
    return "it may be no more than a name" if short and signs.text.lower() != signs.text else ""


def _unheard_on_page(signs: Signs) -> str:
    """Of a page whose own title does not have its words, the text has two of them again, or all of one, or it has none to have."""
    titles = [letters(title.value) for title in signs.context.document.metadata.titles]
    own = letters(signs.text)
    if signs.context.document.form != "html" or not titles or any(title.endswith(own) for title in titles):
        return ""
    echo = signs.echo_of(signs.text)
    return "" if echo.found >= min(echo.words, _LEAST_HEARD) else "no title of the page and no text has its words"


def _outranked(signs: Signs) -> str:
    """Another heading of the head is set as large, or larger: nobody can say which is the headline."""
    level = signs.chosen[0].block.level
    chosen = {candidate.line for candidate in signs.chosen}
    head = signs.assignment.lines[: signs.assignment.opening]
    ranked = [line for line in head if line.block.kind == "heading" and line.number not in chosen]
    rivals = [line for line in ranked if line.block.level <= level and not _is_known(line, signs)]
    if signs.context.document.form == "markdown":
        # Of two headings of one rank the first may be the headline, and the second that of a part.
        first = signs.chosen[0].line
        rivals = [line for line in rivals if line.block.level < level or line.number < first]
    return "another heading is set as large" if rivals else ""


def _named_alone(signs: Signs) -> str:
    """In print a few words in a larger type of which the text has none in small letters: the name of a body, or of its newsletter, of which
    every text of theirs speaks."""
    cased = signs.text.lower() != signs.text.upper()
    short = line_signs.word_count(signs.text) <= _MOST_NAMED
    if signs.context.document.form not in PRINTED or signs.is_over_day or not cased or not short:
        return ""
    words = {word.casefold() for word in _WORD_OF_TEXT.findall(signs.text)}
    common = words & set(_WORD_OF_TEXT.findall(signs.echo.text))
    small = signs.context.lexicon.pattern("function_words", "whole")
    return "" if any(not small.match(word) for word in common) else "it may be no more than a name"


def _over_others(signs: Signs) -> str:
    """In print other headings stand right under it, one of them with the words of a headline: it may be the name of a series."""
    below = signs.assignment.lines[signs.chosen[-1].line + 1 :]
    run = list(itertools.takewhile(lambda line: line.block.kind == "heading", below))
    several = signs.context.document.form in PRINTED and len(run) > 1
    return (
        "other headings are right under it" if several and any(line.word_count >= _LEAST_ALONE for line in run) else ""
    )


def _is_known(line: Line, signs: Signs) -> bool:
    """True for a heading of the head that is known to be no headline: a kind, a date, a name, furniture."""
    first = line.number < signs.chosen[0].line and line.block.level == signs.chosen[0].block.level
    words = letters(line.text)
    if words and words in letters(signs.text) and signs.context.document.form not in PRINTED:
        # "Statement" above "Statement of the Orle Movement": the one says all that the other does.
        return True
    if first and signs.context.document.form == "markdown":
        # "# Mission" above "# Roads for the islands"
        beside = line.header.words if line.header.is_header else line.text
        named = line.word_count > 1 and is_name(beside, signs.context)
        return named or (line.header.is_header and line_signs.word_count(beside) < _LEAST_BESIDE)
    stretches = signs.assignment.stretches[line.number]
    decided = all(stretch.place != "undecided" for stretch in stretches)
    larger = line.block.level < signs.chosen[0].block.level
    if (
        larger
        and line.word_count > 1
        and all(each.reason == LETTERHEAD for each in stretches)
        and not _is_confirmed(line, signs)
    ):
        return False
    if decided or not line.text.strip():
        return line.word_count < _LEAST_RIVAL or line.header.kind != "" or is_name(line.text, signs.context)
    doubt = headline_checks.never_headline(line.text, signs.context)
    return is_name(line.text, signs.context) or (doubt != "" and not larger)


def _is_confirmed(line: Line, signs: Signs) -> bool:
    """True for a letterhead whose name stands again in the text, or in a line of head or foot, or is known, or has a legal form."""
    text = line.text.strip()
    if signs.context.terms.names.find(text) or has_legal_form(text, signs.context.lexicon):
        return True
    name = letters(text)
    others = (each for each in signs.assignment.lines if each.number != line.number and each.block.kind != "heading")
    return any(name in letters(each.text) for each in others if len(each.text) >= len(text))


def _first_line(signs: Signs) -> str:
    """Right above it, with no space between, stands a line that nothing explains: the headline may begin there; or a heading as large, and
    it begins with a small word ("QUESTIONS" above "AND ANSWERS")."""
    number, word = signs.chosen[0].line, signs.text.partition(" ")[0].lower()
    if signs.context.document.form in PRINTED and number:
        over = signs.assignment.lines[number - 1].block
        is_as_large = over.kind == "heading" and over.level == signs.chosen[0].block.level
        joins = len(word) == 1 or signs.context.lexicon.pattern("conjunctions", "whole").match(word)
        if is_as_large and joins:
            return "it may begin in the line above"
    at = signs.found.index(signs.chosen[0])
    above = signs.found[at - 1] if at else None
    if (
        above is None
        or not signs.chosen[0].block.close
        or above.line != signs.chosen[0].line - 1
        or above.block.kind == "item"
    ):
        return ""
    if line_signs.word_count(above.text) < _LEAST_FIRST or is_name(above.text, signs.context):
        return ""
    return "" if headline_checks.never_headline(above.text, signs.context) else "it may begin in the line above"


def _begins_with_line_above(signs: Signs) -> bool:
    """True for "The Orle Locks are a work" below "The Orle Locks": the first sentence of a text, set large, repeats its title."""
    words = letters(signs.text)
    above = signs.assignment.lines[: signs.chosen[0].line]
    return any(
        line.word_count > 1 and words.startswith(letters(line.text)) and words != letters(line.text) for line in above
    )


def _typeset(signs: Signs) -> str:
    """A line in a larger type is no more than one sign: the text speaks of it, and no other line above it may be the headline."""
    if signs.context.document.form in _MARKED_FORMS:
        return ""
    if first := _first_line(signs):
        return first
    if signs.context.document.form in PRINTED and _begins_with_line_above(signs):
        return "it may be the first line of the text"
    if signs.context.document.form in PRINTED and signs.is_over_kind:
        return "its kind is below it, as below a letterhead"
    if signs.is_over_day or signs.is_styled:
        return ""
    if len(signs.echo.text) < _SHORT_TEXT:
        return "" if signs.assignment.has_paragraph else "no paragraph of running text is below it"
    echo = signs.echo_of(signs.text)
    if signs.is_spoken_name:
        return "it may be no more than a name"
    if signs.is_under_kind and signs.is_sole and echo.found and line_signs.word_count(signs.text) >= _LEAST_ALONE:
        # Its place is the second sign: alone between the kind or day of the document and its text.
        return ""
    if signs.context.document.form not in PRINTED and signs.is_first_alone and echo.found and signs.has_common_word:
        # A text processor's heading is set as one; of a printed page, a line in a larger type may head a column.
        return ""
    if echo.share < WHOLE_SHARE or not echo.found:
        return "the text does not speak of it"
    if not echo.common and echo.found < _LEAST_RIVAL:
        return "it may be no more than a name"
    above = signs.found[: signs.found.index(signs.chosen[0])]
    rivals = [
        each
        for each in above
        if line_signs.word_count(each.text) >= (3 if each.block.kind == "paragraph" else 2)
        and each.block.kind != "item"
        and letters(each.text) not in letters(signs.text)
        and not is_name(each.text, signs.context)
        and not headline_checks.never_headline(each.text, signs.context)
    ]
    clear = echo.found >= 3 and echo.common >= 2
    return "another line above it may be the headline" if rivals and not clear else ""


def _is_of_two_types(text: str) -> bool:
    """True for words in capitals, and behind them a line of other words: "KELD CANAL NEWS A letter on the work of the keepers"."""
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    capitals = next((at for at, word in enumerate(words) if not word.isupper()), len(words))
    behind = words[capitals:]
    return (
        capitals >= _LEAST_CAPITALS
        and len(behind) >= _LEAST_BEHIND
        and not any(len(word) > 1 and word.isupper() for word in behind)
    )


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
    if signs.context.document.form in PRINTED and _is_of_two_types(signs.text):
        return "other lines are joined to it"
    # Markdown's heading is one line, however many sentences it has.
    one_line = signs.context.document.form == "markdown" and len(signs.chosen) == 1
    joined = not one_line and _SENTENCE_WITHIN.search(signs.text) is not None
    return "other lines are joined to it" if labelled or joined else ""


def _numbered(signs: Signs) -> str:
    """Initials and their number stand behind it, another cell of its line: "Return of Boats Lent ABC No. 15-007"."""
    if signs.context.document.form not in PRINTED or signs.text.isupper():
        return ""
    for match in signs.context.lexicon.pattern("number_words", "within").finditer(signs.text):
        before = signs.text[: match.start()].split()
        initials = len(before) > _LEAST_BESIDE and before[-1].isupper() and len(before[-1]) <= _LONGEST_INITIALS
        if initials and _NUMBER_ALONE.fullmatch(signs.text[match.end() :].strip(" :.#")):
            return "a reference is in it"
    return ""


def _goes_on_below(signs: Signs) -> str:
    """The line below begins with a word that goes on from another: "BY-LAWS" above "OF" and "THE ORLE SOCIETY"."""
    number = signs.chosen[-1].line + 1
    if signs.context.document.form in _MARKED_FORMS or number >= signs.assignment.opening:
        return ""
    words = signs.assignment.lines[number].text.split()
    small = signs.context.lexicon.pattern("function_words", "whole")
    alike = bool(words) and words[0].isupper() == signs.text.isupper()
    joins = alike and small.match(words[0].lower()) is not None and (len(words) == 1 or signs.text.isupper())
    return "it may go on in the line below" if joins else ""


def _goes_on(signs: Signs) -> str:
    """The text right below it goes on in a small letter: they are one sentence."""
    opening = signs.assignment.opening
    lines = signs.assignment.lines
    if opening == len(lines) or signs.chosen[-1].line != opening - 1 or line_signs.ends_sentence(signs.text):
        return ""
    text = lines[opening].text.lstrip()
    # "iPhone …", "e-mail …": a small letter may begin a name.
    return "it may go on in the text" if text[:2].islower() and text[:2].isalpha() else ""


def _awaits_object(signs: Signs) -> str:
    """It ends with the verb of a body that speaks, and a line that is no sentence stands between it and the text: "Keld Harbour Office
    Welcomes" / "Eighty New Lamps for the Northern Quay"."""
    number = signs.chosen[-1].line + 1
    if number >= signs.assignment.opening or len(signs.text.split()) < _LEAST_WITH_VERB:
        return ""
    below = signs.assignment.lines[number]
    last = signs.text.split()[-1]
    verb = any(signs.context.lexicon.pattern(verbs, "whole").match(last) for verbs in _VERBS)
    goes_on = below.block.kind == "paragraph" and not below.ends_sentence and not below.header.is_header
    return "it may go on in the line below" if verb and goes_on and below.word_count >= _LEAST_WITH_VERB else ""


CHECKS: tuple[Callable[[Signs], str], ...] = (
    own_title_evidence.other_title,
    _one_of_many,
    _silent,
    _initials,
    _unheard_on_page,
    _outranked,
    _over_others,
    _named_alone,
    _typeset,
    _overfull,
    _numbered,
    _goes_on_below,
    _goes_on,
    _awaits_object,
)
