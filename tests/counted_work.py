"""How much the interpreter does, counted in lines that it ran: the same on every machine, however much else it does."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

# What is done once for each pattern and word list, whenever it is first needed.
_ONCE = ("/re/", "/tomllib/", "importlib", "/intake/lexicon/", "/babel/")


def lines(work: Callable[[], object]) -> Counter[CodeType]:
    """The lines that ran in each function while `work` did."""
    ran: Counter[CodeType] = Counter()

    def line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            ran[frame.f_code] += 1
        return line

    def called(frame: FrameType, _event: str, _: Any) -> Any:
        return None if any(part in frame.f_code.co_filename for part in _ONCE) else line

    before = sys.gettrace()
    sys.settrace(called)
    try:
        work()
    finally:
        sys.settrace(before)
    return ran


def steep(fewer: Counter[CodeType], more: Counter[CodeType], times: int, least: int = 2_000) -> list[str]:
    """The functions that ran more than half as many lines again as they may, of an input that is `times` as long."""
    return [
        f"{code.co_qualname} ({code.co_filename.rpartition('/')[2]}): {fewer[code]:,} lines, then {count:,}"
        for code, count in more.items()
        if count > least and count > 1.5 * times * max(fewer[code], least // (2 * times))
    ]
