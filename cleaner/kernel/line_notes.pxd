from libc.stdint cimport int32_t, uint8_t, uint64_t

from cleaner.kernel.folded cimport GROUPS
from cleaner.kernel.tries cimport Trie

cdef enum:
    # groups that are looked at together: their literals are on their way from memory meanwhile
    MOST_PLACES = 64


cdef struct Hit:
    #: the rule; where its literal begins, and ends
    int32_t rule, order
    Py_ssize_t start, place


cdef struct Place:
    #: a group of letters that literals may have, and where it stands
    uint64_t group
    Py_ssize_t at


cdef struct Piece:
    #: the text that the line is a part of, or is, which it borrows; and where it begins there
    void* text
    Py_ssize_t start
    int kind
    #: the line's first sign
    void* data
    Py_ssize_t length
    #: twice the line, 1 more of what a reader sees where that is not what stands in the source
    int32_t turn
    #: an edge, its letters folded, edges; and the groups of letters that it has. NULL: not asked for yet
    uint8_t* folded
    uint8_t* groups


cdef class Notes:
    cdef int32_t line
    cdef int32_t words, has_digit
    cdef bint ends, endings_known
    #: the line as it stands in the source, and as a reader sees it, which mostly is the same
    cdef Piece pieces[2]
    cdef Piece* source
    cdef Piece* seen
    #: the line that had an ending last
    cdef int32_t* endings
    #: of sets of literals: twice the turn, 1 more if one was met
    cdef int32_t* sets
    #: of clauses: twice the line for which it was tried, 1 more if that left it possible
    cdef int32_t* tried
    #: of rules: twice the line for which it was found, 1 more if at an end that it can have
    cdef int32_t* rules
    #: the rules that are left possible: on whole lines; at the start; at this end, and at any end
    cdef int32_t* lines
    cdef int32_t* at_start
    cdef int32_t* at_end
    cdef int32_t* at_any_end
    cdef Py_ssize_t lines_count, at_start_count, at_end_count, at_any_end_count
    #: and anywhere else, with their places
    cdef Hit* hits
    cdef Py_ssize_t hits_count, hits_room
    #: what the pieces point into, by whether it is what a reader sees
    cdef uint8_t* folded[2]
    cdef Py_ssize_t room[2]
    cdef uint8_t groups[2][1 << (GROUPS - 3)]
    #: a few bytes of the line
    cdef uint8_t* encoded
    #: groups that were met and not looked at yet
    cdef Place places[MOST_PLACES]
    cdef Py_ssize_t places_count
    cdef int begin(self, str text, Py_ssize_t start, Py_ssize_t end, str seen) except -1
    cdef void _set(self, Piece* piece, str text, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef int fold_piece(self, Piece* piece) except -1
    cdef int note_groups(self, Piece* piece) except -1
    cdef int add_hit(self, int32_t rule, Py_ssize_t start, Py_ssize_t place) except -1
    cdef bint digit(self) noexcept
    cdef Py_ssize_t read_start(self, Py_ssize_t most) noexcept
    cdef void sort_hits(self) noexcept nogil
    cdef void read_endings(self, Trie endings) noexcept
