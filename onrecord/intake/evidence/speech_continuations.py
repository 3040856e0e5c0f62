"""Whether a second quotation of a paragraph is the first one's speaker's."""

from __future__ import annotations

import re

from onrecord.intake.evidence.attribution_forms import Form
from onrecord.intake.evidence.person_names import UNCASED
from onrecord.intake.evidence.quotation_marks import word_count
from onrecord.intake.evidence.quotation_shapes import (
    LEAST_SPEECH,
    NOTE_WITHIN,
    STOPS,
    is_introduction,
    is_name_in_sentence,
    is_title,
)
from onrecord.intake.evidence.speakers import Speakers
from onrecord.intake.lexicon import Lexicon

# So many words and characters may stand between two quotations.
_BETWEEN, _LONGEST_BETWEEN = 30, 100
# "Then she", "And yet he": a sentence about whoever was before has its pronoun among its first words.
_MOST_BEFORE_PRONOUN = 4


class SpeechContinuations:
    """Looks at the words between two quotations."""

    def __init__(self, speakers: Speakers, lexicon: Lexicon) -> None:
        self._speakers = speakers
        self._lexicon = lexicon

    def form(self, between: str, form: Form | None, *, is_attributed: bool, ended: bool) -> Form | None:
        """The form in which a second quotation of a paragraph is its first speaker's: at once, or behind sentences about that person; None
        where they are about something else, where a note ends what was cited, or where other words parted the first one from its name.
        `form` is that of the first, `is_attributed` says that the words between begin with its attribution, `ended` that it ends a
        sentence."""
        if NOTE_WITHIN.search(between) or form is Form.APART:
            return None
        sentences = [one for one in self._speakers.subjects.sentences(between) if re.search(r"\w", one)]
        begins_anew = ended and between.strip()[:1].isupper() and not is_attributed
        further = sentences if begins_anew else sentences[1:]
        if not further:
            return Form.GOES_ON
        pronoun = self._lexicon.pattern("pronouns", "whole")
        about = all(any(map(pronoun.match, one.split()[:_MOST_BEFORE_PRONOUN])) for one in further)
        return Form.GOES_ON_LATER if about else None

    def is_name_behind(self, before: str, words: str, *, ended: bool) -> bool:
        """True for a name in the words that attribute the quotation before: `“…,” Ada Quill said on Keld's “Meet the Keeper.”`; a sentence
        that has `ended` is none."""
        if ended and word_count(words) > LEAST_SPEECH and not is_title(words.rstrip(STOPS)):
            return False
        linked = self._lexicon.pattern("conjunctions", "end").search(before.rstrip())
        own = re.search(r"[.!?]\s", before) is None
        return own and linked is None and is_name_in_sentence(before, words)

    def runs_on(self, between: str, speaker: str) -> bool:
        """True where the words between two quotations let the second be the speaker's of the first: they introduce no other words, name no
        other speaker, and are one sentence where a script has no capitals to show names."""
        if len(between.split()) > _BETWEEN or is_introduction(between):
            return False
        if UNCASED.search(between) and (len(between) > _LONGEST_BETWEEN or re.search(r"[.!?؟。！？]\s*\S", between)):
            return False
        return not (
            self._speakers.gate.runs_into_speech(between, speaker) or self._speakers.gate.names_other(between, speaker)
        )
