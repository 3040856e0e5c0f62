"""Direct speech that dashes mark, with or without quotation marks around it: who speaks, and what."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.intake.evidence.attribution_forms import Attribution
from onrecord.intake.evidence.quotation_marks import trimmed, word_count

# Russian, French and Spanish direct speech between dashes: — Мы подадим жалобу, — сказала Вера Луговая.
_DASH = re.compile(r"[—–]\s?(?P<words>[^—–]++)[—–]\s?(?P<after>\S.*)$")
_SECOND = re.compile(r"[^—–]{3,160}?(?:[.,;]?\s?[—–][.,;]?|[.,]\s[—–])\s?(?P<words>[^\W\d_][^—–]+)$")
# Nordic direct speech: – Vi har väntat i nio år, säger Anna Lind.
_OPEN_DASH = re.compile(r"(?:[—–―]\s?|-\s)(?P<said>[^\W\d_].*)$")
# One pair of marks around the words and their attribution: «Ми читали, – сказала Ада Квіл. – Ніхто не чув».
_INSIDE = re.compile(r"(?P<first>.{3,}?[,.!?…])\s[–—]\s(?P<after>[^–—]{3,160}?)(?:[.,]\s[–—]\s(?P<second>.+))?$")
# What names a speaker is no longer; a paragraph may have very many commas.
_LONGEST_BEHIND = 1000
# Fewer words are a term as often as speech.
_LEAST = 3

# What reads who speaks behind a dash.
SpeakerBehind = Callable[[str], Attribution | None]


def dashed(text: str, speaker_behind: SpeakerBehind) -> tuple[Attribution | None, list[str]]:
    """Who speaks, and the words of a paragraph of direct speech that a dash opens, those before and those behind "— said X. —"; nobody
    and nothing where it is none."""
    dash = _DASH.match(text)
    if dash and (found := speaker_behind(dash["after"])):
        second = _SECOND.match(dash["after"])
        further = trimmed(second["words"]) if second else ""
        words = dash["words"].rstrip()
        words = words[:-1] if len(words) > 1 and words[-1] in ",." else words
        return found, [words, *([further] if word_count(further) >= _LEAST else [])]
    opened = _OPEN_DASH.match(text)
    spoken = opened["said"] if opened else ""
    for comma in reversed(list(re.finditer(r"[,.!?]\s+", spoken))):
        found = speaker_behind(spoken[comma.end() : comma.end() + _LONGEST_BEHIND])
        if found:
            return found, [trimmed(spoken[: comma.start() + (comma[0][0] != ",")])]
    return None, []


def within_marks(words: str, speaker_behind: SpeakerBehind) -> tuple[Attribution | None, list[str]]:
    """Who speaks, and the words of a quotation that has its attribution within its marks; nobody and nothing where it has not."""
    match = _INSIDE.match(words)
    found = speaker_behind(match["after"]) if match else None
    if not match or not found:
        return None, []
    return found, [trimmed(part) for part in (match["first"], match["second"] or "") if part]
