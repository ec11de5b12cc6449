"""What a header cell says: the role of its column, and its year, period, sex, area and unit.

The words are those of ``layouts/vocabulary/headers-*.toml``. A header is understood whole where all
of its letters are words that are known; one that only begins with a role's word is understood in
part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from styrmatt.extract.headers.header_grammar import HeaderGrammar
from styrmatt.extract.headers.header_phrases import (
    AREA,
    ONE_YEAR,
    PERIOD,
    PLAN,
    ROLE,
    SEX,
    UNIT,
    WHOLE_YEAR,
    YEARS_BEFORE,
    HeaderPhrases,
    Piece,
)
from styrmatt.extract.headers.header_reading import NAME_ROLES, OPEN_ROLES, HeaderReading
from styrmatt.extract.headers.header_vocabulary import HeaderVocabulary
from styrmatt.extract.headers.header_years import (
    IN_BRACKETS,
    SHORT_SPAN,
    SHORT_YEAR,
    YEAR,
    as_printed,
    last_year,
    own_year,
    period_of,
)
from styrmatt.layout import FIGURE_ROLES, Layout, LayoutHeader
from styrmatt.layout_checks import LONGEST_HEADER
from styrmatt.swedish.publishers import PublisherNames, publisher_names
from styrmatt.toml_records import build_record, read_toml
from styrmatt.vocabulary import load_vocabulary, vocabulary_file
from styrmatt.whitespace import single_spaced, squeeze

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


_TIMES = frozenset({PERIOD, WHOLE_YEAR, ONE_YEAR, SEX, UNIT})
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
        self._phrases = HeaderPhrases(words, sexes)
        self._grammar = HeaderGrammar(
            words.grammar,
            lambda text: self._phrases.best(text) is not None,
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

    def ends_in_goal(self, text: str) -> bool:
        """Whether the last word of a text is one for goals, or a compound with one."""
        found = _LETTERS.findall(text.casefold())
        return bool(found) and found[-1].endswith(self.words.headings.leads)

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
            if found.whole and found.roles == {"result"} and self._grammar.is_planned(text):
                found = replace(found, roles=frozenset({"target"}))
            elif found.whole and found.roles == {"result"} and self._is_open(text):
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
        return squeeze(YEAR.sub("", text)) in self.words.grammar.open_values

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
        years = YEAR.findall(text)
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
        if not YEAR.search(text):
            full = SHORT_YEAR.sub(r"\g<before>20\g<year>", text)
            if full != text:
                return replace(self._read(full), text=text)
        span = SHORT_SPAN.search(text)
        if span and (last_year(span) or len(span["first"]) == len("20")):
            return self._of_school_year(text, span)
        squeezed = squeeze(text)
        if not squeezed or len(squeezed) > LONGEST_HEADER:
            unit = self._sign(text)
            return HeaderReading(text, unit=unit, whole=bool(unit))
        if (both := self._of_two(text)) is not None:
            return both
        best = self._phrases.best(text)
        if best is None:
            return self._of_publisher(text) or self._in_part(text)
        return self._reading(text, best, whole=True)

    def _of_school_year(self, text: str, span: re.Match[str]) -> HeaderReading:
        """The reading of a header with a school year: that of its last year, for that period.

        Other figures with a stroke between are no years: they are left as what is not understood.
        """
        year = last_year(span)
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
        words = single_spaced(YEAR.sub(" ", text)).split()
        if not 0 < len(words) <= _MOST_WITH_NAME:
            return None
        years = YEAR.findall(text)
        year = own_year(text, years)
        for name, rest in _ends(words):
            name = name.rstrip(",;:")
            if not name[:1].isupper() or not self._publishers.codes(name):
                continue
            if not rest:
                return HeaderReading(text, year=year, area=name, of_publisher=True, whole=True)
            best = self._phrases.best(rest)
            own = best and self._reading(rest, best, whole=True)
            if own and "target" not in own.roles:
                whose = single_spaced(YEAR.sub(" ", text)) if own.area else name
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
        said = self._grammar.read(IN_BRACKETS.sub(" ", text).replace(")", " "))
        if said is None:
            return None
        best = self._phrases.best(said.behind) if said.behind else None
        more = HeaderReading("") if best is None else self._reading(said.behind, best, whole=True)
        years = YEAR.findall(text)
        earlier = bool(said.roles & {"previous", "same_period_before"})
        return HeaderReading(
            text,
            said.roles - {AREA},
            more.year or (int(years[-1]) if years else None),
            1 if earlier else more.years_before,
            more.period or self._period_in(said.first),
            more.sex,
            text if AREA in said.roles else more.area,
            more.unit or self._sign(text),
            whole=True,
            extreme=said.extreme,
            is_open=bool(said.extreme) and self._ends_open(text),
        )

    def _ends_open(self, text: str) -> bool:
        return any(word in self.words.grammar.open_values for word in text.casefold().split())

    def _is_time(self, text: str) -> bool:
        """Whether words name a year, a part of one, a sex or a unit, and no role besides."""
        kinds = {piece.kind for _, piece in self._phrases.best(text) or ()}
        return bool(kinds & _TIMES) and not kinds & {ROLE, AREA}

    def _heads_others(self, word: str) -> bool:
        pieces = self._phrases.pieces(squeeze(word))
        roles = {piece.value for piece in pieces if piece.kind == ROLE}
        return bool(roles) and roles.isdisjoint(("goal", "target"))

    def _period_in(self, first: str) -> str | None:
        """The part of the year that the first part of a compound names."""
        pieces = self._phrases.pieces(first.removesuffix("s"))
        return first.removesuffix("s") if any(p.kind == PERIOD for p in pieces) else None

    def _in_part(self, text: str) -> HeaderReading:
        """A reading by its lower row, by the word that it begins with, or before a bracket."""
        if (lower := self._of_two_rows(text)) is not None:
            return lower
        head, _, rest = text.partition("(")
        if rest and squeeze(head) and (best := self._phrases.best(head)) is not None:
            reading = self._reading(head, best, whole=False)
            years = YEAR.findall(rest)
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
            pieces = self._phrases.pieces(start)
            roles = frozenset(p.value for p in pieces if p.kind == ROLE)
            if roles and len(start) >= _FEWEST_LETTERS:
                years = YEAR.findall(text)
                return HeaderReading(text, roles, int(years[-1]) if years else None)
        return HeaderReading(text)

    def _of_two_rows(self, text: str) -> HeaderReading | None:
        """The reading of a header below that of a group: a trend below one for how targets are met.

        A forecast of a result is one whichever stands above. None where one of the two rows says
        nothing by itself, or where two that hold figures contradict each other.
        """
        upper, _, lower = text.rpartition("\n")
        above, below = (
            self._phrases.best(part) if squeeze(part) else None for part in (upper, lower)
        )
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
            ways = [self._phrases.best(part) if squeeze(part) else None for part in (first, second)]
            if not found or ways[0] is None or ways[1] is None:
                continue
            one, other = (self._reading(text, way, whole=True) for way in ways if way is not None)
            if one.roles & NAME_ROLES and other.roles & NAME_ROLES:
                roles = (one.roles | other.roles) & NAME_ROLES
                return replace(one, text=text, roles=roles, year=one.year or other.year)
        return None

    def _reading(self, text: str, pieces: list[tuple[str, Piece]], *, whole: bool) -> HeaderReading:
        named = [part for part, piece in pieces if piece.kind == ROLE]
        if any(piece.kind == ONE_YEAR for _, piece in pieces):
            named = [part for part in named if not self._phrases.is_for_a_year(part)]
        roles = self._phrases.shared_roles(named) if named else frozenset()
        years: list[str] = []
        values: dict[str, str] = {}
        sexes = {piece.value for _, piece in pieces if piece.kind == SEX}
        for part, piece in pieces:
            if piece.kind == ROLE or (piece.kind == SEX and len(sexes) > 1):
                continue
            if piece.kind == ONE_YEAR:
                years.append(part)
            else:
                values.setdefault(piece.kind, piece.value)
        before = 1 if YEARS_BEFORE in values else 0
        if roles & {"previous", "same_period_before"}:
            before = 1
        area = next((part for part, piece in pieces if piece.kind == AREA), None)
        period = values.get(PERIOD)
        if "same_period_before" in roles:
            period = period or single_spaced(YEAR.sub(" ", text))
        return HeaderReading(
            text=text,
            roles=roles,
            year=own_year(text, years),
            years_before=before,
            period=period_of(text, period, years),
            sex=values.get(SEX),
            area=as_printed(text, area) if area else None,
            unit=values.get(UNIT) or self._sign(text),
            whole=whole,
            planned=not roles and PLAN in values,
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
