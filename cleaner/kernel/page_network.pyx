# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The block model: `classify.html_network`, compiled. Activations are whole numbers of 16 bits, and sums of them of 32."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int16_t, int32_t, int64_t
from libc.string cimport memcpy, memset

import numpy

from cleaner.kernel.integer_products cimport PRODUCT_OUTPUTS, PRODUCT_ROWS, best_products, products_of
from cleaner.kernel.page_states cimport add_states, add_sums, mean_of_range, mean_of_sums, run_states, settle
from cleaner.kernel.rounded cimport whole_float

cdef enum:
    #: the running sums of so many blocks' activations have no room in 32 bits
    MOST_BLOCKS = 4_000_000
    #: elements around a block, its own left out, whose means are looked at
    AROUND = 4

cdef class Layer:
    """Weights of some inputs, pair by pair: for each output its two."""

    cdef Py_ssize_t inputs, outputs, pairs, width
    cdef object weights
    cdef const int16_t* first

    def __init__(self, weight):
        """Weights are inputs × outputs."""
        cdef const int16_t[::1] seen
        self.inputs, self.outputs = weight.shape
        self.pairs = (self.inputs + 1) // 2
        self.width = _wide(self.outputs)
        laid = numpy.zeros((self.pairs, 2, self.width), dtype=numpy.int16)
        laid.reshape(-1, self.width)[: self.inputs, : self.outputs] = weight
        if not numpy.array_equal(laid.reshape(-1, self.width)[: self.inputs, : self.outputs], weight):
            raise ValueError("a weight is beyond 16 bits")
        self.weights = numpy.append(laid.transpose(0, 2, 1).ravel(), numpy.zeros(1, dtype=numpy.int16))
        seen = self.weights
        self.first = &seen[0]


cdef inline Py_ssize_t _wide(Py_ssize_t outputs) noexcept nogil:
    return (outputs + PRODUCT_OUTPUTS - 1) // PRODUCT_OUTPUTS * PRODUCT_OUTPUTS


def padded(row):
    whole = numpy.zeros(_wide(row.shape[0]), dtype=row.dtype)
    whole[: row.shape[0]] = row
    return whole


cdef inline const int16_t* _row(const int16_t[:, ::1] rows, Py_ssize_t at) noexcept nogil:
    return &rows[0, 0] + at * rows.shape[1]


cdef class _Page:
    """Activations of a page's blocks, and what is made of them. Rows beyond the last are zeros."""

    cdef Py_ssize_t n, size, wide
    cdef int16_t[:, ::1] hidden, means
    cdef int32_t[:, ::1] sums, parts, running
    cdef const int16_t** rows
    cdef products_of products

    def __cinit__(self, Py_ssize_t n, Py_ssize_t most, Py_ssize_t size, int bits):
        self.rows = NULL
        self.n, self.size, self.wide = n, size, _wide(size)
        self.products = best_products(bits)
        most = max(n, most) + PRODUCT_ROWS
        self.rows = <const int16_t**>PyMem_Calloc(most, sizeof(void*))
        if self.rows == NULL:
            raise MemoryError
        self.hidden = numpy.zeros((n + 1, self.wide), dtype=numpy.int16)
        self.means = numpy.empty((most, self.wide), dtype=numpy.int16)
        self.sums = numpy.zeros((n + PRODUCT_ROWS, self.wide), dtype=numpy.int32)
        self.parts = numpy.zeros((most, self.wide), dtype=numpy.int32)
        self.running = numpy.zeros((n + 1, self.wide), dtype=numpy.int32)

    def __dealloc__(self):
        PyMem_Free(self.rows)

    cdef int multiply(self, int32_t* sums, Py_ssize_t count, Layer layer) except -1:
        """Adds products of `rows` and a layer's weights to sums, which have room for `PRODUCT_ROWS` more."""
        cdef Py_ssize_t at, output
        for at in range(count, (count + PRODUCT_ROWS - 1) // PRODUCT_ROWS * PRODUCT_ROWS):
            self.rows[at] = self.rows[0]
        for output in range(0, layer.width, PRODUCT_OUTPUTS):
            for at in range(0, count, PRODUCT_ROWS):
                self.products(
                    sums + at * layer.width + output, layer.width, self.rows + at, layer.pairs, layer.first + 2 * output, 2 * layer.width
                )
        return 0

    cdef int begin(self, const int32_t[::1] bias) except -1:
        """Makes sums of a layer's biases."""
        cdef Py_ssize_t block
        for block in range(self.n):
            memcpy(&self.sums[block, 0], &bias[0], self.wide * sizeof(int32_t))
        return 0

    cdef int add_own(self, const int16_t[:, ::1] inputs, Py_ssize_t shift, Layer layer) except -1:
        """Adds what each block's inputs come to, or those of the block so far behind it; there are none beyond the page's ends."""
        cdef Py_ssize_t block
        for block in range(self.n):
            self.rows[block] = _row(inputs, block + shift if 0 <= block + shift < self.n else self.n)
        return self.multiply(&self.sums[0, 0], self.n, layer)

    cdef int add_parts(self, const int64_t[::1] places) except -1:
        """Adds to each block's sums those of its part."""
        cdef Py_ssize_t block
        for block in range(self.n):
            add_sums(&self.sums[block, 0], &self.parts[places[block], 0], self.wide)
        return 0

    cdef int multiply_parts(self, const int16_t[:, ::1] inputs, Py_ssize_t count, Layer layer, bint more) except -1:
        """Makes parts of inputs, or adds to them."""
        cdef Py_ssize_t at
        if not more:
            memset(&self.parts[0, 0], 0, count * self.wide * sizeof(int32_t))
        for at in range(count):
            self.rows[at] = _row(inputs, at)
        return self.multiply(&self.parts[0, 0], count, layer) if count else 0

    cdef int finish(self, const float[::1] steps) except -1:
        """Adds the activations that sums come to."""
        cdef Py_ssize_t block
        for block in range(self.n):
            settle(&self.hidden[block, 0], &self.sums[block, 0], &steps[0], self.size)
        return 0

    cdef int run(self) except -1:
        """Makes running sums of activations."""
        cdef Py_ssize_t block
        for block in range(self.n):
            run_states(&self.running[block + 1, 0], &self.running[block, 0], &self.hidden[block, 0], self.wide)
        return 0

    cdef int add_elements(
        self, const int64_t[:, ::1] first, const int64_t[:, ::1] last, const int64_t[::1] around_block, const int64_t[::1] around, list layers
    ) except -1:
        """Adds what the means over the elements around blocks' own come to, a layer for each from the parent on.

        Neighbours lie in the same elements: what these come to is computed once for all in a row.
        """
        cdef Py_ssize_t level, place, count, block, above
        cdef int64_t low = -1, high = -1
        cdef int64_t[::1] number = numpy.empty(around_block.shape[0] + 1, dtype=numpy.int64)
        cdef int32_t[:, ::1] every = numpy.zeros((around_block.shape[0] + 1, self.wide), dtype=numpy.int32)
        for level in range(1, 1 + len(layers)):
            count = 0
            low = high = -1
            for place in range(around_block.shape[0]):
                block = around_block[place]
                if first[level, block] != low or last[level, block] != high:
                    low, high = first[level, block], last[level, block]
                    mean_of_range(
                        &self.means[count, 0], &self.running[high, 0], &self.running[low, 0], <double>max(high - low, 1), self.wide
                    )
                    count += 1
                number[place] = count - 1
            self.multiply_parts(self.means, count, <Layer?>layers[level - 1], False)
            for place in range(around_block.shape[0]):
                add_sums(&every[place, 0], &self.parts[number[place], 0], self.wide)
        for block in range(self.n):
            add_sums(&self.sums[block, 0], &every[around[block], 0], self.wide)
        return 0

    cdef int add_shared(self, const int64_t[:, ::1] first, const int64_t[:, ::1] last, Layer layer) except -1:
        """Adds what the means over own elements that hold several blocks come to: how far they are from each block's own."""
        cdef Py_ssize_t block, column, count = 0
        cdef int64_t low = -1, high = -1
        cdef int16_t[::1] mean = numpy.empty(self.wide, dtype=numpy.int16)
        cdef int64_t[::1] several = numpy.empty(self.n, dtype=numpy.int64)
        for block in range(self.n):
            if last[0, block] - first[0, block] <= 1:
                continue
            if first[0, block] != low or last[0, block] != high:
                low, high = first[0, block], last[0, block]
                mean_of_range(&mean[0], &self.running[high, 0], &self.running[low, 0], <double>(high - low), self.wide)
            for column in range(self.wide):
                self.means[count, column] = mean[column] - self.hidden[block, column]
            several[count] = block
            count += 1
        self.multiply_parts(self.means, count, layer, False)
        for column in range(count):
            add_sums(&self.sums[several[column], 0], &self.parts[column, 0], self.wide)
        return 0

    cdef int add_kinds(self, const int64_t[::1] kind, Py_ssize_t kinds, Layer layer) except -1:
        """Adds what the means over blocks of the same kind come to."""
        cdef Py_ssize_t block, number
        cdef int64_t[:, ::1] totals = numpy.zeros((kinds, self.wide), dtype=numpy.int64)
        cdef int64_t[::1] sizes = numpy.zeros(kinds, dtype=numpy.int64)
        for block in range(self.n):
            sizes[kind[block]] += 1
            add_states(&totals[kind[block], 0], &self.hidden[block, 0], 1, self.wide)
        for number in range(kinds):
            mean_of_sums(&self.means[number, 0], &totals[number, 0], <double>max(sizes[number], 1), self.wide)
        self.multiply_parts(self.means, kinds, layer, False)
        return self.add_parts(kind)

    cdef int add_page(self, const int64_t[::1] count, int64_t least, Layer whole, Layer text) except -1:
        """Adds what the means over the page come to, and over its blocks of so many words, each counted as often as it has words."""
        cdef Py_ssize_t block
        cdef int64_t good = 0
        cdef int64_t[:, ::1] totals = numpy.zeros((2, self.wide), dtype=numpy.int64)
        for block in range(self.n):
            add_states(&totals[0, 0], &self.hidden[block, 0], 1, self.wide)
            if count[block] >= least:
                good += count[block]
                add_states(&totals[1, 0], &self.hidden[block, 0], count[block], self.wide)
        mean_of_sums(&self.means[0, 0], &totals[0, 0], <double>max(self.n, 1), self.wide)
        mean_of_sums(&self.means[1, 0], &totals[1, 0], <double>max(good, 1), self.wide)
        self.multiply_parts(self.means, 1, whole, False)
        self.multiply_parts(self.means[1:], 1, text, True)
        for block in range(self.n):
            add_sums(&self.sums[block, 0], &self.parts[0, 0], self.wide)
        return 0


cdef int _check_ranges(const int64_t[:, ::1] first, const int64_t[:, ::1] last, Py_ssize_t n) except -1:
    cdef Py_ssize_t level, block
    if first.shape[0] <= AROUND or last.shape[0] <= AROUND or first.shape[1] != n or last.shape[1] != n:
        raise ValueError("ranges and blocks do not fit together")
    for level in range(AROUND + 1):
        for block in range(n):
            if not 0 <= first[level, block] <= n or not 0 <= last[level, block] <= n:
                raise ValueError("a range lies beside the page")
    return 0


cdef int _check_places(const int64_t[::1] places, Py_ssize_t length, Py_ssize_t count) except -1:
    cdef Py_ssize_t at
    if places.shape[0] != length:
        raise ValueError("places and blocks do not fit together")
    for at in range(length):
        if not 0 <= places[at] < count:
            raise ValueError("a place is out of its range")
    return 0


cdef _convolve(_Page page, str name, Py_ssize_t reach, dict layers, dict biases, dict steps):
    """Adds the activations of a layer that looks at a block, and at those so far before and behind it."""
    cdef Layer before, own, behind
    before, own, behind = layers[name]
    page.begin(biases[name])
    page.add_own(page.hidden, -reach, before)
    page.add_own(page.hidden, 0, own)
    page.add_own(page.hidden, reach, behind)
    page.finish(steps[name])


def answers(
    const int16_t[:, ::1] seen, const int16_t[:, ::1] near, const int64_t[:, ::1] first, const int64_t[:, ::1] last,
    const int64_t[::1] around, const int64_t[::1] around_block, const int64_t[::1] kind, Py_ssize_t kinds, const int64_t[::1] count,
    int64_t least, dict layers, dict biases, dict steps, tuple reaches, int bits=1024,
):
    cdef Py_ssize_t n = seen.shape[0], places = around_block.shape[0], block, output
    cdef Layer own, names, element, same, whole, text, out = layers["out"]
    own, names = layers["l1"]
    if (
        n < 1 or n >= MOST_BLOCKS or kinds < 0 or near.shape[0] != places or own.pairs * 2 != seen.shape[1]
        or names.pairs * 2 != near.shape[1] or count.shape[0] != n
    ):
        raise ValueError("the arrays of a page do not fit the model")
    _check_ranges(first, last, n)
    _check_places(around, n, places)
    _check_places(around_block, places, n)
    _check_places(kind, n, kinds)
    cdef _Page page = _Page(n, max(places, kinds), own.outputs, bits)
    page.begin(biases["l1"])
    page.add_own(seen, 0, own)
    page.multiply_parts(near, places, names, False)
    page.add_parts(around)
    page.finish(steps["l1"])
    _convolve(page, "c1", reaches[0], layers, biases, steps)
    own, element, elements, same, whole, text = layers["l2"]
    page.begin(biases["l2"])
    page.run()
    page.add_own(page.hidden, 0, own)
    page.add_shared(first, last, element)
    page.add_elements(first, last, around_block, around, elements)
    page.add_kinds(kind, kinds, same)
    page.add_page(count, least, whole, text)
    page.finish(steps["l2"])
    _convolve(page, "c2", reaches[1], layers, biases, steps)
    _convolve(page, "c3", reaches[2], layers, biases, steps)
    own, elements, same = layers["l3"]
    page.begin(biases["l3"])
    page.run()
    page.add_own(page.hidden, 0, own)
    page.add_elements(first, last, around_block, around, elements)
    page.add_kinds(kind, kinds, same)
    page.finish(steps["l3"])
    cdef const int32_t[::1] bias = biases["out"]
    cdef const float[::1] step = steps["out"]
    cdef int32_t[:, ::1] sums = numpy.zeros((n + PRODUCT_ROWS, out.width), dtype=numpy.int32)
    array = numpy.empty((n, out.outputs), dtype=numpy.float32)
    cdef float[:, ::1] logits = array
    for block in range(n):
        page.rows[block] = &page.hidden[block, 0]
    page.multiply(&sums[0, 0], n, out)
    for block in range(n):
        for output in range(out.outputs):
            logits[block, output] = <float>(sums[block, output] + bias[output]) * step[output]
    return array


def judged(const float[:, ::1] logits, const int64_t[::1] chances, const int64_t[::1] residue, const int64_t[::1] content, float grid, float most):
    cdef Py_ssize_t n = logits.shape[0], block, at, best
    cdef float place, value, highest
    if not logits.shape[1] or not residue.shape[0] or chances.shape[0] != <Py_ssize_t>(2 * most) + 1:
        raise ValueError("the answers do not fit the model")
    _check_places(residue, residue.shape[0], logits.shape[1])
    _check_places(content, content.shape[0], logits.shape[1])
    chance_array, kind_array = numpy.empty(n, dtype=numpy.int64), numpy.empty(n, dtype=numpy.int64)
    read_array = numpy.zeros(n, dtype=numpy.bool_)
    cdef int64_t[::1] chance = chance_array, kind = kind_array
    cdef unsigned char[::1] read = read_array.view(numpy.uint8)
    for block in range(n):
        place = logits[block, 0] * grid
        place = place if place < most else most
        place = place if place > -most else -most
        chance[block] = chances[<Py_ssize_t>(whole_float(place) + most)]
        best, highest = 0, logits[block, residue[0]]
        for at in range(1, residue.shape[0]):
            value = logits[block, residue[at]]
            if value > highest:
                best, highest = at, value
        kind[block] = best
        for at in range(content.shape[0]):
            if logits[block, content[at]] > highest:
                read[block] = True
                break
    return chance_array, kind_array, read_array
