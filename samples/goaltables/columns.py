"""Columns of text on a sheet: how wide each is, which one is being set, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Columns:
    """Columns that are being set: left end and width of each, the one at work, where they end.

    `height` is how high they are at most, so that both are filled; 0 fills the page. `top` is where
    they begin on this page, `low` how far down any of them reaches, both from the bottom.
    """

    places: tuple[tuple[float, float], ...]
    height: float
    top: float
    low: float
    at: int = 0

    @classmethod
    def begun(cls, told: str, left: float, width: float, top: float) -> Columns:
        """The columns that a flow asks for: `2`, `2:1`, `3 gap 16`, `2 height 250`."""
        shares_told, *options = told.split()
        named = dict(zip(options[::2], map(float, options[1::2]), strict=True))
        shares = [float(one) for one in shares_told.split(":")]
        if len(shares) == 1:
            shares = [1.0] * int(shares[0])
        gap = named.get("gap", 18.0)
        room = width - gap * (len(shares) - 1)
        places, x = [], left
        for share in shares:
            wide = room * share / sum(shares)
            places.append((x, wide))
            x += wide + gap
        return cls(tuple(places), named.get("height", 0.0), top, top)

    @property
    def is_last(self) -> bool:
        """Whether the last column is at work."""
        return self.at + 1 == len(self.places)
