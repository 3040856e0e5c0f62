"""Views + templates → pages. The only room that knows Jinja.

Templates are trusted, what they print is not: autoescape is on for every template, and a variable that does not exist is an error, not
an empty place.
"""

from __future__ import annotations

import base64
import contextlib
import gettext
import hashlib
import io
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from onrecord import languages, writing
from onrecord.digests import sealed, unsealed
from onrecord.json_text import compact
from onrecord.reader import Reader
from onrecord.render.compiling import Environment
from onrecord.render.overlaying import Loader, place, shipped_line
from onrecord.templates import LOCALE
from onrecord.views.edition import Edition

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

MOST_CATALOGUE = 1024 * 1024
"""Bytes of a catalogue of words; the longest of ours has a twentieth of them. Reading one takes time that grows with its length."""

_FACES = 'assets/faces.js"'
"""The script of skeleton.html that asks for faces before a page is drawn."""

_COMPILER = b"".join(
    Path(__file__).with_name(name).read_bytes() for name in ("compiling.py", "overlaying.py", "separators.py")
)


class TemplateProblem(Exception):
    """A template that is missing or broken: `path` (below the templates folder; of a theme's file behind the theme's name), `line` (0 where
    there is none) and what is wrong."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(path, line, message)
        self.path = path
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class Renderer:
    """Puts views into the templates of a folder. `cache` is a folder for compiled templates and catalogues, or None; `overlay` is the
    folder of a theme's templates, which stand in place of those of the same path, or None.

    Can be sent to another process: only the folders' paths go along.
    """

    def __init__(self, templates: Path, cache: Path | None = None, overlay: Path | None = None) -> None:
        self.templates = templates
        self.cache = cache
        self.overlay = overlay
        self._environments: dict[str, Environment] = {}
        self._catalogues: dict[str, gettext.NullTranslations] = {}
        self._editions: dict[str, tuple[Reader, Edition]] = {}
        self._names: dict[type, tuple[str, ...]] = {}
        self._compiled: dict[tuple[str, str], jinja2.Template] = {}

    def __getstate__(self) -> tuple[Path, Path | None, Path | None]:
        return self.templates, self.cache, self.overlay

    def __setstate__(self, state: tuple[Path, Path | None, Path | None]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def edition(self, ask: Reader, language: str) -> Edition:
        """The edition in an interface language, one for each Reader and language. Raises TemplateProblem for a broken catalogue."""
        cached = self._editions.get(language)
        if cached is None or cached[0] is not ask:
            cached = self._editions[language] = (ask, Edition(ask, language, self.translation(language)))
        return cached[1]

    def page(self, template: str, language: str, view: object) -> bytes:
        """The template filled with the fields of the view, in an interface language, UTF-8.

        Raises TemplateProblem where the template is missing or broken or asks for what the view does not have.
        """
        names = self._names.get(type(view))
        if names is None:
            names = self._names[type(view)] = tuple(getattr(view, "__struct_fields__", ()))
        try:
            compiled = self._compiled.get((template, language))
            if compiled is None:
                compiled = self._compiled[template, language] = self._environment(language).get_template(template)
            text = compiled.render({name: getattr(view, name) for name in names})
        except TemplateProblem:
            raise
        except Exception as error:
            raise self._problem(template, error) from error
        return _with_voices(text).encode()

    def translation(self, language: str) -> Callable[[str], str]:
        """What says English words of the interface in a language: those of `locale/LANGUAGE.po`, or the English ones where it has none.

        Raises TemplateProblem where the catalogue cannot be read.
        """
        return self._catalogue(language).gettext

    def _environment(self, language: str) -> Environment:
        """The environment for pages in an interface language."""
        environment = self._environments.get(language)
        if environment is None:
            catalogue = self._catalogue(language)
            environment = Environment(
                catalogue,
                languages.separators(language),
                loader=Loader(self.templates, self.overlay),
                undefined=jinja2.StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
                keep_trailing_newline=True,
                auto_reload=False,
                cache_size=-1,
                bytecode_cache=self._bytecode(language),
            )
            environment.filters |= {
                "sha256": _sha256,
                "number": partial(languages.number, language=language),
                "digits": partial(languages.digits, language=language),
                "words": partial(_translated, catalogue),
                "marks": languages.quotation_marks,
                "listed": partial(languages.listed, language=language),
                "isolated": partial(_isolated, direction=writing.direction(language)),
            }
            environment.policies |= {"json.dumps_function": _json, "json.dumps_kwargs": {}}
            self._environments[language] = environment
        return environment

    def _bytecode(self, language: str) -> jinja2.BytecodeCache | None:
        """Where compiled templates are kept: a folder for each catalogue, for phrases are translated while a template is compiled, and for
        each version of the compiler."""
        if self.cache is None:
            return None
        marks = repr(sorted(languages.separators(language).items())).encode()
        folder = self.cache / f"{language}-{_mark(_joined(self._catalogue_sources(language)) + _COMPILER + marks)}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return _CheckedCache(str(folder))

    def _catalogue_sources(self, language: str) -> list[tuple[str, bytes]]:
        """The catalogues of a language, as (path in messages, bytes): that of the templates, and what a theme says otherwise."""
        sources = []
        for folder in (self.templates, self.overlay):
            path = folder / LOCALE / f"{languages.catalogue(language) or language}.po" if folder else None
            if path is not None and path.is_file():
                with path.open("rb") as stream:
                    sources.append(
                        (place(path, self.templates, self.overlay) or path.name, stream.read(MOST_CATALOGUE + 1))
                    )
        return sources

    def _catalogue(self, language: str) -> gettext.NullTranslations:
        catalogue = self._catalogues.get(language)
        if catalogue is None:
            catalogue = self._catalogues[language] = self._read_catalogue(language)
        return catalogue

    def _read_catalogue(self, language: str) -> gettext.NullTranslations:
        sources = [(path, data) for path, data in self._catalogue_sources(language) if data]
        if not sources:
            return gettext.NullTranslations()
        language = languages.catalogue(language) or language
        for path, data in sources:
            if len(data) > MOST_CATALOGUE:
                message = f"the catalogue has more than {MOST_CATALOGUE:,} bytes. Take out what no template says"
                raise TemplateProblem(path, 0, message)
        kept = self.cache / f"{language}-{_mark(_joined(sources))}.mo" if self.cache else None
        compiled = _whole(kept) if kept is not None else None
        path = sources[0][0]
        try:
            if compiled is None:
                catalogue = None
                for file, data in sources:
                    path = file
                    catalogue = _extended(catalogue, data, language)
                compiled = _compiled_catalogue(catalogue)
                if kept is not None:
                    with contextlib.suppress(OSError):
                        kept.parent.mkdir(parents=True, exist_ok=True)
                        _keep(kept, compiled)
            return gettext.GNUTranslations(io.BytesIO(compiled))
        except MemoryError:
            raise
        except Exception as error:
            # What a broken catalogue raises is not Babel's own in every case, and never tells more than its line.
            raise TemplateProblem(
                path, getattr(error, "lineno", 0) or 0, str(error).partition("\n")[0] or "it cannot be read"
            ) from error

    def _problem(self, template: str, error: Exception) -> TemplateProblem:
        if isinstance(error, jinja2.TemplateSyntaxError):
            path = place(Path(error.filename), self.templates, self.overlay) if error.filename else ""
            message = error.message or "the template cannot be read"
            return TemplateProblem(path or error.name or template, error.lineno, message)
        if isinstance(error, jinja2.TemplateNotFound):
            missing = str(error.name or template)
            includer = "" if missing == template else f" (asked for by {template})"
            return TemplateProblem(missing, 0, f"there is no such template in {self.templates.name}/{includer}")
        path, line = self._location_of_error(error.__traceback__) or (template, 0)
        return TemplateProblem(path, line, str(error) or type(error).__name__)

    def _location_of_error(self, trace: TracebackType | None) -> tuple[str, int] | None:
        """The template and line an error came from: Jinja rewrites tracebacks so that they name the template's file."""
        location = None
        while trace:
            file, line = shipped_line(
                Path(trace.tb_frame.f_code.co_filename), trace.tb_lineno, self.templates, self.overlay
            )
            if path := place(file, self.templates, self.overlay):
                location = (path, line)
            trace = trace.tb_next
        return location


def _with_voices(text: str) -> str:
    """A page whose script asks for the serif only where a source speaks on it: many indexes have no word of one."""
    return text if "source-words" in text else text.replace(_FACES, f'{_FACES} data-voices="sans"', 1)


def _translated(catalogue: gettext.NullTranslations, text: str) -> str:
    """Words of a record (a kind) in the interface's language where the catalogue has them. Plain text, to be escaped like any other:
    what `_()` gives is taken for HTML and is for the template's own words only."""
    return catalogue.gettext(text) if text else ""


def _isolated(text: str, direction: str) -> Markup:
    """A text of a record, isolated from what is beside it in a line of a direction (HTML Standard, 4.5.24, the bdi element) where its order
    could change or be changed otherwise. A name stands in ten lists and more, so what does nothing is left out."""
    escaped = escape(text)
    return escaped if writing.keeps_order(text, direction) else Markup(f"<bdi>{escaped}</bdi>")  # noqa: S704 - escaped


def _json(value: object) -> str:
    # A translated phrase is Markup, which the encoder does not take for a text.
    return compact(str(value) if isinstance(value, str) else value).decode()


def _sha256(text: Any) -> str:
    """The Base64 SHA-256 of a text, as a Content Security Policy names inline styles (CSP Level 3 section 2.3.1)."""
    return base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()


def _joined(sources: list[tuple[str, bytes]]) -> bytes:
    return b"\0".join(data for _, data in sources)


def _extended(catalogue: Catalog | None, data: bytes, language: str) -> Catalog:
    """A catalogue, or none yet, with the phrases of a `.po` file in place of its own."""
    from babel.messages.pofile import read_po

    added = read_po(io.BytesIO(data), locale=language, abort_invalid=True)
    if catalogue is None:
        return added
    for message in added:
        if message.id:
            catalogue.delete(message.id)
            catalogue[message.id] = message
    return catalogue


def _compiled_catalogue(catalogue: Catalog | None) -> bytes:
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    assert catalogue is not None, "there is a file to compile"
    write_mo(compiled, catalogue)
    return compiled.getvalue()


# ---- what is kept: behind its digest, for a changed letter in it would be a changed word of a page, or code that nobody wrote ---------


class _CheckedCache(jinja2.FileSystemBytecodeCache):
    """Jinja's cache of compiled templates, in which a damaged file counts as none."""

    def load_bytecode(self, bucket: Bucket) -> None:
        data = _whole(Path(self._get_cache_filename(bucket)))
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        # A full disk takes nothing from a build but its haste.
        with contextlib.suppress(OSError):
            _keep(Path(self._get_cache_filename(bucket)), bucket.bytecode_to_string())


def _keep(file: Path, data: bytes) -> None:
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    unfinished.write_bytes(sealed(data))
    os.replace(unfinished, file)


def _whole(file: Path) -> bytes | None:
    """What was kept in a file; None where it is not there, or is not what was written."""
    try:
        return unsealed(file.read_bytes())
    except OSError:
        return None


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
