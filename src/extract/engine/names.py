"""The engines that can read a PDF, by name."""

from __future__ import annotations

from typing import Final, Literal, get_args

EngineName = Literal["pdfium", "pdfplumber"]
ENGINES: Final[tuple[EngineName, ...]] = get_args(EngineName)
DEFAULT_ENGINE: Final[EngineName] = "pdfium"
