"""What is made from the schema does not drift from it, and the template is a file that passes."""

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from onrecord import check, read, schema
from onrecord.commands.derive import ROOT, derived
from onrecord.model import Card, Problem, Scalar, Vocabularies

RULES = check.rules(Vocabularies(), dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    "path", ["content/release.schema.json", "content/releases/_template.md", "frontmatter.json", "CONTRIBUTING.md"]
)
def test_derived_files_are_as_the_schema_says(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == derived()[path], "run: python build.py derive"


def test_the_template_and_the_skeleton_of_new_are_drafts_without_a_problem() -> None:
    for text in (schema.template(), schema.skeleton({"title": 'A "quoted" title: with a colon #1', "status": "draft"})):
        source = read.source(read.File("releases/undated/undated-x.md", text.encode()))
        assert not isinstance(source, Problem)
        verdict = check.release(source, RULES)
        assert verdict.problems == ()
        assert isinstance(verdict.listed, Card)
        assert verdict.listed.status == "draft"


def test_the_skeleton_keeps_every_character_of_a_title() -> None:
    title = 'Tab\there, quote " backslash \\ dash – NEL\x85 line\u2028 Arabic حمص'
    source = read.source(read.File("releases/x.md", schema.skeleton({"title": title}).encode()))
    assert not isinstance(source, Problem)
    node = source.fields.get("title")
    assert isinstance(node, Scalar)
    assert node.text == title


def test_the_json_schema_accepts_the_shipped_releases_and_refuses_an_unknown_key() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema.json_schema()))
    jsonschema.Draft202012Validator.check_schema(validator.schema)
    shipped = sorted(Path(ROOT / "content/releases").rglob("[!_]*.md"))
    assert shipped
    for path in shipped:
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
    ],
)
def test_a_language_has_the_direction_of_its_script(tag: str, direction: str) -> None:
    assert schema.is_language(tag)
    assert schema.direction(tag) == direction


@pytest.mark.parametrize("tag", ["english", "e", "", "en_US", "en-", "arabic", "12"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    assert not schema.is_language(tag)
