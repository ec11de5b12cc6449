"""TOML files as dataclasses: every key known, every value of its type.

An unknown key, a wrong type or a bad regular expression is a :class:`LayoutFileError` that names
the file, the key and the nearest known key.
"""

from __future__ import annotations

import codecs
import difflib
import re
import tomllib
import types
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from styrmatt.errors import LayoutFileError
from styrmatt.files import Fetched

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_toml(path: Path | Traversable | Fetched) -> dict[str, Any]:
    """The file's content. Raises LayoutFileError with line and column where it is not TOML."""
    return parse_toml(read_text(path), path.name)


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """The content of TOML text; ``name`` is its file, for messages. Raises LayoutFileError."""
    try:
        return tomllib.loads(text)
    except ValueError as error:  # not TOML, or a number of thousands of digits
        last = f"at line {len(text.splitlines())}, the end of the file"
        reason = str(error).replace("at end of document", last)
        raise LayoutFileError(f"{name} is not a TOML file: {reason}.") from error
    except RecursionError as error:
        raise LayoutFileError(f"{name} is nested too deeply to be read.") from error


def read_text(path: Path | Traversable | Fetched) -> str:
    """The text of a TOML file: UTF-8, or what its byte order mark says, as Windows writes it.

    Raises LayoutFileError where it cannot be read or decoded.
    """
    try:
        data = path.read_bytes()
        encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
        return data.decode(encoding).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise LayoutFileError(f"{path.name} is not a TOML file: {error}.") from error
    except OSError as error:
        raise LayoutFileError(f"{path.name} cannot be read: {error.strerror}.") from error


def build_record(kind: Any, value: Any, where: str) -> Any:
    """A TOML value as ``kind``: dataclass, tuple, mapping, Literal, pattern, text, number or bool.

    A table becomes a dataclass whose fields are its keys, all the way down. ``where`` is the file
    and key, for messages. Raises LayoutFileError where the value is not of that kind.
    """
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _build_dataclass(kind, value, where)
    if origin is tuple:
        _expect(value, list, where)
        return tuple(
            build_record(get_args(kind)[0], item, f"{where}[{n}]") for n, item in enumerate(value)
        )
    if origin is Mapping or origin is dict or getattr(origin, "__name__", "") == "Mapping":
        _expect(value, dict, where)
        return types.MappingProxyType(
            {k: build_record(get_args(kind)[1], v, f"{where}.{k}") for k, v in value.items()}
        )
    if origin is Literal:
        if value not in get_args(kind):
            raise LayoutFileError(f"{where} is {value!r}; {suggestion(str(value), get_args(kind))}")
        return value
    if origin in (Union, types.UnionType):
        present = next(arg for arg in get_args(kind) if arg is not type(None))
        return build_record(present, value, where)
    if origin is re.Pattern:
        return _pattern(value, where)
    _expect(value, kind, where)
    return value


def _build_dataclass(kind: Any, value: Any, where: str) -> Any:
    _expect(value, dict, where)
    hints = get_type_hints(kind)
    known = [f.name for f in fields(kind)]
    for key in value:
        if key not in known:
            raise LayoutFileError(f"{where}: unknown key {key!r}; {suggestion(key, known)}")
    for f in fields(kind):
        if f.name not in value and f.default is f.default_factory:  # both MISSING
            raise LayoutFileError(f"{where}: the key {f.name!r} is missing.")
    values = {key: build_record(hints[key], v, f"{where}: {key}") for key, v in value.items()}
    return kind(**values)


def _pattern(value: Any, where: str) -> re.Pattern[str]:
    _expect(value, str, where)
    try:
        return re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise LayoutFileError(f"{where} is not a regular expression: {error}.") from error


def _expect(value: Any, kind: type, where: str) -> None:
    names = {
        list: "a list",
        dict: "a table",
        str: "a text",
        int: "a whole number",
        bool: "true or false",
        date: "a day such as 2023-08-31, without quotes",
    }
    is_other = isinstance(value, bool if kind is int else datetime) and kind in (int, date)
    if not isinstance(value, kind) or is_other:
        raise LayoutFileError(f"{where} must be {names.get(kind, kind.__name__)}, not {value!r}.")


def suggestion(word: str, known: Collection[str]) -> str:
    """The end of a message about an unknown word: the known one like it, else all known ones."""
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}."
