# Signs that do not count at a line's start and end: the near ones are looked up in an array, the few others in their string.

from libc.stdint cimport uint8_t, uint32_t

cdef extern from "Python.h":
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_ssize_t PyUnicode_FindChar(object text, uint32_t sign, Py_ssize_t start, Py_ssize_t end, int direction) except -2

cdef enum:
    NEAR = 128


cdef inline int mark_near(str edges, uint8_t* near) except -1:
    cdef Py_UCS4 sign
    for sign in edges:
        if sign < NEAR:
            near[sign] = True
    return 0


cdef inline bint is_edge(str edges, const uint8_t* near, uint32_t sign) except -1:
    return near[sign] if sign < NEAR else PyUnicode_FindChar(edges, sign, 0, PyUnicode_GET_LENGTH(edges), 1) >= 0
