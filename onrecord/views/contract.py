"""templates/README.md: what each template receives, made from the views' fields and their words of help."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

HEAD = """# The templates

Everything a reader sees is made here, and can be changed without reading Python. Each page is a [Jinja](https://jinja.palletsprojects.com/)
template and gets exactly the variables listed below; a variable that does not exist stops the build with the file and line it stands on.
This list is made from the code by `python build.py derive`; do not edit it by hand.

- `assets/` is copied to the site as it is: `site.css` (colours, type and measures stand in its first layer), fonts and their
  licences, scripts.
- `parts/` are the pieces pages share: head, header, footer, lists, charts.
- `locale/` holds the words of the interface in other languages; what stands between `{% trans %}` and `{% endtrans %}` is looked up there.

Rules that keep every page right:

- Addresses (`href`) are relative to the top of the edition: write `{{ page.root }}{{ entry.href }}`. Assets, feeds and files stand behind
  `{{ page.top }}`.
- Everything printed is escaped. Only `body` and `notes` are HTML already, and safe: `{{ body|safe }}`.
- Text from the record that may be in another language or script gets its `lang` and `dir`, or stands in `<bdi>`.
- Filters beside Jinja's own: `number` (a count as the page's language writes it), `words` (a kind in the page's language), `sha256`
  (for the Content Security Policy of 404.html).
- `{% trans %}` and `_()` are for words that stand in the template. Never give them a variable: what they print is taken for HTML.
- No inline styles or scripts: the Content Security Policy of the site forbids them.
"""


def shapes(templates: Mapping[str, type]) -> list[type]:
    """The dataclasses the views are made of beside the views themselves, each once, in the order they are first met."""
    below = (shape for view in templates.values() for shape in _below(view))
    return [shape for shape in dict.fromkeys(below) if shape not in templates.values()]


def readme(templates: Mapping[str, type]) -> str:
    """The text of templates/README.md."""
    parts = [HEAD, "\n## What each template receives\n"]
    for template, view in templates.items():
        parts.append(f"\n### {template}\n\n{_doc(view)}\n\n{_table(view)}")
    parts.append("\n## What the variables are made of\n")
    for shape in shapes(templates):
        parts.append(f"\n### {shape.__name__}\n\n{_doc(shape)}\n\n{_table(shape)}")
    return "".join(parts)


def documented(shape: type) -> dict[str, tuple[Any, str]]:
    """The fields of a view, in their order: the type of each and its word of help, from `Annotated[type, "help"]`. Empty where a field has
    none, or where the class is no dataclass."""
    if not is_dataclass(shape):
        return {}
    hints = typing.get_type_hints(shape, include_extras=True)
    annotated = {field.name: hints[field.name] for field in fields(shape)}
    if any(typing.get_origin(hint) is not typing.Annotated for hint in annotated.values()):
        return {}
    return {name: (typing.get_args(hint)[0], typing.get_args(hint)[1]) for name, hint in annotated.items()}


def _below(shape: type) -> Iterator[type]:
    for hint, _ in documented(shape).values():
        for inner in _parts(hint):
            if documented(inner):
                yield inner
                yield from _below(inner)


def _parts(hint: Any) -> Iterator[type]:
    arguments = typing.get_args(hint)
    if not arguments and isinstance(hint, type):
        yield hint
    for argument in arguments:
        yield from _parts(argument)


def _doc(shape: type) -> str:
    return " ".join((shape.__doc__ or "").split())


def _table(shape: type) -> str:
    cell = str.maketrans({"|": "\\|"})
    rows = [f"| `{name}` | {_type(hint)} | {text.translate(cell)} |" for name, (hint, text) in documented(shape).items()]
    return "\n".join(["| variable | type | what it is |", "| --- | --- | --- |", *rows]) + "\n"


def _type(hint: Any) -> str:
    origin = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if origin is tuple:
        return f"list of {_type(arguments[0])}"
    if origin in (typing.Union, types.UnionType):
        return " or ".join("none" if argument is type(None) else _type(argument) for argument in arguments)
    plain = {str: "text", int: "number", bool: "yes or no", dict: "mapping"}
    name = plain.get(origin or hint) or hint.__name__
    if name in plain.values() or not documented(hint):
        return name
    return f"[{name}](#{re.sub(r'[^a-z0-9-]', '', name.lower())})"
