"""Bytes of a page → its text: the label is believed where what it makes of the bytes is a language."""

from __future__ import annotations

import re

from onrecord.intake.evidence import language_detection
from onrecord.intake.formats import plaintext
from onrecord.model import Question

_STATED = re.compile(rb"<meta[^>]{0,200}charset\s*+=\s*+(?:[\"']\s*+)?([\w-]+)", re.I)
_XML_STATED = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]+)")
# Where ISO-2022-JP shifts to Japanese signs (RFC 1468).
_SHIFTED = re.compile(rb"\x1b\$[@B]")
# What browsers take these labels for (WHATWG Encoding, section 4.2).
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
}
# The letters beyond ASCII of languages whose encodings are taken for Western European, which has other letters in their places.
_LETTERS = {
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "pl": "ąćęłńóśźż",
    "hu": "áéíóöőúüű",
    "hr": "čćđšž",
    "bs": "čćđšž",
    "sl": "čšž",
    "ro": "ăâîșțşţ",
    "sq": "çë",
    "tr": "çğıöşüâîûi̇",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "et": "äõöüšž",
}
_LATIN = ("cp1250", "cp1254", "cp1257", "iso8859_2")
_TAG = re.compile(r"(?is)<(script|style)\b(?:(?!<\1\b).)*?</\1\s*>|<!--(?:(?!<!--).)*?-->|<[^<>]*>|&[#\w]+;")
# Of readings that are as likely as this beside each other, nobody can say which is right.
_NEAR = 0.12
# Fewer letters of its own than this speak against a reading, more than that for it.
_FOREIGN, _OWN = 0.9, 0.97
_SHOWN = 120


def decoded(data: bytes) -> tuple[str, tuple[Question, ...]]:
    """The text of a page, and a question where its encoding stays open: by its byte order mark, as UTF-8, by what it says of itself
    where that makes a language, or by looking (after WHATWG HTML, section 13.2.3). Raises Refusal for bytes that are no text."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return plaintext.decoded(data), ()
    if _SHIFTED.search(data):
        # Seven bits a character, which is UTF-8 of nonsense.
        try:
            return data.decode("iso2022_jp_ext"), ()
        except UnicodeDecodeError:
            pass
    try:
        return plaintext.mended(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        pass
    stated = _STATED.search(data[:4096]) or _XML_STATED.search(data[:4096])
    label = stated[1].decode("ascii", "replace").lower() if stated else ""
    by_look = plaintext.decoded(data)
    if not label or label.replace("-", "") in ("utf8", "utf16"):
        return by_look, ()
    try:
        by_label = data.decode(_MEANT.get(label, label))
    except (UnicodeDecodeError, LookupError):
        return by_look, ()
    by_letters = _by_letters(data, by_label)
    if by_letters:
        return by_letters, ()
    if _shown(by_label) == _shown(by_look):
        return by_label, ()
    stated_worth = language_detection.plausibility(_shown(by_label))
    look_worth = language_detection.plausibility(_shown(by_look))
    if stated_worth >= look_worth - 0.02:
        return by_label, ()
    if look_worth - stated_worth > _NEAR:
        return by_look, ()
    evidence = f"“{_sample(by_label)}” ({label}, as the page says), or “{_sample(by_look)}”"
    return by_label, (Question("body", "In which encoding is the page? Its letters are not certain.", evidence),)


def _by_letters(data: bytes, by_label: str) -> str:
    """The reading in which all letters beyond ASCII are those of its language, where the label's has others; empty for none."""
    readings = [by_label]
    for encoding in _LATIN:
        try:
            readings.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    worths = [_own_letters(reading) for reading in readings]
    best = max(range(len(readings)), key=lambda at: worths[at])
    return readings[best] if worths[0] < _FOREIGN and worths[best] > _OWN else ""


def _own_letters(source: str) -> float:
    """Which share of the letters beyond ASCII are letters of the language; 0.8 for languages without a table here, where others may
    be better, and 0.95 for texts that have none, or none of Latin script."""
    text = _shown(source)
    letters = [char for char in text.lower() if char.isalpha() and not char.isascii()]
    own = _LETTERS.get(language_detection.of(" ".join(_TAG.sub(" ", source[:200_000]).split())), "")
    if not letters or any(ord(char) > 0x24F for char in letters[:50]):
        return 0.95
    return sum(char in own for char in letters) / len(letters) if own else 0.8


def _shown(source: str) -> str:
    """About what a page shows, enough to tell a language by: markup and signs gone that all encodings share."""
    text = " ".join(_TAG.sub(" ", source[:200_000]).split())
    return " ".join(word for word in text.split() if not word.isascii()) or text


def _sample(source: str) -> str:
    return _shown(source)[:_SHOWN]
