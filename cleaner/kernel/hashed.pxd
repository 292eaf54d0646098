from libc.stdint cimport uint8_t, uint32_t

cdef enum:
    # signs with code points below this are looked up in an array, the few others in a set
    PLANE = 65536


cdef uint32_t crc_byte(uint32_t crc, uint32_t byte) noexcept nogil


cdef class Word:
    cdef uint32_t* signs
    cdef Py_ssize_t room, length, start, end
    cdef int read(self, text, Py_ssize_t start, Py_ssize_t end, const uint8_t* edges, object far_edges) except -1
    cdef int read_lowered(self, text) except -1
    cdef int make_room(self, Py_ssize_t length) except -1
    cdef uint32_t hashed(self, uint32_t crc, Py_ssize_t start, Py_ssize_t end) noexcept nogil
