import numpy as np
import numpy.typing as npt

def element_names(
    node: list[int], parent: list[int], look: list[int], looks: list[tuple[str, str]], inline: list[str], longest: int
) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Tags and names of the elements around blocks, each set once (`classify.html_features`).

    Parameters: `node` and `inline` are of the blocks, `parent` and `look` of the elements, `looks` are tags and names; `longest` characters
    of names are read.
    Returns the sets, the elements around each block from its own on, and the sets of these and of the inline element it begins with.
    Raises `ValueError` for lists that contradict each other.
    """

def block_arrays(
    text: str,
    lowered: str,
    length: int,
    table: npt.NDArray[np.uint8],
    start_list: list[int],
    end_list: list[int],
    linked_list: list[int],
    roles: list[int],
    above: npt.NDArray[np.int64],
    elements: npt.NDArray[np.int64],
    parent_list: list[int],
    depth_list: list[int],
    mark_list: list[int],
    first_list: list[int],
    last_list: list[int],
    tag_numbers: list[int],
    articles: list[int],
    amounts: list[int],
    flags: list[bool],
) -> tuple[
    npt.NDArray[np.float64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    npt.NDArray[np.float64],
]:
    """The arrays of a page with blocks (`classify.html_features`).

    Parameters: `text` is the source with the titles, the article and the sets of names behind it, each behind a NUL, and one NUL at the
    end; `lowered` the same in lower case; `length` the source's length; `table` the classes of characters; `roles` are numbers, -1 for
    other ones; `above` and `elements` are from `element_names`; `articles` are the blocks at which `article` elements begin; `amounts` and
    `flags` are what is the same for the whole page. Other lists are those of `parse.page`.
    Returns features, counts, words, pairs and names each with where they begin, first and last blocks, kinds, blocks by kind and where
    these begin, elements around and a block of each, and the share that a script tells: the fields of `Arrays` but for `elements`.
    Raises `ValueError` for a page that contradicts itself.
    """
