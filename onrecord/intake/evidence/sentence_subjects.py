"""The sentences of a text, and whom each is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from onrecord.intake.evidence.person_names import PersonNames
from onrecord.intake.evidence.quotation_shapes import STOPS
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.lexicon import Lexicon

AFTER_COMMA = re.compile(r"(?:(?<!\s)\s+)?[,،，、;]\s*")
# The numbers of notes may stand behind the stop.
_SENTENCE_END = re.compile(r"(?<=[.!?؟。！？])(?<!\b[A-Z]\.)(?:(?:\[[\d⁰¹²³⁴-⁹]{1,3}\]){0,3}\s+|(?<=[。！？]))")
# "said Ada Quill.The lamps": an agency's text has lost the blank.
_GLUED = re.compile(r"(?<=[a-zß-öø-ÿ]{2}[.!?])(?=[A-ZÀ-Þ][a-zß-öø-ÿ’']{1,20}\s)")
_PRONOUN = "\0"
_MOST_WORDS_TO_NAME = 7
# "Lieut."
_LONGEST_SHORT, _SHORTEST = 6, 4


class SentenceSubjects:
    """Reads sentences with the words of a language. `resolved` gives a surname as the text has it whole."""

    def __init__(self, terms: Terms, publisher: str, lexicon: Lexicon, resolved: Callable[[str], str]) -> None:
        self._terms = terms
        self._publisher = publisher
        self._names = PersonNames(lexicon)
        self._pronoun = lexicon.pattern("pronouns", "start")
        self._verb = lexicon.pattern("speech_verbs", "within")
        self._and = lexicon.pattern("conjunctions", "start")
        self._resolved = resolved

    def sentences(self, text: str) -> list[str]:
        """A text's sentences; an abbreviation of a title ends none."""
        out: list[list[str]] = []
        for piece in _SENTENCE_END.split(_GLUED.sub(" ", text)):
            last = next(iter(out[-1][-1].split()[-1:]), "") if out else ""
            if out and last.endswith(".") and (self._is_shortened(last) or len(last.strip("(.")) <= 2):
                out[-1].append(piece)
            elif piece.strip():
                out.append([piece])
        return [" ".join(pieces) for pieces in out]

    def _is_shortened(self, word: str) -> bool:
        """True for a title that is cut short: "Sen.", and not "Sprecher."."""
        short = len(word) <= _LONGEST_SHORT and (word[:1].isupper() or len(word) <= _SHORTEST)
        return short and self._names.is_title(word)

    def subject_before(self, sentences: Sequence[str], fallback: str) -> str:
        """The person whom the last of some sentences is about; `fallback` where they only go on about whoever was before them."""
        for sentence in reversed(sentences):
            subject = self.subject_of(sentence)
            if subject != _PRONOUN:
                return subject
        return fallback

    def subject_of(self, sentence: str) -> str:
        """The one person whom a sentence is about: its subject, if nobody else is named in it; _PRONOUN for "he", "she"."""
        pieces = AFTER_COMMA.split(sentence.strip(' "“”«»,'))
        if len(pieces) > 1 and (spoken := self._verb.search(pieces[-1])):
            # "Marr built fine clocks, says Ada Quill": whoever says it, and not whom it is about.
            return self._speaker_of(pieces[-1], spoken)
        heads = pieces[:1]
        if len(pieces) > 1 and pieces[0] and self._names.is_small(pieces[0].split()[0]):
            heads.append(pieces[1])
        for head in heads:
            if self._pronoun.match(head):
                return _PRONOUN
            name = self._names.at_start(head)
            end = head.find(name) + len(name) if name else 0
            behind = head[end:].strip()
            if not name or behind.startswith(("'", "’", "&")) or len(head[:end].split()) > _MOST_WORDS_TO_NAME:
                continue
            if len(name.split()) == 2 and self._names.is_small(name.split()[0]):
                # "En Europe"
                continue
            full = self._resolved(name)
            if not self._names.is_full(full) or self.is_place_or_body(full):
                continue
            joined_by = behind.split()[:1]
            others = {other for other in self._names.all_in(sentence) if not self.is_same(other, full)}
            others = {other for other in others if not self.is_place_or_body(other)}
            # "Ada Quill and the judge left": the sentence is about two.
            is_joined = self._and.match(behind) is not None or (
                bool(joined_by)
                and len(behind.split()) > 1
                and self._names.is_small(joined_by[0])
                and behind.split()[1][:1].isupper()
            )
            return "" if others or is_joined else full
        return ""

    def _speaker_of(self, clause: str, verb: re.Match[str]) -> str:
        """Who says a sentence that ends in a clause with a verb of speech alone: "says Ada Quill", "she said"; as `subject_of`."""
        said_by = (clause[: verb.start()].strip() or clause[verb.end() :]).strip(" .")
        if self._pronoun.fullmatch(said_by):
            return _PRONOUN
        name = self._names.at_start(said_by)
        full = self._resolved(name) if name and said_by.endswith(name) else ""
        return full if self._names.is_full(full) and not self.is_place_or_body(full) else ""

    def is_followed_by_another(self, after: str, speaker: str) -> bool:
        """True where what follows a quotation in its own sentence names somebody else than `speaker`: `…,” warns Ada Quill`, `…” (Quill,
        2014)`. `after` begins with the last character in the marks."""
        ended, behind = after[:1] in STOPS, after[2:].lstrip()
        head = (self.sentences(behind) or [""])[0]
        capitals = [word for word in re.findall(r"[^\W\d_][\w-]+", head) if word[:1].isupper() and word not in speaker]
        if re.match(r"\([^\W\d_]", behind) or after[:1] in ",،" or behind[:1] in ",،—–-":
            return bool(capitals)
        others = (name for name in self._names.all_in(head) if not self.is_same(name, speaker))
        return not ended and not all(map(self.is_place_or_body, others))

    def is_place_or_body(self, name: str) -> bool:
        terms = self._terms
        term = terms.names.term(name)
        return (
            terms.places.term(name) is not None
            or (term is not None and term.type != "person")
            or key(name) == key(self._publisher)
        )

    def is_same(self, name: str, other: str) -> bool:
        return key(name).split()[-1] == key(other).split()[-1] or set(key(name).split()) <= set(key(other).split())
