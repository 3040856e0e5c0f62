"""A small invented archive with everything that is hard to find: spellings, scripts, dates not stated, hostile labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HOSTILE = "<img src=x onerror=\"document.title='owned'\"> & <script>document.title='owned'</script>"

ARCHIVE = 'title = "Harbour papers"\nscope = "Invented papers about an invented harbour."\nlanguage = "en"\nlanguages = ["en", "ar"]\n'

TOPICS = [
    ("Night ferries", ["Ferries by night"], {"ar": "العبارات الليلية"}),
    ("Pilot strikes", [], {}),
    (f"Hostile {HOSTILE}", [], {}),
]
PLACES = [
    ("Bab Amr", ["Baba Amr"], {"ar": "باب عمرو"}),
    ("Homs", ["Hims"], {"ar": "حمص"}),
    ("Aleppo", [], {"ar": "حلب"}),
    (f"Quay {HOSTILE}", [], {}),
]
NAMES: list[tuple[str, list[str], dict[str, str]]] = [
    ("Levant Lamp Company", ["Daash", "LLC"], {}),
    ("Ines Quay", [], {}),
    ("Rahel Marsh", [], {}),
    (f"Name {HOSTILE}", [], {}),
    ("Ledger Clerk", [], {}),
]


@dataclass(frozen=True)
class Paper:
    slug: str
    title: str
    body: str
    date: str = "XXXX"
    reference: str = ""
    publisher: str = "Harbour Watch"
    language: str = "en"
    kind: str = "press release"
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    speaker: str = ""
    quotation: str = ""


PAPERS = (
    Paper(
        "2012-02-08-lamps-for-homs", "Lamps for Homs", date="2012-02-08", reference="HBR 01/417/2012", places=("Homs", "Bab Amr"),
        topics=("Night ferries",), names=("Levant Lamp Company",), speaker="Ines Quay", quotation="We need light before the winter comes.",
        body="The crews of Homs ask for lamps. Boats lay at al-Khaldieh, Bab 'Amr, Bab al-Seba' and al-Insha'aat without light.\n\n"
        "“We need light before the winter comes.” Ines Quay said so on the pier.\n\n"
        "A third paragraph speaks of gulls and of tar, and a fourth of nothing at all.",
    ),
    Paper(
        "2012-07-09-curly-lamps", "Curly lamps on the quay", date="2012-07-09", reference="HBR 01/529/2012", places=("Homs",),
        topics=("Pilot strikes",), speaker="Rahel Marsh", quotation="The pilots keep the harbour shut.",
        body="Boats lay at Bab ‘Amr and in al-Insha’aat, and a hulk at Bāb ʿAmr. Pilots—including shuntermen—stayed at home… again.\n\n"
        "“The pilots keep the harbour shut.” Rahel Marsh told the ropemakers.",
    ),
    Paper(
        "2012-03-both-spellings", "A cook and his namesake", date="2012-03", reference="HW/2012/7",
        body="José Luis Díaz cooked for the crew. Jose Luis Diaz, no relation, ate it. Łukasz Łódź and Øyvind was in the Große Straße.",
    ),
    Paper(
        "2014-spring-tide", "The tide that came in spring", date="2014-21", publisher="Tide Table Office",
        body="An equinoctial tide stood over the outer steps.",
    ),
    Paper(
        "2012-03-02-one-spelling", "The cook alone", date="2012-03-02",
        body="José Luis Díaz cooked alone for the pilots of the outer harbour.",
    ),
    Paper(
        "2011-12-05-security-council", "Harbour council: pilots must not block the light", date="2011-12-05", reference="HW/2011/40",
        names=("Rahel Marsh",), topics=("Pilot strikes",),
        body="The harbour council meets about the light. Nobody blocked the gangway.",
    ),
    Paper(
        "2013-01-14-council-in-passing", "Tar prices", date="2013-01-14", publisher="Pier Press", kind="news story",
        body="Tar is dear. " + "The harbour council was asked about tar and light and the harbour council said nothing. " * 6,
    ),
    Paper(
        "2010-aleppo-lanterns", "Lanterns of Aleppo", date="2010", places=("Aleppo",), publisher="Pier Press",
        body="The lanterns of Aleppo went to sea in a sieve. alKhaldieh and Sana'a sent oil.",
    ),
    Paper(
        "undated-a-note-without-a-date", "A note without a date", places=("Aleppo",), publisher="not stated",
        body="Nobody wrote a date on this note about lanterns and the harbour council.",
    ),
    Paper(
        "undated-first-of-august", "The first of August", date="XXXX-08-01",
        body="On the first of August the lanterns were lit. The year is nowhere.",
    ),
    Paper(
        "2014-05-06-hostile-labels", f"Hostile {HOSTILE}", date="2014-05-06",
        topics=(TOPICS[2][0],), places=(PLACES[3][0],), names=(NAMES[3][0],),
        speaker=NAMES[3][0], quotation="A marlinspike is not an argument.",
        body="The word marlinspike is beside &lt;script>document.title='owned'&lt;/script> and "
        "&lt;img src=x onerror=\"document.title='owned'\"> here.\n\n"
        "“A marlinspike is not an argument.” So it was said.",
    ),
    Paper(
        "2012-09-01-masabih-homs", "مصابيح لحمص", date="2012-09-01", language="ar", places=("Homs",),
        publisher="مرقب الميناء", reference="م/2012/9",
        body="طلب البحارة مصابيح لحمص وبحلب. قال مسؤول إن الضوء ضروري في المدينة القديمة.\n\n"
        "وصلت السفن إلى بيروت والقاهرة ليلاً، وكان الأسطول صغيرًا.",
    ),
    Paper(
        "2012-09-02-masul-akhar", "رسالة المسئول", date="2012-09-02", language="ar",
        body="كَتَبَ المسئول رسالةً إلى أهل حلب عن المـــيناء.",
    ),
    Paper(
        "2015-03-03-english-with-arabic", "A sign on the pier", date="2015-03-03",
        body="The sign on the pier read الميناء القديم in white letters, and nobody took it down.",
    ),
)  # fmt: skip


# So many that "Show more" has to be pressed again and again. The first title is what a spreadsheet would run.
LEDGER = tuple(
    Paper(
        f"1990-{1 + number % 12:02}-{1 + number % 28:02}-ledger-{number:03}",
        f"{'=HYPERLINK(0) ' if number == 1 else ''}Ledger page {number}", date=f"1990-{1 + number % 12:02}-{1 + number % 28:02}",
        publisher="Ledger Office",
        body=f"What the office wrote down as its {number}th entry, “in order”, with a comma." + " A leddger." * (number == 5),
        names=("Ledger Clerk",) if number in (2, 3) else (), speaker="Ledger Clerk" if number in (2, 3) else "",
        quotation="in order" if number in (2, 3) else "",
    )
    for number in range(1, 136)
)  # fmt: skip


def _table(kind: str, terms: list[tuple[str, list[str], dict[str, str]]]) -> str:
    blocks = []
    for label, aliases, translations in terms:
        lines = [f"[[{kind}]]", f"label = {_toml(label)}"]
        if aliases:
            lines.append(f"aliases = [{', '.join(map(_toml, aliases))}]")
        if translations:
            lines.append(f"translations = {{ {', '.join(f'{k} = {_toml(v)}' for k, v in translations.items())} }}")
        if kind == "name":
            lines.append('kind = "person"')
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _release(paper: Paper) -> str:
    lines = [
        f"title: {_yaml(paper.title)}",
        f"date: {paper.date}",
        f"publisher: {paper.publisher}",
        *([f"reference: {paper.reference}"] if paper.reference else []),
        f"kind: {paper.kind}",
        f"language: {paper.language}",
        "extent: full",
    ]
    for field, values in (("topics", paper.topics), ("places", paper.places), ("names", paper.names)):
        if values:
            lines.append(f"{field}: [{', '.join(map(_yaml, values))}]")
    if paper.speaker:
        lines += ["quotations:", f"  - speaker: {_yaml(paper.speaker)}", f"    text: {_yaml(paper.quotation)}"]
    return "---\n" + "\n".join(lines) + f"\nstatus: published\n---\n{paper.body}\n"


def write(content: Path) -> Path:
    """Writes the archive's content folder and returns it."""
    content.mkdir(parents=True)
    (content / "archive.toml").write_text(ARCHIVE, "utf-8")
    for file, kind, terms in (("topics", "topic", TOPICS), ("places", "place", PLACES), ("names", "name", NAMES)):
        (content / f"{file}.toml").write_text(_table(kind, terms), "utf-8")
    for paper in (*PAPERS, *LEDGER):
        folder = content / "releases" / ("undated" if paper.slug.startswith("undated") else paper.slug[:4])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{paper.slug}.md").write_text(_release(paper), "utf-8")
    return content
