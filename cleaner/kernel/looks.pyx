# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Looks and places of blocks: the numbers, signs and categories of `classify.block_features`, compiled."""

from libc.math cimport log1p
from libc.stdint cimport uint32_t

from cleaner.kernel.rounded cimport whole

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index) nogil
    bint Py_UNICODE_ISUPPER(Py_UCS4 sign)
    bint Py_UNICODE_ISLOWER(Py_UCS4 sign)
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign)
    bint Py_UNICODE_ISALPHA(Py_UCS4 sign)

cdef enum:
    #: numbers of a block
    NUMBERS = 27
    #: classes of a block's last character
    LAST_CLASSES = 11
    #: signs with code points below this are looked up in an array
    NEAR = 256
    #: signs that are looked for, at most
    MOST_SIGNS = 29
    #: bits of what is found in a text, besides its signs: a stop, and one with a space behind it
    STOP = 1 << 29
    SENTENCE_INSIDE = 1 << 30


cdef class _Signs:
    """Signs of one character each, and which of them a text holds."""

    cdef uint32_t[NEAR] near
    cdef uint32_t[MOST_SIGNS] far_signs
    cdef uint32_t[MOST_SIGNS] far_bits
    cdef Py_ssize_t far

    def __cinit__(self, signs):
        cdef Py_ssize_t place
        cdef uint32_t sign
        for place in range(NEAR):
            self.near[place] = 0
        self.far = 0
        if len(signs) > MOST_SIGNS:
            raise ValueError("so many signs are not looked for")
        for place, text in enumerate(signs):
            if len(text) != 1:
                continue
            sign = ord(text)
            if sign < NEAR:
                self.near[sign] |= <uint32_t>1 << place
            else:
                self.far_signs[self.far], self.far_bits[self.far] = sign, <uint32_t>1 << place
                self.far += 1
        for sign in (c'.', c'?', c'!'):
            self.near[sign] |= <uint32_t>STOP

    cdef uint32_t found(self, text):
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t at, place
        cdef uint32_t sign, mask, all = 0, before = 0
        for at in range(PyUnicode_GET_LENGTH(text)):
            sign = PyUnicode_READ(kind, data, at)
            if sign < NEAR:
                mask = self.near[sign]
                if sign == c' ' and before & STOP:
                    all |= <uint32_t>SENTENCE_INSIDE
            else:
                mask = 0
                for place in range(self.far):
                    if self.far_signs[place] == sign:
                        mask |= self.far_bits[place]
            all |= mask
            before = mask
        return all


cdef inline double _log(double number, double over) noexcept nogil:
    return log1p(number) / over


cdef inline int _first_class(str character, dict classes) except -1:
    cdef Py_UCS4 sign = PyUnicode_READ(PyUnicode_KIND(character), PyUnicode_DATA(character), 0)
    known = classes.get(character)
    if known is not None:
        return known
    return 5 if Py_UNICODE_ISUPPER(sign) else 6 if Py_UNICODE_ISLOWER(sign) else 7 if Py_UNICODE_ISDECIMAL(sign) else 0


cdef inline int _last_class(str character, dict classes) except -1:
    cdef Py_UCS4 sign = PyUnicode_READ(PyUnicode_KIND(character), PyUnicode_DATA(character), 0)
    known = classes.get(character)
    if known is not None:
        return known
    return 9 if Py_UNICODE_ISALPHA(sign) else 10 if Py_UNICODE_ISDECIMAL(sign) else 0


cdef bint _breaks(str source, Py_ssize_t start, Py_ssize_t end) except -1:
    """Whether there is more than one line break in a part of a text."""
    cdef int kind = PyUnicode_KIND(source)
    cdef void* data = PyUnicode_DATA(source)
    cdef Py_ssize_t at, count = 0
    for at in range(max(0, start), min(end, PyUnicode_GET_LENGTH(source))):
        count += PyUnicode_READ(kind, data, at) == c'\n'
    return count > 1


def numbers(
    str source,
    list starts,
    list stops,
    list texts,
    list words,
    list ends,
    list prose,
    list content,
    list evidence,
    list openers,
    list scores,
    list judges,
    list removed,
    Py_ssize_t first,
    Py_ssize_t last,
    bint glued,
    double grid,
    double[:, ::1] features,
):
    cdef Py_ssize_t count = len(texts), block, row, characters
    cdef double number, share = _log(<double>count, 4)
    cdef bint gap_before = True, gap_after, is_upper
    cdef int judge
    cdef dict seen = {}
    cdef str text
    if features.shape[0] < NUMBERS or features.shape[1] != count:
        raise ValueError("features and blocks do not fit together")
    for column in (starts, stops, words, ends, prose, content, evidence, openers, scores, judges, removed):
        if len(column) != count:
            raise ValueError("features and blocks do not fit together")
    for block in range(count):
        text = texts[block]
        if text is None:
            raise TypeError("a text must be a str")
        characters = PyUnicode_GET_LENGTH(text)
        number = words[block]
        gap_after = block + 1 == count or _breaks(source, stops[block], starts[block + 1])
        is_upper = text.isupper()
        judge = judges[block]
        features[0, block] = _log(number, 3)
        features[1, block] = _log(<double>characters, 5)
        features[2, block] = min(<double>characters / number, 20.0) / 8
        features[3, block] = ends[block]
        features[4, block] = prose[block]
        features[5, block] = content[block]
        features[6, block] = min(max(<double>evidence[block], -4.0), 4.0) / 2
        features[7, block] = block < first
        features[8, block] = block >= last
        features[9, block] = scores[block]
        features[10, block] = judge == 1
        features[11, block] = judge == 2
        features[12, block] = judge == 3
        features[13, block] = removed[block]
        features[14, block] = openers[block]
        features[15, block] = _log(<double>block, 4)
        features[16, block] = _log(<double>(count - 1 - block), 4)
        features[17, block] = <double>block / <double>count
        features[18, block] = gap_before
        features[19, block] = gap_after
        features[20, block] = features[21, block] = 0.0
        if text in seen:
            features[20, block] = features[21, block] = 1.0
            features[21, <Py_ssize_t>seen[text]] = 1.0
        else:
            seen[text] = block
        features[22, block] = is_upper or text.istitle()
        features[23, block] = is_upper
        features[24, block] = 0.0
        features[25, block] = glued
        features[26, block] = share
        gap_before = gap_after
    for row in range(NUMBERS):
        for block in range(count):
            features[row, block] = whole(features[row, block] / grid) * grid


def signs(list texts, tuple wanted, dict first_classes, dict last_classes, Py_ssize_t first_count, double[:, ::1] features):
    cdef Py_ssize_t count = len(texts), block, place, start = NUMBERS + len(wanted), length, begins, stops
    cdef uint32_t found
    cdef _Signs all = _Signs(wanted)
    cdef str text
    cdef list longer = [(place, sign) for place, sign in enumerate(wanted) if len(sign) > 1]
    if features.shape[1] != count or features.shape[0] < start + first_count + LAST_CLASSES:
        raise ValueError("features and blocks do not fit together")
    for block in range(count):
        text = texts[block]
        if text is None:
            raise TypeError("a text must be a str")
        length = PyUnicode_GET_LENGTH(text)
        if not length:
            raise IndexError("a text must not be empty")
        found = all.found(text)
        if found & SENTENCE_INSIDE:
            features[24, block] = 1.0
        found &= <uint32_t>STOP - 1
        place = 0
        while found:
            if found & 1:
                features[NUMBERS + place, block] = 1.0
            found >>= 1
            place += 1
        for place, sign in longer:
            if sign in text:
                features[NUMBERS + <Py_ssize_t>place, block] = 1.0
        begins, stops = _first_class(text[0], first_classes), _last_class(text[length - 1], last_classes)
        if not (0 <= begins < first_count and 0 <= stops < LAST_CLASSES):
            raise ValueError("features and classes do not fit together")
        features[start + begins, block] = 1.0
        features[start + first_count + stops, block] = 1.0


def categories(list values, list rows, double[:, ::1] features):
    cdef Py_ssize_t block, row, count = features.shape[1]
    cdef list column
    if len(values) != len(rows):
        raise ValueError("features and categories do not fit together")
    for column, start in zip(values, rows):
        if len(column) != count:
            raise ValueError("features and categories do not fit together")
        for block in range(count):
            row = <Py_ssize_t>start + <Py_ssize_t>column[block]
            if not 0 <= row < features.shape[0]:
                raise ValueError("features and categories do not fit together")
            features[row, block] = 1.0
