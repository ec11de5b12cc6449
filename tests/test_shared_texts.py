"""The two real reports as plain text: read as they are transcribed, but for their marks."""

from __future__ import annotations

import pytest
from shared_reports import each_year, extract_of_text
from test_whole_reports import SHARED
from truth import differences


@each_year()
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
def test_the_shared_texts_are_read_but_for_their_marks(year: str) -> None:
    extract = extract_of_text(year)
    truth = SHARED / "truth"
    found = differences(extract, truth / f"{year}.json", truth / f"{year}.facts.json")
    told = [d for d in found if " status: " not in d and " trend: " not in d]
    assert len(told) <= 0.05 * len(extract.records)
    assert all(record.status is None for record in extract.records)
