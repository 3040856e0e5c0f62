"""The files of a search index, read as the engine reads them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any


def read(folder: Path, path: str) -> Any:
    """The JSON of one file of the index."""
    script = re.fullmatch(r'__onrecordFiles\(\{"([^"]+)":"([^"]+)"\}\);\n', (folder / f"{path}.js").read_text("ascii"))
    assert script
    assert script[1] == path
    return json.loads(gzip.decompress(base64.b64decode(script[2])))


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with its SHA-256."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def names(joined: str) -> list[str]:
    """Names of files that a catalogue gives in one text."""
    digits = base64.b64decode(joined).hex()
    return [digits[at : at + 8] for at in range(0, len(digits), 8)]


def dates(gaps: list[int]) -> list[str]:
    """The dates that a catalogue gives as gaps."""
    found = []
    for number in accumulate(gaps):
        year, month, day = number // 416, number % 416 // 32, number % 32
        found.append((f"{year:04}" if year else "") + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else ""))
    return found


@dataclass
class JoinedIndex:
    """An index as a whole: key → form → address of a release's page → positions; key → pages of terms; address → text and columns."""

    folder: Path
    words: dict[str, dict[str, dict[str, list[int]]]] = field(default_factory=dict)
    terms: dict[str, list[Any]] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, dict[str, Any]] = field(default_factory=dict)
    catalogue: Any = None

    def __post_init__(self) -> None:
        self.catalogue = read(self.folder, "catalogue")
        of_releases = self.catalogue["releases"]
        paths: list[list[str]] = []
        texts = names(of_releases["texts"])
        number = 0
        for name, _, _, _, count in self.catalogue["shards"]:
            paths.append([])
            for _ in range(count):
                text = read(self.folder, f"texts/{name}/{texts[number]}")
                self.texts[text["path"]] = text
                paths[-1].append(text["path"])
                title_end, facts, body, steps = (
                    of_releases[column][number] for column in ("title_ends", "facts", "bodies", "lengths")
                )
                self.columns[text["path"]] = {
                    "title_ends": title_end,
                    "facts_starts": title_end + facts,
                    "body_starts": title_end + facts + body,
                    "body_lengths": 2 ** (steps / 8) - 1,
                }
                number += 1
        before = ""
        firsts, digests = self.catalogue["ranges"]
        for first, digest in zip(firsts.split(), names(digests), strict=True):
            entries = read(self.folder, f"words/{digest}")
            assert before < first <= entries[0][0]
            for key, forms, terms in entries:
                assert before < key, "keys are sorted by code point"
                before = key
                assert [form for form, _ in forms] == sorted({form for form, _ in forms})
                self.words[key] = {form: _positions(shards, paths) for form, shards in forms}
                if terms:
                    self.terms[key] = terms

    def having(self, keys: tuple[str, ...]) -> set[str]:
        """The addresses of the releases that have a form of one of these keys."""
        return {path for key in keys for releases in self.words.get(key, {}).values() for path in releases}

    def positions(self, path: str) -> dict[int, set[str]]:
        """What stands where in a release: position → forms."""
        found: dict[int, set[str]] = {}
        for of_key in self.words.values():
            for form, releases in of_key.items():
                for position in releases.get(path, ()):
                    found.setdefault(position, set()).add(form)
        return found


def _positions(shards: list[Any], paths: list[list[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for shard, numbers in shards:
        at = release = 0
        while at < len(numbers):
            release += numbers[at]
            count = numbers[at + 1]
            position = 0
            positions = []
            for gap in numbers[at + 2 : at + 2 + count]:
                position += gap
                positions.append(position)
            found[paths[shard][release]] = positions
            at += 2 + count
    return found
