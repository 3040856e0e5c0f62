"""Drafts whose date a table changes: a draft is called after its date, so it gets another name, and what names it follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from onrecord import dates, read
from onrecord.commands.bulk_review import Change, whole_text
from onrecord.commands.table_applying import Edit
from onrecord.intake import draft_file, slug_change

_NAME = re.compile(r"(?:undated|\d{4}(?:-\d\d){0,2})-(?P<tail>.+)$")


@dataclass(frozen=True, slots=True)
class Renaming:
    """The edits with their new names; what changes in other files, which name the drafts; and lines about names that are still to be
    read."""

    edits: tuple[Edit, ...]
    others: tuple[Change, ...] = ()
    notices: tuple[str, ...] = ()


def renamed(edits: Sequence[Edit], content: Path, files: Iterable[read.FileStatus]) -> Renaming:
    """The Renaming of edits; `files` are all releases and pages of the content. Raises OSError."""
    paths = [file.path for file in files]
    taken = {draft_file.folded(PurePosixPath(path).name) for path in paths}
    names: dict[str, str] = {}
    for edit in edits:
        new_path = _new_path(edit, taken)
        if new_path != edit.path:
            names[edit.path] = new_path
            taken.add(draft_file.folded(PurePosixPath(new_path).name))
    if not names:
        return Renaming(tuple(edits))
    by_path = {edit.path: replace(edit, new_path=names.get(edit.path, "")) for edit in edits}
    others: list[Change] = []
    notices: list[str] = []
    slugs = {PurePosixPath(old).stem: PurePosixPath(new).stem for old, new in names.items()}
    pattern = re.compile("|".join(map(re.escape, sorted(slugs, key=len, reverse=True))))
    for path in paths:
        mine = by_path.get(path)
        try:
            before = mine.after if mine is not None else whole_text(content / path)
        except UnicodeDecodeError:
            continue  # it is a problem of its own
        after, lines = _with_slugs(before, slugs, pattern, path)
        notices += [
            f"{path}:{line} still says {slug}. Where it means this release, change it by hand.\n"
            for line, slug in lines
        ]
        if mine is not None:
            by_path[path] = replace(mine, after=after)
        elif after != before:
            others.append(Change(content / path, before, after))
    return Renaming(tuple(by_path.values()), tuple(others), tuple(notices))


def _new_path(edit: Edit, taken: set[str]) -> str:
    """The path that a draft gets with its date; its own where that names the date already, and for what is no draft."""
    if "date" not in edit.values:
        return edit.path
    table, _, _ = read.split(read.text_of(edit.data))
    match = _NAME.match(PurePosixPath(edit.path).stem)
    try:
        date = dates.parse(table.text("date") or "XXXX")
    except dates.NotADate:
        return edit.path
    if table.text("status") != "draft" or match is None:
        return edit.path
    name = f"{date.file_prefix}-{match['tail']}.md"
    if name == PurePosixPath(edit.path).name:
        return edit.path
    preferred = PurePosixPath(date.sort_text[:4] or "undated") / name
    return f"releases/{draft_file.free(preferred, taken.__contains__)}"


def _with_slugs(
    text: str, slugs: Mapping[str, str], pattern: re.Pattern[str], path: str
) -> tuple[str, list[tuple[int, str]]]:
    """The text of a file that names releases by their new slugs, and where it still has an old one."""
    left: list[tuple[int, str]] = []
    for slug in dict.fromkeys(pattern.findall(text)):
        text, lines = slug_change.renamed(text, slug, slugs[slug], article=path.startswith("pages/"))
        left += [(line, slug) for line in lines]
    return text, left


def with_changes(scan: read.Scan, renaming: Renaming, content: Path, folder: Path) -> read.Scan:
    """The content as it would be: what changes stands in a folder of its own. Raises OSError."""
    changed = {edit.path: (edit.target, edit.data) for edit in renaming.edits}
    for other in renaming.others:
        path = other.path.relative_to(content).as_posix()
        changed[path] = (path, other.after.encode())
    return read.Scan(tuple(sorted(_files(scan, changed, folder), key=lambda file: file.path.split("/"))))


def _files(scan: read.Scan, changed: Mapping[str, tuple[str, bytes]], folder: Path) -> Iterator[read.FileStatus]:
    for number, file in enumerate(scan.files):
        if file.path not in changed:
            yield file
            continue
        path, data = changed[file.path]
        place = folder / f"{number}.md"
        place.write_bytes(data)
        status = place.lstat()
        stamp = status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
        yield read.FileStatus(path, str(place), status.st_mode, stamp)
