"""TOML files → Settings and Vocabularies: what the archive says of itself, and the labels releases may use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from onrecord import authorities, languages, place_tree
from onrecord.characters import hidden
from onrecord.model import MOST_PROBLEMS, TRANSLATED, Kind, Problem, Settings, Term
from onrecord.nearest import Hints
from onrecord.schema import NOT_A_LANGUAGE, is_language
from onrecord.slugs import slug
from onrecord.writing import chosen

MOST_ENTRIES = 50_000
"""Entries of one vocabulary."""
_HEADING = re.compile(r"\s*(\[\[?)([^\]]+)\]")
_KEY = re.compile(r'\s*"?([^"=\s\[]+)"?\s*=')


def _name(heading: re.Match[str]) -> str:
    return heading[2].strip().strip('"')


def _too_many(problems: list[Problem], line: int) -> bool:
    """Whether enough is wrong with a file; then the last problem says so."""
    if len(problems) < MOST_PROBLEMS:
        return False
    message = f"This file has {len(problems):,} problems up to here. Correct these, and the rest is checked then."
    problems.append(Problem(line, 1, "too-complex", message))
    return True


@dataclass(frozen=True)
class Toml:
    """A TOML file as it was read: its values, and its lines for finding where a value is. Absent files are empty."""

    path: str
    values: dict[str, Any]
    lines: tuple[str, ...] = ()
    present: bool = True

    def line_of(self, key: str, number: int | None = None, table: str = "") -> int:
        """The line of `key` in the file, or in the entry `number` (from 0) of the array of tables `table`; where it is not written, the
        line on which the entry begins, or 1."""
        first = self._first_lines
        if number is None:
            return first.get(("", 0, key), 1)
        return first.get((table, number, key)) or first.get((table, number, ""), 1)

    @cached_property
    def _first_lines(self) -> Mapping[tuple[str, int, str], int]:
        """The lines of keys, by array of tables (empty for the top) or table at the top, number of the entry and key; of an entry itself
        under no key."""
        lines: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        table, number, inside = "", 0, ""
        for at, line in enumerate(self.lines, 1):
            heading = _HEADING.match(line)
            key = None if heading else _KEY.match(line)
            if heading and heading[1] == "[[":
                table, inside = _name(heading), ""
                number = counts.get(table, 0)
                counts[table] = number + 1
                lines.setdefault((table, number, ""), at)
                lines.setdefault(("", 0, table), at)
            elif heading:
                name = _name(heading)
                parent, _, last = name.rpartition(".")
                of_table = bool(parent) and parent == table
                inside = "" if of_table else name
                lines.setdefault((table, number, last) if of_table else ("", 0, name), at)
            elif key:
                lines.setdefault((inside, 0, key[1]) if inside else (table, number, key[1]), at)
        return lines


_TERM_KEYS = (
    "label", "slug", "aliases", "description", "translations", "descriptions", "kind", "lat", "lon", "within", "same_as",
    "sort_name", "sort_names",
)  # fmt: skip
_SETTINGS_KEYS = (
    "title", "scope", "language", "languages", "base_url", "publisher", "repository", "branch", "rights", "contact",
    "started", "featured", "offline_copy", "withheld_words", "translations",
)  # fmt: skip
NO_EDITION = (
    "No edition of the site would show this in “{tag}”: it has {shown}. Write the language into “languages” of archive.toml too, or take "
    "this out."
)
"""What is wrong with a translation that nobody would see; the editions of the site are `shown`."""
_NOT_A_CONTACT = "“{text}” is not an address. Write https://… or a mail address."
_NOT_TEXT = "“{key}” must be text between quotation marks."


def terms(kind: Kind, file: Toml) -> tuple[tuple[Term, ...], list[Problem]]:
    """The entries of one vocabulary, with everything that is wrong in it. Entries that are wrong are left out."""
    problems: list[Problem] = []
    found = _terms(kind, file, problems)
    return found, [problem.in_file(file.path) for problem in problems]


def _terms(kind: Kind, file: Toml, problems: list[Problem]) -> tuple[Term, ...]:
    for key in file.values:
        if key != kind:
            if _too_many(problems, file.line_of(key)):
                return ()
            message = f"“{key}” is not known here. Each entry is under [[{kind}]]."
            problems.append(Problem(file.line_of(key), 1, "unknown-key", message))
    entries = file.values.get(kind, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        message = f"Entries are under [[{kind}]], with two brackets on each side."
        problems.append(Problem(file.line_of(kind), 1, "wrong-type", message))
        return ()
    if len(entries) > MOST_ENTRIES:
        message = f"This file has {len(entries):,} entries; at most {MOST_ENTRIES:,} are read. Take out entries that no release uses."
        problems.append(Problem(file.line_of("", MOST_ENTRIES, kind), 1, "too-large", message))
        return ()
    terms: list[tuple[Term, int]] = []
    slugs: dict[str, tuple[str, int]] = {}
    owners: dict[str, str] = {}
    hints = Hints()
    for number, entry in enumerate(entries):
        if _too_many(problems, file.line_of("", number, kind)):
            break
        of_entry: list[Problem] = []
        term = _term(kind, file, number, entry, hints, of_entry)
        problems += of_entry
        if term is None or of_entry:
            continue
        line = file.line_of("slug" if "slug" in entry else "label", number, kind)
        taken_by, earlier_line = slugs.setdefault(
            unicodedata.normalize("NFC", term.slug).casefold(), (term.label, line)
        )
        if earlier_line != line:
            message = f"“{term.label}” and “{taken_by}” (line {earlier_line}) have the same slug “{term.slug}”. Give one of them another."
            problems.append(Problem(line, 1, "duplicate-slug", message))
            continue
        for word in (term.label, *term.aliases):
            owner = owners.setdefault(word, term.label)
            if owner != term.label:
                message = f"“{word}” stands for both “{owner}” and “{term.label}”. Keep it on one of them."
                line = file.line_of("aliases" if word != term.label else "label", number, kind)
                problems.append(Problem(line, 1, "ambiguous-alias", message))
        terms.append((term, number))
    return _placed(file, terms, owners, hints, problems) if kind == "place" else tuple(term for term, _ in terms)


def _placed(
    file: Toml, terms: Sequence[tuple[Term, int]], labels: Mapping[str, str], hints: Hints, problems: list[Problem]
) -> tuple[Term, ...]:
    """Places whose `within` is the slug of the place it names; `labels` has the label by every word that stands for a place."""
    slugs = {term.label: term.slug for term, _ in terms}
    names = {term.slug: term.label for term, _ in terms}
    lines = {term.slug: file.line_of("within", number, "place") for term, number in terms}
    written = {entry.get("label") for entry in file.values.get("place", ())}
    parents: dict[str, str] = {}

    def problem(place: str, code: str, message: str) -> None:
        if not _too_many(problems, lines[place]):
            problems.append(Problem(lines[place], 1, code, message))

    for term, _ in terms:
        parent = slugs.get(labels.get(term.within, ""))
        if parent == term.slug:
            problem(term.slug, "bad-place", f"“{term.label}” cannot lie within itself. Name the place around it.")
        elif parent is not None:
            parents[term.slug] = parent
        elif term.within and term.within not in written:
            hint = hints(term.within, labels)
            message = f"“{term.label}” lies within “{term.within[:120]}”, and there is no such place here.{hint}"
            problem(term.slug, "unknown-place", message)
    for circle in place_tree.circles(parents):
        shown = [names[slug] for slug in (*circle, circle[0])] if len(circle) <= place_tree.MOST_AROUND else []
        message = f"{len(circle)} places lie in one another" + ("" if shown else f", “{names[circle[0]]}” among them")
        message += ": " + " within ".join(f"“{name}”" for name in shown) if shown else ""
        problem(circle[0], "bad-place", f"{message}. Take out the “within” that is wrong.")
    for deep in place_tree.too_deep(parents):
        message = f"“{names[deep]}” lies within more than {place_tree.MOST_AROUND} places. Leave some of them out."
        problem(deep, "bad-place", message)
    return tuple(replace(term, within=parents.get(term.slug, "")) for term, _ in terms)


def shared_identifiers(vocabularies: Sequence[tuple[Toml, tuple[Term, ...]]]) -> list[Problem]:
    """A Problem for each identifier that two entries have, of one vocabulary or of two: one of them is something else."""
    problems: list[Problem] = []
    owners: dict[str, tuple[Term, Toml]] = {}
    for file, terms in vocabularies:
        numbers: dict[object, int] = {}
        for term in terms:
            for address in term.same_as:
                owner, other = owners.setdefault(address, (term, file))
                if owner is term or len(problems) >= MOST_PROBLEMS:
                    continue
                numbers = numbers or {entry.get("label"): number for number, entry in enumerate(file.values[term.kind])}
                line = file.line_of("same_as", numbers[term.label], term.kind)
                where = "" if other is file else f" in {other.path}"
                message = f"“{term.label}” and “{owner.label}”{where} cannot both be {address}. Leave it with the one that it identifies."
                problems.append(Problem(line, 1, "shared-identifier", message, path=file.path))
    return problems


def _term(
    kind: Kind, file: Toml, number: int, entry: dict[str, Any], hints: Hints, problems: list[Problem]
) -> Term | None:
    """An entry of a vocabulary; it counts only where nothing was added to `problems`."""

    def line(key: str) -> int:
        return file.line_of(key, number, kind)

    for key in entry:
        if key not in _TERM_KEYS:
            if _too_many(problems, line(key)):
                break
            message = f"“{key}” is not known here.{hints(key, _TERM_KEYS)} Known are: {', '.join(_TERM_KEYS)}."
            problems.append(Problem(line(key), 1, "unknown-key", message))
    label = entry.get("label", "")
    if not isinstance(label, str) or not label.strip():
        problems.append(Problem(line("label"), 1, "missing", f'This {kind} has no label. Write label = "…".'))
        return None
    texts = {key: entry.get(key, "") for key in ("slug", "description", "kind", "within", "sort_name")}
    for key, value in texts.items():
        if not isinstance(value, str):
            problems.append(Problem(line(key), 1, "wrong-type", _NOT_TEXT.format(key=key)))
    aliases = entry.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) and alias.strip() for alias in aliases):
        message = '“aliases” must be a list of texts: ["…", "…"].'
        problems.append(Problem(line("aliases"), 1, "wrong-type", message))
        aliases = []
    translations, descriptions, sort_names = (
        _in_languages(entry, key, line(key), problems) for key in ("translations", "descriptions", "sort_names")
    )
    for key, texts_of_key in (
        ("label", [label]),
        ("aliases", aliases),
        ("translations", translations.values()),
        ("sort_name", [texts["sort_name"]] if isinstance(texts["sort_name"], str) else []),
        ("sort_names", sort_names.values()),
    ):
        character = hidden(" ".join(texts_of_key))
        if character:
            message = f"“{key}” holds the invisible character {character}. Remove it."
            problems.append(Problem(line(key), 1, "hidden-character", message))
    given = texts["slug"] if isinstance(texts["slug"], str) else ""
    chosen = given or slug(label)
    if chosen == "index":
        message = "“index” is the address of the list itself. Give this entry another slug."
        problems.append(Problem(line("slug"), 1, "bad-slug", message))
    if not chosen or (given and given != slug(given)):
        message = f"“{chosen}” cannot be part of an address. Write a slug of lower-case letters, digits and hyphens."
        problems.append(Problem(line("slug"), 1, "bad-slug", message))
    degrees: dict[str, float | None] = {"lat": None, "lon": None}
    for key, most in (("lat", 90), ("lon", 180)):
        value = entry.get(key)
        if value is None:
            continue
        if kind != "place":
            problems.append(Problem(line(key), 1, "unknown-key", f"“{key}” belongs to places only."))
        elif isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
            message = f"“{_as_text(value)}” is no {key}: write decimal degrees between -{most} and {most}, without quotation marks."
            problems.append(Problem(line(key), 1, "bad-coordinate", message))
        else:
            degrees[key] = float(value)
    if (entry.get("lat") is None) != (entry.get("lon") is None):
        problems.append(Problem(line("lat"), 1, "bad-coordinate", "A place has both lat and lon, or neither."))
    if "within" in entry and kind != "place":
        problems.append(Problem(line("within"), 1, "unknown-key", "“within” belongs to places only."))
    same_as = entry.get("same_as", [])
    if not isinstance(same_as, list) or not all(isinstance(address, str) for address in same_as):
        message = '“same_as” must be a list of addresses: ["https://…"].'
        problems.append(Problem(line("same_as"), 1, "wrong-type", message))
        same_as = []
    for place, address in enumerate(same_as):
        fault = authorities.fault(kind, address)
        if _too_many(problems, line("same_as")):
            break
        if fault:
            problems.append(Problem(line("same_as"), 1, "bad-identifier", fault))
        elif address in same_as[:place]:
            message = f"“{address}” appears twice in “same_as”. Keep one."
            problems.append(Problem(line("same_as"), 1, "duplicate-value", message))
    return Term(
        kind=kind,
        label=label,
        slug=chosen,
        aliases=tuple(aliases),
        description=texts["description"],
        translations=tuple(sorted(translations.items())),
        type=texts["kind"],
        lat=degrees["lat"],
        lon=degrees["lon"],
        within=texts["within"].strip() if isinstance(texts["within"], str) else "",
        same_as=tuple(same_as),
        descriptions=tuple(sorted(descriptions.items())),
        sort_name=texts["sort_name"].strip() if isinstance(texts["sort_name"], str) else "",
        sort_names=tuple(sorted(sort_names.items())),
    )


def _in_languages(entry: dict[str, Any], key: str, line: int, problems: list[Problem]) -> dict[str, str]:
    """The texts by language under a key of an entry; none where they are written wrongly, which is added to `problems`."""
    texts = entry.get(key, {})
    if not isinstance(texts, dict) or not all(isinstance(word, str) for word in texts.values()):
        words = {"translations": "labels", "descriptions": "texts"}.get(key, "names")
        problems.append(Problem(line, 1, "wrong-type", f'“{key}” must be languages with {words}: {{ ar = "…" }}.'))
        return {}
    for tag in texts:
        if not is_language(tag):
            problems.append(Problem(line, 1, "bad-language", NOT_A_LANGUAGE.format(text=tag)))
    return texts


def _as_text(value: object) -> str:
    """A value of TOML as text; Python writes no number of more than some thousand digits."""
    try:
        return str(value)
    except ValueError:
        return "a number of very many digits"


def _can_be_split(address: str) -> bool:
    """False for what urllib cannot take apart: brackets that hold no IPv6 address."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _translations(
    file: Toml, value: object, hints: Hints, problems: list[Problem]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The words of the archive in other languages: `[translations.ar]` with the keys of TRANSLATED."""
    if not isinstance(value, dict) or not all(isinstance(words, dict) for words in value.values()):
        message = '“translations” must be tables, one a language: a line [translations.ar], and below it title = "…".'
        problems.append(Problem(file.line_of("translations"), 1, "wrong-type", message))
        return ()
    found = []
    for tag, words in value.items():
        table = f"translations.{tag}"
        if not is_language(tag):
            problems.append(Problem(file.line_of(table), 1, "bad-language", NOT_A_LANGUAGE.format(text=tag)))
        for key, text in words.items():
            line = file.line_of(key, 0, table)
            if _too_many(problems, line):
                return ()
            if key not in TRANSLATED:
                message = (
                    f"“{key}” is not known under [{table}].{hints(key, TRANSLATED)} Known are: {', '.join(TRANSLATED)}."
                )
                problems.append(Problem(line, 1, "unknown-key", message))
            elif not isinstance(text, str):
                problems.append(Problem(line, 1, "wrong-type", _NOT_TEXT.format(key=key)))
            elif key == "contact" and not _can_be_split(text):
                problems.append(Problem(line, 1, "bad-url", _NOT_A_CONTACT.format(text=text)))
        texts = {key: text.strip() for key, text in words.items() if key in TRANSLATED and isinstance(text, str)}
        found.append((tag, tuple(sorted((key, text) for key, text in texts.items() if text))))
    return tuple(sorted(found))


def _one_edition_each(file: Toml, language: str, tags: Sequence[str], problems: list[Problem]) -> None:
    """A Problem where a language is named twice, with one country and with another or none: the site has one edition in a language."""
    named: dict[str, str] = {languages.catalogue(language): language}
    for tag in tags:
        of_language = languages.catalogue(tag)
        if not of_language and tag != language:
            message = (
                f"The interface does not speak “{tag}” yet, so the site gets no edition in it. It speaks: "
                f"{', '.join(sorted(languages.INTERFACE))}."
            )
            problems.append(Problem(file.line_of("languages"), 1, "no-catalogue", message, "warning"))
        other = named.setdefault(of_language, tag) if of_language else tag
        if other != tag:
            message = (
                f"“{tag}” and “{other}” are one language of the interface, and the site has one edition in it. Write the same tag "
                "in “language” and in “languages”."
            )
            problems.append(Problem(file.line_of("languages"), 1, "duplicate-language", message))


def settings(file: Toml) -> tuple[Settings, list[Problem]]:
    """archive.toml as Settings, with everything that is wrong in it; what is wrong keeps its default."""
    if not file.present:
        message = 'The file archive.toml is missing. Write one with at least: title = "…".'
        return Settings("Untitled archive"), [Problem(1, 1, "missing", message, path=file.path)]
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    hints = Hints()
    for key, value in file.values.items():
        line = file.line_of(key)
        if key not in _SETTINGS_KEYS:
            if _too_many(problems, line):
                break
            message = f"“{key}” is not known here.{hints(key, _SETTINGS_KEYS)} Known are: {', '.join(_SETTINGS_KEYS)}."
            problems.append(Problem(line, 1, "unknown-key", message))
        elif key == "languages":
            if isinstance(value, list) and value and all(isinstance(tag, str) and is_language(tag) for tag in value):
                values[key] = tuple(value)
            else:
                message = '“languages” must be a list of language tags (BCP 47): ["en", "ar"].'
                problems.append(Problem(line, 1, "bad-language", message))
        elif key == "translations":
            values[key] = _translations(file, value, hints, problems)
        elif key in ("offline_copy", "withheld_words"):
            if isinstance(value, bool):
                values[key] = value
            else:
                message = f"“{key}” must be true or false, without quotation marks."
                problems.append(Problem(line, 1, "wrong-type", message))
        elif not isinstance(value, str):
            problems.append(Problem(line, 1, "wrong-type", _NOT_TEXT.format(key=key)))
        else:
            values[key] = value.strip()
    if not values.get("title"):
        if isinstance(file.values.get("title", ""), str):
            message = 'The archive has no title. Write title = "…".'
            problems.append(Problem(file.line_of("title"), 1, "missing", message))
        values["title"] = "Untitled archive"
    language = values.get("language", "en")
    if not is_language(language):
        message = NOT_A_LANGUAGE.format(text=language)
        problems.append(Problem(file.line_of("language"), 1, "bad-language", message))
        language = values["language"] = "en"
    values.setdefault("languages", (language,))
    _one_edition_each(file, language, values["languages"], problems)
    editions = languages.editions(language, values["languages"])
    for tag, _ in values.get("translations", ()):
        if is_language(tag) and not any(
            chosen([(tag, tag)], edition)[0] for edition in editions if edition != language
        ):
            message = NO_EDITION.format(tag=tag, shown=", ".join(editions))
            problems.append(Problem(file.line_of(f"translations.{tag}"), 1, "no-edition", message))
    for key in ("base_url", "repository"):
        address = values.get(key)
        if address and not (re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", address) and _can_be_split(address)):
            message = f"“{address}” is not an address. Write https://… without ? or #."
            problems.append(Problem(file.line_of(key), 1, "bad-url", message))
            values[key] = ""
    if values.get("contact") and not _can_be_split(values["contact"]):
        message = _NOT_A_CONTACT.format(text=values["contact"])
        problems.append(Problem(file.line_of("contact"), 1, "bad-url", message))
        values["contact"] = ""
    if values.get("base_url"):
        values["base_url"] = values["base_url"].rstrip("/") + "/"
    if values.get("repository"):
        values["repository"] = values["repository"].rstrip("/").removesuffix(".git")
    if "offline_copy" in values:
        values["offline_copy"] = (slug(values["title"]) or "archive") if values["offline_copy"] else ""
    return Settings(**values), [problem.in_file(file.path) for problem in problems]
