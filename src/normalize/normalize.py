"""The normalize stage: a report as printed becomes the rows of the datasets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from styrmatt.layout import Layout
from styrmatt.normalize.better import with_better
from styrmatt.normalize.document_identity import DocumentIdentity, identify
from styrmatt.normalize.gap import with_gap
from styrmatt.normalize.goals.headings import HeadingReader
from styrmatt.normalize.goals.known_boards import known_boards
from styrmatt.normalize.goals.levels import GoalLevels
from styrmatt.normalize.goals.match import GoalLinks, HeadingNames, link_goals
from styrmatt.normalize.goals.overview import GoalEntry, OverviewReader
from styrmatt.normalize.identity_issues import note_identity
from styrmatt.normalize.ids import UniqueIds
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.linkage_issues import (
    note_goal_marks,
    note_lines,
    note_links,
    note_row_count,
)
from styrmatt.normalize.make_rows import RowMaker, boards_covered
from styrmatt.normalize.measures.group_rows import MeasureDraft, MeasureRowReader
from styrmatt.normalize.measures.name import MeasureReader
from styrmatt.normalize.measures.own_areas import OwnAreas
from styrmatt.normalize.measures.result_cells import Interim
from styrmatt.normalize.measures.row_doubts import RowDoubts
from styrmatt.normalize.measures.two_years import year_of_brackets
from styrmatt.normalize.narrative.assessments import AssessmentReader
from styrmatt.normalize.narrative.claims import ClaimReader
from styrmatt.normalize.narrative.sections import NarrativeMaker, place_sections
from styrmatt.normalize.outcomes.against_table import (
    flag_differing,
    flag_records,
    without_other_counts,
)
from styrmatt.normalize.outcomes.doubts import (
    doubts_beside_targets,
    joined,
    outcome_doubts,
    with_doubts,
    with_reasons,
)
from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.read import OutcomeReader, profiles_of
from styrmatt.normalize.outcomes.rows import choose_results, outcome_rows, with_outcomes
from styrmatt.normalize.outcomes.table_rows import table_outcomes
from styrmatt.normalize.scan_values import ScanValues
from styrmatt.normalize.values.sign_marks import sign_marks
from styrmatt.printed import Cell, ExtractedReport, Row
from styrmatt.records import (
    SCHEMA_VERSION,
    Document,
    Extract,
    Goal,
    Measure,
    Narrative,
    Outcome,
    Record,
    SuccessFactor,
    Target,
)
from styrmatt.swedish.board_codes import BoardReader
from styrmatt.swedish.dehyphenate import Cleaner
from styrmatt.swedish.dictionary import has_dictionary
from styrmatt.swedish.document_words import DocumentWords
from styrmatt.swedish.lemma_dictionary import load_lemmas
from styrmatt.swedish.numbers import dots_group
from styrmatt.swedish.publishers import publisher_names
from styrmatt.swedish.rules.spans import narrative_pipeline
from styrmatt.swedish.rules.token_rules import OwnRules
from styrmatt.whitespace import squeeze

_LAST: Final = 1 << 30
"""More than the pages of any report: what stands on no page comes last."""
_PART_FROM: Final = 6
"""Letters of the shortest factor cell that may be a part of the heading above: shorter ones are
found in headings by chance."""


class _Tables(NamedTuple):
    """The rows that tables and headings give, and the profiles by which outcomes find measures."""

    document: Document
    goals: tuple[Goal, ...]
    factors: tuple[SuccessFactor, ...]
    measures: tuple[Measure, ...]
    targets: tuple[Target, ...]
    records: tuple[Record, ...]
    narratives: tuple[Narrative, ...]
    profiles: tuple[MeasureProfile, ...]
    outcomes: tuple[Outcome, ...]
    """What tables state in columns."""
    ids: UniqueIds
    """Of the dataset outcomes."""


def normalize(
    printed: ExtractedReport,
    layout: Layout,
    overrides: Mapping[str, str],
    tool_version: str,
    rules: OwnRules = (),
) -> Extract:
    """The rows of all datasets for a report; a printed row is recorded or rejected with an issue.

    ``overrides`` (fiscal_year, organisation, body, board_code, doc_number ...) win over what the
    report prints; ``rules`` for results in words add to those that are shipped. Raises
    IdentityError where neither gives year and organisation.
    """
    identity = identify(printed.identity, overrides, printed.source.name)
    year, vocabulary = identity.fiscal_year, layout.words
    issues = IssueBook(identity.document_id, year)
    issues.doubts(printed.doubts)
    tables = _read_tables(printed, layout, identity, issues, tool_version)
    sections, scans = printed.sections, ScanValues.of(printed)
    del printed  # a quarter of all memory for a long report, unless the caller holds it, too
    narratives = tables.narratives
    goals = AssessmentReader(vocabulary, issues).read(tables.goals, narratives, sections)
    reader = _outcome_reader(layout, identity, tables.profiles, issues, rules)
    read = reader.read(zip(narratives, sections, strict=True))
    stated = choose_results(without_other_counts(read, tables.outcomes), year)
    in_text = outcome_rows(stated, tables.ids, identity.document_id, year)
    shown = with_outcomes(tables.records, in_text, stated)
    doubts = joined(outcome_doubts(stated, year), doubts_beside_targets(shown))
    in_text = flag_differing(with_reasons(in_text, doubts), tables.outcomes)
    outcomes = (*tables.outcomes, *in_text)
    shown = flag_records(with_doubts(shown, doubts, issues), in_text)
    records = tuple(map(with_gap, with_better(shown, reader.better_of_names(tables.measures))))
    note_identity(identity, issues)
    claims = ClaimReader(vocabulary, goals, tables.measures, records)
    extract = Extract(
        document=tables.document,
        goals=goals,
        success_factors=tables.factors,
        measures=tables.measures,
        targets=tables.targets,
        outcomes=tuple(sorted(outcomes, key=lambda outcome: outcome.page)),
        narratives=narratives,
        claims=tuple(claims.read(narratives, sections)),
        issues=tuple(sorted(issues.rows(), key=lambda issue: issue.page or _LAST)),
        records=records,
    )
    return scans.marked(extract)


def _read_tables(
    printed: ExtractedReport,
    layout: Layout,
    identity: DocumentIdentity,
    issues: IssueBook,
    tool_version: str,
) -> _Tables:
    vocabulary = layout.words
    words = DocumentWords(printed.lines(), printed.words_elsewhere)
    cleaner = Cleaner(words, vocabulary.hyphens)
    said = vocabulary.board_words
    boards = BoardReader(vocabulary.targets.also, (*said.endings, *said.bodies))
    texts, cells = [section.text for section in printed.sections], _figures(printed.rows)
    reader = MeasureRowReader(
        cleaner,
        MeasureReader(cleaner, words, vocabulary.kinds),
        boards,
        vocabulary,
        identity.fiscal_year,
        issues,
        _interim(identity),
        year_of_brackets(texts, vocabulary.values.brackets, identity.fiscal_year),
        sign_marks(texts, vocabulary.values, cells),
        dots_group=dots_group(cells),
    )
    whose = OwnAreas(identity.organisation, identity.organisation_code, publisher_names())
    drafts = reader.read(whose.with_own(printed.rows, issues))
    RowDoubts(vocabulary).flag(drafts)

    known = frozenset(code for draft in drafts for code in draft.codes)
    headings = HeadingReader(cleaner, words, layout.headings)
    known |= known_boards(
        (cleaner.clean(name).text for name in _goal_headings(printed)),
        texts,
        boards,
        vocabulary,
    )
    overview = OverviewReader(
        cleaner, headings, boards, known | frozenset(filter(None, [identity.board_code]))
    )
    goals = overview.read(printed.overview)
    levels = GoalLevels.of(printed.rows, overview)
    placed = place_sections(printed.sections, overview.heading, headings, levels)
    all_names = [levels.nearest(_heading_names(draft.rows[0], overview)) for draft in drafts]
    of_rows, of_sections = [*levels.with_higher(all_names)], [item.names for item in placed]
    links = link_goals(goals, *_pools(printed, of_rows, of_sections))
    for draft, names in zip(drafts, all_names, strict=True):
        found = links.find(names)
        draft.goal, draft.factor = found.goal, found.factor
    overview.add_boards((*links.goals, *links.factors))
    _fill_perspectives(links.goals, drafts, all_names)
    _fill_boards(drafts)
    _give_ids(identity, links, drafts, issues)

    for repair, place in overview.repairs:
        issues.repairs((repair,), place)
    above = levels.entries_above(all_names, links)
    note_links(issues, links, drafts, all_names, above, has_overview=bool(goals))
    note_goal_marks(issues, links.goals)
    note_lines(issues, drafts)
    maker = NarrativeMaker(cleaner, links, drafts, identity.document_id, identity.fiscal_year)
    narratives = tuple(maker.make(placed))
    for repair, place in maker.repairs:
        issues.repairs((repair,), place)
    document = _document(printed, layout, identity, drafts, links, reader.rejected, tool_version)
    note_row_count(issues, document)
    rows, ids = RowMaker(identity), UniqueIds(identity.document_id)
    return _Tables(
        document=document,
        goals=tuple(map(rows.goal, links.goals)),
        factors=tuple(map(rows.factor, links.factors)),
        measures=tuple(map(rows.measure, drafts)),
        targets=tuple(rows.target(draft, line) for draft in drafts for line in draft.lines),
        records=tuple(rows.record(draft, line) for draft in drafts for line in draft.lines),
        narratives=narratives,
        profiles=profiles_of(drafts, layout),
        outcomes=table_outcomes(drafts, ids, identity.document_id, identity.fiscal_year),
        ids=ids,
    )


def _interim(identity: DocumentIdentity) -> Interim | None:
    """The part of the year that an interim report is of, as an ISO interval; open if not known."""
    if identity.report_kind != "interim":
        return None
    start, end = identity.period_start, identity.period_end
    return Interim(f"{start or '..'}/{end or '..'}", float(end.month) if end else None)


def _outcome_reader(
    layout: Layout,
    identity: DocumentIdentity,
    profiles: Sequence[MeasureProfile],
    issues: IssueBook,
    rules: OwnRules,
) -> OutcomeReader:
    return OutcomeReader(
        layout,
        profiles,
        [identity.organisation, identity.body or ""],
        identity.fiscal_year,
        issues,
        interim=identity.report_kind == "interim",
        model=layout.language_pipeline,
        rules=rules,
    )


def steps_to_load(
    layouts: Iterable[Layout], rules: OwnRules = ()
) -> tuple[Callable[[], object], ...]:
    """Calls that load the dictionaries and libraries which :func:`normalize` needs, ahead of it."""
    layouts = tuple(layouts)
    pipelines = {(layout.vocabulary, layout.language_pipeline) for layout in layouts}
    languages = {layout.words.language for layout in layouts}
    return (
        has_dictionary,
        *(partial(load_lemmas, one) for one in sorted(languages)),
        *(partial(narrative_pipeline, *one, rules) for one in sorted(pipelines, key=str)),
    )


def _figures(rows: Iterable[Row]) -> list[str]:
    """The cells of results and targets, each once though several rows may share it."""
    cells: dict[int, Cell] = {}
    for row in rows:
        targets = [row.cells["target"]] if "target" in row.cells else []
        cells |= {id(cell): cell for cell in (*targets, *(value.cell for value in row.values))}
    return [cell.text for cell in cells.values()]


def _heading_names(row: Row, overview: OverviewReader) -> HeadingNames:
    cell = row.cells.get("success_factor")
    factor = _factor_text(cell, row.factor_heading)
    return HeadingNames(
        overview.heading(row.perspective_heading, "perspective"),
        overview.heading(row.goal_heading, "goal"),
        overview.heading(factor, "success_factor"),
        row.place,
    )


def _factor_text(cell: Cell | None, heading: str | None) -> str | None:
    """The factor's cell; the heading above where the cell holds only a part of that."""
    if cell is None or not cell.text.strip():
        return heading
    in_cell, in_heading = squeeze(cell.text), squeeze(heading or "")
    is_part = in_cell != in_heading and in_cell in in_heading
    return heading if is_part and len(in_cell) >= _PART_FROM else cell.text


def _pools(
    printed: ExtractedReport, rows: Sequence[HeadingNames], sections: Sequence[HeadingNames]
) -> Sequence[Sequence[HeadingNames]]:
    """The names of rows and of sections: one pool where rows take their factor from headings.

    Factors in cells may be worded otherwise than in headings, see :func:`link_goals`.
    """
    in_cells = any("success_factor" in row.cells for row in printed.rows)
    return (rows, sections) if in_cells else ([*rows, *sections],)


def _fill_perspectives(
    goals: Sequence[GoalEntry], drafts: Sequence[MeasureDraft], all_names: Sequence[HeadingNames]
) -> None:
    """Give goals without a perspective the one that most of their measures stand under."""
    named = list(zip(drafts, all_names, strict=True))
    for goal in goals:
        if goal.perspective is None:
            above = Counter(n.perspective for d, n in named if d.goal is goal and n.perspective)
            goal.perspective = above.most_common(1)[0][0] if above else None


def _goal_headings(printed: ExtractedReport) -> Iterable[str]:
    """The goals in headings and cells beside measures as printed, each once."""
    return dict.fromkeys(row.goal_heading for row in printed.rows if row.goal_heading)


def _fill_boards(drafts: Sequence[MeasureDraft]) -> None:
    """Give measures the one board behind their goal's name, where no row prints boards itself."""
    if any("board" in row.cells for draft in drafts for row in draft.rows):
        return
    for draft in drafts:
        goal = draft.goal
        if goal is not None and not goal.in_overview and len(goal.boards) == 1:
            draft.board, draft.codes = goal.boards[0], goal.boards


def _give_ids(
    identity: DocumentIdentity, links: GoalLinks, drafts: Sequence[MeasureDraft], issues: IssueBook
) -> None:
    ids = UniqueIds(identity.document_id)
    twice = Counter(squeeze(goal.name) for goal in links.goals)
    for goal in links.goals:
        goal.id = ids.of(
            "g", goal.name, *([goal.perspective] if twice[squeeze(goal.name)] > 1 else [])
        )
    for factor in links.factors:
        factor.id = ids.of("f", factor.goal.id if factor.goal else None, factor.name)
    _give_measure_ids(ids, drafts, issues)


def _give_measure_ids(ids: UniqueIds, drafts: Sequence[MeasureDraft], issues: IssueBook) -> None:
    """Give measures and their lines ids, and flag measures that only their order tells apart.

    The target is no part of an id: a misprint in it would make another measure.
    """
    equal = Counter((*_measure_key(draft), draft.name.kind) for draft in drafts)
    kinds = Counter(tuple(key) for *key, _ in equal)
    for draft in drafts:
        key = _measure_key(draft)
        draft.id = ids.of("m", *key, *((draft.name.kind,) if kinds[key] > 1 else ()))
        if equal[*key, draft.name.kind] > 1:
            draft.review.append("duplicate")
        if draft.id.count("-") > 1:
            message = "Another measure has the same name, kind, goal, factor and board."
            issues.note(
                "duplicate_measure", message, draft.raw, draft.rows[0].place, measure_id=draft.id
            )
        for line in draft.lines:
            line.id = f"{draft.id}-{line.sex}"


def _measure_key(draft: MeasureDraft) -> tuple[str | None, ...]:
    goal, factor = draft.goal, draft.factor
    return (
        goal.id if goal else None,
        factor.id if factor else None,
        squeeze(draft.name.name),
        draft.board,
    )


def _document(
    printed: ExtractedReport,
    layout: Layout,
    identity: DocumentIdentity,
    drafts: Sequence[MeasureDraft],
    links: GoalLinks,
    rejected: int,
    tool_version: str,
) -> Document:
    ignored = sum(rows for _, rows in printed.ignored)
    recorded = len({id(line.row) for draft in drafts for line in draft.lines})
    return Document(
        document_id=identity.document_id,
        fiscal_year=identity.fiscal_year,
        organisation=identity.organisation,
        organisation_kind=identity.organisation_kind,
        organisation_code=identity.organisation_code,
        kolada_id=identity.kolada_id,
        body=identity.body,
        title=identity.title,
        report_kind=identity.report_kind,
        period_start=identity.period_start,
        period_end=identity.period_end,
        doc_number=identity.doc_number,
        doc_version=identity.doc_version,
        page_count=printed.source.page_count,
        pages_read=printed.source.pages_read,
        pages_recognised=printed.source.pages_recognised,
        boards_covered=boards_covered(drafts, links.goals, links.factors),
        source_name=printed.source.name,
        source_sha256=printed.source.sha256,
        source_kind=printed.source.kind,
        layout=layout.name,
        rows_found=len(printed.rows) + ignored,
        rows_recorded=recorded,
        rows_rejected=rejected,
        rows_ignored=ignored,
        tool_version=tool_version,
        schema_version=SCHEMA_VERSION,
    )
