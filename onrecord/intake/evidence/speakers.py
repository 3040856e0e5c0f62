"""Whom the words around a quotation name as its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.evidence.attribution_forms import PRONOUNS, Attribution, Form
from onrecord.intake.evidence.attribution_gate import AttributionGate
from onrecord.intake.evidence.known_speakers import KnownSpeakers
from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.evidence.person_names import UNCASED, PersonNames
from onrecord.intake.evidence.pronoun_meaning import PronounMeaning
from onrecord.intake.evidence.quotation_shapes import NOTE_AND_SENTENCE, NOTE_MARK, STOPS
from onrecord.intake.evidence.sentence_subjects import AFTER_COMMA, SentenceSubjects
from onrecord.intake.evidence.speaker_checks import SpeakerChecks
from onrecord.intake.evidence.speaker_words import SpeakerWords
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.evidence.uncased_names import UNSPACED, uncased_speaker
from onrecord.intake.lexicon import Lexicon

# Languages whose verb stands before its subject.
_VERB_FIRST = frozenset({"ar"})
# Languages that leave out "he", "she": «…», ha aggiunto.
_NO_PRONOUNS = frozenset({"es", "it", "pt", "tr"})
# “…” — Ada Quill, director of Harbour Watch
_SIGNED = re.compile(r"\s*[—–―]\s*(?P<who>[^\W\d_][^.!?:;]{2,90})$")
_MOST_SUBJECT, _MOST_TAIL, _MOST_TAIL_BEFORE_COLON, _MOST_TAIL_OF_ENDED = 14, 25, 12, 10
_MOST_BETWEEN_VERBS, _LONGEST_LISTENER, _LONGEST_VERB = 1, 12, 24
# So many characters and words stand before a verb behind the quotation, and where a name begins them.
_LONGEST_SUBJECT, _LONGEST_APPOSITION, _MOST_APPOSITION = 160, 300, 35


class Speakers:
    """Finds the speakers of a text below a `head`. It remembers who spoke, and whom the sentence before was about."""

    def __init__(self, text: str, terms: Terms, publisher: str, lexicon: Lexicon, head: Sequence[str] = ()) -> None:
        self._text = text
        self._terms = terms
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)
        self._checks = SpeakerChecks(text, terms, publisher, lexicon)
        self._known = KnownSpeakers(text, terms, self._names, head)
        self.subjects = SentenceSubjects(terms, publisher, lexicon, self._known.resolved)
        self.gate = AttributionGate(terms, lexicon, self.subjects, text)
        self.pronouns = PronounMeaning(self._known, self._checks, self.subjects, lexicon)
        self._words = SpeakerWords(
            terms, publisher, lexicon, self._known, self._checks, self.subjects, self.pronouns.person
        )
        self.doubted = ""  # what stands where a speaker would, beside the last quotation, and may be none
        self.asked_form: Form | None = None  # in which form that is one, where it may be
        self._verb = lexicon.pattern("speech_verbs", "within")
        self._according = lexicon.pattern("according_to", "within")
        self._announcing = lexicon.pattern("announcing_verbs", "within")
        self._pronoun = lexicon.pattern("pronouns", "start")
        self._verb_first = lexicon.language in _VERB_FIRST

    def remember(self, speaker: str) -> None:
        """Notes that somebody spoke."""
        self._known.remember(speaker)
        self.pronouns.spoken()

    def _has_people(self, before: str) -> bool:
        """True where somebody has spoken by name, or the paragraph before or the words before a quotation name somebody."""
        return self._known.has_named or bool(self._names.all_in(self.pronouns.paragraph_before + "\n" + before))

    def name_behind(self, after: str) -> str:
        """The name behind a quotation, and behind the comma that ends it or a word, where nothing says that it speaks: `,” Marr of the Mail
        mused`, `” uvedl Jan Holt.` `after` begins with the last character in the marks."""
        head = NOTE_MARK.sub("", after[1:]).lstrip(" ,،")
        piece = AFTER_COMMA.split(head)[0]
        if head[:1].isupper() and "," in after[:1] + after[1:].lstrip()[:1]:
            return self._names.at_start(piece)
        word, _, behind = piece.rstrip(" .").partition(" ")
        name = self._names.at_start(behind) if word.islower() and behind[:1].isupper() else ""
        return name if name == behind and self._names.is_full(name) and not self._names.is_small(word) else ""

    def attributed(
        self, before: str, after: str, speaker: str, *, first: bool, ended: bool
    ) -> tuple[Attribution | None, str]:
        """As `_attributed`, but nobody where the words found are no speaker, or are one in a form that is not asserted: they are in
        `doubted` then."""
        self._words.is_doubtful, self.asked_form = False, None
        is_noted = NOTE_MARK.match(after) is not None
        after = NOTE_MARK.sub("", after)
        called, side = self._attributed(before, after, speaker, first=first, ended=ended)
        explained = self.gate.explains_beside(called, before, after, side) and not self.gate.is_twofold(
            called, before, after, ended=ended and side != "after", behind=side == "after"
        )
        named = self._person_called(called)
        lone = self._checks.phrases.is_of_many(named) and self._has_people(before)
        other = self.name_behind(" " + after) if side != "after" else ""
        next_sentence = side == "after" and NOTE_AND_SENTENCE.match(after)
        sure = explained and not (lone or other or next_sentence) and self._is_sure(named)
        found = self._in_form(named, called, before, after, side) if sure else None
        if found and is_noted and found.form in PRONOUNS:
            # Behind the number of a note, a pronoun means somebody of the work that is cited as often.
            found = None
        if found and not found.is_asserted:
            self.asked_form, found = found.form, None
        self.doubted = "" if found else named
        self.pronouns.named(found.speaker if found else "")
        return found, side

    def _in_form(self, named: str, called: str, before: str, after: str, side: str) -> Attribution:
        """The attribution to `named` by the words before or behind a quotation, which call the speaker `called`."""
        sentences = self.subjects.sentences(after.strip() if side == "after" else before)
        span = sentences[0 if side == "after" else -1] if sentences else ""
        if side == "after" and _SIGNED.match(after) and not self._verb.search(span):
            return Attribution(named, Form.SIGNED, span)
        if self.pronouns.form and named == called and not self.gate.names(named, span):
            return Attribution(named, self.pronouns.form, span)
        return Attribution(named, self._form_of_words(named, called, span, side), span)

    def _form_of_words(self, named: str, called: str, span: str, side: str) -> Form:
        """The form in which the words of a sentence, which stand on a side of the quotation, name its speaker."""
        label = span.rstrip().endswith((":", "：")) and not self._verb.search(span) and not self._according.search(span)
        if named != called:
            return Form.HOLDER_OF_OFFICE
        if UNCASED.search(named):
            return Form.WITHOUT_CAPITALS
        if side == "sentence":
            return Form.APART
        if label:
            return Form.LABEL
        if named not in span:
            return Form.BY_SURNAME
        if self._checks.phrases.is_phrase(named):
            return Form.OFFICE
        return Form.BODY if is_named_organization(named, self._lexicon) else Form.NAMED

    def _attributed(self, before: str, after: str, speaker: str, *, first: bool, ended: bool) -> tuple[str, str]:
        """The speaker that the words around a quotation name, and on which side ("before", "after", "sentence"); ("", "") where none is
        named. `speaker` is whose words stand before in the paragraph, `first` that none do, `ended` that the quotation's own sentence
        has its full stop."""
        sentences = self.subjects.sentences(before)
        current = sentences[-1] if sentences and not before.rstrip().endswith((".", "!", "?", "。")) else ""
        whole = sentences[:-1] if current else sentences
        # What stands before the first full stop behind a quotation is the end of its sentence.
        self.pronouns.look_at(whole if first else whole[1:], current, speaker, first=first)
        is_introduced = current.rstrip().endswith((":", "：")) and any(
            pattern.search(current) for pattern in (self._verb, self._according, self._announcing)
        )
        if is_introduced:
            # X said: "…" It asked …: what follows is a sentence of its own.
            named = self.before(current, colon=True)
            if named:
                return named, "before"
        signed = _SIGNED.match(after)
        named = self.signature(signed["who"]) if signed else ""
        behind_colon = current.rstrip().endswith((":", "："))
        # 'At the congress "Lamps for schools", Ada Quill said: "…"'
        introduces = after.rstrip().endswith((":", "：")) and (ended or bool(current.strip()))
        introduces = introduces or (behind_colon and ended and after.rstrip().endswith((",", "，", "،")))
        if not named and not introduces and not is_introduced and not (ended and self._is_of_its_own(after)):
            named = self._after(after, current)
        if named:
            return named, "after"
        edge = current.rstrip(" ([")
        linked = self._lexicon.pattern("conjunctions", "end").search(edge) or self._verb.search(current[-40:])
        adjacent = edge.endswith((":", "：", ",", "،", "，")) or linked is not None
        named = self.before(current, colon=current.rstrip().endswith((":", "：")))
        if named:
            return named, "before" if adjacent else "sentence"
        head = after.lstrip()[:1]
        # What stands behind a full stop is another sentence's.
        if (not first or not current.strip()) and not (head in tuple(STOPS) or (ended and head.isupper())):
            behind = self.subjects.sentences(after)
            match = self._according.search(behind[0]) if behind else None
            if match:
                return self._words.behind_verb(after[match.end() :]), "after"
        return "", ""

    def introduced(self, text: str) -> Attribution | None:
        """The speaker whom a paragraph that ends with a colon introduces; None where it names none."""
        self._words.is_doubtful = False
        sentences = self.subjects.sentences(text.rstrip(": ："))
        self.pronouns.look_above(sentences[:-1])
        named = self.before(sentences[-1], colon=True) if sentences else ""
        sure = self._is_sure(named) and self.gate.explains_beside(named, text, "", "before")
        return Attribution(named, self.pronouns.form or Form.INTRODUCED, sentences[-1]) if sure else None

    def introduces(self, before: str) -> bool:
        """True where words end in a verb of speech or "that" behind one: 'Ada Quill said, "'."""
        return self._verb.search(before.rstrip()[-_LONGEST_VERB:]) is not None

    def is_unnamed(self, before: str, after: str) -> bool:
        """True where somebody is said to speak whom nothing names: "…," she said."""
        head = after.lstrip(" ,،，—–")
        current = (self.subjects.sentences(before) or [""])[-1]
        goes_on = (
            (self.subjects.sentences(after.strip()) or [""])[0] if head[:1].islower() or UNCASED.match(head) else ""
        )
        introduced = before.rstrip().endswith((":", "：", ",", "،", "，")) and any(
            pattern.search(current) for pattern in (self._verb, self._according)
        )
        return (
            any(pattern.match(head) for pattern in (self._verb, self._according, self._pronoun))
            or introduced
            or (self._verb.search(goes_on) is not None)
        )

    def after_dash(self, after: str) -> Attribution | None:
        """The speaker of "— Words, — said X."; None where no verb of speech follows."""
        self._words.is_doubtful = False
        self.pronouns.clear_form()
        named = self._after(after, "") if self._verb.match(after) else ""
        if not self._is_sure(named) or not self.gate.explains_beside(named, "", after, "after"):
            return None
        return Attribution(named, Form.PRONOUN_BEHIND_DASH if self.pronouns.form else Form.DASH, after)

    def goes_on(self, text: str, *, after_comma: bool) -> Attribution | None:
        """The speaker whom a paragraph names for the quotation above it: `said X, director of Y.`, or `X said.` behind a comma; None
        where it names none."""
        sentences = self.subjects.sentences(text.strip())
        follows = text[:1].islower() and self._verb.match(text) is not None
        if not (follows or after_comma) or len(sentences) != 1 or len(text.split()) > _MOST_TAIL:
            return None
        self.pronouns.forget()
        self._words.is_doubtful = False
        named = self._after(text, "")
        sure = self._is_sure(named) and self.gate.explains(named, text, behind=True)
        return self._in_form(named, named, "", text, "after") if sure else None

    def signature(self, who: str) -> str:
        """The name that signs a quotation ("Ada Quill, director of Harbour Watch"); an empty text where it is none."""
        head = AFTER_COMMA.split(who.strip(" .()"))[0]
        name = self._names.at_start(head)
        if name and head.endswith(name) and len(name.split()) >= 2:
            return self._known.resolved(name)
        term = self._terms.names.term(head)
        return term.label if term else ""

    def _person_called(self, phrase: str) -> str:
        """Who is meant by "the Minister": the one person whom the text gives that calling, if that person has spoken; in doubt where the
        text names somebody with it who has not, or several; the phrase where it names nobody."""
        definite = self._lexicon.pattern("definite_articles", "start").match(phrase)
        if not definite or not self._checks.phrases.is_phrase(phrase):
            return phrase
        words = phrase.split()[1:]
        if any(map(self._names.is_small, words)) and not any(word[:1].isupper() for word in words):
            # "the father of one of the keepers"
            return phrase
        people = {self._known.resolved(name) for name in self._checks.phrases.people_called(phrase)}
        spoken = [person for person in people if self._known.has_spoken(person)]
        if len(people) == 1 and spoken:
            return spoken[0]
        is_person = self._lexicon.pattern("person_titles", "end").search(phrase) is not None
        lone = is_person and self._has_people("")
        self._words.is_doubtful = self._words.is_doubtful or bool(people) or lone
        return phrase

    def _is_sure(self, named: str) -> bool:
        """True where a name that was found is the shape of a speaker, and no other one."""
        return not self._words.is_doubtful and self._checks.is_speaker(named) and not self._known.is_open(named)

    def _after(self, after: str, current: str) -> str:
        """The speaker in `," said X, director of Y.` or `," X said.`; `current` is the sentence before the quotation, which names the
        speaker of a bare verb (Turkish, Japanese)."""
        sentences = self.subjects.sentences(after.strip())
        if not sentences or after.lstrip(" *_")[:1] in tuple(".!?؟。"):
            return ""
        text = sentences[0].lstrip(" ,،，;—–-*_.”\"'’»」』と")
        match = self._verb.match(text)
        if not match and (as_ := self._lexicon.pattern("as_words", "start").match(text)):
            text = text[as_.end() :].lstrip()
            match = self._verb.match(text)
        if match:
            inverted = next(filter(self._pronoun.fullmatch, re.split(r"[-\s]", match[0])), "")
            if inverted and "-" in match[0]:  # "a-t-elle déclaré"
                return self.pronouns.person(inverted)
            remainder = self._without_adverb(text[match.end() :])
            if not remainder.strip(" .,:;،。"):
                omitted = self._verb_first or (self._lexicon.language in _NO_PRONOUNS and not current.strip())
                return self.pronouns.person() if omitted else self._bare_verb(current)
            return self._words.behind_verb(remainder) if self._is_said_by(match[0]) else ""
        accord = self._according.match(text) or self._lexicon.pattern("thus_words", "start").match(text)
        if accord:
            # “….” According to the Watch, half of them left.
            of_its_own = text[:1].isupper() and AFTER_COMMA.search(text[accord.end() :]) is not None
            return "" if of_its_own else self._words.behind_verb(text[accord.end() :])
        # "Ada Quill, an organizer at the Desk, and a former cook, told": a name alone before a comma may have a long apposition.
        head = AFTER_COMMA.split(text, maxsplit=1)[0]
        named_first = self._names.is_full(head) and self._names.at_start(head) == head
        verb = self._verb.search(text[: _LONGEST_APPOSITION if named_first else _LONGEST_SUBJECT])
        if not verb or verb.start() == 0:
            return ""
        subject = text[: verb.start()].strip()
        long = (
            len(subject.split()) > (_MOST_APPOSITION if named_first else _MOST_SUBJECT)
            or len(self.subjects.sentences(subject)) > 1
            or ";" in subject
            or (UNSPACED.search(subject) is not None and AFTER_COMMA.search(subject) is not None)
        )
        conjunction = self._lexicon.pattern("conjunctions", "start").match(subject)
        return "" if long or conjunction else self._words.subject(subject)

    def _is_of_its_own(self, after: str) -> bool:
        """True where what follows a quotation that has ended is a sentence about something else ("Witness Rory Lamb testified that …"), or
        introduces the next quotation."""
        text = (self.subjects.sentences(after.strip()) or [""])[0]
        verb = self._verb.search(text[:160])
        if not text[:1].isupper() or not verb or verb.start() == 0:
            return False
        remainder = text[verb.end() :].strip()
        if self._pronoun.fullmatch(text[: verb.start()].strip()) and remainder.strip(" ."):
            # "He added the defendant never came."
            return True
        return (
            remainder.endswith((",", ":"))
            or len(remainder.split()) > _MOST_TAIL_OF_ENDED
            or self._lexicon.pattern("conjunctions", "start").match(remainder) is not None
        )

    def _is_said_by(self, verb: str) -> bool:
        """False for a verb that whoever listens may follow: "…," told the court."""
        return self._lexicon.pattern("told_verbs", "whole").match(verb) is None

    def _without_adverb(self, remainder: str) -> str:
        """Words behind a verb without "also", "today" before the speaker."""
        adverb = self._lexicon.pattern("verb_tails", "start").match(remainder) or self._lexicon.pattern(
            "today", "start"
        ).match(remainder)
        return remainder[adverb.end() :] if adverb else remainder

    def _bare_verb(self, current: str) -> str:
        """The speaker in the words before a quotation behind which nothing but a verb stands: `Ayşe Kaya, "…" dedi`."""
        text = current.strip(" ,،，、:：")
        if not text:
            return ""
        if UNCASED.search(text):
            return self._known.resolved(uncased_speaker(text, self._lexicon))
        named = self._words.subject(text)
        self._words.is_doubtful = self._words.is_doubtful or self._words.is_amid(named, text)
        return named

    def before(self, sentence: str, *, colon: bool) -> str:
        """The speaker in `X, director of Y, said: "` or `According to X, "`; an empty text where none is named."""
        text = sentence.strip()
        if not text:
            return ""
        accord = self._according.search(text)
        if accord:
            if not text[accord.end() :].strip(" ,:،，、"):  # "Ayşe Kaya’ya göre", "田中氏によると"
                return self._words.subject(re.sub(r"(?<=\w)['’]\w{1,5}$", "", text[: accord.start()].rstrip()))
            behind = re.split(r"[,،，]\s?", text[accord.end() :], maxsplit=1)
            if len(behind) < 2 or not self._verb.search(behind[1]):
                return self._words.behind_verb(text[accord.end() :])
            # "According to X, the officer answered: …" is what the officer said.
            text = behind[1]
        announced = self._announcing.search(text) if colon else None
        if announced:
            # "X made the following statement today about …:"
            return self._words.subject(text[: announced.start()]) if announced.start() else ""
        verbs = list(self._verb.finditer(text))
        if not verbs:
            return self._words.without_verb(text, colon=colon)
        verb = verbs[-1]
        tail = text[verb.end() :]
        if self._verb_first and UNCASED.search(verb[0]):
            if len(tail.split()) > _MOST_TAIL:
                return ""
            if text[: verb.start()].strip() and self._pronoun.match(tail.strip(" :,،")):
                return ""
            if tail.strip(" :,،"):
                return self._words.behind_verb(tail)
            return self.pronouns.person() if not text[: verb.start()].strip() else ""
        if not self._is_said_by(verb[0]):
            # Whom it was told is not who said it.
            tail = ""
        if len(tail.split()) > (_MOST_TAIL_BEFORE_COLON if colon else _MOST_TAIL):
            return ""
        subject = text[: verb.start()].strip()
        between = text[verbs[-2].end() : verb.start()] if len(verbs) > 1 else ""
        unspaced = UNSPACED.match(verb[0]) is not None
        if len(verbs) > 1 and (len(between) <= _MOST_BETWEEN_VERBS if unspaced else len(between.split()) <= 1):
            subject = text[: verbs[-2].start()].strip()
        if not subject:
            # "Explained X: …", or the German and Russian order "Dazu sagte X: …"
            return self._words.behind_verb(tail)
        named = self._words.subject(subject)
        if unspaced:
            # Chinese and Japanese have the speaker before the verb; a clause with another speaker may stand behind it.
            self._words.is_doubtful = self._words.is_doubtful or self._has_clause(verb[0], tail)
            return named
        inverted = self._words.behind_verb(tail) if colon and tail.strip(" :：") else ""
        if inverted and named and inverted != named and self._names.at_start(tail.strip(" :：")) == tail.strip(" :："):
            # "Auf die Frage von Ada Quill sagte Lamb: …": one on each side of the verb.
            self._words.is_doubtful = True
        short = len(subject.split()) <= 3 and not self._names.is_full(self._names.at_end(subject))
        if inverted and (not named or not named[:1].isupper() or short):
            return inverted
        return named

    def _has_clause(self, verb: str, tail: str) -> bool:
        """True where more than whom it was told stands between a Chinese verb and the words."""
        tail = tail.strip(" :：,，、")
        listener = not self._is_said_by(verb) and len(tail) <= _LONGEST_LISTENER and not AFTER_COMMA.search(tail)
        return bool(tail) and not listener and bool(self._lexicon.phrases("surnames"))
