"""What a file carries beside what is seen of it is found, told and taken out; what is seen stays as it was."""

from __future__ import annotations

import io
import os
import socket
import sys
import zipfile
from collections.abc import Callable

import pypdfium2
import pytest

from onrecord import guarded
from onrecord.disclosure import confined, file_problems, jpeg, png
from onrecord.disclosure.cleaning import cleaned
from onrecord.disclosure.finding import traces
from onrecord.disclosure.trace import KINDS
from onrecord.disclosure.wishes import Impossible, Wishes
from tests.unit import disclosing_files as files

ALL = Wishes("accept", drop_comments=True, drop_hidden=True, drop_attachments=True)


def kinds(data: bytes) -> set[str]:
    """The kinds of things that a file carries and that must go."""
    return {trace.kind for trace in traces(data) if trace.level == "must go"}


def whole(data: bytes) -> bytes:
    """All bytes of a file, with what is packed in it unpacked."""
    if data[:2] != b"PK":
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist()) + data


CARRIED: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "photograph": (
        files.photograph,
        {"position", "serial", "person", "thumbnail", "maker-note", "caption", "contact"},
    ),
    "png": (
        lambda: files.png(
            files.chunk(b"tEXt", b"Author\0Ann Example"),
            files.chunk(b"eXIf", files.camera_tags()),
            files.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + files.xmp(dc__creator="Ann Example")),
            files.chunk(b"vpAg", b"something"),
            behind=b"more",
        ),
        {"person", "position", "serial", "maker-note", "data", "appended"},
    ),
    "webp": (
        lambda: files.webp((b"EXIF", files.camera_tags()), (b"XMP ", files.xmp(dc__creator="Ann Example"))),
        {"position", "serial", "person", "maker-note"},
    ),
    "gif": (lambda: files.gif(b"\x21\xfe\x0bAnn Example\0"), {"caption"}),
    "tiff": (files.tiff_picture, {"person", "path", "rights", "position"}),
    "heif": (files.heif, {"position", "serial", "person", "maker-note"}),
    "word": (
        files.word,
        {
            "person", "organization", "template", "comment", "change", "hidden", "session", "path", "history",
            "position", "serial", "thumbnail", "maker-note", "caption", "contact",
        },
    ),
    "opendocument": (files.opendocument, {"person", "comment", "change", "hidden", "thumbnail", "data"}),
    "rich text": (files.rich_text, {"person", "organization", "comment", "session"}),
    "pdf": (
        files.pdf,
        {
            "person", "comment", "attached", "script", "data", "older",
            "position", "serial", "thumbnail", "maker-note", "caption", "contact",
        },
    ),
    "zip": (
        lambda: files.zipped(
            {"photo.jpg": files.photograph(), "__MACOSX/._photo.jpg": b"\0\5\x16\7"},
            comment=b"from Ann",
            extra=b"ux\x0b\0\x01\x04\xe8\3\0\0\x04\xe8\3\0\0",
        ),
        {"caption", "session", "data", "position", "serial", "person", "thumbnail", "maker-note", "contact"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CARRIED)
def test_what_a_file_carries_is_found(name: str) -> None:
    make, expected = CARRIED[name]
    assert kinds(make()) == expected


@pytest.mark.parametrize("name", CARRIED)
def test_a_cleaned_copy_carries_none_of_it(name: str) -> None:
    data = CARRIED[name][0]()
    copy = cleaned(data, ALL)
    assert kinds(copy.data) == set()
    assert copy.left == ()
    assert {trace.kind for trace in copy.removed if trace.level == "must go"} == CARRIED[name][1]
    for word in (files.PERSON, files.SERIAL, files.HIDDEN, "Users"):
        assert word.encode() not in whole(copy.data)


@pytest.mark.parametrize("name", CARRIED)
def test_cleaning_twice_changes_nothing_more(name: str) -> None:
    once = cleaned(CARRIED[name][0](), ALL).data
    assert cleaned(once, ALL).data == once


@pytest.mark.parametrize("name", CARRIED)
def test_a_process_without_rights_finds_and_does_the_same(name: str) -> None:
    """Whatever a library loads when it is first used was loaded before."""
    data = CARRIED[name][0]()
    assert list(confined.traces(1, lambda _: (len(data), data))) == [(0, traces(data))]
    assert confined.cleaned(data, ALL).data == cleaned(data, ALL).data


def _attempts(_: bytes) -> bytes:
    """What a process that looks into files is still let do."""
    done = []
    for name, attempt in (
        ("read", lambda: open(__file__, "rb").close()),
        ("write", lambda: open("/dev/shm/onrecord-test", "wb").close()),
        ("connect", lambda: socket.create_connection(("127.0.0.1", 9), 1)),
        ("start", os.fork),
    ):
        try:
            attempt()
            done.append(name)
        except OSError:
            pass
    return " ".join(done).encode()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's rules are Linux's")
def test_what_looks_into_files_can_open_and_start_nothing() -> None:
    assert list(guarded.answers(_attempts, 1, lambda _: b"", begin=confined._begin)) == [(0, b"")]


def test_a_clean_file_is_not_found_to_carry_anything() -> None:
    for data in (files.jpeg(), files.png(), files.gif(), b"Plain words.\n", b"", files.zipped({"a.txt": "words"})):
        assert traces(data) == ()


def test_a_packet_of_xmp_says_what_it_says_however_it_is_written() -> None:
    """As attributes, as lists over several lines, and as steps of a history."""
    packet = b"""<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
    <rdf:Description rdf:about='' xmlns:dc='d' xmlns:aux='a' xmlns:mm='m' xmlns:ev='e' aux:SerialNumber='4711'>
     <dc:creator>
      <rdf:Seq>
       <rdf:li>Ann Example</rdf:li>
      </rdf:Seq>
     </dc:creator>
     <mm:History><rdf:Seq><rdf:li ev:action='saved' ev:when='2012'/></rdf:Seq></mm:History>
    </rdf:Description></rdf:RDF></x:xmpmeta>"""
    found = traces(files.jpeg(files.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)))
    assert {(trace.kind, trace.value) for trace in found} == {
        ("serial", "SerialNumber: 4711"),
        ("person", "creator: Ann Example"),
        ("history", "action: saved"),
        ("history", "when: 2012"),
    }


# ---- what is seen stays ----------------------------------------------------------------------------------------------------------


def drawing(data: bytes) -> list[bytes]:
    """The segments of a JPEG file that draw the picture."""
    return [
        data[part.start : part.end]
        for part in jpeg.segments(data)
        if not (0xE0 <= part.marker <= 0xEF or part.marker == 0xFE)
    ]


def test_a_photograph_keeps_its_picture_its_density_and_how_it_is_turned() -> None:
    copy = cleaned(files.photograph(), Wishes()).data
    assert drawing(copy) == drawing(files.photograph())
    others = [part for part in jpeg.segments(copy) if 0xE0 <= part.marker <= 0xEF]
    assert [part.marker for part in others] == [0xE0, 0xE1]
    assert others[0].content == b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"
    assert others[1].content == b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"


def test_a_picture_that_is_not_turned_keeps_no_tag() -> None:
    upright = files.jpeg(
        files.segment(0xE1, b"Exif\0\0" + files.tiff([files.short(0x0112, 1), files.text(0x013B, "Ann")]))
    )
    assert cleaned(upright, Wishes()).data == files.jpeg()


def test_a_picture_keeps_what_its_colours_need() -> None:
    profile = files.segment(0xE2, b"ICC_PROFILE\0\x01\x01" + bytes(128) + b"\0\0\0\0")
    adobe = files.segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01")
    picture = files.jpeg(profile, adobe)
    assert cleaned(picture, Wishes()).data == picture
    assert [trace.level for trace in traces(picture)] == ["noted"]


def test_a_png_keeps_its_picture_and_how_it_is_turned() -> None:
    data = CARRIED["png"][0]()
    assert [part.type for part in png.chunks(cleaned(data, Wishes()).data)] == [b"IHDR", b"eXIf", b"IDAT", b"IEND"]


def test_a_tiff_keeps_its_picture_and_overwrites_the_words() -> None:
    data = files.tiff_picture()
    copy = cleaned(data, Wishes()).data
    assert len(copy) == len(data)
    assert b"Ann" not in copy
    assert b"Users" not in copy


def rendered(data: bytes) -> list[bytes]:
    """The pages of a PDF file, as PDFium paints them."""
    document = pypdfium2.PdfDocument(data)
    return [document[number].render(draw_annots=False).to_numpy().tobytes() for number in range(len(document))]


def test_the_pages_of_a_pdf_look_as_they_did() -> None:
    before = files.pdf()
    copy = cleaned(before, ALL).data
    assert rendered(copy) == rendered(before)
    assert b"https://example.org/" in copy
    assert b"first words" not in copy
    assert b"ask her" not in copy
    assert copy.count(b"%%EOF") == 1


def test_the_words_of_a_word_file_stay() -> None:
    accepted, rejected = (words(cleaned(files.word(), Wishes(how, True, True)).data) for how in ("accept", "reject"))
    assert accepted == ["Seen by all. Added.", "First half,", " second half.", "Commented."]
    assert rejected == ["Seen by all. Removed.", "First half, second half.", "Commented."]


def test_a_deleted_row_goes_with_its_table_and_a_changed_look_comes_back() -> None:
    changed = (
        '<w:tbl><w:tr><w:trPr><w:del w:id="1" w:author="B"/></w:trPr><w:tc><w:p><w:r><w:t>Row.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
        '<w:p><w:pPr><w:jc w:val="right"/><w:pPrChange w:id="2" w:author="B"><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange></w:pPr>'
        '<w:r><w:rPr><w:b/><w:rPrChange w:id="3" w:author="B"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>Bold.</w:t></w:r></w:p>'
    )
    accepted, rejected = (
        whole(cleaned(files.word(changed), Wishes(how, True, True)).data).decode("latin-1")
        for how in ("accept", "reject")
    )
    assert "<w:tbl" not in accepted
    assert 'w:jc w:val="right"/></w:pPr>' in accepted
    assert "<w:rPr><w:b/></w:rPr>" in accepted
    assert "Row." in rejected
    assert '<w:pPr><w:jc w:val="left"/></w:pPr>' in rejected
    assert "<w:rPr><w:i/></w:rPr>" in rejected


def test_rich_text_keeps_every_blank_where_a_number_of_a_session_goes() -> None:
    data = rb"{\rtf1 \b\insrsid12 bold\b0\insrsid12  next\i\charrsid7 -5}"
    assert cleaned(data, Wishes()).data == rb"{\rtf1 \b bold\b0  next\i -5}"


def words(data: bytes) -> list[str]:
    """The paragraphs of a Word file."""
    from onrecord.disclosure import packed, plain_xml

    root = plain_xml.tree(packed.entries(data)["word/document.xml"]).root
    return [
        "".join(part.text() for part in each.walk() if part.name == "t") for each in root.walk() if each.name == "p"
    ]


# ---- decisions -------------------------------------------------------------------------------------------------------------------


def test_what_is_content_stays_until_somebody_decides() -> None:
    copy = cleaned(files.word(), Wishes())
    assert {trace.kind for trace in copy.left} == {"change", "comment", "hidden"}
    assert b"Is this safe?" in whole(copy.data)
    assert {trace.kind for trace in cleaned(files.pdf(), Wishes()).left} == {"comment", "attached"}
    assert {trace.kind for trace in cleaned(files.sheet(), ALL).left} == {"hidden-sheet"}


def test_a_hyperlink_to_a_file_keeps_the_name_and_loses_the_way() -> None:
    with zipfile.ZipFile(io.BytesIO(cleaned(files.word(), ALL).data)) as archive:
        links = archive.read("word/_rels/document.xml.rels").decode()
        assert 'Target="notes.docx"' in links
        assert "comments" not in links
        assert archive.read("[Content_Types].xml").decode().count("<Override") == 0


def test_what_a_program_would_fetch_from_elsewhere_is_found() -> None:
    """A picture that stands on somebody's server tells that server who opens the file, and when."""
    far = "https://tracker.example/one.png"
    picture = files.word("<w:p/>", **{"word/_rels/document.xml.rels": files.relationships(("rId1", "image", far))})
    assert "remote" in kinds(picture)
    assert "remote" in {trace.kind for trace in cleaned(picture, ALL).left}
    link = files.word("<w:p/>", **{"word/_rels/document.xml.rels": files.relationships(("rId1", "hyperlink", far))})
    assert "remote" not in kinds(link)
    assert "remote" in kinds(files.opendocument(f'<draw:image xlink:href="{far}"/>'))
    assert "remote" in kinds(files.pdf(action=b"<< /S /URI /URI (https://tracker.example/) >>"))
    assert "remote" not in kinds(cleaned(files.pdf(action=b"<< /S /URI /URI (https://tracker.example/) >>"), ALL).data)


def test_a_picture_that_is_cut_but_whole_is_found() -> None:
    cut = '<w:p><a:blipFill xmlns:a="a"><a:srcRect l="{}"/></a:blipFill></w:p>'
    assert "cropped" in kinds(files.word(cut.format("25000")))
    assert "cropped" not in kinds(files.word(cut.format("0")))


# ---- what cannot be read ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old file of Office"),
        (b"\0\0\0\x18ftypmp42" + bytes(40), "a film or sound (MP4, MOV)"),
        (b"ID3\x04\0\0\0\0\0\0", "a sound (MP3)"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a drawing (SVG)"),
        (b"<!doctype html><title>x</title>", "a web page"),
        (b"WARC/1.0\r\n", "a capture of web pages (WARC)"),
        (b"Received: from a by b\nSubject: x\n\nwords", "a message"),
        (bytes(range(256)), "format is not known"),
    ],
)
def test_a_format_that_is_not_read_is_said_to_be_unchecked(data: bytes, words: str) -> None:
    (trace,) = traces(data)
    assert trace.level == "unchecked"
    assert words in trace.value
    (problem,) = file_problems.problems("files/a", (trace,))
    assert (problem.code, problem.level) == ("file-not-checked", "warning")
    with pytest.raises(Impossible, match=r"not cleaned|not known"):
        cleaned(data, ALL)


def test_a_file_that_is_too_large_is_said_to_be_unchecked() -> None:
    (trace,) = traces(b"%PDF-1.7" + bytes(100), 100_000_000)
    assert (trace.level, "100,000,000 bytes" in trace.value) == ("unchecked", True)


@pytest.mark.parametrize("name", CARRIED)
def test_a_file_that_is_cut_off_is_broken_or_still_found_out(name: str) -> None:
    data = CARRIED[name][0]()
    for end in range(40, len(data), max(1, len(data) // 60)):
        levels = {trace.level for trace in traces(data[:end])}
        assert levels & {"broken", "must go", "unchecked"} or name == "tiff", end


def test_a_zip_bomb_is_one_problem() -> None:
    bomb = files.zipped({f"word/{number}.xml": bytes(40 * 1024**2) for number in range(6)})
    assert len(bomb) < 1024**2
    (trace,) = traces(bomb)
    assert (trace.level, "unpacked it would have more than 192 MB" in trace.value) == ("broken", True)


def test_xml_with_entities_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w">&b;</w:document>'
    (trace,) = [trace for trace in traces(files.word(**{"word/document.xml": bomb})) if trace.level == "broken"]
    assert "entities" in trace.value


# ---- what is told ----------------------------------------------------------------------------------------------------------------


def test_a_problem_names_what_is_carried_and_no_value() -> None:
    for make, expected in CARRIED.values():
        (problem, *_) = file_problems.problems("files/a.bin", traces(make()))
        assert (problem.path, problem.line, problem.column, problem.code) == ("files/a.bin", 1, 1, "file-gives-away")
        assert "python build.py clean content/files/a.bin" in problem.message
        assert files.PERSON not in problem.message
        assert files.SERIAL not in problem.message
        named = [kind for kind in expected if KINDS[kind][1] in problem.message]
        assert len(named) == len(expected) or "more kinds of things" in problem.message


def test_a_problem_can_stand_where_a_record_names_the_file() -> None:
    (problem,) = file_problems.problems(
        "releases/a.md", traces(files.jpeg(files.segment(0xFE, b"Ann"))), 7, 11, "files/a.jpg"
    )
    assert (problem.path, problem.line, problem.column) == ("releases/a.md", 7, 11)
    assert problem.message.startswith("files/a.jpg: The file carries ")
