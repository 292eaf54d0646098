"""Makes the pictures of report and review page in docs/images, in Chromium, from the demo's documents.

python scripts/render_report_pictures.py [FOLDER]

Needs Chromium and Playwright (`pip install -e '.[browser]'`). FOLDER takes the pictures; docs/images where none is named.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_ROOT = Path(__file__).resolve().parent.parent
_DEMO = _ROOT / "corpus/demo"
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
)
#: name, address behind the page's, width, height, colours, keys to press
_REPORT: tuple[tuple[str, str, int, int, Literal["light", "dark"], str], ...] = (
    ("report-overview", "#overview", 1280, 800, "light", ""),
    ("report-document", "#document-3", 1280, 800, "dark", "nnnnnnnnn"),
    ("report-worklist", "#worklist", 1280, 800, "light", "n"),
    ("report-phone", "#document-6", 390, 780, "light", ""),
)
_REVIEW: tuple[tuple[str, str, int, int, Literal["light", "dark"], str], ...] = (
    ("review", "#document-3-1393", 1280, 800, "light", "rrrkrr"),
    ("review-phone", "#worklist", 390, 780, "dark", "n"),
)


def main(target: Path) -> None:
    """Writes the pictures."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("there is no Chromium here: apt-get install chromium")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium, args=_FLAGS.split())
        work = Path(folder)
        report = work / "report.html"
        _cleaner("diff", _DEMO, "--html", report, "--decisions", "none")
        for picture in _REPORT:
            _shoot(browser, report.as_uri(), picture, target)
        demo = Path(shutil.copytree(_DEMO, work / "demo"))
        server = subprocess.Popen(
            [sys.executable, "-m", "cleaner", "review", str(demo)], env=_environment(), stdout=subprocess.PIPE, text=True, cwd=_ROOT
        )
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            for picture in _REVIEW:
                _shoot(browser, address, picture, target)
        finally:
            server.terminate()
            server.wait(30)
        browser.close()


def _cleaner(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "cleaner", *map(str, arguments)], env=_environment(), check=True, cwd=_ROOT, timeout=300)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(_ROOT)}


def _shoot(browser: Browser, address: str, picture: tuple[str, str, int, int, Literal["light", "dark"], str], target: Path) -> None:
    name, view, width, height, scheme, keys = picture
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}{view}")
    page.wait_for_selector("#main :is(table, li, article)")
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(200)
    page.wait_for_timeout(300)
    path = target / f"{name}.png"
    page.screenshot(path=path)
    print(path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path)
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else _ROOT / "docs/images")
