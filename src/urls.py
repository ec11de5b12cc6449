"""Reports by URL, opened by fsspec.

It knows S3, HTTP, SFTP, archives and more, and takes its credentials from the environment.
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

INSTALL: Final = "Install what belongs to it: pip install 'styrmatt[cluster]'."
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SECRETS: Final = re.compile(r"(?<=://)[^/@\s]*@|\?[^\s'\"]*")
"""Where keys stand in a URL: before an @, and in what is asked of a web server."""


@dataclass(frozen=True, slots=True, repr=False)
class Url:
    """A file or folder that fsspec opens: ``s3://bucket/reports/``, ``zip://a.pdf::b.zip``."""

    address: str
    alone: bool = field(default=False, compare=False)
    """Whether its folder was listed and has no TOML file for it."""

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
        """The end of the name that says what it is."""
        return PurePosixPath(self.name).suffix

    @property
    def is_folder(self) -> bool:
        """Whether it stands for a folder: it does unless it ends as a report's name does."""
        return self.suffix.lower() not in SUFFIXES

    def read_bytes(self) -> bytes:
        """All that is in it. Raises UnreadableSourceError, and UsageError for an unknown kind."""
        data = self._fetch()
        if data is None:
            raise UnreadableSourceError(f"There is no file {self}.")
        return data

    def fetched(self) -> Fetched | None:
        """The file, or None where there is none. Raises as :meth:`read_bytes` does."""
        data = self._fetch()
        return None if data is None else Fetched(self.name, data)

    def sidecar(self) -> Url | None:
        """The place of the TOML file beside it; None where it is known that there is none."""
        if self.alone:
            return None
        ending = re.compile(rf"{re.escape(self.suffix)}(?=$|[?#])")
        return self._with_head(ending.sub(".toml", self._head, count=1))

    def files(self) -> dict[str, Url]:
        """All files below this folder, by their place in it. Raises as :meth:`read_bytes` does."""
        with _errors_told(self):
            system, root = _fsspec().core.url_to_fs(self.address)
            root = f"{root.rstrip('/')}/" if root else ""
            places = [path.removeprefix(root) for path in system.find(root) if path != root]
        below = {place: self.child(place) for place in places}
        there = set(below.values())
        return {
            place: replace(url, alone=url.sidecar() not in there) for place, url in below.items()
        }

    def child(self, name: str) -> Url:
        """The file of this name in this folder."""
        head = self._head
        return self._with_head(f"{head}{name}" if head.endswith("/") else f"{head}/{name}")

    @property
    def _head(self) -> str:
        """The part of a chain that has the path: ``zip://a.pdf`` of ``zip://a.pdf::b.zip``."""
        return next(part for part in self.address.split("::") if _URL.match(part))

    def _with_head(self, head: str) -> Url:
        return Url(self.address.replace(self._head, head, 1))

    def _fetch(self) -> bytes | None:
        with _errors_told(self):
            system, path = _fsspec().core.url_to_fs(self.address)
            try:
                data: bytes = system.cat_file(path)
            except (FileNotFoundError, KeyError):  # an archive says KeyError
                return None
        return data


def is_url(text: str) -> bool:
    """Whether a text names a file by a URL, not by its path."""
    return _URL.search(text) is not None


def _fsspec() -> Any:
    try:
        import fsspec
    except ModuleNotFoundError as error:
        raise UsageError("URLs are opened by the package fsspec.", hint=INSTALL) from error
    return fsspec


@contextmanager
def _errors_told(url: Url) -> Iterator[None]:
    """What a library says where it cannot open a URL; each has errors of its own."""
    try:
        yield
    except StyrmattError:
        raise
    except ImportError as error:
        raise UsageError(
            f"{url} is of a kind that needs one more package: {error}.",
            hint="Install that package beside styrmatt.",
        ) from error
    except Exception as error:
        said = _SECRETS.sub("", f"{error}" or type(error).__name__).rstrip(".")
        raise UnreadableSourceError(
            f"{url} cannot be read: {said}.",
            hint="Is the address right, and are its credentials in the environment?",
        ) from error
