"""The signs of who published a document, each with the words that give it: labels, letterhead, what the text says, site, addresses.

No sign but a label says by itself who published: a letterhead may be a headline, a site's name that of whoever copied the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.intake.document import Block, Document, Layout
from onrecord.intake.evidence import (
    issuer_contacts,
    issuer_in_text,
    issuer_people,
    issuer_short_names,
    reference_mentions,
)
from onrecord.intake.evidence.date_mentions import dates_in_line
from onrecord.intake.evidence.header_words import taken_apart
from onrecord.intake.evidence.issuer_domains import DOMAIN, is_domain_of, is_own
from onrecord.intake.evidence.issuer_labels import LABEL, SHORT_LINE, labelled, without_link
from onrecord.intake.evidence.issuer_sign import Group, Sign
from onrecord.intake.evidence.organization_names import folded, is_named_organization, tidied, without_article
from onrecord.intake.lexicon import Lexicon

BEHIND_TITLE = "the page's title"
HEADLINE_TAIL = "beside the headline"
_HOLDER_AFTER = re.compile(
    r"^[\s,:]*+(?:(?:©|\(c\))[\s,]*+)?(?:\d{4}(?:\s*+[-–,]\s*+\d{2,4})*+[\s,]*+)?"
    r"(?P<holder>[^\W\d_](?:[^.|©\d;]|\.(?=[a-z]{2,5}\b)){1,70}?)(?:[\s,]*\d{4})?\s*(?:\.(?!\w)|[|•·–—;]|\s-\s|$)",
    re.IGNORECASE,
)
_HOLDER_BEFORE = re.compile(r"(?P<holder>[^©\d|]{3,60}?)[\s,]*(?:\d{4}[\s,]*)?$")
_CALLED = re.compile(r"(?P<name>[^\W\d_][^().,:;!?]{3,80}?)\s\([^()\s]{2,12}\)")
_MOST_LETTERHEAD = 40
_LEAST_HEADLINE = 3
# Behind a headline in a page's title: sections, then the site.
_SITE_PARTS = re.compile(r"[|｜–—•·»：]|\s-\s")
_MOST_SITE_PARTS = 3
_SHORTEST_SITE = 2
# A signature stands among so many lines at the foot.
_LAST_LINES = 3
_WORD = re.compile(r"\w+")
# "Content:"
_LABEL_ALONE = re.compile(r"[\s*_]*[^\W_]\w*\s?[:：][\s*_]*")
# "Lamp Wardens Abroad (LWA)", whose second bracket may be gone.
_ABBREVIATION = re.compile(r"(?:(?<!\s)\s+)?\([^()\s]{2,12}\)?$")


def gathered(layout: Layout, document: Document, lexicon: Lexicon) -> list[Sign]:
    """Every sign but those that need a name to look for (see `of_name`), in the order of the document."""
    out = [*_of_header(layout, document, lexicon), *_of_labels_elsewhere(layout, document, lexicon)]
    out += _of_title(layout, lexicon)
    out += _of_foot(layout, lexicon)
    out += _of_signature(layout, lexicon)
    out += _of_first_line(layout, lexicon)
    out += issuer_contacts.of_contacts(layout, document, lexicon)
    out += _of_layout(layout, document, out, lexicon)
    out += _of_metadata(layout, document)
    tidy = [Sign(tidied(sign.name, lexicon), sign.group, sign.place) for sign in out]
    return [sign for sign in tidy if sign.name]


# ---- lines -----------------------------------------------------------------------------------------------------------------------


def _of_header(layout: Layout, document: Document, lexicon: Lexicon) -> Iterator[Sign]:
    addressee = _addressee(document, lexicon)
    for line in layout.header:
        if line.strip() in addressee:
            continue
        stated = list(labelled(line, lexicon))
        yield from stated
        if stated or ((match := LABEL.match(line)) and lexicon.pattern("label_other", "whole").match(match["label"])):
            continue
        if _LABEL_ALONE.fullmatch(line):
            continue
        if lexicon.pattern("copyright", "within").search(line) or lexicon.pattern("embargo", "within").search(line):
            continue
        parts = taken_apart(line, lexicon)
        for piece in parts.pieces:
            name = _of_letterhead(without_link(piece, lexicon), lexicon)
            stamped = any(
                lexicon.pattern(category, "start").match(piece) for category in ("updated", "published", "printed")
            )
            by = lexicon.pattern("by_line", "start").match(piece)
            author = (
                name_in_head(piece[by.end() :].strip(" :"), lexicon) if by and not document.metadata.publishers else ""
            )
            if author:
                # On the page of a medium, it is an agency's.
                yield Sign(author, "head", "by-line")
            if (
                not stamped
                and not by
                and not _is_of_headline(name, layout, lexicon)
                and not (parts.dates and _is_place_of(name, line, lexicon))
                and not _is_beside_other_address(name, line, lexicon)
            ):
                if _is_beside_headline(name, layout, document):
                    yield Sign(name, "site", HEADLINE_TAIL)
                else:
                    yield Sign(name, "head", "header")


def _of_letterhead(name: str, lexicon: Lexicon) -> str:
    """A name of a head line without its abbreviation in brackets, and without the street behind its legal form."""
    form = lexicon.pattern("legal_forms", "within").search(name)
    if form and form.start() and re.match(r"\s*+\W?\s*+\S[^|]*\d", name[form.end() :]):
        name = name[: form.end()]
    return _ABBREVIATION.sub("", name)


def name_in_head(text: str, lexicon: Lexicon) -> str:
    """The organization that a short text names and nothing else, without its abbreviation; empty where there is none."""
    name = _of_letterhead(text.strip(), lexicon)
    name = without_article(name, lexicon) if name[:1].islower() else name
    whole = len(name) <= SHORT_LINE // 2 and not re.search(r"[.!?:;,。！？：”»\"]$|,\s", name)
    return name if whole and is_named_organization(name, lexicon) else ""


def _is_beside_other_address(name: str, line: str, lexicon: Lexicon) -> bool:
    """True where the address on a name's line is another's: "Web Attic - https://attic.example/lamps.example"."""
    domain = DOMAIN.search(line)
    return domain is not None and not domain[0].startswith("@") and not is_domain_of(name, domain["domain"], lexicon)


def _is_beside_headline(name: str, layout: Layout, document: Document) -> bool:
    """True where a first line is the headline and a name behind a mark ("Crew saved - Keld Harbour"): a site's name for itself."""
    for block in document.blocks[:_MOST_LETTERHEAD]:
        text = block.text.strip()
        before = text.removesuffix(name)
        if before != text and re.search(r"\s[-|–—•·»:]+\s*$", before):
            headline = before.rstrip(" -|–—•·»:")
            if headline.casefold() == layout.title.casefold() or len(headline.split()) > _LEAST_HEADLINE:
                return True
    return False


def _is_of_headline(name: str, layout: Layout, lexicon: Lexicon) -> bool:
    """True where a header line is a part of the headline or the subtitle, or they are parts of it; a headline that has the name as its
    subject ("Lamp Committee calls for oil") is none of those."""
    words = _WORD.findall(name.lower())
    for headline in (layout.title, layout.subtitle):
        others = _WORD.findall(headline.lower())
        longer, shorter = (others, words) if len(others) >= len(words) else (words, others)
        if not shorter or longer == shorter:
            continue
        places = [at for at in range(len(longer) - len(shorter) + 1) if longer[at : at + len(shorter)] == shorter]
        if not places or (len(shorter) == 1 and shorter is others):
            continue
        if places[0] == 0 and longer is others and re.match(rf"{re.escape(name)}\s?[:：]", headline, re.IGNORECASE):
            # "Lamp Committee: oil for all"
            continue
        behind = others[len(words)] if places[0] == 0 and longer is others else ""
        is_subject = any(
            lexicon.pattern(category, "whole").match(behind)
            for category in ("clause_words", "speech_verbs", "organization_speaks")
        )
        if behind and not is_subject and headline.lower().startswith(name.lower()):
            # "Lamp Network" above "Lamp Network documents a month without oil": a name, and a verb.
            is_subject = not headline.isupper() and headline[len(name) :].lstrip()[:1].islower()
        if not is_subject:
            return True
    return False


def _addressee(document: Document, lexicon: Lexicon) -> frozenset[str]:
    """The lines of a letter between its date and "Dear …": they name whom it was written to."""
    texts = [block.text.strip() for block in document.blocks[:_MOST_LETTERHEAD]]
    salutation = lexicon.pattern("salutations", "whole")
    greeting = next((at for at, text in enumerate(texts) if salutation.match(text)), None)
    if greeting is None:
        return frozenset()
    dated = [at for at in range(greeting) if dates_in_line(texts[at], lexicon.document_language)]
    return frozenset(texts[dated[-1] + 1 if dated else 0 : greeting])


def _is_place_of(name: str, line: str, lexicon: Lexicon) -> bool:
    """True where a piece of a line stands right before its date, as a place does ("Berlin, den 3. Mai"), and is named like no body."""
    at = line.find(name)
    behind = line[at + len(name) :] if at >= 0 else ""
    date = next(iter(dates_in_line(behind, lexicon.document_language)), None)
    between = re.findall(r"\w+", behind[: date.start]) if date else ["?"]
    connective = lexicon.pattern("connectives", "whole")
    return not is_named_organization(name, lexicon) and all(connective.match(word) for word in between)


def _of_labels_elsewhere(layout: Layout, document: Document, lexicon: Lexicon) -> Iterator[Sign]:
    """Labels in the last lines: "Issued by the Wick Fund, Port Ellery, 3 May 2014."."""
    lines = [*layout.footer, *(block.text for block in document.blocks[-4:])]
    for line in dict.fromkeys(line for line in lines if len(line) <= SHORT_LINE and line not in layout.header):
        if lexicon.pattern("issued_by", "start").match(line):
            yield from labelled(line, lexicon)


def _of_title(layout: Layout, lexicon: Lexicon) -> Iterator[Sign]:
    """Whose statement a title says it is: "Statement of the Wick Fund on …"."""
    kind = lexicon.pattern("kinds", "start").match(layout.title)
    if not kind:
        return
    subject = re.match(r"\s+(?:\w{1,4}['’]?\s?)(?P<subject>\S.*)$", layout.title[kind.end() :])
    upon = lexicon.pattern("upon_words", "within").search(subject["subject"]) if subject else None
    if subject and upon and upon.start() > 2:
        name = without_link(subject["subject"][: upon.start()].strip(" ,"), lexicon)
        yield Sign(name, "head", "title")


def _of_foot(layout: Layout, lexicon: Lexicon) -> Iterator[Sign]:
    lines = [*layout.footer, *(omitted.text for omitted in layout.left_out if len(omitted.text) <= 2 * SHORT_LINE)]
    for line in lines:
        mark = lexicon.pattern("copyright", "within").search(line) or re.search(r"\(c\)\s(?=\d{4})", line, re.I)
        if mark:
            holder = _HOLDER_AFTER.match(line[mark.end() :])
            if not holder or lexicon.pattern("copyright", "within").search(holder["holder"]):
                # "Ada © 2021 All rights reserved"
                holder = _HOLDER_BEFORE.match(line[: mark.start()])
            if holder and holder["holder"].strip():
                by = lexicon.pattern("by_line", "start").match(holder["holder"])
                name = holder["holder"][by.end() if by else 0 :].strip(" ,-–|")
                if " / " not in name:
                    # "© Keld Tourism / Ada Quill": whose picture it is.
                    yield Sign(name, "copyright", "copyright line")
    # "About Python" at the head of an article is what it is about.
    second_half = layout.body[len(layout.body) // 2 :]
    for block in (*layout.notes, *(block for block in second_half if len(block.text) <= SHORT_LINE)):
        yield from _about(block, lexicon)
    for line in lines:
        yield from _about(Block("paragraph"), lexicon, line)


def _of_signature(layout: Layout, lexicon: Lexicon) -> Iterator[Sign]:
    """An organization's name alone on the last line of the body, on the one before its street, or on the one line at the foot that names
    an organization: whose text it is, as it was signed."""
    last = layout.body[-1:] if len(layout.body) > 2 else ()
    if len(layout.body) > 3 and re.search(r"\d", layout.body[-1].text) and len(layout.body[-1].text) <= SHORT_LINE // 2:
        last = (layout.body[-2],)
    lines = [block.text.strip() for block in last if block.kind == "paragraph"]
    # A line of the head that comes again at the foot is what the text is about as often.
    lines += [line for line in layout.footer[-_LAST_LINES:] if line not in layout.header]
    plain = [line for line in lines if not re.search(r"\d", line)]
    rights = lexicon.pattern("copyright", "within")
    names = [line for line in plain if name_in_head(line, lexicon) and not rights.search(line)]
    if len(names) == 1:
        yield Sign(names[0], "foot", "signature")
        called = next((words for block in layout.body if (words := _abbreviated(names[0], block.text, lexicon))), "")
        if called:
            yield Sign(names[0], "subject", f"the text: “{called}”")
        owner = re.match(rf"{re.escape(name_in_head(names[0], lexicon))}['’]s?\s\w+", layout.title, re.IGNORECASE)
        if owner:
            # "Harbour Lamp Office's reply to Mr Tarn", signed by it.
            yield Sign(names[0], "subject", f"the headline: “{owner[0]}”")


def _abbreviated(line: str, text: str, lexicon: Lexicon) -> str:
    """The words of a text that give the body which a line names its own initials: "Harbour Lamp Office (HLO)"."""
    name = name_in_head(line, lexicon)
    small = lexicon.pattern("function_words", "whole")
    initials = "".join(word[0] for word in name.split() if not small.match(word)).upper()
    match = re.search(rf"{re.escape(name)}\s\({re.escape(initials)}\)", text) if len(initials) > 2 else None
    return match[0] if match else ""


def _of_first_line(layout: Layout, lexicon: Lexicon) -> Iterator[Sign]:
    """An organization's name, with its office, alone on the line with which the body begins: a letterhead that stayed there."""
    first = layout.body[0] if len(layout.body) > 2 else Block("item")
    if first.kind not in ("paragraph", "heading"):
        return
    for piece in re.split(r"\s[–—-]\s|\|", first.text) if len(first.text) <= SHORT_LINE // 2 else ():
        if (name := name_in_head(piece, lexicon)) and not _is_of_headline(name, layout, lexicon):
            yield Sign(name, "head", "first line")


def _about(block: Block, lexicon: Lexicon, line: str = "") -> Iterator[Sign]:
    text = (line or block.text).strip().rstrip(":")
    about = lexicon.pattern("about_words", "start").match(text)
    if about and len(text.split()) <= 10 and not text.endswith((".", "?", "!")):
        yield Sign(text[about.end() :].strip(), "about", "“About …”")


def _of_layout(layout: Layout, document: Document, found: list[Sign], lexicon: Lexicon) -> Iterator[Sign]:
    """The layout's candidates, where no line of those above names them already."""
    named = {folded(tidied(sign.name, lexicon), lexicon) for sign in found}
    if (
        layout.publisher
        and folded(tidied(layout.publisher, lexicon), lexicon) not in named
        and not _is_of_headline(layout.publisher, layout, lexicon)
    ):
        in_header = any(layout.publisher.lower() in line.lower() for line in layout.header)
        if _is_beside_headline(layout.publisher, layout, document):
            yield Sign(layout.publisher, "site", HEADLINE_TAIL)
        else:
            yield Sign(layout.publisher, "head" if in_header else "foot", "header" if in_header else "signature")
    if layout.glued:
        yield Sign(layout.glued, "site", HEADLINE_TAIL)


def _of_metadata(layout: Layout, document: Document) -> Iterator[Sign]:
    for stated in document.metadata.publishers:
        if stated.origin == "front matter":
            yield Sign(stated.value, "label", "front matter")
        elif stated.origin in ("From", "From domain"):
            yield Sign(stated.value, "sender", "From")
            if stated.origin == "From domain":
                yield Sign(stated.value, "address", "the sender's address")
        else:
            yield Sign(stated.value, "publisher" if stated.origin.startswith("JSON-LD") else "site", stated.origin)
    for title in document.metadata.titles:
        if layout.title and title.origin == "title":
            end = re.match(
                rf"{re.escape(layout.title)}\s*(?:[|｜–—•·»:：]|\s-\s|::)(?P<end>.{{3,120}})$", title.value, re.I
            )
            parts = [part.strip(" -") for part in _SITE_PARTS.split(end["end"])] if end else []
            parts = [part for part in parts if not dates_in_line(part, "")]
            if parts and len(parts) <= _MOST_SITE_PARTS and len(parts[-1]) > _SHORTEST_SITE:
                # Sections stand before the site.
                yield Sign(parts[-1], "site", BEHIND_TITLE)


# ---- signs of one name -----------------------------------------------------------------------------------------------------------


def of_name(name: str, layout: Layout, document: Document, quoting: Sequence[str], lexicon: Lexicon) -> Iterator[Sign]:
    """What else speaks for a name: the text says that it speaks or whose people do (see `issuer_in_text`), its people are
    quoted in one of the paragraphs `quoting` (see `issuer_people`), or an address is its own."""
    found = next(
        (
            words
            for one in (name, *also_called(name, layout, lexicon))
            if (words := issuer_in_text.speaking(one, layout.body, lexicon))
        ),
        None,
    )
    found = found or issuer_in_text.holder_speaking(name, layout.body, lexicon)
    if found:
        group: Group = "today" if found.today else "text" if found.outright else "subject"
        yield Sign(name, group, f"the text: “{found.words}”")
    short = "" if found else issuer_short_names.speaking(name, layout, document, lexicon)
    if short:
        yield Sign(name, "text", f"the text: “{short}”")
    people = issuer_people.quoted(name, quoting, lexicon)
    if people:
        yield Sign(name, "people", f"the text quotes: “{people}”")
    if lexicon.pattern("symbol_issuers", "whole").match(name):
        symbols = (reference_mentions.symbol_in(block.text) for block in document.blocks[:_MOST_LETTERHEAD])
        yield from (Sign(name, "address", symbol) for symbol in [next(filter(None, symbols), "")] if symbol)
    url = DOMAIN.match(document.metadata.url)
    everything = "\n".join(
        [*(block.text for block in document.blocks), *layout.footer, *(omitted.text for omitted in document.left_out)]
    )
    for match in DOMAIN.finditer(everything):
        if is_domain_of(name, match["domain"], lexicon):
            # A page links to itself and to others: of one that says where it is, another site's address names nobody.
            own = url is not None and is_own(match["domain"], url["domain"])
            if url is not None and not own and document.form == "html" and not match[0].startswith("@"):
                continue
            yield Sign(name, "site" if own else "address", match["domain"])
            break
    if url and is_domain_of(name, url["domain"], lexicon):
        yield Sign(name, "site", url["domain"])


def also_called(name: str, layout: Layout, lexicon: Lexicon) -> Iterator[str]:
    """What the paragraph below "About …" calls the body of a heading with its abbreviation: "Keld Institute of Lamps (KIL) is …"."""
    blocks = (*layout.notes, *layout.body)
    for heading, block in pairwise(blocks):
        for sign in _about(heading, lexicon):
            called = _CALLED.match(block.text)
            if folded(tidied(sign.name, lexicon), lexicon) == folded(name, lexicon) and called:
                yield called["name"]
