"""Reads lines that say what a report is: a cover, running heads, what a PDF says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.swedish.identity_words import IdentityWords, alternatives
from styrmatt.swedish.periods import Period
from styrmatt.swedish.publishers import NamedPublisher, Publisher, PublisherNames
from styrmatt.swedish.report_titles import ReportTitle, TitleReader

_BESIDE_TITLE: Final = 5
"""Lines above and below a title in which its organisation and its board stand: a subtitle, a period
and a date may come between. Further away names are those of readers, printers and partners."""
_EDGE: Final = 6
"""Lines at a cover's top and bottom where a logo's or an address's text stands."""
_BROKEN_NAME: Final = 40
"""Characters of a line at whose end a name may be broken: on covers they are set large."""
_OWNS: Final = 4
"""The rank of whoever owns the organisation: it is taken where nobody else is named."""
_OWNED: Final = 3
"""The rank of an organisation of which a sentence of the cover says who owns it."""
_SPECIFIC: Final = ("company", "association", "authority")
"""Kinds whose reports name other organisations beside them: owners, members."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What lines say of a report; what they do not say is null."""

    report_title: ReportTitle | None = None
    owner: NamedPublisher | None = None
    rivals: tuple[str, ...] = ()
    """Names of organisations that stand as near to the title as the owner."""
    bare: Publisher | None = None
    """The municipality of whose name the lines have the bare name alone."""
    maker: str | None = None
    """A name beside the title that is of no known form."""
    body: str | None = None
    period: Period | None = None
    """The part of a year beside a title that has none, or what stands where a title would."""
    year_beside: int | None = None
    """The only year in lines beside a title without one, or at the top where there is no title:
    that of the part of a year beside it, or in a name of the report."""


class CoverReader:
    """Reads covers in one language."""

    def __init__(self, words: IdentityWords, names: PublisherNames, titles: TitleReader) -> None:
        self._words = words
        self._names = names
        self._titles = titles
        self._not_names = frozenset(map(str.casefold, words.owners.not_names))
        is_owned = rf"(?:(?:{alternatives(words.owners.is_owned)})\s+)?"
        self._is_owned = re.compile(
            rf"[,\s]*{is_owned}(?:{alternatives(words.owners.owned_by)})(?!\w)", re.I
        )
        self._decided = re.compile(rf",\s+(?:{alternatives(words.owners.decided)})(?!\w).*", re.I)
        self._beside_board = re.compile(rf"\b(?:{alternatives(words.boards.beside)})(?!\w)", re.I)

    def read(self, lines: Sequence[str]) -> Cover:
        """What the lines say, each of which stands by itself."""
        title = self._titles.read(lines)
        found = {n: self._names_on(lines, n) for n in range(len(lines))}
        owner, rivals = self._owner(lines, title, found)
        near = [n for n in found if title is None or self._distance(n, title) <= _BESIDE_TITLE]
        period = None
        if title is not None and title.kind == "interim" and title.end is None:
            period = self._titles.period_among([lines[n] for n in near])
        if title is None:
            period = self._titles.only_period(lines[: 2 * _EDGE])
        return Cover(
            report_title=title,
            owner=owner,
            rivals=rivals,
            bare=None if owner or title is None else self._bare(lines, title, near),
            maker=None if owner or title is None else self._maker(lines, title),
            body=self._body(lines, title, found),
            period=period,
            year_beside=self._year_beside(title, period, [lines[n] for n in near[: 2 * _EDGE]]),
        )

    def _year_beside(
        self, title: ReportTitle | None, period: Period | None, near: Sequence[str]
    ) -> int | None:
        if title is not None and (title.years or title.end):
            return None
        if title is not None and period is not None and period.year is not None:
            return period.year
        years = {year for line in near for year in self._titles.years_at_end(line)}
        return years.pop() if len(years) == 1 else None

    def without_number(self, line: str, shorter: str) -> str:
        """The shorter line, which lacks a number, unless that belongs to a title or a day."""
        if self._titles.number_matters(line, shorter):
            return line
        start, _, last = shorter.rpartition(" ")
        return start if last.casefold() in self._words.titles.page else shorter

    def _names_on(self, lines: Sequence[str], number: int) -> list[NamedPublisher]:
        """The names on a line, and the one that goes on to the line below."""
        line = lines[number]
        found = self._names.find(line)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        is_whole = any(" " in named.publisher.name for named in found)
        if is_whole or not following or max(len(line), len(following)) > _BROKEN_NAME:
            return found
        over_the_break = [
            named
            for named in self._names.find(f"{line} {following}")
            if named.first < len(line) < named.last and not self._names.find(following)
        ]
        return over_the_break or found

    def _distance(self, line: int, title: ReportTitle) -> int:
        return max(title.first_line - line, line - title.last_line, 0)

    def _owner(
        self,
        lines: Sequence[str],
        title: ReportTitle | None,
        found: dict[int, list[NamedPublisher]],
    ) -> tuple[NamedPublisher | None, tuple[str, ...]]:
        """The organisation that stands in the title, else next to it, else at the edge.

        Names of several in one line are members and partners, where another has one of its own.
        """
        ranked: list[tuple[int, bool, NamedPublisher]] = []
        for number, names in found.items():
            for named in names:
                rank = self._rank(lines, number, named, title)
                ranked.append((rank, rank > 0 and len(names) > 1, named))
        known = [item for item in ranked if item[0] >= 0]
        if not known:
            return None, ()
        best = min((rank, in_list) for rank, in_list, _ in known)
        first = [named for rank, in_list, named in known if (rank, in_list) == best]
        owner = next((named for named in first if named.is_listed), first[0])
        all_names = dict.fromkeys(named.publisher.name for named in first)
        rivals = [name for name in all_names if not _is_same(name, owner.publisher.name)]
        return owner, tuple(rivals)

    def _rank(
        self, lines: Sequence[str], number: int, named: NamedPublisher, title: ReportTitle | None
    ) -> int:
        """0 in the title, 1 and 2 near it, 3 at the cover's edge; -1 in running text elsewhere.

        A sentence of the cover may say who owns the organisation. Its owner comes last, with 4.
        """
        rank = self._rank_of_place(lines, number, named, title)
        if rank < 0 and named.publisher.kind in _SPECIFIC and named.first == 0:
            near = title is None or self._distance(number, title) <= _BESIDE_TITLE
            return _OWNED if near and self._is_owned.match(lines[number][named.last :]) else rank
        before = lines[number][: named.first].strip().casefold()
        return _OWNS if rank >= 0 and before.endswith(self._words.owners.owned_by) else rank

    def _rank_of_place(
        self, lines: Sequence[str], number: int, named: NamedPublisher, title: ReportTitle | None
    ) -> int:
        rest = lines[number][: named.first] + " " + lines[number][named.last :]
        is_alone = len(re.findall(r"[^\W\d_]{2,}", rest)) <= len(self._words.owners.municipality)
        if title is None:
            is_edge = number < _EDGE or number >= len(lines) - _EDGE
            return 3 if is_alone and is_edge else -1
        distance = self._distance(number, title)
        if distance == 0:
            return 0
        if distance <= _BESIDE_TITLE and (is_alone or self._is_board_line(rest)):
            return 1 if named.publisher.kind in _SPECIFIC else 2
        is_edge = number < _EDGE or number >= len(lines) - _EDGE
        return 3 if is_alone and is_edge else -1

    def _bare(
        self, lines: Sequence[str], title: ReportTitle, near: Sequence[int]
    ) -> Publisher | None:
        around = self._around_word(lines, title)
        own = [lines[n] for n in near if not title.first_line <= n <= title.last_line]
        found = {self._names.bare(text) for text in (*around, *own)} - {None}
        return next(iter(found)) if len(found) == 1 else None

    def _maker(self, lines: Sequence[str], title: ReportTitle) -> str | None:
        """A name of no known form: before the title's word, else on the line above or below."""
        before, after = self._around_word(lines, title)
        shown = self._names.without_capitals(before)
        if self._words.owners.any_name.fullmatch(shown) and self._may_be_name(shown):
            return self._names.nominative(shown)
        above, below = title.first_line - 1, title.last_line + 1
        others = [self._undecided(lines[n]) for n in (above, below) if 0 <= n < len(lines)]
        for text in (
            self._names.without_capitals(after),
            *map(self._names.without_capitals, others),
        ):
            if self._words.owners.any_name.fullmatch(text) and self._may_be_name(text):
                return text
        return None

    def _undecided(self, line: str) -> str:
        """A name of several words without what stands behind it of who decided; else the line."""
        name = self._decided.sub("", line)
        return name if " " in name else line

    def _may_be_name(self, text: str) -> bool:
        words = text.casefold().split()
        is_board = any(pattern.search(text) for pattern in self._words.boards.patterns)
        is_title = self._words.titles.word.search(text)
        return not (is_board or is_title or any(word in self._not_names for word in words))

    def _around_word(self, lines: Sequence[str], title: ReportTitle) -> tuple[str, str]:
        """What stands before and behind the title's word in its line, without the period."""
        text = title.text
        found = self._words.titles.word.search(text)
        if found is None:
            return "", ""
        return tuple(
            self._without_period(part) for part in (text[: found.start()], text[found.end() :])
        )  # type: ignore[return-value]

    def _without_period(self, text: str) -> str:
        words = self._titles.without_periods(text).split()
        while words and words[0].casefold() in self._words.owners.lead_ins:
            words = words[1:]
        return " ".join(words).strip(" ,.-–—:|")

    def _body(
        self,
        lines: Sequence[str],
        title: ReportTitle | None,
        found: dict[int, list[NamedPublisher]],
    ) -> str | None:
        """The board in the title, else the one on a line of its own beside it."""
        if title is None:
            return None
        near = [n for n in found if self._distance(n, title) <= _BESIDE_TITLE]
        for number in sorted(near, key=lambda n: (self._distance(n, title), n)):
            shown = self._names.without_capitals(lines[number])
            in_capitals = shown != lines[number]
            for named in reversed(found[number]):
                shown = shown[: named.first] + "|" + shown[named.last :]
            match = self._board_in(shown)
            if match is None:
                continue
            rest = shown[: match.start()] + " " + shown[match.end() :]
            in_title = self._distance(number, title) == 0
            if in_title or not (self._is_board_rest(rest) or self._titles.names_day(rest)):
                return self._board_name(match, in_capitals=in_capitals)
        return None

    def _board_in(self, text: str) -> re.Match[str] | None:
        word = self._words.titles.word.search(text)
        for pattern in self._words.boards.patterns:
            for match in pattern.finditer(text):
                if word is None or match.end() <= word.start() or word.end() <= match.start():
                    return match
        return None

    def _is_board_line(self, text: str) -> bool:
        match = self._board_in(text)
        return bool(match) and not self._is_board_rest(
            text[: match.start()] + " " + text[match.end() :]  # type: ignore[union-attr]
        )

    def _is_board_rest(self, rest: str) -> bool:
        """Whether more stands beside a board than words that bind it to its organisation."""
        rest = self._beside_board.sub(" ", self._words.titles.word.sub(" ", rest))
        return bool(re.search(r"[^\W\d_]{2,}", rest))

    def _board_name(self, match: re.Match[str], *, in_capitals: bool) -> str:
        """A board's name; one that is a common noun in small letters and the definite form."""
        if (name := match.groupdict().get("name")) is not None:
            return str(name)
        words = match["body"].strip(" ,-").split()
        while words[-1] in self._words.boards.behind:
            words.pop()
        body = " ".join(words)
        body = body.lower() if in_capitals else body[0].lower() + body[1:]
        endings = self._words.boards.definite if len(words) == 1 else {}
        return body + next((more for end, more in endings.items() if body.endswith(end)), "")


def _is_same(one: str, other: str) -> bool:
    """Whether two names are one, of which one may be cut or in the genitive."""
    a, b = sorted((one.casefold(), other.casefold()), key=len)
    return b.startswith(a)
