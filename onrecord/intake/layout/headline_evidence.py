"""Whether two signs that are independent of each other speak for a headline. Where they do not, the doubt in words, for the question that
quotes the line; an empty text where nothing is in doubt.

The signs are: a label; the document's own title, or the same words once more; a heading in the markup; that the text speaks of what the
line says; that the line stands alone, with edges that nothing makes doubtful.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from onrecord.intake.layout import heading_evidence, headline_checks, line_signs
from onrecord.intake.layout.candidates import letters
from onrecord.intake.layout.header_lines import has_clause
from onrecord.intake.layout.headline_signs import LEAST_SHARE, PART_SHARE, WHOLE_SHARE, Signs, is_name, unheard
from onrecord.intake.layout.organizations import is_office
from onrecord.intake.layout.other_headings import is_salutation

# In a head of more lines nobody can say which is the headline, unless a second sign names it.
_MOST_UNDECIDED = 8
# Blanks within a line: so many are a line's end, fewer may stand for a mark that was lost.
_LINE_END = 12
# A text of so few characters need not have its headline's words again.
_SHORT_TEXT = 300
_MOST_SPEAKERS_SEEN = 60
# So many words, most of them written small, are a sentence whose mark was lost; in a line that stands alone above a text that has
# its words again, so many.
_SENTENCE_WORDS, _ALONE_WORDS = 18, 26
_CLEAR_SHARE = 0.75
# Lines of one width differ by so many characters.
_ALIKE = 15
_OFFICE = "an office or organization"
_REFERENCE_BEHIND = re.compile(r"(?:(?<!\d)\d++[/\\]\d{2,4}|\b[A-Z]{2,5}\s?\d{2,})\W*$")
_NUMBERS_AT_EDGE = re.compile(r"^\W*\d+[ .-]+\d+[ .-]+\d+\b|\b\d+ \d+\W*$|^\w+ \d+ \d+ \d+\b")
_DASH_TAIL = re.compile(r"(?<!\s)\s+[-–—|]\s+(?P<tail>\S++(?:\s++\S++){0,4})$")
_SPEAKER = re.compile(r"(?P<speaker>[^\W\d_][^:]{2,40}):\s")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w")
_GLUED_WORDS = re.compile(r"[^\W\d_A-Z]\.[A-Z][^\W\d_A-Z]{2}|[^\W\d_A-Z]{4}[A-Z][^\W\d_A-Z]{2,8}\.? \d")
_LONE_LETTER = re.compile(r"(?<![\w'’.&-])[B-HJ-NP-ZÄ-Ýb-df-hj-np-z](?![\w'’.&/-])")


Check = Callable[[Signs], str]


def missing(signs: Signs) -> str:
    """Why the chosen lines are not clearly the headline."""
    if signs.labelled or (signs.stated and not signs.copied):
        return ""
    if _breaks_off(signs.text, signs) and (signs.copied or signs.repeated or signs.after is not None):
        return "it breaks off"
    if signs.copied:
        return ""
    if signs.repeated:
        return unheard(signs, PART_SHARE) or _far(signs) or _ended(signs)
    checks = heading_evidence.CHECKS if signs.marked else _PLAIN
    return next((why for check in (_addressed, *checks) if (why := check(signs))), "")


def _addressed(signs: Signs) -> str:
    """A letter's form of address stands below it, and the text does not speak of it: the lines above are the letterhead's."""
    below = signs.assignment.lines[signs.chosen[-1].line + 1 : signs.assignment.opening]
    if not any(is_salutation(line.text, signs.context.lexicon) for line in below):
        return ""
    echo = signs.echo_of(signs.text)
    spoken = echo.found >= 2 and echo.share >= WHOLE_SHARE and (signs.marked or echo.common >= 2)
    clear = spoken and line_signs.word_count(signs.text) >= 4 and not is_name(signs.text, signs.context)
    return "" if clear else "it stands before the salutation, as a letterhead does"


def _far(signs: Signs) -> str:
    """Between the headline's last place and the text stand other lines that may be one."""
    same = letters(signs.text)
    last = max((number for number, each in enumerate(signs.found) if letters(each.text) == same), default=0)
    return "other lines stand between it and the text" if len(signs.found) - last - 1 > 3 else ""


def _unmarked(signs: Signs) -> str:
    """In Markdown and on pages a headline is marked as a heading, or is bold; or the page's own title has its words."""
    document = signs.context.document
    if document.form not in ("markdown", "html"):
        return ""
    if all(run.strong for each in signs.chosen for run in each.block.runs if run.text.strip()):
        return ""
    same = document.metadata.titles and not heading_evidence.other_title(signs)
    return "" if same else "it is not marked as a heading"


def _crowded(signs: Signs) -> str:
    return "many lines stand above the text" if len(signs.found) > _MOST_UNDECIDED else ""


def _ended(signs: Signs) -> str:
    text = signs.text.rstrip(" \"”»’')")
    ended = text.endswith(("!", "！", "。")) or line_signs.is_short_sentence(signs.text)
    words = signs.text.split()
    small = sum(word[:1].islower() for word in words)
    most = _SENTENCE_WORDS if len(signs.found) > 1 or signs.echo_of(signs.text).share < _CLEAR_SHARE else _ALONE_WORDS
    ended = ended or (len(words) >= most and small * 2 > len(words))
    asks = text.endswith(("?", "？", "؟")) and signs.echo_of(signs.text).words < 3
    return "it reads like a sentence" if ended or asks else ""


def _glued(signs: Signs) -> str:
    """Words of another line at its edges: a label, a reference, numbers, a name behind a dash."""
    text, lexicon = signs.text, signs.context.lexicon
    if _ADDRESS.search(text):
        return "an address stands in it"
    if any(re.search(r"\s\xad", line) and letters(text) in letters(line) for line in signs.lines):
        return "its letters are not clean"
    if text[:1] in "/|\\>–—-:;,.":
        return "a mark stands before it"
    kind = lexicon.find_kind(text)
    if kind and not kind[0] and text[kind[1] :].lstrip()[:1] in (":", "："):
        return "a kind stands before it"
    for category in ("label_other", "label_date", "label_reference", "label_place", "published", "contacts_heading"):
        tail = lexicon.pattern(category, "end").search(text)
        if tail and text[tail.start() :].strip()[:1].isupper():
            return "a label stands behind it"
    contacts = lexicon.pattern("contacts_heading", "within").finditer(text)
    if not text.isupper() and any(match[0][:1].isupper() and match.start() for match in contacts):
        return "a contact stands in it"
    if _REFERENCE_BEHIND.search(text) or _NUMBERS_AT_EDGE.search(text):
        return "a number stands at its edge"
    tail = _DASH_TAIL.search(text)
    if tail and not has_clause(tail["tail"], lexicon):
        named = all(word[:1].isupper() or len(word) < 4 for word in tail["tail"].split())
        if named and (not text.isupper() or len(tail["tail"].split()) <= 2):
            return "a name may stand behind it"
    return "its letters are not clean" if _LONE_LETTER.search(text) or _GLUED_WORDS.search(text) else ""


def _spoken(signs: Signs) -> str:
    """The first line of a talk: the speaker's name and a colon, as below."""
    speaker = _SPEAKER.match(signs.text)
    if speaker is None:
        return ""
    opening = signs.assignment.opening
    below = [line.text for line in signs.assignment.lines[opening : opening + _MOST_SPEAKERS_SEEN]]
    again = any(text.lstrip().startswith(f"{speaker['speaker']}:") for text in below)
    return "it begins as what a speaker says" if again else ""


def _joined(signs: Signs) -> str:
    """Lines that were joined, and nothing says that the one goes on in the next."""
    texts = [candidate.text for candidate in signs.chosen]
    widest = max(map(len, texts))
    for first, second in itertools.pairwise(signs.chosen):
        if _on_one_line(first.text, second.text, signs):
            return "wide blanks part its words"
        goes_on = (
            second.text[:1].islower()
            or first.text.endswith((",", "-", "–", ":", "،"))
            or _breaks_off(first.text, signs)
        )
        full = len(first.text) + 1 + len(second.text.split(maxsplit=1)[0]) > widest - 2
        if not goes_on and not full:
            return "its lines may be two headlines"
    return ""


def _breaks_off(text: str, signs: Signs) -> bool:
    words = text.split()
    return bool(words) and signs.context.lexicon.pattern("function_words", "whole").match(words[-1]) is not None


def _on_one_line(first: str, second: str, signs: Signs) -> bool:
    joined = letters(first) + letters(second)
    return any(joined in letters(line) for line in signs.lines)


def _above(signs: Signs) -> str:
    """The line above, with no blank line between, may be the headline's first."""
    candidate = signs.chosen[0]
    if candidate.start or not candidate.line:
        return ""
    line = signs.assignment.lines[candidate.line - 1]
    stretches = signs.assignment.stretches[line.number]
    undecided = any(each.place == "undecided" for each in stretches)
    if undecided and line.text.isupper() and signs.text.isupper() and not is_name(line.text, signs.context):
        return "it may begin in the line above"
    if not candidate.block.close:
        return ""
    if (
        line.text.isupper()
        and signs.text.isupper()
        and not line.header.is_header
        and not is_office(line.text, signs.context.language)
    ):
        return "it may begin in the line above"
    if undecided:
        return "" if is_name(line.text, signs.context) else "it may begin in the line above"
    words = line.header.words if line.header.is_header else ""
    named = any(each.publisher for each in stretches) or not words or len(words.split()) < 3
    decided = all(each.place == "left_out" for each in stretches)
    return "" if named or decided or is_name(words, signs.context) else "it may begin in the line above"


def _below(signs: Signs) -> str:
    """The line below may be the headline's next."""
    opening = signs.assignment.lines[signs.assignment.opening]
    if signs.chosen[-1].line == opening.number - 1 and opening.text.lstrip()[:1].islower():
        return "it may go on in the text"
    first = next((line for line in signs.lines if letters(line)[:20] == letters(opening.text)[:20]), "")
    alike = abs(len(first.strip()) - len(signs.chosen[-1].text)) <= _ALIKE
    begins = any(
        signs.context.lexicon.pattern(name, "start").match(opening.text) for name in ("articles", "function_words")
    )
    if (
        signs.is_wrapped
        and not signs.text.isupper()
        and alike
        and not begins
        and signs.chosen[-1].line == opening.number - 1
    ):
        return "it may be the first line of the text"
    after = signs.after
    if after is not None and _opens_as_office(signs.text, signs):
        return "an office stands in it"
    if after is None or is_office(after.text, signs.context.language) or after.block.kind != "paragraph":
        return ""
    sentence = line_signs.ends_sentence(after.text) and line_signs.word_count(after.text) >= 8
    if sentence or signs.context.lexicon.pattern("by_line", "start").match(after.text):
        return ""
    if after.text[:1].islower() or (after.block.close and after.line == signs.chosen[-1].line + 1):
        return "it may go on in the line below"
    if after.text.isupper() and after.line == signs.chosen[-1].line + 1:
        return "the line below may be the headline"
    if is_name(after.text, signs.context):
        return ""
    length = len(signs.chosen[-1].text)
    alike = after.text.isupper() == signs.text.isupper()
    if signs.is_wrapped and alike and length >= 20 and after.line == signs.chosen[-1].line + 1:
        return "it may go on in the line below"
    return ""


def _opens_as_office(text: str, signs: Signs) -> bool:
    titles = signs.context.lexicon.pattern("person_titles", "start").match(text)
    return titles is not None and not text.isupper()


def _blanks(signs: Signs) -> str:
    """Other words stand on its line, parted from it by blanks that may be a mark which was lost."""
    first, last = signs.chosen[0], signs.chosen[-1]
    raw = re.compile(r"\s+".join(map(re.escape, signs.text.split())))
    for line in signs.lines:
        match = raw.search(line)
        if match is None:
            continue
        before, behind = line[: match.start()], line[match.end() :]
        gap = len(before) - len(before.rstrip())
        known = signs.parted[0] or _decided(first.line, -1, signs)
        if before.strip() and gap < _LINE_END and not known:
            return "other words stand before it on its line"
        gap = len(behind) - len(behind.lstrip())
        known = signs.parted[1] or _decided(last.line, 1, signs) or _is_text(behind)
        if behind.strip() and gap < _LINE_END and not known:
            return "other words stand behind it on its line"
        pieces = re.split(r"\s{2,}", match[0])
        if any(re.search(r"\s{3,}", gap) for gap in re.findall(r"\s{2,}", match[0])):
            return "wide blanks part its words"
        if any(_is_open_gap(piece, following, signs) for piece, following in itertools.pairwise(pieces)):
            return "wide blanks part its words"
        return ""
    return ""


def _is_open_gap(before: str, behind: str, signs: Signs) -> bool:
    """True where nothing says that the words on both sides of a wider blank belong together."""
    small = signs.context.lexicon.pattern("function_words", "whole")
    joined = (
        behind[:1].islower()
        or small.match(behind.split()[0])
        or small.match(before.split()[-1])
        or before.endswith((",", ":", "-", "–"))
        or not before[-1:].isalnum()
    )
    echo = signs.echo_of(behind)
    # "… IN DETENTION  CENTRES": the word is no name, and too few for a second headline.
    joined = joined or (len(behind.split()) <= 2 and 0 < echo.words == echo.common)
    return not joined and before.lower() != before.upper()


def _is_text(behind: str) -> bool:
    """True where wide blanks part whole sentences: they are the ends of lines, no marks that were lost."""
    pieces = [piece for piece in re.split(r"\s{3,}", behind) if line_signs.word_count(piece) >= 4]
    ended = sum(line_signs.ends_sentence(piece) for piece in pieces)
    return behind.startswith("   ") and bool(pieces) and ended >= 0.8 * len(pieces)


def _decided(line: int, step: int, signs: Signs) -> bool:
    """True where the nearest text on that side is a line of the head or was left out: it is known for what it is."""
    stretches = signs.assignment.stretches
    own = stretches[line]
    if len(own) > 1 and own[0 if step < 0 else -1].place in ("header", "left_out"):
        return True
    return 0 <= line + step < len(stretches) and all(
        each.place in ("header", "left_out") for each in stretches[line + step]
    )


def _rivalled(signs: Signs) -> str:
    """Another line is as likely."""
    chosen = {candidate.line for candidate in signs.chosen}
    after = signs.after
    for candidate in signs.found:
        if candidate.line in chosen or line_signs.word_count(candidate.text) < 3 or candidate.block.kind == "item":
            continue
        if candidate.text.endswith((";", ":", ",", ".")):
            continue
        if candidate is after and not signs.is_wrapped and line_signs.word_count(signs.text) >= 5:
            continue
        office = is_office(candidate.text, signs.context.language)
        if (office and not _has_office_within(candidate.text, signs)) or (
            line_signs.word_count(candidate.text) < 5 and is_name(candidate.text, signs.context)
        ):
            continue
        if headline_checks.never_headline(candidate.text, signs.context) not in ("", _OFFICE):
            continue
        echo = signs.echo_of(candidate.text)
        if echo.found >= 2 and echo.share >= WHOLE_SHARE:
            return "another line is as likely"
    return ""


def _has_office_within(text: str, signs: Signs) -> bool:
    """True for a line of five words and more in the middle of which a person's title stands: it may say what that
    person does ("Orle Professor Brings Boats Home")."""
    words = text.split()
    titles = list(signs.context.lexicon.pattern("person_titles", "within").finditer(text))
    if len(words) < 5 or len(titles) != 1 or "," in text:
        return False
    before, behind = text[: titles[0].start()].split(), text[titles[0].end() :].split()
    small = signs.context.lexicon.pattern("function_words", "whole")
    return bool(before) and len(behind) >= 2 and not small.match(behind[0])


def _outranked(signs: Signs) -> str:
    """A line in capitals that was taken for a letterhead, of which the text speaks too."""
    if signs.text.isupper():
        return ""
    for stretch in signs.assignment.of("header"):
        text = signs.assignment.text(stretch)
        if stretch.line >= signs.assignment.opening or not text.isupper() or line_signs.word_count(text) < 4:
            continue
        echo = signs.echo_of(text)
        spoken = text.casefold() in signs.echo.text.casefold()
        if stretch.reason == "letterhead" and not spoken and echo.found >= 2 and echo.share >= WHOLE_SHARE:
            return "another line is as likely"
    return ""


def _unsupported(signs: Signs) -> str:
    """The text does not speak of it; or it has none but names again."""
    echo = signs.echo_of(signs.text)
    alone = signs.is_sole and not signs.is_wrapped and (signs.chosen[0].line == 0 or _under_its_kind(signs))
    words = line_signs.word_count(signs.text)
    least = LEAST_SHARE if alone else PART_SHARE if signs.is_sole and words >= 5 and echo.words >= 4 else WHOLE_SHARE
    if alone and len(signs.echo.text) < _SHORT_TEXT and (words >= 4 or len(letters(signs.text)) >= 6):
        return ""
    if line_signs.is_unspaced(signs.text):
        least = max(least, PART_SHARE)
    if echo.found < (1 if alone else 2) or echo.share < least:
        return "the text does not speak of it"
    small = signs.context.lexicon.pattern("function_words", "whole")
    lower = any(word[:1].islower() and len(word) >= 4 and not small.match(word) for word in signs.text.split())
    common = 1 if alone or (signs.text.isupper() and words >= 5) else 2
    return "" if lower or echo.common >= common else "it may be no more than a name"


def _under_its_kind(signs: Signs) -> bool:
    """True where the lines above name the kind of document or its day, and nothing else stands above it that is not known."""
    above = signs.assignment.stretches[: signs.chosen[0].line]
    known = all(each.place in ("header", "left_out") for stretches in above for each in stretches)
    return known and any(each.reason.startswith(("kind", "date")) for stretches in above for each in stretches)


_PLAIN: tuple[Check, ...] = (
    _unmarked,
    _crowded,
    _ended,
    _glued,
    _spoken,
    _joined,
    _above,
    _below,
    _blanks,
    _rivalled,
    _outranked,
    _unsupported,
)
