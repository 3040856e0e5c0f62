"""`python -m onrecord.intake.lexicon` checks the files; with a language and a line, it says what the line is in that language."""

from __future__ import annotations

import sys

from onrecord.intake import lexicon
from onrecord.intake.lexicon import checking


def main(arguments: list[str]) -> int:
    """0 where the files have no mistake. Writes to the standard output."""
    problems = [text for tag in lexicon.languages() for text in checking.mistakes(lexicon.FOLDER / f"{tag}.toml")]
    for text in problems:
        print(text)
    if problems:
        return 1
    if len(arguments) < 2:
        print(f"{len(lexicon.languages())} languages, no mistake. To try a line: LANGUAGE “LINE”.")
        return 0
    language, line = arguments[0], " ".join(arguments[1:])
    words = lexicon.lexicon_of(language)
    for category in sorted({*lexicon.LISTS, *lexicon.TABLES}):
        match = words.pattern(category, "within").search(line)
        if match:
            key = words.key(category, match[0]) if category in lexicon.TABLES else ""
            whole = "the whole line" if words.pattern(category, "whole").match(line) else f"“{match[0].strip()}”"
            print(f"{category}{f' ({key})' if key else ''}: {whole}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
