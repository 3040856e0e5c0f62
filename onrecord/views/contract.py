"""templates/README.md: what each template receives, made from the views' fields and their words of help."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

HEAD = """# The templates

Everything a reader sees is made here, and can be changed without reading Python. Each page is a [Jinja](https://jinja.palletsprojects.com/)
template and gets exactly the variables listed below; a variable that does not exist stops the build with the file and line it is used on.
This list is made from the code by `python build.py derive`; do not edit it by hand.

- `skeleton.html` is the frame of every page, the only file with `<html>`, `<head>` and `<body>`. All pages extend it.
- `parts/` has what several pages show, as macros: `lists.html` (releases, topics, years), `navigation.html` (ways to other pages),
  `indexes.html` (letters, what narrows a list), `quotations.html` (quotations in lists), `references.html` (publishers’ numbers),
  `drawings.html` (charts, maps), `comparison.html` (sentences of two publications), `relations.html` (translations, corrections,
  series), `figures.html` (reported numbers), `status.html` (signs and bands of a record),
  `files.html` (originals and attachments), `corrections.html` (what was corrected, and ways to suggest it),
  `copying.html` (buttons that copy a citation, ways to cite a passage), `search.html` and `fields.html` (the two forms),
  `search-box.html` (the small ones), `ways.html` (how the maintainers are reached).
- `assets/` is copied to the site, scripts and style sheets without their remarks: `site.css` (colours, type and measures are in its first
  layer), `compare.css`, `contribute.css`, `indexes.css` and `search.css` for the pages that need them, fonts and their licences, `faces/`
  (a sheet for each face that only some pages need), scripts.
- `locale/` has the words of the interface in other languages; what is between `{% trans %}` and `{% endtrans %}` is looked up there.

## How to change something

While you work, `python build.py serve` rebuilds and reloads the page at each change. The next build makes exactly those pages again
that are made with what you changed: all of them after a change of `skeleton.html`.

**The frame.** Edit `skeleton.html`: the head, the masthead with the navigation, the footer. It has these blocks, which a page may fill:

| block | what a page puts there |
| --- | --- |
| `title` | the page's title; the skeleton adds the archive's |
| `whole_title` | the whole title, where the archive's is not to be added |
| `head` | more elements of the head |
| `main` | the page itself |
| `main_tag` | another `<main>` |
| `suggest` | nothing, where the page has a way of its own to suggest a correction; else the footer leads to one |
| `policy`, `links`, `masthead`, `colophon` | for 404.html alone, which may need no other file |

**A page.** Edit its template; every page begins so:

```jinja
{% extends "skeleton.html" %}
{% import "parts/lists.html" as lists %}
{% block title %}{{ label }}{% endblock %}
{% block main %}
<h1>{{ label }}</h1>
{{ lists.entries(newest, page.root) -}}
{% endblock %}
```

What is written outside of blocks is not shown. A new page needs Python as well: its view and its address.

**A macro.** Edit it in its file in `parts/`; every page that calls it changes. A macro sees what it is given and nothing else, so it is
handed `page.root` where it prints links. Most print whole lines: call them with a dash, `{{ lists.entries(newest, page.root) -}}`, and no
empty line is left behind. To add one, write it beside those of its subject and import the file where it is used.

**A look of your own.** Do not change these files for it: put a folder `theme/` beside `content/`, in which one file changes one part, and
which no new version of the program touches. [docs/theme.md](../docs/theme.md) says how.

## Rules that keep every page right

- Addresses (`href`) are relative to the top of the edition: write `{{ page.root }}{{ entry.href }}`. Assets, feeds and files are behind
  `{{ page.top }}`.
- Everything printed is escaped. Only `body` and `notes` are HTML already, and safe: `{{ body|safe }}`.
- Text from the record that may be in another language or script gets its `lang` and `dir`, or is put into `<bdi>`.
- A field is read with a dot, `{{ entry.title }}`; the value of a key (only `search.strings` has keys) with brackets:
  `{{ search.strings["heading"] }}`.
- Filters beside Jinja's own: `number` (a count as the page's language writes it), `digits` (a number's text, such as 3.1, in the
  language's digits), `words` (a kind in the page's language), `listed` (several texts with the
  comma of the page's language), `sha256` (for the Content Security Policy of 404.html).
- Between values write the marks of English, `{{ a }}, {{ b }}; {{ c }}` and `“{{ words }}”`: each language gets its own, “،” and «» in
  Arabic. Not touched are code, and what is in an element with `lang="en"`.
- Between two statements of one line write ` · `: it gets the mark of the language, and no line begins with it.
- `{% trans %}` and `_()` are for words that are written in the template. Never give them a variable: what they print is taken for HTML.
- No inline styles or scripts: the Content Security Policy of the site forbids them.
"""


def shapes(templates: Mapping[str, type]) -> list[type]:
    """The dataclasses the views are made of beside the views themselves, each once, in the order they are first met."""
    inner = (shape for view in templates.values() for shape in _inner_shapes(view))
    return [shape for shape in dict.fromkeys(inner) if shape not in templates.values()]


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
    none, or where the class is no Struct."""
    if not issubclass(shape, msgspec.Struct):
        return {}
    hints = typing.get_type_hints(shape, include_extras=True)
    annotated = {name: hints[name] for name in shape.__struct_fields__}
    if any(typing.get_origin(hint) is not typing.Annotated for hint in annotated.values()):
        return {}
    return {name: (typing.get_args(hint)[0], typing.get_args(hint)[1]) for name, hint in annotated.items()}


def _inner_shapes(shape: type) -> Iterator[type]:
    for hint, _ in documented(shape).values():
        for inner in _parts(hint):
            if documented(inner):
                yield inner
                yield from _inner_shapes(inner)


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
    rows = [
        f"| `{name}` | {_type(hint)} | {text.translate(cell)} |" for name, (hint, text) in documented(shape).items()
    ]
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
