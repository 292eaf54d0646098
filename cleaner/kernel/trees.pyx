# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The answers of an ensemble of trees: `classify.trees`, compiled. Blocks stand side by side."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint32_t
from libc.string cimport memset

from cleaner.kernel cimport rounded
from cleaner.kernel.blocks cimport LANES, count_asked, take

cdef enum:
    #: trees look at so many blocks at once, and have so many outputs at most
    GROUP = 16
    MOST_OUTPUTS = 128


cdef void _leaves(
    const float* values, const int64_t* columns, const float* borders, Py_ssize_t trees, Py_ssize_t depth, uint8_t* leaf
) noexcept nogil:
    """Where `GROUP` blocks end in each tree: the answers to its levels' questions, as bits."""
    cdef Py_ssize_t tree, level, place
    cdef int32_t bits[GROUP]
    cdef const float* numbers
    cdef float border
    for tree in range(trees):
        for place in range(GROUP):
            bits[place] = 0
        for level in range(depth - 1, -1, -1):
            numbers, border = values + columns[tree * depth + level] * GROUP, borders[tree * depth + level]
            for place in range(GROUP):
                bits[place] = bits[place] + bits[place] + (numbers[place] > border)
        for place in range(GROUP):
            leaf[tree * GROUP + place] = <uint8_t>bits[place]


cdef void _sum_of_one(const int16_t* leaves, const uint8_t* leaf, Py_ssize_t trees, Py_ssize_t depth, Py_ssize_t count, uint32_t* sums) noexcept nogil:
    """Adds up the only output of `count` blocks."""
    cdef Py_ssize_t tree, place
    cdef const int16_t* weights
    for tree in range(trees):
        weights = leaves + (tree << depth)
        for place in range(count):
            sums[place] += <uint32_t>weights[leaf[tree * GROUP + place]]


cdef void _sums_of_many(
    const int16_t* leaves, const uint8_t* leaf, Py_ssize_t trees, Py_ssize_t depth, Py_ssize_t outputs, const int64_t* ends, uint32_t* sums
) noexcept nogil:
    """Adds up the outputs of a block, in 16 bits those of trees up to each of `ends`."""
    cdef Py_ssize_t tree = 0, number = 0, last, output
    cdef int16_t part[MOST_OUTPUTS]
    cdef const int16_t* weights
    while tree < trees:
        last = ends[number]
        number += 1
        memset(part, 0, sizeof(part))
        while tree < last:
            weights = leaves + ((tree << depth) + leaf[tree * GROUP]) * outputs
            for output in range(outputs & ~<Py_ssize_t>(LANES - 1)):
                part[output] += weights[output]
            tree += 1
        for output in range(outputs):
            sums[output] += <uint32_t>part[output]


def tree_scores(
    const float[:, ::1] features,
    const int64_t[::1] blocks,
    const int64_t[::1] rows,
    const int64_t[:, ::1] columns,
    const float[:, ::1] borders,
    const int16_t[:, ::1] leaves,
    const int64_t[::1] ends,
    const int64_t[::1] bias,
    double unit,
    double[:, ::1] scores,
):
    cdef Py_ssize_t trees = columns.shape[0], depth = columns.shape[1], asked = rows.shape[0], outputs = scores.shape[1]
    cdef Py_ssize_t padded = leaves.shape[1], at, size, number, place, tree, level, output, total, group
    cdef const int64_t* chosen
    cdef float* values
    cdef uint8_t* leaf
    cdef uint32_t* sums
    cdef char* room
    total = count_asked(blocks, features.shape[1], &chosen)
    if (
        scores.shape[0] != total
        or borders.shape[0] != trees
        or borders.shape[1] != depth
        or bias.shape[0] != outputs
        or not outputs <= padded <= MOST_OUTPUTS
        or (padded != 1 and padded % LANES)
        or not 0 < depth <= 8
        or leaves.shape[0] != trees << depth
        or not trees
        or not ends.shape[0]
        or ends[ends.shape[0] - 1] != trees
    ):
        raise ValueError("trees, features and scores do not fit together")
    for number in range(asked):
        if not 0 <= rows[number] < features.shape[0]:
            raise ValueError("trees, features and scores do not fit together")
    for number in range(ends.shape[0]):
        if ends[number] <= (ends[number - 1] if number else 0):
            raise ValueError("trees, features and scores do not fit together")
    for tree in range(trees):
        for level in range(depth):
            if not 0 <= columns[tree, level] < asked:
                raise ValueError("trees, features and scores do not fit together")
    room = <char*>PyMem_Malloc(asked * GROUP * sizeof(float) + GROUP * padded * sizeof(uint32_t) + trees * GROUP)
    if room == NULL:
        raise MemoryError
    values = <float*>room
    sums = <uint32_t*>(values + asked * GROUP)
    leaf = <uint8_t*>(sums + GROUP * padded)
    memset(values, 0, asked * GROUP * sizeof(float))
    for group in range((total + GROUP - 1) // GROUP):
        at = group * GROUP
        size = min(<Py_ssize_t>GROUP, total - at)
        for number in range(asked):
            take(&features[rows[number], 0], chosen, at, size, values + number * GROUP)
        _leaves(values, &columns[0, 0], &borders[0, 0], trees, depth, leaf)
        memset(sums, 0, GROUP * padded * sizeof(uint32_t))
        if padded == 1:
            _sum_of_one(&leaves[0, 0], leaf, trees, depth, size, sums)
        else:
            for place in range(size):
                _sums_of_many(&leaves[0, 0], leaf + place, trees, depth, padded, &ends[0], sums + place * padded)
        for place in range(size):
            for output in range(outputs):
                scores[at + place, output] = <double>(<int64_t><int32_t>sums[place * padded + output] + bias[output]) * unit
    PyMem_Free(room)
