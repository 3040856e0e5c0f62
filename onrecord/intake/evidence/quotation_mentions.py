"""Who said what: the quotations of a body with their speakers, and a question about those whose speaker the text leaves open.

A quotation needs a speaker: words in quotation marks that nobody is said to have said — titles, terms, scare quotes — are left
alone, and so is an apostrophe in a name. A wrong speaker is worse than none: where somebody is said to speak and the text leaves open
who, the quotation stands with an empty speaker, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.intake.document import Block, Claim
from onrecord.intake.evidence.attribution_forms import Attribution, Form
from onrecord.intake.evidence.claims import quoted
from onrecord.intake.evidence.direct_speech import dashed, within_marks
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
from onrecord.intake.evidence.quotation_questions import (
    SpokenWords,
    WaitingWords,
    speaker_questions,
    without_struck,
)
from onrecord.intake.evidence.quotation_shapes import (
    LEAST_SPEECH,
    SIGNED,
    STOPS,
    are_perhaps_another_s,
    ends_as_speech,
    is_in_capitals,
    is_in_title_case,
    is_introduction,
    is_name_in_sentence,
    is_named_thing,
    is_not_speech,
    is_title,
    least_words,
    runs_into_sentence,
    signed_block,
)
from onrecord.intake.evidence.seen_text import seen
from onrecord.intake.evidence.speakers import Speakers
from onrecord.intake.evidence.speech_continuations import SpeechContinuations
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import lexicon_of
from onrecord.model import Question, Quotation

_LEAST_TORN = 60  # so long a paragraph that ends in a word is cut off
_WHOLE_END = re.compile(r"[^\w\s,،;–—-]$")
_ENDS_WITH_COMMA = re.compile(r"[,،，][”»\"’」]?$|[”»\"’」][,،，]$")
_LEAST_ASKED, _LEAST_FRAGMENT = 8, 5
_VERB_BEHIND = 2
_BY_DASH = re.compile(r"\s*[—–―]\s*\w")


@dataclass(frozen=True, slots=True)
class QuotedSpeech:
    """The quotations of a body, in order, those whose speaker is doubtful with an empty one, and the questions about these and about
    words in quotation marks that nobody is named for. `claims` are those of the quotations, one for each: speaker, the words that
    state it, and the form in which they do."""

    quotations: tuple[Quotation, ...]
    questions: tuple[Question, ...]
    claims: tuple[Claim, ...] = ()


def quoted_speech(
    body: Sequence[Block], terms: Terms, publisher: str = "", language: str = "", head: Sequence[str] = ()
) -> QuotedSpeech:
    """What a body quotes. `publisher` is whose release it is, `language` its BCP 47 tag, `head` the lines above its text."""
    reader = _QuotationReader(seen(body), terms, publisher, language, head)
    spoken, struck = without_struck(reader.read(), body)
    if lexicon_of(language).document_language not in ("", lexicon_of(language).language):
        # What looks like a name or a verb of speech is read with the words of another language.
        reader.unattributed |= {one.words: one.attribution.candidate() for one in spoken if one.attribution}
        spoken = tuple(replace(one, attribution=None) for one in spoken)
    return QuotedSpeech(
        tuple(one.quotation() for one in spoken),
        (*struck, *speaker_questions(spoken, reader.unattributed)),
        tuple(one.attribution.claim() if one.attribution else Claim() for one in spoken),
    )


def quotations(body: Sequence[Block], terms: Terms, publisher: str = "", language: str = "") -> tuple[Quotation, ...]:
    """Every attributed quotation of a body, paragraph by paragraph."""
    return tuple(one for one in quoted_speech(body, terms, publisher, language).quotations if one.speaker)


class _QuotationReader:
    """Reads a body once from top to bottom, remembering who spoke last."""

    def __init__(self, body: Sequence[Block], terms: Terms, publisher: str, language: str, head: Sequence[str]) -> None:
        self._body = body
        self._lexicon = lexicon_of(language)
        text = "\n".join(block.text for block in body)
        self._speakers = Speakers(text, terms, publisher, self._lexicon, head)
        self._continuations = SpeechContinuations(self._speakers, self._lexicon)
        self._single = is_single(body)
        self._is_foreign = self._lexicon.document_language not in ("", self._lexicon.language)
        self._in_capitals = all(block.text.isupper() for block in body if block.kind == "paragraph")
        self._last: Attribution | None = None  # who speaks if the next paragraph is a quotation and names nobody
        self._is_open = False  # the last paragraph ended with a quotation whose speaker is in doubt
        self._running = False  # the last paragraph's quotation was not closed
        self._is_said = False  # and somebody speaks there, named or not
        self._introduces = False  # a colon ends the last paragraph of the text itself
        self._next_opens = False  # the next paragraph begins with a quotation mark
        self._is_torn = False  # the last paragraph breaks off: what begins this one may be the end of its sentence
        self._comma = False  # the last paragraph ended with a quotation and a comma
        self._waiting: list[WaitingWords] = []  # quotations whose speaker may come at the end
        self._out: list[SpokenWords] = []
        # Words whose speaker is open, each with what speaks for somebody, or an empty text.
        self.unattributed: dict[str, str] = {}

    def read(self) -> list[SpokenWords]:
        """Every quotation that somebody is said to say, in order; those whose speaker is open are in `unattributed` then."""
        number = 0
        texts = texts_with_marks(self._body, single=self._single)
        for block, text, following in zip(self._body, texts, [*texts, ""][1:], strict=True):
            self._next_opens = opens_quotation(following)
            number += block.kind in ("paragraph", "quote")
            if block.kind not in ("paragraph", "quote", "item"):
                # What stands behind a heading may be another's words.
                self._leave()
                self._is_torn = block.kind == "heading" and ", " in text and _breaks_off(text)
                continue
            self._read(block.kind, text, number if block.kind != "item" else None)
            self._is_torn = _breaks_off(text)
        self._give_up_waiting()
        return self._out

    def _leave(self) -> None:
        self._give_up_waiting()
        self._last, self._running, self._is_open, self._is_torn = None, False, False, False

    def _give_up_waiting(self) -> None:
        self.unattributed |= {one.words: "" for one in self._waiting}
        self._out += [SpokenWords(one.words, one.number, None) for one in self._waiting if one.is_spoken]
        self._waiting = []

    def _read(self, kind: str, text: str, number: int | None) -> None:
        quoted_spans = spans(text, single=self._single)
        signature = SIGNED.match(text.strip()) if not quoted_spans and len(text) < 100 else None
        if signature and self._waiting and (who := self._speakers.signature(signature["who"])):
            self._attribute_waiting(Attribution(who, Form.SIGNED, text), only_open=False)
            # A signature ends what its speaker says: the next quotation may be another's.
            self._last, self._running = None, False
            return
        if signature and kind == "quote":
            return
        if kind == "quote" and not quoted_spans and self._read_block_quotation(text, number):
            return
        found, parts = dashed(text, self._speakers.after_dash) if not quoted_spans else (None, [])
        if found and word_count(parts[0]) >= LEAST_SPEECH:
            self._last, self._running = found if found.is_asserted else None, False
            for words in parts:
                self._add(words, number, found)
            self._speakers.pronouns.end_paragraph(text, found.speaker if found.is_asserted else "")
            return
        if not quoted_spans or text[: quoted_spans[0].start - 1].strip(" *_—–-("):
            self._attribute_to_next(text[: quoted_spans[0].start - 1] if quoted_spans else text)
            self._give_up_waiting()
        self._read_paragraph(text, quoted_spans, number)

    def _add(self, words: str, number: int | None, found: Attribution) -> None:
        """Takes up words with whoever speaks them; in a form that is not asserted, as ones to be asked about."""
        if found.is_asserted:
            self._out.append(SpokenWords(words, number, found))
            self._speakers.remember(found.speaker)
        else:
            self._out.append(SpokenWords(words, number, None))
            self.unattributed[words] = found.candidate()

    def _read_block_quotation(self, text: str, number: int | None) -> bool:
        """Reads a block quotation without marks, whose speaker was named above it or signs it below; False where neither is so."""
        words, signed = signed_block(text)
        who = self._speakers.signature(signed["who"]) if signed else ""
        if who and signed:
            self._add(trimmed(words), number, Attribution(who, Form.SIGNED, signed[0]))
            self._last = None
            return True
        if self._last and self._introduces:
            self._add(trimmed(text), number, self._last)
            return True
        self._waiting.append(WaitingWords(trimmed(text), number))
        return True

    def _attribute_to_next(self, text: str) -> None:
        """Gives the quotation that waits to whom the next paragraph names: `“…,”` / `X said.`, or `“…”` / `said X, director of Y.`"""
        if not self._waiting or self._waiting[-1].is_open:
            return
        found = self._speakers.goes_on(text, after_comma=self._comma)
        if found:
            last = self._waiting.pop()
            self._attribute_waiting(found, only_open=True)
            self._add(last.words, last.number, found)

    def _attribute_waiting(self, found: Attribution, *, only_open: bool) -> None:
        """Gives a speaker to the quotations that wait; a signature signs closed ones too."""
        for one in self._waiting:
            if one.is_open or not only_open:
                self._add(one.words, one.number, replace(found, form=Form.UNCLOSED) if only_open else found)
            else:
                self.unattributed[one.words] = ""
        self._waiting = []

    def _read_paragraph(self, text: str, quoted_spans: Sequence[Span], number: int | None) -> None:
        unattributed: dict[str, str] = {}
        found: list[SpokenWords] = []
        current: Attribution | None = None
        follows, is_open, side = False, False, ""
        opens = bool(quoted_spans) and not text[: quoted_spans[0].start - 1].strip(" *_—–-(")
        # Marks within direct speech behind a dash.
        nested = bool(quoted_spans) and dashed(text, self._speakers.after_dash)[0] is not None
        is_all_quoted = opens and share(text, quoted_spans) > 0.5
        for at, span in enumerate(quoted_spans):
            words = trimmed(text[span.start : span.end])
            count = word_count(words)
            inside, parts = within_marks(words, self._speakers.after_dash)
            if inside and inside.is_asserted:
                found += [SpokenWords(part, number, inside) for part in parts]
                current, follows, is_open, side = inside, True, False, "after"
                continue
            before = text[quoted_spans[at - 1].outer if at else 0 : span.start - 1]
            after = text[span.outer : quoted_spans[at + 1].start - 1 if at + 1 < len(quoted_spans) else len(text)]
            ended = text[span.end - 1 : span.end] in STOPS
            side_before = side
            speaker = current.speaker if current else ""
            named, side = self._speakers.attributed(before, after, speaker, first=at == 0, ended=ended)
            doubted = self._candidate()
            if current and not named and self._continuations.names_other(before, current.speaker):
                # Whom the words since then are about, "he" may mean: who goes on is asked.
                current, is_open = None, True
                self._speakers.pronouns.leave_open()
            heading = is_in_capitals(words) or is_in_title_case(words, self._lexicon)
            in_doubt = bool(named or doubted or self._speakers.is_unnamed(before, after))
            if heading and ended and count >= _LEAST_ASKED and in_doubt:
                unattributed[words] = _beside(named) or doubted
                found.append(SpokenWords(words, number, None))
                continue
            thing = is_named_thing(before, words, self._lexicon) or (_BY_DASH.match(after) and is_title(words))
            if thing or is_not_speech(before, self._lexicon) or (heading and not self._in_capitals):
                # What something is called may be another's words, and so may those behind it.
                follows = count < LEAST_SPEECH and follows
                continue
            if named and side != "after" and follows and self._continuations.is_name_behind(before, words, ended=ended):
                continue
            if nested:
                unattributed[words] = beside = _beside(named) or doubted
                found += [SpokenWords(words, number, None)] if beside else []
                continue
            torn = at == 0 and self._is_torn and side != "after" and len(self._speakers.subjects.sentences(before)) == 1
            if named and (torn or self._is_open_speech(span, before, words, side)):
                unattributed[words] = _beside(named)
                found.append(SpokenWords(words, number, None))
                continue
            if named:
                if count >= least_words(side, before, ended=ended, words=words):
                    found.append(SpokenWords(words, number, named))
                    current, follows, is_open = named, True, False
                elif side == "after" or before.rstrip().endswith((":", "：")):
                    current = named
                continue
            is_sentence = not words[:1].islower()
            # What nothing closes may have its speaker in a later paragraph.
            last = self._last is not None or (self._is_open and not span.open)
            goes_on = at == 0 and is_all_quoted and last and (self._running or count >= 4)
            form = Form.GOES_ON_BELOW
            if at == 0:
                form = self._form_below()
            elif (current or is_open) and follows and not is_name_in_sentence(before, words):
                enough = least_words("after", before, ended=ended, words=words)
                goes_on = count >= enough and self._continuations.runs_on(before, speaker)
                prior = text[quoted_spans[at - 1].end - 1 : quoted_spans[at - 1].end] in STOPS
                form = (
                    self._continuations.form(
                        before, current.form if current else None, is_attributed=side_before == "after", ended=prior
                    )
                    or form
                )
                goes_on = goes_on and (form is not Form.GOES_ON_BELOW or is_open)
            # Between two quotations of one speaker stands none of another's, short terms aside.
            follows = count < LEAST_SPEECH and follows
            introduced = current is not None and (
                is_introduction(before) or self._continuations.runs_into_speech(before, speaker)
            )
            end = text[span.end - 1 : span.outer] + after
            unnamed = self._speakers.is_unnamed(before, after) or (self._is_foreign and runs_into_sentence(words, end))
            behind = self._speakers.name_behind(text[span.end - 1 : span.end] + after) if goes_on or opens else ""
            doubted = doubted or (f"beside it: {quoted(behind)}" if behind else "")
            in_open = is_open if at else self._last is None
            goes_on_open = goes_on and in_open and (is_sentence or count > _LEAST_FRAGMENT)
            speaking = current or self._last
            if goes_on and speaking and not in_open and not unnamed and not doubted and count >= 2:
                if self._continuations.names_within(
                    words, speaking.speaker
                ) or self._speakers.subjects.is_followed_by_another(end, speaking.speaker):
                    unattributed[words] = f"before it speaks {quoted(speaking.speaker)}"
                    found.append(SpokenWords(words, number, None))
                    follows, is_open, current = True, True, None
                    self._speakers.pronouns.leave_open()
                    continue
                current, follows = speaking, True
                found.append(SpokenWords(words, number, replace(speaking, form=form)))
            elif unnamed or introduced or doubted or goes_on_open or (is_all_quoted and len(quoted_spans) > 1):
                unattributed[words] = doubted
                spoken = bool(behind) or (
                    ends_as_speech(words, end) and self._speakers.is_unnamed("", " ".join(after.split()[:_VERB_BEHIND]))
                )
                least = least_words("after" if goes_on_open or spoken else side, before, ended=ended, words=words)
                if (unnamed or introduced or doubted or goes_on_open) and count >= least:
                    found.append(SpokenWords(words, number, None))
                    follows = is_open = True
                    self._speakers.pronouns.leave_open()
                    current = None
        first = trimmed(text[quoted_spans[0].start : quoted_spans[0].end]) if opens else ""
        attributed = [one for one in found if one.attribution]
        if attributed and self._waiting and opens and attributed[0].words == first and attributed[0].attribution:
            self._attribute_waiting(attributed[0].attribution, only_open=True)
        elif found and opens and found[0].words == first and not found[0].attribution:
            # Whoever spoke these words spoke the paragraphs that nothing closed, too.
            self._waiting = [replace(one, is_spoken=one.is_spoken or one.is_open) for one in self._waiting]
            self._give_up_waiting()
        self._out += found
        self._is_open = is_open
        self._end(text, quoted_spans, bool(attributed), unattributed, current, number, is_all_quoted=is_all_quoted)

    def _candidate(self) -> str:
        """What speaks for somebody beside the quotation that was looked at last, where nobody is asserted; an empty text for nobody."""
        who, form = self._speakers.doubted, self._speakers.asked_form
        return Attribution(who, form, "").candidate() if who and form else f"beside it: {quoted(who)}" if who else ""

    def _is_open_speech(self, span: Span, before: str, words: str, side: str) -> bool:
        """True for words beside which somebody is named whose they may not be, or not all."""
        if are_perhaps_another_s(span.mark, before, words, self._lexicon, behind=side == "after"):
            return True
        # Where the words end, the text does not say.
        return span.open and not self._next_opens and not self._speakers.introduces(before)

    def _form_below(self) -> Form:
        """The form in which the speaker of the paragraph before goes on in this one."""
        if self._introduces:
            return Form.INTRODUCED
        return Form.RUNS_ON if self._running else Form.GOES_ON_BELOW

    def _end(
        self,
        text: str,
        quoted_spans: Sequence[Span],
        is_attributed: bool,
        unattributed: Mapping[str, str],
        current: Attribution | None,
        number: int | None,
        *,
        is_all_quoted: bool,
    ) -> None:
        """What the next paragraph needs to know of this one."""
        introduces = self._is_said
        self._introduces = text.rstrip(" *_").endswith((":", "："))
        self._is_said = self._introduces and self._speakers.is_unnamed(text.rstrip(" *_"), "")
        if current and is_attributed:
            self._speakers.remember(current.speaker)
        self._speakers.pronouns.end_paragraph(text, current.speaker if current and is_attributed else "")
        alone = len(quoted_spans) == 1 and is_all_quoted and not is_attributed and not unattributed
        if alone and (quoted_spans[0].open or self._waiting or not text[quoted_spans[0].outer :].strip()):
            words = trimmed(text[quoted_spans[0].start : quoted_spans[0].end])
            self._waiting.append(WaitingWords(words, number, quoted_spans[0].open, introduces))
            self._last, self._running = None, quoted_spans[0].open
            self._comma = _ENDS_WITH_COMMA.search(text.rstrip()) is not None
            return
        self._give_up_waiting()
        self.unattributed |= unattributed
        if is_attributed:
            self._last, self._running = None if self._is_open else current, quoted_spans[-1].open
            return
        self._last, self._running = None, False
        if text.rstrip().endswith((":", "：")):
            subject = self._speakers.introduced(text)
            if subject and subject.is_asserted:
                self._speakers.remember(subject.speaker)
                self._last = subject


def _beside(found: Attribution | None) -> str:
    """Whom the words beside a quotation name, as a question shows it."""
    return f"beside it: {quoted(found.speaker)}" if found else ""


def _breaks_off(text: str) -> bool:
    """True for a long paragraph that ends amid a sentence."""
    return len(text) >= _LEAST_TORN and _WHOLE_END.search(text.rstrip(" *_")) is None
