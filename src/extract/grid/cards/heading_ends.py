"""Words at the end of a goal's heading that say how it went, and are no part of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from styrmatt.extract.marks.status_phrases import legend_value, tokens_of
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.vocabulary import Vocabulary

_DASHES = ("–", "—", "-", "|")
"""Words that part a name from what is said of it."""
_CLOSERS = (".", ";", ":")
"""Signs at the end of a word that do the same."""
_MOST_WORDS = 8
"""Words of the longest end that says a status."""


@dataclass(frozen=True)
class HeadingEnd:
    """The lines of a heading without their end, and the words there that say a status."""

    lines: tuple[PageLine, ...]
    """Lines of the name alone; one that the end fills has no words."""
    said: tuple[Word, ...]


@dataclass(frozen=True)
class HeadingEnds:
    """Cuts ends that say a status from headings: "A safe town – the goal is partly met"."""

    vocabulary: Vocabulary
    labelled: Callable[[Sequence[Word]], Sequence[Word]]
    """The words for a status that words are, behind a label or not; empty if they are none."""

    def cut(self, lines: Sequence[PageLine]) -> HeadingEnd | None:
        """The heading without its end; None where its last words say no status.

        The end begins behind a dash, a bracket, the end of a sentence, or where the type changes.
        A colour alone is none: names of goals end in colours.
        """
        words = [word for line in lines for word in line.words]
        for start in range(max(1, len(words) - _MOST_WORDS), len(words)):
            end = words[start:]
            dash = end[0].text in _DASHES
            if not dash and not _begins_end(words[start - 1], end[0]):
                continue
            said = self._said(end[1:] if dash else end)
            if said:
                kept = {id(word): word for word in words[:start]}
                last = words[start - 1]
                kept[id(last)] = last._replace(text=last.text.rstrip("".join(_CLOSERS)))
                rest = tuple(_only(line, kept) for line in lines)
                return HeadingEnd(rest, tuple(said))
        return None

    def _said(self, words: Sequence[Word]) -> Sequence[Word]:
        """The words of an end that say a status; empty where it says something else."""
        bare = [word._replace(text=word.text.strip("().;")) for word in words]
        text = " ".join(word.text for word in bare)
        if not text or all(token in self.vocabulary.legend.marks for token in tokens_of(text)):
            return ()
        if found := self.labelled(bare):
            return found
        stated = legend_value(text, self.vocabulary.statuses, self.vocabulary)
        return bare if stated is not None else ()


def _begins_end(before: Word, word: Word) -> bool:
    """Whether what is said of a goal may begin with a word."""
    if word.text.startswith("(") or before.text.endswith(_CLOSERS):
        return True
    return before.bold and not word.bold


def _only(line: PageLine, kept: Mapping[int, Word]) -> PageLine:
    """The words of a line that are kept, as they are kept."""
    if all(kept.get(id(word)) is word for word in line.words):
        return line
    return PageLine(tuple(kept[id(word)] for word in line.words if id(word) in kept))
