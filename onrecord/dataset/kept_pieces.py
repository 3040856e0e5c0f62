"""What a bundle gives to the files of `data/`: kept in the cache folder, one file for each bundle, worthless once lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from onrecord.digests import digest
from onrecord.packed import gzipped

FORMAT = b"onrecord data pieces 2\n"


class PiecesDamaged(Exception):
    """A piece is not there, or not what was written."""


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """What a bundle gives to one file: the name of the file, how many rows (or lines) these are, bytes, the digest of these in hexadecimal,
    in how many of the rows each column of its table is not empty, and the bytes and the digest of the same packed (a member of a gzip
    file)."""

    file: str
    rows: int
    bytes: int
    digest: str
    stated: tuple[int, ...]
    packed_bytes: int
    packed_digest: str


class Bundle(msgspec.Struct, frozen=True, array_like=True):
    """A bundle as it was rendered: its name, its year (`bundles`; empty for a vocabulary), its pieces in their order."""

    name: str
    year: str
    pieces: tuple[Piece, ...]

    @property
    def file_name(self) -> str:
        """The name of its file in the cache folder."""
        return f"{self.name}.{digest(''.join(piece.digest for piece in self.pieces).encode()).hex()}"


class Rendered(msgspec.Struct, frozen=True):
    """The bytes of a piece, before they are written."""

    file: str
    data: bytes
    rows: int
    stated: tuple[int, ...] = ()


def written(folder: Path, name: str, year: str, rendered: Sequence[Rendered]) -> Bundle:
    """Keeps the pieces of a bundle in the cache folder, all or none. Raises OSError."""
    packed = [gzipped(each.data) for each in rendered]
    pieces = (
        Piece(
            each.file,
            each.rows,
            len(each.data),
            digest(each.data).hex(),
            each.stated,
            len(of_each),
            digest(of_each).hex(),
        )
        for each, of_each in zip(rendered, packed, strict=True)
    )
    bundle = Bundle(name, year, tuple(pieces))
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{name}.{os.getpid()}"
    try:
        with open(unfinished, "wb") as stream:
            stream.write(FORMAT)
            for each, of_each in zip(rendered, packed, strict=True):
                stream.write(each.data)
                stream.write(of_each)
        os.replace(unfinished, folder / bundle.file_name)
    except OSError as error:
        error.filename = error.filename or str(unfinished)
        raise
    finally:
        unfinished.unlink(missing_ok=True)
    return bundle


bundle: Callable[[bytes], Bundle] = msgspec.json.Decoder(Bundle).decode
"""A bundle from its JSON, as the ledger keeps it."""


class Pieces:
    """The kept pieces of a site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, bundle: Bundle) -> bool:
        """Whether the file of a bundle is there, as long as it was written."""
        try:
            size = os.stat(self.folder / bundle.file_name).st_size
        except OSError:
            return False
        return size == len(FORMAT) + sum(piece.bytes + piece.packed_bytes for piece in bundle.pieces)

    def data(self, bundle: Bundle, file: str, packed: bool = False) -> bytes:
        """The piece that a bundle gives to a file, as it is or packed. Raises PiecesDamaged."""
        at = len(FORMAT)
        for piece in bundle.pieces:
            if piece.file == file:
                break
            at += piece.bytes + piece.packed_bytes
        else:
            raise KeyError(f"{bundle.name} gives nothing to {file}")
        try:
            with open(self.folder / bundle.file_name, "rb") as stream:
                stream.seek(at + piece.bytes if packed else at)
                data = stream.read(piece.packed_bytes if packed else piece.bytes)
        except OSError as error:
            raise PiecesDamaged(f"What was kept of data/ in {self.folder} cannot be read.") from error
        if digest(data).hex() != (piece.packed_digest if packed else piece.digest):
            raise PiecesDamaged(f"What was kept of data/ in {self.folder} is damaged.")
        return data

    def tidy(self, bundles: Sequence[Bundle]) -> None:
        """Drops what is kept of bundles that there are no longer: what was withdrawn or redacted is not kept either."""
        present = {bundle.file_name for bundle in bundles}
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in present:
                path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Drops all that is kept."""
        self.tidy(())
