"""Output files and folders that replace their target only when complete, and only if allowed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from styrmatt.errors import OutputError


@contextmanager
def new_file(path: Path, *, force: bool) -> Iterator[Path]:
    """A draft file to write to; it is moved to ``path`` when the block ends without an error.

    Raises OutputError where ``path`` exists already (unless ``force``), is a folder, or cannot be
    written. A failure leaves ``path`` as it was.
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder.", hint="Name a file with -o.")
    if path.exists() and not force:
        raise OutputError(f"{path} is there already.", hint="Write over it with --force.")
    draft = path.with_name(f".{path.name}.part-{os.getpid()}")
    with _as_output_error(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield draft
            _sync(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path, replaceable: Iterable[str], *, force: bool) -> Iterator[Path]:
    """A draft folder to write to; it is moved to ``path`` when the block ends without an error.

    ``replaceable`` are the names of files that exports make: with ``force`` an existing folder
    that holds nothing else is replaced. Raises OutputError like :func:`new_file`.
    """
    _check_replaceable(path, set(replaceable), force=force)
    draft = path.with_name(f".{path.name}.part-{os.getpid()}")
    old = path.with_name(f".{path.name}.old-{os.getpid()}")
    with _as_output_error(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        try:
            yield draft
            for file in draft.rglob("*"):
                if file.is_file():
                    _sync(file)
            if path.exists():
                path.replace(old)
            draft.replace(path)
        finally:
            if old.exists() and not path.exists():
                old.replace(path)
            shutil.rmtree(old, ignore_errors=True)
            shutil.rmtree(draft, ignore_errors=True)


def _check_replaceable(path: Path, replaceable: set[str], *, force: bool) -> None:
    if path.is_file():
        raise OutputError(f"{path} is a file.", hint="Name a folder with -o.")
    if not path.is_dir():
        return
    existing = sorted(entry.relative_to(path).as_posix() for entry in path.rglob("*"))
    others = [name for name in existing if name not in replaceable]
    if others:
        raise OutputError(
            f"{path} holds {others[0]}, which is no part of such an export.",
            hint="Choose another folder with -o.",
        )
    if existing and not force:
        raise OutputError(f"{path} is there already.", hint="Write over it with --force.")


@contextmanager
def _as_output_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}.",
            hint="Make room or give rights there, or choose another place with -o.",
        ) from error


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
