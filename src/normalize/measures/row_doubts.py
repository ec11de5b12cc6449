"""Flags lines that are halves of others: of a name, of a pair of women and men, of two targets.

Nothing is put together here. What is cut at a page break with certainty has been joined when the
tables were read; what is left could be wrong in more than one way, so a person is to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

from styrmatt.normalize.measures.group_rows import MeasureDraft, MeasureEntry
from styrmatt.normalize.measures.marks import CellProblem
from styrmatt.normalize.targets.parse import TargetReading
from styrmatt.normalize.targets.tokens import CellToken, TargetTokenizer
from styrmatt.swedish.phrases import begins_within_phrase, ends_sentence, ends_within_phrase
from styrmatt.vocabulary import Vocabulary

_LEADS_ON: Final = frozenset(
    {"comparator", "fillers", "by", "to", "since", "also", "articles", "negations", "rate"}
)
"""What the end of a target's line can be if the figure in the next line belongs to it."""

_LINE_OF_A_YEAR: Final = 2
"""Tokens of the longest line that says no more than for which year the next one is: "Utfall 2018".
"""


class RowDoubts:
    """Flags the lines of a report's measures, and notes why among their problems."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._names = vocabulary.names
        self._statuses = frozenset(
            word.casefold() for words in vocabulary.statuses.values() for word in words
        )
        self._tokenizer = TargetTokenizer(vocabulary)

    def flag(self, drafts: Sequence[MeasureDraft]) -> None:
        """Add review reasons and problems to the lines of measures, given in printed order."""
        tables = [list(group) for _, group in groupby(drafts, key=lambda d: d.rows[0].table_no)]
        for table in tables:
            self._sexes(table)
            self._moved_targets(table)
            self._statuses_for_targets(table)
        self._cut_names(drafts, tables)

    # -- sexes --------------------------------------------------------------------------------

    def _sexes(self, table: Sequence[MeasureDraft]) -> None:
        if not any("sex" in line.row.cells for draft in table for line in draft.lines):
            return
        for draft in table:
            message = self._sex_doubt(draft)
            if message:
                for line in draft.lines:
                    line.review.append("sex_unclear")
                    if line.sex == "T" and self._holds_two(line):
                        line.target = _without_figures(line.target)
                draft.lines[0].problems.append(CellProblem("sex_unclear", message, draft.raw))

    def _sex_doubt(self, draft: MeasureDraft) -> str | None:
        sexes = {line.sex for line in draft.lines}
        if len(sexes & {"K", "M"}) == 1:
            sex = "K" if "K" in sexes else "M"
            about = self._names.about.get(sex)
            if about is not None and about.search(draft.name.name):
                return None
            return f"The measure has a line for {sex} and none for {'M' if sex == 'K' else 'K'}."
        line = draft.lines[0]
        if sexes == {"T"} and _has_marks_for_two(line):
            return "The line has two marks, as lines for women and men have, and names no sex."
        return None

    # -- targets ------------------------------------------------------------------------------

    def _moved_targets(self, table: Sequence[MeasureDraft]) -> None:
        lines = [line for draft in table for line in draft.lines]
        for one, two in (*pairwise(lines), *pairwise(reversed(lines))):
            if one.target_text is None and self._holds_two(two):
                message = "The target cell seems to hold two targets; one beside it is empty."
                for line in (one, two):
                    if "target_moved" not in line.review:
                        line.review.append("target_moved")
                        line.problems.append(CellProblem("target_moved", message, two.target_raw))
                two.target = _without_figures(two.target)

    def _statuses_for_targets(self, table: Sequence[MeasureDraft]) -> None:
        """Flag a target that is a word for a status, beside a status cell whose words are none."""
        for line in (line for draft in table for line in draft.lines):
            is_status = (line.target_text or "").casefold() in self._statuses
            if is_status and line.status.value is None and line.status.text:
                message = "The target cell holds a status, and the status cell does not."
                line.review.append("ambiguous_cells")
                line.problems.append(CellProblem("ambiguous_cells", message, line.target_raw))

    def _holds_two(self, line: MeasureEntry) -> bool:
        if line.target_text is None:
            return False
        return line.target.several or self._has_second_target(line.target_raw or "")

    def _has_second_target(self, raw: str) -> bool:
        """Whether a line of a cell begins anew: with a capital, or a figure nothing leads to."""
        lines = [tokens for text in raw.splitlines() if (tokens := self._tokens(text))]
        return any(
            _begins_anew(upper, lower) and not _goes_on(upper, first=upper is lines[0])
            for upper, lower in pairwise(lines)
        )

    def _tokens(self, text: str) -> Sequence[CellToken]:
        return self._tokenizer.tokenize(text)

    # -- names --------------------------------------------------------------------------------

    def _cut_names(
        self, drafts: Sequence[MeasureDraft], tables: Sequence[Sequence[MeasureDraft]]
    ) -> None:
        small = [draft for draft in drafts if begins_within_phrase(draft.name.name)]
        if 2 * len(small) > len(drafts):
            small = []  # names of this report begin with small letters
        cut: dict[int, str] = {
            id(d): "The name begins with a small letter, within a phrase." for d in small
        }
        for table in tables:
            bare = {id(draft) for draft in _without_cells(table)}
            for above, draft in pairwise([None, *table]):
                begins = id(draft) in cut
                if id(draft) in bare and above is not None:
                    cut.setdefault(id(draft), "The row holds nothing but a name.")
                    begins = True
                if begins and above is not None and not ends_sentence(above.name.name):
                    cut.setdefault(id(above), "The name below goes on it.")
            for draft in table:
                if ends_within_phrase(draft.name.name, self._names):
                    cut.setdefault(id(draft), "The name ends within a phrase.")
        for draft in drafts:
            if id(draft) in cut:
                _flag_name(draft, cut[id(draft)])


def _begins_anew(upper: Sequence[CellToken], lower: Sequence[CellToken]) -> bool:
    """Whether a target may begin with a line: with a figure, a comparison's sign or a capital.

    Lines for women and men go together.
    """
    if all(any("sex" in token.roles for token in line) for line in (upper, lower)):
        return False
    first = lower[0]
    if first.kind in ("year", "date"):
        return False
    if first.kind == "sign":
        return "comparator" in first.roles
    return first.kind in ("number", "ratio") or "sex" in first.roles or first.text[0].isupper()


def _goes_on(line: Sequence[CellToken], *, first: bool) -> bool:
    """Whether what stands in a line of a cell is not complete without the next one."""
    last = line[-1]
    if last.kind in ("year", "date"):
        return first and len(line) <= _LINE_OF_A_YEAR
    if last.kind == "sign" and "unit" not in last.roles:
        return True
    return bool(last.roles.keys() & _LEADS_ON)


def _flag_name(draft: MeasureDraft, message: str) -> None:
    draft.review.append("name_cut")
    draft.lines[0].problems.append(CellProblem("name_cut", message, draft.raw))


def _without_cells(table: Sequence[MeasureDraft]) -> Iterator[MeasureDraft]:
    """Measures with nothing but a name in a table whose other rows all hold more."""
    bare = [draft for draft in table if _is_bare(draft)]
    if len(bare) < len(table) / 2:
        yield from bare


def _is_bare(draft: MeasureDraft) -> bool:
    return not any(line.values for line in draft.lines) and all(
        not cell.text.strip() and not cell.markers
        for line in draft.lines
        for name, cell in line.row.cells.items()
        if name in ("board", "sex", "target", "status", "trend", "fulfilment", "comment")
    )


def _has_marks_for_two(line: MeasureEntry) -> bool:
    cells = (line.row.cells.get(name) for name in ("status", "trend"))
    return (
        any(cell is not None and len(cell.markers) > 1 for cell in cells) and not line.target.sexes
    )


def _without_figures(target: TargetReading) -> TargetReading:
    """A target without what could be another line's."""
    return replace(
        target, kind="qualitative", comparator=None, value=None, unit=None, direction=None,
        components=(), several=True,
    )  # fmt: skip
