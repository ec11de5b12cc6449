"""What a style may choose, and what it is where a content file does not say."""

from __future__ import annotations

from typing import Any

from goaltables.cells import Sign

#: Keys of a report's [style]; a table's own style overrules them.
DEFAULTS: dict[str, Any] = {
    "font": "Liberation Sans",
    "heading_font": "",
    "size": 10.0,
    "table_size": 8.5,
    "page": [595.3, 841.9],
    "landscape": False,
    "margins": [64.0, 60.0, 60.0, 60.0],
    "running": "foot",
    "page_label": "{}",
    "heading_sizes": [20.0, 15.0, 12.0, 10.5],
    "heading_bar": "",
    "heading_colour": "#000000",
    "new_page_at": 0,
    "hyphenate": False,
    "justify": False,
    "fact": "#e6eef2",  # the ground of a box
    # tables
    "rules": "grid",  # grid, horizontal, header, outer, none
    "rule_width": 0.5,
    "rule_colour": "#000000",
    "zebra": "",
    "header_fill": "",
    "header_colour": "#000000",
    "header_bold": True,
    "header_align": "",
    "group_fill": "",
    "group_bold": True,
    "sub_fill": "#f2f2f2",
    "repeat_header": True,
    "header_under_goals": False,  # under each goal's full-width row, and not above the first
    "pad_x": 4.0,
    "pad_y": 3.0,
    "valign": "top",
    "table_width": 1.0,
    "table_left": 0.0,
    "merge_rules": True,
    "keep": False,
    "cut": False,
    "turned_header": [],
    "turned_page": False,
    "sideways": "",  # up, down: all but the running foot is set sideways on an upright page
    "raised_size": 0.62,  # of the text
    # marks
    # disc, picture, alt, glyph, tick, face, word, shade, ball, light, edge; a kind of drawing, or
    # "stars", for gauges
    "marks": "disc",
    "raster": False,  # drawings as pictures
    "gauge_colour": "#1f4e79",
    "ink": "",  # one colour for faces and ticks, whatever they say
    "arrows": "arrow",  # arrow, picture, alt, glyph, sign, word
    "shape": "circle",
    "arrow_shape": "block",
    "slanted": False,
    "palette": "bright",
    "outline": "",
    "mark_size": 9.0,
    "marks_after": False,
    "words": {},
    "word_colour": "#000000",
}

PALETTES = {
    "bright": {"g": "#00b050", "y": "#ffc000", "r": "#ff0000", "w": "#ffffff", "x": "#bfbfbf"},
    "soft": {"g": "#6bb36b", "y": "#f2c94c", "r": "#d9534f", "w": "#ffffff", "x": "#c8c8c8"},
    "deep": {"g": "#2e7d32", "y": "#f9a825", "r": "#c62828", "w": "#ffffff", "x": "#9e9e9e"},
    "stratsys": {"g": "#46a546", "y": "#fcd20b", "r": "#d0021b", "w": "#ffffff", "x": "#9b9b9b"},
}
for _palette in PALETTES.values():
    _palette["k"] = "#404040"

BALL = "#1f4e79"
"""The one colour of balls that are full, half full or empty."""
LIGHT = {"body": "#333333", "unlit": "#6b6b6b"}
"""The body of a standing traffic light, and its lamps that are not lit."""
EDGE_WIDTH = 4.0
"""Points: the thickness of the coloured edge of a row."""
GLYPHS = {
    "glyph": {
        "g": "●",
        "y": "●",
        "r": "●",
        "w": "○",
        "x": "●",
        "u": "↑",
        "f": "→",
        "d": "↓",
    },
    "moon": {"g": "●", "y": "◐", "r": "○"},
    "tick": {"g": "✔", "y": "◐", "r": "✘", "w": "○", "x": "–"},
    "face": {"g": "☺", "y": "😐", "r": "☹", "w": "○", "x": "○"},
    "sign": {"u": "+", "f": "=", "d": "–"},
}


def stars(sign: Sign) -> str:
    """A gauge of five as characters."""
    return "★" * sign.steps + "☆" * (5 - sign.steps)
