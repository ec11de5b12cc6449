"""Verifies an extract against its sources, its files and its manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from styrmatt.corrections.fields import FIELDS, parse_value
from styrmatt.corrections.overrides import Override, corrections_hash
from styrmatt.errors import OutputError, StyrmattError, UsageError
from styrmatt.extract.engine.names import DEFAULT_ENGINE
from styrmatt.layout_files import own_layouts
from styrmatt.pipeline.cache.fingerprint import code_hash
from styrmatt.pipeline.progress import OnProgress, ignore_progress
from styrmatt.pipeline.read_report import ReadOptions, read_one
from styrmatt.pipeline.run_settings import OCR_MODES
from styrmatt.pipeline.use_cases.source_files import SourceFiles, source_folders
from styrmatt.records import Correction, Series
from styrmatt.swedish.rules.token_rules import own_rules
from styrmatt.whitespace import squeeze

if TYPE_CHECKING:
    from styrmatt.export.store.manifest import ManifestEntry
    from styrmatt.export.store.unreadable_reports import UnreadableReport


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
    rules: tuple[Path, ...] = ()
    """Rule files of the user's own, or folders of them."""
    password: str | None = None
    signed_by: Path | None = None
    """A file of public keys, of which one has to have signed the extract."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What verifying one report found; it is proved where nothing is wrong or not found."""

    document_id: str
    source_name: str
    files: int
    rows: int
    read_again: bool
    """Whether its source was read again and every row compared."""
    problems: tuple[str, ...]
    not_found: str | None = None
    """That its source was not found where it was looked for: nothing is wrong, nothing proved."""
    given_up: bool = False
    """Whether the extract has only an issue of it, because reading it was given up."""

    @property
    def is_proved(self) -> bool:
        """Whether nothing is wrong, and its source was found if it was wanted."""
        return not self.problems and self.not_found is None


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying a folder found.

    Without ``read_again``, that the files are as the manifest says; with it also that the sources
    give these rows; with ``signed`` also that whoever has the key signed these very files.
    """

    root: Path
    problems: tuple[str, ...]
    """What is wrong with the folder as a whole."""
    proofs: tuple[Proof, ...]
    read_again: bool = False
    signed: bool = False

    @property
    def is_proved(self) -> bool:
        """Whether nothing is wrong, and every source that was wanted was found."""
        return not self.problems and all(proof.is_proved for proof in self.proofs)


def verify(options: VerifyOptions, on_progress: OnProgress = ignore_progress) -> Verification:
    """Verify the extract below ``options.root``; nothing below it is changed.

    ``on_progress`` is called for sources that are read again. Raises OutputError for a folder that
    holds no extract, UsageError for sources or a document that are not there.
    """
    from styrmatt.export.store.manifest_file import read_contents
    from styrmatt.export.store.signature import signature_problems
    from styrmatt.export.store.verify import forgotten_problems, register_problems, root_problems

    root = options.root
    if not root.is_dir():
        raise OutputError(
            f"There is no folder {root}.", hint="Make one: styrmatt run --out FOLDER."
        )
    contents = read_contents(root, also_missing=True)
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
    problems += forgotten_problems(contents, register)
    unsigned = list(signature_problems(root, options.signed_by))
    problems += unsigned
    proofs = tuple(
        _verify_report(entry, options, sources, register, on_progress) for entry in chosen
    )
    signed = options.signed_by is not None and not unsigned
    return Verification(root, tuple(problems), proofs, options.re_extract, signed)


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
    path = not_found = None
    if options.need_sources or options.re_extract:
        path, not_found = sources.find(entry.source_name, entry.source_sha256)
        if path is None and sources.has_namesake(entry.source_name):
            problems.append(str(not_found))
            not_found = None
    if isinstance(entry, UnreadableReport):
        problems += unread_problems(options.root, entry)
        return Proof(
            document_id=entry.document_id,
            source_name=entry.source_name,
            files=1,
            rows=entry.issue_file.rows,
            read_again=False,
            problems=tuple(problems),
            not_found=not_found,
            given_up=True,
        )
    problems += file_problems(options.root, entry)
    if all((options.root / file.path).is_file() for file in entry.files):
        problems += row_problems(options.root, entry, register)
        problems += _recorded_problems(entry, options)
    if path is not None and options.re_extract:
        problems += _read_again(path, entry, options, register, on_progress)
    return Proof(
        document_id=entry.document_id,
        source_name=entry.source_name,
        files=len(entry.files),
        rows=sum(file.rows for file in entry.files),
        read_again=path is not None and options.re_extract,
        problems=tuple(problems),
        not_found=not_found,
    )


def _recorded_problems(entry: ManifestEntry, options: VerifyOptions) -> Iterator[str]:
    """Where the corrections and the layout that the manifest records are not those of the data."""
    from styrmatt.export.store.verify import stored_extract

    try:
        corrections = overrides_from(stored_extract(options.root, entry).corrections)
        read_with = read_options(entry, options)
    except (StyrmattError, KeyError, ValueError):
        return  # the rows themselves are wrong, which is told elsewhere
    if entry.basis is None:
        return
    if corrections_hash(corrections, entry.document_id) != entry.basis.corrections_sha256:
        yield "its corrections are not those that the manifest records (hash differs)"
    same_layouts = entry.basis.layouts_sha256 == read_with.basis().layouts_sha256
    recorded = entry.activity.layout_sha256 if entry.activity else None
    if same_layouts and entry.activity and read_with.layout_hash(entry.layout) != recorded:
        yield f"the layout {entry.layout} is not the one that the manifest records"


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
    options = read_with.basis().options
    if entry.basis.options.get("rules") != options.get("rules"):
        yield "it was written with other rules; name yours with --rules"
    if entry.basis.options.get("spacy_models") != options.get("spacy_models"):
        yield "it was written with another spaCy pipeline, or another version of it"


def read_options(entry: ManifestEntry, options: VerifyOptions) -> ReadOptions:
    """The options that a report was read with, from the manifest. Raises LayoutFileError."""
    recorded: dict[str, Any] = dict(entry.basis.options) if entry.basis else {}
    layout, pages = recorded.pop("layout", None), recorded.pop("pages", None)
    engine = recorded.pop("engine", DEFAULT_ENGINE)
    ocr = recorded.pop("ocr", OCR_MODES[0])
    check_text = recorded.pop("check_text", False)
    model = recorded.pop("spacy_model", None)
    for hashed in ("rules", "spacy_models"):
        recorded.pop(hashed, None)
    return ReadOptions(
        user_layouts=own_layouts(options.layouts),
        user_rules=own_rules(options.rules),
        spacy_model=model,
        layout=layout,
        pages=None if pages is None else tuple(pages),
        identity=recorded,
        password=options.password,
        engine=engine,
        ocr=ocr,
        check_text=check_text,
    )
