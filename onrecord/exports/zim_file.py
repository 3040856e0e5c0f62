"""The whole site as one ZIM file, for Kiwix and other readers that need no network (https://wiki.openzim.org/wiki/ZIM_file_format).

It is written by `zimwriterfs`, a program of its own: Debian has it in the package zim-tools. It adds an index of its own, for the search of
the reader; the search of the site is in it as well.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from onrecord import __version__, languages, routes
from onrecord.exports import zim_icon
from onrecord.exports.published_site import NotPublished, PublishedSite

WRITER = "zimwriterfs"
_ICON = "zim-illustration.png"
_LANGUAGES = {
    "en": "eng", "ar": "ara", "es": "spa", "fr": "fra", "fa": "fas", "pt": "por", "ru": "rus", "uk": "ukr",
}  # fmt: skip
"""ISO 639-3, in which a ZIM file states its language, for those that the interface has."""

_TITLE, _DESCRIPTION = 30, 80
"""How many characters a title and a description may have (https://wiki.openzim.org/wiki/Metadata)."""

_UNFINISHED = "unfinished.zim"


def make(site: PublishedSite, target: Path) -> str:
    """Writes the file; says what it is. Raises NotPublished where the program is missing or fails, OSError, and PublishFailed where a file
    of the site has changed meanwhile."""
    program = shutil.which(WRITER)
    if program is None:
        raise NotPublished(
            f"{WRITER} is not on this machine, and a ZIM file is written with it. Debian and Ubuntu have it in the package zim-tools: "
            "sudo apt install zim-tools. Elsewhere: https://github.com/openzim/zim-tools"
        )
    pages = target.with_name("pages")
    pages.mkdir()
    # Readers find fault with a file that is empty.
    site.copy([path for path in site.readable if site.size(path)], pages)
    (pages / _ICON).write_bytes(zim_icon.png())
    unfinished = target.with_name(_UNFINISHED)
    ran = subprocess.run(
        [program, *options(site), str(pages), str(unfinished)],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if ran.returncode or not unfinished.is_file():
        words = ran.stdout.decode("utf-8", "replace").strip().splitlines() or ["it gave no reason"]
        raise NotPublished(f"{WRITER} has failed: {words[-1][:300]}")
    unfinished.rename(target)
    shutil.rmtree(pages)
    return "a ZIM file. Open it with Kiwix, or check it: zimcheck -A"


def options(site: PublishedSite) -> list[str]:
    """What the program is told of the archive."""
    settings = site.settings
    language = languages.catalogue(settings.language) or "en"
    of_archive = {
        "welcome": routes.HOME,
        "illustration": _ICON,
        "language": _LANGUAGES[language],
        "title": shortened(settings.title, _TITLE),
        "description": shortened(settings.scope or settings.title, _DESCRIPTION),
        "creator": settings.publisher or settings.title,
        "publisher": settings.publisher or settings.title,
        "name": f"{site.name}_{language}",
        "source": settings.base_url,
        "scraper": f"Onrecord {__version__}",
    }
    return [f"--{key}={value}" for key, value in of_archive.items() if value]


def shortened(text: str, most: int) -> str:
    """The text on one line, cut between words where it has more than `most` characters; then an ellipsis stands at its end."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    if line[most - 1].isalnum() and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:–—") + "…"
