"""Which layout is chosen, and when none is."""

from __future__ import annotations

import pytest
from paper import page, text

from styrmatt.errors import NoLayoutError
from styrmatt.extract.choose_layout import LayoutFit, choose, fit_pages
from styrmatt.layout_files import load_layouts

FIRST, SECOND, *_ = load_layouts()
LAYOUT = next(layout for layout in load_layouts() if layout.name == "styrmatt-med-namnd")
MEASURES = ("Styrmått", "Nämnd", "K/M", "Mål", "Måluppfyllelse", "Utveckling")


def choice(first: float, second: float) -> str:
    return choose([LayoutFit(FIRST, first, ()), LayoutFit(SECOND, second, ())], "a.pdf").name


def score(*labels: str, heading: str = "") -> float:
    """The score of the layout for a page with a header of these labels and a heading."""
    words = [w for n, t in enumerate(labels) for w in text(t, 50 + 85 * n, 100, 9, bold=True)]
    (fit,) = fit_pages([LAYOUT], [page(words + text(heading, 50, 50))])
    return fit.score


def test_a_layout_that_fits_far_better_is_chosen() -> None:
    assert choice(0.9, 0.6) == FIRST.name
    assert choice(0.3, 0.7) == SECOND.name


def test_layouts_that_fit_nearly_as_well_are_not_guessed_between() -> None:
    with pytest.raises(NoLayoutError, match="Two layouts fit"):
        choice(0.9, 0.8)


def test_half_of_a_layout_is_needed() -> None:
    with pytest.raises(NoLayoutError, match="No layout fits"):
        choice(0.4, 0.1)


def test_a_measure_table_alone_fits() -> None:
    assert score(*MEASURES) >= 0.5


def test_an_overview_and_headings_alone_do_not_fit() -> None:
    overview = LAYOUT.tables_of("overview")[0]
    labels = [column.headers[0] for column in overview.columns]
    assert score(*labels, heading="Strategiskt mål: Ett öppet län") < 0.5


def test_a_missing_column_counts_but_the_table_is_still_there() -> None:
    without_trend = score(*MEASURES[:-1])
    assert 0.5 <= without_trend < score(*MEASURES)
