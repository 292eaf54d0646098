# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""How many words of several lists a text holds, compiled."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    bint Py_UNICODE_ISSPACE(uint32_t sign) noexcept nogil

ctypedef fused Sign:
    uint8_t
    uint16_t
    uint32_t

cdef enum:
    #: longer words are in no list
    LONGEST = 32


cdef inline uint64_t _and_sign(uint64_t hashed, uint32_t sign) noexcept nogil:
    """Goes on with a character (FNV-1a, a step a character)."""
    return (hashed ^ sign) * <uint64_t>0x100000001B3


cdef struct Word:
    uint64_t hashed
    #: 0: nothing is here
    Py_ssize_t length
    uint32_t signs[LONGEST]
    #: where its lists begin among all words' lists, and how many these are
    Py_ssize_t lists
    Py_ssize_t count


cdef class Vocabulary:
    cdef Word* _words
    cdef uint64_t _mask
    cdef int32_t* _lists
    cdef Py_ssize_t _sums

    def __cinit__(self, dict words, Py_ssize_t lists):
        cdef uint64_t slots = 64
        cdef Py_ssize_t place = 0
        cdef Word* word
        cdef str text
        while slots < 4 * <uint64_t>len(words):
            slots *= 2
        self._mask, self._sums = slots - 1, lists
        self._words = <Word*>PyMem_Calloc(slots, sizeof(Word))
        self._lists = <int32_t*>PyMem_Calloc(sum(map(len, words.values())) + 1, sizeof(int32_t))
        if self._words == NULL or self._lists == NULL:
            raise MemoryError
        for text, numbers in words.items():
            if not 0 < len(text) <= LONGEST or text.split() != [text] or not all([0 <= number < lists for number in numbers]):
                raise ValueError("a word is too long, or of an unknown list")
            word = self._enter(text)
            word.lists, word.count = place, len(numbers)
            for number in numbers:
                self._lists[place] = number
                place += 1

    def __dealloc__(self):
        PyMem_Free(self._words)
        PyMem_Free(self._lists)

    cdef Word* _enter(self, str text):
        cdef uint64_t hashed = 0
        cdef Py_ssize_t at
        cdef Word* word
        for at in range(len(text)):
            hashed = _and_sign(hashed, PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), at))
        word = self._words + ((hashed ^ (hashed >> 32)) & self._mask)
        while word.length:
            word = word + 1 if word < self._words + self._mask else self._words
        word.hashed, word.length = hashed, len(text)
        for at in range(len(text)):
            word.signs[at] = PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), at)
        return word

    def count(self, str text):
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text), words, place
        cdef Py_ssize_t* sums = <Py_ssize_t*>PyMem_Calloc(self._sums + 1, sizeof(Py_ssize_t))
        if sums == NULL:
            raise MemoryError
        try:
            if kind == 1:
                words = _count[uint8_t](self, <const uint8_t*>data, length, sums)
            elif kind == 2:
                words = _count[uint16_t](self, <const uint16_t*>data, length, sums)
            else:
                words = _count[uint32_t](self, <const uint32_t*>data, length, sums)
            return words, [sums[place] for place in range(self._sums)]
        finally:
            PyMem_Free(sums)


cdef Py_ssize_t _count(Vocabulary known, const Sign* signs, Py_ssize_t length, Py_ssize_t* sums) noexcept nogil:
    """The text's words; adds those of each list to its sum."""
    cdef Py_ssize_t at = 0, start, words = 0, place
    cdef uint64_t hashed
    cdef Word* word
    while at < length:
        if _space(signs[at]):
            at += 1
            continue
        start, hashed = at, 0
        while at < length and not _space(signs[at]):
            hashed = _and_sign(hashed, signs[at])
            at += 1
        words += 1
        if at - start > LONGEST:
            continue
        word = known._words + ((hashed ^ (hashed >> 32)) & known._mask)
        while word.length:
            if word.hashed == hashed and word.length == at - start and _is_word(word, signs + start):
                for place in range(word.lists, word.lists + word.count):
                    sums[known._lists[place]] += 1
                break
            word = word + 1 if word < known._words + known._mask else known._words
    return words


cdef inline bint _is_word(const Word* word, const Sign* signs) noexcept nogil:
    cdef Py_ssize_t at
    for at in range(word.length):
        if word.signs[at] != signs[at]:
            return False
    return True


cdef inline bint _space(uint32_t sign) noexcept nogil:
    return False if c' ' < sign < 0x80 else Py_UNICODE_ISSPACE(sign)
