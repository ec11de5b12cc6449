"""The known phrases of headers, and how the letters of a header are cut into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from styrmatt.extract.headers.header_vocabulary import HeaderVocabulary
from styrmatt.extract.headers.header_years import YEAR, YEAR_AND_MONTH
from styrmatt.whitespace import squeeze


@dataclass(frozen=True)
class Piece:
    """A phrase of the vocabulary: what kind of word it is, and what it stands for."""

    kind: str
    value: str


ROLE, FILLER, SEX, AREA, UNIT = "role", "filler", "sex", "area", "unit"
PLAN = "plan"
PERIOD, WHOLE_YEAR, YEARS_BEFORE, ONE_YEAR = "period", "whole_year", "years_before", "year"
"""The kinds of pieces."""


class HeaderPhrases:
    """The phrases of a vocabulary, squeezed, with what each may be."""

    def __init__(self, words: HeaderVocabulary, sexes: Mapping[str, tuple[str, ...]]) -> None:
        self._pieces: dict[str, list[Piece]] = {}
        for role, phrases in words.roles.items():
            for phrase in phrases:
                self._add(phrase, Piece(AREA if role == "area" else ROLE, role))
        modifiers = words.modifiers
        for kind, phrases in (
            (YEARS_BEFORE, modifiers.years_before),
            (WHOLE_YEAR, modifiers.whole_year),
            (PERIOD, modifiers.periods),
            (UNIT, modifiers.units),
            (PLAN, modifiers.plans),
            (FILLER, modifiers.fillers),
        ):
            for phrase in phrases:
                self._add(phrase, Piece(kind, phrase))
        for sex, names in sexes.items():
            for name in names:
                self._add(name, Piece(SEX, sex))
        self._by_letter: dict[str, list[str]] = {}
        for phrase in sorted(self._pieces, key=lambda phrase: (-len(phrase), phrase)):
            self._by_letter.setdefault(phrase[0], []).append(phrase)

    def _add(self, phrase: str, piece: Piece) -> None:
        if key := squeeze(phrase):
            self._pieces.setdefault(key, []).append(piece)

    def pieces(self, squeezed: str) -> Sequence[Piece]:
        """What a phrase may be; empty for one that is not known."""
        return self._pieces.get(squeezed, ())

    def best(self, text: str) -> list[tuple[str, Piece]] | None:
        """The way to cut the letters into known phrases that has one role and the fewest pieces.

        A phrase of one letter (a sex) is known where it stands alone. What may be a sex ("all") or
        say nothing is the former where no role stands beside it.
        """
        alone = frozenset(word for word in map(squeeze, text.split()) if len(word) == 1)
        best: tuple[tuple[int, int, bool, int], list[tuple[str, Piece]]] | None = None
        for pieces in self._cuts(squeeze(text), alone):
            roles = [part for part, piece in pieces if piece.kind == ROLE]
            if roles and not self.shared_roles(roles):
                continue
            says_sex = not roles and any(piece.kind == SEX for _, piece in pieces)
            longest = sum(len(part) ** 2 for part in roles)
            rank = (abs(len(roles) - 1), len(pieces), not says_sex, -longest)
            if best is None or rank < best[0]:
                best = (rank, pieces)
        return best[1] if best else None

    def shared_roles(self, phrases: Sequence[str]) -> frozenset[str]:
        """The roles that all of the phrases may mean: a header has one role, said once or more.

        The forecast of a result is a forecast.
        """
        every = (
            {piece.value for piece in self._pieces[phrase] if piece.kind == ROLE}
            for phrase in phrases
        )
        roles = list(every)
        shared = set.intersection(*roles)
        if "forecast" in roles[0] and any("result" in others for others in roles[1:]):
            shared |= {"forecast"} | roles[0] & {"status"}
        return frozenset(shared)

    def _cuts(
        self, rest: str, alone: frozenset[str], depth: int = 0
    ) -> Iterator[list[tuple[str, Piece]]]:
        if not rest:
            yield []
            return
        if depth > 6:
            return
        starts: list[tuple[str, tuple[Piece, ...]]] = []
        if month := YEAR_AND_MONTH.match(rest):
            starts.append((month[0], (Piece(ONE_YEAR, month[0]),)))
        if year := YEAR.match(rest):
            starts.append((year[0], (Piece(ONE_YEAR, year[0]),)))
        for phrase in self._by_letter.get(rest[0], ()):
            if rest.startswith(phrase) and (len(phrase) > 1 or phrase in alone):
                starts.append((phrase, self._kinds(phrase)))
        for part, pieces in starts:
            for behind in self._cuts(rest[len(part) :], alone, depth + 1):
                for piece in pieces:
                    yield [(part, piece), *behind]

    def _kinds(self, phrase: str) -> tuple[Piece, ...]:
        """What a phrase may be: one piece for each kind; all roles of it are kept together."""
        kinds: dict[str, Piece] = {}
        for piece in self._pieces[phrase]:
            kinds.setdefault(piece.kind, piece)
        return tuple(kinds.values())

    def is_for_a_year(self, phrase: str) -> bool:
        """Whether a phrase that heads years only says that each is one: "year 2023"."""
        kinds = self._pieces[phrase]
        return {p.value for p in kinds if p.kind == ROLE} == {"period"} and any(
            p.kind == WHOLE_YEAR for p in kinds
        )
