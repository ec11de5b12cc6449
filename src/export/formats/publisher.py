"""The publisher's TOML file for DCAT: catalogue, publisher, contact, licence, file addresses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from styrmatt.errors import UsageError

TEMPLATE: Final = Path(__file__).parents[2] / "templates" / "dcat.toml"
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_MAIL_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Catalog:
    """The catalogue that holds the datasets."""

    uri: str
    title: str
    description: str
    language: str = "sv"
    homepage: str | None = None
    keywords: tuple[str, ...] = ()
    spatial: str | None = None


@dataclass(frozen=True, slots=True)
class PublisherAgent:
    """The organisation that publishes."""

    uri: str
    name: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Where users of the data can ask questions."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """Where the files are, in which formats, under which licence."""

    url: str
    license: str
    formats: tuple[str, ...] = ("parquet", "csv")


@dataclass(frozen=True, slots=True)
class PublishingConfig:
    """What a catalogue entry needs and no report holds."""

    catalog: Catalog
    publisher: PublisherAgent
    contact: Contact
    distribution: Distribution
    titles: Mapping[str, str] = field(default_factory=dict)


_TABLES: Final = {
    "catalog": Catalog,
    "publisher": PublisherAgent,
    "contact": Contact,
    "distribution": Distribution,
}


def read_publishing_config(path: Path | None) -> PublishingConfig:
    """The content of the file. Raises UsageError, with a template, where it is missing or wrong."""
    if path is None:
        raise UsageError(
            "DCAT needs a publisher, a contact and a licence, and no report says them.",
            hint=f"Name a file with --config. To start from:\n\n{template()}",
        )
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}.", hint=f"To start from:\n\n{template()}"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}.") from error
    unknown = sorted(set(content) - {*_TABLES, "titles"})
    if unknown:
        raise _wrong(path, f"has an unknown table [{unknown[0]}]")
    tables = {name: _table(path, name, kind, content.get(name)) for name, kind in _TABLES.items()}
    titles = content.get("titles", {})
    if not isinstance(titles, dict) or not all(isinstance(text, str) for text in titles.values()):
        raise _wrong(path, "has a [titles] table with values that are no text")
    return PublishingConfig(**tables, titles=titles)


def template() -> str:
    """The text of a file to start from."""
    return TEMPLATE.read_text(encoding="utf-8")


def _table(path: Path, name: str, kind: Any, content: Any) -> Any:
    """A table of the file as its dataclass. Raises UsageError."""
    if not isinstance(content, dict):
        raise _wrong(path, f"has no table [{name}]")
    known = {f.name: f for f in fields(kind)}
    for key in content:
        if key not in known:
            raise _wrong(path, f"has an unknown key {key!r} in [{name}]")
    for key, declared in known.items():
        if declared.default is MISSING and key not in content:
            raise _wrong(path, f"lacks {key} in [{name}]")
        if key in content:
            _check(path, name, key, content[key])
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in content.items()})


def _check(path: Path, name: str, key: str, value: Any) -> None:
    if key in ("keywords", "formats"):
        good = isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
        if key == "formats":
            good = good and bool(value) and set(value) <= {"parquet", "csv"}
        wanted = "a list of texts" if key == "keywords" else 'a list of "parquet" and "csv"'
    elif key in ("uri", "url", "homepage", "license", "spatial", "type"):
        good, wanted = isinstance(value, str) and bool(_ADDRESS.fullmatch(value)), "an address"
    elif key == "email":
        good, wanted = (
            isinstance(value, str) and bool(_MAIL_ADDRESS.fullmatch(value)),
            "a mail address",
        )
    else:
        good, wanted = isinstance(value, str) and bool(value.strip()), "a text"
    if not good:
        raise _wrong(path, f"has {value!r} as {key} in [{name}], which is not {wanted}")


def _wrong(path: Path, what: str) -> UsageError:
    return UsageError(f"{path} {what}.", hint=f"A whole file:\n\n{template()}")
