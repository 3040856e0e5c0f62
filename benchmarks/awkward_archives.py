#!/usr/bin/env python3
"""Builds archives that `check` takes and that are made to keep a build busy: as much of one kind as the limits of a file allow.

  python benchmarks/awkward_archives.py [WORD …]

What reads a file is bounded file by file; what is made of it (pages of terms, comparisons, feeds, charts, the search index) has to be in
proportion to it. A line for each archive whose name holds one of the WORDs: its size, seconds of the processor and megabytes of `check`
and of `build`, files and megabytes of the site. A build is good where it takes at most 2 s, 5 ms more for each file of the site and 7 s
for each megabyte of content (every word of it may be another, which the search index has to list), and 300 MB; ends with 1 where one is not.
"""

# ruff: noqa: E501 - files are written out as they are

from __future__ import annotations

import itertools
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import pathological

Files = dict[str, str]
HEAD = "date: 2012-02-08\npublisher: Harbour Watch\nlanguage: en\nextent: full\n"
MOST_FRONT = 60_000
LARGEST = 2 * 1024 * 1024 - 2_000


def release(number: int, fields: str = "", body: str = "The crews asked for light.") -> Files:
    """A release of its own number."""
    name = f"releases/2012/2012-02-08-a{number}.md"
    return {name: f"---\ntitle: Lamps {number}\n{HEAD}{fields}---\n{body}\n"}


def _many(count: int, fields: Callable[[int], str], body: str = "The crews asked for light.") -> Files:
    files: Files = {}
    for number in range(count):
        files |= release(number, fields(number), body)
    return files


def _terms(kind: str, count: int, more: str = "") -> str:
    return "".join(f'[[{kind}]]\nlabel = "{kind[0].upper()}{number}"\n{more}' for number in range(count))


def _used(key: str, kind: str, count: int, releases: int) -> Files:
    """Releases that all name the same many terms."""
    names = ", ".join(f"{kind[0].upper()}{number}" for number in range(count))
    return {f"{key}.toml": _terms(kind, count)} | _many(releases, lambda number: f"{key}: [{names}]\n")


def _filled(count: int, word: Callable[[int], str]) -> Files:
    """A release of so many words."""
    text = " ".join(map(word, range(count)))
    return release(0, body=text[:LARGEST])


def _quoted(speakers: int, releases: int) -> Files:
    words = " ".join(f"“word {number}”" for number in range(speakers))
    quotations = "quotations:\n" + "".join(
        f"  - {{speaker: N{number}, text: word {number}}}\n" for number in range(speakers)
    )
    return {"names.toml": _terms("name", speakers)} | _many(releases, lambda number: quotations, words)


def _near(count: int, sentences: int) -> Files:
    """Publications of one text, each with other words in every sentence."""
    files: Files = {}
    for number in range(count):
        body = "\n\n".join(
            f"The crews of quay {line} asked for light and for a rail along the steps {number}."
            for line in range(sentences)
        )
        files |= release(number, "" if not number else "same_text_as: [2012-02-08-a0]\n", body)
    return files


def _random_words(different: int, count: int, seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"w{chance.randrange(different)}" for _ in range(count))


def _two_random(different: int, count: int, ends: str = "") -> Files:
    texts = [_random_words(different, count, seed).replace("w1 ", f"w1{ends} ") for seed in (1, 2)]
    return release(0, body=texts[0]) | release(1, "same_text_as: [2012-02-08-a0]\n", texts[1])


def _dated(date: str) -> Files:
    stated = f'date: "{date}"\ndate_as_written: then'
    return {name: text.replace("date: 2012-02-08", stated) for name, text in _many(30, lambda number: "").items()}


def archives() -> Iterator[tuple[str, Callable[[], Files]]]:
    """The archives by name, each made when it is asked for."""
    yield "one release of 6,000 names", partial(_used, "names", "name", 6_000, 1)
    yield "ten releases of 3,000 names", partial(_used, "names", "name", 3_000, 10)
    yield "ten releases of 3,000 topics", partial(_used, "topics", "topic", 3_000, 10)
    yield "ten releases of 3,000 places", partial(_used, "places", "place", 3_000, 10)
    yield (
        "20,000 places on the map",
        lambda: {"places.toml": "".join(f'[[place]]\nlabel = "P{n}"\nlat = {n % 170 - 85}.{n}\nlon = {n % 350 - 175}.{n}\n' for n in range(20_000))}
        | release(0, "places: [P1, P2]\n"),
    )  # fmt: skip
    yield "50,000 topics that nothing uses", lambda: {"topics.toml": _terms("topic", 50_000)} | release(0)
    yield "a release of 900 speakers", partial(_quoted, 900, 1)
    yield "ten releases of 900 speakers", partial(_quoted, 900, 10)
    yield "300,000 different words", partial(_filled, 300_000, "w{}".format)
    yield "one word of 2 MB", partial(_filled, 1, lambda number: "a" * LARGEST)
    yield "a million words", partial(_filled, 1_040_000, lambda number: "abcdefghij"[number % 10])
    yield "100,000 words in each other", partial(_filled, 100_000, lambda number: "-".join("abcdefgh"))
    yield "Chinese of 2 MB", lambda: release(0, body="\n\n".join("".join(chr(0x4E00 + (7 * n + 13 * line) % 9_000) for n in range(300)) for line in range(2_200)))  # fmt: skip
    yield "100,000 paragraphs", lambda: release(0, body="a\n\n" * 100_000)
    yield "12 publications of one text", partial(_near, 12, 2_000)
    yield "5 publications of 1.6 MB", partial(_near, 5, 20_000)
    yield "two texts of 26 words", partial(_two_random, 26, 540_000)
    yield "two texts of 2,000 words", partial(_two_random, 2_000, 380_000)
    yield "two texts of 40 words in sentences", partial(_two_random, 40, 520_000, ".")
    yield "two texts of 3 words", partial(_two_random, 3, 690_000)
    yield "30 dates of 8,000 years", partial(_dated, "2012-02-08/9999-12-31")
    yield (
        "1,000 references of one series",
        lambda: _many(1_000, lambda number: f"reference: {'A/' * 100}{number}\n"),
    )
    yield "1,000 titles that begin alike", lambda: {
        name: text.replace("title: Lamps", f"title: {'Lamps of the quay ' * 20}") for name, text in _many(1_000, lambda number: "").items()
    }  # fmt: skip
    yield "20,000 links to another release", lambda: release(1) | release(0, body="[a](2012-02-08-a1.md) " * 20_000)
    pairs = itertools.islice(itertools.cycle((0, 1)), 400)
    yield (
        "400 releases that name each other",
        lambda: _many(400, lambda number: f"same_text_as: [2012-02-08-a{next(pairs)}]\n" if number > 1 else ""),
    )


def main(words: list[str]) -> int:
    """Builds the archives whose names hold one of the words, and prints what each took."""
    bad = 0
    for name, made in archives():
        if words and not any(word in name for word in words):
            continue
        with tempfile.TemporaryDirectory(prefix="onrecord-awkward-") as folder:
            files, top = made(), Path(folder)
            size = sum(len(text.encode()) for text in files.values()) / 1e6
            pathological.written(top / "content", {"archive.toml": 'title = "H"\n', **files})
            folders = ["--content", str(top / "content"), "--cache", str(top / "cache")]
            checked = pathological.measured(["check", *folders], top)
            built = pathological.measured(["build", *folders, "--out", str(top / "site")], top)
            written = [file.stat().st_size for file in (top / "site").rglob("*") if file.is_file()]
        good = built.code == 0 and built.seconds <= 2 + 0.005 * len(written) + 7 * size and built.megabytes <= 300
        bad += not good
        print(
            f"{'  ' if good else '! '}{name:36} {size:5.2f} MB  check {checked.seconds:6.2f} s {checked.megabytes:4} MB  "
            f"build {built.seconds:6.2f} s {built.megabytes:4} MB {built.code}  {len(written):,} files, {sum(written) / 1e6:.0f} MB",
            flush=True,
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
