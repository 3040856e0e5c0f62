"""Who said what: quotation marks of every style, and the words beside them that name the speaker.

A quotation needs a speaker: words in quotation marks that nobody is said to have said — titles, terms, scare quotes — are left
alone, and so is an apostrophe in a name.
"""

# ruff: noqa: E501 - the lists of words are easier to read and to add to when a language stands on a line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.intake.document import Block
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.layout.structure import is_named_organization
from onrecord.model import Quotation

# Opening mark → the marks that may close it (The Unicode Standard, chapter 6, "Language-based usage of quotation marks").
_PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‟": "”",
    '"': '"',
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "‹": "›",
    "「": "」",
    "『": "』",
}
_DOUBLE = '“„«»"‟「『'
_SPEECH_VERBS = {
    "en": r"said|says|say|adds|added|told|tells|stated|states|explained|explains|warned|warns|noted|notes|continued|commented|comments|concluded|declared|insisted|stressed|emphasi[sz]ed|recalled|asked|replied|responded|testified|wrote|argued|announced|observed|remarked|recounted|claimed|pointed\s+out|went\s+on(?:\s+to\s+say)?|reported|urged|confirmed|described|revealed|cautioned|acknowledged|admitted",
    "fr": r"a(?:vait)?\s+(?:déclaré|dit|affirmé|ajouté|expliqué|souligné|indiqué|averti|raconté|conclu|commenté|rappelé|précisé|estimé|poursuivi|témoigné|dénoncé|insisté|confié|noté|réagi|écrit|répondu)|ont\s+déclaré|déclare|affirme|explique|souligne|ajoute|dit|raconte|estime|poursuit|conclut|précise|indique|rappelle|témoigne|dénonce|confie|a-t-(?:il|elle|on)\s+(?:\w+)|(?:déclare|affirme|explique|souligne|ajoute|raconte|estime|poursuit|conclut|précise|indique|rappelle|dénonce|confie|témoigne|dit)-?(?:t-)?(?:il|elle|on)",
    "es": r"(?:ha\s+)?(?:dijo|dicho|afirmó|afirmado|declaró|declarado|señaló|señalado|añadió|añadido|explicó|explicado|manifestó|manifestado|advirtió|advertido|indicó|indicado|aseguró|asegurado|sostuvo|concluyó|concluido|agregó|agregado|relató|relatado|contó|contado|expresó|expresado|denunció|denunciado|subrayó|subrayado|comentó|comentado|recordó|recordado|apuntó|insistió|lamentó|precisó|escribió|escrito|respondió|preguntó)|dice|afirma|explica|señala|asegura|cuenta|añade|advierte",
    "de": r"sagte|sagt|erklärte|erklärt|betonte|betont|ergänzte|kommentierte|kommentiert|warnte|warnt|berichtete|berichtet|kritisierte|kritisiert|forderte|fordert|meinte|meint|schilderte|schildert|äußerte|fügte|so(?=\s+(?:[A-ZÄÖÜ]|der|die|das|ein))|erzählte|erzählt|unterstrich|mahnte|führte|fasst|schrieb|antwortete|fragte",
    "pt": r"disse|afirmou|declarou|explicou|acrescentou|ressaltou|destacou|salientou|alertou|concluiu|contou|relatou|denunciou|advertiu|sublinhou|referiu|comentou|lembrou|frisou|enfatizou|observou|diz|afirma|explica|conta|acrescenta|alerta|reforçou|criticou|escreveu|respondeu|perguntou",
    "ru": r"сказал[аи]?|заявил[аи]?|отметил[аи]?|добавил[аи]?|подчеркнул[аи]?|пояснил[аи]?|объяснил[аи]?|сообщил[аи]?|рассказал[аи]?|предупредил[аи]?|продолжил[аи]?|считает|говорит|отмечает|подчёркивает|подчеркивает|заключил[аи]?|напомнил[аи]?|прокомментировал[аи]?|утверждает|признал[аи]?|ответил[аи]?|написал[аи]?|спросил[аи]?",
    "ar": r"[وف]?(?:قال|قالت|أضاف|أضافت|صرح|صرّح|صرحت|صرّحت|أكد|أكّد|أكدت|أكّدت|أوضح|أوضحت|ذكر|ذكرت|تابع|تابعت|حذر|حذّر|حذرت|حذّرت|علق|علّق|علقت|علّقت|أعلن|أعلنت|روى|روت|شدد|شدّد|شددت|شدّدت|أشار|أشارت|يقول|تقول|اختتم|اختتمت|استطرد|أردف|أردفت|شرح|شرحت|أفاد|أفادت|لفت|نبه|نبّه)",
}  # fmt: skip
_ACCORDING = r"according\s+to|in\s+the\s+words\s+of|selon|d['’]après|según|de\s+acuerdo\s+con|en\s+palabras\s+de|laut|nach\s+angaben\s+von|zufolge|segundo|de\s+acordo\s+com|nas\s+palavras\s+de|по\s+словам|по\s+мнению|(?:وفقاً?|وفقًا)\s+ل|[وف]?بحسب|[وف]?حسب|على\s+حد\s+قول|على\s+لسان"
_VERB = re.compile(rf"(?<!\w)(?:{'|'.join(_SPEECH_VERBS.values())})(?!\w)", re.IGNORECASE)
_ACCORD = re.compile(rf"(?<!\w)(?:{_ACCORDING})\s*", re.IGNORECASE)
_ARABIC_VERB = re.compile(rf"(?<!\w)(?:{_SPEECH_VERBS['ar']})(?!\w)")
_PRONOUN = re.compile(
    r"(?:he|she|they|it|il|elle|ils|elles|él|ella|ellos|ellas|er|sie|ele|ela|eles|elas|он|она|они|هو|هي|هم)(?!\w)",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"(?:titled|entitled|called|named|known\s+as|so-called|dubbed|termed|headlined|under\s+the\s+(?:title|slogan|banner|heading)|the\s+word|the\s+term|the\s+phrase|report|intitulé[es]*|appelé[es]*|dit|titulad[oa]s?|llamad[oa]s?|denominad[oa]s?|lema|titel|namens|sogenannte[nrms]?|intitulad[oa]s?|chamad[oa]s?|под\s+названием|так\s+называем\w+|бизнаванием|بعنوان|تحت\s+عنوان|المعروف[ةه]?\s+ب|ما\s+(?:يسمى|تسمى)|المسمى|المسماة)\s*[,:]?\s*$",
    re.IGNORECASE,
)
_TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady judge justice president minister ambassador senator general colonel major captain lieutenant
    director adviser advisor researcher coordinator spokesperson spokesman spokeswoman chair chairman chairwoman chairperson secretary secretary-general commissioner
    head chief officer manager lawyer attorney activist journalist representative expert campaigner analyst rapporteur envoy deputy editor founder president-elect
    ombudsman ombudswoman ombudsperson detective mayor governor king queen prince princess investigator specialist correspondent programme program executive doctor nurse teacher witness survivor resident bishop sheikh imam father sister
    monsieur madame mme m maître me docteur professeur directeur directrice président présidente porte-parole chercheur chercheuse coordinateur coordinatrice avocat avocate
    señor señora sr sra don doña doctora directora presidente presidenta portavoz investigador investigadora coordinador coordinadora abogado abogada
    arzt ärztin kapitän kapitänin lehrer lehrerin zeuge zeugin augenzeuge augenzeugin bewohner bewohnerin anwohner anwohnerin aktivist aktivistin journalistin koordinatorin referent referentin experte expertin projektleiter projektleiterin pfarrer pfarrerin bischöfin richter richterin ministerin außenminister außenministerin botschafter botschafterin beobachter beobachterin mitarbeiter mitarbeiterin rechtsanwalt rechtsanwältin überlebende überlebender beraterin
    herr frau direktorin leiter leiterin sprecher sprecherin präsident präsidentin anwalt anwältin geschäftsführer geschäftsführerin vorsitzende vorsitzender forscher forscherin
    senhor senhora diretor diretora presidenta porta-voz pesquisador pesquisadora coordenador coordenadora advogado advogada
    директор руководитель председатель президент министр адвокат исследователь исследовательница координатор пресс-секретарь эксперт доктор профессор глава представитель представительница юрист госпожа господин
    السيد السيدة الدكتور الدكتورة الأستاذ الأستاذة المحامي المحامية الباحث الباحثة""".split()
)  # fmt: skip
_PARTICLES = frozenset(
    "al el bin ibn bint abu abou umm um de del della di da do dos das du des la le van von der den ten ter y e af ben ould bou o'".split()
)
# Words with a capital that begin a sentence, and no name.
_NO_NAMES = frozenset("the he she it they this we in on but and as".split())
_NO_FIRST_NAMES = frozenset(
    "The A An In On But And As Speaking Yesterday Today One Der Die Das El La Le Les Los".split()
)
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_TITLE = re.compile(
    r"(?:[ال]*(?:مدير|رئيس|متحدث|ناطق|أمين|نائب|منسق|باحث|محامي|دكتور|سيد|وزير|خبير|مسؤول|طبيب|ممثل|مستشار|ناشط|شيخ|أستاذ|قاضي|صحفي|عضو)\w*)"
)
_SENTENCES = re.compile(
    r"(?<=[.!?؟])(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\bSt\.)(?<!\bSr\.)(?<!\bSra\.)(?<!\bM\.)(?<!\bGen\.)(?<!\bCol\.)(?<!\b[A-Z]\.)\s+"
)
_WORD = re.compile(r"\w+")
# Russian, French and Spanish direct speech between dashes: — Мы подадим жалобу, — сказала Вера Луговая.
_DASH = re.compile(r"[—–]\s?(?P<words>[^—–]+?)[,.]?\s*[—–]\s?(?P<after>\S.*)$")
_STOP = re.compile(
    r"\s+(?:who|which|whose|while|in\s+an?\s|at\s+a\s|during|on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|after|before|as\s|and\s+(?:added|called|urged)|about|following|qui|lors|quien|que|der|die|que|во\s+время|который|которая|الذي|التي|في\s)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Words in quotation marks: from `start` to `end` within them; `outer` is the offset behind the closing mark. `open` spans run on
    into the next paragraph."""

    start: int
    end: int
    outer: int
    mark: str
    open: bool


def spans(text: str, *, single: bool) -> list[Span]:
    """The outermost quotations of a paragraph, in order; with `single`, single quotation marks count too."""
    outermost: list[Span] = []
    at = 0
    while at < len(text):
        mark = text[at]
        if mark in _PAIRS and (mark in _DOUBLE or single) and _opens(text, at, mark):
            close = _closing(text, at, mark)
            if close is None:
                if mark in "'‘‚‹" or (mark == "»"):
                    at += 1
                    continue
                outermost.append(Span(at + 1, len(text), len(text), mark, True))
                break
            outermost.append(Span(at + 1, close, close + 1, mark, False))
            at = close + 1
        else:
            at += 1
    return outermost


def _opens(text: str, at: int, mark: str) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in "'‘‚\"":
        return (
            (before.isspace() or before in "([{—–-:،,*")
            and not after.isspace()
            and (after.isalnum() or after in "(…[.¿¡'‘“«")
        )
    if mark == "»":
        return (before.isspace() or at == 0) and after.isalpha()
    return True


def _closing(text: str, at: int, mark: str) -> int | None:
    """Where the quotation that opens at `at` closes, or None where it does not."""
    closers = _PAIRS[mark]
    depth = 0
    for index in range(at + 1, len(text)):
        char = text[index]
        if char == mark and mark not in closers and mark not in "‘'":
            depth += 1
            continue
        if char not in closers:
            continue
        before = text[index - 1]
        after = text[index + 1] if index + 1 < len(text) else " "
        if mark in "'‘‚\"" and (after.isalnum() or (before.isspace() and mark == '"' and after.isalnum())):
            continue
        if mark in "'‘‚":
            # An apostrophe at a word's end (the residents' homes) closes nothing: sentence punctuation stands inside or right behind.
            if before in ",.!?…،" or after in ",.!?;:،" or index + 1 >= len(text):
                return index
            continue
        if depth:
            depth -= 1
            continue
        return index
    return None


def quotations(body: Sequence[Block], terms: Terms, publisher: str = "") -> tuple[Quotation, ...]:
    """Every attributed quotation of a body, paragraph by paragraph."""
    return tuple(_QuotationReader(body, terms, publisher).read())


class _QuotationReader:
    """Reads a body once from top to bottom, remembering who spoke last."""

    def __init__(self, body: Sequence[Block], terms: Terms, publisher: str) -> None:
        self._body = body
        self._terms = terms
        self._publisher = publisher
        self._speakers: list[str] = []
        doubles = sum(block.text.count(mark) for block in body for mark in _DOUBLE)
        self._single = doubles < 2

    def read(self) -> list[Quotation]:
        out: list[Quotation] = []
        number = 0
        last = ""  # who speaks if the next paragraph is a quotation and names nobody
        running = False  # the last paragraph's quotation was not closed
        for block in self._body:
            if block.kind == "paragraph" or block.kind == "quote":
                number += 1
            if block.kind == "heading":
                continue
            if block.kind not in ("paragraph", "quote", "item"):
                last, running = "", False
                continue
            paragraph_number = number if block.kind in ("paragraph", "quote") else None
            text = block.text
            quoted = spans(text, single=self._single)
            if not quoted and block.kind == "quote" and last:
                out.append(Quotation(last, _trimmed(text), paragraph=paragraph_number))
                continue
            dash = _DASH.match(text) if not quoted else None
            speaker = self._after(dash["after"], last) if dash and _VERB.match(dash["after"]) else ""
            if dash and speaker and len(_WORD.findall(dash["words"])) >= 3:
                self._remember(speaker)
                out.append(Quotation(speaker, dash["words"], paragraph=paragraph_number))
                last, running = speaker, False
                continue
            attributed, last, running = self._paragraph(text, quoted, last, running)
            out += [Quotation(speaker, words, paragraph=paragraph_number) for speaker, words in attributed]
        return out

    def _paragraph(
        self, text: str, quoted: Sequence[Span], last: str, running: bool
    ) -> tuple[list[tuple[str, str]], str, bool]:
        """What is spoken in a paragraph, who speaks if the next goes on, and whether its last quotation is still open."""
        attributed: list[tuple[str, str]] = []
        speaker = ""
        is_all_quoted = bool(quoted) and not text[: quoted[0].start - 1].strip(" *_—–-(") and _share(text, quoted) > 0.5
        for number, span in enumerate(quoted):
            quotation = _trimmed(text[span.start : span.end])
            count = len(_WORD.findall(quotation))
            before = text[quoted[number - 1].outer if number else 0 : span.start - 1]
            after = text[span.outer : quoted[number + 1].start - 1 if number + 1 < len(quoted) else len(text)]
            named, side = self._attributed(before, after, speaker or last, first=number == 0)
            if _NEVER.search(before):
                continue
            if named:
                enough = 3 if side == "after" or before.rstrip().endswith(":") else 4 if side == "before" else 6
                if text[span.end - 1 : span.end] in ".!?" and text[span.start : span.start + 1].isupper():
                    enough = min(enough, 2)
                if count >= enough:
                    attributed.append((named, quotation))
                    speaker = named
                elif side == "after" or before.rstrip().endswith(":"):
                    speaker = named
                continue
            goes_on = (number == 0 and is_all_quoted and last and (running or count >= 4)) or (
                number > 0 and speaker and not _between(before) and count >= 3
            )
            # "…," she said, where she may be any of several: nobody is named.
            unnamed = _VERB.match(after.lstrip(" ,،")) is not None or _PRONOUN.match(after.lstrip(" ,،")) is not None
            if goes_on and not unnamed and count >= 2:
                attributed.append((speaker or last, quotation))
                speaker = speaker or last
        if attributed and speaker:
            self._remember(speaker)
        ends_open = bool(quoted) and quoted[-1].open
        if attributed:
            return attributed, speaker, ends_open
        if text.rstrip().endswith((":", "：")):
            subject = self._before(text.rstrip(": ："), "", colon=True)
            if subject:
                self._remember(subject)
                return [], subject, False
        return [], "", False

    # ---- attribution

    def _attributed(self, before: str, after: str, last: str, *, first: bool) -> tuple[str, str]:
        """The speaker that the words around a quotation name, and on which side; ("", "") where none is named."""
        sentence = _SENTENCES.split(before)[-1]
        if sentence.rstrip().endswith(":") and (_VERB.search(sentence) or _ACCORD.search(sentence)):
            # X said: "…" It asked …: what follows is a sentence of its own.
            speaker = self._before(sentence, last, colon=True)
            if speaker:
                return speaker, "before"
        speaker = self._after(after, last)
        if speaker:
            return speaker, "after"
        adjacent = (
            re.search(r"(?:[:,،]|\bthat|\bque|\bdass|\bчто|[أإ]ن|\bqu['’])\s*[(\[]?$", sentence.rstrip() + " ".strip())
            is not None
            or _VERB.search(sentence[-40:]) is not None
        )
        speaker = self._before(sentence, last, colon=sentence.rstrip().endswith(":"))
        if speaker:
            return speaker, "before" if adjacent else "sentence"
        if not first or not sentence.strip():
            match = _ACCORD.search(_SENTENCES.split(after)[0])
            if match:
                return self._speaker(after[match.end() :], last), "after"
        return "", ""

    def _after(self, after: str, last: str) -> str:
        """The speaker in `," said X, director of Y.` or `," X said.`"""
        sentence = _SENTENCES.split(after.strip())[0] if after.strip() else ""
        text = sentence.lstrip(" ,،;—–-*_.”\"'’»")
        if not text or (sentence[:1] in ".!?" and not text):
            return ""
        match = _VERB.match(text) or re.match(r"(?:as|comme|wie|como|как|كما)\s+", text, re.I)
        if match and not _VERB.match(text):
            text = text[match.end() :]
            match = _VERB.match(text)
        if match:
            inverted = re.search(r"-(?:t-)?(?:il|elle|on)\b", match[0])
            remainder = text[match.end() :]
            if inverted:
                return self._person_before(last)
            remainder = re.sub(
                r"^\s+(?:hinzu|aus|abschließend|weiter|also|further|today|yesterday|hoy|hier|heute|сегодня|اليوم|ont|has)(?=\s)",
                "",
                remainder,
            )
            if match[0].lower() in ("told", "tells"):
                return ""
            if not remainder.strip(" .,:;،") and not _ARABIC_VERB.fullmatch(match[0]):
                return ""
            if _ARABIC_VERB.fullmatch(match[0]) and not remainder.strip(" .,:;،"):
                return last
            return self._speaker(remainder, last)
        accord = _ACCORD.match(text)
        if accord:
            return self._speaker(text[accord.end() :], last)
        # `X said`, `the organization's director X told reporters`
        verb = _VERB.search(text[:160])
        if verb and verb.start() > 0:
            subject = text[: verb.start()].strip()
            if (
                len(subject.split()) <= 14
                and not re.search(r"[.;!?]", subject.replace("Dr.", "Dr").replace("Mr.", "Mr").replace("Ms.", "Ms"))
                and not re.match(r"(?:and|but|when|if|that|which|et|y|und|e|и|وقد)\b", subject, re.I)
            ):
                return self._subject(subject, last)
        return ""

    def _before(self, sentence: str, last: str, *, colon: bool) -> str:
        """The speaker in `X, director of Y, said: "` or `According to X, "`."""
        text = sentence.strip()
        if not text:
            return ""
        accord = _ACCORD.search(text)
        if accord:
            behind = re.split(r"[,،]\s", text[accord.end() :], maxsplit=1)
            if len(behind) < 2 or not _VERB.search(behind[1]):
                return self._speaker(text[accord.end() :], last)
            # "According to X, the officer answered: …" is what the officer said.
            text = behind[1]
        verbs = list(_VERB.finditer(text))
        if not verbs:
            return ""
        arabic = [verb for verb in verbs if _ARABIC_VERB.fullmatch(verb[0])]
        if arabic:
            remainder = text[arabic[-1].end() :]
            return self._speaker(remainder, last) if remainder.strip(" :,،") else last
        verb = verbs[-1]
        tail = text[verb.end() :]
        if verb[0].lower() in ("told", "tells"):
            # Whom it was told is not who said it.
            tail = ""
        if not colon and len(tail.split()) > 25:
            return ""
        subject = text[: verb.start()].strip()
        if len(verbs) > 1 and len(text[verbs[-2].end() : verb.start()].split()) <= 1:
            subject = text[: verbs[-2].start()].strip()
        if verb[0].lower().split()[0] == "so":
            return self._speaker(tail, last)
        if not subject:
            # "Explained X: …", or the German and Russian order "Dazu sagte X: …"
            return self._speaker(tail, last)
        named = self._subject(subject, last)
        inverted = self._speaker(tail, "") if colon and tail.strip(" :") else ""
        if inverted and (
            not named or not named[:1].isupper() or (len(subject.split()) <= 3 and not self._person(subject))
        ):
            return inverted
        return named

    def _person(self, text: str) -> bool:
        return bool(_name_at_end(text)) and len(text.split()) >= 2

    def _subject(self, subject: str, last: str) -> str:
        """The speaker among the words before a verb."""
        text = subject.strip(" ,،—–-")
        starts_and_terms = [
            (start, term) for start, _, term in self._terms.names.find(text) if term.type != "organization"
        ]
        people = [term.label for _, term in starts_and_terms if term.type == "person"] or [
            term.label for _, term in starts_and_terms
        ]
        if people:
            return people[0]
        pieces = [piece.strip() for piece in re.split(r"\s*[,،;]\s*", text) if piece.strip()]
        if not pieces:
            return ""
        if re.fullmatch(r"it", pieces[0], re.I):
            # "It asked …" is an organization or a paper, nobody who spoke before.
            return ""
        if _PRONOUN.fullmatch(pieces[-1]) or _PRONOUN.fullmatch(pieces[0]):
            return self._person_before(last)
        for piece in pieces:
            bare = _without_organization(piece, self._publisher, self._terms)
            name = _name_at_end(bare)
            if _belongs(bare, name):
                continue
            if name and len(name.split()) >= 2 and not self._terms.places.term(name):
                return self._resolved(name)
        first = pieces[0]
        name = _name_at_end(first)
        if name and not _belongs(first, name):
            return self._resolved(name)
        return self._phrase(first, last)

    def _speaker(self, text: str, last: str) -> str:
        """The speaker among the words behind a verb."""
        text = re.sub(r"^[\s,،:—–-]+", "", text)
        if not text:
            return ""
        head = re.split(
            r"[,،;:«“\"„(]|(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\bSt)(?<!\b[A-Z])\.(?=\s+[A-ZА-ЯÀ-Ý«“\"]|\s*$)",
            text,
            maxsplit=1,
        )[0].strip()
        pronoun = _PRONOUN.match(head)
        if pronoun and len(head.split()) <= 6:
            return self._person_before(last)
        window = text[:160].split(". ")[0]
        named_terms = self._terms.names.find(window)
        for start, _, term in named_terms:
            if term.type == "person" and (start <= len(head) or (len(head.split()) > 1 and head[:1].islower())):
                return term.label
        if named_terms and named_terms[0][0] <= 4 and named_terms[0][2].type == "person":
            return named_terms[0][2].label
        if _ARABIC.search(head):
            return self._arabic(head)
        # "the head of the mission in Beirut, Nadia Karam"
        pieces = [piece.strip() for piece in re.split(r"[,،]", _SENTENCES.split(text)[0])]
        if len(pieces) > 1 and (head[:1].islower() or re.match(r"(?:The|Die|Der|Das|La|El|Le|O|A)\s", head)):
            second = _name_at_start(pieces[1])
            plain = pieces[1].strip(" .").endswith(second) and not is_named_organization(second)
            if 2 <= len(second.split()) <= 4 and plain and not self._terms.places.term(second):
                return self._resolved(second)
        name = _name_at_start(_without_organization(head, self._publisher, self._terms))
        with_complement = (
            re.match(
                rf"(?:(?:the|la|le|el|die|der|das|o|a)\s+)?(?P<name>{re.escape(name)}\s+(?:of|for|on|de|des|du|del|da|do|von|für|по)\s+.+)",
                head,
                re.I,
            )
            if name and (len(name.split()) == 1 or is_named_organization(name))
            else None
        )
        if with_complement and len(head.split()) <= 9:
            # "the Ministry of Defence" is one name.
            return self._resolved(_STOP.split(with_complement["name"])[0].strip(" .,"))
        if (
            not name
            and re.match(r"[^\W\d_]", head)
            and head[:1].islower()
            and not re.match(r"(?:an?|one|the|some|la|le|el|un|une|una|um|uma|der|die|das|ein|eine)\s", head)
        ):
            # "lawyer Pavel Orsic": the calling stands before the name.
            words = head.split()
            calling = next((index for index, word in enumerate(words) if word[:1].isupper()), len(words))
            if calling <= 3:
                name = _name_at_start(" ".join(words[calling:]))
        if name and head[:1].islower() and re.search(r"\s(?:der|des|de|du|del|da|do)\s", name):
            return self._phrase(head, last)
        if name and (len(name.split()) >= 2 or self._resolved(name) != name):
            return self._resolved(name)
        organizations = [term.label for start, _, term in named_terms if start <= 4]
        if organizations:
            return organizations[0]
        return self._resolved(name) if name else self._phrase(head, last)

    def _arabic(self, head: str) -> str:
        words = re.split(r"\s(?:[إا]ن|[أا]ن|ب[أا]ن)(?:ه|ها|هم)?(?=\s|$)", head.strip(" ."))[0].split()
        words = [
            word
            for word in words
            if word not in ("إن", "أن", "إنه", "إنها", "اليوم", "قائلا", "قائلة", "قائلاً", "له", "لها")
        ]
        if not words or len(words) > 9:
            return ""
        titled = [at for at, word in enumerate(words) if _ARABIC_TITLE.fullmatch(word)]
        if len(words) == 3 and words[0].startswith("ال") and not any(word.startswith("ال") for word in words[1:]):
            # "المزارع حسن بركات": the calling, then the name.
            words = words[1:]
            titled = []
        # A name may end in a word that is a calling too (سلمى القاضي).
        titled = [at for at in titled if at < len(words) - 1]
        if titled and len(words) - titled[-1] > 2:
            words = words[-2:] if len(words) - titled[-1] > 3 else words[titled[-1] + 1 :]
        return self._resolved(" ".join(words[:4])) if len(words) >= 1 else ""

    def _phrase(self, text: str, last: str) -> str:
        """A speaker without a name, in the source's words: "a resident of Homs"."""
        text = _STOP.split(text)[0].strip(" .,:;")
        words = text.split()
        if not words or len(words) > 10:
            return ""
        if _PRONOUN.match(text):
            return last
        if (
            re.match(
                r"(?:an?|one|another|the|some|several|two|un|une|une?|le|la|les|l['’]\w|uno|una|el|los|las|ein|eine|einer|der|die|das|um|uma|o|os|as|один|одна|местн\w+)(?!\w)",
                text,
                re.I,
            )
            and len(words) >= 2
        ):
            term = self._terms.names.term(re.sub(r"^(?:the|la|le|el|die|der|das|o|a)\s+", "", text, flags=re.I))
            return term.label if term else text
        term = self._terms.names.term(text)
        if term:
            return term.label
        return text if text[:1].isupper() and len(words) >= 2 else ""

    def _person_before(self, last: str) -> str:
        """Whom "she" means: who spoke last, if that was a person."""
        organization = (
            is_named_organization(last)
            or last.isupper()
            or any(term.type == "organization" for _, _, term in self._terms.names.find(last))
        )
        return self._only() if not last or organization else last

    def _only(self) -> str:
        """The one person who has spoken so far: "she" is nobody else. Of several, none is chosen."""
        return (
            self._speakers[0]
            if len(self._speakers) == 1
            and not is_named_organization(self._speakers[0])
            and not self._speakers[0].isupper()
            else ""
        )

    def _remember(self, speaker: str) -> None:
        if speaker in self._speakers:
            self._speakers.remove(speaker)
        self._speakers.append(speaker)

    def _resolved(self, name: str) -> str:
        """A name as the vocabulary or an earlier paragraph has it whole ("Shetty" → "Salil Shetty")."""
        term = self._terms.names.term(name)
        if term:
            return term.label
        end = key(name).split()
        for speaker in reversed(self._speakers):
            speaker_words = key(speaker).split()
            if len(speaker_words) > len(end) and speaker_words[-len(end) :] == end:
                return speaker
        everything = " ".join(block.text for block in self._body)
        if len(end) == 1 and len(name) > 2:
            match = re.search(rf"(?<!\w)((?:[^\W\d_a-z][\w’'-]+\s+){{1,2}}{re.escape(name)})(?!\w)", everything)
            full = _name_at_end(match[1]) if match else ""
            if len(full.split()) >= 2:
                return full
        return name


def _belongs(text: str, name: str) -> bool:
    """True where a name at the end of some words is not who they are about: "a spokesman for the Home Department"."""
    before = text[: text.rfind(name)].split() if name and name in text else []
    return (
        bool(before)
        and re.fullmatch(
            r"(?:of|for|at|from|in|with|by|to|de|du|des|del|da|do|von|für|aus|im|из|в|the|la|le|el|l['’])",
            before[-1],
            re.I,
        )
        is not None
    )


def _trimmed(text: str) -> str:
    return text.strip().rstrip(",،").strip()


def _share(text: str, quoted: Sequence[Span]) -> float:
    return sum(span.end - span.start for span in quoted) / max(len(text), 1)


def _between(text: str) -> bool:
    """True where narrative of its own stands between two quotations."""
    return len(text.split()) > 30


def _without_organization(text: str, publisher: str, terms: Terms) -> str:
    """Words without the organization at their head ("Amnesty International Senior Adviser X", "Nadir Watch's X")."""
    named_terms = terms.names.find(text)
    if named_terms and named_terms[0][0] <= 4 and named_terms[0][2].type != "person":
        text = text[named_terms[0][1] :].lstrip(" ’'s")
    if publisher and key(text).startswith(key(publisher)):
        text = re.sub(r"^['’]s?\s+", "", text[len(publisher) :]).lstrip()
    return text


def _is_title(word: str) -> bool:
    return word.lower().strip(".,") in _TITLES


def _names(words: Sequence[str]) -> list[str]:
    """The words of a person's name at the head of `words`: capitals, with particles between."""
    out: list[str] = []
    for word in words:
        bare = word.strip(".,;:’'")
        lower = bare.lower()
        capital = bare[:1].isupper() or (lower[:3] in ("al-", "el-", "an-", "as-", "ar-", "ad-", "ash") and "-" in bare)
        if capital or (lower in _PARTICLES):
            out.append(word.rstrip(".,;:") if len(bare) > 1 else word.rstrip(",;:"))
            if word[-1:] in ",;:":
                break
        else:
            break
    while out and out[-1].lower() in _PARTICLES and not out[-1][:1].isupper():
        out.pop()
    return out


def _name_at_start(text: str) -> str:
    words = text.split()
    for at in range(len(words) - 2, -1, -1):
        # "PEN president Otto Falk", "the Ministry's spokesman Ivo Brand"
        if _is_title(words[at]) and len(behind := _names(words[at + 1 :])) >= 2 and not any(map(_is_title, behind)):
            return " ".join(behind) if len(behind) <= 5 else ""
    while words and (_is_title(words[0]) or words[0].lower() in ("the", "la", "le", "el", "der", "die", "o", "a", "и")):
        words = words[1:]
    name = _names(words)
    # "die Hebamme Ute Brand": German writes the calling with a capital.
    if (
        re.match(r"(?:der|die|Der|Die)\s", text)
        and len(name) == 3
        and not any(word.lower() in _PARTICLES for word in name)
    ):
        name = name[1:]
    while name and _is_title(name[-1]):
        name.pop()
    titled = [at for at, word in enumerate(name) if _is_title(word)]
    if titled:
        name = name[titled[-1] + 1 :]
    return " ".join(name) if 1 <= len(name) <= 5 else ""


def _name_at_end(text: str) -> str:
    words = text.split()
    start = len(words)
    while start > 0:
        word = words[start - 1]
        if _names([word]) or word.lower() in _PARTICLES:
            start -= 1
        else:
            break
    name = words[start:]
    while (
        name
        and name[0].lower() in _PARTICLES
        and not name[0][:1].isupper()
        and name[0].lower() not in ("al", "el", "abu", "bin", "ibn", "van", "von", "de")
    ):
        name = name[1:]
    titled = [at for at, word in enumerate(name) if _is_title(word)]
    if titled:
        name = name[titled[-1] + 1 :]
    if len(name) > 4:
        name = name[-2:]
    if len(name) == 1 and name[0].lower() in _NO_NAMES:
        return ""
    if name and name[0] in _NO_FIRST_NAMES:
        name = name[1:] if len(name) > 2 else []
    return " ".join(name).strip(",.;:")
