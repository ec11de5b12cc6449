"""Verifies an extract against its sources, its files and its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from styrmatt.corrections.fields import FIELDS, parse_value
from styrmatt.corrections.overrides import Override
from styrmatt.errors import OutputError, StyrmattError, UsageError
from styrmatt.extract.engine.names import DEFAULT_ENGINE
from styrmatt.files import SUFFIXES
from styrmatt.layout_files import own_layouts
from styrmatt.pipeline.cache.fingerprint import code_hash
from styrmatt.pipeline.progress import OnProgress, ignore_progress
from styrmatt.pipeline.read_report import ReadOptions, read_one
from styrmatt.records import Correction, Series
from styrmatt.whitespace import shown_name, squeeze

if TYPE_CHECKING:
    from styrmatt.export.store.manifest import ManifestEntry
    from styrmatt.export.store.unreadable_reports import UnreadableReport

_SOURCE_FOLDERS: Final = ("../raw", "..", ".")
"""Where the sources of an extract are looked for, relative to its folder: `styrmatt run` reads
data/raw and writes data/parquet, and other folders hold both or lie beside the reports."""


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What to verify, and against what."""

    root: Path
    sources: tuple[Path, ...] = ()
    """Folders or files with the reports; empty for the folders around the root."""
    need_sources: bool = True
    """Whether a missing source is a problem."""
    re_extract: bool = False
    """Whether to read the sources again and compare every row."""
    document: str | None = None
    layouts: Path | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What verifying one report found; it is proved where there is no problem."""

    document_id: str
    source_name: str
    files: int
    rows: int
    read_again: bool
    """Whether its source was read again and every row compared."""
    problems: tuple[str, ...]
    given_up: bool = False
    """Whether the extract has only an issue of it, because reading it was given up."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying a folder found."""

    root: Path
    problems: tuple[str, ...]
    """What is wrong with the folder as a whole."""
    proofs: tuple[Proof, ...]

    @property
    def is_proved(self) -> bool:
        """Whether no problem was found."""
        return not self.problems and not any(proof.problems for proof in self.proofs)


def verify(options: VerifyOptions, on_progress: OnProgress = ignore_progress) -> Verification:
    """Verify the extract below ``options.root``; nothing below it is changed.

    ``on_progress`` is called for sources that are read again. Raises OutputError for a folder that
    holds no extract, UsageError for sources or a document that are not there.
    """
    from styrmatt.export.store.manifest_file import read_contents
    from styrmatt.export.store.verify import register_problems, root_problems

    root = options.root
    if not root.is_dir():
        raise OutputError(
            f"There is no folder {root}.", hint="Make one: styrmatt run --out FOLDER."
        )
    contents = read_contents(root)
    entries: list[ManifestEntry | UnreadableReport] = [*contents.entries, *contents.unreadable]
    if not entries:
        raise OutputError(f"{root} holds no extract.", hint="Make one: styrmatt run --out FOLDER.")
    wanted = options.document or ""
    chosen = [entry for entry in entries if wanted in entry.document_id]
    if not chosen:
        raise UsageError(
            f"There is no document {options.document!r} in {root}.",
            hint="There are: " + ", ".join(entry.document_id for entry in entries) + ".",
        )
    sources = SourceFiles(source_folders(root, options.sources))
    problems = [*root_problems(root, contents)]
    if contents.entries:
        problems += register_problems(root)
    register = _register(root)
    proofs = tuple(
        _verify_report(entry, options, sources, register, on_progress) for entry in chosen
    )
    return Verification(root, tuple(problems), proofs)


class SourceFiles:
    """Finds the source of a report, by name and hash, in some folders and files."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._hashes: dict[Path, str] = {}

    def find(self, name: str, sha256: str) -> tuple[Path | None, str | None]:
        """The file with this hash, whatever its name, and None; or None and what is wrong."""
        named = self._by_name.get(name, [])
        for path in named or self._all:
            if self._hash(path) == sha256:
                return path, None
        if named:
            return None, f"the source {name} is not the file that was read (SHA-256 differs)"
        return None, f"the source {name} was not found; name its folder with --sources"

    @cached_property
    def _all(self) -> list[Path]:
        found: dict[Path, None] = {}
        for path in self._paths:
            files = [path] if path.is_file() else sorted(path.rglob("*"))
            found |= {file.resolve(): None for file in files if file.suffix.lower() in SUFFIXES}
        return [path for path in found if path.is_file()]

    @cached_property
    def _by_name(self) -> Mapping[str, list[Path]]:
        named: dict[str, list[Path]] = {}
        for path in self._all:
            named.setdefault(shown_name(path.name), []).append(path)
        return named

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            with path.open("rb") as file:
                self._hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._hashes[path]


def overrides_from(corrections: Iterable[Correction]) -> tuple[Override, ...]:
    """The corrections that people made, from the rows that an extract has of them."""
    return tuple(
        Override(
            document_id=row.document_id,
            row_id=row.row_id,
            field=row.field,
            machine_value=parse_value(FIELDS[row.field], row.made_against or ""),
            value=parse_value(FIELDS[row.field], row.value or ""),
            why=row.why,
            who=row.who,
            when=row.decided_on,
            place=row.correction_id,
        )
        for row in corrections
    )


def _register(root: Path) -> tuple[Series, ...]:
    """The register of series; empty where it cannot be read, which register_problems reports."""
    from styrmatt.export.store.series_register import read_register

    try:
        return read_register(root)
    except OutputError:
        return ()


def source_folders(root: Path, sources: Sequence[Path]) -> Sequence[Path]:
    """Where sources are looked for: those folders and files, else the folders around the root.

    Raises UsageError for one that is not there.
    """
    for path in sources:
        if not path.exists():
            raise UsageError(
                f"There is no file or folder {path}.", hint="Name the reports with --sources."
            )
    if sources:
        return sources
    folders = [root / folder for folder in _SOURCE_FOLDERS]
    return [folder.resolve() for folder in folders if folder.is_dir()]


def _verify_report(
    entry: ManifestEntry | UnreadableReport,
    options: VerifyOptions,
    sources: SourceFiles,
    register: Sequence[Series],
    on_progress: OnProgress,
) -> Proof:
    from styrmatt.export.store.unreadable_reports import UnreadableReport
    from styrmatt.export.store.verify import file_problems, row_problems, unread_problems

    problems: list[str] = []
    path = None
    if options.need_sources or options.re_extract:
        path, missing = sources.find(entry.source_name, entry.source_sha256)
        problems += [missing] if missing else []
    if isinstance(entry, UnreadableReport):
        problems += unread_problems(options.root, entry)
        return Proof(
            document_id=entry.document_id,
            source_name=entry.source_name,
            files=1,
            rows=entry.issue_file.rows,
            read_again=False,
            problems=tuple(problems),
            given_up=True,
        )
    problems += file_problems(options.root, entry)
    if all((options.root / file.path).is_file() for file in entry.files):
        problems += row_problems(options.root, entry, register)
    if path is not None and options.re_extract:
        problems += _read_again(path, entry, options, register, on_progress)
    return Proof(
        document_id=entry.document_id,
        source_name=entry.source_name,
        files=len(entry.files),
        rows=sum(file.rows for file in entry.files),
        read_again=path is not None and options.re_extract,
        problems=tuple(problems),
    )


def _read_again(
    path: Path,
    entry: ManifestEntry,
    options: VerifyOptions,
    register: Sequence[Series],
    on_progress: OnProgress,
) -> Iterator[str]:
    """Read the source again as it was read before; yield how the rows differ."""
    from styrmatt.export.store.verify import reread_differences, stored_extract
    from styrmatt.pipeline.write_reports import apply_corrections, make_linker

    try:
        stored = stored_extract(options.root, entry)
        read_with = read_options(entry, options)
        on_progress(path, 0, 0)
        extract = read_one(path, read_with, partial(on_progress, path)).extract
        overrides = overrides_from(stored.corrections)
        organisation = squeeze(stored.document.organisation)
        series = tuple(row for row in register if squeeze(row.organisation) == organisation)
        link = make_linker(overrides, read_with.vocabulary(extract.document.layout))
        again, _ = link(apply_corrections(extract, overrides), series, ())
    except StyrmattError as error:
        yield f"it could not be read again: {error.message}"
        return
    found = list(reread_differences(stored, again))
    yield from (f"read again, {difference}" for difference in found)
    if found and entry.basis is not None:
        yield from _changed_inputs(entry, read_with)


def _changed_inputs(entry: ManifestEntry, read_with: ReadOptions) -> Iterator[str]:
    """Yields which inputs besides the source have changed, which may be why rows differ."""
    if entry.basis is None:
        return
    if entry.basis.code_sha256 != code_hash():
        yield f"it was written by styrmatt {entry.tool_version} with other code or libraries"
    if entry.basis.layouts_sha256 != read_with.basis().layouts_sha256:
        yield "it was written with other layouts; name yours with --layouts"


def read_options(entry: ManifestEntry, options: VerifyOptions) -> ReadOptions:
    """The options that a report was read with, from the manifest. Raises LayoutFileError."""
    recorded: dict[str, Any] = dict(entry.basis.options) if entry.basis else {}
    layout, pages = recorded.pop("layout", None), recorded.pop("pages", None)
    engine = recorded.pop("engine", DEFAULT_ENGINE)
    return ReadOptions(
        user_layouts=own_layouts(options.layouts),
        layout=layout,
        pages=None if pages is None else tuple(pages),
        identity=recorded,
        password=options.password,
        engine=engine,
    )
