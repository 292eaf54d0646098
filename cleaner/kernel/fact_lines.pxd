# What lines of lists and tables hold: numbers, a colon behind a name.

from libc.stdint cimport uint8_t, uint32_t
from libc.string cimport memchr

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    bint Py_UNICODE_ISDECIMAL(uint32_t sign) noexcept nogil

cdef enum:
    WIDE_COLON = 0xFF1A
    LATIN = 256


cdef inline bint is_colon(uint32_t sign) noexcept nogil:
    return sign == c":" or sign == WIDE_COLON


cdef inline bint has_numbers(str text, Py_ssize_t least):
    """Whether so many runs of digits are in a text."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at, found = 0, count = PyUnicode_GET_LENGTH(text)
    cdef uint32_t sign
    cdef bint is_digit, was_digit = False
    for at in range(count):
        sign = PyUnicode_READ(kind, data, at)
        is_digit = sign - c"0" < 10 if sign < LATIN else Py_UNICODE_ISDECIMAL(sign)
        if is_digit and not was_digit:
            found += 1
            if found >= least:
                return True
        was_digit = is_digit
    return False


cdef inline bint ends_in_colon(str text):
    cdef Py_ssize_t count = PyUnicode_GET_LENGTH(text)
    return count > 0 and is_colon(PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), count - 1))


cdef inline bint is_fact(str text, Py_ssize_t low, Py_ssize_t high, Py_ssize_t most_spaces):
    """Whether a line is a name, a colon and a value; the colon is looked for from `low` to `high`, a wide one where there is no other."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t count = PyUnicode_GET_LENGTH(text), colon = -1, at
    cdef uint32_t sign
    high = min(high, count)
    if low >= high or (kind == 1 and memchr(<uint8_t*>data + low, c":", high - low) == NULL):
        return False
    for at in range(low, high):
        sign = PyUnicode_READ(kind, data, at)
        if sign == c":" and at + 1 < high and PyUnicode_READ(kind, data, at + 1) == c" ":
            colon = at
            break
        if sign == WIDE_COLON and colon < 0:
            colon = at
    if colon <= 0:
        return False
    for at in range(colon):
        most_spaces -= PyUnicode_READ(kind, data, at) == c" "
    if most_spaces < 0:
        return False
    for at in range(count):
        if PyUnicode_READ(kind, data, at) == c"|":
            return False
    return True
