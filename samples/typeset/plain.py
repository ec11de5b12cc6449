"""Making a PDF the same on every day, and small: dates and identifiers are fixed, objects packed
into streams."""

from __future__ import annotations

import io

import pikepdf

DATE = "D:20240115120000Z"


def settled(pdf: bytes) -> bytes:
    """The file with fixed dates and an identifier made from its content; what its pages show is
    untouched."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for key in ("/CreationDate", "/ModDate"):
            if key in document.docinfo:
                document.docinfo[key] = DATE
        for key in ("/ID", "/DocChecksum"):
            if key in document.trailer:
                del document.trailer[key]
        if "/Metadata" in document.Root:
            del document.Root["/Metadata"]
        document.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return out.getvalue()
