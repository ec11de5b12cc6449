from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.corrections.fields import CORRECTABLE, FIELDS, parse_value, value_text
from styrmatt.corrections.overrides import (
    KEYS,
    Override,
    corrections_hash,
    find_corrections,
    read_corrections,
)
from styrmatt.errors import CorrectionsFileError, ExitCode, UsageError
from styrmatt.records import DATASETS

HEADER = "document_id;id;field;machine_value;value;why;who;when"
LINE = "region-tallmo-2020-annual;m-1-K;target_value;80;85,5;Rättat i nämnden;controller;2021-03-01"


def written(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "c.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def read(tmp_path: Path, *lines: str, **how: Any) -> tuple[Override, ...]:
    return read_corrections([written(tmp_path, "\n".join([HEADER, *lines]), **how)])


def complaint(tmp_path: Path, *lines: str) -> str:
    with pytest.raises(CorrectionsFileError) as raised:
        read(tmp_path, *lines)
    assert raised.value.exit_code is ExitCode.BAD_LAYOUT
    return str(raised.value)


def test_a_line_says_what_holds_why_who_and_when(tmp_path: Path) -> None:
    (ruling,) = read(tmp_path, LINE)
    assert (ruling.machine_value, ruling.value) == (80.0, 85.5)
    assert ruling.key == ("region-tallmo-2020-annual", "m-1-K", "target_value")
    assert (ruling.why, ruling.who, ruling.when) == (
        "Rättat i nämnden",
        "controller",
        date(2021, 3, 1),
    )
    assert ruling.place == "c.csv, line 2"


@pytest.mark.parametrize(
    ("encoding", "change"),
    [
        ("utf-8", lambda text: text),
        ("utf-8-sig", lambda text: text.replace("\n", "\r\n") + "\r\n"),
        ("cp1252", lambda text: text.replace("\n", "\r\n")),
        ("utf-16", lambda text: text.replace(";", "\t")),
        ("utf-8", lambda text: text.replace("85,5", "85.5").replace(";", ",")),
        ("utf-8", lambda text: "sep=;\n" + text),
        ("utf-8-sig", lambda text: text.replace("\n", ";;;\n") + ";;;\n;;;;;;;;;;\n\n"),
        ("utf-8", lambda text: text.replace("Rättat i nämnden", '"Rättat  i\nnämnden "')),
    ],
    ids=["plain", "csv-utf-8", "old-csv", "unicode-text", "commas", "sep", "padded", "quoted"],
)
def test_what_spreadsheets_save_is_read_alike(tmp_path: Path, encoding: str, change: Any) -> None:
    plain = read(tmp_path, LINE, name="plain.csv")
    path = written(tmp_path, change(f"{HEADER}\n{LINE}"), encoding)
    (ruling,) = read_corrections([path])
    assert corrections_hash([ruling], ruling.document_id) == corrections_hash(
        plain, ruling.document_id
    )


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    turned = "\n".join(";".join(reversed(line.split(";"))) for line in (HEADER, LINE))
    (ruling,) = read_corrections([written(tmp_path, turned)])
    assert ruling.value == 85.5


def test_toml_says_the_same(tmp_path: Path) -> None:
    toml = """
    [[correction]]
    document_id = "region-tallmo-2020-annual"
    id = "m-1-K"
    field = "target_value"
    machine_value = 80
    value = 85.5
    why = "Rättat i nämnden"
    who = "controller"
    when = 2021-03-01
    """
    (ruling,) = read_corrections([written(tmp_path, toml, name="c.toml")])
    (other,) = read(tmp_path, LINE)
    assert corrections_hash([ruling], ruling.document_id) == corrections_hash(
        [other], other.document_id
    )


@pytest.mark.parametrize(
    ("text", "complains"),
    [
        ("[[corection]]", "did you mean 'correction'?"),
        ("[[correction]]\nid = 'x'", "missing document_id"),
        ("[[correction]]\nfeild = 'x'", "did you mean 'field'?"),
        ("correction = 3", "write [[correction]]"),
        ("[[correction", "not a TOML file"),
    ],
)
def test_toml_is_read_strictly(tmp_path: Path, text: str, complains: str) -> None:
    with pytest.raises(CorrectionsFileError) as raised:
        read_corrections([written(tmp_path, text, name="c.toml")])
    assert complains in str(raised.value)


def test_an_unknown_field_is_told_with_line_and_the_nearest_one(tmp_path: Path) -> None:
    said = complaint(tmp_path, LINE.replace("target_value", "target_vale"))
    assert "line 2" in said
    assert "did you mean 'target_value'?" in said


def test_ids_and_places_are_no_fields_to_correct(tmp_path: Path) -> None:
    for name in ("record_id", "document_id", "page", "bbox", "status_colour", "measure_raw"):
        assert name in complaint(tmp_path, LINE.replace("target_value", name))


@pytest.mark.parametrize(
    ("field", "value", "complains"),
    [
        ("status", "mett", "did you mean 'met'?"),
        ("status", "grön", "known: met, partly_met"),
        ("target_value", "85 %", "no figure"),
        ("target_value", "1.234,5", "no figure"),
        ("outcome_year", "2020,5", "no whole number"),
        ("outcome_year", "99999999999", "no whole number"),
        ("target_value", "1e999", "no whole number"),
        ("target_value", "nan", "no figure"),
        ("period_end", "31/12 2020", "not a day"),
        ("review", "duplicate|tired", "'tired'"),
        ("measure", "", "is never empty"),
    ],
)
def test_a_value_that_the_field_does_not_take_is_told(
    tmp_path: Path, field: str, value: str, complains: str
) -> None:
    said = complaint(tmp_path, f"d;x;{field};;{value};why;who;2021-01-01")
    assert complains in said
    assert "line 2" in said


@pytest.mark.parametrize(("field", "value"), [("target_value", "85"), ("better", "")])
def test_a_line_whose_values_are_the_same_confirms(tmp_path: Path, field: str, value: str) -> None:
    (line,) = read(tmp_path, f"d;x;{field};{value};{value};why;who;2021-01-01")
    assert line.value == line.machine_value


@pytest.mark.parametrize("key", ["document_id", "id", "field", "why", "who", "when"])
def test_a_line_says_everything(tmp_path: Path, key: str) -> None:
    cells = LINE.split(";")
    cells[KEYS.index(key)] = " "
    assert f"{key} is empty" in complaint(tmp_path, ";".join(cells))


def test_a_day_is_a_day(tmp_path: Path) -> None:
    assert "not a day like" in complaint(tmp_path, LINE.replace("2021-03-01", "1 mars 2021"))


@pytest.mark.parametrize(
    ("header", "complains"),
    [
        (HEADER.replace("machine_value", "machine"), "did you mean 'machine_value'?"),
        (HEADER.replace("machine_value;", ""), "missing machine_value"),
        (HEADER + ";id", "twice"),
        ("", "is empty"),
    ],
)
def test_a_header_is_the_columns(tmp_path: Path, header: str, complains: str) -> None:
    with pytest.raises(CorrectionsFileError) as raised:
        read_corrections([written(tmp_path, header)])
    assert complains in str(raised.value)


def test_a_line_with_a_separator_too_many_is_told(tmp_path: Path) -> None:
    assert "9 cells" in complaint(tmp_path, LINE + ";more")
    assert "line 2" in complaint(tmp_path, "only;two")


def test_two_lines_about_one_field_are_told_even_across_files(tmp_path: Path) -> None:
    assert "line 2" in complaint(tmp_path, LINE, LINE.replace("85,5", "90"))
    one, two = (written(tmp_path, f"{HEADER}\n{LINE}", name=name) for name in ("a.csv", "b.csv"))
    with pytest.raises(CorrectionsFileError, match=r"b\.csv, line 2.*a\.csv, line 2"):
        read_corrections([one, two])


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no corrections file"):
        read_corrections([tmp_path / "none.csv"])


def test_files_are_found_in_the_folder_of_the_reports_and_beside_it(tmp_path: Path) -> None:
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    report = raw / "report.pdf"
    report.touch()
    assert find_corrections([raw]) == ()
    inside, beside = raw / "corrections.toml", raw.parent / "corrections.csv"
    inside.touch()
    beside.touch()
    (tmp_path / "corrections.csv").touch()
    assert find_corrections([raw, report]) == (inside.resolve(), beside.resolve())


def test_the_hash_sees_one_report_only_and_no_order(tmp_path: Path) -> None:
    lines = [LINE, LINE.replace("target_value", "target_baseline_year").replace("85,5", "90")]
    lines.append(LINE.replace("tallmo", "björkö"))
    forth, back = read(tmp_path, *lines), read(tmp_path, *reversed(lines))
    ours = "region-tallmo-2020-annual"
    assert corrections_hash(forth, ours) == corrections_hash(back, ours)
    assert corrections_hash(forth, ours) == corrections_hash(read(tmp_path, *lines[:2]), ours)
    assert corrections_hash(forth, ours) != corrections_hash(forth[:1], ours)
    assert corrections_hash(forth, "region-ekby-2020-annual") is None


def test_every_field_to_correct_is_a_column_of_one_type_everywhere() -> None:
    for dataset, names in CORRECTABLE.items():
        hints = get_type_hints(DATASETS[dataset])
        declared = {f.name: f.metadata["values"] for f in fields(DATASETS[dataset])}
        for name in names:
            assert FIELDS[name].values == declared[name], (dataset, name)
            assert FIELDS[name].kind.__name__ in str(hints[name]), (dataset, name)


@given(
    st.one_of(
        st.tuples(st.just("target_value"), st.floats(allow_nan=False, allow_infinity=False)),
        st.tuples(st.just("outcome_year"), st.integers(-(2**31), 2**31 - 1)),
        st.tuples(st.just("period_end"), st.dates()),
        st.tuples(st.just("status"), st.sampled_from(FIELDS["status"].values or ())),
        st.tuples(
            st.just("review"),
            st.lists(st.sampled_from(FIELDS["review"].values or ()), max_size=3).map(tuple),
        ),
    )
)
def test_a_value_comes_back_from_its_text_also_with_a_decimal_comma(pair: tuple[str, Any]) -> None:
    name, value = pair
    text = value_text(value) or ""
    assert parse_value(FIELDS[name], text) == value
    if name == "target_value":
        assert parse_value(FIELDS[name], text.replace(".", ",")) == value
