"""Rich Text (RTF 1.9.1, Microsoft 2008): what its groups carry beside the text, and the same file without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from onrecord.disclosure import paths
from onrecord.disclosure.trace import Broken, Findings, Inside
from onrecord.disclosure.wishes import Wishes

_TOKEN = re.compile(rb"\\(?:([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|'[0-9a-fA-F]{2}|[^a-zA-Z])|[{}]|[^\\{}]+")
_MOST_DEPTH = 500
_MOST_TOKENS = 6_000_000
# Groups that hold what no reader sees, by the word that they begin with.
_GROUPS = {
    b"author": "person", b"operator": "person", b"manager": "person", b"company": "organization", b"title": "title",
    b"subject": "title", b"keywords": "caption", b"comment": "caption", b"doccomm": "caption", b"category": "caption",
    b"hlinkbase": "path", b"creatim": "day", b"revtim": "day", b"printim": "day", b"buptim": "day", b"template": "template",
    b"generator": "program", b"userprops": "data", b"rsidtbl": "session", b"datastore": "data", b"docvar": "data",
    b"atnauthor": "comment", b"atnid": "comment", b"annotation": "comment", b"revtbl": "person", b"xmlopen": "data",
    b"factoidname": "data", b"mmdatasource": "data", b"mailmerge": "data", b"protusertbl": "person", b"passwordhash": "metadata",
    b"objdata": "attached",
}  # fmt: skip
_DROPPED = frozenset([
    b"info", b"template", b"generator", b"userprops", b"rsidtbl", b"datastore", b"docvar", b"mailmerge", b"protusertbl", b"passwordhash",
    b"themedata", b"colorschememapping", b"latentstyles", b"factoidname",
])  # fmt: skip
_COMMENTS = frozenset(
    [b"atnauthor", b"atnid", b"annotation", b"atrfstart", b"atrfend", b"atnref", b"atntime", b"atndate", b"atnicn"]
)
_CHANGES = {b"revised": "insertion", b"deleted": "deletion", b"revauth": "", b"revauthdel": ""}
_SESSION = frozenset(
    [b"insrsid", b"delrsid", b"charrsid", b"pararsid", b"sectrsid", b"tblrsid", b"styrsid", b"rsid", b"rsidroot"]
)


class Token(NamedTuple):
    """A piece of Rich Text: its bytes and, of a control word, the word and its number."""

    raw: bytes
    word: bytes
    number: bytes


def is_rich_text(data: bytes) -> bool:
    """Whether these are the bytes of such a file."""
    return data[:6].startswith(b"{\\rtf")


def tokens(data: bytes) -> Iterator[Token]:
    """The pieces, in order. Raises Broken."""
    at = 0
    for _ in range(_MOST_TOKENS):
        match = _TOKEN.match(data, at)
        if match is None:
            if at < len(data):
                raise Broken("it ends in the middle of a control word")
            return
        yield Token(match[0], match[1] or b"", match[2] or b"")
        at = match.end()
        if match[1] == b"bin" and match[2]:
            size = int(match[2])
            if not 0 <= size <= len(data) - at:
                raise Broken("binary data is longer than the file")
            yield Token(data[at : at + size], b"", b"")
            at += size
    raise Broken("it has too many pieces")


def find(data: bytes, findings: Findings, inside: Inside) -> None:
    """Notes what the groups carry; `inside` says what a picture within it does. Raises Broken."""
    opened: list[list[bytes]] = []
    hidden = [False]
    for token in tokens(data):
        if token.raw == b"{":
            if len(opened) >= _MOST_DEPTH:
                raise Broken("its groups are too deep in each other")
            opened.append([b"", b""])
            hidden.append(hidden[-1])
        elif token.raw == b"}":
            if not opened:
                raise Broken("it closes a group that is not open")
            name, text = opened.pop()
            hidden.pop()
            _note_group(name, text, findings, inside)
        elif token.word:
            if opened and not opened[-1][0]:
                opened[-1][0] = token.word
            if token.word in _CHANGES and token.number != b"0" and _CHANGES[token.word]:
                findings.add("change", "text", _CHANGES[token.word])
            elif token.word in _SESSION:
                findings.add("session", "text")
            elif token.word == b"v":
                hidden[-1] = token.number != b"0"
            elif token.word == b"plain":
                hidden[-1] = False
        elif opened:
            if len(opened[-1][1]) < 64 * 1024 or opened[-1][0] == b"pict":
                opened[-1][1] += token.raw
            if (
                hidden[-1]
                and token.raw.strip()
                and all(group[0] not in _GROUPS and group[0] != b"xe" for group in opened)
            ):
                findings.add("hidden", "text", token.raw)
    if opened:
        raise Broken("a group in it is not closed")


def _note_group(name: bytes, text: bytes, findings: Findings, inside: Inside) -> None:
    value = text.strip().decode("latin-1")
    kind = _GROUPS.get(name)
    if kind is not None and (value or name in (b"creatim", b"revtim", b"printim", b"rsidtbl", b"userprops")):
        findings.add(kind, f"group {name.decode()}", "" if kind in ("session", "attached", "day") else value)
    elif name == b"pict":
        findings.include(inside(_picture(text)), "a picture")
    elif name in (b"fldinst", b"field") and (path := paths.found(value.replace("\\\\", "\\"))):
        findings.add("path", "field", path)


def _picture(text: bytes) -> bytes:
    digits = b"".join(text.split())
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return text


def cleaned(data: bytes, wishes: Wishes, again: Callable[[bytes], bytes]) -> bytes:
    """The same file without these groups; `again` cleans the pictures in it. What is tracked or hidden stays. Raises Broken."""
    dropped = _DROPPED | (_COMMENTS if wishes.drop_comments else frozenset())
    if not any(token.word in _CHANGES and token.number != b"0" for token in tokens(data)):
        dropped |= {b"revtbl"}
    out: list[bytes] = []
    # Of each open group: where it begins in `out`, and whether its word was read.
    opened: list[tuple[int, list[bytes]]] = []
    for token in tokens(data):
        if token.raw == b"{":
            opened.append((len(out), [b""]))
            out.append(b"{")
            continue
        if token.raw == b"}" and opened:
            start, name = opened.pop()
            if name[0] in dropped:
                del out[start:]
                continue
            out.append(b"}")
            if name[0] == b"pict":
                out[start:] = _picture_cleaned(out[start:], again)
            continue
        if token.word and opened and not opened[-1][1][0]:
            opened[-1][1][0] = token.word
        if token.word in _SESSION:
            continue
        out.append(token.raw)
    return _spaced(out)


def _spaced(parts: list[bytes]) -> bytes:
    """The pieces in a row, with a blank where a control word would otherwise run into the text behind it."""
    out: list[bytes] = []
    for part in parts:
        runs_on = part[:1].isalnum() or part[:1] in (b" ", b"-")
        if runs_on and out and re.fullmatch(rb"\\[a-zA-Z]{1,32}(-?[0-9]{1,10})?", out[-1]):
            out.append(b" ")
        if part:
            out.append(part)
    return b"".join(out)


def _picture_cleaned(parts: list[bytes], again: Callable[[bytes], bytes]) -> list[bytes]:
    """The pieces of a group that holds a picture in hexadecimal, with the picture cleaned."""
    texts = [place for place, part in enumerate(parts) if re.fullmatch(rb"[0-9a-fA-F\s]{16,}", part)]
    if not texts:
        return parts
    picture = _picture(b"".join(parts[place] for place in texts))
    clean = again(picture)
    if clean == picture:
        return parts
    return [*parts[: texts[0]], clean.hex().encode(), *parts[texts[-1] + 1 :]]
