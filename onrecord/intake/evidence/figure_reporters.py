"""Who reports the numbers of a sentence: a known name beside a verb of counting, behind “according to”, or one that the sentence has say
so: “at least 40 people were killed, the Union said on Monday”, “the Union said that 40 people were killed”. Where there are two
sources, or something is demanded, it is nobody: who says the number is then open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.intake.evidence.term_finder import Terms, finder
from onrecord.intake.lexicon import Lexicon
from onrecord.model import Term

CLAUSE_END = re.compile(r"[.,;:!?()،؛؟–—]|\s(?:-|–|—|--)\s")
_MOST_BETWEEN, _MOST_BEFORE_VERB = 2, 3
_HEAD = 8
_MOST_BEFORE_THAT = 60
_BRACKETED = re.compile(r"\s\(\s?$")
_NAME_QUOTED = re.compile(r"[“„«\"]\s?([^“”„«»\"]{2,80}?)\s?[”“»\"]")
_COMMA = re.compile(r"[,،]\s")
_MOST_REPORT = 45

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reported:
    """Who reports the numbers that stand between two places of a sentence, as it is written there."""

    by: str
    start: int
    end: int


class Reporters:
    """Reads sentences with the words of a language; known are the names of the vocabulary and the publisher."""

    def __init__(self, terms: Terms, publisher: str, lexicon: Lexicon) -> None:
        self._names = terms.names
        own = Term("name", publisher, "", tuple(_shorter(publisher, lexicon)))
        self._publisher = finder([own]) if publisher else finder(())
        self._counting = lexicon.pattern("counting_verbs", "within")
        self._reporting = lexicon.pattern("reporting_verbs", "within")
        self._speaking = lexicon.pattern("speech_verbs", "within")
        self._that = lexicon.pattern("that_words", "within")
        self._demand = lexicon.pattern("demand_words", "within")
        self._report = lexicon.pattern("report_words", "within")
        self._according = lexicon.pattern("according_to", "within")

    def plain(self, sentence: str) -> str:
        """A sentence of the same length whose quotation marks around a known name, and nothing else, are blanks."""

        def blank(match: re.Match[str]) -> str:
            inside = match.span(1)
            known = any((start, end) == (0, len(match[1])) for start, end in self._known(match[1]))
            return f" {match.string[match.start() + 1 : match.end() - 1]} " if known and inside else match[0]

        return _NAME_QUOTED.sub(blank, sentence)

    def of(self, sentence: str) -> Reported | None:
        """Who reports what a sentence counts."""
        known = self._known(sentence)
        sources = [match.span() for match in self._according.finditer(sentence)]
        verbs = [match.span() for match in self._counting.finditer(sentence)]
        if len(sources) > 1 or (sources and any(_is_spoken(sentence, source, verbs) for source in sources)):
            return None
        if sources:
            of = [span for span in known if self._is_behind(sentence, sources[0], span)]
        else:
            of = [span for span in known if any(self._goes_with(sentence, span, verb) for verb in verbs)]
            if not of:
                return self._told(sentence, known)
        if len(of) != 1 or any(_is_joined(sentence, of[0], other) for other in known if other != of[0]):
            return None
        return Reported(sentence[slice(*of[0])], 0, len(sentence))

    def _known(self, sentence: str) -> list[Span]:
        """Where known names stand, one in another left out; a name and its short form in brackets behind it are one."""
        found = sorted(
            {(start, end) for each in (self._publisher, self._names) for start, end, _ in each.find(sentence)}
        )
        found = [span for span in found if not any(_lies_in(span, other) for other in found)]
        joined: list[Span] = []
        for span in found:
            if joined and _BRACKETED.fullmatch(sentence[joined[-1][1] : span[0]]) and sentence[span[1] :][:1] == ")":
                joined[-1] = joined[-1][0], span[1] + 1
            else:
                joined.append(span)
        return joined

    def _goes_with(self, sentence: str, name: Span, verb: Span) -> bool:
        """True for a verb a few words behind a name or, where a language has it so, before it; and for one that ends the sentence which
        the name begins."""
        if name[1] <= verb[0]:
            between = sentence[name[1] : verb[0]]
            if name[0] <= _HEAD and not re.search(r"[^\W\d_]", sentence[verb[1] :]):
                return not CLAUSE_END.search(between)
        else:
            between = sentence[verb[1] : name[0]]
        return not CLAUSE_END.search(between) and len(between.split()) <= _MOST_BEFORE_VERB

    def _is_behind(self, sentence: str, source: Span, name: Span) -> bool:
        """True where a short word at most stands between “according to” and a name, or a report: “the yearly report of”."""
        between = sentence[source[1] : name[0]]
        if name[0] < source[1] or CLAUSE_END.search(between):
            return False
        is_near = len(between) <= 1 or (len(between) <= _HEAD and len(between.split()) <= 1)
        return is_near or (len(between) <= _MOST_REPORT and bool(self._report.search(between)))

    def _told(self, sentence: str, known: Sequence[Span]) -> Reported | None:
        """The one name of a sentence that says all of it but the clause in which the name stands."""
        verbs = [match.span() for match in self._reporting.finditer(sentence)]
        others = [
            match for match in self._speaking.finditer(sentence) if not any(_meets(match.span(), v) for v in verbs)
        ]
        if len(known) != 1 or len(verbs) != 1 or others or self._demand.search(sentence):
            return None
        (name,), (verb,) = known, verbs
        by = sentence[slice(*name)]
        that = self._that.search(sentence, max(name[1], verb[1]))
        commas = [match.start() for match in _COMMA.finditer(sentence, 0, min(name[0], verb[0]))]
        if commas:
            # “…, the Union said on Monday.”
            behind = _COMMA.search(sentence, max(name[1], verb[1]))
            rest = sentence[verb[1] : behind.start() if behind else len(sentence)]
            ends = name[1] <= verb[0] and not re.search(r"[^\W\d_]", rest)
            is_beside = self._goes_with(sentence, name, verb)
            is_told = is_beside or (ends and not CLAUSE_END.search(sentence[name[1] : verb[0]]))
            says_more = that is not None and (behind is None or that.start() < behind.start())
            return Reported(by, 0, commas[-1]) if is_told and not says_more else None
        begins = not re.search(r"\d|[,،;:]", sentence[: min(name[0], verb[0])])
        if that and begins and self._goes_with(sentence, name, verb):
            between = sentence[max(name[1], verb[1]) : that.start()]
            if len(between) <= _MOST_BEFORE_THAT and not re.search(r"[;:.]", between):
                return Reported(by, that.end(), len(sentence))
        return None


def _shorter(publisher: str, lexicon: Lexicon) -> Iterator[str]:
    """What a text calls its publisher beside the whole name: without what stands in brackets, and what stands there."""
    whole, _, bracketed = publisher.rpartition("(")
    if publisher.endswith(")") and len(whole.rstrip()) >= 3 and re.fullmatch("[^()]{2,15}", bracketed[:-1]):
        yield whole.rstrip()
        yield bracketed[:-1]


def _lies_in(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _meets(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _is_joined(sentence: str, name: Span, other: Span) -> bool:
    """True for two names that hardly anything stands between: “X and the Y recorded”."""
    first, second = sorted((name, other))
    return len(sentence[first[1] : second[0]].split()) <= _MOST_BETWEEN


def _is_spoken(sentence: str, source: Span, verbs: Sequence[Span]) -> bool:
    """True where a verb of counting stands in another clause than “according to”: somebody reports what another says."""
    return any(CLAUSE_END.search(sentence[min(source[1], verb[1]) : max(source[0], verb[0])]) for verb in verbs)
