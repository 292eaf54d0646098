# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Features of what the page says of itself: its title, its description, and the article in its scripts."""

from libc.stdint cimport int64_t, uint8_t
from libc.string cimport memset

import numpy

from cleaner.kernel.page_blocks cimport COUNT, GOOD, HEADING, PARAGRAPH, SUMMED, WORD_BITS, Page
from cleaner.kernel.page_columns cimport (
    Columns, add_log, add_log_beyond, add_same, add_share, add_share_of, next_row, next_rows, part_of,
)
from cleaner.kernel.page_places cimport blocks_since
from cleaner.kernel.page_words cimport Words, first_bits, hash_of_pair

cdef enum:
    #: two titles and a description
    TOLD = 3
    TITLE_WORDS = 3
    LONG_WORD = 7
    ARTICLE_BITS = 18
    ARTICLE_FEATURES = 9

cdef double TITLE_SHARE = 0.6, SHOWN = 0.8


cdef int add_titles(Page page, Columns* columns, list articles) except -1:
    cdef uint8_t* is_title = <uint8_t*>page.zeros(page.n, 1)
    cdef int64_t* numbers = page.numbers(page.n)
    _add_told_words(page, columns, is_title, numbers)
    _add_distance_from_title(page, columns, is_title, numbers, page.listed(articles, 0, page.n), len(articles))
    return 0


cdef int _add_told_words(Page page, Columns* columns, uint8_t* is_title, int64_t* numbers) except -1:
    """How much of it stands in the page's title and description, and how much of these in it. Notes what may be a title."""
    cdef Py_ssize_t at, block, row, n = page.n
    cdef int64_t number, size
    cdef const int64_t* count = page.amount[COUNT]
    cdef const int64_t* edges = page.edges
    cdef const int64_t* word_from = page.word_from
    cdef const int64_t* word_rows = page.word_rows
    cdef uint8_t* known = <uint8_t*>page.zeros(1 << WORD_BITS, 1)
    for row in range(TOLD):
        for at in range(edges[row], edges[row + 1]):
            known[first_bits(page.found.values[at], WORD_BITS)] |= 1 << row
    for row in range(TOLD):
        size = edges[row + 1] - edges[row]
        for block in range(n):
            number = 0
            for at in range(word_from[block], word_from[block + 1]):
                number += (known[word_rows[at]] >> row) & 1
            numbers[block] = number
            if row < 2 and <double>number >= TITLE_SHARE * <double>max(count[block], size) and count[block] >= TITLE_WORDS:
                is_title[block] = 1
        add_share(columns, numbers, count, 1)
        for block in range(n):
            numbers[block] = min(numbers[block], 2 * size)
        add_share_of(columns, numbers, size)
    return 0


cdef void _add_distance_from_title(
    Page page, Columns* columns, uint8_t* is_title, int64_t* numbers, const int64_t* begun, Py_ssize_t articles
) noexcept:
    """What stands between it and the page's title: blocks, paragraphs, beginnings of articles."""
    cdef Py_ssize_t at, block, n = page.n, title = -1
    cdef int64_t number = 0
    cdef double* line
    for block in range(n):
        is_title[block] = is_title[block] and page.flagged[HEADING * n + block]
        if is_title[block] and title < 0:
            title = block
    title = max(title, 0)
    blocks_since(is_title, n, False, numbers)
    add_log(columns, numbers)
    line = next_row(columns, &columns.plain)
    for block in range(n):
        line[block] = numbers[block] < n
    for block in range(n):
        number += page.flagged[PARAGRAPH * n + block] and not is_title[block]
        numbers[block] = number
    add_log(columns, numbers)
    add_log_beyond(columns, numbers, numbers[title])
    memset(numbers, 0, n * sizeof(int64_t))
    for at in range(articles):
        if begun[at] < n:
            numbers[begun[at]] += 1
    for block in range(1, n):
        numbers[block] += numbers[block - 1]
    add_log(columns, numbers)
    add_log_beyond(columns, numbers, numbers[title])


cdef bint _is_long(Words found, Py_ssize_t at) noexcept:
    return at + 1 < found.count and found.begins[at + 1] - found.begins[at] >= LONG_WORD


cdef void _add_share_around(Page page, Columns* columns, Py_ssize_t level, const int64_t* parts, const int64_t* wholes, int64_t times) noexcept:
    """The share in an element around each block, of two running sums."""
    cdef Py_ssize_t block, low, high, n = page.n
    cdef double* line = next_row(columns, &columns.share)
    for block in range(n):
        low, high = page.firsts[level * n + block], page.lasts[level * n + block]
        line[block] = part_of(<double>(times * (parts[high] - parts[low])), <double>(wholes[high] - wholes[low]))


cdef int add_long_words(Page page, Columns* columns) except -1:
    """How often the title's and the description's long words stand in the elements around it."""
    cdef Py_ssize_t at, block, level, n = page.n
    cdef Words found = page.found
    cdef int64_t* known_words = page.numbers(n + 1)
    cdef int64_t* long_words = page.numbers(n + 1)
    cdef uint8_t* known = <uint8_t*>page.zeros(1 << WORD_BITS, 1)
    for at in range(page.edges[0], page.edges[TOLD]):
        if _is_long(found, at):
            known[first_bits(found.values[at], WORD_BITS)] = 1
    for block in range(n):
        known_words[block + 1], long_words[block + 1] = known_words[block], long_words[block]
        for at in range(page.word_from[block], page.word_from[block + 1]):
            if _is_long(found, at):
                long_words[block + 1] += 1
                known_words[block + 1] += known[page.word_rows[at]]
    for level in range(SUMMED):
        _add_share_around(page, columns, level, known_words, long_words, 8)
    add_same(columns, &columns.share, part_of(<double>(8 * known_words[n]), <double>long_words[n]))
    return 0


cdef object add_article(Page page, Columns* columns):
    """How much of it stands in what the page's scripts say its article is. Returns that, of an article that the page shows."""
    told_array = numpy.zeros(page.n)
    cdef double[::1] told = told_array
    cdef double* line
    cdef int64_t* known
    cdef int64_t* pairs
    cdef int64_t article_words = page.article_words()
    cdef double shown
    if not page.has_article():
        line = next_rows(columns, &columns.plain, ARTICLE_FEATURES)
        memset(line, 0, ARTICLE_FEATURES * page.n * sizeof(double))
        return told_array
    known, pairs = page.numbers(page.n + 1), page.numbers(page.n + 1)
    _sum_told_pairs(page, known, pairs)
    _add_told_pairs(page, columns, known, pairs, &told[0])
    shown = min(1.0, <double>known[page.n] / <double>article_words)
    add_same(columns, &columns.plain, shown)
    add_same(columns, &columns.plain, min(1.0, <double>page.total[GOOD] / <double>(4 * article_words)))
    if not shown >= SHOWN:
        memset(&told[0], 0, page.n * sizeof(double))
    return told_array


cdef int _sum_told_pairs(Page page, int64_t* known, int64_t* pairs) except -1:
    """Running sums of pairs that are the article's, too, and of all."""
    cdef Py_ssize_t at, block
    cdef const int64_t* count = page.amount[COUNT]
    cdef Words found = page.found
    cdef uint8_t* told = <uint8_t*>page.zeros(1 << ARTICLE_BITS, 1)
    for at in range(page.edges[3], page.edges[4] - 1):
        told[first_bits(hash_of_pair(found.values[at], found.values[at + 1]), ARTICLE_BITS)] = 1
    for block in range(page.n):
        known[block + 1], pairs[block + 1] = known[block], pairs[block] + count[block] - (count[block] > 0)
        for at in range(page.word_from[block], page.word_from[block + 1] - 1):
            known[block + 1] += told[first_bits(hash_of_pair(found.values[at], found.values[at + 1]), ARTICLE_BITS)]
    return 0


cdef int _add_told_pairs(Page page, Columns* columns, const int64_t* known, const int64_t* pairs, double* told) except -1:
    cdef Py_ssize_t block, level, n = page.n
    cdef int64_t size, number = 0
    cdef double share
    cdef int64_t* numbers = page.numbers(n)
    cdef double* line = next_rows(columns, &columns.plain, 4)
    for block in range(n):
        size = pairs[block + 1] - pairs[block]
        share = part_of(<double>(known[block + 1] - known[block]), <double>size)
        told[block] = share
        line[block] = share
        line[n + block] = size > 0 and share > 0.7
        line[2 * n + block] = size > 0 and share < 0.3
        line[3 * n + block] = 1.0
        number += share > 0.7
        numbers[block] = number
    for level in range(1, 3):
        _add_share_around(page, columns, level, known, pairs, 1)
    add_share_of(columns, numbers, number)
    return 0
