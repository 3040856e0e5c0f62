"""Where the program's own files are: beside the package in a checkout, in the package's folder `shipped` where it was installed.

Only what stands here may ask where the program is; everything else asks this module, so that it works from a checkout, from an installed
package and from an archive that has the program as a wheel.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
IMPORTED_FROM = PACKAGE.parent
"""The folder that Python finds the package in."""
IS_CHECKOUT = not (PACKAGE / "shipped").is_dir()
FOLDER = IMPORTED_FROM if IS_CHECKOUT else PACKAGE / "shipped"
"""The folder of what stands beside the package in a checkout."""

SHIPPED = (
    ".github/ISSUE_TEMPLATE",
    ".github/workflows",
    "CONTRIBUTING.md",
    "LICENSE",
    "MAINTAINERS.md",
    "bootstrap.py",
    "build.py",
    "docs/checking.md",
    "docs/theme.md",
    "pyproject.toml",
    "requirements-cluster.txt",
    "requirements-import.txt",
    "requirements.txt",
    "starter",
    "templates",
)
"""The files and folders of `FOLDER` that a wheel takes along."""

TEMPLATES = FOLDER / "templates"
STARTER = FOLDER / "starter"
"""What `init` writes."""
BUILD = FOLDER / "build.py"
BOOTSTRAP = FOLDER / "bootstrap.py"
BUILDING = FOLDER / "requirements.txt"
IMPORTING = FOLDER / "requirements-import.txt"

HOME = IMPORTED_FROM if IS_CHECKOUT else Path(os.environ.get("ONRECORD_ARCHIVE") or Path.cwd())
"""The folder with `.venv` and `.cache`: the checkout, else the archive, whose build.py names it."""


def command() -> list[str]:
    """The beginning of a command that runs this program in a process of its own; the name of a command and its options follow."""
    if IS_CHECKOUT:
        return [sys.executable, str(BUILD)]
    begin = "import sys; sys.path.insert(0, sys.argv.pop(1)); from onrecord.__main__ import main; main()"
    return [sys.executable, "-c", begin, str(IMPORTED_FROM)]
