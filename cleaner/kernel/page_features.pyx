# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A page's blocks as numbers: `classify.html_features`, compiled."""

from libc.stdint cimport int64_t, uint8_t

import numpy

from cleaner.kernel.page_blocks cimport CHARS, COUNT, GOOD, IS_GOOD, LEVELS, LINKED, TITLES, Page
from cleaner.kernel.page_columns cimport FEATURES, Columns, add_same, columns_of, part_of, scaled
from cleaner.kernel.page_kinds cimport add_kinds, add_repeats
from cleaner.kernel.page_places cimport add_elements_around, add_main_element, add_places
from cleaner.kernel.page_signs cimport add_looks_of_texts, add_marks_and_roles
from cleaner.kernel.page_store cimport Store, first_of_integers, integers
from cleaner.kernel.page_titles cimport add_article, add_long_words, add_titles
from cleaner.kernel.page_words cimport PLANE, first_bits
from cleaner.kernel.utf8 cimport PyUnicode_GET_LENGTH

cdef enum:
    NAME_BITS = 14


def element_names(list node, list parent, list look, list looks, list inline, Py_ssize_t longest):
    cdef Store store = Store()
    cdef Py_ssize_t n = len(node), nodes = len(parent), at, level, place, used = 0
    if len(look) != nodes or len(inline) != n or not nodes:
        raise ValueError("the lists do not fit together")
    cdef int64_t* own = store.listed(node, 0, nodes - 1)
    cdef int64_t* up = store.listed(parent, 0, nodes - 1)
    cdef int64_t* looked = store.listed(look, 0, len(looks) - 1)
    cdef uint8_t* is_used = <uint8_t*>store.zeros(nodes, 1)
    cdef int64_t* number = store.numbers(len(looks))
    above, elements = integers((LEVELS, n)), integers((LEVELS + 1, n))
    cdef int64_t[:, ::1] ups = above, sets = elements
    cdef list texts = []
    cdef dict known = {"": 0}
    cdef int64_t here
    for at in range(n):
        here = own[at]
        for level in range(LEVELS):
            ups[level, at] = here
            is_used[here] = True
            here = up[here]
    # In the order of the elements that have them: where the last word of a page's description ends depends on what follows it.
    for place in range(nodes):
        if is_used[place] and number[looked[place]] == 0:
            used += 1
            number[looked[place]] = used
            tag, names = looks[looked[place]]
            texts.append(<str?>tag + " " + (<str?>names)[:longest])
    for level in range(LEVELS):
        for at in range(n):
            sets[level, at] = number[looked[ups[level, at]]] - 1
    for at in range(n):
        text = inline[at]
        found = known.get(text)
        if found is None:
            found = known[text] = len(known)
        sets[LEVELS, at] = used + <int64_t>found
    texts.extend([" " + (<str?>text)[:longest] for text in known])
    return texts, above, elements


def block_arrays(
    str text, str lowered, Py_ssize_t length, const uint8_t[::1] table, list start_list, list end_list, list linked_list, list roles,
    const int64_t[:, ::1] above, const int64_t[:, ::1] elements, list parent_list, list depth_list, list mark_list, list first_list,
    list last_list, list tag_numbers, list articles, list amounts, list flags,
):
    cdef Page page = Page()
    cdef Py_ssize_t n = len(start_list), nodes = len(parent_list), total = PyUnicode_GET_LENGTH(text)
    if (
        not n or not nodes or not 0 <= length <= total or PyUnicode_GET_LENGTH(lowered) != total or table.shape[0] != PLANE + 1
        or len(end_list) != n or len(linked_list) != n or len(roles) != n or above.shape[0] != LEVELS or above.shape[1] != n
        or elements.shape[0] != LEVELS + 1 or elements.shape[1] != n or len(depth_list) != nodes or len(mark_list) != nodes
        or len(first_list) != nodes or len(last_list) != nodes or len(tag_numbers) != nodes or len(amounts) != 3 or len(flags) != 8
    ):
        raise ValueError("the arrays of a page do not fit together")
    page.n, page.nodes, page.length, page.above, page.elements = n, nodes, length, &above[0, 0], &elements[0, 0]
    page.read_blocks(start_list, end_list, linked_list, roles)
    page.read_elements(parent_list, depth_list, mark_list, first_list, last_list, tag_numbers)
    page.check_blocks()
    page.read_words(text, lowered, &table[0])
    page.sum_up()

    # Rows of features stand in the order in which they are added here.
    dense_array = numpy.empty((FEATURES, n), dtype=numpy.float64)
    cdef double[:, ::1] dense = dense_array
    cdef Columns columns = columns_of(&dense[0, 0], n, page.has_article())
    add_looks_of_texts(page, &columns)
    add_marks_and_roles(page, &columns)
    add_places(page, &columns)
    add_elements_around(page, &columns)
    kinds = add_kinds(page, &columns)
    add_main_element(page, &columns)
    add_repeats(page, &columns)
    add_titles(page, &columns, articles)
    add_long_words(page, &columns)
    told = add_article(page, &columns)
    _add_whole_page(page, &columns, amounts, flags)
    return (
        dense_array, page.counts_array, page.words_array, page.word_from_array, page.pairs_array, page.pair_from_array, *_names(page),
        page.first_array, page.last_array, *kinds, *_elements_around(page), told,
    )


cdef int _add_whole_page(Page page, Columns* columns, list amounts, list flags) except -1:
    """What the page is like as a whole."""
    cdef int64_t most = 0
    cdef Py_ssize_t block
    for block in range(page.n):
        most = max(most, page.amount[GOOD][block])
    add_same(columns, &columns.log, scaled(page.n))
    add_same(columns, &columns.log, scaled(page.total[COUNT]))
    add_same(columns, &columns.log, scaled(page.total[GOOD]))
    add_same(columns, &columns.log, scaled(page.total[IS_GOOD]))
    add_same(columns, &columns.log, scaled(most))
    for counted in amounts:
        add_same(columns, &columns.log, scaled(<int64_t>counted))
    add_same(columns, &columns.share, part_of(page.total[LINKED], page.total[CHARS]))
    add_same(columns, &columns.share, part_of(page.total[GOOD], page.total[COUNT]))
    for is_so in flags:
        add_same(columns, &columns.plain, bool(is_so))
    return 0


cdef tuple _names(Page page):
    """Words of the names of elements, as rows of their table, and where those of each set begin."""
    cdef Py_ssize_t at, first = page.edges[TITLES], count = page.found.count - first
    names_array, name_from_array = integers(count), integers(page.edge_count - TITLES)
    cdef int64_t* names = first_of_integers(names_array)
    cdef int64_t* name_from = first_of_integers(name_from_array)
    for at in range(count):
        names[at] = first_bits(page.found.values[first + at], NAME_BITS)
    for at in range(page.edge_count - TITLES):
        name_from[at] = page.edges[TITLES + at] - first
    return names_array, name_from_array


cdef tuple _elements_around(Page page):
    """The element around each block's own, numbered in their order, and the first block of each."""
    cdef Py_ssize_t at, block, n = page.n, count = 0
    cdef const int64_t* node = page.above + n
    cdef int64_t* first_block = page.numbers(page.nodes)
    for block in range(n - 1, -1, -1):
        count += first_block[node[block]] == 0
        first_block[node[block]] = block + 1
    around_array, around_block_array = integers(n), integers(count)
    cdef int64_t* around = first_of_integers(around_array)
    cdef int64_t* around_block = first_of_integers(around_block_array)
    count = 0
    for at in range(page.nodes):
        if first_block[at]:
            around_block[count] = first_block[at] - 1
            count += 1
            first_block[at] = count
    for block in range(n):
        around[block] = first_block[node[block]] - 1
    return around_array, around_block_array
