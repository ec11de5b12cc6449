"""Where decisions flip about a report's pages, its headings and itself: one thing is varied.

Each row of FLIPS says in a sentence from where to where the answer is yes; the others are no.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from flips import Flip
from paper import page, text

from styrmatt.errors import NoLayoutError
from styrmatt.extract import pdf_report
from styrmatt.extract.choose_layout import LayoutFit, choose, fit_pages
from styrmatt.extract.engine.document import PageText
from styrmatt.extract.model.page import Page, Ruling
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.extract.pdf_report import _pages_like_tables
from styrmatt.extract.report_identity import IdentityReader
from styrmatt.extract.report_reader import ReportReader, _without_sliver
from styrmatt.extract.sections.headers_footers import RunningLines, masked
from styrmatt.extract.sections.read_sections import BodyStyle, SectionReader, is_contents_page
from styrmatt.extract.tables.cells import TablePart
from styrmatt.extract.tables.columns import Columns
from styrmatt.extract.tables.header_row import find_headers
from styrmatt.extract.tables.ignored_tables import find_ignored_tables
from styrmatt.layout import Layout, LayoutColumn, LayoutTable
from styrmatt.layout_files import load_layouts

FIRST, SECOND, *_ = load_layouts()
LAYOUT: Layout = next(x for x in load_layouts() if x.name == "styrmatt-med-namnd")
RUNNING = LAYOUT.words.running
MEASURES = ("Styrmått", "Nämnd", "K/M", "Mål", "Måluppfyllelse", "Utveckling")
OVERVIEW = ("Strategiskt mål", "Måluppfyllelse", "Framgångsfaktor")
GOAL, FACTOR = "Strategiskt mål: Ett öppet län", "Framgångsfaktor: Mer tid"
NAME = "God livskvalitet för alla som bor och verkar i länet nu"
LABEL = RUNNING.head_labels[0]


def line(letters: str, top: float = 100, size: float = 10, x: float = 50) -> PageLine:
    """A line of one word."""
    return lines_of(text(letters, x, top, size))[0]


def words_of(length: int) -> str:
    """Words of so many characters in all."""
    return ("nnnn " * length)[: length - 1] + "n"


def misprinted(name: str, count: int) -> str:
    """A name with every other of its first letters replaced, ``count`` in all."""
    letters = [n for n, letter in enumerate(name) if letter.isalpha()][::2][:count]
    return "".join("x" if n in letters else letter for n, letter in enumerate(name))


# --- running heads and feet -----------------------------------------------------------------------


def splits(lines: Sequence[PageLine], height: float = 1000, patterns=RUNNING) -> list[str]:
    """The running lines of a page on which lines that begin with "Rapport" are repeated."""
    repeated = frozenset(masked(x.text) for x in lines if x.text.startswith("Rapport"))
    running = RunningLines(patterns, repeated)
    return [x.text for x in running.split(1, height, lines, lambda _: False)[1]]


def is_learned(pages: int, total: int) -> bool:
    """Whether a line is a head that stands on so many pages of all."""
    texts = ["Rapport" if n < pages else f"{'n' * n} text" for n in range(total)]
    return "rapport" in RunningLines.learn(texts, RUNNING).repeated


HEADS = {
    "a head stands in the upper 16 % of the page": Flip(
        lambda n: bool(splits([line("Rapport", 10 * n - 10)])), range(2, 60, 2), last=14
    ),
    "a foot stands in the lower 16 % of the page": Flip(
        lambda n: bool(splits([line("Rapport", 1000 - 10 * n)])), range(2, 60, 2), last=14
    ),
    "a head stands on 3 pages at least": Flip(lambda n: is_learned(n, 20), range(1, 13), first=3),
    "a head stands on every tenth page at least": Flip(
        lambda n: is_learned(n, 100), range(2, 40), first=10
    ),
    "3 lines may be heads besides those of the register's": Flip(
        lambda n: (
            len(splits([line("Rapport", 12 * k) for k in range(20)], 9000))
            >= RUNNING.head_lines + n
        ),
        range(12),
        last=3,
    ),
    "values stand below a line of labels and 2 stray letters": Flip(
        lambda n: "Anna" in splits([line(f"{LABEL} {'x' * n}", 20), line("Anna", 35)]),
        range(9),
        last=2,
    ),
    "a label of 8 letters makes its line a head": Flip(
        lambda n: bool(
            splits([line("L" * n, 20)], patterns=replace(RUNNING, head_labels=("L" * n,)))
        ),
        range(2, 30),
        first=8,
    ),
}


class PagesByHand:
    """Stands for a PDF of five pages, each with a line at the same height and some text below."""

    name, sha256, page_count = "a.pdf", "", 5

    def __init__(self, height: float) -> None:
        self.failed: dict[int, str] = {}
        self._pages = [
            page(text("Rapport", 50, height - 10) + text(f"Resor {'n' * n}", 50, 400), number=n)
            for n in range(1, 6)
        ]

    def attached_files(self) -> tuple[str, ...]:
        return ()

    def properties(self) -> tuple[str, ...]:
        return ()

    def __enter__(self) -> PagesByHand:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def page_texts(self, margin_share: float) -> Iterator[PageText]:
        for each in self._pages:
            margin = [x.text for x in each.lines if x.bottom <= margin_share * each.height]
            yield PageText("\n".join(x.text for x in each.lines), "\n".join(margin))

    def require_text(self, texts: list[str]) -> None:
        pass

    def page(self, number: int) -> Page:
        return self._pages[number - 1]

    def close_page(self, number: int) -> None:
        pass


def test_heads_are_learned_in_the_upper_tenth_of_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    heads = []
    for percent in (3, 5, 8, 9, 11, 13, 15):
        made = PagesByHand(8.42 * percent)
        monkeypatch.setattr(pdf_report, "PdfDocument", lambda *_, made=made: made)
        _, report = pdf_report.read_pdf(Path("a.pdf"), [LAYOUT], layout_name=LAYOUT.name)
        heads += [percent] if "Rapport" not in report.sections[0].text else []
    assert heads == [3, 5, 8, 9]


# --- headings and paragraphs ----------------------------------------------------------------------


def reader(*names: str) -> SectionReader:
    out = SectionReader(LAYOUT.headings, LAYOUT.words, BodyStyle(10, bold=False))
    for name in names:
        out.add_known_name("goal", name)
    return out


def names_goal(heading: str, name: str) -> bool:
    """Whether a heading names the goal that an overview gave under this name."""
    sections = reader(name)
    sections.add_line(1, lines_of(text(heading, 50, 50, 4, bold=True))[0])
    return sections.finish()[0].kind == "goal"


def headings_of(*lines: PageLine) -> int:
    """The headings among the lines of a page."""
    sections = reader()
    for each in lines:
        sections.add_line(1, each)
    return len(sections.finish())


def paragraphs(gap: float) -> int:
    """Paragraphs in two lines of 10 points that lie so far apart."""
    sections = reader()
    for each in (line("Resandet", 100), line("Antalet", 110 + gap)):
        sections.add_line(1, each)
    return sections.finish()[0].text.count("\n\n") + 1


def learned_size(length: int) -> float:
    """The size of running text on a page with nothing but a line of 12 points."""
    return BodyStyle.learn([page(text(words_of(length), 20, 50, 12))]).size


def is_larger(size: float, usual: float = 10) -> bool:
    return BodyStyle(usual, bold=False).is_heading(line("Resandet", size=size))


def is_contents(ending: int, of: int, heading: str = "") -> bool:
    """Whether a page is one of contents on which so many lines end in a page number."""
    first = [heading] if heading else []
    numbered = [f"Resandet i länet {n + 3}" for n in range(ending)]
    rest = ["Antalet resor"] * (of - ending - len(first))
    lines = [line(t, 20 + 12 * n) for n, t in enumerate(first + numbered + rest)]
    return is_contents_page(lines, RUNNING.contents_heading)


HEADINGS = {
    "a heading with 3 of 45 letters misprinted is the goal's": Flip(
        lambda n: names_goal(misprinted(NAME, n), NAME), range(1, 25), last=3
    ),
    "a heading of 13 letters may be misprinted": Flip(
        lambda n: names_goal("n" * n, "n" * (n - 1)), range(5, 45), first=13
    ),
    "a heading may have 7 letters more than the goal": Flip(
        lambda n: names_goal("n" * 130 + "o" * n, "n" * 130), range(1, 26), last=7
    ),
    "the size of text is learned from lines of 40 characters": Flip(
        lambda n: learned_size(n) == 12, range(5, 110), first=40
    ),
    "a page without text is taken to be set in 10 points": Flip(
        lambda n: BodyStyle.learn([page([])]).is_heading(line("Resandet", size=n)),
        range(4, 30),
        first=11,
    ),
    "a heading is more than 0.7 points larger than text": Flip(
        lambda n: is_larger(10 + n), (0.1, 0.3, 0.5, 0.6, 0.8, 0.9, 1.0, 2.0), first=0.8
    ),
    "a line of 12 capitals is a heading": Flip(
        lambda n: BodyStyle(10, bold=False).is_heading(line("N" * n)), range(2, 40), first=12
    ),
    "lines of a heading differ by less than 0.4 points in size": Flip(
        lambda n: headings_of(line("Resandet", 50, 14), line("ökar", 66, 14 + n)) == 1,
        (0.0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.9, 1.0),
        last=0.3,
    ),
    "lines of a heading lie less than 0.9 ems apart": Flip(
        lambda n: headings_of(line("Resandet", 50, 20), line("ökar", 70 + 20 * n, 20)) == 1,
        (0.1, 0.3, 0.5, 0.7, 0.85, 0.94, 1.2, 2.0),
        last=0.85,
    ),
    "the second line of a heading is indented by less than 12 points": Flip(
        lambda n: headings_of(line("Resandet", 50, 14), line("ökar", 66, 14, 50 + n)) == 1,
        range(0, 41, 2),
        last=10,
    ),
    "paragraphs lie more than 0.45 ems apart": Flip(
        lambda n: paragraphs(10 * n) == 2, (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8), first=0.5
    ),
    "a page of contents has 4 lines": Flip(lambda n: is_contents(n, n), range(1, 14), first=4),
    "on a page of contents more than 60 % of the lines end in a page number": Flip(
        lambda n: is_contents(n, 20), range(1, 21), first=13
    ),
    "30 % are enough under the heading of a table of contents": Flip(
        lambda n: is_contents(n, 20, RUNNING.contents_heading[0]), range(1, 19), first=7
    ),
}


# --- a report's pages -----------------------------------------------------------------------------


def sampled(pages: int) -> list[int]:
    return _pages_like_tables(["Text"] * pages, [LAYOUT], range(1, pages + 1))


def tells_tables(letters: int) -> bool:
    """Whether the last of 40 pages is looked at because it holds a header of so many letters."""
    header = "x" * letters
    table = LayoutTable("measures", (LayoutColumn("measure", (header,)),))
    texts = ["Text"] * 39 + [header]
    return 40 in _pages_like_tables(texts, [replace(LAYOUT, tables=(table,))], range(1, 41))


def is_sliver(indent: float) -> bool:
    """Whether a stray letter below a text is left out that begins so far right of it."""
    lines = [line("Resandet", 100), line("ökar", 112), line("o", 124, x=50 + indent)]
    return len(_without_sliver(lines)) == 2


def report_reader() -> ReportReader:
    return ReportReader(LAYOUT, RunningLines(RUNNING), BodyStyle(10, bold=False))


def shows_all(letters: int) -> bool:
    """Whether the warning about a table that is not known quotes all of so many letters."""
    words = [
        Word("N", x, 105 + 100 * n, x + 6, 115 + 100 * n, 10) for n in (0, 1) for x in (60, 240)
    ]
    sizes = [min(20, letters - 7 - n) for n in range(0, letters - 7, 20)]  # "N N" and " N N": 7
    words += [
        Word("n" * size, 240, 116 + 2.6 * n, 246, 118 + 2.6 * n, 2) for n, size in enumerate(sizes)
    ]
    paper = page(words, [Ruling("h", y, 55, 355) for y in (100, 198, 230)])
    (table,) = find_ignored_tables(paper, paper.lines, [])
    out = report_reader()
    out.left_alone.without(paper, paper.lines, [], None, (), lambda line: False)
    assert len(table.text) == letters
    return out.left_alone.warnings[0].raw_text == table.text


def table_end(reach: float) -> float:
    """How far below a page's last line a table ends whose rulings reach so far below it."""
    xs = (50, 170, 220, 260, 350, 440, 520)
    labels = [w for x, t in zip(xs, MEASURES, strict=False) for w in text(t, x + 3, 100, 9)]
    rulings = [Ruling("v", x, 98, 127 + reach) for x in xs]
    paper = page(labels + text("Antal", 53, 118, 9), rulings)
    headers = find_headers(paper, LAYOUT.tables_of("measures"))
    (table,) = report_reader()._page_tables(paper, paper.lines, headers)
    return table.bottom - 127


def is_last(below: float) -> bool:
    """Whether a table is the last on a page with a line whose middle is so far below it."""
    columns = Columns(("measure", "target"), (50, 200, 300), estimated=False, ruled=True)
    table = TablePart("measures", columns, 100, 200, 1, [], None)
    report_reader()._mark_ends(page([]), [line("Källa", 195 + below)], [table])
    return table.at_page_end


def is_in_ignored_table(below: float) -> bool:
    """Whether a line belongs to a table of another kind that its middle is so far below."""
    words = [w for top in (105, 125) for x in (60, 240) for w in text("Antal", x, top)]
    words += text("Källa", 60, 135 + below)
    paper = page(words, [Ruling("h", y, 55, 355) for y in (100, 120, 140)])
    left_alone = report_reader().left_alone
    return left_alone.without(paper, paper.lines, [], None, (), lambda line: False) == []


PAGES = {
    "6 pages are looked at to choose a layout": Flip(
        lambda n: len(sampled(n)) == n, range(1, 20), last=6
    ),
    "a header of 6 letters tells pages with tables": Flip(tells_tables, range(1, 20), first=6),
    "a stray letter a point away from where lines begin is left out": Flip(
        is_sliver, (0.0, 0.3, 0.6, 0.9, 1.1, 1.5, 2.0, 3.0, 4.0), first=1.1
    ),
    "200 characters of an unknown table are quoted": Flip(shows_all, range(20, 600, 20), last=200),
    "a table ends 8 points below the last line at most": Flip(
        lambda n: table_end(n) == n, (1, 2, 3, 5, 7, 9, 12, 18, 22, 30), last=7
    ),
    "a line may be a point lower than the table that it is in": Flip(
        is_last, (0.0, 0.3, 0.6, 0.9, 1.1, 1.5, 2.0, 3.0, 4.0), last=0.9
    ),
    "a line may be 2 points lower than the ignored table that it is in": Flip(
        is_in_ignored_table, (0.5, 1.0, 1.5, 1.9, 2.1, 3.0, 4.0, 6.0), last=1.9
    ),
}


# --- the report itself, and its layout ------------------------------------------------------------


def is_sure_of_year(times: int) -> bool:
    """Whether a year is sure that stands there so often, where another stands 4 times."""
    identity = IdentityReader(LAYOUT)
    identity.page("Under 2019 hände något. " * 4 + "Under 2020 hände mer. " * times)
    found, warnings = identity.read(None)
    return found["fiscal_year"] == "2020" and not warnings


def is_chosen(best: float, *others: float) -> bool:
    fits = [LayoutFit(FIRST, best, ()), *(LayoutFit(SECOND, score, ()) for score in others)]
    try:
        return choose(fits, "a.pdf") is FIRST
    except NoLayoutError:
        return False


def fit(*printed: str | tuple[str, ...]) -> float:
    """How well the layout fits a page with these headings and header rows."""
    words: list[Word] = []
    for n, what in enumerate(printed):
        labels = [what] if isinstance(what, str) else what
        for k, label in enumerate(labels):
            words += text(label, 20 + 90 * k, 100 + 60 * n, 9, bold=True)
    return round(fit_pages([LAYOUT], [page(words)])[0].score, 4)


REPORTS = {
    "a year is sure that stands there more than 1.5 times as often": Flip(
        is_sure_of_year, range(5, 21), first=7
    ),
    "a layout is chosen that scores 0.15 above the next": Flip(
        lambda n: is_chosen(0.9, 0.9 - n / 100), (2, 5, 8, 12, 14, 16, 20, 30, 40, 60), first=16
    ),
    "a layout is chosen that scores 0.5": Flip(lambda n: is_chosen(n / 10), range(1, 11), first=5),
}


@pytest.mark.parametrize(
    ("printed", "score"),
    [
        pytest.param([], 0.0, id="nothing"),
        pytest.param([MEASURES], 0.6, id="a measure table alone is worth three fifths"),
        pytest.param([MEASURES[:-1]], 0.55, id="of which a missing column costs a twelfth"),
        pytest.param([OVERVIEW], 0.2, id="an overview is worth a fifth"),
        pytest.param([GOAL], 0.1, id="headings of goals are worth a tenth"),
        pytest.param([FACTOR], 0.1, id="headings of factors are worth a tenth"),
        pytest.param([GOAL, FACTOR, OVERVIEW, MEASURES], 1.0, id="all of it"),
    ],
)
def test_how_well_a_layout_fits(printed: list[str | tuple[str, ...]], score: float) -> None:
    assert fit(*printed) == score


FLIPS = HEADS | HEADINGS | PAGES | REPORTS


@pytest.mark.parametrize("what", FLIPS)
def test_a_decision_flips_where_it_is_said_to(what: str) -> None:
    FLIPS[what].check()
