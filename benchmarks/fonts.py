"""The fonts of the site, cut from what their makers publish: fewer characters in a file, and of each weight only what is used.

    npm pack @fontsource-variable/source-serif-4@5.3.1 …      # the packages in PACKAGES; unpack each into FOLDER/NAME
    pip install fonttools brotli
    python benchmarks/fonts.py FOLDER                          # writes templates/assets/fonts/ anew

Needed only to change what is in the files; a build copies them. Each file's characters become its `unicode-range` in `site.css` or a
sheet of `assets/faces/`, which this prints, so that a browser fetches a file for a page that has one of them and for no other.

What is cut from Source Serif and Source Sans may not be called by their reserved name (SIL Open Font License 1.1, condition 3): inside of
the files and in `site.css` all are called Onrecord Serif and Onrecord Sans. Notices of copyright stay as they are, and the licences lie
beside the files.
"""

from __future__ import annotations

import argparse
import io
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUT = Path(__file__).resolve().parent.parent / "templates" / "assets" / "fonts"

PACKAGES = {
    "source-serif-4": "5.3.1",
    "source-sans-3": "5.3.1",
    "noto-naskh-arabic": "5.3.0",
    "noto-sans-arabic": "5.3.0",
}
"""Packages of `@fontsource-variable` on npm, and the version that the files were cut from."""

ENGLISH = (
    "U+0020-007E, U+00A0-00A1, U+00A7, U+00A9, U+00AB, U+00AD, U+00B0, U+00B7, U+00BB, U+00BF-00C0, U+00C9-00CA, U+00D8, U+00DF-00E5, "
    "U+00E7-00EB, U+00ED-00EF, U+00F1, U+00F3-00F6, U+00F8, U+00FA-00FC, U+0131, U+0153, U+2013-2014, U+2018-201E, U+2022, U+2026, "
    "U+2032-2033, U+2039-203A, U+20AC, U+2191, U+2193, U+2212"
)
"""What English needs, small letters of the west of Europe, and the ı of Turkish places: of each voice the one file that nearly every page
in Latin letters fetches."""

WESTERN = (
    "U+00A2-00A6, U+00A8, U+00AA, U+00AC, U+00AE-00AF, U+00B1-00B6, U+00B8-00BA, U+00BC-00BE, U+00C1-00C8, U+00CB-00D7, U+00D9-00DE, "
    "U+00E6, U+00EC, U+00F0, U+00F2, U+00F7, U+00F9, U+00FD-00FF, U+0152, U+02BB-02BC, U+02C6, U+02DC, U+2044, U+2122, U+2215"
)
"""What those languages need besides, and signs."""

LATIN = (
    "U+0100-0107, U+010C-0113, U+0118-011B, U+011E-011F, U+012A-012B, U+0130, U+0141-0144, U+0147-0148, U+014C-014D, U+0150-0151, "
    "U+0158-015B, U+015E-0161, U+0164-0165, U+016A-016B, U+016E-0171, U+0179-017E, U+01E6-01E7, U+0218-021B, U+0259, U+02BD-02BF, "
    "U+0300-0304, U+0306-030C, U+0323, U+0331, U+1E0C-1E0D, U+1E24-1E25, U+1E2A-1E2B, U+1E32-1E33, U+1E62-1E63, U+1E6C-1E6F, U+1E92-1E93, "
    "U+2010-2012, U+2015, U+2020-2021, U+2030, U+2116"
)
"""Letters of Central Europe, and those of transliterations (ʾ ʿ ḥ ṭ ṣ)."""

LATIN_REST = (
    "U+0100-0130, U+0132-0151, U+0154-024F, U+0259, U+02BD-02C5, U+02C7-02CC, U+02D8-02DB, U+02DD-02DF, U+0300-0304, U+0306-030C, U+0323, "
    "U+0327-0328, U+0331, U+1E00-1E9E, U+1EA0-1EF9, U+2010-2012, U+2015, U+2020-2021, U+2030, U+20A0-20AB, U+20AD-20C0, U+2113, U+2116"
)
"""Other Latin letters, those of Vietnamese among them."""

CYRILLIC = "U+0400-045F, U+0490-0491, U+04B0-04B1"
"""Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian."""

ARABIC = (
    "U+060C, U+061B, U+061F, U+0621-063A, U+0640-0655, U+0660-066C, U+0670-0671, U+0679, U+067E, U+0686, U+0688, U+0691, U+0695, U+0698, "
    "U+06A4, U+06A9, U+06AF, U+06B5, U+06BA, U+06BE, U+06C0-06C3, U+06C6, U+06CC, U+06CE, U+06D2-06D5, U+06F0-06F9"
)
"""Arabic, Persian, Urdu and Sorani Kurdish: no word of them is drawn with two files."""

ARABIC_REST = (
    "U+0600-060B, U+060D-061A, U+061C-061E, U+0620, U+063B-063F, U+0656-065F, U+066D-066F, U+0672-06FF, U+0750-077F, U+08A0-08FF, "
    "U+FB50-FDFF, U+FE70-FEFC"
)
"""Other letters of the script, and forms of letters as characters of their own."""


@dataclass(frozen=True)
class Cut:
    """One file: from which package and file of it, what it is called, its characters, and the weights that it keeps.
    `leave` are characters of another file, which this one does not have."""

    file: str
    package: str
    subset: str
    family: str
    characters: str
    style: str = "normal"
    weights: tuple[int, int] = (400, 700)
    leave: str = ""


CUTS = (
    Cut("serif", "source-serif-4", "latin", "Onrecord Serif", ENGLISH),
    Cut("serif-italic", "source-serif-4", "latin", "Onrecord Serif", ENGLISH, style="italic"),
    Cut("serif-western", "source-serif-4", "latin", "Onrecord Serif", WESTERN),
    Cut("serif-western-italic", "source-serif-4", "latin", "Onrecord Serif", WESTERN, style="italic"),
    Cut("serif-latin", "source-serif-4", "latin-ext", "Onrecord Serif", LATIN),
    Cut("serif-latin-italic", "source-serif-4", "latin-ext", "Onrecord Serif", LATIN, style="italic"),
    Cut("serif-latin-rest", "source-serif-4", "latin-ext", "Onrecord Serif", LATIN_REST, leave=LATIN),
    Cut(
        "serif-latin-rest-italic",
        "source-serif-4",
        "latin-ext",
        "Onrecord Serif",
        LATIN_REST,
        style="italic",
        leave=LATIN,
    ),
    Cut("serif-cyrillic", "source-serif-4", "cyrillic", "Onrecord Serif", CYRILLIC),
    Cut("serif-cyrillic-italic", "source-serif-4", "cyrillic", "Onrecord Serif", CYRILLIC, style="italic"),
    Cut("sans", "source-sans-3", "latin", "Onrecord Sans", ENGLISH),
    Cut("sans-western", "source-sans-3", "latin", "Onrecord Sans", WESTERN),
    Cut("sans-latin", "source-sans-3", "latin-ext", "Onrecord Sans", LATIN),
    Cut("sans-latin-rest", "source-sans-3", "latin-ext", "Onrecord Sans", LATIN_REST, leave=LATIN),
    Cut("sans-cyrillic", "source-sans-3", "cyrillic", "Onrecord Sans", CYRILLIC),
    Cut("naskh", "noto-naskh-arabic", "arabic", "Onrecord Naskh", ARABIC),
    Cut("naskh-rest", "noto-naskh-arabic", "arabic", "Onrecord Naskh", ARABIC_REST, leave=ARABIC),
    Cut("sans-arabic", "noto-sans-arabic", "arabic", "Onrecord Sans Arabic", ARABIC),
    Cut("sans-arabic-rest", "noto-sans-arabic", "arabic", "Onrecord Sans Arabic", ARABIC_REST, leave=ARABIC),
)

DESIGN_SIZE = 20
"""Source Serif is drawn for sizes from 8 to 60 points; this one serves paragraphs of 18 px and titles of 40, and is one file for both."""

FEATURES = [
    "kern",
    "mark",
    "mkmk",
    "ccmp",
    "locl",
    "liga",
    "rlig",
    "calt",
    "init",
    "medi",
    "fina",
    "isol",
    "tnum",
    "pnum",
    "curs",
]
"""What is kept of a font's rules: what its scripts need, ligatures, and digits of one width."""


def points(ranges: str) -> set[int]:
    """The code points of a `unicode-range`."""
    found: set[int] = set()
    for part in ranges.replace(" ", "").split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def ranges(found: set[int]) -> str:
    """Code points as a `unicode-range`, in order."""
    parts: list[list[int]] = []
    for point in sorted(found):
        if parts and parts[-1][1] == point - 1:
            parts[-1][1] = point
        else:
            parts.append([point, point])
    return ", ".join(f"U+{first:04X}" + (f"-{last:04X}" if last > first else "") for first, last in parts)


def cut(packages: Path, wish: Cut) -> tuple[bytes, set[int]]:
    """The bytes of a file (WOFF2), and the characters that are in it."""
    sized = wish.package == "source-serif-4"
    source = (
        packages
        / wish.package
        / "files"
        / f"{wish.package}-{wish.subset}-{'opsz' if sized else 'wght'}-{wish.style}.woff2"
    )
    font = TTFont(io.BytesIO(source.read_bytes()), recalcTimestamp=False)
    whole = io.BytesIO()
    instancer.instantiateVariableFont(font, {"wght": wish.weights} | ({"opsz": DESIGN_SIZE} if sized else {})).save(
        whole
    )
    font = TTFont(whole, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 6]
    options.flavor = "woff2"
    options.notdef_outline = True
    wanted = (points(wish.characters) - points(wish.leave)) if wish.leave else points(wish.characters)
    wanted &= set(font.getBestCmap())
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted | {0x200C, 0x200D})
    cutter.subset(font)
    named = f"{wish.family} {'Italic' if wish.style == 'italic' else 'Regular'}"
    for record in list(font["name"].names):
        text = {1: wish.family, 3: f"{wish.family} {wish.file}", 4: named, 6: named.replace(" ", "-")}.get(
            record.nameID
        )
        if text:
            record.string = text
        elif record.nameID not in (0, 2):
            font["name"].removeNames(nameID=record.nameID)
    out = io.BytesIO()
    font.flavor = "woff2"
    font.save(out, reorderTables=False)
    return out.getvalue(), wanted


def main() -> int:
    """Write the files, and print the range of each for its style sheet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "packages", type=Path, help="the folder with the unpacked packages, each in a folder of its name"
    )
    asked = parser.parse_args()
    for wish in CUTS:
        made, found = cut(asked.packages, wish)
        (OUT / f"{wish.file}.woff2").write_bytes(made)
        print(f"{wish.file}.woff2 {len(made)}\n  unicode-range: {ranges(found)};")
    return 0


if __name__ == "__main__":
    sys.exit(main())
