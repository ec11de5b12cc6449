from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.swedish import dictionary as words
from styrmatt.swedish.dehyphenate import Cleaner
from styrmatt.swedish.document_words import DocumentWords, sentence_case
from styrmatt.vocabulary import load_vocabulary

HYPHENS = load_vocabulary("sv").hyphens
needs_dictionary = pytest.mark.skipif(not words.has_dictionary(), reason="no hunspell-sv")


def clean(raw: str, *document: str) -> str:
    return Cleaner(DocumentWords(document), HYPHENS).clean(raw).text


def test_a_word_broken_at_a_line_end_is_joined() -> None:
    assert clean("Antal reg-\nionala mö-\nten") == "Antal regionala möten"
    assert clean("verksamhets-\nutveckl-\ning") == "verksamhetsutveckling"


def test_a_word_broken_over_three_lines_is_joined() -> None:
    assert clean("sam-\nverkans-\navtal") == "samverkansavtal"
    assert clean("sam-\ntill-\nfälle") == "samtillfälle"  # "till-" is no conjunction


@pytest.mark.parametrize("conjunction", ["och", "eller", "samt", "respektive"])
def test_a_suspended_hyphen_stays_with_a_space(conjunction: str) -> None:
    assert clean(f"kultur-\n{conjunction} fritidsliv") == f"kultur- {conjunction} fritidsliv"
    assert clean(f"kultur- {conjunction}\nfritidsliv") == f"kultur- {conjunction} fritidsliv"


@needs_dictionary
def test_a_word_that_ends_like_a_conjunction_is_joined() -> None:
    assert clean("en gammal dröm-\nmen") == "en gammal drömmen"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("nationell och EU-\nnivå", "nationell och EU-nivå"),
        ("1:1-\nmedel", "1:1-medel"),
        ("covid-\nvård", "covid-vård"),
        ("covid-\n19", "covid-19"),
        ("via 1177-\ntjänsten", "via 1177-tjänsten"),
        ("perioden\n2021-\n2027", "perioden 2021-2027"),
        ("sträckan Umeå-\nLuleå", "sträckan Umeå-Luleå"),
        ("e-\ntjänster", "e-tjänster"),
        ("40-, 50-,\n60-åringar", "40-, 50-, 60-åringar"),
        ("RUS-\noch kulturdagar", "RUS- och kulturdagar"),
        ("RUS-konfe-\nrens", "RUS-konferens"),
        ("perioden 2021–\n2027", "perioden 2021–2027"),
    ],
)
def test_a_real_hyphen_stays_without_a_space(raw: str, text: str) -> None:
    assert clean(raw) == text


def test_the_reports_own_words_decide_first() -> None:
    assert clean("Kiruna-\nfjällen") == "Kirunafjällen"
    assert (
        clean("Kiruna-\nfjällen", "i Kiruna-fjällen finns", "och Kiruna-fjällen")
        == "Kiruna-fjällen"
    )
    assert clean("barn-\noch", "barnoch är ett ord här") == "barnoch"


@needs_dictionary
@pytest.mark.parametrize(
    ("raw", "document", "text"),
    [
        ("Antal Adobe-\nlicenser", "Alla Adobe-licenser köps in.", "Antal Adobe-licenser"),
        ("Antal Adobe-\nlicenser", "Varje Adobe-licens köps in.", "Antal Adobe-licenser"),
        ("Antal Adobe-\nlicensernas", "Vi har Adobe-licensen.", "Antal Adobe-licensernas"),
        ("Antal Adobe-\nlicenser", "Vi har ett Adobe-avtal.", "Antal Adobe-licenser"),
        ("Antal Adobe-\nlicenser", "Alla Adobelicenser köps in.", "Antal Adobelicenser"),
        ("Antal Adobe-\nlicenser", "Vi köper program av Adobe.", "Antal Adobelicenser"),
        ("Antal moped-\nolyckorna", "Vi ser en moped-olycka.", "Antal mopedolyckorna"),
        ("Antal vux-\neleverna", "Vi har vux-elever.", "Antal vux-eleverna"),
        ("Antal vux-\neleverna", "Vi har vuxelever.", "Antal vuxeleverna"),
        ("Antal vux-\nkurser", "Vi har vux-elever och vux-lärare.", "Antal vux-kurser"),
        ("Antal vux-\nkurser", "Vi har vux-elever.", "Antal vuxkurser"),
        ("Antal vux-\nkurser", "Vi har vux-elever, vux-rektor, vuxenhet.", "Antal vux-kurser"),
        ("Antal vux-\nprogram", "Vi har vux-projekt.", "Antal vuxprogram"),
        ("Antal grund-\nskolor", "Ny grund-skola, ny grund-kurs.", "Antal grundskolor"),
        ("Antal Kiruna-\nbor", "Vi är Kirunabor från Kiruna.", "Antal Kirunabor"),
        ("Antal Kiruna-\nborna", "Vi är Kirunabor från Kiruna.", "Antal Kirunaborna"),
        ("i Norr-\nbotten", "Vi bor i Norr-botten nu.", "i Norrbotten"),
        ("Antal sjuk-\nskrivna", "En sjuk-skriven, en sjuk-lön.", "Antal sjukskrivna"),
        ("Antal it-\nsystem", "", "Antal it-system"),
        ("Antal fit-\nnesskort", "", "Antal fitnesskort"),
    ],
)
def test_the_words_of_the_whole_report_decide_on_a_hyphen_at_a_line_end(
    raw: str, document: str, text: str
) -> None:
    """The same words stand elsewhere, or other forms of them, or others of the same first part."""
    assert clean(raw, document, "", *raw.splitlines()) == text
    assert clean(raw, *raw.splitlines(), "", document) == text


@needs_dictionary
def test_a_line_break_is_no_evidence_against_the_hyphen_of_a_name() -> None:
    broken = ["Antal Adobe-", "licenser", "", "Alla Adobe-licenser köps in."]
    assert clean("Alla Adobe-licenser köps in.", *broken) == "Alla Adobe-licenser köps in."


def test_words_of_what_is_not_read_count_but_tell_no_case() -> None:
    document = DocumentWords(["i byn"], ["Adobe-licenser", "Adobe-licenser", "byn"])
    assert (document.count("adobe-licenser"), document.count("byn")) == (2, 2)
    assert document.casing("Adobe-licenser") is None
    cleaned = Cleaner(document, HYPHENS).clean("Antal Adobe-\nlicenser")
    assert cleaned.text == "Antal Adobe-licenser"


def test_words_broken_by_line_ends_are_no_evidence() -> None:
    document = DocumentWords(["en håll-", "bar region", "helhet"])
    assert [document.count(word) for word in ("håll", "bar", "håll-", "helhet")] == [0, 0, 0, 1]


@needs_dictionary
def test_a_stray_hyphen_inside_a_line_is_removed_and_recorded() -> None:
    cleaner = Cleaner(DocumentWords(["i Norrbotten och i norr"]), HYPHENS)
    cleaned = cleaner.clean("jobb i\nNorr-botten")
    assert cleaned.text == "jobb i Norrbotten"
    assert [(repair.raw, repair.mended) for repair in cleaned.repairs] == [
        ("Norr-botten", "Norrbotten")
    ]


@needs_dictionary
def test_a_stray_hyphen_goes_only_where_the_word_stands_elsewhere_or_is_torn() -> None:
    assert clean("vård-central") == "vård-central"  # both are words: it may be meant
    assert clean("vård-central", "på en vårdcentral i") == "vårdcentral"
    assert clean("håll-bar-\nhetskonsekvenser") == "hållbarhetskonsekvenser"  # "barhets" is none
    assert clean("plane-ringen") == "planeringen"
    assert clean("covid-vård") == "covid-vård"


@needs_dictionary
def test_a_word_too_long_for_its_cell_is_whole_again() -> None:
    assert clean("kollektivtrafikmyn\ndigheten") == "kollektivtrafikmyndigheten"
    assert clean("kompetensförsörjningsr\nådet") == "kompetensförsörjningsrådet"
    assert clean("stöd via eklut\nznyps") == "stöd via eklut znyps"  # unknown words are left apart
    assert clean("antal besök\ninom vården") == "antal besök inom vården"
    assert clean("hög\nskola") == "hög skola"  # both are words: nothing says that it broke
    assert clean("två play-tjänster", "en play-tjänst") == "två play-tjänster"
    assert clean("tv-serier", "tvserier tvserier") == "tv-serier"  # no word of the dictionary


@needs_dictionary
def test_a_word_that_stands_elsewhere_with_a_line_break_is_evidence_too() -> None:
    assert (
        clean("i be-slutspro-\ncesser", "ALLA BESLUTS-", "PROCESSER I LÄNET")
        == "i beslutsprocesser"
    )


def test_a_missing_space_stays_as_printed() -> None:
    assert clean("Genomförandekraft- antal se-\nminarier") == "Genomförandekraft- antal seminarier"


def test_a_slash_at_a_line_end_closes_unless_the_report_prints_a_space() -> None:
    assert clean("behandling/\nutredning") == "behandling/utredning"
    assert clean("operation/åt-\ngärd") == "operation/åtgärd"
    assert clean("Ett forum/\når", "Ett forum/ år") == "Ett forum/ år"
    assert clean("20 personer/\n12 kommuner") == "20 personer/ 12 kommuner"


def test_what_pdf_libraries_make_of_hyphens_is_understood() -> None:
    assert clean("regio\u00adnal") == "regional"
    assert clean("regio\u00ad\nnal") == "regional"
    assert clean("regio\ufffenal") == "regional"
    assert clean("regio\ufffe\nnal") == "regional"
    assert clean("EU\u2011nivå") == "EU-nivå"
    assert clean("7\u00a0124 kr \ufb01na") == "7 124 kr fina"
    assert clean("a\u0308ldre") == "äldre"


def test_capitals_are_joined_and_acronyms_kept() -> None:
    assert clean("ALLA BESLUTS-\nPROCESSER") == "ALLA BESLUTSPROCESSER"
    assert clean("PÅ EU-\nNIVÅ", "beslut inom EU tas") == "PÅ EU-NIVÅ"


def test_a_dash_of_its_own_is_no_hyphen() -> None:
    assert clean("Kort -\nlång") == "Kort - lång"
    assert clean("-") == "-"
    assert clean("-\n-") == "- -"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("≤ –\n3,5 tkr", "≤ –3,5 tkr"),
        ("4 % (−\n2 %)", "4 % (−2 %)"),
        ("4 % (-\n2 %)", "4 % (-2 %)"),
        ("40 –\n50 %", "40 – 50 %"),
        ("–\n3,5", "– 3,5"),
        ("Mål –\n3 dagar", "Mål – 3 dagar"),
        ("(–\nsaknas)", "(– saknas)"),
    ],
)
def test_a_minus_at_a_line_end_behind_a_sign_is_of_the_figure_below(raw: str, text: str) -> None:
    assert clean(raw) == text


def test_paragraphs_are_separated_by_a_blank_line() -> None:
    cleaner = Cleaner(DocumentWords([]), HYPHENS)
    assert cleaner.paragraphs(["", "En", "rad", "", "", "Två"]).text == "En rad\n\nTvå"
    assert cleaner.paragraphs([]).text == ""


def test_without_a_dictionary_the_rules_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_speller", lambda: None)
    words.is_word.cache_clear()
    words.is_common.cache_clear()
    assert clean("kultur-\noch reg-\nionala") == "kultur- och regionala"
    assert clean("Norr-botten", "i Norrbotten nu") == "Norrbotten"
    words.is_word.cache_clear()
    words.is_common.cache_clear()


def test_capitals_become_a_sentence_with_the_reports_own_capitals() -> None:
    document = DocumentWords(["Vi arbetar i Norrbotten och på EU-nivå.", "EN RUBRIK I VERSALER"])
    assert (
        sentence_case("BESLUT PÅ EU-NIVÅ FÖR NORRBOTTEN", document)
        == "Beslut på EU-nivå för Norrbotten"
    )
    assert sentence_case("Redan en Mening", document) == "Redan en Mening"
    assert sentence_case("RS", document) == "RS"


@given(st.text(alphabet="abåäöABC19-/ \n\u00ad\ufffe\u00a0(),.%", max_size=60))
def test_clean_text_is_stable_and_single_spaced(raw: str) -> None:
    once = clean(raw)
    assert once == once.strip() and "\n" not in once and "  " not in once
    assert clean(once) == once


@given(st.text(alphabet="abcåäö -\n", max_size=60))
def test_no_letter_is_lost(raw: str) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char.isalpha())

    assert letters(clean(raw)) == letters(raw)
