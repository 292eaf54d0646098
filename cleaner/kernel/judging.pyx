# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Trees and network of the text model: `classify.model`, compiled. What they look at is never written down as one table."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.math cimport fabs
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

from cleaner.kernel.blocks cimport GROUP
from cleaner.kernel.dense cimport Network
from cleaner.kernel.rounded cimport whole
from cleaner.kernel.trees cimport Forest

cdef enum:
    MOST_COPIES = 64


cdef void _window(
    const double* sums, Py_ssize_t start, Py_ssize_t end, Py_ssize_t count, Py_ssize_t reach, Py_ssize_t low, float* into
) noexcept nogil:
    """Means over `reach` blocks on each side, for blocks from `start` to `end`; `sums` has for each from `low` on the sum before it."""
    cdef Py_ssize_t block, first, last
    for block in range(start, end):
        first, last = max(block - reach, 0), min(block + reach + 1, count)
        into[block - start] = <float>((sums[last - low] - sums[first - low]) / <double>(last - first))


cdef bint _is_anywhere(const double* feature, Py_ssize_t count) noexcept nogil:
    """Whether any value is not 0; bits are compared, since of floats only one is compared after the other."""
    cdef Py_ssize_t block
    cdef uint64_t bits, all = 0
    for block in range(count):
        memcpy(&bits, feature + block, sizeof(bits))
        all |= bits
    return all != 0


cdef Py_ssize_t _found(const int64_t[::1] asked, const float** columns, int32_t* which) noexcept nogil:
    """The numbers of those of the columns asked for that are not 0 everywhere."""
    cdef Py_ssize_t number, found = 0
    for number in range(asked.shape[0]):
        which[found] = <int32_t>number
        found += columns[asked[number]] != NULL
    return found


cdef void _take(
    const int64_t[::1] asked,
    const float** columns,
    Py_ssize_t first_mean,
    const int32_t* which,
    Py_ssize_t count,
    Py_ssize_t at,
    const float** values,
) noexcept nogil:
    """Where values begin for the group from `at` on; those from column `first_mean` on are the same for each."""
    cdef Py_ssize_t number, column
    for number in range(count):
        column = asked[which[number]]
        values[number] = columns[column] + (at if column < first_mean else 0)


def odds_asked(list words, list content, double least, double adds, double long_words, double agreed, double[::1] into):
    cdef Py_ssize_t block
    cdef double shortness
    if not len(words) == len(content) == into.shape[0]:
        raise ValueError("words and blocks do not fit together")
    for block in range(into.shape[0]):
        shortness = max(0.0, 1 - <double>words[block] / long_words)
        if content[block]:
            shortness *= agreed
        into[block] = least + adds * shortness


cdef class Judge:
    cdef Forest keep, label
    cdef Network dense
    cdef const int64_t[::1] rows, bounds, offsets, windows
    cdef const double[::1] powers
    cdef double certain, content, labels, grid
    cdef Py_ssize_t most, reach, width, columns

    def __init__(
        self,
        Forest keep not None,
        Forest label not None,
        Network dense not None,
        const int64_t[::1] rows,
        const int64_t[::1] bounds,
        const int64_t[::1] offsets,
        const int64_t[::1] windows,
        double certain,
        double content,
        double labels,
        const double[::1] powers,
        double grid,
        Py_ssize_t most,
    ):
        cdef Py_ssize_t copies = bounds.shape[0] - 1, copy, column
        if (
            not offsets.shape[0] + windows.shape[0] + 1 == copies <= MOST_COPIES
            or bounds[0] != 0
            or bounds[copies] != rows.shape[0]
            or max(keep.wanted, label.wanted, dense.wanted) > rows.shape[0]
            or max(keep.rows.shape[0], label.rows.shape[0], dense.columns.shape[0]) > rows.shape[0]
            or keep.outputs != 1
            or dense.outputs != label.outputs + 1
            or most < 1
            or not powers.shape[0]
        ):
            raise ValueError("trees, network and columns do not fit together")
        self.reach = self.width = 0
        for copy in range(copies):
            if bounds[copy] > bounds[copy + 1]:
                raise ValueError("trees, network and columns do not fit together")
            for column in range(bounds[copy], bounds[copy + 1]):
                if rows[column] < 0 or (column > bounds[copy] and rows[column] <= rows[column - 1]):
                    raise ValueError("columns do not ascend")
                self.width = max(self.width, rows[column] + 1)
        for copy in range(offsets.shape[0]):
            self.reach = max(self.reach, offsets[copy], -offsets[copy])
        for copy in range(windows.shape[0]):
            if windows[copy] < 0:
                raise ValueError("a window is as wide as no block")
            self.reach = max(self.reach, windows[copy])
        self.keep, self.label, self.dense, self.columns = keep, label, dense, rows.shape[0]
        self.rows, self.bounds, self.offsets, self.windows, self.powers, self.grid = rows, bounds, offsets, windows, powers, grid
        self.certain, self.content, self.labels, self.most = certain, content, labels, most

    cdef void lay_out(
        self,
        const double[:, ::1] features,
        const double* means,
        Py_ssize_t start,
        Py_ssize_t end,
        Py_ssize_t low,
        Py_ssize_t high,
        double* sums,
        float* into,
        const float** columns,
    ) noexcept nogil:
        """Writes where the values of each column begin with block `start`, NULL where all are 0.

        Blocks from `low` to `high` are those from `start` to `end` and their neighbours. A neighbour's feature is a feature's own row,
        looked at from another place.
        """
        cdef Py_ssize_t count = features.shape[1], copies = self.bounds.shape[0] - 1, singles = self.offsets.shape[0]
        cdef Py_ssize_t copy, column, row, block, place, length = 2 * self.reach + high - low + GROUP
        cdef int64_t[MOST_COPIES] next_of
        cdef const double* feature
        cdef float* own
        cdef bint summed
        for copy in range(copies):
            next_of[copy] = self.bounds[copy]
        for row in range(self.width):
            feature, own, summed = &features[row, 0], NULL, False
            if _is_anywhere(feature + low, high - low):
                own, into = into, into + length
                memset(own, 0, self.reach * sizeof(float))
                for block in range(low, high):
                    own[self.reach + block - low] = <float>feature[block]
                memset(own + self.reach + high - low, 0, (self.reach + GROUP) * sizeof(float))
            for copy in range(copies):
                column = next_of[copy]
                if column == self.bounds[copy + 1] or self.rows[column] != row:
                    continue
                next_of[copy] += 1
                columns[column] = NULL
                if copy == copies - 1:
                    if <float>means[row] != 0.0:
                        for place in range(GROUP):
                            into[place] = <float>means[row]
                        columns[column], into = into, into + GROUP
                elif own == NULL:
                    continue
                elif copy < singles:
                    columns[column] = own + self.reach + start - low + self.offsets[copy]
                else:
                    if not summed:
                        summed, sums[0] = True, 0.0
                        for block in range(low, high):
                            sums[block - low + 1] = sums[block - low] + feature[block]
                    _window(sums, start, end, count, self.windows[copy - singles], low, into)
                    memset(into + end - start, 0, GROUP * sizeof(float))
                    columns[column], into = into, into + length

    cdef int part(
        self,
        const double[:, ::1] features,
        const double* means,
        Py_ssize_t start,
        Py_ssize_t end,
        const double* least,
        const uint8_t* is_sure,
        uint8_t* goes,
        double* odds,
        double* scores,
    ) except -1:
        """The blocks from `start` to `end`, with the neighbours on their sides."""
        cdef Py_ssize_t low = max(0, start - self.reach), high = min(features.shape[1], end + self.reach), outputs = self.label.outputs
        cdef Py_ssize_t at, place, output, block, size, first_mean = self.bounds[self.bounds.shape[0] - 2]
        cdef Py_ssize_t found_keep, found_label, found_dense, length = 2 * self.reach + high - low + GROUP
        cdef uint32_t open_to, asked, gone
        cdef double own, away
        cdef size_t sums_size = (high - low + 1) * sizeof(double), answers_size = GROUP * (2 * outputs + 2) * sizeof(double)
        cdef size_t trees_size = max(self.keep.room(), self.label.room()), dense_size = (self.dense.room() + 7) & ~<size_t>7
        cdef size_t rows_size = (self.width * (1 + self.windows.shape[0]) * length + self.width * GROUP) * sizeof(float)
        cdef char* room = <char*>PyMem_Malloc(
            self.columns * (2 * sizeof(void*) + 3 * sizeof(int32_t)) + sums_size + answers_size + dense_size + trees_size + rows_size
        )
        cdef const float** columns
        cdef const float** values
        cdef double* sums
        cdef double* answers
        cdef double* named
        cdef char* for_dense
        cdef float* rows
        cdef int32_t* of_keep
        cdef int32_t* of_label
        cdef int32_t* of_dense
        cdef char* for_trees
        if room == NULL:
            raise MemoryError
        columns = <const float**>room
        values = columns + self.columns
        sums = <double*>(values + self.columns)
        answers = sums + (high - low + 1)
        named = answers + GROUP * (outputs + 1)
        for_dense = <char*>(named + GROUP * (outputs + 1))
        of_keep = <int32_t*>(for_dense + dense_size)
        of_label = of_keep + self.columns
        of_dense = of_label + self.columns
        rows = <float*>(of_dense + self.columns)
        for_trees = <char*>rows + rows_size
        self.lay_out(features, means, start, end, low, high, sums, rows, columns)
        found_keep = _found(self.keep.rows, columns, of_keep)
        found_label = _found(self.label.rows, columns, of_label)
        found_dense = _found(self.dense.columns, columns, of_dense)
        self.dense.begin(for_dense)
        for at in range(0, end - start, GROUP):
            size, block = min(<Py_ssize_t>GROUP, end - start - at), start + at
            open_to = asked = gone = 0
            for place in range(size):
                odds[block + place] = 0.0
                if not is_sure[block + place]:
                    open_to |= <uint32_t>1 << place
            if open_to:
                _take(self.keep.rows, columns, first_mean, of_keep, found_keep, at, values)
                self.keep.group_scores(values, of_keep, found_keep, open_to, for_trees, named)
            for place in range(size):
                if open_to >> place & 1:
                    odds[block + place] = named[place]
                if goes[block + place] if is_sure[block + place] else odds[block + place] < least[block + place] + self.certain:
                    asked |= <uint32_t>1 << place
            if asked:
                _take(self.dense.columns, columns, first_mean, of_dense, found_dense, at, values)
                self.dense.group_scores(values, of_dense, found_dense, size, asked, for_dense, answers)
            for place in range(size):
                if open_to >> place & 1:
                    own = odds[block + place]
                    away = own - least[block + place]
                    if fabs(away) < self.certain:
                        own = (1 - self.content) * own + self.content * answers[place * (outputs + 1)]
                        odds[block + place] = own
                    goes[block + place] = own < least[block + place]
                if goes[block + place]:
                    gone |= <uint32_t>1 << place
            if gone:
                _take(self.label.rows, columns, first_mean, of_label, found_label, at, values)
                self.label.group_scores(values, of_label, found_label, gone, for_trees, named)
            for place in range(size):
                if gone >> place & 1:
                    for output in range(outputs):
                        scores[(block + place) * outputs + output] = (1 - self.labels) * named[place * outputs + output] + (
                            self.labels * answers[place * (outputs + 1) + 1 + output]
                        )
        PyMem_Free(room)
        return 0

    def judge(
        self,
        const double[:, ::1] features,
        const double[::1] least,
        const uint8_t[::1] is_sure,
        uint8_t[::1] goes,
        double[:, ::1] scores,
    ):
        cdef Py_ssize_t count = features.shape[1], row, block, start
        cdef double power, steps, most = <double>(self.powers.shape[0] - 1)
        cdef double* means
        cdef double* odds
        cdef list found
        if (
            features.shape[0] < self.width
            or least.shape[0] != count
            or is_sure.shape[0] != count
            or goes.shape[0] != count
            or scores.shape[0] != count
            or scores.shape[1] != self.label.outputs
        ):
            raise ValueError("features, blocks and scores do not fit together")
        if not count:
            return []
        means = <double*>PyMem_Malloc((self.width + count) * sizeof(double))
        if means == NULL:
            raise MemoryError
        odds = means + self.width
        try:
            for row in range(self.width):
                means[row] = 0.0
                for block in range(count):
                    means[row] += features[row, block]
                means[row] /= <double>count
            for start in range(0, count, self.most):
                self.part(
                    features, means, start, min(count, start + self.most), &least[0], &is_sure[0], &goes[0], odds, &scores[0, 0]
                )
            found = [None] * count
            for block in range(count):
                steps = fabs(odds[block]) / self.grid
                power = self.powers[<Py_ssize_t>whole(steps if steps < most else most)]
                found[block] = (1.0 if odds[block] >= 0.0 else power) / (1.0 + power)
            return found
        finally:
            PyMem_Free(means)
