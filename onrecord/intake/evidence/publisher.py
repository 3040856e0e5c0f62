"""Who published a document: asserted from a label, from a publisher that is known, or where two independent signs agree; else asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.document import Claim, Document, Layout
from onrecord.intake.evidence import (
    issuer_candidates,
    issuer_gate,
    issuer_in_text,
    issuer_labels,
    issuer_people,
    issuer_rivals,
    issuer_signs,
    issuer_site,
    name_cases,
)
from onrecord.intake.evidence.claims import evidence_of, open_claim
from onrecord.intake.evidence.header_words import ADDRESS
from onrecord.intake.evidence.issuer_candidates import (
    OF_AUTHORS,
    OF_BODIES,
    OF_COPIES,
    OF_SITE,
    UNSPACED_NAME,
    Candidate,
)
from onrecord.intake.evidence.issuer_sign import Sign
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
    without_legal_form,
)
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import Lexicon, lexicon_of

_QUESTION = "Who published it? The file does not say."
_OPEN = "Who published it? No two signs agree, or those that do name different ones."
_OF_SITES = OF_COPIES | OF_SITE
# What a text may say of any body: whom it is about, and where its site is.
_OF_OTHERS = frozenset({"about", "address"})
_OF_PARTNERS = _OF_OTHERS | {"subject", "contact"}
# What a page says of whom its text is about.
_OF_TOPICS = frozenset({"subject", "address"})
_OF_LICENCES = frozenset({"copyright", "address"})
# One word above a text with a link to it beside it is no letterhead.
_OF_LINKS = frozenset({"head", "address"})
# Lines that a sender puts beside the text, with which those whom the text quotes may agree.
_OF_PAPER = frozenset({"head", "foot", "contact", "sender"})
# What somebody issues, on whose page ever it stands.
_OF_ISSUERS = frozenset({"press release", "joint statement", "statement", "open letter", "urgent action", "advisory"})
# "for", "of", "the" are written small in names.
_SMALL_WORD = 3


def publisher_of(layout: Layout, document: Document, terms: Terms, text: str, language: str = "") -> Claim:
    """Who published it, as the vocabulary or the text spells it; a question where nothing says so, or signs do not agree.

    The question names every candidate, and where each stands. `text` is the whole text of the document.
    """
    lexicon = lexicon_of(language)
    claim = _claim(layout, document, terms, text, lexicon)
    known = is_known(claim.value, terms, lexicon)
    if not claim.value or known or issuer_gate.is_one_body(claim.value, terms, lexicon):
        return claim
    return open_claim("publisher", _OPEN, [f"“{claim.value}” ({claim.why})"])


def _claim(layout: Layout, document: Document, terms: Terms, text: str, lexicon: Lexicon) -> Claim:
    """Who published it by the signs that agree."""
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
        if candidate.known or len(candidate.groups) > 1 or not issuer_candidates.is_rubric(candidate, lexicon)
    ]
    labelled = [
        candidate
        for candidate in labelled
        if candidate.known
        or candidate.groups - {"label"} - OF_AUTHORS
        or not is_like_person(candidate.name, terms, lexicon)
        or not issuer_candidates.is_author(candidate, document, lexicon)
    ]
    if name_cases.gives_bodies_cases(lexicon):
        # "Pressemitteilung des Lampenbundes"
        texts = [*(title.value for title in document.metadata.titles), *(block.text for block in document.blocks)]
        labelled = [one for one in labelled if one.known or name_cases.is_called_so(one.name, texts, lexicon)]
    body = "\n".join(block.text for block in layout.body)
    sure = labelled or [candidate for candidate in candidates if _is_sure(candidate, body, terms, lexicon)]
    if labelled and all(_is_person(one, terms, lexicon) for one in labelled):
        # "Statement by Minister Ada Marn", on paper of the Ministry: which of them is the publisher, nothing says.
        sure = [*labelled, *(one for one in candidates if one not in labelled and _is_sure(one, body, terms, lexicon))]
    if not labelled:
        sure = [
            candidate
            for candidate in sure
            if candidate.known or not issuer_candidates.is_of_site_alone(candidate, document, lexicon)
        ]
        if _is_distributed(layout, document, lexicon):
            sure = [one for one in sure if one.known or not one.groups <= _OF_SITES or _names(body, one.name)]
    opening = next((block.text for block in layout.body if block.kind == "paragraph"), "")
    sure = [one for one in sure if one.known or not issuer_candidates.is_of_other_site(one, candidates)]
    if document.form == "html":
        # The headline of a page of a directory, whose address stands in its text.
        headline = folded(layout.title, lexicon)
        sure = [
            one
            for one in sure
            if one in labelled or one.known or not issuer_candidates.is_of_text_alone(one, candidates)
        ]
        sure = [one for one in sure if one in labelled or one.known or not issuer_candidates.is_section(one, lexicon)]
        sure = [one for one in sure if one in labelled or one.known or folded(one.name, lexicon) != headline]
    else:
        # Whose licence a text quotes.
        sure = [one for one in sure if one in labelled or one.known or not one.groups <= _OF_LICENCES]
    sure = [
        one
        for one in sure
        if one in labelled or one.known or not issuer_candidates.is_spoken_for(one, document, lexicon)
    ]
    sure = [
        one
        for one in sure
        if one in labelled or not issuer_candidates.is_of_author(one, candidates, document, terms, lexicon)
    ]
    sure = [
        one
        for one in sure
        if one in labelled or one.known or not issuer_candidates.is_contact_beside_others(one, candidates, lexicon)
    ]
    # Whom a text is about and whose address it has, it begins with, and with nobody beside it: partners have their "About …" too.
    heads = (layout.title, opening)
    if all(one.groups <= _OF_PARTNERS for one in sure):
        sure = [
            one
            for one in sure
            if one.known or any(issuer_in_text.opens_with(name, heads, lexicon) for name in (one.name, *one.others))
        ]
    sure = [one for one in sure if one.known or not one.groups <= _OF_OTHERS or _names(opening, one.name)]
    if sum("about" in candidate.groups for candidate in candidates) > 1:
        # Two bodies have their "About …": which of them issued the text, no further word of that kind says.
        sure = [candidate for candidate in sure if candidate.known or candidate.groups - _OF_OTHERS]
    unknown = [one for one in sure if one not in labelled and not one.known]
    if len(unknown) == len(sure) and issuer_rivals.are_partners(unknown, layout, document, lexicon):
        # Where a partner stands beside another, both are asked about: that one is a partner makes nobody the publisher.
        sure = []
    sure = [
        one
        for one in sure
        if one in labelled or one.known or not issuer_rivals.announces_with_others(one, layout, lexicon)
    ]
    site = issuer_site.site_of(layout, document, signs, terms, lexicon) if not labelled else None
    if site:
        # Whom a box at the head and a sentence of a medium's page are about has not published it.
        sure = [
            one
            for one in sure
            if one.known or len(one.groups - _OF_TOPICS) > 1 or issuer_site.is_of_site(one.name, site, lexicon)
        ]
    if len(sure) > 1:
        issuing = [candidate for candidate in sure if not candidate.groups <= OF_COPIES]
        sure = (
            issuing
            if len(issuing) == 1
            and all(other in issuing or issuer_candidates.is_part(other, issuing[0]) for other in sure)
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
    named.update(folded(name, lexicon) for name in speaking)
    for name, place in (*issuer_rivals.named(layout, document, lexicon), issuer_rivals.opening(layout, lexicon)):
        # One word with which a sentence begins may be any.
        is_name = bool(candidates) or len(name.split()) > 1 or "." in name
        if (
            folded(name, lexicon) not in named
            and is_name
            and is_whole(name, lexicon)
            and is_possible(name, terms, lexicon)
        ):
            named.add(folded(name, lexicon))
            hints.append(f"“{name}” ({place})")
    known = terms.names.find(" ".join(block.text for block in layout.body[:2])) if not candidates and not hints else ()
    organizations = [term.label for _, _, term in known if term.type == "organization"]
    hints += [f"The text speaks of {name}, which does not say who published this copy." for name in organizations[:1]]
    possible = [candidate for candidate in candidates if not issuer_candidates.is_of_letter(candidate.name, lexicon)]
    agreed = [candidate for candidate in possible if len(candidate.groups) > 1]
    others = [candidate for candidate in possible if candidate not in agreed]
    lines = [*map(_evidence, agreed), *hints, *map(_evidence, others)]
    return open_claim("publisher", _OPEN if sure else _QUESTION, lines)


def _issues(site: Site, candidates: Sequence[Candidate], layout: Layout, document: Document, lexicon: Lexicon) -> bool:
    """True where nobody but the body of a site speaks on its page: no other organization stands at its head or foot, and of a release the
    text names that body, or metadata, address and what is seen do."""
    others = [
        candidate
        for candidate in candidates
        if candidate.groups - OF_COPIES - {"address"}
        and is_named_organization(candidate.name, lexicon)
        and is_whole(candidate.name, lexicon)
        and not issuer_site.is_of_site(candidate.name, site, lexicon)
    ]
    if others:
        return False
    body = "\n".join(block.text for block in layout.body)
    heads = [layout.title, *layout.header, *(title.value for title in document.metadata.titles)]
    is_release = any(lexicon.kind(line) in _OF_ISSUERS for line in heads) or _is_distributed(layout, document, lexicon)
    if not is_release or any(_names(body, without_legal_form(name, lexicon)) for name in site.names):
        return True
    # A site that brings the releases of others is called like a medium; an office has its own, which speaks of itself by its initials.
    return site.is_of_all_origins and is_named_organization(site.name, lexicon)


def _candidates(
    gathered: Sequence[Sign], layout: Layout, document: Document, terms: Terms, lexicon: Lexicon
) -> list[Candidate]:
    """Every possible name with all signs for it, in the order of the document."""
    by_name: dict[str, list[Sign]] = {}
    for sign in gathered:
        if is_possible(sign.name, terms, lexicon):
            by_name.setdefault(folded(sign.name, lexicon), []).append(sign)
    out = []
    quoting = issuer_people.quoting(layout.body, lexicon)
    for signs in by_name.values():
        name = signs[0].name
        more = issuer_signs.of_name(name, layout, document, quoting, lexicon)
        out.append(
            Candidate(
                name,
                (*signs, *more),
                is_known(name, terms, lexicon),
                tuple(issuer_signs.also_called(name, layout, lexicon)),
            )
        )
    return out


def _is_sure(candidate: Candidate, body: str, terms: Terms, lexicon: Lexicon) -> bool:
    """True where a known publisher stands in the place of one, or two independent signs agree."""
    if candidate.known:
        return True
    signs = candidate.groups
    if "contact" in signs:
        # A contact's name and its address are one sign.
        signs = signs - {"address"}
    if not signs & _OF_PAPER:
        # A report quotes people of bodies too.
        signs = signs - {"people"}
    if lexicon.pattern("platforms", "whole").match(without_legal_form(candidate.name, lexicon)):
        return False
    if len(signs) < 2 or not is_whole(candidate.name, lexicon):
        return False
    if signs == _OF_OTHERS and not is_named_organization(candidate.name, lexicon):
        # "About Keld’s evening show", and an address of the island of Keld.
        return False
    if lexicon.language in issuer_labels.TITLE_CASE and issuer_labels.has_small_words(candidate.name, lexicon):
        # "Review Tribunal Bill introduced"
        return bool(signs & OF_COPIES)
    named = has_legal_form(candidate.name, lexicon) or any(
        is_named_organization(name, lexicon) for name in (candidate.name, *candidate.others)
    )
    if "subject" in signs and not named:
        # Every headline and every town is what some sentence is about.
        signs = signs - {"subject"}
    if len(signs) < 2:
        return False
    if not named and signs <= {"head", "site"} and issuer_candidates.is_behind_title_alone(candidate):
        # "Coast" above a text and behind its headline in the page's title: a section.
        return False
    if len(candidate.name.split()) == 1 and not named and not UNSPACED_NAME.match(candidate.name):
        return bool(signs & OF_BODIES) and not signs <= _OF_LINKS
    if is_office_of_person(candidate.name, lexicon):
        return bool(signs & {"copyright", "publisher"})
    if not candidate.others and is_like_person(candidate.name, terms, lexicon):
        if signs <= {"sender", "address"} or (
            "head" in signs and signs <= OF_AUTHORS and not issuer_candidates.is_addressed(candidate)
        ):
            # Somebody's letter from a domain of their own; an author, whom the metadata call the publisher too.
            return False
        return bool(signs & OF_BODIES - {"contact"}) or (
            signs & {"today", "contact"} != frozenset()
            and not issuer_candidates.is_called_person(candidate.name, body, lexicon)
        )
    return True


def _is_person(candidate: Candidate, terms: Terms, lexicon: Lexicon) -> bool:
    """True for a name that is not known and is somebody's: with an office before it, or like a person's."""
    titled = lexicon.pattern("person_titles", "start").match(candidate.name) is not None
    return not candidate.known and (
        titled or is_office_of_person(candidate.name, lexicon) or is_like_person(candidate.name, terms, lexicon)
    )


def _is_distributed(layout: Layout, document: Document, lexicon: Lexicon) -> bool:
    """True where a page says that it brings press releases: a site that distributes them did not issue them."""
    lines = [*layout.header, *(title.value for title in document.metadata.titles)]
    lines += [left.text for left in (*document.left_out, *layout.left_out)]
    return any("press release" in (lexicon.kind(line) or "") for line in lines if lexicon.find_kind(line))


def _names(body: str, name: str) -> bool:
    """True where a text has a name in it."""
    return re.search(rf"(?<!\w){re.escape(name)}", body, re.IGNORECASE) is not None


def _evidence(candidate: Candidate) -> str:
    return f"“{candidate.name}” ({', '.join(dict.fromkeys(sign.place for sign in candidate.signs))})"


def _spelled(candidate: Candidate, text: str) -> str:
    """A publisher's name as the vocabulary has it, else in the document's own letters: as the running text writes it where the header is in
    capitals."""
    if candidate.known:
        return candidate.known
    name = candidate.signs[0].name
    if not name.isupper():
        # "The Lantern" calls itself so, wherever a line has no article.
        whole = (sign.name for sign in candidate.signs if sign.group in OF_COPIES and sign.name[:1].isupper())
        return next((other for other in whole if other.casefold().endswith(f" {name.casefold()}")), name)
    running = ADDRESS.sub(lambda address: " " * len(address[0]), text)
    for match in re.finditer(rf"(?<![\w.@/-]){re.escape(name)}(?![\w@/-])", running, re.IGNORECASE):
        long = [word for word in match[0].split() if len(word) > _SMALL_WORD]
        if not match[0].isupper() and match[0][:1].isupper() and all(word[:1].isupper() for word in long):
            return match[0]
    # An acronym stays one; a name in capitals has its other spelling, if any, from a sign of the document.
    written = (sign.name for sign in candidate.signs if not sign.name.isupper() and sign.name in text)
    return next(written, name)
