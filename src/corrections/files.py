"""Reads the lines of corrections files as text, from CSV of any spreadsheet or from TOML."""

from __future__ import annotations

import csv
import difflib
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from styrmatt.corrections.fields import LIST_MARK, value_text
from styrmatt.errors import CorrectionsFileError
from styrmatt.files import Fetched
from styrmatt.whitespace import single_spaced

_DELIMITERS: Final = (";", ",", "\t")
_TABLE: Final = "correction"
_BYTE_ORDER_MARKS: Final = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


@dataclass(frozen=True, slots=True)
class CorrectionsLine:
    """The cells of a line by column, in single spaces and NFC; an empty one is an empty text."""

    place: str
    """File and line, for messages."""
    values: Mapping[str, str]


def csv_lines(path: Path | Fetched, keys: Sequence[str]) -> Iterator[CorrectionsLine]:
    """The lines of a CSV file: semicolons, commas or tabs; UTF-8, or what older Excels write.

    Raises CorrectionsFileError for a header that is not ``keys`` (in any order) and for lines of
    another length. Empty lines and columns without a name that hold nothing are skipped.
    """
    text = _decoded(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    header: list[str] = []
    try:
        for cells in reader:
            clean = [_clean(cell) for cell in cells]
            if not any(clean) or clean[0].lower().startswith("sep="):
                continue
            if not header:
                header = _header(clean, keys, path.name)
                continue
            place = f"{path.name}, line {reader.line_num}"
            if any(clean[len(header) :]) or len(clean) < len(header):
                raise CorrectionsFileError(
                    f"{place} has {len(clean)} cells; the header has {len(header)} columns.",
                    hint="Put a text that holds the separator in double quotes.",
                )
            row = dict(zip(header, clean, strict=False))
            yield CorrectionsLine(place, {key: row[key] for key in keys})
    except csv.Error as error:
        raise CorrectionsFileError(
            f"{path.name}, line {reader.line_num} is not CSV: {error}."
        ) from error
    if not header:
        raise CorrectionsFileError(f"{path.name} is empty.", hint=_columns(keys))


def toml_lines(path: Path | Fetched, keys: Sequence[str]) -> Iterator[CorrectionsLine]:
    """The tables ``[[correction]]`` of a TOML file. Raises CorrectionsFileError."""
    import tomllib

    try:
        content = tomllib.loads(_decoded(path))
    except (ValueError, RecursionError) as error:  # not TOML, endless figures, nested too deeply
        raise CorrectionsFileError(f"{path.name} is not a TOML file: {error}.") from error
    for name in content:
        if name != _TABLE:
            raise CorrectionsFileError(
                f"{path.name}: unknown key {name!r}; {_suggestion(name, [_TABLE])}"
            )
    tables = content.get(_TABLE, [])
    if not isinstance(tables, list):
        raise CorrectionsFileError(f"{path.name}: write [[{_TABLE}]] above each correction.")
    for number, table in enumerate(tables, 1):
        place = f"{path.name}, {_TABLE} {number}"
        _check_names(list(table), keys, place)
        yield CorrectionsLine(
            place, {key: _toml_text(table[key], f"{place}: {key}") for key in keys}
        )


def _decoded(path: Path | Fetched) -> str:
    content = path.read_bytes()
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:  # "CSV" rather than "CSV UTF-8" in Excel on Windows
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The delimiter that is most frequent in the first line that is not empty."""
    lines = (line for line in text.splitlines() if line.strip())
    first = next((line for line in lines if not line.lower().startswith("sep=")), "")
    return max(_DELIMITERS, key=first.count)


def _header(cells: list[str], keys: Sequence[str], name: str) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    _check_names(cells, keys, f"{name}, first line")
    return cells


def _check_names(names: Sequence[str], keys: Sequence[str], where: str) -> None:
    for name in names:
        if name not in keys:
            raise CorrectionsFileError(
                f"{where}: unknown column {name!r}; {_suggestion(name, keys)}"
            )
        if list(names).count(name) > 1:
            raise CorrectionsFileError(f"{where}: the column {name} is there twice.")
    missing = [key for key in keys if key not in names]
    if missing:
        raise CorrectionsFileError(f"{where}: missing {', '.join(missing)}.", hint=_columns(keys))


def _suggestion(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word.lower(), known, n=1)
    return f"did you mean {near[0]!r}?" if near else _columns(known)


def _columns(keys: Sequence[str]) -> str:
    return "The columns are: " + ", ".join(keys) + "."


def _toml_text(value: Any, where: str) -> str:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return LIST_MARK.join(map(_clean, value))
    plain = isinstance(value, int | float | date)
    if not plain or isinstance(value, datetime):
        raise CorrectionsFileError(f"{where} is {value!r}; write a text, a figure or a day.")
    return value_text(value) or ""


def _clean(text: str) -> str:
    return single_spaced(unicodedata.normalize("NFC", text))
