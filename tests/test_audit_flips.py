"""Where the decisions of checks and comparisons flip: one thing varied, all else left alone.

Each row of FLIPS says in a sentence from where to where the answer is yes; the others are no.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conftest import make_extract
from flips import Flip
from test_check import VOCABULARY, found, kinds, made
from test_diff import compared, measure
from test_normalize_flips import LETTERS, NAME, changed
from two_reports import report

from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.measure_words import MeasureWords, same_word
from styrmatt.audit.check.targets import TargetStatements
from styrmatt.audit.diff.row_pairing import IdMapping, _likeness
from styrmatt.audit.diff.texts import equal_when_rounded
from styrmatt.records import Extract

MINE = tuple(f"{a}{b}rkuvnad" for a in "bdgkp" for b in "aeio")
"""Twenty words that are no forms of each other."""
THEIRS = tuple(f"{a}{b}lstimp" for a in "bdgkp" for b in "aeio")


def sentence(*words: str) -> str:
    return f"Målet är att 75 procent {' '.join(words)} ska vara nöjda."


def copied(letters: int) -> list[Any]:
    """What is found where a paragraph of so many letters stands twice."""
    text = "n" * letters
    return found(made(texts=[(text, False), (text, True)]))


def shifted(above: str, own: str, target: str) -> bool:
    """Whether the target of a measure is taken for that of the row above it."""
    base = made(name=own, line={"target_text": target, "bbox": (10.0, 200.0, 50.0, 220.0)})
    other = {"measure_id": "m-above", "measure": above}
    empty = {"target_text": None, "target_value": None, "target_kind": "none", "status": None}
    line = {"record_id": "m-above-T", "bbox": (10.0, 100.0, 50.0, 120.0)}
    rows = (replace(base.records[0], **other, **empty, **line), base.records[0])
    measures = (*base.measures, replace(base.measures[0], **other))
    return "target_shifted" in kinds(replace(base, measures=measures, records=rows))


def amounts_differ(share: float) -> bool:
    first = "Av stödet gick 100 000 kronor till Tallmobuss för linjerna."
    second = f"Tallmobuss har under våren beviljats 10{round(share * 1e5):04d} kronor."
    return kinds(made(texts=[(first, False), (second, True)])) == ["figure_differs"]


def is_about(words: int) -> bool:
    """Whether a sentence with so many of twenty words of a measure contradicts its mark."""
    text = f"Målet {' '.join(MINE[:words])} har inte uppnåtts."
    outcome = {"status_stated": "not_met", "text": text}
    return bool(found(made(name=" ".join(MINE), line={"status": "met"}, outcome=outcome)))


def summary(text: str) -> bool:
    """Whether a goal's summary speaks of the target of no measure."""
    return kinds(made(texts=[(text, False)])) == ["measure_without_table"]


def target_of(words: int, others: int) -> bool:
    """Whether a target is the measure's, with so many of its words and another measure's."""
    one = made(name=" ".join(MINE), texts=[(sentence(*MINE[:words], *THEIRS[:others]), False)])
    other = {"measure_id": "m2", "measure": " ".join(THEIRS)}
    two: Extract = replace(
        one,
        measures=(*one.measures, replace(one.measures[0], **other)),
        records=(*one.records, replace(one.records[0], **other, record_id="m2-T")),
    )
    return kinds(two) == ["target_differs"]


def in_section(words: int) -> bool:
    text = sentence(*MINE[:words])
    return kinds(made(name=" ".join(MINE), texts=[(text, True)])) == ["target_differs"]


def second_target(words: int) -> bool:
    """Whether a target counts in so many words where the right one is told in all of them."""
    best = sentence(*MINE).replace("75", "80")
    texts = [(best, False), (sentence(*MINE[:words]), False)]
    return "target_differs" in kinds(made(name=" ".join(MINE), texts=texts))


def target_in(text: str) -> bool:
    """Whether a sentence states a target."""
    return bool(list(TargetStatements(CheckedReport(made(), VOCABULARY)).read(text)))


CHECKS = {
    "words are forms of one that have 5 letters in common": Flip(
        lambda n: same_word(LETTERS[:n] + "x", LETTERS[:n] + "z"), range(1, 16), first=5
    ),
    "a form of a word has at most 4 letters more": Flip(
        lambda n: same_word(LETTERS, LETTERS + "x" * n), range(14), last=4
    ),
    "a form of a word has 6 tenths of its letters in common": Flip(
        lambda n: same_word(LETTERS[:5], LETTERS[:5] + "x" * n), range(5), last=3
    ),
    "a compound is the word that it ends in from 6 letters": Flip(
        lambda n: same_word("zzzzz" + LETTERS[:n], LETTERS[:n]), range(2, 17), first=6
    ),
    "a word says something from 3 letters": Flip(
        lambda n: bool(MeasureWords((), VOCABULARY.checks).content_words(LETTERS[:n])),
        range(1, 10),
        first=3,
    ),
    "a paragraph is copied from 150 letters": Flip(
        lambda n: bool(copied(n)), (50, 60, 100, 149, 150, 200, 370, 400), first=150
    ),
    "a quote is whole up to 600 letters": Flip(
        lambda n: copied(n)[0].text == "n" * int(n), (200, 240, 300, 599, 600, 601, 1400), last=600
    ),
    "a target names the row above by a word of 5 letters": Flip(
        lambda n: shifted(f"Antal {LETTERS[: int(n)]}", "Prövning", LETTERS[: int(n)].title()),
        range(3, 16),
        first=5,
    ),
    "a target is its own measure's that has the 4 first letters of its word": Flip(
        lambda n: shifted(f"Antal {LETTERS[:10]}", f"{LETTERS[: int(n)]}xzxzxzx", LETTERS[:10]),
        range(10),
        last=3,
    ),
    "amounts are one that differ by 2 percent": Flip(
        amounts_differ, (0.002, 0.007, 0.01, 0.019, 0.021, 0.03, 0.049, 0.06), last=0.019
    ),
    "a sentence is about a measure from 6 of its 20 words": Flip(is_about, range(1, 21), first=6),
    "a sentence has a subject from 2 words, the verb one of them": Flip(
        lambda n: summary(f"{' '.join(THEIRS[: int(n) - 1])} når inte målet."),
        range(1, 9),
        first=2,
    ),
    "a verb is of the target up to 5 words ahead": Flip(
        lambda n: summary(f"Utbetalda arvoden når {' '.join(THEIRS[: int(n) - 1])} målet."),
        range(1, 16),
        last=5,
    ),
    "a figure is of the target up to 14 words behind it": Flip(
        lambda n: target_in(f"Målet {' '.join(['nnnnn'] * int(n))} 75 procent."),
        (1, 4, 5, 6, 10, 13, 14, 15, 20, 34, 35, 36, 40),
        last=14,
    ),
    "a year up to 25 characters behind a figure dates it": Flip(
        lambda n: not target_in(f"Målet är 75 procent {'n' * int(n - 2)} 2018 för resor."),
        (5, 6, 10, 15, 20, 21, 22, 30, 50, 60, 70),
        last=21,
    ),
    "a target is the measure's in its section from 7 of its 20 words": Flip(
        in_section, range(1, 21), first=7
    ),
    "a target is the measure's elsewhere from 8 of its 20 words": Flip(
        lambda n: target_of(int(n), 0), range(1, 21), first=8
    ),
    "a measure is meant that has 3 of 20 words more": Flip(
        lambda n: target_of(10, 10 - int(n)), range(10), first=3
    ),
    "a second target is the measure's from 17 of 20 words": Flip(
        second_target, range(5, 20), first=17
    ),
}


# --- comparisons ----------------------------------------------------------------------------------


def factor_is_renamed(changes: int, *names: str) -> bool:
    """Whether a factor with so many other letters is one, where all its measures are there."""
    both = [measure(name, f"s-{number}") for number, name in enumerate(names)]
    left = report(2020, *({**m, "factor": NAME} for m in both))
    right = report(2021, *({**m, "factor": changed(NAME, changes)} for m in both))
    return [change.kind for change in compared(left, right).changes] == ["factor_renamed"]


def goal_score(**values: Any) -> float | None:
    """The score of a goal read twice, the second time with other values."""
    goal = make_extract().goals[0]
    box = {"bbox": (0.0, 0.0, 100.0, 10.0) if values.get("bbox") else None}
    first = replace(goal, goal=NAME, **box)
    return _likeness(first, replace(first, goal_id="other", **values), IdMapping())


def moved_box(points: float) -> tuple[float, float, float, float]:
    return (points, 0.0, 100.0 + points, 10.0)


COMPARISONS = {
    "a factor of two measures is the same from 33 of 50 letters": Flip(
        lambda n: factor_is_renamed(50 - int(n), "Antal resor", "Nöjda åkande"),
        range(5, 50),
        first=33,
    ),
    "a factor of one measure is the same from 43 of 50 letters": Flip(
        lambda n: factor_is_renamed(50 - int(n), "Antal resor"), range(5, 50), first=43
    ),
    "a row is the same where half of what two boxes cover is in both": Flip(
        lambda n: goal_score(goal="", bbox=moved_box(n)) is not None,
        (0, 5, 10, 20, 30, 33, 34, 40, 60, 70),
        last=33,
    ),
    "a row without a box is the same from 30 of 50 letters": Flip(
        lambda n: goal_score(goal=changed(NAME, 50 - int(n))) is not None,
        range(5, 50),
        first=30,
    ),
    "a figure is rounded that lies half a step away, and a billionth of it": Flip(
        lambda n: equal_when_rounded(12.0, 12.5 + 0.5e-9 * n),
        (0, 0.3, 0.5, 0.9, 1.1, 1.5, 2.4, 3),
        last=0.9,
    ),
}

FLIPS = CHECKS | COMPARISONS


@pytest.mark.parametrize("what", FLIPS)
def test_a_decision_flips_where_it_is_said_to(what: str) -> None:
    FLIPS[what].check()


def test_a_line_of_a_measure_before_a_box_and_a_box_before_a_name() -> None:
    """The same measure and sex, with all else read otherwise; a box, half of it; a whole name."""
    record = replace(make_extract().records[0], bbox=(0.0, 0.0, 100.0, 10.0))
    one = replace(record, record_id="one")
    others = dict.fromkeys(("measure", "measure_raw", "goal", "target_text", "board"), "x")
    line = _likeness(record, replace(one, **others, bbox=None), IdMapping())
    whole_box = _likeness(record, replace(one, measure_id="other"), IdMapping())
    half_box = goal_score(goal="x", perspective="x", bbox=moved_box(30.0))
    name = goal_score(goal=NAME)
    assert line and whole_box and half_box and name
    assert line > whole_box > half_box > name


def test_the_id_of_a_finding_is_that_of_existing_files() -> None:
    (finding,) = copied(200)
    assert finding.finding_id == "x-f529db890bf3fc"
