"""Which codes in brackets behind the names of goals are boards, and which belong to the name.

"(KS, BUN)" may be boards, "(SFI)" a course. A report tells them apart: by a list of its boards in
short, by a sentence about the brackets, or because most of its goals end in them. A few codes mean
the same board nearly everywhere, and codes in one bracket are of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from styrmatt.swedish.board_codes import BoardReader
from styrmatt.swedish.identity_words import alternatives
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import single_spaced

_CODE: Final = r"[^\W\d_]{2,6}"
"""A code in running text; its letters are capitals, which is seen to."""
_NAME_WORDS: Final = r"(?:[\w-]+,? ){0,5}"
"""Words of a board's name before its last one."""
_SENTENCE: Final = re.compile(r"[^.!?]+")
_MOST: Final = 0.5
"""Share of the report's goals that end in codes, from which on those of boards' form are boards."""
_FEWEST: Final = 2
"""Goals that end in codes at least, where nothing but that shows what they are."""


def known_boards(
    names: Iterable[str], texts: Iterable[str], boards: BoardReader, words: Vocabulary
) -> frozenset[str]:
    """The codes of boards behind names of goals; ``texts`` are what the report says elsewhere."""
    behind = {name: boards.split_name(name)[1] for name in names}
    codes = frozenset(code for found in behind.values() for code in found)
    if not codes:
        return frozenset()
    of_form = frozenset(filter(words.board_code.match, codes))
    kept = [single_spaced(text) for text in texts]
    if of_form and _brackets_are_boards(kept, words):
        return codes
    coded = sum(map(bool, behind.values()))
    are_most = coded >= _FEWEST and coded >= _MOST * len(behind)
    holding = [text for text in kept if any(code in text for code in codes)]
    sure = codes & (frozenset(words.board_words.known) | listed_boards(holding, words))
    sure |= of_form if are_most else frozenset()
    beside = (found for found in behind.values() if not sure.isdisjoint(found))
    return sure.union(*beside)


def listed_boards(texts: Sequence[str], words: Vocabulary) -> frozenset[str]:
    """The codes that a text has beside the names of boards: "BUN barnnämnden", "... (BUN)".

    A name begins with the first letter of its code.
    """
    endings = alternatives(words.board_words.endings)
    name = rf"(?P<name>{_NAME_WORDS}[\w-]*(?i:{endings})(?!\w))"
    before = re.compile(rf"\b(?P<code>{_CODE})\s*[:=–-]?\s+(?={name})")
    behind = re.compile(rf"\b(?={name}\s*\((?P<code>{_CODE})\))")
    return frozenset(
        found["code"]
        for text in texts
        for pattern in (before, behind)
        for found in pattern.finditer(text)
        if found["code"].isupper() and found["name"][:1].casefold() == found["code"][0].casefold()
    )


def _brackets_are_boards(texts: Iterable[str], words: Vocabulary) -> bool:
    """Whether a sentence says that boards stand in brackets."""
    said = [
        sentence.casefold()
        for text in texts
        if any(word in text.casefold() for word in words.values.brackets)
        for sentence in _SENTENCE.findall(text)
    ]
    return any(
        any(word in sentence for word in words.values.brackets)
        and any(ending in sentence for ending in words.board_words.endings)
        for sentence in said
    )
