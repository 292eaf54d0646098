# Where words have lost what stood between them: a small letter with a capital right behind it.

from libc.stdint cimport uint32_t

from cleaner.kernel.line_text cimport (
    Py_UNICODE_ISDECIMAL, PyUnicode_DATA, PyUnicode_FindChar, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ, last_sign,
)

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(uint32_t sign) noexcept nogil


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
    if PyUnicode_GET_LENGTH(text) and PyUnicode_FindChar(stops, last_sign(text), 0, PyUnicode_GET_LENGTH(stops), 1) >= 0:
        return False
    return joints_in(text, 2) >= 2
