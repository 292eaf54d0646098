# A part of a text, beyond which nothing is seen.

cdef extern from "Python.h":
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index) nogil
    bint Py_UNICODE_ISSPACE(Py_UCS4 sign) nogil


cdef struct Part:
    int kind
    void* data
    Py_ssize_t start
    Py_ssize_t end


cdef inline Py_UCS4 sign_of(const Part* line, Py_ssize_t at) noexcept nogil:
    return PyUnicode_READ(line.kind, line.data, at)


cdef inline bint is_space_at(const Part* line, Py_ssize_t at) noexcept nogil:
    return Py_UNICODE_ISSPACE(sign_of(line, at))


cdef inline bint is_stop(Py_UCS4 sign) noexcept nogil:
    return sign in (c'.', c'!', c'?', 0x2026)


cdef inline bint is_closing(Py_UCS4 sign) noexcept nogil:
    return sign in (c'"', c"'", c')', c']', 0x201D, 0x201C, 0xBB, 0xAB, 0x2019)


cdef inline bint ends_sentence(const Part* line) noexcept nogil:
    cdef Py_ssize_t end = line.end
    while end > line.start and is_closing(sign_of(line, end - 1)):
        end -= 1
    return end > line.start and is_stop(sign_of(line, end - 1))


cdef inline void strip(Part* line) noexcept nogil:
    while line.start < line.end and is_space_at(line, line.start):
        line.start += 1
    while line.end > line.start and is_space_at(line, line.end - 1):
        line.end -= 1
