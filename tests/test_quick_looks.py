"""What is told quickly, so that a slow look is not needed, is never told wrongly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.extract.model.symbols import all_symbols, may_hold_symbols
from styrmatt.extract.model.text_lines import Word
from styrmatt.extract.sections.heading_patterns import _may_begin_with
from styrmatt.swedish import lemmas
from styrmatt.swedish.dictionary import has_dictionary, is_word
from styrmatt.swedish.rules.rule_finder import _forms_in_one
from styrmatt.swedish.sentences import lowercase_words, words_of
from styrmatt.swedish.statements import StatementReader
from styrmatt.vocabulary import load_vocabulary
from styrmatt.whitespace import squeeze, squeeze_words

VOCABULARY = load_vocabulary("sv")
FONTS = st.sampled_from(["Arial", "Wingdings-Regular", "ABCDEF+Symbol", ""])


@given(
    st.lists(st.tuples(st.text("ab•●→\uf0fc1\u1f60", min_size=1, max_size=3), FONTS), max_size=5)
)
def test_words_that_hold_no_symbol_are_none(parts: list[tuple[str, str]]) -> None:
    words = [Word(text, 0, 0, 1, 1, 10, font=font) for text, font in parts]
    if any(all_symbols(word.text, word.font) for word in words):
        assert may_hold_symbols(words)


def test_text_holds_one_of_the_telling_phrases_where_it_holds_any_phrase() -> None:
    for phrases in (VOCABULARY.status_phrases, VOCABULARY.trend_phrases):
        for phrase in phrases:
            assert any(told in phrase for group in VOCABULARY.telling_phrases for told in group), (
                phrase
            )


@pytest.mark.skipif(not has_dictionary(), reason="needs Hunspell and its dictionary")
@pytest.mark.parametrize(
    "word", ["skola", "Skola", "SKOLA", "Norrbotten", "norrbotten", "NORRBOTTEN"]
)
def test_case_hides_no_word_of_the_dictionary(word: str) -> None:
    assert is_word(word)


@given(st.lists(st.text("aÅe\u0301_-– \x1f²½1ßİΣς.ﬁ\u00ad", max_size=4), max_size=5))
def test_words_are_squeezed_as_one_by_one(words: list[str]) -> None:
    words = ["Mål-", "2 022", "a" * 200, "–", *words]
    assert squeeze_words(words) == tuple(map(squeeze, words))


@given(st.text(".- 1aÅA\u030aß", max_size=6), st.sampled_from(["Mål: {name}", "Åtagande {name}"]))
def test_a_text_that_begins_with_another_letter_is_no_named_heading(text: str, form: str) -> None:
    lead = form.removesuffix("{name}")
    for printed in (lead + text, text + lead + "ett", text):
        begins = squeeze(printed).startswith(squeeze(lead))
        assert _may_begin_with(printed, squeeze(lead)) or not begins


@given(
    st.lists(
        st.sampled_from(
            ["^öka", "^(ök|minsk)at$", "^a|b", r"\w+(ade|ats)$", "mätning", r"^\(a\)|b$", "^[(]|b"]
        ),
        unique=True,
    ),
    st.one_of(st.text("abök(t", max_size=5), st.sampled_from(["ökat", "minskats", "mätningen"])),
)
def test_the_forms_of_a_word_that_are_looked_for_at_once_are_those_found_one_by_one(
    forms: list[str], word: str
) -> None:
    assert _forms_in_one(forms)(word) == [form for form in forms if re.search(form, word)]


@given(st.text(min_size=1), st.text(min_size=1))
def test_lemmas_that_begin_otherwise_are_alike_only_where_one_ends_in_the_other(
    one: str, other: str
) -> None:
    if one[0] != other[0] and not one.endswith(other) and not other.endswith(one):
        assert lemmas.likeness(one, other) == 0.0


def test_a_clause_without_a_telling_word_says_no_status() -> None:
    reader = StatementReader(VOCABULARY.statements)
    told = "Av tio mål uppnås fyra, tre har inte kunnat bedömas."
    untold = "Av tio mål gäller fyra vården."
    assert any(map(reader.may_tell_status, lowercase_words(told)))
    assert not any(map(reader.may_tell_status, lowercase_words(untold)))
    assert reader.clause_statuses(words_of(untold)) == []
