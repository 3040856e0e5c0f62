"""Which language a text is written in, and whether a text is a language at all or one that was read in a wrong encoding."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Protocol, cast

from onrecord.intake import lexicon
from onrecord.intake.lexicon import notation

_SURE = 0.9
# A text shorter than this is open: no identifier tells a language from a name. A Chinese character counts as much as three letters.
_FEWEST_LETTERS = 25
# A text shorter than this is believed where a small word of its language stands in it.
_FEW_LETTERS = 60
_SAMPLE = 1500
# What the identifier calls a text without words.
_NO_LANGUAGE = "zxx"
_CODE = re.compile(r"(?<![\w.-])(?=[\w.-]*\d)[\w.-]{4,}+")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)")
# The middle of that, which is looked for many times faster.
_MAY_BE_SPACED = re.compile(r" [^\W\d_] [^\W\d_] ")
_SPACED_LINE = re.compile(r"(?<!\w)[^\W\d_](?:[ ]{1,4}[^\W\d_]){5,}(?!\w)")
# Scripts that one language (of those that have press releases) is written in.
_ONE_LANGUAGE = {
    "HANGUL": "ko", "THAI": "th", "HEBREW": "he", "GREEK": "el",
    "ARMENIAN": "hy", "GEORGIAN": "ka", "KHMER": "km", "LAO": "lo", "MYANMAR": "my",
}  # fmt: skip
_UNSPACED = frozenset(("CJK", "HIRAGANA", "KATAKANA", "THAI", "KHMER", "LAO", "MYANMAR"))
_SAME_SCRIPT = {"KATAKANA-HIRAGANA": "KATAKANA", "IDEOGRAPHIC": "CJK"}
# Written together with one another.
_MIXED = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"))
_PUNCTUATION = frozenset(
    "‘’“”«»–—…°©®№„‚،؛؟¿¡\u00a0€£§·•、。「」『』（）：，；！？《》〈〉〔〕【】・～〜\u3000\u200c\u200d\u200e\u200f\ufeff″′‐‑−×½¼¾²³ªº™†‡‹›"
)
# An Arabic word ends with these, and none begins with a vowel sign.
_LAST = ("\u064b", "\u064c", "\u064d", "ة")
_VOWELS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
_WESTERN = "àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿß"
# The letters beyond a to z of languages that have no file of their own in the lexicon, whose encodings are mistaken for Latin-1.
_LETTERS = {
    "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "ro": "ăâîșşțţ", "hr": "čćđšž",
    "bs": "čćđšž",
    "sl": "čšž", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äõöüšž", "sq": "çë", "da": "æøåé", "nb": "æøåéòô",
    "nn": "æøåéòô", "no": "æøåéòô", "fi": "äöåšž", "is": "áðéíóúýþæö", "ca": "àçéèíïóòúü·", "eu": "ñç", "gl": "áéíñóúü", "az": "çəğıiöşü",
    "mt": "ċġħż", "cy": "âêîôûŵŷ",
}  # fmt: skip


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]:
        """The language (ISO 639-1) that a text is most likely in, and how likely that is (0-1)."""
        ...

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every language with how likely it is (0-1), the likeliest first."""
        ...


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def of(text: str) -> str:
    """The BCP 47 tag of the language of `text`, or an empty text where it is too short or too mixed to be sure, or is no language."""
    tag = _of_words(text)
    if tag not in ("", _NO_LANGUAGE):
        return tag
    # Names of files and their sums outweigh the sentences beside them.
    tag = _of_words(_CODE.sub(" ", text))
    return tag if tag != _NO_LANGUAGE else ""


def length_in_words(text: str) -> int:
    """How long a text is without numbers, names of files and sums, which no language has."""
    return len(_CODE.sub(" ", text)) if any(map(str.isdigit, text)) else len(text)


def _of_words(text: str) -> str:
    sample = _sample(_closed_up(text))
    scripts = Counter(_script(char) for char in sample if char.isalpha())
    size = sum(count * (3 if script in _UNSPACED else 1) for script, count in scripts.items())
    if size < _FEWEST_LETTERS:
        return ""
    script, count = scripts.most_common(1)[0]
    han = scripts["CJK"] + scripts["HIRAGANA"] + scripts["KATAKANA"]
    if 3 * han > 0.6 * size:
        kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
        # A Japanese sentence has more than one kana in ten; a few stand in Chinese ones as names.
        return "ja" if kana > 0.1 * han else "zh" if kana < 0.03 * han else ""
    if script in _ONE_LANGUAGE and count * (3 if script in _UNSPACED else 1) > 0.6 * size:
        return _ONE_LANGUAGE[script]
    tag, share = _identified(sample)
    if share < _SURE:
        return ""
    return tag if size >= _FEW_LETTERS or tag not in lexicon.languages() or _has_small_word(sample, tag) else ""


def _sample(text: str) -> str:
    """What is looked at: a text's head, where it is short; else of its head and of its middle, because a page's head is often
    furniture."""
    if len(text) <= _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[: _SAMPLE // 2]} {text[middle : middle + _SAMPLE // 2]}"


def _closed_up(text: str) -> str:
    """Text whose letters stand apart ("P R E S S  R E L E A S E") as words; the rest as it is."""
    if not _MAY_BE_SPACED.search(text) or not _SPACED.search(text):
        return text
    return _SPACED_LINE.sub(lambda line: " ".join(word.replace(" ", "") for word in re.split(r" {2,}", line[0])), text)


def _identified(sample: str) -> tuple[str, float]:
    """The likeliest language and how likely it is (0-1); letters that only some languages have decide between neighbours."""
    capitals = sum(map(str.isupper, sample))
    tag, share = _identifier().classify(sample.lower() if capitals > 0.5 * len(sample) else sample)
    letters = Counter(sample.lower())
    if tag in ("ru", "uk", "be", "bg", "sr", "mk"):
        ukrainian, russian = sum(letters[char] for char in "іїєґ"), sum(letters[char] for char in "ыэъё")
        if ukrainian >= 2 and not russian and not letters["ў"]:
            return "uk", max(share, _SURE)
        if russian >= 2 and not ukrainian and not letters["ў"]:
            return ("bg", share) if tag == "bg" and not letters["ы"] else ("ru", max(share, _SURE))
    if sum(map(letters.__getitem__, "اوندر")) > 0.1 * len(sample):
        if sum(letters[char] for char in "ێۆڕڵ") >= 2 or letters["ە"] > 0.03 * len(sample):
            return "ckb", _SURE
        if sum(letters[char] for char in "ټډړښځڅېۍ") < 2 and sum(letters[char] for char in "ٹڈڑے") < 2:
            persian, arabic = sum(letters[char] for char in "پچژگیک"), sum(letters[char] for char in "ةيكىأإ")
            if persian >= 3 and not arabic:
                return "fa", max(share, _SURE)
            if arabic >= 3 and not persian:
                return "ar", max(share, _SURE)
    return tag, share


def _has_small_word(sample: str, tag: str) -> bool:
    """True where a small word of the language stands in a text."""
    small = lexicon.lexicon_of(tag)
    known = {notation.folded(phrase) for phrase in _own_words(tag)} or small.words("function_words")
    return any(notation.folded(word) in known for word in _WORD.findall(sample))


@lru_cache(maxsize=32)
def _own_words(tag: str) -> frozenset[str]:
    """The small words of a language without the English."""
    entries = lexicon.read(lexicon.FOLDER / f"{tag}.toml")
    phrases = [entry.phrase for category, entry in entries if category in ("function_words", "clause_words")]
    return frozenset(spelling for phrase in phrases for spelling in notation.spellings(phrase) if len(spelling) > 1)


# ---- encodings -------------------------------------------------------------------------------------------------------------------


def plausibility(text: str) -> float:
    """How much `text` looks like a language and not like one read in a wrong encoding: 0 to 1.

    Words of one script, in letters of one language, with few marks inside count for it; the identifier's own probability decides
    between what is left. Compare the readings of the same bytes by it; a single one below 0.5 is no text.
    """
    sample = text[:4000]
    letters = changes = wrong = 0.0
    before, before_char = "", ""
    for char in sample:
        script = _script(char) if char.isalpha() or char > "\u02ff" else ""
        if script:
            letters += 1
            mixed = script == "COMBINING" or (script in _MIXED and before in _MIXED)
            misplaced = (before_char in _LAST and char.isalpha() and char not in "اىي") or (
                char in _VOWELS and not before
            )
            if misplaced or (before and script != before and not mixed):
                changes += 1
            if script == "HALFWIDTH":
                wrong += 1
            before = script if script != "COMBINING" else before
        else:
            if char >= "\x80" and char not in _PUNCTUATION:
                wrong += 1
            before = ""
        before_char = char
    if not letters:
        return 0.0
    tag, share = _identified(sample)
    wrong += 0.3 * _capitals_inside(sample)
    wrong += _foreign_letters(sample, tag, letters) + _rare_characters(sample)
    if any(_script(char) in _UNSPACED for char in sample[:200] if char.isalpha()):
        # The identifier knows these scripts, and seldom which of their languages a short text is in.
        share = max(share, 0.9)
    return max(0.0, 1 - 2 * (wrong + changes) / letters) * (0.5 + share / 2)


@lru_cache(maxsize=70_000)
def _script(char: str) -> str:
    """The script of a letter or mark, as its Unicode name has it; "" for what is neither, for private and for unassigned characters."""
    if unicodedata.category(char)[0] not in "LM":
        return ""
    name = unicodedata.name(char, "").split(" ")[0]
    return _SAME_SCRIPT.get(name, name)


def _capitals_inside(sample: str) -> int:
    """How many capital letters stand inside words that are neither in capitals nor in small letters; ASCII aside."""
    words = [word for word in _WORD.findall(sample) if not word.isascii() and not word.islower() and not word.isupper()]
    return sum(char.isupper() and char >= "\x80" for word in words for char in word[1:])


def _foreign_letters(sample: str, tag: str, letters: float) -> float:
    """How many Latin letters of a text do not belong to its language; none where its letters are not known."""
    accented = [char for char in sample.lower() if "\x80" <= char < "\u0250" and char.isalpha()]
    # No language that is written in Latin letters has an accent on every third.
    if len(accented) > letters * 0.35:
        return len(accented)
    own = _alphabet(tag)
    return sum(char not in own for char in accented) if own else 0


@lru_cache(maxsize=128)
def _alphabet(tag: str) -> frozenset[str]:
    if tag in _LETTERS:
        return frozenset(_LETTERS[tag])
    if tag == "en":
        return frozenset(_WESTERN)
    return _lexicon_letters(tag) if tag in lexicon.languages() else frozenset()


@lru_cache(maxsize=32)
def _lexicon_letters(tag: str) -> frozenset[str]:
    """Every letter of a language's file."""
    phrases = (entry.phrase for _, entry in lexicon.read(lexicon.FOLDER / f"{tag}.toml"))
    letters = {char for phrase in phrases for char in phrase.lower() if char.isalpha()}
    western = {
        "fr": "æœüïëÿ",
        "de": "éèàç",
        "nl": "éèëïóöüäà",
        "it": "éîóú",
        "sv": "éüèà",
        "es": "üèç",
        "pt": "üò",
        "tr": "âîû",
    }
    return frozenset(letters | set(western.get(tag, "")))


def _rare_characters(sample: str) -> float:
    """How many Chinese characters of a text are wrong, judged by how few of them are common ones."""
    han = [char for char in sample if "\u3400" <= char <= "\u9fff" or char >= "\U00020000"]
    if not han:
        return 0
    common = _lexicon_letters("zh") | _lexicon_letters("ja")
    share = sum(char in common for char in han) / len(han)
    return len(han) * max(0.0, 0.35 - share)
