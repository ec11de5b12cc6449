"""Runs all the benchmarks of benchmarks/RESULTS.md; some ten minutes on two cores.

make bench                                all three parts, printed
make bench ARGS=--write                   and written into benchmarks/RESULTS.md
make bench ARGS="compare jobs --quick"    some of them; --quick: once, and no more than 100 reports
"""

from __future__ import annotations

import argparse

import compare
import growth
import jobs
from measuring import log

PARTS = {"compare": compare.main, "jobs": jobs.main, "growth": growth.main}
QUICK = {
    "compare": ["--rounds", "1", "--cold-rounds", "1"],
    "jobs": ["--rounds", "1"],
    "growth": ["--counts", "1,10,100", "--pages", "74,300"],
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="measure less")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md")
    arguments = parser.parse_args()
    unknown = [part for part in arguments.parts if part not in PARTS]
    if unknown:
        parser.error(f"{unknown[0]!r} is none of {', '.join(PARTS)}")
    for part in arguments.parts or PARTS:
        log(part)
        words = [*(QUICK[part] if arguments.quick else []), *(["--write"] * arguments.write)]
        PARTS[part](words)


if __name__ == "__main__":
    main()
