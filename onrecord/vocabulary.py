"""TOML files → Settings and Vocabularies: what the archive says of itself, and the labels releases may use."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urlsplit

from onrecord import schema
from onrecord.characters import hidden
from onrecord.model import Kind, Problem, Settings, Term, Vocabularies
from onrecord.nearest import hint
from onrecord.slugs import slug


@dataclass(frozen=True, slots=True)
class Toml:
    """A TOML file as it was read: its values, and its lines for finding where a value stands. Absent files are empty."""

    path: str
    values: dict[str, Any]
    lines: tuple[str, ...] = ()
    present: bool = True

    def line_of(self, key: str, entry: int | None = None, table: str = "") -> int:
        """The line of `key` in the file, or in its n-th (from 0) array table of the name `table`; the table's own line, or 1, where it is
        not found."""
        start = 0
        if entry is not None:
            head = re.compile(rf"\s*\[\[\s*\"?{re.escape(table)}\"?\s*\]\]")
            heads = [n for n, line in enumerate(self.lines) if head.match(line)]
            start = heads[entry] if entry < len(heads) else 0
        for number in range(start + (entry is not None), len(self.lines)):
            line = self.lines[number].strip()
            if entry is not None and line.startswith("[["):
                break
            if re.match(rf'"?{re.escape(key)}"?\s*=|\[\[?\s*{re.escape(key)}\b', line):
                return number + 1
        return start + 1


_TERM_KEYS = ("label", "slug", "aliases", "description", "translations", "kind", "lat", "lon")
_SETTINGS_KEYS = (
    "title", "scope", "language", "languages", "base_url", "publisher", "repository", "branch", "rights", "contact",
    "started", "offline_copy",
)  # fmt: skip


def vocabularies(topics: Toml, places: Toml, names: Toml) -> tuple[Vocabularies, list[Problem]]:
    """The three vocabularies, with everything that is wrong in them. Entries that are wrong are left out."""
    problems: list[Problem] = []
    found = {
        kind: _terms(kind, file, problems) for kind, file in zip(get_args(Kind), (topics, places, names), strict=True)
    }
    return Vocabularies(found["topic"], found["place"], found["name"]), problems


def _terms(kind: Kind, file: Toml, problems: list[Problem]) -> tuple[Term, ...]:
    def problem(line: int, code: str, message: str) -> None:
        problems.append(Problem(file.path, line, 1, code, message))

    for key in file.values:
        if key != kind:
            problem(file.line_of(key), "unknown-key", f"“{key}” is not known here. Each entry stands under [[{kind}]].")
    entries = file.values.get(kind, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problem(file.line_of(kind), "wrong-type", f"Entries stand under [[{kind}]], with two brackets on each side.")
        return ()
    terms: list[Term] = []
    slugs: dict[str, str] = {}
    spoken: dict[str, str] = {}
    labels: set[str] = set()
    for number, entry in enumerate(entries):
        term = _term(kind, file, number, entry, problem)
        if term is None:
            continue
        other = slugs.setdefault(unicodedata.normalize("NFC", term.slug).casefold(), term.label)
        if other != term.label or term.label in labels:
            problem(
                file.line_of("slug" if "slug" in entry else "label", number, kind),
                "duplicate-slug",
                f"“{term.label}” and “{other}” have the same slug “{term.slug}”. Give one of them another.",
            )
            continue
        labels.add(term.label)
        for word in (term.label, *term.aliases):
            owner = spoken.setdefault(word, term.label)
            if owner != term.label:
                where = file.line_of("aliases" if word != term.label else "label", number, kind)
                problem(
                    where,
                    "ambiguous-alias",
                    f"“{word}” stands for both “{owner}” and “{term.label}”. Leave it with one of them.",
                )
        terms.append(term)
    return tuple(terms)


def _term(kind: Kind, file: Toml, number: int, entry: dict[str, Any], problem: Any) -> Term | None:
    def at(key: str) -> int:
        return file.line_of(key, number, kind)

    before = 0

    def wrong(key: str, code: str, message: str) -> None:
        nonlocal before
        before += 1
        problem(at(key), code, message)

    for key in entry:
        if key not in _TERM_KEYS:
            wrong(
                key,
                "unknown-key",
                f"“{key}” is not known here.{hint(key, _TERM_KEYS)} Known are: {', '.join(_TERM_KEYS)}.",
            )
    label = entry.get("label", "")
    if not isinstance(label, str) or not label.strip():
        wrong("label", "missing", f'This {kind} has no label. Write label = "…".')
        return None
    texts = {key: entry.get(key, "") for key in ("slug", "description", "kind")}
    for key, value in texts.items():
        if not isinstance(value, str):
            wrong(key, "wrong-type", f"“{key}” must be text between quotation marks.")
    aliases = entry.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) and alias.strip() for alias in aliases):
        wrong("aliases", "wrong-type", '“aliases” must be a list of texts: ["…", "…"].')
    translations = entry.get("translations", {})
    if not isinstance(translations, dict) or not all(isinstance(word, str) for word in translations.values()):
        wrong(
            "translations",
            "wrong-type",
            '“translations” must be languages with labels: {{ ar = "…" }}.'.replace("{{", "{").replace("}}", "}"),
        )
    else:
        for tag in translations:
            if not schema.is_language(tag):
                wrong(
                    "translations",
                    "bad-language",
                    f"“{tag}” is not a language tag (BCP 47). Write en, ar, pt-BR and the like.",
                )
    chosen = texts["slug"] if isinstance(texts["slug"], str) and texts["slug"] else slug(label)
    for key in ("label", "aliases", "translations"):
        words = entry.get(key, "")
        unseen = hidden(
            " ".join(
                map(str, words.values() if isinstance(words, dict) else [words] if isinstance(words, str) else words)
            )
        )
        if unseen:
            wrong(key, "hidden-character", f"“{key}” holds the invisible character {unseen}. Remove it.")
    if chosen == "index":
        wrong("slug", "bad-slug", "“index” is the address of the list itself. Give this entry another slug.")
    if chosen != slug(chosen) or not chosen:
        wrong(
            "slug",
            "bad-slug",
            f"“{chosen}” cannot be part of an address. Write a slug of lower-case letters, digits and hyphens.",
        )
    degrees: dict[str, float | None] = {}
    for key, most in (("lat", 90), ("lon", 180)):
        value = entry.get(key)
        degrees[key] = None
        if value is not None:
            if kind != "place":
                wrong(key, "unknown-key", f"“{key}” belongs to places only.")
            elif isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
                wrong(
                    key,
                    "bad-coordinate",
                    f"“{value}” is no {key}: write decimal degrees between -{most} and {most}, without quotation marks.",
                )
            else:
                degrees[key] = float(value)
    if (entry.get("lat") is None) != (entry.get("lon") is None):
        wrong("lat", "bad-coordinate", "A place has both lat and lon, or neither.")
    if before:
        return None
    return Term(
        kind, label, chosen, tuple(aliases), texts["description"], tuple(sorted(translations.items())), texts["kind"],
        degrees["lat"], degrees["lon"],
    )  # fmt: skip


def _splits(address: str) -> bool:
    """False for what urllib cannot take apart: brackets that hold no IPv6 address."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def settings(file: Toml) -> tuple[Settings, list[Problem]]:
    """archive.toml as Settings, with everything that is wrong in it; what is wrong keeps its default."""
    problems: list[Problem] = []

    def wrong(key: str, code: str, message: str) -> None:
        problems.append(Problem(file.path, file.line_of(key) if key else 1, 1, code, message))

    if not file.present:
        wrong("", "missing", 'The file archive.toml is missing. Write one with at least: title = "…".')
        return Settings("Untitled archive"), problems
    values = dict(file.values)
    good: dict[str, Any] = {}
    wanted = False
    for key, value in values.items():
        if key not in _SETTINGS_KEYS:
            wrong(
                key,
                "unknown-key",
                f"“{key}” is not known here.{hint(key, _SETTINGS_KEYS)} Known are: {', '.join(_SETTINGS_KEYS)}.",
            )
        elif key == "languages":
            if (
                not isinstance(value, list)
                or not value
                or not all(isinstance(tag, str) and schema.is_language(tag) for tag in value)
            ):
                wrong(key, "bad-language", '“languages” must be a list of language tags (BCP 47): ["en", "ar"].')
            else:
                good[key] = tuple(value)
        elif key == "offline_copy":
            if not isinstance(value, bool):
                wrong(key, "wrong-type", "“offline_copy” must be true or false, without quotation marks.")
            else:
                wanted = value
        elif not isinstance(value, str):
            wrong(key, "wrong-type", f"“{key}” must be text between quotation marks.")
        else:
            good[key] = value.strip()
    if not good.get("title"):
        if file.values.get("title") is None or isinstance(file.values.get("title"), str):
            wrong("title" if "title" in values else "", "missing", 'The archive has no title. Write title = "…".')
        good["title"] = "Untitled archive"
    language = good.get("language", "en")
    if not schema.is_language(language):
        wrong(
            "language",
            "bad-language",
            f"“{language}” is not a language tag (BCP 47). Write en, ar, pt-BR and the like.",
        )
        good.pop("language")
    if "languages" not in good:
        good["languages"] = (good.get("language", "en"),)
    for key in ("base_url", "repository"):
        if good.get(key) and not (re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", good[key]) and _splits(good[key])):
            wrong(key, "bad-url", f"“{good[key]}” is not an address. Write https://… without ? or #.")
            good.pop(key)
    if good.get("contact") and not _splits(good["contact"]):
        wrong("contact", "bad-url", f"“{good['contact']}” is not an address. Write https://… or a mail address.")
        good.pop("contact")
    if good.get("base_url"):
        good["base_url"] = good["base_url"].rstrip("/") + "/"
    if good.get("repository"):
        good["repository"] = good["repository"].rstrip("/").removesuffix(".git")
    if wanted:
        good["offline_copy"] = slug(good["title"]) or "archive"
    return Settings(**good), problems
