"""The language pipeline: the built-in one, and one that a user has installed and names."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from test_outcomes import BUSES, IDENTITY, LAYOUT, read, rows, values

from styrmatt.errors import LayoutFileError
from styrmatt.layout import Layout
from styrmatt.layout_files import load_layouts
from styrmatt.normalize import normalize as build
from styrmatt.printed import ExtractedReport, SourceFile
from styrmatt.swedish.spans import narrative_pipeline

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


def test_sentences_are_those_of_the_pipeline_that_is_named(installed: str) -> None:
    (own,) = narrative_pipeline("sv", installed).read([TEXT])
    (built_in,) = narrative_pipeline("sv").read([TEXT])
    assert [len(own), len(built_in)] == [3, 2]
    assert [mark.label for mark in own[0].of("figures")] == ["percent"]


def test_a_layout_names_the_pipeline(installed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str | None]] = []

    def spied(vocabulary: str, model: str | None = None) -> object:
        asked.append((vocabulary, model))
        return narrative_pipeline(vocabulary, model)

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


def test_words_of_letters_alone_are_left_whole_by_every_pattern_of_spacy() -> None:
    tokenizer = spacy.blank("sv").tokenizer
    letters = [char for char in map(chr, range(0x3000)) if char.isalpha()]
    searches = (tokenizer.prefix_search, tokenizer.suffix_search, tokenizer.url_match)
    for word in (form for char in letters for form in (f"a{char}B", f"{char}{char}")):
        assert not any(search(word) for search in searches)
        assert not list(tokenizer.infix_finditer(word))


@settings(deadline=None)
@given(st.text("abåÖ.,-–/%()' 12", max_size=30))
def test_what_is_left_out_for_plain_words_cuts_no_other_way(text: str) -> None:
    built_in = narrative_pipeline("sv")._nlp.tokenizer
    assert [token.text for token in built_in(text)] == [token.text for token in PLAIN(text)]


PLAIN = spacy.blank("sv").tokenizer


@pytest.mark.parametrize(
    "text", ["Se www.a.se/12 och 7.", "sehttps://a.b/2021/34 är 7.", "[3] är 7"]
)
def test_figures_of_addresses_and_notes_are_none_of_a_results(text: str) -> None:
    ((sentence,),) = narrative_pipeline("sv").read([text])
    never = [(mark.start, mark.end) for mark in sentence.of("never")]
    figures = [m for m in sentence.of("figures") if sentence.quote(m).strip("[].") != "7"]
    assert never
    assert all(any(m.start >= start and m.end <= end + 1 for start, end in never) for m in figures)
