"""Reads PDFs by two engines, PDFium and pdfplumber, that give the same pages."""
