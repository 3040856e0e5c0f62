"""`build.py completion bash|zsh|fish`: what a shell needs to complete build.py's commands and options."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Mapping
from typing import TextIO

USE = {
    "bash": "source <(./build.py completion bash)",
    "zsh": "source <(./build.py completion zsh)",
    "fish": "./build.py completion fish | source",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=tuple(USE), help="the shell that is to complete")


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints the script, and on a terminal's other channel how to use it."""
    from build import COMMANDS

    words = {name: (text, vocabulary(module)) for name, (module, text) in COMMANDS.items()}
    out.write({"bash": bash, "zsh": zsh, "fish": fish}[args.shell](words))
    err.write(f"To use it now: {USE[args.shell]}\n")
    return 0


Words = Mapping[str, tuple[str, list[tuple[tuple[str, ...], str, tuple[str, ...]]]]]


def vocabulary(module: str) -> list[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """The options and arguments of a command's module: their spellings (none for an argument), help, and the values they take if they
    are few."""
    parser = argparse.ArgumentParser(add_help=False)
    importlib.import_module(module).add_arguments(parser)
    return [
        (tuple(action.option_strings), str(action.help or ""), tuple(map(str, action.choices or ())))
        for action in parser._actions
    ]


def _choices(words: Words) -> dict[str, list[str]]:
    """For each command the words it may be followed by: long options, and the values of arguments."""
    return {
        name: sorted(
            {spelling for spellings, _, _ in options for spelling in spellings if spelling.startswith("--")}
            | {value for spellings, _, values in options if not spellings for value in values}
        )
        for name, (_, options) in words.items()
    }


def _after(words: Words) -> dict[str, list[str]]:
    """The values that may follow an option, of whichever command."""
    found: dict[str, set[str]] = {}
    for _, options in words.values():
        for spellings, _, values in options:
            for spelling in spellings if values else ():
                found.setdefault(spelling, set()).update(values)
    return {spelling: sorted(values) for spelling, values in sorted(found.items())}


def bash(words: Words) -> str:
    """The script for bash: a function and its registration for `build.py`."""
    cases = [f'    {name}) words="{" ".join(follow)}" ;;' for name, follow in _choices(words).items()]
    values = [
        f'    {option}) COMPREPLY=($(compgen -W "{" ".join(few)}" -- "$now")); return ;;'
        for option, few in _after(words).items()
    ]
    return "\n".join(
        [
            "# Completes the commands and options of Onrecord's build.py in bash.",
            "_onrecord() {",
            '  local now="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=""',
            '  case "$before" in',
            *values,
            "  esac",
            '  if [ "$COMP_CWORD" -eq 1 ] && [[ "$now" != -* ]]; then',
            f'    COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$now")); return',
            "  fi",
            '  case "${COMP_WORDS[1]}" in',
            *cases,
            f'    *) words="{" ".join(_choices(words)["build"])}" ;;',
            "  esac",
            '  if [[ "$now" == -* || "$words" != *--* ]]; then',
            '    COMPREPLY=($(compgen -W "$words" -- "$now"))',
            "  else",
            '    COMPREPLY=($(compgen -W "$words" -- "$now") $(compgen -f -- "$now"))',
            "  fi",
            "}",
            "complete -o filenames -F _onrecord build.py ./build.py",
            "",
        ]
    )


def zsh(words: Words) -> str:
    """The script for zsh: the same, by zsh's own reading of bash's completions."""
    return f"autoload -U +X bashcompinit && bashcompinit\n{bash(words)}"


def fish(words: Words) -> str:
    """The script for fish: a line for each command and each option."""
    lines = ["# Completes the commands and options of Onrecord's build.py in fish."]
    for name, (text, options) in words.items():
        lines.append(f"complete -c build.py -n __fish_use_subcommand -a {name} -d {_quoted(text)}")
        for spellings, said, values in options:
            where = f"complete -c build.py -n '__fish_seen_subcommand_from {name}'"
            few = f" -x -a {_quoted(' '.join(values))}" if values else ""
            for spelling in spellings:
                if spelling.startswith("--"):
                    lines.append(f"{where} -l {spelling[2:]} -d {_quoted(said)}{few}")
            if not spellings and values:
                lines.append(f"{where}{few}")
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """A text in single quotes as fish reads them."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
