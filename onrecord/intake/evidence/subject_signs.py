"""Whether the sentence that names a speaker lets that person alone be the subject of its verb."""

from __future__ import annotations

import re

from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.evidence.person_names import PersonNames
from onrecord.intake.lexicon import Lexicon

# "and her husband Tom Lamb": so many small words may stand between.
_MOST_BETWEEN = 3
_NAME = r"[^\W\d_a-z][\w’'.-]*(?:\s[^\W\d_a-z][\w’'.-]*){1,3}"
_DAYS = ("weekdays", "months", "today")
_NO_PREPOSITIONS = (
    "conjunctions",
    "speech_verbs",
    "according_to",
    "relatives",
    "as_words",
    "possessives",
)
# "Quill & Lamb", "Quill, Lamb and Partners": a firm's name is no surname.
_FIRM = re.compile(r"\s&\s|,\s[^\W\d_a-z]\w+(?:\s[a-z]{1,3}|\s&)\s[^\W\d_a-z]")
_OWNS = re.compile(r"['’]s?(?!\w)")
_CLAUSE_MARK = re.compile(r"[,;:(]\s*")


class SubjectSigns:
    """Reads sentences with the words of a language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)
        self._allowed: dict[tuple[str, str], bool] = {}

    def allow(self, name: str, sentence: str) -> bool:
        """False where a sentence has a name beside another person's that is tied to it, or behind "that", or has something of that
        person's speak; true where the name does not stand in it."""
        if (name, sentence) not in self._allowed:
            self._allowed[name, sentence] = self._allow(name, sentence)
        return self._allowed[name, sentence]

    def _allow(self, name: str, sentence: str) -> bool:
        verb = self._lexicon.pattern("speech_verbs", "within")
        start = sentence.find(name)
        if start < 0:
            # A surname that the document has whole elsewhere.
            name = name.split()[-1]
            found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)
            start = found.start() if found else -1
            if found and _FIRM.match(sentence, found.end()):
                return False
        if start < 0:
            return True
        left, right = sentence[:start], sentence[start + len(name) :]
        accord = self._lexicon.pattern("according_to", "within").search(sentence)
        if not (accord and accord.start() < start) and (self._is_tied(left) or self._is_apart(left, right)):
            return False
        if is_named_organization(name, self._lexicon):
            return True
        if _OWNS.match(right) or self._is_joined_before(left):
            return False
        last = next(iter(self._before_titles(_last_clause(left))[-1:]), "")
        if last.islower() and self._is_verb(last):
            # "whose mayor is Ada Quill"
            return False
        behind = verb.search(right)
        if behind and left.split()[-1:] and self._lexicon.pattern("that_words", "whole").match(left.split()[-1]):
            # "the banner that Ada Quill said she made"
            return behind.start() > 1
        return not self._is_joined(right[: behind.start()] if behind else "")

    def _is_tied(self, left: str) -> bool:
        """True where a preposition ties a name, with the capitals of an office before it, to a word that is no title: "a letter to U.S.
        Attorney General | Ada Quill"; "Minister for Lamps | Ada Quill" is an office, and "On Monday | Ada Quill said" no tie."""
        words = _last_clause(left)
        at = len(words)
        while at and (words[at - 1][:1].isupper() or self._names.is_title(words[at - 1])):
            if any(self._lexicon.pattern(category, "whole").match(words[at - 1]) for category in _DAYS):
                return False
            at -= 1
        bare = words[at:]
        while at and self._names.has_article(words[at - 1]):
            at -= 1
        if not at or not self._is_preposition(words[at - 1]):
            return False
        before = words[at - 2] if at > 1 else ""
        if before and all(map(self._names.is_title, bare)):
            # "the spokesman for President | Ada Quill"
            return True
        return bool(before) and not before[:1].isupper() and not self._names.is_title(before)

    def _is_apart(self, left: str, right: str) -> bool:
        """True where a name stands in a piece that begins with a preposition, and the verb behind a comma: "In a letter to Ada Quill, the
        keepers wrote"."""
        piece = _last_clause(left)
        verb = self._lexicon.pattern("speech_verbs", "within").search(right)
        if not piece or not right.startswith(",") or verb is None or not right[1 : verb.start()].strip():
            return False
        opening = piece[0].lower()
        return self._is_preposition(opening) and not self._lexicon.pattern("opinion_words", "whole").match(opening)

    def _is_preposition(self, word: str) -> bool:
        small = self._lexicon.pattern("function_words", "whole").match(word) is not None
        return (
            small
            and not self._names.has_article(word)
            and not any(self._lexicon.pattern(category, "whole").match(word) for category in _NO_PREPOSITIONS)
        )

    def _is_joined_before(self, left: str) -> bool:
        """True where words end in another person's name, "and", and few small words: "Ada Quill and her husband"."""
        words = left.split()
        while words and words[-1][:1].isupper() and self._names.is_title(words[-1]):
            # "Senators Orel and Venn and Representative | Ada Quill"
            words.pop()
        small = len(words)
        while small and words[small - 1].islower() and len(words) - small < _MOST_BETWEEN + 1:
            if self._is_and(words[small - 1]):
                before = " ".join(words[: small - 1])
                other = self._names.at_end(before)
                titled = bool(other) and self._names.is_title(words[small - 2]) is False
                return before.endswith(other) and (
                    self._names.is_full(other) or (titled and len(words) < len(left.split()))
                )
            small -= 1
        return False

    def _before_titles(self, words: list[str]) -> list[str]:
        """Words without titles and articles at their end."""
        end = len(words)
        while end and (self._names.is_title(words[end - 1]) or self._names.has_article(words[end - 1])):
            end -= 1
        return words[:end]

    def _is_verb(self, word: str) -> bool:
        """True for a verb that opens or links clauses and is none of speech: "is", "was"."""
        return self._lexicon.pattern("clause_words", "whole").match(word) is not None and not any(
            self._lexicon.pattern(category, "whole").match(word)
            for category in ("speech_verbs", "function_words", "conjunctions")
        )

    def _is_joined(self, between: str) -> bool:
        """True where "and" and another person's name, which a comma or the verb follows, stand between a name and its verb: "Ada Quill, of
        the Watch, and Tom Lamb, of the Desk, said"."""
        for match in re.finditer(rf",\s(?P<and>[^\W\d_]{{1,4}})\s(?P<name>{_NAME})(?=,|\s*$)", between):
            if (
                self._is_and(match["and"])
                and self._names.is_full(match["name"])
                and not self._names.is_title(match["name"].split()[-1])
            ):
                return True
        return False

    def _is_and(self, word: str) -> bool:
        words = self._lexicon.pattern("conjunctions", "whole")
        return word == "&" or (
            words.match(word) is not None and not self._lexicon.pattern("that_words", "whole").match(word)
        )


def _last_clause(text: str) -> list[str]:
    """The words behind the last mark that parts clauses."""
    return _CLAUSE_MARK.split(text)[-1].split()
