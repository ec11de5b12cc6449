"""Plants contradictions of every kind in the project's own reports, and counts what is found.

    python benchmarks/check.py                       all kinds; some minutes on two cores
    python benchmarks/check.py --only sexes --show   one kind, with what was missed and false
    python benchmarks/check.py --write               puts the table into docs/CHECK.md

A report is read, a contradiction is planted in what it prints (a sentence, a cell, a mark), and the
rows are made of that as of any report. It is *found* where a finding of its kind is about the
measure, goal or sentence. *False* are findings that the report had not before and that are about
anything else, and those that reports have in which nothing is planted, except for the known ones.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from contradictions import goals, sentences, tables, years
from contradictions.plan import PLANTERS, Plan, Subject
from measuring import ROOT, SHARED

from styrmatt.audit.check.all_checks import check
from styrmatt.errors import StyrmattError
from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.records import FINDING_KINDS, Finding
from styrmatt.whitespace import squeeze

_MODULES = (sentences, tables, goals, years)
"""Importing them enters what plants in PLANTERS."""
FOLDERS = ("data/raw", "tests/typesettings", "tests/families", "tests/publishers")
TIMES = 2
"""Contradictions of a kind that each function plants in each report at most."""
_REAL = "region-norrbotten-2020-bilaga-maluppfyllelse"
KNOWN = {
    ("region-adalen-2022-bilaga-maluppfyllelse", "result_against_marker", 11),
    ("region-adalen-2023-run-arsrapport", "claim_differs", 3),
    ("region-adalen-2023-run-arsrapport", "marker_against_words", 17),
    ("region-adalen-2023-bilaga-maluppfyllelse", "claim_differs", 3),
    ("region-adalen-2023-bilaga-maluppfyllelse", "marker_against_words", 17),
    ("vector-full", "marker_against_words", 7),
    ("hagsjo-kommun-2023-arsredovisning", "result_differs", 4),
    ("hagsjo-kommun-2023-arsredovisning", "restated", 5),
    *(
        ("region-norrbotten-2020-bilaga-maluppfyllelse", "target_differs", n)
        for n in (46, 50, 51, 55, 68)
    ),
    *((_REAL, "target_differs", page) for page in (46, 50, 51, 55, 68)),
    *((_REAL, "figure_differs", page) for page in (33, 47)),
    (_REAL, "measure_without_table", 47),
    (_REAL, "text_repeated", 53),
    (_REAL, "target_shifted", 72),
    (_REAL, "result_against_marker", 52),
}
"""Report, kind and page of what is so, looked up by hand: put in on purpose, or overlooked."""
KNOWN_FALSE = {(_REAL, "result_against_marker", 8)}
"""The false alarm that is known: the mark was assigned to a facsimile (docs/CHECK.md)."""
BEGIN, END = "<!-- benchmark: planted -->", "<!-- /benchmark -->"


@dataclass
class Counts:
    """Of one kind: how many were planted and found, and lines about the others."""

    planted: int = 0
    found: int = 0
    places: int = 0
    """Findings of what was planted that lack a second quote, or a box of either."""
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        """Add what another report gave."""
        self.planted += other.planted
        self.found += other.found
        self.places += other.places
        self.missed += other.missed
        self.false += other.false


def main(arguments: Sequence[str] | None = None) -> int:
    """Plant and count; 1 where a bar is not met."""
    options = _options(arguments)
    groups = [g for g in _groups() if not options.report or options.report in g[-1].name]
    kinds = [k for k in FINDING_KINDS if not options.only or options.only in k]
    tasks = [(group, tuple(kinds), options.times) for group in groups]
    counts = {kind: Counts() for kind in kinds}
    alone: list[str] = []
    with multiprocessing.Pool(options.jobs) as pool:
        for result, false in pool.imap(_measure, tasks):
            alone += false
            for kind, one in result.items():
                counts[kind].add(one)
    text = table(counts, len(groups), alone)
    print(text)
    if options.show:
        print(*_lines(counts, alone), sep="\n")
    if options.write:
        _write(text)
    planted, found = (sum(getattr(c, n) for c in counts.values()) for n in ("planted", "found"))
    false = len(alone) + sum(len(c.false) for c in counts.values())
    return int(found < 0.9 * planted or false > 0)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", metavar="KIND", help="kinds that contain this")
    parser.add_argument("--report", metavar="NAME", help="reports whose name contains this")
    parser.add_argument("--times", type=int, default=TIMES, help="of a kind in each report")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--show", action="store_true", help="what was missed, and what is false")
    parser.add_argument("--write", action="store_true", help="write the table into docs/CHECK.md")
    return parser.parse_args(arguments)


def _groups() -> Iterator[tuple[Path, ...]]:
    """Each report, with that of the year before in front of it where there is one."""
    folders = [*(ROOT / folder for folder in FOLDERS), SHARED / "reports"]
    paths = [path for folder in folders for path in sorted(folder.glob("*.pdf"))]
    by_name = {path.stem: path for path in paths}
    for path in paths:
        before = by_name.get(path.stem.replace("-2023-", "-2022-"))
        yield (before, path) if before not in (None, path) else (path,)


# -- one report


def _measure(
    task: tuple[tuple[Path, ...], tuple[str, ...], int],
) -> tuple[dict[str, Counts], list[str]]:
    """What was planted in a report and found, by kind, and what is found where nothing is."""
    paths, kinds, times = task
    subjects = [one for one in map(_subject, paths) if one is not None]
    if len(subjects) < len(paths):
        return {}, []
    subject = subjects[-1]
    subject.before = subjects[0] if len(subjects) > 1 else None
    known = {finding.finding_id for finding in _check(subject, subject)}
    alone = [
        f"{subject.name}: {f.kind}: {f.message}"
        for f in _check(subject, subject)
        if (subject.name, f.kind, f.page) not in KNOWN | KNOWN_FALSE
    ]
    counts: dict[str, Counts] = {}
    for kind in kinds:
        for planter in PLANTERS.get(kind, ()):
            for plan in islice(planter(subject), times):
                one = _plant(subject, kind, plan, known)
                counts.setdefault(kind, Counts()).add(one)
    return counts, alone


def _subject(path: Path) -> Subject | None:
    try:
        layout, printed = read_report(path, load_layouts())
        return Subject(path.stem, layout, printed, normalize(printed, layout, {}, "check"))
    except StyrmattError:
        return None


def _check(subject: Subject, changed: Subject) -> tuple[Finding, ...]:
    reports = [subject.before, changed] if subject.before else [changed]
    found = check([(one.extract, one.layout.words) for one in reports])
    return tuple(f for f in found if f.document_id == changed.extract.document.document_id)


def _plant(subject: Subject, kind: str, plan: Plan, known: set[str]) -> Counts:
    extract = normalize(plan.printed, subject.layout, {}, "check")
    changed = Subject(subject.name, subject.layout, plan.printed, extract)
    new = [f for f in _check(subject, changed) if f.finding_id not in known]
    about = [f for f in new if _is_about(f, plan)]
    right = [f for f in about if f.kind in (kind, *plan.accept)]
    counts = Counts(planted=1, found=int(bool(right)))
    one_sided = kind in ("measure_without_table", "claim_differs")
    for finding in right[:1]:
        has_all = finding.bbox and (one_sided or (finding.other_text and finding.other_bbox))
        counts.places = int(not has_all)
    if not right:
        counts.missed.append(f"{subject.name}: {' | '.join(plan.about)}")
    counts.false += [
        f"{subject.name}: {f.kind}: {f.message} (planted: {' | '.join(plan.about)})"
        for f in new
        if f not in about
    ]
    return counts


def _is_about(finding: Finding, plan: Plan) -> bool:
    ids = {finding.measure_id, finding.goal_id}
    texts = [squeeze(text) for text in (finding.text, finding.other_text or "")]
    return bool(ids & set(plan.about)) or any(
        squeeze(about) in text or (text and text.rstrip("…") in squeeze(about))
        for about in plan.about
        for text in texts
    )


# -- printing


def table(counts: dict[str, Counts], reports: int, alone: Sequence[str]) -> str:
    """The table of kinds, with a line for all, and the false alarms of reports left alone."""
    heads = ("kind", "planted", "found", "missed", "false", "without both places")
    lines = ["| " + " | ".join(heads) + " |", "| --- " * len(heads) + "|"]
    whole = Counts()
    for kind, one in counts.items():
        whole.add(one)
        lines.append(_row(f"`{kind}`", one))
    share = f" ({whole.found / whole.planted:.1%})" if whole.planted else ""
    lines.append(_row(f"all{share}", whole))
    besides = f" besides the {len(KNOWN_FALSE)} known" if SHARED.is_dir() else ""
    lines += [
        "",
        f"In {reports} reports in which nothing was planted: {len(alone)} false{besides}.",
    ]
    return "\n".join(lines)


def _row(name: str, one: Counts) -> str:
    missed = one.planted - one.found
    cells = (name, one.planted, one.found, missed, len(one.false), one.places)
    return "| " + " | ".join(map(str, cells)) + " |"


def _lines(counts: dict[str, Counts], alone: Sequence[str]) -> Iterable[str]:
    for kind, one in counts.items():
        yield from (f"missed {kind}: {line}" for line in one.missed)
        yield from (f"false with {kind}: {line}" for line in one.false)
    yield from (f"false: {line}" for line in alone)


def _write(text: str) -> None:
    path = ROOT / "docs" / "CHECK.md"
    page = path.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
