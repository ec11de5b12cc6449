"""Sentences drawn with their spans, and kept as spaCy's own files."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import DocBin
from test_cli import Command, command

from styrmatt.errors import ExitCode
from styrmatt.swedish.rules.draw_spans import draw_spans
from styrmatt.swedish.rules.spans import SPANS, narrative_pipeline

__all__ = ["command"]
REPORT = Path(__file__).parents[1] / "data" / "raw" / "region-adalen-2022-bilaga-maluppfyllelse.pdf"
TEXT = "I riket var andelen <nöjda> kvinnor 45 procent 2021. Inget mer är känt om detta."
PIPELINE = narrative_pipeline("sv")


def test_each_span_is_drawn_with_the_name_of_its_rule() -> None:
    page = draw_spans(PIPELINE, "r.pdf, page 3", [TEXT, "Här står inget."])
    assert "r.pdf, page 3" in page
    assert "elsewhere.national." in page
    assert "FIGURE" in page and "YEAR" in page and "WOMEN" in page
    assert "&lt;" in page and "<nöjda>" not in page
    assert "Här står inget" not in page
    assert page == draw_spans(PIPELINE, "r.pdf, page 3", [TEXT, "Här står inget."])


def test_a_page_without_spans_is_a_page() -> None:
    assert "<html" in draw_spans(PIPELINE, "r.pdf, page 3", ["Här står inget."])


def test_documents_can_be_kept_with_their_spans() -> None:
    docs = list(PIPELINE.docs(TEXT))
    kept = DocBin(docs=docs).to_bytes()
    again = list(DocBin().from_bytes(kept).get_docs(PIPELINE.nlp.vocab))
    spans = [[(span.text, span.label_) for span in doc.spans[SPANS]] for doc in docs]
    assert [[(s.text, s.label_) for s in doc.spans[SPANS]] for doc in again] == spans
    assert ("45 procent", "FIGURE") in spans[0]


def test_the_command_draws_the_sentences_of_a_page(command: Command, tmp_path: Path) -> None:
    drawing = tmp_path / "page.html"
    ended = command("inspect", REPORT, "--page", 6, "--narrative", "-o", drawing)
    assert ended.code == ExitCode.DONE
    assert str(drawing) in ended.out
    assert "78 procent" in drawing.read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [(), ("-o", "page.png")])
def test_the_drawing_must_be_named_as_a_page(command: Command, options: tuple[str, ...]) -> None:
    ended = command("inspect", REPORT, "--page", 6, "--narrative", *options)
    assert ended.code == ExitCode.USAGE
    assert ".html" in ended.err
