#!/usr/bin/env python3
"""Builds the guides as a small site, with Onrecord itself.

The Markdown files of this repository become its pages, and invented releases its archive:

    build_guides.py OUT [--releases N]    write OUT/content and build OUT/site

Each guide is kept once, where people look for it in a repository; here it only gets another address.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Guide:
    """A Markdown file of the repository (its path from the top), and the slug of the page that it becomes."""

    path: str
    slug: str


GUIDES = (
    Guide("CONTRIBUTING.md", "contributor"),
    Guide("MAINTAINERS.md", "maintainer"),
    Guide("docs/checking.md", "checking"),
    Guide("templates/README.md", "designer"),
    Guide("DEVELOPING.md", "developer"),
    Guide("ARCHITECTURE.md", "architecture"),
)
_PAGES = {guide.path: f"{guide.slug}.md" for guide in GUIDES}
_COMMENT = re.compile(r"^<!--.*?-->\n", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[(?P<words>[^][]*(?:`[^`]*`[^][]*)*)\]\((?P<target>[^()\s]+)\)")
_HEADING = re.compile(r"\A# (?P<title>.+)\n")


def page(guide: Guide, text: str) -> str:
    """The Markdown of a guide as a page of the archive: its heading is the title, links to other guides lead to their pages, and links to
    files that are not on the site are words. Raises ValueError where the text does not begin with a heading of the first level."""
    heading = _HEADING.match(text)
    if heading is None:
        raise ValueError(f"{guide.path} does not begin with a line “# Title”.")
    title = heading["title"].replace("\\", "\\\\").replace('"', '\\"')
    body = _COMMENT.sub("", text[heading.end() :])
    return f'---\ntitle: "{title}"\n---\n{_outside_code(body, Path(guide.path).parent)}'


def _outside_code(body: str, folder: Path) -> str:
    """The text with its links led to pages; what is shown as code stays as it is, without the name of its language, which no page has."""
    parts = re.split(r"(^```.*?^```$)", body, flags=re.MULTILINE | re.DOTALL)
    return "".join(_code(part) if part.startswith("```") else _linked(part, folder) for part in parts)


def _code(part: str) -> str:
    return re.sub(r"\A```\w+", "```", part)


def _linked(part: str, folder: Path) -> str:
    return _LINK.sub(lambda link: _link(link, folder), part)


def _link(link: re.Match[str], folder: Path) -> str:
    target, _, _ = link["target"].partition("#")
    if target.startswith(("https:", "http:", "mailto:")):
        return link[0]
    words = link["words"]
    to = _PAGES.get(_from_top(folder, target)) if target else None
    return f"[{words}]({to})" if to else words


def _from_top(folder: Path, target: str) -> str:
    return (ROOT / folder / target).resolve().relative_to(ROOT).as_posix() if ".." not in target else target


def write(content: Path, releases: int) -> None:
    """Writes the content of the site of guides: invented releases (benchmarks/corpus.py), and the guides as pages."""
    shutil.rmtree(content, ignore_errors=True)
    subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "corpus.py", content, "--n", str(releases), "--interface", "en"],
        check=True,
    )
    settings = content / "archive.toml"
    text = settings.read_text("utf-8")
    text = re.sub(r"(?m)^title = .*$", 'title = "Onrecord: guides and a demo"', text)
    settings.write_text(
        re.sub(
            r"(?m)^scope = .*$",
            'scope = "How to keep and extend an archive, with invented releases to try every page on."',
            text,
        ),
        "utf-8",
    )
    pages = content / "pages"
    for old in sorted(pages.glob("*.md")):
        old.unlink()
    (pages / "about.md").write_bytes((ROOT / "docs" / "guides" / "about.md").read_bytes())
    for guide in GUIDES:
        (pages / f"{guide.slug}.md").write_text(page(guide, (ROOT / guide.path).read_text("utf-8")), "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Writes and builds the site of guides; gives the exit code of the build."""
    parser = argparse.ArgumentParser(
        prog="build_guides.py", description="Build the guides as a small site, with Onrecord itself."
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--releases", type=int, default=60, help="how many invented releases (default 60)")
    options = parser.parse_args(arguments)
    content, site = options.out / "content", options.out / "site"
    write(content, options.releases)
    build = [sys.executable, ROOT / "build.py", "--content", content, "--out", site]
    return subprocess.run(build, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
