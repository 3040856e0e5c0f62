"""What Outlook calls the properties of a message ([MS-OXPROPS]), and what `outlook` and `tnef` make of them."""

from __future__ import annotations

from onrecord.intake.formats import mime_message

MESSAGE_CLASS = 0x001A
SUBJECT = 0x0037
SUBMIT_TIME = 0x0039
SENT_REPRESENTING_NAME = 0x0042
TRANSPORT_HEADERS = 0x007D
SENDER_NAME = 0x0C1A
SENDER_ADDRESS = 0x0C1F
DISPLAY_TO = 0x0E04
BODY = 0x1000
RTF = 0x1009
HTML = 0x1013
ATTACH_DATA = 0x3701
ATTACH_FILENAME = 0x3704
ATTACH_METHOD = 0x3705
ATTACH_LONG_FILENAME = 0x3707
ATTACH_MEDIA_TYPE = 0x370E
INTERNET_CODEPAGE = 0x3FDE
MESSAGE_CODEPAGE = 0x3FFD
SENDER_SMTP_ADDRESS = 0x5D01

# Property types ([MS-OXCDATA] section 2.11.1).
INTEGER_32, STRING_8, STRING, TIME, BINARY, OBJECT = 0x0003, 0x001E, 0x001F, 0x0040, 0x0102, 0x000D


def text(data: bytes, kind: int, codepage: int = 0) -> str:
    """The text of a property of a type; `codepage` is the number of its encoding on Windows, 0 where it is not stated."""
    whole = data[: len(data) // 2 * 2]
    value = whole.decode("utf-16-le", "replace") if kind == STRING else mime_message.text_of(data, charset(codepage))
    return value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def charset(codepage: int) -> str:
    """The name of an encoding by its number on Windows; an empty text for one that Python does not have."""
    if codepage in (0, 1200):
        return ""
    from oxmsg.domain import encodings

    try:
        return encodings.encoding_from_codepage(codepage)
    except (ValueError, LookupError):
        return ""
    except Exception as error:  # its own classes, which derive from nothing else
        if type(error).__module__.startswith("oxmsg"):
            return ""
        raise


def rich_text(compressed: bytes) -> bytes:
    """The RTF of a body ([MS-OXRTFCP]); nothing where it is broken."""
    import compressed_rtf

    try:
        out: bytes = compressed_rtf.decompress(compressed)
    except Exception:  # the library raises nothing narrower
        return b""
    return out.rstrip(b"\0")
