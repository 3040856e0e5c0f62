"""Originals and attachments as the page of their release shows them: a list, and the pictures in the text."""

from __future__ import annotations

import html
import re
from typing import Annotated
from urllib.parse import unquote

import msgspec

from onrecord import languages, routes
from onrecord.file_types import TYPES
from onrecord.model import Attachment, Release
from onrecord.routes import href
from onrecord.views.edition import Edition


class DocumentEntry(msgspec.Struct, frozen=True):
    """An original or an attachment of a release."""

    role: Annotated[str, "original, scan, photograph, translation, attachment or web capture"]
    label: Annotated[str, "what it is called or shows; may be empty"]
    href: Annotated[
        str,
        "where it opens: relative to the top of the site (`page.top`), or a whole address; empty where it is not published",
    ]
    elsewhere: Annotated[bool, "whether that is the address of another site"]
    type: Annotated[str, "its type in a word: PDF, Word …; empty where it is not published here"]
    media: Annotated[str, "its media type; empty where it is not published here"]
    size: Annotated[str, "its size in words; empty where it is not published here"]
    pages: Annotated[int, "how many pages it has; 0 where that is not known"]
    language: Annotated[str, "the name of its language, in the interface's language; may be empty"]
    rights: Annotated[str, "why it may be published; may be empty"]
    sha256: Annotated[str, "the SHA-256 of its bytes, hexadecimal"]
    picture: Annotated[bool, "whether it is a picture"]
    preview: Annotated[str, "a small picture of it, relative to the top of the site; empty where there is none"]
    width: Annotated[int, "the preview's width in pixels"]
    height: Annotated[int, "the preview's height in pixels"]


_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


def entries(edition: Edition, release: Release) -> tuple[DocumentEntry, ...]:
    """The originals and attachments of a release, as its record lists them."""
    return tuple(_entry(edition, release, attachment) for attachment in release.text.files)


def _entry(edition: Edition, release: Release, attachment: Attachment) -> DocumentEntry:
    file = edition.ask.published(release, attachment)
    language = attachment.language
    return DocumentEntry(
        role=attachment.role,
        label=attachment.label,
        href=href(file.path) if file else attachment.url,
        elsewhere=bool(attachment.url),
        type=TYPES[file.type].name if file else "",
        media=TYPES[file.type].media if file else "",
        size=languages.size(file.size, edition.language) if file else "",
        pages=file.pages if file else 0,
        language=languages.name(language, edition.language) if language else "",
        rights=attachment.rights,
        sha256=attachment.sha256,
        picture=bool(file and file.width),
        preview=href(file.preview) if file and file.preview else "",
        width=file.preview_width if file else 0,
        height=file.preview_height if file else 0,
    )


def pictured(edition: Edition, release: Release, body: str, top: str) -> str:
    """A body whose images have the address and the size of the published file, so that nothing moves when they are loaded; `top` is the way
    to the top of the site. The words of an image that is not published stand in its place."""
    if "<img" not in body:
        return body
    files = {attachment.file: attachment for attachment in release.text.files if attachment.file}

    def image(match: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        path = unquote(html.unescape(attributes.get("src", ""))).removeprefix("files/")
        attachment = files.get(path)
        file = edition.ask.published(release, attachment) if attachment else None
        if file is None or not TYPES[file.type].is_picture:
            return f'<span class="no-picture">{attributes.get("alt", "")}</span>'
        title = f' title="{attributes["title"]}"' if "title" in attributes else ""
        return (
            f'<img src="{top}{href(file.path)}" alt="{attributes.get("alt", "")}"{title} width="{file.width}" height="{file.height}" '
            'loading="lazy" decoding="async">'
        )

    return _IMAGE.sub(image, body)


def media_objects(edition: Edition, release: Release) -> list[dict[str, object]]:
    """Originals and attachments as schema.org's MediaObjects (https://schema.org/MediaObject), their hashes among it."""
    base = edition.ask.settings().base_url
    objects = []
    for attachment in release.text.files:
        file = edition.ask.published(release, attachment)
        address = routes.absolute(base, file.path) if file else attachment.url
        known: dict[str, object] = {
            "contentUrl": address,
            "name": attachment.label,
            "encodingFormat": TYPES[file.type].media if file else "",
            "contentSize": f"{file.size} B" if file else "",
            "inLanguage": attachment.language,
            "copyrightNotice": attachment.rights,
            "sha256": attachment.sha256,
        }
        kind = "ImageObject" if file and file.width else "MediaObject"
        objects.append({"@type": kind, **{key: value for key, value in known.items() if value}})
    return objects
