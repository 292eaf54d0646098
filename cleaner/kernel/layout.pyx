# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Lines and blocks of plain text: `parse.text`, compiled."""

from cpython.long cimport PyLong_FromSsize_t
from cpython.object cimport PyObject
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from libc.stdlib cimport free, realloc

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    Py_ssize_t PyUnicode_FindChar(object text, Py_UCS4 sign, Py_ssize_t start, Py_ssize_t end, int direction) except -2
    object PyUnicode_Substring(object text, Py_ssize_t start, Py_ssize_t end)
    bint Py_UNICODE_ISSPACE(Py_UCS4 sign) noexcept nogil
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign) noexcept nogil
    object PyObject_Vectorcall(object called, PyObject** values, size_t count, PyObject* names)

ctypedef fused Sign:
    uint8_t
    uint16_t
    uint32_t

cdef enum:
    #: signs looked at at once for a line's end
    CHUNK = 32
    LONGEST_NUMBER = 3

cdef uint8_t _is_space[256]
cdef uint8_t _is_break[256]


cdef void _fill_tables():
    cdef Py_UCS4 sign
    for sign in range(256):
        _is_space[sign] = Py_UNICODE_ISSPACE(sign)
        _is_break[sign] = 10 <= sign <= 13 or sign == 0x85


_fill_tables()


cdef inline bint _space(uint32_t sign) noexcept nogil:
    """White space, as `str.strip` has it."""
    if c' ' < sign < 0x80:
        return False
    return _is_space[sign] if sign < 256 else (sign == 0x1680 or 0x2000 <= sign <= 0x200A or sign == 0x2028 or sign == 0x2029
                                               or sign == 0x202F or sign == 0x205F or sign == 0x3000)


cdef inline bint _break(uint32_t sign) noexcept nogil:
    """Mandatory line breaks (Unicode standard annex 14)."""
    if c' ' <= sign < 0x80:
        return False
    return _is_break[sign] if sign < 256 else (sign == 0x2028 or sign == 0x2029)


cdef inline bint _has_break(const Sign* signs) noexcept nogil:
    """Whether any of the next `CHUNK` signs may break a line."""
    cdef Sign some = 0
    cdef int at
    for at in range(CHUNK):
        some |= <Sign>(signs[at] - 10) <= <Sign>3
        if Sign is uint8_t:
            some |= signs[at] == 0x85
        else:
            some |= (signs[at] == 0x85) | (<Sign>(signs[at] - 0x2028) <= <Sign>1)
    return some != 0


cdef struct Line:
    Py_ssize_t start
    Py_ssize_t end


cdef struct Lines:
    Line* lines
    Py_ssize_t count
    Py_ssize_t room


cdef bint _read(const Sign* signs, Py_ssize_t length, Lines* found) noexcept nogil:
    """Finds the lines that are not blank; false where there is no memory for them."""
    cdef Py_ssize_t at = 0, start, end
    cdef Line* lines
    while at < length:
        while at < length and _space(signs[at]):
            at += 1
        if at == length:
            break
        start = at
        while at + CHUNK <= length and not _has_break(signs + at):
            at += CHUNK
        while at < length and not _break(signs[at]):
            at += 1
        end = at
        while _space(signs[end - 1]):
            end -= 1
        if found.count == found.room:
            found.room = 2 * found.room + 128
            lines = <Line*>realloc(found.lines, found.room * sizeof(Line))
            if lines == NULL:
                return False
            found.lines = lines
        found.lines[found.count] = Line(start, end)
        found.count += 1
    return True


cdef int _lines(str source, Lines* found) except -1:
    cdef int kind = PyUnicode_KIND(source)
    cdef void* data = PyUnicode_DATA(source)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(source)
    cdef bint is_done
    if kind == 1:
        is_done = _read[uint8_t](<const uint8_t*>data, length, found)
    elif kind == 2:
        is_done = _read[uint16_t](<const uint16_t*>data, length, found)
    else:
        is_done = _read[uint32_t](<const uint32_t*>data, length, found)
    if not is_done:
        raise MemoryError
    return 0


def line_spans(str source):
    cdef Lines found = Lines(NULL, 0, 0)
    cdef Py_ssize_t line
    try:
        _lines(source, &found)
        return [(found.lines[line].start, found.lines[line].end) for line in range(found.count)]
    finally:
        free(found.lines)


cdef inline bint _holds(str signs, Py_UCS4 sign) except -1:
    return PyUnicode_FindChar(signs, sign, 0, PyUnicode_GET_LENGTH(signs), 1) >= 0


cdef bint _may_have_role(int kind, void* data, const Line* line, str numbers_behind, str bullets, str others) except -1:
    """Whether a line begins with a sign of Markdown: a number only with one of its signs behind it, these and bullets before a space."""
    cdef Py_ssize_t at = line.start
    cdef Py_UCS4 sign = PyUnicode_READ(kind, data, at)
    if c'A' <= sign <= c'z' and sign != c'`':
        return False
    if c'0' <= sign <= c'9':
        while at < line.end and at - line.start < LONGEST_NUMBER and Py_UNICODE_ISDECIMAL(PyUnicode_READ(kind, data, at)):
            at += 1
        if at == line.end or not _holds(numbers_behind, PyUnicode_READ(kind, data, at)):
            return False
    elif not _holds(bullets, sign):
        return _holds(others, sign)
    at += 1
    return at < line.end and (PyUnicode_READ(kind, data, at) == c' ' or PyUnicode_READ(kind, data, at) == c'\t')


def line_blocks(str source, block, Py_ssize_t few, Py_ssize_t narrow, str numbers_behind, str bullets, str others):
    cdef Lines found = Lines(NULL, 0, 0)
    cdef Py_ssize_t line, width = 0
    cdef int kind = PyUnicode_KIND(source)
    cdef void* data = PyUnicode_DATA(source)
    cdef list blocks = [], texts = [], marked = []
    cdef PyObject* values[2]
    try:
        _lines(source, &found)
        for line in range(found.count):
            width = max(width, found.lines[line].end - found.lines[line].start)
        if found.count <= few or width <= narrow:
            return None
        for line in range(found.count):
            start, end = PyLong_FromSsize_t(found.lines[line].start), PyLong_FromSsize_t(found.lines[line].end)
            values[0], values[1] = <PyObject*>start, <PyObject*>end
            blocks.append(PyObject_Vectorcall(block, values, 2, NULL))
            texts.append(PyUnicode_Substring(source, found.lines[line].start, found.lines[line].end))
            if _may_have_role(kind, data, &found.lines[line], numbers_behind, bullets, others):
                marked.append(line)
        return blocks, texts, marked
    finally:
        free(found.lines)
