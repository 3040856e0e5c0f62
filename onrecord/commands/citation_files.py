"""CITATION.cff and .zenodo.json beside the content: an edition writes its name and day there, and nothing that somebody wrote by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from onrecord.command import WrongUse
from onrecord.model import EditionStatement
from onrecord.schema import quoted

CITATION = "CITATION.cff"
ZENODO = ".zenodo.json"
_TOP_KEY = re.compile(r"^([A-Za-z][A-Za-z0-9-]*)[ ]*:(.*)$")


def citation(data: str | None, statement: EditionStatement, repository: str, scope: str) -> str:
    """The text of CITATION.cff (Citation File Format 1.2.0) once an edition is there. `data` is what it holds, None where there is none.

    A file that is about the archive itself (`type: dataset`) gets the edition as its `version` and `date-released`. One that is about the
    program gets a `preferred-citation` of the archive, or, where it has one, these two keys in it. Every other line stays as it is.
    """
    values = [("version", quoted(statement.name)), ("date-released", quoted(statement.date))]
    if data is None:
        return "\n".join(
            [
                "cff-version: 1.2.0",
                'message: "To cite a release, use the citation on its page. To cite the archive, use this."',
                "type: dataset",
                *_archive(statement, repository, scope),
                *(f"{key}: {value}" for key, value in values),
                "",
            ]
        )
    lines = data.splitlines()
    if any(re.fullmatch(r"type:\s*[\"']?dataset[\"']?\s*", line) for line in lines):
        return _text(_with(lines, values, 0, len(lines), ""))
    start = next((at for at, line in enumerate(lines) if re.match(r"preferred-citation\s*:", line)), None)
    if start is None:
        block = [
            "preferred-citation:",
            "  type: data",
            *(f"  {line}" for line in _archive(statement, repository, scope)),
        ]
        return _text([*lines, *block, *(f"  {key}: {value}" for key, value in values)])
    end = next((at for at in range(start + 1, len(lines)) if _TOP_KEY.match(lines[at])), len(lines))
    inside = next((line for line in lines[start + 1 : end] if line.strip() and not line.lstrip().startswith("#")), "  ")
    indent = inside[: len(inside) - len(inside.lstrip())]
    if not indent:
        raise WrongUse(f"“preferred-citation” in {CITATION} has nothing below it. Fill it in or take it out.")
    return _text(_with(lines, values, start + 1, end, indent))


def _archive(statement: EditionStatement, repository: str, scope: str) -> list[str]:
    """What a citation of the archive says besides its edition."""
    lines = [f"title: {quoted(statement.archive)}"]
    if scope:
        lines.append(f"abstract: {quoted(scope)}")
    lines += ["authors:", f"  - name: {quoted(statement.publisher or statement.archive)}"]
    if statement.address:
        lines.append(f"url: {quoted(statement.address)}")
    if repository:
        lines.append(f"repository: {quoted(repository)}")
    return lines


def _with(lines: list[str], values: list[tuple[str, str]], start: int, end: int, indent: str) -> list[str]:
    """Lines in which keys of one depth between `start` and `end` have these values; what is not there comes behind the last of them."""
    changed = list(lines)
    while end > start and not changed[end - 1].strip():
        end -= 1
    for key, value in values:
        written = re.compile(rf"{indent}{key}[ ]*:")
        at = next((at for at in range(start, end) if written.match(changed[at])), None)
        if at is None:
            changed.insert(end, f"{indent}{key}: {value}")
            end += 1
        else:
            changed[at] = f"{indent}{key}: {value}"
    return changed


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def zenodo(data: str | None, statement: EditionStatement, scope: str, language: str) -> str:
    """The text of .zenodo.json (Zenodo's own form of metadata) once an edition is there: `version` and `publication_date` are the
    edition's; the rest is written only where there is no file. Raises WrongUse where the file is no JSON object."""
    values: dict[str, Any]
    if data is None:
        values = {
            "title": statement.archive,
            "upload_type": "dataset",
            "description": scope or statement.archive,
            "creators": [{"name": statement.publisher or statement.archive}],
            "access_right": "open",
            "language": _ALPHA_3.get(language.partition("-")[0], ""),
        }
        values = {key: value for key, value in values.items() if value}
    else:
        try:
            values = json.loads(data)
        except ValueError as error:
            raise WrongUse(
                f"{ZENODO} is not JSON ({error}). Correct it, or remove it to have it written again."
            ) from error
        if not isinstance(values, dict):
            raise WrongUse(f"{ZENODO} is not a JSON object. Correct it, or remove it to have it written again.")
    values |= {"version": statement.name, "publication_date": statement.date}
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


# Zenodo takes languages in the form of ISO 639-3.
_ALPHA_3 = {
    "ar": "ara",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fa": "fas",
    "fr": "fra",
    "pt": "por",
    "ru": "rus",
    "tr": "tur",
    "uk": "ukr",
}


def update(
    folder: Path, statement: EditionStatement, repository: str, scope: str, language: str
) -> list[tuple[Path, str]]:
    """Both files of a folder with the edition in them, as (path, text), nothing written yet. Raises WrongUse, OSError."""
    cff, json_file = folder / CITATION, folder / ZENODO
    return [
        (cff, citation(_read(cff), statement, repository, scope)),
        (json_file, zenodo(_read(json_file), statement, scope, language)),
    ]


def _read(file: Path) -> str | None:
    try:
        return file.read_text("utf-8") if file.is_file() else None
    except UnicodeDecodeError as error:
        raise WrongUse(f"{file} is not UTF-8. Save it again as UTF-8.") from error
