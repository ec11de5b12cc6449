"""What each cue is worth for and against a row overleaf going on the one before.

golden/page-break-points.json shows the rows, their points and what becomes of them; after a wanted
change of points write it anew with ``UPDATE_GOLDEN=1 pytest -n0 tests/test_page_break_points.py``
and read the difference.
"""

from __future__ import annotations

import json
from typing import Any

from flips import check_golden

from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry
from styrmatt.extract.tables.cut_row_score import score_of
from styrmatt.extract.tables.page_breaks import join_cut_row

GOLDEN = "page-break-points.json"
BOX = (0.0, 0.0, 10.0, 10.0)
SHARED = ("success_factor", "measure", "board")
OF_LINE = ("sex", "target", "status")
KNOWN = ("merförarbete", "merförarbetealla")
"""Names of factors that an overview gave."""

Cells = dict[str, str]
EXAMPLES: dict[str, tuple[Cells, Cells]] = {
    "no name": ({"measure": "Antal"}, {"measure": "", "status": "disc"}),
    "a name with a lead-in": ({"measure": "Antal"}, {"measure": "Aktivitet: Delta"}),
    "a word broken by a hyphen": ({"measure": "Antal vetenskap-"}, {"measure": "liga skrifter"}),
    "a figure after a hyphen": ({"measure": "Antal år 2010-"}, {"measure": "2020 och senare"}),
    "a capital after a hyphen": ({"measure": "Andel av EU-"}, {"measure": "Medel i länet"}),
    "a small letter": ({"measure": "Antal skrifter"}, {"measure": "inom vården"}),
    "a capital": ({"measure": "Antal skrifter"}, {"measure": "Norrlands skogar"}),
    "a figure broken before its last three digits": (
        {"measure": "Fall per 100"},
        {"measure": "000 patienter"},
    ),
    "a figure that goes on no figure": ({"measure": "Antal fall"}, {"measure": "112 larm"}),
    "a board in each row": (
        {"measure": "Antal", "board": "KN"},
        {"measure": "besök", "board": "RS"},
    ),
    "a board in the first row": (
        {"measure": "Antal", "board": "KN"},
        {"measure": "Besök", "board": ""},
    ),
    "a target in the first row": (
        {"measure": "Antal", "target": "Öka"},
        {"measure": "Besök", "target": ""},
    ),
    "a target in the second row": (
        {"measure": "Antal", "target": ""},
        {"measure": "Besök", "target": "Öka"},
    ),
    "a target that goes on": (
        {"measure": "Antal", "target": "Öka till"},
        {"measure": "Besök", "target": "minst hälften"},
    ),
    "a target that goes on after a hyphen": (
        {"measure": "Antal", "target": "Minst ett av EU-"},
        {"measure": "Besök", "target": "Kommissionen"},
    ),
    "two targets": ({"measure": "Antal", "target": "Öka"}, {"measure": "besök", "target": "80 %"}),
    "two statuses": (
        {"measure": "Antal", "status": "disc"},
        {"measure": "besök", "status": "disc"},
    ),
    "one shading in two": (
        {"measure": "Antal", "status": "shading"},
        {"measure": "besök", "status": "shading"},
    ),
    "a status in the first row": (
        {"measure": "Antal", "status": "disc"},
        {"measure": "Besök", "status": "", "target": "Öka"},
    ),
    "another sex": ({"measure": "Antal", "sex": "K"}, {"measure": "Besök", "sex": "M"}),
    "the same sex": ({"measure": "Antal", "sex": "K"}, {"measure": "besök", "sex": "K"}),
    "no factor": (
        {"measure": "Antal", "success_factor": "Mer"},
        {"measure": "Besök", "success_factor": ""},
    ),
    "a factor that is known": (
        {"measure": "Antal", "success_factor": "Tid"},
        {"measure": "besök", "success_factor": "Mer för arbete"},
    ),
    "a factor cut in two": (
        {"measure": "Antal", "success_factor": "Mer för"},
        {"measure": "Besök", "success_factor": "arbete"},
    ),
    "a factor that goes on a known one": (
        {"measure": "Antal", "success_factor": "Mer för arbete"},
        {"measure": "Besök", "success_factor": "alla"},
    ),
    "a name alone after a whole row": (
        {"measure": "Antal", "target": "Öka", "status": "disc"},
        {"measure": "Besök", "target": "", "status": ""},
    ),
    "a small letter, and a status in the first row": (
        {"measure": "Antal", "status": "disc"},
        {"measure": "besök", "status": "", "target": "Öka"},
    ),
    "a small letter, and a board in the first row": (
        {"measure": "Antal", "board": "KN"},
        {"measure": "besök", "board": ""},
    ),
    "a capital, and a board and a target in the first row": (
        {"measure": "Antal", "board": "KN", "target": "Öka"},
        {"measure": "Besök", "board": "", "target": ""},
    ),
    "a capital after a hyphen, no factor": (
        {"measure": "Andel av EU-", "success_factor": "Mer"},
        {"measure": "Medel i länet", "success_factor": ""},
    ),
}


def entry(page: int, printed: Cells) -> TableEntry:
    """A row with these cells; a status is a mark that is read by its shape or its shading."""
    cells = {
        name: TableCell([text] if text else [], BOX, page, page) for name, text in printed.items()
    }
    if status := printed.get("status"):
        read_by = "shading" if status == "shading" else "vector"
        cells["status"] = TableCell([], BOX, page, page, [Mark(page, BOX, read_by, "#00aa00")])
    line = EntryLine({name: cells[name] for name in OF_LINE if name in cells}, BOX, page, page)
    return TableEntry({name: cells[name] for name in SHARED if name in cells}, [line])


def outcome(before: Cells, overleaf: Cells) -> dict[str, Any]:
    last, first = entry(1, before), entry(2, overleaf)

    def is_lead_in(name: str) -> bool:
        return name.startswith("Aktivitet:")

    points = score_of(last, first, KNOWN, is_lead_in)
    joined = join_cut_row(last, first, KNOWN, is_lead_in)
    review = bool(last.review or first.review)
    return {
        "before": before,
        "overleaf": overleaf,
        "points": points,
        "becomes": f"{'one row' if joined else 'two rows'}{', to be reviewed' if review else ''}",
    }


def test_points_are_those_of_the_golden_file() -> None:
    """The golden file lists for each example the last row of a page, the first one overleaf, and
    the points for (above zero) and against that they are one; a cue that moves is seen there.
    """
    found = {what: outcome(*rows) for what, rows in EXAMPLES.items()}
    check_golden(GOLDEN, json.dumps(found, ensure_ascii=False, indent=1))


def test_a_sex_that_the_row_before_has_already_begins_another_measure() -> None:
    """Its target begins with a small letter, as one that is cut does."""
    for lines, joined in (("TK", False), ("K", True)):
        last = entry(1, {"measure": "Sjukfrånvaro", "target": "högst 5 %", "sex": lines[0]})
        for sex in lines[1:]:
            last.lines += entry(1, {"measure": "", "target": "högst 5 %", "sex": sex}).lines
        first = entry(2, {"measure": "Frisknärvaro", "target": "lägst 60 %", "sex": "T"})
        assert join_cut_row(last, first, (), lambda name: False) is joined
