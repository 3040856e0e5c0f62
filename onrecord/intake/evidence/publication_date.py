"""The day on which a release was published: where its visible text states it, else its metadata; never a guess."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.intake.document import Claim, Document, Layout, LeftOut
from onrecord.intake.evidence import (
    date_gate,
    date_headlines,
    date_heads,
    date_metadata,
    date_moments,
    date_places,
    date_roles,
    listed_posts,
)
from onrecord.intake.evidence.claims import evidence_of, open_claim, quoted
from onrecord.intake.evidence.date_mentions import DAY_FIRST, DateMention, dates_in
from onrecord.intake.evidence.date_metadata import StatedDay
from onrecord.intake.lexicon import Lexicon, lexicon_of
from onrecord.model import Question

_NUMERIC_SIGN = re.compile(r"\d\s?([-/.])\s?\d")
_DISAGREE = "The text and the file's metadata do not agree. On which day was it published?"
_AT_END = "The head and the end of the text do not agree. On which day was it published?"
_CHANGED = "A word on the page calls this day that of a change. On which day was it published?"
# So many days of events at the head of a document are a calendar.
_SEVERAL_EVENTS = 2
_OF_FOOT = "label at the foot"
_OF_POSTS = "The file holds several texts, each with its own day. On which day was it published?"
_OF_EVENT = "The front matter calls it the day of something else. On which day was it published?"
_UNNAMED = "Is this the day of publication? No headline was found, and the words of this language are not known."
_UNHEADED = (
    "Is this the day of publication? No headline was found on the page, which may have shown the day of a visit."
)
_SEVERAL = "More than one date is at the head. On which of them was it published?"


def date_of(layout: Layout, document: Document, language: str = "") -> Claim:
    """The day of publication, from the visible text before metadata. Where it is not asserted, the question quotes the lines in which a
    date stands. Whatever the text or the metadata state passes `date_gate`, or is asked."""
    lexicon = lexicon_of(language)
    stated = frozenset(day.day for day in date_metadata.stated_days(document))
    return date_gate.passed(_stated(layout, document, lexicon), layout, document, stated, lexicon)


def _stated(layout: Layout, document: Document, lexicon: Lexicon) -> Claim:
    """The day that the text or else the metadata state as that of publication, or what is to be asked."""
    header = date_heads.header_dates(layout, document, lexicon)
    release = [mention for mention in header if mention.role == "release"]
    labelled = [mention for mention in release if mention.labelled]
    placed = [mention for mention in date_heads.dateline_dates(layout, document, lexicon) if mention.role == "release"]
    body = date_roles.body_dates(layout.body, lexicon)
    title = [
        mention
        for mention in date_roles.title_dates(layout, document, lexicon)
        if not date_headlines.is_of_matter(mention, layout, lexicon)
    ]
    others = {mention.edtf for mention in header if mention.role == "event" and mention.line not in layout.title}
    if release and not labelled and len(others - {mention.edtf for mention in release}) >= _SEVERAL_EVENTS:
        # A calendar: its next day may stand on a line of its own.
        return _open(_SEVERAL, [quoted(mention.line) for mention in header])
    if any(_disagrees(mention, labelled) for mention in release):
        return _open(_SEVERAL, [quoted(mention.line) for mention in release])
    feet = [mention for mention in labelled if mention.form == "label at the foot"]
    if any(_disagrees(mention, feet) for mention in placed):
        # "Event: …" / "Date: 26 April 2031" below a text whose dateline has another day.
        return _open(_AT_END, [quoted(mention.line) for mention in (*placed, *feet)])
    chosen = labelled or release or placed or title or body
    if not labelled:
        ends = date_heads.labelled_at_end(layout, document, lexicon)
        if any(_disagrees(mention, ends) for mention in chosen):
            return _open(_AT_END, [quoted(mention.line) for mention in (*chosen, *ends)])
    # A day at the end is the last to be asked; where the head states one, it may state that more exactly.
    closing = date_places.closing_dates(document, layout, lexicon)
    chosen = chosen or (closing if len({mention.edtf for mention in closing}) == 1 else [])
    posts = listed_posts.posts_of(document.blocks, lexicon.document_language)
    if posts.headlines and layout.title not in posts.headlines:
        # Each of several texts has its own day.
        of_posts = [mention for mention in chosen if " ".join(mention.line.split()) in posts.dated_lines]
        if of_posts and len(of_posts) == len(chosen):
            return _open(_OF_POSTS, [quoted(mention.line) for mention in of_posts])
    further = [*placed, *title, *body, *closing] if release else [*body, *closing]
    events = date_metadata.days_of_events(document)
    if chosen and all(mention.edtf in events for mention in chosen):
        return _open(_OF_EVENT, [*(quoted(mention.line) for mention in chosen), *date_metadata.event_days(document)])
    unknown = lexicon.document_language not in ("", lexicon.language)
    if unknown and not layout.title and release and not labelled:
        # Without a headline, and without a file of the language, nothing says what that day is.
        return _open(_UNNAMED, [quoted(mention.line) for mention in chosen])
    if document.form == "html" and not layout.title and not labelled and _is_of_bar(release, document, lexicon):
        return _open(_UNHEADED, [quoted(mention.line) for mention in chosen])
    contradicted = next((mention for mention in chosen if mention.contradicted), None)
    if contradicted:
        return _open(
            f"The weekday does not agree with the date: “{contradicted.written}”. Which day was it published?",
            [quoted(contradicted.line)],
        )
    metadata = date_metadata.without_changes(date_metadata.stated_days(document), document, lexicon)
    metadata = date_metadata.of_page(metadata)
    doubtful = next((mention for mention in chosen if mention.doubt), None)
    if doubtful and not any(mention.readings for mention in chosen):
        return _of_doubt(doubtful, metadata)
    if chosen:
        claim = _settled(chosen, further, document, lexicon, layout)
        if claim:
            return _against_metadata(claim, metadata, document, lexicon)
    return _from_metadata(layout, document, metadata, lexicon, bare=not chosen)


def _of_doubt(date: DateMention, metadata: Sequence[StatedDay]) -> Claim:
    """A date that looks like one and is open: metadata that give one of the days it may be settle a century; else it is asked."""
    stated = {evidence.value[:10]: evidence for evidence in metadata}
    agreeing = [stated[day] for day in date.candidates if day in stated]
    if date.doubt == "century" and len(agreeing) == 1 and len(stated) == 1:
        value = agreeing[0].value[:10]
        why = f"{date.form}, metadata ({agreeing[0].origin})"
        return Claim(value, written=date.written, basis=date.basis, span=date.line, why=why)
    days = " or ".join(date.candidates)
    question = {
        "century": f"Which year is “{date.written}”? It gives two figures of the year: {days}.",
        "day": f"Which day is “{date.written}”? Its day is torn in two: {days}.",
        "calendar": f"Which day is “{date.written}”? It is a date of another calendar, which is not converted.",
    }[date.doubt]
    claim = _open(question, [quoted(date.line), *(f"{evidence.origin}: {evidence.written}" for evidence in metadata)])
    return replace(claim, written=date.written, basis=date.basis)


def _disagrees(mention: DateMention, labelled: Sequence[DateMention]) -> bool:
    """True for a whole date on a line of its own that is none of those that are called the day of publication."""
    whole = len(mention.edtf) == 10 and "X" not in mention.edtf and not mention.labelled
    return whole and any(
        len(other.edtf) == 10 and other.edtf != mention.edtf and other.line != mention.line for other in labelled
    )


def _is_of_bar(release: Sequence[DateMention], document: Document, lexicon: Lexicon) -> bool:
    """True where all days at the head of a page are written with their weekday and nothing else on the line, and no metadata have them: as
    the bar above a site shows the day of a visit, which only a headline parts from the day of a text."""
    weekday = lexicon.pattern("weekdays", "within")
    stated = {day.day for day in date_metadata.stated_days(document)}
    return bool(release) and all(
        mention.form == "line of its own" and weekday.search(mention.line) and mention.edtf not in stated
        for mention in release
    )


def _open(question: str, evidence: Sequence[str]) -> Claim:
    return open_claim("date", question, evidence)


def _against_metadata(claim: Claim, metadata: Sequence[StatedDay], document: Document, lexicon: Lexicon) -> Claim:
    """A claim of the text, unless metadata make it doubtful: a page that was there before the day is no release of that day, a front
    matter states the day as plainly as a line of the text does, and so does a later day that the page shows too. A moment in front matter
    may be a day off, by its zone; a day there may not."""
    if document.form == "mail" and (claim.why == _OF_FOOT or _is_behind_message(claim, metadata)):
        return _against_message(claim, metadata)
    if "X" in claim.value or document.form == "mail":
        return claim
    shown = date_metadata.shown_days(document, lexicon)
    called_changed = claim.value in shown.changed - shown.every or date_metadata.is_called_changed(
        claim.value, claim.span, document, lexicon
    )
    if called_changed and not claim.why.startswith("label") and not any(day.day == claim.value for day in metadata):
        return _open(_CHANGED, [quoted(claim.span or claim.written)])
    for stated in metadata:
        if len(claim.value) < date_roles.DAY and stated.origin == "front matter":
            agreed = stated.value.startswith(claim.value) or claim.value.startswith(stated.value)
            if not agreed:
                return _open(_DISAGREE, [quoted(claim.span or claim.written), f"{stated.origin}: {stated.written}"])
            if len(stated.value) == date_roles.DAY and not claim.questions:
                # "May 2014" above the text, and its day in the front matter.
                why = f"front matter ({stated.origin})"
                return Claim(stated.value, written=stated.written, basis="metadata", span=stated.written, why=why)
        if len(claim.value) != date_roles.DAY or len(stated.value) != date_roles.DAY:
            continue
        earlier = dt.date.fromisoformat(claim.value) - dt.date.fromisoformat(stated.value)
        moved = earlier.days == 1 and "T" in stated.written and date_roles.has_clock(claim.span)
        zoned = abs(earlier.days) == 1 and date_moments.may_be_moved(stated.written, earlier.days)
        later = earlier.days < -1 and not claim.why.startswith("label")
        if (
            (stated.origin == "front matter" and earlier.days and not zoned)
            or earlier.days > 1
            or moved
            or (later and stated.day in shown.every)
        ):
            return _open(
                _DISAGREE,
                [quoted(claim.span or claim.written), f"{stated.origin}: {stated.written}"],
            )
    return claim


def _is_behind_message(claim: Claim, metadata: Sequence[StatedDay]) -> bool:
    """True for a whole day in a message that was sent before it: that of what it announces."""
    is_day = len(claim.value) == date_roles.DAY and "X" not in claim.value
    return is_day and any(stated.day < claim.value for stated in metadata[:1] if len(stated.day) == date_roles.DAY)


def _against_message(claim: Claim, metadata: Sequence[StatedDay]) -> Claim:
    """A claim of a label below the text of a message, which may be that of another message that it quotes: the day on which the message was
    sent, where there is one, agrees with it or makes it doubtful."""
    sent = next((stated for stated in metadata if stated.day), None)
    if sent is None or sent.day == claim.value:
        return claim
    return _open(_DISAGREE, [quoted(claim.span or claim.written), f"{sent.origin}: {sent.written}"])


def _from_metadata(
    layout: Layout, document: Document, metadata: Sequence[StatedDay], lexicon: Lexicon, *, bare: bool
) -> Claim:
    """The day that metadata state where the text states none (`bare`), or the question, with all dates that stand anywhere."""
    titles = [title.value for title in document.metadata.titles]
    embargo = lexicon.pattern("embargo", "within")
    embargoed = [line for line in (*layout.header, *titles) if embargo.search(line)]
    stated = [f"{date.origin}: {date.written}" for date in metadata]
    if bare and metadata and embargoed and document.form == "mail":
        return _open("It was sent under an embargo. On which day was it published?", [*map(quoted, embargoed), *stated])
    every = date_roles.lines_with_dates(document, layout, lexicon)
    if bare and len({date.day for date in metadata}) > 1:
        return _open("The file's metadata give more than one date of publication. Which is right?", stated)
    shown = date_metadata.shown_days(document, lexicon) if bare and metadata else None
    form = date_metadata.form_of(metadata, shown, document, layout.header, lexicon) if shown else ""
    if form:
        date = metadata[0]
        why = f"{form} ({', '.join(dict.fromkeys(day.origin for day in metadata))})"
        return Claim(date.value, written=date.written, basis="metadata", span=date.written, why=why)
    hints = [quoted(mention.line) + (f" ({mention.role})" if mention.role else "") for mention in every]
    seen = {mention.line for mention in every}
    hints += [quoted(line) for line in layout.header if sum(map(str.isdigit, line)) >= 2 and line not in seen]
    hints += [f"{date.origin}: {date.value} (updated)" for date in document.metadata.updated]
    hints += date_metadata.event_days(document)
    against = next(
        (
            words
            for day in metadata
            if bare
            and day.origin == "front matter"
            and (words := date_metadata.contradiction(day.day, document, lexicon))
        ),
        "",
    )
    if against:
        question = "Was it published on this day? Something else of this document speaks of that day, or of one before."
        return _open(question, [*stated, quoted(against), *hints])
    if bare and metadata:
        question = "Was it published on this day? The metadata alone state it, and nothing in the visible text agrees."
        return _open(question, [*stated, *hints])
    return _open("When was it published? The text states no date of publication.", [*stated, *hints])


def _settled(
    chosen: Sequence[DateMention],
    further: Sequence[DateMention],
    document: Document,
    lexicon: Lexicon,
    layout: Layout,
) -> Claim | None:
    """The one date of those that are the release's, or the question which; None where metadata should be asked."""
    ambiguous = [mention for mention in chosen if len(mention.readings) > 1]
    certain = [mention for mention in chosen if mention.edtf]
    narrowest: dict[str, DateMention] = {}
    for mention in certain:
        if not any(_covers(mention.edtf, narrower.edtf) and narrower.edtf != mention.edtf for narrower in certain):
            narrowest.setdefault(mention.edtf, mention)
    if len(narrowest) > 1:
        return _open(_SEVERAL, [quoted(mention.line) for mention in narrowest.values()])
    if narrowest:
        date = next(iter(narrowest.values()))
        if any(date.edtf not in mention.readings for mention in ambiguous):
            return _open(_SEVERAL, [quoted(mention.line) for mention in chosen])
        return _with_year(date, further, document, lexicon)
    if ambiguous:
        date = ambiguous[0]
        readings = _agreeing(date, document, lexicon, layout)
        if len(readings) == 1:
            return _claim(date, readings[0])
        question = (
            f"Is “{date.written}” {' or '.join(readings)}? The order of day and month is not settled by the text."
        )
        return replace(_open(question, [quoted(date.line)]), written=date.written, basis=date.basis, readings=readings)
    return None


def _claim(date: DateMention, value: str) -> Claim:
    return Claim(
        value,
        written=date.written,
        basis=date.basis,
        span=date.line,
        why=date.form,
    )


def _covers(wide: str, narrow: str) -> bool:
    """True where the second date is the first one said more exactly."""
    if wide.startswith("XXXX"):
        return narrow[4:].startswith(wide[4:])
    return narrow.startswith(wide)


def _with_year(date: DateMention, further: Sequence[DateMention], document: Document, lexicon: Lexicon) -> Claim:
    """The date; one that another place in the document states more exactly is taken from there; one without a year is asked
    about, and is none where another place states another day: it may be that of what the text announces."""
    without_year = date.edtf.startswith("XXXX")
    if len(date.edtf) < 10 or without_year:
        for dated in further:
            if len(dated.edtf) == 10 and not dated.edtf.startswith("XXXX") and _covers(date.edtf, dated.edtf):
                return _claim(dated, dated.edtf)
    if without_year:
        written = [quoted(date.line)]
        metadata = date_metadata.stated_days(document)
        for stated in metadata:
            if (
                len(stated.value) == 10
                and _covers(date.edtf, stated.value)
                and not date_metadata.is_against_address(stated.value, document)
            ):
                return Claim(
                    stated.value,
                    written=stated.written,
                    basis="metadata",
                    span=date.line,
                    why=f"{date.form}, metadata ({stated.origin})",
                )
        against = [stated for stated in metadata if date_metadata.is_against_address(stated.value, document)]
        if against:
            address = f"the page's address: {document.metadata.url}"
            return _open(_DISAGREE, [*written, *(f"{day.origin}: {day.written}" for day in against), address])
        stated_elsewhere = [f"{day.origin}: {day.written}" for day in metadata]
        if stated_elsewhere:
            return _open(_DISAGREE, [*written, *stated_elsewhere])
        question = f"Which year? The text says “{date.written}” and no year."
        told = date.line[: date.line.find(date.written)] if date.basis == "body" else ""
        is_spoken = lexicon.pattern("speech_verbs", "within").search(told) is not None
        if lexicon.pattern("published", "within").search(told) and not is_spoken:
            # "Published today (3 June) in the Keld Review": nobody speaks on that day, and something else came out.
            return replace(_open(question, written), written=date.written, basis=date.basis)
        # "created: 2019-07-11": no key for publication, and what a person looks for.
        keys = [quoted(left.text) for left in document.left_out if _is_dated_key(left)]
        if keys:
            return replace(_open(question, [*written, *keys]), written=date.written, basis=date.basis)
        return replace(_claim(date, date.edtf), questions=(Question("date", question, evidence_of(written)),))
    return _claim(date, date.edtf)


def _is_dated_key(left: LeftOut) -> bool:
    """True for a line of front matter that has a whole day."""
    is_short = len(left.text) <= date_roles.LONGEST_DATE_LINE and left.reason == "front matter"
    return is_short and any(
        len(date.edtf) == date_roles.DAY and "X" not in date.edtf for date in dates_in(left.text, "en")
    )


def _agreeing(date: DateMention, document: Document, lexicon: Lexicon, layout: Layout) -> tuple[str, ...]:
    """Which readings of a numeric date the document's other evidence leaves."""
    readings = date.readings
    texts = [*layout.header, layout.dateline, *(block.text for block in layout.body)]
    mentions = [mention for text in texts for mention in dates_in(text, lexicon.document_language)]
    orders = {mention.order for mention in mentions if mention.numeric and mention.order in ("dmy", "mdy")}
    if len(orders) == 1:
        return readings[:1] if orders == {"dmy"} else readings[1:]
    stated = {evidence.value for evidence in date_metadata.stated_days(document)}
    agreeing = tuple(reading for reading in readings if reading in stated)
    if len(agreeing) == 1:
        return agreeing
    sign = _NUMERIC_SIGN.search(date.written)
    own_order = sign is not None and sign[1] in DAY_FIRST.get(lexicon.document_language, "")
    return readings[:1] if own_order and not orders else readings
