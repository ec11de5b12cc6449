"""The words by which reports say whose they are and which period they are about.

They stand in ``layouts/vocabulary/identity-<language>.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from styrmatt.toml_records import build_record, read_toml
from styrmatt.vocabulary import GuardedPattern, vocabulary_file

OrganisationKind = Literal["region", "municipality", "association", "company", "authority"]


@dataclass(frozen=True)
class OrganisationForm:
    """How names of a kind of organisation are made; ``anywhere``: in running text, too."""

    kind: OrganisationKind
    pattern: re.Pattern[str]
    only_with: tuple[str, ...] = ()
    anywhere: bool = False

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a text."""
        return GuardedPattern(self.pattern, self.only_with).finditer(text)


@dataclass(frozen=True)
class OwnerWords:
    """Words around and in the names of organisations."""

    municipality: tuple[str, ...] = ()
    lead_ins: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    large: tuple[str, ...] = ()
    in_s: tuple[str, ...] = ()
    owned_by: tuple[str, ...] = ()
    is_owned: tuple[str, ...] = ()
    """Between a name and the words before its owner's."""
    decided: tuple[str, ...] = ()
    """What says behind a name and a comma who decided on the report."""
    any_name: re.Pattern[str] = re.compile(r"(?!)")
    not_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class BoardForms:
    """How names of boards are made, and what may stand beside one on its line."""

    patterns: tuple[re.Pattern[str], ...] = ()
    definite: Mapping[str, str] = field(default_factory=dict)
    behind: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class TitleWords:
    """Beginnings of words that name a report; ``weak`` ones are whole words or end compounds."""

    annual: tuple[str, ...] = ()
    interim: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    before_year: tuple[str, ...] = ()
    after_year: tuple[str, ...] = ()
    handed_to: tuple[str, ...] = ()
    page: tuple[str, ...] = ()

    @cached_property
    def word(self) -> re.Pattern[str]:
        """Finds a word that names a report, by the group of its kind."""
        strong = "|".join(
            rf"(?P<{kind}>(?:{alternatives(stems)})\w*)"
            for kind, stems in (
                ("interim", self.interim),
                ("annual", self.annual),
                ("either", self.either),
            )
        )
        weak = rf"(?P<weak>[^\W\d_]*(?:{alternatives(self.weak)})(?!\w))"
        return re.compile(rf"(?<![\w-])(?:{strong}|{weak})", re.IGNORECASE)


@dataclass(frozen=True)
class PeriodWords:
    """Months and parts of years; ``parts`` and ``letters`` say how many months each has."""

    months: tuple[tuple[str, ...], ...] = ()
    until: tuple[str, ...] = ()
    before_day: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    parts: Mapping[str, int] = field(default_factory=dict)
    letters: Mapping[str, int] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class IdentityWords:
    """Everything in the file."""

    fiscal_year: tuple[GuardedPattern, ...] = ()
    organisations: tuple[OrganisationForm, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    owners: OwnerWords = field(default_factory=OwnerWords)
    boards: BoardForms = field(default_factory=BoardForms)
    titles: TitleWords = field(default_factory=TitleWords)
    periods: PeriodWords = field(default_factory=PeriodWords)


def alternatives(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first; of nothing where there is none."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"


@lru_cache
def load_identity_words(language: str) -> IdentityWords:
    """The words of a language; none where it has no file. Raises LayoutFileError."""
    path = vocabulary_file(f"identity-{language}")
    if not path.is_file():
        return IdentityWords()
    words: IdentityWords = build_record(IdentityWords, read_toml(path), path.name)
    return words
