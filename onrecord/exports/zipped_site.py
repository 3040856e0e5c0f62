"""The whole site as one ZIP file that opens from a folder."""

from __future__ import annotations

from pathlib import Path

from onrecord.exports.published_site import PublishedSite


def make(site: PublishedSite, target: Path) -> str:
    """Writes the file; says what it is. Raises OSError, and NotPublished where a file has changed meanwhile."""
    site.pack(target, site.name)
    return f"{len(site.paths):,} files. Unpack it and open {site.name}/index.html."
