from cpython.object cimport PyObject
from libc.stdint cimport uint8_t

from cleaner.kernel.matcher cimport Program


cdef class Encoded:
    #: a part of a text in UTF-8: its own room, or the text's where that is ASCII
    cdef const uint8_t* signs
    cdef Py_ssize_t size
    cdef uint8_t* own
    cdef Py_ssize_t room
    cdef int read(self, str text, Py_ssize_t start, Py_ssize_t end) except -1
    cdef bytes copy(self)


cdef class RulePatterns:
    #: by the rules' numbers: `PatternSet`s, None where one was not asked for yet; and their programs, NULL also where they have none
    cdef list patterns
    cdef PyObject** programs
    cdef tuple rules
    cdef object probe
    cdef Program program(self, Py_ssize_t number)
    cdef bint has(self, Py_ssize_t number, Encoded text) except -1
    cdef bint is_placed(self, Py_ssize_t number) except -1
