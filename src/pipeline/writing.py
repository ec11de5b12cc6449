"""Phases 2 and 3 of a run: reports as read become files, in the order of years and ids."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from styrmatt.errors import StyrmattError
from styrmatt.pipeline.outcomes import Failure, Outcome, result_of
from styrmatt.pipeline.reading import defects_told, leaves_pages_out, read_one
from styrmatt.pipeline.shelf import Shelf
from styrmatt.pipeline.sources import Draft
from styrmatt.records import Extract


def write_drafts(
    drafts: Iterable[Draft], shelf: Shelf, root: Path, *, replace: bool
) -> Iterator[Outcome]:
    """Write each report in the order given, and tell what became of it and of its copies."""
    for draft in drafts:
        outcome = _write(draft, shelf, root, replace=replace)
        yield outcome
        for copy in draft.copies:
            yield dataclasses.replace(outcome, path=copy)


def _write(draft: Draft, shelf: Shelf, root: Path, *, replace: bool) -> Outcome:
    from styrmatt.export.parquet import write_extract

    try:
        # A result can be gone from the shelf: another run was given the same report and wrote it.
        report = shelf.get(draft.key) or read_one(draft.path, draft.options)
        began = time.perf_counter()
        with defects_told(draft.path):
            extract = settled(report.extract)
            partial = leaves_pages_out(extract, draft.options.pages)
            write_extract(extract, root, replace=replace, partial=partial)
        seconds = {**report.seconds, "write": time.perf_counter() - began}
    except StyrmattError as error:
        return Failure(draft.path, error)
    finally:
        shelf.drop(draft.key)
    return result_of(draft.path, extract, seconds)


def settled(extract: Extract) -> Extract:
    """Phase 2: the extract with what does not come from its own report.

    Here is the place of what people corrected (normalize/corrections) and then of the links to
    the years before (normalize/series). Reports come here one at a time, earliest year first,
    just before they are written: whatever is carried from one to the next, as the register of
    series, is written in the same transaction and read back before the next.
    """
    return extract
