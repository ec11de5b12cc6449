"""Ways of tampering with an extract, and what of `styrmatt verify` finds each.

    python benchmarks/tamper.py                     every way, a minute
    python benchmarks/tamper.py manifest series     those whose name has one of these words

Two reports are run, corrected, checked and signed. Then one thing is changed in a copy, by hand or
with all hashes made right again, and the copy is verified: by its files, by its sources
(`--re-extract`), by its signature (`--signed-by`). Prints for each way the first that finds it.
Exit code 1 where one is not found, or only by more than docs/RUNS.md says.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import hostile
import pyarrow
import pyarrow.parquet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from reportlab.pdfgen.canvas import Canvas

from styrmatt.export.parquet.tables import content_hash, write_file
from styrmatt.export.store.signature import SIGNATURE_NAME
from styrmatt.pipeline.run import Options, Result, run_reports
from styrmatt.pipeline.use_cases.check import check_reports
from styrmatt.pipeline.use_cases.sign import sign
from styrmatt.pipeline.use_cases.verify import VerifyOptions, verify

Level = Literal["files", "sources", "signature"]
LEVELS: Final[tuple[Level, ...]] = ("files", "sources", "signature")
"""How an extract is verified, each with what the one before needs."""
Row = dict[str, Any]
ONE, TWO = "region-tallmo-2022-annual", "region-tallmo-2023-annual"
_CORRECTIONS = "document_id;id;field;machine_value;value;why;who;when"


@dataclass(frozen=True)
class Way:
    """A way of tampering, and the first level that finds it."""

    harm: Callable[[Extract], None]
    found_by: Level = "files"


class Extract:
    """An extract that is signed, with its sources and keys beside it; or a copy to be harmed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root, self.raw = folder / "parquet", folder / "raw"
        self.key, self.public = folder / "key", folder / "key.pub"

    def make(self) -> None:
        """Make it: two reports, one of them corrected, findings, a signature."""
        self.raw.mkdir(parents=True)
        for year in (2022, 2023):
            (self.raw / f"{year}.pdf").write_bytes(hostile.pdf(_drawn(year)))
        self.run()
        (record, *_) = self.rows("records", ONE)
        line = (
            f"{ONE};{record['record_id']};target_value;{record['target_value']};71;x;y;2024-01-02"
        )
        (self.raw / "corrections.csv").write_text(f"{_CORRECTIONS}\n{line}\n", encoding="utf-8")
        self.run()
        check_reports(self.root)
        make_key(self.key)
        _, signature = sign(self.root, self.key)
        assert signature is not None

    def run(self) -> None:
        """Run the reports with the corrections that are there."""
        files = tuple(self.raw.glob("corrections.csv"))
        reports = sorted(self.raw.glob("*.pdf"))
        outcomes = list(run_reports(reports, Options(self.root, corrections=files)))
        assert all(isinstance(outcome, Result) for outcome in outcomes), outcomes

    def copy(self, folder: Path) -> Extract:
        """The same in another folder."""
        shutil.copytree(self.folder, folder)
        return Extract(folder)

    def path(self, dataset: str, document: str = ONE) -> Path:
        """The file of a dataset."""
        return self.root / dataset / f"year={document.split('-')[2]}" / f"{document}.parquet"

    def rows(self, dataset: str, document: str = ONE) -> list[Row]:
        """The rows of a dataset."""
        rows: list[Row] = (
            pyarrow.parquet.ParquetFile(self.path(dataset, document)).read().to_pylist()
        )
        return rows

    def edit(
        self,
        dataset: str,
        change: Callable[[list[Row]], object],
        document: str = ONE,
        *,
        cover: bool = True,
        path: Path | None = None,
    ) -> None:
        """Change rows of a file; with ``cover`` all hashes are made right again."""
        file = path or self.path(dataset, document)
        table = pyarrow.parquet.ParquetFile(file).read()
        rows = table.to_pylist()
        change(rows)
        edited = pyarrow.Table.from_pylist(rows, schema=table.schema)
        if cover:
            content = content_hash(edited).encode()
            metadata = {**edited.schema.metadata, b"styrmatt.content_sha256": content}
            edited = edited.replace_schema_metadata(metadata)
        write_file(edited, file)
        if cover:
            self.cover(file)

    def cover(self, file: Path) -> None:
        """Let the manifest name the file as it is now."""
        name = file.relative_to(self.root).as_posix()
        table = pyarrow.parquet.ParquetFile(file).read()

        def listed(content: Any) -> None:
            files = [*content["registers"].values()]
            files += [entry for document in content["documents"] for entry in document["generated"]]
            for entry in files:
                if entry["path"] == name:
                    entry["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
                    entry["content_sha256"] = content_hash(table)
                    entry["rows"] = table.num_rows

        self.manifest(listed)

    def manifest(self, change: Callable[[Any], object]) -> None:
        """Change the manifest, which is written as styrmatt writes it."""
        path = self.root / "manifest.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")

    def found(self, level: Level) -> list[str]:
        """The problems that verifying at this level tells."""
        told = verify(
            VerifyOptions(
                self.root,
                (self.raw,),
                re_extract=level != "files",
                signed_by=self.public if level == "signature" else None,
            )
        )
        lost = [proof.not_found for proof in told.proofs if proof.not_found]
        return [*told.problems, *lost, *(p for proof in told.proofs for p in proof.problems)]


def make_key(path: Path) -> None:
    """Make a pair of keys as ssh-keygen does."""
    key = Ed25519PrivateKey.generate()
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.OpenSSH,
            serialization.NoEncryption(),
        )
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    )
    path.with_suffix(".pub").write_bytes(public + b" somebody\n")


def _drawn(year: int) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        hostile.page(canvas, year=year)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 600, "Andelen barn som når kulturskolan ökade till 64 procent.")
        canvas.drawString(50, 586, "Andelen nöjda besökare på biblioteken var 80 procent.")

    return draw


# --- by hand


def _put(field: str, value: Any, row: int = 0) -> Callable[[list[Row]], None]:
    def change(rows: list[Row]) -> None:
        rows[row][field] = value

    return change


def _same(field: str, value: Any, *datasets: str) -> Callable[[Extract], None]:
    """The same value in the first rows of several datasets, with hashes made right."""

    def harm(extract: Extract) -> None:
        for dataset in datasets:
            extract.edit(dataset, _put(field, value))

    return harm


def _drop_rows(extract: Extract, wanted: Callable[[Row], bool], *datasets: str) -> None:
    def change(rows: list[Row]) -> None:
        rows[:] = [row for row in rows if not wanted(row)]
        for number, row in enumerate(rows, 1):
            row["row_no"] = number

    for dataset in datasets:
        extract.edit(dataset, change)


def _measure_goes(extract: Extract) -> None:
    gone = extract.rows("measures")[1]["measure_id"]
    datasets = ("measures", "targets", "records", "outcomes", "issues")
    _drop_rows(extract, lambda row: row.get("measure_id") == gone, *datasets)
    _of_register(extract, gone)


def _of_register(extract: Extract, gone: str) -> None:
    """Take an item out of the registers, with hashes made right."""

    def series(rows: list[Row]) -> None:
        for row in rows:
            row["members"] = [m for m in row["members"] if m["item_id"] != gone]

    extract.edit("series", series, path=extract.root / "series" / "series.parquet")


def _measure_comes(extract: Extract) -> None:
    for dataset in ("targets", "records"):

        def change(rows: list[Row]) -> None:
            extra = {**rows[-1], "record_id": f"{rows[-1]['record_id']}x", "row_no": len(rows) + 1}
            rows.append({**extra, "sex": "K"})

        extract.edit(dataset, change)


def _twice(extract: Extract) -> None:
    extract.edit("records", lambda rows: rows.append({**rows[0], "row_no": len(rows) + 1}))


def _sentence(extract: Extract) -> None:
    extract.edit("narratives", lambda rows: rows[-1].update(text="Allt gick bra."))


def _corrections_go(extract: Extract) -> None:
    _drop_rows(extract, lambda _: True, "corrections")


def _report_goes(extract: Extract) -> None:
    """A report with all that tells of it, so that nothing is missing any more."""
    for path in extract.root.rglob(f"{TWO}.parquet"):
        path.unlink()

    def change(content: Any) -> None:
        content["documents"] = [d for d in content["documents"] if d["document_id"] != TWO]

    extract.manifest(change)

    def series(rows: list[Row]) -> None:
        for row in rows:
            row["members"] = [m for m in row["members"] if m["document_id"] != TWO]

    extract.edit("series", series, path=extract.root / "series" / "series.parquet")
    observations = extract.root / "observations" / "observations.parquet"
    if observations.exists():
        extract.edit(
            "observations",
            lambda rows: rows.__setitem__(
                slice(None), [row for row in rows if row["document_id"] != TWO]
            ),
            path=observations,
        )
    check_reports(extract.root)


def _report_forgotten(extract: Extract) -> None:
    for path in extract.root.rglob(f"{TWO}.parquet"):
        path.unlink()

    def change(content: Any) -> None:
        content["documents"] = [d for d in content["documents"] if d["document_id"] != TWO]

    extract.manifest(change)


def _all_files(extract: Extract) -> None:
    for path in extract.root.rglob(f"{TWO}.parquet"):
        path.unlink()


def _replaced(extract: Extract) -> None:
    shutil.copy(extract.path("targets", TWO), extract.path("targets"))


def _cut(extract: Extract) -> None:
    path = extract.path("outcomes")
    path.write_bytes(path.read_bytes()[:-30])


def _bit(extract: Extract) -> None:
    data = bytearray(extract.path("records").read_bytes())
    data[len(data) // 3] ^= 1
    extract.path("records").write_bytes(data)


def _table(
    dataset: str, change: Callable[[Any], Any], *, cover: bool = True
) -> Callable[[Extract], None]:
    def harm(extract: Extract) -> None:
        path = extract.path(dataset)
        table = change(pyarrow.parquet.ParquetFile(path).read())
        if cover:
            content = content_hash(table).encode()
            table = table.replace_schema_metadata(
                {**table.schema.metadata, b"styrmatt.content_sha256": content}
            )
        write_file(table, path)
        if cover:
            extract.cover(path)

    return harm


def _as_text(table: Any) -> Any:
    at = table.schema.get_field_index("page")
    return table.set_column(at, "page", table.column("page").cast(pyarrow.string()))


def _document(*path: str, value: Any) -> Callable[[Extract], None]:
    """A value of the first document of the manifest."""

    def change(content: Any) -> None:
        at = content["documents"][0]
        for key in path[:-1]:
            at = at[key]
        assert path[-1] in at and at[path[-1]] != value, path
        at[path[-1]] = value

    return lambda extract: extract.manifest(change)


def _head(change: Callable[[Any], object]) -> Callable[[Extract], None]:
    return lambda extract: extract.manifest(change)


def _agent(content: Any) -> None:
    """Another version of a library, as if the agent had always been that."""
    (agent,) = content["agents"].values()
    agent["spacy"] = "1.0"


def _layout(extract: Extract) -> None:
    """Another layout in the manifest and in the data."""
    extract.edit("documents", _put("layout", "framgangsfaktor-i-tabell"))

    def change(content: Any) -> None:
        content["documents"][0]["activity"]["layout"] = "framgangsfaktor-i-tabell"
        content["documents"][0]["used"]["layout"]["name"] = "framgangsfaktor-i-tabell"

    extract.manifest(change)


def _version(extract: Extract) -> None:
    """Another version of styrmatt in the data; the manifest has the right one."""
    extract.edit("documents", _put("tool_version", "9.9.9"))


def _source(extract: Extract) -> None:
    (extract.raw / "2022.pdf").write_bytes(hostile.report())


def _source_and_hash(extract: Extract) -> None:
    """Another source, whose hash stands wherever that of the right one stood."""
    data = hostile.pdf(lambda canvas: hostile.page(canvas, organisation="Region Tallmo", step=20))
    (extract.raw / "2022.pdf").write_bytes(data)
    new = hashlib.sha256(data).hexdigest()
    old = extract.rows("documents")[0]["source_sha256"]
    extract.edit("documents", _put("source_sha256", new))
    for path in extract.root.rglob(f"{ONE}.parquet"):
        table = pyarrow.parquet.ParquetFile(path).read()
        metadata = {
            k: v.replace(old.encode(), new.encode()) for k, v in table.schema.metadata.items()
        }
        write_file(table.replace_schema_metadata(metadata), path)
        extract.cover(path)
    extract.manifest(lambda content: content["documents"][0]["used"].update(sha256=new))


def _link(extract: Extract) -> None:
    """A measure is of another series, in the register alone."""

    def change(rows: list[Row]) -> None:
        rows[0]["members"], rows[1]["members"] = rows[1]["members"], rows[0]["members"]

    extract.edit("series", change, path=extract.root / "series" / "series.parquet")


def _series_name(extract: Extract) -> None:
    extract.edit(
        "series", _put("names", ["Något annat"]), path=extract.root / "series" / "series.parquet"
    )


def _findings(cover: bool) -> Callable[[Extract], None]:
    def harm(extract: Extract) -> None:
        def change(rows: list[Row]) -> None:
            rows[:] = []

        path = extract.path("findings")
        table = pyarrow.parquet.ParquetFile(path).read()
        assert table.num_rows
        extract.edit("findings", change, cover=cover)

    return harm


def _findings_go(extract: Extract) -> None:
    extract.path("findings").unlink()


def _other_key(extract: Extract) -> None:
    """Something is changed, and all is signed again with another key."""
    _same("status", "met", "records")(extract)
    other = extract.folder / "other"
    make_key(other)
    (extract.root / SIGNATURE_NAME).unlink()
    sign(extract.root, other)


def _no_signature(extract: Extract) -> None:
    _same("status", "met", "records")(extract)
    (extract.root / SIGNATURE_NAME).unlink()


def _signature_edited(extract: Extract) -> None:
    path = extract.root / SIGNATURE_NAME
    content = json.loads(path.read_text(encoding="utf-8"))
    name = next(iter(content["files"]))
    content["files"][name] = "0" * 64
    path.write_text(json.dumps(content), encoding="utf-8")


def _unsigned(harm: Callable[[Extract], None]) -> Callable[[Extract], None]:
    """The same where the signature was taken away, too: without it nobody looks at the files."""

    def also(extract: Extract) -> None:
        harm(extract)
        (extract.root / SIGNATURE_NAME).unlink(missing_ok=True)

    return also


_BY_FILES: Final[dict[str, Callable[[Extract], None]]] = {
    "a target is edited": lambda e: e.edit("targets", _put("target_value", 99.0), cover=False),
    "a target is edited in records, hashes right": _same("target_value", 99.0, "records"),
    "a name is edited in measures, hashes right": _same("measure", "Andel nöjda", "measures"),
    "a record is of another organisation, hashes right": _same(
        "organisation", "Region Annan", "records"
    ),
    "a row of records is doubled, hashes right": _twice,
    "a row of records is gone": lambda e: e.edit("records", lambda rows: rows.pop(), cover=False),
    "a row of records is gone, hashes right": lambda e: e.edit("records", lambda rows: rows.pop()),
    "a status is none that there is, hashes right": _same("status", "splendid", "records"),
    "a result is of a measure that is not there, hashes right": _same(
        "measure_id", "m-none", "outcomes"
    ),
    "two rows change places": lambda e: e.edit("records", lambda r: r.reverse(), cover=False),
    "the corrections are gone, hashes right": _corrections_go,
    "a correction was made by another person, hashes right": _same("who", "z", "corrections"),
    "a file is gone": lambda e: e.path("goals").unlink(),
    "all files of a report are gone": _all_files,
    "a report is gone from files and manifest": _report_forgotten,
    "a file is that of another report": _replaced,
    "a file is cut off": _cut,
    "a bit of a file is another": _bit,
    "a column is gone, hashes right": _table("goals", lambda t: t.drop_columns(["perspective"])),
    "a column has another type, hashes right": _table("measures", _as_text),
    "a strange file lies among the others": lambda e: (
        e.path("records", TWO).with_name("strange.parquet").write_bytes(b"") and None
    ),
    "the manifest is gone": lambda e: (e.root / "manifest.json").unlink(),
    "the manifest does not list a dataset": _head(lambda c: c["documents"][0]["generated"].pop(3)),
    "the manifest has another number of rows": _document("generated", value=[]),
    "the manifest has times that go backwards": _document(
        "activity", "endedAtTime", value="2020-01-01T00:00:00Z"
    ),
    "the manifest has times in the future": _document(
        "activity", "endedAtTime", value="2999-01-01T00:00:00Z"
    ),
    "the manifest has another version of styrmatt": _document(
        "activity", "tool_version", value="9.9.9"
    ),
    "the data have another version of styrmatt, hashes right": _version,
    "the manifest has another version of a library": _head(_agent),
    "the manifest has other code": _document("activity", "code_sha256", value="0" * 64),
    "the manifest has other layouts": _document("activity", "layouts_sha256", value="0" * 64),
    "the manifest has another hash of the layout": _document(
        "used", "layout", "sha256", value="0" * 64
    ),
    "the manifest has other corrections": _document(
        "activity", "corrections_sha256", value="0" * 64
    ),
    "the manifest has other options": _document("activity", "asked", value={"pages": [1]}),
    "the manifest says that only some pages were read": _document(
        "activity", "pages", value="part"
    ),
    "the manifest has another number of pages": _document("used", "page_count", value=9),
    "the manifest has another source": _document("used", "name", value="another.pdf"),
    "the manifest has another hash of the source": _document("used", "sha256", value="0" * 64),
    "the manifest has another schema": _head(lambda c: c.update(schema_version="9.9")),
    "the manifest has a key that nobody knows": _head(lambda c: c.update(checked="by me")),
    "the source is another file": _source,
    "a measure is of another series, hashes right": _link,
    "the findings are edited": _findings(cover=False),
}
_BY_SOURCES: Final[dict[str, Callable[[Extract], None]]] = {
    "a target is edited in targets and records, hashes right": _same(
        "target_value", 99.0, "targets", "records"
    ),
    "a status is edited, hashes right": _same("status", "not_assessed", "records"),
    "a result is edited, hashes right": _same("outcome_value", 99.0, "records"),
    "a measure is gone everywhere, hashes right": _measure_goes,
    "a line is invented, hashes right": _measure_comes,
    "a sentence of the narrative is edited, hashes right": _sentence,
    "a page is another, hashes right": _same("page", 2, "records"),
    "a title is edited, hashes right": _same("title", "En annan titel", "documents"),
    "source and hashes of the source are others": _source_and_hash,
    "another layout in data and manifest, hashes right": _layout,
}
_BY_SIGNATURE: Final[dict[str, Callable[[Extract], None]]] = {
    "the manifest has other times that could be": _unsigned(
        _document("activity", "startedAtTime", value="2020-01-01T00:00:00Z")
    ),
    "a report is gone with all that tells of it": _unsigned(_report_goes),
    "the name of a series is edited, hashes right": _unsigned(_series_name),
    "the findings are gone": _unsigned(_findings_go),
    "the findings are edited, hashes right": _unsigned(_findings(cover=True)),
    "something is changed and signed with another key": _other_key,
    "something is changed and the signature is gone": _no_signature,
}
WAYS: Final[dict[str, Way]] = {
    **{name: Way(_unsigned(harm)) for name, harm in _BY_FILES.items()},
    "the signature is edited": Way(_signature_edited),
    **{name: Way(_unsigned(harm), "sources") for name, harm in _BY_SOURCES.items()},
    **{name: Way(harm, "signature") for name, harm in _BY_SIGNATURE.items()},
}
"""By what is done."""


def first_level(extract: Extract, way: Way, folder: Path) -> tuple[Level | None, list[str]]:
    """The first level at which a way is found, and what is told there; None where it is not."""
    harmed = extract.copy(folder)
    way.harm(harmed)
    for level in LEVELS:
        problems = harmed.found(level)
        if problems:
            return level, problems
    return None, []


def main(words: Sequence[str]) -> int:
    """Try the ways whose names have one of the words; print what finds each."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        extract = Extract(Path(folder) / "extract")
        extract.make()
        assert extract.found("signature") == [], extract.found("signature")
        chosen = {n: w for n, w in WAYS.items() if not words or any(word in n for word in words)}
        for number, (name, way) in enumerate(chosen.items()):
            level, problems = first_level(extract, way, Path(folder) / str(number))
            is_late = level is None or LEVELS.index(level) > LEVELS.index(way.found_by)
            failed += is_late
            print(f"{'LATE ' if is_late else ''}{level or 'not found':10} {name}", flush=True)
            print(f"           {problems[0] if problems else ''}"[:150], flush=True)
    print(f"{len(chosen)} ways of tampering, {failed} not found where they should be")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
