"""A diff as a string, without colours: what `Result.diff` gives."""

from __future__ import annotations

import io
from typing import Literal, TypeAlias

from rich.console import Console

from cleaner.render.terminal import check_style, diff_lines
from cleaner.values import Result

Style: TypeAlias = Literal["inline", "side", "unified"]

#: columns of a diff side by side, where no terminal says how wide it may be
_WIDTH = 123


def plain_diff(result: Result, style: Style = "inline") -> str:
    """What was removed and why, without colours and without anything left out.

    Parameters: `style` is `"inline"` (the source with `[-words-]{label reason score}`), `"side"` (source left, body right) or
    `"unified"` (hunks with three lines around each change, the reason behind `#`).
    Raises `OptionError` for any other style.
    """
    check_style(style)
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, legacy_windows=False, _environ={})
    lines = diff_lines(console, result, style, whole=style != "unified")
    return "".join([f"{line.plain}\n" for line in lines])
