"""How fast the narrative of a report is read, and what share of a run that takes.

    python benchmarks/narrative.py [REPORT ...]

Without reports the samples in data/raw are read. Loading the language libraries is timed apart.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

RAW = Path(__file__).parents[1] / "data" / "raw"


def main(paths: list[Path]) -> None:
    started = time.perf_counter()
    import simplemma  # noqa: F401  (timed apart)
    import spacy  # noqa: F401

    print(f"importing the language libraries: {time.perf_counter() - started:.2f} s")
    from styrmatt.extract.read import read_report
    from styrmatt.layout import load_layouts
    from styrmatt.normalize import outcomes
    from styrmatt.normalize.build import normalize

    spent: list[float] = []

    class Timed(outcomes.OutcomeReader):
        """The reader with a watch."""

        def __init__(self, *args: Any, **options: Any) -> None:
            begun = time.perf_counter()
            super().__init__(*args, **options)
            spent.append(time.perf_counter() - begun)

        def read(self, sections: Any) -> Any:
            begun = time.perf_counter()
            found = super().read(sections)
            spent.append(time.perf_counter() - begun)
            return found

    import styrmatt.normalize.build as build

    build.OutcomeReader = Timed  # type: ignore[misc]
    print(f"{'report':50} pages   words  making  reading  words/s  of run")
    for path in paths:
        begun = time.perf_counter()
        layout, printed = read_report(path, load_layouts())
        got = normalize(printed, layout, {}, "benchmark")
        whole = time.perf_counter() - begun
        words = sum(len((n.text or "").split()) for n in got.narratives)
        making, reading = spent[-2:]
        print(
            f"{path.name[:46]:46} {got.document.page_count:4} {words:6}"
            f" {making:5.2f}s {reading:5.2f}s"
            f" {words / reading:8.0f} {100 * (making + reading) / whole:6.0f}%"
        )


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(RAW.glob("*.pdf")))
