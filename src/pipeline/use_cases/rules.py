"""Shows what rules for results in words there are, and tries a user's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from styrmatt.layout_files import load_layouts
from styrmatt.swedish.rules.token_rules import labels_of, load_rules, meanings_of, own_rules

_COMPARED: Final = ("LOWER", "LEMMA", "ENT_TYPE", "ENT_ID")
_COMPARED_IF_TRAINED: Final = ("TAG", "POS", "MORPH", "DEP")


@dataclass(frozen=True)
class RuleKind:
    """A kind of spans, what they are, and their labels."""

    name: str
    meaning: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class CheckedFile:
    """A rule file, what it holds, and what of it does not hold, in sentences."""

    name: str
    rules: int
    patterns: int
    sentences: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class CheckedRules:
    """Rule files that were tried."""

    files: tuple[CheckedFile, ...]
    not_applied: str | None
    """A sentence about rules that were not tried, because they need a trained pipeline."""

    @property
    def all_hold(self) -> bool:
        """Whether each rule that was tried does what its sentences say."""
        return not any(file.problems for file in self.files)


@dataclass(frozen=True)
class TriedSentence:
    """A sentence as rules see it."""

    text: str
    columns: tuple[str, ...]
    tokens: tuple[tuple[str, ...], ...]
    """For each token the values of the columns."""
    spans: tuple[tuple[str, str], ...]
    """What rules found: the rule's name and the text of its match."""
    is_looked_at: bool
    """Whether a run looks for results in it."""


def shipped_kinds() -> tuple[RuleKind, ...]:
    """The kinds of spans that rules of ours find, in the order of their names."""
    found = []
    for vocabulary in _vocabularies():
        meanings = meanings_of(vocabulary)
        found += [
            RuleKind(kind, meanings[kind], tuple(labels))
            for kind, labels in labels_of(vocabulary).items()
        ]
    return tuple(found)


def check_rules(paths: Sequence[Path], spacy_model: str | None = None) -> CheckedRules:
    """Whether each rule of files, or of the files of folders, does what its sentences say.

    Raises LayoutFileError where a file is wrong, or the pipeline is not one that rules can use.
    """
    from styrmatt.swedish.rules.rule_examples import unproved
    from styrmatt.swedish.rules.spans import narrative_pipeline

    own = own_rules(paths)
    files: dict[str, CheckedFile] = {}
    left_out = None
    for vocabulary in _vocabularies():
        pipeline = narrative_pipeline(vocabulary, spacy_model, own)
        left_out = pipeline.not_applied
        for name, _ in own:
            mine = [r for r in load_rules(vocabulary, own) if r.is_own and r.file == name]
            tried = [rule for rule in mine if rule in pipeline.rules]
            problems = [
                f"{rule.place} {why}." for rule in tried for why in unproved(pipeline, rule)
            ]
            files[name] = CheckedFile(
                name,
                rules=len(mine),
                patterns=sum(len(rule.patterns) + len(rule.dependencies) for rule in mine),
                sentences=sum(len(rule.like) + len(rule.unlike) for rule in mine),
                problems=tuple(problems),
            )
    return CheckedRules(tuple(files.values()), left_out)


def try_rules(
    text: str, paths: Sequence[Path] = (), spacy_model: str | None = None
) -> tuple[TriedSentence, ...]:
    """The sentences of a text, with the tokens and spans that rules see in each.

    Raises LayoutFileError as :func:`check_rules` does.
    """
    from styrmatt.swedish.rules.spans import SPANS, narrative_pipeline

    columns = _COMPARED if spacy_model is None else (*_COMPARED, *_COMPARED_IF_TRAINED)
    tried = []
    for vocabulary in _vocabularies():
        pipeline = narrative_pipeline(vocabulary, spacy_model, own_rules(paths))
        for doc in pipeline.docs(text):
            found = ((span.label_, span.text) for span in doc.spans[SPANS])
            tokens = (tuple(_value(token, name) for name in columns) for token in doc)
            tried.append(
                TriedSentence(
                    doc.text,
                    columns,
                    tuple(token for token in tokens if token[0].strip()),
                    tuple(span for span in found if "." in span[0]),
                    pipeline.may_tell(doc.text),
                )
            )
    return tuple(tried)


def _value(token: object, attribute: str) -> str:
    return str(getattr(token, f"{attribute.lower()}_" if attribute != "MORPH" else "morph"))


def _vocabularies() -> list[str]:
    """The vocabularies that there are rules for."""
    names = sorted({layout.vocabulary for layout in load_layouts()})
    return [name for name in names if load_rules(name)]
