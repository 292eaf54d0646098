# Where words have lost what stood between them: a small letter with a capital right behind it.

from libc.stdint cimport uint32_t

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    Py_ssize_t PyUnicode_FindChar(object text, uint32_t sign, Py_ssize_t start, Py_ssize_t end, int direction) except -2
    bint Py_UNICODE_ISALNUM(uint32_t sign) noexcept nogil
    bint Py_UNICODE_ISDECIMAL(uint32_t sign) noexcept nogil


cdef inline bint _is_small(uint32_t sign) noexcept nogil:
    return c'a' <= sign <= c'z' or (0xDF <= sign <= 0xFF and sign != 0xF7)


cdef inline bint _is_capital(uint32_t sign) noexcept nogil:
    return c'A' <= sign <= c'Z' or (0xC0 <= sign <= 0xDE and sign != 0xD7)


cdef inline bint _is_letter(uint32_t sign) noexcept nogil:
    return Py_UNICODE_ISALNUM(sign) and not Py_UNICODE_ISDECIMAL(sign)


cdef inline Py_ssize_t joints_in(str text, Py_ssize_t most):
    """How many joints are in a text, `most` at the most."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at, inside, count = 0
    #: three letters and the small one before the capital, three small ones behind it
    for at in range(4, PyUnicode_GET_LENGTH(text) - 3):
        if not (_is_capital(PyUnicode_READ(kind, data, at)) and _is_small(PyUnicode_READ(kind, data, at - 1))):
            continue
        for inside in range(1, 4):
            if not (_is_letter(PyUnicode_READ(kind, data, at - 1 - inside)) and _is_small(PyUnicode_READ(kind, data, at + inside))):
                break
        else:
            count += 1
            if count == most:
                break
    return count


cdef inline bint is_run_together(str text, str stops) except -1:
    """Whether a text is several words or more that lost what stood between them, and does not end with one of these signs."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    cdef uint32_t last
    if length:
        last = PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), length - 1)
        if PyUnicode_FindChar(stops, last, 0, PyUnicode_GET_LENGTH(stops), 1) >= 0:
            return False
    return joints_in(text, 2) >= 2
