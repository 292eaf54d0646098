from libc.stdint cimport int64_t

cdef enum:
    MOST_PARTS = 64


cdef class Store:
    cdef void* parts[MOST_PARTS]
    cdef int part_count
    cdef void* zeros(self, size_t count, size_t size) except NULL
    cdef int64_t* numbers(self, size_t count) except NULL
    cdef int64_t* listed(self, list values, int64_t least, int64_t most) except NULL


cdef object integers(size)
cdef int64_t* first_of_integers(array) except? NULL
