"""Whatever bytes a file is made of, looking into it and cleaning it end in an answer of ours, and a copy that is given out is clean."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.disclosure import paths
from onrecord.disclosure.cleaning import cleaned
from onrecord.disclosure.finding import traces
from onrecord.disclosure.wishes import Impossible, Wishes
from tests.unit import disclosing_files as files

SAMPLES: dict[str, Callable[[], bytes]] = {
    "jpeg": files.photograph,
    "png": lambda: files.png(
        files.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + files.xmp(dc__creator="Ann")),
        files.chunk(b"eXIf", files.camera_tags()),
    ),
    "webp": lambda: files.webp((b"EXIF", files.camera_tags()), (b"XMP ", files.xmp(dc__creator="Ann"))),
    "gif": lambda: files.gif(b"\x21\xfe\x03Ann\0"),
    "tiff": files.tiff_picture,
    "heif": files.heif,
    "word": files.word,
    "excel": files.sheet,
    "opendocument": files.opendocument,
    "rtf": files.rich_text,
    "pdf": files.pdf,
}
BEGINNINGS = [make()[:12] for make in SAMPLES.values()]
WISHES = st.builds(Wishes, st.sampled_from(["", "accept", "reject"]), st.booleans(), st.booleans(), st.booleans())


@st.composite
def damage(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A change of some bytes of a file, in up to four places: others in their place, none, or the same twice."""
    places = draw(
        st.lists(
            st.tuples(st.floats(0, 1), st.sampled_from("odt"), st.integers(1, 40), st.binary(max_size=8)), max_size=4
        )
    )

    def damaged(data: bytes) -> bytes:
        for place, how, size, others in places:
            at = int(place * len(data))
            piece = data[at : at + size]
            data = data[:at] + {"o": others, "d": b"", "t": piece + piece}[how] + data[at + size :]
        return data

    return damaged


def hold_sentence(text: str) -> None:
    """A person is told in whole sentences."""
    assert re.search(r"[.!]$", text)


def hold(data: bytes, wishes: Wishes) -> None:
    """Looks into a file and cleans it."""
    found = traces(data)
    assert found == traces(data)
    try:
        copy = cleaned(data, wishes)
    except Impossible as error:
        hold_sentence(str(error))
        return
    assert copy.before == found
    assert copy.after == traces(copy.data)


@pytest.mark.parametrize("name", SAMPLES)
@given(change=damage(), wishes=WISHES)
def test_a_damaged_file_ends_in_an_answer(name: str, change: Callable[[bytes], bytes], wishes: Wishes) -> None:
    hold(change(SAMPLES[name]()), wishes)


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400), WISHES)
def test_any_bytes_end_in_an_answer(beginning: bytes, rest: bytes, wishes: Wishes) -> None:
    hold(beginning + rest, wishes)


XML = st.recursive(
    st.text("ab <&\"'\u0627\n", max_size=6),
    lambda inner: st.tuples(
        st.sampled_from(
            [
                "w:p",
                "w:r",
                "w:t",
                "w:ins",
                "w:del",
                "w:pPr",
                "w:rPr",
                "w:rPrChange",
                "w:tbl",
                "w:tr",
                "w:trPr",
                "w:vanish",
            ]
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def written(node: object) -> str:
    """Random XML of Word's words."""
    if isinstance(node, str):
        return node.replace("&", "&amp;").replace("<", "&lt;")
    assert isinstance(node, tuple)
    tag, children = node
    mark = ' w:id="1" w:author="Ann"' if tag in ("w:ins", "w:del") else ""
    return f"<{tag}{mark}>{''.join(map(written, children))}</{tag}>"


@given(st.lists(XML, max_size=5), st.sampled_from(["accept", "reject"]))
def test_no_tracked_change_is_left_once_all_are_accepted_or_rejected(nodes: list[object], changes: str) -> None:
    data = files.word("".join(map(written, nodes)))
    copy = cleaned(data, Wishes(changes, drop_comments=True, drop_hidden=True))  # type: ignore[arg-type]
    assert {trace.kind for trace in copy.left} <= {"hidden"}
    assert "change" not in {trace.kind for trace in copy.after}


@given(
    st.text(max_size=60),
    st.sampled_from(["C:\\Users\\ann\\", "\\\\server\\share\\", "file:///home/ann/", "/Users/ann/"]),
)
def test_no_path_of_a_computer_is_left_in_a_text(text: str, path: str) -> None:
    without = paths.without(f"{text} {path}notes.docx")
    assert without.endswith("notes.docx")
    assert path not in without
