"""The archive as files for other programs (`data/`): which there are, how each is put together from pieces that are kept, and what
describes them.

A piece is what a bundle of releases, or a vocabulary, gives to one file. Pieces are made beside all other outputs and kept in the cache
folder; a change makes those of one bundle anew, and only the files that these stand in are put together again.
"""

from onrecord.dataset.bundles import bundles
from onrecord.dataset.file_list import FILES, DataFile, DataFileWritten, in_order, made_elsewhere
from onrecord.dataset.kept_pieces import Bundle, Pieces, PiecesDamaged, bundle, written
from onrecord.dataset.package import package
from onrecord.dataset.parts import PlannedFile, planned

__all__ = [
    "FILES", "Bundle", "DataFile", "DataFileWritten", "Pieces", "PiecesDamaged", "PlannedFile", "bundle", "bundles", "in_order",
    "made_elsewhere", "package", "planned", "written",
]  # fmt: skip
