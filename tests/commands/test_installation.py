"""What is installed, and how `import` gets what only it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord import program_files
from onrecord.commands import installation
from tests.conftest import Run
from tests.unit.warm_readers import warm_reader

__all__ = ["warm_reader"]

LOCK = (
    "jinja2==0.0.1 \\\n    --hash=sha256:0\n"
    "no-such-library==1.0 \\\n"
    "only-elsewhere==1.0 ; sys_platform == 'no-such-system' \\\n"
    "only-before==1.0 ; python_full_version < '3.5' \\\n"
    "needed-here==1.0 ; python_full_version >= '3.5' \\\n"
)
DOCUMENT = """Lamp and Ladder Society

The pier stays dark

8 February 2012

The pier stays dark, the Lamp and Ladder Society said today. Nobody has lit the lamp since the harbour office took the ladder away, and
boats have turned back twice. The society asks the office to bring the ladder back before winter.
"""


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock for import, of which one package is of another version here and two are missing."""
    path = tmp_path / "requirements-import.txt"
    path.write_text(LOCK, encoding="utf-8")
    monkeypatch.setattr(installation, "IMPORTING", path)
    return path


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "document.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def test_libraries_that_are_missing_or_different_are_named(lock: Path) -> None:
    jinja2, *others = map(str, installation.differences(lock))
    assert jinja2.startswith("jinja2 is ")
    assert jinja2.endswith(", the lock has 0.0.1")
    assert others == ["no-such-library is not installed", "needed-here is not installed"]


@pytest.mark.parametrize("prefix", ["of .venv", "of another Python"])
def test_without_leave_to_install_import_says_what_to_type(
    run: Run, lock: Path, document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    monkeypatch.setattr(installation, "_OWN", Path(sys.prefix) if prefix == "of .venv" else tmp_path)
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: pytest.fail("nothing may be installed"))
    flags = ["--no-setup"] if prefix == "of .venv" else []
    done = run("import", document, "--to", tmp_path / "releases", *flags)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "build.py: What reads documents is not installed (no-such-library, needed-here). "
        "Type: make setup-import (or: python3 build.py setup --import).\n"
    )
    assert not (tmp_path / "releases").exists()


@pytest.mark.usefixtures("warm_reader")
def test_the_first_import_installs_what_it_lacks_and_says_so_before(
    run: Run, lock: Path, document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def call(command: list[str], **_: Any) -> int:
        commands.append(command)
        lock.write_text("# all is there\n", encoding="utf-8")
        return 0

    monkeypatch.setattr(installation, "_OWN", Path(sys.prefix))
    monkeypatch.setattr(subprocess, "call", call)
    for _ in range(2):
        done = run("import", document, "--to", tmp_path / "releases", "--dry-run")
        assert done.code == 0
    assert commands == [[sys.executable, str(program_files.BOOTSTRAP), "--into", str(sys.prefix), "--import"]]


def test_an_installation_that_fails_ends_the_import(
    run: Run, lock: Path, document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "_OWN", Path(sys.prefix))
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 2)
    done = run("import", document, "--to", tmp_path / "releases")
    assert done.code == 2
    installing, failed = done.err.splitlines()
    assert installing == (
        "What reads documents is installed now, once, from the package index: jinja2, no-such-library, needed-here."
    )
    assert failed.startswith(
        "build.py: What reads documents could not be installed (see above). To try again: make setup-import"
    )
    assert not (tmp_path / "releases").exists()


def test_reviewing_needs_nothing_that_only_import_does(run: Run, lock: Path) -> None:
    """Questions are answered on machines that never read a document themselves."""
    program = (
        "import sys; sys.path.insert(0, '.'); import onrecord.commands.review, onrecord.commands.importing\n"
        "print({'lxml', 'numpy', 'py3langid', 'markdown_it', 'ftfy', 'charset_normalizer', 'pypdfium2'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=program_files.FOLDER, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
