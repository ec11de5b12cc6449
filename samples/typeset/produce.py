"""One report in one style: the file, its truth and its facts."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2

from typeset import truth
from typeset.blocks import Block, Probe
from typeset.flow import Flow
from typeset.model import Report
from typeset.style import Style


def _render(
    report: Report, style: Style, blocks: list[Block], probing: bool
) -> tuple[bytes, dict[Probe, int]]:
    """Render by the producer that the style names; renderers are heavy and imported when needed."""
    if style.producer == "reportlab":
        from typeset import canvas

        done = canvas.render(report, style, blocks)
        return done.pdf, done.pages
    if style.producer == "chromium":
        from typeset import html

        return html.render(report, style, blocks, probing)
    from typeset import office

    return office.render(report, style, blocks, probing)


def page_count(pdf: bytes) -> int:
    """How many pages a file has."""
    return len(pypdfium2.PdfDocument(io.BytesIO(pdf)))


def produce(
    report: Report, style: Style, pdf_path: Path, truth_path: Path, facts_path: Path
) -> None:
    """Typeset a report and write its truth and facts; a first print finds the pages."""
    first, pages = _render(report, style, Flow(report, style).blocks(), probing=True)
    numbers = {probe[1]: page for probe, page in pages.items() if probe[0] == "goal"}
    pdf, _ = _render(report, style, Flow(report, style, numbers).blocks(), probing=False)
    if page_count(first) != page_count(pdf):
        raise RuntimeError(
            f"{pdf_path.name}: the two prints differ in pages, so the facts' pages do not hold"
        )
    pdf_path.parent.mkdir(parents=True, exist_ok=True)
    pdf_path.write_bytes(pdf)
    truth.write(report, pages, page_count(pdf), truth_path, facts_path)
