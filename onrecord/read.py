"""Disk → Source: the only room that reads `content/`.

Front matter goes through python-frontmatter with a strict loader behind it: every scalar stays the text its author typed and keeps
its line and column; anchors, aliases, tags, merges and duplicate keys are refused (YAML 1.2.2 sections 3.2.2 and 6.9), as is
anything that YAML would drop or change without a word. Front matter made of nothing but simple lines is read without YAML, to the
same nodes, which a property test holds it to. Bad input never ends a run: it comes back as Problems.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from msgspec import Struct

from onrecord import budget, vocabulary
from onrecord.digests import digest
from onrecord.model import Items, Kind, Node, Problem, Scalar, Settings, Source, Table, Term, Vocabularies
from onrecord.vocabulary import Toml

if TYPE_CHECKING:
    import yaml
    from frontmatter.default_handlers import BaseHandler

MOST_FRONT = 64 * 1024
MOST_BYTES = 2 * 1024 * 1024
MOST_TOML = 4 * 1024 * 1024
MOST_SETTINGS = 512 * 1024
"""Bytes of archive.toml, a hundred times what an archive of many editions has: reading them takes a third of a second at most."""
MOST_DIGITS = 10_000
MOST_DEPTH = 6
MOST_FOLDERS = 20
"""The most folders in each other below the content folder."""
MOST_NAME = 200
_NO_FILE = "This is not a regular file. Remove it."
_UNREADABLE = (
    "This {} may not be read by you (its permissions). Allow yourself to read it, or move it out of the content folder."
)
UNREADABLE_FILE = Problem(1, 1, "unreadable", _UNREADABLE.format("file"))
"""What is said of a file that may not be read."""
_UNREADABLE_FOLDER = Problem(1, 1, "unreadable", _UNREADABLE.format("folder"))
_OF_ENTRIES = ("releases/", "pages/")
_READINGS = 10
"""How many times a file is read that somebody is writing."""

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789")]
)  # Windows device names: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
# With a digit first it is no device of Windows, and it has nothing else that `_unfit` looks for.
_USUAL_NAME = re.compile(r"/[0-9][0-9A-Za-z-]{1,180}\.md\Z")
_ODD_IN_NAME = re.compile(r'["<>|*?:\\#%\x00-\x1f\x7f]')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_CONTROL_BYTES = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_C1_BYTES = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_LAST = re.compile(rb"\xef\xbf[\xbe\xbf]")
_NOT_TEXT = re.compile(f"{_CONTROL.pattern}|[\ud800-\udfff]")
_LINE_BREAK = re.compile("[\x85\u2028\u2029]")
_COMMENT = re.compile(r"[ \t]+#")
_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\s*\n")
_UNCLOSED = re.compile(r"end of stream|expected ',' or")
_EMPTY = frozenset(["", "~", "null", "Null", "NULL"])


class Unreadable(Exception):
    """A text that cannot be read; `problem` says where and why, without the path of its file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


# ---- files -----------------------------------------------------------------------------------------------------------------------


class FileData(Struct, frozen=True):
    """A file below the content folder: its path relative to it, with forward slashes, and its bytes."""

    path: str
    data: bytes


class FileStatus(Struct, frozen=True):
    """A file or folder that is not read: its path below the content folder, its path on the disk, its mode (`stat.S_ISREG` …), and what
    changes when it changes: the times of its last change and of its last change of state (nanoseconds), its size and its number on the
    disk."""

    path: str
    disk_path: str
    mode: int
    stamp: tuple[int, ...]

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.stamp[2]

    @property
    def is_regular(self) -> bool:
        """Whether it is a file, and no folder, link, pipe or device."""
        return stat.S_ISREG(self.mode)


class Scan(Struct, frozen=True):
    """Everything below a content folder, sorted at every level, names that begin with a dot left out; nothing of it is read."""

    files: tuple[FileStatus, ...]

    def digest(self) -> bytes:
        """What changes when the name, size, time or number of any file does."""
        lines = "\n".join([f"{file.path}\0{file.mode}\0{file.stamp}" for file in self.files])
        return digest(lines.encode("utf-8", "surrogateescape"))

    def latest(self) -> int:
        """The latest time (nanoseconds) at which any file was changed; 0 without one."""
        return max((max(file.stamp[0], file.stamp[1]) for file in self.files), default=0)


def scan(content: Path) -> Scan:
    """The Scan of a content folder. Links are seen as links, not followed. Of a folder that may not be read it has the name alone, of which
    `unreadable` and `entries` speak. Raises OSError when a folder cannot be read for another reason, or the content folder may not be."""
    return _scanned(content, passing=True)


def _scanned(folder: Path, *, passing: bool) -> Scan:
    files: list[FileStatus] = []
    _add_files(str(folder), "", files, MOST_FOLDERS, passing=passing)
    return Scan(tuple(files))


def unreadable(content: Scan) -> list[Problem]:
    """A Problem for each folder that may not be read, those apart that `entries` looks through."""
    return [
        _UNREADABLE_FOLDER.in_file(file.path)
        for file in content.files
        if stat.S_ISDIR(file.mode) and not file.path.startswith(_OF_ENTRIES) and not _is_readable(file)
    ]


def _is_readable(file: FileStatus) -> bool:
    return os.access(file.disk_path, os.R_OK | os.X_OK if stat.S_ISDIR(file.mode) else os.R_OK)


def _add_files(folder: str, relative: str, files: list[FileStatus], depth: int, *, passing: bool) -> None:
    """Adds what is in a folder, down to `depth` folders below it; `passing` those that may not be read."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        if not relative:
            raise
        return  # it went away meanwhile
    except PermissionError:
        if not relative or not passing:
            raise
        return
    for entry in entries:
        name = entry.name
        if name[0] == ".":
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
        except PermissionError:
            # A folder whose names may be read, and nothing else.
            if not relative or not passing:
                raise
            return
        stamp = status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
        files.append(FileStatus(relative + name, entry.path, status.st_mode, stamp))
        if depth and entry.is_dir(follow_symlinks=False):
            _add_files(entry.path, f"{relative}{name}/", files, depth - 1, passing=passing)


def markdown_files(folder: Path) -> list[FileStatus]:
    """Whatever is called `….md` below a folder of releases, which need not be there, in the order of a Scan; nothing where there is none.
    What is not regular has a name alone: it is not to be read. Raises OSError when a folder cannot be read."""
    if not folder.is_dir():
        return []
    return [file for file in _scanned(folder, passing=False).files if file.path.endswith(".md")]


def is_release(path: str) -> bool:
    """Whether a path below the content folder is that of a release file."""
    parts = path.split("/")
    return parts[0] == "releases" and path.endswith(".md") and not any(part.startswith(("_", ".")) for part in parts)


def entries(content: Scan, folder: str = "releases") -> tuple[list[FileStatus], list[Problem]]:
    """Every Markdown file below `<content>/<folder>` (`releases` or `pages`), in the order of the Scan, and a Problem for each file that
    may not stand there.

    Names that begin with an underscore are passed over. Links, odd names, files other than `.md` and what may not be read are refused.
    """
    files: list[FileStatus] = []
    problems: list[Problem] = []
    inside = f"{folder}/"
    for file in content.files:
        path = file.path
        if not path.startswith(inside):
            if path == folder and stat.S_ISLNK(file.mode):
                message = (
                    "This is a symbolic link, which would publish whatever it points to. Put the folder itself here."
                )
                return files, [Problem(1, 1, "link", message, path=folder)]
            continue
        if stat.S_ISDIR(file.mode) and path.count("/") >= MOST_FOLDERS:
            message = f"This folder is more than {MOST_FOLDERS} folders deep, and is not looked into. Move it up."
            problems.append(Problem(1, 1, "too-deep", message, path=path))
        elif stat.S_ISDIR(file.mode) and not _is_readable(file):
            problems.append(_UNREADABLE_FOLDER.in_file(path))
        if stat.S_ISDIR(file.mode) or "/_" in path:
            continue
        usual = path.isascii() and _USUAL_NAME.search(path) and stat.S_ISREG(file.mode) and file.stamp[2] <= MOST_BYTES
        problem = (None if usual else _unfit(file)) or (None if _is_readable(file) else UNREADABLE_FILE)
        if problem:
            problems.append(problem.in_file(file.path))
        else:
            files.append(file)
    return files, problems


def _unfit(file: FileStatus) -> Problem | None:
    """Why a file may not be among the releases or the archive's own pages."""
    folder, _, name = file.path.rpartition("/")
    wrong_name = bad_name(name)
    if not wrong_name and _has_surrogates(folder):
        wrong_name = "is in a folder whose name is not UTF-8. Rename the folder."
    if stat.S_ISLNK(file.mode):
        message = "This is a symbolic link, which would publish whatever it points to. Put the file itself here."
        return Problem(1, 1, "link", message)
    if wrong_name:
        return Problem(1, 1, "bad-file-name", f"This {wrong_name}")
    if not stat.S_ISREG(file.mode):
        return Problem(1, 1, "not-a-file", _NO_FILE)
    if not file.path.endswith(".md"):
        message = "This is not a Markdown file. Only files that end in “.md” belong here; rename or remove it."
        return Problem(1, 1, "not-markdown", message)
    size = file.stamp[2]
    if size > MOST_BYTES:
        message = f"This has {size:,} bytes; at most {MOST_BYTES:,} are allowed. Divide it into parts."
        return Problem(1, 1, "too-large", message)
    return None


def file(entry: FileStatus) -> FileData:
    """The bytes of a file, read again where it was changed while it was read. Raises OSError."""
    for _ in range(_READINGS):
        with open(entry.disk_path, "rb") as stream:
            before = os.fstat(stream.fileno())
            data = stream.read()
            after = os.fstat(stream.fileno())
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size) and len(data) == after.st_size:
            break
    return FileData(entry.path, data)


def beginning(entry: FileStatus, size: int) -> bytes:
    """The first bytes of a file, at most so many. Raises OSError."""
    with open(entry.disk_path, "rb") as stream:
        return stream.read(size)


def fixity(file: FileData) -> str:
    """The SHA-256 of a file's bytes, in lower-case hexadecimal."""
    return hashlib.sha256(file.data).hexdigest()


def is_folder(content: Path) -> bool:
    """Whether there is a content folder."""
    return content.is_dir()


def _has_surrogates(text: str) -> bool:
    """Whether a name on disk was no UTF-8: Python has half a surrogate pair for each byte of it that was none (PEP 383)."""
    return not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)


def bad_name(name: str) -> str:
    """Why a file name cannot be published everywhere, or an empty text."""
    if _has_surrogates(name):
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


# ---- text ------------------------------------------------------------------------------------------------------------------------


def text_of(data: bytes) -> str:
    """The text of UTF-8 bytes, with a byte order mark dropped and CRLF as LF. Raises Unreadable for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(Problem(1, 1, "not-utf-8", "The file is UTF-16, not UTF-8. Save it again as UTF-8."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        message = f"The byte 0x{data[error.start]:02x} here is not UTF-8. Save the file again as UTF-8."
        raise Unreadable(Problem(line, column, "not-utf-8", message)) from error
    if b"\r" in data:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Looking for bytes is several times faster than looking for characters.
    if len(data.translate(None, _CONTROL_BYTES)) == len(data) and not _C1_BYTES.search(data) and not _LAST.search(data):
        return text
    odd = _CONTROL.search(text)
    if odd:
        line, column = _position(text, odd.start())
        message = f"The control character U+{ord(odd[0]):04X} is here. Remove it."
        raise Unreadable(Problem(line, column, "control-character", message))
    return text


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


# ---- front matter ----------------------------------------------------------------------------------------------------------------


def _strict_handler() -> BaseHandler:
    """python-frontmatter's YAML handler with a loader that reads every scalar as text and says where each stands."""
    from frontmatter.default_handlers import YAMLHandler

    class StrictHandler(YAMLHandler):
        FM_BOUNDARY = _BOUNDARY

        def load(self, fm: str, **kwargs: object) -> dict[str, Any]:
            """The front matter as a dictionary of nodes. Raises Unreadable."""
            return {key.text: node for key, node in _composed(fm).entries}

    return StrictHandler()


def split(text: str) -> tuple[Table, str, int]:
    """Front matter, body, and the line on which the body starts, of the text of a release file.

    The body keeps its first line's indentation; blank lines around it are dropped. Raises Unreadable.
    """
    return _split(text, _DOUBTFUL.search(text) is None)


def _split(text: str, clean: bool) -> tuple[Table, str, int]:
    """The same; `clean` says that the text holds no character that YAML 1.2.2 section 5.1 excludes."""
    end = text.find("\n---", 3)
    if text.startswith("---\n") and end >= 0 and text[end + 4 : end + 5] in ("\n", ""):
        front, behind = text[3 : end + 1], text[end + 4 :]
    else:
        front, behind = _parts(text)
    table = (_simple(front) if clean else None) or _composed(front)
    blank = _BLANK_LINES.match(behind)
    body = behind[blank.end() :] if blank else behind
    start = text.count("\n", 0, len(text) - len(body)) + 1
    if not body or body.isspace():
        return table, "", start + 1
    return table, body.rstrip(), start


def _parts(text: str) -> tuple[str, str]:
    """What is between the first two lines of “---”, and what is behind them. Raises Unreadable."""
    if not _BOUNDARY.match(text):
        first = text.split("\n", 1)[0][:40]
        if first.startswith("+++"):
            message = "The file begins with “+++” (TOML). Front matter here is YAML between two lines of “---”."
            raise Unreadable(Problem(1, 1, "no-front-matter", message))
        message = (
            f"{f'The file begins with “{first}”' if first else 'The first line is empty'}. A release must begin with a "
            "line “---”, the front matter, and a second line “---”."
        )
        raise Unreadable(Problem(1, 1, "no-front-matter", message))
    try:
        front, behind = _strict_handler().split(text)
    except ValueError as error:
        message = "The front matter has no closing line “---”. Put one between the last key and the text."
        raise Unreadable(Problem(1, 1, "front-matter-not-closed", message)) from error
    return front, behind


# ---- simple lines ----------------------------------------------------------------------------------------------------------------

# What YAML could take for anything but itself, or refuses (YAML 1.2.2 sections 5.1 and 5.4; U+FEFF: libyaml).
_DOUBTFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# A value that is not quoted begins with no indicator (section 5.3) and ends with no colon; ": " and " #" in it are looked for apart.
_PLAIN = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<.](?:.*[^\s:])?"
_VALUE = rf'(?: (?:"([^"\\]*)"|({_PLAIN})|(\[.*\])))?'
_LINE = re.compile(rf"([a-z][a-z0-9_]*):{_VALUE}")
_ITEM = re.compile(rf'"([^"\\]*)"|({_PLAIN})')
_FLOW_PLAIN = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<.](?:[^,\[\]{}:#\"]*[^\s,\[\]{}:#\"])?"
_FLOW_ITEM = re.compile(rf'"([^"\\]*)"|({_FLOW_PLAIN})')
_FLOW = re.compile(rf'\[(?:(?:"[^"\\]*"|{_FLOW_PLAIN})(?:, (?:"[^"\\]*"|{_FLOW_PLAIN}))*)?\]')
# The keys of releases, and where they stand in their files, are few.
_key = lru_cache(maxsize=4096)(Scalar)


class _NotSimple(Exception):
    pass


def _simple(front: str) -> Table | None:
    """The Table of front matter made of `key: value`, `key: "value"`, `key: [a, "b"]`, `  - value`, `  - key: value` and `  key: value`
    and nothing else; None for all other front matter, also where it is wrong."""
    if len(front) > MOST_FRONT // 4:
        return None
    if "\t" in front or "\x85" in front or "\u2028" in front or "\u2029" in front or "\ufeff" in front:
        return None
    lines = front.split("\n")
    if len(lines) < 3 or lines[0] or lines[-1]:
        return None
    try:
        entries, end = _lines(lines, 1, 0)
    except _NotSimple:
        return None
    return Table(entries, 2, 1) if end == len(lines) - 1 else None


def _lines(lines: list[str], at: int, indent: int) -> tuple[tuple[tuple[Scalar, Node], ...], int]:
    """The entries of the lines from index `at` on that stand `indent` spaces in, and the index of the first other line."""
    entries: list[tuple[Scalar, Node]] = []
    names: list[str] = []
    before = " " * indent
    while (match := _LINE.fullmatch(lines[at], indent)) and lines[at].startswith(before):
        at += 1  # the number of this line, which is the index of the next
        name, quoted, plain, listed = match.groups()
        key = _key(name, at, indent + 1)
        column = indent + len(name) + 2
        node: Node
        if quoted is not None:
            node = Scalar(quoted, at, column + 1, True)
        elif plain is not None:
            node = Scalar(_plain(plain), at, column + 1)
        elif listed is not None:
            node = _flow(listed, at, column + 1)
        elif indent or lines[at][:1] != " ":
            node = Scalar("", at, column)
        elif lines[at].startswith("  - "):
            node, at = _items(lines, at)
        else:
            first = at + 1
            inner, at = _lines(lines, at, 2)
            node = Table(inner, first, 3)
        names.append(name)
        entries.append((key, node))
    if len(set(names)) < len(names) or not _EMPTY.isdisjoint(names):
        raise _NotSimple
    return tuple(entries), at


def _items(lines: list[str], at: int) -> tuple[Items, int]:
    """The list that begins on the line with index `at`, and the index of the line behind it."""
    first = at + 1
    nodes: list[Node] = []
    while lines[at].startswith("  - "):
        line = at + 1
        match = _ITEM.fullmatch(lines[at], 4)
        if match is None or (match.lastindex == 2 and ": " in match[2]):
            lines[at] = f"    {lines[at][4:]}"
            entries, at = _lines(lines, at, 4)
            if at < line:
                raise _NotSimple
            nodes.append(Table(entries, line, 5))
            continue
        at = line
        if match.lastindex == 1:
            nodes.append(Scalar(match[1], line, 5, True))
        else:
            nodes.append(Scalar(_plain(match[2]), line, 5))
    return Items(tuple(nodes), first, 3), at


def _flow(written: str, line: int, column: int) -> Items:
    """The list that is written `[a, "b"]` at this place."""
    if not _FLOW.fullmatch(written):
        raise _NotSimple
    nodes = (
        Scalar(item[1], line, column + item.start(), True)
        if item[1] is not None
        else Scalar("" if item[2] in _EMPTY else item[2], line, column + item.start())
        for item in _FLOW_ITEM.finditer(written)
    )
    return Items(tuple(nodes), line, column)


def _plain(text: str) -> str:
    if ": " in text or " #" in text:
        raise _NotSimple
    return "" if text in _EMPTY else text


# ---- all other front matter ------------------------------------------------------------------------------------------------------


def _composed(front: str) -> Table:
    """The front matter between the two `---` lines as a Table. Raises Unreadable, its lines counted in the whole file."""
    if len(front.encode("utf-8", "surrogatepass")) > MOST_FRONT:
        message = f"The front matter has more than {MOST_FRONT:,} bytes. Move text to the body."
        raise Unreadable(Problem(1, 1, "front-matter-too-large", message))
    odd = _LINE_BREAK.search(front)
    if odd:
        line, column = _position(front, odd.start())
        message = f"The invisible line break U+{ord(odd[0]):04X} is here. Remove it."
        raise Unreadable(Problem(line, column, "control-character", message))
    return _Composer(front).table()


class _Composer:
    """Builds nodes from YAML events, without recursion beyond MOST_DEPTH and without the loader's constructors."""

    def __init__(self, text: str) -> None:
        import yaml

        # The text starts right behind the opening "---", with that line's end: so lines are already counted in the whole file.
        self.text = text
        self.lines = text.split("\n")
        self.yaml = yaml
        self.parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)

    def table(self) -> Table:
        try:
            return self._document()
        except self.yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if error.context_mark and _UNCLOSED.search(error.problem or ""):
                mark = error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise Unreadable(Problem(line, column, "bad-yaml", self._mend(error, line))) from error
        except self.yaml.YAMLError as error:
            raise Unreadable(Problem(1, 1, "bad-yaml", f"The front matter cannot be read as YAML: {error}.")) from error
        finally:
            self.parser.dispose()

    def _document(self) -> Table:
        parser = self.parser
        parser.get_event()
        if parser.check_event(self.yaml.StreamEndEvent):
            return Table((), 1, 1)
        parser.get_event()
        root = self._node(parser.get_event(), 1)
        parser.get_event()
        if not parser.check_event(self.yaml.StreamEndEvent):
            message = "The front matter holds more than one YAML document. Keep one."
            raise Unreadable(Problem(1, 1, "bad-yaml", message))
        if isinstance(root, Scalar) and root.text in _EMPTY and not root.quoted:
            return Table((), 1, 1)
        if not isinstance(root, Table):
            message = "The front matter must be lines of “key: value”; this is not."
            raise Unreadable(Problem(root.line, root.column, "bad-yaml", message))
        return root

    def _node(self, event: Any, depth: int) -> Node:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, self.yaml.AliasEvent):
            message = f"“*{event.anchor}” is a YAML alias, which is not allowed. If it is text, quote the value."
            raise Unreadable(Problem(line, column, "yaml-alias", message))
        if event.anchor:
            message = f"“&{event.anchor}” is a YAML anchor, which is not allowed. If it is text, quote the value."
            raise Unreadable(Problem(line, column, "yaml-anchor", message))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"“{tag}” is a YAML tag, which is not allowed. If it is text, quote the value."
            raise Unreadable(Problem(line, column, "yaml-tag", message))
        if isinstance(event, self.yaml.ScalarEvent):
            return self._scalar(event, line, column)
        if depth >= MOST_DEPTH:
            message = f"The front matter is nested more than {MOST_DEPTH} levels deep. If it is text, quote the value."
            raise Unreadable(Problem(line, column, "too-deep", message))
        if isinstance(event, self.yaml.SequenceStartEvent):
            nodes = []
            while not self.parser.check_event(self.yaml.SequenceEndEvent):
                nodes.append(self._node(self.parser.get_event(), depth + 1))
            self.parser.get_event()
            return Items(tuple(nodes), line, column)
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, int] = {}
        while not self.parser.check_event(self.yaml.MappingEndEvent):
            key = self._node(self.parser.get_event(), depth + 1)
            if not isinstance(key, Scalar):
                message = "A key must be a plain word followed by a colon. If this is text, quote the value."
                raise Unreadable(Problem(key.line, key.column, "bad-yaml", message))
            if key.text == "<<" and not key.quoted:
                message = "“<<” merges keys in YAML, which is not allowed. Write the keys out."
                raise Unreadable(Problem(key.line, key.column, "yaml-merge", message))
            if key.text in seen:
                message = f"“{key.text}” appears twice; the first is on line {seen[key.text]}. Keep one."
                raise Unreadable(Problem(key.line, key.column, "duplicate-key", message))
            seen[key.text] = key.line
            entries.append((key, self._node(self.parser.get_event(), depth + 1)))
        self.parser.get_event()
        return Table(tuple(entries), line, column)

    def _scalar(self, event: Any, line: int, column: int) -> Scalar:
        text = event.value
        quoted = event.style not in (None, "")  # libyaml says "" for a plain scalar, the Python parser None
        odd = _NOT_TEXT.search(text)
        if odd:
            message = f"The value holds the character U+{ord(odd[0]):04X}, which no text may hold. Remove it."
            raise Unreadable(Problem(line, column, "control-character", message))
        if quoted:
            block = event.style in ("|", ">")
            return Scalar(text, line, column, quoted=True, block=block, indent=self._indent(event) if block else 0)
        end = event.end_mark
        behind = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        comment = bool(text) and _COMMENT.match(behind) is not None
        return Scalar("" if text in _EMPTY else text, line, column, comment=comment)

    def _indent(self, event: Any) -> int:
        """The spaces before each line of a text behind a plain “|” (YAML 1.2.2 section 8.1.1.1): those of its first line that is not
        blank. 0 where the lines in the file are not the text's own."""
        line = event.start_mark.line
        if not self.lines[line][event.start_mark.column :].startswith("|") or event.style != "|":
            return 0
        if any(char.isdigit() for char in self.lines[line][event.start_mark.column :].partition("#")[0]):
            return 0
        first = next((text for text in self.lines[line + 1 : event.end_mark.line + 1] if text.strip(" ")), "")
        return len(first) - len(first.lstrip(" "))

    def _mend(self, error: yaml.MarkedYAMLError, line: int) -> str:
        """YAML's complaint in the words of somebody who has never heard of YAML, with what to do."""
        written = self.lines[line - 1].strip() if line <= len(self.lines) else ""
        problem = error.problem or ""
        key, colon, value = written.partition(":")
        if "mapping values are not allowed" in problem and colon:
            return f'“{written}” has a second colon, so it cannot be read. Quote the value: {key}: "{value.strip()}".'
        if _UNCLOSED.search(problem):
            return f"“{written}” opens a quotation mark or bracket that is not closed. Close it."
        if "tab" in problem or "'\\t'" in problem or "\\t" in problem or self.lines[line - 1].startswith("\t"):
            return f"“{written}” is indented with a tab. Use spaces."
        if "escape" in problem:
            return f"“{written}” cannot be read ({problem}). Between double quotation marks a backslash is written twice, \\\\."
        if colon and value.strip()[:1] in ("@", "`", "%", "[", "{", "&", "*", "!", "|", ">", '"', "'"):
            return (
                f"“{written}” cannot be read ({problem}). If it is text, put the whole value between quotation marks."
            )
        return f"“{written}” cannot be read as YAML ({problem}). Check quotation marks, colons and indentation here and on the line before."


def source(file: FileData) -> Source | Problem:
    """A release file as a Source, or the Problem that keeps it from being one."""
    try:
        table, body, line = _split(text_of(file.data), clean=True)
    except Unreadable as error:
        return error.problem.in_file(file.path)
    return Source(file.path, table, body, line, fixity(file))


# ---- TOML ------------------------------------------------------------------------------------------------------------------------


_TABLES = ("archive.toml", "topics.toml", "places.toml", "names.toml")


def tables(content: Path) -> bytes:
    """What changes when archive.toml or a vocabulary does: the bytes of these files. Raises OSError."""
    parts = []
    for name in _TABLES:
        path = content / name
        data = b""
        size = 0
        if path.is_file() and not path.is_symlink():
            size = path.stat().st_size
            try:
                with path.open("rb") as stream:
                    data = stream.read(MOST_TOML + 1)
            except PermissionError:
                data = b"unreadable"
        parts.append(f"{path.is_symlink()} {path.exists()} {max(len(data), size)}\n".encode() + data)
    return b"".join(parts)


def vocabularies(content: Path) -> tuple[Vocabularies, list[Problem]]:
    """topics.toml, places.toml and names.toml of a content folder, and what is wrong with them. Raises OSError."""
    terms: list[tuple[Term, ...]] = []
    files: list[Toml] = []
    problems: list[Problem] = []
    for name, kind in zip(_TABLES[1:], get_args(Kind), strict=True):
        file, of_file = toml(content, name)
        problems += of_file
        try:
            with budget.limited():
                of_kind, of_terms = vocabulary.terms(kind, file)
        except budget.Exceeded:
            of_kind, of_terms = (), [budget.problem().in_file(name)]
        files.append(file)
        terms.append(of_kind)
        problems += of_terms
    problems += vocabulary.shared_identifiers(tuple(zip(files, terms, strict=True)))
    return Vocabularies(*terms), problems


def settings(content: Path) -> tuple[Settings, list[Problem]]:
    """archive.toml of a content folder, and what is wrong with it. Raises OSError."""
    file, problems = toml(content, "archive.toml")
    settings, more = vocabulary.settings(file)
    return settings, problems or more


MOST_TOML_LINES = 500_000
"""Of one TOML file: as many have eight bytes each where it is as large as it may be."""

MOST_TOML_LISTS = 100_000
"""Brackets that begin a value or are in one, one to forty bytes; those around the headings of entries are not counted."""

_HEADING = re.compile(r"^[ \t]*+\[\[?", re.MULTILINE)
# A key of many parts: tomllib's time grows with the square of their number.
_DEEP_KEY = re.compile(r"""(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){32}|(?:["'][ \t]*+\.[ \t]*+["'][^"'\n]*+){32}""")
_TOML = 'Write key = "value", each text between quotation marks and no key twice.'


MOST_LEVELS = 32
"""So many tables and lists may stand in one another in a TOML file; where tomllib gives up depends on the interpreter."""

_TOO_DEEP = "Brackets or keys are nested too deeply here for the file to be read as TOML."


def toml(content: Path, name: str) -> tuple[Toml, list[Problem]]:
    """`content/<name>` (TOML 1.0) with the Problems that kept it from being read. Raises OSError when it cannot be read at all."""
    path = content / name
    if path.is_symlink():
        message = "This is a symbolic link. Put the file itself here."
        return Toml(name, {}), [Problem(1, 1, "link", message, path=name)]
    if not path.exists():
        return Toml(name, {}, present=False), []
    if not path.is_file():
        # A folder cannot be read; a pipe would be waited for, for ever.
        return Toml(name, {}), [Problem(1, 1, "not-a-file", _NO_FILE, path=name)]
    try:
        is_settings = name == _TABLES[0]
        most = MOST_SETTINGS if is_settings else MOST_TOML
        if path.stat().st_size > most:
            advice = "Keep settings alone in it." if is_settings else "Take out entries that no release uses."
            message = f"The file has {path.stat().st_size:,} bytes; at most {most:,} are allowed. {advice}"
            raise Unreadable(Problem(1, 1, "too-large", message))
        text = text_of(path.read_bytes())
        _refuse_more_than_is_read(text)
        with budget.limited():
            return Toml(name, _parsed(text), tuple(text.split("\n"))), []
    except Unreadable as error:
        return Toml(name, {}), [error.problem.in_file(name)]
    except PermissionError:
        return Toml(name, {}), [UNREADABLE_FILE.in_file(name)]
    except budget.Exceeded:
        return Toml(name, {}), [budget.problem().in_file(name)]


def _refuse_more_than_is_read(text: str) -> None:
    """Raises Unreadable for a TOML text of more lines or lists than one for people has: tomllib takes a while for each."""
    lines = text.count("\n") + 1
    lists = text.count("[")
    if lists > MOST_TOML_LISTS:
        lists -= sum(len(heading[0].strip()) for heading in _HEADING.finditer(text))
    for count, most, what in ((lines, MOST_TOML_LINES, "lines"), (lists, MOST_TOML_LISTS, "lists")):
        if count > most:
            message = f"The file has {count:,} {what}; at most {most:,} are read. Take out what no release uses."
            raise Unreadable(Problem(1, 1, "too-large", message))


def _parsed(text: str) -> dict[str, Any]:
    """The values of a TOML text. Raises Unreadable for everything that keeps it from being read: tomllib also raises RecursionError
    (nesting), ValueError (a number of more digits than Python converts) and OverflowError."""
    import tomllib

    if max(map(len, re.findall(r"[0-9_]+", text)), default=0) > MOST_DIGITS:
        # Each digit of a number takes a hundred bytes while it is read.
        line, column = _longest_number(text)
        message = f"{MOST_DIGITS:,} digits or more are here in one row. {_TOML}"
        raise Unreadable(Problem(line, column, "bad-toml", message))
    # Each part of such a key has a full stop behind it.
    if text.count(".") >= MOST_LEVELS and (deep := _DEEP_KEY.search(text)):
        raise Unreadable(Problem(text.count("\n", 0, deep.start()) + 1, 1, "bad-toml", f"{_TOO_DEEP} {_TOML}"))
    try:
        values = tomllib.loads(text)
        if not _is_nested_deeper(values, MOST_LEVELS):
            return values
        line, column = _deepest(text)
        message = f"{_TOO_DEEP} {_TOML}"
    except tomllib.TOMLDecodeError as error:
        location = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(location[1]), int(location[2])) if location else (text.count("\n") + 1, 1)
        reason = re.sub(r" \(at [^()]*\)$", "", str(error))
        message = f"The file cannot be read as TOML: {reason}. {_TOML}"
    except RecursionError:
        line, column = _deepest(text)
        message = f"{_TOO_DEEP} {_TOML}"
    except (ValueError, OverflowError):
        line, column = _longest_number(text)
        message = f"A number here has more digits than can be read. {_TOML}"
    raise Unreadable(Problem(line, column, "bad-toml", message))


def _is_nested_deeper(values: Any, most: int) -> bool:
    """Whether more than `most` tables and lists stand in one another."""
    inside: list[Any] = [values]
    for _ in range(most + 1):
        containers = [
            each.values() if isinstance(each, dict) else each for each in inside if isinstance(each, dict | list)
        ]
        if not containers:
            return False
        inside = [value for container in containers for value in container]
    return True


def _deepest(text: str) -> tuple[int, int]:
    """Where the brackets of a text are nested most deeply, as far as can be seen without reading it as TOML."""
    depth = deepest = offset = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > deepest:
            deepest, offset = depth, bracket.start()
    return text.count("\n", 0, offset) + 1, 1


def _longest_number(text: str) -> tuple[int, int]:
    """Where a number of very many digits is written; else the first line."""
    number = max(re.finditer(r"[0-9][0-9_]*", text), key=lambda digits: len(digits[0]), default=None)
    return _position(text, number.start()) if number else (1, 1)
