"""manifest.json: every file of a site with its SHA-256, and what distinguishes a folder from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from onrecord.publish.files import PublishFailed, digest, survey

MANIFEST = "manifest.json"
_GENERATOR = "Onrecord"


def listing(files: Mapping[str, str], built: str = "") -> bytes:
    """The bytes of the manifest for `files` (path → SHA-256): UTF-8, sorted, one file a line. `built` is the day of the build (ISO 8601),
    or empty."""
    # The separators give the lines that `indent=0` would give, but the encoder in C knows separators and no indent.
    lines = json.dumps(dict(sorted(files.items())), ensure_ascii=False, separators=(",\n", ": "))
    body = f"{{\n{lines[1:-1]}\n}}" if files else lines
    day = f'"built": {json.dumps(built)},\n' if built else ""
    return f'{{\n"generator": "{_GENERATOR}",\n{day}"files": {body}\n}}\n'.encode()


def parsed(data: bytes) -> dict[str, str] | None:
    """The files a manifest lists, or None where `data` is no manifest that a build has written."""
    try:
        document = json.loads(data)
        if document.get("generator") != _GENERATOR:
            return None
        return {str(path): str(sha256) for path, sha256 in document["files"].items()}
    except (ValueError, AttributeError, KeyError):
        return None


def manifest(site: Path) -> dict[str, str] | None:
    """The files of a built site with their SHA-256 (hexadecimal), or None where `site` has no manifest that a build has written."""
    try:
        return parsed((site / MANIFEST).read_bytes())
    except OSError:
        return None


def differences(site: Path) -> tuple[list[str], list[str], list[str]]:
    """What distinguishes a site from its manifest: files that are missing, that are changed, and that no build has written, sorted.

    Raises PublishFailed when there is no manifest, OSError when a file cannot be read.
    """
    listed = manifest(site)
    if listed is None:
        raise PublishFailed(f"{site} has no {MANIFEST} that a build has written.")
    present = survey(site).keys() - {MANIFEST}
    missing = sorted(listed.keys() - present)
    changed = sorted(path for path in listed.keys() & present if digest(f"{site}/{path}") != listed[path])
    return missing, changed, sorted(present - listed.keys())
