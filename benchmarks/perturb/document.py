"""The figures as tables of Markdown: for the screen, and for docs/TRUST.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perturb import ROOT
from perturb.draft import BASES
from perturb.kinds import GROUPS, KINDS, SUBJECTS
from perturb.scoring import Score

PAGE = ROOT / "docs" / "TRUST.md"
MARKER = "<!-- What follows is written by `python benchmarks/trust.py --write`. -->"
LISTS = "## What is done"
"""The heading of the lists of perturbations and reasons; nothing has to be measured for them."""
PLAIN = "unperturbed"
"""Stands in the place of a perturbation's name for the typesettings as they are."""

WRONG_FLAGGED = 0.97
"""Share of the wrong fields that have to be flagged for the right reason."""
FLAGS_RIGHT = 0.5
"""Share of the flagged rows in which something has to be the matter."""

_COLUMNS = {
    "rows": "rows",
    "wrong": "wrong",
    "of these flagged": "wrong flagged",
    "null": "null",
    "of these flagged ": "null flagged",
    "rows flagged": "flags",
    "rightly": "flags right",
    "refused": "refused",
}
"""Headers of the table and the counts below them."""


def table(scores: dict[str, Score], *, does: bool = False) -> str:
    """A line for each perturbation, then sums; with ``does`` what each perturbation is."""
    first = ["perturbation", *(["what it does"] if does else [])]
    lines = [_cells([*first, *_COLUMNS]), _cells(["---"] * len(first) + ["---:"] * len(_COLUMNS))]
    for name, done in scores.items():
        if name in KINDS:
            told = [f"`{name}`", *([KINDS[name].does] if does else [])]
            lines.append(_cells([*told, *_counts(done)]))
    lines.append(_cells(["**all**", *([""] if does else []), *_counts(total(scores))]))
    if PLAIN in scores:
        plain = [PLAIN, *(["the typesettings as they are"] if does else [])]
        lines.append(_cells([*plain, *_counts(scores[PLAIN])]))
    return "\n".join(lines)


def total(scores: dict[str, Score]) -> Score:
    """The sum over all perturbations."""
    out = Score()
    for name, done in scores.items():
        if name != PLAIN:
            out.add(done)
    return out


def summary(scores: dict[str, Score]) -> str:
    """The shares that there are bars for, in a table."""
    counts = total(scores).counts
    lines = [
        _cells(["what", "of", "share", "bar"]),
        _cells(["---", "---:", "---:", "---"]),
        _bar("wrong fields flagged for the right reason", counts, "wrong", WRONG_FLAGGED),
        _bar("null fields flagged for the right reason", counts, "null", None),
        _bar("flagged rows in which something is the matter", counts, "flags", FLAGS_RIGHT),
    ]
    if PLAIN in scores:
        plain = scores[PLAIN].counts
        share = _share(plain["flags"], plain["rows"])
        lines.append(_cells(["rows flagged of unperturbed reports", str(plain["rows"]), share, ""]))
    return "\n".join(lines)


def _bar(what: str, counts: dict[str, int], name: str, bar: float | None) -> str:
    part = counts[f"{name} right" if name == "flags" else f"{name} flagged"]
    told = ""
    if bar is not None:
        met = part >= bar * counts[name]
        told = f"at least {bar:.0%}: {'met' if met else '**not met**'}"
    return _cells([what, str(counts[name]), _share(part, counts[name]), told])


def kinds_table() -> str:
    """Every perturbation with the subjects of its right reasons."""
    lines = [_cells(["perturbation", "what it does", "a flag about"]), _cells(["---"] * 3)]
    lines += [
        _cells([f"`{kind.name}`", kind.does, ", ".join(kind.subjects)]) for kind in KINDS.values()
    ]
    return "\n".join(lines)


def reasons_table() -> str:
    """Every subject with the review reasons and kinds of issues that are about it."""
    lines = [_cells(["subject", "review reasons and kinds of issues"]), _cells(["---"] * 2)]
    lines += [
        _cells([subject, ", ".join(f"`{reason}`" for reason in reasons)])
        for subject, reasons in SUBJECTS.items()
    ]
    return "\n".join(lines)


def written(scores: dict[str, Score], seed: int, times: int) -> str:
    """What stands in docs/TRUST.md below the marker."""
    return "\n\n".join([*_sections(scores, seed, times), _lists()])


def _sections(scores: dict[str, Score], seed: int, times: int) -> Iterator[str]:
    yield "## Figures"
    yield (
        f"{len(KINDS)} perturbations of {len(BASES)} typesettings, {times} reports each "
        f"(`--seed {seed} --times {times}`)."
    )
    yield summary(scores)
    for group in GROUPS:
        yield f"### {group.capitalize()}"
        yield table({name: done for name, done in scores.items() if _group(name) == group})
    yield "### Together"
    yield table({PLAIN: scores[PLAIN]} | {"all": total(scores)})


def _lists() -> str:
    parts = (LISTS, kinds_table(), "## Which reason is right for what", reasons_table())
    return "\n\n".join(parts) + "\n"


def _group(name: str) -> str:
    return KINDS[name].group if name in KINDS else ""


def write(scores: dict[str, Score], seed: int, times: int, page: Path = PAGE) -> None:
    """Put the figures into the page, below its marker."""
    before, marker, _ = page.read_text(encoding="utf-8").partition(MARKER)
    if not marker:
        raise ValueError(f"{page} lacks the line {MARKER}")
    page.write_text(f"{before}{MARKER}\n\n{written(scores, seed, times)}", encoding="utf-8")


def write_lists(page: Path = PAGE) -> None:
    """Put the lists of perturbations and reasons into the page; its figures stay."""
    before, heading, _ = page.read_text(encoding="utf-8").partition(LISTS)
    if not heading:
        raise ValueError(f"{page} lacks the heading {LISTS}")
    page.write_text(before + _lists(), encoding="utf-8")


def _cells(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _counts(done: Score) -> list[str]:
    return [str(done.counts[name]) for name in _COLUMNS.values()]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"
