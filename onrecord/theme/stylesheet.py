"""A theme → its stylesheet, `assets/theme.css`: tokens in place of those of site.css, in the same layer, then rules of the theme's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.theme.settings import VOICES, Font
from onrecord.theme.tokens import Tokens

_LOGO = """@layer layout {{
  .brand:has(img) {{ display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; }}
  .brand img {{ display: block; max-inline-size: 100%; block-size: {height}px; inline-size: auto; }}
}}
"""


def text(
    colours: Mapping[str, Mapping[str, str]], known: Tokens, fonts: Sequence[Font], logo_height: int, rules: str
) -> str:
    """The stylesheet; empty where a theme changes nothing that stands in one. `colours` are the theme's, by mode and token."""
    faces = "".join(_face(font) for font in fonts)
    light, dark = colours.get("light", {}), colours.get("dark", {})
    lines = []
    for name, (in_light, in_dark) in known.colours.items():
        if name in light or name in dark:
            lines.append(f"--{name}: light-dark({light.get(name, in_light)}, {dark.get(name, in_dark)});")
    for voice in VOICES:
        families = dict.fromkeys(f'"{font.family}"' for font in fonts if font.voice == voice)
        if families and voice in known.others:
            lines.append(f"--{voice}: {', '.join(families)}, {known.others[voice]};")
    tokens = "@layer tokens {\n  :root {\n" + "".join(f"    {line}\n" for line in lines) + "  }\n}\n" if lines else ""
    logo = _LOGO.format(height=logo_height) if logo_height else ""
    # In the layer of the pages' parts, so that what is printed stays as the program has it.
    own = f"@layer parts {{\n{rules.rstrip()}\n}}\n" if rules.strip() else ""
    return faces + tokens + logo + own


def _face(font: Font) -> str:
    lines = [
        f'font-family: "{font.family}";',
        f'src: url("theme/{font.file.removeprefix("assets/")}") format("woff2");',
        f"font-weight: {font.weight};",
        f"font-style: {font.style};",
        "font-display: optional;",
        *([f"unicode-range: {font.letters};"] if font.letters else []),
    ]
    return "@font-face {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"
