# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The answers of a network of two layers: `classify.dense`, compiled. Blocks stand side by side."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, int64_t
from libc.string cimport memcpy, memset

from cleaner.kernel.blocks cimport LANES, count_asked, take
from cleaner.kernel.rounded cimport whole_float

cdef enum:
    #: blocks that are looked at in one go
    TILE = 64


cdef inline void _steps(const float* values, float middle, float step, float most, Py_ssize_t count, int32_t* into) noexcept nogil:
    """How many steps each value is from the middle, rounded, no more than `most` either way."""
    cdef Py_ssize_t place
    cdef float number
    for place in range(count):
        number = (values[place] - middle) * step
        number = number if number < most else most
        number = number if number > -most else -most
        into[place] = <int32_t>whole_float(number)


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
        sums[place] = whole_float(number)


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
    total = count_asked(blocks, features.shape[1], &rows)
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
            take(&features[columns[number], 0], rows, at, size, values)
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
