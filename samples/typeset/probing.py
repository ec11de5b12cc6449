"""Finding the page of a place without leaving a trace: a first printing sets each place in a
colour of its own.

Colour moves no line, so the pages found in the coloured printing are those of the plain one.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import pdfplumber

from typeset.blocks import Block, Heading, Para, Probe, Table


def all_probes(blocks: Iterable[Block]) -> list[Probe]:
    """Every probe of the blocks, in order."""
    out: list[Probe] = []
    for block in blocks:
        if isinstance(block, (Heading, Para)) and block.probe:
            out.append(block.probe)
        elif isinstance(block, Table):
            out += [
                cell.probe for row in block.rows for cell in row if cell is not None and cell.probe
            ]
    return out


class Dyes:
    """A colour for every probe, nearly black; with `active` false everything is black."""

    def __init__(self, blocks: Iterable[Block], active: bool) -> None:
        self.active = active
        self.numbers = {probe: number for number, probe in enumerate(all_probes(blocks), 1)}

    def colour(self, probe: Probe | None) -> str | None:
        """The colour (#rrggbb) to set a place in; None to leave it alone."""
        return (
            f"#{self._code(self.numbers[probe]):06x}" if self.active and probe is not None else None
        )

    @staticmethod
    def _code(number: int) -> int:
        """Spread over the low four bits of each channel, and no channel's step too small to
        survive rounding."""
        return (number // 256) << 20 | (number // 16 % 16) << 12 | (number % 16) << 4 | 0x010101

    def pages(self, pdf: bytes) -> dict[Probe, int]:
        """The first page on which each probe's colour is seen; raises if one is nowhere."""
        probes = {self._code(number): probe for probe, number in self.numbers.items()}
        out: dict[Probe, int] = {}
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            for number, page in enumerate(document.pages, 1):
                for char in page.chars:
                    colour = char["non_stroking_color"]
                    if colour and len(colour) == 3 and char["text"].strip():
                        red, green, blue = (round(float(part) * 255) for part in colour)
                        if probe := probes.get(red << 16 | green << 8 | blue):
                            out.setdefault(probe, number)
                page.close()
        missing = set(self.numbers) - set(out)
        if missing:
            raise LookupError(f"places not found in the probing print: {sorted(missing)[:5]}")
        return out
