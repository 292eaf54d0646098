"""Names for the content that is not plain body: headings inside it, and the standfirst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.classify.shape import Shapes
from cleaner.classify.structure import Structure
from cleaner.classify.verdicts import on_block
from cleaner.kernel import COMPILED
from cleaner.values import Document, Verdict

if COMPILED:
    from cleaner.kernel.kept_lines import kept_lines

#: a subheading has no more words
_SUBHEADING_WORDS = 20


def name_kept(
    document: Document,
    shapes: Shapes,
    structure: Structure,
    taken: dict[int, Verdict],
    standfirst: list[int],
    *,
    compiled: bool = COMPILED,
) -> list[Verdict]:
    """Verdicts on the content that is not plain body: `lead`, `subheading`.

    Parameters: `taken` are the blocks that go, `standfirst` those that are one by their place; `compiled` says whether the kernel is asked.
    """
    if document.glued:
        return []
    if not compiled:
        return list(_plain(document, shapes, structure, taken, standfirst))
    return kept_lines(
        document.blocks,
        taken,
        shapes.words,
        shapes.ends,
        structure.prose,
        structure.content,
        structure.first_body,
        standfirst,
        _SUBHEADING_WORDS,
        Verdict,
    )


def _plain(
    document: Document, shapes: Shapes, structure: Structure, taken: dict[int, Verdict], standfirst: Sequence[int]
) -> Iterator[Verdict]:
    last = len(document.blocks) - 1
    for block in range(len(document.blocks)):
        if block in taken:
            continue
        if block in standfirst or (block < structure.first_body and structure.content[block] and shapes.ends[block]):
            yield on_block(document, block, "lead", "structure", 0.7)
            continue
        if shapes.words[block] > _SUBHEADING_WORDS:
            continue
        role = document.blocks[block].role
        if role.startswith("heading") or (
            role == "paragraph" and not shapes.ends[block] and block < last and block + 1 not in taken and structure.prose[block + 1]
        ):
            yield on_block(document, block, "subheading", "structure", 0.8)
