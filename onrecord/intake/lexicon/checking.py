"""What is wrong with a file of the lexicon, for the person who wrote it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from onrecord.intake import lexicon
from onrecord.intake.lexicon import notation


def mistakes(path: Path) -> list[str]:
    """Every mistake of a file, as `file:line:column: code message`, in the order of its lines."""
    source = path.read_text(encoding="utf-8")
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (source.count("\n") + 1, 1)
        text = re.sub(r" \(at [^()]*\)$", "", str(error))
        return [f"{path}:{line}:{column}: toml {text}. Check the quotation marks, commas and brackets around here."]
    out = []
    for needle, message in _mistakes(table):
        at = max(source.find(needle), 0)
        line = source.count("\n", 0, at) + 1
        out.append((line, f"{path}:{line}:{at - source.rfind(chr(10), 0, at)}: {message}"))
    return [message for _, message in sorted(out)]


def _mistakes(table: dict[str, object]) -> Iterator[tuple[str, str]]:
    """(text to be found in the file, code and message) of every mistake."""
    for category, value in table.items():
        if category in lexicon.LISTS:
            yield from _list(category, value)
        elif category in lexicon.TABLES:
            if not isinstance(value, dict):
                yield category, f"table “{category}” is a table: write [{category}] on a line, and its lists below."
                continue
            allowed = lexicon.TABLES[category]
            for key, phrases in value.items():
                if allowed and key not in allowed:
                    yield key, f"key “{key}” is not known in [{category}]. Allowed: {', '.join(sorted(allowed))}."
                yield from _list(key, phrases)
        else:
            names = ", ".join(sorted({*lexicon.LISTS, *lexicon.TABLES}))
            yield category, f"category “{category}” is not known. Allowed: {names}."


def _list(name: str, phrases: object) -> Iterator[tuple[str, str]]:
    if not isinstance(phrases, list):
        yield name, f'list “{name}” is a list of phrases: write {name} = ["first phrase", "second phrase"].'
        return
    known: set[str] = set()
    for phrase in phrases:
        if not isinstance(phrase, str):
            yield str(phrase), f"phrase {phrase} of “{name}” is without quotation marks. Put it in them."
            continue
        if phrase in known:
            yield phrase, f"double “{phrase}” appears twice in “{name}”. Delete one."
        known.add(phrase)
        try:
            notation.pattern([phrase], "within")
        except notation.NotationError as error:
            yield phrase or '""', f"notation {error}"
