"""In which form a text attributes words to a speaker, and which of these forms are sure enough to be asserted.

How often each form is right was counted by reading real documents: `tests/intake/speaker_forms.toml` has the figures, and a test holds
this list to them. What stands in another form is asked about, and the question quotes the candidate.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.intake.document import Claim
from onrecord.intake.evidence.claims import quoted


class Form(StrEnum):
    """How a text names the speaker of a quotation; the value says it in words."""

    NAMED = "named in the quotation’s own sentence"
    BY_SURNAME = "named by surname in the quotation’s own sentence, and whole elsewhere"
    BODY = "an organization named in the quotation’s own sentence"
    OFFICE = "described in the quotation’s own sentence"
    HOLDER_OF_OFFICE = "an office in the quotation’s own sentence, and its holder elsewhere"
    WITHOUT_CAPITALS = "named in the quotation’s own sentence, in a script without capitals"
    LABEL = "a name and a colon before the words"
    APART = "named in the quotation’s own sentence, with other words between"
    SIGNED = "a signature behind the words"
    DASH = "named behind direct speech that a dash ends"
    INTRODUCED = "named by the paragraph before the words, which ends in a colon"
    GOES_ON = "the quotation goes on behind its speaker, in the same sentence or the next"
    GOES_ON_LATER = "the quotation goes on behind sentences about its speaker"
    GOES_ON_BELOW = "the paragraph is a quotation, and the speaker of the paragraph before goes on"
    RUNS_ON = "the quotation of the paragraph before was not closed"
    UNCLOSED = "the speaker is named where a quotation of several paragraphs ends"
    PRONOUN = "a pronoun, and the sentence before it is about one person"
    PRONOUN_AFTER_SPEECH = "a pronoun, and the person whose words are before it in the paragraph"
    PRONOUN_BELOW = "a pronoun, and the person whom the paragraph before is about"
    PRONOUN_ALONE = "a pronoun, and the only person whom the text names"
    PRONOUN_BEHIND_DASH = "a pronoun behind direct speech that a dash ends"
    BARE_VERB = "a verb without its subject, and the person whom the words before are about"


ASSERTED = frozenset(
    {
        Form.NAMED,
        Form.BY_SURNAME,
        Form.BODY,
        Form.OFFICE,
        Form.HOLDER_OF_OFFICE,
        Form.WITHOUT_CAPITALS,
        Form.LABEL,
        Form.APART,
        Form.SIGNED,
        Form.DASH,
        Form.INTRODUCED,
        Form.GOES_ON,
        Form.GOES_ON_LATER,
        Form.GOES_ON_BELOW,
        Form.RUNS_ON,
        Form.PRONOUN,
        Form.PRONOUN_AFTER_SPEECH,
        Form.PRONOUN_BELOW,
        Form.BARE_VERB,
    }
)
"""The forms of which four or more were read and at most one in a hundred was false. To add one, measure it."""

PRONOUNS = frozenset(form for form in Form if form.name.startswith("PRONOUN"))


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to speak, in which form, and the document's words that it rests on."""

    speaker: str
    form: Form
    span: str

    @property
    def is_asserted(self) -> bool:
        return self.form in ASSERTED

    def claim(self) -> Claim:
        """The claim of the quotation: its speaker, the words that state it, and the form in words."""
        return Claim(self.speaker, span=" ".join(self.span.split()), why=self.form.value)

    def candidate(self) -> str:
        """The candidate as a question shows it."""
        return f"it may be {quoted(self.speaker)}: {self.form.value}"
