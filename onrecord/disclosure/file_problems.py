"""What a file carries → the Problems of whoever wants to publish it.

A message names what is carried and where, never its value: the messages of a check stand beside a pull request for everybody to read.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.disclosure.trace import KINDS, Trace
from onrecord.model import Problem

_NAMED = 6


def problems(path: str, traces: Iterable[Trace], line: int = 1, column: int = 1, file: str = "") -> tuple[Problem, ...]:
    """The Problems of a file with these traces. They stand at a place of `path`, by default of the file itself; where that is a record
    which names it, `file` is the file's own path below the content folder."""
    found = list(traces)
    file = file or path
    out = []
    broken = next((trace.value for trace in found if trace.level == "broken" and not trace.where), "")
    if broken:
        message = f"{broken} What it carries cannot be told, so it cannot be published. Save it anew, or take it out."
        out.append(Problem(line, column, "file-broken", _named(message, file, path), path=path))
    going = [trace for trace in found if trace.level == "must go"]
    if going:
        message = (
            f"The file carries {_listed(going)}. A file that is published must carry none of it. "
            f"To see it: python build.py clean content/{file} --dry-run. To write a copy without it: python build.py clean content/{file}"
        )
        out.append(Problem(line, column, "file-gives-away", _named(message, file, path), path=path))
    rest = [trace for trace in found if trace.level == "unchecked" or (trace.level == "broken" and trace.where)]
    if rest:
        more = f" The same holds for {len(rest) - 1} more in it." if len(rest) > 1 else ""
        where = f" ({rest[0].where})" if rest[0].where else ""
        message = f"{rest[0].value}{where}{more} Look yourself at what it carries before you publish it."
        out.append(Problem(line, column, "file-not-checked", _named(message, file, path), "warning", path=path))
    return tuple(out)


def too_complex(path: str, sentence: str) -> Problem:
    """The Problem of a file whose reader had too little time or memory, which `sentence` says."""
    return Problem(1, 1, "too-complex", sentence, path=path)


def _named(message: str, file: str, path: str) -> str:
    return message if file == path else f"{file}: {message}"


def _listed(traces: Iterable[Trace]) -> str:
    """What is carried, each kind once, in the order of KINDS, with the first place where it stands."""
    places: dict[str, str] = {}
    for trace in traces:
        places.setdefault(trace.kind, trace.where)
    named = [f"{KINDS[kind][1]}{f' ({places[kind]})' if places[kind] else ''}" for kind in KINDS if kind in places]
    more = [f"{len(named) - _NAMED} more kinds of things"] if len(named) > _NAMED + 1 else []
    named = [*named[: _NAMED if more else len(named)], *more]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
