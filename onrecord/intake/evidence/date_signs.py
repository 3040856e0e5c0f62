"""What stands around a day that a document states: signs that agree that it is the day of publication, and signs that it is of something
that takes place or is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from onrecord.intake.document import Claim, Document, Layout
from onrecord.intake.evidence.announced_days import told
from onrecord.intake.evidence.date_events import hours_between, is_appointment, is_quarter, names_event
from onrecord.intake.evidence.date_mentions import dates_in_line
from onrecord.intake.evidence.date_roles import CLOCK, DAY, LONGEST_DATE_LINE, PARAGRAPH, UNSPACED
from onrecord.intake.evidence.issuer_labels import LABEL
from onrecord.intake.evidence.reference_mentions import find as references_in
from onrecord.intake.lexicon import Lexicon

Sign = Literal["headline", "kind", "salutation", "by-line", "clock", "place", "reference", "metadata", "another line"]
Doubt = Literal["no headline", "hours", "event", "minutes", "form", "announced", "several days", "in a heading"]

# So many lines on each side are near; between a day and its headline stand no more.
_NEAR, _BETWEEN = 4, 4
# So many short labels near a day are a form; so many days near it are a list.
_LEAST_LABELS, _LEAST_DAYS = 3, 3
_LEAST_OPENING = 4
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "؟", "۔")
# People meet at an hour or a quarter.
_QUARTERS = ("00", "15", "30", "45")
# The text begins in one of so many blocks behind a headline and its day.
_REACH = 8
_UNSPACED_PARAGRAPH, _SENTENCE = 20, 40
_LONGEST_NAME = 4
_PROGRAM_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs around one day."""

    agreeing: frozenset[Sign]
    against: frozenset[Doubt]


def signs_of(claim: Claim, layout: Layout, document: Document, stated: Set[str], lexicon: Lexicon) -> Signs:
    """The signs around the day of a claim. `stated` are the days that metadata state (EDTF)."""
    around = _Around(claim, layout, document, lexicon)
    agreeing: set[Sign] = set(around.agreeing())
    if claim.value in stated:
        agreeing.add("metadata")
    return Signs(frozenset(agreeing), frozenset(around.against()))


class _Around:
    """A day among the blocks of its document."""

    def __init__(self, claim: Claim, layout: Layout, document: Document, lexicon: Lexicon) -> None:
        self._claim, self._layout, self._document, self._lexicon = claim, layout, document, lexicon
        self._texts = [" ".join(block.text.split()) for block in document.blocks]
        self._line = " ".join(claim.span.split())
        self._at = self._place()

    def _place(self) -> int:
        """Where the line of the day stands; -1 where it is in no block, as in metadata."""
        if not self._line:
            return -1
        exact = (at for at, text in enumerate(self._texts) if text == self._line)
        inside = (at for at, text in enumerate(self._texts) if self._line in text)
        ending = (at for at, text in enumerate(self._texts) if text and self._line.endswith(text))
        return next(exact, next(inside, next(ending, -1)))

    def _near(self) -> list[str]:
        """The short lines on both sides of the day, with its own; the first ones where the day stands in no line."""
        at = max(self._at, 0)
        lines = self._texts[max(at - _NEAR, 0) : at + _NEAR + 1 + (_NEAR if self._at < 0 else 0)]
        return [text for text in lines if text and len(text) <= PARAGRAPH]

    def agreeing(self) -> Iterator[Sign]:
        """The signs that agree."""
        if self._is_beside_headline():
            yield "headline"
        head = (*self._layout.header, self._layout.title, self._line)
        words = ("immediate_release", "kinds")
        if any(self._lexicon.pattern(category, "within").search(line) for line in head for category in words):
            yield "kind"
        if any(self._lexicon.pattern("by_line", "start").match(line) for line in self._near()):
            yield "by-line"
        behind = self._texts[self._at + 1 : self._at + 1 + _REACH] if self._at >= 0 else []
        if any(self._lexicon.pattern("salutations", "start").match(line) for line in behind if len(line) <= PARAGRAPH):
            yield "salutation"
        clock = CLOCK.search(self._line)
        if clock and int(clock[0][-2:]) % _PROGRAM_MINUTES:
            yield "clock"
        if self._is_behind_place():
            yield "place"
        if any(references_in(line, self._lexicon.language) for line in head if any(map(str.isdigit, line))):
            yield "reference"
        if self._is_stated_again():
            yield "another line"

    def against(self) -> Iterator[Doubt]:
        """The signs against."""
        near = self._near()
        if not self._layout.title and not self._is_beside_headline():
            yield "no headline"
        if any(hours_between(line) for line in near) or self._has_hour_beside():
            yield "hours"
        named = [*self._lines_to_day(), self._layout.title]
        if any(names_event(line, self._lexicon) for line in named) or self._is_hour_of_event():
            yield "event"
        if self._is_of_meeting(near):
            yield "minutes"
        if self._is_of_form(near) or (self._at < 0 and self._begins_as_form()):
            yield "form"
        if self._document.form == "markdown" and self._at >= 0 and self._document.blocks[self._at].kind == "heading":
            # A page has its day there by its looks; who writes Markdown heads with it what took place on that day.
            yield "in a heading"
        if len(self._claim.value) == DAY and "X" not in self._claim.value and self._is_announced():
            yield "announced"
        days = {
            date.edtf
            for line in near
            if len(line) <= LONGEST_DATE_LINE
            for date in dates_in_line(line, self._lexicon.document_language)
            if len(date.edtf) == DAY
        }
        if len(days) >= _LEAST_DAYS:
            yield "several days"

    def _is_beside_headline(self) -> bool:
        """True for a line of few lines' distance from the headline, or from a heading of a page, behind both of which the text follows."""
        if self._at < 0:
            # A part of the headline's own block.
            return bool(self._layout.title) and self._line in {" ".join(line.split()) for line in self._layout.header}
        headlines = list(self._headlines())
        if not headlines and self._layout.title:
            # The metadata state the headline, and the page shows it in no line of its text.
            before = [text for text in self._texts[: self._at] if text]
            behind = self._texts[self._at : self._at + 1 + _REACH]
            return (
                len(before) <= _BETWEEN and not any(map(self._is_paragraph, before)) and any(map(self._is_text, behind))
            )
        for at in headlines:
            first, last = sorted((at, self._at))
            between = [text for text in self._texts[first + 1 : last] if text]
            long = [text for text in between if self._is_paragraph(text)]
            behind = self._texts[last : last + 1 + _REACH]
            if len(between) <= _BETWEEN and len(long) <= 1 and any(map(self._is_text, behind)):
                return True
        return False

    def _headlines(self) -> Iterator[int]:
        title = " ".join(self._layout.title.split())
        marked = self._document.form in ("html", "markdown")
        for at, (block, text) in enumerate(zip(self._document.blocks, self._texts, strict=True)):
            if at == self._at and not (title and text.startswith(title)):
                continue
            of_title = bool(title) and bool(text) and (text.startswith(title) or title.startswith(text))
            if of_title or (not title and marked and block.kind == "heading" and len(text.split()) > 2):
                yield at

    def _is_paragraph(self, text: str) -> bool:
        return len(text) >= PARAGRAPH or (len(text) >= _UNSPACED_PARAGRAPH and UNSPACED.search(text) is not None)

    def _is_text(self, text: str) -> bool:
        """True for a paragraph, and for a shorter one that is a sentence."""
        return self._is_paragraph(text) or (len(text) >= _SENTENCE and text.endswith(_SENTENCE_ENDS))

    def _is_behind_place(self) -> bool:
        """True for "Port Selan, 3 May 2013": one name of few words and a comma before the day."""
        before = self._line[: self._line.find(self._claim.written)].rstrip() if self._claim.written else ""
        words = before.rstrip(",،、 ").split()
        tied = before.endswith((",", "،", "、"))
        while words and self._lexicon.pattern("connectives", "whole").match(words[-1].rstrip(",،、")):
            words, tied = words[:-1], tied or (words[-2:-1] != [] and words[-2].endswith((",", "،", "、")))
        return tied and 0 < len(words) <= _LONGEST_NAME and not any(map(str.isdigit, before))

    def _is_stated_again(self) -> bool:
        """True where the dateline or the head has the same day on another line."""
        lines = {" ".join(line.split()) for line in (*self._layout.header, self._layout.dateline, *self._layout.footer)}
        return any(
            date.edtf == self._claim.value
            for line in lines - {self._line}
            if len(line) <= PARAGRAPH
            for date in dates_in_line(line, self._lexicon.document_language)
        )

    def _lines_to_day(self) -> list[str]:
        """The short lines above the day and the one below it, none of which is a sentence."""
        at = max(self._at, 0)
        lines = [*self._texts[max(at - _NEAR, 0) : at], *self._texts[at + 1 : at + 2]]
        return [line for line in lines if line and not self._is_paragraph(line) and not line.endswith(_SENTENCE_ENDS)]

    def _is_hour_of_event(self) -> bool:
        """True where the title has a word for an event, and the day a quarter of an hour: "Keepers' meeting 14 notes", "…, 14:00 UTC"."""
        title = self._layout.title
        named = self._lexicon.pattern("event", "within").search(title) is not None and not self._lexicon.find_kind(
            title
        )
        return named and self._has_quarter(self._line)

    def _has_quarter(self, line: str) -> bool:
        clock = CLOCK.search(line)
        return is_appointment(line) or (clock is not None and clock[0][-2:] in _QUARTERS)

    def _is_of_meeting(self, near: Sequence[str]) -> bool:
        """True where the title or a line down to the day names the record of a meeting, or a line near it is the label of who was there."""
        minutes = self._lexicon.pattern("minutes_words", "within")
        above = near[: near.index(self._line) + 1] if self._line in near else near[:1]
        present = self._lexicon.pattern("attendance_labels", "whole")
        at = max(self._at, 0)
        around = self._texts[max(at - _NEAR, 0) : at + _NEAR + 1]
        labels = (re.split("[:：]", line.strip(" *_#-"), maxsplit=1)[0].rstrip(" *_") for line in around)
        return any(map(minutes.search, (*above, self._layout.title))) or any(map(present.match, labels))

    def _has_hour_beside(self) -> bool:
        """True where the line right above or below the day is nothing but a quarter of an hour: "2:00 p.m. ET"."""
        beside = [
            self._texts[at] for at in (self._at - 1, self._at + 1) if self._at >= 0 and 0 <= at < len(self._texts)
        ]
        return any(is_quarter(line) for line in beside)

    def _is_of_form(self, near: Sequence[str]) -> bool:
        """True where labels stand near the day, and the value of one is an hour."""
        values = [
            match["value"] for line in near if len(line) <= PARAGRAPH and (match := LABEL.match(line.strip(" *_-")))
        ]
        has_hour = any(is_appointment(value) or CLOCK.search(value) for value in values) or self._has_quarter(
            self._line
        )
        return len(values) >= _LEAST_LABELS and has_hour

    def _begins_as_form(self) -> bool:
        """True where nothing but labelled lines opens the text: "Aim: …", "Place: …", "Address: …", "Hour: …"."""
        first = [text for text in self._texts if text][:_LEAST_OPENING]
        return len(first) == _LEAST_OPENING and all(LABEL.match(line.strip(" *_-")) for line in first)

    def _is_announced(self) -> bool:
        """True where a paragraph says that something takes place on the day; a line with its clock is that of the page itself."""
        return told(self._claim.value, self._document, self._lexicon, least=PARAGRAPH) != ""
