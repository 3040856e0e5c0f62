"""Slugs: the part of an address that stands for a label."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

MOST_BYTES = 120
_NO_ASCII_WORD = re.compile("[^a-z0-9]+")


def slug(text: str, most: int = MOST_BYTES) -> str:
    """A slug of a text: lower-case letters and digits of any script (NFC), joined by single hyphens; at most `most` bytes of UTF-8,
    cut between words where there are any. Apostrophes of all kinds join ("Bab al-Seba'" → "bab-al-seba"). May be empty."""
    if text.isascii():
        plain = _NO_ASCII_WORD.sub("-", text.lower().replace("'", "").replace("`", "")).strip("-")
        if len(plain) <= most:
            return plain
    kept = []
    for char in unicodedata.normalize("NFC", text).lower():
        if unicodedata.category(char)[0] in "LMN":
            kept.append(char)
        elif char not in "'’‘ʿʾʼʻ`´":
            kept.append("-")
    joined = re.sub("-+", "-", unicodedata.normalize("NFC", "".join(kept))).strip("-")
    while len(joined.encode()) > most:
        shorter = joined.rpartition("-")[0]
        joined = shorter or joined.encode()[:most].decode("utf-8", "ignore")
    return joined


def distinct(labels: Iterable[str]) -> dict[str, str]:
    """A slug for each label, all different. Labels whose slugs would be equal get a digest of the label behind it, so that which slug
    a label has never depends on the order they come in."""
    plain = {label: slug(label) for label in labels}
    count = Counter(plain.values())
    return {
        label: own if own not in ("", "index") and count[own] == 1 else "-".join(filter(None, (own, mark(label))))
        for label, own in plain.items()
    }


def mark(label: str) -> str:
    """Eight hexadecimal digits that tell a label from others with the same slug."""
    return hashlib.sha256(label.encode()).hexdigest()[:8]
