"""Whether a second quotation of a paragraph is the first one's speaker's."""

from __future__ import annotations

import re

from onrecord.intake.evidence.attribution_forms import Form
from onrecord.intake.evidence.person_names import UNCASED, PersonNames
from onrecord.intake.evidence.quotation_marks import word_count
from onrecord.intake.evidence.quotation_shapes import (
    LEAST_SPEECH,
    NOTE_AND_SENTENCE,
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
_PAUSE = re.compile(r"[,.!?]\s+")


class SpeechContinuations:
    """Looks at the words between two quotations."""

    def __init__(self, speakers: Speakers, lexicon: Lexicon) -> None:
        self._subjects = speakers.subjects
        self._speaker_behind = speakers.after_dash
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)
        self._verb = lexicon.pattern("speech_verbs", "within")
        self._pronoun = lexicon.pattern("pronouns", "whole")

    def form(self, between: str, form: Form | None, *, is_attributed: bool, ended: bool) -> Form | None:
        """The form in which a second quotation of a paragraph is its first speaker's: at once, or behind sentences about that person; None
        where they are about something else, where a note ends what was cited, or where other words parted the first one from its name.
        `form` is that of the first, `is_attributed` says that the words between begin with its attribution, `ended` that it ends a
        sentence."""
        if NOTE_WITHIN.search(between) or form is Form.APART:
            return None
        sentences = [one for one in self._subjects.sentences(between) if re.search(r"\w", one)]
        begins_anew = ended and between.strip()[:1].isupper() and not is_attributed
        begins_anew = begins_anew or between.strip()[:1] in tuple(STOPS)
        further = sentences if begins_anew else sentences[1:]
        if not further:
            return Form.GOES_ON
        pronoun = self._lexicon.pattern("pronouns", "whole")
        plural = self._lexicon.pattern("plural_pronouns", "whole")
        if any(plural.match(word) for one in further for word in one.split()[:_MOST_BEFORE_PRONOUN]):
            return None
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

    def names_within(self, words: str, speaker: str) -> bool:
        """True for words whose marks hold another's attribution, too: “We wait, said Ada Quill. We go home.”"""
        found = (
            self._speaker_behind(words[mark.end() :])
            for mark in _PAUSE.finditer(words)
            if self._verb.match(words, mark.end())
        )
        return any(one is not None and not self._subjects.is_same(one.speaker, speaker) for one in found)

    def runs_on(self, between: str, speaker: str) -> bool:
        """True where the words between two quotations let the second be the speaker's of the first: they introduce no other words, name no
        other speaker, and are one sentence where a script has no capitals to show names."""
        if len(between.split()) > _BETWEEN or is_introduction(between):
            return False
        if UNCASED.search(between) and (len(between) > _LONGEST_BETWEEN or re.search(r"[.!?؟。！？]\s*\S", between)):
            return False
        return not (self.runs_into_speech(between, speaker) or self.names_other(between, speaker))

    def runs_into_speech(self, between: str, speaker: str) -> bool:
        """True where the sentence that runs into a quotation says that somebody speaks: "as the officer said he was"."""
        sentences = self._subjects.sentences(between)
        running = _runs_on(between)
        verb = self._verb.search(sentences[-1]) if running else None
        if running and self._is_of_other(sentences[-1], speaker if len(sentences) == 1 else ""):
            return True
        return verb is not None and len(sentences[-1][: verb.start()].split()) > 1

    def _is_of_other(self, running: str, speaker: str) -> bool:
        """True for a sentence that ends before a quotation with a comma and begins with a name, not that of `speaker`: "Marr, in a talk,
        believed, “…”"."""
        # The number of a note may stand before it.
        first = next((word.strip(",") for word in running.split() if word[:1].isalpha()), "")
        return (
            running.rstrip().endswith((",", ":"))
            and first[:1].isupper()
            and first not in speaker
            and not self._names.opens_sentence(first)
            and not self._pronoun.match(first)
        )

    def names_other(self, between: str, speaker: str) -> bool:
        """True where words between two quotations name another speaker than the first: a sentence of its own names somebody else, or
        the one that runs into the second says that something speaks."""
        sentences = self._subjects.sentences(between)
        if _runs_on(between) and len(sentences) > 1 and self._verb.search(sentences[-1]):
            return True
        return any(
            not (speaker and self._subjects.is_same(name, speaker)) and not self._subjects.is_place_or_body(name)
            # Behind the number of a note, a sentence of its own begins.
            for sentence in sentences[0 if NOTE_AND_SENTENCE.match(between) else 1 :]
            for name in self._names.all_in(sentence)
        )


def _runs_on(between: str) -> bool:
    """True for words that end no sentence: it runs into the quotation behind them."""
    return between.strip() != "" and re.search(r"[.!?。！？]\s*$", between) is None
