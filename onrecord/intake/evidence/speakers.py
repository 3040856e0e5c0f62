"""Whom the words around a quotation name as its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.evidence.organization_names import is_named_organization, without_article
from onrecord.intake.evidence.person_names import UNCASED, PersonNames
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.evidence.uncased_names import uncased_speaker
from onrecord.intake.lexicon import Lexicon

_SENTENCE_END = re.compile(r"(?<=[.!?؟。！？])(?<!\b[A-Z]\.)(?:\s+|(?<=[。！？]))")
_INVERTED = re.compile(r"-(?:t-)?(?:il|elle|on|ils|elles)\b")
_AFTER_COMMA = re.compile(r"\s*[,،，、;]\s*")
_MOST_SUBJECT, _MOST_PHRASE, _MOST_TAIL = 14, 9, 25
_PRONOUN = "\0"


class Speakers:
    """Finds the speakers of a text, paragraph by paragraph. It remembers who spoke, and whom the sentence before was about."""

    def __init__(self, text: str, terms: Terms, publisher: str, lexicon: Lexicon) -> None:
        self._text = text
        self._terms = terms
        self._publisher = publisher
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)
        self._speakers: list[str] = []
        self._topic = ""  # whom the last sentence was about
        self._so_far = ""
        self._meant = ""  # whom "she" means at the quotation that is looked at
        self._verb = lexicon.pattern("speech_verbs", "within")
        self._according = lexicon.pattern("according_to", "within")
        self._pronoun = lexicon.pattern("pronouns", "start")
        self._verb_first = lexicon.language == "ar"

    # ---- what the reader of quotations asks

    def remember(self, speaker: str) -> None:
        """Notes that somebody spoke."""
        if speaker in self._speakers:
            self._speakers.remove(speaker)
        self._speakers.append(speaker)

    def end_paragraph(self, text: str, speaker: str) -> None:
        """Notes what a paragraph was about, which ended with words of `speaker` where that is not empty."""
        narrative = re.split(r"[”»\"」’]", text)[-1] if speaker else text
        sentences = self._sentences(narrative)
        self._topic = self._subject_before(sentences[1:] if speaker else sentences, speaker or self._topic)
        self._so_far += f" {text}"

    def attributed(self, before: str, after: str, speaker: str, *, first: bool) -> tuple[str, str]:
        """As `_attributed`, but nobody where the words found are no speaker."""
        named, side = self._attributed(before, after, speaker, first=first)
        return (named, side) if self._is_speaker(named) else ("", "")

    def _is_speaker(self, name: str) -> bool:
        """True for a known name, somebody's full name, a body's, a surname that the text gives a title, or a phrase that says what the
        speaker is."""
        words = name.split()
        if not words:
            return False
        if self._terms.names.term(name) or key(name) == key(self._publisher) or UNCASED.search(name) or name in self._speakers:
            return True
        if self._terms.places.term(name):
            return False
        if any(map(str.isdigit, name)) and not self._names.has_article(name):
            return False
        if len(words) == 1:
            return self._has_title(name)
        if self._is_phrase(name):
            return True
        if is_named_organization(name, self._lexicon):
            return name[:1].isupper()
        particles = [word for word in words if word.islower() and not self._names.is_particle(word)]
        return not particles and words[-1][:1].isupper() and not self._is_common_noun(words[-1])

    def _has_title(self, surname: str) -> bool:
        """True where the text gives a word the title of a person: "Senator Mikulski"."""
        return any(
            self._names.is_title(word) for word in re.findall(rf"(\w+\.?)\s+{re.escape(surname)}(?!\w)", self._text)
        )

    def _is_common_noun(self, word: str) -> bool:
        """True for a word with a capital that the text writes small too, or with an article: "die Botschaft"."""
        found = re.finditer(rf"(\w+['’]?)\s?{re.escape(word)}(?!\w)", self._text)
        return any(self._lexicon.pattern("articles", "whole").match(match[1]) for match in found)

    def _is_phrase(self, text: str) -> bool:
        """True for words that say what a speaker is without a name: "a resident of Homs", "several witnesses", "the Ministry's lawyer"."""
        small = self._lexicon.pattern("quantity_words", "start").match(text) is not None
        told = is_named_organization(text, self._lexicon) or self._lexicon.pattern("person_titles", "within").search(text)
        return small or (self._names.has_article(text) and bool(told))

    def _attributed(self, before: str, after: str, speaker: str, *, first: bool) -> tuple[str, str]:
        """The speaker that the words around a quotation name, and on which side ("before", "after", "sentence"); ("", "") where none is
        named. `speaker` is whose words stand before in the paragraph, `first` that none do."""
        sentences = self._sentences(before)
        current = sentences[-1] if sentences and not before.rstrip().endswith((".", "!", "?", "。")) else ""
        whole = sentences[:-1] if current else sentences
        self._meant = self._subject_before(whole[1:] if speaker and not first else whole, speaker or self._topic)
        if current.rstrip().endswith((":", "：")) and (self._verb.search(current) or self._according.search(current)):
            # X said: "…" It asked …: what follows is a sentence of its own.
            named = self.before(current, colon=True)
            if named:
                return named, "before"
        named = self._after(after, current)
        if named:
            return named, "after"
        adjacent = re.search(r"(?:[:：,،，]|\bthat|\bque|\bdass|\bчто|[أإ]ن|\bqu['’])\s*[(\[]?$", current.rstrip()) is not None
        adjacent = adjacent or self._verb.search(current[-40:]) is not None
        named = self.before(current, colon=current.rstrip().endswith((":", "：")))
        if named:
            return named, "before" if adjacent else "sentence"
        if not first or not current.strip():
            behind = self._sentences(after)
            match = self._according.search(behind[0]) if behind else None
            if match:
                return self._behind_verb(after[match.end() :]), "after"
        return "", ""

    def is_unnamed(self, before: str, after: str) -> bool:
        """True where somebody is said to speak whom nothing names: "…," she said."""
        head = after.lstrip(" ,،，—–")
        current = (self._sentences(before) or [""])[-1]
        introduced = before.rstrip().endswith((":", "：", ",", "،", "，")) and self._verb.search(current) is not None
        return self._verb.match(head) is not None or self._pronoun.match(head) is not None or introduced

    def after_dash(self, after: str) -> str:
        """The speaker of "— Words, — said X."; an empty text where no verb of speech follows."""
        return self._after(after, "") if self._verb.match(after) else ""

    def signature(self, who: str) -> str:
        """The name that signs a quotation ("Ada Quill, director of Harbour Watch"); an empty text where it is none."""
        head = _AFTER_COMMA.split(who.strip(" .()"))[0]
        name = self._names.at_start(head)
        if name and head.endswith(name) and len(name.split()) >= 2:
            return self._resolved(name)
        term = self._terms.names.term(head)
        return term.label if term else ""

    # ---- sentences

    def _sentences(self, text: str) -> list[str]:
        """A text's sentences; an abbreviation of a title ends none."""
        out: list[str] = []
        for piece in _SENTENCE_END.split(text):
            last = out[-1].split()[-1] if out and out[-1].split() else ""
            if out and last.endswith(".") and (self._names.is_title(last) or len(last.strip("(.")) <= 2):
                out[-1] = f"{out[-1]} {piece}"
            elif piece.strip():
                out.append(piece)
        return out

    def _subject_before(self, sentences: Sequence[str], fallback: str) -> str:
        """The person whom the last of some sentences is about; `fallback` where they only go on about whoever was before them."""
        for sentence in reversed(sentences):
            subject = self._subject_of(sentence)
            if subject != _PRONOUN:
                return subject
        return fallback

    def _subject_of(self, sentence: str) -> str:
        """The one person whom a sentence is about: its subject, if nobody else is named in it; _PRONOUN for "he", "she"."""
        pieces = _AFTER_COMMA.split(sentence.strip(" \"“”«»,"))
        heads = pieces[:1]
        if len(pieces) > 1 and pieces[0] and self._names.is_small(pieces[0].split()[0]):
            heads.append(pieces[1])
        for head in heads:
            if self._pronoun.match(head):
                return _PRONOUN
            name = self._names.at_start(head)
            end = head.find(name) + len(name) if name else 0
            behind = head[end:].strip()
            if not name or behind.startswith(("'", "’", "&")) or len(head[:end].split()) > 7:
                continue
            full = self._resolved(name)
            if not self._names.is_full(full) or self._is_place_or_body(full):
                continue
            joined_by = behind.split()[:1]
            others = {other for other in self._names.all_in(sentence) if not self._is_same(other, full)}
            others = {other for other in others if not self._is_place_or_body(other)}
            is_joined = bool(joined_by) and len(behind.split()) > 1 and self._names.is_small(joined_by[0]) and behind.split()[1][:1].isupper()
            return "" if others or is_joined else full
        return ""

    def _is_place_or_body(self, name: str) -> bool:
        terms = self._terms
        term = terms.names.term(name)
        return terms.places.term(name) is not None or (term is not None and term.type != "person") or key(name) == key(self._publisher)

    def _is_same(self, name: str, other: str) -> bool:
        return key(name).split()[-1] == key(other).split()[-1] or set(key(name).split()) <= set(key(other).split())

    def _person_meant(self, pronoun: str = "") -> str:
        """Whom "she" means: the person whom the sentence before is about, else the only person that the text has named so far; nobody
        whom the text calls Mr."""
        person = self._person_before()
        return person if self._agrees(person, pronoun) else ""

    def _agrees(self, person: str, pronoun: str) -> bool:
        """False where a pronoun is a woman's and the text calls the person a man, or the other way round."""
        for own, other in (("feminine", "masculine"), ("masculine", "feminine")):
            if pronoun and person and self._lexicon.pattern(own, "whole").match(pronoun.strip()):
                before = re.findall(rf"(\w+\.?)\s+(?:\S+\s+)?{re.escape(person.split()[-1])}(?!\w)", self._text)
                return not any(self._lexicon.pattern(other, "whole").match(word) for word in before)
        return True

    def _person_before(self) -> str:
        if self._meant and not is_named_organization(self._meant, self._lexicon) and not self._is_place_or_body(self._meant):
            return self._meant if self._names.is_full(self._meant) or UNCASED.search(self._meant) else ""
        people = [speaker for speaker in self._speakers if self._names.is_full(speaker) and not self._is_place_or_body(speaker)]
        if len(self._speakers) != 1 or not people or people[0].isupper():
            return ""
        others = [name for name in self._names.all_in(self._so_far) if not self._is_same(name, people[0])]
        return "" if any(not self._is_place_or_body(name) for name in others) else people[0]

    # ---- attribution

    def _after(self, after: str, current: str) -> str:
        """The speaker in `," said X, director of Y.` or `," X said.`; `current` is the sentence before the quotation, which names the
        speaker of a bare verb (Turkish, Japanese)."""
        sentences = self._sentences(after.strip())
        if not sentences or after.lstrip()[:1] in ".!?؟。":
            return ""
        text = sentences[0].lstrip(" ,،，;—–-*_.”\"'’»」』と")
        match = self._verb.match(text)
        if not match and (as_ := self._lexicon.pattern("as_words", "start").match(text)):
            text = text[as_.end() :].lstrip()
            match = self._verb.match(text)
        if match:
            if _INVERTED.search(match[0]):
                return self._person_meant()
            remainder = self._without_adverb(text[match.end() :])
            if not remainder.strip(" .,:;،。"):
                return self._person_meant() if self._verb_first else self._bare_verb(current)
            return self._behind_verb(remainder) if self._is_said_by(match[0]) else ""
        accord = self._according.match(text) or self._lexicon.pattern("thus_words", "start").match(text)
        if accord:
            return self._behind_verb(text[accord.end() :])
        verb = self._verb.search(text[:160])
        if not verb or verb.start() == 0:
            return ""
        subject = text[: verb.start()].strip()
        long = len(subject.split()) > _MOST_SUBJECT or len(self._sentences(subject)) > 1 or ";" in subject
        conjunction = self._lexicon.pattern("conjunctions", "start").match(subject)
        return "" if long or conjunction else self._subject(subject)

    def _is_said_by(self, verb: str) -> bool:
        """False for a verb that whoever listens may follow: "…," told the court."""
        return self._lexicon.pattern("told_verbs", "whole").match(verb) is None

    def _without_adverb(self, remainder: str) -> str:
        """Words behind a verb without "also", "today" before the speaker."""
        adverb = self._lexicon.pattern("verb_tails", "start").match(remainder) or self._lexicon.pattern("today", "start").match(remainder)
        return remainder[adverb.end() :] if adverb else remainder

    def _bare_verb(self, current: str) -> str:
        """The speaker in the words before a quotation behind which nothing but a verb stands: `Ayşe Kaya, "…" dedi`."""
        text = current.strip(" ,،，、:：")
        if not text:
            return ""
        return self._resolved(uncased_speaker(text, self._lexicon)) if UNCASED.search(text) else self._subject(text)

    def before(self, sentence: str, *, colon: bool) -> str:
        """The speaker in `X, director of Y, said: "` or `According to X, "`; an empty text where none is named."""
        text = sentence.strip()
        if not text:
            return ""
        accord = self._according.search(text)
        if accord:
            behind = re.split(r"[,،，]\s?", text[accord.end() :], maxsplit=1)
            if len(behind) < 2 or not self._verb.search(behind[1]):
                return self._behind_verb(text[accord.end() :])
            # "According to X, the officer answered: …" is what the officer said.
            text = behind[1]
        verbs = list(self._verb.finditer(text))
        if not verbs:
            # Sprecherin Ute Brand: „…“
            head = text.rstrip(" :：")
            name = self._names.at_end(head) if colon and len(head.split()) <= 6 and "," not in head else ""
            return self._resolved(name) if name and self._names.is_full(name) and not self._is_complement(head, name) else ""
        verb = verbs[-1]
        tail = text[verb.end() :]
        if self._verb_first and UNCASED.search(verb[0]):
            return self._behind_verb(tail) if tail.strip(" :,،") else self._person_meant()
        if not self._is_said_by(verb[0]):
            # Whom it was told is not who said it.
            tail = ""
        if not colon and len(tail.split()) > _MOST_TAIL:
            return ""
        subject = text[: verb.start()].strip()
        if len(verbs) > 1 and len(text[verbs[-2].end() : verb.start()].split()) <= 1:
            subject = text[: verbs[-2].start()].strip()
        if not subject:
            # "Explained X: …", or the German and Russian order "Dazu sagte X: …"
            return self._behind_verb(tail)
        named = self._subject(subject)
        inverted = self._behind_verb(tail) if colon and tail.strip(" :：") else ""
        short = len(subject.split()) <= 3 and not self._names.is_full(self._names.at_end(subject))
        if inverted and (not named or not named[:1].isupper() or short):
            return inverted
        return named

    def _subject(self, subject: str) -> str:
        """The speaker among the words before a verb."""
        text = subject.strip(" ,،，—–-")
        known = [term for _, _, term in self._terms.names.find(text) if term.type != "organization"]
        people = [term.label for term in known if term.type == "person"] or [term.label for term in known]
        if people:
            return people[-1] if len(set(people)) == 1 else ""
        if UNCASED.search(text):
            return self._resolved(uncased_speaker(text, self._lexicon))
        pieces = [piece for piece in _AFTER_COMMA.split(text) if piece]
        if not pieces:
            return ""
        if pronoun := next((piece for piece in (pieces[-1], pieces[0]) if self._pronoun.fullmatch(piece)), ""):
            return self._person_meant(pronoun)
        last_word = pieces[-1].split()[-1]
        if self._pronoun.fullmatch(last_word):
            # "I said what will you do and he said": a clause with somebody else in it.
            return ""
        for piece in pieces:
            bare = self._without_organization(piece)
            name = self._names.at_end(bare)
            if name and self._names.is_full(name) and not self._is_complement(bare, name) and not self._terms.places.term(name):
                return self._resolved(name)
        name = self._names.at_end(pieces[0])
        if name and not self._is_complement(pieces[0], name):
            resolved = self._resolved(name)
            titled = len(pieces[0].split()) >= 2 and self._names.is_title(pieces[0].split()[-2])
            if resolved != name or titled or pieces[0].strip() == name or is_named_organization(name, self._lexicon):
                return resolved
        # "One day, the owner said": a phrase that a comma parts from its verb is an adverb as often as a speaker.
        return self._phrase(pieces[0]) if len(pieces) == 1 else ""

    def _behind_verb(self, text: str) -> str:
        """The speaker among the words behind a verb."""
        text = re.sub(r"^[\s,،，:：—–-]+", "", text)
        sentence = (self._sentences(text) or [""])[0]
        head = re.split(r"[,،，;:：«“\"„「(]", sentence)[0].strip().rstrip(".。") if sentence else ""
        if not head:
            return ""
        if (pronoun := self._pronoun.match(head)) and len(head.split()) <= 6:
            return self._person_meant(pronoun[0])
        found = self._terms.names.find(sentence[:160])
        for start, _, term in found:
            if term.type == "person" and (start <= len(head) or (len(head.split()) > 1 and head[:1].islower())):
                return term.label
        if UNCASED.search(head):
            return self._resolved(uncased_speaker(head, self._lexicon))
        article = self._lexicon.pattern("articles", "start").match(head)
        pieces = _AFTER_COMMA.split(sentence)
        if len(pieces) > 1 and (head[:1].islower() or article):
            # "the head of the mission in Beirut, Nadia Karam"
            second = self._names.at_start(pieces[1])
            plain = pieces[1].strip(" .").endswith(second) and self._names.is_full(second)
            if second and plain and not self._terms.places.term(second):
                return self._resolved(second)
        bare = self._without_organization(head)
        name = self._names.at_start(bare)
        body = self._body_with_complement(head, name)
        if body:
            return self._resolved(body)
        if not name and head[:1].islower() and not article:
            # "lawyer Pavel Orsic": the calling stands before the name.
            words = head.split()
            calling = next((at for at, word in enumerate(words) if word[:1].isupper()), len(words))
            name = self._names.at_start(" ".join(words[calling:])) if calling <= 3 else ""
        if name and head[:1].islower() and any(self._names.is_small(word) for word in name.split()[1:]) and not self._names.is_full(name):
            return self._phrase(head)
        if name and (len(name.split()) >= 2 or self._resolved(name) != name):
            return self._resolved(name)
        organizations = [term.label for start, _, term in found if start <= 4]
        return organizations[0] if organizations else self._resolved(name) if name else self._phrase(head)

    def _body_with_complement(self, head: str, name: str) -> str:
        """"the Ministry of Defence", which is one name; an empty text where the name has no such words behind it."""
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
        stop = next((match for match in self._lexicon.pattern("speaker_stop", "within").finditer(text) if match.start() > 0), None)
        return (text[: stop.start()] if stop else text).rstrip(" .,:;")

    def _phrase(self, text: str) -> str:
        """A speaker without a name, in the source's words: "a resident of Homs"; an empty text for a clause."""
        text = self._until_stop(text.strip(" .,:;"))
        words = text.split()
        if not 2 <= len(words) <= _MOST_PHRASE or self._verb.search(text):
            return ""
        term = self._terms.names.term(without_article(text, self._lexicon)) or self._terms.names.term(text)
        if term:
            return term.label
        if self._lexicon.pattern("clause_words", "within").search(text):
            return ""
        body = text[:1].isupper() and is_named_organization(text, self._lexicon)
        return text if body or self._is_phrase(text) else ""

    # ---- names

    def _is_complement(self, text: str, name: str) -> bool:
        """True where a name at the end of some words is not who they are about: "a spokesman for the Home Department"."""
        before = text[: text.rfind(name)].split() if name in text else []
        return bool(before) and self._names.is_small(before[-1].rstrip("'’") or before[-1])

    def _without_organization(self, text: str) -> str:
        """Words without the organization at their head ("Amnesty International Senior Adviser X", "Nadir Watch's X")."""
        found = self._terms.names.find(text)
        if found and found[0][0] <= 4 and found[0][2].type != "person":
            text = text[found[0][1] :].lstrip(" ’'s")
        if self._publisher and key(text).startswith(key(self._publisher)):
            text = re.sub(r"^['’]s?\s+", "", text[len(self._publisher) :]).lstrip()
        return text

    def _resolved(self, name: str) -> str:
        """A name as the vocabulary or an earlier paragraph has it whole ("Shetty" → "Salil Shetty")."""
        term = self._terms.names.term(name) if name else None
        if term:
            return term.label
        end = key(name).split()
        for speaker in reversed(self._speakers):
            words = key(speaker).split()
            if len(words) > len(end) and words[-len(end) :] == end:
                return speaker
        if len(end) == 1 and len(name) > 2:
            match = re.search(rf"(?<!\w)((?:[^\W\d_a-z][\w’'-]+\s+){{1,3}}{re.escape(name)})(?!\w)", self._text)
            full = self._names.at_end(match[1]) if match else ""
            if len(full.split()) >= 2:
                return full
        return name
