"""Record → lines that say why each stretch of its document is where it is, and by which signs each field is claimed."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.intake.document import Record

_PLACES = {
    "header": "head",
    "footer": "foot",
    "left_out": "left out",
    "subtitle": "sub-title",
}


def lines(record: Record) -> Iterator[str]:
    """The explanation of a record, line by line, without line ends: the document's text from its top to its end, each stretch with its
    place, the words, and the pass and reason that put it there; then the fields with the words that state them; then the questions."""
    yield record.source
    if record.refused:
        yield f"  refused: {record.refused}"
        return
    yield "  Where its text went, from top to end (place: words — pass: reason):"
    for decision in record.decisions:
        count = f", {decision.stretches} lines" if decision.stretches > 1 else ""
        place = _PLACES.get(decision.place, decision.place)
        yield f"    {place}: “{decision.text}” — {decision.by}: {decision.reason}{count}"
    decided = {decision.text for decision in record.decisions}
    outside = [left for left in record.left_out if left.text not in decided]
    if outside:
        yield "  All that was left out, by its reader too (reason: words):"
        yield from (f"    {left.reason}: “{_shortened(left.text)}”" for left in outside)
    yield "  What it states (field: value — the document's words: signs):"
    for field, claim in record.claims:
        words = claim.span or claim.written
        signs = claim.why or (f"stated in the {claim.basis}" if claim.basis else "")
        shown = f"“{_shortened(words)}”" if words else ""
        evidence = ": ".join(filter(None, (shown, signs)))
        yield f"    {field}: {claim.value or 'not settled'}{f' — {evidence}' if evidence else ''}"
    if record.quotations:
        yield "  Who says what (speaker: words — the document’s words that name the speaker: form):"
    for quotation, claim in zip(record.quotations, record.quotation_claims, strict=False):
        evidence = f" — “{_shortened(claim.span)}”: {claim.why}" if claim.value else ""
        yield f"    {claim.value or 'not settled'}: “{_shortened(quotation.text)}”{evidence}"
    if record.review:
        yield "  What it leaves open:"
        for question in record.review:
            yield f"    {question.field}: {question.question}{f' {_shortened(question.evidence)}' if question.evidence else ''}"


def _shortened(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[:most]} …"
