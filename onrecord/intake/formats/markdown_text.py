"""What a Markdown text shows, told from its letters alone: marks, addresses and markup gone, line by line."""

from __future__ import annotations

import html
import re

from onrecord.intake.formats import page_text

_HIDDEN = re.compile(
    r"(?is)<!--(?:(?!<!--).)*?-->|<(script|style|template|iframe|object|video|audio|canvas)\b(?:(?!<\1\b).)*?</\1\s*>"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<![A-Za-z][^<>]*>|<\?[^<>]*\?>")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^<>\s]*|[^<>\s@]+@[^<>\s]+)>")
_DEFINITION = re.compile(r"(?m)^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+.*$")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_IMAGE = re.compile(r"!\[[^\]\n]*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])")
_TARGET = re.compile(
    r"\](?:\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)|\[[^\]\n]*\])"
)
_ITEM = re.compile(r"(?m)^[ \t>]*\d{1,9}[.)](?=[ \t])")
_FENCE = re.compile(r"(?m)^[ \t]*(```+|~~~+)[^\n]*$")
_ATTRIBUTES = re.compile(r"\{:?[.#:][^{}\n]*\}|(?m:^\{:[^{}\n]*\}[ \t]*$)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARK = re.compile(r"[*`]+|~~")
_RAISED = re.compile(r"(?i)<(sup|sub)>")


def visible(text: str) -> tuple[str, ...]:
    """The lines of a Markdown text without what only gives them a form: addresses of links, notes' marks, numbers of items, tags."""
    text = _HIDDEN.sub(" ", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _RAISED.sub(" ", text)
    text = re.sub(r"(?i)</?(?:p|div|li|td|th|tr|br|h[1-6]|ul|ol|blockquote|table)\b[^<>]*>", "\n", text)
    text = _TAG.sub("", text)
    for pattern in (_DEFINITION, _IMAGE, _NOTE, _ITEM, _FENCE, _ATTRIBUTES):
        text = pattern.sub(" ", text)
    text = _TARGET.sub("]", text)
    text = _MARK.sub("", _ESCAPE.sub(r"\1", text))
    return tuple(shown for line in text.split("\n") if (shown := page_text.plain(html.unescape(line))))
