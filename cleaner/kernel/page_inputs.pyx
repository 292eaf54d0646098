# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What the first layer of the block model looks at: `classify.html_network`, compiled."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int16_t, int64_t, uint16_t, uint64_t
from libc.string cimport memset

import numpy

cdef enum:
    #: blocks whose features are laid out at once
    TILE = 64
    #: what makes each entry of a packed table positive, and how many may be added up before four beside each other are told apart
    OFFSET = 128
    MOST_PACKED = 256
    LANES = 4

cdef extern from *:
    """
    #include <float.h>
    #include <math.h>
    #include <stdint.h>
    /* Whole numbers nearest to small ones, halves to even ones. rint is a call wherever the processor's own instruction may be missing. */
    #if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD == 0 && !defined(__FAST_MATH__)
    #define nearest_double(x) (((x) + 6755399441055744.0) - 6755399441055744.0)
    #else
    #define nearest_double(x) rint(x)
    #endif

    /* GCC makes minima of comparisons only where nobody waits for their traps; clang never does wait. */
    #if defined(__GNUC__) && !defined(__clang__)
    #define SEVERAL __attribute__((optimize("O3", "no-trapping-math")))
    #else
    #define SEVERAL
    #endif

    /* Loops that compilers turn into instructions on several numbers at once: nothing in them lies over anything else. */
    /* A quotient is only asked for where a product with the inverse might be rounded another way: divisions take the most time here. */
    SEVERAL static void scale_row(int16_t *CYTHON_RESTRICT out, const double *CYTHON_RESTRICT row, double mean, double spread, double most, Py_ssize_t n) {
        double inverse = 1.0 / spread;
        int32_t is_close = 0;
        for (Py_ssize_t at = 0; at < n; at++) {
            double value = (row[at] - mean) * inverse;
            value = value < most ? value : most;
            value = value > -most ? value : -most;
            double whole = nearest_double(value), away = fabs(value - whole);
            is_close |= (int32_t)(away * 2.00001);
            out[at] = (int16_t)(int32_t)whole;
        }
        if (is_close)
            for (Py_ssize_t at = 0; at < n; at++) {
                double value = (row[at] - mean) / spread;
                value = value < most ? value : most;
                value = value > -most ? value : -most;
                out[at] = (int16_t)(int32_t)nearest_double(value);
            }
    }

    SEVERAL static void scale_sums(int16_t *CYTHON_RESTRICT out, const int64_t *CYTHON_RESTRICT sums, const double *CYTHON_RESTRICT steps, double size, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) {
            double value = (double)sums[at] * steps[at] / size;
            value = value < 511.0 ? value : 511.0;
            value = value > -511.0 ? value : -511.0;
            out[at] = (int16_t)(int32_t)nearest_double(value);
        }
    }

    #if defined(__GNUC__)
    #define soon(place) __builtin_prefetch(place)
    #else
    #define soon(place) ((void)(place))
    #endif

    /* Adds up rows of a table. It is large, and a page's words stand anywhere in it: they are sent for before they are wanted. */
    SEVERAL static void add_rows(uint64_t *CYTHON_RESTRICT lanes, const uint64_t *CYTHON_RESTRICT table, Py_ssize_t width, const int64_t *CYTHON_RESTRICT rows, Py_ssize_t low, Py_ssize_t high, Py_ssize_t end) {
        uint64_t first = 0, second = 0, third = 0, fourth = 0;
        for (Py_ssize_t at = low; at < high; at++) {
            const uint64_t *row = table + rows[at] * width;
            if (at + 16 < end) soon(table + rows[at + 16] * width);
            if (width == 4) first += row[0], second += row[1], third += row[2], fourth += row[3];
            else if (width == 2) first += row[0], second += row[1];
            else for (Py_ssize_t lane = 0; lane < width; lane++) lanes[lane] += row[lane];
        }
        if (width == 2 || width == 4) lanes[0] += first, lanes[1] += second;
        if (width == 4) lanes[2] += third, lanes[3] += fourth;
    }
    """
    void scale_row(int16_t* out, const double* row, double mean, double spread, double most, Py_ssize_t n) noexcept nogil
    void scale_sums(int16_t* out, const int64_t* sums, const double* steps, double size, Py_ssize_t n) noexcept nogil
    void add_rows(
        uint64_t* lanes, const uint64_t* table, Py_ssize_t width, const int64_t* rows, Py_ssize_t low, Py_ssize_t high, Py_ssize_t end
    ) noexcept nogil

cdef int _bags(
    const int64_t* rows, const int64_t* begin, Py_ssize_t bags, const uint64_t[:, ::1] table, const double[::1] steps, bint is_mean,
    int16_t* out, Py_ssize_t stride
) except -1:
    """Sums of rows of a packed table, or their means: bag b holds the rows from begin[b] to begin[b + 1], and comes to `out + b * stride`."""
    cdef Py_ssize_t bag, at, low, high, column, columns = steps.shape[0], packed = table.shape[1]
    cdef double size
    cdef int64_t* sums = <int64_t*>PyMem_Calloc(columns + packed + 1, sizeof(int64_t))
    cdef uint64_t* lanes = <uint64_t*>(sums + columns)
    cdef const uint16_t* lane = <const uint16_t*>lanes
    if sums == NULL:
        raise MemoryError
    try:
        for at in range(begin[0], begin[bags]):
            if not 0 <= rows[at] < table.shape[0]:
                raise ValueError("a row is not in its table")
        for bag in range(bags):
            memset(sums, 0, columns * sizeof(int64_t))
            low = begin[bag]
            while low < begin[bag + 1]:
                high = min(low + MOST_PACKED, begin[bag + 1])
                memset(lanes, 0, packed * sizeof(uint64_t))
                add_rows(lanes, &table[0, 0], packed, rows, low, high, begin[bags])
                for column in range(columns):
                    sums[column] += <int64_t>lane[column] - OFFSET * (high - low)
                low = high
            size = <double>max(begin[bag + 1] - begin[bag], 1) if is_mean else 1.0
            scale_sums(out + bag * stride, sums, &steps[0], size, columns)
    finally:
        PyMem_Free(sums)
    return 0


cdef int _check_bags(const int64_t[::1] rows, const int64_t[::1] begin) except -1:
    cdef Py_ssize_t bag
    if not begin.shape[0] or begin[0] < 0 or begin[begin.shape[0] - 1] > rows.shape[0]:
        raise ValueError("bags lie beside their rows")
    for bag in range(begin.shape[0] - 1):
        if begin[bag] > begin[bag + 1]:
            raise ValueError("a bag ends before it begins")
    return 0


cdef int _check_places(const int64_t[::1] places, Py_ssize_t count) except -1:
    cdef Py_ssize_t at
    for at in range(places.shape[0]):
        if not 0 <= places[at] < count:
            raise ValueError("a place is out of its range")
    return 0


def first_inputs(
    const double[:, ::1] dense, const double[::1] mean, const double[::1] spread, double most,
    const int64_t[::1] words, const int64_t[::1] word_from, const uint64_t[:, ::1] word_table, const double[::1] word_steps,
    const int64_t[::1] pairs, const int64_t[::1] pair_from, const uint64_t[:, ::1] pair_table, const double[::1] pair_steps,
    const int64_t[::1] names, const int64_t[::1] name_from, const uint64_t[:, ::1] name_table, const double[::1] name_steps,
    const int64_t[:, ::1] elements, const int64_t[::1] around_block,
):
    cdef Py_ssize_t features = dense.shape[0], n = dense.shape[1], levels = elements.shape[0], sets = name_from.shape[0] - 1
    cdef Py_ssize_t width = name_steps.shape[0] // levels if levels else 0
    cdef Py_ssize_t block, feature, level, column, place, tile, around = around_block.shape[0]
    cdef Py_ssize_t inputs = features + word_steps.shape[0] + pair_steps.shape[0] + 2 * width, names_near = (levels - 2) * width
    cdef Py_ssize_t stride = inputs + inputs % 2
    if (
        not n or not levels or mean.shape[0] != features or spread.shape[0] != features or word_from.shape[0] != n + 1
        or pair_from.shape[0] != n + 1 or elements.shape[1] != n or word_steps.shape[0] > LANES * word_table.shape[1]
        or pair_steps.shape[0] > LANES * pair_table.shape[1] or name_steps.shape[0] > LANES * name_table.shape[1]
        or width * levels != name_steps.shape[0] or levels < 2
    ):
        raise ValueError("the arrays of a page do not fit the model")
    _check_bags(words, word_from)
    _check_bags(pairs, pair_from)
    _check_bags(names, name_from)
    _check_places(around_block, n)
    for level in range(levels):
        for block in range(n):
            if not 0 <= elements[level, block] < sets:
                raise ValueError("an element has no set of names")
    seen_array = numpy.zeros((n, stride), dtype=numpy.int16)
    near_array = numpy.zeros((around, max(names_near, 0) + names_near % 2), dtype=numpy.int16)
    named_array = numpy.empty((sets, name_steps.shape[0]), dtype=numpy.int16)
    cdef int16_t[:, ::1] seen = seen_array, near = near_array, named = named_array
    cdef int16_t[TILE] scaled
    cdef Py_ssize_t count
    for tile in range(0, n, TILE):
        count = min(n - tile, TILE)
        for feature in range(features):
            scale_row(scaled, &dense[feature, tile], mean[feature], spread[feature], most, count)
            for block in range(count):
                seen[tile + block, feature] = scaled[block]
    column = features
    _bags(&words[0] if words.shape[0] else NULL, &word_from[0], n, word_table, word_steps, True, &seen[0, column], stride)
    column += word_steps.shape[0]
    _bags(&pairs[0] if pairs.shape[0] else NULL, &pair_from[0], n, pair_table, pair_steps, True, &seen[0, column], stride)
    column += pair_steps.shape[0]
    _bags(&names[0] if names.shape[0] else NULL, &name_from[0], sets, name_table, name_steps, False, &named[0, 0], name_steps.shape[0])
    for block in range(n):
        for place in range(width):
            seen[block, column + place] = named[elements[0, block], place]
            seen[block, column + width + place] = named[elements[levels - 1, block], (levels - 1) * width + place]
    for block in range(around):
        for level in range(1, levels - 1):
            for place in range(width):
                near[block, (level - 1) * width + place] = named[elements[level, around_block[block]], level * width + place]
    return seen_array, near_array
