"""Pages as read, kept from run to run: on what they depend, and what becomes of them."""

from __future__ import annotations

import ast
import dataclasses
import os
import pickle
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import click
import pytest
from conftest import make_extract, tree

from styrmatt.commands.options import number_of_bytes
from styrmatt.extract.cache_inputs import LAYOUT_READ, WORDS_READ
from styrmatt.extract.read import read_report
from styrmatt.layout import Layout
from styrmatt.layout_files import load_layouts
from styrmatt.pipeline import read_report as reading
from styrmatt.pipeline.cache import page_cache as pages
from styrmatt.pipeline.cache.fingerprint import PAGE_CODE, PAGE_LIBRARIES, pages_hash
from styrmatt.pipeline.cache.page_cache import FOLDER, PageCache, page_cache_of
from styrmatt.pipeline.cache.pickle_store import PickleStore
from styrmatt.pipeline.read_report import ReadReport
from styrmatt.pipeline.run import Options, Result, run_reports
from styrmatt.printed import ExtractedReport, Location, Section
from styrmatt.vocabulary import Vocabulary

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
RAW = ROOT / "data" / "raw"
REPORT = RAW / "region-adalen-2023-run-arsrapport.pdf"


# --- on what pages as read depend


def module_file(name: str) -> Path | None:
    path = SRC.joinpath(*name.split(".")[1:])
    found = [p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()]
    return found[0] if found and name.startswith("styrmatt.") else None


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def closure(start: str) -> tuple[set[Path], set[str]]:
    """The files of the package that a module rests on, and the libraries of others."""
    files: set[Path] = set()
    libraries: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        path = module_file(name)
        if path is not None and path not in files:
            files.add(path)
            waiting += imported(path)
        elif not name.startswith("styrmatt"):
            libraries.add(name.split(".")[0])
    return files, libraries - sys.stdlib_module_names


def attributes(start: str) -> set[str]:
    """The names of all attributes that the extract stage looks at on the way from a module."""
    files = [path for path in closure(start)[0] if "extract" in path.parts]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_the_hash_of_pages_covers_all_code_that_reads_them_and_no_other() -> None:
    files, libraries = closure("styrmatt.extract.read")
    names = {path.relative_to(SRC).as_posix() for path in files}
    assert {name for name in names if not name.startswith(PAGE_CODE)} == set()
    assert [part for part in PAGE_CODE if not any(name.startswith(part) for name in names)] == []
    said = {"PIL": "pillow", "pdfminer": "pdfminer.six"}
    assert {said.get(name, name) for name in libraries} == set(PAGE_LIBRARIES)


@pytest.mark.parametrize(
    ("ending", "module"), [(".pdf", "pdf_report"), (".txt", "text.text_report")]
)
def test_of_the_vocabulary_counts_what_the_reading_looks_at(ending: str, module: str) -> None:
    known = {field.name for field in dataclasses.fields(Vocabulary)}
    assert known & attributes(f"styrmatt.extract.{module}") == set(WORDS_READ[ending])
    assert len(WORDS_READ[ending]) == len(set(WORDS_READ[ending]))


def test_of_a_layout_counts_what_the_reading_looks_at() -> None:
    known = {field.name for field in dataclasses.fields(Layout)}
    looked_at = known & attributes("styrmatt.extract.read")
    assert looked_at - {"vocabulary"} == set(LAYOUT_READ)  # whose words count, not its name


def test_what_the_reading_does_not_look_at_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    layouts = load_layouts()
    before = read_report(REPORT, layouts)[1]
    words = layouts[0].words
    rest = {f.name for f in dataclasses.fields(Vocabulary)} - set(WORDS_READ[".pdf"])
    assert rest >= {"checks", "marker_texts"}
    bare = dataclasses.replace(words)
    for name in rest:  # looking at it is an error
        vars(bare).pop(name)
    monkeypatch.setattr(Layout, "words", bare)
    assert read_report(REPORT, layouts)[1] == before


def key(name: str = "r.pdf", **asked: object) -> str:
    return pages._key(name, "a" * 64, load_layouts(), asked)


def test_other_words_matter_to_the_files_that_are_read_by_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Lists of measures in PDF files are known by words for targets, as tables in texts are."""
    of_pdf, of_text = key(), key("r.txt")
    words = load_layouts()[0].words
    more = dataclasses.replace(words.targets, increase=(*words.targets.increase, "växa"))
    monkeypatch.setattr(Layout, "words", dataclasses.replace(words, targets=more))
    assert (key() == of_pdf, key("r.txt") == of_text) == (False, False)
    checks = dataclasses.replace(words.checks)
    monkeypatch.setattr(Layout, "words", dataclasses.replace(words, checks=checks))
    assert (key() == of_pdf, key("r.txt") == of_text) == (True, True)
    colours = {**words.colours, "met": ("#00ff00",)}
    monkeypatch.setattr(Layout, "words", dataclasses.replace(words, colours=colours))
    assert (key() == of_pdf, key("r.txt") == of_text) == (False, True)


def test_pages_are_kept_for_what_they_depend_on(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [key(), key("s.pdf"), key(pages=(1, 2)), key(layout_name="x"), key(engine="pdfplumber")]
    monkeypatch.setattr(pages, "pages_hash", lambda: "other code")
    assert len({*keys, key()}) == 6


# --- runs


def other_rules(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """As if the code had changed, but not that which reads pages."""
    monkeypatch.setattr(reading, "code_hash", lambda: name)


def run(out: Path, *paths: Path, **options: object) -> list[Result]:
    made = [*run_reports(paths, Options(out, **options))]  # type: ignore[arg-type]
    assert all(isinstance(result, Result) and not result.unchanged for result in made), made
    return made  # type: ignore[return-value]


def kept(out: Path) -> list[Path]:
    return sorted((out / FOLDER).glob("*"))


def test_other_rules_do_not_read_the_pages_again_and_write_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, plain = tmp_path / "out", tmp_path / "plain"
    (first,) = run(out, REPORT)
    other_rules(monkeypatch, "later")
    with monkeypatch.context() as closed:
        closed.setattr("styrmatt.extract.read.read_report", None)
        (second,) = run(out, REPORT)
    assert (first.pages_from_cache, second.pages_from_cache) == (False, True)
    run(plain, REPORT, cache_bytes=0)
    assert not kept(plain)
    mine, theirs = tree(out), tree(plain)
    del mine["manifest.json"], theirs["manifest.json"]  # when things were read stands there
    assert mine == theirs


def test_force_reads_the_pages_and_keeps_what_it_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, REPORT)
    (path,) = kept(tmp_path)
    good = path.read_bytes()
    os.utime(path, (1e9, 1e9))
    monkeypatch.setattr(pages, "_MAX_AGE", 1e12)
    (again,) = run(tmp_path, REPORT, force=True)
    assert not again.pages_from_cache
    assert path.read_bytes() == good and path.stat().st_mtime > 1e9


def test_damaged_pages_are_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, REPORT)
    (path,) = kept(tmp_path)
    good = path.read_bytes()
    path.write_bytes(good[:-1])
    other_rules(monkeypatch, "later")
    (again,) = run(tmp_path, REPORT)
    assert not again.pages_from_cache and path.read_bytes() == good


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    nowhere = PageCache(tmp_path / "none" / "pages", "a" * 64)
    layouts = load_layouts()
    layout, printed = read_report(REPORT, layouts)
    nowhere.put(layout, printed, layouts, {})
    assert nowhere.get(REPORT.name, layouts, {}) is None
    assert not (tmp_path / "none").exists()  # as on a worker far from the output
    (tmp_path / ".styrmatt").mkdir()
    (tmp_path / FOLDER).write_text("in the way")
    (result,) = run(tmp_path, REPORT)
    assert not result.pages_from_cache and (tmp_path / FOLDER).is_file()


def test_other_processes_find_and_keep_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = sorted(RAW.glob("*run-arsrapport.pdf"))
    run(tmp_path, reports[0])
    other_rules(monkeypatch, "later")
    results = run(tmp_path, *reports, jobs=2)
    assert sorted(r.path for r in results if r.pages_from_cache) == [reports[0]]
    assert len(kept(tmp_path)) == len(reports)


def test_a_password_is_neither_in_the_names_nor_in_what_is_kept(tmp_path: Path) -> None:
    run(tmp_path, REPORT, password="correct horse")
    (path,) = kept(tmp_path)
    assert b"correct horse" not in zlib.decompress(path.read_bytes()[32:])
    layouts = load_layouts()
    digest = sha256(REPORT.read_bytes()).hexdigest()
    asked = {"layout_name": None, "pages": None, "engine": "pdfium"}
    assert path.stem == pages._key(REPORT.name, digest, layouts, asked)
    found = page_cache_of(tmp_path, digest, refresh=False).get(REPORT.name, layouts, asked)
    assert found == read_report(REPORT, layouts)


# --- how things are kept


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    things = PickleStore(tmp_path, ReadReport)
    report = ReadReport(make_extract(), {})
    now = time.time()
    for age, name in enumerate("abcd"):
        things.put(name, report)
        os.utime(tmp_path / f"{name}.kept", (now - 10_000 * age, now - 10_000 * age))
    size = (tmp_path / "a.kept").stat().st_size
    things.tidy(max_age=25_000)
    assert {path.stem for path in tmp_path.iterdir()} == set("abc")
    assert things.get("c") == report  # and so it is the last one used
    things.tidy(max_age=25_000, max_bytes=2 * size)
    assert {path.stem for path in tmp_path.iterdir()} == set("ac")
    things.tidy(max_age=25_000, max_bytes=0)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="asks for a process by its number")
def test_what_a_killed_process_was_writing_goes_away(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f"new-{socket.gethostname()}-{ended.pid}-x"
    mine = tmp_path / f"new-{socket.gethostname()}-{os.getpid()}-x"
    for path in (left, mine):
        path.write_bytes(b"half")
    PickleStore(tmp_path, ReadReport).tidy(max_age=1000)
    assert list(tmp_path.iterdir()) == [mine]


class Harm:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("harm",)


def test_what_is_no_data_of_styrmatt_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for thing in (Harm(), Options(tmp_path), {"layout": 1}):
        data = zlib.compress(pickle.dumps(thing, protocol=5))
        (tmp_path / "key.kept").write_bytes(sha256(data).digest() + data)
        assert PickleStore(tmp_path, ReadReport).get("key") is None
    assert not (tmp_path / "harm").exists()


def test_to_be_kept_leaves_no_second_copy_of_a_text_behind(tmp_path: Path) -> None:
    """Python keeps a string in UTF-8, too, once that was asked for, as pickles do."""
    _, printed = read_report(REPORT, load_layouts())
    texts = [section.text for section in printed.sections]
    before = list(map(sys.getsizeof, texts))
    assert any(not text.isascii() for text in texts)
    PickleStore(tmp_path, ExtractedReport).put("key", printed)
    assert list(map(sys.getsizeof, texts)) == before
    assert PickleStore(tmp_path, ExtractedReport).get("key") == printed


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 1_000_000])
def test_what_is_kept_comes_back_whatever_its_size(tmp_path: Path, size: int) -> None:
    """It is unpacked in pieces; nothing is lost between two of them."""
    text = "".join(map(chr, Random(size).choices(range(0x20, 0x17F), k=size)))
    section = Section("other", text, (text, ""), text[::-1], Location(1, 2), (1, 2))
    PickleStore(tmp_path, Section).put("key", section)
    assert PickleStore(tmp_path, Section).get("key") == section


def test_what_is_kept_and_ends_early_is_none(tmp_path: Path) -> None:
    section = Section("other", "Text", ("Text",), "Mycket text. " * 9000, Location(1, 2))
    PickleStore(tmp_path, Section).put("key", section)
    (file,) = tmp_path.iterdir()
    data = file.read_bytes()[32:]
    for cut in (0, 1, len(data) // 2, len(data) - 1):
        file.write_bytes(sha256(data[:cut]).digest() + data[:cut])
        kept = PickleStore(tmp_path, Section).get("key")
        assert kept is None or kept == section  # the checksum alone may be what is missing


def test_records_take_the_report_out_of_what_was_read() -> None:
    """So that a long one is in memory no longer than it is needed."""
    options = reading.ReadOptions()
    read = reading.read_pages(REPORT, options)
    assert read.extracted is not None
    assert reading.make_records(REPORT, read, options).document.source_name == REPORT.name
    assert read.extracted is None


def test_the_hash_of_pages_is_of_the_files_that_ran() -> None:
    assert len(pages_hash()) == 64 and pages_hash() == pages_hash()


@pytest.mark.parametrize(
    ("text", "size"), [("0", 0), ("500MB", 500_000_000), ("2 gb", 2_000_000_000), ("7k", 7000)]
)
def test_sizes_are_read(text: str, size: int) -> None:
    assert number_of_bytes(text) == size


@pytest.mark.parametrize("text", ["", "-1", "much", "1.5GB", "GB"])
def test_what_is_no_size_is_a_usage_error(text: str) -> None:
    with pytest.raises(click.BadParameter, match="write 500MB"):
        number_of_bytes(text)
