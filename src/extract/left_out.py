"""Warnings about text that stands in the file and was not read, because no reader sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from styrmatt.extract.model.page import LeftOut, LeftOutReason, Page
from styrmatt.geometry import union
from styrmatt.printed import ExtractionWarning, Location

_WHY: Final[dict[LeftOutReason, str]] = {
    "no_ink": "it is written without ink",
    "transparent": "it is fully transparent",
    "layer_off": "it lies in a layer that is off",
    "clipped": "it lies outside of the area to which it is clipped",
    "off_page": "it lies outside of the page",
    "covered": "a shape that was drawn later covers it",
    "same_colour": "it has the colour of what lies behind it",
    "watermark": "it is a watermark across other text",
}
_SLIVER: Final = 2
"""Letters and figures: browsers that print leave single letters of the next page at a cut."""
_MOST_TEXT: Final = 300
"""Characters of the text that are quoted in an issue."""
_LARGE_SHARE: Final = 0.2
"""Share of a page's text from which it is likely that something is wrong with the file."""


def left_out_warnings(page: Page, label: str | None) -> Iterator[ExtractionWarning]:
    """A warning for each reason for which text of the page was left out.

    It is information, unless so much of the page is not seen that the file itself is in doubt.
    """
    by_reason: dict[LeftOutReason, list[LeftOut]] = {}
    for one in page.left_out:
        by_reason.setdefault(one.reason, []).append(one)
    read = sum(len(word.text) for word in page.words)
    for reason, found in by_reason.items():
        text = " ".join(one.text.strip() for one in found)
        letters = sum(map(str.isalnum, text))
        if reason in ("clipped", "off_page") and letters < _SLIVER:
            continue
        box = union(one.bbox for one in found)
        severe = reason != "watermark" and letters >= _LARGE_SHARE * (read + letters)
        yield ExtractionWarning(
            "text_left_out",
            f"Text on page {page.number} was left out: {_WHY[reason]}.",
            text[:_MOST_TEXT],
            Location(page.number, page.number, box, label),
            "warning" if severe else "info",
        )
