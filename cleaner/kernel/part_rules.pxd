from libc.stdint cimport int32_t

from cleaner.kernel.line_notes cimport Notes
from cleaner.kernel.rule_patterns cimport Encoded, RulePatterns


cdef struct Part:
    #: in code points of the source
    Py_ssize_t start, end
    int32_t rule


cdef struct Reach:
    #: how far from an end of the line, or from its literal, a rule looks
    Py_ssize_t reach
    double score
    bint at_start


cdef class Parts:
    #: what rules take from one line after the other
    cdef Encoded text
    cdef Part* parts
    cdef Py_ssize_t count, room
    #: those behind this one may still lie over another
    cdef Py_ssize_t first
    cdef Py_ssize_t line
    #: of rules: the line in which it was tried last, and where
    cdef Py_ssize_t* lines
    cdef Py_ssize_t* places
    cdef int add(self, Py_ssize_t start, Py_ssize_t end, int32_t rule) except -1


cdef class PartRules:
    cdef RulePatterns patterns
    cdef Reach* reaches
    cdef Py_ssize_t rules, furthest
    #: in Python, which knows what to do where no program does
    cdef object twin
    cdef Parts spare
    cdef Parts room(self)
    cdef int find(self, str source, Py_ssize_t start, Py_ssize_t end, Notes notes, Parts parts) except -1
    cdef bint _best(self, str source, Py_ssize_t start, Py_ssize_t end, const int32_t* numbers, Py_ssize_t count, Parts parts, Part* best) except -1
    cdef bint _place(self, str source, Py_ssize_t low, Py_ssize_t high, int32_t number, Parts parts, Part* part) except -1
    cdef int _add_near(self, str source, Py_ssize_t low, Py_ssize_t high, int32_t number, Parts parts) except -1
    cdef int _add_free(self, str source, Part* part, Parts parts) except -1
