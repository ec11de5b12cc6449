"""With --quiet nothing but styrmatt's own messages reaches standard error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from styrmatt.console.diff_markdown import _escaped
from styrmatt.console.quiet import libraries_silenced

SCRIPT = """
import ctypes, logging, os, subprocess, sys, warnings
from styrmatt.console.quiet import libraries_silenced
with libraries_silenced(sys.argv[1] == "quiet"):
    logging.getLogger("pdfminer").warning("from-logging")
    warnings.warn("from-warnings")
    os.write(2, b"from-c-library")
    subprocess.run([sys.executable, "-c", "import sys; sys.stderr.write('from-process')"])
    print("own å \\udce5", file=sys.stderr)
print("after", file=sys.stderr)
os.write(2, b"after-c")
"""
FOREIGN = ("from-logging", "from-warnings", "from-c-library", "from-process")


def said(how: str) -> str:
    done = subprocess.run([sys.executable, "-c", SCRIPT, how], capture_output=True, check=True)
    return done.stderr.decode()


def test_libraries_are_silent_where_the_user_wants_errors_only() -> None:
    quiet = said("quiet")
    assert not [text for text in FOREIGN if text in quiet]
    assert "own å \\udce5" in quiet and "after" in quiet and "after-c" in quiet


def test_they_are_heard_otherwise() -> None:
    loud = said("loud")
    assert [text for text in FOREIGN if text in loud] == list(FOREIGN)


def test_a_replaced_stream_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with libraries_silenced(True):
        print("own", file=sys.stderr)
    assert capsys.readouterr().err == "own\n"


def test_names_that_no_terminal_can_show_do_not_end_the_command(tmp_path: Path) -> None:
    path = str(tmp_path).encode() + b"/r\xe5.pdf"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"no pdf")
    command = [sys.executable, "-m", "styrmatt", "run", str(tmp_path), "--out", str(tmp_path / "o")]
    done = subprocess.run(command, capture_output=True, env=os.environ | {"LC_ALL": "C"})
    assert done.returncode == 3, done.stderr


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("![x](http://a.b/c.png)", r"\!\[x\](http\://a.b/c.png)"),
        ("[länk](javascript:x)", r"\[länk\](javascript:x)"),
        ("se www.exempel.se", r"se www\.exempel.se"),
        ("a | b", r"a \| b"),
        ("`x` *y* ~z~ $a$", r"\`x\` \*y\* \~z\~ \$a\$"),
        ("_x_ men a_b", r"\_x\_ men a_b"),
        ("AT&amp;T & co", r"AT\&amp;T & co"),
        ("rad\r\nrad", "rad rad"),
        (r"\<b>", r"\\\<b\>"),
        ("Andel (%) 2022: 70 %", "Andel (%) 2022: 70 %"),
    ],
)
def test_markdown_does_not_act_on_what_a_report_says(text: str, escaped: str) -> None:
    assert _escaped(text) == escaped
