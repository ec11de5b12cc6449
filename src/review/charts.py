"""Charts as SVG, made by Vega-Lite on the server."""

from __future__ import annotations

from styrmatt.review.messages import Messages
from styrmatt.review.view import NotFoundError, Workspace


def chart_svg(workspace: Workspace, kind: str, about: str, theme: str, say: Messages) -> str:
    """A chart."""
    raise NotFoundError(kind)
