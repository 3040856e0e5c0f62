"""Previews of originals and attachments: a confined process draws them (`preview_drawing`), this one only hands bytes over and looks at
what comes back."""

from __future__ import annotations

from types import TracebackType

import msgspec

from onrecord.intake.preview_drawing import Drawn
from onrecord.intake.sandbox import Limits, NotStarted, Sandbox, Unread, setup
from onrecord.model import Vocabularies

__all__ = ["TYPES", "Drawn", "NotStarted", "Previewer"]

TYPES = frozenset(["pdf", "png", "jpeg", "gif", "webp", "tiff"])
"""What a preview can be made of: keys of file_types.TYPES."""
_DRAWING = "onrecord.intake.preview_drawing"


class Previewer:
    """Draws previews, one after the other; a context manager. The process that draws begins with the first."""

    def __init__(self) -> None:
        self._limits = Limits()
        self._sandbox: Sandbox | None = None

    def __enter__(self) -> Previewer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def of(self, data: bytes) -> Drawn:
        """The preview of a file's bytes, or why there is none. Raises NotStarted."""
        if len(data) > self._limits.size:
            return Drawn(reason=f"It has more than {self._limits.size // (1 << 20)} MB.")
        if self._sandbox is None:
            self._sandbox = Sandbox(setup(Vocabularies(), self._limits), serving=_DRAWING)
        try:
            return msgspec.msgpack.decode(self._sandbox.answer("", data, b""), type=Drawn)
        except (Unread, msgspec.MsgspecError) as error:
            self._close()
            return Drawn(reason=str(error))

    def _close(self) -> None:
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None
