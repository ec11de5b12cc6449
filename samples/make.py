"""Make the sample reports and the test typesettings.

    python samples/make.py raw                      the sample reports, into data/raw, and their truth, into tests/truth
    python samples/make.py typesettings             one small report per way of drawing markers, into tests/typesettings
    python samples/make.py shared --out DIR         the real reports' content in many typesettings, outside the repository

Needs reportlab, python-docx, pypdfium2, pdfplumber, fonttools, pillow and pyphen; the office styles need LibreOffice,
the chromium styles Chromium, and all of them the fonts they name.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from typeset import content, presets, shared
from typeset.produce import produce
from typeset.words import CONTENT

ROOT = Path(__file__).resolve().parent.parent

#: Which style sets which year of the real reports.
SHARED = {
    "2020": ("vector-full", "symbol-horizontal", "shade-picture", "form-stacked", "words", "arrow-is-status", "landscape-diamonds",
             "chromium-svg-blind", "chromium-glyph-soft", "chromium-shade-words", "office-shapes", "office-pictures-alt"),
    "2021": ("glyph-shade-only", "jpeg-overhang", "words", "chromium-png-alt", "chromium-symbol", "office-wingdings", "office-words"),
}
FAMILY = {"2020": "a", "2021": "b"}

#: The sample reports: file name, content and style.
RAW = {
    "region-adalen-2022-bilaga-maluppfyllelse": ("a-2022", "vector-full"),
    "region-adalen-2022-run-arsrapport": ("b-2022", "chromium-png-alt"),
    "region-adalen-2023-bilaga-maluppfyllelse": ("a-2023", "office-pictures-alt"),
    "region-adalen-2023-run-arsrapport": ("b-2023", "office-wingdings"),
}

#: The small reports for tests: every style with the content that it sets and the goals that it keeps.
TYPESETTINGS = {
    "vector-full": ("a-2023", ("g01", "g03", "g06", "g09")),
    "symbol-horizontal": ("a-2022", ("g02", "g06", "g07")),
    "glyph-shade-only": ("b-2022", ("g01", "g02", "g04")),
    "shade-picture": ("a-2022", ("g01", "g06", "g08")),
    "form-stacked": ("a-2023", ("g02", "g06", "g07", "g08")),
    "words": ("a-2022", ("g03", "g06", "g09")),
    "arrow-is-status": ("a-2023", ("g02", "g06", "g08")),
    "jpeg-overhang": ("b-2023", ("g01", "g02", "g03")),
    "landscape-diamonds": ("a-2022", ("g04", "g06", "g07")),
    "chromium-png-alt": ("b-2023", ("g01", "g03", "g04")),
    "chromium-svg-blind": ("a-2022", ("g01", "g04", "g06")),
    "chromium-glyph-soft": ("a-2023", ("g03", "g06", "g07")),
    "chromium-symbol": ("b-2022", ("g01", "g02", "g03")),
    "chromium-shade-words": ("a-2022", ("g06", "g08", "g09")),
    "office-shapes": ("a-2022", ("g01", "g03", "g06")),
    "office-wingdings": ("b-2022", ("g01", "g03", "g04")),
    "office-pictures-alt": ("a-2022", ("g06", "g07", "g08")),
    "office-words": ("a-2023", ("g04", "g06", "g10")),
}


def make_shared(out: Path, source: Path, only: str) -> None:
    """Set the real reports' content in every style of SHARED and write an index."""
    index = ["# Typesettings of the real reports' content", "", "| file | producer | exercises |", "| --- | --- | --- |"]
    for year, names in SHARED.items():
        report = shared.load(source / f"{year}.json", source / f"{year}.facts.json", FAMILY[year])
        for name in names:
            style = presets.STYLES[name]
            index.append(f"| {year}-{name}.pdf | {style.producer} | {style.exercises} |")
            if only in f"{year}-{name}":
                produce(report, style, out / f"{year}-{name}.pdf")
                print(f"{year}-{name}", flush=True)
    (out / "INDEX.md").write_text("\n".join(index) + "\n", encoding="utf-8")


def make_raw(only: str) -> None:
    """Set the sample reports into data/raw and write their truth into tests/truth."""
    for name, (source, style) in RAW.items():
        if only in name:
            truth = ROOT / "tests" / "truth" / f"{name}.truth.json"
            produce(content.load(CONTENT / f"{source}.toml"), presets.STYLES[style], ROOT / "data" / "raw" / f"{name}.pdf",
                    truth, truth.with_name(f"{name}.facts.json"))
            print(name, flush=True)


def make_typesettings(only: str) -> None:
    """Set a part of the sample content in every style."""
    for name, (source, goals) in TYPESETTINGS.items():
        if only in name:
            report = content.load(CONTENT / f"{source}.toml").only(goals)
            produce(report, presets.STYLES[name], ROOT / "tests" / "typesettings" / f"{name}.pdf")
            print(name, flush=True)


def main(arguments: Iterable[str] | None = None) -> None:
    """Run one of the three makers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("raw", "typesettings", "shared"))
    parser.add_argument("--out", type=Path, help="folder for the shared typesettings")
    parser.add_argument("--source", type=Path, default=ROOT.parent / "shared" / "truth", help="folder of the real truth files")
    parser.add_argument("--only", default="", help="make only the files whose name holds this")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    if options.what == "raw":
        make_raw(options.only)
    elif options.what == "typesettings":
        make_typesettings(options.only)
    else:
        if options.out is None or ROOT in (options.out.resolve(), *options.out.resolve().parents):
            sys.exit("shared: --out must name a folder outside the repository")
        make_shared(options.out, options.source, options.only)


if __name__ == "__main__":
    main()
