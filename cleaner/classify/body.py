"""The body where something else than the text's structure has found it: a block model on a page."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cleaner.classify.structure import Structure


def with_body(structure: Structure, body: Sequence[bool]) -> Structure:
    """A structure whose content is what `body` says of each block."""
    kept = [block for block, inside in enumerate(body) if inside]
    first, last = (kept[0], kept[-1] + 1) if kept else (0, 0)
    prose = [is_prose and inside for is_prose, inside in zip(structure.prose, body, strict=True)]
    first_body = next((block for block in kept if prose[block]), first)
    section = [None if inside else rule for rule, inside in zip(structure.section, body, strict=True)]
    return msgspec.structs.replace(
        structure, prose=prose, content=list(body), section=section, first=first, first_body=first_body, last=last
    )
