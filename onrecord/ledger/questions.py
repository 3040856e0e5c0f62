"""The questions that outputs asked, with the digests of their answers and what these were answered from: in columns, a set of them for
each name of a question, for there are few names and many releases to ask about."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.digests import DIGEST, encoded
from onrecord.ledger.columns import Lists, Section

if TYPE_CHECKING:
    from onrecord.reader import QuestionKey

Argument = str | int | bool
Given = str | tuple[Argument, ...]
"""What a question was given; a single text stands for itself."""

_BITS = 24
_PLACE = (1 << _BITS) - 1

_decoded_given = msgspec.msgpack.Decoder(list[str | tuple[str | int | bool, ...]]).decode


class _OfName:
    """The questions of one name, by place."""

    def __init__(self, sections: Sequence[bytes] = ()) -> None:
        given, digests, *dependencies = sections or (encoded([]), b"")
        self.given: list[Given] = _decoded_given(given)
        self.digests = bytearray(digests)
        self.dependencies = Lists(*dependencies)
        self.places: dict[Given, int] | None = None

    def sections(self) -> tuple[Section, ...]:
        return encoded(self.given), self.digests, *self.dependencies.sections()

    def renewed(self, digests: bytes) -> list[int]:
        """Notes the digests of all answers as they are now; the places of those that are others than before."""
        if digests == self.digests:
            return []
        before, self.digests = self.digests, bytearray(digests)
        return [
            place
            for place, start in enumerate(range(0, len(digests), DIGEST))
            if before[start : start + DIGEST] != digests[start : start + DIGEST]
        ]


class Questions:
    """All questions, each by its number: the place of its name among the names, and behind that (24 bits) its own among those of its
    name. `added` holds the numbers of those that are new since these were read, in the order they came."""

    def __init__(self, names: Iterable[str] = (), sections: Iterable[Sequence[bytes]] = ()) -> None:
        self._of_name = dict(zip(names, map(_OfName, sections), strict=True))
        self._names = list(self._of_name)
        self._columns = list(self._of_name.values())
        self._first_numbers = {name: number << _BITS for number, name in enumerate(self._names)}
        self._interned: dict[str, str] = {}
        self.added: list[int] = []

    def __len__(self) -> int:
        return sum(len(column.given) for column in self._columns)

    def __iter__(self) -> Iterator[QuestionKey]:
        """The questions, in the order of their numbers."""
        for name, column in self._of_name.items():
            for given in column.given:
                yield _key(name, given)

    def sections(self) -> Iterator[tuple[str, tuple[Section, ...]]]:
        """The names, in the order of their numbers, each with its columns as they are kept."""
        return ((name, column.sections()) for name, column in self._of_name.items())

    def key(self, number: int) -> QuestionKey:
        """The question of a number."""
        given = self._columns[number >> _BITS].given[number & _PLACE]
        return _key(self._names[number >> _BITS], given)

    def number(self, key: QuestionKey) -> int:
        """The number of a question, which is noted where it is new: without an answer and without dependencies."""
        name = key[0]
        column = self._of_name.get(name) or self._add(name, _OfName())
        if column.places is None:
            column.places = {given: place for place, given in enumerate(column.given)}
        given: Given = key[1] if len(key) == 2 and key[1].__class__ is str else key[1:]
        place = column.places.get(given)
        if place is None:
            place = len(column.given)
            if place > _PLACE:
                raise OverflowError(f"more than {_PLACE:,} questions of one name: {name}")
            # Questions come from other processes with words of their own: each is kept once.
            shared = self._interned.setdefault
            if given.__class__ is str:
                given = shared(given, given)
            else:
                given = tuple([shared(part, part) if part.__class__ is str else part for part in given])
            column.places[given] = place
            column.given.append(given)
            column.digests += bytes(DIGEST)
            column.dependencies.append(array("I"))
            self.added.append(self._first_numbers[name] | place)
        return self._first_numbers[name] | place

    def _add(self, name: str, column: _OfName) -> _OfName:
        self._first_numbers[name] = len(self._names) << _BITS
        self._names.append(name)
        self._columns.append(column)
        self._of_name[name] = column
        return column

    def settle(self) -> None:
        """Lets go of what only the noting of questions needs."""
        for column in self._columns:
            column.places = None
        self._interned = {}

    # ---- answers ---------------------------------------------------------------------------------------------------------------

    def dependencies(self, number: int) -> array[int]:
        """The numbers of the questions a question was answered from."""
        return self._columns[number >> _BITS].dependencies[number & _PLACE]

    def note(self, number: int, digest: bytes) -> bool:
        """Notes the digest of an answer; True where it is the same as before."""
        digests, start = self._columns[number >> _BITS].digests, (number & _PLACE) * DIGEST
        if digests.startswith(digest, start):
            return True
        digests[start : start + DIGEST] = digest
        return False

    def note_dependencies(self, number: int, dependencies: array[int]) -> None:
        """Notes the numbers of the questions a question was answered from."""
        of_name, place = self._columns[number >> _BITS].dependencies, number & _PLACE
        if of_name[place] != dependencies:
            of_name[place] = dependencies

    def roots(
        self, digests: Callable[[str, Sequence[Any]], Iterable[bytes] | None], names: Sequence[str] | None = None
    ) -> tuple[list[int], list[tuple[int, QuestionKey]]]:
        """Of the questions of these `names` (default: of all) that were answered from no others: those of which `digests(name, given)`
        knows the answers of all of a name and one is another than before, which are noted; and those that have to be asked one by one, with
        their numbers."""
        changed: list[int] = []
        singles: list[tuple[int, QuestionKey]] = []
        for name, column in self._of_name.items():
            if names is not None and name not in names:
                continue
            first = self._first_numbers[name]
            now = digests(name, column.given)
            if now is None:
                for place in column.dependencies.empty_rows():
                    singles.append((first | place, _key(name, column.given[place])))
            else:
                changed += [first | place for place in column.renewed(b"".join(now))]
        return changed, singles

    def answered_from(self, numbers: frozenset[int]) -> Iterator[int]:
        """The questions that were answered from one of these."""
        for column, first in zip(self._columns, self._first_numbers.values(), strict=True):
            for place in column.dependencies.having(numbers):
                yield first | place

    # ---- what nothing asks any more ------------------------------------------------------------------------------------------------

    def without(self, asked: Iterable[int]) -> tuple[Questions, Callable[[int], int]]:
        """The questions among `asked` and those they were answered from, and the new number of each by its old one."""
        live = [bytearray(len(column.given)) for column in self._columns]
        waiting: list[int] = []
        numbers: Iterable[int] = asked
        while True:
            for number in numbers:
                if not live[number >> _BITS][number & _PLACE]:
                    live[number >> _BITS][number & _PLACE] = 1
                    waiting.append(number)
            if not waiting:
                break
            numbers = self.dependencies(waiting.pop())
        places = [[place for place, alive in enumerate(of_name) if alive] for of_name in live]
        kept = [number for number, of_name in enumerate(places) if of_name]
        new_numbers = [array("I", bytes(4 * len(of_name))) for of_name in live]
        for position, number in enumerate(kept):
            for new, old in enumerate(places[number]):
                new_numbers[number][old] = position << _BITS | new

        def new_number(number: int) -> int:
            return new_numbers[number >> _BITS][number & _PLACE]

        questions = Questions()
        for number in kept:
            before, column = self._columns[number], _OfName()
            column.given = [before.given[place] for place in places[number]]
            column.digests = bytearray().join(
                before.digests[place * DIGEST : (place + 1) * DIGEST] for place in places[number]
            )
            column.dependencies = before.dependencies.mapped(new_number, places[number])
            questions._add(self._names[number], column)
        return questions, new_number


def _key(name: str, given: Given) -> QuestionKey:
    return (name, given) if given.__class__ is str else (name, *given)
