"""Which earlier results of a sentence belong to a result."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.normalize.outcomes.sentence.stated_figure import OF_OTHERS, StatedFigure


def previous_result(
    figure: StatedFigure, group: Sequence[StatedFigure], figures: Sequence[StatedFigure]
) -> StatedFigure | None:
    """The previous result of the same unit and sex: of the latest year, else the first.

    That which "from 40 to 52 percent" gives, unless a later year's stands beside it.
    """
    alike = _alike(figure, group, figures)
    behind = [f for f in alike if f.start > figure.start]
    found = behind or alike
    dated = [f for f in found if f.year is not None]
    latest = max((f.year or 0 for f in dated), default=None)
    last = next((f for f in dated if f.year == latest), found[0] if found else None)
    given = figure.previous
    if given is None or given.year is None or last is None or last.year is None:
        return given or last
    return last if last.year > given.year else given


def _alike(
    figure: StatedFigure, group: Sequence[StatedFigure], figures: Sequence[StatedFigure]
) -> list[StatedFigure]:
    """The earlier results that a result may have: of its unit and sex, and of no others."""
    claimed = {id(f.previous) for f in figures if f.previous}
    return [
        f
        for f in figures
        if f.role == "previous"
        and (f.unit == figure.unit or f.unit == "count")
        and (f.sex == figure.sex or (len(group) == 1))
        and id(f) not in claimed
        and not any(flag.kind in OF_OTHERS for flag in f.flags)
    ]
