"""Makes what forms and annotations show part of the page, as a viewer shows it.

The value of a form field and a text that somebody put on the page are seen by every reader, but
they do not belong to the page's content, of which alone PDFium tells the text.
"""

from __future__ import annotations

from typing import Any


def flatten_annotations(page: Any) -> bool:
    """Draw the text annotations of a page of pypdfium2 into its content; whether it has any.

    The file is not changed. A page that was flattened has to be opened anew to be read.
    """
    import pypdfium2.raw as raw

    with_text = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in with_text:
            return bool(raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)
    return False
