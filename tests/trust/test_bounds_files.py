"""A whole `check` of files that a stranger wrote to keep it busy: each is told of by name, in seconds, and the others are checked."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests import stint
from tests.conftest import run_here
from tests.peak_memory import peak_memory

HEAD = "title: X\ndate: 2012-02-08\npublisher: Harbour Watch\nlanguage: en\nextent: full\n"


def release(fields: str, body: str = "Text.") -> str:
    return f"---\n{HEAD}{fields}---\n{body}\n"


def terms(number: int) -> str:
    return "".join(f'[[topic]]\nlabel = "topic number {n} of the harbour"\n' for n in range(number))


def listed(words: str, number: int) -> str:
    return ", ".join(words.format(n) for n in range(number))


ONE = "releases/2012/2012-02-08-a.md"
QUOTED = "\n\n".join(
    f"Somebody said that word {n} was dark, and " + "it was a long day and night " * 40 for n in range(1500)
)
AWKWARD = {
    "1,000 unknown topics among 3,000": {"topics.toml": terms(3000), ONE: release(f"topics: [{listed('topc numbr {}', 1000)}]\n")},
    "one wrong same_text_as in each of 300": {
        f"releases/2012/2012-02-08-a{n}.md": release(f"same_text_as: [2012-02-08-b{n}]\n") for n in range(300)
    },
    "9,000 wrong same_text_as": {ONE: release(f"same_text_as: [{listed('b{}', 9000)}]\n")},
    "one topic under 4,000 aliases": {
        "topics.toml": terms(3000) + f'[[topic]]\nlabel = "T"\naliases = [{listed(chr(34) + "t{}" + chr(34), 4000)}]\n',
        ONE: release(f"topics: [{listed('t{}', 4000)}]\n"),
    },
    "40,000 unknown keys": {"archive.toml": 'title = "H"\n' + "".join(f"key{n} = 1\n" for n in range(40_000))},
    "40,000 wrong entries": {"topics.toml": "[[topic]]\nlabl = 1\n" * 40_000},
    "a heading of spaces in a text": {"archive.toml": 'title = "H"\nscope = """\n[' + " " * 400_000 + 'x\n"""\n'},
    "4,000,000 digits": {"archive.toml": 'title = "H"\nscope = ' + "9" * 4_000_000},
    "1,500 quotations in two megabytes": {
        ONE: release("quotations:\n" + "".join(f"  - {{speaker: W, text: nobody {n}}}\n" for n in range(1500)), QUOTED)
    },
    "1,500 figures in two megabytes": {
        ONE: release("figures:\n" + "".join(f"  - {{value: nobody {n}, counts: W}}\n" for n in range(1500)), QUOTED)
    },
    "a figure of 60 KB": {ONE: release("figures:\n  - {value: " + "1.1" * 20_000 + ", low: 1, counts: W}\n")},
    "a publisher of 60 KB": {ONE: release("quotations:\n  - {speaker: " + "a" * 60_000 + ", text: Text}\n")},
    "a publisher of 20,000 words": {ONE: release("quotations:\n  - {speaker: " + "ab " * 20_000 + "c, text: Text}\n")},
    "100,000 broken links": {ONE: release("", "[a](b.md) " * 100_000)},
    "marks of redaction with one bracket": {ONE: release("", "{redacted: " * 150_000)},
    "a key of 500,000 parts": {"archive.toml": 'title = "H"\na' + ".a" * 500_000 + " = 1\n"},
    "a key of 200,000 parts in quotation marks": {"topics.toml": '"a"' + '."a"' * 200_000 + " = 1\n"},
    "170,000 marks of redaction": {ONE: release("", "[[redacted: " * 170_000)},
    "a page of marks": {"pages/about.md": "---\ntitle: About\n---\n" + "*x* " * 500_000},
}  # fmt: skip


def check(content: Path, files: dict[str, str], seconds: float = 60) -> str:
    """What `check` prints of an archive of these files and one release more, which it has so many seconds for."""
    for path, text in {
        "archive.toml": 'title = "H"\n',
        "releases/2012/2012-02-09-z.md": release("").replace("02-08", "02-09"),
    }.items():
        if path not in files:
            write(content / path, text)
    for path, text in files.items():
        write(content / path, text)
    with stint.within(seconds):
        ran = run_here(["check", "--content", str(content), "--cache", str(content.parent / "cache"), "--jobs", "1"])
    assert "Traceback" not in ran.out + ran.err
    return ran.out + ran.err


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_file_is_named_soon(tmp_path: Path, name: str) -> None:
    told = check(tmp_path / "content", AWKWARD[name], seconds=3)
    assert any(path in told for path in AWKWARD[name]) or "No problems" in told
    assert "2012-02-09-z.md" not in told


def test_a_vocabulary_that_is_wrong_everywhere_is_told_in_a_thousand_problems(tmp_path: Path) -> None:
    told = check(tmp_path / "content", AWKWARD["40,000 wrong entries"])
    assert 990 < told.count("topics.toml:") < 1010
    assert "topics.toml:1001:1: too-complex This file has 1,000 problems up to here." in told


def test_a_release_that_is_wrong_everywhere_is_told_in_a_thousand_problems(tmp_path: Path) -> None:
    told = check(tmp_path / "content", AWKWARD["170,000 marks of redaction"])
    assert 990 < told.count(": bad-redaction ") < 1010
    assert (
        "too-complex This file has more than 1,000 problems. Correct those above, and the others are reported." in told
    )


def test_warnings_without_end_are_no_error(tmp_path: Path) -> None:
    told = check(tmp_path / "content", {ONE: release("", ("$" * 70 + "\n") * 3_000)})
    assert "too-complex" in told
    assert "1,001 warnings in 1 file" in told
    assert "error" not in told


def test_the_line_of_a_wrong_value_is_its_own(tmp_path: Path) -> None:
    """Of two that begin alike, and of one that is written with its ending or in another form of Unicode."""
    told = check(
        tmp_path / "content", {ONE: release("same_text_as:\n  - 2012-02-09-z\n  - b10\n  - b1.md\n  - e\u0301\n")}
    )
    assert "2012-02-08-a.md:9:5: bad-same-text “same_text_as” names “b10”" in told
    assert "2012-02-08-a.md:10:5: bad-same-text “same_text_as” names “b1”" in told
    assert "2012-02-08-a.md:11:5: bad-same-text “same_text_as” names “é”" in told


@pytest.mark.parametrize("folder", ["releases", "pages", "other"])
def test_folders_in_each_other_without_end_are_not_looked_into(tmp_path: Path, folder: str) -> None:
    top = tmp_path / "content" / folder
    top.mkdir(parents=True)
    handle = os.open(top, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=handle)
        inner = os.open("d", os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(handle)
    told = check(tmp_path / "content", {})
    subprocess.run(["rm", "-rf", top], check=True)  # deeper than Python removes
    assert told.count("too-deep") == (folder != "other")
    assert (
        "d/d/d:1:1: too-deep This folder is more than 20 folders deep, and is not looked into. Move it up." in told
    ) == (folder != "other")


def test_memory_stays_small(tmp_path: Path) -> None:
    """Of one process that checks the largest of the above, one after the other; in megabytes."""
    peak = peak_memory(
        "import sys, pathlib\nfrom tests.trust.test_bounds_files import AWKWARD, check\n"
        "for number, name in enumerate(('4,000,000 digits', 'a heading of spaces in a text', '100,000 broken links', 'a page of marks')):\n"
        "    check(pathlib.Path(sys.argv[1]) / str(number), AWKWARD[name])\n",
        str(tmp_path),
    )
    assert peak < 400  # 300, and the texts themselves
