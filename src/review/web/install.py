"""Whether the libraries of the page are there, and what to install where they are not."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from styrmatt.errors import UsageError

_SERVER: Final = ("starlette", "uvicorn")
_CHARTS: Final = ("altair", "vl_convert")
_INSTALL: Final = "pip install 'styrmatt[review]'"


def require_server() -> None:
    """Raises UsageError, which says what to install, where a library of the server is missing."""
    _require((*_SERVER, *_CHARTS), "To show the page")


def require_charts() -> None:
    """Raises UsageError, which says what to install, where a library of charts is missing."""
    _require(_CHARTS, "To write the site")


def _require(names: tuple[str, ...], purpose: str) -> None:
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise UsageError(f"{purpose}, install {', '.join(missing)} ({_INSTALL}).")
