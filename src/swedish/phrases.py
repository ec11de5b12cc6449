"""Whether a name is whole: halves begin or end within a phrase."""

from __future__ import annotations

from styrmatt.vocabulary import NameWords

_OPENING = "([”“\"'’«»"
"""What may stand before the first letter of a name."""
_HYPHENS = ("-", "\u2010", "\u00ad")
_SENTENCE_ENDS = (".", "!", "?", ":")


_LISTING_ENDS = (",", "/", "&")
"""Ends of a line behind which a name goes on, besides words and hyphens."""


def goes_on(above: str, below: str, words: NameWords) -> bool:
    """Whether a name whose line a page or column ends goes on in the first line of the next one.

    Its line ends, or the next one begins, within a phrase. Nothing else tells: both may be names.
    """
    end, start = above.rstrip(), below.lstrip()
    if end.endswith(_LISTING_ENDS) or ends_within_phrase(end, words):
        return True
    first = start.split()[0] if start else ""
    in_capitals = first.isupper() and first.casefold() in words.open_starts
    return start[:1].islower() or in_capitals


def begins_within_phrase(name: str) -> bool:
    """Whether a name begins with a small letter, as no name does.

    Words that keep their small letter everywhere ("e-tjänster", "pH", "eHälsa") and quotations tell
    nothing.
    """
    first = name.partition(" ")[0]
    if not first[:1].islower() or first.lstrip(_OPENING) != first:
        return False
    coined = first[1:2] in _HYPHENS or any(map(str.isupper, first))
    return not coined


def begins_with_capital(name: str) -> bool:
    """Whether the first letter of a name is a capital, quotation marks aside."""
    return name.lstrip(_OPENING)[:1].isupper()


def ends_sentence(name: str) -> bool:
    """Whether a name ends as sentences do, so that nothing goes on it."""
    return name.endswith(_SENTENCE_ENDS)


def ends_within_phrase(name: str, words: NameWords) -> bool:
    """Whether a name ends in a word or a hyphen in which no name ends."""
    if name.endswith(_HYPHENS):
        return True
    parts = name.casefold().split()
    if len(parts) < 2:
        return False
    if parts[-1] in words.open_ends:
        return True
    return parts[-1] in words.stranded and not any(word in words.relatives for word in parts)
