"""Perturbations of colour and of marks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reportlab.lib.colors import HexColor
from typeset.blocks import Table
from typeset.style import PALETTES, Palette

from perturb.draft import Base, Draft, Place, Row
from perturb.drawing import arrow, disc, draw_lines, mark_corner, text_width
from perturb.kinds import kind
from perturb.text import needed

_ROWS = 3


def _coloured(base: Base) -> bool:
    return base.coloured


def _discs(draft: Draft, colours: list[str]) -> None:
    """Draw the status of some rows in a colour that nobody has explained."""
    for row in needed(draft.marked(_ROWS, "status")):
        colour = draft.random.choice(colours)

        def paint(canvas: Any, place: Place, colour: str = colour) -> None:
            disc(draft, canvas, place, colour)

        draft.put(row, "status", paint=paint)
        row.doubt("status")


@kind("colour", "a status in a colour between two of the legend's", "status", fits=_coloured)
def hue_between(draft: Draft) -> None:
    palette = draft.style.colours()
    pairs = [(palette.met, palette.partly_met), (palette.partly_met, palette.not_met)]
    _discs(draft, [_mix(*pair) for pair in pairs])


def _mix(one: str, other: str) -> str:
    parts = [(int(one[at : at + 2], 16) + int(other[at : at + 2], 16)) // 2 for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


@kind(
    "colour",
    "a status in blue, violet, pink or brown, which no legend has",
    "status",
    fits=_coloured,
)
def colour_unlisted(draft: Draft) -> None:
    _discs(draft, ["#0070c0", "#7030a0", "#ff66cc", "#7b3f00", "#000000"])


@kind(
    "colour",
    "a status in a green or red that is near but not the legend's",
    "status",
    fits=_coloured,
)
def hue_near(draft: Draft) -> None:
    _discs(draft, ["#008080", "#556b2f", "#c71585", "#d2691e", "#00ffaa"])


def _palette(draft: Draft, palette: Palette) -> None:
    name = "trust " + "/".join(str(value) for value in vars(palette).values())
    PALETTES[name] = palette
    draft.style = replace(draft.style, palette=name)


@kind(
    "colour", "two greens in the legend: one for met, one for partly met", "status", fits=_coloured
)
def two_greens(draft: Draft) -> None:
    dark, light = "#00803c", "#92d050"
    met, partly = draft.random.choice([(dark, light), (light, dark)])
    _palette(draft, Palette(met, partly, "#ff0000", "#bfbfbf", outline="#7f7f7f"))


@kind("colour", "a legend that has red for met and green for not met", "status", fits=_coloured)
def legend_inverted(draft: Draft) -> None:
    old = draft.style.colours()
    _palette(draft, replace(old, met=old.not_met, not_met=old.met))
    for row in draft.rows.values():
        row.named = row.values["status"] in ("met", "not_met")


@kind("colour", "a legend of colours that are not a traffic light's", "status", fits=_coloured)
def legend_unusual(draft: Draft) -> None:
    _palette(draft, Palette("#1f4e9e", "#6fa8dc", "#6a1b9a", "#ffffff", outline="#333333"))


@kind("colour", "printed in grey, with a legend in grey", "status", fits=_coloured)
def greys(draft: Draft) -> None:
    _palette(draft, Palette("#8a8a8a", "#c4c4c4", "#4c4c4c", "#f2f2f2", outline="#333333"))
    for row in draft.rows.values():
        row.named = row.values["status"] is not None


def _without_legend(draft: Draft) -> None:
    draft.blocks = [
        block for block in draft.blocks if not (isinstance(block, Table) and block.role == "legend")
    ]


@kind("colour", "printed in grey, without a legend", "status", fits=_coloured)
def greys_without_legend(draft: Draft) -> None:
    _palette(draft, Palette("#8a8a8a", "#c4c4c4", "#4c4c4c", "#f2f2f2", outline="#333333"))
    _without_legend(draft)
    for row in draft.rows.values():
        if row.values["status"] is not None:
            row.doubt("status")


@kind("colour", "no legend: the colours are a traffic light's", "status", fits=_coloured)
def legend_missing(draft: Draft) -> None:
    _without_legend(draft)


@kind("colour", "colours as a worn printer has them", "status", fits=_coloured)
def colours_faded(draft: Draft) -> None:
    old = draft.style.colours()
    pale = {name: _mix(getattr(old, name), "#ffffff") for name in ("met", "partly_met", "not_met")}
    _palette(draft, replace(old, **pale))


@kind(
    "colour",
    "a status that is an empty ring, which the legend does not have",
    "status",
    fits=_coloured,
)
def ring_unlisted(draft: Draft) -> None:
    for row in needed(draft.marked(_ROWS, "status")):
        draft.put(row, "status", paint=lambda canvas, place: disc(draft, canvas, place, None))
        row.doubt("status")


# --- marks


def _arrows(draft: Draft, degrees: list[float]) -> None:
    for row in needed(draft.marked(_ROWS, "trend")):
        turn = draft.random.choice(degrees)

        def paint(canvas: Any, place: Place, turn: float = turn) -> None:
            arrow(draft, canvas, place, turn)

        draft.put(row, "trend", paint=paint)
        row.doubt("trend")


@kind("marks", "an arrow that points between the four directions", "trend", fits=_coloured)
def arrow_between(draft: Draft) -> None:
    _arrows(draft, [-30, -60, -120, -150, 35])


@kind("marks", "an arrow that points to the left, which no legend has", "trend", fits=_coloured)
def arrow_to_the_left(draft: Draft) -> None:
    _arrows(draft, [90])


@kind("marks", "an arrow with a head at both ends", "trend", fits=_coloured)
def arrow_with_two_heads(draft: Draft) -> None:
    points = [
        (0.5, 1.0), (0.85, 0.68), (0.62, 0.68), (0.62, 0.32), (0.85, 0.32), (0.5, 0.0),
        (0.15, 0.32), (0.38, 0.32), (0.38, 0.68), (0.15, 0.68),
    ]  # fmt: skip
    for row in needed(draft.marked(_ROWS, "trend")):
        turn = draft.random.choice([0, 90])

        def paint(canvas: Any, place: Place, turn: float = turn) -> None:
            arrow(draft, canvas, place, turn, points=points)

        draft.put(row, "trend", paint=paint)
        row.doubt("trend")


@kind("marks", "a mark that is missing", "status", fits=_coloured)
def mark_missing(draft: Draft) -> None:
    for row in needed(draft.marked(_ROWS, "status")):
        draft.put(row, "status", marks=())
        row.values["status"] = None
        row.named = True


@kind("marks", "two marks of different colours in one cell", "status", fits=_coloured)
def two_marks(draft: Draft) -> None:
    palette = draft.style.colours()
    for row in needed(draft.marked(_ROWS, "status")):
        apart = draft.style.mark_size + draft.random.uniform(1, 4)

        def paint(canvas: Any, place: Place, apart: float = apart) -> None:
            disc(draft, canvas, place, palette.met)
            disc(draft, canvas, place, palette.not_met, dx=apart)

        draft.put(row, "status", paint=paint)
        row.doubt("status")


@kind("marks", "two arrows in one cell, up and down", "trend", fits=_coloured)
def two_arrows(draft: Draft) -> None:
    for row in needed(draft.marked(_ROWS, "trend")):

        def paint(canvas: Any, place: Place) -> None:
            arrow(draft, canvas, place, 0)
            beside = replace(place, left=place.left + 14, right=place.right + 14)
            arrow(draft, canvas, beside, 180)

        draft.put(row, "trend", paint=paint)
        row.doubt("trend")


@kind("marks", "a mark on the border of two rows", "status", "row", fits=_coloured)
def mark_on_border(draft: Draft) -> None:
    for row in needed(draft.marked(2, "status")):
        below = _below(draft, row)

        def paint(canvas: Any, place: Place, row: Row = row) -> None:
            _, y = mark_corner(draft, place)
            colour = draft.style.colours().status(row.values["status"])
            disc(draft, canvas, place, colour, dy=place.bottom - y - draft.style.mark_size / 2)

        draft.put(row, "status", paint=paint)
        row.keep("status")
        if below is not None:
            below.keep("status")


def _below(draft: Draft, row: Row) -> Row | None:
    keys = draft.grid(row.key).keys
    at = keys.index(row.key) + 1
    return draft.rows[keys[at]] if at < len(keys) else None


@kind(
    "marks",
    "a status on the border to the trend's column",
    "status",
    "trend",
    "column",
    fits=_coloured,
)
def mark_between_columns(draft: Draft) -> None:
    for row in needed(draft.marked(_ROWS, "status")):

        def paint(canvas: Any, place: Place, row: Row = row) -> None:
            x, _ = mark_corner(draft, place)
            colour = draft.style.colours().status(row.values["status"])
            disc(draft, canvas, place, colour, dx=place.right - x - draft.style.mark_size / 2)

        draft.put(row, "status", paint=paint)
        row.keep("status", "trend")


@kind("marks", "a status mark in the target's cell, after the target", "status", "target", "column",
      fits=_coloured)  # fmt: skip
def mark_in_target_cell(draft: Draft) -> None:
    for row in needed([row for row in draft.figures(9) if row.values["status"]][:2]):
        text = str(row.values["target_text"])
        colour = draft.style.colours().status(row.values["status"])

        def paint(canvas: Any, place: Place, text: str = text, colour: str | None = colour) -> None:
            draw_lines(draft, canvas, place, text)
            disc(
                draft,
                canvas,
                replace(place, right=place.left + 30),
                colour,
                dx=text_width(draft, text) + 6,
            )

        draft.put(row, "target", paint=paint)
        draft.put(row, "status", marks=())
        row.keep("status")


@kind("marks", "a mark that is crossed out", "status", fits=_coloured)
def mark_crossed_out(draft: Draft) -> None:
    for row in needed(draft.marked(_ROWS, "status")):
        colour = draft.style.colours().status(row.values["status"])

        def paint(canvas: Any, place: Place, colour: str | None = colour) -> None:
            disc(draft, canvas, place, colour)
            x, y = mark_corner(draft, place)
            size = draft.style.mark_size
            canvas.setLineWidth(1.6)
            canvas.setStrokeColorRGB(0, 0, 0)
            canvas.line(x - 1, y - 1, x + size + 1, y + size + 1)
            canvas.line(x - 1, y + size + 1, x + size + 1, y - 1)

        draft.put(row, "status", paint=paint)
        row.keep("status")


@kind("marks", "a disc of two halves, green and red", "status", fits=_coloured)
def mark_of_two_colours(draft: Draft) -> None:
    palette = draft.style.colours()
    for row in needed(draft.marked(_ROWS, "status")):

        def paint(canvas: Any, place: Place) -> None:
            x, y = mark_corner(draft, place)
            size = draft.style.mark_size
            for colour, start in ((palette.met, 90), (palette.not_met, 270)):
                canvas.setFillColor(HexColor(colour))
                canvas.wedge(x, y, x + size, y + size, start, 180, stroke=0, fill=1)

        draft.put(row, "status", paint=paint)
        row.doubt("status")
