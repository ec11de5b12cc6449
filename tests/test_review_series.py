"""Measures of several organisations beside each other, and what a person says of links."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import make_extract
from extracts import write_extract

import styrmatt
from styrmatt.pipeline.run import Options, run_reports
from styrmatt.pipeline.write_reports import make_linker
from styrmatt.review.extract_index import indicators
from styrmatt.review.messages import LANGUAGES, messages
from styrmatt.review.views.chart_drawings import DRAWN, THEMES, recoloured
from styrmatt.review.views.joined_series import ALONE
from styrmatt.review.views.links_view import links, open_links
from styrmatt.review.views.series_view import series
from styrmatt.review.views.view import PageView, Workspace
from styrmatt.review.web import decide
from styrmatt.review.web.serve import open_workspace

RAW = Path(__file__).parents[1] / "data" / "raw"
SAY = messages("en")
LINKED = {"replace": False, "partial": False, "link": make_linker((), "sv")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sjukfrånvaro totalt (N00401)", {"N00401"}),
        ("N00401, U07417", {"N00401", "U07417"}),
        ("Kolada:N15030", {"N15030"}),
        ("AN00401 N004012 N0040 n00401 X00401 N00401a", set()),
        (None, set()),
    ],
)
def test_indicators_of_kolada_are_known_by_their_shape(text: str | None, found: set[str]) -> None:
    assert indicators(text) == found


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Three organisations: two give the same indicator under other names, one the first's name."""
    for number, (organisation, name, indicator) in enumerate(
        [
            ("Region Tallmo", "Sjukfrånvaro", "N00401"),
            ("Region Dalby", "Frånvaro på grund av sjukdom (N00401)", None),
            ("Region Bergen", "Sjukfrånvaro", "N00402"),
        ]
    ):
        id = f"{organisation.lower().replace(' ', '-')}-2020-annual"
        made = make_extract(id, source_sha256=f"{number:064}")
        measures = [replace(m, measure=name) for m in made.measures]
        records = [replace(r, measure=name, measure_number=indicator) for r in made.records]
        made = replace(
            made,
            document=replace(made.document, organisation=organisation),
            measures=tuple(measures[:1]),
            records=tuple(r for r in records if r.measure_id == measures[0].measure_id),
            corrections=(),
        )
        write_extract(made, tmp_path, **LINKED)
    return open_workspace(tmp_path, corrections=tmp_path / "c.csv")


def series_of(workspace: Workspace, organisation: str) -> str:
    found = styrmatt.load(workspace.root, "series")
    of = found[(found["organisation"] == organisation) & (found["kind"] == "measure")]
    return str(of["series_id"].iloc[0])


def test_measures_of_one_indicator_are_joined_and_of_one_name_offered(workspace: Workspace) -> None:
    own, same, alike = (
        series_of(workspace, f"Region {name}") for name in ("Tallmo", "Dalby", "Bergen")
    )
    together = series(workspace, own, {}, SAY).values["together"]
    assert together.indicators == ("N00401",)
    assert together.ids == (same,)
    assert [row["series_id"] for row in together.others] == [alike]
    chosen = series(workspace, own, {"with": together.with_series(alike)}, SAY).values
    assert set(chosen["joined"]) == {same, alike}
    assert {f.organisation[7:] for f in chosen["figures"]} == {"Tallmo", "Dalby", "Bergen"}
    assert chosen["figures"][0].organisation == "Region Tallmo"
    assert together.without_series(same) == ALONE
    alone = series(workspace, own, {"with": ALONE}, SAY).values["together"]
    assert not alone.joined and {row["series_id"] for row in alone.others} == {same, alike}


def test_no_series_joins_itself_or_one_that_is_not_there(workspace: Workspace) -> None:
    own = series_of(workspace, "Region Tallmo")
    asked = f"{own},ms-nowhere,<script>"
    assert series(workspace, own, {"with": asked}, SAY).values["joined"] == ()


def test_a_dark_chart_is_the_light_one_in_other_colours() -> None:
    light, dark = (THEMES[name].colours() for name in ("light", "dark"))
    pairs = set(zip(light, dark, strict=True))
    assert len({one for one, _ in pairs}) == len(pairs), "a colour would become two"
    svg = "".join(f'<path fill="{colour}"/>' for colour in light)
    assert recoloured(svg, "dark") == "".join(f'<path fill="{colour}"/>' for colour in dark)
    assert recoloured(svg, DRAWN) == svg


def test_all_languages_have_the_words_of_links_and_joins() -> None:
    for language in LANGUAGES:
        say = messages(language)
        for name in ("links.choose", "series.joined", "series.alone", "key.123", "key.arrows"):
            assert say(name)


@pytest.fixture
def two_years(tmp_path: Path) -> Workspace:
    root = tmp_path / "parquet"
    reports = sorted(RAW.glob("region-adalen-*-run-arsrapport.pdf"))
    list(run_reports(reports, Options(root)))
    return open_workspace(root, [RAW], tmp_path / "corrections.csv")


def test_each_answer_to_a_link_is_what_the_next_run_writes(two_years: Workspace) -> None:
    found = list(open_links(two_years))
    redefined = [one for one in found if one.redefined][:2]
    alike = [one for one in found if not one.redefined and one.kind == "measure"][:1]
    asked = [*zip(redefined, ("none", "successor"), strict=True)]
    asked += [(one, "successor") for one in alike]
    for one, answer in asked:
        form = {
            "report": one.item["document_id"],
            "item": one.item["item_id"],
            "field": one.field,
            "value": dict(one.answers())[answer],
            "who": "controller",
        }
        assert decide.link(two_years, form, SAY) == "/links"
    reports = sorted(RAW.glob("region-adalen-*-run-arsrapport.pdf"))
    file = two_years.corrections.path
    list(run_reports(reports, Options(two_years.root, corrections=(file,))))
    register = styrmatt.load(two_years.root, "series").set_index("series_id")
    follows = register["predecessor_series_id"].dropna().to_dict()
    for one, answer in asked:
        expected = one.other_id if answer == "successor" else None
        assert follows.get(one.series_id) == expected
    assert bool(styrmatt.load(two_years.root, "corrections")["applied"].all())
    left = {one.key for one in open_links(open_workspace(two_years.root, [RAW], file))}
    assert not left & {one.key for one, _ in asked}


def test_the_links_have_pages_and_pictures_and_an_address_for_each(two_years: Workspace) -> None:
    first = links(two_years, {}, SAY).values
    assert first["before"] is None and first["after"]
    assert {place.page for place in first["places"]} and all(p.part for p in first["places"])
    second = links(two_years, {"item": first["after"]}, SAY).values
    assert second["current"].item["item_id"] == first["after"]
    assert second["before"] == first["current"].item["item_id"]
    shown = {m["item_id"] for one in first["links"] for m in (one.item, one.other)}
    assert first["pages"].keys() == shown


def test_what_another_window_said_of_a_link_is_shown_on_the_links(two_years: Workspace) -> None:
    one = next(open_links(two_years))
    form = {"report": one.item["document_id"], "item": one.item["item_id"], "field": one.field}
    decide.link(two_years, {**form, "value": one.other_id, "who": "controller"}, SAY)
    view = decide.link(two_years, {**form, "value": "after:none", "who": "auditor"}, SAY)
    assert isinstance(view, PageView) and view.template == "links.html.j2"
    assert [line.value for line in view.values["conflict"]["lines"]] == [one.other_id]
    (line,) = two_years.corrections.lines().values()
    assert (line.value, line.who) == (one.other_id, "controller")
