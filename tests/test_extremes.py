"""The lowest and highest value of several, and labels of one line in the middle of a header."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from paper import page, text
from test_grid_roles import names, roles

from styrmatt.extract.grid.headers.header_block import find_header_blocks
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.model.page import Page

WORDS = load_header_words("sv")
MEASURES = ("Nöjda besökare", "Väntetid i dagar", "Svar inom en dag")
FIGURES = ("71", "12", "88")


def of(*headers: str) -> list[str]:
    return names(("Mått", MEASURES), *((header, FIGURES) for header in headers))[1:]


@pytest.mark.parametrize(
    "headers",
    [
        ("Vårt resultat", "Snitt", "Högsta resultat", "Lägsta resultat"),
        ("Utfall 2021", "Riket", "Lägsta utfall"),
        ("Kommunens resultat", "Medel", "Högsta notering", "Lägsta notering"),
        ("Resultat 2020", "Högsta nivå", "Lägsta nivå", "Kommungruppen"),
    ],
)
def test_extremes_beside_others_are_of_these(headers: Sequence[str]) -> None:
    assert "target" not in of(*headers)
    found = roles(("Mått", MEASURES), *((header, FIGURES) for header in headers))
    assert found is not None
    own = [column for column in found.columns if column.is_value and not column.reading.area]
    assert [column.reading.text for column in own] == [headers[0]]


@pytest.mark.parametrize(
    ("headers", "target"),
    [
        (("Utfall 2021", "Lägsta nivå", "Riket"), 1),
        (("Lägsta resultat", "Utfall 2021"), 0),
        (("Utfall 2021", "Lägsta godtagbara resultat", "Riket"), 1),
        (("Utfall 2021", "Högsta tillåtna nivå"), 1),
        (("Lägsta önskade utfall", "Utfall 2021", "Snitt"), 0),
        (("Lägsta målnivå", "Utfall 2021", "Snitt"), 0),
        (("Mål", "Utfall 2021", "Snitt", "Lägsta utfall"), 0),
    ],
)
def test_a_limit_that_is_wanted_stays_a_target(headers: Sequence[str], target: int) -> None:
    assert [n for n, role in enumerate(of(*headers)) if role == "target"] == [target]


def sheet(*labels: tuple[str, float], step: float = 12, row: str = "Nöjda 91 87 98 61") -> Page:
    """A bold header at x, each label in the middle of the row, above rows of figures."""
    most = max(label.count("\n") for label, _ in labels)
    words = []
    for label, x in labels:
        lines = label.split("\n")
        top = 100 + (most + 1 - len(lines)) * step / 2
        for n, line in enumerate(lines):
            words += text(line, x, top + n * step, bold=True)
    for n in range(3):
        for cell, (_, x) in zip(row.split(), labels, strict=True):
            words += text(cell, x, 150 + 25 * n)
    return page(words)


def headers(made: Page) -> list[tuple[str, ...]]:
    blocks = find_header_blocks(made, made.lines, WORDS)
    return [tuple(" ".join(t.split()) for t in block.texts) for block in blocks]


@pytest.mark.parametrize("step", [11, 12, 13])
@pytest.mark.parametrize("own", ["Vårt\nresultat", "Orsas\nresultat", "Utfall\n2021"])
def test_a_label_of_one_line_stands_between_the_lines_of_others(own: str, step: float) -> None:
    labels = (("Mått", 50.0), (own, 200.0), ("Snitt", 260.0), ("Högsta\nvärde", 320.0))
    made = sheet(*labels, ("Lägsta\nvärde", 380.0), step=step)
    said = own.replace("\n", " ")
    assert headers(made) == [("Mått", said, "Snitt", "Högsta värde", "Lägsta värde")]


def test_a_label_above_two_others_still_stands_for_both() -> None:
    words = [w for t, x in (("Mått", 50.0), ("Mål", 320.0)) for w in text(t, x, 115, bold=True)]
    words += text("Utfall", 227, 100, bold=True)
    words += [w for t, x in (("2020", 200.0), ("2021", 260.0)) for w in text(t, x, 115, bold=True)]
    assert headers(page(words)) == [("Mått", "Utfall 2020", "Utfall 2021", "Mål")]


def test_a_bold_line_of_another_table_is_no_line_of_the_labels() -> None:
    made = sheet(("Mått", 50.0), ("Resultat\n2021", 200.0), ("Snitt", 260.0), row="Nöjda 91 87")
    above = [*text("Antal", 50, 60, bold=True), *text("Svar", 200, 60, bold=True)]
    got = headers(page([*made.words, *above]))
    assert got == [("Mått", "Resultat 2021", "Snitt")]
