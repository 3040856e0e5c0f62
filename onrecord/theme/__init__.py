"""`theme/`: an archive's own look, laid over the program's templates. What is wrong in it is told as everywhere: file, line, what to do.

    theme/theme.toml    logo, colours, fonts, footer
    theme/theme.css     rules of one's own, which come after those of site.css
    theme/assets/       the files that theme.toml names
    theme/templates/    files that stand in place of the program's (`templates.Templates`, `render.overlaying`)

The door is `load`; templates themselves are looked into by `render.template_check`, which knows Jinja.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord import image_size, read
from onrecord.look import Logo, Look
from onrecord.model import Problem
from onrecord.templates import Overlay, Templates
from onrecord.theme import contrast, drawing, settings, stylesheet, tokens
from onrecord.theme.settings import FILE, MODES, Font, LogoFile, ThemeSettings
from onrecord.theme.tokens import Tokens

CSS = "theme.css"
ASSETS = "assets"
TEMPLATES = "templates"
README = "README.md"
MOST_LOGO = 100_000
MOST_FONT = 400_000
MOST_CSS = 100_000
"""Bytes: every reader of every page takes them along."""

_IN_SITE = "theme/"
_WOFF2 = b"wOF2"
_PNG = b"\x89PNG\r\n\x1a\n"
_OUTSIDE = re.compile(r"@import|@charset|url\(\s*[\"']?(?:[a-z][a-z0-9+.-]*:|//|/|\.\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as it was read: what every page shows of it, what is laid over the templates, and what is wrong in it (paths are below the
    theme's folder)."""

    look: Look
    overlay: Overlay
    problems: tuple[Problem, ...] = ()


NO_THEME = Theme(Look(), Overlay())


def load(folder: Path, templates: Path) -> Theme:
    """The theme in a folder, over a folder of templates. Raises OSError."""
    own_templates = folder / TEMPLATES
    overlay = Overlay(own_templates if own_templates.is_dir() else None)
    css = Templates(templates, overlay).asset("site.css").decode("utf-8", "replace")
    known = tokens.tokens(css)
    file, problems = read.toml(folder, FILE)
    given, more = settings.settings(file, known)
    problems = [*problems, *more, *_unknown_files(folder)]
    assets: dict[str, bytes] = {}
    logo = _logo(folder, given.logo, assets, problems) if given.logo else None
    fonts = [font for font in given.fonts if _font(folder, font, assets, problems)]
    colours = _colours(given, known, problems)
    rules = _rules(folder, problems)
    text = stylesheet.text(colours, known, fonts, given.logo.height if logo and given.logo else 0, rules)
    if text:
        assets[CSS] = text.encode()
    look = Look(f"assets/{CSS}" if text else "", logo, given.footer, given.footer_links)
    return Theme(look, Overlay(overlay.folder, assets), tuple(sorted(problems)))


def _unknown_files(folder: Path) -> list[Problem]:
    known = (FILE, CSS, ASSETS, TEMPLATES, README)
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    message = f"This is not part of a theme, and nothing is made of it. Known are: {', '.join(known)}."
    return [Problem(1, 1, "theme-file", message, path=name) for name in names if name not in known]


def _file(folder: Path, path: str, line: int, most: int, problems: list[Problem]) -> bytes | None:
    """The bytes of a file that theme.toml names; None where it cannot be used."""
    file = folder / path
    why = ""
    if any((folder / part).is_symlink() for part in (path, *map(str, Path(path).parents))):
        why = f"“{path}” is a symbolic link. Put the file itself there."
    elif not file.is_file():
        why = f"There is no file “{path}” in the theme."
    elif file.stat().st_size > most:
        why = f"“{path}” has {file.stat().st_size:,} bytes; at most {most:,} are allowed, for every reader loads them."
    if why:
        problems.append(Problem(line, 1, "theme-file", why, path=FILE))
        return None
    return file.read_bytes()


def _logo(folder: Path, logo: LogoFile, assets: dict[str, bytes], problems: list[Problem]) -> Logo | None:
    sizes: list[tuple[float, float]] = []
    hrefs: list[str] = []
    for path, line in zip((logo.file, logo.dark), logo.lines, strict=True):
        if not path:
            hrefs.append("")
            continue
        data = _file(folder, path, line, MOST_LOGO, problems)
        size = _picture_size(path, data, line, problems) if data is not None else None
        if data is None or size is None:
            return None
        sizes.append(size)
        assets[_IN_SITE + path.removeprefix("assets/")] = data
        hrefs.append(f"assets/{_IN_SITE}{path.removeprefix('assets/')}")
    width, height = sizes[0]
    return Logo(hrefs[0], hrefs[1], max(1, round(logo.height * width / height)), logo.height, logo.alt, logo.with_title)


def _picture_size(path: str, data: bytes, line: int, problems: list[Problem]) -> tuple[float, float] | None:
    ending = path.rpartition(".")[2].lower()
    if ending == "svg":
        try:
            return drawing.size(data)
        except drawing.Unfit as unfit:
            problems.append(Problem(unfit.line, 1, "theme-logo", unfit.message, path=path))
            return None
    if ending == "png" and data.startswith(_PNG):
        # Late: what reads every format is long to load, and most archives have no theme.
        from onrecord.disclosure import finding

        carried = [trace for trace in finding.traces(data) if trace.level == "must go"]
        width, height = image_size.of("png", io.BytesIO(data))
        if not carried and width and height:
            return width, height
        what = f"carries {carried[0].words}" if carried else "is damaged"
        problems.append(
            Problem(
                1, 1, "theme-logo", f"The picture {what}. Write a copy without it: python build.py clean", path=path
            )
        )
        return None
    message = f"“{path}” is no SVG and no PNG. A logo is one of these, and its name ends so."
    problems.append(Problem(line, 1, "theme-logo", message, path=FILE))
    return None


def _font(folder: Path, font: Font, assets: dict[str, bytes], problems: list[Problem]) -> bool:
    data = _file(folder, font.file, font.lines[0], MOST_FONT, problems)
    licence = _file(folder, font.licence, font.lines[1], MOST_CSS, problems)
    if data is None or licence is None:
        return False
    if not data.startswith(_WOFF2) or not font.file.endswith(".woff2"):
        message = f"“{font.file}” is no WOFF2 font, which is the only kind that is published: it is a third of the size of the others."
        problems.append(Problem(font.lines[0], 1, "theme-file", message, path=FILE))
        return False
    for path, file in ((font.file, data), (font.licence, licence)):
        assets[_IN_SITE + path.removeprefix("assets/")] = file
    return True


def _colours(given: ThemeSettings, known: Tokens, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """What the theme changes, by mode and token, with the shades of maps and calendars that go with its mark."""
    changed: dict[str, dict[str, str]] = {}
    for number, mode in enumerate(MODES):
        own = given.colours.get(mode, {})
        shipped = {name: pair[number] for name, pair in known.colours.items()}
        all_of = {**shipped, **own}
        changed[mode] = {**own, **_shades(own, shipped, all_of)}
        all_of |= changed[mode]
        for pair in contrast.failing(all_of):
            token = pair.front if pair.front in own else pair.behind
            if token not in own:
                continue
            has = contrast.ratio(all_of[pair.front], all_of[pair.behind])
            nearest = contrast.nearest(token, all_of)
            advice = f"The nearest with which all is told apart is {nearest}." if nearest else "Choose others for both."
            message = (
                f"“{pair.front}” ({all_of[pair.front]}) on “{pair.behind}” ({all_of[pair.behind]}) has a contrast of {_cut(has)}:1 in "
                f"{mode} pages; for {pair.what} it is at least {pair.least:g}:1 (WCAG 2.2). {advice}"
            )
            problems.append(Problem(given.colour_lines[mode, token], 1, "theme-contrast", message, path=FILE))
    return changed


def _shades(own: Mapping[str, str], shipped: Mapping[str, str], all_of: Mapping[str, str]) -> dict[str, str]:
    """The shades `heat1` to `heat4` in the hue of a theme's `mark`, as light as they were, where the theme names none of its own."""
    made: dict[str, str] = {}
    for name in ("heat1", "heat2", "heat3", "heat4"):
        if "mark" in own and name in shipped and not any(other.startswith("heat") for other in own):
            shade = contrast.like(shipped[name], shipped["mark"], own["mark"])
            made[name] = contrast.nearest(name, {**all_of, name: shade}) or shade
    return made


def _cut(contrast_found: float) -> str:
    """A contrast with two places, never rounded up to what is needed."""
    return f"{int(contrast_found * 100) / 100:.2f}"


def _rules(folder: Path, problems: list[Problem]) -> str:
    """theme.css, if it asks nothing from another place."""
    file = folder / CSS
    if not file.exists():
        return ""
    if file.is_symlink() or not file.is_file() or file.stat().st_size > MOST_CSS:
        message = f"This is not a plain file of up to {MOST_CSS:,} bytes."
        problems.append(Problem(1, 1, "theme-file", message, path=CSS))
        return ""
    text = file.read_text(encoding="utf-8", errors="replace")
    blank = tokens.COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    outside = [match for match in _OUTSIDE.finditer(blank) if not match[0].lower().endswith("data:")]
    for match in outside:
        line = blank.count("\n", 0, match.start()) + 1
        column = match.start() - blank.rfind("\n", 0, match.start())
        message = (
            "A stylesheet asks for nothing from another place: no @import, and url(…) only with a path below assets/."
        )
        problems.append(Problem(line, column, "theme-css", message, path=CSS))
    return "" if outside else text
