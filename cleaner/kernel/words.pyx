# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The sums of words' learned rows: `classify.word_scores`, compiled."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int8_t, int16_t, int32_t, int64_t, uint8_t, uint32_t
from libc.string cimport memset

from cleaner.kernel.hashed cimport PLANE, Word, crc_byte

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index)
    bint Py_UNICODE_ISSPACE(Py_UCS4 sign) nogil

cdef extern from *:
    """
    #if defined(__GNUC__)
    #define CLEANER_PREFETCH(place) __builtin_prefetch(place)
    #else
    #define CLEANER_PREFETCH(place)
    #endif
    """
    void prefetch "CLEANER_PREFETCH"(const void* place) nogil

cdef enum:
    #: letters of a start or an end
    AFFIX = 4
    #: so many rows of weights are added up in 16 bits
    MOST_ROWS = 256
    #: so many columns at once
    COLUMNS = 16


cdef class _Edges:
    """The signs at words' edges."""

    cdef str signs
    cdef uint8_t[PLANE] near
    cdef set far

    def __cinit__(self, str signs):
        cdef uint32_t sign
        self.signs, self.far = signs, set()
        memset(self.near, 0, sizeof(self.near))
        for sign in map(ord, signs):
            if sign < PLANE:
                self.near[sign] = 1
            else:
                self.far.add(chr(sign))


#: those asked for last, which are always the same
cdef _Edges _last_edges = _Edges("")


cdef _Edges _edges_of(str signs):
    global _last_edges
    if signs != _last_edges.signs:
        _last_edges = _Edges(signs)
    return _last_edges


cdef class _Sums:
    """Adds up the rows of words, and of the pairs of words that stand side by side."""

    cdef const int8_t[:, ::1] table
    cdef Word word
    cdef _Edges edges
    cdef const uint8_t* near
    cdef uint32_t empty, whole, start, end, pair
    cdef uint32_t[MOST_ROWS] rows
    cdef Py_ssize_t count

    def __cinit__(self, const int8_t[:, ::1] table, str edges):
        if table.shape[0] < 2 or table.shape[1] % COLUMNS:
            raise ValueError("a table has two rows or more, filled up to a multiple of 16 columns")
        self.table = table
        self.word = Word()
        self.edges = _edges_of(edges)
        self.near = &self.edges.near[0]
        self.empty = 0xFFFFFFFFu
        self.whole, self.start, self.end = crc_byte(self.empty, c'='), crc_byte(self.empty, c'<'), crc_byte(self.empty, c'>')
        self.pair = 0
        self.count = 0

    cdef int add(self, text, Py_ssize_t start, Py_ssize_t end, bint is_first, bint has_pairs, int32_t* sums, Py_ssize_t width) except -1:
        """Adds a word's rows, and in a line whose pairs are read that of the word before it and of this one."""
        cdef Word word = self.word
        word.read(text, start, end, self.near, self.edges.far)
        if self.count + AFFIX + 1 > MOST_ROWS:
            self.flush(sums, width)
        self.push(word.hashed(self.empty, 0, word.length))
        self.push(word.hashed(self.whole, word.start, word.end))
        self.push(word.hashed(self.start, word.start, min(word.end, word.start + AFFIX)))
        self.push(word.hashed(self.end, max(word.start, word.end - AFFIX), word.end))
        if has_pairs:
            if not is_first:
                self.push(word.hashed(crc_byte(self.pair, c' '), word.start, word.end))
            self.pair = word.hashed(self.empty, word.start, word.end)
        return 0

    cdef inline void push(self, uint32_t crc) noexcept nogil:
        """Remembers the row of a finished hash; row 0 adds nothing, so none is 0."""
        self.rows[self.count] = 1 + (crc ^ 0xFFFFFFFFu) % <uint32_t>(self.table.shape[0] - 1)
        # Rows stand anywhere in the table, which is mostly far away in memory.
        prefetch(&self.table[self.rows[self.count], 0])
        self.count += 1

    cdef void flush(self, int32_t* sums, Py_ssize_t wanted) noexcept nogil:
        cdef Py_ssize_t column, place, number, width = self.table.shape[1]
        cdef int16_t[COLUMNS] part
        cdef const int8_t* weights
        for column in range(width // COLUMNS):
            memset(part, 0, sizeof(part))
            for place in range(self.count):
                weights = &self.table[self.rows[place], 0] + column * COLUMNS
                for number in range(COLUMNS):
                    part[number] += weights[number]
            for number in range(min(<Py_ssize_t>COLUMNS, wanted - column * COLUMNS)):
                sums[column * COLUMNS + number] += part[number]
        self.count = 0


def row_sums(lines, const int8_t[:, ::1] table, Py_ssize_t pair_words, str edges, int32_t[:, ::1] sums):
    cdef Py_ssize_t block, place, count
    cdef _Sums rows = _Sums(table, edges)
    if len(lines) != sums.shape[0] or not table.shape[1] - COLUMNS < sums.shape[1] <= table.shape[1]:
        raise ValueError("lines, table and sums do not fit together")
    for block, line in enumerate(lines):
        count = len(line)
        for place in range(count):
            word = line[place]
            if type(word) is not str:
                raise TypeError("a word must be a str")
            rows.add(word, 0, PyUnicode_GET_LENGTH(word), place == 0, 1 < count <= pair_words, &sums[block, 0], sums.shape[1])
        rows.flush(&sums[block, 0], sums.shape[1])


def part_sums(
    texts,
    const int64_t[:, ::1] parts,
    Py_ssize_t most_head,
    Py_ssize_t most_tail,
    const int8_t[:, ::1] table,
    Py_ssize_t pair_words,
    str edges,
    int32_t[:, ::1] sums,
):
    cdef Py_ssize_t block, number, place, count, start, end, head = most_head, tail = most_tail, first, at, room = 64
    cdef Py_ssize_t* bounds
    cdef _Sums rows = _Sums(table, edges)
    cdef list given = list(texts)
    cdef int kind
    cdef void* data
    cdef bint fits = len(given) == sums.shape[0] if parts is None else parts.shape[0] == sums.shape[0] and parts.shape[1] == 5
    if not fits or not table.shape[1] - COLUMNS < sums.shape[1] <= table.shape[1]:
        raise ValueError("texts, table and sums do not fit together")
    for text in given:
        if type(text) is not str:
            raise TypeError("a text must be a str")
    if parts is not None:
        for block in range(parts.shape[0]):
            if not 0 <= parts[block, 0] < len(given):
                raise ValueError("there is no such text")
            most_head, most_tail = max(most_head, parts[block, 3]), max(most_tail, parts[block, 4])
    if not (0 <= most_head < PLANE and 0 <= most_tail < PLANE):
        raise ValueError("so many words cannot be read")
    bounds = <Py_ssize_t*>PyMem_Malloc(max(1, most_head + most_tail) * 2 * sizeof(Py_ssize_t))
    if bounds == NULL:
        raise MemoryError
    try:
        for block in range(sums.shape[0]):
            if parts is None:
                text = given[block]
                start, end = 0, PyUnicode_GET_LENGTH(text)
            else:
                text = given[parts[block, 0]]
                start, end = max(0, parts[block, 1]), min(<Py_ssize_t>parts[block, 2], PyUnicode_GET_LENGTH(text))
                head, tail = max(0, parts[block, 3]), max(0, parts[block, 4])
            kind, data = PyUnicode_KIND(text), PyUnicode_DATA(text)
            count, at = 0, start
            while count < head:
                while at < end and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)):
                    at += 1
                if at >= end:
                    break
                bounds[2 * count] = at
                while at < end and not Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)):
                    at += 1
                bounds[2 * count + 1] = at
                count += 1
            first, start, at = count, at, end
            # From the end backwards, and then in their order.
            while count < first + tail:
                while at > start and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at - 1)):
                    at -= 1
                if at <= start:
                    break
                bounds[2 * count + 1] = at
                while at > start and not Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at - 1)):
                    at -= 1
                bounds[2 * count] = at
                count += 1
            for place in range(count):
                number = place if place < first else first + count - 1 - place
                rows.add(
                    text, bounds[2 * number], bounds[2 * number + 1], place == 0, 1 < count <= pair_words, &sums[block, 0], sums.shape[1]
                )
            rows.flush(&sums[block, 0], sums.shape[1])
    finally:
        PyMem_Free(bounds)
