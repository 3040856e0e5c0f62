"""`init`: what it asks, what it refuses, and that the archive it writes is whole, passes and says nothing that is not so."""

from __future__ import annotations

import argparse
import io
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from onrecord import languages
from onrecord.commands import init, starting, wheel
from onrecord.program_files import STARTER
from tests.conftest import ROOT, Run


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def asked(folder: Path, answers: list[str]) -> tuple[list[str], str]:
    """Runs `init` as on a terminal with these answers; gives the questions, and what was printed beside them."""
    questions: list[str] = []
    waiting = iter(answers)

    def ask(question: str) -> str:
        questions.append(question)
        return f"{next(waiting)}\n"

    parser = argparse.ArgumentParser()
    init.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    assert init.run(parser.parse_args([str(folder)]), out, err, ask) == 0
    return questions, err.getvalue()


def settings(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "content" / "archive.toml").read_text("utf-8"))


@pytest.fixture
def archive(run: Run, tmp_path: Path) -> Path:
    """A new archive, with a title that every kind of file has a sign of its own for."""
    done = run("init", tmp_path / "mine", "--title", 'Harbour "papers" \\ & <b>', "--languages", "ar,en")
    assert done.code == 0, done.err
    return tmp_path / "mine"


def test_without_a_terminal_only_a_title_is_needed(run: Run, tmp_path: Path) -> None:
    done = run("init", tmp_path / "mine")
    assert (done.code, done.out, done.err) == (2, "", "build.py: An archive needs a title. Give it: --title TITLE\n")
    assert list(tmp_path.iterdir()) == []
    done = run("init", tmp_path / "mine", "--title", "Harbour papers")
    assert (done.code, done.err) == (0, "")
    said = settings(tmp_path / "mine")
    assert {key: said[key] for key in ("title", "language", "languages", "publisher", "repository", "contact")} == {
        "title": "Harbour papers",
        "language": "en",
        "languages": ["en"],
        "publisher": "",
        "repository": "",
        "contact": "",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_new_archive_passes_its_check_and_becomes_a_site(run: Run, archive: Path, tmp_path: Path) -> None:
    done = run("check", "--content", archive / "content")
    assert (done.code, done.out) == (0, "")
    done = run("--content", archive / "content", "--out", tmp_path / "site", "--no-search")
    assert done.code == 0, done.err
    assert settings(archive)["title"] == 'Harbour "papers" \\ & <b>'
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl"' in home
    assert "Harbour &#34;papers&#34; \\ &amp; &lt;b&gt;" in home or "Harbour &quot;papers&quot;" in home
    assert (tmp_path / "site" / "en" / "index.html").is_file()


def test_a_new_archive_has_its_pages_in_its_own_languages(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "mine", "--title", "أوراق", "--languages", "ar-SY,en,fr").code == 0
    pages = {path.name: path.read_text("utf-8") for path in (tmp_path / "mine" / "content" / "pages").iterdir()}
    titles = {name: text.partition("title: ")[2].partition("\n")[0] for name, text in pages.items()}
    assert titles == {
        "about.md": "عن هذا الأرشيف",
        "about.en.md": "About this archive",
        "about.fr.md": "À propos de cette archive",
    }
    # What of it is to be filled in is said of each, whatever its language.
    said = run("doctor", "--content", tmp_path / "mine" / "content").out
    assert all(f"{name} has a place that its maintainer must fill in." in said for name in pages)
    # An example in English is not shown as words of an archive in Arabic, which are read from the right.
    (example,) = (tmp_path / "mine" / "content" / "releases" / "2020").glob("*.md")
    assert "extent: full\n" in example.read_text("utf-8")
    assert run("check", "--content", tmp_path / "mine" / "content").code == 0


@pytest.mark.parametrize("language", languages.INTERFACE)
def test_the_starter_has_its_pages_in_every_language_of_the_interface(language: str) -> None:
    english = (STARTER / "content" / "pages" / "about.md").read_text("utf-8")
    name = "about.md" if language == "en" else f"about.{language}.md"
    page = (STARTER / "content" / "pages" / name).read_text("utf-8")
    shape = re.compile(r"^(?:## |> \*\*|- \*\*)", re.MULTILINE)
    assert shape.findall(page) == shape.findall(english)


def test_the_example_is_seen_by_no_reader_and_cannot_be_published(run: Run, archive: Path, tmp_path: Path) -> None:
    (example,) = (archive / "content" / "releases" / "2020").glob("*.md")
    run("--content", archive / "content", "--out", tmp_path / "site", "--no-search")
    seen = [
        path
        for path, data in files(tmp_path / "site").items()
        if b"This record shows what a release looks like" in data
    ]
    assert seen == []
    assert not list((tmp_path / "site" / "releases").glob("2020*"))
    published = example.read_text("utf-8").replace("status: draft", "status: published")
    example.write_text(published, encoding="utf-8")
    done = run("check", "--content", archive / "content")
    assert done.code == 1
    assert "has 1 open question" in done.out
    example.unlink()
    assert run("check", "--content", archive / "content").code == 0


def test_the_entries_that_vocabularies_show_are_right_when_they_are_taken(run: Run, archive: Path) -> None:
    for name in ("topics", "places", "names"):
        path = archive / "content" / f"{name}.toml"
        shown = re.sub(r"\A.*?(?=^# \[\[)", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        path.write_text(re.sub(r"^# ", "", shown, flags=re.MULTILINE), encoding="utf-8")
        assert f"[[{name.removesuffix('s')}]]" in path.read_text("utf-8")
    done = run("check", "--content", archive / "content")
    assert (done.code, done.out) == (0, "")


def test_a_language_of_a_country_writes_the_months_of_that_country(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    done = run("init", mine, "--title", "Harbour papers", "--languages", "en,ar-SY")
    assert (done.code, done.err) == (0, "")
    said = settings(mine)
    assert (said["language"], said["languages"]) == ("en", ["en", "ar-SY"])
    empty = {"title": "", "scope": "", "rights": "", "publisher": "", "contact": ""}
    assert said["translations"] == {"ar": empty}
    archive_toml = mine / "content" / "archive.toml"
    whole = archive_toml.read_text("utf-8")
    assert "Papiers" not in whole
    begin, line, end = whole.rpartition('title = ""\n')
    assert line
    archive_toml.write_text(f'{begin}title = "أوراق الميناء"\n{end}', encoding="utf-8")
    (mine / "content" / "pages" / "about.ar.md").write_text("---\ntitle: عن الأرشيف\n---\nأوراق.\n", encoding="utf-8")
    (release,) = (mine / "content" / "releases" / "2020").glob("*.md")
    text = release.read_text("utf-8").partition("review:")[0].replace("status: draft", "status: published")
    release.write_text(f"{text}---\nOne line.\n", encoding="utf-8")
    site = tmp_path / "site"
    done = run("--content", mine / "content", "--out", site, "--no-search")
    assert done.code == 0, done.out
    assert "أوراق الميناء" in (site / "ar" / "index.html").read_text("utf-8")
    assert "عن الأرشيف" in (site / "ar" / "about.html").read_text("utf-8")
    assert "كانون الثاني" in (site / "ar" / "releases" / f"{release.stem}.html").read_text("utf-8")


def test_an_archive_in_one_language_of_a_country_shows_how_a_translation_is_written(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "mine", "--title", "أوراق", "--language", "ar-SY").code == 0
    assert "translations" not in settings(tmp_path / "mine")
    archive_toml = tmp_path / "mine" / "content" / "archive.toml"
    text = archive_toml.read_text("utf-8").replace('languages = ["ar-SY"]', 'languages = ["ar-SY", "fr"]')
    begin, heading, example = text.partition("# [translations.fr]\n")
    archive_toml.write_text(begin + re.sub(r"^# ", "", heading + example, flags=re.MULTILINE), encoding="utf-8")
    done = run("check", "--content", tmp_path / "mine" / "content")
    assert (done.code, done.out) == (0, "")
    assert settings(tmp_path / "mine")["translations"]["fr"]["title"] == "Papiers du port"  # type: ignore[index]


def test_the_theme_of_a_new_archive_says_nothing_until_it_is_filled_in(run: Run, archive: Path, tmp_path: Path) -> None:
    build = ("--content", archive / "content", "--out", tmp_path / "site", "--no-search")
    assert run(*build).code == 0
    as_begun = files(tmp_path / "site")
    theme = archive / "theme" / "theme.toml"
    theme.write_text(re.sub(r"^# (?=\[|\w+ = )", "", theme.read_text("utf-8"), flags=re.MULTILINE), encoding="utf-8")
    done = run("check", "--content", archive / "content")
    assert (done.code, re.findall(r"theme\.toml:\d+:\d+: (.*?)\.", done.out)) == (
        1,
        ["theme-file There is no file “assets/logo"],
    )
    (archive / "theme" / "assets").mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 40"><path d="M4 36V4h40v32H4z"/></svg>'
    (archive / "theme" / "assets" / "logo.svg").write_text(drawing, encoding="utf-8")
    assert (run("check", "--content", archive / "content").out, run(*build).code) == ("", 0)
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "Kept by a group of volunteers." in home
    assert "assets/theme/logo.svg" in home
    (archive / "theme" / "theme.toml").write_text("", encoding="utf-8")
    (archive / "theme" / "assets" / "logo.svg").unlink()
    assert run(*build).code == 0
    assert files(tmp_path / "site") == as_begun


def test_what_is_not_given_is_asked_and_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    questions, said = asked(
        tmp_path / "mine",
        [
            *("", "  Harbour   papers "),
            *("fr de", "frr", "fr, en"),
            "Friends of the Quay",
            *("github.com/a/b", "https://github.com/a/b"),
            "quay@example.org",
        ],
    )
    assert [question.split()[0] for question in questions] == ["What", "What", *["In"] * 3, "Who", "The", "The", "How"]
    assert said.splitlines() == [
        "An archive needs a title. Give it: --title TITLE",
        "“de” is not shown by this program yet. Languages: en, ar, es, fr, fa, pt, ru, uk. Releases may be in any.",
        "“frr” is not shown by this program yet. Did you mean “fr”? Languages: en, ar, es, fr, fa, pt, ru, uk. Releases may be in any.",
        "“github.com/a/b” is not an address of a repository. Write https://github.com/owner/name",
    ]
    assert {key: settings(tmp_path / "mine")[key] for key in ("title", "languages", "contact", "repository")} == {
        "title": "Harbour papers",
        "languages": ["fr", "en"],
        "contact": "mailto:quay@example.org",
        "repository": "https://github.com/a/b",
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--title", " "], "An archive needs a title."),
        (["--title", "A\x07B"], "The title has characters that nobody sees."),
        (["--title", "A", "--languages", "en,ar-SY,ar"], "“ar-SY” and “ar” are one language, and the site has one edition"),
        (["--title", "A", "--languages", "ar-Latn"], "“ar-Latn” is not shown by this program yet."),
        (["--title", "A", "--languages", "english"], "“english” is not a language tag."),
        (["--title", "A", "--repository", "http://example.org"], "“http://example.org” is not an address of a repository."),
        (["--title", "A", "--contact", "me"], "“me” is not an address."),
        (["--title", "A", "--repository", "https://example.org/?q"], "“https://example.org/?q” is not an address of a"),
        (["--title", "A", "--contact", "ftp://example.org"], "“ftp://example.org” is not an address."),
    ],
)  # fmt: skip
def test_a_wrong_answer_writes_nothing(run: Run, tmp_path: Path, options: list[str], message: str) -> None:
    done = run("init", tmp_path / "mine", *options)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_what_does_not_pass_the_check_is_not_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init, "_checked", lambda key, text: text or "en")
    done = run("init", tmp_path / "mine", "--title", "A", "--repository", "https://[")
    assert done.code == 2
    assert "What was answered does not pass the check: content/archive.toml:" in done.err
    assert "bad-url “https://[” is not an address." in done.err
    assert list(tmp_path.iterdir()) == []


def test_what_a_second_environment_costs_is_said_before_it_is_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other" / "python3"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\n", encoding="utf-8")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(other.parent))
    said = run("init", tmp_path / "mine", "--title", "Quay").out
    assert f"with {sys.executable} in place of python3 nothing is set up" in said
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert "nothing is set up" not in run("init", tmp_path / "activated", "--title", "Quay").out


def test_a_folder_that_holds_something_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "content").mkdir(parents=True)
    (mine / "content" / "archive.toml").write_text('title = "Years of work"\n', encoding="utf-8")
    done = run("init", mine, "--title", "Harbour papers")
    assert done.code == 2
    assert done.err.endswith("is not empty (content). It stays as it is: name a new folder, or an empty one.\n")
    assert files(mine) == {"content/archive.toml": b'title = "Years of work"\n'}
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        assert run("init", tmp_path / name, "--title", "A").err.endswith(
            "is there already, and is not a folder. Name a new folder.\n"
        )


@pytest.mark.parametrize("where", ["an empty folder", "a new repository", "here"])
def test_an_empty_folder_is_filled(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    if where == "a new repository":
        (mine / ".git").mkdir()
        (mine / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    monkeypatch.chdir(mine)
    assert run("init", "." if where == "here" else mine, "--title", "Harbour papers").code == 0
    assert run("check").code == 0
    assert os.path.samefile(".", mine)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine"]
    assert (mine / ".git").exists() == (where == "a new repository")


@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "a new folder"])
def test_what_fails_half_way_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    if there:
        (tmp_path / "mine").mkdir()

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(wheel, "write", full)
        done = run("init", tmp_path / "mine", "--title", "A")
    assert (done.code, done.err) == (2, f"build.py: No space left on device ({tmp_path / 'mine'}).\n")
    rename = os.rename

    def at_last(old: Path, new: Path) -> None:
        if not there or Path(old).name == "theme":
            raise OSError(28, "No space left on device")
        rename(old, new)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", at_last)
        assert run("init", tmp_path / "mine", "--title", "A").code == 2
    assert files(tmp_path) == {}
    assert [path.name for path in tmp_path.iterdir()] == (["mine"] if there else [])


KILLED = """
import os, sys
rename, step = os.rename, sys.argv[1]
def killed(old, new):
    if os.path.basename(old) == step:
        os.kill(os.getpid(), 9)
    rename(old, new)
os.rename = killed
sys.argv = ["build.py", *sys.argv[2:]]
import build
from onrecord import command
command.main(build.COMMANDS, sys.argv[1:], build.build)
"""


def killed(step: str, mine: Path) -> None:
    command = [sys.executable, "-c", KILLED, step, "init", str(mine), "--title", "Quays"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL


@pytest.mark.skipif(os.name != "posix", reason="what a dead process left is known on POSIX")
def test_the_next_init_ends_one_that_was_killed_while_files_took_their_places(run: Run, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    assert run("init", whole, "--title", "Quays").code == 0
    mine = tmp_path / "mine"
    (mine / ".git").mkdir(parents=True)
    killed("content", mine)
    assert not (mine / "content").exists()
    (mine / "content").mkdir()
    done = run("init", mine, "--title", "Others")
    assert done.code == 2
    assert f"{mine / 'content'} is there meanwhile" in done.err
    (mine / "content").rmdir()
    done = run("init", mine, "--title", "Others")
    assert done.code == 0
    assert "stopped half-way. It is ended" in done.err
    assert files(mine) == files(whole)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "whole"]


@pytest.mark.skipif(os.name != "posix", reason="what a dead process left is known on POSIX")
def test_what_a_killed_init_has_left_goes_with_the_next(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    killed("whole", mine)
    assert not mine.exists()
    assert run("init", mine, "--title", "Others").code == 0
    assert 'title = "Others"' in (mine / "content" / "archive.toml").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def documents(archive: Path) -> Iterator[tuple[Path, str]]:
    for path in archive.rglob("*"):
        if path.suffix in (".md", ".yml") or path.name in ("Makefile", "CODEOWNERS"):
            yield path, path.read_text("utf-8")


def test_the_guides_of_a_new_archive_lead_somewhere(archive: Path) -> None:
    broken = [
        (path.relative_to(archive).as_posix(), target)
        for path, text in documents(archive)
        for target in re.findall(r"\]\(([^)\s#]+)", re.sub(r"`[^`\n]*`", "", text))
        if "content/releases" not in path.as_posix() and "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_job_that_a_new_archive_names_is_there(archive: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (archive / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        (path.name, name)
        for path, text in documents(archive)
        for name in re.findall(r"(?:^|`|run: |  )make ([a-z-]+)", text, re.MULTILINE)
    }
    assert ("check.yml", "annotate") in named
    assert {(file, name) for file, name in named if name not in targets} == set()


def test_the_workflows_are_those_of_the_program_without_its_tests(archive: Path) -> None:
    of_archive, of_program = (
        {path.name: yaml.safe_load(path.read_text("utf-8")) for path in (folder / ".github" / "workflows").iterdir()}
        for folder in (archive, ROOT)
    )
    assert of_program["check.yml"]["jobs"].pop("program")
    assert of_archive == of_program
    for path in (archive / ".github").rglob("*.yml"):
        assert yaml.safe_load(path.read_text("utf-8")), path


def test_what_derive_writes_is_what_a_new_archive_has(archive: Path) -> None:
    for path, text in starting.derived().items():
        assert (archive / path).read_text("utf-8") == text, path
    contributing = (archive / "CONTRIBUTING.md").read_text("utf-8")
    assert starting.with_table(contributing) == contributing
    for path in ("CONTRIBUTING.md", "MAINTAINERS.md", "docs/checking.md"):
        assert "<!-- program -->" not in (archive / path).read_text("utf-8")


def test_nothing_in_a_new_archive_is_left_to_be_filled_in_by_the_program(archive: Path) -> None:
    assert [
        path for path, data in files(archive).items() if b"ARCHIVE_TITLE" in data and not path.endswith(".whl")
    ] == []
    assert (archive / "README.md").read_text("utf-8").startswith('# Harbour "papers" \\ & <b>\n')


def test_questions_that_nobody_answers_write_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("Harbour papers\n"))
    done = run("init", tmp_path / "mine")
    assert done.code == 2
    assert done.err.endswith("build.py: The questions were not answered. Nothing was written.\n")
    assert list(tmp_path.iterdir()) == []


def test_an_archive_begun_elsewhere_than_its_folder_is_the_same(run: Run, archive: Path, tmp_path: Path) -> None:
    run("init", tmp_path / "deep" / "er", "--title", 'Harbour "papers" \\ & <b>', "--languages", "ar,en")
    assert files(tmp_path / "deep" / "er") == files(archive)
