"""The page's server: what it answers, to whom, and what it never does."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import HANG, make_extract
from extracts import write_extract

pytest.importorskip("starlette", reason="the page needs styrmatt[review]")
pytest.importorskip("uvicorn", reason="the page needs styrmatt[review]")
pytest.importorskip("httpx", reason="Starlette's test client needs httpx")

from starlette.testclient import TestClient

from styrmatt.cli import main
from styrmatt.errors import UsageError
from styrmatt.review.web.guard import HEADERS, LARGEST_FORM, Guard, is_loopback
from styrmatt.review.web.serve import ServeOptions, open_workspace, serve
from styrmatt.review.web.server import ReviewApp

BASE = "http://127.0.0.1:8765"
HOSTILE = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"
WHOLE = {"replace": False, "partial": False}
DOCUMENT = "region-tallmo-2020-annual"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An extract whose texts are markup."""
    folder = tmp_path_factory.mktemp("hostile") / "out" / "data"  # sources are looked for around it
    made = make_extract()
    records = tuple(
        replace(
            record,
            measure=HOSTILE,
            goal=HOSTILE,
            success_factor=HOSTILE,
            target_text=HOSTILE,
            comment=HOSTILE,
            perspective=HOSTILE,
            review=("target_unparsed",),
        )
        for record in made.records
    )
    issues = tuple(replace(i, message=HOSTILE, severity="warning") for i in made.issues)
    texts = tuple(replace(n, text=HOSTILE, heading=HOSTILE) for n in made.narratives)
    hostile = replace(made, records=records, issues=issues, narratives=texts, corrections=())
    write_extract(hostile, folder, **WHOLE)
    return folder


@pytest.fixture
def guard() -> Guard:
    return Guard("127.0.0.1", 8765)


@pytest.fixture
def app(root: Path, guard: Guard, tmp_path: Path) -> Any:
    workspace = open_workspace(root, corrections=tmp_path / "corrections.csv")
    return ReviewApp(workspace, guard).asgi()


@pytest.fixture
def stranger(app: Any) -> TestClient:
    """A client without a cookie."""
    return TestClient(app, base_url=BASE, follow_redirects=False)


@pytest.fixture
def client(stranger: TestClient, guard: Guard) -> TestClient:
    """A client that has opened the first address."""
    answer = stranger.get("/", params={"token": guard.token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    return stranger


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def write_token(client: TestClient) -> str:
    found = re.search(r'name="write_token" value="(\w+)"', client.get("/queue").text)
    assert found
    return found[1]


def form(client: TestClient) -> dict[str, str]:
    text = client.get("/queue").text
    item = re.search(r'name="item" value="([^"]+)"', text)
    assert item
    return {
        "write_token": write_token(client),
        "report": DOCUMENT,
        "item": item[1],
        "who": "controller",
    }


ORIGIN = {"Origin": BASE}


def test_the_first_address_gives_a_cookie_that_scripts_and_other_sites_do_not_get(
    stranger: TestClient, guard: Guard
) -> None:
    answer = stranger.get("/", params={"token": guard.token})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    assert guard.token not in cookie


@pytest.mark.parametrize("path", ["/", "/queue", "/static/style.css", "/image/x/1/800", "/no"])
def test_nobody_without_the_cookie_is_answered(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).status_code == 401
    assert stranger.get(path, params={"token": "guessed"}).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1:1", "localhost", ""]
)
def test_a_name_pointed_at_this_machine_is_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", f"{BASE}/"]
)
def test_another_site_is_not_answered(client: TestClient, origin: str) -> None:
    assert client.get("/", headers={"Origin": origin}).status_code == 403
    done = client.post("/write/accept", data=form(client), headers={"Origin": origin})
    assert done.status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_site_or_port_is_not_answered(client: TestClient, site: str) -> None:
    assert client.get("/", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert client.get("/", headers={"Sec-Fetch-Site": "none"}).status_code == 200


def test_a_form_without_origin_or_second_token_writes_nothing(
    client: TestClient, tmp_path: Path
) -> None:
    given = form(client)
    assert client.post("/write/accept", data=given).status_code == 403
    for token in ("", "guessed", client.cookies.get("styrmatt_review_8765")):
        wrong = {**given, "write_token": token}
        assert client.post("/write/accept", data=wrong, headers=ORIGIN).status_code == 403
    assert client.get("/write/accept", params=given).status_code == 404
    assert not (tmp_path / "corrections.csv").exists()
    assert client.post("/write/accept", data=given, headers=ORIGIN).status_code == 303
    assert (tmp_path / "corrections.csv").exists()


def test_a_form_has_a_largest_size(client: TestClient) -> None:
    given = {**form(client), "why": "x" * (LARGEST_FORM + 1)}
    assert client.post("/write/accept", data=given, headers=ORIGIN).status_code == 413


PATHS = (
    "/",
    "/?q=script",
    f"/report/{DOCUMENT}",
    f"/report/{DOCUMENT}?page=2",
    "/queue",
    "/queue?show=decided",
)


@pytest.mark.parametrize("path", PATHS)
def test_what_a_report_says_is_text_and_never_markup(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text and "<img src=x" not in answer.text
    if path not in ("/", "/queue?show=decided"):
        assert "&lt;script&gt;alert" in answer.text


@pytest.mark.parametrize("path", [*PATHS, "/no-such-view", "/static/review.js"])
def test_every_answer_forbids_scripts_of_others_and_inline_ones(
    client: TestClient, path: str
) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        if name != "Cache-Control":
            assert answer.headers[name] == value
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    if "html" in answer.headers["content-type"]:
        tags = Tags()
        tags.feed(answer.text)
        assert len(tags.found) > 20
        for tag, attributes in tags.found:
            assert tag != "style" and not (tag == "script" and "src" not in attributes)
            for name, value in attributes.items():
                assert not name.startswith("on") and name != "style"
                if name in ("src", "href", "action", "srcset"):
                    assert value.startswith(("/", "#", "data:image/png")), value
                    assert not value.startswith("//")


@pytest.mark.parametrize(
    "path",
    [
        "/static/..%2f..%2fguard.py",
        "/static/%2e%2e/guard.py",
        "/image/..%2f..%2fetc%2fpasswd/1/800",
        "/report/..%2f..%2fdocuments",
        f"/report/{DOCUMENT}%00",
        f"/image/{DOCUMENT}/1/801",
        f"/image/{DOCUMENT}/-1/800",
        f"/image/{DOCUMENT}/999999999999/800",
        f"/report/{DOCUMENT}?page=99",
        f"/report/{DOCUMENT}?row=nobody",
        "/report",
        "/start",
    ],
)
def test_no_path_of_an_address_reaches_the_disk(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_only_get_and_forms_are_answered(client: TestClient) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.request(method, "/").status_code == 405


def test_a_source_that_is_missing_is_said_and_the_records_are_shown(client: TestClient) -> None:
    text = client.get(f"/report/{DOCUMENT}").text
    assert "There is no picture of the page." in text and "tallmo.pdf was not found" in text
    assert "80 %" not in text and "&lt;script&gt;" in text


def test_the_rows_that_are_shown_come_as_csv(client: TestClient) -> None:
    answer = client.get(f"/report/{DOCUMENT}?sex=K&format=csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and lines[0].startswith("record_id;measure_id")
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("asked", "word"), [("sv-SE,sv;q=0.9", "Rapporter"), ("de, en;q=.5", "Reports")]
)
def test_the_browser_s_language_is_used(client: TestClient, asked: str, word: str) -> None:
    assert f"<h1>{word}</h1>" in client.get("/", headers={"Accept-Language": asked}).text


def test_a_person_may_choose_another_language(client: TestClient) -> None:
    given = {"write_token": write_token(client), "back": "//evil.example"}
    answer = client.post("/language/sv", data=given, headers=ORIGIN)
    assert answer.headers["location"] == "/"
    assert 'lang="sv"' in client.get("/", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("h.se", False)],
)
def test_what_only_this_machine_reaches(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone


def test_a_server_for_others_knows_its_names_and_addresses_only() -> None:
    guard = Guard("0.0.0.0", 80)
    assert guard.is_own_host("192.168.0.7:80") and guard.is_own_host("localhost")
    assert not guard.is_own_host("evil.example") and not guard.is_own_host("192.168.0.7:81")


def test_another_host_has_to_be_allowed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["review", str(root), "--host", "0.0.0.0", "--no-open"])
    assert ended.value.code == 2
    assert "--allow-remote" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said(root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match="--port"):
            serve(ServeOptions(root, port=port), lambda _: None)


def test_the_command_prints_its_address_and_ends_with_ctrl_c(root: Path, tmp_path: Path) -> None:
    source = Path(__file__).parents[1] / ".types"
    paths = os.pathsep.join(filter(None, (str(source), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-u", "-m", "styrmatt", "review", str(root), "--no-open"]
    with subprocess.Popen(
        [*command, "--port", "0", "--corrections", str(tmp_path / "c.csv")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        address = re.search(
            r"http://127\.0\.0\.1:\d+/\?token=[\w-]{40,}", process.stdout.readline()
        )
        assert address
        with pytest.raises(HTTPError) as refused:
            urlopen(address[0].split("?")[0])
        assert refused.value.code == 401
        process.send_signal(signal.SIGINT)
        assert process.wait(HANG) == 0
        assert process.stderr.read() == ""
