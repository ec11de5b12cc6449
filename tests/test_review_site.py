"""The page as plain files: complete, linked by relative addresses, replaced only as a whole."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from styrmatt.cli import main
from styrmatt.errors import OutputError
from styrmatt.pipeline.run import Options, run_reports
from styrmatt.pipeline.use_cases.check import check_reports
from styrmatt.review.site import write_site
from styrmatt.review.views.view import Workspace
from styrmatt.review.web.serve import open_workspace

for library in ("altair", "vl_convert"):
    pytest.importorskip(library, reason="a site needs styrmatt[review]")

pytestmark = pytest.mark.xdist_group("review-site")

RAW = Path(__file__).parents[1] / "data" / "raw"
REPORTS = [RAW / f"region-adalen-{year}-run-arsrapport.pdf" for year in (2022, 2023)]


class Links(HTMLParser):
    """What a page links to, and the ids that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("href", "src", "srcset", "action") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.add(value)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small sample reports of two years."""
    root = tmp_path_factory.mktemp("data")
    list(run_reports(REPORTS, Options(root)))
    check_reports(root)
    return open_workspace(root, [RAW], root / "c.csv")


@pytest.fixture(scope="module")
def site(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    written = write_site(workspace, folder, "sv", force=False)
    assert written.reports == 2
    assert written.files == len([path for path in folder.rglob("*") if path.is_file()])
    return folder


def pages(site: Path) -> dict[Path, Links]:
    return {path: Links(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_every_link_leads_to_a_file_and_a_place_in_it(site: Path) -> None:
    found = pages(site)
    for path, page in found.items():
        for link in page.links:
            assert not re.match(r"[a-z]+:|/", link), f"{path}: {link} is not relative"
            name, _, fragment = link.partition("#")
            target = (path.parent / unquote(name)).resolve() if name else path
            assert target.is_file(), f"{path}: {link}"
            if fragment and target.suffix == ".html":
                assert unquote(fragment) in found[target].ids, f"{path}: {link}"


def test_nothing_can_be_written_and_no_script_is_inline(site: Path) -> None:
    for path, page in pages(site).items():
        assert "form" not in page.tags and "button" not in page.tags, path
        assert page.tags.count("script") == 1


def test_each_file_forbids_scripts_and_pictures_of_others(site: Path) -> None:
    for path in pages(site):
        head = path.read_text(encoding="utf-8").split("<title>")[0]
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', head)
        assert head.index("Content-Security-Policy") < (head.find("<script") % len(head))
        rules = dict(rule.split(" ", 1) for rule in html.unescape(policy).split("; "))
        assert (rules["default-src"], rules["form-action"]) == ("'none'", "'none'")
        named = {source for rule in rules.values() for source in rule.split()}
        assert named == {"'none'", "'self'", "file:", "data:"}


def test_each_page_of_a_report_has_its_picture(site: Path, workspace: Workspace) -> None:
    for report in workspace.index.reports().values():
        for number in range(1, report.page_count + 1):
            picture = site / "image" / report.document_id / f"{number}.webp"
            assert picture.read_bytes()[8:12] == b"WEBP"
            page = site / "report" / report.document_id / f"page-{number}.html"
            assert f"image/{report.document_id}/{number}.webp" in page.read_text(encoding="utf-8")


def test_a_site_is_replaced_with_force_and_nothing_else_is(
    workspace: Workspace, site: Path, tmp_path: Path
) -> None:
    with pytest.raises(OutputError, match="--force"):
        write_site(workspace, site, "en", force=False)
    write_site(workspace, site, "en", force=True)
    assert 'lang="en"' in (site / "index.html").read_text(encoding="utf-8")
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"letter\.txt"):
        write_site(workspace, tmp_path, "sv", force=True)
    assert (tmp_path / "letter.txt").is_file()


def test_the_command_writes_the_reports_that_are_chosen(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "site"
    asked = ["export", "site", "-o", str(out), "--data", str(workspace.root), "--year", "2023"]
    with pytest.raises(SystemExit) as ended:
        main([*asked, "--sources", str(RAW)])
    assert ended.value.code == 0
    assert "1 reports" in capsys.readouterr().out
    assert 'lang="sv"' in (out / "index.html").read_text(encoding="utf-8")
    assert len(list((out / "report").iterdir())) == 1
    test_every_link_leads_to_a_file_and_a_place_in_it(out)


@pytest.mark.parametrize("option", [["--dataset", "goals"], ["--decimal", "point"]])
def test_options_of_other_formats_are_refused_for_a_site(
    option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "site", "-o", str(tmp_path / "site"), *option])
    assert ended.value.code == 2
    assert "A site takes no" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--sources", "."], ["--lang", "sv"]])
def test_options_of_a_site_are_refused_elsewhere(
    option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "csv", "-o", str(tmp_path / "r.csv"), *option])
    assert ended.value.code == 2
    assert "for site" in capsys.readouterr().err
