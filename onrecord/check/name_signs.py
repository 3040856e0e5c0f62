"""Publishers and speakers that are no names: addresses, dates, list marks and whole clauses that an import, or a slip, put there.

Only what hardly any name has is a sign. What stands in names.toml is a name, whatever it looks like.
"""

from __future__ import annotations

import re

_YEAR = r"(?:1[89]|20)[0-9]{2}"
_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[^\s@]@[^\s@]+\.[^\s@]"), "it holds an e-mail address"),
    (re.compile(r"\bhttps?://|\bwww\.", re.IGNORECASE), "it holds a web address"),
    (
        re.compile(r"[-–—*•·▪◦]\s|\([0-9a-z]{1,3}\)\s|[0-9a-z]{1,2}\)\s|[0-9]{1,3}\.\s(?=\S+\s\S+\s\S+\s\S)"),
        "it begins with the mark of a list",
    ),
    (re.compile(rf"\b{_YEAR}-[0-9]{{2}}-[0-9]{{2}}\b|\b[0-9]{{1,2}}([./])[0-9]{{1,2}}\1{_YEAR}\b"), "it holds a date"),
    (re.compile(rf"\b[0-9]{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?[^\W\d_]{{3,10}}\.?,?\s+(?:de\s+)?{_YEAR}\b"), "it holds a date"),
    (re.compile(rf"\b[^\W\d_]{{3,10}}\.?\s+[0-9]{{1,2}}(?:st|nd|rd|th)?,\s+{_YEAR}\b"), "it holds a date"),
    (re.compile(r"\+[0-9][0-9\s().-]{6,}[0-9]|(?:[0-9][\s().-]?){9}"), "it holds a telephone number"),
    (re.compile(r".*[,;:،؛、]$", re.DOTALL), "it ends in the middle of a sentence"),
    (re.compile(r"(?:\S+\s+){3,}[a-zà-ÿа-я]{3,}[.!?]$"), "it is a sentence"),
)  # fmt: skip
_AT_START = "mark of a list"
_CLAUSE = {
    "publisher": re.compile(r"\b(?:is|are|was|were|has|have|had|will|must|said|says|cannot|did|does)\b"),
    "speaker": re.compile(r"(?:that|which|and|but|because|he|she|they)\s+[a-z]"),
}
_MOST_CHARACTERS = 500
_MOST_WORDS = {"publisher": 16, "speaker": 28}


def sign_of_no_name(text: str, key: str) -> str:
    """What shows that `text`, under “publisher” or “speaker” (`key`), is no name, in words that follow a colon; empty for a name.

    A speaker without a name may be described ("a woman who was there"), a publisher may not.
    """
    if len(text) > _MOST_CHARACTERS:
        return f"it has {len(text):,} characters"
    for pattern, sign in _SIGNS:
        if pattern.match(text) if sign.endswith(_AT_START) else pattern.search(text):
            return sign
    words = len(text.split())
    if words > _MOST_WORDS[key]:
        return f"it has {words} words"
    clause = _CLAUSE[key].search(text) if key == "publisher" else _CLAUSE[key].match(text)
    return f"“{clause[0]}” makes it a clause" if clause and words >= 4 else ""
