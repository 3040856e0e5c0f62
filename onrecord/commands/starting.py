"""The files of an archive of one's own: what `init` writes, and what of it follows from the program, so that `derive` writes it anew."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from onrecord import languages, program_files, schema

_PROGRAM_ONLY = re.compile(r"<!-- program -->\n.*?<!-- /program -->\n", re.DOTALL)
"""What of a document of the program does not concern an archive that has the program as a wheel."""
_PROGRAM_JOB = re.compile(r"\n  program:\n(?:(?:    .*)?\n)*")
TABLE = re.compile(r"(<!-- fields -->\n).*?(<!-- /fields -->)", re.DOTALL)
"""Where the table of keys stands in CONTRIBUTING.md."""
_PAGES_OF_PROGRAM, _PAGES_OF_ARCHIVE = "../templates/README.md", "templates.md"
"""What each page is given, as docs/theme.md leads to it: an archive has no folder of the program's templates."""
_NAME_IN_TEXTS = "ARCHIVE_TITLE"
_PAGES, _EXAMPLES = "content/pages/", "content/releases/"
_OF_ARCHIVE = re.compile("^extent: abstract$", re.MULTILINE)
_TO_FILL_IN = re.compile(r"^> \*\*(.+?)\*\*", re.MULTILINE)
_SETTING = r"^{key} = .*$"
_TRANSLATION = re.compile(r"^# \[translations\.fr\]\n(?:# .*\n)+", re.MULTILINE)
"""The example of a translation at the end of archive.toml."""
_TRANSLATED = ("title", "scope", "rights", "publisher", "contact")
"""What an archive says of itself in each of its languages."""


class Answers(NamedTuple):
    """What a new archive says of itself."""

    title: str
    languages: tuple[str, ...]
    publisher: str
    repository: str
    contact: str


def files(answers: Answers) -> dict[str, bytes]:
    """The files of a new archive by their paths, sorted, but for the program's wheel and the line that pins it. Raises OSError."""
    started = {path: (program_files.STARTER / path).read_text("utf-8") for path in _below(program_files.STARTER)}
    started = _in_languages(started, [languages.catalogue(tag) for tag in answers.languages])
    started["content/archive.toml"] = _filled_in(started["content/archive.toml"], answers)
    started["README.md"] = started["README.md"].replace(_NAME_IN_TEXTS, answers.title)
    started["CONTRIBUTING.md"] = _of_archive((program_files.FOLDER / "CONTRIBUTING.md").read_text("utf-8"))
    for name in ("check.yml", "publish.yml", "receive.yml"):
        text = (program_files.FOLDER / ".github" / "workflows" / name).read_text("utf-8")
        started[f".github/workflows/{name}"] = _PROGRAM_JOB.sub("\n", text).rstrip("\n") + "\n"
    started |= derived()
    return {path: started[path].encode() for path in sorted(started)}


def _in_languages(started: dict[str, str], shown: list[str]) -> dict[str, str]:
    """The starter with its pages in the languages of the interface that an archive is shown in, its own first. What the example's text says
    is English: in an archive of another language it is no abstract, for that is in the archive's words."""
    pages = {path: text for path, text in started.items() if path.startswith(_PAGES)}
    kept = {path: text for path, text in started.items() if path not in pages}
    for path, text in pages.items():
        stem, language = _named(path)
        if language == shown[0]:
            kept[f"{stem}.md"] = text
        elif language in shown:
            kept[f"{stem}.{language}.md"] = text
    if shown[0] != "en":
        kept |= {
            path: _OF_ARCHIVE.sub("extent: full", text) for path, text in kept.items() if path.startswith(_EXAMPLES)
        }
    return kept


def _named(path: str) -> tuple[str, str]:
    """The path of a page of the starter without its ending, and its language."""
    stem, _, language = path.removesuffix(".md").rpartition(".")
    return (stem, language) if stem else (language, "en")


def places_to_fill_in() -> frozenset[str]:
    """The words that begin what a maintainer has to fill in, in each language of the starter's pages. Raises OSError."""
    folder = program_files.STARTER / _PAGES
    texts = (path.read_text("utf-8") for path in sorted(folder.glob("*.md")))
    return frozenset(mark[1] for text in texts for mark in _TO_FILL_IN.finditer(text))


def derived() -> dict[str, str]:
    """The files of an archive that follow from the program alone, and are written anew after an upgrade. Raises OSError."""
    forms = program_files.FOLDER / ".github" / "ISSUE_TEMPLATE"
    return {
        "build.py": (program_files.STARTER / "build.py").read_text("utf-8"),
        "MAINTAINERS.md": _of_archive((program_files.FOLDER / "MAINTAINERS.md").read_text("utf-8")),
        "docs/checking.md": _of_archive((program_files.FOLDER / "docs" / "checking.md").read_text("utf-8")),
        "docs/theme.md": _of_archive((program_files.FOLDER / "docs" / "theme.md").read_text("utf-8")).replace(
            _PAGES_OF_PROGRAM, _PAGES_OF_ARCHIVE
        ),
        f"docs/{_PAGES_OF_ARCHIVE}": (program_files.TEMPLATES / "README.md").read_text("utf-8"),
        "content/release.schema.json": schema.json_schema(),
        "content/releases/_template.md": schema.template(),
        "frontmatter.json": schema.front_matter_cms(),
        **{f".github/ISSUE_TEMPLATE/{path}": (forms / path).read_text("utf-8") for path in _below(forms)},
    }


def with_table(contributing: str) -> str:
    """CONTRIBUTING.md with the table of keys as it is now."""
    return TABLE.sub(lambda match: f"{match[1]}\n{schema.fields_table()}\n{match[2]}", contributing)


def _of_archive(document: str) -> str:
    return _PROGRAM_ONLY.sub("", document)


def _filled_in(settings: str, answers: Answers) -> str:
    """archive.toml with the answers in the lines of their keys."""
    given: dict[str, str | list[str]] = {
        "title": answers.title,
        "language": answers.languages[0],
        "languages": list(answers.languages),
        "publisher": answers.publisher,
        "repository": answers.repository,
        "contact": answers.contact,
    }
    for key, value in given.items():
        # A JSON string without control characters is a basic string of TOML (toml.io, v1.0.0, "String").
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        found = re.search(_SETTING.format(key=key), settings, re.MULTILINE)
        assert found, key
        settings = settings[: found.start()] + line + settings[found.end() :]
    example = _TRANSLATION.search(settings)
    assert example
    to_fill_in = (
        "\n".join([f"[translations.{languages.catalogue(tag)}]", *(f'{key} = ""' for key in _TRANSLATED), ""])
        for tag in answers.languages[1:]
    )
    return settings[: example.start()] + ("\n".join(to_fill_in) or example[0]) + settings[example.end() :]


def _below(folder: Path) -> Iterator[str]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(at, name).relative_to(folder).as_posix() for name in sorted(names))
