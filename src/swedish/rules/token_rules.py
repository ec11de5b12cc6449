"""Reads the rule files of a language: token patterns with a label and sentences that prove them.

``layouts/rules/README.md`` says how a rule is written. Nothing of spaCy is needed to read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

from styrmatt.errors import LayoutFileError
from styrmatt.toml_records import parse_toml, read_text, suggestion

TokenPattern = tuple[Mapping[str, Any], ...]
"""What spaCy's Matcher takes: for each token its attributes."""

_KEYS: Final = ("tokens", "words", "shortest", "like", "unlike")
_TEXTS: Final = ("LOWER", "TEXT", "LEMMA", "ENT_TYPE", "ENT_ID", "TAG", "POS", "DEP", "MORPH")
_FLAGS: Final = ("IS_SENT_START", "IS_PUNCT", "IS_ALPHA")
_ATTRIBUTES: Final = (*_TEXTS, *_FLAGS, "OP")
_OPERATOR: Final = re.compile(r"[!?+*]|\{\d+(?:,\d*)?\}|\{,\d+\}")
_SETS: Final = ("IN", "NOT_IN")
_HEAD: Final = re.compile(r"^\s*\[\[\s*([\w.-]+)\s*\]\]", re.MULTILINE)


@dataclass(frozen=True)
class TokenRule:
    """A rule: which spans it finds, and the sentences that prove it."""

    kind: str
    """The kind of span, which is the name of the rule's file."""
    label: str
    patterns: tuple[TokenPattern, ...]
    like: tuple[str, ...]
    unlike: tuple[str, ...]
    file: str
    line: int
    """The line of the file where the rule begins."""
    shortest: bool = False
    """Whether of matches that begin at one token the shortest is taken, not the longest."""

    @property
    def name(self) -> str:
        """The rule's name among all: its kind, label and line."""
        return f"{self.kind}.{self.label}.{self.line}"


@lru_cache
def load_rules(language: str) -> tuple[TokenRule, ...]:
    """The rules that are shipped for a language, in the order of the files' names.

    Empty where there are none. Raises LayoutFileError.
    """
    folder = resources.files("styrmatt") / "layouts" / "rules" / language
    if not folder.is_dir():
        return ()
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=_name)
    return tuple(rule for file in files for rule in read_rules(read_text(file), file.name))


def _name(file: Traversable) -> str:
    return file.name


def read_rules(text: str, file: str) -> Iterator[TokenRule]:
    """The rules of a file's text.

    Raises LayoutFileError with the file, the line where the rule begins, and what is wrong in it.
    """
    tables = parse_toml(text, file)
    lines = [(m[1], text.count("\n", 0, m.start(1)) + 1) for m in _HEAD.finditer(text)]
    for label, entries in tables.items():
        starts = [line for name, line in lines if name == label]
        if not isinstance(entries, list) or len(starts) != len(entries):
            raise LayoutFileError(f"{file}: {label!r} must be the head of a rule: [[{label}]].")
        for entry, line in zip(entries, starts, strict=True):
            yield _rule(entry, label, file, line)


def _rule(entry: Mapping[str, Any], label: str, file: str, line: int) -> TokenRule:
    where = f"{file}, line {line}: the rule [[{label}]]"
    for key in entry:
        if key not in _KEYS:
            raise LayoutFileError(f"{where} has an unknown key {key!r}; {suggestion(key, _KEYS)}")
    for key in ("like", "unlike"):
        if not _are_texts(entry.get(key)):
            raise LayoutFileError(f"{where} needs sentences {key!r}: a list of texts.")
    patterns = [*_of_words(entry.get("words", []), where), *_of_tokens(entry, where)]
    if not patterns:
        raise LayoutFileError(f"{where} needs 'tokens' or 'words'.")
    shortest = entry.get("shortest", False)
    if not isinstance(shortest, bool):
        raise LayoutFileError(f"{where}: 'shortest' must be true or false.")
    like, unlike = tuple(entry["like"]), tuple(entry["unlike"])
    kind = file.removesuffix(".toml")
    return TokenRule(kind, label, tuple(patterns), like, unlike, file, line, shortest)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) for v in value)


def _of_words(phrases: object, where: str) -> Iterator[TokenPattern]:
    if not isinstance(phrases, list) or not all(isinstance(p, str) and p for p in phrases):
        raise LayoutFileError(f"{where}: 'words' must be a list of phrases.")
    for phrase in phrases:
        yield tuple({"LOWER": word} for word in phrase.lower().split())


def _of_tokens(entry: Mapping[str, Any], where: str) -> Iterator[TokenPattern]:
    patterns = entry.get("tokens", [])
    if not isinstance(patterns, list) or not all(isinstance(p, list) and p for p in patterns):
        raise LayoutFileError(f"{where}: 'tokens' must be a list of lists of tokens.")
    for number, pattern in enumerate(patterns, 1):
        for token in pattern:
            _check_token(token, f"{where}: pattern {number}")
        yield tuple(pattern)


def _check_token(token: object, where: str) -> None:
    if not isinstance(token, Mapping):
        raise LayoutFileError(f'{where}: a token must be a table such as {{ LOWER = "i" }}.')
    for attribute, value in token.items():
        if attribute not in _ATTRIBUTES:
            known = suggestion(attribute, _ATTRIBUTES)
            raise LayoutFileError(f"{where}: unknown attribute {attribute!r}; {known}")
        if attribute == "OP":
            if not (isinstance(value, str) and _OPERATOR.fullmatch(value)):
                raise LayoutFileError(f"{where}: OP is {value!r}, not one of ! ? + * {{n,m}}.")
        elif attribute in _FLAGS:
            if not isinstance(value, bool):
                raise LayoutFileError(f"{where}: {attribute} must be true or false.")
        else:
            _check_text(attribute, value, where)


def _check_text(attribute: str, value: object, where: str) -> None:
    texts: Sequence[object] = [value]
    if isinstance(value, Mapping):
        ((kind, inner),) = value.items() if len(value) == 1 else ((None, None),)
        if kind == "REGEX" and isinstance(inner, str):
            try:
                re.compile(inner)
            except re.error as error:
                raise LayoutFileError(
                    f"{where}: {inner!r} is not a regular expression: {error}."
                ) from error
            return
        if kind not in _SETS or not isinstance(inner, list) or not inner:
            raise LayoutFileError(f"{where}: {attribute} must be a text, IN, NOT_IN or REGEX.")
        texts = inner
    for text in texts:
        if not isinstance(text, str):
            raise LayoutFileError(f"{where}: {attribute} must be a text, not {text!r}.")
        if attribute in ("LOWER", "LEMMA") and text != text.lower():
            raise LayoutFileError(f"{where}: {attribute} is in small letters, not {text!r}.")
