"""The import room: raw documents become drafts.

`formats` reads a file's bytes into blocks of text; `layout` moves each stretch of it to its place — headline, head, text, notes, left out —
by passes that say why; `evidence` finds what the source states, and who said what; `lexicon` has the words of each language;
`accounting` sees that no word is lost; `record` puts it together; `drafting` does all of it for many documents, and `explaining` says
why. Nothing is asserted that the source does not say: what is not found is asked.

The door of the room is `drafts(sources, …)`, with `documents`, which walks folders, and `written`, which puts drafts on the disk. It is
opened on first use, because a process that reads one document needs none of what stands behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["Documents", "Draft", "NoSuchSource", "NotStarted", "Sender", "documents", "drafts", "written"]

if TYPE_CHECKING:
    from onrecord.intake.drafting import Draft, drafts, written
    from onrecord.intake.sandbox import NotStarted
    from onrecord.intake.sender import Sender
    from onrecord.intake.source_files import Documents, NoSuchSource, documents
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from onrecord.intake import drafting

        return getattr(drafting, name)
