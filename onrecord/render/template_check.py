"""The templates of a theme → Problems: what Jinja cannot read, what the page does not have, blocks and macros that nothing asks for.

A template is looked into as it stands, without making a page: the names that it uses are held against the fields of its view, its blocks
against those of what it extends, its macros against those of the file that it overlays.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
from jinja2 import meta, nodes

from onrecord import views
from onrecord.model import Problem
from onrecord.nearest import hint
from onrecord.templates import ASSETS, LOCALE, PARTS, SHIPPED, Overlay, Templates
from onrecord.views import contract

_GIVEN = frozenset(["_", "gettext", "ngettext"])
_COPIED = re.compile(r"\{#-?\s*copied from onrecord ([0-9a-f]{12})\b")
_FILTERS = ("digits", "number", "sha256", "words")
FRAME = ("site", "page")
"""What every page has, and so the skeleton and what it includes."""


def problems(templates: Path, overlay: Path) -> list[Problem]:
    """Everything that is wrong with the templates of a theme's folder `overlay`; paths are below the theme."""
    return list(_Check(Templates(templates, Overlay(overlay)), overlay.name).all())


class _Check:
    def __init__(self, templates: Templates, folder: str) -> None:
        self.templates = templates
        self.folder = folder
        self.environment = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.i18n"], trim_blocks=True)
        self.environment.filters |= dict.fromkeys(_FILTERS, str)
        self.trees: dict[str, nodes.Template | Problem] = {}

    def all(self) -> Iterator[Problem]:
        for name in self.templates.overlaid:
            if name.startswith(f"{LOCALE}/") or any(part.startswith(".") for part in name.split("/")):
                continue
            tree = self.tree(name)
            if isinstance(tree, Problem):
                yield tree
                continue
            if name not in self.templates.shipped and not self._is_used(name):
                yield self.problem(name, 1, "theme-file", self._unused(name))
                continue
            yield from self._references(name, tree)
            yield from self._names(name, tree)
            yield from self._blocks(name, tree)
            yield from self._macros(name, tree)
            yield from self._age(name, tree)

    def problem(self, name: str, line: int, code: str, message: str, is_error: bool = True) -> Problem:
        return Problem(line, 1, code, message, "error" if is_error else "warning", path=f"{self.folder}/{name}")

    def tree(self, name: str) -> nodes.Template | Problem:
        """A template as Jinja reads it, or the Problem that keeps it from being read."""
        found = self.trees.get(name)
        if found is None:
            try:
                found = self.environment.parse(self.templates.files[name].decode("utf-8"), name)
            except jinja2.TemplateSyntaxError as error:
                message = f"The template cannot be read: {error.message or 'something is not closed'}."
                found = self.problem(name, error.lineno, "theme-template", message)
            except UnicodeDecodeError:
                found = self.problem(name, 1, "theme-template", "The file is not UTF-8. Save it as UTF-8.")
            self.trees[name] = found
        return found

    def _is_used(self, name: str) -> bool:
        for other in self.templates.overlaid:
            tree = self.tree(other)
            if other != name and isinstance(tree, nodes.Template) and name in meta.find_referenced_templates(tree):
                return True
        return False

    def _unused(self, name: str) -> str:
        near = hint(name, [path for path in self.templates.shipped if not path.startswith(f"{ASSETS}/")])
        return (
            f"The program has no template of this name, and none of the theme's uses it.{near} Nothing is made of it."
        )

    def _references(self, name: str, tree: nodes.Template) -> Iterator[Problem]:
        """Templates that are named and are not there."""
        for node in tree.find_all((nodes.Extends, nodes.Import, nodes.FromImport, nodes.Include)):
            wanted = node.template  # type: ignore[attr-defined]
            if not isinstance(wanted, nodes.Const):
                continue
            if wanted.value == name:
                message = f"A template cannot be made of itself. Write “{SHIPPED}{name}” for the program's own."
                yield self.problem(name, node.lineno, "theme-template", message)
            elif wanted.value not in self.templates.files:
                message = f"There is no template “{wanted.value}”.{hint(wanted.value, self.templates.files)}"
                yield self.problem(name, node.lineno, "theme-template", message)

    def _names(self, name: str, tree: nodes.Template) -> Iterator[Problem]:
        """Variables that the page does not have, and fields that a known variable does not have."""
        if name.startswith(PARTS):
            known: dict[str, object] = dict.fromkeys(self._defined_below(name))
        elif name in views.TEMPLATES:
            known = {key: kind for key, (kind, _) in contract.documented(views.TEMPLATES[name]).items()}
        else:
            shape = contract.documented(next(iter(views.TEMPLATES.values())))
            known = {key: shape[key][0] for key in FRAME if key in shape}
        undeclared = meta.find_undeclared_variables(tree) - _GIVEN - set(known)
        told: set[str] = set()
        for node in tree.find_all(nodes.Name):
            if node.ctx == "load" and node.name in undeclared and node.name not in told:
                told.add(node.name)
                what = "A macro sees only what it is given" if name.startswith(PARTS) else "The page does not have it"
                near = hint(node.name, known)
                message = f"“{node.name}” is not known here. {what}.{near} What there is is in templates/README.md."
                yield self.problem(name, node.lineno, "theme-variable", message)
        stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
        for read in tree.find_all(nodes.Getattr):
            base = read.node
            kind = known.get(base.name) if isinstance(base, nodes.Name) and base.name not in stored else None
            fields = contract.documented(kind) if isinstance(kind, type) else {}
            if fields and read.attr not in fields:
                message = f"“{base.name}” has no “{read.attr}”.{hint(read.attr, fields)} What it has is in templates/README.md."  # type: ignore[attr-defined]
                yield self.problem(name, read.lineno, "theme-variable", message)

    def _defined_below(self, name: str) -> set[str]:
        """What the program's own file of macros, which this one overlays, defines and imports."""
        shipped = self.tree(SHIPPED + name) if name in self.templates.shipped else None
        if not isinstance(shipped, nodes.Template):
            return set()
        return {macro.name for macro in shipped.find_all(nodes.Macro)} | {
            node.target for node in shipped.find_all(nodes.Import)
        }

    def _blocks(self, name: str, tree: nodes.Template) -> Iterator[Problem]:
        """Blocks of a template that extends another, in which nothing has that place."""
        extended = next(iter(tree.find_all(nodes.Extends)), None)
        if extended is None:
            return
        there = self._blocks_above(extended, {name})
        inner = {block.name for outer in tree.find_all(nodes.Block) for block in outer.find_all(nodes.Block)}
        for block in tree.find_all(nodes.Block):
            if there and block.name not in there and block.name not in inner:
                places = ", ".join(sorted(there))
                message = f"There is no block “{block.name}”, so this is shown nowhere.{hint(block.name, there)} There are: {places}."
                yield self.problem(name, block.lineno, "theme-block", message)

    def _blocks_above(self, extended: nodes.Extends, seen: set[str]) -> set[str]:
        name = extended.template.value if isinstance(extended.template, nodes.Const) else ""
        tree = self.tree(name) if name in self.templates.files and name not in seen else None
        if not isinstance(tree, nodes.Template):
            return set()
        above = next(iter(tree.find_all(nodes.Extends)), None)
        blocks = {block.name for block in tree.find_all(nodes.Block)}
        return blocks | (self._blocks_above(above, seen | {name}) if above else set())

    def _macros(self, name: str, tree: nodes.Template) -> Iterator[Problem]:
        """Macros that do not take what the program gives to them."""
        shipped = self.tree(SHIPPED + name) if name.startswith(PARTS) and name in self.templates.shipped else None
        if not isinstance(shipped, nodes.Template):
            return
        wanted = {macro.name: [argument.name for argument in macro.args] for macro in shipped.find_all(nodes.Macro)}
        for macro in tree.find_all(nodes.Macro):
            given = [argument.name for argument in macro.args]
            if macro.name in wanted and given[: len(wanted[macro.name])] != wanted[macro.name]:
                arguments = ", ".join(wanted[macro.name])
                message = (
                    f"The program calls “{macro.name}” with ({arguments}). Let it take these first, by these names."
                )
                yield self.problem(name, macro.lineno, "theme-macro", message)

    def _age(self, name: str, tree: nodes.Template) -> Iterator[Problem]:
        """A whole template in place of the program's, which has changed since."""
        extended = [node.template for node in tree.find_all(nodes.Extends)]
        extends_own = any(isinstance(node, nodes.Const) and node.value == SHIPPED + name for node in extended)
        if name not in self.templates.shipped or extends_own or name.startswith(PARTS):
            return
        now = hashlib.sha256(self.templates.shipped[name]).hexdigest()[:12]
        copied = _COPIED.search(self.templates.overlaid[name].decode("utf-8", "replace"))
        if copied is None:
            message = (
                f"This is in place of the whole of {name}, which newer versions may change. Put a line on top, so that you are told: "
                f"{{# copied from onrecord {now} #}}"
            )
            yield self.problem(name, 1, "theme-copy", message, is_error=False)
        elif copied[1] != now:
            message = (
                f"{name} was changed in the program since this copy was made. Compare the two, take over what is new, and write {now} in "
                f"place of {copied[1]}."
            )
            yield self.problem(name, 1, "theme-copy", message, is_error=False)
