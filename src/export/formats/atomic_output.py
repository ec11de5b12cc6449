"""Files and folders of exports: put in place when whole, never over something else in silence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from styrmatt.errors import OutputError


@contextmanager
def new_file(path: Path, *, force: bool) -> Iterator[Path]:
    """Where to write the content of ``path``; it is moved there at the end, if nothing failed.

    Raises OutputError where ``path`` is there already (unless ``force``), is a folder, or cannot
    be written. A failure leaves what was there before.
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
def new_folder(path: Path, ours: Iterable[str], *, force: bool) -> Iterator[Path]:
    """Where to write the files of the folder ``path``, which takes its place at the end.

    ``ours`` are the names that an export may have put into it: with ``force`` a folder that holds
    these and nothing else is replaced. Raises OutputError like :func:`new_file`.
    """
    _check_replaceable(path, set(ours), force=force)
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


def _check_replaceable(path: Path, ours: set[str], *, force: bool) -> None:
    if path.is_file():
        raise OutputError(f"{path} is a file.", hint="Name a folder with -o.")
    if not path.is_dir():
        return
    there = sorted(entry.relative_to(path).as_posix() for entry in path.rglob("*"))
    others = [name for name in there if name not in ours]
    if others:
        raise OutputError(
            f"{path} holds {others[0]}, which is no part of such an export.",
            hint="Choose another folder with -o.",
        )
    if there and not force:
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
