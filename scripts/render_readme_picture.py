"""Makes docs/images/diff.svg (and diff.png, where Chromium is installed) from what `cleaner diff` really prints.

python scripts/render_readme_picture.py [DOCUMENT]
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

import cleaner
from cleaner.render.terminal import print_diff

_ROOT = Path(__file__).resolve().parent.parent
_DOCUMENT = _ROOT / "corpus/demo/rundfunk/kuestenschutz.txt"
_PICTURE = _ROOT / "docs/images/diff.svg"
_COLUMNS = 112
#: pixels of the PNG for each of the SVG
_SCALE = 1.5
#: ground, ink, then the eight colours of a terminal and their bright kin
_THEME = TerminalTheme(
    (30, 32, 35),
    (230, 227, 221),
    [(30, 32, 35), (255, 118, 108), (131, 201, 126), (227, 195, 79), (128, 170, 255), (222, 143, 219), (96, 205, 222), (230, 227, 221)],
    [
        (140, 137, 131),
        (255, 154, 102),
        (160, 220, 155),
        (255, 192, 105),
        (179, 176, 255),
        (255, 150, 200),
        (130, 220, 235),
        (255, 255, 255),
    ],
)
#: rich asks a server on the network for its font; a picture in a README gets none
_NETWORK_FONT = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
_FONTS = '"DejaVu Sans Mono", Menlo, Consolas, monospace'


def main(document: Path) -> None:
    """Writes the pictures of one document's diff."""
    result = cleaner.clean_text(document.read_bytes(), options=cleaner.Options(model=None))
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True, color_system="standard", legacy_windows=False)
    print_diff(console, document.relative_to(_ROOT).as_posix(), result, "inline")
    console.print()
    svg = console.export_svg(title=f"cleaner diff {document.name}", theme=_THEME, unique_id="diff")
    svg = _NETWORK_FONT.sub("", svg).replace("Fira Code, monospace", _FONTS.replace('"', "'")).replace("Fira Code", "monospace")
    _PICTURE.parent.mkdir(parents=True, exist_ok=True)
    _PICTURE.write_text(svg, encoding="utf-8")
    print(_PICTURE.relative_to(_ROOT))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("no chromium here: the PNG was not made")
        return
    _photograph(chromium, svg, _PICTURE.with_suffix(".png"))
    print(_PICTURE.with_suffix(".png").relative_to(_ROOT))


def _photograph(chromium: str, svg: str, target: Path) -> None:
    """A screenshot of the SVG, as large as it is."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found is not None
    width, height = (round(float(number)) for number in found.groups())
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "diff.html")
        page.write_text(f'<!doctype html><meta charset="utf-8"><style>body{{margin:0}}svg{{display:block}}</style>{svg}', encoding="utf-8")
        subprocess.run(
            [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--default-background-color=00000000",
                f"--force-device-scale-factor={_SCALE}",
                f"--window-size={width},{height}",
                f"--screenshot={target}",
                f"--user-data-dir={folder}/profile",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else _DOCUMENT)
