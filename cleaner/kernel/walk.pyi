from collections.abc import Callable, Iterable, Set
from typing import Any, TypeAlias

#: parent, tag, names, depth, marks, first, last, look, looks (`parse.page.Nodes`)
_Nodes: TypeAlias = tuple[list[int], list[str], list[str], list[int], list[int], list[int], list[int], list[int], list[tuple[str, str]]]
#: the source, where each begins and ends in it, texts, roles, nodes, linked, inline
_Blocks: TypeAlias = tuple[str, list[int], list[int], list[str], list[str], list[int], list[int], list[str]]
#: titles, meta, scripts, language, canonical, times
_Head: TypeAlias = tuple[list[str], list[tuple[str, str]], list[str], str | None, str | None, list[tuple[str, int]]]
_Walked: TypeAlias = tuple[_Nodes, _Blocks, _Head]

def walk_tree(
    root: Iterable[Any],
    element_type: type[Any],
    text_type: type[Any],
    kinds: dict[str, int],
    role_names: list[str],
    roles: dict[str, int],
    passed_on: Set[str],
    tight: Set[str],
    marks: dict[str, int],
    naming: Set[str],
    hiding: Set[str],
    hidden: Callable[[str, str | None], int],
) -> _Walked:
    """The blocks of a parsed page in reading order, and what they stand in (`parse.walk`).

    Parameters: `root` is the document, `element_type` and `text_type` the classes of its elements and texts; `kinds` says what each tag
    means; `roles` are the numbers in `role_names` of the roles that tags give, `passed_on` those that elements without one take over,
    `tight` those of which only a line break parts two; `marks` are tags' bits; `naming` and `hiding` are the attributes that name and hide
    an element, `hidden` the bits of the latter.
    Returns what is known of the elements, of the blocks, of the head, each as parallel lists.
    """
