"""How a report looks: palettes, ways of drawing markers, and the Style that a renderer follows."""

from __future__ import annotations

from dataclasses import dataclass, field

#: The four values of a status marker and the three of a trend marker, as the truth files spell
#: them.
STATUSES = ("met", "partly_met", "not_met", "not_assessed")
TRENDS = ("up", "flat", "down")


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb; a status of None is drawn as an unfilled outline."""

    met: str
    partly_met: str
    not_met: str
    not_assessed: str | None
    outline: str | None = None
    arrow: str = "#404040"

    def status(self, value: str) -> str | None:
        """The fill of a status marker."""
        fill: str | None = getattr(self, value)
        return fill


PALETTES = {
    "bright": Palette("#00b050", "#ffc000", "#ff0000", "#bfbfbf", outline="#7f7f7f"),
    "flat": Palette("#4caf50", "#ff9800", "#e53935", "#9e9e9e", arrow="#1f1f1f"),
    "pale": Palette("#a8d5a2", "#fff2a8", "#f4b6c2", "#e4e4e4", outline="#8c8c8c", arrow="#5a7a99"),
    "dark": Palette("#1b5e20", "#b26a00", "#8b0000", "#5f5f5f", arrow="#000000"),
    "blind": Palette("#0072b2", "#e69f00", "#d55e00", None, outline="#333333", arrow="#0072b2"),
    "office": Palette(
        "#70ad47", "#ffd966", "#c00000", "#a5a5a5", outline="#44546a", arrow="#4472c4"
    ),
}


@dataclass(frozen=True)
class Style:
    """Every choice of a typesetting. Sizes are points; `markers` is one of marks.KINDS.

    `figures` are the heights of charts set before the factors named; they decide which rows the
    page ends cut.
    `hyphenate` is hard (a printed hyphen at the break), soft (soft hyphens everywhere, for the
    renderer to use) or none. `arrow_is_status`: the arrow's colour is the status, in one column.
    """

    name: str
    producer: str
    markers: str = "vector"
    palette: str = "bright"
    exercises: str = ""
    font: str = "Liberation Serif"
    heading_font: str = "Liberation Sans"
    table_font: str | None = None
    size: float = 11.0
    table_size: float = 9.0
    page: tuple[float, float] = (595.3, 841.9)
    margins: tuple[float, float, float, float] = (70.0, 85.0, 70.0, 85.0)
    table_indent: float = 0.0
    rules: str = "full"
    zebra: bool = False
    rule_colour: str = "#000000"
    header_shade: str | None = "#d9e2f3"
    header_colour: str = "#000000"
    repeat_header: bool = False
    split_rows: bool = True
    valign: str = "top"
    marks_align: str = "left"
    merge_sexes: bool = True
    merge_factor: bool = False
    stack_marks: bool = False
    trend_markers: str | None = None
    status_shape: str = "circle"
    arrow_design: str = "block"
    rotate_arrows: bool = False
    mark_size: float = 11.0
    mark_shift: tuple[float, float] = (0.0, 0.0)
    alt_text: bool = False
    tagged: bool = False
    running: str = "none"
    hyphenate: str = "hard"
    justify: bool = False
    headers: str = "plain"
    widths: tuple[float, ...] | None = None
    page_breaks: bool = True
    figures: dict[str, float] = field(default_factory=dict)
    glyph_font: str = "DejaVu Sans"
    arrow_is_status: bool = False
    superscript: bool = False

    def colours(self) -> Palette:
        """The palette that this style draws with."""
        return PALETTES[self.palette]

    def trend_kind(self) -> str:
        """How trends are drawn: as the status markers are, unless the style says otherwise."""
        return self.trend_markers or self.markers

    def text_width(self) -> float:
        """Width between the left and right margins."""
        return self.page[0] - self.margins[1] - self.margins[3]
