"""What of a layout and of its vocabulary decides how a report is read; tests hold it to the code.

The rest matters to those who make records of what was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LAYOUT_READ: Final = ("name", "headings", "tables", "identity")
_BOTH_READ: Final = (
    "identity",
    "kinds",
    "perspective_sentence",
    "perspectives",
    "running",
    "sexes",
    "statuses",
    "trends",
)
WORDS_READ: Final[Mapping[str, tuple[str, ...]]] = {
    ".pdf": (*_BOTH_READ, "colours", "glyphs", "legend", "symbol_fonts", "ways"),
    ".txt": (*_BOTH_READ, "hyphens", "marker_texts", "numbers", "targets", "units"),
}
"""Fields of the vocabulary, by the ending of the report's name."""
