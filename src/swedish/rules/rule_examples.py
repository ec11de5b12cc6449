"""Tries rules on the sentences that prove them: those to match, and those to leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from styrmatt.swedish.rules.rule_finder import RuleFinder
from styrmatt.swedish.rules.spans import NarrativePipeline
from styrmatt.swedish.rules.token_rules import TokenRule


def unproved(pipeline: NarrativePipeline, rule: TokenRule) -> Iterator[str]:
    """What the sentences of a rule do not prove, each as the end of a sentence; nothing if all is.

    Each pattern has to match a sentence of ``like``, each of these has to be matched, in a sentence
    that a run looks at, and none of ``unlike``. A phrase of ``words`` has to match itself, which
    it does not where its words are one token. The pipeline has to be one that applies the rule.
    """
    proved: set[str] = set()
    for text in rule.like:
        matched = [name for name, part in _parts(rule) if _matches(pipeline, part, text)]
        proved.update(matched)
        if not matched:
            yield f"does not match {text!r} of 'like'"
        elif not pipeline.looks_at(text, rule.kind):
            yield (
                f"is never looked for in {text!r} of 'like', which has no figure and no other "
                "words of results"
            )
    for name, part in _parts(rule):
        if name not in proved and not _is_itself(pipeline, part):
            yield f"has a {name} that matches no sentence of 'like'"
        for text in rule.unlike:
            if _matches(pipeline, part, text):
                yield f"has a {name} that matches {text!r} of 'unlike'"


def _parts(rule: TokenRule) -> Iterator[tuple[str, TokenRule]]:
    """A rule for each pattern of a rule, and what the pattern is called."""
    for number, pattern in enumerate(rule.patterns):
        is_phrase = number < rule.phrases
        words = " ".join(str(token.get("LOWER")) for token in pattern)
        name = f"phrase {words!r}" if is_phrase else f"pattern {number - rule.phrases + 1}"
        part = replace(rule, patterns=(pattern,), dependencies=(), span=(), phrases=int(is_phrase))
        yield name, part
    for number, nodes in enumerate(rule.dependencies, 1):
        part = replace(rule, patterns=(), dependencies=(nodes,), phrases=0)
        yield f"dependency pattern {number}", part


def _is_itself(pipeline: NarrativePipeline, part: TokenRule) -> bool:
    """Whether the pattern is a phrase, and matches the phrase."""
    phrase = " ".join(token["LOWER"] for token in part.patterns[0]) if part.phrases else ""
    return bool(phrase) and _matches(pipeline, part, phrase)


def _matches(pipeline: NarrativePipeline, rule: TokenRule, text: str) -> bool:
    finder = RuleFinder(pipeline.nlp.vocab, [rule], pipeline.language)
    keys = finder.keys(pipeline.nlp.tokenizer.cut(text))
    return next(finder.find(pipeline.document(text), keys), None) is not None
