"""Who said what: the quotations of a body with their speakers, and a question about those whose speaker the text leaves open.

A quotation needs a speaker: words in quotation marks that nobody is said to have said — titles, terms, scare quotes — are left
alone, and so is an apostrophe in a name. A wrong speaker is worse than none: where somebody is said to speak and the text leaves open
who, the quotation stands with an empty speaker, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.intake.document import Block
from onrecord.intake.evidence.claims import evidence_of, quoted
from onrecord.intake.evidence.person_names import UNCASED
from onrecord.intake.evidence.quotation_marks import (
    Span,
    is_single,
    opens_quotation,
    share,
    spans,
    texts_with_marks,
    trimmed,
    word_count,
)
from onrecord.intake.evidence.quotation_shapes import (
    LEAST_SPEECH,
    STOPS,
    is_in_capitals,
    is_in_title_case,
    is_introduction,
    is_name_in_sentence,
    is_named_thing,
    is_not_speech,
    is_part_of_sentence,
    is_title,
    least_words,
)
from onrecord.intake.evidence.speakers import Speakers
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import lexicon_of
from onrecord.model import Question, Quotation

# Russian, French and Spanish direct speech between dashes: — Мы подадим жалобу, — сказала Вера Луговая.
_DASH = re.compile(r"[—–]\s?(?P<words>[^—–]++)[—–]\s?(?P<after>\S.*)$")
_SECOND = re.compile(r"[^—–]{3,160}?(?:[.,;]?\s?[—–][.,;]?|[.,]\s[—–])\s?(?P<words>[^\W\d_][^—–]+)$")
# Nordic direct speech: – Vi har väntat i nio år, säger Anna Lind.
_OPEN_DASH = re.compile(r"(?:[–—―]\s?|-\s)(?P<said>[^\W\d_].*)$")
# One pair of marks around the words and their attribution: «Ми читали, – сказала Ада Квіл. – Ніхто не чув».
_INSIDE = re.compile(r"(?P<first>.{3,}?[,.!?…])\s[–—]\s(?P<after>[^–—]{3,160}?)(?:[.,]\s[–—]\s(?P<second>.+))?$")
_ENDS_WITH_COMMA = re.compile(r"[,،，][”»\"’」]?$|[”»\"’」][,،，]$")
# The line of a name below a quotation: — Ada Quill, director of Harbour Watch
_SIGNED = re.compile(r"(?:[—–―]|--?\s|~\s)\s*(?P<who>[^\W\d_].{2,90})$")
_BETWEEN = 30
_LEAST_ASKED, _LEAST_FRAGMENT = 8, 5
_BY_DASH = re.compile(r"\s*[—–―]\s*\w")
_LONGEST_BETWEEN = 100


@dataclass(frozen=True, slots=True)
class QuotedSpeech:
    """The quotations of a body, in order, those whose speaker is doubtful with an empty one, and the questions about these and about
    words in quotation marks that nobody is named for."""

    quotations: tuple[Quotation, ...]
    questions: tuple[Question, ...]


def quoted_speech(body: Sequence[Block], terms: Terms, publisher: str = "", language: str = "") -> QuotedSpeech:
    """What a body quotes. `publisher` is whose release it is, `language` its BCP 47 tag."""
    reader = _QuotationReader(body, terms, publisher, language)
    quotations, doubtful = _without_struck(reader.read(), body)
    asked = [
        quoted(words) + (f" (beside it: {quoted(beside)})" if beside else "")
        for words, beside in reader.unattributed.items()
        if beside
        or any(not one.speaker and one.text == words for one in quotations)
        or word_count(words) >= _LEAST_ASKED
    ]
    if not asked:
        return QuotedSpeech(quotations, doubtful)
    question = Question(
        "quotations", "Who says this? The text does not name the speaker beside the words.", evidence_of(asked)
    )
    return QuotedSpeech(quotations, (*doubtful, question))


def _without_struck(
    found: Sequence[Quotation], body: Sequence[Block]
) -> tuple[tuple[Quotation, ...], tuple[Question, ...]]:
    """Quotations without those in which words are struck out, and a question about these: nobody knows which words were said."""
    struck: dict[int | None, list[str]] = {}
    number = 0
    for block in body:
        number += block.kind in ("paragraph", "quote")
        words = [run.text.strip() for run in block.runs if run.mark == "struck" and run.text.strip()]
        struck.setdefault(None if block.kind == "item" else number, []).extend(words)
    doubtful = [one for one in found if any(words in one.text for words in struck.get(one.paragraph, ()))]
    if not doubtful:
        return tuple(found), ()
    question = Question(
        "quotations",
        "Which of these words were said? Some of them are struck out in the text.",
        evidence_of(quoted(one.text) for one in doubtful),
    )
    return tuple(one for one in found if one not in doubtful), (question,)


def quotations(body: Sequence[Block], terms: Terms, publisher: str = "", language: str = "") -> tuple[Quotation, ...]:
    """Every attributed quotation of a body, paragraph by paragraph."""
    return tuple(one for one in quoted_speech(body, terms, publisher, language).quotations if one.speaker)


class _QuotationReader:
    """Reads a body once from top to bottom, remembering who spoke last."""

    def __init__(self, body: Sequence[Block], terms: Terms, publisher: str, language: str) -> None:
        self._body = body
        self._lexicon = lexicon_of(language)
        self._speakers = Speakers("\n".join(block.text for block in body), terms, publisher, self._lexicon)
        self._single = is_single(body)
        self._in_capitals = all(block.text.isupper() for block in body if block.kind == "paragraph")
        self._last = ""  # who speaks if the next paragraph is a quotation and names nobody
        self._is_open = False  # the last paragraph ended with a quotation whose speaker is in doubt
        self._running = False  # the last paragraph's quotation was not closed
        self._introduces = False  # a colon ends the last paragraph of the text itself
        self._next_opens = False  # the next paragraph begins with a quotation mark
        self._comma = False  # the last paragraph ended with a quotation and a comma
        # Quotations whose speaker may come at the end: the words, the paragraph, and whether nothing closes them.
        self._waiting: list[tuple[str, int | None, bool]] = []
        self._out: list[Quotation] = []
        # Words whose speaker is open, each with what stands where a speaker would, or an empty text.
        self.unattributed: dict[str, str] = {}

    def read(self) -> list[Quotation]:
        """Every quotation that somebody is said to say, in order; those whose speaker is open are in `unattributed` then."""
        number = 0
        texts = texts_with_marks(self._body, single=self._single)
        for block, text, following in zip(self._body, texts, [*texts, ""][1:], strict=True):
            self._next_opens = opens_quotation(following)
            number += block.kind in ("paragraph", "quote")
            if block.kind == "heading":
                continue
            if block.kind not in ("paragraph", "quote", "item"):
                self._leave()
                continue
            self._read(block.kind, text, number if block.kind != "item" else None)
        self._give_up_waiting()
        return self._out

    def _leave(self) -> None:
        self._give_up_waiting()
        self._last, self._running, self._is_open = "", False, False

    def _give_up_waiting(self) -> None:
        self.unattributed |= {words: "" for words, _, _ in self._waiting}
        self._waiting = []

    def _read(self, kind: str, text: str, number: int | None) -> None:
        quoted_spans = spans(text, single=self._single)
        signature = _SIGNED.match(text.strip()) if not quoted_spans and len(text) < 100 else None
        if signature and self._waiting and (who := self._speakers.signature(signature["who"])):
            self._attribute_waiting(who, only_open=False)
            # A signature ends what its speaker says: the next quotation may be another's.
            self._last, self._running = "", False
            return
        if signature and kind == "quote":
            return
        if kind == "quote" and not quoted_spans and self._read_block_quotation(text, number):
            return
        speaker, parts = self._dashed(text) if not quoted_spans else ("", [])
        if speaker and word_count(parts[0]) >= 3:
            self._speakers.remember(speaker)
            self._out += [Quotation(speaker, words, paragraph=number) for words in parts]
            self._last, self._running = speaker, False
            self._speakers.end_paragraph(text, speaker)
            return
        if not quoted_spans or text[: quoted_spans[0].start - 1].strip(" *_—–-("):
            self._attribute_to_next(text[: quoted_spans[0].start - 1] if quoted_spans else text)
            self._give_up_waiting()
        self._read_paragraph(text, quoted_spans, number)

    def _dashed(self, text: str) -> tuple[str, list[str]]:
        """Speaker and words of a paragraph of direct speech that a dash opens, the words before and those behind "— said X. —"; none where
        it is none."""
        dash = _DASH.match(text)
        if dash and (speaker := self._speakers.after_dash(dash["after"])):
            second = _SECOND.match(dash["after"])
            further = trimmed(second["words"]) if second else ""
            words = dash["words"].rstrip()
            words = words[:-1] if len(words) > 1 and words[-1] in ",." else words
            return speaker, [words, *([further] if word_count(further) >= 3 else [])]
        opened = _OPEN_DASH.match(text)
        for comma in reversed(list(re.finditer(r"[,.!?]\s+", opened["said"]))) if opened else ():
            speaker = self._speakers.after_dash(opened["said"][comma.end() :]) if opened else ""
            if speaker and opened:
                return speaker, [trimmed(opened["said"][: comma.start() + (comma[0][0] != ",")])]
        return "", []

    def _read_block_quotation(self, text: str, number: int | None) -> bool:
        """Reads a block quotation without marks, whose speaker was named above it or signs it below; False where neither is so."""
        lines = text.rsplit("\n", 1)
        signed = (
            _SIGNED.match(lines[-1].strip())
            if len(lines) == 2
            else re.search(r"(?<=[.!?…”])\s+[—–―]\s*(?P<who>[^\W\d_].{2,80})$", text)
        )
        who = self._speakers.signature(signed["who"]) if signed else ""
        if who and signed:
            words = lines[0] if len(lines) == 2 else text[: signed.start()]
            self._out.append(Quotation(who, trimmed(words), paragraph=number))
            self._speakers.remember(who)
            self._last = ""
            return True
        if self._last and self._introduces:
            self._out.append(Quotation(self._last, trimmed(text), paragraph=number))
            return True
        self._waiting.append((trimmed(text), number, False))
        return True

    def _attribute_to_next(self, text: str) -> None:
        """Gives the quotation that waits to whom the next paragraph names: `“…,”` / `X said.`, or `“…”` / `said X, director of Y.`"""
        if not self._waiting or self._waiting[-1][2]:
            return
        speaker = self._speakers.goes_on(text, after_comma=self._comma)
        if speaker:
            last = self._waiting.pop()
            self._attribute_waiting(speaker, only_open=True)
            self._out.append(Quotation(speaker, last[0], paragraph=last[1]))

    def _inside(self, words: str) -> tuple[str, list[str]]:
        """Speaker and words of a quotation that has its attribution within its marks; none where it has not."""
        match = _INSIDE.match(words)
        speaker = self._speakers.after_dash(match["after"]) if match else ""
        if not match or not speaker:
            return "", []
        return speaker, [trimmed(part) for part in (match["first"], match["second"] or "") if part]

    def _attribute_waiting(self, speaker: str, *, only_open: bool) -> None:
        """Gives a speaker to the quotations that wait; a signature signs closed ones too."""
        for words, number, is_open in self._waiting:
            if is_open or not only_open:
                self._out.append(Quotation(speaker, words, paragraph=number))
            else:
                self.unattributed[words] = ""
        self._waiting = []
        self._speakers.remember(speaker)

    def _read_paragraph(self, text: str, quoted_spans: Sequence[Span], number: int | None) -> None:
        attributed: list[tuple[str, str]] = []
        unattributed: dict[str, str] = {}
        found: list[tuple[str, str]] = []
        speaker, follows, is_open = "", False, False
        opens = bool(quoted_spans) and not text[: quoted_spans[0].start - 1].strip(" *_—–-(")
        # Marks within direct speech behind a dash: whoever speaks quotes somebody, or tells of somebody who speaks.
        nested = bool(quoted_spans) and self._dashed(text)[0] != ""
        is_all_quoted = opens and share(text, quoted_spans) > 0.5
        for at, span in enumerate(quoted_spans):
            words = trimmed(text[span.start : span.end])
            count = word_count(words)
            who, parts = self._inside(words)
            if who:
                attributed += [(who, part) for part in parts]
                found += [(who, part) for part in parts]
                speaker, follows, is_open = who, True, False
                continue
            before = text[quoted_spans[at - 1].outer if at else 0 : span.start - 1]
            after = text[span.outer : quoted_spans[at + 1].start - 1 if at + 1 < len(quoted_spans) else len(text)]
            ended = text[span.end - 1 : span.end] in STOPS
            named, side = self._speakers.attributed(before, after, speaker, first=at == 0, ended=ended)
            heading = is_in_capitals(words) or is_in_title_case(words, self._lexicon)
            in_doubt = bool(named or self._speakers.doubted or self._speakers.is_unnamed(before, after))
            if heading and ended and count >= _LEAST_ASKED and in_doubt:
                # A whole sentence in capitals.
                unattributed[words] = named or self._speakers.doubted
                found.append(("", words))
                continue
            if is_not_speech(before, self._lexicon) or (heading and not self._in_capitals):
                continue
            if is_named_thing(before, words, self._lexicon) or (_BY_DASH.match(after) and is_title(words)):
                continue
            if named and side != "after" and follows and self._is_name_behind_attribution(before, words, ended=ended):
                continue
            if nested:
                unattributed[words] = beside = named or self._speakers.doubted
                found += [("", words)] if beside else []
                continue
            if named and side == "after" and is_part_of_sentence(before, words, self._lexicon):
                # 'Through the "account of the family", X wrote': words of the sentence, and not X's as often.
                unattributed[words] = named
                found.append(("", words))
                continue
            if named and span.open and not self._next_opens and not self._speakers.introduces(before):
                # Where the words end, the text does not say.
                unattributed[words] = named
                found.append(("", words))
                continue
            if named:
                if count >= least_words(side, before, ended=ended, words=words):
                    attributed.append((named, words))
                    found.append((named, words))
                    speaker, follows, is_open = named, True, False
                elif side == "after" or before.rstrip().endswith((":", "：")):
                    speaker = named
                continue
            is_sentence = not words[:1].islower()
            # What nothing closes may have its speaker in a later paragraph.
            last = self._last != "" or (self._is_open and not span.open)
            goes_on = at == 0 and is_all_quoted and last and (self._running or count >= 4)
            if at > 0 and (speaker or is_open) and follows and not is_name_in_sentence(before, words):
                enough = least_words("after", before, ended=ended, words=words)
                goes_on = count >= enough and self._runs_on(before, speaker)
            # Between two quotations of one speaker stands none of another's, short terms aside.
            follows = count < LEAST_SPEECH and follows
            introduced = speaker != "" and (
                is_introduction(before) or self._speakers.gate.runs_into_speech(before, speaker)
            )
            unnamed = self._speakers.is_unnamed(before, after)
            behind = self._speakers.name_behind(text[span.end - 1 : span.end] + after) if goes_on or opens else ""
            doubted = self._speakers.doubted or behind
            in_open = is_open if at else not self._last
            goes_on_open = goes_on and in_open and (is_sentence or count > _LEAST_FRAGMENT)
            if goes_on and not in_open and not unnamed and not doubted and count >= 2:
                speaker, follows = speaker or self._last, True
                attributed.append((speaker, words))
                found.append((speaker, words))
            elif unnamed or introduced or doubted or goes_on_open or (is_all_quoted and len(quoted_spans) > 1):
                unattributed[words] = doubted
                least = least_words("after" if goes_on_open or behind else side, before, ended=ended, words=words)
                if (unnamed or introduced or doubted or goes_on_open) and count >= least:
                    found.append(("", words))
                    follows = is_open = True
                    if is_sentence:
                        # Words of a running sentence leave its subject who it is.
                        self._speakers.leave_open()
                        speaker = ""
        first = trimmed(text[quoted_spans[0].start : quoted_spans[0].end]) if opens else ""
        if attributed and self._waiting and opens and attributed[0][1] == first:
            self._attribute_waiting(attributed[0][0], only_open=True)
        self._out += [Quotation(who, words, paragraph=number) for who, words in found]
        self._is_open = is_open
        self._end(text, quoted_spans, bool(attributed), unattributed, speaker, number, is_all_quoted=is_all_quoted)

    def _is_name_behind_attribution(self, before: str, words: str, *, ended: bool) -> bool:
        """True for a name in the words that attribute the quotation before: `“…,” Ada Quill said on Keld's “Meet the Keeper.”`; a sentence
        that has `ended` is none."""
        if ended and word_count(words) > LEAST_SPEECH and not is_title(words.rstrip(STOPS)):
            return False
        linked = self._lexicon.pattern("conjunctions", "end").search(before.rstrip())
        own = re.search(r"[.!?]\s", before) is None
        return own and linked is None and is_name_in_sentence(before, words)

    def _runs_on(self, between: str, speaker: str) -> bool:
        """True where the words between two quotations let the second be the speaker's of the first: they introduce no other words, name no
        other speaker, and are one sentence where a script has no capitals to show names."""
        if len(between.split()) > _BETWEEN or is_introduction(between):
            return False
        if UNCASED.search(between) and (len(between) > _LONGEST_BETWEEN or re.search(r"[.!?؟。！？]\s*\S", between)):
            return False
        return not (
            self._speakers.gate.runs_into_speech(between, speaker) or self._speakers.gate.names_other(between, speaker)
        )

    def _end(
        self,
        text: str,
        quoted_spans: Sequence[Span],
        is_attributed: bool,
        unattributed: Mapping[str, str],
        speaker: str,
        number: int | None,
        *,
        is_all_quoted: bool,
    ) -> None:
        """What the next paragraph needs to know of this one."""
        self._introduces = text.rstrip(" *_").endswith((":", "："))
        if speaker and is_attributed:
            self._speakers.remember(speaker)
        self._speakers.end_paragraph(text, speaker if is_attributed else "")
        alone = len(quoted_spans) == 1 and is_all_quoted and not is_attributed and not unattributed
        if alone and (quoted_spans[0].open or self._waiting or not text[quoted_spans[0].outer :].strip()):
            words = trimmed(text[quoted_spans[0].start : quoted_spans[0].end])
            self._waiting.append((words, number, quoted_spans[0].open))
            self._last, self._running = "", quoted_spans[0].open
            self._comma = _ENDS_WITH_COMMA.search(text.rstrip()) is not None
            return
        self._give_up_waiting()
        self.unattributed |= unattributed
        if is_attributed:
            self._last, self._running = "" if self._is_open else speaker, quoted_spans[-1].open
            return
        self._last, self._running = "", False
        if text.rstrip().endswith((":", "：")):
            subject = self._speakers.introduced(text)
            if subject:
                self._speakers.remember(subject)
                self._last = subject
