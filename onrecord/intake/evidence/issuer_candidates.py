"""Candidates for who published a document, with all signs for each, and what makes one of them none: an author, a section, a sponsor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.intake.document import Document
from onrecord.intake.evidence import issuer_labels
from onrecord.intake.evidence.header_words import ADDRESS
from onrecord.intake.evidence.issuer_sign import Sign
from onrecord.intake.evidence.issuer_signs import BEHIND_TITLE
from onrecord.intake.evidence.organization_names import (
    folded,
    has_legal_form,
    is_like_person,
    is_named_organization,
    is_whole,
    without_article,
)
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import Lexicon

# Signs that a person's name does not give: whoever has a site, an address, a copyright, a press contact and an "About" may be a body.
OF_BODIES = frozenset({"site", "copyright", "address", "about", "label", "publisher", "contact"})
# Signs that say where a text stands, not whose it is.
OF_COPIES = frozenset({"site", "copyright", "publisher"})
# A site is named after its address.
OF_SITE = frozenset({"site", "address"})
# Where the name of an author stands.
OF_AUTHORS = frozenset({"head", "site", "publisher", "copyright", "foot", "sender"})
# Where the name of a part of a site stands too.
_OF_SECTIONS = frozenset({"head", "site", "publisher", "subject"})
# Lines of the text, of which none says that the body speaks.
_OF_PICTURES, _PICTURED = frozenset({"site", "about"}), frozenset({"logo", "“About …”"})
_OF_LINES = frozenset({"head", "foot"})
# Whom journalists are to ring, and whom they may quote: the sender of a release, and partners of it.
_OF_CONTACTS = frozenset({"contact", "people"})
_OF_SENDERS = frozenset({"contact", "sender", "label"})
_OF_METADATA = frozenset({"og:site_name", "application-name"})
_ADDRESS_LIKE = re.compile(r"(?:[\w-]{1,60}\.){1,8}[a-z]{2,20}")
# Among so many blocks, a text says for whom somebody speaks.
_MOST_OPENING, _LONGEST_OPENING = 40, 20_000
_SHORT_WORD = re.compile("[\u2e80-\u9fff]{1,2}")
# Longer than people's names are in Chinese and Japanese.
UNSPACED_NAME = re.compile("[\u2e80-\u9fff]{6,}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name, every sign for it in the order of the document, and its spelling in the vocabulary or the archive, empty where neither has
    it; `others` is what else the document calls it."""

    name: str
    signs: tuple[Sign, ...]
    known: str
    others: tuple[str, ...] = ()

    @property
    def groups(self) -> frozenset[str]:
        """The groups of its signs, of which two are two signs."""
        return frozenset(sign.group for sign in self.signs)


def is_rubric(candidate: Candidate, lexicon: Lexicon) -> bool:
    """True for a value of a label that may be a word for where a text is from, and no name: two characters of a script without blanks, of
    which none is one that organizations' names end with."""
    ending = candidate.name.endswith(lexicon.phrases("organization_endings"))
    return _SHORT_WORD.fullmatch(candidate.name) is not None and not (
        ending or is_named_organization(candidate.name, lexicon) or has_legal_form(candidate.name, lexicon)
    )


def is_author(candidate: Candidate, document: Document, lexicon: Lexicon) -> bool:
    """True for a name that a by-line has, or metadata give as the author's."""
    if any(sign.place == "From" for sign in candidate.signs):
        return True
    texts = (*document.visible, *(block.text for block in document.blocks), *(left.text for left in document.left_out))
    own = folded(candidate.name, lexicon)
    for text in texts:
        line = text.strip(" *_")
        by = lexicon.pattern("by_line", "start").match(line) if len(line) <= issuer_labels.SHORT_LINE else None
        if by and folded(line[by.end() :].strip(" :"), lexicon).startswith(own):
            return True
    return False


def is_of_author(
    candidate: Candidate, candidates: Sequence[Candidate], document: Document, terms: Terms, lexicon: Lexicon
) -> bool:
    """True for a name like a person's that nothing but the places of an author give, where it is an author's or the site has
    another; the site's own name is none."""
    if candidate.known or candidate.others or not candidate.groups <= OF_AUTHORS:
        return False
    if not is_like_person(candidate.name, terms, lexicon):
        return False
    site_names = _OF_METADATA | {BEHIND_TITLE}
    if any(sign.place in site_names for sign in candidate.signs):
        # A paper whose own article is by "The Keld Wire".
        return False
    if document.form == "html" and "head" in candidate.groups:
        # Whose letters a platform sends, under a name of their own.
        return True
    has_other_site = any(
        other is not candidate
        and not is_part(other, candidate)
        and any(sign.group == "site" and sign.place in site_names for sign in other.signs)
        for other in candidates
    )
    return has_other_site or (not is_addressed(candidate) and is_author(candidate, document, lexicon))


def is_addressed(candidate: Candidate) -> bool:
    """True where an address is made of the name."""
    return any(_ADDRESS_LIKE.fullmatch(sign.place) for sign in candidate.signs)


def is_spoken_for(candidate: Candidate, document: Document, lexicon: Lexicon) -> bool:
    """True where a text says that somebody else speaks for a body, and neither its site nor its own address brings it, or where the name
    of the body is longer there: "on behalf of the Group of Friends" / "of the Harbour"."""
    if candidate.groups & OF_BODIES - {"about"}:
        return False
    opening = " ".join(" ".join(block.text.split()) for block in document.blocks[:_MOST_OPENING])[:_LONGEST_OPENING]
    for match in lexicon.pattern("spoken_for", "within").finditer(opening):
        behind = without_article(opening[match.end() : match.end() + issuer_labels.SHORT_LINE].lstrip(), lexicon)
        if behind.casefold().startswith(without_article(candidate.name, lexicon).casefold()):
            return True
    return False


def is_of_letter(name: str, lexicon: Lexicon) -> bool:
    """True for words of a head that no body is called by: a form of address, the heading of a part."""
    return any(
        lexicon.pattern(category, "whole").match(name.rstrip(" ,:!،，")) is not None
        for category in ("salutations", "part_headings")
    )


def is_behind_title_alone(candidate: Candidate) -> bool:
    """True where no sign of a site but the end of the page's title has the name."""
    return all(sign.place == BEHIND_TITLE for sign in candidate.signs if sign.group == "site")


def is_of_site_alone(candidate: Candidate, document: Document, lexicon: Lexicon) -> bool:
    """True for a copied page's name of its site that an address repeats: "DA NewsCenter" is no body, whoever copied the text."""
    named = is_named_organization(candidate.name, lexicon) or has_legal_form(candidate.name, lexicon)
    named = named or lexicon.pattern("symbol_issuers", "whole").match(candidate.name) is not None
    return document.form != "html" and candidate.groups <= OF_SITE | {"head"} and not named


def is_section(candidate: Candidate, lexicon: Lexicon) -> bool:
    """True for one word that metadata and a line of a page have, and neither its address nor its copyright line: "Security"."""
    one_word = len(candidate.name.split()) == 1 and not UNSPACED_NAME.match(candidate.name)
    is_body = is_named_organization(candidate.name, lexicon) or ADDRESS.search(candidate.name) is not None
    places = {sign.place for sign in candidate.signs}
    return (
        one_word
        and not is_body
        and "." not in candidate.name
        and candidate.groups <= _OF_SECTIONS
        and not places & {BEHIND_TITLE, "JSON-LD publisher"}
        and not is_addressed(candidate)
    )


def is_of_text_alone(candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """True for a name in the lines of a page's text, a sponsor's or a committee's, and for one that a picture and "About" have where its
    metadata and copyright know others only."""
    if candidate.groups <= _OF_LINES:
        return True
    pictured = candidate.groups == _OF_PICTURES and all(sign.place in _PICTURED for sign in candidate.signs)
    return pictured and any(one.groups & OF_COPIES and not is_part(one, candidate) for one in candidates)


def is_of_other_site(candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """True for the name of a part of a site, "Letters to the Editor": the page's title names another site, and neither the address nor a
    word for the publisher speaks for this one."""
    places = {sign.place for sign in candidate.signs}
    if not candidate.groups <= OF_COPIES | {"head"} or not places & _OF_METADATA:
        return False
    named = [other for other in candidates if any(sign.place == BEHIND_TITLE for sign in other.signs)]
    return (
        "publisher" not in candidate.groups
        and not is_addressed(candidate)
        and bool(named)
        and not any(other is candidate or is_part(other, candidate) for other in named)
    )


def is_contact_beside_others(candidate: Candidate, candidates: Sequence[Candidate], lexicon: Lexicon) -> bool:
    """True for a name that a press contact or the people whom a text quotes speak for, where the document has another's contact, site,
    sender or letterhead as well: partners issue a text together, and others bring it again."""
    if not candidate.groups & _OF_CONTACTS or len(candidate.groups - _OF_CONTACTS - {"address"}) > 1:
        return False
    for other in candidates:
        if other is candidate or is_part(other, candidate):
            continue
        named = is_named_organization(other.name, lexicon) and is_whole(other.name, lexicon)
        if other.groups & (OF_COPIES | _OF_SENDERS) or (named and other.groups & _OF_LINES):
            return True
    return False


def is_called_person(name: str, body: str, lexicon: Lexicon) -> bool:
    """True where the text gives a name, or its last word, the title of a person."""
    last = re.escape(name.split()[-1])
    for match in re.finditer(rf"(?<!\w)(?:{re.escape(name)}|{last})(?!\w)", body, re.IGNORECASE):
        if lexicon.pattern("person_titles", "end").search(
            body[max(match.start() - 30, 0) : match.start()].rstrip(" ,")
        ):
            return True
        if lexicon.pattern("person_titles", "start").match(
            re.sub(r"^,\s+(?:\w{1,4}\s+)?", "", body[match.end() : match.end() + 30])
        ):
            return True
    return False


def is_part(candidate: Candidate, whole: Candidate) -> bool:
    """True where one name is the other with more words."""
    return candidate.name.lower() in whole.name.lower() or whole.name.lower() in candidate.name.lower()
