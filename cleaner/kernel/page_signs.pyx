# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Features of a block by itself: what its text looks like, what it lies in, and its role."""

from libc.stdint cimport int64_t, uint8_t

from cleaner.kernel.page_blocks cimport CHARS, COUNT, LINKED, ROLES, Page
from cleaner.kernel.page_columns cimport Columns, add_log, add_share, next_row, next_rows
from cleaner.kernel.page_words cimport DIGIT, LETTER, LOWER, SIGN, SIGNS, STOP, UPPER
from cleaner.kernel.utf8 cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ

cdef enum:
    MARKS = 32
    CLASSES = 6
    BEGINNING_CLASSES = 5

cdef int64_t[CLASSES] MORE_WORDS = [0, 1, 3, 8, 20, 50]
cdef int64_t[CLASSES] MOST_WORDS = [1, 3, 8, 20, <int64_t>1 << 62, <int64_t>1 << 62]
cdef int[BEGINNING_CLASSES] BEGINNINGS = [LOWER, UPPER, DIGIT, STOP + 2, SIGN]


cdef int64_t* _counted_signs(Page page) except NULL:
    """How many characters of each class blocks have, with what follows up to the next one: a row of blocks for each class."""
    cdef Py_ssize_t block, at, n = page.n
    cdef const uint8_t* classes = page.classes
    cdef int64_t* signs = page.numbers((SIGNS + 1) * n)
    for block in range(n):
        for at in range(page.start[block], page.start[block + 1] if block + 1 < n else page.end[block]):
            signs[(classes[at] if classes[at] < SIGNS else SIGNS) * n + block] += 1
    return signs


cdef void _add_ends(Page page, Columns* columns) noexcept:
    """The signs that a text begins and ends with, and how long it is."""
    cdef Py_ssize_t block, row, n = page.n
    cdef int last, before, begin
    cdef int kind = PyUnicode_KIND(page.text)
    cdef void* data = PyUnicode_DATA(page.text)
    cdef const uint8_t* classes = page.classes
    cdef const int64_t* start = page.start
    cdef const int64_t* end = page.end
    cdef const int64_t* count = page.amount[COUNT]
    cdef double* line = next_rows(columns, &columns.plain, 4 + BEGINNING_CLASSES + 1 + CLASSES)
    for block in range(n):
        last, begin = classes[end[block] - 1], classes[start[block]]
        before = classes[max(end[block] - 2, start[block])]
        line[block] = last == STOP or (last > STOP + 1 and before == STOP)
        line[n + block] = last == STOP
        line[2 * n + block] = last == STOP + 1
        line[3 * n + block] = PyUnicode_READ(kind, data, end[block] - 1) == c':'
        for row in range(BEGINNING_CLASSES):
            line[(4 + row) * n + block] = begin == BEGINNINGS[row]
        line[9 * n + block] = begin > STOP + 2
        for row in range(CLASSES):
            line[(10 + row) * n + block] = MORE_WORDS[row] < count[block] <= MOST_WORDS[row]


cdef int add_looks_of_texts(Page page, Columns* columns) except -1:
    cdef Py_ssize_t block, row, n = page.n
    cdef const int64_t* count = page.amount[COUNT]
    cdef const int64_t* linked = page.amount[LINKED]
    cdef const int64_t* chars = page.amount[CHARS]
    cdef int64_t* signs = _counted_signs(page)
    cdef int64_t* letters = page.numbers(n)
    cdef double* line
    for block in range(n):
        letters[block] = signs[LOWER * n + block] + signs[UPPER * n + block] + signs[LETTER * n + block]
    add_log(columns, count)
    add_log(columns, chars)
    add_log(columns, linked)
    for row in range(STOP, STOP + 3):
        add_log(columns, signs + row * n)
    add_share(columns, chars, count, 8)
    add_share(columns, linked, chars, 1)
    add_share(columns, signs + UPPER * n, letters, 1)
    add_share(columns, signs + DIGIT * n, chars, 1)
    add_share(columns, signs + (STOP + 1) * n, count, 1)
    add_share(columns, signs + STOP * n, count, 1)
    add_share(columns, signs + SIGNS * n, chars, 1)
    for row in range(STOP + 3, SIGNS):
        line = next_row(columns, &columns.plain)
        for block in range(n):
            line[block] = min(signs[row * n + block], 3)
    _add_ends(page, columns)
    return 0


cdef void add_marks_and_roles(Page page, Columns* columns) noexcept:
    cdef Py_ssize_t block, row, n = page.n
    cdef const int64_t* marks = page.marks
    cdef const int64_t* role = page.role
    cdef const int64_t* node = page.above
    cdef double* line
    for row in range(MARKS):
        line = next_row(columns, &columns.plain)
        for block in range(n):
            line[block] = (marks[node[block]] >> row) & 1
    for row in range(ROLES):
        line = next_row(columns, &columns.plain)
        for block in range(n):
            line[block] = role[block] == row
