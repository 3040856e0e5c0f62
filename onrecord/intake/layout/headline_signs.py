"""What speaks for the lines that were chosen as the headline, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.intake.layout import headline_checks, line_signs
from onrecord.intake.layout.assignment import Assignment
from onrecord.intake.layout.candidates import Candidate, letters
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.organizations import is_letterhead, is_office
from onrecord.intake.layout.text_echo import Echo, TextEcho

# Text is not wrapped at more columns.
_WIDEST_WRAPPED = 120
_SHORT = 24
_FEWEST_WRAPPED = 4
RIVAL = "another line is as likely"
OTHER_TITLE = "the page’s own title is another"
# "for", "of", "the" are written small in names; a name has no more words.
_SHORT_WORD, _LONGEST_NAME = 3, 6
_MOST_LINES_SEEN, _LONGEST_SEEN = 60, 20_000
_CAPITAL_SHARE = 0.85
_LEAST_OVER_DAY = 5
# Formats in which whoever writes gives a heading its style.
_STYLED = frozenset({"word", "opendocument", "epub", "rtf"})
_LEAST_STYLED = 2
# A name has fewer words.
_LEAST_WORDED = 4
# Parts of a headline's words that the text has again.
WHOLE_SHARE, PART_SHARE, LEAST_SHARE = 0.5, 0.3, 0.15


@dataclass(frozen=True)
class Signs:
    """The lines that were chosen as the headline among those `found` above the text, their words, and what speaks for them: a label, the
    document's own title, the same words once more, a heading in the markup. `copied` says that the title stands in the text's first line,
    which was copied with it; `noted` that it has the mark of a note that stands below it. `parted` says that what stood before them and
    behind them on their line, a date or the name of a site, was parted from them."""

    chosen: Sequence[Candidate]
    found: Sequence[Candidate]
    text: str
    assignment: Assignment
    context: Context
    labelled: bool
    stated: bool
    repeated: bool
    marked: bool
    copied: bool = False
    noted: bool = False
    parted: tuple[bool, bool] = (False, False)

    @cached_property
    def echo(self) -> TextEcho:
        """The text below, to look words up in."""
        return TextEcho.below(self.assignment, self.text)

    def echo_of(self, line: str) -> Echo:
        """What the text has again of a line's words."""
        return self.echo.of(line, self.context.lexicon.words("function_words"))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The first lines of the document as a reader sees them."""
        stretches = self.context.document.visible[:_MOST_LINES_SEEN]
        return tuple(line for stretch in stretches for line in stretch[:_LONGEST_SEEN].splitlines()[:_MOST_LINES_SEEN])

    @cached_property
    def is_wrapped(self) -> bool:
        """True where a sentence may be parted over lines: they are short, and do not end as sentences do."""
        long = [line.strip() for line in self.lines if len(line) >= _SHORT]
        if any(len(line) * (2 if line_signs.is_unspaced(line) else 1) >= _WIDEST_WRAPPED for line in long):
            return False
        ended = sum(map(line_signs.ends_sentence, long))
        return len(long) >= _FEWEST_WRAPPED and ended < 0.6 * len(long)

    @cached_property
    def is_bold(self) -> bool:
        """True where every word of it is set bold."""
        return all(run.strong for each in self.chosen for run in each.block.runs if run.text.strip())

    @property
    def is_in_capitals(self) -> bool:
        """True where nearly all of its letters are capitals: "SPEECH at OPENING OF LOCK"."""
        cased = [char for char in self.text if char.isalpha() and char.lower() != char.upper()]
        return bool(cased) and sum(char.isupper() for char in cased) >= _CAPITAL_SHARE * len(cased)

    @property
    def has_common_word(self) -> bool:
        """True where a word with a small letter stands in it that is no little word: it is more than a name."""
        small = self.context.lexicon.pattern("function_words", "whole")
        words = [word for word in re.split(r"[\s.,:;!?]+", self.text) if word]
        return any(word[:1].islower() and len(word) > _SHORT_WORD and not small.match(word) for word in words)

    @property
    def is_worded(self) -> bool:
        """True for four words and more, or a line without blanks, that say more than a name does."""
        if line_signs.is_unspaced(self.text):
            return True
        cased = self.text.lower() != self.text
        worded = self.has_common_word or self.text.isupper() or not cased or self.echo_of(self.text).common > 0
        return line_signs.word_count(self.text) >= _LEAST_WORDED and worded

    @property
    def has_lines_above(self) -> bool:
        """True where lines of which nothing is known stand above it."""
        above = self.found[: self.found.index(self.chosen[0])]
        return any(not is_name(each.text, self.context) for each in above)

    @cached_property
    def is_spoken_name(self) -> bool:
        """True for up to six words with capitals that the text has as they stand: the name of something, which many texts are about."""
        words = [word for word in self.text.split() if len(word) > _SHORT_WORD]
        capitals = all(word[:1].isupper() for word in words) and not self.text.isupper()
        return capitals and 1 < len(self.text.split()) <= _LONGEST_NAME and self.text in self.echo.text

    @cached_property
    def is_sole(self) -> bool:
        """True where no other line above the text may be a headline."""
        return all(
            candidate in self.chosen
            or is_name(candidate.text, self.context)
            or headline_checks.never_headline(candidate.text, self.context)
            for candidate in self.found
        )

    @cached_property
    def is_under_kind(self) -> bool:
        """True where the lines above name the kind of document or its day, and nothing else stands above it that is not known."""
        above = self.assignment.stretches[: self.chosen[0].line]
        known = all(each.place in ("header", "left_out") for stretches in above for each in stretches)
        return known and any(each.reason.startswith(("kind", "date")) for stretches in above for each in stretches)

    @cached_property
    def is_over_kind(self) -> bool:
        """True where the kind of document, or its notice of release, stands between it and the text: it heads the letter, maybe."""
        between = self.assignment.stretches[self.chosen[-1].line + 1 : self.assignment.opening]
        reasons = (each.reason for stretches in between for each in stretches if each.place == "header")
        return any(reason.startswith(("kind", "notice")) for reason in reasons)

    @cached_property
    def is_first_alone(self) -> bool:
        """True for five words and more that stand first in the document, alone, right above its text."""
        return (
            self.chosen[0].line == 0
            and len(self.found) == len(self.chosen)
            and self.assignment.opening == self.chosen[-1].line + 1
            and self.assignment.has_paragraph
            and line_signs.word_count(self.text) >= _LEAST_OVER_DAY
        )

    @cached_property
    def is_styled(self) -> bool:
        """True for the heading of a text processor's file that is the only one of the first level, stands first in it, and alone above
        running text: its style and its place are two signs, whatever the text has again of it."""
        level = self.chosen[0].block.level
        equal = [line for line in self.assignment.lines if line.block.kind == "heading" and line.block.level <= level]
        return (
            self.context.document.form in _STYLED
            and level == 1
            and len(equal) == len(self.chosen) == len(self.found)
            and self.chosen[0].line == 0
            and self.assignment.has_paragraph
            and line_signs.word_count(self.text) >= _LEAST_STYLED
            and not self.is_spoken_name
        )

    @cached_property
    def is_within_title(self) -> bool:
        """True where one of the document's own titles has the words in it as they stand, and less than they beside them: "Keld: The locks
        are open". Of "The locks are open - Keld", Keld is the name of the site."""
        own = letters(self.text)
        return any(
            own in title and len(own) * 2 > len(title)
            for title in (letters(each.value) for each in self.context.document.metadata.titles)
        )

    @cached_property
    def is_only_first_rank(self) -> bool:
        """True for a heading of the first level in a document that has no other of it."""
        levels = [line.block.level for line in self.assignment.lines if line.block.kind == "heading"]
        return self.chosen[0].block.level == 1 and levels.count(1) == len(self.chosen)

    @cached_property
    def is_over_day(self) -> bool:
        """True for words with a common one among them that stand first in the document, alone, with the line of its day right below,
        and under it the text."""
        first, last = self.chosen[0].line, self.chosen[-1].line
        between = [each for at in range(last + 1, self.assignment.opening) for each in self.assignment.stretches[at]]
        return (
            first == 0
            and len(self.found) == len(self.chosen)
            and bool(between)
            and all(each.place == "header" and each.reason.startswith("date") for each in between)
            and line_signs.word_count(self.text) >= _LEAST_OVER_DAY
            and not line_signs.ends_sentence(self.text)
            and self.has_common_word
        )

    @cached_property
    def is_first_of_talk(self) -> bool:
        """True for the first line of a plain text, alone or the first of lines that greet, that says of whom the talk below it is ("Address
        of President Ada Venn in the council of Keld"): no letterhead and no name begins so, and the talk need not say it again."""
        lexicon = self.context.lexicon
        first, last = self.chosen[0].line, self.chosen[-1].line
        below = self.assignment.lines[last + 1 : self.assignment.opening]
        return (
            self.context.document.form == "text"
            and first == last == 0
            and not (below and below[0].block.close)
            and self.assignment.has_paragraph
            and line_signs.word_count(self.text) >= _LEAST_WORDED
            and not line_signs.ends_sentence(self.text)
            and lexicon.pattern("talks", "start").match(self.text) is not None
        )

    @property
    def after(self) -> Candidate | None:
        """What stands below the last line, if it is undecided."""
        at = self.found.index(self.chosen[-1]) + 1
        return self.found[at] if at < len(self.found) else None


def is_name(text: str, context: Context) -> bool:
    """True for the line of a person, an office or an organization."""
    language = context.language
    return is_office(text, language) or is_letterhead(text, language)


def unheard(signs: Signs, least: float) -> str:
    """A doubt where the text has fewer than two of the words again, or less than a part of them."""
    echo = signs.echo_of(signs.text)
    return "" if echo.found >= 2 and echo.share >= least else "the text does not speak of it"
