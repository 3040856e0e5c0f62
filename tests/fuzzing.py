"""Random files of one kind, given to what reads them, for as long as is asked for.

`examine` is what a test of a kind calls. In the suite it looks at some examples, the same on every machine (ONRECORD_EXAMPLES=1000: at ten
times as many, others each time). With ONRECORD_FUZZ_SECONDS
(`make audit-fuzz`: 600) it goes on until the kind has had so many seconds of the processor, its child processes' included, so that it
says the same on a busy machine. It works in rounds: each is a process of its own, with random numbers that begin at the number of the
round, so a round can be run again. What came of it is one line of JSON in a file (ONRECORD_FUZZ_RESULTS, else `.cache/fuzz.jsonl`); a run
that was stopped goes on with the next round, and a round that found something is run again first. A file that is deleted begins anew.

  python -m tests.fuzzing          prints the table of what the file has
"""

from __future__ import annotations

import json
import mmap
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests import stint
from tests.conftest import EXAMPLES

ROOT = Path(__file__).resolve().parents[1]
SECONDS = float(os.environ.get("ONRECORD_FUZZ_SECONDS", "0"))
RESULTS = Path(os.environ.get("ONRECORD_FUZZ_RESULTS") or ROOT / ".cache" / "fuzz.jsonl")
MOST_SECONDS = 2.0
"""Seconds of the processor that one example may take, for they are small."""
_ROUND = 10
"""A round has so many times the examples that the suite has."""
_LONGEST = 6_000
"""Characters of a finding that are kept: its end, where the example stands."""
_QUIET = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large)


@dataclass(frozen=True)
class Round:
    """One round of a kind: its number, how many examples it looked at, seconds of the processor, what it found (empty: nothing)."""

    kind: str
    number: int
    examples: int
    seconds: float
    finding: str = ""


def examine(
    kind: str,
    judge: Callable[..., None],
    *values: st.SearchStrategy[Any],
    examples: int = 100,
    seconds: float = MOST_SECONDS,
    breaks: bool = False,
) -> None:
    """Gives random values to `judge`, which raises where something is wrong with one of them. `examples` are those of the suite, `seconds`
    those of the processor that one of them may take. `breaks` says that a library may end the process, which is nobody's finding where
    the program has that library in a process of its own."""
    if not SECONDS:
        _look(judge, values, examples)
        return

    def look(number: int, count: Callable[[], None]) -> None:
        _look(judge, values, examples * _ROUND, number, seconds, count)

    rounds = of_kind(kind, kept())
    found = unmended(rounds)
    number = max((each.number for each in rounds), default=-1)
    spent = sum(each.seconds for each in rounds)
    while found or spent < SECONDS:
        if not found:
            number += 1
        done = _round(kind, found[0] if found else number, look, breaks)
        _keep(done)
        spent += done.seconds
        if done.finding:
            pytest.fail(f"Round {done.number} of “{kind}”:\n{done.finding}", pytrace=False)
        found = found[1:]


def _look(
    judge: Callable[..., None],
    values: tuple[st.SearchStrategy[Any], ...],
    examples: int,
    number: int | None = None,
    seconds: float = MOST_SECONDS,
    count: Callable[[], None] = lambda: None,
) -> None:
    """Looks at so many examples; `number` is where the random numbers begin, None: those that are the same everywhere."""

    usual = settings()

    @settings(
        max_examples=examples if number is not None else max(1, examples * usual.max_examples // EXAMPLES),
        derandomize=number is None and usual.derandomize,
        suppress_health_check=_QUIET,
    )
    @given(st.tuples(*values))
    def looked_at(value: tuple[Any, ...]) -> None:
        count()
        took = stint.seconds_of(lambda: judge(*value))
        if number is not None and took > seconds:
            # What another program does on the same machine takes long once.
            took = min(took, stint.seconds_of(lambda: judge(*value)))
            assert took <= seconds, f"It took {took:.1f} s."

    (looked_at if number is None else seed(number)(looked_at))()


def _round(kind: str, number: int, look: Callable[[int, Callable[[], None]], None], breaks: bool) -> Round:
    """Runs a round in a process of its own, whose time the system counts with that of its children (wait4(2))."""
    shared = mmap.mmap(-1, 8 + _LONGEST * 4)

    def count() -> None:
        shared[:8] = (int.from_bytes(shared[:8], "little") + 1).to_bytes(8, "little")

    child = os.fork()
    if not child:
        try:
            look(number, count)
        except BaseException:
            text = traceback.format_exc()[-_LONGEST:].encode("utf-8", "backslashreplace")[: _LONGEST * 4]
            shared[8 : 8 + len(text)] = text
        finally:
            os._exit(0)
    _, status, usage = os.wait4(child, 0)
    finding = shared[8:].rstrip(b"\0").decode("utf-8", "replace")
    code = os.waitstatus_to_exitcode(status)
    if code and not (breaks and code < 0):
        finding = finding or f"The process ended with {code}."
    return Round(
        kind,
        number,
        int.from_bytes(shared[:8], "little"),
        round(usage.ru_utime + usage.ru_stime, 2),
        finding,
    )


# ---- what is kept ----------------------------------------------------------------------------------------------------------------


def _keep(done: Round) -> None:
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with RESULTS.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(done)) + "\n")


def kept() -> list[Round]:
    """The rounds that were run, in their order; a line that was cut off counts for none."""
    rounds = []
    for line in RESULTS.read_text(encoding="utf-8").splitlines() if RESULTS.exists() else ():
        try:
            rounds.append(Round(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return rounds


def of_kind(kind: str, rounds: Iterable[Round]) -> list[Round]:
    """Those of one kind."""
    return [each for each in rounds if each.kind == kind]


def unmended(rounds: Iterable[Round]) -> list[int]:
    """The numbers of the rounds that found something when they were run last."""
    last = {each.number: each.finding for each in rounds}
    return [number for number, finding in last.items() if finding]


def table(rounds: Iterable[Round]) -> str:
    """A line for each kind: examples, seconds, rounds that ever found something, and how many of them still do."""
    rounds = list(rounds)
    lines = [f"{'kind':32} {'examples':>10} {'seconds':>8} {'found':>6} {'open':>5}"]
    for kind in sorted({each.kind for each in rounds}):
        own = of_kind(kind, rounds)
        ever = len({each.number for each in own if each.finding})
        seconds = sum(each.seconds for each in own)
        examples = sum(each.examples for each in own)
        lines.append(f"{kind:32} {examples:10,} {seconds:8.0f} {ever:6} {len(unmended(own)):5}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(kept()))
    sys.exit(1 if any(unmended(of_kind(each.kind, kept())) for each in kept()) else 0)
