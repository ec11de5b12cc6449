"""What a person does about each review reason; docs/REVIEW.md is made of it."""

from __future__ import annotations

from typing import Final

ADVICE: Final[dict[str, str]] = {
    "ambiguous_cells": "Compare all cells of the line with the page: a word, a mark or a figure "
    "may stand in the cell beside, or in the row above or below. Cells in doubt are null.",
    "target_unparsed": "Read the target on the page. The text is there as printed; correct "
    "`target_value`, and unit and comparison with it, if a person can tell them.",
    "target_moved": "See which of two targets belongs to which row, and correct both rows.",
    "target_unit_unlisted": "Take the unit from `target_text`; the figure is right as it stands.",
    "factor_unlinked": "Look at the heading above the table, and at the overview for the factor "
    "that is meant; correct the link, or leave it where the overview lacks the factor.",
    "goal_unlinked": "Look at the heading above the table, and at the overview for the goal that "
    "is meant; correct the link, or leave it where the overview lacks the goal.",
    "row_joined": "Look at the end of the page and the top of the next one: are the two parts one "
    "row? If not, correct the name and the cells.",
    "columns_estimated": "Look whether each figure stands below its header; one glance at the "
    "table settles it for all of its rows.",
    "header_unclear": "Read the whole header: words beside the known ones may say that the figures "
    "are of another year, another group, or a forecast.",
    "header_year_differs": "Read the year in the header. If the report means it, the figures are "
    "of that year; if it is a slip, nothing is to be done.",
    "name_cut": "Read the name on the page, and what stands above and below it; correct `measure`.",
    "duplicate": "Look whether the table prints one measure twice, or two that differ by a word "
    "that was not read, and correct the names.",
    "sex_unclear": "See on the page for whom the line is: women, men or all; correct the values of "
    "the line that is missing or double.",
    "unreadable_characters": "Read the cell on the page: the file does not say which letters or "
    "figures some of its signs are.",
    "row_cut": "Look at the last row of the page and at the top of the next one. If its name or "
    "its cells go on nowhere, find a whole copy of the report.",
    "page_missing": "Find the report with all its pages. The goal and the factor of the row stand "
    "on a page that is not there.",
    "layout_incomplete": "Check that the table is one of measures at all: the layout was named by "
    "a person, and some of its columns are missing.",
    "status_unread": "Look at the mark; its picture is in the issue. Correct `status` if the "
    "legend or the text explains it.",
    "trend_unread": "Look at the arrow; its picture is in the issue. Correct `trend` if the legend "
    "or the text explains it.",
    "outcome_of_several": "Read the sentences of all results of the measure in `outcomes`; correct "
    "the result if another one is meant.",
    "outcome_of_other_year": "Do not compare the result with this year's target: it is of the year "
    "in `outcome_year`.",
    "outcome_compared": "Read the sentence in `outcome_text`: which of the two figures is this "
    "year's? Correct `outcome_value` and `previous_value` if they are the other way round.",
    "outcome_unit_differs": "Read the sentence in `outcome_text`: is the figure this measure's? If "
    "it is, do not compare it with the target before both have one unit.",
    "outcome_far": "Read the sentence in `outcome_text`: is the figure this measure's, and of the "
    "whole organisation and year? Correct `outcome_value` if it is not.",
    "outcome_unparsed": "Read the cell of the result on the page, and correct `outcome_value`.",
    "outcome_doubtful": "Compare the result with its cell on the page: its size does not fit the "
    "measure, its unit or its target.",
    "outcome_twice": "Compare the two cells that give the result, and correct `outcome_value`.",
    "outcome_differs": "Read the sentence and the cell; `styrmatt check` shows both. Correct the "
    "one that was read wrongly, or leave it if the report contradicts itself.",
    "text_differs": "Read the figure on the page: its font shows another than its text says, and "
    "what one sees counts.",
    "ocr_unsure": "Compare name and figures of the line with the page: a letter, a figure or a "
    "comma of the scan may have been taken for another.",
    "outcome_year_differs": "Read the header of the result's column: it may be a plan or a "
    "forecast.",
}
"""By review reason. Reasons that are no longer given need none."""
