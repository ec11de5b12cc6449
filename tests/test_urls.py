"""Reports by URL: the same files, the same rows, and nothing fetched that was not named."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import StandIns, tree

from styrmatt.cli import cli
from styrmatt.corrections.overrides import find_corrections, read_corrections
from styrmatt.errors import ExitCode, LayoutFileError, UnreadableSourceError
from styrmatt.inputs import find_reports, read_sidecar
from styrmatt.pipeline.run import Failure, Options, run_report, run_reports
from styrmatt.urls import Url, is_url

RAW = Path(__file__).parents[1] / "data" / "raw"
TIMES = re.compile(rb'"(?:started|ended)AtTime": "[^"]*"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of reports, two with sidecars, and of what is none."""
    (tmp_path / "2020 och 21").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("r.txt", "r.pdf", "2020 och 21/50%25 #1.txt", ".hidden/h.txt", "notes.md"):
        (tmp_path / name).write_text(f"region-{len(name)} 2020\n")
    (tmp_path / "r.toml").write_text('organisation = "Region Tallmo"\n')
    return tmp_path


def zipped(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zip") / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.rglob("*"):
            archive.write(file, f"in/{file.relative_to(folder)}")
    return path


def test_a_folder_by_url_holds_what_the_folder_holds(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    names = [path.name for path in find_reports([folder])]
    assert names == ["r.pdf", "r.txt", "50%25 #1.txt"]
    for address in (f"file://{folder}", f"zip://in/::file://{zipped(folder, tmp_path_factory)}"):
        urls = find_reports([Url(address)])
        assert [url.name for url in urls] == names
        assert [url.read_bytes() for url in urls] == [
            path.read_bytes() for path in find_reports([folder])
        ]
        organisations = [read_sidecar(url).organisation for url in urls]
        assert organisations == ["Region Tallmo", "Region Tallmo", None]


def test_a_report_by_url_is_that_report_and_has_its_sidecar(folder: Path) -> None:
    (url,) = find_reports([Url(f"file://{folder}/r.txt")])
    assert (url.name, url.suffix) == ("r.txt", ".txt")
    assert read_sidecar(url).organisation == "Region Tallmo"
    (folder / "r.toml").write_text("year = many\n")
    with pytest.raises(LayoutFileError, match=r"r\.toml"):
        read_sidecar(url)


def test_a_url_gives_the_bytes_that_the_file_gives(tmp_path: Path) -> None:
    path = RAW / "region-adalen-2023-run-arsrapport.pdf"
    trees = []
    for name, report in (("path", path), ("url", Url(f"file://{path}"))):
        run_report(report, Options(tmp_path / name))
        trees.append(tree(tmp_path / name))
        trees[-1]["manifest.json"] = TIMES.sub(b"", trees[-1]["manifest.json"])
    assert trees[0] == trees[1]
    again = run_report(path, Options(tmp_path / "url"))
    assert again.unchanged


def test_reports_by_path_and_url_keep_their_order_and_their_errors(
    stages: StandIns, tmp_path: Path
) -> None:
    paths: list[Path | Url] = []
    for number in range(20):
        path = tmp_path / f"{number:02}.txt"
        path.write_text(f"region-{number:02} 2020\n")
        paths.append(Url(f"file://{path}") if number % 3 else path)
    (tmp_path / "04.txt").unlink()
    failure, *outcomes = run_reports(paths, Options(tmp_path / "out"))
    assert isinstance(failure, Failure) and failure.path.name == "04.txt"
    assert [outcome.path for outcome in outcomes] == paths[:4] + paths[5:]


def test_the_command_takes_urls(stages: StandIns, folder: Path, tmp_path: Path) -> None:
    (folder / "r.pdf").unlink()
    command = ["run", f"file://{folder}", "--out", str(tmp_path / "out")]
    ended = CliRunner().invoke(cli, command)
    assert ended.exit_code == ExitCode.DONE, ended.output
    assert "r.txt" in ended.output and "50%25 #1.txt" in ended.output


def test_corrections_are_found_in_the_folder_that_a_url_names_and_not_above_it(
    folder: Path,
) -> None:
    text = (
        "document_id;id;field;machine_value;value;why;who;when\nr;x;board;RS;RUN;w;c;2024-01-01\n"
    )
    (folder / "corrections.csv").write_text(text)
    (ruling,) = read_corrections(find_corrections([Url(f"file://{folder}")]))
    assert ruling.place.startswith("corrections.csv")
    assert find_corrections([Url(f"file://{folder}/r.pdf")]) == ()
    assert find_corrections([Url(f"file://{folder}/2020 och 21/")]) == ()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("s3://bucket/a%20b.pdf", "a%20b.pdf"),
        ("https://host/%C3%A5r%202020.pdf?signature=x/y#page=2", "år 2020.pdf"),
        ("zip://in/r.pdf::https://host/all.zip", "r.pdf"),
        ("simplecache::s3://bucket/r.PDF", "r.PDF"),
        ("s3://bucket/reports/", ""),
    ],
)
def test_the_name_of_a_url_is_that_of_the_file(address: str, name: str) -> None:
    assert is_url(address) and Url(address).name == name
    assert Url(address).is_folder is (name == "")


def test_the_sidecar_of_a_signed_url_is_asked_for_with_its_signature() -> None:
    assert Url("https://h/r.pdf?key=r.pdf").sidecar() == Url("https://h/r.toml?key=r.pdf")


def test_no_key_of_a_url_is_shown() -> None:
    url = Url("unknown://me:secret@host/r.pdf?signature=secret")
    with pytest.raises(UnreadableSourceError) as raised:
        url.read_bytes()
    assert "unknown://host/r.pdf" in str(raised.value)
    assert "secret" not in f"{raised.value} {url} {url!r}"


@pytest.mark.parametrize("text", ["data/raw", "C:\\reports", "a:b.pdf", "/x/y.pdf", "::"])
def test_a_path_is_no_url(text: str) -> None:
    assert not is_url(text)
