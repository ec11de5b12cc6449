"""The points of the overview's cutter: evidence for goals, factors and where an overview ends.

What a point is and how the points were set says :mod:`styrmatt.extract.text.cut.weights`; those of
the breaks between lines are the same here. An overview is easier to cut than a table of measures:
most of its names stand in headings as well, so likeness to those decides and the rest only helps.
"""

from __future__ import annotations

STATUS_WORD = 3.0
"""A status word between a goal and its factors, as in a table's cell of marks."""
SMALL_LETTER = -5.0
"""Goals and factors begin with capitals; no bracket or break makes up for it, a known name does."""
BRACKET_AT_END = 2.0
"""Boards in brackets end a cell, in an overview that has such brackets."""
NO_BRACKET_AT_END = -1.5
"""There, most cells end so; not all do, hence less."""
BRACKET_INSIDE = -4.0
"""There, each bracket in the middle of a cell: two cells were taken for one, which then lost the
2 points of an end."""
KNOWN_NAME = 8.0
"""A name that headings have letter by letter; in proportion from ``LIKE_NAME`` on."""
UNKNOWN_NAME = -2.0
"""A name that no heading has; overviews list factors that the narrative leaves out."""
NAME_OF_OTHER_KIND = -3.0
"""A factor taken for a goal, or the other way round, where a heading names it as the other."""
EACH_GOAL = -0.5
"""Goals are fewer than factors: what may be either is a factor."""
EACH_FULL_LINE = -6.0
"""For each line as wide as the text in a cell that no heading names: narrative."""
END_AT_EMPTY_LINE = 0.8
"""An empty line before the end, where empty lines separate; as for tables of measures."""
FULL_LINE_AFTER = (3.0, 2.0, 1.0, 0.0, -1.0)
"""The first full line of narrative is the first, second ... fifth line behind the end."""
HEADING_AFTER = 3.0
"""And a goal's name stands right behind the end: the heading of the first goal's narrative."""
NO_FULL_LINE_AFTER = -3.0
"""No full line within reach: nothing shows that narrative begins."""
