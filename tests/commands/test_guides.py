"""The guides are built as a site by the program itself, without a problem, and lead to each other."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs import build_guides

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of guides, with few invented releases."""
    out = tmp_path_factory.mktemp("guides")
    run = subprocess.run(
        [sys.executable, ROOT / "docs" / "build_guides.py", out, "--releases", "6"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, "warning" in run.stdout + run.stderr) == (0, False), run.stdout + run.stderr
    return out / "site"


def test_each_guide_is_a_page_that_the_first_page_leads_to(guides: Path) -> None:
    about = (guides / "about.html").read_text("utf-8")
    for guide in build_guides.GUIDES:
        assert f'href="{guide.slug}.html"' in about
        assert "<h1" in (guides / f"{guide.slug}.html").read_text("utf-8")


def test_what_leads_to_a_guide_in_the_repository_leads_to_its_page(guides: Path) -> None:
    text = (guides / "developer.html").read_text("utf-8")
    assert 'href="architecture.html"' in text
    assert not re.search(r'href="[^":]*\.md[#"]', text)


def test_a_link_to_a_file_that_is_not_on_the_site_is_words() -> None:
    guide = build_guides.Guide("CONTRIBUTING.md", "contributor")
    made = build_guides.page(
        guide, "# Add one\n\nSee [the licence](LICENSE) and [how it is kept](MAINTAINERS.md#correct).\n"
    )
    assert made.endswith("\nSee the licence and [how it is kept](maintainer.md).\n")


def test_what_is_shown_as_code_stays_as_it_is() -> None:
    guide = build_guides.Guide("DEVELOPING.md", "developer")
    assert "```\n[a](LICENSE)\n```" in build_guides.page(guide, "# Change it\n\n```html\n[a](LICENSE)\n```\n")


def test_a_guide_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="does not begin with a line"):
        build_guides.page(build_guides.Guide("DEVELOPING.md", "developer"), "Text\n")
