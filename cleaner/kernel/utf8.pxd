from libc.stdint cimport uint8_t, uint32_t

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index)
    bint Py_UNICODE_ISALNUM(Py_UCS4 sign) noexcept nogil


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


cdef inline bint is_inside(uint8_t byte) noexcept nogil:
    """Whether a byte is not the first one of its sign."""
    return byte & 0xC0 == 0x80
