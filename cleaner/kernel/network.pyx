# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The block model's arithmetic: `classify.context`, `classify.trees` and `classify.dense`, compiled. Blocks stand side by side."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int8_t, int16_t, int32_t, int64_t, uint8_t, uint32_t
from libc.string cimport memcpy, memset

cdef extern from *:
    """
    #include <float.h>
    #if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
    #error "floats are not rounded after each step here: the twins in Python are used"
    #endif
    """

cdef enum:
    #: blocks that are looked at in one go
    TILE = 64
    #: trees look at so many blocks at once, and have so many outputs at most
    GROUP = 16
    MOST_OUTPUTS = 128
    #: activations and outputs are added up so many at once
    LANES = 8

#: what is added to a number of no more than 2**21 and taken off again, which leaves it rounded, halves to the even one
cdef float _ROUND = 12582912.0


cdef void _window(const double* sums, Py_ssize_t count, Py_ssize_t reach, float* into) noexcept nogil:
    """Means of a feature over `reach` blocks on each side; `sums` has for each block the sum of those before it, and at last of all."""
    cdef Py_ssize_t block, end
    cdef double inside = <double>(2 * reach + 1)
    for block in range(min(reach, count)):
        end = min(block + reach + 1, count)
        into[block] = <float>(sums[end] / <double>end)
    for block in range(reach, count - reach):
        into[block] = <float>((sums[block + reach + 1] - sums[block - reach]) / inside)
    for block in range(max(reach, count - reach), count):
        into[block] = <float>((sums[count] - sums[block - reach]) / <double>(count - block + reach))


cdef void _neighbour(const double* feature, Py_ssize_t count, Py_ssize_t offset, float* into) noexcept nogil:
    """A feature of the block that stands `offset` further on, 0 beyond the ends."""
    cdef Py_ssize_t block, start = min(max(0, -offset), count), end = max(min(count, count - offset), 0)
    for block in range(start):
        into[block] = 0.0
    for block in range(start, end):
        into[block] = <float>feature[block + offset]
    for block in range(max(start, end), count):
        into[block] = 0.0


def with_context(
    const double[:, ::1] features,
    const double[::1] means,
    const int64_t[::1] rows,
    const int64_t[::1] bounds,
    const int64_t[::1] offsets,
    const int64_t[::1] windows,
    float[:, ::1] wide,
):
    cdef Py_ssize_t count = features.shape[1], copies = bounds.shape[0] - 1, copy, column, block, row, singles = offsets.shape[0]
    cdef double* sums
    cdef float* into
    cdef const double* feature
    cdef float mean
    cdef bint any, summed
    cdef int64_t[64] at
    if (
        not singles + windows.shape[0] + 1 == copies <= 64
        or bounds[0] != 0
        or wide.shape[0] != rows.shape[0]
        or bounds[copies] != rows.shape[0]
        or wide.shape[1] != count
        or means.shape[0] != features.shape[0]
    ):
        raise ValueError("features and what is asked for do not fit together")
    for copy in range(copies):
        if bounds[copy] > bounds[copy + 1]:
            raise ValueError("features and what is asked for do not fit together")
        at[copy] = bounds[copy]
    if not count:
        return
    sums = <double*>PyMem_Malloc((count + 1) * sizeof(double))
    if sums == NULL:
        raise MemoryError
    for row in range(features.shape[0]):
        feature, mean = &features[row, 0], <float>means[row]
        any, summed = False, False
        for block in range(count):
            any |= feature[block] != 0.0
        for copy in range(copies):
            if at[copy] == bounds[copy + 1] or rows[at[copy]] != row:
                continue
            into = &wide[at[copy], 0]
            at[copy] += 1
            if copy == copies - 1:
                for block in range(count):
                    into[block] = mean
            elif not any:
                memset(into, 0, count * sizeof(float))
            elif copy < singles:
                _neighbour(feature, count, offsets[copy], into)
            else:
                if not summed:
                    summed, sums[0] = True, 0.0
                    for block in range(count):
                        sums[block + 1] = sums[block] + feature[block]
                _window(sums, count, windows[copy - singles], into)
    PyMem_Free(sums)
    for copy in range(copies):
        if at[copy] != bounds[copy + 1]:
            raise ValueError("features asked for do not ascend, or do not exist")


cdef void _tile(const float[:, ::1] features, const int64_t* rows, Py_ssize_t at, Py_ssize_t count, Py_ssize_t row, float* into) noexcept nogil:
    """A feature of `count` blocks from number `at` of `rows` on; `rows` is NULL where all are asked for."""
    cdef const float* numbers = &features[row, 0]
    cdef Py_ssize_t place
    if rows == NULL:
        memcpy(into, numbers + at, count * sizeof(float))
    else:
        for place in range(count):
            into[place] = numbers[rows[at + place]]


cdef Py_ssize_t _asked(const int64_t[::1] blocks, Py_ssize_t count, const int64_t** rows) except -1:
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
    total = _asked(blocks, features.shape[1], &chosen)
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
            _tile(features, chosen, at, size, rows[number], values + number * GROUP)
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


cdef inline void _steps(const float* values, float middle, float step, float most, Py_ssize_t count, int32_t* into) noexcept nogil:
    """How many steps each value is from the middle, rounded, no more than `most` either way."""
    cdef Py_ssize_t place
    cdef float number
    for place in range(count):
        number = (values[place] - middle) * step
        number = number if number < most else most
        number = number if number > -most else -most
        into[place] = <int32_t>((number + _ROUND) - _ROUND)


cdef void _layer(const int32_t* values, const int32_t* inputs, Py_ssize_t count, const float* weights, Py_ssize_t width, float* sums) noexcept nogil:
    """Adds up some inputs' weights, each times its value; `width` is a multiple of `LANES`. All are whole numbers, and so are the sums."""
    cdef Py_ssize_t place = 0, output
    cdef const float* first
    cdef const float* second
    cdef const float* third
    cdef const float* fourth
    cdef float a, b, c, d
    while place + 4 <= count:
        first, second = weights + inputs[place] * width, weights + inputs[place + 1] * width
        third, fourth = weights + inputs[place + 2] * width, weights + inputs[place + 3] * width
        a, b, c, d = <float>values[place], <float>values[place + 1], <float>values[place + 2], <float>values[place + 3]
        for output in range(width & ~<Py_ssize_t>(LANES - 1)):
            sums[output] += (a * first[output] + b * second[output]) + (c * third[output] + d * fourth[output])
        place += 4
    while place < count:
        first, a = weights + inputs[place] * width, <float>values[place]
        for output in range(width & ~<Py_ssize_t>(LANES - 1)):
            sums[output] += a * first[output]
        place += 1


cdef inline int32_t _middle(int32_t first, int32_t second, int32_t third) noexcept nogil:
    return max(min(first, second), min(max(first, second), third))


cdef void _activate(float* sums, Py_ssize_t count, float unit, float highest) noexcept nogil:
    cdef Py_ssize_t place
    cdef float number
    for place in range(count):
        number = sums[place] * unit
        number = number if number < highest else highest
        number = number if number > 0.0 else 0.0
        sums[place] = (number + _ROUND) - _ROUND


def dense_scores(
    const float[:, ::1] features,
    const int64_t[::1] blocks,
    const int64_t[::1] columns,
    const float[::1] middle,
    const float[::1] steps,
    float most,
    const float[:, ::1] first,
    const float[::1] hidden_bias,
    float hidden_unit,
    float highest,
    const float[:, ::1] second,
    const int64_t[::1] bias,
    double unit,
    double[:, ::1] scores,
):
    cdef Py_ssize_t inputs = first.shape[0], hidden = first.shape[1], width = second.shape[1], outputs = scores.shape[1]
    cdef Py_ssize_t total, tile, at, size, number, place, output, found
    cdef const int64_t* rows
    cdef float values[TILE]
    cdef int32_t rounded[TILE]
    cdef int32_t usual, differs
    cdef int32_t* differences
    cdef float* base
    cdef float* sums
    cdef int32_t* which
    cdef int32_t counts[TILE]
    cdef char* room
    total = _asked(blocks, features.shape[1], &rows)
    if (
        scores.shape[0] != total
        or columns.shape[0] != inputs
        or middle.shape[0] != inputs
        or steps.shape[0] != inputs
        or hidden_bias.shape[0] != hidden
        or second.shape[0] != hidden
        or bias.shape[0] != outputs
        or width < outputs
        or hidden % LANES
        or width % LANES
    ):
        raise ValueError("network, features and scores do not fit together")
    for number in range(inputs):
        if not 0 <= columns[number] < features.shape[0]:
            raise ValueError("network, features and scores do not fit together")
    found = max(inputs, hidden)
    room = <char*>PyMem_Malloc((TILE + 1) * found * 2 * sizeof(int32_t) + (2 * hidden + width) * sizeof(float))
    if room == NULL:
        raise MemoryError
    differences = <int32_t*>room
    which = <int32_t*>(room + (TILE + 1) * found * sizeof(int32_t))
    base = <float*>(room + (TILE + 1) * found * 2 * sizeof(int32_t))
    sums = base + hidden
    memset(values, 0, sizeof(values))
    for tile in range((total + TILE - 1) // TILE):
        at = tile * TILE
        size = min(<Py_ssize_t>TILE, total - at)
        memset(counts, 0, sizeof(counts))
        # Usual inputs are added up in full, and each block's where they differ: most are alike.
        for number in range(inputs):
            _tile(features, rows, at, size, columns[number], values)
            _steps(values, middle[number], steps[number], most, size, rounded)
            usual = _middle(rounded[size // 4], rounded[size // 2], rounded[3 * size // 4])
            differences[TILE * found + number], which[TILE * found + number] = usual, <int32_t>number
            differs = 0
            for place in range(size):
                differs |= rounded[place] ^ usual
            if differs:
                for place in range(size):
                    differences[place * found + counts[place]] = rounded[place] - usual
                    which[place * found + counts[place]] = <int32_t>number
                    counts[place] += rounded[place] != usual
        memcpy(base, &hidden_bias[0], hidden * sizeof(float))
        _layer(differences + TILE * found, which + TILE * found, inputs, &first[0, 0], hidden, base)
        for place in range(size):
            memcpy(sums, base, hidden * sizeof(float))
            _layer(differences + place * found, which + place * found, counts[place], &first[0, 0], hidden, sums)
            _activate(sums, hidden, hidden_unit, highest)
            number = 0
            for output in range(hidden):
                differences[place * found + number], which[place * found + number] = <int32_t>sums[output], <int32_t>output
                number += sums[output] != 0.0
            memset(sums + hidden, 0, width * sizeof(float))
            _layer(differences + place * found, which + place * found, number, &second[0, 0], width, sums + hidden)
            for output in range(outputs):
                scores[at + place, output] = (<double>sums[hidden + output] + <double>bias[output]) * unit
    PyMem_Free(room)
