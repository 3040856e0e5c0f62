"""Disk → Source: the only room that reads `content/`.

Front matter goes through python-frontmatter with a strict loader behind it: every scalar stays the text its author typed and keeps
its line and column; anchors, aliases, tags, merges and duplicate keys are refused (YAML 1.2.2 sections 3.2.2 and 6.9), as is
anything that YAML would drop or change without a word. Bad input never raises: it comes back as Problems.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from onrecord import vocabulary
from onrecord.model import Items, Node, Problem, Scalar, Settings, Source, Table, Vocabularies
from onrecord.vocabulary import Toml

MOST_FRONT = 64 * 1024
MOST_BYTES = 2 * 1024 * 1024
MOST_DEPTH = 6
MOST_NAME = 200

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789")]
)  # Windows device names: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_ODD_IN_NAME = re.compile(r'["<>|*?:\\#%\x00-\x1f\x7f]')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NOT_TEXT = re.compile(f"{_CONTROL.pattern}|[\ud800-\udfff]")
_LINE_BREAK = re.compile("[\x85\u2028\u2029]")
_COMMENT = re.compile(r"[ \t]+#")
_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
_UNCLOSED = re.compile(r"end of stream|expected ',' or")
_EMPTY = frozenset(["", "~", "null", "Null", "NULL"])
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """Front matter that cannot be taken as it stands; carries the Problem without its path."""

    def __init__(self, line: int, column: int, code: str, message: str) -> None:
        super().__init__(message)
        self.line, self.column, self.code, self.message = line, column, code, message


# ---- files -----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class File:
    """A file below the content folder: its path relative to it, with forward slashes, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found and not yet read: its path below the content folder, where it is, and what changes when it changes."""

    path: str
    place: str
    stamp: tuple[int, int, int]


def found(content: Path, folder: str = "releases") -> tuple[list[Found], list[Problem]]:
    """Every Markdown file below `content/<folder>` (`releases` or `pages`), in the order of their paths, and a Problem for each file
    that may not stand there.

    Names that begin with a dot or an underscore are passed over. Links, odd names and files other than `.md` are refused.
    Raises OSError when a file or folder cannot be read.
    """
    files: list[Found] = []
    problems: list[Problem] = []
    if (content / folder).is_symlink():
        link = "is a symbolic link, which would publish whatever it points to. Put the folder itself here."
        return files, [_at(folder, "link", link)]
    if not (content / folder).is_dir():
        return files, problems
    for relative, entry in _walk(content / folder, folder):
        bad = _bad_name(entry.name)
        status = entry.stat(follow_symlinks=False)
        if entry.is_symlink():
            said = "is a symbolic link, which would publish whatever it points to. Put the file itself here."
            problems.append(_at(relative, "link", said))
        elif bad:
            problems.append(_at(relative, "bad-file-name", bad))
        elif not stat.S_ISREG(status.st_mode):
            problems.append(_at(relative, "not-a-file", "is not a regular file. Remove it."))
        elif not entry.name.endswith(".md"):
            said = "is not a Markdown file. Only files that end in “.md” belong here; rename or remove it."
            problems.append(_at(relative, "not-markdown", said))
        elif status.st_size > MOST_BYTES:
            said = f"has {status.st_size:,} bytes; at most {MOST_BYTES:,} are allowed. Divide it into parts."
            problems.append(_at(relative, "too-large", said))
        else:
            files.append(Found(relative, entry.path, (status.st_mtime_ns, status.st_size, status.st_ino)))
    return files, problems


def file(found: Found) -> File:
    """The bytes of a file that was found. Raises OSError."""
    with open(found.place, "rb") as stream:
        return File(found.path, stream.read())


def _walk(folder: Path, relative: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Files below a folder with their relative paths, sorted at every level; links to folders are given, not followed."""
    with os.scandir(folder) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name[0] in "._":
            continue
        path = f"{relative}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), path)
        else:
            yield path, entry


def _bad_name(name: str) -> str:
    """Why a file name cannot be published everywhere, or an empty text."""
    if not name.isascii() and any("\ud800" <= char <= "\udfff" for char in name):
        return "has a name that is not UTF-8. Rename it."
    odd = _ODD_IN_NAME.search(name)
    if odd:
        return f"has {odd[0]!r} in its name, which some systems or addresses cannot hold. Rename it with letters, digits and hyphens."
    if not name.isascii() and any(unicodedata.category(char) in ("Cf", "Zl", "Zp", "Co", "Cn") for char in name):
        return "has an invisible character in its name. Rename it with letters, digits and hyphens."
    if name.endswith((" ", ".")) or name.split(".")[0].rstrip().lower() in _RESERVED:
        return f"has a name that Windows cannot hold (“{name}”). Rename it."
    if len(name.encode()) > MOST_NAME:
        return f"has a name of {len(name.encode())} bytes; at most {MOST_NAME} are allowed. Shorten it."
    return ""


def _at(path: str, code: str, message: str) -> Problem:
    return Problem(path, 1, 1, code, f"This {message}")


# ---- text ------------------------------------------------------------------------------------------------------------------------


def text_of(data: bytes) -> str:
    """The text of UTF-8 bytes, with a byte order mark dropped and CRLF as LF. Raises Unreadable for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(1, 1, "not-utf-8", "The file is UTF-16, not UTF-8. Save it again as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        raise Unreadable(
            line,
            column,
            "not-utf-8",
            f"The byte 0x{data[error.start]:02x} here is not UTF-8. Save the file again as UTF-8.",
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = _CONTROL.search(text)
    if odd:
        line, column = _place(text, odd.start())
        raise Unreadable(
            line, column, "control-character", f"The control character U+{ord(odd[0]):04X} stands here. Remove it."
        )
    return text


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


# ---- front matter ----------------------------------------------------------------------------------------------------------------


class StrictHandler(YAMLHandler):
    """python-frontmatter's YAML handler with a loader that reads every scalar as text and says where each stands."""

    FM_BOUNDARY = _BOUNDARY

    def table(self, fm: str) -> Table:
        """The front matter between the two `---` lines as a Table. Raises Unreadable, its lines counted in the whole file."""
        if len(fm.encode("utf-8", "surrogatepass")) > MOST_FRONT:
            raise Unreadable(
                1,
                1,
                "front-matter-too-large",
                f"The front matter has more than {MOST_FRONT:,} bytes. Move text to the body.",
            )
        odd = _LINE_BREAK.search(fm)
        if odd:
            line, column = _place(fm, odd.start())
            raise Unreadable(
                line,
                column,
                "control-character",
                f"The invisible line break U+{ord(odd[0]):04X} stands here. Remove it.",
            )
        return _Composer(fm).table()

    def load(self, fm: str, **kwargs: object) -> dict[str, Any]:
        """The same as a dictionary of nodes, for python-frontmatter's own functions. Raises Unreadable."""
        return {key.text: node for key, node in self.table(fm).entries}


_HANDLER = StrictHandler()


def split(text: str) -> tuple[Table, str, int]:
    """Front matter, body, and the line on which the body starts, of the text of a release file.

    The body keeps its first line's indentation; blank lines around it are dropped. Raises Unreadable.
    """
    if not _BOUNDARY.match(text):
        first = text.split("\n", 1)[0][:40]
        if first.startswith("+++"):
            raise Unreadable(
                1,
                1,
                "no-front-matter",
                "The file begins with “+++” (TOML). Front matter here is YAML between two lines of “---”.",
            )
        raise Unreadable(
            1,
            1,
            "no-front-matter",
            f"{f'The file begins with “{first}”' if first else 'The first line is empty'}. A release must begin with a "
            "line “---”, the front matter, and a second line “---”.",
        )
    try:
        front, rest = _HANDLER.split(text)
    except ValueError as error:
        raise Unreadable(
            1,
            1,
            "front-matter-not-closed",
            "The front matter has no closing line “---”. Put one between the last key and the text.",
        ) from error
    table = _HANDLER.table(front)
    lines = rest.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    body = "\n".join(lines[start:]).rstrip()
    return table, body, text.count("\n", 0, len(text) - len(rest)) + 1 + start


class _Composer:
    """Builds nodes from YAML events, without recursion beyond MOST_DEPTH and without the loader's constructors."""

    def __init__(self, text: str) -> None:
        # The text starts right behind the opening "---", with that line's end: so lines are already counted in the whole file.
        self.text = text
        self.lines = text.split("\n")
        self.parser = _PARSER(text)

    def table(self) -> Table:
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if error.context_mark and _UNCLOSED.search(error.problem or ""):
                mark = error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise Unreadable(line, column, "bad-yaml", self._mend(error, line)) from error
        except yaml.YAMLError as error:
            raise Unreadable(1, 1, "bad-yaml", f"The front matter cannot be read as YAML: {error}.") from error
        finally:
            self.parser.dispose()

    def _document(self) -> Table:
        parser = self.parser
        parser.get_event()
        if parser.check_event(yaml.StreamEndEvent):
            return Table((), 1, 1)
        parser.get_event()
        root = self._node(parser.get_event(), 1)
        parser.get_event()
        if not parser.check_event(yaml.StreamEndEvent):
            raise Unreadable(1, 1, "bad-yaml", "The front matter holds more than one YAML document. Leave one.")
        if isinstance(root, Scalar) and root.text in _EMPTY and not root.quoted:
            return Table((), 1, 1)
        if not isinstance(root, Table):
            raise Unreadable(
                root.line, root.column, "bad-yaml", "The front matter must be lines of “key: value”; this is not."
            )
        return root

    def _node(self, event: Any, depth: int) -> Node:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(
                line,
                column,
                "yaml-alias",
                f"“*{event.anchor}” is a YAML alias, which is not allowed. If it is text, quote the value.",
            )
        if event.anchor:
            raise Unreadable(
                line,
                column,
                "yaml-anchor",
                f"“&{event.anchor}” is a YAML anchor, which is not allowed. If it is text, quote the value.",
            )
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise Unreadable(
                line,
                column,
                "yaml-tag",
                f"“{shown}” is a YAML tag, which is not allowed. If it is text, quote the value.",
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line, column)
        if depth >= MOST_DEPTH:
            raise Unreadable(
                line,
                column,
                "too-deep",
                f"The front matter is nested more than {MOST_DEPTH} levels deep. If it is text, quote the value.",
            )
        if isinstance(event, yaml.SequenceStartEvent):
            nodes = []
            while not self.parser.check_event(yaml.SequenceEndEvent):
                nodes.append(self._node(self.parser.get_event(), depth + 1))
            self.parser.get_event()
            return Items(tuple(nodes), line, column)
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, int] = {}
        while not self.parser.check_event(yaml.MappingEndEvent):
            key = self._node(self.parser.get_event(), depth + 1)
            if not isinstance(key, Scalar):
                raise Unreadable(
                    key.line,
                    key.column,
                    "bad-yaml",
                    "A key must be a plain word followed by a colon. If this is text, quote the value.",
                )
            if key.text == "<<" and not key.quoted:
                raise Unreadable(
                    key.line,
                    key.column,
                    "yaml-merge",
                    "“<<” merges keys in YAML, which is not allowed. Write the keys out.",
                )
            if key.text in seen:
                raise Unreadable(
                    key.line,
                    key.column,
                    "duplicate-key",
                    f"“{key.text}” stands twice; the first is on line {seen[key.text]}. Leave one.",
                )
            seen[key.text] = key.line
            entries.append((key, self._node(self.parser.get_event(), depth + 1)))
        self.parser.get_event()
        return Table(tuple(entries), line, column)

    def _scalar(self, event: Any, line: int, column: int) -> Scalar:
        text = event.value
        quoted = event.style not in (None, "")  # libyaml says "" for a plain scalar, the Python parser None
        odd = _NOT_TEXT.search(text)
        if odd:
            raise Unreadable(
                line,
                column,
                "control-character",
                f"The value holds the character U+{ord(odd[0]):04X}, which no text may hold. Remove it.",
            )
        if quoted:
            return Scalar(text, line, column, quoted=True, block=event.style in ("|", ">"))
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        comment = bool(text) and _COMMENT.match(rest) is not None
        return Scalar("" if text in _EMPTY else text, line, column, comment=comment)

    def _mend(self, error: yaml.MarkedYAMLError, line: int) -> str:
        """YAML's complaint in the words of somebody who has never heard of YAML, with what to do."""
        shown = self.lines[line - 1].strip() if line <= len(self.lines) else ""
        problem = error.problem or ""
        key, colon, value = shown.partition(":")
        if "mapping values are not allowed" in problem and colon:
            return f'“{shown}” has a second colon, so it cannot be read. Quote the value: {key}: "{value.strip()}".'
        if _UNCLOSED.search(problem):
            return f"“{shown}” opens a quotation mark or bracket that is not closed. Close it."
        if "tab" in problem or "'\\t'" in problem or "\\t" in problem or self.lines[line - 1].startswith("\t"):
            return f"“{shown}” is indented with a tab. Use spaces."
        if "escape" in problem:
            return f"“{shown}” cannot be read ({problem}). Between double quotation marks a backslash is written twice, \\\\."
        if colon and value.strip()[:1] in ("@", "`", "%", "[", "{", "&", "*", "!", "|", ">", '"', "'"):
            return f"“{shown}” cannot be read ({problem}). If it is text, put the whole value between quotation marks."
        return f"“{shown}” cannot be read as YAML ({problem}). Check quotation marks, colons and indentation here and on the line before."


def source(file: File) -> Source | Problem:
    """A release file as a Source, or the Problem that keeps it from being one."""
    try:
        table, body, line = split(text_of(file.data))
    except Unreadable as error:
        return Problem(file.path, error.line, error.column, error.code, error.message)
    return Source(file.path, table, body, line, hashlib.sha256(file.data).hexdigest())


def sources(content: Path) -> tuple[list[Source], list[Problem]]:
    """All releases below `content`, in the order of their paths, and the Problems of those that cannot be read.

    Raises OSError when a file or folder cannot be read at all.
    """
    return _sources(*found(content))


def articles(content: Path) -> tuple[list[Source], list[Problem]]:
    """The archive's own pages below `content/pages`, in the same way."""
    return _sources(*found(content, "pages"))


def _sources(files: list[Found], problems: list[Problem]) -> tuple[list[Source], list[Problem]]:
    sources: list[Source] = []
    for one in files:
        read = source(file(one))
        if isinstance(read, Source):
            sources.append(read)
        else:
            problems.append(read)
    return sources, problems


# ---- TOML ------------------------------------------------------------------------------------------------------------------------


def vocabularies(content: Path) -> tuple[Vocabularies, list[Problem]]:
    """topics.toml, places.toml and names.toml of a content folder, and what is wrong with them. Raises OSError."""
    files, problems = zip(*(toml(content, name) for name in ("topics.toml", "places.toml", "names.toml")), strict=True)
    found, more = vocabulary.vocabularies(*files)
    return found, [problem for part in problems for problem in part] + more


def settings(content: Path) -> tuple[Settings, list[Problem]]:
    """archive.toml of a content folder, and what is wrong with it. Raises OSError."""
    file, problems = toml(content, "archive.toml")
    found, more = vocabulary.settings(file)
    return found, problems or more


_TOML = 'Write key = "value", each text between quotation marks and no key twice.'


def toml(content: Path, name: str) -> tuple[Toml, list[Problem]]:
    """`content/<name>` (TOML 1.0) with the Problems that kept it from being read. Raises OSError when it cannot be read at all."""
    path = content / name
    if path.is_symlink():
        return Toml(name, {}), [_at(name, "link", "is a symbolic link. Put the file itself here.")]
    if not path.exists():
        return Toml(name, {}, present=False), []
    try:
        text = text_of(path.read_bytes())
        return Toml(name, tomllib.loads(text), tuple(text.split("\n"))), []
    except Unreadable as error:
        return Toml(name, {}), [Problem(name, error.line, error.column, error.code, error.message)]
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (len(text.split("\n")), 1)
        said = re.sub(r" \(at .*\)$", "", str(error))
        return Toml(name, {}), [
            Problem(name, line, column, "bad-toml", f"The file cannot be read as TOML: {said}. {_TOML}")
        ]
