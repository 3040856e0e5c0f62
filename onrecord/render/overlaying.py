"""A theme's templates over the program's own: which file a name stands for, and how two files of macros become one.

A file of the theme stands in place of the program's of the same path; the program's own is called `shipped/PATH`, so that a theme's page
can extend it and change a block. In `parts/` a theme's file replaces those macros that it defines; the others stay, and call the theme's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import nodes
from jinja2.loaders import split_template_path

from onrecord.templates import PARTS, SHIPPED

if TYPE_CHECKING:
    from jinja2 import Environment

_BETWEEN = "\0"
"""What stands between a theme's file of macros, the path of the one that it overlays, and that one: no template has it."""

_FAR = 1_000_000
"""Is added to the lines of the overlaid file, so that the line of an error tells which of the two it is."""


class Loader(jinja2.BaseLoader):
    """The templates of a folder, and of an overlay, which goes first."""

    def __init__(self, templates: Path, overlay: Path | None) -> None:
        self.templates = templates
        self.overlay = overlay

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """The text of a template and the path of its file. Raises TemplateNotFound, UnicodeDecodeError."""
        name = template.removeprefix(SHIPPED)
        below = Path(*split_template_path(name))
        shipped = self.templates / below
        overlaid = self.overlay / below if self.overlay is not None and name == template else None
        if overlaid is None or not overlaid.is_file():
            if not shipped.is_file():
                raise jinja2.TemplateNotFound(template)
            return shipped.read_text(encoding="utf-8"), str(shipped), None
        text = overlaid.read_text(encoding="utf-8")
        if name.startswith(PARTS) and shipped.is_file():
            text = _BETWEEN.join((text, str(shipped), shipped.read_text(encoding="utf-8")))
        return text, str(overlaid), None


def merged(source: str, parse: Callable[[str, str | None], nodes.Template], filename: str | None) -> nodes.Template:
    """The tree of what the Loader gave. `parse` makes a tree of a text and the path of its file. Raises TemplateSyntaxError."""
    if _BETWEEN not in source:
        return parse(source, filename)
    text, shipped_path, shipped = source.split(_BETWEEN, 2)
    theme, own = parse(text, filename), parse(shipped, shipped_path)
    for node in own.find_all(nodes.Node):
        if getattr(node, "lineno", None) is not None:  # nodes that Jinja makes itself have none
            node.lineno += _FAR
    defined = {macro.name for macro in theme.find_all(nodes.Macro)}
    kept = [node for node in own.body if not (isinstance(node, nodes.Macro) and node.name in defined)]
    theme.body = [*kept, *theme.body]
    return theme


def shipped_line(file: Path, line: int, templates: Path, overlay: Path | None) -> tuple[Path, int]:
    """The file and the line that a line of a merged tree is of."""
    if line <= _FAR or overlay is None or not file.is_relative_to(overlay):
        return file, line
    return templates / file.relative_to(overlay), line - _FAR


def place(file: Path, templates: Path, overlay: Path | None) -> str:
    """How a message names the file of a template: by its path below the templates; of a theme's by its path from the theme on; empty where
    it is neither."""
    if overlay is not None and file.is_relative_to(overlay):
        return file.relative_to(overlay.parent.parent).as_posix()
    return file.relative_to(templates).as_posix() if file.is_relative_to(templates) else ""
