"""Which of the values that a table states are a record's own: of its sex and the report's year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from styrmatt.normalize.measures.result_cells import StatedValue, latest


@dataclass(frozen=True)
class OwnValues:
    """The values that a record shows; None where the table states none."""

    outcome: StatedValue | None = None
    previous: StatedValue | None = None
    """The result of the latest earlier year."""
    forecast: StatedValue | None = None
    baseline: StatedValue | None = None
    review: tuple[str, ...] = ()

    @property
    def previous_value(self) -> tuple[float | None, int | None]:
        """The earlier result and its year: of a column of its own, else of the result's cell."""
        if self.previous is not None:
            return self.previous.value, self.previous.year
        if self.outcome is not None:
            return self.outcome.previous_value, self.outcome.previous_year
        return None, None


def own_values(values: Iterable[StatedValue], sex: str, year: int) -> OwnValues:
    """The values of a measure that are of this sex and of the organisation itself."""
    mine = [value for value in values if value.sex == sex and value.area is None]
    results = [value for value in mine if value.kind == "outcome"]
    outcome = latest(value for value in results if value.year == year)
    return OwnValues(
        outcome,
        _previous(results, outcome, year),
        _forecast([value for value in mine if value.kind == "forecast"], year),
        next((v for v in mine if v.kind == "baseline" and v.value is not None), None),
        tuple(dict.fromkeys(reason for value in mine for reason in value.review)),
    )


def _previous(
    results: Sequence[StatedValue], outcome: StatedValue | None, year: int
) -> StatedValue | None:
    """The latest earlier result in the same unit; of the same part of the year, if there is one."""
    earlier = [
        value
        for value in results
        if value.value is not None and value.year is not None and value.year < year
    ]
    if outcome is not None and outcome.value is not None:
        earlier = [value for value in earlier if value.unit == outcome.unit]
    if not earlier:
        return None
    last = max(value.year or 0 for value in earlier)
    of_last = [value for value in earlier if value.year == last]
    same = [value for value in of_last if outcome is not None and value.period == outcome.period]
    return latest(same or of_last)


def _forecast(forecasts: Sequence[StatedValue], year: int) -> StatedValue | None:
    """The forecast of the report's own year, the last one made; else the first of another year."""
    given = [value for value in forecasts if value.value is not None]
    own = [value for value in given if value.year == year]
    return latest(own) if own else next(iter(given), None)
