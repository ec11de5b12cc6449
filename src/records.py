"""The datasets that styrmatt writes, each column declared once.

A dataclass is a dataset and a field is a column, with type, meaning, unit, allowed values and
source. The Arrow schemas, the checks on write, the column tables of the docs, `styrmatt schema`,
the Data Package and the DCAT text are made from these declarations
(:mod:`styrmatt.export.schema.columns`).

Missing values are None. Text is NFC and single-spaced. Lengths are PDF points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from styrmatt.printed import Bbox

SCHEMA_VERSION: Final = "2.0"

STATUSES: Final = ("met", "partly_met", "not_met", "not_assessed")
TRENDS: Final = ("up", "flat", "down")
SEXES: Final = ("T", "K", "M")
UNITS: Final = (
    "percent",
    "percentage_points",
    "count",
    "kr",
    "tkr",
    "mnkr",
    "days",
    "per_1000",
    "ratio",
    "index",
)
READ_BY: Final = ("alt_text", "vector", "picture", "glyph", "shading", "text", "rendering")
TEXT_READ_BY: Final = ("text", "ocr")
_READ_BY_MEANING: Final = "how its words were read: text of the file, or recognised in a scan (ocr)"
TARGET_KINDS: Final = ("threshold", "change", "direction", "milestone", "qualitative", "none")
COMPARATORS: Final = ("ge", "le", "gt", "lt", "eq")
DIRECTIONS: Final = ("increase", "decrease", "maintain", "follow")
ORGANISATION_KINDS: Final = ("region", "municipality", "association", "company", "authority")
SEVERITIES: Final = ("info", "warning", "error")
RESULT_KINDS: Final = ("outcome", "forecast", "baseline")
STATED_IN: Final = ("table", "narrative")
"""Where a result is stated; a table comes first, and records show what it says."""
GAP_REASONS: Final = {
    "no_result": "the record has no result of the report's own year",
    "no_target": "the target has no figure",
    "target_is_change": "the target is an amount of change and no level",
    "units_differ": "result and target have different units",
    "unit_unknown": "the unit of one of the two is not known",
    "direction_unknown": "nothing says which way is better",
}
"""Why the gap between result and target is null."""

REVIEW_REASONS: Final[dict[str, str]] = {
    "ambiguous_cells": "the cells of this line could be cut in more than one place",
    "target_unparsed": "the target cell holds figures that could not be read as a target",
    "target_moved": "one target cell seems to hold two targets, and one beside it holds none",
    "target_unit_unlisted": "the target's unit is printed but is none of the listed ones",
    "factor_unlinked": "no success factor of the overview matches the one printed here",
    "goal_unlinked": "no strategic goal of the overview matches the one printed here",
    "row_joined": "the line was put together from two pages and the join is not certain",
    "columns_estimated": "the table has no rulings between columns; they were found from the words",
    "header_unclear": "a header of the table has words beside the known ones, which may qualify it",
    "header_year_differs": "a header of the table names another year than the report's",
    "name_cut": "the measure's name seems to be half of one: it begins or ends within a phrase",
    "duplicate": "another measure of the report has the same name, goal, factor and board",
    "sex_unclear": "a letter for women or men seems to be missing, or is printed twice",
    "unreadable_characters": "a cell of the line holds characters that its font does not name",
    "row_cut": "the page's end cut the line, and it does not go on overleaf",
    "page_missing": "pages are missing before this line, and its headings with them",
    "layout_incomplete": "the table lacks columns that its layout needs; a person named the layout",
    "status_unread": "there is a mark in the status cell that could not be read",
    "trend_unread": "there is a mark in the trend cell that could not be read",
    "outcome_of_several": "the text states several results of this measure, and one is shown",
    "outcome_of_other_year": "the result that the text states is of another year than the report's",
    "outcome_compared": "the result is compared with one that does not fit what is said of it",
    "outcome_unit_differs": "the result that the text states has another unit than the target",
    "outcome_far": "the result that the text states is far from the target or the year before",
    "outcome_unparsed": "a cell of a result holds figures that could not be read as one",
    "outcome_doubtful": "a figure in a cell of a result is hardly possible for the measure",
    "outcome_twice": "two cells give the same result differently",
    "outcome_year_differs": "a result is of a later year than the report's own",
    "outcome_differs": "the text gives another result than the table",
    "text_differs": "a figure of the line looks otherwise than its text says (--check-text)",
    "ocr_unsure": "a word of the line was recognised in a scan, and the reading is not sure",
    # Given by earlier versions. They said nothing about the row's values and are issues now.
    "target_without_unit": "no longer given: the target is a bare figure",
    "factor_reworded": "no longer given: the factor is worded otherwise in the overview",
    "goal_reworded": "no longer given: the goal is worded otherwise in the overview",
    "name_repaired": "no longer given: a stray hyphen was removed from the name",
}

ISSUE_KINDS: Final[dict[str, str]] = {
    "unknown_table": "a table that no layout table describes was left alone",
    "text_left_out": "text in the file was not read, because a reader does not see it there",
    "unknown_header": "a column of a measure table has a header that the layout does not know",
    "row_rejected": "a line of a measure table holds no measure and was left out",
    "row_joined": "a line was put together across a page break on weak evidence",
    "ambiguous_cells": "the cells of a line could be cut in more than one place",
    "target_unparsed": "a target cell holds figures that could not be read as a target",
    "target_without_unit": "the target is a bare figure and nothing says its unit",
    "outcome_unparsed": "a cell of a result holds figures that could not be read as one",
    "outcome_doubtful": "a figure in a cell of a result is hardly possible for the measure",
    "outcome_twice": "two cells give the same result differently",
    "outcome_year_differs": "a result is of a later year than the report's own",
    "target_moved": "a target cell seems to hold two targets, and one beside it holds none",
    "name_cut": "a measure's name seems to be half of one: it begins or ends within a phrase",
    "sex_unclear": "a letter for women or men seems to be missing, or is printed twice",
    "unknown_board": "a board cell holds something that is not a board's code",
    "unknown_sex": "a sex cell holds something that is neither women, men nor total",
    "unknown_marker": "a mark could not be read: its colour or shape means nothing, or too much",
    "unknown_status_text": "words in a status or trend cell have no known meaning",
    "marker_disagreement": "two ways of reading one mark disagree, or mark and words do",
    "assessment_unclear": "what the narrative says of a goal could not be read as one assessment",
    "goal_unlinked": "a heading or cell names a strategic goal that the overview lacks",
    "factor_unlinked": "a heading or cell names a success factor that the overview lacks",
    "goal_reworded": "a heading words a strategic goal differently from the overview",
    "factor_reworded": "a heading or cell words a success factor differently from the overview",
    "goal_mismatch": "a success factor stands below another goal's heading than in the overview",
    "goal_without_measures": "a strategic goal of the overview has no measure in any table",
    "factor_without_measures": "a success factor of the overview has no measure in any table",
    "hyphen_repaired": "a stray hyphen inside a line was removed",
    "duplicate_measure": "two measures have the same name, goal, factor and board",
    "identity_uncertain": "year, period, organisation or body was chosen among several, or is not "
    "certain",
    "organisation_unlisted": "no list has a code for the organisation",
    "no_overview": "the report has no overview table; goals come from headings alone",
    "outcome_unlinked": "a sentence states a result that could be of more than one measure",
    "outcome_contested": "a result was taken from the text, and more in the text speaks against it",
    "empty_page": "a page has no text layer",
    "unreadable_characters": "a page has characters that its font does not name",
    "text_differs": "a figure of a table looks otherwise than its text says (--check-text)",
    "text_as_curves": "a page has text that is drawn as curves; it was not read",
    "page_missing": "printed page numbers leave a page out, or end before the last one",
    "page_order": "printed page numbers stand in another order than the pages, or twice",
    "table_cut": "a measure table is cut at the page's end and does not go on",
    "rows_without_header": "rows like those of a measure table stand without a header",
    "layout_incomplete": "the layout that was named has columns or headings that the report lacks",
    "page_failed": "a page could not be read",
    "report_given_up": "a report was given up: its process ended, or took too much time or memory",
    "correction_unused": "a correction was not applied: its row is gone, or it is not needed",
    "correction_outdated": "a correction was not applied: the machine's value has changed since",
    "rows_not_reconciled": "rows found differ from recorded, rejected and ignored rows",
    "series_doubtful": "it may be one of several series over the years, or of none",
    "series_redefined": "it is like a series of other years, but is defined otherwise",
    "series_decision_gone": "a decision names a series that is not there",
}

SERIES_REASONS: Final[dict[str, str]] = {
    "founding": "the series began with it",
    "same": "it has the name that the series has",
    "reworded": "its name says the same in other words",
    "moved": "it has the name, and stands under another success factor or goal",
    "changed_definition": "it is like the series before it, but is defined otherwise",
    "decided": "a person said so",
}


SOURCES: Final[dict[str, str]] = {
    "printed": "stands in the report, cleaned at most",
    "read": "worked out from what the report prints: figures, marks, places, kinds",
    "computed": "made by styrmatt: ids, counts, versions, hashes, warnings",
    "registry": "comes from a list outside the report: SCB's codes, the register of series",
    "person": "comes from people, by corrections",
}
"""Where the values of a column come from; texts are part of the documentation of the data."""


def column(
    meaning: str,
    *,
    unit: str | None = None,
    values: tuple[str, ...] | None = None,
    source: str = "read",
    key: bool = False,
    **default: Any,
) -> Any:
    """Declare a column.

    ``values`` is the closed list of allowed values, ``source`` one of :data:`SOURCES`; columns with
    ``key`` together identify a row.
    """
    metadata = {"meaning": meaning, "unit": unit, "values": values, "source": source, "key": key}
    return field(metadata=metadata, **default)


def required(meaning: str, **options: Any) -> Any:
    """Declare a column that is never null."""
    return column(meaning, **options)


def optional(meaning: str, **options: Any) -> Any:
    """Declare a column that is null where the report gives nothing."""
    return column(meaning, default=None, **options)


def listing(meaning: str, **options: Any) -> Any:
    """Declare a list column; an empty list where there is nothing."""
    return column(meaning, default=(), **options)


def numbering(meaning: str = "order of the row in the report, from 1") -> Any:
    """Declare the column by which a file is sorted; rows that are not numbered yet have 0."""
    return column(meaning, source="computed", default=0)


@dataclass(frozen=True, slots=True)
class Component:
    """One figure of a target cell that holds several."""

    label: str | None = optional("the words beside the figure: personer, kommuner, Kort")
    sex: str | None = optional("the sex that the figure is for", values=SEXES)
    value: float | None = optional("the figure", unit="the unit of unit")
    unit: str | None = optional("its unit", values=UNITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One row per report."""

    document_id: str = required(
        "the report: organisation, body, fiscal year, kind, period if it is part of a year, number",
        key=True,
        source="computed",
    )
    fiscal_year: int = required("the year that the report is about")
    row_no: int = numbering()
    organisation: str = required("whose report it is, as the report names it")
    organisation_kind: str | None = optional(
        "what kind of organisation it is", values=ORGANISATION_KINDS
    )
    organisation_code: str | None = optional("SCB's county or municipality code", source="registry")
    kolada_id: str | None = optional(
        "four digits by which Kolada, the database of key figures, knows it", source="registry"
    )
    body: str | None = optional("the board whose report it is; null for the whole organisation")
    title: str | None = optional("the report's title", source="printed")
    report_kind: str = required("yearly or interim report", values=("annual", "interim"))
    period_start: date | None = optional("first day of the period")
    period_end: date | None = optional("last day of the period")
    doc_number: str | None = optional(
        "the document's number in the organisation's register", source="printed"
    )
    doc_version: str | None = optional("the document's version", source="printed")
    replaces: str | None = optional(
        "source hash of the version that this one replaced", source="computed"
    )
    page_count: int = required("pages of the source", source="computed")
    pages_read: tuple[int, ...] = listing("the pages that were read", source="computed")
    pages_recognised: tuple[int, ...] = listing(
        "those of them that are scans, whose text was recognised", source="computed"
    )
    boards_covered: tuple[str, ...] = listing("codes of the boards whose measures the report holds")
    source_name: str = required("file name of the source", source="computed")
    source_sha256: str = required("SHA-256 of the source", source="computed")
    source_kind: str = required("what was read", values=("pdf", "text"), source="computed")
    layout: str = required("the layout that fitted", source="computed")
    rows_found: int = required("lines of measure tables found", source="computed")
    rows_recorded: int = required("of these, recorded", source="computed")
    rows_rejected: int = required("of these, left out with an issue", source="computed")
    rows_ignored: int = required(
        "lines of tables that the layout ignores by name", source="computed"
    )
    tool_version: str = required("version of styrmatt", source="computed")
    schema_version: str = required("version of this schema", source="computed")
    corrected: tuple[str, ...] = listing("fields that a person overruled", source="person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One row per strategic goal (strategiskt mål)."""

    goal_id: str = required("the goal in this report", key=True, source="computed")
    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    row_no: int = numbering()
    goal_series_id: str | None = optional("the goal over the years", source="registry")
    perspective: str | None = optional("perspective that the goal belongs to", source="printed")
    goal: str = required("the goal, as the overview words it", source="printed")
    boards: tuple[str, ...] = listing(
        "codes of the boards that the overview prints for it", source="printed"
    )
    assessment: str | None = optional("how the goal went", values=STATUSES)
    assessment_source: str | None = optional(
        "what says so", values=("narrative", "marker", "correction")
    )
    assessment_marker: str | None = optional("what the overview's mark says", values=STATUSES)
    assessment_stated: str | None = optional("what the narrative says", values=STATUSES)
    assessment_text: str | None = optional("the sentence that says so", source="printed")
    assessment_page: int | None = optional("its page")
    assessment_text_bbox: Bbox | None = optional("its box on that page", unit="points")
    assessment_colour: str | None = optional("colour of the mark, #rrggbb")
    assessment_read_by: str | None = optional("how the mark was read", values=READ_BY)
    assessment_bbox: Bbox | None = optional("box of the mark", unit="points")
    page: int = required("page of the goal's line in the overview, else of its heading")
    bbox: Bbox | None = optional("box of that line", unit="points")
    corrected: tuple[str, ...] = listing("fields that a person overruled", source="person")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessFactor:
    """One row per success factor (framgångsfaktor)."""

    success_factor_id: str = required("the factor in this report", key=True, source="computed")
    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    row_no: int = numbering()
    goal_id: str | None = optional("the goal it serves", source="computed")
    success_factor: str = required("the factor, as the overview words it", source="printed")
    boards: tuple[str, ...] = listing(
        "codes of the boards that the overview prints for it", source="printed"
    )
    in_overview: bool = required("whether the overview lists it")
    page: int = required("page of its cell in the overview, else of its heading")
    bbox: Bbox | None = optional("box of that cell", unit="points")
    corrected: tuple[str, ...] = listing("fields that a person overruled", source="person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One row per measure: styrmått, kontrollmått or aktivitet."""

    measure_id: str = required("the measure in this report", key=True, source="computed")
    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    row_no: int = numbering()
    series_id: str | None = optional("the measure over the years", source="registry")
    goal_id: str | None = optional("the goal it serves", source="computed")
    success_factor_id: str | None = optional("the success factor it belongs to", source="computed")
    measure: str = required("the name, without lead-in word and footnote marks", source="printed")
    measure_raw: str = required("the name as printed, line breaks as newlines", source="printed")
    measure_kind: str = required(
        "kind of measure", values=("styrmatt", "kontrollmatt", "aktivitet")
    )
    board: str | None = optional("code of the board, as printed", source="printed")
    measure_number: str | None = optional(
        "number or code that the table prints for the measure", source="printed"
    )
    footnote: str | None = optional(
        "footnote marks of the name, separated by commas", source="printed"
    )
    page: int = required("page on which it begins")
    page_last: int = required("page on which it ends")
    bbox: Bbox | None = optional("its box on the first page", unit="points")
    corrected: tuple[str, ...] = listing("fields that a person overruled", source="person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One row per measure and sex line of the table: what was aimed at."""

    record_id: str = required("measure and sex", key=True, source="computed")
    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    row_no: int = numbering()
    measure_id: str = required("the measure", source="computed")
    sex: str = required("total, women, men", values=SEXES)
    target_text: str | None = optional("the target cell, clean", source="printed")
    target_raw: str | None = optional(
        "the target cell as printed, line breaks as newlines", source="printed"
    )
    target_kind: str = required("kind of target", values=TARGET_KINDS)
    target_comparator: str | None = optional(
        "only where words or signs print it", values=COMPARATORS
    )
    target_value: float | None = optional(
        "the figure; the first where there are several", unit="the unit of target_unit"
    )
    target_unit: str | None = optional("unit of the figure, printed or implied", values=UNITS)
    target_direction: str | None = optional("the way to go", values=DIRECTIONS)
    target_baseline_year: int | None = optional("a year in the cell other than the report's own")
    target_is_change: bool | None = optional(
        "whether the figure is an amount of change (Öka 5 %) and no level; null: there is none"
    )
    target_components: tuple[Component, ...] = listing("the figures of a cell that holds several")
    target_bbox: Bbox | None = optional("box of the words of the target cell", unit="points")
    read_by: str = column(_READ_BY_MEANING, values=TEXT_READ_BY, default="text")
    corrected: tuple[str, ...] = listing("fields that a person overruled", source="person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """One row per section of running text."""

    section_id: str = required("the section in this report", key=True, source="computed")
    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    row_no: int = numbering()
    section_no: int = required("order of the section in the report, from 1")
    heading: str | None = optional(
        "its heading, clean; null for text before the first heading", source="printed"
    )
    heading_path: tuple[str, ...] = listing(
        "the headings above it, outermost first, its own last", source="printed"
    )
    goal_id: str | None = optional("the goal it stands under", source="computed")
    success_factor_id: str | None = optional(
        "the success factor it stands under", source="computed"
    )
    measure_id: str | None = optional("the measure that the heading names", source="computed")
    text: str | None = optional(
        "its text, paragraphs separated by a blank line, tables left out; null where it has none",
        source="printed",
    )
    paragraph_pages: tuple[int, ...] = listing(
        "the page on which each paragraph of the text begins"
    )
    paragraph_boxes: tuple[float, ...] = listing(
        "the box of each paragraph on that page: four numbers for each; empty in a text file",
        unit="points",
    )
    page_first: int = required("page on which it begins")
    page_last: int = required("page on which it ends")
    corrected: tuple[str, ...] = listing("fields that a person overruled", source="person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One row per thing that a person should know."""

    issue_id: str = required("the issue in this report", key=True, source="computed")
    document_id: str = required(
        "the report; unread-... and no document where it could not be read", source="computed"
    )
    fiscal_year: int = required(
        "the report's year; 0 where it could not be read and nobody says it"
    )
    row_no: int = numbering()
    kind: str = required("kind of issue", values=tuple(ISSUE_KINDS))
    severity: str = required("how bad it is", values=SEVERITIES)
    message: str = required("what is the matter, in a sentence", source="computed")
    raw_text: str | None = optional("the text it is about, as printed", source="printed")
    page: int | None = optional("page where it stands")
    bbox: Bbox | None = optional("its box", unit="points")
    goal_id: str | None = optional("the goal it is about", source="computed")
    success_factor_id: str | None = optional("the success factor it is about", source="computed")
    measure_id: str | None = optional("the measure it is about", source="computed")
    record_id: str | None = optional("the record it is about", source="computed")
    evidence: str | None = optional(
        "a small picture of the place, as a data URI", source="computed"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row per measure and sex line of the table: the wide join that most people load."""

    record_id: str = required("measure and sex", key=True, source="computed")
    measure_id: str = required("the measure in this report", source="computed")
    series_id: str | None = optional("the measure over the years", source="registry")
    goal_id: str | None = optional("the strategic goal", source="computed")
    success_factor_id: str | None = optional("the success factor", source="computed")
    document_id: str = required("the report", source="computed")
    organisation: str = required("region or municipality")
    organisation_code: str | None = optional("SCB's county or municipality code", source="registry")
    body: str | None = optional("the board whose report it is")
    fiscal_year: int = required("the report's year")
    row_no: int = numbering("order of the line in the report, from 1")
    report_kind: str = required("yearly or interim report", values=("annual", "interim"))
    period_end: date | None = optional("last day of the report's period")
    perspective: str | None = optional("perspective of the goal", source="printed")
    goal: str | None = optional("the strategic goal, as the overview words it", source="printed")
    success_factor: str | None = optional(
        "the success factor, as the overview words it", source="printed"
    )
    measure: str = required(
        "the measure's name, without lead-in word and footnote marks", source="printed"
    )
    measure_raw: str = required("the name as printed", source="printed")
    measure_number: str | None = optional(
        "number or code that the table prints for the measure", source="printed"
    )
    measure_kind: str = required(
        "kind of measure", values=("styrmatt", "kontrollmatt", "aktivitet")
    )
    board: str | None = optional("code of the board, as printed", source="printed")
    board_code: str | None = optional("the board, or the board whose report this is")
    board_source: str | None = optional(
        "where board_code comes from", values=("printed", "body", "correction")
    )
    sex: str = required("total, women, men", values=SEXES)
    target_text: str | None = optional("the target cell, clean", source="printed")
    target_raw: str | None = optional("the target cell as printed", source="printed")
    target_kind: str = required("kind of target", values=TARGET_KINDS)
    target_comparator: str | None = optional(
        "only where words or signs print it", values=COMPARATORS
    )
    target_value: float | None = optional(
        "the figure; the first where there are several", unit="the unit of target_unit"
    )
    target_unit: str | None = optional("unit of the figure, printed or implied", values=UNITS)
    target_direction: str | None = optional("the way to go", values=DIRECTIONS)
    target_baseline_year: int | None = optional("a year in the cell other than the report's own")
    target_is_change: bool | None = optional(
        "whether the figure is an amount of change (Öka 5 %) and no level; null: there is none"
    )
    target_components: tuple[Component, ...] = listing("the figures of a cell that holds several")
    target_bbox: Bbox | None = optional("box of the words of the target cell", unit="points")
    better: str | None = optional("which way is better", values=("higher", "lower"))
    better_source: str | None = optional(
        "what says so", values=("comparator", "direction", "stated", "result", "correction")
    )
    status: str | None = optional("what the mark in the cell shows", values=STATUSES)
    status_text: str | None = optional("words in the status cell", source="printed")
    status_read_by: str | None = optional("how the mark was read", values=READ_BY)
    status_colour: str | None = optional("colour of the mark, #rrggbb")
    status_bbox: Bbox | None = optional("box of the mark", unit="points")
    trend: str | None = optional("the arrow", values=TRENDS)
    trend_means: str | None = optional(
        "what the arrow says: it points with the figure, or better and worse; null: nothing says",
        values=("figure", "judgement"),
    )
    trend_text: str | None = optional("words in the trend cell", source="printed")
    trend_read_by: str | None = optional("how the arrow was read", values=READ_BY)
    trend_colour: str | None = optional("colour of the arrow, #rrggbb")
    trend_bbox: Bbox | None = optional("box of the arrow", unit="points")
    fulfilment: float | None = optional(
        "the degree of fulfilment that the table prints", unit="percent", source="printed"
    )
    comment: str | None = optional(
        "the comment that the table prints for the measure", source="printed"
    )
    responsible: str | None = optional(
        "person, unit or board that answers for it, in words", source="printed"
    )
    outcome_value: float | None = optional(
        "the result of the report's own year for this measure and sex",
        unit="the unit of outcome_unit",
    )
    outcome_unit: str | None = optional("its unit", values=UNITS)
    outcome_year: int | None = optional("the year it is for")
    outcome_period: str | None = optional("the part of the year it is for; null: the whole year")
    outcome_source: str | None = optional("where it is stated", values=STATED_IN)
    previous_value: float | None = optional(
        "the earlier result that it is compared with", unit="the unit of outcome_unit"
    )
    previous_year: int | None = optional("the year of that result")
    outcome_change: str | None = optional(
        "how it changed", values=("increased", "decreased", "unchanged")
    )
    outcome_change_amount: float | None = optional(
        "by how much", unit="the unit of outcome_unit, or points"
    )
    status_stated: str | None = optional(
        "what the narrative says in words", values=("met", "partly_met", "not_met")
    )
    outcome_text: str | None = optional("the cell or sentences that state it", source="printed")
    outcome_page: int | None = optional("page of that cell or those sentences")
    outcome_bbox: Bbox | None = optional("box of that cell or those sentences", unit="points")
    gap: float | None = optional(
        "result minus target, where both are levels of one unit and the way to go is known",
        unit="the unit of outcome_unit",
        source="computed",
    )
    gap_reason: str | None = optional(
        "why there is no gap", values=tuple(GAP_REASONS), source="computed"
    )
    forecast_value: float | None = optional(
        "the forecast that the table prints, of the report's own year where there is one",
        unit="the unit of forecast_unit",
    )
    forecast_unit: str | None = optional("its unit", values=UNITS)
    forecast_year: int | None = optional("the year that it is for")
    baseline_value: float | None = optional(
        "where the measure began, as the table prints it", unit="the unit of baseline_unit"
    )
    baseline_unit: str | None = optional("its unit", values=UNITS)
    baseline_year: int | None = optional("the year of the baseline")
    page: int = required("page on which this line begins")
    page_last: int = required("page on which this line ends")
    page_label: str | None = optional("the page number as printed", source="printed")
    bbox: Bbox | None = optional("box of the line on its first page", unit="points")
    read_by: str = column(_READ_BY_MEANING, values=TEXT_READ_BY, default="text")
    corrected: tuple[str, ...] = listing("fields that a person overruled", source="person")
    verified: tuple[str, ...] = listing(
        "fields that a person looked at and confirmed", source="person"
    )
    review: tuple[str, ...] = listing(
        "why a person should look", values=tuple(REVIEW_REASONS), source="computed"
    )


CLAIM_COUNTS: Final = ("met", "partly_met", "not_met", "not_assessed")

FINDING_KINDS: Final[dict[str, str]] = {
    "claim_differs": "the report's own total differs from the count of its goals or measures",
    "marker_against_words": "a mark shows one status, the narrative says another of the same thing",
    "result_against_marker": "the stated result and the target say one thing, the mark another",
    "result_against_words": "the stated result and the target say one thing, the words another",
    "target_differs": "the narrative gives another target than the table",
    "figure_differs": "the same figure is given in two ways",
    "measure_without_table": "the summary speaks of a measure that no table has",
    "restated": "a previous value differs from what the earlier report said",
    "target_shifted": "a target speaks of the measure in the row above, which has none",
    "text_repeated": "a long paragraph stands in two sections, word for word",
    "result_differs": "the narrative gives another result than the table",
    "year_differs": "a result is given for one year that is another year's elsewhere",
    "total_outside_sexes": "the result of all is one that those of women and men rule out",
    "trend_against_change": "the arrow says one thing, the results or the words another",
    "goal_against_measures": "a goal is judged otherwise than each of its measures, or its summary "
    "says of one what its results do not",
    "targets_differ": "one measure has two targets in two places of the tables",
    "share_impossible": "a share is above a hundred per cent",
    "unit_impossible": "a figure has a unit that the measure cannot have",
    "difference_differs": "a stated change is not the one between the two figures",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One row per stated result."""

    outcome_id: str = required("the stated result in this report", key=True, source="computed")
    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    row_no: int = numbering()
    measure_id: str = required("the measure whose result it is", source="computed")
    sex: str = required("the sex it was stated for", values=SEXES)
    kind: str = column("what the figure is", values=RESULT_KINDS, default="outcome")
    source: str = column("where it is stated", values=STATED_IN, default="narrative")
    area: str | None = optional(
        "whose figure it is if not the organisation's own, as printed: Riket, Länet",
        source="printed",
    )
    value: float | None = optional(
        "the result; null where the cell says that there is none, and text says how",
        unit="the unit of unit",
    )
    unit: str | None = optional("its unit", values=UNITS)
    outcome_year: int | None = optional("the year it is for")
    period: str | None = optional(
        "the part of the year it is for, as printed; null: the whole year", source="printed"
    )
    previous_value: float | None = optional(
        "the earlier result that it is compared with", unit="the unit of unit"
    )
    previous_year: int | None = optional("the year of that result")
    change: str | None = optional("how it changed", values=("increased", "decreased", "unchanged"))
    change_amount: float | None = optional("by how much, in the result's unit or points")
    status_stated: str | None = optional(
        "what the narrative says in words", values=("met", "partly_met", "not_met")
    )
    score: float = required("how surely it is stated of this measure, 0 to 1", source="computed")
    text: str = required("the cell or sentences that state it", source="printed")
    page: int = required("page of that cell or those sentences")
    bbox: Bbox | None = optional("box of that cell or those sentences", unit="points")
    read_by: str = column(_READ_BY_MEANING, values=TEXT_READ_BY, default="text")
    corrected: tuple[str, ...] = listing("fields that a person overruled", source="person")
    review: tuple[str, ...] = listing(
        "why a person should look", values=tuple(REVIEW_REASONS), source="computed"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One row per statement of the report about its own totals."""

    claim_id: str = required("the statement in this report", key=True, source="computed")
    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    row_no: int = numbering()
    subject: str = required("what is counted", values=("goals", "measures"))
    perspective: str | None = optional(
        "the perspective it is about; null for the whole report", source="printed"
    )
    goal_id: str | None = optional("the goal whose measures it is about", source="computed")
    success_factor_id: str | None = optional(
        "the success factor whose measures it is about", source="computed"
    )
    total: int | None = optional("the total that is stated")
    met: int | None = optional("how many the report says are met")
    partly_met: int | None = optional("how many it says are partly met")
    not_met: int | None = optional("how many it says are not met")
    not_assessed: int | None = optional("how many it says could not be assessed")
    own_total: int = required("how many the extract counts", source="computed")
    own_met: int = required("how many of them the extract has as met", source="computed")
    own_partly_met: int = required("as partly met", source="computed")
    own_not_met: int = required("as not met", source="computed")
    own_not_assessed: int = required("as not assessed", source="computed")
    own_unknown: int = required("without an assessment in the extract", source="computed")
    agrees: bool | None = optional(
        "whether every stated count equals the extract's; null: too much of it is unknown",
        source="computed",
    )
    text: str = required("the sentence", source="printed")
    page: int = required("its page")
    bbox: Bbox | None = optional("its box on that page; null in a text file", unit="points")
    corrected: tuple[str, ...] = listing("fields that a person overruled", source="person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One row per line of a corrections file that is about this report."""

    correction_id: str = required(
        "the correction: report, row and field", key=True, source="computed"
    )
    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    row_no: int = numbering()
    dataset: str | None = optional(
        "where the row has its home; null where there is no such row", source="computed"
    )
    row_id: str = required("id of the row", source="computed")
    field: str = required("the field that is overruled", source="person")
    machine_value: str | None = optional("what the machine has now, as text", source="computed")
    made_against: str | None = optional(
        "what the machine had when the correction was made", source="person"
    )
    value: str | None = optional("what a person says", source="person")
    why: str = required("the reason given", source="person")
    who: str = required("who says so, as a role", source="person")
    decided_on: date = required("the day on which it was decided", source="person")
    applied: bool = required(
        "whether the data hold it; if not, an issue says why", source="computed"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row per contradiction within or between reports; written by `styrmatt check`."""

    finding_id: str = required("the finding", key=True, source="computed")
    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    row_no: int = numbering()
    kind: str = required("kind of finding", values=tuple(FINDING_KINDS))
    severity: str = required("how bad it is", values=SEVERITIES)
    message: str = required("what disagrees, in a sentence", source="computed")
    goal_id: str | None = optional("the goal it is about", source="computed")
    measure_id: str | None = optional("the measure it is about", source="computed")
    record_id: str | None = optional("the record it is about", source="computed")
    sex: str | None = optional("the sex it is about", values=SEXES)
    text: str = required("the first place's quote", source="printed")
    page: int = required("its page")
    bbox: Bbox | None = optional(
        "its box: of the cell, mark, line or sentences; null in a text file", unit="points"
    )
    other_text: str | None = optional("the other place's quote", source="printed")
    other_page: int | None = optional("its page")
    other_bbox: Bbox | None = optional("its box", unit="points")
    other_document_id: str | None = optional(
        "the other report, where there is one", source="computed"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesMember:
    """A measure or goal of one report that belongs to a series, and why."""

    document_id: str = required("the report", source="computed")
    fiscal_year: int = required("the report's year")
    item_id: str = required("the measure or goal in that report", source="computed")
    name: str = required("its name there", source="printed")
    board: str | None = optional(
        "code of its board, or of the board whose report it is", source="printed"
    )
    perspective: str | None = optional("perspective that it stood under", source="printed")
    goal: str | None = optional(
        "strategic goal that it stood under; null for a goal", source="printed"
    )
    success_factor: str | None = optional(
        "success factor that it stood under; null for a goal", source="printed"
    )
    target_text: str | None = optional(
        "its target, the lines of several sexes separated by ;", source="printed"
    )
    unit: str | None = optional("unit of what it measures, where a target level says it")
    reason: str = required("why it belongs here", values=tuple(SERIES_REASONS), source="computed")
    score: float = required("how sure that is, 0 to 1", source="computed")
    candidates: tuple[str, ...] = listing(
        "other series that it might have belonged to", source="computed"
    )
    present: bool = required("whether the report, as read last, still has it", source="computed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One row per measure or goal over the years: the register of ids, kept over runs."""

    series_id: str = required("the measure or goal over the years", key=True, source="registry")
    kind: str = required("what it is", values=("measure", "goal"), source="computed")
    organisation: str = required("region or municipality")
    name: str = required("the name that it was registered with; it never changes", source="printed")
    names: tuple[str, ...] = listing(
        "every wording of its name, the earliest first", source="printed"
    )
    first_year: int = required("first year that a report has it", source="computed")
    last_year: int = required("last year that a report has it", source="computed")
    predecessor_series_id: str | None = optional(
        "the series that it took the place of", source="registry"
    )
    predecessor_found: str | None = optional(
        "the series that the machine holds it to have taken the place of, where a person decided",
        source="registry",
    )
    predecessor_decided_in: str | None = optional(
        "the report in whose corrections a person said what it took the place of; null: nobody did",
        source="person",
    )
    members: tuple[SeriesMember, ...] = listing(
        "what belongs to it, by year and report", source="computed"
    )


OBSERVATION_KINDS: Final = ("outcome", "previous", "forecast", "baseline", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One row per figure of a measure and sex for a year, over all reports: what people chart."""

    observation_id: str = required("the figure in its report", key=True, source="computed")
    document_id: str = required("the report that says it", source="computed")
    fiscal_year: int = required("that report's year")
    row_no: int = numbering()
    series_id: str = required("the measure over the years", source="registry")
    measure_id: str = required("the measure in that report", source="computed")
    organisation: str = required("whose figure it is, area aside")
    body: str | None = optional("the board whose report says it")
    measure: str = required("the measure's name in that report", source="printed")
    sex: str = required("total, women, men", values=SEXES)
    observation_year: int | None = optional("the year that the figure is for")
    period: str | None = optional("the part of that year; null: the whole year", source="printed")
    kind: str = required("what the figure is", values=OBSERVATION_KINDS)
    area: str | None = optional(
        "whose figure it is if not the organisation's own, as printed", source="printed"
    )
    value: float = required("the figure", unit="the unit of unit")
    unit: str | None = optional("its unit", values=UNITS)
    is_change: bool = column(
        "whether the figure is an amount of change and no level", default=False
    )
    whole: bool = required(
        "whether the report that says it is of a whole year, and was read whole", source="computed"
    )
    source: str = required("where it is stated", values=STATED_IN)
    page: int = required("the page on which it stands")
    preferred: bool = required(
        "whether it is the one to take of all that are of its series, sex, year, period, kind and "
        "area: exactly one is",
        source="computed",
    )
    comparable: bool | None = optional(
        "whether it has the definition and unit of the others of its series; null: not known",
        source="computed",
    )
    review: tuple[str, ...] = listing(
        "why a person should look", values=tuple(REVIEW_REASONS), source="computed"
    )


DATASETS: Final[dict[str, type]] = {
    "documents": Document,
    "goals": Goal,
    "success_factors": SuccessFactor,
    "measures": Measure,
    "targets": Target,
    "outcomes": Outcome,
    "narratives": Narrative,
    "claims": Claim,
    "issues": Issue,
    "records": Record,
    "corrections": Correction,
}
"""The dataclass of each dataset of a report, in the order in which they are written."""

AUDITS: Final[dict[str, type]] = {"findings": Finding}
"""The datasets that `styrmatt check` writes, one file per report as in :data:`DATASETS`."""

REGISTERS: Final[dict[str, type]] = {"series": Series, "observations": Observation}
"""The datasets that have one file for all reports below a root."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The rows of one report by dataset: the result of normalize and the input of export."""

    document: Document
    goals: tuple[Goal, ...]
    success_factors: tuple[SuccessFactor, ...]
    measures: tuple[Measure, ...]
    targets: tuple[Target, ...]
    outcomes: tuple[Outcome, ...]
    narratives: tuple[Narrative, ...]
    claims: tuple[Claim, ...]
    issues: tuple[Issue, ...]
    records: tuple[Record, ...]
    corrections: tuple[Correction, ...] = ()

    def rows(self, dataset: str) -> tuple[Any, ...]:
        """Rows of a dataset by its name in :data:`DATASETS`."""
        return (self.document,) if dataset == "documents" else getattr(self, dataset)
