"""What a report's marks mean: its own legend first, then the vocabulary's colours and signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from styrmatt.extract.marks.colour_difference import lch
from styrmatt.extract.marks.colour_status import Palette, distinct, hues_of
from styrmatt.extract.marks.find import Mark
from styrmatt.extract.marks.legend_entries import Pair, pairs_on
from styrmatt.extract.marks.status_phrases import cut, meaning
from styrmatt.extract.model.page import Page
from styrmatt.printed import Location, Marker, MarkerReading
from styrmatt.vocabulary import Vocabulary

_STATUSES = ("met", "partly_met", "not_met", "not_assessed")


def colour_carries_status(marks: Iterable[Mark]) -> bool:
    """Whether arrows stand for statuses by their colours: at least two hues are among them."""
    return hues_of(mark.colour for mark in marks if mark.way is not None and mark.filled) >= 2


class LegendReader:
    """Collects the legend of a report while its pages stream by."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._pairs: list[Pair] = []

    def see(self, page: Page) -> None:
        """Look for marks beside words that say what they mean; quick where there are none."""
        self._pairs += pairs_on(page, self.vocabulary)

    def legend(self) -> Legend:
        """What the report's marks mean, as far as its legend says."""
        statuses: dict[str, list[Mark]] = {}
        ways: dict[str, set[str]] = {}
        for pair in self._pairs:
            if pair.kind == "status":
                statuses.setdefault(pair.value, []).append(pair.mark)
            elif pair.mark.direction is not None:
                ways.setdefault(pair.mark.direction, set()).add(pair.value)
        filled = {
            value: [mark.colour for mark in group if mark.colour and _tells_by_colour(mark)]
            for value, group in statuses.items()
        }
        return Legend(
            vocabulary=self.vocabulary,
            palette=Palette(self.vocabulary.colours, distinct(filled)),
            outline=_outline(statuses),
            rings=any(
                not m.filled and m.colour and lch(m.colour).saturated
                for g in statuses.values()
                for m in g
            ),
            signs=_signs(statuses, self.vocabulary),
            ways={
                way: next(iter(values)) if len(values) == 1 else None
                for way, values in ways.items()
            },
        )


def _tells_by_colour(mark: Mark) -> bool:
    return mark.colour is not None and (mark.filled or lch(mark.colour).saturated)


def _outline(statuses: Mapping[str, Sequence[Mark]]) -> str | None:
    """The status whose mark in the legend is an outline only."""
    values = {
        value
        for value, group in statuses.items()
        for mark in group
        if not mark.filled and not (mark.colour and lch(mark.colour).saturated)
    }
    return values.pop() if len(values) == 1 else None


def _signs(statuses: Mapping[str, Sequence[Mark]], vocabulary: Vocabulary) -> dict[str, str]:
    """Signs that by themselves stand for one status: each status has its own."""
    shapes = vocabulary.glyphs.get("filled", "") + vocabulary.glyphs.get("outline", "")
    meant: dict[str, set[str]] = {}
    for value, group in statuses.items():
        for mark in group:
            if mark.sign and mark.sign not in shapes:
                meant.setdefault(mark.sign, set()).add(value)
    return {sign: values.pop() for sign, values in meant.items() if len(values) == 1}


@dataclass(frozen=True)
class Legend:
    """What the marks of one report mean."""

    vocabulary: Vocabulary
    palette: Palette
    outline: str | None = None
    rings: bool = False
    """Whether the legend's marks are coloured outlines."""
    signs: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, str | None] = field(default_factory=dict)
    """What the legend says about arrows; None for a way to which it gives two meanings."""

    def with_marks(self, marks: Iterable[Mark]) -> Legend:
        """The legend for a report whose status cells hold these marks.

        They decide where a colour has its meaning only beside others (orange beside red, blue).
        """
        seen = (mark for mark in marks if mark.filled and mark.read_by != "text")
        colours = tuple(mark.colour for mark in seen if mark.colour is not None)
        return replace(self, palette=replace(self.palette, seen=colours))

    def status(self, mark: Mark) -> Marker:
        """The mark as a status; without a value and with a doubt where it is not certain."""
        alt, text = (
            self._alt(mark, self.vocabulary.statuses),
            self._text(mark, self.vocabulary.status_phrases),
        )
        sign, drawn, doubt = self._sign(mark), None, None
        if sign is None or _coloured(mark):
            drawn, doubt = self._colour(mark)
        return _decided(mark, alt, text, {"sign": sign, "colour": drawn}, doubt)

    def trend(self, mark: Mark) -> Marker:
        """The mark as a trend; without a value and with a doubt where it is not certain."""
        alt, text = (
            self._alt(mark, self.vocabulary.trends),
            self._text(mark, self.vocabulary.trend_phrases),
        )
        way, doubt = self._way(mark)
        return _decided(mark, alt, text, {"arrow": way}, doubt)

    def _alt(self, mark: Mark, words: Mapping[str, tuple[str, ...]]) -> str | None:
        return meaning(mark.alt, words, self.vocabulary) if mark.alt else None

    def _text(self, mark: Mark, phrases: Mapping[str, str]) -> str | None:
        found = cut((mark.text or "").split(), phrases) or []
        values = {one.value for one in found}
        return values.pop() if len(values) == 1 else None

    def _sign(self, mark: Mark) -> str | None:
        if mark.sign is None:
            return None
        listed = (name for name in _STATUSES if mark.sign in self.vocabulary.glyphs.get(name, ""))
        return self.signs.get(mark.sign) or next(listed, None)

    def _colour(self, mark: Mark) -> tuple[str | None, str | None]:
        if mark.colour is None:
            return None, "Its colour cannot be seen."
        if mark.read_by == "text" and not lch(mark.colour).saturated:
            return None, "Its words are none that are known."
        if not mark.filled:
            return self._unfilled(mark)
        if mark.doubt and mark.sign and mark.sign in self.vocabulary.glyphs.get("filled", ""):
            return None, mark.doubt
        if (
            mark.way is not None
            and not lch(mark.colour).saturated
            and not self._grey_arrows(mark.colour)
        ):
            return None, f"An arrow in {mark.colour} tells no status."
        return self.palette.status(mark.colour)

    def _grey_arrows(self, colour: str) -> bool:
        """Whether a grey arrow is one of several colours that stand for statuses."""
        return bool(self.palette.legend) or hues_of(self.palette.seen) >= 2

    def _unfilled(self, mark: Mark) -> tuple[str | None, str | None]:
        assert mark.colour is not None
        if mark.doubt and mark.sign:
            return None, mark.doubt
        if lch(mark.colour).saturated:
            if self.rings:
                return self.palette.status(mark.colour)
            return (
                None,
                f"An outline in {mark.colour} may stand for its colour or for no assessment.",
            )
        if mark.way is not None:
            return None, "An arrow's outline tells no status."
        return self.outline or "not_assessed", None

    def _way(self, mark: Mark) -> tuple[str | None, str | None]:
        if mark.doubt:
            return None, mark.doubt
        if mark.way is None:
            return None, "It points nowhere."
        usual = next((t for t, ways in self.vocabulary.ways.items() if mark.way in ways), None)
        if mark.way not in self.ways:
            return (
                usual,
                None if usual else f"An arrow that points {mark.way} is not in the legend.",
            )
        own = self.ways[mark.way]
        if own is None or usual not in (None, own):
            return None, f"The legend contradicts an arrow that points {mark.way}."
        return own, None


def _coloured(mark: Mark) -> bool:
    return mark.colour is not None and lch(mark.colour).saturated


def _decided(
    mark: Mark,
    alt: str | None,
    text: str | None,
    drawn: Mapping[str, str | None],
    doubt: str | None,
) -> Marker:
    """The value on which alternative text, words and looks agree."""
    place = Location(mark.page, mark.page, mark.bbox)
    marker = Marker(None, mark.read_by, place, mark.colour)
    told = {"alternative text": alt, "words": text, **drawn}
    values = {value for value in told.values() if value is not None}
    if len(values) == 1:
        read_by: MarkerReading = mark.read_by
        if alt is not None:
            read_by = "alt_text"
        elif text is not None and not any(drawn.values()):
            read_by = "text"
        return replace(marker, value=values.pop(), read_by=read_by)
    if values:
        told_as = ", ".join(f"{name}: {value}" for name, value in told.items() if value is not None)
        doubt = f"It says different things ({told_as})."
    evidence = None if mark.evidence is None else str(mark.evidence)
    return replace(marker, doubt=doubt or "It cannot be read.", evidence=evidence)
