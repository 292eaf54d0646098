# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Memory for a page's numbers."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int64_t

import numpy


cdef class Store:
    """Memory that is given back with it."""

    def __cinit__(self):
        self.part_count = 0

    def __dealloc__(self):
        cdef int number
        for number in range(self.part_count):
            PyMem_Free(self.parts[number])

    cdef void* zeros(self, size_t count, size_t size) except NULL:
        cdef void* part
        if self.part_count == MOST_PARTS:
            raise MemoryError
        part = PyMem_Calloc(count + 1, size)
        if part == NULL:
            raise MemoryError
        self.parts[self.part_count] = part
        self.part_count += 1
        return part

    cdef int64_t* numbers(self, size_t count) except NULL:
        return <int64_t*>self.zeros(count, sizeof(int64_t))

    cdef int64_t* listed(self, list values, int64_t least, int64_t most) except NULL:
        """The numbers in a list, all of which are in a range."""
        cdef Py_ssize_t at, count = len(values)
        cdef int64_t number
        cdef int64_t* numbers = self.numbers(count)
        for at in range(count):
            number = values[at]
            if not least <= number <= most:
                raise ValueError("a number is out of its range")
            numbers[at] = number
        return numbers


cdef object integers(size):
    """An array that is given to Python, of whatever lay there."""
    return numpy.empty(size, dtype=numpy.int64)


cdef int64_t* first_of_integers(array) except? NULL:
    """Where an array's numbers lie, as long as there is the array; NULL where it has none."""
    cdef int64_t[::1] numbers = array.reshape(-1)
    return &numbers[0] if numbers.shape[0] else NULL
