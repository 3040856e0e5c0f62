"""`build.py clean FILE`: a copy of a file without what it need not carry, beside the file, which stays as it is.

What was taken out is said line by line, and so are what stays and what was not looked into. Nothing is written where something that must
go would stay.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from onrecord.command import WrongUse
from onrecord.plural import counted

if TYPE_CHECKING:
    from onrecord.disclosure.trace import Trace
    from onrecord.disclosure.wishes import Wishes

_MOST_BYTES = 64 * 1024 * 1024
_DECISIONS = {
    "change": "--accept-changes or --reject-changes",
    "comment": "--drop-comments",
    "hidden": "--drop-hidden",
    "speaker-notes": "--drop-hidden",
    "attached": "--drop-attachments",
}
# What is content, though hidden, in the words of a record.
_CONTENT = {
    "comment": "comments",
    "change": "tracked changes",
    "hidden": "hidden text",
    "speaker-notes": "a speaker's notes",
    "attached": "attached files",
    "older": "older versions",
}
# What no program here can see.
_NOT_SEEN_IN_PDF = (
    "text below what is drawn over it (black bars) or in the colour of the paper: take it out where the PDF was made"
)
_NOT_SEEN_IN_OFFICE = (
    "text in the colour of the paper or in letters too small to see, and what is behind a picture or a shape"
)
_NOT_SEEN_IN_PICTURES = (
    "what the picture itself shows: faces, places, screens, reflections, watermarks, the dots of printers"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `clean`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the file of which a cleaned copy is made")
    parser.add_argument(
        "--out", type=Path, default=None, metavar="F", help="the copy (default: beside the file, NAME-clean.EXT)"
    )
    parser.add_argument("--dry-run", action="store_true", help="list what the file carries, and write nothing")
    changes = parser.add_mutually_exclusive_group()
    changes.add_argument("--accept-changes", action="store_true", help="accept all tracked changes in the copy")
    changes.add_argument("--reject-changes", action="store_true", help="reject all tracked changes in the copy")
    parser.add_argument("--drop-comments", action="store_true", help="leave comments and annotations out of the copy")
    parser.add_argument("--drop-hidden", action="store_true", help="leave hidden text and a speaker's notes out")
    parser.add_argument("--drop-attachments", action="store_true", help="leave files out that are attached to the file")


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Writes the copy and says what was taken out; 0 where nothing stays that must go, else 1 and nothing is written."""
    data = _read(args.file)
    from onrecord import pool
    from onrecord.disclosure import confined
    from onrecord.disclosure.wishes import Impossible, Wishes

    try:
        if args.dry_run:
            return _list(args.file, data, out, err)
        changes = "accept" if args.accept_changes else "reject" if args.reject_changes else ""
        wishes = Wishes(changes, args.drop_comments, args.drop_hidden, args.drop_attachments)  # type: ignore[arg-type]
        target = args.out or args.file.with_name(f"{args.file.stem}-clean{args.file.suffix}")
        if target.resolve() == args.file.resolve():
            raise WrongUse("--out names the file itself, which stays as it is. Name another file.")
        copy = confined.cleaned(data, wishes)
    except pool.PoolFailed as error:
        raise WrongUse(str(error)) from error
    except Impossible as error:
        err.write(f"{args.file}: {error} Nothing was written.\n")
        return 1
    staying = [trace for trace in copy.left if trace.level != "unchecked"]
    for trace in _ordered(copy.removed):
        out.write(f"{'would be removed' if staying else 'removed'}: {_line(trace)}\n")
    for trace in _ordered(copy.after):
        if trace.level == "noted":
            out.write(f"kept: {_line(trace)}\n")
    for sentence in (*(_line(trace) for trace in copy.left if trace.level == "unchecked"), *_not_seen(data)):
        out.write(f"not checked: {sentence}\n")
    for trace in _ordered(staying):
        out.write(f"stays: {_line(trace)}\n")
    if staying:
        err.write(f"{args.file}: {_advice(staying)} Nothing was written.\n")
        return 1
    if not copy.removed:
        err.write(f"{args.file} carries nothing that would have to go. Nothing was written.\n")
        return 0
    _write(target, copy.data)
    _say_what_to_record(args.file, data, target, copy.data, wishes, copy.removed, out)
    return 0


def _read(path: Path) -> bytes:
    """The bytes of a file. Raises WrongUse and OSError."""
    if not path.is_file():
        raise WrongUse(f"There is no file {path}.")
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise WrongUse(f"{path} has {size:,} bytes; files of up to {_MOST_BYTES // 1024**2} MB are looked into.")
    return path.read_bytes()


def _list(path: Path, data: bytes, out: TextIO, err: TextIO) -> int:
    """Lists what a file carries; 0 where nothing of it must go, else 1."""
    from onrecord.disclosure import confined

    words = {"must go": "must go", "noted": "may stay", "unchecked": "not checked", "broken": "broken"}
    for _, found in confined.traces(1, lambda _: (len(data), data)):
        if not isinstance(found, tuple):
            err.write(f"{path}: {confined.overrun(found)}\n")
            return 1
        for trace in _ordered(found):
            out.write(f"{words[trace.level]}: {_line(trace)}\n")
        for sentence in _not_seen(data):
            out.write(f"not checked: {sentence}\n")
        going = sum(trace.level in ("must go", "broken") for trace in found)
        err.write(f"{path}: {counted(going, 'thing')} that must go. Nothing was written.\n")
        return 1 if going else 0
    return 0


def _ordered(traces: Iterable[Trace]) -> list[Trace]:
    """Traces in the order of their kinds, what matters most first."""
    from onrecord.disclosure.trace import KINDS

    return sorted(traces, key=lambda trace: (list(KINDS).index(trace.kind), trace))


def _line(trace: Trace) -> str:
    """A trace in one line: what it is, where it stands, its value."""
    if trace.level in ("unchecked", "broken"):
        return f"{trace.where}: {trace.value}" if trace.where else trace.value
    where = f" ({trace.where})" if trace.where else ""
    return f"{trace.words}{where}{f': {trace.value}' if trace.value else ''}"


def _not_seen(data: bytes) -> tuple[str, ...]:
    from onrecord.disclosure import file_signs

    if file_signs.picture(data):
        return (_NOT_SEEN_IN_PICTURES,)
    if b"%PDF-" in data[:1024]:
        return (_NOT_SEEN_IN_PDF,)
    return (_NOT_SEEN_IN_OFFICE,) if data.startswith((b"PK", b"{\\rtf")) else ()


def _advice(staying: Sequence[Trace]) -> str:
    """What to do about what stays."""
    kinds = {trace.kind for trace in staying}
    options = [option for kind, option in _DECISIONS.items() if kind in kinds]
    said = f"Say what is to become of it: {', '.join(dict.fromkeys(options))}." if options else ""
    others = (
        ""
        if kinds <= _DECISIONS.keys()
        else "What cannot be taken out here is taken out in the program that made the file; then clean it again."
    )
    return " ".join(filter(None, (said, others)))


def _write(target: Path, data: bytes) -> None:
    """Writes the copy. Raises WrongUse where another file stands there already."""
    from onrecord import whole_file

    if target.exists() and target.read_bytes() == data:
        whole_file.clear(target)
        return
    try:
        whole_file.write(target, data, replace=False)
    except FileExistsError as error:
        raise WrongUse(f"{target} is there already, and is another file. Name another with --out.") from error


def _say_what_to_record(
    original: Path, data: bytes, target: Path, copy: bytes, wishes: Wishes, removed: Sequence[Trace], out: TextIO
) -> None:
    """Prints both hashes, and the words for the record: of metadata that they went, of content what became of it."""
    before, after = (hashlib.sha256(each).hexdigest() for each in (data, copy))
    kinds = {trace.kind for trace in removed}
    left_out = ["metadata", *(words for kind, words in _CONTENT.items() if kind in kinds and kind != "change")]
    words = f"left out: {', '.join(left_out)}"
    if "change" in kinds:
        words += f"; tracked changes: {wishes.changes}ed"
    out.write(
        f"original: {original}\n  sha256 {before}\ncopy: {target}\n  sha256 {after}\n"
        "Keep the original outside of the repository: its hash is the evidence. Words for the record:\n"
        f'  notes: "A copy was made to be published ({words}). The original, which is kept, has the SHA-256 {before}."\n'
    )
