"""Order, groups, families and speakers of an archive."""

import datetime as dt
import itertools

from onrecord import arrange, check, read
from onrecord.check import duplicates
from onrecord.model import Archive, Card, Checked, Listed, Problem, Settings, Term, Vocabularies

VOCABULARIES = Vocabularies(
    topics=(Term("topic", "Water", "water"), Term("topic", "Land", "land"), Term("topic", "Unused", "unused")),
    names=(Term("name", "Ada Example", "ada-example", aliases=("A. Example",)),),
)
RULES = check.rules(VOCABULARIES, dt.date(2026, 1, 1))
PARAGRAPHS: dict[str, tuple[str, ...]] = {}


def checked(slug: str, date: str, *lines: str, body: str = "Words.") -> Checked:
    """What becomes of a release file with these lines; its paragraphs are kept in PARAGRAPHS, by its digest."""
    front = [f'title: "About {slug}"', f"date: {date}", "language: en", "extent: full", *lines]
    if not any(line.startswith("publisher") for line in lines):
        front.append("publisher: Example Press")
    text = "\n".join(["---", *front, "---", body])
    source = read.source(read.FileData(f"releases/{slug}.md", text.encode()))
    assert not isinstance(source, Problem), source
    verdict = check.release(source, RULES)
    assert verdict.listed is not None, verdict.problems
    PARAGRAPHS[source.sha256] = verdict.text.body.paragraphs if verdict.text else ()
    return Checked(source.path, source.sha256, verdict.listed, b"", b"", verdict.outline, verdict.problems)


def release(slug: str, date: str, *lines: str) -> Listed:
    quoting = any(line.startswith("quotations") for line in lines)
    card = checked(slug, date, *lines, body='She said "Stop it." He said "Go on."' if quoting else "Words.").listed
    assert card is not None
    return card


def archive(*releases: Listed, drafts: bool = False) -> Archive:
    return arrange.archive(releases, Settings("Example"), VOCABULARIES, drafts=drafts)


def test_the_order_does_not_depend_on_the_order_of_reading() -> None:
    releases = [release("b", "2012-02-08"), release("a", "2012-02-08"), release("c", "2012-02"), release("d", "XXXX")]
    orders = {tuple(card.slug for card in archive(*some).listed) for some in itertools.permutations(releases)}
    assert orders == {("a", "b", "c", "d")}


def test_drafts_are_left_out_unless_asked_for() -> None:
    releases = [release("a", "2012", "status: draft"), release("b", "2012")]
    assert [card.slug for card in archive(*releases).listed] == ["b"]
    assert {card.slug for card in archive(*releases, drafts=True).listed} == {"a", "b"}


def test_years_hold_months_and_what_has_no_month_stands_apart() -> None:
    arranged = archive(
        release("a", "2012-02-08"),
        release("b", "2012-02"),
        release("c", "2012"),
        release("d", "XXXX-08-01"),
        release("e", "2011-05-01"),
    )
    assert [year.label for year in arranged.years] == ["2012", "2011"]
    assert [(month.label, [card.slug for card in month.listed]) for month in arranged.years[0].months] == [
        ("2012-02", ["a", "b"])
    ]
    assert [card.slug for card in arranged.years[0].without_month] == ["c"]
    assert [card.slug for card in arranged.undated] == ["d"]


def test_every_release_is_in_the_index_by_date_once_in_each_unit_that_it_spans() -> None:
    dates = ["2012-02-08", "2012", "201X", "XXXX", "2011/2012", "2012-02/..", "2011-12-30/2012-01-02"]
    arranged = archive(*(release(f"r{n}", date) for n, date in enumerate(dates)))
    indexed = [
        (listed.slug, period)
        for year in arranged.years
        for period, of_period in [
            *((month.label, month.listed) for month in year.months),
            (year.label, year.without_month),
        ]
        for listed in of_period
    ]
    indexed += [(listed.slug, "") for listed in arranged.undated]
    assert sorted(indexed) == [
        ("r0", "2012-02"), ("r1", "2012"), ("r2", ""), ("r3", ""), ("r4", "2011"), ("r4", "2012"), ("r5", "2012-02"),
        ("r6", "2011-12"), ("r6", "2012-01"),
    ]  # fmt: skip
    assert [(year.label, len(year.listed)) for year in arranged.years] == [("2012", 5), ("2011", 2)]
    assert len(arranged.listed) == 7


def test_neighbours_are_those_that_are_certainly_earlier_and_later() -> None:
    arranged = archive(
        release("a", "2012-01-31"),
        release("b", "2012-02-08"),
        release("c", "2012-02-08"),
        release("d", "2012-02"),
        release("e", "2012-02-09"),
        release("f", "2012-03-01"),
        release("g", "2012-02-08~"),
        release("h", "XXXX"),
        release("i", "2012-01-05~/2012-01-06"),
    )
    assert arranged.earlier == {"b": "a", "c": "a", "d": "a", "e": "c", "f": "d"}
    assert arranged.later == {"a": "d", "b": "e", "c": "e", "d": "f", "e": "f"}


def test_a_date_that_spans_years_is_between_what_is_certainly_before_and_behind_it() -> None:
    arranged = archive(
        release("a", "2011-12-29"),
        release("b", "2011-12-30/2012-01-02"),
        release("c", "2012-01-01"),
        release("d", "2012-01-03"),
    )
    assert arranged.earlier == {"b": "a", "c": "a", "d": "b"}
    assert arranged.later == {"a": "c", "b": "d", "c": "d"} | {"a": arranged.later["a"]}


def test_a_season_has_no_neighbours_because_its_hemisphere_is_not_stated() -> None:
    arranged = archive(release("a", "2011-12-29"), release("b", "2012-24"), release("c", "2013-01-03"))
    assert (arranged.earlier, arranged.later) == ({"c": "a"}, {"a": "c"})


def test_a_family_is_joined_from_either_side_and_across() -> None:
    arranged = archive(
        release("a", "2012-01-03", "same_text_as: [b]"),
        release("b", "2012-01-02"),
        release("c", "2012-01-01", "same_text_as: [b]"),
        release("d", "2012"),
    )
    assert arranged.families == {"a": ("b", "c"), "b": ("a", "c"), "c": ("a", "b")}


def test_a_topic_that_no_release_carries_has_no_page() -> None:
    arranged = archive(release("a", "2012", "topics: [Water]"))
    assert [(group.label, len(group.cards)) for group in arranged.topics] == [("Water", 1)]


def test_speakers_stand_under_the_vocabulary_and_the_unknown_under_their_own_name() -> None:
    arranged = archive(
        release(
            "a",
            "2012",
            'quotations: [{speaker: A. Example, text: "Stop it."}, {speaker: Ben Other, text: "Go on."}]',
        ),
        release("b", "2011", 'quotations: [{speaker: Ada Example, text: "Stop it."}]'),
    )
    assert [
        (speaker.label, speaker.slug, [card.slug for card, _ in speaker.quotations]) for speaker in arranged.speakers
    ] == [
        ("Ada Example", "ada-example", ["a", "b"]),
        ("Ben Other", "ben-other", ["a"]),
    ]


def test_a_withdrawn_release_is_quoted_no_more() -> None:
    front = ("status: withdrawn", "reason: It was false.", 'quotations: [{speaker: Ben, text: "Go on."}]')
    assert archive(release("a", "2012", *front)).speakers == ()


def test_publishers_whose_slugs_would_be_equal_keep_apart_whatever_the_order() -> None:
    releases = [release("a", "2012", "publisher: Example Press"), release("b", "2012", "publisher: Example-Press")]
    slugs = {group.label: group.slug for group in archive(*releases).publishers}
    assert len(set(slugs.values())) == 2
    assert slugs == {group.label: group.slug for group in archive(*reversed(releases)).publishers}


LONG = " ".join(f"word{n} and other{n} words." for n in range(60))


def test_an_added_release_with_a_text_that_came_before_is_pointed_out_until_it_says_so() -> None:
    def warnings(first: Checked, added: Checked) -> list[Problem]:
        return duplicates.undeclared(
            [first, again, other], frozenset([added.path]), lambda checked: PARAGRAPHS[checked.sha256]
        )

    first = checked("2012-a", "2012", body=LONG)
    again = checked("2012-b", "2012", body=LONG + " Print this page.")
    other = checked("2012-c", "2012", body="Something else altogether, in words of its own.")
    (warning,) = warnings(first, again)
    assert (warning.path, warning.code, warning.level) == (again.path, "near-duplicate", "warning")
    assert "same_text_as: [2012-a]" in warning.message
    assert warnings(first, other) == []
    assert warnings(checked("2012-a", "2012", "same_text_as: [2012-b]", body=LONG), again) == []


def test_what_was_withdrawn_is_no_publication_of_a_text_and_stands_between_no_others() -> None:
    gone = release("b", "2012-01-02", "status: withdrawn", "reason: False.", "topics: [Water]", "publisher: Gone Press")
    arranged = archive(
        release("a", "2012-01-03", "same_text_as: [b, c]"),
        gone,
        release("c", "2012-01-01"),
    )
    assert arranged.families == {"a": ("c",), "c": ("a",)}
    assert (arranged.later, arranged.earlier) == ({"c": "a"}, {"a": "c"})
    assert (arranged.topics, [group.label for group in arranged.publishers]) == ((), ["Example Press"])
    assert gone in arranged.listed
    assert gone in arranged.years[0].months[0].listed
    assert all(isinstance(card, Card) for card in arranged.cards)


def test_speakers_whose_slugs_would_be_equal_keep_apart() -> None:
    quoted = 'quotations: [{speaker: "%s", text: "Stop it."}, {speaker: "%s", text: "Go on."}]'
    arranged = archive(
        release("a", "2012", quoted % ("Ada Example", "Ada-Example")),
        release("b", "2012", quoted % ("ada example as named", "Ada Example!")),
    )
    assert len({speaker.slug for speaker in arranged.speakers}) == len(arranged.speakers) == 4
    assert {speaker.slug for speaker in arranged.speakers if speaker.name} == {"ada-example"}
