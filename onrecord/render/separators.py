"""What a template writes between values, in the marks of the interface's language: the Arabic comma, French spaces, quotation marks.

A template says `{{ a }}, {{ b }}` and “{{ words }}”. Its prose stands in phrases, which catalogues translate; so whatever comma, semicolon,
colon or quotation mark stands between its statements and tags, without a letter or digit beside it, is a separator, and is exchanged here,
once, while the template is compiled. Only what a reader sees or hears is looked at: texts, and attributes that are shown; no code, and
nothing in an element whose `lang` is "en". A text with letters is a name or a value (a policy, a style): it stays as it is, but for the
middle dot between two statements of one line, which is exchanged everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_SHOWN = frozenset(["alt", "aria-description", "aria-label", "placeholder", "title"])
_SILENT = frozenset(["code", "kbd", "script", "style"])
_SEPARATOR = re.compile("&[#\\w]+;| ·|[,;:“”]")
"""A mark, or a character reference, whose semicolon is none."""
_BETWEEN = re.compile(" ·")
"""What stands between two statements of one line: no line begins with it, so its space is of the language's choosing."""
_REFERENCE = re.compile("&[#\\w]+;")
_IN_TAG = re.compile("[>\"']")
"""What ends a tag, or begins or ends the value of an attribute."""


class Separators(Extension):
    """Exchanges separators in the HTML of a template. `environment.separators` has what stands for each."""

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterator[Token]:
        """The tokens of a template, those of its text with other separators."""
        marks: Mapping[str, str] = self.environment.separators  # type: ignore[attr-defined]
        if not marks or not (stream.name or "").endswith(".html"):
            return stream
        return _exchanged(stream, marks)


def _exchanged(stream: TokenStream, marks: Mapping[str, str]) -> Iterator[Token]:
    page, statement, in_phrase = _Page(marks), False, False
    for token in stream:
        if token.type == "block_begin":
            statement = True
        elif statement:
            # The name of the statement is what stands first in it.
            statement = False
            in_phrase = token.value == "trans" or (in_phrase and token.value != "endtrans")
        if token.type == "data" and not in_phrase:
            token = Token(token.lineno, "data", page.read(token.value))
        yield token


class _Page:
    """The place in a page, piece by piece of its HTML."""

    def __init__(self, marks: Mapping[str, str]) -> None:
        self.marks = marks
        self.tag: str | None = None
        """What was read of the tag, or None outside of tags."""
        self.attribute = self.quote = ""
        self.silent, self.depth = "", 0

    def read(self, text: str) -> str:
        """The next piece, with its separators exchanged."""
        out = []
        at = 0
        while at < len(text):
            if self.tag is None:
                end = text.find("<", at)
                end = len(text) if end < 0 else end
                out.append(text[at:end] if self.silent else self._separated(text[at:end]))
                at = end + 1
                if end < len(text):
                    out.append("<")
                    self.tag = ""
            else:
                mark = _IN_TAG.search(text, at)
                end = mark.start() if mark else len(text)
                out += [self._piece(piece) for piece in (text[at:end], mark[0] if mark else "") if piece]
                at = end + 1
        return "".join(out)

    def _piece(self, piece: str) -> str:
        assert self.tag is not None
        if self.quote:
            if piece == self.quote:
                self.tag += piece
                self.quote = ""
                return piece
            self.tag += piece
            return self._separated(piece) if self.attribute in _SHOWN and not self.silent else piece
        if piece in "\"'":
            name = re.search(r"(?<![\w-])([\w-]++)=$", self.tag)
            self.attribute, self.quote = name[1] if name else "", piece
        elif piece == ">":
            self._leave_tag(self.tag)
            self.tag = None
            return piece
        self.tag += piece
        return piece

    def _leave_tag(self, tag: str) -> None:
        name = tag.lstrip("/").split()[0].lower() if tag.strip("/ ") else ""
        if self.silent:
            if name == self.silent:
                self.depth += -1 if tag.startswith("/") else 1
            if not self.depth:
                self.silent = ""
        elif not tag.startswith("/") and (name in _SILENT or re.search(r"\slang=\"en\"", tag)):
            self.silent, self.depth = name, 1

    def _separated(self, text: str) -> str:
        # Beside words a comma is theirs, but a middle dot with a space before it is always ours.
        has_words = any(char.isalnum() for char in _REFERENCE.sub("", text))
        return (_BETWEEN if has_words else _SEPARATOR).sub(lambda mark: self.marks.get(mark[0], mark[0]), text)
