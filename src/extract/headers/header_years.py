"""The years and parts of years that a header names."""

from __future__ import annotations

import re

from styrmatt.whitespace import single_spaced, squeeze

YEAR = re.compile(r"(?:19|20)\d\d")
"""A year of the last century or this one."""
YEAR_AND_MONTH = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)")
"""A year and a month without anything between, perhaps with the day: 202208, 20220831."""
_YEAR_SPAN = re.compile(r"(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)(?![-–/\d])")
SHORT_SPAN = re.compile(
    r"(?<![\d/–-])(?P<first>(?:(?:19|20)\d\d|\d\d))(?P<dash> ?[/–-] ?)(?P<last>\d\d)(?![\d/–-])"
)
"""A school year with two figures for its last year, or for both: 2020/21, 20/21."""
_FIRST_SHORT = 60
"""Years of two figures from which on they are of the last century."""
SHORT_YEAR = re.compile(r"(?P<before>(?:^|[^\W\d_])\s*[\s])[-–’'`´](?P<year>[1-4]\d)(?!\d)")
"""A year of two figures behind a sign for the century: "Utfall -23"."""
IN_BRACKETS = re.compile(r"\([^()]*")
"""What stands in brackets, which may not be closed."""
_DECEMBER = "12"


def last_year(span: re.Match[str]) -> int | None:
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


def own_year(text: str, years: list[str]) -> int | None:
    """The year of the header: the last one outside of brackets ("Utfall 2023 (Utfall 2022)")."""
    inside = IN_BRACKETS.findall(text)
    outside = [year for year in years if not any(year[:4] in part for part in inside)]
    chosen = outside or years
    return int(chosen[-1][:4]) if chosen else None


def period_of(text: str, word: str | None, years: list[str]) -> str | None:
    """The part of the year as printed: words, a span of years, or a month that is not the last."""
    if span := _YEAR_SPAN.search(text):
        return single_spaced(span[0])
    if word is not None:
        return as_printed(text, squeeze(word)) or word
    months = [year[4:6] for year in years if len(year) > len("2022")]
    return years[-1] if months and months[-1] != _DECEMBER else None


def as_printed(text: str, squeezed: str) -> str:
    """The part of the text whose letters are ``squeezed``; the letters alone if it is broken."""
    words = single_spaced(text).split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if squeeze(" ".join(words[start:end])) == squeezed:
                return " ".join(words[start:end]).strip("(),;:")
    return squeezed
