from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import StandIns, tree

from styrmatt import __version__, cli
from styrmatt.errors import EncryptedSourceError, ExitCode, NoLayoutError, NoTextError


@dataclass
class Ended:
    code: int
    out: str
    err: str


class Command:
    """Runs the command line in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.capsys = capsys
        self.folder = folder

    def __call__(self, *arguments: str | Path) -> Ended:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        captured = self.capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(capsys, tmp_path)


# --- help and lists


def test_help_teaches_with_examples_and_exit_codes(command: Command) -> None:
    top = command("--help")
    assert top.code == 0
    assert "styrmatt diff 2022 2023 --body -" in top.out
    for code in ExitCode:
        assert f"{int(code):2}  {code.meaning}" in top.out
    assert "styrmatt run data/raw --jobs 4 --strict" in command("run", "-h").out


def test_no_arguments_show_the_help(command: Command) -> None:
    ended = command()
    assert "Examples:" in ended.out + ended.err


def test_version_is_the_packages(command: Command) -> None:
    assert command("--version").out == f"styrmatt, version {__version__}\n"


def test_help_needs_no_heavy_library() -> None:
    code = (
        "import sys, styrmatt.cli\n"
        "try: styrmatt.cli.main(['run', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'pyarrow', 'pdfplumber', 'pypdfium2', 'rich', 'hunspell'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stderr.strip() == "[]"


def test_python_dash_m_is_the_command() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "styrmatt", "--version"], capture_output=True, text=True, check=True
    )
    assert ended.stdout.startswith("styrmatt, version")


def test_layouts_lists_families_with_their_columns(command: Command) -> None:
    ended = command("layouts")
    assert ended.code == 0
    assert "styrmatt-med-namnd" in ended.out
    assert "measures table" in ended.out and "(optional)" in ended.out


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_schema_prints_every_column(command: Command, form: str) -> None:
    ended = command("schema", "--format", form)
    assert ended.code == 0
    assert "target_baseline_year" in ended.out and "success_factor_id" in ended.out
    if form == "json":
        columns = json.loads(ended.out)["datasets"]["records"]["columns"]
        assert {
            key: value
            for key, value in next(c for c in columns if c["name"] == "sex").items()
            if key in ("name", "type", "nullable")
        } == {"name": "sex", "type": "string", "nullable": False}


def test_schema_of_an_unknown_dataset_is_a_usage_error(command: Command) -> None:
    ended = command("schema", "recrods")
    assert ended.code == ExitCode.USAGE
    assert "records" in ended.err


# --- the command line itself


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--pages", "x"),
        ("run", "--pages", "0-3"),
        ("run", "--pages", "5-3"),
        ("run", "--pages", ""),
        ("run", "--year", "next"),
        ("run", "--no-such-option"),
        ("no-such-command",),
        ("run", "nowhere.pdf"),
        ("run",),
    ],
)
def test_a_wrong_command_line_is_exit_2_and_makes_nothing(
    command: Command, arguments: tuple[str, ...]
) -> None:
    ended = command(*arguments)
    assert ended.code == ExitCode.USAGE
    assert ended.err.strip()
    assert list(command.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "pages"),
    [("3-5", [3, 4, 5]), ("3-5,7", [3, 4, 5, 7]), ("7, 3 - 4,3", [3, 4, 7]), ("2", [2])],
)
def test_pages_are_written_as_people_do(
    command: Command, stages: StandIns, text: str, pages: list[int]
) -> None:
    command.write("r.pdf", "doc")
    assert command("run", "r.pdf", "--out", "out", "--pages", text).code == 0
    import styrmatt

    assert [list(p) for p in styrmatt.load("out", "documents")["pages_read"]] == [pages]


# --- a run


def test_a_run_without_arguments_reads_data_raw_and_writes_data_parquet(
    command: Command, stages: StandIns
) -> None:
    command.write("data/raw/r.pdf", "doc-one")
    ended = command("run")
    assert ended.code == 0
    assert (command.folder / "data/parquet/records/year=2020/doc-one.parquet").is_file()
    assert "doc-one" in ended.out
    assert "unknown_table" in ended.out and "info" in ended.out
    assert "styrmatt.load" in ended.out
    assert "r.pdf: reading" in ended.err and "r.pdf: done, 2 records" in ended.err


def test_without_a_terminal_nothing_is_coloured(command: Command, stages: StandIns) -> None:
    stages.errors["bad"] = NoTextError("bad.pdf has no text layer.", hint="Use OCR.")
    command.write("r.pdf", "doc")
    command.write("bad.pdf", "bad")
    ended = command("run", ".", "--out", "out")
    assert "\x1b" not in ended.out + ended.err
    assert "\r" not in ended.err


def test_a_long_document_id_is_printed_whole(command: Command, stages: StandIns) -> None:
    name = "region-vastra-tallmo-och-omnejd-regionala-utvecklingsnamnden-2020-annual-run-123-2020"
    command.write("r.pdf", name)
    assert name in command("run", "r.pdf", "--out", "out").out.replace("\n", "")


def test_quiet_prints_errors_only(command: Command, stages: StandIns) -> None:
    stages.errors["bad"] = NoTextError("bad.pdf has no text layer.", hint="Use OCR.")
    command.write("r.pdf", "doc")
    ended = command("run", "r.pdf", "--out", "out", "--quiet")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    command.write("bad.pdf", "bad")
    ended = command("run", ".", "--out", "out", "--quiet")
    assert (ended.code, ended.out) == (ExitCode.NO_TEXT, "")
    assert "no text layer. Use OCR." in ended.err


def test_timings_show_every_stage(command: Command, stages: StandIns) -> None:
    command.write("r.pdf", "doc")
    ended = command("run", "r.pdf", "--out", "out", "--timings")
    assert all(stage in ended.out for stage in ("read", "normalize", "write", "seconds"))


def test_pages_from_the_cache_are_reported(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = Path(__file__).parents[1] / "data/raw/region-adalen-2023-run-arsrapport.pdf"
    said = [command("run", str(report), "--out", "out", "--timings").out]
    monkeypatch.setattr("styrmatt.pipeline.read_report.code_hash", lambda: "other rules")
    said.append(command("run", str(report), "--out", "out", "--timings").out)
    assert [" (cached)" in out for out in said] == [False, True]
    told = "1 report made from pages read before"
    assert [told in " ".join(out.split()) for out in said] == [False, True]


@pytest.mark.parametrize(("severity", "code"), [("info", 0), ("warning", 1), ("error", 1)])
def test_strict_minds_warnings_and_errors(
    command: Command, stages: StandIns, severity: str, code: int
) -> None:
    stages.severity = severity
    command.write("r.pdf", "doc")
    assert command("run", "r.pdf", "--out", "out", "--strict").code == code
    assert command("run", "r.pdf", "--out", "out").code == 0


def test_the_exit_code_is_that_of_the_worst_failure(command: Command, stages: StandIns) -> None:
    stages.errors["a"] = NoLayoutError("no layout.")
    stages.errors["b"] = EncryptedSourceError("encrypted.")
    stages.severity = "error"
    for name in "abc":
        command.write(f"{name}.pdf", name)
    ended = command("run", ".", "--out", "out", "--strict")
    assert ended.code == ExitCode.ENCRYPTED
    assert "failed: a.pdf: no layout." in ended.out
    assert (command.folder / "out/records/year=2020/c.parquet").is_file()


def test_debug_shows_where_a_defect_arose(command: Command, stages: StandIns) -> None:
    stages.errors["bug"] = ZeroDivisionError("oh")
    command.write("r.pdf", "bug")
    plain = command("run", "r.pdf", "--out", "out")
    assert plain.code == ExitCode.INTERNAL
    assert "Traceback" not in plain.err and "--debug" in plain.err
    assert "Traceback" in command("run", "r.pdf", "--out", "out", "--debug").err


def test_a_run_that_cannot_write_reads_nothing(command: Command, stages: StandIns) -> None:
    command.write("r.pdf", "doc")
    command.write("out", "a file in the way")
    ended = command("run", "r.pdf", "--out", "out")
    assert ended.code == ExitCode.OUTPUT
    assert "--out" in ended.err
    assert stages.layout_names == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_an_output_error(command: Command, stages: StandIns) -> None:
    command.write("r.pdf", "doc")
    out = command.folder / "out"
    out.mkdir(mode=0o555)
    assert command("run", "r.pdf", "--out", "out").code == ExitCode.OUTPUT


def test_a_bad_layout_or_sidecar_is_exit_7(command: Command, stages: StandIns) -> None:
    command.write("r.pdf", "doc")
    command.write("layouts/l.toml", "name = ")
    ended = command("run", "r.pdf", "--out", "out", "--layouts", "layouts")
    assert ended.code == ExitCode.BAD_LAYOUT and "l.toml" in ended.err
    command.write("r.toml", "yaer = 2020")
    ended = command("run", "r.pdf", "--out", "out")
    assert ended.code == ExitCode.BAD_LAYOUT and "did you mean 'year'" in ended.err


def test_replace_and_conflicts_have_their_code(command: Command, stages: StandIns) -> None:
    command.write("a/r.pdf", "doc")
    command.write("b/r2.pdf", "doc\n")
    assert command("run", "a", "--out", "out").code == 0
    before = tree(command.folder / "out")
    assert command("run", "b", "--out", "out").code == ExitCode.CONFLICT
    assert command("run", "a", "--out", "out", "--pages", "1").code == ExitCode.CONFLICT
    assert tree(command.folder / "out") == before
    assert command("run", "b", "--out", "out", "--replace").code == 0
