"""The command line: a user's mistake is one clear line and the right exit code, never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import build
from onrecord import command
from tests.conftest import ROOT, Ran, Run
from tests.processes import running
from tests.sites import builders

BUILD = [sys.executable, str(ROOT / "build.py")]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one release."""
    builders.begin(tmp_path)
    builders.put(tmp_path / "content", builders.NAME)
    return tmp_path / "content"


@pytest.fixture
def wrong(content: Path) -> Path:
    """A content folder with a mistake in it."""
    builders.put(content, "2012-02-08-wrong.md", builders.RELEASE.replace("extent: full", "extent: whole"))
    return content


def wrong_use(ran: Ran, *words: str) -> None:
    """Exit code 2, nothing on stdout, and one line on stderr that holds the words."""
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1, ran.err
    assert ran.err.startswith("build.py: ")
    for word in words:
        assert word in ran.err


def started(*arguments: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    """The program as a person starts it, in a process of its own."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8", "timeout": 300, **more}
    return subprocess.run([*BUILD, *map(str, arguments)], check=False, **options)  # type: ignore[call-overload, no-any-return]


# ---- wrong use -------------------------------------------------------------------------------------------------------------------


def test_a_wrong_option_is_one_line_with_the_nearest(run: Run) -> None:
    wrong_use(run("check", "--formt", "json"), "--formt", "Did you mean “--format”?", "build.py check --help")
    wrong_use(run("--no-serch"), "--no-serch", "Did you mean “--no-search”?")


def test_options_are_not_abbreviated(run: Run) -> None:
    """An option that is added later must not change what a script of today means."""
    wrong_use(run("check", "--form", "json"), "--form")


def test_a_wrong_value_is_one_line(run: Run) -> None:
    wrong_use(run("check", "--format", "xml"), "xml", "json")
    wrong_use(run("check", "--content"), "--content")


def test_an_unknown_command_is_one_line_with_the_nearest(run: Run) -> None:
    wrong_use(run("chekc"), "chekc", "Did you mean “check”?", "build.py --help")


@pytest.mark.parametrize("arguments", [("build",), ("check",), ("new", "A title")])
def test_a_missing_content_folder_is_one_line(arguments: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    wrong_use(run(*arguments, "--content", tmp_path / "nowhere"), "nowhere", "--content")
    (tmp_path / "file").write_text("")
    wrong_use(run(*arguments, "--content", tmp_path / "file"), "file")
    assert not (tmp_path / "nowhere").exists()


def test_a_missing_templates_folder_is_one_line(run: Run, content: Path, tmp_path: Path) -> None:
    wrong_use(
        run("--content", content, "--templates", tmp_path / "nowhere", "--out", tmp_path / "site"),
        "nowhere",
        "--templates",
    )
    assert not (tmp_path / "site").exists()


def test_a_base_url_that_is_none_is_one_line(run: Run, content: Path, tmp_path: Path) -> None:
    for url in (
        "example.org",
        "ftp://example.org/",
        "https://",
        "https://example.org/?x",
        "javascript:alert(1)",
        "https://[::1",
    ):
        wrong_use(run("--content", content, "--out", tmp_path / "site", "--base-url", url), url)
    assert not (tmp_path / "site").exists()


def test_a_number_of_processes_below_none_is_one_line(run: Run, content: Path) -> None:
    wrong_use(run("check", "--content", content, "--jobs", "-1"), "--jobs takes a number of processes, or 0")


@pytest.mark.parametrize("epoch", ["yesterday", "1e9", "99999999999999999999"])
def test_a_source_date_epoch_that_is_none_is_one_line(
    epoch: str, run: Run, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    wrong_use(run("--content", content, "--out", tmp_path / "site"), "SOURCE_DATE_EPOCH", epoch)
    assert not (tmp_path / "site").exists()


def test_an_output_that_cannot_be_written_is_one_line(run: Run, content: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    wrong_use(run("--content", content, "--no-search", "--out", tmp_path / "file"), "file", "Choose another")
    wrong_use(
        run("--content", content, "--no-search", "--out", tmp_path / "file" / "site"), "cannot be written", "file"
    )
    wrong_use(run("--content", content, "--no-search", "--out", content / "site"), "cannot be the output folder")
    wrong_use(run("--content", content, "--no-search", "--out", content.parent), "cannot be the output folder")
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is a place where not even root can make a folder")
def test_an_output_on_a_system_that_refuses_is_one_line(run: Run, content: Path) -> None:
    wrong_use(
        run("--content", content, "--no-search", "--out", "/proc/onrecord/site"), "cannot be written", "/proc/onrecord"
    )


def test_a_path_outside_the_content_is_one_line(run: Run, content: Path, tmp_path: Path) -> None:
    wrong_use(run("check", "--content", content, tmp_path), "is not below")
    wrong_use(run("check", "--content", content, content / "releases" / "2099"), "2099")


def test_verify_says_what_it_cannot_verify(run: Run, content: Path, tmp_path: Path) -> None:
    wrong_use(run("verify", tmp_path / "nowhere"), "nowhere")
    wrong_use(run("verify", content), "manifest.json")


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("import", "nowhere.txt"),
        ("import", "/proc/onrecord/nowhere.txt", "--to", "nowhere"),
        ("review", "--content", "nowhere"),
        ("export",),
        ("export", "zipp"),
        ("export", "zip", "--site", "nowhere"),
        ("report",),
        ("report", "--content", "nowhere", "--base", "HEAD"),
        ("completion",),
        ("completion", "tcsh"),
        ("serve", "--content", "nowhere"),
        ("serve", "--port", "99999"),
        ("receive",),
        ("receive", "nowhere.json"),
    ],
    ids=" ".join,
)
def test_every_command_says_in_one_line_what_it_lacks(
    arguments: tuple[str, ...], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong_use(run(*arguments))
    assert list(tmp_path.iterdir()) == []


# ---- what is asked for -----------------------------------------------------------------------------------------------------------


def test_help_and_version(run: Run) -> None:
    helped = run("--help")
    assert (helped.code, helped.err) == (0, "")
    assert all(f"  {name}" in helped.out for name in build.COMMANDS)
    assert run("--version").out.startswith("onrecord ")
    for name in build.COMMANDS:
        ran = run(name, "--help")
        assert (ran.code, ran.err) == (0, ""), name
        assert f"build.py {name}" in ran.out


def test_check_ends_with_0_or_1_and_warnings_are_no_errors(run: Run, content: Path) -> None:
    assert run("check", "--content", content).code == 0
    builders.put(content, "2012-02-08-other.md", builders.RELEASE.replace("Harbour Watch", "Harbour-watch"))
    warned = run("check", "--content", content)
    assert (warned.code, "warning" in warned.out) == (0, True)
    builders.put(content, "2012-02-08-wrong.md", "")
    assert run("check", "--content", content).code == 1


def test_check_prints_problems_for_people_programs_and_github(run: Run, wrong: Path) -> None:
    path = f"{wrong}/releases/2012/2012-02-08-wrong.md"
    message = "“whole” is not allowed for “extent”. Allowed: full, excerpt, abstract."
    text = run("check", "--content", wrong)
    assert text.out == f"{path}:6:9: bad-choice {message}\n"
    assert text.err == "1 error in 1 file.\n"
    printed = [json.loads(line) for line in run("check", "--content", wrong, "--format", "json").out.splitlines()]
    assert printed == [
        {"path": path, "line": 6, "column": 9, "code": "bad-choice", "level": "error", "message": message}
    ]
    github = run("check", "--content", wrong, "--format", "github")
    assert github.out == f"::error file={path},line=6,col=9,title=bad-choice::{message.replace('%', '%25')}\n"
    assert (github.code, github.err) == (1, "")


def test_what_a_contributor_wrote_cannot_give_github_a_command(run: Run, content: Path) -> None:
    builders.put(content, "2012-02-08-a\n::set-env name=PATH::x,y.md")
    builders.put(content, "2012-02-08-b.md", builders.RELEASE.replace("extent: full", 'extent: "x\\n::add-mask::y%"'))
    lines = run("check", "--content", content, "--format", "github").out.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("::error file=") for line in lines)


def test_check_can_be_narrowed_to_files(run: Run, wrong: Path) -> None:
    fine = wrong / "releases" / "2012" / builders.NAME
    assert run("check", "--content", wrong, fine).code == 0
    assert run("check", "--content", wrong, wrong / "releases").code == 1


def test_a_build_with_a_problem_writes_nothing_and_keeps_the_site(run: Run, content: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert run("--content", content, "--no-search", "--out", site).code == 0
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    builders.put(content, "2012-02-08-wrong.md", "no front matter")
    ran = run("--content", content, "--no-search", "--out", site)
    assert ran.code == 1
    assert "2012-02-08-wrong.md:1:1: no-front-matter" in ran.out
    assert ran.err == f"1 error in 1 file. Nothing was written; {site} is as it was.\n"
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process that cannot be stopped in its tracks")
def test_a_build_that_is_killed_while_it_writes_leaves_the_site_whole(run: Run, content: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert run("--content", content, "--no-search", "--out", site).code == 0
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for number in range(300):
        builders.put(content, f"2012-02-08-another-{number}.md")
    staged = tmp_path / ".site.onrecord-new" / "releases"
    ends = time.monotonic() + 60
    build = [*BUILD, "--content", content, "--no-search", "--out", site]
    with running(build, stderr=subprocess.DEVNULL) as building:
        while not (staged.is_dir() and len(os.listdir(staged)) > 20):
            assert building.poll() is None
            assert time.monotonic() < ends
            time.sleep(0.01)
    assert building.returncode != 0
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert run("verify", site).code == 0
    again = run("--content", content, "--no-search", "--out", site)
    assert again.err.startswith(f"{site}: 301 releases, ")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_build_says_what_it_built_on_stderr(run: Run, content: Path, tmp_path: Path) -> None:
    ran = run("--content", content, "--no-search", "--out", tmp_path / "site", "--timings")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith(f"{tmp_path / 'site'}: 1 release, ")
    assert "\x1b" not in ran.err
    for stage in ("look", "check", "arrange", "plan", "make", "publish"):
        assert f" {stage} " in ran.err


def test_what_is_kept_between_runs_may_be_lost_or_damaged(run: Run, content: Path, tmp_path: Path) -> None:
    """It makes a run faster and is never needed: whatever stands in its place, the site is the same."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    build = ("--content", content, "--no-search", "--out", site, "--cache", cache)
    assert run(*build).code == 0
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for damage in (b"", b"SQLite format 3\0 and then something else", b"onrecord ledger 1\n\xc1" * 40):
        kept = [path for path in cache.iterdir() if path.is_file()]
        assert {path.suffix for path in kept} == {".sqlite", ".ledger"}
        for path in kept:
            path.write_bytes(damage)
        builders.put(content, builders.NAME)
        ran = run(*build)
        assert (ran.code, ran.out) == (0, ""), ran.err
        assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
        assert "Traceback" not in ran.err
        assert str(cache) in ran.err or not damage


def test_an_audit_makes_everything_and_changes_nothing(run: Run, content: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build = ("--content", content, "--no-search", "--out", site, "--cache", tmp_path / "cache")
    assert run(*build).code == 0
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    ran = run(*build, "--audit")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith(" outputs made and compared; 0 would have been kept wrongly.\n")
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before


def test_fresh_takes_nothing_over(run: Run, content: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build = ("--content", content, "--no-search", "--out", site, "--cache", tmp_path / "cache")
    assert run(*build).code == 0
    written = (site / "index.html").stat().st_mtime_ns
    assert run(*build).code == 0
    assert (site / "index.html").stat().st_mtime_ns == written
    assert run(*build, "--fresh").code == 0
    assert (site / "index.html").stat().st_mtime_ns > written


def test_verify_holds_a_site_against_its_manifest(run: Run, content: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run("--content", content, "--no-search", "--out", site)
    assert run("verify", site).code == 0
    (site / "index.html").write_bytes(b"")
    (site / "404.html").unlink()
    ran = run("verify", site)
    assert ran.code == 1
    assert ran.out.splitlines() == [
        f"{site}/404.html: missing: it is not there",
        f"{site}/index.html: changed: it is empty",
    ]


def test_new_writes_a_draft_that_check_accepts_and_never_overwrites(run: Run, content: Path) -> None:
    ran = run("new", "Harbour: “Light” #1, at last", "--date", "2012-02", "--content", content)
    path = Path(ran.out.strip())
    assert ran.code == 0
    assert path == content / "releases" / "2012" / "2012-02-harbour-light-1-at-last.md"
    assert run("check", "--content", content).code == 0
    path.write_text("mine", encoding="utf-8")
    wrong_use(run("new", "Harbour: “Light” #1, at last", "--date", "2012-02", "--content", content), "is there already")
    assert path.read_text(encoding="utf-8") == "mine"
    wrong_use(run("new", "???", "--content", content), "???")
    wrong_use(run("new", "A title", "--date", "8 February", "--content", content), "8 February", "EDTF")


def test_new_without_a_date_gives_none(run: Run, content: Path) -> None:
    path = Path(run("new", "../../etc/passwd", "--content", content).out.strip())
    assert path == content / "releases" / "undated" / "undated-etc-passwd.md"
    assert "date: \n" in path.read_text(encoding="utf-8").replace("date:\n", "date: \n")
    assert run("check", "--content", content).code == 0


# ---- pipes, disks and terminals --------------------------------------------------------------------------------------------------


def test_a_reader_that_has_gone_is_no_error_to_be_told(wrong: Path) -> None:
    for number in range(2000):
        builders.put(wrong, f"2012-02-08-wrong-{number}.md", "no front matter")
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ran = started("check", "--content", wrong, stdout=writer)
    finally:
        os.close(writer)
    assert "Traceback" not in ran.stderr
    assert "BrokenPipe" not in ran.stderr
    assert ran.returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is a disk that is always full")
def test_a_full_disk_behind_stdout_is_one_line(wrong: Path) -> None:
    with open("/dev/full", "w") as full:
        ran = started("check", "--content", wrong, stdout=full)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "No space left on device" in ran.stderr


def test_any_locale_and_any_folder_will_do(wrong: Path, tmp_path: Path) -> None:
    builders.put(wrong, "2012-02-08-مطالبة.md", "")
    bare = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    ran = started("check", "--content", "content", cwd=tmp_path, env=bare)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert "“whole” is not allowed for “extent”" in ran.stdout


def test_ctrl_c_is_one_line(run: Run, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.read.settings", stopped)
    ran = run("check", "--content", content)
    assert (ran.code, ran.err) == (2, "build.py: stopped.\n")


def test_every_command_can_be_loaded() -> None:
    """A command is only imported when it is asked for, so a broken one would be found by its first user."""
    for name in build.COMMANDS:
        with pytest.raises(SystemExit):
            command.main(build.COMMANDS, [name, "--help"], build.build)
