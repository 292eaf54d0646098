# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What stays of a source: `pipeline`, compiled."""

from cpython.long cimport PyLong_AsSsize_t
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.string cimport memcpy

from cleaner.kernel.fields cimport field, offset_of

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    object PyUnicode_Substring(object text, Py_ssize_t start, Py_ssize_t end)
    object PyUnicode_FromKindAndData(int kind, const void* data, Py_ssize_t size)


cdef struct Run:
    Py_ssize_t start
    Py_ssize_t end


cdef Py_ssize_t _write(const char* signs, int kind, const Run* runs, Py_ssize_t count, char* into) noexcept nogil:
    """Copies runs of a text; returns how many signs they have."""
    cdef Py_ssize_t run, length = 0
    for run in range(count):
        memcpy(into + length * kind, signs + runs[run].start * kind, (runs[run].end - runs[run].start) * kind)
        length += runs[run].end - runs[run].start
    return length


def kept_text(str source, tuple spans):
    cdef Py_ssize_t count = len(spans), at, start, end, before = 0, runs_count = 0, kept = 0, length = PyUnicode_GET_LENGTH(source)
    cdef Py_ssize_t start_at, end_at, kept_at
    cdef int kind = PyUnicode_KIND(source)
    cdef Run* runs
    cdef char* copy = NULL
    if not count:
        return "", 0
    span_type = type(spans[0])
    start_at, end_at, kept_at = offset_of(span_type, "start"), offset_of(span_type, "end"), offset_of(span_type, "kept")
    runs = <Run*>PyMem_Malloc(count * sizeof(Run))
    if runs == NULL:
        raise MemoryError
    try:
        for at in range(count):
            span = spans[at]
            if type(span) is not span_type:
                raise TypeError("spans are of several types")
            if field(span, kept_at) is not True:
                continue
            start, end = PyLong_AsSsize_t(field(span, start_at)), PyLong_AsSsize_t(field(span, end_at))
            if not before <= start <= end <= length:
                raise ValueError("spans overlap, or lie outside of the source")
            before = end
            kept += 1
            if runs_count and runs[runs_count - 1].end == start:
                runs[runs_count - 1].end = end
            else:
                runs[runs_count] = Run(start, end)
                runs_count += 1
        if runs_count == 1 and runs[0].start == 0 and runs[0].end == length:
            return source, kept
        if runs_count == 1:
            return PyUnicode_Substring(source, runs[0].start, runs[0].end), kept
        copy = <char*>PyMem_Malloc(length * kind + 1)
        if copy == NULL:
            raise MemoryError
        length = _write(<const char*>PyUnicode_DATA(source), kind, runs, runs_count, copy)
        return PyUnicode_FromKindAndData(kind, copy, length), kept
    finally:
        PyMem_Free(runs)
        PyMem_Free(copy)
