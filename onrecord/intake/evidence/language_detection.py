"""Which language a text is written in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Protocol, cast

_SURE = 0.9
_LETTER = re.compile(r"[^\W\d_]")


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]:
        """The language (ISO 639-1) that a text is most likely in, and how likely that is (0-1)."""
        ...


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def of(text: str) -> str:
    """The BCP 47 tag of the language of `text`, or an empty text where it is too short or too mixed to be sure."""
    sample = text[:1500]
    if len(_LETTER.findall(sample)) < 25:
        return ""
    tag, share = _identifier().classify(sample)
    return tag if share >= _SURE else ""


def plausibility(text: str) -> float:
    """How much `text` looks like a language and not like one read in a wrong encoding: 0 to 1.

    Words of one script with few marks inside count for it; the identifier's own probability decides between what is left.
    """
    letters = wrong = accented = 0
    changes = 0.0
    before = ""
    for char in text[:4000]:
        if ord(char) < 0x80 and not char.isalpha():
            before = ""
            continue
        category = unicodedata.category(char)
        script = unicodedata.name(char, "?").split()[0] if category[0] in "LM" else ""
        if category[0] in "LM":
            letters += 1
            accented += script == "LATIN" and ord(char) >= 0x80
            if before and script != before:
                changes += 1
            elif before and category == "Lu" and text and ord(char) >= 0x80:
                changes += 0.3
            before = script
        else:
            if ord(char) >= 0x80 and char not in "‘’“”«»–—…°©®№„‚،؛؟¿¡\u00a0€£§·•":
                wrong += 1
            before = ""
    if not letters:
        return 0.0
    _tag, share = _identifier().classify(text[:4000])
    # No language that is written in Latin letters has an accent on every third.
    wrong += accented if accented > letters * 0.35 else 0
    return max(0.0, 1 - 2 * (wrong + changes) / letters) * (0.5 + share / 2)
