# What a line's signs say: digits, letters, its end.

from libc.stdint cimport uint32_t

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    Py_ssize_t PyUnicode_FindChar(object text, uint32_t sign, Py_ssize_t start, Py_ssize_t end, int direction) except -2
    bint Py_UNICODE_ISDECIMAL(uint32_t sign) noexcept nogil
    bint Py_UNICODE_ISALPHA(uint32_t sign) noexcept nogil
    int Py_UNICODE_TODECIMAL(uint32_t sign) noexcept nogil


cdef inline uint32_t last_sign(str text):
    """The last sign of a text; 0 where it has none."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    return PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), length - 1) if length else 0


cdef inline bint have_decimal(int kind, void* data, Py_ssize_t length) noexcept nogil:
    """Whether any of these signs is a decimal digit."""
    cdef Py_ssize_t at
    for at in range(length):
        if Py_UNICODE_ISDECIMAL(PyUnicode_READ(kind, data, at)):
            return True
    return False


cdef inline bint has_decimal(str text):
    """Whether any sign is a decimal digit."""
    return have_decimal(PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text))


cdef inline bint has_letter(str text):
    """Whether any sign is a letter."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at
    for at in range(PyUnicode_GET_LENGTH(text)):
        if Py_UNICODE_ISALPHA(PyUnicode_READ(kind, data, at)):
            return True
    return False


cdef inline bint is_decimal(str text):
    """Whether there are signs and all are decimal digits."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at, length = PyUnicode_GET_LENGTH(text)
    for at in range(length):
        if not Py_UNICODE_ISDECIMAL(PyUnicode_READ(kind, data, at)):
            return False
    return length > 0


cdef inline bint holds_any(str text, str signs):
    """Whether any of these signs is in a text."""
    cdef Py_ssize_t at
    for at in range(PyUnicode_GET_LENGTH(signs)):
        if PyUnicode_FindChar(text, PyUnicode_READ(PyUnicode_KIND(signs), PyUnicode_DATA(signs), at), 0, PyUnicode_GET_LENGTH(text), 1) >= 0:
            return True
    return False
