"""One figure given in two ways in the text: the same sentence twice, or an amount to a receiver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport, ReportSentence
from styrmatt.audit.check.basis.findings import finding, sentence_place
from styrmatt.audit.check.basis.measure_words import same_word
from styrmatt.audit.check.basis.quantities import Quantity, QuantityReader
from styrmatt.records import Finding
from styrmatt.swedish.numbers import YEAR_ALONE
from styrmatt.swedish.sentences import SentenceWord, words_of

_MIN_STATEMENT_WORDS: Final = 4
"""Content words of a sentence that is compared with others. Sentences of fewer are stock phrases,
said of different things in the same words."""
_SAME_WORDS_SHARE: Final = 0.8
"""Share of the longer sentence's words that two statements of one fact have in common: a word or
two may be exchanged. With less, sentences about two measures of one kind are taken for one."""
_SAME_AMOUNT_TOLERANCE: Final = 0.02
"""Relative difference up to which two amounts are meant to be one: a rounded or mistyped figure.
Two different grants to one receiver differ by more."""
_MIN_AMOUNT_DIGITS: Final = 3
"""Digits of an amount that is compared. A difference of two per cent needs three digits to be seen;
in short figures nearness is chance."""
_NAME_DISTANCE_CHARS: Final = 60
"""Characters before and behind an amount in which the receiver's name stands: about a clause."""
_LEADERS: Final = "...."
"""Dots of a table of contents or a form, whose figures state nothing."""
_MIN_NAME_LETTERS: Final = 5
"""Letters of a word that can be a receiver's name where it begins with a capital: short ones with a
capital mostly begin a sentence."""
_GENITIVE: Final = "s"
"""Ending of a name before what belongs to it."""
_MAX_SECTIONS: Final = 2
"""Sections in which one and the same sentence may stand and still be about one thing. A sentence of
three and more is a form that each section fills in with figures of its own."""
_MIN_SUBJECT_LETTERS: Final = 4
"""Letters of a word that says what a sentence is about."""
_MIN_NAME_COVERAGE: Final = 0.5
"""Share of a measure's name, by weight, from which on a sentence without a known measure is about
it: a half. With less, sentences of one form that name a part of several measures are of one."""
_MIN_NAME_MARGIN: Final = 0.15
"""How much more of its name that measure must have than the next one (share of the name)."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence with figures, as it is compared with others."""

    sentence: ReportSentence
    quantities: tuple[Quantity, ...]
    words: frozenset[str]
    """Its content words, without figures."""
    years: frozenset[str]
    """The years that it names."""


def check_figures(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each pair of places that give one figure differently."""
    yield from _repeated_statements(report)
    yield from _near_amounts(report)


def _repeated_statements(report: CheckedReport) -> Iterator[Finding]:
    """Sentences of two sections with the same words and other figures."""
    statements = [s for s in _statements(report) if _is_of_something(report, s)]
    alike = [
        (first, second)
        for first, second in combinations(statements, 2)
        if _comparable(first, second) and _same_words(first, second)
    ]
    for first, second in alike:
        pairs = list(zip(first.quantities, second.quantities, strict=True))
        if any(a.unit != b.unit for a, b in pairs) or all(a.value == b.value for a, b in pairs):
            continue
        is_form = max(_sections_of(one, alike) for one in (first, second)) > _MAX_SECTIONS
        if subject := _common_subject(report, first, second, is_form=is_form):
            yield _finding(report, first, second, f"Two places say the same of {subject}")


def _is_of_something(report: CheckedReport, statement: _Statement) -> bool:
    """Whether a sentence is long enough to be compared, or has a measure and names it."""
    if len(statement.words) >= _MIN_STATEMENT_WORDS:
        return True
    measure_id = _measure_of(report, statement)
    return measure_id is not None and bool(
        report.words.words_in(measure_id, statement.sentence.text)
    )


def _sections_of(one: _Statement, alike: Sequence[tuple[_Statement, _Statement]]) -> int:
    """How many sections have a sentence of the same words, its own among them."""
    return 1 + len(
        {
            other.sentence.narrative.section_id
            for pair in alike
            if one in pair
            for other in pair
            if other is not one
        }
    )


def _common_subject(
    report: CheckedReport, first: _Statement, second: _Statement, *, is_form: bool
) -> str:
    """What both sentences are about, in words; empty where it may be two things.

    That is the one measure that both are about. Else, and if the words are no form that stands in
    several sections, it is what they name themselves, where one section lies within the other:
    beside each other each section may speak of its own subject.
    """
    one, two = (_measure_of(report, statement) for statement in (first, second))
    if one is not None and two is not None:
        return f"“{report.measures[one].measure}”" if one == two else ""
    paths = sorted((s.sentence.narrative.heading_path for s in (first, second)), key=len)
    within = paths[1][: len(paths[0])] == paths[0]
    if is_form or not (within or _share_goal_text(first, second)):
        return ""
    shared = first.words & second.words
    stock = frozenset(report.vocabulary.checks.stock)
    named = [
        word.text
        for word in words_of(first.sentence.text)
        if word.low in shared and word.low not in stock and len(word.low) >= _MIN_SUBJECT_LETTERS
    ]
    return ", ".join(dict.fromkeys(named))


def _share_goal_text(first: _Statement, second: _Statement) -> bool:
    """Whether one of two sections of one goal is the goal's own text, which sums up the other."""
    one, two = first.sentence.narrative, second.sentence.narrative
    if one.goal_id is None or one.goal_id != two.goal_id:
        return False
    return any(n.success_factor_id is None and n.measure_id is None for n in (one, two))


def _measure_of(report: CheckedReport, statement: _Statement) -> str | None:
    """The id of the measure that a sentence is about, where that is sure."""
    sentence = statement.sentence
    for known in (sentence.named_id, sentence.narrative.measure_id):
        if known is not None:
            return known
    linked = {
        outcome.measure_id
        for outcome in report.extract.outcomes
        if outcome.source == "narrative"
        and outcome.page == sentence.page
        and sentence.text in outcome.text
    }
    if linked:
        return linked.pop() if len(linked) == 1 else None
    return report.words.best_match(
        report.measures,
        report.words.content_words(sentence.text),
        min_coverage=_MIN_NAME_COVERAGE,
        min_margin=_MIN_NAME_MARGIN,
    )


def _statements(report: CheckedReport) -> Iterator[_Statement]:
    reader = QuantityReader(report.vocabulary)
    common = frozenset(report.vocabulary.checks.common)
    for sentence in report.sentences:
        quantities = tuple(reader.read(sentence.stating))
        if not quantities or _LEADERS in sentence.text:
            continue
        words = (word.low for word in words_of(sentence.text))
        content = frozenset(w for w in words if not w[0].isdecimal() and w not in common)
        years = frozenset(YEAR_ALONE.findall(sentence.text))
        yield _Statement(sentence, quantities, content, years)


def _comparable(first: _Statement, second: _Statement) -> bool:
    """Whether two statements stand in two sections and have as many figures of the same years."""
    one, two = first.sentence.narrative, second.sentence.narrative
    return (
        one.section_id != two.section_id
        and first.years == second.years
        and len(first.quantities) == len(second.quantities)
    )


def _same_words(first: _Statement, second: _Statement) -> bool:
    shared = first.words & second.words
    return len(shared) >= _SAME_WORDS_SHARE * max(len(first.words), len(second.words))


def _near_amounts(report: CheckedReport) -> Iterator[Finding]:
    """Amounts of money to the same receiver that differ slightly."""
    money = [
        (statement, quantity)
        for statement in _statements(report)
        for quantity in statement.quantities
        if _is_money(quantity)
    ]
    for (first, one), (second, two) in combinations(money, 2):
        if first.sentence.narrative.section_id == second.sentence.narrative.section_id:
            continue
        difference = abs(one.value - two.value)
        near = one.unit == two.unit and 0 < difference <= _SAME_AMOUNT_TOLERANCE * one.value
        if not near or first.years != second.years:
            continue
        if receiver := _same_receiver(report, (first, one), (second, two)):
            yield _finding(
                report,
                replace(first, quantities=(one,)),
                replace(second, quantities=(two,)),
                f"Two places give nearly the same amount for {receiver}",
            )


def _is_money(quantity: Quantity) -> bool:
    digits = sum(character.isdecimal() for character in quantity.printed)
    return (
        digits >= _MIN_AMOUNT_DIGITS
        and quantity.unit is not None
        and (quantity.unit in ("kr", "tkr", "mnkr") or " " in quantity.unit)
    )


def _same_receiver(report: CheckedReport, *places: tuple[_Statement, Quantity]) -> str:
    """The name that stands near both amounts, other than the organisation's; empty without one.

    The first word of a sentence has a capital, too: one of the two is within its sentence.
    """
    document = report.extract.document
    own = {
        word.low.removesuffix(_GENITIVE)
        for word in words_of(f"{document.organisation} {document.body or ''}")
    }
    first, second = (_names_near(statement.sentence.text, amount) for statement, amount in places)
    for a, b in product(first, second):
        is_own = a.low.removesuffix(_GENITIVE) in own  # a company of that name is another one
        if same_word(a.low, b.low) and (a.start or b.start) and not is_own:
            return a.text
    return ""


def _names_near(sentence: str, quantity: Quantity) -> list[SentenceWord]:
    """The words near an amount that begin with a capital and can be a name."""
    return [
        word
        for word in words_of(sentence)
        if quantity.start - _NAME_DISTANCE_CHARS <= word.start < quantity.end + _NAME_DISTANCE_CHARS
        and word.text[0].isupper()
        and len(word.text) >= _MIN_NAME_LETTERS
    ]


def _finding(report: CheckedReport, first: _Statement, second: _Statement, what: str) -> Finding:
    figures = _differing_figures(first.quantities, second.quantities)
    narrative = first.sentence.narrative
    return finding(
        report,
        "figure_differs",
        "error",
        f"{what}: {figures[0]} and {figures[1]}.",
        sentence_place(first.sentence),
        sentence_place(second.sentence),
        goal_id=narrative.goal_id,
        measure_id=narrative.measure_id or second.sentence.narrative.measure_id,
    )


def _differing_figures(first: Sequence[Quantity], second: Sequence[Quantity]) -> tuple[str, str]:
    """The figures that differ, as printed; all of them where they cannot be paired."""
    if len(first) == len(second):
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a.value != b.value]
        first, second = [a for a, _ in pairs], [b for _, b in pairs]
    return ", ".join(q.printed for q in first), ", ".join(q.printed for q in second)
