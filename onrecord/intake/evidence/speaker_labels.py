"""The speaker whom words name without a verb: the label before a colon, a line of a list of voices."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from onrecord.intake.evidence.known_speakers import KnownSpeakers
from onrecord.intake.evidence.name_cases import gives_people_cases, is_subject
from onrecord.intake.evidence.person_names import PersonNames
from onrecord.intake.evidence.sentence_subjects import AFTER_COMMA
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import Lexicon

_MOST_LABEL, _MOST_LABEL_WITH_OFFICE = 6, 16
# "Ada Quill (#24, Keld Boats, 3rd place): “…”": what stands in brackets says who she is.
_BRACKETS = re.compile(r"\s\([^()]{1,80}\)(?=\s*[:：]?\s*$)")
# A line that is a label and one quotation, a whole sentence or more.
_VOICE = re.compile(r"(?P<label>[^“”„«»\"「」:：]{4,160})[:：]\s*[“„«\"](?P<words>[^“”„«»\"「」]{20,})[”“»\"]\.?\s*$")
_STOPS = (".", "!", "?", "…")
# So many lines of one shape, each with a name of its own, are a list of voices.
_LEAST_VOICES = 3


class SpeakerLabels:
    """Reads labels in a text. `is_complement` is true where a name at the end of some words is not who they are about."""

    def __init__(
        self,
        text: str,
        terms: Terms,
        lexicon: Lexicon,
        known: KnownSpeakers,
        is_complement: Callable[[str, str], bool],
    ) -> None:
        self._text = text
        self._terms = terms
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)
        self._known = known
        self._is_complement = is_complement

    def speaker(self, text: str, *, colon: bool) -> tuple[str, bool]:
        """The speaker whom words before a quotation name, an empty text for nobody, and whether that is sure: a label alone may be the
        name of a thing, so a name needs a title, a second place in the text, or a list of voices in which somebody has one of these."""
        named = self._known_label(text, colon=colon)
        if named or not colon:
            return named, True
        voice = self._voices.get(_plain(text), "")
        return self._known.resolved(voice), not voice or self._has_list_of_voices

    def _known_label(self, text: str, *, colon: bool) -> str:
        """The speaker in `Sprecherin Ute Brand: „`, `Ute Brand, Sprecherin des Bundes: „`, `Ute Brand (Sprecherin): „`, `Per il presidente
        Tullio Ferri, «`."""
        bracketed = _BRACKETS.search(text) if colon else None
        head = (text[: bracketed.start()] if bracketed else text).rstrip(" :：,،")
        pieces = AFTER_COMMA.split(head)
        whole_label = text.rstrip(" :：") if bracketed else head
        if colon and len(pieces) == 1 and len(head.split()) <= _MOST_LABEL:
            name = self._names.at_end(head)
            known = name and (
                self._known.is_repeated(name)
                or any(map(self._names.is_title, filter(None, re.split(r"[\s'’(),]+", whole_label))))
            )
            whole = known and self._names.is_full(name) and not self._is_complement(head, name)
            whole = whole and self._is_as_called(name, head)
            return self._known.resolved(name) if whole else ""
        if len(head.split()) > _MOST_LABEL_WITH_OFFICE or not (colon or text.rstrip().endswith(",")):
            return ""
        opinion = None if colon else self._lexicon.pattern("opinion_words", "start").match(head)
        if opinion:
            pieces = AFTER_COMMA.split(head[opinion.end() :].strip())
        elif not colon or len(pieces) < 2:
            return ""
        titles = self._lexicon.pattern("person_titles", "within")
        titled = any(map(titles.search, pieces))
        if colon and pieces[-1].split() and not (titles.search(pieces[-1]) or self._whole_name(pieces[-1])):
            # "the keeper, Ada Quill, thinking: “…”"
            return ""
        named = [name for piece in pieces if (name := self._whole_name(piece))]
        return self._known.resolved(named[0]) if titled and len(named) == 1 else ""

    def _is_as_called(self, name: str, label: str) -> bool:
        """True for a name in the form in which its bearer is called: in a language that gives names an ending for their case, alone with
        titles in its label, or elsewhere the subject ("Let us hear Adam Quill himself: “…”" has it in another case)."""
        if not gives_people_cases(self._lexicon):
            return True
        before = label[: label.rfind(name)].split()
        return all(map(self._names.is_title, before)) or is_subject(name, self._text.splitlines(), self._lexicon)

    def _whole_name(self, piece: str) -> str:
        """The full name that some words are, with no more than a calling before it."""
        name = self._names.at_start(piece)
        before = piece[: piece.rfind(name)].split() if name and piece.endswith(name) else ["?"]
        if not self._names.is_full(name) or self._terms.places.term(name) or "?" in before:
            return ""
        return "" if any(map(self._names.is_small, before[1:])) else name

    @cached_property
    def _voices(self) -> dict[str, str]:
        """The name at the head of each line that is a label and a quotation, by the label."""
        voices = {}
        for line in self._text.split("\n"):
            match = _VOICE.match(line)
            if match is None or not match["words"].rstrip().endswith(_STOPS):
                continue
            first, *further = AFTER_COMMA.split(_BRACKETS.sub("", match["label"]).strip())
            if self._whole_name(first) == first and not any(map(self._whole_name, further)):
                voices[_plain(match["label"])] = first
        return voices

    @cached_property
    def _has_list_of_voices(self) -> bool:
        names = list(self._voices.values())
        anchored = any(self._known_label(label + ":", colon=True) for label in self._voices)
        return anchored and len(names) >= _LEAST_VOICES and len(set(names)) == len(names)


def _plain(label: str) -> str:
    return label.strip(" *_:：")
