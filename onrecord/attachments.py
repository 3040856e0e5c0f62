"""`content/files/` → what its files are by their bytes, kept between runs, and which of them go out.

A file is read as a stream, whatever its size, and not again as long as its size, its times and its number on the disk are the same.
"""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from collections.abc import Iterable, Mapping
from typing import BinaryIO

import msgspec
from msgspec import Struct

from onrecord import file_types, image_size, read, routes
from onrecord.digests import encoded
from onrecord.model import MeasuredFile, NamedFile, Problem, PublishedFile
from onrecord.moments import Moment, trusted
from onrecord.read import FileStatus, Scan
from onrecord.store import Store, StoreDamaged

FOLDER = "files"
"""The folder below the content folder."""
PREVIEWS = "previews"
"""The folder in it that has a small picture of each file: `<SHA-256 of the file>.webp`, or `<SHA-256>.<pages>.webp`."""
MOST_PREVIEW = 400_000
MOST_PREVIEW_SIDE = 1600

_BLOCK = 1 << 20
_ENDING = re.compile("[^a-z0-9]")
_FACT = "files"
_PREVIEW = re.compile(r"(?P<sha256>[0-9a-f]{64})(?:\.(?P<pages>[1-9][0-9]{0,5}))?\.(?:webp|png|jpg)")
_LINK = "This is a symbolic link, which would publish whatever it points to. Put the {what} itself here."


class Preview(Struct, frozen=True):
    """The small picture of a file: the picture, and how many pages the file has, 0 where that is not known."""

    picture: MeasuredFile
    pages: int


class Inventory(Struct, frozen=True):
    """What is in `content/files/`: files by their path below it (NFC), and previews by the SHA-256 of the file that they show. `measured`
    has every regular file as it stands on the disk, those too that can be neither, with what it is by its bytes."""

    files: Mapping[str, MeasuredFile]
    previews: Mapping[str, Preview]
    measured: tuple[tuple[FileStatus, MeasuredFile], ...] = ()


def inventory(scan: Scan, store: Store, moment: Moment) -> tuple[Inventory, list[Problem]]:
    """The Inventory of the content folder of a Scan, and a Problem for what may not stand there. What is measured anew is noted in the
    store. Raises OSError, StoreDamaged."""
    entries, unnamable, problems = _entries(scan)
    kept = _kept(store)
    rows = {}
    everything = []
    for entry in entries:
        stamp, file = kept.get(entry.path, ((), None))
        if file is None or not stamp or stamp != entry.stamp:
            file = measured(entry)
        rows[entry.path] = (trusted(entry.stamp, moment), file)
        everything.append((entry, file))
    if rows != kept:
        store.note(_FACT, encoded(rows))
    files: dict[str, MeasuredFile] = {}
    previews: dict[str, Preview] = {}
    for path, (_, file) in rows.items():
        if path in unnamable:
            continue
        if not path.startswith(f"{FOLDER}/{PREVIEWS}/"):
            files[unicodedata.normalize("NFC", file.path)] = file
            continue
        name = _PREVIEW.fullmatch(path.removeprefix(f"{FOLDER}/{PREVIEWS}/"))
        problem = _unfit(file, name is not None)
        if problem or name is None:
            problems.append(Problem(1, 1, "preview", problem, path=path))
        elif name["sha256"] in previews:
            message = f"There is another preview of the same file, {previews[name['sha256']].picture.path}. Remove one of them."
            problems.append(Problem(1, 1, "preview", message, path=path))
        else:
            previews[name["sha256"]] = Preview(file, int(name["pages"] or 0))
    return Inventory(files, previews, tuple(everything)), problems


def _unfit(picture: MeasuredFile, named: bool) -> str:
    """Why a file is no preview."""
    if not named:
        return "A preview is named after the SHA-256 of the file that it shows. Remove this, and run: python build.py preview"
    if picture.refused or not file_types.TYPES[picture.type].is_picture:
        return f"A preview is a picture. {picture.refused} Remove it, and run: python build.py preview".replace(
            "  ", " "
        )
    if picture.size > MOST_PREVIEW or max(picture.width, picture.height) > MOST_PREVIEW_SIDE:
        return (
            f"This preview has {picture.size:,} bytes and {picture.width} × {picture.height} pixels; previews are small, so that a page "
            "stays light. Remove it, and run: python build.py preview"
        )
    return ""


def _entries(scan: Scan) -> tuple[list[FileStatus], set[str], list[Problem]]:
    """The regular files below the folder, the paths of those that no record can name (a part of their path begins with an underscore, or
    their name is none), and a Problem for each thing there that is no file or has no name."""
    files: list[FileStatus] = []
    unnamable: set[str] = set()
    problems = []
    for entry in scan.files:
        path = entry.path
        if path == FOLDER and stat.S_ISLNK(entry.mode):
            problems.append(Problem(1, 1, "link", _LINK.format(what="folder"), path=path))
        if not path.startswith(f"{FOLDER}/") or stat.S_ISDIR(entry.mode):
            continue
        if stat.S_ISLNK(entry.mode):
            problems.append(Problem(1, 1, "link", _LINK.format(what="file"), path=path))
        elif not stat.S_ISREG(entry.mode):
            problems.append(Problem(1, 1, "not-a-file", "This is not a regular file. Remove it.", path=path))
        else:
            files.append(entry)
            if "/_" in path:
                unnamable.add(path)
            elif bad := read.bad_name(path.rpartition("/")[2]):
                unnamable.add(path)
                problems.append(Problem(1, 1, "bad-file-name", f"This {bad}", path=path))
    return files, unnamable, problems


def _kept(store: Store) -> dict[str, tuple[tuple[int, ...], MeasuredFile]]:
    try:
        return msgspec.msgpack.decode(
            store.fact(_FACT) or b"\x80", type=dict[str, tuple[tuple[int, ...], MeasuredFile]]
        )
    except msgspec.MsgspecError as error:
        raise StoreDamaged(str(error)) from error


def measured(entry: FileStatus) -> MeasuredFile:
    """What a file is by its bytes, read once and never held as a whole. Raises OSError."""
    with open(entry.disk_path, "rb") as stream:
        sha256, size, text = _looked_through(stream)
        path = entry.path.removeprefix(f"{FOLDER}/")
        kind, refused = file_types.known(path, stream, size, text)
        width, height = image_size.of(kind, stream)
    if kind and file_types.TYPES[kind].is_picture and not (width and height):
        kind, refused = "", "Its size cannot be read: the picture is damaged. Save it anew."
    return MeasuredFile(path, sha256, size, kind, refused, width, height)


def _looked_through(stream: BinaryIO) -> tuple[str, int, bool]:
    """The SHA-256 of a file, its size, and whether it is a text."""
    digest = hashlib.sha256()
    size = 0
    text = True
    while block := stream.read(_BLOCK):
        digest.update(block)
        size += len(block)
        text = text and file_types.is_text(block)
    return digest.hexdigest(), size, text


def by_its_hash(file: str, name: str) -> tuple[str, str, str]:
    """How a file that comes into the archive is called there: its name below `content/files/`, which says its hash and its type alone; its
    SHA-256; and its type, empty for one that is not published. `file` is its path on the disk, `name` what it was called. Raises
    OSError."""
    with open(file, "rb") as stream:
        sha256, size, text = _looked_through(stream)
        kind, _ = file_types.by_bytes(name, stream, size, text)
    ending = (
        file_types.TYPES[kind].endings[0] if kind else _ENDING.sub("", name.lower().rpartition(".")[2])[:8] or "bin"
    )
    return f"{sha256}.{ending}", sha256, kind


def published(named: Iterable[NamedFile], found: Inventory) -> dict[str, PublishedFile]:
    """The files of the site, by their path there: a copy of each file that a record publishes, under its SHA-256, and of its preview."""
    files: dict[str, PublishedFile] = {}
    for name in named:
        file = found.files.get(name.path) if name.is_published else None
        if file is None or not file.type:
            continue
        preview = found.previews.get(file.sha256)
        small = ""
        if preview:
            picture = preview.picture
            small = routes.preview(file.sha256, file_types.TYPES[picture.type].endings[0])
            files[small] = PublishedFile(
                small, picture.path, picture.sha256, picture.size, picture.type, picture.width, picture.height
            )
        path = routes.original(file.sha256, file_types.TYPES[file.type].endings[0])
        files[path] = PublishedFile(
            path,
            file.path,
            file.sha256,
            file.size,
            file.type,
            file.width,
            file.height,
            preview.pages if preview else 0,
            small,
            preview.picture.width if preview else 0,
            preview.picture.height if preview else 0,
        )
    return dict(sorted(files.items()))
