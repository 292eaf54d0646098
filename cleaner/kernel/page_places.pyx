# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Features of where a block stands: on the page, in the elements around it, and beside the element that holds most text."""

from libc.stdint cimport int64_t, uint8_t

from cleaner.kernel.page_blocks cimport AMOUNTS, CHARS, COUNT, FLAGS, GOOD, IS_GOOD, LINKED, PARAGRAPH, SUMMED, Page
from cleaner.kernel.page_columns cimport Columns, add_log, add_same, add_share_of, next_row, next_rows, part_of, scaled
from cleaner.kernel.page_store cimport first_of_integers, integers

cdef enum:
    MOST_ANCESTORS = 48

cdef int[2] WINDOWS = [4, 16]


cdef void blocks_since(const uint8_t* flags, Py_ssize_t n, bint backwards, int64_t* since) noexcept nogil:
    """Blocks since the last one flagged, itself 0; n where there is none."""
    cdef Py_ssize_t at, place
    cdef int64_t seen = -1
    for at in range(n):
        place = n - 1 - at if backwards else at
        if flags[place]:
            seen = at
        since[place] = n if seen < 0 else at - seen


cdef int add_places(Page page, Columns* columns) except -1:
    cdef Py_ssize_t block, n = page.n
    cdef const int64_t* good_before = page.running[GOOD]
    cdef int64_t* places = page.numbers(n)
    cdef int64_t* numbers = page.numbers(n)
    cdef double* line
    for block in range(n):
        places[block] = block
    add_share_of(columns, places, n)
    add_share_of(columns, page.running[COUNT], page.total[COUNT])
    add_share_of(columns, good_before, page.total[GOOD])
    add_log(columns, places)
    for block in range(n):
        numbers[block] = n - 1 - block
    add_log(columns, numbers)
    add_log(columns, good_before)
    for block in range(n):
        numbers[block] = page.total[GOOD] - good_before[block + 1]
    add_log(columns, numbers)
    _add_distances(page, columns, numbers)
    line = next_row(columns, &columns.plain)
    for block in range(n):
        line[block] = min(page.depth[page.above[block]], 40) / 8.0
    _add_windows(page, columns, numbers)
    return 0


cdef void _add_distances(Page page, Columns* columns, int64_t* since) noexcept:
    """How far it is from flagged blocks before and behind."""
    cdef Py_ssize_t block, flag, n = page.n
    cdef double* line
    for flag in range(FLAGS):
        blocks_since(page.flagged + flag * n, n, False, since)
        add_log(columns, since)
        if flag == PARAGRAPH:
            line = next_row(columns, &columns.plain)
            for block in range(n):
                line[block] = since[block] < n
        blocks_since(page.flagged + flag * n, n, True, since)
        add_log(columns, since)


cdef void _add_windows(Page page, Columns* columns, int64_t* numbers) noexcept:
    """Text among the blocks around it."""
    cdef Py_ssize_t block, row, low, high, n = page.n
    cdef const int64_t* good_before = page.running[GOOD]
    cdef const int64_t* words_before = page.running[COUNT]
    cdef double* line
    for row in range(2):
        line = next_row(columns, &columns.share)
        for block in range(n):
            low, high = max(block - WINDOWS[row], 0), min(block + WINDOWS[row] + 1, n)
            numbers[block] = good_before[high] - good_before[low]
            line[block] = part_of(<double>numbers[block], <double>(words_before[high] - words_before[low]))
        add_log(columns, numbers)


cdef int add_elements_around(Page page, Columns* columns) except -1:
    """The text of the elements around it; notes their blocks."""
    cdef Py_ssize_t block, level, row, low, high, n = page.n
    cdef int64_t node
    cdef int64_t sum_good = page.total[GOOD]
    cdef int64_t[AMOUNTS] inside
    cdef double* line
    cdef double* share
    page.first_array, page.last_array = integers((SUMMED, n)), integers((SUMMED, n))
    page.firsts, page.lasts = first_of_integers(page.first_array), first_of_integers(page.last_array)
    for level in range(SUMMED):
        line, share = next_rows(columns, &columns.log, 2), next_rows(columns, &columns.share, 5)
        for block in range(n):
            node = page.above[level * n + block]
            low, high = page.first_of[node], page.last_of[node]
            page.firsts[level * n + block], page.lasts[level * n + block] = low, high
            for row in range(AMOUNTS):
                inside[row] = page.running[row][high] - page.running[row][low]
            line[block] = scaled(<double>inside[COUNT])
            line[n + block] = scaled(<double>(high - low))
            share[block] = part_of(<double>inside[LINKED], <double>inside[CHARS])
            share[n + block] = part_of(<double>inside[GOOD], <double>inside[COUNT])
            share[2 * n + block] = part_of(<double>inside[GOOD], <double>sum_good)
            share[3 * n + block] = part_of(<double>inside[IS_GOOD], <double>(high - low))
            share[4 * n + block] = part_of(<double>(block - low), <double>(high - low))
    return 0


cdef void _note_common_depths(Page page, Py_ssize_t best, int64_t* common) noexcept:
    """How deep the last element lies that is around both a block and the element that holds most text."""
    cdef int64_t[MOST_ANCESTORS] ancestors
    cdef Py_ssize_t at, block, count = 1
    cdef int64_t here
    ancestors[0] = best
    while ancestors[count - 1] and count < MOST_ANCESTORS:
        ancestors[count] = page.parent[ancestors[count - 1]]
        count += 1
    for at in range(count - 1, -1, -1):
        here = ancestors[at]
        for block in range(page.first_of[here], page.last_of[here]):
            common[block] = page.depth[here]


cdef int add_main_element(Page page, Columns* columns) except -1:
    """How far it is from the element that holds most text, and from their common ancestor."""
    cdef Py_ssize_t at, block, n = page.n, best = 0
    cdef int64_t here, first, last, most, next_most = 0
    cdef int64_t* held = page.numbers(page.nodes)
    cdef int64_t* common = page.numbers(n)
    cdef int64_t* numbers = page.numbers(n)
    cdef const int64_t* parent = page.parent
    cdef const int64_t* depth = page.depth
    cdef double* line
    for block in range(n):
        held[parent[page.above[block]]] += page.amount[GOOD][block]
    for at in range(page.nodes):
        if held[at] > held[best]:
            best = at
    most, first, last = held[best], page.first_of[best], page.last_of[best]
    _note_common_depths(page, best, common)
    line = next_rows(columns, &columns.plain, 5)
    for block in range(n):
        here = page.above[block]
        line[block] = min(depth[best] - common[block], 16) / 4.0
        line[n + block] = min(depth[here] - common[block], 16) / 4.0
        line[2 * n + block] = block < first
        line[3 * n + block] = block >= last
        line[4 * n + block] = parent[here] == best
        numbers[block] = held[parent[here]]
    add_share_of(columns, numbers, most)
    add_same(columns, &columns.share, part_of(<double>most, <double>page.total[GOOD]))
    for block in range(n):
        numbers[block] = max(first - block, 0)
    add_log(columns, numbers)
    for block in range(n):
        numbers[block] = max(block - last + 1, 0)
    add_log(columns, numbers)
    for at in range(page.nodes):
        if at != best:
            next_most = max(next_most, held[at])
    add_same(columns, &columns.share, part_of(<double>next_most, <double>most))
    return 0
