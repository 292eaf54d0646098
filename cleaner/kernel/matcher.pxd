from libc.stdint cimport int32_t, uint8_t


cdef class Trie:
    #: nodes as `cleaner.load.programs` packs them
    cdef int32_t* nodes
    cdef Py_ssize_t size


cdef class Program:
    cdef int32_t* code
    cdef int32_t** tries
    cdef int marks, first, start, flags
    #: where a match can begin, as `cleaner.load.pattern_starts` makes them; NULL: anywhere
    cdef const uint8_t* tables
    cdef tuple kept
    cdef object otherwise
    cdef int place(self, const uint8_t* text, Py_ssize_t size, Py_ssize_t begin, bint wants, Py_ssize_t* slots) except -2
    cdef int _walk(self, const uint8_t* text, Py_ssize_t size, Py_ssize_t begin, bint wants, Py_ssize_t* slots) noexcept


cdef bint in_signs(const uint8_t* text, const Py_ssize_t* slots, int flags, Py_ssize_t* start, Py_ssize_t* end) noexcept nogil
