# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What stands between the products of the block model: `classify.html_network`, compiled."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int8_t, int32_t, int64_t, uint32_t

import numpy

cdef enum:
    #: activations are at most so many steps of the grid
    MOST = 511
    #: blocks whose features are laid out at once
    TILE = 16

cdef extern from *:
    """
    #include <float.h>
    #include <math.h>
    /* Whole numbers nearest to small ones, halves to even ones. rint is a call wherever the processor's own instruction may be missing. */
    #if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD == 0 && !defined(__FAST_MATH__)
    #define nearest_double(x) (((x) + 6755399441055744.0) - 6755399441055744.0)
    #define nearest_float(x) (((x) + 12582912.0f) - 12582912.0f)
    #else
    #define nearest_double(x) rint(x)
    #define nearest_float(x) rintf(x)
    #endif
    """
    double nearest_double(double) noexcept nogil
    float nearest_float(float) noexcept nogil


cdef inline double _rounded(double value, double most) noexcept nogil:
    """The nearest whole number, cut at `most` on either side."""
    return nearest_double(most if value > most else -most if value < -most else value)


cdef int _bags(
    const int64_t* rows, const int64_t* begin, Py_ssize_t bags, const int8_t[:, ::1] table, const double* steps, bint is_mean, float* out,
    Py_ssize_t stride
) except -1:
    """Sums of rows of a table, or their means: bag b holds the rows from begin[b] to begin[b + 1], and comes to `out + b * stride`."""
    cdef Py_ssize_t bag, at, column, columns = table.shape[1]
    cdef uint32_t* sums = <uint32_t*>PyMem_Calloc(columns + 1, sizeof(uint32_t))
    cdef const int8_t* row
    cdef double value, size
    if sums == NULL:
        raise MemoryError
    try:
        for bag in range(bags):
            for column in range(columns):
                sums[column] = 0
            for at in range(begin[bag], begin[bag + 1]):
                if not 0 <= rows[at] < table.shape[0]:
                    raise ValueError("a row is not in its table")
                row = &table[rows[at], 0]
                for column in range(columns):
                    sums[column] += <uint32_t><int32_t>row[column]
            size = <double>max(begin[bag + 1] - begin[bag], 1) if is_mean else 1.0
            for column in range(columns):
                value = <double><int32_t>sums[column] * steps[column]
                out[bag * stride + column] = <float>_rounded(value / size, MOST)
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
    const int64_t[::1] words, const int64_t[::1] word_from, const int8_t[:, ::1] word_table, const double[::1] word_steps,
    const int64_t[::1] pairs, const int64_t[::1] pair_from, const int8_t[:, ::1] pair_table, const double[::1] pair_steps,
    const int64_t[::1] names, const int64_t[::1] name_from, const int8_t[:, ::1] name_table, const double[::1] name_steps,
    const int64_t[:, ::1] elements, const int64_t[::1] around_block,
):
    cdef Py_ssize_t features = dense.shape[0], n = dense.shape[1], levels = elements.shape[0], sets = name_from.shape[0] - 1
    cdef Py_ssize_t width = name_table.shape[1] // levels if levels else 0
    cdef Py_ssize_t block, feature, level, column, place, tile, around = around_block.shape[0]
    cdef Py_ssize_t inputs = features + word_table.shape[1] + pair_table.shape[1] + 2 * width
    if (
        not n or not levels or mean.shape[0] != features or spread.shape[0] != features or word_from.shape[0] != n + 1
        or pair_from.shape[0] != n + 1 or elements.shape[1] != n or word_steps.shape[0] != word_table.shape[1]
        or pair_steps.shape[0] != pair_table.shape[1] or name_steps.shape[0] != name_table.shape[1] or width * levels != name_table.shape[1]
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
    named_array = numpy.empty((sets, name_table.shape[1]), dtype=numpy.float32)
    cdef float[:, ::1] seen = seen_array, near = near_array, named = named_array
    cdef const double* row
    cdef float* out
    for tile in range(0, n, TILE):
        for feature in range(features):
            row = &dense[feature, 0]
            for block in range(tile, min(tile + TILE, n)):
                seen[block, feature] = <float>_rounded((row[block] - mean[feature]) / spread[feature], most)
    column = features
    _bags(&words[0] if words.shape[0] else NULL, &word_from[0], n, word_table, &word_steps[0], True, &seen[0, column], inputs)
    column += word_table.shape[1]
    _bags(&pairs[0] if pairs.shape[0] else NULL, &pair_from[0], n, pair_table, &pair_steps[0], True, &seen[0, column], inputs)
    column += pair_table.shape[1]
    if sets:
        _bags(
            &names[0] if names.shape[0] else NULL, &name_from[0], sets, name_table, &name_steps[0], False, &named[0, 0], name_table.shape[1]
        )
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
    """The activations of a layer from its sums, which are lost; `hidden` is added, if it is not None."""
    cdef Py_ssize_t n = sums.shape[0], size = sums.shape[1], block, column
    cdef const float[:, ::1] part
    cdef const int64_t[::1] places
    cdef const float[:, ::1] before
    cdef const float* row
    cdef float* out
    cdef float value
    if bias.shape[0] != size:
        raise ValueError("a layer has another size")
    for part, places in parts:
        if part.shape[1] != size or places.shape[0] != n:
            raise ValueError("a layer has another size")
        _check_places(places, part.shape[0])
        for block in range(n):
            row, out = &part[places[block], 0], &sums[block, 0]
            for column in range(size):
                out[column] += row[column]
    if hidden is not None:
        before = hidden
        if before.shape[0] != n or before.shape[1] != size:
            raise ValueError("a layer has another size")
    for block in range(n):
        out = &sums[block, 0]
        row = &before[block, 0] if hidden is not None else NULL
        for column in range(size):
            value = out[column] + bias[column]
            value = MOST if value > MOST else 0 if value < 0 else value
            value = nearest_float(value)
            if row != NULL:
                value += row[column]
                value = MOST if value > MOST else value
            out[column] = value


def stacked(const float[:, ::1] hidden, Py_ssize_t reach):
    """Activations of the block so far before each, its own, and of the one behind it, side by side."""
    cdef Py_ssize_t n = hidden.shape[0], size = hidden.shape[1], block, column, place
    array = numpy.empty((n, 3 * size), dtype=numpy.float32)
    cdef float[:, ::1] out = array
    cdef Py_ssize_t side
    for block in range(n):
        for side in range(3):
            place = block + (side - 1) * reach
            if 0 <= place < n:
                for column in range(size):
                    out[block, side * size + column] = hidden[place, column]
            else:
                for column in range(size):
                    out[block, side * size + column] = 0
    return array


cdef class _Sums:
    """Running sums of activations, whole numbers, with a row of zeros before them."""

    cdef int64_t* sums
    cdef Py_ssize_t n, size

    def __cinit__(self, const float[:, ::1] hidden):
        cdef Py_ssize_t block, column
        self.n, self.size = hidden.shape[0], hidden.shape[1]
        self.sums = <int64_t*>PyMem_Calloc((self.n + 1) * self.size + 1, sizeof(int64_t))
        if self.sums == NULL:
            raise MemoryError
        for block in range(self.n):
            for column in range(self.size):
                self.sums[(block + 1) * self.size + column] = self.sums[block * self.size + column] + <int32_t>hidden[block, column]

    def __dealloc__(self):
        PyMem_Free(self.sums)

    cdef int mean(self, int64_t first, int64_t last, float* out) except -1:
        """The rounded mean over a range of blocks, of which none may be in it."""
        cdef Py_ssize_t column
        if not 0 <= first <= self.n or not 0 <= last <= self.n:
            raise ValueError("a range lies beside the page")
        cdef const int64_t* low = self.sums + first * self.size
        cdef const int64_t* high = self.sums + last * self.size
        cdef double count = <double>max(last - first, 1)
        for column in range(self.size):
            out[column] = _rounded_mean(<double>(high[column] - low[column]), count)
        return 0


cdef inline float _rounded_mean(double value, double count) noexcept nogil:
    # Rounded to a single first: so it is where all is computed in singles.
    cdef float mean = <float>(value / count)
    return nearest_float(mean)


def range_means(const float[:, ::1] hidden, const int64_t[:, ::1] first, const int64_t[:, ::1] last, const int64_t[::1] around_block, Py_ssize_t levels):
    """Means over the nearest elements around blocks' own, from the parent on, one behind the other."""
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
    """Blocks that share their own element with others, and how far the mean over it is from each."""
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
    """Rounded means over the blocks of each kind."""
    cdef Py_ssize_t n = hidden.shape[0], size = hidden.shape[1], block, column, number
    if kind.shape[0] != n:
        raise ValueError("kinds and blocks do not fit together")
    _check_places(kind, kinds)
    array = numpy.empty((kinds, size), dtype=numpy.float32)
    cdef float[:, ::1] out = array
    cdef int64_t* sums = <int64_t*>PyMem_Calloc(kinds * (size + 1) + 1, sizeof(int64_t))
    if sums == NULL:
        raise MemoryError
    cdef int64_t* sizes = sums + kinds * size
    for block in range(n):
        number = kind[block]
        sizes[number] += 1
        for column in range(size):
            sums[number * size + column] += <int32_t>hidden[block, column]
    for number in range(kinds):
        for column in range(size):
            out[number, column] = _rounded_mean(<double>sums[number * size + column], <double>max(sizes[number], 1))
    PyMem_Free(sums)
    return array


def page_means(const float[:, ::1] hidden, const int64_t[::1] count, int64_t least):
    """Rounded means over the page, and over its blocks of so many words, each counted as often as it has words: one row."""
    cdef Py_ssize_t n = hidden.shape[0], size = hidden.shape[1], block, column
    if count.shape[0] != n:
        raise ValueError("counts and blocks do not fit together")
    array = numpy.zeros((1, 2 * size), dtype=numpy.float32)
    totals = numpy.zeros(2 * size, dtype=numpy.int64)
    cdef float[:, ::1] out = array
    cdef int64_t[::1] sums = totals
    cdef int64_t good = 0
    for block in range(n):
        for column in range(size):
            sums[column] += <int32_t>hidden[block, column]
        if count[block] >= least:
            good += count[block]
            for column in range(size):
                sums[size + column] += count[block] * <int64_t>hidden[block, column]
    for column in range(size):
        out[0, column] = _rounded_mean(<double>sums[column], <double>max(n, 1))
        out[0, size + column] = _rounded_mean(<double>sums[size + column], <double>max(good, 1))
    return array
