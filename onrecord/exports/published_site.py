"""A built site as it may leave: what every export is made from, and all that it is made from.

Whoever makes an export is given this and no content: it cannot hold what the site does not. What is asked for by a path that the site's
manifest does not list is not there, and a file whose bytes are no longer those of the manifest is refused.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from onrecord import publish, routes, tabular
from onrecord.model import Settings
from onrecord.publish import integrity, packing
from onrecord.publish.integrity import Examination

_DRAFT = b'"status":"draft"'
"""How the record of a draft says what it is: in text, quotation marks stand behind a backslash."""

_NAMED = 5
_LONGEST_CELL = 16 * 1024 * 1024
"""More than a text has that `check` takes."""
_RECORD = re.compile(r"releases/([^/]+)(?<!\.csl)\.json")
_OF_HOSTS = frozenset([routes.NO_JEKYLL, routes.CNAME, routes.NOT_FOUND])
"""What hosts of websites look for; it means nothing elsewhere, and its links lead to the top of a host."""


class NotPublished(Exception):
    """A site that may not leave as it is; the message is one line and says what to do."""


@dataclass(frozen=True, slots=True)
class PublishedSite:
    """A site that was verified: where it is, what the archive says of itself, the day of its build (ISO 8601, or empty), what the
    examination found, and the name (a slug) that its copies have."""

    folder: Path
    settings: Settings
    built: str
    examination: Examination
    name: str

    @property
    def paths(self) -> list[str]:
        """Every file of the site, its manifest too, sorted."""
        return sorted([*self.examination.listed, publish.MANIFEST])

    @property
    def strays(self) -> list[str]:
        """Files in its folder that no build has written: they are in no export."""
        found = (each.path for each in self.examination.differences)
        return [path for path in found if not path.startswith(".")]

    @property
    def records(self) -> list[str]:
        """The paths of the records (JSON) of its releases, sorted by slug."""
        return sorted(filter(_RECORD.fullmatch, self.examination.listed))

    @property
    def withdrawn(self) -> list[str]:
        """The slugs of releases whose page says that they are withdrawn, sorted."""
        found = {path.removeprefix("releases/").removesuffix(".json") for path in self.records}
        pages = (path for path in self.examination.listed if re.fullmatch(r"releases/[^/]+\.html", path))
        slugs = {path.removeprefix("releases/").removesuffix(".html") for path in pages}
        return sorted(slugs - found - {"index"})

    @property
    def readable(self) -> list[str]:
        """Its files without those that only hosts of websites look for, sorted."""
        return [path for path in self.paths if path not in _OF_HOSTS]

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file, in hexadecimal. Raises KeyError where the site has none at this path."""
        return self.examination.manifest if path == publish.MANIFEST else self.examination.listed[path]

    def size(self, path: str) -> int:
        """The bytes of a file. Raises KeyError, OSError."""
        self.sha256(path)
        return (self.folder / path).stat().st_size

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises KeyError where the site has none at this path, NotPublished where it has changed, OSError."""
        expected = self.sha256(path)
        data = (self.folder / path).read_bytes()
        if hashlib.sha256(data).hexdigest() != expected:
            raise _changed(self.folder / path)
        return data

    def table(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a table of `data/`, in its order, by the names of its columns. Its description says where it stands, and in how
        many parts. Raises NotPublished where the site has no such table or has changed, OSError."""
        package = json.loads(self.read(routes.DATA_PACKAGE)) if routes.DATA_PACKAGE in self.examination.listed else {}
        found = [each["path"] for each in package.get("resources", ()) if each.get("name") == name]
        if not found:
            raise NotPublished(f"{self.folder} has no table of {name} in {routes.DATA}. Build again.")
        before = csv.field_size_limit(_LONGEST_CELL)
        try:
            for path in [found[0]] if isinstance(found[0], str) else found[0]:
                data = self.read(routes.DATA_PACKAGE.rpartition("/")[0] + "/" + path)
                data = gzip.decompress(data) if path.endswith(".gz") else data
                for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")):
                    yield {key: tabular.value(cell) for key, cell in row.items()}
        finally:
            csv.field_size_limit(before)

    def copy(self, paths: list[str], to: Path) -> None:
        """Copies files to the same paths below the folder `to`. Raises KeyError, OSError, and PublishFailed where one has changed."""
        for path in paths:
            publish.copy_file(str(to), path, str(self.folder / path), self.sha256(path))

    def pack(self, target: Path, folder: str, beside: Sequence[tuple[str, bytes]] = (), below: str = "") -> None:
        """Packs every file into a ZIP file: `beside` first, then those of the site below `below`, all in `folder` (empty: at the top).
        Raises NotPublished where one has changed, OSError."""
        members = ((below + path, self.folder / path) for path in self.paths)
        packed = packing.pack(target, (*beside, *members), folder)
        for path in self.paths:
            if packed[below + path] != self.sha256(path):
                raise _changed(self.folder / path)


def _changed(file: Path) -> NotPublished:
    return NotPublished(f"{file} was changed while it was read. Build again.")


def published(folder: Path, settings: Settings, name: str) -> PublishedSite:
    """The site in a folder. Raises NotPublished where it is not as its build wrote it, shows drafts or is not of the archive that the
    settings are of, PublishFailed where it is none, OSError."""
    examination = integrity.examined(folder)
    kinds = [each.kind for each in examination.differences]
    if set(kinds) - {"stray"}:
        raise NotPublished(
            f"{folder} is not as its build wrote it ({kinds.count('missing')} missing, {kinds.count('changed')} changed; "
            "see: build.py verify). Build again."
        )
    site = PublishedSite(folder, settings, publish.built(folder), examination, name)
    drafts = [path for path in site.records if _DRAFT in site.read(path)]
    if drafts:
        more = f" and {len(drafts) - _NAMED:,} more" if len(drafts) > _NAMED else ""
        raise NotPublished(
            f"{folder} shows drafts ({', '.join(drafts[:_NAMED])}{more}), which are not to leave. Build again without --drafts."
        )
    return replace(site, settings=_stated(site))


def _stated(site: PublishedSite) -> Settings:
    """The settings with the address that the site was built for. Raises NotPublished where the site states another title or other rights: a
    copy would put one archive's name and licence on another's releases."""
    if routes.DATA_PACKAGE not in site.examination.listed:
        return site.settings
    package = json.loads(site.read(routes.DATA_PACKAGE))
    for key, value in (("title", site.settings.title), ("rights", site.settings.rights)):
        if package.get(key, "") != value:
            raise NotPublished(
                f"{site.folder} states “{package.get(key, '')}” as its {key}, the content “{value}”. "
                "Name the content that it was built from with --content, or build again."
            )
    return msgspec.structs.replace(site.settings, base_url=package.get("homepage", "").removesuffix(routes.DATA))
