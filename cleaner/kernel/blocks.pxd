from libc.stdint cimport int64_t
from libc.string cimport memcpy

cdef enum:
    # what is added up in several columns has so many at once
    LANES = 8


cdef inline void take(const float* feature, const int64_t* rows, Py_ssize_t at, Py_ssize_t count, float* into) noexcept nogil:
    """A feature of `count` blocks from number `at` of `rows` on; `rows` is NULL where all are asked for."""
    cdef Py_ssize_t place
    if rows == NULL:
        memcpy(into, feature + at, count * sizeof(float))
    else:
        for place in range(count):
            into[place] = feature[rows[at + place]]


cdef inline Py_ssize_t count_asked(const int64_t[::1] blocks, Py_ssize_t count, const int64_t** rows) except -1:
    """How many blocks are asked for."""
    cdef Py_ssize_t place
    rows[0] = NULL
    if blocks is None:
        return count
    for place in range(blocks.shape[0]):
        if not 0 <= blocks[place] < count:
            raise ValueError("there is no such block")
    if blocks.shape[0]:
        rows[0] = &blocks[0]
    return blocks.shape[0]
