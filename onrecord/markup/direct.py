"""The direct path: the Body of a text of simple blocks, many times faster than Python-Markdown, and the same."""

from __future__ import annotations

import html
import re

from onrecord import omissions
from onrecord.markup.link_targets import Context, is_address
from onrecord.model import Body, Link, Problem, Target

_TAG = re.compile(r"<[^>]*>")
# What GitHub makes a picture or a formula of, beyond its specification: https://docs.github.com/get-started/writing-on-github
_EMOJI = r"(?<![\w:]):(?:[a-z][a-z0-9_+-]*|\+1|-1|100|1234):(?!\w)"
_FORMULA = r"(?<![\w$\\])\$(?![\s$])[^$\n]*?(?<![\s$\\])\$(?![\w$])|\$\$[^$]+\$\$"
GITHUB_ONLY = re.compile(f"{_EMOJI}|{_FORMULA}")

# What could mean something to Python-Markdown anywhere in a text, apart from what the patterns below understand. The first are looked
# for as bytes, which is many times faster than as characters.
_MEANING = bytes(code for code in (*range(0x20), 0x7F, *b"\\`_{}<~") if code != 0x0A)
_ENTITY = re.compile(r"&(?! )")
_LINE_START = re.compile(r"^(?:[#>=~:+!\-\s|]|[0-9]+[.)])", re.MULTILINE)
_WORDS = r"[^\W_](?:[^\[\]()*>!\n]*[^\W_])?"
_END = r"(?:[,.;:?”’…]{1,3}(?=\*+(?:[\s,.;:]|\Z)))?"  # behind the last word of what is emphasized
_INLINE = re.compile(
    rf"(?<![\w*!\]\\])(?:\[(?P<label>{_WORDS})\]\((?P<url>https?://[A-Za-z0-9./?=%+,:;@#-]*[A-Za-z0-9/])\)"
    rf"|\*\*(?P<strong>{_WORDS}{_END})\*\*|\*(?P<em>{_WORDS}{_END})\*)(?![\w*(\[])"
)
_WWW = re.compile(r"(?<![^\s*_~(])www\.")
_PICTURE = re.compile(r":[a-z0-9_+-]+:(?!\w)")
_ALONE = re.compile(r"\((?:…|\.\.\.)\)|(?<![!\]])\[(?:…|\.\.\.)\](?![(\[:])")
_HEADING = re.compile(r"(#{2,6}) ([^\W_](?:[^\n#]*[^\W_.])?[.]?)")
_REFERRED = re.compile(r"(?<=[\w.,;:?”’)])\[\^([A-Za-z0-9]+)\](?![\w*(\[:!])")
_NOTE = re.compile(r"\[\^([A-Za-z0-9]+)\]: (.*[^ ])")
_LABEL = re.compile(r"^\[\^([A-Za-z0-9]+)\]:", re.MULTILINE)
_NOTED = re.compile("\x02\x02([A-Za-z0-9]+)\x03")
# More lines, emphasis, links (each as three) and cells than that are counted where all that Markdown knows is (`blocks.MOST_PARTS`).
_COUNTED, _MOST_MARKS = "\n*|[[[", 200_000
_ALIGNED = re.compile(r"\|(?: ?:?-+:? ?\|)+")


class _NotPlain(Exception):
    """Python-Markdown has to look at the text."""


def convert(text: str, context: Context) -> tuple[Body, tuple[Problem, ...]] | None:
    """The Body of a plain text, or None where Python-Markdown has to look at it."""
    if sum(map(text.count, _COUNTED)) > _MOST_MARKS:
        return None
    if not text or text[0] == "\n" or text[-1] in "\n " or " \n" in text or "![" in text:
        return None
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _MEANING)) != len(data) or ("&" in text and _ENTITY.search(text)):
        return None
    if "\u2028" in text or "\u2029" in text or "\x85" in text:
        return None
    if "@" in text or ("www." in text and _WWW.search(text)):
        return None
    if _PICTURE.search(text) or ("$" in text and GITHUB_ONLY.search(text)):
        return None
    try:
        return _Plain(text, context).body(), ()
    except _NotPlain:
        return None


class _Plain:
    """The making of the Body of a text of simple blocks. Everything raises _NotPlain for what is not simple."""

    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.paragraphs: list[str] = []
        self.links: list[tuple[int, str]] = []
        self.omissions = 0
        self.referred: list[str] = []
        self.numbers: dict[str, int] = {}
        self.notes: dict[str, str] = {}
        self.labels = frozenset(_LABEL.findall(text)) if "[^" in text else frozenset()
        self.has_marks = any(mark in text for mark in "*[]>&\u00a0…^") or "..." in text
        self.has_pipes = "|" in text

    def body(self) -> Body:
        parts: list[str] = []
        at = 0
        before = ""
        for block in re.split(r"(\n\n+)", self.text):
            first = block[0]
            if first != "\n":
                # What of one kind follows on another of its kind may become one list or one quotation.
                if first in "->" and first == before:
                    raise _NotPlain
                if self.notes or (first == "[" and block.startswith("[^")):
                    self.note(block, at)
                elif first == "|":
                    parts.append(self.table(block, at))
                elif self.has_pipes and "|" in block:
                    raise _NotPlain
                elif first == "#":
                    parts.append(self.heading(block, at))
                elif first == "-":
                    parts.append(self.items(block, at))
                elif first == ">":
                    parts.append(self.quotation(block, at))
                else:
                    parts.append(self.paragraph(block, at, self.inline(block, at)))
                before = first
            at += len(block)
        if self.notes or self.referred:
            parts.append(self.footnotes())
        # An address that is not the target of a link becomes one (section 6.9).
        if self.text.count("://") != len(self.links):
            raise _NotPlain
        links: tuple[Link, ...] = ()
        if self.links:
            position = self.context.location.positions(self.text)
            links = tuple(Link(Target("elsewhere", url), url, *position(start)) for start, url in self.links)
        return Body("\n".join(parts), tuple(self.paragraphs), links, self.omissions)

    def paragraph(self, block: str, at: int, inner: str) -> str:
        if _LINE_START.search(block) if "\n" in block else _LINE_START.match(block):
            raise _NotPlain
        self.paragraphs.append(plain_text(inner))
        return f'<p id="{self.context.anchor}{len(self.paragraphs)}">{inner}</p>'

    def heading(self, block: str, at: int) -> str:
        heading = _HEADING.fullmatch(block)
        if heading is None or ">" in block:
            raise _NotPlain
        inner = self.inline(heading[2], at + heading.start(2))
        return f"<h{len(heading[1])}>{inner}</h{len(heading[1])}>"

    def items(self, block: str, at: int) -> str:
        rows = []
        for item in block.split("\n"):
            if item[:2] != "- " or not item[2:3].isalpha() or ">" in item:
                raise _NotPlain
            rows.append(f"<li>{self.inline(item[2:], at + 2)}</li>\n")
            at += len(item) + 1
        return f"<ul>\n{''.join(rows)}</ul>"

    def quotation(self, block: str, at: int) -> str:
        lines = block.split("\n")
        text = "\n".join([line[2:] for line in lines])
        if not all(line[:2] == "> " and line[2:].strip() for line in lines) or ">" in text:
            raise _NotPlain
        if len(lines) > 1 and "[" in text:
            raise _NotPlain
        return f"<blockquote>\n{self.paragraph(text, at, self.inline(text, at + 2))}\n</blockquote>"

    def table(self, block: str, at: int) -> str:
        lines = block.split("\n")
        if len(lines) < 3 or ">" in block or not _ALIGNED.fullmatch(lines[1]):
            raise _NotPlain
        classes = []
        for column in lines[1][1:-1].split("|"):
            column = column.strip(" ")
            end = ' class="center"' if column[0] == ":" else ' class="end"'
            classes.append(end if column[-1] == ":" else "")
        rows = []
        for number, line in enumerate(lines):
            cells = line[1:-1].split("|")
            if line[0] != "|" or line[-1] != "|" or len(line) < 2 or len(cells) != len(classes):
                raise _NotPlain
            if number != 1:
                kind = "td" if number else "th"
                row = []
                start = at + 1
                for cell, name in zip(cells, classes, strict=True):
                    text = cell.strip(" ")
                    inner = self.inline(text, start + len(cell) - len(cell.lstrip(" "))) if text else ""
                    row.append(f"<{kind}{name}>{inner}</{kind}>\n")
                    start += len(cell) + 1
                rows.append(f"<tr>\n{''.join(row)}</tr>\n")
            at += len(line) + 1
        return f"<table>\n<thead>\n{rows[0]}</thead>\n<tbody>\n{''.join(rows[1:])}</tbody>\n</table>"

    def note(self, block: str, at: int) -> None:
        """Takes in the notes at the text's end, each on a line of its own."""
        for line in block.split("\n"):
            note = _NOTE.fullmatch(line)
            if (
                note is None
                or note[1] in self.notes
                or any(mark in note[2] for mark in "|>^")
                or _LINE_START.match(note[2])
            ):
                raise _NotPlain
            self.notes[note[1]] = self.inline(note[2], at + note.start(2))
            at += len(line) + 1

    def footnotes(self) -> str:
        if sorted(self.referred) != sorted(self.notes):
            raise _NotPlain
        rows = [
            f'<li id="fn-{label}">\n<p>{self.notes[label]}&nbsp;'
            f'<a class="footnote-backref" href="#fnref-{label}">↩</a></p>\n</li>\n'
            for label in self.referred
        ]
        return f'<div class="footnote">\n<hr>\n<ol>\n{"".join(rows)}</ol>\n</div>'

    def inline(self, text: str, at: int) -> str:
        """HTML of a run of text, which begins at offset `at` of the whole."""
        if not self.has_marks:
            return text
        if "^" in text:
            text = self.refer(text)
            if "^" in text:
                raise _NotPlain
        if "*" in text or "[" in text or "]" in text:
            remainder = _ALONE.sub("", _INLINE.sub("", text))
            if "*" in remainder or "[" in remainder or "]" in remainder:
                raise _NotPlain
            for match in _INLINE.finditer(text):
                if match["url"]:
                    if not is_address(match["url"]):
                        raise _NotPlain
                    self.links.append((at + match.start("url"), match["url"]))
            text = _INLINE.sub(_mark, _escape(text))
        else:
            text = _escape(text)
        text, count = mark_omissions(text)
        self.omissions += count
        return _NOTED.sub(self.reference, text) if "\x02" in text else text

    def refer(self, text: str) -> str:
        """The text with its references to notes in a code that is as long, so that places stay right."""
        labels = _REFERRED.findall(text)
        if not self.labels.issuperset(labels):
            raise _NotPlain
        self.referred += labels
        for label in labels:
            self.numbers.setdefault(label, len(self.numbers) + 1)
        return _REFERRED.sub("\x02\x02\\1\x03", text)

    def reference(self, code: re.Match[str]) -> str:
        label = code[1]
        return f'<sup id="fnref-{label}"><a class="footnote-ref" href="#fn-{label}">[{self.numbers[label]}]</a></sup>'


def _mark(match: re.Match[str]) -> str:
    if match["url"]:
        return f'<a href="{match["url"]}" rel="noopener noreferrer">{match["label"]}</a>'
    return f"<strong>{match['strong']}</strong>" if match["strong"] else f"<em>{match['em']}</em>"


def _escape(text: str) -> str:
    """Text as nh3 writes it."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")


def mark_omissions(text: str) -> tuple[str, int]:
    if "…" not in text and "..." not in text:
        return text, 0
    return omissions.PATTERN.subn(lambda match: f'<span class="omission">{match[0]}</span>', text)


def plain_text(inner: str) -> str:
    """The words of a piece of HTML."""
    if "<" in inner:
        inner = _TAG.sub("", inner)
    return html.unescape(inner) if "&" in inner else inner
