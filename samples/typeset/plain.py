"""Making a PDF the same on every day: dates and random identifiers are overwritten, byte for byte."""

from __future__ import annotations

import re

DATE = b"D:20240115120000"


def fixed_dates(pdf: bytes) -> bytes:
    """The file with fixed dates and a fixed identifier; no length changes, so that every offset holds."""
    pdf = re.sub(rb"(/(?:Creation|Mod)Date ?\()D:\d{14}", rb"\g<1>" + DATE, pdf)
    return re.sub(rb"(/(?:ID|DocChecksum) ?(?:\[ ?)?)((?:[<(/][0-9A-Fa-f]{16,}[>)]?\s*)+)",
                  lambda found: found.group(1) + re.sub(rb"[0-9A-Fa-f]", b"0", found.group(2)), pdf)
