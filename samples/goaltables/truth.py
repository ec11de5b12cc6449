"""What is true of a report: its rows, read off the content and the pages where they were set.

A role says what a column holds:

    measure goal board responsible unit sex target status trend fulfilment forecast baseline comment
    o:YEAR[:SEX[:PERIOD]]  a result (sex - for the row's own), area  whose result it is not
    last   a result with its year in the cell      skip  anything else

A table whose first column is `goalname` is an overview: it has no rows, its marks are the goals'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from goaltables.cells import STATUS, TREND, Cell, Sign, figure
from goaltables.content import Line, Report, Table

SEXES = {
    "totalt": "T",
    "total": "T",
    "samtliga": "T",
    "alla": "T",
    "kvinnor": "K",
    "kvinna": "K",
    "kv": "K",
    "k": "K",
    "flickor": "K",
    "män": "M",
    "man": "M",
    "m": "M",
    "pojkar": "M",
}
_BLANK = {"", "-", "–", "—", ".", "..", "...", "i.u.", "*"}
_BEFORE = re.compile(r"\(([-−–+]?[\d ,]+)\)$")
"""The figure of the year before, in brackets at the end of a result."""
_OF_YEAR = re.compile(r"\(((?:19|20)\d\d):? ([-−–+]?[\d ,]+)[^)]*\)$")
"""The figure of an earlier year, with the year, in brackets at the end of a result."""
_SEX_ROW = re.compile(r"(?:[–-] ?)?varav (kvinnor|män|flickor|pojkar)$")
_ENDINGS = {" Kv.": "K", " M.": "M"} | {
    form.format(word): SEXES[word]
    for word in ("kvinnor", "män", "flickor", "pojkar")
    for form in (", {}", " ({})", " – {}")
}
"""What a name ends in that is a sex."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass
class Entry:
    """One measure and sex of the truth."""

    row: dict[str, Any]
    outcomes: list[dict[str, Any]] = field(default_factory=list)


def rows_of(
    table: Table, pages: dict[int, int], goal: str | None, also: str | None
) -> list[dict[str, Any]]:
    """The rows of the truth that a table prints.

    `goal` is the heading's, `also` that of the heading above it, which may as well be taken.
    """
    reader = _Reader(table, pages, goal, also)
    for index, line in enumerate(table.lines):
        reader.take(index, line)
    return reader.rows


class _Reader:
    def __init__(
        self, table: Table, pages: dict[int, int], goal: str | None, also: str | None
    ) -> None:
        self.table, self.pages, self.goal, self.also = table, pages, goal, also
        self.above: list[Cell] = []
        self.rows: list[dict[str, Any]] = []
        self.name: str | None = None

    def take(self, index: int, line: Line) -> None:
        if line.kind in ("goal", "marked"):
            self.goal = line.cells[0].text
        elif line.kind == "name":
            self.name = line.cells[0].text
        elif line.kind == "comment":
            self.rows[-self.last_count]["comment"] = line.cells[0].text
        elif line.kind == "row":
            self._row(index, line)

    def _row(self, index: int, line: Line) -> None:
        cells = [
            self.above[n] if cell.above and self.above else cell
            for n, cell in enumerate(line.cells)
        ]
        self.above = cells
        told: dict[str, Any] = {"goal": self.goal, "goal_also": self.also}
        outcomes: dict[str, list[dict[str, Any]]] = {"T": [], "K": [], "M": []}
        sexes = set()
        own = "T"
        for role, cell in zip(self.table.roles, cells, strict=True):
            if role == "sex":
                own = SEXES[cell.text.lower().rstrip(".")] if cell.text else "T"
            elif role in ("measure", "goal", "board") and cell.text:
                told[role] = cell.text
        if self.name:
            told["measure"] = self.name
        if "measure" not in told:
            return
        told["measure"], own = _sex_in_name(told["measure"], own, self.table)
        if not told["measure"]:  # a line of women or men: what is printed once is for each
            total = next(row for row in reversed(self.rows) if row["sex"] == "T")
            told["measure"] = total["measure"]
            targets = {k: total[k] for k in ("target_text", "target_value") if k in total}
            told.update(targets)
        for role, cell in zip(self.table.roles, cells, strict=True):
            self._signs(role, cell, told)
            if role.startswith("o:"):
                _, when, *rest = role.split(":")
                sex = rest[0] if rest and rest[0] != "-" else own
                sexes.add(sex)
                if (value := _value(cell)) is not None:
                    one = {"year": int(when), "value": value}
                    if len(rest) > 1:
                        one["period"] = rest[1].replace("_", " ")
                    outcomes[sex].append(one)
                    if past := _OF_YEAR.search(cell.text):
                        told["previous_value"] = figure(past.group(2))
                        earlier = {"year": int(past.group(1)), "value": told["previous_value"]}
                        told["outcomes_allowed"] = [earlier]
                    if before := _BEFORE.search(cell.text):
                        told["previous_value"] = figure(before.group(1))
                        past = {"year": int(when) - 1, "value": told["previous_value"]}
                        told["outcomes_allowed"] = [past]
            elif role == "last" and (value := _value(cell)) is not None:
                year = int(_YEAR.findall(cell.text)[-1])
                outcomes[own].append({"year": year, "value": value})
            elif role == "target" and not _blank(cell):
                told["target_text"] = cell.text
                told["target_value"] = _target(cell)
            elif role in ("forecast", "fulfilment", "baseline"):
                told[role] = _value(cell)
            elif role == "comment" and cell.text:
                told["comment"] = cell.text
        if "baseline" in told:
            told["baseline_value"] = told.pop("baseline")
        self._add(index, told, outcomes, sexes or {own}, own)

    def _signs(self, role: str, cell: Cell, told: dict[str, Any]) -> None:
        means = self.table.marks_mean
        for sign in _lit(cell.signs):
            if sign.trend and means != "rank":
                told["trend"] = TREND[sign.trend]
                if sign.status and means == "status":
                    told["status"] = STATUS[sign.status]
            elif sign.status and means == "status" and role != "trend":
                told["status"] = STATUS[sign.status]
        if role == "status" and cell.said:
            told["status"] = None if cell.said == "none" else cell.said
        if role == "trend" and cell.said:
            told["trend"] = cell.said

    def _add(
        self,
        index: int,
        told: dict[str, Any],
        outcomes: dict[str, list[dict[str, Any]]],
        sexes: set[str],
        own: str,
    ) -> None:
        """A record for each sex that has a result; T always, with what is printed once."""
        wide = len(sexes) > 1
        once = ("status", "trend", "forecast", "fulfilment", "comment", "baseline_value")
        before = len(self.rows)
        for sex in ("T", "K", "M") if wide else (own,):
            if wide and sex != "T" and not outcomes[sex]:
                continue
            row = {k: v for k, v in told.items() if not (wide and sex != "T" and k in once)}
            row.update(sex=sex, outcomes=outcomes[sex], page=self.pages[index])
            self.rows.append({k: v for k, v in row.items() if v is not None})
        self.last_count = len(self.rows) - before


def statuses_of(table: Table) -> dict[str, str]:
    """The status of each goal that an overview lists."""
    column = table.roles.index("status")
    signs = {line.cells[0].text: line.cells[column].signs for line in table.lines}
    return {goal: STATUS[marks[0].status] for goal, marks in signs.items() if marks}


def marked_goals_of(table: Table) -> dict[str, str]:
    """The status of each goal that a row of a table of measures names with its mark."""
    signs = {
        line.cells[0].text: [sign for cell in line.cells for sign in cell.signs]
        for line in table.lines
        if line.kind == "marked"
    }
    return {goal: STATUS[marks[0].status] for goal, marks in signs.items()}


def _lit(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """The lamp of a traffic light of three that is lit; else all marks of the cell."""
    lit = tuple(sign for sign in signs if sign.status != "x")
    return lit if len(signs) == 3 and len(lit) == 1 else signs


def _sex_in_name(name: str, own: str, table: Table) -> tuple[str, str]:
    """A name without the sex that it ends in, and that sex, where the table's style says so.

    A name that is nothing but a sex gives an empty name: that of the row above.
    """
    if found := _SEX_ROW.match(name):
        return "", SEXES[found.group(1)]
    if table.style.get("sex_in_name"):
        for ending, sex in _ENDINGS.items():
            if name.endswith(ending):
                return name.removesuffix(ending), sex
    return name, own


def _blank(cell: Cell) -> bool:
    return cell.text in _BLANK


def _value(cell: Cell) -> float | None:
    return None if cell.said is None and _blank(cell) else cell.figure()


def _target(cell: Cell) -> float | None:
    return cell.figure() if cell.said is not None else figure(cell.text)


def truth_of(
    report: Report, rows: list[dict[str, Any]], goals: list[dict[str, Any]], pages: int
) -> dict[str, Any]:
    """The truth in the shape that the scoring reads: by fiscal year."""
    told = report.told
    seen = [goal["goal"] for goal in goals]
    for row in rows:
        if row.get("goal") and row["goal"] not in seen:
            seen.append(row["goal"])
            goals.append({"goal": row["goal"], "status": None})
    for said in told.get("stated", ()):
        row = next(r for r in rows if (r["measure"], r["sex"]) == (said["measure"], said["sex"]))
        row.setdefault("outcomes_allowed", []).append({k: said[k] for k in ("year", "value")})
    year = {
        "page_count": pages,
        "organisation": told["organisation"],
        "report_kind": told.get("kind", "annual"),
        "period_end": told.get("period_end", f"{told['year']}-12-31"),
        "families": told["families"],
        "exercises": told["exercises"],
        "producer": told.get("producer", "reportlab"),
        "shapes": told.get("shapes", []),
        "left_alone": sum(table.alone for table in report.tables.values()),
        "goals": goals,
        "rows": rows,
    }
    if report.allowed:
        year["allowed"] = list(report.allowed)
    return {str(told["year"]): year}
