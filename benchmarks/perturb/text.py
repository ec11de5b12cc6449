"""Perturbations of text: letters for figures, stray signs, holes, missing letters, moved cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from typeset.model import SEXES

from perturb import fonts
from perturb.draft import Draft, Place, Row
from perturb.drawing import draw_lines, draw_string, lines_of
from perturb.kinds import NotHere, kind
from perturb.words import header, words

_ROWS = 3
"""Rows that a perturbation of single cells changes in each report."""


def _rows(draft: Draft, least: float = 0) -> list[Row]:
    """Rows with a bare number as target."""
    return needed(draft.figures(_ROWS, least))


def needed(rows: list[Any]) -> list[Any]:
    """The rows, or whatever is needed; there has to be one at least."""
    if not rows:
        raise NotHere
    return rows


def _misprint(
    draft: Draft, make: Callable[[int], str], *, right: bool = True, least: int = 1
) -> None:
    """Print targets that nobody can be sure of; where `right`, the old value is a good reading."""
    for row in _rows(draft, least):
        value = row.values["target_value"]
        draft.retarget(row, make(int(value)), value)
        row.doubt("target_value", accept=(value,) if right else ())
        row.accepted["target_text"] = (None,)


@kind("text", "a figure of the target is a letter that looks like it: 8O %, l00 %", "target")
def digit_as_letter(draft: Draft) -> None:
    letters = {"0": "O", "1": "l", "5": "S", "8": "B"}
    rows = [row for row in draft.figures(99) if set(str(row.values["target_text"])) & set(letters)]
    for row in needed(rows)[:_ROWS]:
        value, text = row.values["target_value"], str(row.values["target_text"])
        at = draft.random.choice([n for n, sign in enumerate(text) if sign in letters])
        draft.retarget(row, f"{text[:at]}{letters[text[at]]}{text[at + 1 :]}", value)
        row.doubt("target_value", accept=value)


@kind("text", "a target with two decimal signs: 8,5.0 %", "target")
def decimal_sign_twice(draft: Draft) -> None:
    signs = draft.random.choice([",5.0", ".5,0", ",,5"])
    _misprint(draft, lambda value: f"{value}{signs} %", right=False)


@kind("text", "a space within the word of the unit: 80 pr ocent", "target")
def space_in_unit(draft: Draft) -> None:
    _misprint(draft, words()["targets"]["percent_apart"].format)


@kind("text", "a space within the figure: 8 0 %", "target")
def space_in_figure(draft: Draft) -> None:
    _misprint(draft, lambda value: f"{' '.join(str(value))} %", least=10)


@kind("text", "a space between sign and figure: - 5 %", "target")
def space_after_minus(draft: Draft) -> None:
    for row in _rows(draft):
        value = row.values["target_value"]
        draft.retarget(row, f"- {value:g} %", -value)
        row.doubt("target_value", accept=-value)


@kind("text", "two targets in one cell: 80 % 85 %", "target")
def two_targets(draft: Draft) -> None:
    text = draft.random.choice(words()["targets"]["two"])
    for row in _rows(draft):
        value = row.values["target_value"]
        draft.retarget(row, text.format(f"{value:g}", f"{value + 3:g}"), value)
        row.doubt("target_value", accept=value)


@kind("text", "a sign too many: 80 %%, ~80 %, 80 %., >>80 %", "target")
def sign_doubled(draft: Draft) -> None:
    form = draft.random.choice(["{} %%", "~{} %", "{} %.", ">>{} %", "{} %?"])
    _misprint(draft, form.format)


@kind("text", "a target whose thousands are set off by a point: 1.250", "target")
def thousands_by_point(draft: Draft) -> None:
    for row in _rows(draft):
        value = float(draft.random.randint(1001, 9999))
        draft.retarget(row, f"{int(value) // 1000}.{int(value) % 1000:03}", value)
        row.doubt("target_value", accept=value)


@kind("text", "a target without its percent sign", "target")
def unit_missing(draft: Draft) -> None:
    for row in _rows(draft):
        value = row.values["target_value"]
        draft.retarget(row, f"{value:g}", value)
        row.named = True


@kind("text", "a raised footnote figure after the target's figure", "target")
def footnote_in_target(draft: Draft) -> None:
    for row in _rows(draft):
        value = row.values["target_value"]
        draft.put(row, "target", text=f"{value:g} %", superscript=str(draft.random.randint(1, 4)))
        row.values["target_text"] = f"{value:g} %"
        row.accepted["target_text"] = tuple(
            f"{value:g} %{sign}" for number in "1234" for sign in (number, f"[{number}]")
        )
        row.named = True


@kind("text", "letters of the target set wide apart", "target")
def letters_spaced(draft: Draft) -> None:
    space = draft.random.uniform(1.2, 2.4)
    for row in _rows(draft):
        text = str(row.values["target_text"])

        def paint(canvas: Any, place: Place, text: str = text) -> None:
            draw_string(draft, canvas, place, text, char_space=space)

        draft.put(row, "target", paint=paint)


@kind("text", "accents drawn beside the letter, as TeX does it", "name")
def accents_beside(draft: Draft) -> None:
    def paint_text(canvas: Any, place: Place, text: str) -> None:
        for x, y, line in lines_of(draft, place, text):
            draw_accents(draft, canvas, x, y, line)

    rows = draft.pick(_ROWS + 2, lambda row: bool(re.search("[äöÄÖ]", row.values["measure"])))
    for row in needed(rows):
        text = draft.grid(row.key).cell(row.key, "measure").text

        def paint(canvas: Any, place: Place, text: str = text) -> None:
            paint_text(canvas, place, text)

        draft.put(row, "measure", paint=paint)


def draw_accents(draft: Draft, canvas: Any, x: float, y: float, line: str) -> None:
    """A line with the two dots of its letters drawn as a sign of their own."""
    font, size = draft.style.font, draft.style.table_size
    canvas.setFont(font, size)
    for sign in line:
        plain = {"ä": "a", "ö": "o", "Ä": "A", "Ö": "O"}.get(sign, sign)
        width = canvas.stringWidth(plain, font, size)
        canvas.drawString(x, y, plain)
        if plain != sign:
            dots = canvas.stringWidth("\u00a8", font, size)
            rise = size * 0.2 if plain.isupper() else 0.0
            canvas.drawString(x + (width - dots) / 2, y + rise, "\u00a8")
        x += width


@kind("text", "names in another face", "name")
def another_face(draft: Draft) -> None:
    for row in needed(draft.pick(_ROWS + 2)):
        _in_font(draft, row, "measure")


@kind("text", "letters that the file spells decomposed: a and two dots for ä", "name")
def letters_decomposed(draft: Draft) -> None:
    pairs = {
        "å": "a\u030a",
        "ä": "a\u0308",
        "ö": "o\u0308",
        "Å": "A\u030a",
        "Ä": "A\u0308",
        "Ö": "O\u0308",
    }
    for row in needed(draft.pick(_ROWS + 2)):
        _in_font(draft, row, "measure")
    fonts.spell(draft, pairs)


@kind("text", "a letter of names that the file cannot tell", "name", "target")
def hole_in_name(draft: Draft) -> None:
    rows = needed(draft.pick(_ROWS, lambda row: row.values["measure"].count("n") > 1))
    for row in rows:
        _in_font(draft, row, "measure")
        for other in _same_name(draft, row):
            other.doubt("measure")
    fonts.spell(draft, {"n": "\ufffd"})


@kind("text", "a figure of targets that the file cannot tell", "target", "name")
def hole_in_target(draft: Draft) -> None:
    rows = _rows(draft)
    for row in rows:
        _in_font(draft, row, "target")
        row.doubt("target_value", "target_text")
    fonts.spell(draft, dict.fromkeys("0123456789", "\ufffd"))


@kind("text", "names in a font that does not say what its signs mean", "name")
def font_without_letters(draft: Draft) -> None:
    for row in needed(draft.pick(_ROWS)):
        _in_font(draft, row, "measure")
        for other in _same_name(draft, row):
            other.doubt("measure", accept=(row.values["measure"],))
    fonts.nameless(draft)


@kind("text", "targets in a font that does not say what its signs mean", "target")
def font_without_figures(draft: Draft) -> None:
    for row in _rows(draft):
        _in_font(draft, row, "target")
        row.keep("target_value", "target_text")
    fonts.nameless(draft)


def _in_font(draft: Draft, row: Row, name: str) -> None:
    """Set a cell in the face that nothing else is set in."""
    text = draft.grid(row.key).cell(row.key, name).text

    def paint(canvas: Any, place: Place) -> None:
        draw_lines(draft, canvas, place, text, font=fonts.face())

    draft.put(row, name, paint=paint)


def _same_name(draft: Draft, row: Row) -> list[Row]:
    """The rows of the measure."""
    return [other for other in draft.rows.values() if other.key[0] == row.key[0]]


def sex_pairs(draft: Draft) -> list[tuple[Row, Row]]:
    """Measures with a row each for women and men."""
    rows = draft.rows
    found = [(row, rows[key[0], "men"]) for key, row in rows.items() if key[1] == "women"]
    if not found:
        raise NotHere
    return found


@kind("text", "the letters K and M are missing", "sex", fits=lambda base: base.family == "a")
def sex_letters_missing(draft: Draft) -> None:
    for women, men in sex_pairs(draft)[:_ROWS]:
        for row in (women, men):
            draft.put(row, "sex", text="")
            row.keep("sex")


@kind("text", "K stands in both rows of a measure", "sex", fits=lambda base: base.family == "a")
def sex_letter_twice(draft: Draft) -> None:
    women, men = draft.random.choice(sex_pairs(draft))
    letter = draft.random.choice("KM")
    for row in (women, men):
        draft.put(row, "sex", text=letter)
        row.keep("sex")


@kind("text", "women and men in words instead of K and M", "sex", fits=lambda b: b.family == "a")
def sex_in_words(draft: Draft) -> None:
    for women, men in sex_pairs(draft):
        draft.put(women, "sex", text=words()["cells"]["sexes"]["women"])
        draft.put(men, "sex", text=words()["cells"]["sexes"]["men"])
    for grid in draft.grids:
        grid.widths[grid.column("sex")] = 12


@kind("text", "a letter that is neither K nor M", "sex", fits=lambda base: base.family == "a")
def sex_letter_unknown(draft: Draft) -> None:
    women, _ = draft.random.choice(sex_pairs(draft))
    draft.put(women, "sex", text=draft.random.choice("XZ"))
    women.keep("sex")


@kind("text", "two measures of one name in a table", "double")
def name_twice(draft: Draft) -> None:
    grids = {
        grid.number: [draft.rows[key] for key in grid.keys if key[1] == SEXES[0]]
        for grid in draft.grids
    }
    first, second = draft.random.choice(needed([rows for rows in grids.values() if len(rows) > 1]))[
        :2
    ]
    name = draft.grid(first.key).cell(first.key, "measure").text
    draft.put(second, "measure", text=name)
    second.values["measure"] = first.values["measure"]
    for row in (first, second):
        row.named = row.must = True


@kind("text", "names in capitals", "name")
def name_in_capitals(draft: Draft) -> None:
    for row in needed(draft.pick(_ROWS)):
        draft.put(row, "measure", text=draft.grid(row.key).cell(row.key, "measure").text.upper())


@kind("text", "a target that stands in the status column", "target", "status", "column")
def target_in_status_column(draft: Draft) -> None:
    rows = draft.pick(2, lambda row: row in draft.figures(99) and row.values["status"] is None)
    if not rows:
        rows = needed(draft.figures(1))
    for row in rows:
        text = str(row.values["target_text"])
        draft.put(row, "target", text="")
        draft.put(row, "status", marks=(), text=text)
        row.keep("target_value", "target_text")
        row.values["status"] = None
        row.doubt("status")


@kind("text", "a target that stands in the K/M column", "target", "sex", "column",
      fits=lambda base: base.family == "a")  # fmt: skip
def target_in_sex_column(draft: Draft) -> None:
    for row in _rows(draft)[:2]:
        text = str(row.values["target_text"])
        letter = draft.grid(row.key).cell(row.key, "sex").text
        draft.put(row, "target", text="")
        draft.put(row, "sex", text=f"{letter} {text}".strip())
        row.keep("target_value", "target_text", "sex")


@kind("text", "a target that stands in the row above", "target", "row")
def target_in_row_above(draft: Draft) -> None:
    for grid in draft.random.sample(draft.grids, len(draft.grids)):
        for above, key in zip(grid.keys, grid.keys[1:], strict=False):
            first, row = draft.rows[above], draft.rows[key]
            whole = all(grid.cell(k, "target").rows == 1 for k in (above, key))
            if row not in draft.figures(99) or not whole:
                continue
            text = f"{first.values['target_text'] or ''}\n{row.values['target_text']}"
            draft.put(first, "target", text=text.strip())
            draft.put(row, "target", text="")
            first.keep("target_value", "target_text")
            first.accepted["target_text"] += (text.strip(),)
            row.keep("target_value", "target_text")
            return
    raise NotHere


@kind("text", "the target column's header names the year before", "target", "column")
def header_of_other_year(draft: Draft) -> None:
    for grid in draft.grids[:2]:
        column = grid.column("target")
        text = header(draft, "target_before")
        grid.header[column] = replace(grid.header[column], text=text)
        for key in grid.keys:
            if draft.rows[key].values["target_value"] is not None:
                draft.rows[key].doubt("target_value")
            draft.rows[key].named = True
