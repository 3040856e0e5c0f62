"""The folder of templates: what is in it, what each template is made of, and the assets. Knows no template language.

A template's version is a digest of itself, of everything it extends, imports or includes, and of the words of one interface language, so
that a page is made again when, and only when, something it is made with has changed.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path

from onrecord.digests import digest

ASSETS = "assets"
LOCALE = "locale"
_USES = re.compile(
    r"""\{%[-+]?\s*(?:include|extends|import|from)\b\s*"""
    r"""(?:(?P<mark>["'])(?P<name>[^"'\n]+)(?P=mark)\s*(?:[-+]?%\}|(?:as|import|ignore|with|without)\b))?"""
)
"""A template that another is made of; `name` is missing where an expression names it."""


class Templates:
    """A folder of templates as it is now. Raises OSError where a file cannot be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file that is not an asset, by its path below the folder, with forward slashes."""
        return {path: Path(self.folder, path).read_bytes() for path in _files_in(self.folder) if not _is_asset(path)}

    @cached_property
    def assets(self) -> tuple[str, ...]:
        """The files below `assets/`, by their paths below it, sorted; links and hidden files are left out."""
        folder = self.folder / ASSETS
        return tuple(path for path in _files_in(folder) if not any(part.startswith(".") for part in path.split("/")))

    def asset(self, path: str) -> bytes:
        """The bytes of an asset."""
        return (self.folder / ASSETS / path).read_bytes()

    @cached_property
    def digest(self) -> bytes:
        """A digest of everything in the folder, assets included."""
        parts = [path.encode() + b"\0" + digest(data) for path, data in sorted(self.files.items())]
        parts += [f"{ASSETS}/{path}".encode() + b"\0" + digest(self.asset(path)) for path in self.assets]
        return digest(b"\n".join(parts))

    def version(self, template: str, language: str) -> bytes:
        """The version of a template in an interface language."""
        parts = [name.encode() + b"\0" + digest(self.files[name]) for name in sorted(self._closure(template))]
        catalogue = self.files.get(f"{LOCALE}/{language}.po", b"")
        return digest(b"\n".join([*parts, digest(catalogue)]))

    def _closure(self, template: str) -> set[str]:
        """The templates that one is made of. One that names another by an expression counts as made of all."""
        names: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name in names or name not in self.files:
                continue
            names.add(name)
            for match in _USES.finditer(self.files[name].decode("utf-8", "replace")):
                if match["name"] is None:
                    return {path for path in self.files if not path.startswith(f"{LOCALE}/")}
                waiting.append(match["name"])
        return names


def _is_asset(path: str) -> bool:
    return path.startswith(f"{ASSETS}/")


def _files_in(folder: Path) -> list[str]:
    paths = []
    root = len(str(folder)) + 1
    for at, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(at, name)
            if not os.path.islink(full):
                paths.append(full[root:].replace(os.sep, "/"))
    return sorted(paths)
