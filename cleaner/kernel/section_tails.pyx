# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Labels for sections, their heading and the tail beneath it: `classify.tails`, compiled."""

from libc.stdint cimport int32_t, uint32_t, uint64_t

from cleaner.kernel.joints cimport is_run_together
from cleaner.kernel.line_text cimport is_decimal
from cleaner.kernel.rule_facts cimport RuleFacts

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    int Py_UNICODE_TODECIMAL(uint32_t sign) noexcept nogil


cdef class Tails:
    def __cinit__(
        self, dict numbers, object own_in_tail, object of_its_own, object chrome, object beneath_titles, tuple sizes, object capped, str stops
    ):
        self.own_in_tail, self.of_its_own = _bits(numbers, own_in_tail), _bits(numbers, of_its_own)
        self.chrome, self.beneath_titles = _bits(numbers, chrome), _bits(numbers, beneath_titles)
        self.navigation, self.section, self.teaser_list = numbers["navigation"], numbers["section"], numbers["teaser_list"]
        self.title_words, self.entry_words, self.few_lines, self.known_share, self.figures_share, self.page_digits = sizes
        self.capped, self.sure_in_tail, self.stops = capped, capped, stops

    cdef Py_ssize_t label(
        self, RuleFacts rules, tuple texts, Block* known, Py_ssize_t count, Py_ssize_t first, int32_t* order, int32_t* tail, Py_ssize_t taken
    ) except -1:
        """Gives section headings and the lines beneath them their section's label."""
        cdef Py_ssize_t block, size = 0
        cdef int section
        for block in range(count + 1):
            section = known[block].section if block < count else NOT_TAKEN
            if size and (section < 0 or known[block].is_opener or section != known[tail[size - 1]].section):
                taken = self._label_tail(rules, texts, known, count, first, tail, size, order, taken)
                size = 0
            if section >= 0 and not known[block].content:
                tail[size] = block
                size += 1
        return taken

    cdef Py_ssize_t _label_tail(
        self, RuleFacts rules, tuple texts, Block* known, Py_ssize_t count, Py_ssize_t first, const int32_t* tail, Py_ssize_t size,
        int32_t* order, Py_ssize_t taken,
    ) except -1:
        cdef int section = known[tail[0]].section, label = rules.facts[section].label
        cdef Block* block
        cdef Py_ssize_t place
        cdef uint64_t bit
        if label == self.teaser_list:
            self._find_no_teasers(texts, known, count, first, tail, size)
        for place in range(size):
            block = &known[tail[place]]
            if block.label < 0:
                order[taken] = tail[place]
                taken += 1
            else:
                bit = <uint64_t>1 << block.label
                if bit & self.own_in_tail or (bit & self.of_its_own and not (label != self.section and tail[place] >= first)):
                    continue
            block.label, block.rule = block.other if block.other >= 0 else label, section
            block.is_capped = not block.is_opener and not rules.facts[section].score <= self.sure_in_tail
        return taken

    cdef int _find_no_teasers(
        self, tuple texts, Block* known, Py_ssize_t count, Py_ssize_t first, const int32_t* tail, Py_ssize_t size
    ) except -1:
        """Names the lines beneath a teaser list's heading that are rather a menu's entries, topics or page numbers."""
        cdef Py_ssize_t place, start, stop
        #: a head stands at a tail's beginning
        cdef Py_ssize_t top = known[tail[0]].is_opener
        cdef Block* block
        cdef int label
        start = top
        while start < size:
            stop = start
            while stop < size and not self._is_title(&known[tail[stop]]):
                stop += 1
            if stop > start:
                label = self._short_lines_label(texts, known, first, tail, start, stop, start == top, stop == size)
                for place in range(start, stop):
                    known[tail[place]].other = label
            start = stop + 1
        for place in range(top, size):
            block = &known[tail[place]]
            if _is_page_number(texts, count, tail[place], self.page_digits):
                block.other = self.navigation
            elif is_run_together(texts[tail[place]], self.stops):
                block.other = self.section
        return 0

    cdef bint _is_title(self, const Block* block) noexcept nogil:
        return block.words >= self.title_words and (block.label < 0 or not (<uint64_t>1 << block.label) & self.chrome)

    cdef int _short_lines_label(
        self, tuple texts, const Block* known, Py_ssize_t first, const int32_t* tail, Py_ssize_t start, Py_ssize_t stop, bint is_first,
        bint is_last,
    ) except -2:
        cdef Py_ssize_t place, entries = 0, chrome = 0, figures = 0, size = stop - start
        cdef const Block* block
        for place in range(start, stop):
            block = &known[tail[place]]
            entries += block.words <= self.entry_words
            if block.label >= 0:
                if (<uint64_t>1 << block.label) & self.beneath_titles:
                    return NOT_TAKEN
                if (<uint64_t>1 << block.label) & self.chrome:
                    chrome += 1
        # The middle one of all, by their words, is longer.
        if entries <= size // 2:
            return NOT_TAKEN
        if size >= self.few_lines and chrome * self.known_share >= size:
            return self.navigation
        if size >= self.few_lines:
            for place in range(start, stop):
                figures += is_decimal(texts[tail[place]])
            if figures * self.figures_share >= size:
                return self.navigation
        if is_last and not is_first and size >= self.few_lines:
            return self.navigation if chrome else self.section
        return self.navigation if is_first and is_last and tail[start] < first else NOT_TAKEN


cdef bint _is_page_number(tuple texts, Py_ssize_t count, Py_ssize_t block, Py_ssize_t most_digits) except -1:
    cdef str text = texts[block]
    cdef Py_ssize_t at, value = 0
    if PyUnicode_GET_LENGTH(text) > most_digits or not is_decimal(text):
        return False
    for at in range(PyUnicode_GET_LENGTH(text)):
        value = 10 * value + Py_UNICODE_TODECIMAL(PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), at))
    for at in (block - 1, block + 1):
        if 0 <= at < count and (<str>texts[at] == str(value - 1) or <str>texts[at] == str(value + 1)):
            return True
    return False


cdef uint64_t _bits(dict numbers, labels) except? 0:
    cdef uint64_t bits = 0
    for label in labels:
        bits |= <uint64_t>1 << <int>numbers[label]
    return bits
