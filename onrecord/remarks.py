"""Scripts and style sheets as they are written → as they are sent: without remarks, empty lines, and blanks at the beginning of lines and
beside brackets and commas.

All else stays, in its lines, so that what is sent can still be read. What a remark is, is told by dividing the text as a browser does
(ECMAScript 2025, section 12; CSS Syntax Module Level 3, section 4), for `//` also stands in addresses and `/*` in expressions. Where only
an understanding of the whole script could tell what a slash is (section 12.9.5: after `)` or `}` it divides, or begins a regular
expression), the text is given back as it is; so is one that ends in the middle of something.

A remark that is a notice (`/*! … */`, or one that speaks of copyright or of a licence) stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NOTICE = re.compile(r"/\*!|copyright|licen[cs]e|©", re.I)
_STRING = r""""(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'"""
_STYLE = re.compile(
    rf"(?P<blank>\s+)|(?P<remark>/\*[\s\S]*?(?:\*/|\Z))|{_STRING}|url\([^()\"']*\)|[^\s\"'/u]+|(?P<open>[\"']|/\*)|[\s\S]",
    re.I,
)
_SCRIPT = re.compile(
    rf"(?P<blank>\s+)|(?P<remark>/\*[\s\S]*?(?:\*/|\Z)|//[^\n\r\u2028\u2029]*)|(?P<value>{_STRING})|(?P<word>[\w$#]+)"
    r"|(?P<slash>/(?!\*))|(?P<tick>`)|(?P<sign>\+\+|--(?!>)|<(?!!--)|[^\"'\\/<-]|-(?!->))|[\s\S]"
)
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?P<end>`|\$\{)")
_EXPRESSION = re.compile(r"/(?:[^/\\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+/\w*")
_BEFORE_VALUES = frozenset("return typeof instanceof in new delete void throw case do else".split())
"""Words after which a value comes, so that a slash begins a regular expression."""
_BEFORE_STATEMENTS = frozenset(("if", "while", "for", "with"))
"""Words after whose parentheses a statement comes, and after all others what has a value."""
_UNCLEAR = frozenset(("}", ".", "++", "--", "of", "yield", "await"))
"""Signs and words after which a slash can be either."""
_ENDS_LINE = re.compile(r"[\n\r\u2028\u2029]")


class _Unclear(Exception):
    """A text that this module cannot divide with certainty."""


def sent(path: str, data: bytes) -> bytes:
    """The bytes of an asset as they are sent: of a style sheet and of a script without remarks, of any other file, and of one that is
    not UTF-8, as they are."""
    kind = path.rpartition(".")[2]
    try:
        if kind == "css":
            # A colon has a blank before it where a selector begins with it, and none of meaning after it.
            return _joined(_style(data.decode()), ("{};:,", "{}")).encode()
        # No sign of a script begins or ends with one of these and is another one without the blank (ECMAScript 2025, section 12.8).
        return _joined(_script(data.decode()), ("{}()[];,:", "{}()[];,:=")).encode() if kind == "js" else data
    except (UnicodeDecodeError, _Unclear):
        return data


def script(text: str) -> str:
    """A script without remarks, or the script itself where it cannot be divided with certainty."""
    return sent(".js", text.encode()).decode()


def _joined(tokens: Iterator[tuple[str, str]], needless: tuple[str, str] = ("", "")) -> str:
    """The text of tokens, each given as its kind and its text. A run of blanks and remarks is one blank, or one end of a line where one of
    them has any; there is none after and before the signs that are `needless`."""
    kept: list[str] = []
    between = ""
    for kind, text in tokens:
        if kind == "blank" or (kind == "remark" and not _NOTICE.search(text)):
            between = "\n" if between == "\n" or _ENDS_LINE.search(text) else " "
        else:
            if between == " " and kept and (kept[-1][-1] in needless[0] or text[0] in needless[1]):
                between = ""
            kept += [between, text]
            between = ""
    return "".join(kept).lstrip() + "\n"


def _style(text: str) -> Iterator[tuple[str, str]]:
    for token in _STYLE.finditer(text):
        kind = token.lastgroup or ""
        if kind == "open" or (kind == "remark" and not _is_remark(text, token)):
            raise _Unclear
        yield kind, token[0]


def _ends(remark: str) -> bool:
    return not remark.startswith("/*") or (len(remark) > 3 and remark.endswith("*/"))


def _is_remark(text: str, token: re.Match[str]) -> bool:
    """Whether a remark ends, and has a blank, or nothing, beside it: between two words of a style sheet it parts them, and is no blank."""
    start, stop = token.span()
    apart = start == 0 or stop == len(text) or text[start - 1].isspace() or text[stop].isspace()
    return apart and _ends(token[0])


def _script(text: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(text)
    depths = [0]  # of braces: in the script, and in each template's expression that is open
    parentheses: list[bool] = []  # of each that is open, whether a statement comes after it
    before = ""  # the last sign or word; `value` for all that can be divided
    while at < end:
        token = _SCRIPT.match(text, at)
        assert token is not None, "any sign is a token"
        kind, part = token.lastgroup or "", token[0]
        if kind == "tick" or (part == "}" and depths[-1] == 0 and len(depths) > 1):
            template = _TEMPLATE.match(text, token.end())
            if template is None:
                raise _Unclear
            if kind != "tick":
                depths.pop()
            if template["end"] == "${":
                depths.append(0)
            kind, part, before = "value", text[at : template.end()], "value" if template["end"] == "`" else "${"
        elif kind == "slash":
            if before in _UNCLEAR:
                raise _Unclear
            expression = None if before == "value" else _EXPRESSION.match(text, at)
            if before != "value" and expression is None:
                raise _Unclear
            part, before = (expression[0], "value") if expression else (part, "/")
        elif not kind or (kind == "remark" and not _ends(part)):
            raise _Unclear
        elif kind not in ("blank", "remark"):
            before = _after(kind, part, before, depths, parentheses)
        at += len(part)
        yield kind, part
    if depths != [0] or parentheses:
        raise _Unclear


def _after(kind: str, part: str, before: str, depths: list[int], parentheses: list[bool]) -> str:
    """What stands before the next token, once this one is read; `depths` and `parentheses` are those of `_script`."""
    if part in ("{", "}"):
        depths[-1] += 1 if part == "{" else -1
    elif part == "(":
        parentheses.append(before in _BEFORE_STATEMENTS)
    elif part == ")":
        if not parentheses:
            raise _Unclear
        return ")" if parentheses.pop() else "value"
    elif kind == "word" and before != "." and part in _BEFORE_VALUES | _BEFORE_STATEMENTS | _UNCLEAR:
        return part
    return "value" if kind in ("word", "value") or part == "]" else part
