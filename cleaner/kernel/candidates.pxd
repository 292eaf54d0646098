from libc.stdint cimport int32_t, uint32_t, uint64_t

from cleaner.kernel.anchors cimport Anchors
from cleaner.kernel.clauses cimport Clause, Member, Trigger
from cleaner.kernel.line_notes cimport Notes, Piece
from cleaner.kernel.tries cimport Trie


cdef class Candidates:
    cdef Anchors anchors
    cdef Trie starts, endings
    cdef Py_ssize_t clauses_count, sets_count, rules_count
    #: what the pointers below point into
    cdef tuple _kept
    cdef const Clause* clauses
    cdef const int32_t* needed
    cdef const int32_t* sets
    cdef const Member* members
    cdef const int32_t* triggers_from
    cdef const Trigger* triggers
    cdef const int32_t* started_from
    cdef const int32_t* started
    #: the literals that sets have
    cdef list texts
    #: for the next one who asks; None while one has it
    cdef Notes spare
    cdef Notes notes(self)
    cdef object _possible(self, Notes notes, low, tuple other, int32_t words, bint ends)
    cdef int look(self, Notes notes, int32_t words, bint ends, bint has_signs) except -1
    cdef int _scan(self, Notes notes, Piece* piece, uint32_t line_break, bint spans) except -1
    cdef void _note(self, Notes notes, uint64_t group, Py_ssize_t at) noexcept
    cdef int _look_at_places(self, Notes notes, Piece* piece, uint32_t line_break, bint spans) except -1
    cdef int _look(self, Notes notes, Piece* piece, uint64_t group, Py_ssize_t at, uint32_t line_break, bint spans) except -1
    cdef int _follow(self, Notes notes, Piece* piece, int32_t literal, Py_ssize_t start, Py_ssize_t past, bint spans) except -1
    cdef int _look_at_start(self, Notes notes) except -1
    cdef int _add_line(self, Notes notes, int32_t number) except -1
    cdef int _add_span(self, Notes notes, int32_t number, Py_ssize_t start, Py_ssize_t place) except -1
    cdef bint _is_possible(self, Notes notes, int32_t number, Piece* piece) except -1
    cdef bint _has_one(self, const Piece* piece, int32_t sequence, Py_ssize_t low, Py_ssize_t high) except -1
    cdef bint _has_all_near(self, const Piece* piece, const Clause* clause, Py_ssize_t at) except -1
    cdef bint _has_ending(self, Notes notes, int32_t sequence) noexcept
