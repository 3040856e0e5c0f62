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
    # By identity: to compare functions with each other would be most of the work. Each is kept, so that no other gets its number.
    counting: dict[int, tuple[CodeType, list[int], Any]] = {}

    def counter(code: CodeType) -> Any:
        if any(part in code.co_filename for part in _ONCE):
            counting[id(code)] = (code, [0], None)
            return None
        count = [0]

        def line(_frame: FrameType, event: str, _: Any) -> Any:
            if event == "line":
                count[0] += 1
            return line

        counting[id(code)] = (code, count, line)
        return line

    def called(frame: FrameType, _event: str, _: Any) -> Any:
        known = counting.get(id(frame.f_code))
        return known[2] if known else counter(frame.f_code)

    before = sys.gettrace()
    sys.settrace(called)
    try:
        work()
    finally:
        sys.settrace(before)
    ran: Counter[CodeType] = Counter()
    for code, count, _ in counting.values():
        if count[0]:
            ran[code] += count[0]
    return ran


def steep(fewer: Counter[CodeType], more: Counter[CodeType], times: int, least: int = 2_000) -> list[str]:
    """The functions that ran more than half as many lines again as they may, of an input that is `times` as long."""
    return [
        f"{code.co_qualname} ({code.co_filename.rpartition('/')[2]}): {fewer[code]:,} lines, then {count:,}"
        for code, count in more.items()
        if count > least and count > 1.5 * times * max(fewer[code], least // (2 * times))
    ]
