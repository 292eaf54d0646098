# What of a rule is asked for when lines get their labels.

from cpython.object cimport PyObject
from libc.stdint cimport uint64_t


cdef enum Position:
    ANYWHERE = 0
    BEFORE = 1
    AFTER = 2
    OUTSIDE = 3
    INSIDE = 4


cdef struct Facts:
    int label
    double score
    int position
    #: where several rules take a line, the lower wins at the same score
    int exactness
    #: whether it asks for neighbours, and for which: labels as bits; no bit: any
    bint by_neighbour
    uint64_t previous
    uint64_t following
    Py_ssize_t least_words
    Py_ssize_t most_words
    #: -1: whatever; else whether there is a digit, a sentence's end
    int digits
    int sentence


cdef class RuleFacts:
    cdef readonly tuple names
    cdef readonly dict numbers
    cdef tuple rules
    #: by rule: its label, its reason, its score
    cdef list labels
    cdef list reasons
    cdef list scores
    cdef Facts* facts
    #: rules by their address
    cdef PyObject** slots
    cdef int* slot_numbers
    cdef Py_ssize_t mask
    #: by label, `prose` and `none` included: the rules without words that stand beside one, one after the other
    cdef int* beside
    cdef Py_ssize_t* beside_starts
    cdef int number_of(self, object rule) except -1
    cdef const Facts* strongest(self, const Facts* best, const Facts* other) noexcept nogil


cdef bint in_position(const Facts* rule, Py_ssize_t block, Py_ssize_t first, Py_ssize_t last) noexcept nogil
