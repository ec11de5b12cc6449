"""From a value to its place: the box of the cell or sentence, not of the row."""

from __future__ import annotations

import json
from pathlib import Path

import hostile
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

import styrmatt
from styrmatt.cli import main
from styrmatt.errors import UsageError
from styrmatt.extract.inspect import find_text as finder
from styrmatt.extract.inspect.find_text import find_text
from styrmatt.pipeline.run import Options, run_reports
from styrmatt.pipeline.use_cases.where import Place, Whereabouts, WhereOptions, where

SENTENCE = "Andelen barn som når kulturskolan ökade till 64 procent."


def draw(canvas: Canvas) -> None:
    hostile.page(canvas)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 600, "Året var gott. Andelen barn som når kultur-")
    canvas.drawString(50, 586, "skolan ökade till 64 procent. Sedan blev det vinter.")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with a result in a sentence that is broken over two lines, and its extract."""
    folder = tmp_path_factory.mktemp("where")
    (folder / "raw").mkdir()
    (folder / "raw" / "r.pdf").write_bytes(hostile.pdf(draw))
    list(run_reports([folder / "raw" / "r.pdf"], Options(folder / "parquet")))
    return folder / "parquet"


@pytest.fixture(scope="module")
def record(data: Path) -> dict[str, object]:
    rows = styrmatt.load(data).to_dict("records")
    row: dict[str, object] = next(row for row in rows if row["outcome_value"] == 64)
    return row


def found(data: Path, record: dict[str, object], field: str | None = None) -> Whereabouts:
    return where(WhereOptions(data, str(record["record_id"]), field))


def only(whereabouts: Whereabouts) -> Place:
    (place,) = whereabouts.places
    return place


def width(place: Place) -> float:
    assert place.bbox is not None
    return place.bbox[2] - place.bbox[0]


def test_the_box_of_a_target_is_its_cell(data: Path, record: dict[str, object]) -> None:
    told = found(data, record, "target_value")
    place, row = only(told), found(data, record).places[0]
    assert told.value == "70.0" and told.source is not None and told.missing is None
    assert place.what == "cell of the target" and place.text == "70 %" and place.page == 1
    assert row.what == "row" and width(place) < 40 < width(row)
    assert place.bbox is not None and 385 < place.bbox[0] < 395
    assert only(found(data, record, "target_unit")) == place


def test_the_box_of_a_status_is_its_mark_or_words(data: Path, record: dict[str, object]) -> None:
    place = only(found(data, record, "status"))
    assert place.what == "cell of the status" and place.bbox is not None
    assert 465 < place.bbox[0] < 475


def test_the_box_of_a_result_is_its_sentence(data: Path, record: dict[str, object]) -> None:
    place = only(found(data, record, "outcome_value"))
    assert place.what == "sentence of the result" and place.bbox is not None
    assert 225 < place.bbox[1] < 242 < 250 < place.bbox[3] < 262
    assert only(found(data, record, "previous_value")) == place


def test_other_fields_are_where_their_rows_are(data: Path, record: dict[str, object]) -> None:
    assert only(found(data, record, "measure")).what == "measure"
    assert only(found(data, record, "sex")).what == "row"
    every = found(data, record).places
    assert [place.what for place in every] == [
        "row",
        "cell of the target",
        "sentence of the result",
        "cell of the status",
    ]
    for dataset, key in (("measures", "measure_id"), ("outcomes", "outcome_id")):
        (row, *_) = styrmatt.load(data, dataset).to_dict("records")
        told = where(WhereOptions(data, row[key]))
        assert told.dataset == dataset and only(told).page == 1 and only(told).bbox is not None


def test_what_is_not_there_is_told(data: Path, record: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No row"):
        where(WhereOptions(data, "m-none"))
    with pytest.raises(UsageError, match="Did you mean target_value"):
        found(data, record, "target_valu")
    (tmp_path / "empty").mkdir()
    options = WhereOptions(data, str(record["record_id"]), "status", (tmp_path / "empty",))
    told = where(options)
    assert told.source is None and told.missing is not None and "was not found" in told.missing
    assert only(told).bbox is not None  # the data know it
    with pytest.raises(UsageError, match="nothing to draw on"):
        where(WhereOptions(*_fields(options), picture=tmp_path / "a.png"))


def _fields(options: WhereOptions) -> tuple[Path, str, str | None, tuple[Path, ...]]:
    return options.root, options.row_id, options.field, options.sources


def test_the_command_prints_and_draws(
    data: Path, record: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "place.png"
    arguments = ["where", str(record["record_id"]), "target_value", "--data", str(data)]
    assert command(*arguments, "-o", str(picture)) == 0
    said = capsys.readouterr().out
    assert "target_value: 70.0" in said and "cell of the target: 70 %" in said
    assert "r.pdf" in said and f"drawn to {picture}" in said
    with Image.open(picture) as drawn:
        assert drawn.width > 500
    assert command(*arguments, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["places"][0]["what"] == "cell of the target" and len(told["source_sha256"]) == 64


def command(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def test_a_text_is_found_however_it_is_broken(data: Path) -> None:
    path = data.parent / "raw" / "r.pdf"
    box = find_text(path, 1, SENTENCE)
    assert box is not None
    apart = find_text(path, 1, f"Något helt annat stod här. {SENTENCE}")
    assert apart == box  # by its sentences, where the whole is not there
    assert find_text(path, 1, "Något helt annat stod här.") is None
    assert find_text(path, 9, SENTENCE) is None
    assert find_text(path, 1, "") is None
    short = "Sedan blev."
    assert len(short) < finder._FEWEST_LETTERS and find_text(path, 1, f"Nej. {short}") is None
