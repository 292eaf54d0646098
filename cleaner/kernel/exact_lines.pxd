from libc.stdint cimport int32_t, uint32_t, uint64_t

from cleaner.kernel.normal_forms cimport NormalForms

cdef enum:
    # what is said of a line: no other rule is asked for; it has a figure; the twin is to look
    IS_SURE = 1
    HAS_FIGURE = 2
    UNDECIDED = 4


cdef struct Conditions:
    Py_ssize_t min_words, max_words
    #: what the line must have or be: 1 yes, 0 no, -1 either
    int32_t digits, sentence
    #: whether it opens a section; whether no other rule is asked for once it takes a line
    int32_t is_opener, is_sure


cdef struct Slot:
    uint32_t hashed
    #: from 1; 0: nothing is here
    int32_t number


cdef class _Table:
    cdef Slot* slots
    cdef uint32_t mask
    #: which the numbers in the slots count
    cdef list texts
    cdef Py_ssize_t place(self, const uint32_t* signs, Py_ssize_t length)


cdef class ExactLines:
    cdef NormalForms forms
    cdef tuple rules
    cdef Conditions* conditions
    cdef _Table phrases, words
    #: of each phrase: the numbers of its rules
    cdef list phrase_rules
    #: of each set of words: the number of its rule
    cdef list set_rules
    #: of each word: the sets that have it, a bit each, so many numbers a word
    cdef uint64_t* sets
    cdef Py_ssize_t set_numbers
    #: signs of the longest line that is compared as a whole
    cdef Py_ssize_t longest
    cdef list named(self, str text, Py_ssize_t words, bint ends, uint64_t* common, int* said)
    cdef bint fits(self, Py_ssize_t number, str text, Py_ssize_t words, bint ends, int* digit)
    cdef list _add(self, list found, Py_ssize_t number, str text, Py_ssize_t words, bint ends, int* digit, int* said)
    cdef bint _read_common(self, const uint32_t* form, Py_ssize_t size, uint64_t* common) except -1
