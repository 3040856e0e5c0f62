"""What mypy does not notice by itself: `dataclasses.replace`, `asdict`, `astuple` and `fields` of a `msgspec.Struct`, which end in a
TypeError when they run. msgspec calls its Struct a dataclass (PEP 681), so that mypy takes one for the other; this plugin of mypy's
(https://mypy.readthedocs.io/en/stable/extending_mypy.html) does not. A Struct is changed by `msgspec.structs.replace`."""

from __future__ import annotations

from collections.abc import Callable

from mypy.plugin import FunctionContext, Plugin
from mypy.types import Instance, Type, TypeType, TypeVarType, UnionType, get_proper_type

REFUSED = frozenset(f"dataclasses.{name}" for name in ("replace", "asdict", "astuple", "fields"))


class StructReplacing(Plugin):
    """The plugin."""

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """What looks at a call of a function of REFUSED."""
        return _looked_at if fullname in REFUSED else None


def _looked_at(context: FunctionContext) -> Type:
    for given in context.arg_types[0] if context.arg_types else ():
        if _is_struct(given):
            name = context.callee_arg_names[0] or "argument"
            context.api.fail(
                f"“{name}” is a msgspec.Struct, and this is for dataclasses: msgspec.structs has replace, asdict, astuple, fields",
                context.context,
            )
    return context.default_return_type


def _is_struct(given: Type) -> bool:
    kind = get_proper_type(given)
    match kind:
        case Instance():
            return kind.type.has_base("msgspec.Struct")
        case TypeType():
            return _is_struct(kind.item)
        case TypeVarType():
            return _is_struct(kind.upper_bound)
        case UnionType():
            return any(map(_is_struct, kind.items))
        case _:
            return False


def plugin(_version: str) -> type[Plugin]:
    """What mypy asks a plugin for."""
    return StructReplacing
