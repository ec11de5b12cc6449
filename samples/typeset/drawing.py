"""Markers in an office document: inline pictures and inline DrawingML shapes, with alternative
text where asked."""

from __future__ import annotations

import io
from typing import Any

from docx.oxml import parse_xml
from docx.shared import Pt

from typeset import marks
from typeset.blocks import Mark
from typeset.style import Style
from typeset.words import alternative

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PRESETS = {"circle": "ellipse", "square": "rect", "diamond": "diamond"}
_ARROW_PRESETS = {
    "block": "upArrow",
    "slim": "upArrow",
    "triangle": "triangle",
    "chevron": "chevron",
}
EMU = 12700


class Shapes:
    """Adds marks to runs; numbers its shapes."""

    def __init__(self, style: Style) -> None:
        self.style, self.count = style, 0

    def _alt(self, mark: Mark) -> str:
        if not self.style.alt_text:
            return ""
        return alternative(mark)

    def picture(self, run: Any, mark: Mark) -> None:
        """An inline picture."""
        content, _ = marks.picture_bytes(self.style, mark)
        inline = run.add_picture(io.BytesIO(content), width=Pt(self.style.mark_size))._inline
        inline.docPr.set("descr", self._alt(mark))

    def vector(self, run: Any, mark: Mark) -> None:
        """An inline preset shape; arrows are one shape turned about its middle."""
        self.count += 1
        size = int(self.style.mark_size * EMU)
        is_arrow = mark.role != "status" and mark.trend is not None
        preset = (
            _ARROW_PRESETS[self.style.arrow_design]
            if is_arrow
            else _PRESETS[self.style.status_shape]
        )
        turn = f' rot="{-marks.TURN[mark.trend or "up"] % 360 * 60000}"' if is_arrow else ""
        paint, stroke = marks.fill(self.style, mark), marks.outline(self.style, mark)
        ground = (
            f'<a:solidFill><a:srgbClr val="{paint[1:]}"/></a:solidFill>' if paint else "<a:noFill/>"
        )
        line = (
            f'<a:ln w="7620"><a:solidFill><a:srgbClr val="{stroke[1:]}"/></a:solidFill></a:ln>'
            if stroke
            else "<a:ln><a:noFill/></a:ln>"
        )
        run._r.append(
            parse_xml(
                f'<w:drawing {_NAMES}><wp:inline><wp:extent cx="{size}" cy="{size}"/>'
                f'<wp:docPr id="{1000 + self.count}" name="Form {self.count}" '
                f'descr="{self._alt(mark)}"/>'
                '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
                f'<wps:cNvSpPr/><wps:spPr><a:xfrm{turn}><a:off x="0" y="0"/>'
                f'<a:ext cx="{size}" cy="{size}"/></a:xfrm>'
                f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>{ground}{line}</wps:spPr>'
                "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
            )
        )
