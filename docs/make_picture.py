"""Makes the README's picture: part of a page as ``styrmatt inspect`` draws it, beside its records.

    python docs/make_picture.py [OUT.png]

Needs nothing but the installed package; the report is one of the samples in data/raw.
"""

from __future__ import annotations

import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from styrmatt import load
from styrmatt.extract.inspect.draw import SCALE, ascii_text, draw_page, draw_text
from styrmatt.pipeline.run import Options, run_report
from styrmatt.pipeline.use_cases.inspect import inspect_page

ROOT = Path(__file__).resolve().parents[1]
REPORT: Final = ROOT / "data" / "raw" / "region-adalen-2022-bilaga-maluppfyllelse.pdf"
PAGE: Final = 6
PART: Final = (48.0, 66.0, 545.0, 516.0)
"""What is shown of the page, in points."""
COLUMNS: Final = {
    "measure": 232,
    "sex": 40,
    "target_text": 108,
    "target_value": 106,
    "target_unit": 98,
    "target_direction": 132,
    "status": 94,
    "trend": 54,
}
"""The columns of the records that are shown, and their widths in pixels."""
SIZE: Final = 15
LINE: Final = 19
WRAP: Final = {"measure": 30, "target_text": 12}
"""Characters of a line of a column."""


def main() -> None:
    """Make the picture and say how large it is."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "page-and-rows.png"
    page, records = page_part(), rows_of_part()
    table = table_picture(records, page.height)
    sheet = Image.new("RGB", (page.width + table.width + 20, page.height), "white")
    sheet.paste(page, (0, 0))
    sheet.paste(table, (page.width + 20, 0))
    sheet.save(out, optimize=True)
    print(f"{out}: {out.stat().st_size // 1000} kB")


def page_part() -> Image.Image:
    """The part of the page with its boxes and labels."""
    inspection = inspect_page(REPORT, PAGE)
    whole = draw_page(REPORT, PAGE, inspection.items, inspection.title)
    head = next(y for y in range(whole.height) if whole.getpixel((0, y)) == (189, 189, 189))
    x0, top, x1, bottom = (round(value * SCALE) for value in PART)
    return whole.crop((x0, top + head, x1, bottom + head))


def rows_of_part() -> list[dict[str, Any]]:
    """The records that the part of the page became, top to bottom."""
    with tempfile.TemporaryDirectory() as folder:
        run_report(REPORT, Options(Path(folder)))
        records = load(folder)
    shown = [
        record
        for record in records[records["page"] == PAGE].to_dict("records")
        if record["bbox"][3] <= PART[3]
    ]
    return sorted(shown, key=lambda record: record["bbox"][1])


def table_picture(records: list[dict[str, Any]], height: int) -> Image.Image:
    """The records as a table, each as high as its row on the page if there is room for it."""
    font = ImageFont.load_default(SIZE)
    assert isinstance(font, ImageFont.FreeTypeFont)
    picture = Image.new("RGB", (sum(COLUMNS.values()) + 24, height), "#f6f8fa")
    draw = ImageDraw.Draw(picture)
    draw_text(draw, (12, 12), "records", font, "#57606a")
    y = _line(draw, font, 12 + LINE + 8, {name: [name] for name in COLUMNS}, "#57606a")
    before = ("", "")
    for record in records:
        top = round((record["bbox"][1] - PART[1]) * SCALE) + 6
        if before != (record["goal"], record["success_factor"]):
            before = (record["goal"], record["success_factor"])
            y = max(y, top - 2 * LINE - 16)
            draw.line((12, y, picture.width - 12, y), fill="#d0d7de")
            for name, text in zip(("goal", "success_factor"), before, strict=True):
                draw_text(draw, (12, y + 6), f"{name}: {text}", font, "#0b57d0")
                y += LINE
            y += 10
        y = max(y, top)
        cells = {name: _wrapped(name, record[name]) for name in COLUMNS}
        y = _line(draw, font, y, cells, "#1f2328")
    return picture


def _line(
    draw: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont,
    y: int,
    cells: dict[str, list[str]],
    ink: str,
) -> int:
    """Write a line of the table; the height at which the next begins."""
    x = 12
    for name, lines in cells.items():
        for n, text in enumerate(lines):
            assert font.getlength(ascii_text(text)) < COLUMNS[name], (
                f"{text!r} is too long for {name}"
            )
            draw_text(draw, (x, y + n * LINE), text, font, ink)
        x += COLUMNS[name]
    return y + LINE * max(map(len, cells.values()))


def _wrapped(name: str, value: Any) -> list[str]:
    """A value's lines; nothing where it is null."""
    if value is None or value != value:  # not a number
        return [""]
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return textwrap.wrap(text, WRAP[name], break_long_words=False) if name in WRAP else [text]


if __name__ == "__main__":
    main()
