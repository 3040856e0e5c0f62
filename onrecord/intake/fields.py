"""What a document states — date, publisher, reference, kind, language, extent, terms — each with its evidence, or a question."""

# ruff: noqa: E501 - the lists of words are easier to read and to add to when a language stands on a line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.intake import dating, furniture, language, references, structure, writing
from onrecord.intake.document import Ask, Block, Document, Layout, Stated
from onrecord.intake.vocabulary import Terms, key

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


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found: EDTF, the source's words, where it stands, the questions left, and every reading where the order is open."""

    edtf: str = ""
    written: str = ""
    basis: str = ""
    asks: tuple[Ask, ...] = ()
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A date with its role (release, updated, event, embargo, other) and the line it stands in."""

    found: dating.Found
    role: str
    line: str
    labelled: bool
    basis: str


def language_of(document: Document, text: str) -> tuple[str, tuple[Ask, ...]]:
    """The language of a text, what metadata says helping where the text is too short; and a question where neither tells."""
    stated = [
        found.value.replace("_", "-")
        for found in document.metadata.languages
        if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", found.value)
    ]
    heard = language.of(text)
    if heard:
        # A page's lang="en-US" is its program's, not the release's.
        return heard, ()
    if stated:
        return stated[0], ()
    return "", (Ask("language", "Which language is it written in? The text is too short to tell."),)


def date_of(layout: Layout, document: Document, tag: str) -> Dated:
    """The day of publication, from the visible text before metadata; never a guess."""
    seen = [*_header_dates(layout, tag)]
    evidence = [f"“{one.line[:160]}” ({one.role})" for one in seen]
    release = [one for one in seen if one.role == "release"]
    labelled = [one for one in release if one.labelled]
    line = [replace_basis(one) for one in _line_dates(layout.dateline, tag, "dateline")]
    body = _body_dates(layout.body, tag)
    chosen = labelled or release or line or body
    beside = [*line, *body] if release else body if line else []
    contradicted = next((one for one in chosen if one.found.contradicted), None)
    if contradicted:
        return _asked(
            f"The weekday does not agree with the date: “{contradicted.found.written}”. Which day was it published?",
            [contradicted.line],
        )
    if chosen:
        settled = _settled(chosen, beside, document, tag, layout)
        if settled:
            return settled
    metadata = _metadata_date(document.metadata.published)
    embargoed = [
        line
        for line in (*layout.header, *(title.value for title in document.metadata.titles))
        if furniture.EMBARGO.search(line)
    ]
    if metadata and not chosen and embargoed and document.form == "mail":
        return _asked(
            "It was sent under an embargo. On which day was it published?",
            [*(f"“{line[:160]}”" for line in embargoed), *(f"{where}: {value}" for value, where in metadata)],
        )
    if metadata and not chosen:
        if len({value[:10] for value, _ in metadata}) == 1:
            value, _where = metadata[0]
            return Dated(value, value, "metadata")
        return _asked(
            "The file's metadata give more than one date of publication. Which is right?",
            [f"{where}: {value}" for value, where in metadata],
        )
    hints = [f"“{one.line[:160]}” ({one.role})" for one in seen if one.role != "release"] or evidence
    hints += [
        f"“{line[:160]}”"
        for line in layout.header
        if re.search(r"\d\d", line) and not any(one.line == line for one in seen)
    ]
    hints += [f"{stated.where}: {stated.value} (updated)" for stated in document.metadata.updated]
    return _asked("When was it published? The text states no date of publication.", hints)


def replace_basis(one: _Seen) -> _Seen:
    """The same date, found in the dateline."""
    return replace(one, basis="dateline")


def _asked(question: str, evidence: Sequence[str]) -> Dated:
    return Dated(asks=(Ask("date", question, "; ".join(dict.fromkeys(evidence))),))


def _line_dates(line: str, tag: str, basis: str) -> list[_Seen]:
    """The dates of one header line with the role that the words before each give it."""
    out: list[_Seen] = []
    before = 0
    role, labelled = "release", False
    if furniture.COPYRIGHT.search(line):
        return []
    for found in dating.find_any(line, tag):
        words = line[before : found.start]
        after = line[found.end : found.end + 30]
        before = found.end
        if furniture.EMBARGO.search(words):
            role, labelled = "embargo", False
        elif furniture.PRINTED.search(words):
            role, labelled = "printed", False
        elif furniture.UPDATED.search(words):
            role, labelled = "updated", False
        elif furniture.EVENT.search(words) and basis == "header":
            role, labelled = "event", False
        elif furniture.PUBLISHED.search(words):
            role, labelled = "release", True
        elif basis == "header" and (_SPAN.search(words) or not structure.is_date_line(structure.parts(line, tag))):
            role, labelled = "other", False
        elif out and out[-1].role != "release":
            role, labelled = ("release" if re.search(r"[|•·;]", words) else out[-1].role), False
        else:
            role, labelled = "release", False
        if role == "release" and re.match(r"\s*[\])]?\s*\(?(?:updated|modified)", after, re.I):
            role = "updated"
        out.append(_Seen(found, role, line, labelled, basis))
    # "3 May - 5 May 2013" is a span of days, no day of publication.
    if len(out) == 2 and re.fullmatch(
        r"\s*(?:-|–|—|to|until|au|bis|al|a|по|إلى)\s*", line[out[0].found.end : out[1].found.start], re.I
    ):
        return [replace(one, role="event") for one in out]
    return out


def _header_dates(layout: Layout, tag: str) -> list[_Seen]:
    out: list[_Seen] = []
    for line in layout.header:
        out += _line_dates(line, tag, "header")
    if not any(one.role == "release" for one in out):
        for line in layout.footer:
            out += [one for one in _line_dates(line, tag, "header") if one.labelled or one.role != "release"]
    return out


def _body_dates(body: Sequence[Block], tag: str) -> list[_Seen]:
    """Dates that the first paragraphs call today."""
    out = []
    for block in [block for block in body if block.kind == "paragraph"][:3]:
        text = block.text
        for found in dating.find(text, tag):
            if _TODAY.search(text[: found.start]) or _TODAY_AFTER.match(text[found.end :]):
                out.append(_Seen(found, "release", _around(text, found), False, "body"))
    return out


def _around(text: str, found: dating.Found) -> str:
    """The words around a date."""
    start = text.rfind(" ", 0, max(0, found.start - 60)) + 1
    end = text.find(" ", found.end + 20)
    return text[start : end if end > 0 else len(text)].strip()


def _settled(
    chosen: Sequence[_Seen], beside: Sequence[_Seen], document: Document, tag: str, layout: Layout
) -> Dated | None:
    """One date of those that are said to be the release's, or the question which; None where metadata should be asked."""
    open_order = [one for one in chosen if len(one.found.readings) > 1]
    certain = [one for one in chosen if one.found.edtf]
    best: dict[str, _Seen] = {}
    for one in certain:
        if not any(
            _covers(one.found.edtf, other.found.edtf) and other is not one and other.found.edtf != one.found.edtf
            for other in certain
        ):
            best.setdefault(one.found.edtf, one)
    if len(best) > 1:
        return _asked(
            "More than one date stands at the head. On which of them was it published?",
            [f"“{one.line[:160]}”" for one in best.values()],
        )
    if best:
        one = next(iter(best.values()))
        if any(len(other.found.readings) > 1 and one.found.edtf not in other.found.readings for other in open_order):
            return _asked(
                "More than one date stands at the head. On which of them was it published?",
                [f"“{other.line[:160]}”" for other in chosen],
            )
        return _with_year(one, beside, document)
    for one in open_order:
        readings = _agreeing(one, document, tag, layout)
        if len(readings) == 1:
            return Dated(readings[0], one.found.written, one.basis)
        return Dated(
            "",
            one.found.written,
            one.basis,
            (
                Ask(
                    "date",
                    f"Is “{one.found.written}” {' or '.join(readings)}? The order of day and month is not settled by the text.",
                    f"“{one.line[:160]}”",
                ),
            ),
            readings,
        )
    return None


def _covers(wide: str, narrow: str) -> bool:
    """True where the second date is the first one said more exactly."""
    if wide.startswith("XXXX"):
        return narrow[4:].startswith(wide[4:])
    return narrow.startswith(wide)


def _with_year(one: _Seen, beside: Sequence[_Seen], document: Document) -> Dated:
    """The date; one that another place in the document states more exactly is taken from there; one without a year is asked."""
    edtf, written, basis = one.found.edtf, one.found.written, one.basis
    if len(edtf) < 10 or edtf.startswith("XXXX"):
        for other in beside:
            if (
                other.found.edtf
                and len(other.found.edtf) == 10
                and not other.found.edtf.startswith("XXXX")
                and _covers(edtf, other.found.edtf)
            ):
                return Dated(other.found.edtf, other.found.written, other.basis)
    if edtf.startswith("XXXX"):
        for value, _ in _metadata_date(document.metadata.published):
            if len(value) == 10 and _covers(edtf, value):
                return Dated(value, value, "metadata")
        return Dated(
            edtf,
            written,
            basis,
            (Ask("date", f"Which year? The text says “{written}” and no year.", f"“{one.line[:160]}”"),),
        )
    return Dated(edtf, written, basis)


def _agreeing(one: _Seen, document: Document, tag: str, layout: Layout) -> tuple[str, ...]:
    """Which readings of a numeric date the document's other evidence leaves."""
    readings = one.found.readings
    if tag.split("-")[0] not in ("en", ""):
        # Only English is written in two orders; of every other of these languages CLDR's short date has the day first.
        return readings[:1]
    texts = [*layout.header, layout.dateline, *(block.text for block in layout.body)]
    found = [date for text in texts for date in dating.find(text, tag)]
    orders = {date.order for date in found if date.numeric and date.order in ("dmy", "mdy")}
    if len(orders) == 1:
        return readings[:1] if orders == {"dmy"} else readings[1:]
    stated = {value for value, _ in _metadata_date(document.metadata.published)}
    near = [reading for reading in readings if reading in stated]
    if len(near) == 1:
        return (near[0],)
    return readings


def _metadata_date(stated: Sequence[Stated]) -> list[tuple[str, str]]:
    """The days that metadata call the day of publication."""
    out = []
    for one in stated:
        found = dating.find(one.value.strip()[:40], "en")
        if found and found[0].edtf and not found[0].edtf.startswith("XXXX"):
            out.append((found[0].edtf, one.where))
    return out


# ---- who, which, what ------------------------------------------------------------------------------------------------------------


def publisher_of(layout: Layout, document: Document, terms: Terms, whole: str) -> tuple[str, tuple[Ask, ...]]:
    """Who published it, as the vocabulary or the text spells it; a question where nothing says so."""
    for name in (layout.publisher, layout.glued, _whose(layout.title, whole)):
        if name:
            return _spelled(name, terms, whole), ()
    for line in layout.footer:
        match = _COPYRIGHT_HOLDER.search(line) or re.match(r"(?P<holder>[^©\d|]{3,60}?)\s*©", line)
        if match and len(match["holder"].split()) <= 9 and not furniture.is_navigation(match["holder"]):
            return _spelled(match["holder"].strip(" ,-–|"), terms, whole), ()
    for stated in (*document.metadata.publishers, *_site_names(layout, document)):
        said = re.search(rf"(?<!\w){re.escape(stated.value)}(?!\w)", whole, re.I) is not None
        if stated.where in ("From domain", "logo") and not said:
            continue
        if stated.value and (
            stated.where not in ("From", "logo") or structure.is_organization(stated.value, terms, whole, times=1)
        ):
            return _spelled(stated.value, terms, whole), ()
    spoken = [
        term.label
        for _, _, term in terms.names.find(" ".join(block.text for block in layout.body[:2]))
        if term.sort == "organization"
    ]
    evidence = f"The text speaks of {spoken[0]}, which does not say who published this copy." if spoken else ""
    return "", (Ask("publisher", "Who published it? The file does not say.", evidence),)


def _whose(title: str, whole: str) -> str:
    """Whose statement a title says it is, where the text speaks of that name too."""
    called = furniture.KIND.match(title)
    match = _WHOSE.match(title, called.end()) if called else None
    name = (match["name"] or match["nom"]) if match else ""
    return name if name and len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", whole)) > 1 else ""


def _site_names(layout: Layout, document: Document) -> list[Stated]:
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
        if match and title.where == "title":
            out.append(Stated(match["site"].strip(" -"), "title"))
    return out


def _spelled(name: str, terms: Terms, whole: str) -> str:
    """A publisher's name as the vocabulary has it, else as the running text writes it where the header is in capitals."""
    name = re.sub(r"\s+", " ", name).strip(" ,:;|–—-")
    name = _DESK.sub("", name) or name
    name = name if re.search(r"\b\w{1,2}\.$", name) else name.rstrip(".")
    term = terms.names.term(name) or terms.names.term(re.sub(r"^(?:the|la|le|el|die|der|das)\s+", "", name, flags=re.I))
    if term:
        return term.label
    if name.isupper():
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", whole, re.IGNORECASE):
            if not match[0].isupper():
                return match[0][:1].upper() + match[0][1:]
        found = terms.names.find(name)
        if found and found[0][0] == 0:
            return found[0][2].label + name[found[0][1] :]
    return name


def reference_of(layout: Layout, document: Document) -> tuple[str, tuple[Ask, ...]]:
    """The publisher's own number: of the header, or of a line of its own at the foot."""
    found = list(dict.fromkeys(one.value for line in layout.header for one in references.find(furniture.bare(line))))
    if not found:
        found = list(
            dict.fromkeys(
                one.value for line in layout.footer if references.whole_line(line) for one in references.find(line)
            )
        )
    if not found:
        found = [stated.value for stated in document.metadata.references]
    if len(found) > 1:
        return "", (Ask("reference", "Which is the publisher's number for this release?", "; ".join(found)),)
    return (found[0] if found else ""), ()


def kind_of(layout: Layout, tag: str) -> str:
    """What the header calls it, or an empty text."""
    stated = next((kind for line in layout.header if (kind := structure.parts(line, tag).kind)), "")
    return stated or structure.kind_in_title(layout.title)


def extent_of(layout: Layout) -> str:
    """`excerpt` where the text marks omissions or calls itself one, else `full`."""
    if any(writing.has_omission(block.text) for block in layout.body) or any(
        _EXTRACT.search(line) and len(line) < 80 for line in layout.header
    ):
        return "excerpt"
    return "full"


def named(layout: Layout, terms: Terms, publisher: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Topics, places and names of the vocabularies that stand in title, dateline and body; the publisher is not named again."""
    texts = [
        layout.title,
        layout.subtitle,
        layout.dateline,
        *(block.text for block in layout.body),
        *(cell for block in layout.body for row in block.rows for cell in row),
    ]
    names = tuple(label for label in terms.names.labels(texts) if key(label) != key(publisher))
    return terms.topics.labels(texts), terms.places.labels(texts), names
