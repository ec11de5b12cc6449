"""What each cue of a plain text is worth: points of breaks, cells and ends in worked examples.

golden/plaintext-points.json shows the points; after a wanted change of weights write it anew with
``UPDATE_GOLDEN=1 pytest -n0 tests/test_plaintext_points.py`` and read the difference.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flips import check_golden

from styrmatt.extract.text import header_row, overview
from styrmatt.extract.text.cut.break_scores import TextStatistics
from styrmatt.extract.text.cut.cell_scores import TableScores
from styrmatt.extract.text.cut.cell_words import CellLexicon, TextWord, printed_width, read_words
from styrmatt.extract.text.header_row import fit_layouts
from styrmatt.extract.text.lines import TextLines, read_lines
from styrmatt.layout import Layout, load_vocabulary
from styrmatt.layout_files import load_layouts

GOLDEN = "plaintext-points.json"
WORDS = load_vocabulary("sv")
LAYOUT: Layout = next(x for x in load_layouts() if x.name == "framgangsfaktor-i-tabell")
COLUMNS = ("success_factor", "measure", "board", "sex", "target", "status", "trend")
WIDTH = 80.0
"""Characters of a full line in all examples."""
FULL = "Under året har nämnden prövat nya arbetssätt ihop med länets kommuner." + 10 * "."
NARRATIVE = FULL + "\nsom förr."


@dataclass(frozen=True)
class Example:
    """A text with ``|`` before a word; ``shown``: the break and end there, or fields of cells that
    begin there."""

    text: str
    shown: str
    blank_lines: bool = False
    traces: bool = False
    widths: Mapping[str, float] = field(default_factory=dict)
    line_starts: Mapping[str, float] = field(default_factory=dict)
    empty: Mapping[str, float] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    header_above: int | None = None
    """The line above which the table's header was repeated."""
    opens: bool = False
    """The cell is the table's first."""
    rest: bool = False
    """The cell is the rest of one that a page break cut."""
    closed: bool = True
    columns: tuple[str, ...] = COLUMNS

    def lines(self) -> TextLines:
        read = read_lines(self.text.replace("|", ""), WORDS.running)
        return replace(read, text_width=WIDTH, blank_lines_separate=self.blank_lines)

    def points(self) -> dict[str, Any]:
        """The points of the break and of an end at the word, or of each cell that begins there."""
        lines = self.lines().lines
        words = read_words(lines)
        scores = TableScores(
            lines,
            words,
            CellLexicon(WORDS, frozenset({"TN", "HSN"}), ("Bussar i tid", "Korta väntetider")),
            TextStatistics(
                WIDTH,
                self.blank_lines,
                self.traces,
                self.widths,
                self.line_starts,
                self.empty,
                frozenset(self.names),
            ),
            columns=self.columns,
            header_repeat_lines=frozenset(
                {self.header_above} if self.header_above is not None else ()
            ),
            closed=self.closed,
        )
        at = len(self.text.partition("|")[0].split())
        if self.shown == "break":
            breaks = scores.breaks
            return {"goes on": rounded(breaks.stay[at]), "begins": rounded(breaks.start[at])}
        if self.shown == "end":
            return {"table ends": rounded(scores.table_end(at))}
        return {
            f"{name}: {printed(words[at:end])}": rounded(points)
            for name in self.shown.split()
            for end, points in scores.spans(name, at, first=self.opens, continuation=self.rest)
        }


def printed(words: Sequence[TextWord]) -> str:
    """Words in one line; a slash stands for a line's end."""
    return "".join(
        word.text if not n else f" / {word.text}" if word.starts_line else f" {word.text}"
        for n, word in enumerate(words)
    )


def rounded(points: float) -> float | None:
    """Points to three digits; None where the cut is forbidden."""
    return None if points == float("-inf") else round(points, 3) + 0.0


EXAMPLES = {
    # breaks within a line
    "one space, small letter": Example("Antal |turer", "break"),
    "one space, capital": Example("Antal |Turer", "break"),
    "two spaces": Example("Antal turer  |TN", "break"),
    "three spaces": Example("Antal turer   |TN", "break"),
    "four spaces": Example("Antal turer    |TN", "break"),
    "a tab": Example("Antal turer\t|TN", "break"),
    "four spaces in a line too long for a cell": Example(
        "Antal turer som går i tid längs kusten på vintern    |TN", "break"
    ),
    "four spaces in a line just short enough": Example(
        "Antal turer som går i tid längs kusten i jul    |T", "break"
    ),
    # breaks between lines
    "a line that begins with a small letter": Example("Antal\n|turer", "break"),
    "with a figure": Example("Antal\n|95", "break"),
    "with a capital": Example("Antal\n|Turer", "break"),
    "a broken word": Example("Antal buss-\n|turer", "break"),
    "a capital behind a hyphen": Example("Antal buss-\n|Turer", "break"),
    "a dash alone before a small letter": Example("-\n|turer", "break"),
    "a figure with a hyphen": Example("2-\n|turer", "break"),
    "behind 'and'": Example("Bussar och\n|Båtar", "break"),
    "behind a comma, small letter": Example("Bussar,\n|båtar", "break"),
    "below an empty line": Example("Antal\n\n|Turer", "break", blank_lines=True),
    "below no empty line where they part cells": Example(
        "Antal\n|Turer", "break", blank_lines=True
    ),
    "on a new page": Example("Antal\n\f|Turer", "break", blank_lines=True),
    "a broken word on a new page": Example("Antal buss-\n\f|turer", "break"),
    "below a repeated header": Example("Antal\n|Turer", "break", header_above=1),
    "below a line of spaces": Example("Antal\n  \n|Turer", "break"),
    "behind spare spaces": Example("Antal  \n|Turer", "break"),
    "behind one spare space": Example("Antal \n|Turer", "break"),
    # names of measures
    "a name": Example("|Resor i länet", "measure"),
    "a name with a small letter": Example("|resor", "measure"),
    "a name with a bullet": Example("|•Resor", "measure"),
    "a name in quotes": Example("|”Resor”", "measure"),
    "a lead-in": Example("|Aktivitet: Ta fram planen", "measure"),
    "a lead-in with a misprint": Example("|Aktivitt: Ta", "measure"),
    "a lead-in with two misprints": Example("|Akitivtt: Ta", "measure"),
    "a word with a colon": Example("|Resor: Ta", "measure"),
    "a name that counts": Example("|Antal resor", "measure"),
    "a sentence in a name": Example("|Resor i länet. Mera", "measure"),
    "an abbreviation in a name": Example("|Resor bil. Mera", "measure"),
    "a bracket in a name": Example("|Resor (i länet)", "measure"),
    "a board within a line of a name": Example("|Resor med TN nu", "measure"),
    "a board on a line of its own in a name": Example("|Resor\nTN\nnu", "measure"),
    "a board behind two spaces in a name": Example("|Resor  TN", "measure"),
    "a board in a table without boards": Example(
        "|Resor\nTN", "measure", columns=("measure", "target", "status")
    ),
    "a sex in a name": Example("|Resor\nKvinnor", "measure"),
    "a sex in a table without sexes": Example(
        "|Resor\nKvinnor", "measure", columns=("measure", "target", "status")
    ),
    "a lead-in inside of a name": Example("|Resor\nAktivitet: Ta", "measure"),
    "a second count inside of a name": Example("|Resor\nAndel besök", "measure"),
    "a sign in a name": Example("|Resor ▲", "measure"),
    "a status as a name": Example("|Delvis uppnått mål", "measure"),
    "a trend as a name": Example("|Ökar", "measure"),
    "a figure on its own line in a name": Example("|Resor\n95\nper", "measure"),
    "figures as a name": Example("|95 100 3 4 resor", "measure"),
    "a name whose last line goes on": Example("|Resor i\nlänet TN", "measure"),
    "a name whose last line goes on behind a gap": Example("|Resor i\nlänet  TN", "measure"),
    "a name within a line": Example("TN |Resor", "measure"),
    # widths
    "a line wider than cells are": Example(
        "|Antal turer som går i tid längs hela kusten mellan hamnarna", "measure"
    ),
    "a line wider than its column": Example("|Antal turer", "measure", widths={"measure": 6}),
    "two lines wider than their column": Example(
        "|Antal turer\nsom går hem", "measure", widths={"measure": 6}
    ),
    "a narrow column": Example("|Antal turer", "measure", widths={"measure": 9.4}),
    "letters of all widths": Example(
        "|mwMW%@Æ\nABCDÅÄÖ\niljtfrI.,:;'!|()[]-/”\n0123456".replace("!|", "!"),
        "measure",
        widths={"measure": 4},
    ),
    "room for a small letter": Example("|Antal\nturer", "measure", widths={"measure": 16}),
    "room for a capital": Example("|Antal\nTurer", "measure", widths={"measure": 16}),
    "room for half a word": Example("|Antal\nbuss-turer", "measure", widths={"measure": 13}),
    "room for a figure without its unit": Example(
        "|Minst\n95 procent", "target", widths={"target": 12}
    ),
    "room for a figure with its unit": Example(
        "|Minst\n95 procent", "target", widths={"target": 20}
    ),
    "no room left": Example("|Antal\nturer", "measure", widths={"measure": 8}),
    # success factors
    "a factor as the overview has it": Example("|Bussar i tid", "success_factor"),
    "a factor that is nearly so": Example("|Bussar i tied nu", "success_factor"),
    "a factor with a misprint": Example("|Korta väntetyder", "success_factor"),
    "a factor whose last line goes on": Example("|Korta\nväntetider Resor", "success_factor"),
    "an unknown factor": Example("|Nya hamnar (i norr", "success_factor"),
    "an unknown factor with a small letter": Example("|nya hamnar", "success_factor"),
    "no factor in the first row": Example("|", "success_factor", opens=True),
    "no factor": Example("|", "success_factor"),
    "no factor in a full column": Example("|", "success_factor", empty={"success_factor": 0.03}),
    "no factor where few lack": Example("|", "success_factor", empty={"success_factor": 0.1}),
    "no factor in a merged column": Example("|", "success_factor", empty={"success_factor": 0.4}),
    # boards and sexes
    "a board at the start of a line": Example("|TN", "board"),
    "a board within a line": Example("Resor |TN", "board"),
    "three boards": Example("|TN, HSN / TN", "board"),
    "two boards in a word": Example("|TN/HSN", "board"),
    "an unknown board": Example("|KN", "board"),
    "two unknown boards": Example("|KN, RS", "board"),
    "no board where some lack": Example("|", "board", empty={"board": 0.4}),
    "no board in a full column": Example("|", "board", empty={"board": 0.1}),
    "a letter for a sex": Example("|K", "sex"),
    "a sex in full": Example("|Kvinnor", "sex"),
    "a sex in full before a target": Example("|Kvinnor Öka", "sex"),
    "a sex in a sentence": Example("|Kvinnor i länet", "sex"),
    "a sex on its own line": Example("|Kvinnor\ni länet", "sex"),
    # targets
    "a target phrase": Example("|Öka", "target"),
    "a phrase of three words": Example("|Inte högre än 4", "target"),
    "a phrase with a small letter": Example("|öka", "target"),
    "a target that begins with a figure": Example("|95 bussar", "target"),
    "a figure": Example("|95", "target"),
    "a figure with its unit": Example("|1 200 000 kr", "target"),
    "a long figure with its unit": Example("|1 200 000 000 kr", "target"),
    "a sex and a figure": Example("|K 95", "target"),
    "an opening word": Example("|Säkerställa", "target"),
    "a number in words": Example("|Tre", "target"),
    "another small letter": Example("|bussar", "target"),
    "another word": Example("|Plan", "target"),
    "no target in words": Example("|Ej satt", "target"),
    "no target": Example("", "target"),
    "a target at the start of a line, where none are": Example(
        "TN\n|Öka", "target", line_starts={"target": 0.1}
    ),
    "a target at the start of a line, where some are": Example(
        "TN\n|Öka", "target", line_starts={"target": 0.2}
    ),
    "a milestone": Example("|Plan antagen", "target"),
    "a long target": Example("|Ett nytt hus vid vår fina hamn nu", "target"),
    "a figure below a target": Example("|Öka\n95\n96", "target"),
    "a sign in a target": Example("|Öka ▲", "target"),
    "a dash in a target": Example("|Öka –", "target"),
    "a period on its own line in a target": Example("|Öka\nT2", "target"),
    "a period within a line of a target": Example("|Öka T2", "target"),
    "a board in a target": Example("|Öka TN", "target"),
    # marks
    "a status": Example("|Delvis uppnått nu", "status trend"),
    "a trend": Example("|Ökar", "status trend"),
    "a period": Example("|T2", "status trend"),
    "a period of two words": Example("|Kvartal 2", "status trend"),
    "an arrow": Example("|▲", "status trend"),
    "a filled shape": Example("|●", "status trend"),
    "another sign": Example("|✓", "status trend"),
    "an empty mark": Example("TN\n|Resor", "status trend"),
    "an empty mark with its trace": Example("TN\n  \n|Resor", "status trend", traces=True),
    "an empty mark without a trace": Example("TN\n|Resor", "status trend", traces=True),
    "an empty mark within a line": Example("TN |Resor", "status trend", traces=True),
    "a dash in a file without traces": Example("|-", "target status trend"),
    "a dash without traces": Example("TN\n|-\nResor", "target status trend", traces=True),
    "a dash with traces behind": Example("TN\n|-\n  \nResor", "target status trend", traces=True),
    "a dash behind one trace": Example("TN  \n|-\nResor", "target status trend", traces=True),
    "a dash behind two traces": Example("TN    \n|-\nResor", "target status trend", traces=True),
    "a dash behind four traces": Example(
        "TN        \n|-\nResor", "target status trend", traces=True
    ),
    "a dash behind wide gaps": Example("TN      |-    T", "target status trend", traces=True),
    # rests overleaf
    "a rest with a small letter": Example("Resor\f|i länet", "measure target", rest=True),
    "a rest with a capital": Example("Resor\f|Länet", "measure target", rest=True),
    "a rest that names a lead-in": Example("Resor\f|Aktivitet: Ta", "measure", rest=True),
    # ends of tables
    "at a heading's end": Example("Resor|", "end"),
    "within running text": Example("Resor|", "end", closed=False),
    "within a line": Example(f"Resor |i\n{FULL}", "end"),
    "above the first row": Example(f"|{FULL}\nResor", "end"),
    "above a full line": Example(f"Resor\n|{FULL}", "end"),
    "above a nearly full line": Example("Resor\n|" + 28 * "I " + "I", "end"),
    "above a line that is not full": Example("Resor\n|" + 24 * "I " + "I", "end"),
    **{
        f"{n} lines above a full line": Example("Resor\n|" + n * "Ny hamn\n" + FULL, "end")
        for n in range(1, 7)
    },
    "two lines above the text's end": Example("Resor\n|Ny hamn\nNya hus", "end"),
    "within a broken word": Example(f"Buss-\n|resor\n{FULL}", "end"),
    "before a small letter": Example(f"Buss\n|resor\n{FULL}", "end"),
    "at an empty line": Example(f"Resor\n\n|{FULL}", "end", blank_lines=True),
    "at no empty line": Example(f"Resor\n|{FULL}", "end", blank_lines=True),
    "at a page's end": Example(f"Resor\n\f|{FULL}", "end", blank_lines=True),
    "above a broken line": Example(f"Resor\n|Ny-\n{FULL}", "end"),
    "above signs": Example(f"Resor\n|▲ ●\n{FULL}", "end"),
    "above a board": Example(f"Resor\n|TN Öka\n{FULL}", "end"),
    "above a board in a table without boards": Example(
        f"Resor\n|TN Öka\n{FULL}", "end", columns=("measure", "target", "status")
    ),
    "above a measure's name as a heading": Example(
        f"Resor\n|Antal turer längs kusten i juli\n{FULL}",
        "end",
        widths={"measure": 16},
        names=("antalturerlängskusteniju",),
    ),
    "above a measure's name as narrow as a cell": Example(
        f"Resor\n|Antal turer längs kusten i juli\n{FULL}",
        "end",
        widths={"measure": 24},
        names=("antalturerlängskusteniju",),
    ),
    "above another wide line": Example(
        f"Resor\n|Antal turer längs ån i slutet av juli\n{FULL}",
        "end",
        widths={"measure": 16},
        names=("antalturerlängskusteniju",),
    ),
}


@dataclass(frozen=True)
class OverviewExample:
    """Text below an overview's header with ``|`` before a line or name; ``shown``: the cells that
    begin there, or an end there. Headings name the ``goals`` and ``factors``."""

    text: str
    shown: str = "cells"
    goals: tuple[str, ...] = ("Trygga resor", "God vård nära alla")
    factors: tuple[str, ...] = ("Bussar i tid", "Korta köer till vården")
    blank_lines: bool = False

    def points(self) -> dict[str, float | None]:
        """The points of each cell that begins at the mark, and of the overview ending there."""
        read = read_lines(self.text.replace("|", ""), WORDS.running)
        text = replace(read, text_width=WIDTH, blank_lines_separate=self.blank_lines)
        cutter = overview._OverviewCutter(text.lines, text, LAYOUT, self.goals, self.factors)
        before = len(self.text.partition("|")[0].split())
        words = [len(piece.text.split()) for piece in cutter.pieces]
        at = next(n for n in range(len(words) + 1) if sum(words[:n]) == before)
        if self.shown == "end":
            return {"overview ends": rounded(cutter._end(at))}
        found = {}
        for kind in list(overview._ItemKind)[1:]:
            for end in range(at + 1, len(words) + 1):
                points = rounded(cutter._points(kind, at, end))
                if points is not None:
                    found[f"{kind.name.lower()}: {cutter.printed(at, end)}"] = points
        return found


OVERVIEWS = {
    "a goal": OverviewExample("|Trygga resor"),
    "a factor": OverviewExample("|Bussar i tid\nNya hamnar"),
    "a name a little reworded": OverviewExample("|God vård för alla"),
    "a name with a misprint": OverviewExample("|Korta köer till vårdan"),
    "an unknown name": OverviewExample("|Nya hamnar"),
    "an unknown name with a small letter": OverviewExample("|nya hamnar"),
    "a status": OverviewExample("Trygga resor |Delvis uppnått Bussar i tid"),
    "a status of two lines": OverviewExample("Trygga resor\n|Delvis\nuppnått\nBussar i tid"),
    "boards at cells' ends": OverviewExample("|Trygga resor (TN)\nBussar i tid (TN)\nNya hamnar"),
    "one board in brackets": OverviewExample("|Trygga resor (TN)\nBussar i tid"),
    "an empty line between cells": OverviewExample(
        "Trygga resor\n\n|Bussar i tid\n\nNya hamnar", blank_lines=True
    ),
    "a full line": OverviewExample(f"|{FULL}\n{FULL}"),
    "a full line that is a name": OverviewExample(f"|{FULL}", goals=(FULL,)),
    "a full line that is nearly a name": OverviewExample(
        f"|{FULL}", goals=(FULL.replace("nämnden", "xxden"),)
    ),
    "above narrative": OverviewExample(f"Bussar i tid\n|{FULL}", "end"),
    "above narrative, at an empty line": OverviewExample(
        f"Bussar i tid\n\n|{FULL}", "end", blank_lines=True
    ),
    **{
        f"{n} lines above narrative": OverviewExample(
            "Bussar i tid\n|" + n * "Ny hamn\n" + FULL, "end"
        )
        for n in range(1, 6)
    },
    "above a goal's heading": OverviewExample(f"Bussar i tid\n|God vård\nnära alla\n{FULL}", "end"),
    "above a heading of another goal": OverviewExample(
        f"Bussar i tid\n|God mat\nnära alla\n{FULL}", "end"
    ),
    "within a line": OverviewExample("Trygga resor |Bussar i tid", "end"),
}


LAYOUT_EXAMPLES = {
    "a text without any table": "Resor",
    "headings of a goal and a factor": "Strategiskt mål: Trygga resor\nFramgångsfaktor: Bussar",
    "an overview, a goal and a factor": "Strategiskt mål Framgångsfaktor\nTrygga resor\n"
    "Strategiskt mål: Trygga resor\nFramgångsfaktor: Bussar",
    "measures": "Styrmått Mål Måluppfyllelse\nResor",
    "measures with boards": "Styrmått Nämnd Mål Måluppfyllelse\nResor",
    "measures with factors": "Framgångsfaktor Styrmått Mål Status\nResor",
    "measures with factors, a goal": "Strategiskt mål: Trygga resor\n"
    "Framgångsfaktor Styrmått Mål Status\nResor",
    "measures with factors, a factor": "Framgångsfaktor: Bussar\n"
    "Framgångsfaktor Styrmått Mål Status\nResor",
    "measures with factors, an overview": "Strategiskt mål Framgångsfaktor\nTrygga resor\n"
    "Framgångsfaktor Styrmått Mål Status\nResor",
}


def layout_scores(text: str) -> dict[str, Any]:
    """How well each layout fits a text, 0 to 1."""
    fits = fit_layouts(read_lines(text, WORDS.running).lines, load_layouts())
    return {"text": text} | {fit.layout.name: rounded(fit.score) for fit in fits}


def test_each_cue_is_worth_its_points() -> None:
    """The golden file lists, for each example, its text and the points of what is possible there;
    how well the layouts fit a text, by what stands in it; and the widths that texts count with.

    A weight that moves is seen at every example in which its cue stands.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {
        group: {
            what: {"text": example.text, **example.points()} for what, example in examples.items()
        }
        for group, examples in (("tables", EXAMPLES), ("overviews", OVERVIEWS))
    }
    found["layouts"] = {what: layout_scores(text) for what, text in LAYOUT_EXAMPLES.items()}
    found["widths"] = {
        what: {"text": text, "letters of medium width": rounded(printed_width(text))}
        for what, text in {
            "a letter": "n",
            "a narrow letter": "i",
            "a wide letter": "m",
            "a capital": "N",
            "a space": "n n",
            "a name": "Antal turer",
        }.items()
    }
    text = json.dumps(found, ensure_ascii=False, indent=1)
    check_golden(GOLDEN, text.replace(FULL, "[a full line]"))


def test_a_layout_for_any_table_asks_for_a_pdf() -> None:
    (fit,) = (
        f
        for f in fit_layouts(read_lines("Mål\n", WORDS.running).lines, load_layouts())
        if f.layout.any_table
    )
    assert (fit.score, fit.missed) == (0.0, (header_row._PLACES,))
