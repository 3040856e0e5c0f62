"""An invented archive for the engine's tests: slips of OCR, inflections, compounds, eleven languages, numbers, dates, one long text."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from onrecord.search import SearchEntry
from onrecord.search.paragraphs import Paragraph
from onrecord.search.terms import TermPage


@dataclass(frozen=True)
class Paper:
    """One invented release."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    language: str = "en"
    date: str = ""
    reference: str = ""
    place: tuple[str, str] = ("", "")
    speaker: tuple[str, str] = ("", "")
    aliases: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = field(default=())
    certain_date: str | None = None

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"releases/{self.slug}.html"


SENTENCE = (
    "On the eve of the winter regatta the ropemakers of the northern quay carried eleven lanterns to the customs house and "
    "asked the clerk, who had never before been asked for anything, to enter each of them in the ledger under the name of the "
    "vessel it had guided home."
)
_SLIPS = ["federa", "refugeee", "detentio", "operat", "harbou", "counci", "lanter", "pilo", "familie"]
_WORDS = {
    "en": "harbour council lantern lanterns pilot pilots pilotage refugee refugees detention detained federal federation "
    "operation operations operate senator senators family families country countries witness witnesses dying die hoping hope "
    "using used prison imprisoned committee children child statement authorities release released "
    "investigation investigate protest protesters government's people's",
    "fr": "l'incendie incendies d'ONU l’ONU main-d'œuvre œuvres réfugié réfugiés libérées détention port capitaine qu'elle aujourd'hui",
    "de": "Flüchtling Flüchtlinge Flüchtlingslager Lager Hafen Hafenmeister "
    "Meister Straße Straßen Häuser Haus Rechte Menschenrechte Menschen",
    "sv": "flykting flyktingar flyktingläger läger hamnen hamn lyktor lykta sjömän rättegång rättegången rätten",
    "ar": "مصابيح المصابيح ومصابيح الميناء بالميناء ميناء لاجئون اللاجئين حمص لحمص وبحمص المدينة مدينة سفن السفن",
    "ru": "беженцы беженцев порт порта портом фонарь фонари свидетель свидетели Москва Москвы",
    "es": "refugiado refugiados puerto puertos detención detenciones niños niña farol faroles",
    "tr": "limanı limanda kaptan kaptanlar ışık Işık tanıklar fener fenerler",
    "zh": "港口委员会要求释放被拘留的领港员 人权理事会通过决议 难民在码头等待 灯笼被带到海关",
    "ja": "港の委員会は灯台の明かりを求めた 難民が埠頭で待っている 証人は話さなかった",
    "th": "คณะกรรมการท่าเรือขอโคมไฟ ผู้ลี้ภัยรออยู่ที่ท่าเรือ พยานไม่พูด",
}


def papers() -> list[Paper]:
    """The releases, always the same."""
    rng = random.Random(11)  # noqa: S311 - the same texts each time
    found = []
    for number in range(150):
        language = ("en", "en", "en", "en", "fr", "de", "sv", "ar", "ru", "es", "tr", "zh", "ja", "th", "en")[
            number % 15
        ]
        vocabulary = _WORDS[language].split()
        extra = _SLIPS if language == "en" else []
        blank = "" if language in ("ja", "th") else " "
        title = blank.join(rng.sample(vocabulary, k=min(3, len(vocabulary))))
        # Not every release has every word, or nothing could be missed.
        own = rng.sample(vocabulary, k=max(1, len(vocabulary) // 3))
        paragraphs = tuple(
            f"{blank.join(rng.choices(own + extra[number % 3 :: 3], k=25))}." for _ in range(rng.randrange(1, 5))
        )
        year = 1995 + number // 12
        date = (
            "",
            f"{year}",
            f"{year}-{number % 12 + 1:02}",
            *([f"{year}-{number % 12 + 1:02}-{number % 27 + 1:02}"] * 5),
        )[number % 8]
        reference = f"HBR {number % 7:02}/{number:03}/{year}" if number % 2 else ""
        found.append(Paper(f"{number:03}", title, paragraphs, language, date, reference))
    return found + _NAMED


_NAMED = [
    Paper("lamps", "Lamps for Homs", (
        "The crews of Homs ask for lamps. Boats lay at al-Khaldieh and Bab 'Amr without light.",
        "A second paragraph — of gulls—and of tar.",
    ), date="2012-02-08", reference="PRE 01/069/2012", place=("homs", "Homs"), speaker=("ines-quay", "Ines Quay"), aliases=("Emesa",)),
    Paper("oil", "Oil for the northern quay", (
        "alKhaldieh and Khaldieh sent oil to Homs on 3 February 2003, said Ines Quay.",
    ), date="2004-01-01"),
    Paper("third", "A note of the third", ("Nothing happened.",), date="2003-02-03"),
    Paper("month", "A note of the month", ("Nothing happened in that month either.",), date="2003-02"),
    Paper("regatta", "The ledger of the clerk", ("It was a quiet year.", SENTENCE, "Nobody asked again."), date="1999-12-01"),
    Paper("border", "Gaps between paragraphs", ("The last word is marlinspike", "Splice begins the next one."), date="2001-05-05"),
    Paper("un", "The UN on tar", ("The UN report speaks under the breath.",), date="2002-02-02"),
    Paper("under", "Under the pier", ("Under and under and under.",), date="2002-02-03"),
    Paper("marlinspike", "Marlinspikes", ("A marlinspike splice is a splice.",), date="2001-05-06"),
    Paper("cook", "A cook and his namesake", (
        "José Luis Díaz cooked. Jose Luis Diaz ate. Łukasz Müller was in the Große Straße.",
    ), date="2001-05-07"),
    Paper("peace", "Peace-keeping off the coast", ("The peace-keeping boats left. Peacekeepers stayed.",), date="2001-05-08"),
    Paper("gangplank", "On planks, one", ("The gangplank was long and wet.",), date="2001-05-10"),
    Paper("gangplanks", "On planks, two", ("The gangplanks were long and wet.",), date="2001-05-10"),
    Paper("belaying", "A long account", (
        "Belaying pins are wood. " + "The watch went on and on without a word of it. " * 40,
    ), date="2001-06-01"),
    *(Paper(f"capstan-{number}", "Capstans", ("Capstan after capstan after capstan.",), date="2001-06-02") for number in range(6)),
    Paper("rare", "A slip in print", ("The lanterrn was lit.",), date="2001-05-09"),
    Paper("about", "Told of one summer", ("Nothing is known of the day.",), date="1990-06-15", certain_date="1990-06"),
    Paper("fortnight", "Told of one winter", ("It lasted for two weeks.",), date="1991-02-08", certain_date="1991-02"),
    Paper("decade", "A decade of tar", ("Tar for ten years.",), date="1990"),
    Paper("oxbow", "قوارب في ليلة ماطرة", (
        "أوكسبو",
        "انتظر الحراس ثلاثة أيام في مركب صغير قبل أن يجدوا من يفتح لهم بوابة الرصيف القديم.",
        "كانت القوارب بأوكسبو ثم بجزيرة الأنقليس، وجلس الحراس فيها ليلة كاملة من دون ضوء ولا طعام.",
    ), "ar", place=("oxbow", "Oxbow"), aliases=("Oxbow", "Eel Island")),
    Paper("stakes", "A row of stakes", ("The stakeholder weighed eleven stakes.",), place=("weir", "Weirhaven"), aliases=("Weirhaven",)),
]  # fmt: skip

TERMS = (
    TermPage("place", "places/homs.html", 35, (("en", "Homs"), ("ar", "حمص")), ("Emesa",)),
    TermPage("place", "places/oxbow.html", 1, (("en", "Oxbow"), ("ar", "أوكسبو")), ("Oxb", "في")),
    TermPage("place", "places/eel-island.html", 1, (("en", "Eel Island"), ("ar", "جزيرة الأنقليس"))),
    TermPage("place", "places/weir.html", 1, (("en", "Weirhaven"),)),
    TermPage("speaker", "speakers/ines-quay.html", 2, (("en", "Ines Quay"),)),
    TermPage("topic", "topics/winter-regatta.html", 3, (("en", "Winter regatta"),)),
)
MONTHS = {
    "en": [[name] for name in "January February March April May June July August September October November December".split()],
    "fr": [[name] for name in "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()],
}  # fmt: skip


def entry(paper: Paper) -> SearchEntry:
    """A release as the index is given it."""
    facts = (("date", paper.date),) if paper.date else ()
    years = [paper.date[:4]] if paper.date else ["not-stated"]
    if paper.slug == "decade":
        years = [str(year) for year in range(1990, 2000)]
    filters = [("year", year, "" if year == "not-stated" else year) for year in years]
    filters.append(("language", paper.language, paper.language))
    filters += [("place", value, label) for value, label in (paper.place,) if value]
    filters += [("speaker", value, label) for value, label in (paper.speaker,) if value]
    return SearchEntry(
        paper.path, paper.language, paper.title, paper.date, paper.reference, (*paper.facts, *facts), tuple(filters), paper.aliases,
        spans_years=len(years) > 1, certain_date=paper.certain_date,
    )  # fmt: skip


def paragraphs(paper: Paper) -> list[Paragraph]:
    """A release's text as the index is given it."""
    return [Paragraph(f"p{number}", text) for number, text in enumerate(paper.paragraphs, 1)]
