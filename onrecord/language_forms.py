"""What each language of the interface writes that is in no catalogue and not in CLDR: what a date leaves open, quotation marks.

A language of the interface has an entry here and a catalogue, `templates/locale/LANGUAGE.po`; a test holds one to the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forms:
    """What an interface language writes that is in no catalogue.

    `phrases` are for what a date leaves open, `{}` being the date as far as it is known: 21 to 24 are the seasons of EDTF, `~`, `?` and
    `%` its marks. `day`, `month` and `yearless` (a day without a year) are patterns, `thousands` is the sign between thousands.
    `first` is how the first of a month is written, `ungrouped` the largest number without that sign, `numbering` the digits it counts with
    (a key of DIGITS), and `first_weekday` the day a week begins with (Monday is 0). Of the last two and of `thousands`, a country that is
    named has those that CLDR gives it. A month without a day has the form in which it stands alone where `inflects` is true.
    """

    phrases: Mapping[str, str]
    day: str
    month: str
    yearless: str
    thousands: str
    first: str = "1"
    ungrouped: int = 999
    numbering: str = "latn"
    first_weekday: int = 0
    inflects: bool = False


DIGITS: Mapping[str, str] = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
"""The digits from 0 to 9 of the numbering systems that languages of the interface count with, as CLDR names these."""


FORMS: Mapping[str, Forms] = {
    # What Date.in_words writes, in the same shape.
    "en": Forms(
        {
            "none": "date not stated", "no-year": "{}, year not stated", "no-month": "{}, month not stated", "no-day": "{}, day not stated",
            "~": "about {}", "?": "{} (uncertain)", "%": "about {} (uncertain)", "to": "{} to {}", "until": "until {}", "from": "from {}",
            "unknown-to": "an unknown date to {}", "to-unknown": "{} to an unknown date", "decade": "{}s", "century": "{} to {}",
            "bce": "{} BCE", "at": "{}, {}", "21": "spring {}", "22": "summer {}", "23": "autumn {}", "24": "winter {}",
        },
        day="{day} {month} {year}", month="{month} {year}", yearless="{day} {month}", thousands=",",
    ),
    "ar": Forms(
        {
            "none": "التاريخ غير مذكور", "no-year": "{}، السنة غير مذكورة", "no-month": "{}، الشهر غير مذكور",
            "no-day": "{}، اليوم غير مذكور", "~": "نحو {}", "?": "{} (غير مؤكد)", "%": "نحو {} (غير مؤكد)",
            "to": "من {} إلى {}", "until": "حتى {}", "from": "منذ {}", "unknown-to": "من تاريخ غير معروف إلى {}",
            "to-unknown": "من {} إلى تاريخ غير معروف", "decade": "عقد {}", "century": "{} إلى {}", "bce": "{} ق.م", "at": "{}، {}",
            "21": "ربيع {}", "22": "صيف {}", "23": "خريف {}", "24": "شتاء {}",
        },
        day="{day} {month} {year}", month="{month} {year}", yearless="{day} {month}", thousands="٬",
        numbering="arab", first_weekday=5,
    ),
    "es": Forms(
        {
            "none": "fecha no indicada", "no-year": "{}, año no indicado", "no-month": "{}, mes no indicado",
            "no-day": "{}, día no indicado", "~": "hacia {}", "?": "{} (incierto)", "%": "hacia {} (incierto)",
            "to": "{} – {}", "until": "hasta {}", "from": "desde {}", "unknown-to": "de una fecha desconocida a {}",
            "to-unknown": "de {} a una fecha desconocida", "decade": "década de {}", "century": "{} a {}", "bce": "{} a. C.",
            "at": "{}, {}", "21": "primavera de {}", "22": "verano de {}", "23": "otoño de {}", "24": "invierno de {}",
        },
        day="{day} de {month} de {year}", month="{month} de {year}", yearless="{day} de {month}", thousands="\u00a0",
        ungrouped=9999,
    ),
    "fr": Forms(
        {
            "none": "date non indiquée", "no-year": "{}, année non indiquée", "no-month": "{}, mois non indiqué",
            "no-day": "{}, jour non indiqué", "~": "vers {}", "?": "{} (incertain)", "%": "vers {} (incertain)",
            "to": "{} – {}", "until": "jusqu’à {}", "from": "à partir de {}", "unknown-to": "d’une date inconnue à {}",
            "to-unknown": "de {} à une date inconnue", "decade": "années {}", "century": "{} à {}", "bce": "{} av. J.-C.", "at": "{}, {}",
            "21": "printemps {}", "22": "été {}", "23": "automne {}", "24": "hiver {}",
        },
        day="{day} {month} {year}", month="{month} {year}", yearless="{day} {month}", thousands="\u202f",
        first="1er",
    ),
    "fa": Forms(
        {
            "none": "تاریخ ذکر نشده", "no-year": "{}، سال ذکر نشده", "no-month": "{}، ماه ذکر نشده", "no-day": "{}، روز ذکر نشده",
            "~": "حدود {}", "?": "{} (نامطمئن)", "%": "حدود {} (نامطمئن)", "to": "{} تا {}", "until": "تا {}", "from": "از {}",
            "unknown-to": "از تاریخی نامعلوم تا {}", "to-unknown": "از {} تا تاریخی نامعلوم", "decade": "دههٔ {}", "century": "{} تا {}",
            "bce": "{} ق.م.", "at": "{}، {}", "21": "بهار {}", "22": "تابستان {}", "23": "پاییز {}", "24": "زمستان {}",
        },
        day="{day} {month} {year}", month="{month} {year}", yearless="{day} {month}", thousands="٬",
        numbering="arabext", first_weekday=5,
    ),
    "pt": Forms(
        {
            "none": "data não indicada", "no-year": "{}, ano não indicado", "no-month": "{}, mês não indicado",
            "no-day": "{}, dia não indicado", "~": "por volta de {}", "?": "{} (incerto)", "%": "por volta de {} (incerto)",
            "to": "{} – {}", "until": "até {}", "from": "desde {}", "unknown-to": "de uma data desconhecida a {}",
            "to-unknown": "de {} a uma data desconhecida", "decade": "década de {}", "century": "{} a {}", "bce": "{} a.C.",
            "at": "{}, {}", "21": "primavera de {}", "22": "verão de {}", "23": "outono de {}", "24": "inverno de {}",
        },
        day="{day} de {month} de {year}", month="{month} de {year}", yearless="{day} de {month}", thousands=".",
    ),
    # No phrase asks for another case than the one in which a date stands here: «около {}» would need «февраля».
    "ru": Forms(
        {
            "none": "дата не указана", "no-year": "{}, год не указан", "no-month": "{}, месяц не указан", "no-day": "{}, день не указан",
            "~": "примерно {}", "?": "{} (неточно)", "%": "примерно {} (неточно)", "to": "{} – {}", "until": "по {}",
            "from": "{} и позднее", "unknown-to": "с неизвестной даты по {}", "to-unknown": "{} – до неизвестной даты",
            "decade": "{}-е годы", "century": "{} – {}", "bce": "{} до н. э.", "at": "{}, {}",
            "21": "весна {}", "22": "лето {}", "23": "осень {}", "24": "зима {}",
        },
        day="{day} {month} {year}\u00a0г.", month="{month} {year}\u00a0г.", yearless="{day} {month}",
        thousands="\u00a0", inflects=True,
    ),
    "uk": Forms(
        {
            "none": "дату не вказано", "no-year": "{}, рік не вказано", "no-month": "{}, місяць не вказано",
            "no-day": "{}, день не вказано",
            "~": "приблизно {}", "?": "{} (неточно)", "%": "приблизно {} (неточно)", "to": "{} – {}", "until": "по {}",
            "from": "{} і пізніше", "unknown-to": "з невідомої дати по {}", "to-unknown": "{} – до невідомої дати",
            "decade": "десятиліття з {} року", "century": "{} – {}", "bce": "{} до н. е.", "at": "{}, {}",
            "21": "весна {}", "22": "літо {}", "23": "осінь {}", "24": "зима {}",
        },
        day="{day} {month} {year}\u00a0р.", month="{month} {year}\u00a0р.", yearless="{day} {month}",
        thousands="\u00a0", inflects=True,
    ),
}  # fmt: skip

_MARKS = {
    "“”": "cy en es-MX ga hi id ko ms mt pt so sw ta th tl tr vi zh",
    "«»": "ar az be ca ckb el es eu fa hy it kk ku nb nn no ps pt-PT ru sq uk uz",
    "„“": "bg bs cs de et is ka lt lv mk sk sl sr",
    "„”": "hr hu nl pl ro",
    "””": "fi he sv",
    "»«": "da",
    "「」": "ja",
}
QUOTATION_MARKS: Mapping[str, tuple[str, str]] = {
    "fr": ("«\u00a0", "\u00a0»"),
    **{tag: (marks[0], marks[1]) for marks, tags in _MARKS.items() for tag in tags.split()},
}
"""The marks before and behind a quotation by language, as its papers of record print them (CLDR's delimiters, which Babel has not)."""

NO_SUCH_PAGE: Mapping[str, str] = {
    "en": "There is no such page",
    "ar": "لا توجد صفحة كهذه",
    "es": "Esta página no existe",
    "fa": "چنین صفحه‌ای نیست",
    "fr": "Cette page n’existe pas",
    "pt": "Esta página não existe",
    "ru": "Такой страницы нет",
    "uk": "Такої сторінки немає",
}
"""What the page for a wrong address says in the languages that a site has beside its own: one page is served for all of them."""
