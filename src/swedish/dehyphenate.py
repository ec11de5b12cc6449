"""Printed lines as running text: line-break hyphens, stray hyphens, odd characters.

What decides on a hyphen, in this order: the words before which it is suspended
("kultur- och fritidsliv"), the form that stands elsewhere in the report, capitals and digits
("EU-nivå"), the dictionary; what is left is joined. A hyphen inside a line is removed only where
the dictionary knows the word without it, and the report prints it so elsewhere or the hyphen
tears it into what is no word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from styrmatt.swedish.dictionary import has_dictionary, is_compound, is_word
from styrmatt.swedish.document_words import DocumentWords
from styrmatt.vocabulary import Hyphens
from styrmatt.whitespace import single_spaced

_PLAIN = re.compile(r"[\t\n\r -~\u00a0-\u00ac\u00ae-\u00ff\u2013-\u201d\u2022]*")
"""Characters that stand for themselves, each in its composed form: most texts hold no other."""
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_LINE_HYPHEN = re.compile(r"[\ufffe\x02][ \t]*\r?\n?")  # pdfium's sign for a hyphen at a line's end
_SOFT_BREAK = re.compile(r"\u00ad[ \t]*\r?\n[ \t]*|\u00ad")
_TRAILING = ".,;:!?)]}\"'”’"
_HYPHENATED = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+(?:-[^\W\d_]{2,}+)+")
"""Looked for at the beginnings of words alone, and no word's letters are given back."""
_DIGIT_DASH = re.compile(r"\d[–—]$")
_HARD_HYPHEN = "\u2011"


@dataclass(frozen=True)
class Repair:
    """A stray hyphen or a break inside a word that was removed: as printed and as mended."""

    raw: str
    mended: str


@dataclass(frozen=True)
class Clean:
    """Text on one line, or paragraphs separated by blank lines, and the repairs made in it."""

    text: str
    repairs: tuple[Repair, ...] = ()


class Cleaner:
    """Joins printed lines with the help of the report's own words."""

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
        """``last`` and ``line`` put together; what later lines cannot change comes first."""
        before, _, token = last.rpartition(" ")
        follower = line.split()[0]
        start = f"{before} " if before else ""
        if token.endswith("-") and any(char.isalnum() for char in token):
            return start, token[:-1] + self._hyphen(token[:-1], follower) + line
        if token.endswith("/") and len(token) > 1 and follower[0].isalpha():
            return start, token + (" " if self._words.is_open_slash(token) else "") + line
        if _DIGIT_DASH.search(token) and follower[0].isdigit():
            return start, token + line
        if self._cut_without_hyphen(token, follower):
            repairs.append(Repair(f"{token} {follower}", token + follower))
            return start, token + line
        return f"{last} ", line

    def _cut_without_hyphen(self, token: str, follower: str) -> bool:
        """Whether a line broke inside a word that was too long for its cell, with no hyphen."""
        right = follower.rstrip(_TRAILING)
        piece = re.split(r"[-/(]", token)[-1]
        if not (len(piece) > 2 and piece.isalpha() and right.isalpha() and right.islower()):
            return False
        whole = piece + right
        if is_word(piece):
            return False
        if not is_word(right) and is_compound(whole):
            return True
        if not (self._known(whole) or self._words.is_broken(whole)):
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
        joined, parted = self._elsewhere(left, piece, right, head)
        if joined and joined >= parted:
            return ""
        if parted and (parted > 1 or not is_word(piece + head)):
            return "-"
        if piece.isupper() and head.isupper() and len(head) > 1:
            return self._hyphen_in_capitals(piece, head)
        if right[0].isupper() or any(
            p.search(f) for p in self._real for f in (piece + "-", piece.lower() + "-")
        ):
            return "-"
        return ""

    def _hyphen_in_capitals(self, piece: str, head: str) -> str:
        acronym = self._words.casing(piece) == piece
        return "-" if acronym and not is_word(piece + head) else ""

    def _elsewhere(self, left: str, piece: str, right: str, head: str) -> tuple[int, int]:
        count = self._words.count
        joined = max(count(left + right), count(piece + right), count(piece + head))
        parted = max(count(f"{left}-{right}"), count(f"{piece}-{right}"), count(f"{piece}-{head}"))
        return joined, parted

    def _known(self, word: str) -> bool:
        return self._words.count(word) > 0 or is_word(word)

    def _mend(self, match: re.Match[str], repairs: list[Repair]) -> str:
        printed = match.group()
        if not all(p.islower() for p in printed.split("-")[1:]) and not printed.isupper():
            return printed
        for mended in _without_hyphens(printed):
            stands = self._stands(mended, printed) or self._torn(printed, mended)
            if stands and (is_word(mended) or not has_dictionary()):
                repairs.append(Repair(printed, mended))
                return mended
        return printed

    def _torn(self, printed: str, mended: str) -> bool:
        """Whether the hyphens tear the word: what stands before or behind one is no word at all."""
        if not has_dictionary() or "-" in mended or self._words.count(printed) > 1:
            return False
        pieces = printed.split("-")
        return any(not is_word(piece) and not is_word(f"{piece}a") for piece in pieces)

    def _stands(self, mended: str, printed: str) -> bool:
        """Whether the report has the word without the hyphen too, if only broken."""
        count = self._words.count(mended)
        return self._words.is_broken(mended) or count >= max(1, self._words.count(printed))


def _without_hyphens(word: str) -> list[str]:
    """The word without any hyphen, then without one of them at a time."""
    parts = word.split("-")
    fewer = [
        "-".join([*parts[:n], parts[n] + parts[n + 1], *parts[n + 2 :]])
        for n in range(len(parts) - 1)
    ]
    return ["".join(parts), *fewer]


def strip_invisible(raw: str) -> str:
    """NFC text without invisible characters, ligatures and typographic hyphens; lines stay."""
    if _PLAIN.fullmatch(raw):
        return raw
    text = _LINE_HYPHEN.sub("-\n", raw)
    text = _SOFT_BREAK.sub("", text)
    text = text.translate(_LIGATURES).translate(_INVISIBLE).replace("\u2010", "-")
    return unicodedata.normalize("NFC", text)
