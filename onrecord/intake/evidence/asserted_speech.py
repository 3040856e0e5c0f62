"""The one door through which a speaker is asserted: whom the words beside a quotation name must be somebody, and speak alone, by two
independent signs each; else the quotation stands without a speaker, and the question names the candidate."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.intake.document import Block, Claim
from onrecord.intake.evidence.claims import evidence_of, quoted
from onrecord.intake.evidence.quotation_mentions import QuotedSpeech, quoted_speech
from onrecord.intake.evidence.speaker_signs import SpeakerSigns
from onrecord.intake.evidence.subject_signs import SubjectSigns
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import lexicon_of
from onrecord.model import Question, Quotation

_QUESTION = "Is this the speaker? Nothing else in the document shows that it is somebody’s whole name, or that nobody else is meant."


def asserted_speech(
    body: Sequence[Block], terms: Terms, publisher: str = "", language: str = "", head: Sequence[str] = ()
) -> QuotedSpeech:
    """What a body quotes, as `quotation_mentions.quoted_speech` has it, where a speaker stands only if the signs in body and `head` (the
    lines above the text) allow it. `publisher` is whose release it is, `language` its BCP 47 tag."""
    speech = quoted_speech(body, terms, publisher, language, head)
    if not any(quotation.speaker for quotation in speech.quotations):
        return speech
    lexicon = lexicon_of(language)
    names = SpeakerSigns("\n".join((*head, *(block.text for block in body))), terms, publisher, lexicon)
    subjects = SubjectSigns(lexicon)
    quotations, claims, asked = [], [], []
    for quotation, claim in zip(speech.quotations, speech.claims, strict=True):
        speaker = quotation.speaker
        if not speaker or (names.allow(speaker) and subjects.allow(speaker, claim.span)):
            quotations.append(quotation)
            claims.append(claim)
            continue
        quotations.append(Quotation("", quotation.text, paragraph=quotation.paragraph))
        claims.append(Claim())
        asked.append(f"{quoted(quotation.text)} (it may be {quoted(speaker)}: {claim.why})")
    questions = (Question("quotations", _QUESTION, evidence_of(asked)),) if asked else ()
    return QuotedSpeech(tuple(quotations), (*speech.questions, *questions), tuple(claims))
