"""`styrmatt diff`: which two extracts are meant, what is printed, exit codes."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from documents import check_made_block
from extracts import write_extract
from two_reports import line_of, report

from styrmatt.audit.diff.compare import diff
from styrmatt.cli import cli
from styrmatt.console.changes import sections
from styrmatt.console.diff import as_markdown
from styrmatt.differences import KINDS, Change
from styrmatt.errors import OutputError, UsageError
from styrmatt.export.store.extracts import read_extracts
from styrmatt.export.store.series_register import read_register
from styrmatt.normalize.series.link import link
from styrmatt.pipeline.use_cases.diff import ReportFilter, compare
from styrmatt.records import Extract, Record

ROOT = Path(__file__).parents[1]
EVERYONE = ReportFilter()

BEFORE = report(
    2020,
    {"name": "Andel nöjda åkande", "series": "s-1", "page": 4},
    {"name": "Antal resor", "series": "s-2", "lines": [line_of(sex="K"), line_of(sex="M")]},
    {"name": "Antal bad", "series": "s-3", "board": "PN"},
    boards=("RS", "PN"),
)
AFTER = report(
    2021,
    {"name": "Andel nöjda <b>resenärer</b>", "series": "s-1", "page": 6},
    {
        "name": "Antal resor",
        "series": "s-2",
        "lines": [line_of(sex=sex, target_text="85 %", target_value=85.0) for sex in "KM"],
    },
)


def written(root: Path, *extracts: Extract) -> Path:
    for extract in extracts:
        write_extract(extract, root, replace=False, partial=False)
    return root


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return written(tmp_path / "data", BEFORE, AFTER)


def run(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and standard output. Raises what the command raises."""
    done = CliRunner().invoke(
        cli, ["diff", *map(str, arguments)], standalone_mode=False, catch_exceptions=False
    )
    return int(done.return_value or 0), done.output


def test_years_that_differ_exit_1_and_a_year_with_itself_0(data: Path) -> None:
    assert run("2020", "2021", "--data", data)[0] == 1
    code, text = run("2020", "2020", "--data", data)
    assert code == 0 and "No difference." in text


def test_the_text_has_old_and_new_side_by_side_with_pages_and_sums(data: Path) -> None:
    _, text = run("2020", "2021", "--data", data)
    assert "Region Tallmo 2020 → Region Tallmo 2021" in text
    assert re.search(r"Andel nöjda åkande +Andel nöjda <b>resenärer</b> +p. 4 → p. 6", text)
    assert re.search(r"Antal resor +K, M +80 % +85 % +p. 2 → p. 2", text)
    assert re.search(r"measures: all = both \+ alone +3 = 2 \+ 1 +2 = 2 \+ 0", text)
    assert "1    of board PN; the other report covers RS" in text


def test_what_is_not_covered_is_listed_where_it_is_asked_for(data: Path) -> None:
    assert "Antal bad" not in run("2020", "2021", "--data", data)[1]
    assert "Antal bad" in run("2020", "2021", "--data", data, "--only", "not_covered")[1]


def test_only_some_kinds_decide_what_is_shown_and_the_exit_code(data: Path) -> None:
    code, text = run("2020", "2021", "--data", data, "--only", "renamed", "--only", "moved")
    assert code == 1 and "Changed targets" not in text
    assert run("2020", "2021", "--data", data, "--only", "restated")[0] == 0


def test_the_summary_has_counts_alone(data: Path) -> None:
    _, text = run("2020", "2021", "--data", data, "--summary")
    assert re.search(r"target +2 +what is aimed at differs", text)
    assert "Andel nöjda åkande" not in text


def test_json_has_every_column(data: Path) -> None:
    made = json.loads(run("2020", "2021", "--data", data, "--format", "json")[1])
    (one,) = made["diffs"]
    assert one["mode"] == "years" and one["a"]["fiscal_year"] == 2020
    assert one["kinds"] == {"renamed": 1, "target": 2, "not_covered": 1}
    assert list(one["changes"][0]) == [column.name for column in fields(Change)]
    assert one["changes"][1]["old_value"] == 80.0
    summary = json.loads(run("2020", "2021", "--data", data, "--format", "json", "--summary")[1])
    assert "changes" not in summary["diffs"][0]


def test_csv_has_a_line_per_difference(data: Path) -> None:
    lines = list(
        csv.DictReader(io.StringIO(run("2020", "2021", "--data", data, "--format=csv")[1]))
    )
    assert [line["kind"] for line in lines] == ["renamed", "target", "target", "not_covered"]
    assert lines[1]["sexes"] == "K" and lines[1]["b"] == "region-tallmo-2021"
    counts = csv.reader(
        io.StringIO(run("2020", "2021", "--data", data, "--format=csv", "--summary")[1])
    )
    assert [line[2:] for line in counts][1:] == [
        ["renamed", "1"],
        ["target", "2"],
        ["not_covered", "1"],
    ]


def test_markdown_is_tables(data: Path) -> None:
    _, text = run("2020", "2021", "--data", data, "--format", "markdown")
    assert "### Changed targets: 2" in text
    assert "| Antal resor | K, M | 80 % | 85 % | p. 2 → p. 2 |" in text


class Tags(HTMLParser):
    """The tags of a page with their attributes, and whether each was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_one_page_that_needs_nothing_else_and_escapes_what_is_printed(data: Path) -> None:
    output = data.parent / "changes.html"
    assert run("2020", "2021", "--data", data, "-o", output) == (1, "")
    text = output.read_text(encoding="utf-8")
    page = Tags()
    page.feed(text)
    assert page.open == []
    assert not re.search(r"https?:|//|<script|<link|url\(|@import", text)
    assert "&lt;b&gt;resenärer&lt;/b&gt;" in text
    headers = [attributes for tag, attributes in page.seen if tag == "th"]
    assert headers and all(attributes.get("scope") in ("col", "row") for attributes in headers)
    ids = [attributes["id"] for _, attributes in page.seen if "id" in attributes]
    links = [attributes["href"] for tag, attributes in page.seen if tag == "a"]
    assert len(ids) == len(set(ids)) and {f"#{name}" for name in ids} > set(links)
    assert ("html", {"lang": "en"}) in page.seen and "@media print" in text


@pytest.mark.parametrize("form", ["text", "json", "csv", "html", "markdown"])
def test_every_format_is_the_same_each_time_and_in_a_file(data: Path, form: str) -> None:
    out = data.parent / "out"
    arguments = ("2020", "2021", "--data", data, "--format", form)
    run(*arguments, "-o", out)
    first = out.read_bytes()
    run(*arguments, "-o", out)
    assert out.read_bytes() == first
    assert run(*arguments)[1] == first.decode()


def test_a_file_that_cannot_be_written_is_an_error(data: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        run("2020", "2021", "--data", data, "-o", data / "no" / "such" / "folder.html")


class TestChoice:
    """Which reports a year or a text means."""

    @pytest.fixture
    def several(self, data: Path) -> Path:
        boards = report(2020, body="Kulturnämnden"), report(2021, body="Kulturnämnden")
        return written(data, *boards, report(2022, body="Kulturnämnden"))

    def ids(
        self, several: Path, left: str, right: str, choice: ReportFilter = EVERYONE
    ) -> list[str]:
        (made,) = compare(left, right, data=several, reports=choice).diffs
        return [made.left.document_id, made.right.document_id]

    def test_several_reports_of_a_year_are_listed(self, several: Path) -> None:
        with pytest.raises(UsageError) as error:
            compare("2020", "2021", data=several, reports=EVERYONE)
        assert "region-tallmo-2020 (Region Tallmo 2020)" in str(error.value)
        assert "--body" in str(error.value)

    @pytest.mark.parametrize("body", ["Kulturnämnden", "kultur"])
    def test_a_body_chooses(self, several: Path, body: str) -> None:
        chosen = self.ids(several, "2020", "2021", ReportFilter(body=body))
        assert chosen == ["region-tallmo-Kulturnämnden-2020", "region-tallmo-Kulturnämnden-2021"]

    def test_the_whole_organisation_is_a_hyphen(self, several: Path) -> None:
        chosen = self.ids(several, "2020", "2021", ReportFilter("tallmo", "-"))
        assert chosen == ["region-tallmo-2020", "region-tallmo-2021"]

    def test_of_a_year_with_several_the_one_of_the_other_body_is_meant(self, several: Path) -> None:
        assert self.ids(several, "2021", "2022")[0] == "region-tallmo-Kulturnämnden-2021"
        assert self.ids(several, "2022", "2020")[1] == "region-tallmo-Kulturnämnden-2020"

    def test_an_id_or_a_part_of_one_that_is_unique(self, several: Path) -> None:
        assert self.ids(several, "region-tallmo-2020", "nden-2022")[0] == "region-tallmo-2020"
        with pytest.raises(UsageError, match="fits 3 reports"):
            compare("Kultur", "2022", data=several, reports=EVERYONE)

    @pytest.mark.parametrize("text", ["1999", "granmo"])
    def test_what_is_not_there_is_an_error_that_lists_what_is(
        self, several: Path, text: str
    ) -> None:
        with pytest.raises(UsageError, match="region-tallmo-2021"):
            compare(text, "2021", data=several, reports=EVERYONE)

    def test_a_body_that_is_not_there_is_an_error(self, several: Path) -> None:
        with pytest.raises(UsageError, match="of that body"):
            compare("2020", "2021", data=several, reports=ReportFilter(body="Badnämnden"))

    def test_a_folder_without_extracts_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError):
            compare("2020", "2021", data=tmp_path, reports=EVERYONE)


class TestRoots:
    """Two folders hold extracts of the same reports."""

    def test_what_is_read_differently(self, data: Path, tmp_path: Path) -> None:
        other = replace(AFTER, records=tuple(replace(r, status="not_met") for r in AFTER.records))
        new = written(tmp_path / "new", BEFORE, other)
        code, text = run(data, new)
        assert code == 1
        assert re.search(r"records.status +met +not_met", text)
        assert run(data, data)[0] == 0

    def test_reports_that_one_root_lacks_are_named(self, data: Path, tmp_path: Path) -> None:
        new = written(tmp_path / "new", AFTER)
        made = compare(str(data), str(new), data=data, reports=EVERYONE)
        assert made.left_only == ("region-tallmo-2020",) and made.differs
        for form in ("text", "html", "markdown", "json"):
            assert "region-tallmo-2020" in run(data, new, "--format", form)[1]

    def test_columns_that_a_file_lacks_are_a_difference_of_schema(
        self, data: Path, tmp_path: Path
    ) -> None:
        import pyarrow.parquet as pq

        new = written(tmp_path / "new", BEFORE)
        path = new / "records" / "year=2020" / "region-tallmo-2020.parquet"
        pq.write_table(pq.read_table(path, partitioning=None).drop_columns(["trend"]), path)
        (made,) = compare(str(data), str(new), data=data, reports=EVERYONE).diffs
        assert made.changes == ()
        assert [(v.name, v.old, v.new) for v in made.versions] == [
            ("records.trend", "string", None)
        ]

    def test_roots_without_a_common_report_or_with_a_year_are_errors(
        self, data: Path, tmp_path: Path
    ) -> None:
        other = written(tmp_path / "new", report(1999))
        with pytest.raises(UsageError, match="no report in common"):
            compare(str(data), str(other), data=data, reports=EVERYONE)
        with pytest.raises(UsageError, match="the other is not"):
            compare(str(data), "2020", data=data, reports=EVERYONE)
        with pytest.raises(OutputError):
            compare(str(data), str(tmp_path / "nothing"), data=data, reports=EVERYONE)


def test_what_was_written_of_some_pages_covers_nothing(tmp_path: Path) -> None:
    root = written(tmp_path, BEFORE)
    write_extract(report(2021), root, replace=False, partial=True)
    (made,) = compare("2020", "2021", data=root, reports=EVERYONE).diffs
    assert {change.kind for change in made.changes} == {"not_covered", "goal_not_covered"}


def test_predecessors_are_read_from_the_register(data: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    written(data, report(2022, {"name": "Annat mått", "series": "s-9"}))
    (data / "series").mkdir(exist_ok=True)
    rows = [{"series_id": "s-9", "predecessor_series_id": "s-1"}]
    pq.write_table(pa.Table.from_pylist(rows), data / "series" / "series.parquet")
    (made,) = compare("2021", "2022", data=data, reports=EVERYONE).diffs
    assert [change.kind for change in made.changes] == ["dropped", "redefined"]


def test_help_teaches(monkeypatch: pytest.MonkeyPatch) -> None:
    text = CliRunner().invoke(cli, ["diff", "--help"]).output
    assert "Examples:" in text and "Exit codes:" in text and "--only" in text


# ------------------------------------------------------------------ the page of the documentation

DOC = ROOT / "docs" / "DIFF.md"


def kinds_table() -> str:
    lines = ["| kind | meaning |", "| --- | --- |"]
    lines += [f"| `{kind}` | {about.meaning} |" for kind, about in KINDS.items()]
    return "\n".join(lines)


def columns_table() -> str:
    lines = ["| column | meaning |", "| --- | --- |"]
    lines += [f"| `{c.name}` | {c.metadata['meaning']} |" for c in fields(Change)]
    return "\n".join(lines)


def test_the_page_lists_every_kind_and_column() -> None:
    check_made_block(DOC, "kinds", kinds_table())
    check_made_block(DOC, "columns", columns_table())


BOARD = ReportFilter(body="utvecklings")


def test_the_example_on_the_page_is_what_the_samples_give(sample_root: Path) -> None:
    made = compare("2022", "2023", data=sample_root, reports=BOARD)
    check_made_block(
        DOC,
        "example",
        as_markdown(made, False).replace("\n### ", "\n#### ").replace("## R", "### R"),
    )


@pytest.mark.parametrize("body", ["-", "utvecklings"])
def test_the_samples_add_up(sample_root: Path, body: str) -> None:
    (made,) = compare("2022", "2023", data=sample_root, reports=ReportFilter(body=body)).diffs
    assert all(count.reconciles for count in made.counts)
    assert made.notes == ()
    assert {"target", "status", "result", "redefined", "goal_assessment"} <= {
        section.kind for section in sections(made)
    }


def test_the_real_reports_add_up_and_no_board_that_is_not_covered_is_dropped(
    shared_text_root: Path,
) -> None:
    (made,) = compare("2020", "2021", data=shared_text_root, reports=EVERYONE).diffs
    assert all(count.reconciles for count in made.counts)
    before, _ = read_extracts(shared_text_root)
    boards = {record.measure_id: record.board_code for record in before.records}
    for change in made.changes:
        if change.kind in ("dropped", "not_covered"):
            is_covered = boards[change.old_id or ""] == "RUN"
            assert (change.kind == "dropped") == is_covered


def test_a_next_year_made_by_hand_gives_just_its_changes(sample_root: Path) -> None:
    """Renamed, moved, given another target or mark, dropped and added; linked as a run does it."""
    (last,) = read_extracts(sample_root, document="utvecklingsnamnden-2023")
    made, changed = next_year(last)
    linked, register = link([made], read_register(sample_root), vocabulary="sv")
    links = {s.series_id: s.predecessor_series_id for s in register if s.predecessor_series_id}
    found = diff(last, linked[0], predecessors=links)
    assert {(change.kind, change.name) for change in found.changes} == changed
    assert len(found.changes) == len(changed)


def next_year(last: Extract) -> tuple[Extract, set[tuple[str, str]]]:
    """The report of the year after, not linked yet, and what differs by kind and new name."""
    names = [measure.measure for measure in last.measures]

    def named(words: str) -> str:
        return next(name for name in names if words in name)

    visits, broadband, statements = (named(w) for w in ("företagsbesök", "bredband", "yttranden"))
    gone, budget = named("konferensen"), named("Budget")
    other = next(
        r for r in last.records if r.success_factor != _record(last, visits).success_factor
    )
    values: dict[str, dict[str, Any]] = {
        visits: {"success_factor": other.success_factor, "goal": other.goal}
        | {"success_factor_id": other.success_factor_id, "goal_id": other.goal_id}
        | {"perspective": other.perspective},
        broadband: {"target_text": "99%", "target_value": 99.0},
        statements: {"measure": f"{statements} (statsstöd)", "status": "met"},
        budget: {"trend": "up", "status": _record(last, budget).status},
    }
    extra = "Antal nya cykelvägar med belysning"
    added = {"measure": extra, "measure_raw": extra, "target_text": "12", "target_value": 12.0}
    document_id = "region-adalen-regionala-utvecklingsnamnden-2024-annual"
    ours: dict[str, Any] = {"document_id": document_id, "fiscal_year": 2024}

    def mended(row: Any) -> Any:
        new = {k: v for k, v in values.get(row.measure, {}).items() if hasattr(row, k)}
        ids = {"measure_id": f"2024-{row.measure_id}", "series_id": None}
        record = {"record_id": f"2024-{row.record_id}"} if hasattr(row, "record_id") else {}
        return replace(row, **ours, **ids, **record, **new)

    def one_more(row: Any) -> Any:
        ids = {"measure_id": "2024-new", "series_id": None}
        record = {"record_id": "2024-new-T", "sex": "T"} if hasattr(row, "record_id") else {}
        new = {k: v for k, v in added.items() if hasattr(row, k)}
        return replace(row, **ours, **ids, **record, **new)

    rows = {
        name: (
            *(mended(row) for row in last.rows(name) if row.measure != gone),
            one_more(next(row for row in last.rows(name) if row.measure == budget)),
        )
        for name in ("measures", "records")
    }
    goals = tuple(replace(goal, **ours, goal_series_id=None) for goal in last.goals)
    document = replace(last.document, **ours, source_sha256="f" * 64)
    none = dict.fromkeys(("targets", "outcomes", "narratives", "claims", "issues"), ())
    made = replace(last, document=document, goals=goals, **rows, **none)
    return made, {
        ("moved", visits),
        ("target", broadband),
        ("renamed", f"{statements} (statsstöd)"),
        ("status", f"{statements} (statsstöd)"),
        ("trend", budget),
        ("dropped", gone),
        ("added", extra),
    }


def _record(extract: Extract, name: str) -> Record:
    return next(record for record in extract.records if record.measure == name)
