"""Keeps libraries from writing to standard error where the user asked for errors only."""

from __future__ import annotations

import io
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2
"""The file descriptor that C libraries and other processes write to."""


@contextmanager
def libraries_silenced(quiet: bool) -> Iterator[None]:
    """With ``quiet``, let only this process's own messages reach standard error meanwhile.

    Silenced are warnings and logs of Python libraries, and what libraries in C and the processes
    started meanwhile write to the file descriptor.
    """
    if not quiet:
        yield
        return
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), _own_stderr():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


@contextmanager
def _own_stderr() -> Iterator[None]:
    """Give ``sys.stderr`` a descriptor of its own, and lead the common one nowhere."""
    ours = sys.stderr
    try:
        is_common = ours.fileno() == _STDERR
    except (AttributeError, OSError, ValueError):  # replaced by what is no file, as tests do
        is_common = False
    if not is_common:
        yield
        return
    ours.flush()
    kept, nowhere = os.dup(_STDERR), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    os.close(nowhere)
    stream = io.TextIOWrapper(
        io.FileIO(os.dup(kept), "w"),
        encoding=ours.encoding,
        errors="backslashreplace",
        write_through=True,
    )
    sys.stderr = stream
    try:
        yield
    finally:
        sys.stderr = ours
        stream.close()
        os.dup2(kept, _STDERR)
        os.close(kept)
