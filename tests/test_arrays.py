"""Arrays from buffers are those that pyarrow makes, without pandas."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from conftest import make_extract
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.export.parquet.arrays import array_of
from styrmatt.export.parquet.tables import to_table
from styrmatt.records import DATASETS

INT32 = st.integers(-(2**31), 2**31 - 1)
DOUBLE = st.floats(allow_nan=False)
TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs",)))
KINDS = {
    "text": (pa.string(), TEXT),
    "int32": (pa.int32(), INT32),
    "double": (pa.float64(), DOUBLE),
    "single": (pa.float32(), st.floats(allow_nan=False, width=32)),
    "bool": (pa.bool_(), st.booleans()),
    "day": (pa.date32(), st.dates(min_value=date(1, 1, 1))),
    "texts": (pa.list_(pa.string()), st.lists(TEXT)),
    "box": (pa.list_(pa.float32()), st.lists(st.floats(allow_nan=False, width=32))),
}
STRUCT = pa.struct([("label", pa.string()), ("value", pa.float64())])
STRUCTS = st.fixed_dictionaries({"label": st.none() | TEXT, "value": st.none() | DOUBLE})
KINDS["struct"] = (STRUCT, STRUCTS)
KINDS["structs"] = (pa.list_(STRUCT), st.lists(STRUCTS))


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_an_array_is_the_one_that_pyarrow_makes(name: str, data: st.DataObject) -> None:
    kind, value = KINDS[name]
    values = data.draw(st.lists(st.none() | value, max_size=20))
    made = array_of(values, kind)
    made.validate(full=True)
    assert made.equals(pa.array(values, type=kind))
    assert made.null_count == values.count(None)


@pytest.mark.parametrize(
    ("value", "kind"),
    [("1", pa.int32()), (2**31, pa.int32()), (1, pa.string()), ("x", pa.float64())],
)
def test_a_value_of_another_type_is_refused(value: object, kind: pa.DataType) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError, AttributeError)):
        array_of([value], kind)


def test_a_type_that_no_dataset_has_is_refused() -> None:
    with pytest.raises(TypeError, match="timestamp"):
        array_of([1], pa.timestamp("us"))


@pytest.mark.parametrize("dataset", DATASETS)
def test_all_columns_of_all_datasets_can_be_made(dataset: str) -> None:
    table = to_table(dataset, make_extract().rows(dataset))
    table.validate(full=True)


def test_writing_a_report_does_not_import_pandas(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from conftest import make_extract\n"
        "from extracts import write_extract\n"
        "write_extract(make_extract(), Path(sys.argv[1]), replace=False, partial=False)\n"
        "sys.exit('pandas' in sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "out")],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
