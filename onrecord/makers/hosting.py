"""What the places that serve a site look for, and the words of the vocabularies for the form that writes a record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import Struct

from onrecord import routes
from onrecord.reader import Reader


class NoJekyll(Struct, frozen=True):
    """`.nojekyll`, so that GitHub Pages publishes every file as it is."""

    name: str = "no-jekyll"

    def outputs(self, _ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The one file."""
        yield routes.NO_JEKYLL, ()

    def make(self, _ask: Reader, *_subject: str) -> bytes:
        """Nothing: that the file is there is enough."""
        return b""


class Cname(Struct, frozen=True):
    """`CNAME` with the site's own domain, where the base URL is the root of one
    (https://docs.github.com/pages/configuring-a-custom-domain-for-your-github-pages-site)."""

    name: str = "cname"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The file, where the site has a domain of its own."""
        if _domain(ask.settings().base_url):
            yield routes.CNAME, ()

    def make(self, ask: Reader, *_subject: str) -> bytes:
        """The domain."""
        return f"{_domain(ask.settings().base_url)}\n".encode()


def _domain(base_url: str) -> str:
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    own = re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+", host) and not host.endswith((".github.io", ".github.com"))
    return host if own and parts.port is None and parts.path in ("", "/") else ""


class TermsScript(Struct, frozen=True):
    """`assets/contribute-terms.js`: the words of the vocabularies and the publishers, for the form that writes a record.

    A classic script and no JSON, because a page opened from a folder may load one and not the other. Each term is a list: its label,
    then every other word that stands for it (aliases, labels in other languages).
    """

    name: str = "terms"

    def outputs(self, _ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The one file."""
        yield routes.TERMS, ()

    def make(self, ask: Reader, *_subject: str) -> bytes:
        """The script."""
        vocabularies: dict[str, object] = {
            name: [
                [term.label, *dict.fromkeys((*term.aliases, *(word for _, word in term.translations)))]
                for term in terms
            ]
            for name, terms in (
                ("topics", ask.terms("topic")),
                ("places", ask.terms("place")),
                ("names", ask.terms("name")),
            )
        }
        vocabularies["publishers"] = list(ask.publishers())
        text = json.dumps(vocabularies, ensure_ascii=False, separators=(",", ":"))
        return f"window.onrecordTerms = {text};\n".encode()


MAKERS = (NoJekyll(), Cname(), TermsScript())
