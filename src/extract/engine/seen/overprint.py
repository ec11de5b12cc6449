"""Characters that are drawn on top of each other: bold by printing twice, and accents set apart.

Some programs print a word twice, a hair apart, where they have no bold font: its letters must not
be read twice. Others (TeX) draw an accent and its letter as two characters on one spot; and a file
may hold letters in decomposed form. A word has one character for each letter that a reader sees.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from styrmatt.extract.engine.pdfium_runs import TextRun

_HAIR: Final = 0.1
"""Share of the font size by which a second print may be off. The narrowest letters, l and i, are
0.2 wide: those that follow each other are further apart."""
_SQUARE: Final = 4.0
"""Hairs: the side of the squares by which prints are found. At least 2, so that four squares hold
whatever is a hair away, and less than the width of a letter, so that each holds few prints."""
_ACCENTS: Final = {
    "\u00a8": "\u0308",
    "\u02da": "\u030a",
    "\u00b0": "\u030a",
    "\u00b4": "\u0301",
    "\u0060": "\u0300",
    "\u02c6": "\u0302",
    "\u005e": "\u0302",
    "\u02dc": "\u0303",
    "\u02c7": "\u030c",
}
"""Accents that stand alone, with the combining character of each."""
_ON_LETTER: Final = 0.6
"""Share of an accent's width that lies over its letter. An accent that is typed for an apostrophe
has a place of its own between two letters."""
_COMBINING: Final = range(0x300, 0x370)


def printed_once(runs: Iterable[TextRun]) -> list[TextRun]:
    """The runs without those that print the same text again, at most a hair beside it."""
    every = list(runs)
    prints = [("".join(run.texts), run.style.size) for run in every]
    times = Counter(prints)
    kept: list[TextRun] = []
    places: dict[tuple[str, float, int, int], list[tuple[float, float]]] = {}
    """By text, size and a square of the page, so that 20,000 dots are not compared each to each."""
    for run, (text, size) in zip(every, prints, strict=True):
        if times[text, size] == 1:
            kept.append(run)
            continue
        x, y, hair = run.x0s[0], run.top, _HAIR * size
        side = _SQUARE * hair or 1.0
        squares = {
            (text, size, int((x + dx) // side), int((y + dy) // side))
            for dx in (-hair, hair)
            for dy in (-hair, hair)
        }
        known = (place for square in squares for place in places.get(square, ()))
        if any(abs(x - a) <= hair and abs(y - b) <= hair for a, b in known):
            continue
        places.setdefault((text, size, int(x // side), int(y // side)), []).append((x, y))
        kept.append(run)
    return kept


def has_accents(codes: Iterable[int]) -> bool:
    """Whether characters of these codes are, or may be, drawn in several pieces."""
    return any(
        chr(code) in _ACCENTS or code in _COMBINING or not _is_composed(chr(code))
        for code in set(codes)
    )


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


def composed(runs: Sequence[TextRun]) -> list[TextRun]:
    """The runs with every accent put onto the letter above or below whose middle it is drawn."""
    texts = [list(run.texts) for run in runs]
    for n, run in enumerate(runs):
        for at, text in enumerate(run.texts):
            accent = _ACCENTS.get(text) or (text if _is_combining(text) else None)
            if accent is not None and _put_on_letter(accent, n, at, runs, texts):
                texts[n][at] = ""
    texts = [[unicodedata.normalize("NFC", text) for text in line] for line in texts]
    return [
        run._replace(texts=new) if new != list(run.texts) else run
        for run, new in zip(runs, texts, strict=True)
    ]


def _is_combining(text: str) -> bool:
    return len(text) == 1 and ord(text) in _COMBINING


def _put_on_letter(
    accent: str, n: int, at: int, runs: Sequence[TextRun], texts: Sequence[list[str]]
) -> bool:
    """Put an accent onto the letter on the same spot; False where there is none that takes it."""
    run = runs[n]
    middle = (run.x0s[at] + run.x1s[at]) / 2
    near = sorted(range(len(runs)), key=lambda other: abs(other - n))
    for other in near:
        line = runs[other]
        if line.top >= run.bottom or run.top >= line.bottom:
            continue
        for place, letter in enumerate(texts[other]):
            x0, x1 = line.x0s[place], line.x1s[place]
            shared = min(x1, run.x1s[at]) - max(x0, run.x0s[at])
            on_letter = x0 <= middle <= x1 and shared >= _ON_LETTER * (run.x1s[at] - run.x0s[at])
            if not letter.isalpha() or not on_letter:
                continue
            whole = unicodedata.normalize("NFC", letter + accent)
            if len(whole) == 1:
                texts[other][place] = whole
                return True
    # A combining character that has no width follows its letter.
    if _is_combining(run.texts[at]) and at and texts[n][at - 1].isalpha():
        whole = unicodedata.normalize("NFC", texts[n][at - 1] + accent)
        texts[n][at - 1] = whole
        return True
    return False
