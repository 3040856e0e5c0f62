"""Every visible character of a document ends in one place: a field, the body, the notes, or the list of what was left out.

What a document shows is gathered by its reader without what the reader understands of it (`Document.visible`). Here it is held against
all places together, word by word and counted: a word that stands three times in the document must stand three times in its places. What
is in no place at all is a fault of the program, and the draft says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.intake.document import Layout, LeftOut
from onrecord.model import Question

UNACCOUNTED = "unaccounted"
_WORD = re.compile(r"[^\W_]+")
_MOST_SHOWN = 160


def placed_texts(layout: Layout, left_out: Iterable[LeftOut]) -> list[str]:
    """The texts of all places of a document that was taken apart."""
    texts = [
        layout.title,
        layout.subtitle,
        layout.publisher,
        layout.glued,
        layout.dateline,
        *layout.header,
        *layout.footer,
    ]
    texts += [text for block in (*layout.body, *layout.notes) for text in block.texts]
    texts += [left.text for left in left_out]
    return texts


def unaccounted(visible: Sequence[str], placed: Iterable[str]) -> tuple[str, ...]:
    """The words of `visible` that are missing in `placed`, in the document's order, those that stand beside each other together.

    Words are runs of letters and digits in Unicode form C; what stands between them is not looked at. A word that was parted at a line's
    end, or joined, is the same word.
    """
    count = Counter(word for text in placed for word in _words(text))
    runs: list[list[str]] = []
    for text in visible:
        beside = False
        for word in _words(text):
            if count[word] > 0:
                count[word] -= 1
                beside = False
                continue
            if beside:
                runs[-1].append(word)
            else:
                runs.append([word])
            beside = True
    if not runs:
        return ()
    # A word parted in one place and whole in the other has the same letters.
    surplus = Counter({word: left for word, left in count.items() if left > 0})
    lost: list[str] = []
    joined_before = ""
    for run in runs:
        letters = "".join(run)
        if surplus[letters] > 0:
            surplus[letters] -= 1
            continue
        if joined_before and surplus[joined_before + letters] > 0:
            surplus[joined_before + letters] -= 1
            lost.pop()
            joined_before = ""
            continue
        if _parted(letters, surplus):
            continue
        lost.append(" ".join(run))
        joined_before = letters
    return tuple(lost)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text))


def _parted(letters: str, surplus: Counter[str]) -> bool:
    """True where the letters are surplus words put together; those are then used up."""
    rest, used = letters, list[str]()
    while rest:
        word = next((rest[:end] for end in range(len(rest), 0, -1) if surplus[rest[:end]] > 0), "")
        if not word:
            for word in used:
                surplus[word] += 1
            return False
        surplus[word] -= 1
        used.append(word)
        rest = rest[len(word) :]
    return True


def questions(left_out: Iterable[LeftOut], lost: Sequence[str]) -> tuple[Question, ...]:
    """What the draft asks about text that stands in none of its fields, and says of text that is in no place at all."""
    doubtful = [left for left in left_out if left.prose]
    asked = []
    if doubtful:
        evidence = "; ".join(f"“{left.text[:_MOST_SHOWN]}” ({left.reason})" for left in doubtful)
        asked.append(Question("body", "Do these words belong to the release? They were left out.", evidence))
    if lost:
        evidence = "; ".join(f"“{text[:_MOST_SHOWN]}”" for text in lost)
        asked.append(
            Question(
                "body",
                "These words of the document stand nowhere in the draft. That is a fault of the program: please report it.",
                evidence,
            )
        )
    return tuple(asked)
