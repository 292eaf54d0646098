"""A real browser: Debian's Chromium through Playwright. Where either is missing these tests are skipped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Where Chromium is."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window, with an empty profile.

    Playwright's event loop runs until it is closed, and no other can be started beside it: so it ends with the module.
    """
    playwright = pytest.importorskip("playwright.sync_api")
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium here: apt-get install chromium")
    with playwright.sync_playwright() as tools:
        opened = tools.chromium.launch(executable_path=path, args=FLAGS, headless=True)
        yield opened
        opened.close()


def until(page: Page, expression: str, seconds: float = 15) -> None:
    """Waits until an expression is true. Playwright's own way is an `eval`, which the pages' policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(20)


class Watched:
    """Pages that are watched: what they request, and what goes wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self.requests: list[str] = []
        self.answers: list[str] = []
        self.troubles: list[str] = []

    def open(self, address: str, *, width: int = 1280, height: int = 860, scheme: Any = "light", beside: Page | None = None) -> Page:
        """A page at an address, in a context of its own or in that of another page."""
        context = beside.context if beside else self._browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        if not beside:
            self._contexts.append(context)
            context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("response", lambda response: self.answers.append(response.url))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(address)
        return page

    def close(self) -> None:
        """Closes them."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """Opens pages; at the end nothing may have gone wrong in them."""
    made = Watched(browser)
    yield made
    made.close()
    assert made.troubles == []


class Server:
    """`cleaner review` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cleaner", "review", str(folder)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def kill(self) -> None:
        """Ends it without any warning."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def end(self) -> None:
        """Ends it as Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Server]]:
    """Starts servers, and ends them."""
    started: list[Server] = []

    def _serve(folder: Path) -> Server:
        server = Server(folder)
        started.append(server)
        assert server.address.startswith("http://127.0.0.1:"), server.process.stderr.read() if server.process.stderr else ""
        return server

    yield _serve
    for server in started:
        server.end()
