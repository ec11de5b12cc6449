"""The rules for results in words: each is proved by sentences, and a wrong file says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.matcher import Matcher

import styrmatt
from styrmatt.errors import LayoutFileError
from styrmatt.swedish.rules.rule_examples import unproved
from styrmatt.swedish.rules.rule_finder import RuleFinder
from styrmatt.swedish.rules.spans import narrative_pipeline
from styrmatt.swedish.rules.token_rules import TokenRule, load_rules, read_rules

RULES = load_rules("sv")
PIPELINE = narrative_pipeline("sv")
HEAD = '# Words.\n\n[[national]]\ntokens = [[{ LOWER = "riket" }]]\nlike = ["I riket."]\n'


def matches(rule: TokenRule, text: str) -> bool:
    """Whether a pattern of the rule matches a sentence. spaCy checks the patterns, too."""
    matcher = Matcher(PIPELINE.nlp.vocab, validate=True)
    matcher.add(rule.name, [[dict(token) for token in pattern] for pattern in rule.patterns])
    return bool(matcher(PIPELINE.document(text)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_pattern_and_phrase_of_a_rule_is_proved_by_a_sentence(rule: TokenRule) -> None:
    """Coverage of the rules by their examples is 100 percent, and none matches a counter-example.

    Matching does without what is asked before it, so that this cannot hide a pattern.
    """
    assert list(unproved(PIPELINE, rule)) == []
    assert all(matches(rule, text) for text in rule.like)
    assert not any(matches(rule, text) for text in rule.unlike)


def test_no_rule_that_ships_is_left_out() -> None:
    assert PIPELINE.rules == RULES
    assert PIPELINE.not_applied is None


def test_each_rule_of_each_file_that_ships_is_named_with_its_line_where_it_is_wrong() -> None:
    folder = Path(styrmatt.__file__).parent / "layouts" / "rules" / "sv"
    seen = 0
    for path in sorted(folder.glob("*.toml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if not line.startswith("unlike ="):
                continue
            seen += 1
            head = max(n for n in range(number) if lines[n].startswith("[["))
            wrong = [*lines[:number], line.replace("unlike", "unlyke"), *lines[number + 1 :]]
            with pytest.raises(LayoutFileError) as caught:
                list(read_rules("\n".join(wrong), path.name))
            assert f"{path.name}, line {head + 1}: " in caught.value.message
            assert "did you mean 'unlike'" in caught.value.message
    assert seen == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_examples_of_a_rule_are_looked_at_and_marked(rule: TokenRule) -> None:
    """The cheap tests that come before the rules let each of their examples pass."""
    for text in rule.like:
        docs = list(PIPELINE.docs(text))
        found = {match.name for doc in docs for match, _, _ in PIPELINE.matches(doc)}
        assert rule.name in found
        assert all(PIPELINE.may_tell(doc.text) for doc in docs)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_a_rule_needs_is_there_wherever_it_matches(rule: TokenRule) -> None:
    """A document is made, and a pattern tried, only where its needed words are."""
    finder = RuleFinder(PIPELINE.nlp.vocab, [rule], "sv")
    tokenizer = PIPELINE.nlp.tokenizer
    for text in (*rule.like, *rule.unlike):
        keys = finder.keys(tokenizer.cut(text))
        assert finder.may_find(keys) or not matches(rule, text)
        if matches(rule, text):
            assert list(finder.find(PIPELINE.document(text), keys))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[[national]]\ntokens = riket\n", 2, "not a TOML file"),
        (HEAD, 3, "'unlike'"),
        (HEAD + 'unlike = ["A."]\nlik = ["B."]\n', 3, "did you mean 'like'"),
        (HEAD.replace("LOWER", "LOWR") + 'unlike = ["A."]\n', 3, "did you mean 'LOWER'"),
        (HEAD.replace('"riket" }', '"riket", OP = "x" }') + 'unlike = ["A."]\n', 3, "OP is 'x'"),
        (HEAD.replace('"riket"', '"Riket"') + 'unlike = ["A."]\n', 3, "small letters"),
        (HEAD.replace('"riket"', '{ REGEX = "(" }') + 'unlike = ["A."]\n', 3, "regular expression"),
        (HEAD.replace('"riket"', "{ IN = [] }") + 'unlike = ["A."]\n', 3, "IN, NOT_IN or REGEX"),
        (HEAD.replace("tokens", "words") + 'unlike = ["A."]\n', 3, "list of phrases"),
        (HEAD.replace('tokens = [[{ LOWER = "riket" }]]\n', "") + 'unlike = ["A."]\n', 3, "needs"),
        (HEAD + 'unlike = ["A."]\nshortest = 1\n', 3, "'shortest'"),
        (HEAD.replace("[[{ LOWER", "[[{ IS_PUNCT = 1, LOWER") + 'unlike = ["A."]\n', 3, "IS_PUNCT"),
        ("[[a]]\nlike = 3\n\n[[national]]\n", 1, "'like'"),
    ],
)
def test_a_wrong_rule_file_says_where_and_why(text: str, line: int, reason: str) -> None:
    with pytest.raises(LayoutFileError) as caught:
        list(read_rules(text, "elsewhere.toml"))
    assert "elsewhere.toml" in caught.value.message
    assert reason in caught.value.message
    assert f"line {line}" in caught.value.message


def test_tokens_carry_value_unit_sex_year_and_period() -> None:
    doc = PIPELINE.document("I mars 2022 var andelen kvinnor drygt 68,2 procent och i fjol 7 mnkr.")
    by_text = {token.text: token._ for token in doc}
    assert (by_text["68,2 procent"].value, by_text["68,2 procent"].unit) == (68.2, "percent")
    assert (by_text["7 mnkr"].value, by_text["7 mnkr"].unit) == (7.0, "mnkr")
    assert by_text["kvinnor"].sex == "K"
    assert by_text["2022"].year == 2022
    assert by_text["mars"].period == "mars"
    kinds = {token.text: token.ent_type_ for token in doc if token.ent_type_}
    assert kinds == {
        "mars": "MONTH",
        "2022": "YEAR",
        "kvinnor": "WOMEN",
        "drygt": "HEDGE",
        "68,2 procent": "FIGURE",
        "i fjol": "BEFORE",
        "7 mnkr": "FIGURE",
    }
    assert next(token for token in doc if token.text == "andelen").lemma_ == "andel"


@pytest.mark.parametrize("text", ["  Två  ord. ", "1 218 besök (45 %)", "", "a\u00a0b", "¹ Not"])
def test_the_tokens_of_a_sentence_make_up_its_text(text: str) -> None:
    assert PIPELINE.nlp(text).text == text
