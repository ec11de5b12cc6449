"""Which earlier results of a sentence belong to a result."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.normalize.outcomes.sentence.stated_figure import OF_OTHERS, StatedFigure


def previous_result(
    figure: StatedFigure, group: Sequence[StatedFigure], figures: Sequence[StatedFigure]
) -> StatedFigure | None:
    """The previous result of the same unit and sex: of the latest year, else the first."""
    alike = _alike(figure, group, figures)
    behind = [f for f in alike if f.start > figure.start]
    found = behind or alike
    dated = [f for f in found if f.year is not None]
    latest = max((f.year or 0 for f in dated), default=None)
    return next((f for f in dated if f.year == latest), found[0] if found else None)


def further_years(
    figure: StatedFigure,
    previous: StatedFigure | None,
    group: Sequence[StatedFigure],
    figures: Sequence[StatedFigure],
) -> tuple[tuple[float, int], ...]:
    """The results of years before the previous one: "52 procent 2021, 61 procent 2022 och".

    None of a year that has two.
    """
    if previous is None or sum(f.role == "result" for f in figures) > 1:
        return ()
    of_year: dict[int, set[float]] = {}
    for other in _alike(figure, group, figures):
        if other.year and other is not previous and other.unit == figure.unit:
            of_year.setdefault(other.year, set()).add(other.value)
    return tuple(
        (value, year)
        for year, values in of_year.items()
        for value in values
        if year != previous.year and len(values) == 1
    )


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
