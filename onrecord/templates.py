"""The folder of templates, and what a theme lays over it: what is in it, what each template is made of, and the assets. Knows no template
language.

A template's version is a digest of itself, of everything it extends, imports or includes, and of the words of one interface language, so
that a page is made again when, and only when, something it is made with has changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from onrecord.digests import digest

ASSETS = "assets"
LOCALE = "locale"
SHIPPED = "shipped/"
"""What stands before the name of a template where the program's own is meant, whatever a theme has in its place."""

PARTS = "parts/"
"""The folder of macros: of a file there a theme replaces those macros that it defines, and no other."""

_USES = re.compile(
    r"""\{%[-+]?\s*(?:include|extends|import|from)\b\s*"""
    r"""(?:(?P<mark>["'])(?P<name>[^"'\n]+)(?P=mark)\s*(?:[-+]?%\}|(?:as|import|ignore|with|without)\b))?"""
)
"""A template that another is made of; `name` is missing where an expression names it."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a theme lays over the templates: a folder of files that stand in place of those of the same path, or None; and assets that were
    made of its settings, by their path below `assets/`."""

    folder: Path | None = None
    assets: Mapping[str, bytes] = field(default_factory=dict)


NO_OVERLAY = Overlay()


class Templates:
    """A folder of templates as it is now, with an overlay over it. Raises OSError where a file cannot be read."""

    def __init__(self, folder: Path, overlay: Overlay = NO_OVERLAY) -> None:
        self.folder = folder
        self.overlay = overlay
        # Pages have nearly all that they are made of in common, and the words of a language all of it: each file is looked through once.
        self._digests: dict[str, bytes] = {}
        self._used: dict[str, tuple[str | None, ...]] = {}
        self._words: dict[str, tuple[bytes, bytes]] = {}

    @cached_property
    def shipped(self) -> dict[str, bytes]:
        """Every file of the folder itself that is not an asset, by its path below it, with forward slashes."""
        return _contents(self.folder)

    @cached_property
    def overlaid(self) -> dict[str, bytes]:
        """Every file of the overlay that is not an asset."""
        return _contents(self.overlay.folder) if self.overlay.folder else {}

    @cached_property
    def files(self) -> dict[str, bytes]:
        """What templates are made of, by name: the overlay's in place of the folder's where it has one of that name, and the folder's under
        their names behind `shipped/`, too."""
        if not self.overlaid:
            return self.shipped
        return {**self.shipped, **self.overlaid, **{SHIPPED + path: data for path, data in self.shipped.items()}}

    @cached_property
    def assets(self) -> tuple[str, ...]:
        """The files below `assets/`, by their paths below it, sorted; links and hidden files are left out."""
        return tuple(sorted({*_assets_in(self.folder), *self._overlaid_assets, *self.overlay.assets}))

    @cached_property
    def _overlaid_assets(self) -> frozenset[str]:
        return frozenset(_assets_in(self.overlay.folder)) if self.overlay.folder else frozenset()

    def is_overlaid(self, path: str) -> bool:
        """Whether an asset is the theme's and not the program's."""
        return path in self.overlay.assets or path in self._overlaid_assets

    def asset(self, path: str) -> bytes:
        """The bytes of an asset."""
        made = self.overlay.assets.get(path)
        if made is not None:
            return made
        folder = self.overlay.folder if path in self._overlaid_assets else None
        return ((folder or self.folder) / ASSETS / path).read_bytes()

    @cached_property
    def digest(self) -> bytes:
        """A digest of everything in the folder and the overlay, assets included."""
        parts = [path.encode() + b"\0" + digest(data) for path, data in sorted(self.files.items())]
        parts += [f"{ASSETS}/{path}".encode() + b"\0" + digest(self.asset(path)) for path in self.assets]
        return digest(b"\n".join(parts))

    def version(self, template: str, language: str) -> bytes:
        """The version of a template in an interface language."""
        parts = [name.encode() + b"\0" + self._digest(name) for name in sorted(self._closure(template))]
        return digest(b"\n".join([*parts, *self._digests_of_words(language)]))

    def _digest(self, name: str) -> bytes:
        if name not in self._digests:
            self._digests[name] = digest(self.files[name])
        return self._digests[name]

    def _digests_of_words(self, language: str) -> tuple[bytes, bytes]:
        if language not in self._words:
            shipped, overlaid = (files.get(f"{LOCALE}/{language}.po", b"") for files in (self.shipped, self.overlaid))
            self._words[language] = digest(shipped), digest(overlaid)
        return self._words[language]

    def _uses(self, name: str) -> tuple[str | None, ...]:
        """The templates that a template names; None for one that an expression names."""
        if name not in self._used:
            text = self.files[name].decode("utf-8", "replace")
            self._used[name] = tuple(match["name"] for match in _USES.finditer(text))
        return self._used[name]

    def _closure(self, template: str) -> set[str]:
        """The templates that one is made of. One that names another by an expression counts as made of all."""
        names: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name in names or name not in self.files:
                continue
            names.add(name)
            if name in self.overlaid and name.startswith(PARTS) and name in self.shipped:
                waiting.append(SHIPPED + name)  # its other macros are those of the file that it overlays
            for used in self._uses(name):
                if used is None:
                    return {path for path in self.files if not path.removeprefix(SHIPPED).startswith(f"{LOCALE}/")}
                waiting.append(used)
        return names


def _contents(folder: Path) -> dict[str, bytes]:
    return {path: Path(folder, path).read_bytes() for path in _files_in(folder) if not path.startswith(f"{ASSETS}/")}


def _assets_in(folder: Path) -> list[str]:
    paths = _files_in(folder / ASSETS)
    return [path for path in paths if not any(part.startswith(".") for part in path.split("/"))]


def _files_in(folder: Path) -> list[str]:
    paths = []
    root = len(str(folder)) + 1
    for at, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(at, name)
            if not os.path.islink(full):
                paths.append(full[root:].replace(os.sep, "/"))
    return sorted(paths)
