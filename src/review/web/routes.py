"""The views and the actions by their names in addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from styrmatt.review.views.compare_views import diff, findings
from styrmatt.review.views.links_view import links
from styrmatt.review.views.queue_view import queue, record
from styrmatt.review.views.report_view import report
from styrmatt.review.views.series_view import measures, series
from styrmatt.review.views.shares_view import sexes, shares
from styrmatt.review.views.start_view import start
from styrmatt.review.views.view import PageView
from styrmatt.review.web import decide


@dataclass(frozen=True, slots=True)
class ViewRoute:
    """A view, and how many ids may stand in its address behind its name."""

    make: Callable[..., PageView]
    about: tuple[int, ...] = (0,)


VIEWS: Final[Mapping[str, ViewRoute]] = {
    "start": ViewRoute(start),
    "report": ViewRoute(report, (1,)),
    "queue": ViewRoute(queue),
    "record": ViewRoute(record, (2,)),
    "measures": ViewRoute(measures),
    "series": ViewRoute(series, (1,)),
    "shares": ViewRoute(shares, (0, 1)),
    "sexes": ViewRoute(sexes, (0, 1)),
    "links": ViewRoute(links),
    "findings": ViewRoute(findings),
    "diff": ViewRoute(diff, (0, 2)),
}
POSTS: Final[Mapping[str, decide.Action]] = {
    "accept": decide.accept,
    "correct": decide.correct,
    "take-back": decide.take_back,
    "link": decide.link,
}
