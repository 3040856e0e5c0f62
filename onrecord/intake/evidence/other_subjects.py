"""Words beside a quotation that give it another speaker than the name that is nearest: a clause with a subject of its own, a verb that no
list has, a name that goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.evidence.person_names import PersonNames
from onrecord.intake.evidence.sentence_subjects import AFTER_COMMA
from onrecord.intake.lexicon import Lexicon

# "arguing that"
_VERB_AND_TIE = 2
# "conference on"
_MEETING_AND_TIE = 2
_NEXT_WORD = re.compile(r"[ \t\u00a0](?P<word>[^\W\d_][\w’'-]+)")


class OtherSubjects:
    """Reads such words in a language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)

    def is_argued(self, words: str) -> bool:
        """True for words that end in "that" behind a verb right after a comma: the subject before the comma speaks ("Keld voted against
        it, arguing that | …")."""
        last = AFTER_COMMA.split(words)[1:][-1:]
        parts = last[0].split() if last else []
        ties = len(parts) == _VERB_AND_TIE and self._names.is_conjunction(parts[1])
        return ties and parts[0].islower() and not self._names.opens_sentence(parts[0])

    def is_matter(self, words: str) -> bool:
        """True for words behind a verb that end in what a meeting is about: "spoke at a media conference on “…”"."""
        plain = words.split()
        if len(plain) < _MEETING_AND_TIE or not self._lexicon.pattern("upon_words", "whole").match(plain[-1]):
            return False
        return self._lexicon.pattern("event", "whole").match(plain[-2]) is not None

    def is_cut(self, right: str) -> bool:
        """True where a title that is a surname too goes on from a name: "in the words of Jan Ungo | King"."""
        following = _NEXT_WORD.match(right)
        return following is not None and following["word"][:1].isupper() and self._names.is_title(following["word"])

    def opens_with_which(self, words: Sequence[str]) -> bool:
        """True for words that open with "which" behind a preposition: ", in which | explained" says what somebody else does."""
        stop = self._lexicon.pattern("speaker_stop", "whole")
        small = self._lexicon.pattern("function_words", "whole")
        return len(words) > 1 and bool(small.match(words[0])) and any(map(stop.match, (words[1], " ".join(words[:2]))))

    def is_contracted(self, word: str) -> bool:
        """True for a pronoun with its verb, the subject of a clause of its own: "she'd"."""
        head, mark, tail = word.replace("’", "'").partition("'")
        return bool(mark and tail) and self._lexicon.pattern("pronouns", "whole").match(head) is not None
