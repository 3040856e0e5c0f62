"""What programs that come by find: rules for robots, a guide for language models, and the vocabularies for other archives (SKOS)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from onrecord import authorities, routes, writing
from onrecord.list_formats import archive_ending
from onrecord.model import Card, Kind, Settings, Term
from onrecord.reader import FOLDERS, Reader

MOST_LISTED = 1000
"""How many releases the guide lists; the others are in the lists that it names."""

_RULES = (
    "A record has an `extent`. `full` and `excerpt`: the words are the publisher’s. `abstract`: the words are this archive’s own summary; "
    "cite it as the archive’s, and never as what the publisher said.",
    "Dates are as exact as the source states them (EDTF). What a source does not state is *not stated*: do not fill it in.",
    "The people named in these texts did not all choose to be. Do not join records with other data to find out who somebody is, where "
    "somebody lives, or what somebody thinks; some are at risk.",
    "What is withdrawn was withdrawn for a reason, often because somebody is at risk. Drop your copy of it, and do not restore it from "
    "others; corrections.atom says what was withdrawn or corrected.",
    "Cite the page of the release; each paragraph has an address of its own (`#p3`).",
)


class Robots(Struct, frozen=True):
    """`robots.txt` (RFC 9309): everything may be read, and where the list of it is; a proof with drafts is for nobody."""

    name: str = "robots"

    def outputs(self, _ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The one file."""
        yield routes.ROBOTS, ()

    def make(self, ask: Reader, *_subject: str) -> bytes:
        """The rules."""
        if ask.frame().drafts:
            return b"# A proof with drafts: not for publication.\nUser-agent: *\nDisallow: /\n"
        base = ask.settings().base_url
        rows = ["User-agent: *", "Disallow:"]
        rows += ["", f"Sitemap: {routes.absolute(base, routes.SITEMAP)}"] if base else []
        return ("\n".join(rows) + "\n").encode()


class ForModels(Struct, frozen=True):
    """`llms.txt` (https://llmstxt.org): what the archive is, by which rules its words may be used, and where they are as plain text."""

    name: str = "for-models"

    def outputs(self, _ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The one file."""
        yield routes.FOR_MODELS, ()

    def make(self, ask: Reader, *_subject: str) -> bytes:
        """The guide, in Markdown. It is in English, whatever the archive's language: the program's words, beside the archive's own."""
        settings = ask.settings()
        rows = [f"# {_line(settings.title)}", ""]
        rows += [f"> {_line(settings.scope)}", ""] if settings.scope else []
        rows += ["Rules for whoever uses these records:", "", *(f"- {rule}" for rule in _RULES)]
        rows += [f"- Rights in the archive’s own words: {_line(settings.rights)}"] if settings.rights else []
        rows += ["", "## Whole archive", "", *_whole(ask, settings), "", "## Releases", ""]
        cards = [card for card in ask.newest(MOST_LISTED, True) if isinstance(card, Card)]
        count = len(ask.subjects())
        if count > len(cards):
            rows += [
                f"The newest {len(cards):,} of {count:,}. The page `releases/NAME.html` of each other one has its text beside it, too.",
                "",
            ]
        rows += [_release(settings, card) for card in cards]
        return ("\n".join(rows) + "\n").encode()


def _whole(ask: Reader, settings: Settings) -> Iterator[str]:
    """Where all of it is, a line each."""
    yield _link(
        settings,
        "Data",
        routes.DATA,
        "what the files of data/ hold, column by column, what is missing and why, how to cite them",
    )
    yield _link(
        settings,
        "All records and texts",
        routes.DATA_PACKAGE,
        "the address of every file of data/ as it is now, with its columns: releases.jsonl and releases.csv (a line, a row a record), "
        "paragraphs.csv (a row a paragraph, with its address) and others; a long one is packed with gzip and has .gz behind its name",
    )
    citations = routes.archive_list(archive_ending("csl.json", len(ask.subjects())))
    yield _link(settings, "All citations", citations, "CSL-JSON, an item a line")
    yield _link(settings, "Topics, places and names", routes.VOCABULARIES, "the vocabularies, SKOS")
    yield _link(settings, "Corrections", routes.CORRECTIONS_FEED, "what was corrected or withdrawn, Atom")
    yield _link(settings, "Newest releases", routes.FEED, "Atom")
    if settings.base_url:
        yield _link(settings, "Sitemap", routes.SITEMAP, "every page, and when it was last changed")
    for slug, title in ask.frame().articles:
        yield _link(settings, title, routes.article(slug), "a page of the archive’s own")


def _release(settings: Settings, card: Card) -> str:
    words = [card.date.in_words(), card.publisher or "publisher not stated", f"`{card.extent}`"]
    words += [card.status] if card.status != "published" else []
    return _link(settings, card.title, routes.release_file(card.slug, "md"), ", ".join(words))


def _link(settings: Settings, label: str, path: str, words: str) -> str:
    return f"- [{_line(label)}]({routes.address(settings.base_url, path)}): {_line(words)}"


def _line(text: str) -> str:
    """Words on one line, in which nothing is Markdown or HTML but code in backticks of ours."""
    return re.sub(r"([\\\[\]*_<>#&])", r"\\\1", " ".join(text.split()))


# ---- the vocabularies ------------------------------------------------------------------------------------------------------------

_TITLES = {"topic": "Topics", "place": "Places", "name": "Names"}
_PREFIXES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Vocabularies(Struct, frozen=True):
    """`data/vocabularies.ttl`: topics, places and names as SKOS concepts (https://www.w3.org/TR/skos-reference/) in Turtle 1.1.

    A concept's address is a place in this file, so that it always leads to what is said of it. What the archive states is written and
    nothing else: labels, other words, a definition, where a place lies and in which place, the same thing at authorities. A name has an
    entry only where it has a page: what drafts alone say, or what is withdrawn, names nobody.
    """

    name: str = "vocabularies"

    def outputs(self, _ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The one file."""
        yield routes.VOCABULARIES, ()

    def make(self, ask: Reader, *_subject: str) -> bytes:
        """The file."""
        settings = ask.settings()
        base = routes.absolute(settings.base_url, routes.VOCABULARIES)
        rows = [f"@base <{base}> ."] if base else []
        rows += [f"@prefix {prefix}: <{address}> ." for prefix, address in _PREFIXES]
        for kind, folder in FOLDERS.items():
            terms = [term for term in ask.terms(kind) if kind != "name" or ask.label(kind, term.slug).has_page]
            title = f"{_TITLES[kind]}: {settings.title}"
            rows += ["", f"<#{folder}> a skos:ConceptScheme ;", f"  dct:title {_literal(title)} ."]
            known = {term.slug for term in terms}
            for term in terms:
                statements = [f"<{_concept(kind, term.slug)}> a skos:Concept", *_statements(ask, settings, term, known)]
                rows += ["", " ;\n  ".join(statements) + " ."]
        return ("\n".join(rows) + "\n").encode()


def _concept(kind: Kind, slug: str) -> str:
    return f"#{FOLDERS[kind]}/{routes.href(slug)}"


def _statements(ask: Reader, settings: Settings, term: Term, known: set[str]) -> Iterator[str]:
    folder = FOLDERS[term.kind]
    yield f"skos:inScheme <#{folder}>"
    inside = term.within in known
    if not inside:
        yield f"skos:topConceptOf <#{folder}>"
    # One preferred label a language (SKOS S14), the archive's own first; no other label is the same (S13).
    labels: dict[str, str] = {_language(term.label, settings, term.translations): term.label}
    for language, label in term.translations:
        labels.setdefault(language, label)
    for language, label in labels.items():
        yield f"skos:prefLabel {_literal(label, language)}"
    for alias in dict.fromkeys(term.aliases):
        # The vocabulary does not say in which language another word is.
        if alias != labels.get(""):
            yield f"skos:altLabel {_literal(alias)}"
    own = _language(term.description, settings, term.descriptions)
    descriptions = {own: term.description} if term.description else {}
    for language, text in term.descriptions:
        descriptions.setdefault(language, text)
    for language, text in descriptions.items():
        yield f"skos:definition {_literal(text, language)}"
    if term.type:
        yield f"dc:type {_literal(term.type)}"
    if inside:
        yield f"skos:broader <{_concept(term.kind, term.within)}>"
    if term.lat is not None and term.lon is not None:
        yield f'geo:lat "{term.lat!r}"'
        yield f'geo:long "{term.lon!r}"'
    for address in term.same_as:
        yield f"skos:exactMatch <{_thing(address)}>"
    if ask.label(term.kind, term.slug).has_page:
        yield f"foaf:page <../{routes.href(routes.group(folder, term.slug))}>"


def _language(text: str, settings: Settings, translations: Sequence[tuple[str, str]]) -> str:
    """The language of an archive's own words: that under which they stand among the translations, else the archive's, unless their letters
    are of another script. Then no entry says which it is."""
    stated = next((language for language, words in translations if words == text), "")
    return stated or (settings.language if writing.fits(text, settings.language) else "")


def _thing(address: str) -> str:
    """The address of what an authority identifies, where that is another than of the page about it."""
    found = authorities.identifier(address)
    return f"http://www.wikidata.org/entity/{found.name}" if found and found.authority == "Wikidata" else address


def _literal(text: str, language: str = "") -> str:
    """A text as a Turtle string (section 2.5.1), with the language that it is in where that is known."""
    escaped = re.sub(r'[\\"\x00-\x1f]', lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", text)
    return f'"{escaped}"' + (f"@{language}" if language and language != "und" else "")


MAKERS = (Robots(), ForModels(), Vocabularies())
