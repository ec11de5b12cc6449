"""Which role each column of a table has: by its header, by its cells, and by the other columns.

Each header may have several roles: one word is both a goal and a target. A role fits the cells
below it more or less; the best choice of roles in which each single role is given once is taken.
Scores were set by hand on one scale: 2 is a header that says it, 1 a column of cells that do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from styrmatt.extract.grid.content import Content
from styrmatt.extract.grid.headers.extremes import with_extremes
from styrmatt.extract.grid.headers.header_cells import HeaderCell
from styrmatt.extract.headers.header_reading import OPEN_ROLES, HeaderReading
from styrmatt.layout import FIGURE_ROLES

UNKNOWN_ROLE: Final = ""
"""The role of a column that nothing explains."""
_LEAVE: Final = "leave"
KIND_ROLE: Final = "kind"
"""The role of a column that says of what kind each row is: goal or measure."""
_TOTAL: Final = "T"
_HEADER_SAYS, _HEADER_BEGINS, _CELLS_SAY = 2.0, 1.2, 1.0
"""What a header counts that says a role, or only begins with it; and cells that alone do."""
_LAYOUT_SAYS = 10.0
"""What a header counts whose role the layout names: more than header and cells together."""
_WORTH_A_ROLE = 0.6
"""The score from which a column has a role: below it, header and cells contradict each other."""
_DURING_YEAR: Final = ("forecast", "same_period_before")
"""Roles of columns in a report during a year."""
_FEWEST_BESIDE: Final = 3
"""Columns that a table has at least whose last one may be guessed to hold comments."""
_FEWEST_VALUES: Final = 2
"""Columns of values that a table has at least whose rows no header names."""
_FEWEST_COUNTING: Final = 2
"""Names at least that say what they count, "share of", by which rows are no sums of money."""
_AIMS: Final = ("target", "status", "fulfilment")
"""Roles that make a table of measures one of goals."""

_ABOVE_MEASURES: Final = {"goal", "success_factor", "perspective", "number"}
"""Roles of columns that stand before the measures."""

_OF_AREAS: Final = {"perspective", "responsible"}
"""Roles of a column of areas of activity, which may be what is measured."""
_NAMES: Final = {"goal", "measure", "success_factor"}
"""Roles of names, each of which stands once, as words of a scale do not."""
_BESIDE: Final = {"source"}
"""Roles of columns beside the measures that are headed as these may be: "how it is measured"."""

TableShape = Literal["measures", "overview"]


@dataclass(frozen=True)
class ColumnRole:
    """What a column is, with what its header says besides."""

    role: str
    reading: HeaderReading
    score: float = 0.0

    @property
    def is_value(self) -> bool:
        """Whether it holds figures for a year, of which a table may have several."""
        return self.role in FIGURE_ROLES


@dataclass(frozen=True)
class TableRoles:
    """The columns' roles from left to right, and what kind of table they make."""

    columns: tuple[ColumnRole, ...]
    shape: TableShape
    has_aims: bool
    """Whether it has a target, a status or a degree of fulfilment."""

    def index(self, role: str) -> int | None:
        """The first column of a role."""
        return next((n for n, c in enumerate(self.columns) if c.role == role), None)

    def indexes(self, *roles: str) -> tuple[int, ...]:
        """The columns of some roles."""
        return tuple(n for n, c in enumerate(self.columns) if c.role in roles)

    def without(self, role: str) -> TableRoles:
        """The same roles, but that nothing explains the columns of one of them."""
        columns = (replace(c, role=UNKNOWN_ROLE) if c.role == role else c for c in self.columns)
        return replace(self, columns=tuple(columns))


def assign_roles(
    heads: Sequence[HeaderCell | None], contents: Sequence[Content], *, of_goal: bool = False
) -> TableRoles | None:
    """The roles of a table's columns; None where they make no table of measures or goals.

    ``of_goal``: a goal's heading stands above, so that rows whose column nothing names are its
    measures.
    """
    said = [head.reading if head is not None else HeaderReading("") for head in heads]
    readings = _with_open_values(with_extremes(said), contents)
    scores = [_scores(r, c) for r, c in zip(readings, contents, strict=True)]
    if of_goal and contents[0].has_text and not readings[0].says_something:
        scores[0] = {"measure": _CELLS_SAY}  # names, or words for sexes below names
    if any(s.get("measure", 0.0) >= _WORTH_A_ROLE for s in scores):
        scores = _with_names_behind(scores, contents)
        return _made_of(readings, contents, scores)
    if (names := _names_under_targets(scores, contents)) is not None:
        scores[names] = {"measure": _CELLS_SAY}
        return _made_of(readings, contents, scores)
    guessed = _guess_measure(readings, contents, scores)
    if guessed is None and (behind := _names_behind_goals(scores, contents)) is not None:
        guess = [{"measure": _CELLS_SAY} if n == behind else s for n, s in enumerate(scores)]
        tried = _made_of(readings, contents, guess)
        if tried is not None and tried.index("target") is not None:
            return tried
    roles = _made_of(readings, contents, scores)
    if roles is None or guessed is None or roles.index("measure") != guessed:
        return roles
    # A table whose rows nothing names has to have targets at least, or to follow up during a year.
    has_targets = any(c.role == "target" and not c.reading.planned for c in roles.columns)
    return roles if has_targets or _follows_up(roles, contents) else None


def _follows_up(roles: TableRoles, contents: Sequence[Content]) -> bool:
    """Whether a table below an empty first header follows measures up during a year.

    All its other columns are values, of a part of a year or with a forecast, and its rows have
    units of their own, in their cells or their names: those of a budget are all in money.
    """
    names, *values = roles.columns
    parts = sum(bool(c.reading.period) or c.role in _DURING_YEAR for c in values)
    of_units = any(0 < content.percents < content.figures for content in contents[1:])
    counting = contents[0].counting
    of_units = of_units or (counting >= _FEWEST_COUNTING and 3 * counting >= contents[0].filled)
    return (
        names.role == "measure"
        and not names.reading.text
        and all(c.is_value and c.reading.whole and not c.reading.planned for c in values)
        and len(values) >= _FEWEST_VALUES
        and parts > 0
        and of_units
    )


def _with_open_values(
    readings: Sequence[HeaderReading], contents: Sequence[Content]
) -> list[HeaderReading]:
    """The readings, where a header for a value may be one of results or of targets.

    It is of targets where only other columns have results, of its year if it says one, and none has
    targets.
    """
    said = [one for one in readings if one.roles != OPEN_ROLES]
    years = {one.year for one in said if one.roles == {"result"} or (one.year and not one.roles)}
    has_targets = any(
        one.roles == {"target"} or ("target" in one.roles and content.has_digits)
        for one, content in zip(readings, contents, strict=True)
        if one.roles != OPEN_ROLES
    )
    found: list[HeaderReading] = []
    for one in readings:
        if one.roles == OPEN_ROLES:
            wanted = bool(years) and not has_targets and (one.year is None or one.year in years)
            one = replace(one, roles=frozenset({"target" if wanted else "result"}))
        found.append(one)
    return found


def _made_of(
    readings: Sequence[HeaderReading],
    contents: Sequence[Content],
    scores: Sequence[Mapping[str, float]],
) -> TableRoles | None:
    """The best choice of roles, and what the columns then are to each other."""
    columns = _with_result(_choose(readings, scores))
    columns = _with_target(_with_measure(columns, contents), contents)
    columns = _with_kinds(columns, contents)
    columns = _with_comment(_with_goal(columns, contents), contents)
    return _shaped(columns, contents)


def _scores(reading: HeaderReading, content: Content) -> dict[str, float]:
    """How well each role that the header may mean fits the column."""
    if reading.by_layout is not None:
        return dict.fromkeys(reading.roles, _LAYOUT_SAYS)
    if content.has_marks and not content.filled:
        if says := reading.roles & {"status", "trend"}:
            return dict.fromkeys(says, _HEADER_SAYS + _CELLS_SAY)
        return {"status": _HEADER_SAYS, "trend": _HEADER_SAYS - _CELLS_SAY / 2}
    if reading.roles:
        base = _HEADER_SAYS if reading.whole else _HEADER_BEGINS
        if reading.area and reading.roles <= {"target"}:
            return {_LEAVE: base}
        scores = {role: base + _fit(role, content) for role in reading.roles}
        if "status" in scores and (content.are_small or not content.has_figures):
            scores.pop("forecast", None)  # an assessment in points or words
        if "responsible" in scores and content.boards == content.filled > 1:
            scores["board"] = scores["responsible"] + _CELLS_SAY
        if content.filled and 2 * content.phrases >= content.filled and not content.figures:
            scores.setdefault("status", base + _CELLS_SAY / 2)  # whatever the header calls it
        once = content.distinct == content.filled and not content.codes
        is_name = once and bool(_NAMES & scores.keys())
        told = content.letters == content.filled > content.dashes and not content.has_digits
        if told and not is_name:
            scores["status"] = max(scores.values(), default=base) + _CELLS_SAY
        return scores
    if reading.planned and reading.year and not reading.area:
        return {"target": _CELLS_SAY + _fit("target", content)}
    if reading.year or reading.sex or reading.area or reading.period or reading.years_before:
        if content.has_marks and not content.filled:
            return {"status": _CELLS_SAY + _fit("status", content)}
        return {"result": _CELLS_SAY + _fit("result", content)}
    recurs = bool(content.codes) or content.distinct < content.filled
    if content.letters > 1 and content.letters == content.filled and recurs:
        return {"status": 2 * _CELLS_SAY}
    if content.sexes and 2 * content.sexes >= content.filled and content.sexes > 1:
        return {"sex": 2 * _CELLS_SAY}
    if not reading.text and content.are_numbers:
        return {"number": 2 * _CELLS_SAY}
    if not reading.text and content.has_marks and not content.has_text:
        return {"status": 2 * _CELLS_SAY}
    if not reading.text and content.phrases and 2 * content.phrases >= content.filled:
        return {"status": 2 * _CELLS_SAY}
    if content.has_marks and content.are_grades:
        return {"status": 2 * _CELLS_SAY}  # words on the colour that they stand for
    return {}


def _fit(role: str, content: Content) -> float:
    """How well cells fit a role, from -2 to 1."""
    if content.is_empty:
        return 0.0
    figures = _CELLS_SAY if content.has_figures else 0.0
    digits = _CELLS_SAY if content.has_digits else 0.0
    text = _CELLS_SAY if content.has_text else 0.0
    long = _CELLS_SAY if content.is_long else 0.0
    marks = _CELLS_SAY if content.has_marks else 0.0
    phrases = _CELLS_SAY if content.filled and 2 * content.phrases >= content.filled else 0.0
    codes = _CELLS_SAY if content.filled and 2 * content.codes >= content.filled else 0.0
    years = _CELLS_SAY if content.filled and 2 * content.years >= content.filled else 0.0
    dates = _CELLS_SAY if content.years == content.filled > 1 else 0.0
    percents = _CELLS_SAY if content.filled and 2 * content.percents >= content.filled else 0.0
    sexes = _CELLS_SAY if content.filled and 2 * content.sexes >= content.filled else 0.0
    fits: Mapping[str, float] = {
        "measure": text - 2 * figures - marks / 2,
        "goal": text / 2 + long / 2 - 2 * digits,
        "success_factor": text / 2 + long / 2 - 2 * digits,
        "perspective": text - 2 * figures,
        "target": digits + (text - long) / 4 - long * 0.7 - marks - 3 * dates,
        "result": figures - long - text / 4 - (marks if not figures else 0),
        "previous": figures - text,
        "same_period_before": figures - text,
        "forecast": figures - long - text / 4,
        "baseline": figures - long,
        "status": marks + phrases - 1.2 * percents - figures / 2 - long,
        "fulfilment": percents + figures / 2 - text - marks - phrases,
        "trend": marks + phrases - figures - long,
        "change": figures - marks - phrases - long / 2,
        "comment": long + text / 2 - figures / 2,
        "board": codes / 2 - figures - long / 2,
        "responsible": text / 2 - figures - long / 2,
        "number": (figures or codes) - text,
        "unit": text / 2 - figures - long,
        "sex": sexes - figures,
        "period": years - text / 2,
        "source": text / 2 - figures,
    }
    return fits.get(role, 0.0)


def _guess_measure(
    readings: Sequence[HeaderReading], contents: Sequence[Content], scores: list[dict[str, float]]
) -> int | None:
    """Let the first column be the measure, if it holds texts and its header is not known.

    What comes back is the column that was guessed.
    """
    no_names = scores[0].keys() & {"comment", "result"} and not contents[0].has_figures
    of_areas = "perspective" in scores[0] and scores[0].keys() <= _OF_AREAS
    is_only = of_areas and not any(content.has_text for content in contents[1:])
    over_sexes = scores[0].keys() == {"sex"} and contents[0].has_names_over_sexes
    if contents[0].has_text and (no_names or is_only or (over_sexes and not readings[0].roles)):
        scores[0] = {}  # no table begins with its comments or results, or has areas alone
    for n, content in enumerate(contents):
        if scores[n]:
            return None
        if content.has_text and not content.has_figures and not content.are_kinds:
            scores[n] = {"measure": _CELLS_SAY}
            return n
    return None


def _names_under_targets(
    scores: Sequence[Mapping[str, float]], contents: Sequence[Content]
) -> int | None:
    """The column of names whose header is one of targets, before the targets in figures.

    Each name stands once, while targets in words, "to increase", are the same again and again.
    """
    for n, (options, content) in enumerate(zip(scores, contents, strict=True)):
        if options.keys() == {"target"}:
            is_name = content.has_text and not content.has_digits
            once = content.distinct == content.filled > 1
            behind = zip(scores[n + 1 :], contents[n + 1 :], strict=True)
            figures = any("target" in other and cells.has_digits for other, cells in behind)
            return n if is_name and once and figures else None
    return None


def _names_behind_goals(
    scores: Sequence[Mapping[str, float]], contents: Sequence[Content]
) -> int | None:
    """The column of texts with an unknown header behind goals that each stand over several of them.

    A goal that stands once may have targets of its own; a success factor never has. A header for
    results is as good as unknown above texts.
    """
    for n, (options, content) in enumerate(zip(scores, contents, strict=True)):
        if not options or ("result" in options and content.has_text) or options.keys() <= _BESIDE:
            several = n > 0 and (
                scores[n - 1].keys() <= {"success_factor"}
                or contents[n - 1].distinct < content.distinct
            )
            may_be_long = bool(options) and options.keys() <= _BESIDE
            is_short = may_be_long or not content.is_long
            is_name = content.has_text and not content.has_figures and is_short
            return n if several and is_name else None
        is_goal = "goal" in options and content.has_text and not content.has_digits
        if not (options.keys() <= _ABOVE_MEASURES or is_goal):
            return None
    return None


def _with_names_behind(
    scores: list[dict[str, float]], contents: Sequence[Content]
) -> list[dict[str, float]]:
    """The scores, where the only measures may as well be goals of a lower level: names that nothing
    explains behind these, of which there are more, are the measures then."""
    may_be = [n for n, s in enumerate(scores) if s.get("measure", 0.0) >= _WORTH_A_ROLE]
    if any("success_factor" not in scores[n] for n in may_be):
        return scores
    above = [
        {"success_factor": options["success_factor"]} if n in may_be else options
        for n, options in enumerate(scores)
    ]
    behind = _names_behind_goals(above, contents)
    if behind is None or scores[behind] or contents[behind].filled <= contents[behind - 1].filled:
        return scores
    return [{"measure": _CELLS_SAY} if n == behind else s for n, s in enumerate(above)]


def _choose(
    readings: Sequence[HeaderReading], scores: Sequence[Mapping[str, float]]
) -> list[ColumnRole]:
    """Each column's role: the best pairs first, and no single role twice.

    Of two that are as good, the header goes first that may mean less else.
    """
    pairs = sorted(
        (
            (score, -len(readings[n].roles), -n, role)
            for n, options in enumerate(scores)
            for role, score in options.items()
        ),
        reverse=True,
    )
    chosen: dict[int, ColumnRole] = {}
    for score, _, minus_n, role in pairs:
        n = -minus_n
        if n in chosen or score < _WORTH_A_ROLE:
            continue
        holder = next((m for m, c in chosen.items() if c.role == role), None)
        if role not in FIGURE_ROLES and role != _LEAVE and holder is not None:
            if role == "status" and _is_later(readings[n], readings[holder]):
                chosen[holder] = replace(chosen[holder], role=_LEAVE)
            else:
                continue
        chosen[n] = ColumnRole(role, readings[n], score)
    return [
        chosen.get(n) or ColumnRole(_LEAVE if scores[n] else UNKNOWN_ROLE, reading)
        for n, reading in enumerate(readings)
    ]


def _is_later(one: HeaderReading, other: HeaderReading) -> bool:
    """Whether a header names a later year than another: the report's own is the last."""
    return one.year is not None and other.year is not None and one.year > other.year


def _with_measure(columns: list[ColumnRole], contents: Sequence[Content]) -> list[ColumnRole]:
    """The columns with a measure, where goals have targets or results of their own."""
    roles = {column.role for column in columns}
    has_figures = any(
        c.is_value and content.has_figures for c, content in zip(columns, contents, strict=True)
    )
    if "measure" in roles:
        return columns
    if not has_figures:
        lower = next((n for n, c in enumerate(columns) if _is_lower_goal(c)), None)
        if lower is None or not {"goal", "status"} <= roles:
            return columns
        return [replace(c, role="measure") if m == lower else c for m, c in enumerate(columns)]
    for role in ("success_factor", "goal"):
        for n, column in enumerate(columns):
            if column.role == role and contents[n].has_text:
                return [replace(c, role="measure") if m == n else c for m, c in enumerate(columns)]
    return columns


def _with_result(columns: list[ColumnRole]) -> list[ColumnRole]:
    """The columns with a result, where a column for the state at the start is the only one."""
    states = [n for n, column in enumerate(columns) if column.role == "baseline"]
    if len(states) != 1 or any(column.role in ("result", "forecast") for column in columns):
        return columns
    return [replace(c, role="result") if n == states[0] else c for n, c in enumerate(columns)]


def _with_target(columns: list[ColumnRole], contents: Sequence[Content]) -> list[ColumnRole]:
    """The columns with a target, where a header for goals or targets stands behind the measures.

    Goals stand before the measures that they are divided into. Without such a header, a sole column
    of limits is one of targets, though its header may be that of results: a level.
    """
    measure = next((n for n, c in enumerate(columns) if c.role == "measure"), None)
    if measure is None or any(column.role == "target" for column in columns):
        return columns
    for n, column in enumerate(columns[measure + 1 :], measure + 1):
        of_year = column.reading.year is not None or contents[n].has_digits
        may_be = "target" in column.reading.roles or of_year
        is_goal = "goal" in (column.role, *column.reading.roles) and column.reading.whole
        if column.role in ("goal", _LEAVE) and is_goal and may_be:
            return [replace(c, role="target") if m == n else c for m, c in enumerate(columns)]
    limits = [n for n, one in enumerate(contents) if one.has_limits and n > measure]
    if len(limits) == 1 and columns[limits[0]].role == "result":
        return [replace(c, role="target") if n == limits[0] else c for n, c in enumerate(columns)]
    return [
        replace(c, role=UNKNOWN_ROLE)
        if n > measure and c.role == "goal" and not c.reading.whole
        else c
        for n, c in enumerate(columns)
    ]


def _with_kinds(columns: list[ColumnRole], contents: Sequence[Content]) -> list[ColumnRole]:
    """The columns with one of kinds of rows, where short words that take turns stand before the
    measures, below no header that says what they are."""
    measure = next((n for n, c in enumerate(columns) if c.role == "measure"), 0)
    for n in range(measure):
        if columns[n].role in (UNKNOWN_ROLE, _LEAVE) and contents[n].are_kinds:
            return [replace(c, role=KIND_ROLE) if m == n else c for m, c in enumerate(columns)]
    return columns


def _with_goal(columns: list[ColumnRole], contents: Sequence[Content]) -> list[ColumnRole]:
    """The columns with a goal, where texts over several measures stand before these."""
    if any(column.role == "goal" for column in columns):
        return columns
    for n, column in enumerate(columns):
        if column.role == "perspective" and "goal" in column.reading.roles:
            return [replace(c, role="goal") if m == n else c for m, c in enumerate(columns)]
    lower = [n for n, column in enumerate(columns) if _is_lower_goal(column)]
    if len(lower) == 1 and any(c.role == "measure" for c in columns):
        return [replace(c, role="goal") if m == lower[0] else c for m, c in enumerate(columns)]
    measure = next((n for n, c in enumerate(columns) if c.role == "measure"), 0)
    for n in range(measure):
        of_several = contents[n].filled <= contents[measure].filled
        is_marked = 0 < contents[measure].filled <= contents[n].filled <= contents[n].marks
        if (
            columns[n].role == UNKNOWN_ROLE
            and contents[n].has_text
            and of_several
            and not is_marked
            and not contents[n].names_nothing
        ):
            return [replace(c, role="goal") if m == n else c for m, c in enumerate(columns)]
    return columns


def _with_comment(columns: list[ColumnRole], contents: Sequence[Content]) -> list[ColumnRole]:
    """The columns with a comment, where long texts stand last, below an unknown header."""
    if len(columns) < _FEWEST_BESIDE or any(column.role == "comment" for column in columns):
        return columns
    *others, last = columns
    is_text = contents[-1].is_long and contents[-1].has_text and not contents[-1].has_marks
    if last.role != UNKNOWN_ROLE or not last.reading.text or not is_text:
        return columns
    if not any(c.role == "measure" for c in others) or not others[-1].role:
        return columns
    return [*others, replace(last, role="comment", reading=replace(last.reading, guessed=True))]


def _is_lower_goal(column: ColumnRole) -> bool:
    """Whether a column holds goals of a lower level, which are assessed one by one."""
    return column.role == "success_factor" and bool(column.reading.roles & {"goal", "target"})


def _tells_changes(columns: Sequence[ColumnRole]) -> bool:
    """Whether a table says of measures how they changed, and nothing else: both headers say it."""
    sure = {c.role for c in columns if c.reading.whole and c.role in c.reading.roles}
    rest = [c for c in columns if c.reading.roles != {"change"}]
    beside = {"measure", "number", "unit", "comment", UNKNOWN_ROLE}
    return sure >= {"measure", "change"} and {c.role for c in rest} <= beside


def _shaped(columns: Sequence[ColumnRole], contents: Sequence[Content]) -> TableRoles | None:
    roles = {column.role for column in columns}
    has_aims = any(role in roles for role in _AIMS)
    if "measure" in roles:
        measure = next(n for n, c in enumerate(columns) if c.role == "measure")
        has_values = has_aims or roles & {"result", "forecast"} or _tells_changes(columns)
        if not has_values or not contents[measure].has_text:
            return None
        return TableRoles(tuple(columns), "measures", has_aims)
    names = roles & {"goal", "success_factor"}
    if names and ("status" in roles or len(names) > 1):
        return TableRoles(tuple(columns), "overview", has_aims)
    return None
