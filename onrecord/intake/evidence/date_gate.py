"""The one gate through which a day of publication is asserted: which signs it needs beside the form in which it stands, and which signs
make it a question.

A form that has no row in the table asserts nothing, so that a new one is asked until somebody has counted it. How often each set of signs
was right and false on real documents is in tests/intake/sign_forms.toml.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from types import MappingProxyType

from onrecord.intake.document import Claim, Document, Layout
from onrecord.intake.evidence.claims import open_claim, quoted
from onrecord.intake.evidence.date_forms import DateForm
from onrecord.intake.evidence.date_signs import Doubt, Sign, signs_of
from onrecord.intake.lexicon import Lexicon

_ALONE: tuple[frozenset[Sign], ...] = (frozenset(),)
_WITH_ANOTHER: tuple[frozenset[Sign], ...] = (
    frozenset({"headline"}),
    frozenset({"kind"}),
    frozenset({"salutation"}),
    frozenset({"by-line"}),
    frozenset({"clock"}),
    frozenset({"place"}),
    frozenset({"reference"}),
    frozenset({"metadata"}),
    frozenset({"another line"}),
)
_ONLY_METADATA: tuple[frozenset[Sign], ...] = (frozenset({"metadata"}),)

NEEDED: Mapping[DateForm, tuple[frozenset[Sign], ...]] = MappingProxyType(
    {
        "label": _ALONE,
        "label at the foot": _ALONE,
        "label of a date": _WITH_ANOTHER,
        "label with other words": _WITH_ANOTHER,
        "dateline": _ALONE,
        "“today” in the text": _ALONE,
        "last lines": _ALONE,
        "front matter": _ALONE,
        "mail header": _ALONE,
        "metadata and the visible text": _ALONE,
        "metadata and the page's address": _ALONE,
        "metadata in two vocabularies": _ALONE,
        "beside the headline": _WITH_ANOTHER,
        "line of its own": _WITH_ANOTHER,
        "line with a name": _WITH_ANOTHER,
        "line among the first of the text": _WITH_ANOTHER,
        "line below the repeated headline": _WITH_ANOTHER,
        "line that is a heading": _ONLY_METADATA,
        "line without a year": _ONLY_METADATA,
        "one of several lines without a year or a day": _ONLY_METADATA,
    }
)
"""For each form the sets of signs of which one must stand beside it."""

_OF_EVENTS: frozenset[Doubt] = frozenset(
    {"hours", "event", "minutes", "form", "announced", "several days", "in a heading"}
)
_ANY: frozenset[Doubt] = _OF_EVENTS | {"no headline"}
AGAINST: Mapping[DateForm, frozenset[Doubt]] = MappingProxyType(
    {
        "label": frozenset(),
        "label at the foot": frozenset(),
        "dateline": frozenset(),
        "“today” in the text": frozenset(),
        "mail header": frozenset(),
        "metadata and the visible text": frozenset(),
        "metadata and the page's address": frozenset(),
        "metadata in two vocabularies": frozenset(),
        "front matter": frozenset({"hours", "minutes", "form"}),
        "last lines": frozenset({"hours", "form", "several days"}),
    }
)
"""For each form the signs that make its day a question; any, where a form is not among them."""

OUTWEIGHED: Mapping[Doubt, frozenset[Sign]] = MappingProxyType(
    {
        "no headline": frozenset({"metadata", "kind", "salutation"}),
        "announced": frozenset({"metadata", "clock"}),
        "event": frozenset({"metadata", "kind"}),
        "in a heading": frozenset({"metadata", "kind", "by-line"}),
        "several days": frozenset({"metadata", "headline"}),
        "form": frozenset({"metadata"}),
    }
)
"""The signs that agree and leave a sign against no weight: a letter has no headline, and a program writes the minute of publication."""

_QUESTION = "Was it published on “{written}”? Days of events and of lists are written that way too: {reason}."
_UNSUPPORTED = "nothing else agrees with it"
_REASONS: Mapping[Doubt, str] = MappingProxyType(
    {
        "no headline": "no headline stands beside it",
        "hours": "hours from and to stand beside it",
        "event": "an event is named beside it",
        "minutes": "it is the record of a meeting",
        "form": "it stands in a form",
        "in a heading": "it stands in a heading of the text",
        "announced": "the text says that something takes place on it",
        "several days": "it stands among other days",
    }
)


def is_enough(form: DateForm, agreeing: Set[Sign], against: Set[Doubt]) -> bool:
    """True where a day in a form is asserted, with the signs that agree and those against it. A form without a row is never enough."""
    return not standing(form, agreeing, against) and any(needed <= agreeing for needed in NEEDED.get(form, ()))


def standing(form: DateForm, agreeing: Set[Sign], against: Set[Doubt]) -> frozenset[Doubt]:
    """The signs against a day that count for its form, and that none which agrees outweighs."""
    return frozenset(
        doubt
        for doubt in against
        if doubt in AGAINST.get(form, _ANY) and agreeing.isdisjoint(OUTWEIGHED.get(doubt, frozenset()))
    )


def passed(claim: Claim, layout: Layout, document: Document, stated: Set[str], lexicon: Lexicon) -> Claim:
    """A claim of a day, asserted where its signs are enough, else the question about it. Its `why` has its form, and the signs that
    agree. `stated` are the days that metadata state (EDTF)."""
    if not claim.value:
        return claim
    form = form_of(claim)
    if form and is_enough(form, frozenset(), AGAINST.get(form, _ANY)):
        # Nothing beside it counts.
        return claim
    # Metadata are no second sign for themselves.
    of_metadata = claim.basis == "metadata" and claim.span == claim.written
    signs = signs_of(claim, layout, document, frozenset() if of_metadata else stated, lexicon)
    if form and is_enough(form, signs.agreeing, signs.against):
        return replace(claim, why="; with ".join(filter(None, (claim.why, ", ".join(sorted(signs.agreeing))))))
    reasons = [_REASONS[doubt] for doubt in sorted(standing(form, signs.agreeing, signs.against))] if form else []
    question = _QUESTION.format(written=claim.written, reason=", ".join(reasons) or _UNSUPPORTED)
    return open_claim("date", question, [quoted(claim.span or claim.written)])


def form_of(claim: Claim) -> DateForm | None:
    """The form that a claim's `why` begins with; None where it names none of the table."""
    return next((form for form in sorted(NEEDED, key=len, reverse=True) if claim.why.startswith(form)), None)
