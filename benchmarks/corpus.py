#!/usr/bin/env python3
# ruff: noqa: E501 (one entry or one sentence a line, however long)
"""An invented archive of any size, for demonstrations, timings and tests at size (standard library only).

    corpus.py OUT [--n 1000] [--seed 2012] [--languages en,ar,fr,es] [--interface en,ar]    write a whole content folder
    corpus.py edit OUT [--token TEXT]                                                       change one release, always the same one

The same arguments give the same bytes on every machine: all chance comes from `random.Random(text).random()`, the one method whose
sequence the standard library promises to keep. Releases are written one at a time, so that memory stays flat at any size.

Every person, organisation, publisher, village, number and event is invented; cities and countries are real places with their true
coordinates. The folder says so itself, in archive.toml, in pages/about.md and in the rights of every release.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

MARK = "# Written by benchmarks/corpus.py: invented from the first word to the last."
FIRST_YEAR, LAST_YEAR = 1994, 2024
RIGHTS = "Invented text for demonstration; free for any use"

# ---- places: label | kind | country | region | latitude | longitude | Arabic | French | Spanish (empty: as the label) ---------------

PLACES = """
Syria|country||mena|35.0|38.5|سوريا|Syrie|Siria
Homs|city|Syria|mena|34.7308|36.7094|حمص||
Aleppo|city|Syria|mena|36.2021|37.1343|حلب|Alep|Alepo
Damascus|city|Syria|mena|33.5138|36.2765|دمشق|Damas|Damasco
Idlib|city|Syria|mena|35.9306|36.6339|إدلب||
Daraa|city|Syria|mena|32.6189|36.1021|درعا|Deraa|
Deir ez-Zor|city|Syria|mena|35.3359|40.1408|دير الزور||
Lebanon|country||mena|33.85|35.86|لبنان|Liban|Líbano
Beirut|city|Lebanon|mena|33.8938|35.5018|بيروت|Beyrouth|
Sidon|city|Lebanon|mena|33.5571|35.3729|صيدا|Saïda|Sidón
Iraq|country||mena|33.2|43.7|العراق|Irak|Irak
Baghdad|city|Iraq|mena|33.3152|44.3661|بغداد|Bagdad|Bagdad
Mosul|city|Iraq|mena|36.34|43.13|الموصل|Mossoul|
Basra|city|Iraq|mena|30.5085|47.7804|البصرة|Bassora|Basora
Yemen|country||mena|15.55|48.52|اليمن|Yémen|
Sana'a|city|Yemen|mena|15.3694|44.191|صنعاء|Sanaa|Saná
Aden|city|Yemen|mena|12.7855|45.0187|عدن||Adén
Taiz|city|Yemen|mena|13.5795|44.0209|تعز||
Egypt|country||mena|26.82|30.8|مصر|Égypte|Egipto
Cairo|city|Egypt|mena|30.0444|31.2357|القاهرة|Le Caire|El Cairo
Alexandria|city|Egypt|mena|31.2001|29.9187|الإسكندرية|Alexandrie|Alejandría
Tunisia|country||mena|33.89|9.54|تونس|Tunisie|Túnez
Sfax|city|Tunisia|mena|34.7406|10.7603|صفاقس||
Gafsa|city|Tunisia|mena|34.425|8.7842|قفصة||
Algeria|country||mena|28.03|1.66|الجزائر|Algérie|Argelia
Oran|city|Algeria|mena|35.6971|-0.6308|وهران||Orán
Tizi Ouzou|city|Algeria|mena|36.7118|4.0459|تيزي وزو||
Morocco|country||mena|31.79|-7.09|المغرب|Maroc|Marruecos
Rabat|city|Morocco|mena|34.0209|-6.8416|الرباط||
Casablanca|city|Morocco|mena|33.5731|-7.5898|الدار البيضاء||
Sudan|country||mena|15.5|30.2|السودان|Soudan|Sudán
Khartoum|city|Sudan|mena|15.5007|32.5599|الخرطوم||Jartum
El Fasher|city|Sudan|mena|13.6279|25.3494|الفاشر||
Senegal|country||africa|14.5|-14.45||Sénégal|
Dakar|city|Senegal|africa|14.7167|-17.4677|||
Mali|country||africa|17.57|-3.996|||Malí
Bamako|city|Mali|africa|12.6392|-8.0029|||
Gao|city|Mali|africa|16.2666|-0.04|||
Guinea|country||africa|9.95|-9.7||Guinée|
Conakry|city|Guinea|africa|9.6412|-13.5784|||
Chad|country||africa|15.45|18.73||Tchad|
N'Djamena|city|Chad|africa|12.1348|15.0557|||Yamena
Democratic Republic of the Congo|country||africa|-4.04|21.76||République démocratique du Congo|República Democrática del Congo
Kinshasa|city|Democratic Republic of the Congo|africa|-4.4419|15.2663|||
Goma|city|Democratic Republic of the Congo|africa|-1.6585|29.2205|||
Bukavu|city|Democratic Republic of the Congo|africa|-2.5083|28.8608|||
Kenya|country||africa|-0.02|37.91|||Kenia
Nairobi|city|Kenya|africa|-1.2921|36.8219|||
Mombasa|city|Kenya|africa|-4.0435|39.6682|||
Ethiopia|country||africa|9.145|40.4897||Éthiopie|Etiopía
Addis Ababa|city|Ethiopia|africa|9.0054|38.7636||Addis-Abeba|Adís Abeba
Mekelle|city|Ethiopia|africa|13.4967|39.4753|||
Nigeria|country||africa|9.08|8.68||Nigéria|
Maiduguri|city|Nigeria|africa|11.8333|13.15|||
South Africa|country||africa|-30.56|22.94||Afrique du Sud|Sudáfrica
Johannesburg|city|South Africa|africa|-26.2041|28.0473|||Johannesburgo
Mexico|country||americas|23.63|-102.55||Mexique|México
Oaxaca|city|Mexico|americas|17.0732|-96.7266|||
Ciudad Juárez|city|Mexico|americas|31.6904|-106.4245|||
Guatemala|country||americas|15.78|-90.23|||
Quetzaltenango|city|Guatemala|americas|14.8347|-91.5181|||
Colombia|country||americas|4.57|-74.3||Colombie|
Bogotá|city|Colombia|americas|4.711|-74.0721|||
Medellín|city|Colombia|americas|6.2442|-75.5812|||
Buenaventura|city|Colombia|americas|3.8801|-77.0312|||
Peru|country||americas|-9.19|-75.02||Pérou|Perú
Lima|city|Peru|americas|-12.0464|-77.0428|||
Ayacucho|city|Peru|americas|-13.1588|-74.2239|||
Chile|country||americas|-35.68|-71.54||Chili|
Temuco|city|Chile|americas|-38.7359|-72.5904|||
Argentina|country||americas|-38.42|-63.62||Argentine|
Buenos Aires|city|Argentina|americas|-34.6037|-58.3816|||
Rosario|city|Argentina|americas|-32.9442|-60.6505|||
Brazil|country||americas|-14.24|-51.93||Brésil|Brasil
Rio de Janeiro|city|Brazil|americas|-22.9068|-43.1729|||Río de Janeiro
Haiti|country||americas|18.97|-72.29||Haïti|Haití
Port-au-Prince|city|Haiti|americas|18.5944|-72.3074|||Puerto Príncipe
Afghanistan|country||asia|33.94|67.71|||Afganistán
Kabul|city|Afghanistan|asia|34.5553|69.2075||Kaboul|
Herat|city|Afghanistan|asia|34.3529|62.204||Hérat|
Pakistan|country||asia|30.38|69.35|||Pakistán
Karachi|city|Pakistan|asia|24.8607|67.0011|||
Quetta|city|Pakistan|asia|30.1798|66.975|||
Sri Lanka|country||asia|7.87|80.77|||
Jaffna|city|Sri Lanka|asia|9.6615|80.0255|||
Colombo|city|Sri Lanka|asia|6.9271|79.8612|||
Myanmar|country||asia|21.91|95.96|||
Yangon|city|Myanmar|asia|16.8409|96.1735||Rangoun|Rangún
Sittwe|city|Myanmar|asia|20.1527|92.8677|||
Philippines|country||asia|12.88|121.77|||Filipinas
Manila|city|Philippines|asia|14.5995|120.9842||Manille|
Davao|city|Philippines|asia|7.1907|125.4553|||
Indonesia|country||asia|-0.79|113.92||Indonésie|
Jakarta|city|Indonesia|asia|-6.2088|106.8456|||Yakarta
Jayapura|city|Indonesia|asia|-2.5916|140.669|||
Belarus|country||europe|53.71|27.95||Bélarus|Bielorrusia
Minsk|city|Belarus|europe|53.9006|27.559|||
Turkey|country||europe|38.96|35.24||Turquie|Turquía
Istanbul|city|Turkey|europe|41.0082|28.9784|||Estambul
Diyarbakır|city|Turkey|europe|37.9144|40.2306|||
Serbia|country||europe|44.02|21.01||Serbie|
Belgrade|city|Serbia|europe|44.7866|20.4489|||Belgrado
Georgia|country||europe|42.32|43.36||Géorgie|
Tbilisi|city|Georgia|europe|41.7151|44.8271||Tbilissi|
Greece|country||europe|39.07|21.82||Grèce|Grecia
Athens|city|Greece|europe|37.9838|23.7275||Athènes|Atenas
"""

# ---- topics: label | French | Spanish | Arabic | description ----------------------------------------------------------------------

TOPICS = """
Arbitrary detention|Détention arbitraire|Detención arbitraria|الاحتجاز التعسفي|People held without a lawful ground or without a judge.
Enforced disappearances|Disparitions forcées|Desapariciones forzadas|الاختفاء القسري|People taken by agents of a state that then denies holding them.
Torture|Torture|Tortura|التعذيب|Pain inflicted on people in custody, to punish or to make them speak.
Armed conflict|Conflit armé|Conflicto armado|النزاع المسلح|Fighting between armies or armed groups and what it does to civilians.
Freedom of expression|Liberté d’expression|Libertad de expresión|حرية التعبير|The right to speak, write and publish.
Freedom of assembly|Liberté de réunion|Libertad de reunión|حرية التجمع|The right to meet and to march.
Fair trial|Procès équitable|Juicio justo|المحاكمة العادلة|Courts, lawyers and the rules of evidence.
Death penalty|Peine de mort|Pena de muerte|عقوبة الإعدام|Death sentences and executions.
Impunity|Impunité|Impunidad|الإفلات من العقاب|Crimes for which nobody has been brought to court.
Refugees|Personnes réfugiées|Personas refugiadas|اللاجئون|People who have fled across a border.
Displacement|Déplacement forcé|Desplazamiento forzado|النزوح|People made to leave their homes within their country.
Women’s rights|Droits des femmes|Derechos de las mujeres|حقوق المرأة|Equality before the law and safety from violence.
Children’s rights|Droits de l’enfant|Derechos de la infancia|حقوق الطفل|Protection owed to everyone under eighteen.
Journalists|Journalistes|Periodistas|الصحفيون|Threats to people who report the news.
Human rights defenders|Défense des droits humains|Defensa de los derechos humanos|المدافعون عن حقوق الإنسان|People harmed because they stood up for others.
Prison conditions|Conditions carcérales|Condiciones penitenciarias|أوضاع السجون|Food, space, health and visits in places of detention.
Police violence|Violences policières|Violencia policial|عنف الشرطة|Force used by police beyond what the law allows.
Land rights|Droits fonciers|Derecho a la tierra|الحق في الأرض|Who may live on and work a piece of land.
Indigenous peoples|Peuples autochtones|Pueblos indígenas|الشعوب الأصلية|Rights of peoples who were there before the state.
Minorities|Minorités|Minorías|الأقليات|Rights of national, ethnic, religious and linguistic minorities.
Housing|Logement|Vivienda|السكن|Evictions and the right to an adequate home.
Health|Santé|Salud|الصحة|Access to hospitals, medicine and care.
Education|Éducation|Educación|التعليم|Schools, teachers and the right to learn.
Labour rights|Droits du travail|Derechos laborales|حقوق العمال|Unions, wages and safety at work.
Migrants|Migrants|Migrantes|المهاجرون|Rights of people on the move.
Elections|Élections|Elecciones|الانتخابات|Rights before, during and after a vote.
Emergency powers|État d’urgence|Estado de emergencia|حالة الطوارئ|Laws that set ordinary safeguards aside.
Surveillance|Surveillance|Vigilancia|المراقبة|Watching what people do, say and read.
Humanitarian access|Accès humanitaire|Acceso humanitario|الوصول الإنساني|Whether help may reach those who need it.
Sieges|Sièges|Asedios|الحصار|Towns cut off from food, medicine and power.
Mass graves|Charniers|Fosas comunes|المقابر الجماعية|Burial places that may be evidence of a crime.
Truth and reparation|Vérité et réparation|Verdad y reparación|الحقيقة وجبر الضرر|What is owed to victims and their families.
International justice|Justice internationale|Justicia internacional|العدالة الدولية|Courts beyond the borders of one state.
Arms transfers|Transferts d’armes|Transferencias de armas|نقل الأسلحة|Weapons sold or given where they may be misused.
Environment|Environnement|Medio ambiente|البيئة|Harm to land, air and water that harms people.
Water|Eau|Agua|المياه|The right to safe and sufficient water.
"""

# ---- invented names: (Latin, Arabic) ---------------------------------------------------------------------------------------------

GIVEN = {
    "mena": [
        ("Salwa", "سلوى"),
        ("Nizar", "نزار"),
        ("Rima", "ريما"),
        ("Adham", "أدهم"),
        ("Huda", "هدى"),
        ("Marwan", "مروان"),
        ("Lamis", "لميس"),
        ("Yazan", "يزن"),
        ("Samar", "سمر"),
        ("Ghassan", "غسان"),
    ],
    "africa": [
        ("Awa", "آوا"),
        ("Kofi", "كوفي"),
        ("Ndeye", "نداي"),
        ("Sékou", "سيكو"),
        ("Wairimu", "وايريمو"),
        ("Tadesse", "تاديسي"),
        ("Zola", "زولا"),
        ("Ousmane", "عثمان"),
    ],
    "americas": [
        ("Inés", "إينيس"),
        ("Joaquín", "خواكين"),
        ("Maité", "مايتي"),
        ("Rubén", "روبين"),
        ("Yolanda", "يولاندا"),
        ("Ángel", "أنخيل"),
        ("Nélida", "نيليدا"),
        ("Tomás", "توماس"),
    ],
    "asia": [
        ("Shirin", "شيرين"),
        ("Arif", "عارف"),
        ("Nilanthi", "نيلانثي"),
        ("Thiha", "ثيها"),
        ("Rosalie", "روزالي"),
        ("Wayan", "وايان"),
        ("Parwin", "بروين"),
        ("Jomar", "جومار"),
    ],
    "europe": [
        ("Ilinca", "إلينكا"),
        ("Danilo", "دانيلو"),
        ("Katsia", "كاتسيا"),
        ("Zviad", "زفياد"),
        ("Eleni", "إليني"),
        ("Berfin", "برفين"),
        ("Łucja", "لوتسيا"),
        ("Søren", "سورين"),
    ],
}
FAMILY = {
    "mena": [
        ("al-Tamrawi", "الطمراوي"),
        ("Qandilji", "قندلجي"),
        ("Sarmadan", "سرمدان"),
        ("Ben Yaqzan", "بن يقظان"),
        ("al-Rahbawi", "الرحباوي"),
        ("Nahlawandi", "نحلاوندي"),
    ],
    "africa": [
        ("Okandelu", "أوكانديلو"),
        ("Diarrassy", "دياراسي"),
        ("Mbekwana", "مبيكوانا"),
        ("Teferwork", "تيفيرورك"),
        ("N’Goumba", "نغومبا"),
    ],
    "americas": [
        ("Altamaro", "ألتامارو"),
        ("Quilpanche", "كيلبانتشي"),
        ("Verdaguera", "فيرداغيرا"),
        ("Ñancuvil", "نيانكوفيل"),
        ("Solórzaga", "سولورثاغا"),
    ],
    "asia": [
        ("Rahimzoy", "رحيمزوي"),
        ("Perakumbura", "بيراكومبورا"),
        ("Lwin Tayza", "لوين تايزا"),
        ("Batobalan", "باتوبالان"),
        ("Suryakanta", "سورياكانتا"),
    ],
    "europe": [
        ("Kovarenko", "كوفارينكو"),
        ("Jelavnik", "يلافنيك"),
        ("Papadrosos", "بابادروسوس"),
        ("Gelbakhia", "غيلباخيا"),
        ("Øvregård", "أوفريغورد"),
    ],
}
VILLAGES = {
    "mena": [
        ("Tal Mershan", "تل مرشان"),
        ("Wadi Sorin", "وادي سورين"),
        ("Kafr Ildan", "كفر إلدان"),
        ("Ain Zarqun", "عين زرقون"),
        ("Burj al-Hanin", "برج الحنين"),
        ("Deir Qasbah", "دير قصبة"),
        ("Bir Ghazlan", "بئر غزلان"),
        ("Khan Tamr", "خان تمر"),
    ],
    "africa": [
        ("Mbarani", ""),
        ("Kolindougou", ""),
        ("Nyatero", ""),
        ("Sabakoro", ""),
        ("Wolenchit Adi", ""),
        ("Umtwalini", ""),
        ("Tchirori", ""),
    ],
    "americas": [
        ("San Isandro", ""),
        ("Quebrada Umbría", ""),
        ("Alto Rimay", ""),
        ("Puerto Almaro", ""),
        ("Cerro Lincal", ""),
        ("Santa Virela", ""),
        ("Vila Nortada", ""),
    ],
    "asia": [
        ("Darra-e-Nilgun", ""),
        ("Kampung Serayu", ""),
        ("Vellanthurai", ""),
        ("Myo Thanlet", ""),
        ("Barangay Talimao", ""),
        ("Chak Gulzari", ""),
    ],
    "europe": [
        ("Velika Drenova Luka", ""),
        ("Staroselka", ""),
        ("Yukarı Pınarcık", ""),
        ("Zemo Khareli", ""),
        ("Palaiochora Ano", ""),
        ("Zalesinka", ""),
    ],
}
ORGANISATIONS = [
    "Assembly of Coastal States",
    "Bench of Regional Judges",
    "Chamber of Independent Lawyers",
    "Commission on the Missing",
    "Council of the Two Rivers",
    "Federation of Night-shift Nurses",
    "Forum of Village Teachers",
    "Inter-provincial Court of Review",
    "League of Printers and Readers",
    "Northern Observers’ Mission",
    "Office of the Border Ombudsman",
    "Panel of Treaty Experts",
    "Standing Conference on Relief",
    "Union of River Boatmen",
    "Watch on the Quiet Prisons",
]
PUBLISHERS = [
    ("Lantern Documentation Centre", "LDC"),
    ("Open Ledger Collective", "OLC"),
    ("Committee of the Empty Chair", "CEC"),
    ("Harbour Street Legal Aid", "HSL"),
    ("Archive of Plain Speech", "APS"),
    ("Three Bridges Monitor", "TBM"),
]
ROLES = [
    "director of research",
    "head of the field desk",
    "legal adviser",
    "spokesperson",
    "deputy director for the region",
    "representative at the talks",
    "coordinator of the witness programme",
    "medical adviser",
]

# ---- sentences -------------------------------------------------------------------------------------------------------------------

SLOTS: dict[str, list[str]] = {
    "actors": [
        "soldiers of the garrison",
        "plain-clothes agents",
        "members of a local militia",
        "the riot squad",
        "armed men without insignia",
        "officers of the frontier guard",
        "prison staff",
        "fighters of an opposition group",
        "guards of a private company",
        "police from the capital",
    ],
    "people": [
        "market traders",
        "schoolteachers",
        "families of the missing",
        "farm workers",
        "hospital staff",
        "young conscripts",
        "local reporters",
        "students of the technical college",
        "people who had fled earlier fighting",
        "members of the fishing cooperative",
        "defence lawyers",
    ],
    "act": [
        "arrests without a warrant",
        "the shelling of homes",
        "secret detention",
        "beatings in custody",
        "killings at checkpoints",
        "trials behind closed doors",
        "the burning of crops",
        "raids on clinics",
        "the closing of newspapers",
        "the forced eviction of whole streets",
        "confessions obtained under duress",
    ],
    "demand": [
        "stop the raids at once",
        "name everyone who is being held",
        "let independent doctors in",
        "open the archives of the security services",
        "suspend the officers under suspicion",
        "publish the findings of the inquiry",
        "allow relief convoys through",
        "give the families back their dead",
        "drop the charges against peaceful marchers",
        "set a date for free elections",
        "protect those who have agreed to testify",
    ],
    "object": [
        "the grain depot",
        "a maternity ward",
        "the bus station",
        "the old customs house",
        "a teachers’ hostel",
        "the district court",
        "the covered market",
        "a pumping station",
        "the football ground",
        "a parish hall",
        "the radio mast",
    ],
    "nth": ["second", "third", "fourth", "fifth", "sixth"],
}
SENTENCES = [
    "The authorities in {country} must {demand}, {org} said today, as {act} around {place} went on for the {nth} week in a row.",
    "At least {num} {people} from {village} and nearby hamlets were taken away in the last days of {month}.",
    "{org} spoke by telephone with {num} {people} in {place}, most of whom asked that their names be kept back.",
    "Shortly after midnight {actors} closed the road to {village} and went from door to door with a list.",
    "A nurse who had worked in {place} for {few} years said that she had counted {num} wounded before the lights went out.",
    "{person}, who keeps a small shop opposite {object}, has not been seen since a visit from {actors} on {day}.",
    "No warrant was shown, no reason was given, and no court has yet said where the {people} are being held.",
    "Photographs examined by {org} show damage to {object} that is consistent with accounts given by {people} in {village}.",
    "In a letter sent in {month} {year}, {body} asked the government to {demand}; it has had no reply.",
    "The interior ministry said on {day} that its men had come under attack, but offered neither names nor places.",
    "{body} is due to meet in {place2} next month, and delegates have been asked to put {act} first on their agenda.",
    "Under treaties that {country} has signed, {act} can never be excused by an emergency, however grave.",
    "Relatives who waited outside {object} for {few} days were told to go home and not to speak to strangers.",
    "Of the {num} people whose cases {org} has been able to follow, {few} have been charged and none has been tried.",
    "Water has reached {village} only every {few} days since {actors} took over the pumping station in {month}.",
    "The governor promised in {year} that those responsible for {act} would be named; the promise has not been kept.",
    "“List after list”, was how one clerk in {place} described the months in which {act} had become a matter of routine.",
    "A second witness, a driver, said that {num} sacks of flour had been turned back at the bridge below {village}.",
    "Several {people} described the same officer, and gave the same number for the vehicle in which he had arrived.",
    "What began with a quarrel over {object} had by {weekday} spread to every quarter of {place}.",
    "The hearing against {few} {people} has been put off {few} times and will now be held in {place2}, far from their families.",
    "Doctors in {place} have been ordered to report every patient with a gunshot wound, and many now treat people at home.",
    "{person} spent {few} months in a cell that measured three paces by two and that was shared by {few} others.",
    "{org} has not been able to visit {village}, and cannot say how many people remain there.",
    "Where accounts differ, as they do over the number of dead, {org} gives the lower figure and says who reported it.",
    "{actors} have also been accused of {act}, and nothing in the record so far suggests that the accusation has been looked into.",
    "The road to the border was opened for {few} hours on {weekday}, long enough for {num} families to leave {place}.",
    "“We know who signed the order”, a former clerk of {object} told {org}, and handed over a copy with the names struck out.",
    "Schools in {village} have stayed shut since {month}, and teachers say that {num} children no longer have a place to learn.",
    "Both sides have agreed to receive observers from {body}, though neither has said when, or how far they may travel.",
    "The list published today holds {num} names; it will be corrected whenever a family or a court shows that an entry is wrong.",
    "Telephone masts around {place} were switched off on {day}, and news of {village} now travels with whoever is allowed to leave.",
    "{person} told the inquiry that {actors} had been seen near {object} on the evening before it burned.",
    "For the {people} of {village}, {org} notes, the law on paper and the law at the checkpoint have long been two different things.",
    "An earlier statement by {org} described {act} in {place2}; the pattern reported from {place} since then is much the same.",
    "Lawyers acting for the families have asked {body} to order that {object} be sealed until experts have seen it.",
]
QUOTES = [
    "Every day without an answer is a day in which more {people} may be taken",
    "We ask for nothing that the law of {country} does not already promise: {demand}, and do it in the open",
    "It should not need a foreign visitor to make the authorities {demand}",
    "Nobody in {village} believes that {act} happen without an order",
    "The families are not asking for pity; they are asking for a list of names",
    "If there is nothing to hide at {object}, then let {body} walk through it tomorrow",
    "What we have heard from {place} this week we have heard before, in {year}, almost word for word",
    "A promise made to {body} is worth little to a mother who stands at a locked gate",
]
SECOND = [
    "The first step is simple: {demand}",
    "Silence from {body} would be understood as permission",
    "Someone must answer for {act}",
    "People in {place} have waited long enough",
]
TITLES = [
    "{country}: {People} in {place} still waiting for an answer",
    "{place}: Authorities must {demand}",
    "{country}: New testimony on {act} in {place}",
    "{place}: Fear for {person}",
    "{country}: {num} held after raid near {object}",
    "{body} must not look away from {place}",
    "{place}: {Act} must end",
    "{country}: A year on, no inquiry into what happened at {object}",
    "Open letter on {act} in {place}",
    "{place}: {People} at risk after attack on {object}",
    "{country}: Lift the blockade of {village}",
    "Joint statement on {act} in {country}",
]
SUBTITLES = ["{num} names published today", "Witnesses from {village} speak", "{body} asked to act"]
HEADINGS = [
    "Background",
    "What witnesses say",
    "The law",
    "What should happen now",
    "Reports from {village}",
    "How this was checked",
]
SUMMARIES = [
    "asks the authorities to {demand}",
    "says that {act} have gone on in {place} since {month}",
    "reports {num} people missing from {village}",
]
# What a number that is reported looks like: {0} is its least, {1} its most.
COUNTED = {
    "en": {
        "thousands": ",",
        "range": "between {0} and {1}",
        "most": "no more than {1}",
        "more": "more than {0}",
        "least": "at least {0}",
        "exactly": "{0}",
        "counts": "families who have lost their roof since 1994",
        "sentence": "The {by} has counted {value} families who have lost their roof in {place} since 1994.",
    },
    "ar": {
        "thousands": "٬",
        "range": "بين {0} و{1}",
        "most": "لا يزيد على {1}",
        "more": "أكثر من {0}",
        "least": "ما لا يقل عن {0}",
        "exactly": "{0}",
        "counts": "عائلات فقدت سقف بيتها منذ 1994",
        "sentence": "وأحصت {by} في {place} {value} عائلة فقدت سقف بيتها منذ 1994.",
    },
    "fr": {
        "thousands": " ",
        "range": "entre {0} et {1}",
        "most": "au plus {1}",
        "more": "plus de {0}",
        "least": "au moins {0}",
        "exactly": "{0}",
        "counts": "familles qui ont perdu leur toit depuis 1994",
        "sentence": "{by} a compté {value} familles qui ont perdu leur toit depuis 1994 : {place}.",
    },
    "es": {
        "thousands": ".",
        "range": "entre {0} y {1}",
        "most": "no más de {1}",
        "more": "más de {0}",
        "least": "al menos {0}",
        "exactly": "{0}",
        "counts": "familias que han perdido su techo desde 1994",
        "sentence": "{by} ha contado {value} familias que han perdido su techo desde 1994: {place}.",
    },
}
NOTES = "{org} gathered this account by telephone and in writing. Interviews in {place2} are [offered to reporters](https://example.org/press)."
REASONS = {
    "corrected": "The number of people held was given as {num}; the publisher has since counted {few}.",
    "withdrawn": "The publisher took this text back: two of its witnesses had not agreed to be quoted.",
}

FOREIGN: dict[str, dict[str, list[str]]] = {
    "fr": {
        "titles": [
            "{place} : les familles de {village} attendent toujours une réponse",
            "{place} : {num} noms publiés aujourd’hui",
            "{country} : aucune enquête sur les faits de {village}",
            "{country} : craintes pour {person}",
            "{place} : il faut lever le blocus de {village}",
        ],
        "sentences": [
            "Les autorités doivent dire où se trouvent les {num} personnes emmenées de {village} depuis le début du mois de {month}, a déclaré aujourd’hui {org}.",
            "Selon des habitants joints par téléphone à {place}, des hommes en civil sont passés de maison en maison avec une liste.",
            "Aucun mandat n’a été présenté, aucun motif n’a été donné, et aucun juge n’a encore entendu les personnes détenues.",
            "{person}, qui tient un petit commerce près de l’ancienne douane, n’a pas reparu depuis le {day}.",
            "Les écoles de {village} restent fermées, et les enseignants disent que {num} enfants n’ont plus de lieu où apprendre.",
            "Une infirmière qui travaille à {place} depuis {few} ans dit avoir compté {num} blessés avant la coupure du courant.",
            "En {year}, le gouverneur avait promis que les responsables seraient nommés ; cette promesse n’a pas été tenue.",
            "Lorsque les récits divergent, comme c’est le cas pour le nombre des morts, {org} retient le chiffre le plus bas et dit qui l’a donné.",
            "L’eau n’arrive plus à {village} que tous les {few} jours, et les réservoirs de secours sont presque vides.",
            "Les avocats des familles ont demandé que le dépôt de grain soit mis sous scellés jusqu’à la venue d’experts indépendants.",
            "{org} n’a pas pu se rendre à {village} et ne peut pas dire combien de personnes s’y trouvent encore.",
            "La route de la frontière a été ouverte pendant {few} heures, le temps pour {num} familles de quitter {place}.",
            "Le ministère de l’intérieur affirme que ses hommes ont été attaqués, mais il n’a donné ni noms ni lieux.",
            "La liste publiée aujourd’hui contient {num} noms ; elle sera corrigée dès qu’une famille ou un tribunal en montrera une erreur.",
            "Des médecins de {place} ont reçu l’ordre de signaler chaque patient blessé par balle, et beaucoup soignent désormais à domicile.",
            "Les deux parties ont accepté la venue d’observateurs, sans dire quand, ni jusqu’où ils pourront se déplacer.",
        ],
        "quotes": [
            "Chaque jour sans réponse est un jour de trop pour les familles de {village}",
            "Nous ne demandons rien que la loi ne promette déjà",
            "S’il n’y a rien à cacher, que les portes soient ouvertes dès demain",
            "Ce que nous entendons de {place}, nous l’avions déjà entendu en {year}",
        ],
        "said": ["« {quote} », a déclaré {speaker}."],
        "headings": ["Contexte", "Ce que disent les témoins", "Ce qui doit changer"],
        "months": [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
    },
    "es": {
        "titles": [
            "{place}: las familias de {village} siguen sin respuesta",
            "{place}: se publican hoy {num} nombres",
            "{country}: ninguna investigación sobre lo ocurrido en {village}",
            "{country}: temor por {person}",
            "{place}: debe levantarse el cerco de {village}",
        ],
        "sentences": [
            "Las autoridades deben decir dónde están las {num} personas que fueron llevadas de {village} desde comienzos de {month}, ha dicho hoy {org}.",
            "Según vecinos de {place} consultados por teléfono, hombres de civil pasaron de casa en casa con una lista en la mano.",
            "No se mostró ninguna orden, no se dio ningún motivo y ningún juez ha oído todavía a las personas detenidas.",
            "De {person}, que atiende una pequeña tienda junto a la antigua aduana, no se sabe nada desde el {day}.",
            "Las escuelas de {village} siguen cerradas, y los maestros dicen que {num} niños y niñas se han quedado sin lugar donde aprender.",
            "Una enfermera que trabaja en {place} desde hace {few} años dice que contó {num} heridos antes de que se cortara la luz.",
            "En {year} el gobernador prometió que los responsables serían señalados por su nombre; la promesa no se ha cumplido.",
            "Donde los relatos difieren, como ocurre con el número de muertos, {org} da la cifra más baja y dice de quién procede.",
            "El agua llega a {village} solo cada {few} días, y los depósitos de reserva están casi vacíos.",
            "Los abogados de las familias han pedido que el almacén de grano quede precintado hasta que lo vean peritos independientes.",
            "{org} no ha podido visitar {village} y no puede decir cuántas personas permanecen allí.",
            "El camino de la frontera estuvo abierto {few} horas, lo justo para que {num} familias salieran de {place}.",
            "El ministerio del interior afirma que sus hombres fueron atacados, pero no ha dado nombres ni lugares.",
            "La lista que hoy se publica contiene {num} nombres; se corregirá cuando una familia o un tribunal muestre que hay un error.",
            "Los médicos de {place} tienen orden de denunciar a todo paciente con herida de bala, y muchos atienden ya en las casas.",
            "Ambas partes han aceptado la llegada de observadores, aunque ninguna ha dicho cuándo, ni hasta dónde podrán viajar.",
        ],
        "quotes": [
            "Cada día sin respuesta es un día de más para las familias de {village}",
            "No pedimos nada que la ley no prometa ya",
            "Si no hay nada que esconder, que se abran las puertas mañana mismo",
            "Lo que hoy oímos de {place} ya lo habíamos oído en {year}",
        ],
        "said": ["«{quote}», ha dicho {speaker}."],
        "headings": ["Contexto", "Lo que dicen los testigos", "Lo que debe cambiar"],
        "months": [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
    },
    "ar": {
        "titles": [
            "{place}: عائلات {village} ما زالت تنتظر الجواب",
            "{place}: نشر {num} اسماً اليوم",
            "{country}: لا تحقيق في ما جرى في {village}",
            "{country}: مخاوف على {person}",
            "{place}: يجب رفع الحصار عن {village}",
        ],
        "sentences": [
            "على السلطات أن تقول أين يوجد الأشخاص الذين اقتيدوا من {village} منذ بداية شهر {month} وعددهم {num}، بحسب ما قالت {org} اليوم.",
            "وقال سكان في {place} تحدثوا بالهاتف إن رجالاً بثياب مدنية انتقلوا من بيت إلى بيت ومعهم قائمة بالأسماء.",
            "لم تُبرز أي مذكرة، ولم يُذكر أي سبب، ولم يستمع أي قاضٍ حتى الآن إلى المحتجزين.",
            "ولم يُعرف شيء عن {person}، وله دكان صغير قرب مبنى الجمارك القديم، منذ {day}.",
            "وما زالت مدارس {village} مغلقة، ويقول المعلمون إن {num} طفلاً لم يعد لهم مكان يتعلمون فيه.",
            "وقالت ممرضة تعمل في {place} منذ {few} سنوات إنها أحصت {num} جريحاً قبل انقطاع الكهرباء.",
            "وكان المحافظ قد وعد عام {year} بأن يُكشف عن أسماء المسؤولين، ولم يتحقق الوعد.",
            "وحين تختلف الروايات، كما في عدد القتلى، تأخذ {org} بالرقم الأدنى وتقول من الذي أورده.",
            "ولا تصل المياه إلى {village} إلا مرة كل {few} أيام، وقد أوشكت خزانات الاحتياط على النفاد.",
            "وطلب محامو العائلات ختم مستودع الحبوب إلى أن يراه خبراء مستقلون.",
            "ولم تتمكن {org} من زيارة {village} ولا تستطيع أن تقول كم بقي فيها من الناس.",
            "وفُتح طريق الحدود {few} ساعات فقط، وهو وقت كفى لخروج {num} عائلة من {place}.",
            "وقالت وزارة الداخلية إن رجالها تعرضوا لهجوم، لكنها لم تذكر أسماء ولا أماكن.",
            "وتضم القائمة المنشورة اليوم {num} اسماً، وستُصحح كلما بيّنت عائلة أو محكمة أن فيها خطأ.",
            "وتلقى الأطباء في {place} أمراً بالإبلاغ عن كل جريح بالرصاص، فصار كثير منهم يعالجون الناس في البيوت.",
            "وقبل الطرفان قدوم مراقبين، من غير أن يقولا متى يأتون ولا إلى أي مدى يمكنهم التنقل.",
        ],
        "quotes": [
            "كل يوم بلا جواب هو يوم يزيد على ما تحتمله عائلات {village}",
            "نحن لا نطلب شيئاً لا يعد به القانون نفسه",
            "إن لم يكن هناك ما يُخفى فلتُفتح الأبواب غداً",
            "ما نسمعه اليوم من {place} سمعناه من قبل عام {year}",
        ],
        "said": ["وقال {speaker}: «{quote}».", "«{quote}»، قال {speaker}."],
        "headings": ["خلفية", "ما يقوله الشهود", "ما يجب أن يتغير"],
        "months": [
            "كانون الثاني",
            "شباط",
            "آذار",
            "نيسان",
            "أيار",
            "حزيران",
            "تموز",
            "آب",
            "أيلول",
            "تشرين الأول",
            "تشرين الثاني",
            "كانون الأول",
        ],
    },
}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# Out of a hundred releases: the languages other than English, and the regions they are read in.
SHARES = {"ar": 12, "fr": 8, "es": 8}
REGIONS = {
    "ar": ["mena"],
    "fr": ["africa", "mena"],
    "es": ["americas"],
    "en": ["mena", "mena", "africa", "americas", "asia", "europe"],
}
KINDS = ["press release"] * 12 + ["statement"] * 4 + ["news story"] * 3 + ["report"]


# ---- chance ----------------------------------------------------------------------------------------------------------------------


class Chance:
    """Choices that depend on `key` alone, the same on every machine and in every Python."""

    def __init__(self, key: str) -> None:
        self.random: Callable[[], float] = random.Random(key).random

    def below(self, n: int) -> int:
        return int(self.random() * n)

    def of(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        out = list(things)
        for i in range(len(out) - 1, 0, -1):
            j = self.below(i + 1)
            out[i], out[j] = out[j], out[i]
        return out

    def percent(self, share: float) -> bool:
        return self.random() * 100 < share


def slug(text: str) -> str:
    """ASCII letters, digits and hyphens for `text`: accents go, everything else becomes a hyphen."""
    plain = unicodedata.normalize(
        "NFKD",
        text.replace("ı", "i").replace("Ł", "L").replace("Ø", "O").replace("ø", "o").replace("’", "").replace("'", ""),
    )
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


# ---- vocabularies ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    label: str
    kind: str
    country: str
    region: str
    lat: str
    lon: str
    words: dict[str, str]


@dataclass(frozen=True)
class Person:
    label: str
    arabic: str
    role: str
    sort_name: str
    arabic_sort_name: str


@dataclass(frozen=True)
class World:
    """What every release draws from."""

    places: dict[str, Place]
    cities: dict[str, list[Place]]
    topics: list[list[str]]
    people: dict[str, list[Person]]


def world() -> World:
    places: dict[str, Place] = {}
    cities: dict[str, list[Place]] = {}
    for line in PLACES.strip().splitlines():
        label, kind, country, region, lat, lon, ar, fr, es = line.split("|")
        place = Place(label, kind, country, region, lat, lon, {"ar": ar, "fr": fr, "es": es})
        places[label] = place
        if kind == "city":
            cities.setdefault(region, []).append(place)
    people = {
        region: [
            Person(
                f"{g[0]} {f[0]}",
                f"{g[1]} {f[1]}",
                ROLES[(i * 3 + j) % len(ROLES)],
                f"{f[0]}, {g[0]}",
                f"{f[1]}، {g[1]}",
            )
            for j, f in enumerate(FAMILY[region])
            for i, g in enumerate(GIVEN[region])
            if (i + j) % 2 == 0
        ]
        for region in GIVEN
    }
    return World(places, cities, [line.split("|") for line in TOPICS.strip().splitlines()], people)


def quoted(text: str) -> str:
    """`text` as a double-quoted string: the same in TOML, YAML and JSON."""
    return json.dumps(text, ensure_ascii=False)


def table(head: str, label: str, translations: dict[str, str], **more: str) -> str:
    lines = [f"[[{head}]]", f"label = {quoted(label)}", f"slug = {quoted(slug(label))}"]
    lines += [f"{key} = {value}" for key, value in more.items()]
    words = [f"{lang} = {quoted(text)}" for lang, text in sorted(translations.items()) if text and text != label]
    if words:
        lines.append("translations = { " + ", ".join(words) + " }")
    return "\n".join(lines) + "\n"


def within(place: Place) -> dict[str, str]:
    return {"within": quoted(place.country)} if place.country and place.country != place.label else {}


def vocabularies(w: World) -> Iterator[tuple[str, str]]:
    """(file name, text) of the three vocabularies."""
    yield (
        "topics.toml",
        "\n".join(
            table("topic", t[0], {"fr": t[1], "es": t[2], "ar": t[3]}, description=quoted(t[4])) for t in w.topics
        ),
    )
    yield (
        "places.toml",
        "\n".join(
            table("place", p.label, p.words, kind=quoted(p.kind), lat=p.lat, lon=p.lon, **within(p))
            for p in w.places.values()
        ),
    )
    names = [
        table(
            "name",
            p.label,
            {"ar": p.arabic},
            aliases=f"[{quoted(p.arabic)}]",
            kind='"person"',
            description=quoted(f"Invented person: {p.role}."),
            sort_name=quoted(p.sort_name),
            sort_names=f"{{ ar = {quoted(p.arabic_sort_name)} }}",
        )
        for r in sorted(w.people)
        for p in w.people[r]
    ]
    names += [
        table("name", o, {}, kind='"organization"', description=quoted("Invented organisation.")) for o in ORGANISATIONS
    ]
    yield "names.toml", "\n".join(names)


def archive(n: int, interface: list[str]) -> str:
    return f"""{MARK}
title = "Archive of Invented Statements"
scope = "A demonstration: {n:,} invented statements. Every person, organisation, number and event in it is invented; only cities and countries are real, and nothing told here happened there."
language = {quoted(interface[0])}
languages = [{", ".join(quoted(x) for x in interface)}]
publisher = "Nobody: this archive is a demonstration"
rights = {quoted(RIGHTS)}
started = "{FIRST_YEAR}"
"""


ABOUT = """---
title: About this demonstration
---
Nothing in this archive happened. Its people, organisations, publishers, villages, numbers and events were invented by a program, so that
the size and the look of a real archive can be judged. Only the cities and countries are real places.

## What it holds

Statements in several languages, with dates of every degree of precision, texts published more than once, excerpts, abstracts, corrected and
withdrawn records, in the proportions that real archives have.
"""


# ---- one release -----------------------------------------------------------------------------------------------------------------


@dataclass
class Voice:
    """Fills sentences about one story, and remembers whom and what it has mentioned."""

    w: World
    chance: Chance
    language: str
    city: Place
    publisher: str
    year: int
    village: str = ""
    people: dict[str, None] = field(default_factory=dict)
    bodies: dict[str, None] = field(default_factory=dict)
    places: dict[str, None] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        latin, arabic = self.chance.of(VILLAGES[self.city.region])
        self.village = arabic if self.language == "ar" and arabic else latin
        self.places[self.city.label] = None
        self.places[self.city.country] = None

    def place(self, label: str) -> str:
        return self.w.places[label].words.get(self.language, "") or label

    def person(self, speaks: bool = False) -> str:
        """The name, in the story's script, of somebody who speaks for a publisher, or of somebody the story is about."""
        who = self.chance.of(self.w.people[self.city.region][speaks::2])
        self.people[who.label] = None
        name = who.arabic if self.language == "ar" else who.label
        self.roles[name] = who.role
        return name

    def slot(self, match: re.Match[str]) -> str:
        key = match[1]
        c = self.chance
        if key in ("place", "country"):
            return self.place(self.city.label if key == "place" else self.city.country)
        if key == "place2":
            other = c.of(self.w.cities[self.city.region])
            self.places[other.label] = None
            return self.place(other.label)
        if key == "village":
            return self.village
        if key == "org":
            return self.publisher
        if key == "person":
            return self.person()
        if key == "body":
            label = c.of(ORGANISATIONS)
            self.bodies[label] = None
            return "the " + label
        if key == "num":
            return str(11 + c.below(389))
        if key == "few":
            return str(2 + c.below(7))
        if key == "year":
            return str(max(FIRST_YEAR - 4, self.year - 1 - c.below(4)))
        if key == "month":
            return c.of(MONTHS if self.language == "en" else FOREIGN[self.language]["months"])
        if key == "weekday":
            return c.of(WEEKDAYS)
        if key == "day":
            return f"{1 + c.below(28)} " + c.of(MONTHS if self.language == "en" else FOREIGN[self.language]["months"])
        words = c.of(SLOTS[key.lower()])
        return words[0].upper() + words[1:] if key[0].isupper() else words

    def say(self, template: str) -> str:
        text = re.sub(r"\{(\w+)\}", self.slot, template)
        return text[0].upper() + text[1:]


@dataclass(frozen=True)
class Text:
    """What one story says, before it is dated and numbered."""

    title: str
    subtitle: str
    blocks: list[str]
    quotations: list[tuple[str, str]]
    dateline: str


def story(v: Voice) -> Text:
    """A story of 350 to 600 words in the voice's language."""
    c = v.chance
    own = v.language != "en"
    words = FOREIGN[v.language] if own else {"titles": TITLES, "sentences": SENTENCES, "headings": HEADINGS}
    title = v.say(c.of(words["titles"]))
    subtitle = v.say(c.of(SUBTITLES)) if not own and c.percent(15) else ""
    goal = 395 + c.below(110)
    blocks: list[str] = []
    quotations: list[tuple[str, str]] = []
    count = 0
    pool: list[str] = []
    quotes = c.shuffled(words["quotes"] if own else QUOTES)
    speakers = [v.person(speaks=True) for _ in range(2)]
    while count < goal:
        if len(pool) < 4:
            pool = c.shuffled(words["sentences"])
        block = " ".join(v.say(pool.pop()) for _ in range(1 + c.below(3)))
        blocks.append(block)
        count += len(block.split())
        if quotes and len(blocks) % 4 == 2:
            quote, speaker = v.say(quotes.pop()), speakers[len(quotations) % 2]
            block = spoken(v, quote, speaker)
            quotations.append((speaker, quote))
            blocks.append(block)
            count += len(block.split())
    decorate(v, blocks, words["headings"])
    city = v.place(v.city.label)
    return Text(title, subtitle, blocks, quotations, city if c.percent(20) else "")


def spoken(v: Voice, quote: str, speaker: str) -> str:
    c = v.chance
    if v.language != "en":
        return c.of(FOREIGN[v.language]["said"]).replace("{quote}", quote).replace("{speaker}", speaker)
    shape = c.below(3)
    if shape == 0:
        return f"“{quote},” said {speaker}, {v.roles[speaker]} at {v.publisher}."
    if shape == 1:
        return f"{speaker}, {v.roles[speaker]} at {v.publisher}, said: “{quote}.”"
    return f"“{quote},” said {speaker}. “{v.say(c.of(SECOND))}.”"


def decorate(v: Voice, blocks: list[str], headings: list[str]) -> None:
    """Headings, lists, quotations set apart, tables, links, emphasis and footnotes, in about the shares of real releases."""
    c = v.chance
    middle = len(blocks) // 2
    if v.language == "en":
        if c.percent(8):
            blocks.insert(middle, "\n".join("- " + v.say("{demand}") for _ in range(3)))
            blocks.insert(middle, f"{v.publisher} asks the authorities to:")
        if c.percent(3):
            blocks.append(
                "| Place | Reported missing | As of |\n|---|---|---|\n"
                + "\n".join(
                    f"| {v.say(p)} | {v.say('{num}')} | {v.say('{month} {year}')} |"
                    for p in ("{place}", "{village}", "{place2}")
                )
            )
        if c.percent(3):
            blocks.insert(
                middle, "> " + v.say("We, the families of {village}, ask {body} to hear us before the end of {month}.")
            )
        if c.percent(15):
            blocks[0] += " The [full list](https://example.org/lists/" + slug(v.city.label) + ") is kept up to date."
        if c.percent(4):
            blocks[1] += "[^1]"
            blocks.append("[^1]: " + v.say("Counted from the register kept at {object} until {month} {year}."))
    if c.percent(12):
        first, *rest = blocks[0].split(" ", 3)
        if len(rest) == 3 and not re.search(r"[*_\[\](]", blocks[0]):
            blocks[0] = f"{first} {rest[0]} *{rest[1]}* {rest[2]}"
    if c.percent(22):
        blocks.insert(middle, "## " + v.say(c.of(headings)))


def yaml(key: str, value: str | list[str]) -> list[str]:
    if isinstance(value, str):
        return [f"{key}: {quoted(value)}"] if value else []
    return [f"{key}:", *(f"  - {quoted(v)}" for v in value)] if value else []


@dataclass
class Record:
    """One release on its way to the disk."""

    number: int
    slug: str
    folder: str
    date: str
    written: str
    basis: str
    publisher: str
    reference: str
    voice: Voice
    text: Text
    same: list[str] = field(default_factory=list)
    translation_of: str = ""
    corrects: list[str] = field(default_factory=list)
    follows: list[str] = field(default_factory=list)

    @property
    def day(self) -> str:
        """Its date, where that is a day."""
        return self.date if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", self.date) else ""


def dated(c: Chance, number: int, first: dt.date, language: str) -> tuple[str, str, str, str]:
    """(EDTF date, as written, its basis, the beginning of the file's name) for a release of about the day `first`, in the same year."""
    when = min(first + dt.timedelta(days=c.below(4)), dt.date(first.year, 12, 31))
    year, month, day = when.year, when.month, when.day
    name = (MONTHS if language == "en" else FOREIGN[language]["months"])[month - 1]
    basis = c.of(["header"] * 8 + ["dateline", "metadata"])
    turn = number % 200
    if turn in (23, 77, 131, 185):
        return f"{year}-{month:02}", f"{name} {year}", "header", f"{year}-{month:02}"
    if turn == 41:
        return f"{year}", f"{year}", "metadata", f"{year}"
    if turn == 141:
        return f"{year}~", "", "inferred", f"{year}"
    if turn in (59, 159):
        return f"XXXX-{month:02}-{day:02}", f"{day} {name}", "header", "undated"
    if turn == 97:
        return "XXXX", "", "", "undated"
    start = f"{year}-{month:02}"
    if turn == 113:
        later = when + dt.timedelta(days=6)
        return f"{when}/{later}", f"{day} {name} {year} – {later:%d.%m.%Y}", "header", start
    if turn == 187:
        later = when + dt.timedelta(days=62)
        return f"{start}/{later:%Y-%m}", "", "header", start
    return f"{year}-{month:02}-{day:02}", f"{day} {name} {year}", basis, f"{year}-{month:02}-{day:02}"


class Archivist:
    """Gives out slugs and references; remembers no more than a year of them, and the undated."""

    def __init__(self) -> None:
        self.year = 0
        self.used: set[str] = set()
        self.undated: set[str] = set()
        self.counts: dict[str, int] = {}

    def begin(self, year: int) -> None:
        self.year = year
        self.used.clear()
        self.counts.clear()

    def slug(self, start: str, title: str) -> str:
        words = slug(title)
        words = words if len(words) <= 60 else words[:60].rsplit("-", 1)[0]
        taken = self.undated if start == "undated" else self.used
        base = name = f"{start}-{words}"
        turn = 1
        while name in taken:
            turn += 1
            name = f"{base}-{turn}"
        taken.add(name)
        return name

    def reference(self, code: str) -> str:
        self.counts[code] = self.counts.get(code, 0) + 1
        return f"{code} {self.counts[code]:03}/{self.year}"


@dataclass(frozen=True)
class Figure:
    """A number that a release reports: the sentence that has it, who reports it, and its lines of front matter."""

    sentence: str
    by: str
    lines: list[str]


def reported(r: Record) -> Figure:
    """How many families have lost their roof in the release's country, as counted by the one organisation that counts them there."""
    v, c = r.voice, Chance(f"figure:{r.number}")
    country = v.city.country
    of_country = Chance(f"counted:{country}")
    by, pace = of_country.of(ORGANISATIONS), 40 + of_country.below(900)
    number = (
        200
        + pace * (v.year - FIRST_YEAR)
        + pace * int(r.date[5:7] if r.date[5:7].isdigit() else "6") // 12
        + c.below(40)
    )
    words = COUNTED[v.language]

    def digits(n: int) -> str:
        text = f"{n:,}".replace(",", words["thousands"])
        return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) if v.language == "ar" else text

    turn = c.below(10)
    phrase, low, high = (
        ("range", number, number + number // 8)
        if turn == 0
        else ("most", None, number)
        if turn == 1
        else ("more", number, None)
        if turn < 5
        else ("least", number, None)
        if turn < 7
        else ("exactly", number, number)
    )
    value = words[phrase].format(digits(low or number), digits(high or number))
    lines = [
        f"  - value: {quoted(value)}",
        *([f"    low: {low}"] if low and phrase != "exactly" else []),
        *([f"    high: {high}"] if high and phrase != "exactly" else []),
        f"    counts: {quoted(words['counts'])}",
        '    series: "families without a roof since 1994"',
        f"    by: {quoted(by)}",
        *([] if r.date.startswith("XXXX") else [f"    as_of: {quoted(r.date)}"]),
        f"    place: {quoted(country)}",
    ]
    return Figure(words["sentence"].format(by=by, value=value, place=v.place(country)), by, lines)


def front(r: Record, w: World) -> str:
    """The front matter of a record."""
    c, v, t = r.voice.chance, r.voice, r.text
    turn = r.number % 100
    extent = "excerpt" if turn in (12, 46, 80) else "abstract" if turn in (33, 66) else "full"
    status = "corrected" if r.number % 250 == 88 else "withdrawn" if r.number % 500 == 188 else "published"
    body = prose(r, extent)
    figure = reported(r) if r.number % 10 == 3 else None
    if figure:
        body += f"\n{figure.sentence}\n"
        v.bodies[figure.by] = None
    lines = [
        f"title: {quoted(t.title)}",
        *yaml("subtitle", t.subtitle),
        f"date: {r.date}",
        *yaml("date_as_written", r.written),
    ]
    if r.basis:
        lines.append(f"date_basis: {r.basis}")
    lines += [
        f"publisher: {r.publisher}",
        *yaml("reference", r.reference),
        f"kind: {c.of(KINDS)}",
        f"language: {v.language}",
        f"extent: {extent}",
    ]
    lines += yaml("dateline", t.dateline)
    lines += yaml("topics", sorted({c.of(w.topics)[0] for _ in range(1 + c.below(3))}))
    lines += (
        yaml("places", list(v.places)) + yaml("names", [*v.people, *v.bodies]) + yaml("same_text_as", sorted(r.same))
    )
    lines += yaml("translation_of", r.translation_of) + yaml("corrects", r.corrects) + yaml("follows", r.follows)
    if extent == "abstract":
        lines += [
            "quotations:",
            *(f"  - speaker: {quoted(s)}\n    summary: {quoted(v.say(c.of(SUMMARIES)))}" for s, _ in t.quotations[:1]),
        ]
    else:
        said = [(s, q) for s, q in t.quotations if q in body]
        if said:
            lines += ["quotations:", *(f"  - speaker: {quoted(s)}\n    text: {quoted(q)}" for s, q in said)]
    if figure:
        lines += ["figures:", *figure.lines]
    if v.language == "en" and c.percent(10):
        lines += yaml("notes", v.say(NOTES))
    name = f"statement-{r.number:06}.txt"
    lines += [
        "source:",
        *([f"  url: https://example.org/{slug(r.publisher)}/{r.number:06}"] if r.publisher != "not stated" else []),
        f"  file: {name}",
        f"  sha256: {hashlib.sha256(body.encode()).hexdigest()}",
    ]
    lines += [f"rights: {quoted(RIGHTS)}", f"status: {status}"]
    if status != "published":
        lines += yaml("reason", v.say(REASONS[status]))
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def prose(r: Record, extent: str) -> str:
    blocks = r.text.blocks
    if extent == "abstract":
        v = r.voice
        blocks = [
            v.say("{org} describes the situation in {place} and asks the authorities to {demand}.")
            if v.language == "en"
            else blocks[0],
            *(b for b in blocks[3:5] if b[0] not in "#|>-["),
        ]
    elif extent == "excerpt":
        plain = [b for b in blocks if b[0] not in "#|>[-" and "[^1]" not in b and not b.endswith(":")]
        blocks = [*plain[:3], "(…)", *plain[4:7], plain[-1] + " (…)"]
    return "\n\n".join(blocks) + "\n"


def years(n: int) -> Iterator[tuple[int, int, int]]:
    """(year, number of its first release, how many) so that the years fill unevenly, as they do in life."""
    weights = [10 + 2 * i + (30 if 2011 <= FIRST_YEAR + i <= 2014 else 0) for i in range(LAST_YEAR - FIRST_YEAR + 1)]
    total, seen = sum(weights), 0
    for i, weight in enumerate(weights):
        start, end = n * seen // total, n * (seen + weight) // total
        seen += weight
        yield FIRST_YEAR + i, start, end - start


def language_of(c: Chance, languages: list[str]) -> str:
    roll = c.below(100)
    for language in languages:
        roll -= SHARES.get(language, 0)
        if roll < 0 and language != "en":
            return language
    return "en" if "en" in languages else languages[0]


def records(w: World, n: int, seed: int, languages: list[str]) -> Iterator[Record]:
    """Every release, in the order of its year; releases of one family follow each other."""
    desk = Archivist()
    for year, start, count in years(n):
        desk.begin(year)
        before: Record | None = None
        by_country: dict[str, Record] = {}
        number = start
        while number < start + count:
            c = Chance(f"{seed}:{number}")
            language = language_of(c, languages)
            city = c.of(w.cities[c.of(REGIONS[language])])
            size = min(start + count - number, (2 if number % 80 == 16 else 3) if number % 40 == 16 else 1)
            houses = c.shuffled(PUBLISHERS)[:size]
            voice = Voice(w, c, language, city, houses[0][0], year)
            text = story(voice)
            first = dt.date(year, 1, 1) + dt.timedelta(days=365 * (number - start) // count)
            family = [
                one(desk, c, number + k, house, voice, retold(c, text) if k else text, first)
                for k, house in enumerate(houses)
            ]
            for r in family:
                r.same.extend(other.slug for other in family if other is not r)
                relate(r, before, by_country)
                before = r
                by_country[city.country] = r
                yield r
            number += size


def relate(r: Record, before: Record | None, by_country: dict[str, Record]) -> None:
    """Relate a release to the one before it, or to the last one on its country, of the same year: series of up to four, a translation now
    and then, and a correction of what is said to be corrected."""
    other = by_country.get(r.voice.city.country)
    if r.number % 20 == 11 and other and other.voice.language != r.voice.language:
        r.translation_of = other.slug
    if before and before.day and before.day <= r.day:
        if r.number % 50 in (21, 22, 23):
            r.follows.append(before.slug)
        if r.number % 250 == 89 and before.number == r.number - 1:
            r.corrects.append(before.slug)


def retold(c: Chance, text: Text) -> Text:
    """The same text as another publisher prints it: without its second headline and without one of its paragraphs."""
    droppable = [
        k
        for k, b in enumerate(text.blocks)
        if k > 1 and b[0] not in "#|>[-" and "[^1]" not in b and not b.endswith(":")
    ]
    k = min(c.shuffled(droppable)[:3], key=lambda k: len(text.blocks[k]))
    return replace(text, subtitle="", blocks=[b for n, b in enumerate(text.blocks) if n != k])


def one(
    desk: Archivist, c: Chance, number: int, house: tuple[str, str], voice: Voice, text: Text, first: dt.date
) -> Record:
    """The release that `house` publishes of a story on about the day `first`."""
    date, written, basis, start = dated(c, number, first, voice.language)
    undated = start == "undated"
    title = (
        text.title
        if voice.language != "ar"
        else f"{voice.city.label} {voice.city.country} ar {c.of(voice.w.topics)[0]}"
    )
    reference = "" if undated or number % 10 == 7 else desk.reference(house[1])
    publisher = "not stated" if number % 130 == 29 else house[0]
    if publisher == "not stated":
        reference = ""
    folder = "undated" if undated else str(first.year)
    return Record(number, desk.slug(start, title), folder, date, written, basis, publisher, reference, voice, text)


# ---- writing ---------------------------------------------------------------------------------------------------------------------


def write(path: Path, text: str) -> None:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def make(out: Path, n: int, seed: int, languages: list[str], interface: list[str]) -> None:
    """Write a content folder with `n` releases to `out`.

    Raises FileExistsError where `out` holds something this program did not write.
    """
    settings = out / "archive.toml"
    if out.exists() and any(out.iterdir()):
        if not settings.is_file() or not settings.read_text(encoding="utf-8").startswith(MARK):
            raise FileExistsError(f"{out} is not empty and was not written by this program; choose another folder")
        shutil.rmtree(out)
    (out / "pages").mkdir(parents=True)
    w = world()
    write(settings, archive(n, interface))
    write(out / "pages" / "about.md", ABOUT)
    for name, text in vocabularies(w):
        write(out / name, text)
    made: set[str] = set()
    (out / "releases").mkdir()
    for r in records(w, n, seed, languages):
        folder = out / "releases" / r.folder
        if r.folder not in made:
            folder.mkdir()
            made.add(r.folder)
        write(folder / f"{r.slug}.md", front(r, w))


def edit(out: Path, token: str) -> Path:
    """Put one more paragraph, with `token` in it, at the end of the release in the middle of the order of paths; the file's path."""
    files = sorted((out / "releases").rglob("*.md"))
    path = files[len(files) // 2]
    text = re.sub(r"\nUpdated: [^\n]*\n\Z", "", path.read_text(encoding="utf-8"))
    write(path, f"{text}\nUpdated: {token}.\n")
    return path


def main(argv: list[str]) -> int:
    first, _, rest = (__doc__ or "").partition("\n")
    if argv[:1] == ["edit"]:
        parser = argparse.ArgumentParser(prog="corpus.py edit", description="Change one release, always the same one.")
        parser.add_argument("out", type=Path)
        parser.add_argument("--token", default="once")
        args = parser.parse_args(argv[1:])
        print(edit(args.out, args.token))
        return 0
    parser = argparse.ArgumentParser(
        prog="corpus.py", description=first, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--n", type=int, default=1000, help="how many releases (default 1000)")
    parser.add_argument("--seed", type=int, default=2012)
    parser.add_argument("--languages", default="en,ar,fr,es", help="which of en, ar, fr, es to use")
    parser.add_argument(
        "--interface", default="en,ar", help="the languages the site speaks, the first of them first (default en,ar)"
    )
    args = parser.parse_args(argv)
    languages, interface = args.languages.split(","), args.interface.split(",")
    if unknown := [x for x in languages + interface if x != "en" and x not in FOREIGN]:
        parser.error(f"unknown language {unknown[0]}; there are en, ar, fr, es")
    if args.n < 0:
        parser.error("--n must be 0 or more")
    try:
        make(args.out, args.n, args.seed, languages, interface)
    except OSError as problem:
        parser.error(str(problem))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
