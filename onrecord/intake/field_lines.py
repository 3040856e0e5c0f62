"""The lines of front matter under a key, and the same lines with another value: the one writer of what `review` and `table` change.

Comments, the order of keys, line ends and every other byte stay. What is written is read again: where anything but the value would be
another, nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord import read, schema
from onrecord.model import Items, Node, Scalar, Table

# A scalar on one line: double-quoted, single-quoted or plain (YAML 1.2.2 section 7.3).
_SCALAR = (
    r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'"""
    r"""|[^"'\s#&*!|>%@`\[{](?:[^\s#]|[ \t]+(?![ \t#])|(?<=\S)\#)*"""
)


class NotAnAnswer(ValueError):
    """The answer cannot be written; the message says why and what can."""


def changed(text: str, key: str, values: Sequence[str]) -> str:
    """The text of a release file with these values under a key (`source.url`: below its key), a list's all or the one of another; with
    none, the key is empty. Blanks around a value are none of it. Raises NotAnAnswer where only a person can write it, read.Unreadable."""
    values = [value.strip() for value in values]
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    before, body, _ = read.split(_plain(text))
    outer, _, inner = key.partition(".")
    if inner:
        new = _with_inner(lines, outer, inner, values[0] if values else "")
    elif schema.BY_KEY[key].many:
        new = _with_list(lines, key, before.get(key), values)
    else:
        new = _with_text(lines, key, values[0] if values else "")
    after_text = "".join(new)
    unsafe = NotAnAnswer(
        f"“{key}” is written in a way that no program can change safely. Change it in the file itself."
    )
    try:
        after, same_body, _ = read.split(_plain(after_text))
    except read.Unreadable as error:
        raise unsafe from error
    others = {name: value for name, value in _values(before).items() if name != outer}
    others_after = {name: value for name, value in _values(after).items() if name != outer}
    if body != same_body or others != others_after or not _holds(before, after, outer, inner, values):
        raise unsafe
    return after_text


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _values(table: Table) -> dict[str, object]:
    return {name.text: _value(node) for name, node in table.entries}


def _value(node: Node | None) -> object:
    """What stands in a node, without the places."""
    if isinstance(node, Items):
        return [_value(item) for item in node.nodes]
    if isinstance(node, Table):
        return _values(node)
    return node.text.strip() if node is not None else ""


def _holds(before: Table, after: Table, outer: str, inner: str, values: Sequence[str]) -> bool:
    """Whether the key has the new values, and what stands beside an inner key is as it was."""
    node = after.get(outer)
    if not inner:
        return _value(node) == (list(values) if isinstance(node, Items) else values[0] if values else "")
    parts, parts_before = (_values(each) if isinstance(each, Table) else {} for each in (node, before.get(outer)))
    value = parts.pop(inner, "")
    parts_before.pop(inner, None)
    return value == (values[0] if values else "") and parts == parts_before


def _written(key: str, value: str) -> str:
    """A value as it stands behind its key; none where it is empty."""
    is_plain = key == "date" and re.fullmatch(r"[0-9][0-9X~?%/.-]*|XXXX[0-9X-]*", value)
    return value if is_plain or not value else schema.quoted(value)


def _end(lines: list[str], at: int, indent: int = 0) -> int:
    """The index behind the last line of the value of the key at `at`, which stands `indent` blanks in. Empty lines and comments behind it
    are none of it."""
    end = at + 1
    for number in range(at + 1, len(lines)):
        line = lines[number]
        blanks = len(line) - len(line.lstrip(" \t"))
        if not line.strip() or line.lstrip().startswith("#"):
            if blanks > indent and line.strip():
                end = number + 1
            continue
        if blanks <= indent and not (blanks == indent == 0 and re.match(r"-\s", line) and not line.startswith("---")):
            break
        end = number + 1
    return end


def _with_text(lines: list[str], key: str, value: str, indent: int = 0, at: int | None = None) -> list[str]:
    """The lines with another text under a key, in whichever of YAML's forms it stands."""
    at = key_line(lines, key) if at is None else at
    if at is None:
        return inserted(lines, key, f"{key}: {_written(key, value)}{newline(lines)}") if value else lines
    written = _written(key, value)
    end = _end(lines, at, indent)
    behind = [line for line in lines[at + 1 : end] if line.strip() and not line.lstrip().startswith("#")]
    match = re.match(
        rf"(?P<key>[ \t]*{re.escape(key)}[ \t]*:)(?P<space>[ \t]*)(?P<value>{_SCALAR})?(?P<comment>[ \t]*(?:[ \t]\#.*)?)"
        r"(?P<end>\r?\n)?$",
        lines[at],
    )
    if match and not behind:
        comment = match["comment"] if match["comment"].strip() else ""
        if comment and not match["value"]:
            comment = match["space"] + comment
        line = f"{match['key']}{' ' if written else ''}{written}{comment}{match['end'] or ''}"
        return [*lines[:at], line, *lines[at + 1 :]]
    block = re.match(rf"([ \t]*{re.escape(key)}[ \t]*:[ \t]*)[|>][-+0-9]*([ \t]+#[^\r\n]*)?\r?\n?$", lines[at])
    if block is None and re.search(r"(?:^|\s)#", "".join(lines[at:end])):
        raise NotAnAnswer(f"“{key}” is written over several lines, with a comment in it. Change it in the file itself.")
    name = lines[at].partition(":")[0]
    comment = (block[2] or "") if block else ""
    if block and "\n" in value:
        blanks = " " * (indent + 2)
        inside = [f"{blanks}{line}{newline(lines)}" if line else newline(lines) for line in value.split("\n")]
        return [*lines[:at], f"{name}: |{comment}{newline(lines)}", *inside, *lines[end:]]
    return [*lines[:at], f"{name}:{' ' if written else ''}{written}{comment}{newline(lines)}", *lines[end:]]


def _with_inner(lines: list[str], outer: str, inner: str, value: str) -> list[str]:
    """The lines with another text under a key that stands below another, as `source.url` does."""
    at = key_line(lines, outer)
    is_bare = at is not None and (
        "".join(lines[at].partition(":")[2].split()) in ("", "{}") and _end(lines, at) == at + 1
    )
    if at is None or is_bare:
        if not value:
            return lines
        block = f"{outer}:{newline(lines)}  {inner}: {_written(inner, value)}{newline(lines)}"
        return inserted(lines, outer, block) if at is None else [*lines[:at], block, *lines[at + 1 :]]
    if not re.match(r"[^:]*:[ \t]*(?:#.*)?\r?\n?$", lines[at]):
        raise NotAnAnswer(f"“{outer}” is written on one line. Change “{outer}.{inner}” in the file itself.")
    end = _end(lines, at)
    order = [*schema.PARTS[outer]]
    places: dict[str, int] = {}
    blanks = 0
    for number in range(at + 1, end):
        match = re.match(r"([ \t]+)([A-Za-z_]\w*)[ \t]*:", lines[number])
        if match and (not places or len(match[1]) == blanks):
            blanks = len(match[1])
            places[match[2]] = number
    if inner in places:
        return _with_text(lines, inner, value, blanks, places[inner])
    if not value:
        return lines
    behind = [place for name, place in places.items() if name in order[order.index(inner) + 1 :]]
    place = min(behind, default=end)
    new = f"{' ' * (blanks or 2)}{inner}: {_written(inner, value)}{newline(lines)}"
    return [*lines[:place], new, *lines[place:]]


def _with_list(lines: list[str], key: str, node: Node | None, values: Sequence[str]) -> list[str]:
    """The lines with these values under a key of several. Values that stay are written as they were."""
    at = key_line(lines, key)
    quoted = (
        {item.text.strip(): item.quoted for item in node.nodes if isinstance(item, Scalar)}
        if isinstance(node, Items)
        else {}
    )
    items = ", ".join(value if quoted.get(value) is False else schema.quoted(value) for value in values)
    if at is None:
        return inserted(lines, key, f"{key}: [{items}]{newline(lines)}") if values else lines
    end = _end(lines, at)
    match = re.match(
        rf"(?P<key>{re.escape(key)}[ \t]*:)[ \t]*(?P<items>\[.*\]|{_SCALAR})?(?P<comment>(?:[ \t]+\#[^\r\n]*)?)[ \t]*\r?\n?$",
        lines[at],
    )
    inside = [line for line in lines[at + 1 : end] if line.strip() and not line.lstrip().startswith("#")]
    if match and not inside:
        return [*lines[:at], f"{match['key']} [{items}]{match['comment'] or ''}{newline(lines)}", *lines[at + 1 :]]
    if (
        match
        and not match["items"]
        and isinstance(node, Items)
        and [item.line for item in node.nodes] == _item_lines(lines, at, end)
    ):
        if not values:
            kept = [line for line in lines[at + 1 : end] if line.lstrip().startswith("#")]
            return [*lines[:at], f"{match['key']} []{match['comment'] or ''}{newline(lines)}", *kept, *lines[end:]]
        return [*lines[: at + 1], *_with_list_lines(lines, at, end, node, values), *lines[end:]]
    if re.search(r"(?:^|\s)#", "".join(lines[at:end])):
        raise NotAnAnswer(f"“{key}” is written over several lines, with a comment in it. Change it in the file itself.")
    return [*lines[:at], f"{key}: [{items}]{newline(lines)}", *lines[end:]]


def _item_lines(lines: list[str], at: int, end: int) -> list[int]:
    """The numbers of the lines, from 1, on which values of a list stand that has nothing else than such lines and comments."""
    return [
        number + 1
        for number in range(at + 1, end)
        if lines[number].strip() and not lines[number].lstrip().startswith("#")
    ]


def _with_list_lines(lines: list[str], at: int, end: int, node: Items, values: Sequence[str]) -> list[str]:
    """The lines below a key whose values stand on a line each: a value that stays keeps its line and the comments above it."""
    starts = [at + 1, *(item.line for item in node.nodes)]
    written: dict[str, list[str]] = {}
    for item, (first, last) in zip(node.nodes, pairwise(starts), strict=True):
        if isinstance(item, Scalar):
            written.setdefault(item.text.strip(), lines[first:last])
    tail = lines[starts[-1] : end]
    indent = re.match(r"\s*", lines[node.nodes[0].line - 1])
    assert indent is not None
    out: list[str] = []
    for item in node.nodes:
        if isinstance(item, Scalar) and item.text.strip() not in values:
            # A comment above a value that goes is about more than this value, as far as a program can know.
            out += [line for line in written[item.text.strip()][:-1] if line.lstrip().startswith("#")]
    for value in values:
        out += written.get(value) or [f"{indent[0]}- {schema.quoted(value)}{newline(lines)}"]
    return [*out, *tail]


def key_line(lines: list[str], key: str) -> int | None:
    """The line on which a key of the front matter stands, from 0."""
    for at, line in enumerate(lines[1:], 1):
        if re.match(r"---[ \t]*\r?\n?$", line):
            return None
        if re.match(rf"{re.escape(key)}[ \t]*:", line):
            return at
    return None


def newline(lines: list[str]) -> str:
    """The line end of a file: that of its first line."""
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"


def with_value(lines: list[str], key: str, value: str) -> list[str]:
    """The lines with another value under a key of one text. Raises NotAnAnswer where it is written over several lines."""
    written = _written(key, value)
    at = key_line(lines, key)
    if at is None:
        return inserted(lines, key, f"{key}: {written}{newline(lines)}")
    match = re.match(
        rf"(?P<key>{re.escape(key)}[ \t]*:)(?P<space>[ \t]*)(?P<value>{_SCALAR})?(?P<comment>[ \t]*(?:[ \t]\#.*)?)(?P<end>\r?\n)?$",
        lines[at],
    )
    if match is None or (
        at + 1 < len(lines)
        and lines[at + 1][:1] in " \t"
        and lines[at + 1].strip()
        and not lines[at + 1].lstrip().startswith("#")
    ):
        raise NotAnAnswer(f"“{key}” is written over several lines. Answer in the file itself.")
    comment = match["comment"] if match["comment"].strip() else ""
    if comment and not match["value"]:
        comment = match["space"] + comment
    return [*lines[:at], f"{match['key']} {written}{comment}{match['end'] or ''}", *lines[at + 1 :]]


def inserted(lines: list[str], key: str, line: str) -> list[str]:
    """A new key, before the first that follows it in the schema."""
    order = [field.key for field in schema.FIELDS]
    for later in order[order.index(key) + 1 :]:
        at = key_line(lines, later)
        if at is not None:
            return [*lines[:at], line, *lines[at:]]
    end = next(at for at in range(1, len(lines)) if re.match(r"---[ \t]*\r?\n?$", lines[at]))
    return [*lines[:end], line, *lines[end:]]


def with_items(lines: list[str], key: str, values: list[str]) -> list[str]:
    """The lines with further values under a key of several. Raises NotAnAnswer where they cannot be added line by line."""
    written = ", ".join(schema.quoted(value) for value in values)
    at = key_line(lines, key)
    if at is None:
        return inserted(lines, key, f"{key}: [{written}]{newline(lines)}")
    match = re.match(
        rf"(?P<key>{re.escape(key)}[ \t]*:[ \t]*)(?:\[(?P<items>[^\]\n]*)\])?(?P<comment>[ \t]*(?:\#.*)?\r?\n?)$",
        lines[at],
    )
    if match is None:
        raise NotAnAnswer(f"“{key}” is written in a way that cannot be added to. Answer in the file itself.")
    follows = lines[at + 1] if at + 1 < len(lines) else ""
    if match["items"] is None and re.match(r"\s*-\s", follows):
        end = at + 1
        while end < len(lines) and re.match(r"\s*-\s|\s+\S|\s*#", lines[end]):
            end += 1
        indent = re.match(r"\s*", follows)[0]  # type: ignore[index]
        new = [f"{indent}- {schema.quoted(value)}{newline(lines)}" for value in values]
        return [*lines[:end], *new, *lines[end:]]
    items = (match["items"] or "").strip().rstrip(",")
    return [
        *lines[:at],
        f"{match['key'].rstrip()} [{items + ', ' if items else ''}{written}]{match['comment'] or ''}",
        *lines[at + 1 :],
    ]
