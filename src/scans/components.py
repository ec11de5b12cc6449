"""Connected parts of a black and white picture, found by the runs of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

Array = Any
"""An array of NumPy, which is imported where a scan is read and nowhere else."""


@dataclass(frozen=True, slots=True)
class Components:
    """The connected parts of a mask; ``labels`` has the number of each pixel's part, else -1."""

    boxes: Array
    """One row for each part: x0, y0, x1, y1 in pixels, the last two exclusive."""
    sizes: Array
    """Pixels of each part."""
    labels: Array


def find_components(mask: Mask) -> Components:
    """The parts whose pixels touch at sides or corners."""
    import numpy as np

    height, width = mask.shape
    rows, starts, ends = runs_of(mask)
    parents = list(range(len(rows)))
    for upper, lower in _touching(rows, starts, ends, width):
        one, other = _root(parents, upper), _root(parents, lower)
        if one != other:
            parents[max(one, other)] = min(one, other)
    roots = np.array([_root(parents, n) for n in range(len(parents))], dtype=np.int64)
    _, parts = np.unique(roots, return_inverse=True)
    count = int(parts.max()) + 1 if len(parts) else 0
    boxes = np.empty((count, 4), dtype=np.int64)
    boxes[:, :2], boxes[:, 2:] = max(height, width), 0
    np.minimum.at(boxes[:, 0], parts, starts)
    np.minimum.at(boxes[:, 1], parts, rows)
    np.maximum.at(boxes[:, 2], parts, ends)
    np.maximum.at(boxes[:, 3], parts, rows + 1)
    lengths = ends - starts
    sizes = np.bincount(parts, weights=lengths, minlength=count).astype(np.int64)
    labels = np.full(height * width, -1, dtype=np.int32)
    labels[mask.ravel()] = np.repeat(parts, lengths)
    return Components(boxes, sizes, labels.reshape(height, width))


def runs_of(mask: Mask) -> tuple[Numbers, Numbers, Numbers]:
    """The row, first pixel and end of each run of set pixels, row by row."""
    import numpy as np

    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    return rows, starts, ends


def long_runs(mask: Mask, length: int) -> Mask:
    """The runs of a row's set pixels that are so long, as a mask."""
    import numpy as np

    rows, starts, ends = runs_of(mask)
    long = ends - starts >= length
    steps = np.zeros((mask.shape[0], mask.shape[1] + 1), dtype=np.int32)
    np.add.at(steps, (rows[long], starts[long]), 1)
    np.add.at(steps, (rows[long], ends[long]), -1)
    return np.cumsum(steps, axis=1)[:, :-1] > 0


def _touching(rows: Numbers, starts: Numbers, ends: Numbers, width: int) -> Array:
    """Pairs of runs of neighbouring rows that touch at a side or a corner."""
    import numpy as np

    stride = width + 2
    first_keys, end_keys = rows * stride + starts, rows * stride + ends
    below = (rows + 1) * stride
    first = np.searchsorted(end_keys, below + starts, side="left")
    last = np.searchsorted(first_keys, below + ends, side="right")
    counts = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(rows)), counts)
    offsets = np.arange(len(upper)) - np.repeat(np.cumsum(counts) - counts, counts)
    lower = np.repeat(first, counts) + offsets
    return zip(upper.tolist(), lower.tolist(), strict=True)


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number
