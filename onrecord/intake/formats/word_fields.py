"""Fields of a Word file (ECMA-376 part 1, section 17.16): their code is no text, and some results change whenever the file is opened."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Their result is the day or hour of the one who opens, saves or prints the file.
_CLOCKS = frozenset(["date", "time", "savedate", "printdate", "createdate", "edittime"])
_ADDRESS = re.compile(r"hyperlink\s+(?:\\[lnmt]\s+)*\"?(https?://[^\s\"]+)", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    code: str = ""
    shows_result: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of the text, the outermost first."""

    _open: list[_Field] = field(default_factory=list)

    def begin(self) -> None:
        """A field begins with its code."""
        self._open.append(_Field())

    def instruction(self, text: str) -> None:
        """A part of the code of the innermost field."""
        if self._open and not self._open[-1].shows_result:
            self._open[-1].code += text

    def separate(self) -> None:
        """The code ends and the result begins."""
        if self._open:
            self._open[-1].shows_result = True

    def end(self) -> None:
        """The innermost field ends."""
        if self._open:
            self._open.pop()

    @property
    def is_in_code(self) -> bool:
        """True where text is a part of a code, which nobody sees."""
        return any(not opened.shows_result for opened in self._open)

    @property
    def shows_clock(self) -> bool:
        """True within the result of a field that a clock fills."""
        return any(opened.code.split()[:1] and opened.code.split()[0].lower() in _CLOCKS for opened in self._open)

    @property
    def address(self) -> str:
        """The address that the result leads to; empty for none."""
        return next((match[1] for opened in reversed(self._open) if (match := _ADDRESS.search(opened.code))), "")
