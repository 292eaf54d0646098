# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which lines may be the page's title: `classify.headlines`, compiled."""

from libc.stdint cimport uint8_t, uint32_t, uint64_t

from cleaner.kernel.line_edges cimport NEAR, is_edge, mark_near

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    uint32_t Py_UNICODE_TOLOWER(uint32_t sign) noexcept nogil
    bint Py_UNICODE_ISDECIMAL(uint32_t sign) noexcept nogil
    bint Py_UNICODE_ISSPACE(uint32_t sign) noexcept nogil

cdef enum:
    #: of a title of more words the others do not count, and it is asked for in Python
    MOST_WORDS = 64
    SPACE = 0x20
    #: in the place of a sign that has no small form of one sign, or is white space of another kind
    ODD = 0
    SOFT_HYPHEN = 0xAD
    # İ, ı, and the dot above that may stand behind an i
    DOTTED_CAPITAL = 0x130
    DOTLESS_SMALL = 0x131
    DOT_ABOVE = 0x307
    # Σ, whose small form depends on where it stands
    CAPITAL_SIGMA = 0x3A3
    APOSTROPHE = 0x2019


cdef inline uint32_t _small(uint32_t sign) noexcept nogil:
    """The sign as it stands in normal forms: small, a figure as 0."""
    if sign < 0x80:
        if sign < SPACE:
            return ODD
        return sign + 32 if c"A" <= sign <= c"Z" else <uint32_t>c"0" if c"0" <= sign <= c"9" else sign
    if sign == APOSTROPHE:
        return c"'"
    if (sign == SOFT_HYPHEN or sign == DOTTED_CAPITAL or sign == DOTLESS_SMALL or sign == DOT_ABOVE or sign == CAPITAL_SIGMA
            or Py_UNICODE_ISSPACE(sign)):
        return ODD
    return c"0" if Py_UNICODE_ISDECIMAL(sign) else Py_UNICODE_TOLOWER(sign)


cdef int _words(int kind, void* data, Py_ssize_t low, Py_ssize_t high, uint64_t* words) noexcept nogil:
    """Hashes of the different words of a part's normal form; how many, or -1 where that is not to be told here."""
    cdef uint64_t hashed = 0
    cdef uint32_t sign, before = SPACE
    cdef int count = 0, other
    cdef Py_ssize_t at
    for at in range(low, high + 1):
        sign = _small(PyUnicode_READ(kind, data, at)) if at < high else SPACE
        if sign == ODD or count == MOST_WORDS:
            return -1
        if sign != SPACE:
            if sign != c"0" or before != c"0":
                hashed = (hashed ^ sign) * <uint64_t>0x9E3779B97F4A7C15
                hashed ^= hashed >> 32
        elif before == SPACE:
            return -1
        else:
            words[count] = hashed
            for other in range(count + 1):
                if words[other] == hashed:
                    break
            count += other == count
            hashed = 0
        before = sign
    return count


cdef class Titles:
    cdef str edges
    cdef uint8_t near[NEAR]

    def __cinit__(self, str edges not None):
        self.edges = edges
        mark_near(edges, self.near)

    cdef bint _may_be(self, str text, str known, const uint64_t* title, int count, bint is_above, double share) except -1:
        """Whether a line's normal form may be the title's, or have so many of its words."""
        cdef int kind = PyUnicode_KIND(text), known_kind = PyUnicode_KIND(known), words, word, other, common = 0
        cdef void* data = PyUnicode_DATA(text)
        cdef void* known_data = PyUnicode_DATA(known)
        cdef Py_ssize_t low = 0, high = PyUnicode_GET_LENGTH(text), size = PyUnicode_GET_LENGTH(known), at = 0
        cdef uint32_t sign, before = 0
        cdef uint64_t own[MOST_WORDS + 1]
        while low < high and is_edge(self.edges, self.near, PyUnicode_READ(kind, data, low)):
            low += 1
        if low == high:
            return True
        if not is_above:
            while low < high and at < size:
                sign = _small(PyUnicode_READ(kind, data, low))
                if sign == ODD or (sign == SPACE and before == SPACE):
                    return True
                if sign != c"0" or before != c"0":
                    if sign != PyUnicode_READ(known_kind, known_data, at):
                        return False
                    at += 1
                low, before = low + 1, sign
            return at == size
        while is_edge(self.edges, self.near, PyUnicode_READ(kind, data, high - 1)):
            high -= 1
        words = _words(kind, data, low, high, own)
        if count < 0 or words < 0:
            return True
        for word in range(words):
            for other in range(count):
                if own[word] == title[other]:
                    common += 1
                    break
        return common >= share * max(words, count)

    def find(
        self,
        tuple texts not None,
        list words not None,
        str known not None,
        Py_ssize_t least_words,
        Py_ssize_t most_words,
        Py_ssize_t longest,
        Py_ssize_t first_body,
        double share,
    ):
        cdef Py_ssize_t block, count, size, length = PyUnicode_GET_LENGTH(known)
        cdef uint64_t title[MOST_WORDS + 1]
        cdef int of_title
        cdef list found = []
        cdef str text
        if len(words) != len(texts):
            raise ValueError("each block has words, and a text")
        of_title = _words(PyUnicode_KIND(known), PyUnicode_DATA(known), 0, length, title)
        for block in range(len(texts)):
            count, text = words[block], texts[block]
            size = PyUnicode_GET_LENGTH(text)
            if not least_words <= count <= most_words or size > longest or (block >= first_body and size < length):
                continue
            if self._may_be(text, known, title, of_title, block < first_body, share):
                found.append(block)
        return found


def count_figures(str text not None):
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at, count = 0
    cdef uint32_t sign
    for at in range(PyUnicode_GET_LENGTH(text)):
        sign = PyUnicode_READ(kind, data, at)
        # Of the signs below these 256 no others are decimal.
        count += c"0" <= sign <= c"9" if sign < 256 else Py_UNICODE_ISDECIMAL(sign)
    return count
