"""Says of marks that stand for statuses below no header, where nothing explains their colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from styrmatt.extract.marks.legend.meanings import Legend
from styrmatt.extract.marks.mark import Mark
from styrmatt.geometry import union
from styrmatt.printed import ExtractionWarning, Location


def unheaded_warnings(
    tables: Iterable[Sequence[Mark]], legend: Legend, words: Mapping[str, str]
) -> Iterator[ExtractionWarning]:
    """A warning for each table whose marks nothing explains: no header, legend, text or word.

    ``tables`` are the marks of each table in a column without a header, ``words`` what the report's
    text explains. Their colours are read as colours are usually meant, and only a person can tell
    whether this report means them so.
    """
    if legend.has_statuses or words:
        return
    for marks in tables:
        drawn = [mark for mark in marks if mark.is_coloured and not (mark.alt or mark.text)]
        if drawn:
            page = drawn[0].page
            yield ExtractionWarning(
                "unknown_marker",
                "No header and no legend says what the marks of this table mean; their colours were"
                " read as they are usually meant.",
                "",
                Location(page, page, union(mark.bbox for mark in drawn)),
            )
