"""The form in which whole lines are compared (`load.rules.normalise`), of lines that need no second look."""

from libc.stdint cimport uint8_t, uint32_t

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index)
    void PyUnicode_WRITE(int kind, void* data, Py_ssize_t index, Py_UCS4 sign)
    object PyUnicode_New(Py_ssize_t size, Py_UCS4 largest)
    Py_UCS4 Py_UNICODE_TOLOWER(Py_UCS4 sign)
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign)

cdef enum:
    TAB = 0x09
    BREAK = 0x0A
    HARD_SPACE = 0xA0
    SOFT_HYPHEN = 0xAD
    # İ, ı, and the dot above that may stand behind an i
    DOTTED_CAPITAL = 0x130
    DOTLESS_SMALL = 0x131
    DOT_ABOVE = 0x307
    # Σ, whose small form depends on where it stands
    CAPITAL_SIGMA = 0x3A3
    APOSTROPHE = 0x2019


cdef class NormalForms:
    def __cinit__(self, str edges not None):
        cdef Py_UCS4 sign
        cdef int code
        self.far = set()
        for sign in edges:
            code = <int>sign
            if code < PLANE:
                self.near[code >> 3] |= 1 << (code & 7)
            else:
                self.far.add(sign)

    cdef bint _is_edge(self, int sign) except -1:
        return self.near[sign >> 3] >> (sign & 7) & 1 if sign < PLANE else chr(sign) in self.far

    cdef Py_ssize_t write(self, str line, uint32_t* into) except -2:
        """Writes a line's normal form, for which there must be room, and says how long it is; -1 where the twin is to look."""
        cdef Py_ssize_t start = 0, end = PyUnicode_GET_LENGTH(line), at, size = 0
        cdef int kind = PyUnicode_KIND(line), sign, before = 0
        cdef void* data = PyUnicode_DATA(line)
        while start < end and self._is_edge(<int>PyUnicode_READ(kind, data, start)):
            start += 1
        while end > start and self._is_edge(<int>PyUnicode_READ(kind, data, end - 1)):
            end -= 1
        if start == end:
            return -1
        for at in range(start, end):
            sign = <int>PyUnicode_READ(kind, data, at)
            if sign == TAB or sign == BREAK or (sign == c" " and before == c" "):
                return -1
            before = sign
            if sign >= 0x80 and sign in (HARD_SPACE, SOFT_HYPHEN, DOTTED_CAPITAL, DOTLESS_SMALL, DOT_ABOVE, CAPITAL_SIGMA):
                return -1
            sign = _small(sign)
            if sign == c"0" and size and into[size - 1] == c"0":
                continue
            into[size] = <uint32_t>sign
            size += 1
        return size

    def of(self, line):
        cdef Py_ssize_t start = 0, end, at, size = 0
        cdef int kind, into_kind, sign, before = 0, largest = 0
        cdef void* data
        cdef void* into
        if type(line) is not str:
            return None
        kind, data, end = PyUnicode_KIND(line), PyUnicode_DATA(line), PyUnicode_GET_LENGTH(line)
        while start < end and self._is_edge(<int>PyUnicode_READ(kind, data, start)):
            start += 1
        while end > start and self._is_edge(<int>PyUnicode_READ(kind, data, end - 1)):
            end -= 1
        if start == end:
            return None
        for at in range(start, end):
            sign = <int>PyUnicode_READ(kind, data, at)
            if sign == TAB or sign == BREAK or (sign == c" " and before == c" "):
                return None
            before = sign
            if sign >= 0x80:
                if sign in (HARD_SPACE, SOFT_HYPHEN, DOTTED_CAPITAL, DOTLESS_SMALL, DOT_ABOVE, CAPITAL_SIGMA):
                    return None
                sign = _small(sign)
                if sign > largest:
                    largest = sign
        form = PyUnicode_New(end - start, 0x7F if largest < 0x80 else largest)
        into_kind, into = PyUnicode_KIND(form), PyUnicode_DATA(form)
        before = 0
        for at in range(start, end):
            sign = _small(<int>PyUnicode_READ(kind, data, at))
            if sign == c"0" and before == c"0":
                continue
            PyUnicode_WRITE(into_kind, into, size, sign)
            before = sign
            size += 1
        return form if size == end - start else form[:size]


cdef inline int _small(int sign) noexcept:
    """The sign as it stands in normal forms: small, a figure as 0."""
    if sign < 0x80:
        return sign + 32 if c"A" <= sign <= c"Z" else c"0" if c"0" <= sign <= c"9" else sign
    if sign == APOSTROPHE:
        return c"'"
    return c"0" if Py_UNICODE_ISDECIMAL(sign) else <int>Py_UNICODE_TOLOWER(sign)
