"""Blocks → Layout: header, headline, dateline, body, notes to editors and what is left out, told apart."""

# ruff: noqa: E501 - the lists of words are easier to read and to add to when a language stands on a line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.intake.document import Block, Document, Layout, Refusal, TextRun
from onrecord.intake.evidence import reference_mentions
from onrecord.intake.evidence.date_mentions import DateMention, dates_in, dates_in_line
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.layout import furniture

_SENTENCE_END = re.compile(r"[.!?؟…。:](?:[\"”»’')\]]|\(\d+\))*\s*$|[.!?؟…][\"”»’')\]]|\(…\)\s*$")
_LABEL = re.compile(r"^\s*(?P<label>[^\W\d_][\w .’'/()-]{0,30}?)\s*[:：]\s*(?P<value>.*)$")
_ORGANIZATION_LABEL = re.compile(
    r"from|issued by|source|publisher|published by|released by|organi[sz]ation|by|press release (?:from|by)|de|émetteur|publié par|emisor|publicado por|fuente|von|herausgeber(?:in)?|absender|quelle|fonte|emissor|от|источник|издатель|الناشر|المصدر|صادر عن|الجهة المصدرة|عن",
    re.I,
)
_TITLE_LABEL = re.compile(
    r"subject|title|headline|re|objet|titre|asunto|título|titulo|betreff|titel|assunto|тема|заголовок|الموضوع|العنوان",
    re.I,
)
_LABEL_WITHOUT_FIELD = re.compile(
    r"to|cc|bcc|attn|attention|à|para|an|кому|إلى|location|venue|where|who|what|when|lieu|lugar|ort|local|место|المكان|language|langue|idioma|sprache|язык|اللغة|original|author|autor|auteur|автор|distribution|contact|phone|tel|email|e-mail|classification|sections?|country|region|theme|type|sent|received|reply-to|version|page|pages|words|event|deadline|time|heure|hora|uhrzeit|время|الوقت",
    re.I,
)
_ORGANIZATION = re.compile(
    r"(?<!\w)(?:international|council|committee|cent(?:re|er)|network|watch|organi[sz]ation|association|office|ministry|foundation|institute|federation|union|league|observatory|initiative|coalition|alliance|commission|agency|society|group|forum|project|campaign|defenders|reporters|lawyers|rights|justice|collective|trust|movement|monitor|mission|archive|documentation"
    r"|guild|fund|confederation|brigade|corporation|corporación|plataforma|sindicato|syndicat|colegio|frente|secretariat|bureau|consortium|congress|parliament|tribunal|taskforce|working group|centro|asociación|comisión|comité|red|fundación|observatorio|coordinadora|liga|colectivo|instituto|organización|consejo|defensoría|ligue|fédération|réseau|observatoire|fondation|collectif|conseil|mouvement|organisation|maison"
    r"|verein|gesellschaft|zentrum|netzwerk|komitee|stiftung|bund|büro|institut|rat|vereinigung|beobachtungsstelle|bündnis|initiative|arbeitsgruppe|forum|archiv|\w*(?:zentrum|verein|stelle|bündnis|netzwerk|komitee|stiftung|initiative|hilfe|dienst)"
    r"|associação|comissão|rede|fundação|organização|conselho|coletivo|núcleo|movimento"
    r"|комитет|центр|организация|фонд|ассоциация|союз|сеть|совет|движение|обсерватория|правозащитн\w+|общество|группа|инициатива|коалиция|мониторинг"
    r"|منظمة|مركز|لجنة|شبكة|جمعية|مؤسسة|المرصد|مرصد|رابطة|المنظمة|اللجنة|المركز|الشبكة|هيئة|المجلس|مجلس|اتحاد|مجموعة|تحالف|منتدى|الرابطة|الجمعية|مبادرة|حركة|معهد)(?!\w)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?<!\w)(?:must|should|shall|will|is|are|was|were|has|have|had|do|does|may|can|calls?|urges?|condemns?|demands?|says?|said|warns?|fears?|kills?|killed|detained|arrested|faces?|remains?|continues?|fails?|failed|protests?|mourns?|rejects?|welcomes?|launches|publishes|denounces?|deplores?|accuses?|expels?|expelled|raided|seized|expresses|seeks?|wants?|end|stop|release[sd]?|free|investigate|protect|needs?|new|against|after|before|amid|over|as|not|no|now"
    r"|doit|doivent|est|sont|ont|faut|appelle|condamne|demande|dénonce|après|contre"
    r"|debe|deben|es|son|han|exige|condena|pide|denuncia|llama|tras|contra"
    r"|muss|müssen|ist|sind|hat|haben|wird|werden|fordert|verurteilt|nach|gegen|warnt|soll|sollen"
    r"|deve|devem|são|foi|foram|exige|pede|apela|após"
    r"|должн[аоы]?|обязан[аоы]?|призывает|требует|осуждает|после|против"
    r"|يجب|على|تدعو|تدين|تطالب|بعد|ضد|ينبغي|لا|قتل|مقتل|استمرار)(?!\w)",
    re.IGNORECASE,
)
_SPEAKS = (
    r"(?:said|says|stated|warned|called|urged|condemned|welcomed|demanded|reported|documented|found|announced|today|told|revealed|believes?|has|have|is|was|will|expressed|confirmed|published|noted|declared|added"
    r"|a\s+(?:déclaré|affirmé|appelé|dénoncé|condamné|annoncé|demandé|publié|constaté|recensé)|déclare|affirme|appelle|dénonce|demande|condamne"
    r"|dijo|afirmó|declaró|exigió|denunció|condenó|pidió|informó|ha|instó|señaló|hoy|advirtió|documentó"
    r"|erklärte|sagte|forderte|teilte|verurteilte|warnte|hat|heute|fordert|erklärt|dokumentierte|berichtete"
    r"|disse|afirmou|declarou|exigiu|denunciou|condenou|pediu|apelou|hoje|informou|documentou"
    r"|заявил[аои]?|сообщил[аои]?|призвал[аои]?|потребовал[аои]?|осудил[аои]?|призывает|требует|задокументировал[аои]?|сегодня)"
)
_FUNCTION_WORD = re.compile(
    r"(?:a|an|the|of|to|by|with|and|or|for|from|in|on|at|as|says|say|said|told|tells|via|against|join|joins|thanks?|asks?|urges?|over|is|are|was|de|du|des|la|le|les|par|avec|et|à|el|los|y|con|por|para|von|der|die|das|mit|und|bei|an|da|do|dos|e|com|a|с|и|от|в|на|к|по|من|في|على|إلى|و)",
    re.I,
)
# A line above the first long paragraph that is part of the text: "1. Introduction", "The facts:".
_OPENS = re.compile(r"^(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)]\s|[.!?:؟]\s*$")
# No line of a header is longer; what is, is neither headline nor prose.
_MOST_HEADER = 400
_GREETING = re.compile(
    r"(?:(?:kind|best|warm|with\s+best)?\s*regards|(?:yours\s+)?(?:sincerely|faithfully|truly)|many\s+thanks|thank\s+you|best(?:\s+wishes)?|cordialement|bien\s+à\s+vous|salutations\s+\w+|atentamente|un\s+saludo|saludos(?:\s+cordiales)?|mit\s+freundlichen\s+grüßen|freundliche\s+grüße|viele\s+grüße|atenciosamente|cumprimentos|с\s+уважением|مع\s+(?:أطيب\s+)?التحيات|وتفضلوا\s+بقبول.*)[\s,.!]*(?:press\s+team|[\w ]{0,30})?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:about|à propos d[eu]\b|acerca de|sobre|über|sobre [ao]|об?|عن|نبذة عن|حول)\s+\S.{2,80}", re.IGNORECASE
)
_FOOTER = re.compile(r"https?://\S+(?:\s+\d+/\d+)?|www\.\S+|(?:page|seite)\s+\d+.*", re.IGNORECASE)
_CONNECTIVE = re.compile(
    r"on|at|in|of|from|dated|the|le|la|el|den|dem|am|vom|im|a|à|em|de|del|do|da|в|от|г\.?|за|corrected|revised|final|corrigé|corregido|korrigiert|исправлено|في|بتاريخ|الموافق|يوم|th|st|nd|rd",
    re.I,
)
_BY = re.compile(
    r"(?:by|von|por|par|от|автор|بقلم|posted|written|submitted|soumis|enviado|submetido|eingereicht|gespeichert|отправлено|أرسلت)\b",
    re.I,
)
# A page that stands in the way of the one that was meant.
_WALL = re.compile(
    r"\bcookies?\b|\bconsent\b|\byour (?:choices|privacy|personal data)\b|enable javascript|javascript (?:is|to be) (?:disabled|enabled)|verify (?:that )?you are (?:a )?human|captcha|access (?:is |has been )?denied|page (?:you (?:requested|are looking for)|could not be|was not|not) |error 40[34]|subscribe to (?:continue|read)|log in to (?:continue|read)|sign in to (?:continue|read)|please (?:log|sign) in"
    r"|consentement|donn\w+ personnelles|activer javascript|page (?:demandée|introuvable|que vous (?:recherchez|cherchez|demandez|avez demandée))|datos personales|p[aá]gina (?:solicitada|no encontrada|que busca|não encontrada)|einwilligung|personenbezogene|seite (?:wurde )?nicht gefunden|(?:gesuchte|angeforderte) seite|the page you|(?:página|pagina) que (?:busca|solicita|procura)|запраш\w+ (?:вами )?страниц|الصفحة التي (?:تبحث|طلبت)|dados pessoais|персональн\w+ данн\w+|файл\w* cookie|страница не найдена|ملفات تعريف الارتباط|الصفحة (?:غير موجودة|المطلوبة)",
    re.IGNORECASE,
)
# A form for a release that nobody filled in.
_TEMPLATE = re.compile(
    r"\blorem ipsum dolor\b|\[\s*insert\s+(?:headline|title|quote|text|body|date)\b[^\]]{0,30}\]", re.IGNORECASE
)
_BLANKS = re.compile(
    r"[\[<{]{1,2}\s*(?:date|name|city|title|job title|organi[sz]ation(?: name)?|headline|place|location|phone|e-?mail|quote|your [^\]>}]{2,30}|fecha|nombre|ciudad|título|nom|ville|titre|datum|ort|titel|дата|имя|город|заголовок|التاريخ|الاسم|المدينة|العنوان)\s*[\]>}]{1,2}",
    re.IGNORECASE,
)
_SEARCHED = re.compile(
    r"\bsearch results?\b|\b\d+ results? (?:for|found)\b|\bresults for [“\"']|\byou searched\b|résultats de (?:la |votre )?recherche|\d+ résultats|resultados de (?:la |su )?búsqueda|resultados da (?:pesquisa|busca)|suchergebnisse|результаты поиска|найдено \d+|نتائج البحث",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"[*_\[(]*(?:correction|corrected|corrigendum|erratum|update[ds]?|rectificati(?:f|on)|corrección|rectificación|fe de erratas|berichtigung|korrektur|correção|retificação|errata|исправлен\w+|поправка|уточнение|تصحيح|تصويب)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:adds?|replaces?|corrects?|corrected|remplace|corrige|ajoute|sustituye|añade|ersetzt|ergänzt|substitui|acrescenta|заменяет|добавлен\w*)\b|يحل محل|أضيف",
    re.IGNORECASE,
)
_UPON = re.compile(
    r"(?:on|about|regarding|concerning|against|sur|concernant|contre|sobre|acerca|contra|zu|zum|zur|über|о|об|относительно|بشأن|حول|عن)\s",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:(?:this|the|cette|esta|diese)\s+)?(?:(?:web)?(?:page|site|página|seite|страница)\s+)?(?:was\s+|a\s+été\s+|wurde\s+|fue\s+|foi\s+)?(?:(?:last|zuletzt|dernière|última)\s+)?(?:updated|modified|revised|edited|changed|mise?\s+à\s+jour|modifi(?:ée?|cation)|actualizad[oa]|actualización|aktualisiert|geändert|stand|atualizad[oa]|atualização|обновлен[оа]|обновлено|изменено|(?:آخر\s+)?تحديث)(?:\s+(?:on|le|el|am|em|at))?",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"(?:issued|released|published|publié|diffusé|publicado|emitido|divulgado|herausgegeben|veröffentlicht)\s+(?:by|par|por|von)\s+(?:the\s+|la\s+|le\s+|l['’]|el\s+|der\s+|dem\s+)?(?P<name>[^\W\d_][^,.;\d]{2,70})(?P<rest>(?:,[^,.;]{2,40}){0,3})\.?",
    re.IGNORECASE,
)
_DATELINE_END = re.compile(r"\s*(?:–|—|--|-(?=\s)|:(?=\s))\s*")


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """What a header line states: a kind, dates, references; `is_header` is true where it states anything that a header states, and
    `words` are those that belong to none of these, parted by " | "."""

    kind: str
    dates: tuple[DateMention, ...]
    references: tuple[str, ...]
    is_header: bool
    words: str


def header_line(line: str, language: str = "") -> HeaderLine:
    """A line taken apart."""
    text = furniture.bare(line)
    references = reference_mentions.find(text)
    out = text
    for reference in references:
        # "Press release No. 12/2013" says what it is and which.
        kind_match = furniture.KIND.match(reference.origin)
        out = out.replace(reference.origin, f" | {kind_match[0]} | " if kind_match else " | ", 1)
    dates = tuple(dates_in_line(out, language))
    for date in reversed(dates):
        out = out[: date.start] + " | " + out[date.end :]
    out = re.sub(
        r"\(\s*\|\s*\)|\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|GMT|UTC|CET|BST|EST|EET|Uhr))*", " | ", out, flags=re.I
    )
    immediate = furniture.RELEASE_NOW.search(out)
    if immediate:
        out = furniture.RELEASE_NOW.sub(" | ", out)
    kind_match = furniture.KIND.search(out)
    kind = ""
    if kind_match:
        number = next(int(name[1:]) for name, value in kind_match.groupdict().items() if value)
        before, after = out[: kind_match.start()].strip(" |:–—-,"), out[kind_match.end() :].strip(" |:–—-,")
        # "… must explain its statement" is a headline; a kind stands at the edge of its line.
        if (
            not before.strip("| ")
            or (not after and len(before.split()) <= 8 and not _CLAUSE.search(before))
            or kind_match[0].isupper()
        ):
            kind = furniture.KINDS[number][0]
            out = f"{before} | {after}"
    words = " | ".join(piece for part in out.split("|") if (piece := part.strip(" \t:;,،.–—-•·/()[]")))
    return HeaderLine(
        kind,
        dates,
        tuple(reference.value for reference in references),
        bool(kind or dates or references or immediate),
        words,
    )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line above the body that may be the headline."""

    position: int
    block: Block
    text: str


def layout(document: Document, terms: Terms, language: str = "") -> Layout:
    """The document taken apart. Raises Refusal where no release stands in it."""
    everything = _without_print_marks(document.blocks)
    text_begins = next((at for at, block in enumerate(everything) if is_prose(block)), len(everything))
    # "Contact" is a page's menu above the text and the head of a list of telephone numbers below it.
    blocks = [
        block
        for at, block in enumerate(everything)
        if not _is_furniture(block) or (at > text_begins and furniture.opens_contacts(block.text))
    ]
    if _TEMPLATE.search(text := "\n".join(block.text for block in everything)) or len(set(_BLANKS.findall(text))) >= 3:
        raise Refusal("The file is an empty form for a release: its places are not filled in.")
    if all(_WALL.search(block.text) for block in blocks if is_prose(block)) and any(
        is_prose(block) for block in blocks
    ):
        raise Refusal(_why_nothing(document, blocks))
    if _SEARCHED.search(
        " ".join(
            [
                *(title.value for title in document.metadata.titles),
                *(block.text for block in blocks[:5] if len(block.text) < 120),
            ]
        )
    ):
        raise Refusal("The file is a page of search results, no release.")
    start = _body_start(blocks, language)
    if start is None:
        raise Refusal(_why_nothing(document, blocks))
    full_text = "\n".join(block.text for block in blocks)
    blocks, start, corrects = _behind_correction(blocks, start)
    for at in range(start - 1, -1, -1):
        if start > 1 and blocks[at].kind == "paragraph" and _notes_change(blocks[at].text.strip(), language):
            corrects = [blocks[at], *corrects]
            blocks, start = [*blocks[:at], *blocks[at + 1 :]], start - 1
    header, candidates, publisher = _header(blocks[:start], terms, language, full_text, bool(document.metadata.titles))
    title, subtitle, publisher, glued, moved = _headline(candidates, publisher, document, terms, header)
    lead = list(moved)
    body, notes, footer = _body(blocks[start:])
    body = [*lead, *body]
    if not body:
        raise Refusal(_why_nothing(document, blocks))
    body, dateline = _without_dateline(body, terms, language)
    body = [*corrects, *body]
    body, signature, signed = _without_signature(body, terms, language, full_text)
    publisher = publisher or signed or _about(notes, full_text)
    return Layout(
        title,
        subtitle,
        tuple(header),
        dateline or signature,
        tuple(body),
        tuple(notes),
        tuple(footer),
        publisher,
        glued,
    )


def _without_print_marks(blocks: Sequence[Block]) -> list[Block]:
    """Blocks without the line of day and title that a browser prints above a page, where it also printed address and page below."""
    if not any(
        _FOOTER.fullmatch(block.text.strip()) and re.search(r"\d+/\d+$", block.text.strip()) for block in blocks
    ):
        return list(blocks)
    return [
        block
        for at, block in enumerate(blocks)
        if at > 2 or not re.match(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?!\d)", block.text.strip())
    ]


def _is_furniture(block: Block) -> bool:
    if block.kind in ("table", "footnote", "rule"):
        return False
    text = block.text.strip()
    if furniture.COPYRIGHT.search(text):
        return False
    return not furniture.is_end_mark(text) and not furniture.ends_page(text) and furniture.is_navigation(text)


def _why_nothing(document: Document, blocks: Sequence[Block]) -> str:
    text = " ".join(block.text for block in document.blocks).lower()
    if "cookie" in text and len(text) < 3000:
        return "Only a cookie notice stands in the file, no release. Save the page again after answering it."
    if re.search(
        r"\b(?:search results|results for|résultats? (?:de|pour)|resultados|suchergebnisse|результаты поиска)\b|نتائج البحث",
        text,
    ):
        return "The file is a page of search results, no release."
    if not text.strip():
        return "No text was found in the file."
    return "No release was found in the file: it holds no paragraph of running text."


def is_prose(block: Block) -> bool:
    """True for a paragraph of running text."""
    if block.kind not in ("paragraph", "quote"):
        return False
    text = block.text.strip()
    word_count = len(text.split())
    if not _reads(text):
        return False
    if furniture.opens_contacts(text) or furniture.COPYRIGHT.match(text) or furniture.EMBARGO.search(text[:60]):
        return False
    if len(text) >= 220:
        return True
    ended = _SENTENCE_END.search(text) is not None and not text.endswith(":")
    return (len(text) >= 60 and word_count >= 9 and ended) or (word_count >= 25 and len(text) >= 160)


def _reads(text: str) -> bool:
    """True for text that says something: mostly letters, and not the same few words again and again."""
    sample = text[:600]
    letters = sum(char.isalpha() for char in sample)
    if letters * 2 < len(sample.replace(" ", "")):
        return False
    spaced = sample.count(" ") * 12 > letters
    return not spaced or len({word.lower() for word in sample.split()}) >= 7


def _notes_change(text: str, language: str) -> bool:
    """True for a line that says what was changed in a release that had been published: "Update 2 (7 May 2012): adds …"."""
    match = _CORRECTS.match(text)
    note = re.match(r"[^:]{0,40}:\s*(?P<what>\S.*)", text[match.end() :]) if match else None
    return (
        note is not None
        and len(note["what"].split()) >= 3
        and bool(_CHANGES.search(note["what"]) or dates_in(text[: len(text) - len(note["what"])], language))
        and not header_line(note["what"], language).dates
    )


def _behind_correction(blocks: list[Block], start: int) -> tuple[list[Block], int, list[Block]]:
    """Blocks, where their body starts, and a note of correction that stood above the headline and was taken out of them."""
    if not _CORRECTS.match(blocks[start].text.strip()):
        return blocks, start, []
    after = next((at for at in range(start + 1, len(blocks)) if is_prose(blocks[at])), None)
    if after is None or after == start + 1:
        return blocks, start, []
    return [*blocks[:start], *blocks[start + 1 :]], after - 1, [blocks[start]]


def _body_start(blocks: Sequence[Block], language: str) -> int | None:
    for at, block in enumerate(blocks):
        if is_prose(block):
            # Short sentences between the headline and the first long paragraph belong to the body when a headline stands above them.
            return at
    # A very short release: a headline and one sentence.
    for at, block in enumerate(blocks):
        text = block.text.strip()
        if (
            at
            and block.kind == "paragraph"
            and len(text.split()) >= 6
            and _reads(text)
            and _SENTENCE_END.search(text)
            and not header_line(text, language).is_header
        ):
            return at
    return None


def _header(
    blocks: Sequence[Block], terms: Terms, language: str, full_text: str, titled: bool
) -> tuple[list[str], list[_Candidate], str]:
    """Header lines, the lines that may be the headline, and the publisher if a line names it."""
    header: list[str] = []
    candidates: list[_Candidate] = []
    publishers: list[tuple[int, str]] = []
    in_contacts = False
    for at, block in enumerate(blocks):
        text = block.text.strip()
        if not text or furniture.is_end_mark(text) or len(text) > _MOST_HEADER:
            continue
        if furniture.opens_contacts(text) or (in_contacts and furniture.has_contact(text)):
            in_contacts = True
            continue
        if in_contacts and block.close and len(text.split()) <= 6 and not furniture.KIND.search(text):
            continue
        in_contacts = False
        if furniture.has_contact(text) and len(text) < 160:
            continue
        label = _LABEL.match(text)
        if label and _ORGANIZATION_LABEL.fullmatch(label["label"].strip()) and label["value"]:
            header.append(text)
            value = re.sub(r"\s*<[^>]*>|\s*\(.*\)$", "", label["value"]).strip()
            if not dates_in(value, language):
                publishers.append((0, value))
            continue
        if label and _TITLE_LABEL.fullmatch(label["label"].strip()) and label["value"]:
            candidates.append(_Candidate(at, replace(block, kind="heading", level=1), label["value"].strip()))
            continue
        if label and _LABEL_WITHOUT_FIELD.fullmatch(label["label"].strip()) and block.kind != "heading":
            header.append(text)
            continue
        news = re.match(
            r"(?:(?:news|information|updates?|a\s+statement|message)\s+from|from\s+the\s+(?:desk|office)\s+of|.{0,60}\b(?:issued|published|released|publié|diffusé|publicado|emitido|divulgado|herausgegeben|veröffentlicht)\s+(?:by|par|por|von)|(?:بيان\s+)?صادر(?:ة)?\s+عن)\s+(?:the\s+|la\s+|le\s+|l['’]|el\s+|o\s+|a\s+|der\s+|dem\s+)?(?P<name>\S.{2,80})$",
            text,
            re.I,
        )
        if news and len(blocks) > at + 1 and not _CLAUSE.search(news["name"]):
            header.append(text)
            publishers.append((1, news["name"]))
            continue
        line = header_line(text, language)
        embargo = furniture.EMBARGO.search(text)
        provenance = furniture.PRINTED.search(text) and line.dates and block.kind != "heading" and not is_prose(block)
        if embargo or furniture.COPYRIGHT.search(text) or furniture.PRINTED.match(text) or provenance:
            header.append(text)
            continue
        if line.is_header and not _headline_with_date(line, block):
            header.append(text)
            for piece in line.words.split(" | "):
                piece = re.sub(
                    r"^(?:by|from|of|de la|de|du|des|del|von|der|do|da|от|من|عن|صادر عن)\s+(?:the\s+|la\s+|el\s+|l['’]|der\s+|dem\s+|den\s+)?",
                    "",
                    piece.strip(),
                    flags=re.I,
                )
                if not piece or terms.places.term(piece) or piece[:1].islower() or not re.search(r"[^\W\d_]", piece):
                    continue
                if reference_mentions.is_code(piece):
                    continue
                if (
                    line.kind
                    and len(piece.split()) == 1
                    and not (piece.isupper() and len(piece) > 1)
                    and not is_organization(piece, terms, full_text)
                ):
                    continue
                if line.kind and len(piece.split()) <= 9 and not _CLAUSE.search(piece) and not _label_only(piece):
                    publishers.append((1, piece))
                elif is_organization(piece, terms, full_text):
                    publishers.append((2, piece))
                elif line.kind and len(piece.split()) >= 4:
                    candidates.append(_Candidate(at, block, piece))
            continue
        candidates.append(_Candidate(at, block, furniture.bare(text) if text.startswith(("#", "*")) else text))
    # Letterheads: lines that are nothing but an organization's name.
    for _number, candidate in enumerate(list(candidates)):
        if len(candidates) < 2 and not titled:
            break
        second_line = any(
            neighbour.position == candidate.position - 1 and _goes_on(neighbour.text, candidate, neighbour.block)
            for neighbour in candidates
        )
        following = next((neighbour for neighbour in candidates if neighbour.position > candidate.position), None)
        if (
            following is not None
            and following.position == candidate.position + 1
            and candidate.text.isupper()
            and _goes_on(candidate.text, following, candidate.block)
            and terms.names.term(candidate.text) is None
            and len(re.findall(rf"(?<!\w){re.escape(candidate.text)}(?!\w)", full_text, re.I)) < 2
        ):
            # "COALITION OF EDITORS OPPOSES / CLOSURE OF A WEEKLY" is a headline over two lines, no letterhead.
            continue
        apart = following is not None and following.position > candidate.position + 1
        if not second_line and (
            is_organization(candidate.text, terms, full_text) or (apart and _letterhead(candidate.text))
        ):
            publishers.append((3, candidate.text))
            header.append(candidate.text)
            candidates.remove(candidate)
    publishers.sort(key=lambda pair: pair[0])
    return header, candidates, publishers[0][1] if publishers else ""


def kind_in_title(title: str) -> str:
    """What a headline calls the document it stands above: "Statement on …", "Declaración sobre …"; an empty text where it does not."""
    kind = furniture.KIND.match(title)
    subject = title[kind.end() :] if kind else ""
    if kind is None or not (
        _UPON.match(subject.lstrip()) or re.match(r"\s+(?:by|of|from)\s+(?:the\s+)?[A-Z]", subject)
    ):
        return ""
    number = next(int(name[1:]) for name, value in kind.groupdict().items() if value)
    return furniture.KINDS[number][0]


def _label_only(piece: str) -> bool:
    return _LABEL.match(piece + ":") is not None and bool(
        furniture.PUBLISHED.fullmatch(piece)
        or furniture.UPDATED.fullmatch(piece)
        or _LABEL_WITHOUT_FIELD.fullmatch(piece)
        or furniture.is_navigation(piece)
    )


def _headline_with_date(line: HeaderLine, block: Block) -> bool:
    """True where a date or kind stands in a headline ("Report on 8 March protests: …") and not in a header line."""
    text = line.words.replace(" | ", " ")
    word_count = len(text.split())
    if line.kind and not line.dates and word_count >= 3 and _UPON.match(text):
        # "Statement on the quarry graves"
        return True
    if word_count >= 7 or (
        word_count >= 4 and block.kind == "heading" and not line.kind and _CLAUSE.search(text) is not None
    ):
        return True
    return word_count >= 4 and not line.kind and not line.references and ":" in text and not is_date_line(line)


def is_date_line(line: HeaderLine) -> bool:
    """True where a header line has nothing but its date and what goes with one: a publisher, a place, a by-line, a label, a time."""
    return all(_goes_with_a_date(piece) for piece in line.words.split(" | "))


def _goes_with_a_date(piece: str) -> bool:
    words = [word for word in re.split(r"[\s,،/()]+", piece) if word]
    while words and _CONNECTIVE.fullmatch(words[0]):
        words = words[1:]
    while words and _CONNECTIVE.fullmatch(words[-1]):
        words = words[:-1]
    bare = " ".join(words)
    if not words or is_named_organization(bare) or furniture.is_navigation(bare):
        return True
    if len(words) <= 3 and (
        furniture.PUBLISHED.search(bare) or furniture.UPDATED.search(bare) or furniture.PRINTED.search(bare)
    ):
        return True
    if _BY.match(piece):
        return len(words) <= 6
    return len(words) <= 4 and not any(word[:1].islower() for word in words)


def is_organization(text: str, terms: Terms, full_text: str, times: int = 2) -> bool:
    """True where a line is the name of an organization: known, or named like one and heard of in the text, where it stands at least
    `times` times."""
    given = text.strip()
    text = re.sub(r",?\s+(?:e\.\s?V\.|Inc\.?|Ltd\.?|gGmbH|a\.\s?s\.b\.l\.|A\.C\.)$", "", given)
    words = text.split()
    if not words or len(words) > 10 or text.rstrip().endswith((".", "?", "!", ":")) or ":" in text:
        return False
    term = terms.names.term(text)
    if term is not None:
        return term.type != "person"
    if _CLAUSE.search(text):
        return False
    if text != given:
        # Only an organization has a legal form.
        return True
    named_terms = terms.names.find(text)
    if (
        named_terms
        and named_terms[0][0] == 0
        and named_terms[0][2].type != "person"
        and len(text[named_terms[0][1] :].split()) <= 3
    ):
        return True
    named = _ORGANIZATION.search(text) is not None
    heard = (
        re.search(
            rf"(?<!\w)(?:the\s+)?{re.escape(text)}[ ,]{{1,3}}(?:\([^()]{{2,12}}\)\s*)?{_SPEAKS}(?!\w)", full_text, re.I
        )
        is not None
    )
    again = len(re.findall(rf"(?<!\w){re.escape(text)}(?!\w)", full_text, re.I)) >= times
    arabic = re.search("[\u0600-\u06ff]", text) is not None
    return (
        heard
        or (named and (again or (len(words) <= 6 and (text.istitle() or text.isupper() or _capitals(text)))))
        or (arabic and named and again)
    )


def _letterhead(text: str) -> bool:
    """True for a short line with an organization's word and nothing of a sentence, which header lines part from the headline."""
    return (
        len(text.split()) <= 7
        and is_named_organization(text)
        and not _CLAUSE.search(text)
        and not re.search(r"[.:?!]\s*$|:", text)
    )


def is_named_organization(text: str) -> bool:
    """True where a word stands in the text that organizations are named with."""
    return _ORGANIZATION.search(text) is not None


def _capitals(text: str) -> bool:
    """True where every word but the small ones begins with a capital."""
    words = [word for word in text.split() if len(word) > 3]
    return bool(words) and all(not word[:1].islower() for word in words)


def _headline(
    candidates: Sequence[_Candidate], publisher: str, document: Document, terms: Terms, header: list[str]
) -> tuple[str, str, str, str, list[Block]]:
    """Title, sub-title, publisher, the publisher that was glued to the title, and lines that belong to the body after all; what is
    neither is added to `header`, as evidence."""
    remaining = list(candidates)
    given = next((title.value for title in document.metadata.titles if title.origin == "front matter"), "")
    if given:
        others = [candidate.block for candidate in remaining if key(candidate.text) != key(given)]
        return given, next((stated.value for stated in document.metadata.subtitles), ""), publisher, "", others
    if not remaining:
        stated = [title.value for title in document.metadata.titles]
        return (_without_site(stated[0], document) if stated else "", "", publisher, "", [])
    chosen = _best(remaining, document)
    while (
        chosen
        and remaining[chosen - 1].position == remaining[chosen].position - 1
        and _begins(remaining[chosen - 1], remaining[chosen])
    ):
        chosen -= 1
    above = remaining[:chosen]
    text = remaining[chosen].text
    further = remaining[chosen + 1 :]
    while (
        further
        and further[0].position == remaining[chosen].position + 1
        and _goes_on(text, further[0], remaining[chosen].block)
    ):
        text = f"{text} {further[0].text}"
        further = further[1:]
        chosen += 1
    subtitle = ""
    moved: list[Block] = []
    if (
        further
        and further[0].block.kind != "item"
        and (len(further[0].text.split()) >= 3 or further[0].block.kind == "heading")
    ):
        subtitle = further[0].text
        further = further[1:]
    header += [candidate.text for candidate in (*above, *further) if candidate.block.kind == "paragraph"]
    moved = [
        candidate.block
        for candidate in further
        if candidate.block.kind in ("item", "heading")
        or len(candidate.text.split()) >= 5
        or _OPENS.search(candidate.text)
    ]
    text, glued = _unglued(text, publisher, document, terms)
    return text, subtitle, publisher, glued, moved


def _best(candidates: Sequence[_Candidate], document: Document) -> int:
    """Which of the lines is the headline."""
    stated = {key(title.value) for title in document.metadata.titles}
    scores = []
    for number, candidate in enumerate(candidates):
        word_count = len(candidate.text.split())
        arabic = re.search("[\u0600-\u06ff\u0590-\u05ff]", candidate.text) is not None
        score = 0.0
        score += (
            3
            if candidate.block.kind == "heading" and candidate.block.level <= 1
            else 1.5
            if candidate.block.kind == "heading"
            else 0
        )
        score += 2 if word_count >= (3 if arabic else 4) else 0
        score += 1 if word_count >= 6 else 0
        score += 0.5 if ":" in candidate.text or _CLAUSE.search(candidate.text) else 0
        score += 0.5 if candidate.text.isupper() and word_count >= 3 else 0
        score += (
            3
            if any(key(candidate.text) == title or title.startswith(key(candidate.text)) for title in stated)
            and word_count >= 3
            else 0
        )
        score -= 1 if candidate.block.kind == "item" else 0
        score -= number * 0.2
        scores.append(score)
    return max(range(len(scores)), key=lambda number: (scores[number], -number))


def _goes_on(text: str, candidate: _Candidate, block: Block) -> bool:
    """True where a line is the second line of the headline."""
    if not candidate.block.close or candidate.block.kind != block.kind or len(candidate.text) > 90:
        return False
    if text.isupper() and any(char.isalpha() and char.lower() != char.upper() for char in text):
        return candidate.text.isupper()
    if candidate.text.isupper() and not text.isupper() and text.lower() != text.upper():
        return False
    if (
        candidate.text[:1].islower()
        or _FUNCTION_WORD.fullmatch(text.split()[-1])
        or text.endswith((",", "،", ":", "–", "-"))
    ):
        return True
    return 40 <= len(text) <= 85 and not _SENTENCE_END.search(candidate.text) and not _SENTENCE_END.search(text)


def _begins(first: _Candidate, second: _Candidate) -> bool:
    """True where a line is plainly the first line of the headline that the second goes on with: both in capitals, or broken off."""
    if not _goes_on(first.text, second, first.block):
        return False
    return (
        first.text.isupper()
        or second.text[:1].islower()
        or _FUNCTION_WORD.fullmatch(first.text.split()[-1]) is not None
    )


def _without_site(title: str, document: Document) -> str:
    """A page's <title> without the name of the site behind it."""
    for stated in document.metadata.publishers:
        title = re.sub(rf"\s*[|–—:•·-]\s*{re.escape(stated.value)}\s*$", "", title, flags=re.I)
    return re.sub(r"^(?:(?:fwd?|re|tr|wg|rv|aw|enc)\s*:\s*)+", "", title, flags=re.I).strip()


def _unglued(title: str, publisher: str, document: Document, terms: Terms) -> tuple[str, str]:
    """The headline without a publisher's name at its edge, and that name."""
    names = [publisher, *(stated.value for stated in document.metadata.publishers)]
    for _, end, term in reversed(terms.names.find(title)):
        if end == len(title.rstrip()) and term.type != "person":
            names += [term.label, *term.aliases]
    for name in sorted({name for name in names if name}, key=len, reverse=True):
        match = re.search(rf"(?P<mark>\s*[|•·]\s*|\s+[–—-]\s+|\s+)(?P<name>{re.escape(name)})\s*$", title, re.I)
        if match and match.start() > 0:
            before = title[: match.start()].rstrip()
            word = before.split()[-1] if before.split() else ""
            marked = match["mark"].strip() != ""
            if len(before.split()) >= 3 and (
                marked
                or (
                    not _FUNCTION_WORD.fullmatch(word)
                    and (word[:1].isupper() or not word[-1:].isalpha() or name == publisher)
                )
            ):
                return before.rstrip(" |–—-•·"), match["name"]
        match = re.match(rf"\s*(?P<name>{re.escape(name)})(?P<mark>\s*[|•·:]\s*|\s+[–—-]\s+)", title, re.I)
        if match and len(title[match.end() :].split()) >= 3 and match["mark"].strip() != ":":
            return title[match.end() :].strip(), match["name"]
    return title, ""


# ---- body, notes, contacts -------------------------------------------------------------------------------------------------------


def _body(blocks: Sequence[Block]) -> tuple[list[Block], list[Block], list[str]]:
    """Body, notes to editors, and the lines of the foot (copyright, references); contacts are dropped."""
    body: list[Block] = []
    notes: list[Block] = []
    footer: list[str] = []
    zone, before = "body", "body"
    for at, block in enumerate(blocks):
        text = block.text.strip()
        if block.kind == "footnote":
            (notes if zone == "notes" else body).append(block)
            continue
        if block.kind == "rule" and not furniture.is_end_mark(text):
            if zone == "body":
                body.append(block)
            continue
        if block.kind != "table":
            if furniture.is_end_mark(text):
                if any(is_prose(earlier) for earlier in body):
                    zone = before = "after"
                continue
            if furniture.ends_page(text) and body:
                footer += [
                    after.text.strip()
                    for after in blocks[at + 1 :]
                    if furniture.COPYRIGHT.search(after.text) and len(after.text) < 200
                ]
                break
            if furniture.opens_notes(text) and body:
                zone = before = "notes"
                continue
            inline_notes = re.match(r"([^:]{4,40}):\s+(?=\S)", text)
            if inline_notes and body and furniture.opens_notes(inline_notes[1]):
                zone = before = "notes"
                block = block.slice(inline_notes.end())
                text = block.text
            elif furniture.opens_contacts(text):
                zone = "contacts"
                continue
            if (
                (furniture.COPYRIGHT.search(text) and len(text) < 140 and not is_prose(block))
                or _FOOTER.fullmatch(text)
                or furniture.PRINTED.match(text)
                or reference_mentions.is_reference_line(text)
            ):
                footer.append(text)
                continue
            if zone == "contacts":
                footer_like = furniture.has_contact(text) or len(text) < 120
                if _ABOUT.fullmatch(text) and len(text.split()) <= 8:
                    zone = before = "after"
                elif footer_like:
                    continue
                else:
                    zone = before
            if zone != "body" and furniture.has_contact(text):
                if len(text) < 200:
                    continue
                block = _without_contacts(block)
            if (
                zone == "body"
                and body
                and block.kind in ("heading", "paragraph")
                and len(text.split()) <= 9
                and _ABOUT.fullmatch(text)
                and not _SENTENCE_END.search(text)
                and text[:5].lower() == "about"
            ):
                zone = before = "after"
        if zone == "after" and not is_prose(block) and block.kind == "paragraph" and not _ABOUT.fullmatch(text):
            footer.append(text)
            continue
        if zone == "body":
            end = furniture.trail(text) if block.kind == "paragraph" else len(text)
            body.append(block.slice(0, end) if end < len(text) else block)
        else:
            notes.append(block)
    while len(body) > 1 and (
        (is_stamp := _is_stamp(body[-1]))
        or body[-1].kind in ("rule", "heading")
        or (furniture.has_contact(body[-1].text) and len(body[-1].text) < 200)
    ):
        last = body.pop()
        if is_stamp:
            footer.append(last.text.strip())
    return body, notes, footer


def _is_stamp(block: Block) -> bool:
    """True for "Page last updated: 3 May 2013": the page's day, nothing that the release says."""
    text = block.text.strip()
    if block.kind != "paragraph" or len(text) > 90 or not furniture.UPDATED.search(text):
        return False
    line = header_line(text)
    return bool(line.dates) and all(_STAMP.fullmatch(piece) for piece in line.words.split(" | ") if piece)


def _without_contacts(block: Block) -> Block:
    """A long note with the sentences that hold a telephone number or an e-mail address gone."""
    kept = [sentence for sentence in re.split(r"(?<=[.!?؟])\s+", block.text) if not furniture.has_contact(sentence)]
    return replace(block, runs=(TextRun(" ".join(kept)),) if kept else ())


# ---- dateline --------------------------------------------------------------------------------------------------------------------


def _without_dateline(body: Sequence[Block], terms: Terms, language: str) -> tuple[list[Block], str]:
    """The body without the place and date at its head, and those words."""
    first = next((at for at, block in enumerate(body) if block.kind == "paragraph"), None)
    if first is None:
        return list(body), ""
    end, line = dateline(body[first].text, terms, language)
    if not end:
        return list(body), ""
    paragraph = body[first].slice(end)
    return [*body[:first], *([paragraph] if paragraph.text else []), *body[first + 1 :]], line


def dateline(text: str, terms: Terms, language: str = "") -> tuple[int, str]:
    """How long the dateline at the head of a paragraph is, its dash included, and its words; (0, "") where there is none."""
    head = text[:140]
    closed = re.match(r"\s*[(\[](?P<inside>[^()\[\]]{2,90})[)\]]\s*(?:[–—:-]{1,2}\s*|\.\s+)?(?=\S)", head)
    if closed and _is_dateline(closed["inside"], terms, language, closed=True):
        return closed.end(), closed["inside"].strip()
    for date in dates_in(head, language):
        # "Bogotá, 21 de septiembre de 2011. …"
        stop = re.match(r"\s*[)]?\s*\.\s+(?=[^\W\d_a-zà-ÿа-я])", head[date.end :])
        if stop and _is_dateline(head[: date.end], terms, language, closed=False):
            return date.end + stop.end(), head[: date.end].strip()
    for match in _DATELINE_END.finditer(head):
        if match.start() == 0:
            continue
        before_dash = head[: match.start()].strip()
        colon = match[0].strip() == ":"
        if _is_dateline(before_dash, terms, language, closed=False, colon=colon):
            return match.end(), before_dash
    return 0, ""


def _without_signature(
    body: Sequence[Block], terms: Terms, language: str, full_text: str
) -> tuple[list[Block], str, str]:
    """The body without the place and date, and the organization, that sign it at its end, and those."""
    out, dated, signed = list(body), "", ""
    issued = _ISSUED.fullmatch(out[-1].text.strip()) if len(out) > 1 and out[-1].kind == "paragraph" else None
    if issued and not _CLAUSE.search(issued["name"]):
        out.pop()
        place_and_date = issued["rest"].strip(" ,.")
        return out, place_and_date if dates_in(place_and_date, language) else "", issued["name"].strip()
    while len(out) > 1 and out[-1].kind == "paragraph" and len(out[-1].text.split()) <= 9:
        text = out[-1].text.strip()
        if not dated and dates_in(text, language) and _is_dateline(text.rstrip("."), terms, language, closed=False):
            dated = text
        elif (
            not signed
            and is_prose(out[-2])
            and is_organization(text, terms, full_text)
            and not _SENTENCE_END.search(text)
        ):
            signed = text
        elif not _GREETING.fullmatch(text):
            break
        out.pop()
    return out, dated, signed


def _about(notes: Sequence[Block], full_text: str) -> str:
    """The organization that a paragraph "About …" at the foot is about, if the text speaks of it."""
    for block in notes:
        text = block.text.strip()
        if _ABOUT.fullmatch(text) and len(text.split()) <= 9 and not _SENTENCE_END.search(text):
            name = re.sub(
                r"^(?:about|à propos (?:de la |de l['’]|du |des |de |d['’])?|acerca de(?:l)?|sobre|über|об?|عن|نبذة عن|حول)\s*(?:the\s+|la\s+|el\s+|le\s+|die\s+|den\s+|das\s+|[ao]\s+)?",
                "",
                text,
                flags=re.I,
            )
            if (
                name
                and (is_named_organization(name) or len(name.split()) >= 2)
                and len(re.findall(re.escape(name), full_text)) > 1
            ):
                return name
    return ""


def _is_dateline(text_before: str, terms: Terms, language: str, *, closed: bool, colon: bool = False) -> bool:
    text = text_before.strip(" *_")
    dates = dates_in(text, language)
    remainder = text
    for date in reversed(dates):
        remainder = remainder[: date.start] + "," + remainder[date.end :]
    remainder = re.sub(
        r"\(\s*,*\s*\)|\s+le\s*,|\s+den\s*,|\s+am\s*,|\s+el\s*,|\s+a\s*,|\s+em\s*,|\s+في\s*,", ",", remainder
    )
    pieces = [piece.strip(" .()،") for piece in re.split(r"[,،/;()]|\s[–—-]\s", remainder) if piece.strip(" .()،")]
    if len(pieces) > 3 or any(len(piece.split()) > 4 for piece in pieces):
        return False
    placed = bool(pieces) and all(terms.places.term(piece) is not None or piece.isupper() for piece in pieces[:1])
    proper = all(
        all(
            word[:1].isupper()
            or word.lower()
            in ("de", "la", "el", "al", "du", "des", "les", "le", "am", "of", "the", "y", "and", "do", "da", "dos")
            or "-" in word
            for word in piece.split()
        )
        for piece in pieces
    )
    arabic = re.search("[\u0600-\u06ff]", text) is not None
    if dates:
        return proper or (arabic and all(len(piece.split()) <= 3 for piece in pieces))
    if colon or not pieces:
        return False
    if closed:
        return (proper and placed) or (proper and len(pieces) <= 2 and not _CLAUSE.search(text)) or (arabic and placed)
    return placed and (proper or arabic) and len(text.split()) <= 4
