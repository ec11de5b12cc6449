"""Printed lines as running text: joins lines, removes odd characters and hyphens that break words.

Whether a hyphen at the end of a line stays is decided in this order: by the word behind it, before
which hyphens are suspended ("kultur- och fritidsliv"); by the form that the report prints
elsewhere, ahead of it or behind it; by other forms of the word there ("Adobe-licensen"); by
capitals and digits ("EU-nivå"); by other words that the report makes of the same first part
("it-avtal"); by the dictionary. Else the hyphen goes.

A hyphen inside a line is removed only where the dictionary knows the word without it, and either
the report prints the word without it elsewhere or a part on one side of it is no word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from styrmatt.swedish.dictionary import has_dictionary, is_common, is_compound, is_word
from styrmatt.swedish.document_words import DocumentWords
from styrmatt.vocabulary import Hyphens
from styrmatt.whitespace import single_spaced

_PLAIN = re.compile(r"[\t\n\r -~\u00a0-\u00ac\u00ae-\u00ff\u2013-\u201d\u2022]*")
"""A text of characters that need no replacing, each composed: most texts are such."""
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_LINE_HYPHEN = re.compile(r"[\ufffe\x02][ \t]*\r?\n?")
"""PDFium's sign for a hyphen at the end of a line."""
_SOFT_BREAK = re.compile(r"\u00ad[ \t]*\r?\n[ \t]*|\u00ad")
_TRAILING = ".,;:!?)]}\"'”’"
_HYPHENATED = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+(?:-[^\W\d_]{2,}+)+")
"""A word with hyphens in it. Possessive repeats keep the search linear in long words."""
_DIGIT_DASH = re.compile(r"\d[–—]$")
_OPEN_MINUS = re.compile(r"[(\[<>≥≤=±]\s?[-–−]$")
"""A minus behind a sign or bracket at a line's end: its figure stands in the next line."""
_HARD_HYPHEN = "\u2011"
_CUT_FROM = 3
"""Letters that the first half of a word cut without a hyphen has: with fewer, "i" and "av" before a
line's end would be joined to the next word."""
_VERB_ENDING = "a"
"""Makes a verb of many a stem: what is a word with it is no torn piece."""


@dataclass(frozen=True)
class Repair:
    """A hyphen or break inside a word that was removed: the word as printed and as mended."""

    raw: str
    mended: str


@dataclass(frozen=True)
class Clean:
    """Clean text, and the repairs made in it.

    The text is on one line, or has an empty line between paragraphs.
    """

    text: str
    repairs: tuple[Repair, ...] = ()


class Cleaner:
    """Cleans the texts of one report, with the help of the words that it prints elsewhere."""

    def __init__(self, words: DocumentWords, hyphens: Hyphens) -> None:
        self._words = words
        self._suspend = frozenset(word.casefold() for word in hyphens.suspend_before)
        self._real = hyphens.real
        self._cleaned: dict[str, Clean] = {}

    def clean(self, raw: str) -> Clean:
        """The lines of a cell, heading or paragraph as one line."""
        if raw not in self._cleaned:  # headings and cells come again, paragraphs do not
            self._cleaned[raw] = self._clean(raw)
        return self._cleaned[raw]

    def _clean(self, raw: str) -> Clean:
        lines = [line for line in map(str.strip, strip_invisible(raw).splitlines()) if line]
        parts = lines[:1]
        repairs: list[Repair] = []
        for line in lines[1:]:
            parts[-1:] = self._append(parts[-1], line, repairs)
        text = "".join(parts)
        if "-" in text:
            text = _HYPHENATED.sub(lambda match: self._mend(match, repairs), text)
        return Clean(single_spaced(text.replace(_HARD_HYPHEN, "-")), tuple(repairs))

    def paragraphs(self, lines: Iterable[str]) -> Clean:
        """Lines with empty ones between paragraphs, as paragraphs separated by a blank line."""
        blocks: list[list[str]] = [[]]
        for line in lines:
            if line.strip():
                blocks[-1].append(line)
            elif blocks[-1]:
                blocks.append([])
        cleaned = [self._clean("\n".join(block)) for block in blocks if block]
        repairs = tuple(repair for part in cleaned for repair in part.repairs)
        return Clean("\n\n".join(part.text for part in cleaned), repairs)

    def _append(self, last: str, line: str, repairs: list[Repair]) -> tuple[str, ...]:
        """The last part and the next line joined; the piece that later lines may change is last."""
        before, _, token = last.rpartition(" ")
        follower = line.split()[0]
        start = f"{before} " if before else ""
        if token.endswith("-") and any(char.isalnum() for char in token):
            return start, token[:-1] + self._hyphen(token[:-1], follower) + line
        if token.endswith("/") and len(token) > 1 and follower[0].isalpha():
            return start, token + (" " if self._words.is_open_slash(token) else "") + line
        if _DIGIT_DASH.search(token) and follower[0].isdecimal():
            return start, token + line
        if follower[0].isdecimal() and _OPEN_MINUS.search(last):
            return last, line
        if self._cut_without_hyphen(token, follower):
            repairs.append(Repair(f"{token} {follower}", token + follower))
            return start, token + line
        return f"{last} ", line

    def _cut_without_hyphen(self, token: str, follower: str) -> bool:
        """Whether a line breaks, without a hyphen, inside a word too long for its cell."""
        right = follower.rstrip(_TRAILING)
        piece = re.split(r"[-/(]", token)[-1]
        if not (
            len(piece) >= _CUT_FROM and piece.isalpha() and right.isalpha() and right.islower()
        ):
            return False
        joined_word = piece + right
        is_own_word = self._words.count(piece) > 1  # quicker to tell than by the dictionary
        if (is_own_word and is_word(right)) or is_word(piece):
            return False
        if not is_word(right) and is_compound(joined_word):
            return True
        if not (self._known(joined_word) or self._words.is_broken(joined_word)):
            return False
        return not is_word(right) or self._words.count(piece) <= 1

    def _hyphen(self, left: str, follower: str) -> str:
        """What stands between ``left`` and the next line's first word: nothing, "-" or "- "."""
        right = follower.rstrip(_TRAILING)
        piece = re.split(r"[-/(]", left)[-1]
        if right.casefold() in self._suspend:
            return "" if self._known(piece + right) else "- "
        if not right or not right[0].isalpha():
            return "- " if follower[0] in '(”"' else "-"
        head = re.split(r"[-/]", right)[0]
        joined, hyphenated = self._elsewhere(left, piece, right, head)
        if joined and joined >= hyphenated:
            return ""
        if hyphenated and (hyphenated > 1 or not is_common(piece + head)):
            return "-"
        joined, hyphenated = self._words.forms(piece, head), self._words.forms(f"{piece}-", head)
        if joined != hyphenated and not is_common(piece + head):
            return "-" if hyphenated > joined else ""
        if piece.isupper() and head.isupper() and len(head) > 1:
            return self._hyphen_in_capitals(piece, head)
        if right[0].isupper() or any(
            p.search(f) for p in self._real for f in (piece + "-", piece.lower() + "-")
        ):
            return "-"
        is_prefix = self._words.hyphenates(piece)
        return "-" if is_prefix and not is_common(piece + head) else ""

    def _hyphen_in_capitals(self, piece: str, head: str) -> str:
        acronym = self._words.casing(piece) == piece
        return "-" if acronym and not is_word(piece + head) else ""

    def _elsewhere(self, left: str, piece: str, right: str, head: str) -> tuple[int, int]:
        count = self._words.count
        joined = max(count(left + right), count(piece + right), count(piece + head))
        hyphenated = max(
            count(f"{left}-{right}"), count(f"{piece}-{right}"), count(f"{piece}-{head}")
        )
        return joined, hyphenated

    def _known(self, word: str) -> bool:
        return self._words.count(word) > 0 or is_word(word)

    def _mend(self, match: re.Match[str], repairs: list[Repair]) -> str:
        printed = match.group()
        if not all(p.islower() for p in printed.split("-")[1:]) and not printed.isupper():
            return printed
        for mended in _without_hyphens(printed):
            is_stray = self._is_printed(mended, printed) or self._is_torn(printed, mended)
            if is_stray and (is_word(mended) or not has_dictionary()):
                repairs.append(Repair(printed, mended))
                return mended
        return printed

    def _is_torn(self, printed: str, mended: str) -> bool:
        """Whether what stands on one side of a hyphen is no word."""
        if not has_dictionary() or "-" in mended or self._words.count(printed) > 1:
            return False
        pieces = printed.split("-")
        return any(not is_word(piece) and not is_word(piece + _VERB_ENDING) for piece in pieces)

    def _is_printed(self, mended: str, printed: str) -> bool:
        """Whether the report prints the word without the hyphen, or with a line break in it."""
        count = self._words.count(mended)
        if count >= max(1, self._words.count(printed)):
            return True
        # A break tells nothing of a word that only the dictionary's names make up.
        is_usual = is_common(mended) or not has_dictionary()
        return is_usual and self._words.is_broken(mended)


def _without_hyphens(word: str) -> list[str]:
    """The word without any hyphen, then without one of them at a time."""
    parts = word.split("-")
    fewer = [
        "-".join([*parts[:n], parts[n] + parts[n + 1], *parts[n + 2 :]])
        for n in range(len(parts) - 1)
    ]
    return ["".join(parts), *fewer]


def strip_invisible(raw: str) -> str:
    """The text in NFC without invisible characters and soft hyphens; its lines stay.

    Ligatures become letters, and typographic hyphens plain ones.
    """
    if _PLAIN.fullmatch(raw):
        return raw
    text = _LINE_HYPHEN.sub("-\n", raw)
    text = _SOFT_BREAK.sub("", text)
    text = text.translate(_LIGATURES).translate(_INVISIBLE).replace("\u2010", "-")
    return unicodedata.normalize("NFC", text)
