"""Who publishes reports: names of organisations in a line of text, with kind and codes.

Regions and municipalities are listed with their codes (``layouts/vocabulary/scb.toml``); a name
that no list has is known by its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from styrmatt.swedish.identity_words import IdentityWords, OrganisationKind, load_identity_words
from styrmatt.toml_records import read_toml
from styrmatt.vocabulary import vocabulary_file
from styrmatt.whitespace import squeeze

_TOKEN: Final = re.compile(r"[^\s,;:()|/\"”“]+")
_LONGEST_NAME: Final = 5
"""Words of the longest listed name: "Göteborgs och Bohus läns landsting"."""
_CAPITALS: Final = 0.8
"""Share of capitals from which a line is in capitals throughout: a name in mixed letters has at
most a half, and signs of a typesetter may be small."""
_FEWEST_CAPITALS: Final = 5
"""Letters of the shortest line of which that is said: "AB" and "VGR" are written so anyway."""
_MAY_HOLD_ANOTHER: Final = ("company", "association")
"""Kinds whose names may begin with their owner's: "Göteborgs Stads Parkering AB"."""
_KOLADA_REGION: Final = "00"
"""What Kolada, the database of key figures, puts before a county's code."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """An organisation that is listed, or whose name has a known form."""

    name: str
    kind: OrganisationKind
    code: str | None = None
    """SCB's code of a county or municipality; null where none is known."""

    @property
    def kolada_id(self) -> str | None:
        """The four digits by which Kolada knows it."""
        if self.code is None:
            return None
        return self.code if self.kind == "municipality" else _KOLADA_REGION + self.code


@dataclass(frozen=True, slots=True)
class NamedPublisher:
    """A publisher's name in a text, from ``first`` to ``last``."""

    publisher: Publisher
    first: int
    last: int
    is_listed: bool


class PublisherNames:
    """Finds and knows names of organisations."""

    def __init__(self, words: IdentityWords, listed: Mapping[str, Any]):
        self._words = words
        self._listed = dict(_listed(words, listed))
        self._bare = {
            squeeze(names[0]): Publisher(names[1], "municipality", code)
            for code, names in listed["municipalities"].items()
        }
        self._places = _places(self._listed, self._bare, listed["region_places"])
        self._lead_ins = frozenset(map(str.casefold, words.owners.lead_ins))
        self._small = {word.casefold(): word for word in words.owners.small}
        self._small |= {word.casefold(): word for word in words.owners.municipality}
        self._large = {word.casefold(): word for word in words.owners.large}

    def all_listed(self) -> Iterator[Publisher]:
        """Every listed publisher under each of its names."""
        yield from self._listed.values()

    def known(self, name: str) -> Publisher | None:
        """The publisher that is listed by this name; None where none is."""
        return self._listed.get(squeeze(name))

    def publisher(self, name: str) -> Publisher | None:
        """The publisher by this name, by list or by form, under this very name; else None."""
        if listed := self.known(name):
            return replace(listed, name=name)
        for found in self.find(name):
            if squeeze(found.publisher.name) == squeeze(name):
                return replace(found.publisher, name=name)
        return None

    def bare(self, text: str) -> Publisher | None:
        """The municipality whose bare name, as it is or in the genitive, the text is."""
        key = squeeze(text)
        return self._bare.get(key) or (self._bare.get(key[:-1]) if key.endswith("s") else None)

    def codes(self, text: str) -> frozenset[str]:
        """The codes of all regions and municipalities whose name, whole or bare, the text is.

        Some municipalities have the bare name of their region.
        """
        key = squeeze(text)
        return self._places.get(key) or self._places.get(key.removesuffix("s"), frozenset())

    def find(self, line: str) -> list[NamedPublisher]:
        """The names in a line, in its order; listed ones before those that only have a form."""
        found = list(self.listed_in(line))
        shown = self.without_capitals(line)
        for form in self._words.organisations:
            for match in form.finditer(shown):
                name = self._without_title(self._trimmed(match["organisation"]))
                first = match.start("organisation") + match["organisation"].find(name)
                last = first + len(name)
                if form.kind != "municipality" and self._is_of_municipality(shown[last:]):
                    continue
                over = [f for f in found if f.first < last and first < f.last]
                is_longer = form.kind in _MAY_HOLD_ANOTHER and all(
                    first <= f.first and f.last < last for f in over
                )
                if name and (is_longer or not over):
                    found = [f for f in found if f not in over]
                    found.append(self._by_form(name, form.kind, first, shown))
        return sorted(found, key=lambda named: named.first)

    def _is_of_municipality(self, rest: str) -> bool:
        """Whether a line goes on with the word for a municipality, of which it says something."""
        nouns = map(str.casefold, self._words.owners.municipality)
        return next(iter(rest.casefold().split()), None) in set(nouns)

    def count_in(self, text: str) -> Iterator[str]:
        """The names in running text that are looked for there, one by one."""
        for form in self._words.organisations:
            if form.anywhere:
                for match in form.finditer(text):
                    yield self._name_in_text(match["organisation"])

    def _name_in_text(self, printed: str) -> str:
        """The listed name that the match ends or begins with; else the match without lead-ins."""
        words = printed.split()
        for n in range(len(words)):
            if listed := self.known(" ".join(words[n:])):
                return listed.name
        for n in range(len(words) - 1, 1, -1):
            if listed := self.known(" ".join(words[:n])):
                return listed.name
        return self._with_small_noun(self._trimmed(printed))

    def listed_in(self, line: str) -> Iterator[NamedPublisher]:
        """The listed names in a line, or in running text, in its order."""
        tokens = list(_TOKEN.finditer(line))
        n = 0
        while n < len(tokens):
            named = self._listed_at(line, tokens, n)
            if named is None:
                n += 1
                continue
            yield named
            n = next((k for k, t in enumerate(tokens) if t.start() >= named.last), len(tokens))

    def _listed_at(
        self, line: str, tokens: Sequence[re.Match[str]], n: int
    ) -> NamedPublisher | None:
        """The longest listed name that begins at a token."""
        first = tokens[n].start()
        if not line[first].isupper():
            return None
        for end in range(min(n + _LONGEST_NAME, len(tokens)), n, -1):
            last = tokens[end - 1].end()
            key = squeeze(line[first:last])
            if listed := self._listed.get(key):
                return NamedPublisher(listed, first, last, True)
            if key.endswith("s") and (listed := self._listed.get(key[:-1])):
                return NamedPublisher(listed, first, last, True)
        return None

    def _by_form(self, name: str, kind: OrganisationKind, first: int, line: str) -> NamedPublisher:
        last = first + len(name)
        after = line[last : last + 2]
        has_ending = after[:1] == "s" and not after[1:].strip().isalpha()
        title = self._words.titles.word.match(line[last:].lstrip())
        name = self._with_small_noun(name)
        last += has_ending
        if not has_ending and title and name.endswith("s"):
            name = self.nominative(name)
            return NamedPublisher(Publisher(name, kind), first, last, False)
        return NamedPublisher(Publisher(name, kind), first, last, False)

    def nominative(self, genitive: str) -> str:
        """A name without the s of its genitive; one that ends in s anyway is as it is."""
        base = genitive.removesuffix("s").removesuffix(":")
        is_same = genitive.casefold().endswith(self._words.owners.in_s)
        return genitive if is_same or not genitive.endswith("s") else base

    def without_capitals(self, line: str) -> str:
        """A line in capitals with small letters where names have them, of the same length."""
        letters = [char for char in line if char.isalpha()]
        capitals = sum(map(str.isupper, letters))
        if len(letters) < _FEWEST_CAPITALS or capitals < _CAPITALS * len(letters):
            return line
        return re.sub(r"[^\W\d_]+", lambda word: self._as_in_names(word[0]), line)

    def _as_in_names(self, word: str) -> str:
        key = word.casefold()
        if len(key.capitalize()) != len(word):
            return word
        return self._large.get(key) or self._small.get(key) or key.capitalize()

    def _trimmed(self, name: str) -> str:
        """A name without words before it that belong to none."""
        words = name.split(" ")
        while words and (
            words[0].casefold() in self._lead_ins or self._words.titles.word.match(words[0])
        ):
            words = words[1:]
        return " ".join(words) if len(words) > 1 or " " not in name else ""

    def _without_title(self, name: str) -> str:
        """A name up to the word of a title that a capital made a part of it."""
        title = self._words.titles.word.search(name)
        if title is None:
            return name
        start = name[: title.start()].rstrip()
        return start if " " in start else ""

    def _with_small_noun(self, name: str) -> str:
        """A municipality's name with a small letter in "kommun", whatever a typesetter likes."""
        start, space, noun = name.rpartition(" ")
        usual = self._words.owners.municipality[:1]
        return f"{start} {noun.casefold()}" if space and noun.casefold() in usual else name


def _listed(words: IdentityWords, listed: Mapping[str, Any]) -> Iterator[tuple[str, Publisher]]:
    """Every listed name, squeezed, with its publisher; explicit names last, so that they win."""
    for code, names in listed["municipalities"].items():
        place = names[0]
        for noun in words.owners.municipality:
            for start in dict.fromkeys((place, place if place.endswith("s") else f"{place}s")):
                yield squeeze(start + noun), Publisher(f"{start} {noun}", "municipality", code)
    for code, names in listed["municipalities"].items():
        for name in names[1:]:
            yield squeeze(name), Publisher(name, "municipality", code)
    for code, names in listed["regions"].items():
        for name in names:
            yield squeeze(name), Publisher(name, "region", code)
    for kind, plain in words.names.items():
        for name in plain:
            yield squeeze(name), Publisher(name, kind)  # type: ignore[arg-type]


def _places(
    listed: Mapping[str, Publisher],
    bare: Mapping[str, Publisher],
    of_regions: Mapping[str, Sequence[str]],
) -> dict[str, frozenset[str]]:
    """By name, squeezed: the codes of the regions and municipalities that are called so."""
    pairs = [(name, publisher.code) for name, publisher in (*listed.items(), *bare.items())]
    pairs += [(squeeze(name), code) for code, names in of_regions.items() for name in names]
    found: dict[str, set[str]] = {}
    for name, code in pairs:
        if code is not None:
            found.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


@lru_cache
def publisher_names() -> PublisherNames:
    """The names of all publishers. Raises LayoutFileError."""
    listed = read_toml(vocabulary_file("scb"))
    return PublisherNames(load_identity_words(listed["words"]), listed)
