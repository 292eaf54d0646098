# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A text's lower case, and what its lines look like, compiled."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport uint8_t, uint16_t, uint32_t

from cleaner.kernel.joints cimport joints_in

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    Py_ssize_t PyUnicode_FindChar(object text, Py_UCS4 sign, Py_ssize_t start, Py_ssize_t end, int direction) except -2
    object PyUnicode_FromKindAndData(int kind, const void* data, Py_ssize_t size)
    bint PyUnicode_IS_ASCII(object text)
    bint Py_UNICODE_ISALNUM(Py_UCS4 sign) noexcept nogil
    Py_UCS4 Py_UNICODE_TOLOWER(Py_UCS4 sign) noexcept nogil

ctypedef fused Sign:
    uint8_t
    uint16_t
    uint32_t

cdef enum:
    #: signs below this, of most alphabets, have their small letters in an array
    NEAR = 0x600
    #: no sign of a script without spaces stands below the first of Thai
    THAI = 0xE00
    #: a power of two below Thai's
    HIGH = 0x800
    #: where dashes, quotes and signs of currencies stand
    PUNCTUATION = 0x2000
    PUNCTUATION_SIGNS = 0x100
    CHUNK = 32
    #: signs that a sum of 16 bits can count
    NARROW = 32768
    DOTTED_CAPITAL_I = 0x130
    CAPITAL_SIGMA = 0x3A3

cdef uint16_t _small[NEAR]


cdef void _fill_tables():
    cdef Py_UCS4 sign
    for sign in range(NEAR):
        _small[sign] = <uint16_t>(c'i' if sign == DOTTED_CAPITAL_I else Py_UNICODE_TOLOWER(sign))


_fill_tables()


cdef inline uint32_t _lower(uint32_t sign) noexcept nogil:
    return _small[sign] if sign < NEAR else Py_UNICODE_TOLOWER(sign)


cdef inline Sign _write_ascii_lower(const Sign* signs, Sign* low) noexcept nogil:
    """Writes the next `CHUNK` signs with ASCII's letters small; returns a number that is below 0x80 if all are ASCII."""
    cdef Sign together = 0, sign, difference
    cdef int at
    for at in range(CHUNK):
        sign = signs[at]
        together |= sign
        difference = sign - <Sign>c'A'
        low[at] = sign + 32 if difference < 26 else sign
    return together


cdef bint _write_lower(const Sign* signs, Py_ssize_t length, Sign* low) noexcept nogil:
    """Writes small letters; false where one depends on what stands around it."""
    cdef Py_ssize_t start = 0, at
    cdef Sign others
    while start + CHUNK <= length:
        # Letters of ASCII are many at a time; the others are few in most texts.
        others = _write_ascii_lower(signs + start, low + start)
        if others >= 0x80:
            for at in range(start, start + CHUNK):
                if signs[at] >= 0x80:
                    if signs[at] == CAPITAL_SIGMA:
                        return False
                    low[at] = <Sign>_lower(signs[at])
        start += CHUNK
    for at in range(start, length):
        if signs[at] == CAPITAL_SIGMA:
            return False
        low[at] = <Sign>_lower(signs[at])
    return True


def lower(str source):
    cdef int kind = PyUnicode_KIND(source)
    cdef void* data = PyUnicode_DATA(source)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(source)
    cdef void* low
    cdef bint is_done
    if PyUnicode_IS_ASCII(source):
        return source.lower()
    low = PyMem_Malloc(length * kind)
    if low == NULL:
        raise MemoryError
    try:
        if kind == 1:
            is_done = _write_lower[uint8_t](<const uint8_t*>data, length, <uint8_t*>low)
        elif kind == 2:
            is_done = _write_lower[uint16_t](<const uint16_t*>data, length, <uint16_t*>low)
        else:
            is_done = _write_lower[uint32_t](<const uint32_t*>data, length, <uint32_t*>low)
        return PyUnicode_FromKindAndData(kind, low, length) if is_done else None
    finally:
        PyMem_Free(low)


cdef inline bint _unspaced(uint32_t sign) noexcept nogil:
    return (sign - 0x3040u <= 0xBFu or sign - 0x3400u <= 0x19BFu or sign - 0x4E00u <= 0x51FFu or sign - 0xF900u <= 0x1FFu
            or sign - THAI <= 0x7Fu)


cdef inline bint _is_low(const Sign* signs) noexcept nogil:
    """Whether none of the next `CHUNK` signs is high: those of most alphabets are not, nor are dashes and quotes. Many are looked at at once."""
    cdef Sign together = 0, sign, difference
    cdef int at
    for at in range(CHUNK):
        sign = signs[at]
        difference = sign - <Sign>PUNCTUATION
        together |= sign if difference >= PUNCTUATION_SIGNS else 0
    return together < HIGH


cdef Py_ssize_t _count_unspaced(const Sign* signs, Py_ssize_t length) noexcept nogil:
    cdef Py_ssize_t start = 0, at, count = 0
    while start < length:
        if start + CHUNK > length or not _is_low(signs + start):
            for at in range(start, min(start + CHUNK, length)):
                if signs[at] >= THAI and _unspaced(signs[at]):
                    count += 1
        start += CHUNK
    return count


def count_signs(str text):
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    if kind == 1:
        return 0
    if kind == 2:
        return _count_unspaced[uint16_t](<const uint16_t*>PyUnicode_DATA(text), length)
    return _count_unspaced[uint32_t](<const uint32_t*>PyUnicode_DATA(text), length)


cdef Py_ssize_t _count_spaces(const Sign* signs, Py_ssize_t length) noexcept nogil:
    cdef Py_ssize_t start = 0, at, count = 0
    cdef uint16_t some
    while start < length:
        # A narrow sum lets several signs be looked at at once.
        some = 0
        for at in range(start, min(start + NARROW, length)):
            some += signs[at] == c' '
        count += some
        start += NARROW
    return count


cdef Py_ssize_t _words(str text, bint has_unspaced, Py_ssize_t signs_a_word):
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    if kind == 1:
        return _count_spaces[uint8_t](<const uint8_t*>data, length) + 1
    if kind == 2:
        return (_count_spaces[uint16_t](<const uint16_t*>data, length) + 1
                + (_count_unspaced[uint16_t](<const uint16_t*>data, length) // signs_a_word if has_unspaced else 0))
    return (_count_spaces[uint32_t](<const uint32_t*>data, length) + 1
            + (_count_unspaced[uint32_t](<const uint32_t*>data, length) // signs_a_word if has_unspaced else 0))


def shapes(tuple texts, bint unspaced, Py_ssize_t signs_a_word, str stops, str closers, str brackets, Py_ssize_t paragraph_words):
    cdef list words = [], ends = [], open_ = []
    cdef Py_ssize_t block, count, at
    cdef str text
    cdef bint is_end
    cdef Py_UCS4 last
    cdef int kind
    cdef void* data
    for block in range(len(texts)):
        text = texts[block]
        count = _words(text, unspaced, signs_a_word)
        words.append(count)
        kind, data, at = PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text) - 1
        if at < 0:
            raise IndexError("a block is empty")
        last = PyUnicode_READ(kind, data, at)
        is_end = _holds(stops, last)
        if not is_end and not Py_UNICODE_ISALNUM(last):
            while at >= 0 and _holds(closers, PyUnicode_READ(kind, data, at)):
                at -= 1
            is_end = at >= 0 and _holds(stops, PyUnicode_READ(kind, data, at))
        ends.append(is_end)
        if not is_end and (count >= paragraph_words or _holds(brackets, last)):
            open_.append(block)
    return words, ends, open_


cdef inline bint _holds(str signs, Py_UCS4 sign) except -1:
    return PyUnicode_FindChar(signs, sign, 0, PyUnicode_GET_LENGTH(signs), 1) >= 0


def count_spaces(str text, Py_ssize_t start, Py_ssize_t end):
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    if not 0 <= start <= end <= PyUnicode_GET_LENGTH(text):
        raise ValueError("a part lies outside of the text")
    if kind == 1:
        return _count_spaces[uint8_t](<const uint8_t*>data + start, end - start)
    if kind == 2:
        return _count_spaces[uint16_t](<const uint16_t*>data + start, end - start)
    return _count_spaces[uint32_t](<const uint32_t*>data + start, end - start)


cdef bint _has_surrogates(const Sign* signs, Py_ssize_t length) noexcept nogil:
    cdef Py_ssize_t start = 0, at
    while start < length:
        if start + CHUNK > length or not _is_low(signs + start):
            for at in range(start, min(start + CHUNK, length)):
                if signs[at] >= 0xD800 and signs[at] < 0xE000:
                    return True
        start += CHUNK
    return False


def has_surrogates(str text):
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    if kind == 1:
        return False
    if kind == 2:
        return _has_surrogates[uint16_t](<const uint16_t*>PyUnicode_DATA(text), length)
    return _has_surrogates[uint32_t](<const uint32_t*>PyUnicode_DATA(text), length)


def count_joints(str text, Py_ssize_t most):
    return joints_in(text, most)
