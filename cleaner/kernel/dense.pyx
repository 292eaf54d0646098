# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The answers of a network of two layers: `classify.dense`, compiled. Blocks stand side by side."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int8_t, int32_t, int64_t, uint32_t
from libc.string cimport memcpy, memset

from cleaner.kernel.blocks cimport GROUP, LANES, count_asked, group_of, is_nothing
from cleaner.kernel.rounded cimport whole_float
from cleaner.kernel.vectors cimport vectors

cdef extern from *:
    """
    #if defined(__GNUC__)
    #define CLEANER_FIRST_BIT(word) __builtin_ctz(word)
    #else
    static int CLEANER_FIRST_BIT(unsigned int word) {
        int place = 0;
        while (!(word & 1)) { word >>= 1; place++; }
        return place;
    }
    #endif
    """
    int first_bit "CLEANER_FIRST_BIT"(uint32_t word) nogil

cdef enum:
    #: no number of steps is greater, so that they and their differences fit
    MOST_STEPS = 127

#: a bit for each block of a group
cdef uint32_t[GROUP] _BITS
_BITS[:] = [1 << _place for _place in range(GROUP)]


cdef inline int32_t _middle(int32_t first, int32_t second, int32_t third) noexcept nogil:
    return max(min(first, second), min(max(first, second), third))


cdef inline void _steps(const float* values, float middle, float step, float most, Py_ssize_t group, int32_t* into) noexcept nogil:
    """How many steps each value is from the middle, rounded, no more than `most` either way."""
    cdef Py_ssize_t place
    cdef float number
    for place in range(group & ~<Py_ssize_t>(GROUP - 1)):
        number = (values[place] - middle) * step
        number = number if number < most else most
        number = number if number > -most else -most
        into[place] = <int32_t>whole_float(number)


cdef inline void _add(float* sums, const int8_t* weights, float times, Py_ssize_t width) noexcept nogil:
    """All are whole numbers that floats hold, and so are the sums."""
    cdef Py_ssize_t output
    for output in range(width & ~<Py_ssize_t>(LANES - 1)):
        sums[output] += times * <float>weights[output]


cdef vectors _add_inputs(
    const float** values,
    const int32_t* inputs,
    Py_ssize_t count,
    Py_ssize_t size,
    uint32_t asked,
    Py_ssize_t group,
    const float* middle,
    const float* steps,
    float most,
    const int8_t* weights,
    Py_ssize_t width,
    int32_t* usual,
    float* base,
    int32_t* rounded,
    int32_t* which,
    float* row,
    float* sums,
) noexcept nogil:
    """Adds up the inputs of `GROUP` blocks, of which `size` are there, and those with a bit in `asked` are asked for.

    Most inputs are alike: the usual ones are added up once, and each block's where they differ.

    Parameters: `inputs` are the numbers of the `count` inputs whose `values` are given; `usual` are inputs and `base` is their sum, both
    of the group before, and become this one's; `group` is `GROUP`, which the compiler must not know: it would spell such short loops out
    instead of using wide registers.
    """
    cdef Py_ssize_t number, place, output, found = 0, at
    cdef int32_t common, differs
    cdef uint32_t different
    cdef float times
    cdef const int8_t* weight
    cdef int32_t* here
    for at in range(count):
        number, here = inputs[at], rounded + at * GROUP
        _steps(values[at], middle[number], steps[number], most, group, here)
        common = _middle(here[size // 4], here[size // 2], here[3 * size // 4])
        if common != usual[number]:
            _add(base, weights + number * width, <float>(common - usual[number]), width)
            usual[number] = common
        for place in range(size, GROUP):
            here[place] = common
        differs = 0
        for place in range(group & ~<Py_ssize_t>(GROUP - 1)):
            here[place] -= common
            differs |= here[place]
        which[found] = <int32_t>at
        found += differs != 0
    for place in range(size):
        memcpy(sums + place * width, base, width * sizeof(float))
    for at in range(found):
        here, weight = rounded + which[at] * GROUP, weights + inputs[which[at]] * width
        for output in range(width & ~<Py_ssize_t>(LANES - 1)):
            row[output] = <float>weight[output]
        different = 0
        for place in range(group & ~<Py_ssize_t>(GROUP - 1)):
            different |= _BITS[place] if here[place] else 0
        different &= asked
        while different:
            place = first_bit(different)
            different &= different - 1
            times = <float>here[place]
            for output in range(width & ~<Py_ssize_t>(LANES - 1)):
                sums[place * width + output] += times * row[output]


cdef vectors _add_activations(
    float* sums, Py_ssize_t hidden, float unit, float highest, const int8_t* weights, Py_ssize_t width, float* answers
) noexcept nogil:
    """The second layer of one block; `sums` are the first one's, and become its activations."""
    cdef Py_ssize_t place
    cdef float number
    for place in range(hidden):
        number = sums[place] * unit
        number = number if number < highest else highest
        number = number if number > 0.0 else 0.0
        sums[place] = whole_float(number)
    memset(answers, 0, width * sizeof(float))
    for place in range(hidden):
        if sums[place] != 0.0:
            _add(answers, weights + place * width, sums[place], width)


cdef class Network:
    """A network, checked and made ready."""

    def __init__(
        self,
        const int64_t[::1] columns,
        const float[::1] middle,
        const float[::1] steps,
        float most,
        const int8_t[:, ::1] first,
        const float[::1] hidden_bias,
        float hidden_unit,
        float highest,
        const int8_t[:, ::1] second,
        const int64_t[::1] bias,
        double unit,
    ):
        cdef Py_ssize_t inputs = first.shape[0], hidden = first.shape[1], number, place
        cdef float nothing[GROUP]
        cdef int32_t rounded[GROUP]
        if (
            columns.shape[0] != inputs
            or middle.shape[0] != inputs
            or steps.shape[0] != inputs
            or hidden_bias.shape[0] != hidden
            or second.shape[0] != hidden
            or second.shape[1] < bias.shape[0]
            or hidden % LANES
            or second.shape[1] % LANES
            or not 0 <= most <= MOST_STEPS
        ):
            raise ValueError("the network's layers do not fit together")
        self.columns, self.middle, self.steps, self.most, self.first = columns, middle, steps, most, first
        self.hidden_unit, self.highest, self.second, self.bias, self.unit = hidden_unit, highest, second, bias, unit
        self.inputs, self.hidden, self.width, self.outputs, self.wanted = inputs, hidden, second.shape[1], bias.shape[0], 0
        self.group = GROUP
        self.start = <char*>PyMem_Malloc(inputs * sizeof(int32_t) + hidden * sizeof(float))
        if self.start == NULL:
            raise MemoryError
        self.at_nothing = <int32_t*>self.start
        self.base = <float*>(self.at_nothing + inputs)
        memset(nothing, 0, sizeof(nothing))
        for place in range(hidden):
            self.base[place] = hidden_bias[place]
        for number in range(inputs):
            if columns[number] < 0:
                raise ValueError("there is no such feature")
            self.wanted = max(self.wanted, columns[number] + 1)
            _steps(nothing, middle[number], steps[number], most, GROUP, rounded)
            self.at_nothing[number] = rounded[0]
            for place in range(hidden):
                self.base[place] += <float>rounded[0] * <float>first[number, place]

    def __dealloc__(self):
        PyMem_Free(self.start)

    cdef size_t room(self) noexcept nogil:
        """Bytes that `group_scores` writes in."""
        return self.inputs * (GROUP + 2) * sizeof(int32_t) + (self.hidden * (GROUP + 2) + self.width) * sizeof(float)

    cdef void begin(self, char* room) noexcept nogil:
        """Makes room ready for the first group of some."""
        memcpy(room, self.at_nothing, self.inputs * sizeof(int32_t) + self.hidden * sizeof(float))

    cdef void group_scores(
        self, const float** values, const int32_t* which, Py_ssize_t found, Py_ssize_t size, uint32_t asked, char* room, double* scores
    ) noexcept nogil:
        """The answers for those of the `size` blocks of a group that have a bit in `asked`.

        Parameters: `values` are those of `found` inputs, whose numbers are `which`, the same for each group; the others are nothing.
        `scores` are blocks × outputs.
        """
        cdef Py_ssize_t place, output
        cdef int32_t* usual = <int32_t*>room
        cdef float* base = <float*>(usual + self.inputs)
        cdef float* row = base + self.hidden
        cdef float* sums = row + self.hidden
        cdef float* answers = sums + GROUP * self.hidden
        cdef int32_t* rounded = <int32_t*>(answers + self.width)
        _add_inputs(
            values, which, found, size, asked, self.group, &self.middle[0], &self.steps[0], self.most,
            &self.first[0, 0], self.hidden, usual, base, rounded, rounded + self.inputs * GROUP, row, sums,
        )
        for place in range(size):
            if not asked >> place & 1:
                continue
            _add_activations(
                sums + place * self.hidden, self.hidden, self.hidden_unit, self.highest, &self.second[0, 0], self.width, answers
            )
            for output in range(self.outputs):
                scores[place * self.outputs + output] = (<double>answers[output] + <double>self.bias[output]) * self.unit

    def scores(self, const float[:, ::1] features, const int64_t[::1] blocks, double[:, ::1] scores):
        cdef Py_ssize_t total, at, size, number, found = 0
        cdef const int64_t* rows
        cdef const float** values
        cdef float* copied
        cdef int32_t* which
        cdef char* room
        total = count_asked(blocks, features.shape[1], &rows)
        if scores.shape[0] != total or scores.shape[1] != self.outputs or features.shape[0] < self.wanted:
            raise ValueError("network, features and scores do not fit together")
        room = <char*>PyMem_Malloc(self.inputs * (sizeof(void*) + GROUP * sizeof(float) + sizeof(int32_t)) + self.room())
        if room == NULL:
            raise MemoryError
        values = <const float**>room
        copied = <float*>(values + self.inputs)
        which = <int32_t*>(copied + self.inputs * GROUP)
        if total:
            for number in range(self.inputs):
                if not is_nothing(&features[self.columns[number], 0], features.shape[1]):
                    which[found] = <int32_t>number
                    found += 1
        self.begin(<char*>(which + self.inputs))
        for at in range(0, total, GROUP):
            size = min(<Py_ssize_t>GROUP, total - at)
            for number in range(found):
                values[number] = group_of(&features[self.columns[which[number]], 0], rows, at, size, copied + number * GROUP)
            self.group_scores(values, which, found, size, (<uint32_t>1 << size) - 1, <char*>(which + self.inputs), &scores[at, 0])
        PyMem_Free(room)
