"""An evaluation as Markdown tables, aligned so that they read well on a terminal too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.learning.evaluation import INSIDE, KEPT, LINES, Band, Evaluation, Row
from cleaner.learning.intervals import Figure

#: stands where no document has a part in a figure
_NOTHING = "–"


def tables(evaluation: Evaluation) -> dict[str, str]:
    """Name -> table. Figures stand with their 95 % confidence interval in brackets."""
    found = {
        "documents": _table(("known of them", "documents", "residue lines"), evaluation.kinds, KEPT | LINES | INSIDE),
        "languages": _table(("language", "documents", "residue lines"), evaluation.languages, KEPT | LINES),
        "labels": _table(("label", "documents", "lines"), evaluation.labels, LINES),
        "bias": _table(("bias", "documents", "residue lines"), evaluation.biases, KEPT | LINES),
        "reliability": _reliability(evaluation.reliability),
    }
    return {name: table for name, table in found.items() if table}


def _table(heads: Sequence[str], rows: Sequence[Row], names: Iterable[str]) -> str:
    names = [name for name in names if any(row.figures[name] is not None for row in rows)]
    return aligned(
        [*heads, *names],
        [[row.name or _NOTHING, f"{row.documents:,}", f"{row.lines:,}", *(_shown(row.figures[name]) for name in names)] for row in rows],
    )


def _reliability(bands: Sequence[Band]) -> str:
    return aligned(
        ("removed by", "score from", "removals", "residue", "right label", "residue from here on"),
        [
            (
                band.judge,
                f"{band.low:.2f}",
                f"{band.removals:,}",
                f"{band.residue:.3f}",
                f"{band.named:.3f}" if band.named is not None else _NOTHING,
                f"{band.above:.3f}",
            )
            for band in bands
        ],
    )


def _shown(figure: Figure | None) -> str:
    return f"{figure.value:.4f} [{figure.low:.3f}, {figure.high:.3f}]" if figure is not None else _NOTHING


def aligned(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table: words to the left, numbers to the right. Empty where there are no rows."""
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    rule = [f"{'-' * (width - 1)}{':' if column else '-'}" for column, width in enumerate(widths)]
    lines = []
    for row in (heads, rule, *rows):
        cells = [cell.rjust(width) if column else cell.ljust(width) for column, (cell, width) in enumerate(zip(row, widths, strict=True))]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
