"""The rules of the figures of one release: what a number's words say, and where they stand in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from onrecord import amounts, languages
from onrecord.model import Figure, Part, Problem, Table, position

_SEPARATORS = frozenset(".,'’٬٫")
_MOST_NAMED, _LONGEST_SHOWN = 5, 60


def figures(
    written: Sequence[Table],
    values: Sequence[Figure],
    paragraphs: Sequence[str],
    parts: Sequence[Part],
    language: str,
    abstract: bool,
    problems: list[Problem],
) -> Iterator[Figure]:
    """The figures as they are kept: bounds filled in where `value` is a plain number, and the paragraph where that is known.

    `written` are the tables of the front matter, `paragraphs` and `parts` the body's, folded as `value` is to be (`verdict`); of an
    abstract, whose words are the archive's own, none has to hold the value.
    """
    for table, figure in zip(written, values, strict=True):
        low, high = _bounds(table, figure, language, problems)
        holding = () if abstract or not figure.value else _holding(figure, paragraphs, parts)
        if holding:
            # An item or a row is told by the paragraph before it, where several hold the value.
            behind = [part for part in holding if figure.paragraph is None or part.startswith(f"{figure.paragraph}.")]
            part = behind[0] if len(behind) == 1 else ""
            yield replace(figure, low=low, high=high, paragraph=None, part=part)
        else:
            paragraph = _paragraph(table, figure, paragraphs, abstract, problems)
            yield replace(figure, low=low, high=high, paragraph=paragraph)


def _holding(figure: Figure, paragraphs: Sequence[str], parts: Sequence[Part]) -> tuple[str, ...]:
    """The numbers of the items and rows that hold a value which no paragraph holds."""
    if not parts or any(stands_in(figure.value, text) for text in paragraphs):
        return ()
    return tuple(part.number for part in parts if stands_in(figure.value, part.text))


def _bounds(table: Table, figure: Figure, language: str, problems: list[Problem]) -> tuple[str, str]:
    """The least and the most it can be. A plain number is both; whatever else is given has to stand in its words."""
    value, low, high = figure.value, figure.low, figure.high
    given = [(key, text) for key, text in (("low", low), ("high", high)) if text]
    number = amounts.plain(value, languages.decimal_sign(language))
    if number is not None:
        text = amounts.written(number)
        for key, bound in given:
            if bound != text:
                message = (
                    f"“{_shown(value)}” is a plain number, and “{key}” is {bound}. A plain number is its own least and most: leave "
                    "“low” and “high” out, or correct the one that is wrong."
                )
                problems.append(Problem(*position(table.get(key)), "bad-figure", message))
        return text, text
    if value and amounts.has_digits(value):
        stated = amounts.readings(value)
        for key, bound in given:
            if Decimal(bound) not in stated:
                message = (
                    f"“{key}” is {bound}, and “{_shown(value)}” does not say so. Write the number that is there, or leave "
                    f"“{key}” out."
                )
                problems.append(Problem(*position(table.get(key)), "bad-figure", message))
    if low and high and Decimal(low) > Decimal(high):
        message = (
            f"“low” is {low} and “high” is {high}: the least is more than the most. Correct the one that is wrong."
        )
        problems.append(Problem(*position(table.get("low")), "bad-figure", message))
    return low, high


def _paragraph(
    table: Table, figure: Figure, paragraphs: Sequence[str], abstract: bool, problems: list[Problem]
) -> int | None:
    """The number of the paragraph it stands in; in an abstract only where it is given."""
    given = figure.paragraph
    if given is not None and not 1 <= given <= len(paragraphs):
        message = f"There is no paragraph {given}; the text has {len(paragraphs)}."
        problems.append(Problem(*position(table.get("paragraph")), "bad-figure", message))
        return None
    if abstract or not figure.value:
        return given
    places = [number for number, text in enumerate(paragraphs, 1) if stands_in(figure.value, text)]
    if given in places:
        return given
    if given is not None or not places:
        where = f" It is in {_named(places)}." if places else ""
        of = f"paragraph {given}" if given is not None else "the text"
        message = f"“{_shown(figure.value)}” is not in {of}.{where} Copy it exactly as it is printed there."
        problems.append(Problem(*position(table.get("paragraph" if places else "value")), "bad-figure", message))
    elif len(places) > 1:
        message = f"“{_shown(figure.value)}” is in {_named(places)}. Say with “paragraph” which of them reports this."
        problems.append(Problem(*position(table.get("value")), "bad-figure", message))
    return places[0] if len(places) == 1 and given is None else given


def _shown(value: str) -> str:
    return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"


def _named(places: Sequence[int]) -> str:
    numbers = [str(number) for number in places[:_MOST_NAMED]] + (["…"] if len(places) > _MOST_NAMED else [])
    return f"paragraph {numbers[0]}" if len(places) == 1 else f"paragraphs {', '.join(numbers)}"


def stands_in(value: str, paragraph: str) -> bool:
    """True where the words stand in the paragraph by themselves: “200” does not stand in “1,200”, nor “ten” in “often”."""
    at = paragraph.find(value)
    while at >= 0:
        end = at + len(value)
        if not _runs_on(paragraph[max(0, at - 2) : at], value[:1], before=True) and not _runs_on(
            paragraph[end : end + 2], value[-1:], before=False
        ):
            return True
        at = paragraph.find(value, at + 1)
    return False


def _runs_on(beside: str, edge: str, *, before: bool) -> bool:
    """True where what stands beside a value continues the number, or the word, that it begins or ends with."""
    near, far = (beside[-1:], beside[-2:-1]) if before else (beside[:1], beside[1:2])
    if edge.isdecimal():
        return near.isdecimal() or (near in _SEPARATORS and far.isdecimal()) or _cased(near)
    return _cased(edge) and _cased(near)


def _cased(char: str) -> bool:
    return char.lower() != char.upper()
