"""Searches with the patterns of a layout, which may be anybody's, for a limited time.

A pattern such as ``(?:a+)+$`` takes time that doubles with each letter. Python's own ``re`` cannot
be told to stop; the library ``regex`` reads the same patterns and can.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from styrmatt.errors import LayoutFileError

_SECONDS: Final = 3.0
"""Seconds for one pattern on one page. An ordinary one takes thousandths; a run over a hundred
reports with a bad pattern still ends."""
_SHOWN: Final = 80
"""Characters of a pattern that a message shows: enough to find it in its file."""


def search_limited(pattern: re.Pattern[str], text: str, layout: str) -> dict[str, str] | None:
    """The groups of the first place where a pattern of a layout fits; None where there is none.

    Raises LayoutFileError where the search takes too long.
    """
    shown = f"The pattern {pattern.pattern[:_SHOWN]!r} of the layout {layout}"
    try:
        match = _compiled(pattern.pattern, pattern.flags).search(text, timeout=_SECONDS)
    except TimeoutError as error:
        raise LayoutFileError(
            f"{shown} was still searching a page after {_SECONDS:.0f} seconds.",
            hint="Do not repeat what is itself repeated, as in (a+)+.",
        ) from error
    return None if match is None else {k: v for k, v in match.groupdict().items() if v}


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: int) -> Any:
    import regex

    return regex.compile(pattern, flags)
