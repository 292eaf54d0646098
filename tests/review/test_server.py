"""The server, asked over HTTP inside the test's process."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cleaner.load.decisions import DECISIONS
from cleaner.review.desk import Desk
from cleaner.review.server import application

PORT = 8765
TOKEN = "token-of-the-test"
HOST = f"http://127.0.0.1:{PORT}"
KNOWN = {"labels": 0, "reasons": 0, "groups": 0}
MENU = {"document": 0, "start": 0, "end": 4, "verdict": "keep", "label": "body", "scope": "document"}


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """A browser's view."""
    return TestClient(application(desk, TOKEN, PORT), base_url=HOST)


def _decide(client: TestClient, **changed: Any) -> Any:
    return client.post(f"/{TOKEN}/decide", json={"decision": {**MENU, **changed}, "known": KNOWN})


def test_the_page_the_text_and_a_decision(client: TestClient, tmp_path: Path) -> None:
    page = client.get(f"/{TOKEN}/")
    assert page.status_code == 200
    assert '"mode":"review"' in page.text
    assert "ferry.txt" in page.text
    assert client.get(f"/{TOKEN}/document/0").json()["source"].startswith("Menu\nThe ferry")
    answer = _decide(client)
    assert answer.status_code == 200
    assert [number for number, _ in answer.json()["rows"]] == [0]
    line = json.loads((tmp_path / DECISIONS).read_text())
    assert (line["id"], line["text"], line["verdict"]) == ("gazette/ferry.txt", "Menu", "keep")
    undone = client.post(f"/{TOKEN}/undo", json={"known": KNOWN}).json()
    assert undone["undone"] == {"document": 0, "start": 0}
    changes = client.post(f"/{TOKEN}/changes", json={"since": 0, "known": KNOWN}).json()
    assert changes["version"] == 2


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/wrong-token/",
        "/wrong-token/document/0",
        f"/{TOKEN}",
        f"/{TOKEN}/../etc/passwd",
        f"/{TOKEN}/..%2f..%2fetc%2fpasswd",
        f"/{TOKEN}/document/..%2fferry.txt",
        f"/{TOKEN}/document/-1",
        f"/{TOKEN}/document/zero",
        f"/{TOKEN}/decisions.jsonl",
        f"/{TOKEN}/decide",
        "/favicon.ico",
    ],
)
def test_there_is_nothing_else(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code in (307, 404)
    assert "Menu" not in answer.text


def test_a_document_that_is_not_there(client: TestClient) -> None:
    answer = client.get(f"/{TOKEN}/document/99")
    assert answer.status_code == 422
    assert "reload the page" in answer.json()["error"]


def test_every_answer_has_the_policy(client: TestClient) -> None:
    for path in (f"/{TOKEN}/", f"/{TOKEN}/document/0", "/elsewhere/", f"/{TOKEN}/x/y/z"):
        headers = client.get(path).headers
        if path.count("/") == 2:
            assert headers["content-security-policy"].startswith("default-src 'none'; ")
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cache-control"] == "no-store"
    policy = client.get(f"/{TOKEN}/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Origin": HOST}, 200),
        ({"Origin": f"http://localhost:{PORT}", "Host": f"localhost:{PORT}"}, 200),
    ],
)
def test_other_pages_and_names_are_refused(client: TestClient, tmp_path: Path, headers: dict[str, str], status: int) -> None:
    body = json.dumps({"decision": MENU, "known": KNOWN})
    answer = client.post(f"/{TOKEN}/decide", content=body, headers={"Content-Type": "application/json", **headers})
    assert answer.status_code == status
    assert ((tmp_path / DECISIONS).read_bytes() != b"") == (status == 200)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"decision": {}, "known": {}}',
        json.dumps({"decision": {**MENU, "path": "/etc/passwd"}, "known": KNOWN}).encode(),
        json.dumps({"decision": {**MENU, "scope": "world"}, "known": KNOWN}).encode(),
        json.dumps({"decision": {**MENU, "start": "0"}, "known": KNOWN}).encode(),
        json.dumps({"decision": {**MENU, "start": -5}, "known": KNOWN}).encode(),
        json.dumps({"decision": {**MENU, "label": "advert"}, "known": KNOWN}).encode(),
        b"x" * 100_000,
    ],
)
def test_nonsense_is_refused_with_a_reason(client: TestClient, tmp_path: Path, body: bytes) -> None:
    answer = client.post(f"/{TOKEN}/decide", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 413, 422)
    assert len(answer.json()["error"]) > 10
    assert (tmp_path / DECISIONS).read_bytes() == b""


def test_tokens_are_long_and_never_the_same() -> None:
    from cleaner.review.server import new_token

    tokens = {new_token() for _ in range(50)}
    assert len(tokens) == 50
    assert all(re.fullmatch(r"[\w-]{22}", token) for token in tokens)


@pytest.mark.parametrize("number", ["9" * 5_000, "-1", "1e3", "٣", "999999999"])
def test_numbers_that_no_document_has(client: TestClient, number: str) -> None:
    assert client.get(f"/{TOKEN}/document/{number}").status_code in (404, 422)
