"""Layouts: what a family of reports looks like, read from TOML; words and marks, from a vocabulary.

No Swedish word, colour, organisation or page number stands in code: the two dataclasses
:class:`Layout` and :class:`Vocabulary` hold what the files say. The loader is strict: an unknown
key, a wrong type or a bad regular expression is a :class:`LayoutFileError` that names the file,
the key and the nearest known key.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from styrmatt.errors import LayoutFileError
from styrmatt.files import Fetched
from styrmatt.vocabulary import CheckWords, StatementWords
from styrmatt.whitespace import squeeze

MEASURE_FIELDS = ("success_factor", "measure", "board", "sex", "target", "status", "trend")


@dataclass(frozen=True)
class LayoutColumn:
    """One column of a table: which field it is and the headers that it goes by.

    ``{year}`` in a header stands for any year. A table without an optional column still fits.
    """

    field: Literal["goal", "success_factor", "measure", "board", "sex", "target", "status", "trend"]
    """What the column holds."""
    headers: tuple[str, ...]
    """The headers it goes by; line breaks, hyphens and case do not matter."""
    optional: bool = False
    """Whether a table without the column still belongs to the family."""


@dataclass(frozen=True)
class LayoutTable:
    """A kind of table: ``measures``, ``overview`` have columns; ``ignored`` a name and words."""

    kind: Literal["measures", "overview", "ignored"]
    """A table of measures, an overview of goals and factors, or one to leave alone by name."""
    columns: tuple[LayoutColumn, ...] = ()
    """The columns, left to right."""
    distinguishing: tuple[str, ...] = ()
    """Fields of which one at least must be there; they tell the family from others."""
    name: str = ""
    """What an ignored table is called in messages."""
    words: tuple[str, ...] = ()
    """Words that all stand in the header or first column of an ignored table."""


@dataclass(frozen=True)
class Headings:
    """How headings name a goal, a factor, a perspective; ``{name}`` stands for the name."""

    goal: tuple[str, ...] = ()
    """Headings that name a strategic goal."""
    success_factor: tuple[str, ...] = ()
    """Headings that name a success factor."""
    perspective: tuple[str, ...] = ()
    """Headings that name a perspective; the names are those of the vocabulary."""


@dataclass(frozen=True)
class Identity:
    """Regular expressions with named groups that read the report's identity from its text."""

    patterns: tuple[re.Pattern[str], ...] = ()
    """Tried in order over each page's lines, joined by spaces; a group's first match counts."""


@dataclass(frozen=True)
class Hyphens:
    """What decides on a hyphen at the end of a line besides the words themselves."""

    suspend_before: tuple[str, ...] = ()
    real: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True)
class Running:
    """Running heads and feet."""

    page_marks: tuple[re.Pattern[str], ...] = ()
    head_labels: tuple[str, ...] = ()
    head_lines: int = 0
    document_numbers: tuple[re.Pattern[str], ...] = ()
    contents_heading: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommonIdentity:
    """Identity patterns that all families share."""

    organisation: tuple[re.Pattern[str], ...] = ()
    fiscal_year: tuple[re.Pattern[str], ...] = ()
    interim: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True)
class TargetWords:
    """Phrases of target cells."""

    increase: tuple[str, ...] = ()
    decrease: tuple[str, ...] = ()
    maintain: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    ge: tuple[str, ...] = ()
    le: tuple[str, ...] = ()
    gt: tuple[str, ...] = ()
    lt: tuple[str, ...] = ()
    eq: tuple[str, ...] = ()
    ge_after: tuple[str, ...] = ()
    le_after: tuple[str, ...] = ()
    figure_only: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    rate: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    year_leads: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    not_things: tuple[str, ...] = ()
    milestone: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitWords:
    """Words and signs for units; ``*_names`` are words of a measure's name that imply one."""

    percent: tuple[str, ...] = ()
    percentage_points: tuple[str, ...] = ()
    per_1000: tuple[str, ...] = ()
    mnkr: tuple[str, ...] = ()
    tkr: tuple[str, ...] = ()
    kr: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    index: tuple[str, ...] = ()
    count: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    multipliers: Mapping[str, int] = field(default_factory=lambda: types.MappingProxyType({}))
    count_names: tuple[str, ...] = ()
    percent_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class LegendWords:
    """Words around the phrases for statuses and trends in legends and alternative texts."""

    fillers: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Words, figures and marks that reports of one language share. Word lists: value -> words."""

    perspectives: tuple[str, ...]
    sexes: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    statuses: Mapping[str, tuple[str, ...]]
    trends: Mapping[str, tuple[str, ...]]
    colours: Mapping[str, tuple[str, ...]]
    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    glyphs: Mapping[str, str] = field(default_factory=dict)
    symbol_fonts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    legend: LegendWords = field(default_factory=LegendWords)
    perspective_sentence: re.Pattern[str] = re.compile(r"(?!)")
    marker_texts: tuple[re.Pattern[str], ...] = ()
    hyphens: Hyphens = field(default_factory=Hyphens)
    running: Running = field(default_factory=Running)
    identity: CommonIdentity = field(default_factory=CommonIdentity)
    targets: TargetWords = field(default_factory=TargetWords)
    units: UnitWords = field(default_factory=UnitWords)
    statements: StatementWords = field(default_factory=StatementWords)
    checks: CheckWords = field(default_factory=CheckWords)

    @cached_property
    def status_phrases(self) -> Mapping[str, str]:
        """The phrases for statuses, squeezed, with the value that each stands for."""
        return _by_phrase(self.statuses)

    @cached_property
    def trend_phrases(self) -> Mapping[str, str]:
        """The phrases for trends, squeezed, with the value that each stands for."""
        return _by_phrase(self.trends)


def _by_phrase(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return {squeeze(phrase): value for value, phrases in words.items() for phrase in phrases}


@dataclass(frozen=True)
class Layout:
    """A family of reports."""

    name: str
    """What the layout is called in --layout and in the dataset documents."""
    title: str
    """A line for `styrmatt layouts`."""
    vocabulary: str
    """The words that it is read with; sv is the one that ships."""
    headings: Headings
    """How headings name what the tables stand under."""
    tables: tuple[LayoutTable, ...]
    """The kinds of tables; one of kind measures is needed."""
    identity: Identity = field(default_factory=Identity)
    """Where the report says whose it is."""
    language_pipeline: str | None = None
    """An installed spaCy pipeline to read the narrative with, instead of the built-in one."""

    @property
    def words(self) -> Vocabulary:
        """The vocabulary that the layout names."""
        return load_vocabulary(self.vocabulary)

    def tables_of(self, kind: str) -> tuple[LayoutTable, ...]:
        """The tables of a kind, in the file's order."""
        return tuple(table for table in self.tables if table.kind == kind)


def load_layouts(folder: Path | None = None) -> tuple[Layout, ...]:
    """All layouts that ship with styrmatt and those in ``folder``, by name; the folder's win.

    Raises LayoutFileError for a file that cannot be used, or a folder without layouts.
    """
    return parse_layouts(own_layouts(folder))


def own_layouts(folder: Path | None) -> tuple[tuple[str, str], ...]:
    """Name and text of each layout file in ``folder``; none where it is None.

    Raises LayoutFileError for a file that cannot be read, or a folder without layouts.
    """
    if folder is None:
        return ()
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise LayoutFileError(
            f"There is no layout (*.toml) in {folder}.", hint="Name the folder of your layouts."
        )
    return tuple((path.name, _read_text(path)) for path in files)


@lru_cache(maxsize=8)
def parse_layouts(own: tuple[tuple[str, str], ...] = ()) -> tuple[Layout, ...]:
    """All layouts that ship with styrmatt and ``own`` (name and text of files), by name.

    Own ones win. Raises LayoutFileError for one that cannot be used.
    """
    shipped = (_checked(read_toml(path), path.name) for path in _shipped())
    layouts = {layout.name: layout for layout in shipped}
    mine = (_checked(_parse_toml(text, name), name) for name, text in own)
    layouts |= {layout.name: layout for layout in mine}
    return tuple(layouts[name] for name in sorted(layouts))


@lru_cache
def load_vocabulary(name: str) -> Vocabulary:
    """The vocabulary ``layouts/vocabulary/<name>.toml``. Raises LayoutFileError."""
    path = resources.files("styrmatt") / "layouts" / "vocabulary" / f"{name}.toml"
    if not path.is_file():
        raise LayoutFileError(f"There is no vocabulary {name!r}.", hint="Shipped: sv.")
    vocabulary: Vocabulary = build(Vocabulary, read_toml(path), path.name)
    return vocabulary


def read_toml(path: Path | Traversable | Fetched) -> dict[str, Any]:
    """The file's content. Raises LayoutFileError with line and column where it is not TOML."""
    return _parse_toml(_read_text(path), path.name)


def _parse_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LayoutFileError(f"{name} is not a TOML file: {error}.") from error


def _read_text(path: Path | Traversable | Fetched) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LayoutFileError(f"{path.name} is not a TOML file: {error}.") from error
    except OSError as error:
        raise LayoutFileError(f"{path.name} cannot be read: {error.strerror}.") from error


def build(kind: Any, value: Any, where: str) -> Any:
    """``value`` (from TOML) as ``kind``: dataclass, tuple, mapping, Literal, pattern or plain.

    ``where`` is the file and key for messages. Raises LayoutFileError.
    """
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _build_dataclass(kind, value, where)
    if origin is tuple:
        _expect(value, list, where)
        return tuple(
            build(get_args(kind)[0], item, f"{where}[{n}]") for n, item in enumerate(value)
        )
    if origin is Mapping or origin is dict or getattr(origin, "__name__", "") == "Mapping":
        _expect(value, dict, where)
        return types.MappingProxyType(
            {k: build(get_args(kind)[1], v, f"{where}.{k}") for k, v in value.items()}
        )
    if origin is Literal:
        if value not in get_args(kind):
            raise LayoutFileError(f"{where} is {value!r}; {_suggest(str(value), get_args(kind))}")
        return value
    if origin in (Union, types.UnionType):
        return build(next(arg for arg in get_args(kind) if arg is not type(None)), value, where)
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
            raise LayoutFileError(f"{where}: unknown key {key!r}; {_suggest(key, known)}")
    for f in fields(kind):
        if f.name not in value and f.default is f.default_factory:  # both MISSING
            raise LayoutFileError(f"{where}: the key {f.name!r} is missing.")
    return kind(**{key: build(hints[key], item, f"{where}: {key}") for key, item in value.items()})


def _pattern(value: Any, where: str) -> re.Pattern[str]:
    _expect(value, str, where)
    try:
        return re.compile(value)
    except re.error as error:
        raise LayoutFileError(f"{where} is not a regular expression: {error}.") from error


def _expect(value: Any, kind: type, where: str) -> None:
    names = {
        list: "a list",
        dict: "a table",
        str: "a text",
        int: "a whole number",
        bool: "true or false",
    }
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise LayoutFileError(f"{where} must be {names.get(kind, kind.__name__)}, not {value!r}.")


def _suggest(word: str, known: Any) -> str:
    near = difflib.get_close_matches(word, [str(k) for k in known], n=1)
    return (
        f"did you mean {near[0]!r}?" if near else "known: " + ", ".join(str(k) for k in known) + "."
    )


def _shipped() -> list[Traversable]:
    folder = resources.files("styrmatt") / "layouts"
    return sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)


def _checked(content: dict[str, Any], name: str) -> Layout:
    layout: Layout = build(Layout, content, name)
    for table in layout.tables:
        _check_table(table, name)
    if not layout.tables_of("measures"):
        raise LayoutFileError(f"{name} has no table of kind 'measures'.")
    load_vocabulary(layout.vocabulary)
    return layout


def _check_table(table: LayoutTable, where: str) -> None:
    if table.kind == "ignored":
        if not (table.name and table.words):
            raise LayoutFileError(f"{where}: an ignored table needs a name and words.")
        return
    present = [column.field for column in table.columns]
    needed = {"measures": ("measure", "target"), "overview": ("goal", "success_factor")}[table.kind]
    for name in needed:
        if name not in present:
            raise LayoutFileError(f"{where}: the {table.kind} table needs a column {name!r}.")
    for name in table.distinguishing:
        if name not in present:
            raise LayoutFileError(
                f"{where}: distinguishing names {name!r}, no column; {_suggest(name, present)}"
            )
