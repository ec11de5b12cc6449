"""Measures how fast the narrative of a report is read, and its share of the time of a run.

    python benchmarks/narrative.py [REPORT ...]

Without reports the samples in data/raw are read. Times are seconds of the processor, which are
valid on a busy machine, too. *importing* is of the language libraries, *dictionaries* of simplemma
and hunspell; *making* compiles the patterns and indexes the measures, *reading* is all that is done
with the sentences. None of it gets shorter in a thread beside the reading of the PDF, because all
of it holds Python's global lock (hunspell releases it for a fifth of its loading).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

RAW = Path(__file__).parents[1] / "data" / "raw"


def main(paths: list[Path]) -> None:
    started = time.process_time()
    import simplemma  # noqa: F401  (timed apart)
    import spacy  # noqa: F401

    print(f"importing the language libraries: {time.process_time() - started:.2f} s")
    started = time.process_time()
    from styrmatt.swedish.dictionary import is_word
    from styrmatt.swedish.lemmas import lemma

    lemma("ordbok", "sv")
    is_word("ordbok")
    print(f"dictionaries: {time.process_time() - started:.2f} s")
    from styrmatt.extract.read import read_report
    from styrmatt.layout_files import load_layouts
    from styrmatt.normalize.normalize import normalize
    from styrmatt.normalize.outcomes.read import OutcomeReader

    spent: list[float] = []

    class Timed(OutcomeReader):
        """The reader with a watch."""

        def __init__(self, *args: Any, **options: Any) -> None:
            begun = time.process_time()
            super().__init__(*args, **options)
            spent.append(time.process_time() - begun)

        def read(self, sections: Any) -> Any:
            begun = time.process_time()
            found = super().read(sections)
            spent.append(time.process_time() - begun)
            return found

    import styrmatt.normalize.normalize as normalizing

    normalizing.OutcomeReader = Timed  # type: ignore[misc]
    print(f"{'report':50} pages   words  making  reading  words/s  of run")
    for path in paths:
        begun = time.process_time()
        layout, printed = read_report(path, load_layouts())
        got = normalize(printed, layout, {}, "benchmark")
        whole = time.process_time() - begun
        words = sum(len((n.text or "").split()) for n in got.narratives)
        making, reading = spent[-2:]
        print(
            f"{path.name[:46]:46} {got.document.page_count:4} {words:6}"
            f" {making:5.2f}s {reading:5.2f}s"
            f" {words / reading:8.0f} {100 * (making + reading) / whole:6.0f}%"
        )


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(RAW.glob("*.pdf")))
