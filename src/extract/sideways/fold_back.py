"""Gives the boxes of what was read on a flap their places on the sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping

from styrmatt.extract.model.fold import Fold
from styrmatt.extract.model.moved_places import MovedPlaces
from styrmatt.printed import Bbox, ExtractedReport


def folded_back(report: ExtractedReport, folds: Mapping[int, Fold]) -> ExtractedReport:
    """The report with all its boxes on the sheets; ``folds`` are those of its pages, by number."""
    if not folds:
        return report

    def on_sheet(page: int, box: Bbox) -> Bbox:
        fold = folds.get(page)
        return box if fold is None else fold.on_sheet(box)

    return MovedPlaces(on_sheet).report(report)
