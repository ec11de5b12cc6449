"""Makes the pictures of docs/PAGE.md: the page for people in a real browser, on the samples.

    python docs/make_page_pictures.py [FOLDER]

Needs styrmatt[review], Playwright and a Chromium.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import sync_playwright

from styrmatt.pipeline.run import Options, run_reports
from styrmatt.pipeline.use_cases.check import check_reports

ROOT = Path(__file__).resolve().parents[1]
VIEWS: Final = {
    "page-start": "/",
    "page-report": "/report/region-adalen-2023-annual?row=m-10f15adb36205d-T",
    "page-queue": "/queue?item=m-365f4c676c23a9-T",
    "page-series": "/series/ms-130aca5b77b14a",
}
"""The pictures by name, and the view that each shows."""
SIZE: Final = (1280, 860)


def main() -> None:
    """Write the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    with tempfile.TemporaryDirectory() as made:
        shutil.copytree(ROOT / "data" / "raw", Path(made) / "raw")
        root = Path(made) / "parquet"
        list(run_reports(sorted((Path(made) / "raw").glob("*.pdf")), Options(root)))
        check_reports(root)
        command = [sys.executable, "-u", "-m", "styrmatt", "review", str(root)]
        command += ["--no-open", "--port", "0", "--lang", "en"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            found = re.search(r"http://\S+", server.stdout.readline())
            assert found is not None
            draw(found[0], folder)
            server.terminate()


def draw(address: str, folder: Path) -> None:
    """Open each view and write what it looks like."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        context = browser.new_context(
            viewport={"width": SIZE[0], "height": SIZE[1]}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(address)
        for name, path in VIEWS.items():
            page.goto(address.split("/?")[0] + path, wait_until="networkidle")
            page.evaluate("scrollTo(0, 0)")
            with Image.open(io.BytesIO(page.screenshot())) as picture:
                picture.convert("RGB").save(folder / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
