"""The whole site as a bag for archives and libraries (BagIt 1.0, RFC 8493), as a folder or packed."""

from __future__ import annotations

from pathlib import Path

from onrecord.exports.published_site import PublishedSite
from onrecord.publish import bag


def make(site: PublishedSite, target: Path) -> str:
    """Writes the bag as a folder, or as a ZIP file where the name of `target` ends with .zip; says what it is. Raises OSError, and
    NotPublished or PublishFailed where a file has changed meanwhile."""
    tags = bag.of_site(
        site.examination.listed,
        site.examination.manifest,
        site.examination.size,
        publisher=site.settings.publisher,
        description=f"{site.settings.title}: the whole site",
        date=site.built,
    )
    if target.suffix == ".zip":
        site.pack(target, f"{site.name}-bag", tags, bag.PAYLOAD)
    else:
        (target / bag.PAYLOAD).mkdir(parents=True)
        site.copy(site.paths, target / bag.PAYLOAD)
        for path, data in tags:
            (target / path).write_bytes(data)
    return f"a bag with {len(site.paths):,} files. Verify it: build.py verify, or any program for BagIt."
