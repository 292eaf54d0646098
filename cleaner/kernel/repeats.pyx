# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which parts of a text may stand in it twice: `classify.duplicates`, compiled."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport uint8_t, uint64_t
from libc.string cimport memcmp, memcpy

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    Py_UCS4 PyUnicode_READ(int kind, void* data, Py_ssize_t index) noexcept nogil
    Py_ssize_t PyUnicode_FindChar(object text, Py_UCS4 sign, Py_ssize_t start, Py_ssize_t end, int direction) except -2

cdef enum:
    #: bytes by which a start is looked for, and by which it is known
    START = 16
    MOST_COMPARED = 128
    MOST_SLOTS = 1 << 20
    STANDS = 1
    MAY_STAND = 2


cdef struct Start:
    #: 0: none is here; `MAY_STAND` where it stands elsewhere, or two are here
    uint8_t state
    #: in bytes: where it is, and how many of it are compared
    Py_ssize_t at
    Py_ssize_t size


cdef inline uint64_t _hash_of_start(const uint8_t* start) noexcept nogil:
    """Of the first `START` bytes (multilinear hashing, Lemire and Kaser 2014)."""
    cdef uint64_t first, second
    memcpy(&first, start, 8)
    memcpy(&second, start + 8, 8)
    first = first * <uint64_t>0x9E3779B97F4A7C15 + second * <uint64_t>0xC2B2AE3D27D4EB4F
    return first >> 40


cdef void _find_starts(const uint8_t* data, Py_ssize_t size, int width, Start* starts, uint64_t mask) noexcept nogil:
    cdef Start* start
    cdef Py_ssize_t at = 0
    while at <= size - START:
        start = starts + (_hash_of_start(data + at) & mask)
        if (start.state == STANDS and start.at != at and size - at >= start.size
                and memcmp(data + at, data + start.at, start.size) == 0):
            start.state = MAY_STAND
        at += width


cdef list _bare(str source, list spans, str edges):
    """The spans without these signs at their edges."""
    cdef int kind = PyUnicode_KIND(source)
    cdef void* data = PyUnicode_DATA(source)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(source), low, high
    cdef list found = []
    for low, high in spans:
        if not 0 <= low <= high <= length:
            raise ValueError("a span lies outside of the source")
        while low < high and _holds(edges, PyUnicode_READ(kind, data, low)):
            low += 1
        while low < high and _holds(edges, PyUnicode_READ(kind, data, high - 1)):
            high -= 1
        found.append((low, high))
    return found


def may_stand_elsewhere(str source, list spans, str edges):
    cdef int width = PyUnicode_KIND(source)
    cdef const uint8_t* data = <const uint8_t*>PyUnicode_DATA(source)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(source), low, high
    cdef uint64_t slots = 512
    cdef Start* starts
    cdef Start* start
    cdef list found = []
    while slots < 8 * <uint64_t>len(spans) and slots < MOST_SLOTS:
        slots *= 2
    spans = _bare(source, spans, edges)
    starts = <Start*>PyMem_Calloc(slots, sizeof(Start))
    if starts == NULL:
        raise MemoryError
    try:
        for low, high in spans:
            if (high - low) * width >= START:
                start = starts + (_hash_of_start(data + low * width) & (slots - 1))
                start.state = MAY_STAND if start.state else STANDS
                start.at, start.size = low * width, min((high - low) * width, MOST_COMPARED)
        _find_starts(data, length * width, width, starts, slots - 1)
        for low, high in spans:
            found.append((high - low) * width < START
                         or starts[_hash_of_start(data + low * width) & (slots - 1)].state == MAY_STAND)
        return found
    finally:
        PyMem_Free(starts)


cdef inline bint _holds(str signs, Py_UCS4 sign) except -1:
    return PyUnicode_FindChar(signs, sign, 0, PyUnicode_GET_LENGTH(signs), 1) >= 0
