"""The signs of who published a document, each with the words that give it: labels, letterhead, what the text says, site, addresses.

No sign but a label says by itself who published: a letterhead may be a headline, a site's name that of whoever copied the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.intake.document import Block, Document, Layout
from onrecord.intake.evidence import issuer_in_text
from onrecord.intake.evidence.date_mentions import dates_in_line
from onrecord.intake.evidence.header_words import taken_apart
from onrecord.intake.evidence.organization_names import folded, is_named_organization, tidied, without_article
from onrecord.intake.lexicon import Lexicon

Group = Literal[
    "label", "head", "text", "subject", "today", "publisher", "site", "copyright", "address", "sender", "foot", "about"
]

_LABEL = re.compile(r"\s*(?P<label>[^\W\d_][\w .’'/()-]{0,30}?)\s*[:：]\s*(?P<value>\S.*)$")
_HOLDER_AFTER = re.compile(
    r"^[\s,:]*+(?:(?:©|\(c\))[\s,]*+)?(?:\d{4}(?:\s*+[-–,]\s*+\d{2,4})*+[\s,]*+)?"
    r"(?P<holder>[^\W\d_](?:[^.|©\d;]|\.(?=[a-z]{2,5}\b)){1,70}?)(?:[\s,]*\d{4})?\s*(?:\.(?!\w)|[|•·–—;]|\s-\s|$)",
    re.IGNORECASE,
)
_HOLDER_BEFORE = re.compile(r"(?P<holder>[^©\d|]{3,60}?)[\s,]*(?:\d{4}[\s,]*)?$")
_DOMAIN = re.compile(r"(?:https?://|www\.|@)(?P<domain>(?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_SHORT_LINE = 140
# Languages whose words for "about" stand before what they are about.
_PREPOSED = frozenset({"de", "en", "es", "fr", "it", "nl", "pt", "ru", "sv", "uk"})
# Languages that write every word of a name with a capital, but the small ones.
TITLE_CASE = frozenset({"en"})
_LEAST_DOMAIN = 4
# "on", "sobre" may be of a name ("Committee on Lamps"); "following", "in response to" are not.
_LONGEST_LINK = 5
_MOST_LETTERHEAD = 40
_LEAST_HEADLINE = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that speak for a name as the publisher's: the name, the group of the sign (two of one group are no two signs), and what they
    are, for a person. The text that speaks as a body is in "text", and in "today" where it does so of the day; where the body is only
    what a sentence is about, in "subject"."""

    name: str
    group: Group
    place: str


def gathered(layout: Layout, document: Document, lexicon: Lexicon) -> list[Sign]:
    """Every sign but those that need a name to look for (see `of_name`), in the order of the document."""
    out = [*_of_header(layout, document, lexicon), *_of_labels_elsewhere(layout, document, lexicon)]
    out += _of_title(layout, lexicon)
    out += _of_foot(layout, lexicon)
    out += _of_signature(layout, lexicon)
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
        if stated or ((match := _LABEL.match(line)) and lexicon.pattern("label_other", "whole").match(match["label"])):
            continue
        if lexicon.pattern("copyright", "within").search(line) or lexicon.pattern("embargo", "within").search(line):
            continue
        parts = taken_apart(line, lexicon)
        for piece in parts.pieces:
            name = _without_link(piece, lexicon)
            stamped = any(
                lexicon.pattern(category, "start").match(piece) for category in ("updated", "published", "printed")
            )
            by = lexicon.pattern("by_line", "start").match(piece)
            if (
                not stamped
                and not by
                and not _is_of_headline(name, layout, lexicon)
                and not (parts.dates and _is_place_of(name, line, lexicon))
                and not _is_beside_other_address(name, line, lexicon)
            ):
                if _is_beside_headline(name, layout, document):
                    yield Sign(name, "site", "beside the headline")
                else:
                    yield Sign(name, "head", "header")


def _is_beside_other_address(name: str, line: str, lexicon: Lexicon) -> bool:
    """True where the address on a name's line is another's: "Web Attic - https://attic.example/lamps.example"."""
    domain = _DOMAIN.search(line)
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
    dated = [at for at in range(greeting) if dates_in_line(texts[at], lexicon.language)]
    return frozenset(texts[dated[-1] + 1 if dated else 0 : greeting])


def _is_place_of(name: str, line: str, lexicon: Lexicon) -> bool:
    """True where a piece of a line stands right before its date, as a place does ("Berlin, den 3. Mai"), and is named like no body."""
    at = line.find(name)
    behind = line[at + len(name) :] if at >= 0 else ""
    date = next(iter(dates_in_line(behind, lexicon.language)), None)
    between = re.findall(r"\w+", behind[: date.start]) if date else ["?"]
    connective = lexicon.pattern("connectives", "whole")
    return not is_named_organization(name, lexicon) and all(connective.match(word) for word in between)


def labelled(line: str, lexicon: Lexicon) -> Iterator[Sign]:
    """What a line states behind a label: "Issued by: X", "Press release issued by X". "From" and "by" are weaker: a person may write."""
    match = _LABEL.match(line)
    if match and lexicon.pattern("label_publisher", "whole").match(match["label"]):
        value = re.sub(r"(?:(?<!\s)\s+)?(?:<[^>]{0,300}>|\(.{0,300}\)$)", "", match["value"])
        weak = any(lexicon.pattern(category, "whole").match(match["label"]) for category in ("by_line", "mail_from"))
        yield from _of_label(value, "sender" if weak else "label", lexicon)
        return
    kind = lexicon.find_kind(line)
    issued = lexicon.pattern("issued_by", "within").search(line)
    if issued and kind and kind[0] <= issued.start() and kind[1] >= issued.end():
        # "بیانیه مطبوعاتی": the words for what it is.
        return
    if issued and len(line) <= _SHORT_LINE and not line.rstrip().endswith(("?", "!")):
        before = lexicon.pattern("kinds", "within").sub(" ", line[: issued.start()]).strip(" :–—-|")
        if len(before.split()) <= 5 and not lexicon.pattern("clause_words", "within").search(before):
            value = re.split(r"[,;|]|\.\s|\s[–—-]\s", line[issued.end() :].strip(" :："))[0]
            yield from _of_label(_without_link(value, lexicon), "label", lexicon)


def _of_label(value: str, group: Group, lexicon: Lexicon) -> Iterator[Sign]:
    """A label's value as a sign: it ends before contact words and before what the text is about ("following the incident"). Where "on" may
    belong to the name ("Committee on Lamps"), a second sign is needed."""
    contact = lexicon.pattern("contacts_heading", "within").search(value)
    value = value[: contact.start()].rstrip(" ,.;–—-") if contact and contact.start() > 2 else value
    if lexicon.language in _PREPOSED:
        for upon in lexicon.pattern("upon_words", "within").finditer(value):
            head = value[: upon.start()].rstrip(" ,;–—-")
            if len(head) <= 2:
                continue
            of_name = len(upon[0]) <= _LONGEST_LINK and not lexicon.pattern("clause_words", "whole").match(upon[0])
            if of_name and lexicon.pattern("organization_words", "end").search(head):
                yield Sign(value, "head", "label")
            else:
                yield Sign(head, group, "label")
            return
    words = value.split()
    # "Statement by the Australian" / "Delegation": a name with an article has more than one word, unless the line broke.
    cut = (
        len(words) == 2
        and lexicon.pattern("articles", "whole").match(words[0])
        and not is_named_organization(value, lexicon)
    )
    if lexicon.language in TITLE_CASE and has_small_words(value, lexicon):
        # "on behalf of the Greens I extend our sympathies", "statement by local fishermen"
        return
    yield Sign(value, "head" if cut else group, "label")


def has_small_words(value: str, lexicon: Lexicon) -> bool:
    """True where other words than those between the parts of a name have no capital."""
    return any(
        word[:1].islower()
        and not any(
            lexicon.pattern(category, "whole").match(word)
            for category in ("function_words", "articles", "connectives", "name_particles")
        )
        for word in re.findall(r"[^\W\d_]{3,}", value)
    )


def _without_link(piece: str, lexicon: Lexicon) -> str:
    """A piece of a header line without "of the" at its head and ", den" at its end."""
    words = piece.split()
    links = lexicon.pattern("function_words", "whole")
    connectives = lexicon.pattern("connectives", "whole")
    articles = lexicon.pattern("articles", "whole")
    # "From the Department of …": an article alone belongs to the name ("The Lantern Committee").
    capital = len(words) > 2 and links.match(words[0]) and not articles.match(words[0]) and articles.match(words[1])
    words = words[2:] if capital else words
    while len(words) > 1 and words[0].islower() and links.match(words[0]):
        words = words[1:]
    while len(words) > 1 and words[-1].islower() and connectives.match(words[-1]):
        words = words[:-1]
    return " ".join(words)


def _of_labels_elsewhere(layout: Layout, document: Document, lexicon: Lexicon) -> Iterator[Sign]:
    """Labels in the last lines: "Issued by the Wick Fund, Port Ellery, 3 May 2014."."""
    lines = [*layout.footer, *(block.text for block in document.blocks[-4:])]
    for line in dict.fromkeys(line for line in lines if len(line) <= _SHORT_LINE and line not in layout.header):
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
        name = _without_link(subject["subject"][: upon.start()].strip(" ,"), lexicon)
        yield Sign(name, "head", "title")


def _of_foot(layout: Layout, lexicon: Lexicon) -> Iterator[Sign]:
    lines = [*layout.footer, *(omitted.text for omitted in layout.left_out if len(omitted.text) <= 2 * _SHORT_LINE)]
    for line in lines:
        mark = lexicon.pattern("copyright", "within").search(line) or re.search(r"\(c\)\s(?=\d{4})", line, re.I)
        if mark:
            holder = _HOLDER_AFTER.match(line[mark.end() :])
            if not holder or lexicon.pattern("copyright", "within").search(holder["holder"]):
                # "Ada © 2021 All rights reserved"
                holder = _HOLDER_BEFORE.match(line[: mark.start()])
            if holder and holder["holder"].strip():
                by = lexicon.pattern("by_line", "start").match(holder["holder"])
                name = holder["holder"][by.end() if by else 0 :]
                yield Sign(name.strip(" ,-–|"), "copyright", "copyright line")
    # "About Python" at the head of an article is what it is about.
    second_half = layout.body[len(layout.body) // 2 :]
    for block in (*layout.notes, *(block for block in second_half if len(block.text) <= _SHORT_LINE)):
        yield from _about(block, lexicon)
    for line in lines:
        yield from _about(Block("paragraph"), lexicon, line)


def _of_signature(layout: Layout, lexicon: Lexicon) -> Iterator[Sign]:
    """An organization's name alone on the last line of the body: whose text it is, as it was signed."""
    last = layout.body[-1] if len(layout.body) > 2 else Block("item")
    text = last.text.strip()
    is_line = last.kind == "paragraph" and len(text) <= _SHORT_LINE // 2
    if is_line and not re.search(r"[.!?:;。！？：”»\"]$", text) and is_named_organization(text, lexicon):
        yield Sign(text, "foot", "signature")


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
            yield Sign(layout.publisher, "site", "beside the headline")
        else:
            yield Sign(layout.publisher, "head" if in_header else "foot", "header" if in_header else "signature")
    if layout.glued:
        yield Sign(layout.glued, "site", "beside the headline")


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
            name = re.match(
                rf"{re.escape(layout.title)}\s*(?:[|–—•·»:]|\s-\s|::)\s*(?P<site>[^|–—•·»]{{3,60}})$", title.value, re.I
            )
            if name:
                yield Sign(name["site"].strip(" -"), "site", "the page's title")


# ---- signs of one name -----------------------------------------------------------------------------------------------------------


def of_name(name: str, layout: Layout, document: Document, lexicon: Lexicon) -> Iterator[Sign]:
    """What else speaks for a name: the text says that it speaks or whose people do (see `issuer_in_text`); an address is its own."""
    found = issuer_in_text.speaking(name, layout.body, lexicon)
    if found:
        group: Group = "today" if found.today else "text" if found.outright else "subject"
        yield Sign(name, group, f"the text: “{found.words}”")
    url = _DOMAIN.match(document.metadata.url)
    everything = "\n".join(
        [*(block.text for block in document.blocks), *layout.footer, *(omitted.text for omitted in document.left_out)]
    )
    for match in _DOMAIN.finditer(everything):
        if is_domain_of(name, match["domain"], lexicon):
            # A page links to itself and to others.
            own = url is not None and url["domain"].lower() == match["domain"].lower()
            yield Sign(name, "site" if own else "address", match["domain"])
            break
    if url and is_domain_of(name, url["domain"], lexicon):
        yield Sign(name, "site", url["domain"])


def is_domain_of(name: str, domain: str, lexicon: Lexicon) -> bool:
    """True where a domain is made of a name: harbourwatch.example or hw-north.example for Harbour Watch North."""
    small = lexicon.pattern("function_words", "whole")
    words = [_latin(word) for word in re.split(r"[\s\-–—/&]+", without_article(name, lexicon))]
    words = [word for word in words if word]
    main = [word for word in words if not small.match(word)]
    squeezed = {"".join(words), "".join(main), "-".join(words), "-".join(main)}
    initials = {"".join(word[0] for word in words), "".join(word[0] for word in main)}
    labels = domain.lower().split(".")[:-1]
    return any(
        (len(label) >= _LEAST_DOMAIN and label in squeezed)
        or (len(label) >= 3 and len(main) >= 3 and label in initials)
        for label in labels
    )


def _latin(word: str) -> str:
    """The Latin letters and digits of a word, without accents, in lower case."""
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(char for char in plain if char.isascii() and char.isalnum())
