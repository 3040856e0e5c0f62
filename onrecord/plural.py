"""Numbers with their nouns."""


def counted(number: int, noun: str) -> str:
    """`number` with its thousands divided, and the English noun in the form it takes: 1 release, 10,000 releases."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
