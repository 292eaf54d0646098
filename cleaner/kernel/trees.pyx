# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The answers of an ensemble of trees: `classify.trees`, compiled. Blocks stand side by side."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint32_t
from libc.string cimport memset

from cleaner.kernel cimport rounded
from cleaner.kernel.blocks cimport GROUP, LANES, count_asked, group_of, is_nothing
from cleaner.kernel.vectors cimport vectors

cdef enum:
    #: trees have so many outputs at most
    MOST_OUTPUTS = 128


cdef vectors _answer(
    const float** values,
    const int32_t* features,
    Py_ssize_t count,
    const int64_t* question_starts,
    const float* borders,
    const int32_t* trees,
    const uint8_t* bits,
    Py_ssize_t group,
    uint8_t* leaf,
) noexcept nogil:
    """Turns the bits of `leaf`, which are the answers for features that are nothing, where blocks answer otherwise.

    Parameters: `features` are the numbers of the `count` features whose `values` are given; `group` is `GROUP`, which the compiler must not
    know: it would spell such short loops out instead of using wide registers.
    """
    cdef Py_ssize_t number, question, place
    cdef int32_t above[GROUP]
    cdef uint8_t bit, usual
    cdef uint8_t* here
    cdef const float* numbers
    cdef float border
    for number in range(count):
        numbers = values[number]
        for question in range(question_starts[features[number]], question_starts[features[number] + 1]):
            border, bit, here = borders[question], bits[question], leaf + trees[question] * GROUP
            usual = bit if 0.0 > border else 0
            for place in range(group & ~<Py_ssize_t>(GROUP - 1)):
                above[place] = -<int32_t>(numbers[place] > border)
            for place in range(group & ~<Py_ssize_t>(GROUP - 1)):
                here[place] ^= (<uint8_t>above[place] & bit) ^ usual


cdef void _sum_of_one(const int16_t* leaves, const uint8_t* leaf, Py_ssize_t trees, Py_ssize_t depth, uint32_t* sums) noexcept nogil:
    """Adds up the only output of `GROUP` blocks."""
    cdef Py_ssize_t tree, place = 0
    cdef uint32_t first, second, third, fourth
    cdef const int16_t* weights
    cdef const uint8_t* here
    while place < GROUP:
        first = second = third = fourth = 0
        for tree in range(trees):
            weights, here = leaves + (tree << depth), leaf + tree * GROUP + place
            first += <uint32_t>weights[here[0]]
            second += <uint32_t>weights[here[1]]
            third += <uint32_t>weights[here[2]]
            fourth += <uint32_t>weights[here[3]]
        sums[place], sums[place + 1], sums[place + 2], sums[place + 3] = first, second, third, fourth
        place += 4


cdef vectors _sums_of_many(
    const int16_t* leaves, const uint8_t* leaf, Py_ssize_t depth, Py_ssize_t outputs, const int64_t* ends, Py_ssize_t runs, uint32_t* sums
) noexcept nogil:
    """Adds up the outputs of a block, in 16 bits those of trees up to each of `ends`."""
    cdef Py_ssize_t tree = 0, number, output
    cdef int16_t part[MOST_OUTPUTS]
    cdef const int16_t* weights
    cdef const int16_t* second
    cdef const int16_t* third
    cdef const int16_t* fourth
    memset(sums, 0, outputs * sizeof(uint32_t))
    for number in range(runs):
        memset(part, 0, outputs * sizeof(int16_t))
        while tree + 4 <= ends[number]:
            weights = leaves + ((tree << depth) + leaf[tree * GROUP]) * outputs
            second = leaves + ((tree + 1 << depth) + leaf[(tree + 1) * GROUP]) * outputs
            third = leaves + ((tree + 2 << depth) + leaf[(tree + 2) * GROUP]) * outputs
            fourth = leaves + ((tree + 3 << depth) + leaf[(tree + 3) * GROUP]) * outputs
            for output in range(outputs & ~<Py_ssize_t>(LANES - 1)):
                part[output] += (weights[output] + second[output]) + (third[output] + fourth[output])
            tree += 4
        while tree < ends[number]:
            weights = leaves + ((tree << depth) + leaf[tree * GROUP]) * outputs
            for output in range(outputs & ~<Py_ssize_t>(LANES - 1)):
                part[output] += weights[output]
            tree += 1
        for output in range(outputs):
            sums[output] += <uint32_t>part[output]


cdef class Forest:
    """An ensemble, checked and made ready."""

    def __init__(
        self,
        Py_ssize_t count,
        Py_ssize_t depth,
        const int64_t[::1] rows,
        const int64_t[::1] question_starts,
        const float[::1] borders,
        const int32_t[::1] trees,
        const uint8_t[::1] bits,
        const uint8_t[::1] at_nothing,
        const int16_t[:, ::1] leaves,
        const int64_t[::1] ends,
        const int64_t[::1] bias,
        double unit,
    ):
        cdef Py_ssize_t number, features = rows.shape[0], questions = borders.shape[0], padded = leaves.shape[1]
        if (
            not 0 < depth <= 8
            or count < 1
            or not features
            or question_starts.shape[0] != features + 1
            or question_starts[0] != 0
            or question_starts[features] != questions
            or trees.shape[0] != questions
            or bits.shape[0] != questions
            or at_nothing.shape[0] != count
            or leaves.shape[0] != count << depth
            or not bias.shape[0] <= padded <= MOST_OUTPUTS
            or not bias.shape[0]
            or (padded != 1 and padded % LANES)
            or not ends.shape[0]
            or ends[ends.shape[0] - 1] != count
        ):
            raise ValueError("the ensemble's arrays do not fit together")
        self.wanted = 0
        for number in range(features):
            if rows[number] < 0 or question_starts[number] > question_starts[number + 1]:
                raise ValueError("the ensemble's arrays do not fit together")
            self.wanted = max(self.wanted, rows[number] + 1)
        for number in range(trees.shape[0]):
            if not 0 <= trees[number] < count or bits[number] >= 1 << depth:
                raise ValueError("the ensemble's arrays do not fit together")
        for number in range(count):
            if at_nothing[number] >= 1 << depth:
                raise ValueError("the ensemble's arrays do not fit together")
        for number in range(ends.shape[0]):
            if ends[number] <= (ends[number - 1] if number else 0):
                raise ValueError("the ensemble's arrays do not fit together")
        self.count, self.depth, self.outputs, self.group, self.unit = count, depth, bias.shape[0], GROUP, unit
        self.rows, self.question_starts, self.borders = rows, question_starts, borders
        self.trees, self.bits, self.at_nothing, self.leaves, self.ends, self.bias = trees, bits, at_nothing, leaves, ends, bias

    cdef size_t room(self) noexcept nogil:
        """Bytes that `group_scores` writes in."""
        return max(<Py_ssize_t>GROUP, self.leaves.shape[1]) * sizeof(uint32_t) + self.count * GROUP

    cdef void group_scores(
        self, const float** values, const int32_t* which, Py_ssize_t found, uint32_t asked, char* room, double* scores
    ) noexcept nogil:
        """The answers for those of a group's blocks that have a bit in `asked`.

        Parameters: `values` are those of `found` features, whose numbers are `which`; the others are nothing. `scores` are blocks ×
        outputs.
        """
        cdef Py_ssize_t padded = self.leaves.shape[1], place, tree, output
        cdef uint32_t* sums = <uint32_t*>room
        cdef uint32_t* own
        cdef uint8_t* leaf = <uint8_t*>(sums + max(<Py_ssize_t>GROUP, padded))
        for tree in range(self.count):
            memset(leaf + tree * GROUP, self.at_nothing[tree], GROUP)
        _answer(
            values, which, found, &self.question_starts[0], &self.borders[0], &self.trees[0], &self.bits[0], self.group, leaf
        )
        if padded == 1:
            _sum_of_one(&self.leaves[0, 0], leaf, self.count, self.depth, sums)
        for place in range(GROUP):
            if not asked >> place & 1:
                continue
            own = sums + place
            if padded != 1:
                own = sums
                _sums_of_many(&self.leaves[0, 0], leaf + place, self.depth, padded, &self.ends[0], self.ends.shape[0], sums)
            for output in range(self.outputs):
                scores[place * self.outputs + output] = <double>(<int64_t><int32_t>own[output] + self.bias[output]) * self.unit

    def scores(self, const float[:, ::1] features, const int64_t[::1] blocks, double[:, ::1] scores):
        cdef Py_ssize_t asked = self.rows.shape[0], at, size, number, total, found = 0
        cdef const int64_t* chosen
        cdef int32_t* which
        cdef const float** values
        cdef float* copied
        cdef char* room
        total = count_asked(blocks, features.shape[1], &chosen)
        if scores.shape[0] != total or scores.shape[1] != self.outputs or features.shape[0] < self.wanted:
            raise ValueError("trees, features and scores do not fit together")
        room = <char*>PyMem_Malloc(asked * (sizeof(void*) + GROUP * sizeof(float) + sizeof(int32_t)) + self.room())
        if room == NULL:
            raise MemoryError
        values = <const float**>room
        copied = <float*>(values + asked)
        which = <int32_t*>(copied + asked * GROUP)
        if total:
            for number in range(asked):
                if not is_nothing(&features[self.rows[number], 0], features.shape[1]):
                    which[found] = <int32_t>number
                    found += 1
        for at in range(0, total, GROUP):
            size = min(<Py_ssize_t>GROUP, total - at)
            for number in range(found):
                values[number] = group_of(&features[self.rows[which[number]], 0], chosen, at, size, copied + number * GROUP)
            self.group_scores(values, which, found, (<uint32_t>1 << size) - 1, <char*>(which + asked), &scores[at, 0])
        PyMem_Free(room)
