"""The lines of front matter under a key: another value, and every other byte as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import read, schema
from onrecord.intake import field_lines
from onrecord.model import Items

TEXT = """---
# A record by hand.
title: "Harbour closed"   # as printed
date: 2013-05-03
publisher: Harbour Watch
topics: [Fishing, "Law: new"]  # two
places:
  # the first is the port
  - Portmere   # spelled so
  - "Old Quay"
names:
- Ines Okoro
notes: |
  First line.

  # no comment
source:
  # where it was
  url: "https://harbour.example/1"
  file: one.txt
rights:
---

Body: text.
"""


@pytest.mark.parametrize(
    ("key", "values", "was", "now"),
    [
        (
            "title",
            ["Harbour “open”"],
            'title: "Harbour closed"   # as printed',
            'title: "Harbour “open”"   # as printed',
        ),
        ("title", [], 'title: "Harbour closed"   # as printed', "title:   # as printed"),
        ("date", ["2013-05"], "date: 2013-05-03", "date: 2013-05"),
        ("publisher", ["A: B # c"], "publisher: Harbour Watch", 'publisher: "A: B # c"'),
        ("topics", ["Fishing"], '[Fishing, "Law: new"]  # two', "[Fishing]  # two"),
        (
            "topics",
            ["Law: new", "Fishing", "Sea"],
            '[Fishing, "Law: new"]  # two',
            '["Law: new", Fishing, "Sea"]  # two',
        ),
        ("topics", [], '[Fishing, "Law: new"]  # two', "[]  # two"),
        ("places", ["Portmere"], '  - "Old Quay"\n', ""),
        (
            "places",
            ["Old Quay", "Portmere"],
            '  # the first is the port\n  - Portmere   # spelled so\n  - "Old Quay"\n',
            '  - "Old Quay"\n  # the first is the port\n  - Portmere   # spelled so\n',
        ),
        (
            "places",
            ["Old Quay", "Syria"],
            '  - Portmere   # spelled so\n  - "Old Quay"\n',
            '  - "Old Quay"\n  - "Syria"\n',
        ),
        ("names", ["Ines Okoro", "B"], "- Ines Okoro\n", '- Ines Okoro\n- "B"\n'),
        (
            "notes",
            ["One.\n\nTwo."],
            "notes: |\n  First line.\n\n  # no comment\n",
            "notes: |\n  One.\n\n  Two.\n",
        ),
        ("notes", ["One."], "notes: |\n  First line.\n\n  # no comment\n", 'notes: "One."\n'),
        ("source.url", ["https://x.example/"], '"https://harbour.example/1"', '"https://x.example/"'),
        ("source.url", [], ' "https://harbour.example/1"', ""),
        (
            "source.archived",
            ["https://x.example/"],
            "  file: one.txt",
            '  archived: "https://x.example/"\n  file: one.txt',
        ),
        ("source.sha256", ["0" * 64], "  file: one.txt\n", f'  file: one.txt\n  sha256: "{"0" * 64}"\n'),
        ("rights", ["© Harbour"], "rights:\n", 'rights: "© Harbour"\n'),
        ("kind", ["statement"], "topics: [", 'kind: "statement"\ntopics: ['),
        ("reason", [], "rights:\n", "rights:\n"),
    ],
)
def test_a_value_is_replaced_and_nothing_else(key: str, values: list[str], was: str, now: str) -> None:
    for ends in ("\n", "\r\n"):
        text = "\ufeff" * (ends == "\r\n") + TEXT.replace("\n", ends)
        changed = field_lines.changed(text, key, values)
        assert changed == text.replace(was.replace("\n", ends), now.replace("\n", ends), 1)


@pytest.mark.parametrize(
    ("front", "key"),
    [
        ("source: {url: https://a.example}", "source.url"),
        ("places: [Portmere,  # a comment\n  Quay]", "places"),
        ('"title": Harbour', "title"),
    ],
)
def test_what_no_program_can_change_safely_is_refused(front: str, key: str) -> None:
    with pytest.raises(field_lines.NotAnAnswer, match="in the file itself"):
        field_lines.changed(f"---\n{front}\n---\n\nBody.\n", key, ["https://b.example"])


KEYS = [field.key for field in schema.FIELDS if not field.fields] + [f"source.{key}" for key in schema.PARTS["source"]]
VALUES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029\ufeff\ufffe\uffff"), min_size=1
)


@given(st.sampled_from(KEYS), st.lists(VALUES.map(str.strip).filter(bool), max_size=3, unique=True))
def test_whatever_is_written_reads_back(key: str, values: list[str]) -> None:
    changed = field_lines.changed(TEXT, key, values)
    table, body, _ = read.split(changed)
    node = table.get(key.partition(".")[0])
    inner = node.get(key.partition(".")[2]) if key.startswith("source.") else node  # type: ignore[union-attr]
    many = not key.startswith("source.") and schema.BY_KEY[key].many
    written = [item.text for item in inner.nodes] if isinstance(inner, Items) else [inner.text] if inner else []  # type: ignore[union-attr]
    assert written == (values if many else values[:1] or ([""] if inner else []))
    assert body == "Body: text."
    assert field_lines.changed(changed, key, values) == changed
