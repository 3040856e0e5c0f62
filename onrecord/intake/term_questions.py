"""Questions of drafts about words that a vocabulary lacks: how each is worded, and the words that an open one proposes to a vocabulary.

Both stand here, so that what asks and what reads the answer cannot part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.model import Question

AS_SENT = "Whoever sent it in wrote: "
"""Before what a sender wrote, in the evidence of a question."""
_BETWEEN = "; "
_NEW = "Is each of these a new entry of {}.toml, and spelled so? They are proposed with this draft."
_UNKNOWN = re.compile(r"“(.+)” is (?:quoted and is )?not in (names|places|topics)\.toml\. Add ")


def of_unknown(vocabulary: str, word: str, why: str = "") -> Question:
    """About a word that is in no vocabulary; `why` says what speaks against a new entry."""
    return Question(vocabulary, f"“{word}” is not in {vocabulary}.toml. Add it there, or leave it out.", why)


def of_speaker(speaker: str, words: str) -> Question:
    """About somebody who is quoted with these words and is not in names.toml."""
    asked = f"“{speaker}” is quoted and is not in names.toml. Add the name there, or leave it out."
    return Question("names", asked, f"“{words}”")


def of_new(vocabulary: str, labels: Iterable[str]) -> Question:
    """About entries that are proposed together with the draft."""
    return Question(vocabulary, _NEW.format(vocabulary), _BETWEEN.join(labels))


def unknown(question: Question) -> str:
    """The word about which `of_unknown` or `of_speaker` has asked; empty for any other question."""
    match = _UNKNOWN.match(question.question)
    return match[1] if match and match[2] == question.field else ""


def new(question: Question) -> tuple[str, ...]:
    """The labels about which `of_new` has asked; none for any other question."""
    if question.question != _NEW.format(question.field):
        return ()
    return tuple(filter(None, map(str.strip, question.evidence.split(_BETWEEN.strip()))))


def proposed(question: Question) -> Iterator[tuple[str, str]]:
    """What an open question proposes, as pairs of a vocabulary (names, places, topics) and a word; a publisher is a name."""
    if word := unknown(question):
        yield question.field, word
    for label in new(question):
        yield question.field, label
    if question.field == "publisher" and question.evidence.startswith(AS_SENT):
        yield "names", question.evidence.removeprefix(AS_SENT).strip()
