"""Why a document was not read, as a sentence: its own fault, or that of the program that reads it."""

from __future__ import annotations

# What a reader without files meets where the program needs a file that it has not opened before, and what only the program does wrong.
_OF_THE_PROGRAM = (PermissionError, FileNotFoundError, ImportError, NameError, AssertionError, NotImplementedError)


def reason(error: Exception) -> str:
    """The sentence for an exception that a reader did not expect."""
    what = f"{type(error).__name__}: {str(error)[:200] or 'no reason given'}"
    if isinstance(error, _OF_THE_PROGRAM):
        return (
            f"The program failed while it read it ({what}). That is a fault of the program, not of the file: report it, and save the file "
            "as plain text to import it now."
        )
    return f"It is broken and cannot be read ({what})."
