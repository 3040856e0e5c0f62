"""An archive in which every text that somebody can write is hostile, and each of them another: what the schema calls free text, by the
schema itself, so that a new field is hostile from the day on which it is there; the settings, the vocabularies, pages of the archive's own.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.schema import FIELDS, Field
from tests.originals import png, sha256
from tests.trust.payloads import SCRIPTS, TARGETS

AROUND = (
    ('"', '"'), ("'", "'"), ("</title>", ""), ("]]>", ""), ("-->", ""), ("</script>", ""), ("</textarea>", ""), ("{{", "}}"), ("", ""),
)  # fmt: skip
"""What ends the place where a text stands, before the text and behind it."""
URL = "https://a.example/?a='b&c=%22%3E{number}#')"
FREE = ("text", "markdown", "file", "url")
MARKUP = "<>&[]()*_`~\\|:.@!#{}"
TERMS = 30
EACH = 3
"""Entries of a list of quotations, figures, files or corrections."""
STATUSES = (
    *("published", "published", "published", "corrected", "published"),
    *("withdrawn", "published", "draft", "published", "published"),
)
"""The state of each of ten releases."""


def one_line(payload: str) -> str:
    """A payload that may stand in a field of one line."""
    kept = "".join(character if character.isprintable() else " " for character in payload)
    return " ".join(kept.split())


def shown(text: str) -> str:
    """Markdown that shows a text: what would be markup is escaped, or the file would be refused."""
    return "".join(f"&#{ord(sign)};" if sign in MARKUP else sign for sign in text)


def quoted(text: str) -> str:
    """A text between double quotation marks, as YAML, TOML and JSON all read it."""
    return json.dumps(text, ensure_ascii=False)


@dataclass
class Values:
    """Hostile values, each another; `count` is how many there are, `keys` which keys have had one: `figures.by`, `name.label`."""

    chance: random.Random
    count: int = 0
    keys: set[str] = field(default_factory=set)

    def new(self, key: str) -> str:
        """A value for a key."""
        self.count += 1
        self.keys.add(key)
        left, right = self.chance.choice(AROUND)
        return one_line(f"{left}{self.chance.choice(SCRIPTS)}{right} {self.chance.choice(TARGETS)} {self.count}")

    def line(self, key: str) -> str:
        """The same, as a value of YAML or TOML."""
        return quoted(self.new(key))


@dataclass(frozen=True)
class Release:
    """One release: its number, its state, and what its body must hold for its front matter to be true."""

    number: int
    status: str
    labels: dict[str, list[str]]
    words: list[str] = field(default_factory=list)

    @property
    def date(self) -> str:
        return f"{1990 + self.number % 30}-{self.number % 12 + 1:02}-{self.number % 28 + 1:02}"

    @property
    def stem(self) -> str:
        return f"{self.date}-payload-{self.number}"


def front(release: Release, values: Values, folder: Path) -> Iterator[str]:
    """The lines of the front matter: every field of the schema."""
    for each in FIELDS:
        line = plain(release, each, values)
        if line:
            yield f"{each.key}: {line}"
        elif each.type == "origin":
            yield f"{each.key}:"
            yield from (f"  {part.key}: {text}" for part in each.fields if (text := free(part, values, each.key)))
        elif each.fields and is_written(release, each):
            yield f"{each.key}:"
            for turn in range(EACH):
                yield from entry(release, each, turn, values, folder)


def is_written(release: Release, each: Field) -> bool:
    """Whether a release of this state has entries of this field."""
    if each.key == "review":
        return release.status == "draft"
    return each.key != "corrections" or release.status == "corrected"


def plain(release: Release, each: Field, values: Values) -> str:
    """The value of a field that has no fields below it; empty where it is left out."""
    stems = [Release(release.number - back, "", {}).stem for back in (0, 1, 2, 4, 6)]
    last = release.number % 10
    fixed = {
        "date": release.date, "language": "fr" if last == 1 else "en", "extent": "full", "status": release.status,
        "kind": "statement", "date_basis": "header", "added": "2020-01-02", "changed": "2021-01-02",
        "translation_of": stems[1] if last == 1 else "", "follows": f"[{stems[2]}]" if last == 2 else "",
        "same_text_as": f"[{stems[3]}]" if last == 4 else "", "corrects": f"[{stems[4]}]" if last == 6 else "",
    }  # fmt: skip
    if each.key in fixed:
        return fixed[each.key]
    if each.key == "reason" and release.status not in ("corrected", "withdrawn"):
        return ""
    if each.type == "terms":
        return f"[{values.chance.choice(release.labels[each.vocabulary])}]"
    return free(each, values)


def free(each: Field, values: Values, above: str = "") -> str:
    """A hostile value of a field of free text; empty where it is of another type."""
    key = f"{above}.{each.key}" if above else each.key
    if each.type == "markdown":
        return quoted(shown(values.new(key)))
    if each.type == "url":
        values.keys.add(key)
        return URL.format(number=values.count)
    if each.type == "file":
        return quoted(values.new(key).translate({47: "|", 92: "|"}))
    if each.type == "sha256":
        return hashlib.sha256(str(values.count).encode()).hexdigest()
    return values.line(key) if each.type == "text" else ""


def entry(release: Release, each: Field, turn: int, values: Values, folder: Path) -> Iterator[str]:
    """The lines of one entry of a list: a quotation, a figure, a file, a correction, a question."""
    number = release.number * 10 + turn
    known: dict[str, str] = {}
    if each.type == "files":
        known["role"] = "photograph"
        data = png(shade=number)
        known["sha256"] = sha256(data)
        if turn:
            known["file"] = ""
        else:
            (folder / "files" / f"{number}.png").write_bytes(data)
            known |= {"file": f"{number}.png", "url": ""}
    elif each.type == "quotations":
        words = values.new("quotations.text")
        release.words.append(f"“{shown(words)}”")
        known |= {"text": quoted(words), "summary": ""}
    elif each.type == "figures":
        words = f"{number:,} of {values.new('figures.value')}"
        release.words.append(shown(words))
        known |= {"value": quoted(words), "low": str(number), "as_of": f"2012-01-{turn + 1:02}"}
        known["series"] = release.labels["series"][turn]
    elif each.type == "corrections":
        known |= {"date": "2021-01-02", "field": "title" if turn else "body.2"}
    elif each.type == "questions":
        known["field"] = ("title", "date", "body")[turn]
    start = "  - "
    for part in each.fields:
        text = known[part.key] if part.key in known else free(part, values, each.key)
        if part.type == "language":
            text = "en"
        if text:
            yield f"{start}{part.key}: {text}"
            start = "    "


def vocabulary(kind: str, values: Values) -> tuple[str, list[str]]:
    """The file of a vocabulary, and its labels."""
    entries, labels = [], []
    for number in range(TERMS):
        labels.append(values.line(f"{kind}.label"))
        lines = [f"[[{kind}]]", f"label = {labels[-1]}", f'slug = "{kind}-{number}"']
        lines.append(f"aliases = [{values.line(f'{kind}.aliases')}, {values.line(f'{kind}.aliases')}]")
        lines.append(f"description = {values.line(f'{kind}.description')}")
        for key in ("translations", "descriptions"):
            lines.append(f"{key} = {{ ar = {values.line(f'{kind}.{key}')} }}")
        if kind == "place":
            lines += [f"lat = {number}", f"lon = {number}", *([f"within = {labels[0]}"] if number else [])]
        if kind == "name":
            lines += [f"kind = {values.line('name.kind')}", f"sort_name = {values.line('name.sort_name')}"]
            lines.append(f"sort_names = {{ ar = {values.line('name.sort_names')} }}")
        entries.append("\n".join(lines) + "\n")
    return "\n".join(entries), labels


def settings(values: Values) -> str:
    """archive.toml, in two languages."""
    texts = ("title", "scope", "publisher", "rights", "started", "branch")
    lines = [f"{key} = {values.line(f'archive.{key}')}" for key in texts]
    lines += ['language = "en"', 'languages = ["en", "ar"]', 'base_url = "https://archive.example/a%22b\'c/"']
    lines += ['repository = "https://example.org/\'x"', "contact = \"https://example.org/?'onclick='stolen()\""]
    lines += ["[translations.ar]", *(f"{key} = {values.line(f'archive.{key}')}" for key in texts[:4])]
    return "\n".join(lines) + "\n"


def write(folder: Path, least: int, chance: random.Random) -> Values:
    """Writes a content folder with at least so many hostile values; returns what it has of them."""
    values = Values(chance)
    for name in ("pages", "releases", "files"):
        (folder / name).mkdir(parents=True)
    (folder / "archive.toml").write_text(settings(values), encoding="utf-8")
    about = f"---\ntitle: {values.line('page.title')}\n---\n{shown(values.new('page.body'))}\n"
    (folder / "pages" / "about.md").write_text(about, encoding="utf-8")
    labels: dict[str, list[str]] = {}
    for kind in ("topic", "place", "name"):
        text, labels[f"{kind}s"] = vocabulary(kind, values)
        (folder / f"{kind}s.toml").write_text(text, encoding="utf-8")
    number = 0
    while values.count < least or number % 10:
        if number % 20 == 0:
            labels = labels | {"series": [values.line("figures.series") for _ in range(EACH)]}
        release = Release(number, STATUSES[number % 10], labels)
        lines = "\n".join(front(release, values, folder))
        body = "\n\n".join(f"{shown(values.new('body'))} {words}" for words in release.words)
        (folder / "releases" / f"{release.stem}.md").write_text(f"---\n{lines}\n---\n{body}\n", encoding="utf-8")
        number += 1
    return values
