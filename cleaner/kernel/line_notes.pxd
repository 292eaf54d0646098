from libc.stdint cimport int32_t, uint8_t

from cleaner.kernel.tries cimport Trie


cdef struct Hit:
    int32_t clause
    int32_t order
    #: where its literal ends: in code points, in bytes
    Py_ssize_t place, at


cdef struct Line:
    const uint8_t* letters
    Py_ssize_t size
    #: in code points
    Py_ssize_t length
    bint is_ascii


cdef class Notes:
    cdef int32_t line, turn
    cdef int32_t words, has_digit
    cdef bint ends, endings_known
    #: as a reader sees it
    cdef str text
    #: the turn in which a literal was met last; the line that had an ending last
    cdef int32_t* literals
    cdef int32_t* endings
    #: of sets of literals: twice the turn, 1 more if one was met
    cdef int32_t* sets
    #: of clauses: the line in which it was met; twice the line for which it was tried, 1 more if that left it possible
    cdef int32_t* met
    cdef int32_t* tried
    #: of rules: twice the line for which it was found, 1 more if at an end that it can have
    cdef int32_t* rules
    #: the clauses on whole lines that were met
    cdef int32_t* clauses
    cdef Py_ssize_t clauses_count
    cdef Hit* hits
    cdef Py_ssize_t hits_count, hits_room
    #: the line in UTF-8, unless it is ASCII; its end, backwards
    cdef uint8_t* encoded
    cdef uint8_t* backwards
    cdef Py_ssize_t room
    cdef Line read(self, str text, bint with_breaks) except *
    cdef int add_hit(self, int32_t clause, Py_ssize_t place, Py_ssize_t at) except -1
    cdef bint digit(self) noexcept
    cdef void sort_hits(self) noexcept nogil
    cdef void read_endings(self, Trie endings, const Line* line) noexcept
