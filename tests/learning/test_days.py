"""The day that a document is of."""

from __future__ import annotations

import pytest

from cleaner.learning.days import day_of


@pytest.mark.parametrize(
    ("url", "lines", "day"),
    [
        ("https://a.example/2025/03/12/bridge.html", [], "2025-03-12"),
        ("https://a.example/bridge-20250312.html", [], "2025-03-12"),
        ("https://a.example/bridge-4711.html", ["Bridge", "12.03.2025, 14:30 Uhr"], "2025-03-12"),
        ("", ["Stand: 2.3.2025"], "2025-03-02"),
        ("", ["Updated 2025-03-12T10:00:00Z"], "2025-03-12"),
        ("", ["Wednesday, March 12, 2025"], "2025-03-12"),
        ("", ["Mittwoch, 12. März 2025"], "2025-03-12"),
        ("", ["12 de marzo de 2025"], "2025-03-12"),
        ("", ["2025年3月12日 13:27 来源：柳湾日报"], "2025-03-12"),
        ("", ["公開：2025 年 3 月 2 日（日）"], "2025-03-02"),
        ("", ["3月12日"], None),
        ("", ["March 2025"], None),
        ("", ["It was built in 1962 and has 12 steps."], None),
        ("", ["word"] * 40 + ["12.03.2025"] + ["word"] * 40, None),
        ("", [], None),
    ],
)
def test_days(url: str, lines: list[str], day: str | None) -> None:
    assert day_of(url, lines) == day
