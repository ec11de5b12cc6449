"""Whether an extract can be proved: from its sources, its files and its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from styrmatt.corrections.fields import FIELDS, parse_value
from styrmatt.corrections.rulings import Override
from styrmatt.errors import OutputError, StyrmattError, UsageError
from styrmatt.files import SUFFIXES
from styrmatt.layout_files import own_layouts
from styrmatt.pipeline.cache.fingerprint import code_hash
from styrmatt.pipeline.read_report import ReadOptions, read_one
from styrmatt.records import Correction, Series
from styrmatt.whitespace import squeeze

if TYPE_CHECKING:
    from styrmatt.export.store.manifest import ManifestEntry
    from styrmatt.export.store.unreadable_reports import GivenUp

_BESIDE: Final = ("../raw", "..", ".")
"""Where the sources of an extract are looked for, from its folder."""


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What is to be proved, and with what."""

    root: Path
    sources: tuple[Path, ...] = ()
    """Folders or files; where none is given, the folders around the root."""
    need_sources: bool = True
    re_extract: bool = False
    document: str | None = None
    layouts: Path | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out about one report: no problem is a proof."""

    document_id: str
    source_name: str
    files: int
    rows: int
    read_again: bool
    problems: tuple[str, ...]
    given_up: bool = False
    """Whether there is nothing of it but an issue that says so."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found out about a folder and its reports."""

    root: Path
    problems: tuple[str, ...]
    """What is wrong with the folder itself."""
    proofs: tuple[Proof, ...]

    @property
    def is_proved(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems and not any(proof.problems for proof in self.proofs)


def verify(
    options: VerifyOptions, progress: Callable[[Path, int, int], None] | None = None
) -> Verification:
    """Prove the extract below ``options.root``; nothing below it is changed.

    ``progress`` is called with a source, pages done and to do, where it is read again. Raises
    OutputError for a folder that holds no extract, UsageError for sources that are not there.
    """
    from styrmatt.export.store.manifest import read_contents
    from styrmatt.export.store.verify import register_problems, root_problems

    root = options.root
    if not root.is_dir():
        raise OutputError(
            f"There is no folder {root}.", hint="Make one: styrmatt run --out FOLDER."
        )
    contents = read_contents(root)
    every: list[ManifestEntry | GivenUp] = [*contents.entries, *contents.given_up]
    if not every:
        raise OutputError(f"{root} holds no extract.", hint="Make one: styrmatt run --out FOLDER.")
    chosen = [e for e in every if options.document is None or options.document in e.document_id]
    if not chosen:
        raise UsageError(
            f"There is no document {options.document!r} in {root}.",
            hint="There are: " + ", ".join(e.document_id for e in every) + ".",
        )
    sources = SourceFiles(_places(options))
    problems = [*root_problems(root, contents)]
    if contents.entries:
        problems += register_problems(root)
    register = _register(root)
    proofs = tuple(_prove(entry, options, sources, register, progress) for entry in chosen)
    return Verification(root, tuple(problems), proofs)


class SourceFiles:
    """The reports' files in some folders, found by name and hash."""

    def __init__(self, places: Sequence[Path]) -> None:
        self.places = places
        self._hashes: dict[Path, str] = {}

    def find(self, name: str, sha256: str) -> tuple[Path | None, str | None]:
        """The file with this hash, whatever it is called now; else what is wrong."""
        named = self._by_name.get(name, [])
        for path in named or self._all:
            if self._hash(path) == sha256:
                return path, None
        if named:
            return None, f"the source {name} is not the file that was read (SHA-256 differs)"
        return None, f"the source {name} is not there; name its folder with --sources"

    @cached_property
    def _all(self) -> list[Path]:
        found: dict[Path, None] = {}
        for place in self.places:
            paths = [place] if place.is_file() else sorted(place.rglob("*"))
            found |= {p.resolve(): None for p in paths if p.suffix.lower() in SUFFIXES}
        return [path for path in found if path.is_file()]

    @cached_property
    def _by_name(self) -> Mapping[str, list[Path]]:
        named: dict[str, list[Path]] = {}
        for path in self._all:
            named.setdefault(path.name, []).append(path)
        return named

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            with path.open("rb") as file:
                self._hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._hashes[path]


def rulings_of(corrections: Iterable[Correction]) -> tuple[Override, ...]:
    """The lines of a corrections file from the rows that an extract keeps of them."""
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
    """The register of series; an empty one where it cannot be read, which is told elsewhere."""
    from styrmatt.export.store.series_register import read_register

    try:
        return read_register(root)
    except OutputError:
        return ()


def _places(options: VerifyOptions) -> Sequence[Path]:
    for place in options.sources:
        if not place.exists():
            raise UsageError(f"There is no file or folder {place}.")
    if options.sources:
        return options.sources
    found = [options.root / place for place in _BESIDE]
    return [place.resolve() for place in found if place.is_dir()]


def _prove(
    entry: ManifestEntry | GivenUp,
    options: VerifyOptions,
    sources: SourceFiles,
    register: Sequence[Series],
    progress: Callable[[Path, int, int], None] | None,
) -> Proof:
    from styrmatt.export.store.unreadable_reports import GivenUp
    from styrmatt.export.store.verify import file_problems, row_problems, unread_problems

    problems: list[str] = []
    path = None
    if options.need_sources or options.re_extract:
        path, missing = sources.find(entry.source_name, entry.source_sha256)
        problems += [missing] if missing else []
    if isinstance(entry, GivenUp):
        problems += unread_problems(options.root, entry)
        names = (entry.document_id, entry.source_name)
        return Proof(*names, 1, entry.generated.rows, False, tuple(problems), given_up=True)
    problems += file_problems(options.root, entry)
    if all((options.root / file.path).is_file() for file in entry.generated):
        problems += row_problems(options.root, entry, register)
    if path is not None and options.re_extract:
        problems += _read_again(path, entry, options, register, progress)
    return Proof(
        document_id=entry.document_id,
        source_name=entry.source_name,
        files=len(entry.generated),
        rows=sum(file.rows for file in entry.generated),
        read_again=path is not None and options.re_extract,
        problems=tuple(problems),
    )


def _read_again(
    path: Path,
    entry: ManifestEntry,
    options: VerifyOptions,
    register: Sequence[Series],
    progress: Callable[[Path, int, int], None] | None,
) -> Iterator[str]:
    """How the rows differ that come from reading the source once more, as it was read before."""
    from styrmatt.export.store.verify import differences, stored_extract
    from styrmatt.pipeline.write_reports import linking, settled

    def of_this(done: int, total: int) -> None:
        if progress is not None:
            progress(path, done, total)

    try:
        stored = stored_extract(options.root, entry)
        asked = read_options(entry, options)
        of_this(0, 0)
        extract = read_one(path, asked, of_this).extract
        rulings = rulings_of(stored.corrections)
        ours = squeeze(stored.document.organisation)
        own = tuple(row for row in register if squeeze(row.organisation) == ours)
        link = linking(rulings, asked.vocabulary(extract.document.layout))
        again, _ = link(settled(extract, rulings), own, ())
    except StyrmattError as error:
        yield f"reading it again failed: {error.message}"
        return
    found = list(differences(stored, again))
    yield from (f"read again, {said}" for said in found)
    if found and entry.basis is not None:
        yield from _other_means(entry, asked)


def _other_means(entry: ManifestEntry, asked: ReadOptions) -> Iterator[str]:
    """What was another then: it may be why rows differ."""
    if entry.basis is None:
        return
    if entry.basis.code_sha256 != code_hash():
        yield f"styrmatt {entry.tool_version} or its libraries were others then"
    if entry.basis.layouts_sha256 != asked.basis().layouts_sha256:
        yield "the layouts were others then; name yours with --layouts"


def read_options(entry: ManifestEntry, options: VerifyOptions) -> ReadOptions:
    """What a report was read with, from what the manifest says. Raises LayoutFileError."""
    asked: dict[str, Any] = dict(entry.basis.asked) if entry.basis else {}
    layout, pages = asked.pop("layout", None), asked.pop("pages", None)
    return ReadOptions(
        own_layouts=own_layouts(options.layouts),
        layout=layout,
        pages=None if pages is None else tuple(pages),
        identity=asked,
        password=options.password,
    )
