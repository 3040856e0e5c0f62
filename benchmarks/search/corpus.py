"""An invented archive of any size, the same for the same size on every machine: (SearchEntry, page) pairs, about 400 words each.

People, villages, organizations, references and events are invented; towns bear the names of real ones so that the queries read like
real ones. Every thousandth word or so is a made-up name, so that the index has a long tail as that of a real archive has.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from onrecord.search import SearchEntry

FIRST_YEAR, LAST_YEAR = 1990, 2025

TOPICS = (
    "Arbitrary detention;Enforced disappearances;Torture;Freedom of expression;Death penalty;Armed conflict;Refugees;Fair trial;"
    "Freedom of assembly;Impunity;Arms transfers;Unlawful killings;Children;Discrimination;Prison conditions;Journalists;Forced evictions;"
    "International justice;Migrants;Police violence;Minorities;Land rights;Humanitarian access;Housing;Health care;Labour rights;"
    "Statelessness;Censorship;Surveillance;Trafficking;Sexual violence;Reparations;Truth commissions;Elections;Emergency powers;"
    "Mass graves;Child soldiers;Landmines;Cluster munitions;Sieges;Sanctions;Education;Water;Environment"
).split(";")
PLACES = (
    "Homs;Aleppo;Damascus;Idlib;Hama;Daraa;Raqqa;Latakia;Tartus;Beirut;Sidon;Tyre;Amman;Irbid;Baghdad;Basra;Mosul;Erbil;Kirkuk;Najaf;"
    "Tehran;Shiraz;Tabriz;Aden;Taiz;Cairo;Suez;Tunis;Sfax;Gafsa;Algiers;Oran;Rabat;Benghazi;Misrata;Khartoum;Nyala;Juba;Asmara;Goma;"
    "Bukavu;Kinshasa;Bangui;Abuja;Lagos;Kano;Accra;Dakar;Bamako;Gao;Niamey;Luanda;Harare;Lusaka;Maputo;Kabul;Herat;Karachi;Lahore;"
    "Quetta;Dhaka;Colombo;Jaffna;Yangon;Sittwe;Manila;Jakarta;Dili;Lhasa;Seoul;Grozny;Minsk;Kharkiv;Donetsk;Tbilisi;Yerevan;Baku;Osh;"
    "Istanbul;Ankara;Diyarbakır;Nicosia;Athens;Pristina;Sarajevo;Zagreb;Warsaw;Łódź;Geneva;Calais;Melilla;Oaxaca;Managua;Bogotá;Medellín;"
    "Caracas;Quito;Lima;La Paz;Asunción;Temuco;Santiago"
).split(";")
GIVEN = (
    "Salma Yusuf Leila Omar Nadia Karim Hana Tariq Mariam Samir Amina Rashid Dina Walid Rania Bilal Ana José Lucía Mateo Elena Diego Raúl "
    "Inés Tomás Marta Andrés Ngozi Kwame Fatou Ibrahim Adaeze Chidi Aïcha Sékou Wanjiru Otieno Thandi Sipho Mei Jun Lan Hiroshi Nurul Ayu "
    "Priya Arjun Sunita Fatima Imran Zainab Svetlana Ilya Natalia Pavel Oksana Dmytro Timur Claire Ingrid Łucja Øyvind"
).split()
FAMILY = (
    "Haddad Nassar al-Khatib Mansour Darwish Saleh al-Masri Khoury Barakat Zeidan Farouk Sabbagh Herrera Quispe Morales Vargas "
    "Rojas Castillo "
    "Fuentes Ibarra Salazar Paredes Okafor Mensah Diallo Traoré Kamara Abebe Tesfaye Mwangi Odhiambo Dlamini Banda Chen Nguyen Sato Wibowo "
    "Rahman Sharma Perera Bhatt Qureshi Rahimi Noori Ivanova Petrov Shevchenko Karimov Alieva Moreau Lindqvist Weber Rossi Novák Díaz"
).split()
PUBLISHERS = (
    ("Centre for the Record of Violations", "CRV"), ("Open Archive Collective", "OAC"), ("Committee for the Missing", "CM"),
    ("Regional Network for Justice", "RNJ"), ("Lawyers for Due Process", "LDP"), ("Press Freedom Desk", "PFD"),
)  # fmt: skip
_SYLLABLES = (
    "ba be bir da dor el fa gar ha jar ka kir la lam mar mir na nor qa ra rub sa sem ta tel um wa yar za zir".split()
)
_SENTENCES = (
    "{Actor} must {demand}, the {body} said today, as {abuse} in {place} entered their {nth} week.",
    "More than {number} people have been killed in {place} since {day}, most of them unarmed {victims}.",
    "According to testimony gathered in {village}, {actor} surrounded {object} shortly before dawn on {date}.",
    "{Victims} spoke of a severe shortage of medical staff and of medicine for the wounded.",
    "The names of {number} people reported killed were received, among them at least {few} children.",
    "On {date} {person}, a teacher from {village}, was taken from home by {actor} and has not been seen since.",
    "Reports document {abuse} in {place} and in the nearby towns of {village} and {village2}.",
    "While officials met the envoys of {body} in {place2}, {abuse} went on and grew worse.",
    "A lawyer for {number} of the {victims} said that none of them had been allowed to see a relative.",
    "Under international law those who order {abuse} and those who carry them out are equally responsible.",
    "Several thousand {victims} gathered near {object} in {place} on {day} to ask that the authorities {demand}.",
    "The government denied the allegations and said that the {victims} were armed.",
    "Satellite images show that {number} buildings in {village} were destroyed between {month} and {month2}.",
    "In {month} {year} the {body} called on {actor} to {demand}, but no step has been taken.",
    "The report, based on visits to {place} and {village}, describes a pattern of {abuse}.",
    "Witnesses said that {actor} fired at {victims} and that bystanders were hit.",
    "The government of the day announced an inquiry into {abuse}, whose findings were never published.",
    "{person2}, released in {month} after {few} months, described a cell shared with {number} others.",
    "No one has been brought to justice for {abuse} in {village}, although the commanders are known.",
    "Families who asked at {object} about their relatives were threatened, and some were themselves detained.",
    "Fighting between {actor} and local committees has displaced some {number} families to {village}.",
    "Telephone lines in {village} were cut for {few} days, so that the number of the dead could not be verified.",
    "The trial of {few} {victims} accused of insulting the state is to resume in {place} on {date}.",
    "The minister told the {body} that the government would {demand} before the end of {month}.",
)
_SLOTS = {
    "actor": "government forces;the security forces;armed opposition groups;riot police;military intelligence;border guards;prison guards",
    "victims": "protesters;residents;detainees;journalists;students;medical workers;displaced people;community leaders;trade unionists",
    "abuse": "shelling of residential areas;arbitrary arrests;enforced disappearances;torture in detention;unlawful killings;unfair trials;"
    "collective punishment;forced confessions;attacks on hospitals and ambulances",
    "body": "Security Council;Arab League;African Union;Human Rights Council;European Union;parliament;interior ministry;Supreme Court",
    "demand": "end the attacks;open an impartial investigation;release all those held;allow independent monitors;"
    "impose an arms embargo;"
    "repeal the emergency law;protect witnesses;publish the findings;commute all death sentences;halt all transfers of small arms",
    "object": "the market;a field hospital;the central prison;the main square;the university;the old quarter;a school;the courthouse;"
    "the port",
    "day": "Monday;Tuesday;Wednesday;Thursday;Friday;Saturday;Sunday",
    "month": "January;February;March;April;May;June;July;August;September;October;November;December",
    "nth": "second;third;fourth;fifth;sixth",
}
_THINGS = ("ledger", "bridge", "well", "convoy", "mill", "petition")
_AFFAIRS = ("affair", "case", "inquiry", "fire")
_CHOICES = {slot: values.split(";") for slot, values in _SLOTS.items()}
_MONTHS = _CHOICES["month"]


@dataclass(frozen=True, slots=True)
class Made:
    """One invented release: its entry, its page, and the parts queries are made of."""

    entry: SearchEntry
    page: str
    person: str
    village: str
    event: str
    year: str


def releases(count: int, seed: int = 2012) -> Iterator[Made]:
    """`count` invented releases, sorted by path. Each has a person, a village and an event (three words) that few others have."""
    rng = random.Random(f"{seed} {count}")
    villages = sorted(
        {"".join(rng.choices(_SYLLABLES, k=rng.choice((3, 3, 4)))).capitalize() for _ in range(max(200, count // 4))}
    )
    days = sorted(rng.randrange(365 * (LAST_YEAR - FIRST_YEAR + 1)) for _ in range(count))
    for number, day in enumerate(days):
        yield _made(rng, number, FIRST_YEAR + day // 365, day % 365, villages)


def _made(rng: random.Random, number: int, year: int, day: int, villages: list[str]) -> Made:
    month, date = min(day // 31 + 1, 12), day % 28 + 1
    place, place2 = rng.sample(PLACES, 2)
    village, village2 = rng.sample(villages, 2)
    person, person2 = (f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}" for _ in range(2))
    publisher, prefix = rng.choice(PUBLISHERS)
    topics = rng.sample(TOPICS, rng.choice((1, 2, 3)))
    event = f"{rng.choice(villages)} {rng.choice(_THINGS)} {rng.choice(_AFFAIRS)}"
    fixed = {
        "place": place,
        "place2": place2,
        "village": village,
        "village2": village2,
        "person": person,
        "person2": person2,
        "year": str(year),
    }

    def sentence(template: str) -> str:
        values = {slot: rng.choice(choices) for slot, choices in _CHOICES.items()}
        values |= fixed | {
            "month2": rng.choice(_MONTHS), "number": str(rng.randrange(12, 900)), "few": str(rng.randrange(2, 12)),
            "date": f"{rng.randrange(1, 29)} {rng.choice(_MONTHS)}", "Actor": "", "Victims": "",
        }  # fmt: skip
        values["Actor"] = str(values["actor"]).capitalize()
        values["Victims"] = str(values["victims"]).capitalize()
        return template.format(**values)

    paragraphs = []
    for _ in range(rng.choice((7, 8, 9))):
        paragraphs.append(" ".join(sentence(rng.choice(_SENTENCES)) for _ in range(3)))
    paragraphs.insert(
        2,
        f"The {event} is before the courts again. {person} gave evidence in {village} and said: “Nobody listened to us then.”",
    )
    title = f"{place}: {rng.choice(_CHOICES['victims'])} ask for an end to {rng.choice(_CHOICES['abuse'])}"
    if rng.random() < 0.3:
        title = f"{person} must be released, say {rng.choice(_CHOICES['victims'])} in {place}"
    iso = f"{year:04}-{month:02}-{date:02}"
    slug = f"{iso}-{number:06}-{place.lower().replace(' ', '-')}"
    reference = f"{prefix} {rng.randrange(10, 60)}/{number % 1000:03}/{year}"
    entry = SearchEntry(
        path=f"releases/{slug}.html",
        language="en",
        title=title,
        date=iso,
        reference=reference,
        facts=(("date", f"{date} {_MONTHS[month - 1]} {year}"), ("publisher", publisher), ("kind", "press release")),
        filters=(
            *(("topic", topic.lower().replace(" ", "-"), topic) for topic in topics),
            *(("place", name.lower().replace(" ", "-"), name) for name in (place, place2)),
            *(("name", name.lower().replace(" ", "-"), name) for name in (person, person2)),
            ("speaker", person.lower().replace(" ", "-"), person),
            ("publisher", publisher.lower().replace(" ", "-"), publisher),
            ("kind", "press-release", "press release"),
            ("year", str(year), str(year)),
            ("language", "en", "en"),
        ),
        aliases=(*topics, place, place2, person, person2),
    )
    body = "\n".join(f'<p id="p{place_ + 1}">{escape(text)}</p>' for place_, text in enumerate(paragraphs))
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><main><h1>{escape(title)}</h1>"
        f"<p>{iso} {escape(publisher)} {escape(reference)}</p><div data-pagefind-body>\n{body}\n</div></main></body></html>"
    )
    return Made(entry, page, person, village, event, str(year))


def write(site: Path, made: Iterator[Made]) -> list[Made]:
    """Writes the pages below `site` and returns the releases, without their pages."""
    (site / "releases").mkdir(parents=True, exist_ok=True)
    kept = []
    for one in made:
        (site / one.entry.path).write_text(one.page, "utf-8")
        kept.append(Made(one.entry, "", one.person, one.village, one.event, one.year))
    return kept
