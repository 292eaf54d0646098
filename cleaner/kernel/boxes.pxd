from libc.stdint cimport int8_t, int32_t, uint64_t

from cleaner.kernel.named_lines cimport Known, Place

cdef enum:
    MOST_LABELS = 64
    #: boxes whose name a label may take
    MOST_BOXES = 6


cdef class Boxes:
    #: of each label its box, and those that it yields to, with the most words; 0: none
    cdef int8_t box_of[MOST_LABELS]
    cdef int8_t yields[MOST_LABELS][MOST_BOXES]
    cdef Py_ssize_t most_words[MOST_LABELS][MOST_BOXES]
    #: boxes, and labels that are part of a teaser list, as bits
    cdef uint64_t closed, part_of_teaser
    cdef Py_ssize_t reach, majority, passes
    cdef void join_teasers(self, Known* known, const Place* place) noexcept
    cdef void keep_company(self, Known* known, const int32_t* order, Py_ssize_t named, const Place* place) noexcept
    cdef bint _is_part(self, int label) noexcept
    cdef int _whole_beside(self, const Known* known, const Place* place, Py_ssize_t block, Py_ssize_t step) noexcept
    cdef int _outvoted(self, const Known* known, const Place* place, Py_ssize_t block) noexcept
