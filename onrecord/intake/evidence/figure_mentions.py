"""Numbers that a body reports, proposed as figures: never asserted, for only a person can say what a number counts and since when.

A number is proposed where one sentence has the number in digits, a word for what is counted close behind it, and a reporter who is known
(the publisher, or a name of names.toml) beside a verb of counting or behind “according to”. A sentence with a second source, with words in
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
from onrecord.intake.evidence.sentence_subjects import SentenceSubjects
from onrecord.intake.evidence.term_finder import Terms, finder
from onrecord.intake.lexicon import Lexicon, lexicon_of
from onrecord.intake.lexicon import languages as lexicons
from onrecord.model import Question, Term

MOST_PROPOSED = 8
"""So many figures of one document are proposed."""
_MOST_PARAGRAPH = 4000
_NUMBER = re.compile(r"(?<![\w.,/:$€£#№-])\d[\d.,'’٬٫]*(?:[ \u00a0\u202f]\d{3}(?!\d))*(?![\w/%:])(?<![.,])")
_YEAR = re.compile("(?:1[6-9]|20)[0-9]{2}")
_WORD = r"[^\W\d_][\w'’-]*"
_CLAUSE_END = re.compile(r"[.,;:!?()،؛؟–—]|\s[-–—]\s")
_QUOTED = re.compile(r"[“”«»„\"]")
_MOST_BETWEEN, _MOST_BEFORE_VERB, _MOST_COUNTED = 2, 3, 30


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A number as it is printed, with what it counts, and what can be said of its bounds."""

    value: str
    low: str
    high: str
    counts: str


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
        self._names = terms.names
        own = Term("name", publisher, "", tuple(_shorter(publisher, lexicon)))
        self._publisher = finder([own]) if publisher else finder(())
        self._verb = lexicon.pattern("counting_verbs", "within")
        self._according = lexicon.pattern("according_to", "within")
        self._counted = lexicon.pattern("counted_words", "start")
        self._least = lexicon.pattern("at_least_words", "end")
        self._most = lexicon.pattern("at_most_words", "end")
        self._condition = lexicon.pattern("condition_words", "within")

    def questions(self, text: str, paragraph: int) -> Iterator[Question]:
        for sentence in self._sentences(text):
            numbers = list(self._numbers(sentence))
            if not numbers or _QUOTED.search(sentence) or self._is_conditional(sentence, numbers):
                continue
            reporter = self._reporter(sentence)
            for proposal in numbers if reporter else ():
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

    def _is_conditional(self, sentence: str, numbers: Sequence[_Proposal]) -> bool:
        """True for a sentence that does not state what it says; “no” and “not” in the words of a number (“not less than 40”) say nothing of
        that."""
        for proposal in numbers:
            sentence = sentence.replace(proposal.value, " ")
        return self._condition.search(sentence) is not None

    def _reporter(self, sentence: str) -> str:
        """The one known name that reports what a sentence says, as it is written there; empty where there is none, or a second source."""
        known = sorted(
            {(start, end) for each in (self._publisher, self._names) for start, end, _ in each.find(sentence)}
        )
        known = [span for span in known if not any(_lies_in(span, other) for other in known)]
        sources = [match.span() for match in self._according.finditer(sentence)]
        verbs = [match.span() for match in self._verb.finditer(sentence)]
        if len(sources) > 1 or (sources and any(_is_spoken(sentence, source, verbs) for source in sources)):
            return ""
        if sources:
            of = [
                span
                for span in known
                if 0 <= span[0] - sources[0][1] <= 1 or _is_article(sentence, sources[0][1], span[0])
            ]
        else:
            of = [span for span in known if any(self._goes_with(sentence, span, verb) for verb in verbs)]
        if len(of) != 1 or any(_is_joined(sentence, of[0], other) for other in known if other != of[0]):
            return ""
        return sentence[of[0][0] : of[0][1]]

    def _goes_with(self, sentence: str, name: tuple[int, int], verb: tuple[int, int]) -> bool:
        """True for a verb a few words behind a name or, where a language has it so, before it; and for one that ends the sentence which
        the name begins."""
        if name[1] <= verb[0]:
            between = sentence[name[1] : verb[0]]
            if name[0] <= _HEAD and not re.search(r"[^\W\d_]", sentence[verb[1] :]):
                return not _CLAUSE_END.search(between)
        else:
            between = sentence[verb[1] : name[0]]
        return not _CLAUSE_END.search(between) and len(between.split()) <= _MOST_BEFORE_VERB

    def _numbers(self, sentence: str) -> Iterator[_Proposal]:
        """The numbers of a sentence that count something it names."""
        for match in _NUMBER.finditer(sentence):
            value = match[0]
            number = amounts.plain(value, self._decimal_sign)
            if number is None or number != number.to_integral_value() or _YEAR.fullmatch(amounts.western(value)):
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
            yield _Proposal(value, text if least else "", text if most else "", counted)

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
                clause = _CLAUSE_END.split(behind[at:], maxsplit=1)[0]
                words = clause.split()
                return " ".join(words[:_MOST_COUNTED]) + (" …" if len(words) > _MOST_COUNTED else "")
            word = re.match(rf"{_WORD}\s+", behind[position:])
            if not word:
                return ""
            position += word.end()
        return ""


_HEAD = 8


def _shorter(publisher: str, lexicon: Lexicon) -> Iterator[str]:
    """What a text calls its publisher beside the whole name: without what stands in brackets, and what stands there."""
    whole, _, bracketed = publisher.rpartition("(")
    if publisher.endswith(")") and len(whole.rstrip()) >= 3 and re.fullmatch("[^()]{2,15}", bracketed[:-1]):
        yield whole.rstrip()
        yield bracketed[:-1]


def _scalar(text: str) -> str:
    """A text as a YAML scalar in single quotation marks (YAML 1.2.2 section 7.3.2), which stand in a question as they are."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _lies_in(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _is_joined(sentence: str, name: tuple[int, int], other: tuple[int, int]) -> bool:
    """True for two names that hardly anything stands between: “X and the Y recorded”."""
    first, second = sorted((name, other))
    return len(sentence[first[1] : second[0]].split()) <= _MOST_BETWEEN


def _is_article(sentence: str, start: int, end: int) -> bool:
    """True where a short word at most stands between “according to” and a name."""
    between = sentence[start:end]
    return 0 <= len(between) <= _HEAD and len(between.split()) <= 1 and not _CLAUSE_END.search(between)


def _is_spoken(sentence: str, source: tuple[int, int], verbs: Sequence[tuple[int, int]]) -> bool:
    """True where a verb of counting stands in another clause than “according to”: somebody reports what another says."""
    return any(_CLAUSE_END.search(sentence[min(source[1], verb[1]) : max(source[0], verb[0])]) for verb in verbs)
