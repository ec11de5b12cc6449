"""From a value of the data to the place on the page where it stands."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Final

from styrmatt.errors import OutputError, UsageError
from styrmatt.pipeline.use_cases.source_files import SourceFiles, source_folders
from styrmatt.printed import Bbox
from styrmatt.records import Document

_DATASETS: Final = (
    "records",
    "outcomes",
    "measures",
    "goals",
    "success_factors",
    "claims",
    "narratives",
    "issues",
    "findings",
)
"""The datasets whose rows stand somewhere, in the order in which an id is looked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands."""

    what: str
    """``cell of the target``, ``sentence of the result``, ``row`` ..."""
    page: int
    """The page of the file, from 1."""
    bbox: Bbox | None
    """Its box in points from the page's top left corner; None where only the page is known."""
    label: str | None = None
    """The page number as printed."""
    text: str | None = None
    """What is printed there, where the data have it."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a row, or a field of it, stands."""

    row_id: str
    dataset: str
    field: str | None
    value: str | None
    """The field's value."""
    document_id: str
    source_name: str
    source_sha256: str
    source: Path | None
    """The file that was read; None where it was not found."""
    missing: str | None
    """Why there is no source."""
    places: tuple[Place, ...]
    """The field's place; without a field all places of the row."""


@dataclass(frozen=True, slots=True)
class WhereOptions:
    """What to look for, and where."""

    root: Path
    row_id: str
    field: str | None = None
    sources: tuple[Path, ...] = ()
    """Folders or files with the reports; empty for the folders around the root."""
    picture: Path | None = None
    """A PNG to draw the page with its boxes to."""
    password: str | None = None


def where(options: WhereOptions) -> Whereabouts:
    """Where a row or its field stands; drawn to ``options.picture`` if that is given.

    Raises UsageError for an unknown id or field, or a source that cannot be drawn on.
    """
    dataset, row, document, related = _find(options.root, options.row_id)
    names = [field.name for field in fields(row)]
    if options.field is not None and options.field not in names:
        near = difflib.get_close_matches(options.field, names, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(names)}."
        raise UsageError(f"{dataset} has no field {options.field!r}.", hint=hint)
    sources = SourceFiles(source_folders(options.root, options.sources))
    path, missing = sources.find(document.source_name, document.source_sha256)
    places = list(_places(dataset, row, related, options.field))
    if path is not None and path.suffix.casefold() == ".pdf":
        places = _with_sentences(path, places, options.password)
    value = None if options.field is None else _shown(getattr(row, options.field))
    found = Whereabouts(
        options.row_id,
        dataset,
        options.field,
        value,
        document.document_id,
        document.source_name,
        document.source_sha256,
        path,
        missing,
        tuple(places),
    )
    if options.picture is not None:
        _draw(found, options.picture, options.password)
    return found


def _find(root: Path, row_id: str) -> tuple[str, Any, Document, Callable[[str, str | None], Any]]:
    """The dataset and row with this id, its document, and what finds rows that it is linked to."""
    from styrmatt.export.parquet.rows import read_rows
    from styrmatt.export.schema.columns import key_columns
    from styrmatt.export.store.files import file_path
    from styrmatt.export.store.scan import check_readable, dataset_files, has_row

    check_readable(root)
    for dataset in _DATASETS:
        (key,) = key_columns(dataset)
        for file in dataset_files(root, dataset):
            if not has_row(file, key, row_id):
                continue
            row = next(row for row in read_rows(file, dataset) if getattr(row, key) == row_id)

            def of_document(
                name: str, year: int = row.fiscal_year, id: str = row.document_id
            ) -> Any:
                return read_rows(root / file_path(name, year, id), name)

            documents = of_document("documents")
            if not documents:
                raise OutputError(
                    f"The extract has no document {row.document_id}.",
                    hint="Run the report once more.",
                )

            def related(name: str, wanted: str | None) -> Any:
                (column,) = key_columns(name)
                return next((r for r in of_document(name) if getattr(r, column) == wanted), None)

            return dataset, row, documents[0], related
    raise UsageError(
        f"No row of {root} has the id {row_id!r}.",
        hint="Take a record_id, or another id, from the data: styrmatt show WORDS --format json.",
    )


def _places(
    dataset: str, row: Any, related: Callable[[str, str | None], Any], field: str | None
) -> Iterator[Place]:
    """The place of a field, or without one those of the row and all its cells."""
    if dataset != "records":
        yield _own_place(dataset, row)
        return
    own = Place("row", row.page, row.bbox, row.page_label)
    by_prefix: dict[tuple[str, ...], Callable[[], Place | None]] = {
        ("target_", "better"): lambda: _cell("target", row.target_bbox, own, row.target_raw),
        ("status_stated", "outcome_", "previous_", "gap"): lambda: _result(row),
        ("status",): lambda: _cell("status", row.status_bbox, own, row.status_text),
        ("trend",): lambda: _cell("trend", row.trend_bbox, own, row.trend_text),
        ("goal", "perspective"): lambda: _linked("goals", row.goal_id, related),
        ("success_factor",): lambda: _linked("success_factors", row.success_factor_id, related),
        ("measure",): lambda: _linked("measures", row.measure_id, related),
    }
    if field is None:
        yield own
        cells = (by_prefix[prefix]() for prefix in list(by_prefix)[:4])
        yield from (place for place in cells if place is not None)
        return
    for prefix, find in by_prefix.items():
        if field.startswith(prefix):
            yield find() or own
            return
    yield own


def _cell(what: str, bbox: Bbox | None, row: Place, text: str | None) -> Place | None:
    if bbox is None:
        return None
    return Place(f"cell of the {what}", row.page, bbox, row.label, text)


def _result(row: Any) -> Place | None:
    """The cell or the sentences of a record's result; None where it has none."""
    if row.outcome_page is None:
        return None
    what = "sentence" if row.outcome_source in (None, "narrative") else "cell"
    return Place(
        f"{what} of the result", row.outcome_page, row.outcome_bbox, None, row.outcome_text
    )


def _linked(
    dataset: str, row_id: str | None, related: Callable[[str, str | None], Any]
) -> Place | None:
    row = None if row_id is None else related(dataset, row_id)
    return None if row is None else _own_place(dataset, row)


def _own_place(dataset: str, row: Any) -> Place:
    """The place that a row says to be its own."""
    page = getattr(row, "page", None) or getattr(row, "page_first", None) or 1
    text = next((t for n in _TEXTS if (t := getattr(row, n, None)) is not None), None)
    what = "sentence" if dataset in ("claims",) else _CALLED.get(dataset, "row")
    if dataset == "outcomes":
        what = "sentence" if getattr(row, "bbox", None) is None else "cell"
    return Place(what, page, getattr(row, "bbox", None), None, text)


_TEXTS: Final = ("text", "measure_raw", "goal", "success_factor", "raw_text", "quote")
"""Columns that hold what is printed at a row's place, the first one that is there."""
_CALLED: Final = {
    "measures": "measure",
    "goals": "goal",
    "success_factors": "success factor",
    "narratives": "section",
    "issues": "place of the issue",
    "findings": "place of the finding",
}
"""What the place of a row of a dataset is called."""


def _with_sentences(path: Path, places: Sequence[Place], password: str | None) -> list[Place]:
    """The places, those of sentences with the boxes that their words have on the page."""
    from styrmatt.extract.inspect.find_text import find_text

    found = []
    for place in places:
        if place.bbox is not None or not place.text:
            found.append(place)
            continue
        box = find_text(path, place.page, place.text, password)
        found.append(Place(place.what, place.page, box, place.label, place.text))
    return found


def _shown(value: Any) -> str:
    """A value as text: null, figures as Python writes them, lists by commas."""
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value)) or "null"
    if is_dataclass(value) and not isinstance(value, type):
        return str({field.name: getattr(value, field.name) for field in fields(value)})
    return str(value)


def _draw(found: Whereabouts, picture: Path, password: str | None) -> None:
    from styrmatt.extract.inspect.draw import draw_page
    from styrmatt.extract.inspect.page_items import PageItem
    from styrmatt.pipeline.use_cases.inspect import check_picture, save_picture

    if found.source is None:
        raise UsageError(f"There is nothing to draw on: {found.missing}.")
    check_picture(found.source, picture)
    page = found.places[0].page if found.field else found.places[-1].page
    items = [
        PageItem("row" if place.what == "row" else "cell", place.what, "", place.what, place.bbox)
        for place in found.places
        if place.page == page
    ]
    title = " ".join(part for part in (found.source_name, found.row_id, found.field) if part)
    save_picture(draw_page(found.source, page, items, f"{title}, page {page}", password), picture)
