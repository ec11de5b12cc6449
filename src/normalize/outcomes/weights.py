"""The weights and thresholds by which statements are linked to measures.

All are shares between 0 and 1 without a unit. They were set by hand and changed together with the
rules; no procedure fitted them. What holds them are the rates of right and missed results that
``tests/test_outcomes_truth.py`` requires for whole reports, the made-up passages of
``tests/test_outcomes_passages.py``, and the cases of ``tests/test_outcomes_decisions.py``: each has
one clearly right answer, which comes out otherwise where a weight is much higher or lower. A new
kind of report may call for other weights; these tests say whether the present ones still serve.

=====================  =====  ===================================================================
A score adds up
-------------------------------------------------------------------------------------------------
NAME_WEIGHT            0.5    times the share of the measure's words that are said
COVERAGE_WEIGHT        0.35   times the share of the statement's words that are the measure's
PLACE_WEIGHT           0.15   times how well the section fits the measure
=====================  =====  ===================================================================
A word of the measure that is said counts
-------------------------------------------------------------------------------------------------
in the statement       1.0    of its weight
RUN_IN_WORTH           0.9    in the heading that the paragraph begins with
REFERRED_WORTH         0.75   in the sentences before, where the statement refers back to them
HEADING_WORTH          0.6    in the section's heading
PRECEDING_WORTH        0.4    in the sentences before, where it does not
=====================  =====  ===================================================================
"""

from __future__ import annotations

from typing import Final

# -- what a score adds up: together 1 ----------------------------------------------------------

NAME_WEIGHT: Final = 0.5
"""The most: the measure's words are the best evidence, even though few statements say them all."""
COVERAGE_WEIGHT: Final = 0.35
"""Less, as statements say much besides. It keeps a neighbouring statistic, which shares words with
a measure and has as many of its own, from being taken for the measure's result."""
PLACE_WEIGHT: Final = 0.15
"""Little, but three times MIN_LEAD: of two measures that share their words that of the section
wins, while better words win over the section."""

# -- what words are worth ----------------------------------------------------------------------

RUN_IN_WORTH: Final = 0.9
"""Nearly as much as in the statement; where one measure is named in each, the statement's wins."""
REFERRED_WORTH: Final = 0.75
"""Below a run-in heading: the sentence before may speak of something else as well."""
HEADING_WORTH: Final = 0.6
"""A heading stands above many results. How much must be said outside of it, see MIN_SHARE."""
PRECEDING_WORTH: Final = 0.4
"""A hint only: the sentence before is as often about a neighbouring measure."""
COVERED_BY_HEADING: Final = 0.5
"""How far a word of the statement that the heading has is covered: half, as the heading may be that
of other measures, too."""
ASIDE_WEIGHT: Final = 0.3
"""What a word in brackets or in a remark behind a measure's name weighs, of its weight in the name.
Statements seldom repeat remarks, so with 1 long names are hardly ever said; with 0, measures that
differ in the remark alone could not be told apart."""
UNKNOWN_WORD_WEIGHT: Final = 0.7
"""What a word of a statement weighs that no measure has, of the median weight of the measures'
words. Below 1, as many such words tell circumstances; near 0, a neighbouring statistic with many
words of its own would be covered by the few that it shares."""

# -- what is enough ----------------------------------------------------------------------------

MIN_SCORE: Final = 0.6
"""The score from which a statement may be about the measure. All of a measure's words give
NAME_WEIGHT: the statement's other words or its place must agree as well."""
MIN_SCORE_AFTER_DEDUCTIONS: Final = 0.5
"""The score that must be left behind deductions for a population that the measure does not name and
for an unknown unit. MIN_SCORE stands the latter (0.06); a population none of whose words is the
measure's (0.25) needs 0.75, nearly all words said and covered. At MIN_SCORE a statement that is
only just the measure's would be lost to an unknown unit."""
MIN_LEAD: Final = 0.05
"""By how much the best score must exceed the next: by what one word makes in a name of ten
(NAME_WEIGHT / 10). With 0, the order of the measures decides between two that fit alike."""
MIN_SHARE: Final = 0.3
"""Share of the statement's words that must be the measure's, and of the measure's words that must
be said outside of headings. Below, one common word in a fitting place would do."""
MIN_SHARE_ELSEWHERE: Final = 0.45
"""The latter share where the section is not the measure's: nearly half. The place says nothing
there, and a word that is common to many topics would link the statement."""
MIN_TERMS_ELSEWHERE: Final = 2
"""Words of the measure that must be stated there: a single one may be a coincidence."""
CLOSE: Final = 0.8
"""Similarity from which a word stands for another where a single word decides. The head of a
compound is enough (:data:`styrmatt.swedish.lemmas.LAST_PART`), its first part is not
(``FIRST_PART``). Also how far a statement without words of its own counts as covered."""
MIN_QUALIFIER_SHARE: Final = 0.35
"""Share of a measure's qualifier ("... som fått svar samma dag") that must be said: more than one
word in three. Measures of one kind of people differ in nothing else."""
QUALIFIER_WEIGHT: Final = 0.6
"""Weight of the qualifier in the share of a name that is said, where nearly all of it is said. More
than half, as it names the measure even where it goes without saying who is counted."""
TELLS_APART: Final = 0.25
"""By how much more must be said of what only one of two measures has than of what only the other
has: by one word in four. Near 0, a stray word decides between them; above one half, naming the one
word in which they differ no longer does."""

# -- how well a section fits a measure ---------------------------------------------------------

ELSEWHERE_WITH_MEASURE: Final = 0.3
"""A section of another measure. It seldom states this one's results; above 0, as no section is
ruled out, and below all sections of the goal."""
OTHER_FACTOR: Final = 0.4
"""A section of another success factor of the measure's goal."""
SECTION_OF_GOAL: Final = 0.6
"""A section of the measure's goal as a whole: between another factor's and its own."""
SECTION_OF_FACTOR: Final = 0.8
"""A section of the measure's success factor, if that has several measures; 1 if it has one."""
