"""What flows through the pipeline: Source, Problem, Release, Archive, Page.

Everything here is frozen: a stage makes new values, it never changes those it was given. Text is always `str` in Unicode as the
author wrote it; paths are relative, with forward slashes; lines and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from onrecord.dates import Date

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, said to the person who can mend it.

    `message` is whole sentences: the value found, what is allowed, what to do. `code` is a short fixed word such as `unknown-key`.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    level: Level = "error"


# ---- front matter, as it was written -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, always as the text its author typed: nothing has been read as a number, a date or a yes.

    `comment` says that a `#` cut off the rest of its line, `block` that the text stands on the lines below.
    """

    text: str
    line: int
    column: int
    quoted: bool = False
    comment: bool = False
    block: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list of values."""

    nodes: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with their values, in the order they were written; no key stands twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None where the key is not written."""
        for name, node in self.entries:
            if name.text == key:
                return node
        return None


Node = Scalar | Items | Table


@dataclass(frozen=True, slots=True)
class Source:
    """A release file as it was read: front matter with the place of each value, and the body untouched.

    `path` is relative to the content folder; `body` has LF line ends and no byte order mark; `body_line` is the line of the file on
    which the body starts; `sha256` is of the bytes on disk, in lower-case hexadecimal.
    """

    path: str
    fields: Table
    body: str
    body_line: int
    sha256: str


# ---- the controlled vocabularies and the archive's own settings ------------------------------------------------------------------

Kind = Literal["topic", "place", "name"]


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of topics.toml, places.toml or names.toml.

    `translations` are (BCP 47 language, label) pairs; `lat` and `lon` are WGS 84 decimal degrees, places only; `sort` says what a
    name is (person, organization) or a place is (country, city, …), as the vocabulary has it.
    """

    kind: Kind
    label: str
    slug: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The three controlled vocabularies, each in the order of its file."""

    topics: tuple[Term, ...] = ()
    places: tuple[Term, ...] = ()
    names: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """archive.toml: what the archive says of itself. Empty text means that the maintainer has not said. `offline_copy` is the
    name (without `.zip`) of the file that holds the whole site, where the archive asks for one."""

    title: str
    scope: str = ""
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    base_url: str = ""
    publisher: str = ""
    repository: str = ""
    branch: str = "main"
    rights: str = ""
    contact: str = ""
    started: str = ""
    offline_copy: str = ""


# ---- a release, checked --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quotation:
    """Something somebody said: in the publisher's words (`text`, verbatim) or, in an abstract, in the archive's own (`summary`).

    `speaker` is as written in the release file; `name` is the vocabulary's entry for it where there is one. `paragraph` is the
    number of the body's paragraph (anchor `p<n>`) the words stand in, or None.
    """

    speaker: str
    text: str = ""
    summary: str = ""
    paragraph: int | None = None
    name: Term | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a release came from: its address, a web archive's copy, the imported file and the SHA-256 of its bytes (hexadecimal)."""

    url: str = ""
    archived: str = ""
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the source does not settle, left for a person: the field it is about, the question, and what speaks for an answer."""

    field: str
    question: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a body: its target as written and the line and column of the file it stands on (best known)."""

    target: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Body:
    """A body turned into safe HTML. `paragraphs` holds the plain text of paragraph n at index n - 1 (anchor `p<n>`)."""

    html: str
    paragraphs: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    omissions: int = 0
    plain_path: bool = True


@dataclass(frozen=True, slots=True)
class Release:
    """One release, every field typed. Empty text and None both mean: the record does not say.

    `publisher` and `date` may be *not stated*, which is an answer: then `publisher` is None and `date.stated` is False.
    """

    slug: str
    path: str
    title: str
    date: Date
    publisher: str | None
    language: str
    extent: Literal["full", "excerpt", "abstract"]
    body: Body
    source_text: str
    sha256: str
    subtitle: str = ""
    date_as_written: str = ""
    date_basis: str = ""
    dateline: str = ""
    reference: str = ""
    kind: str = ""
    topics: tuple[Term, ...] = ()
    places: tuple[Term, ...] = ()
    names: tuple[Term, ...] = ()
    same_text_as: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    notes: Body | None = None
    origin: Origin = Origin()
    rights: str = ""
    status: Literal["draft", "published", "corrected", "withdrawn"] = "published"
    reason: str = ""
    review: tuple[Question, ...] = ()

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction the release's language is written in (HTML `dir`)."""
        from onrecord.schema import direction

        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Article:
    """A page of the archive's own (content/pages/*.md): about and the like."""

    slug: str
    path: str
    title: str
    body: Body


# ---- the archive, arranged -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """Releases that share something (a topic, a publisher, a month): a label, a slug for the address, and the releases, newest first.

    `term` is the vocabulary's entry where the group has one.
    """

    label: str
    slug: str
    releases: tuple[Release, ...]
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its months ("2012-02"); `loose` are the releases whose month is not known."""

    label: str
    slug: str
    releases: tuple[Release, ...]
    months: tuple[Group, ...]
    loose: tuple[Release, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Everything a speaker is quoted with: (release, quotation) pairs, newest release first."""

    label: str
    slug: str
    quotations: tuple[tuple[Release, Quotation], ...]
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Archive:
    """All of it, sorted with total keys. `releases` are newest first, those without a year last; `families` maps a slug to the
    other publications of the same text; `earlier` and `later` map a slug to its neighbours in time, as far as these
    are certain."""

    settings: Settings
    vocabularies: Vocabularies
    releases: tuple[Release, ...]
    topics: tuple[Group, ...] = ()
    places: tuple[Group, ...] = ()
    names: tuple[Group, ...] = ()
    publishers: tuple[Group, ...] = ()
    years: tuple[Year, ...] = ()
    undated: tuple[Release, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    articles: tuple[Article, ...] = ()
    families: Mapping[str, tuple[Release, ...]] = field(default_factory=dict)
    earlier: Mapping[str, Release] = field(default_factory=dict)
    later: Mapping[str, Release] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site: its path below the output folder and its bytes."""

    path: str
    data: bytes
