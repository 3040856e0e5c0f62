"""Making the files of a site ends, whatever they are made from: one that takes too long is named, and the site that is there stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from onrecord import budget, make
from tests import stint
from tests.conftest import ROOT, run_here
from tests.trust.archives import contents, release, small_archive

ENDLESS = "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize(("jobs", "releases"), [("1", 1), ("2", 80)], ids=["in one process", "in several"])
def test_a_page_that_takes_too_long_is_named(
    jobs: str, releases: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = small_archive(tmp_path, releases)
    assert archive.build("--no-search").code == 0
    before = contents(archive.site)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    with (tmp_path / "templates" / "colophon.html").open("a", encoding="utf-8") as template:
        template.write(ENDLESS)
    monkeypatch.setattr(make, "MOST_SECONDS", 3.0)  # the other pages take some as well
    ran = run_here(archive.arguments("--no-search", "--fresh", "--jobs", jobs, "--templates", tmp_path / "templates"))
    assert ran.code == 2
    assert "colophon.html takes more than 3 seconds of work to make." in ran.err
    assert "Traceback" not in ran.err
    assert contents(archive.site) == before


def test_the_feeds_of_a_release_of_many_topics_are_no_square_of_them(tmp_path: Path) -> None:
    archive = small_archive(tmp_path, 1)
    archive.write("topics.toml", "".join(f'[[topic]]\nlabel = "Topic {number}"\n' for number in range(60)))
    topics = ", ".join(f"Topic {number}" for number in range(60))
    archive.write(
        "releases/2012/2012-02-01-lamps-0.md", release("Lamps", "2012-02-01", "Lit.", f"topics: [{topics}]\n")
    )
    assert archive.build("--no-search").code == 0
    feeds = [feed.read_text("utf-8") for feed in archive.site.rglob("*.atom") if feed.name != "corrections.atom"]
    # Those of the topics, and one each of the archive, the publisher and the year.
    assert len(feeds) == 63
    assert {feed.count("<category ") for feed in feeds} == {20}
    page = (archive.site / "releases" / "2012-02-01-lamps-0.html").read_text("utf-8")
    assert all(f">Topic {number}<" in page for number in range(60))


def test_the_time_of_one_piece_is_not_that_of_another() -> None:
    done: list[int] = []
    with pytest.raises(budget.Exceeded):
        _work_on([0.1] * 5 + [5.0], done)
    assert done == [0, 1, 2, 3, 4]


def _work_on(pieces: list[float], done: list[int]) -> None:
    with budget.one_by_one(0.2) as begin:
        for number, seconds in enumerate(pieces):
            begin()
            stint.busy_for(seconds)
            done.append(number)
