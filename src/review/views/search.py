"""What is found in all reports: measures, goals and passages of text that hold some words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from styrmatt.errors import OutputError
from styrmatt.export.store.scan import dataset_files
from styrmatt.export.store.select_rows import select_rows
from styrmatt.review.extract_index import ReportSummary
from styrmatt.review.text_filter import stamp_of
from styrmatt.review.views.view import Workspace

MOST_FOUND: Final = 40
"""Rows that a search shows of each kind: a person who gets more writes another word."""
SHORTEST: Final = 2
"""Letters of a search at least: a single one is in every row."""
_AROUND: Final = 90
"""Letters of a text that are shown on each side of what was looked for: about a sentence."""


@dataclass(frozen=True, slots=True)
class _Searched:
    """A dataset that is searched: the column, and what is shown of a row."""

    column: str
    columns: Sequence[str]


_SEARCHED: Final[Mapping[str, _Searched]] = {
    "records": _Searched("measure", ("document_id", "measure_id", "record_id", "page")),
    "goals": _Searched("goal", ("document_id", "page")),
    "narratives": _Searched("text", ("document_id", "paragraph_pages", "page_first")),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A row in which what was looked for stands."""

    report: ReportSummary
    text: str
    page: int
    row: str | None


def search(workspace: Workspace, text: str) -> dict[str, list[Found]]:
    """The first measures, goals and paragraphs that hold all words of a text, in whatever case."""
    return {
        "measures": list(islice(_in_records(workspace, text), MOST_FOUND)),
        "goals": list(islice(_in_goals(workspace, text), MOST_FOUND)),
        "texts": list(islice(_in_texts(workspace, text), MOST_FOUND)),
    }


def learn_texts(workspace: Workspace, rest: Callable[[], object]) -> None:
    """Read every file once, so that searches know which they need not open.

    ``rest`` is called after each, to leave others the time that they need. A file that cannot be
    read is left to the search, which says so.
    """
    for dataset in _SEARCHED:
        for file in dataset_files(workspace.root, dataset):
            if not workspace.texts.knows(file):
                try:
                    _texts_of(workspace, file, dataset)
                except OutputError:
                    continue
                rest()


def _in_records(workspace: Workspace, text: str) -> Iterator[Found]:
    seen: set[tuple[str, str]] = set()
    for row in _rows(workspace, "records", text):
        key = (row["document_id"], row["measure_id"])
        if key not in seen:
            seen.add(key)
            yield Found(row["report"], row["measure"], row["page"], row["record_id"])


def _in_goals(workspace: Workspace, text: str) -> Iterator[Found]:
    for row in _rows(workspace, "goals", text):
        yield Found(row["report"], row["goal"], row["page"], None)


def _in_texts(workspace: Workspace, text: str) -> Iterator[Found]:
    words = text.casefold().split()
    for row in _rows(workspace, "narratives", text):
        paragraphs = row["text"].split("\n\n")
        number = next((n for n, one in enumerate(paragraphs) if _holds(one, words)), None)
        if number is not None:
            pages = row["paragraph_pages"]
            page = pages[number] if number < len(pages) else row["page_first"]
            yield Found(row["report"], _cutting(paragraphs[number], words[0]), page, None)


def _rows(workspace: Workspace, dataset: str, text: str) -> Iterator[dict[str, Any]]:
    """The rows whose column holds all words, by year and report, each with its report."""
    reports = workspace.index.reports()
    searched, words = _SEARCHED[dataset], text.casefold().split()
    for file in dataset_files(workspace.root, dataset):
        if not workspace.texts.may_hold(file, text):
            continue
        if not any(_holds(one, words) for one in _texts_of(workspace, file, dataset)):
            continue
        for row in select_rows(file, dataset, (*searched.columns, searched.column)).rows:
            report = reports.get(row["document_id"])
            if report is not None and _holds(row[searched.column], words):
                yield {**row, "report": report}


def _holds(text: str | None, words: Sequence[str]) -> bool:
    folded = (text or "").casefold()
    return all(word in folded for word in words)


def _texts_of(workspace: Workspace, file: Path, dataset: str) -> list[str | None]:
    """The texts of a file, which the filter knows from now on."""
    stamp, column = stamp_of(file), _SEARCHED[dataset].column
    texts = [row[column] for row in select_rows(file, dataset, (column,)).rows]
    if stamp is not None and not workspace.texts.knows(file):
        workspace.texts.learn(file, stamp, texts)
    return texts


def _cutting(text: str, word: str) -> str:
    """What stands around a word of a text, from space to space."""
    at, length = max(text.casefold().find(word), 0), len(word)
    start, end = max(at - _AROUND, 0), at + length + _AROUND
    start = text.find(" ", start, at) + 1 if start else 0
    stop = text.rfind(" ", at + length, end) if end < len(text) else len(text)
    cut = text[start : stop if stop > 0 else end]
    return f"{'… ' if start else ''}{cut}{' …' if stop < len(text) else ''}"
