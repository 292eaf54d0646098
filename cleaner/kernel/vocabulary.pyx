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
    #: of a list: no other speaks against it; of less, it is none that a text can be likely to be in
    NOTHING_AGAINST = -1


cdef inline uint64_t _and_sign(uint64_t hashed, uint32_t sign) noexcept nogil:
    """Goes on with a character (FNV-1a, a step a character)."""
    return (hashed ^ sign) * <uint64_t>0x100000001B3


cdef struct Word:
    uint32_t hashed
    #: where its signs begin among all words' signs, and how many these are
    int32_t signs
    int32_t length
    #: where its lists begin among all words' lists, and how many these are
    int32_t lists
    int32_t count


cdef class Vocabulary:
    #: by hash: a word's number, from 1; most of a text's words are found to be unknown here, so it is small
    cdef int32_t* _slots
    cdef uint64_t _mask
    cdef Word* _words
    cdef uint32_t* _signs
    cdef int32_t* _lists
    #: for each list the one that speaks against it
    cdef int32_t* _against
    cdef Py_ssize_t _sums

    def __cinit__(self, dict words, list against not None):
        cdef uint64_t slots = 64
        cdef Py_ssize_t place, lists = len(against)
        cdef int32_t number
        cdef str text
        if not all([one < lists for one in against]):
            raise ValueError("there is no such list")
        for text, numbers in words.items():
            if not 0 < len(text) <= LONGEST or text.split() != [text] or not all([0 <= one < lists for one in numbers]):
                raise ValueError("a word is too long, or of an unknown list")
        while slots < 4 * <uint64_t>len(words):
            slots *= 2
        self._mask, self._sums = slots - 1, lists
        self._slots = <int32_t*>PyMem_Calloc(slots, sizeof(int32_t))
        self._words = <Word*>PyMem_Calloc(len(words) + 1, sizeof(Word))
        self._signs = <uint32_t*>PyMem_Calloc(sum(map(len, words)) + 1, sizeof(uint32_t))
        self._lists = <int32_t*>PyMem_Calloc(sum(map(len, words.values())) + 1, sizeof(int32_t))
        self._against = <int32_t*>PyMem_Calloc(lists + 1, sizeof(int32_t))
        if self._against == NULL or self._slots == NULL or self._words == NULL or self._signs == NULL or self._lists == NULL:
            raise MemoryError
        for number, text in enumerate(words, 1):
            self._enter(text, number, words[text])
        for place in range(lists):
            self._against[place] = against[place]

    def __dealloc__(self):
        PyMem_Free(self._slots)
        PyMem_Free(self._words)
        PyMem_Free(self._signs)
        PyMem_Free(self._lists)
        PyMem_Free(self._against)

    cdef int _enter(self, str text, int32_t number, lists) except -1:
        cdef uint64_t hashed = 0, slot
        cdef uint32_t sign
        cdef int32_t one
        cdef Word* word = self._words + number
        cdef Word* before = word - 1
        word.signs, word.lists = before.signs + before.length, before.lists + before.count
        for sign in map(ord, text):
            hashed = _and_sign(hashed, sign)
            self._signs[word.signs + word.length] = sign
            word.length += 1
        for one in lists:
            self._lists[word.lists + word.count] = one
            word.count += 1
        word.hashed = <uint32_t>(hashed ^ (hashed >> 32))
        slot = word.hashed & self._mask
        while self._slots[slot]:
            slot = (slot + 1) & self._mask
        self._slots[slot] = number
        return 0

    cdef Py_ssize_t _count(self, str text, Py_ssize_t* sums) noexcept:
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
        if kind == 1:
            return _count[uint8_t](self, <const uint8_t*>data, length, sums)
        if kind == 2:
            return _count[uint16_t](self, <const uint16_t*>data, length, sums)
        return _count[uint32_t](self, <const uint32_t*>data, length, sums)

    def count(self, str text):
        cdef Py_ssize_t words, place
        cdef Py_ssize_t* sums = <Py_ssize_t*>PyMem_Calloc(self._sums + 1, sizeof(Py_ssize_t))
        if sums == NULL:
            raise MemoryError
        try:
            words = self._count(text, sums)
            return words, [sums[place] for place in range(self._sums)]
        finally:
            PyMem_Free(sums)

    def likeliest(self, str text, double least_share, double least_lead, Py_ssize_t least_words, Py_ssize_t foreign):
        cdef Py_ssize_t words, place, best = -1, most = 0, next_most = 0
        cdef Py_ssize_t* sums
        sums = <Py_ssize_t*>PyMem_Calloc(self._sums + 1, sizeof(Py_ssize_t))
        if sums == NULL:
            raise MemoryError
        try:
            words = self._count(text, sums)
            if words < least_words:
                return -1
            for place in range(self._sums):
                if self._against[place] >= NOTHING_AGAINST:
                    if sums[place] > most:
                        best, most, next_most = place, sums[place], most
                    else:
                        next_most = max(next_most, sums[place])
            if best < 0 or most < least_share * words or (next_most and most < least_lead * next_most):
                return -1
            if self._against[best] >= 0:
                most -= foreign * sums[self._against[best]]
            return -1 if most < least_share * words else best
        finally:
            PyMem_Free(sums)


cdef Py_ssize_t _count(Vocabulary known, const Sign* signs, Py_ssize_t length, Py_ssize_t* sums) noexcept nogil:
    """The text's words; adds those of each list to its sum."""
    cdef Py_ssize_t at = 0, start, words = 0
    cdef uint64_t hashed
    cdef Word* word
    cdef int32_t place
    while at < length:
        if _space(signs[at]):
            at += 1
            continue
        start, hashed = at, 0
        while at < length and not _space(signs[at]):
            hashed = _and_sign(hashed, signs[at])
            at += 1
        words += 1
        if at - start <= LONGEST:
            word = _find(known, signs + start, at - start, <uint32_t>(hashed ^ (hashed >> 32)))
            for place in range(word.lists, word.lists + word.count):
                sums[known._lists[place]] += 1
    return words


cdef inline Word* _find(Vocabulary known, const Sign* signs, Py_ssize_t length, uint32_t hashed) noexcept nogil:
    """The word; the first one, which is in no list, where it is unknown."""
    cdef uint64_t slot = hashed & known._mask
    cdef Word* word
    cdef int32_t at
    while known._slots[slot]:
        word = known._words + known._slots[slot]
        if word.hashed == hashed and word.length == length:
            for at in range(word.length):
                if known._signs[word.signs + at] != signs[at]:
                    break
            else:
                return word
        slot = (slot + 1) & known._mask
    return known._words


cdef inline bint _space(uint32_t sign) noexcept nogil:
    return False if c' ' < sign < 0x80 else Py_UNICODE_ISSPACE(sign)
