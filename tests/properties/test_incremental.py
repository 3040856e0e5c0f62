"""A build that takes over what has not changed gives, byte for byte, what a build from nothing gives: over random histories of an archive.

A history is a few random edits (a word, a title, a date; releases added, renamed, deleted, withdrawn, published; topics given and taken;
vocabularies, settings, a template, a locale), each followed by a build; after the last one the site is compared with a fresh one. The
next history goes on from there. ONRECORD_HISTORIES sets how many there are (`make audit` takes 3,000).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import build
from onrecord.commands import building
from onrecord.editions import record_list, statement
from onrecord.editions.record_list import ListedRecord
from onrecord.model import EditionChanges, EditionNumbers, EditionStatement
from onrecord.publish import stage
from tests import originals
from tests.conftest import ROOT
from tests.originals import pdf, png, word_file

HISTORIES = int(os.environ.get("ONRECORD_HISTORIES", "6"))
WITH_SEARCH = 12
"""Every so many histories the search index is part of the site: Pagefind takes longer than all the rest."""

TOPICS = ("Water", "Land & roads", "Éclairage", "Harbour")
PLACES = ("Port Elm", "Northland", "Ferry Cross")
NAMES = ("Ada Example", "Ferry Union", "Omar Beispiel")
WORDS = "crews asked for light on the pier and nobody came to the quay when ropes were cut in winter".split()
ARCHIVE = """title = "Harbour papers"
scope = "Statements of harbour crews."
languages = ["en", "fr"]
repository = "https://example.org/crew/archive"
"""


class Archive:
    """An archive in a folder, and the edits that can happen to it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a test's choices
        self.content = folder / "content"
        self.templates = folder / "templates"
        self.number = 0
        self.files: dict[str, dict[str, object]] = {}
        self.terms = {"topic": list(TOPICS), "place": list(PLACES), "name": list(NAMES)}
        self.aliases: dict[tuple[str, str], str] = {}
        self.translated: dict[tuple[str, str], str] = {}
        self.within: dict[str, str] = {}
        self.identifiers: dict[tuple[str, str], int] = {}
        self.settings = ARCHIVE
        (self.content / "releases").mkdir(parents=True)
        (self.content / "pages").mkdir()
        (self.content / "pages" / "about.md").write_text("---\ntitle: About\n---\nWho keeps this.\n", encoding="utf-8")
        # Without fonts and outlines of maps: two hundred files that are copied as they are.
        shutil.copytree(ROOT / "templates", self.templates, ignore=shutil.ignore_patterns("fonts", "map"))
        for _ in range(7):
            self.add()
        self.write_tables()

    # ---- what is on the disk ------------------------------------------------------------------------------------------------

    def write_tables(self) -> None:
        (self.content / "archive.toml").write_text(self.settings, encoding="utf-8")
        for kind, labels in self.terms.items():
            rows = []
            for place, label in enumerate(labels):
                rows.append(f'[[{kind}]]\nlabel = "{label}"\n')
                if kind == "place":
                    rows.append(f"lat = {30 + place}\nlon = {10 * place}\n")
                    if self.within.get(label) in labels:
                        rows.append(f'within = "{self.within[label]}"\n')
                if (kind, label) in self.identifiers:
                    rows.append(f'same_as = ["https://www.wikidata.org/wiki/Q{self.identifiers[kind, label]}"]\n')
                if (kind, label) in self.aliases:
                    rows.append(f'aliases = ["{self.aliases[kind, label]}"]\n')
                if (kind, label) in self.translated:
                    rows.append(f'translations = {{ fr = "{self.translated[kind, label]}" }}\n')
            (self.content / f"{kind}s.toml").write_text("\n".join(rows), encoding="utf-8")

    def write(self, name: str) -> None:
        fields = dict(self.files[name])
        body = fields.pop("body")
        number = re.search("value: ([0-9]+)", str(fields.get("figures", "")))
        if number and f"Some {number[1]} lamps" not in str(body):
            # An edit has taken the number out of the text.
            del fields["figures"], self.files[name]["figures"]
        picture = fields.pop("picture", "")
        if picture:
            body = f"{body}\n\n![what is seen > there](../files/{picture})"
        lines = [f"{key}: {value}" for key, value in fields.items() if value not in ("", None)]
        text = "\n".join(["---", *lines, "---", str(body), ""])
        (self.content / "releases" / f"{name}.md").write_text(text, encoding="utf-8")

    def sentence(self) -> str:
        words = self.random.choices(WORDS, k=self.random.randint(4, 9))
        return " ".join(words).capitalize() + "."

    def some(self, labels: Sequence[str]) -> str:
        chosen = self.random.sample(labels, self.random.randint(0, min(2, len(labels))))
        return "[" + ", ".join(f'"{label}"' for label in chosen) + "]"

    def date(self) -> str:
        return self.random.choice(
            ["2012-02-08", "2012-02", "2012", "XXXX", "2011~", "2011-12-30/2012-01-02"]
            + [f"{self.random.randint(2010, 2014)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"] * 4
        )

    # ---- edits ----------------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        self.number += 1
        name = f"release-{self.number}"
        paragraphs = [self.sentence() for _ in range(self.random.randint(1, 3))]
        self.files[name] = {
            "title": f'"{self.sentence()}"',
            "date": f'"{self.date()}"',
            "publisher": self.random.choice(["Harbour Watch", "Example Press", "not stated"]),
            "reference": f"HW {self.number:03}/2012" if self.random.random() < 0.5 else "",
            "language": self.random.choice(["en", "en", "ar"]),
            "extent": self.random.choice(["full", "full", "excerpt", "abstract"]),
            "topics": self.some(self.terms["topic"]),
            "places": self.some(self.terms["place"]),
            "names": self.some(self.terms["name"]),
            "status": self.random.choice(["published"] * 4 + ["draft"]),
            "body": "\n\n".join(paragraphs),
        }
        if self.random.random() < 0.4 and self.files[name]["extent"] != "abstract":
            speaker = self.random.choice([*self.terms["name"], "A keeper"])
            self.files[name]["quotations"] = f'[{{speaker: "{speaker}", text: "{paragraphs[0]}"}}]'
        if self.random.random() < 0.4:
            self.report(name)
        if self.random.random() < 0.2 and len(self.files) > 1:
            self.files[name]["same_text_as"] = (
                f"[{self.random.choice([file_name for file_name in self.files if file_name != name])}]"
            )
        self.write(name)

    def report(self, name: str) -> None:
        """Gives a release a figure, which its body holds."""
        fields = self.files[name]
        number = self.random.randint(1000, 9999)
        if "figures" not in fields:
            fields["body"] = f"{fields['body']}\n\nSome {number} lamps were counted."
        else:
            number = int(re.findall("Some ([0-9]+) lamps", str(fields["body"]))[0])
        entry = {"value": number, "counts": self.random.choice(["lamps", "Lamps", "boats"])}
        places = re.findall('"(.*?)"', str(fields["places"]))
        if places and self.random.random() < 0.6:
            entry["place"] = f'"{places[0]}"'
        if self.random.random() < 0.7:
            entry["by"] = f'"{self.random.choice([*self.terms["name"], "A keeper"])}"'
        if self.random.random() < 0.7:
            entry["as_of"] = f'"{self.date()}"'
        if self.random.random() < 0.5:
            entry["series"] = "lamps in the harbour"
        fields["figures"] = "[{" + ", ".join(f"{key}: {value}" for key, value in entry.items()) + "}]"

    def change_figure(self) -> None:
        name = self.pick()
        if self.random.random() < 0.3:
            self.files[name].pop("figures", None)
        else:
            self.report(name)
        self.write(name)

    def attach(self) -> None:
        """A file of the record, and it may be shown in the text; some have been there under another record."""
        name = self.pick()
        number = self.random.randint(1, 4)
        file, data = self.random.choice(
            [
                (f"pier-{number}.png", png(shade=number)),
                (f"letter-{number}.pdf", pdf(number)),
                (f"annex-{number}.docx", word_file()),
            ]
        )
        path = self.content / "files" / file
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            path.write_bytes(data)
        self.name_file(name, file, self.random.choice([True, True, False]))
        self.write(name)

    def name_file(self, name: str, file: str, rights: bool) -> None:
        sha256 = originals.sha256((self.content / "files" / file).read_bytes())
        allowed = ', rights: "All of them"' if rights else ""
        self.files[name]["files"] = (
            f'[{{file: {file}, role: attachment, label: "{self.random.choice(WORDS)}"{allowed}, sha256: {sha256}}}]'
        )
        self.files[name]["picture"] = file if rights and file.endswith(".png") and self.random.random() < 0.7 else ""

    def detach(self) -> None:
        name = self.pick()
        self.files[name].pop("files", None)
        self.files[name].pop("picture", None)
        self.write(name)

    def exchange_file(self) -> None:
        """Other bytes under the same name, and the records that name it say so."""
        files = sorted(path for path in self.content.glob("files/*.*"))
        if not files:
            return
        path = self.random.choice(files)
        data = {
            ".png": png(height=self.random.randint(9, 19)),
            ".pdf": pdf(words=self.sentence()),
            ".docx": word_file(self.sentence()),
        }
        path.write_bytes(data[path.suffix])
        for name, fields in self.files.items():
            if f"{{file: {path.name}," in str(fields.get("files", "")):
                self.name_file(name, path.name, "rights" in str(fields["files"]))
                self.write(name)

    def preview(self) -> None:
        """The small picture of a file appears, or all of them go."""
        folder = self.content / "files" / "previews"
        files = sorted(path for path in self.content.glob("files/*.*"))
        if not files or self.random.random() < 0.2:
            shutil.rmtree(folder, ignore_errors=True)
            return
        folder.mkdir(exist_ok=True)
        sha256 = originals.sha256(self.random.choice(files).read_bytes())
        for before in folder.glob(f"{sha256}*"):
            before.unlink()
        pages = self.random.choice(["", ".2", ".3"])
        (folder / f"{sha256}{pages}.png").write_bytes(png(20, self.random.randint(20, 30)))

    def pick(self) -> str:
        return self.random.choice(sorted(self.files))

    def change(self, field: str, value: Callable[[], str]) -> None:
        name = self.pick()
        self.files[name][field] = value()
        if field == "body":
            self.files[name].pop("quotations", None)
        if field in ("body", "places"):
            self.files[name].pop("figures", None)
        self.write(name)

    def delete(self) -> None:
        if len(self.files) > 3:
            name = self.pick()
            del self.files[name]
            (self.content / "releases" / f"{name}.md").unlink()
            self.without(name)

    def without(self, gone: str) -> None:
        for name, fields in self.files.items():
            for key in ("same_text_as", "translation_of", "corrects", "follows"):
                if str(fields.get(key, "")).strip("[]") == gone:
                    del fields[key]
                    self.write(name)

    def rename(self) -> None:
        name = self.pick()
        self.number += 1
        new = f"renamed-{self.number}"
        self.files[new] = self.files.pop(name)
        (self.content / "releases" / f"{name}.md").rename(self.content / "releases" / f"{new}.md")
        self.without(name)

    def relate(self) -> None:
        """One release translates, corrects or follows one that came before it, or none any more; so there is no circle."""
        order = list(self.files)
        name = self.pick()
        fields = self.files[name]
        key = self.random.choice(["same_text_as", "translation_of", "corrects", "follows"])
        before = [other for other in order[: order.index(name)] if self.files[other]["language"] != fields["language"]]
        if key != "translation_of":
            before = order[: order.index(name)]
        if not before or self.random.random() < 0.2:
            fields.pop(key, None)
        else:
            other = self.random.choice(before)
            fields[key] = other if key == "translation_of" else f"[{other}]"
        self.write(name)

    def quote_again(self) -> None:
        """A release says what another does, so that one family may have the same words twice."""
        quoting = [name for name in sorted(self.files) if "quotations" in self.files[name]]
        if quoting:
            source, name = self.files[self.random.choice(quoting)], self.pick()
            if self.files[name]["extent"] != "abstract":
                self.files[name] |= {key: source[key] for key in ("quotations", "body")}
                self.write(name)

    def place_within(self) -> None:
        """A place lies within one that stands before it, or in none any more."""
        labels = self.terms["place"]
        place = self.random.randrange(1, len(labels))
        if labels[place] in self.within and self.random.random() < 0.3:
            del self.within[labels[place]]
        else:
            self.within[labels[place]] = self.random.choice(labels[:place])
        self.write_tables()

    def identify(self) -> None:
        self.number += 1
        kind = self.random.choice(sorted(self.terms))
        self.identifiers[kind, self.random.choice(self.terms[kind])] = self.number
        self.write_tables()

    def withdraw(self) -> None:
        name = self.pick()
        self.files[name]["status"] = "withdrawn"
        self.files[name]["reason"] = "A person named in it is at risk."
        self.files[name]["changed"] = self.random.choice(["", self.day()])
        self.write(name)

    def publish(self) -> None:
        name = self.pick()
        self.files[name]["status"] = self.random.choice(["published", "draft", "corrected"])
        corrected = self.files[name]["status"] == "corrected"
        self.files[name]["reason"] = "It was wrong." if corrected else ""
        entry = f'{{date: "{self.day()[: self.random.choice([7, 10])]}", field: title, was: "{self.sentence()}", now: "{self.number}"}}'
        self.files[name]["corrections"] = f"[{entry}]" if corrected and self.random.random() < 0.7 else ""
        self.files[name]["changed"] = self.day() if corrected and self.random.random() < 0.5 else ""
        self.write(name)

    def day(self) -> str:
        return f"2025-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    def edition(self) -> None:
        """A dated edition that holds the files as they are, all but one; or the newest is gone."""
        folders = sorted((self.content / "editions").glob("*"))
        if folders and self.random.random() < 0.3:
            shutil.rmtree(folders[-1])
            return
        held = {
            name: ListedRecord(
                "published", hashlib.sha256((self.content / "releases" / f"{name}.md").read_bytes()).hexdigest()
            )
            for name in self.files
            if name != self.pick()
        }
        records = record_list.written(held)
        changes = record_list.changes_written(EditionChanges(added=tuple(sorted(held)[:2])))
        of_edition = EditionStatement(
            name=f"edition-{len(folders) + 1:03}",
            number=len(folders) + 1,
            date=self.day(),
            archive="Harbour papers",
            manifest_sha256="ab" * 32,
            records_sha256=hashlib.sha256(records).hexdigest(),
            changes_sha256=hashlib.sha256(changes).hexdigest(),
            numbers=EditionNumbers(len(held), 0, 9, 99, newly_added=2),
        )
        folder = self.content / "editions" / of_edition.name
        folder.mkdir(parents=True)
        for name, data in (
            ("edition.toml", statement.written(of_edition)),
            ("records.tsv", records),
            ("changes.toml", changes),
        ):
            (folder / name).write_bytes(data)

    def relabel(self) -> None:
        kind = self.random.choice(sorted(self.terms))
        labels = self.terms[kind]
        place = self.random.randrange(len(labels))
        if (kind, labels[place]) in self.aliases:
            return  # files may still name it by its alias
        self.number += 1
        before, labels[place] = labels[place], f"{labels[place].rstrip('0123456789 ')} {self.number}"
        self.write_tables()
        for name, fields in self.files.items():
            for key in (f"{kind}s", "quotations", "figures"):
                if f'"{before}"' in str(fields.get(key, "")):
                    fields[key] = str(fields[key]).replace(f'"{before}"', f'"{labels[place]}"')
                    self.write(name)

    def rename_term(self) -> None:
        """A new label whose old one becomes its alias: no release file is touched, and all that name it get another address."""
        kind = self.random.choice(sorted(self.terms))
        labels = self.terms[kind]
        place = self.random.randrange(len(labels))
        before = labels[place]
        if (kind, before) not in self.aliases:
            self.number += 1
            labels[place] = f"Renamed {kind} {self.number}"
            self.aliases[kind, labels[place]] = before
            self.write_tables()

    def translate(self) -> None:
        kind = self.random.choice(sorted(self.terms))
        self.translated[kind, self.random.choice(self.terms[kind])] = f"mot {self.random.randint(1, 99)}"
        self.write_tables()

    def new_term(self) -> None:
        kind = self.random.choice(sorted(self.terms))
        self.number += 1
        self.terms[kind].append(f"Another {kind} {self.number}")
        self.write_tables()

    def set_archive(self) -> None:
        self.settings = self.random.choice(
            [
                ARCHIVE,
                ARCHIVE.replace("harbour crews", "crews"),
                ARCHIVE + 'base_url = "https://example.org/"\n',
                ARCHIVE + 'publisher = "The crews"\n',
                ARCHIVE.replace('["en", "fr"]', '["en"]'),
            ]
        )
        self.write_tables()

    def edit_page(self) -> None:
        text = f"---\ntitle: About {self.random.randint(1, 3)}\n---\n{self.sentence()}\n"
        (self.content / "pages" / "about.md").write_text(text, encoding="utf-8")

    def edit_template(self) -> None:
        name = self.random.choice(["release.html", "group.html", "parts/lists.html", "skeleton.html", "year.html"])
        path = self.templates / name
        text = re.sub(r"\{# edited #\}.*\n", "", path.read_text(encoding="utf-8"))
        before, end, after = text.rpartition("{% end")
        seen = "" if self.random.random() < 0.5 else "<!-- seen -->"
        path.write_text(f"{before}{{# edited #}}{seen}\n{end}{after}", encoding="utf-8")

    def edit_locale(self) -> None:
        path = self.templates / "locale" / "fr.po"
        text = path.read_text(encoding="utf-8")
        word = self.random.choice(["Sujets", "Thèmes", "Matières"])
        before, _, after = text.partition('msgid "Topics"\nmsgstr ')
        path.write_text(f'{before}msgid "Topics"\nmsgstr "{word}"\n{after.partition(chr(10))[2]}', encoding="utf-8")

    def edit_asset(self) -> None:
        (self.templates / "assets" / "narrow.js").write_text(f"// {self.random.randint(1, 9)}\n", encoding="utf-8")

    def edit(self) -> str:
        """Does one thing at random and says what it was."""
        edits: list[tuple[str, Callable[[], None], int]] = [
            ("add", self.add, 4),
            ("body", lambda: self.change("body", self.sentence), 6),
            ("title", lambda: self.change("title", lambda: f'"{self.sentence()}"'), 4),
            ("date", lambda: self.change("date", lambda: f'"{self.date()}"'), 4),
            ("publisher", lambda: self.change("publisher", lambda: f"Press {self.random.randint(1, 3)}"), 3),
            ("topics", lambda: self.change("topics", lambda: self.some(self.terms["topic"])), 4),
            ("places", lambda: self.change("places", lambda: self.some(self.terms["place"])), 3),
            ("names", lambda: self.change("names", lambda: self.some(self.terms["name"])), 3),
            ("figure", self.change_figure, 4),
            ("subtitle", lambda: self.change("subtitle", lambda: f'"{self.sentence()}"'), 2),
            ("relate", self.relate, 6),
            ("quote again", self.quote_again, 2),
            ("place within", self.place_within, 3),
            ("identify", self.identify, 1),
            ("attach", self.attach, 5),
            ("detach", self.detach, 2),
            ("exchange file", self.exchange_file, 3),
            ("preview", self.preview, 3),
            ("delete", self.delete, 4),
            ("rename", self.rename, 3),
            ("withdraw", self.withdraw, 2),
            ("publish", self.publish, 4),
            ("added", lambda: self.change("added", self.day), 2),
            ("edition", self.edition, 2),
            ("relabel", self.relabel, 3),
            ("rename term", self.rename_term, 2),
            ("translate", self.translate, 2),
            ("term", self.new_term, 2),
            ("settings", self.set_archive, 2),
            ("page", self.edit_page, 1),
            ("template", self.edit_template, 1),
            ("locale", self.edit_locale, 1),
            ("asset", self.edit_asset, 1),
        ]
        name, job, _ = self.random.choices(edits, [weight for _, _, weight in edits])[0]
        job()
        return name


def options(archive: Archive, out: Path, cache: Path, search: bool) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    building.add_arguments(parser)
    given = ["--content", str(archive.content), "--templates", str(archive.templates), "--out", str(out)]
    given += ["--cache", str(cache), "--jobs", "1", *([] if search else ["--no-search"])]
    return parser.parse_args(given)


def built(archive: Archive, out: Path, cache: Path, search: bool) -> str:
    err = io.StringIO()
    printed = io.StringIO()
    code = build.build(options(archive, out, cache, search), printed, err)
    assert code == 0, printed.getvalue() + err.getvalue()
    return err.getvalue()


def files_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


# Several tests, so that a run can be spread and one that fails names its part; of a few histories two, one of each kind.
PARTS = 4 if HISTORIES > 24 else 2


@pytest.mark.parametrize("part", range(PARTS))
def test_any_history_of_edits_gives_the_site_that_a_fresh_build_gives(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A site as small as this is exchanged whole at nearly every edit. Every other part takes each edit for a small one, as in a large
    # site, so that files are put in and taken away one by one.
    with_search = WITH_SEARCH if HISTORIES > 24 else max(2, HISTORIES // PARTS)
    if part % 2:
        with_search = min(with_search, 5)
        monkeypatch.setattr(stage, "_SHARE", 1)
        monkeypatch.setattr(stage, "_FEW", 10_000)
    archive = Archive(tmp_path, part)
    count = HISTORIES // PARTS
    for number in range(count):
        search = number % with_search == with_search - 1
        edits = []
        for _ in range(archive.random.randint(1, 3)):
            edits.append(archive.edit())
            built(archive, tmp_path / "site", tmp_path / "cache", search)
        # The templates that were compiled are taken over: they are no part of what is compared, and cost most of a small build.
        fresh = tmp_path / "fresh-cache"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        (fresh / "templates").symlink_to(tmp_path / "cache" / "templates")
        shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
        built(archive, tmp_path / "fresh", fresh, search)
        kept, new = files_of(tmp_path / "site"), files_of(tmp_path / "fresh")
        assert sorted(kept) == sorted(new), f"history {number} of part {part}: {edits}"
        wrong = [path for path in new if kept[path] != new[path]]
        assert not wrong, f"history {number} of part {part}: {edits}: {wrong[:5]}"
