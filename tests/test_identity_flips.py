"""What the numbers decide by which a report's identity is read."""

from __future__ import annotations

import pytest
from covers import TEXT, read_cover
from flips import Flip

from styrmatt.errors import IdentityError
from styrmatt.normalize.ids import slug
from styrmatt.swedish.publishers import publisher_names
from styrmatt.swedish.report_titles import title_reader

TITLES = title_reader("sv")
WHO = "Åsunda kommun\n"
TITLE = "Årsredovisning 2023"
COMPANY = "Åsundahem AB"
LINE = "här står något annat\n"


def title_of(*pages: str) -> str | None:
    """The title that is read."""
    try:
        return read_cover(*pages).title
    except IdentityError:
        return None


def owner(cover: str) -> str | None:
    """The organisation that is read."""
    try:
        return read_cover(cover).organisation
    except IdentityError:
        return None


def is_title_on_page(number: int) -> bool:
    return title_of(*[WHO] * (number - 1), WHO + TITLE) == TITLE


def may_come_before(lines: int) -> bool:
    """Whether a page of so many lines may come before the title's."""
    return title_of(WHO + LINE * (lines - 1), TITLE) == TITLE


def is_on_cover(line: int) -> bool:
    return title_of(LINE * (line - 2) + WHO + TITLE + "\n" + LINE * 60) == TITLE


def is_head_line(line: int) -> bool:
    """Whether a line that so many others stand above is a running head."""
    above = "".join(f"Rad {n} av texten\n" for n in range(1, line))
    return title_of(*[WHO + TEXT] * 3, *[f"{above}{TITLE}\n{LINE * 9}"] * 5) == TITLE


def is_head_on(pages: int, of: int = 9) -> bool:
    return title_of(*[WHO + TEXT] * (of - pages), *[f"{TITLE}\n{LINE * 9}"] * pages) == TITLE


def names_beside(lines: int) -> bool:
    """Whether a name so many lines below a title counts, in the middle of a page."""
    return owner(f"{LINE * 9}{TITLE}\n{LINE * (lines - 1)}{COMPANY}\n{LINE * 9}") == COMPANY


def names_at_edge(line: int) -> bool:
    return owner(f"{LINE * (line - 1)}{COMPANY}\n{LINE * 12}{TITLE}\n{LINE * 9}") == COMPANY


def goes_on(length: int) -> bool:
    """Whether a name goes on to a line of so many letters."""
    rest = "Å" + "a" * (length - 1)
    return owner(f"Kommunalförbundet\n{rest}\n{TITLE}") == f"Kommunalförbundet {rest}"


def is_title_of(length: int) -> bool:
    return TITLES.read([TITLE + " " + "x" * (length - len(TITLE) - 1)]) is not None


def finds_period_below(lines: int) -> bool:
    title = TITLES.read(["Årsredovisning", *["Åsunda"] * (lines - 1), "2023"])
    return title is not None and title.year == 2023


def is_period_line(words: int) -> bool:
    return TITLES.is_period("januari–augusti 2023" + " ord" * words)


def ends_on_day_behind(characters: int) -> bool:
    title = TITLES.read(["Delårsrapport" + " " * (characters - 1) + " 31 augusti 2023"])
    return title is not None and title.end == "08-31"


def is_clear_name(times: int) -> bool:
    text = "Grannen Växjö kommun växer. " * 4 + "Här i Åsunda kommun växer allt. " * times
    found = read_cover(TITLE, TEXT + text)
    return found.organisation == "Åsunda kommun" and not found.doubts


def in_capitals(small: int) -> bool:
    """Whether a line of twenty letters, of which so many are small, is in capitals throughout."""
    line = "REGIONENS STORA DALEN"
    line = line[: len(line) - small] + line[len(line) - small :].lower()
    return publisher_names().without_capitals(line) != line


def is_read_as_capitals(letters: int) -> bool:
    line = "ÅSUNDABORG"[:letters]
    return publisher_names().without_capitals(line) != line


def is_whole_in_slug(letters: int) -> bool:
    return slug("a" * letters) == "a" * letters


FLIPS = {
    "a title stands on one of the first three pages": Flip(is_title_on_page, range(1, 7), last=3),
    "a page before it has 25 lines at most": Flip(
        may_come_before, (5, 20, 24, 25, 26, 30, 50), last=25
    ),
    "of a front page forty lines are looked at": Flip(
        is_on_cover, (2, 20, 39, 40, 41, 50), last=40
    ),
    "a head is one of three lines": Flip(is_head_line, range(1, 7), last=3),
    "a head stands on three pages": Flip(is_head_on, range(1, 7), first=3),
    "a head stands on three pages of ten": Flip(
        lambda n: is_head_on(n, of=20), range(3, 10), first=6
    ),
    "a name stands five lines from the title": Flip(names_beside, range(1, 9), last=5),
    "or six lines from the top": Flip(names_at_edge, (1, 3, 5, 6, 7, 8), last=6),
    "a name is broken at lines of forty letters": Flip(goes_on, (12, 20, 38, 40, 41, 45), last=40),
    "a title has 120 letters": Flip(is_title_of, (30, 90, 119, 120, 121, 150), last=120),
    "a period stands three lines below": Flip(finds_period_below, range(1, 6), last=3),
    "beside a period stands one word": Flip(is_period_line, range(4), last=1),
    "a day stands twelve letters behind": Flip(ends_on_day_behind, (1, 5, 11, 12, 13, 20), last=12),
    "a name is clear that stands there half as often again": Flip(
        is_clear_name, range(1, 12), first=7
    ),
    "a line in capitals has a fifth of small letters": Flip(in_capitals, range(10), last=3),
    "four capitals are an abbreviation": Flip(is_read_as_capitals, range(1, 10), first=5),
    "a part of a slug has sixty letters": Flip(is_whole_in_slug, (20, 59, 60, 61, 80), last=60),
}


@pytest.mark.parametrize("name", FLIPS)
def test_what_decides_a_report_s_identity(name: str) -> None:
    FLIPS[name].check()


def test_a_listed_name_has_five_words_at_most() -> None:
    longest = max(publisher_names().all_listed(), key=lambda one: one.name.count(" "))
    assert longest.name.count(" ") + 1 == 5
    found = publisher_names().find(f"{longest.name} och andra")
    assert [one.publisher.name for one in found] == [longest.name]


def test_a_hash_in_a_slug_has_eight_digits() -> None:
    assert len(slug("日本")) == len("x") + 8


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lunds stad redovisar här sina mål. I Lunds stad bor fler än i fjol.", "Lunds stad"),
        ("Lunds stad och Eslövs stad redovisar här sina gemensamma mål.", None),
        ("Staden redovisar här sina mål. I Lund bor fler än i fjol.", None),
    ],
)
def test_the_one_listed_name_of_running_text_is_taken_where_nothing_else_names_anybody(
    text: str, name: str | None
) -> None:
    """A bare name of a town may be any place's; a name of two organisations says of neither."""
    try:
        found = read_cover("Kvartalsrapport januari–mars 2031", TEXT + text)
    except IdentityError:
        assert name is None
        return
    assert found.organisation == name
    assert "running text" in found.doubts[0]
