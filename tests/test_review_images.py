"""Pictures of pages: as wide as was asked for, bounded, kept, and none where there is no page."""

from __future__ import annotations

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from styrmatt.pipeline.use_cases.source_files import SourceFiles
from styrmatt.review.extract_index import ReportSummary
from styrmatt.review.pictures import page_images
from styrmatt.review.pictures.page_images import WIDTHS, PageImages

A4 = (595.0, 842.0)


def summary(path: Path, pages: int = 1, **other: str) -> ReportSummary:
    said = {
        "source_name": path.name,
        "source_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "source_kind": "pdf",
        **other,
    }
    return ReportSummary(
        document_id=path.stem,
        fiscal_year=2023,
        organisation="Region Tallmo",
        organisation_code=None,
        kolada_id=None,
        body=None,
        title=None,
        report_kind="annual",
        period_end=None,
        page_count=pages,
        boards_covered=(),
        **said,
    )


def written(path: Path, size: tuple[float, float] = A4, pages: int = 1) -> Path:
    canvas = Canvas(str(path), pagesize=size)
    for number in range(pages):
        canvas.drawString(20, 20, f"page {number + 1} of {path.stem}")
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def images(tmp_path: Path) -> PageImages:
    return PageImages(SourceFiles([tmp_path]))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_picture_is_as_wide_as_was_asked_for(
    images: PageImages, tmp_path: Path, width: int
) -> None:
    report = summary(written(tmp_path / "r.pdf"))
    drawn = images.picture(report, 1, width)
    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.format == "PNG" and abs(picture.width - width) <= 1
        assert abs(picture.height - width * A4[1] / A4[0]) <= 2
    small = images.picture(report, 1, width, "webp")
    assert small is not None and Image.open(io.BytesIO(small)).format == "WEBP"
    assert images.sheet(report, 1) == (0.0, 0.0, *A4)


def test_a_page_that_claims_to_be_endless_is_drawn_small(
    images: PageImages, tmp_path: Path
) -> None:
    report = summary(written(tmp_path / "tall.pdf", (200.0, 14_000.0)))
    drawn = images.picture(report, 1, WIDTHS[-1])
    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as picture:
        assert 0.9 * 24_000_000 < picture.width * picture.height < 1.01 * 24_000_000


def test_there_is_no_picture_where_there_is_no_page(images: PageImages, tmp_path: Path) -> None:
    path = written(tmp_path / "r.pdf")
    assert images.picture(summary(path), 0, 800) is None
    assert images.picture(summary(path), 2, 800) is None
    assert images.picture(summary(path, 2), 2, 800) is None  # the extract says that it has two
    assert images.picture(summary(path, source_kind="text"), 1, 800) is None
    gone = summary(path, source_sha256="0" * 64)
    assert images.picture(gone, 1, 800) is None and images.sheet(gone, 1) is None
    assert images.source(gone) == (
        None,
        "the source r.pdf is not the file that was read (SHA-256 differs)",
    )
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert images.picture(summary(tmp_path / "broken.pdf"), 1, 800) is None


def test_pictures_are_kept_within_a_bound(
    images: PageImages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = summary(written(tmp_path / "r.pdf", pages=6), 6)
    first = images.picture(report, 1, 800)
    assert first is not None and images.picture(report, 1, 800) is first
    monkeypatch.setattr(page_images, "_KEPT_BYTES", 3 * len(first))
    for page in range(2, 7):
        images.picture(report, page, 800)
    assert sum(map(len, images._kept.values())) <= 3 * len(first)
    assert images.picture(report, 1, 800) is not first


def test_several_threads_may_ask_for_pages_of_several_reports(
    images: PageImages, tmp_path: Path
) -> None:
    reports = [summary(written(tmp_path / f"r{n}.pdf", pages=3), 3) for n in range(4)]
    asked = [(report, page) for report in reports for page in (1, 2, 3)] * 2
    with ThreadPoolExecutor(6) as threads:
        drawn = list(threads.map(lambda one: images.picture(*one, 800), asked))
    assert all(drawn) and len(set(drawn)) == len(asked) // 2
    assert len(images._open) == page_images._OPEN_REPORTS


def test_a_link_to_itself_beside_the_sources_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "odd.pdf").symlink_to(tmp_path / "odd.pdf")
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7")
    sources = SourceFiles([tmp_path])
    assert sources.named(["odd.pdf", "report.pdf"]) == [tmp_path / "report.pdf"]
