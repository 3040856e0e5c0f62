"""Setting up does what it says, once, and says what is missing."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

import bootstrap
from tests.once import made_once

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that was set up for a lock beside it, which takes five seconds: made once for all processes of the tests, to be read
    or copied. There was what an attempt that was stopped, or a Python that was removed, leaves behind."""

    def make(folder: Path) -> None:
        lock, venv = folder / "requirements.txt", folder / ".venv"
        lock.write_text("# nothing yet\n", encoding="utf-8")
        bootstrap.interpreter(venv).parent.mkdir(parents=True)
        bootstrap.interpreter(venv).symlink_to(folder / "a-python-that-was-removed")
        assert not bootstrap.usable(venv)
        bootstrap.set_up(venv, [lock])

    return made_once(tmp_path_factory, "environment", make) / ".venv"


def test_setting_up_is_done_once_and_again_when_the_lock_changes(
    environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    lock, venv = tmp_path / "requirements.txt", tmp_path / ".venv"
    shutil.copytree(environment.parent, tmp_path, symlinks=True, dirs_exist_ok=True)
    assert bootstrap.usable(venv)

    def unexpected(*_: object) -> None:
        raise AssertionError("nothing has changed, so nothing may run")

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "run", unexpected)
        bootstrap.set_up(venv, [lock])

    # A line that pip refuses stands for any installation that fails: the next try must not take it for done.
    lock.write_text("jinja2==3.1.6\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(bootstrap.Refused, match=r"installing requirements\.txt failed"):
            bootstrap.set_up(venv, [lock])
    assert "hash" in capfd.readouterr().err.lower()


def test_the_oldest_python_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    oldest = ".".join(map(str, bootstrap.OLDEST))
    assert project["requires-python"] == f">={oldest}"
    assert f"--python-version {oldest} " in (ROOT / "Makefile").read_text("utf-8")


def test_an_old_python_is_told_which_one_is_needed() -> None:
    with pytest.raises(bootstrap.Refused, match=r"this is Python 3\.10; Onrecord needs Python 3\.11"):
        bootstrap.require_python(3, 10)
    bootstrap.require_python(3, 11)


def test_without_root_the_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "importable", lambda module: False)
    monkeypatch.setattr(bootstrap, "as_root", lambda: None)
    package = f"sudo apt-get install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    with pytest.raises(bootstrap.Refused, match=re.escape(package)):
        bootstrap.set_up(tmp_path / ".venv", [ROOT / "requirements.txt"])


@pytest.mark.parametrize(
    ("present", "steps"),
    [
        ({"chromium-headless-shell"}, []),
        ({"chromium-headless-shell", "google-chrome"}, []),
        ({"google-chrome"}, ["chromium-headless-shell"]),
        (set(), ["chromium-headless-shell", "chromium", "playwright install chromium"]),
    ],
)
def test_a_browser_without_windows_is_had_where_debian_has_it_and_any_other_does(
    present: set[str], steps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here neither Debian nor Playwright has one to give; where there is another, Debian is asked once."""
    asked: list[str] = []

    def of_debian(package: str, why: str) -> None:
        asked.append(package)
        raise bootstrap.Refused(why)

    def run(command: list[str], failure: str) -> None:
        asked.append(" ".join(command[2:]))
        raise bootstrap.Refused(failure)

    monkeypatch.setattr(shutil, "which", lambda name: name if name in present | {"apt-get"} else None)
    monkeypatch.setattr(bootstrap, "as_root", lambda: [])
    monkeypatch.setattr(bootstrap, "playwright_starts", lambda python: True)
    monkeypatch.setattr(bootstrap, "playwright_has_chromium", lambda python: False)
    monkeypatch.setattr(bootstrap, "install_debian", of_debian)
    monkeypatch.setattr(bootstrap, "run", run)
    if present:
        bootstrap.provide_browser(tmp_path / "python")
        bootstrap.provide_browser(tmp_path / "python")
    else:
        with pytest.raises(bootstrap.Refused, match="sudo apt-get install chromium"):
            bootstrap.provide_browser(tmp_path / "python")
    assert asked == steps


def test_locks_are_installed_together_and_each_is_noted(
    environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    building, importing, testing = (tmp_path / f"requirements{part}.txt" for part in ("", "-import", "-dev"))
    for lock in (building, importing, testing):
        lock.write_text(f"# {lock.name}\n", encoding="utf-8")
    venv = tmp_path / ".venv"
    installed: list[list[str]] = []

    def install(command: list[str], otherwise: str) -> None:
        installed.append([Path(argument).name for argument in command if argument.endswith(".txt")])

    shutil.copytree(environment, venv, symlinks=True)
    monkeypatch.setattr(bootstrap, "run", install)
    bootstrap.set_up(venv, [building])
    bootstrap.set_up(venv, [building, importing])
    bootstrap.set_up(venv, [building])
    bootstrap.set_up(venv, [testing], contained=[building, importing])
    bootstrap.set_up(venv, [building, importing])
    assert installed == [
        ["requirements.txt"],
        ["requirements.txt", "requirements-import.txt"],
        ["requirements-dev.txt"],
    ]
    # What is installed for building alone may be older than what the tests' lock wants: that one is no longer taken for installed.
    building.write_text("# another version\n", encoding="utf-8")
    bootstrap.set_up(venv, [building])
    bootstrap.set_up(venv, [testing], contained=[building, importing])
    assert installed[3:] == [["requirements.txt"], ["requirements-dev.txt"]]


@pytest.mark.parametrize(
    "link", [".venv", ".venv/bin", ".venv/lib", ".venv/lib/python3/site-packages/package", ".venv/pyvenv.cfg"]
)
def test_nothing_is_installed_or_deleted_through_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: str
) -> None:
    """A commit can carry such a link; `venv --clear` once emptied the folder that it leads to."""
    precious = tmp_path / "precious"
    (precious / "bin").mkdir(parents=True)
    (precious / "letter.txt").write_text("the only copy", encoding="utf-8")
    root = tmp_path / "checkout"
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(precious / "letter.txt" if link.endswith(".cfg") else precious)
    lock = root / "requirements.txt"
    lock.write_text("# nothing\n", encoding="utf-8")

    def unexpected(*_: object) -> None:
        raise AssertionError("nothing may run")

    monkeypatch.setattr(bootstrap, "run", unexpected)
    with pytest.raises(bootstrap.Refused, match=r"(?s)is a link to .*precious.*through a link"):
        bootstrap.set_up(root / ".venv", [lock])
    assert [path.name for path in sorted(precious.iterdir())] == ["bin", "letter.txt"]
    assert (precious / "letter.txt").read_text("utf-8") == "the only copy"


def test_the_links_of_an_environment_itself_are_none_of_these(environment: Path) -> None:
    assert any(path.is_symlink() for path in environment.rglob("*"))
    bootstrap.refuse_link(environment)
    bootstrap.refuse_links_inside(environment)
