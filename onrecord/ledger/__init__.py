"""What each output asked when it was made, and the digests of the answers: one file in the cache folder, worthless once lost.

The next build makes again what has another maker, or asked a question that is answered otherwise now. Nothing here names what depends on
what: it is what was asked (A. Mokhov, N. Mitchell, S. Peyton Jones, "Build systems à la carte", 2018: verifying traces). The list of a
maker's outputs is noted in the same way, so that it is listed again only where an answer it was made from has changed.

It is kept in columns (`columns`), those of a maker together and those of the questions of one name (`questions`): there are some hundred
thousand rows of each, and an object for every one would take longer to read than the change takes to make. `kept` is the file.
"""

from onrecord.ledger.columns import Stamp, WrittenFile, WrittenFolder
from onrecord.ledger.kept import FORMAT
from onrecord.ledger.ledger import Ledger, MakerList, Products, Summary, read, stamps, summary

__all__ = [
    "FORMAT",
    "Ledger",
    "MakerList",
    "Products",
    "Stamp",
    "Summary",
    "WrittenFile",
    "WrittenFolder",
    "read",
    "stamps",
    "summary",
]
