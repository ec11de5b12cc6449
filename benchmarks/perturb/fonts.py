"""What a font says its signs mean: spelled otherwise, or not at all.

Cells whose font is changed are set in a face that nothing else is set in and that reportlab brings
along. It is embedded, so a reader sees the right shapes whatever the file says of them.
"""

from __future__ import annotations

import re
from typing import Any

from pypdf.generic import DecodedStreamObject, NameObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from perturb.draft import Draft, Typeset

FACE = "Trust Vera"
_FILE = "Vera.ttf"


def face() -> str:
    """The name of the face, which reportlab knows from now on."""
    if FACE not in pdfmetrics.getRegisteredFontNames():
        # Codes are handed out by first use: without its map the file says nothing about letters.
        pdfmetrics.registerFont(TTFont(FACE, _FILE, asciiReadable=0))
    return FACE


def _fonts(writer: Any) -> list[Any]:
    """The font objects of the face, each once."""
    found = {}
    for page in writer.pages:
        for reference in page["/Resources"].get("/Font", {}).values():
            font = reference.get_object()
            if "Vera" in font.get("/BaseFont", ""):
                found[id(font)] = font
    return list(found.values())


def spell(draft: Draft, letters: dict[str, str]) -> None:
    """Have the face say that these letters stand for other text."""

    def finish(writer: Any, done: Typeset) -> None:
        for font in _fonts(writer):
            cmap = font["/ToUnicode"].get_data().decode("ascii")

            def other(match: re.Match[str]) -> str:
                sign = bytes.fromhex(match[2]).decode("utf-16-be")
                return f"{match[1]}<{letters.get(sign, sign).encode('utf-16-be').hex()}>"

            stream = DecodedStreamObject()
            spelled = re.sub(r"(<[0-9A-F]{2}> )<([0-9A-F]{4})>$", other, cmap, flags=re.M)
            stream.set_data(spelled.encode("ascii"))
            font[NameObject("/ToUnicode")] = writer._add_object(stream)

    draft.finishers.append(finish)


def nameless(draft: Draft) -> None:
    """Have the face say nothing about its signs."""

    def finish(writer: Any, done: Typeset) -> None:
        for font in _fonts(writer):
            del font["/ToUnicode"]

    draft.finishers.append(finish)
