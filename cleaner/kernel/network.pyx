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
    #: activations and answers are added up so many at once
    LANES = 8

#: what is added to a number of no more than 2**21 and taken off again, which leaves it rounded, halves to the even one
cdef float _ROUND = 12582912.0


cdef inline double _at(const double[:, :] features, Py_ssize_t row, Py_ssize_t block) noexcept nogil:
    return features[row, block] if 0 <= block < features.shape[1] else 0.0


cdef void _window(const double* sums, Py_ssize_t count, Py_ssize_t reach, float* into) noexcept nogil:
    """Means of a feature over `reach` blocks on each side; `sums` has before each block the sum of those before it."""
    cdef Py_ssize_t block
    for block in range(min(reach, count)):
        into[block] = <float>(sums[min(block + reach + 1, count)] / <double>min(block + reach + 1, count))
    for block in range(reach, count - reach):
        into[block] = <float>((sums[block + reach + 1] - sums[block - reach]) / <double>(2 * reach + 1))
    for block in range(max(reach, count - reach), count):
        into[block] = <float>((sums[count] - sums[block - reach]) / <double>(count - block + reach))


def with_context(
    const double[:, :] features,
    const double[:] means,
    const int64_t[::1] rows,
    const int64_t[::1] bounds,
    const int64_t[::1] offsets,
    const int64_t[::1] windows,
    float[:, ::1] wide,
):
    cdef Py_ssize_t count = features.shape[1], copy, column, row, block, offset, singles = offsets.shape[0]
    cdef double* sums
    cdef float* into
    if (
        bounds.shape[0] != singles + windows.shape[0] + 2
        or bounds[0] != 0
        or wide.shape[0] != rows.shape[0]
        or bounds[bounds.shape[0] - 1] != rows.shape[0]
        or wide.shape[1] != count
        or means.shape[0] != features.shape[0]
    ):
        raise ValueError("features and what is asked for do not fit together")
    for copy in range(bounds.shape[0] - 1):
        if bounds[copy] > bounds[copy + 1]:
            raise ValueError("features and what is asked for do not fit together")
    for column in range(rows.shape[0]):
        if not 0 <= rows[column] < features.shape[0]:
            raise ValueError("features and what is asked for do not fit together")
    # Before each feature's blocks, and for each feature that a window asks for, all sums once.
    sums = <double*>PyMem_Malloc((count + 1) * sizeof(double))
    if sums == NULL:
        raise MemoryError
    with nogil:
        for copy in range(singles):
            offset = offsets[copy]
            for column in range(bounds[copy], bounds[copy + 1]):
                row, into = rows[column], &wide[column, 0]
                for block in range(min(max(0, -offset), count)):
                    into[block] = 0.0
                for block in range(max(0, -offset), min(count, count - offset)):
                    into[block] = <float>features[row, block + offset]
                for block in range(max(0, count - offset), count):
                    into[block] = 0.0
        for copy in range(singles, singles + windows.shape[0]):
            for column in range(bounds[copy], bounds[copy + 1]):
                row = rows[column]
                sums[0] = 0.0
                for block in range(count):
                    sums[block + 1] = sums[block] + features[row, block]
                _window(sums, count, windows[copy - singles], &wide[column, 0])
        for column in range(bounds[singles + windows.shape[0]], rows.shape[0]):
            into = &wide[column, 0]
            for block in range(count):
                into[block] = <float>means[rows[column]]
    PyMem_Free(sums)


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


def tree_scores(
    const float[:, ::1] features,
    const int64_t[::1] blocks,
    const int64_t[::1] columns,
    const float[::1] borders,
    const int64_t[:, ::1] questions,
    const int16_t[:, ::1] leaves,
    const int64_t[::1] bias,
    double unit,
    double[:, ::1] scores,
):
    cdef Py_ssize_t asks = columns.shape[0], depth = questions.shape[0], trees = questions.shape[1], outputs = scores.shape[1]
    cdef Py_ssize_t padded = leaves.shape[1], at, size, number, place, tree, level, output, total, tile
    cdef const int64_t* rows
    cdef float values[TILE]
    cdef uint8_t leaf[TILE]
    cdef uint8_t* bits
    cdef uint8_t* answers
    cdef uint32_t* sums
    cdef uint32_t* sum
    cdef const int16_t* weights
    cdef float border
    cdef int64_t column, last
    total = _asked(blocks, features.shape[1], &rows)
    if (
        scores.shape[0] != total
        or borders.shape[0] != asks
        or bias.shape[0] != outputs
        or padded < outputs
        or not 0 < depth <= 8
        or leaves.shape[0] != trees << depth
    ):
        raise ValueError("trees, features and scores do not fit together")
    for number in range(asks):
        if not 0 <= columns[number] < features.shape[0]:
            raise ValueError("trees, features and scores do not fit together")
    for level in range(depth):
        for tree in range(trees):
            if not 0 <= questions[level, tree] < asks:
                raise ValueError("trees, features and scores do not fit together")
    bits = <uint8_t*>PyMem_Malloc(max(1, asks) * TILE)
    sums = <uint32_t*>PyMem_Malloc(TILE * max(1, padded) * sizeof(uint32_t))
    if bits == NULL or sums == NULL:
        PyMem_Free(bits)
        PyMem_Free(sums)
        raise MemoryError
    with nogil:
        memset(values, 0, sizeof(values))
        for tile in range((total + TILE - 1) // TILE):
            at = tile * TILE
            size = min(<Py_ssize_t>TILE, total - at)
            last = -1
            for number in range(asks):
                column, border = columns[number], borders[number]
                if column != last:
                    _tile(features, rows, at, size, column, values)
                    last = column
                answers = bits + number * TILE
                for place in range(TILE):
                    answers[place] = values[place] > border
            memset(sums, 0, size * padded * sizeof(uint32_t))
            for tree in range(trees):
                memcpy(leaf, bits + questions[depth - 1, tree] * TILE, TILE)
                for level in range(depth - 2, -1, -1):
                    answers = bits + questions[level, tree] * TILE
                    for place in range(TILE):
                        leaf[place] = leaf[place] + leaf[place] + answers[place]
                weights = &leaves[tree << depth, 0]
                if padded == 1:
                    for place in range(size):
                        sums[place] += <uint32_t>weights[leaf[place]]
                else:
                    for place in range(size):
                        sum = sums + place * padded
                        for output in range(padded):
                            sum[output] += <uint32_t>weights[leaf[place] * padded + output]
            for place in range(size):
                for output in range(outputs):
                    scores[at + place, output] = <double>(<int64_t><int32_t>sums[place * padded + output] + bias[output]) * unit
    PyMem_Free(bits)
    PyMem_Free(sums)


cdef inline void _steps(const float* values, float middle, float step, float most, float* into) noexcept nogil:
    """How many steps each value is from the middle, rounded, no more than `most` either way."""
    cdef Py_ssize_t place
    cdef float number
    for place in range(TILE):
        number = (values[place] - middle) * step
        number = number if number < most else most
        number = number if number > -most else -most
        into[place] = (number + _ROUND) - _ROUND


cdef void _layer(const float* values, const int32_t* inputs, Py_ssize_t count, const float* weights, Py_ssize_t width, float* sums) noexcept nogil:
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
        a, b, c, d = values[place], values[place + 1], values[place + 2], values[place + 3]
        for output in range(width & ~<Py_ssize_t>(LANES - 1)):
            sums[output] += (a * first[output] + b * second[output]) + (c * third[output] + d * fourth[output])
        place += 4
    while place < count:
        first, a = weights + inputs[place] * width, values[place]
        for output in range(width & ~<Py_ssize_t>(LANES - 1)):
            sums[output] += a * first[output]
        place += 1


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
    cdef Py_ssize_t total, tile, at, size, number, place, output, chosen, found
    cdef const int64_t* rows
    cdef float values[TILE]
    cdef float rounded[TILE]
    cdef float usual
    cdef float* differences
    cdef float* base
    cdef float* sums
    cdef int32_t* which
    cdef int32_t counts[TILE]
    cdef bint differs
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
    room = <char*>PyMem_Malloc((TILE + 1) * found * (sizeof(float) + sizeof(int32_t)) + (2 * hidden + width) * sizeof(float))
    if room == NULL:
        raise MemoryError
    differences = <float*>room
    which = <int32_t*>(room + (TILE + 1) * found * sizeof(float))
    base = <float*>(room + (TILE + 1) * found * (sizeof(float) + sizeof(int32_t)))
    sums = base + hidden
    with nogil:
        memset(values, 0, sizeof(values))
        for tile in range((total + TILE - 1) // TILE):
            at = tile * TILE
            size = min(<Py_ssize_t>TILE, total - at)
            chosen = size // 2
            memset(counts, 0, sizeof(counts))
            # One block's inputs are added up in full, those of the others where they differ: most are alike.
            for number in range(inputs):
                _tile(features, rows, at, size, columns[number], values)
                _steps(values, middle[number], steps[number], most, rounded)
                usual = rounded[chosen]
                differences[TILE * found + number], which[TILE * found + number] = usual, <int32_t>number
                differs = False
                for place in range(size):
                    differs |= rounded[place] != usual
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
                    differences[place * found + number], which[place * found + number] = sums[output], <int32_t>output
                    number += sums[output] != 0.0
                memset(sums + hidden, 0, width * sizeof(float))
                _layer(differences + place * found, which + place * found, number, &second[0, 0], width, sums + hidden)
                for output in range(outputs):
                    scores[at + place, output] = (<double>sums[hidden + output] + <double>bias[output]) * unit
    PyMem_Free(room)
