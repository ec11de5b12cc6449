"""The notation of cells: what is printed, which marks stand there, and what the truth is of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

STATUS = {
    "g": "met",
    "y": "partly_met",
    "r": "not_met",
    "w": "not_assessed",
    "x": "not_assessed",
}
TREND = {"u": "up", "f": "flat", "d": "down"}
_MARK = re.compile(r"([@^])([gyrwxufd]|[1-5])(?::([gyrwx]))?(?![\w])")
_TAG = re.compile(r"\{([=~^])([^}]*)\}")
_FIGURE = re.compile(r"(?<![\w,.])([-−–+±]?)\s?(\d{1,3}(?:[  ]\d{3})+|\d+)(?:,(\d+))?")


@dataclass(frozen=True)
class Sign:
    """A mark: `status` and `trend` are letters of the notation, either may be empty.

    `steps` are the parts of a gauge of five that are filled.
    """

    status: str = ""
    trend: str = ""
    steps: int = 0


@dataclass(frozen=True)
class Cell:
    """A cell: `text` is what the truth takes from it; `printed` has footnote marks as well.

    `said` overrules the figure in it: a number, or "none".
    """

    text: str = ""
    printed: str = ""
    raised: str = ""
    signs: tuple[Sign, ...] = ()
    said: str | None = None
    left: bool = field(default=False)
    above: bool = field(default=False)

    @property
    def empty(self) -> bool:
        return not (self.text or self.printed or self.signs)

    def figure(self) -> float | None:
        """The first figure of the cell."""
        if self.said is not None:
            return None if self.said == "none" else float(self.said)
        return figure(self.text)


def figure(text: str) -> float | None:
    """The first figure of a Swedish text: thousands in groups, comma, any minus sign."""
    found = _FIGURE.search(text)
    if not found:
        return None
    sign, whole, part = found.groups()
    value = float(re.sub(r"\s", "", whole) + "." + (part or "0"))
    return -value if sign in ("-", "−", "–") else value


def parse(raw: str) -> Cell:
    """A cell of the notation.

    `<` is merged with the left, `"` with the one above. `@g @y @r @w @x` are status marks, `^u ^f
    ^d` arrows, `^u:g` a coloured one, `@3` a gauge of five. `{=5}` says the figure of the cell (or
    its status), `{^1}` is raised and `{~text}` printed, neither in the truth; `//` is a line break,
    `¬` a hyphen where a line ends, `¦` ends a lead-in that the truth does not have.
    """
    text = raw.strip()
    if text == "<":
        return Cell(left=True)
    if text == '"':
        return Cell(above=True)
    said, raised, notes = None, "", ""
    for kind, content in _TAG.findall(text):
        if kind == "=":
            said = content
        elif kind == "^":
            raised = content
        else:
            notes += content
    text = _TAG.sub("", text)
    signs = tuple(
        Sign(steps=int(letter))
        if letter.isdecimal()
        else Sign(status=letter if kind == "@" else colour, trend=letter if kind == "^" else "")
        for kind, letter, colour in _MARK.findall(text)
    )
    text = _MARK.sub("", text).strip()
    lead, bar, name = text.rpartition("¦")
    printed = (lead + name if bar else text) + notes
    clean = re.sub(r"\s+", " ", (name if bar else text).replace("//", " ").replace("¬", ""))
    return Cell(clean.strip(), printed, raised, signs, said)
