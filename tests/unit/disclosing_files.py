"""Files that carry more than is seen of them, made here byte by byte. Every name, number and place in them is invented."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

PERSON = "Ann Example"
SERIAL = "SN-4711-0815"
HIDDEN = "the witness lives next door"

Tag = tuple[int, int, int, bytes]
"""A tag of TIFF: its number, its type, how many values, their bytes."""


def text(number: int, value: str) -> Tag:
    data = value.encode() + b"\0"
    return number, 2, len(data), data


def short(number: int, value: int) -> Tag:
    return number, 3, 1, struct.pack("<H", value)


def rational(number: int, *values: tuple[int, int]) -> Tag:
    return number, 5, len(values), b"".join(struct.pack("<II", *value) for value in values)


def tiff(*directories: Sequence[Tag], sub: Mapping[int, Sequence[Tag]] = {}, thumbnail: bytes = b"") -> bytes:
    """A TIFF structure of these directories; `sub` are those that a tag of the first leads to, `thumbnail` is a JPEG of the second."""
    out = bytearray(b"II*\0\0\0\0\0")

    def write(tags: Sequence[Tag]) -> tuple[int, int]:
        """Writes a directory; where it stands, and where the place of the next is to be written."""
        rows = b""
        for number, kind, count, value in sorted(tags):
            if len(value) > 4:
                rows += struct.pack("<HHII", number, kind, count, len(out))
                out.extend(value + b"\0" * (len(value) % 2))
            else:
                rows += struct.pack("<HHI", number, kind, count) + value.ljust(4, b"\0")
        start = len(out)
        out.extend(struct.pack("<H", len(tags)) + rows + b"\0\0\0\0")
        return start, len(out) - 4

    pointers = [(number, 4, 1, struct.pack("<I", write(tags)[0])) for number, tags in sub.items()]
    place = 4
    for index, tags in enumerate(directories):
        extra: Sequence[Tag] = pointers if index == 0 else ()
        if index == 1 and thumbnail:
            extra = [(0x0201, 4, 1, struct.pack("<I", len(out))), (0x0202, 4, 1, struct.pack("<I", len(thumbnail)))]
            out.extend(thumbnail)
        start, following = write([*tags, *extra])
        struct.pack_into("<I", out, place, start)
        place = following
    return bytes(out)


def camera_tags(thumbnail: bytes = b"") -> bytes:
    """What a camera writes that knows where it is and whose it is; the picture is to be turned to the right (6)."""
    return tiff(
        [text(0x010F, "Camera Works"), short(0x0112, 6), text(0x013B, PERSON), text(0x0131, "Firmware 2")],
        *([[short(0x0103, 6)]] if thumbnail else []),
        sub={
            0x8769: [
                text(0xA431, SERIAL),
                text(0x9003, "2012:02:08 10:00:00"),
                (0x927C, 7, 40, b"maker " * 6 + b"note"),
            ],
            0x8825: [
                text(0x0001, "N"),
                rational(0x0002, (34, 1), (44, 1), (0, 1)),
                text(0x0003, "E"),
                rational(0x0004, (36, 1), (43, 1), (0, 1)),
            ],
        },
        thumbnail=thumbnail,
    )


def xmp(**properties: str) -> bytes:
    """An XMP packet; two underscores stand for the colon of a name."""
    rows = "".join(
        f"<{name.replace('__', ':')}>{value}</{name.replace('__', ':')}>" for name, value in properties.items()
    )
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
        f'{rows}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


# ---- pictures --------------------------------------------------------------------------------------------------------------------


def segment(marker: int, content: bytes) -> bytes:
    """A segment of JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg(*segments: bytes, behind: bytes = b"") -> bytes:
    """A grey picture of eight by eight points, with these segments at its beginning (ITU-T T.81, annex B)."""
    return b"".join([
        b"\xff\xd8",
        *segments,
        segment(0xDB, b"\0" + b"\1" * 64),
        segment(0xC0, b"\x08\0\x08\0\x08\x01\x01\x11\0"),
        segment(0xC4, b"\x00\x01" + bytes(15) + b"\0"),
        segment(0xC4, b"\x10\x01" + bytes(15) + b"\0"),
        segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x3f",
        b"\xff\xd9",
        behind,
    ])  # fmt: skip


def photograph() -> bytes:
    """A photograph as a camera and a newsroom leave it: position, serial number, owner, thumbnail, maker note, IPTC, XMP, a comment."""
    datasets = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value
        for number, value in ((80, PERSON.encode()), (25, b"Homs"), (118, b"+000 555 0100"))
    )
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(datasets)) + datasets + b"\0" * (len(datasets) % 2)
    return jpeg(
        segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
        segment(0xE1, b"Exif\0\0" + camera_tags(jpeg())),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(dc__creator=PERSON, exif__GPSLatitude="34,44.0N")),
        segment(0xED, b"Photoshop 3.0\0" + resource),
        segment(0xFE, b"taken from the roof"),
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*chunks: bytes, behind: bytes = b"") -> bytes:
    """A black point, with these chunks before its data."""
    return b"".join([
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        *chunks,
        chunk(b"IDAT", zlib.compress(b"\0\0")),
        chunk(b"IEND", b""),
        behind,
    ])  # fmt: skip


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP container of a picture of one point (its data is none a decoder would show) and these chunks."""
    parts = b""
    for kind, content in ((b"VP8X", b"\x0c" + bytes(9)), (b"VP8L", b"\x2f\0\0\0\0\0"), *chunks):
        parts += kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts


def gif(*extensions: bytes) -> bytes:
    """A GIF of one point, with these extensions before its picture."""
    head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"
    return head + b"".join(extensions) + b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b"


def tiff_picture() -> bytes:
    """A TIFF of one grey point that names who has scanned it, and where."""
    return tiff(
        [
            short(0x0100, 1), short(0x0101, 1), short(0x0102, 8), short(0x0103, 1), short(0x0106, 1), (0x0111, 4, 1, struct.pack("<I", 0)),
            short(0x0115, 1), short(0x0116, 1), (0x0117, 4, 1, struct.pack("<I", 1)), text(0x013B, PERSON),
            text(0x013C, "C:\\Users\\ann\\Desktop"), text(0x8298, "all rights with Ann Example"),
        ],
        sub={0x8825: [rational(0x0002, (34, 1), (44, 1), (0, 1))]},
    )  # fmt: skip


def box(kind: bytes, content: bytes) -> bytes:
    """A box of ISO/IEC 14496-12."""
    return struct.pack(">I", len(content) + 8) + kind + content


def heif() -> bytes:
    """The boxes of a HEIF picture whose one item is what a camera writes (the picture itself is left out)."""
    exif = struct.pack(">I", 0) + camera_tags()
    infe = box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", 1, 0) + b"Exif\0")
    iinf = box(b"iinf", b"\0\0\0\0" + struct.pack(">H", 1) + infe)

    def meta(offset: int) -> bytes:
        iloc = b"\0\0\0\0" + b"\x44\x00" + struct.pack(">HHHHII", 1, 1, 0, 1, offset, len(exif))
        return box(b"meta", b"\0\0\0\0" + iinf + box(b"iloc", iloc))

    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    return ftyp + meta(len(ftyp) + len(meta(0)) + 8) + box(b"mdat", exif)


# ---- zip files, Office -----------------------------------------------------------------------------------------------------------


def zipped(parts: Mapping[str, str | bytes], comment: bytes = b"", extra: bytes = b"") -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.extra = extra
            # OpenDocument 1.3 part 2, section 3.3: it is stored as it is.
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def relationships(*rows: tuple[str, str, str]) -> str:
    """A part of relationships: the id, the last word of the type and the target of each."""
    inner = "".join(
        f'<Relationship Id="{number}" Type="{_TYPES}/{kind}" Target="{target}"{external(target)}/>'
        for number, kind, target in rows
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def external(target: str) -> str:
    return ' TargetMode="External"' if ":" in target else ""


BODY = (
    f'<w:p w:rsidR="00A1B2C3"><w:r><w:t>Seen by all.</w:t></w:r><w:ins w:id="1" w:author="{PERSON}" w:date="2012-02-08T10:00:00Z">'
    f'<w:r><w:t xml:space="preserve"> Added.</w:t></w:r></w:ins><w:del w:id="2" w:author="{PERSON}"><w:r><w:delText> Removed.</w:delText>'
    '</w:r></w:del></w:p><w:p><w:pPr><w:rPr><w:ins w:id="4" w:author="B"/></w:rPr></w:pPr><w:r><w:t>First half,</w:t></w:r></w:p>'
    "<w:p><w:r><w:t> second half.</w:t></w:r></w:p>"
    '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Commented.</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    f'<w:r><w:commentReference w:id="0"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>{HIDDEN}</w:t></w:r></w:p>'
)


def word(body: str = BODY, **more: str | bytes) -> bytes:
    """A Word file with this body; by default one with an author, comments, tracked changes, hidden text, a template, a photograph."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/word/comments.xml" ContentType="x"/></Types>',
        "_rels/.rels": relationships(
            ("rId1", "officeDocument", "word/document.xml"),
            ("rId2", "metadata/core-properties", "docProps/core.xml"),
            ("rId3", "extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{PERSON}</dc:creator><cp:lastModifiedBy>Ben Example</cp:lastModifiedBy><cp:revision>12</cp:revision>"
        "</cp:coreProperties>",
        "docProps/app.xml": '<Properties xmlns="p"><Company>Example Watch</Company><Template>Example letter.dotx</Template></Properties>',
        "word/document.xml": f"<w:document {_W} {_R}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(
            ("rId1", "comments", "comments.xml"),
            ("rId2", "image", "media/image1.jpeg"),
            ("rId3", "hyperlink", "file:///C:/Users/ann/Desktop/notes.docx"),
        ),
        "word/comments.xml": f'<w:comments {_W}><w:comment w:id="0" w:author="{PERSON}"><w:p><w:r><w:t>Is this safe?</w:t></w:r></w:p>'
        "</w:comment></w:comments>",
        "word/settings.xml": f'<w:settings {_W} {_R}><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsid w:val="00A1B2C3"/></w:rsids>'
        "</w:settings>",
        "word/_rels/settings.xml.rels": relationships(
            ("rId1", "attachedTemplate", "file:///C:/Users/ann/Templates/Example.dotx")
        ),
        "word/media/image1.jpeg": photograph(),
    }
    return zipped({**parts, **more})


def sheet() -> bytes:
    """An Excel file with a hidden sheet, the path it was saved at, and a comment."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "xl/workbook.xml": f'<workbook {space} {_R} xmlns:x15ac="a" xmlns:mc="m"><mc:AlternateContent><mc:Choice Requires="x15">'
        '<x15ac:absPath url="C:\\Users\\ann\\Documents\\"/></mc:Choice></mc:AlternateContent><sheets><sheet name="A" sheetId="1"/>'
        '<sheet name="Sources" sheetId="2" state="hidden"/></sheets></workbook>',
        "xl/comments1.xml": f'<comments {space}><authors><author>{PERSON}</author></authors><commentList><comment ref="A1"><text><t>ask'
        "</t></text></comment></commentList></comments>",
    })  # fmt: skip


def opendocument(more: str = "") -> bytes:
    """An OpenDocument text with an author, a comment, a tracked deletion, hidden text, a thumbnail and a printer, and `more` in its
    text."""
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" xmlns:draw="d" xmlns:xlink="x"'
    )
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<office:document-content {names}><style:style style:name="T1" style:family="text"><style:text-properties '
        'text:display="none"/></style:style><office:body><office:text><text:tracked-changes><text:changed-region xml:id="c1">'
        "<text:deletion>"
        f"<office:change-info><dc:creator>{PERSON}</dc:creator></office:change-info><text:p>removed</text:p></text:deletion>"
        '</text:changed-region></text:tracked-changes><text:p>Seen.<text:change text:change-id="c1"/><office:annotation>'
        f"<dc:creator>{PERSON}"
        f'</dc:creator><text:p>ask</text:p></office:annotation><text:span text:style-name="T1">{HIDDEN}</text:span></text:p>{more}'
        "</office:text>"
        "</office:body></office:document-content>",
        "meta.xml": f"<office:document-meta {names}><office:meta><meta:initial-creator>{PERSON}</meta:initial-creator></office:meta>"
        "</office:document-meta>",
        "settings.xml": f'<office:document-settings {names}><config:config-item config:name="PrinterName">Office 3rd floor'
        "</config:config-item></office:document-settings>",
        "Thumbnails/thumbnail.png": png(),
        "META-INF/manifest.xml": f'<manifest:manifest {names}><manifest:file-entry manifest:full-path="meta.xml"/>'
        '<manifest:file-entry manifest:full-path="content.xml"/></manifest:manifest>',
    })  # fmt: skip


def rich_text() -> bytes:
    """Rich Text with an author, a company, a comment and numbers of sessions."""
    return (
        rb"{\rtf1\ansi{\info{\author "
        + PERSON.encode()
        + rb"}{\company Example Watch}{\creatim\yr2012\mo2\dy8}}{\*\rsidtbl\rsid1234}"
        rb"{\*\generator Example Writer;}\pard Seen\insrsid1234 by all.{\*\atnauthor "
        + PERSON.encode()
        + rb"}{\*\annotation ask}\par}"
    )


# ---- PDF -------------------------------------------------------------------------------------------------------------------------


def pdf_objects(objects: Mapping[int, bytes], start: int = 0, trailer: bytes = b"") -> bytes:
    """Objects with their table, as they stand in a file from a place on (ISO 32000-1, section 7.5)."""
    out = b""
    places = {}
    for number, content in objects.items():
        places[number] = start + len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in sorted(places.items()))
    table = start + len(out)
    return (
        out
        + b"xref\n0 1\n0000000000 65535 f \n"
        + rows
        + b"trailer << /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, table)
    )


def stream(content: bytes, keys: bytes = b"") -> bytes:
    """A stream of PDF."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), keys, content)


def pdf(*, older: bool = True, action: bytes = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>") -> bytes:
    """A PDF with an information dictionary, XMP, a comment, an attachment, a script (or another
    `action`), a photograph, a link and (`older`) a changed page."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Annots [6 0 R 7 0 R] /PieceInfo << /Writer << >> >> "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /P 9 0 R >> >> >>"
    )
    first = {
        1: b"<< /Type /Catalog /Pages 2 0 R /Metadata 8 0 R /Names << /EmbeddedFiles << /Names [(a.txt) 10 0 R] >> >> "
        b"/OpenAction %b /Lang (en) >>" % action,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: page,
        4: stream(b"BT /F1 12 Tf 20 150 Td (The first words) Tj ET q 50 0 0 50 20 20 cm /P Do Q"),
        5: b"<< /Author (%b) /Title (Notice) /Creator (Writer) >>" % PERSON.encode(),
        6: b"<< /Type /Annot /Subtype /Text /Rect [9 9 9 9] /Contents (ask her) /T (%b) >>" % PERSON.encode(),
        7: b"<< /Type /Annot /Subtype /Link /Rect [20 150 90 160] /Border [0 0 0] /A << /S /URI /URI (https://example.org/) >> >>",
        8: stream(xmp(dc__creator=PERSON, xmp__CreatorTool="Writer"), b"/Type /Metadata /Subtype /XML"),
        9: stream(
            photograph(),
            b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode",
        ),
        10: b"<< /Type /Filespec /F (a.txt) /EF << /F 11 0 R >> >>",
        11: stream(b"attached words", b"/Type /EmbeddedFile"),
    }
    out = b"%PDF-1.7\n"
    out += pdf_objects(first, len(out), b"/Size 12 /Info 5 0 R /ID [<00> <01>]")
    if older:
        place = out.rindex(b"startxref") + 10
        before = int(out[place : out.index(b"\n", place)])
        changed = {4: stream(b"BT /F1 12 Tf 20 150 Td (Other words) Tj ET q 50 0 0 50 20 20 cm /P Do Q")}
        out += pdf_objects(changed, len(out), b"/Size 12 /Info 5 0 R /Prev %d" % before)
    return out
