"""Puts together what a page break cut: tables that go on overleaf and the rows they were cut in.

Whether the first row overleaf goes on the last row of the page before is judged by evidence from
all cells. Weak evidence either way is said in the row's review.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from styrmatt.extract.model.text_lines import HYPHENS
from styrmatt.extract.tables.cells import Group, PageCell, TableLine
from styrmatt.whitespace import squeeze

_ENOUGH = 1.5
_CERTAIN = 1.0
"""A score nearer to the bar than this is a weak judgement."""


def join_cut_row(
    last: Group, first: Group, known_factors: Container[str], is_lead_in: Callable[[str], bool]
) -> bool:
    """Join ``first`` to ``last`` where it goes on it; True if so.

    ``known_factors`` are squeezed names of the overview; ``is_lead_in`` says whether a name begins
    with a lead-in word such as "Aktivitet:".
    """
    score = _score(last, first, known_factors, is_lead_in)
    if score < _ENOUGH:
        if score > _ENOUGH - _CERTAIN:
            first.review.add("row_joined")
        return False
    if score < _ENOUGH + _CERTAIN:
        last.review.add("row_joined")
    _join(last, first)
    return True


def share_cut_factor(
    last: Group, groups: Sequence[Group], known: Container[str], *, joined: str
) -> None:
    """Mend a success factor's cell that is merged over measures and cut by the page break.

    ``groups`` are the measures overleaf that are left, ``joined`` the factor text of one that was
    joined to ``last``. The text overleaf is the end of the factor, not a factor of its own.
    """
    if "success_factor" not in last.cells:
        return
    cell = last.cells["success_factor"]
    rest = joined or (groups[0].text("success_factor") if groups else "")
    if not rest:
        return
    if not joined:
        whole = squeeze(cell.text) + squeeze(rest)
        if squeeze(rest) in known or squeeze(cell.text) in known or whole not in known:
            return
        cell.extend(groups[0].cells["success_factor"])
    for group in groups:
        if group.text("success_factor") == rest:
            group.cells["success_factor"] = cell


def deal_marks(group: Group) -> None:
    """Give each line of a measure its mark where a cell merged over the lines was cut apart."""
    for name in ("status", "trend"):
        cells = [line.cells[name] for line in group.lines if name in line.cells]
        marks = [mark for cell in cells for mark in cell.marks]
        if len(cells) == len(group.lines) == len(marks) and any(len(c.marks) != 1 for c in cells):
            for cell, mark in zip(cells, marks, strict=True):
                cell.marks = [mark]


def is_other_sex(last: Group, group: Group) -> bool:
    """Whether a row repeats the name before it for the other sex, as a line of that measure."""
    if not all(
        squeeze(last.text(name)) == squeeze(group.text(name))
        for name in ("measure", "board", "success_factor")
    ):
        return False
    sexes = [squeeze(line.text("sex")) for line in (*last.lines, *group.lines)]
    return all(sexes) and len(set(sexes)) == len(sexes)


def _score(
    last: Group, first: Group, known_factors: Container[str], is_lead_in: Callable[[str], bool]
) -> float:
    return (
        _by_name(last, first, is_lead_in)
        + _by_board(last, first)
        + _by_target(last.lines[-1], first.lines[0])
        + _by_marks(last.lines[-1], first.lines[0])
        + _by_sex(last.lines[-1], first.lines[0])
        + _by_factor(last, first, known_factors)
        + _by_nothing_else(last, first)
    )


def _main(group: Group) -> str:
    return group.text("measure") if "measure" in group.cells else group.text("success_factor")


def _by_name(last: Group, first: Group, is_lead_in: Callable[[str], bool]) -> float:
    before, after = _main(last), _main(first)
    if not after:
        return 3.0
    if is_lead_in(after):
        return -4.0
    if before.endswith(HYPHENS):
        return 3.0 if after[:1].islower() or after[:1].isdigit() else 1.0
    start = after.lstrip("([”\"'")[:1]
    return 1.5 if start.islower() else -1.0


def _by_board(last: Group, first: Group) -> float:
    if "board" not in first.cells:
        return 0.0
    before, after = last.text("board"), first.text("board")
    if before and after:
        return -4.0
    return 1.5 if before and not after else 0.0


def _by_target(last: TableLine, first: TableLine) -> float:
    before, after = last.text("target"), first.text("target")
    if not after:
        return 1.0 if before else 0.0
    if not before:
        return 1.0
    goes_on = before.endswith(HYPHENS) or after[:1].islower()
    return 1.5 if goes_on else -2.0


def _by_marks(last: TableLine, first: TableLine) -> float:
    if first.text("sex"):
        return 0.0
    if last.marks("status") and first.marks("status") and not _one_shading(last, first):
        return -3.0
    return 0.5 if last.marks("status") and not first.marks("status") else 0.0


def _one_shading(last: TableLine, first: TableLine) -> bool:
    """Whether both status cells are shaded alike: a cell that is cut is shaded twice."""
    colours = {m.colour for line in (last, first) for m in line.marks("status")}
    shaded = all(m.read_by == "shading" for line in (last, first) for m in line.marks("status"))
    return shaded and len(colours) == 1


def _by_sex(last: TableLine, first: TableLine) -> float:
    before, after = squeeze(last.text("sex")), squeeze(first.text("sex"))
    if not after:
        return 0.0
    return 3.0 if before and before != after else -2.0


def _by_factor(last: Group, first: Group, known: Container[str]) -> float:
    if "success_factor" not in first.cells or "measure" not in first.cells:
        return 0.0
    before, after = squeeze(last.text("success_factor")), squeeze(first.text("success_factor"))
    if not after:
        return 0.5
    if after in known or after == before:
        return -3.0
    if before not in known and before + after in known:
        return 3.0
    return 0.0


def _by_nothing_else(last: Group, first: Group) -> float:
    """A row that holds nothing but part of a name, after a row that lacks nothing else."""
    if "measure" not in first.cells:
        return 0.0
    bare = len(first.lines) == 1 and not any(
        cell.text or cell.marks for cell in first.lines[0].cells.values()
    )
    others = any(cell.text for name, cell in first.cells.items() if name != "measure")
    whole = bool(last.lines[-1].text("target") and last.lines[-1].marks("status"))
    return 1.0 if bare and not others and whole else 0.0


def _go_on(cells: dict[str, PageCell], overleaf: Mapping[str, PageCell]) -> None:
    """Let each cell go on; one that lines before share (merged) is not among a line's own."""
    for name, cell in overleaf.items():
        if name in cells:
            cells[name].extend(cell)
        else:
            cells[name] = cell


def _join(last: Group, first: Group) -> None:
    _go_on(last.cells, first.cells)
    head, *rest = first.lines
    tail = last.lines[-1]
    if head.text("sex") and tail.text("sex"):
        last.lines.append(head)
        if tail.text("target") and not head.text("target"):
            head.cells["target"] = tail.cells["target"]  # one target cell for both, cut in two
            last.review.add("row_joined")
    else:
        if _one_shading(tail, head):
            head.cells["status"].marks.clear()
        _go_on(tail.cells, head.cells)
        tail.page_last = head.page_last
    last.lines += rest
    deal_marks(last)
