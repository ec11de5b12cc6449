"""Sentences as spaCy documents whose tokens carry what rules ask for: figures, years, sexes.

A figure with its unit is one token ("68,2 procent"), as a number is one word to a reader. What a
token is stands in attributes of spaCy's own, which its Matcher compares fast: ``ENT_TYPE`` (FIGURE,
YEAR, BEFORE, WOMEN, MEN, HEDGE, MONTH), ``ENT_ID`` (the unit) and ``LEMMA``. The extension
attributes ``value``, ``unit``, ``sex``, ``year`` and ``period`` hold the same for programs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from styrmatt.swedish.lemmas import token_lemma
from styrmatt.swedish.numbers import parse_number, parse_number_word
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.pieces import (
    BEFORE,
    FIGURE,
    HEDGE,
    MEN,
    MONTH,
    PIECES,
    WOMEN,
    YEAR,
    Piece,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

_SEX_OF: Final = {WOMEN: "K", MEN: "M"}
_PIECE: Final = re.compile(r"\w+(?:[-’']\w+)*|[^\w\s]|\s+")
"""What is between figures: words with hyphens in them, signs, and white space."""


def make_vocab() -> Vocab:
    """A vocabulary that computes those attributes of a word which rules ask for, and no others."""
    from spacy.attrs import IS_ALPHA, IS_PUNCT, LOWER, NORM
    from spacy.lang.lex_attrs import is_punct
    from spacy.vocab import Vocab

    return Vocab(
        lex_attr_getters={
            LOWER: str.lower,
            NORM: str.lower,
            IS_PUNCT: is_punct,
            IS_ALPHA: str.isalpha,
        }
    )


def register_attributes() -> None:
    """Make the extension attributes of tokens known to spaCy."""
    from spacy.tokens import Token

    getters = {
        "value": lambda token: _piece_of(token).value,
        "unit": lambda token: _piece_of(token).unit or None,
        "sex": lambda token: _SEX_OF.get(token.ent_type_),
        "year": lambda token: (
            int(_piece_of(token).value or 0) or None if token.ent_type_ == YEAR else None
        ),
        "period": lambda token: token.lower_ if token.ent_type_ == MONTH else None,
    }
    for name, getter in getters.items():
        Token.set_extension(name, getter=getter, force=True)


def _piece_of(token: Token) -> Piece:
    pieces: Mapping[int, Piece] = token.doc.user_data.get(PIECES, {})
    return pieces.get(token.idx) or Piece(token.idx, token.idx + len(token), "")


@dataclass(frozen=True)
class TokenWords:
    """What single words are, by the word in small letters."""

    kinds: Mapping[str, str]

    @classmethod
    def of(cls, patterns: Patterns) -> TokenWords:
        """The words of a narrative vocabulary."""
        words = patterns.words
        kinds = {
            **{word: HEDGE for word in words.quantities.hedges if " " not in word},
            **dict.fromkeys(words.sexes.K, WOMEN),
            **dict.fromkeys(words.sexes.M, MEN),
            **dict.fromkeys(words.periods.months, MONTH),
        }
        return cls(kinds)


class CutSentence(NamedTuple):
    """A sentence cut into what will be its tokens; a document of spaCy costs much more to make."""

    words: list[str]
    spaces: list[bool]
    """For each word whether a space follows that is no token of its own."""
    pieces: dict[int, Piece]
    """Figures, years and words of a kind, by where they begin in the text."""


class ReportTokenizer:
    """Makes a document of a sentence; figures with their unit, and years, are one token."""

    def __init__(self, vocab: Vocab, patterns: Patterns) -> None:
        from spacy.tokens import Doc

        self._make = Doc
        self.vocab = vocab
        self._patterns = patterns
        self._kinds = TokenWords.of(patterns).kinds
        self._before = patterns.literal(*patterns.words.years.before)
        phrases = [word for word in patterns.words.quantities.hedges if " " in word]
        self._hedges = patterns.literal(*phrases)

    def __call__(self, text: str) -> Doc:
        """The document of one sentence. Its text is ``text``."""
        return self.document(self.cut(text))

    def document(self, cut: CutSentence) -> Doc:
        """The document of a sentence that has been cut."""
        starts: list[bool | int | None] = [n == 0 for n in range(len(cut.words))]
        doc = self._make(self.vocab, words=cut.words, spaces=cut.spaces, sent_starts=starts)
        doc.user_data[PIECES] = cut.pieces
        return doc

    def cut(self, text: str) -> CutSentence:
        """The words of a sentence, and what they are."""
        whole = self._whole_pieces(text)
        pieces = {piece.start: piece for piece in whole}
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for piece in (*whole, None):
            stop = len(text) if piece is None else piece.start
            for match in _PIECE.finditer(text, at, stop):
                word = match[0]
                if word == " " and words and not spaces[-1]:
                    spaces[-1] = True
                    continue
                words.append(word)
                spaces.append(False)
                kind = self._kinds.get(word.lower())
                if kind is not None:
                    pieces[match.start()] = Piece(match.start(), match.end(), kind)
            if piece is not None:
                words.append(text[piece.start : piece.end])
                spaces.append(False)
                at = piece.end
        return CutSentence(words, spaces, pieces)

    def _whole_pieces(self, text: str) -> list[Piece]:
        """Figures, years and words for the year before, in order; none overlaps another."""
        found = [
            *(self._figure(m) for m in self._patterns.figure_matches(text)),
            *(
                Piece(m.start(), m.end(), YEAR, value=float(m[0][:4]))
                for m in self._patterns.years.finditer(text)
            ),
            *(Piece(m.start(), m.end(), BEFORE) for m in self._before.finditer(text)),
            *(Piece(m.start(), m.end(), HEDGE) for m in self._hedges.finditer(text)),
        ]
        pieces: list[Piece] = []
        for piece in sorted(found):
            if not pieces or piece.start >= pieces[-1].end:
                pieces.append(piece)
        return pieces

    def _figure(self, match: re.Match[str]) -> Piece:
        unit = match.lastgroup or "figure"
        unit = "count" if unit in ("figure", "sign") else unit
        text = match["figure"]
        if text[0].isdecimal():
            value = parse_number(text.replace("\u202f", " "))
        else:
            number = parse_number_word(text, self._patterns.numbers)
            value = None if number is None else float(number)
        return Piece(match.start(), match.end(), FIGURE, unit, value)


class AttributeSetter:
    """A pipeline component that says of each token what it is. It runs last: ours hold."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.sets_lemmas = False

    def __call__(self, doc: Doc) -> Doc:
        """The document with ``ENT_TYPE`` and ``ENT_ID`` set, and ``LEMMA`` if it is asked for."""
        pieces: dict[int, Piece] = doc.user_data.get(PIECES, {})
        for token in doc:
            piece = pieces.get(token.idx)
            if piece is not None:
                token.ent_type_ = piece.kind
                if piece.unit:
                    token.ent_id_ = piece.unit
        if self.sets_lemmas:
            set_lemmas(doc, self._language)
        return doc


def set_lemmas(doc: Doc, language: str) -> None:
    """Set ``LEMMA`` of each token, for which words are looked up in a dictionary."""
    for token in doc:
        token.lemma_ = token_lemma(token.lower_, language)
