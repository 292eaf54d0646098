# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The patterns of rules, made ready when they are first asked for, and the UTF-8 in which they are looked for."""

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from cpython.object cimport PyObject
from libc.stdint cimport uint8_t, uint32_t

from cleaner.kernel.matcher cimport Program
from cleaner.kernel.utf8 cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, encode_sign

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object text)


cdef class Encoded:
    def __dealloc__(self):
        PyMem_Free(self.own)

    cdef int read(self, str text, Py_ssize_t start, Py_ssize_t end) except -1:
        """Goes on to another part of a text, which must outlive it."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t at, size = 0
        cdef uint32_t sign
        cdef uint8_t* wider
        if PyUnicode_IS_ASCII(text):
            self.signs, self.size = <const uint8_t*>data + start, end - start
            return 0
        if self.room < 4 * (end - start) + 4:
            wider = <uint8_t*>PyMem_Realloc(self.own, 8 * (end - start) + 1024)
            if wider == NULL:
                raise MemoryError
            self.own, self.room = wider, 8 * (end - start) + 1024
        for at in range(start, end):
            sign = PyUnicode_READ(kind, data, at)
            if sign < 0x80:
                self.own[size] = <uint8_t>sign
                size += 1
            else:
                size += encode_sign(sign, self.own + size)
        self.signs, self.size = self.own, size
        return 0

    cdef bytes copy(self):
        return PyBytes_FromStringAndSize(<const char*>self.signs, self.size)


cdef class RulePatterns:
    def __cinit__(self, tuple rules not None, probe):
        self.rules, self.probe = rules, probe
        self.patterns = [None] * len(rules)
        self.programs = <PyObject**>PyMem_Calloc(len(rules) + 1, sizeof(PyObject*))
        if self.programs == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.programs)

    cdef Program program(self, Py_ssize_t number):
        """The rule's pattern as the kernel tries it, or None."""
        if self.programs[number] == NULL:
            if self.patterns[number] is None:
                self.patterns[number] = self.probe(self.rules[number])
            program = self.patterns[number].program
            if program is None:
                return None
            self.programs[number] = <PyObject*><Program?>program
        return <Program>self.programs[number]

    cdef bint has(self, Py_ssize_t number, Encoded text) except -1:
        """Whether a rule's pattern is in a text."""
        cdef Py_ssize_t slots[4]
        cdef Program program = self.program(number)
        cdef int result = -1
        if program is not None:
            result = program.place(text.signs, text.size, 0, False, slots)
        return result if result >= 0 else bool(self.patterns[number].found(text.copy()))

    cdef bint is_placed(self, Py_ssize_t number) except -1:
        """Whether its program says where a rule's pattern stands as RE2 does."""
        return self.program(number) is not None and self.patterns[number].has_places
