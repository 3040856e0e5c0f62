"""What an SVG drawing may hold before it is published, and how large it is: shapes and their colours, nothing that runs, nothing that asks
another host, and nothing that a drawing program wrote about who drew it.

https://www.w3.org/TR/SVG2/ ; the elements are those that draw, by name.
"""

from __future__ import annotations

import re
from xml.parsers import expat

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan textPath defs use symbol title desc style image mask pattern "
    "clipPath linearGradient radialGradient stop marker filter feBlend feColorMatrix feComponentTransfer feComposite "
    "feConvolveMatrix feDiffuseLighting feDisplacementMap feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur "
    "feMerge feMergeNode feMorphology feOffset feSpecularLighting feTile feTurbulence fePointLight feSpotLight feDistantLight".split()
)
_INSIDE = re.compile(r"#|data:image/(?:png|jpeg|webp);base64,")
_ADDRESS = re.compile(r"url\(\s*[\"']?(?!#)|@import|\\", re.IGNORECASE)
_LENGTH = re.compile(r"\s*+([0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:px)?+\s*+")
_NUMBERS = re.compile(r"[\s,]+")


class Unfit(Exception):
    """Why a drawing is not published: `line`, and a sentence."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def size(data: bytes) -> tuple[float, float]:
    """The width and height of a drawing, from its `viewBox`, else from its `width` and `height`. Raises Unfit."""
    reading = _Reading()
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unfit(error.lineno, f"The drawing cannot be read as XML ({expat.ErrorString(error.code)}).") from error
    if not (reading.width and reading.height):
        raise Unfit(
            1,
            'The drawing does not say how large it is. Give its first element a viewBox, such as viewBox="0 0 200 40".',
        )
    return reading.width, reading.height


class _Reading:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._element
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.CommentHandler = self._comment
        self.width = self.height = 0.0
        self._seen = False

    def _unfit(self, message: str) -> Unfit:
        return Unfit(self.parser.CurrentLineNumber, message)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self._seen:
            self._seen = True
            if (space, local) != (_SVG, "svg"):
                raise self._unfit(f'The first element is “{local}”, not “svg” (xmlns="{_SVG}").')
            self._measure(attributes)
        if space != _SVG:
            raise self._unfit(
                f"“{local}” is not part of SVG: a drawing program wrote it for itself. Save the drawing as plain SVG."
            )
        if local not in _ELEMENTS:
            raise self._unfit(f"“{local}” may not be in a drawing here: shapes, text and their colours may.")
        for key, value in attributes.items():
            self._attribute(key, value)

    def _attribute(self, key: str, value: str) -> None:
        space, _, local = key.rpartition(" ")
        if space not in ("", _XLINK, _XML):
            raise self._unfit(
                f"“{local}” is not part of SVG: a drawing program wrote it for itself. Save the drawing as plain SVG."
            )
        if local.lower().startswith("on"):
            raise self._unfit(f"“{local}” would run a program. Take it out.")
        if local == "href" and not _INSIDE.match(value.strip()):
            raise self._unfit(
                f"“{value}” leads out of the drawing, and a page here asks nothing from another place. Take it out."
            )
        if _ADDRESS.search(value):
            raise self._unfit(f"“{local}” names an address outside of the drawing. Take it out.")

    def _text(self, text: str) -> None:
        if _ADDRESS.search(text):
            raise self._unfit("Here stands an address outside of the drawing (url or @import). Take it out.")

    def _doctype(self, *_given: object) -> None:
        raise self._unfit("A drawing here has no DOCTYPE. Take that line out.")

    def _instruction(self, target: str, _data: str) -> None:
        raise self._unfit(f"“<?{target}” may not be in a drawing here. Take that line out.")

    def _comment(self, text: str) -> None:
        raise self._unfit("A comment is here, which everybody could read who opens the file. Take it out.")

    def _measure(self, attributes: dict[str, str]) -> None:
        box = _NUMBERS.split(attributes.get("viewBox", "").strip())
        if len(box) == 4:
            try:
                self.width, self.height = float(box[2]), float(box[3])
                return
            except ValueError:
                pass
        width, height = (_LENGTH.fullmatch(attributes.get(key, "")) for key in ("width", "height"))
        if width and height:
            self.width, self.height = float(width[1]), float(height[1])
