"""Which fields of a layout and its vocabulary decide how a report is read.

What was read is cached by their values; the other fields only matter to later stages. Tests compare
the lists with the attributes that the code uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LAYOUT_READ: Final = (
    "name",
    "headings",
    "tables",
    "any_table",
    "columns",
    "statuses",
    "trends",
    "colours",
    "identity",
)
_BOTH_READ: Final = (
    "kinds",
    "language",
    "perspective_sentence",
    "perspectives",
    "running",
    "sexes",
    "statuses",
    "trends",
    "values",
)
WORDS_READ: Final[Mapping[str, tuple[str, ...]]] = {
    ".pdf": (
        *_BOTH_READ,
        "board_code",
        "board_words",
        "colours",
        "glyphs",
        "hyphens",
        "legend",
        "names",
        "numbers",
        "statements",
        "status_cells",
        "symbol_fonts",
        "targets",
        "units",
        "ways",
    ),
    ".txt": (
        *_BOTH_READ,
        "glyphs",
        "hyphens",
        "marker_texts",
        "names",
        "numbers",
        "targets",
        "units",
    ),
}
"""Fields of the vocabulary, by the ending of the report's name."""
