"""Names of the layers of a PDF (optional content) that are off when it is opened.

PDFium honours layers when it renders a page, but tells the text of all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from styrmatt.extract.engine.pdf_objects import PdfObjects, text_string

_PROPERTIES = b"/OCProperties"
_PACKED = b"/ObjStm"
"""Where objects are packed, the catalog may be among them, and cannot be searched for a word."""


def layers_off(data: bytes, objects: Callable[[], PdfObjects]) -> frozenset[str]:
    """The names of layers that are off; of two layers with one name, only where both are.

    ``data`` are the file's bytes; ``objects`` is called where the file has to be parsed.
    Empty for a file without layers, and for one whose list of layers is damaged: then all is read.
    """
    if _PROPERTIES not in data and _PACKED not in data:
        return frozenset()
    try:
        found = objects()
        properties = found.resolve(found.catalog.get("OCProperties"))
        return _off(found, properties) if isinstance(properties, dict) else frozenset()
    except Exception:  # pdfminer raises whatever it stumbles over
        return frozenset()


def _off(objects: PdfObjects, properties: dict[str, Any]) -> frozenset[str]:
    default = objects.resolve(properties.get("D")) or {}
    base_is_off = str(getattr(default.get("BaseState"), "name", "ON")) == "OFF"
    listed = {
        reference.objid
        for reference in objects.resolve(default.get("ON" if base_is_off else "OFF")) or ()
    }
    off: set[str] = set()
    on: set[str] = set()
    for reference in objects.resolve(properties.get("OCGs")) or ():
        layer = objects.resolve(reference)
        is_off = (reference.objid in listed) != base_is_off
        (off if is_off else on).add(text_string(layer.get("Name")) or "")
    return frozenset(off - on)
