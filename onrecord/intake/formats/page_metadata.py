"""What a web page says of itself: its elements for programs, JSON-LD, and the picture of its letterhead."""

# ruff: noqa: E501 - the names of metadata are easier to read several on a line

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.intake.document import Evidence, Metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META_DATES = {
    "article:published_time": "published", "og:published_time": "published", "article:published": "published", "datepublished": "published", "dc.date": "published", "dcterms.date": "published",
    "dc.date.issued": "published", "dcterms.issued": "published", "dcterms.available": "published", "date": "published", "pubdate": "published", "publishdate": "published", "publish-date": "published",
    "publish_date": "published", "publication_date": "published", "citation_publication_date": "published", "sailthru.date": "published", "parsely-pub-date": "published", "dc.date.created": "created",
    "article:modified_time": "updated", "og:updated_time": "updated", "lastmod": "updated", "last-modified": "updated", "dcterms.modified": "updated", "dc.date.modified": "updated", "datemodified": "updated",
}  # fmt: skip


# Between a headline and the name of the site in the title of a page.
_SEPARATOR = re.compile(r"(?<!\s)\s+[‹›«»|｜·•–—:-]++\s+|(?:(?<!\s)\s+)?[|｜‹›»]\s*")
_LEAST_SITE = 4


def metadata(root: HtmlElement) -> Metadata:
    """What the page says of itself in its head, in JSON-LD (schema.org) and in the attributes of its elements."""
    stated: dict[str, list[Evidence]] = {
        name: [] for name in ("titles", "subtitles", "published", "updated", "publishers", "languages", "references")
    }
    url = ""
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith(
            ("http://", "https://")
        ):
            url = link.get("href").strip()
    for script in root.iter("script"):
        if (script.get("type") or "").lower().startswith("application/ld+json"):
            for thing in _things(script.text or ""):
                _from_thing(thing, stated)
                url = url or _address(thing.get("url")) or _address(thing.get("mainEntityOfPage"))
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        # Some programs write `value` where HTML has `content`.
        value = " ".join((meta.get("content") or meta.get("value") or "").split())
        if not name or not value:
            continue
        if name in ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "citation_title"):
            stated["titles"].append(Evidence(value, name))
        elif _META_DATES.get(name) in ("published", "updated"):
            stated[_META_DATES[name]].append(Evidence(value, name))
        elif name in ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher"):
            stated["publishers"].append(Evidence(value, name))
        elif name in ("dc.language", "dcterms.language", "og:locale"):
            stated["languages"].append(Evidence(value, name))
        elif (
            name in ("dc.identifier", "citation_technical_report_number")
            and re.search(r"\d", value)
            and "://" not in value
        ):
            stated["references"].append(Evidence(value, name))
        elif name == "og:url" and value.startswith(("http://", "https://")):
            url = url or value
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("itemprop") == "datePublished" and element.get("datetime"):
            stated["published"].append(Evidence(element.get("datetime"), "datePublished"))
        elif (
            element.tag == "time"
            and element.get("datetime")
            and (element.get("pubdate") is not None or re.search(r"publish|entry-date", element.get("class") or ""))
            and "updated" not in (element.get("class") or "")
        ):
            stated["published"].append(Evidence(element.get("datetime"), "time"))
    stated["publishers"] += [Evidence(name, "logo") for name in _logo(root)]
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    if language:
        stated["languages"].append(Evidence(language, "html lang"))
    for title in root.iter("title"):
        if title.text_content().strip():
            stated["titles"].append(Evidence(" ".join(title.text_content().split()), "title"))
            break
    stated["titles"] = _plain_titles(stated["titles"], stated["publishers"], url)
    return Metadata(**{name: tuple(dict.fromkeys(values)) for name, values in stated.items()}, url=url)


def _plain_titles(titles: list[Evidence], publishers: list[Evidence], url: str) -> list[Evidence]:
    """The titles, first those that hold no name of the site: what another title begins with before a separator, or what is left of a
    title whose end is the site's name or stands in its address."""
    host = re.sub(r"[^a-z0-9]", "", (re.match(r"https?://([^/:?#]+)", url.lower()) or ["", ""])[1])
    sites = {_letters(stated.value) for stated in publishers}
    first = []
    for stated in titles:
        parts = list(_SEPARATOR.finditer(stated.value))
        if not parts:
            continue
        head, site = stated.value[: parts[-1].start()].strip(), _letters(stated.value[parts[-1].end() :])
        ascii_site = re.sub(r"[^a-z0-9]", "", site)
        known = site in sites or (len(ascii_site) >= _LEAST_SITE and ascii_site in host)
        if head and (known or any(_letters(other.value) == _letters(head) for other in titles)):
            first.append(Evidence(head, stated.origin))
    return [*first, *titles]


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _logo(root: HtmlElement) -> list[str]:
    """What the picture at the head of a page says it shows: the words of a letterhead that is an image."""
    for element in root.iter("img", "h1", "p"):
        if element.tag != "img":
            text = element.text_content().strip()
            if len(text) > 60 or (element.tag == "h1" and text and element.find(".//img") is None):
                # Below the headline, a picture is one of the text.
                break
            continue
        called = " ".join(element.get(name) or "" for name in ("class", "id", "src", "alt"))
        if re.search(r"logo|banner|masthead|letterhead|brand|header", called, re.I):
            name = re.sub(
                r"\b(?:logo(?:type)?|banner|masthead|home\s?page|home)\b", " ", element.get("alt") or "", flags=re.I
            )
            name = " ".join(name.split()).strip(" :|–—-")
            return [name] if 1 < len(name.split()) <= 9 else []
    return []


def _address(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@id")
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else ""


def _things(text: str) -> Iterator[dict[str, object]]:
    """The articles in a JSON-LD block (schema.org)."""
    try:
        pending: list[object] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while pending:
        thing = pending.pop(0)
        if isinstance(thing, list):
            pending += thing[:50]
        elif isinstance(thing, dict):
            graph = thing.get("@graph")
            if isinstance(graph, list):
                pending += graph[:50]
            kinds = thing.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(
                isinstance(kind, str) and re.search(r"Article|BlogPosting|Report|Statement|PressRelease|NewsItem", kind)
                for kind in kinds
            ):
                yield thing


def _from_thing(thing: dict[str, object], stated: dict[str, list[Evidence]]) -> None:
    origin = "JSON-LD"
    for key, name in (
        ("headline", "titles"),
        ("alternativeHeadline", "subtitles"),
        ("datePublished", "published"),
        ("dateModified", "updated"),
        ("inLanguage", "languages"),
        ("reportNumber", "references"),
    ):
        value = thing.get(key)
        if isinstance(value, str) and value.strip():
            stated[name].append(Evidence(value.strip(), f"{origin} {key}"))
    for key in ("publisher", "sourceOrganization"):
        publisher = thing.get(key)
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        called = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(called, str) and called.strip():
            stated["publishers"].append(Evidence(called.strip(), f"{origin} {key}"))
