"""Front matter of other programs: YAML that is nearly YAML, TOML, and lines of "Key: value" — read so that no title is lost or wrong."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.intake.document import Refusal
from onrecord.model import Question

if TYPE_CHECKING:
    import yaml

_FRONT = re.compile(r"\ufeff?\s*(?P<mark>---|\+\+\+)[ \t]*\n(?P<front>.*?)^(?:(?P=mark)|\.\.\.)[ \t]*$\n?", re.S | re.M)
_KEY = re.compile(r"^\s*[\w-]+\s*[:=]", re.M)
_LINE = re.compile(r"(?P<key>[^\W\d][\w .-]{0,40}?)\s*(?P<mark>[:=])(?:\s++(?P<value>.*))?$")
# Lines above a text without marks around them (Pelican, MultiMarkdown).
_HEADER = re.compile(
    r"\ufeff?(?P<front>(?:title|date|author|authors|slug|category|tags|status|layout)[ \t]*:[^\n]*\n"
    r"(?:[^\W\d][\w -]{0,30}:[^\n]*\n|[ \t]+\S[^\n]*\n)+)[ \t]*\n",
    re.I,
)
# A table of JSON at the very beginning (Hugo), which has one of the keys that a text has.
_TABLE = re.compile(r"\ufeff?\s*(?=\{\s*\")")
_OF_TEXTS = frozenset({"title", "date", "headline", "author", "description"})
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"'(?P<single>(?:[^']|'')*)'|\"(?P<double>(?:[^\"\\]|\\.)*)\"")
# A value on one line that is neither quoted nor made of lists, anchors or blocks.
_PLAIN_VALUE = re.compile(r"^(?P<key>[\w-]+): ++(?P<value>(?![\"'\[{|>&*!#])\S(?:.*[^ \t\n])?)[ \t]*$", re.M)
_DEEPEST = 8
_MOST_VALUES = 2000
# Twice as many as a release's file may have; a reader of YAML in Python takes a second for them.
_MOST_LETTERS = 128 * 1024
_MOST_SHOWN = 200


@dataclass(slots=True)
class FrontMatter:
    """The values of front matter by key in small letters, as they are written, the keys in their order, and what stays open."""

    written: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    def add(self, key: str, values: list[str]) -> None:
        """Notes the values of a key. A key that stands there twice with different values is asked about."""
        before = self.values.get(key)
        if before and values and before != values:
            ask = f"The front matter states “{key}” twice. Which is right?"
            shown = "; ".join(f"“{value[:_MOST_SHOWN]}”" for value in (*before, *values))
            self.questions.append(
                Question("title" if key == "title" else "date" if "date" in key else "body", ask, shown)
            )
        self.values.setdefault(key, []).extend(values)

    def unread(self) -> list[str]:
        """The lines with words that stand in no value: remarks, keys of tables, licences of pictures."""
        texts = [*self.values, *(value for values in self.values.values() for value in values)]
        found = {word for text in texts for word in _WORD.findall(text.lower())}
        return [
            line.strip()
            for line in self.written.split("\n")
            if any(word not in found for word in _WORD.findall(line.lower()))
        ]


def split(text: str) -> tuple[FrontMatter, str]:
    """The front matter of a text, and the text behind it. Without front matter: none, and the text."""
    match = _FRONT.match(text)
    if match and _KEY.search(match["front"]):
        front = match["front"]
        _refuse_too_long(front)
        read = _toml(front) if match["mark"] == "+++" else _yaml(front)
        read.written = front
        return read, text[match.end() :]
    table, end = _table(text)
    if end:
        _refuse_too_long(text[:end])
        read = _json(table)
        read.written = text[:end]
        return read, text[end:]
    header = _HEADER.match(text)
    if header:
        _refuse_too_long(header["front"])
        read = _by_lines(header["front"], ":")
        read.written = header["front"]
        return read, text[header.end() :]
    return FrontMatter(), text


def _refuse_too_long(front: str) -> None:
    if len(front) > _MOST_LETTERS:
        raise Refusal(f"Its front matter has {len(front):,} characters; at most {_MOST_LETTERS:,} are read.")


def is_there(text: str) -> bool:
    """True for a text that begins with a block of front matter between marks."""
    match = _FRONT.match(text)
    return (match is not None and _KEY.search(match["front"]) is not None) or _table(text)[1] > 0


def plain(value: str) -> str:
    """A value as a reader would see it: markup and entities of an export resolved, white space as single blanks."""
    shown = html.unescape(value)
    if "<" in shown and _TAG.search(shown):
        shown = html.unescape(_TAG.sub("", shown))
    return " ".join(shown.split())


# ---- YAML ------------------------------------------------------------------------------------------------------------------------


def _yaml(front: str) -> FrontMatter:
    """Values of YAML, all as text. What no reader of YAML understands is read line by line, and asked about."""
    import yaml

    try:
        root = yaml.compose(front, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        try:
            root = yaml.compose(_PLAIN_VALUE.sub(_as_quoted, front), Loader=yaml.BaseLoader)
        except (yaml.YAMLError, RecursionError, ValueError):
            read = _by_lines(front, ":")
            read.questions.append(_broken(front, error))
            return read
    read = FrontMatter()
    if not isinstance(root, yaml.MappingNode):
        return _by_lines(front, ":")
    for key, node in root.value:
        if isinstance(key, yaml.ScalarNode):
            read.add(key.value.strip().lower(), list(_scalars(node, 0, [_MOST_VALUES])))
    return read


def _as_quoted(line: re.Match[str]) -> str:
    """A line whose value is all that stands behind its key: "title: Quay closed: no notice" says what it means to a person."""
    value = line["value"].replace("\\", "\\\\").replace('"', '\\"')
    return f'{line["key"]}: "{value}"'


def _scalars(node: yaml.Node, depth: int, left: list[int]) -> Iterator[str]:
    """The texts below a node; of a table with a name or title, that one."""
    import yaml

    left[0] -= 1
    if depth > _DEEPEST or left[0] < 0:
        return
    if isinstance(node, yaml.ScalarNode):
        text = _binary(node.value) if "binary" in node.tag else node.value.strip()
        if text:
            yield text
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from _scalars(inner, depth + 1, left)
    elif isinstance(node, yaml.MappingNode):
        named = [
            value
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode) and key.value.lower() in ("name", "title", "label")
        ]
        for inner in named[:1] or [value for _, value in node.value]:
            yield from _scalars(inner, depth + 1, left)


def _binary(text: str) -> str:
    """Text that an export wrote in base64 because of a sign that it did not know."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8").strip()
    except (binascii.Error, ValueError):
        return text.strip()


def _broken(front: str, error: Exception) -> Question:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = front.split("\n")
    line = lines[mark.line].strip() if mark is not None and mark.line < len(lines) else ""
    ask = "The front matter is not correct YAML and was read line by line. Are its title, date and other values right?"
    return Question("title", ask, f"“{(line or front.strip())[:_MOST_SHOWN]}”")


# ---- JSON ------------------------------------------------------------------------------------------------------------------------


def _table(text: str) -> tuple[dict[str, object], int]:
    """The table of JSON with which a text begins, and where it ends; an empty one and 0 where there is none, or no text behind it."""
    start = _TABLE.match(text)
    if not start:
        return {}, 0
    try:
        table, end = json.JSONDecoder(parse_float=str, parse_int=str).raw_decode(text, start.end())
    except (ValueError, RecursionError):
        return {}, 0
    is_front = isinstance(table, dict) and any(key.lower() in _OF_TEXTS for key in table)
    return (table, end) if is_front and re.match(r"[ \t]*\n\s*\S", text[end:]) else ({}, 0)


def _json(table: dict[str, object]) -> FrontMatter:
    read = FrontMatter()
    for key, value in table.items():
        texts = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
        read.add(key.strip().lower(), [text.strip() for text in texts if text.strip()])
    return read


# ---- TOML ------------------------------------------------------------------------------------------------------------------------


def _toml(front: str) -> FrontMatter:
    try:
        table = tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        read = _by_lines(front, "=")
        ask = "The front matter is not correct TOML and was read line by line. Are its title, date and other values right?"
        read.questions.append(Question("title", ask, f"“{front.strip()[:_MOST_SHOWN]}” ({error})"))
        return read
    read = FrontMatter()
    flat: list[tuple[str, object]] = []
    for key, value in table.items():
        flat += list(value.items()) if isinstance(value, dict) else [(key, value)]
    for key, value in flat:
        texts = [
            str(item) for item in (value if isinstance(value, list) else [value]) if not isinstance(item, dict | list)
        ]
        if not isinstance(value, str | list):
            # The words as they are written.
            written = re.search(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=\s*([^\n#]+)", front, re.M)
            texts = [written[1].strip()] if written else texts
        read.add(key.lower(), texts)
    return read


# ---- lines -----------------------------------------------------------------------------------------------------------------------


def _by_lines(front: str, mark: str) -> FrontMatter:
    """Values line by line: what is indented below a key, or begins with a hyphen, goes on with it."""
    read = FrontMatter()
    key = ""
    pending: list[str] = []

    def close() -> None:
        if key:
            read.add(key, [value for value in _line_values(pending) if value])
        pending.clear()

    for line in front.split("\n"):
        match = _LINE.match(line.strip())
        # What is indented goes on with the value above it, but for a key of its own below a value that is whole.
        inner = line[:1].isspace() and (not pending or not pending[0] or pending[0][0] in ">|[{")
        if match and match["mark"] == mark and not inner:
            close()
            key = match["key"].strip().lower()
            pending.append(match["value"] or "")
        elif line.strip() and not line.lstrip().startswith("#"):
            pending.append(line.strip())
    close()
    return read


def _line_values(lines: list[str]) -> list[str]:
    lines = [line for line in lines if line]
    if lines and re.fullmatch(r"[>|][-+0-9]*", lines[0]):
        return [" ".join(lines[1:])]
    if len(lines) > 1 and all(line.startswith("- ") for line in lines):
        return [_unquoted(line[2:].strip()) for line in lines]
    return [_unquoted(" ".join(lines))] if lines else []


def _unquoted(value: str) -> str:
    """A value without the quotation marks around all of it, and without what a program needs before them."""
    value = re.sub(r"^(?:!\S*|&\S+)\s+", "", value)
    match = _QUOTED.fullmatch(value)
    if match is None:
        return value
    if match["single"] is not None:
        return match["single"].replace("''", "'")
    return re.sub(r"\\(.)", r"\1", match["double"])
