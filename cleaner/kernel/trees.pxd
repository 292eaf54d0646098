from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint32_t


cdef class Forest:
    cdef const int64_t[::1] rows, question_starts, ends, bias
    cdef const float[::1] borders
    cdef const int32_t[::1] trees
    cdef const uint8_t[::1] bits, at_nothing
    cdef const int16_t[:, ::1] leaves
    cdef Py_ssize_t count, depth, outputs, group, wanted
    cdef double unit
    cdef size_t room(self) noexcept nogil
    cdef void group_scores(
        self, const float** values, const int32_t* which, Py_ssize_t found, uint32_t asked, char* room, double* scores
    ) noexcept nogil
