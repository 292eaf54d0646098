from libc.stdint cimport uint8_t, uint32_t

cdef enum:
    #: edges with code points below this are looked up in an array, the few others in a set
    PLANE = 65536


cdef class NormalForms:
    cdef uint8_t near[PLANE >> 3]
    cdef set far
    cdef bint _is_edge(self, int sign) except -1
    cdef Py_ssize_t write(self, str line, uint32_t* into) except -2
