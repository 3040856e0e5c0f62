"""`python -m onrecord COMMAND`, and the command `onrecord` of an installed package: they run build.py, the program's table of contents."""

from __future__ import annotations

import runpy
import sys

from onrecord import program_files


def main() -> None:
    """Runs build.py with the arguments of this process; it ends the process."""
    sys.argv[0] = str(program_files.BUILD)
    runpy.run_path(str(program_files.BUILD), run_name="__main__")


if __name__ == "__main__":
    main()
