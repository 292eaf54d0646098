from libc.stdint cimport int32_t, uint64_t

from cleaner.kernel.rule_facts cimport RuleFacts

cdef enum:
    NOT_TAKEN = -1


cdef struct Block:
    Py_ssize_t words
    #: by number; below 0: none
    int label
    int rule
    int section
    #: in a section's tail, not at its head
    bint is_capped
    bint ends
    bint prose
    bint content
    bint is_opener
    #: rules with words ask for its neighbours
    bint is_worded
    bint waits
    #: a tail's label for this line, where it is another than its rule's
    int other


cdef class Tails:
    #: labels as bits, and by number
    cdef uint64_t own_in_tail, of_its_own, chrome, beneath_titles
    cdef int navigation, section, teaser_list
    cdef Py_ssize_t title_words, entry_words, few_lines, known_share, figures_share, page_digits
    cdef double sure_in_tail
    #: the most that a line beneath a heading is worth
    cdef readonly object capped
    cdef str stops
    cdef Py_ssize_t label(
        self, RuleFacts rules, tuple texts, Block* known, Py_ssize_t count, Py_ssize_t first, int32_t* order, int32_t* tail, Py_ssize_t taken
    ) except -1
    cdef Py_ssize_t _label_tail(
        self, RuleFacts rules, tuple texts, Block* known, Py_ssize_t count, Py_ssize_t first, const int32_t* tail, Py_ssize_t size,
        int32_t* order, Py_ssize_t taken,
    ) except -1
    cdef int _find_no_teasers(
        self, tuple texts, Block* known, Py_ssize_t count, Py_ssize_t first, const int32_t* tail, Py_ssize_t size
    ) except -1
    cdef bint _is_title(self, const Block* block) noexcept nogil
    cdef int _short_lines_label(
        self, tuple texts, const Block* known, Py_ssize_t first, const int32_t* tail, Py_ssize_t start, Py_ssize_t stop, bint is_first,
        bint is_last,
    ) except -2
