"""Sentences in other type below a measure's name, in the same cell: comments on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from styrmatt.extract.model.text_lines import PageLine

SMALLER: Final = 0.93
"""Share of the name's font size up to which a note below it is set; lines of one cell differ less.
"""
_SENTENCE_ENDS: Final = (".", "!")
_SHORTEST: Final = 16
"""Characters of the shortest note: shorter texts with a full stop are abbreviations."""


def is_smaller(line: PageLine, name: PageLine) -> bool:
    """Whether a line is set in clearly smaller type than a name."""
    return line.size <= SMALLER * name.size


def _is_other(line: PageLine, name: PageLine) -> bool:
    """Whether a line is set smaller than a name, or in another font or colour throughout."""
    looks = {(word.font, word.colour) for word in name.words}
    return is_smaller(line, name) or looks.isdisjoint((w.font, w.colour) for w in line.words)


def role_of_note(note: Sequence[PageLine]) -> str:
    """What lines below a name are, by their words: a comment is a sentence, others describe it."""
    return "comment" if note[-1].text.rstrip().endswith(_SENTENCE_ENDS) else "source"


def _is_description(note: Sequence[PageLine], name: PageLine) -> bool:
    """Whether lines in smaller and light type say what a name in bold stands for."""
    light = all(is_smaller(line, name) and not line.bold for line in note)
    return light and note[0].text[:1].isupper()


def name_and_note(lines: Sequence[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """The lines of a measure's name, and those of the sentence in other type that follows it.

    What is in other type but no sentence is part of the name: it says what is counted. Below a name
    in bold, what begins with a capital in smaller and light type is a description.
    """
    first = next((n for n, line in enumerate(lines) if n and _is_other(line, lines[0])), None)
    if first is None:
        return list(lines), []
    name, note = list(lines[:first]), list(lines[first:])
    text = " ".join(line.text for line in note)
    whole = all(_is_other(line, lines[0]) for line in note)
    if all(one.bold for one in name) and _is_description(note, name[0]):
        return name, note
    if (
        not whole
        or not text[:1].isupper()
        or len(text) < _SHORTEST
        or not text.rstrip().endswith(_SENTENCE_ENDS)
    ):
        return list(lines), []
    return name, note
