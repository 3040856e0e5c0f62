"""Snowball's stemmers in the browser: the Python modules of snowballstemmer, translated to JavaScript.

The build stems with snowballstemmer; the words of a query must be stemmed in the browser by the very same rules. Its stemmers are
generated (https://snowballstem.org/) in a small regular part of Python: integers, strings, `while`, `if`, `for` over a tuple, and
`try: … raise lab0()` for a jump to the end of a block, which JavaScript has as a labelled block. This module reads them as syntax trees
and writes that part of Python as JavaScript, on top of engine/stemmer_base.js, our own form of what they inherit. Whatever is outside
of that part stops the build with a message: a translation is never a guess.

The stemmers keep their licence (BSD-3-Clause), which stands above the translation.
"""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

VERSION = "3.1.1"
_COMPARISONS = {
    ast.Eq: "===", ast.NotEq: "!==", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-"}


class StemmersChanged(Exception):
    """snowballstemmer is another version, or has another shape, than the one this translation is written for. The message says which."""


def stemmers_script(algorithms: Iterable[str]) -> str:
    """JavaScript statements that declare `const STEMMERS`, an object of algorithm → function of a word that returns its stem.

    `algorithms` are snowballstemmer's names ("english", "arabic"); the order does not matter. The statements expect the class
    `SnowballStemmer` (engine/stemmer_base.js) in scope. The same names, the same text. Raises StemmersChanged.
    """
    names = sorted(set(algorithms))
    if not names:
        return "const STEMMERS = {};\n"
    functions = [f"  {json.dumps(name)}: {_function(name)}," for name in names]
    return "\n".join(["/*", _licence(), "*/", "const STEMMERS = {", *functions, "};", ""])


@lru_cache(maxsize=1)
def _folder() -> Path:
    installed = importlib.metadata.version("snowballstemmer")
    if installed != VERSION:
        raise StemmersChanged(f"snowballstemmer {installed} is installed; its translation is written for {VERSION}")
    # The package itself is not imported: it prefers a C extension with other rules where there is one.
    spec = importlib.util.find_spec("snowballstemmer")
    if spec is None or spec.origin is None:
        raise StemmersChanged("snowballstemmer has no folder of modules")
    return Path(spec.origin).parent


@lru_cache(maxsize=1)
def _licence() -> str:
    """The licence's text as the package brings it."""
    for file in importlib.metadata.files("snowballstemmer") or ():
        if file.name == "COPYING":
            return (
                f"The stemmers are translated from snowballstemmer {VERSION} (https://snowballstem.org/).\n\n"
                + re.sub(r"\*/", "* /", Path(str(file.locate())).read_text("utf-8").strip())
            )
    raise StemmersChanged("snowballstemmer comes without its licence, COPYING")


@lru_cache
def _function(algorithm: str) -> str:
    """A JavaScript expression: a function that stems one word."""
    file = _folder() / f"{algorithm}_stemmer.py"
    if not file.is_file():
        raise StemmersChanged(f"snowballstemmer {VERSION} has no stemmer {algorithm!r}")
    classes = [node for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.ClassDef)]
    stemmers = [node for node in classes if [ast.unparse(base) for base in node.bases] == ["BaseStemmer"]]
    if len(stemmers) != 1:
        raise StemmersChanged(f"{file.name} has {len(stemmers)} stemmers, one was expected")
    return _Translation(file.name, stemmers[0]).expression()


class _Translation:
    """One stemmer class. `tables` are its constants by name, `fields` what an instance begins with."""

    def __init__(self, file: str, node: ast.ClassDef) -> None:
        self.file = file
        self.name = node.name
        self.tables: dict[str, str] = {}
        self.fields: dict[str, str] = {}
        self.methods: list[str] = []
        self.labels: list[tuple[str, str]] = []
        self.label_count = 0
        for item in node.body:
            self.member(item)

    def changed(self, node: ast.AST) -> StemmersChanged:
        line = getattr(node, "lineno", 0)
        return StemmersChanged(
            f"{self.file}:{line} has {ast.unparse(node)[:80]!r}, which the translation does not know"
        )

    def expression(self) -> str:
        tables = [f"    const {name} = {value};" for name, value in self.tables.items()]
        fields = "".join(f" this.{name} = {value};" for name, value in self.fields.items())
        lines = [
            "(() => {", *tables, "    class Stemmer extends SnowballStemmer {", f"      reset() {{{fields} }}", *self.methods, "    }",
            "    const stemmer = new Stemmer();", "    return (word) => stemmer.stemWord(word);", "  })()",
        ]  # fmt: skip
        return "\n".join(lines)

    def member(self, item: ast.stmt) -> None:
        if isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant):
            return
        if isinstance(item, ast.FunctionDef):
            self.methods += self.method(item)
            return
        if not (isinstance(item, ast.Assign) and len(item.targets) == 1 and isinstance(item.targets[0], ast.Name)):
            raise self.changed(item)
        name, value = item.targets[0].id, item.value
        if re.fullmatch(r"g_\w+", name) and isinstance(value, (ast.Set, ast.Constant)):
            letters = value.elts if isinstance(value, ast.Set) else value
            text = "".join(map(self.text, letters)) if isinstance(letters, list) else self.text(letters)
            self.tables[name] = f"new Set({_quoted(text)})"
        elif re.fullmatch(r"a_\d+", name) and isinstance(value, ast.List):
            self.tables[name] = f"SnowballStemmer.among([{', '.join(map(self.among, value.elts))}])"
        elif re.fullmatch(r"as_\d+", name) and isinstance(value, ast.Tuple):
            self.tables[name] = f"[{', '.join(_quoted(self.text(each)) for each in value.elts)}]"
        elif re.fullmatch(r"[IBS]_\w+", name) and isinstance(value, ast.Constant):
            self.fields[name] = self.constant(value)
        else:
            raise self.changed(item)

    def text(self, node: ast.expr) -> str:
        # The stemmers count characters as Python does; JavaScript counts the same as long as none is beyond U+FFFF.
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and max(map(ord, node.value), default=0) < 0x10000
        ):
            return node.value
        raise self.changed(node)

    def constant(self, node: ast.Constant) -> str:
        if isinstance(node.value, bool):
            return "true" if node.value else "false"
        if isinstance(node.value, int):
            return str(node.value)
        return _quoted(self.text(node))

    def among(self, node: ast.expr) -> str:
        """One ending or beginning as [text, result] or [text, result, name of the method that decides]."""
        if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "Among" and not node.keywords):
            raise self.changed(node)
        text, _, result, *method = node.args
        parts = [_quoted(self.text(text)), self.value(result)]
        if method:
            if not isinstance(method[0], ast.Name):
                raise self.changed(node)
            parts.append(_quoted(method[0].id))
        return f"[{', '.join(parts)}]"

    def method(self, node: ast.FunctionDef) -> list[str]:
        if [argument.arg for argument in node.args.args] != ["self"]:
            raise self.changed(node)
        local = sorted(
            {
                target.id
                for item in ast.walk(node)
                if isinstance(item, ast.Assign)
                for target in item.targets
                if isinstance(target, ast.Name)
            }
        )
        self.label_count = 0
        lines = [f"      {node.name}() {{"]
        if local:
            lines.append(f"        let {', '.join(local)};")
        return [*lines, *self.block(node.body, "        "), "      }"]

    def block(self, nodes: list[ast.stmt], indent: str) -> list[str]:
        return [line for node in nodes for line in self.statement(node, indent)]

    def statement(self, node: ast.stmt, indent: str) -> list[str]:
        deeper = indent + "  "
        match node:
            case ast.Assign(targets=[target]):
                return [f"{indent}{self.value(target)} = {self.value(node.value)};"]
            case ast.AugAssign():
                return [
                    f"{indent}{self.value(node.target)} {self.operator(_ARITHMETIC, node.op, node)}= {self.value(node.value)};"
                ]
            case ast.Expr(value=ast.Call()):
                return [f"{indent}{self.value(node.value)};"]
            case ast.Return(value=ast.expr() as value):
                return [f"{indent}return {self.value(value)};"]
            case ast.Pass():
                return []
            case ast.Break():
                return [f"{indent}break;"]
            case ast.Continue():
                return [f"{indent}continue;"]
            case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
                for known, label in reversed(self.labels):
                    if known == name:
                        return [f"{indent}break {label};"]
            case ast.While(orelse=[]):
                return [f"{indent}while ({self.value(node.test)}) {{", *self.block(node.body, deeper), f"{indent}}}"]
            case ast.For(target=ast.Name(), iter=ast.Tuple(elts=turns), orelse=[]):
                head = f"{indent}for (let turn = 0; turn < {len(turns)}; turn++) {{"
                return [head, *self.block(node.body, deeper), f"{indent}}}"]
            case ast.If():
                lines = [f"{indent}if ({self.value(node.test)}) {{", *self.block(node.body, deeper)]
                if node.orelse:
                    lines += [f"{indent}}} else {{", *self.block(node.orelse, deeper)]
                return [*lines, f"{indent}}}"]
            case ast.Try(
                handlers=[ast.ExceptHandler(type=ast.Name(id=name), name=None, body=[ast.Pass()])],
                orelse=[],
                finalbody=[],
            ):
                self.label_count += 1
                label = f"{name}_{self.label_count}"
                self.labels.append((name, label))
                lines = [f"{indent}{label}: {{", *self.block(node.body, deeper), f"{indent}}}"]
                self.labels.pop()
                return lines
        raise self.changed(node)

    def value(self, node: ast.expr) -> str:
        match node:
            case ast.Constant():
                return self.constant(node)
            case ast.Name():
                return node.id
            case ast.Attribute(value=ast.Name(id="self")):
                return f"this.{node.attr}"
            case ast.Attribute(value=ast.Name(id=owner)) if owner == self.name:
                return node.attr
            case ast.UnaryOp(op=ast.Not()):
                return f"!({self.value(node.operand)})"
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
                return f"-{self.value(node.operand)}"
            case ast.BoolOp(op=ast.Or()):
                return " || ".join(f"({self.value(part)})" for part in node.values)
            case ast.Compare(ops=[operator], comparators=[right]):
                return f"{self.value(node.left)} {self.operator(_COMPARISONS, operator, node)} {self.value(right)}"
            case ast.BinOp(right=ast.Attribute() | ast.Name() | ast.Constant()):
                return f"{self.value(node.left)} {self.operator(_ARITHMETIC, node.op, node)} {self.value(node.right)}"
            case ast.Subscript(slice=ast.expr()):
                return f"{self.value(node.value)}[{self.value(node.slice)}]"
            case ast.Call(func=ast.Name(id="len"), args=[text], keywords=[]):
                return f"{self.value(text)}.length"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self")), keywords=[]):
                return f"{self.value(node.func)}({', '.join(map(self.value, node.args))})"
        raise self.changed(node)

    def operator(self, known: Mapping[Any, str], operator: ast.AST, node: ast.AST) -> str:
        if type(operator) not in known:
            raise self.changed(node)
        return known[type(operator)]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
