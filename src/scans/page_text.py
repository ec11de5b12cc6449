"""Recognises the text of a page's picture, line by line, and says how sure each word is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from styrmatt.printed import Bbox
from styrmatt.scans.chains import Chain, find_chains, picture_of_chain
from styrmatt.scans.evened import MeasuredLine, bold_lines, evened_baselines, evened_sizes
from styrmatt.scans.letters import DASH_HEIGHT, DESCENT, letter_line
from styrmatt.scans.look import PageLook, look_at
from styrmatt.scans.picture import picture_of
from styrmatt.scans.scanned_page import ScannedPage, ScannedRule, ScannedShade, ScannedWord
from styrmatt.scans.signs import Sign, find_signs
from styrmatt.scans.tesseract import ReadWord, read_lines

if TYPE_CHECKING:
    from PIL.Image import Image

_MARGIN: Final = 3.0
"""Points of white around a line's picture: Tesseract reads lines badly that touch its sides."""
_LETTER_PIXELS: Final = 40
"""Height of a line's ink to which higher ones are made smaller: Tesseract was trained on text, and
reads an accent of a large heading as a letter of its own."""
_SIGN_CONFIDENCE: Final = 95.0
"""Confidence of a sign that was told by its shape."""
_DISPUTED: Final = 30.0
"""Confidence at most of a word that two models read with other figures."""
_NO_SPACE: Final = 0.22
"""Share of the line's height up to which two pieces are one word."""
_PERCENT: Final = "%"
_LONG_DASH: Final = re.compile(r"(?<=\d)—(?=\d)")
"""Between figures the dash of a range stands, which Tesseract reads as a longer one."""
_LOWEST_LETTERS: Final = 2.5
"""Points: what is read as letters and is not as high is a crumb."""
_FIGURES: Final = re.compile(r"\d")


class PlacedWord(NamedTuple):
    """A recognised word; the box in pixels of the page's picture."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    """From 0 to 100."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line that is read by itself: all up to a sign that Tesseract reads badly."""

    chain: int
    """The number of the line."""
    part: Chain


def recognise_page(image: Image, dpi: float, languages: Sequence[str]) -> ScannedPage:
    """What a levelled page shows; its words line by line, top to bottom.

    The first language reads; where there is a second, it reads lines with figures again, and a word
    whose figures differ is not sure. Raises CalledProcessError where Tesseract fails.
    """
    look = look_at(picture_of(image, dpi / 72))
    chains = find_chains(look)
    lines = _lines_of(look, chains, languages, round(dpi))
    scale = look.picture.scale
    return ScannedPage(
        tuple(_set_words(look, chains, lines)),
        tuple(
            ScannedRule(one[0], *(_points(value, scale) for value in one[1:])) for one in look.lines
        ),
        tuple(ScannedShade(_box(one[:4], scale), _hex(one.rgb)) for one in look.shading),
        tuple(_box(one, scale) for one in look.marks),
    )


def _points(pixels: float, scale: float) -> float:
    return round(pixels / scale, 2)


def _box(box: Sequence[float], scale: float) -> Bbox:
    x0, top, x1, bottom = (_points(value, scale) for value in box)
    return (x0, top, x1, bottom)


def _hex(rgb: Iterable[int]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in rgb)


def _lines_of(
    look: PageLook, chains: Sequence[Chain], languages: Sequence[str], dpi: int
) -> list[list[PlacedWord]]:
    """The words of each chain, from left to right."""
    boxes = look.text.boxes.tolist()
    signs = [find_signs(chain.numbers, boxes, look.text.labels) for chain in chains]
    pieces = [
        _Piece(number, part)
        for number, chain in enumerate(chains)
        for part in _parts(chain, signs[number], boxes)
    ]
    margin = look.picture.pixels(_MARGIN)
    shrink = [max(piece.part.height / _LETTER_PIXELS, 1.0) for piece in pieces]
    pictures = [
        _picture(look, piece.part, margin, by) for piece, by in zip(pieces, shrink, strict=True)
    ]
    read = _read_twice(pictures, languages, dpi)
    lines: list[list[PlacedWord]] = [[] for _ in chains]
    for piece, words, by in zip(pieces, read, shrink, strict=True):
        lines[piece.chain] += [_placed(word, piece.part, margin, by) for word in words]
    for number, found in enumerate(signs):
        lines[number] += [_placed_sign(sign, boxes) for sign in found]
    return [_joined(words, chain) for words, chain in zip(lines, chains, strict=True)]


def _has_letters(words: Iterable[PlacedWord]) -> bool:
    return any(letter.isalnum() for word in words for letter in word.text)


def _set_words(
    look: PageLook, chains: Sequence[Chain], lines: Sequence[Sequence[PlacedWord]]
) -> Iterator[ScannedWord]:
    """The words with the size, weight and colour of their lines."""
    least = _LOWEST_LETTERS * look.picture.scale
    found = [
        (chain, words)
        for chain, words in zip(chains, lines, strict=True)
        if words and (chain.height >= least or not _has_letters(words))
    ]
    texts = ["".join(word.text for word in words) for _, words in found]
    set_as = [letter_line(look, chain, text) for (chain, _), text in zip(found, texts, strict=True)]
    scale = look.picture.scale
    measured = [
        MeasuredLine(
            len(text), words[0].x0 / scale, one.baseline / scale, one.size / scale, one.weight
        )
        for (_, words), text, one in zip(found, texts, set_as, strict=True)
    ]
    sizes, bold = evened_sizes(measured), bold_lines(measured)
    baselines = evened_baselines(measured)
    for n, (chain, words) in enumerate(found):
        baseline = baselines[n]
        if not any(map(str.isalnum, texts[n])):  # a dash stands above the base line
            baseline = (chain.y0 + chain.y1) / 2 / scale + DASH_HEIGHT * sizes[n]
        bottom = baseline + DESCENT * sizes[n]
        for word in words:
            x0, x1 = _points(word.x0, scale), _points(word.x1, scale)
            box = (x0, round(bottom - sizes[n], 2), x1, round(bottom, 2))
            size = round(sizes[n], 2)
            yield ScannedWord(
                word.text, box, size, bold[n], set_as[n].colour, round(word.confidence, 1)
            )


def _picture(look: PageLook, part: Chain, margin: int, shrink: float) -> Image:
    from PIL import Image as images

    found = images.fromarray(picture_of_chain(look, part, margin))
    if shrink == 1.0:
        return found
    size = (max(round(found.width / shrink), 1), max(round(found.height / shrink), 1))
    return found.resize(size, images.Resampling.LANCZOS)


def _parts(chain: Chain, signs: Sequence[Sign], boxes: Sequence[Sequence[int]]) -> Iterator[Chain]:
    """The chain cut at its signs, without them."""
    in_signs = {number for sign in signs for number in sign.numbers}
    ends = sorted(boxes[sign.numbers[0]][0] for sign in signs)
    groups: dict[int, list[int]] = {}
    for number in chain.numbers:
        if number not in in_signs:
            groups.setdefault(sum(boxes[number][0] > end for end in ends), []).append(number)
    for _, numbers in sorted(groups.items()):
        found = [boxes[number] for number in numbers]
        yield Chain(
            numbers,
            min(box[0] for box in found),
            min(box[1] for box in found),
            max(box[2] for box in found),
            max(box[3] for box in found),
        )


def _read_twice(
    pictures: Sequence[Image], languages: Sequence[str], dpi: int
) -> list[list[ReadWord]]:
    """The words of each picture, those with figures compared with a second reading."""
    if not pictures:
        return []
    first = read_lines(pictures, languages[0], dpi)
    if len(languages) < 2:
        return first
    again = [n for n, words in enumerate(first) if _has_figures(words) or not words]
    second = read_lines([pictures[n] for n in again], languages[1], dpi) if again else []
    for n, words in zip(again, second, strict=True):
        first[n] = settled(first[n], words)
    return first


def _has_figures(words: Iterable[ReadWord]) -> bool:
    return any(_FIGURES.search(word.text) for word in words)


def settled(first: Sequence[ReadWord], second: Sequence[ReadWord]) -> list[ReadWord]:
    """The words of the first reading, in doubt where the second has other figures.

    Where the two differ in a point and a comma alone, the comma stands: Swedish writes decimals so.
    Where the first has more figures, and the second a sign for per cent instead, that stands.
    """
    if not first:
        return [word._replace(confidence=min(word.confidence, _DISPUTED)) for word in second]
    others = {figures: word for word in second if (figures := _figures(word.text))}
    return [_settled_word(word, others) for word in first]


def _settled_word(word: ReadWord, others: Mapping[str, ReadWord]) -> ReadWord:
    figures = _figures(word.text)
    if not figures or figures in others:
        return word
    for seen, other in others.items():
        if _PERCENT in other.text and _PERCENT not in word.text and figures.startswith(seen):
            sure = min(word.confidence, other.confidence, _DISPUTED)
            return word._replace(text=other.text, confidence=sure)
    comma = others.get(figures.replace(".", ","))
    if comma is not None and figures.count(".") == 1:
        sure = min(word.confidence, comma.confidence)
        return word._replace(text=word.text.replace(figures, _figures(comma.text)), confidence=sure)
    return word._replace(confidence=min(word.confidence, _DISPUTED))


def _figures(text: str) -> str:
    """The figures of a word with what stands between them."""
    found = re.search(r"\d(?:.*\d)?", text)
    return found[0] if found else ""


def _placed(word: ReadWord, part: Chain, margin: int, shrink: float) -> PlacedWord:
    """The word on the page, confined to its line: Tesseract's boxes may reach into the margin."""
    left, top = part.x0 - margin, part.y0 - margin
    x0, x1 = max(word.x0 * shrink + left, part.x0), min(word.x1 * shrink + left, part.x1)
    y0, y1 = max(word.y0 * shrink + top, part.y0), min(word.y1 * shrink + top, part.y1)
    text = _LONG_DASH.sub("–", word.text)
    return PlacedWord(text, x0, y0, max(x1, x0 + 1), max(y1, y0 + 1), word.confidence)


def _placed_sign(sign: Sign, boxes: Sequence[Sequence[int]]) -> PlacedWord:
    found = [boxes[number] for number in sign.numbers]
    return PlacedWord(
        sign.text,
        min(box[0] for box in found),
        min(box[1] for box in found),
        max(box[2] for box in found),
        max(box[3] for box in found),
        _SIGN_CONFIDENCE,
    )


def _joined(words: Iterable[PlacedWord], chain: Chain) -> list[PlacedWord]:
    """The words from left to right; pieces without a space between them as one word."""
    joined: list[PlacedWord] = []
    signs = (*"%≤≥",)
    for word in sorted(words, key=lambda one: one.x0):
        before = joined[-1] if joined else None
        if (
            before is not None
            and word.x0 - before.x1 <= _NO_SPACE * chain.height
            and (word.text[0] in signs or before.text[-1] in signs)
        ):
            joined[-1] = PlacedWord(
                before.text + word.text,
                before.x0,
                min(before.y0, word.y0),
                max(before.x1, word.x1),
                max(before.y1, word.y1),
                min(before.confidence, word.confidence),
            )
        else:
            joined.append(word)
    return joined
