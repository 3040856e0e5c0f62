"""What the page of a topic, place or name says beside its releases: where else it is known, and which places lie in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec

from onrecord import authorities, languages
from onrecord.model import Kind, Term
from onrecord.views.edition import Edition

_TYPES: Mapping[Kind, str] = {"topic": "DefinedTerm", "place": "Place", "name": "Thing"}
_AGENTS: Mapping[str, str] = {"person": "Person", "organization": "Organization"}


class IdentifierLink(msgspec.Struct, frozen=True):
    """The same thing at an authority."""

    href: Annotated[str, "its address there: it leads out of this site"]
    label: Annotated[str, "the authority and what it calls the thing: Wikidata Q42"]


class InnerPlace(msgspec.Struct, frozen=True):
    """A place that lies in another."""

    href: Annotated[str, "address of its page"]
    label: Annotated[str, "what it is called, in the interface's language"]
    count: Annotated[int, "how many releases name it"]
    inner_count: Annotated[int, "how many more releases name a place within it"]


def inner_places(edition: Edition, slug: str) -> tuple[InnerPlace, ...]:
    """The places that lie in a place and have a page, by label."""
    places = []
    for inner in edition.ask.inner_places(slug):
        link, facts = edition.term_link("place", inner), edition.ask.group_facts("places", inner)
        places.append(InnerPlace(link.href, link.label, facts.count if facts else 0, edition.ask.inner_count(inner)))
    return tuple(sorted(places, key=lambda place: (languages.sort_key(place.label), place.href)))


def identifiers(term: Term | None) -> tuple[IdentifierLink, ...]:
    """Where else a term is known."""
    found = (authorities.identifier(address) for address in (term.same_as if term else ()))
    return tuple(IdentifierLink(one.address, f"{one.authority} {one.name}") for one in found if one)


def json_ld(edition: Edition, term: Term, label: str) -> dict[str, object]:
    """A term as schema.org has it: what it is called, and where else it is known."""
    type_ = _AGENTS.get(term.type, _TYPES[term.kind]) if term.kind == "name" else _TYPES[term.kind]
    names = [name for name in dict.fromkeys((term.label, *term.aliases)) if name != label]
    out: dict[str, object] = {"@context": "https://schema.org", "@type": type_, "name": label}
    if names:
        out["alternateName"] = names
    around = edition.ask.around(term.slug) if term.kind == "place" else ()
    if around:
        out["containedInPlace"] = {"@type": "Place", "name": edition.label_of("place", around[0])}
    return out | {"sameAs": list(term.same_as)}
