"""A citation template of Wikipedia (Help:Citation Style 1), as text to be put into a page's source.

A value is text whatever it holds: every sign that wikitext gives a meaning to is written by its number, so that no title ends the template,
opens another, links or signs. The source of each parameter's meaning is the documentation of the template (Template:Cite press release).
"""

from __future__ import annotations

import datetime as dt
import re

# Signs with a meaning anywhere in a value; two apostrophes are italics, four tildes a signature, two underscores a behaviour switch,
# `-{` and `}-` a conversion of scripts.
_SIGNS = re.compile(r"[{}|\[\]<>]|'{2,}|~{2,}|_{2,}|&(?=#?\w+;)")
# At the beginning of a value a list, a heading or a table.
_FIRST = re.compile(r"[*#:;=!]")
# What would become a link: an address (in a title it breaks the link of the citation).
_LINKED = re.compile(r":(?=//)|(?<=mailto):", re.IGNORECASE)
_IN_URL = re.compile(r"[\"'<>\[\]{}|\s\\]")
# The moment of a capture, as web archives have it in the addresses of their copies (Memento, RFC 7089; archive.today).
_CAPTURED = re.compile(r"/([0-9]{4})\.?([0-9]{2})\.?([0-9]{2})-?[0-9]{6}(?:[a-z]{2}_)?/(?:https?:|[^/]+\.)")

SCRIPTS = frozenset(
    ("am", "ar", "bg", "bn", "ckb", "dv", "el", "fa", "he", "hi", "hy", "ja", "ka", "km", "ko", "my", "ps", "ru", "sd", "th", "ti", "ug",
     "uk", "ur", "yi", "zh")
)  # fmt: skip
"""Languages whose titles go into `script-title`, which sets them neither in italics nor in the page's direction."""


def text(value: str) -> str:
    """A value that shows these characters and does nothing else."""
    value = " ".join(value.split())
    value = _SIGNS.sub(_numbered, value)
    value = _LINKED.sub(_numbered, value)
    return _FIRST.sub(_numbered, value[:1]) + value[1:]


def url(address: str) -> str:
    """An address as a value: what would end it is percent-encoded, as the templates' documentation asks (section "URL")."""
    return _IN_URL.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address.strip())


def captured(address: str) -> str:
    """The day a web archive's copy was made, as ISO 8601, where the copy's address says it; else empty."""
    match = _CAPTURED.search(address)
    try:
        return dt.date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:
        return ""


def template(name: str, title: tuple[str, str], parameters: list[tuple[str, str]]) -> tuple[str, str, str]:
    """A call of a template in three pieces, the middle one the title.

    `title` is its text and its language (BCP 47). `parameters` are names and finished values (of `text` or `url`), those without a value
    left out.
    """
    words, language = title
    script = language.split("-")[0]
    # A title in Latin letters is one whatever the language of its release.
    other = script in SCRIPTS and any(char.isalpha() and char > "\u036f" for char in words)
    name_of_title = f"script-title={script}:" if other else "title="
    rest = "".join(f" |{key}={value}" for key, value in parameters if value)
    return f"{{{{{name} |{name_of_title}", text(words), f"{rest}}}}}"


def _numbered(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in match[0])
