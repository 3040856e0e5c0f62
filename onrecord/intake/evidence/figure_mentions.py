"""Numbers that a body reports, proposed as figures: never asserted, for only a person can say what a number counts and since when.

A number is proposed where one sentence has the number in digits, a word for what is counted close behind it, and a reporter who is known
(the publisher, or a name of names.toml) and says it (`figure_reporters`). A sentence with a second source, with words in
quotation marks or with a condition is left alone: who says the number, or whether anybody does, is then open. Few that are right are of
more use than many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from onrecord import amounts, languages
from onrecord.intake.document import Block
from onrecord.intake.evidence.claims import quoted
from onrecord.intake.evidence.figure_reporters import CLAUSE_END, Reporters
from onrecord.intake.evidence.sentence_subjects import SentenceSubjects
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import languages as lexicons
from onrecord.intake.lexicon import lexicon_of
from onrecord.model import Question

MOST_PROPOSED = 8
"""So many figures of one document are proposed."""
_MOST_PARAGRAPH = 4000
_NUMBER = re.compile(r"(?<![\w.,/:$€£#№-])\d[\d.,'’٬٫]*(?:[ \u00a0\u202f]\d{3}(?!\d))*(?![\w/%:])(?<![.,])")
_YEAR = re.compile("(?:1[6-9]|20)[0-9]{2}")
_WORD = r"[^\W\d_][\w'’-]*"
_QUOTED = re.compile(r"[“”«»„\"]")
_DATELINE = re.compile(r"^(\([^()\d]{2,30}\)|[^()\d]{2,30})\s(?:-|–|—|--)\s")
_DASH = re.compile(r"\s(?:-|–|—|--)\s")
_MOST_BETWEEN, _MOST_COUNTED = 2, 30


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A number as it is printed, with what it counts, what can be said of its bounds, and where it stands in its sentence."""

    value: str
    low: str
    high: str
    counts: str
    start: int


def proposals(body: Sequence[Block], terms: Terms, publisher: str, language: str) -> tuple[Question, ...]:
    """A question for each figure that a body reports, the first MOST_PROPOSED of them: each with the entry as it would stand in the file,
    and with the sentence as its evidence."""
    found: list[Question] = []
    reader = _Reader(terms, publisher, language)
    number = 0
    for block in body:
        number += block.kind in ("paragraph", "quote")
        if block.kind != "paragraph" or len(block.text) > _MOST_PARAGRAPH or not amounts.has_digits(block.text):
            continue
        for question in reader.questions(block.text, number):
            found.append(question)
            if len(found) == MOST_PROPOSED:
                return tuple(found)
    return tuple(found)


class _Reader:
    """Reads sentences with the words of a language."""

    def __init__(self, terms: Terms, publisher: str, language: str) -> None:
        lexicon = lexicon_of(language)
        # Of other languages, numbers are not proposed; and whoever reads documents may open no table of them.
        tag = language.partition("-")[0] or "en"
        self._decimal_sign = languages.decimal_sign(tag) if tag in lexicons() else ""
        self._sentences = SentenceSubjects(terms, publisher, lexicon, str).sentences
        self._reporters = Reporters(terms, publisher, lexicon)
        self._months = lexicon.pattern("months", "end")
        self._counted = lexicon.pattern("counted_words", "start")
        self._least = lexicon.pattern("at_least_words", "end")
        self._most = lexicon.pattern("at_most_words", "end")
        self._condition = lexicon.pattern("condition_words", "within")

    def questions(self, text: str, paragraph: int) -> Iterator[Question]:
        for sentence in self._whole(self._sentences(text)):
            plain = self._reporters.plain(sentence)
            numbers = list(self._numbers(plain))
            if not numbers or _QUOTED.search(plain) or self._is_conditional(plain, numbers):
                continue
            reported = self._reporters.of(plain)
            if reported is None:
                continue
            reporter = reported.by
            for proposal in numbers:
                if not reported.start <= proposal.start < reported.end:
                    continue
                entry = [
                    f"value: {_scalar(proposal.value)}",
                    *([f"low: {proposal.low}"] if proposal.low else []),
                    *([f"high: {proposal.high}"] if proposal.high else []),
                    f"counts: {_scalar(proposal.counts)}",
                    f"by: {_scalar(reporter)}",
                    f"paragraph: {paragraph}",
                ]
                asked = (
                    f"Is this a figure that {reporter} reports? If so, write it below “figures”, with what exactly it counts, since when, "
                    f"where, and as of when: {{{', '.join(entry)}}}"
                )
                yield Question("figures", asked, f"paragraph {paragraph}: {quoted(sentence)}")

    def _whole(self, sentences: Sequence[str]) -> Iterator[str]:
        """The sentences, those together of which the first ends in the short form of a month: “since Feb. | 24”."""
        waiting = ""
        for sentence in sentences:
            waiting = f"{waiting} {sentence}" if waiting else sentence
            if not (waiting.endswith(".") and self._months.search(waiting)):
                yield waiting
                waiting = ""
        if waiting:
            yield waiting

    def _is_conditional(self, sentence: str, numbers: Sequence[_Proposal]) -> bool:
        """True for a sentence that does not state what it says; “no” and “not” in the words of a number (“not less than 40”) say nothing of
        that."""
        for proposal in numbers:
            sentence = sentence.replace(proposal.value, " ")
        head = len(sentence) - len(sentence.lstrip())
        # A capital within a sentence begins a name: “in May”.
        return any(match.start() == head or not match[0][:1].isupper() for match in self._condition.finditer(sentence))

    def _numbers(self, sentence: str) -> Iterator[_Proposal]:
        """The numbers of a sentence that count something it names."""
        for match in _NUMBER.finditer(sentence):
            value = match[0]
            number = amounts.plain(value, self._decimal_sign)
            if (
                number is None
                or _is_aside(sentence[: match.start()])
                or number != number.to_integral_value()
                or _YEAR.fullmatch(amounts.western(value))
            ):
                continue
            counted = self._counts(sentence, match.end())
            if not counted:
                continue
            before = sentence[: match.start()].rstrip()
            least, most = self._least.search(before), self._most.search(before)
            if least and most:
                # “no more than” ends in “more than”.
                least, most = (least, None) if least.start() < most.start() else (None, most)
            bound = least or most
            if bound:
                value = sentence[bound.start() : match.end()].strip()
            text = amounts.written(Decimal(number))
            yield _Proposal(value, text if least else "", text if most else "", counted, match.start())

    def _counts(self, sentence: str, start: int) -> str:
        """What stands behind a number and is counted: a word of the lexicon, one or two words on at most, with the rest of its clause."""
        behind = sentence[start:]
        at = len(behind) - len(behind.lstrip())
        if not at:
            return ""
        position = at
        for _ in range(_MOST_BETWEEN + 1):
            match = self._counted.match(behind[position:])
            if match:
                clause = CLAUSE_END.split(behind[at:], maxsplit=1)[0]
                words = clause.split()
                return " ".join(words[:_MOST_COUNTED]) + (" …" if len(words) > _MOST_COUNTED else "")
            word = re.match(rf"{_WORD}\s+", behind[position:])
            if not word:
                return ""
            position += word.end()
        return ""


def _is_aside(before: str) -> bool:
    """True in brackets and between dashes, where a number is compared with the one that is reported."""
    dateline = _DATELINE.match(before)
    if dateline and (dateline[1].startswith("(") or dateline[1].isupper()):
        before = before[dateline.end() :]
    return before.count("(") > before.count(")") or len(_DASH.findall(before)) % 2 == 1


def _scalar(text: str) -> str:
    """A text as a YAML scalar in single quotation marks (YAML 1.2.2 section 7.3.2), which stand in a question as they are."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
