"""The language pipeline: the built-in one, and one that a user has installed and names."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from test_outcomes import BUSES, IDENTITY, LAYOUT, read, rows, values

from styrmatt.errors import LayoutFileError
from styrmatt.layout import Layout
from styrmatt.layout_files import load_layouts
from styrmatt.normalize import normalize as build
from styrmatt.printed import ExtractedReport, SourceFile
from styrmatt.swedish.rules.spans import narrative_pipeline
from styrmatt.swedish.rules.token_rules import OwnRules

NAME = "sv_styrmatt_test"
PACKAGE = '''
"""A trained pipeline as far as styrmatt can tell: a package with a function load."""

import spacy
from spacy.language import Language


@Language.component("sv_styrmatt_test_senter")
def split(doc):
    """Sentences end at semicolons, too, which the built-in pipeline does not do."""
    for token in doc[1:]:
        token.is_sent_start = doc[token.i - 1].text in ".!?;"
    return doc


def load(**overrides):
    nlp = spacy.blank("sv")
    nlp.add_pipe("sv_styrmatt_test_senter", name="senter")
    return nlp
'''
TEXT = "Andelen bussturer i rätt tid var 87 procent; i fjol var den lägre. Året var bra."


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a pipeline that is installed."""
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "__init__.py").write_text(PACKAGE, encoding="utf-8")
    info = tmp_path / f"{NAME}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield NAME
    sys.modules.pop(NAME, None)
    narrative_pipeline.cache_clear()


def test_a_pipeline_that_is_named_has_our_tokens_and_its_own_components(installed: str) -> None:
    own, built_in = narrative_pipeline("sv", installed), narrative_pipeline("sv")
    assert "senter" in own.nlp.pipe_names
    assert list(own.read([TEXT])) == list(built_in.read([TEXT]))
    ((sentence, _),) = own.read([TEXT])
    assert [mark.label for mark in sentence.of("figures")] == ["percent"]


def test_a_layout_names_the_pipeline(installed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str | None]] = []

    def spied(vocabulary: str, model: str | None = None, own: OwnRules = ()) -> object:
        asked.append((vocabulary, model))
        return narrative_pipeline(vocabulary, model, own)

    monkeypatch.setattr("styrmatt.normalize.outcomes.read.narrative_pipeline", spied)
    monkeypatch.setattr("test_outcomes.LAYOUT", replace(LAYOUT, language_pipeline=installed))
    assert values(read(rows(BUSES), TEXT)) == [(BUSES[0], "T", 87.0)]
    assert asked == [("sv", installed)]


def test_the_name_is_a_key_of_the_layout_file(tmp_path: Path, installed: str) -> None:
    shipped = Path(build.__file__).parents[1] / "layouts" / f"{LAYOUT.name}.toml"
    text = shipped.read_text(encoding="utf-8")
    text = text.replace(
        f'name = "{LAYOUT.name}"', f'name = "own"\nlanguage_pipeline = "{installed}"'
    )
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "own.toml").write_text(text, encoding="utf-8")
    found: list[Layout] = [x for x in load_layouts(tmp_path / "layouts") if x.name == "own"]
    assert [layout.language_pipeline for layout in found] == [installed]


def test_a_pipeline_that_is_not_installed_is_an_error_that_says_what_to_do() -> None:
    source = SourceFile("r.pdf", "ab" * 32, "pdf", 9, (1,))
    printed = ExtractedReport(source, tuple(rows(BUSES)), (), (), (), identity=IDENTITY)
    layout = replace(LAYOUT, language_pipeline="sv_no_such_pipeline")
    with pytest.raises(LayoutFileError, match="sv_no_such_pipeline") as caught:
        build.normalize(printed, layout, {}, "test")
    assert "built-in" in (caught.value.hint or "")


@pytest.mark.parametrize(
    "text", ["Se www.a.se/12 och 7.", "sehttps://a.b/2021/34 är 7.", "[3] är 7"]
)
def test_figures_of_addresses_and_notes_are_none_of_a_results(text: str) -> None:
    ((sentence,),) = narrative_pipeline("sv").read([text])
    never = [(mark.start, mark.end) for mark in sentence.of("never")]
    figures = [m for m in sentence.of("figures") if sentence.quote(m).strip("[].") != "7"]
    assert never
    assert all(any(m.start >= start and m.end <= end + 1 for start, end in never) for m in figures)
