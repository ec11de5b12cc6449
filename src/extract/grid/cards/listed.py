"""Measures in lists: a name, a colon and its result, with the target and earlier years behind it.

``Nöjda besökare: 82 % (mål 85 %, 2021: 80 %)``, or ``Nöjda besökare: 82 % / mål öka`` with the
earlier year on the next line. A line is a measure where it names a target, or stands right below a
goal, or below a word that says that measures follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.grid.cards.card import Card, CardField, without_bullet
from styrmatt.extract.grid.cards.labels import Label, LabelFinder
from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.model.text_lines import PageLine, Word, join_words
from styrmatt.layout import FIGURE_ROLES
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_ENDS = ",;)"
"""Signs behind which another part of a line begins."""
_STROKES = ("/", "|", "·", "•")
"""Words that part a result from a target behind it."""
_DASHES = ("-", "–", "—")
"""The same, where a word follows: else they stand in place of a figure."""
_PARTS = " ,;()[]."
"""Signs around a part of a line."""
_BEFORE_FIGURE = "<>≤≥+-–− "
"""Signs before a figure."""
_MOST_LABEL_WORDS = 5
"""Words of a label before its value at most."""
_LONGEST_VALUE = 40
"""Characters of a result at most, brackets aside; more is a sentence."""
_FIRST_WORDS = 2
"""Words behind a label of which one has the figure: a limit may stand before it."""
_SHORTEST_NAME = 4
"""Letters of a measure's name at least."""
_LEADING = 1.1
"""Ems between two lines of one item at most."""
_CLOSE = 2.6
"""Ems between two items of one list at most, and between the list and what stands above it."""
_RESULT = HeaderReading("", frozenset({"result"}), whole=True)
"""What a result without a label says of itself."""


@dataclass
class _Item:
    """A line of a list, with those that it goes on in."""

    lines: list[PageLine]
    labelled: list[PageLine] = field(default_factory=list)
    """Those of them that begin with a label."""
    card: Card | None = None
    has_target: bool = False

    @property
    def words(self) -> list[Word]:
        return [word for line in self.lines for word in line.words]


@dataclass(frozen=True)
class ListReader:
    """Reads the lists of measures among the lines of a page."""

    finder: LabelFinder
    begins_measures: Callable[[PageLine], bool]
    """Whether a line says that measures follow: the heading of a goal, or a word for measures."""
    vocabulary: Vocabulary

    def cards(self, lines: Sequence[PageLine]) -> list[tuple[list[Card], bool]]:
        """The lists among lines, top to bottom, each with whether its measures have targets."""
        out = []
        for group, above in self._lists(lines):
            certain = above is not None and self.begins_measures(above)
            wanted = [item for item in group if item.card and (item.has_target or certain)]
            cards = [item.card for item in wanted if item.card is not None]
            if cards:
                out.append((cards, any(item.has_target for item in wanted)))
        return out

    def _lists(self, lines: Sequence[PageLine]) -> Iterator[tuple[list[_Item], PageLine | None]]:
        """Items that follow each other closely, with the line above the first of them."""
        group: list[_Item] = []
        above: PageLine | None = None
        last: PageLine | None = None
        for item in self._items(lines):
            item.card = self._card(item)
            first = item.lines[0]
            near = last is None or first.top - last.bottom <= _CLOSE * first.size
            if item.card is None or not near:
                if group:
                    yield group, above
                group = []
            if item.card is not None:
                if not group:
                    above = last if near else None
                group.append(item)
            last = item.lines[-1]
        if group:
            yield group, above

    def _card(self, item: _Item) -> Card | None:
        """The measure of an item; None where it is none."""
        words = without_bullet(item.words)
        end = self._end_of_name(words)
        if end is None:
            return None
        name = words[:end]
        letters = sum(map(str.isalpha, join_words(name)))
        requirements = self.finder.words.words.headings.requirements
        if join_words(name).casefold().rstrip(" :") in requirements:
            return None  # what has to be reported of a goal
        if letters < _SHORTEST_NAME or any(map(_is_label, self.finder.labels(name))):
            return None
        starts = frozenset(id(line.words[0]) for line in item.labelled)
        fields = list(self._fields(words[end:], starts))
        figures = [one for one in fields if _is_figure(one)]
        results = [one for one in figures if "target" not in one.label.reading.roles]
        if not results or _is_long(" ".join(results[0].texts)):
            return None
        item.has_target = any(map(self._is_target, fields))
        return Card([name], fields, run_in=True)

    def _end_of_name(self, words: Sequence[Word]) -> int | None:
        """How many words are the name: up to a colon, or a stroke before the label of a result."""
        for n, word in enumerate(words[:-1]):
            if word.text.endswith(":"):
                return n + 1
            if n and word.text in (*_STROKES, *_DASHES):
                label, value = self._labelled(next(_parts(words[n + 1 :], frozenset())))
                said = label is not None and label.reading.roles & set(FIGURE_ROLES)
                if said and any(map(str.isdecimal, value[0].text)):
                    return n
        return None

    def _is_target(self, one: CardField) -> bool:
        """Whether a part of a line is a target: a figure, a direction, or a dash in its place."""
        if "target" not in one.label.reading.roles:
            return False
        text = " ".join(join_words(line) for line in one.lines).strip(_PARTS)
        words = self.vocabulary.targets
        said = (*words.increase, *words.decrease, *words.maintain, *words.follow, *words.none)
        return _is_figure(one) or text.casefold() in {word.casefold() for word in said}

    def _items(self, lines: Sequence[PageLine]) -> Iterator[_Item]:
        """The lines as items of lists: one that goes on does so in small letters, with a bracket,
        with the figure behind its colon, or with a label and its figure."""
        item: _Item | None = None
        for line in lines:
            if item is not None and (_goes_on(item, line) or self._has_the_rest(item, line)):
                item.lines.append(line)
                continue
            if item is not None and _is_next(item, line) and self._is_labelled(line):
                item.lines.append(line)
                item.labelled.append(line)
                continue
            if item is not None:
                yield item
            item = _Item([line])
        if item is not None:
            yield item

    def _has_the_rest(self, item: _Item, line: PageLine) -> bool:
        """Whether a line begins with what the last word of an item wants: a limit its figure, a
        label its year."""
        if not (line.text.lstrip(_BEFORE_FIGURE)[:1].isdecimal() and _is_next(item, line)):
            return False
        last, first = item.lines[-1].words[-1].text, line.words[0].text
        limits = self.vocabulary.targets
        if any(last.casefold() in said for said in (limits.ge, limits.le, limits.gt, limits.lt)):
            return True
        reading = self.finder.words.read(f"{last} {first.rstrip(':')}")
        return reading.whole and bool(reading.roles) and reading.year is not None

    def _is_labelled(self, line: PageLine) -> bool:
        """Whether a line begins with the label of a figure, as an earlier year, and the figure."""
        label = next(iter(self.finder.labels(line.words)), None)
        if label is None or label.start or not label.colon or label.end == len(line.words):
            return False
        reading = label.reading
        figures = reading.year is not None or reading.years_before > 0
        figures |= bool(reading.roles & set(FIGURE_ROLES))
        words = line.words[label.end :]
        first = next((n for n, w in enumerate(words) if any(map(str.isdecimal, w.text))), None)
        return figures and first is not None and first < _FIRST_WORDS

    def _fields(self, words: Sequence[Word], starts: frozenset[int]) -> Iterator[CardField]:
        """The parts of what stands behind a name: the result first, then what has a label.

        ``starts`` are the first words (``id()``) of lines that begin with a label.
        """
        head: CardField | None = None
        for part in _parts(words, starts):
            if (said := self._said(part)) is not None:
                yield said
                continue
            label, value = self._labelled(part)
            if label is not None and (label.reading.roles or head is None):
                yield CardField(label, _in_lines(value), run_in=True)
            elif head is None:
                start = Label(0, 0, tuple(part[:1]), _RESULT, False, False)
                head = CardField(start, _in_lines(part), run_in=True)
                yield head
            elif label is not None and label.reading.year is not None:
                reading = HeaderReading(
                    label.reading.text, frozenset({"result"}), label.reading.year, whole=True
                )
                own = Label(0, label.end, label.words, reading, False, False)
                yield CardField(own, _in_lines(value), run_in=True)
            else:
                head.lines += _in_lines(part)

    def _said(self, part: Sequence[Word]) -> CardField | None:
        """A part of a line that is nothing but a phrase for a status or trend."""
        text = squeeze(join_words(part))
        for role, phrases in (
            ("status", self.vocabulary.status_phrases),
            ("trend", self.vocabulary.trend_phrases),
        ):
            if text in phrases:
                reading = HeaderReading(f"{role}", frozenset({role}), whole=True)
                return CardField(
                    Label(0, 0, tuple(part), reading, False, False), [list(part)], run_in=True
                )
        return None

    def _labelled(self, part: Sequence[Word]) -> tuple[Label | None, Sequence[Word]]:
        """The label that a part of a line begins with, and the value behind it.

        A colon ends a label: the first digits of a figure behind it are none of it.
        """
        colon = next((n for n, word in enumerate(part, 1) if word.text.endswith(":")), len(part))
        for end in range(min(_MOST_LABEL_WORDS, len(part) - 1, colon), 0, -1):
            if not any(map(str.isalnum, part[end - 1].text)):
                continue  # the sign of a limit
            text = join_words(part[:end]).strip(_PARTS + ":")
            reading = self.finder.words.read(text)
            if reading.unit or (reading.area and reading.roles):
                continue  # a word for a limit begins with one for an area: min, max
            if reading.whole and (reading.roles - {"leave"} or reading.year):
                label = Label(0, end, tuple(part[:end]), reading, False, False)
                return label, part[end:]
        return None, part


def _in_lines(words: Sequence[Word]) -> list[list[Word]]:
    """The words of a part as its lines."""
    out: list[list[Word]] = []
    for word in words:
        if out and word.x0 > out[-1][-1].x0:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _is_long(value: str) -> bool:
    """Whether a result is a sentence; those of women and men may stand in brackets behind it."""
    return len(value) > 2 * _LONGEST_VALUE or len(value.partition("(")[0]) > _LONGEST_VALUE


def _is_figure(one: CardField) -> bool:
    roles = one.label.reading.roles
    return bool(roles & set(FIGURE_ROLES)) and any(map(str.isdecimal, " ".join(one.texts)))


def _is_label(label: Label) -> bool:
    """Whether words of a name are a label; a name may end with a sex, or a place."""
    return label.start == 0 or bool(label.reading.roles)


def _parts(words: Sequence[Word], starts: frozenset[int]) -> Iterator[list[Word]]:
    """The words in parts that commas, semicolons, strokes and brackets part."""
    part: list[Word] = []
    for n, word in enumerate(words):
        behind = words[n + 1].text if n + 1 < len(words) else ""
        stroke = word.text in _STROKES or (word.text in _DASHES and behind[:1].isalpha())
        begins = word.text.startswith("(") or id(word) in starts or stroke
        begins |= bool(part) and part[-1].text.endswith(".") and word.text[:1].isupper()
        if part and (begins or part[-1].text.endswith(tuple(_ENDS))):
            yield part
            part = []
        if not (stroke and n):
            part.append(word)
    if part:
        yield part


def _is_next(item: _Item, line: PageLine) -> bool:
    """Whether a line follows the last one of an item closely, in its type, and has no bullet."""
    last = item.lines[-1]
    near = line.top - last.bottom <= _LEADING * line.size and abs(line.size - last.size) <= 1.0
    return near and len(without_bullet(line.words)) == len(line.words)


def _goes_on(item: _Item, line: PageLine) -> bool:
    if not _is_next(item, line):
        return False
    text = " ".join(one.text for one in item.lines)
    if text.endswith(":") and line.text.lstrip(_BEFORE_FIGURE)[:1].isdecimal():
        return True
    return text.count("(") > text.count(")") or line.text[:1].islower() or line.text[0] == "("
