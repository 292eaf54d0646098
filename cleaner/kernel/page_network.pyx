# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What stands between the products of the block model: `classify.html_network`, compiled."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int64_t, uint16_t, uint64_t
from libc.string cimport memcpy, memset

import numpy

cdef enum:
    #: activations are at most so many steps of the grid
    MOST = 511
    #: blocks whose features are laid out at once
    TILE = 16
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
    #define nearest_float(x) (((x) + 12582912.0f) - 12582912.0f)
    #else
    #define nearest_double(x) rint(x)
    #define nearest_float(x) rintf(x)
    #endif

    /* GCC makes minima of comparisons only where nobody waits for their traps; clang never does wait. */
    #if defined(__GNUC__) && !defined(__clang__)
    #define SEVERAL __attribute__((optimize("O3", "no-trapping-math")))
    #else
    #define SEVERAL
    #endif

    /* Loops that compilers turn into instructions on several numbers at once: nothing in them lies over anything else. */
    SEVERAL static void scale_row(float *CYTHON_RESTRICT out, const double *CYTHON_RESTRICT row, double mean, double spread, double most, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) {
            double value = (row[at] - mean) / spread;
            value = value < most ? value : most;
            value = value > -most ? value : -most;
            out[at] = (float)nearest_double(value);
        }
    }

    SEVERAL static void add_row(float *CYTHON_RESTRICT out, const float *CYTHON_RESTRICT more, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) out[at] += more[at];
    }

    SEVERAL static void settle_row(float *CYTHON_RESTRICT out, const float *CYTHON_RESTRICT bias, float most, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) {
            float value = out[at] + bias[at];
            value = value < most ? value : most;
            value = value > 0.0f ? value : 0.0f;
            out[at] = nearest_float(value);
        }
    }

    SEVERAL static void add_cut_row(float *CYTHON_RESTRICT out, const float *CYTHON_RESTRICT more, float most, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) {
            float value = out[at] + more[at];
            out[at] = value < most ? value : most;
        }
    }

    /* Rounded to a single first: so it is where all is computed in singles. */
    SEVERAL static void mean_row(float *CYTHON_RESTRICT out, const double *CYTHON_RESTRICT high, const double *CYTHON_RESTRICT low, double count, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) {
            float mean = (float)((high[at] - low[at]) / count);
            out[at] = nearest_float(mean);
        }
    }

    SEVERAL static void sum_row(double *CYTHON_RESTRICT out, const double *CYTHON_RESTRICT before, const float *CYTHON_RESTRICT row, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) out[at] = before[at] + (double)row[at];
    }

    SEVERAL static void add_double_row(double *CYTHON_RESTRICT out, const float *CYTHON_RESTRICT row, double times, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) out[at] += times * (double)row[at];
    }

    SEVERAL static void add_lanes(uint64_t *CYTHON_RESTRICT lanes, const uint64_t *CYTHON_RESTRICT row, Py_ssize_t n) {
        for (Py_ssize_t at = 0; at < n; at++) lanes[at] += row[at];
    }
    """
    double nearest_double(double) noexcept nogil
    void scale_row(float* out, const double* row, double mean, double spread, double most, Py_ssize_t n) noexcept nogil
    void add_row(float* out, const float* more, Py_ssize_t n) noexcept nogil
    void settle_row(float* out, const float* bias, float most, Py_ssize_t n) noexcept nogil
    void add_cut_row(float* out, const float* more, float most, Py_ssize_t n) noexcept nogil
    void mean_row(float* out, const double* high, const double* low, double count, Py_ssize_t n) noexcept nogil
    void sum_row(double* out, const double* before, const float* row, Py_ssize_t n) noexcept nogil
    void add_double_row(double* out, const float* row, double times, Py_ssize_t n) noexcept nogil
    void add_lanes(uint64_t* lanes, const uint64_t* row, Py_ssize_t n) noexcept nogil


cdef int _bags(
    const int64_t* rows, const int64_t* begin, Py_ssize_t bags, const uint64_t[:, ::1] table, const double[::1] steps, bint is_mean,
    float* out, Py_ssize_t stride
) except -1:
    """Sums of rows of a packed table, or their means: bag b holds the rows from begin[b] to begin[b + 1], and comes to `out + b * stride`."""
    cdef Py_ssize_t bag, at, low, high, column, columns = steps.shape[0], packed = table.shape[1]
    cdef double size, value
    cdef int64_t* sums = <int64_t*>PyMem_Calloc(columns + packed + 1, sizeof(int64_t))
    cdef uint64_t* lanes = <uint64_t*>(sums + columns)
    cdef const uint16_t* lane = <const uint16_t*>lanes
    if sums == NULL:
        raise MemoryError
    try:
        for bag in range(bags):
            memset(sums, 0, columns * sizeof(int64_t))
            low = begin[bag]
            while low < begin[bag + 1]:
                high = min(low + MOST_PACKED, begin[bag + 1])
                memset(lanes, 0, packed * sizeof(uint64_t))
                for at in range(low, high):
                    if not 0 <= rows[at] < table.shape[0]:
                        raise ValueError("a row is not in its table")
                    add_lanes(lanes, &table[rows[at], 0], packed)
                for column in range(columns):
                    sums[column] += <int64_t>lane[column] - OFFSET * (high - low)
                low = high
            size = <double>max(begin[bag + 1] - begin[bag], 1) if is_mean else 1.0
            for column in range(columns):
                value = <double>sums[column] * steps[column] / size
                value = MOST if value > MOST else -MOST if value < -MOST else value
                out[bag * stride + column] = <float>nearest_double(value)
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
    cdef Py_ssize_t inputs = features + word_steps.shape[0] + pair_steps.shape[0] + 2 * width
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
    seen_array = numpy.empty((n, inputs), dtype=numpy.float32)
    near_array = numpy.empty((around, (levels - 2) * width), dtype=numpy.float32)
    named_array = numpy.empty((sets, name_steps.shape[0]), dtype=numpy.float32)
    cdef float[:, ::1] seen = seen_array, near = near_array, named = named_array
    cdef float[TILE] scaled
    cdef Py_ssize_t count
    for tile in range(0, n, TILE):
        count = min(n - tile, TILE)
        for feature in range(features):
            scale_row(scaled, &dense[feature, tile], mean[feature], spread[feature], most, count)
            for block in range(count):
                seen[tile + block, feature] = scaled[block]
    column = features
    _bags(&words[0] if words.shape[0] else NULL, &word_from[0], n, word_table, word_steps, True, &seen[0, column], inputs)
    column += word_steps.shape[0]
    _bags(&pairs[0] if pairs.shape[0] else NULL, &pair_from[0], n, pair_table, pair_steps, True, &seen[0, column], inputs)
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


def settled(float[:, ::1] sums, const float[::1] bias, list parts, hidden):
    cdef Py_ssize_t n = sums.shape[0], size = sums.shape[1], block
    cdef const float[:, ::1] part
    cdef const int64_t[::1] places
    cdef const float[:, ::1] before
    if bias.shape[0] != size:
        raise ValueError("a layer has another size")
    for part, places in parts:
        if part.shape[1] != size or places.shape[0] != n:
            raise ValueError("a layer has another size")
        _check_places(places, part.shape[0])
        for block in range(n):
            add_row(&sums[block, 0], &part[places[block], 0], size)
    for block in range(n):
        settle_row(&sums[block, 0], &bias[0], MOST, size)
    if hidden is not None:
        before = hidden
        if before.shape[0] != n or before.shape[1] != size:
            raise ValueError("a layer has another size")
        for block in range(n):
            add_cut_row(&sums[block, 0], &before[block, 0], MOST, size)


def stacked(const float[:, ::1] hidden, Py_ssize_t reach):
    cdef Py_ssize_t n = hidden.shape[0], size = hidden.shape[1], block, place, side
    array = numpy.empty((n, 3 * size), dtype=numpy.float32)
    cdef float[:, ::1] out = array
    for block in range(n):
        for side in range(3):
            place = block + (side - 1) * reach
            if 0 <= place < n:
                memcpy(&out[block, side * size], &hidden[place, 0], size * sizeof(float))
            else:
                memset(&out[block, side * size], 0, size * sizeof(float))
    return array


cdef class _Sums:
    """Running sums of activations, whole numbers, with a row of zeros before them."""

    cdef double* sums
    cdef Py_ssize_t n, size

    def __cinit__(self, const float[:, ::1] hidden):
        cdef Py_ssize_t block
        self.n, self.size = hidden.shape[0], hidden.shape[1]
        self.sums = <double*>PyMem_Calloc((self.n + 1) * self.size + 1, sizeof(double))
        if self.sums == NULL:
            raise MemoryError
        for block in range(self.n):
            sum_row(self.sums + (block + 1) * self.size, self.sums + block * self.size, &hidden[block, 0], self.size)

    def __dealloc__(self):
        PyMem_Free(self.sums)

    cdef int mean(self, int64_t first, int64_t last, float* out) except -1:
        """The rounded mean over a range of blocks, of which none may be in it."""
        if not 0 <= first <= self.n or not 0 <= last <= self.n:
            raise ValueError("a range lies beside the page")
        mean_row(out, self.sums + last * self.size, self.sums + first * self.size, <double>max(last - first, 1), self.size)
        return 0


def range_means(const float[:, ::1] hidden, const int64_t[:, ::1] first, const int64_t[:, ::1] last, const int64_t[::1] around_block, Py_ssize_t levels):
    cdef Py_ssize_t size = hidden.shape[1], place, level, block
    if first.shape[0] <= levels or last.shape[0] <= levels or first.shape[1] != hidden.shape[0] or last.shape[1] != hidden.shape[0]:
        raise ValueError("ranges and blocks do not fit together")
    _check_places(around_block, hidden.shape[0])
    cdef _Sums sums = _Sums(hidden)
    array = numpy.empty((around_block.shape[0], levels * size), dtype=numpy.float32)
    cdef float[:, ::1] out = array
    for place in range(around_block.shape[0]):
        block = around_block[place]
        for level in range(levels):
            sums.mean(first[level + 1, block], last[level + 1, block], &out[place, level * size])
    return array


def own_differences(const float[:, ::1] hidden, const int64_t[:, ::1] first, const int64_t[:, ::1] last):
    cdef Py_ssize_t n = hidden.shape[0], size = hidden.shape[1], block, column, count = 0, place = 0
    if not first.shape[0] or not last.shape[0] or first.shape[1] != n or last.shape[1] != n:
        raise ValueError("ranges and blocks do not fit together")
    for block in range(n):
        count += last[0, block] - first[0, block] > 1
    cdef _Sums sums = _Sums(hidden)
    several_array = numpy.empty(count, dtype=numpy.int64)
    array = numpy.empty((count, size), dtype=numpy.float32)
    cdef int64_t[::1] several = several_array
    cdef float[:, ::1] out = array
    for block in range(n):
        if last[0, block] - first[0, block] > 1:
            several[place] = block
            sums.mean(first[0, block], last[0, block], &out[place, 0])
            for column in range(size):
                out[place, column] -= hidden[block, column]
            place += 1
    return several_array, array


def kind_means(const float[:, ::1] hidden, const int64_t[::1] kind, Py_ssize_t kinds):
    cdef Py_ssize_t n = hidden.shape[0], size = hidden.shape[1], block, number
    if kind.shape[0] != n or kinds < 0:
        raise ValueError("kinds and blocks do not fit together")
    _check_places(kind, kinds)
    array = numpy.empty((kinds, size), dtype=numpy.float32)
    sums_array, sizes_array = numpy.zeros((kinds + 1, size), dtype=numpy.float64), numpy.zeros(kinds, dtype=numpy.int64)
    cdef float[:, ::1] out = array
    cdef double[:, ::1] sums = sums_array
    cdef int64_t[::1] sizes = sizes_array
    for block in range(n):
        sizes[kind[block]] += 1
        add_double_row(&sums[kind[block], 0], &hidden[block, 0], 1.0, size)
    for number in range(kinds):
        mean_row(&out[number, 0], &sums[number, 0], &sums[kinds, 0], <double>max(sizes[number], 1), size)
    return array


def page_means(const float[:, ::1] hidden, const int64_t[::1] count, int64_t least):
    cdef Py_ssize_t n = hidden.shape[0], size = hidden.shape[1], block
    if count.shape[0] != n:
        raise ValueError("counts and blocks do not fit together")
    array, sums_array = numpy.empty((1, 2 * size), dtype=numpy.float32), numpy.zeros((3, size), dtype=numpy.float64)
    cdef float[:, ::1] out = array
    cdef double[:, ::1] sums = sums_array
    cdef int64_t good = 0
    for block in range(n):
        add_double_row(&sums[0, 0], &hidden[block, 0], 1.0, size)
        if count[block] >= least:
            good += count[block]
            add_double_row(&sums[1, 0], &hidden[block, 0], <double>count[block], size)
    mean_row(&out[0, 0], &sums[0, 0], &sums[2, 0], <double>max(n, 1), size)
    mean_row(&out[0, size], &sums[1, 0], &sums[2, 0], <double>max(good, 1), size)
    return array
