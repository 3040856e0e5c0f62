"""manifest.json: every file of a site with its SHA-256, and what distinguishes a folder from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from onrecord.publish.files import PublishFailed, digest, survey

MANIFEST = "manifest.json"
_GENERATOR = "Onrecord"
_HEAD = f'{{\n"generator": "{_GENERATOR}",\n'.encode()
_FILES = b'"files": {\n'
_END = b"\n}\n}\n"
_BETWEEN = b",\n"
_TOGETHER = 10_000
"""Of how many files the lines are written at a time: those of all files would stand in memory several times."""


def listing(files: Mapping[str, str], built: str = "") -> bytes:
    """The bytes of the manifest for `files` (path → SHA-256): UTF-8, sorted, one file a line. `built` is the day of the build (ISO 8601),
    or empty."""
    if not files:
        return _HEAD + _day(built) + b'"files": {}\n}\n'
    paths = sorted(files)
    parts: list[bytes] = []
    for start in range(0, len(paths), _TOGETHER):
        # The separators give the lines that `indent=0` would give, but the encoder in C knows separators and no indent.
        some = {path: files[path] for path in paths[start : start + _TOGETHER]}
        lines = json.dumps(some, ensure_ascii=False, separators=(",\n", ": "))
        parts += (_BETWEEN, lines[1:-1].encode())
    return b"".join((_HEAD, _day(built), _FILES, *parts[1:], _END))


def _day(built: str) -> bytes:
    return f'"built": {json.dumps(built)},\n'.encode() if built else b""


def edited(data: bytes, changes: Mapping[str, str | None], built: str = "") -> bytes | None:
    """The bytes of a manifest in which some files have another SHA-256, or are no more (None), or are new; None where `data` is not as
    `listing` writes it. The lines are sorted, so that each is found without reading all of them."""
    try:
        return _edited(data, changes, built)
    except ValueError:  # a line is none that `listing` writes
        return None


def _edited(data: bytes, changes: Mapping[str, str | None], built: str) -> bytes | None:
    start = data.find(_FILES)
    if start < 0 or not data.endswith(_END) or not data.startswith(_HEAD):
        return None
    start += len(_FILES)
    end = len(data) - len(_END)
    # Views, not copies: a manifest has some hundred bytes for each of up to a million files.
    view = memoryview(data)
    spans: list[bytes | memoryview] = []
    position = start
    for path in sorted(changes):
        low, high, present = _line(data, path, start, end)
        # The separator before a line belongs to neither side; behind the last line there is none.
        spans.append(view[position : end if low == end else max(position, low - len(_BETWEEN))])
        sha256 = changes[path]
        if sha256 is not None:
            spans.append(f'{json.dumps(path, ensure_ascii=False)}: "{sha256}"'.encode())
        position = min(end, high + len(_BETWEEN)) if present else low
    spans.append(view[position:end])
    lines = [part for span in spans if span for part in (_BETWEEN, span)]
    return b"".join((_HEAD, _day(built), _FILES, *lines[1:], _END)) if lines else None


def count(data: bytes) -> int:
    """How many files a manifest lists that `edited` has written."""
    return data.count(b"\n", data.find(_FILES) + len(_FILES), len(data) - len(_END)) + 1


def lists(data: bytes, path: str) -> bool:
    """Whether a manifest as `listing` writes it lists a file; False for anything else."""
    start = data.find(_FILES)
    if start < 0 or not data.endswith(_END):
        return False
    try:
        return _line(data, path, start + len(_FILES), len(data) - len(_END))[2]
    except ValueError:
        return False


def _line(data: bytes, path: str, start: int, end: int) -> tuple[int, int, bool]:
    """Where the line of a path begins and ends, and whether there is one; else both are where it would begin."""
    low, high = start, end
    while low < high:
        middle = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
        close = data.find(_BETWEEN, middle, end)
        close = end if close < 0 else close
        name = json.loads(data[middle : data.rindex(b'": "', middle, close) + 1])
        if name == path:
            return middle, close, True
        if name < path:
            low = min(end, close + len(_BETWEEN))
        else:
            high = middle
    return low, low, False


def parsed(data: bytes) -> dict[str, str] | None:
    """The files a manifest lists, or None where `data` is no manifest that a build has written."""
    try:
        document = json.loads(data)
        if document.get("generator") != _GENERATOR:
            return None
        return {str(path): str(sha256) for path, sha256 in document["files"].items()}
    except (ValueError, AttributeError, KeyError, RecursionError):
        return None


def is_ours(data: bytes) -> bool:
    """Whether what is left of a manifest is of one that a build has written: its first lines or a part of them, or nothing but zeros."""
    return _HEAD in data[: 2 * len(_HEAD)] or _HEAD.startswith(data) or not data.strip(b"\0")


def manifest(site: Path) -> dict[str, str] | None:
    """The files of a built site with their SHA-256 (hexadecimal), or None where `site` has no manifest that a build has written."""
    try:
        return parsed((site / MANIFEST).read_bytes())
    except OSError:
        return None


def built(site: Path) -> str:
    """The day on which a site was built (ISO 8601), as its manifest has it; empty where it has none, or where there is no manifest."""
    try:
        return str(json.loads((site / MANIFEST).read_bytes()).get("built", ""))
    except (OSError, ValueError, AttributeError, RecursionError):
        return ""


def differences(site: Path) -> tuple[list[str], list[str], list[str]]:
    """What distinguishes a site from its manifest: files that are missing, that are changed, and that no build has written, sorted.

    Raises PublishFailed when there is no manifest, OSError when a file cannot be read.
    """
    listed = manifest(site)
    if listed is None:
        raise PublishFailed(f"{site} has no {MANIFEST} that a build has written.")
    present = survey(site).keys() - {MANIFEST}
    missing = sorted(listed.keys() - present)
    changed = sorted(path for path in listed.keys() & present if digest(f"{site}/{path}") != listed[path])
    return missing, changed, sorted(present - listed.keys())
