"""Paths of elements."""

from __future__ import annotations

from cleaner.parse.paths import block_paths, containers, lies_in


def test_paths_of_blocks() -> None:
    parent = [0, 0, 1, 2, 3, 2]
    tag = ["", "body", "main", "article", "p", "div"]
    names = ["", "dark", "content wide", "story story-4711", "", "share css-1x2y3z"]
    assert block_paths(parent, tag, names, [4, 5, 2, 0]) == (
        "main.content.wide > article.story.story-0 > p",
        "main.content.wide > div.share",
        "main.content.wide",
        "",
    )


def test_what_lies_in_what() -> None:
    assert lies_in("main.a > p", "main.a")
    assert lies_in("main.a", "main.a")
    assert not lies_in("main.ab > p", "main.a")
    assert containers("main.a > p") == ["main.a", "main.a > p"]
    assert containers("") == []
