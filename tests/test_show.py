"""One measure over the years: finding it, its values, and how it is printed."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from extracts import write_extract
from series_reports import Row, report

import styrmatt
from styrmatt.cli import cli
from styrmatt.console.show import sparkline, value_with_unit
from styrmatt.errors import OutputError, UsageError
from styrmatt.normalize.series.link import link_report
from styrmatt.normalize.series.search import search
from styrmatt.pipeline.use_cases.show import (
    Appearance,
    Point,
    SeriesHistory,
    SeriesLine,
    curves,
    show,
)
from styrmatt.records import Extract, Series

UPR = ("Unga deltar i UPR", "Unga deltar i Ungdomspolitiska rådet (UPR)")


def with_values(extract: Extract, **values: Any) -> Extract:
    first = dataclasses.replace(extract.records[0], outcome_unit="percent", **values)
    return dataclasses.replace(extract, records=(first, *extract.records[1:]))


def write(root: Path, *extracts: Extract) -> None:
    for extract in extracts:
        write_extract(
            extract,
            root,
            replace=False,
            partial=False,
            link=lambda e, series, gone: link_report(e, series, vocabulary="sv", replaced=gone),
        )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shown")
    sentence = {"outcome_text": "Andelen var 41 procent.", "outcome_page": 5}
    write(
        root,
        with_values(
            report(2021, Row(UPR[0]), "Antal resor med buss"), outcome_value=39.0, status="not_met"
        ),
        with_values(
            report(2022, Row(UPR[1]), "Antal resor med tåg"),
            outcome_value=41.0,
            previous_value=38.5,
            previous_year=2019,
            trend="up",
            **sentence,
        ),
    )
    return root


def run(*arguments: str) -> tuple[int, str]:
    ended = CliRunner().invoke(cli, ["show", *arguments], standalone_mode=False)
    if ended.exception is not None:
        raise ended.exception
    return int(ended.return_value or 0), ended.output


def shown(root: Path, text: str) -> SeriesHistory:
    found = show(root, text)
    assert isinstance(found, SeriesHistory)
    return found


def test_a_measure_is_found_by_series_measure_record_and_words(data: Path) -> None:
    by_words = shown(data, "unga upr")
    (series_id,) = {by_words.series.series_id}
    for text in (
        series_id,
        by_words.appearances[0].item_id,
        f"{by_words.appearances[1].item_id}-T",
        UPR[0],
        "ungdomspolitiska",
        "ungdomspolitiskt rådet",
    ):
        assert shown(data, text).series.series_id == series_id, text


def test_a_goal_is_shown_too(data: Path) -> None:
    goal = shown(data, "Resan är trygg")
    assert goal.series.kind == "goal"
    assert [a.fiscal_year for a in goal.appearances] == [2021, 2022]
    assert "page" in run("Resan är trygg", "--data", str(data))[1]


def test_several_are_listed_and_none_is_an_error(data: Path) -> None:
    code, text = run("antal", "resor", "--data", str(data))
    assert code == 1
    assert "Antal resor med buss" in text and "Antal resor med tåg" in text
    assert len(json.loads(run("resor", "--data", str(data), "--format", "json")[1])) == 2
    with pytest.raises(UsageError, match="no measure or goal"):
        show(data, "kvarkar")


def test_a_folder_without_a_register_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="styrmatt run --force"):
        show(tmp_path, "resor")


def test_the_text_has_names_results_places_and_sentences(data: Path) -> None:
    code, text = run("UPR", "--data", str(data))
    assert code == 0
    for part in (*UPR, "39 %", "41 %", "not_met", "↑", "reworded", "▃·▅█"[-1], "page 5"):
        assert part in text, part
    assert "2019: 38.5 %, 2021: 39 %, 2022: 41 %" in text


def test_the_json_has_all_of_it(data: Path) -> None:
    got = json.loads(run("UPR", "--data", str(data), "--format", "json")[1])
    assert got["series"]["names"] == list(UPR)
    assert [a["lines"][0]["value"] for a in got["appearances"]] == [39.0, 41.0]
    assert [p["year"] for p in got["curves"][0]["points"]] == [2019, 2021, 2022]


def test_a_definition_that_changed_is_named_on_both_sides(tmp_path: Path) -> None:
    before, after = "Andel 65-åringar med kort", "Andel 70-åringar med kort"
    write(tmp_path, report(2021, before), report(2022, after))
    assert f"Later, with another definition: {after}" in run(before, "--data", str(tmp_path))[1]
    assert f"Earlier, with another definition: {before}" in run(after, "--data", str(tmp_path))[1]


def test_a_line_of_values_has_a_bar_a_year() -> None:
    points = [Point(2019, 1.0), Point(2020, 8.0), Point(2022, 4.5)]
    assert sparkline(points) == "▁█·▅"
    assert sparkline([Point(2020, 3.0)]) == "▅"
    assert sparkline([]) == ""
    assert sparkline([Point(2020, 3.0), Point(2021, 3.0)]) == "▅▅"


def test_figures_have_their_unit() -> None:
    assert value_with_unit(39.0, "percent") == "39 %"
    assert value_with_unit(7124.5, None) == "7\u00a0124.5"
    assert value_with_unit(1200.0, "tkr") == "1\u00a0200 tkr"
    assert value_with_unit(None, "percent") == ""


def line(value: float | None, unit: str = "percent", **more: Any) -> SeriesLine:
    empty: dict[str, Any] = {**dict.fromkeys(SeriesLine.__slots__), "other_years": ()}
    return SeriesLine(**{**empty, "sex": "T", "value": value, "unit": unit, "page": 1, **more})


def appearance(year: int, kind: str, *lines: SeriesLine) -> Appearance:
    empty: dict[str, Any] = dict.fromkeys(Appearance.__slots__)
    return Appearance(**{**empty, "fiscal_year": year, "report_kind": kind, "lines": lines})


def test_an_annual_value_goes_before_an_interim_one_and_that_before_a_compared_one() -> None:
    (curve,) = curves(
        [
            appearance(2020, "annual", line(10.0)),
            appearance(2020, "interim", line(9.0)),
            appearance(2021, "annual", line(12.0, previous_value=11.0, previous_year=2020)),
            appearance(2021, "interim", line(13.0)),
        ]
    )
    assert curve.points == (Point(2020, 10.0), Point(2021, 12.0))


def test_the_columns_of_earlier_years_fill_years_without_a_report() -> None:
    columns = (Point(2019, 8.0), Point(2020, 9.5))
    (curve,) = curves(
        [
            appearance(2020, "annual", line(10.0)),
            appearance(2021, "annual", line(12.0, other_years=columns)),
        ]
    )
    assert curve.points == (Point(2019, 8.0), Point(2020, 10.0), Point(2021, 12.0))


def test_values_of_another_unit_are_not_mixed() -> None:
    (curve,) = curves(
        [appearance(2020, "annual", line(10.0, "days")), appearance(2021, "annual", line(12.0))]
    )
    assert (curve.unit, curve.points) == ("percent", (Point(2021, 12.0),))


def test_search_prefers_an_exact_name(data: Path) -> None:
    def series(name: str) -> Series:
        return Series(
            series_id=f"ms-{name}",
            kind="measure",
            organisation="Region Tallmo",
            name=name,
            names=(name,),
            first_year=2020,
            last_year=2020,
        )

    both = [series("Antal resor"), series("Antal resor med buss")]
    assert [s.name for s in search(both, "antal resor")] == ["Antal resor"]
    assert len(search(both, "resor")) == 2


def test_series_load_as_a_frame(data: Path) -> None:
    frame = styrmatt.load(data, "series")
    assert {"series_id", "names", "first_year", "last_year", "predecessor_series_id"} <= {*frame}
    records = styrmatt.load(data, "records")
    assert set(records["series_id"]) <= set(frame["series_id"])
    only = styrmatt.load(data, "series", year=2021)
    assert set(only["name"]) >= {UPR[0], "Antal resor med buss"}
    assert "Antal resor med tåg" not in set(only["name"])
