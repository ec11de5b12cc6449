"""Prints rules for results in words, and what was found by trying some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from styrmatt.pipeline.use_cases.rules import CheckedRules, RuleKind, TriedSentence


def print_kinds(kinds: Iterable[RuleKind]) -> None:
    """Print each kind of spans with its meaning and labels, as heads of rules name them."""
    for kind in kinds:
        print(f"{kind.name}\n  {kind.meaning}")
        print("  " + " ".join(f"[[{kind.name}.{label}]]" for label in kind.labels))


def print_checked(checked: CheckedRules) -> None:
    """Print for each file what it holds and what of it does not hold."""
    for file in checked.files:
        counts = (
            f"{_counted(file.rules, 'rule')}, {_counted(file.patterns, 'pattern')}, "
            f"{_counted(file.sentences, 'sentence')}"
        )
        print(f"{file.name}: {counts}")
        for problem in file.problems:
            print(f"  {problem}")
    if checked.not_applied is not None:
        print(checked.not_applied)
    print("All hold." if checked.all_hold else "Not all hold.")


def print_tried_text(sentences: Iterable[TriedSentence]) -> None:
    """Print each sentence with its tokens, a line for each, and the rules that match it."""
    for sentence in sentences:
        print(sentence.text)
        if not sentence.is_looked_at:
            print("  not looked at: it has no figure and no word of results")
        for line in _table([sentence.columns, *sentence.tokens]):
            print(f"  {line}")
        for name, text in sentence.spans:
            print(f"  {name}: {text}")


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
