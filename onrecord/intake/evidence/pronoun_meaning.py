"""Whom a pronoun, or a verb without its subject, means beside a quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.evidence.attribution_forms import Form
from onrecord.intake.evidence.known_speakers import KnownSpeakers
from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.evidence.person_names import UNCASED, PersonNames
from onrecord.intake.evidence.sentence_subjects import SentenceSubjects
from onrecord.intake.evidence.speaker_checks import SpeakerChecks
from onrecord.intake.lexicon import Lexicon

_NOBODY_YET = "\1"
_CAPITAL = re.compile(r"(?<![\w’'-])[^\W\d_][\w-]+")


class PronounMeaning:
    """Reads a text from top to bottom, paragraph by paragraph: whom the sentence before was about, and who spoke."""

    def __init__(
        self, known: KnownSpeakers, checks: SpeakerChecks, subjects: SentenceSubjects, lexicon: Lexicon
    ) -> None:
        self._known = known
        self._checks = checks
        self._subjects = subjects
        self._names = PersonNames(lexicon)
        self._lexicon = lexicon
        self._topic = ""  # whom the last sentence was about, of the paragraphs that are settled
        # The paragraphs behind those, with whose words each ended: most texts have few quotations, and only these ask.
        self._unsettled: list[tuple[str, str]] = []
        self._meant = ""  # whom "she" means at the quotation that is looked at
        self._in_form = Form.PRONOUN
        self._named_before = ""  # whom the words beside the quotation before name
        self._is_open = False  # who spoke last is in doubt: "she" may mean that person
        self._so_far: list[str] = []
        # The only speaker so far, whether no paragraph names another person, and how many paragraphs were compared.
        self._only, self._is_only, self._compared = "", True, 0
        self.form: Form | None = None
        """In which form the last pronoun gave a person; None where no pronoun was looked at since `look_at`, or it gave none."""

    @property
    def paragraph_before(self) -> str:
        return self._so_far[-1] if self._so_far else ""

    def forget(self) -> None:
        """What follows is looked at for itself."""
        self._meant, self.form = "", None

    def clear_form(self) -> None:
        """No pronoun was looked at since."""
        self.form = None

    def look_at(self, sentences: Sequence[str], running: str, speaker: str, *, first: bool) -> None:
        """Looks at a quotation of a paragraph: `sentences` are whole ones before it, `running` is what stands of its own before it,
        `speaker` is whose words stand before in the paragraph, `first` says that none do."""
        self._settle()
        fallback = speaker or (self._topic if first else self._named_before)
        self.form = None
        self._meant = self._subjects.subject_before(sentences, fallback)
        if self._subjects.subject_before(sentences, ""):
            self._in_form = Form.PRONOUN
            return
        self._in_form = Form.PRONOUN_BELOW if first and not speaker else Form.PRONOUN_AFTER_SPEECH
        if fallback and self._names_another(fallback, [*sentences, running]):
            # "In Quill's shop, she stood": who is named in the words before is meant as often.
            self._meant = ""

    def look_above(self, sentences: Sequence[str]) -> None:
        """Looks at a paragraph that introduces the words of the next one."""
        self.look_at(sentences, "", "", first=True)

    def _names_another(self, person: str, sentences: Sequence[str]) -> bool:
        """True where words name somebody else of whom the text has the whole name, or whose name they have whole."""
        for sentence in sentences:
            for word in _CAPITAL.findall(sentence):
                whole = self._known.resolved(word) if word[:1].isupper() else word
                if whole != word and self._names.is_full(whole) and not self._is_about(whole, person):
                    return True
            if any(not self._is_about(name, person) for name in self._names.all_in(sentence)):
                return True
        return False

    def _is_about(self, name: str, person: str) -> bool:
        return self._subjects.is_same(name, person) or self._subjects.is_place_or_body(name)

    def named(self, speaker: str) -> None:
        """Notes whom the words beside a quotation name; an empty text where they name nobody."""
        self._named_before = speaker
        self._is_open = self._is_open and not speaker

    def spoken(self) -> None:
        """Notes that somebody spoke whose name is sure."""
        self._is_open = False

    def leave_open(self) -> None:
        """Notes that somebody spoke whom nobody knows: "she" means none of those before."""
        self._is_open, self._topic, self._named_before = True, "", ""
        self._unsettled = []

    def end_paragraph(self, text: str, speaker: str) -> None:
        """Notes what a paragraph was about, which ended with words of `speaker` where that is not empty."""
        self._unsettled.append((text, speaker))
        self._so_far.append(text)

    def _settle(self) -> None:
        """Says whom the last sentence so far was about: that of the last paragraph that says it, else whoever ended it with words."""
        while self._unsettled:
            text, speaker = self._unsettled.pop()
            narrative = re.split(r"[”»\"」’]", text)[-1] if speaker else text
            sentences = self._subjects.sentences(narrative)
            topic = self._subjects.subject_before(sentences[1:] if speaker else sentences, speaker or _NOBODY_YET)
            if topic != _NOBODY_YET:
                self._topic = topic
                self._unsettled = []

    def person(self, pronoun: str = "") -> str:
        """Whom "she" means: the person whom the sentence before is about, else the only person that the text has named so far; nobody
        whom the text calls Mr."""
        self.form = None
        if pronoun and self._lexicon.pattern("plural_pronouns", "whole").match(pronoun.strip()):
            return ""
        person, form = self._person_before()
        if not person or not self._checks.agrees(person, pronoun):
            return ""
        # Who is the only one so far is a guess without a pronoun, too.
        self.form = form if pronoun or form is Form.PRONOUN_ALONE else Form.BARE_VERB
        return person

    def _person_before(self) -> tuple[str, Form]:
        is_body = is_named_organization(self._meant, self._lexicon) or self._subjects.is_place_or_body(self._meant)
        if self._meant and not is_body:
            sure = self._known.has_spoken(self._meant) or self._checks.is_established(self._meant)
            full = (
                self._names.is_full(self._meant)
                and not self._checks.phrases.is_phrase(self._meant)
                and (sure or self._meant == self._named_before)
            )
            return self._meant if full or UNCASED.search(self._meant) else "", self._in_form
        only = self._known.only_one
        if self._is_open or not self._names.is_full(only) or self._subjects.is_place_or_body(only) or only.isupper():
            return "", Form.PRONOUN_ALONE
        if only != self._only:
            self._only, self._is_only, self._compared = only, True, 0
        for text in self._so_far[self._compared :] if self._is_only else ():
            self._is_only = self._is_only and all(self._is_about(name, only) for name in self._names.all_in(text))
        self._compared = len(self._so_far)
        return only if self._is_only else "", Form.PRONOUN_ALONE
