"""StratML Part 2: elements, their order and their types as the standard's schema has them."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import make_extract
from extracts import rich_extract, rich_root, write_extract

from styrmatt.export.formats.stratml import NAMESPACE
from styrmatt.pipeline.use_cases.export import ExportRequest, export
from styrmatt.records import Extract

MANY = None
DATED = [("StartDate", 0, 1), ("EndDate", 0, 1)]
RESULT = [*DATED, ("NumberOfUnits", 0, 1), ("Descriptor", 0, 1), ("Description", 0, 1)]
CHILDREN: dict[str, list[tuple[str, int, int | None]]] = {
    "PerformancePlanOrReport": [
        ("Name", 1, 1),
        ("Description", 0, 1),
        ("OtherInformation", 0, 1),
        ("StrategicPlanCore", 1, 1),
        ("AdministrativeInformation", 0, 1),
        ("Submitter", 0, 1),
    ],
    "StrategicPlanCore": [
        ("Organization", 0, MANY),
        ("Vision", 0, 1),
        ("Mission", 0, 1),
        ("Value", 0, MANY),
        ("Goal", 1, MANY),
    ],
    "Organization": [
        ("Name", 0, 1),
        ("Acronym", 0, 1),
        ("Identifier", 0, 1),
        ("Description", 0, 1),
        ("Stakeholder", 0, MANY),
    ],
    "Goal": [
        ("Name", 1, 1),
        ("Description", 1, 1),
        ("Identifier", 0, 1),
        ("SequenceIndicator", 0, 1),
        ("Stakeholder", 0, MANY),
        ("OtherInformation", 0, 1),
        ("Objective", 0, MANY),
    ],
    "Objective": [
        ("Name", 0, 1),
        ("Description", 0, 1),
        ("Identifier", 0, 1),
        ("SequenceIndicator", 0, 1),
        ("Stakeholder", 0, MANY),
        ("OtherInformation", 0, 1),
        ("PerformanceIndicator", 0, MANY),
    ],
    "Stakeholder": [("Name", 1, 1), ("Description", 0, 1), ("Role", 0, MANY)],
    "PerformanceIndicator": [
        ("SequenceIndicator", 0, 1),
        ("MeasurementDimension", 1, 1),
        ("UnitOfMeasurement", 1, 1),
        ("Identifier", 0, 1),
        ("Relationship", 0, MANY),
        ("MeasurementInstance", 0, MANY),
        ("OtherInformation", 0, 1),
    ],
    "MeasurementInstance": [("TargetResult", 0, MANY), ("ActualResult", 0, MANY)],
    "TargetResult": RESULT,
    "ActualResult": RESULT,
    "Descriptor": [("DescriptorName", 0, 1), ("DescriptorValue", 0, 1)],
    "AdministrativeInformation": [
        ("Identifier", 0, 1),
        *DATED,
        ("PublicationDate", 0, 1),
        ("Source", 0, 1),
    ],
}
"""Element to its children in their order, with least and most: Part 2, schema version 2.2."""
VALUES = {
    "StartDate": r"\d{4}-\d\d-\d\d",
    "EndDate": r"\d{4}-\d\d-\d\d",
    "NumberOfUnits": r"[+-]?\d+(\.\d+)?",
    "Identifier": r"[^\W\d][\w.-]*",
    "Source": r"[!-~]+",
}
ATTRIBUTES = {
    "PerformancePlanOrReport": {"Type": {"Performance_Report"}},
    "PerformanceIndicator": {"PerformanceIndicatorType": {"Quantitative", "Qualitative"}},
    "Stakeholder": {"StakeholderTypeType": {"Organization"}},
}


def name(element: ET.Element) -> str:
    assert element.tag.startswith(f"{{{NAMESPACE}}}")
    return element.tag.rpartition("}")[2]


def check(element: ET.Element) -> None:
    """Order, numbers, texts and attributes of an element and all below it."""
    mine = name(element)
    allowed = ATTRIBUTES.get(mine, {})
    assert all(value in allowed[key] for key, value in element.attrib.items())
    if mine not in CHILDREN:
        assert not len(element), mine
        assert re.fullmatch(VALUES.get(mine, r"(?s).*"), element.text or ""), (mine, element.text)
        return
    assert not (element.text or "").strip()
    children = [name(child) for child in element]
    order = [child for child, _, _ in CHILDREN[mine]]
    assert children == sorted(children, key=order.index), (mine, children)
    for child, least, most in CHILDREN[mine]:
        assert least <= children.count(child) <= (most or 10**6), (mine, child)
    for child in element:
        check(child)


def find(element: ET.Element, path: str) -> list[ET.Element]:
    return element.findall("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")))


def text(element: ET.Element, path: str) -> str | None:
    found = find(element, path)
    return found[0].text if found else None


def exported(extract: Extract, folder: Path, **options: str) -> ET.Element:
    write_extract(extract, folder / "root", replace=False, partial=False)
    path = folder / "out.xml"
    export(ExportRequest("stratml", path, folder / "root", sources=options.get("sources")))
    root = ET.parse(path).getroot()
    check(root)
    ids = [element.text for element in root.iter(f"{{{NAMESPACE}}}Identifier")]
    assert len(ids) == len(set(ids))
    return root


GOAL = "StrategicPlanCore/Goal"
INDICATOR = f"{GOAL}/Objective/PerformanceIndicator"


def test_goal_factor_measure_target_and_result_have_their_elements(tmp_path: Path) -> None:
    root = exported(rich_extract("tallmo-2021", 2021, "1"), tmp_path, sources="https://example.se")
    assert text(root, "Name") == "Årsrapport 2021"
    assert text(root, "AdministrativeInformation/Source") == (
        "https://example.se/rapport%20%C3%A5%C3%A4%C3%B6%202021.pdf"
    )
    assert [goal.text for goal in find(root, f"{GOAL}/Name")] == [
        "Resan är trygg",
        "Öarna når alla",
    ]
    assert text(root, f"{GOAL}/Objective/Name") == "Bussen kommer i tid"
    (indicator,) = find(root, INDICATOR)
    assert text(indicator, "MeasurementDimension") == "Andel nöjda åkande"
    assert text(indicator, "UnitOfMeasurement") == "percent"
    women, men = find(indicator, "MeasurementInstance")
    assert text(women, "TargetResult/Descriptor/DescriptorName") == "sex"
    assert text(women, "TargetResult/Descriptor/DescriptorValue") == "women"
    assert text(men, "TargetResult/NumberOfUnits") == "-12.5"
    results = find(women, "ActualResult")
    said = [(text(r, "StartDate"), text(r, "NumberOfUnits")) for r in results]
    assert said == [
        ("2019-01-01", "70.5"),
        ("2020-01-01", "78"),
        ("2021-01-01", None),
        ("2021-01-01", None),
    ]
    marks = {
        text(r, "Descriptor/DescriptorName"): text(r, "Descriptor/DescriptorValue") for r in results
    }
    assert marks == {"sex": "women", "status": "partly_met", "trend": "up"}


def test_every_report_of_an_extract_is_a_file(tmp_path: Path) -> None:
    root = rich_root(tmp_path / "root")
    done = export(ExportRequest("stratml", tmp_path / "out", root))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "tallmo-2020.xml",
        "tallmo-2021.xml",
        "tallmo-nämnd-2020.xml",
    ]
    assert done.counts == {"tallmo-2020": 1, "tallmo-nämnd-2020": 1, "tallmo-2021": 1}
    for path in (tmp_path / "out").iterdir():
        check(ET.parse(path).getroot())


def loosened(extract: Extract, **links: str | None) -> Extract:
    measures = tuple(dataclasses.replace(m, **links) for m in extract.measures)  # type: ignore[arg-type]
    records = tuple(dataclasses.replace(r, **links) for r in extract.records)  # type: ignore[arg-type]
    return dataclasses.replace(extract, measures=measures, records=records)


@pytest.mark.parametrize(
    "links",
    [{"success_factor_id": None}, {"goal_id": None}, {"goal_id": None, "success_factor_id": None}],
)
def test_a_measure_without_goal_or_factor_is_not_lost(
    tmp_path: Path, links: dict[str, None]
) -> None:
    root = exported(loosened(make_extract(), **links), tmp_path)
    assert len(find(root, INDICATOR)) == 1


def test_a_report_without_goals_is_valid_all_the_same(tmp_path: Path) -> None:
    extract = loosened(make_extract(), goal_id=None, success_factor_id=None)
    bare = dataclasses.replace(
        extract,
        goals=(),
        success_factors=(),
        narratives=(),
        outcomes=(),
    )
    root = exported(bare, tmp_path)
    assert len(find(root, INDICATOR)) == 1


def test_a_sex_that_only_the_narrative_has_gets_its_own_instance(tmp_path: Path) -> None:
    extract = make_extract()
    total = dataclasses.replace(extract.outcomes[0], sex="T")
    root = exported(dataclasses.replace(extract, outcomes=(total,)), tmp_path)
    sexes = [e.text for e in root.iter(f"{{{NAMESPACE}}}DescriptorValue")]
    assert sexes == ["total", "women", "men"]


def test_characters_that_xml_cannot_hold_and_ids_that_begin_with_a_figure(tmp_path: Path) -> None:
    extract = make_extract("2020-tallmo")
    outcome = dataclasses.replace(extract.outcomes[0], text="A\x08B & <C>")
    root = exported(dataclasses.replace(extract, outcomes=(outcome,)), tmp_path)
    assert any((e.text or "").startswith("AB & <C>") for e in root.iter())
    assert text(root, "AdministrativeInformation/Identifier") == "id-2020-tallmo"
