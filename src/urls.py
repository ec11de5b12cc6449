"""Files and folders by URL, opened by fsspec.

fsspec knows S3, HTTP, SFTP, archives and more, and takes credentials from the environment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from styrmatt.errors import StyrmattError, UnreadableSourceError, UsageError
from styrmatt.files import SUFFIXES, Fetched

INSTALL_HINT: Final = "Install it with: pip install 'styrmatt[cluster]'."
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SECRETS: Final = re.compile(r"(?<=://)[^/@\s]*@|\?[^\s'\"]*")
"""The parts of a URL that may hold keys: what comes before an @, and a query. Never shown."""


@dataclass(frozen=True, slots=True, repr=False)
class Url:
    """A file or folder that fsspec opens: ``s3://bucket/reports/``, ``zip://a.pdf::b.zip``."""

    address: str
    has_no_sidecar: bool = field(default=False, compare=False)
    """Whether its folder was listed and has no TOML file beside it."""

    def __repr__(self) -> str:
        return f"Url({str(self)!r})"

    def __str__(self) -> str:
        return _SECRETS.sub("", self.address)

    @property
    def name(self) -> str:
        """The last part of the path, as a person reads it; empty for a folder's ``/``."""
        head = self._head
        if head.startswith(("http://", "https://")):
            return unquote(re.split(r"[?#]", head)[0].rpartition("/")[2])
        return head.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot: ``.pdf``."""
        return PurePosixPath(self.name).suffix

    @property
    def is_folder(self) -> bool:
        """Whether it names a folder: it does unless it ends like a report's name."""
        return self.suffix.lower() not in SUFFIXES

    def read_bytes(self) -> bytes:
        """The file's content.

        Raises UnreadableSourceError, and UsageError for a kind that fsspec cannot open.
        """
        data = self._fetch()
        if data is None:
            raise UnreadableSourceError(f"There is no file {self}.")
        return data

    def fetched(self) -> Fetched | None:
        """The file, or None where there is none. Raises as :meth:`read_bytes` does."""
        data = self._fetch()
        return None if data is None else Fetched(self.name, data)

    def sidecar(self) -> Url | None:
        """The URL of the TOML file beside it; None where there is known to be none."""
        if self.has_no_sidecar:
            return None
        ending = re.compile(rf"{re.escape(self.suffix)}(?=$|[?#])")
        return self._with_head(ending.sub(".toml", self._head, count=1))

    def files(self) -> dict[str, Url]:
        """All files below this folder, by their path in it. Raises as :meth:`read_bytes` does."""
        with _errors_as_styrmatt(self):
            system, root = _fsspec().core.url_to_fs(self.address)
            root = f"{root.rstrip('/')}/" if root else ""
            paths = [path.removeprefix(root) for path in system.find(root) if path != root]
        files = {path: self.child(path) for path in paths}
        urls = set(files.values())
        return {
            path: replace(url, has_no_sidecar=url.sidecar() not in urls)
            for path, url in files.items()
        }

    def child(self, name: str) -> Url:
        """The URL of the file with this name in this folder."""
        head = self._head
        return self._with_head(f"{head}{name}" if head.endswith("/") else f"{head}/{name}")

    @property
    def _head(self) -> str:
        """The first URL of a chain: ``zip://a.pdf`` of ``zip://a.pdf::b.zip``."""
        return next(part for part in self.address.split("::") if _URL.match(part))

    def _with_head(self, head: str) -> Url:
        return Url(self.address.replace(self._head, head, 1))

    def _fetch(self) -> bytes | None:
        with _errors_as_styrmatt(self):
            system, path = _fsspec().core.url_to_fs(self.address)
            try:
                data: bytes = system.cat_file(path)
            except (FileNotFoundError, KeyError):  # archives raise KeyError
                return None
        return data


def is_url(text: str) -> bool:
    """Whether a text names a file by a URL, not by its path."""
    return _URL.search(text) is not None


def _fsspec() -> Any:
    try:
        import fsspec
    except ModuleNotFoundError as error:
        raise UsageError("Opening URLs needs the package fsspec.", hint=INSTALL_HINT) from error
    return fsspec


@contextmanager
def _errors_as_styrmatt(url: Url) -> Iterator[None]:
    """Turn the errors of fsspec's libraries, each of which has its own, into ours."""
    try:
        yield
    except StyrmattError:
        raise
    except ImportError as error:
        raise UsageError(
            f"Opening {url} needs another package: {error}.",
            hint="Install that package beside styrmatt.",
        ) from error
    except Exception as error:
        message = _SECRETS.sub("", f"{error}" or type(error).__name__).rstrip(".")
        raise UnreadableSourceError(
            f"{url} cannot be read: {message}.",
            hint="Check the address, and that its credentials are in the environment.",
        ) from error
