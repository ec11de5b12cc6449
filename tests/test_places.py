"""Where what is stated in words stands: the page, the box of the sentence, the words themselves."""

from __future__ import annotations

import passage_scores
from passage_scores import Passage, read
from test_outcomes_truth import REPORTS

from styrmatt.extract.read import read_report
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.whitespace import squeeze


def test_a_sentence_that_stands_below_each_measure_has_a_place_each_time() -> None:
    entry = {
        "measures": ["Andel fasta tjänster | T | 90 %", "Andel bussar med rampdel | T | 80 %"],
        "text": "Andel fasta tjänster.\nResultatet är 86 procent.\n\n"
        "Andel bussar med rampdel.\nResultatet är 86 procent.",
    }
    got = read(Passage.of("tuned", "form_letter", entry))
    boxes = [row.bbox for row in got.outcomes]
    assert [row.text for row in got.outcomes] == ["Resultatet är 86 procent."] * 2
    assert [box and box[1] for box in boxes] == [112.0, 148.0]
    assert [record.outcome_bbox for record in got.records] == boxes


def test_all_that_a_report_states_in_words_has_its_box_and_its_words() -> None:
    report, _ = REPORTS[0]
    layout, printed = read_report(report, load_layouts())
    got = normalize(printed, layout, {}, "test")
    letters = {
        page: squeeze(
            "".join(n.text or "" for n in got.narratives if n.page_first <= page <= n.page_last)
        )
        for page in range(1, got.document.page_count + 1)
    }
    placed = [
        *((row.text, row.page, row.bbox) for row in got.outcomes if row.source == "narrative"),
        *((row.text, row.page, row.bbox) for row in got.claims),
        *(
            (goal.assessment_text, goal.assessment_page, goal.assessment_text_bbox)
            for goal in got.goals
            if goal.assessment_text
        ),
    ]
    assert len(placed) > 20
    for text, page, box in placed:
        assert box is not None and page is not None
        first = (text or "").split(". ")[0]
        assert squeeze(first) in letters[page]


def test_the_passages_are_quoted_exactly() -> None:
    for passage in passage_scores.passages(passage_scores.HELD_BACK)[:20]:
        for row in read(passage).outcomes:
            assert squeeze((row.text or "").split(". ")[0]) in squeeze(passage.text)
