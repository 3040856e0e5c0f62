"""What shows that a line under the headline is no sub-title: the headline in other words, a credit, words that were torn from others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.document import Block
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.header_lines import has_clause
from onrecord.intake.layout.text_echo import TextEcho
from onrecord.intake.lexicon import Lexicon

# Of a line's words the headline has so many, where it says the same.
_SAME_SHARE, _LEAST_SAME = 0.8, 3
# Two lines that were joined without a blank: "… und Co.Erkältet?", "Europäische KommissionVerfahren".
_JOINED = re.compile(r"[^\W\d_A-Z][.:!?][A-ZÄÖÜ][^\W\d_A-Z]{2}|[^\W\d_A-Z]{6}[A-ZÄÖÜ][^\W\d_A-Z]{3}")
_IN_BRACKETS = re.compile(r"[(（\[](?P<within>[^()（）\[\]]{3,80})[)）\]][.。]?$")
_BEHIND_STOP = re.compile(r"[.。!?]\s*(?P<within>[^.。!?:：]{1,30}\s?[:：]\s?[^.。!?:：]{2,60})$")
_MOST_OF_KICKER = 3
_MOST_OF_NAME, _MOST_OF_CREDIT = 4, 6
_AT_PLACE = re.compile(r",\s[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+)?$")
# The end of a sentence of some words, and the beginning of the next: no initial, no short word with a stop.
_SENTENCES = re.compile(r"[^\W\d_]{4}[.!?][”’\"'»)]?\s+[^\W\d_a-z]")
_STOPS, _PULLED_EDGES = frozenset(".!?。！？؟۔"), " .!?。！？؟۔\"“”«»‘’'"
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】"}


def restates(text: str, title: str, lexicon: Lexicon) -> bool:
    """True for a line whose words stand in the headline, nearly all of them."""
    echo = TextEcho(title).of(text, lexicon.words("function_words"))
    return echo.words >= _LEAST_SAME and echo.share >= _SAME_SHARE


def is_credit(text: str, lexicon: Lexicon) -> bool:
    """True for the caption of a picture: its maker is named in brackets or behind a colon at its end, or the line begins so, or is nothing
    but that ("Photo by Ada Marr")."""
    makers = lexicon.pattern("credits", "start")
    text = text.strip()
    ends = [match["within"] for match in (_IN_BRACKETS.search(text), _BEHIND_STOP.search(text)) if match]
    labelled = makers.match(text)
    if any(makers.match(each) for each in ends):
        return True
    if labelled is None:
        return False
    named = [word.lstrip("(（[") for word in text[labelled.end() :].split()]
    by_names = len(labelled[0].split()) > 1 and 0 < len(named) <= _MOST_OF_CREDIT
    return text[labelled.end() :].lstrip()[:1] in (":", "：", "©", "/") or (
        by_names and all(word[:1].isupper() for word in named)
    )


def ends_at_place(text: str) -> bool:
    """True for a line that ends with a comma and one or two words with capitals, as the caption of a picture does that says where it was
    taken: "Keepers at the opening of the new light in Keld, Orla"."""
    return _AT_PLACE.search(text.strip().rstrip(".")) is not None


def is_caption(text: str, lexicon: Lexicon) -> bool:
    """True for a line without a verb that says who is seen, where, and on which side: "Keepers and guests at the lamp gala", "Ada Marr
    (left) with the crew"."""
    found = lexicon.pattern("captions", "within").search(text)
    return found is not None and not has_clause(f"{text[: found.start()]} {text[found.end() :]}", lexicon)


def is_pulled_out(text: str, following: Sequence[str]) -> bool:
    """True for a whole sentence of one of the lines below, which was pulled out of the text and set above it."""
    own = text.strip(_PULLED_EDGES)
    for line in following:
        at = line.find(own)
        if at >= 0:
            before, behind = line[:at].rstrip(" \"“«‘'(")[-1:], line[at + len(own) :][:1]
            if (not before or before in _STOPS) and (not behind or behind in _STOPS):
                return True
    return False


def is_running(block: Block, *, of_page: bool) -> bool:
    """True for a paragraph of several sentences; but on a page (`of_page`), whose standfirst may be one, for one with a full stop at its
    end, too: text, and no line above it."""
    text = block.text.strip()
    stopped = not of_page and text.rstrip("”’\"'»)").endswith((".", "。", "۔", "।"))
    return block.kind == "paragraph" and (stopped or _SENTENCES.search(text) is not None)


def is_notice(text: str, lexicon: Lexicon) -> bool:
    """True for a line that speaks of the document itself: where it was published first, that it was translated, is archived."""
    return lexicon.pattern("document_notice", "whole").match(text.strip().strip("*_()[]")) is not None


def is_in_brackets(text: str) -> bool:
    """True for a line that stands in brackets from end to end, as the note of an editor does."""
    text = text.strip()
    return text[:1] in _BRACKETS and text[-1:] == _BRACKETS[text[0]] and text.count(text[0]) == 1


def is_without_sign(block: Block) -> bool:
    """True for a paragraph whose place is all that speaks for a sub-title, and something against: a script without blanks, whose first
    sentence, caption and sub-title look alike, an exclamation, a name or source in brackets at its end."""
    text = block.text.strip()
    return block.kind == "paragraph" and (
        line_signs.is_unspaced(text) or text.endswith(("!", "！", ")", "）", "]")) or text[:1] in _BRACKETS
    )


def is_torn(text: str) -> bool:
    """True for words that begin in the middle of a sentence, and for lines that were joined."""
    return text[:1].islower() or is_joined(text)


def is_joined(text: str) -> bool:
    """True for two lines that were joined without a blank between them."""
    return _JOINED.search(text) is not None


def ends_with_author(text: str, lexicon: Lexicon) -> bool:
    """True for a heading that ends with a by-line: "Shares in the mill, by Ada Marr"."""
    names = [text[match.end() :].split() for match in lexicon.pattern("by_line", "within").finditer(text)]
    return any(0 < len(words) <= _MOST_OF_NAME and all(word[:1].isupper() for word in words) for words in names)


def kicker(block: Block) -> int:
    """The length of the label in bold capitals before a sub-title on its line ("FOOTBALL The club …"); 0 where none is."""
    runs = [run for run in block.runs if run.text]
    label = runs[0].text if len(runs) > 1 and runs[0].strong and not runs[1].strong else ""
    return len(label) if label.strip().isupper() and len(label.split()) <= _MOST_OF_KICKER else 0
