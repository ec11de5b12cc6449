"""What would make the first views slow, done before anybody asks for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import Final

from styrmatt.export.load import import_pandas
from styrmatt.extract.engine.document import load_pdfium
from styrmatt.review.views.charts import warm_up as draw_a_chart
from styrmatt.review.views.search import learn_texts
from styrmatt.review.views.view import Workspace
from styrmatt.review.web.render import load_templates

_LATER: Final = 3.0
"""Seconds after the start in which the first view is left alone; nobody is at a chart by then."""
_REST: Final = 0.003
"""Seconds of rest after each file that is read in the background: about as long as the file took,
so that views take half of the time at least."""
_FIRST_TEMPLATES: Final = ("start.html.j2", "report.html.j2")


def begin_to_load() -> Thread:
    """Load what the first views need, beside the reading of the extract; to be joined."""

    def load() -> None:
        import_pandas()  # Arrow does so when it first makes an array
        load_pdfium()
        load_templates(_FIRST_TEMPLATES)

    return _started(load)


def load_the_rest(workspace: Workspace) -> Thread:
    """Load other templates and the libraries of charts, then read texts for the search."""

    def load() -> None:
        time.sleep(_LATER)
        draw_a_chart()
        load_templates()
        learn_texts(workspace, partial(time.sleep, _REST))

    return _started(load)


def _started(load: Callable[[], None]) -> Thread:
    thread = Thread(target=load, daemon=True)
    thread.start()
    return thread
