#!/usr/bin/env python3
"""Writes what this repository is made of besides its own work: THIRD_PARTY.md for people, sbom.cdx.json (CycloneDX 1.6) for programs.

  python benchmarks/third_party.py           writes both
  python benchmarks/third_party.py --check   writes nothing; 1 where one is not as it should be

Names, versions, hashes and what needs what come from the locks; licences from the packages themselves, where they are installed as the
lock has them. Those of the cluster's lock are not installed for tests: they are looked for in `--packages D` (made with
`pip install --no-deps --require-hashes --target D -r requirements-cluster.txt`), else taken from sbom.cdx.json, where the version is the
same. Actions come from the workflows, and fonts and outlines from what lies beside them. No time and no machine stands in either file.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BOM, PAPER = ROOT / "sbom.cdx.json", ROOT / "THIRD_PARTY.md"
PURPOSES = {
    "requirements.txt": "building",
    "requirements-import.txt": "reading documents",
    "requirements-cluster.txt": "reading documents on several machines",
}
ASSETS = (
    ("Source Serif 4", "OFL-1.1", "templates/assets/fonts/source-serif-4.LICENSE.txt"),
    ("Source Sans 3", "OFL-1.1", "templates/assets/fonts/source-sans-3.LICENSE.txt"),
    ("Noto Naskh Arabic", "OFL-1.1", "templates/assets/fonts/noto-naskh-arabic.LICENSE.txt"),
    ("Noto Sans Arabic", "OFL-1.1", "templates/assets/fonts/noto-sans-arabic.LICENSE.txt"),
    ("outlines of countries", "", "templates/assets/map/LICENSE.txt"),
)
# What packages call their licence, as SPDX names it; of "BSD License" each was looked up in its own LICENSE file.
SPDX = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "BSD-3-Clause": "BSD-3-Clause",
    "Apache-2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "PSF-2.0": "PSF-2.0",
}
LOOKED_UP = {
    "jinja2": "BSD-3-Clause",
    "locket": "BSD-2-Clause",
    "olefile": "BSD-2-Clause",
    "partd": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "psutil": "BSD-3-Clause",
    "toolz": "BSD-3-Clause",
    "zict": "BSD-3-Clause",
}
PERMISSIVE = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 ISC MIT MIT-0 MIT-CMU OFL-1.1 PSF-2.0 Zlib LicenseRef-public-domain".split()
)


@dataclass(frozen=True)
class Locked:
    """A package of a lock: its version, the SHA-256 of each of its files, and which packages need it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]
    purposes: list[str] = field(default_factory=list)


def locked() -> list[Locked]:
    """The packages of all locks that an archive is built or read with, each version once, by name."""
    found: dict[tuple[str, str], Locked] = {}
    for lock, purpose in PURPOSES.items():
        for block in re.split(r"^(?=[a-z0-9.-]+==)", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name, version = re.match(r"([a-z0-9.-]+)==(\S+)", block).groups()  # type: ignore[union-attr]
            hashes = tuple(sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", block)))
            users = tuple(user for user in re.findall(r"^    #(?: via)? +([a-z0-9.-]+)$", block, re.MULTILINE))
            package = found.setdefault((name, version), Locked(name, version, hashes, users))
            package.purposes.append(purpose)
    return [found[key] for key in sorted(found)]


def licence(package: Locked, packages: list[Path], before: dict[tuple[str, str], str]) -> str:
    """The SPDX expression of a package's licence. Raises SystemExit, with what to do, where it is not known."""
    installed = next(iter(metadata.distributions(name=package.name, path=[*map(str, packages), *sys.path])), None)
    if installed is None or installed.version != package.version:
        # A version for another Python has the licence of the one that is here; of anything else, what was found last.
        known = before.get((package.name, package.version))
        if known:
            return known
        if installed is None:
            raise SystemExit(
                f"{package.name} {package.version} is not installed: see --packages in benchmarks/third_party.py."
            )
    if package.name in LOOKED_UP:
        return LOOKED_UP[package.name]
    fields: Any = installed.metadata  # an email.message.Message, of which the stub shows less
    told = [fields.get("License-Expression") or "", fields.get("License") or ""]
    told += [line.rpartition(" :: ")[2] for line in fields.get_all("Classifier") or [] if line.startswith("License ::")]
    if told[0]:
        return told[0]
    for name in told:
        if name in SPDX:
            return SPDX[name]
    raise SystemExit(f"{package.name} {package.version} calls its licence {told}: look it up, and add it to LOOKED_UP.")


def actions() -> list[tuple[str, str, str]]:
    """(action, commit, version) of every action that the workflows use."""
    used = set()
    for file in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        used |= set(re.findall(r"uses: ([\w-]+/[\w-]+)@([0-9a-f]{40}) # (v\S+)", file.read_text("utf-8")))
    return sorted(used)


def bom(packages: list[Path]) -> dict[str, Any]:
    """The bill of materials (CycloneDX 1.6)."""
    before = known_licences()
    of_program = re.search(r'__version__ = "(.+)"', (ROOT / "onrecord" / "__init__.py").read_text("utf-8"))
    assert of_program
    every = locked()
    components = [component(package, licence(package, packages, before)) for package in every]
    for name, expression, path in ASSETS:
        components.append(
            {"type": "data", "bom-ref": f"asset:{name}", "name": name, "description": f"Its licence: {path}"}
            | ({"licenses": [{"expression": expression}]} if expression else {})
        )
    for action, commit, version in actions():
        purl = f"pkg:github/{action}@{commit}"
        components.append(
            {
                "type": "application",
                "bom-ref": purl,
                "name": action,
                "version": version,
                "scope": "excluded",
                "description": "a step of the workflows",
                "purl": purl,
            }
        )
    refs = {package.name: purl_of(package) for package in every}
    needs: dict[str, set[str]] = {purl_of(package): set() for package in every}
    for package in every:
        for user in package.needed_by:
            if user in refs:
                needs[refs[user]].add(purl_of(package))
    top = f"pkg:generic/onrecord@{of_program[1]}"
    direct = sorted(purl_of(package) for package in every if not set(package.needed_by) & refs.keys())
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": top,
                "name": "onrecord",
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": components,
        "dependencies": [
            {"ref": top, "dependsOn": direct},
            *({"ref": ref, "dependsOn": sorted(needed)} for ref, needed in sorted(needs.items())),
        ],
    }


def purl_of(package: Locked) -> str:
    """The package's address (Package URL, ECMA-427)."""
    return f"pkg:pypi/{package.name}@{package.version}"


def component(package: Locked, expression: str) -> dict[str, Any]:
    """A package as the bill lists it; its files are those that the lock allows."""
    return {
        "type": "library",
        "bom-ref": purl_of(package),
        "name": package.name,
        "version": package.version,
        "description": f"for {' and '.join(package.purposes)}",
        "scope": "required" if PURPOSES["requirements.txt"] in package.purposes else "optional",
        "licenses": [{"expression": expression}],
        "purl": purl_of(package),
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{package.name}/{package.version}/",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
            }
        ],
    }


def known_licences() -> dict[tuple[str, str], str]:
    """By name and version what the bill says today."""
    if not BOM.exists():
        return {}
    listed = json.loads(BOM.read_text("utf-8"))["components"]
    return {
        (entry["name"], entry["version"]): entry["licenses"][0]["expression"]
        for entry in listed
        if entry["type"] == "library"
    }


def paper(bill: dict[str, Any]) -> str:
    """THIRD_PARTY.md: the same, to be read."""
    rows = list(table(bill))
    return (
        "# What others have made\n\n"
        "Onrecord's own work is under the [MIT licence](LICENSE); texts of an archive are under what "
        "[CONTENT-LICENSE.md](CONTENT-LICENSE.md) says. What it is built with is the work of others. None of the packages is part of "
        "this repository or of a site: they are installed from their locks, file by file held against its SHA-256. Fonts and outlines "
        "are part of both, with their licences beside them.\n\n"
        "This list is made by `make third-party` from the locks, and so is [sbom.cdx.json](sbom.cdx.json) (CycloneDX), for programs.\n\n"
        + "\n".join(rows)
        + "\n"
    )


def table(bill: dict[str, Any]) -> Iterator[str]:
    """The lines of the tables."""
    listed = bill["components"]
    yield "| package | version | licence | for |"
    yield "| --- | --- | --- | --- |"
    for entry in listed:
        if entry["type"] == "library":
            licence_ = entry["licenses"][0]["expression"]
            link = f"[{entry['name']}](https://pypi.org/project/{entry['name']}/)"
            yield f"| {link} | {entry['version']} | {licence_} | {entry['description'].removeprefix('for ')} |"
    yield "\n| in pages | licence | where it stands |"
    yield "| --- | --- | --- |"
    for name, expression, path in ASSETS:
        yield f"| {name} | {expression or 'see there'} | [{path}]({path}) |"
    yield "\n| step of the workflows | version | commit |"
    yield "| --- | --- | --- |"
    for action, commit, version in actions():
        yield f"| [{action}](https://github.com/{action}) | {version} | `{commit}` |"


def files(packages: list[Path]) -> dict[Path, str]:
    """Both files as they should be."""
    bill = bom(packages)
    return {BOM: json.dumps(bill, indent=1, ensure_ascii=False) + "\n", PAPER: paper(bill)}


def main() -> int:
    """Writes or compares, and prints the names of those that were not as they should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--packages", type=Path, action="append", default=[])
    args = parser.parse_args()
    drifted = [
        path for path, text in files(args.packages).items() if not path.exists() or path.read_text("utf-8") != text
    ]
    for path in drifted:
        if not args.check:
            path.write_text(files(args.packages)[path], encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))
    return 1 if args.check and drifted else 0


if __name__ == "__main__":
    sys.exit(main())
