"""A release file's text with one question answered: the value's line and the question's lines change, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord import dates, read, schema
from onrecord.intake import field_lines
from onrecord.intake.field_lines import NotAnAnswer
from onrecord.model import Items, Question, Scalar, Table, Vocabularies

__all__ = ["NotAnAnswer", "accepted", "answered", "questions", "value_of", "with_question", "with_value"]


def questions(text: str) -> list[Question]:
    """The open questions of a release file, in their order. Raises read.Unreadable."""
    return questions_of(read.split(text)[0])


def questions_of(table: Table) -> list[Question]:
    """The open questions of a release's front matter, in their order."""
    node = table.get("review")
    out = []
    for item in node.nodes if isinstance(node, Items) else ():
        if isinstance(item, Table):
            out.append(Question(*(value_of(item, key) for key in ("field", "question", "evidence"))))
    return out


def value_of(table: Table, key: str) -> str:
    """The one value under a key of front matter; empty where it is not written, or no single value."""
    node = table.get(key)
    return node.text if isinstance(node, Scalar) else ""


def accepted(field: str, answer: str, vocabularies: Vocabularies) -> list[str]:
    """The value (of a list, the values) that an answer stands for; none where it is "-", which leaves the field as it is.

    Raises NotAnAnswer for what may not stand in the field.
    """
    answer = answer.strip()
    if answer == "-":
        return []
    rule = schema.BY_KEY.get(field)
    in_file = f"“{field}” is answered in the file itself. “-” closes the question."
    if rule is None:
        if field == "body":
            raise NotAnAnswer(
                "The text is written in the file itself, below the second line “---”. “-” closes the question."
            )
        if field.partition(".")[0] in schema.BY_KEY:
            raise NotAnAnswer(in_file)
        raise NotAnAnswer(f"“{field}” is not a field; open the file and correct the question.")
    if not answer:
        raise NotAnAnswer("An empty answer answers nothing.")
    if rule.type == "date":
        if answer.lower() == schema.NOT_STATED:
            return ["XXXX"]
        try:
            dates.parse(answer)
        except dates.NotADate as error:
            raise NotAnAnswer(str(error)) from error
        return [answer]
    if rule.choices and answer not in rule.choices:
        raise NotAnAnswer(f"“{answer}” is not one of: {', '.join(rule.choices)}.")
    if rule.type == "language" and not schema.is_language(answer):
        raise NotAnAnswer(f"“{answer}” is not a language tag (BCP 47), such as en, ar or pt-BR.")
    if rule.vocabulary:
        labels = {term.label for term in getattr(vocabularies, rule.vocabulary)}
        chosen = [part.strip() for part in answer.split(";") if part.strip()]
        unknown = [part for part in chosen if part not in labels]
        if unknown:
            raise NotAnAnswer(
                f"“{unknown[0]}” is not in {rule.vocabulary}.toml. Add it there first, or answer “-” to leave it out."
            )
        return chosen
    if rule.many or rule.type == "origin":
        raise NotAnAnswer(in_file)
    return [answer]


def answered(text: str, number: int, values: list[str]) -> str:
    """The text of a release file with its question `number` (from 0) answered by `values` and gone.

    Comments, the order of keys, line ends and everything else stay. A date that had no basis gets the basis "contributor".
    Raises NotAnAnswer where the file is written in a way that cannot be changed line by line.
    """
    table, _, _ = read.split(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    review = table.get("review")
    if not isinstance(review, Items) or number >= len(review.nodes):
        raise NotAnAnswer("The question is no longer there.")
    item = review.nodes[number]
    assert isinstance(item, Table)
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    field = value_of(item, "field")
    lines = _without_question(lines, table, review, number)
    if values:
        rule = schema.BY_KEY[field]
        if rule.many:
            lines = field_lines.with_items(lines, field, values)
        else:
            lines = field_lines.with_value(lines, field, values[0])
            basis = table.get("date_basis")
            if field == "date" and values[0] != "XXXX" and not (isinstance(basis, Scalar) and basis.text):
                lines = field_lines.with_value(lines, "date_basis", "contributor")
    return "".join(lines)


def with_value(text: str, key: str, value: str) -> str:
    """The text of a release file with another value under a key of one text; everything else stays. Raises NotAnAnswer where it is written
    over several lines."""
    return "".join(field_lines.with_value(re.findall(r"[^\n]*\n|[^\n]+", text), key, value))


def with_question(text: str, question: Mapping[str, str]) -> str:
    """The text of a release file with a further question (its keys and values) under `review`, behind those that are there. Raises
    NotAnAnswer where they are written on one line."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    end = field_lines.newline(lines)
    new = [
        f"{'  - ' if number == 0 else '    '}{key}: {schema.quoted(value)}{end}"
        for number, (key, value) in enumerate(question.items())
    ]
    at = field_lines.key_line(lines, "review")
    if at is None:
        return "".join(field_lines.inserted(lines, "review", "".join([f"review:{end}", *new])))
    if re.match(r"review[ \t]*:[ \t]*\[[ \t]*\][ \t]*\r?\n?$", lines[at]):
        lines[at] = f"review:{end}"
    elif not re.match(r"review[ \t]*:[ \t]*(?:#.*)?\r?\n?$", lines[at]):
        raise NotAnAnswer("The questions under “review” are written on one line. Write each on lines of its own.")
    behind = at + 1
    while behind < len(lines) and not re.match(r"---[ \t]*\r?\n?$|[A-Za-z_][\w-]*[ \t]*:", lines[behind]):
        behind += 1
    return "".join([*lines[:behind], *new, *lines[behind:]])


def _without_question(lines: list[str], table: Table, review: Items, number: int) -> list[str]:
    starts = [node.line for node in review.nodes]
    at = field_lines.key_line(lines, "review")
    if at is None or len(set(starts)) != len(starts) or starts[0] == at + 1:
        raise NotAnAnswer(
            "The questions are written on one line. Write each on lines of its own, or answer in the file itself."
        )
    end = starts[number + 1] - 1 if number + 1 < len(starts) else starts[number]
    if number + 1 == len(starts):
        while end < len(lines) and not re.match(r"---[ \t]*\r?\n?$|[A-Za-z_][\w-]*[ \t]*:", lines[end]):
            end += 1
    kept = [line for line in lines[starts[number] - 1 : end] if re.match(r"\s*#|\s*$", line)]
    out = [*lines[: starts[number] - 1], *kept, *lines[end:]]
    if len(starts) == 1:
        out[at] = re.sub(r"^(review[ \t]*:)", r"\1 []", out[at], count=1)
    return out
