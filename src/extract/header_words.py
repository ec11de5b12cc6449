"""What a header cell says: the role of its column, and its year, period, sex, area and unit.

The words are those of ``layouts/vocabulary/headers-*.toml``. A header is understood whole where all
of its letters are words that are known; one that only begins with a role's word is understood in
part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Final

from styrmatt.extract.header_grammar import GrammarWords, HeaderGrammar
from styrmatt.layout import FIGURE_ROLES, Layout, LayoutHeader
from styrmatt.layout_checks import LONGEST_HEADER
from styrmatt.swedish.publishers import PublisherNames, publisher_names
from styrmatt.toml_records import build_record, read_toml
from styrmatt.vocabulary import load_vocabulary, vocabulary_file
from styrmatt.whitespace import single_spaced, squeeze

_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_AND_MONTH = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)")
_YEAR_SPAN = re.compile(r"(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)(?![-–/\d])")
_SHORT_SPAN = re.compile(
    r"(?<![\d/–-])(?P<first>(?:(?:19|20)\d\d|\d\d))(?P<dash> ?[/–-] ?)(?P<last>\d\d)(?![\d/–-])"
)
"""A school year with two figures for its last year, or for both: 2020/21, 20/21."""
_FIRST_SHORT = 60
"""Years of two figures from which on they are of the last century."""
_SHORT_YEAR = re.compile(r"(?P<before>(?:^|[^\W\d_])\s*[\s])[-–’'`´](?P<year>[1-4]\d)(?!\d)")
"""A year of two figures behind a sign for the century: "Utfall -23"."""
_IN_BRACKETS = re.compile(r"\([^()]*")
_DECEMBER = "12"
_NUMBERED = re.compile(r"[^\W\d_]+ \d{1,2}(?:\.\d+)*[.:]? +[^\W\d_]{2}")
"""A word with a number and a name behind it: a goal or measure of its own, and no header."""
_UNREADABLE = re.compile(r"\(cid:\d+\)|\ufffd")
"""A character that its font does not name: without it a header's word may be known all the same."""
_LONGEST_CELL = 4 * LONGEST_HEADER
"""Characters of a cell, spaces and all, beyond which it is not looked at as a header."""
_TWO_PARTS = re.compile(r"(?P<head>[^,()]+)(?:,|\()(?P<more>[^,()]+)\)?\s*")
"""A header with more about it behind a comma or in a bracket."""
_BROKEN = re.compile(r"[-\u00ad\u2010]\n")
"""A hyphen at the end of a line."""
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_WORD = "×"
"""What stands for figures that are no word of a header."""
_MOST_WITH_NAME = 7
"""Words of the longest header that is asked for the name of a municipality or region."""
_FEWEST_LETTERS = 3
"""Letters of the shortest word by which a header that is not understood whole has a role: shorter
ones (``nr``, ``år``) stand in any text."""


@dataclass(frozen=True)
class Modifiers:
    """What besides a role stands in a header."""

    years_before: tuple[str, ...] = ()
    whole_year: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    """Those of the units that are of money."""
    plans: tuple[str, ...] = ()
    """Words for what is planned, which make no result of a value for a year."""
    fillers: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    """What stands between two things that a header names."""


@dataclass(frozen=True)
class HeadingWords:
    """Words of headings that name no goal, and those that lead to a goal's name (``leads``)."""

    generic: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    """Of words that name no goal, those that name an area beside headings of other areas."""
    bodies: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    """Words by which a heading that is a sentence is worded as a goal."""
    requirements: tuple[str, ...] = ()
    """Words that lead to what has to be reported, which is a goal where nothing else names one."""

    @property
    def no_names(self) -> frozenset[str]:
        """Words of which a heading alone names no goal."""
        return frozenset((*self.generic, *self.months))


@dataclass(frozen=True)
class RowWords:
    """Words that rows over a table's whole width begin with, and of texts beside tables.

    ``definition`` are labels below a measure's name in its cell, above what it counts.
    ``ranks`` find places among others that colours stand for; ``colours`` are beginnings of words
    for colours, by which a text with such a place is about them.
    """

    comment: tuple[str, ...] = ()
    definition: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    ranks: tuple[re.Pattern[str], ...] = ()
    colours: tuple[str, ...] = ()
    sex_leads: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    """Names of measures that may head results as well: the year's result, in accounts."""
    sex_endings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class HeaderVocabulary:
    """The words of headers, in the file's own lists."""

    roles: Mapping[str, tuple[str, ...]]
    modifiers: Modifiers = field(default_factory=Modifiers)
    headings: HeadingWords = field(default_factory=HeadingWords)
    rows: RowWords = field(default_factory=RowWords)
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By role, beginnings of words that hint at it."""
    grammar: GrammarWords = field(default_factory=GrammarWords)


@dataclass(frozen=True)
class HeaderReading:
    """What a header cell says; null and empty where it does not say it."""

    text: str
    roles: frozenset[str] = frozenset()
    """The roles that its word may mean."""
    year: int | None = None
    years_before: int = 0
    """Years before the report's own, where the header says so in words."""
    period: str | None = None
    """The part of a year, as printed."""
    sex: str | None = None
    area: str | None = None
    unit: str | None = None
    whole: bool = False
    """Whether every word of it is understood."""
    by_layout: LayoutHeader | None = None
    """What the layout says of a header that is worded so."""
    guessed: bool = False
    """Whether its words are not known and only hint at its roles."""
    of_publisher: bool = False
    """Whether the area is a municipality or region by its name, as the report's own may be."""

    planned: bool = False
    """Whether its value is what was planned, where no word says its role."""
    extreme: str = ""
    """The word by which it is a target, but for the least or most value of several: "lowest"."""
    is_open: bool = False
    """Whether its noun is one for a value that was reached or is to be: "level"."""
    of_change: bool = False
    """Whether its targets are amounts of change and no levels: "wanted change"."""

    @property
    def says_something(self) -> bool:
        """Whether it has a role, or a year, sex, period or area to go with one."""
        return bool(self.roles or self.year or self.sex or self.area or self.period)


@dataclass(frozen=True)
class _Piece:
    """A phrase of the vocabulary: what kind of word it is, and what it stands for."""

    kind: str
    value: str


_ROLE, _FILLER, _SEX, _AREA, _UNIT = "role", "filler", "sex", "area", "unit"
_PLAN = "plan"
_PERIOD, _WHOLE_YEAR, _YEARS_BEFORE, _ONE_YEAR = "period", "whole_year", "years_before", "year"
_TIMES = frozenset({_PERIOD, _WHOLE_YEAR, _ONE_YEAR, _SEX, _UNIT})
"""What may follow a header that is a verb and no noun."""


class HeaderWords:
    """Reads header cells by the vocabulary of one language, and by the headers of a layout."""

    def __init__(
        self,
        words: HeaderVocabulary,
        sexes: Mapping[str, tuple[str, ...]],
        publishers: PublisherNames,
        named: Sequence[LayoutHeader] = (),
    ) -> None:
        self.words = words
        self._publishers = publishers
        pairs = [(header, column) for column in named for header in column.headers]
        self._named = [
            (_header_pattern(header), column)
            for header, column in sorted(pairs, key=lambda pair: pair[0].count("{year}"))
        ]
        """Wordings that a layout names, exact ones first."""
        self._pieces: dict[str, list[_Piece]] = {}
        for role, phrases in words.roles.items():
            for phrase in phrases:
                self._add(phrase, _Piece(_AREA if role == "area" else _ROLE, role))
        modifiers = words.modifiers
        for kind, phrases in (
            (_YEARS_BEFORE, modifiers.years_before),
            (_WHOLE_YEAR, modifiers.whole_year),
            (_PERIOD, modifiers.periods),
            (_UNIT, modifiers.units),
            (_PLAN, modifiers.plans),
            (_FILLER, modifiers.fillers),
        ):
            for phrase in phrases:
                self._add(phrase, _Piece(kind, phrase))
        for sex, names in sexes.items():
            for name in names:
                self._add(name, _Piece(_SEX, sex))
        self._by_letter: dict[str, list[str]] = {}
        for phrase in sorted(self._pieces, key=lambda phrase: (-len(phrase), phrase)):
            self._by_letter.setdefault(phrase[0], []).append(phrase)
        self._grammar = HeaderGrammar(
            words.grammar,
            lambda text: self._best(text) is not None,
            self._is_time,
            self._heads_others,
        )
        self._cache: dict[str, HeaderReading] = {}
        self._headers: dict[str, HeaderReading] = {}

    @cached_property
    def table_words(self) -> tuple[str, ...]:
        """Words of headers, squeezed, by which pages with tables are told from others."""
        roles = ("measure", "goal", "target", "result", "status", "fulfilment")
        words = {squeeze(word) for role in roles for word in self.words.roles.get(role, ())}
        named = {header for _, column in self._named for header in column.headers}
        words |= {squeeze(header.replace("{year}", "")) for header in named}
        return tuple(sorted(word for word in words if len(word) >= _FEWEST_LETTERS + 3))

    def _add(self, phrase: str, piece: _Piece) -> None:
        if key := squeeze(phrase):
            self._pieces.setdefault(key, []).append(piece)

    def read(self, text: str) -> HeaderReading:
        """What a header cell says; line breaks and hyphens in it do not matter."""
        found = self._cache.get(text)
        if found is None and len(text) > _LONGEST_CELL:
            return HeaderReading(text)
        if found is None:
            readable = _UNREADABLE.sub("", text)
            found = self._by_layout(self._read(readable))
            found = self._cache[text] = found if readable == text else replace(found, text=text)
        return found

    def header(self, text: str) -> HeaderReading:
        """What a cell says that stands in a table's header: as :meth:`read`, else by its noun.

        Of lines of text and labels of values that would be too much: a measure may be worded so.
        """
        found = self._headers.get(text)
        if found is None:
            found = self._of_change(text) or self.read(text)
            if not found.whole:
                names_one = _NUMBERED.match(text) is not None
                is_long = len(text) > _LONGEST_CELL
                named = None if is_long else self._of_sex(text) or self._by_grammar(text)
                found = HeaderReading(text) if names_one else named or found
            if found.whole and found.roles == {"result"} and self._is_open(text):
                found = replace(found, roles=OPEN_ROLES)
            if found.roles & {"target"} and self._names_change(text):
                found = replace(found, of_change=True)
            self._headers[text] = found
        return found

    def _of_change(self, text: str) -> HeaderReading | None:
        """The reading of a header for targets that says behind a comma, or in a bracket, that they
        are changes; None for others."""
        parts = _TWO_PARTS.fullmatch(text) if len(text) <= _LONGEST_CELL else None
        if parts is None or not self._names_change(parts["more"]):
            return None
        target = self.read(parts["head"])
        if not target.whole or "target" not in target.roles:
            return None
        return replace(target, text=text, roles=frozenset({"target"}), of_change=True)

    def _names_change(self, text: str) -> bool:
        """Whether one of the words is a noun for a change."""
        movements = {squeeze(noun) for noun in self.words.grammar.movements}
        joined = _BROKEN.sub("", text)
        return any(squeeze(word) in movements for word in _LETTERS.findall(joined.casefold()))

    def _is_open(self, text: str) -> bool:
        """Whether a header is a word for a value alone, that was reached or is to be."""
        return squeeze(_YEAR.sub("", text)) in self.words.grammar.open_values

    def is_aim(self, name: str) -> bool:
        """Whether a row's name is a word for a target, with nothing but words that say of whom."""
        words = _LETTERS.findall(name.casefold())
        nouns = self.words.grammar.nouns.get("target", ())
        return bool(words) and words[-1].endswith(nouns) and self.header(name).whole

    def is_own_name(self, name: str) -> bool:
        """Whether a row's name is one of a measure though it may head results as well."""
        return squeeze(name) in {squeeze(text) for text in self.words.rows.own_names}

    def hint(self, text: str) -> HeaderReading | None:
        """What the words of an unknown header hint at; None where they hint at nothing.

        All that hint at something are heard together: the roles that they have in common, else a
        forecast, which a word for what is expected makes of a result, else all.
        """
        found = [roles for word in text.casefold().split() if (roles := self._hinted(word))]
        if not found or len(text) > LONGEST_HEADER:
            return None
        every = frozenset.union(*found)
        roles = frozenset.intersection(*found) or every & {"forecast"} or every
        years = _YEAR.findall(text)
        return HeaderReading(text, roles, int(years[-1]) if years else None, guessed=True)

    def _hinted(self, word: str) -> frozenset[str]:
        return frozenset(
            role for role, stems in self.words.hints.items() if word.lstrip("(").startswith(stems)
        )

    def _by_layout(self, reading: HeaderReading) -> HeaderReading:
        """The reading with what the layout says of the header, where it names it."""
        squeezed = squeeze(reading.text)
        for pattern, column in self._named:
            if match := pattern.fullmatch(squeezed):
                years = [int(year) for year in match.groups()]
                before = column.role in ("previous", "same_period_before")
                return replace(
                    reading,
                    roles=frozenset([column.role]),
                    year=column.year or reading.year or (years[-1] if years else None),
                    years_before=1 if before else reading.years_before,
                    period=column.period or reading.period,
                    sex=column.sex or reading.sex,
                    area=column.area or reading.area,
                    whole=True,
                    by_layout=column,
                )
        return reading

    def _read(self, text: str) -> HeaderReading:
        if not _YEAR.search(text):
            full = _SHORT_YEAR.sub(r"\g<before>20\g<year>", text)
            if full != text:
                return replace(self._read(full), text=text)
        span = _SHORT_SPAN.search(text)
        if span and (_last_year(span) or len(span["first"]) == len("20")):
            return self._of_school_year(text, span)
        squeezed = squeeze(text)
        if not squeezed or len(squeezed) > LONGEST_HEADER:
            unit = self._sign(text)
            return HeaderReading(text, unit=unit, whole=bool(unit))
        if (both := self._of_two(text)) is not None:
            return both
        best = self._best(text)
        if best is None:
            return self._of_publisher(text) or self._in_part(text)
        return self._reading(text, best, whole=True)

    def _of_school_year(self, text: str, span: re.Match[str]) -> HeaderReading:
        """The reading of a header with a school year: that of its last year, for that period.

        Other figures with a stroke between are no years: they are left as what is not understood.
        """
        year = _last_year(span)
        before, behind = text[: span.start()], text[span.end() :]
        if year is None:
            return replace(self._read(f"{before}{_NO_WORD}{behind}"), text=text)
        reading = self._read(f"{before}{year}{behind}")
        if reading.year != year:
            return replace(reading, text=text)
        return replace(reading, text=text, period=span[0])

    def _of_publisher(self, text: str) -> HeaderReading | None:
        """The reading of a header with a municipality's or region's name; None for others.

        A year may stand beside it, and what else headers say: "Utfall Mora 2021".
        """
        words = single_spaced(_YEAR.sub(" ", text)).split()
        if not 0 < len(words) <= _MOST_WITH_NAME:
            return None
        years = _YEAR.findall(text)
        year = _own_year(text, years)
        for name, rest in _ends(words):
            name = name.rstrip(",;:")
            if not name[:1].isupper() or not self._publishers.codes(name):
                continue
            if not rest:
                return HeaderReading(text, year=year, area=name, of_publisher=True, whole=True)
            best = self._best(rest)
            own = best and self._reading(rest, best, whole=True)
            if own and "target" not in own.roles:
                whose = single_spaced(_YEAR.sub(" ", text)) if own.area else name
                return replace(own, text=text, year=year, area=whose, of_publisher=own.area is None)
        return None

    def _of_sex(self, text: str) -> HeaderReading | None:
        """The reading of a header for a sex behind a word that leads to one: "of these women"."""
        leads = frozenset(map(squeeze, self.words.rows.sex_leads))
        words = text.split()
        for n, word in enumerate(words[:-1]):
            if squeeze(word) in leads:
                reading = self.read(" ".join(words[:n] + words[n + 1 :]))
                if reading.whole and reading.sex is not None:
                    return replace(reading, text=text)
        return None

    def _by_grammar(self, text: str) -> HeaderReading | None:
        """The reading of a header by its noun; None where that is not known."""
        said = self._grammar.read(_IN_BRACKETS.sub(" ", text).replace(")", " "))
        if said is None:
            return None
        best = self._best(said.behind) if said.behind else None
        more = HeaderReading("") if best is None else self._reading(said.behind, best, whole=True)
        years = _YEAR.findall(text)
        earlier = bool(said.roles & {"previous", "same_period_before"})
        return HeaderReading(
            text,
            said.roles - {_AREA},
            more.year or (int(years[-1]) if years else None),
            1 if earlier else more.years_before,
            more.period or self._period_in(said.first),
            more.sex,
            text if _AREA in said.roles else more.area,
            more.unit or self._sign(text),
            whole=True,
            extreme=said.extreme,
            is_open=bool(said.extreme) and self._ends_open(text),
        )

    def _ends_open(self, text: str) -> bool:
        return any(word in self.words.grammar.open_values for word in text.casefold().split())

    def _is_time(self, text: str) -> bool:
        """Whether words name a year, a part of one, a sex or a unit, and no role besides."""
        kinds = {piece.kind for _, piece in self._best(text) or ()}
        return bool(kinds & _TIMES) and not kinds & {_ROLE, _AREA}

    def _heads_others(self, word: str) -> bool:
        pieces = self._pieces.get(squeeze(word), ())
        roles = {piece.value for piece in pieces if piece.kind == _ROLE}
        return bool(roles) and roles.isdisjoint(("goal", "target"))

    def _period_in(self, first: str) -> str | None:
        """The part of the year that the first part of a compound names."""
        pieces = self._pieces.get(first.removesuffix("s"), ())
        return first.removesuffix("s") if any(p.kind == _PERIOD for p in pieces) else None

    def _in_part(self, text: str) -> HeaderReading:
        """A reading by its lower row, by the word that it begins with, or before a bracket."""
        if (lower := self._of_two_rows(text)) is not None:
            return lower
        head, _, rest = text.partition("(")
        if rest and squeeze(head) and (best := self._best(head)) is not None:
            reading = self._reading(head, best, whole=False)
            years = _YEAR.findall(rest)
            year = reading.year or (int(years[-1]) if years else None)
            return HeaderReading(
                text,
                reading.roles,
                year,
                reading.years_before,
                reading.period,
                reading.sex,
                reading.area,
                reading.unit or self._sign(rest),
            )
        words = single_spaced(text).split()
        for end in range(len(words) - 1, 0, -1):
            start = squeeze(" ".join(words[:end]))
            pieces = self._pieces.get(start, ())
            roles = frozenset(p.value for p in pieces if p.kind == _ROLE)
            if roles and len(start) >= _FEWEST_LETTERS:
                years = _YEAR.findall(text)
                return HeaderReading(text, roles, int(years[-1]) if years else None)
        return HeaderReading(text)

    def _of_two_rows(self, text: str) -> HeaderReading | None:
        """The reading of a header below that of a group: a trend below one for how targets are met.

        A forecast of a result is one whichever stands above. None where one of the two rows says
        nothing by itself, or where two that hold figures contradict each other.
        """
        upper, _, lower = text.rpartition("\n")
        above, below = (self._best(part) if squeeze(part) else None for part in (upper, lower))
        if above is None or below is None:
            return None
        group, own = (self._reading(text, way, whole=True) for way in (above, below))
        if not group.roles or not own.roles:
            return None
        year = own.year or group.year
        assessed = "status" in own.roles  # which may stand over figures, and be a forecast
        if assessed or own.roles.isdisjoint(FIGURE_ROLES) or own.roles == {"forecast"}:
            return replace(own, year=year)
        return replace(group, year=year) if group.roles == {"forecast"} else None

    def _of_two(self, text: str) -> HeaderReading | None:
        """The reading of a header that names two things of its column: "perspective and goal"."""
        for joint in self.words.modifiers.joints:
            first, found, second = text.casefold().partition(joint)
            ways = [self._best(part) if squeeze(part) else None for part in (first, second)]
            if not found or ways[0] is None or ways[1] is None:
                continue
            one, other = (self._reading(text, way, whole=True) for way in ways if way is not None)
            if one.roles & NAME_ROLES and other.roles & NAME_ROLES:
                roles = (one.roles | other.roles) & NAME_ROLES
                return replace(one, text=text, roles=roles, year=one.year or other.year)
        return None

    def _best(self, text: str) -> list[tuple[str, _Piece]] | None:
        """The way to cut the letters into known phrases that has one role and the fewest pieces.

        A phrase of one letter (a sex) is known where it stands alone. What may be a sex ("all") or
        say nothing is the former where no role stands beside it.
        """
        alone = frozenset(word for word in map(squeeze, text.split()) if len(word) == 1)
        best: tuple[tuple[int, int, bool, int], list[tuple[str, _Piece]]] | None = None
        for pieces in self._cuts(squeeze(text), alone):
            roles = [part for part, piece in pieces if piece.kind == _ROLE]
            if roles and not self._shared_roles(roles):
                continue
            says_sex = not roles and any(piece.kind == _SEX for _, piece in pieces)
            longest = sum(len(part) ** 2 for part in roles)
            rank = (abs(len(roles) - 1), len(pieces), not says_sex, -longest)
            if best is None or rank < best[0]:
                best = (rank, pieces)
        return best[1] if best else None

    def _shared_roles(self, phrases: Sequence[str]) -> frozenset[str]:
        """The roles that all of the phrases may mean: a header has one role, said once or more.

        The forecast of a result is a forecast.
        """
        every = (
            {piece.value for piece in self._pieces[phrase] if piece.kind == _ROLE}
            for phrase in phrases
        )
        roles = list(every)
        shared = set.intersection(*roles)
        if "forecast" in roles[0] and any("result" in others for others in roles[1:]):
            shared |= {"forecast"} | roles[0] & {"status"}
        return frozenset(shared)

    def _cuts(
        self, rest: str, alone: frozenset[str], depth: int = 0
    ) -> Iterator[list[tuple[str, _Piece]]]:
        if not rest:
            yield []
            return
        if depth > 6:
            return
        starts: list[tuple[str, tuple[_Piece, ...]]] = []
        if month := _YEAR_AND_MONTH.match(rest):
            starts.append((month[0], (_Piece(_ONE_YEAR, month[0]),)))
        if year := _YEAR.match(rest):
            starts.append((year[0], (_Piece(_ONE_YEAR, year[0]),)))
        for phrase in self._by_letter.get(rest[0], ()):
            if rest.startswith(phrase) and (len(phrase) > 1 or phrase in alone):
                starts.append((phrase, self._kinds(phrase)))
        for part, pieces in starts:
            for behind in self._cuts(rest[len(part) :], alone, depth + 1):
                for piece in pieces:
                    yield [(part, piece), *behind]

    def _kinds(self, phrase: str) -> tuple[_Piece, ...]:
        """What a phrase may be: one piece for each kind; all roles of it are kept together."""
        kinds: dict[str, _Piece] = {}
        for piece in self._pieces[phrase]:
            kinds.setdefault(piece.kind, piece)
        return tuple(kinds.values())

    def _reading(
        self, text: str, pieces: list[tuple[str, _Piece]], *, whole: bool
    ) -> HeaderReading:
        named = [part for part, piece in pieces if piece.kind == _ROLE]
        if any(piece.kind == _ONE_YEAR for _, piece in pieces):
            named = [part for part in named if not self._is_for_a_year(part)]
        roles = self._shared_roles(named) if named else frozenset()
        years: list[str] = []
        values: dict[str, str] = {}
        sexes = {piece.value for _, piece in pieces if piece.kind == _SEX}
        for part, piece in pieces:
            if piece.kind == _ROLE or (piece.kind == _SEX and len(sexes) > 1):
                continue
            if piece.kind == _ONE_YEAR:
                years.append(part)
            else:
                values.setdefault(piece.kind, piece.value)
        before = 1 if _YEARS_BEFORE in values else 0
        if roles & {"previous", "same_period_before"}:
            before = 1
        area = next((part for part, piece in pieces if piece.kind == _AREA), None)
        period = values.get(_PERIOD)
        if "same_period_before" in roles:
            period = period or single_spaced(_YEAR.sub(" ", text))
        return HeaderReading(
            text=text,
            roles=roles,
            year=_own_year(text, years),
            years_before=before,
            period=_period(text, period, years),
            sex=values.get(_SEX),
            area=_as_printed(text, area) if area else None,
            unit=values.get(_UNIT) or self._sign(text),
            whole=whole,
            planned=not roles and _PLAN in values,
        )

    def _is_for_a_year(self, phrase: str) -> bool:
        """Whether a phrase that heads years only says that each is one: "year 2023"."""
        kinds = self._pieces[phrase]
        return {p.value for p in kinds if p.kind == _ROLE} == {"period"} and any(
            p.kind == _WHOLE_YEAR for p in kinds
        )

    def _sign(self, text: str) -> str | None:
        """A unit that is a sign and no word."""
        signs = (unit for unit in self.words.modifiers.units if unit and not squeeze(unit))
        return next((sign for sign in signs if sign in text), None)


def _ends(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each end of a text, the longest first, with the rest of it."""
    for n in range(len(words), 0, -1):
        yield " ".join(words[:n]), " ".join(words[n:])
        if n < len(words):
            yield " ".join(words[-n:]), " ".join(words[:-n])


def _last_year(span: re.Match[str]) -> int | None:
    """The last year of a school year; None where the two are not of one year and the next.

    What may be a month of a year (2010-11) is none.
    """
    first, last, dash = span["first"], int(span["last"]), span["dash"]
    short = int(first[-2:])
    if (short + 1) % 100 != last:
        return None
    if len(first) > len("20"):
        may_be_month = dash.strip() != "/" and 1 <= last <= int(_DECEMBER)
        return None if may_be_month else int(first) + 1
    if dash != "/":
        return None
    return (1900 if _FIRST_SHORT <= short < 99 else 2000) + last


def _own_year(text: str, years: list[str]) -> int | None:
    """The year of the header: the last one outside of brackets ("Utfall 2023 (Utfall 2022)")."""
    inside = _IN_BRACKETS.findall(text)
    outside = [year for year in years if not any(year[:4] in part for part in inside)]
    chosen = outside or years
    return int(chosen[-1][:4]) if chosen else None


def _period(text: str, word: str | None, years: list[str]) -> str | None:
    """The part of the year as printed: words, a span of years, or a month that is not the last."""
    if span := _YEAR_SPAN.search(text):
        return single_spaced(span[0])
    if word is not None:
        return _as_printed(text, squeeze(word)) or word
    months = [year[4:6] for year in years if len(year) > len("2022")]
    return years[-1] if months and months[-1] != _DECEMBER else None


def _as_printed(text: str, squeezed: str) -> str:
    """The part of the text whose letters are ``squeezed``; the letters alone if it is broken."""
    words = single_spaced(text).split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if squeeze(" ".join(words[start:end])) == squeezed:
                return " ".join(words[start:end]).strip("(),;:")
    return squeezed


def _header_pattern(header: str) -> re.Pattern[str]:
    """What a squeezed header is that a layout words so; each ``{year}`` is a group."""
    return re.compile(
        "((?:19|20)[0-9]{2})".join(re.escape(squeeze(part)) for part in header.split("{year}"))
    )


def header_words_of(layout: Layout) -> HeaderWords:
    """The header words of a layout: its vocabulary's, and its own. Raises LayoutFileError."""
    return load_header_words(layout.vocabulary, layout.columns)


@lru_cache
def load_header_words(vocabulary: str, named: tuple[LayoutHeader, ...] = ()) -> HeaderWords:
    """The header words of a vocabulary, and headers that a layout names. Raises LayoutFileError."""
    path = vocabulary_file(f"headers-{vocabulary}")
    words: HeaderVocabulary = build_record(HeaderVocabulary, read_toml(path), path.name)
    sexes = load_vocabulary(vocabulary).sexes
    return HeaderWords(words, sexes, publisher_names(), named)


OPEN_ROLES: Final = frozenset({"result", "target"})
"""Roles of a header for a value that says neither what was reached nor what is wanted."""
NAME_ROLES: Final = frozenset({"perspective", "goal", "success_factor", "measure"})
"""Roles of columns that name something: one column may name two of them."""
