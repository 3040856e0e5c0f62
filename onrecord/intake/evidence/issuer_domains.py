"""Whose an address is: the domains that are made of a name."""

from __future__ import annotations

import re
import unicodedata

from onrecord.intake.document import Document
from onrecord.intake.evidence.organization_names import without_article, without_legal_form
from onrecord.intake.lexicon import Lexicon

DOMAIN = re.compile(r"(?:https?://|www\.|@)(?P<domain>(?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_SITE_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<domain>(?:[\w-]{1,63}\.){1,6}[a-z]{2,})(?::\d+)?(?:[/?#]|$)", re.I
)
_LEAST_DOMAIN = 4
_LEAST_INITIALS = 3
# Second parts of a country's domains: what stands before them is the name.
_SECOND_PARTS = frozenset("ac co com edu gob gouv gov govt ne net nom or org web".split())
# "lanternpost.example", "Lantern Post.co.example": a name with the end of its address.
DOMAIN_END = re.compile(r"(?<=\w)(?:\.[a-z]{2,4}){1,2}$", re.IGNORECASE)
# So many letters of a name's first words are nobody else's domain.
_LEAST_FIRST_WORDS = 8
# A diaeresis is an "e" where it cannot be written.
_DIAERESIS = "\N{COMBINING DIAERESIS}"


def own_domain(document: Document) -> str:
    """The host of a page's own address, in lower case; empty where the page does not state it."""
    address = _SITE_ADDRESS.match(document.metadata.url)
    return address["domain"].lower() if address else ""


def owners_domain(document: Document, lexicon: Lexicon) -> str:
    """The host of a page's own address (see `own_domain`); of a page that somebody has under a name of theirs on a platform, that name in
    place of the platform's: "keld.example" of keld.wordpress.example."""
    domain = own_domain(document)
    labels = domain.removeprefix("www.").split(".")
    is_platform = lexicon.pattern("platforms", "whole").match(site_label(domain)) is not None
    return f"{labels[0]}.{labels[-1]}" if is_platform and labels[0] != site_label(domain) else domain


def is_own(domain: str, other: str) -> bool:
    """True for two domains of one site: one is the other with more before it."""
    shorter, longer = sorted((domain.lower().removeprefix("www."), other.lower().removeprefix("www.")), key=len)
    return longer == shorter or longer.endswith(f".{shorter}")


def site_label(domain: str) -> str:
    """The part of a domain that its owner chose: "lanternpost" of news.lanternpost.co.example."""
    labels = domain.lower().split(".")[:-1]
    while len(labels) > 1 and labels[-1] in _SECOND_PARTS:
        labels = labels[:-1]
    return labels[-1] if labels else ""


def is_domain_of(name: str, domain: str, lexicon: Lexicon) -> bool:
    """True where a domain is made of a name: harbourwatch.example or hw-north.example for Harbour Watch North."""
    labels = domain.lower().removeprefix("www.").split(".")[:-1]
    return any(_is_made_of(name, label, lexicon) for label in labels)


def is_site_of(name: str, domain: str, lexicon: Lexicon) -> bool:
    """True where the owner's part of a domain is made of a name, is the abbreviation with which it begins (kbc.example for "KBC News"), or
    is made of its first words."""
    label = site_label(domain)
    plain = DOMAIN_END.sub("", without_article(name, lexicon))
    words = plain.split()
    if not label or not words:
        return False
    if DOMAIN_END.search(name) and _latin(name) == _latin(domain.removeprefix("www.")):
        return True
    abbreviated = len(words[0]) >= _LEAST_INITIALS and words[0].isupper() and _latin(words[0]) == label
    firsts = ("".join(map(_latin, words[:end])) for end in range(2, len(words)))
    made = any(_is_made_of(spelling, label, lexicon) for spelling in (name, DOMAIN_END.sub("", name)))
    plain_label = label.replace("-", "")
    return abbreviated or made or (len(plain_label) >= _LEAST_FIRST_WORDS and plain_label in firsts)


def _is_made_of(name: str, label: str, lexicon: Lexicon) -> bool:
    small = lexicon.pattern("function_words", "whole")
    words = re.split(r"[\s\-–—/&.]+", without_article(without_legal_form(name, lexicon), lexicon))
    for spelling in (
        words,
        [with_letters(word) for word in words],
        re.split(r"[\s\-–—/&.]+", name),
    ):
        plain = [latin for word in spelling if (latin := _latin(word))]
        main = [latin for word in spelling if not small.match(word) and (latin := _latin(word))]
        squeezed = {"".join(plain), "".join(main), "-".join(plain), "-".join(main)}
        initials = {"".join(word[0] for word in plain), "".join(word[0] for word in main)}
        if len(label) >= _LEAST_DOMAIN and label in squeezed:
            return True
        if len(label) >= _LEAST_INITIALS and len(main) >= _LEAST_INITIALS and label in initials:
            return True
    return False


def with_letters(text: str) -> str:
    """A text with an "e" for each diaeresis, which is written with it or without ("Köln", "Koeln")."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", text).replace(_DIAERESIS, "e"))


def _latin(word: str) -> str:
    """The Latin letters and digits of a word, without accents, in lower case."""
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(char for char in plain if char.isascii() and char.isalnum())
