"""Who published a document: asserted from a label, from a publisher that is known, or where two independent signs agree; else asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.intake.document import Claim, Document, Layout
from onrecord.intake.evidence import issuer_in_text, issuer_labels, issuer_signs, issuer_site
from onrecord.intake.evidence.claims import evidence_of, open_claim
from onrecord.intake.evidence.header_words import ADDRESS
from onrecord.intake.evidence.issuer_sign import Sign
from onrecord.intake.evidence.issuer_signs import BEHIND_TITLE
from onrecord.intake.evidence.issuer_site import Site
from onrecord.intake.evidence.organization_names import (
    folded,
    has_legal_form,
    is_known,
    is_like_person,
    is_named_organization,
    is_office_of_person,
    is_possible,
    is_whole,
    without_article,
    without_legal_form,
)
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import Lexicon, lexicon_of

_QUESTION = "Who published it? The file does not say."
_OPEN = "Who published it? No two signs agree, or those that do name different ones."
# Signs that a person's name does not give: whoever has a site, an address, a copyright and an "About" may be a body.
_OF_BODIES = frozenset({"site", "copyright", "address", "about", "label", "publisher"})
# Signs that say where a text stands, not whose it is.
_OF_COPIES = frozenset({"site", "copyright", "publisher"})
# A site is named after its address.
_OF_SITE = frozenset({"site", "address"})
_OF_SITES = _OF_COPIES | _OF_SITE
# Where the name of an author stands.
_OF_AUTHORS = frozenset({"head", "site", "publisher", "copyright", "foot", "sender"})
# What a text may say of any body: whom it is about, and where its site is.
_OF_OTHERS = frozenset({"about", "address"})
# What a page says of whom its text is about.
_OF_TOPICS = frozenset({"subject", "address"})
# One word above a text with a link to it beside it is no letterhead.
_OF_LINKS = frozenset({"head", "address"})
# Lines of the text, of which none says that the body speaks.
_OF_LINES = frozenset({"head", "foot"})
_OF_METADATA = frozenset({"og:site_name", "application-name"})
_ADDRESS_LIKE = re.compile(r"(?:[\w-]{1,60}\.){1,8}[a-z]{2,20}")
# What somebody issues, on whose page ever it stands.
_OF_ISSUERS = frozenset({"press release", "joint statement", "statement", "open letter", "urgent action", "advisory"})
# Among so many blocks, a text says for whom somebody speaks.
_MOST_OPENING, _LONGEST_OPENING = 40, 20_000
# "for", "of", "the" are written small in names.
_SMALL_WORD = 3
# Longer than people's names are in Chinese and Japanese.
_UNSPACED_NAME = re.compile("[\u2e80-\u9fff]{6,}")


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    signs: tuple[Sign, ...]
    known: str
    # What else the document calls it.
    others: tuple[str, ...] = ()

    @property
    def groups(self) -> frozenset[str]:
        return frozenset(sign.group for sign in self.signs)


def publisher_of(layout: Layout, document: Document, terms: Terms, text: str, language: str = "") -> Claim:
    """Who published it, as the vocabulary or the text spells it; a question where nothing says so, or signs do not agree.

    The question names every candidate, and where each stands. `text` is the whole text of the document.
    """
    lexicon = lexicon_of(language)
    signs = issuer_signs.gathered(layout, document, lexicon)
    candidates = _candidates(signs, layout, document, terms, lexicon)
    labelled = [
        candidate
        for candidate in candidates
        if "label" in candidate.groups and (candidate.known or is_whole(candidate.name, lexicon))
    ]
    labelled = [
        candidate
        for candidate in labelled
        if candidate.known
        or candidate.groups - {"label"} - _OF_AUTHORS
        or not is_like_person(candidate.name, terms, lexicon)
        or not _is_author(candidate, document, lexicon)
    ]
    body = "\n".join(block.text for block in layout.body)
    sure = labelled or [candidate for candidate in candidates if _is_sure(candidate, body, terms, lexicon)]
    if not labelled:
        sure = [
            candidate for candidate in sure if candidate.known or not _is_of_site_alone(candidate, document, lexicon)
        ]
        if _is_distributed(layout, document, lexicon):
            sure = [one for one in sure if one.known or not one.groups <= _OF_SITES or _names(body, one.name)]
    opening = next((block.text for block in layout.body if block.kind == "paragraph"), "")
    sure = [one for one in sure if one.known or not _is_of_other_site(one, candidates)]
    if document.form == "html":
        # The headline of a page of a directory, whose address stands in its text.
        headline = folded(layout.title, lexicon)
        sure = [one for one in sure if one in labelled or one.known or not _is_of_text_alone(one, candidates)]
        sure = [one for one in sure if one in labelled or one.known or folded(one.name, lexicon) != headline]
    sure = [one for one in sure if one in labelled or one.known or not _is_spoken_for(one, document, lexicon)]
    sure = [one for one in sure if one in labelled or not _is_of_author(one, candidates, document, terms, lexicon)]
    # Whom a text is about and whose address it has, it speaks of from its first paragraph on.
    sure = [one for one in sure if one.known or not one.groups <= _OF_OTHERS or _names(opening, one.name)]
    if sum("about" in candidate.groups for candidate in candidates) > 1:
        # Two bodies have their "About …": which of them issued the text, no further word of that kind says.
        sure = [candidate for candidate in sure if candidate.known or candidate.groups - _OF_OTHERS]
    site = issuer_site.site_of(layout, document, signs, terms, lexicon) if not labelled else None
    if site:
        # Whom a box at the head and a sentence of a medium's page are about has not published it.
        sure = [
            one
            for one in sure
            if one.known or len(one.groups - _OF_TOPICS) > 1 or issuer_site.is_of_site(one.name, site, lexicon)
        ]
    if len(sure) > 1:
        issuing = [candidate for candidate in sure if not candidate.groups <= _OF_COPIES]
        sure = (
            issuing
            if len(issuing) == 1 and all(other in issuing or _is_part(other, issuing[0]) for other in sure)
            else sure
        )
    if len(sure) == 1 and not (labelled and is_like_person(sure[0].name, terms, lexicon) and len(sure[0].groups) < 2):
        candidate = sure[0]
        return Claim(
            _spelled(candidate, text),
            span=candidate.name,
            why=evidence_of(sign.place for sign in candidate.signs),
        )
    if (
        site
        and all(issuer_site.is_of_site(one.name, site, lexicon) for one in sure)
        and _issues(site, candidates, layout, document, lexicon)
    ):
        return Claim(site.name, span=site.name, why=evidence_of(site.places))
    named = {folded(candidate.name, lexicon) for candidate in candidates}
    speaking = [
        name for name in issuer_in_text.bodies_speaking(layout.body, lexicon) if folded(name, lexicon) not in named
    ]
    hints = [f"“{name}” (the text says that it speaks)" for name in speaking]
    known = terms.names.find(" ".join(block.text for block in layout.body[:2])) if not candidates and not hints else ()
    organizations = [term.label for _, _, term in known if term.type == "organization"]
    hints += [f"The text speaks of {name}, which does not say who published this copy." for name in organizations[:1]]
    possible = [candidate for candidate in candidates if not _is_of_letter(candidate.name, lexicon)]
    agreed = [candidate for candidate in possible if len(candidate.groups) > 1]
    others = [candidate for candidate in possible if candidate not in agreed]
    lines = [*map(_evidence, agreed), *hints, *map(_evidence, others)]
    return open_claim("publisher", _OPEN if sure else _QUESTION, lines)


def _is_author(candidate: _Candidate, document: Document, lexicon: Lexicon) -> bool:
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


def _is_of_author(
    candidate: _Candidate, candidates: Sequence[_Candidate], document: Document, terms: Terms, lexicon: Lexicon
) -> bool:
    """True for a name like a person's that nothing but the places of an author give, where it is an author's or the site has
    another; the site's own name is none."""
    if candidate.known or candidate.others or not candidate.groups <= _OF_AUTHORS:
        return False
    if not is_like_person(candidate.name, terms, lexicon):
        return False
    site_names = _OF_METADATA | {BEHIND_TITLE}
    if any(sign.place in site_names for sign in candidate.signs):
        # A paper whose own article is by "The Keld Wire".
        return False
    has_other_site = any(
        other is not candidate
        and not _is_part(other, candidate)
        and any(sign.group == "site" and sign.place in site_names for sign in other.signs)
        for other in candidates
    )
    return has_other_site or (not _is_addressed(candidate) and _is_author(candidate, document, lexicon))


def _is_addressed(candidate: _Candidate) -> bool:
    return any(_ADDRESS_LIKE.fullmatch(sign.place) for sign in candidate.signs)


def _is_spoken_for(candidate: _Candidate, document: Document, lexicon: Lexicon) -> bool:
    """True where a text says that somebody else speaks for a body, and neither its site nor its own address brings it, or where the name
    of the body is longer there: "on behalf of the Group of Friends" / "of the Harbour"."""
    if candidate.groups & _OF_BODIES - {"about"}:
        return False
    opening = " ".join(" ".join(block.text.split()) for block in document.blocks[:_MOST_OPENING])[:_LONGEST_OPENING]
    for match in lexicon.pattern("spoken_for", "within").finditer(opening):
        behind = without_article(opening[match.end() : match.end() + issuer_labels.SHORT_LINE].lstrip(), lexicon)
        if behind.casefold().startswith(without_article(candidate.name, lexicon).casefold()):
            return True
    return False


def _is_of_letter(name: str, lexicon: Lexicon) -> bool:
    """True for words of a head that no body is called by: a form of address, the heading of a part."""
    return any(
        lexicon.pattern(category, "whole").match(name.rstrip(" ,:!،，")) is not None
        for category in ("salutations", "part_headings")
    )


def _issues(site: Site, candidates: Sequence[_Candidate], layout: Layout, document: Document, lexicon: Lexicon) -> bool:
    """True where nobody but the body of a site speaks on its page: no other organization stands at its head or foot, and of a release the
    text names that body."""
    others = [
        candidate
        for candidate in candidates
        if candidate.groups - _OF_COPIES - {"address"}
        and is_named_organization(candidate.name, lexicon)
        and is_whole(candidate.name, lexicon)
        and not issuer_site.is_of_site(candidate.name, site, lexicon)
    ]
    if others:
        return False
    body = "\n".join(block.text for block in layout.body)
    heads = [layout.title, *layout.header, *(title.value for title in document.metadata.titles)]
    is_release = any(lexicon.kind(line) in _OF_ISSUERS for line in heads) or _is_distributed(layout, document, lexicon)
    return not is_release or any(_names(body, name) for name in site.names)


def _candidates(
    gathered: Sequence[Sign], layout: Layout, document: Document, terms: Terms, lexicon: Lexicon
) -> list[_Candidate]:
    """Every possible name with all signs for it, in the order of the document."""
    by_name: dict[str, list[Sign]] = {}
    for sign in gathered:
        if is_possible(sign.name, terms, lexicon):
            by_name.setdefault(folded(sign.name, lexicon), []).append(sign)
    out = []
    for signs in by_name.values():
        name = signs[0].name
        more = issuer_signs.of_name(name, layout, document, lexicon)
        out.append(
            _Candidate(
                name,
                (*signs, *more),
                is_known(name, terms, lexicon),
                tuple(issuer_signs.also_called(name, layout, lexicon)),
            )
        )
    return out


def _is_sure(candidate: _Candidate, body: str, terms: Terms, lexicon: Lexicon) -> bool:
    """True where a known publisher stands in the place of one, or two independent signs agree."""
    if candidate.known:
        return True
    signs = candidate.groups
    if lexicon.pattern("platforms", "whole").match(without_legal_form(candidate.name, lexicon)):
        return False
    if len(signs) < 2 or not is_whole(candidate.name, lexicon):
        return False
    if lexicon.language in issuer_labels.TITLE_CASE and issuer_labels.has_small_words(candidate.name, lexicon):
        # "Review Tribunal Bill introduced"
        return bool(signs & _OF_COPIES)
    named = has_legal_form(candidate.name, lexicon) or any(
        is_named_organization(name, lexicon) for name in (candidate.name, *candidate.others)
    )
    if "subject" in signs and not named:
        # Every headline and every town is what some sentence is about.
        signs = signs - {"subject"}
    if len(signs) < 2:
        return False
    if not named and signs <= {"head", "site"} and _is_behind_title_alone(candidate):
        # "Coast" above a text and behind its headline in the page's title: a section.
        return False
    if len(candidate.name.split()) == 1 and not named and not _UNSPACED_NAME.match(candidate.name):
        return bool(signs & _OF_BODIES) and not signs <= _OF_LINKS
    if is_office_of_person(candidate.name, lexicon):
        return bool(signs & {"copyright", "publisher"})
    if not candidate.others and is_like_person(candidate.name, terms, lexicon):
        if signs <= {"sender", "address"} or (
            "head" in signs and signs <= _OF_AUTHORS and not _is_addressed(candidate)
        ):
            # Somebody's letter from a domain of their own; an author, whom the metadata call the publisher too.
            return False
        return bool(signs & _OF_BODIES) or ("today" in signs and not _is_called_person(candidate.name, body, lexicon))
    return True


def _is_behind_title_alone(candidate: _Candidate) -> bool:
    return all(sign.place == BEHIND_TITLE for sign in candidate.signs if sign.group == "site")


def _is_of_site_alone(candidate: _Candidate, document: Document, lexicon: Lexicon) -> bool:
    """True for a copied page's name of its site that an address repeats: "DA NewsCenter" is no body, whoever copied the text."""
    named = is_named_organization(candidate.name, lexicon) or has_legal_form(candidate.name, lexicon)
    named = named or lexicon.pattern("symbol_issuers", "whole").match(candidate.name) is not None
    return document.form != "html" and candidate.groups <= _OF_SITE | {"head"} and not named


def _is_of_text_alone(candidate: _Candidate, candidates: Sequence[_Candidate]) -> bool:
    """True for a name in the lines of a page's text, a sponsor's, where its metadata and copyright know others only."""
    return candidate.groups <= _OF_LINES and any(
        one.groups & _OF_COPIES and not _is_part(one, candidate) for one in candidates
    )


def _is_of_other_site(candidate: _Candidate, candidates: Sequence[_Candidate]) -> bool:
    """True for the name of a part of a site, "Letters to the Editor": the page's title names another site, and neither the address nor a
    word for the publisher speaks for this one."""
    places = {sign.place for sign in candidate.signs}
    if not candidate.groups <= _OF_COPIES | {"head"} or not places & _OF_METADATA:
        return False
    named = [other for other in candidates if any(sign.place == BEHIND_TITLE for sign in other.signs)]
    return (
        "publisher" not in candidate.groups
        and not _is_addressed(candidate)
        and bool(named)
        and not any(other is candidate or _is_part(other, candidate) for other in named)
    )


def _is_distributed(layout: Layout, document: Document, lexicon: Lexicon) -> bool:
    """True where a page says that it brings press releases: a site that distributes them did not issue them."""
    lines = [*layout.header, *(title.value for title in document.metadata.titles)]
    lines += [left.text for left in (*document.left_out, *layout.left_out)]
    return any("press release" in (lexicon.kind(line) or "") for line in lines if lexicon.find_kind(line))


def _names(body: str, name: str) -> bool:
    """True where a text has a name in it."""
    return re.search(rf"(?<!\w){re.escape(name)}", body, re.IGNORECASE) is not None


def _is_called_person(name: str, body: str, lexicon: Lexicon) -> bool:
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


def _is_part(candidate: _Candidate, whole: _Candidate) -> bool:
    """True where one name is the other with more words."""
    return candidate.name.lower() in whole.name.lower() or whole.name.lower() in candidate.name.lower()


def _evidence(candidate: _Candidate) -> str:
    return f"“{candidate.name}” ({', '.join(dict.fromkeys(sign.place for sign in candidate.signs))})"


def _spelled(candidate: _Candidate, text: str) -> str:
    """A publisher's name as the vocabulary has it, else in the document's own letters: as the running text writes it where the header is in
    capitals."""
    if candidate.known:
        return candidate.known
    name = candidate.signs[0].name
    if not name.isupper():
        # "The Lantern" calls itself so, wherever a line has no article.
        whole = (sign.name for sign in candidate.signs if sign.group in _OF_COPIES and sign.name[:1].isupper())
        return next((other for other in whole if other.casefold().endswith(f" {name.casefold()}")), name)
    running = ADDRESS.sub(lambda address: " " * len(address[0]), text)
    for match in re.finditer(rf"(?<![\w.@/-]){re.escape(name)}(?![\w@/-])", running, re.IGNORECASE):
        long = [word for word in match[0].split() if len(word) > _SMALL_WORD]
        if not match[0].isupper() and match[0][:1].isupper() and all(word[:1].isupper() for word in long):
            return match[0]
    # An acronym stays one; a name in capitals has its other spelling, if any, from a sign of the document.
    written = (sign.name for sign in candidate.signs if not sign.name.isupper() and sign.name in text)
    return next(written, name)
