"""Nothing withdrawn, redacted or drafted leaves: each field of the schema has a word of its own, and every byte that a build leaves behind
is looked through for them, unpacked: pages, feeds, data, the index, the packed copy, what is kept between runs."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.exports import FORMATS
from onrecord.schema import FIELDS, PARTS, Field
from tests.conftest import run_here
from tests.trust.archives import Archive, small_archive
from tests.trust.byte_search import Words, holding

# What a tombstone shows: where the release stood, and why it is gone.
TOMBSTONE = {"title", "date", "publisher", "reference", "kind", "language", "reason", "changed"}
SCALARS = {"text", "markdown", "url", "file", "sha256"}
VOCABULARIES = ("topic", "place", "name")


def word(owner: str, *keys: str) -> str:
    """The word of a field, which stands nowhere else."""
    digest = hashlib.sha256("/".join((owner, *keys)).encode()).hexdigest()
    return f"q{owner[0]}{''.join(chr(ord('a') + int(digit, 16)) for digit in digest[:9])}"


def item(owner: str, key: str) -> str:
    """The identifier of a term at an authority, which stands nowhere else."""
    return f"Q{int(hashlib.sha256(f'{owner}/{key}'.encode()).hexdigest()[:9], 16) + 10**10}"


def value(owner: str, field: Field, *above: str) -> str:
    """A value for a field that holds its word; empty where the type leaves no room for one."""
    of_field = word(owner, *above, field.key)
    if field.type in ("text", "markdown"):
        return f"The {of_field} of it"
    if field.type == "url":
        return f"https://example.org/{of_field}"
    if field.type == "file":
        return f"{of_field}.txt"
    if field.type == "sha256":
        return hashlib.sha256(of_field.encode()).hexdigest()
    return ""


def words(owner: str, leave_out: set[str]) -> dict[str, str]:
    """Field → what must be found nowhere."""
    found = {"body": word(owner, "body"), "dateline": word(owner, "dateline")}
    for field in FIELDS:
        if field.key in leave_out or field.key in ("review", "status"):
            continue
        if field.type in SCALARS:
            found[field.key] = value(owner, field) if field.type == "sha256" else word(owner, field.key)
        elif field.type == "terms":
            found[field.key] = word(owner, field.key)
            found[f"{field.key} alias"] = word(owner, field.key, "alias")
            found[f"{field.key} description"] = word(owner, field.key, "description")
            found[f"{field.key} same_as"] = item(owner, field.key)
            if field.key == "places":
                found["places within"] = word(owner, field.key, "within")
        elif field.type == "files":
            found[f"{field.key}.bytes"] = word(owner, field.key, "bytes")
            found[f"{field.key}.sha256"] = hashlib.sha256(original(owner)).hexdigest()
            found |= {f"{field.key}.{key}": word(owner, field.key, key) for key in ("file", "label", "rights")}
        elif field.type in ("origin", "quotations", "figures", "corrections"):
            for inner in field.fields:
                # Quoted words are in the body of a whole text; a summary of them stands in an abstract alone.
                if inner.type in SCALARS and inner.key not in ("summary", "field"):
                    text = value(owner, inner, field.key)
                    found[f"{field.key}.{inner.key}"] = (
                        text if inner.type == "sha256" else word(owner, field.key, inner.key)
                    )
    return found


def original(owner: str) -> bytes:
    """The bytes of the file that a release names."""
    return f"The letter says {word(owner, 'files', 'bytes')}.\n".encode()


def lines(owner: str, status: str) -> Iterator[str]:
    """Front matter with every field of the schema."""
    fixed = {
        "date": f"1987-0{len(owner) % 9 + 1}-17",
        "kind": "statement",
        "language": "en",
        "extent": "full",
        "date_basis": "header",
        "status": status,
        "reason": f"The {word(owner, 'reason')} of it" if status != "published" else "",
        "review": "",
    }
    for field in FIELDS:
        if field.key in fixed:
            if fixed[field.key]:
                yield f"{field.key}: {fixed[field.key]}"
        elif field.type in SCALARS:
            yield f'{field.key}: "{value(owner, field)}"'
        elif field.type == "terms":
            yield f"{field.key}: [The {word(owner, field.key)} term]"
        elif field.type == "origin":
            yield f"{field.key}:"
            yield from (
                f'  {inner.key}: "{text}"' for inner in field.fields if (text := value(owner, inner, field.key))
            )
        elif field.type == "files":
            yield f"{field.key}:"
            yield f"  - file: {word(owner, field.key, 'file')}.txt"
            yield "    role: original"
            yield f'    label: "The {word(owner, field.key, "label")} letter"'
            yield f'    rights: "The {word(owner, field.key, "rights")} office"'
            yield f"    sha256: {hashlib.sha256(original(owner)).hexdigest()}"
        elif field.type == "corrections":
            if status != "published":
                yield f"{field.key}:\n  - date: 1990-02\n    field: title"
                yield from (
                    f'    {inner.key}: "{text}"'
                    for inner in field.fields
                    if inner.key != "field" and (text := value(owner, inner, field.key))
                )
        elif field.type in ("quotations", "figures"):
            yield f"{field.key}:"
            start = "  - "
            for inner in field.fields:
                if inner.type == "term":
                    yield f'{start}{inner.key}: "The {word(owner, inner.vocabulary)} term"'
                elif inner.key != "summary" and (text := value(owner, inner, field.key)):
                    yield f'{start}{inner.key}: "{text}"'
                    start = "    "


def text(owner: str, status: str) -> str:
    """A release file with a word in every field, and in its body."""
    quotations = next(field for field in FIELDS if field.type == "quotations")
    quoted = next(inner for inner in quotations.fields if inner.key == "text")
    figure = value(owner, PARTS["figures"]["value"], "figures")
    body = f"“{value(owner, quoted, 'quotations')}” was said in the {word(owner, 'body')} room. {figure} were there."
    front = "\n".join(lines(owner, status))
    return f"---\n{front}\n---\n{body}\n"


def vocabularies(archive: Archive, owners: list[str]) -> None:
    """Entries that only these releases name, with aliases and descriptions of their own."""
    for kind in VOCABULARIES:
        field = f"{kind}s"
        entries = [
            f'[[{kind}]]\nlabel = "The {word(owner, field)} term"\nslug = "{word(owner, field)}"\n'
            f'aliases = ["The {word(owner, field, "alias")} term"]\ndescription = "About {word(owner, field, "description")}."\n'
            f'same_as = ["https://www.wikidata.org/wiki/{item(owner, field)}"]\n'
            for owner in owners
        ]
        if kind == "place":
            outer = {owner: f"The {word(owner, field, 'within')} term" for owner in owners}
            entries = [
                f'{entry}within = "{outer[owner]}"\n\n[[place]]\nlabel = "{outer[owner]}"\n'
                for owner, entry in zip(owners, entries, strict=True)
            ]
        archive.write(f"{field}.toml", "\n".join(entries))


def path(owner: str) -> str:
    """The file of a release."""
    return f"releases/1987/1987-0{len(owner) % 9 + 1}-17-{owner}.md"


REDACTED = ("title", "subtitle", "notes", "dateline", "rights")
FORMER = ("was", "now", "found_by")


def redacted(owner: str) -> str:
    """The same release with the words of some fields and of its body taken out."""
    whole = text(owner, "corrected")
    for key in (*REDACTED, "body"):
        whole = whole.replace(word(owner, key), "[[redacted: a name]]")
    for number, key in enumerate(FORMER):
        whole = whole.replace(word(owner, "corrections", key), f"[[redacted: name {number}]]")
    # With rights, `check` refuses it: an original cannot be redacted.
    return re.sub(r"(?m)^    rights: .*\n", "", whole)


HIDDEN = {
    "withdrawn": words("withdrawn", TOMBSTONE),
    "drafted": words("drafted", set()) | {"date": "1987-08-17", "file name": "1987-08-17-drafted"},
    "redacted": {key: word("redacted", key) for key in (*REDACTED, "body")}
    | {"files.bytes": word("redacted", "files", "bytes")}
    | {f"corrections.{key}": word("redacted", "corrections", key) for key in FORMER},
}
EVERY_WORD = Words(each for found in HIDDEN.values() for each in found.values())


DRAFT = "1987-08-17-drafted"
NAMES_A_DRAFT = f"""---
title: What names a draft
date: 1988-01-02
publisher: Harbour Watch
language: fr
extent: full
same_text_as: [{DRAFT}]
translation_of: {DRAFT}
corrects: [{DRAFT}]
follows: [{DRAFT}]
---
Nothing else.
"""


@pytest.fixture(scope="module", autouse=True)
def _dated() -> Iterator[None]:
    """A crate says on which day the site was built."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        yield


@pytest.fixture(scope="module", params=["never published", "published before"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = small_archive(tmp_path_factory.mktemp("leaves"))
    settings = archive.content / "archive.toml"
    # The front page opens with a release by hand, and each page's foot links to one: both are gone later.
    settings.write_text(f'{settings.read_text()}offline_copy = true\nlanguages = ["en", "ar"]\nfeatured = "{DRAFT}"\n')
    theme = archive.folder / "theme" / "theme.toml"
    theme.parent.mkdir()
    theme.write_text(
        f'[footer]\ntext = "Lamps for quays"\n[[footer.links]]\nlabel = "Our first letter"\nhref = "releases/{DRAFT}.html"\n'
    )
    vocabularies(archive, list(HIDDEN))
    for owner in HIDDEN:
        archive.write(f"files/{word(owner, 'files', 'file')}.txt", original(owner).decode())
    if request.param == "published before":
        for owner in HIDDEN:
            archive.write(path(owner), text(owner, "corrected"))
        ran = archive.build()
        assert ran.code == 0, ran.out + ran.err
        # One look at every byte for all words: what it finds tells which of them are missing.
        hits = set().union(*holding(archive.site, EVERY_WORD).values())
        for owner, found in HIDDEN.items():
            missing = [key for key, each in found.items() if not any(map(Words([each]).of, hits))]
            # What a published release shows of itself; so the search for words finds what is there.
            assert set(missing) <= {"source.file", "date_as_written"}, owner
        copies = archive.folder / "copies"
        ran = run_here(
            ["edition", "2026-09", *archive.arguments()[1:5], "--site", str(archive.site), "--out", str(copies)]
        )
        assert ran.code == 0, ran.out + ran.err
        shutil.rmtree(copies)  # what was given away before is with those who have it
    archive.write(path("withdrawn"), text("withdrawn", "withdrawn"))
    archive.write(path("drafted"), text("drafted", "draft"))
    archive.write(path("redacted"), redacted("redacted"))
    archive.write("releases/1988/1988-01-02-names-a-draft.md", NAMES_A_DRAFT)
    ran = archive.build()
    assert ran.code == 0, ran.out + ran.err
    return archive


@pytest.mark.parametrize("owner", HIDDEN)
def test_no_word_is_in_any_byte_of_the_output(owner: str, built: Archive) -> None:
    assert holding(built.site, Words(HIDDEN[owner].values())) == {}
    assert [each.name for each in built.folder.iterdir() if ".onrecord" in each.name] == []


@pytest.mark.parametrize("what", FORMATS)
def test_no_word_is_in_any_byte_of_an_export(what: str, built: Archive, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / f"harbour{FORMATS[what].ending}"
    copy.parent.mkdir()
    ran = run_here(["export", what, "--content", str(built.content), "--site", str(built.site), "--out", str(copy)])
    if what == "zim":
        if not shutil.which("zimwriterfs"):
            pytest.skip("zimwriterfs is not on this machine (Debian: zim-tools)")
        # Its clusters are compressed with Zstandard, which this Python does not know.
        subprocess.run(["zimdump", "dump", "--dir", copy.parent / "unpacked", copy], check=True, capture_output=True)
    assert ran.code == 0, ran.err
    assert holding(copy.parent, EVERY_WORD) == {}
    assert holding(copy.parent, Words(["lamps for quay"]))


@pytest.mark.parametrize("owner", ["withdrawn", "redacted"])
def test_no_word_is_in_what_is_kept_between_runs(owner: str, built: Archive) -> None:
    """A workflow's cache is read by others than the machine that wrote it."""
    found = (
        HIDDEN[owner] if owner == "redacted" else {key: each for key, each in HIDDEN[owner].items() if key == "body"}
    )
    assert holding(built.cache, Words(found.values())) == {}


def test_no_word_comes_back_from_what_is_kept(built: Archive, tmp_path: Path) -> None:
    """A site that is made again from the ledger, and one that lost its manifest, have none of the words either."""
    shutil.copytree(built.site, tmp_path / "before")
    for lost in ("index.html", "manifest.json", "pagefind/catalogue.js"):
        (built.site / lost).unlink()
        ran = built.build()
        assert ran.code == 0, ran.err
        assert holding(built.site, EVERY_WORD) == {}


def test_every_type_of_the_schema_has_a_word_here() -> None:
    """A new field, or a new type of fields, is looked for as well."""
    without = {"date", "day", "choice", "language", "slug", "slugs", "questions", "number", "amount", "term"}
    kinds = {field.type for field in FIELDS} | {inner.type for field in FIELDS for inner in field.fields}
    assert kinds <= SCALARS | without | {"terms", "quotations", "figures", "origin", "files", "path", "corrections"}
    named = {key.partition(".")[0].partition(" ")[0] for key in HIDDEN["drafted"]}
    assert {field.key for field in FIELDS if field.type not in without} <= named | {"status", "review"}
