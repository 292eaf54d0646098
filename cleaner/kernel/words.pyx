# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Hashed parts of words and the sums of their learned rows: `classify.word_parts` and `classify.word_scores`, compiled."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.stdint cimport int8_t, int16_t, int32_t, int64_t, uint8_t, uint32_t
from libc.string cimport memset

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index)
    bint PyUnicode_IS_ASCII(object text)
    object PyUnicode_Substring(object text, Py_ssize_t start, Py_ssize_t end)
    bint Py_UNICODE_ISSPACE(Py_UCS4 sign) nogil
    Py_UCS4 Py_UNICODE_TOLOWER(Py_UCS4 sign) nogil

cdef extern from *:
    """
    #include <float.h>
    #if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
    #error "floats are not rounded after each step here: the twins in Python are used"
    #endif
    """

cdef enum:
    #: letters of a start or an end
    AFFIX = 4
    #: signs with code points below this are looked up in an array, the few others in a set
    PLANE = 65536
    #: so many rows of weights are added up in 16 bits
    MOST_ROWS = 256
    #: so many columns at once
    COLUMNS = 16
    #: the one letter that becomes two in lower case, and the one whose form depends on where it stands
    CAPITAL_I_WITH_DOT = 0x130
    CAPITAL_SIGMA = 0x3A3

cdef uint32_t _crc_table[256]


cdef void _fill_crc_table() noexcept:
    """The table of CRC-32 (IEEE 802.3, reflected polynomial), as zlib's."""
    cdef uint32_t value
    cdef int number, bit
    for number in range(256):
        value = number
        for bit in range(8):
            value = (value >> 1) ^ 0xEDB88320 if value & 1 else value >> 1
        _crc_table[number] = value


_fill_crc_table()


cdef inline uint32_t _crc_byte(uint32_t crc, uint32_t byte) noexcept nogil:
    return _crc_table[(crc ^ byte) & 0xFF] ^ (crc >> 8)


cdef inline uint32_t _crc_sign(uint32_t crc, uint32_t sign) noexcept nogil:
    """Goes on with a character in UTF-8; lone surrogates as three bytes, too."""
    if sign < 0x80:
        return _crc_byte(crc, sign)
    if sign < 0x800:
        crc = _crc_byte(crc, 0xC0 | (sign >> 6))
    else:
        if sign < 0x10000:
            crc = _crc_byte(crc, 0xE0 | (sign >> 12))
        else:
            crc = _crc_byte(crc, 0xF0 | (sign >> 18))
            crc = _crc_byte(crc, 0x80 | ((sign >> 12) & 0x3F))
        crc = _crc_byte(crc, 0x80 | ((sign >> 6) & 0x3F))
    return _crc_byte(crc, 0x80 | (sign & 0x3F))


cdef class _Word:
    """A word in lower case, its digits 0: its characters, and where it begins and ends without the signs at its edges."""

    cdef uint32_t* signs
    cdef Py_ssize_t room, length, start, end

    def __cinit__(self):
        self.room = 64
        self.signs = <uint32_t*>PyMem_Malloc(self.room * sizeof(uint32_t))
        if self.signs == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.signs)

    cdef int read(self, text, Py_ssize_t start, Py_ssize_t end, const uint8_t* edges, object far_edges) except -1:
        """Reads the characters of a text from `start` to `end`."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t at
        cdef uint32_t sign
        self.make_room(end - start)
        self.length = end - start
        for at in range(start, end):
            sign = PyUnicode_READ(kind, data, at)
            if sign < 0x80:
                if c'1' <= sign <= c'9':
                    sign = c'0'
                elif c'A' <= sign <= c'Z':
                    sign += 32
            elif sign == CAPITAL_I_WITH_DOT or sign == CAPITAL_SIGMA:
                self.read_lowered(PyUnicode_Substring(text, start, end).lower())
                break
            else:
                sign = Py_UNICODE_TOLOWER(sign)
            self.signs[at - start] = sign
        self.start, self.end = 0, self.length
        while self.start < self.end and _is_edge(self.signs[self.start], edges, far_edges):
            self.start += 1
        while self.end > self.start and _is_edge(self.signs[self.end - 1], edges, far_edges):
            self.end -= 1
        return 0

    cdef int read_lowered(self, text) except -1:
        cdef Py_ssize_t at
        cdef uint32_t sign
        self.make_room(PyUnicode_GET_LENGTH(text))
        self.length = PyUnicode_GET_LENGTH(text)
        for at in range(self.length):
            sign = PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), at)
            self.signs[at] = c'0' if c'1' <= sign <= c'9' else sign
        return 0

    cdef int make_room(self, Py_ssize_t length) except -1:
        cdef uint32_t* wider
        if length > self.room:
            wider = <uint32_t*>PyMem_Realloc(self.signs, length * sizeof(uint32_t))
            if wider == NULL:
                raise MemoryError
            self.signs, self.room = wider, length
        return 0

    cdef uint32_t hashed(self, uint32_t crc, Py_ssize_t start, Py_ssize_t end) noexcept nogil:
        cdef Py_ssize_t at
        for at in range(start, end):
            crc = _crc_sign(crc, self.signs[at])
        return crc


cdef inline bint _is_edge(uint32_t sign, const uint8_t* edges, object far_edges):
    return edges[sign] if sign < PLANE else chr(sign) in far_edges


cdef class _Sums:
    """Adds up the rows of words, and of the pairs of words that stand side by side."""

    cdef const int8_t[:, ::1] table
    cdef _Word word
    cdef bytearray plane
    cdef const uint8_t* near
    cdef set far_edges
    cdef uint32_t empty, whole, start, end, pair
    cdef uint32_t[MOST_ROWS] rows
    cdef Py_ssize_t count

    def __cinit__(self, const int8_t[:, ::1] table, str edges):
        cdef uint32_t sign
        if table.shape[0] < 2 or table.shape[1] % COLUMNS:
            raise ValueError("a table has two rows or more, filled up to a multiple of 16 columns")
        self.table = table
        self.word = _Word()
        self.plane = bytearray(PLANE)
        self.near = self.plane
        self.far_edges = set()
        for sign in map(ord, edges):
            if sign < PLANE:
                self.plane[sign] = 1
            else:
                self.far_edges.add(chr(sign))
        self.empty = 0xFFFFFFFFu
        self.whole, self.start, self.end = _crc_byte(self.empty, c'='), _crc_byte(self.empty, c'<'), _crc_byte(self.empty, c'>')
        self.pair = 0
        self.count = 0

    cdef int add(self, text, Py_ssize_t start, Py_ssize_t end, bint is_first, bint has_pairs, int32_t[::1] sums) except -1:
        """Adds a word's rows, and in a line whose pairs are read that of the word before it and of this one."""
        cdef _Word word = self.word
        word.read(text, start, end, self.near, self.far_edges)
        if self.count + AFFIX + 1 > MOST_ROWS:
            self.flush(sums)
        self.push(word.hashed(self.empty, 0, word.length))
        self.push(word.hashed(self.whole, word.start, word.end))
        self.push(word.hashed(self.start, word.start, min(word.end, word.start + AFFIX)))
        self.push(word.hashed(self.end, max(word.start, word.end - AFFIX), word.end))
        if has_pairs:
            if not is_first:
                self.push(word.hashed(_crc_byte(self.pair, c' '), word.start, word.end))
            self.pair = word.hashed(self.empty, word.start, word.end)
        return 0

    cdef inline void push(self, uint32_t crc) noexcept nogil:
        """Remembers the row of a finished hash; row 0 adds nothing, so none is 0."""
        self.rows[self.count] = 1 + (crc ^ 0xFFFFFFFFu) % <uint32_t>(self.table.shape[0] - 1)
        self.count += 1

    cdef void flush(self, int32_t[::1] sums) noexcept nogil:
        cdef Py_ssize_t column, place, number, width = self.table.shape[1]
        cdef int16_t[COLUMNS] part
        cdef const int8_t* weights
        for column in range(width // COLUMNS):
            memset(part, 0, sizeof(part))
            for place in range(self.count):
                weights = &self.table[self.rows[place], 0] + column * COLUMNS
                for number in range(COLUMNS):
                    part[number] += weights[number]
            for number in range(min(<Py_ssize_t>COLUMNS, sums.shape[0] - column * COLUMNS)):
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
            rows.add(word, 0, PyUnicode_GET_LENGTH(word), place == 0, 1 < count <= pair_words, sums[block])
        rows.flush(sums[block])


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
                rows.add(text, bounds[2 * number], bounds[2 * number + 1], place == 0, 1 < count <= pair_words, sums[block])
            rows.flush(sums[block])
    finally:
        PyMem_Free(bounds)


#: what is added to a number below 2**51 and taken off again, which leaves it rounded, halves to the even one
cdef double _ROUND = 6755399441055744.0


cdef inline double _power(double value, const double[::1] powers, double grid) noexcept nogil:
    """e to the power of a value that is not above 0."""
    cdef double most = <double>(powers.shape[0] - 1), steps = -value / grid
    return powers[<Py_ssize_t>(((steps if steps < most else most) + _ROUND) - _ROUND)]


def chances(const int32_t[:, ::1] sums, const int64_t[::1] bias, double unit, const double[::1] powers, double grid, double[:, :] into):
    cdef Py_ssize_t row, column, last = sums.shape[1] - 1
    cdef double highest, score, total, power
    if bias.shape[0] != last + 1 or into.shape[0] != sums.shape[0] or into.shape[1] != last + 1 or last < 1 or not powers.shape[0]:
        raise ValueError("sums and chances do not fit together")
    for row in range(sums.shape[0]):
        highest, total = <double>(sums[row, 0] + bias[0]) * unit, 0.0
        for column in range(last):
            score = <double>(sums[row, column] + bias[column]) * unit
            into[row, column] = score
            highest = max(highest, score)
        for column in range(last):
            into[row, column] = _power(into[row, column] - highest, powers, grid)
            total += into[row, column]
        for column in range(last):
            into[row, column] = ((into[row, column] / total / grid + _ROUND) - _ROUND) * grid
        score = <double>(sums[row, last] + bias[last]) * unit
        power = _power(-score if score >= 0 else score, powers, grid)
        into[row, last] = (((1.0 if score >= 0 else power) / (1.0 + power) / grid + _ROUND) - _ROUND) * grid
