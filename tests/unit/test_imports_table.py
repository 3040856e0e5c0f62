"""Data goes one way: who may import whom, what is used in one place only, and who may touch the disk or look at the clock.

A room is a module or a package of `onrecord/`. A change of this table is a change of the architecture: say so in ARCHITECTURE.md.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "onrecord"

# Words that belong to no stage and know nothing of releases.
WORDS = {"characters", "dates", "nearest", "schema", "slugs"}

# Room → the rooms it may import from.
TABLE: dict[str, set[str]] = {
    "characters": set(),
    "dates": set(),
    "nearest": set(),
    "schema": set(),
    "slugs": set(),
    "families": set(),
    "languages": {"dates"},
    "help": set(),
    "charts": {"dates", "help"},
    "maps": {"help"},
    "compare": {"help"},
    "model": {"dates", "schema"},
    "problems": {"model"},
    "markup": {"model"},
    "vocabulary": WORDS | {"model"},
    "read": {"characters", "model", "vocabulary"},
    "check": WORDS | {"families", "markup", "model"},
    "arrange": {"families", "languages", "model", "slugs"},
    "cite": {"dates", "help", "languages", "model"},
    "exports": {"cite", "dates", "languages", "model"},
    "feeds": {"dates", "languages", "model", "slugs"},
    "search": {"dates", "languages", "model", "slugs"},
    "views": WORDS | {"charts", "cite", "compare", "help", "languages", "maps", "model", "search"},
    "render": {"languages", "model"},
    "publish": {"model"},
    "intake": WORDS | {"families", "languages", "model", "problems", "read", "vocabulary"},
    "command": {"nearest"},
}
# The commands and build.py put the rooms together; no room knows them.
ABOVE = {"commands"}

# What is used in these rooms and nowhere else; intake reads foreign documents, whatever they are made of.
ONLY: dict[str, set[str]] = {
    "jinja2": {"render"},
    "markdown": {"markup", "intake"},
    "nh3": {"markup"},
    "frontmatter": {"read"},
    "yaml": {"read"},
    "tomllib": {"read", "intake"},
    "pagefind_bin": {"search"},
    "edtf": {"dates"},
    "sqlite3": {"exports"},
    "argparse": {"command", "commands"},
}
DISK_MODULES = {"pathlib", "os", "shutil", "tempfile", "subprocess", "io", "fcntl"}
DISK = {"read", "publish", "render", "search", "intake", "command", "commands"}
TAKES_IT_AWAY = (
    HOUSE / "intake" / "workers.py"
)  # closes the network to the processes that read other people's documents
NETWORK = {"socket", "http", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "urllib3"}


def room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def files() -> list[Path]:
    return sorted(path for path in HOUSE.rglob("*.py") if path != HOUSE / "__init__.py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted module) of every import, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively; write the whole name"
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def rooms_of(path: Path) -> Iterator[tuple[int, str]]:
    for line, name in imported(path):
        parts = name.split(".")
        if parts[0] == "onrecord" and len(parts) > 1 and not parts[1].startswith("_"):
            yield line, parts[1]


def test_every_room_stands_in_the_table() -> None:
    assert {room(path) for path in files()} - ABOVE <= TABLE.keys()


@pytest.mark.parametrize("path", [p for p in files() if room(p) not in ABOVE], ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_room_imports_only_what_the_table_allows(path: Path) -> None:
    allowed = TABLE[room(path)] | {room(path)}
    assert [f"{path}:{line} imports {name}" for line, name in rooms_of(path) if name not in allowed] == []


def test_the_table_has_no_circle() -> None:
    left = {name: set(needs) for name, needs in TABLE.items()}
    while left:
        free = [name for name, needs in left.items() if not needs & left.keys()]
        assert free, f"these import each other in a circle: {sorted(left)}"
        for name in free:
            del left[name]


@pytest.mark.parametrize("library", ONLY)
def test_a_library_has_one_user(library: str) -> None:
    users = {room(path) for path in files() for _, name in imported(path) if name.split(".")[0] == library}
    assert users <= ONLY[library]


def test_only_some_rooms_touch_the_disk() -> None:
    found = []
    for path in files():
        if room(path) in DISK:
            continue
        found += [f"{path}:{line} {name}" for line, name in imported(path) if name.split(".")[0] in DISK_MODULES]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
                found.append(f"{path}:{node.lineno} open()")
    assert found == []


def test_nothing_can_reach_the_network() -> None:
    found = [
        f"{path}:{line} {name}"
        for path in files()
        for line, name in imported(path)
        if room(path) != "commands"
        and path != TAKES_IT_AWAY
        and (name.split(".")[0] in NETWORK or any(name.startswith(f"{far}.") for far in NETWORK))
    ]
    assert found == []


def test_the_clock_is_passed_in() -> None:
    """Only a command looks at the clock, once, for the rule that a date may not lie in the future; the rest is stop-watches."""
    asked = {"now", "today", "utcnow", "time_ns", "localtime", "gmtime", "ctime"}
    found = []
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asked:
                found.append(str(path.relative_to(HOUSE)))
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "time.time":
                found.append(str(path.relative_to(HOUSE)))
    assert set(found) <= {"commands/check.py", "commands/serve.py"}
