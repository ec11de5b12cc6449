"""Decoding, lines, pages and running heads of a text file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from styrmatt.extract.text.lines import TextLine, TextLines, decode, read_lines
from styrmatt.vocabulary import load_vocabulary

RUNNING = load_vocabulary("sv").running
FULL = "En rad som fyller hela sidans bredd så att den ser ut som löpande text i en"


def lines_of(text: str) -> TextLines:
    return read_lines(text, RUNNING)


def pages_of(text: str) -> list[tuple[str, int]]:
    return [(line.text, line.page) for line in lines_of(text).lines]


def test_a_space_in_front_of_a_line_opens_a_page_only_right_below_a_line() -> None:
    text = "ett\ntvå\n tre\nfyra\n\n M 100 %\nfem\n" + "sex\n" * 3
    assert (
        pages_of(text)
        == [
            ("ett", 1),
            ("två", 1),
            ("tre", 2),
            ("fyra", 2),
            ("M 100 %", 2),
            ("fem", 2),
        ]
        + [("sex", 2)] * 3
    )


def test_page_marks_anchor_the_count_and_are_no_text() -> None:
    text = (
        f"{FULL}\n\n Sida 7 (20) \n\n{FULL} igen\n nästa sida\n\n Sida 9 (20)\nslut\n" + "mer\n" * 8
    )
    assert pages_of(text)[:4] == [(FULL, 6), (f"{FULL} igen", 7), ("nästa sida", 8), ("slut", 9)]
    assert [line.page_label for line in lines_of(text).lines[:4]] == [None, "7", None, "9"]


def test_a_register_head_below_a_page_mark_is_no_text_but_kept() -> None:
    head = "GÄLLER FÖR VERKSAMHET  DOKUMENT-ID VERSION\nRegion Ådalen adal-4-12 1.3"
    read = lines_of(f"ett\n\n Sida 2 (3)\n\n{head}\n\ntvå\n")
    assert [line.text for line in read.lines] == ["ett", "två"]
    assert "Region Ådalen adal-4-12 1.3" in read.running_heads


def test_form_feeds_end_pages() -> None:
    assert pages_of("ett\n\ftvå\n tre\n\ffyra\n\f") == [
        ("ett", 1),
        ("två", 2),
        ("tre", 2),
        ("fyra", 3),
    ]


def test_a_figure_alone_is_a_page_mark_only_at_the_edges_of_pages() -> None:
    text = "\f".join(f"ett mål\n15\nmer text\n{n}\n" for n in range(4, 9))
    read = lines_of(text)
    assert [line.text for line in read.lines].count("15") == 5
    assert sorted({line.page for line in read.lines}) == [4, 5, 6, 7, 8]


def test_a_line_that_most_pages_repeat_is_a_running_head() -> None:
    text = "\f".join(
        f"Årsrapport 2023, sida {n}\nstycke {word}\n" for n, word in enumerate("abcde", 1)
    )
    assert [line.text for line in lines_of(text).lines] == [f"stycke {w}" for w in "abcde"]


def test_an_empty_line_behind_every_line_does_not_count() -> None:
    read = lines_of("\n\n".join([FULL] * 6 + ["", "slut"]))
    assert [line.blank_lines_before for line in read.lines] == [0] * 6 + [2]
    assert not read.blank_lines_separate


def test_traces_of_empty_cells_are_counted() -> None:
    read = lines_of("RS 100 %   \n\n \n\nRS\n")
    assert read.lines[1] == TextLine(
        "RS", 1, blank_lines_before=3, empty_cell_traces=2, trailing_traces=1
    )


def test_soft_hyphens_are_hyphens_at_line_ends_and_nothing_elsewhere() -> None:
    assert decode("verk\u00adsam\u00ad\nhet".encode(), "a.txt") == "verksam-\nhet"


def test_a_text_broken_at_every_soft_hyphen_is_mended() -> None:
    shattered = "verk\u00ad\nsam\u00ad\nhe\u00ad\nten ökar\n" * 5
    assert decode(shattered.encode(), "a.txt") == "verksamheten ökar\n" * 5


@given(st.lists(st.text(alphabet="abcÅÄÖ 12-\t", max_size=30), max_size=30), st.booleans())
def test_no_word_is_lost_and_pages_never_go_back(raw: list[str], feeds: bool) -> None:
    text = ("\n\f" if feeds else "\n").join(["start", *raw])
    read = lines_of(text)
    kept = [word for line in read.lines for word in line.text.split()]
    kept += [word for head in read.running_heads for word in head.split()]
    assert sorted(kept) == sorted(text.split())
    pages = [line.page for line in read.lines]
    assert pages == sorted(pages)


def fed(*numbers: int) -> str:
    """Pages that form feeds end, each with a line of its own and its number."""
    return "".join(f"{'abcdef'[n]} {FULL}\n\nRegion Sjövik Sida {n}\n\f" for n in numbers)


def page_kinds(text: str) -> list[tuple[str, str, int | None]]:
    warnings = lines_of(text).page_warnings
    return [(w.kind, w.severity, w.place.page if w.place else None) for w in warnings]


def test_missing_pages_are_told_where_form_feeds_end_pages() -> None:
    assert page_kinds(fed(1, 2, 3, 4)) == []
    assert page_kinds(fed(1, 2, 4, 5)) == [
        ("page_missing", "warning", 2),
        ("page_missing", "warning", 3),
    ]


def test_pages_in_disorder_are_put_in_order() -> None:
    text = fed(1, 3, 2, 4)
    assert [line.text[0] for line in lines_of(text).lines] == [*"bcde"]
    assert [kind[:2] for kind in page_kinds(text)] == [("page_order", "info")]


def marked(*numbers: int) -> str:
    """Pages that nothing but their page marks part."""
    return "".join(f"\n Sida {n} (9)\n{FULL} rad {n}\n{FULL}\n" for n in numbers)


def test_missing_pages_are_told_where_page_marks_part_pages() -> None:
    assert page_kinds(marked(1, 2, 3, 4, 5)) == []
    assert ("page_missing", "warning", 4) in page_kinds(marked(1, 2, 3, 4, 6, 7))
    assert page_kinds(marked(1, 5, 7)) == []  # too few to tell which of them are misread
