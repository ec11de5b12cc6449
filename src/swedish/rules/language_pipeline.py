"""spaCy's pipeline: a blank one of a language, or a trained one that a user has.

Its tokenizer and the attributes of its tokens are ours, whichever it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from styrmatt.errors import LayoutFileError
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.token_rules import TokenRule

if TYPE_CHECKING:
    from styrmatt.swedish.rules.report_tokens import AttributeSetter, ReportTokenizer

_NAMES: Final = "ENT_TYPE"
"""The attribute for names of people and places, and what tells that a pipeline has looked for them.
"""
_NAMES_LOOKED_FOR: Final = "ENT_IOB"
_COMPONENT: Final = "styrmatt_attributes"


class LanguagePipeline(NamedTuple):
    """A pipeline, and the parts of it that are ours."""

    nlp: Any
    tokenizer: ReportTokenizer
    attributes: AttributeSetter


def load_pipeline(
    patterns: Patterns, model: str | None, rules: Iterable[TokenRule]
) -> LanguagePipeline:
    """spaCy's pipeline with our tokenizer, and last the component that sets our attributes.

    ``model`` is the name of an installed pipeline, or the path of one; None for a blank one. What
    finds names of people and places is left out unless one of ``rules`` asks for them. Raises
    LayoutFileError where there is no such pipeline.
    """
    import spacy
    from spacy.language import Language

    from styrmatt.swedish.rules.report_tokens import (
        AttributeSetter,
        ReportTokenizer,
        make_vocab,
        register_attributes,
    )

    def create_tokenizer(nlp: Any) -> ReportTokenizer:
        return ReportTokenizer(nlp.vocab, patterns)

    if model is None:  # spaCy's own tokenizer, which blank() makes, takes long to compile
        language = spacy.util.get_lang_class(patterns.language)
        nlp = language(make_vocab(), create_tokenizer=create_tokenizer)
    else:
        asks_for_names = any(_NAMES in rule.asks_for for rule in rules)
        nlp = _load(model, [] if asks_for_names else ["ner"])
    register_attributes()
    nlp.tokenizer = tokenizer = create_tokenizer(nlp)
    setter = AttributeSetter(patterns.language)
    Language.component(_COMPONENT, func=setter)
    nlp.add_pipe(_COMPONENT)
    return LanguagePipeline(nlp, tokenizer, setter)


def _load(model: str, exclude: list[str]) -> Any:
    import spacy

    try:
        return spacy.load(model, exclude=exclude)
    except OSError as error:
        raise LayoutFileError(
            f"The language pipeline {model!r} is not installed.",
            hint="Install it, or leave it out to use the built-in one.",
        ) from error
    except (ImportError, ValueError) as error:  # made by another version, or with missing parts
        raise LayoutFileError(
            f"The language pipeline {model!r} cannot be loaded: {' '.join(str(error).split())}"
        ) from error


def check_trained(pipeline: LanguagePipeline, model: str, rules: Sequence[TokenRule]) -> None:
    """Check that a trained pipeline sets what rules ask for, in the sentences that are like them.

    Raises LayoutFileError.
    """
    for rule in rules:
        if not rule.asks_for:
            continue
        docs = [pipeline.nlp(text) for text in rule.like]
        for name in sorted(rule.asks_for):
            set_by = _NAMES_LOOKED_FOR if name == _NAMES else name
            if not any(doc.has_annotation(set_by) for doc in docs):
                raise LayoutFileError(
                    f"{rule.place} asks for {name}, which the language pipeline {model!r} does "
                    "not set.",
                    hint="Name one that does with --spacy-model.",
                )


def not_applied(rules: Iterable[TokenRule]) -> str | None:
    """A sentence about the rules that need a trained pipeline; None where none does."""
    asking = [rule for rule in rules if rule.asks_for]
    if not asking:
        return None
    places = "; ".join(
        f"[[{rule.kind}.{rule.label}]] of {rule.file}, line {rule.line}" for rule in asking
    )
    some = f"{len(asking)} rules need" if len(asking) > 1 else "1 rule needs"
    return (
        f"{some} a trained language pipeline (--spacy-model NAME) and will not be applied: "
        f"{places}."
    )
