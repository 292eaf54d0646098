"""What must be on the pages is there: options, labels, settings, and every page in the site."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
import typer

from cleaner.cli.app import app
from cleaner.load.labels import labels
from cleaner.values import Options
from tests.docs.fences import ROOT
from tests.docs.reader import page_text

#: command -> the page that describes its options
_DESCRIBED = {
    "clean": "docs/command-line.md",
    "diff": "docs/command-line.md",
    "restore": "docs/command-line.md",
    "review": "docs/command-line.md",
    "learn": "docs/command-line.md",
    "train": "docs/model.md",
    "evaluate": "docs/model.md",
}


@pytest.mark.parametrize(("name", "page"), _DESCRIBED.items())
def test_every_option_of_a_command_is_described(name: str, page: str) -> None:
    command: Any = typer.main.get_command(app)
    options = {option for parameter in command.commands[name].params for option in parameter.opts if option.startswith("--")}
    described = set(re.findall(r"--[a-z-]+", page_text(page)))
    assert options - {"--help"} <= described


def test_every_command_is_named() -> None:
    command: Any = typer.main.get_command(app)
    for name in command.commands:
        assert re.search(rf"\bcleaner {name}\b", page_text("docs/command-line.md")), name


def test_every_option_of_the_library_is_described() -> None:
    page = page_text("docs/library.md")
    for field in dataclasses.fields(Options):
        assert f"| `{field.name}` |" in page, field.name


def test_every_setting_of_the_crawler_is_described() -> None:
    source = (ROOT / "cleaner/integrations/scrapy.py").read_text(encoding="utf-8")
    settings = set(re.findall(r"`(CLEANER_[A-Z_]+)`", page_text("docs/crawlers.md")))
    assert set(re.findall(r"CLEANER_[A-Z]+_FIELD", source)) <= settings
    assert all(name in source or name.removeprefix("CLEANER_").lower() in source for name in settings)


def test_the_table_of_labels_is_whole() -> None:
    rows = [line for line in page_text("README.md").splitlines() if line.startswith(("| stays |", "| goes:"))]
    shown = {name: row.startswith("| stays") for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert shown == {name: label.content for name, label in labels().items()}


def test_every_page_is_in_the_site() -> None:
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("nav:")[2]
    assert set(re.findall(r"(\S+\.md)$", nav, re.MULTILINE)) == {path.name for path in (ROOT / "docs").glob("*.md")}


def test_the_site_is_built_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path), strict=True))
    pages = list(tmp_path.glob("*.html"))
    assert {"index.html", "faq.html"} <= {page.name for page in pages}
    loaded = re.compile(r"""(?:<(?:script|img|iframe)[^>]* src|<link[^>]* href)=["']?(?:https?:)?//""")
    assert not [page.name for page in pages if loaded.search(page.read_text(encoding="utf-8"))]
    for sheet in tmp_path.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import )[\"']?(?:https?:)?//", sheet.read_text(encoding="utf-8")), sheet.name
