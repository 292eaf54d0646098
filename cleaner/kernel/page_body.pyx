# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What is looked at block by block between the block model and the rules: `classify.html_page` and `html_missed`, compiled."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int64_t
from libc.stdlib cimport qsort

import numpy

cdef enum:
    #: chances are whole numbers of this
    CHANCE = 10_000


def link_shares(list linked, list start, list end):
    cdef Py_ssize_t n = len(linked), block
    if len(start) != n or len(end) != n:
        raise ValueError("blocks and their links do not fit together")
    array = numpy.empty(n, dtype=numpy.float64)
    cdef double[::1] shares = array
    for block in range(n):
        shares[block] = <double><Py_ssize_t>linked[block] / <double>(<Py_ssize_t>end[block] - <Py_ssize_t>start[block])
    return array


cdef int _compared(const void* one, const void* other) noexcept nogil:
    cdef int64_t first = (<const int64_t*>one)[0], second = (<const int64_t*>other)[0]
    return (first > second) - (first < second)


def best_f1(const int64_t[::1] chances, const int64_t[::1] count):
    cdef Py_ssize_t n = chances.shape[0], place
    cdef int64_t all_right = 0, kept = 0, right = 0, block, whole
    cdef double expected, best = 0.0
    cdef int64_t* order
    if count.shape[0] != n or n >= 1 << 31:
        raise ValueError("chances and words do not fit together")
    order = <int64_t*>PyMem_Malloc((n + 1) * sizeof(int64_t))
    if order == NULL:
        raise MemoryError
    try:
        for place in range(n):
            if not 0 <= chances[place] <= CHANCE:
                raise ValueError("a chance is beyond its range")
            order[place] = ((CHANCE - chances[place]) << 32) | place
            all_right += chances[place] * count[place]
        qsort(order, n, sizeof(int64_t), _compared)
        for place in range(n):
            block = order[place] & 0xFFFFFFFF
            kept += count[block]
            right += chances[block] * count[block]
            whole = kept * CHANCE + all_right
            expected = <double>(2 * right) / <double>(whole if whole > 1 else 1)
            if expected > best:
                best = expected
    finally:
        PyMem_Free(order)
    return best


def between(
    const int64_t[::1] first, const int64_t[::1] last, body, const int64_t[::1] chances, const double[::1] linked,
    Py_ssize_t reach, int64_t least_chance, double most_linked,
):
    cdef const unsigned char[::1] inside = body.view(numpy.uint8)
    cdef Py_ssize_t n = inside.shape[0], block, before = -1
    if first.shape[0] != n or last.shape[0] != n or chances.shape[0] != n or linked.shape[0] != n:
        raise ValueError("blocks and what is known of them do not fit together")
    array, behind_array = numpy.zeros(n, dtype=numpy.bool_), numpy.empty(n + 1, dtype=numpy.int64)
    cdef unsigned char[::1] out = array.view(numpy.uint8)
    cdef int64_t[::1] behind = behind_array
    behind[n] = 2 * n
    for block in range(n - 1, -1, -1):
        behind[block] = block if inside[block] else behind[block + 1]
    for block in range(n):
        if inside[block]:
            before = block
        elif (
            chances[block] >= least_chance and linked[block] < most_linked
            and before >= 0 and before >= first[block] and before >= block - reach
            and behind[block] < last[block] and behind[block] < block + reach + 1
        ):
            out[block] = True
    return array


def near_blocks(body, Py_ssize_t reach):
    cdef const unsigned char[::1] inside = body.view(numpy.uint8)
    cdef Py_ssize_t n = inside.shape[0], block, begin, end = 0
    cdef list near = []
    for block in range(n):
        if inside[block]:
            begin = max(end, block - reach)
            end = min(n, block + reach + 1)
            near.extend(range(begin, end))
    return near if end else list(range(n))
