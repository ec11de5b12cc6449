"""Which year and which part of it a report is about: titles, periods, and sources that disagree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from covers import TEXT, read_cover

from styrmatt.errors import IdentityError, LayoutFileError
from styrmatt.inputs import read_sidecar
from styrmatt.normalize.document_identity import identify
from styrmatt.normalize.ids import slug
from styrmatt.pipeline.read_report import ReadOptions, read_one

CASES = Path(__file__).parents[2] / "shared" / "cases" / "identity"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")
WHO = "Region Ådalen\n"


@pytest.mark.parametrize(
    "title",
    [
        "Årsredovisning 2023",
        "Årsrapport för år 2023",
        "Verksamhetsberättelse 2023",
        "VERKSAMHETSBERÄTTELSE 2023",
        "Verksamhets-\nberättelse 2023",
        "2023 års verksamhetsberättelse",
        "Årsbokslut 2023-12-31",
        "Bokslut 2023",
        "Uppföljningsrapport 2023",
        "2023\nÅrsredovisning",
        "Årsredovisning\n1 januari – 31 december 2023",
        "Årsredovisning 2023\nAntagen den 15 mars 2024",
        "Årsredovisning 2023\nmars 2024",
        "Bilaga: måluppfyllelse 2023",
        "Mål och indikatorer\nUppföljning 2023",
        "Uppföljning av kommunfullmäktiges mål 2023",
        "Uppföljning av kommunfullmäktiges\nmål 2023",
        "Uppföljning av nämndens mål för 2023",
        "Uppföljning av mål och uppdrag år 2023",
        "Måluppföljning av kommunfullmäktiges mål 2023",
    ],
)
def test_a_title_of_a_year_is_annual(title: str) -> None:
    found = read_cover(WHO + title)
    assert (found.report_kind, found.fiscal_year) == ("annual", 2023)
    assert found.period == (date(2023, 1, 1), date(2023, 12, 31))
    assert found.document_id == "region-adalen-2023-annual" and found.doubts == []


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("Delårsrapport januari–augusti 2023", "2023-01-01", "2023-08-31"),
        ("Delårsrapport januari–\naugusti 2023", "2023-01-01", "2023-08-31"),
        ("Delårsrapport 2023\nJanuari till augusti", "2023-01-01", "2023-08-31"),
        ("Delårsrapport jan-aug 2023", "2023-01-01", "2023-08-31"),
        ("Delårsrapport per den 31 augusti 2023", "2023-01-01", "2023-08-31"),
        ("Delårsrapport 2023-08-31", "2023-01-01", "2023-08-31"),
        ("Delårsrapport 230101–230831", "2023-01-01", "2023-08-31"),
        ("Delårsrapport\n2023-01-01 – 2023-08-31", "2023-01-01", "2023-08-31"),
        ("Delårsrapport augusti\n2023", "2023-01-01", "2023-08-31"),
        ("Tertialrapport 2 2023", "2023-01-01", "2023-08-31"),
        ("Tertialrapport 2/2023", "2023-01-01", "2023-08-31"),
        ("Uppföljning T1 2024", "2024-01-01", "2024-04-30"),
        ("Första tertialet 2024\nDelårsrapport", "2024-01-01", "2024-04-30"),
        ("Kvartalsrapport 3 2024", "2024-01-01", "2024-09-30"),
        ("Halvårsrapport 2024", "2024-01-01", "2024-06-30"),
        ("Månadsrapport mars 2026", "2026-01-01", "2026-03-31"),
        ("Månadsrapport februari 2024", "2024-01-01", "2024-02-29"),
        ("Månadsrapport december 2024", "2024-01-01", "2024-12-31"),
        ("Rapport mars 2026", "2026-01-01", "2026-03-31"),
        ("Bokslut augusti 2023", "2023-01-01", "2023-08-31"),
        ("Verksamhetsberättelse januari-juni 2023", "2023-01-01", "2023-06-30"),
        ("Uppföljningsrapport april–juni 2023", "2023-04-01", "2023-06-30"),
        ("Budgetuppföljning per 2023-04-30", "2023-01-01", "2023-04-30"),
    ],
)
def test_a_title_of_a_part_of_a_year_is_interim(title: str, start: str, end: str) -> None:
    found = read_cover(WHO + title)
    assert found.report_kind == "interim" and found.fiscal_year == int(end[:4])
    assert found.period == (date.fromisoformat(start), date.fromisoformat(end))
    assert found.doubts == []


def test_interim_reports_of_a_year_stand_beside_each_other_and_beside_the_yearly_one() -> None:
    titles = [
        "Årsredovisning 2023",
        *(f"Delårsrapport {month} 2023" for month in ("mars", "april", "augusti")),
        "Delårsrapport april–augusti 2023",
        "Uppföljningsrapport 1 2023",
        "Uppföljningsrapport 2 2023",
        "Delårsrapport 2023",
    ]
    ids = [read_cover(WHO + title).document_id for title in titles]
    assert len(set(ids)) == len(titles)


def test_what_a_title_leaves_open_is_looked_for_in_the_text_and_doubted() -> None:
    pages = (WHO + "Delårsrapport 2023", TEXT + "Läget per den 31 augusti 2023 är gott.")
    found = read_cover(*pages)
    assert found.period == (date(2023, 1, 1), date(2023, 8, 31))
    assert "most often" in found.doubts[0]
    assert read_cover(pages[0], TEXT).period == (date(2023, 1, 1), None)


def test_a_sentence_that_names_a_report_gives_way_to_a_title() -> None:
    sentence = "I årsredovisning 2021 beskrevs hur målen\nnåddes.\n"
    found = read_cover(WHO + sentence + "Årsredovisning 2022")
    assert (found.title, found.fiscal_year) == ("Årsredovisning 2022", 2022)
    alone = read_cover(
        "I denna bilaga till Region Ådalens årsredovisning 2021 beskrivs mål\noch mer."
    )
    assert alone.title == "Region Ådalens årsredovisning 2021"


@pytest.mark.parametrize(
    ("cover", "title"),
    [
        ("Region Ådalen – Årsredovisning 2023 1", "Region Ådalen – Årsredovisning 2023"),
        ("3 Region Ådalen – Årsredovisning 2023", "Region Ådalen – Årsredovisning 2023"),
        ("Region Ådalen årsrapport 2023 Sida 1", "Region Ådalen årsrapport 2023"),
        ("Region Ådalens årsrapport 2023 Sida 1 (9)", "Region Ådalens årsrapport 2023"),
        ("Region Ådalens tertialrapport 1\n2023", "Region Ådalens tertialrapport 1 2023"),
        ("1 januari – 30 april 2023 tertialrapport Region Ådalen", None),
    ],
)
def test_the_number_of_a_page_is_no_part_of_a_title(cover: str, title: str | None) -> None:
    assert read_cover(cover, TEXT).title == (title or cover)


@pytest.mark.parametrize(
    "cover", ["Region Ådalen\nT2\n2023", "Region Ådalen\nMål\njanuari–augusti 2023"]
)
def test_a_period_on_a_cover_without_a_title_counts_and_is_doubted(cover: str) -> None:
    found = read_cover(cover, TEXT)
    assert (found.report_kind, found.period[1]) == ("interim", date(2023, 8, 31))
    assert len(found.doubts) == 2


def test_a_year_in_the_report_s_own_name_beside_a_title_without_one_counts() -> None:
    found = read_cover("Målbarometern 2023\nRegion Ådalen\nÅrsbokslut", TEXT)
    assert (found.fiscal_year, found.report_kind) == (2023, "annual")
    assert "2023 stands on the first page" in found.doubts[0]


def test_a_year_in_the_report_s_own_name_counts_where_no_title_is_known() -> None:
    found = read_cover("Året som gick 2020\nRegion Ådalen", TEXT)
    assert found.fiscal_year == 2020 and "first page" in found.doubts[0]


@pytest.mark.parametrize("month", ["augusti", "september"])
def test_the_part_of_a_year_beside_a_title_without_one_says_the_year(month: str) -> None:
    cover = f"Ekonomiläget\nJanuari–{month} 2023\nÅsundahem AB\nBilaga till delårsrapporten"
    found = read_cover(cover + ", direktionens möte den 28 oktober 2024", TEXT)
    assert (found.fiscal_year, found.report_kind) == (2023, "interim")
    assert found.period[1] is not None and found.period[1].year == 2023


@pytest.mark.parametrize(
    "cover", ["Åsunda kommun\nVälfärdsbokslut 2021", "Trygghetsrapport 2021\nÅsunda kommun"]
)
def test_a_compound_of_a_word_for_reports_is_a_title_with_its_year(cover: str) -> None:
    found = read_cover(cover, TEXT)
    assert (found.fiscal_year, found.report_kind, found.doubts) == (2021, "annual", [])


@pytest.mark.parametrize(
    "line",
    [
        "I länets klimatrapport 2019 beskrivs läget",
        "Samverkan enligt Naturvårdsverkets Klimatrapport 2019 om utsläpp av fossil koldioxid",
        "Underlaget är en trygghetsmätning 2019 och en klimatrapport",
    ],
)
def test_a_text_that_names_a_report_by_a_compound_is_no_title(line: str) -> None:
    found = read_cover(f"Året som gick 2021\nÅsunda kommun\n{line}", TEXT)
    assert found.fiscal_year == 2021


def test_the_month_of_printing_is_no_period() -> None:
    for line in ("Kansliet, april 2022", "April 2022"):
        found = read_cover(f"Klimatspegeln 2021\nÅsunda kommun\n{line}", TEXT)
        assert (found.fiscal_year, found.report_kind) == (2021, "annual")
    under_title = read_cover("Åsunda kommun\nBokslut\nKansliet, april 2022\n2021", TEXT)
    assert (under_title.fiscal_year, under_title.period[1]) == (2021, date(2021, 12, 31))


@pytest.mark.parametrize(
    "line",
    [
        "Rapport till regionfullmäktige i mars 2024",
        "Redovisning till nämnden februari 2024",
        "Bilaga till årsredovisningen. Region Ådalen, april 2024",
        "Bilaga 2 till årsrapporten, maj 2024",
        "Rapport, mars 2024",
    ],
)
def test_the_month_in_which_a_report_is_handed_on_is_no_period(line: str) -> None:
    found = read_cover(f"Läget i verksamheten 2023\nRegion Ådalen\n{line}", TEXT)
    assert (found.fiscal_year, found.report_kind) == (2023, "annual")


@pytest.mark.parametrize(
    "line",
    [
        "Rapport till och med mars 2024",
        "Delårsrapport till fullmäktige mars 2024",
        "Delårsrapport, mars 2024",
    ],
)
def test_a_month_behind_the_word_for_a_report_stays_its_period(line: str) -> None:
    found = read_cover(f"Region Ådalen\n{line}", TEXT)
    assert (found.fiscal_year, found.report_kind) == (2024, "interim")
    assert found.period[1] == date(2024, 3, 31)


@pytest.mark.parametrize("line", ["April 2022", "Per den 30 april 2022", "Januari–april 2022"])
def test_a_month_of_the_report_s_own_year_is_a_period(line: str) -> None:
    found = read_cover(f"Läget i verksamheten\nÅsunda kommun\n{line}", TEXT)
    assert (found.fiscal_year, found.period[1]) == (2022, date(2022, 4, 30))


def test_the_day_of_a_decision_beside_a_title_says_no_year() -> None:
    with pytest.raises(IdentityError):
        read_cover("Region Ådalen\nÅrsbokslut\nAntagen av fullmäktige 2024-02-15", TEXT)


# --- where a cover says little


def heads(head: str, count: int = 5) -> list[str]:
    return [f"{head}\n{TEXT}{number}" for number in range(1, count + 1)]


def test_running_heads_say_what_a_cover_does_not() -> None:
    found = read_cover("", *heads("Åsunda kommun | Årsredovisning 2023"))
    assert (found.organisation, found.fiscal_year, found.doubts) == ("Åsunda kommun", 2023, [])


def test_a_line_on_two_pages_is_no_running_head() -> None:
    with pytest.raises(IdentityError):
        read_cover(TEXT, TEXT, TEXT, *heads("Åsundahem AB årsredovisning 2023", 2))


def test_the_files_own_words_count_last_and_are_doubted() -> None:
    found = read_cover(TEXT, properties=["Årsredovisning 2023", "Växjö kommun"])
    assert (found.organisation, found.fiscal_year, len(found.doubts)) == ("Växjö kommun", 2023, 2)
    found = read_cover(
        WHO + "Årsredovisning 2022", properties=["Årsredovisning 2023", "Växjö kommun"]
    )
    assert (found.organisation, found.fiscal_year, found.doubts) == ("Region Ådalen", 2022, [])


def test_text_names_the_organisation_where_it_is_the_only_one_or_far_ahead() -> None:
    text = TEXT + "Åsunda kommun växer. Åsunda kommuns elever läser. "
    title = "Årsredovisning 2023\n"
    assert read_cover(title, text).organisation == "Åsunda kommun"
    found = read_cover(title, text, TEXT + "Grannen Växjö kommun och Växjö kommuns elever.")
    assert "nearly as often" in found.doubts[0]


@pytest.mark.parametrize(
    ("cover", "name"),
    [
        ("Nacka\nÅrsredovisning 2023", "Nacka stad"),
        ("Södertäljes årsredovisning 2023", "Södertälje kommun"),
        ("Hagalands årsredovisning 2023", "Hagaland"),
        ("Årsredovisning 2023\nHagaland", "Hagaland"),
    ],
)
def test_a_bare_name_at_the_title_is_taken_and_doubted(cover: str, name: str) -> None:
    found = read_cover(cover, TEXT)
    assert found.organisation == name and len(found.doubts) == 1


def test_a_report_that_names_nobody_is_refused() -> None:
    with pytest.raises(IdentityError, match="--organisation"):
        read_cover("Kulturnämndens årsrapport 2023", TEXT)


# --- where two places disagree


def test_the_title_comes_before_headers_and_the_year_after_is_no_doubt() -> None:
    cover = WHO + "Årsredovisning 2022"
    assert read_cover(cover, header_year=2023).fiscal_year == 2022
    assert read_cover(cover, header_year=2023).doubts == []
    (doubt,) = read_cover(cover, header_year=2021).doubts
    assert "2022" in doubt and "2021" in doubt


def test_cover_and_running_heads_that_disagree_are_both_named() -> None:
    found = read_cover(
        "Åsunda kommun\nÅrsredovisning 2023", *heads("Hags kommun årsredovisning 2022")
    )
    assert (found.organisation, found.fiscal_year) == ("Åsunda kommun", 2023)
    assert any("2023" in doubt and "2022" in doubt for doubt in found.doubts)
    assert any("Åsunda kommun" in doubt and "Hags kommun" in doubt for doubt in found.doubts)


def test_two_organisations_in_one_title_are_both_named() -> None:
    (doubt,) = read_cover("Åsunda kommun och Växjö kommun årsredovisning 2023").doubts
    assert "Åsunda kommun" in doubt and "Växjö kommun" in doubt


def test_a_broken_year_is_the_later_one_and_doubted() -> None:
    found = read_cover("Åsundahem AB\nÅrsredovisning 2022/2023")
    assert found.fiscal_year == 2023 and "2022" in found.doubts[0]


# --- what people say


PRINTED = {"organisation": "Region Ådalen", "fiscal_year": "2023"}


def test_what_people_say_of_kind_and_period_wins() -> None:
    interim = PRINTED | {"report_kind": "interim", "period_start": "01-01", "period_end": "08-31"}
    assert identify(interim, {"fiscal_year": "2024"}, "r").period_end == date(2024, 8, 31)
    annual = identify(interim, {"report_kind": "annual"}, "r")
    assert (annual.report_kind, annual.period_end) == ("annual", date(2023, 12, 31))
    given = identify(PRINTED, {"period_end": "2023-04-30"}, "r")
    assert (given.report_kind, given.period_start) == ("interim", date(2023, 1, 1))
    assert identify(PRINTED, {"period_end": "2023-12-31"}, "r").report_kind == "annual"


@pytest.mark.parametrize(
    "period",
    [{"period_end": "2023-02-30x"}, {"period_start": "2023-05-01", "period_end": "2023-04-30"}],
)
def test_a_period_that_is_none_is_an_error(period: dict[str, str]) -> None:
    with pytest.raises(IdentityError):
        identify(PRINTED, period, "r")


def test_a_sidecar_may_say_kind_and_period(tmp_path: Path) -> None:
    report = tmp_path / "r.pdf"
    sidecar = tmp_path / "r.toml"
    sidecar.write_text('kind = "interim"\nperiod_end = 2023-08-31\n', encoding="utf-8")
    assert read_sidecar(report).identity() == {"report_kind": "interim", "period_end": "2023-08-31"}
    for wrong in ('kind = "half"', 'period_end = "2023"', "period_end = 2023-08-31T12:00:00"):
        sidecar.write_text(wrong, encoding="utf-8")
        with pytest.raises(LayoutFileError):
            read_sidecar(report)


# --- ids


def test_names_that_differ_have_ids_that_differ() -> None:
    names = [
        "..",
        "...",
        "日本",
        "Łódź",
        "Lodz",
        "Müller AB",
        "Muller AB",
        "Habo kommun",
        "Håbo kommun",
    ]
    names += ["A" * 300, "A" * 301, "Région X", "🙂 AB", "AB"]
    ids = [identify(PRINTED | {"organisation": name}, {}, "r").document_id for name in names[:9]]
    assert len(set(ids)) == len(ids)
    slugs = [slug(name) for name in names if name not in ("Habo kommun", "Håbo kommun")]
    assert len(set(slugs)) == len(slugs)
    assert all(one.isascii() and 0 < len(one) < 100 and one[0] != "." for one in slugs)


def test_swedish_letters_alone_make_no_hash() -> None:
    assert slug("Åsunda kommun", "Vård- och omsorgsnämnden", "2023") == (
        "asunda-kommun-vard-och-omsorgsnamnden-2023"
    )
    assert slug("Région") == "region"


# --- the shared cases


@needs_cases
@pytest.mark.parametrize(
    ("name", "organisation", "code"),
    [
        ("t00", "Göteborgs Stad", "1480"),
        ("t01", "Stockholms stad", "0180"),
        ("t02", "Malmö stad", "1280"),
        ("t03", "Västra Götalandsregionen", "14"),
        ("t04", "Region Jämtland Härjedalen", "23"),
        ("t05", "Upplands-Bro kommun", "0139"),
    ],
)
def test_covers_of_the_shared_cases_are_read(name: str, organisation: str, code: str) -> None:
    document = read_one(CASES / "titles" / f"{name}.pdf", ReadOptions()).document
    assert (document.organisation, document.organisation_code) == (organisation, code)
    assert (document.fiscal_year, document.report_kind) == (2023, "annual")
    assert organisation.split()[0] in (document.title or "")


@needs_cases
def test_an_interim_report_and_the_yearly_one_of_the_shared_cases_do_not_collide() -> None:
    folder = CASES / "interim-and-annual"
    interim, annual = (read_one(p, ReadOptions()).document for p in sorted(folder.glob("*.pdf")))
    assert (interim.report_kind, annual.report_kind) == ("interim", "annual")
    assert (interim.period_start, interim.period_end) == (date(2023, 1, 1), date(2023, 8, 31))
    assert interim.document_id != annual.document_id
    assert interim.kolada_id == annual.kolada_id == "0780"
