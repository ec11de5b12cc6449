"""Reads from a report's text whose report it is, for which year, and its document number.

A layout's own patterns come first, in their order; then the vocabulary's, of which the most
frequent reading is taken. What is not found is absent: an option or a sidecar file must say it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from styrmatt.extract.pattern_limit import search_limited
from styrmatt.layout import Layout
from styrmatt.printed import ExtractionWarning
from styrmatt.whitespace import single_spaced

_CLEAR_YEAR = 1.5
"""So many times as often as the next year must the report's year stand in a pattern's places:
reports name the year before nearly as often in comparisons, but not where they name their own."""


class IdentityReader:
    """Takes a report's text page by page; :meth:`read` gives what it says of itself."""

    def __init__(self, layout: Layout) -> None:
        common = layout.words.identity
        self._interim = common.interim
        self._layout_name = layout.name
        self._layout_patterns = layout.identity.patterns
        self._organisations = common.organisation
        self._fiscal_years = common.fiscal_year
        self._numbers = layout.words.running.document_numbers
        self._found: list[dict[str, str] | None] = [None] * len(self._layout_patterns)
        self._counts: dict[str, Counter[str]] = {
            "organisation": Counter(),
            "fiscal_year": Counter(),
            "doc_number": Counter(),
        }
        self._years: dict[int, Counter[str]] = {}
        self._title_year: str | None = None
        """The one year that titles on the first page with text name."""
        self._has_cover = False

    def page(self, text: str) -> None:
        """Take a page's text."""
        text = single_spaced(text)
        for n, pattern in enumerate(self._layout_patterns):
            if self._found[n] is None:
                self._found[n] = search_limited(pattern, text, self._layout_name)
        for guarded in self._organisations:
            self._counts["organisation"].update(m["organisation"] for m in guarded.finditer(text))
        for rank, guarded in enumerate(self._fiscal_years):
            years = self._years.setdefault(rank, Counter())
            found = [m["fiscal_year"] for m in guarded.finditer(text)]
            years.update(found)
            if rank == 0 and not self._has_cover and len(set(found)) == 1:
                self._title_year = found[0]
        self._has_cover = self._has_cover or bool(text)
        for match in (m for pattern in self._numbers for m in pattern.finditer(text)):
            self._counts["doc_number"][f"{match['doc_number']} {match['doc_version']}"] += 1

    @property
    def year_so_far(self) -> str | None:
        """The report's year where the pages taken so far say it in so many words, in a title."""
        named = (found["fiscal_year"] for found in self._found if found and "fiscal_year" in found)
        return next(named, self._title_year)

    def read(
        self, header_year: int | None
    ) -> tuple[Mapping[str, str], tuple[ExtractionWarning, ...]]:
        """What was found by name, and warnings about it.

        ``header_year`` is the year in table headers; it decides where there is one and the cover
        names none: targets may be printed for the year after.
        """
        identity: dict[str, str] = {}
        for found in self._found:
            for key, value in (found or {}).items():
                identity.setdefault(key, value)
        warnings: list[ExtractionWarning] = []
        if "fiscal_year" not in identity and (year := self._year(header_year, warnings)):
            identity["fiscal_year"] = year
        if organisation := self._organisation(identity.get("organisation")):
            identity["organisation"] = organisation
        if number := _most_common(self._counts["doc_number"]):
            identity["doc_number"], _, identity["doc_version"] = number.rpartition(" ")
        if body := identity.get("body"):
            identity["body"] = body[0].lower() + body[1:]
        identity.setdefault("report_kind", self._kind(identity))
        return identity, tuple(warnings)

    def _kind(self, identity: Mapping[str, str]) -> str:
        title = identity.get("title", "")
        interim = any(pattern.search(title) for pattern in self._interim)
        return "interim" if interim else "annual"

    def _year(self, header_year: int | None, warnings: list[ExtractionWarning]) -> str | None:
        if self._title_year is not None:
            return self._title_year
        if header_year is not None:
            return str(header_year)
        for _, years in sorted(self._years.items()):
            ranked = years.most_common()
            if not ranked:
                continue
            if len(ranked) == 1 or ranked[0][1] > _CLEAR_YEAR * ranked[1][1]:
                return ranked[0][0]
        total = sum(self._years.values(), Counter())
        if total:
            year = max(total, key=lambda y: (total[y], y))
            warnings.append(
                ExtractionWarning(
                    "identity_uncertain", f"The report's year was taken to be {year}.", year, None
                )
            )
            return year
        return None

    def _organisation(self, found: str | None) -> str | None:
        """The organisation's name, without a genitive s that other places lack.

        ``found`` is the name that the layout's patterns gave, if any.
        """
        counts = self._counts["organisation"]
        names = [found] if found else [name for name, _ in counts.most_common(1)]
        for name in names:
            base = name[:-1] if name.endswith("s") else name
            if base != name and counts[base]:
                return base
            return _shortest_start(name, counts)
        return None


def _shortest_start(name: str, counts: Counter[str]) -> str:
    """``name``, or the more frequent name it begins with: a capital may follow by chance."""
    starts = [n for n in counts if name.startswith(n + " ") and counts[n] >= counts[name]]
    return max(starts, key=lambda n: counts[n]) if starts else name


def _most_common(counts: Counter[str]) -> str | None:
    return max(counts, key=lambda key: (counts[key], key)) if counts else None
