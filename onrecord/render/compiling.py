"""Templates in one interface language → Python code: as Jinja writes it, with less to do for each page.

Phrases are translated while a template is compiled, so a page asks only which plural form a number wants. What stands between two
statements of a template is printed at once, and fields of views are read as Python reads them. The characters printed are the same.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from itertools import groupby
from typing import Any, cast

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import InternationalizationExtension
from markupsafe import Markup

from onrecord.render.overlaying import merged
from onrecord.render.separators import Separators

_IN_NUMBER = "in the number of"
"""The name of the filter that fills in a phrase with a number in it. With its spaces no template can call it."""

_IMPLIED = re.compile("</(?:li|dt|dd|option|td|th|tr)>")
"""Closing tags that may be left out wherever these elements may stand: what follows is another of them, or the list or table ends (HTML
Standard, 13.1.2.4). They are taken from templates, once; a page is not looked at again."""

_BLANK = re.compile(r"%%|%\((\w+)\)s")


class Environment(jinja2.Environment):
    """Jinja's environment for the pages in one interface language, whose words `catalogue` has. `separators` are the marks of the language
    for those of English (see `render.separators`). The other arguments are Jinja's."""

    def __init__(
        self, catalogue: gettext.NullTranslations, separators: Mapping[str, str] | None = None, **given: Any
    ) -> None:
        super().__init__(autoescape=True, extensions=[_Phrases, Separators], **given)
        self.catalogue = catalogue
        self.separators = separators or {}
        self.code_generator_class = _Generator
        self.filters[_IN_NUMBER] = self._in_number
        self.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """A template as a tree, without the closing tags that HTML does not need; of a file of macros that a theme overlays, of both
        (`overlaying`)."""
        tree = merged(source, lambda text, file: super(Environment, self)._parse(text, name, file), filename)
        if (name or "").endswith(".html"):
            for data in tree.find_all(nodes.TemplateData):
                data.data = _IMPLIED.sub("", data.data)
        return tree

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: those of the environment, for none has any of its own."""
        return self.globals

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        code = super()._generate(source, name, filename, defer_init)
        return f"{code}\nfrom {__name__} import Joined, escape_text, printed\n"

    def _in_number(self, singular: str, plural: str, count: int, values: dict[str, Any]) -> Markup:
        """A phrase with a number in it, in the form the language has for that number, with its blanks filled in."""
        phrase = self.catalogue.ngettext(singular, plural, count)
        return Markup(phrase % {name: markupsafe.escape(value) for name, value in values.items()})  # noqa: S704


class _Phrases(InternationalizationExtension):
    """Jinja's `{% trans %}`, translated while the template is compiled."""

    def _make_node(
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: dict[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        vars_referenced: bool,
        num_called_num: bool,
    ) -> nodes.Output:
        if context is not None:
            return super()._make_node(
                singular, plural, context, variables, plural_expr, vars_referenced, num_called_num
            )
        if plural_expr is not None:
            values = nodes.Dict([nodes.Pair(nodes.Const(name), value) for name, value in variables.items()])
            given = [nodes.Const(plural), plural_expr, values]
            return nodes.Output([nodes.Filter(nodes.Const(singular), _IN_NUMBER, given, [], None, None)])
        pieces: list[nodes.Expr] = []
        for text, name in _pieces(cast(Environment, self.environment).catalogue.gettext(singular)):
            pieces.append(nodes.TemplateData(text))
            if name:
                pieces.append(variables[name])
        return nodes.Output(pieces)


def _pieces(phrase: str) -> Iterator[tuple[str, str]]:
    """The pieces of a phrase with blanks (`%(name)s`; `%%` is a percent sign): the text before a blank, and its name. The last piece is
    the text behind the last blank, without a name."""
    text, end = "", 0
    for match in _BLANK.finditer(phrase):
        text += phrase[end : match.start()]
        end = match.end()
        if match[1] is None:
            text += "%"
        else:
            yield text, match[1]
            text = ""
    yield text + phrase[end:], ""


class _Generator(CodeGenerator):
    """Jinja's code generator, in the places where its code has more to do than views need."""

    environment: Environment

    def blockvisit(self, children: Iterable[nodes.Node], frame: Frame) -> None:
        """Takes text, phrases and values that follow each other as one: `visit_Output` joins them."""
        super().blockvisit(_in_rows(children), frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Writes one `yield` for all pieces, in place of one for each."""
        if (
            frame.buffer is not None
            or len(node.nodes) == 1
            or all(isinstance(n, nodes.TemplateData) for n in node.nodes)
        ):
            super().visit_Output(node, frame)
            return
        frame.buffer = f"yield {Joined.__name__}"
        super().visit_Output(node, frame)
        frame.buffer = None

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("(escape_text(piece) if (piece := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(").__class__ is str else printed(piece))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's name
        """Calls a macro as Python calls; a phrase, `_("…")`, is translated now."""
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name in ("_", "gettext") and len(node.args) == 1 and isinstance(node.args[0], nodes.Const):
            self.write(f"Markup({self.environment.catalogue.gettext(node.args[0].value).replace('%%', '%')!r})")
        elif name in self.environment.globals or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
        else:
            self.visit(node.node, frame)
            self.write("(")
            for argument in (*node.args, *node.kwargs):
                self.visit(argument, frame)
                self.write(", ")
            self.write("caller=caller)" if forward_caller else ")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Reads an attribute as Python does: what a template receives has fields, not keys. Only a block, `self.title`, is a key."""
        if isinstance(node.node, nodes.Name) and node.node.name == "self":
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


def _in_rows(children: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Nodes, with all that is printed in a row as one node."""
    for is_output, row in groupby(children, lambda node: isinstance(node, nodes.Output)):
        if is_output:
            outputs = cast("list[nodes.Output]", list(row))
            yield nodes.Output([piece for node in outputs for piece in node.nodes], lineno=outputs[0].lineno)
        else:
            yield from row


# ---- what the code of a template uses ------------------------------------------------------------------------------------------------


class Joined:
    """Pieces of a page → one text. The generated code takes it for the list of a buffer, hence the names."""

    append = str
    extend = "".join


escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", lambda text: str(markupsafe.escape(text)))
"""A plain text, escaped for HTML."""


def printed(value: Any) -> str:
    """What is printed of a value that is no plain text: escaped for HTML, unless it is marked as safe."""
    kind = value.__class__
    if kind is Markup:
        return cast(str, value)
    return str(value) if kind is int else markupsafe.escape(value)
