from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from conftest import make_extract, tree
from extracts import write_extract

import styrmatt
from styrmatt.errors import ConflictError, DefectError, OutputError, UsageError
from styrmatt.export.parquet.tables import content_hash, numbered, to_table
from styrmatt.export.schema.columns import arrow_schema, columns
from styrmatt.export.schema.row_checks import check_extract
from styrmatt.export.store import transaction as changes
from styrmatt.export.store.extracts import write_findings
from styrmatt.export.store.manifest_file import read_manifest
from styrmatt.records import DATASETS, Component, Extract


def write(extract: Extract, root: Path, *, replace: bool = False, partial: bool = False) -> None:
    write_extract(extract, root, replace=replace, partial=partial)


# --- the schema


def test_a_schema_has_the_types_that_the_contract_names() -> None:
    types = {field.name: str(field.type) for field in arrow_schema("records")}
    assert types["fiscal_year"] == "int32"
    assert types["target_value"] == "double"
    assert types["period_end"] == "date32[day]"
    assert types["review"] == "list<element: string not null>"
    assert types["bbox"] == "list<element: float not null>"
    assert types["target_components"].startswith("list<element: struct<label: string, sex:")
    assert (
        str(arrow_schema("documents").field("pages_read").type) == "list<element: int32 not null>"
    )


def test_a_column_is_nullable_only_where_its_declaration_says_so() -> None:
    schema = arrow_schema("records")
    assert not schema.field("measure").nullable
    assert not schema.field("review").nullable
    assert schema.field("board").nullable
    assert schema.field("bbox").nullable


def test_a_field_carries_its_meaning_unit_and_values() -> None:
    metadata = arrow_schema("records").field("sex").metadata
    assert metadata == {
        b"meaning": b"total, women, men",
        b"values": b"T, K, M",
        b"source": b"read",
    }
    assert arrow_schema("records").field("bbox").metadata[b"unit"] == b"points"


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_dataset_has_year_document_and_a_key(dataset: str) -> None:
    names = {column.name for column in columns(dataset)}
    assert {"fiscal_year", "document_id"} <= names
    assert any(column.key for column in columns(dataset))
    assert all(column.meaning for column in columns(dataset))


def test_an_unknown_dataset_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"no dataset .recrods..*records"):
        columns("recrods")


# --- the checks on write


def broken(**changed: Any) -> Extract:
    extract = make_extract()
    record = dataclasses.replace(extract.records[0], **changed)
    return dataclasses.replace(extract, records=(record, *extract.records[1:]))


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("measure", None, "missing"),
        ("measure", "", "empty"),
        ("board", "", "empty"),
        ("board", "  ", "empty"),
        ("measure", "två  blanksteg", "single-spaced"),
        ("measure", "ny\nrad", "single-spaced"),
        ("measure", "a\u030angest", "NFC"),
        ("measure_raw", "a\u030angest", "NFC"),
        ("sex", "F", "not among T, K, M"),
        ("target_value", float("nan"), "no number"),
        ("target_value", float("inf"), "no number"),
        ("target_value", "80", "not of type float64"),
        ("page", 2.0, "not of type int32"),
        ("page", True, "not of type int32"),
        ("page", 2**31, "int32"),
        ("period_end", "2020-12-31", "not of type date32"),
        ("review", ["duplicate"], "no tuple"),
        ("review", ("whatever",), "not among"),
        ("bbox", (1.0, 2.0, 3.0), "no box"),
        ("bbox", (1.0, 2.0, 3.0, float("nan")), "no box"),
        ("target_components", (Component(unit="furlongs"),), "unit.*not among"),
        ("fiscal_year", 2021, "another document's"),
        ("document_id", "other", "another document's"),
        ("measure_id", "nowhere", "no row has the id"),
        ("goal_id", "nowhere", "no row has the id"),
    ],
)
def test_a_row_that_breaks_its_declaration_is_a_defect(column: str, value: Any, why: str) -> None:
    with pytest.raises(DefectError, match=f"records, row 0.*{column}.*{why}"):
        check_extract(broken(**{column: value}))


def test_two_rows_with_one_key_are_a_defect() -> None:
    extract = make_extract()
    twice = dataclasses.replace(extract, goals=extract.goals * 2)
    with pytest.raises(DefectError, match="goals, row 1: the key"):
        check_extract(twice)


def test_raw_text_keeps_line_breaks_and_narratives_their_paragraphs() -> None:
    check_extract(broken(measure_raw="Andel  nöj-\nda"))
    extract = make_extract()
    loose = dataclasses.replace(extract.narratives[0], text="Fler åker. \n\nFärre väntar.")
    with pytest.raises(DefectError, match="narratives, row 0, text"):
        check_extract(dataclasses.replace(extract, narratives=(loose,)))


def test_a_row_that_breaks_its_declaration_touches_no_file(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    before = tree(tmp_path)
    with pytest.raises(DefectError):
        write(broken(measure=""), tmp_path)
    assert tree(tmp_path) == before


def test_a_document_id_that_leaves_the_folder_is_a_defect(tmp_path: Path) -> None:
    with pytest.raises(DefectError, match="file name"):
        write(make_extract("../outside"), tmp_path)


# --- the files


def test_every_dataset_has_one_file_per_document_and_its_schema(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    for dataset in DATASETS:
        path = tmp_path / dataset / "year=2020" / "region-tallmo-2020-annual.parquet"
        read = pq.ParquetFile(path)
        assert read.schema_arrow.remove_metadata() == arrow_schema(dataset).remove_metadata()
        assert read.metadata.row_group(0).column(0).compression == "ZSTD"
        assert read.metadata.row_group(0).column(0).statistics is not None
        assert read.metadata.row_group(0).column(0).has_offset_index


def test_common_readers_find_the_year_beside_the_fiscal_year(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    table = ds.dataset(tmp_path / "records", format="parquet", partitioning="hive").to_table()
    frame = table.to_pandas()
    assert set(frame["year"]) == set(frame["fiscal_year"]) == {2020}


def test_rows_stand_in_the_order_of_the_report_and_are_numbered(tmp_path: Path) -> None:
    extract = make_extract()
    write(dataclasses.replace(extract, records=extract.records[::-1]), tmp_path)
    records = styrmatt.load(tmp_path, "records")
    assert records["record_id"].tolist() == [r.record_id for r in reversed(extract.records)]
    assert records["row_no"].tolist() == [1, 2]
    for dataset in DATASETS:
        rows = styrmatt.load(tmp_path, dataset)
        assert rows["row_no"].tolist() == list(range(1, len(rows) + 1)), dataset


def test_a_file_names_its_source_versions_and_content(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    path = next((tmp_path / "records").rglob("*.parquet"))
    footer = pq.read_metadata(path).metadata
    assert footer[b"styrmatt.source_sha256"] == b"a" * 64
    assert footer[b"styrmatt.tool_version"] == b"0.0-test"
    assert footer[b"styrmatt.pages"] == b"all"
    assert footer[b"styrmatt.content_sha256"].decode() == content_hash(pq.ParquetFile(path).read())


def test_the_content_hash_sees_every_value() -> None:
    rows = numbered(make_extract().records)
    other = (dataclasses.replace(rows[0], target_value=80.5), *rows[1:])
    hashes = {content_hash(to_table("records", r)) for r in (rows, rows[::-1], other, rows[:1], ())}
    assert len(hashes) == 4  # the order in which rows come does not count


def test_the_same_extract_gives_the_same_bytes(tmp_path: Path) -> None:
    write(make_extract(), tmp_path / "a")
    write(make_extract(), tmp_path / "b")
    first = tree(tmp_path / "a")
    assert first == tree(tmp_path / "b")
    write(make_extract(), tmp_path / "a")
    assert tree(tmp_path / "a") == first
    assert len(first) == len(DATASETS) + 1


def test_the_order_of_reports_does_not_change_a_byte(tmp_path: Path) -> None:
    one = make_extract("one", source_sha256="1" * 64)
    two = make_extract("two", year=2019, source_sha256="2" * 64)
    for root, order in ((tmp_path / "a", (one, two)), (tmp_path / "b", (two, one))):
        for extract in order:
            write(extract, root)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


# --- re-runs and conflicts


def test_a_rerun_replaces_its_own_files_and_no_others(tmp_path: Path) -> None:
    write(make_extract("other", source_sha256="b" * 64, source_name="other.pdf"), tmp_path)
    other = tree(tmp_path)
    write(make_extract(), tmp_path)
    write(make_extract(target_value=81.0), tmp_path)
    after = tree(tmp_path)
    assert {k: v for k, v in after.items() if "other" in k} == {
        k: v for k, v in other.items() if "other" in k
    }
    frame = styrmatt.load(tmp_path)
    ours = frame[frame["document_id"] == "region-tallmo-2020-annual"]
    assert ours["target_value"].tolist() == [81.0, 81.0]


@pytest.mark.parametrize("changed", [{"year": 2021}, {"document_id": "region-tallmo-2020-interim"}])
def test_a_rerun_that_reads_another_identity_leaves_no_old_file(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    write(make_extract(), tmp_path)
    new = make_extract(**changed)
    write(new, tmp_path)
    document = new.document
    expected = {
        f"{dataset}/year={document.fiscal_year}/{document.document_id}.parquet"
        for dataset in DATASETS
    }
    assert set(tree(tmp_path)) == expected | {"manifest.json"}


def test_a_second_source_is_a_conflict_that_changes_nothing(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    before = tree(tmp_path)
    with pytest.raises(ConflictError, match=r"tallmo\.txt holds.*from tallmo\.pdf.*--replace"):
        write(make_extract(source_name="tallmo.txt", source_sha256="b" * 64), tmp_path)
    assert tree(tmp_path) == before


def test_replace_lets_a_second_source_in_and_says_what_it_replaced(tmp_path: Path) -> None:
    second = make_extract(source_name="tallmo-2.pdf", source_sha256="b" * 64, doc_version="2.0")
    write(make_extract(doc_version="1.0"), tmp_path)
    write(second, tmp_path, replace=True)
    assert styrmatt.load(tmp_path, "documents")["replaces"].tolist() == ["a" * 64]
    kept = tree(tmp_path)
    write(second, tmp_path)
    assert tree(tmp_path) == kept


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({}, "the SHA-256 was aaaaaaaaaaaa and is bbbbbbbbbbbb"),
        ({"doc_version": "2.0"}, "the version was 1.0 and is 2.0"),
        ({"doc_version": None}, "the version was 1.0 and is not printed"),
    ],
)
def test_a_file_that_changed_under_its_name_is_a_conflict_that_says_what_differs(
    tmp_path: Path, changed: dict[str, Any], what: str
) -> None:
    write(make_extract(doc_version="1.0"), tmp_path)
    before = tree(tmp_path)
    facts = {"doc_version": "1.0", "source_sha256": "b" * 64, **changed}
    with pytest.raises(ConflictError, match=re.escape(what)):
        write(make_extract(**facts), tmp_path)
    assert tree(tmp_path) == before


def test_another_printed_version_under_the_same_name_is_a_conflict(tmp_path: Path) -> None:
    write(make_extract(doc_version="1.0"), tmp_path)
    with pytest.raises(ConflictError):
        write(make_extract(doc_version="2.0", source_sha256="b" * 64), tmp_path)


@pytest.mark.parametrize("replace", [False, True])
def test_a_partial_run_never_overwrites_a_whole_one(tmp_path: Path, replace: bool) -> None:
    write(make_extract(), tmp_path)
    before = tree(tmp_path)
    with pytest.raises(ConflictError, match="--out"):
        write(make_extract(pages_read=(2,)), tmp_path, partial=True, replace=replace)
    assert tree(tmp_path) == before


def test_a_whole_run_overwrites_a_partial_one(tmp_path: Path) -> None:
    write(make_extract(pages_read=(2,)), tmp_path, partial=True)
    write(make_extract(pages_read=(3,)), tmp_path, partial=True)
    write(make_extract(), tmp_path)
    assert [list(pages) for pages in styrmatt.load(tmp_path, "documents")["pages_read"]] == [
        [1, 2, 3]
    ]


# --- the manifest


def test_the_manifest_names_sources_versions_files_and_hashes(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    (document,) = manifest["documents"]
    assert document["used"]["name"] == "tallmo.pdf"
    assert document["activity"]["tool_version"] == "0.0-test"
    assert {file["dataset"]: file["rows"] for file in document["generated"]} == {
        "documents": 1,
        "goals": 1,
        "success_factors": 1,
        "measures": 1,
        "targets": 2,
        "outcomes": 1,
        "narratives": 1,
        "claims": 1,
        "issues": 1,
        "records": 2,
        "corrections": 1,
    }


def test_a_lost_manifest_is_made_anew_from_the_files(tmp_path: Path) -> None:
    one = make_extract("one", source_sha256="1" * 64)
    two = make_extract("two", year=2019, source_sha256="2" * 64, pages_read=(1,))
    write(one, tmp_path)
    write(two, tmp_path, partial=True)
    before = tree(tmp_path)
    (tmp_path / "manifest.json").unlink()
    write(one, tmp_path)
    assert tree(tmp_path) == before


def test_a_manifest_that_is_none_is_told_and_kept(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    (tmp_path / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(OutputError, match="Move it away"):
        write(make_extract(), tmp_path)


def test_a_document_deleted_by_hand_is_no_longer_in_the_way(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    for path in tmp_path.rglob("*.parquet"):
        path.unlink()
    write(make_extract(source_name="tallmo.txt", source_sha256="b" * 64), tmp_path)
    assert [entry.source_name for entry in read_manifest(tmp_path)] == ["tallmo.txt"]


# --- all or nothing


class Killed(BaseException):
    """Stands for the end of the process."""


def steps_of(monkeypatch: pytest.MonkeyPatch, fail_at: int | None) -> list[str]:
    """Count every rename, unlink and flush; be killed before the one numbered ``fail_at``."""
    seen: list[str] = []

    def counted(name: str, original: Any) -> Any:
        def step(*args: Any, **kwargs: Any) -> Any:
            if len(seen) == fail_at:
                raise Killed(name)
            seen.append(name)
            return original(*args, **kwargs)

        return step

    for name in ("replace", "unlink", "rmdir"):
        monkeypatch.setattr(changes.Path, name, counted(name, getattr(changes.Path, name)))
    for name in ("_sync_file", "_sync_folder"):
        monkeypatch.setattr(changes, name, counted(name, lambda path: None))
    monkeypatch.setattr(changes.shutil, "rmtree", counted("rmtree", changes.shutil.rmtree))
    return seen


def test_a_run_killed_at_any_step_leaves_the_old_or_the_new_document(tmp_path: Path) -> None:
    old, new = make_extract(), make_extract(year=2021, target_value=81.0)
    states = {}
    for name, extract in (("old", old), ("new", new)):
        write(extract, tmp_path / name)
        states[name] = tree(tmp_path / name)
    write(old, tmp_path / "counted")
    with pytest.MonkeyPatch.context() as patch:
        seen = steps_of(patch, None)
        write(new, tmp_path / "counted")
        total = len(seen)
    assert total > 20
    outcomes = []
    for step in range(total):
        root = tmp_path / f"killed-{step}"
        shutil.copytree(tmp_path / "old", root)
        with pytest.MonkeyPatch.context() as patch:
            steps_of(patch, step)
            with pytest.raises(Killed):
                write(new, root)
        changes.check_writable(root)  # what the next run does first
        after = tree(root)
        assert after in (states["old"], states["new"]), f"killed at step {step}"
        assert not list((root / ".styrmatt").glob("staging-*"))
        outcomes.append("old" if after == states["old"] else "new")
    assert outcomes == sorted(outcomes, reverse=True)  # old up to the journal, new from there


def half_written(root: Path, extract: Extract) -> Path:
    """The journal of a change that was cut off as soon as it stood."""
    with pytest.MonkeyPatch.context() as patch:

        def killed(root: Path, journal: Any) -> None:
            raise Killed

        patch.setattr(changes, "_apply", killed)
        with pytest.raises(Killed):
            write(extract, root)
    return root / ".styrmatt" / "journal.json"


def test_a_journal_cut_at_any_length_never_stood(tmp_path: Path) -> None:
    write(make_extract(), tmp_path / "old")
    old = tree(tmp_path / "old")
    shutil.copytree(tmp_path / "old", tmp_path / "half")
    journal = half_written(tmp_path / "half", make_extract(target_value=81.0)).read_bytes()
    for length in (0, 1, 64, 65, 66, len(journal) // 2, len(journal) - 2):
        root = tmp_path / f"cut-{length}"
        shutil.copytree(tmp_path / "half", root)
        (root / ".styrmatt" / "journal.json").write_bytes(journal[:length])
        changes.check_writable(root)
        assert tree(root) == old
        assert {path.name for path in (root / ".styrmatt").iterdir()} == {"lock"}


def test_a_journal_that_points_out_of_the_folder_is_none(tmp_path: Path) -> None:
    root = tmp_path / "root"
    journal = half_written(root, make_extract())
    line = journal.read_text().split("\n")[1].replace('"manifest.json"', '"../stray.json"')
    journal.write_text(f"{hashlib.sha256(line.encode()).hexdigest()}\n{line}\n")
    changes.check_writable(root)
    assert not (tmp_path / "stray.json").exists()


def test_a_change_is_finished_after_any_of_its_moves(tmp_path: Path) -> None:
    half_written(tmp_path / "half", make_extract())
    shutil.copytree(tmp_path / "half", tmp_path / "whole")
    changes.check_writable(tmp_path / "whole")
    whole = tree(tmp_path / "whole")
    assert len(whole) == len(DATASETS) + 1
    for moved in whole:
        shutil.rmtree(tmp_path / "again", ignore_errors=True)
        shutil.copytree(tmp_path / "half", tmp_path / "again")
        work = tmp_path / "again" / ".styrmatt"
        journal = json.loads((work / "journal.json").read_text().split("\n")[1])
        staged = work / journal["staging"] / journal["put"][moved]
        (tmp_path / "again" / moved).parent.mkdir(parents=True, exist_ok=True)
        staged.rename(tmp_path / "again" / moved)
        changes.check_writable(tmp_path / "again")
        assert tree(tmp_path / "again") == whole


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_of_one_dataset_that_is_read_only_stops_all_of_them(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    before = tree(tmp_path)
    folder = tmp_path / "records" / "year=2020"
    folder.chmod(0o555)
    with pytest.raises(OutputError, match="Permission denied"):
        write(make_extract(target_value=81.0), tmp_path)
    folder.chmod(0o755)
    assert tree(tmp_path) == before


def test_a_folder_in_the_place_of_a_file_stops_all_of_them(tmp_path: Path) -> None:
    write(make_extract("other", source_sha256="b" * 64), tmp_path)
    before = tree(tmp_path)
    (tmp_path / "records" / "year=2020" / "region-tallmo-2020-annual.parquet").mkdir()
    with pytest.raises(OutputError, match="directory"):
        write(make_extract(), tmp_path)
    assert tree(tmp_path) == before


def test_everything_is_on_the_disk_before_the_journal_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a machine that loses its power finds: files, then the folders that name them."""
    synced: list[Path] = []
    monkeypatch.setattr(changes, "_sync_file", synced.append)
    monkeypatch.setattr(changes, "_sync_folder", synced.append)
    journal = half_written(tmp_path, make_extract())
    (stage,) = (tmp_path / ".styrmatt").glob("staging-*")
    inside = [*stage.iterdir(), stage / "journal.json"]
    assert len(inside) == len(DATASETS) + 2 and set(inside) <= set(synced)
    for path in inside:
        assert synced.index(path) < synced.index(stage) < synced.index(stage.parent)
    for dataset in DATASETS:
        assert synced.index(tmp_path / dataset) < synced.index(stage.parent)
    assert journal.exists()


def test_what_an_earlier_run_left_lying_is_cleared_away(tmp_path: Path) -> None:
    work = tmp_path / ".styrmatt"
    (work / "staging-1" / "folder").mkdir(parents=True)
    (work / "probe").write_bytes(b"")
    (work / "holder.json").write_text("not JSON")
    write(make_extract(), tmp_path)
    assert {path.name for path in work.iterdir()} == {"lock"}


def test_a_reader_waits_for_a_change_to_finish(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    half_written(tmp_path, make_extract(target_value=81.0))
    finisher = threading.Timer(0.1, changes.check_writable, [tmp_path])
    finisher.start()
    assert styrmatt.load(tmp_path)["target_value"].tolist() == [81.0, 81.0]
    finisher.join()


def test_what_changes_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    seen: list[int] = []

    def read() -> int:
        seen.append(1)
        if len(seen) == 1:
            write(make_extract(target_value=81.0), tmp_path)
        return len(seen)

    assert changes.read_consistently(tmp_path, read) == 2


def test_the_findings_of_a_report_go_where_its_files_go(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    write_findings(tmp_path, [make_extract()], [])
    write(make_extract(year=2021), tmp_path)
    assert not list(tmp_path.glob("findings/year=2020/*"))


def test_load_refuses_an_extract_that_is_half_written(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    (tmp_path / ".styrmatt" / "journal.json").write_text("{}", encoding="utf-8")
    with pytest.raises(OutputError, match="interrupted"):
        styrmatt.load(tmp_path)


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(make_extract(), tmp_path)
    before = tree(tmp_path)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(changes, "_sync_file", full)
    with pytest.raises(OutputError, match="No space left"):
        write(make_extract(target_value=81.0), tmp_path)
    assert tree(tmp_path) == before
    assert not list((tmp_path / ".styrmatt").glob("staging-*"))


def test_a_held_folder_says_who_holds_it_and_since_when(tmp_path: Path) -> None:
    with (
        changes.root_lock(tmp_path),
        pytest.raises(OutputError, match=r"process \d+ on .* since \d{4}-"),
        changes.root_lock(tmp_path, wait=0.05),
    ):
        pass


def test_a_file_in_the_place_of_the_folder_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        changes.check_writable(tmp_path / "out")


# --- reading back


def test_load_gives_declared_types_also_where_all_is_missing(tmp_path: Path) -> None:
    write(make_extract(target_value=None), tmp_path)
    frame = styrmatt.load(tmp_path)
    types = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert types["target_value"] == "Float64"
    assert types["target_baseline_year"] == "Int32"
    assert types["board"] == "string"
    assert frame["period_end"].tolist() == [date(2020, 12, 31)] * 2
    assert frame["target_value"].isna().all()
    assert str(styrmatt.load(tmp_path, "success_factors")["in_overview"].dtype) == "boolean"


def test_load_takes_one_year_or_all(tmp_path: Path) -> None:
    write(make_extract("one", source_sha256="1" * 64), tmp_path)
    write(make_extract("two", year=2019, source_sha256="2" * 64), tmp_path)
    assert len(styrmatt.load(tmp_path)) == 4
    assert set(styrmatt.load(tmp_path, year=2019)["document_id"]) == {"two"}
    assert styrmatt.load(tmp_path, year=1999).empty


def test_load_reads_files_from_before_a_column_was_added(tmp_path: Path) -> None:
    write(make_extract(), tmp_path)
    path = next((tmp_path / "records").rglob("*.parquet"))
    table: pa.Table = pq.ParquetFile(path).read().drop_columns(["corrected", "page_label"])
    pq.write_table(table, path)
    frame = styrmatt.load(tmp_path)
    assert frame["page_label"].isna().all()


def test_load_of_a_folder_without_an_extract_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no extract"):
        styrmatt.load(tmp_path)
