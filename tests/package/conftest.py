"""The program as a wheel, and a Python of its own that it is installed in: no network, and no file of the checkout is imported."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import once

ROOT = Path(__file__).resolve().parents[2]
Typed = Callable[..., subprocess.CompletedProcess[str]]


def environment(home: Path) -> dict[str, str]:
    """A nearly empty one: nothing leads to this checkout, to a cache or to the network."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ
    }
    closed = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_CONFIG_FILE": os.devnull}
    return kept | closed | {"HOME": str(home), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def python_of(venv: Path) -> str:
    return str(venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def make_python(venv: Path, *, libraries: bool) -> str:
    """A new virtual environment; with `libraries` it finds those of the Python that runs the tests, where Onrecord is not among them."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    if libraries:
        print_place = "import sysconfig; print(sysconfig.get_path('purelib'))"
        place = subprocess.run([python_of(venv), "-c", print_place], check=True, capture_output=True, text=True).stdout
        Path(place.strip(), "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return python_of(venv)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that pip makes of this checkout, once for all processes of the tests."""

    def make(folder: Path) -> None:
        command = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-index",
            "-w",
            str(folder),
            str(ROOT),
        ]
        subprocess.run(command, check=True, env=environment(folder))

    (made,) = once.made_once(tmp_path_factory, "wheel", make).glob("*.whl")
    return made


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The Python of a new virtual environment in which pip has installed the wheel; tests only run it."""

    def make(folder: Path) -> None:
        python = make_python(folder / "venv", libraries=True)
        pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps"]
        subprocess.run([*pip, str(wheel)], check=True, env=environment(folder))

    return python_of(once.made_once(tmp_path_factory, "installed", make) / "venv")


@pytest.fixture
def typed(tmp_path: Path) -> Typed:
    """`typed(folder, *words)` runs a command in a folder, with an empty home, and gives back what it printed. A program that an archive has
    unpacked is compiled once, as for a person."""
    home = tmp_path / "home"
    home.mkdir()
    given = {name: value for name, value in environment(home).items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run(folder: Path, *words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(word) for word in words],
            cwd=folder,
            env=given | more,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
