"""What the page says, in the languages that there are: one file of messages for each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from styrmatt.differences import KINDS
from styrmatt.records import FINDING_KINDS, ISSUE_KINDS, REVIEW_REASONS
from styrmatt.review_advice import ADVICE

_FOLDER: Final = resources.files("styrmatt") / "review" / "messages"
LANGUAGES: Final = tuple(
    sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir() if ".toml" in file.name)
)
"""The languages by their codes; the first one is that of the code, which has all messages."""
_DIGITS: Final = 10
"""Significant digits that are shown: more are errors of binary fractions."""
_GROUPS: Final[Mapping[str, str]] = {
    "status_stated": "status",
    "assessment": "status",
    "target_unit": "unit_name",
    "outcome_unit": "unit_name",
    "forecast_unit": "unit_name",
    "baseline_unit": "unit_name",
}
"""Fields whose values have their words elsewhere than under the field's own name."""
_OF_THE_CODE: Final[Mapping[str, Mapping[str, str]]] = {
    "reason": REVIEW_REASONS,
    "advice": ADVICE,
    "issue": ISSUE_KINDS,
    "finding": FINDING_KINDS,
    "change": {name: kind.title for name, kind in KINDS.items()},
}
"""Messages that the code has anyway, in its own language: other languages translate them."""


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of a language, by dotted names such as ``start.title``."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, name: str, /, **values: Any) -> str:
        """The message with its ``{values}`` filled in. Raises KeyError for an unknown name."""
        text = self.texts[name]
        return text.format_map(values) if values else text

    def word(self, group: str, name: str | None) -> str:
        """The word for a value of a closed list; the value itself where there is none."""
        return self.texts.get(f"{group}.{name if name is not None else 'null'}", name or "")

    def doubt(self, name: str) -> str:
        """A review reason or a kind of issue, in words."""
        return self.word("reason" if f"reason.{name}" in self.texts else "issue", name)

    def value(self, field: str, name: str) -> str:
        """A value of a field with a closed list, in words."""
        return self.word(_GROUPS.get(field, field), name)

    def number(self, value: float | None) -> str:
        """A number with this language's marks; empty for none."""
        if value is None:
            return ""
        text = format(Decimal(f"{value:.{_DIGITS}g}"), ",f")
        marks = {",": self.texts["figures.thousands"], ".": self.texts["figures.decimal"]}
        marks["-"] = self.texts["figures.minus"]
        return "".join(marks.get(char, char) for char in text)

    def figure(self, value: float | None, unit: str | None) -> str:
        """A number with its unit, as reports print it; empty for none."""
        return "" if value is None else self.number(value) + self.texts.get(f"unit.{unit}", "")

    def share(self, part: int, whole: int) -> str:
        """A part of a whole in per cent, without decimals; empty where there is no whole."""
        return self.figure(round(100 * part / whole), "percent") if whole else ""

    def day(self, value: date | None) -> str:
        """A day, as in Sweden: 2023-04-12."""
        return "" if value is None else value.isoformat()


def language_of_reports() -> str:
    """The language that the reports are written in, for a site that nobody chose another for."""
    return next(
        (one for one in LANGUAGES if "language.of_reports" in messages(one).texts), LANGUAGES[0]
    )


@lru_cache
def messages(language: str) -> Messages:
    """The messages of a language, which is one of :data:`LANGUAGES`."""
    texts = {
        f"{group}.{key}": text for group, of in _OF_THE_CODE.items() for key, text in of.items()
    }
    for name in dict.fromkeys((LANGUAGES[0], language)):
        content = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        texts |= dict(_flat(content))
    return Messages(language, texts)


def preferred(accepted: str, otherwise: str | None = None) -> str:
    """The language that a browser asks for first (Accept-Language), of those that there are."""
    wanted: list[tuple[float, int, str]] = []
    for order, part in enumerate(accepted.split(",")):
        name, _, weight = part.partition(";q=")
        try:
            wanted.append((-float(weight or 1), order, name.strip().partition("-")[0].lower()))
        except ValueError:
            continue
    found: Sequence[str] = [name for _, _, name in sorted(wanted) if name in LANGUAGES]
    return found[0] if found else otherwise or LANGUAGES[0]


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield above + key, str(value)
