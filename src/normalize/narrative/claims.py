"""Claims: what the report says of its own totals, beside what the extract counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from styrmatt.normalize.ids import UniqueIds
from styrmatt.normalize.measures.name import DEFAULT_KIND
from styrmatt.normalize.narrative.counts import ALL, CountReader, StatedCounts
from styrmatt.normalize.narrative.section_pages import SectionPages
from styrmatt.printed import Location, Section
from styrmatt.records import CLAIM_COUNTS, Claim, Goal, Measure, Narrative, Record
from styrmatt.swedish.numbers import has_unreadable_figure
from styrmatt.swedish.sentences import RuleSplitter, SentenceText, words_of
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a claim is about: the whole report, or a part of it."""

    perspective: str | None = None
    goal_id: str | None = None
    success_factor_id: str | None = None


@dataclass(frozen=True, slots=True)
class _ExtractCounts:
    """Counts the goals and measures of the extract."""

    goals: Sequence[Goal]
    measures: Sequence[Measure]
    records: Sequence[Record]

    def of(self, subject: str | None, total: int | None, scope: _Scope) -> Counter[str] | None:
        """How many the extract has of what a claim counts, by status; None where it has nothing.

        Reports count measures in several ways: the first that gives the claim's total is taken.
        """
        pools = self._goal_pools(scope) if subject == "goals" else self._pools(scope)
        filled = [pool for pool in pools if pool]
        if not filled:
            return None
        fitting = [pool for pool in filled if len(pool) == total]
        return Counter(status or _UNKNOWN for status in (fitting or filled)[0])

    def _goal_pools(self, scope: _Scope) -> list[list[str | None]]:
        return [[g.assessment for g in self.goals if scope.perspective in (None, g.perspective)]]

    def _pools(self, scope: _Scope) -> list[list[str | None]]:
        """Statuses of a scope's measures: those of the default kind, all of them, all lines."""
        goals = {g.goal_id for g in self.goals if scope.perspective in (None, g.perspective)}
        inside = [
            measure
            for measure in self.measures
            if (scope.perspective is None or measure.goal_id in goals)
            and scope.goal_id in (None, measure.goal_id)
            and scope.success_factor_id in (None, measure.success_factor_id)
        ]
        lines: dict[str, list[str | None]] = {measure.measure_id: [] for measure in inside}
        for record in self.records:
            if record.measure_id in lines:
                lines[record.measure_id].append(record.status)
        default = [m for m in inside if m.measure_kind == DEFAULT_KIND]
        return [
            [_of_lines(lines[m.measure_id]) for m in default],
            [_of_lines(lines[m.measure_id]) for m in inside],
            [status for statuses in lines.values() for status in statuses],
        ]


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """Reads the claims of one document from its narratives."""

    vocabulary: Vocabulary
    goals: Sequence[Goal]
    measures: Sequence[Measure]
    records: Sequence[Record]

    def read(self, narratives: Sequence[Narrative], sections: Sequence[Section]) -> Iterator[Claim]:
        """The claims in printed order; ``sections`` are those of the narratives, in order."""
        reader = CountReader(self.vocabulary)
        splitter = RuleSplitter(self.vocabulary.statements.abbreviations)
        extract_counts = _ExtractCounts(self.goals, self.measures, self.records)
        ids: dict[str, UniqueIds] = {}
        for narrative, section in zip(narratives, sections, strict=True):
            unique = ids.setdefault(narrative.document_id, UniqueIds(narrative.document_id))
            for paragraph in (narrative.text or "").split("\n\n"):
                for counts, text in _counts_of(reader, splitter.split(paragraph)):
                    scope = self._scope(narrative, text)
                    if has_unreadable_figure(text) or not self._is_claim(counts, scope, text):
                        continue
                    actual = extract_counts.of(counts.subject, counts.total, scope)
                    if actual is not None:
                        place = SectionPages(section).place(text)
                        claim_id = unique.of("c", text, scope.goal_id, scope.success_factor_id)
                        yield self._claim(narrative, counts, scope, actual, text, place, claim_id)

    def _is_claim(self, counts: StatedCounts, scope: _Scope, text: str) -> bool:
        """Whether a count is one of this report's goals or measures, of its own year."""
        inner = scope.goal_id is not None or scope.success_factor_id is not None
        if counts.subject is None or (counts.subject == "goals" and inner):
            return False
        years = {int(w.low) for w in words_of(text) if len(w.low) == 4 and w.low.isdecimal()}
        ours = {goal.fiscal_year for goal in self.goals} | {r.fiscal_year for r in self.records}
        if years and not years & ours:
            return False
        several = len(counts.by_status) > 1 or counts.total is not None
        return several or any(value <= 0 for value in counts.by_status.values())

    def _scope(self, narrative: Narrative, text: str) -> _Scope:
        if narrative.success_factor_id or narrative.goal_id:
            return _Scope(None, narrative.goal_id, narrative.success_factor_id)
        names = {squeeze(g.perspective): g.perspective for g in self.goals if g.perspective}
        words = {word.text for word in words_of(text)}
        mentioned = [name for name in names.values() if name in words]
        if len(mentioned) == 1:
            return _Scope(mentioned[0])
        above = [names[s] for h in narrative.heading_path if (s := squeeze(h)) in names]
        return _Scope(above[-1] if above else None)

    def _claim(
        self,
        narrative: Narrative,
        counts: StatedCounts,
        scope: _Scope,
        actual: Counter[str],
        text: str,
        place: Location,
        claim_id: str,
    ) -> Claim:
        total = actual.total()
        stated = {s: total if n == ALL else n for s, n in counts.by_status.items()}
        return Claim(
            claim_id=claim_id,
            document_id=narrative.document_id,
            fiscal_year=narrative.fiscal_year,
            subject=str(counts.subject),
            perspective=scope.perspective,
            goal_id=scope.goal_id,
            success_factor_id=scope.success_factor_id,
            total=counts.total,
            met=stated.get("met"),
            partly_met=stated.get("partly_met"),
            not_met=stated.get("not_met"),
            not_assessed=stated.get("not_assessed"),
            **_counted(stated, counts.total, actual),
            text=text,
            page=place.page,
            bbox=place.bbox,
        )


def with_new_count(
    claim: Claim, goals: Sequence[Goal], measures: Sequence[Measure], records: Sequence[Record]
) -> Claim:
    """A claim with what these rows count; unchanged where they have nothing to count."""
    scope = _Scope(claim.perspective, claim.goal_id, claim.success_factor_id)
    actual = _ExtractCounts(goals, measures, records).of(claim.subject, claim.total, scope)
    columns = {status: getattr(claim, status) for status in CLAIM_COUNTS}
    stated = {status: number for status, number in columns.items() if number is not None}
    return claim if actual is None else replace(claim, **_counted(stated, claim.total, actual))


def _counted(stated: Mapping[str, int], total: int | None, actual: Counter[str]) -> dict[str, Any]:
    """The columns of a claim that hold the extract's count."""
    return {
        "own_total": actual.total(),
        "own_met": actual["met"],
        "own_partly_met": actual["partly_met"],
        "own_not_met": actual["not_met"],
        "own_not_assessed": actual["not_assessed"],
        "own_unknown": actual[_UNKNOWN],
        "agrees": agreement(stated, total, actual),
    }


def agreement(stated: Mapping[str, int], total: int | None, actual: Counter[str]) -> bool | None:
    """Whether stated counts are the extract's; None where the lines of unknown status decide."""
    if total is not None and total != actual.total():
        return False
    if any(actual[status] > stated[status] for status in stated):
        return False
    short = sum(stated[status] - actual[status] for status in stated)
    if short == 0:
        return True
    return None if short <= actual[_UNKNOWN] else False


def _of_lines(statuses: Iterable[str | None]) -> str | None:
    """The status of a measure: that of its lines if they agree, else partly met or unknown."""
    found = set(statuses)
    if len(found) == 1:
        return found.pop()
    return "partly_met" if found and None not in found and "not_assessed" not in found else None


def _counts_of(
    reader: CountReader, sentences: Iterable[SentenceText]
) -> Iterator[tuple[StatedCounts, str]]:
    """The counts of sentences, with their texts; a sentence that goes on counting is joined."""
    current: tuple[StatedCounts, str] | None = None
    for sentence, _ in sentences:
        counts = reader.read(sentence)
        merged = _merge(current[0], counts) if current and counts else None
        if current and merged:
            current = merged, f"{current[1]} {sentence}"
            continue
        if current:
            yield current
        current = (counts, sentence) if counts else None
    if current:
        yield current


def _merge(first: StatedCounts, second: StatedCounts) -> StatedCounts | None:
    """Both as one where the second counts other statuses of the same things; else None."""
    same = second.subject in (None, first.subject)
    apart = not first.by_status.keys() & second.by_status.keys()
    if not (same and apart and second.total is None and first.subject):
        return None
    both = first.by_status | second.by_status
    if first.total is not None and sum(both.values()) > first.total:
        return None
    return replace(first, by_status={s: both[s] for s in CLAIM_COUNTS if s in both})
