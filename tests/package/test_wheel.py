"""The wheel holds all that the program needs, is the same wherever it is made, and does what build.py does."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import build
from onrecord import __version__, program_files
from onrecord.commands import wheel as packing
from tests.package.conftest import ROOT, Typed, environment


def test_every_tracked_file_of_the_program_is_in_the_wheel(wheel: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    of_program = {path for path in tracked.split("\0") if path.startswith("onrecord/")}
    beside = {
        f"onrecord/shipped/{path}"
        for path in tracked.split("\0")
        if any(path == shipped or path.startswith(f"{shipped}/") for shipped in program_files.SHIPPED)
    }
    assert len(beside) > 100
    assert (of_program | beside) - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_what_editors_and_python_leave_is_not_in_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "onrecord"
    for name in ("__pycache__/a.pyc", ".a.swp", "a.py~", ".DS_Store", ".hidden/a.py", "a.py", "shipped/.github/a.yml"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("", encoding="utf-8")
    monkeypatch.setattr(program_files, "PACKAGE", package)
    monkeypatch.setattr(program_files, "IS_CHECKOUT", False)
    packing.write(tmp_path)
    names = [name for name in zipfile.ZipFile(tmp_path / packing.name()).namelist() if name.startswith("onrecord/")]
    assert names == ["onrecord/a.py", "onrecord/shipped/.github/a.yml"]


def test_the_wheel_is_the_same_wherever_and_whenever_it_is_made(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    before = os.umask(0o077)
    try:
        sha256 = packing.write(tmp_path)
    finally:
        os.umask(before)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()
    assert sha256 == hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_an_installed_program_gives_on_the_wheel_it_was_installed_from(
    wheel: Path, installed: str, typed: Typed, tmp_path: Path
) -> None:
    program = (
        "import sys; from pathlib import Path; from onrecord.commands import wheel; wheel.write(Path(sys.argv[1]))"
    )
    assert typed(tmp_path, installed, "-c", program, tmp_path).returncode == 0
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_wheel_asks_for_every_library_in_the_version_of_the_lock(wheel: Path) -> None:
    described = zipfile.ZipFile(wheel).read(f"onrecord-{__version__}.dist-info/METADATA").decode()
    asked = set(re.findall(r"^Requires-Dist: ([a-z0-9-]+==\S+)", described, re.MULTILINE))
    locks = [ROOT / f"requirements{name}.txt" for name in ("", "-import", "-cluster")]
    locked = {
        match for lock in locks for match in re.findall(r"^([a-z0-9-]+==\S+)", lock.read_text("utf-8"), re.MULTILINE)
    }
    assert asked == locked
    of_building = re.findall(
        r"^Requires-Dist: (jinja2|lxml|distributed)==.*?(extra == '[a-z]+')?$", described, re.MULTILINE
    )
    assert of_building == [
        ("jinja2", ""),
        ("lxml", "extra == 'import'"),
        ("distributed", "extra == 'cluster'"),
        ("jinja2", "extra == 'cluster'"),
    ]
    assert re.findall(r"^(?:Version|Requires-Python): .*", described, re.MULTILINE) == [
        f"Version: {__version__}",
        "Requires-Python: >=3.11",
    ]


def test_an_installed_program_has_the_commands_of_build(installed: str, typed: Typed, tmp_path: Path) -> None:
    done = typed(tmp_path, installed, "-m", "onrecord", "--help")
    assert done.returncode == 0
    assert re.findall(r"^  ([a-z]+)  ", done.stdout, re.MULTILINE) == list(build.COMMANDS)
    for command in build.COMMANDS:
        assert typed(tmp_path, installed, "-m", "onrecord", command, "--help").returncode == 0, command
    by_name = typed(tmp_path, Path(installed).with_name("onrecord"), "--version")
    assert by_name.stdout == f"onrecord {__version__}\n"


def test_an_installed_program_makes_the_site_that_the_checkout_makes(
    installed: str, typed: Typed, tmp_path: Path
) -> None:
    content = ROOT / "tests" / "sites" / "good" / "mixed" / "content"
    options = ["--content", str(content), "--no-search"]
    epoch = {"SOURCE_DATE_EPOCH": "1700000000"}
    done = typed(tmp_path, installed, "-m", "onrecord", *options, "--out", "installed", **epoch)
    assert done.returncode == 0, done.stderr
    command = [sys.executable, str(ROOT / "build.py"), *options, "--out", "checkout", "--cache", "cache"]
    subprocess.run(command, cwd=tmp_path, env=environment(tmp_path) | epoch, check=True, capture_output=True)
    installed_site, checkout_site = (
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for site in (tmp_path / "installed", tmp_path / "checkout")
    )
    assert installed_site == checkout_site
    assert (tmp_path / ".cache" / "build").is_dir(), "what is kept is beside the content, not beside the program"


def test_documents_are_read_by_an_installed_program(installed: str, typed: Typed, tmp_path: Path) -> None:
    """The processes that read them find the program and its lexicon without the checkout."""
    (tmp_path / "content").mkdir()
    (tmp_path / "statement.txt").write_text(
        "Lamp and Ladder Society\n\nThe pier stays dark\n\n8 February 2012\n\nThe pier stays dark, the society said today. "
        "Nobody has lit the lamp since the harbour office took the ladder away.\n",
        encoding="utf-8",
    )
    done = typed(tmp_path, installed, "-m", "onrecord", "import", "statement.txt", "--dry-run", "--json")
    assert (done.returncode, '"date": "2012-02-08"' in done.stdout) == (0, True), done.stderr
