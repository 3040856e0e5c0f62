#!/usr/bin/env python3
"""Builds an archive twice, in surroundings that differ in everything a build must not depend on, and compares every byte.

  python benchmarks/reproduce.py [--content D] [--keep]

The second build has another folder, time zone, locale, umask, order of files in their folders, seed of Python's hashes, number of
processes, TMPDIR, HOME and, where this is run by root, another user. Ends with 1 where a byte differs, and names the files.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from onrecord import publish  # noqa: E402
from onrecord.commands import building  # noqa: E402

NOBODY = 65534


def main() -> int:
    """Runs both builds and compares them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, default=ROOT / "content", metavar="D")
    parser.add_argument("--keep", action="store_true", help="keep both sites, and say where they are")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="onrecord-reproduce-"))
    folder.chmod(0o755)
    # Git's dates would come from the folder's history, which a copy has not: both builds are told the same moment.
    day = building.build_date(args.content) or "2000-01-01"
    epoch = str(int(dt.datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp()))
    try:
        plain = built(
            folder / "one",
            args.content,
            epoch,
            {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
            0o022,
            1,
            reverse=False,
        )
        surroundings = {
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "tr_TR.UTF-8",
            "LANG": "ar_SY.UTF-8",
            "PYTHONHASHSEED": "4242",
            "HOME": "/nonexistent",
        }
        other = built(
            folder / "Überraschung mit Leerzeichen" / "أرشيف", args.content, epoch, surroundings, 0o077, 3, reverse=True
        )
        differing = sorted(path for path in plain.keys() | other.keys() if plain.get(path) != other.get(path))
        for path in differing:
            print(f"{path}: differs")
        digest = plain.get(publish.MANIFEST, "")
        if other_user() is None:
            print(
                "Not by another user: that takes root, and setpriv or a checkout and a Python that all users may read."
            )
        print(f"{len(plain):,} files built twice; {len(differing):,} differ. manifest.json has the SHA-256 {digest}.")
        return 1 if differing or not plain else 0
    finally:
        if args.keep:
            print(folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def built(
    folder: Path, content: Path, epoch: str, surroundings: dict[str, str], umask: int, jobs: int, reverse: bool
) -> dict[str, str]:
    """Builds a copy of the content and returns the SHA-256 of each file of the site. With `reverse`, files are written in the opposite
    order, with other times, and by another user where that is possible."""
    folder.mkdir(parents=True)
    for path in sorted(content.rglob("*"), reverse=reverse):
        target = folder / "content" / path.relative_to(content)
        if path.is_file() and not path.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            if reverse:
                os.utime(target, (1, 1))
    (folder / "temporary").mkdir()
    user = other_user() if reverse else None
    if user is not None:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
    environment = {
        "PATH": os.environ["PATH"],
        "SOURCE_DATE_EPOCH": epoch,
        "TMPDIR": str(folder / "temporary"),
        **surroundings,
    }
    command = [
        *(user or ()),
        sys.executable,
        str(ROOT / "build.py"),
        "--content",
        "content",
        "--out",
        "site",
        "--cache",
        "cache",
        "--jobs",
        str(jobs),
    ]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        umask=umask,
        user=None if user is None or user else NOBODY,
        group=None if user is None or user else NOBODY,
        extra_groups=None if user is None or user else [],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
        return {}
    site = folder / "site"
    return {path: hashlib.sha256((site / path).read_bytes()).hexdigest() for path in publish.survey(site)}


def other_user() -> list[str] | None:
    """What stands before a command that another user shall run, who must reach this checkout and its Python: nothing where all users may
    read both, else setpriv, which lets that user read what root may, and write nothing more. None where there is no such way."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    places = [ROOT, Path(sys.executable), Path(sys.executable).resolve()]
    if all(place.stat().st_mode & 0o005 == 0o005 for start in places for place in (start, *start.parents)):
        return []
    setpriv = shutil.which("setpriv")
    reading = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    command = [setpriv or "", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *reading]
    if setpriv is None or subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        return None
    return command


if __name__ == "__main__":
    sys.exit(main())
