"""Compares what was read with what a reader sees: right, null, wrong; flagged for the right reason
or in silence; and which of the flags were right."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from perturb.draft import FIELDS, Draft, Row
from perturb.kinds import SUBJECTS
from styrmatt.records import Extract, Record

_ALIKE = 60
"""Points of 100 that two names on the same page have to share to be of one row: halves and names
with holes share that, names of other measures do not."""
_OF_PAGES = SUBJECTS["page"]
"""Kinds of issues that are about a page as a whole: they tell of the rows beside it as well."""
_BY_SEX = re.compile(r"K(?::\s*|(?=\d))(?P<K>[^KM]*)\s+M(?::\s*|(?=\d))(?P<M>[^KM]*)")
LOUD = ("warning", "error")


@dataclass
class Score:
    """Counts of one report or of several."""

    counts: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    """What is wrong or null in silence, each in a line."""
    noise: list[str] = field(default_factory=list)
    """Flags that were not right."""

    def add(self, other: Score) -> None:
        self.counts += other.counts
        self.silent += other.silent
        self.noise += other.noise


def score(draft: Draft, extract: Extract, reasons: Sequence[str]) -> Score:
    """Compare an extract with the rows of a draft."""
    return _Comparison(draft, extract, reasons).score


def refused(draft: Draft, error: str, *, loud: bool) -> Score:
    """The report could not be read at all: with an error of its own, or with a defect."""
    done = Score()
    count = sum(row.printed for row in draft.rows.values())
    done.counts.update({"rows": count, "refused": count if loud else 0})
    if not loud:
        done.counts.update({"wrong": count})
        done.silent.append(f"wrong rows: the report ended in {error}")
    return done


class _Comparison:
    def __init__(self, draft: Draft, extract: Extract, reasons: Sequence[str]) -> None:
        self.draft, self.reasons, self.score = draft, set(reasons), Score()
        self.issues = [issue for issue in extract.issues if issue.severity in LOUD]
        rows = [row for row in draft.rows.values() if row.printed]
        pairs, lost, more = _matched(rows, list(extract.records))
        self.counts = self.score.counts
        self.counts["rows"] += len(rows)
        for row, record in pairs:
            self._row(row, record)
        for row in lost:
            self._lost(row)
        for record in more:
            self._more(record)
        for hole in draft.holes:
            loud = any(issue.kind in self.reasons for issue in self.issues)
            self._count("wrong", loud, f"wrong report: {hole}, and no warning says so")

    def _said(self, pages: range, record: Record | None) -> bool:
        """Whether a review reason of the row, or a warning on its pages, is of the right kind."""
        if record is not None and self.reasons & set(record.review):
            return True
        near = range(pages.start - 1, pages.stop + 1)
        return any(
            issue.kind in self.reasons
            and (issue.page is None or issue.page in (near if issue.kind in _OF_PAGES else pages))
            for issue in self.issues
        )

    def _count(self, what: str, loud: bool, line: str) -> None:
        self.counts[what] += 1
        self.counts[f"{what} flagged"] += loud
        if not loud:
            self.score.silent.append(line)

    def _row(self, row: Row, record: Record) -> None:
        loud = self._said(range(record.page, record.page_last + 1), record)
        off = False
        name = f"{row.values['measure']} {row.values['sex']}"
        for one in FIELDS:
            want, got = row.values[one], getattr(record, one)
            good = [*row.accepted.get(one, ()), *([] if one in row.unreadable else [want])]
            if one == "target_text":
                good += [part for text in good if (part := own_part(text, row.values["sex"]))]
            if any(_same(one, value, got) for value in good) or (
                got is None and one in row.unreadable
            ):
                self.counts["right"] += 1
            elif got is None:
                off = True
                self._count("null", loud, f"null {one}: {name}: {want!r}, review {record.review}")
            else:
                off = True
                told = f"{_wanted(row, one)}, got {got!r}, review {record.review}"
                self._count("wrong", loud, f"wrong {one}: {name}: {told}")
        if row.must and not loud:
            self._count("wrong", False, f"wrong flag: {name}: none, review {record.review}")
        self._flag(record, off or row.named)

    def _flag(self, record: Record, right: bool) -> None:
        if record.review:
            self.counts["flags"] += 1
            self.counts["flags right"] += right
            if not right:
                self.score.noise.append(f"{record.measure} {record.sex}: {record.review}")

    def _lost(self, row: Row) -> None:
        page = row.values["page"]
        loud = self._said(range(page - 1, page + 2), None)
        self._count("wrong", loud, f"wrong row: {row.values['measure']} {row.values['sex']}: lost")

    def _more(self, record: Record) -> None:
        loud = self._said(range(record.page, record.page_last + 1), record)
        self._count("wrong", loud, f"wrong row: {record.measure!r} {record.sex}: not in the report")
        self._flag(record, True)


def own_part(text: str | None, sex: str) -> str | None:
    """What a cell that names both sexes ("K: 65 % M: 70 %") says of one: as good as the cell."""
    found = _BY_SEX.fullmatch(text or "")
    return found[sex].strip() if found and sex in "KM" else None


def _wanted(row: Row, name: str) -> str:
    return "unreadable" if name in row.unreadable else repr(row.values[name])


def _same(name: str, want: Any, got: Any) -> bool:
    if want is None or got is None:
        return want is got
    if name == "target_value":
        return abs(float(want) - float(got)) < 1e-6 * max(1.0, abs(float(want)))
    if name in ("measure", "goal", "target_text"):
        return _squeezed(str(want)) == _squeezed(str(got))
    return bool(want == got)


def _squeezed(text: str) -> str:
    """A text without its spaces, hyphens and capitals: where lines end is no difference."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"[\s\u00ad-]+", "", plain.replace("\u2013", "-"))


def _matched(
    rows: list[Row], records: list[Record]
) -> tuple[list[tuple[Row, Record]], list[Row], list[Record]]:
    """Rows and the records that are of them; rows without a record; records without a row."""
    pairs: list[tuple[Row, Record]] = []
    rows, records = list(rows), list(records)

    def take(best: Any) -> None:
        while rows and records:
            rated = [
                (points, -a, -b) for a, row in enumerate(rows) for b, record in enumerate(records)
                if (points := best(row, record)) is not None
            ]  # fmt: skip
            if not rated:
                return
            _, a, b = max(rated)
            pairs.append((rows.pop(-a), records.pop(-b)))

    def same_name(row: Row, record: Record) -> float | None:
        if not any(
            _same("measure", value, record.measure)
            for value in (row.values["measure"], *row.accepted.get("measure", ()))
        ):
            return None
        if row.values["sex"] != record.sex and "sex" not in row.unreadable:
            return None
        alike = sum(
            _same(name, row.values[name], getattr(record, name))
            for name in ("sex", "page", "goal", "target_text", "status", "trend")
        )
        return float(alike)

    def like_name(row: Row, record: Record) -> float | None:
        if row.values["page"] not in range(record.page - 1, record.page_last + 2):
            return None
        alike = fuzz.partial_ratio(_squeezed(row.values["measure"]), _squeezed(record.measure))
        if alike < _ALIKE:
            return None
        return float(alike + 10 * (row.values["sex"] == record.sex))

    take(same_name)
    take(like_name)
    return pairs, rows, records
