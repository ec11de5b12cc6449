"""Names in headings: on one line, without the words that lead them in, not in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable

from styrmatt.layout import Headings
from styrmatt.swedish.dehyphenate import Cleaner
from styrmatt.swedish.document_words import DocumentWords, sentence_case
from styrmatt.whitespace import squeeze


class HeadingReader:
    """Reads the names out of headings by a layout's lead-in words ("Strategiskt mål: ...")."""

    def __init__(self, cleaner: Cleaner, words: DocumentWords, headings: Headings) -> None:
        self._cleaner = cleaner
        self._words = words
        self._leads = {
            "goal": _leads(headings.goal),
            "success_factor": _leads(headings.success_factor),
            "perspective": _leads(headings.perspective),
        }

    def name(self, raw: str | None, kind: str) -> str | None:
        """The name in a heading of that kind, not in capitals; None for no heading."""
        return sentence_case(self.without_lead(raw, kind), self._words) or None

    def without_lead(self, raw: str | None, kind: str) -> str:
        """The name in a heading of that kind as printed, on one line."""
        text = self._cleaner.clean(raw).text if raw else ""
        for lead in self._leads.get(kind, ()):
            if match := lead.match(text):
                return text[match.end() :]
        return text

    def kind(self, raw: str) -> str | None:
        """The kind that a heading's lead-in says: goal, success_factor, or None."""
        text = self._cleaner.clean(raw).text
        kinds = ("goal", "success_factor")
        return next(
            (kind for kind in kinds if any(lead.match(text) for lead in self._leads[kind])), None
        )


def _leads(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns for what stands before ``{name}``, however it is spaced or hyphenated."""
    leads = [pattern.partition("{name}")[0] for pattern in patterns]
    return tuple(re.compile(_spelled(lead), re.IGNORECASE) for lead in leads if squeeze(lead))


def _spelled(lead: str) -> str:
    """A lead-in as a pattern. A number may precede it; a colon in it has to be printed."""
    letters = r"[\W_]*".join(map(re.escape, squeeze(lead)))
    number = r"(?:\d+(?:\.\d+)*\.?\s+)?"
    return rf"\W*{number}{letters}" + (
        r"(?:\s*\d+[a-z]?)?\s*:\s*(?=\S)" if ":" in lead else r"\s+(?=\S)"
    )
