"""The statements of dated editions and their time stamps, as they were written: whoever has a copy of one holds it against these."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from onrecord import routes
from onrecord.reader import Reader


class Statements(Struct, frozen=True):
    """`editions/NAME.toml`."""

    name: str = "edition-statement"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for each edition."""
        for name in ask.edition_names():
            yield routes.edition_statement(name), (name,)

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The bytes that the edition's hash is of."""
        edition = ask.dated_edition(subject[0])
        assert edition is not None, subject
        return edition.data


class Tokens(Struct, frozen=True):
    """`editions/NAME.token-N.tsr`: answers of authorities for time stamps (RFC 3161)."""

    name: str = "edition-token"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for each token of each edition."""
        for edition in ask.editions():
            for token, _ in edition.tokens:
                yield routes.edition_token(edition.name, token), (edition.name, token)

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The token as the authority gave it."""
        edition = ask.dated_edition(subject[0])
        assert edition is not None, subject
        return dict(edition.tokens)[subject[1]]


MAKERS = (Statements(), Tokens())
