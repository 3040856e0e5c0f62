"""What makers can ask: every question is noted, and its answer changes only when what it tells does."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from msgspec import structs

from onrecord import views
from onrecord.division import LIMIT
from onrecord.model import Article, Body, Card, Counting, Listed, Release, Text, Tombstone
from onrecord.reader import GROUPS, Build, QuestionKey, Reader
from onrecord.views.edition import Edition
from tests.invented import BUILD, TEXTS, archive, harbour, listed, makers_of, quick, reader, release


def questions_of(ask: Reader, work: Callable[[], object]) -> list[QuestionKey]:
    """The questions that some work asks itself, in their order."""
    _, numbers = ask.traced(work)
    return [ask.key(number) for number in numbers]


def dependencies_of(ask: Reader, key: QuestionKey) -> set[QuestionKey]:
    """The questions that one is answered from."""
    _, numbers = ask.answer_digest(key)
    return {ask.key(number) for number in numbers}


def changed(before: Reader, after: Reader, *keys: QuestionKey) -> list[QuestionKey]:
    """The questions among these that two archives answer differently."""
    return [key for key in keys if before.answer_digest(key)[0] != after.answer_digest(key)[0]]


# ---- questions are noted ---------------------------------------------------------------------------------------------------------


def test_what_is_asked_is_noted_once_in_its_order() -> None:
    ask = reader(archive(*harbour()))
    assert questions_of(ask, lambda: (ask.card("2012-bare"), ask.settings(), ask.card("2012-bare"))) == [
        ("card", "2012-bare"),
        ("settings",),
    ]


def test_a_question_that_was_asked_before_is_noted_for_whoever_asks_it_again() -> None:
    ask = reader(archive(*harbour()))
    first = questions_of(ask, lambda: ask.group_facts("topics", "water"))
    assert (
        first == questions_of(ask, lambda: ask.group_facts("topics", "water")) == [("group_facts", "topics", "water")]
    )


def test_a_question_answered_from_others_notes_these_and_its_asker_does_not() -> None:
    ask = reader(archive(*harbour()))
    assert questions_of(ask, lambda: ask.group_facts("topics", "water")) == [("group_facts", "topics", "water")]
    assert dependencies_of(ask, ("group_facts", "topics", "water")) == {("group", "topics", "water")}


def test_only_other_texts_leave_the_state_of_an_archive_as_it_was() -> None:
    whole = archive(*harbour())
    state = reader(whole).state()
    assert reader(archive(*reversed(harbour()))).state() == state
    assert reader(structs.replace(whole, texts={"2012-bare": b"x" * 16})).state() == state
    term = structs.replace(whole.vocabularies.topics[0], label="Another")
    vocabularies = structs.replace(whole.vocabularies, topics=(term, *whole.vocabularies.topics[1:]))
    others = [
        reader(archive(*harbour()[1:])),
        reader(archive(*harbour(), release("2012-02-08-another"))),
        reader(archive(*harbour(), settings=structs.replace(whole.settings, title="Another"))),
        reader(archive(*harbour(), vocabularies=vocabularies)),
        reader(archive(*harbour(), articles=[Article("about", "pages/about.md", "About", Body("<p>Words.</p>"))])),
        reader(whole, structs.replace(BUILD, date="2026-11-23")),
        reader(whole, structs.replace(BUILD, drafts=True)),
        reader(whole, structs.replace(BUILD, search=False)),
        reader(whole, structs.replace(BUILD, moments={"releases/2012-bare.md": "2026-11-22"})),
    ]
    assert len({state, *(other.state() for other in others)}) == len(others) + 1


def test_a_trace_holds_what_was_asked_since_the_last_one() -> None:
    ask = reader(archive(*harbour()))
    ask.settings()
    first = ask.question_count
    ask.family("2012-bare")
    trace = ask.trace(first)
    assert (trace.first, trace.questions) == (first, [("family", "2012-bare")])
    assert trace.digests == ask.answer_digest(("family", "2012-bare"))[0]


def test_whatever_was_asked_of_an_archive_can_be_asked_of_another() -> None:
    makers = makers_of(archive(*harbour()))
    for output in makers.outputs():
        if output.maker in makers.by_name:
            makers.data(output)
    every = makers.reader.trace(0).questions
    assert len({key[0] for key in every}) > 50
    empty = reader(archive())
    for key in every:
        empty.answer_digest(key)


# ---- answers change with what they tell -------------------------------------------------------------------------------------------


def test_answers_have_the_same_digests_in_whichever_order_they_are_asked() -> None:
    keys: list[QuestionKey] = [
        ("card", "2012-bare"),
        ("group", "topics", "water"),
        ("facets",),
        ("parts", "topics", "water"),
    ]
    first, second = reader(archive(*harbour())), reader(archive(*reversed(harbour())))
    assert changed(first, second, *keys) == []
    assert [second.answer_digest(key)[0] for key in reversed(keys)] == [
        first.answer_digest(key)[0] for key in reversed(keys)
    ]


def test_a_tombstone_is_another_answer_than_the_release_it_was() -> None:
    stands = archive(release("2012-02-08-a"))
    gone = archive(listed("2012-02-08-a", "2012-02-08", "status: withdrawn", "reason: False."))
    assert changed(reader(stands), reader(gone), ("card", "2012-02-08-a"), ("listed",), ("month", "2012-02")) == [
        ("card", "2012-02-08-a"),
        ("listed",),
        ("month", "2012-02"),
    ]


def test_every_field_of_a_card_makes_another_answer() -> None:
    card = release("2012-02-08-a").card
    others = {
        "path": "releases/x.md", "title": "T", "edtf": "2012-02-09", "publisher": None, "language": "fr", "extent": "excerpt",
        "status": "corrected", "kind": "report", "reference": "R 1", "topics": ("water",), "places": ("port-elm",),
        "names": ("ada-example",), "speakers": (("", "A"),), "same_text_as": ("2012-b",),
        "translation_of": "2012-b", "corrects": ("2012-b",), "follows": ("2012-b",), "utterances": (1,),
        "countings": (Counting("lamps", "", "", "", ""),), "added": "2012-03-01", "changed": "2012-03-02",
        "corrected": ("2012-03-03",), "verbatim": (True,),
    }  # fmt: skip
    assert others.keys() | {"slug"} == {*Card.__struct_fields__}

    def digest(card: Listed) -> bytes:
        of_card = structs.replace(archive(), listed=(card,))
        return Reader(of_card, TEXTS, Build("")).answer_digest(("card", card.slug))[0]

    digests = {
        digest(card),
        *(digest(msgspec.structs.replace(card, **{name: value})) for name, value in others.items()),
    }
    assert len(digests) == len(others) + 1


def test_another_text_is_told_by_its_digest_alone() -> None:
    before, after = (archive(release("2012-02-08-a", body=body)) for body in ("First words.", "Other words."))
    ask = reader(before)
    assert questions_of(ask, lambda: ask.text("2012-02-08-a")) == [("text_digest", "2012-02-08-a")]
    assert changed(ask, reader(after), ("text_digest", "2012-02-08-a"), ("card", "2012-02-08-a")) == [
        ("text_digest", "2012-02-08-a")
    ]


def test_who_asks_for_the_first_paragraph_is_not_touched_by_the_second() -> None:
    before, after = (archive(release("2012-02-08-a", body=f"First words.\n\n{last}.")) for last in ("Second", "Third"))
    keys: list[QuestionKey] = [
        ("opening", "2012-02-08-a"),
        ("paragraphs", "2012-02-08-a"),
        ("text_digest", "2012-02-08-a"),
    ]
    assert changed(reader(before), reader(after), *keys) == keys[1:]
    assert dependencies_of(reader(before), keys[0]) == {("text_digest", "2012-02-08-a")}


def long_list(*more: Release) -> Reader:
    """A topic whose list stands on pages for each of its years."""
    many = [quick(f"{year}-ferry-{n}", str(year), topics=("water",)) for year in (2012, 2013) for n in range(LIMIT)]
    return reader(archive(*many, *more))


def test_a_part_of_a_long_list_is_not_touched_by_what_is_added_to_another() -> None:
    before, after = long_list(), long_list(quick("2013-lamps", "2013", topics=("water",)))
    page = next(kind for kind in views.KINDS if kind.name == "group-part")
    subject = dict(page.pages(Edition(before, "en")))["topics/water/2012.html"]
    keys = questions_of(before, lambda: page.view(Edition(before, "en"), *subject))
    assert ("part", "topics", "water", "2012") in keys
    assert not {"group", "parts", "listed"} & {key[0] for key in keys}
    assert ("group", "topics", "water") in dependencies_of(before, ("parts", "topics", "water"))
    assert changed(before, after, ("group", "topics", "water"), ("part", "topics", "water", "2013")) != []
    assert changed(before, after, *keys) == []


# ---- what must not be answered --------------------------------------------------------------------------------------------------


def test_of_what_was_withdrawn_nothing_but_the_tombstone_can_be_asked() -> None:
    gone = listed("2012-02-08-a", "2012-02-08", "status: withdrawn", "reason: False.", "topics: [Water]")
    kept = TEXTS.add(Text(Body("<p>SECRET</p>", ("SECRET",)), "SECRET", "SECRET", rights="SECRET"))
    # Even where a text is still kept under its slug.
    ask = reader(structs.replace(archive(gone), texts={"2012-02-08-a": kept}))
    assert isinstance(ask.card("2012-02-08-a"), Tombstone)
    assert (ask.text("2012-02-08-a"), ask.release("2012-02-08-a")) == (None, None)
    assert not any((ask.opening("2012-02-08-a"), ask.paragraphs("2012-02-08-a"), ask.subtitle("2012-02-08-a")))
    assert not any((ask.rights("2012-02-08-a"), ask.quotations("2012-02-08-a"), ask.speakers_of("2012-02-08-a")))
    assert [ask.group_slugs(folder) for folder in GROUPS] == [(), (), (), ()]


def test_a_release_is_answered_with_the_entries_of_the_vocabularies_that_it_names() -> None:
    given = release(
        "2012-02-08-a",
        "2012-02-08",
        "topics: [Land & roads, Water]",
        "names: [Ferry Union]",
        'quotations: [{speaker: A. Example, text: "First words"}, {speaker: Somebody, text: "Second words"}]',
        body="“First words.”\n\n“Second words.”",
    )
    answer = reader(archive(given)).release("2012-02-08-a")
    assert answer == given
    assert [term.label for term in (*answer.topics, *answer.names, *answer.speakers)] == [
        "Land & roads",
        "Water",
        "Ferry Union",
        "Ada Example",
    ]


@pytest.mark.parametrize(("drafts", "count"), [(False, 1), (True, 2)])
def test_a_draft_is_asked_for_only_where_drafts_are_shown(drafts: bool, count: int) -> None:
    draft = release("2012-02-09-b", "2012-02-09", "status: draft", "publisher: Draft Press")
    ask = reader(archive(draft, release("2012-02-08-a"), drafts=drafts))
    assert len(ask.listed()) == count
    assert (ask.card("2012-02-09-b") is not None) == drafts
    assert ("Draft Press" in ask.publishers()) == drafts
