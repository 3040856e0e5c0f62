"""Paths of somebody's computer, which name its user, its folders or its network."""

from __future__ import annotations

import re

# C:\Users\ann\…, \\server\share\…, file:///…, /home/ann/…, /Users/ann/…; each part bounded, so that looking is linear.
_PATH = re.compile(
    r"(?:file:/{0,5})(?:[A-Za-z]:)?[^\s\"'<>|*?]{1,400}"
    r"|(?<![A-Za-z])[A-Za-z]:\\{1,2}[^\"'<>|*?\r\n\t]{1,400}"
    r"|(?<![A-Za-z])[A-Za-z]:/(?!/)[^\s\"'<>|*?]{1,400}"
    r"|\\\\[A-Za-z0-9_.$-]{1,80}\\[^\"'<>|*?\r\n\t]{1,400}"
    r"|(?<![\w./])/(?:Users|home|Volumes|private/var|var/folders|mnt|media)/[^\s\"'<>|*?]{1,400}"
)


def found(text: str) -> str:
    """The first path of a computer in a text; empty where there is none."""
    match = _PATH.search(text)
    return match[0] if match else ""


def without(text: str) -> str:
    """The text with the last name of each path in place of the path: what a link to a file is called stays, where it lay goes."""
    return _PATH.sub(lambda match: re.split(r"[\\/]", match[0].rstrip("\\/ "))[-1], text)
