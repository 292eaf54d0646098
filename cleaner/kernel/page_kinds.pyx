# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Features of the blocks that a block is like: those of its kinds, and those of the same words."""

from libc.stdint cimport int64_t, uint64_t
from libc.stdlib cimport qsort
from libc.string cimport memset

from cleaner.kernel.page_blocks cimport AMOUNTS, CHARS, COUNT, GOOD, IS_GOOD, LINKED, Page
from cleaner.kernel.page_columns cimport Columns, next_row, next_rows, part_of, scaled
from cleaner.kernel.page_store cimport first_of_integers, integers

#: by tag, names and depth of its element, of the parent, of both, by tag and the element around
cdef enum:
    BY_OWN, BY_PARENT, BY_BOTH, BY_TAG
    SORTS

#: a key and where it stands
cdef struct Keyed:
    uint64_t key
    int64_t place


cdef int _order(const void* one, const void* other) noexcept nogil:
    cdef const Keyed* first = <const Keyed*>one
    cdef const Keyed* second = <const Keyed*>other
    if first.key != second.key:
        return -1 if first.key < second.key else 1
    return -1 if first.place < second.place else 1


cdef Py_ssize_t _group(Keyed* keys, Py_ssize_t n, int64_t* number) noexcept nogil:
    """Sorts keys; the number of each place's group, the smallest keys' first. Returns how many there are."""
    cdef Py_ssize_t at, count = 0
    qsort(keys, n, sizeof(Keyed), &_order)
    for at in range(n):
        if at == 0 or keys[at].key != keys[at - 1].key:
            count += 1
        number[keys[at].place] = count - 1
    return count


cdef void _set_keys(Page page, int sort, int64_t deepest, const int64_t* own, const int64_t* around, Keyed* keys) noexcept:
    cdef Py_ssize_t block, n = page.n
    cdef int64_t number, here
    for block in range(n):
        if sort == BY_OWN or sort == BY_PARENT:
            number = page.elements[sort * n + block] * (deepest + 1) + page.depth[page.above[sort * n + block]]
        elif sort == BY_BOTH:
            number = own[block] * n + around[block]
        else:
            here = page.above[block]
            number = page.parent[here] * (page.nodes + 1) + page.tag[here]
        keys[block].key, keys[block].place = <uint64_t>number, block


cdef void _add_groups(Page page, Columns* columns, const int64_t* group, Py_ssize_t groups, int64_t* sizes, int64_t* sums) noexcept:
    """The text of the group of each block."""
    cdef Py_ssize_t block, row, n = page.n
    cdef int64_t size
    cdef int64_t sum_good = page.total[GOOD]
    cdef const int64_t* inside
    cdef double* line = next_rows(columns, &columns.log, 2)
    cdef double* share = next_rows(columns, &columns.share, 5)
    memset(sizes, 0, groups * sizeof(int64_t))
    memset(sums, 0, AMOUNTS * groups * sizeof(int64_t))
    for block in range(n):
        sizes[group[block]] += 1
        for row in range(AMOUNTS):
            sums[AMOUNTS * group[block] + row] += page.amount[row][block]
    for block in range(n):
        size, inside = sizes[group[block]], sums + AMOUNTS * group[block]
        line[block] = scaled(<double>size)
        line[n + block] = scaled(<double>inside[COUNT])
        share[block] = part_of(<double>inside[COUNT], <double>(64 * size))
        share[n + block] = part_of(<double>inside[GOOD], <double>inside[COUNT])
        share[2 * n + block] = part_of(<double>inside[GOOD], <double>sum_good)
        share[3 * n + block] = part_of(<double>inside[LINKED], <double>inside[CHARS])
        share[4 * n + block] = part_of(<double>inside[IS_GOOD], <double>size)


cdef tuple _listed_kinds(const Keyed* keys, Py_ssize_t n, Py_ssize_t groups):
    """Blocks by kind, and where those of each kind begin."""
    cdef Py_ssize_t at, kind = 0
    by_kind_array, kind_from_array = integers(n), integers(groups)
    cdef int64_t* by_kind = first_of_integers(by_kind_array)
    cdef int64_t* kind_from = first_of_integers(kind_from_array)
    for at in range(n):
        by_kind[at] = keys[at].place
        if at == 0 or keys[at].key != keys[at - 1].key:
            kind_from[kind] = at
            kind += 1
    return by_kind_array, kind_from_array


cdef tuple add_kinds(Page page, Columns* columns):
    """How the blocks of its kinds are. Returns the kind of each block's element, and the blocks of each."""
    cdef Py_ssize_t at, groups, n = page.n
    cdef int sort
    cdef int64_t deepest = 0
    kind_array = integers(n)
    cdef int64_t* own = first_of_integers(kind_array)
    cdef int64_t* around = page.numbers(n)
    cdef int64_t* numbers = page.numbers(n)
    cdef int64_t* sizes = page.numbers(n)
    cdef int64_t* sums = page.numbers(AMOUNTS * n)
    cdef int64_t* group
    cdef Keyed* keys = <Keyed*>page.zeros(n, sizeof(Keyed))
    cdef tuple kinds = ()
    for at in range(page.nodes):
        deepest = max(deepest, page.depth[at])
    for sort in range(SORTS):
        group = own if sort == BY_OWN else around if sort == BY_PARENT else numbers
        _set_keys(page, sort, deepest, own, around, keys)
        groups = _group(keys, n, group)
        if sort == BY_OWN:
            kinds = _listed_kinds(keys, n, groups)
        _add_groups(page, columns, group, groups, sizes, sums)
    return (kind_array, *kinds)


cdef int add_repeats(Page page, Columns* columns) except -1:
    """Whether its words stand on the page again."""
    cdef Py_ssize_t at, block, n = page.n
    cdef uint64_t value
    cdef const uint64_t* values
    cdef Keyed* keys = <Keyed*>page.zeros(n, sizeof(Keyed))
    cdef int64_t* numbers = page.numbers(n)
    cdef int64_t* sizes = page.numbers(n)
    cdef double* line = next_row(columns, &columns.log)
    cdef double* repeat = next_row(columns, &columns.plain)
    for block in range(n):
        value, values = 0, page.found.values + page.word_from[block]
        for at in range(page.amount[COUNT][block]):
            value += values[at] * (2 * <uint64_t>at + 1)
        keys[block].key, keys[block].place = value, block
    _group(keys, n, numbers)
    for block in range(n):
        sizes[numbers[block]] += 1
    # Of each group the first block comes first.
    for at in range(n):
        block = keys[at].place
        line[block] = scaled(<double>(sizes[numbers[block]] - 1))
        repeat[block] = at > 0 and keys[at].key == keys[at - 1].key
    return 0
