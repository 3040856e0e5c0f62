"""Small pictures of strangers' files, made where nothing can be opened: bytes go in, the first page or the picture comes out.

What runs in the process (`serve`) is loaded, warmed up and confined as what reads documents is (`sandboxed`), with the same limits.
"""

from __future__ import annotations

import io
import json
import signal
import sys
from typing import TYPE_CHECKING

import msgspec

from onrecord.intake import confinement, reading_time
from onrecord.intake.frames import read_frame, write_frame
from onrecord.intake.sandboxed import documents, set_alarms, silence, streams
from onrecord.processor_time import LEAST_SHARE

if TYPE_CHECKING:
    from PIL.Image import Image

SIDES = (256, 362)
"""The most width and height of a preview, in pixels: a page of A4 fills them."""
MOST_PIXELS = 120_000_000
"""Of a picture: more would take more memory than the process has."""
_QUALITY = 82
_SAMPLE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 37>>stream
BT /F 12 Tf 20 200 Td (A sample) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>endobj
trailer<</Root 1 0 R>>
"""


class Drawn(msgspec.Struct, frozen=True, array_like=True):
    """What came of a file: how many pages it has (0 for a picture) and its preview (WebP); or, without one, a sentence that says why."""

    pages: int = 0
    preview: bytes = b""
    reason: str = ""


def serve() -> None:
    """Answers until nobody asks any more; each answer is a Drawn, as MessagePack."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = streams()
    setup = json.loads(read_frame(incoming, sys.maxsize))
    _warm_up()
    silence()
    write_frame(outgoing, confinement.confine(setup["memory"]).encode())
    for _, data, _ in documents(incoming, setup["size"]):
        set_alarms(reading_time.allowed(data, setup["seconds"]), setup["longest"] + setup["seconds"] / LEAST_SHARE)
        answer = msgspec.msgpack.encode(drawn(data))
        set_alarms(0, 0)
        try:
            write_frame(outgoing, answer)
        except OSError:
            return


def drawn(data: bytes) -> Drawn:
    """The preview of a PDF's first page, or of a picture. Never raises for anything that bytes can hold."""
    try:
        return _of_pdf(data) if data.startswith(b"%PDF-") else Drawn(preview=_small(_picture(data)))
    except MemoryError:
        return Drawn(reason="It takes more memory than is allowed.")
    except Exception as error:  # libraries raise what they like for broken files
        words = " ".join(str(error).split())[:200]
        return Drawn(reason=f"It cannot be drawn ({words or type(error).__name__}).")


def _of_pdf(data: bytes) -> Drawn:
    import pypdfium2

    file = pypdfium2.PdfDocument(data)
    pages = len(file)
    if not pages:
        return Drawn(reason="It has no page.")
    page = file[0]
    width, height = page.get_size()
    scale = min(SIDES[0] / max(width, 1), SIDES[1] / max(height, 1))
    image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return Drawn(pages, _small(image))


def _picture(data: bytes) -> Image:
    """A picture as it is seen, its first frame."""
    from PIL import Image, ImageOps

    image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP", "TIFF"))
    if image.width * image.height > MOST_PIXELS:
        raise ValueError(f"it has {image.width * image.height:,} pixels; at most {MOST_PIXELS:,} are drawn")
    image.draft("RGB", SIDES)
    return ImageOps.exif_transpose(image)


def _small(image: Image) -> bytes:
    """A picture in the size of a preview, on white, with nothing in the file but its pixels."""
    from PIL import Image

    image.thumbnail(SIDES, Image.Resampling.LANCZOS)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    pixels = Image.new("RGB", image.size)
    pixels.paste(image.convert("RGB"))
    out = io.BytesIO()
    pixels.save(out, "WEBP", quality=_QUALITY, method=4)
    return out.getvalue()


def _warm_up() -> None:
    """Draws one of each: what libraries open or load at their first use must be open before files are given up."""
    from PIL import Image

    Image.init()
    assert drawn(_SAMPLE).preview, drawn(_SAMPLE).reason
    for kind in ("PNG", "JPEG", "GIF", "WEBP", "TIFF"):
        out = io.BytesIO()
        Image.new("RGB", (8, 8), "white").save(out, kind)
        assert drawn(out.getvalue()).preview, kind
