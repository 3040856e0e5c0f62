"""How well colours are told apart, and the nearest that are told apart well enough.

Relative luminance and contrast ratio: WCAG 2.2, section 8. Lightness is changed in Oklab (https://bottosson.github.io/posts/oklab/), so
that a proposed colour keeps its hue.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TEXT, SIGN = 4.5, 3.0
"""The least contrast of text (WCAG 2.2, 1.4.3) and of what else says something: borders of fields, charts, marks (1.4.11)."""

_STEPS = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tokens that stand on each other: what is in front, what is behind, the least contrast, and what it is on a page."""

    front: str
    behind: str
    least: float
    what: str


PAIRS = (
    Pair("ink", "paper", TEXT, "text"),
    Pair("ink", "raised", TEXT, "text on bands"),
    Pair("ink", "rule", TEXT, "the words of a button under the pointer"),
    Pair("quiet", "paper", TEXT, "dates and help"),
    Pair("quiet", "raised", TEXT, "dates and help on bands"),
    Pair("link", "paper", TEXT, "links, and the words of a filled button"),
    Pair("link", "raised", TEXT, "links on bands"),
    Pair("mark", "paper", SIGN, "charts and the mark of the page one is on"),
    Pair("mark", "raised", SIGN, "the edge of a band"),
    Pair("line", "paper", SIGN, "the border of a field"),
    Pair("line", "raised", SIGN, "the border of a button"),
    Pair("ink", "heat1", TEXT, "a day in a calendar"),
    Pair("ink", "heat2", TEXT, "a day in a calendar"),
    Pair("on-heat", "heat3", TEXT, "a day in a calendar, a number on a map"),
    Pair("on-heat", "heat4", TEXT, "a day in a calendar, a number on a map"),
    Pair("heat3", "paper", SIGN, "a dot on a map"),
)
"""What stands on what. A pair of which site.css has not both tokens is passed over."""


def ratio(first: str, second: str) -> float:
    """The contrast of two colours `#rrggbb`, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def failing(colours: Mapping[str, str]) -> list[Pair]:
    """The pairs of these colours, by token, that are not told apart well enough."""
    present = (pair for pair in PAIRS if pair.front in colours and pair.behind in colours)
    return [pair for pair in present if ratio(colours[pair.front], colours[pair.behind]) < pair.least]


def nearest(token: str, colours: Mapping[str, str]) -> str:
    """The colour nearest to a token's, of the same hue, with which each of its pairs is told apart; empty where none is."""
    lightness, chroma, hue = lch(colours[token])
    best = ""
    least = math.inf
    for step in range(_STEPS + 1):
        away = abs(step / _STEPS - lightness)
        candidate = from_lch(step / _STEPS, chroma, hue)
        if away < least and not _fails(token, {**colours, token: candidate}):
            best, least = candidate, away
    return best


def like(colour: str, other: str, given: str) -> str:
    """What `colour` becomes where `other`, which it goes with, becomes `given`: as light, in the other's hue, as strong in proportion."""
    lightness, chroma, _ = lch(colour)
    other_chroma = lch(other)[1]
    _, given_chroma, hue = lch(given)
    return from_lch(lightness, chroma * given_chroma / other_chroma if other_chroma else given_chroma, hue)


def lch(colour: str) -> tuple[float, float, float]:
    """Lightness (0 to 1), chroma and hue (in radians) of a colour `#rrggbb` in Oklab."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def from_lch(lightness: float, chroma: float, hue: float) -> str:
    """The inverse, `#rrggbb`; where no screen shows the colour, less of its chroma."""
    for part in range(20, -1, -1):
        channels = _channels(lightness, chroma * part / 20, hue)
        if part == 0 or all(-0.0005 <= channel <= 1.0005 for channel in channels):
            break
    return "#" + "".join(f"{round(255 * _encoded(min(1.0, max(0.0, channel)))):02x}" for channel in channels)


def _channels(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _fails(token: str, colours: Mapping[str, str]) -> Iterable[Pair]:
    return [pair for pair in failing(colours) if token in (pair.front, pair.behind)]


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _encoded(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)
