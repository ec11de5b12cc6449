"""Made-up extracts and stand-ins for the stages, for tests of what comes after them."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("SOURCE_DATE_EPOCH", "1700000000")  # clock times in manifests stand still
os.environ.setdefault("STYRMATT_JOBS", "1")  # stand-ins stand in this process only
os.environ.setdefault("STYRMATT_TIMEOUT", "0")  # and only a process of its own has a budget
os.environ.setdefault("STYRMATT_MEMORY", "0")

from styrmatt.printed import ExtractedReport, SourceFile
from styrmatt.records import (
    SCHEMA_VERSION,
    Claim,
    Component,
    Correction,
    Document,
    Extract,
    Goal,
    Issue,
    Measure,
    Narrative,
    Outcome,
    Record,
    SuccessFactor,
    Target,
)

pytest.register_assert_rewrite("flips")  # a failure shows what differs

settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")  # no test may fail because the machine is busy

HANG = 600.0
"""Seconds after which a test that waits for another process fails instead of waiting for ever. It
says nothing about how long anything should take; a busy machine has to stay far below."""


def make_extract(
    document_id: str = "region-tallmo-2020-annual",
    *,
    year: int = 2020,
    source_name: str = "tallmo.pdf",
    source_sha256: str = "a" * 64,
    doc_version: str | None = None,
    pages_read: tuple[int, ...] = (1, 2, 3),
    severity: str = "info",
    target_value: float | None = 80.0,
) -> Extract:
    """A whole, valid extract of a made-up report with one goal, factor, measure, two sex lines."""
    ours: dict[str, Any] = {"document_id": document_id, "fiscal_year": year}
    goal_id, factor_id, measure_id = (f"{document_id}-{kind}" for kind in ("g", "f", "m"))
    document = Document(
        **ours,
        organisation="Region Tallmo",
        report_kind="annual",
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        doc_version=doc_version,
        page_count=3,
        pages_read=pages_read,
        boards_covered=("RS",),
        source_name=source_name,
        source_sha256=source_sha256,
        source_kind="pdf",
        layout="made-up",
        rows_found=2,
        rows_recorded=2,
        rows_rejected=0,
        rows_ignored=0,
        tool_version="0.0-test",
        schema_version=SCHEMA_VERSION,
    )
    where: dict[str, Any] = {"page": 2, "page_last": 2, "bbox": (10.0, 20.5, 300.25, 40.0)}
    name: dict[str, Any] = {
        "measure": "Andel nöjda åkande",
        "measure_raw": "Andel nöj-\nda åkande",
        "measure_kind": "styrmatt",
    }
    lines = [
        {
            "record_id": f"{measure_id}-{sex}",
            "measure_id": measure_id,
            "sex": sex,
            "target_text": "80 %",
            "target_raw": "80 %",
            "target_kind": "threshold",
            "target_value": target_value,
            "target_unit": "percent",
            "target_components": (Component(sex=sex, value=80.0, unit="percent"),),
        }
        for sex in ("K", "M")
    ]
    links = {"goal_id": goal_id, "success_factor_id": factor_id}
    return Extract(
        document=document,
        goals=(Goal(**ours, goal_id=goal_id, goal="Resan är trygg", boards=("RS",), page=1),),
        success_factors=(
            SuccessFactor(
                **ours, **links, success_factor="Bussen kommer i tid", in_overview=True, page=1
            ),
        ),
        measures=(Measure(**ours, **links, **name, **where, measure_id=measure_id, board="RS"),),
        targets=tuple(Target(**ours, **line) for line in lines),
        outcomes=(
            Outcome(
                **ours,
                outcome_id=f"{document_id}-o",
                measure_id=measure_id,
                sex="K",
                value=78.0,
                unit="percent",
                score=0.9,
                text="Resultatet för kvinnor var 78 procent.",
                page=3,
            ),
        ),
        claims=(
            Claim(
                **ours,
                claim_id=f"{document_id}-c",
                subject="goals",
                total=1,
                met=1,
                own_total=1,
                own_met=0,
                own_partly_met=0,
                own_not_met=0,
                own_not_assessed=0,
                own_unknown=1,
                text="Ett av ett mål är uppnått.",
                page=3,
            ),
        ),
        narratives=(
            Narrative(
                **ours,
                **links,
                section_id=f"{document_id}-s",
                section_no=1,
                heading="Resan är trygg",
                heading_path=("Resan är trygg",),
                text="Fler åker.\n\nFärre väntar.",
                page_first=2,
                page_last=3,
            ),
        ),
        issues=(
            Issue(
                **ours,
                issue_id=f"{document_id}-i",
                kind="unknown_table",
                severity=severity,
                message="A table was left alone.",
                page=3,
            ),
        ),
        records=tuple(
            Record(
                **ours,
                **links,
                **name,
                **where,
                **line,
                organisation="Region Tallmo",
                report_kind="annual",
                period_end=date(year, 12, 31),
                goal="Resan är trygg",
                success_factor="Bussen kommer i tid",
                board="RS",
                board_code="RS",
                board_source="printed",
            )
            for line in lines
        ),
        corrections=(
            Correction(
                **ours,
                correction_id=f"{document_id}-k",
                row_id="m-gone",
                field="board",
                made_against="RS",
                why="Rätt nämnd",
                who="controller",
                decided_on=date(year + 1, 3, 1),
                applied=False,
            ),
        ),
    )


def wait_until(condition: Callable[[], Any]) -> Any:
    """Wait until this is true, and return what it gave."""
    end = time.monotonic() + HANG
    while not (found := condition()):
        if time.monotonic() > end:
            pytest.fail("it did not come about")
        time.sleep(0.05)
    return found


def tree(root: Path) -> dict[str, bytes]:
    """Every file that readers of an extract see, with its bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".styrmatt" not in path.parts
    }


class StandIns:
    """Stands in for reading and normalizing: a report's file holds its document id and year.

    ``errors`` are what reading a file with such a text raises.
    """

    def __init__(self) -> None:
        self.errors: dict[str, BaseException] = {}
        self.identities: list[dict[str, str]] = []
        self.layout_names: list[str | None] = []
        self.severity = "info"
        self.pages_read = (1, 2, 3)
        self.id_by_year = False

    def read_report(
        self,
        path: Path,
        layouts: Any,
        *,
        layout_name: str | None,
        pages: tuple[int, ...] | None,
        password: str | None,
        engine: str,
        progress: Callable[[int, int], None] | None,
        recogniser: object = None,
    ) -> tuple[Any, ExtractedReport]:
        text = path.read_text(encoding="utf-8").strip()
        if text in self.errors:
            raise self.errors[text]
        self.layout_names.append(layout_name)
        for done in (1, 2, 3):
            if progress is not None:
                progress(done, 3)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        source = SourceFile(path.name, sha256, "pdf", 3, pages or self.pages_read)
        return SimpleNamespace(name="made-up"), ExtractedReport(
            source, (), (), (), (), identity={"id": text}
        )

    def normalize(
        self,
        printed: ExtractedReport,
        layout: Any,
        overrides: dict[str, str],
        tool_version: str,
        rules: object = (),
    ) -> Extract:
        self.identities.append(dict(overrides))
        document_id, _, year = printed.identity["id"].split("\n")[0].partition(" ")
        year = overrides.get("fiscal_year", year or "2020")
        extract = make_extract(
            f"{document_id}-{year}" if self.id_by_year else document_id,
            year=int(year),
            source_name=printed.source.name,
            source_sha256=printed.source.sha256,
            pages_read=printed.source.pages_read,
            severity=self.severity,
        )
        document = dataclasses.replace(extract.document, tool_version=tool_version)
        return dataclasses.replace(extract, document=document, corrections=())


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> StandIns:
    """Stand-ins in the place of the extract and normalize stages."""
    made = StandIns()
    read = SimpleNamespace(read_report=made.read_report)
    build = SimpleNamespace(normalize=made.normalize)
    monkeypatch.setitem(sys.modules, "styrmatt.extract.read", read)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "styrmatt.normalize.normalize", build)  # type: ignore[arg-type]
    return made


PROJECT = Path(__file__).parents[1]
SHARED_TEXTS = PROJECT.parent / "shared" / "reports"


def _extracts(name: str, paths: list[Path], factory: pytest.TempPathFactory) -> Path:
    """A folder with the extracts of these reports, made once for all processes of the tests."""
    from filelock import FileLock

    from styrmatt.pipeline.run import Options, Result, run_reports

    own = factory.getbasetemp()
    base = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    out, done = base / name, base / f"{name}.done"
    with FileLock(base / f"{name}.lock"):
        if not done.exists():
            for outcome in run_reports(paths, Options(out)):
                assert isinstance(outcome, Result), outcome
            done.touch()
    return out


@pytest.fixture(scope="session")
def sample_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the extracts of the sample reports. Not to be written to."""
    paths = sorted((PROJECT / "data" / "raw").glob("*.pdf"))
    return _extracts("samples", paths, tmp_path_factory)


@pytest.fixture(scope="session")
def shared_text_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the extracts of the shared reports' texts. Not to be written to."""
    if not SHARED_TEXTS.exists():
        pytest.skip("needs the shared reports")
    return _extracts("shared-texts", sorted(SHARED_TEXTS.glob("*.txt")), tmp_path_factory)
