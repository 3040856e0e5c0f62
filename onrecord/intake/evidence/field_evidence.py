"""What a document states — date, publisher, reference, kind, language, extent, terms — each with its evidence, or a question."""

# ruff: noqa: E501 - the lists of words are easier to read and to add to when a language stands on a line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.intake import markdown_writer
from onrecord.intake.document import Block, Claim, Document, Evidence, Layout
from onrecord.intake.evidence import language_detection, reference_mentions
from onrecord.intake.evidence.date_mentions import DateMention, dates_in, dates_in_line
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.layout import furniture, structure
from onrecord.model import Question

_TODAY = re.compile(
    r"(?<!\w)(?:today|this\s+(?:morning|afternoon|evening)|aujourd['’]hui|ce\s+jour|hoy|heute|hoje|сегодня|اليوم)(?!\w)[\s,،(–—-]*(?:(?:on|le|den|dem|am|в|el|dia|día|the|em)\s+)?[\s(]*$",
    re.IGNORECASE,
)
_TODAY_AFTER = re.compile(r"^[\s)]*[,،]?\s*(?:today|aujourd['’]hui|hoy|heute|hoje|сегодня|اليوم)(?!\w)", re.IGNORECASE)
_EXTRACT = re.compile(
    r"\b(?:excerpts?|extracts?|extraits?|extractos?|auszug|auszüge|excertos?|trechos?|отрывок|выдержк[аи])\b|مقتطف|مقتطفات",
    re.IGNORECASE,
)
# Words before a date that make it the end of a span, not a day of publication.
_SPAN = re.compile(
    r"(?:(?<!\w)(?:since|until|till|before|between|through|covers|covering|period|during|depuis|jusqu['’]au|entre|avant|pendant|seit|bis|vor|zwischen|desde|hasta|antes de|até|с|до|между|منذ|حتى|بين|قبل)\s*(?:le|den|dem|el|o|a|the)?|\w[–—-]\s?)$",
    re.IGNORECASE,
)
# The office of an organization that a letterhead names behind it.
_DESK = re.compile(
    r"\s*[|–—,:•·-]\s*(?:(?:press|media|news|communications?|information)\s+(?:office|desk|team|service|room|centre|center|department|unit)|service\s+de\s+presse|oficina\s+de\s+prensa|gabinete\s+de\s+(?:prensa|imprensa)|pressestelle|assessoria\s+de\s+imprensa|пресс-служба|المكتب\s+(?:الصحفي|الإعلامي))$",
    re.IGNORECASE,
)
# "Statement of the Wick Fund on …": a title that says whose statement it is.
_WHOSE = re.compile(
    r"\s+(?:of|by|from)\s+(?:the\s+)?(?P<name>[^\W\d_]\S*(?:\s+(?:[^\W\d_a-z]\S*|of|for|the|and|in|&)){0,8}?)\s+(?:on|about|regarding|concerning|following|after)\s"
    r"|\s+(?:de\s+la|du|de\s+l['’]|del|de|da|do)\s*(?P<nom>[^\W\d_a-z]\S*(?:\s+(?:[^\W\d_a-z]\S*|de|du|des|la|les|et|y|e|sans)){0,8}?)\s+(?:sur|sobre|concernant|à\s+propos|ante|tras|après)\s"
)
_COPYRIGHT_HOLDER = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?[\s,]*(?P<holder>[^\W\d_][^.|©\d]{2,60}?)(?:[\s,]*(?:19|20)\d\d)?\s*(?:[.|•·–—]|\s-\s|all rights.*|tous droits.*|todos los.*|alle rechte.*|$)",
    re.IGNORECASE,
)


def language_of(document: Document, text: str) -> Claim:
    """The language of a text (BCP 47), metadata helping where the text is too short."""
    detected = language_detection.of(text)
    if detected:
        # A page's lang="en-US" is its program's, not the release's.
        return Claim(detected)
    for evidence in document.metadata.languages:
        if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", evidence.value):
            return Claim(evidence.value.replace("_", "-"))
    return _open("language", "Which language is it written in? The text is too short to tell.")


def _open(field: str, question: str, evidence: str = "") -> Claim:
    """What a document leaves open: nothing but a question."""
    return Claim(questions=(Question(field, question, evidence),))


def date_of(layout: Layout, document: Document, tag: str) -> Claim:
    """The day of publication, from the visible text before metadata; never a guess."""
    header = _header_dates(layout, tag)
    release = [mention for mention in header if mention.role == "release"]
    labelled = [mention for mention in release if mention.labelled]
    dateline = _line_dates(layout.dateline, tag, "dateline")
    body = _body_dates(layout.body, tag)
    chosen = labelled or release or dateline or body
    further = [*dateline, *body] if release else body if dateline else []
    contradicted = next((mention for mention in chosen if mention.contradicted), None)
    if contradicted:
        return _open_date(
            f"The weekday does not agree with the date: “{contradicted.written}”. Which day was it published?",
            [contradicted.line],
        )
    if chosen:
        settled = _settled(chosen, further, document, tag, layout)
        if settled:
            return settled
    metadata = _metadata_date(document.metadata.published)
    embargoed = [
        line
        for line in (*layout.header, *(title.value for title in document.metadata.titles))
        if furniture.EMBARGO.search(line)
    ]
    if metadata and not chosen and embargoed and document.form == "mail":
        return _open_date(
            "It was sent under an embargo. On which day was it published?",
            [*map(_quoted, embargoed), *(f"{stated.origin}: {stated.value}" for stated in metadata)],
        )
    if metadata and not chosen:
        if len({stated.value[:10] for stated in metadata}) == 1:
            return Claim(metadata[0].value, written=metadata[0].value, basis="metadata")
        return _open_date(
            "The file's metadata give more than one date of publication. Which is right?",
            [f"{stated.origin}: {stated.value}" for stated in metadata],
        )
    others = [mention for mention in header if mention.role != "release"] or header
    hints = [f"{_quoted(mention.line)} ({mention.role})" for mention in others]
    hints += [
        _quoted(line)
        for line in layout.header
        if re.search(r"\d\d", line) and not any(mention.line == line for mention in header)
    ]
    hints += [f"{stated.origin}: {stated.value} (updated)" for stated in document.metadata.updated]
    return _open_date("When was it published? The text states no date of publication.", hints)


def _quoted(line: str) -> str:
    """A line as evidence."""
    return f"“{line[:160]}”"


def _open_date(question: str, evidence: Sequence[str]) -> Claim:
    return _open("date", question, "; ".join(dict.fromkeys(evidence)))


def _line_dates(line: str, tag: str, basis: str) -> list[DateMention]:
    """The dates of one header line with the role that the words before each give it."""
    out: list[DateMention] = []
    before = 0
    role, labelled = "release", False
    if furniture.COPYRIGHT.search(line):
        return []
    for mention in dates_in_line(line, tag):
        text_before = line[before : mention.start]
        after = line[mention.end : mention.end + 30]
        before = mention.end
        if furniture.EMBARGO.search(text_before):
            role, labelled = "embargo", False
        elif furniture.PRINTED.search(text_before):
            role, labelled = "printed", False
        elif furniture.UPDATED.search(text_before):
            role, labelled = "updated", False
        elif furniture.EVENT.search(text_before) and basis == "header":
            role, labelled = "event", False
        elif furniture.PUBLISHED.search(text_before):
            role, labelled = "release", True
        elif basis == "header" and (
            _SPAN.search(text_before) or not structure.is_date_line(structure.header_line(line, tag))
        ):
            role, labelled = "other", False
        elif out and out[-1].role != "release":
            role, labelled = ("release" if re.search(r"[|•·;]", text_before) else out[-1].role), False
        else:
            role, labelled = "release", False
        if role == "release" and re.match(r"\s*[\])]?\s*\(?(?:updated|modified)", after, re.I):
            role = "updated"
        out.append(replace(mention, role=role, basis=basis, line=line, labelled=labelled))
    # "3 May - 5 May 2013" is a span of days, no day of publication.
    if len(out) == 2 and re.fullmatch(
        r"\s*(?:-|–|—|to|until|au|bis|al|a|по|إلى)\s*", line[out[0].end : out[1].start], re.I
    ):
        return [replace(mention, role="event") for mention in out]
    return out


def _header_dates(layout: Layout, tag: str) -> list[DateMention]:
    out = [mention for line in layout.header for mention in _line_dates(line, tag, "header")]
    if not any(mention.role == "release" for mention in out):
        for line in layout.footer:
            mentions = _line_dates(line, tag, "header")
            out += [mention for mention in mentions if mention.labelled or mention.role != "release"]
    return out


def _body_dates(body: Sequence[Block], tag: str) -> list[DateMention]:
    """Dates that the first paragraphs call today."""
    out = []
    for block in [block for block in body if block.kind == "paragraph"][:3]:
        text = block.text
        for mention in dates_in(text, tag):
            if _TODAY.search(text[: mention.start]) or _TODAY_AFTER.match(text[mention.end :]):
                out.append(replace(mention, role="release", basis="body", line=_context(text, mention)))
    return out


def _context(text: str, mention: DateMention) -> str:
    """The words around a date."""
    start = text.rfind(" ", 0, max(0, mention.start - 60)) + 1
    end = text.find(" ", mention.end + 20)
    return text[start : end if end > 0 else len(text)].strip()


def _settled(
    chosen: Sequence[DateMention], further: Sequence[DateMention], document: Document, tag: str, layout: Layout
) -> Claim | None:
    """The one date of those that are the release's, or the question which; None where metadata should be asked."""
    ambiguous = [mention for mention in chosen if len(mention.readings) > 1]
    certain = [mention for mention in chosen if mention.edtf]
    narrowest: dict[str, DateMention] = {}
    for mention in certain:
        if not any(_covers(mention.edtf, narrower.edtf) and narrower.edtf != mention.edtf for narrower in certain):
            narrowest.setdefault(mention.edtf, mention)
    several = "More than one date stands at the head. On which of them was it published?"
    if len(narrowest) > 1:
        return _open_date(several, [_quoted(mention.line) for mention in narrowest.values()])
    if narrowest:
        date = next(iter(narrowest.values()))
        if any(date.edtf not in mention.readings for mention in ambiguous):
            return _open_date(several, [_quoted(mention.line) for mention in chosen])
        return _with_year(date, further, document)
    if ambiguous:
        date = ambiguous[0]
        readings = _agreeing(date, document, tag, layout)
        if len(readings) == 1:
            return Claim(readings[0], written=date.written, basis=date.basis)
        question = (
            f"Is “{date.written}” {' or '.join(readings)}? The order of day and month is not settled by the text."
        )
        return replace(
            _open("date", question, _quoted(date.line)), written=date.written, basis=date.basis, readings=readings
        )
    return None


def _covers(wide: str, narrow: str) -> bool:
    """True where the second date is the first one said more exactly."""
    if wide.startswith("XXXX"):
        return narrow[4:].startswith(wide[4:])
    return narrow.startswith(wide)


def _with_year(date: DateMention, further: Sequence[DateMention], document: Document) -> Claim:
    """The date; one that another place in the document states more exactly is taken from there; one without a year is asked."""
    claim = Claim(date.edtf, written=date.written, basis=date.basis)
    without_year = date.edtf.startswith("XXXX")
    if len(date.edtf) < 10 or without_year:
        for dated in further:
            if len(dated.edtf) == 10 and not dated.edtf.startswith("XXXX") and _covers(date.edtf, dated.edtf):
                return Claim(dated.edtf, written=dated.written, basis=dated.basis)
    if without_year:
        for stated in _metadata_date(document.metadata.published):
            if len(stated.value) == 10 and _covers(date.edtf, stated.value):
                return Claim(stated.value, written=stated.value, basis="metadata")
        question = f"Which year? The text says “{date.written}” and no year."
        return replace(claim, questions=(Question("date", question, _quoted(date.line)),))
    return claim


def _agreeing(date: DateMention, document: Document, tag: str, layout: Layout) -> tuple[str, ...]:
    """Which readings of a numeric date the document's other evidence leaves."""
    readings = date.readings
    if tag.split("-")[0] not in ("en", ""):
        # Only English is written in two orders; of every other of these languages CLDR's short date has the day first.
        return readings[:1]
    texts = [*layout.header, layout.dateline, *(block.text for block in layout.body)]
    mentions = [mention for text in texts for mention in dates_in(text, tag)]
    orders = {mention.order for mention in mentions if mention.numeric and mention.order in ("dmy", "mdy")}
    if len(orders) == 1:
        return readings[:1] if orders == {"dmy"} else readings[1:]
    stated = {evidence.value for evidence in _metadata_date(document.metadata.published)}
    agreeing = tuple(reading for reading in readings if reading in stated)
    return agreeing if len(agreeing) == 1 else readings


def _metadata_date(stated: Sequence[Evidence]) -> list[Evidence]:
    """The days (EDTF) that metadata call the day of publication."""
    out = []
    for evidence in stated:
        mentions = dates_in(evidence.value.strip()[:40], "en")
        if mentions and mentions[0].edtf and not mentions[0].edtf.startswith("XXXX"):
            out.append(Evidence(mentions[0].edtf, evidence.origin))
    return out


# ---- who, which, what ------------------------------------------------------------------------------------------------------------


def publisher_of(layout: Layout, document: Document, terms: Terms, text: str) -> Claim:
    """Who published it, as the vocabulary or the text spells it; a question where nothing says so."""
    for name in (layout.publisher, layout.glued, _whose(layout.title, text)):
        if name:
            return Claim(_spelled(name, terms, text))
    for line in layout.footer:
        match = _COPYRIGHT_HOLDER.search(line) or re.match(r"(?P<holder>[^©\d|]{3,60}?)\s*©", line)
        if match and len(match["holder"].split()) <= 9 and not furniture.is_navigation(match["holder"]):
            return Claim(_spelled(match["holder"].strip(" ,-–|"), terms, text))
    for stated in (*document.metadata.publishers, *_site_names(layout, document)):
        named = re.search(rf"(?<!\w){re.escape(stated.value)}(?!\w)", text, re.I) is not None
        if stated.origin in ("From domain", "logo") and not named:
            continue
        if stated.value and (
            stated.origin not in ("From", "logo") or structure.is_organization(stated.value, terms, text, times=1)
        ):
            return Claim(_spelled(stated.value, terms, text))
    organizations = [
        term.label
        for _, _, term in terms.names.find(" ".join(block.text for block in layout.body[:2]))
        if term.type == "organization"
    ]
    evidence = (
        f"The text speaks of {organizations[0]}, which does not say who published this copy." if organizations else ""
    )
    return _open("publisher", "Who published it? The file does not say.", evidence)


def _whose(title: str, text: str) -> str:
    """Whose statement a title says it is, where the text speaks of that name too."""
    kind = furniture.KIND.match(title)
    match = _WHOSE.match(title, kind.end()) if kind else None
    name = (match["name"] or match["nom"]) if match else ""
    return name if name and len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)) > 1 else ""


def _site_names(layout: Layout, document: Document) -> list[Evidence]:
    """The site's name behind the headline in a page's title ("Headline – Site")."""
    out = []
    for title in document.metadata.titles:
        match = (
            re.match(
                rf"{re.escape(layout.title)}\s*(?:[|–—•·»:]|\s-\s|::)\s*(?P<site>[^|–—•·»]{{3,60}})$", title.value, re.I
            )
            if layout.title
            else None
        )
        if match and title.origin == "title":
            out.append(Evidence(match["site"].strip(" -"), "title"))
    return out


def _spelled(name: str, terms: Terms, text: str) -> str:
    """A publisher's name as the vocabulary has it, else as the running text writes it where the header is in capitals."""
    name = re.sub(r"\s+", " ", name).strip(" ,:;|–—-")
    name = _DESK.sub("", name) or name
    name = name if re.search(r"\b\w{1,2}\.$", name) else name.rstrip(".")
    term = terms.names.term(name) or terms.names.term(re.sub(r"^(?:the|la|le|el|die|der|das)\s+", "", name, flags=re.I))
    if term:
        return term.label
    if name.isupper():
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            if not match[0].isupper():
                return match[0][:1].upper() + match[0][1:]
        terms_named = terms.names.find(name)
        if terms_named and terms_named[0][0] == 0:
            return terms_named[0][2].label + name[terms_named[0][1] :]
    return name


def reference_of(layout: Layout, document: Document) -> Claim:
    """The publisher's own number: of the header, or of a line of its own at the foot, or of the metadata."""
    header = [stated for line in layout.header for stated in reference_mentions.find(furniture.bare(line))]
    footer = [
        stated
        for line in layout.footer
        if reference_mentions.is_reference_line(line)
        for stated in reference_mentions.find(line)
    ]
    values = list(dict.fromkeys(stated.value for stated in header or footer or document.metadata.references))
    if len(values) > 1:
        return _open("reference", "Which is the publisher's number for this release?", "; ".join(values))
    return Claim(values[0] if values else "")


def kind_of(layout: Layout, tag: str) -> str:
    """What the header calls it, or an empty text."""
    stated = next((kind for line in layout.header if (kind := structure.header_line(line, tag).kind)), "")
    return stated or structure.kind_in_title(layout.title)


def extent_of(layout: Layout) -> str:
    """`excerpt` where the text marks omissions or calls itself one, else `full`."""
    if any(markdown_writer.has_omission(block.text) for block in layout.body) or any(
        _EXTRACT.search(line) and len(line) < 80 for line in layout.header
    ):
        return "excerpt"
    return "full"


def terms_of(layout: Layout, terms: Terms, publisher: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Topics, places and names of the vocabularies that stand in title, dateline and body; the publisher is not named again."""
    texts = [
        layout.title,
        layout.subtitle,
        layout.dateline,
        *(block.text for block in layout.body),
        *(cell for block in layout.body for cell in block.texts[bool(block.text) :]),
    ]
    names = tuple(label for label in terms.names.labels(texts) if key(label) != key(publisher))
    return terms.topics.labels(texts), terms.places.labels(texts), names
