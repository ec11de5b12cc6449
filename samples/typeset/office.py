"""LibreOffice as a producer: the .docx document, converted as Word would print it."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from typeset.blocks import Block, Probe
from typeset.docx import Writer
from typeset.model import Report
from typeset.plain import settled
from typeset.probing import Dyes
from typeset.style import Style


def _convert(docx: bytes, tagged: bool) -> bytes:
    """The document as LibreOffice prints it, with a profile of its own that is thrown away."""
    options = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": str(tagged).lower()}})
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(docx)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                f"pdf:writer_pdf_Export:{options}",
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return settled(source.with_suffix(".pdf").read_bytes())


def render(
    report: Report, style: Style, blocks: list[Block], probing: bool
) -> tuple[bytes, dict[Probe, int]]:
    """The converted file and, when probing, the page of every place."""
    dyes = Dyes(blocks, probing)
    pdf = _convert(Writer(report, style, dyes).document(blocks), style.tagged)
    return pdf, dyes.pages(pdf) if probing else {}
