"""Text as a value of a BibTeX file: any characters, balanced braces, and nothing that TeX would take for a command."""

from __future__ import annotations

import re

_COMMANDS = {
    "\\": r"{\textbackslash}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", "{": r"\{", "}": r"\}", "\u00a0": "~",
}  # fmt: skip
# BibTeX counts braces and knows no escaped ones (btxdoc, section 4), so one without a partner is a command.
_ALONE = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}
# TeX sets these as one sign (– “ ” ¿ ¡ „ « »), which the text does not say.
_LIGATURES = frozenset(("--", "``", "''", "?`", "!`", ",,", "<<", ">>"))
_SPECIAL = re.compile(r"[\\{}&%$#_~^\u00a0]|--|``|''|[?!]`|,,|<<|>>")
_BREAKS = re.compile("[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
_NOT_IN_URL = {"{": "%7B", "}": "%7D", "\\": "%5C"}


LANGIDS = {
    "af": "afrikaans", "ar": "arabic", "az": "azerbaijani", "be": "belarusian", "bg": "bulgarian", "bn": "bengali", "bs": "bosnian",
    "ca": "catalan", "cs": "czech", "cy": "welsh", "da": "danish", "de": "german", "el": "greek", "en": "english", "eo": "esperanto",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "gl": "galician", "he": "hebrew", "hi": "hindi", "hr": "croatian", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "is": "icelandic", "it": "italian", "ja": "japanese", "ka": "georgian", "ko": "korean", "lt": "lithuanian", "lv": "latvian",
    "mk": "macedonian", "mr": "marathi", "nb": "norsk", "nl": "dutch", "nn": "nynorsk", "no": "norsk", "pl": "polish",
    "pt": "portuguese", "pt-BR": "brazilian", "ro": "romanian", "ru": "russian", "sk": "slovak", "sl": "slovene", "sq": "albanian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "th": "thai", "tr": "turkish", "uk": "ukrainian", "ur": "urdu", "vi": "vietnamese",
    "zh": "chinese",
}  # fmt: skip
"""What babel and polyglossia call a language, which is what biblatex takes in `langid` (its manual, section 2.2.3), by BCP 47 tag."""


def line(text: str) -> str:
    """The text on one line: breaks and runs of blanks are one blank. Other spaces stay what they are."""
    return _BREAKS.sub(" ", text).strip(" ")


def tex(text: str) -> str:
    """The text between the braces of a value."""
    text = line(text)
    if not _SPECIAL.search(text):
        return text
    alone = _unpaired(text)
    out: list[str] = []
    before = ""
    for place, char in enumerate(text):
        if before + char in _LIGATURES:
            out.append("{}")
        out.append(_ALONE[char] if place in alone else _COMMANDS.get(char, char))
        before = char
    return "".join(out)


def url(address: str) -> str:
    """An address between the braces of `url`, which is taken as it stands: its braces and backslashes are percent-encoded (RFC 3986
    section 2.4), all else is left."""
    return "".join(_NOT_IN_URL.get(char, char) for char in line(address))


def _unpaired(text: str) -> set[int]:
    """The places of the braces that have no partner."""
    opened: list[int] = []
    alone: set[int] = set()
    for place, char in enumerate(text):
        if char == "{":
            opened.append(place)
        elif char == "}":
            if opened:
                opened.pop()
            else:
                alone.add(place)
    return alone | set(opened)
