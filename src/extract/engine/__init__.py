"""Decodes PDF: two engines, PDFium and pdfplumber, that give the same pages."""
