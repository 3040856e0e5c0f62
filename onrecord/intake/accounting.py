"""Every visible character of a document ends in one place: a field, the body, the notes, or the list of what was left out.

What a document shows is gathered by its reader without what the reader understands of it (`Document.visible`). Here it is held against
all places together, word by word and counted: a word that stands three times in the document must stand three times in its places. What
is in no place at all is a fault of the program, and the draft says so.

All of it takes time in proportion to the length of the texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.characters import LIGATURES
from onrecord.intake.document import Block, Layout, LeftOut
from onrecord.model import Question

UNACCOUNTED = "unaccounted"
HEAD = "line of the head"
FOOT = "line of the foot"
# A word is a run of letters and digits; of scripts that are written without blanks, each character is one, however lines part them.
_WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    "|[^\\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
# What is no text: soft hyphens, joiners, marks of direction, the byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
# A digit that is raised or lowered, by its look or by its sign, is the same one: here only its loss is looked for.
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ₀₁₂₃₄₅₆₇₈₉", "0123456789n0123456789")
# l e t t e r - s p a c e d text.
_LETTER_SPACED = re.compile(r"(?<!\S)[^\W\d_](?:\s[^\W\d_]){2,}(?!\S)")
# The end of each of those, which is looked for many times faster.
_MAY_BE_LETTER_SPACED = re.compile(r"\s[^\W\d_]\s[^\W\d_](?!\S)")
_BREAKS_OFF = re.compile(r"[^\W\d_][-\u2010]\s*$|\u00ad\s*$")
# Letters of one word that stand in pieces are put together up to this length.
_LONGEST_WORD = 80
# What a question quotes of the text that was left out: front matter has 60 KB for everything.
_MOST_QUOTED = 12_000
_MOST_OF_ONE = 1_500


def placed_texts(layout: Layout, left_out: Iterable[LeftOut]) -> list[str]:
    """The texts of all places of a document that was taken apart."""
    texts = [
        layout.title,
        layout.subtitle,
        layout.dateline,
        *layout.header,
        *layout.footer,
    ]
    texts += [text for block in (*layout.body, *layout.notes) for text in block_texts(block)]
    texts += [left.text for left in left_out]
    return texts


def block_texts(block: Block) -> tuple[str, ...]:
    """The texts of a block, the number of a list item and the labels of footnotes among them: of the note itself and of its calls."""
    marker = (block.marker,) if block.marker and block.marker != "-" else ()
    calls = (run.note for runs in block.cells for run in runs if run.note)
    return (*marker, *block.texts, *calls)


def unaccounted(visible: Sequence[str], placed: Iterable[str]) -> tuple[str, ...]:
    """The words of `visible` that are missing in `placed`, in the document's order, those that stand beside each other together.

    Words are compared in Unicode form C, ligatures spelled out; what stands between them is not looked at. A word that was parted, at a
    line's end or by blanks, or joined, is the same word.
    """
    placed = list(placed)
    # Of most documents every line stands somewhere as it is, so that no word has to be looked at.
    lines = _lines(placed)
    if all(lines[line] >= times for line, times in _lines(visible).items()):
        return ()
    count = Counter(word for text in placed for word in words(text))
    runs = _missing_runs(visible, count)
    if not runs:
        return ()
    # A word parted in one place and whole in the other has the same letters.
    surplus = Counter({word: left for word, left in count.items() if left > 0})
    longest = min(max(map(len, surplus), default=0), _LONGEST_WORD)
    out: list[list[str]] = []
    before = ""
    for run in runs:
        letters = "".join(run)
        if before and len(before) + len(letters) <= _LONGEST_WORD and surplus[before + letters] > 0:
            surplus[before + letters] -= 1
            out.pop()
            before = ""
        elif _taken_together(letters, surplus, longest):
            before = ""
        else:
            out.append(run)
            before = letters if len(letters) < _LONGEST_WORD else ""
    return tuple(" ".join(run) for run in _without_joined(out, surplus))


def _lines(texts: Iterable[str]) -> Counter[str]:
    """The lines of texts, and how often each is there."""
    return Counter(line for text in texts for line in map(str.strip, text.split("\n")) if line)


def _without_joined(runs: Sequence[Sequence[str]], surplus: Counter[str]) -> list[list[str]]:
    """The runs without those of their words that stand put together among the surplus ones, wherever in the text they are: which of many
    equal words was the one that was joined, nobody can tell."""
    left = Counter(word for run in runs for word in run)
    longest = min(max(map(len, left), default=0), _LONGEST_WORD)
    for word, times in surplus.items():
        for _ in range(times):
            if not _taken_together(word, left, longest):
                break
    out: list[list[str]] = []
    for run in runs:
        kept = []
        for word in run:
            if left[word] > 0:
                left[word] -= 1
                kept.append(word)
        if kept:
            out.append(kept)
    return out


def words(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(LIGATURES)).translate(_RAISED)
    if " " in text and _MAY_BE_LETTER_SPACED.search(text):
        text = _LETTER_SPACED.sub(lambda match: "".join(match[0].split()), text)
    return _WORD.findall(text)


def _missing_runs(visible: Sequence[str], count: Counter[str]) -> list[list[str]]:
    """The words that `count` does not have, those that stand beside each other in one run; the others are taken from `count`."""
    runs: list[list[str]] = []
    begun = ""
    for number, text in enumerate(visible):
        text_words = words(text)
        beside = False
        if begun and text_words:
            # The first half of a word stands at the end of the text before.
            if count[begun + text_words[0]] > 0:
                count[begun + text_words[0]] -= 1
                text_words = text_words[1:]
            elif count[begun] > 0:
                count[begun] -= 1
            else:
                runs.append([begun])
            begun = ""
        following = number + 1 < len(visible)
        if following and text_words and _BREAKS_OFF.search(text[-12:]):
            begun = text_words.pop()
        for word in text_words:
            if count[word] > 0:
                count[word] -= 1
                beside = False
                continue
            if beside:
                runs[-1].append(word)
            else:
                runs.append([word])
            beside = True
    if begun:
        if count[begun] > 0:
            count[begun] -= 1
        else:
            runs.append([begun])
    return runs


def _taken_together(letters: str, surplus: Counter[str], longest: int) -> bool:
    """True where letters are words of `surplus` put together, which are then used up."""
    used: list[str] = []
    at = 0
    while at < len(letters):
        for end in range(min(at + longest, len(letters)), at, -1):
            word = letters[at:end]
            if surplus[word] > 0:
                surplus[word] -= 1
                used.append(word)
                at = end
                break
        else:
            surplus.update(used)
            return False
    return True


def questions(left_out: Iterable[LeftOut], lost: Sequence[str]) -> tuple[Question, ...]:
    """What the draft asks about text that stands in none of its fields, and says of text that is in no place at all: one question each,
    which quotes as much as fits into front matter. `import --json` has all of it."""
    doubtful = [(left.text, left.reason) for left in left_out if left.prose]
    out = []
    if doubtful:
        out.append(Question("body", "Do these words belong to the release? They were left out.", _quoted(doubtful)))
    if lost:
        sentence = (
            "These words of the document are nowhere in the draft. That is a fault of the program: please report it."
        )
        out.append(Question("body", sentence, _quoted([(text, "") for text in lost])))
    return tuple(out)


def _quoted(texts: Sequence[tuple[str, str]]) -> str:
    """Texts with their reasons, as far as there is room, and how much more there is."""
    out: list[str] = []
    room = _MOST_QUOTED
    for number, (text, reason) in enumerate(texts):
        shown = text if len(text) <= _MOST_OF_ONE else f"{text[:_MOST_OF_ONE]} …"
        piece = f"“{shown}” ({reason})" if reason else f"“{shown}”"
        room -= len(piece.encode())
        if room < 0 and out:
            more = len(texts) - number
            out.append(f"and {more:,} more, which `import --json` prints under `left_out`")
            break
        out.append(piece)
    return "; ".join(out)
