"""What is said of each thing where all that is said of it is one."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from styrmatt.sole_values import sole_values


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2))))
def test_a_key_keeps_its_value_only_where_no_other_is_said_of_it(
    pairs: list[tuple[str, int]],
) -> None:
    said = defaultdict(set)
    for key, value in pairs:
        said[key].add(value)
    told = sole_values(pairs)
    assert told.keys() == {key for key, values in said.items() if len(values) == 1}
    assert all(said[key] == {value} for key, value in told.items())
    assert list(told) == [key for key in dict.fromkeys(key for key, _ in pairs) if key in told]
