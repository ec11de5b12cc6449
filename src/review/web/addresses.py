"""Where each view is: on a server by paths and queries, in a site by relative links to files."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final, Protocol
from urllib.parse import quote, urlencode

_SAFE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,150}")
"""Ids that are file names as they stand; others are hashed."""


class Addresses(Protocol):
    """Makes the address of a view from its name and what it is about."""

    @property
    def live(self) -> bool:
        """Whether there is a server: forms and filters work."""

    def __call__(self, name: str, /, *about: Any, **query: Any) -> str:
        """The address of a view; query values that are None or empty are left out."""


class ServerAddresses:
    """Paths on the server: ``/report/ID?page=6``."""

    live: Final = True

    def __call__(self, name: str, /, *about: Any, **query: Any) -> str:
        """The path, with a query where there is one."""
        path = "/" + "/".join(quote(str(part), safe="") for part in (name, *about))
        given = {key: value for key, value in query.items() if value not in (None, "")}
        return ("/" if name == "start" else path) + (f"?{urlencode(given)}" if given else "")


class FileAddresses:
    """Relative links from a file of the site to its others."""

    live: Final = False

    def __init__(self, depth: int) -> None:
        """``depth`` is the number of folders between the site's root and the file."""
        self._up = "../" * depth

    def __call__(self, name: str, /, *about: Any, **query: Any) -> str:
        """The link; of the query only a report's page and row count, and ``format`` csv."""
        path = file_of(name, *about, page=query.get("page"), csv=query.get("format") == "csv")
        row = query.get("row")
        return self._up + quote(path) + (f"#row-{quote(str(row))}" if row else "")


def file_of(name: str, /, *about: Any, page: Any = None, csv: bool = False) -> str:
    """The file of a view below the site's root, with slashes."""
    parts = [_file_name(str(part)) for part in about]
    ending = ".csv" if csv else ".html"
    if name == "start":
        return f"index{ending}"
    if name == "image":
        return f"image/{parts[0]}/{parts[1]}.webp"
    if name == "static":
        return f"static/{parts[0]}"
    if name == "chart":
        return "/".join(("chart", *parts)) + ".svg"
    if name == "report":
        return f"report/{parts[0]}/{f'page-{page}' if page else 'index'}{ending}"
    return "/".join((name, *parts)) + ending if parts else f"{name}{ending}"


def _file_name(text: str) -> str:
    if _SAFE_NAME.fullmatch(text):
        return text
    return hashlib.sha256(text.encode()).hexdigest()[:24]
