"""Views + templates → Page. The only room that knows Jinja.

Templates are trusted, what they print is not: autoescape is on for every template, and a variable that does not exist is an error, not
an empty place.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2

from onrecord.model import Page


class TemplateProblem(Exception):
    """A template that is missing or broken: `path` (below the templates folder), `line` (0 where there is none) and what is wrong."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(path, line, message)
        self.path = path
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class Renderer:
    """Turns views into pages with the templates of a folder. Can be sent to another process: only the folder's path goes along."""

    def __init__(self, templates: Path) -> None:
        self.templates = templates
        self._environment: jinja2.Environment | None = None
        self._names: dict[type, tuple[str, ...]] = {}

    def __getstate__(self) -> Path:
        return self.templates

    def __setstate__(self, templates: Path) -> None:
        self.__init__(templates)  # type: ignore[misc]

    def page(self, path: str, template: str, view: object) -> Page:
        """The page at `path`: the template filled with the fields of the view, UTF-8.

        Raises TemplateProblem where the template is missing or broken or asks for what the view does not have.
        """
        environment = self._environment or self._open()
        names = self._names.get(type(view))
        if names is None:
            names = self._names[type(view)] = tuple(f.name for f in fields(view))  # type: ignore[arg-type]
        try:
            text = environment.get_template(template).render({name: getattr(view, name) for name in names})
        except Exception as error:
            raise self._problem(template, error) from error
        return Page(path, text.encode())

    def _open(self) -> jinja2.Environment:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.filters |= {"sha256": _sha256, "number": _number}
        self._environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
        return self._environment

    def _problem(self, template: str, error: Exception) -> TemplateProblem:
        if isinstance(error, jinja2.TemplateSyntaxError):
            return TemplateProblem(error.name or template, error.lineno, error.message or "the template cannot be read")
        if isinstance(error, jinja2.TemplateNotFound):
            missing = str(error.name or template)
            asked = "" if missing == template else f" (asked for by {template})"
            return TemplateProblem(missing, 0, f"there is no such template in {self.templates.name}/{asked}")
        path, line = self._place(error.__traceback__) or (template, 0)
        return TemplateProblem(path, line, str(error) or type(error).__name__)

    def _place(self, trace: TracebackType | None) -> tuple[str, int] | None:
        """The template and line an error came from: Jinja rewrites tracebacks so that they name the template's file."""
        found = None
        while trace:
            file = Path(trace.tb_frame.f_code.co_filename)
            if file.is_relative_to(self.templates):
                found = (file.relative_to(self.templates).as_posix(), trace.tb_lineno)
            trace = trace.tb_next
        return found


def _number(value: int) -> str:
    """A count with its thousands apart."""
    return f"{value:,}"


def _sha256(text: Any) -> str:
    """The Base64 SHA-256 of a text, as a Content Security Policy names inline styles (CSP Level 3 section 2.3.1)."""
    return base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()


def assets(templates: Path) -> Iterator[Page]:
    """The files of `templates/assets/` as they are, at `assets/…`, in the order of their paths. Symbolic links are left out."""
    folder = templates / "assets"
    for file in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
            yield Page(f"assets/{file.relative_to(folder).as_posix()}", file.read_bytes())
