"""Make the sample reports and the test typesettings.

    python samples/make.py raw                      the sample reports, into data/raw, and their
    truth, into tests/truth
    python samples/make.py typesettings             one small report per way of drawing markers,
    into tests/typesettings
    python samples/make.py families                 goal tables of every family, into
    tests/families
    python samples/make.py publishers               reports of other publishers, into
    tests/publishers
    python samples/make.py shared --out DIR         the real reports' content in many typesettings,
    outside the repository

Needs reportlab, python-docx, pypdfium2, pdfplumber, pikepdf, fonttools, pillow and pyphen; the
office styles need LibreOffice,
the chromium styles Chromium, and all of them the fonts they name.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from typeset import content, presets, shared
from typeset.produce import produce
from typeset.words import CONTENT

ROOT = Path(__file__).resolve().parent.parent

#: Which style sets which year of the real reports.
SHARED = {
    "2020": (
        "vector-full",
        "symbol-horizontal",
        "shade-picture",
        "form-stacked",
        "words",
        "arrow-is-status",
        "landscape-diamonds",
        "chromium-svg-blind",
        "chromium-glyph-soft",
        "chromium-shade-words",
        "office-shapes",
        "office-pictures-alt",
    ),
    "2021": (
        "glyph-shade-only",
        "jpeg-overhang",
        "words",
        "chromium-png-alt",
        "chromium-symbol",
        "office-wingdings",
        "office-words",
    ),
}
#: Where the reports of the other publishers go until the general reader reads them: everything in
#: data/raw is read by `make run` and by the tests without a fault.
PUBLISHERS = ROOT / "tests" / "publishers"
FAMILY = {"2020": "a", "2021": "b"}


@dataclass(frozen=True)
class Sample:
    """A report to make: its content, its style, the goals it keeps (none named: all) and its
    charts.

    The charts' heights are chosen so that page ends cut rows: between K and M, within a name,
    within a word.
    """

    content: str
    style: str
    goals: tuple[str, ...] = ()
    figures: dict[str, float] = field(default_factory=dict)

    def make(self, pdf: Path, truth: Path) -> None:
        """Typeset the sample and write its truth and facts."""
        report = content.load(CONTENT / f"{self.content}.toml")
        style = replace(presets.STYLES[self.style], figures=self.figures)
        facts = truth.with_name(truth.name.replace(".truth.", ".facts."))
        produce(report.only(self.goals) if self.goals else report, style, pdf, truth, facts)


#: The sample reports, by file name.
RAW = {
    "region-adalen-2022-bilaga-maluppfyllelse": Sample(
        "a-2022", "vector-full", figures={"f11": 190}
    ),
    "region-adalen-2022-run-arsrapport": Sample("b-2022", "chromium-png-alt", figures={"f06": 118}),
    "region-adalen-2023-bilaga-maluppfyllelse": Sample(
        "a-2023", "office-pictures-alt", figures={"f11": 170}
    ),
    "region-adalen-2023-run-arsrapport": Sample("b-2023", "office-wingdings"),
}

#: The small reports for tests, one for each style.
TYPESETTINGS = {
    sample.style: sample
    for sample in (
        Sample("a-2023", "vector-full", ("g06", "g09"), {"f11": 286}),
        Sample("a-2022", "symbol-horizontal", ("g02", "g06", "g07"), {"f11": 182}),
        Sample("b-2022", "glyph-shade-only", ("g01", "g04"), {"f12": 262}),
        Sample("a-2022", "shade-picture", ("g06", "g08")),
        Sample("a-2023", "form-stacked", ("g02", "g06", "g07"), {"f11": 190}),
        Sample("a-2022", "words", ("g03", "g06"), {"f11": 246}),
        Sample("a-2023", "arrow-is-status", ("g02", "g06", "g08")),
        Sample("b-2023", "jpeg-overhang", ("g01", "g03")),
        Sample("a-2022", "landscape-diamonds", ("g04", "g06"), {"f11": 118}),
        Sample("b-2023", "chromium-png-alt", ("g02", "g03", "g04"), {"f09": 206}),
        Sample("a-2022", "chromium-svg-blind", ("g04", "g06"), {"f11": 316}),
        Sample("a-2023", "chromium-glyph-soft", ("g03", "g06", "g07"), {"f11": 30}),
        Sample("b-2022", "chromium-symbol", ("g01", "g02"), {"f06": 74}),
        Sample("a-2022", "chromium-shade-words", ("g06", "g09"), {"f11": 272}),
        Sample("a-2022", "office-shapes", ("g01", "g06"), {"f11": 264}),
        Sample("b-2022", "office-wingdings", ("g01", "g03", "g04"), {"f12": 290}),
        Sample("a-2022", "office-pictures-alt", ("g06", "g07"), {"f11": 200}),
        Sample("a-2023", "office-words", ("g04", "g06")),
    )
}


def make_shared(out: Path, source: Path, only: str) -> None:
    """Set the real reports' content in every style of SHARED and write an index."""
    index = [
        "# Typesettings of the real reports' content",
        "",
        "| file | producer | exercises |",
        "| --- | --- | --- |",
    ]
    for year, names in SHARED.items():
        report = shared.load(source / f"{year}.json", source / f"{year}.facts.json", FAMILY[year])
        for name in names:
            style = presets.STYLES[name]
            index.append(f"| {year}-{name}.pdf | {style.producer} | {style.exercises} |")
            if only in f"{year}-{name}":
                path = out / f"{year}-{name}.pdf"
                produce(
                    report,
                    style,
                    path,
                    path.with_suffix(".truth.json"),
                    path.with_suffix(".facts.json"),
                )
                print(f"{year}-{name}", flush=True)
    (out / "INDEX.md").write_text("\n".join(index) + "\n", encoding="utf-8")


def make_raw(only: str) -> None:
    """Set the sample reports into data/raw and write their truth into tests/truth."""
    for name, sample in RAW.items():
        if only in name:
            truth = ROOT / "tests" / "truth" / f"{name}.truth.json"
            sample.make(ROOT / "data" / "raw" / f"{name}.pdf", truth)
            print(name, flush=True)


def make_typesettings(only: str) -> None:
    """Set a part of the sample content in every style."""
    folder = ROOT / "tests" / "typesettings"
    for name, sample in TYPESETTINGS.items():
        if only in name:
            sample.make(folder / f"{name}.pdf", folder / f"{name}.truth.json")
            print(name, flush=True)


def make_families(only: str) -> None:
    """Set the goal tables of other families, and tables to be left alone, with their truth."""
    from goaltables.make import make

    folder = ROOT / "tests" / "families"
    for content_file in sorted((CONTENT / "families").glob("*.toml")):
        name = content_file.stem
        if only in name:
            make(content_file, folder / f"{name}.pdf", folder / f"{name}.truth.json")
            print(name, flush=True)


def make_publishers(only: str) -> None:
    """Set the reports of the other publishers, and write their truth into tests/truth."""
    from goaltables.make import make

    for content_file in sorted((CONTENT / "publishers").glob("*.toml")):
        name = content_file.stem
        if only in name:
            truth = ROOT / "tests" / "truth" / f"{name}.truth.json"
            make(content_file, PUBLISHERS / f"{name}.pdf", truth)
            print(name, flush=True)


def main(arguments: Iterable[str] | None = None) -> None:
    """Run one of the makers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("raw", "typesettings", "families", "publishers", "shared"))
    parser.add_argument("--out", type=Path, help="folder for the shared typesettings")
    parser.add_argument(
        "--source",
        type=Path,
        default=ROOT.parent / "shared" / "truth",
        help="folder of the real truth files",
    )
    parser.add_argument("--only", default="", help="make only the files whose name holds this")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    if options.what == "raw":
        make_raw(options.only)
    elif options.what == "typesettings":
        make_typesettings(options.only)
    elif options.what == "publishers":
        make_publishers(options.only)
    elif options.what == "families":
        make_families(options.only)
    else:
        if options.out is None or ROOT in (options.out.resolve(), *options.out.resolve().parents):
            sys.exit("shared: --out must name a folder outside the repository")
        make_shared(options.out, options.source, options.only)


if __name__ == "__main__":
    main()
