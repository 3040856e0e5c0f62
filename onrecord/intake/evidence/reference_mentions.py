"""A publisher's own number for a release, as it stands in a header or foot line."""

from __future__ import annotations

import re

from onrecord.intake.document import Evidence
from onrecord.intake.layout import furniture

_LABEL = (
    r"(?:ai\s+index|index(?:\s+(?:number|no\.?|nr\.?))?|(?:our\s+|document\s+|press\s+release\s+|internal\s+)?ref(?:erence)?\.?(?:\s*(?:number|no\.?|nr\.?|n\.?\s?[°º]\.?))?|document(?:\s+(?:number|no\.?|id|symbol))|doc\.?\s*(?:number|no\.?|id|symbol)"
    r"|(?:press|media|news)\s+release\s*(?:number|no\.?|nr\.?|n\.?\s?[°º]\.?|#)|(?:public\s+)?statement\s*(?:number|no\.?|n\.?\s?[°º]\.?|#)|release\s+(?:number|no\.?|id)"
    r"|(?:comunicado|communiqué|pressemitteilung|press\s+release|news\s+release|statement|пресс-релиз)\s+(?=\d{1,4}/\d{2,4}(?![\d/]))"
    r"|(?:no|nr)\.?\s*(?=\d+[/-]\d)|n\.?\s?[°º]\.?\s*(?=\d)"
    r"|réf(?:érence)?\.?(?:\s*n\.?\s?[°º]\.?)?|(?:communiqué(?:\s+de\s+presse)?\s*)n\.?\s?[°º]\.?|n\.?\s?[°º]\.?\s+de\s+référence|(?:n[úu]mero\s+de\s+)?referencia|índice|(?:comunicado|nota)(?:\s+de\s+prensa)?\s*(?:n[úu]m\.?|n\.?[°º]?\.?|no\.)"
    r"|referenz(?:nummer)?|aktenzeichen|az\.?|(?:presse|medien)mitteilung\s*(?:nr\.?|nummer)|dokument(?:ennummer)?|(?:n[úu]mero\s+de\s+)?referência|(?:comunicado|nota)\s+(?:de|à)\s+imprensa\s*(?:n\.?[°º]?\.?|no\.)"
    r"|(?:исх(?:одящий)?\.?|индекс|номер(?:\s+документа)?|реф\.?|ссылка|рег\.?)(?:\s*№)?|пресс-релиз\s*№|№"
    r"|(?:رقم\s+(?:الوثيقة|المرجع|البيان|الإشارة|المستند)|الرقم\s+المرجعي|المرجع|مرجع|رقم\s+مرجعي|الإشارة|(?:بيان|بلاغ)\s+(?:صحفي\s+|صحافي\s+)?رقم))"
)
_VALUE = (
    r"(?P<value>(?![ºª°])(?=[^|;]*\d)[^\W_][\w]*(?:[ ]?[/.\-–:][ ]?[\w]+|[ ](?=[\w/-]*\d)(?!\d{1,2}[ ][^\W\d])[\w]+)*)"
)
_LABELLED = re.compile(rf"(?<!\w)(?P<label>{_LABEL})\s*[:：#.–-]?\s*{_VALUE}", re.IGNORECASE)
_BARE = re.compile(
    r"[A-ZА-Я]{2,6}[ /-]?\d{1,4}(?:[/-]\w{1,6}){1,4}|[A-ZА-Я]{2,6}(?:[/-][A-ZА-Я]{1,6})*(?:[/-]\d{1,6}){1,4}"
)


def find(line: str) -> list[Evidence]:
    """The references that a header line states, in order, each with all the words that name it."""
    out = [
        Evidence(re.sub(r"\s*([/])\s*", r"\1", match["value"]).strip(), match[0])
        for match in _LABELLED.finditer(line)
        if _is_number(match["value"])
    ]
    if not out:
        for piece in re.split(r"\s*[|•·;]\s*|\s{2,}|\s[–—]\s", line):
            kind = furniture.KIND.match(piece.strip())
            # "PRESS RELEASE EC/PR/14/05"
            value = piece.strip()[kind.end() if kind else 0 :].strip(" :,–—-")
            if _BARE.fullmatch(value):
                out.append(Evidence(value, value))
    return out


def is_code(text: str) -> bool:
    """True for text that is nothing but letters, digits and strokes put together to a number: no name of anybody."""
    return _BARE.fullmatch(text.strip()) is not None


def is_reference_line(line: str) -> bool:
    """True for a line that is nothing but a reference with its label."""
    references = find(line)
    return len(references) == 1 and len(line.strip(" .|-–—()[]")) <= len(references[0].origin) + 2


def _is_number(value: str) -> bool:
    """A number has at least two digits and is short; a bare year or a date is no reference."""
    return (
        len(value) <= 40
        and sum(char.isdigit() for char in value) >= 1
        and not re.fullmatch(r"(?:19|20)\d\d", value)
        and not re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d", value)
        and len(value.split()) <= 4
    )
