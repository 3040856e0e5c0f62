"""What a release has to do with others: its translations, what it corrects and follows, and what corrects and follows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

import msgspec

from onrecord import languages, routes
from onrecord.cite import Related, Work
from onrecord.model import Card, Listed, Tombstone
from onrecord.routes import href
from onrecord.views import comparing
from onrecord.views.edition import Edition
from onrecord.views.frame import Alternate, Day, PageInfo
from onrecord.writing import direction


class OtherLanguage(msgspec.Struct, frozen=True):
    """The release in another language."""

    href: Annotated[str, "address of that release"]
    language: Annotated[str, "the language's own name for itself"]
    lang: Annotated[str, "the language"]
    dir: Annotated[str, "the direction it is written in"]
    publisher: Annotated[str, "who published it, where several are in that language; else empty"]
    withdrawn: Annotated[bool, "true where it was withdrawn"]
    compare: Annotated[str, "the page that sets both texts side by side; empty where there is none"]


class RelatedRelease(msgspec.Struct, frozen=True):
    """A release that this one corrects or follows, or that corrects or follows this one."""

    href: Annotated[str, "address of the release"]
    title: Annotated[str, "its title; empty where it was withdrawn"]
    lang: Annotated[str, "its language where it is not the page's own, else empty"]
    dir: Annotated[str, "its direction where `lang` is set"]
    date: Annotated[Day, "its date"]
    current: Annotated[bool, "true for the release of this page, in its series"]


class RelationsOfRelease(msgspec.Struct, frozen=True):
    """What the release has to do with others."""

    translated_from: Annotated[OtherLanguage | None, "what it is a translation of; none where it does not say so"]
    also_in: Annotated[tuple[OtherLanguage, ...], "all other translations of it, or of what it is a translation of"]
    corrects: Annotated[tuple[RelatedRelease, ...], "the releases that it corrects, oldest first"]
    corrected_by: Annotated[tuple[RelatedRelease, ...], "the releases that correct it, oldest first"]
    follows: Annotated[tuple[RelatedRelease, ...], "the releases that it follows, oldest first"]
    followed_by: Annotated[tuple[RelatedRelease, ...], "the releases that follow it, oldest first"]
    series: Annotated[
        tuple[RelatedRelease, ...],
        "the series that it is in, in its order, itself among them: the part around it where it is long; empty below three",
    ]
    start: Annotated[int, "the number of the first that is shown of the series; 0 where there is none"]
    place: Annotated[int, "its number in the series; 0 where it is in none"]
    length: Annotated[int, "how many releases the series has"]


def of_release(edition: Edition, card: Card) -> RelationsOfRelease | None:
    """The relations of a release for its page; None where it has none."""
    ask = edition.ask
    relations = ask.relations(card.slug)
    if not (relations.translations or relations.corrects or relations.corrected_by or relations.length):
        return None
    texts = {other.slug for other in comparing.other_languages(ask, card)}
    others = [other for slug in relations.translations if (other := ask.card(slug))]
    in_language = Counter(other.language for other in others)
    also_in = [
        OtherLanguage(
            href=href(routes.release(other.slug)),
            language=languages.own_name(other.language),
            lang=other.language,
            dir=direction(other.language),
            publisher=(other.publisher or "") if in_language[other.language] > 1 else "",
            withdrawn=isinstance(other, Tombstone),
            compare=href(routes.comparison(card.slug, other.slug)) if other.slug in texts else "",
        )
        for other in sorted(others, key=lambda other: (other.slug != relations.original, other.language, other.slug))
    ]
    original = also_in.pop(0) if relations.original else None

    def releases(slugs: Iterable[str]) -> tuple[RelatedRelease, ...]:
        return tuple(_related(edition, other, card) for slug in slugs if (other := ask.card(slug)))

    return RelationsOfRelease(
        translated_from=original,
        also_in=tuple(also_in),
        corrects=releases(relations.corrects),
        corrected_by=releases(relations.corrected_by),
        follows=releases(relations.follows),
        followed_by=releases(relations.followed_by),
        series=releases(relations.series) if relations.length > 2 else (),
        start=relations.place - relations.series.index(card.slug) if relations.series else 0,
        place=relations.place,
        length=relations.length,
    )


def _related(edition: Edition, other: Listed, card: Card) -> RelatedRelease:
    # Of what was withdrawn no other page says the title: it may be why it is gone.
    gone = isinstance(other, Tombstone)
    lang, dir_ = ("", "") if gone else edition.foreign(other.language)
    return RelatedRelease(
        href=href(routes.release(other.slug)),
        title="" if gone else other.title,
        lang=lang,
        dir=dir_,
        date=edition.day(other.date),
        current=other.slug == card.slug,
    )


def with_alternates(edition: Edition, page: PageInfo, card: Card) -> PageInfo:
    """The page, a search engine told of its translations: of each language the page of the text in it, in the edition of that language
    where there is one. It goes before the page of this text with an interface in that language."""
    base = edition.ask.frame().settings.base_url
    relations = edition.ask.relations(card.slug)
    if not base or not relations.translations:
        return page
    alternates = {alternate.lang: alternate for alternate in page.alternates}
    texts: dict[str, str] = {}
    for slug in (relations.original, *relations.translations):
        other = edition.ask.card(slug) if slug else None
        if isinstance(other, Card) and other.language != card.language:
            texts.setdefault(other.language, slug)
    for language, slug in texts.items():
        of_language = edition.edition_of(language)
        alternates.pop(of_language, None)
        interface = of_language or edition.language
        path = routes.prefix(interface, edition.languages[0]) + routes.release(slug)
        alternates[language] = Alternate(language, routes.absolute(base, path))
    return msgspec.structs.replace(page, alternates=tuple(alternates.values()))


def related_works(edition: Edition, card: Card) -> Related:
    """The same for machines: the original and the translations of the release itself, and the addresses of what corrects it."""
    ask = edition.ask
    relations = ask.relations(card.slug)
    base = ask.settings().base_url

    def work(slug: str) -> Work | None:
        other = ask.card(slug) if slug else None
        if not isinstance(other, Card):
            return None
        address = routes.absolute(base, edition.prefix + routes.release(slug)) if base else ""
        return Work(other.title, other.language, "" if other.extent == "abstract" else address)

    own = [slug for slug in relations.translations if ask.relations(slug).original == card.slug]
    return Related(
        original=work(relations.original),
        translations=tuple(found for slug in sorted(own) if (found := work(slug))),
        corrections=tuple(
            routes.absolute(base, edition.prefix + routes.release(slug))
            for slug in relations.corrected_by
            if base and isinstance(ask.card(slug), Card)
        ),
    )
