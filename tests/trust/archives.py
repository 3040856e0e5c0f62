"""A small archive to be built again and again by what damages its site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from onrecord import publish
from tests.conftest import Ran, run_here

RELEASE = """---
title: {title}
date: {date}
publisher: Harbour Watch
language: en
extent: full
{fields}---
{body}
"""


def release(title: str, date: str, body: str, fields: str = "") -> str:
    """The text of a release file; `fields` are further lines of its front matter."""
    return RELEASE.format(title=title, date=date, body=body, fields=fields)


@dataclass(frozen=True)
class Archive:
    """A folder with content, a cache of its own and the site that is built of them."""

    folder: Path

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.folder / "content"

    @property
    def cache(self) -> Path:
        """What is kept between runs."""
        return self.folder / "cache"

    @property
    def site(self) -> Path:
        """The output folder."""
        return self.folder / "site"

    def write(self, path: str, text: str) -> Path:
        """Writes a file of the content."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def arguments(self, *more: str | Path, out: Path | None = None) -> list[str]:
        """The command line of a build."""
        return [
            *("build", "--content", str(self.content), "--cache", str(self.cache)),
            *("--out", str(out or self.site), *map(str, more)),
        ]

    def build(self, *more: str | Path, out: Path | None = None) -> Ran:
        """Builds the site in this process."""
        return run_here(self.arguments(*more, out=out))


def small_archive(folder: Path, releases: int = 2) -> Archive:
    """An archive of some releases."""
    archive = Archive(folder)
    archive.write("archive.toml", 'title = "Harbour"\nlanguage = "en"\nbase_url = "https://archive.example/"\n')
    archive.write("topics.toml", '[[topic]]\nlabel = "Safety"\nslug = "safety"\n')
    archive.write("names.toml", "")
    archive.write("places.toml", "")
    for number in range(releases):
        text = release(
            f"Lamps for quay {number}", f"2012-02-{number % 28 + 1:02}", f"The crews of quay {number} asked for light."
        )
        archive.write(f"releases/2012/2012-02-{number % 28 + 1:02}-lamps-{number}.md", text)
    return archive


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site with its bytes."""
    return {path: (site / path).read_bytes() for path in publish.survey(site)}
