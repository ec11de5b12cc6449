"""StratML Part 2 (ISO 17469): a report as an XML performance report.

A goal is a Goal, a success factor an Objective, a measure a PerformanceIndicator. Each sex line is
a MeasurementInstance with its target and its results; the sex stands in a Descriptor. The order of
the elements is that of the schema of Part 2, version 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from styrmatt.export.formats.cells import number_text
from styrmatt.export.formats.page_links import source_link
from styrmatt.export.formats.stratml_rows import ReportRows, rows_of
from styrmatt.export.store.scan import ExtractReader

NAMESPACE: Final = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
_SEXES: Final = {"T": "total", "K": "women", "M": "men"}
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 does not allow."""


def write_stratml(extract: ExtractReader, document: str, path: Path, sources: str | None) -> int:
    """Write the report with this id as XML; returns the number of its measures."""
    report = rows_of(extract, document)
    root = _report(report, sources)
    ET.register_namespace("", NAMESPACE)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
    path.write_text(content, encoding="utf-8", newline="\n")
    return len(report.measures)


def _report(report: ReportRows, sources: str | None) -> ET.Element:
    document = report.document
    title = document["title"] or f"{document['organisation']} {document['fiscal_year']}"
    root = ET.Element(_name("PerformancePlanOrReport"), {"Type": "Performance_Report"})
    _text(root, "Name", title, always=True)
    title_line = f"{document['report_kind']} report {document['fiscal_year']}"
    reader = f"styrmatt {document['tool_version']}"
    origin = f"read by {reader} from {document['source_name']}"
    _text(root, "Description", f"{title_line}, {origin}.")
    core = _child(root, "StrategicPlanCore")
    organisation = _child(core, "Organization")
    _text(organisation, "Name", document["organisation"])
    _text(organisation, "Description", document["body"])
    for number, goal in enumerate(report.goals, 1):
        _goal(core, report, goal, number)
    administrative = _child(root, "AdministrativeInformation")
    _text(administrative, "Identifier", _identifier(document["document_id"]))
    _dates(administrative, document["period_start"], document["period_end"])
    _text(administrative, "Source", source_link(document, sources))
    return root


def _goal(core: ET.Element, report: ReportRows, goal: Mapping[str, Any], number: int) -> None:
    element = _child(core, "Goal")
    _text(element, "Name", goal["goal"], always=True)
    _text(element, "Description", goal.get("assessment_text"), always=True)
    if goal["goal_id"] is not None:
        _text(element, "Identifier", _identifier(goal["goal_id"]))
    _text(element, "SequenceIndicator", str(number))
    for board in goal.get("boards") or ():
        holder = _child(element, "Stakeholder", {"StakeholderTypeType": "Organization"})
        _text(holder, "Name", board)
    facts = {name: goal.get(name) for name in ("perspective", "assessment", "page")}
    _text(element, "OtherInformation", _facts(facts))
    for order, factor in enumerate(report.factors(goal["goal_id"]), 1):
        _objective(element, report, factor, f"{number}.{order}")


def _objective(
    goal: ET.Element, report: ReportRows, factor: Mapping[str, Any], number: str
) -> None:
    element = _child(goal, "Objective")
    _text(element, "Name", factor["success_factor"])
    if factor["success_factor_id"] is not None:
        _text(element, "Identifier", _identifier(factor["success_factor_id"]))
    _text(element, "SequenceIndicator", number)
    _text(element, "OtherInformation", _facts({"page": factor.get("page")}))
    measures = report.measures_of(factor["goal_id"], factor["success_factor_id"])
    for order, measure in enumerate(measures, 1):
        _indicator(element, report, measure, f"{number}.{order}")


def _indicator(
    objective: ET.Element, report: ReportRows, measure: Mapping[str, Any], number: str
) -> None:
    lines, results = report.lines(measure["measure_id"]), report.results(measure["measure_id"])
    units = [row["target_unit"] for row in lines] + [row["unit"] for row in results]
    unit = next((found for found in units if found), "")
    measured = any(row["target_value"] is not None for row in lines) or any(
        row["value"] is not None for row in results
    )
    kind = {"PerformanceIndicatorType": "Quantitative" if measured else "Qualitative"}
    element = _child(objective, "PerformanceIndicator", kind)
    _text(element, "SequenceIndicator", number)
    _text(element, "MeasurementDimension", measure["measure"])
    _text(element, "UnitOfMeasurement", unit, always=True)
    _text(element, "Identifier", _identifier(measure["measure_id"]))
    for sex in [s for s in _SEXES if any(r["sex"] == s for r in (*lines, *results))]:
        instance = _child(element, "MeasurementInstance")
        for row in (line for line in lines if line["sex"] == sex):
            _target(instance, report, row, unit)
        for row in (result for result in results if result["sex"] == sex):
            _results(instance, report, row, unit)
        for row in (line for line in lines if line["sex"] == sex):
            _marks(instance, report, row)
    facts = {
        "kind": measure["measure_kind"],
        "board": measure["board"],
        "page": measure["page"],
        "series": measure["series_id"],
    }
    _text(element, "OtherInformation", _facts(facts))


def _target(instance: ET.Element, report: ReportRows, row: Mapping[str, Any], unit: str) -> None:
    """The target of a sex line; a line without a target gets an empty one for its sex."""
    element = _child(instance, "TargetResult")
    _dates(element, report.document["period_start"], report.document["period_end"])
    _number(element, row["target_value"])
    _descriptor(element, "sex", _SEXES[row["sex"]])
    other_unit = row["target_unit"] if row["target_unit"] != unit else None
    facts = _facts({"unit": other_unit, "comparator": row["target_comparator"]})
    _text(element, "Description", "; ".join(filter(None, [row["target_text"], facts])))


def _results(instance: ET.Element, report: ReportRows, row: Mapping[str, Any], unit: str) -> None:
    """A stated result, after the earlier one that it is compared with."""
    other_unit = row["unit"] if row["unit"] != unit else None
    if row["previous_value"] is not None:
        earlier = _child(instance, "ActualResult")
        _result_dates(earlier, report, row["previous_year"], may_be_unknown=True)
        _number(earlier, row["previous_value"])
        _descriptor(earlier, "sex", _SEXES[row["sex"]])
        _text(earlier, "Description", _facts({"unit": other_unit, "page": row["page"]}))
    element = _child(instance, "ActualResult")
    _result_dates(element, report, row["outcome_year"])
    _number(element, row["value"])
    _descriptor(element, "sex", _SEXES[row["sex"]])
    facts = {"unit": other_unit, "period": row["period"], "change": row["change"]}
    listed = _facts(facts | {"status stated": row["status_stated"], "page": row["page"]})
    _text(element, "Description", "; ".join(filter(None, [row["text"], listed])))


def _marks(instance: ET.Element, report: ReportRows, row: Mapping[str, Any]) -> None:
    """The status and trend of a sex line, each as a result with a descriptor."""
    for name in ("status", "trend"):
        if row[name] is not None:
            element = _child(instance, "ActualResult")
            _dates(element, report.document["period_start"], report.document["period_end"])
            _descriptor(element, name, row[name])
            facts = {"sex": _SEXES[row["sex"]], "page": row["page"]}
            _text(element, "Description", _facts(facts))


def _result_dates(
    element: ET.Element, report: ReportRows, year: int | None, *, may_be_unknown: bool = False
) -> None:
    """The dates of a result: the report's period for its own year, else the calendar year.

    A missing year is the report's own, unless it ``may_be_unknown``: then there are no dates.
    """
    document = report.document
    if year is None and may_be_unknown:
        return
    if year is None or year == document["fiscal_year"]:
        _dates(element, document["period_start"], document["period_end"])
    else:
        _dates(element, date(year, 1, 1), date(year, 12, 31))


def _dates(element: ET.Element, start: date | None, end: date | None) -> None:
    _text(element, "StartDate", start.isoformat() if start else None)
    _text(element, "EndDate", end.isoformat() if end else None)


def _number(element: ET.Element, value: float | None) -> None:
    _text(element, "NumberOfUnits", None if value is None else number_text(value))


def _descriptor(element: ET.Element, name: str, value: str) -> None:
    descriptor = _child(element, "Descriptor")
    _text(descriptor, "DescriptorName", name)
    _text(descriptor, "DescriptorValue", value)


def _facts(facts: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in facts.items() if value is not None)


def _identifier(text: str) -> str:
    """An id as XML allows it: it begins with a letter and has no space or colon."""
    cleaned = re.sub(r"[^\w.-]", "-", text)
    return cleaned if re.match(r"[^\W\d]", cleaned) else f"id-{cleaned}"


def _child(parent: ET.Element, name: str, attributes: dict[str, str] | None = None) -> ET.Element:
    return ET.SubElement(parent, _name(name), attributes or {})


def _text(parent: ET.Element, name: str, text: str | None, *, always: bool = False) -> None:
    if text or always:
        _child(parent, name).text = _NOT_IN_XML.sub("", text or "")


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
