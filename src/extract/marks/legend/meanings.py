"""Tells what a report's marks mean: by its own legend, else by usual colours and symbols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from styrmatt.extract.marks.find import STATUS_SIGNS
from styrmatt.extract.marks.legend.colour_status import (
    STEPS,
    Palette,
    Reading,
    count_hues,
)
from styrmatt.extract.marks.legend.entries import LegendEntry
from styrmatt.extract.marks.legend.same_look import filled_parts, look_alike
from styrmatt.extract.marks.legend.trend_marks import explained_in_colour, trend_of
from styrmatt.extract.marks.mark import Mark, as_gauge, lights_are_gauges
from styrmatt.extract.marks.picture.colour_difference import difference, lch
from styrmatt.extract.marks.status_phrases import match_phrases, stated_value
from styrmatt.printed import Location, Marker, MarkerReading
from styrmatt.sole_values import sole_values
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

ONE_COLOUR = 6.0
"""CIEDE2000 up to which marks that differ by how much is filled are of one colour."""
_TWO_COLOURS = 12.0
"""CIEDE2000 from which two filled marks are of two colours: pictures and soft edges move a colour
by less than 10. Pictures of both may look alike, as those of shapes in soft colours."""
_SEVERAL_HUES = 2
"""Hues from which the colours of arrows are a scale, and not just the colour of arrows."""
_FEWEST_TO_FOLLOW = 6
"""Coloured arrows from which it is no chance that each colour points one way: of six with two
colours and two directions one report in thirty has it."""


def colour_carries_status(marks: Iterable[Mark], *, explained: bool = False) -> bool:
    """Whether arrows may stand for statuses by their colours: at least two hues are among them.

    They do not where all arrows of a hue point one way, which no others do: then the colour says
    again what the direction says, that things are better, equal or worse. Unless it is
    ``explained``: a legend gives the colours statuses.
    """
    arrows = [mark for mark in marks if mark.apparent_direction is not None and mark.filled]
    hues = count_hues(mark.colour for mark in arrows)
    return hues >= _SEVERAL_HUES and (explained or not _colour_follows_direction(arrows, hues))


def _colour_follows_direction(arrows: Sequence[Mark], hues: int) -> bool:
    """Whether each of so many hues is that of arrows that point one way, and these have no other.

    Of few arrows it may be so by chance.
    """
    coloured = [mark for mark in arrows if mark.is_coloured]
    if len(coloured) < _FEWEST_TO_FOLLOW:
        return False
    colours_of: dict[str, set[str | None]] = {}
    for mark in coloured:
        colours_of.setdefault(mark.apparent_direction or "", set()).add(mark.colour)
    return len(colours_of) == hues and all(count_hues(one) == 1 for one in colours_of.values())


def _are_outlines(marks: Sequence[Mark]) -> bool:
    """Whether the coloured marks of a report are outlines alone, in the hues of a whole scale.

    Beside filled ones an outline in a colour may stand for no assessment.
    """
    coloured = [mark for mark in marks if mark.is_coloured]
    outlined = not any(mark.filled for mark in coloured)
    return outlined and count_hues(mark.colour for mark in coloured) >= STEPS


def shapes_tell(marks: Iterable[Mark]) -> bool:
    """Whether status marks tell by colour or by shape: some have a colour, or point nowhere."""
    drawn = (mark for mark in marks if mark.read_by not in ("text", "shading"))
    return any(mark.is_coloured or mark.apparent_direction is None for mark in drawn)


def is_in_colour(mark: Mark, colour: str) -> bool:
    """Whether a mark is in a colour; an outline may be lightened by its soft edge."""
    if mark.colour is None:
        return False
    if difference(mark.colour, colour) <= ONE_COLOUR:
        return True
    return not mark.filled and not lch(mark.colour).saturated and not lch(colour).saturated


def _is_another(one: Mark, other: Mark) -> bool:
    """Whether two marks are told apart, however alike both look.

    By colours of their own, or because one is filled and the other an outline: a pale fill is
    nearly as light as the paper in an outline.
    """
    if one.gauge:
        return False
    if one.filled != other.filled:
        return not (one.inscribed or other.inscribed)
    if not (one.filled and other.is_coloured) or one.colour is None or other.colour is None:
        return False
    return difference(one.colour, other.colour) > _TWO_COLOURS


@dataclass(frozen=True)
class Legend:
    """What the marks of one report mean."""

    vocabulary: Vocabulary
    palette: Palette
    outline: str | None = None
    """The status of a mark that is a black or grey outline, where the legend has one."""
    coloured_outlines: bool = False
    """Whether marks of the legend are outlines in colours, or all coloured marks are."""
    signs: Mapping[str, str] = field(default_factory=dict)
    """The status by symbol, as the legend has it."""
    shapes: Mapping[str, str] = field(default_factory=dict)
    """The status by symbol, discs and squares too, where no mark of the legend has a colour."""
    levels: Mapping[str, str] = field(default_factory=dict)
    """The status by how much of a mark is filled, where that tells marks of one colour apart."""
    level_colour: str | None = None
    """The colour of those marks."""
    looks: tuple[LegendEntry, ...] = ()
    """All marks to which the legend gives a status."""
    counts: Mapping[int, str] = field(default_factory=dict)
    """The status of gauges by how many of their parts are filled, as the report's text has it."""
    gauges_of_three: bool = False
    """Whether what looks like a light of three lamps is a gauge, as other marks are."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """The status by letters that stand in cells, as the report's text has it."""
    trends: tuple[LegendEntry, ...] = ()
    """All marks to which the legend gives a trend."""
    told_trends: Mapping[str, str] = field(default_factory=dict)
    """The trends that the report's text gives colours, by the status each usually stands for."""
    beside_arrows: tuple[LegendEntry, ...] = ()
    """The marks that point nowhere to which a legend of arrows gives a trend."""
    arrows: Mapping[str, str | None] = field(default_factory=dict)
    """The trend by direction, as the legend has it; None where it gives two."""
    slanting: Mapping[str, str] = field(default_factory=dict)
    """The trend by direction of slanting arrows, as the report's arrows show it."""

    @property
    def has_statuses(self) -> bool:
        """Whether it explains any mark as a status."""
        marks = self.palette.legend or self.signs or self.outline or self.levels or self.looks
        return bool(marks or self.counts)

    @property
    def arrows_are_trends(self) -> bool:
        """Whether it explains arrows as trends, and no mark as a status: their colour is none."""
        return bool(self.arrows) and not self.palette.legend

    def points(self, mark: Mark, *, shapes_tell: bool) -> bool:
        """Whether a mark of a status cell shows a trend as well, by where it points.

        A triangle does not where shapes or their colours tell the statuses (see ``shapes_tell``),
        unless the legend has an arrow that points so.
        """
        if mark.apparent_direction is None:
            return False
        if self._tells_by_level(mark) or self._looks(mark).value is not None:
            return mark.apparent_direction in self.arrows
        return not (mark.triangle and shapes_tell) or mark.apparent_direction in self.arrows

    def with_marks(self, marks: Iterable[Mark]) -> Legend:
        """The legend for a report whose status cells hold these marks.

        Some hues mean something only beside others: orange is the middle between green and red,
        but may be the worst beside blue.
        """
        marks = list(marks)
        drawn = [m for m in marks if not m.gauge and m.read_by != "text"]
        by_outlines = self.coloured_outlines or _are_outlines(drawn)
        told = (m.colour for m in drawn if m.filled or (by_outlines and m.is_coloured))
        colours = tuple(colour for colour in told if colour is not None)
        palette = replace(self.palette, mark_colours=colours)
        return replace(
            self,
            palette=palette,
            coloured_outlines=by_outlines,
            gauges_of_three=self.gauges_of_three or lights_are_gauges(marks),
        )

    def with_words(self, words: Mapping[str, str]) -> Legend:
        """The legend with the statuses that the report's text gives words and letters.

        Those of names of colours are the colours' own, where no legend is drawn.
        """
        named = set(self.vocabulary.legend.marks)
        usual_of = self.vocabulary.status_phrases
        told = sole_values(
            (usual, value)
            for word, value in words.items()
            if word.casefold() in named and (usual := usual_of.get(squeeze(word))) is not None
        )
        palette = self.palette if self.palette.legend else replace(self.palette, told=told)
        return replace(self, letters=words, palette=palette)

    def with_levels(self, levels: Mapping[str, str], marks: Iterable[Mark]) -> Legend:
        """The legend with the statuses that the report's text gives marks by their level.

        They hold where no legend is drawn, and marks of all these levels are of one colour.
        """
        if self.has_statuses or not levels:
            return self
        found = [mark for mark in marks if mark.level and mark.colour]
        filled = next((mark.colour for mark in found if mark.filled), None)
        if filled is None or not all(is_in_colour(mark, filled) for mark in found):
            return self
        return replace(self, levels=levels, level_colour=filled)

    def status(self, mark: Mark) -> Marker:
        """The mark as a status; without a value and with a doubt where it is not certain."""
        alt = self._alt(mark, self.vocabulary.statuses)
        text = self._text(mark, self.vocabulary.status_phrases)
        sign, colour = self._sign(mark), Reading(None)
        if sign is None or mark.is_coloured:
            colour = self._colour(mark)
        return _decided(mark, alt, text, {"sign": sign, "colour": colour.value}, colour.doubt)

    def trend(self, mark: Mark) -> Marker:
        """The mark as a trend; without a value and with a doubt where it is not certain."""
        alt = self._alt(mark, self.vocabulary.trends)
        text = self._text(mark, self.vocabulary.trend_phrases)
        arrow = self._arrow(mark)
        drawn = {"arrow": arrow.value, "colour": self.told_trend(mark)}
        return _decided(mark, alt, text, drawn, arrow.doubt)

    def told_trend(self, mark: Mark) -> str | None:
        """The trend that the report's text gives a mark's colour, where no legend is drawn."""
        if not self.told_trends or self.trends or mark.colour is None or not mark.is_coloured:
            return None
        return self.told_trends.get(self.palette.status(mark.colour).value or "")

    def _alt(self, mark: Mark, words: Mapping[str, tuple[str, ...]]) -> str | None:
        """The value that the mark's alternative text states."""
        return stated_value(mark.alt, words, self.vocabulary) if mark.alt else None

    def _text(self, mark: Mark, phrases: Mapping[str, str]) -> str | None:
        """The value that the words of the mark, or beside it, state."""
        found = match_phrases((mark.text or "").split(), phrases) or []
        values = {one.value for one in found}
        return values.pop() if len(values) == 1 else None

    def _sign(self, mark: Mark) -> str | None:
        """The status that the mark's symbol stands for, whatever its colour."""
        if found := self.shapes.get(mark.sign or mark.hint or ""):
            return found
        if mark.sign is None:
            return None
        listed = (
            name for name in STATUS_SIGNS if mark.sign in self.vocabulary.glyphs.get(name, "")
        )
        return self.signs.get(mark.sign) or next(listed, None)

    def _looks(self, mark: Mark) -> Reading:
        """The status of the legend's marks that look just as this one does."""
        values = {
            one.value
            for one in self.looks
            if not _is_another(one.mark, mark) and look_alike(one.mark, mark)
        }
        if len(values) == 1:
            return Reading(values.pop())
        return Reading(None, "It looks as none of the marks in the report's legend does.")

    def _colour(self, mark: Mark) -> Reading:
        """The status that the mark's colour stands for, or that of the mark it looks just like."""
        if mark.gauge or (mark.lamps and self.gauges_of_three):
            return self._gauge(as_gauge(mark))
        reading = self._colour_alone(mark)
        if reading.value is None or (not mark.filled and not mark.is_coloured):
            by_look = self._looks(mark)
            return by_look if by_look.value is not None else reading
        return reading

    def _gauge(self, mark: Mark) -> Reading:
        """The status of a gauge: by the legend's gauges, and by how many parts a text says."""
        count = filled_parts(mark.gauge)
        told = None if count is None else self.counts.get(count)
        by_look = self._looks(mark)
        if told is None or by_look.value in (told, None):
            return by_look if told is None else Reading(told)
        return Reading(None, f"A text has {told} for {count} parts, and the legend another status.")

    def _colour_alone(self, mark: Mark) -> Reading:
        if mark.colour is None:
            return Reading(None, "Its colour cannot be seen.")
        if mark.read_by == "text" and not mark.is_coloured:
            return Reading(None, "Its words are none that are known.")
        if self._tells_by_level(mark):
            by_level = self.levels.get(mark.level or "")
            doubt = "It is filled as none of the marks in the report's legend is."
            return Reading(by_level) if by_level else Reading(None, doubt)
        if not mark.filled:
            return self._unfilled(mark)
        if mark.other_colour:
            return Reading(None, f"It is of two colours: {mark.colour} and {mark.other_colour}.")
        if mark.doubt and mark.sign and mark.sign in self.vocabulary.glyphs.get("filled", ""):
            return Reading(None, mark.doubt)
        if (
            mark.apparent_direction is not None
            and not mark.is_coloured
            and not self._grey_arrow_is_status()
        ):
            return Reading(None, f"An arrow in {mark.colour} tells no status.")
        return self.palette.status(mark.colour)

    def _tells_by_level(self, mark: Mark) -> bool:
        """Whether it is one of the marks that the legend tells apart by how much is filled."""
        return (
            self.level_colour is not None
            and mark.level is not None
            and is_in_colour(mark, self.level_colour)
        )

    def _grey_arrow_is_status(self) -> bool:
        """Whether a grey arrow is one of several colours that stand for statuses."""
        return bool(self.palette.legend) or count_hues(self.palette.mark_colours) >= _SEVERAL_HUES

    def _unfilled(self, mark: Mark) -> Reading:
        """The status of a mark that is an outline only."""
        assert mark.colour is not None
        if mark.doubt and mark.sign:
            return Reading(None, mark.doubt)
        if lch(mark.colour).saturated:
            if self.coloured_outlines:
                return self.palette.status(mark.colour)
            return Reading(
                None, f"An outline in {mark.colour} may stand for its colour or for no assessment."
            )
        if mark.inscribed:
            return Reading(None, "It is an outline with lines in it, and no empty one.")
        if mark.apparent_direction is not None:
            return Reading(None, "An arrow's outline tells no status.")
        if self.outline is None and len(self.palette.legend) >= STEPS:
            return Reading(None, "An outline is none of the marks in the report's legend.")
        return Reading(self.outline or "not_assessed")

    def _still(self, mark: Mark) -> Reading:
        """The trend of a mark that points nowhere: that of the legend's mark which is its like."""
        values = {
            one.value
            for one in self.beside_arrows
            if one.mark.filled == mark.filled
            and (
                one.mark.sign == mark.sign
                if one.mark.sign and mark.sign
                else look_alike(one.mark, mark) is True
            )
        }
        return Reading(values.pop()) if len(values) == 1 else Reading(None, "It points nowhere.")

    def _arrow(self, mark: Mark) -> Reading:
        """The trend that the mark's direction stands for, if legend and usage do not disagree."""
        direction = mark.apparent_direction
        if mark.doubt:
            return Reading(None, mark.doubt)
        if direction is None:
            by_colour = trend_of(mark, self.trends) if explained_in_colour(self.trends) else None
            return self._still(mark) if by_colour is None else Reading(by_colour)
        usual = next((t for t, ways in self.vocabulary.ways.items() if direction in ways), None)
        usual = usual or self.slanting.get(direction)
        if direction not in self.arrows:
            if usual is None:
                return Reading(None, f"An arrow that points {direction} is not in the legend.")
            if usual in self.arrows.values():
                return Reading(
                    None,
                    f"The legend has another arrow for {usual} than one that points {direction}.",
                )
            return Reading(usual)
        by_legend = self.arrows[direction]
        way = direction.partition("_")[0]
        turned = {way, by_legend} == {"up", "down"}
        if by_legend is None or turned or usual not in (None, by_legend):
            return Reading(None, f"The legend contradicts an arrow that points {direction}.")
        return Reading(by_legend)


def _decided(
    mark: Mark,
    alt: str | None,
    text: str | None,
    drawn: Mapping[str, str | None],
    doubt: str | None,
) -> Marker:
    """The marker whose value alternative text, words and looks agree on, or with a doubt."""
    place = Location(mark.page, mark.page, mark.bbox)
    marker = Marker(None, mark.read_by, place, mark.colour)
    by_source = {"alternative text": alt, "words": text, **drawn}
    values = {value for value in by_source.values() if value is not None}
    if len(values) == 1:
        read_by: MarkerReading = mark.read_by
        if alt is not None:
            read_by = "alt_text"
        elif text is not None and not any(drawn.values()):
            read_by = "text"
        return replace(marker, value=values.pop(), read_by=read_by)
    if values:
        stated = ", ".join(f"{name}: {value}" for name, value in by_source.items() if value)
        doubt = f"It says different things ({stated})."
    evidence = None if mark.evidence is None else str(mark.evidence)
    return replace(marker, doubt=doubt or "It cannot be read.", evidence=evidence)
