"""The whole site as one ZIP file that opens from a folder."""

from __future__ import annotations

from pathlib import Path

from onrecord.exports.published_site import PublishedSite
from onrecord.publish import packing


def make(site: PublishedSite, target: Path) -> str:
    """Writes the file; says what it is. Raises OSError."""
    packing.pack(target, site.members(), site.name)
    return f"{len(site.paths):,} files. Unpack it and open {site.name}/index.html."
