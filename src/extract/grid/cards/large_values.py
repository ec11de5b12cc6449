"""Large figures between the names of cards and their labels, and the words in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from styrmatt.extract.grid.cards.card import FIGURE, Card
from styrmatt.extract.grid.cards.card_lines import LARGE, LEADING, SAME_SIZE
from styrmatt.extract.model.text_lines import Word, join_words


def name_above_large_words(cards: Sequence[Card]) -> None:
    """Give cards whose name is set as the large figures of others the name above it.

    The figures stand between name and labels; so do the words in their place.
    """
    sizes = [size for card in cards for size in _sizes_of_figures(card)]
    for card in cards:
        if card.box is None or len(card.name) != 1 or not sizes:
            continue
        said = card.name[0]
        above = [chain for chain in card.free if chain[-1].bottom <= said[0].top + 1]
        is_alike = any(abs(said[0].size - size) <= SAME_SIZE for size in sizes)
        if is_alike and _is_name(above, said):
            card.name = above
            card.free = [said, *(chain for chain in card.free if chain not in above)]


def sizes_of_names(cards: Sequence[Card]) -> list[float]:
    """The sizes of large figures that stand right above the labels of cards without a box."""
    return [
        card.name[0][0].size
        for card in cards
        if card.box is None and len(card.name) == 1 and not card.figure and card.fields
        if card.name[0][0].size >= LARGE * max(w.size for w in card.fields[0].label.words)
        if FIGURE.match(join_words(card.name[0]))
    ]


def _sizes_of_figures(card: Card) -> Iterator[float]:
    """The sizes of the large figures of a card in a box that has a name."""
    if card.box is None or not card.name:
        return
    label = max((word.size for one in card.fields for word in one.label.words), default=0.0)
    for chain in (*card.free, *(line for one in card.fields for line in one.lines)):
        if chain[0].size >= LARGE * label and FIGURE.match(join_words(chain)):
            yield chain[0].size


def _is_name(above: Sequence[Sequence[Word]], said: Sequence[Word]) -> bool:
    """Whether chains are the lines of one name, set smaller than what stands below them."""
    if not above or not any(map(str.isalpha, join_words(above[0]))):
        return False
    size = above[0][0].size
    return said[0].size >= LARGE * size and all(
        abs(chain[0].size - size) <= SAME_SIZE
        and (n == 0 or 0 <= chain[0].top - above[n - 1][-1].bottom <= LEADING * size)
        for n, chain in enumerate(above)
    )
