"""What is made from the schema does not drift from it, and the template is a file that passes."""

import datetime as dt
import inspect
import json
import shutil
import subprocess
import sys
import typing
from pathlib import Path

import jsonschema
import pytest
import yaml

from onrecord import check, model, read, schema, writing
from onrecord.check import fields
from onrecord.commands.derive import derived
from onrecord.model import Card, Problem, Scalar, Vocabularies
from onrecord.program_files import FOLDER as ROOT

RULES = check.rules(Vocabularies(), dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    "path", ["content/release.schema.json", "content/releases/_template.md", "frontmatter.json", "CONTRIBUTING.md"]
)
def test_derived_files_are_as_the_schema_says(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == derived()[path], "run: python build.py derive"


def test_the_template_and_the_skeleton_of_new_are_drafts_without_a_problem() -> None:
    for text in (schema.template(), schema.skeleton({"title": 'A "quoted" title: with a colon #1', "status": "draft"})):
        source = read.source(read.FileData("releases/undated/undated-x.md", text.encode()))
        assert not isinstance(source, Problem)
        verdict = check.release(source, RULES)
        assert verdict.problems == ()
        assert isinstance(verdict.listed, Card)
        assert verdict.listed.status == "draft"


def test_the_skeleton_keeps_every_character_of_a_title() -> None:
    title = 'Tab\there, quote " backslash \\ dash – NEL\x85 line\u2028 Arabic حمص'
    source = read.source(read.FileData("releases/x.md", schema.skeleton({"title": title}).encode()))
    assert not isinstance(source, Problem)
    node = source.fields.get("title")
    assert isinstance(node, Scalar)
    assert node.text == title


def test_the_json_schema_accepts_releases_that_the_check_accepts_and_refuses_an_unknown_key() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema.json_schema()))
    jsonschema.Draft202012Validator.check_schema(validator.schema)
    accepted = sorted((ROOT / "tests" / "sites" / "good").glob("*/content/releases/**/[!_]*.md"))
    assert len(accepted) > 5
    for path in accepted:
        front = yaml.load(path.read_text("utf-8").split("\n---", 1)[0], Loader=yaml.BaseLoader)  # noqa: S506 - texts only
        assert list(validator.iter_errors(front)) == [], path
    assert list(validator.iter_errors({**front, "titel": "x"}))


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"),
        ("AR-SY", "rtl"),
        ("fa", "rtl"),
        ("he", "rtl"),
        ("en", "ltr"),
        ("ku", "ltr"),
        ("ku-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("ckb", "rtl"),
        ("iw", "rtl"),
        ("nqo", "rtl"),
        ("pnb-PK", "rtl"),
        ("rhg", "rtl"),
        ("az-Arab-IR", "rtl"),
        ("und", "ltr"),
        ("lrc", "rtl"),
        ("prs", "rtl"),
        ("pa", "ltr"),
        ("pa-PK", "rtl"),
        ("uz-AF", "rtl"),
        ("dv", "rtl"),
        ("ff-Adlm", "rtl"),
        ("mid", "rtl"),
        ("men-Mend", "rtl"),
        ("peo", "ltr"),
        ("la-Ital", "ltr"),
    ],
)
def test_a_language_has_the_direction_of_its_script(tag: str, direction: str) -> None:
    assert schema.is_language(tag)
    assert writing.direction(tag) == direction


@pytest.mark.parametrize(
    ("text", "keeps"),
    [
        ("Harbour Watch", True),
        ("HW 01/2012 (rev. 2)", True),
        ("Ligne d’écoute – État", True),
        ("Рабочие порта", True),
        ("水の記録", True),
        ("003/2003", False),  # beside a text from right to left its numbers would be read from the other end
        ("(Port) Elm", False),
        ("حراس الميناء", False),
        ("Harbour حراس", False),
        ("Harbour ٢٠١٢", False),
        ("Harbour \u202eWatch", False),
        ("Harbour\u2028Watch", True),
        ("", False),
    ],
)
def test_a_text_is_isolated_in_a_line_where_it_could_change_its_order(text: str, keeps: bool) -> None:
    assert writing.keeps_order(text, "ltr") is keeps
    assert not writing.keeps_order(text, "rtl")


@pytest.mark.parametrize(
    ("text", "fitting", "other"),
    [
        ("Water", "en vi de az", "ar ru ja he"),
        ("مياه", "ar fa ur ps ckb", "en ru he zh"),
        ("Вода", "ru uk sr", "en ar el"),
        ("水", "zh zh-TW ja ko", "en ar"),
        ("みず", "ja", "zh ko en"),
        ("물", "ko", "zh ja en"),
        ("पानी", "hi mr ne", "en ur"),
        ("מים", "he yi", "ar en"),
        ("2012 – №", "en ar zh", ""),
        ("UN في غزة", "en ar", "he"),
    ],
)
def test_a_text_fits_a_language_by_its_letters(text: str, fitting: str, other: str) -> None:
    assert [tag for tag in fitting.split() if not writing.fits(text, tag)] == []
    assert [tag for tag in other.split() if writing.fits(text, tag)] == []


@pytest.mark.parametrize("tag", ["english", "e", "", "en_US", "en-", "arabic", "12"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    assert not schema.is_language(tag)


# ---- one place -------------------------------------------------------------------------------------------------------------------


def test_a_field_that_is_added_to_the_schema_is_typed_kept_written_and_in_the_form(tmp_path: Path) -> None:
    """Nothing but the schema is changed: the checker, the record's JSON and the form of the contribute page know the field."""
    program = tmp_path / "program"
    shutil.copytree(ROOT / "onrecord", program / "onrecord", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", program / "templates")
    shutil.copy(ROOT / "build.py", program)
    path = program / "onrecord" / "schema.py"
    added = """    Field("isbn", "text", "The number of the book."),
    Field("letter", "choice", "How it came.", choices=("post", "hand")),
    Field("pages", "number", "How many pages it has."),
    Field("series", "slugs", "The releases it belongs with."),
    Field("remarks", "markdown", "Remarks of the archive."),
    Field("rights", "text","""
    text = path.read_text("utf-8")
    assert text.count('    Field("rights", "text",') == 1
    path.write_text(text.replace('    Field("rights", "text",', added), encoding="utf-8")
    content = tmp_path / "content"
    release = content / "releases" / "2012-02-08-lamps.md"
    release.parent.mkdir(parents=True)
    (content / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
    front = "title: Lamps\ndate: 2012-02-08\npublisher: Harbour Watch\nlanguage: en\nextent: full\n"
    values = "isbn: 978-0-00-000000-2\nletter: hand\npages: 12\nseries: [a, b.md]\nremarks: Some *words*.\n"

    def build(values: str) -> subprocess.CompletedProcess[str]:
        release.write_text(f"---\n{front}{values}---\nText.\n", encoding="utf-8")
        command: list[str | Path] = [
            sys.executable,
            program / "build.py",
            "--no-search",
            "--content",
            content,
            "--out",
            tmp_path / "site",
        ]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    ran = build(values)
    assert ran.returncode == 0, ran.stderr
    record = json.loads((tmp_path / "site" / "releases" / "2012-02-08-lamps.json").read_text("utf-8"))
    new = {"isbn": "978-0-00-000000-2", "letter": "hand", "pages": 12, "series": ["a", "b"], "remarks": ["Some words."]}
    assert {key: record[key] for key in new} == new
    form = (tmp_path / "site" / "contribute.html").read_text("utf-8")
    assert 'id="r-isbn"' in form
    assert "The number of the book." in form
    ran = build("letter: pigeon\npages: many\nisbn: [1]\n")
    assert [line.split(": ")[1].split()[0] for line in ran.stdout.splitlines()] == [
        "bad-choice",
        "wrong-type",
        "wrong-type",
    ]


def test_converters_give_what_the_attributes_hold() -> None:
    """Card and Text are made from the values of the converters, which the type checker cannot see."""
    every = {key: hint for holder in (model.Card, model.Text) for key, hint in typing.get_type_hints(holder).items()}
    assert {"title", "edtf", "origin"} <= every.keys()
    for field in schema.FIELDS:
        attribute = every.get(model.ATTRIBUTES.get(field.key, field.key))
        converter = fields.CONVERTERS[field.type]
        gives = typing.get_type_hints(converter)["return"]
        if attribute is None:  # kept in `other`, which holds these
            assert {gives, *typing.get_args(gives)} & set(typing.get_args(model.Value)), field.key
        elif typing.get_origin(attribute) is typing.Literal:
            assert {*typing.get_args(attribute), "withdrawn"} >= set(field.choices)
        elif field.key == "publisher":  # a text, or None where it is not stated
            assert (attribute, gives) == (str | None, str)
        else:
            assert attribute == gives, field.key


@pytest.mark.parametrize(
    ("key", "holder"), [("quotations", model.Quotation), ("source", model.Origin), ("review", model.Question)]
)
def test_what_is_below_a_key_has_its_attributes(key: str, holder: type) -> None:
    assert schema.PARTS[key].keys() <= set(inspect.signature(holder).parameters)


def test_every_type_has_a_converter() -> None:
    assert fields.CONVERTERS.keys() == set(typing.get_args(schema.Type))
    assert fields.EMPTY.keys() <= fields.CONVERTERS.keys()
