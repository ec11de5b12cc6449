"""Makes entries of cards, as rows of a table give them: labels are headers, cards are rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.extract.grid.cards.card import FIGURE, Card, CardField, chains_as_lines
from styrmatt.extract.grid.cards.card_lines import LARGE
from styrmatt.extract.grid.cards.card_marks import CardMarks
from styrmatt.extract.grid.content import Content, content_of
from styrmatt.extract.grid.headers.header_cells import HeaderCell
from styrmatt.extract.grid.heading_names import without_number
from styrmatt.extract.grid.roles import TableRoles, assign_roles
from styrmatt.extract.grid.rows.sex_values import by_sex
from styrmatt.extract.grid.table_marks import part_arrows
from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.pointers import on_scale
from styrmatt.extract.marks.status_phrases import cell_statuses, match_phrases
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import Word, join_words
from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry, ValueColumn
from styrmatt.extract.tables.value_columns import value_of
from styrmatt.geometry import union
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_OF_LINE: Final = ("sex", "target", "status", "trend")
_NAMES: Final = ("goal", "perspective")
_SENTENCE = 20
"""Characters from which words of a card that no label explains are a comment."""
_NAME_KEY: Final = "."
"""What stands for the label that a card's name does not have."""
_NAME = HeaderReading("", frozenset({"measure"}), whole=True)
"""What the name of a card says of itself."""


@dataclass(frozen=True)
class CardRoles:
    """What the labels of some cards mean."""

    keys: tuple[str, ...]
    """The labels; the first is that of the name."""
    roles: TableRoles

    def role(self, key: str) -> str:
        """The role of a label."""
        return self.roles.columns[self.keys.index(key)].role


def roles_of(
    page: Page, cards: Sequence[Card], vocabulary: Vocabulary, *, needs_aims: bool = True
) -> CardRoles | None:
    """What the labels of cards on one page mean; None where they make no measures with aims.

    ``needs_aims``: without targets or statuses they are no measures.
    """
    named = {
        one.label.key
        for card in cards
        for one in card.fields
        if "measure" in one.label.reading.roles and not card.name
    }
    heads: dict[str, HeaderCell | None] = {_NAME_KEY: HeaderCell("", (0, 0, 0, 0), (), _NAME)}
    for card in cards:
        for one in card.fields:
            label = one.label
            if label.key not in named:
                heads.setdefault(
                    label.key,
                    HeaderCell(label.reading.text, label.bbox, label.words, label.reading),
                )
    contents = [_content(page, cards, key, named, vocabulary) for key in heads]
    roles = assign_roles(list(heads.values()), contents)
    if roles is None or roles.shape != "measures" or (needs_aims and not roles.has_aims):
        return None
    return CardRoles(tuple(heads), roles)


def _content(
    page: Page, cards: Sequence[Card], key: str, named: set[str], vocabulary: Vocabulary
) -> Content:
    """What the cards hold behind a label; the name, behind none."""
    if key == _NAME_KEY:
        names = [" ".join(name_of(card, named)) for card in cards]
        return content_of(names, 0, vocabulary)
    marks = CardMarks(page, vocabulary)
    fields = [one for card in cards for one in card.fields if one.label.key == key]
    drawn = sum(bool(marks.drawn_at(one)) for one in fields)
    return content_of([" ".join(one.texts) for one in fields], drawn, vocabulary)


def name_of(card: Card, named: set[str] | frozenset[str] = frozenset()) -> list[str]:
    """The lines of a card's name: its heading, or what stands behind the label of the measure."""
    for one in card.fields:
        if one.label.key in named or (not card.name and "measure" in one.label.reading.roles):
            return one.texts
    return card.name_lines


@dataclass
class CardEntryMaker:
    """Makes the entry of a card."""

    page: Page
    roles: CardRoles
    vocabulary: Vocabulary

    def entry(self, card: Card) -> TableEntry:
        """The card as the entry of a table."""
        marks = CardMarks(self.page, self.vocabulary)
        cells: dict[str, TableCell] = {"measure": self._name(card)}
        line: dict[str, TableCell] = {}
        values: list[ValueColumn] = []
        goal = factor = None
        self._give_back(card)
        for one in card.fields:
            if one.label.key not in self.roles.keys:
                continue
            column = self.roles.roles.columns[self.roles.keys.index(one.label.key)]
            cell = self._cell(one)
            if column.is_value:
                value = value_of(column.role, one.label.reading, cell)
                values += by_sex(value, self.vocabulary.sexes)
            elif column.role in _OF_LINE:
                if column.role in ("status", "trend"):
                    cell.marks = marks.at(one)
                    if cell.marks and not cell.lines:
                        cell.bbox = union(mark.bbox for mark in cell.marks)
                line.setdefault(column.role, cell)
            elif column.role == "goal":
                goal = without_number(cell.text)
            elif column.role and column.role not in ("leave", "area", "perspective"):
                cells.setdefault(column.role, cell)
                factor = cell.text if column.role == "success_factor" else factor
        values += self._unlabelled(card, line, values)
        self._add_loose(card, marks, line)
        self._add_comment(card, cells, line)
        part_arrows(line)
        box = card.bbox
        number = self.page.number
        entry = TableEntry(cells, [EntryLine(line, box, number, number, values)])
        entry.goal, entry.factor = goal, factor
        return entry

    def _give_back(self, card: Card) -> None:
        """Take from the labels of trends the words for a status below them, and the reverse.

        Their own value is the mark beside them.
        """
        others = {
            "trend": (self.vocabulary.status_phrases, self.vocabulary.trend_phrases),
            "status": (self.vocabulary.trend_phrases, self.vocabulary.status_phrases),
        }
        for one in card.fields:
            if one.label.key not in self.roles.keys or not one.lines or one.run_in:
                continue
            phrases = others.get(self.roles.role(one.label.key))
            if phrases is None or one.lines[0][0].top < one.label.bbox[3]:
                continue
            words = [word.text for line in one.lines for word in line]
            other, own = (match_phrases(words, of_kind) for of_kind in phrases)
            if other and not own:
                card.free += one.lines
                one.lines = []

    def _name(self, card: Card) -> TableCell:
        for one in card.fields:
            if not card.name and "measure" in one.label.reading.roles:
                return self._cell(one)
        words = [word for chain in card.name for word in chain]
        box = union(word.bbox for word in words) if words else card.bbox
        return TableCell(card.name_lines, box, self.page.number, self.page.number)

    def _cell(self, one: CardField) -> TableCell:
        return TableCell(one.texts, one.bbox, self.page.number, self.page.number)

    def _add_loose(self, card: Card, marks: CardMarks, line: dict[str, TableCell]) -> None:
        """Marks without a label: one that points is the trend, another the status."""
        for mark in (on_scale(self.page, one) for one in marks.loose(card)):
            role = "trend" if mark.apparent_direction is not None else "status"
            if role not in line or not (line[role].marks or line[role].lines):
                line[role] = self._marked(mark)
        if "status" not in line and (said := self._said(card)) is not None:
            line["status"] = said

    def _said(self, card: Card) -> TableCell | None:
        """The only words in a card's box that are all of a line and stand for a status so."""
        statuses = cell_statuses(self.vocabulary)
        found = [one for one in card.free if squeeze(join_words(one)) in statuses]
        if card.box is None or len(found) != 1:
            return None
        box = union(word.bbox for word in found[0])
        card.free.remove(found[0])
        return TableCell([join_words(found[0])], box, self.page.number, self.page.number)

    def _unlabelled(
        self, card: Card, line: dict[str, TableCell], values: Sequence[ValueColumn]
    ) -> list[ValueColumn]:
        """The result that stands in a card's box, or above its name, as its largest figure."""
        known = any(v.role == "result" and v.year is None and not v.years_before for v in values)
        if (
            (card.box is None and not card.figure)
            or known
            or not any(v.role == "target" for v in values)
        ):
            return []
        size = max(word.size for one in card.fields for word in one.label.words)
        found = [
            chain
            for chain in card.free
            if chain[0].size >= LARGE * size and FIGURE.match(join_words(chain))
        ]
        if card.figure:
            text = join_words(card.figure)
            is_said = FIGURE.match(text) or not any(map(str.isdecimal, text))
            found = [card.figure] if is_said else []  # words with a year give no result
        if len(found) != 1:
            return []
        if not card.figure:
            card.free.remove(found[0])
        box = union(word.bbox for word in found[0])
        number = self.page.number
        cell = TableCell([join_words(found[0])], box, number, number)
        return [ValueColumn("result", "", cell)]

    def _marked(self, mark: Mark) -> TableCell:
        number = self.page.number
        return TableCell([], mark.bbox, number, number, [mark])

    def _add_comment(
        self, card: Card, cells: dict[str, TableCell], line: dict[str, TableCell]
    ) -> None:
        """Sentences of the card that no label explains, as its comment."""
        said = {id(word) for word in self._words_of_marks(card, line)}
        chains = [
            chain
            for chain in card.free
            if not all(id(word) in said for word in chain)
            and not match_phrases([word.text for word in chain], self.vocabulary.mark_phrases)
        ]
        lines = list(chains_as_lines(chains))
        if len(" ".join(lines)) < _SENTENCE:
            return
        words = [word for chain in chains for word in chain]
        if "comment" in cells and cells["comment"].lines:
            cells["comment"].lines += lines
        else:
            box: Bbox = union(word.bbox for word in words)
            number = self.page.number
            cells["comment"] = TableCell(lines, box, number, number)

    def _words_of_marks(self, card: Card, line: dict[str, TableCell]) -> list[Word]:
        boxes = [mark.bbox for cell in line.values() for mark in cell.marks]
        return [
            word
            for chain in card.free
            for word in chain
            if any(
                b[0] - 1 <= word.x0 and word.x1 <= b[2] + 1 and b[1] - 1 <= word.middle <= b[3] + 1
                for b in boxes
            )
        ]
