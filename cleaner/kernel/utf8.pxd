from libc.stdint cimport uint8_t, uint32_t
from libc.string cimport memchr, memcmp

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index)
    bint PyUnicode_IS_ASCII(object text)
    bint Py_UNICODE_ISALNUM(Py_UCS4 sign) noexcept nogil
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign) noexcept nogil


cdef inline int encode_sign(uint32_t sign, uint8_t* into) noexcept nogil:
    """Writes a sign in UTF-8, a lone surrogate as three bytes like any other: up to four; how many there are."""
    cdef int at = 0
    if sign < 0x80:
        into[0] = <uint8_t>sign
        return 1
    if sign < 0x800:
        into[0] = <uint8_t>(0xC0 | (sign >> 6))
        at = 1
    else:
        if sign < 0x10000:
            into[0] = <uint8_t>(0xE0 | (sign >> 12))
            at = 1
        else:
            into[0] = <uint8_t>(0xF0 | (sign >> 18))
            into[1] = <uint8_t>(0x80 | ((sign >> 12) & 0x3F))
            at = 2
        into[at] = <uint8_t>(0x80 | ((sign >> 6) & 0x3F))
        at += 1
    into[at] = <uint8_t>(0x80 | (sign & 0x3F))
    return at + 1


cdef inline Py_ssize_t encode(str text, uint8_t* into) noexcept:
    """Writes a text in UTF-8; there must be room for four bytes a sign."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t place, at = 0
    for place in range(PyUnicode_GET_LENGTH(text)):
        at += encode_sign(PyUnicode_READ(kind, data, place), into + at)
    return at


cdef inline int width(uint8_t first) noexcept nogil:
    """How many bytes the sign has that begins with this one."""
    return 1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4


cdef inline uint32_t sign_at(const uint8_t* at) noexcept nogil:
    """The sign that begins there, in what `encode` wrote."""
    cdef uint8_t first = at[0]
    if first < 0x80:
        return first
    if first < 0xE0:
        return (<uint32_t>(first & 0x1F) << 6) | (at[1] & 0x3F)
    if first < 0xF0:
        return (<uint32_t>(first & 0x0F) << 12) | ((at[1] & 0x3F) << 6) | (at[2] & 0x3F)
    return (<uint32_t>(first & 0x07) << 18) | ((at[1] & 0x3F) << 12) | ((at[2] & 0x3F) << 6) | (at[3] & 0x3F)


cdef inline bint is_inside(uint8_t byte) noexcept nogil:
    """Whether a byte is not the first one of its sign."""
    return byte & 0xC0 == 0x80


cdef inline bint is_alnum(const uint8_t* at) noexcept nogil:
    """Whether the sign that begins there is a letter or a number."""
    cdef uint8_t first = at[0]
    if first < 0x80:
        return c"a" <= (first | 0x20) <= c"z" or c"0" <= first <= c"9"
    return Py_UNICODE_ISALNUM(sign_at(at))


cdef inline bint is_in(const uint8_t* literal, Py_ssize_t size, const uint8_t* text, Py_ssize_t room) noexcept nogil:
    """Whether a literal, which is not empty, stands in a text."""
    cdef const uint8_t* at = text
    cdef const uint8_t* end = text + room - size
    while at <= end:
        at = <const uint8_t*>memchr(at, literal[0], end - at + 1)
        if at == NULL:
            return False
        if memcmp(at, literal, size) == 0:
            return True
        at += 1
    return False
