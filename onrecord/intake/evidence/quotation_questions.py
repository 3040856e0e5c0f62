"""What a body's quotations leave open, as questions for the person who reviews it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.intake.document import Block
from onrecord.intake.evidence.attribution_forms import Attribution
from onrecord.intake.evidence.claims import evidence_of, quoted
from onrecord.intake.evidence.quotation_marks import word_count
from onrecord.model import Question, Quotation

# Shorter words that nobody is named for are a term as often.
_LEAST_ASKED = 8


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """Words that somebody is said to say, the number of their paragraph, and whose they are: None where that is open."""

    words: str
    paragraph: int | None
    attribution: Attribution | None

    def quotation(self) -> Quotation:
        """The words as a release has them, with an empty speaker where that is open."""
        return Quotation(self.attribution.speaker if self.attribution else "", self.words, paragraph=self.paragraph)


@dataclass(frozen=True, slots=True)
class WaitingWords:
    """The words of a quotation whose speaker may come at its end, the number of their paragraph, whether nothing closes them, and whether
    the text says that somebody speaks them."""

    words: str
    number: int | None
    is_open: bool = False
    is_spoken: bool = False


def without_struck(
    spoken: Sequence[SpokenWords], body: Sequence[Block]
) -> tuple[tuple[SpokenWords, ...], tuple[Question, ...]]:
    """Quotations without those in which words are struck out, and a question about these: nobody knows which words were said."""
    struck: dict[int | None, list[str]] = {}
    number = 0
    for block in body:
        number += block.kind in ("paragraph", "quote")
        words = [run.text.strip() for run in block.runs if run.mark == "struck" and run.text.strip()]
        struck.setdefault(None if block.kind == "item" else number, []).extend(words)
    doubtful = [one for one in spoken if any(words in one.words for words in struck.get(one.paragraph, ()))]
    if not doubtful:
        return tuple(spoken), ()
    question = Question(
        "quotations",
        "Which of these words were said? Some of them are struck out in the text.",
        evidence_of(quoted(one.words) for one in doubtful),
    )
    return tuple(one for one in spoken if one not in doubtful), (question,)


def speaker_questions(spoken: Sequence[SpokenWords], candidates: Mapping[str, str]) -> tuple[Question, ...]:
    """The question about words whose speaker is open. `candidates` are these words, each with what speaks for somebody, or an empty
    text."""
    open_words = {one.words for one in spoken if one.attribution is None}
    asked = [
        quoted(words) + (f" ({candidate})" if candidate else "")
        for words, candidate in candidates.items()
        if candidate or words in open_words or word_count(words) >= _LEAST_ASKED
    ]
    if not asked:
        return ()
    question = "Who says this? The text does not name the speaker beside the words."
    return (Question("quotations", question, evidence_of(asked)),)
