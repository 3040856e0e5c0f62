"""The speaker among the words before or behind a verb of speech."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from onrecord.intake.evidence.known_speakers import KnownSpeakers
from onrecord.intake.evidence.organization_names import is_named_organization, without_article
from onrecord.intake.evidence.person_names import UNCASED, PersonNames
from onrecord.intake.evidence.sentence_subjects import AFTER_COMMA, SentenceSubjects
from onrecord.intake.evidence.speaker_checks import SpeakerChecks
from onrecord.intake.evidence.speaker_labels import SpeakerLabels
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.evidence.uncased_names import uncased_speaker
from onrecord.intake.lexicon import Lexicon

_MOST_PHRASE = 9
# Of more names before one verb, nobody knows which one speaks.
_MOST_NAMED = 2
_NAME_AND_SURNAME = 2
_LIST_NUMBER = re.compile(r"^\(?\d{1,3}[.)]?\s+")
# Behind a comma the further parts of a body's name: ", Oil and Wicks".
_LISTED_PARTS = re.compile(r",(?:\s[A-Z][\w'’-]*,?){1,3}\s(?:\w{1,3}|&)\s[A-Z]")
# Languages whose verb ends the sentence.
_VERB_LAST = frozenset({"tr"})


class SpeakerWords:
    """Reads the words beside a verb. `meant` says whom a pronoun means."""

    def __init__(
        self,
        terms: Terms,
        publisher: str,
        lexicon: Lexicon,
        known: KnownSpeakers,
        checks: SpeakerChecks,
        subjects: SentenceSubjects,
        meant: Callable[[str], str],
    ) -> None:
        self._terms = terms
        self._publisher = publisher
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)
        self._known = known
        self._checks = checks
        self._subjects = subjects
        self._meant = meant
        self._verb = lexicon.pattern("speech_verbs", "within")
        self._pronoun = lexicon.pattern("pronouns", "start")
        self._organization = lexicon.pattern("organization_words", "whole")
        self._labels = SpeakerLabels(known.text, terms, lexicon, known, self.is_complement)
        self.is_doubtful = False
        """True since a name was found that may not be the speaker's."""

    def subject(self, subject: str) -> str:
        """The speaker among the words before a verb."""
        text = re.sub(r"(?:(?<!\s)\s+)?\([^()]{1,40}\)", "", subject).strip(" ,،，—–-")
        known = [term for _, _, term in self._terms.names.find(text) if term.type != "organization"]
        people = [term.label for term in known if term.type == "person"] or [term.label for term in known]
        if people:
            return people[-1] if len(set(people)) == 1 else ""
        if UNCASED.search(text):
            parts = AFTER_COMMA.split(text)
            apposition = len(parts) > 1 and " " in text and len(parts[0].split()) <= 4
            return self._known.resolved(uncased_speaker(parts[0] if apposition else text, self._lexicon))
        pieces = [piece for piece in AFTER_COMMA.split(text) if piece]
        if not pieces:
            return ""
        if pronoun := next((piece for piece in (pieces[-1], pieces[0]) if self._pronoun.fullmatch(piece)), ""):
            return self._meant(pronoun)
        last_word = pieces[-1].split()[-1]
        first_person = self._lexicon.pattern("first_person", "whole")
        if self._pronoun.fullmatch(last_word):
            # "I said what will you do and he said": a clause with somebody else in it.
            return ""
        if first_person.match(last_word):
            # "in Ada Quill's letter, we wrote": who that is, is asked.
            return last_word
        pieces[0] = _LIST_NUMBER.sub("", pieces[0])
        if len(pieces) > 1 and self._names.is_conjunction(pieces[-1]):
            # "the head of the Group, which says": it is the group that says it.
            antecedent = self._full_name(pieces[-2])
            self.is_doubtful = self.is_doubtful or not antecedent or not pieces[-2].endswith(antecedent)
        named = [
            (at, name)
            for at, piece in enumerate(pieces)
            if (name := self._full_name(piece)) and not (at and self._is_office(piece, name))
        ]
        if named:
            return self._known.resolved(self._one_of(named, pieces, ends=subject.rstrip().endswith((",", "،"))))
        if (
            len(pieces) == _NAME_AND_SURNAME
            and self._is_preposition(pieces[0].split()[0])
            and self._is_known(pieces[1])
        ):
            # "At the harbour office, Quill said"
            return self._known.resolved(pieces[1])
        name = self._names.at_end(pieces[0])
        if name and not self.is_complement(pieces[0], name):
            resolved = self._known.resolved(name)
            titled = len(pieces[0].split()) >= 2 and self._names.is_title(pieces[0].split()[-2])
            if resolved != name or titled or pieces[0].strip() == name or is_named_organization(name, self._lexicon):
                return resolved
        # "One day, the owner said": a phrase that a comma parts from its verb is an adverb as often as a speaker.
        clause = self._lexicon.pattern("speaker_stop", "start")
        return self.phrase(pieces[0]) if all(clause.match(piece) for piece in pieces[1:]) else ""

    def _is_known(self, surname: str) -> bool:
        """True for a word that is the surname of somebody who has spoken."""
        return len(surname.split()) == 1 and self._known.has_spoken(self._known.resolved(surname))

    def _one_of(self, named: Sequence[tuple[int, str]], pieces: Sequence[str], *, ends: bool) -> str:
        """Who speaks of those whom the pieces before a verb name, each with the number of its piece: "Ada Quill, director of Nadir, said",
        but "Quoting Ada Quill, Tom Lamb said". `ends` is true where a comma stands before the verb. Where it may be another of them, the
        name found is in doubt."""
        (at, first), (_, last) = named[0], named[-1]
        titled = [name for number, name in named if self._is_titled(pieces[number], name)]
        if len(titled) == 1 and titled[0] != first and pieces[at].strip() == first:
            # "Ada Quill, founder of New Keld, says": an office is of a place as often as of a person.
            self.is_doubtful = self.is_doubtful or not ends
            return first
        if len(titled) == 1 and (titled[0] == first or len(named) <= _MOST_NAMED):
            return titled[0]
        if len(named) == 1 or ends or self._is_apposition(pieces[at:], first):
            self.is_doubtful = self.is_doubtful or len(named) > _MOST_NAMED
            return first
        # A list of people, or an office that looks like a name: "Head, Digital Platforms, Keld Retail".
        self.is_doubtful = self.is_doubtful or len(named) > _MOST_NAMED or not pieces[-1].endswith(last)
        return last

    def _is_titled(self, piece: str, name: str) -> bool:
        """True where a calling stands right before a name."""
        before = piece[: piece.rfind(name)].split()
        return bool(before) and self._names.is_title(before[-1])

    def _is_apposition(self, pieces: Sequence[str], name: str) -> bool:
        """True where the first piece is nothing but somebody's name with a calling, or their office follows: "Ms Ada Tan, Head, Keld
        Retail"; a name of an institution at the end is none of the speaker's then."""
        before = pieces[0][: pieces[0].rfind(name)].split() if pieces[0].endswith(name) else ["?"]
        if len(pieces) < 2 or not all(map(self._names.is_title, before)):
            return False
        plain = without_article(pieces[1], self._lexicon)
        ended = self._lexicon.pattern("person_titles", "end").search(plain)
        office = self._lexicon.pattern("person_titles", "start").match(plain) or ended
        # "Answering Ada Quill, the director Tom Lamb said": an office with a name of its own is the next person's.
        own = not ended and self._names.is_full(self._names.at_end(pieces[1]))
        return not own and (bool(before) or office is not None)

    def _is_office(self, piece: str, name: str) -> bool:
        """True where the words before a name are an office that it belongs to: "Chairman of the Harbour Conference"."""
        before = piece[: piece.rfind(name)].split()
        return bool(before) and self._names.is_title(before[0]) and any(map(self._names.is_small, before[1:]))

    def _full_name(self, piece: str) -> str:
        """Somebody's full name at the end of some words; in a language whose verb ends the sentence, at their head too."""
        bare = self._without_organization(piece)
        first = self._names.at_start(bare)
        behind = bare[len(first) :].split() if bare.startswith(first) else []
        tied = len(behind) > 1 and behind[0].islower() and self._is_preposition(behind[0])
        tied = tied and self._lexicon.language not in _VERB_LAST
        if tied and self._names.is_full(first) and not self._names.is_conjunction(behind[0]):
            # "Samuel Marr from the Keld Valley Alliance"
            return first if not self._terms.places.term(first) else ""
        name = self._names.at_end(bare)
        if self._names.has_capital_nouns and len(name.split()) == _NAME_AND_SURNAME:
            before = bare[: bare.rfind(name)].split()
            # "der Ukrainer Marko": no name has an article.
            article = self._lexicon.pattern("articles", "whole")
            self.is_doubtful = self.is_doubtful or bool(before and article.match(before[-1]))
        if not name and self._lexicon.language in _VERB_LAST:
            # "Bakan Ayşe Kaya dün yaptığı açıklamada"
            first = self._names.at_start(bare)
            remainder = bare[bare.find(first) + len(first) :] if first else ""
            name = first if remainder.islower() else ""
        is_person = name and self._names.is_full(name) and not self.is_complement(bare, name)
        return name if is_person and not self._terms.places.term(name) else ""

    def behind_verb(self, text: str) -> str:
        """The speaker among the words behind a verb."""
        text = re.sub(r"^[\s,،，:：—–-]+", "", text)
        sentence = (self._subjects.sentences(text) or [""])[0]
        head = re.split(r"[,،，;:：«“\"„「(]", sentence)[0].strip().rstrip(".。") if sentence else ""
        if not head:
            return ""
        if pronoun := self._pronoun.match(head):
            # "sagte er und dankte der Präsidentin, Ada Brandt"
            return self._meant(pronoun[0])
        found = self._terms.names.find(sentence[:160])
        for start, _, term in found:
            if term.type == "person" and (start <= len(head) or (len(head.split()) > 1 and head[:1].islower())):
                return term.label
        if UNCASED.search(head):
            return self._known.resolved(uncased_speaker(head, self._lexicon))
        article = self._lexicon.pattern("articles", "start").match(head)
        last = self._names.at_end(head) if head[:1].islower() and not self._names.has_capital_nouns else ""
        if self._names.is_full(last) and not self.is_complement(head, last) and not self._terms.places.term(last):
            return self._known.resolved(last)
        pieces = AFTER_COMMA.split(sentence)
        if len(pieces) > 1 and (head[:1].islower() or article):
            # "the head of the mission in Beirut, Nadia Karam"
            second = self._names.at_start(pieces[1])
            plain = pieces[1].strip(" .").endswith(second) and self._names.is_full(second)
            if second and plain and not self._terms.places.term(second):
                return self._known.resolved(second)
        bare = self._without_organization(head)
        name = self._names.at_start(bare)
        if (name and len(name.split()) == 1 and self._names.is_title(name)) or (
            not name and self._names.is_title(bare.split()[0] if bare else "")
        ):
            # "EU-minister med ansvar för hamnar Ada Quill": the office is whole only before the name.
            last = self._names.at_end(bare)
            if self._names.is_full(last) and not self.is_complement(bare, last):
                return self._known.resolved(last)
            name = "" if name and self._names.is_title(name) else name
        last = self._names.at_end(bare)
        if not last.startswith(name) and self._names.is_full(last) and not self.is_complement(bare, last):
            # "Acting Special Agent in Charge Ada Quill": an office goes on behind what looks like a name.
            return ""
        body = self._body_with_complement(head, name)
        if body:
            # "the Department for Lamps, Oil and Wicks"
            self.is_doubtful = self.is_doubtful or _LISTED_PARTS.match(sentence[len(head) :]) is not None
            return self._known.resolved(body)
        if not name and head[:1].islower() and not article:
            # "lawyer Pavel Orsic": the calling stands before the name.
            words = head.split()
            calling = next((at for at, word in enumerate(words) if word[:1].isupper()), len(words))
            linked = [word for word in words[:calling] if self._is_preposition(word)]
            name = self._names.at_start(" ".join(words[calling:])) if calling <= 3 else ""
            # "fragte schon in ihrem Aufsatz Lampen": what a preposition ties to the verb is a thing as often.
            self.is_doubtful = self.is_doubtful or bool(name and linked and len(words) - calling > len(name.split()))
            plain = not self._names.has_capital_nouns
            self.is_doubtful = self.is_doubtful or (plain and self._is_in_somebody_s(words[:calling]))
            if name and len(name.split()) > 2 and self._names.is_small(words[calling - 1]):
                # "auf Nachfrage Martin Rölen"
                name = " ".join(name.split()[-2:])
        if (
            name
            and head[:1].islower()
            and any(self._names.is_small(word) for word in name.split()[1:])
            and not self._names.is_full(name)
        ):
            return self.phrase(head)
        if name and (len(name.split()) >= 2 or self._known.resolved(name) != name):
            lone = self._names.has_capital_nouns and len(name.split()) == _NAME_AND_SURNAME
            if lone and article and head[article.end() :].lstrip().startswith(name):
                self.is_doubtful = True
            return self._known.resolved(name)
        organizations = [term.label for start, _, term in found if start <= 4]
        return organizations[0] if organizations else self._known.resolved(name) if name else self.phrase(head)

    def _body_with_complement(self, head: str, name: str) -> str:
        """ "the Ministry of Defence", which is one name; an empty text where the name has no such words behind it."""
        article = self._names.has_article(head) and len(name.split()) == 1
        if not name or not (article or is_named_organization(name, self._lexicon)):
            return ""
        text = without_article(head, self._lexicon)
        behind = text[len(name) :] if text.startswith(name) else ""
        words = behind.split()
        if not words or not self._names.is_small(words[0]) or len(head.split()) > _MOST_PHRASE or len(words) < 2:
            return ""
        return name + self._until_stop(behind)

    def _until_stop(self, text: str) -> str:
        """Words up to a clause: "who …", "during …"."""
        stop = next(
            (match for match in self._lexicon.pattern("speaker_stop", "within").finditer(text) if match.start() > 0),
            None,
        )
        return (text[: stop.start()] if stop else text).rstrip(" .,:;")

    def _is_preposition(self, word: str) -> bool:
        return self._lexicon.pattern("function_words", "whole").match(word) is not None and not any(
            self._lexicon.pattern(category, "whole").match(word) for category in ("articles", "name_particles")
        )

    def phrase(self, text: str) -> str:
        """A speaker without a name, in the source's words: "a resident of Homs"; an empty text for a clause."""
        text = self._until_stop(text.strip(" .,:;"))
        words = text.split()
        while len(words) > 2 and words[0][:1].isupper() and self._names.opens_sentence(words[0]):
            if self._lexicon.pattern("articles", "whole").match(words[0]):
                break
            # "Today Harbour Watch said"
            words = words[1:]
        tails = self._lexicon.pattern("verb_tails", "whole")
        while len(words) > 2 and tails.match(words[-1]):
            # "The Harbour Director also"
            words = words[:-1]
        text = " ".join(words)
        owned = self._lexicon.pattern("possessives", "within").search(text)
        if owned and owned.start() and self._names.is_small(text[: owned.start()].split()[-1]):
            # "The Harbour Commission in its findings"
            text = text[: owned.start()].rsplit(None, 1)[0]
            words = text.split()
        if self._checks.phrases.is_calling(text):
            return text
        if not 2 <= len(words) <= _MOST_PHRASE or self._verb.search(text):
            return ""
        term = self._terms.names.term(without_article(text, self._lexicon)) or self._terms.names.term(text)
        if term:
            return term.label
        if self._lexicon.pattern("clause_words", "within").search(text):
            return ""
        body = text[:1].isupper() and is_named_organization(text, self._lexicon)
        return text if body or self._checks.phrases.is_phrase(text) else ""

    def is_complement(self, text: str, name: str) -> bool:
        """True where a name at the end of some words is not who they are about: "a spokesman for the Home Department"."""
        before = text[: text.rfind(name)].split() if name in text else []
        if len(before) > 2 and before[-1].islower() and self._organization.match(before[-1]):
            # "le directeur technique de la société Nadir Lampes"
            return any(self._names.is_small(word) and not self._names.has_article(word) for word in before[1:-1])
        if self._is_in_somebody_s(before):
            return True
        words = len(before)
        while words and before[words - 1].islower() and not self._names.is_small(before[words - 1]):
            words -= 1
        if 1 < words < len(before) and self._names.has_article(before[words - 1]):
            # "ein Sprecher der freien Keldener Wache", "el técnico en una entrevista con la televisión andaluza Canal Mar"
            return self._names.is_title(before[words - 2]) or self._is_preposition(before[words - 2])
        return bool(before) and self._names.is_small(before[-1].rstrip("'’") or before[-1])

    def _is_in_somebody_s(self, before: Sequence[str]) -> bool:
        """True for words that end in a preposition and whose something is: "in his First Letter", which is a writing and nobody."""
        possessive = self._lexicon.pattern("possessives", "whole")
        return len(before) > 1 and possessive.match(before[-1]) is not None and self._is_preposition(before[-2])

    def _without_organization(self, text: str) -> str:
        """Words without the organization at their head ("Amnesty International Senior Adviser X", "Nadir Watch's X")."""
        found = self._terms.names.find(text)
        if found and found[0][0] <= 4 and found[0][2].type != "person":
            text = text[found[0][1] :].lstrip(" ’'s")
        if self._publisher and key(text).startswith(key(self._publisher)):
            text = re.sub(r"^['’]s?\s+", "", text[len(self._publisher) :]).lstrip()
        return text

    def without_verb(self, text: str, *, colon: bool) -> str:
        """The speaker whom words name without a verb: `Sprecherin Ute Brand: „`."""
        named, is_sure = self._labels.speaker(text, colon=colon)
        self.is_doubtful = self.is_doubtful or not is_sure
        return named

    def is_amid(self, name: str, text: str) -> bool:
        """True for a name that neither begins nor ends some words and has no title before it: of whom they are, they leave open."""
        surname = name.split()[-1] if name else ""
        at = text.rfind(surname) if surname else -1
        behind = text[at + len(surname) :].split()
        if behind and text[at + len(surname)] not in ",;" and self._names.is_title(behind[0]):
            # "Keld Lamba sözcüsü": whose spokesperson, and not the name of one.
            return True
        if at < 0 or not behind or text.startswith((name, surname)):
            return False
        before = text[: max(text.rfind(name), 0)].split() if name in text else []
        return not (before and self._names.is_title(before[-1]))
