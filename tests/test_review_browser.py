"""The page in a real browser: every view, by keyboard, in both languages, in light and dark.

Needs a Chromium and the tools for tests; axe-core comes with the package axe-playwright-python, or
is the file that the variable AXE_CORE names. Whole reports have thousands of elements, which
axe-core looks at for seconds: it gets the rows of one page, which the same templates make.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import styrmatt
from styrmatt.pipeline.run import Options, run_reports
from styrmatt.pipeline.use_cases.check import check_reports
from styrmatt.review.site import write_site
from styrmatt.review.web.serve import open_workspace

for library in ("starlette", "uvicorn", "altair", "vl_convert"):
    pytest.importorskip(library, reason="the page needs styrmatt[review]")
sync_api = pytest.importorskip("playwright.sync_api", reason="needs Playwright")

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt-get install chromium)"),
    pytest.mark.xdist_group("review-browser"),
    pytest.mark.slow,
]
LATER = "region-adalen-2023-annual"
EARLIER = "region-adalen-2022-annual-rsadm-12-417"
IN_DOUBT = "m-365f4c676c23a9-T"
SICKNESS = "ms-130aca5b77b14a"
VIEWS = (
    "/",
    "/?q=patienter",
    f"/report/{LATER}",
    f"/report/{LATER}?row={IN_DOUBT}",
    f"/report/{LATER}?status=not_met&sex=K",
    f"/report/{LATER}?page=4",
    f"/record/{LATER}/{IN_DOUBT}?field=goal_id",
    "/queue",
    "/queue?show=decided",
    "/measures",
    f"/series/{SICKNESS}",
    "/series/gs-11531cbc075b2d",
    "/shares",
    "/sexes",
    "/links",
    "/findings",
    "/diff",
    f"/diff/{EARLIER}/{LATER}?change=3",
    "/no-such-view",
)
OF_THE_LOOK = ("color-contrast", "target-size", "scrollable-region-focusable", "meta-viewport")
"""The rules of axe-core that may find something in the dark or on a phone alone."""
MODES = ((1280, 900, "light", "sv-SE"), (390, 844, "dark", "en-GB"))


def axe_source() -> str | None:
    """The script of axe-core; None where it is not installed."""
    package = find_spec("axe_playwright_python")
    places = [Path(os.environ.get("AXE_CORE", ""))]
    if package is not None and package.origin is not None:
        places.append(Path(package.origin).with_name("axe.min.js"))
    found = next((place for place in places if place.is_file()), None)
    return found.read_text(encoding="utf-8") if found else None


AXE = axe_source()
needs_axe = pytest.mark.skipif(AXE is None, reason="needs axe-core (axe-playwright-python)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample reports and their extract, checked."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(RAW, folder / "raw")
    reports = sorted((folder / "raw").glob("*.pdf"))
    list(run_reports(reports, Options(folder / "parquet")))
    check_reports(folder / "parquet")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The first address of a server of those reports."""
    command = [sys.executable, "-m", "styrmatt", "review", str(folder / "parquet")]
    paths = os.pathsep.join(filter(None, (str(ROOT / ".types"), os.environ.get("PYTHONPATH"))))
    server = subprocess.Popen(
        [*command, "--no-open", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"},
    )
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    assert found
    yield found[0]
    server.terminate()
    server.wait(30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watched:
    """A page, and what it must not have: errors on the console, requests to other hosts."""

    def __init__(self, browser: Any, mode: tuple[int, int, str, str] = MODES[0]) -> None:
        width, height, scheme, locale = mode
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=locale,
            reduced_motion="reduce",
        )
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda r: self.hosts.add(r.url.split("?")[0].split("/")[2]))

    def _note(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(f"{message.text} ({self.page.url})")


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    watched = Watched(browser)
    watched.page.goto(address)
    yield watched.page
    watched.context.close()
    assert watched.errors == []


def base(address: str) -> str:
    return address.split("/?")[0]


def axe_violations(page: Any, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds on a page, by these rules or by all of WCAG 2.2 AA."""
    page.evaluate(AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    chosen = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": tags}
    options = {"runOnly": chosen, "preload": False, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{page.url}: {v['id']}: {node['target']} {node['failureSummary']}"
        for v in found["violations"]
        for node in v["nodes"][:3]
    ]


@pytest.mark.parametrize("mode", MODES, ids=["wide-light-sv", "phone-dark-en"])
def test_every_view_opens_without_an_error_and_asks_no_other_host(
    browser: Any, address: str, mode: tuple[int, int, str, str]
) -> None:
    watched = Watched(browser, mode)
    watched.page.goto(address)
    language = mode[3][:2]
    for path in VIEWS:
        answer = watched.page.goto(base(address) + path)
        assert answer.status == (404 if path == "/no-such-view" else 200), path
        assert watched.page.locator("html").get_attribute("lang") == language
        assert watched.page.locator("h1").count() == 1
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert watched.page.evaluate(overflow) <= 0, f"{path} is wider than the screen"
    assert watched.hosts == {base(address).removeprefix("http://")}
    assert [e for e in watched.errors if "/no-such-view" not in e] == []
    watched.context.close()


@needs_axe
@pytest.mark.parametrize("mode", MODES, ids=["wide-light-sv", "phone-dark-en"])
def test_axe_finds_nothing_in_any_view(
    browser: Any, address: str, mode: tuple[int, int, str, str]
) -> None:
    watched = Watched(browser, mode)
    watched.page.goto(address)
    found = []
    for path in VIEWS:
        if path.startswith("/report/"):
            path += "&only=1" if "?" in path else "?page=5&only=1"
        watched.page.goto(base(address) + path)
        found += axe_violations(watched.page, () if mode is MODES[0] else OF_THE_LOOK)
    watched.context.close()
    assert not found, "\n".join(found)


def test_a_box_on_the_page_chooses_its_record_and_the_record_its_box(
    page: Any, address: str
) -> None:
    page.goto(f"{base(address)}/report/{LATER}?page=5")
    page.locator(f'a.box.row[data-row="{IN_DOUBT}"]').click()
    chosen = page.locator(f'.line.chosen[data-row="{IN_DOUBT}"]')
    chosen.wait_for()
    assert f"row={IN_DOUBT}" in page.url
    inside = (
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }"
    )
    assert chosen.evaluate(inside)
    first = page.locator(".line").first.get_attribute("data-row")
    page.locator(".line .choose").first.click()
    page.locator(f'.box.chosen[data-row="{first}"]').first.wait_for(state="attached")
    kinds = page.locator(".box.chosen").evaluate_all("all => all.map(e => e.dataset.row)")
    assert set(kinds) == {first}
    page.go_back()
    chosen.wait_for()


def test_pointing_at_a_record_lights_up_its_boxes(page: Any, address: str) -> None:
    page.goto(f"{base(address)}/report/{LATER}?page=5")
    page.locator(f'.line[data-row="{IN_DOUBT}"]').hover()
    lit = page.locator(".box.lit").evaluate_all("all => all.map(e => e.dataset.row)")
    assert lit and set(lit) == {IN_DOUBT}


def test_filters_have_an_address_that_back_and_reload_keep(page: Any, address: str) -> None:
    page.goto(f"{base(address)}/report/{LATER}")
    everything = page.locator(".line").count()
    page.get_by_label("Kvinnor, män").select_option("K")
    page.get_by_role("button", name="Visa").click()
    page.wait_for_url("**sex=K**")
    women = page.locator(".line").count()
    assert 0 < women < everything and "sex=K" in page.url
    page.reload()
    assert page.locator(".line").count() == women
    page.go_back()
    page.wait_for_function("n => document.querySelectorAll('.line').length === n", arg=everything)


def test_the_search_finds_measures_goals_and_text(page: Any, address: str) -> None:
    page.goto(base(address) + "/")
    page.keyboard.press("/")
    page.keyboard.type("sjukfrånvaro")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    assert page.locator(".hits li a").count() >= 2
    page.locator(".hits li a").first.click()
    assert "/report/" in page.url


def test_a_doubt_is_corrected_with_the_keyboard_alone(
    page: Any, address: str, folder: Path
) -> None:
    corrections = folder / "raw" / "corrections.csv"
    page.goto(base(address) + "/queue")
    first = page.locator(".queue-list a[aria-current]").inner_text()
    page.keyboard.press("j")
    page.wait_for_url("**/queue?item=*")
    assert page.locator(".queue-list a[aria-current]").inner_text() != first
    page.keyboard.press("k")
    page.wait_for_function(
        "t => document.querySelector('.queue-list a[aria-current]').innerText === t", arg=first
    )
    while IN_DOUBT not in page.url:
        was = page.url
        page.keyboard.press("j")
        page.wait_for_function("was => location.href !== was", arg=was)
    count = page.locator(".queue-list li").count()
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.name") == "value"
    page.keyboard.press("Control+A")
    page.keyboard.type("Etapp ett genomförd")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "n => document.querySelectorAll('.queue-list li').length === n", arg=count - 1
    )
    page.keyboard.press("n")
    page.keyboard.type("Översikten saknar faktorn")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_function(
        "n => document.querySelectorAll('.queue-list li').length === n", arg=count - 2
    )
    assert "Översikten saknar faktorn" in corrections.read_text(encoding="utf-8-sig")
    reports = sorted((folder / "raw").glob("*.pdf"))
    copy = folder / "again"
    list(run_reports(reports, Options(copy, corrections=(corrections,))))
    row = styrmatt.load(copy).set_index("record_id").loc[IN_DOUBT]
    assert row["target_text"] == "Etapp ett genomförd"
    assert list(row["review"]) == [] and "target_text" in list(row["corrected"])
    assert bool(styrmatt.load(copy, "corrections")["applied"].all())


def test_the_language_can_be_changed_and_stays(page: Any, address: str) -> None:
    page.goto(f"{base(address)}/report/{LATER}?page=4")
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en" and "page=4" in page.url
    page.goto(base(address) + "/")
    assert page.locator("h1").inner_text() == "Reports"


def test_everything_shows_without_a_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    for path in VIEWS:
        page.goto(base(address) + path)
        assert page.locator("h1").count() == 1
    context.close()


def test_at_twice_the_size_nothing_is_cut_off(browser: Any, address: str) -> None:
    watched = Watched(browser, (640, 450, "light", "sv-SE"))
    watched.page.goto(address)
    for path in ("/", f"/report/{LATER}", "/queue", f"/series/{SICKNESS}"):
        watched.page.goto(base(address) + path)
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert watched.page.evaluate(width) <= 0
    watched.context.close()


def test_what_another_window_saved_is_shown_before_it_is_written_over(
    page: Any, address: str
) -> None:
    page.goto(base(address) + "/queue")
    rows = page.locator(".queue-list a[href*='item=m-']")
    address_of_row = rows.last.evaluate("link => link.href")
    other = page.context.new_page()
    for window, value in ((page, "ett"), (other, "två")):
        window.goto(f"{address_of_row}&field=target_text")
        window.locator("form.correct [name=value]").fill(value)
        window.locator("form.correct [name=settles]").uncheck()
    page.get_by_role("button", name="Spara").click()
    page.wait_for_function("was => location.href !== was", arg=page.url)
    other.get_by_role("button", name="Spara").click()
    other.locator("[role=alert]").wait_for()
    assert "ett" in other.locator("[role=alert]").inner_text()
    page.goto(f"{address_of_row}&field=target_text")
    assert page.locator("form.correct [name=value]").input_value() == "ett"
    other.close()


@needs_axe
def test_a_site_opens_from_the_disk_without_an_error(
    browser: Any, folder: Path, tmp_path: Path
) -> None:
    workspace = open_workspace(folder / "parquet", document="utvecklingsnamnden-2023")
    write_site(workspace, tmp_path / "site", "sv", force=False)
    (document_id,) = workspace.index.reports()
    watched = Watched(browser, MODES[1])
    files = ("index.html", f"report/{document_id}/index.html", f"report/{document_id}/page-4.html")
    found = []
    for name in (*files, "measures.html", "shares.html", "findings.html", "diff.html"):
        watched.page.goto((tmp_path / "site" / name).as_uri())
        assert watched.page.locator("h1").count() == 1
        images = "all => all.every(i => i.complete && i.naturalWidth > 0)"
        assert watched.page.locator("img").evaluate_all(images), name
        found += axe_violations(watched.page, OF_THE_LOOK)
    assert not found, "\n".join(found)
    watched.page.goto((tmp_path / "site" / files[2]).as_uri())
    target = watched.page.locator("a.box.row").first
    row = target.get_attribute("data-row")
    target.click()
    assert watched.page.url.endswith(f"#row-{row}")
    watched.page.locator(f'.box.chosen[data-row="{row}"]').first.wait_for(state="attached")
    assert watched.errors == [] and watched.hosts == {""}
    watched.context.close()
