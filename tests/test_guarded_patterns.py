"""A pattern is tried only in texts that hold one of the words that each of its matches holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrmatt.swedish.identity_words import load_identity_words
from styrmatt.swedish.rules.narrative_patterns import CaselessPattern, load_patterns
from styrmatt.vocabulary import GuardedPattern


def test_a_text_without_any_of_the_words_is_not_searched() -> None:
    guarded = GuardedPattern(re.compile(r"\w+"), ("mål", "mått"))
    assert guarded.search("ett annat ord") is None
    assert list(guarded.finditer("ett annat ord")) == []
    assert [match.group() for match in guarded.finditer("ett mål")] == ["ett", "mål"]


def test_without_words_every_text_is_searched() -> None:
    found = GuardedPattern(re.compile(r"\w+")).search("ett annat ord")
    assert found is not None and found.group() == "ett"


def test_case_makes_no_difference_to_a_narrative_pattern() -> None:
    caseless = CaselessPattern(re.compile("mål", re.IGNORECASE), ("mål",))
    assert [match.span() for match in caseless.finditer("MÅL och Mål")] == [(0, 3), (8, 11)]
    assert caseless.search("MÅTT") is None


def test_where_small_letters_are_more_letters_places_are_those_of_the_text() -> None:
    caseless = CaselessPattern(re.compile("mål", re.IGNORECASE), ("mål",))
    found = caseless.search("İ: MÅL")
    assert found is not None and found.span() == (3, 6)


PATTERNS = load_patterns("sv")
assert PATTERNS is not None
WORDS = PATTERNS.words
GUARDED_LISTS = {
    "pairs": WORDS.sexes.pairs,
}
IDENTITY = load_identity_words("sv")
GUARDED = [
    *(
        GuardedPattern(PATTERNS.compile([pattern]), WORDS.only_with[name])
        for name, patterns in GUARDED_LISTS.items()
        for pattern in patterns
    ),
    *(
        GuardedPattern(one.pattern, one.only_with)
        for one in IDENTITY.organisations
        if one.only_with
    ),
    *(one for one in IDENTITY.fiscal_year if one.only_with),
]


def test_every_guard_of_the_narrative_words_is_tested_here() -> None:
    assert set(WORDS.only_with) == set(GUARDED_LISTS)


def test_guards_of_the_narrative_words_are_in_small_letters() -> None:
    words = [word for guard in WORDS.only_with.values() for word in guard]
    assert [word.lower() for word in words] == words


@pytest.mark.parametrize("guarded", GUARDED, ids=range(len(GUARDED)))
@settings(max_examples=50, deadline=None)
@given(st.data())
def test_whatever_a_shipped_pattern_matches_holds_one_of_its_words(
    guarded: GuardedPattern, data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(guarded.pattern))
    caseless = guarded.pattern.flags & re.IGNORECASE
    for match in guarded.pattern.finditer(text.lower() if caseless else text):
        around = match.string  # a match may look at what stands around it
        assert any(word in around for word in guarded.only_with)


TEXTS = st.lists(
    st.sampled_from(["bättre", "Förbättring", "mål", "styrmått", "/", ",", "vilket är en", "män"]),
    max_size=8,
).map(" ".join)


@pytest.mark.parametrize("name", GUARDED_LISTS)
@given(TEXTS)
def test_no_match_of_a_guarded_list_is_missed(name: str, text: str) -> None:
    assert PATTERNS is not None
    pattern = PATTERNS.compile(re.sub(r"\?P<\w+>", "?:", one) for one in GUARDED_LISTS[name])
    guarded = CaselessPattern(pattern, WORDS.only_with[name])
    spans = [match.span() for match in CaselessPattern(pattern).finditer(text)]
    assert [match.span() for match in guarded.finditer(text)] == spans
