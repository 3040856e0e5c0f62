"""The benchmark over real collections: what it writes is what it read, and what it counts is what stands there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.search import real
from benchmarks.search.real_queries import Judged, judged, measures, ranks, title_words

ROOT = Path(__file__).resolve().parents[2]
PARAGRAPHS = (
    "1984. The *Harbour Act* [sic] was read by <the> Speaker & others; see www.example.org/_a_b_ and C:\\files.",
    "# 12 refugeee boats came, the Minister's office said; half-built huts was on the quay ~ or so.",
    "- Flüchtlinge, réfugiés, лодки, اللاجئون and 難民 are the words of five news papers here. More.",
)


def document(slug: str, title: str, *paragraphs: str, date: str = "2003-02-03", language: str = "en") -> real.Document:
    return real.Document(slug, language, date, title, "Harbour Office", ("Ana Quispe",), paragraphs, "press release")


@pytest.fixture
def documents(tmp_path: Path) -> list[real.Document]:
    real.write(
        tmp_path / "content",
        [
            document("2003-02-03-boats-1", "Boats: more refugees", *PARAGRAPHS),
            document("2003-02-03-boats-2", "Boats, more refugees", "Another copy of the same release about refugees."),
            document("2003-02-04-huts-3", "Huts at the quay", "The detentio centre.", date="2003-02-04"),
            document("2003-02-漏洞-4", "漏洞", "发现漏洞。安全漏洞 リリース", date="2003-02", language="zh-Hans"),
        ],
    )
    return real.documents(tmp_path / "content")


def test_what_was_written_is_read_again_and_builds(documents: list[real.Document], tmp_path: Path) -> None:
    assert documents[0].paragraphs == PARAGRAPHS
    assert documents[0].head == "3 February 2003 2003-02-03 Harbour Office Ana Quispe"
    command = [sys.executable, str(ROOT / "build.py"), "check", "--content", str(tmp_path / "content")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_collection_is_not_written_into_the_repository(tmp_path: Path) -> None:
    inside = Path(real.__file__).parent / "content"
    with pytest.raises(SystemExit, match="outside of it"):
        real.main([str(inside), f"trove={tmp_path}"])
    assert not inside.exists()


def test_copies_of_an_answer_and_all_releases_of_a_day_answer(documents: list[real.Document], tmp_path: Path) -> None:
    file = tmp_path / "queries.toml"
    file.write_text(
        '[[query]]\nkind = "title"\ntext = "boats"\nanswers = ["1"]\n'
        '[[query]]\nkind = "date"\ntext = "2003"\nanswers = ["date:2003-02"]\n',
        "utf-8",
    )
    title, month = judged(file, documents)
    assert title.answers == {"releases/2003-02-03-boats-1.html", "releases/2003-02-03-boats-2.html"}
    assert len(month.answers) == 4
    file.write_text('[[query]]\nkind = "title"\ntext = "ships"\nanswers = ["9"]\n', "utf-8")
    with pytest.raises(ValueError, match="no release answers '9', which 'ships' wants"):
        judged(file, documents)


def test_words_are_counted_whole_and_slips_are_other_words(documents: list[real.Document]) -> None:
    counts = {one.word.casefold(): len(one.paths) for one in title_words(documents)}
    assert counts["refugees"] == 2  # not the one with "refugeee" only
    assert counts["huts"] == 2
    assert counts["漏洞"] == 1


def test_measures_tell_not_found_from_nothing_found() -> None:
    asked = [Judged("title", str(number), frozenset({"a"})) for number in range(4)]
    of_all = measures(ranks(asked, [["a"], ["b", "a"], ["b"], []])["all"])
    assert (of_all["s@1"], of_all["s@10"], of_all["zero"]) == (0.25, 0.5, 0.25)
    assert of_all["mrr"] == pytest.approx(0.375)
