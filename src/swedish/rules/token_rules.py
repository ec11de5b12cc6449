"""Reads rule files: token patterns with a label and sentences that prove them.

``docs/RULES.md`` says how a rule is written. Nothing of spaCy is needed to read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from styrmatt.errors import LayoutFileError
from styrmatt.swedish.rules.pattern_checks import check_nodes, check_token
from styrmatt.swedish.rules.pieces import KINDS
from styrmatt.toml_records import parse_toml, read_text, suggestion

TokenPattern = tuple[Mapping[str, Any], ...]
"""What spaCy's Matcher takes: for each token its attributes."""
NodePattern = tuple[Mapping[str, Any], ...]
"""What spaCy's DependencyMatcher takes: for each token its attributes, and its relation to another.
"""
OwnRules = tuple[tuple[str, str], ...]
"""Name and text of each rule file of a user."""

_KEYS: Final = ("tokens", "words", "dependency", "span", "shortest", "like", "unlike")
_TRAINED: Final = ("TAG", "POS", "DEP", "MORPH")
"""Attributes that only a trained pipeline sets."""
_HEAD: Final = re.compile(r"^\s*\[\[\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*\]\]", re.MULTILINE)


@dataclass(frozen=True)
class TokenRule:
    """A rule: which spans it finds, and the sentences that prove it."""

    kind: str
    """The kind of span, which is the name of a shipped rule's file."""
    label: str
    patterns: tuple[TokenPattern, ...]
    like: tuple[str, ...]
    unlike: tuple[str, ...]
    file: str
    line: int
    """The line of the file where the rule begins."""
    shortest: bool = False
    """Whether of matches that begin at one token the shortest is taken, not the longest."""
    dependencies: tuple[NodePattern, ...] = ()
    """Patterns over what depends on what, which only a trained pipeline knows."""
    span: tuple[str, ...] = ()
    """The tokens of such a pattern (``RIGHT_ID``) that the span reaches over; empty for all."""
    is_own: bool = False
    """Whether it is a user's, and not one that is shipped."""
    phrases: int = 0
    """How many of the patterns are phrases, each word of which is a token; they come first."""

    @property
    def name(self) -> str:
        """The rule's name among all: its kind, label, line and, of a user's, its file."""
        if self.is_own:
            return f"{self.kind}.{self.label} {self.file}:{self.line}"
        return f"{self.kind}.{self.label}.{self.line}"

    @property
    def place(self) -> str:
        """Where it stands, for messages: file, line and head."""
        head = f"{self.kind}.{self.label}" if self.is_own else self.label
        return f"{self.file}, line {self.line}: the rule [[{head}]]"

    @property
    def asks_for(self) -> frozenset[str]:
        """The attributes that it compares and only a trained pipeline sets; none for most."""
        tokens = [token for pattern in self.patterns for token in pattern]
        tokens += [node["RIGHT_ATTRS"] for pattern in self.dependencies for node in pattern]
        asked = {name for token in tokens for name in token if name in _TRAINED}
        if any(not KINDS.issuperset(_listed(token.get("ENT_TYPE"))) for token in tokens):
            asked.add("ENT_TYPE")
        return frozenset(asked | {"DEP"} if self.dependencies else asked)


def _listed(wanted: object) -> Iterable[str]:
    """The values of which a token must have one."""
    if isinstance(wanted, str):
        return (wanted,)
    return wanted.get("IN", ()) if isinstance(wanted, Mapping) else ()


@lru_cache
def load_rules(language: str, own: OwnRules = ()) -> tuple[TokenRule, ...]:
    """The rules that are shipped for a language, in the order of the files' names, then a user's.

    Empty where there are none. Raises LayoutFileError.
    """
    shipped = tuple(
        rule for file in _shipped(language) for rule in read_rules(read_text(file), file.name)
    )
    if not own:
        return shipped
    known = _labels(shipped)
    mine = (rule for name, text in own for rule in read_own_rules(text, name, known))
    return (*shipped, *mine)


def own_rules(paths: Iterable[Path]) -> OwnRules:
    """Name and text of the rule files at paths, each a file or a folder of them.

    Raises LayoutFileError for a file that cannot be read, or a folder without one.
    """
    files: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not inside:
            raise LayoutFileError(
                f"There is no rule file (*.toml) in {path}.", hint="Name the folder of your rules."
            )
        files += inside
    return tuple((file.name, read_text(file)) for file in files)


def labels_of(language: str) -> dict[str, list[str]]:
    """The kinds of spans that are shipped for a language, each with its labels."""
    return _labels(load_rules(language))


def _labels(rules: Iterable[TokenRule]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for rule in rules:
        found.setdefault(rule.kind, {})[rule.label] = None
    return {kind: list(labels) for kind, labels in found.items()}


def meanings_of(language: str) -> dict[str, str]:
    """For each kind of spans that is shipped what they are: the first remark of its file."""
    meanings = {}
    for file in _shipped(language):
        remarks = []
        for line in read_text(file).splitlines():
            if not line.startswith("#"):
                break
            remarks.append(line.removeprefix("#").strip())
        meanings[file.name.removesuffix(".toml")] = " ".join(remarks)
    return meanings


def _shipped(language: str) -> list[Traversable]:
    folder = resources.files("styrmatt") / "layouts" / "rules" / language
    if not folder.is_dir():
        return []
    return sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=_name)


def _name(file: Traversable) -> str:
    return file.name


def read_rules(text: str, file: str) -> Iterator[TokenRule]:
    """The rules of a shipped file's text. Its name is the kind, the heads are labels.

    Raises LayoutFileError with the file, the line where the rule begins, and what is wrong in it.
    """
    kind = file.removesuffix(".toml")
    lines = _lines_of_heads(text)
    for label, entries in parse_toml(text, file).items():
        if not isinstance(entries, list):
            raise _no_head(text, file, label, label)
        yield from _rules(entries, kind, label, file, lines.get(label, []))


def read_own_rules(text: str, file: str, known: Mapping[str, list[str]]) -> Iterator[TokenRule]:
    """The rules of a user's file, whose heads have kind and label: ``[[elsewhere.national]]``.

    ``known`` has the labels of each kind. Raises LayoutFileError as :func:`read_rules` does.
    """
    lines = _lines_of_heads(text)
    tables = parse_toml(text, file)
    if not tables:
        raise LayoutFileError(f"{file} has no rule.")
    for kind, labels in tables.items():
        place = f"{file}, line {_line_of(text, kind)}"
        if kind not in known or not isinstance(labels, Mapping):
            raise _wrong_kind(place, kind, labels, known)
        for label, entries in labels.items():
            head = f"{kind}.{label}"
            starts = lines.get(head, [])
            if label not in known[kind]:
                place = f"{file}, line {starts[0] if starts else _line_of(text, kind)}"
                near = suggestion(label, known[kind])
                raise LayoutFileError(f"{place}: {kind!r} has no label {label!r}; {near}")
            if not isinstance(entries, list):
                raise _no_head(text, file, head, label)
            yield from _rules(entries, kind, label, file, starts, is_own=True)


def _wrong_kind(
    place: str, kind: str, labels: object, known: Mapping[str, list[str]]
) -> LayoutFileError:
    """The error about a table of a user's file that is of no kind."""
    if kind not in known and not isinstance(labels, list):
        return LayoutFileError(f"{place}: unknown kind {kind!r}; {suggestion(kind, known)}")
    likely = [f"{one}.{kind}" for one, its in known.items() if kind in its]
    if kind in known:
        likely = [f"{kind}.{known[kind][0]}"]
    heads = " or ".join(f"[[{head}]]" for head in likely or ["KIND.LABEL"])
    return LayoutFileError(f"{place}: the head of a rule has a kind and a label: {heads}.")


def _lines_of_heads(text: str) -> dict[str, list[int]]:
    """The lines at which rules begin, by their head."""
    lines: dict[str, list[int]] = {}
    for match in _HEAD.finditer(text):
        head = re.sub(r"\s", "", match[1])
        lines.setdefault(head, []).append(text.count("\n", 0, match.start(1)) + 1)
    return lines


def _line_of(text: str, key: str) -> int:
    """The first line that a key of the file begins, or a table of its."""
    found = re.search(rf"^\s*[\[\s\"']*{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _no_head(text: str, file: str, head: str, key: str) -> LayoutFileError:
    line = _line_of(text, key)
    return LayoutFileError(f"{file}, line {line}: {head!r} must be the head of a rule: [[{head}]].")


def _rules(
    entries: list[Any], kind: str, label: str, file: str, lines: list[int], *, is_own: bool = False
) -> Iterator[TokenRule]:
    head = f"{kind}.{label}" if is_own else label
    if len(lines) != len(entries):
        raise LayoutFileError(f"{file}: each rule of {head!r} must have a head: [[{head}]].")
    for entry, line in zip(entries, lines, strict=True):
        yield _rule(entry, TokenRule(kind, label, (), (), (), file, line, is_own=is_own))


def _rule(entry: Mapping[str, Any], empty: TokenRule) -> TokenRule:
    """The rule of a table; ``empty`` has its kind, label and place."""
    where = empty.place
    for key in entry:
        if key not in _KEYS:
            raise LayoutFileError(f"{where} has an unknown key {key!r}; {suggestion(key, _KEYS)}")
    for key in ("like", "unlike"):
        if not _are_texts(entry.get(key)):
            raise LayoutFileError(f"{where} needs sentences {key!r}: a list of texts.")
    words, tokens = tuple(_of_words(entry.get("words", []), where)), _of_tokens(entry, where)
    patterns = (*words, *tokens)
    dependencies = tuple(_of_dependencies(entry, where))
    if not patterns and not dependencies:
        raise LayoutFileError(f"{where} needs 'tokens', 'words' or 'dependency'.")
    shortest = entry.get("shortest", False)
    if not isinstance(shortest, bool):
        raise LayoutFileError(f"{where}: 'shortest' must be true or false.")
    return replace(
        empty,
        patterns=patterns,
        like=tuple(entry["like"]),
        unlike=tuple(entry["unlike"]),
        shortest=shortest,
        dependencies=dependencies,
        span=_span(entry, dependencies, where),
        phrases=len(words),
    )


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) for v in value)


def _of_words(phrases: object, where: str) -> Iterator[TokenPattern]:
    if not isinstance(phrases, list) or not all(
        isinstance(phrase, str) and phrase.strip() for phrase in phrases
    ):
        raise LayoutFileError(f"{where}: 'words' must be a list of phrases.")
    for phrase in phrases:
        yield tuple({"LOWER": word} for word in phrase.lower().split())


def _of_tokens(entry: Mapping[str, Any], where: str) -> Iterator[TokenPattern]:
    for number, pattern in enumerate(_lists(entry, "tokens", where), 1):
        for token in pattern:
            check_token(token, f"{where}: pattern {number}")
        yield tuple(pattern)


def _of_dependencies(entry: Mapping[str, Any], where: str) -> Iterator[NodePattern]:
    for number, pattern in enumerate(_lists(entry, "dependency", where), 1):
        check_nodes(pattern, f"{where}: dependency pattern {number}")
        yield tuple(pattern)


def _lists(entry: Mapping[str, Any], key: str, where: str) -> list[list[Any]]:
    patterns = entry.get(key, [])
    if not isinstance(patterns, list) or not all(isinstance(p, list) and p for p in patterns):
        raise LayoutFileError(f"{where}: {key!r} must be a list of lists of tokens.")
    return patterns


def _span(
    entry: Mapping[str, Any], dependencies: tuple[NodePattern, ...], where: str
) -> tuple[str, ...]:
    names = entry.get("span", [])
    if "span" not in entry:
        return ()
    if not dependencies or not _are_texts(names):
        raise LayoutFileError(f"{where}: 'span' lists tokens (RIGHT_ID) of 'dependency'.")
    for pattern in dependencies:
        ids = [node["RIGHT_ID"] for node in pattern]
        for name in names:
            if name not in ids:
                raise LayoutFileError(
                    f"{where}: 'span' names {name!r}, no token of each pattern; "
                    + suggestion(name, ids)
                )
    return tuple(names)
