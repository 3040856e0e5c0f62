"""What flows through the pipeline: Source, Problem, Card and Text (together a Release), Tombstone, Archive, Page.

Everything here is frozen: a stage makes new values, it never changes those it was given. What there is of every release is a Struct,
which is read from what was kept in a fraction of a dataclass's time. Text is always `str` in Unicode as the
author wrote it; paths are relative, with forward slashes; lines and columns count from 1.

What may leave the archive is a type: only a Release has a text, terms, quotations, figures and citations; a Tombstone has none to forget.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace as _replaced

from onrecord import dates
from onrecord.dates import Date
from onrecord.writing import chosen as _chosen
from onrecord.writing import direction as _direction

Level = Literal["error", "warning"]

MOST_PROBLEMS = 1000
"""The most problems that are told of one file at once."""


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, for the person who can mend it: the one form in which anything is reported, in every room.

    `message` is whole sentences: the value found, what is allowed, what to do. `code` is a short fixed word such as `unknown-key`.
    `path` is empty where a text is looked at without its file; `in_file` puts it in. Problems sort by file, line and column.
    """

    path: str = dataclasses.field(default="", kw_only=True)
    line: int
    column: int
    code: str
    message: str
    level: Level = "error"

    def in_file(self, path: str) -> Problem:
        """The same problem, in the file at `path`."""
        return dataclasses.replace(self, path=path)


# ---- front matter, as it was written -------------------------------------------------------------------------------------------


class Scalar(Struct, frozen=True):
    """One value, always as the text its author typed: nothing has been read as a number, a date or a yes.

    `comment` says that a `#` cut off the rest of its line, `block` that the text stands on the lines below. `indent` is how many
    spaces stand before each of those lines where they are the text's own lines (behind a “|”), else 0.
    """

    text: str
    line: int
    column: int
    quoted: bool = False
    comment: bool = False
    block: bool = False
    indent: int = 0


class Items(Struct, frozen=True):
    """A list of values."""

    nodes: tuple[Node, ...]
    line: int
    column: int


class Table(Struct, frozen=True):
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

    def text(self, key: str) -> str:
        """The text under `key` without the white space around it; empty where no single text is written there."""
        node = self.get(key)
        return node.text.strip() if isinstance(node, Scalar) else ""


Node = Scalar | Items | Table


def position(node: Node | None) -> tuple[int, int]:
    """Line and column of a node; those of the file's beginning where there is none."""
    return (node.line, node.column) if node else (1, 1)


class Source(Struct, frozen=True):
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


class Term(Struct, frozen=True):
    """One entry of topics.toml, places.toml or names.toml.

    `translations` are (BCP 47 language, label) pairs, `descriptions` the description in other languages in the same
    form; `lat` and `lon` are WGS 84 decimal degrees, places only; `type` says what a
    name is (person, organization) or a place is (country, city, …), as the vocabulary has it. `within` is the slug of the place that
    this one lies in, places only; `same_as` are addresses of the same thing at authorities, in the form of `authorities`. `sort_name` is
    the form of the label that an index files it under ("Shetty, Salil"), `sort_names` are (language, form) pairs of its translations; empty
    where the vocabulary gives none, and then the label itself is filed.
    """

    kind: Kind
    label: str
    slug: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    type: str = ""
    lat: float | None = None
    lon: float | None = None
    within: str = ""
    same_as: tuple[str, ...] = ()
    descriptions: tuple[tuple[str, str], ...] = ()
    sort_name: str = ""
    sort_names: tuple[tuple[str, str], ...] = ()

    def filed_as(self, language: str) -> str:
        """What an index in a language files it under: a sort name that somebody gave, else the words it is called by there."""
        named = (*self.translations, *(each for each in self.sort_names if each[1]))
        return _chosen(named, language)[1] or self.sort_name or self.label


class Vocabularies(Struct, frozen=True):
    """The three controlled vocabularies, each in the order of its file."""

    topics: tuple[Term, ...] = ()
    places: tuple[Term, ...] = ()
    names: tuple[Term, ...] = ()


class Settings(Struct, frozen=True):
    """archive.toml: what the archive says of itself. Empty text means that the maintainer has not said. `featured` is the slug of the
    release that the front page opens with. `offline_copy` is the name (without `.zip`) of the file that holds the whole site, where the
    archive asks for one. `withheld_words` says that there is a list of words, outside of the repository, that must not be published.
    `translations` has the words of TRANSLATED in other languages, as (BCP 47 tag, (key, text) pairs)."""

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
    featured: str = ""
    offline_copy: str = ""
    withheld_words: bool = False
    translations: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def in_language(self, language: str) -> Settings:
        """The settings as an edition in a language shows them: each word in that language where the archive has it, else in its own."""
        words: dict[str, Any] = {key: text for key in TRANSLATED if (text := self._word(key, language)[1])}
        return _replaced(self, **words) if words else self

    def language_of(self, key: str, language: str) -> str:
        """The language of a word of TRANSLATED as an edition in `language` shows it."""
        return self._word(key, language)[0] or self.language

    def _word(self, key: str, language: str) -> tuple[str, str]:
        if language == self.language:
            return "", ""
        return _chosen(((tag, text) for tag, words in self.translations for of, text in words if of == key), language)


TRANSLATED = ("title", "scope", "rights", "publisher", "contact")
"""What archive.toml says in the archive's language, and may say in others."""


# ---- a release, checked --------------------------------------------------------------------------------------------------------

Status = Literal["draft", "published", "corrected"]
Extent = Literal["full", "excerpt", "abstract"]
TargetKind = Literal["release", "page", "article", "self", "elsewhere", "file"]


class Quotation(Struct, frozen=True):
    """Something somebody said: in the publisher's words (`text`, verbatim) or, in an abstract, in the archive's own (`summary`).

    `speaker` is as written in the release file, empty in a draft that asks who it was; `name` is the slug of the vocabulary's entry for
    it, empty where there is none.
    `paragraph` is the number of the body's paragraph (anchor `p<n>`) the words stand in, or None; `part` that of the item or row (`3.1`)
    where they stand in no paragraph.
    """

    speaker: str
    text: str = ""
    summary: str = ""
    paragraph: int | None = None
    name: str = ""
    part: str = ""

    @property
    def passage(self) -> str:
        """The number of where it stands (anchor `p<passage>`), or empty."""
        return str(self.paragraph) if self.paragraph else self.part


class Figure(Struct, frozen=True):
    """A number that somebody reports: `value` is as printed, `counts` what is counted, in the source's words, in an abstract the
    archive's.

    `low` and `high` are the least and the most it can be, in digits 0-9 with a point before decimals; each is empty where the words leave
    it open. `series` is the archive's own name for what figures of several releases count alike. `by` is as written in the release
    file, empty where the source does not say who reports it; `name` is the slug of the vocabulary's entry for it. `as_of` is EDTF,
    `place` the slug of one of the release's places, both empty where they are not stated. `paragraph` is the number of the body's
    paragraph it stands in (in an abstract, that it goes with), or None; `part` that of the item or row (`3.1`) where it stands in no
    paragraph.
    """

    value: str
    counts: str
    low: str = ""
    high: str = ""
    series: str = ""
    by: str = ""
    as_of: str = ""
    place: str = ""
    paragraph: int | None = None
    name: str = ""
    part: str = ""

    @property
    def passage(self) -> str:
        """The number of where it stands (anchor `p<passage>`), or empty."""
        return str(self.paragraph) if self.paragraph else self.part

    @property
    def counted(self) -> str:
        """Under which words it is listed: the name of its series, else what it counts."""
        return self.series or self.counts

    @property
    def words(self) -> str:
        """What it says, on one line: for searches and plain text."""
        return " ".join(filter(None, (self.value, self.counts, self.by)))


class Origin(Struct, frozen=True):
    """Where a release came from: its address, a web archive's copy, the imported file and the SHA-256 of its bytes (hexadecimal)."""

    url: str = ""
    archived: str = ""
    file: str = ""
    sha256: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Attachment:
    """A document that belongs to a release, as its record names it: in the archive (`file`, its path below `content/files/`) or elsewhere
    (`url`); one of the two is empty. `role` is one of schema.FILE_ROLES, `sha256` that of its bytes (hexadecimal). Without `rights` its
    bytes are not published."""

    file: str = ""
    url: str = ""
    role: str = ""
    label: str = ""
    language: str = ""
    rights: str = ""
    sha256: str = ""


class Correction(Struct, frozen=True):
    """A value of a record that was wrong: when it was corrected (EDTF), under which key (`body.3` is the third paragraph), what stood there
    and what stands there now, each empty where it is not said, and how it was found, in the archive's own words."""

    date: str
    field: str
    was: str = ""
    now: str = ""
    found_by: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """Something the source does not settle, left for a person: the field it is about, the question, and what speaks for an answer."""

    field: str
    question: str
    evidence: str = ""


class Target(Struct, frozen=True, array_like=True, gc=False):
    """What a link leads to, resolved once.

    | `kind` | `slug` | `fragment` |
    | --- | --- | --- |
    | release | the release's slug, in NFC | the place on its page |
    | article | the stem of one of the archive's own pages, in NFC | the place on it |
    | page | the path of any other page below the site's top, `topics/index.html` | the place on it |
    | self | empty | the place on the page the link stands on |
    | elsewhere | the whole address (http, https, mailto) | empty |
    | file | the path of a file below `content/files/`: an image that the text shows | empty |

    Slug and fragment are percent-decoded, but for an address. A page that would stand above the top begins with `../`.
    """

    kind: TargetKind
    slug: str
    fragment: str = ""


class Link(Struct, frozen=True, array_like=True, gc=False):
    """A link in a body: where it leads, as it was written, and the line and column of the file it stands on."""

    target: Target
    written: str
    line: int
    column: int


class BodyImage(Struct, frozen=True, array_like=True, gc=False):
    """An image in a body: the offset of its address in the Markdown, the address as it is written there, and the path below
    `content/files/` that it leads to."""

    at: int
    written: str
    path: str


class Part(Struct, frozen=True):
    """An item of a list, a row of a table or a piece of code: `number` is that of the paragraph before it and its place behind that one
    (`3.1`, anchor `p3.1`), `text` its own words."""

    number: str
    text: str


class Body(Struct, frozen=True):
    """A body turned into safe HTML. `paragraphs` holds the plain text of paragraph n at index n - 1 (anchor `p<n>`), `parts` what has an
    address and is no paragraph, headings left out.

    `images` are in the order of the text. In the HTML each is an `img` whose `src` is `files/` and its path below `content/files/`: a
    page puts the address, and the size, of the published file in its place."""

    html: str
    paragraphs: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    omissions: int = 0
    images: tuple[BodyImage, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def passages(self) -> tuple[Part, ...]:
        """All words of the text that have an address, headings left out, in its order: paragraphs with their numbers, and the parts after
        each."""
        paragraphs = (Part(str(number), text) for number, text in enumerate(self.paragraphs, 1))
        return tuple(sorted((*paragraphs, *self.parts), key=lambda part: tuple(map(int, part.number.split(".")))))


class Counting(Struct, frozen=True, array_like=True, gc=False):
    """Where a figure of a release is listed: under which words (`Figure.counted`), of which place and by whom (slug of the name, or empty;
    as written), as of which date (EDTF), each empty where it is not stated."""

    counted: str
    place: str
    name: str
    by: str
    as_of: str

    @property
    def date(self) -> Date:
        """What its number is of, with exactly the precision that is stated."""
        return dates.checked(self.as_of) if self.as_of else dates.NOT_STATED


class Card(Struct, frozen=True, array_like=True, gc=False, tag=True):
    """What any list, feed, facet or neighbour needs of a release: about 1 KB. The rest is its Text.

    Empty text means that the record does not say; `publisher` is None where it is *not stated*. `edtf` is the date as it was written,
    empty for a draft whose date is an open question. `topics`, `places` and `names` are slugs of the vocabularies; `speakers` are the
    speakers of its quotations in their order, each as (slug of the name, or empty; the speaker as written). `utterances` has a number for
    each of these quotations: equal words have equal numbers, whatever their quotation marks and dashes; `verbatim` says of each whether the
    words are the speaker's, or the archive's summary of them. `translation_of`, `corrects` and
    `follows` are slugs of releases, as the record names them: whether they are on the site is for the Archive to say. `countings` are
    where its figures are listed. `added` and `changed` are the days (ISO 8601) on which the archive took it in and last corrected it, empty
    where the record does not say. `corrected` are the dates (EDTF) of its corrections in their order.
    """

    slug: str
    path: str
    title: str
    edtf: str
    publisher: str | None
    language: str
    extent: Extent
    status: Status = "published"
    kind: str = ""
    reference: str = ""
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    speakers: tuple[tuple[str, str], ...] = ()
    same_text_as: tuple[str, ...] = ()
    translation_of: str = ""
    corrects: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    utterances: tuple[int, ...] = ()
    countings: tuple[Counting, ...] = ()
    added: str = ""
    changed: str = ""
    corrected: tuple[str, ...] = ()
    verbatim: tuple[bool, ...] = ()

    def naming(self, is_listed: Callable[[str], bool]) -> Card:
        """The same card, which names no release that is not in an archive: what `is_listed` says of a slug."""
        if not (self.same_text_as or self.translation_of or self.corrects or self.follows):
            return self
        return _replaced(
            self,
            same_text_as=tuple(filter(is_listed, self.same_text_as)),
            translation_of=self.translation_of if self.translation_of and is_listed(self.translation_of) else "",
            corrects=tuple(filter(is_listed, self.corrects)),
            follows=tuple(filter(is_listed, self.follows)),
        )

    @property
    def date(self) -> Date:
        """The date with exactly the precision its source gives; `date.stated` is False where it is *not stated*."""
        return dates.checked(self.edtf) if self.edtf else dates.NOT_STATED

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction the release's language is written in (HTML `dir`)."""
        return _direction(self.language)


Value = str | int | tuple[str, ...] | Body
"""What is under a key that only its page shows; empty texts and lists are left out."""


class Text(Struct, frozen=True):
    """What only the page and the files of a release need: its words, and what the record says of them.

    `markdown` is the body as its author wrote it, redactions applied; `notes` are notes to editors. `other_fields` holds the values of the
    fields of schema.FIELDS that have no attribute of their own, as (key, value) pairs; quotations, figures, files, an origin or
    questions need one.
    """

    body: Body
    markdown: str
    subtitle: str = ""
    date_as_written: str = ""
    date_basis: str = ""
    dateline: str = ""
    quotations: tuple[Quotation, ...] = ()
    figures: tuple[Figure, ...] = ()
    files: tuple[Attachment, ...] = ()
    notes: Body | None = None
    origin: Origin = Origin()
    rights: str = ""
    reason: str = ""
    corrections: tuple[Correction, ...] = ()
    review: tuple[Question, ...] = ()
    other_fields: tuple[tuple[str, Value], ...] = ()


class Tombstone(Struct, frozen=True, array_like=True, gc=False, tag=True):
    """What is left of a withdrawn release: its name, its place in the indexes of dates and numbers, the reason, and the day on which it was
    withdrawn (`changed`, ISO 8601), empty where the record does not say.

    It has no text, no terms, no quotations, no figures and no citation: what was withdrawn cannot be published by forgetting a condition.
    """

    slug: str
    path: str
    title: str
    edtf: str
    publisher: str | None
    language: str
    kind: str = ""
    reference: str = ""
    reason: str = ""
    changed: str = ""

    @property
    def date(self) -> Date:
        """The date with exactly the precision its source gives."""
        return dates.checked(self.edtf) if self.edtf else dates.NOT_STATED

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction the title's language is written in (HTML `dir`)."""
        return _direction(self.language)


ATTRIBUTES: Mapping[str, str] = {"date": "edtf", "source": "origin"}
"""Keys of the front matter whose attribute of Card or Text has another name."""

Listed = Card | Tombstone
"""What stands in the indexes of dates and of numbers."""


_READS: dict[str, Callable[[Release], object]] = {}


class Release(Struct, frozen=True):
    """A release that stands, whole: its card, its text, the entries of the vocabularies that it names, and those of its speakers."""

    card: Card
    text: Text
    topics: tuple[Term, ...] = ()
    places: tuple[Term, ...] = ()
    names: tuple[Term, ...] = ()
    speakers: tuple[Term, ...] = ()

    def value(self, key: str) -> object:
        """What the release says under a key of schema.FIELDS, as its converter typed it; entries of a vocabulary as Terms, the date as a
        Date. An empty text, an empty tuple or None where it does not say."""
        read = _READS.get(key)
        if read is None:
            read = _READS[key] = self._read(key)
        return read(self)

    @staticmethod
    def _read(key: str) -> Callable[[Release], object]:
        """What reads the value of a key, which stands in the same part of every release."""
        name = key if key == "date" else ATTRIBUTES.get(key, key)
        for part, shape in (("", Release), ("card.", Card), ("text.", Text)):
            if hasattr(shape, name):
                return attrgetter(part + name)
        return lambda release: dict(release.text.other_fields).get(key, "")

    @property
    def slug(self) -> str:
        """The part of its address that is its own."""
        return self.card.slug

    @property
    def title(self) -> str:
        """The title as the publisher printed it."""
        return self.card.title

    @property
    def date(self) -> Date:
        """The date with exactly the precision its source gives."""
        return self.card.date

    @property
    def publisher(self) -> str | None:
        """Who published it; None where the source does not say."""
        return self.card.publisher

    @property
    def language(self) -> str:
        """The language it is written in, BCP 47."""
        return self.card.language

    @property
    def extent(self) -> Extent:
        """full, excerpt, or abstract: the archive's own summary."""
        return self.card.extent

    @property
    def status(self) -> Status:
        """draft, published or corrected."""
        return self.card.status

    @property
    def kind(self) -> str:
        """press release, statement …; may be empty."""
        return self.card.kind

    @property
    def reference(self) -> str:
        """The publisher's own number; may be empty."""
        return self.card.reference

    @property
    def subtitle(self) -> str:
        """The second headline; may be empty."""
        return self.text.subtitle

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """Who is quoted with which words."""
        return self.text.quotations

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Which numbers it reports."""
        return self.text.figures

    @property
    def origin(self) -> Origin:
        """Where it came from."""
        return self.text.origin

    @property
    def rights(self) -> str:
        """Who holds the rights; may be empty."""
        return self.text.rights


class NamedFile(Struct, frozen=True, array_like=True, gc=False):
    """A file below `content/files/` that a release names: its path, the SHA-256 that the release gives (may be empty), whether its bytes
    are to be published, whether the release has words taken out, and where its path and its hash are written, as (line, column)."""

    path: str
    sha256: str
    is_published: bool
    is_redacted: bool
    place: tuple[int, int]
    sha256_place: tuple[int, int]


class Outline(Struct, frozen=True, array_like=True, gc=False):
    """What the rules between files need of one file, whatever became of it: how many paragraphs its body has, the links of its body
    and notes that lead to somewhere on the site, the files that it names, and the addresses of what in its body is no paragraph (`p3.1`,
    `h2`)."""

    paragraphs: int = 0
    links: tuple[Link, ...] = ()
    files: tuple[NamedFile, ...] = ()
    parts: tuple[str, ...] = ()


class Aside(Struct, frozen=True):
    """What is seldom asked of a file and therefore not kept in memory.

    `marks` are the places of front-matter values that the rules between files point to, as (key, value, line, column), the value empty
    for the key itself; `vocabulary_words` are the (kind, word) pairs that were looked up in the vocabularies.
    """

    marks: tuple[tuple[str, str, int, int], ...] = ()
    vocabulary_words: tuple[tuple[Kind, str], ...] = ()


class Checked(Struct, frozen=True, array_like=True, gc=False):
    """One release file after its check: what it is (None where one of its problems is an error), and everything wrong with it.

    `digest` is that of `listed` (`digests.typed_digest`), `text` the one its Text is found by; each is empty where there is none.
    """

    path: str
    sha256: str
    listed: Card | Tombstone | None
    digest: bytes
    text: bytes
    outline: Outline
    problems: tuple[Problem, ...] = ()


class Article(Struct, frozen=True):
    """A page of the archive's own (content/pages/*.md): about and the like. `language` is the BCP 47 tag of one that is a translation
    (about.ar.md), empty for the page in the archive's language."""

    slug: str
    path: str
    title: str
    body: Body
    language: str = ""


# ---- originals and attachments -------------------------------------------------------------------------------------------------


class MeasuredFile(Struct, frozen=True, array_like=True, gc=False):
    """A file below `content/files/` as its bytes are: `path` below that folder, `type` a key of file_types.TYPES, empty where its type is
    none that is published (`refused` then says why, in a sentence). `width` and `height` are those of a picture as it is seen, in pixels,
    0 for anything else."""

    path: str
    sha256: str
    size: int
    type: str = ""
    refused: str = ""
    width: int = 0
    height: int = 0


class PublishedFile(Struct, frozen=True, array_like=True, gc=False):
    """A file of the site that is a copy of one below `content/files/`: `path` is its path on the site, `source` that below
    `content/files/`, the rest as in MeasuredFile. `preview` is the path of its small picture on the site, with that picture's width and
    height; empty where there is none. `pages` is how many pages it has, 0 where that is not known."""

    path: str
    source: str
    sha256: str
    size: int
    type: str
    width: int = 0
    height: int = 0
    pages: int = 0
    preview: str = ""
    preview_width: int = 0
    preview_height: int = 0


# ---- dated editions --------------------------------------------------------------------------------------------------------------


class EditionFile(Struct, frozen=True):
    """A copy of an edition that is kept elsewhere: `holds` is `site`, a copy that opens from a folder, or `bag` (BagIt, RFC 8493)."""

    name: str
    holds: str
    bytes: int
    sha256: str


class EditionNumbers(Struct, frozen=True):
    """An edition in numbers: records that stand and that are withdrawn, files and bytes of the site; and since the edition before, how many
    records were added, corrected, changed otherwise, withdrawn, and are in the archive no more."""

    releases: int
    withdrawn: int
    files: int
    bytes: int
    newly_added: int = 0
    newly_corrected: int = 0
    newly_changed: int = 0
    newly_withdrawn: int = 0
    gone: int = 0


class EditionStatement(Struct, frozen=True):
    """What an edition says of itself. `number` counts the editions of the archive from 1; hashes are SHA-256, hexadecimal; `previous` names
    the edition before it, empty for the first."""

    name: str
    number: int
    date: str
    archive: str
    manifest_sha256: str
    records_sha256: str
    changes_sha256: str
    numbers: EditionNumbers
    publisher: str = ""
    address: str = ""
    previous: str = ""
    previous_sha256: str = ""
    files: tuple[EditionFile, ...] = ()


class EditionChanges(Struct, frozen=True):
    """The slugs of what changed since the edition before: what came, what is marked as corrected, what was changed without that, and what
    was withdrawn."""

    added: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


class DatedEdition(Struct, frozen=True):
    """A frozen state of the archive as `content/editions/NAME/` keeps it. `data` is the bytes of its statement, `sha256` their hash: the
    edition's own. `tokens` are answers of authorities for time stamps (RFC 3161), as (file name, bytes)."""

    statement: EditionStatement
    data: bytes
    sha256: str
    changes: EditionChanges
    tokens: tuple[tuple[str, bytes], ...] = ()

    @property
    def name(self) -> str:
        """What it is called: "2026-11"."""
        return self.statement.name


# ---- the archive, arranged -----------------------------------------------------------------------------------------------------


class Group(Struct, frozen=True):
    """Releases that share something (a topic, a publisher): a label, a slug for the address, and their cards, newest first.

    `term` is the vocabulary's entry where the group has one.
    """

    label: str
    slug: str
    cards: tuple[Card, ...]
    term: Term | None = None


class Period(Struct, frozen=True):
    """A year or a month ("2012-02"): what it lists, newest first."""

    label: str
    listed: tuple[Listed, ...]


class Year(Struct, frozen=True):
    """A year with its months; `without_month` are those of its releases that are listed under none of them."""

    label: str
    listed: tuple[Listed, ...]
    months: tuple[Period, ...]
    without_month: tuple[Listed, ...]


class Speaker(Struct, frozen=True):
    """Everything a speaker is quoted with: (card, place of the quotation among those of the release) pairs, newest release first. What
    several publications of one text have stands here once, under the oldest of them.

    `name` is the slug of the speaker's entry in names.toml, empty where there is none.
    """

    label: str
    slug: str
    quotations: tuple[tuple[Card, int], ...]
    name: str = ""


Reprints = tuple[tuple[int, tuple[tuple[str, int], ...]], ...]
"""Quotations of a release whose words other publications of its text have too: (place among its quotations, ((slug, place there), …))."""


class Relations(Struct, frozen=True):
    """What a release has to do with others that are on the site, by their slugs, drafts left out where they are not shown.

    `original` is the one it says it is a translation of; `translations` are all others in its group, whoever said so, newest first.
    `corrects` and `corrected_by`, `follows` and `followed_by` are the two ends of one statement each, oldest first. `series` is what is
    joined by `follows`, each behind all that it follows, the release itself among them: the part around it where it is long; `place` is
    its number in the whole series (from 1), which has `length` members, 0 where it is in none.
    """

    original: str = ""
    translations: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()
    corrected_by: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    followed_by: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    place: int = 0
    length: int = 0


class Counted(Struct, frozen=True):
    """Every figure that is listed under the same words: (card, place of the figure among those of the release) pairs, in time order of
    what they are as of, the oldest first, what has no date last."""

    label: str
    slug: str
    figures: tuple[tuple[Card, int], ...]


class Archive(Struct, frozen=True):
    """All of it, in cards, sorted with total keys. `listed` is newest first, what has no year last; `families` maps a slug to the
    slugs of the other publications of the same text; `relations` maps the slug of a release that has some to its Relations; `earlier` and
    `later` map a slug to that of its neighbour in time, as far as these are certain. `within` has, for each place that has places in it,
    the releases that name one of these and not the place itself. `reprints` maps a slug to (place of a quotation, where else in its
    family the same words of the same speaker stand as (slug, place)) pairs: `speakers` have such words once. `texts` maps a slug to the
    digest its Text is found by, `files` has every original, attachment and preview that is published, by its path on the site, and
    `digests` maps a slug to the digest of its card or tombstone (`digests.typed_digest`), as far as they are known. `editions` are the
    dated ones, oldest first; `unchanged` the slugs of the records that stand as the newest of these holds them."""

    settings: Settings
    vocabularies: Vocabularies
    listed: tuple[Listed, ...]
    texts: Mapping[str, bytes] = field(default_factory=dict)
    digests: Mapping[str, bytes] = field(default_factory=dict)
    topics: tuple[Group, ...] = ()
    places: tuple[Group, ...] = ()
    names: tuple[Group, ...] = ()
    publishers: tuple[Group, ...] = ()
    years: tuple[Year, ...] = ()
    undated: tuple[Listed, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    counted: tuple[Counted, ...] = ()
    articles: tuple[Article, ...] = ()
    within: tuple[Group, ...] = ()
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    relations: Mapping[str, Relations] = field(default_factory=dict)
    reprints: Mapping[str, Reprints] = field(default_factory=dict)
    files: Mapping[str, PublishedFile] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    later: Mapping[str, str] = field(default_factory=dict)
    editions: tuple[DatedEdition, ...] = ()
    unchanged: frozenset[str] = frozenset()

    @property
    def cards(self) -> tuple[Card, ...]:
        """The releases that stand, newest first."""
        return tuple(card for card in self.listed if isinstance(card, Card))


class Page(Struct, frozen=True):
    """One file of the site: its path below the output folder and its bytes."""

    path: str
    data: bytes
