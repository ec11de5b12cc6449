"""Where the decisions of the checks flip: numbers that decide something, from both sides."""

from __future__ import annotations

import pytest
from flips import Flip
from test_check import found, kinds, made
from test_check_contradictions import NAME, line, lines, of_two_years, with_results

from styrmatt.audit.check.basis.named_measures import NameFinder
from styrmatt.audit.check.basis.rounding import agree, half_step
from styrmatt.records import Extract

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def finds(report: Extract, kind: str) -> bool:
    return kind in kinds(report)


def stated(value: str, hedge: str = "") -> Extract:
    return of_two_years(
        [(f"Andelen nöjda åkande i busstrafiken var {hedge} {value} procent.", True)]
    )


def total(value: float) -> Extract:
    by_sex = (("K", 60.0), ("M", 40.0), ("T", value))
    results = [{"sex": sex, "value": v, "unit": "count"} for sex, v in by_sex]
    return with_results(made(name="Antal åkande"), *results)


def of_another_year(figure: str) -> Extract:
    """The table's figure of this year, told of the year before, which the table does not have."""
    text = f"Under 2019 var andelen nöjda åkande i busstrafiken {figure} procent."
    value = float(figure.replace(",", "."))
    said = {"value": value, "source": "narrative", "outcome_year": 2019, "text": text}
    return with_results(made(name=NAME, texts=[(text, True)]), {"value": value}, said)


def judged(measures: int) -> Extract:
    report = lines(made(goal={"assessment": "met", "assessment_marker": "met"}), measures, 0)
    records = tuple(
        type(r)(**{**fields(r), "status": "not_met", "trend": None}) for r in report.records
    )
    return type(report)(**{**fields(report), "records": records})


def fields(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}  # type: ignore[attr-defined]


def names(words: str) -> bool:
    measure = type(made().measures[0])(**{**fields(made().measures[0]), "measure": words})
    return bool(NameFinder([measure]).find(f"{words} var 5 procent."))


def change(amount: str) -> Extract:
    return made(texts=[(f"Antalet ökade från 100 till 200, alltså med {amount}.", True)])


def between(words: int) -> Extract:
    return made(texts=[(f"Andelen {' '.join(['ord'] * words)} var 178 procent.", True)])


def forms(sections: int) -> Extract:
    """A sentence that names no measure, in a goal's text and in so many sections below it."""
    texts = [
        (f"I hamnarna var {60 + n} procent av kranarna nya och rena.", n > 0)
        for n in range(sections)
    ]
    return made(name="Antal bussar i länet", texts=texts)


FLIPS = {
    "whole figures are rounded from 1000": Flip(
        lambda n: half_step(n) > 0.5, (100, 400, 500, 900, 1000, 2000, 2500), first=1000
    ),
    "a figure behind a word such as about may be off by 5 per cent": Flip(
        lambda n: not found(stated(f"{78 * (1 + n / 100):.2f}".replace(".", ","), "cirka")),
        (1, 2, 4, 4.9, 5.1, 7, 12),
        last=4.9,
    ),
    "a total may exceed women and men by 5 per cent": Flip(
        lambda n: not found(total(100 + n)), (1, 2, 4, 5, 7, 10, 12), last=5
    ),
    "a level arrow is contradicted from a change of a tenth": Flip(
        lambda n: finds(
            line(
                of_two_years(trend="flat", trend_means="figure"),
                previous_value=100.0,
                outcome_value=100.0 + n,
            ),
            "trend_against_change",
        ),
        (3, 4, 6, 9, 10, 12, 25),
        first=10,
    ),
    "from 5 arrows on a report shows that its arrows are about other things": Flip(
        lambda n: not found(lines(of_two_years(), int(n), int(n) // 2 + 1, better="higher")),
        (2, 3, 4, 5, 6, 8, 12),
        first=5,
    ),
    "8 arrows of 10 have to agree": Flip(
        lambda n: finds(lines(of_two_years(), 10, int(n), better="higher"), "trend_against_change"),
        (1, 2, 3, 4, 6, 7),
        last=2,
    ),
    "a goal is contradicted from 2 measures on": Flip(
        lambda n: finds(judged(int(n)), "goal_against_measures"), range(1, 6), first=2
    ),
    "a figure of 3 digits is hardly that of two years": Flip(
        lambda n: finds(of_another_year("72,4831"[: int(n) + (n > 2)]), "year_differs"),
        range(1, 7),
        first=3,
    ),
    "a name is looked for from 12 letters": Flip(
        lambda n: names(LETTERS[: int(n)]), (5, 8, 11, 12, 13, 25), first=12
    ),
    "the word for a share may stand 30 words before its figure": Flip(
        lambda n: finds(between(int(n) - 2), "share_impossible"), (12, 20, 30, 31, 40, 76), last=30
    ),
    "a sentence that two sections have may be about one thing": Flip(
        lambda n: finds(forms(int(n)), "figure_differs"), (2, 3, 4, 5), last=2
    ),
    "a change is off by half of its last place": Flip(
        lambda n: not found(change(f"{100 + n:g}".replace(".", ",") + " procent")),
        (0, 0.4, 1, 1.6, 3, 5),
        last=1,
    ),
}


@pytest.mark.parametrize("what", FLIPS)
def test_a_decision_flips_where_it_is_said_to(what: str) -> None:
    FLIPS[what].check()


@pytest.mark.parametrize(("words", "wrong"), [("7", True), ("drygt 7", False), ("drygt 6", True)])
def test_about_makes_the_last_place_of_a_change_twice_as_wide(words: str, wrong: bool) -> None:
    text = f"Antalet ökade från 2311 till 2493, alltså med {words} procent."  # 7.9 per cent
    assert kinds(made(texts=[(text, True)])) == (["difference_differs"] if wrong else [])


def test_figures_that_are_printed_alike_agree() -> None:
    assert agree(0.3, 0.1 + 0.2)
