"""What the head of a document states, in forms that only look like something else: a headline with persons in it, the labels of a record,
a sub-headline of two lines, the pieces of a bar above a headline."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import accounting, record
from onrecord.intake.document import Record
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies

TERMS = terms(Vocabularies())
FIRST = "The keepers of the Orla lights counted every lamp between Keld and Port Selan, and found that one lamp in five has been dark since spring."
SECOND = "The council was told of it in June. It has set aside money for forty lamps, which will be put up before the winter."


def read(text: str, name: str = "a.md") -> Record:
    return record.of(name, text.encode(), TERMS)[0]


def asked(drafted: Record, field: str) -> str:
    return next((each.evidence for each in drafted.review if each.field == field), "")


@pytest.mark.parametrize(
    ("headline", "first"),
    [
        (
            "Bestselling Author Dr Ada Venn Announces New Interview With Author Mo Kell",
            "Dr Ada Venn, bestselling author of eleven books on the lights of Orla, recently interviewed Mo Kell, the author of a new novel about two keepers.",
        ),
        (
            "Ministerin Ada Venn, Präsident Mo Kell und Direktor Ru Tera eröffnen den Hafen von Orla",
            "Ministerin Ada Venn, der Präsident des Rates Mo Kell und Direktor Ru Tera haben am Montag den neuen Hafen von Orla eröffnet, an dem zwölf Jahre gebaut wurde.",
        ),
        (
            "La ministra Ada Venn, el presidente Mo Kell y la directora Ru Tera inauguran el puerto de Orla",
            "La ministra Ada Venn, el presidente del consejo Mo Kell y la directora Ru Tera inauguraron el lunes el nuevo puerto de Orla, que tardó doce años en construirse.",
        ),
        (
            "Keldlight® Expands Team With Two Keepers of the Lights",
            "Keldlight today announced that two keepers of the lights of Orla have joined its team, which makes lamps for ports in nine countries.",
        ),
    ],
)
def test_the_only_heading_at_the_top_is_the_title_though_persons_or_a_trade_mark_stand_in_it(
    headline: str, first: str
) -> None:
    assert read(f"# {headline}\n\n{first}\n\n{SECOND}\n").title == headline


def test_persons_and_offices_without_a_verb_are_asked_about() -> None:
    names = "Dr Ada Venn, President of the Council, Director of the Harbour"
    drafted = read(f"# {names}\n\n{FIRST}\n\n{SECOND}\n")
    assert drafted.title == ""
    assert names in asked(drafted, "title")


def test_a_trade_mark_in_scanned_letters_is_a_spot() -> None:
    drafted = read(f"Lamps c®unted on the quay\n\n{FIRST}\n\n{SECOND}\n", "a.txt")
    assert drafted.title == ""


def page(bar: str, headline: str, first: str, second: str) -> Record:
    head = f"<html><head><title>{headline}</title></head><body><main>"
    return read(f"{head}{bar}<h1>{headline}</h1><p>{first}</p><p>{second}</p></main></body></html>", "a.html")


@pytest.mark.parametrize(
    ("bar", "text", "date", "written"),
    [
        (
            "<div class='bar'><span>Communiqué de presse</span><span>Bruxelles, 7 février 2026</span></div>",
            (
                "Les gardiens comptent les lampes d’Orla",
                "Les gardiens ont compté toutes les lampes entre Keld et Port Selan, et ils ont trouvé qu’une lampe sur cinq est éteinte depuis le printemps.",
                "Le conseil l’a appris en juin. Il a réservé de l’argent pour quarante lampes, qui seront posées avant l’hiver.",
            ),
            "2026-02-07",
            "7 février 2026",
        ),
        (
            "<header>\n<span>Pressemitteilung</span>\n<span>Keld, 7. Februar 2026</span>\n<span>Frei zum Nachdruck für alle</span></header>",
            (
                "Wärter zählen die Laternen von Orla",
                "Die Wärter von Orla haben jede Laterne zwischen Keld und Port Selan gezählt und fanden, dass jede fünfte seit den Stürmen dunkel ist.",
                "Der Rat hat davon im Juni erfahren und Geld für vierzig Laternen bereitgestellt, die vor dem Winter aufgestellt werden.",
            ),
            "2026-02-07",
            "7. Februar 2026",
        ),
        (
            "<section><time>12 May 2021</time><span>Press release</span></section>",
            ("Keepers count the lamps of Orla", FIRST, SECOND),
            "2021-05-12",
            "12 May 2021",
        ),
    ],
)
def test_the_pieces_of_a_bar_above_the_headline_are_lines_of_their_own(
    bar: str, text: tuple[str, str, str], date: str, written: str
) -> None:
    drafted = page(bar, *text)
    assert (drafted.date, drafted.date_as_written, drafted.publisher) == (date, written, "")
    assert drafted.kind == "press release"
    assert drafted.body.strip() == "\n\n".join(text[1:])
    assert not [left for left in drafted.left_out if left.reason == accounting.UNACCOUNTED]


def test_a_sentence_in_pieces_is_no_bar() -> None:
    pieces = "<div><span>The keepers counted the lamps of </span><span>Orla</span><span> on 3 May 2021 and wrote to the council of Keld, which had asked for it in the spring.</span></div>"
    drafted = page("", "Keepers count the lamps of Orla", FIRST, f"{SECOND}</p>{pieces}<p>")
    assert "The keepers counted the lamps of Orla on 3 May 2021 and wrote to the council" in drafted.body


def test_two_lines_that_a_page_glued_to_each_other_name_no_publisher() -> None:
    drafted = page(
        "<p>Communiqué de presseKeldmarn, 7 février 2026</p>",
        "Les gardiens comptent les lampes d’Orla",
        "Les gardiens ont compté toutes les lampes entre Keld et Port Selan, et ils ont trouvé qu’une lampe sur cinq est éteinte depuis le printemps.",
        "Le conseil l’a appris en juin. Il a réservé de l’argent pour quarante lampes, qui seront posées avant l’hiver.",
    )
    assert drafted.publisher == ""


DE_FIRST = "Die Wärter von Orla haben jede Laterne zwischen Keld und Port Selan gezählt und fanden, dass jede fünfte seit den Stürmen im Frühjahr dunkel ist."
DE_SECOND = "Der Rat hat davon im Juni erfahren und Geld für vierzig Laternen bereitgestellt, die vor dem Winter aufgestellt werden."
RU_FIRST = "Смотрители Орлы пересчитали все фонари между Кельдом и Порт-Селаном и установили, что каждый пятый не горит с весенних бурь этого года."
RU_SECOND = "Совет узнал об этом в июне. Он выделил деньги на сорок фонарей, которые поставят до зимы."


@pytest.mark.parametrize(
    ("labels", "texts", "title", "date"),
    [
        (
            "Title: Keepers count the lamps of Orla\nDate: Thursday, August 01, 2024\n\nContent:\n",
            (FIRST, SECOND),
            "Keepers count the lamps of Orla",
            "2024-08-01",
        ),
        (
            "Title: Keepers count the lamps of Orla\nDate: July 10, 2024\nIssues: No issues found\n\nContent:\n",
            (FIRST, SECOND),
            "Keepers count the lamps of Orla",
            "2024-07-10",
        ),
        (
            "Titel: Wärter zählen die Laternen von Orla\nDatum: 7. Februar 2026\nBereich: Häfen und Lichter\nInhalt:\n",
            (DE_FIRST, DE_SECOND),
            "Wärter zählen die Laternen von Orla",
            "2026-02-07",
        ),
        (
            "Заголовок: Смотрители пересчитали фонари Орлы\nДата: 7 февраля 2026 года\n\nТекст:\n\n",
            (RU_FIRST, RU_SECOND),
            "Смотрители пересчитали фонари Орлы",
            "2026-02-07",
        ),
    ],
)
def test_the_labels_of_a_record_are_no_text_and_name_nobody(
    labels: str, texts: tuple[str, str], title: str, date: str
) -> None:
    drafted = read(labels + "\n\n".join(texts) + "\n", "a.txt")
    assert (drafted.title, drafted.date, drafted.publisher) == (title, date, "")
    assert drafted.body.strip() == "\n\n".join(texts)
    assert not asked(drafted, "publisher")
    assert not [left for left in drafted.left_out if left.reason == accounting.UNACCOUNTED]


def test_a_label_before_a_text_that_is_no_record_stays_in_it() -> None:
    drafted = read(f"# Keepers count the lamps of Orla\n\nWhat was found:\n\n{FIRST}\n\n{SECOND}\n")
    assert "What was found:" in drafted.body
    titled = read(f"Title: Keepers count the lamps of Orla\nA winter in the dark\n\nFindings:\n\n{FIRST}\n", "a.txt")
    assert "Findings:" in titled.body


POSTS = (
    ("June 8, 2026", "A harbour master pleads guilty to the theft of forty lamps from the northern quay and of two mirrors from the tower of Keld"),
    ("June 3, 2026", "The keepers of the southern lights ask for witnesses of the night in which the great lamp of Port Selan went out for ever"),
    ("May 29, 2026", "A boat without lights was towed to the pier of Orla after it had been seen by nobody for eleven days and eleven nights"),
)  # fmt: skip


def test_days_of_other_texts_behind_a_page_that_was_copied_make_its_own_day_no_entry_of_a_list() -> None:
    posts = "\n\n".join(f"{day}\n\n{title}" for day, title in POSTS)
    text = (
        f"Keepers count the lamps of Orla\n\nOctober 2, 2023\n\nSELAN – {FIRST}\n\n{SECOND}\n\nLatest News\n\n{posts}\n"
    )
    drafted = read(text, "a.txt")
    assert (drafted.title, drafted.date, drafted.date_basis) == (
        "Keepers count the lamps of Orla",
        "2023-10-02",
        "header",
    )


def test_days_that_head_the_entries_of_a_chronicle_are_asked_about() -> None:
    entries = "\n\n".join(f"{day}\n\n{title}." for day, title in POSTS)
    drafted = read(f"A chronicle of the lights of Orla\n\n{entries}\n", "a.txt")
    assert drafted.date == ""


@pytest.mark.parametrize(
    ("word", "day", "headline", "texts", "date"),
    [
        ("Published", "December 9, 2015", "Keepers count the lamps of Orla", (FIRST, SECOND), "2015-12-09"),
        ("Veröffentlicht", "9. Dezember 2015", "Wärter zählen die Laternen von Orla", (DE_FIRST, DE_SECOND), "2015-12-09"),
        ("Опубликовано", "9 декабря 2015 года", "Смотрители пересчитали фонари Орлы", (RU_FIRST, RU_SECOND), "2015-12-09"),
    ],
)  # fmt: skip
def test_a_word_for_publication_alone_above_its_day_is_a_label_and_no_headline(
    word: str, day: str, headline: str, texts: tuple[str, str], date: str
) -> None:
    drafted = read(f"{word}\n{day}\n\n{headline}\n\n{day}\n\n{texts[0]}\n\n{texts[1]}\n", "a.txt")
    assert (drafted.title, drafted.date) == (headline, date)


def test_a_page_copied_with_its_own_title_has_that_headline_though_a_trade_stands_in_it() -> None:
    headline = "LAMP DEALERSHIP OWNER AND HARBOUR FIRM OWNER CHARGED WITH FALSE RETURNS OF FORTY LAMPS"
    text = f"{headline} - Orla County District Attorney\nSkip to content\n{headline}\nAuthor\nIlsa Marn Fera\nPublished\nDecember 9, 2015\n{headline}\nCase # 15WF2524\nDecember 9, 2015\n{headline}\n{FIRST}\n{SECOND}\n"
    assert read(text, "a.txt").title == headline


def test_the_first_sentence_below_the_label_of_the_text_is_no_sub_title() -> None:
    text = f"Title: Keepers count the lamps of Orla\nDate: July 10, 2024\n\nContent:\nThis week the council of Keld passed the rules of\nthe Lights of the Harbour Act\n(LHA), which the keepers had asked for.\n{FIRST}\n\n{SECOND}\n"
    drafted = read(text, "a.txt")
    assert drafted.subtitle == ""
    assert drafted.body.startswith("This week the council of Keld passed the rules of")


def test_a_publisher_that_is_called_like_its_address_is_not_cut_before_the_point() -> None:
    text = (
        "# Keldlamp.org Expands Team With Two Keepers\n\n"
        "ORLA, Keld — July 15, 2026 — (KELD NEWSWIRE) — Keldlamp.org, the first maker of lamps for ports on the islands, announced today that two keepers have joined it.\n\n"
        f"{SECOND}\n\nFor more on Keldlamp.org, visit www.keldlamp.org.\n"
    )
    assert read(text).publisher in ("", "Keldlamp.org")


@pytest.mark.parametrize(
    ("line", "headline", "texts", "date"),
    [
        ("Pressemitteilung vom 22.12.2024", "Wärter zählen die Laternen von Orla", (DE_FIRST, DE_SECOND), "2024-12-22"),
        ("Polizeimeldung vom 22.12.2024", "Wärter zählen die Laternen von Orla", (DE_FIRST, DE_SECOND), "2024-12-22"),
        (
            "Communiqué du 3 mai 2024",
            "Les gardiens comptent les lampes d’Orla",
            (
                "Les gardiens ont compté toutes les lampes entre Keld et Port Selan, et ils ont trouvé qu’une lampe sur cinq est éteinte depuis le printemps.",
                "Le conseil l’a appris en juin. Il a réservé de l’argent pour quarante lampes, qui seront posées avant l’hiver.",
            ),
            "2024-05-03",
        ),
        ("Заявление от 3 мая 2024 года", "Смотрители пересчитали фонари Орлы", (RU_FIRST, RU_SECOND), "2024-05-03"),
    ],
)
def test_the_kind_and_of_before_a_day_on_a_line_of_its_own_say_that_it_is_that_of_publication(
    line: str, headline: str, texts: tuple[str, str], date: str
) -> None:
    drafted = read(f"{headline}\n\n{line}\n\n{texts[0]}\n\n{texts[1]}\n", "a.txt")
    assert (drafted.date, drafted.date_basis) == (date, "header")


def test_a_sitting_and_what_completes_a_release_are_of_another_day() -> None:
    for line in ("Sitzung vom 22.12.2024", "Ergänzung zur Pressemitteilung vom 22.12.2024"):
        drafted = read(f"Wärter zählen die Laternen von Orla\n\n{line}\n\n{DE_FIRST}\n\n{DE_SECOND}\n", "a.txt")
        assert drafted.date == "", line


@pytest.mark.parametrize("front_matter", ["", "---\ntitle: Laternen in Orla gezählt\ndate: 2022-03-18T20:05\n---\n"])
def test_a_line_in_emphasis_with_kind_day_and_sender_is_of_the_head(front_matter: str) -> None:
    line = "Pressemitteilung zu den Wahlen auf den Inseln im Norden, 18.03.2022, Die Liste Kreisverband Ploon"
    heading = "" if front_matter else "# Laternen in Orla gezählt\n\n"
    drafted = read(f"{front_matter}*{line}*\n\n{heading}{DE_FIRST}\n\n{DE_SECOND}\n")
    assert (drafted.title, drafted.date, drafted.date_basis) == ("Laternen in Orla gezählt", "2022-03-18", "header")
    assert drafted.kind == "press release"
    assert drafted.body.startswith(DE_FIRST)
    assert "Die Liste Kreisverband Ploon" in asked(drafted, "publisher")


def test_an_emphasised_line_of_a_day_that_front_matter_contradicts_is_asked_about() -> None:
    line = "*Pressemitteilung zu den Wahlen, 18.03.2022, Die Liste Kreisverband Ploon*"
    drafted = read(
        f"---\ntitle: Laternen in Orla gezählt\ndate: 2022-03-25\n---\n{line}\n\n{DE_FIRST}\n\n{DE_SECOND}\n"
    )
    assert drafted.date == ""


@pytest.mark.parametrize(
    ("headline", "labelled", "first", "second"),
    [
        (
            "Mehrere Verletzte bei Unfall mit Fähre",
            "Ereignisort: Orla",
            "Mehrere Menschen wurden gestern bei einem Unfall im Hafen von Orla verletzt, als eine Fähre in die Laterne fuhr. Die Wärter riefen Hilfe.",
            "Der Fahrer der Fähre blieb unverletzt. Die Laterne wurde am Abend repariert und brennt seitdem wieder.",
        ),
        ("Keepers count every lamp between Keld and Port Selan", "Location: Orla", FIRST, SECOND),
        ("Keepers count every lamp between Keld and Port Selan", "Sector: Orla North", FIRST, SECOND),
    ],
)
def test_a_line_with_a_label_is_no_second_line_of_the_headline(
    headline: str, labelled: str, first: str, second: str
) -> None:
    drafted = read(f"05.06.2021 11:06 Uhr\n{headline}\n{labelled}\n\n{first}\n\n{second}\n", "a.txt")
    assert drafted.title in ("", headline)


def test_a_known_label_below_the_headline_leaves_it_clear() -> None:
    headline = "Mehrere Verletzte bei Unfall mit Fähre"
    first = "Mehrere Menschen wurden gestern bei einem Unfall im Hafen von Orla verletzt, als eine Fähre in die Laterne fuhr. Die Wärter riefen Hilfe."
    text = f"05.06.2021 11:06 Uhr\n{headline}\nEreignisort: Orla\n\nNr. 1219\n{first}\n\nDer Fahrer blieb unverletzt.\n"
    drafted = read(text, "a.txt")
    assert (drafted.title, drafted.date) == (headline, "2021-06-05")


@pytest.mark.parametrize(
    ("above", "dateline"),
    [
        ("Demonstrating Strong Focus on Enhanced Lights", "KELD, Orla, April 13, 2026"),
        ("Over Ten Thousand Delegates Gather in Orla Confirming Status as Meeting Place", "ORLA - Wire - 4 July 2026"),
    ],
)
def test_words_in_capitals_over_the_place_and_day_of_the_text_are_the_sub_title(above: str, dateline: str) -> None:
    drafted = read(f"# Keepers count the lamps of Orla\n\n{above}\n\n{dateline} - {FIRST}\n\n{SECOND}\n")
    assert (drafted.subtitle, drafted.dateline) == (above, dateline)
    assert drafted.body.startswith(FIRST)


def test_a_sub_title_of_two_lines_is_one() -> None:
    text = (
        "Man Charged With Theft of Forty Lamps - The Orla District Attorney's Office\nSkip to content\nMan Charged With Theft\nof Forty Lamps\n"
        "Defendant Allegedly Dropped Lamps Off at Home,\nReturned Hours Later and Took the Mirrors\n"
        f"Orla District Attorney Ada Cruz announced today that a man was charged with theft. The defendant returned for the mirrors hours later and took them home.\n{SECOND}\n"
    )
    drafted = read(text, "a.txt")
    assert drafted.title == "Man Charged With Theft of Forty Lamps"
    assert (
        drafted.subtitle == "Defendant Allegedly Dropped Lamps Off at Home, Returned Hours Later and Took the Mirrors"
    )


@pytest.mark.parametrize("line", ["Ada Venn, Keld Harbour, Orla North Pier", "Office of the Harbour Master of Orla"])
def test_names_above_the_text_are_no_sub_title(line: str) -> None:
    assert read(f"# Keepers count the lamps of Orla\n\n{line}\n\n{FIRST}\n\n{SECOND}\n").subtitle == ""


@pytest.mark.parametrize(
    ("text", "dateline", "date", "first"),
    [
        (
            "COLOMA, SERENDIA- [Wire of Orla](https://wire.example/) - 9 July 2026 - On 4 July the keepers counted every lamp of the port, and found one in five dark.",
            "COLOMA, SERENDIA- Wire of Orla - 9 July 2026",
            "2026-07-09",
            "On 4 July the keepers counted",
        ),
        (
            "KELD, ORLA – [Depesche von Orla](https://wire.example/) – 9. Juli 2026 – Die Wärter haben jede Laterne gezählt und fanden, dass jede fünfte dunkel ist.",
            "KELD, ORLA – Depesche von Orla – 9. Juli 2026",
            "2026-07-09",
            "Die Wärter haben jede Laterne",
        ),
    ],
)
def test_the_name_of_a_wire_in_a_dateline_may_have_a_small_word(
    text: str, dateline: str, date: str, first: str
) -> None:
    headline, second = ("Laternen in Orla gezählt", DE_SECOND) if "Die" in first else ("Lamps of Orla counted", SECOND)
    drafted = read(f"# {headline}\n\n{text}\n\n{second}\n")
    assert (drafted.dateline, drafted.date, drafted.date_basis) == (dateline, date, "dateline")
    assert drafted.body.startswith(first)


def test_a_sentence_that_has_a_day_between_dashes_is_no_dateline() -> None:
    text = "ORLA - The keepers of Keld - 9 July 2026 is their day - counted every lamp between Keld and Port Selan."
    drafted = read(f"# Keepers count the lamps of Orla\n\n{text}\n\n{SECOND}\n")
    assert drafted.date == ""
    assert drafted.body.startswith("The keepers of Keld - 9 July 2026 is their day")


EVENING = (
    "Beim Abend in Orla haben Jana Venn und Mo Kell jede Laterne zwischen Keld und Port Selan gezählt und fanden, dass jede fünfte dunkel ist.",
    DE_SECOND,
)


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("datum", EVENING),
        ("дата", (RU_FIRST, RU_SECOND)),
        ("fecha", ("Los guardianes de Orla contaron cada lámpara entre Keld y Puerto Selan y hallaron que una de cada cinco está apagada desde las tormentas de la primavera.", "El consejo lo supo en junio. Ha reservado dinero para cuarenta lámparas, que se pondrán antes del invierno.")),
        ("tarih", ("Orla fenerlerinin bekçileri Keld ile Selan Limanı arasındaki her lambayı saydı ve bahardan beri her beş lambadan birinin sönük olduğunu buldu.", "Meclis bunu haziranda öğrendi. Kıştan önce dikilecek kırk lamba için para ayırdı.")),
    ],
)  # fmt: skip
def test_front_matter_states_its_day_under_the_word_of_any_language(key: str, texts: tuple[str, str]) -> None:
    drafted = read(f"---\ntitle: Orla\n{key}: 2025-04-09\n---\n\n{texts[0]}\n\n{texts[1]}\n")
    assert (drafted.date, drafted.date_basis) == ("2025-04-09", "metadata")


def test_front_matter_with_an_hour_or_a_place_states_when_people_meet() -> None:
    for beside in ('uhrzeit: "19:00"', "ort: Hafen von Orla"):
        text = f"---\ntitle: Der Abend\ndatum: 2025-04-09\n{beside}\n---\n\n{EVENING[0]}\n\n{EVENING[1]}\n"
        assert read(text).date == "", beside


def test_a_day_on_a_line_of_its_own_that_is_not_that_of_the_front_matter_is_asked_about() -> None:
    text = f"---\ntitle: Der Abend\ndatum: 2025-04-09\n---\n\n1. April 2025\n\n{EVENING[0]}\n\n{EVENING[1]}\n"
    drafted = read(text)
    assert drafted.date == ""
    assert "1. April 2025" in asked(drafted, "date")
    assert "2025-04-09" in asked(drafted, "date")


@pytest.mark.parametrize("picture", ["📅", "🗓", "🗓️", "📆", "📍"])
def test_a_day_behind_the_picture_of_a_calendar_is_asked_about(picture: str) -> None:
    drafted = read(f"# Rückblick auf den Abend in Orla\n\n{picture} 1. April 2025\n\n{EVENING[0]}\n\n{EVENING[1]}\n")
    assert drafted.date == ""
    assert "1. April 2025" in asked(drafted, "date")


def test_whose_statement_it_is_belongs_to_a_headline_behind_its_dash() -> None:
    headline = "We light the coast of Orla – statement by the Council of Keepers"
    first = "The keepers of Orla light the coast between Keld and Port Selan, the council of keepers said in a statement, in which it spoke of forty lamps."
    assert read(f"{headline}\n\n{first}\n\n{SECOND}\n", "a.txt").title in ("", headline)


def test_a_call_to_use_a_name_of_the_net_is_no_sub_title() -> None:
    call = "Use the hashtag #LightOrla on every page that you write to help the keepers of the lights of Orla"
    drafted = read(f"# Keepers count the lamps of Orla\n\n{call}\n\n{FIRST}\n\n{SECOND}\n")
    assert drafted.subtitle == ""
    assert call in drafted.body.replace("\\", "")


def test_the_caption_of_a_picture_that_ends_at_a_place_is_no_sub_title() -> None:
    caption = (
        "Representatives of Venn and MAS Orla at the opening of the new light of the northern quay in Kimbula, Orla"
    )
    drafted = read(f"# Keepers count the lamps of Orla\n\n{caption}\n\n{FIRST}\n\n{SECOND}\n")
    assert drafted.subtitle == ""
    assert caption in drafted.body


@pytest.mark.parametrize(
    ("headline", "lead", "name"),
    [
        ("Lamps of a Year", "Venn Lamp Makers, a firm of Orla, has made lamps that burn for a whole year and that every port of the islands may build.", "Venn Lamp Makers"),
        ("Venn Lamps Burns a Year", "Venn Lamps Co., Ltd. today announced that its lamps burn for a whole year without being filled, which every port of the islands may use.", "Venn Lamps"),
    ],
)  # fmt: skip
def test_a_question_about_the_publisher_shows_whom_the_text_begins_with(headline: str, lead: str, name: str) -> None:
    drafted = read(f"# {headline}\n\n{lead}\n\n{SECOND}\n")
    assert drafted.publisher == ""
    assert f"“{name}" in asked(drafted, "publisher")


def test_a_question_about_the_publisher_shows_no_small_word() -> None:
    lead = "From artificial light to the light of the moon: the keepers of Orla today announced that their lamps burn longer than those of any port."
    assert "From" not in asked(read(f"# Lamps of Orla burn longer\n\n{lead}\n\n{SECOND}\n"), "publisher")


@pytest.mark.parametrize("place", ["Ostermarkt-Hafenviertel", "bezirksübergreifend"])
@pytest.mark.parametrize(
    "headline", ["Vierjährige von Auto am Hafen angefahren", "Mehrere Verletzte bei Unfall mit der Hafenbahn"]
)
def test_the_labelled_line_below_a_headline_is_not_glued_to_it_where_only_the_head_has_short_lines(
    headline: str, place: str
) -> None:
    first = f"Bei einem Unfall am Hafen sind gestern mehrere Menschen verletzt worden. {headline}, so hieß es zuerst. Nach den bisherigen Ermittlungen lief ein Kind hinter einem Wagen auf die Straße, und die Hafenbahn musste bremsen."
    text = f"05.06.2021 11:06 Uhr\n{headline}\nEreignisort: {place}\n\nNr. 1219\n{first}\nDie Ermittlungen dauern an.\n"
    drafted = read(text, "a.txt")
    assert drafted.title == headline


def test_the_first_line_of_a_plain_text_is_not_passed_over_for_a_line_below_it() -> None:
    headline = "Prisoners of imagined pasts"
    pulled = "The Chronicle was the go-to text for those who justified the policy of Orla"
    first = "The keepers who wrote it had never seen the coast that they spoke of, and yet the whole island came to believe what stood in it for thirty years."
    second = "In the first of three parts we ask why. The Chronicle was founded in Keld in 1961, and it was read by those who had the say in Orla."
    drafted = read(f"{headline}\n\n{pulled}\n\n{first}\n\n{second}\n", "a.txt")
    assert drafted.title == ""
    assert headline in asked(drafted, "title")
    assert pulled in asked(drafted, "title")
