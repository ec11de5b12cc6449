"""Reads from a report whose it is, which year and period it is about, and its document number.

A layout's own patterns come first. Then the cover decides, else running heads and feet, else what
running text says most often, else what the file says of itself. Where two of them disagree a
warning names both. What is not found is absent: an option or a sidecar file must say it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from styrmatt.extract.cover import Cover, CoverReader
from styrmatt.extract.front_pages import FrontPages
from styrmatt.extract.pattern_limit import search_limited
from styrmatt.layout import Layout
from styrmatt.printed import ExtractionWarning
from styrmatt.swedish.identity_words import load_identity_words
from styrmatt.swedish.periods import Period
from styrmatt.swedish.publishers import Publisher, publisher_names
from styrmatt.swedish.report_titles import ReportTitle, title_reader
from styrmatt.whitespace import single_spaced, squeeze

_CLEAR_YEAR: Final = 1.5
"""So many times as often as the next year must the report's year stand in a pattern's places:
reports name the year before nearly as often in comparisons, but not where they name their own."""
_CLEAR_NAME: Final = 1.5
"""So many times as often as the next organisation must the report's own stand in running text where
no cover names it: neighbours and owners stand there, too."""


class IdentityReader:
    """Takes a report's text page by page; :meth:`read` gives what it says of itself."""

    def __init__(self, layout: Layout) -> None:
        self._layout_name = layout.name
        language = layout.words.language
        self._words = load_identity_words(language)
        self._names = publisher_names()
        self._titles = title_reader(language)
        self._covers = CoverReader(self._words, self._names, self._titles)
        self._layout_patterns = layout.identity.patterns
        self._numbers = layout.words.running.document_numbers
        self._found: list[dict[str, str] | None] = [None] * len(self._layout_patterns)
        self._doc_numbers: Counter[str] = Counter()
        self._texts: list[str] = []
        """The pages' texts, which their reader holds anyway: few reports need their counts."""
        self._periods: Counter[tuple[str, str]] = Counter()
        self._front = FrontPages(
            self._covers, layout.words.running, layout.words.hyphens.suspend_before
        )
        self._properties: tuple[str, ...] = ()

    def properties(self, texts: Iterable[str]) -> None:
        """Take what the file says of itself: title, author, subject."""
        self._properties = tuple(text for text in map(single_spaced, texts) if text)

    def page(self, text: str) -> None:
        """Take a page's text, its lines apart where it has any."""
        self._front.page(text)
        self._texts.append(text)
        text = single_spaced(text)
        for n, pattern in enumerate(self._layout_patterns):
            if self._found[n] is None:
                self._found[n] = search_limited(pattern, text, self._layout_name)
        title = self._front.cover.report_title
        if title is not None and title.kind == "interim":
            spans = self._titles.spans_in(text)
            self._periods.update((p.start, p.end) for p in spans if p.start and p.end)
        for match in (m for pattern in self._numbers for m in pattern.finditer(text)):
            self._doc_numbers[f"{match['doc_number']} {match['doc_version']}"] += 1

    @cached_property
    def _organisations(self) -> Counter[str]:
        """How often the text names each organisation; asked for when all pages are taken."""
        return Counter(name for text in self._spaced_texts() for name in self._names.count_in(text))

    @cached_property
    def _years(self) -> dict[int, Counter[str]]:
        """The years that the text names as the report's, by the rank of the words that say so."""
        years: dict[int, Counter[str]] = {}
        for text in self._spaced_texts():
            for rank, guarded in enumerate(self._words.fiscal_year):
                found = [m["fiscal_year"] for m in guarded.finditer(text)]
                if found:
                    years.setdefault(rank, Counter()).update(found)
        return years

    def _spaced_texts(self) -> Iterator[str]:
        return map(single_spaced, self._texts)

    @property
    def year_so_far(self) -> str | None:
        """The report's year where the pages taken so far say it in so many words, in a title."""
        named = (found["fiscal_year"] for found in self._found if found and "fiscal_year" in found)
        return next(named, _year_of(self._front.cover.report_title))

    def read(
        self, header_year: int | None, result_year: int | None = None
    ) -> tuple[Mapping[str, str], tuple[ExtractionWarning, ...]]:
        """What was found by name, and warnings about it.

        ``header_year`` is the year in table headers; it decides where there is one and no title
        names one: targets may be printed for the year after. ``result_year`` is the last year of
        results in columns; it counts where neither a title nor the file's name says a year. Days of
        a period are ``MM-DD``.
        """
        doubts = _Doubts()
        identity: dict[str, str] = {}
        for found in self._found:
            for key, value in (found or {}).items():
                identity.setdefault(key, value)
        heads = self._covers.read(self._front.head_lines())
        properties = self._covers.read(self._properties)
        covers = (self._front.cover, heads, properties)
        if "fiscal_year" not in identity and (
            year := self._year(header_year, result_year, covers, doubts)
        ):
            identity["fiscal_year"] = year
        self._add_organisation(identity, covers, doubts)
        if number := _most_common(self._doc_numbers):
            identity["doc_number"], _, identity["doc_version"] = number.rpartition(" ")
        if body := identity.get("body"):  # a layout's own pattern
            identity["body"] = body[0].lower() + body[1:]
        elif body := self._front.cover.body or heads.body or properties.body:
            identity["body"] = body
        self._add_title(identity, covers, doubts)
        return identity, tuple(doubts.warnings)

    def _add_title(
        self, identity: dict[str, str], covers: tuple[Cover, Cover, Cover], doubts: _Doubts
    ) -> None:
        cover = next((one for one in covers if one.report_title), None)
        if cover is None or cover.report_title is None:
            self._add_period_alone(identity, doubts)
            return
        title = cover.report_title
        identity.setdefault("title", title.text)
        identity.setdefault("report_kind", title.kind)
        other = covers[1].report_title
        if cover is covers[0] and other is not None and other.kind != title.kind:
            doubts.add(
                f"The cover has {title.text!r}, the running heads have {other.text!r}: the report "
                f"was taken to be {title.kind}.",
                title.text,
            )
        start, end = title.start, title.end
        if title.kind == "interim" and end is None:
            beside = next((one.period for one in covers if one.period), None)
            start, end = (beside.start, beside.end) if beside else self._period_in_text(doubts)
        if start and end:
            identity.setdefault("period_start", start)
            identity.setdefault("period_end", end)
        elif title.number:
            identity.setdefault("period_number", title.number)

    def _add_period_alone(self, identity: dict[str, str], doubts: _Doubts) -> None:
        """Put in the period of a report without a title: that of a line of its own, if any."""
        period = self._front.cover.period
        if (
            period is None
            or period.is_whole_year
            or not (period.start and period.end)
            or _is_of_printing(period, identity.get("fiscal_year"))
        ):
            identity.setdefault("report_kind", "annual")
            return
        doubts.add(
            f"No title was found; a line on the first page names the period from {period.start} to "
            f"{period.end} (month and day).",
            period.end,
        )
        identity.setdefault("report_kind", "interim")
        identity.setdefault("period_start", period.start)
        identity.setdefault("period_end", period.end)

    def _period_in_text(self, doubts: _Doubts) -> tuple[str | None, str | None]:
        ranked = self._periods.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEAR_YEAR * ranked[1][1]):
            return None, None
        start, end = ranked[0][0]
        doubts.add(
            "The title does not say which part of the year the report is about; the text names "
            f"the one from {start} to {end} (month and day) most often.",
            end,
        )
        return start, end

    def _year(
        self,
        header_year: int | None,
        result_year: int | None,
        covers: tuple[Cover, Cover, Cover],
        doubts: _Doubts,
    ) -> str | None:
        titles = [one.report_title for one in covers]
        cover, head, file = map(_year_of, titles)
        if cover is not None and head is not None and cover != head:
            doubts.add(
                f"The cover says {cover}, the running heads say {head}: {cover} was taken.", cover
            )
        year = cover or head
        if year is not None:
            if header_year is not None and header_year not in (int(year), int(year) + 1):
                doubts.add(
                    f"The title says {year}, the headers of tables say {header_year}: {year} was "
                    "taken.",
                    year,
                )
            return year
        several = titles[0].years if titles[0] else ()
        pair = len(several) == 2 and several[0] == several[1] + 1
        if header_year is not None:
            return str(header_year)
        if pair:
            doubts.add(f"The title names {several[1]} and {several[0]}.", str(several[0]))
            return str(several[0])
        first = _year_on_first_page(covers[0], result_year)
        if first is not None and file is None:
            if covers[0].report_title is None or result_year != first:
                doubts.add(f"No title says the year; {first} stands on the first page.", "")
            return str(first)
        if file is None and result_year is not None:
            doubts.add(
                f"No title says the year; the last results in tables are of {result_year}.",
                str(result_year),
            )
            return str(result_year)
        return self._year_in_text(file, doubts)

    def _year_in_text(self, file: str | None, doubts: _Doubts) -> str | None:
        for _, years in sorted(self._years.items()):
            ranked = years.most_common()
            if ranked and (len(ranked) == 1 or ranked[0][1] > _CLEAR_YEAR * ranked[1][1]):
                return ranked[0][0]
        total = sum(self._years.values(), Counter())
        year = file or (max(total, key=lambda y: (total[y], y)) if total else None)
        if year is not None:
            others = ", ".join(sorted(set(total) - {year}))
            besides = f"; its text names {others}, too" if others else ""
            doubts.add(f"The report's year was taken to be {year}{besides}.", year)
        return year

    def _add_organisation(
        self, identity: dict[str, str], covers: tuple[Cover, Cover, Cover], doubts: _Doubts
    ) -> None:
        """Put in the organisation's name, and its kind where that is known."""
        name, kind = self._organisation(identity.get("organisation"), covers, doubts)
        if name is None:
            return
        identity["organisation"] = name
        publisher = self._names.publisher(name)
        if kind or publisher:
            identity["organisation_kind"] = kind or (publisher.kind if publisher else "")

    def _organisation(
        self, found: str | None, covers: tuple[Cover, Cover, Cover], doubts: _Doubts
    ) -> tuple[str | None, str | None]:
        if found:  # a layout's own pattern
            return self._nominative(found), None
        cover, heads, _ = covers
        if cover.owner is not None:
            name = self._nominative(cover.owner.publisher.name)
            if cover.rivals:
                doubts.add(f"The cover names {name} and {', '.join(cover.rivals)}.", name)
            other = heads.owner.publisher if heads.owner else None
            if other and other.kind == cover.owner.publisher.kind and not _alike(other.name, name):
                doubts.add(f"The cover names {name}, the running heads name {other.name}.", name)
            return name, cover.owner.publisher.kind
        if heads.owner is not None:
            return self._nominative(heads.owner.publisher.name), heads.owner.publisher.kind
        return self._uncertain_organisation(covers, doubts)

    def _uncertain_organisation(
        self, covers: tuple[Cover, Cover, Cover], doubts: _Doubts
    ) -> tuple[str | None, str | None]:
        cover, heads, file = covers
        bare = cover.bare or heads.bare
        ranked = self._ranked_names()
        if ranked and (len(ranked) == 1 or ranked[0][1] > _CLEAR_NAME * ranked[1][1]):
            name = ranked[0][0]
            publisher = self._names.publisher(name)
            if bare is None or (publisher and publisher.code == bare.code):
                return name, None
        choice: Publisher | None = bare or (file.owner.publisher if file.owner else None)
        if choice is not None:
            where = "cover, which prints a bare name" if bare else "file's properties"
            doubts.add(
                f"The organisation was taken to be {choice.name}, by the {where}.", choice.name
            )
            return choice.name, choice.kind
        if ranked:
            name, other = ranked[0][0], ranked[1][0]
            doubts.add(
                f"The organisation was taken to be {name}; the text names {other} nearly as often.",
                name,
            )
            return name, None
        maker = cover.maker or heads.maker or (file.bare.name if file.bare else None)
        if maker is not None:
            doubts.add(
                f"The organisation was taken to be {maker}, which stands at the title.", maker
            )
            return maker, None
        return self._listed_organisation(doubts)

    def _listed_organisation(self, doubts: _Doubts) -> tuple[str | None, str | None]:
        """The listed name that the text has most often: nothing else says whose report it is."""
        counts = Counter(
            name.publisher
            for text in self._spaced_texts()
            for name in self._names.listed_in(text)
            if name.publisher.code is not None
        )
        ranked = counts.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEAR_NAME * ranked[1][1]):
            return None, None
        found = ranked[0][0]
        doubts.add(
            f"The organisation was taken to be {found.name}, which only running text names.",
            found.name,
        )
        return found.name, found.kind

    def _ranked_names(self) -> list[tuple[str, int]]:
        """The names in running text, genitives and cut ones counted with the whole."""
        counts: Counter[str] = Counter()
        for name, count in self._organisations.items():
            counts[self._nominative(name)] += count
        return counts.most_common()

    def _nominative(self, name: str) -> str:
        """The name without a genitive s that other places lack, or a word there by chance."""
        counts = self._organisations
        base = name.removesuffix("s")
        if base != name and counts[base]:
            return base
        if self._names.known(name):
            return name
        return _shortest_start(name, counts)


class _Doubts:
    """Warnings that the identity is not certain."""

    def __init__(self) -> None:
        self.warnings: list[ExtractionWarning] = []

    def add(self, message: str, raw: str) -> None:
        """Note one."""
        self.warnings.append(ExtractionWarning("identity_uncertain", message, raw, None))


def _year_on_first_page(cover: Cover, result_year: int | None) -> int | None:
    """The year in a report's own name or in a period, where no title says one.

    Without any title it must not be earlier than the results in columns, and in a name be theirs,
    as must the year of a month alone: reports are printed in the year after.
    """
    if cover.report_title is not None:
        return cover.year_beside
    if cover.year_beside is not None and result_year in (None, cover.year_beside):
        return cover.year_beside
    first = cover.period.year if cover.period is not None else None
    if first is None or result_year in (None, first):
        return first
    is_printing = cover.period is not None and cover.period.is_bare_month
    return first if result_year is not None and result_year < first and not is_printing else None


def _is_of_printing(period: Period, fiscal_year: str | None) -> bool:
    """Whether a month alone is not in the report's year: then the report was printed in it."""
    return period.is_bare_month and str(period.year) not in ("None", fiscal_year)


def _year_of(title: ReportTitle | None) -> str | None:
    return None if title is None or title.year is None else str(title.year)


def _alike(one: str, other: str) -> bool:
    a, b = sorted((squeeze(one), squeeze(other)), key=len)
    return b.startswith(a)


def _shortest_start(name: str, counts: Counter[str]) -> str:
    """``name``, or the more frequent name it begins with: a capital may follow by chance."""
    starts = [n for n in counts if name.startswith(n + " ") and counts[n] >= counts[name]]
    return max(starts, key=lambda n: counts[n]) if starts else name


def _most_common(counts: Counter[str]) -> str | None:
    return max(counts, key=lambda key: (counts[key], key)) if counts else None
