"""Says of each value that it was recognised in a scan, and where that was not sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from styrmatt.geometry import middle_inside
from styrmatt.printed import Bbox, ExtractedReport
from styrmatt.records import Extract, Outcome, Record

_READ_BY = "ocr"
_UNSURE = "ocr_unsure"


@dataclass(frozen=True, slots=True)
class ScanValues:
    """The pages of a report that are scans, and where what was recognised is not sure."""

    pages: frozenset[int]
    unsure: Sequence[tuple[int, Bbox]]

    @classmethod
    def of(cls, printed: ExtractedReport) -> ScanValues:
        """What a report says of its scans."""
        return cls(frozenset(printed.source.pages_recognised), printed.unsure)

    def marked(self, extract: Extract) -> Extract:
        """The extract with what comes from a scan marked so; itself where nothing does."""
        if not self.pages:
            return extract
        records = tuple(self._record(record, extract) for record in extract.records)
        scanned = {record.record_id for record in records if record.read_by == _READ_BY}
        return replace(
            extract,
            records=records,
            targets=tuple(
                replace(target, read_by=_READ_BY) if target.record_id in scanned else target
                for target in extract.targets
            ),
            outcomes=tuple(map(self._outcome, extract.outcomes)),
        )

    def _record(self, record: Record, extract: Extract) -> Record:
        if not self.pages.intersection(range(record.page, record.page_last + 1)):
            return record
        places = [(record.page, record.bbox), (record.outcome_page, record.outcome_bbox)]
        places += [
            (measure.page, measure.bbox)
            for measure in extract.measures
            if measure.measure_id == record.measure_id
        ]
        review = (*record.review, _UNSURE) if self._is_unsure(places) else record.review
        return replace(record, read_by=_READ_BY, review=review)

    def _outcome(self, outcome: Outcome) -> Outcome:
        if outcome.page not in self.pages:
            return outcome
        is_unsure = self._is_unsure([(outcome.page, outcome.bbox)])
        review = (*outcome.review, _UNSURE) if is_unsure else outcome.review
        return replace(outcome, read_by=_READ_BY, review=review)

    def _is_unsure(self, places: Sequence[tuple[int | None, Bbox | None]]) -> bool:
        """Whether a word that is not sure stands in one of the boxes."""
        return any(
            box is not None and page == number and middle_inside(word, box)
            for number, word in self.unsure
            for page, box in places
        )
