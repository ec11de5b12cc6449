"""From which size, distance and depth on what is in a PDF is one thing and not another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from draw import Objects, Sheet
from flips import flips, steps

from styrmatt.errors import UnreadableSourceError
from styrmatt.extract.engine.alt_texts import DocumentAltTexts, PageAltTexts
from styrmatt.extract.engine.document import PdfDocument
from styrmatt.extract.engine.graphics import PaintedPath, rulings, shapes
from styrmatt.extract.engine.pdf_objects import PdfObjects
from styrmatt.geometry import is_upright_rectangle, share_of_smaller
from styrmatt.printed import Bbox

SQUARE = (0.0, 0.0, 10.0, 10.0)


def painted(width: float, height: float) -> str:
    """What a filled box of this size is: a ruling, a box with edges, or a small shape."""
    corners = ((50.0, 50.0), (50 + width, 50.0), (50 + width, 50 + height), (50.0, 50 + height))
    box = (50.0, 50.0, 50 + width, 50 + height)
    path = PaintedPath("rect", box, corners, True, False, "#000000", None, 0.0)
    return {0: "shape", 1: "ruling", 4: "box"}[len(list(rulings([path])))]


def bent(length: float, height: float, *, filled: bool = False) -> str:
    """What a line through three places is that do not lie on one: a shape or a ruling."""
    places = ((50.0, 50.0), (50 + length / 2, 50 + height), (50 + length, 50.0))
    box = (50.0, 50.0, 50 + length, 50 + height)
    path = PaintedPath("curve", box, places, filled, True, "#ffc000", "#ffc000", 1.0)
    return "ruling" if list(rulings([path])) else "shape"


def alt_text_at(box: Bbox) -> str | None:
    """The text of what lies in a box, where the file gives one for a square of 10 points."""
    return PageAltTexts({}, [(SQUARE, "Grön cirkel")]).get(None, box)


def nearly_rectangle(off: float) -> bool:
    return is_upright_rectangle([(0, 0), (10, off), (10, 10), (0, 10)], SQUARE)


@pytest.mark.parametrize(
    ("answer", "values", "expected"),
    [
        pytest.param(
            lambda height: painted(60, height),
            steps(0.25, 8, 0.5),
            {0.25: "ruling", 2.25: "shape", 6.25: "box"},
            id="a filled box is a ruling up to 2 points thick, and has edges from 6 points on",
        ),
        pytest.param(
            lambda length: painted(length, 0.5),
            steps(1.5, 20, 1),
            {1.5: "shape", 6.5: "ruling"},
            id="a ruling is 6 points long",
        ),
        pytest.param(
            lambda height: bent(8, height),
            [0.1, 0.2, 0.4, 0.6, 1.0, 1.8],
            {0.1: "ruling", 0.6: "shape"},
            id="a line that is bent by half a point, as a wave is, is no ruling",
        ),
        pytest.param(
            lambda length: bent(length, 1.5),
            steps(8, 40, 2),
            {8: "shape", 26: "ruling"},
            id="from 24 points on a line is one between cells, however it is bent",
        ),
        pytest.param(
            lambda right: alt_text_at((right, 0.0, 10 + right, 10.0)),
            steps(0.5, 9, 0.5),
            {0.5: "Grön cirkel", 4.5: None},
            id="an alternative text is that of a box that shares six tenths",
        ),
        pytest.param(
            lambda side: alt_text_at((0.0, 0.0, 10.0, side)),
            steps(0.5, 30, 0.5),
            {0.5: None, 6.0: "Grön cirkel", 17.0: None},
            id="nor is it that of a box that is much smaller or larger",
        ),
        pytest.param(
            nearly_rectangle,
            steps(0.015, 0.5, 0.03),
            {0.015: True, 0.105: False},
            id="a rectangle's corner may be off by a tenth of a point",
        ),
        pytest.param(
            lambda side: round(share_of_smaller((0, 0, side, side), SQUARE), 2),
            [0.04, 0.06, 0.08, 0.12, 0.16],
            {0.04: 0.16, 0.06: 0.36, 0.08: 0.64, 0.12: 1.0},
            id="boxes of less than a hundredth of a square point count as so large",
        ),
    ],
)
def test_where_the_answer_flips(
    answer: Callable[[float], Any], values: list[float], expected: dict[float, Any]
) -> None:
    assert flips(answer, values) == expected


def test_a_file_may_begin_with_a_kilobyte_of_other_things(tmp_path: Path) -> None:
    def opens(before: float) -> str:
        path = tmp_path / f"{before}.pdf"
        path.write_bytes(b"\n" * int(before) + Sheet().pdf())
        try:
            PdfDocument(path)
        except UnreadableSourceError as error:
            return str(error).partition(":")[0]
        return "opens"

    found = flips(opens, [0, 300, 600, 900, 1100, 1500, 2000, 3000])
    assert found == {0: "opens", 1100: "1100.pdf is not a PDF", 1500: "1500.pdf is not a PDF"} | {
        2000: "2000.pdf is not a PDF",
        3000: "3000.pdf is not a PDF",
    }


def tagged(depth: int) -> bytes:
    """A file whose page is so deep in the page tree, with a text on so deep a structure tree."""
    out = Objects()
    catalog, page = out.reserve(), out.reserve()
    kid = page
    for _ in range(depth):
        kid = out.add(f"<</Type/Pages/Kids[{kid} 0 R]/Count 1>>")
    element = out.add(f"<</Type/StructElem/S/Span/Pg {page} 0 R/K 7>>")
    for _ in range(depth - 1):
        element = out.add(f"<</Type/StructElem/S/Div/K[{element} 0 R]>>")
    element = out.add(f"<</Type/StructElem/S/Figure/Alt(Karta)/K[{element} 0 R]>>")
    out.put(page, "<</Type/Page/MediaBox[0 0 300 300]>>")
    out.put(
        catalog,
        f"<</Type/Catalog/Pages {kid} 0 R/MarkInfo<</Marked true>>"
        f"/StructTreeRoot<</K[{element} 0 R]>>>>",
    )
    return out.file(catalog)


def alt_texts_of(data: bytes) -> DocumentAltTexts:
    return DocumentAltTexts(data, partial(PdfObjects, data, None), tagged=True)


def test_trees_are_followed_for_sixty_levels_so_that_a_circle_ends() -> None:
    depths = [5, 20, 40, 55, 65, 90, 120]
    pages = flips(lambda depth: len(PdfObjects(tagged(int(depth)), None).page_numbers()), depths)
    assert pages == {5: 1, 65: 0}
    page_number = {2: 1}  # whatever the page tree says

    def text(depth: float) -> str | None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(PdfObjects, "page_numbers", lambda _: page_number)
            texts = alt_texts_of(tagged(int(depth)))
        return texts.on_page(1, lambda box: box).get(7, SQUARE)

    assert flips(text, depths) == {5: "Karta", 65: None}


def test_the_page_of_an_element_is_that_of_what_it_is_in_up_to_sixty_levels_above() -> None:
    def text(depth: float) -> str | None:
        out = Objects()
        catalog, page = out.reserve(), out.reserve()
        above = out.add(f"<</Type/StructElem/S/Sect/Pg {page} 0 R>>")
        for _ in range(int(depth)):
            above = out.add(f"<</Type/StructElem/S/Div/P {above} 0 R>>")
        out.add(f"<</Type/StructElem/S/Figure/Alt(Karta)/P {above} 0 R/K 7>>")
        out.put(page, "<</Type/Page/MediaBox[0 0 300 300]>>")
        pages = out.add(f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
        out.put(catalog, f"<</Type/Catalog/Pages {pages} 0 R>>")
        texts = alt_texts_of(out.file(catalog))
        return texts.on_page(1, lambda box: box).get(7, SQUARE)

    assert flips(text, [5, 20, 40, 55, 65, 90, 120]) == {5: "Karta", 65: None}


def test_forms_in_forms_are_followed_for_twenty_levels_so_that_a_circle_ends(
    tmp_path: Path,
) -> None:
    def squares(depth: float) -> int:
        out = Objects()
        catalog, pages, page = out.reserve(), out.reserve(), out.reserve()
        head = "/Type/XObject/Subtype/Form/BBox[0 0 300 300]"
        form = out.stream(b"1 0 0 rg 50 50 20 20 re f", head)
        for _ in range(int(depth) - 1):
            form = out.stream(b"/M Do", f"{head}/Resources<</XObject<</M {form} 0 R>>>>")
        content = out.stream(b"/M Do")
        out.put(
            page,
            f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 300 300]/Contents {content} 0 R"
            f"/Resources<</XObject<</M {form} 0 R>>>>>>",
        )
        out.put(pages, f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
        out.put(catalog, f"<</Type/Catalog/Pages {pages} 0 R>>")
        path = tmp_path / f"{depth}.pdf"
        path.write_bytes(out.file(catalog))
        with PdfDocument(path) as document:
            return len(document.page(1).shapes)

    assert flips(squares, [1, 5, 10, 15, 19, 22, 25]) == {1: 1, 22: 0}


def test_corners_within_a_thousandth_of_a_point_are_one_place(tmp_path: Path) -> None:
    """A box whose last corner is further off its first is a path like any other."""
    off = [0.0002, 0.0006, 0.0008, 0.0012, 0.0018, 0.003]
    sheet = Sheet()
    for n, by in enumerate(off):
        x = 20 + 30 * n
        sheet.ops.append(f"{x} 20 m {x + 20} 20 l {x + 20} 40 l {x} 40 l {x + by:.4f} 20 l f")
    kinds = {shape.bbox[0]: shape.kind for shape in sheet.page(tmp_path).shapes}
    assert [kinds[x] for x in sorted(kinds)] == ["rect"] * 3 + ["curve"] * 3


def test_a_picture_is_a_pixel_larger_from_a_hundredth_of_a_pixel_on(tmp_path: Path) -> None:
    render = Sheet().page(tmp_path).render
    assert render is not None
    over = [0.0, 0.003, 0.006, 0.009, 0.011, 0.02, 0.03]
    assert flips(lambda by: render((0, 0, 10 + by, 10), 1.0).width, over) == {0.0: 10, 0.011: 11}


def test_a_bar_with_round_ends_is_a_ruling() -> None:
    assert bent(8, 1.5, filled=True) == "ruling"


def test_a_wave_has_room_for_what_bends_out_of_its_ends() -> None:
    places = ((50.0, 51.0), (54.0, 50.0), (58.0, 49.0))
    path = PaintedPath("curve", (50.0, 49.0, 58.0, 51.0), places, False, True, None, "#0f0", 1.0)
    (wave,) = shapes([path], lambda _mcid, _box: None)
    assert wave.bbox == (50.0, 48.0, 58.0, 52.0)
