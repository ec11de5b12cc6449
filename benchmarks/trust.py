"""Perturbs the project's own typesettings and counts what is read wrongly without a word.

    make trust                                       all perturbations, a few minutes on two cores
    python benchmarks/trust.py --only layer_off --show
    python benchmarks/trust.py --write               puts the tables into docs/TRUST.md

Each perturbation (a letter for a figure, a column more, a page left out ...) is done to several
typesettings of the samples' content. What a reader sees on the page is known row by row, so what
styrmatt reads of it is right, null or wrong. A wrong field is bad; one without a review reason or
a warning that is about the matter is worse, and that is what is counted here. Flags on rows that
are right, and that the perturbation did not touch, are noise and are counted as well.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from perturb import colours, geometry, ink, pages, text, traits
from perturb.document import PLAIN, summary, table, write, write_lists
from perturb.draft import BASES, Draft
from perturb.kinds import GROUPS, KINDS, NotHere
from perturb.scoring import Score, refused, score
from perturb.setting import produce

from styrmatt.errors import StyrmattError
from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize

_MODULES = (text, ink, geometry, colours, pages, traits)
"""Importing them enters their perturbations in KINDS."""
TIMES = 3
"""Reports that each perturbation is done to: enough for ruled and unruled tables, both families."""
SEED = 15
Task = tuple[str, int, int, Path | None]
"""A perturbation or PLAIN, the number of the report, the seed, and a folder that keeps the PDF."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if options.lists:
        write_lists()
        return 0
    names = [name for name in KINDS if not options.only or name in options.only]
    tasks: list[Task] = [
        (name, number, options.seed, options.keep)
        for name in names
        for number in range(options.times)
    ]
    if not options.only:
        tasks += [(PLAIN, number, options.seed, options.keep) for number in range(len(BASES))]
    scores = run(tasks, options.jobs)
    print(table(scores), summary(scores), sep="\n\n")
    if options.show:
        print(*_lines(scores), sep="\n")
    if options.write:
        write(scores, options.seed, options.times)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--only", action="append", choices=list(KINDS), metavar="KIND", help="this one alone"
    )
    parser.add_argument("--times", type=int, default=TIMES, help="reports for each perturbation")
    parser.add_argument("--seed", type=int, default=SEED, help="of all that is random")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--show", action="store_true", help="what was silent, and which flags not")
    parser.add_argument("--keep", type=Path, help="a folder for the perturbed PDFs")
    parser.add_argument("--write", action="store_true", help="write docs/TRUST.md")
    parser.add_argument(
        "--lists", action="store_true", help="write its lists alone; nothing is measured"
    )
    options = parser.parse_args(arguments)
    if options.write and options.only:
        parser.error("--write is for all perturbations")
    return options


def _lines(scores: dict[str, Score]) -> Iterable[str]:
    for name, done in scores.items():
        yield from (f"{name}: {line}" for line in done.silent)
    for name, done in scores.items():
        yield from (f"{name}: flagged, and nothing is the matter: {line}" for line in done.noise)


def run(tasks: Sequence[Task], jobs: int) -> dict[str, Score]:
    """The scores by perturbation, in the order of GROUPS."""
    if jobs == 1:
        return _summed(tasks, map(_one, tasks))
    with multiprocessing.Pool(jobs) as pool:
        return _summed(tasks, pool.imap(_one, tasks, chunksize=1))


def _summed(tasks: Sequence[Task], scores: Iterable[Score]) -> dict[str, Score]:
    out: dict[str, Score] = {}
    for (name, *_), done in zip(tasks, scores, strict=True):
        out.setdefault(name, Score()).add(done)
    return dict(sorted(out.items(), key=lambda item: _place(item[0])))


def _place(name: str) -> int:
    return GROUPS.index(KINDS[name].group) if name in KINDS else len(GROUPS)


def _one(task: Task) -> Score:
    name, number, seed, keep = task
    draft, pdf, base = perturbed(name, number, seed)
    with tempfile.TemporaryDirectory() as folder:
        where = keep or Path(folder)
        where.mkdir(parents=True, exist_ok=True)
        path = where / f"{name}-{number}-{base}.pdf"
        path.write_bytes(pdf)
        done = read_and_score(draft, path, KINDS[name].reasons if name in KINDS else ())
    done.silent = [f"[{base}] {line}" for line in done.silent]
    done.noise = [f"[{base}] {line}" for line in done.noise]
    return done


def perturbed(name: str, number: int, seed: int) -> tuple[Draft, bytes, str]:
    """The draft of a perturbed report, the PDF, and the name of the typesetting.

    The reports of a perturbation are of other typesettings each, as far as it can be done to them.
    """
    if name == PLAIN:
        base = list(BASES)[number]
        draft = Draft(BASES[base], Random(seed))
        return draft, produce(draft).pdf, base
    bases = KINDS[name].bases()
    Random(f"{seed}/{name}").shuffle(bases)
    first = number % len(bases)
    for base in bases[first:] + bases[:first]:
        draft = Draft(BASES[base], Random(f"{seed}/{name}/{number}"))
        try:
            KINDS[name].apply(draft)
            return draft, produce(draft).pdf, base
        except NotHere:
            continue
    raise RuntimeError(f"no typesetting has anything for {name}")


def read_and_score(draft: Draft, path: Path, reasons: Sequence[str]) -> Score:
    """Read a report and compare it with its draft."""
    try:
        layout, printed = read_report(path, load_layouts())
        extract = normalize(printed, layout, {}, "trust")
    except StyrmattError as error:
        return refused(draft, f"{type(error).__name__}: {error}", loud=True)
    except Exception as error:  # a defect of styrmatt: nothing of the report is there
        return refused(draft, repr(error), loud=False)
    return score(draft, extract, reasons)


if __name__ == "__main__":
    sys.exit(main())
