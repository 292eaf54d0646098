from libc.stdint cimport int64_t, uint32_t
from libc.string cimport memcpy, memset

cdef enum:
    # what is added up in several columns has so many at once
    LANES = 8
    # so many blocks are looked at in one go
    GROUP = 16


cdef inline const float* group_of(
    const float* feature, const int64_t* rows, Py_ssize_t at, Py_ssize_t count, float* room
) noexcept nogil:
    """A feature of `GROUP` blocks from number `at` of `rows` on (NULL: of all blocks), 0 beyond the `count` that are there."""
    cdef Py_ssize_t place
    if rows == NULL and count == GROUP:
        return feature + at
    if rows == NULL:
        memcpy(room, feature + at, count * sizeof(float))
    else:
        for place in range(count):
            room[place] = feature[rows[at + place]]
    memset(room + count, 0, (GROUP - count) * sizeof(float))
    return room


cdef inline bint is_nothing(const float* values, Py_ssize_t count) noexcept nogil:
    """Whether all values are 0."""
    cdef Py_ssize_t place = 0
    cdef uint32_t bits, all = 0
    for place in range(count):
        memcpy(&bits, values + place, sizeof(bits))
        all |= bits
    return all == 0


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
