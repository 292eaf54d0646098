from libc.stdint cimport int64_t, uint8_t, uint64_t

#: classes of characters, numbered as in `classify.html_text`
cdef enum:
    LOWER = 1
    UPPER, LETTER, DIGIT, SIGN, SPACE, STOP
    SIGNS = 27

cdef enum:
    #: characters that have a class of their own in the table; its last entry is of all others
    PLANE = 65536

cdef extern from *:
    """
    #include <stdint.h>
    static const uint64_t STEP = 0x9E3779B97F4A7C15u, MIX = 0xBF58476D1CE4E5B9u;
    """
    const uint64_t STEP, MIX


cdef class Words:
    cdef int64_t* begins
    cdef uint64_t* values
    cdef Py_ssize_t count, room
    cdef int grow(self) except -1
    cdef int read(self, str text, str lowered, const uint8_t* table, Py_ssize_t length, uint8_t* classes) except -1


cdef inline uint64_t spread_bits(uint64_t value) noexcept nogil:
    value ^= value >> 29
    value *= MIX
    return value ^ (value >> 29)


cdef inline uint64_t hash_of_pair(uint64_t one, uint64_t other) noexcept nogil:
    return spread_bits(one * STEP + (other ^ MIX))


cdef inline int64_t first_bits(uint64_t value, int bits) noexcept nogil:
    """The row of a table of so many bits that a hash is about."""
    return <int64_t>(value >> (64 - bits))
