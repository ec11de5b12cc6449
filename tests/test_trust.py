"""benchmarks/trust.py scores perturbed reports as it should, and docs/TRUST.md lists what it does.

What is read of the perturbed reports is not tested here: that is what the benchmark measures.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import trust
from documents import DOCS
from perturb import document
from perturb.draft import BASES, Draft
from perturb.kinds import GROUPS, KINDS, SUBJECTS
from perturb.scoring import Score, own_part, refused, score
from perturb.setting import produce

from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.records import ISSUE_KINDS, REVIEW_REASONS, Extract, Issue

LEAST = 40
SMOKE = ("layer_off", "arrow_between", "page_twice")
REASONS = KINDS["digit_as_letter"].reasons
PAGE = (DOCS / "TRUST.md").read_text(encoding="utf-8")


def test_there_are_enough_perturbations_of_every_group() -> None:
    assert len(KINDS) >= LEAST
    assert {kind.group for kind in KINDS.values()} == set(GROUPS)
    for kind in KINDS.values():
        assert kind.bases(), kind.name
        assert kind.subjects and set(kind.subjects) <= set(SUBJECTS) - {"never"}, kind.name


def test_every_declared_reason_is_about_a_subject() -> None:
    named = {reason for reasons in SUBJECTS.values() for reason in reasons}
    assert named == set(REVIEW_REASONS) | set(ISSUE_KINDS)
    others = {r for subject, reasons in SUBJECTS.items() if subject != "never" for r in reasons}
    assert not others & set(SUBJECTS["never"])


def test_the_page_lists_the_perturbations_and_reasons_of_the_code() -> None:
    assert document.kinds_table() in PAGE
    assert document.reasons_table() in PAGE
    figures = PAGE.partition("## Figures")[2].partition("## What is done")[0]
    assert re.findall(r"^\| `(\w+)` \|", figures, re.MULTILINE) == [
        kind.name for group in GROUPS for kind in KINDS.values() if kind.group == group
    ]


def test_three_perturbations_are_read_and_counted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    options = [f"--only={name}" for name in SMOKE]
    assert trust.main([*options, "--times=1", "--jobs=1", f"--keep={tmp_path}", "--show"]) == 0
    printed = capsys.readouterr().out
    for name in SMOKE:
        (line,) = re.findall(rf"^\| `{name}` \| (.*) \|$", printed, re.MULTILINE)
        rows, wrong, flagged, *_ = (int(cell) for cell in line.split(" | "))
        assert rows > 10
        assert flagged <= wrong
    assert len(list(tmp_path.glob("*.pdf"))) == len(SMOKE)


@pytest.mark.parametrize("name", SMOKE)
def test_the_same_seed_perturbs_the_same_way(name: str) -> None:
    _, first, base = trust.perturbed(name, 0, seed=1)
    assert trust.perturbed(name, 0, seed=1)[1:] == (first, base)
    assert trust.perturbed(name, 1, seed=1)[1] != first
    assert first != produce(Draft(BASES[base], Random(1))).pdf


def test_the_figures_are_written_below_the_marker(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Title\n\n{document.MARKER}\n\nFormer figures\n", encoding="utf-8")
    scores = {name: Score() for name in (*KINDS, document.PLAIN)}
    document.write(scores, 1, 1, page)
    written = page.read_text(encoding="utf-8")
    assert written.startswith(f"# Title\n\n{document.MARKER}\n\n## Figures\n")
    assert "Former" not in written
    document.write(scores, 1, 1, page)
    assert page.read_text(encoding="utf-8") == written
    page.write_text(written.partition(document.LISTS)[0] + document.LISTS, encoding="utf-8")
    document.write_lists(page)
    assert page.read_text(encoding="utf-8") == written
    page.write_text("# Title\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks the line"):
        document.write(scores, 1, 1, page)


# --- scoring


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Draft, Extract]:
    """A typesetting that nothing was done to, and what was read of it, flags aside."""
    draft = Draft(BASES["vector"], Random(1))
    path = tmp_path_factory.mktemp("plain") / "plain.pdf"
    path.write_bytes(produce(draft).pdf)
    layout, printed = read_report(path, load_layouts())
    extract = normalize(printed, layout, {}, "test")
    records = tuple(replace(record, review=()) for record in extract.records)
    return draft, replace(extract, records=records, issues=())


def with_first(extract: Extract, **changes: object) -> Extract:
    first, *others = extract.records
    return replace(extract, records=(replace(first, **changes), *others))  # type: ignore[arg-type]


def counts(plain: tuple[Draft, Extract], extract: Extract) -> dict[str, int]:
    found = score(plain[0], extract, REASONS).counts
    return {name: found[name] for name in sorted(found) if found[name] and name != "right"}


def test_what_a_cell_says_of_one_sex_is_as_good_as_the_cell() -> None:
    assert own_part("K: 65 % M:70 %", "K") == "65 %"
    assert own_part("K40 M41", "M") == "41"
    assert own_part("K: 65 % M:70 %", "T") is None
    assert own_part("65 %", "K") is None


def test_what_is_read_as_printed_is_right(plain: tuple[Draft, Extract]) -> None:
    rows = len(plain[0].rows)
    assert counts(plain, plain[1]) == {"rows": rows}
    assert score(*plain, REASONS).counts["right"] == rows * 9


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"target_value": 7.0}, {"wrong": 1}),
        ({"target_value": 7.0, "review": ("target_unparsed",)},
         {"wrong": 1, "wrong flagged": 1, "flags": 1, "flags right": 1}),
        ({"target_value": 7.0, "review": ("goal_reworded",)},
         {"wrong": 1, "flags": 1, "flags right": 1}),
        ({"target_value": None}, {"null": 1}),
        ({"review": ("target_unparsed",)}, {"flags": 1}),
        ({"measure": "Something else altogether, of another report"}, {"wrong": 2}),
    ],
)  # fmt: skip
def test_a_row_is_counted_by_what_differs(
    plain: tuple[Draft, Extract], changes: dict[str, object], told: dict[str, int]
) -> None:
    found = counts(plain, with_first(plain[1], **changes))
    assert found == {"rows": len(plain[0].rows)} | told


def test_a_row_that_is_lost_or_there_twice_is_wrong(plain: tuple[Draft, Extract]) -> None:
    rows = len(plain[0].rows)
    extract = plain[1]
    assert counts(plain, replace(extract, records=extract.records[1:])) == {
        "rows": rows,
        "wrong": 1,
    }
    twice = replace(extract, records=(*extract.records, extract.records[0]))
    assert counts(plain, twice) == {"rows": rows, "wrong": 1}


def test_a_warning_on_the_page_flags_and_an_info_does_not(plain: tuple[Draft, Extract]) -> None:
    draft, extract = plain
    issue = Issue(
        issue_id="i1",
        document_id=extract.document.document_id,
        fiscal_year=extract.document.fiscal_year,
        kind="target_unparsed",
        severity="info",
        message="A target.",
        page=extract.records[0].page,
    )
    wrong = with_first(extract, target_value=7.0)
    for severity, flagged in (("info", 0), ("warning", 1)):
        told = replace(wrong, issues=(replace(issue, severity=severity),))
        assert score(draft, told, REASONS).counts["wrong flagged"] == flagged
    elsewhere = replace(issue, severity="warning", page=1)
    assert score(draft, replace(wrong, issues=(elsewhere,)), REASONS).counts["wrong flagged"] == 0


def test_what_nobody_can_be_sure_of_is_right_when_it_is_null() -> None:
    draft = Draft(BASES["vector"], Random(1))
    (row,) = draft.figures(1)
    row.doubt("target_value", accept=1.0)
    assert row.named
    assert row.accepted["target_value"] == (1.0,)
    row.keep("target_text")
    assert row.accepted["target_text"] == (row.values["target_text"],)


def test_a_report_that_is_refused_is_no_silent_error() -> None:
    draft = Draft(BASES["vector"], Random(1))
    loud, silent = refused(draft, "no layout", loud=True), refused(draft, "defect", loud=False)
    assert loud.counts["refused"] == len(draft.rows) and not loud.silent
    assert silent.counts["wrong"] == len(draft.rows) and silent.silent
