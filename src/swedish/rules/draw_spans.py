"""Draws sentences with the spans that rules find in them, as an HTML page, with displaCy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from styrmatt.swedish.rules.spans import SPANS, NarrativePipeline

_COLOURS: Final = (
    "#7fb3d5",
    "#f5b7b1",
    "#a9dfbf",
    "#f9e79f",
    "#d7bde2",
    "#fad7a0",
    "#a3e4d7",
    "#d5d8dc",
    "#edbb99",
    "#aed6f1",
)
"""Light enough to read black letters on, and each other than its neighbours."""


def draw_spans(pipeline: NarrativePipeline, title: str, paragraphs: Iterable[str]) -> str:
    """An HTML page with the sentences of paragraphs that have spans, and the name of each's rule.

    Tokens that are figures, years or words for women and men are marked as such.
    """
    from spacy import displacy

    docs = [doc for text in paragraphs for doc in pipeline.docs(text) if doc.spans[SPANS]]
    labels = dict.fromkeys(span.label_ for doc in docs for span in doc.spans[SPANS])
    kinds = list(dict.fromkeys(label.split(".")[0] for label in labels))
    colours = {
        label: _COLOURS[kinds.index(label.split(".")[0]) % len(_COLOURS)] for label in labels
    }
    for doc in docs:
        doc.user_data["title"] = title if doc is docs[0] else None
    options = {"spans_key": SPANS, "colors": colours}
    return str(displacy.render(docs, style="span", page=True, jupyter=False, options=options))
