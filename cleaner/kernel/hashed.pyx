# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Hashed parts of words: `classify.word_parts`, compiled."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.stdint cimport uint8_t, uint32_t

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index)
    object PyUnicode_Substring(object text, Py_ssize_t start, Py_ssize_t end)
    Py_UCS4 Py_UNICODE_TOLOWER(Py_UCS4 sign) nogil

cdef enum:
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


cdef uint32_t crc_byte(uint32_t crc, uint32_t byte) noexcept nogil:
    """Goes on with a byte; what is hashed begins with all bits set, and ends with all of them turned round."""
    return _crc_table[(crc ^ byte) & 0xFF] ^ (crc >> 8)


cdef inline uint32_t _crc_sign(uint32_t crc, uint32_t sign) noexcept nogil:
    """Goes on with a character in UTF-8; lone surrogates as three bytes, too."""
    if sign < 0x80:
        return crc_byte(crc, sign)
    if sign < 0x800:
        crc = crc_byte(crc, 0xC0 | (sign >> 6))
    else:
        if sign < 0x10000:
            crc = crc_byte(crc, 0xE0 | (sign >> 12))
        else:
            crc = crc_byte(crc, 0xF0 | (sign >> 18))
            crc = crc_byte(crc, 0x80 | ((sign >> 12) & 0x3F))
        crc = crc_byte(crc, 0x80 | ((sign >> 6) & 0x3F))
    return crc_byte(crc, 0x80 | (sign & 0x3F))


cdef inline bint _is_edge(uint32_t sign, const uint8_t* edges, object far_edges):
    return edges[sign] if sign < PLANE else chr(sign) in far_edges


cdef class Word:
    """A word in lower case, its digits 0: its characters, and where it begins and ends without the signs at its edges."""

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
