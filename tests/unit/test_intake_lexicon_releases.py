"""Each entry of the lexicon in a small release of its language, read whole: what its category is for is what becomes of it."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from onrecord.intake import lexicon, record
from onrecord.intake.document import Record
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.lexicon import notation
from onrecord.model import Vocabularies

# What reads the releases asks the lexicon from these modules on.
pytest.importorskip("onrecord.intake.layout.line_signs")
pytest.importorskip("onrecord.intake.evidence.publication_date")

# How many spellings of an entry are read: `make audit-lexicon` reads each.
MOST = None if os.environ.get("ONRECORD_LEXICON") == "all" else 1
TERMS = terms(Vocabularies())


@dataclass(frozen=True)
class Release:
    """A release in a language: its headline, its two paragraphs, a person of that language's names, and words that somebody says."""

    title: str
    first: str
    second: str
    person: str
    words: str
    marks: str = "“”"
    date: str = "14 {} 2012"
    # Where the verb stands: "…," said X. / X said: "…"
    after: str = "{open}{words},{close} {verb} {person}."
    before: str = "{person} {verb}: {open}{words}.{close}"


RELEASES = {
    "en": Release("Fishermen ask for the northern quay", "The committee of fishermen asked the ministry on Friday to open the northern quay and to explain before the end of the month why it had been closed without notice.", "Forty families live from the quay, and none of them was told what is to become of the boats that lie there.", "Mara Ostrow", "We have waited for nine long years"),
    "fr": Release("Les pêcheurs demandent le quai du nord", "Le comité des pêcheurs a demandé vendredi au ministère de rouvrir le quai du nord et d’expliquer avant la fin du mois pourquoi il a été fermé sans préavis.", "Quarante familles vivent de ce quai, et aucune ne sait ce que deviendront les bateaux qui s’y trouvent.", "Claire Morel", "Nous attendons depuis neuf longues années", "«»", after="{open} {words} {close}, {verb} {person}.", before="{person} {verb} : {open} {words}. {close}"),
    "es": Release("Los pescadores piden el muelle del norte", "El comité de pescadores pidió el viernes al ministerio que abra el muelle del norte y explique antes de fin de mes por qué se cerró sin aviso.", "Cuarenta familias viven del muelle, y ninguna sabe qué será de los barcos que están allí.", "Lucía Robles", "Llevamos nueve largos años esperando aquí", "«»", after="{open}{words}{close}, {verb} {person}."),
    "de": Release("Fischer wollen den nördlichen Kai zurück", "Das Komitee der Fischer bat das Ministerium am Freitag, den nördlichen Kai zu öffnen und bis zum Monatsende zu erklären, warum er ohne Ankündigung geschlossen wurde.", "Vierzig Familien leben von dem Kai, und keine weiß, was aus den Booten wird, die dort liegen.", "Ute Brandt", "Wir warten seit neun langen Jahren", "„“", after="{open}{words}{close}, {verb} {person}."),
    "pt": Release("Pescadores pedem o cais do norte", "A comissão dos pescadores pediu na sexta-feira ao ministério que abra o cais do norte e explique até ao fim do mês por que razão foi fechado sem aviso.", "Quarenta famílias vivem do cais, e nenhuma sabe o que será dos barcos que ali estão.", "Joana Teles", "Esperamos há nove longos anos por isto", "«»", after="{open}{words}{close}, {verb} {person}."),
    "it": Release("I pescatori chiedono il molo del nord", "Il comitato dei pescatori ha chiesto venerdì al ministero di aprire il molo settentrionale e di spiegare entro la fine del mese perché è stato chiuso senza preavviso.", "Quaranta famiglie vivono del molo, e nessuna sa che cosa sarà delle barche che vi si trovano.", "Carla Testa", "Aspettiamo da nove lunghi anni una risposta", "«»", after="{open}{words}{close}, {verb} {person}."),
    "nl": Release("Vissers vragen om de noordelijke kade", "Het comité van vissers vroeg het ministerie vrijdag de noordelijke kade te openen en voor het einde van de maand uit te leggen waarom zij zonder bericht gesloten werd.", "Veertig gezinnen leven van de kade, en geen van hen weet wat er met de boten zal gebeuren.", "Anneke Visser", "Wij wachten al negen lange jaren"),
    "sv": Release("Fiskare vill ha den norra kajen", "Fiskarnas kommitté bad på fredagen ministeriet att öppna den norra kajen och att före månadens slut förklara varför den stängdes utan förvarning.", "Fyrtio familjer lever av kajen, och ingen av dem vet vad som ska hända med båtarna som ligger där.", "Karin Lindholm", "Vi har väntat i nio långa år", "””", after="{open}{words}{close}, {verb} {person}."),
    "tr": Release("Balıkçılar kuzey rıhtımını istiyor", "Balıkçılar komitesi cuma günü bakanlıktan kuzey rıhtımını açmasını ve rıhtımın neden haber verilmeden kapatıldığını ay sonuna kadar açıklamasını istedi.", "Kırk aile bu rıhtımdan geçiniyor ve hiçbiri orada duran teknelere ne olacağını bilmiyor.", "Ayşe Demir", "Dokuz uzun yıldır burada bekliyoruz", after="{open}{words}{close} {verb} {person}.", before="{person} {verb}: {open}{words}.{close}"),
    "ru": Release("Рыбаки просят северный причал", "Комитет рыбаков в пятницу попросил министерство открыть северный причал и до конца месяца объяснить, почему он был закрыт без предупреждения.", "От причала живут сорок семей, и ни одна из них не знает, что станет с лодками, которые там стоят.", "Вера Луговая", "Мы ждём уже девять долгих лет", "«»", after="{open}{words}{close}, — {verb} {person}."),
    "uk": Release("Рибалки просять північний причал", "Комітет рибалок у п’ятницю попросив міністерство відкрити північний причал і до кінця місяця пояснити, чому його було закрито без попередження.", "З причалу живуть сорок родин, і жодна з них не знає, що буде з човнами, які там стоять.", "Оксана Лугова", "Ми чекаємо вже дев’ять довгих років", "«»", after="{open}{words}{close}, — {verb} {person}."),
    "ar": Release("الصيادون يطلبون الرصيف الشمالي", "طلبت لجنة الصيادين يوم الجمعة من الوزارة فتح الرصيف الشمالي وشرح أسباب إغلاقه دون إنذار قبل نهاية الشهر الجاري.", "تعيش أربعون أسرة من هذا الرصيف ولا تعرف أي منها مصير القوارب الراسية هناك منذ الشتاء.", "سلمى بركات", "نحن ننتظر منذ تسع سنوات طويلة", "«»", after="{verb} الدكتورة {person}: {open}{words}{close}.", before="{verb} الدكتورة {person}: {open}{words}.{close}"),
    "fa": Release("ماهیگیران اسکله شمالی را می‌خواهند", "کمیته ماهیگیران روز جمعه از وزارت خواست که اسکله شمالی را باز کند و تا پایان ماه توضیح دهد که چرا بدون خبر بسته شد.", "چهل خانواده از این اسکله زندگی می‌کنند و هیچ‌یک نمی‌داند که سرنوشت قایق‌ها چه خواهد شد.", "مریم رستمی", "ما نه سال طولانی است که منتظریم", "«»", after="دکتر {person} {verb}: {open}{words}{close}.", before="دکتر {person} {verb}: {open}{words}.{close}"),
    "zh": Release("渔民要求开放北码头", "渔民委员会星期五要求港务部开放北码头，并在月底之前说明码头在没有通知的情况下关闭的原因，以及停在那里的船只将如何处理。", "四十个家庭靠这个码头生活，他们当中没有一个人知道自己的船会怎么样，也没有人向他们作出任何解释。", "林晓梅", "我们已经等了漫长的九年", date="2012年{}14日", after="{person}{verb}：{open}{words}。{close}", before="{person}{verb}：{open}{words}。{close}"),
    "ja": Release("漁業者の委員会、北岸壁の開放を求める", "漁業者の委員会は金曜日、北岸壁を開放し、予告なしに閉鎖された理由を月末までに説明するよう省に求めた。岸壁には今も多くの船が残されている。", "四十の家族がこの岸壁で暮らしているが、そこに置かれた船がどうなるのかを知る者は一人もいない。", "森田花子", "私たちは長い九年間を待ち続けてきました", "「」", date="2012年{}14日", after="{person}氏は{open}{words}{close}と{verb}。", before="{person}氏は{open}{words}{close}と{verb}。"),
}  # fmt: skip


def read(language: str, *, head: str = "", date: str = "", quotation: str = "", tail: str = "") -> Record:
    """The Record of a release of a language with these lines in it."""
    release = RELEASES[language]
    parts = [head, release.title, date, release.first, quotation, release.second, tail]
    (found,) = record.of("release.txt", "\n\n".join(filter(None, parts)).encode(), TERMS)
    return found


@cache
def entries(language: str) -> list[tuple[str, lexicon.Entry]]:
    return list(lexicon.read(lexicon.FOLDER / f"{language}.toml"))


def each(language: str, category: str, key: str = "") -> Iterator[tuple[str, str]]:
    """(key, spelling) of every entry that the language's own file has in a category: the first spelling of each, or all of them."""
    for name, entry in entries(language):
        if name == category and key in ("", entry.key):
            spellings = notation.spellings(entry.phrase)
            yield from ((entry.key, spelling) for spelling in itertools.islice(spellings, MOST))


def failing(language: str, category: str, holds: Callable[[str, str], bool]) -> list[str]:
    return [spelling for key, spelling in each(language, category) if not holds(key, spelling)]


@pytest.mark.parametrize("language", lexicon.languages())
def test_the_release_itself_is_read(language: str) -> None:
    found = read(language)
    assert (found.refused, found.title, found.language) == ("", RELEASES[language].title, language)


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_kind_names_the_document(language: str) -> None:
    furniture = lexicon.lexicon_of(language).pattern("navigation", "whole")

    def holds(key: str, spelling: str) -> bool:
        # "Newsletter" alone on a line is a page's, whatever it is in a sentence.
        return furniture.match(spelling) is not None or read(language, head=spelling.upper()).kind == key

    assert failing(language, "kinds", holds) == []


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_month_is_that_month(language: str) -> None:
    pattern = RELEASES[language].date

    def holds(key: str, spelling: str) -> bool:
        found = read(language, date=pattern.format(spelling))
        return (found.date, found.date_as_written) == (f"2012-{int(key):02}-14", pattern.format(spelling))

    assert failing(language, "months", holds) == []


@pytest.mark.parametrize("language", lexicon.languages())
def test_a_form_for_comments_ends_the_text(language: str) -> None:
    def holds(_key: str, spelling: str) -> bool:
        line = f"Reply {spelling}. * Name * Email"
        found = read(language, tail=f"{line}\n\n{RELEASES[language].person}, Keld")
        return line not in found.body and any(line in left.text for left in found.left_out)

    assert failing(language, "comment_form", holds) == []


@pytest.mark.parametrize("language", lexicon.languages())
def test_the_caption_of_a_picture_is_no_subtitle(language: str) -> None:
    release = RELEASES[language]

    def holds(_key: str, spelling: str) -> bool:
        line = f"{release.person}, {spelling} {release.person}"
        found = read(language, date=line)
        return found.subtitle == "" and (line in found.body or any(line in left.text for left in found.left_out))

    assert failing(language, "captions", holds) == []


@pytest.mark.parametrize("language", lexicon.languages())
def test_a_notice_about_the_document_is_no_subtitle(language: str) -> None:
    words = lexicon.lexicon_of(language)
    phrases = [
        " ".join(word.split("/")[0].strip("()*").replace("…", "2012") for word in phrase.split())
        for phrase in words.phrases("document_notice")
    ]
    notice = words.pattern("document_notice", "whole")
    noted = [phrase for phrase in phrases if notice.match(phrase) and read(language, date=phrase).subtitle]
    assert any(notice.match(phrase) for phrase in phrases)
    assert noted == []


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_end_mark_ends(language: str) -> None:
    def holds(_: str, spelling: str) -> bool:
        if spelling in ("-30-", "# # #", "# #"):
            # The reader of plain text takes these for the number of a page, and for a heading.
            return True
        found = read(language, tail=f"{spelling.upper()}\n\nXQ 12")
        return RELEASES[language].second[:40] in found.body and "XQ 12" not in found.body

    assert failing(language, "end_marks", holds) == []


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_heading_of_notes_opens_the_notes(language: str) -> None:
    release = RELEASES[language]

    def holds(_: str, spelling: str) -> bool:
        found = read(language, tail=f"{spelling}\n\n{release.second[:-1]} ZQ 7.")
        return "ZQ 7" in found.notes and "ZQ 7" not in found.body

    assert failing(language, "notes_heading", holds) == []


@pytest.mark.parametrize("language", lexicon.languages())
@pytest.mark.parametrize("category", ["immediate_release", "navigation"])
def test_every_line_that_is_no_text_is_no_text(language: str, category: str) -> None:
    ends = lexicon.lexicon_of(language).pattern("after_page", "whole")

    def holds(_: str, spelling: str) -> bool:
        if ends.match(spelling):
            # Above a text it is a line like another.
            return True
        found = read(language, head=spelling)
        return found.title == RELEASES[language].title and spelling not in found.body.split("\n")

    assert failing(language, category, holds) == []


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_verb_of_speech_has_a_speaker(language: str) -> None:
    release = RELEASES[language]

    def holds(_: str, spelling: str) -> bool:
        if "-t-" in spelling or spelling.endswith(("-il", "-elle", "-on")):
            # "…, dit-il": the verb holds its subject.
            return True
        for shape in (release.after, release.before):
            text = shape.format(
                open=release.marks[0], close=release.marks[1], words=release.words, verb=spelling, person=release.person
            )
            # The surname stands alone once more: a name that nothing else shows to be one is asked about.
            again = f"{release.person.split()[-1]}. {release.person.split()[-1]}."
            speakers = [quotation.speaker for quotation in read(language, quotation=text, tail=again).quotations]
            if speakers == [release.person]:
                return True
        return False

    assert failing(language, "speech_verbs", holds) == []
