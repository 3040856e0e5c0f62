"""Views + templates → Page. The only room that knows Jinja.

Templates are trusted, what they print is not: autoescape is on for every template, and a variable that does not exist is an error, not
an empty place.
"""

from __future__ import annotations

import base64
import gettext
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import jinja2
import jinja2.nodes
from jinja2.ext import InternationalizationExtension

from onrecord import languages
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


class Phrases(InternationalizationExtension):
    """Jinja's i18n extension, which translates a phrase with nothing to fill in once, while the template is compiled."""

    def _make_node(
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: dict[str, jinja2.nodes.Expr],
        plural_expr: jinja2.nodes.Expr | None,
        vars_referenced: bool,
        num_called_num: bool,
    ) -> jinja2.nodes.Output:
        if plural_expr is None and context is None and not variables and not vars_referenced:
            said = cast(Callable[[str], str], self.environment.globals["said"])
            return jinja2.nodes.Output([jinja2.nodes.TemplateData(said(singular).replace("%%", "%"))])
        return super()._make_node(singular, plural, context, variables, plural_expr, vars_referenced, num_called_num)


class Renderer:
    """Turns views into pages with the templates of a folder. Can be sent to another process: only the folder's path goes along."""

    def __init__(self, templates: Path) -> None:
        self.templates = templates
        self._environments: dict[str, jinja2.Environment] = {}
        self._names: dict[type, tuple[str, ...]] = {}

    def __getstate__(self) -> Path:
        return self.templates

    def __setstate__(self, templates: Path) -> None:
        self.__init__(templates)  # type: ignore[misc]

    def page(self, path: str, template: str, view: object) -> Page:
        """The page at `path`: the template filled with the fields of the view, UTF-8.

        Raises TemplateProblem where the template is missing or broken or asks for what the view does not have.
        """
        site = getattr(view, "site", None)
        environment = self._speaking(getattr(site, "lang", "en"))
        names = self._names.get(type(view))
        if names is None:
            names = self._names[type(view)] = tuple(f.name for f in fields(view))  # type: ignore[arg-type]
        try:
            text = environment.get_template(template).render({name: getattr(view, name) for name in names})
        except Exception as error:
            raise self._problem(template, error) from error
        return Page(path, text.encode())

    def words(self, language: str) -> Callable[[str], str]:
        """What says English words of the interface in a language: those of `locale/LANGUAGE.po`, or the English ones where it has none.

        Raises TemplateProblem where the catalogue cannot be read.
        """
        return self._catalogue(language).gettext

    def _speaking(self, language: str) -> jinja2.Environment:
        """The environment for pages in an interface language."""
        environment = self._environments.get(language)
        if environment is None:
            catalogue = self._catalogue(language)
            environment = jinja2.Environment(
                loader=jinja2.FileSystemLoader(self.templates),
                autoescape=True,
                undefined=jinja2.StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
                keep_trailing_newline=True,
                auto_reload=False,
                cache_size=-1,
                extensions=[Phrases],
            )
            environment.filters |= {
                "sha256": _sha256,
                "number": partial(languages.number, language=language),
                "words": partial(_words, catalogue),
            }
            environment.globals["said"] = catalogue.gettext
            environment.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]
            self._environments[language] = environment
        return environment

    def _catalogue(self, language: str) -> gettext.NullTranslations:
        path = self.templates / "locale" / f"{language}.po"
        if not path.is_file():
            return gettext.NullTranslations()
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import PoFileError, read_po

        compiled = io.BytesIO()
        try:
            write_mo(compiled, read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True))
        except (PoFileError, ValueError) as error:
            raise TemplateProblem(
                f"locale/{path.name}", getattr(error, "lineno", 0), str(error).partition("\n")[0]
            ) from error
        compiled.seek(0)
        return gettext.GNUTranslations(compiled)

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


def _words(catalogue: gettext.NullTranslations, text: str) -> str:
    """Words of a record (a kind) in the interface's language where the catalogue has them. Plain text, to be escaped like any other:
    what `_()` gives is taken for HTML and is for the template's own words only."""
    return catalogue.gettext(text) if text else ""


def _sha256(text: Any) -> str:
    """The Base64 SHA-256 of a text, as a Content Security Policy names inline styles (CSP Level 3 section 2.3.1)."""
    return base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()


def assets(templates: Path) -> Iterator[Page]:
    """The files of `templates/assets/` as they are, at `assets/…`, in the order of their paths. Symbolic links are left out."""
    folder = templates / "assets"
    for file in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
            yield Page(f"assets/{file.relative_to(folder).as_posix()}", file.read_bytes())
