"""What cannot be: a share above a hundred per cent, a unit that the measure cannot have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from styrmatt.audit.check.basis.checked_report import CheckedReport, ReportSentence
from styrmatt.audit.check.basis.findings import (
    FindingPlace,
    finding,
    name_place,
    result_place,
    sentence_place,
    table_place,
)
from styrmatt.audit.check.basis.quantities import Quantity, QuantityReader
from styrmatt.records import Finding, Record
from styrmatt.swedish.sentences import SentenceWord, lowercase_words, words_of

_WHOLE: Final = 100.0
_SHARE_DISTANCE_WORDS: Final = 30
"""Words between the word for a share and its figure, in which what is shared stands, and women's
figure before men's."""
_BY_DISTANCE_WORDS: Final = 2
"""Words before a figure among which "by" makes it a change: with a word such as "about" between."""
_FAMILIES: Final = {
    "percent": "share",
    "percentage_points": "share",
    "kr": "money",
    "tkr": "money",
    "mnkr": "money",
    "days": "time",
}
"""Units that exclude each other, by what they are units of. Others may be counted anyhow."""


class _Printed(NamedTuple):
    """A figure that a report prints for a line, with its unit."""

    value: float
    unit: str | None
    place: FindingPlace
    what: str


def check_limits(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each share that cannot be, and for each unit that the measure cannot have."""
    names = frozenset(report.vocabulary.units.percent_names)
    for lines in report.lines.values():
        for line in lines:
            printed = list(_printed(report, line))
            is_share = any(word in names for word in lowercase_words(line.measure))
            if _is_part_of_whole(report, line.measure, names):
                yield from _impossible_shares(report, line, printed)
            yield from _impossible_units(report, line, printed, is_share=is_share)
    yield from _shares_in_sentences(report, names)


def _printed(report: CheckedReport, line: Record) -> Iterator[_Printed]:
    """The target and the results of a line."""
    if line.target_kind == "threshold" and not line.target_is_change:
        figures = [(line.target_value, line.target_unit)]
        figures += [(c.value, c.unit) for c in line.target_components]
        if line.target_value is None and line.target_unit == "percent":
            # not taken for a target, because it can hardly be one
            read = QuantityReader(report.vocabulary).read(line.target_text or "")
            figures += [(quantity.value, quantity.unit) for quantity in read]
        for value, unit in dict.fromkeys(figures):
            if value is not None:
                yield _Printed(value, unit, table_place(line), "target")
    for outcome in report.outcomes[line.measure_id]:
        if outcome.sex == line.sex and outcome.value is not None:
            place = result_place(report, outcome)
            yield _Printed(outcome.value, outcome.unit, place, outcome.kind)


# -- shares


def _is_part_of_whole(report: CheckedReport, name: str, shares: frozenset[str]) -> bool:
    """Whether a name begins with the word for a share and has none of what has no bounds."""
    words = lowercase_words(name)
    boundless = report.vocabulary.checks.boundless
    return bool(words) and words[0] in shares and not any(w.startswith(boundless) for w in words)


def _impossible_shares(
    report: CheckedReport, line: Record, printed: Sequence[_Printed]
) -> Iterator[Finding]:
    for one in printed:
        if one.unit == "percent" and one.value > _WHOLE:
            yield finding(
                report,
                "share_impossible",
                "error",
                f"The {one.what} is {one.value:g} per cent of a share: “{line.measure}”.",
                one.place,
                name_place(report, line),
                goal_id=line.goal_id,
                measure_id=line.measure_id,
                record_id=line.record_id,
                sex=line.sex,
            )


def _shares_in_sentences(report: CheckedReport, names: frozenset[str]) -> Iterator[Finding]:
    """Shares of more than all that a sentence states; the reader of results takes none of them."""
    reader = QuantityReader(report.vocabulary)
    forms = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(names)))})(?:en|ar|arna)?")
    for sentence in report.sentences:
        words: Sequence[SentenceWord] = ()
        for quantity in reader.read(sentence.stating):
            if quantity.unit != "percent" or quantity.value <= _WHOLE:
                continue
            words = words or words_of(sentence.text)
            if _is_of_share(report, words, quantity, forms):
                yield _sentence_finding(report, sentence, quantity)


def _is_of_share(
    report: CheckedReport,
    words: Sequence[SentenceWord],
    quantity: Quantity,
    forms: re.Pattern[str],
) -> bool:
    """Whether a figure is said of a share, and is no change of it."""
    checks = report.vocabulary.checks
    before = [word.low for word in words if word.start < quantity.start][-_SHARE_DISTANCE_WORDS:]
    shares = [n for n, word in enumerate(before) if forms.fullmatch(word)]
    if not shares or any(word in checks.by for word in before[-_BY_DISTANCE_WORDS:]):
        return False
    between = before[shares[-1] :]
    if any(word.low.startswith(checks.boundless) for word in words):
        return False
    return not any(word in (*checks.rises, *checks.falls) for word in between) or (
        before[-1] in checks.up_to
    )


def _sentence_finding(
    report: CheckedReport, sentence: ReportSentence, quantity: Quantity
) -> Finding:
    narrative = sentence.narrative
    measure_id = (
        sentence.named_id
        or narrative.measure_id
        or report.words.best_match(
            report.measures,
            report.words.content_words(sentence.text),
            min_coverage=_MIN_NAME_COVERAGE,
            min_margin=_MIN_NAME_MARGIN,
        )
    )
    line = report.lines[measure_id][0] if measure_id and report.lines[measure_id] else None
    about = f": “{line.measure}”" if line else ""
    figure = FindingPlace(quantity.printed, sentence.page, sentence.bbox)
    return finding(
        report,
        "share_impossible",
        "error",
        f"The text gives {quantity.printed} as a share{about}.",
        sentence_place(sentence),
        name_place(report, line) if line else figure,
        goal_id=narrative.goal_id,
        measure_id=measure_id,
    )


_MIN_NAME_COVERAGE: Final = 0.4
"""Share of a measure's name, by weight, that such a sentence has to be about it."""
_MIN_NAME_MARGIN: Final = 0.1
"""How much more of its name that measure must have than the next one (share of the name)."""


# -- units


def _impossible_units(
    report: CheckedReport, line: Record, printed: Sequence[_Printed], *, is_share: bool
) -> Iterator[Finding]:
    """The figure of a line whose unit its name excludes; else two figures of two kinds of units."""
    known = [(one, _FAMILIES.get(one.unit or "")) for one in printed]
    named = "share" if is_share else _family_in_name(report, line.measure)
    for one, family in known:
        if family and named and family != named and one.value:
            yield _unit_finding(report, line, one, name_place(report, line))
            return
    families = {family: one for one, family in reversed(known) if family}
    if named is None and len(families) > 1:
        first, second, *_ = families.values()
        yield _unit_finding(report, line, second, first.place)


def _family_in_name(report: CheckedReport, name: str) -> str | None:
    """What kind of unit a name prints at its end or in brackets: "..., kr/elev", "(dagar)"."""
    units = report.vocabulary.units
    tail = re.split(r"[,(]", name)[1:]
    words = {word for part in tail for word in lowercase_words(part)}
    found = {
        family
        for unit, family in _FAMILIES.items()
        if any(word.casefold() in words for word in getattr(units, unit))
    }
    return found.pop() if len(found) == 1 else None


def _unit_finding(
    report: CheckedReport, line: Record, one: _Printed, other: FindingPlace
) -> Finding:
    unit = (one.unit or "").replace("_", " ")
    return finding(
        report,
        "unit_impossible",
        "warning",
        f"The {one.what} is in {unit}, which the measure cannot be in: “{line.measure}”.",
        one.place,
        other,
        goal_id=line.goal_id,
        measure_id=line.measure_id,
        record_id=line.record_id,
        sex=line.sex,
    )
