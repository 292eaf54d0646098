"""The path of the element that a block stands in, as site rules name it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from cleaner.parse.page import Page

#: between two elements of a path
STEP = " > "
#: names that an element is known by; more say no more
_MOST_NAMES = 3
#: the whole page
_ROOTS = frozenset({"", "html", "body"})
_DIGITS = re.compile(r"\d+")
#: what style generators make up anew with every release
_MADE_UP = re.compile(r"(?:^|[-_])(?=[a-zA-Z0-9]*\d)(?=[a-zA-Z0-9]*[a-zA-Z])[a-zA-Z0-9]{5,}$")


def paths_of(page: Page) -> tuple[str, ...]:
    """The path of the element that each block of a page stands in."""
    return block_paths(page.nodes.parent, page.nodes.tag, page.nodes.names, page.node)


def block_paths(parent: Sequence[int], tag: Sequence[str], names: Sequence[str], node: Sequence[int]) -> tuple[str, ...]:
    """The path of each block's element, such as `main.content > article.story > p`.

    Parameters: `parent`, `tag` and `names` (class and id, parted by spaces) are of the page's elements in the order of their start tags, so
    that a parent comes before its children; `node` is the element that each block stands in.
    """
    paths: list[str] = []
    for number, (around, kind, named) in enumerate(zip(parent, tag, names, strict=True)):
        outer = paths[around] if around < number else ""
        step = "" if kind in _ROOTS else _step(kind, named)
        paths.append(f"{outer}{STEP}{step}" if outer and step else outer or step)
    return tuple(paths[at] for at in node)


#: pages of one site have the same elements; remembering changes speed only
@functools.lru_cache(1 << 14)
def _step(tag: str, names: str) -> str:
    tokens = [_DIGITS.sub("0", name) for name in sorted(set(names.split())) if not _MADE_UP.search(name)]
    return ".".join([tag, *tokens[:_MOST_NAMES]])


def lies_in(path: str, container: str) -> bool:
    """Whether an element is the container or lies in it."""
    return path == container or path.startswith(container + STEP)


def containers(path: str) -> list[str]:
    """An element and all that it lies in, from the outer to the inner."""
    steps = path.split(STEP) if path else []
    return [STEP.join(steps[: count + 1]) for count in range(len(steps))]
