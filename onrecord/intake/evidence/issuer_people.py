"""Whose people a text quotes: "said Ada Marn, director of the Lamp Network", beside whose letterhead or press contact it is a second sign.

A report quotes people of bodies as well, so that this agrees with the lines of the paper and with a press contact only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from onrecord.intake.document import Block
from onrecord.intake.evidence.organization_names import without_article, without_legal_form
from onrecord.intake.lexicon import Lexicon

_QUOTED = re.compile(r"[“”„«»「」『』\"]|(?<!\w)['‘’](?=\w)")
_MOST_BLOCKS, _MOST_PARAGRAPHS, _MOST_MENTIONS = 200, 20, 20
_LONGEST = 3000
_BEFORE, _BEHIND = 60, 60
# "said Ada Marn of the Lamp Committee"
_WHO = re.compile(r"(?:[”»\"’]|,)\s+\w+\s+[^\W\d_a-z][\w.’'-]*\s+[^\W\d_a-z][\w’'-]*$")
# Between a title and the body's name: "of the", "at", "de la".
_MOST_LINKS = 2
_PERSON = re.compile(r"\s+[^\W\d_a-z][\w.’'-]*\s+[^\W\d_a-z]")


def quoting(body: Sequence[Block], lexicon: Lexicon) -> list[str]:
    """The paragraphs of a text in which somebody is quoted, the first of them, each as far as it is looked through."""
    verbs = lexicon.pattern("speech_verbs", "within")
    texts = (block.text[:_LONGEST] for block in body[:_MOST_BLOCKS] if block.kind in ("paragraph", "item", "quote"))
    return list(islice((text for text in texts if _QUOTED.search(text) and verbs.search(text)), _MOST_PARAGRAPHS))


def quoted(name: str, paragraphs: Sequence[str], lexicon: Lexicon) -> str:
    """The words that give somebody whom one of `paragraphs` (see `quoting`) quotes as a body's, by a title that stands beside its name;
    empty where there are none."""
    plain = without_article(without_legal_form(name, lexicon), lexicon)
    for text in paragraphs:
        for match in islice(_mentions(plain, text), _MOST_MENTIONS):
            before, behind = (
                text[max(match.start() - _BEFORE, 0) : match.start()],
                text[match.end() : match.end() + _BEHIND],
            )
            if _is_titled(before, behind, lexicon):
                return _around(text, match, before)
    return ""


def _mentions(name: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)


def _is_titled(before: str, behind: str, lexicon: Lexicon) -> bool:
    """True for a title or a person before a name, small words between, or right behind it with a person: "director of the", "’s
    director Ada Marn"."""
    titles = lexicon.pattern("person_titles", "end")
    small = [lexicon.pattern(category, "whole") for category in ("function_words", "articles", "connectives")]
    words = before.split()
    links = 0
    while links < len(words) and links <= _MOST_LINKS and any(pattern.match(words[-links - 1]) for pattern in small):
        links += 1
    if links and (titles.search(" ".join(words[:-links])) or _WHO.search(" ".join(words[:-links]))):
        return True
    tail = re.sub(r"^['’]s?(?=\s)", "", behind).lstrip()
    title = lexicon.pattern("person_titles", "start").match(tail)
    return title is not None and _PERSON.match(tail[title.end() :]) is not None


def _around(text: str, match: re.Match[str], before: str) -> str:
    start = match.start() - len(before.rpartition(",")[2].lstrip()) if "," in before else match.start()
    stop = text.find(" ", match.end() + 16)
    return " ".join(text[start : stop if stop > 0 else len(text)].split())
