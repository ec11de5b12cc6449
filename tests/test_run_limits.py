"""The numbers that limit a run: what they hold back, and what they let through."""

from __future__ import annotations

import gc
import io
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import HANG, make_extract, wait_until

from styrmatt.console import changes
from styrmatt.console.progress import LineDisplay
from styrmatt.pipeline import read_report, read_results
from styrmatt.pipeline.cache import page_cache
from styrmatt.pipeline.cluster import scheduler
from styrmatt.pipeline.cluster.worker import Task
from styrmatt.pipeline.read_report import ReadReport, infrequent_garbage_collection
from styrmatt.pipeline.read_results import ReadResultCache
from styrmatt.pipeline.workers import prefetch
from styrmatt.urls import Url

DAY = 24 * 3600.0


@pytest.fixture(autouse=True)
def collector() -> Any:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.parametrize(("before", "meanwhile"), [(700, 200_000), (300_000, 300_000), (0, 0)])
def test_garbage_is_collected_less_often_never_more_often(before: int, meanwhile: int) -> None:
    gc.set_threshold(before, 11, 12)
    with infrequent_garbage_collection():
        assert gc.get_threshold() == (meanwhile, 11, 12)
    assert gc.get_threshold() == (before, 11, 12)
    assert read_report._GC_THRESHOLD == 200_000


def test_eight_urls_are_opened_at_a_time_and_no_more() -> None:
    opening: list[Url] = []
    go_on = threading.Event()

    def open_url(url: Url) -> str:
        opening.append(url)
        assert go_on.wait(HANG)
        return url.name

    urls = [Url(f"memory://{number}.txt") for number in range(20)]
    opened = prefetch.prefetch(urls, open_url)
    _, first = next(opened)
    wait_until(lambda: len(opening) == 8)
    assert {url.name for url in opening} == {url.name for url in urls[:8]}
    go_on.set()
    assert [first(), *(result() for _, result in opened)] == [url.name for url in urls]


def test_paths_are_opened_when_they_are_asked_for(tmp_path: Path) -> None:
    opened: list[Path] = []
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    found = list(prefetch.prefetch(paths, opened.append))  # type: ignore[arg-type]
    assert opened == []
    found[1][1]()
    assert opened == [paths[1]]


@pytest.mark.parametrize(("age", "is_left"), [(29 * DAY, True), (31 * DAY, False)])
def test_a_result_waits_for_thirty_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age: float, is_left: bool
) -> None:
    results = ReadResultCache(tmp_path)
    extract = make_extract()
    results.put("key", extract.document.source_sha256, ReadReport(extract, {}))
    _let_pass(monkeypatch, age)
    results.tidy()
    assert results.has("key") == is_left


def test_pages_are_cached_for_longer_than_the_year_between_two_reports() -> None:
    assert 366 * DAY < page_cache._MAX_AGE < 2 * 365 * DAY
    assert read_results._MAX_AGE < page_cache._MAX_AGE


def _let_pass(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    from styrmatt.pipeline.cache import pickle_store

    now = pickle_store.time.time()
    clock = SimpleNamespace(time=lambda: now + seconds)
    monkeypatch.setattr(pickle_store, "time", clock)


def test_lines_of_progress_come_every_twenty_pages() -> None:
    stream = io.StringIO()
    display = LineDisplay(stream)
    for done in range(46):
        display.on_progress(Path("a.pdf"), done, 45 if done else 0)
    assert stream.getvalue().splitlines() == [
        "a.pdf: reading",
        "a.pdf: page 20 of 45",
        "a.pdf: page 40 of 45",
    ]


def test_each_page_that_is_recognised_has_a_line() -> None:
    stream = io.StringIO()
    for done in (1, 2):
        LineDisplay(stream).on_progress(Path("a.pdf"), done, 2, "recognising page")
    assert stream.getvalue().splitlines() == [
        "a.pdf: recognising page 1 of 2",
        "a.pdf: recognising page 2 of 2",
    ]


# --- what is shown of a comparison


@pytest.mark.parametrize(("more", "is_shown"), [(20, False), (21, True)])
def test_a_quote_is_shown_that_says_more_than_its_name(more: int, is_shown: bool) -> None:
    name = "andelnöjda"
    quote = changes._quote_worth_showing(name + "x" * more, [name])
    assert (quote is not None) == is_shown


def test_long_texts_are_cut_and_show_where_they_differ() -> None:
    assert changes._shortened("x" * 280) == "x" * 280
    assert changes._shortened("x" * 281) == "x" * 279 + "…"
    old, new = ("x" * 400 + letter + "x" * 400 for letter in "ab")
    shown = changes._excerpts(old, new)
    assert [text and text.index(letter) for text, letter in zip(shown, "ab", strict=True)] == [
        61,
        61,
    ]
    assert [len(text or "") for text in shown] == [282, 282]  # with an ellipsis at either end


# --- a cluster that is not there


class NoCluster:
    """A client of a cluster whose workers all have another version."""

    status = "running"

    def __init__(self, workers: int) -> None:
        self.addresses = [f"tcp://worker:{number}" for number in range(workers)]
        self.submitted: list[str] = []

    def subscribe_topic(self, topic: str, handler: Any) -> None:
        if topic != "all":
            handler((0.0, [0, 0, 0]))

    def unsubscribe_topic(self, topic: str) -> None:
        pass

    def log_event(self, topic: str, message: Any) -> None:
        pass

    def nthreads(self) -> dict[str, int]:
        return dict.fromkeys(self.addresses, 1)

    def run(self, versions: Any, *, workers: Any, on_error: str) -> dict[str, Any]:
        return {address: {**versions(), "python": "2.7"} for address in self.addresses}


@pytest.mark.parametrize(("workers", "more"), [(5, ""), (8, " 3 more workers differ.")])
def test_a_message_names_five_workers(workers: int, more: str) -> None:
    def make_task(*_: Any) -> Task:
        raise AssertionError

    ignore: Any = lambda *_: None  # noqa: E731
    with pytest.raises(scheduler.ClusterError) as raised:
        scheduler.ClusterScheduler(NoCluster(workers), make_task, ignore, ignore).__enter__()
    message = raised.value.message
    assert message.count("tcp://worker:") == 5
    assert message.endswith(more)


def test_the_waits_for_a_cluster_are_in_order() -> None:
    """For a result, for a sign of life, for a worker."""
    assert scheduler._FETCH_TIMEOUT < scheduler._QUIET_TIME < scheduler._WORKER_WAIT


def test_a_report_read_from_other_bytes_is_not_cached(tmp_path: Path) -> None:
    extract = make_extract()
    other = replace(extract, document=replace(extract.document, source_sha256="b" * 64))
    results = ReadResultCache(tmp_path)
    results.put("key", "b" * 64, ReadReport(other, {}))
    assert results.get("key", "a" * 64) is None and results.get("key", "b" * 64) is not None
