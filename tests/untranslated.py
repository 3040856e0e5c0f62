"""The phrases of the interface, and those that a catalogue lacks: `python -m tests.untranslated [LANGUAGE…]` prints them, ready to be
translated and put at the end of `templates/locale/LANGUAGE.po`. Exits with 1 where some are missing."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from onrecord import languages
from onrecord.dataset import file_list
from onrecord.schema import KINDS
from onrecord.search.search_page import STRINGS
from onrecord.views import contribute, correction_form, numbered_text
from tests.invented import TEMPLATES

TRANSLATED = tuple(language for language in languages.INTERFACE if language != "en")
"""The languages of the interface that have a catalogue: English stands in the templates."""
_OF_TEMPLATES = ("*.html", "*.js")
_TERM_TYPES = ("city", "country", "district", "organization", "person", "region")
"""What vocabularies usually call an entry (`kind`); other words for it are shown as they stand there."""

Phrase = str | tuple[str, str]


def phrases() -> set[Phrase]:
    """Every phrase of the interface: those of the templates and those that are handed on by name."""
    messages: set[Phrase] = {*KINDS, *STRINGS.values(), *contribute.phrases(), *correction_form.phrases()}
    messages |= {*file_list.phrases(), *_TERM_TYPES}
    messages |= {numbered_text.PARAGRAPH_LINK, numbered_text.TABLE}
    for path in (path for pattern in _OF_TEMPLATES for path in TEMPLATES.rglob(pattern)):
        if "assets" in path.relative_to(TEMPLATES).parts:
            continue
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, ["_", "gettext", "ngettext"], [], {}):
                if isinstance(message, tuple):
                    messages.add((str(message[0]), str(message[1])))
                elif isinstance(message, str):
                    messages.add(message)
    return messages


def catalogue(language: str) -> Catalog:
    """The catalogue of a language."""
    with (TEMPLATES / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def missing(language: str) -> set[Phrase]:
    """The phrases that the catalogue of a language lacks."""
    return phrases() - {_phrase(message.id) for message in catalogue(language) if message.id}


def _phrase(key: object) -> Phrase:
    return (str(key[0]), str(key[1])) if isinstance(key, list | tuple) else str(key)


def entries(missing: Iterable[Phrase], language: str = "en") -> str:
    """Phrases as a catalogue has them, without their translations; of a plural, as many forms as the language has."""
    forms, text = Catalog(locale=Locale.parse(language)), io.BytesIO()
    for phrase in missing:
        forms.add(phrase)
    write_po(text, forms, width=0, omit_header=True, sort_output=True)
    return text.getvalue().decode()


def main(wanted: list[str]) -> int:
    """Prints what the catalogues of the languages lack; of all without any named."""
    lacking = 0
    for language in wanted or TRANSLATED:
        if language not in TRANSLATED:
            print(f"{language}: no catalogue. There are: {', '.join(TRANSLATED)}.", file=sys.stderr)
            return 2
        of_language = missing(language)
        lacking += len(of_language)
        print(f"# ---- {language}.po lacks {len(of_language)} ----\n")
        if of_language:
            print(entries(of_language, language))
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
