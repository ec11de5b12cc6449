"""The search of the page: every word, whatever the case, and few files opened for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import make_extract
from extracts import write_extract

from styrmatt.review.text_filter import TextFilter, stamp_of
from styrmatt.review.views import search as searching
from styrmatt.review.views.search import learn_texts, search
from styrmatt.review.views.view import Workspace
from styrmatt.review.web.serve import open_workspace

WHOLE = {"replace": False, "partial": False}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Twelve reports; in one a measure and a paragraph that no other has."""
    for year in range(2010, 2022):
        made = make_extract(f"region-tallmo-{year}-annual", year=year, source_sha256=f"{year:064}")
        if year == 2015:
            records = [replace(r, measure="Andel ÅTERBESÖK på ögonkliniken") for r in made.records]
            text = "Ett stycke om ekonomin.\n\nKöerna till ögonkliniken är korta. Åter fler kom."
            sections = [replace(n, text=text, paragraph_pages=(2, 3)) for n in made.narratives]
            made = replace(made, records=tuple(records), narratives=tuple(sections[:1]))
        write_extract(replace(made, corrections=()), tmp_path, **WHOLE)
    return open_workspace(tmp_path, corrections=tmp_path / "c.csv")


@pytest.mark.parametrize("text", ["återbesök", "ÖGONKLINIKEN andel", "besök  ögon", "åter"])
def test_all_words_are_found_in_whatever_case_and_order(workspace: Workspace, text: str) -> None:
    (found,) = search(workspace, text)["measures"]
    assert found.report.fiscal_year == 2015
    learn_texts(workspace, lambda: None)
    assert search(workspace, text)["measures"] == [found]


@pytest.mark.parametrize("text", ["återbesök xyz", "ögonkliniker", "äterbesök"])
def test_what_is_nowhere_is_not_found(workspace: Workspace, text: str) -> None:
    assert not any(search(workspace, text).values())


def test_a_hit_in_a_text_is_a_paragraph_on_its_own_page(workspace: Workspace) -> None:
    (found,) = search(workspace, "åter ögonkliniken")["texts"]
    assert (found.page, found.text) == (3, "Köerna till ögonkliniken är korta. Åter fler kom.")
    assert search(workspace, "ekonomin ögonkliniken")["texts"] == []


def test_files_that_cannot_hold_it_are_not_opened(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn_texts(workspace, lambda: None)
    opened = []
    read = searching.select_rows

    def noting(file: Path, *rest: object) -> object:
        opened.append(file)
        return read(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(searching, "select_rows", noting)
    assert search(workspace, "ögonkliniken")["measures"]
    assert {file.stem for file in opened} == {"region-tallmo-2015-annual"}
    opened.clear()
    assert not any(search(workspace, "kvastskaft").values())
    assert opened == []


def test_a_file_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    file.write_bytes(b"one")
    known, stamp = TextFilter(), stamp_of(file)
    assert stamp is not None
    known.learn(file, stamp, ["Bussen kommer i tid", None])
    assert known.may_hold(file, "KOMMER bussen") and not known.may_hold(file, "tåget")
    assert known.may_hold(file, "i") and known.may_hold(file, "")
    file.write_bytes(b"another")
    assert not known.knows(file) and known.may_hold(file, "tåget")
    file.unlink()
    assert known.may_hold(file, "tåget")


def test_a_file_that_cannot_be_read_does_not_end_the_learning(workspace: Workspace) -> None:
    (broken, *_) = sorted((workspace.root / "goals").rglob("*.parquet"))
    broken.write_bytes(b"no parquet")
    learn_texts(workspace, lambda: None)
    assert not workspace.texts.knows(broken)
