"""Which language a text is in, and which of several readings of the same bytes is a language."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import lexicon, record
from onrecord.intake.evidence import language_detection
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import decoding
from onrecord.model import Vocabularies

# Texts of our own, and the encodings in which people have saved such.
TEXTS = {
    "ar": ("طالبت لجنة الصيادين اليوم وزارة الموانئ بفتح الرصيف الشمالي وبنشر أسباب إغلاقه قبل نهاية الشهر. وقالت رئيسة اللجنة إن أربعين أسرة تعيش من هذا الرصيف ولم يخبرها أحد بشيء.", ("cp1256", "iso8859_6")),
    "fa": ("کمیته ماهیگیران امروز از وزارت بنادر خواست که اسکله شمالی را باز کند و دلیل بسته شدن آن را تا پایان ماه منتشر کند. رئیس کمیته گفت که چهل خانواده از این اسکله زندگی می‌کنند و هیچ‌کس به آنها چیزی نگفت.", ("cp1256",)),
    "ru": ("Комитет рыбаков сегодня потребовал от министерства открыть северный причал и до конца месяца объяснить, почему он был закрыт. Председатель сказала, что от причала живут сорок семей и никто им ничего не сообщил.", ("cp1251", "koi8_r", "cp866")),
    "uk": ("Комітет рибалок сьогодні закликав міністерство відкрити північний причал і до кінця місяця пояснити, чому його було закрито. Голова сказала, що з причалу живуть сорок родин і ніхто їм нічого не повідомив.", ("cp1251",)),
    "el": ("Η επιτροπή των αλιέων ζήτησε σήμερα από το υπουργείο να ανοίξει τη βόρεια προβλήτα και να εξηγήσει γιατί έκλεισε. Η πρόεδρος είπε ότι σαράντα οικογένειες ζουν από την προβλήτα και κανείς δεν τους είπε τίποτα.", ("cp1253",)),
    "he": ("ועד הדייגים דרש היום מן המשרד לפתוח את הרציף הצפוני ולהסביר עד סוף החודש מדוע נסגר. יושבת הראש אמרה כי ארבעים משפחות חיות מן הרציף ואיש לא אמר להן דבר.", ("cp1255",)),
    "tr": ("Balıkçılar Komitesi bugün bakanlığı kuzey rıhtımını açmaya ve neden kapatıldığını ay sonuna kadar açıklamaya çağırdı. Başkan, kırk ailenin bu rıhtımdan geçindiğini ve kimsenin onlara bir şey söylemediğini belirtti.", ("cp1254",)),
    "pl": ("Komitet rybaków wezwał dziś ministerstwo do otwarcia północnego nabrzeża i wyjaśnienia do końca miesiąca, dlaczego je zamknięto. Przewodnicząca powiedziała, że z nabrzeża żyje czterdzieści rodzin i nikt im nic nie powiedział.", ("cp1250",)),
    "fr": ("Le comité des pêcheurs a demandé aujourd’hui au ministère de rouvrir le quai du nord et d’expliquer avant la fin du mois pourquoi il a été fermé. « Quarante familles en vivent, et personne ne leur a rien dit », a déclaré la présidente.", ("cp1252", "mac_roman")),
    "de": ("Das Komitee der Fischer forderte das Ministerium heute auf, den nördlichen Kai zu öffnen und bis zum Monatsende zu erklären, warum er geschlossen wurde. „Vierzig Familien leben davon, und niemand sagte ihnen etwas“, erklärte die Vorsitzende.", ("cp1252", "mac_roman")),
    "es": ("El comité de pescadores pidió hoy al ministerio que abra el muelle del norte y explique antes de fin de mes por qué se cerró. «Cuarenta familias viven de él, y nadie les dijo nada», señaló la presidenta del comité.", ("cp1252",)),
    "pt": ("A comissão dos pescadores pediu hoje ao ministério que abra o cais do norte e explique até ao fim do mês por que razão foi fechado. «Quarenta famílias vivem dele, e ninguém lhes disse nada», afirmou a presidente da comissão.", ("cp1252",)),
    "it": ("Il comitato dei pescatori ha chiesto oggi al ministero di aprire il molo settentrionale e di spiegare entro la fine del mese perché è stato chiuso. «Quaranta famiglie ne vivono, e nessuno ha detto loro nulla», ha dichiarato la presidente.", ("cp1252",)),
    "sv": ("Fiskarnas kommitté uppmanade i dag ministeriet att öppna den norra kajen och före månadens slut förklara varför den stängdes. ”Fyrtio familjer lever av den, och ingen sade något till dem”, säger ordföranden.", ("cp1252",)),
    "nl": ("Het comité van vissers riep het ministerie vandaag op de noordelijke kade te openen en voor het einde van de maand uit te leggen waarom zij gesloten werd. “Veertig gezinnen leven ervan, en niemand zei hun iets”, aldus de voorzitter.", ("cp1252",)),
    "ja": ("漁業者の委員会は本日、北岸壁を開放し、閉鎖の理由を月末までに説明するよう省に求めた。委員長は「四十の家族がこの岸壁で暮らしているのに、誰も何も知らせなかった」と述べた。", ("shift_jis", "euc_jp")),
    "zh": ("渔民委员会今天要求港务部开放北码头，并在月底之前说明关闭的原因。委员会主席说：“四十个家庭靠这个码头生活，却没有任何人告诉他们。”", ("gb18030",)),
    "en": ("The committee of fishermen today called on the ministry to open the northern quay and to explain before the end of the month why it had been closed. “Forty families live from it, and nobody told them,” said its chair.", ("cp1252",)),
}  # fmt: skip
BYTES = [(language, encoding) for language, (_, encodings) in TEXTS.items() for encoding in encodings]


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_in_its_language(language: str) -> None:
    text = TEXTS[language][0]
    assert language_detection.of(text) == language
    assert language_detection.of(text.upper()) == language
    assert language_detection.of(f"{text} " * 30) == language


def test_every_language_of_the_lexicon_is_told() -> None:
    assert set(lexicon.languages()) <= TEXTS.keys()


@pytest.mark.parametrize(
    "text", ["", "Port Watch", "12/2014", "プレスリリース", "新聞稿", "Mara Ostrow, Ivo Brand, Vera Lund, Otto Falk", "Lindholm Nordkai Skagen Hov"]
)  # fmt: skip
def test_a_text_that_is_too_short_stays_open(text: str) -> None:
    assert language_detection.of(text) == ""


def test_a_text_of_two_languages_stays_open_or_is_in_one_of_them() -> None:
    assert language_detection.of(f"{TEXTS['en'][0]} {TEXTS['ru'][0]}") in ("", "en", "ru")


def test_letters_that_stand_apart_are_words() -> None:
    spaced = "  ".join(
        " ".join(word) for word in "THE COMMITTEE OF FISHERMEN CALLED ON THE MINISTRY TO OPEN THE QUAY".split()
    )
    assert language_detection.of(spaced) == "en"


def test_neighbours_are_told_by_their_own_letters() -> None:
    assert (
        language_detection.of("Комітет рибалок і їхні родини закликали міністерство відкрити північний причал") == "uk"
    )
    assert language_detection.of("کمیته ماهیگیران از وزارت بنادر خواست که اسکله شمالی را باز کند") == "fa"
    assert language_detection.of("ڕێکخراوی ماسیگران ئەمڕۆ داوای لە وەزارەت کرد کە بەندەری باکوور بکاتەوە") == "ckb"


@pytest.mark.parametrize(("language", "encoding"), BYTES)
@pytest.mark.parametrize("length", [1000, 60])
def test_of_all_readings_of_the_same_bytes_the_true_one_is_the_most_plausible(
    language: str, encoding: str, length: int
) -> None:
    data = TEXTS[language][0][:length].encode(encoding, "ignore")
    true = data.decode(encoding)
    scores = {}
    for other in (*decoding._LEGACY, "mac_roman", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"):
        try:
            scores[data.decode(other)] = round(language_detection.plausibility(data.decode(other)), 2)
        except UnicodeDecodeError:
            continue
    assert scores[true] == max(scores.values())
    assert scores[true] >= 0.8


@pytest.mark.parametrize(
    ("language", "encoding"), [pair for pair in BYTES if pair[1] not in ("cp1252", "mac_roman", "cp1250", "cp1254")]
)
def test_a_label_that_makes_no_language_shows(language: str, encoding: str) -> None:
    """What is labelled Latin-1 and is something else: far below the true reading."""
    data = TEXTS[language][0].encode(encoding, "ignore")
    assert language_detection.plausibility(data.decode("cp1252", "replace")) < 0.5
    assert language_detection.plausibility(data.decode(encoding)) > 0.8


def test_what_holds_no_letters_is_no_language() -> None:
    assert language_detection.plausibility("") == 0
    assert language_detection.plausibility("12 34 \x00\x01") == 0


def test_sums_and_names_of_files_are_no_language_and_hide_none() -> None:
    sums = "\n".join(
        f"orla-2.0.part{n}.tar.gz\nSHA256: {'3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835'[n:]}42" for n in range(9)
    )
    assert language_detection.of(sums) == ""
    sentences = "燈塔團隊很高興地宣布第二版軟體發佈。本次發佈修正了許多問題，請參見以下清單。感謝他們的貢獻。"
    assert language_detection.of(f"{sentences}\n{sums}") == "zh"
    drafted = record.of("a.txt", f"{sentences}\n\n{sums}\n".encode(), terms(Vocabularies()))[0]
    assert drafted.language == "zh"
