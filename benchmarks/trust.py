"""Perturbs the project's own typesettings and counts what is read wrongly without a word.

    python benchmarks/trust.py                       all perturbations, a few minutes on two cores
    python benchmarks/trust.py --only layer_off --show
    python benchmarks/trust.py --write               puts the table into docs/TRUST.md

Each perturbation (a letter for a figure, a column more, a page left out ...) is done to several
typesettings of the samples' content. What a reader sees on the page is known row by row, so what
styrmatt reads of it is right, null or wrong. Wrong is bad; wrong without a review reason or a
warning that is about the matter is worse: that is what this benchmark is for. Flags on rows that are
right, and that the perturbation did not touch, are noise and counted as well.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from random import Random

from perturb import colours, geometry, ink, pages, text, traits
from perturb.draft import BASES, Draft
from perturb.kinds import GROUPS, KINDS, Kind, NotHere
from perturb.scoring import Score, refused, score
from perturb.setting import typeset

from styrmatt.errors import StyrmattError
from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize

_MODULES = (text, ink, geometry, colours, pages, traits)
"""Importing them enters their perturbations in KINDS."""
TIMES = 3
"""Reports that each perturbation is done to."""
SEED = 15
PLAIN = "unperturbed"
Task = tuple[str, int, int]
"""A perturbation, or PLAIN; the number of the report; the seed."""


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    names = [name for name in KINDS if not options.only or name in options.only]
    tasks = [(name, number, options.seed) for name in names for number in range(options.times)]
    if not options.only:
        tasks += [(PLAIN, number, options.seed) for number in range(len(BASES))]
    scores = run(tasks, options.jobs, keep=options.keep)
    print(table(scores))
    if options.show:
        for name, done in scores.items():
            for line in done.silent:
                print(f"{name}: {line}")
            for line in done.noise:
                print(f"{name}: noise: {line}")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=list(KINDS), help="this one alone")
    parser.add_argument("--times", type=int, default=TIMES, help="reports for each perturbation")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--show", action="store_true", help="each silent wrong field and false flag")
    parser.add_argument("--keep", type=Path, help="folder for the PDFs")
    return parser.parse_args(arguments)


def run(tasks: list[Task], jobs: int, *, keep: Path | None = None) -> dict[str, Score]:
    """The scores by perturbation."""
    work = [(*task, keep) for task in tasks]
    if jobs == 1:
        done: Iterable[Score] = map(_one, work)
        return _summed(tasks, done)
    with multiprocessing.Pool(jobs) as pool:
        return _summed(tasks, pool.imap(_one, work, chunksize=1))


def _summed(tasks: list[Task], scores: Iterable[Score]) -> dict[str, Score]:
    out: dict[str, Score] = {}
    for (name, _, _), done in zip(tasks, scores, strict=True):
        out.setdefault(name, Score()).add(done)
    return out


def _one(work: tuple[str, int, int, Path | None]) -> Score:
    name, number, seed, keep = work
    with tempfile.TemporaryDirectory() as folder:
        where = keep or Path(folder)
        where.mkdir(parents=True, exist_ok=True)
        draft, pdf, base = perturbed(name, number, seed)
        path = where / f"{name}-{number}-{base}.pdf"
        path.write_bytes(pdf)
        done = read_and_score(draft, path, KINDS[name].reasons if name in KINDS else ())
    done.silent = [f"[{base}] {line}" for line in done.silent]
    done.noise = [f"[{base}] {line}" for line in done.noise]
    return done


def perturbed(name: str, number: int, seed: int) -> tuple[Draft, bytes, str]:
    """The draft of a perturbed report, the PDF, and the name of the typesetting."""
    if name == PLAIN:
        base = list(BASES)[number]
        draft = Draft(BASES[base], Random(seed))
        return draft, typeset(draft).pdf, base
    kind: Kind = KINDS[name]
    bases = kind.bases()
    Random(f"{seed}/{name}").shuffle(bases)
    for base in bases[number % len(bases) :] + bases[: number % len(bases)]:
        draft = Draft(BASES[base], Random(f"{seed}/{name}/{number}"))
        try:
            kind.apply(draft)
            return draft, typeset(draft).pdf, base
        except NotHere:
            continue
    raise RuntimeError(f"no typesetting has anything for {name}")


def read_and_score(draft: Draft, path: Path, reasons: tuple[str, ...]) -> Score:
    """Read a report and compare it with its draft."""
    try:
        layout, printed = read_report(path, load_layouts())
        extract = normalize(printed, layout, {}, "trust")
    except StyrmattError as error:
        return refused(draft, f"{type(error).__name__}: {error}", loud=True)
    except Exception as error:  # a defect counts like every row in silence
        return refused(draft, repr(error), loud=False)
    return score(draft, extract, reasons)


def table(scores: dict[str, Score]) -> str:
    """A line for each perturbation and the sums."""
    head = ["perturbation", "rows", "wrong", "flagged", "null", "flagged", "flags", "right", "refused"]
    keys = ["rows", "wrong", "wrong flagged", "null", "null flagged", "flags", "flags right", "refused"]
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * len(keys)]
    total = Score()
    for group in GROUPS:
        for name, done in scores.items():
            if name in KINDS and KINDS[name].group == group:
                lines.append(_line(name, done, keys))
                total.add(done)
    lines.append(_line("**all**", total, keys))
    if PLAIN in scores:
        lines.append(_line(PLAIN, scores[PLAIN], keys))
    counts = total.counts
    lines += [
        "",
        f"wrong fields: {counts['wrong']}, of these flagged for the right reason: "
        f"{_share(counts['wrong flagged'], counts['wrong'])}",
        f"null fields: {counts['null']}, of these flagged for the right reason: "
        f"{_share(counts['null flagged'], counts['null'])}",
        f"flags: {counts['flags']}, of these right: {_share(counts['flags right'], counts['flags'])}",
    ]
    return "\n".join(lines)


def _line(name: str, done: Score, keys: list[str]) -> str:
    return f"| {name} | " + " | ".join(str(done.counts[key]) for key in keys) + " |"


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "none"


if __name__ == "__main__":
    sys.exit(main())
