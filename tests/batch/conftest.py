"""What the command line's tests have: folders of documents, and a way to run commands."""

from __future__ import annotations

from tests.cli.conftest import rules, run, scrape

__all__ = ["rules", "run", "scrape"]
