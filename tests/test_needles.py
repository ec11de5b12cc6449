"""A text is searched by a pattern only where it holds letters that the pattern needs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrmatt.layout import load_layouts
from styrmatt.swedish import literal_prefilter as module
from styrmatt.swedish.literal_prefilter import PrefilteredPattern, required_literals
from styrmatt.swedish.narrative_patterns import Folded, load_patterns


def of(pattern: str, flags: int = 0) -> set[str]:
    return set(required_literals(re.compile(pattern, flags)))


def test_a_run_of_letters_is_needed() -> None:
    assert of(r"\bRegion [A-Z]\w+") == {"Region "}


def test_of_several_parts_the_one_that_tells_most_is_needed() -> None:
    assert of(r"av \w+ jämfört med \d+") == {" jämfört med "}
    assert of(r"(?:ab|cd) \d+ (?:efgh|ijkl)") == {"efgh", "ijkl"}


def test_of_alternatives_one_is_needed() -> None:
    assert of(r"ök(?:ar|ade)|minsk(?:ar|ade)") == {"öka", "minska"}


def test_what_holds_another_needle_is_not_looked_for() -> None:
    assert of(r"budget|målnivå|mål") == {"budget", "mål"}


def test_what_may_be_left_out_is_not_needed() -> None:
    assert of(r"(?:totalt )?(\d+)") == set()
    assert of(r"(?:totalt ){0,3}mål") == {"mål"}
    assert of(r"(?:totalt )+\d") == {"totalt "}


def test_one_alternative_without_letters_leaves_nothing_to_look_for() -> None:
    assert of(r"covid-19|\d+§?") == set()


def test_what_must_not_stand_there_is_not_needed() -> None:
    assert of(r"(?<!inte )(?!aldrig)\w+") == set()
    assert of(r"\d+(?= procent)") == {" procent"}
    assert of(r"(?<=målet är )\d+") == {"målet är "}


def test_a_pattern_without_regard_to_case_needs_none() -> None:
    assert of("mål", re.IGNORECASE) == set()
    assert of(r"(?i:mål) \w") == {" "}


def test_parts_that_are_tried_once_are_looked_into() -> None:
    assert of(r"(?>mål|budget)+") == {"mål", "budget"}
    assert of(r"(?:mål)++") == {"mål"}


def test_many_needles_are_none() -> None:
    assert of("|".join(f"x{n:02}y" for n in range(99))) == set()


def test_without_pythons_parser_every_text_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.importlib, "import_module", _missing)
    module._parser.cache_clear()
    try:
        assert required_literals(re.compile("mål")) == ()
        assert PrefilteredPattern(re.compile("mål")).search("ett mål") is not None
    finally:
        module._parser.cache_clear()


def _missing(name: str) -> None:
    raise ImportError(name)


WORDS = load_patterns("sv")
assert WORDS is not None
SHIPPED = {
    pattern.pattern: pattern
    for layout in load_layouts()
    for pattern in (
        *layout.identity.patterns,
        *layout.words.identity.organisation,
        *layout.words.identity.fiscal_year,
        *layout.words.running.document_numbers,
        *(WORDS.compile(group) for group in vars(WORDS.words.changes).values()),
        *(WORDS.compile(group) for group in vars(WORDS.words.statuses).values()),
        *(WORDS.compile(group) for group in vars(WORDS.words.periods).values()),
        WORDS.compile(WORDS.words.quantities.never),
        WORDS.compile(WORDS.words.quantities.conditions),
        WORDS.compile(WORDS.words.targets.leads),
    )
}


@pytest.mark.parametrize("pattern", SHIPPED.values(), ids=range(len(SHIPPED)))
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_a_shipped_pattern_matches_holds_a_needle(
    pattern: re.Pattern[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern))
    sought = PrefilteredPattern(pattern)
    assert [m.span() for m in sought.finditer(text)] == [m.span() for m in pattern.finditer(text)]
    first, plain = sought.search(text), pattern.search(text)
    assert (first and first.span()) == (plain and plain.span())
    small = Folded(pattern)
    assert bool(small.search(text.lower())) == bool(
        re.compile(pattern.pattern, pattern.flags | re.IGNORECASE).search(text.lower())
    )


PIECES = st.recursive(
    st.sampled_from(["ab", "mål", "å", r"\d", r"\w", "b+", ".", "[ab]", r"\b", "^"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["?", "{2}", "{0,2}"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
        inner.map(lambda one: f"(?={one})"),
        inner.map(lambda one: f"(?!{one})"),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(PIECES, st.text("abåmlxÅ 1", max_size=12))
def test_no_match_of_any_pattern_is_missed(pattern: str, text: str) -> None:
    compiled = re.compile(pattern)
    found = [match.span() for match in PrefilteredPattern(compiled).finditer(text)]
    assert found == [match.span() for match in compiled.finditer(text)]
