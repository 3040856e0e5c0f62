"""Old Word documents (.doc, before 2007) → Document, through antiword or catdoc where one is installed."""

from __future__ import annotations

from onrecord.intake.document import Document, Refusal
from onrecord.intake.formats import outside, plaintext
from onrecord.model import Question

_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ADVICE = (
    "Save it as .docx, or install antiword or catdoc (Debian: apt install antiword) and import it again. If it asks for a password, save "
    "it without one."
)


def is_old_office(data: bytes) -> bool:
    """True for a compound file, in which programs before 2007 keep documents ([MS-CFB])."""
    return data.startswith(_MARK)


def document(data: bytes) -> Document:
    """The Document of an old Word file. Raises Refusal for other compound files, and where no program can read it."""
    if "WordDocument".encode("utf-16-le") not in data:
        raise Refusal(f"The file is no Word document, but of an old program, or protected by a password. {_ADVICE}")
    here = outside.installed_here()
    programs = [name for name in outside.OLD_WORD if name in here.programs]
    if not programs:
        raise Refusal(f"The file is an old Word document (.doc). {_ADVICE}")
    output, program = outside.Output(), ""
    for program in programs:
        output = outside.outputs_of([outside.request(program, data)])[0]
        if output.data.strip():
            break
    if not output.data.strip():
        raise Refusal(
            f"The file is an old Word document (.doc), and {output.failed or f'{program} finds no text in it.'} {_ADVICE}"
        )
    text = plaintext.decoded(output.data)
    question = Question(
        "body",
        f"It was read from an old Word document by another program ({program}), which keeps no raised, struck or hidden text. Compare it "
        "with the original.",
    )
    parsed, left_out = plaintext.read(text)
    return Document("doc", parsed, left_out=left_out, visible=(text,), questions=(question,))
