"""Opens the workspace of an extract and serves it until somebody ends it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from styrmatt.corrections.overrides import find_corrections
from styrmatt.errors import UsageError
from styrmatt.pipeline.use_cases.source_files import SourceFiles, source_folders
from styrmatt.review.decisions.corrections_store import CorrectionsStore, choose_file
from styrmatt.review.extract_index import ExtractIndex
from styrmatt.review.pictures.page_images import PageImages
from styrmatt.review.views.view import Workspace
from styrmatt.review.web.guard import Guard
from styrmatt.review.web.install import require_server

_GRACE: Final = 2
"""Seconds in which requests may end after Ctrl-C."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What to serve, and where."""

    root: Path
    sources: tuple[Path, ...] = ()
    """Folders or files with the reports; empty for the folders around the root."""
    corrections: Path | None = None
    """The file to write corrections to; None for the one that a run would apply."""
    host: str = "127.0.0.1"
    port: int = 0
    language: str | None = None
    password: str | None = None


def open_workspace(
    root: Path,
    sources: Sequence[Path] = (),
    corrections: Path | None = None,
    password: str | None = None,
    *,
    years: Sequence[int] = (),
    document: str | None = None,
) -> Workspace:
    """The workspace of the extract below ``root``, of all its reports or those of a selection.

    Raises OutputError and UsageError.
    """
    index = ExtractIndex(root, years=years, document=document)
    folders = source_folders(root, sources)
    images = PageImages(SourceFiles(folders), password)
    found = images.found_sources(index.reports().values())
    inputs = found or list(folders)
    known = [path for path in find_corrections(inputs) if isinstance(path, Path)]
    path = choose_file(corrections, inputs, known)
    others = tuple(other for other in known if other.resolve() != path.resolve())
    store = CorrectionsStore(root, path, () if corrections else others)
    return Workspace(root, index, images, store)


def serve(options: ServeOptions, on_ready: Callable[[str], None]) -> None:
    """Serve the extract until Ctrl-C. ``on_ready`` gets the first address.

    Raises OutputError for a folder without an extract, and UsageError where a library is missing
    or the port is taken.
    """
    require_server()
    import uvicorn

    from styrmatt.review.web.server import ReviewApp
    from styrmatt.review.web.warm_up import begin_to_load, load_the_rest

    loading = begin_to_load()
    workspace = open_workspace(options.root, options.sources, options.corrections, options.password)
    listener = _listener(options.host, options.port)
    port = listener.getsockname()[1]
    guard = Guard(options.host, port)
    app = ReviewApp(workspace, guard, options.language).asgi()
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
    )
    loading.join()
    name = f"[{options.host}]" if ":" in options.host else options.host
    on_ready(f"http://{name}:{port}/?token={guard.token}")
    load_the_rest(workspace)
    with listener, suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise UsageError(
            f"{host}:{port} cannot be served at: {error.strerror or error}.",
            hint="Choose another --port; 0 takes one that is free.",
        ) from error
    return listener
