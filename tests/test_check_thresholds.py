"""Where the checks draw the line: one example just like a finding that is none, and the reverse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from test_check import VOCABULARY, found, kinds, made

from styrmatt.audit.check.basis.measure_words import MeasureWords, same_word
from styrmatt.records import Extract


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("resenär", "resenärer", True),
        ("sjukskrivning", "sjukskrivningsperiod", False),
        ("brand", "brandgula", False),
        ("andel", "handel", False),
    ],
)
def test_an_inflection_is_the_same_word_and_a_compound_or_a_chance_part_is_not(
    first: str, second: str, same: bool
) -> None:
    assert same_word(first, second) is same


def test_particles_and_figures_say_nothing_of_the_subject() -> None:
    index = MeasureWords((), VOCABULARY.checks)
    assert index.content_words("Ca 30 st bussar på el") == ("bussar",)


def with_measures(extract: Extract, names: Sequence[str]) -> Extract:
    """The extract with measures of these names and without lines of a table."""
    measures = tuple(
        replace(extract.measures[0], measure_id=f"m{number}", measure=name)
        for number, name in enumerate(names)
    )
    return replace(extract, measures=measures, records=())


class TestSummary:
    """Sentences of a goal's summary about a target."""

    def test_a_word_that_two_measures_share_still_names_one_of_them(self) -> None:
        extract = made(texts=[("Nöjda åkande ökade men når inte målet.", False)])
        names = ["Andel nöjda åkande i buss", "Andel nöjda åkande på tåg"]
        assert found(with_measures(extract, names)) == []

    def test_a_word_of_every_measure_names_none(self) -> None:
        extract = made(texts=[("Invånare med bredband ökade men når inte målet.", False)])
        names = [f"Antal invånare i {place}" for place in ("Alby", "Ekby", "Ulby", "Dalby", "Nyby")]
        assert kinds(with_measures(extract, names)) == ["measure_without_table"]

    def test_a_compound_with_the_same_beginning_names_the_measure(self) -> None:
        text = "Belåtna busstrafikanter ökade men når inte målet."
        assert found(made(name="Antal turer i busstrafiken", texts=[(text, False)])) == []

    def test_a_few_equal_first_letters_name_no_measure(self) -> None:
        text = "Utbetalda arvoden till medborgarråd ökade och når inte målet."
        extract = made(name="Andel utbildade förare", texts=[(text, False)])
        assert kinds(extract) == ["measure_without_table"]

    def test_a_sentence_without_a_subject_is_of_no_measure(self) -> None:
        assert found(made(texts=[("Det når inte målet.", False)])) == []

    def test_a_verb_of_another_clause_reaches_no_target(self) -> None:
        text = (
            "Utbetalda arvoden når många medborgare i hela länet, men ännu finns inget beslut "
            "om vad som ska bli målet."
        )
        assert found(made(texts=[(text, False)])) == []


class TestFigures:
    """One figure given in two ways."""

    def texts(self, first: str, second: str) -> list[str]:
        return kinds(made(texts=[(first, False), (second, True)]))

    def test_stock_phrases_may_be_about_two_things(self) -> None:
        assert self.texts("Andelen var 61,5 procent.", "Andelen var 60,6 procent.") == []

    def test_one_exchanged_word_leaves_the_statement_the_same(self) -> None:
        first = (
            "Andelen resor med elbuss och vätgasbuss var 61,5 procent i hela skärgården i länet."
        )
        second = (
            "Andelen resor med elbuss och vätgasbuss var 60,6 procent i hela skärgården i norr."
        )
        assert self.texts(first, second) == ["figure_differs"]

    def test_sentences_of_one_pattern_are_about_two_things(self) -> None:
        first = "För 2020 var andelen resor med elbuss 61,5 procent av resorna i länet."
        second = "För 2020 var andelen besök hos tandläkare 60,6 procent av besöken i länet."
        assert self.texts(first, second) == []

    @pytest.mark.parametrize(("amount", "differs"), [("13,7", True), ("11,2", False)])
    def test_amounts_that_are_far_apart_are_two_grants(self, amount: str, differs: bool) -> None:
        first = "Av stödet gick 13,8 miljoner kronor till Tallmobuss för linjerna."
        second = f"Tallmobuss har under våren beviljats {amount} miljoner kronor."
        assert self.texts(first, second) == (["figure_differs"] if differs else [])

    def test_small_amounts_are_near_by_chance(self) -> None:
        first = "En resa med Tallmobuss kostar 50 kronor i zonen."
        second = "För sen återlämning av hjälpmedel tar Tallmobuss ut 51 kronor."
        assert self.texts(first, second) == []

    def test_a_name_at_the_other_end_of_the_sentence_is_no_receiver(self) -> None:
        first = "Av stödet gick 13,8 miljoner kronor till Tallmobuss för linjerna."
        second = (
            "Tallmobuss kör vidare som tidigare med oförändrad tidtabell under hela hösten och "
            "vintern, medan grannkommunens egen båtlinje har beviljats 13,7 miljoner kronor."
        )
        assert self.texts(first, second) == []


def test_one_common_word_of_a_long_name_is_not_about_the_measure() -> None:
    text = "Målet att nå fler kommuner har inte uppnåtts."
    outcome = {"status_stated": "not_met", "text": text}
    name = "Andel nöjda åkande med busstrafiken i länets samtliga kommuner"
    assert found(made(name=name, line={"status": "met"}, outcome=outcome)) == []


class TestTargets:
    """Targets that sentences state."""

    @pytest.mark.parametrize(
        "text",
        [
            # The year behind the figure dates it.
            "Målet är att 90 procent år 2025 av de åkande i busstrafiken ska vara nöjda.",
            # One word of the name is of something else.
            "Målet är att 75 procent av de åkande ska ha en app.",
            # The figure is of another clause.
            "Målet för nöjda åkande i busstrafiken togs fram av nämnden efter flera möten med "
            "kommunerna under hela våren och 75 procent av de tillfrågade ställde sig bakom det.",
        ],
    )
    def test_figures_that_are_no_target_of_the_measure(self, text: str) -> None:
        assert found(made(texts=[(text, True)])) == []

    @pytest.mark.parametrize(
        "text",
        [
            # A year far behind the figure is of something else.
            "Målet är att 75 procent av de åkande i busstrafiken ska vara nöjda enligt den plan "
            "som beslutades 2018.",
            # Sentences name a measure by some of its words.
            "Målet är att 75 procent i busstrafiken ska vara nöjda.",
        ],
    )
    @pytest.mark.parametrize("below_factor", [True, False])
    def test_targets_that_the_table_lacks(self, text: str, below_factor: bool) -> None:
        assert "target_differs" in kinds(made(texts=[(text, below_factor)]))

    def test_a_figure_without_a_unit_is_of_the_measure_that_its_section_is_about(self) -> None:
        name = "Antal tillgängliga hållplatser i busstrafiken"
        line = {"target_text": "12", "target_value": 12.0, "target_unit": "count"}
        text = "Målet för 2020 är 15 nya hållplatser i busstrafiken."
        assert kinds(made(name=name, line=line, texts=[(text, True)])) == ["target_differs"]

    def test_a_target_is_of_the_measure_that_it_names_more_of(self) -> None:
        text = "Målet är att 75 procent av de åkande ska vara nöjda."
        assert kinds(self.with_second("Andel nöjda elever i skolan", text)) == ["target_differs"]

    def with_second(self, name: str, text: str) -> Extract:
        """A report with a second measure, whose target is the same."""
        one = made(texts=[(text, False)])
        measure, record = one.measures[0], one.records[0]
        other = {"measure_id": "m2", "measure": name}
        return replace(
            one,
            measures=(measure, replace(measure, **other)),
            records=(record, replace(record, **other, record_id="m2-T")),
        )

    def test_a_target_of_one_of_two_like_measures_is_of_neither(self) -> None:
        text = "Målet är att 75 procent av de åkande ska vara nöjda."
        assert kinds(made(texts=[(text, False)])) == ["target_differs"]
        assert found(self.with_second("Andel nöjda åkande i tågtrafiken", text)) == []


def test_a_short_paragraph_may_stand_twice() -> None:
    text = "Målet följs upp i samband med årsredovisningen och redovisas till nämnden."
    assert found(made(texts=[(text, False), (text, True)])) == []


def test_a_long_quote_is_cut_and_a_sentence_is_not() -> None:
    sentence = "Målet är att 75 procent av de åkande i busstrafiken ska vara nöjda."
    (finding,) = found(made(texts=[(sentence, True)]))
    assert finding.text == sentence
    paragraph = " ".join(f"Mening {number} handlar om resor." for number in range(100))
    (repeated,) = found(made(texts=[(paragraph, False), (paragraph, True)]))
    assert repeated.text.endswith("…") and len(repeated.text) < len(paragraph) / 2
