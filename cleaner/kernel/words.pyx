# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Hashed parts of words and the sums of their learned rows: `classify.word_parts` and `classify.word_scores`, compiled."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.stdint cimport int8_t, int32_t, uint8_t, uint32_t

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index)
    bint PyUnicode_IS_ASCII(object text)

cdef enum:
    #: letters of a start or an end
    AFFIX = 4
    #: signs with code points below this are looked up in an array, the few others in a set
    PLANE = 65536

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

    cdef int read(self, word, const uint8_t* edges, object far_edges) except -1:
        cdef int kind
        cdef void* data
        cdef Py_ssize_t at
        cdef uint32_t sign
        cdef uint32_t* wider
        cdef bint is_ascii
        if type(word) is not str:
            raise TypeError("a word must be a str")
        is_ascii = PyUnicode_IS_ASCII(word)
        if not is_ascii:
            word = word.lower()
        kind, data = PyUnicode_KIND(word), PyUnicode_DATA(word)
        self.length = PyUnicode_GET_LENGTH(word)
        if self.length > self.room:
            wider = <uint32_t*>PyMem_Realloc(self.signs, self.length * sizeof(uint32_t))
            if wider == NULL:
                raise MemoryError
            self.signs, self.room = wider, self.length
        for at in range(self.length):
            sign = PyUnicode_READ(kind, data, at)
            if c'1' <= sign <= c'9':
                sign = c'0'
            elif is_ascii and c'A' <= sign <= c'Z':
                sign += 32
            self.signs[at] = sign
        self.start, self.end = 0, self.length
        while self.start < self.end and _is_edge(self.signs[self.start], edges, far_edges):
            self.start += 1
        while self.end > self.start and _is_edge(self.signs[self.end - 1], edges, far_edges):
            self.end -= 1
        return 0

    cdef uint32_t hashed(self, uint32_t crc, Py_ssize_t start, Py_ssize_t end) noexcept nogil:
        cdef Py_ssize_t at
        for at in range(start, end):
            crc = _crc_sign(crc, self.signs[at])
        return crc


cdef inline bint _is_edge(uint32_t sign, const uint8_t* edges, object far_edges):
    return edges[sign] if sign < PLANE else chr(sign) in far_edges


cdef inline void _add(const int8_t[:, ::1] table, uint32_t crc, int32_t[::1] sums) noexcept nogil:
    """Adds the row of a finished hash; row 0 adds nothing, so none is 0."""
    cdef Py_ssize_t row = 1 + (crc ^ 0xFFFFFFFFu) % <uint32_t>(table.shape[0] - 1)
    cdef Py_ssize_t column
    cdef const int8_t* numbers = &table[row, 0]
    cdef int32_t* into = &sums[0]
    for column in range(table.shape[1]):
        into[column] += numbers[column]


def row_sums(lines, const int8_t[:, ::1] table, Py_ssize_t pair_words, str edges, int32_t[:, ::1] sums):
    cdef uint32_t empty = 0xFFFFFFFFu
    cdef uint32_t whole = _crc_byte(empty, c'='), start = _crc_byte(empty, c'<'), end = _crc_byte(empty, c'>')
    cdef uint32_t pair = 0
    cdef Py_ssize_t block, place, count
    cdef bytearray plane = bytearray(PLANE)
    cdef set far_edges = set()
    cdef _Word word = _Word()
    cdef uint32_t sign
    cdef bint has_pairs
    for sign in map(ord, edges):
        if sign < PLANE:
            plane[sign] = 1
        else:
            far_edges.add(chr(sign))
    cdef const uint8_t* near = plane
    if len(lines) != sums.shape[0] or sums.shape[1] != table.shape[1] or table.shape[0] < 2:
        raise ValueError("lines, table and sums do not fit together")
    for block, line in enumerate(lines):
        count = len(line)
        has_pairs = 1 < count <= pair_words
        for place in range(count):
            word.read(line[place], near, far_edges)
            _add(table, word.hashed(empty, 0, word.length), sums[block])
            _add(table, word.hashed(whole, word.start, word.end), sums[block])
            _add(table, word.hashed(start, word.start, min(word.end, word.start + AFFIX)), sums[block])
            _add(table, word.hashed(end, max(word.start, word.end - AFFIX), word.end), sums[block])
            if has_pairs:
                if place:
                    _add(table, word.hashed(_crc_byte(pair, c' '), word.start, word.end), sums[block])
                pair = word.hashed(empty, word.start, word.end)
